//! Arguments that commands share: how to reach Kafka, and which keys.

use super::fault::Failure;
use crate::audit::{Entry, Log, Witness};
use crate::detect::Transformer;
use crate::keys::{Keyring, Scope, Sealer, Signer, SubjectStore, forbid_dumps, lock_memory};
use crate::phi::Code;
use crate::policy::{Doors, Pipeline, Plan, Problems, Proof, load_pipeline, load_pipeline_under};
use crate::stream::{RegistrySettings, Settings, witness, writer_of};
pub(super) use crate::stream::{millis, millis_of, now, today};
use crate::transform::Rule;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

/// How to reach Kafka.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Kafka {
    /// Brokers, host:port, comma separated.
    #[arg(long, env = "WEIR_KAFKA", default_value = "127.0.0.1:9092", value_name = "BROKERS")]
    pub(super) kafka: String,
    /// librdkafka properties, one key=value a line: TLS, SASL, tuning.
    #[arg(long, env = "WEIR_KAFKA_CONFIG", value_name = "FILE")]
    pub(super) kafka_config: Option<PathBuf>,
    /// Why plain text may go to a broker or a registry that is not on this machine; `weir run` writes it into the audit.
    #[arg(long, value_name = "REASON")]
    pub(super) insecure: Option<String>,
    /// The schema registry of pipelines that have one: its address, with the path of its API.
    #[arg(long, env = "WEIR_REGISTRY", value_name = "URL")]
    pub(super) registry: Option<String>,
    /// A file with `user:password` for the registry.
    #[arg(long, env = "WEIR_REGISTRY_USER", value_name = "FILE")]
    pub(super) registry_user: Option<PathBuf>,
    /// The certificates that vouch for the registry, as PEM; else the web's own authorities do.
    #[arg(long, env = "WEIR_REGISTRY_CA", value_name = "FILE")]
    pub(super) registry_ca: Option<PathBuf>,
}

impl Kafka {
    pub(super) fn settings(&self) -> Result<Settings, Failure> {
        let properties = match &self.kafka_config {
            None => Vec::new(),
            Some(path) => Settings::properties_of(&read(path)?, &path.display().to_string())?,
        };
        let registry = self.registry.as_ref().map(|url| -> Result<_, Failure> {
            let user = self.registry_user.as_deref().map(read).transpose()?;
            let user = user.map(|user| Zeroizing::new(user.trim().to_string()));
            let ca = self.registry_ca.as_deref().map(read).transpose()?.map(String::into_bytes);
            Ok(RegistrySettings { url: url.clone(), user, ca })
        });
        Ok(Settings {
            brokers: self.kafka.clone(),
            properties,
            insecure: self.insecure.clone(),
            registry: registry.transpose()?,
            ..Settings::default()
        })
    }
}

/// Loads a pipeline, with what this machine and the registry have of it.
pub(super) fn pipeline(path: &Path, kafka: &Kafka, model: &Model) -> Result<Pipeline, Problems> {
    with_doors(kafka, model, |doors| load_pipeline(path, today(), doors))
}

/// The same under another policy.
pub(super) fn pipeline_under(
    path: &Path,
    policy: &str,
    kafka: &Kafka,
    model: &Model,
) -> Result<Pipeline, Problems> {
    with_doors(kafka, model, |doors| load_pipeline_under(path, policy, today(), doors))
}

fn with_doors<T>(kafka: &Kafka, model: &Model, load: impl FnOnce(Doors<'_>) -> T) -> T {
    let writer = |topic: &str, has_messages: bool| {
        let settings = kafka.settings().map_err(|_| {
            (Code::FileUnreadable, "--kafka-config, --registry-user or --registry-ca".to_string())
        })?;
        writer_of(&settings, topic, has_messages).map_err(|fault| (fault.code, fault.about))
    };
    load(Doors { transformer: &|| model.load(), writer: &writer })
}

/// The audit of what is done by hand.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Audit {
    /// The audit file: one line for each reveal and each change of a key, signed and chained by hashes.
    #[arg(long, env = "WEIR_AUDIT", default_value = "weir-audit.jsonl", value_name = "FILE")]
    pub(super) audit: PathBuf,
    /// The secret key that its lines are signed with; beside the audit, with the ending .key, if not said.
    #[arg(long, env = "WEIR_AUDIT_KEY", value_name = "FILE")]
    pub(super) audit_key: Option<PathBuf>,
    /// Who keeps its checkpoints, several with commas: a folder, or a topic as
    /// kafka://HOST:PORT/TOPIC?config=FILE with librdkafka properties in FILE.
    #[arg(long, env = "WEIR_AUDIT_WITNESS", value_delimiter = ',', value_name = "PLACE")]
    pub(super) audit_witness: Vec<String>,
}

impl Audit {
    /// The secret key's file.
    pub(super) fn key(&self) -> PathBuf {
        self.audit_key.clone().unwrap_or_else(|| self.audit.with_extension("key"))
    }

    /// The audit, to be written to.
    pub(super) fn log(&self) -> Result<Log, Failure> {
        let key = self.key();
        let signer = Signer::load(&key).map_err(|code| match code {
            Code::KeyringMode => Failure::about(code, key.display()),
            _ => Failure::about(Code::AuditKey, key.display()),
        })?;
        Ok(Log::at(&self.audit, Arc::new(signer), self.witnesses()?))
    }

    /// Who keeps its checkpoints.
    pub(super) fn witnesses(&self) -> Result<Vec<Arc<dyn Witness>>, Failure> {
        self.audit_witness.iter().map(|place| Ok(witness(place)?)).collect()
    }

    /// Writes an entry down; what cannot be written down does not happen.
    pub(super) fn append(&self, entry: Entry) -> Result<(), Failure> {
        self.log()?.append(entry).map_err(|code| self.failure(code))
    }

    pub(super) fn failure(&self, code: Code) -> Failure {
        Failure::about(code, self.audit.display())
    }
}

/// A keyring that is there already, for what is audited.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Ring {
    /// The keyring.
    #[arg(long, env = "WEIR_KEYRING", default_value = "weir.keyring", value_name = "FILE")]
    pub(super) keyring: PathBuf,
    /// Allow a keyring that a passphrase guards: for development only.
    #[arg(long)]
    pub(super) dev: bool,
    #[command(flatten)]
    pub(super) audit: Audit,
}

impl Ring {
    pub(super) fn load(&self) -> Result<Keyring, Failure> {
        load(&self.keyring, self.dev)
    }
}

/// Where the transformer is, for what asks for one.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Model {
    /// The transformer's folder, as `./dev model` makes it: for policies with `transformer: uncertain`
    /// or `always`. weir has to be built with the feature of that name.
    #[arg(long, env = "WEIR_TRANSFORMER", value_name = "FOLDER")]
    transformer_model: Option<PathBuf>,
}

impl Model {
    /// Loads it; else says what is missing.
    pub(super) fn load(&self) -> Result<Arc<Transformer>, (Code, String)> {
        let missing = |why: &str| (Code::TransformerMissing, why.to_string());
        if !Transformer::BUILT {
            return Err(missing("this weir is built without the feature `transformer`"));
        }
        let folder = self.transformer_model.as_ref();
        let folder = folder
            .ok_or_else(|| missing("neither WEIR_TRANSFORMER nor --transformer-model is given"))?;
        let [network, vocabulary] = Transformer::FILES.map(|name| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|_| (Code::FileUnreadable, path.display().to_string()))
        });
        let read = Transformer::read(network?, &vocabulary?);
        Ok(Arc::new(read.map_err(|code| (code, folder.display().to_string()))?))
    }
}

/// Who runs this command, as the audit names people.
pub(super) fn actor() -> String {
    format!("uid:{}", rustix::process::getuid().as_raw())
}

/// Where subjects' secrets and assigned codes are.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Subjects {
    /// The store of subjects, for classes with `scope: subject` and for assigned codes; made when it
    /// is missing. A file, for one process; or for many
    /// postgres://USER@HOST/DATABASE?password-source=FILE&ca=FILE.
    #[arg(long, env = "WEIR_SUBJECTS", default_value = "weir.subjects", value_name = "PLACE")]
    pub(super) subjects: String,
}

impl Subjects {
    /// Opens the store that is there. A command on a store that is not there would look as if it had
    /// done something.
    pub(super) fn open(&self, keyring: &Keyring) -> Result<SubjectStore, Failure> {
        SubjectStore::open(&self.subjects, keyring, false).map_err(|code| self.failure(code))
    }

    /// Opens the store, or makes it: for who fills it.
    fn open_or_make(&self, keyring: &Keyring) -> Result<SubjectStore, Failure> {
        SubjectStore::open(&self.subjects, keyring, true).map_err(|code| self.failure(code))
    }

    /// A place holds no secret, so that it can be named.
    pub(super) fn failure(&self, code: Code) -> Failure {
        Failure::about(code, &self.subjects)
    }
}

/// Which keys.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Keys {
    /// The keyring that `weir keys init` made.
    #[arg(long, env = "WEIR_KEYRING", default_value = "weir.keyring", value_name = "FILE")]
    pub(super) keyring: PathBuf,
    /// The public key that refused records are sealed to.
    #[arg(
        long,
        env = "WEIR_QUARANTINE_KEY",
        default_value = "weir-quarantine.pub",
        value_name = "FILE"
    )]
    pub(super) quarantine_key: PathBuf,
    /// The secret key that manifests are signed with, for pipelines with `proof`.
    #[arg(long, env = "WEIR_PROOF_KEY", default_value = "weir-proof.key", value_name = "FILE")]
    pub(super) proof_key: PathBuf,
    #[command(flatten)]
    pub(super) subjects: Subjects,
    /// Allow a keyring that a passphrase guards: for development only.
    #[arg(long)]
    pub(super) dev: bool,
}

impl Keys {
    pub(super) fn keyring(&self) -> Result<Keyring, Failure> {
        load(&self.keyring, self.dev)
    }

    /// The store of subjects; one that forgets where the plan asks for none.
    pub(super) fn subjects(&self, plan: &Plan, keyring: &Keyring) -> Result<SubjectStore, Failure> {
        if asks_for_subjects(plan) {
            self.subjects.open_or_make(keyring)
        } else {
            Ok(SubjectStore::forgetful()?)
        }
    }

    /// The store of subjects that is there, if one is.
    pub(super) fn subjects_there(
        &self,
        keyring: &Keyring,
    ) -> Result<Option<SubjectStore>, Failure> {
        match SubjectStore::open(&self.subjects.subjects, keyring, false) {
            Ok(store) => Ok(Some(store)),
            Err(Code::SubjectsMissing) => Ok(None),
            Err(code) => Err(self.subjects.failure(code)),
        }
    }

    /// Who signs manifests; nobody where the pipeline has none.
    pub(super) fn signer(&self, pipeline: &Pipeline) -> Result<Option<Signer>, Failure> {
        let load = |_: &Proof| Signer::load(&self.proof_key);
        let signer = pipeline.proof.as_ref().map(load).transpose();
        signer.map_err(|code| Failure::about(code, self.proof_key.display()))
    }

    pub(super) fn sealer(&self) -> Result<Sealer, Failure> {
        Sealer::load(&self.quarantine_key)
            .map_err(|code| Failure::about(code, self.quarantine_key.display()))
    }
}

/// Whether a plan asks for a store of subjects.
pub(super) fn asks_for_subjects(plan: &Plan) -> bool {
    plan.slots.iter().any(|slot| slot.scope == Scope::Subject || slot.rule == Rule::Assign)
}

/// Opens a keyring. From here on the process leaves no core file, and its memory is not swapped out
/// where the system allows that.
pub(super) fn load(path: &Path, dev: bool) -> Result<Keyring, Failure> {
    forbid_dumps();
    let keyring = Keyring::load(path, dev).map_err(|code| key_failure(code, path))?;
    lock_memory();
    if dev {
        super::say("warning: --dev: a passphrase in a file guards these keys; never for real data");
    }
    Ok(keyring)
}

/// A failure of a keyring names the file, and the key server where that is what failed.
pub(super) fn key_failure(code: Code, path: &Path) -> Failure {
    let server = matches!(
        code,
        Code::KekUnreachable
            | Code::KekRefused
            | Code::KekUnknown
            | Code::KekNotBuilt
            | Code::KekSecret
    );
    match Keyring::page(path) {
        Ok(page) if server => Failure::about(code, format!("{}, {}", path.display(), page.kek)),
        _ => Failure::about(code, path.display()),
    }
}

pub(super) fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|_| Failure::about(Code::FileUnreadable, path.display()))
}

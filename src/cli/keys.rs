//! `weir keys`: makes, shows, checks and changes a keyring, and makes key pairs for quarantine and proof.
//! Every change is in the audit before it is in the keyring.

use super::connect::{self, Audit, Ring, Subjects};
use super::fault::Failure;
use super::{data, say};
use crate::audit::Entry;
use crate::keys::{
    Change, Keyring, forbid_dumps, make_passphrase, write_key_pair, write_signing_pair,
};
use crate::phi::Code;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Make a keyring (mode 0600), a key pair for quarantine and one for proof. Overwrites nothing.
    Init {
        /// Whose keys these are; tokens of different tenants never join.
        #[arg(long)]
        tenant: String,
        /// Folder for weir.keyring, and for weir-quarantine and weir-proof, each with .pub and .key.
        #[arg(long, default_value = ".")]
        dir: PathBuf,
        /// The key that wraps the roots; `weir explain providers` shows how one is written.
        #[arg(long, value_name = "KEK")]
        kek: Option<String>,
        /// Without --kek: make a passphrase in a file. For development only.
        #[arg(long)]
        dev: bool,
        #[command(flatten)]
        audit: Audit,
    },
    /// Make a key pair for proof alone. Overwrites nothing.
    Proof {
        /// Folder for weir-proof.key and weir-proof.pub.
        #[arg(long, default_value = ".")]
        dir: PathBuf,
    },
    /// Show tenant, KEK, epoch and versions. Asks no key server, so it proves nothing.
    Show {
        /// The keyring.
        #[arg(long, env = "WEIR_KEYRING", default_value = "weir.keyring", value_name = "FILE")]
        keyring: PathBuf,
        /// JSON for programs.
        #[arg(long)]
        json: bool,
    },
    /// Have the KEK open the keyring, and check every root, the MAC and the epoch.
    Verify(#[command(flatten)] Ring),
    /// Make a new root the primary one. New tokens differ from the old; old ones stay reversible.
    Rotate(#[command(flatten)] Ring),
    /// Wrap the roots by another KEK. No token changes.
    Rewrap {
        #[command(flatten)]
        ring: Ring,
        /// The new KEK.
        #[arg(long, value_name = "KEK")]
        to: String,
    },
    /// Put a version that is decrypt_only aside: its tokens cannot be taken back for now, nor a trail's records of
    /// its time be found by whose they are.
    Disable {
        /// The version.
        version: u32,
        #[command(flatten)]
        ring: Ring,
    },
    /// Bring a version that was put aside back.
    Enable {
        /// The version.
        version: u32,
        #[command(flatten)]
        ring: Ring,
    },
    /// Destroy the root of a version that was put aside. Its tokens can never be taken back, and `weir impact` and
    /// `weir forget` never again find whose the records are that a trail has of its time.
    Destroy {
        /// The version.
        version: u32,
        /// Type the tenant's name: there is no way back.
        #[arg(long, value_name = "TENANT")]
        confirm: String,
        /// The store of subjects, as `weir run` has it: one that this version still wraps would be lost
        /// with it, so it is looked at, and wrapped by the primary version.
        #[arg(
            long,
            env = "WEIR_SUBJECTS",
            value_name = "PLACE",
            required_unless_present = "no_subjects"
        )]
        subjects: Option<String>,
        /// There is no store of subjects under this keyring.
        #[arg(long, conflicts_with = "subjects")]
        no_subjects: bool,
        #[command(flatten)]
        ring: Ring,
    },
}

pub(super) fn keys(arguments: &Arguments) -> Result<(), Failure> {
    forbid_dumps();
    let created = connect::today().0.to_string();
    match &arguments.command {
        Command::Init { tenant, dir, kek, dev, audit } => {
            init(tenant, dir, kek.as_deref(), *dev, audit)
        }
        Command::Proof { dir } => proof(dir),
        Command::Show { keyring, json } => show(keyring, *json),
        Command::Verify(ring) => {
            let keys = ring.load()?;
            let versions: Vec<_> = keys.versions().map(|version| format!("v{version}")).collect();
            say(&format!(
                "{}: whole; tenant {}, epoch {}, in use: {}, new tokens by v{}",
                ring.keyring.display(),
                keys.tenant(),
                keys.epoch(),
                versions.join(", "),
                keys.version()
            ));
            Ok(())
        }
        Command::Rotate(ring) => {
            let keys = change(ring, "keys.rotate", None, Change::Rotate { created: &created })?;
            say(&format!(
                "v{} makes new tokens; they differ from those of older versions",
                keys.version()
            ));
            say(
                "pipelines take it up when they start; `weir token retokenize` carries old tokens over",
            );
            Ok(())
        }
        Command::Rewrap { ring, to } => {
            change(ring, "keys.rewrap", None, Change::Rewrap { kek: to })?;
            say(&format!("wrapped by {to}; no token changed"));
            Ok(())
        }
        Command::Disable { version, ring } => {
            change(ring, "keys.disable", Some(*version), Change::Disable(*version))?;
            say(&format!("v{version} is put aside; `weir keys enable {version}` brings it back"));
            say(
                "runs that make tokens by it end within seconds: wait for them before you destroy it",
            );
            say(&format!(
                "`weir impact` and `weir forget` do not find whose records a trail has under v{version} (W0444): enable it \
                 again to take out whoever asked to be forgotten, before you destroy it"
            ));
            Ok(())
        }
        Command::Enable { version, ring } => {
            change(ring, "keys.enable", Some(*version), Change::Enable(*version))?;
            say(&format!("v{version} takes tokens back again"));
            Ok(())
        }
        Command::Destroy { version, confirm, subjects, no_subjects: _, ring } => {
            let page = page(&ring.keyring)?;
            if page.tenant != *confirm {
                return Err(Failure::about(Code::WrongValue, "--confirm is not the tenant's name"));
            }
            // Opening a store has the primary version wrap it; where its own version is put aside, that
            // is refused.
            if let Some(subjects) = subjects.clone() {
                Subjects { subjects }.open(&ring.load()?)?;
            }
            change(ring, "keys.destroy", Some(*version), Change::Destroy(*version))?;
            say(&format!(
                "the root of v{version} is gone from this file; its backups have to go too"
            ));
            say(
                "a backup of the store of subjects that this version wrapped cannot be opened any more",
            );
            say(&format!(
                "whose records a trail has under v{version}, nobody can find any more: `weir forget` says W0444 of them"
            ));
            Ok(())
        }
    }
}

/// A change is written down first: one that cannot be is not made.
fn change(
    ring: &Ring,
    act: &str,
    version: Option<u32>,
    change: Change<'_>,
) -> Result<Keyring, Failure> {
    let page = page(&ring.keyring)?;
    let entry = Entry {
        time: connect::now(),
        actor: connect::actor(),
        act: act.into(),
        tenant: page.tenant,
        version,
        epoch: Some(page.epoch),
        ..Entry::default()
    };
    ring.audit.append(entry)?;
    Keyring::change(&ring.keyring, ring.dev, change)
        .map_err(|code| connect::key_failure(code, &ring.keyring))
}

fn page(path: &Path) -> Result<crate::keys::KeyringPage, Failure> {
    Keyring::page(path).map_err(|code| Failure::about(code, path.display()))
}

fn init(
    tenant: &str,
    dir: &Path,
    kek: Option<&str>,
    dev: bool,
    audit: &Audit,
) -> Result<(), Failure> {
    let file = |name: &str| dir.join(name);
    let ring = file("weir.keyring");
    if ring.exists() {
        return Err(Failure::about(Code::KeyringExists, ring.display()));
    }
    if kek.is_none() && !dev {
        return Err(Failure::about(Code::KekUnknown, "give --kek, or --dev for development"));
    }
    let entry = Entry {
        time: connect::now(),
        actor: connect::actor(),
        act: "keys.init".into(),
        tenant: tenant.into(),
        version: Some(1),
        epoch: Some(1),
        ..Entry::default()
    };
    // Before anything is made: a passphrase that stays behind would stop the next try.
    if !audit.key().exists() {
        make_audit_key(audit)?;
    }
    audit.append(entry)?;
    let kek = match kek {
        Some(kek) => kek.to_string(),
        None => {
            let path = file("weir.passphrase");
            make_passphrase(&path).map_err(|code| Failure::about(code, path.display()))?;
            say(&format!("{}: a passphrase, for development only", path.display()));
            "passphrase:weir.passphrase".to_string()
        }
    };
    let created = connect::today().0.to_string();
    Keyring::create(&ring, tenant, &kek, &created, dev)
        .map_err(|code| Failure::about(code, format!("{}, {kek}", ring.display())))?;
    let (secret, public) = (file("weir-quarantine.key"), file("weir-quarantine.pub"));
    write_key_pair(&secret, &public).map_err(|code| Failure::about(code, secret.display()))?;
    say(&format!(
        "{}: whoever has it and its KEK can undo every token; back both up, apart",
        ring.display()
    ));
    say(&format!("{}: give it to `weir run`", public.display()));
    say(&format!(
        "{}: opens quarantine; move it to where replay happens, off this machine",
        secret.display()
    ));
    // A pair that is there already has signed something.
    if file("weir-proof.key").exists() { Ok(()) } else { proof(dir) }
}

/// The key pair of an audit: the secret half beside it, the public one beside that.
pub(super) fn make_audit_key(audit: &Audit) -> Result<(), Failure> {
    let secret = audit.key();
    let public = secret.with_extension("pub");
    write_signing_pair(&secret, &public).map_err(|code| match code {
        Code::KeyringExists => Failure::about(code, public.display()),
        _ => Failure::about(Code::AuditUnwritable, secret.display()),
    })?;
    say(&format!("{}: signs the lines of {}", secret.display(), audit.audit.display()));
    say(&format!(
        "{}: verifies them; keep a copy where those who can write the audit cannot",
        public.display()
    ));
    Ok(())
}

fn proof(dir: &Path) -> Result<(), Failure> {
    let (secret, public) = (dir.join("weir-proof.key"), dir.join("weir-proof.pub"));
    write_signing_pair(&secret, &public).map_err(|code| Failure::about(code, secret.display()))?;
    say(&format!("{}: signs what `weir run` writes, in pipelines with `proof`", secret.display()));
    say(&format!("{}: give it to whoever is to verify it", public.display()));
    Ok(())
}

fn show(path: &Path, json: bool) -> Result<(), Failure> {
    let page = page(path)?;
    if json {
        let keys: Vec<_> = page.keys.iter().map(|(version, status, created, check)| {
            serde_json::json!({ "version": version, "status": status.name(), "created": created, "check": check })
        }).collect();
        data(&serde_json::json!({ "tenant": page.tenant, "kek": page.kek, "epoch": page.epoch, "keys": keys }).to_string());
        return Ok(());
    }
    data(&format!("tenant {}\nkek    {}\nepoch  {}\n", page.tenant, page.kek, page.epoch));
    data("version  status        created     check value");
    for (version, status, created, check) in &page.keys {
        data(&format!("v{version:<7} {:<13} {created}  {check}", status.name()));
    }
    Ok(())
}

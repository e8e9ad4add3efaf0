//! `weir token`: tokens by hand. Values and tokens come on standard input, one a line, since
//! arguments are seen by every process of the machine; what is done is in the audit first.

use super::connect::{self, Ring, Subjects};
use super::fault::Failure;
use super::{data, say};
use crate::audit::{Request, Revealed, Whose, retokenize, reveal, tokenize};
use crate::keys::{Keyring, Scope, SubjectStore};
use crate::phi::{CLASSES, Class, Code, Extent, Kind, Phi, Shape, canonical, plain_token};
use crate::transform::{Rule, identifier};
use std::io::Read;
use zeroize::Zeroizing;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// What the values are, and whose keys are used.
#[derive(Debug, clap::Args)]
struct About {
    /// What the values are: `weir explain classes` lists them.
    #[arg(long)]
    class: String,
    /// The kernel, as in the policy: fpe, permute, siv or assign. Tokens in brackets are of siv anyway.
    #[arg(long, default_value = "fpe")]
    kernel: String,
    /// The width that the schema gives to the site's numbers.
    #[arg(long)]
    width: Option<u8>,
    /// The shape that the schema gives to the site's numbers.
    #[arg(long, conflicts_with = "width")]
    shape: Option<String>,
    /// Who can link the tokens, as in the policy: join, destination or subject. Under subject, each
    /// line is the subject's id, a tab, and the value or token.
    #[arg(long, default_value = "join")]
    scope: String,
    /// The destination's name, for scope destination.
    #[arg(long, default_value = "")]
    destination: String,
    /// The class of the schema's subject field, for scope subject.
    #[arg(long, default_value = "mrn", value_name = "CLASS")]
    subject_class: String,
    /// The width that the schema gives to the subject field.
    #[arg(long, value_name = "WIDTH")]
    subject_width: Option<u8>,
    #[command(flatten)]
    subjects: Subjects,
    #[command(flatten)]
    ring: Ring,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Make the tokens of values (standard input, one a line), as a pipeline would.
    Encrypt {
        #[command(flatten)]
        about: About,
        /// The key version; the primary one is the default.
        #[arg(long)]
        key_version: Option<u32>,
        /// The tokens under every version in use, tab separated, the oldest version first: for joins
        /// over a rotation.
        #[arg(long, conflicts_with = "key_version")]
        all_versions: bool,
        /// Why; the audit keeps it.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Take tokens (standard input, one a line) back to their values.
    Decrypt {
        #[command(flatten)]
        about: About,
        /// The key version of FF1 tokens, as the header `weir-keys` has it. Tokens in brackets name
        /// their own.
        #[arg(long)]
        key_version: Option<u32>,
        /// Why; the audit keeps it.
        #[arg(long)]
        reason: String,
    },
    /// Make tokens of one version (standard input, one a line) into those of another.
    Retokenize {
        #[command(flatten)]
        about: About,
        /// The version that the tokens have.
        #[arg(long)]
        from: u32,
        /// The version that they get; the primary one is the default.
        #[arg(long)]
        to: Option<u32>,
        /// Why; the audit keeps it.
        #[arg(long)]
        reason: String,
    },
    /// Say what can be seen of a token without keys.
    Explain {
        /// The token.
        token: String,
    },
}

pub(super) fn token(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Encrypt { about, key_version, all_versions, reason } => {
            let mut job = about.job(reason)?;
            let rule = job.rule;
            let versions = match (key_version, all_versions) {
                (Some(version), _) => vec![*version],
                (None, true) => job.keys.versions().collect(),
                (None, false) => vec![job.keys.version()],
            };
            if !rule.takes(job.class) {
                let what = format!("{} cannot take {}", about.kernel, job.class);
                return Err(Failure::about(Code::KernelMisfit, what));
            }
            let (lines, log) = (input()?, about.ring.audit.log()?);
            let values = job.split(lines.lines())?;
            let subjects = job.subjects();
            let mut rows = vec![String::new(); values.len()];
            let mut refused = vec![None; values.len()];
            for (at, &version) in versions.iter().enumerate() {
                let tokens =
                    tokenize(&log, &job.keys, &job.request(&subjects), version, rule, &values)
                        .map_err(|code| about.failure(code))?;
                for (row, token) in tokens.into_iter().enumerate() {
                    if at > 0 {
                        rows[row].push('\t');
                    }
                    match token {
                        Ok(token) => rows[row].push_str(token.expose()),
                        Err(code) => refused[row] = Some(code),
                    }
                }
            }
            let rows = rows.into_iter().zip(refused);
            print(rows.map(|(row, refused)| refused.map_or(Ok(Zeroizing::new(row)), Err)))
        }
        Command::Decrypt { about, key_version, reason } => {
            let mut job = about.job(reason)?;
            let lines = input()?;
            let tokens = job.split(lines.lines())?;
            let subjects = job.subjects();
            let bare = tokens.iter().any(|token| !token.starts_with('['));
            let version = match key_version {
                Some(version) => *version,
                None if bare && job.rule != Rule::Assign && job.keys.versions().count() > 1 => {
                    let what = "--key-version is needed: a token of FF1 does not say its own";
                    return Err(Failure::about(Code::KeyStatus, what));
                }
                None => job.keys.version(),
            };
            let values = reveal(
                &about.ring.audit.log()?,
                &job.keys,
                &job.request(&subjects),
                version,
                &tokens,
            );
            show(values.map_err(|code| about.failure(code))?)
        }
        Command::Retokenize { about, from, to, reason } => {
            let mut job = about.job(reason)?;
            let lines = input()?;
            let tokens = job.split(lines.lines())?;
            let subjects = job.subjects();
            let versions = (*from, to.unwrap_or(job.keys.version()));
            let log = about.ring.audit.log()?;
            let made = retokenize(&log, &job.keys, &job.request(&subjects), versions, &tokens);
            show(made.map_err(|code| about.failure(code))?)
        }
        Command::Explain { token } => {
            explain(token);
            Ok(())
        }
    }
}

struct Job<'a> {
    keys: Keyring,
    class: Class,
    extent: Extent,
    rule: Rule,
    scope: Scope,
    destination: &'a str,
    subject_class: Class,
    subject_extent: Extent,
    /// Open under scope subject and for assigned codes only.
    store: Option<SubjectStore>,
    /// The canonical id of the subject of each line.
    ids: Vec<Phi<String>>,
    time: String,
    actor: String,
    reason: &'a str,
}

impl Job<'_> {
    /// The values of the lines; under scope subject, what stands behind the tab.
    fn split<'t>(&mut self, lines: impl Iterator<Item = &'t str>) -> Result<Vec<&'t str>, Failure> {
        if self.scope != Scope::Subject {
            return Ok(lines.map(str::trim).collect());
        }
        let (mut subjects, mut values) = (Vec::new(), Vec::new());
        for line in lines {
            let (subject, value) = line.split_once('\t').ok_or_else(|| {
                Failure::about(Code::WrongValue, "a line needs a subject's id, a tab, and a value")
            })?;
            subjects.push(subject);
            values.push(value.trim());
        }
        let subjects = subjects.into_iter();
        self.ids = canonical_subjects(self.subject_class, &self.subject_extent, subjects)?;
        Ok(values)
    }

    fn subjects(&self) -> Vec<&str> {
        self.ids.iter().map(|id| id.expose().as_str()).collect()
    }

    fn request<'s>(&'s self, subjects: &'s [&'s str]) -> Request<'s> {
        let whose = match self.scope {
            Scope::Subject => Whose::Subject(subjects),
            Scope::Destination => Whose::Destination(self.destination),
            Scope::Join => Whose::Join,
        };
        Request {
            time: &self.time,
            actor: &self.actor,
            reason: self.reason,
            class: self.class,
            extent: &self.extent,
            whose,
            // What is given as siv has its tokens in brackets.
            bare: if self.rule == Rule::Siv { Rule::Fpe } else { self.rule },
            store: self.store.as_ref(),
        }
    }
}

/// The canonical ids of subjects, one a line.
pub(super) fn canonical_subjects<'t>(
    class: Class,
    extent: &Extent,
    lines: impl Iterator<Item = &'t str>,
) -> Result<Vec<Phi<String>>, Failure> {
    let mut ids = Vec::new();
    for (at, line) in lines.enumerate() {
        let mut id = Phi::new(String::new());
        canonical(class, extent, line, id.expose_mut())
            .map_err(|code| Failure::about(code, format!("line {}: the subject's id", at + 1)))?;
        ids.push(id);
    }
    Ok(ids)
}

/// `--width` or `--shape`.
pub(super) fn extent(width: Option<u8>, shape: Option<&str>) -> Result<Extent, Failure> {
    match (width, shape) {
        (Some(width), _) => Ok(Extent::Width(width)),
        (None, Some(shape)) => match Shape::parse(shape) {
            Ok(shape) => Ok(Extent::Shape(shape.into())),
            Err(why) => Err(Failure::about(Code::WrongValue, format!("--shape: {why}"))),
        },
        (None, None) => Ok(Extent::Any),
    }
}

impl About {
    fn job<'a>(&'a self, reason: &'a str) -> Result<Job<'a>, Failure> {
        let class = |name: &str| {
            Class::from_name(name).ok_or_else(|| Failure::about(Code::UnknownClass, name))
        };
        let (class, subject_class) = (class(&self.class)?, class(&self.subject_class)?);
        let extent = extent(self.width, self.shape.as_deref())?;
        let scope = Scope::NAMES.iter().find(|(name, _)| *name == self.scope);
        let (_, scope) = scope.ok_or_else(|| {
            Failure::about(Code::WrongValue, "--scope is join, destination or subject")
        })?;
        if *scope == Scope::Destination && self.destination.is_empty() {
            return Err(Failure::about(Code::MissingKey, "--destination"));
        }
        let rule = match self.kernel.as_str() {
            "fpe" => Rule::Fpe,
            "permute" => Rule::Permute,
            "siv" => Rule::Siv,
            "assign" => Rule::Assign,
            _ => {
                let what = "--kernel is fpe, permute, siv or assign";
                return Err(Failure::about(Code::UnknownKernel, what));
            }
        };
        let keys = self.ring.load()?;
        let asks = *scope == Scope::Subject || rule == Rule::Assign;
        let store = if asks { Some(self.subjects.open(&keys)?) } else { None };
        Ok(Job {
            keys,
            class,
            extent,
            rule,
            scope: *scope,
            destination: &self.destination,
            subject_class,
            subject_extent: self.subject_width.map_or(Extent::Any, Extent::Width),
            store,
            ids: Vec::new(),
            time: connect::now(),
            actor: connect::actor(),
            reason,
        })
    }

    /// A failure of the whole command names the file that it is about.
    fn failure(&self, code: Code) -> Failure {
        match code {
            Code::AuditUnwritable | Code::AuditBroken => self.ring.audit.failure(code),
            code => Failure::from(code),
        }
    }
}

pub(super) fn input() -> Result<Zeroizing<String>, Failure> {
    let mut text = Zeroizing::new(String::new());
    std::io::stdin().read_to_string(&mut text).map_err(|_| Code::NotUtf8)?;
    Ok(text)
}

fn show(rows: Vec<Revealed>) -> Result<(), Failure> {
    print(rows.into_iter().map(|row| row.map(|value| Zeroizing::new(value.expose().clone()))))
}

/// One line out for each line in; where there is nothing to show, an empty one, and the code on
/// standard error.
fn print(rows: impl Iterator<Item = Result<Zeroizing<String>, Code>>) -> Result<(), Failure> {
    let mut refused = 0;
    for (at, row) in rows.enumerate() {
        match row {
            Ok(text) => data(&text),
            Err(code) => {
                refused += 1;
                data("");
                say(&format!("line {}: {} {}", at + 1, code.entry().id, code.entry().title));
            }
        }
    }
    if refused == 0 { Ok(()) } else { Err(Failure::Said(Kind::Record)) }
}

fn explain(token: &str) {
    let token = &*plain_token(token);
    let siv = token.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).and_then(|inner| {
        let (tag, rest) = inner.split_once("~v")?;
        let (version, body) = rest.split_once(':')?;
        let entry = CLASSES.iter().find(|entry| entry.tag == tag)?;
        Some((entry, version.parse::<u32>().ok()?, body.len()))
    });
    if let Some((entry, version, length)) = siv {
        data(&format!("class    {} ({})", entry.name, entry.what));
        data(
            "kernel   siv: AES-SIV, deterministic; it opens for its tenant, class and version only",
        );
        data(&format!("version  {version}"));
        data(&format!("body     {length} characters of base32"));
        return;
    }
    let fits = CLASSES.iter().filter(|entry| {
        let mut canon = String::new();
        let read = canonical(entry.class, &Extent::Any, token, &mut canon).is_ok();
        read && identifier(entry.class).is_some_and(|identifier| identifier.accepts(&canon))
    });
    let names: Vec<_> = fits.map(|entry| entry.name).collect();
    data(
        "A token of FF1 stands bare: it does not say that it is one, nor its class or key version.",
    );
    data("The record's header `weir-keys` says the version, the schema's field the class.");
    match names.is_empty() {
        true => data("It has the layout of no class."),
        false => data(&format!("It has the layout of: {}", names.join(", "))),
    }
}

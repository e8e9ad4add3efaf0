//! `weir audit`: makes an audit's key, verifies its chain, shows and exports its lines, puts files aside and retires them.

use super::connect::{self, Audit};
use super::fault::Failure;
use super::keys::make_audit_key;
use super::{data, say};
use crate::audit::{Broken, Entry, Line, Verified, each_line, verify};
use crate::keys::Verifier;
use crate::limits::AUDIT_KEPT_YEARS;
use crate::phi::{Code, Day, Ymd};
use std::collections::VecDeque;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Make the key pair that an audit's lines are signed with; `weir keys init` does so, too.
    Init {
        #[command(flatten)]
        audit: Audit,
    },
    /// Walk the chain, signatures and hashes, and hold it against what the witnesses have kept: lines, first and last
    /// time, the last line's hash.
    Verify {
        #[command(flatten)]
        audit: Audit,
        /// The public key; beside the secret one, with the ending .pub, if not said. Who does not trust this machine
        /// brings a copy.
        #[arg(long, value_name = "FILE")]
        public_key: Option<PathBuf>,
        /// JSON for programs.
        #[arg(long)]
        json: bool,
    },
    /// Show the last lines.
    Tail {
        #[command(flatten)]
        audit: Audit,
        /// How many.
        #[arg(short = 'n', long, default_value_t = 10)]
        lines: usize,
        /// A JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Show the lines that are about something.
    Search {
        #[command(flatten)]
        audit: Audit,
        #[command(flatten)]
        query: Query,
        /// A JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Write lines as other systems take them, to standard output.
    Export {
        #[command(flatten)]
        audit: Audit,
        #[command(flatten)]
        query: Query,
        /// Which form.
        #[arg(long, value_enum)]
        format: Format,
    },
    /// Put the file aside and go on in a new one; weir does so itself when it has grown long.
    Rotate {
        #[command(flatten)]
        audit: Audit,
    },
    /// Delete the oldest of the files that were put aside; an audit is kept for six years at least (45 CFR 164.316(b)(2)).
    Retire {
        #[command(flatten)]
        audit: Audit,
        /// Those whose last line is older than so many years.
        #[arg(long, default_value_t = AUDIT_KEPT_YEARS,
              value_parser = clap::value_parser!(i16).range(i64::from(AUDIT_KEPT_YEARS)..=100))]
        years: i16,
        /// Why; the audit keeps it.
        #[arg(long)]
        reason: String,
    },
}

/// Which lines. What is not given is not asked for.
#[derive(Debug, clap::Args)]
struct Query {
    /// The act, or how it begins: token, token.decrypt, keys.
    #[arg(long)]
    act: Option<String>,
    /// Who.
    #[arg(long)]
    actor: Option<String>,
    /// The class.
    #[arg(long)]
    class: Option<String>,
    /// The tenant.
    #[arg(long)]
    tenant: Option<String>,
    /// From this time on: 2026-11-30, or 2026-11-30T12:00:00Z.
    #[arg(long, value_parser = moment, value_name = "TIME")]
    since: Option<i64>,
    /// Before this time.
    #[arg(long, value_parser = moment, value_name = "TIME")]
    until: Option<i64>,
}

/// A day or a moment, in milliseconds since 1970.
fn moment(text: &str) -> Result<i64, &'static str> {
    let whole = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text.to_string() };
    match connect::millis_of(&whole) {
        0 => Err("a day as 2026-11-30, or a moment as 2026-11-30T12:00:00Z"),
        millis => Ok(millis),
    }
}

/// A form that other systems take.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// The Open Cybersecurity Schema Framework 1.3, API Activity, a JSON object a line.
    Ocsf,
    /// ArcSight's Common Event Format, a line each.
    Cef,
    /// The lines as they stand.
    Jsonl,
}

pub(super) fn audit(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Init { audit } => match audit.key().exists() {
            true => Err(Failure::about(Code::KeyringExists, audit.key().display())),
            false => make_audit_key(audit),
        },
        Command::Verify { audit, public_key, json } => check(audit, public_key.as_ref(), *json),
        Command::Tail { audit, lines, json } => {
            let mut last = VecDeque::new();
            walk(audit, |line| {
                last.push_back(line);
                if last.len() > *lines {
                    last.pop_front();
                }
            })?;
            last.iter().try_for_each(|line| show(line, *json))?;
            holds(audit)
        }
        Command::Search { audit, query, json } => {
            found(audit, query)?.iter().try_for_each(|line| show(line, *json))?;
            holds(audit)
        }
        Command::Export { audit, query, format } => {
            found(audit, query)?.iter().try_for_each(|line| {
                data(&match format {
                    Format::Ocsf => ocsf(line).to_string(),
                    Format::Cef => cef(line),
                    Format::Jsonl => json_of(line)?,
                });
                Ok::<(), Failure>(())
            })?;
            holds(audit)
        }
        Command::Rotate { audit } => {
            audit.log()?.put_aside(by("audit.rotate", "")).map_err(|code| audit.failure(code))
        }
        Command::Retire { audit, years, reason } => retire(audit, *years, reason),
    }
}

/// An entry of who runs this command.
fn by(act: &str, reason: &str) -> Entry {
    Entry {
        time: connect::now(),
        actor: connect::actor(),
        act: act.into(),
        reason: (!reason.is_empty()).then(|| reason.to_string()),
        ..Entry::default()
    }
}

fn retire(audit: &Audit, years: i16, reason: &str) -> Result<(), Failure> {
    if reason.trim().is_empty() {
        return Err(Code::NoReason.into());
    }
    let Day(today) = connect::today();
    // The 29th of February has no anniversary in most years.
    let before =
        Ymd::new(today.year - years, today.month, today.day.min(28)).ok_or(Code::Internal)?;
    let gone = audit.log()?.retire(&before.to_string(), by("audit.retire", reason.trim()));
    say(&format!("{} files retired", gone.map_err(|code| audit.failure(code))?));
    Ok(())
}

fn check(audit: &Audit, public: Option<&PathBuf>, json: bool) -> Result<(), Failure> {
    let whole = verified(audit, public)?;
    if public.is_none() {
        say(
            "the public key lies beside the audit: who can change one can change both; bring a copy",
        );
    }
    if json {
        let object = serde_json::json!({
            "lines": whole.entries, "retired": whole.retired, "files": whole.files,
            "first": whole.first, "last": whole.last, "head": whole.head, "torn": whole.torn,
            "checkpoints": whole.checkpoints, "older_checkpoints": whole.older,
            "foreign_notes": whole.foreign, "unwitnessed": whole.unwitnessed,
        });
        data(&object.to_string());
        return Ok(());
    }
    data(&format!("lines  {}\nfirst  {}\nlast   {}", whole.entries, whole.first, whole.last));
    data(&format!("head   {}", whole.head));
    for (n, words) in [
        (whole.retired, "lines were retired before the first"),
        (whole.checkpoints, "checkpoints of the witnesses hold"),
        (whole.older, "checkpoints are of retired lines alone: nothing can be said of them"),
        (
            whole.foreign,
            "notes at the witnesses are no checkpoints of this key: cut off, or somebody else's",
        ),
        (whole.unwitnessed, "lines at the end have no checkpoint"),
    ] {
        if n > 0 {
            say(&format!("{n} {words}"));
        }
    }
    if whole.torn {
        say("the end is a piece of a line, which no witness has seen");
    }
    if audit.audit_witness.is_empty() {
        say("no witness: lines that were cut off at the end would not be missed");
    }
    Ok(())
}

/// Says, behind what was shown, that it is not what was written, where that is so.
fn holds(audit: &Audit) -> Result<(), Failure> {
    verified(audit, None).map(|_| ())
}

fn verified(audit: &Audit, public: Option<&PathBuf>) -> Result<Verified, Failure> {
    let beside = audit.key().with_extension("pub");
    let public = public.unwrap_or(&beside);
    let verifier =
        Verifier::load(public).map_err(|_| Failure::about(Code::AuditKey, public.display()))?;
    let whole = verify(&audit.audit, &verifier, &audit.witnesses()?);
    whole.map_err(|Broken { code, place, line, what }| match line {
        0 => Failure::about(code, format!("{place}: {what}")),
        _ => Failure::about(code, format!("{place}, line {line}: {what}")),
    })
}

fn walk(audit: &Audit, see: impl FnMut(Line)) -> Result<(), Failure> {
    each_line(&audit.audit, see).map_err(|code| audit.failure(code))
}

fn found(audit: &Audit, query: &Query) -> Result<Vec<Line>, Failure> {
    let mut all = Vec::new();
    walk(audit, |line| {
        if query.has(&line.entry) {
            all.push(line);
        }
    })?;
    Ok(all)
}

impl Query {
    fn has(&self, entry: &Entry) -> bool {
        let is = |asked: &Option<String>, is: Option<&str>| {
            asked.as_deref().is_none_or(|asked| is == Some(asked))
        };
        let begins = |asked: &str| {
            let rest = entry.act.strip_prefix(asked);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        is(&self.actor, Some(&entry.actor))
            && is(&self.class, entry.class.as_deref())
            && is(&self.tenant, Some(&entry.tenant))
            && self.act.as_deref().is_none_or(begins)
            && self.since.is_none_or(|since| connect::millis_of(&entry.time) >= since)
            && self.until.is_none_or(|until| connect::millis_of(&entry.time) < until)
    }
}

fn json_of(line: &Line) -> Result<String, Failure> {
    serde_json::to_string(line).map_err(|_| Code::Internal.into())
}

fn show(line: &Line, json: bool) -> Result<(), Failure> {
    if json {
        data(&json_of(line)?);
        return Ok(());
    }
    let Line { seq, entry, .. } = line;
    let mut words = format!("{seq:>6}  {}  {:<10}  {}", entry.time, entry.actor, entry.act);
    for (name, value) in [
        ("class", entry.class.clone()),
        ("scope", entry.scope.clone()),
        ("version", entry.version.map(|n| format!("v{n}"))),
        ("count", entry.count.map(|n| n.to_string())),
        ("reason", entry.reason.as_ref().map(|reason| format!("{reason:?}"))),
    ] {
        if let Some(value) = value {
            words.push_str(&format!("  {name} {value}"));
        }
    }
    data(&words);
    Ok(())
}

/// API Activity (class 6003) of the category Application Activity.
fn ocsf(line: &Line) -> serde_json::Value {
    let Line { seq, entry, hash, .. } = line;
    // Create, read, update and delete, or another one.
    let activity = match entry.act.rsplit('.').next().unwrap_or_default() {
        "init" | "encrypt" => 1,
        "decrypt" | "impact" => 2,
        "rotate" | "rewrap" | "disable" | "enable" | "retokenize" => 3,
        "destroy" | "shred" | "forget" | "retire" => 4,
        _ => 99,
    };
    serde_json::json!({
        "metadata": {
            "version": "1.3.0", "uid": hash, "sequence": seq, "log_name": "weir-audit",
            "tenant_uid": entry.tenant,
            "product": {"name": "weir", "vendor_name": "weir", "version": env!("CARGO_PKG_VERSION")},
        },
        "category_uid": 6, "class_uid": 6003, "activity_id": activity,
        "type_uid": 600_300 + activity,
        "time": connect::millis_of(&entry.time),
        // The line is written before the act.
        "severity_id": 1, "status_id": 0,
        "actor": {"user": {"uid": entry.actor}},
        "api": {"operation": entry.act, "service": {"name": "weir"}},
        "src_endpoint": {"name": "weir"},
        "message": entry.reason,
        "unmapped": {
            "class": entry.class, "scope": entry.scope, "version": entry.version,
            "count": entry.count, "epoch": entry.epoch, "digest": entry.digest,
        },
    })
}

/// CEF:0 as ArcSight has it: a bar and a backslash are escaped in front, an equals sign and a backslash behind.
fn cef(line: &Line) -> String {
    let Line { seq, entry, hash, .. } = line;
    let front = |text: &str| text.replace('\\', "\\\\").replace('|', "\\|");
    let behind = |text: &str| {
        let text = text.replace('\\', "\\\\").replace('=', "\\=");
        text.replace('\n', "\\n").replace('\r', "\\r")
    };
    let mut out = format!(
        "CEF:0|weir|weir|{}|{act}|{act}|3|",
        env!("CARGO_PKG_VERSION"),
        act = front(&entry.act)
    );
    let fields = [
        ("rt", Some(connect::millis_of(&entry.time).to_string())),
        ("suid", Some(entry.actor.clone())),
        ("externalId", Some(seq.to_string())),
        ("cs1Label=tenant cs1", Some(entry.tenant.clone())),
        ("cs2Label=class cs2", entry.class.clone()),
        ("cs3Label=scope cs3", entry.scope.clone()),
        ("cs4Label=digest cs4", entry.digest.clone()),
        ("cn1Label=version cn1", entry.version.map(|n| n.to_string())),
        ("cnt", entry.count.map(|n| n.to_string())),
        ("reason", entry.reason.clone()),
        ("fileHash", Some(hash.clone())),
    ];
    let fields = fields
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| format!("{name}={}", behind(&value))));
    out.push_str(&fields.collect::<Vec<_>>().join(" "));
    out
}

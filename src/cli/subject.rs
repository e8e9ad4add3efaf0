//! `weir subject`: what is known of a person in the store of subjects, and how to make it go. Ids come
//! on standard input, one a line, since arguments are seen by every process of the machine.

use super::connect::{self, Ring, Subjects};
use super::fault::Failure;
use super::token::{canonical_subjects, extent, input};
use super::{data, say};
use crate::audit::Entry;
use crate::keys::{Keyring, SubjectState, SubjectStore};
use crate::phi::{Class, Code, Phi};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Args)]
struct About {
    /// The class of the schema's subject field.
    #[arg(long, default_value = "mrn")]
    class: String,
    /// The width that the schema gives to it.
    #[arg(long)]
    width: Option<u8>,
    /// The shape that the schema gives to it.
    #[arg(long, conflicts_with = "width")]
    shape: Option<String>,
    #[command(flatten)]
    subjects: Subjects,
    #[command(flatten)]
    ring: Ring,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Say whether subjects (standard input, one id a line) have a secret.
    Status(#[command(flatten)] About),
    /// Destroy the secrets of subjects (standard input, one id a line), and the codes that were
    /// assigned to values of theirs. These tokens can never be taken back; later records go to
    /// quarantine.
    Shred {
        #[command(flatten)]
        about: About,
        /// Why; the audit keeps it.
        #[arg(long)]
        reason: String,
        /// Shred those too of whom nothing is known: records of theirs that come later are refused.
        #[arg(long)]
        even_unknown: bool,
    },
    /// Have a database let go of what was shredded: its table is written anew (VACUUM FULL, by the
    /// table's owner). Pipelines wait meanwhile, and end where it takes longer than fifteen seconds.
    Scrub(#[command(flatten)] Place),
}

/// Where the store is, whoever is in it.
#[derive(Debug, clap::Args)]
struct Place {
    #[command(flatten)]
    ring: Ring,
    #[command(flatten)]
    subjects: Subjects,
}

pub(super) fn subject(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Status(about) => {
            let (_, store, ids) = about.open()?;
            for id in &ids {
                let state =
                    store.state(id.expose()).map_err(|code| about.subjects.failure(code))?;
                data(&match state {
                    SubjectState::Unknown => "unknown".to_string(),
                    SubjectState::Alive => "alive".to_string(),
                    SubjectState::Shredded(day) => format!("shredded {day}"),
                });
            }
            Ok(())
        }
        Command::Shred { about, reason, even_unknown } => {
            if reason.trim().is_empty() {
                return Err(Failure::from(Code::NoReason));
            }
            let (keys, store, ids) = about.open()?;
            let failure = |code| about.subjects.failure(code);
            let mut unknown = 0;
            for (at, id) in ids.iter().enumerate() {
                let state = store.state(id.expose()).map_err(failure)?;
                if state == SubjectState::Unknown && !even_unknown {
                    say(&format!("line {}: nothing is known of this subject", at + 1));
                    unknown += 1;
                }
            }
            if unknown > 0 {
                return Err(failure(Code::SubjectUnknown));
            }
            let entry = Entry {
                time: connect::now(),
                actor: connect::actor(),
                act: "subject.shred".into(),
                tenant: keys.tenant().into(),
                class: Some(about.class.clone()),
                count: Some(ids.len() as u64),
                reason: Some(reason.trim().to_string()),
                ..Entry::default()
            };
            about.ring.audit.append(entry)?;
            let today = connect::today().0.to_string();
            let (mut alive, mut codes) = (0, 0);
            for id in &ids {
                let (before, went) = store.shred(id.expose(), &today).map_err(failure)?;
                alive += u32::from(before == SubjectState::Alive);
                codes += went;
            }
            say(&format!(
                "{} subjects shredded, {alive} of them now, {codes} assigned codes with them; copies of {} have to go too",
                ids.len(),
                about.subjects.subjects
            ));
            say("tokens of scope join or destination (a record number, say) stay reversible");
            if about.subjects.subjects.contains("://") {
                say("the database keeps the sealed rows on its disk until `weir subject scrub`");
            }
            Ok(())
        }
        Command::Scrub(place) => {
            let store = place.subjects.open(&place.ring.load()?)?;
            store.scrub().map_err(|code| place.subjects.failure(code))?;
            say("what was shredded is in the store's own files no more");
            Ok(())
        }
    }
}

impl About {
    fn open(&self) -> Result<(Keyring, SubjectStore, Vec<Phi<String>>), Failure> {
        let class = Class::from_name(&self.class)
            .ok_or_else(|| Failure::about(Code::UnknownClass, &self.class))?;
        let extent = extent(self.width, self.shape.as_deref())?;
        let keys = self.ring.load()?;
        let store = self.subjects.open(&keys)?;
        let lines = input()?;
        let ids = canonical_subjects(class, &extent, lines.lines())?;
        Ok((keys, store, ids))
    }
}

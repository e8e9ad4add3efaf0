//! How a failure reaches a person: what happened, the way out, and an exit code by kind.

use super::say;
use crate::phi::{Code, Kind};
use crate::policy::Problems;
use crate::stream::Fault;
use std::io::IsTerminal;
use std::process::ExitCode;

/// Why a command failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// Documents have problems.
    Problems(Problems),
    /// Something else: a code and what it is about.
    Fault(Fault),
    /// The words were printed already.
    Said(Kind),
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Failure {
        Failure::Problems(problems)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        Failure::Fault(fault)
    }
}

impl From<Code> for Failure {
    fn from(code: Code) -> Failure {
        Failure::Fault(Fault::new(code))
    }
}

impl Failure {
    pub(super) fn about(code: Code, about: impl std::fmt::Display) -> Failure {
        Failure::Fault(Fault::about(code, &about.to_string()))
    }

    /// By which code; of several, the first.
    pub(super) fn code(&self) -> Option<Code> {
        match self {
            Failure::Problems(problems) => problems.0.first().map(|problem| problem.code),
            Failure::Fault(fault) => Some(fault.code),
            Failure::Said(_) => None,
        }
    }

    /// A server did not answer: it may do so later.
    pub(super) fn is_passing(&self) -> bool {
        matches!(self.code(), Some(Code::KekUnreachable | Code::SubjectsUnreachable))
    }

    /// Prints the failure and gives its exit code.
    pub(super) fn report(self) -> ExitCode {
        let kind = match &self {
            Failure::Problems(problems) => {
                let color = std::io::stderr().is_terminal();
                say(problems.render(color).trim_end());
                let n = problems.0.len();
                say(&format!(
                    "\n{n} problem{}; `weir explain CODE` says more",
                    if n == 1 { "" } else { "s" }
                ));
                problems.0.first().map_or(Kind::Document, |problem| problem.code.entry().kind)
            }
            Failure::Fault(fault) => {
                let entry = fault.code.entry();
                let about = if fault.about.is_empty() {
                    String::new()
                } else {
                    format!(": {}", fault.about)
                };
                say(&format!("error[{}]: {}{about}", entry.id, entry.title));
                say(&format!("  why:  {}", entry.why));
                say(&format!("  help: {}", entry.fix));
                entry.kind
            }
            Failure::Said(kind) => *kind,
        };
        ExitCode::from(kind.exit_code())
    }
}

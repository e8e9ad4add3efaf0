//! `weir audit`: checks the chain of an audit file, and shows its head.

use super::connect::Audit;
use super::data;
use super::fault::Failure;
use crate::phi::Code;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Walk the chain: lines, first and last time, and the last line's hash. Keep copies of that hash
    /// elsewhere: they tell when the end was cut off or the whole file written anew.
    Verify {
        #[command(flatten)]
        audit: Audit,
        /// JSON for programs.
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn audit(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Verify { audit, json } => verify(audit, *json),
    }
}

fn verify(audit: &Audit, json: bool) -> Result<(), Failure> {
    let whole = audit.log().verify().map_err(|(code, line)| match code {
        Code::AuditBroken => {
            Failure::about(code, format!("{}, line {line}", audit.audit.display()))
        }
        _ => audit.failure(code),
    })?;
    if json {
        let (lines, first, last) = (whole.entries, whole.first, whole.last);
        let object =
            serde_json::json!({ "lines": lines, "first": first, "last": last, "head": whole.head });
        data(&object.to_string());
        return Ok(());
    }
    data(&format!("lines  {}\nfirst  {}\nlast   {}", whole.entries, whole.first, whole.last));
    data(&format!("head   {}", whole.head));
    Ok(())
}

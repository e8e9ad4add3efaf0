//! `weir keys`: makes a keyring and a key pair for quarantine.

use super::fault::Failure;
use super::{connect, say};
use crate::keys::{Keyring, write_key_pair};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Make a keyring (mode 0600) and a key pair for quarantine. Overwrites nothing.
    Init {
        /// Whose keys these are; tokens of different tenants never join.
        #[arg(long)]
        tenant: String,
        /// Folder for weir.keyring, weir-quarantine.pub and weir-quarantine.key.
        #[arg(long, default_value = ".")]
        dir: PathBuf,
    },
}

pub(super) fn keys(arguments: &Arguments) -> Result<(), Failure> {
    let Command::Init { tenant, dir } = &arguments.command;
    let file = |name: &str| dir.join(name);
    let created = connect::today().0.to_string();
    let ring = file("weir.keyring");
    Keyring::create(&ring, tenant, &created)
        .map_err(|code| Failure::about(code, ring.display()))?;
    let (secret, public) = (file("weir-quarantine.key"), file("weir-quarantine.pub"));
    write_key_pair(&secret, &public).map_err(|code| Failure::about(code, secret.display()))?;
    say(&format!(
        "{}: whoever reads it can undo every token; back it up, and keep it from others",
        ring.display()
    ));
    say(&format!("{}: give it to `weir run`", public.display()));
    say(&format!(
        "{}: opens quarantine; move it to where replay happens, off this machine",
        secret.display()
    ));
    Ok(())
}

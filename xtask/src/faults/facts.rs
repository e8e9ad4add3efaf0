//! What a report has to say of its run: commit, versions, machine, time. No path, no host's name.

use super::SHARDS;
use super::control::root;
use crate::broker::VERSION;
use crate::fetch::cache;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a program prints, the first line that is not empty; standard error too.
fn first_line(command: &mut Command) -> String {
    let Ok(out) = command.stdin(Stdio::null()).output() else { return String::new() };
    let text =
        format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().to_string()
}

fn git(args: &[&str]) -> String {
    first_line(Command::new("git").arg("-C").arg(root()).args(args).stderr(Stdio::null()))
}

/// The commit; with `-dirty` when files differ from it.
pub(crate) fn commit() -> String {
    let head = git(&["rev-parse", "HEAD"]);
    // Reports are what this program writes itself.
    let changed = git(&["status", "--porcelain", "--", ".", ":!docs/reports"]);
    if changed.is_empty() { head } else { format!("{head}-dirty") }
}

/// Whether what a report of this commit has shown still holds: nothing that runs in production has
/// changed since, nor the bench, that shard and its judges. What was built from changed files was of no commit.
pub(crate) fn is_fresh(commit: &str, shard: &str) -> bool {
    const RUNS: [&str; 16] = [
        "src",
        "crates",
        "Cargo.toml",
        "Cargo.lock",
        "pipelines",
        "schemas",
        "policies",
        "destinations.yaml",
        "xtask/src/faults",
        "xtask/src/proxy",
        "xtask/src/broker.rs",
        "xtask/src/cluster.rs",
        "xtask/src/fetch.rs",
        "xtask/src/keyserver.rs",
        "tests/kafka",
        "tests/model",
    ];
    // Every shard may lean on R1 and R3; when and where a run was shows nothing.
    let others = SHARDS.iter().map(|other| other.id).filter(|id| ![shard, "R1", "R3"].contains(id));
    let others = others.map(|id| format!("{}.rs", id.to_lowercase()));
    let besides = others.chain(["facts.rs".to_string()]);
    let same = Command::new("git")
        .arg("-C")
        .arg(root())
        .args(["diff", "--quiet", commit, "--"])
        .args(RUNS)
        .args(besides.map(|file| format!(":(exclude)xtask/src/faults/{file}")))
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .status();
    !commit.ends_with("-dirty") && same.is_ok_and(|status| status.success())
}

/// A commit that fits a table.
pub(crate) fn short(commit: &str) -> String {
    let (hash, dirty) = commit.split_once('-').map_or((commit, ""), |(hash, _)| (hash, "-dirty"));
    format!("{}{dirty}", hash.get(..9).unwrap_or(hash))
}

/// A text without this machine's folders: reports are committed.
pub(crate) fn without_places(text: &str) -> String {
    let mut text = text.to_string();
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let places = [(cache().ok(), "CACHE"), (Some(root()), "CHECKOUT"), (home, "HOME")];
    for (place, name) in places {
        let place = place.map(|place| place.display().to_string()).unwrap_or_default();
        if place.len() > 1 {
            text = text.replace(&place, name);
        }
    }
    text
}

/// UTC, to the minute.
pub(crate) fn now() -> String {
    first_line(Command::new("date").args(["-u", "+%Y-%m-%d %H:%M"]))
}

/// Versions and machine.
pub(crate) fn facts(weir: Option<&Path>, rate: u64) -> Vec<(String, String)> {
    let java = first_line(Command::new("java").arg("-version"));
    let java = java.split('"').nth(1).unwrap_or(&java).to_string();
    let rustc = first_line(Command::new("rustc").arg("--version"));
    let rustc = rustc.split(' ').nth(1).unwrap_or(&rustc).to_string();
    let mut facts = vec![
        ("kafka".to_string(), VERSION.to_string()),
        ("java".to_string(), java),
        ("rustc".to_string(), rustc),
    ];
    if let Some(weir) = weir {
        let version = first_line(Command::new(weir).arg("--version"));
        facts.push(("weir".to_string(), version.replace("weir ", "")));
    }
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib: u64 = memory
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or(0);
    facts.push(("cores".to_string(), cores.to_string()));
    facts.push(("records/s".to_string(), rate.to_string()));
    facts.push(("memory".to_string(), format!("{:.1} GiB", kib as f64 / 1_048_576.0)));
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_names_no_folder_of_this_machine() {
        let text =
            format!("at {}/src and in {}", root().display(), cache().expect("a cache").display());
        assert_eq!(without_places(&text), "at CHECKOUT/src and in CACHE");
    }

    #[test]
    fn short_commits_keep_their_dirt() {
        assert_eq!(short("0123456789abcdef"), "012345678");
        assert_eq!(short("0123456789abcdef-dirty"), "012345678-dirty");
        assert_eq!(short("abc"), "abc");
    }
}

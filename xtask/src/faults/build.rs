//! The binaries under test: built from this checkout and kept in the cache by commit, or given.

use super::{control::root, environment, facts};
use crate::fetch::{cache, run};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Binaries that the cache keeps.
const KEPT: usize = 6;

/// The binary of this commit, or the one that `WEIR_FAULTS_BINARY` names.
pub(crate) fn weir() -> Result<PathBuf, String> {
    if let Some(path) = environment("WEIR_FAULTS_BINARY") {
        return Ok(PathBuf::from(path));
    }
    built("weir", "weir/aws-kms")
}

/// The binary that can be told to fail at named points; `None` where this commit has none.
pub(crate) fn failpoints() -> Result<Option<PathBuf>, String> {
    if let Some(path) = environment("WEIR_FAULTS_FAILPOINTS") {
        return Ok(Some(PathBuf::from(path)));
    }
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap_or_default();
    if !manifest.lines().any(|line| line.trim_start().starts_with("failpoints")) {
        return Ok(None);
    }
    built("weir-failpoints", "weir/aws-kms,weir/failpoints").map(Some)
}

/// Whether weir's source names this failpoint.
pub(crate) fn has_point(name: &str) -> bool {
    fn named(dir: &Path, quoted: &str) -> bool {
        let entries = fs::read_dir(dir).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).any(|path| {
            if path.is_dir() {
                return named(&path, quoted);
            }
            fs::read_to_string(&path).is_ok_and(|text| text.contains(quoted))
        })
    }
    named(&root().join("src"), &format!("\"{name}\""))
}

/// Builds with these features and puts a copy into the cache. What differs from its commit is built
/// anew each time.
fn built(name: &str, features: &str) -> Result<PathBuf, String> {
    let commit = facts::commit();
    let bin = cache()?.join("bin");
    let wanted = bin.join(format!("{name}-{commit}"));
    if wanted.exists() && !commit.ends_with("-dirty") {
        return Ok(wanted);
    }
    crate::say(&format!("building {name} ({features})"));
    let target = cargo(&root(), features)?;
    fs::create_dir_all(&bin).map_err(|e| e.to_string())?;
    copy(&target, &wanted)?;
    prune(&bin);
    Ok(wanted)
}

/// A binary has 150 MB: those of the last few commits stay.
fn prune(bin: &Path) {
    let entries = fs::read_dir(bin).into_iter().flatten().flatten();
    let age = |path: &PathBuf| fs::metadata(path).and_then(|data| data.modified()).ok();
    let mut kept: Vec<_> = entries.map(|entry| entry.path()).filter(|p| age(p).is_some()).collect();
    kept.sort_by_key(|path| std::cmp::Reverse(age(path)));
    for old in kept.iter().skip(KEPT) {
        let _ = fs::remove_file(old);
    }
}

/// Builds weir in a checkout; gives the binary, which the next build may overwrite.
fn cargo(checkout: &Path, features: &str) -> Result<PathBuf, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run(Command::new(cargo)
        .args(["build", "--quiet", "-p", "weir", "--features", features])
        // Without this weir's own code is ten times slower, and three of them starve two cores.
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", "2")
        .current_dir(checkout))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    Ok(target.unwrap_or_else(|| checkout.join("target")).join("debug/weir"))
}

/// Copies beside and renames: a process may still run the old one.
fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let part = to.with_extension("part");
    fs::copy(from, &part).map_err(|e| format!("cannot copy {}: {e}", from.display()))?;
    fs::rename(&part, to).map_err(|e| e.to_string())
}

/// The binary of another revision, built in a worktree that goes again.
pub(crate) fn of_revision(revision: &str) -> Result<PathBuf, String> {
    let root = root();
    let out = Command::new("git").arg("-C").arg(&root).args(["rev-parse", revision]).output();
    let commit = out.map_err(|e| e.to_string())?;
    let commit = String::from_utf8_lossy(&commit.stdout).trim().to_string();
    if commit.len() != 40 {
        return Err(format!("no such revision: {revision}"));
    }
    let bin = cache()?.join("bin");
    let wanted = bin.join(format!("weir-{commit}"));
    if wanted.exists() {
        return Ok(wanted);
    }
    crate::say(&format!("building weir of {revision}"));
    let tree = cache()?.join(format!("old-{}", std::process::id()));
    let git = |args: &[&str]| run(Command::new("git").arg("-C").arg(&root).args(args).arg(&tree));
    run(Command::new("git")
        .arg("-C")
        .arg(&root)
        .args(["worktree", "add", "--quiet", "--detach"])
        .arg(&tree)
        .arg(&commit))?;
    fs::create_dir_all(&bin).map_err(|e| e.to_string())?;
    let copied = cargo(&tree, "weir/aws-kms").and_then(|built| copy(&built, &wanted));
    let removed = git(&["worktree", "remove", "--force"]);
    copied.and(removed).map(|()| wanted)
}

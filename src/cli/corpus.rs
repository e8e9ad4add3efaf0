//! Texts that a person has as files: a folder with `NAME.txt`, and brat's `NAME.ann` beside each.

use super::fault::Failure;
use super::say;
use crate::phi::Code;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A folder's files with that ending, by name without it. Hidden files are passed over.
fn files(folder: &Path, ending: &str) -> Result<BTreeMap<String, PathBuf>, Failure> {
    let unreadable = |path: &Path| Failure::about(Code::FileUnreadable, path.display());
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(|_| unreadable(folder))? {
        let path = entry.map_err(|_| unreadable(folder))?.path();
        if path.extension().is_none_or(|own| own != ending) || path.is_dir() {
            continue;
        }
        match path.file_stem().and_then(|stem| stem.to_str()) {
            Some(stem) if stem.starts_with('.') => {}
            Some(stem) => {
                found.insert(stem.to_string(), path);
            }
            None => return Err(unreadable(&path)),
        }
    }
    Ok(found)
}

/// The texts of a folder, by name.
pub(super) fn texts(folder: &Path) -> Result<BTreeMap<String, PathBuf>, Failure> {
    let found = files(folder, "txt")?;
    if found.is_empty() {
        return Err(Failure::about(
            Code::CorpusMisfit,
            format!("{}: no .txt in this folder", folder.display()),
        ));
    }
    let within = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = within.filter(|entry| entry.path().is_dir()).count();
    if folders > 0 {
        say(&format!("{}: folders inside it are not looked into: {folders}", folder.display()));
    }
    Ok(found)
}

/// Texts and their annotations, by name; each must have its partner.
pub(super) fn pairs(folder: &Path) -> Result<BTreeMap<String, (PathBuf, PathBuf)>, Failure> {
    let texts = texts(folder)?;
    let mut annotations = files(folder, "ann")?;
    let alone = |path: &Path, partner: &str| {
        let about = format!("{}: no {partner} beside it", path.display());
        Failure::about(Code::CorpusMisfit, about)
    };
    let mut pairs = BTreeMap::new();
    for (name, text) in texts {
        let Some(annotation) = annotations.remove(&name) else { return Err(alone(&text, ".ann")) };
        pairs.insert(name, (text, annotation));
    }
    annotations.values().next().map_or(Ok(pairs), |path| Err(alone(path, ".txt")))
}

/// A whole file of UTF-8, as it stands: offsets count every character of it.
pub(super) fn read(path: &Path) -> Result<String, Failure> {
    let bytes =
        std::fs::read(path).map_err(|_| Failure::about(Code::FileUnreadable, path.display()))?;
    String::from_utf8(bytes)
        .map_err(|_| Failure::about(Code::CorpusMisfit, format!("{}: not UTF-8", path.display())))
}

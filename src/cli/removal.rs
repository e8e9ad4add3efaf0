//! The file of a removal list: whole or not there, and never written over another.

use super::fault::Failure;
use crate::phi::Code;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// The file of the list, and what is in it.
pub(super) struct List<'a> {
    path: &'a Path,
    there: Option<String>,
}

impl<'a> List<'a> {
    /// Refuses a file that has another list: somebody may not have worked it off yet. One that this goes on from
    /// is none.
    pub(super) fn at(path: &'a Path, list: &str) -> Result<List<'a>, Failure> {
        let places = |text: &str| -> Option<BTreeSet<String>> {
            let place = |line: &str| {
                let line: serde_json::Value = serde_json::from_str(line).ok()?;
                Some(format!("{}/{}/{}", line["topic"], line["partition"], line["offset"]))
            };
            text.lines().map(place).collect()
        };
        let there = match fs::read_to_string(path) {
            Ok(there) => Some(there),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(_) => return Err(Failure::about(Code::FileUnreadable, path.display())),
        };
        let file = List { path, there };
        // Found before anything is done that cannot be undone.
        let probe = file.put("").and_then(|()| fs::remove_file(file.part()));
        probe.map_err(|_| file.failure(Code::FileOutput))?;
        let goes_on = file.there.as_deref().is_none_or(|there| {
            places(there).zip(places(list)).is_some_and(|(old, new)| old.is_subset(&new))
        });
        if goes_on { Ok(file) } else { Err(file.failure(Code::RemovalList)) }
    }

    /// It has its name once it is whole and on the disk; and only where nobody else has written there meanwhile.
    pub(super) fn write(&mut self, list: String) -> Result<(), Failure> {
        let failure = |_| self.failure(Code::FileOutput);
        self.put(&list).map_err(failure)?;
        let is_own = match &self.there {
            Some(there) => fs::read_to_string(self.path).is_ok_and(|now| now == *there),
            None => OpenOptions::new().write(true).create_new(true).open(self.path).is_ok(),
        };
        if !is_own {
            return Err(self.failure(Code::RemovalList));
        }
        fs::rename(self.part(), self.path).map_err(failure)?;
        // The name, too, is on the disk then.
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = fs::File::open(folder.unwrap_or(Path::new(".")));
        folder.and_then(|folder| folder.sync_all()).map_err(failure)?;
        self.there = Some(list);
        Ok(())
    }

    pub(super) fn digest(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.there.as_deref().unwrap_or_default()))
    }

    fn part(&self) -> PathBuf {
        let mut name = self.path.file_name().unwrap_or_default().to_os_string();
        name.push(".part");
        self.path.with_file_name(name)
    }

    fn put(&self, list: &str) -> std::io::Result<()> {
        let _ = fs::remove_file(self.part());
        let mut options = OpenOptions::new();
        let mut file = options.write(true).create_new(true).mode(0o600).open(self.part())?;
        file.write_all(list.as_bytes())?;
        file.sync_all()
    }

    fn failure(&self, code: Code) -> Failure {
        Failure::about(code, self.path.display())
    }
}

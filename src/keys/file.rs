//! Files that hold secrets or must not be torn: private, synced, renamed into place, locked.

use crate::phi::Code;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Tries for a lock, and the pause between two, in milliseconds: half a minute together.
const LOCK_TRIES: u32 = 600;
const LOCK_PAUSE_MILLIS: u64 = 50;

/// Options for a file that only its owner can read.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Writes a new file that only its owner can read, and syncs it. Overwrites nothing.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Code> {
    let mut file =
        private().write(true).create_new(true).open(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => Code::KeyringExists,
            _ => Code::FileOutput,
        })?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|_| Code::FileOutput)?;
    sync_folder(path)
}

/// Puts `bytes` in the place of a file, whole or not at all. Who calls it holds the file's lock: the
/// part has one name, so that what a crash left goes with the next one, and no shredded row stays.
pub(super) fn replace_private(path: &Path, bytes: &[u8]) -> Result<(), Code> {
    let part = beside(path, "part");
    let _ = std::fs::remove_file(&part);
    let put = write_private(&part, bytes)
        .and_then(|()| std::fs::rename(&part, path).map_err(|_| Code::FileOutput));
    if put.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    put?;
    sync_folder(path)
}

/// A rename is durable when the folder is.
fn sync_folder(path: &Path) -> Result<(), Code> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = File::open(folder.unwrap_or(Path::new("."))).map_err(|_| Code::FileOutput)?;
    folder.sync_all().map_err(|_| Code::FileOutput)
}

/// `path` with `.suffix` behind its name.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".");
    name.push(suffix);
    path.with_file_name(name)
}

/// Holds the lock of a file until it is dropped; two processes never change one file at once.
pub(super) fn lock(path: &Path) -> Result<File, Code> {
    let file = private().create(true).truncate(false).write(true).open(beside(path, "lock"));
    let file = file.map_err(|_| Code::FileOutput)?;
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => {
                std::thread::sleep(Duration::from_millis(LOCK_PAUSE_MILLIS));
            }
            Err(TryLockError::Error(_)) => return Err(Code::FileOutput),
        }
    }
    Err(Code::KeyringBusy)
}

/// Refuses a secret file that others can read.
pub(super) fn check_private(path: &Path) -> Result<(), Code> {
    let meta = std::fs::metadata(path).map_err(|_| Code::KeyringUnreadable)?;
    #[cfg(unix)]
    if std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & 0o077 != 0 {
        return Err(Code::KeyringMode);
    }
    let _ = meta;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_crash_left_of_a_rewrite_goes_with_the_next_one() {
        let dir = std::env::temp_dir().join(format!("weir-part-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(dir.join("folder")).expect("a folder");
        let path = dir.join("rows");
        let names = || {
            let files = std::fs::read_dir(&dir).expect("a folder").flatten();
            let mut names: Vec<_> = files.map(|file| file.file_name()).collect();
            names.sort();
            names
        };
        replace_private(&path, b"one").expect("writes");
        // Of another process, killed between writing and renaming.
        std::fs::write(dir.join("rows.part"), "a row that was shredded since").expect("writes");
        replace_private(&path, b"two").expect("writes");
        assert_eq!(std::fs::read(&path).expect("reads"), b"two");
        assert_eq!(names(), ["folder", "rows"]);
        // Nor does one stay that could not be put into place.
        let onto_a_folder = replace_private(&dir.join("folder"), b"three");
        assert_eq!(onto_a_folder, Err(Code::FileOutput));
        assert_eq!(names(), ["folder", "rows"]);
        std::fs::remove_dir_all(&dir).expect("removes");
    }
}

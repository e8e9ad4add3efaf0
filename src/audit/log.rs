//! The chain: JSON lines, appended under a lock and synced before the act that they tell of.

use crate::phi::Code;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Tries for the lock, and the pause between two, in milliseconds: five seconds together.
const LOCK_TRIES: u32 = 100;
const LOCK_PAUSE_MILLIS: u64 = 50;
/// Longest line, in bytes: a reason is at most a tenth of it.
const LINE_BYTES_MAX: u64 = 64 * 1024;
/// Longest reason, in characters.
const REASON_CHARS_MAX: usize = 1_000;

/// What happened. No value, no token and no key has a place in it; `reason` is what a person wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// When, RFC 3339, UTC.
    pub time: String,
    /// Who: `uid:1000`.
    pub actor: String,
    /// What: `token.decrypt`, `keys.rotate`, ...
    pub act: String,
    /// The tenant whose keys were used or changed.
    pub tenant: String,
    /// The class of the tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// The scope of the tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The key version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// How many tokens or values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// The keyring's epoch after a change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<u64>,
    /// Why, in the actor's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    seq: u64,
    #[serde(flatten)]
    entry: Entry,
    /// The line before this one was cut off by a crash.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    after_torn: bool,
    prev: String,
    hash: String,
}

impl Line {
    fn hash_of(&self) -> Result<String, Code> {
        let bare = Line {
            seq: self.seq,
            entry: self.entry.clone(),
            after_torn: self.after_torn,
            prev: self.prev.clone(),
            hash: String::new(),
        };
        let bytes = serde_json::to_vec(&bare).map_err(|_| Code::Internal)?;
        Ok(HEXLOWER.encode(&Sha256::digest(&bytes)))
    }
}

/// What a whole chain says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Lines.
    pub entries: u64,
    /// The last line's hash: who keeps it elsewhere knows when the end was cut off.
    pub head: String,
}

/// An audit file.
#[derive(Clone, Debug)]
pub struct Log {
    path: PathBuf,
}

impl Log {
    /// An audit at `path`; the file is made by the first entry.
    pub fn at(path: &Path) -> Log {
        Log { path: path.to_path_buf() }
    }

    /// Appends an entry and syncs it. Refuses [`Code::AuditUnwritable`], and [`Code::AuditBroken`]
    /// where the last line is not what its hash says.
    pub fn append(&self, entry: Entry) -> Result<(), Code> {
        if entry.reason.as_ref().is_some_and(|reason| reason.chars().count() > REASON_CHARS_MAX) {
            return Err(Code::WrongValue);
        }
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.path).map_err(|_| Code::AuditUnwritable)?;
        lock(&file)?;
        let tail = tail(&mut file)?;
        let mut line = Line {
            seq: tail.last.as_ref().map_or(1, |last| last.seq + 1),
            entry,
            after_torn: tail.torn,
            prev: tail.last.map_or_else(String::new, |last| last.hash),
            hash: String::new(),
        };
        line.hash = line.hash_of()?;
        let mut text = serde_json::to_vec(&line).map_err(|_| Code::Internal)?;
        if tail.torn {
            // What was cut off stays where it is, on a line of its own.
            text.insert(0, b'\n');
        }
        text.push(b'\n');
        file.write_all(&text).and_then(|()| file.sync_all()).map_err(|_| Code::AuditUnwritable)
    }

    /// Walks the whole chain. `Err` has the number of the first line that is wrong, 0 where the file
    /// cannot be read.
    pub fn verify(&self) -> Result<Verified, (Code, u64)> {
        let file = File::open(&self.path).map_err(|_| (Code::FileUnreadable, 0))?;
        let (mut entries, mut head, mut torn) = (0, String::new(), None);
        for (at, text) in BufReader::new(file).split(b'\n').enumerate() {
            let at = at as u64 + 1;
            let text = text.map_err(|_| (Code::FileUnreadable, at))?;
            let Ok(line) = serde_json::from_slice::<Line>(&text) else {
                // A crash leaves one piece, and the next line says so.
                if torn.is_some() {
                    return Err((Code::AuditBroken, at));
                }
                torn = Some(at);
                continue;
            };
            let whole = line.hash_of().is_ok_and(|hash| hash == line.hash)
                && line.prev == head
                && line.seq == entries + 1
                && line.after_torn == torn.is_some();
            if !whole {
                return Err((Code::AuditBroken, torn.unwrap_or(at)));
            }
            torn = None;
            entries += 1;
            head = line.hash;
        }
        match torn {
            Some(at) => Err((Code::AuditBroken, at)),
            None => Ok(Verified { entries, head }),
        }
    }
}

fn lock(file: &File) -> Result<(), Code> {
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) => {
                std::thread::sleep(Duration::from_millis(LOCK_PAUSE_MILLIS));
            }
            Err(TryLockError::Error(_)) => return Err(Code::AuditUnwritable),
        }
    }
    Err(Code::AuditUnwritable)
}

struct Tail {
    last: Option<Line>,
    torn: bool,
}

/// The last whole line, and whether a piece of one stands behind it.
fn tail(file: &mut File) -> Result<Tail, Code> {
    let length = file.metadata().map_err(|_| Code::AuditUnwritable)?.len();
    let from = length.saturating_sub(2 * LINE_BYTES_MAX);
    file.seek(SeekFrom::Start(from)).map_err(|_| Code::AuditUnwritable)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|_| Code::AuditUnwritable)?;
    let torn = bytes.last().is_some_and(|&b| b != b'\n');
    let mut lines = bytes.split(|&b| b == b'\n').rev();
    // Behind the last line end: nothing, or the piece.
    lines.next();
    let Some(text) = lines.next() else {
        return Ok(Tail { last: None, torn });
    };
    let line: Line = serde_json::from_slice(text).map_err(|_| Code::AuditBroken)?;
    match line.hash_of()? == line.hash {
        true => Ok(Tail { last: Some(line), torn }),
        false => Err(Code::AuditBroken),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let dir =
                std::env::temp_dir().join(format!("weir-audit-{name}-{}", std::process::id()));
            let _ = std::fs::remove_dir_all(&dir);
            std::fs::create_dir_all(&dir).expect("a folder");
            Folder(dir)
        }

        fn log(&self) -> Log {
            Log::at(&self.0.join("audit.jsonl"))
        }

        fn text(&self) -> String {
            std::fs::read_to_string(self.log().path).expect("reads")
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn entry(n: u64) -> Entry {
        Entry { act: "token.decrypt".into(), count: Some(n), ..Entry::default() }
    }

    #[test]
    fn every_edit_is_found() {
        let folder = Folder::new("edit");
        for n in 0..5 {
            folder.log().append(entry(n)).expect("appends");
        }
        let whole = folder.log().verify().expect("whole");
        assert_eq!(whole.entries, 5);
        let text = folder.text();
        let lines: Vec<_> = text.lines().collect();
        let join = |order: &[usize]| {
            order.iter().map(|&at| lines[at].to_string() + "\n").collect::<String>()
        };
        for (what, edited) in [
            ("a field", text.replace("\"count\":2", "\"count\":7")),
            ("a line taken out", join(&[0, 1, 3, 4])),
            ("the head taken out", join(&[1, 2, 3, 4])),
            ("two lines swapped", join(&[0, 2, 1, 3, 4])),
            ("a line twice", join(&[0, 1, 1, 2, 3, 4])),
            ("a piece put in", format!("{}\n{}", &lines[0][..9], text)),
            ("half a last line", text[..text.len() - 9].to_string()),
        ] {
            std::fs::write(folder.log().path, edited).expect("writes");
            assert!(folder.log().verify().is_err(), "{what}");
        }
        // The end cut off is whole in itself: the head that is kept elsewhere tells.
        std::fs::write(folder.log().path, join(&[0, 1, 2, 3])).expect("writes");
        assert_ne!(folder.log().verify().expect("whole").head, whole.head);
    }

    #[test]
    fn nothing_is_appended_to_a_broken_end() {
        let folder = Folder::new("end");
        folder.log().append(entry(1)).expect("appends");
        std::fs::write(folder.log().path, folder.text().replace("\"count\":1", "\"count\":2"))
            .expect("writes");
        assert_eq!(folder.log().append(entry(2)), Err(Code::AuditBroken));
    }

    #[test]
    fn a_crash_in_the_middle_of_a_line_stops_nothing_and_stays_visible() {
        let folder = Folder::new("torn");
        for n in 0..2 {
            folder.log().append(entry(n)).expect("appends");
        }
        let text = folder.text();
        std::fs::write(folder.log().path, format!("{text}{}", &text[..30])).expect("writes");
        folder.log().append(entry(2)).expect("appends");
        folder.log().append(entry(3)).expect("appends");
        assert_eq!(folder.log().verify().expect("whole").entries, 4);
        assert!(folder.text().contains("after_torn"));
    }

    #[test]
    fn many_at_once_are_one_chain() {
        let folder = Folder::new("many");
        std::thread::scope(|scope| {
            for n in 0..8 {
                let log = folder.log();
                scope.spawn(move || (0..10).for_each(|_| log.append(entry(n)).expect("appends")));
            }
        });
        assert_eq!(folder.log().verify().expect("whole").entries, 80);
    }

    #[test]
    fn what_cannot_be_written_is_refused() {
        let log = Log::at(Path::new("/nonexistent/audit.jsonl"));
        assert_eq!(log.append(entry(1)), Err(Code::AuditUnwritable));
    }
}

//! The chain: JSON lines, appended under a lock and synced before the act that they tell of.

use crate::failpoint;
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
    /// The key version; none where every token names its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// How many tokens or values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// The keyring's epoch before a change: the line is written first.
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
    /// What stands before this line was cut off by crashes.
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Lines.
    pub entries: u64,
    /// When the first line was written, as it says; empty where there is none.
    pub first: String,
    /// When the last line was written.
    pub last: String,
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
        let mut file = self.open()?;
        lock(&file)?;
        let length = file.metadata().map_err(|_| Code::AuditUnwritable)?.len();
        let tail = tail(&mut file, length)?;
        let mut line = Line {
            seq: tail.last.as_ref().map_or(1, |last| last.seq + 1),
            entry,
            after_torn: tail.torn,
            prev: tail.last.map_or_else(String::new, |last| last.hash),
            hash: String::new(),
        };
        line.hash = line.hash_of()?;
        let mut text = serde_json::to_vec(&line).map_err(|_| Code::Internal)?;
        if tail.unended {
            // What was cut off stays where it is, on a line of its own.
            text.insert(0, b'\n');
        }
        text.push(b'\n');
        let written = file.write_all(&text);
        failpoint::pass("audit_append");
        written.and_then(|()| file.sync_all()).map_err(|_| {
            // A full disk leaves no piece; where this fails too, the next line says so.
            let _ = file.set_len(length);
            Code::AuditUnwritable
        })
    }

    /// Opens the file, or makes it. A device or a pipe keeps nothing, and a file that others can
    /// write is no witness.
    fn open(&self) -> Result<File, Code> {
        let mut options = OpenOptions::new();
        options.read(true).append(true);
        let mut new = options.clone();
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut new, 0o600);
        let file = match new.create_new(true).open(&self.path) {
            Ok(file) => {
                // A new file is durable when its folder is.
                let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
                let folder = File::open(folder.unwrap_or(Path::new(".")));
                folder.and_then(|folder| folder.sync_all()).map_err(|_| Code::AuditUnwritable)?;
                file
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                options.open(&self.path).map_err(|_| Code::AuditUnwritable)?
            }
            Err(_) => return Err(Code::AuditUnwritable),
        };
        let meta = file.metadata().map_err(|_| Code::AuditUnwritable)?;
        #[cfg(unix)]
        let loose = std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & 0o022 != 0;
        #[cfg(not(unix))]
        let loose = false;
        if meta.is_file() && !loose { Ok(file) } else { Err(Code::AuditUnwritable) }
    }

    /// Walks the whole chain. `Err` has the number of the first line that is wrong, 0 where the file
    /// cannot be read.
    pub fn verify(&self) -> Result<Verified, (Code, u64)> {
        // A device has no end, and a pipe no beginning.
        let meta = std::fs::metadata(&self.path).map_err(|_| (Code::FileUnreadable, 0))?;
        if !meta.is_file() {
            return Err((Code::FileUnreadable, 0));
        }
        let file = File::open(&self.path).map_err(|_| (Code::FileUnreadable, 0))?;
        // Half a line that is being written now is no crash. A place that knows no locks is read as it is.
        let _ = lock(&file);
        let mut done = Verified::default();
        let mut torn = None;
        for (at, text) in BufReader::new(file).split(b'\n').enumerate() {
            let at = at as u64 + 1;
            let text = text.map_err(|_| (Code::FileUnreadable, at))?;
            let Ok(line) = serde_json::from_slice::<Line>(&text) else {
                // A crash leaves a piece, and the next whole line says so.
                if !is_piece(&text) {
                    return Err((Code::AuditBroken, at));
                }
                torn = torn.or(Some(at));
                continue;
            };
            let whole = line.hash_of().is_ok_and(|hash| hash == line.hash)
                && line.prev == done.head
                && line.seq == done.entries + 1
                && line.after_torn == torn.is_some();
            if !whole {
                return Err((Code::AuditBroken, torn.unwrap_or(at)));
            }
            torn = None;
            if done.entries == 0 {
                done.first.clone_from(&line.entry.time);
            }
            done.entries += 1;
            done.last = line.entry.time;
            done.head = line.hash;
        }
        match torn {
            Some(at) => Err((Code::AuditBroken, at)),
            None => Ok(done),
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
    /// The last whole line.
    last: Option<Line>,
    /// Pieces of lines stand behind it.
    torn: bool,
    /// The file does not end with the end of a line.
    unended: bool,
}

/// How every line begins.
const BEGIN: &[u8] = b"{\"seq\":";

/// Whether this can be what a crash left of a line. Anything else is not ours, and is not appended to.
fn is_piece(text: &[u8]) -> bool {
    text.starts_with(BEGIN) || BEGIN.starts_with(text)
}

/// Walks back from the end of the file, over what crashes left, to the last whole line. One that lacks
/// its line end only is whole.
fn tail(file: &mut File, length: u64) -> Result<Tail, Code> {
    let mut window = 2 * LINE_BYTES_MAX;
    loop {
        let from = length.saturating_sub(window);
        file.seek(SeekFrom::Start(from)).map_err(|_| Code::AuditUnwritable)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|_| Code::AuditUnwritable)?;
        let unended = bytes.last().is_some_and(|&b| b != b'\n');
        // Behind the last line end stands nothing.
        let lines = bytes.strip_suffix(b"\n").unwrap_or(&bytes).split(|&b| b == b'\n').rev();
        let mut lines = lines.filter(|_| !bytes.is_empty()).peekable();
        let mut torn = false;
        while let Some(text) = lines.next() {
            // The first line of a window may have begun before it.
            if lines.peek().is_none() && from > 0 {
                break;
            }
            match serde_json::from_slice::<Line>(text) {
                Ok(line) if line.hash_of()? == line.hash => {
                    return Ok(Tail { last: Some(line), torn, unended });
                }
                Err(_) if is_piece(text) => torn = true,
                _ => return Err(Code::AuditBroken),
            }
        }
        if from == 0 {
            return Ok(Tail { last: None, torn, unended });
        }
        window *= 4;
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

    #[test]
    fn a_line_that_lost_its_end_alone_is_a_line() {
        let folder = Folder::new("unended");
        for n in 0..2 {
            folder.log().append(entry(n)).expect("appends");
        }
        std::fs::write(folder.log().path, folder.text().trim_end()).expect("writes");
        assert_eq!(folder.log().verify().expect("whole").entries, 2);
        folder.log().append(entry(2)).expect("appends");
        assert_eq!(folder.log().verify().expect("whole").entries, 3);
        assert!(!folder.text().contains("after_torn"), "nothing was lost");
    }

    #[test]
    fn any_number_of_crashes_stops_nothing() {
        let folder = Folder::new("crashes");
        let whole = |n: u64| {
            folder.log().append(entry(n)).expect("appends");
            assert_eq!(folder.log().verify().expect("whole").entries, n);
            folder.text()
        };
        let line = whole(1);
        // From nothing of a line to all but its last byte, one after the other.
        let pieces = ["", "{", "{\"seq\"", &line[..30], &line[..line.len() - 2]];
        let many: String = pieces.iter().map(|piece| format!("{piece}\n")).collect();
        for (at, end) in ["", "{\"se", &line[..40]].iter().enumerate() {
            let before = folder.text();
            std::fs::write(folder.log().path, format!("{before}{many}{end}")).expect("writes");
            assert!(folder.log().verify().is_err(), "the end is cut off");
            whole(at as u64 + 2);
        }
        // More of them than one look at the end takes in; and nothing but them.
        let much = format!("{}\n", &line[..60]).repeat(4 * LINE_BYTES_MAX as usize / 60);
        std::fs::write(folder.log().path, folder.text() + &much).expect("writes");
        whole(5);
        std::fs::write(folder.log().path, &much).expect("writes");
        whole(1);
    }

    #[test]
    fn a_line_that_is_being_written_is_no_crash() {
        let folder = Folder::new("now");
        folder.log().append(entry(1)).expect("appends");
        let line = folder.text();
        std::fs::remove_file(folder.log().path).expect("removes");
        let mut file = folder.log().open().expect("makes");
        lock(&file).expect("locks");
        file.write_all(&line.as_bytes()[..30]).expect("writes");
        let log = folder.log();
        let reader = std::thread::spawn(move || log.verify());
        std::thread::sleep(Duration::from_millis(4 * LOCK_PAUSE_MILLIS));
        file.write_all(&line.as_bytes()[30..]).expect("writes");
        drop(file);
        assert_eq!(reader.join().expect("ends").expect("whole").entries, 1);
    }

    #[test]
    fn nothing_is_appended_to_what_is_no_audit() {
        let folder = Folder::new("foreign");
        for text in
            ["{\n  \"format\": 2\n}\n", "words\n", "# a list", "{\"seq\":1}\nwords\n", "\0\0"]
        {
            std::fs::write(folder.log().path, text).expect("writes");
            assert_eq!(folder.log().append(entry(1)), Err(Code::AuditBroken), "{text}");
            assert_eq!(folder.text(), text);
            assert_eq!(folder.log().verify().map_err(|(code, _)| code), Err(Code::AuditBroken));
        }
    }

    #[cfg(unix)]
    #[test]
    fn an_audit_is_a_file_that_its_owner_alone_writes() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new("mode");
        folder.log().append(entry(1)).expect("appends");
        let mode = |bits| {
            let bits = std::fs::Permissions::from_mode(bits);
            std::fs::set_permissions(folder.log().path, bits).expect("chmod");
        };
        let meta = std::fs::metadata(folder.log().path).expect("is there");
        assert_eq!(meta.permissions().mode() & 0o777, 0o600);
        for (bits, outcome) in [
            (0o644, Ok(())),
            (0o620, Err(Code::AuditUnwritable)),
            (0o602, Err(Code::AuditUnwritable)),
            (0o600, Ok(())),
        ] {
            mode(bits);
            assert_eq!(folder.log().append(entry(2)), outcome, "{bits:o}");
        }
        assert_eq!(folder.log().verify().expect("whole").entries, 3);
        for device in ["/dev/full", "/dev/null", "/dev/zero"] {
            let log = Log::at(Path::new(device));
            assert_eq!(log.append(entry(1)), Err(Code::AuditUnwritable), "{device}");
            assert_eq!(log.verify(), Err((Code::FileUnreadable, 0)), "{device}");
        }
    }
}

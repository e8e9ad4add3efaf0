//! The chain: JSON lines, each signed and with the hash of the one before, appended under a lock and synced before the act
//! that they tell of; then a checkpoint of the whole at each witness. A file that has grown long is put aside, and the chain
//! goes on in a new one.

use super::checkpoint::{Checkpoint, Witness, origin, read};
use super::tree::{Node, Tree};
use crate::failpoint;
use crate::keys::{Signer, Verifier};
use crate::limits::{AUDIT_FILE_BYTES_MAX, AUDIT_KEPT_YEARS};
use crate::phi::Code;
use data_encoding::{BASE64, HEXLOWER};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Tries for the lock, and the pause between two, in milliseconds: half a minute together, more than witnesses take.
const LOCK_TRIES: u32 = 600;
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
    /// A digest of what the act is about, in hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

/// What lines are signed under.
const SIGNED: &str = "weir-audit/1";
/// The act by which a file's chain goes on in another file.
const ROTATE: &str = "audit.rotate";
/// The act by which the oldest files go.
const RETIRE: &str = "audit.retire";
/// Digits of the last line's number in the name of a file that was put aside.
const SEQ_DIGITS: usize = 12;

/// A line of an audit.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Its number, from 1.
    pub seq: u64,
    /// What happened.
    #[serde(flatten)]
    pub entry: Entry,
    /// What stands before this line was cut off by crashes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    after_torn: bool,
    /// Of a file's first line: the whole subtrees of the tree of all lines before, in hexadecimal digits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    before: Vec<String>,
    prev: String,
    /// The hash of the line without this and what follows, in hexadecimal digits.
    pub hash: String,
    sig: String,
}

impl Line {
    fn hash_of(&self) -> Result<String, Code> {
        let bare = Line { hash: String::new(), sig: String::new(), ..self.clone() };
        let bytes = serde_json::to_vec(&bare).map_err(|_| Code::Internal)?;
        Ok(HEXLOWER.encode(&Sha256::digest(&bytes)))
    }

    fn signed(&self) -> String {
        format!("{SIGNED}\n{}", self.hash)
    }

    /// Whether it is as it was written, by who has the key.
    fn holds(&self, verifier: &Verifier) -> bool {
        let signature = BASE64.decode(self.sig.as_bytes()).unwrap_or_default();
        self.hash_of().is_ok_and(|hash| hash == self.hash)
            && verifier.holds(self.signed().as_bytes(), &signature)
    }

    fn leaf(&self) -> Option<Node> {
        node(&self.hash)
    }

    /// The tree of all lines before it, where it says so.
    fn tree_before(&self) -> Option<Tree> {
        let peaks: Option<Vec<Node>> = self.before.iter().map(|text| node(text)).collect();
        Tree::of(self.seq.checked_sub(1)?, peaks?)
    }
}

fn node(text: &str) -> Option<Node> {
    HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()
}

/// What a whole chain says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Lines, those that were retired among them.
    pub entries: u64,
    /// Lines that were retired.
    pub retired: u64,
    /// Files.
    pub files: u64,
    /// When the first line that is there was written, as it says; empty where there is none.
    pub first: String,
    /// When the last line was written.
    pub last: String,
    /// The last line's hash.
    pub head: String,
    /// The end of the last file is a piece of a line, which no witness has seen whole.
    pub torn: bool,
    /// Checkpoints that the witnesses have, and that hold.
    pub checkpoints: u64,
    /// Checkpoints of a length that only retired lines had: nothing can be said of them.
    pub older: u64,
    /// Notes at the witnesses that are no checkpoints of this audit.
    pub foreign: u64,
    /// Lines behind the last checkpoint, where there are witnesses.
    pub unwitnessed: u64,
}

/// What is wrong with an audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// How it is called.
    pub code: Code,
    /// The file, or the witness.
    pub place: String,
    /// The line of the file, from 1; 0 where none is to blame.
    pub line: u64,
    /// What is wrong.
    pub what: &'static str,
}

/// An audit that can be written to.
#[derive(Clone, Debug)]
pub struct Log {
    path: PathBuf,
    signer: Arc<Signer>,
    witnesses: Arc<[Arc<dyn Witness>]>,
    file_bytes_max: u64,
    /// The tree up to the line of this hash.
    tree: Arc<Mutex<Option<(String, Tree)>>>,
}

impl Log {
    /// An audit at `path`, whose lines `signer` signs; the file is made by the first entry.
    pub fn at(path: &Path, signer: Arc<Signer>, witnesses: Vec<Arc<dyn Witness>>) -> Log {
        let path = path.to_path_buf();
        let (witnesses, file_bytes_max) = (witnesses.into(), AUDIT_FILE_BYTES_MAX);
        Log { path, signer, witnesses, file_bytes_max, tree: Arc::default() }
    }

    /// The same, whose files are put aside once they are longer.
    pub fn in_files_of(self, bytes: u64) -> Log {
        Log { file_bytes_max: bytes, ..self }
    }

    /// Appends an entry, syncs it, and has its checkpoint kept. Refuses [`Code::AuditUnwritable`], [`Code::AuditWitness`],
    /// and [`Code::AuditBroken`] where the last line is not what was written.
    pub fn append(&self, entry: Entry) -> Result<(), Code> {
        if entry.reason.as_ref().is_some_and(|reason| reason.chars().count() > REASON_CHARS_MAX) {
            return Err(Code::WrongValue);
        }
        let _lock = lock(&self.path, true)?;
        let mut end = self.end()?;
        if end.length > self.file_bytes_max && end.here && !end.tail.torn && !end.tail.unended {
            end = self.rotate(end, &entry)?;
        }
        self.write(end, entry).map(|_| ())
    }

    /// Puts the file aside, and goes on in a new one.
    pub fn put_aside(&self, by: Entry) -> Result<(), Code> {
        let _lock = lock(&self.path, true)?;
        let end = self.end()?;
        if end.tail.torn || end.tail.unended {
            // What a crash has left is explained by the line behind it, in the same file.
            let end = self.write(end, by.clone())?;
            return self.rotate(end, &by).map(|_| ());
        }
        if end.here { self.rotate(end, &by).map(|_| ()) } else { Ok(()) }
    }

    /// Deletes the files whose last line was written before `day`, `YYYY-MM-DD`, and gives how many went. That they do is
    /// written down first.
    pub fn retire(&self, day: &str, by: Entry) -> Result<usize, Code> {
        let _lock = lock(&self.path, true)?;
        let mut old = Vec::new();
        for path in aside(&self.path)? {
            let last = last_of(&path)?.ok_or(Code::AuditBroken)?;
            if !last.holds(&self.signer.verifier()) {
                return Err(Code::AuditBroken);
            }
            if &*last.entry.time >= day {
                break;
            }
            old.push((path, last));
        }
        let Some((_, last)) = old.last() else { return Ok(0) };
        let (count, digest) = (Some(last.seq), Some(last.hash.clone()));
        let end = self.end()?;
        self.write(end, Entry { act: RETIRE.into(), count, digest, ..by })?;
        for (path, _) in &old {
            std::fs::remove_file(path).map_err(|_| Code::AuditUnwritable)?;
        }
        Ok(old.len())
    }

    fn end(&self) -> Result<End, Code> {
        let mut file = self.open()?;
        let length = file.metadata().map_err(|_| Code::AuditUnwritable)?.len();
        let mut tail = tail(&mut file, length)?;
        let here = tail.last.is_some();
        if !here && let Some(path) = aside(&self.path)?.last() {
            tail.last = Some(last_of(path)?.ok_or(Code::AuditBroken)?);
        }
        let verifier = self.signer.verifier();
        if tail.last.as_ref().is_some_and(|last| !last.holds(&verifier)) {
            return Err(Code::AuditBroken);
        }
        Ok(End { file, length, tail, here })
    }

    /// Puts the file aside; the first line of the next says so.
    fn rotate(&self, end: End, by: &Entry) -> Result<End, Code> {
        let last = end.tail.last.as_ref().ok_or(Code::Internal)?;
        let mut name = self.path.as_os_str().to_os_string();
        name.push(format!(".{:0SEQ_DIGITS$}", last.seq));
        std::fs::rename(&self.path, PathBuf::from(name)).map_err(|_| Code::AuditUnwritable)?;
        let (time, actor, tenant) = (by.time.clone(), by.actor.clone(), by.tenant.clone());
        let entry = Entry { time, actor, tenant, act: ROTATE.into(), ..Entry::default() };
        self.write(self.end()?, entry)
    }

    /// Writes an entry behind the end; gives the new end.
    fn write(&self, end: End, entry: Entry) -> Result<End, Code> {
        let End { mut file, length, tail, here } = end;
        let needs_tree = !self.witnesses.is_empty() || !here && tail.last.is_some();
        let mut tree = if needs_tree { Some(self.tree(tail.last.as_ref())?) } else { None };
        let before = tree.as_ref().filter(|_| !here).map(Tree::peaks).unwrap_or_default();
        let mut line = Line {
            seq: tail.last.as_ref().map_or(1, |last| last.seq + 1),
            entry,
            after_torn: tail.torn,
            before: before.iter().map(|node| HEXLOWER.encode(node)).collect(),
            prev: tail.last.map_or_else(String::new, |last| last.hash),
            hash: String::new(),
            sig: String::new(),
        };
        line.hash = line.hash_of()?;
        line.sig = BASE64.encode(&self.signer.sign(line.signed().as_bytes()));
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
        })?;
        if let Some(tree) = &mut tree {
            tree.push(&line.leaf().ok_or(Code::Internal)?);
            let (size, root, time) = (tree.size(), tree.root(), line.entry.time.clone());
            let mut kept = self.tree.lock().unwrap_or_else(PoisonError::into_inner);
            *kept = Some((line.hash.clone(), tree.clone()));
            drop(kept);
            if !self.witnesses.is_empty() {
                let note = Checkpoint { size, root, time }.note(&self.signer);
                let origin = origin(&self.signer.verifier());
                self.witnesses.iter().try_for_each(|witness| witness.keep(&origin, &note))?;
            }
        }
        let tail = Tail { last: Some(line), torn: false, unended: false };
        Ok(End { file, length: length + text.len() as u64, tail, here: true })
    }

    /// The tree up to the last line.
    fn tree(&self, last: Option<&Line>) -> Result<Tree, Code> {
        let Some(last) = last else { return Ok(Tree::default()) };
        let kept = self.tree.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, tree)) = kept.filter(|(hash, _)| *hash == last.hash) {
            return Ok(tree);
        }
        // The last line may be that of the file that was put aside just now.
        let newest = aside(&self.path)?.pop();
        for path in [Some(self.path.clone()), newest].into_iter().flatten() {
            let (mut tree, mut prev) = (None, None);
            for line in lines(&path)? {
                let Some(line) = line? else { continue };
                // What is wrong must not get under a checkpoint.
                let follows = prev.is_none_or(|prev| prev == line.prev);
                if !follows || !line.holds(&self.signer.verifier()) {
                    return Err(Code::AuditBroken);
                }
                prev = Some(line.hash.clone());
                let grown: &mut Tree = match &mut tree {
                    None => tree.insert(line.tree_before().ok_or(Code::AuditBroken)?),
                    Some(tree) => tree,
                };
                grown.push(&line.leaf().ok_or(Code::AuditBroken)?);
            }
            if let Some(tree) = tree.filter(|tree| tree.size() == last.seq) {
                return Ok(tree);
            }
        }
        Err(Code::AuditBroken)
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
                let folder = File::open(folder_of(&self.path));
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
}

/// The end of an audit.
struct End {
    file: File,
    length: u64,
    tail: Tail,
    /// The last line is in this file; else it is in the one that was put aside last.
    here: bool,
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The files that were put aside, the oldest in front.
fn aside(path: &Path) -> Result<Vec<PathBuf>, Code> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned() + ".";
    let is_aside = |file: &str| {
        let digits = file.strip_prefix(&name);
        digits.is_some_and(|d| d.len() == SEQ_DIGITS && d.bytes().all(|b| b.is_ascii_digit()))
    };
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder_of(path)).map_err(|_| Code::AuditUnwritable)? {
        let entry = entry.map_err(|_| Code::AuditUnwritable)?;
        if entry.file_name().to_str().is_some_and(is_aside) {
            all.push(entry.path());
        }
    }
    all.sort();
    Ok(all)
}

/// The last line of a file.
fn last_of(path: &Path) -> Result<Option<Line>, Code> {
    let mut file = File::open(path).map_err(|_| Code::AuditUnwritable)?;
    let length = file.metadata().map_err(|_| Code::AuditUnwritable)?.len();
    Ok(tail(&mut file, length)?.last)
}

/// The lines of a file, in order; `None` for what a crash has left.
fn lines(path: &Path) -> Result<impl Iterator<Item = Result<Option<Line>, Code>>, Code> {
    let file = File::open(path).map_err(|_| Code::FileUnreadable)?;
    Ok(BufReader::new(file).split(b'\n').map(|text| {
        let text = text.map_err(|_| Code::FileUnreadable)?;
        match serde_json::from_slice::<Line>(&text) {
            Ok(line) => Ok(Some(line)),
            Err(_) if is_piece(&text) => Ok(None),
            Err(_) => Err(Code::AuditBroken),
        }
    }))
}

/// Gives each line of an audit to `see`, the oldest in front, as they stand: [`verify`] says whether they hold.
pub fn each_line(path: &Path, mut see: impl FnMut(Line)) -> Result<(), Code> {
    let _lock = lock(path, false);
    let mut files = aside(path).map_err(|_| Code::FileUnreadable)?;
    if path.exists() || files.is_empty() {
        files.push(path.to_path_buf());
    }
    for file in files {
        for line in lines(&file)? {
            line?.into_iter().for_each(&mut see);
        }
    }
    Ok(())
}

/// Walks the whole chain, and holds it against what the witnesses keep.
pub fn verify(
    path: &Path,
    verifier: &Verifier,
    witnesses: &[Arc<dyn Witness>],
) -> Result<Verified, Broken> {
    let wrong = |code, place: &dyn std::fmt::Display, line, what| {
        Err(Broken { code, place: place.to_string(), line, what })
    };
    let (mut notes, mut seen) = (Vec::new(), Vec::new());
    let mut done = Verified::default();
    for witness in witnesses {
        let kept = witness.kept(&origin(verifier)).map_err(|code| Broken {
            code,
            place: witness.place(),
            line: 0,
            what: "it does not answer",
        })?;
        let (checkpoints, others) = read(verifier, &kept);
        done.foreign += others;
        seen.push((checkpoints.iter().map(|one| one.size).max(), witness.place()));
        notes.extend(checkpoints.into_iter().map(|one| (one, witness.place())));
    }
    let wanted: BTreeSet<u64> = notes.iter().map(|(one, _)| one.size).collect();
    // Half a line that is being written now is no crash. A place that knows no locks is read as it is.
    let locked = lock(path, false);
    if matches!(locked, Err(Code::AuditBusy)) {
        return wrong(Code::AuditBusy, &path.display(), 0, "another process writes it");
    }
    let unreadable = |code| Broken {
        code,
        place: path.display().to_string(),
        line: 0,
        what: "it cannot be read",
    };
    let mut files = aside(path).map_err(|_| unreadable(Code::FileUnreadable))?;
    let is_there = std::fs::metadata(path).is_ok_and(|meta| meta.is_file());
    // A device has no end, and a pipe no beginning.
    if !is_there && (files.is_empty() || path.exists()) {
        return Err(unreadable(Code::FileUnreadable));
    }
    if is_there {
        files.push(path.to_path_buf());
    }
    let mut walk =
        Walk { verifier, wanted: &wanted, roots: Vec::new(), tree: None, retired: Vec::new() };
    for (n, file) in files.iter().enumerate() {
        let is_last = n + 1 == files.len();
        let torn = match walk.file(file, &mut done) {
            Ok(torn) => torn,
            Err((code, line, what)) => return wrong(code, &file.display(), line, what),
        };
        if let Some(line) = torn {
            if !is_last || witnesses.is_empty() {
                return wrong(Code::AuditBroken, &file.display(), line, "a line is cut off");
            }
            done.torn = true;
        }
        done.files += 1;
    }
    // A line that retires, and that no witness has seen, retires nothing: who has the key alone could write one.
    let covered = notes.iter().map(|(one, _)| one.size).max().unwrap_or(0);
    let counts = |line: &&Retirement| witnesses.is_empty() || line.seq <= covered;
    let retirements = || walk.retired.iter().filter(counts);
    if done.retired > retirements().map(|line| line.through).max().unwrap_or(0) {
        let what = "lines before this one are gone, and nobody has retired them";
        return wrong(Code::AuditBroken, &files[0].display(), 1, what);
    }
    // Nor does one retire what was young: the witnesses know when lines were written.
    let newest = notes.iter().filter(|(one, _)| one.size <= done.retired);
    if let Some((one, place)) = newest.max_by_key(|(one, _)| one.size)
        && !retirements().any(|line| line.through >= done.retired && one.time <= line.before)
    {
        return wrong(Code::AuditBroken, place, 0, "lines were retired that were not old enough");
    }
    for (one, place) in &notes {
        if one.size < done.retired {
            done.older += 1;
        } else if one.size > done.entries {
            return wrong(Code::AuditBroken, place, 0, "it has seen more lines than there are");
        } else if !walk.roots.contains(&(one.size, one.root)) {
            return wrong(Code::AuditBroken, place, 0, "it has seen other lines than there are");
        } else {
            done.checkpoints += 1;
        }
    }
    for (size, place) in seen {
        let Some(size) = size else {
            return wrong(Code::AuditBroken, &place, 0, "it has seen nothing of this audit");
        };
        done.unwitnessed = done.unwitnessed.max(done.entries - size);
    }
    Ok(done)
}

struct Walk<'a> {
    verifier: &'a Verifier,
    wanted: &'a BTreeSet<u64>,
    /// The roots of the lengths that are wanted.
    roots: Vec<(u64, Node)>,
    tree: Option<Tree>,
    retired: Vec<Retirement>,
}

/// What a line retires.
struct Retirement {
    /// Its own number.
    seq: u64,
    /// All lines up to this one.
    through: u64,
    /// They were written before this.
    before: String,
}

impl Walk<'_> {
    /// Gives the line where its end is cut off.
    fn file(
        &mut self,
        path: &Path,
        done: &mut Verified,
    ) -> Result<Option<u64>, (Code, u64, &'static str)> {
        let broken = |at, what| Err((Code::AuditBroken, at, what));
        let file = File::open(path).map_err(|_| (Code::FileUnreadable, 0, "it cannot be read"))?;
        let (mut torn, mut is_first) = (None, true);
        for (at, text) in BufReader::new(file).split(b'\n').enumerate() {
            let at = at as u64 + 1;
            let text = text.map_err(|_| (Code::FileUnreadable, at, "it cannot be read"))?;
            let Ok(line) = serde_json::from_slice::<Line>(&text) else {
                // A crash leaves a piece, and the next whole line says so.
                if !is_piece(&text) {
                    return broken(at, "it is no line of an audit");
                }
                torn = torn.or(Some(at));
                continue;
            };
            let as_written = serde_json::to_vec(&line).is_ok_and(|bytes| bytes == text);
            if !as_written || !line.holds(self.verifier) {
                return broken(at, "it is not what was written and signed");
            }
            let whole = is_first.then(|| line.tree_before());
            if self.tree.is_none() {
                // What was retired before it is known by the tree alone.
                let Some(Some(before)) = &whole else {
                    return broken(at, "the lines before it are gone");
                };
                done.retired = before.size();
                (done.entries, self.tree) = (before.size(), Some(before.clone()));
                done.head.clone_from(&line.prev);
                done.first.clone_from(&line.entry.time);
                self.note(before.size(), before.root());
            }
            let Some(tree) = &mut self.tree else { return broken(at, "it has no place") };
            let follows = line.prev == done.head && line.seq == done.entries + 1;
            let tree_follows = whole.is_none_or(|whole| whole.as_ref() == Some(&*tree));
            if !follows || !tree_follows || line.after_torn != torn.is_some() {
                return broken(torn.unwrap_or(at), "it does not follow on the line before");
            }
            let Some(leaf) = line.leaf() else { return broken(at, "it has no hash") };
            tree.push(&leaf);
            let (size, root) = (tree.size(), tree.root());
            self.note(size, root);
            if line.entry.act == RETIRE {
                let (seq, through) = (line.seq, line.entry.count.unwrap_or(0));
                let before = years_before(&line.entry.time, AUDIT_KEPT_YEARS);
                self.retired.push(Retirement { seq, through, before });
            }
            (torn, is_first) = (None, false);
            done.entries += 1;
            done.last = line.entry.time;
            done.head = line.hash;
        }
        Ok(torn)
    }

    fn note(&mut self, size: u64, root: Node) {
        if self.wanted.contains(&size) {
            self.roots.push((size, root));
        }
    }
}

/// The time so many years before another; both as RFC 3339 has them.
fn years_before(time: &str, years: i16) -> String {
    let (year, rest) = time.split_at_checked(4).unwrap_or_default();
    year.parse::<i16>().map_or_else(|_| String::new(), |year| format!("{:04}{rest}", year - years))
}

/// The lock of an audit: a file beside it, which stays. Who only reads makes none.
fn lock(path: &Path, make: bool) -> Result<File, Code> {
    if std::fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
        return Err(Code::AuditUnwritable);
    }
    let mut name = path.as_os_str().to_os_string();
    name.push(".lock");
    let mut options = OpenOptions::new();
    options.read(true).write(make).create(make).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(name).map_err(|_| Code::AuditUnwritable)?;
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => {
                std::thread::sleep(Duration::from_millis(LOCK_PAUSE_MILLIS));
            }
            Err(TryLockError::Error(_)) => return Err(Code::AuditUnwritable),
        }
    }
    Err(Code::AuditBusy)
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

    struct Folder(PathBuf, Arc<Signer>);

    impl Folder {
        fn new(name: &str) -> Folder {
            let dir =
                std::env::temp_dir().join(format!("weir-audit-{name}-{}", std::process::id()));
            let _ = std::fs::remove_dir_all(&dir);
            std::fs::create_dir_all(&dir).expect("a folder");
            Folder(dir, Arc::new(Signer::generate().expect("a key")))
        }

        fn log(&self) -> Log {
            Log::at(&self.0.join("audit.jsonl"), Arc::clone(&self.1), Vec::new())
        }

        fn verify(&self) -> Result<Verified, Broken> {
            verify(&self.log().path, &self.1.verifier(), &[])
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
        let whole = folder.verify().expect("whole");
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
            assert!(folder.verify().is_err(), "{what}");
        }
        // The end cut off is whole in itself: the head that is kept elsewhere tells.
        std::fs::write(folder.log().path, join(&[0, 1, 2, 3])).expect("writes");
        assert_ne!(folder.verify().expect("whole").head, whole.head);
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
        assert_eq!(folder.verify().expect("whole").entries, 4);
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
        assert_eq!(folder.verify().expect("whole").entries, 80);
    }

    #[test]
    fn what_cannot_be_written_is_refused() {
        let folder = Folder::new("unwritable");
        let path = Path::new("/nonexistent/audit.jsonl");
        let log = Log::at(path, Arc::clone(&folder.1), Vec::new());
        assert_eq!(log.append(entry(1)), Err(Code::AuditUnwritable));
    }

    #[test]
    fn a_line_that_lost_its_end_alone_is_a_line() {
        let folder = Folder::new("unended");
        for n in 0..2 {
            folder.log().append(entry(n)).expect("appends");
        }
        std::fs::write(folder.log().path, folder.text().trim_end()).expect("writes");
        assert_eq!(folder.verify().expect("whole").entries, 2);
        folder.log().append(entry(2)).expect("appends");
        assert_eq!(folder.verify().expect("whole").entries, 3);
        assert!(!folder.text().contains("after_torn"), "nothing was lost");
    }

    #[test]
    fn any_number_of_crashes_stops_nothing() {
        let folder = Folder::new("crashes");
        let whole = |n: u64| {
            folder.log().append(entry(n)).expect("appends");
            assert_eq!(folder.verify().expect("whole").entries, n);
            folder.text()
        };
        let line = whole(1);
        // From nothing of a line to all but its last byte, one after the other.
        let pieces = ["", "{", "{\"seq\"", &line[..30], &line[..line.len() - 2]];
        let many: String = pieces.iter().map(|piece| format!("{piece}\n")).collect();
        for (at, end) in ["", "{\"se", &line[..40]].iter().enumerate() {
            let before = folder.text();
            std::fs::write(folder.log().path, format!("{before}{many}{end}")).expect("writes");
            assert!(folder.verify().is_err(), "the end is cut off");
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
        let locked = lock(&folder.log().path, true).expect("locks");
        file.write_all(&line.as_bytes()[..30]).expect("writes");
        let (path, verifier) = (folder.log().path, folder.1.verifier());
        let reader = std::thread::spawn(move || verify(&path, &verifier, &[]));
        std::thread::sleep(Duration::from_millis(4 * LOCK_PAUSE_MILLIS));
        file.write_all(&line.as_bytes()[30..]).expect("writes");
        drop((file, locked));
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
            assert_eq!(folder.verify().map_err(|broken| broken.code), Err(Code::AuditBroken));
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
        assert_eq!(folder.verify().expect("whole").entries, 3);
        for device in ["/dev/full", "/dev/null", "/dev/zero"] {
            let path = Path::new(device);
            let log = Log::at(path, Arc::clone(&folder.1), Vec::new());
            assert_eq!(log.append(entry(1)), Err(Code::AuditUnwritable), "{device}");
            let read = verify(path, &folder.1.verifier(), &[]);
            assert_eq!(read.map_err(|broken| broken.code), Err(Code::FileUnreadable), "{device}");
        }
    }
}

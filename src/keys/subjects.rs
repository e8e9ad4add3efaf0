//! Secrets of subjects, for tokens of `subject` scope: each person's tokens are made with a secret of
//! their own, and die with it. A store keeps them by a keyed hash of the subject's id, wrapped.
//!
//! [`FileSubjects`] is a store for one process; [`MemorySubjects`] one that forgets.

use super::file::{beside, check_private, replace_private, write_private};
use super::ring::Keyring;
use crate::phi::Code;
use aes_siv::KeyInit as _;
use aes_siv::siv::Aes256Siv;
use data_encoding::{BASE64, HEXLOWER};
use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use zeroize::Zeroizing;

/// A subject's secret.
///
/// ```compile_fail
/// fn bytes(secret: &weir::keys::SubjectSecret) -> &[u8] {
///     secret.0.as_slice() // private
/// }
/// ```
#[derive(Clone)]
pub struct SubjectSecret(pub(super) Zeroizing<[u8; 32]>);

impl std::fmt::Debug for FileSubjects {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileSubjects(..)")
    }
}

impl std::fmt::Debug for SubjectSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SubjectSecret(..)")
    }
}

/// What a store knows of a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubjectState {
    /// Nothing: no record of them has come yet.
    Unknown,
    /// There is a secret.
    Alive,
    /// The secret is gone, since this day.
    Shredded(String),
}

/// Where subjects' secrets live. `subjects` are canonical ids.
pub trait SubjectStore: Send + Sync {
    /// The secret of each subject, made where there is none yet. A secret that is given has been
    /// made durable before. [`Code::SubjectShredded`] for those who were shredded; `Err` when the
    /// store fails, and then nothing may leave.
    fn get_or_create(&self, subjects: &[&str]) -> Result<Vec<Result<SubjectSecret, Code>>, Code>;

    /// The secret of each subject; [`Code::TokenUnknown`] where there is none.
    fn get(&self, subjects: &[&str]) -> Result<Vec<Result<SubjectSecret, Code>>, Code>;
}

fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, Code> {
    let mut bytes = Zeroizing::new([0u8; N]);
    getrandom::fill(bytes.as_mut()).map_err(|_| Code::RandomSource)?;
    Ok(bytes)
}

/// A subject's place in a store.
type Id = [u8; 32];

#[derive(Clone)]
enum Entry {
    Secret(SubjectSecret),
    Shredded(String),
}

impl Entry {
    fn secret(&self) -> Result<SubjectSecret, Code> {
        match self {
            Entry::Secret(secret) => Ok(secret.clone()),
            Entry::Shredded(_) => Err(Code::SubjectShredded),
        }
    }
}

/// A store that forgets: for the demo and `preview`.
#[derive(Default)]
pub struct MemorySubjects(Mutex<HashMap<Vec<u8>, SubjectSecret>>);

impl SubjectStore for MemorySubjects {
    fn get_or_create(&self, subjects: &[&str]) -> Result<Vec<Result<SubjectSecret, Code>>, Code> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let one = |subject: &&str| {
            if let Some(secret) = known.get(subject.as_bytes()) {
                return Ok(Ok(secret.clone()));
            }
            let secret = SubjectSecret(random()?);
            known.insert(subject.as_bytes().to_vec(), secret.clone());
            Ok(Ok(secret))
        };
        subjects.iter().map(one).collect()
    }

    fn get(&self, subjects: &[&str]) -> Result<Vec<Result<SubjectSecret, Code>>, Code> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let one = |subject: &&str| known.get(subject.as_bytes()).cloned().ok_or(Code::TokenUnknown);
        Ok(subjects.iter().map(one).collect())
    }
}

/// The first line of a store's file: its own two keys, wrapped by a root of the tenant.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: u32,
    tenant: String,
    /// The key version that wraps.
    version: u32,
    wrapped: String,
}

/// Every other line: a secret, or the day on which it went.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shredded: Option<String>,
}

/// A store's own keys: the index hides who is in it, the other wraps the secrets.
struct StoreKeys {
    index: Zeroizing<[u8; 32]>,
    wrap: Zeroizing<[u8; 64]>,
}

impl StoreKeys {
    fn new() -> Result<StoreKeys, Code> {
        Ok(StoreKeys { index: random()?, wrap: random()? })
    }

    fn id(&self, subject: &str) -> Id {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&*self.index)
            .expect("HMAC takes keys of any length");
        mac.update(subject.as_bytes());
        mac.finalize().into_bytes().into()
    }

    fn seal(&self, id: &Id, secret: &SubjectSecret) -> Result<String, Code> {
        let mut cipher = Aes256Siv::new((&*self.wrap).into());
        let sealed = cipher.encrypt([id], secret.0.as_slice()).map_err(|_| Code::Internal)?;
        Ok(BASE64.encode(&sealed))
    }

    fn open(&self, id: &Id, sealed: &str) -> Result<SubjectSecret, Code> {
        let sealed = BASE64.decode(sealed.as_bytes()).map_err(|_| Code::SubjectsBroken)?;
        let mut cipher = Aes256Siv::new((&*self.wrap).into());
        let bytes =
            Zeroizing::new(cipher.decrypt([id], &sealed).map_err(|_| Code::SubjectsBroken)?);
        let bytes = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| Code::SubjectsBroken)?;
        Ok(SubjectSecret(Zeroizing::new(bytes)))
    }

    fn head(&self, keyring: &Keyring) -> Result<Head, Code> {
        let version = keyring.version();
        let mut both = Zeroizing::new(self.index.to_vec());
        both.extend_from_slice(self.wrap.as_slice());
        let mut cipher = Aes256Siv::new((&*keyring.store_key(version)?).into());
        let sealed = cipher.encrypt([&[]], &both).map_err(|_| Code::Internal)?;
        let (tenant, wrapped) = (keyring.tenant().to_string(), BASE64.encode(&sealed));
        Ok(Head { format: 1, tenant, version, wrapped })
    }

    fn of_head(head: &Head, keyring: &Keyring) -> Result<StoreKeys, Code> {
        if head.format != 1 || head.tenant != keyring.tenant() {
            return Err(Code::SubjectsBroken);
        }
        let sealed = BASE64.decode(head.wrapped.as_bytes()).map_err(|_| Code::SubjectsBroken)?;
        let mut cipher = Aes256Siv::new((&*keyring.store_key(head.version)?).into());
        let both =
            Zeroizing::new(cipher.decrypt([&[]], &sealed).map_err(|_| Code::SubjectsBroken)?);
        let (index, wrap) = both.split_at_checked(32).ok_or(Code::SubjectsBroken)?;
        let index: [u8; 32] = index.try_into().map_err(|_| Code::SubjectsBroken)?;
        let wrap: [u8; 64] = wrap.try_into().map_err(|_| Code::SubjectsBroken)?;
        Ok(StoreKeys { index: Zeroizing::new(index), wrap: Zeroizing::new(wrap) })
    }
}

/// A store in a file, for one process: a second one is refused.
pub struct FileSubjects {
    path: PathBuf,
    keys: StoreKeys,
    /// Held as long as the store is.
    _lock: File,
    inner: Mutex<Inner>,
}

struct Inner {
    file: File,
    entries: HashMap<Id, Entry>,
    head: String,
    /// An append failed half-way: what the file ends with is not known.
    broken: bool,
}

impl FileSubjects {
    /// Opens the store, or makes it. Refuses [`Code::SubjectsBusy`] when another process has it,
    /// and [`Code::SubjectsBroken`] when it is another tenant's or damaged. Where a newer key
    /// version is primary, the store is wrapped by that one from now on.
    pub fn open(path: &Path, keyring: &Keyring) -> Result<FileSubjects, Code> {
        let mut lock = OpenOptions::new();
        let lock = lock.create(true).truncate(false).write(true).open(beside(path, "lock"));
        let lock = lock.map_err(|_| Code::FileOutput)?;
        lock.try_lock().map_err(|_| Code::SubjectsBusy)?;
        if !path.exists() {
            let head = StoreKeys::new()?.head(keyring)?;
            write_private(path, (text(&head)? + "\n").as_bytes())?;
        }
        check_private(path)?;
        let written = std::fs::read_to_string(path).map_err(|_| Code::SubjectsBroken)?;
        let (first, rest) = written.split_once('\n').ok_or(Code::SubjectsBroken)?;
        let head: Head = serde_json::from_str(first).map_err(|_| Code::SubjectsBroken)?;
        let keys = StoreKeys::of_head(&head, keyring)?;
        let mut entries = HashMap::new();
        // A piece of a line at the end was never synced, so no token was made with it.
        let whole = rest.rfind('\n').map_or(0, |end| end + 1);
        for line in rest[..whole].lines() {
            let (id, entry) = read(line, &keys)?;
            entries.insert(id, entry);
        }
        let torn = whole < rest.len();
        let head_text = if head.version == keyring.version() && !torn {
            first.to_string()
        } else {
            let head = text(&keys.head(keyring)?)?;
            rewrite(path, &head, &entries, &keys)?;
            head
        };
        let file = OpenOptions::new().append(true).open(path).map_err(|_| Code::FileOutput)?;
        let inner = Mutex::new(Inner { file, entries, head: head_text, broken: false });
        Ok(FileSubjects { path: path.to_path_buf(), keys, _lock: lock, inner })
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a subject's secret go: from the file, and from this process. Their tokens of `subject`
    /// scope can never be taken back; copies of the file have to go too.
    pub fn shred(&self, subject: &str, today: &str) -> Result<SubjectState, Code> {
        let mut inner = self.inner();
        let id = self.keys.id(subject);
        let state = state(inner.entries.get(&id));
        if let SubjectState::Shredded(_) = state {
            return Ok(state);
        }
        // Someone unknown is shredded too: a record that comes later must not bring them back.
        inner.entries.insert(id, Entry::Shredded(today.to_string()));
        rewrite(&self.path, &inner.head, &inner.entries, &self.keys)?;
        let file = OpenOptions::new().append(true).open(&self.path);
        inner.file = file.map_err(|_| Code::FileOutput)?;
        Ok(state)
    }

    /// What is known of a subject.
    pub fn state(&self, subject: &str) -> SubjectState {
        state(self.inner().entries.get(&self.keys.id(subject)))
    }

    /// Subjects with a secret.
    pub fn len(&self) -> usize {
        let inner = self.inner();
        inner.entries.values().filter(|entry| matches!(entry, Entry::Secret(_))).count()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl SubjectStore for FileSubjects {
    fn get_or_create(&self, subjects: &[&str]) -> Result<Vec<Result<SubjectSecret, Code>>, Code> {
        let mut inner = self.inner();
        if inner.broken {
            return Err(Code::FileOutput);
        }
        let ids: Vec<_> = subjects.iter().map(|subject| self.keys.id(subject)).collect();
        let mut new: HashMap<Id, Entry> = HashMap::new();
        let mut lines = String::new();
        for id in &ids {
            if !inner.entries.contains_key(id) && !new.contains_key(id) {
                let secret = SubjectSecret(random()?);
                lines.push_str(&line(id, &Entry::Secret(secret.clone()), &self.keys)?);
                new.insert(*id, Entry::Secret(secret));
            }
        }
        if !new.is_empty() {
            // Durable first: a token of a secret that a crash forgets could never be taken back.
            let written = inner.file.write_all(lines.as_bytes());
            if written.and_then(|()| inner.file.sync_data()).is_err() {
                inner.broken = true;
                return Err(Code::FileOutput);
            }
            inner.entries.extend(new);
        }
        Ok(ids.iter().map(|id| inner.entries[id].secret()).collect())
    }

    fn get(&self, subjects: &[&str]) -> Result<Vec<Result<SubjectSecret, Code>>, Code> {
        let inner = self.inner();
        let one = |subject: &&str| match inner.entries.get(&self.keys.id(subject)) {
            Some(entry) => entry.secret(),
            None => Err(Code::TokenUnknown),
        };
        Ok(subjects.iter().map(one).collect())
    }
}

fn state(entry: Option<&Entry>) -> SubjectState {
    match entry {
        None => SubjectState::Unknown,
        Some(Entry::Secret(_)) => SubjectState::Alive,
        Some(Entry::Shredded(day)) => SubjectState::Shredded(day.clone()),
    }
}

fn text(value: &impl Serialize) -> Result<String, Code> {
    serde_json::to_string(value).map_err(|_| Code::Internal)
}

fn line(id: &Id, entry: &Entry, keys: &StoreKeys) -> Result<String, Code> {
    let (secret, shredded) = match entry {
        Entry::Secret(secret) => (Some(keys.seal(id, secret)?), None),
        Entry::Shredded(day) => (None, Some(day.clone())),
    };
    Ok(text(&Line { id: HEXLOWER.encode(id), secret, shredded })? + "\n")
}

fn read(line: &str, keys: &StoreKeys) -> Result<(Id, Entry), Code> {
    let line: Line = serde_json::from_str(line).map_err(|_| Code::SubjectsBroken)?;
    let id = HEXLOWER.decode(line.id.as_bytes()).map_err(|_| Code::SubjectsBroken)?;
    let id = Id::try_from(id.as_slice()).map_err(|_| Code::SubjectsBroken)?;
    match (line.secret, line.shredded) {
        (Some(sealed), None) => Ok((id, Entry::Secret(keys.open(&id, &sealed)?))),
        (None, Some(day)) => Ok((id, Entry::Shredded(day))),
        _ => Err(Code::SubjectsBroken),
    }
}

/// The whole file anew: what is not in `entries` any more is not in it.
fn rewrite(
    path: &Path,
    head: &str,
    entries: &HashMap<Id, Entry>,
    keys: &StoreKeys,
) -> Result<(), Code> {
    let mut sorted: Vec<_> = entries.iter().collect();
    sorted.sort_unstable_by_key(|(id, _)| **id);
    let mut out = format!("{head}\n");
    for (id, entry) in sorted {
        out.push_str(&line(id, entry, keys)?);
    }
    replace_private(path, out.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let dir =
                std::env::temp_dir().join(format!("weir-subjects-{name}-{}", std::process::id()));
            let _ = std::fs::remove_dir_all(&dir);
            std::fs::create_dir_all(&dir).expect("a folder");
            Folder(dir)
        }

        fn path(&self) -> PathBuf {
            self.0.join("s.subjects")
        }

        fn open(&self, keyring: &Keyring) -> Result<FileSubjects, Code> {
            FileSubjects::open(&self.path(), keyring)
        }

        fn text(&self) -> String {
            std::fs::read_to_string(self.path()).expect("reads")
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn secret(store: &FileSubjects, subject: &str) -> Result<[u8; 32], Code> {
        let mut all = store.get_or_create(&[subject]).expect("the store works");
        all.remove(0).map(|secret| *secret.0)
    }

    #[test]
    fn a_subject_keeps_its_secret_and_no_other_has_it() {
        let (folder, ring) = (Folder::new("keeps"), Keyring::for_tests("t"));
        let store = folder.open(&ring).expect("opens");
        assert_eq!(store.get(&["1"]).expect("works")[0].as_ref().err(), Some(&Code::TokenUnknown));
        let twice = store.get_or_create(&["1", "2", "1"]).expect("works");
        let bytes: Vec<_> = twice.into_iter().map(|s| *s.expect("a secret").0).collect();
        assert!(bytes[0] == bytes[2] && bytes[0] != bytes[1]);
        assert_eq!(folder.open(&ring).err(), Some(Code::SubjectsBusy));
        drop(store);
        let store = folder.open(&ring).expect("opens");
        assert_eq!((secret(&store, "1"), store.len()), (Ok(bytes[0]), 2));
        for hidden in [HEXLOWER.encode(&bytes[0]), BASE64.encode(&bytes[0])] {
            assert!(!folder.text().contains(&hidden));
        }
        drop(store);
        let other = Keyring::for_tests("other");
        assert_eq!(folder.open(&other).err(), Some(Code::SubjectsBroken));
    }

    #[test]
    fn a_shredded_subject_is_gone_from_the_file_and_does_not_come_back() {
        let (folder, ring) = (Folder::new("shred"), Keyring::for_tests("t"));
        let store = folder.open(&ring).expect("opens");
        let kept = secret(&store, "2");
        secret(&store, "1").expect("a secret");
        let sealed = folder.text().lines().last().expect("a line").to_string();
        assert_eq!(store.shred("1", "2026-11-24"), Ok(SubjectState::Alive));
        assert!(!folder.text().contains(&sealed));
        let check = |store: &FileSubjects| {
            assert_eq!(secret(store, "1"), Err(Code::SubjectShredded));
            assert_eq!(secret(store, "2"), kept);
            assert_eq!(store.state("1"), SubjectState::Shredded("2026-11-24".into()));
        };
        check(&store);
        drop(store);
        check(&folder.open(&ring).expect("opens"));
    }

    #[test]
    fn a_crash_in_the_middle_of_a_line_loses_no_secret_that_was_given() {
        let (folder, ring) = (Folder::new("torn"), Keyring::for_tests("t"));
        let given = secret(&folder.open(&ring).expect("opens"), "1");
        let text = folder.text();
        std::fs::write(folder.path(), format!("{text}{{\"id\":\"00")).expect("writes");
        let store = folder.open(&ring).expect("opens");
        assert_eq!(secret(&store, "1"), given);
        secret(&store, "2").expect("a secret");
        drop(store);
        assert_eq!(folder.open(&ring).expect("opens").len(), 2);
        let text = folder.text();
        let at = text.rfind("\"secret\":\"").expect("a secret") + 11;
        let other = if &text[at..=at] == "A" { "B" } else { "A" };
        std::fs::write(folder.path(), format!("{}{other}{}", &text[..at], &text[at + 1..]))
            .expect("writes");
        assert_eq!(folder.open(&ring).err(), Some(Code::SubjectsBroken));
    }
}

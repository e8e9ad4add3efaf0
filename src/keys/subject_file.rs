//! A store of subjects in a file, for one process: append-only, each line synced before its secret is
//! given out; written anew when someone is shredded.

use super::file::{beside, check_private, private, replace_private, write_private};
use super::ring::Keyring;
use super::subjects::{Entry, Head, Id, Link, New, Row, Rows, StoreKeys, Table};
use crate::phi::Code;
use data_encoding::{BASE64, HEXLOWER};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Every line but the first: a row, sealed, or the day on which it went; or a link of a code to a
/// subject.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    back: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sealed: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shredded: Option<String>,
}

/// Rows in a file.
pub(super) struct FileRows {
    path: PathBuf,
    /// Held as long as the store is.
    _lock: File,
    inner: Mutex<Inner>,
}

struct Inner {
    file: File,
    table: Table,
    head: String,
    /// An append failed half-way: what the file ends with is not known.
    broken: bool,
}

impl FileRows {
    /// Opens the file, or makes it.
    pub(super) fn open(
        path: &Path,
        keyring: &Keyring,
        make: bool,
    ) -> Result<(StoreKeys, FileRows), Code> {
        if !path.exists() && !make {
            return Err(Code::SubjectsMissing);
        }
        // Private: who else could hold it would keep weir out.
        let mut lock = private();
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
        let mut table = Table::default();
        // A piece of a line at the end was never synced, so no token was made with it.
        let whole = rest.rfind('\n').map_or(0, |end| end + 1);
        for line in rest[..whole].lines() {
            match read(line)? {
                Read::Link(link) => table.link(link),
                Read::Row(id, entry) => {
                    if let Row::Sealed(sealed) = &entry.row {
                        // Damage is found now, and not when the person's next record comes.
                        keys.open(&id, sealed)?;
                    }
                    table.insert(id, entry);
                }
            }
        }
        let torn = whole < rest.len();
        let head_text = if head.version == keyring.version() && !torn {
            first.to_string()
        } else {
            let head = text(&keys.head(keyring)?)?;
            rewrite(path, &head, &table)?;
            head
        };
        let file = OpenOptions::new().append(true).open(path).map_err(|_| Code::FileOutput)?;
        let inner = Mutex::new(Inner { file, table, head: head_text, broken: false });
        Ok((keys, FileRows { path: path.to_path_buf(), _lock: lock, inner }))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rows for FileRows {
    fn get(&self, ids: &[Id]) -> Result<HashMap<Id, Row>, Code> {
        Ok(self.inner().table.get(ids))
    }

    fn linked(&self, links: &[Link]) -> Result<HashSet<Link>, Code> {
        Ok(self.inner().table.linked(links))
    }

    fn add(&self, new: &[New], links: &[Link]) -> Result<(), Code> {
        let mut inner = self.inner();
        if inner.broken {
            return Err(Code::FileOutput);
        }
        let (missing, links) = inner.table.missing(new, links);
        let mut lines = String::new();
        for New { id, back, sealed, .. } in &missing {
            let row = Row::Sealed(sealed.clone());
            lines.push_str(&line(id, &Entry { row, back: *back })?);
        }
        for link in &links {
            lines.push_str(&link_line(link)?);
        }
        // Durable first: a token of a secret that a crash forgets could never be taken back.
        let written = inner.file.write_all(lines.as_bytes());
        if written.and_then(|()| inner.file.sync_data()).is_err() {
            inner.broken = true;
            return Err(Code::FileOutput);
        }
        inner.table.insert_new(missing, links);
        Ok(())
    }

    fn back(&self, backs: &[Id]) -> Result<HashMap<Id, (Id, Row)>, Code> {
        Ok(self.inner().table.back(backs))
    }

    fn shred(&self, id: &Id, day: &str) -> Result<usize, Code> {
        let mut inner = self.inner();
        let went = inner.table.shred(id, day);
        // Until the file is known to be without the secret, it is not known what it holds.
        inner.broken = true;
        rewrite(&self.path, &inner.head, &inner.table)?;
        let file = OpenOptions::new().append(true).open(&self.path);
        inner.file = file.map_err(|_| Code::FileOutput)?;
        inner.broken = false;
        Ok(went)
    }

    fn owned(&self, id: &Id) -> Result<usize, Code> {
        Ok(self.inner().table.owned(id))
    }

    fn len(&self) -> Result<usize, Code> {
        Ok(self.inner().table.len())
    }
}

fn text(value: &impl Serialize) -> Result<String, Code> {
    serde_json::to_string(value).map_err(|_| Code::Internal)
}

fn line(id: &Id, entry: &Entry) -> Result<String, Code> {
    let hex = |id: &Id| HEXLOWER.encode(id);
    let (sealed, shredded) = match &entry.row {
        Row::Sealed(sealed) => (Some(BASE64.encode(sealed)), None),
        Row::Shredded(day) => (None, Some(day.clone())),
    };
    let back = entry.back.as_ref().map(hex);
    Ok(text(&Line { id: hex(id), owner: None, back, sealed, shredded })? + "\n")
}

fn link_line((code, owner): &Link) -> Result<String, Code> {
    let (id, owner) = (HEXLOWER.encode(code), Some(HEXLOWER.encode(owner)));
    Ok(text(&Line { id, owner, back: None, sealed: None, shredded: None })? + "\n")
}

enum Read {
    Row(Id, Entry),
    Link(Link),
}

fn read(line: &str) -> Result<Read, Code> {
    let line: Line = serde_json::from_str(line).map_err(|_| Code::SubjectsBroken)?;
    let id = |text: &String| {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| Code::SubjectsBroken)?;
        Id::try_from(bytes.as_slice()).map_err(|_| Code::SubjectsBroken)
    };
    let (own, owner) = (id(&line.id)?, line.owner.as_ref().map(id).transpose()?);
    let back = line.back.as_ref().map(id).transpose()?;
    let row = match (line.sealed, line.shredded) {
        (None, None) => return Ok(Read::Link((own, owner.ok_or(Code::SubjectsBroken)?))),
        (Some(sealed), None) => {
            Row::Sealed(BASE64.decode(sealed.as_bytes()).map_err(|_| Code::SubjectsBroken)?)
        }
        (None, Some(day)) => Row::Shredded(day),
        _ => return Err(Code::SubjectsBroken),
    };
    Ok(Read::Row(own, Entry { row, back }))
}

/// The whole file anew: what is not in the table any more is not in it.
fn rewrite(path: &Path, head: &str, table: &Table) -> Result<(), Code> {
    let mut out = format!("{head}\n");
    let (rows, links) = table.sorted();
    for (id, entry) in rows {
        out.push_str(&line(id, entry)?);
    }
    for link in &links {
        out.push_str(&link_line(link)?);
    }
    replace_private(path, out.as_bytes())
}

//! What is known of each person and nowhere derived: secrets of subjects, for tokens of `subject`
//! scope, which die with them; and assigned codes, drawn at random for one value each. A store keeps
//! both by keyed hashes, sealed. It lies in memory, in a file, or in PostgreSQL ([`SubjectStore::open`]).

#[cfg(feature = "custody")]
use super::subject_pg::PgRows;
use super::{ring::Keyring, subject_file::FileRows};
use crate::phi::{Class, Code, Phi};
use aes_siv::KeyInit as _;
use aes_siv::siv::Aes256Siv;
use data_encoding::{BASE32_NOPAD, BASE64};
use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
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

impl std::fmt::Debug for SubjectSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SubjectSecret(..)")
    }
}

/// What a store knows of a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubjectState {
    /// Nothing: no secret and no code was asked for yet.
    Unknown,
    /// There is a secret, or a code of a value of theirs.
    Alive,
    /// The secret is gone, and their assigned codes with it, since this day.
    Shredded(String),
}

/// A value that has, or is to get, an assigned code.
#[derive(Clone, Copy)]
pub struct Coded<'a> {
    /// What the value is.
    pub class: Class,
    /// The destination's name, where codes are of that scope.
    pub destination: Option<&'a str>,
    /// The canonical value.
    pub value: &'a str,
    /// The canonical id of the subject whose it is; empty where the record names none. The code goes
    /// when everyone whose it is was shredded.
    pub subject: &'a str,
}

impl std::fmt::Debug for Coded<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Coded({})", self.class)
    }
}

/// One answer for each question, in order; `Err` of the whole when the store fails.
pub type Answers<T> = Result<Vec<Result<T, Code>>, Code>;

/// A row's place in a store: a keyed hash.
pub(super) type Id = [u8; 32];

/// What a store keeps under one id.
#[derive(Clone, Debug)]
pub(super) enum Row {
    /// A secret, or a code with its value.
    Sealed(Vec<u8>),
    /// Gone since this day.
    Shredded(String),
}

/// A row that is not there yet.
#[derive(Clone)]
pub(super) struct New {
    pub(super) id: Id,
    /// For whom it is made, where that is someone: not for the shredded.
    pub(super) owner: Option<Id>,
    /// Finds the row from its code.
    pub(super) back: Option<Id>,
    pub(super) sealed: Vec<u8>,
}

/// A code's row, and the row of a subject whose value it stands for.
pub(super) type Link = (Id, Id);

/// Where rows lie. They are sealed before they get here.
pub(super) trait Rows: Send + Sync {
    /// What is there of these.
    fn get(&self, ids: &[Id]) -> Result<HashMap<Id, Row>, Code>;

    /// Those of these links that are there.
    fn linked(&self, links: &[Link]) -> Result<HashSet<Link>, Code>;

    /// Writes the rows and links that are not there yet, but for those whose owner was shredded. They
    /// are durable when this returns; who comes first wins, among processes too. Each comes once, in
    /// rising order.
    fn add(&self, new: &[New], links: &[Link]) -> Result<(), Code>;

    /// The row that each of these leads back to.
    fn back(&self, backs: &[Id]) -> Result<HashMap<Id, (Id, Row)>, Code>;

    /// Makes a subject's row go, and the codes that are nobody else's; gives how many codes went. Where
    /// there was nothing, it counts as gone from now on. Who asks by a code that went is told so, and
    /// its value is free to get another one.
    fn shred(&self, id: &Id, day: &str) -> Result<usize, Code>;

    /// How many codes stand for values of this subject.
    fn owned(&self, id: &Id) -> Result<usize, Code>;

    /// Has what is kept below rows overwritten or given up, where shredding alone leaves it behind.
    fn scrub(&self) -> Result<(), Code> {
        Ok(())
    }

    /// Rows that were not shredded.
    fn len(&self) -> Result<usize, Code>;
}

/// Secrets of subjects and assigned codes. Subjects and values are given in canonical form.
pub struct SubjectStore {
    keys: StoreKeys,
    rows: Box<dyn Rows>,
}

impl std::fmt::Debug for SubjectStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SubjectStore(..)")
    }
}

impl SubjectStore {
    /// A store that forgets: for the demo and `preview`.
    pub fn forgetful() -> Result<SubjectStore, Code> {
        let rows = Box::new(Mutex::new(Table::default()));
        Ok(SubjectStore { keys: StoreKeys::new()?, rows })
    }

    /// Opens the store at a place: a file, for one process; or `postgres://USER@HOST/DATABASE`, for many.
    /// Makes it where there is none and `make` says so, else [`Code::SubjectsMissing`]. Refuses [`Code::SubjectsBusy`] when another process
    /// has the file, [`Code::SubjectsUnreachable`] and [`Code::SubjectsRefused`] when no server gives it,
    /// and [`Code::SubjectsBroken`] when the store is another tenant's or damaged. Where a newer key
    /// version is primary, the store is wrapped by that one from now on.
    pub fn open(place: &str, keyring: &Keyring, make: bool) -> Result<SubjectStore, Code> {
        if place.starts_with("postgres://") || place.starts_with("postgresql://") {
            #[cfg(feature = "custody")]
            {
                let (keys, rows) = PgRows::open(place, keyring, make)?;
                return Ok(SubjectStore { keys, rows: Box::new(rows) });
            }
            #[cfg(not(feature = "custody"))]
            return Err(Code::KekNotBuilt);
        }
        let (keys, rows) = FileRows::open(Path::new(place), keyring, make)?;
        Ok(SubjectStore { keys, rows: Box::new(rows) })
    }

    /// The secret of each subject, made where there is none yet. A secret that is given has been
    /// made durable before, and no other process gives another one. [`Code::SubjectShredded`] for
    /// those who were shredded; `Err` when the store fails, and then nothing may leave.
    pub fn get_or_create(&self, subjects: &[&str]) -> Answers<SubjectSecret> {
        let ids: Vec<_> = subjects.iter().map(|subject| self.keys.subject(subject)).collect();
        let mut rows = self.rows.get(&ids)?;
        let missing: BTreeSet<_> = ids.iter().filter(|id| !rows.contains_key(*id)).collect();
        if !missing.is_empty() {
            let make = |id: &&Id| {
                let sealed = self.keys.seal(id, random::<32>()?.as_slice())?;
                Ok(New { id: **id, owner: None, back: None, sealed })
            };
            let new = missing.iter().map(make).collect::<Result<Vec<_>, Code>>()?;
            self.rows.add(&new, &[])?;
            // Another process may have been first: what counts is what is there.
            let ids: Vec<_> = new.iter().map(|new| new.id).collect();
            rows.extend(self.rows.get(&ids)?);
        }
        self.each(&ids, &rows, Code::Internal, |id, sealed| self.keys.secret(id, sealed))
    }

    /// The secret of each subject; [`Code::TokenUnknown`] where there is none.
    pub fn get(&self, subjects: &[&str]) -> Answers<SubjectSecret> {
        let ids: Vec<_> = subjects.iter().map(|subject| self.keys.subject(subject)).collect();
        let rows = self.rows.get(&ids)?;
        self.each(&ids, &rows, Code::TokenUnknown, |id, sealed| self.keys.secret(id, sealed))
    }

    /// The code of each value, drawn at random where there is none yet (45 CFR 164.514(c): it is not
    /// derived from anything). As durable as [`SubjectStore::get_or_create`]. From then on it is also
    /// the named subject's. [`Code::SubjectShredded`] where that subject was shredded.
    pub fn assign(&self, values: &[Coded<'_>]) -> Answers<String> {
        let ids: Vec<_> = values.iter().map(|value| self.keys.coded(value)).collect();
        let owner = |value: &Coded<'_>| {
            (!value.subject.is_empty()).then(|| self.keys.subject(value.subject))
        };
        let owners: Vec<_> = values.iter().map(owner).collect();
        let all: Vec<_> = ids.iter().chain(owners.iter().flatten()).copied().collect();
        let wanted: BTreeSet<Link> =
            ids.iter().zip(&owners).filter_map(|(id, owner)| Some((*id, (*owner)?))).collect();
        let wanted: Vec<_> = wanted.into_iter().collect();
        // Once to look, once to see what the others have done meanwhile; more only where a person is
        // shredded in between.
        for _ in 0..ASSIGN_TRIES {
            let rows = self.rows.get(&all)?;
            let gone = |owner: &Id| matches!(rows.get(owner), Some(Row::Shredded(_)));
            let mut new = BTreeMap::new();
            for (at, id) in ids.iter().enumerate() {
                let refused = owners[at].as_ref().is_some_and(gone);
                if !refused && !rows.contains_key(id) && !new.contains_key(id) {
                    new.insert(*id, self.draw(&values[at], *id, owners[at])?);
                }
            }
            let known = self.rows.linked(&wanted)?;
            let fresh = |link: &&Link| !known.contains(*link) && !gone(&link.1);
            let links: Vec<_> = wanted.iter().filter(fresh).copied().collect();
            if new.is_empty() && links.is_empty() {
                let mut codes = self.each(&ids, &rows, Code::SubjectShredded, |id, sealed| {
                    self.keys.code_and_value(id, sealed).map(|(code, _)| code)
                })?;
                for (code, owner) in codes.iter_mut().zip(&owners) {
                    if owner.as_ref().is_some_and(gone) {
                        *code = Err(Code::SubjectShredded);
                    }
                }
                return Ok(codes);
            }
            self.rows.add(&new.into_values().collect::<Vec<_>>(), &links)?;
        }
        Err(Code::SubjectsBroken)
    }

    /// A new code for a value.
    fn draw(&self, value: &Coded<'_>, id: Id, owner: Option<Id>) -> Result<New, Code> {
        let code = BASE32_NOPAD.encode(random::<CODE_BYTES>()?.as_slice()).to_ascii_lowercase();
        let plain = Zeroizing::new(format!("{code}{}", value.value));
        let back = Some(self.keys.code(value.class, value.destination, &code));
        Ok(New { id, owner, back, sealed: self.keys.seal(&id, plain.as_bytes())? })
    }

    /// The code of each value that has one; [`Code::TokenUnknown`] where there is none.
    pub fn assigned(&self, values: &[Coded<'_>]) -> Answers<String> {
        let ids: Vec<_> = values.iter().map(|value| self.keys.coded(value)).collect();
        let rows = self.rows.get(&ids)?;
        self.each(&ids, &rows, Code::TokenUnknown, |id, sealed| {
            self.keys.code_and_value(id, sealed).map(|(code, _)| code)
        })
    }

    /// The canonical value behind each assigned code; [`Code::TokenUnknown`] where there is none.
    /// The way back: `audit` writes down who goes it.
    pub fn values_behind(
        &self,
        class: Class,
        destination: Option<&str>,
        codes: &[&str],
    ) -> Answers<Phi<String>> {
        let backs: Vec<_> =
            codes.iter().map(|code| self.keys.code(class, destination, code)).collect();
        let rows = self.rows.back(&backs)?;
        let one = |back: &Id| match rows.get(back) {
            Some((id, Row::Sealed(sealed))) => {
                self.keys.code_and_value(id, sealed).map(|(_, value)| value)
            }
            Some((_, Row::Shredded(_))) => Err(Code::SubjectShredded),
            None => Err(Code::TokenUnknown),
        };
        Ok(backs.iter().map(one).collect())
    }

    /// Makes a subject's secret go, and every code that stands for values of theirs alone. Nobody can
    /// take those tokens back; copies of the store have to go too. Gives what was known before, and
    /// how many codes went.
    pub fn shred(&self, subject: &str, today: &str) -> Result<(SubjectState, usize), Code> {
        let id = self.keys.subject(subject);
        let before = self.state(subject)?;
        Ok((before, self.rows.shred(&id, today)?))
    }

    /// Has the store's files let go of what was shredded; a database keeps it otherwise until it has
    /// reason to tidy up.
    pub fn scrub(&self) -> Result<(), Code> {
        self.rows.scrub()
    }

    /// What is known of a subject.
    pub fn state(&self, subject: &str) -> Result<SubjectState, Code> {
        let id = self.keys.subject(subject);
        Ok(match self.rows.get(&[id])?.get(&id) {
            Some(Row::Shredded(day)) => SubjectState::Shredded(day.clone()),
            Some(Row::Sealed(_)) => SubjectState::Alive,
            None if self.rows.owned(&id)? > 0 => SubjectState::Alive,
            None => SubjectState::Unknown,
        })
    }

    /// Secrets and codes that were not shredded.
    pub fn len(&self) -> Result<usize, Code> {
        self.rows.len()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> Result<bool, Code> {
        Ok(self.len()? == 0)
    }

    fn each<T>(
        &self,
        ids: &[Id],
        rows: &HashMap<Id, Row>,
        none: Code,
        open: impl Fn(&Id, &[u8]) -> Result<T, Code>,
    ) -> Answers<T> {
        let one = |id: &Id| match rows.get(id) {
            Some(Row::Sealed(sealed)) => open(id, sealed),
            Some(Row::Shredded(_)) => Err(Code::SubjectShredded),
            None => Err(none),
        };
        let answers: Vec<_> = ids.iter().map(one).collect();
        // A row that does not open is no answer about a person: the store is damaged.
        match answers.iter().any(|answer| matches!(answer, Err(Code::SubjectsBroken))) {
            true => Err(Code::SubjectsBroken),
            false => Ok(answers),
        }
    }
}

fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, Code> {
    let mut bytes = Zeroizing::new([0u8; N]);
    getrandom::fill(bytes.as_mut()).map_err(|_| Code::RandomSource)?;
    Ok(bytes)
}

/// Random bytes of an assigned code: 128 bits, so that none is ever drawn twice.
const CODE_BYTES: usize = 16;
/// The same in base32, in characters.
const CODE_CHARS: usize = 26;
/// Looks at the store before a batch of codes is given up.
const ASSIGN_TRIES: usize = 4;

/// The first thing in a store: its own two keys, wrapped by a root of the tenant.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) format: u32,
    pub(super) tenant: String,
    /// The key version that wraps.
    pub(super) version: u32,
    pub(super) wrapped: String,
}

/// A store's own keys: the index hides who is in it, the other seals what it keeps. A rotation of the
/// tenant's keys touches neither.
pub(super) struct StoreKeys {
    index: Zeroizing<[u8; 32]>,
    wrap: Zeroizing<[u8; 64]>,
}

impl StoreKeys {
    pub(super) fn new() -> Result<StoreKeys, Code> {
        Ok(StoreKeys { index: random()?, wrap: random()? })
    }

    /// A place in the store; the parts are told apart whatever they hold.
    fn id(&self, parts: &[&str]) -> Id {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&*self.index)
            .expect("HMAC takes keys of any length");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }

    fn subject(&self, subject: &str) -> Id {
        self.id(&["secret", subject])
    }

    fn coded(&self, coded: &Coded<'_>) -> Id {
        let Coded { class, destination, value, .. } = coded;
        self.id(&["value", class.name(), destination.unwrap_or(""), value])
    }

    fn code(&self, class: Class, destination: Option<&str>, code: &str) -> Id {
        self.id(&["code", class.name(), destination.unwrap_or(""), code])
    }

    fn seal(&self, id: &Id, plain: &[u8]) -> Result<Vec<u8>, Code> {
        Aes256Siv::new((&*self.wrap).into()).encrypt([id], plain).map_err(|_| Code::Internal)
    }

    pub(super) fn open(&self, id: &Id, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Code> {
        let plain = Aes256Siv::new((&*self.wrap).into()).decrypt([id], sealed);
        plain.map(Zeroizing::new).map_err(|_| Code::SubjectsBroken)
    }

    fn secret(&self, id: &Id, sealed: &[u8]) -> Result<SubjectSecret, Code> {
        let bytes = <[u8; 32]>::try_from(self.open(id, sealed)?.as_slice());
        Ok(SubjectSecret(Zeroizing::new(bytes.map_err(|_| Code::SubjectsBroken)?)))
    }

    fn code_and_value(&self, id: &Id, sealed: &[u8]) -> Result<(String, Phi<String>), Code> {
        let plain = self.open(id, sealed)?;
        let text = std::str::from_utf8(&plain).map_err(|_| Code::SubjectsBroken)?;
        let (code, value) = text.split_at_checked(CODE_CHARS).ok_or(Code::SubjectsBroken)?;
        Ok((code.to_string(), Phi::new(value.to_string())))
    }

    pub(super) fn head(&self, keyring: &Keyring) -> Result<Head, Code> {
        let version = keyring.version();
        let mut both = Zeroizing::new(self.index.to_vec());
        both.extend_from_slice(self.wrap.as_slice());
        let mut cipher = Aes256Siv::new((&*keyring.store_key(version)?).into());
        let sealed = cipher.encrypt([&[]], &both).map_err(|_| Code::Internal)?;
        let (tenant, wrapped) = (keyring.tenant().to_string(), BASE64.encode(&sealed));
        Ok(Head { format: 1, tenant, version, wrapped })
    }

    pub(super) fn of_head(head: &Head, keyring: &Keyring) -> Result<StoreKeys, Code> {
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

/// Rows in memory: all of a store that forgets, and what a file holds.
#[derive(Default)]
pub(super) struct Table {
    rows: HashMap<Id, Entry>,
    backs: HashMap<Id, Id>,
    /// The subjects of each code, and the codes of each subject.
    owners: HashMap<Id, BTreeSet<Id>>,
    codes: HashMap<Id, BTreeSet<Id>>,
}

/// A row with what leads to it.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) row: Row,
    pub(super) back: Option<Id>,
}

impl Table {
    pub(super) fn get(&self, ids: &[Id]) -> HashMap<Id, Row> {
        let found = |id: &Id| Some((*id, self.rows.get(id)?.row.clone()));
        ids.iter().filter_map(found).collect()
    }

    pub(super) fn linked(&self, links: &[Link]) -> HashSet<Link> {
        let there =
            |(code, owner): &&Link| self.owners.get(code).is_some_and(|set| set.contains(owner));
        links.iter().filter(there).copied().collect()
    }

    /// Those that are not there yet, and may be.
    pub(super) fn missing(&self, new: &[New], links: &[Link]) -> (Vec<New>, Vec<Link>) {
        let gone = |owner: &Id| {
            self.rows.get(owner).is_some_and(|entry| matches!(entry.row, Row::Shredded(_)))
        };
        let fits =
            |new: &&New| !self.rows.contains_key(&new.id) && !new.owner.as_ref().is_some_and(gone);
        let new = new.iter().filter(fits).cloned().collect();
        let known = self.linked(links);
        let fits = |link: &&Link| !known.contains(*link) && !gone(&link.1);
        (new, links.iter().filter(fits).copied().collect())
    }

    pub(super) fn insert(&mut self, id: Id, entry: Entry) {
        if let Some(back) = entry.back {
            self.backs.insert(back, id);
        }
        self.rows.insert(id, entry);
    }

    pub(super) fn link(&mut self, (code, owner): Link) {
        self.owners.entry(code).or_default().insert(owner);
        self.codes.entry(owner).or_default().insert(code);
    }

    pub(super) fn insert_new(&mut self, new: Vec<New>, links: Vec<Link>) {
        for New { id, back, sealed, .. } in new {
            self.insert(id, Entry { row: Row::Sealed(sealed), back });
        }
        links.into_iter().for_each(|link| self.link(link));
    }

    pub(super) fn back(&self, backs: &[Id]) -> HashMap<Id, (Id, Row)> {
        let found = |back: &Id| {
            let id = self.backs.get(back)?;
            Some((*back, (*id, self.rows.get(id)?.row.clone())))
        };
        backs.iter().filter_map(found).collect()
    }

    /// How many codes went.
    pub(super) fn shred(&mut self, id: &Id, day: &str) -> usize {
        let gone = |back| Entry { row: Row::Shredded(day.to_string()), back };
        let mut went = 0;
        for code in self.codes.remove(id).unwrap_or_default() {
            let owners = self.owners.entry(code).or_default();
            owners.remove(id);
            if !owners.is_empty() {
                continue;
            }
            self.owners.remove(&code);
            // Its value is free; who asks by the code is told that it is gone.
            if let Some(back) = self.rows.remove(&code).and_then(|entry| entry.back) {
                self.insert(back, gone(Some(back)));
                went += 1;
            }
        }
        // Someone unknown is shredded too: a record that comes later must not bring them back.
        if !self.rows.get(id).is_some_and(|entry| matches!(entry.row, Row::Shredded(_))) {
            self.insert(*id, gone(None));
        }
        went
    }

    pub(super) fn owned(&self, id: &Id) -> usize {
        self.codes.get(id).map_or(0, BTreeSet::len)
    }

    pub(super) fn len(&self) -> usize {
        self.rows.values().filter(|entry| matches!(entry.row, Row::Sealed(_))).count()
    }

    /// Every row and every link, in one order.
    pub(super) fn sorted(&self) -> (Vec<(&Id, &Entry)>, Vec<Link>) {
        let mut rows: Vec<_> = self.rows.iter().collect();
        rows.sort_unstable_by_key(|(id, _)| **id);
        let link = |(code, owners): (&Id, &BTreeSet<Id>)| {
            owners.iter().map(|owner| (*code, *owner)).collect::<Vec<_>>()
        };
        let mut links: Vec<_> = self.owners.iter().flat_map(link).collect();
        links.sort_unstable();
        (rows, links)
    }
}

impl Rows for Mutex<Table> {
    fn get(&self, ids: &[Id]) -> Result<HashMap<Id, Row>, Code> {
        Ok(self.lock().unwrap_or_else(PoisonError::into_inner).get(ids))
    }

    fn linked(&self, links: &[Link]) -> Result<HashSet<Link>, Code> {
        Ok(self.lock().unwrap_or_else(PoisonError::into_inner).linked(links))
    }

    fn add(&self, new: &[New], links: &[Link]) -> Result<(), Code> {
        let mut table = self.lock().unwrap_or_else(PoisonError::into_inner);
        let (new, links) = table.missing(new, links);
        table.insert_new(new, links);
        Ok(())
    }

    fn back(&self, backs: &[Id]) -> Result<HashMap<Id, (Id, Row)>, Code> {
        Ok(self.lock().unwrap_or_else(PoisonError::into_inner).back(backs))
    }

    fn shred(&self, id: &Id, day: &str) -> Result<usize, Code> {
        Ok(self.lock().unwrap_or_else(PoisonError::into_inner).shred(id, day))
    }

    fn owned(&self, id: &Id) -> Result<usize, Code> {
        Ok(self.lock().unwrap_or_else(PoisonError::into_inner).owned(id))
    }

    fn len(&self) -> Result<usize, Code> {
        Ok(self.lock().unwrap_or_else(PoisonError::into_inner).len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::HEXLOWER;
    use std::path::PathBuf;

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

        fn open(&self, keyring: &Keyring) -> Result<SubjectStore, Code> {
            SubjectStore::open(&self.path().display().to_string(), keyring, true)
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

    fn secret(store: &SubjectStore, subject: &str) -> Result<[u8; 32], Code> {
        let mut all = store.get_or_create(&[subject]).expect("the store works");
        all.remove(0).map(|secret| *secret.0)
    }

    fn coded<'a>(value: &'a str, subject: &'a str) -> Coded<'a> {
        Coded { class: Class::Mrn, destination: None, value, subject }
    }

    fn code(store: &SubjectStore, value: Coded<'_>) -> Result<String, Code> {
        store.assign(&[value]).expect("the store works").remove(0)
    }

    fn behind(store: &SubjectStore, code: &str) -> Result<String, Code> {
        let mut all = store.values_behind(Class::Mrn, None, &[code]).expect("the store works");
        all.remove(0).map(|value| value.expose().clone())
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
        assert_eq!((secret(&store, "1"), store.len()), (Ok(bytes[0]), Ok(2)));
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
        assert_eq!(store.shred("1", "2026-11-24"), Ok((SubjectState::Alive, 0)));
        assert!(!folder.text().contains(&sealed));
        let check = |store: &SubjectStore| {
            assert_eq!(secret(store, "1"), Err(Code::SubjectShredded));
            assert_eq!(secret(store, "2"), kept);
            assert_eq!(store.state("1"), Ok(SubjectState::Shredded("2026-11-24".into())));
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
        assert_eq!(folder.open(&ring).expect("opens").len(), Ok(2));
        let text = folder.text();
        let at = text.rfind("\"sealed\":\"").expect("a secret") + 11;
        let other = if &text[at..=at] == "A" { "B" } else { "A" };
        std::fs::write(folder.path(), format!("{}{other}{}", &text[..at], &text[at + 1..]))
            .expect("writes");
        assert_eq!(folder.open(&ring).err(), Some(Code::SubjectsBroken));
    }

    #[test]
    fn a_code_is_drawn_once_for_a_value_and_leads_back_to_it() {
        let (folder, ring) = (Folder::new("codes"), Keyring::for_tests("t"));
        let store = folder.open(&ring).expect("opens");
        let first = code(&store, coded("0012345678", "")).expect("a code");
        assert!(first.len() == CODE_CHARS && first.bytes().all(|b| b.is_ascii_alphanumeric()));
        assert_eq!(code(&store, coded("0012345678", "7")), Ok(first.clone()));
        let other = code(&store, coded("0012345679", "")).expect("a code");
        assert_ne!(other, first);
        let class = Coded { class: Class::Account, ..coded("0012345678", "") };
        assert_ne!(code(&store, class), Ok(first.clone()));
        let place = Coded { destination: Some("there"), ..coded("0012345678", "") };
        assert_ne!(code(&store, place), Ok(first.clone()));
        // Nobody mints a code by asking for one.
        let asked = store.assigned(&[coded("0012345678", ""), coded("5", "")]).expect("works");
        assert_eq!(asked, [Ok(first.clone()), Err(Code::TokenUnknown)]);
        drop(store);
        assert!(!folder.text().contains("0012345678") && !folder.text().contains(&first));
        let store = folder.open(&ring).expect("opens");
        assert_eq!(behind(&store, &first).as_deref(), Ok("0012345678"));
        assert_eq!(behind(&store, "aaaaaaaaaaaaaaaaaaaaaaaaaa"), Err(Code::TokenUnknown));
        // It is derived from nothing: another store draws another one.
        let fresh = SubjectStore::forgetful().expect("a store");
        assert_ne!(code(&fresh, coded("0012345678", "")), Ok(first));
    }

    #[test]
    fn codes_are_shredded_with_their_subject_and_no_new_one_is_drawn() {
        let (folder, ring) = (Folder::new("codes-shred"), Keyring::for_tests("t"));
        let store = folder.open(&ring).expect("opens");
        let gone = code(&store, coded("0012345678", "7")).expect("a code");
        let kept = code(&store, coded("0012345679", "8")).expect("a code");
        assert_eq!(store.shred("7", "2026-11-24"), Ok((SubjectState::Alive, 1)));
        let check = |store: &SubjectStore| {
            assert_eq!(behind(store, &gone), Err(Code::SubjectShredded));
            assert_eq!(code(store, coded("0012345678", "7")), Err(Code::SubjectShredded));
            assert_eq!(code(store, coded("another", "7")), Err(Code::SubjectShredded));
            assert_eq!(code(store, coded("0012345679", "7")), Err(Code::SubjectShredded), "shared");
            assert_eq!(behind(store, &kept).as_deref(), Ok("0012345679"));
        };
        check(&store);
        drop(store);
        let store = folder.open(&ring).expect("opens");
        check(&store);
        assert_eq!(
            store.shred("7", "2026-11-25"),
            Ok((SubjectState::Shredded("2026-11-24".into()), 0))
        );
    }

    /// Whoever drew it: a code is everyone's whose value it stands for, and goes with the last of them.
    #[test]
    fn a_code_that_people_share_goes_with_the_last_of_them() {
        let (folder, ring) = (Folder::new("codes-shared"), Keyring::for_tests("t"));
        let store = folder.open(&ring).expect("opens");
        let shared = code(&store, coded("CLM1", "")).expect("nobody's");
        for subject in ["7", "8"] {
            assert_eq!(code(&store, coded("CLM1", subject)), Ok(shared.clone()));
        }
        assert_eq!(store.state("8"), Ok(SubjectState::Alive));
        // One question a person, in one batch, in any order.
        assert_eq!(store.shred("7", "2026-11-24"), Ok((SubjectState::Alive, 0)));
        for subjects in [["7", "8"], ["8", "7"]] {
            let both = store.assign(&subjects.map(|subject| coded("CLM1", subject)));
            for (subject, answer) in subjects.iter().zip(both.expect("works")) {
                let wanted = match *subject {
                    "7" => Err(Code::SubjectShredded),
                    _ => Ok(shared.clone()),
                };
                assert_eq!(answer, wanted, "{subject}");
            }
        }
        assert_eq!(behind(&store, &shared).as_deref(), Ok("CLM1"));
        assert_eq!(store.shred("8", "2026-11-24"), Ok((SubjectState::Alive, 1)));
        drop(store);
        let store = folder.open(&ring).expect("opens");
        assert_eq!(behind(&store, &shared), Err(Code::SubjectShredded));
        // Somebody else may still have that value: under another code.
        let fresh = code(&store, coded("CLM1", "9")).expect("a code");
        assert_ne!(fresh, shared);
        assert_eq!(behind(&store, &fresh).as_deref(), Ok("CLM1"));
    }

    #[test]
    fn a_store_that_is_not_there_is_not_made_by_looking() {
        let (folder, ring) = (Folder::new("none"), Keyring::for_tests("t"));
        let place = folder.path().display().to_string();
        assert_eq!(SubjectStore::open(&place, &ring, false).err(), Some(Code::SubjectsMissing));
        assert!(!folder.path().exists());
        let store = folder.open(&ring).expect("is made");
        secret(&store, "1").expect("a secret");
        drop(store);
        let mode = std::os::unix::fs::PermissionsExt::from_mode;
        std::fs::set_permissions(folder.path(), mode(0o640)).expect("chmod");
        assert_eq!(folder.open(&ring).err(), Some(Code::KeyringMode));
    }
}

//! The keyring: one tenant, a root for each version, wrapped by a KEK. The file holds statuses, a
//! check value for each root, an epoch that only rises, and a MAC over the whole.

use super::cipher::{KeySnapshot, Need, expand};
use super::file::{beside, check_private, lock, replace_private, write_private};
use super::kek::{Binding, Kek, KekName, Root, open};
use crate::phi::Code;
use data_encoding::{BASE64, HEXLOWER};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::collections::BTreeMap;
use std::path::Path;
use zeroize::Zeroizing;

/// Version of the file's layout.
const FORMAT: u32 = 2;

/// What a key version may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// New tokens are made with it.
    Primary,
    /// Its tokens can be taken back; no new ones are made.
    DecryptOnly,
    /// It is kept, and not used.
    Disabled,
    /// Its root is gone, and its tokens with it.
    Destroyed,
}

impl Status {
    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Status::Primary => "primary",
            Status::DecryptOnly => "decrypt_only",
            Status::Disabled => "disabled",
            Status::Destroyed => "destroyed",
        }
    }
}

/// The keys of one tenant, opened.
///
/// ```compile_fail
/// let ring = weir::keys::Keyring::for_tests("t");
/// let bytes = &ring.roots; // roots are private
/// ```
/// ```compile_fail
/// let ring = weir::keys::Keyring::for_tests("t");
/// serde_json::to_string(&ring).unwrap(); // no Serialize: a keyring is written wrapped only
/// ```
/// ```compile_fail
/// let ring = weir::keys::Keyring::for_tests("t").clone(); // no Clone: one copy in memory
/// ```
pub struct Keyring {
    file: File,
    /// Roots of the versions in use.
    roots: BTreeMap<u32, Root>,
}

/// What a keyring file says without being opened. Nothing in it is secret, and nothing in it is
/// sure: the MAC is checked with a root only.
#[derive(Clone, Debug)]
pub struct KeyringPage {
    /// The tenant.
    pub tenant: String,
    /// The KEK, as it is written down.
    pub kek: String,
    /// How often the file was changed.
    pub epoch: u64,
    /// The versions: number, status, day of making, check value.
    pub keys: Vec<(u32, Status, String, String)>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    tenant: String,
    kek: String,
    epoch: u64,
    primary: u32,
    keys: Vec<Key>,
    mac: String,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Key {
    version: u32,
    status: Status,
    created: String,
    wrapped: String,
    check: String,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keyring({}, v{})", self.file.tenant, self.file.primary)
    }
}

/// A change of a keyring.
#[derive(Clone, Copy, Debug)]
pub enum Change<'a> {
    /// A new root becomes primary; the old one takes tokens back.
    Rotate {
        /// Today, for people.
        created: &'a str,
    },
    /// The roots are wrapped by another KEK. No token changes.
    Rewrap {
        /// The new KEK, as it is written down.
        kek: &'a str,
    },
    /// A version that takes tokens back is put aside.
    Disable(u32),
    /// A version that was put aside takes tokens back again.
    Enable(u32),
    /// The root of a version that was put aside goes for ever.
    Destroy(u32),
}

impl Keyring {
    /// Makes a keyring with one new root, wrapped by `kek`, and writes it to `path` with mode 0600.
    /// `created` is today's date, for people. Refuses to overwrite: [`Code::KeyringExists`].
    pub fn create(
        path: &Path,
        tenant: &str,
        kek: &str,
        created: &str,
        dev: bool,
    ) -> Result<Keyring, Code> {
        let keeper = reach(path, kek, dev)?;
        let mut ring = Keyring::generate(tenant, created)?;
        ring.file.kek = kek.to_string();
        let binding = Binding { tenant, version: 1 };
        let root = ring.roots.get(&1).ok_or(Code::Internal)?;
        ring.file.keys[0].wrapped = BASE64.encode(&keeper.wrap(root, &binding)?);
        ring.seal()?;
        let _lock = lock(path)?;
        write_private(path, ring.file.text()?.as_bytes())?;
        // An epoch that lies here was another keyring's.
        ring.write_epoch(path);
        Ok(ring)
    }

    /// Makes a keyring that lives in memory only; the demo and `preview` use it.
    pub fn generate(tenant: &str, created: &str) -> Result<Keyring, Code> {
        Keyring::from_root(tenant, created, new_root()?)
    }

    /// A keyring with a known root, so that golden cases have known tokens. Never for real data.
    pub fn for_tests(tenant: &str) -> Keyring {
        Keyring::from_root(tenant, "2026-01-01", Zeroizing::new([0x2a; 32])).expect("a keyring")
    }

    fn from_root(tenant: &str, created: &str, root: Root) -> Result<Keyring, Code> {
        let key = Key {
            version: 1,
            status: Status::Primary,
            created: created.into(),
            wrapped: String::new(),
            check: check_value(&root, tenant, 1),
        };
        let file = File {
            format: FORMAT,
            tenant: tenant.into(),
            kek: String::new(),
            epoch: 1,
            primary: 1,
            keys: vec![key],
            mac: String::new(),
        };
        let mut ring = Keyring { file, roots: BTreeMap::from([(1, root)]) };
        ring.seal()?;
        Ok(ring)
    }

    /// What the file says, without asking its KEK.
    pub fn page(path: &Path) -> Result<KeyringPage, Code> {
        let file = File::read(path)?;
        let keys = file.keys.into_iter().map(|key| {
            let Key { version, status, created, check, .. } = key;
            (version, status, created, check)
        });
        Ok(KeyringPage {
            tenant: file.tenant,
            kek: file.kek,
            epoch: file.epoch,
            keys: keys.collect(),
        })
    }

    /// Reads a keyring, has its KEK open it, and checks everything: mode, check values, MAC, and
    /// that it is not older than one that was seen here before. `dev` allows the KEKs that guard
    /// nothing that matters.
    pub fn load(path: &Path, dev: bool) -> Result<Keyring, Code> {
        let (ring, seen) = Keyring::checked(path, dev)?;
        if seen < ring.file.epoch {
            // A folder that cannot be written to (a mounted secret) has no lock and remembers
            // nothing; what mounts it has to be trusted.
            if let Ok(_lock) = lock(path) {
                ring.remember(path)?;
            }
        }
        Ok(ring)
    }

    /// A keyring with the checks of every start, and the newest epoch that was seen before it.
    fn checked(path: &Path, dev: bool) -> Result<(Keyring, u64), Code> {
        // The epoch first: a change writes the keyring first. In the other order, a change in
        // between would look like an old keyring. So reading needs no lock, and a key server that
        // does not answer holds nobody up.
        let seen = seen_epoch(path)?;
        let file = File::read(path)?;
        let keeper = reach(path, &file.kek, dev)?;
        let used = |status| matches!(status, Status::Primary | Status::DecryptOnly);
        let ring = Keyring::opened(file, &*keeper, used)?;
        if seen > ring.file.epoch { Err(Code::KeyringRolledBack) } else { Ok((ring, seen)) }
    }

    fn opened(file: File, keeper: &dyn Kek, used: impl Fn(Status) -> bool) -> Result<Self, Code> {
        let mut roots = BTreeMap::new();
        for key in file.keys.iter().filter(|key| used(key.status)) {
            let wrapped = BASE64.decode(key.wrapped.as_bytes()).map_err(|_| Code::KeyringBroken)?;
            let binding = Binding { tenant: &file.tenant, version: key.version };
            let root = keeper.unwrap(&wrapped, &binding)?;
            if check_value(&root, &file.tenant, key.version) != key.check {
                return Err(Code::KeyringBroken);
            }
            roots.insert(key.version, root);
        }
        let root = roots.get(&file.primary).ok_or(Code::KeyringBroken)?;
        let tag = HEXLOWER.decode(file.mac.as_bytes()).map_err(|_| Code::KeyringBroken)?;
        // In constant time: `verify_slice` is `subtle`'s.
        mac(root, &file)?.verify_slice(&tag).map_err(|_| Code::KeyringBroken)?;
        Ok(Keyring { file, roots })
    }

    /// Changes a keyring file, whole or not at all; two processes change it one after the other.
    pub fn change(path: &Path, dev: bool, change: Change<'_>) -> Result<Keyring, Code> {
        let _lock = lock(path)?;
        // The checks of every start, the epoch among them.
        drop(Keyring::checked(path, dev)?);
        let file = File::read(path)?;
        let mut keeper = reach(path, &file.kek, dev)?;
        let mut ring = Keyring::opened(file, &*keeper, |status| status != Status::Destroyed)?;
        match change {
            Change::Rotate { created } => ring.rotate(&*keeper, created)?,
            Change::Rewrap { kek } => {
                keeper = reach(path, kek, dev)?;
                ring.file.kek = kek.to_string();
                ring.rewrap(&*keeper)?;
            }
            Change::Disable(version) => {
                ring.turn(version, Status::DecryptOnly, Status::Disabled)?;
            }
            Change::Enable(version) => {
                ring.turn(version, Status::Disabled, Status::DecryptOnly)?;
            }
            Change::Destroy(version) => {
                ring.turn(version, Status::Disabled, Status::Destroyed)?.wrapped.clear();
                ring.roots.remove(&version);
            }
        }
        ring.file.epoch += 1;
        ring.seal()?;
        // What was written has to open before it takes the old one's place.
        Keyring::opened(ring.file.clone(), &*keeper, |status| status != Status::Destroyed)?;
        replace_private(path, ring.file.text()?.as_bytes())?;
        ring.remember(path)?;
        let File { keys, .. } = &ring.file;
        let idle = keys.iter().filter(|key| key.status == Status::Disabled).map(|key| key.version);
        for version in idle.collect::<Vec<_>>() {
            ring.roots.remove(&version);
        }
        Ok(ring)
    }

    fn rotate(&mut self, keeper: &dyn Kek, created: &str) -> Result<(), Code> {
        let root = new_root()?;
        let version = self.file.keys.iter().map(|key| key.version).max().unwrap_or(0) + 1;
        let tenant = self.file.tenant.clone();
        let wrapped = keeper.wrap(&root, &Binding { tenant: &tenant, version })?;
        for key in self.file.keys.iter_mut().filter(|key| key.status == Status::Primary) {
            key.status = Status::DecryptOnly;
        }
        self.file.keys.push(Key {
            version,
            status: Status::Primary,
            created: created.into(),
            wrapped: BASE64.encode(&wrapped),
            check: check_value(&root, &tenant, version),
        });
        self.file.primary = version;
        self.roots.insert(version, root);
        Ok(())
    }

    fn rewrap(&mut self, keeper: &dyn Kek) -> Result<(), Code> {
        for key in self.file.keys.iter_mut().filter(|key| key.status != Status::Destroyed) {
            let root = self.roots.get(&key.version).ok_or(Code::Internal)?;
            let binding = Binding { tenant: &self.file.tenant, version: key.version };
            key.wrapped = BASE64.encode(&keeper.wrap(root, &binding)?);
        }
        Ok(())
    }

    fn turn(&mut self, version: u32, from: Status, to: Status) -> Result<&mut Key, Code> {
        let key = self.file.keys.iter_mut().find(|key| key.version == version);
        let key = key.filter(|key| key.status == from).ok_or(Code::KeyStatus)?;
        key.status = to;
        Ok(key)
    }

    /// Makes the MAC anew.
    fn seal(&mut self) -> Result<(), Code> {
        let root = self.roots.get(&self.file.primary).ok_or(Code::Internal)?;
        let tag = mac(root, &self.file)?.finalize().into_bytes();
        self.file.mac = HEXLOWER.encode(&tag);
        Ok(())
    }

    /// Writes down the epoch, so that an older file is known for one. Who calls it holds the lock:
    /// another process may have seen a newer one meanwhile, and the epoch only rises.
    fn remember(&self, path: &Path) -> Result<(), Code> {
        if seen_epoch(path)? < self.file.epoch {
            self.write_epoch(path);
        }
        Ok(())
    }

    fn write_epoch(&self, path: &Path) {
        let text = format!("{}\n", self.file.epoch);
        let _ = replace_private(&beside(path, "epoch"), text.as_bytes());
    }

    /// The tenant whose keys these are.
    pub fn tenant(&self) -> &str {
        &self.file.tenant
    }

    /// The key version that new tokens get.
    pub fn version(&self) -> u32 {
        self.file.primary
    }

    /// The versions that can take tokens back, the primary one among them; rising.
    pub fn versions(&self) -> impl Iterator<Item = u32> {
        self.roots.keys().copied()
    }

    /// How often the file was changed.
    pub fn epoch(&self) -> u64 {
        self.file.epoch
    }

    /// Ready ciphers for what a plan needs, under the primary version.
    pub fn snapshot(&self, needs: &[Need]) -> Result<KeySnapshot, Code> {
        self.snapshot_of(self.file.primary, needs)
    }

    /// Ready ciphers under a version; [`Code::KeyStatus`] where it cannot be used.
    pub fn snapshot_of(&self, version: u32, needs: &[Need]) -> Result<KeySnapshot, Code> {
        let root = self.roots.get(&version).ok_or(Code::KeyStatus)?;
        KeySnapshot::derive(root.as_slice(), &self.file.tenant, version, needs)
    }

    /// The key that marks canaries.
    pub(super) fn canary_key(&self, version: u32) -> Result<Zeroizing<[u8; 32]>, Code> {
        let root = self.roots.get(&version).ok_or(Code::KeyStatus)?;
        let mut key = Zeroizing::new([0u8; 32]);
        let info = format!("weir/1|canary|{}|v{version}", self.file.tenant);
        expand(None, root.as_slice(), &info, key.as_mut())?;
        Ok(key)
    }

    /// The key that wraps a store of subjects' secrets.
    pub(super) fn store_key(&self, version: u32) -> Result<Zeroizing<[u8; 64]>, Code> {
        let root = self.roots.get(&version).ok_or(Code::KeyStatus)?;
        let mut key = Zeroizing::new([0u8; 64]);
        let info = format!("weir/1|subjects|{}|v{version}", self.file.tenant);
        expand(None, root.as_slice(), &info, key.as_mut())?;
        Ok(key)
    }
}

impl File {
    fn read(path: &Path) -> Result<File, Code> {
        check_private(path)?;
        let text = std::fs::read_to_string(path).map_err(|_| Code::KeyringUnreadable)?;
        let file: File = serde_json::from_str(&text).map_err(|_| Code::KeyringBroken)?;
        let primaries = file.keys.iter().filter(|key| key.status == Status::Primary);
        let named = primaries.map(|key| key.version).eq([file.primary]);
        if file.format == FORMAT && named { Ok(file) } else { Err(Code::KeyringBroken) }
    }

    fn text(&self) -> Result<String, Code> {
        serde_json::to_string_pretty(self).map(|text| text + "\n").map_err(|_| Code::Internal)
    }
}

/// The newest epoch seen here; 0 where none was. One that cannot be read is not none: whoever empties
/// the file would bring an old keyring back.
fn seen_epoch(path: &Path) -> Result<u64, Code> {
    match std::fs::read_to_string(beside(path, "epoch")) {
        Ok(text) => text.trim().parse().map_err(|_| Code::KeyringRolledBack),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
        Err(_) => Err(Code::KeyringRolledBack),
    }
}

fn reach(path: &Path, kek: &str, dev: bool) -> Result<Box<dyn Kek>, Code> {
    let base = path.parent().unwrap_or(Path::new(""));
    open(&KekName::parse(kek, base)?, dev)
}

fn new_root() -> Result<Root, Code> {
    let mut root = Zeroizing::new([0u8; 32]);
    getrandom::fill(root.as_mut()).map_err(|_| Code::RandomSource)?;
    Ok(root)
}

/// Says whether two files hold the same root, and shows nothing of it.
fn check_value(root: &Root, tenant: &str, version: u32) -> String {
    let mut out = [0u8; 8];
    let info = format!("weir/1|check|{tenant}|v{version}");
    // 8 bytes are always a valid HKDF length.
    let _ = Hkdf::<Sha256>::new(None, root.as_slice()).expand(info.as_bytes(), &mut out);
    HEXLOWER.encode(&out)
}

/// Covers everything but the MAC itself: a status or an epoch edited by hand is found. Keyed from
/// the primary root.
fn mac(root: &Root, file: &File) -> Result<Hmac<Sha256>, Code> {
    let mut key = Zeroizing::new([0u8; 32]);
    // 32 bytes are always a valid HKDF length.
    let _ = Hkdf::<Sha256>::new(None, root.as_slice()).expand(b"weir/2|keyring-mac", key.as_mut());
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&*key).map_err(|_| Code::Internal)?;
    let bare = File { mac: String::new(), ..file.clone() };
    // serde writes the members in one order, and escapes what could be taken for a border.
    mac.update(&serde_json::to_vec(&bare).map_err(|_| Code::Internal)?);
    Ok(mac)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    const TODAY: &str = "2026-01-01";

    struct Folder(PathBuf);

    impl Folder {
        /// A folder with a passphrase in it.
        fn new(name: &str) -> Folder {
            let dir = std::env::temp_dir().join(format!("weir-ring-{name}-{}", std::process::id()));
            let _ = std::fs::remove_dir_all(&dir);
            std::fs::create_dir_all(&dir).expect("a folder");
            write_private(&dir.join("pass"), b"correct horse\n").expect("writes");
            write_private(&dir.join("other"), b"battery staple\n").expect("writes");
            Folder(dir)
        }

        fn ring(&self) -> PathBuf {
            self.0.join("t.keyring")
        }

        fn create(&self) -> Keyring {
            Keyring::create(&self.ring(), "acme", "passphrase:pass", TODAY, true).expect("creates")
        }

        fn load(&self) -> Result<Keyring, Code> {
            Keyring::load(&self.ring(), true)
        }

        fn change(&self, change: Change<'_>) -> Result<Keyring, Code> {
            Keyring::change(&self.ring(), true, change)
        }

        fn text(&self) -> String {
            std::fs::read_to_string(self.ring()).expect("reads")
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_keyring_comes_back_as_it_was() {
        let folder = Folder::new("back");
        let made = folder.create();
        let read = folder.load().expect("loads");
        assert_eq!(made.roots, read.roots);
        let again = Keyring::create(&folder.ring(), "acme", "passphrase:pass", TODAY, true);
        assert_eq!(again.err(), Some(Code::KeyringExists));
        let root = BASE64.encode(read.roots[&1].as_slice());
        assert!(!format!("{read:?}").contains(&root) && !folder.text().contains(&root));
        assert_eq!(Keyring::load(&folder.ring(), false).err(), Some(Code::DevOnly));
    }

    #[test]
    fn edits_and_loose_modes_are_refused() {
        let folder = Folder::new("edit");
        folder.create();
        let text = folder.text();
        for (from, to, code) in [
            ("acme", "evil", Code::KekRefused),
            ("\"epoch\": 1", "\"epoch\": 2", Code::KeyringBroken),
            (TODAY, "2026-01-02", Code::KeyringBroken),
            ("\"status\": \"primary\"", "\"status\": \"disabled\"", Code::KeyringBroken),
            ("passphrase:pass", "passphrase:other", Code::KekRefused),
            ("passphrase:pass", "passphrase:none", Code::KekSecret),
            ("passphrase:pass", "safe:pass", Code::KekUnknown),
            ("\"format\": 2", "\"format\": 3", Code::KeyringBroken),
        ] {
            std::fs::write(folder.ring(), text.replace(from, to)).expect("writes");
            assert_eq!(folder.load().err(), Some(code), "{from}");
        }
        std::fs::write(folder.ring(), &text).expect("writes");
        for (file, code) in [("t.keyring", Code::KeyringMode), ("pass", Code::KekSecret)] {
            let path = folder.0.join(file);
            let mode = std::os::unix::fs::PermissionsExt::from_mode;
            std::fs::set_permissions(&path, mode(0o640)).expect("chmod");
            assert_eq!(folder.load().err(), Some(code), "{file}");
            std::fs::set_permissions(&path, mode(0o600)).expect("chmod");
        }
        folder.load().expect("loads");
        let none = Keyring::load(&folder.0.join("none"), true);
        assert_eq!(none.err(), Some(Code::KeyringUnreadable));
    }

    #[test]
    fn versions_rise_and_old_ones_are_put_aside_step_by_step() {
        let folder = Folder::new("versions");
        let first = folder.create();
        let ring = folder.change(Change::Rotate { created: TODAY }).expect("rotates");
        assert_eq!((ring.version(), ring.epoch()), (2, 2));
        assert_eq!(ring.versions().collect::<Vec<_>>(), [1, 2]);
        assert_eq!(ring.roots[&1], first.roots[&1]);
        assert_ne!(ring.roots[&2], first.roots[&1]);
        // The primary one cannot go, and nothing goes in one step.
        assert_eq!(folder.change(Change::Disable(2)).err(), Some(Code::KeyStatus));
        assert_eq!(folder.change(Change::Destroy(1)).err(), Some(Code::KeyStatus));
        assert_eq!(folder.change(Change::Disable(7)).err(), Some(Code::KeyStatus));
        let ring = folder.change(Change::Disable(1)).expect("disables");
        assert_eq!(ring.snapshot_of(1, &[]).err(), Some(Code::KeyStatus));
        let ring = folder.change(Change::Enable(1)).expect("enables");
        assert!(ring.snapshot_of(1, &[]).is_ok());
        folder.change(Change::Disable(1)).expect("disables");
        folder.change(Change::Destroy(1)).expect("destroys");
        assert_eq!(folder.change(Change::Enable(1)).err(), Some(Code::KeyStatus));
        let page = Keyring::page(&folder.ring()).expect("reads");
        assert_eq!(page.keys[0].1, Status::Destroyed);
        assert!(folder.text().contains("\"wrapped\": \"\""));
        let ring = folder.change(Change::Rotate { created: TODAY }).expect("rotates");
        assert_eq!(ring.version(), 3, "the number of a destroyed version is not given out again");
    }

    #[test]
    fn rewrap_changes_the_kek_and_no_root() {
        let folder = Folder::new("rewrap");
        folder.create();
        folder.change(Change::Rotate { created: TODAY }).expect("rotates");
        folder.change(Change::Disable(1)).expect("disables");
        let before = folder.load().expect("loads");
        let bad = folder.change(Change::Rewrap { kek: "passphrase:none" });
        assert_eq!(bad.err(), Some(Code::KekSecret));
        assert_eq!(folder.load().expect("as it was").epoch(), before.epoch());
        folder.change(Change::Rewrap { kek: "passphrase:other" }).expect("rewraps");
        std::fs::remove_file(folder.0.join("pass")).expect("removes");
        let after = folder.load().expect("loads");
        assert_eq!(after.roots, before.roots);
        assert!(folder.change(Change::Enable(1)).is_ok(), "what is put aside was wrapped anew too");
    }

    #[test]
    fn an_older_keyring_is_refused() {
        let folder = Folder::new("rollback");
        folder.create();
        folder.change(Change::Rotate { created: TODAY }).expect("rotates");
        let old = folder.text();
        folder.change(Change::Disable(1)).expect("disables");
        std::fs::write(folder.ring(), old).expect("writes");
        assert_eq!(folder.load().err(), Some(Code::KeyringRolledBack));
        let change = folder.change(Change::Rotate { created: TODAY });
        assert_eq!(change.err(), Some(Code::KeyringRolledBack));
    }

    #[test]
    fn changes_at_once_are_made_one_after_the_other() {
        let folder = Folder::new("at-once");
        folder.create();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| folder.change(Change::Rotate { created: TODAY }).expect("rotates"));
            }
        });
        let ring = folder.load().expect("loads");
        assert_eq!((ring.version(), ring.epoch()), (5, 5));
        assert_eq!(ring.versions().count(), 5);
    }

    #[test]
    fn an_epoch_that_cannot_be_read_is_not_none() {
        let folder = Folder::new("epoch");
        folder.create();
        let epoch = beside(&folder.ring(), "epoch");
        for text in ["", "\n", "-1", "2x", "\0\0"] {
            std::fs::write(&epoch, text).expect("writes");
            assert_eq!(folder.load().err(), Some(Code::KeyringRolledBack), "{text:?}");
        }
        std::fs::remove_file(&epoch).expect("removes");
        folder.load().expect("as the help says");
        assert_eq!(std::fs::read_to_string(&epoch).expect("remembered"), "1\n");
        // A new keyring in the place of one that was taken away is no older state of it.
        std::fs::write(&epoch, "7\n").expect("writes");
        std::fs::remove_file(folder.ring()).expect("removes");
        folder.create();
        folder.load().expect("loads");
    }

    #[test]
    fn loads_while_it_is_changed_see_no_older_keyring() {
        let folder = Folder::new("load-change");
        folder.create();
        folder.change(Change::Rotate { created: TODAY }).expect("rotates");
        let done = std::sync::atomic::AtomicBool::new(false);
        let order = std::sync::atomic::Ordering::SeqCst;
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    while !done.load(order) {
                        folder.load().expect("loads");
                    }
                });
            }
            let changes = (0..25).map(|n| match n % 2 {
                0 => folder.change(Change::Disable(1)),
                _ => folder.change(Change::Enable(1)),
            });
            let changes: Vec<_> = changes.map(|ring| ring.map(|_| ())).collect();
            done.store(true, order);
            assert!(changes.iter().all(Result::is_ok), "{changes:?}");
        });
        let epoch = std::fs::read_to_string(beside(&folder.ring(), "epoch")).expect("reads");
        assert_eq!(epoch, format!("{}\n", folder.load().expect("loads").epoch()));
    }

    #[test]
    fn an_epoch_never_falls() {
        let folder = Folder::new("falls");
        let first = folder.create();
        folder.change(Change::Rotate { created: TODAY }).expect("rotates");
        // A slow loader that read the keyring before the change.
        first.remember(&folder.ring()).expect("remembers");
        let epoch = std::fs::read_to_string(beside(&folder.ring(), "epoch")).expect("reads");
        assert_eq!(epoch, "2\n");
    }

    /// The MAC is of the primary root: an older version's root is told by its check value.
    #[test]
    fn another_root_in_the_place_of_an_older_one_is_found() {
        let folder = Folder::new("check");
        folder.create();
        let mut ring = folder.change(Change::Rotate { created: TODAY }).expect("rotates");
        let keeper = reach(&folder.ring(), "passphrase:pass", true).expect("a KEK");
        let other = new_root().expect("a root");
        let sealed = keeper.wrap(&other, &Binding { tenant: "acme", version: 1 }).expect("wraps");
        ring.file.keys[0].wrapped = BASE64.encode(&sealed);
        ring.seal().expect("seals");
        std::fs::write(folder.ring(), ring.file.text().expect("text")).expect("writes");
        assert_eq!(folder.load().err(), Some(Code::KeyringBroken));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_that_cannot_be_written_to_still_gives_its_keyring() {
        let folder = Folder::new("mounted");
        folder.create();
        std::fs::remove_file(beside(&folder.ring(), "epoch")).expect("removes");
        std::fs::remove_file(beside(&folder.ring(), "lock")).expect("removes");
        // A folder in the lock's place: nobody opens it for writing, root neither.
        std::fs::create_dir(beside(&folder.ring(), "lock")).expect("a folder");
        folder.load().expect("loads");
        assert!(!beside(&folder.ring(), "epoch").exists());
        assert_eq!(folder.change(Change::Rotate { created: TODAY }).err(), Some(Code::FileOutput));
    }
}

//! The keyring file: one tenant, one root for each version, a check value for each, and a MAC over
//! the whole. In this version the root lies in the file itself, guarded by mode 0600 alone.

use super::cipher::{KeySnapshot, Purpose};
use crate::phi::{Class, Code};
use data_encoding::{BASE64, HEXLOWER};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::io::Write;
use std::path::Path;
use zeroize::{Zeroize, Zeroizing};

/// The keys of one tenant.
pub struct Keyring {
    file: File,
    root: Zeroizing<[u8; 32]>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    tenant: String,
    kek: Kek,
    epoch: u64,
    primary: u32,
    keys: Vec<Key>,
    mac: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kek {
    provider: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Key {
    version: u32,
    status: String,
    created: String,
    root: String,
    check: String,
}

impl Drop for Key {
    fn drop(&mut self) {
        self.root.zeroize();
    }
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keyring({}, v{})", self.file.tenant, self.file.primary)
    }
}

impl Keyring {
    /// Makes a keyring with one new root and writes it to `path` with mode 0600.
    /// `created` is today's date, for people. Refuses to overwrite: [`Code::KeyringExists`].
    pub fn create(path: &Path, tenant: &str, created: &str) -> Result<Keyring, Code> {
        let ring = Keyring::generate(tenant, created)?;
        let text = serde_json::to_string_pretty(&ring.file).map_err(|_| Code::Internal)?;
        write_private(path, Zeroizing::new(text + "\n").as_bytes())?;
        Ok(ring)
    }

    /// Makes a keyring that lives in memory only; the demo and tests use it.
    pub fn generate(tenant: &str, created: &str) -> Result<Keyring, Code> {
        let mut root = Zeroizing::new([0u8; 32]);
        getrandom::fill(root.as_mut()).map_err(|_| Code::RandomSource)?;
        Ok(Keyring::from_root(tenant, created, root))
    }

    /// A keyring with a known root, so that golden cases have known tokens. Never for real data.
    pub fn for_tests(tenant: &str) -> Keyring {
        Keyring::from_root(tenant, "2026-01-01", Zeroizing::new([0x2a; 32]))
    }

    fn from_root(tenant: &str, created: &str, root: Zeroizing<[u8; 32]>) -> Keyring {
        let key = Key {
            version: 1,
            status: "primary".into(),
            created: created.into(),
            root: BASE64.encode(root.as_ref()),
            check: check_value(root.as_ref(), tenant, 1),
        };
        let mut file = File {
            format: 1,
            tenant: tenant.into(),
            kek: Kek { provider: "none".into() },
            epoch: 1,
            primary: 1,
            keys: vec![key],
            mac: String::new(),
        };
        file.mac = HEXLOWER.encode(&mac(root.as_ref(), &file).finalize().into_bytes());
        Keyring { file, root }
    }

    /// Reads and checks a keyring: mode, check value, MAC.
    pub fn load(path: &Path) -> Result<Keyring, Code> {
        check_private(path)?;
        let text = std::fs::read_to_string(path).map_err(|_| Code::KeyringUnreadable)?;
        let text = Zeroizing::new(text);
        let file: File = serde_json::from_str(&text).map_err(|_| Code::KeyringBroken)?;
        let key = file
            .keys
            .iter()
            .find(|key| key.version == file.primary && key.status == "primary")
            .ok_or(Code::KeyringBroken)?;
        let bytes =
            Zeroizing::new(BASE64.decode(key.root.as_bytes()).map_err(|_| Code::KeyringBroken)?);
        let mut root = Zeroizing::new([0u8; 32]);
        if bytes.len() != root.len() || file.format != 1 || file.kek.provider != "none" {
            return Err(Code::KeyringBroken);
        }
        root.copy_from_slice(&bytes);
        if check_value(root.as_ref(), &file.tenant, key.version) != key.check {
            return Err(Code::KeyringBroken);
        }
        let tag = HEXLOWER.decode(file.mac.as_bytes()).map_err(|_| Code::KeyringBroken)?;
        mac(root.as_ref(), &file).verify_slice(&tag).map_err(|_| Code::KeyringBroken)?;
        Ok(Keyring { file, root })
    }

    /// The tenant whose keys these are.
    pub fn tenant(&self) -> &str {
        &self.file.tenant
    }

    /// The key version that new tokens get.
    pub fn version(&self) -> u32 {
        self.file.primary
    }

    /// Ready ciphers for what a plan needs.
    pub fn snapshot(&self, needs: &[(Purpose, Class)]) -> Result<KeySnapshot, Code> {
        KeySnapshot::derive(self.root.as_ref(), &self.file.tenant, self.file.primary, needs)
    }
}

/// Says whether two files hold the same root, and shows nothing of it.
fn check_value(root: &[u8], tenant: &str, version: u32) -> String {
    let mut out = [0u8; 8];
    let info = format!("weir/1|check|{tenant}|v{version}");
    // 8 bytes are always a valid HKDF length.
    let _ = Hkdf::<Sha256>::new(None, root).expand(info.as_bytes(), &mut out);
    HEXLOWER.encode(&out)
}

/// Covers everything but the MAC itself: a status or an epoch edited by hand is found.
fn mac(root: &[u8], file: &File) -> Hmac<Sha256> {
    let mut key = Zeroizing::new([0u8; 32]);
    // 32 bytes are always a valid HKDF length.
    let _ = Hkdf::<Sha256>::new(None, root).expand(b"weir/1|keyring-mac", key.as_mut());
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(&*key).expect("HMAC takes keys of any length");
    let File { format, tenant, kek, epoch, primary, keys, mac: _ } = file;
    mac.update(
        format!("{format}|{}|{tenant}|{}|{epoch}|{primary}", tenant.len(), kek.provider).as_bytes(),
    );
    for Key { version, status, created, root, check } in keys {
        mac.update(format!("|{version}|{status}|{created}|{root}|{check}").as_bytes());
    }
    mac
}

/// Writes a new file that only its owner can read, and syncs it.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Code> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Code::KeyringExists,
        _ => Code::FileOutput,
    })?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|_| Code::FileOutput)
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

    fn folder(name: &str) -> std::path::PathBuf {
        let dir = std::env::temp_dir().join(format!("weir-ring-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).expect("a folder");
        dir
    }

    #[test]
    fn a_keyring_comes_back_as_it_was() {
        let dir = folder("back");
        let path = dir.join("t.keyring");
        let made = Keyring::create(&path, "acme", "2026-01-01").expect("creates");
        let read = Keyring::load(&path).expect("loads");
        assert_eq!(made.root, read.root);
        assert_eq!(Keyring::create(&path, "acme", "2026-01-01").err(), Some(Code::KeyringExists));
        assert!(!format!("{read:?}").contains(&read.file.keys[0].root));
        std::fs::remove_dir_all(dir).expect("removes");
    }

    #[test]
    fn edits_and_loose_modes_are_refused() {
        let dir = folder("edit");
        let path = dir.join("t.keyring");
        Keyring::create(&path, "acme", "2026-01-01").expect("creates");
        let text = std::fs::read_to_string(&path).expect("reads");
        for (from, to) in
            [("acme", "evil"), ("\"epoch\": 1", "\"epoch\": 2"), ("2026-01-01", "2026-01-02")]
        {
            std::fs::write(&path, text.replace(from, to)).expect("writes");
            assert_eq!(Keyring::load(&path).err(), Some(Code::KeyringBroken), "{from}");
        }
        std::fs::write(&path, &text).expect("writes");
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o640))
            .expect("chmod");
        assert_eq!(Keyring::load(&path).err(), Some(Code::KeyringMode));
        assert_eq!(Keyring::load(&dir.join("none")).err(), Some(Code::KeyringUnreadable));
        std::fs::remove_dir_all(dir).expect("removes");
    }
}

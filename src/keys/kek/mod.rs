//! Who wraps the tenant's roots. A key-encryption key (KEK) stays with its keeper: an HSM, a key
//! service, or, for development, a passphrase. [`PROVIDERS`] is the table, a [`KekName`] the way to
//! write one down, [`open`] the door.

#[cfg(feature = "aws-kms")]
mod aws;
mod passphrase;
#[cfg(feature = "custody")]
mod pkcs11;
#[cfg(feature = "custody")]
mod vault;

pub use passphrase::make_passphrase;

use crate::phi::Code;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// A tenant's root of one version.
pub(super) type Root = Zeroizing<[u8; 32]>;

/// What a wrapped root is bound to: it opens for the same tenant and version only.
pub(super) struct Binding<'a> {
    pub(super) tenant: &'a str,
    pub(super) version: u32,
}

impl Binding<'_> {
    /// Additional data of an AEAD.
    #[cfg_attr(not(feature = "custody"), allow(dead_code))]
    fn aad(&self) -> Vec<u8> {
        format!("weir/keyring/2|{}|{}", self.tenant, self.version).into_bytes()
    }
}

/// A key-encryption key.
pub(super) trait Kek {
    /// Wraps a root.
    fn wrap(&self, root: &Root, binding: &Binding<'_>) -> Result<Vec<u8>, Code>;
    /// Opens what [`Kek::wrap`] gave, under the same binding.
    fn unwrap(&self, wrapped: &[u8], binding: &Binding<'_>) -> Result<Root, Code>;
}

/// One line of the table of providers.
pub struct ProviderEntry {
    /// Its name: what stands before the first colon.
    pub name: &'static str,
    /// What it is, in words.
    pub what: &'static str,
    /// How a KEK of its kind is written.
    pub example: &'static str,
    /// It guards nothing that matters: only with `--dev`.
    pub dev_only: bool,
    open: Option<Open>,
}

type Open = fn(&KekName) -> Result<Box<dyn Kek>, Code>;

impl ProviderEntry {
    /// Whether this build of weir can use it.
    pub fn is_built(&self) -> bool {
        self.open.is_some()
    }
}

impl std::fmt::Debug for ProviderEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ProviderEntry({})", self.name)
    }
}

/// The table of providers.
pub const PROVIDERS: &[ProviderEntry] = &[
    ProviderEntry {
        name: "pkcs11",
        what: "an AES key of an HSM, by PKCS#11; it never leaves the HSM",
        example: "pkcs11:token=weir;object=weir-kek?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=/run/secrets/pin",
        dev_only: false,
        #[cfg(feature = "custody")]
        open: Some(pkcs11::open),
        #[cfg(not(feature = "custody"))]
        open: None,
    },
    ProviderEntry {
        name: "aws-kms",
        what: "a symmetric key of AWS KMS; credentials as the AWS SDK finds them (build with --features aws-kms)",
        example: "aws-kms:alias/weir?region=eu-central-1",
        dev_only: false,
        #[cfg(feature = "aws-kms")]
        open: Some(aws::open),
        #[cfg(not(feature = "aws-kms"))]
        open: None,
    },
    ProviderEntry {
        name: "vault-transit",
        what: "a key of the transit engine of HashiCorp Vault or OpenBao",
        example: "vault-transit:https://vault.internal:8200/transit/weir?token-source=/run/secrets/vault-token&ca=/etc/ssl/vault.pem",
        dev_only: false,
        #[cfg(feature = "custody")]
        open: Some(vault::open),
        #[cfg(not(feature = "custody"))]
        open: None,
    },
    ProviderEntry {
        name: "passphrase",
        what: "a passphrase in a file of mode 0600, for development only",
        example: "passphrase:weir.passphrase",
        dev_only: true,
        open: Some(passphrase::open),
    },
];

/// A KEK as it is written down: `provider:place?option=value&option=value`. It names secrets by the
/// file that they are in, and holds none.
#[derive(Clone)]
pub(super) struct KekName {
    entry: &'static ProviderEntry,
    place: String,
    options: Vec<(String, String)>,
    /// Relative files are looked for beside the keyring.
    base: PathBuf,
}

impl KekName {
    /// Reads a name; files in it are relative to `base`.
    pub(super) fn parse(text: &str, base: &Path) -> Result<KekName, Code> {
        let (provider, rest) = text.split_once(':').ok_or(Code::KekUnknown)?;
        let entry =
            PROVIDERS.iter().find(|entry| entry.name == provider).ok_or(Code::KekUnknown)?;
        let (place, options) = rest.split_once('?').unwrap_or((rest, ""));
        let plain = |c: char| c.is_ascii_graphic() && c != '%';
        if place.is_empty() || !rest.chars().all(plain) {
            return Err(Code::KekUnknown);
        }
        let option = |part: &str| {
            let (name, value) = part.split_once('=').ok_or(Code::KekUnknown)?;
            Ok((name.to_string(), value.to_string()))
        };
        let options: Result<Vec<_>, Code> =
            options.split('&').filter(|part| !part.is_empty()).map(option).collect();
        let base = base.to_path_buf();
        Ok(KekName { entry, place: place.to_string(), options: options?, base })
    }

    /// The value of an option.
    #[cfg(feature = "custody")]
    fn option(&self, name: &str) -> Option<&str> {
        self.options.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Refuses an option that is not among these.
    fn only(&self, known: &[&str]) -> Result<(), Code> {
        match self.options.iter().all(|(name, _)| known.contains(&name.as_str())) {
            true => Ok(()),
            false => Err(Code::KekUnknown),
        }
    }

    /// A file that anyone may read: a certificate.
    #[cfg(feature = "custody")]
    fn public(&self, path: &str) -> Result<Vec<u8>, Code> {
        let bytes = std::fs::read(self.base.join(path)).map_err(|_| Code::KekSecret)?;
        if bytes.is_empty() { Err(Code::KekSecret) } else { Ok(bytes) }
    }

    /// The first line of a private file that an option or the place names.
    fn secret(&self, path: &str) -> Result<Zeroizing<String>, Code> {
        // RFC 7512 writes the source of a PIN as a URI.
        let path = self.base.join(path.strip_prefix("file:").unwrap_or(path));
        // It is not the keyring that is missing or loose: the code says so.
        crate::keys::file::check_private(&path).map_err(|_| Code::KekSecret)?;
        let text = std::fs::read_to_string(&path).map(Zeroizing::new);
        let text = text.map_err(|_| Code::KekSecret)?;
        let line = Zeroizing::new(text.lines().next().unwrap_or("").trim().to_string());
        if line.is_empty() { Err(Code::KekSecret) } else { Ok(line) }
    }
}

/// Refuses an address that roots and tokens may not go to: `host` or `host:port`, by TLS or on this
/// machine. What could stand in front of the real host (`127.0.0.1:1@host`) has no place in it.
#[cfg(feature = "custody")]
fn check_address(scheme: &str, authority: &str) -> Result<(), Code> {
    let (host, port) = match authority.find(']') {
        Some(end) => authority.split_at(end + 1),
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let named = match inner {
        Some(inner) => inner.chars().all(|c| c.is_ascii_hexdigit() || c == ':'),
        None => host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')),
    };
    let numbered = port.strip_prefix(':').map_or(port.is_empty(), |n| n.parse::<u16>().is_ok());
    let here = matches!(host, "127.0.0.1" | "localhost" | "[::1]");
    let guarded = scheme == "https" || scheme == "http" && here;
    if !host.is_empty() && named && numbered && guarded { Ok(()) } else { Err(Code::KekUnknown) }
}

/// Reaches the KEK. `dev` allows those that guard nothing that matters.
pub(super) fn open(name: &KekName, dev: bool) -> Result<Box<dyn Kek>, Code> {
    if name.entry.dev_only && !dev {
        return Err(Code::DevOnly);
    }
    name.entry.open.ok_or(Code::KekNotBuilt)?(name)
}

/// 32 bytes of an unwrapped root.
fn root_of(bytes: &[u8]) -> Result<Root, Code> {
    let bytes: [u8; 32] = bytes.try_into().map_err(|_| Code::KekRefused)?;
    Ok(Zeroizing::new(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_a_name_and_every_provider_has_one() {
        for entry in PROVIDERS {
            let name = KekName::parse(entry.example, Path::new(".")).expect("a name");
            assert_eq!(name.entry.name, entry.name);
        }
        for wrong in
            ["", "pkcs11", "safe:x", "passphrase:", "passphrase:a b", "pkcs11:a?b", "a%20:b"]
        {
            assert_eq!(
                KekName::parse(wrong, Path::new(".")).err(),
                Some(Code::KekUnknown),
                "{wrong}"
            );
        }
    }

    #[cfg(feature = "custody")]
    #[test]
    fn plain_text_goes_to_this_machine_and_nobody_passes_for_it() {
        for right in [
            "https://vault.internal:8200",
            "http://127.0.0.1:1",
            "http://localhost",
            "http://[::1]:8200",
            "https://[2001:db8::1]:8200",
            "https://kms.eu-central-1.amazonaws.com",
        ] {
            let (scheme, authority) = right.split_once("://").expect("two parts");
            assert_eq!(check_address(scheme, authority), Ok(()), "{right}");
        }
        for wrong in [
            "http://192.0.2.2:8200",
            "http://127.0.0.1:1@192.0.2.2:8200",
            "http://localhost@192.0.2.2",
            "http://127.0.0.1.example:1",
            "http://localhost.example:1",
            "http://[::1].example:1",
            "http://[::1]@192.0.2.2",
            "http://127.0.0.1:1\\@192.0.2.2",
            "http://127.0.0.1#@192.0.2.2",
            "https://a:b@192.0.2.2",
            "https://",
            "https://:8200",
            "https://host:",
            "ftp://127.0.0.1:1",
            "http://127.0.0.1:99999",
            "https://host:1:2",
            "https://[::1",
            "http://[]:1",
        ] {
            let (scheme, authority) = wrong.split_once("://").expect("two parts");
            assert_eq!(check_address(scheme, authority), Err(Code::KekUnknown), "{wrong}");
        }
    }

    #[test]
    fn a_file_that_a_kek_names_is_not_taken_for_the_keyring() {
        let dir = std::env::temp_dir().join(format!("weir-kek-files-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).expect("a folder");
        crate::keys::file::write_private(&dir.join("empty"), b"\n").expect("writes");
        crate::keys::file::write_private(&dir.join("loose"), b"words\n").expect("writes");
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o640);
        std::fs::set_permissions(dir.join("loose"), mode).expect("chmod");
        for file in ["none", "empty", "loose"] {
            let name = KekName::parse(&format!("passphrase:{file}"), &dir).expect("a name");
            assert_eq!(open(&name, true).err(), Some(Code::KekSecret), "{file}");
        }
        std::fs::remove_dir_all(&dir).expect("removes");
    }
}

//! Ready ciphers for a class: made once from the tenant root, used by kernels, bytes hidden.

use super::ff1::{Halves, Tuned, Way, run_long};
use super::permute::Permutation;
use super::siv::Ready;
use super::subjects::SubjectSecret;
use crate::phi::{Class, Code};
use aes::Aes256;
use aes::cipher::KeyInit as _;
use data_encoding::{Encoding, Specification};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use zeroize::Zeroizing;

/// Base32 (RFC 4648) in lower case, without padding.
static BASE32: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("abcdefghijklmnopqrstuvwxyz234567");
    specification.encoding().expect("32 symbols")
});

/// What a derived key is for. One key, one purpose, one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// Format-preserving encryption.
    Fpe,
    /// Deterministic authenticated encryption.
    Siv,
    /// One-way tokens.
    Hash,
    /// Date shifts.
    Shift,
    /// Permutations of small domains.
    Permute,
    /// Names, places and organisations of lists.
    Surrogate,
    /// Pseudonyms of subjects, by which their records are found again.
    Trail,
}

impl Purpose {
    fn label(self) -> &'static str {
        match self {
            Purpose::Fpe => "fpe",
            Purpose::Siv => "siv",
            Purpose::Hash => "hash",
            Purpose::Shift => "shift",
            Purpose::Permute => "permute",
            Purpose::Surrogate => "surrogate",
            Purpose::Trail => "trail",
        }
    }
}

/// Who can link two tokens of one value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Whoever has both: one value has one token in every topic, dataset and API of the tenant.
    #[default]
    Join,
    /// Whoever has both from one destination: another destination's token is another one.
    Destination,
    /// The same, until the person's secret is shredded: then no token of theirs can be taken back.
    Subject,
}

impl Scope {
    /// Every scope with its name in policies.
    pub const NAMES: &[(&str, Scope)] =
        &[("join", Scope::Join), ("destination", Scope::Destination), ("subject", Scope::Subject)];

    /// Its name in policies.
    pub fn name(self) -> &'static str {
        Scope::NAMES.iter().find(|(_, scope)| *scope == self).map_or("", |(name, _)| name)
    }
}

/// What a subject is called in a trail: the first half of an HMAC-SHA-256, so that two of ten million
/// people share one with a chance of 2e-25.
pub type Pseudonym = [u8; 16];

/// One cipher that a plan needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    /// What the key is for.
    pub purpose: Purpose,
    /// The class of the values.
    pub class: Class,
    /// The scope of the tokens.
    pub scope: Scope,
    /// The destination's name, where it is the scope.
    pub destination: Option<String>,
}

impl Need {
    /// A cipher of `join` scope.
    pub fn join(purpose: Purpose, class: Class) -> Need {
        Need { purpose, class, scope: Scope::Join, destination: None }
    }

    /// What pseudonyms of subjects are made with: one key, whatever the class of their ids.
    pub fn trail() -> Need {
        Need::join(Purpose::Trail, Class::OpaqueId)
    }
}

/// Opaque handles to the ciphers that one plan needs; what the pure part sees of keys.
pub struct KeySnapshot {
    tenant: String,
    version: u32,
    fpe: BTreeMap<(Class, Scope), Fpe>,
    siv: BTreeMap<(Class, Scope), Siv>,
    mac: BTreeMap<(Purpose, Class, Scope), Mac>,
    permute: BTreeMap<(Class, Scope), Permutation>,
    /// What the ciphers of each subject are derived from, together with their secret.
    bases: BTreeMap<(Purpose, Class), Zeroizing<[u8; 32]>>,
}

impl std::fmt::Debug for KeySnapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeySnapshot(v{})", self.version)
    }
}

impl KeySnapshot {
    pub(super) fn derive(
        root: &[u8],
        tenant: &str,
        version: u32,
        needs: &[Need],
    ) -> Result<Self, Code> {
        let mut snapshot = KeySnapshot::empty(tenant, version);
        for need in needs {
            // A shift is one for each subject, whatever the class of the date.
            let class = if need.purpose == Purpose::Shift { Class::Date } else { need.class };
            let label = need.purpose.label();
            let info = format!("weir/1|{label}|{tenant}|{}|v{version}", class.name());
            match (need.scope, &need.destination) {
                (Scope::Join, _) => snapshot.add(need.purpose, class, need.scope, root, &info)?,
                (Scope::Destination, Some(name)) => {
                    let info = format!("{info}|destination|{name}");
                    snapshot.add(need.purpose, class, need.scope, root, &info)?;
                }
                (Scope::Destination, None) => return Err(Code::Internal),
                (Scope::Subject, _) => {
                    let mut base = Zeroizing::new([0u8; 32]);
                    expand(None, root, &format!("{info}|subject"), base.as_mut())?;
                    snapshot.bases.insert((need.purpose, class), base);
                }
            }
        }
        Ok(snapshot)
    }

    /// The cipher of one purpose and class for one subject, under [`Scope::Subject`].
    pub fn of_subject(
        &self,
        purpose: Purpose,
        class: Class,
        secret: &SubjectSecret,
    ) -> Result<KeySnapshot, Code> {
        let class = if purpose == Purpose::Shift { Class::Date } else { class };
        let base = self.bases.get(&(purpose, class)).ok_or(Code::Internal)?;
        // The secret is the salt: without it there is no key, whoever has the roots.
        let mut root = Zeroizing::new([0u8; 32]);
        expand(Some(secret.0.as_slice()), base.as_slice(), "weir/1|subject", root.as_mut())?;
        let mut snapshot = KeySnapshot::empty(&self.tenant, self.version);
        snapshot.add(purpose, class, Scope::Subject, root.as_slice(), purpose.label())?;
        Ok(snapshot)
    }

    fn empty(tenant: &str, version: u32) -> KeySnapshot {
        KeySnapshot {
            tenant: tenant.to_string(),
            version,
            fpe: BTreeMap::new(),
            siv: BTreeMap::new(),
            mac: BTreeMap::new(),
            permute: BTreeMap::new(),
            bases: BTreeMap::new(),
        }
    }

    fn add(
        &mut self,
        purpose: Purpose,
        class: Class,
        scope: Scope,
        root: &[u8],
        info: &str,
    ) -> Result<(), Code> {
        match purpose {
            Purpose::Siv => {
                let mut key = Zeroizing::new([0u8; 64]);
                expand(None, root, info, key.as_mut())?;
                let header = format!("{}|{}", self.tenant, class.name()).into_bytes();
                let head = format!("[{}~v{}:", class.entry().tag, self.version);
                self.siv.insert((class, scope), Siv { ready: Ready::new(key, header), head });
            }
            _ => {
                let mut key = Zeroizing::new([0u8; 32]);
                expand(None, root, info, key.as_mut())?;
                match purpose {
                    Purpose::Fpe => {
                        self.fpe.insert((class, scope), Fpe::new(&key, &self.tenant, class));
                    }
                    Purpose::Permute => {
                        self.permute.insert((class, scope), Permutation::new(&key));
                    }
                    _ => {
                        self.mac.insert((purpose, class, scope), Mac::new(&key));
                    }
                }
            }
        }
        Ok(())
    }

    /// The key version that travels in the header `weir-keys`.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The FF1 cipher of a class.
    pub fn fpe(&self, class: Class, scope: Scope) -> Option<&Fpe> {
        self.fpe.get(&(class, scope))
    }

    /// The AES-SIV cipher of a class.
    pub fn siv(&self, class: Class, scope: Scope) -> Option<&Siv> {
        self.siv.get(&(class, scope))
    }

    /// The key of a class for one-way tokens.
    pub fn hash(&self, class: Class, scope: Scope) -> Option<&Mac> {
        self.mac.get(&(Purpose::Hash, class, scope))
    }

    /// The key of a class for surrogates.
    pub fn surrogate(&self, class: Class, scope: Scope) -> Option<&Mac> {
        self.mac.get(&(Purpose::Surrogate, class, scope))
    }

    /// The permutations of a class.
    pub fn permutation(&self, class: Class, scope: Scope) -> Option<&Permutation> {
        self.permute.get(&(class, scope))
    }

    /// A subject's pseudonym, where the plan keeps a trail. The id is in canonical form.
    pub fn pseudonym(&self, subject: &str) -> Option<Pseudonym> {
        let mac = self.mac.get(&(Purpose::Trail, Class::OpaqueId, Scope::Join))?;
        let mut pseudonym = [0; 16];
        pseudonym.copy_from_slice(&mac.tag(subject.as_bytes())[..16]);
        Some(pseudonym)
    }

    /// What tells this version's pseudonyms from those of another keyring: that of nobody.
    pub fn pseudonym_check(&self) -> Option<String> {
        let nobody = self.pseudonym("")?;
        Some(data_encoding::HEXLOWER.encode(&nobody[..8]))
    }

    /// The key for date shifts.
    pub fn shift(&self, scope: Scope) -> Option<&Mac> {
        self.mac.get(&(Purpose::Shift, Class::Date, scope))
    }
}

/// HKDF-SHA256 (RFC 5869).
pub(super) fn expand(
    salt: Option<&[u8]>,
    root: &[u8],
    info: &str,
    out: &mut [u8],
) -> Result<(), Code> {
    Hkdf::<Sha256>::new(salt, root).expand(info.as_bytes(), out).map_err(|_| Code::Internal)
}

/// FF1 with AES-256, ready for one (tenant, class).
///
/// ```compile_fail
/// fn bytes(cipher: &weir::keys::Fpe) -> &[u8] {
///     &*cipher.key // private
/// }
/// ```
pub struct Fpe {
    /// For the values that only the `fpe` crate takes.
    key: Zeroizing<[u8; 32]>,
    aes: Aes256,
    /// Constant for each (tenant, class): joins need it, and NIST asks for a tweak.
    tweak: [u8; 16],
    /// Digits of the usual lengths, made ready once.
    digits: Vec<Tuned>,
}

/// Lengths of digit strings that are made ready once.
const DIGITS_READY: std::ops::Range<u32> = 6..21;

impl Fpe {
    fn new(key: &[u8; 32], tenant: &str, class: Class) -> Fpe {
        use sha2::Digest;
        let mut tweak = [0; 16];
        let hash = Sha256::digest(format!("weir/1|{tenant}|{}", class.name()));
        tweak.copy_from_slice(&hash[..16]);
        let aes = Aes256::new(key.into());
        let ready = |len| Tuned::new(&aes, 10, len, &tweak);
        let digits = DIGITS_READY.filter_map(ready).collect();
        Fpe { key: Zeroizing::new(*key), aes, tweak, digits }
    }

    /// FF1 for strings of `len` numerals below `radix`; `None` where a half is wider than 96 bits.
    /// The floor of the domain is the caller's to hold: what a string is worth, it knows.
    pub fn tuned(&self, radix: u32, len: u32) -> Option<Tuned> {
        match DIGITS_READY.contains(&len) && radix == 10 {
            true => self.digits.get((len - DIGITS_READY.start) as usize).cloned(),
            false => Tuned::new(&self.aes, radix, len, &self.tweak),
        }
    }

    /// Sends halves through FF1, in place, many at a time.
    pub fn run(&self, tuned: &Tuned, way: Way, values: &mut [Halves]) {
        tuned.run(&self.aes, way, values);
    }

    /// Sends one string of any length through FF1, in place: numerals below `radix`.
    pub fn run_long(&self, radix: u32, way: Way, numerals: &mut Vec<u16>) -> Result<(), Code> {
        run_long(&*self.key, radix, &self.tweak, way, numerals)
    }
}

/// AES-SIV: `[CLASS~vN:base32]`.
pub struct Siv {
    ready: Ready,
    /// What is in front of the body.
    head: String,
}

impl Siv {
    /// Gives one token for each value, in their order; a buffer lends them.
    pub fn encrypt_each<'a>(
        &self,
        values: impl Iterator<Item = &'a str> + Clone,
        mut each: impl FnMut(&str),
    ) {
        let mut token = String::new();
        self.ready.seal_each(values, |sealed| {
            token.clear();
            token.push_str(&self.head);
            BASE32.encode_append(sealed, &mut token);
            token.push(']');
            each(&token);
        });
    }

    /// The canonical value behind a token of this class and version, or `None`.
    pub fn decrypt(&self, token: &str) -> Option<Zeroizing<String>> {
        let body = token.strip_prefix(self.head.as_str())?.strip_suffix(']')?;
        let sealed = BASE32.decode(body.to_ascii_lowercase().as_bytes()).ok()?;
        String::from_utf8(self.ready.open(&sealed).ok()?).ok().map(Zeroizing::new)
    }
}

/// HMAC-SHA-256, its key worked in already.
pub struct Mac {
    ready: Hmac<Sha256>,
}

impl Mac {
    fn new(key: &[u8; 32]) -> Mac {
        let ready = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key);
        Mac { ready: ready.expect("HMAC takes keys of any length") }
    }

    /// The tag of `value`.
    pub fn tag(&self, value: &[u8]) -> [u8; 32] {
        let mut mac = self.ready.clone();
        mac.update(value);
        mac.finalize().into_bytes().into()
    }
}

macro_rules! blind_debug {
    ($($name:ident)*) => { $(impl std::fmt::Debug for $name {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(concat!(stringify!($name), "(..)"))
        }
    })* };
}
blind_debug!(Fpe Permutation Tuned Siv Mac);

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(tenant: &str) -> KeySnapshot {
        let needs = [
            Need::join(Purpose::Fpe, Class::Mrn),
            Need::join(Purpose::Siv, Class::PersonName),
            Need::join(Purpose::Hash, Class::Mrn),
        ];
        KeySnapshot::derive(&[7; 32], tenant, 1, &needs).expect("derives")
    }

    #[test]
    fn a_pseudonym_is_of_one_tenant_and_one_version() {
        let of = |root: u8, tenant: &str, version| {
            let snapshot = KeySnapshot::derive(&[root; 32], tenant, version, &[Need::trail()]);
            snapshot.expect("derives").pseudonym("0000012345").expect("a key")
        };
        let all = [of(7, "a", 1), of(7, "a", 2), of(7, "b", 1), of(8, "a", 1)];
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
        assert_eq!(of(7, "a", 1), all[0]);
        assert_eq!(
            snapshot("a").pseudonym("0000012345"),
            None,
            "a plan without a trail has no key"
        );
    }

    #[test]
    fn siv_goes_back_and_names_its_class_and_version() {
        let snapshot = snapshot("a");
        let siv = snapshot.siv(Class::PersonName, Scope::Join).expect("key");
        let mut tokens = Vec::new();
        siv.encrypt_each(["smith,jane"].into_iter(), |token| tokens.push(token.to_string()));
        let token = tokens[0].as_str();
        assert!(token.starts_with("[NAME~v1:"), "{token}");
        assert_eq!(siv.decrypt(token).as_deref().map(String::as_str), Some("smith,jane"));
        assert!(siv.decrypt(&token.replace("v1", "v2")).is_none());
        let (head, body) = token.split_once(':').expect("a body");
        assert!(siv.decrypt(&format!("{head}:{}", body.to_ascii_uppercase())).is_some());
    }
}

//! Ready ciphers for a class: made once from the tenant root, used by kernels, bytes hidden.

use crate::limits::{FPE_CHARS_MAX, FPE_DOMAIN_MIN, FPE_WALKS_MAX};
use crate::phi::{Class, Code};
use aes::Aes256;
use aes_siv::KeyInit as _;
use aes_siv::siv::Aes256Siv;
use fpe::ff1::{FF1, FlexibleNumeralString};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

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
}

impl Purpose {
    fn label(self) -> &'static str {
        match self {
            Purpose::Fpe => "fpe",
            Purpose::Siv => "siv",
            Purpose::Hash => "hash",
            Purpose::Shift => "shift",
        }
    }
}

/// Opaque handles to the ciphers that one plan needs; what the pure part sees of keys.
pub struct KeySnapshot {
    version: u32,
    fpe: BTreeMap<Class, Fpe>,
    siv: BTreeMap<Class, Siv>,
    mac: BTreeMap<(Purpose, Class), Mac>,
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
        needs: &[(Purpose, Class)],
    ) -> Result<Self, Code> {
        let mut snapshot = KeySnapshot {
            version,
            fpe: BTreeMap::new(),
            siv: BTreeMap::new(),
            mac: BTreeMap::new(),
        };
        for &(purpose, class) in needs {
            // A shift is one for each subject, whatever the class of the date.
            let class = if purpose == Purpose::Shift { Class::Date } else { class };
            let label = purpose.label();
            let info = format!("weir/1|{label}|{tenant}|{}|v{version}", class.name());
            let mut key = Zeroizing::new([0u8; 64]);
            let length = if purpose == Purpose::Siv { 64 } else { 32 };
            Hkdf::<Sha256>::new(None, root)
                .expand(info.as_bytes(), &mut key[..length])
                .map_err(|_| Code::Internal)?;
            match purpose {
                Purpose::Fpe => {
                    snapshot.fpe.insert(class, Fpe::new(&key[..32], tenant, class)?);
                }
                Purpose::Siv => {
                    let header = format!("{tenant}|{}", class.name()).into_bytes();
                    let siv = Siv { key: key.clone(), header, version, tag: class.entry().tag };
                    snapshot.siv.insert(class, siv);
                }
                Purpose::Hash | Purpose::Shift => {
                    let mut bytes = Zeroizing::new([0u8; 32]);
                    bytes.copy_from_slice(&key[..32]);
                    snapshot.mac.insert((purpose, class), Mac { key: bytes });
                }
            }
        }
        Ok(snapshot)
    }

    /// The key version that travels in the header `weir-keys`.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The FF1 cipher of a class.
    pub fn fpe(&self, class: Class) -> Option<&Fpe> {
        self.fpe.get(&class)
    }

    /// The AES-SIV cipher of a class.
    pub fn siv(&self, class: Class) -> Option<&Siv> {
        self.siv.get(&class)
    }

    /// The key of a class for one-way tokens.
    pub fn hash(&self, class: Class) -> Option<&Mac> {
        self.mac.get(&(Purpose::Hash, class))
    }

    /// The key for date shifts.
    pub fn shift(&self) -> Option<&Mac> {
        self.mac.get(&(Purpose::Shift, Class::Date))
    }
}

/// FF1 with AES-256 over digits, and over digits and upper-case letters.
pub struct Fpe {
    digits: FF1<Aes256>,
    letters: FF1<Aes256>,
    /// Constant for each (tenant, class): joins need it, and NIST asks for a tweak.
    tweak: [u8; 16],
}

impl Fpe {
    fn new(key: &[u8], tenant: &str, class: Class) -> Result<Self, Code> {
        use sha2::Digest;
        let mut tweak = [0; 16];
        let hash = Sha256::digest(format!("weir/1|{tenant}|{}", class.name()));
        tweak.copy_from_slice(&hash[..16]);
        Ok(Fpe {
            digits: FF1::new(key, 10).map_err(|_| Code::Internal)?,
            letters: FF1::new(key, 36).map_err(|_| Code::Internal)?,
            tweak,
        })
    }

    /// Appends the token of `value` (digits and upper-case letters) to `out`. All digits stay all
    /// digits; a value with a letter gives a token with a letter; `legal` is walked to.
    ///
    /// Refuses [`Code::BelowFloor`] and [`Code::OutsideAlphabet`]; a value that is not `legal`
    /// itself is outside the alphabet, or the walk back would not end at it.
    pub fn encrypt(
        &self,
        value: &str,
        legal: fn(&str) -> bool,
        out: &mut String,
    ) -> Result<(), Code> {
        self.walk(value, legal, out, |cipher, tweak, x| cipher.encrypt(tweak, x))
    }

    /// The inverse of [`Fpe::encrypt`].
    pub fn decrypt(
        &self,
        token: &str,
        legal: fn(&str) -> bool,
        out: &mut String,
    ) -> Result<(), Code> {
        self.walk(token, legal, out, |cipher, tweak, x| cipher.decrypt(tweak, x))
    }

    fn walk<E>(
        &self,
        value: &str,
        legal: fn(&str) -> bool,
        out: &mut String,
        step: impl Fn(&FF1<Aes256>, &[u8], &FlexibleNumeralString) -> Result<FlexibleNumeralString, E>,
    ) -> Result<(), Code> {
        if !value.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()) || !legal(value) {
            return Err(Code::OutsideAlphabet);
        }
        if value.len() > FPE_CHARS_MAX {
            return Err(Code::OutsideAlphabet);
        }
        let numeric = value.bytes().all(|b| b.is_ascii_digit());
        let (cipher, radix) = if numeric { (&self.digits, 10u64) } else { (&self.letters, 36u64) };
        let domain = radix.checked_pow(value.len() as u32).unwrap_or(u64::MAX);
        if domain < FPE_DOMAIN_MIN {
            return Err(Code::BelowFloor);
        }
        let to_numeral =
            |b: u8| u16::from(if b.is_ascii_digit() { b - b'0' } else { b - b'A' + 10 });
        let to_char =
            |n: u16| char::from(if n < 10 { b'0' + n as u8 } else { b'A' + n as u8 - 10 });
        let start = out.len();
        let mut numerals =
            FlexibleNumeralString::from(value.bytes().map(to_numeral).collect::<Vec<_>>());
        for _ in 0..FPE_WALKS_MAX {
            numerals = step(cipher, &self.tweak, &numerals).map_err(|_| Code::OutsideAlphabet)?;
            let plain = Vec::<u16>::from(numerals);
            out.truncate(start);
            out.extend(plain.iter().map(|&n| to_char(n)));
            let token = &out[start..];
            // Without this walk, an all-digit token of a lettered value would be read back by the
            // other radix.
            if token.bytes().all(|b| b.is_ascii_digit()) == numeric && legal(token) {
                return Ok(());
            }
            numerals = FlexibleNumeralString::from(plain);
        }
        out.truncate(start);
        Err(Code::OutsideAlphabet)
    }
}

/// AES-SIV: `[CLASS~vN:base32]`.
pub struct Siv {
    key: Zeroizing<[u8; 64]>,
    header: Vec<u8>,
    version: u32,
    tag: &'static str,
}

impl Siv {
    /// Appends one token for each value. One key schedule serves them all.
    pub fn encrypt_each<'a>(
        &self,
        values: impl Iterator<Item = Option<&'a str>>,
        mut each: impl FnMut(Result<Option<String>, Code>),
    ) {
        let mut cipher = Aes256Siv::new((&*self.key).into());
        for value in values {
            each(match value {
                None => Ok(None),
                Some(value) => match cipher.encrypt([&self.header], value.as_bytes()) {
                    Ok(sealed) => {
                        let body = data_encoding::BASE32_NOPAD.encode(&sealed).to_ascii_lowercase();
                        Ok(Some(format!("[{}~v{}:{body}]", self.tag, self.version)))
                    }
                    Err(_) => Err(Code::Internal),
                },
            });
        }
    }

    /// The canonical value behind a token of this class and version, or `None`.
    pub fn decrypt(&self, token: &str) -> Option<Zeroizing<String>> {
        let head = format!("[{}~v{}:", self.tag, self.version);
        let body = token.strip_prefix(&head)?.strip_suffix(']')?.to_ascii_uppercase();
        let sealed = data_encoding::BASE32_NOPAD.decode(body.as_bytes()).ok()?;
        let mut cipher = Aes256Siv::new((&*self.key).into());
        let value = cipher.decrypt([&self.header], &sealed).ok()?;
        String::from_utf8(value).ok().map(Zeroizing::new)
    }
}

/// HMAC-SHA-256.
pub struct Mac {
    key: Zeroizing<[u8; 32]>,
}

impl Mac {
    /// The tag of `value`.
    pub fn tag(&self, value: &[u8]) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&*self.key)
            .expect("HMAC takes keys of any length");
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
blind_debug!(Fpe Siv Mac);

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(tenant: &str) -> KeySnapshot {
        let needs = [
            (Purpose::Fpe, Class::Mrn),
            (Purpose::Siv, Class::PersonName),
            (Purpose::Hash, Class::Mrn),
        ];
        KeySnapshot::derive(&[7; 32], tenant, 1, &needs).expect("derives")
    }

    fn token(tenant: &str, value: &str) -> Result<String, Code> {
        let mut out = String::new();
        snapshot(tenant).fpe(Class::Mrn).expect("key").encrypt(value, |_| true, &mut out)?;
        Ok(out)
    }

    #[test]
    fn fpe_keeps_length_and_alphabet_and_goes_back() {
        for value in ["00123456", "AB123456", "ZZZZZ", "1234567890123456789012345678901234567890"] {
            let token = token("a", value).expect("encrypts");
            assert_eq!(token.len(), value.len());
            assert_ne!(token, value);
            let numeric = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
            assert_eq!(numeric(&token), numeric(value));
            let mut back = String::new();
            snapshot("a")
                .fpe(Class::Mrn)
                .expect("key")
                .decrypt(&token, |_| true, &mut back)
                .expect("decrypts");
            assert_eq!(back, value);
        }
        assert_ne!(token("a", "00123456"), token("b", "00123456"), "another tenant, another token");
    }

    #[test]
    fn fpe_refuses_below_the_floor_and_outside_the_alphabet() {
        assert_eq!(token("a", "12345"), Err(Code::BelowFloor));
        assert_eq!(token("a", "AB1"), Err(Code::BelowFloor));
        assert_eq!(token("a", "123-456"), Err(Code::OutsideAlphabet));
        assert_eq!(token("a", ""), Err(Code::BelowFloor));
    }

    #[test]
    fn ff1_is_nists() {
        // NIST FF1 samples 7 and 8 (AES-256): the cipher behind the door is FF1 itself.
        let key = data_encoding::HEXUPPER
            .decode(b"2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94")
            .expect("hex");
        let cipher = FF1::<Aes256>::new(&key, 10).expect("radix");
        let plain = FlexibleNumeralString::from((0..10).collect::<Vec<u16>>());
        let token = Vec::<u16>::from(cipher.encrypt(&[], &plain).expect("encrypts"));
        assert_eq!(token, [6, 6, 5, 7, 6, 6, 7, 0, 0, 9]);
        let tweak = data_encoding::HEXUPPER.decode(b"39383736353433323130").expect("hex");
        let token = Vec::<u16>::from(cipher.encrypt(&tweak, &plain).expect("encrypts"));
        assert_eq!(token, [1, 0, 0, 1, 6, 2, 3, 4, 6, 3]);
    }

    #[test]
    fn siv_goes_back_and_names_its_class_and_version() {
        let snapshot = snapshot("a");
        let siv = snapshot.siv(Class::PersonName).expect("key");
        let mut tokens = Vec::new();
        siv.encrypt_each([Some("smith,jane"), None].into_iter(), |token| {
            tokens.push(token.expect("token"))
        });
        let token = tokens[0].as_deref().expect("a token");
        assert!(token.starts_with("[NAME~v1:"), "{token}");
        assert_eq!(siv.decrypt(token).as_deref().map(String::as_str), Some("smith,jane"));
        assert!(siv.decrypt(&token.replace("v1", "v2")).is_none());
        assert_eq!(tokens[1], None);
    }
}

//! The mark of a canary: a header that only a holder of the keyring can write. It is bound to the
//! record's key and value, so that whoever copies it onto another record, or alters the record, has
//! marked nothing; a true copy is the same synthetic patient again.

use super::ring::Keyring;
use crate::phi::Code;
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac as _};
use sha2::Sha256;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// Letters of an id: 128 random bits in hexadecimal.
const ID_LETTERS: usize = 32;
/// Bytes of a MAC.
const MAC_BYTES: usize = 32;

/// Makes and knows the marks of one tenant's canaries, under every key version in use.
pub struct CanaryMarks {
    primary: u32,
    keys: BTreeMap<u32, Zeroizing<[u8; 32]>>,
}

impl std::fmt::Debug for CanaryMarks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CanaryMarks(..)")
    }
}

impl CanaryMarks {
    /// The marks of a keyring. A record that was planted before a rotation is still known after it.
    pub fn of(keyring: &Keyring) -> Result<CanaryMarks, Code> {
        let keys = keyring.versions().map(|version| Ok((version, keyring.canary_key(version)?)));
        Ok(CanaryMarks { primary: keyring.version(), keys: keys.collect::<Result<_, Code>>()? })
    }

    /// The header's value, `v1.ID.MAC`, for a record that is about to be planted. `id` is 32 letters
    /// of hexadecimal, drawn at random.
    pub fn mark(&self, id: &str, key: Option<&[u8]>, value: &[u8]) -> Result<String, Code> {
        let mac = self.mac(self.primary, id, key, value).filter(|_| is_id(id.as_bytes()));
        let tag = mac.ok_or(Code::Internal)?.finalize().into_bytes();
        Ok(format!("v{}.{id}.{}", self.primary, HEXLOWER.encode(&tag)))
    }

    /// The id in a header's value, if this keyring made it for this very record.
    pub fn id(&self, header: &[u8], key: Option<&[u8]>, value: &[u8]) -> Option<String> {
        let mut parts = std::str::from_utf8(header).ok()?.strip_prefix('v')?.splitn(3, '.');
        let (version, id, tag) = (parts.next()?, parts.next()?, parts.next()?);
        if tag.len() != 2 * MAC_BYTES || !is_id(id.as_bytes()) {
            return None;
        }
        let tag = HEXLOWER.decode(tag.as_bytes()).ok()?;
        let mac = self.mac(version.parse().ok()?, id, key, value)?;
        // In constant time: `verify_slice` is `subtle`'s.
        mac.verify_slice(&tag).ok().map(|()| id.to_string())
    }

    fn mac(
        &self,
        version: u32,
        id: &str,
        key: Option<&[u8]>,
        value: &[u8],
    ) -> Option<Hmac<Sha256>> {
        let secret = self.keys.get(&version)?;
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&**secret).ok()?;
        // Lengths in front, so that no byte can move from one part to the next; and no key is not an
        // empty key.
        mac.update(&[u8::from(key.is_some())]);
        for part in [id.as_bytes(), key.unwrap_or_default(), value] {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        Some(mac)
    }
}

fn is_id(id: &[u8]) -> bool {
    id.len() == ID_LETTERS && id.iter().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn a_mark_is_of_one_record_and_one_keyring() {
        let marks = CanaryMarks::of(&Keyring::for_tests("a")).expect("marks");
        let mark = marks.mark(ID, Some(b"key"), b"value").expect("a mark");
        let known = |header: &str, key: Option<&[u8]>, value: &[u8]| {
            marks.id(header.as_bytes(), key, value)
        };
        assert_eq!(known(&mark, Some(b"key"), b"value").as_deref(), Some(ID));
        assert_eq!(
            known(&mark, Some(b"key"), b"another value"),
            None,
            "copied onto another record"
        );
        assert_eq!(known(&mark, Some(b"keyv"), b"alue"), None, "a byte moved");
        assert_eq!(known(&mark, None, b"value"), None);
        let empty = marks.mark(ID, None, b"value").expect("a mark");
        assert_eq!(known(&empty, Some(b""), b"value"), None, "no key is not an empty one");
        for wrong in [
            mark.replace("v1", "v2"),
            mark.replace("v1", "v"),
            mark.replace("0123", "1123"),
            mark.to_uppercase(),
            mark[..mark.len() - 2].to_string(),
            format!("{mark}00"),
            format!("v1.{ID}.{}", "0".repeat(64)),
            String::new(),
        ] {
            assert_eq!(known(&wrong, Some(b"key"), b"value"), None, "{wrong}");
        }
        let other = CanaryMarks::of(&Keyring::for_tests("b")).expect("marks");
        assert_eq!(other.id(mark.as_bytes(), Some(b"key"), b"value"), None, "another tenant");
        assert_eq!(marks.mark("short", None, b"").err(), Some(Code::Internal));
    }
}

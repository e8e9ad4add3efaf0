//! Quarantine: payloads are sealed to a public key (HPKE, RFC 9180: X25519, HKDF-SHA256,
//! AES-256-GCM). A worker can write quarantine and never read it.

use super::file::{check_private, write_private};
use crate::phi::Code;
use data_encoding::BASE64;
use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256 as X25519;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use std::path::Path;
use zeroize::Zeroizing;

const INFO: &[u8] = b"weir/1|quarantine";
const PUBLIC: &str = "weir-quarantine-public:";
const SECRET: &str = "weir-quarantine-secret:";
const ENCAPSULATED_BYTES: usize = 32;

type PublicKey = <X25519 as Kem>::PublicKey;
type PrivateKey = <X25519 as Kem>::PrivateKey;

/// Writes `secret` (mode 0600) and `public`: a new key pair for quarantine.
pub fn write_key_pair(secret: &Path, public: &Path) -> Result<(), Code> {
    let (private_key, public_key) = X25519::gen_keypair();
    let bytes = Zeroizing::new(private_key.to_bytes().to_vec());
    let line = Zeroizing::new(format!("{SECRET}{}\n", BASE64.encode(&bytes)));
    if public.exists() {
        return Err(Code::KeyringExists);
    }
    write_private(secret, line.as_bytes())?;
    let line = format!("{PUBLIC}{}\n", BASE64.encode(&public_key.to_bytes()));
    std::fs::write(public, line).map_err(|_| Code::FileOutput)
}

/// Seals payloads; holds a public key only.
#[derive(Clone)]
pub struct Sealer(PublicKey);

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer(public key)")
    }
}

impl Sealer {
    /// Reads the public key from a file that [`write_key_pair`] wrote.
    pub fn load(public: &Path) -> Result<Sealer, Code> {
        let text = std::fs::read_to_string(public).map_err(|_| Code::QuarantineKey)?;
        let bytes = decode(&text, PUBLIC)?;
        PublicKey::from_bytes(&bytes).map(Sealer).map_err(|_| Code::QuarantineKey)
    }

    /// A sealer and its opener that live in memory only; the demo and tests use it.
    pub fn generate() -> (Sealer, Opener) {
        let (private_key, public_key) = X25519::gen_keypair();
        (Sealer(public_key), Opener(private_key))
    }

    /// `payload`, sealed; `about` (the pointer and the code) is authenticated with it.
    /// 32 bytes of encapsulated key, then the ciphertext with its 16-byte tag.
    pub fn seal(&self, payload: &[u8], about: &[u8]) -> Result<Vec<u8>, Code> {
        let (key, sealed) = hpke::single_shot_seal::<AesGcm256, HkdfSha256, X25519>(
            &OpModeS::Base,
            &self.0,
            INFO,
            payload,
            about,
        )
        .map_err(|_| Code::QuarantineKey)?;
        let mut out = key.to_bytes().to_vec();
        out.extend(sealed);
        Ok(out)
    }
}

/// Opens sealed payloads; whoever replays quarantine holds it, workers do not.
pub struct Opener(PrivateKey);

impl std::fmt::Debug for Opener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opener(..)")
    }
}

impl Opener {
    /// Reads the secret key from a file that [`write_key_pair`] wrote.
    pub fn load(secret: &Path) -> Result<Opener, Code> {
        check_private(secret)?;
        let text = std::fs::read_to_string(secret).map_err(|_| Code::QuarantineKey)?;
        let bytes = decode(&Zeroizing::new(text), SECRET)?;
        PrivateKey::from_bytes(&bytes).map(Opener).map_err(|_| Code::QuarantineKey)
    }

    /// The payload behind `sealed`.
    pub fn open(&self, sealed: &[u8], about: &[u8]) -> Result<Zeroizing<Vec<u8>>, Code> {
        let (key, body) = sealed.split_at_checked(ENCAPSULATED_BYTES).ok_or(Code::QuarantineKey)?;
        let key = <X25519 as Kem>::EncappedKey::from_bytes(key).map_err(|_| Code::QuarantineKey)?;
        hpke::single_shot_open::<AesGcm256, HkdfSha256, X25519>(
            &OpModeR::Base,
            &self.0,
            &key,
            INFO,
            body,
            about,
        )
        .map(Zeroizing::new)
        .map_err(|_| Code::QuarantineKey)
    }
}

fn decode(text: &str, head: &str) -> Result<Zeroizing<Vec<u8>>, Code> {
    let body = text.trim().strip_prefix(head).ok_or(Code::QuarantineKey)?;
    BASE64.decode(body.as_bytes()).map(Zeroizing::new).map_err(|_| Code::QuarantineKey)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_opens_only_with_its_key_and_its_pointer() {
        let (sealer, opener) = Sealer::generate();
        let sealed = sealer.seal(b"Jane Canary", b"t/0/7|W0207").expect("seals");
        assert!(!sealed.windows(6).any(|window| window == b"Canary"));
        assert_eq!(opener.open(&sealed, b"t/0/7|W0207").expect("opens").as_slice(), b"Jane Canary");
        assert!(opener.open(&sealed, b"t/0/8|W0207").is_err());
        assert!(Sealer::generate().1.open(&sealed, b"t/0/7|W0207").is_err());
        assert!(opener.open(b"short", b"").is_err());
    }

    #[test]
    fn key_files_work_apart() {
        let dir = std::env::temp_dir().join(format!("weir-seal-{}", std::process::id()));
        std::fs::create_dir_all(&dir).expect("a folder");
        let (secret, public) = (dir.join("q.key"), dir.join("q.pub"));
        write_key_pair(&secret, &public).expect("writes");
        let sealed = Sealer::load(&public).expect("public").seal(b"x", b"").expect("seals");
        assert_eq!(
            Opener::load(&secret).expect("secret").open(&sealed, b"").expect("opens").as_slice(),
            b"x"
        );
        assert_eq!(Sealer::load(&secret).err(), Some(Code::QuarantineKey));
        std::fs::remove_dir_all(dir).expect("removes");
    }
}

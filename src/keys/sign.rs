//! Proof: manifests are signed with Ed25519 (RFC 8032), whose keys are PEM files that other programs
//! read, too (PKCS#8, SPKI). A worker holds the secret key; who verifies needs the public one alone.

use super::file::{check_private, write_private};
use crate::phi::Code;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use std::path::Path;
use zeroize::Zeroizing;

/// Bytes of a signature.
const SIGNATURE_BYTES: usize = 64;

/// Writes `secret` (mode 0600) and `public`: a new key pair for proof.
pub fn write_signing_pair(secret: &Path, public: &Path) -> Result<(), Code> {
    let signer = Signer::generate()?;
    if public.exists() {
        return Err(Code::KeyringExists);
    }
    let pem = signer.0.to_pkcs8_pem(LineEnding::LF).map_err(|_| Code::ProofKey)?;
    write_private(secret, pem.as_bytes())?;
    let pem = signer.0.verifying_key().to_public_key_pem(LineEnding::LF);
    std::fs::write(public, pem.map_err(|_| Code::ProofKey)?).map_err(|_| Code::FileOutput)
}

/// Signs manifests.
pub struct Signer(SigningKey);

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signer(..)")
    }
}

impl Signer {
    /// One that lives in memory only, for tests.
    pub fn generate() -> Result<Signer, Code> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(&mut seed[..]).map_err(|_| Code::RandomSource)?;
        Ok(Signer(SigningKey::from_bytes(&seed)))
    }

    /// Reads the secret key from a file that [`write_signing_pair`] wrote.
    pub fn load(secret: &Path) -> Result<Signer, Code> {
        check_private(secret)?;
        let text = Zeroizing::new(std::fs::read_to_string(secret).map_err(|_| Code::ProofKey)?);
        SigningKey::from_pkcs8_pem(&text).map(Signer).map_err(|_| Code::ProofKey)
    }

    /// The signature of these bytes.
    pub fn sign(&self, bytes: &[u8]) -> [u8; SIGNATURE_BYTES] {
        self.0.sign(bytes).to_bytes()
    }

    /// Who verifies what this signs.
    pub fn verifier(&self) -> Verifier {
        Verifier(self.0.verifying_key())
    }
}

/// Verifies signatures; holds a public key only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifier(VerifyingKey);

impl Verifier {
    /// Reads the public key from a file that [`write_signing_pair`] wrote.
    pub fn load(public: &Path) -> Result<Verifier, Code> {
        let text = std::fs::read_to_string(public).map_err(|_| Code::ProofKey)?;
        VerifyingKey::from_public_key_pem(&text).map(Verifier).map_err(|_| Code::ProofKey)
    }

    /// Whether the signature is this key's over these bytes.
    pub fn holds(&self, bytes: &[u8], signature: &[u8]) -> bool {
        // A key of small order would hold for anything: `strict` refuses it.
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.0.verify_strict(bytes, &signature).is_ok())
    }

    /// The public key.
    pub fn bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The key's name: the first 8 bytes of its SHA-256, in hexadecimal digits.
    pub fn id(&self) -> String {
        data_encoding::HEXLOWER.encode(&Sha256::digest(self.0.as_bytes())[..8])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_files_work_apart_and_for_nobody_else() {
        let dir = std::env::temp_dir().join(format!("weir-sign-{}", std::process::id()));
        std::fs::create_dir_all(&dir).expect("a folder");
        let (secret, public) = (dir.join("p.key"), dir.join("p.pub"));
        write_signing_pair(&secret, &public).expect("writes");
        let signer = Signer::load(&secret).expect("secret");
        let verifier = Verifier::load(&public).expect("public");
        let signature = signer.sign(b"manifest");
        assert!(verifier.holds(b"manifest", &signature));
        assert!(!verifier.holds(b"manifesT", &signature));
        assert!(!verifier.holds(b"manifest", &signature[1..]));
        assert!(!Signer::generate().expect("draws").verifier().holds(b"manifest", &signature));
        assert_eq!(Verifier::load(&secret).err(), Some(Code::ProofKey));
        assert_eq!(Signer::load(&public).err(), Some(Code::KeyringMode), "others can read it");
        assert_eq!(write_signing_pair(&secret, &public).err(), Some(Code::KeyringExists));
        std::fs::remove_dir_all(dir).expect("removes");
    }
}

//! A KEK out of a passphrase in a file: Argon2id, then AES-SIV. For development: whoever reads the
//! file and the keyring has the roots.

use super::{Binding, Kek, KekName, Root, root_of};
use crate::keys::file::write_private;
use crate::phi::Code;
use aes_siv::KeyInit;
use aes_siv::siv::Aes256Siv;
use argon2::{Algorithm, Argon2, Params, Version};
use std::path::Path;
use zeroize::Zeroizing;

const SALT_BYTES: usize = 16;

struct Passphrase(Zeroizing<String>);

pub(super) fn open(name: &KekName) -> Result<Box<dyn Kek>, Code> {
    name.only(&[])?;
    Ok(Box::new(Passphrase(name.secret(&name.place)?)))
}

/// Writes a random passphrase to a new file of mode 0600.
pub fn make_passphrase(path: &Path) -> Result<(), Code> {
    let mut random = Zeroizing::new([0u8; 20]);
    getrandom::fill(random.as_mut()).map_err(|_| Code::RandomSource)?;
    let text = Zeroizing::new(data_encoding::BASE32_NOPAD.encode(random.as_ref()) + "\n");
    write_private(path, text.as_bytes())
}

impl Passphrase {
    fn cipher(&self, salt: &[u8]) -> Result<Aes256Siv, Code> {
        // 19 MiB, two passes: what OWASP gives as the least for Argon2id.
        let params = Params::new(19 * 1024, 2, 1, Some(64)).map_err(|_| Code::Internal)?;
        let mut key = Zeroizing::new([0u8; 64]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(self.0.as_bytes(), salt, key.as_mut())
            .map_err(|_| Code::KekUnknown)?;
        Ok(Aes256Siv::new((&*key).into()))
    }
}

impl Kek for Passphrase {
    fn wrap(&self, root: &Root, binding: &Binding<'_>) -> Result<Vec<u8>, Code> {
        let mut wrapped = vec![0u8; SALT_BYTES];
        getrandom::fill(&mut wrapped).map_err(|_| Code::RandomSource)?;
        let mut cipher = self.cipher(&wrapped)?;
        let sealed =
            cipher.encrypt([binding.aad()], root.as_slice()).map_err(|_| Code::Internal)?;
        wrapped.extend_from_slice(&sealed);
        Ok(wrapped)
    }

    fn unwrap(&self, wrapped: &[u8], binding: &Binding<'_>) -> Result<Root, Code> {
        let (salt, sealed) = wrapped.split_at_checked(SALT_BYTES).ok_or(Code::KekRefused)?;
        let root = self.cipher(salt)?.decrypt([binding.aad()], sealed);
        root_of(&Zeroizing::new(root.map_err(|_| Code::KekRefused)?))
    }
}

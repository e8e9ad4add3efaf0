//! Keys: the only room that sees key bytes. Doors: [`Keyring`] (the file), [`KeySnapshot`] (opaque,
//! ready ciphers, bytes hidden), [`Sealer`] and [`Opener`] (quarantine).

mod cipher;
mod ff1;
mod ring;
mod seal;

pub use cipher::{Fpe, KeySnapshot, Mac, Purpose, Siv};
pub use ff1::{Halves, Tuned, Way};
pub use ring::Keyring;
pub use seal::{Opener, Sealer, write_key_pair};

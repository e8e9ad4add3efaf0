//! Keys: the only room that sees key bytes. Doors: [`Keyring`] (the file and who wraps its roots),
//! [`KeySnapshot`] (opaque, ready ciphers, bytes hidden), [`Sealer`] and [`Opener`] (quarantine),
//! [`CanaryMarks`], [`Signer`] and [`Verifier`] (proof).

mod canary;
mod cipher;
mod ff1;
mod file;
#[cfg(feature = "custody")]
mod guard;
mod kek;
mod permute;
mod ring;
mod seal;
mod sign;
mod siv;
mod subject_file;
#[cfg(feature = "custody")]
mod subject_pg;
mod subjects;

pub use canary::CanaryMarks;
pub use cipher::{Fpe, KeySnapshot, Mac, Need, Pseudonym, Purpose, Scope, Siv};
pub use ff1::{Halves, Tuned, Way};
#[cfg(feature = "custody")]
pub use guard::{forbid_dumps, lock_memory};
pub use kek::{PROVIDERS, ProviderEntry, make_passphrase};
pub use permute::Permutation;
pub use ring::{Change, Keyring, KeyringPage, Status};
pub use seal::{Opener, Sealer, write_key_pair};
pub use sign::{Signer, Verifier, write_signing_pair};
pub use subjects::{Answers, Coded, SubjectSecret, SubjectState, SubjectStore};

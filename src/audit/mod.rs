//! Who looked behind a token, and who changed a key. [`Log`] is a file of lines, each with the hash
//! of the one before it; [`reveal`] is the only way back from token to value. What cannot be written
//! down does not happen.

mod log;
mod reveal;

pub use log::{Entry, Log, Verified};
pub use reveal::{Request, Revealed, Whose, retokenize, reveal, tokenize};

//! Who looked behind a token, and who changed a key. [`Log`] is a file of lines, each signed and with the hash
//! of the one before it, whose checkpoints a [`Witness`] keeps; [`reveal`] is the only way back from token to value. What
//! cannot be written down does not happen.

mod checkpoint;
mod log;
mod reveal;
mod tree;

pub use checkpoint::{Folder, Witness};
pub use log::{Broken, Entry, Line, Log, Verified, each_line, verify};
pub use reveal::{Request, Revealed, Whose, retokenize, reveal, tokenize};

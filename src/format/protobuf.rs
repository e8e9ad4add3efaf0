//! Protocol Buffers, binary.

use super::path::Trie;
use super::writer::{Bound, Document, Fate, Gap};
use super::{Found, OnUnlisted};
use crate::phi::Code;

/// What the walk over records of one message follows.
#[derive(Debug)]
pub struct Program {
    puts: Vec<Box<[u8]>>,
}

impl Program {
    pub(super) fn put(&self, number: u16) -> &[u8] {
        &self.puts[usize::from(number)]
    }
}

/// Binds a message of a writer schema to the paths of a plan.
pub(super) fn bind(
    _trie: &Trie,
    _document: &Document,
    _unlisted: OnUnlisted,
    _decide: &dyn Fn(u16) -> Fate,
) -> Result<Bound, Vec<Gap>> {
    Err(vec![Gap { path: "$".into(), code: Code::NotBuiltYet }])
}

/// Finds the listed values of one record.
pub(super) fn walk(_program: &Program, _bytes: &[u8], _found: &mut Found) -> Result<(), Code> {
    Err(Code::NotProtobuf)
}

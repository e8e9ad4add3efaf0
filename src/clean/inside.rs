//! Documents inside of values: how they stand there, as text or as base64, and what is found in them. Their bytes go
//! behind those of all records of the batch, and what is found in them is moved there.

use super::batch::Batch;
use super::locate::{bytes, decoded};
use crate::format::{Codec, Found, Kind, Leaf, OnUnlisted, Program};
use crate::limits::{DOCUMENTS_MAX, values_max};
use crate::phi::{Code, Phi};
use crate::policy::{Document, Encoding, Holds, Plan, Unfit, Unlisted};
use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD};
use std::ops::Range;
use zeroize::Zeroizing;

/// Fewest characters of base64: short words may be taken for it by chance.
const BASE64_CHARS_MIN: usize = 16;

/// The bytes of the document that a value says.
pub(super) fn unpacked(text: &str, encoding: Encoding) -> Result<Phi<Vec<u8>>, Code> {
    if encoding == Encoding::Text {
        return Ok(Phi::new(text.as_bytes().to_vec()));
    }
    // MIME breaks lines; what fills up the last four is often left out.
    let mut letters: Zeroizing<Vec<u8>> =
        Zeroizing::new(text.bytes().filter(|b| !b.is_ascii_whitespace()).collect());
    if letters.len() < BASE64_CHARS_MIN {
        return Err(Code::NotBase64);
    }
    let kept = letters.iter().rposition(|b| *b != b'=').map_or(0, |last| last + 1);
    if letters.len() - kept > 2 {
        return Err(Code::NotBase64);
    }
    letters.truncate(kept);
    let code = if is_url_safe(text) { BASE64URL_NOPAD } else { BASE64_NOPAD };
    code.decode(&letters).map(Phi::new).map_err(|_| Code::NotBase64)
}

/// What a value says that holds the document, written as the value of before was.
pub(super) fn packed(bytes: &[u8], before: &str, encoding: Encoding) -> Result<String, Code> {
    if encoding == Encoding::Text {
        return std::str::from_utf8(bytes).map(str::to_string).map_err(|_| Code::NotUtf8);
    }
    let letters = before.bytes().filter(|b| !b.is_ascii_whitespace());
    let is_padded = before.contains('=') || letters.count() % 4 == 0;
    Ok(match (is_url_safe(before), is_padded) {
        (false, true) => BASE64,
        (false, false) => BASE64_NOPAD,
        (true, true) => BASE64URL,
        (true, false) => BASE64URL_NOPAD,
    }
    .encode(bytes))
}

/// RFC 4648, 5: an alphabet without `+` and `/`.
fn is_url_safe(text: &str) -> bool {
    text.contains(['-', '_'])
}

/// A document of the record at hand: the record itself, or what stands inside of a value.
#[derive(Clone, Default)]
pub(super) struct Opened {
    /// An index into the plan's documents.
    pub(super) kind: u16,
    /// Where its bytes are in the batch.
    pub(super) bytes: Range<usize>,
    /// The leaf that it stands in.
    pub(super) leaf: usize,
    pub(super) codec: Codec,
    /// It cannot be read, and goes with its value.
    pub(super) is_unfit: bool,
    pub(super) parts: Range<usize>,
    pub(super) leaves: Range<usize>,
    pub(super) members: Range<usize>,
    pub(super) strays: Range<usize>,
    pub(super) unlisted: Range<usize>,
}

/// The documents of one record being opened.
pub(super) struct Opening<'a> {
    pub(super) plan: &'a Plan,
    pub(super) batch: &'a mut Batch,
    /// What is found in all of them.
    pub(super) found: &'a mut Found,
    /// What is found in the one at hand.
    pub(super) inner: &'a mut Found,
    pub(super) opened: &'a mut Vec<Opened>,
    pub(super) text: &'a mut Phi<String>,
}

impl Opening<'_> {
    /// Walks over the record, whose value is `value` of the batch, and over the documents inside of it.
    pub(super) fn all(
        &mut self,
        value: Range<usize>,
        program: Option<&Program>,
    ) -> Result<(), Code> {
        let own = self.plan.record();
        let bytes = &self.batch.data.expose()[value.clone()];
        own.layout.walk(bytes, program, on_unlisted(own), self.found)?;
        self.opened.clear();
        self.opened.push(Opened {
            bytes: value.clone(),
            codec: self.found.codec,
            parts: 0..self.found.parts.len(),
            leaves: 0..self.found.leaves.len(),
            members: 0..self.found.members.len(),
            strays: 0..self.found.strays.len(),
            unlisted: 0..self.found.unlisted.len(),
            ..Opened::default()
        });
        if self.plan.documents.len() == 1 {
            return Ok(());
        }
        let (mut at, mut bytes) = (0, value.len());
        while at < self.opened.len() {
            self.look_for(value.start, at)?;
            at += 1;
            let Some(next) = self.opened.get(at).filter(|next| !next.is_unfit) else { continue };
            bytes += next.bytes.len();
            self.look_into(value.start, at)?;
            if self.found.size() > values_max(bytes) {
                return Err(Code::TooWide);
            }
        }
        Ok(())
    }

    /// Finds the documents inside of the values of one.
    fn look_for(&mut self, base: usize, at: usize) -> Result<(), Code> {
        for leaf in self.opened[at].leaves.clone() {
            let field = &self.plan.fields[usize::from(self.found.leaves[leaf].field)];
            let Some(holds) = field.holds else { continue };
            let (bytes, is_unfit) = match self.unpack(base, leaf, self.opened[at].codec, holds) {
                Ok(Some(bytes)) => (bytes, false),
                Ok(None) => continue,
                Err(_) if self.goes(leaf) => (0..0, true),
                Err(code) => return Err(code),
            };
            let kind = holds.document;
            self.opened.push(Opened { kind, bytes, leaf, is_unfit, ..Opened::default() });
            if self.opened.len() > DOCUMENTS_MAX {
                return Err(Code::TooWide);
            }
        }
        Ok(())
    }

    /// Whether a value that holds no document of its kind is removed.
    fn goes(&self, leaf: usize) -> bool {
        self.plan.document_of(self.found.leaves[leaf].field).unfit == Unfit::Remove
    }

    /// Where in the batch the bytes of the document are that stands in a value; `None` where none does.
    fn unpack(
        &mut self,
        base: usize,
        leaf: usize,
        codec: Codec,
        holds: Holds,
    ) -> Result<Option<Range<usize>>, Code> {
        let Leaf { span, kind, .. } = self.found.leaves[leaf];
        match kind {
            Kind::Null => return Ok(None),
            Kind::Text { .. } => {}
            _ => return Err(Code::WrongType),
        }
        let text = decoded(bytes(self.batch, base, span), kind, codec, self.text)?;
        if text.trim().is_empty() {
            return Ok(None);
        }
        let unpacked = unpacked(text, holds.encoding)?;
        let data = self.batch.data.expose_mut();
        // Two documents do not touch: what stands at an end is of one of them.
        data.push(b'\n');
        let start = data.len();
        data.extend_from_slice(unpacked.expose());
        u32::try_from(data.len() - base).map_err(|_| Code::TooLong)?;
        Ok(Some(start..data.len()))
    }

    /// Walks over a document inside of a value.
    fn look_into(&mut self, base: usize, at: usize) -> Result<(), Code> {
        let Opened { kind, ref bytes, leaf, .. } = self.opened[at];
        let document = &self.plan.documents[usize::from(kind)];
        let by = (bytes.start - base) as u32;
        let bytes = &self.batch.data.expose()[bytes.clone()];
        if let Err(code) = document.layout.walk(bytes, None, on_unlisted(document), self.inner) {
            self.opened[at].is_unfit = true;
            return if self.goes(leaf) { Ok(()) } else { Err(code) };
        }
        let holder = self.found.leaves[leaf].span.start;
        let groups = &self.found.groups;
        let group = groups.partition_point(|group| group.from <= holder).checked_sub(1);
        let above = group.map(|at| groups[at].part);
        let one = &mut self.opened[at];
        one.codec = self.inner.codec;
        let so_far = |found: &Found| {
            [found.leaves.len(), found.members.len(), found.strays.len(), found.unlisted.len()]
        };
        let (from, first) = (so_far(self.found), self.found.parts.len());
        self.found.append(self.inner, by, document.fields.start, above);
        let to = so_far(self.found);
        one.parts = first..self.found.parts.len();
        (one.leaves, one.members) = (from[0]..to[0], from[1]..to[1]);
        (one.strays, one.unlisted) = (from[2]..to[2], from[3]..to[3]);
        Ok(())
    }
}

/// What the walk over a document does with what no path lists.
fn on_unlisted(document: &Document) -> OnUnlisted {
    match document.unlisted {
        Unlisted::Quarantine => OnUnlisted::Refuse,
        Unlisted::Drop => OnUnlisted::Delete,
        Unlisted::Scan => OnUnlisted::Note,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(text: &str) -> Option<(Vec<u8>, String)> {
        let bytes = unpacked(text, Encoding::Base64).ok()?.expose().clone();
        let packed = packed(&bytes, text, Encoding::Base64).expect("packs");
        Some((bytes, packed))
    }

    #[test]
    fn base64_comes_back_as_it_was_written() {
        let bytes = b"Seen by \xc3\xbf?>~ today".to_vec();
        for code in [BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD] {
            let text = code.encode(&bytes);
            assert_eq!(round(&text), Some((bytes.clone(), text)));
        }
        let wide = BASE64.encode(&bytes);
        let broken = format!("{}\r\n {}\n", &wide[..8], &wide[8..]);
        assert_eq!(round(&broken), Some((bytes, wide)));
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in [
            "",
            "SGVsbG8=",
            "Jane Whitaker",
            "Seen by Dr. Whitaker today",
            "SmFuZSBXaGl0YWtlcg===",
            "SmFuZSBXaGl0YWtlc",
            "SmFuZSBXaGl0=WtlcgAA",
            "SmFu-SBXaGl0+WtlcgAA",
        ] {
            assert!(unpacked(text, Encoding::Base64).is_err(), "{text}");
        }
    }
}

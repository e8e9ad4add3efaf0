//! Numbers and lengths of binary formats: variable-length integers (Avro 1.12 and Protocol Buffers write the same ones),
//! and what holds a length of something that may change: a frame.

use crate::limits::{JSON_DEPTH_MAX, values_max};
use crate::phi::{Code, Extent, Span};
use std::fmt::Write;

/// How a whole number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wire {
    /// Seven bits a byte, negative ones between the others.
    Zigzag,
    /// Seven bits a byte; negative ones as the two's complement of 64 bits.
    Varint,
    /// As many bytes as it has bits, the lowest first.
    Fixed,
}

/// A whole number of a binary format: how it is written, and what it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Integer {
    pub(super) wire: Wire,
    /// 32 or 64.
    pub(super) bits: u8,
    pub(super) signed: bool,
    /// What it counts since 1970, where it does.
    pub(super) epoch: Option<&'static Extent>,
}

impl Integer {
    /// The most digits that any number of so many has room for.
    pub(super) fn digits(self) -> u8 {
        if self.bits == 32 { 9 } else { 18 }
    }

    /// Appends what stands there, as digits.
    pub fn decode(self, raw: &[u8], out: &mut String) -> Result<(), Code> {
        let bits = match self.wire {
            Wire::Fixed if raw.len() == usize::from(self.bits / 8) => {
                raw.iter().rev().fold(0, |bits, byte| bits << 8 | u64::from(*byte))
            }
            Wire::Fixed => return Err(Code::WrongType),
            Wire::Zigzag | Wire::Varint => {
                let mut at = 0;
                varint(raw, &mut at).filter(|_| at == raw.len()).ok_or(Code::WrongType)?
            }
        };
        // Writing to a String cannot fail.
        let _ = match (self.wire, self.signed, self.bits) {
            (Wire::Zigzag, ..) => write!(out, "{}", unzigzag(bits)),
            (_, true, 32) => write!(out, "{}", bits as u32 as i32),
            (_, true, _) => write!(out, "{}", bits as i64),
            (_, false, 32) => write!(out, "{}", bits as u32),
            (_, false, _) => write!(out, "{bits}"),
        };
        Ok(())
    }

    /// Writes a number that is given as digits; one that has no room is refused.
    pub fn encode(self, digits: &str, out: &mut Vec<u8>) -> Result<(), Code> {
        let number: i128 = digits.parse().map_err(|_| Code::WrongType)?;
        let fits = match (self.signed, self.bits) {
            (true, 32) => i32::try_from(number).is_ok(),
            (true, _) => i64::try_from(number).is_ok(),
            (false, 32) => u32::try_from(number).is_ok(),
            (false, _) => u64::try_from(number).is_ok(),
        };
        if !fits {
            return Err(Code::Unwritable);
        }
        match self.wire {
            Wire::Zigzag => put_varint(zigzag(number as i64), out),
            Wire::Varint => put_varint(number as u64, out),
            Wire::Fixed => {
                let bytes = (number as u64).to_le_bytes();
                out.extend_from_slice(&bytes[..usize::from(self.bits / 8)]);
            }
        }
        Ok(())
    }

    /// Writes a text where a number stood, as Avro has it.
    pub fn encode_text(self, text: &str, out: &mut Vec<u8>) {
        put_varint(zigzag(text.len() as i64), out);
        out.extend_from_slice(text.as_bytes());
    }
}

/// How many values a record may still have.
pub(super) struct Budget(usize);

impl Budget {
    /// Of a record of so many bytes.
    pub(super) fn of(bytes: usize) -> Budget {
        Budget(values_max(bytes))
    }

    /// A value more, so deep; those without bytes count, too.
    pub(super) fn spend(&mut self, depth: usize) -> Result<(), Code> {
        if depth > JSON_DEPTH_MAX {
            return Err(Code::TooDeep);
        }
        self.0 = self.0.checked_sub(1).ok_or(Code::TooWide)?;
        Ok(())
    }
}

/// Reads a varint; `None` where there is none, or one of more than 64 bits.
pub(super) fn varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut number = 0u64;
    for (n, byte) in bytes.get(*at..)?.iter().take(10).enumerate() {
        if n == 9 && *byte > 1 {
            return None;
        }
        number |= u64::from(byte & 0x7f) << (7 * n);
        if byte & 0x80 == 0 {
            *at += n + 1;
            return Some(number);
        }
    }
    None
}

/// Writes a varint.
pub(super) fn put_varint(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

pub(super) fn unzigzag(bits: u64) -> i64 {
    (bits >> 1) as i64 ^ -((bits & 1) as i64)
}

pub(super) fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

/// A length, and what it is the length of: that of a text, a block of an array, a message.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Where the length stands; what it is of begins behind it.
    pub(super) at: Span,
    /// Where that ends.
    pub(super) end: u32,
    /// The length is written as a number that could be negative.
    pub(super) zigzag: bool,
}

/// A change of a record: what stood there, and by how many bytes the new is longer.
#[derive(Clone, Copy, Debug)]
pub struct Edit {
    /// Where the old begins.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// Bytes that are more.
    pub more: i64,
}

/// Makes the lengths of a changed record right: `out`, from `start` on, is the record with its edits, in which every
/// length is still the old one. Frames and edits are in the order of the record, frames in which others lie in front.
pub fn reframe(frames: &[Frame], edits: &[Edit], out: &mut Vec<u8>, start: usize) {
    let mut edits_ahead = edits.iter().peekable();
    // What is open: its number, and by how much it has grown so far.
    let mut open: Vec<(usize, i64)> = Vec::new();
    let mut lengths: Vec<Option<Vec<u8>>> = vec![None; frames.len()];
    let mut close = |open: &mut Vec<(usize, i64)>, until: u32| {
        while let Some(&(at, more)) = open.last() {
            let frame = &frames[at];
            if frame.end > until {
                break;
            }
            open.pop();
            if more == 0 {
                continue;
            }
            let length = i64::from(frame.end - frame.at.end) + more;
            let mut bytes = Vec::with_capacity(10);
            put_varint(if frame.zigzag { zigzag(length) } else { length as u64 }, &mut bytes);
            let wider = bytes.len() as i64 - i64::from(frame.at.end - frame.at.start);
            lengths[at] = Some(bytes);
            if let Some(above) = open.last_mut() {
                above.1 += more + wider;
            }
        }
    };
    // Edits replace lengths, too: that of a text which is null now.
    let mut gone = 0;
    for (at, frame) in frames.iter().enumerate() {
        while let Some(edit) = edits_ahead.next_if(|edit| edit.from <= frame.at.start) {
            close(&mut open, edit.from);
            gone = edit.to;
            if let Some(above) = open.last_mut() {
                above.1 += edit.more;
            }
        }
        close(&mut open, frame.at.start);
        if frame.at.start >= gone {
            open.push((at, 0));
        }
    }
    for edit in edits_ahead {
        close(&mut open, edit.from);
        if let Some(above) = open.last_mut() {
            above.1 += edit.more;
        }
    }
    close(&mut open, u32::MAX);
    if lengths.iter().all(Option::is_none) {
        return;
    }
    let spliced = out.split_off(start);
    let (mut edits, mut more, mut from) = (edits.iter().peekable(), 0, 0);
    for (frame, length) in frames.iter().zip(&lengths) {
        let Some(length) = length else { continue };
        while let Some(edit) = edits.next_if(|edit| edit.to <= frame.at.start) {
            more += edit.more;
        }
        let place = |at: u32| (i64::from(at) + more) as usize;
        out.extend_from_slice(&spliced[from..place(frame.at.start)]);
        out.extend_from_slice(length);
        from = place(frame.at.end);
    }
    out.extend_from_slice(&spliced[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_read_as_they_are_written() {
        let of = |wire, bits, signed| Integer { wire, bits, signed, epoch: None };
        for (integer, numbers) in [
            (of(Wire::Zigzag, 64, true), &["0", "-1", "1", "9223372036854775807"][..]),
            (of(Wire::Zigzag, 32, true), &["-2147483648", "2147483647"]),
            (of(Wire::Varint, 32, true), &["-1", "-2147483648", "2147483647"]),
            (of(Wire::Varint, 64, false), &["0", "127", "128", "18446744073709551615"]),
            (of(Wire::Fixed, 32, false), &["0", "4294967295"]),
            (of(Wire::Fixed, 64, true), &["-9223372036854775808", "5"]),
        ] {
            for number in numbers {
                let mut raw = Vec::new();
                integer.encode(number, &mut raw).expect("has room");
                let mut read = String::new();
                integer.decode(&raw, &mut read).expect("a number");
                assert_eq!(read, *number);
            }
        }
        // Avro 1.12, "Primitive Types": -64 is 0x7f, 64 is 0x80 0x01.
        let mut raw = Vec::new();
        of(Wire::Zigzag, 64, true).encode("-64", &mut raw).expect("has room");
        of(Wire::Zigzag, 64, true).encode("64", &mut raw).expect("has room");
        assert_eq!(raw, [0x7f, 0x80, 0x01]);
        for (integer, number) in [
            (of(Wire::Zigzag, 32, true), "2147483648"),
            (of(Wire::Varint, 64, false), "-1"),
            (of(Wire::Fixed, 32, false), "4294967296"),
        ] {
            assert_eq!(integer.encode(number, &mut raw), Err(Code::Unwritable), "{number}");
        }
        let long = [0xff; 9].iter().chain(&[0x02]).copied().collect::<Vec<_>>();
        for bytes in [&[][..], &[0x80], &[0xff; 11], &long] {
            assert_eq!(varint(bytes, &mut 0), None, "{bytes:?}");
        }
    }

    #[test]
    fn lengths_grow_with_what_is_in_them() {
        // A message of 126 bytes with two texts, one of which grows by four and takes a longer length with it.
        let mut record = vec![126, 3];
        record.extend(b"abc");
        record.push(121);
        record.extend([b'x'; 121]);
        record.push(9);
        let frame =
            |at: u32, end: u32| Frame { at: Span { start: at, end: at + 1 }, end, zigzag: false };
        let frames = [frame(0, 127), frame(1, 5), frame(5, 127)];
        let mut out = record.clone();
        out.splice(2..5, *b"abcdefg");
        let edits = [Edit { from: 2, to: 5, more: 4 }];
        reframe(&frames, &edits, &mut out, 0);
        assert_eq!(out[..4], [0x82, 0x01, 7, b'a']);
        assert_eq!((out.len(), out.last()), (record.len() + 5, Some(&9)));
        // The first text goes, with its length.
        let mut out = vec![7];
        out.extend(&record);
        out.splice(2..6, []);
        reframe(&frames, &[Edit { from: 1, to: 5, more: -4 }], &mut out, 1);
        assert_eq!(out[..4], [7, 122, 121, b'x']);
        // What keeps its length keeps its bytes.
        let mut out = record.clone();
        reframe(&frames, &[Edit { from: 2, to: 5, more: 0 }], &mut out, 0);
        assert_eq!(out, record);
    }
}

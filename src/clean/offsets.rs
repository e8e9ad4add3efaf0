//! Numbers that count the characters of a text: where they are when the text has changed.

use crate::format::Codec;
use crate::phi::Code;
use std::ops::Range;

/// What stood somewhere in a text, and how many characters stand there now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shift {
    from: u64,
    to: u64,
    now: u64,
    /// Where that begins now.
    at: u64,
}

/// How the characters of one text moved.
#[derive(Debug, Default)]
pub(super) struct Shifts {
    shifts: Vec<Shift>,
    characters: u64,
}

impl Shifts {
    /// Of a text as it was written, and of what was replaced in it: bytes of `raw`, in order, and what is written there
    /// now.
    pub(super) fn of<'a>(
        codec: Codec,
        raw: &str,
        replaced: impl Iterator<Item = (Range<usize>, &'a str)>,
    ) -> Result<Shifts, Code> {
        let starts = starts(codec, raw)?;
        let characters = (starts.len() - 1) as u64;
        let (mut shifts, mut moved) = (Vec::new(), 0i64);
        for (bytes, now) in replaced {
            let index = |at: usize| starts.partition_point(|start| (*start as usize) < at) as u64;
            let (from, to) = (index(bytes.start), index(bytes.end));
            let now = (self::starts(codec, now)?.len() - 1) as u64;
            let at = from.checked_add_signed(moved).ok_or(Code::Internal)?;
            shifts.push(Shift { from, to, now, at });
            moved += now as i64 - (to - from) as i64;
        }
        Ok(Shifts { shifts, characters })
    }

    /// Where what was at a character is now; what was inside of something that is replaced is at its start, or at its
    /// end. `None` behind the text.
    pub(super) fn now(&self, at: u64, is_end: bool) -> Option<u64> {
        if at > self.characters {
            return None;
        }
        let next = self.shifts.partition_point(|shift| shift.to <= at);
        if let Some(shift) = self.shifts.get(next).filter(|shift| shift.from < at) {
            return Some(if is_end { shift.at + shift.now } else { shift.at });
        }
        let last = next.checked_sub(1).map(|last| &self.shifts[last]);
        Some(last.map_or(at, |last| at - last.to + last.at + last.now))
    }
}

/// Where each character of a text begins in what is written, and where the last one ends.
fn starts(codec: Codec, raw: &str) -> Result<Vec<u32>, Code> {
    if !codec.may_escape(raw) {
        let starts = raw.char_indices().map(|(at, _)| at as u32);
        return Ok(starts.chain([raw.len() as u32]).collect());
    }
    let (mut text, mut map) = (zeroize::Zeroizing::new(String::new()), Vec::new());
    codec.decode(raw, &mut text, Some(&mut map))?;
    Ok(text.char_indices().map(|(at, _)| map[at]).chain(map.last().copied()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_is_found_where_it_is_now() {
        let raw = r"\u00e9 Smith saw Jo \ud83d\ude00 today";
        let at = |what: &str| raw.find(what).expect("there");
        let replaced = [(at("Smith"), 5, "[NAME]"), (at("Jo"), 2, r"\u00e9")];
        let replaced = replaced.map(|(at, length, now)| (at..at + length, now));
        let shifts = Shifts::of(Codec::Json, raw, replaced.into_iter()).expect("decodes");
        let (old, new) = ("é Smith saw Jo 😀 today", "é [NAME] saw é 😀 today");
        let index =
            |text: &str, what: &str| text[..text.find(what).expect("there")].chars().count() as u64;
        for word in ["é", "saw", "😀", "today"] {
            let now = shifts.now(index(old, word), false);
            assert_eq!(
                now,
                Some(new.rfind(word).map_or(0, |at| new[..at].chars().count() as u64))
                    .filter(|_| word != "é")
                    .or(Some(0)),
                "{word}"
            );
        }
        // Of what is replaced: its ends are its ends, and what is inside is at one of them.
        assert_eq!((shifts.now(2, false), shifts.now(7, true)), (Some(2), Some(8)));
        assert_eq!((shifts.now(4, false), shifts.now(4, true)), (Some(2), Some(8)));
        let ends = (old.chars().count() as u64, new.chars().count() as u64);
        assert_eq!((shifts.now(ends.0, true), shifts.now(ends.0 + 1, true)), (Some(ends.1), None));
    }
}

//! Known strings, looked for in a folded text: each starts and ends at a token border, whatever
//! its case, accents and separators there.

use super::fold::{Folded, Gap};
use crate::limits::{LOOK_STEPS_MIN, LOOK_STEPS_PER_BYTE_MAX};
use crate::phi::Code;
use zeroize::Zeroize;

/// What may part a needle where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parting {
    /// Nothing: a name's part is not found in two words.
    Nowhere,
    /// What parted the needle itself, by any gap: streets, addresses.
    Own,
    /// Likewise, and the end of a line or an HL7 repetition in a word.
    OwnOrBreak,
    /// Separators at any place: record numbers, and names with an apostrophe.
    Anywhere,
}

/// A set of strings to look for.
pub struct Needles {
    /// Bits for the first two bytes of each needle.
    filter: [u64; BUCKETS / 64],
    /// The first needle of each bucket, by the first two bytes.
    buckets: Vec<u32>,
    needles: Vec<Needle>,
    cores: String,
    breaks: Vec<u32>,
    scratch: Folded,
}

const BUCKETS: usize = 1024;
const NONE: u32 = u32::MAX;

#[derive(Clone, Copy)]
struct Needle {
    core: (u32, u32),
    breaks: (u32, u32),
    parting: Parting,
    /// Zeros in front of it were dropped.
    zeros: bool,
    number: u32,
    next: u32,
}

/// Where a needle stands: its first and last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) number: u32,
    /// The word in front of which the end of a line parts another one; the last of them.
    pub(super) broken: Option<usize>,
}

impl Default for Needles {
    fn default() -> Self {
        Needles {
            filter: [0; BUCKETS / 64],
            buckets: vec![NONE; BUCKETS],
            needles: Vec::new(),
            cores: String::new(),
            breaks: Vec::new(),
            scratch: Folded::default(),
        }
    }
}

impl std::fmt::Debug for Needles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Needles({})", self.needles.len())
    }
}

impl Drop for Needles {
    fn drop(&mut self) {
        self.cores.zeroize();
    }
}

fn bucket(bytes: &[u8]) -> usize {
    let pair = usize::from(bytes[0]) << 8 | usize::from(bytes.get(1).copied().unwrap_or(0));
    pair.wrapping_mul(0x9e37_79b1) >> 12 & (BUCKETS - 1)
}

impl Needles {
    /// Forgets everything, keeps the memory.
    pub fn clear(&mut self) {
        if self.needles.is_empty() {
            return;
        }
        self.filter = [0; BUCKETS / 64];
        self.buckets.fill(NONE);
        self.cores.zeroize();
        self.needles.clear();
        self.breaks.clear();
    }

    /// True when there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }

    /// Adds a string that has at least `min` letters and digits; `number` comes back with its
    /// hits. A string may be added twice, with two numbers.
    pub fn add(&mut self, text: &str, min: usize, parting: Parting, number: u32) {
        self.scratch.read(text);
        let stream = self.scratch.stream();
        if stream.len() < 2 || stream.len() < min {
            return;
        }
        let at = bucket(stream);
        let core = self.cores.len() as u32;
        let breaks = self.breaks.len() as u32;
        self.cores.push_str(self.scratch.text());
        let words = self.scratch.words().iter().skip(1);
        self.breaks.extend(words.filter(|word| word.gap != Gap::None).map(|word| word.at));
        self.filter[at / 64] |= 1 << (at % 64);
        let next = std::mem::replace(&mut self.buckets[at], self.needles.len() as u32);
        self.needles.push(Needle {
            core: (core, self.cores.len() as u32),
            breaks: (breaks, self.breaks.len() as u32),
            parting,
            zeros: false,
            number,
            next,
        });
    }

    /// Adds a record number without its leading zeros: it is found with any number of them.
    pub fn add_number(&mut self, core: &str, min: usize, parting: Parting, number: u32) {
        let before = self.needles.len();
        self.add(core, min, parting, number);
        if let Some(needle) = self.needles.get_mut(before) {
            needle.zeros = true;
        }
    }

    /// Calls `hit` for each occurrence. Refuses with a code when a text was made to cost more
    /// than its length allows: prose that consists of a long value's beginnings.
    pub(super) fn find(&self, folded: &Folded, mut hit: impl FnMut(Hit)) -> Result<(), Code> {
        let mut steps = Steps::new(folded);
        if self.needles.is_empty() {
            return Ok(());
        }
        for first in 0..folded.words().len() {
            self.at(folded, first, &mut steps, &mut hit)?;
        }
        Ok(())
    }

    /// True when one of them stands in the text.
    pub fn any(&self, folded: &Folded) -> Result<bool, Code> {
        let mut any = false;
        self.find(folded, |_| any = true)?;
        Ok(any)
    }

    /// Calls `hit` for each needle that starts at the word `first`.
    pub(super) fn at(
        &self,
        folded: &Folded,
        first: usize,
        steps: &mut Steps,
        mut hit: impl FnMut(Hit),
    ) -> Result<(), Code> {
        let stream = folded.stream();
        let start = folded.words()[first].at as usize;
        let zeros = folded.word(first).bytes().take_while(|&b| b == b'0').count();
        let zeros = if start + zeros < folded.end(first) { zeros } else { 0 };
        for skip in [0, zeros] {
            let from = &stream[start + skip..];
            let at = bucket(from);
            if self.filter[at / 64] & 1 << (at % 64) != 0 {
                let mut other = self.buckets[at];
                while let Some(needle) = self.needles.get(other as usize) {
                    other = needle.next;
                    let core =
                        &self.cores.as_bytes()[needle.core.0 as usize..needle.core.1 as usize];
                    let same = core.iter().zip(from).take_while(|(a, b)| a == b).count();
                    steps.take(same + 1)?;
                    if same == core.len()
                        && (skip == 0 || needle.zeros)
                        && let Some((last, broken)) = self.last(folded, first, start + skip, needle)
                    {
                        hit(Hit { first, last, number: needle.number, broken });
                    }
                }
            }
            if zeros == 0 {
                break;
            }
        }
        Ok(())
    }

    /// The last word of a needle whose letters and digits stand at `from`, if what parts them
    /// there may, and where a line's end does.
    fn last(
        &self,
        folded: &Folded,
        first: usize,
        from: usize,
        needle: &Needle,
    ) -> Option<(usize, Option<usize>)> {
        let end = from + (needle.core.1 - needle.core.0) as usize;
        let mut breaks = self.breaks[needle.breaks.0 as usize..needle.breaks.1 as usize].iter();
        let mut own = breaks.next();
        let (mut last, mut broken) = (first, None);
        while folded.end(last) < end {
            last += 1;
            let word = folded.words()[last];
            let offset = (word.at as usize - from) as u32;
            while own.is_some_and(|&at| at < offset) {
                own = breaks.next();
            }
            let most = match needle.parting {
                Parting::Own | Parting::OwnOrBreak if own == Some(&offset) => Gap::Loose,
                Parting::OwnOrBreak if word.broken => {
                    broken = Some(last);
                    Gap::Joint
                }
                Parting::Nowhere | Parting::Own | Parting::OwnOrBreak => Gap::None,
                Parting::Anywhere => Gap::Joint,
            };
            if word.gap > most {
                return None;
            }
        }
        (folded.end(last) == end).then_some((last, broken))
    }
}

/// A budget for one text, in compared bytes.
pub(super) struct Steps(usize);

impl Steps {
    pub(super) fn new(folded: &Folded) -> Steps {
        Steps(LOOK_STEPS_MIN + LOOK_STEPS_PER_BYTE_MAX * folded.stream().len())
    }

    fn take(&mut self, n: usize) -> Result<(), Code> {
        self.0 = self.0.checked_sub(n).ok_or(Code::TooMuchToLookFor)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(parting: Parting, needles: &[&str], text: &str) -> Vec<String> {
        let mut set = Needles::default();
        for (n, needle) in needles.iter().enumerate() {
            set.add(needle, 3, parting, n as u32);
        }
        let mut folded = Folded::default();
        folded.read(text);
        let mut out = Vec::new();
        let span = |hit: Hit| {
            let (first, last) = (folded.words()[hit.first], folded.words()[hit.last]);
            text[first.start as usize..last.end as usize].to_string()
        };
        set.find(&folded, |hit| out.push(span(hit))).expect("cheap");
        out
    }

    #[test]
    fn needles_are_found_at_borders_only() {
        use Parting::{Anywhere, Nowhere, Own, OwnOrBreak};
        assert_eq!(hits(Own, &["12 Elm St"], "at 12  ELM\nst."), ["12  ELM\nst"]);
        assert_eq!(hits(Own, &["12 Elm St"], "at 1 2 elm st, 12 elms t"), [""; 0]);
        assert_eq!(hits(Nowhere, &["elm"], "Elmwood elm, helm e lm"), ["elm"]);
        assert_eq!(hits(Nowhere, &["elm"], "e\nlm el~m"), [""; 0]);
        assert_eq!(hits(Own, &["elm"], "e\nlm el~m"), [""; 0]);
        assert_eq!(hits(OwnOrBreak, &["elm"], "e\nlm el~m e\n\nlm e-\nlm e lm"), ["e\nlm", "el~m"]);
        assert_eq!(hits(OwnOrBreak, &["12 Elm St"], "12 E\r\n  lm St"), ["12 E\r\n  lm St"]);
        assert_eq!(
            hits(Nowhere, &["\u{c9}mile"], "\u{201c}\u{c9}MILE\u{201d} e\u{301}mile\u{2014}Emile"),
            ["\u{c9}MILE", "e\u{301}mile", "Emile"]
        );
        assert_eq!(
            hits(Anywhere, &["123-45-6789"], "x123-45-6789 123 - 45\u{2011}6789 123-45-67890"),
            ["123-45-6789", "123 - 45\u{2011}6789"]
        );
        assert_eq!(hits(Own, &["--"], "-- --"), [""; 0]);
    }

    #[test]
    fn a_letter_that_folds_to_nothing_is_no_word() {
        for text in ["elm \u{ff9e}", "\u{ff9e}", "elm\u{ff9f}"] {
            let found = hits(Parting::Nowhere, &["elm"], text);
            assert_eq!(found.len(), usize::from(text.starts_with('e')), "{text}");
        }
    }

    #[test]
    fn a_text_of_beginnings_is_refused_and_not_followed_for_ever() {
        let mut set = Needles::default();
        set.add(&("a ".repeat(40_000) + "b"), 4, Parting::Own, 0);
        let mut folded = Folded::default();
        folded.read(&"a ".repeat(40_000));
        assert_eq!(set.find(&folded, |_| {}), Err(Code::TooMuchToLookFor));
    }
}

//! Kernel `fpe`: the cores of a column go through FF1, those of one radix and length together;
//! layouts with rules (SSN, NANP, card networks) are walked to.

use super::column::{Outcome, PhiColumn};
use super::ident::{Fate, IdentifierEntry, Numerals};
use crate::keys::{Fpe, Halves, Tuned, Way};
use crate::limits::{FPE_CHARS_MAX, FPE_DOMAIN_MIN, FPE_WALKS_MAX};
use crate::phi::{Alphabet, Code, Place, Shape};
use arrow_array::builder::StringBuilder;
use std::collections::BTreeMap;
use std::ops::Range;
use zeroize::Zeroize;

/// Takes every row of a column one way through FF1.
pub(super) fn run(
    way: Way,
    entry: &IdentifierEntry,
    shape: Option<&Shape>,
    cipher: &Fpe,
    column: &PhiColumn,
) -> Outcome {
    let job = Job { way, entry, shape };
    let mut text = Text::default();
    let mut places: Vec<Result<Range<usize>, Code>> = Vec::with_capacity(column.len());
    let mut groups: BTreeMap<(u32, u32), Group<'_>> = BTreeMap::new();
    for row in 0..column.len() {
        let value = column.value(row).unwrap_or_default();
        places.push(match gather(job, row as u32, value, cipher, &mut text, &mut groups) {
            Ok(Some(place)) => Ok(place),
            // Its group will say.
            Ok(None) => Err(Code::Internal),
            Err(code) => Err(code),
        });
    }
    for group in groups.values_mut() {
        group.walk(job, cipher, column, &mut text, &mut places);
    }
    let mut out = StringBuilder::with_capacity(column.len(), text.out.len());
    let mut refused = Vec::new();
    for (row, place) in places.into_iter().enumerate() {
        match place {
            Ok(place) => out.append_value(&text.out[place]),
            Err(code) => {
                refused.push((row as u32, code));
                out.append_null();
            }
        }
    }
    text.out.zeroize();
    text.core.zeroize();
    Outcome { values: PhiColumn::from_array(out.finish()), refused }
}

#[derive(Clone, Copy)]
struct Job<'a> {
    way: Way,
    entry: &'a IdentifierEntry,
    shape: Option<&'a Shape>,
}

/// Buffers that every row uses again.
#[derive(Default)]
struct Text {
    /// What the cipher sees of one value.
    core: String,
    /// The new values, in the order in which they were done.
    out: String,
}

impl<'a> Job<'a> {
    /// Writes the core of a value to `core`.
    fn open(self, value: &str, core: &mut String) -> Result<Numerals<'a>, Code> {
        core.clear();
        let Some(shape) = self.shape else { return (self.entry.open)(self.way, value, core) };
        if value.len() != shape.places().len() {
            return Err(Code::OutsideAlphabet);
        }
        for (place, b) in shape.places().iter().zip(value.bytes()) {
            match place {
                Place::Fixed(fixed) if *fixed != b => return Err(Code::OutsideAlphabet),
                Place::Fixed(_) => {}
                Place::Of(_) => core.push(char::from(b)),
            }
        }
        Ok(match shape.alphabets() {
            [one] => Numerals::One(one),
            _ => Numerals::Shaped(shape),
        })
    }

    fn close(self, value: &str, core: &str, out: &mut String) -> Fate {
        let Some(shape) = self.shape else { return (self.entry.close)(self.way, value, core, out) };
        let mut core = core.chars();
        for place in shape.places() {
            match place {
                Place::Fixed(fixed) => out.push(char::from(*fixed)),
                Place::Of(_) => out.extend(core.next()),
            }
        }
        Fate::Whole
    }
}

impl Numerals<'_> {
    /// The alphabets of a core's characters, one after the other.
    fn alphabets<'s>(&'s self, core: &'s str) -> impl Iterator<Item = &'s Alphabet> {
        let shaped = match self {
            Numerals::Shaped(shape) => {
                Some(shape.places().iter().filter_map(|place| match place {
                    Place::Fixed(_) => None,
                    Place::Of(at) => Some(&shape.alphabets()[usize::from(*at)]),
                }))
            }
            _ => None,
        };
        let each = core.bytes().enumerate().map_while(move |(at, b)| match self {
            Numerals::One(alphabet) => Some(*alphabet),
            Numerals::Each(which) => Some(which(at, b)),
            Numerals::Shaped(_) => None,
        });
        each.chain(shaped.into_iter().flatten())
    }
}

/// Rows of one radix and length, on their way.
struct Group<'a> {
    tuned: Tuned,
    /// radix^v: what one of the first half is worth.
    low: u128,
    /// The alphabet of every character; `None` for numbers in mixed radix.
    alphabet: Option<&'a Alphabet>,
    rows: Vec<u32>,
    halves: Vec<Halves>,
}

/// Puts a row into the group of its radix and length. A value too wide for the lanes goes through
/// at once, and its place is given.
fn gather<'a>(
    job: Job<'a>,
    row: u32,
    value: &str,
    cipher: &Fpe,
    text: &mut Text,
    groups: &mut BTreeMap<(u32, u32), Group<'a>>,
) -> Result<Option<Range<usize>>, Code> {
    let numerals = job.open(value, &mut text.core)?;
    let core = text.core.as_str();
    let len = core.len();
    if len > FPE_CHARS_MAX {
        return Err(Code::OutsideAlphabet);
    }
    let (key, halves, alphabet) = match numerals {
        Numerals::One(alphabet) => {
            let radix = alphabet.radix();
            // Where there is a group, that was looked at.
            if !groups.contains_key(&(radix, len as u32)) {
                let size = u64::from(radix).checked_pow(len as u32);
                if size.is_some_and(|size| size < FPE_DOMAIN_MIN) {
                    return Err(Code::BelowFloor);
                }
                if Tuned::half(radix, len as u32).is_none() {
                    return long(job, value, alphabet, cipher, text).map(Some);
                }
            }
            let (a, b) = core.as_bytes().split_at(len / 2);
            let halves = Halves { a: number(alphabet, a)?, b: number(alphabet, b)? };
            ((radix, len as u32), halves, Some(alphabet))
        }
        mixed => {
            let (mut size, mut n) = (1u128, 0u128);
            for (alphabet, b) in mixed.alphabets(core).zip(core.bytes()) {
                let radix = u128::from(alphabet.radix());
                size = size.checked_mul(radix).ok_or(Code::OutsideAlphabet)?;
                n = n * radix + u128::from(alphabet.numeral(b).ok_or(Code::OutsideAlphabet)?);
            }
            if size < u128::from(FPE_DOMAIN_MIN) {
                return Err(Code::BelowFloor);
            }
            let (radix, len) = grid(size).ok_or(Code::OutsideAlphabet)?;
            let low = Tuned::half(radix, len).ok_or(Code::Internal)?;
            ((radix, len), Halves { a: n / low, b: n % low }, None)
        }
    };
    let group = match groups.entry(key) {
        std::collections::btree_map::Entry::Occupied(found) => found.into_mut(),
        std::collections::btree_map::Entry::Vacant(place) => place.insert(Group {
            tuned: cipher.tuned(key.0, key.1).ok_or(Code::Internal)?,
            low: Tuned::half(key.0, key.1).ok_or(Code::Internal)?,
            alphabet,
            rows: Vec::new(),
            halves: Vec::new(),
        }),
    };
    group.rows.push(row);
    group.halves.push(halves);
    Ok(None)
}

/// The smallest square-like FF1 domain that holds `size` numbers: an even length, so that the
/// halves are equal, and a radix of at most 2^16. The walk leaves it in one step almost always.
fn grid(size: u128) -> Option<(u32, u32)> {
    [2u32, 4, 6, 8].into_iter().find_map(|len| {
        let fits = |radix: u128| radix.checked_pow(len).is_none_or(|power| power >= size);
        if !fits(1 << 16) {
            return None;
        }
        let (mut least, mut most) = (2u128, 1u128 << 16);
        while least < most {
            let middle = (least + most) / 2;
            if fits(middle) { most = middle } else { least = middle + 1 }
        }
        Some((least as u32, len))
    })
}

fn number(alphabet: &Alphabet, text: &[u8]) -> Result<u128, Code> {
    let radix = alphabet.radix();
    // Eight characters of at most 7 bits each fit 64 bits, and most halves are that short.
    if text.len() <= 8 {
        let mut n = 0u64;
        for &b in text {
            let numeral = alphabet.numeral(b).ok_or(Code::OutsideAlphabet)?;
            n = n * u64::from(radix) + u64::from(numeral);
        }
        return Ok(u128::from(n));
    }
    let mut n = 0u128;
    for &b in text {
        let numeral = alphabet.numeral(b).ok_or(Code::OutsideAlphabet)?;
        n = n * u128::from(radix) + u128::from(numeral);
    }
    Ok(n)
}

/// Appends `n` in the alphabet, `width` characters.
fn spell(alphabet: &Alphabet, n: u128, width: usize, core: &mut String) {
    let mut buffer = [0u8; FPE_CHARS_MAX];
    let place = &mut buffer[..width];
    match u64::try_from(n) {
        Ok(n) if alphabet.radix() == 10 => spell_by::<10>(alphabet, n, place),
        Ok(n) => {
            let (mut n, radix) = (n, u64::from(alphabet.radix()));
            for b in place.iter_mut().rev() {
                *b = alphabet.char((n % radix) as u8);
                n /= radix;
            }
        }
        Err(_) => {
            let (mut n, radix) = (n, u128::from(alphabet.radix()));
            for b in place.iter_mut().rev() {
                *b = alphabet.char((n % radix) as u8);
                n /= radix;
            }
        }
    }
    core.push_str(std::str::from_utf8(place).unwrap_or(""));
}

/// A radix that the compiler knows divides by multiplication.
fn spell_by<const RADIX: u64>(alphabet: &Alphabet, mut n: u64, place: &mut [u8]) {
    for b in place.iter_mut().rev() {
        *b = alphabet.char((n % RADIX) as u8);
        n /= RADIX;
    }
}

impl Group<'_> {
    /// Encrypts until every row has an identifier.
    fn walk(
        &mut self,
        job: Job<'_>,
        cipher: &Fpe,
        column: &PhiColumn,
        text: &mut Text,
        places: &mut [Result<Range<usize>, Code>],
    ) {
        for _ in 0..FPE_WALKS_MAX {
            cipher.run(&self.tuned, job.way, &mut self.halves);
            let mut left = 0;
            for at in 0..self.rows.len() {
                let (row, halves) = (self.rows[at], self.halves[at]);
                let value = column.value(row as usize).unwrap_or_default();
                let start = text.out.len();
                let fate = match self.read(job, value, halves, &mut text.core) {
                    true => job.close(value, &text.core, &mut text.out),
                    false => Fate::Walk,
                };
                let place = &mut places[row as usize];
                match fate {
                    Fate::Whole => *place = Ok(start..text.out.len()),
                    Fate::Refused => *place = Err(Code::OutsideAlphabet),
                    Fate::Walk => {
                        text.out.truncate(start);
                        (self.rows[left], self.halves[left]) = (row, halves);
                        left += 1;
                        *place = Err(Code::OutsideAlphabet);
                    }
                }
            }
            self.rows.truncate(left);
            self.halves.truncate(left);
            if left == 0 {
                break;
            }
        }
        self.halves.zeroize();
    }

    /// Writes the core that the halves stand for; false where the number is above those in use.
    fn read(&self, job: Job<'_>, value: &str, halves: Halves, core: &mut String) -> bool {
        if let Some(alphabet) = self.alphabet {
            // One alphabet: the first open gave all there is to know.
            let (u, v) = self.tuned.widths();
            core.clear();
            spell(alphabet, halves.a, u, core);
            spell(alphabet, halves.b, v, core);
            return true;
        }
        let Ok(numerals) = job.open(value, core) else { return false };
        let mut n = halves.a * self.low + halves.b;
        let mut buffer = [0u8; FPE_CHARS_MAX];
        let len = core.len();
        let mut radices = [0u8; FPE_CHARS_MAX];
        for (at, alphabet) in numerals.alphabets(core).enumerate() {
            radices[at] = alphabet.radix() as u8;
        }
        for at in (0..len).rev() {
            buffer[at] = (n % u128::from(radices[at])) as u8;
            n /= u128::from(radices[at]);
        }
        for (b, alphabet) in buffer.iter_mut().zip(numerals.alphabets(core)) {
            *b = alphabet.char(*b);
        }
        core.clear();
        core.push_str(std::str::from_utf8(&buffer[..len]).unwrap_or(""));
        n == 0
    }
}

/// A value whose halves are wider than the lanes: one by one.
fn long(
    job: Job<'_>,
    value: &str,
    alphabet: &Alphabet,
    cipher: &Fpe,
    text: &mut Text,
) -> Result<Range<usize>, Code> {
    let numeral = |b: u8| alphabet.numeral(b).map(u16::from).ok_or(Code::OutsideAlphabet);
    let mut numerals = text.core.bytes().map(numeral).collect::<Result<Vec<_>, _>>()?;
    let start = text.out.len();
    for _ in 0..FPE_WALKS_MAX {
        cipher.run_long(alphabet.radix(), job.way, &mut numerals)?;
        text.core.clear();
        text.core.extend(numerals.iter().map(|&n| char::from(alphabet.char(n as u8))));
        match job.close(value, &text.core, &mut text.out) {
            Fate::Whole => {
                numerals.zeroize();
                return Ok(start..text.out.len());
            }
            Fate::Refused => break,
            Fate::Walk => text.out.truncate(start),
        }
    }
    numerals.zeroize();
    Err(Code::OutsideAlphabet)
}

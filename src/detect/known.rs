//! Layer `record`: values known from the record's own fields, in the variants that people write.

use super::words::{is_eponym_tail, is_ordinary};
use super::{Finding, Layer, Needles};
use crate::phi::{Class, Span, Ymd};
use zeroize::Zeroize;

/// What is known from the record. Reused from record to record.
#[derive(Default)]
pub struct Known {
    people: Vec<Person>,
    numbers: Vec<Number>,
    /// First digits or letters of the numbers, as bits of the byte's low six bits.
    number_starts: u64,
    dates: Vec<(Class, Ymd, u32)>,
    texts: Needles,
    text_classes: Vec<(Class, u32)>,
}

struct Person {
    class: Class,
    number: u32,
    /// Full parts, folded: family names and given names of two letters or more.
    parts: Vec<Part>,
    initials: Vec<char>,
}

struct Part {
    text: String,
    ordinary: bool,
}

struct Number {
    class: Class,
    /// Letters and digits, upper case, leading zeros dropped.
    core: String,
    phone: bool,
    number: u32,
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Known(..)")
    }
}

/// Shortest record number that is looked for, in letters and digits without leading zeros.
const NUMBER_MIN: usize = 4;
/// Shortest other value that is looked for as it stands, in bytes.
const TEXT_MIN: usize = 4;

impl Known {
    /// Forgets everything.
    pub fn clear(&mut self) {
        for person in &mut self.people {
            person.parts.iter_mut().for_each(|part| part.text.zeroize());
        }
        for number in &mut self.numbers {
            number.core.zeroize();
        }
        self.people.clear();
        self.numbers.clear();
        self.number_starts = 0;
        self.dates.clear();
        self.texts.clear();
        self.text_classes.clear();
    }

    /// A person: folded family name and given names (see `phi::name_parts`). `number` comes back
    /// with the findings.
    pub fn add_name(&mut self, class: Class, family: &str, given: &str, number: u32) {
        let mut person = Person { class, number, parts: Vec::new(), initials: Vec::new() };
        for part in
            family.split([' ', '-']).chain(given.split([' ', '-'])).filter(|p| !p.is_empty())
        {
            person.initials.extend(part.chars().next());
            if part.chars().count() > 1 {
                person.parts.push(Part { text: part.to_string(), ordinary: is_ordinary(part) });
            }
        }
        if !person.parts.is_empty() {
            self.people.push(person);
        }
    }

    /// A record number or telephone number in canonical form.
    pub fn add_number(&mut self, class: Class, canonical: &str, number: u32) {
        let phone = canonical.starts_with('+');
        let core = if phone {
            canonical.trim_start_matches("+1").trim_start_matches('+')
        } else {
            canonical.trim_start_matches('0')
        };
        if core.len() >= NUMBER_MIN && core.is_ascii() {
            self.number_starts |= 1 << (core.as_bytes()[0] & 63);
            self.numbers.push(Number { class, core: core.to_string(), phone, number });
        }
    }

    /// A date that only this class has, such as a birth date.
    pub fn add_date(&mut self, class: Class, date: Ymd, number: u32) {
        self.dates.push((class, date, number));
    }

    /// Any other value, looked for as it stands.
    pub fn add_text(&mut self, class: Class, text: &str, number: u32) {
        if text.trim().len() >= TEXT_MIN {
            self.texts.add(text, self.text_classes.len() as u32);
            self.text_classes.push((class, number));
        }
    }

    /// The class and number of a date that is known.
    pub(super) fn date(&self, date: Ymd) -> Option<(Class, u32)> {
        self.dates.iter().find(|(_, known, _)| *known == date).map(|(class, _, n)| (*class, *n))
    }

    pub(super) fn find(&self, text: &str, out: &mut Vec<Finding>) {
        if !self.people.is_empty() {
            self.find_names(text, out);
        }
        if !self.numbers.is_empty() {
            self.find_numbers(text, out);
        }
        self.texts.find(text, |start, end, at| {
            let (class, number) = self.text_classes[at as usize];
            out.push(finding(start, end, class, number));
        });
    }

    fn find_names(&self, text: &str, out: &mut Vec<Finding>) {
        let mut words = Words { text, at: 0 };
        let mut next = words.next();
        while let Some((start, end)) = next {
            next = words.next();
            let Some(person) = self.people.iter().find(|p| p.role(&text[start..end]).is_some())
            else {
                continue;
            };
            let mut run = vec![(start, end)];
            let mut run_end = end;
            while let Some((s, e)) = next {
                if !joins(&text[run_end..s]) || person.role(&text[s..e]).is_none() {
                    break;
                }
                run.push((s, e));
                run_end = e;
                next = words.next();
            }
            if let Some((start, mut end)) = person.accept(text, &run) {
                // The point behind an initial belongs to it.
                if text[..end].chars().next_back().is_some_and(char::is_uppercase)
                    && text[end..].starts_with('.')
                    && run.last().is_some_and(|(s, e)| text[*s..*e].chars().count() == 1)
                {
                    end += 1;
                }
                out.push(finding(start, end, person.class, person.number));
            }
        }
    }

    fn find_numbers(&self, text: &str, out: &mut Vec<Finding>) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if !bytes[at].is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            let start = at;
            // Leading zeros are not part of the core; a phone may carry its country code.
            let mut zeros = start;
            while zeros + 1 < bytes.len() && bytes[zeros] == b'0' {
                zeros += 1;
                while zeros + 1 < bytes.len()
                    && is_joint(bytes[zeros])
                    && bytes[zeros + 1].is_ascii_alphanumeric()
                {
                    zeros += 1;
                }
            }
            let first = 1 << (bytes[zeros].to_ascii_uppercase() & 63);
            if (self.number_starts & first != 0 || bytes[start] == b'1')
                && let Some((end, number)) = self.number_at(bytes, start, zeros)
            {
                // The bracket and the plus in front belong to the number.
                let front = if number.phone { opening(bytes, start) } else { start };
                out.push(finding(front, end, number.class, number.number));
                at = end;
                continue;
            }
            while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
                at += 1;
            }
        }
    }

    fn number_at(&self, bytes: &[u8], start: usize, zeros: usize) -> Option<(usize, &Number)> {
        self.numbers.iter().find_map(|number| {
            let core = number.core.as_bytes();
            let end = if number.phone {
                matches(bytes, start, core).or_else(|| {
                    let mut at = start + 1;
                    while bytes.get(at).is_some_and(|&b| is_joint(b)) {
                        at += 1;
                    }
                    (bytes[start] == b'1').then(|| matches(bytes, at, core)).flatten()
                })
            } else {
                matches(bytes, zeros, core)
            };
            end.map(|end| (end, number))
        })
    }
}

fn finding(start: usize, end: usize, class: Class, number: u32) -> Finding {
    Finding { span: Span::new(start, end), class, layer: Layer::Record, known: Some(number) }
}

fn is_joint(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.' | b'/' | b'(' | b')')
}

fn opening(bytes: &[u8], mut start: usize) -> usize {
    while start > 0 && matches!(bytes[start - 1], b'(' | b'+') {
        start -= 1;
    }
    start
}

/// The end of `core` at `at`, with at most two separators between its letters and digits, ending
/// at a token border.
fn matches(bytes: &[u8], mut at: usize, core: &[u8]) -> Option<usize> {
    for (n, &want) in core.iter().enumerate() {
        if n > 0 {
            let mut joints = 0;
            while joints < 2 && bytes.get(at).is_some_and(|&b| is_joint(b)) {
                at += 1;
                joints += 1;
            }
        }
        if bytes.get(at)?.to_ascii_uppercase() != want {
            return None;
        }
        at += 1;
    }
    (!bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric())).then_some(at)
}

/// What stands between two parts of one name.
fn joins(gap: &str) -> bool {
    gap.chars().count() <= 3
        && gap.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '\u{a0}'))
        && gap.matches('.').count() + gap.matches(',').count() <= 1
}

enum Role {
    Part { ordinary: bool },
    Initial,
}

impl Person {
    fn role(&self, word: &str) -> Option<Role> {
        let mut chars = word.chars();
        let first = chars.next()?;
        if chars.next().is_none() {
            // A small letter alone is an article, not an initial.
            let lower = first.to_lowercase().next()?;
            return (first.is_uppercase() && self.initials.contains(&lower))
                .then_some(Role::Initial);
        }
        let part = self.parts.iter().find(|part| equal_folded(&part.text, word))?;
        if part.ordinary && !first.is_uppercase() {
            return None;
        }
        Some(Role::Part { ordinary: part.ordinary })
    }

    /// The span of a run of parts and initials, if it is a name.
    fn accept(&self, text: &str, run: &[(usize, usize)]) -> Option<(usize, usize)> {
        let parts: Vec<_> = run
            .iter()
            .filter_map(|&(s, e)| match self.role(&text[s..e]) {
                Some(Role::Part { ordinary }) => Some((ordinary, e)),
                _ => None,
            })
            .collect();
        let (&(start, _), &(_, end)) = (run.first()?, run.last()?);
        match parts[..] {
            [] => None,
            [(true, part_end)] if run.len() == 1 => {
                let rest = &text[part_end..];
                let month =
                    rest.trim_start_matches([' ', ',']).starts_with(|c: char| c.is_ascii_digit());
                (!month && !is_eponym_tail(rest)).then_some((start, end))
            }
            _ => Some((start, end)),
        }
    }
}

/// `part` is folded already; `word` is as it stands, perhaps decomposed.
fn equal_folded(part: &str, word: &str) -> bool {
    if part.is_ascii() && word.is_ascii() {
        return part.eq_ignore_ascii_case(word);
    }
    crate::phi::fold_name(word) == part
}

/// Runs of letters, with apostrophes inside; a final `'s` is not part of the word.
struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Words<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        let letter = |c: char| c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c);
        let start = self.at + self.text[self.at..].find(letter)?;
        let mut end = start;
        let mut chars = self.text[start..].chars().peekable();
        while let Some(c) = chars.next() {
            let inside =
                matches!(c, '\'' | '\u{2019}') && chars.peek().copied().is_some_and(letter);
            if !letter(c) && !inside {
                break;
            }
            end += c.len_utf8();
        }
        self.at = end;
        let word = &self.text[start..end];
        let bare =
            ["'s", "'S", "\u{2019}s", "\u{2019}S"].iter().find_map(|tail| word.strip_suffix(tail));
        Some((start, start + bare.filter(|bare| !bare.is_empty()).unwrap_or(word).len()))
    }
}

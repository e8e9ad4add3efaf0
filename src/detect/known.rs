//! Layer `record`: values known from the record's own fields, in the variants that people write.

use super::fold::{Folded, Gap};
use super::needles::{Hit, Needles, Parting, Steps};
use super::nicknames;
use super::tagger::{is_unlisted, is_vocabulary};
use super::words::{
    is_abbreviation, is_cue, is_eponym, is_head, is_loud, is_month, is_ordinary, is_title,
};
use super::{Finding, Layer, Written};
use crate::phi::{Class, Code, Span, Ymd};
use std::collections::HashSet;
use std::hash::{BuildHasher, Hash, RandomState};
use zeroize::Zeroize;

/// What is known from the record. Reused from record to record.
#[derive(Default)]
pub struct Known {
    people: Vec<Person>,
    /// The parts of the people's names; numbers are indices into `part_of`.
    parts: Needles,
    part_of: Vec<Part>,
    /// Record numbers, telephone numbers and other values; numbers are indices into `values`.
    sought: Needles,
    values: Vec<Value>,
    dates: Vec<(Class, Ymd, u32)>,
    /// Whose each number is, from a first one on, where a record is about several people; and whom the text is about.
    whose: (u32, Vec<u32>),
    about: u32,
    /// Hashes of what was added: a table has a patient in each of his lines.
    added: HashSet<u64>,
    hasher: RandomState,
}

struct Person {
    class: Class,
    number: u32,
    /// Family and given names, to know the person again.
    name: String,
    initials: Vec<char>,
    /// How many of them are those of the family.
    families: usize,
}

/// A part of a person's name.
#[derive(Clone, Copy)]
struct Part {
    person: u32,
    sort: Sort,
    /// Not in the record: what people call somebody with such a name.
    called: bool,
    /// It is written in two words, too: O'Brien.
    apart: bool,
}

/// What a part of a name is beside a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Name,
    /// An ordinary word.
    Word,
    /// Part of the name of a condition or device.
    Eponym,
    /// A word that a bearer of the given name may be called by: `Will`.
    Called,
    /// Several of a family whose name is a word, or short: `the Youngs`.
    Family,
}

struct Value {
    class: Class,
    number: u32,
    /// Telephone numbers: the digits that the needle leaves out, the country code.
    country: Option<String>,
    /// Two names in one word.
    glued: bool,
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Known(..)")
    }
}

/// Shortest record number that is looked for, in letters and digits without leading zeros.
const NUMBER_MIN: usize = 4;
/// Shortest record number that is looked for with separators anywhere inside.
const PARTED_NUMBER_MIN: usize = 6;
/// Shortest other value that is looked for as it stands, in letters and digits.
const TEXT_MIN: usize = 4;
/// Fewest letters of two names that are looked for as one word; of those that no list has; and of those in any case.
const PAIR_MIN: usize = 6;
const STRANGE_PAIR_MIN: usize = 3;
const ANY_CASE_MIN: usize = 4;
/// Initials in front of a family name.
const INITIALS_MAX: usize = 3;
/// Fewest letters of a name that is found letter by letter or in pieces, and of a piece that says so.
const PIECES_MIN: usize = 4;
const STRANGE_MIN: usize = 3;
/// Most bytes between two pieces of a name, and where a line ends between them.
const PIECES_GAP_BYTES: usize = 2;
const PIECES_LINE_BYTES: usize = 8;
/// Fewest and most initials that stand for a name.
const ALONE: std::ops::RangeInclusive<usize> = 2..=4;

impl Known {
    /// Forgets everything.
    pub fn clear(&mut self) {
        for person in &mut self.people {
            person.name.zeroize();
            person.initials.zeroize();
        }
        self.people.clear();
        self.parts.clear();
        self.part_of.clear();
        self.sought.clear();
        self.values.clear();
        self.dates.clear();
        self.added.clear();
        self.whose.1.clear();
    }

    /// Whose the numbers are that come back with findings, from `first` on: of two people of one name, a text names the
    /// one whom it is about.
    pub fn tell_apart(&mut self, first: u32, whose: Vec<u32>) {
        self.whose = (first, whose);
    }

    /// Whom the next texts are about.
    pub fn about(&mut self, whom: u32) {
        self.about = whom;
    }

    fn is_about(&self, person: u32) -> bool {
        let (first, whose) = &self.whose;
        let at = self.people[person as usize].number.checked_sub(*first);
        at.and_then(|at| whose.get(at as usize)) == Some(&self.about)
    }

    /// Whether a value was not added before. Nobody can make two hashes meet: their key is of this process.
    fn is_new(&mut self, sort: u8, class: Class, value: impl Hash) -> bool {
        self.added.insert(self.hasher.hash_one((sort, class, value)))
    }

    /// Nothing is known.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.values.is_empty() && self.dates.is_empty()
    }

    /// A person: family name and given names (see `phi::name_parts`). `number` comes back with
    /// the findings.
    pub fn add_name(&mut self, class: Class, family: &str, given: &str, number: u32) {
        let name = format!("{family},{given}");
        if !self.is_new(b'n', class, &name) {
            return;
        }
        let families = parts_of(family).count();
        let mut person = Person { class, number, name, initials: Vec::new(), families };
        let at = self.people.len() as u32;
        for (nth, part) in parts_of(family).chain(parts_of(given)).enumerate() {
            person.initials.extend(part.chars().next().map(super::fold::base));
            if part.chars().count() > 1 {
                let sort = sort_of(part);
                let apart = part.contains('\'');
                self.parts.add(part, 2, Parting::Anywhere, self.part_of.len() as u32);
                self.part_of.push(Part { person: at, sort, called: false, apart });
                if sort != Sort::Eponym && nth < families {
                    // The Smiths.
                    let parting = if apart { Parting::Anywhere } else { Parting::Nowhere };
                    let is_name = sort == Sort::Name && part.chars().count() > 2;
                    let sort = if is_name { sort } else { Sort::Family };
                    let several = format!("{part}s");
                    if is_name || !is_vocabulary(&several) && !is_abbreviation(part) {
                        self.parts.add(&several, 3, parting, self.part_of.len() as u32);
                        self.part_of.push(Part { person: at, sort, called: false, apart });
                    }
                }
            }
        }
        let folded: String = given.chars().map(super::fold::base).collect();
        for called in parts_of(&folded).flat_map(nicknames::of) {
            let sort = match called {
                _ if is_ordinary(called) => Sort::Called,
                _ if is_vocabulary(called) => Sort::Word,
                _ => Sort::Name,
            };
            self.parts.add(called, 2, Parting::Nowhere, self.part_of.len() as u32);
            self.part_of.push(Part { person: at, sort, called: true, apart: false });
        }
        self.people.push(person);
        // SmithJane, JSmith: in one word, whole or with the last family name alone.
        let Some(first) = given.chars().next() else { return };
        let last = family.split(' ').next_back().filter(|last| *last != family);
        let called = given.split(' ').next().filter(|one| *one != given).unwrap_or(given);
        for family in [Some(family), last].into_iter().flatten() {
            let short = format!("{first}{family}");
            let short = Some(short).filter(|word| is_unlisted(word) && !given.is_empty());
            let long = [format!("{called}{family}"), format!("{family}{called}")];
            let long = long.into_iter().filter(|_| called.chars().count() > 1);
            for glued in long.chain(short) {
                let min = if is_unlisted(&glued) { STRANGE_PAIR_MIN } else { PAIR_MIN };
                self.sought.add(&glued, min, Parting::Own, self.values.len() as u32);
                self.values.push(Value { class, number, country: None, glued: true });
            }
        }
    }

    /// A record number or telephone number in canonical form.
    pub fn add_number(&mut self, class: Class, canonical: &str, number: u32) {
        if !self.is_new(b'#', class, canonical) {
            return;
        }
        if let Some(digits) = canonical.strip_prefix('+') {
            return self.add_phone(class, digits, number);
        }
        let core = canonical.trim_start_matches('0');
        let parting =
            if core.len() >= PARTED_NUMBER_MIN { Parting::Anywhere } else { Parting::Own };
        if core.len() >= NUMBER_MIN {
            self.sought.add_number(core, NUMBER_MIN, parting, self.values.len() as u32);
        } else {
            // Too short to stand alone; padded to its width it can.
            self.sought.add(
                canonical,
                PARTED_NUMBER_MIN,
                Parting::Anywhere,
                self.values.len() as u32,
            );
        }
        self.values.push(Value { class, number, country: None, glued: false });
    }

    /// International, national and, in North America, local form.
    fn add_phone(&mut self, class: Class, digits: &str, number: u32) {
        let mut add = |from: usize| {
            let (country, core) = digits.split_at(from);
            let at = self.values.len() as u32;
            self.sought.add_number(core, NUMBER_MIN, Parting::Anywhere, at);
            self.values.push(Value {
                class,
                number,
                country: Some(country.to_string()),
                glued: false,
            });
        };
        add(0);
        if digits.len() == 11 && digits.starts_with('1') {
            add(1);
            add(4);
        } else {
            // Country codes have one to three digits; which, the number does not say.
            (1..=3).filter(|n| digits.len() >= n + 7).for_each(add);
        }
    }

    /// A date that only this class has, such as a birth date.
    pub fn add_date(&mut self, class: Class, date: Ymd, number: u32) {
        if self.is_new(b'd', class, (date.year, date.month, date.day)) {
            self.dates.push((class, date, number));
        }
    }

    /// Any other value, looked for word by word.
    pub fn add_text(&mut self, class: Class, text: &str, number: u32) {
        if !self.is_new(b't', class, text) {
            return;
        }
        self.sought.add(text, TEXT_MIN, Parting::OwnOrBreak, self.values.len() as u32);
        self.values.push(Value { class, number, country: None, glued: false });
    }

    /// Whether any date is known.
    pub(super) fn has_dates(&self) -> bool {
        !self.dates.is_empty()
    }

    /// The class and number of a date that is known.
    pub(super) fn date(&self, date: Ymd) -> Option<(Class, u32)> {
        self.dates.iter().find(|(_, known, _)| *known == date).map(|(class, _, n)| (*class, *n))
    }

    pub(super) fn find(
        &self,
        text: &str,
        folded: &Folded,
        out: &mut Vec<Finding>,
    ) -> Result<(), Code> {
        if !self.parts.is_empty() {
            Names { known: self, text, folded }.find(out)?;
        }
        self.sought.find(folded, |hit| {
            let value = &self.values[hit.number as usize];
            if value.glued && !is_glued(text, folded, hit) || !is_one_value(folded, hit) {
                return;
            }
            let (start, end) = match &value.country {
                Some(country) => phone(text, folded, hit, country),
                None => {
                    let first = zeros(folded, hit.first);
                    let last = match value.class {
                        Class::Zip => plus_four(text, folded, hit.last),
                        _ => hit.last,
                    };
                    (folded.words()[first].start, folded.words()[last].end)
                }
            };
            out.push(Finding {
                span: Span { start, end },
                class: value.class,
                layer: Layer::Record,
                known: Some(value.number),
                score: 1.0,
                rule: "value of a field",
                written: Written::Whole,
            });
        })
    }
}

/// A word that a line's end parts is one where a piece of it is no word: `over and` and `over` are not Andover.
fn is_one_value(folded: &Folded, hit: Hit) -> bool {
    let says_so = |at: usize| {
        let word = folded.word(at);
        word.len() >= STRANGE_MIN && is_unlisted(word)
    };
    hit.broken.is_none_or(|at| says_so(at - 1) || says_so(at))
}

/// Three letters say who it is where two are capitals: `TVu`.
fn is_glued(text: &str, folded: &Folded, hit: Hit) -> bool {
    let (first, last) = (folded.words()[hit.first], folded.words()[hit.last]);
    if folded.end(hit.last) - first.at as usize >= ANY_CASE_MIN {
        return true;
    }
    let letters = text[first.start as usize..last.end as usize].chars();
    let mut letters = letters.filter(|c| c.is_alphabetic()).map(char::is_uppercase);
    [letters.next(), letters.next(), letters.next()] == [Some(true), Some(true), Some(false)]
}

fn parts_of(names: &str) -> impl Iterator<Item = &str> {
    names.split([' ', '-']).filter(|part| !part.is_empty())
}

fn sort_of(part: &str) -> Sort {
    match part {
        _ if is_ordinary(part) => Sort::Word,
        _ if is_eponym(part) => Sort::Eponym,
        _ => Sort::Name,
    }
}

/// The first word of a number, words of nothing but zeros in front of it included.
fn zeros(folded: &Folded, mut first: usize) -> usize {
    let mut left = 8;
    while first > 0
        && left > 0
        && folded.words()[first].gap <= Gap::Joint
        && folded.word(first - 1).bytes().all(|b| b == b'0')
    {
        first -= 1;
        left -= 1;
    }
    first
}

/// The last word of a ZIP code whose first five digits end at `zip`: four more may stand behind a dash.
fn plus_four(text: &str, folded: &Folded, zip: usize) -> usize {
    let words = folded.words();
    let gap = |at: usize| &text[words[at - 1].end as usize..words[at].start as usize];
    let (mut last, mut digits) = (zip, 0);
    while digits < 4
        && let Some(next) = words.get(last + 1)
        && next.gap == Gap::Joint
        && (last > zip
            || gap(last + 1)
                .contains(['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2212}']))
        && (last == zip || next.broken)
        && folded.word(last + 1).bytes().all(|b| b.is_ascii_digit())
    {
        last += 1;
        digits += folded.word(last).len();
    }
    if digits == 4 { last } else { zip }
}

/// The span of a telephone number with its country code, `+`, brackets and extension.
fn phone(text: &str, folded: &Folded, hit: Hit, country: &str) -> (u32, u32) {
    let words = folded.words();
    let mut first = zeros(folded, hit.first);
    // The country code (or the area code of a local form) may stand in up to three words.
    let mut rest = country;
    let mut at = first;
    while at > 0
        && words[at].gap <= Gap::Joint
        && let Some(left) = rest.strip_suffix(folded.word(at - 1))
        && left.len() < rest.len()
    {
        (rest, at) = (left, at - 1);
        if rest.is_empty() || rest == "1" {
            first = at;
        }
    }
    let mut start = words[first].start as usize;
    let front = text[..start].trim_end_matches(['(', '+', '\u{ff0b}']);
    start = front.len();
    let mut last = hit.last;
    let mark = |n: usize| matches!(folded.word(n), "x" | "ext" | "extension");
    let digits =
        |n: usize| folded.word(n).len() <= 6 && folded.word(n).bytes().all(|b| b.is_ascii_digit());
    if last + 2 < words.len()
        && words[last + 1].gap <= Gap::Loose
        && mark(last + 1)
        && words[last + 2].gap <= Gap::Loose
        && digits(last + 2)
    {
        last += 2;
    }
    (start as u32, words[last].end)
}

/// A search for names in one text.
struct Names<'a> {
    known: &'a Known,
    text: &'a str,
    folded: &'a Folded,
}

/// A run of words that are parts and initials of one person's name.
struct Run {
    person: u32,
    first: usize,
    last: usize,
    parts: usize,
    initials: usize,
    /// Letters of parts that are spelt letter by letter; unless one is not, there must be some.
    spelt: Option<usize>,
    /// Of its last part.
    sort: Sort,
    part: usize,
    /// A part of it is what people call somebody with such a name.
    called: bool,
}

/// How a part of a name stands in the text.
#[derive(Clone, Copy)]
enum Stands {
    Whole,
    /// Letter by letter, of so many.
    Spelt(usize),
}

impl Names<'_> {
    fn find(&self, out: &mut Vec<Finding>) -> Result<(), Code> {
        let mut steps = Steps::new(self.folded);
        let mut hits = Vec::new();
        let mut at = 0;
        while at < self.folded.words().len() {
            let best = self.longest(at, &mut steps, &mut hits)?;
            let Some(run) = best else {
                at += match self.initials(at) {
                    Some((person, span, words)) => {
                        out.push(match person {
                            Some(person) => self.found(person, span, "initials of a field"),
                            None => Finding {
                                known: None,
                                ..self.found(0, span, "initials of two people")
                            },
                        });
                        words
                    }
                    None => 1,
                };
                continue;
            };
            // What is no name may have one in it.
            at += 1;
            if self.is_name(&run) {
                at = run.last + 1;
                out.push(self.finding(&run));
            }
        }
        Ok(())
    }

    /// The longest run that starts at a word, over all the people whose part stands there (or
    /// behind their initials there).
    fn longest(
        &self,
        at: usize,
        steps: &mut Steps,
        hits: &mut Vec<(u32, usize)>,
    ) -> Result<Option<Run>, Code> {
        let mut part = at;
        while part < at + INITIALS_MAX
            && self.initial(part).is_some()
            && part + 1 < self.folded.words().len()
            && self.joins(part + 1)
        {
            part += 1;
        }
        hits.clear();
        let known = self.known;
        // A part may be one letter of an alphabet without capitals: try the word itself, too.
        for start in at..=part {
            known.parts.at(self.folded, start, steps, |hit| {
                let part = known.part_of[hit.number as usize];
                if self.stands(part, hit).is_some() {
                    hits.push((part.person, start));
                }
            })?;
            if !hits.is_empty() {
                break;
            }
        }
        hits.sort_unstable();
        hits.dedup();
        let mut best: Option<Run> = None;
        for &(person, start) in hits.iter() {
            let owns = |n: usize| {
                self.initial(n).is_some_and(|c| known.people[person as usize].initials.contains(&c))
            };
            if !(at..start).all(owns) {
                continue;
            }
            let run = self.run(person, at, start, steps)?;
            // Who is named so in the record comes before who may be called so.
            let better = |best: &Run| {
                run.last > best.last
                    || run.last == best.last
                        && (best.called && !run.called
                            || best.called == run.called
                                && known.is_about(run.person)
                                && !known.is_about(best.person))
            };
            if best.as_ref().is_none_or(better) {
                best = Some(run);
            }
        }
        Ok(best)
    }

    fn run(&self, person: u32, at: usize, start: usize, steps: &mut Steps) -> Result<Run, Code> {
        let mut run = Run {
            person,
            first: at,
            last: at,
            parts: 0,
            initials: start - at,
            spelt: Some(0),
            sort: Sort::Name,
            part: start,
            called: false,
        };
        let mut next = start;
        while next < self.folded.words().len() && (next == start || self.joins(next)) {
            let mut found: Option<(usize, Part, Stands)> = None;
            self.known.parts.at(self.folded, next, steps, |hit| {
                let part = self.known.part_of[hit.number as usize];
                if part.person == person
                    && found.is_none_or(|(last, ..)| last <= hit.last)
                    && let Some(stands) = self.stands(part, hit)
                {
                    found = Some((hit.last, part, stands));
                }
            })?;
            if let Some((last, part, stands)) = found {
                run.called |= part.called;
                run.spelt = match stands {
                    Stands::Spelt(letters) => run.spelt.map(|spelt| spelt + letters),
                    Stands::Whole => None,
                };
                (run.sort, run.part, run.last) = (part.sort, next, last);
                run.parts += 1;
            } else if self
                .initial(next)
                .is_some_and(|c| self.known.people[person as usize].initials.contains(&c))
            {
                run.initials += 1;
                run.last = next;
            } else {
                break;
            }
            next = run.last + 1;
        }
        Ok(run)
    }

    /// How a part of a name stands there: in one word, letter by letter (`T h o r n e`), or in pieces that a line's end
    /// and a hyphen part, or of which one is no word and no name (`Thorn ebrook`): `Harris on` is not Harrison.
    fn stands(&self, part: Part, hit: Hit) -> Option<Stands> {
        if hit.last == hit.first || part.apart {
            return Some(Stands::Whole);
        }
        let words = &self.folded.words()[hit.first..=hit.last];
        // A script without spaces: a word a letter.
        if words[1..].iter().all(|word| word.gap == Gap::None) {
            return Some(Stands::Whole);
        }
        let gaps = || {
            words.windows(2).map(|pair| &self.text[pair[0].end as usize..pair[1].start as usize])
        };
        let near = |gap: &str| {
            let most = if gap.contains('\n') { PIECES_LINE_BYTES } else { PIECES_GAP_BYTES };
            gap.len() <= most && gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '~'))
        };
        let spelt = words.iter().all(|word| word.single);
        if !spelt && !gaps().all(near) {
            return None;
        }
        let letters = self.folded.end(hit.last) - words[0].at as usize;
        if spelt {
            // A short one in its own case, `V u`, where blanks part it: `R/o` is a word, and so is the article.
            let own = words[0].upper
                && gaps().all(|gap| gap.chars().all(char::is_whitespace))
                && (hit.first + 1..=hit.last)
                    .all(|at| !self.folded.words()[at].upper && self.folded.word(at) != "a");
            return Some(if own { Stands::Whole } else { Stands::Spelt(letters) });
        }
        // A second name has a capital of its own: `Be gaye` is one.
        let goes_on =
            |at: usize| at > hit.first && words[0].upper && !self.folded.words()[at].upper;
        let says_so = |at: usize| {
            let word = self.folded.word(at);
            let strange = is_unlisted(word) || goes_on(at) && !is_vocabulary(word);
            word.len() >= STRANGE_MIN && strange
        };
        let hyphen = gaps().any(|gap| gap.contains('-') && gap.contains('\n'));
        let counts = hyphen || letters >= PIECES_MIN && (hit.first..=hit.last).any(says_so);
        counts.then_some(Stands::Whole)
    }

    /// Initials that stand for the name of one of the people, or of several (then for nobody's), where, and in how many
    /// words: `J.S.`, `Mr. JS`.
    fn initials(&self, at: usize) -> Option<(Option<u32>, Span, usize)> {
        let words = self.folded.words();
        let cue = at > 0 && words[at].gap <= Gap::Joint && self.is_title(at - 1);
        let start = words[at].start;
        let (mut letters, mut end, mut count) = (String::new(), words[at].end, 1);
        let pointed = words[at].single;
        if pointed {
            letters.extend(self.initial(at));
            while let Some(letter) = self.initial(at + count) {
                let next = words[at + count];
                let gap = &self.text[end as usize..next.start as usize];
                if letters.len() > *ALONE.end() || gap != "." && !(cue && gap == ". ") {
                    break;
                }
                letters.push(letter);
                (end, count) = (next.end, count + 1);
            }
            let point = self.text[end as usize..].starts_with('.');
            end += u32::from(point);
            if !point && !cue {
                return None;
            }
        } else if cue && words[at].upper {
            let raw = &self.text[start as usize..end as usize];
            letters.extend(is_loud(raw).then_some(self.folded.word(at)));
        }
        let is_theirs = |person: &Person| {
            let (families, given) = person.initials.split_at(person.families);
            let mut left = letters.chars();
            let (first, last) = (left.next(), left.next_back());
            first.is_some_and(|first| given.first() == Some(&first))
                && last.is_some_and(|last| families.contains(&last))
                && left.all(|middle| person.initials.contains(&middle))
        };
        // What they are elsewhere they are here, unless a title says that they are a person.
        let elsewhere =
            || is_abbreviation(&letters) || letters.len() > 2 && is_vocabulary(&letters);
        if !ALONE.contains(&letters.len()) || !cue && elsewhere() {
            return None;
        }
        let mut theirs = (0..).zip(&self.known.people).filter(|(_, person)| is_theirs(person));
        let (first, others) = (theirs.next()?.0, theirs.next().is_some());
        Some(((!others).then_some(first), Span { start, end }, count))
    }

    /// `Mr`, `Mr.`, `MR.`; `MR` alone is a picture, `MS` a disease.
    fn is_title(&self, word: usize) -> bool {
        let (start, end) = (self.folded.words()[word].start, self.folded.words()[word].end);
        let raw = &self.text[start as usize..end as usize];
        is_title(self.folded.word(word))
            && (!is_loud(raw) || self.text[end as usize..].starts_with('.'))
    }

    /// A capital alone. A small letter alone is an article.
    fn initial(&self, word: usize) -> Option<char> {
        self.folded.words().get(word).filter(|word| word.single && word.upper)?;
        self.folded.word(word).chars().next()
    }

    /// True when what stands in front of the word may stand between two parts of a name.
    fn joins(&self, word: usize) -> bool {
        let words = self.folded.words();
        let gap = &self.text[words[word - 1].end as usize..words[word].start as usize];
        words[word].gap <= Gap::Loose
            && gap.chars().count() <= 4
            && gap.chars().all(|c| {
                c.is_whitespace()
                    || matches!(c, ',' | '.' | '-' | '_' | '^' | '~' | '\u{2010}' | '\u{2011}')
            })
            && gap.matches(['.', ',']).count() <= 2
            && gap.matches('\n').count() <= 1
    }

    fn is_name(&self, run: &Run) -> bool {
        if run.spelt.is_some_and(|letters| letters < PIECES_MIN) {
            return false;
        }
        if run.parts > 1 && run.sort != Sort::Family || run.sort == Sort::Name {
            return true;
        }
        let words = self.folded.words();
        let cue = run.first > 0
            && words[run.first].gap <= Gap::Joint
            && is_cue(self.folded.word(run.first - 1));
        let word = words[run.part];
        if cue {
            return true;
        }
        let name = self.folded.word(run.part);
        if self.has_head(run, name) && run.initials == 0 {
            return false;
        }
        match run.sort {
            Sort::Word => word.upper && !(is_month(name) && self.has_day_or_year(run)),
            Sort::Eponym | Sort::Name => true,
            Sort::Called => word.upper && !self.begins_sentence(run.part),
            Sort::Family => {
                let raw = &self.text[word.start as usize..word.end as usize];
                word.upper
                    && !is_loud(raw)
                    && run.first > 0
                    && self.folded.word(run.first - 1) == "the"
            }
        }
    }

    /// A capital says nothing of the word.
    fn begins_sentence(&self, word: usize) -> bool {
        let words = self.folded.words();
        let Some(before) = word.checked_sub(1).map(|at| words[at].end) else { return true };
        let gap = &self.text[before as usize..words[word].start as usize];
        gap.contains(['.', '!', '?', ':', ';', '\n', '\r', '-', '*', '\u{2022}'])
    }

    /// The word behind the run makes an eponym of it: `Parkinson's disease`, `Foley catheter`.
    fn has_head(&self, run: &Run, name: &str) -> bool {
        self.folded.behind(self.text, run.last).is_some_and(|(gap, head)| {
            matches!(gap, " " | "-" | "\n" | "\u{a0}") && is_head(name, head)
        })
    }

    /// `May 2026`, `May 4`, `4 May`.
    fn has_day_or_year(&self, run: &Run) -> bool {
        let words = self.folded.words();
        let number = |n: usize| self.folded.word(n).parse::<u32>().ok();
        let space =
            |n: usize| &self.text[words[n - 1].end as usize..words[n].start as usize] == " ";
        let behind = run.last + 1 < words.len()
            && space(run.last + 1)
            && matches!(number(run.last + 1), Some(1..=31 | 1800..=2199));
        let before =
            run.first > 0 && space(run.first) && matches!(number(run.first - 1), Some(1..=31));
        behind || before
    }

    fn finding(&self, run: &Run) -> Finding {
        let words = self.folded.words();
        let (start, mut end) = (words[run.first].start, words[run.last].end);
        // The point behind an initial belongs to it.
        if self.initial(run.last).is_some() && self.text[end as usize..].starts_with('.') {
            end += 1;
        }
        self.found(run.person, Span { start, end }, "name of a field")
    }

    fn found(&self, person: u32, span: Span, rule: &'static str) -> Finding {
        let person = &self.known.people[person as usize];
        Finding {
            span,
            class: person.class,
            layer: Layer::Record,
            known: Some(person.number),
            score: 1.0,
            rule,
            written: Written::Whole,
        }
    }
}

//! Layer `record`: values known from the record's own fields, in the variants that people write.

use super::fold::{Folded, Gap};
use super::needles::{Hit, Needles, Parting, Steps};
use super::nicknames;
use super::tagger::is_vocabulary;
use super::words::{
    is_abbreviation, is_cue, is_eponym, is_head, is_loud, is_month, is_ordinary, is_title,
};
use super::{Finding, Layer, Written};
use crate::phi::{Class, Code, Span, Ymd};
use weir_tagger::Listed;
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
}

struct Value {
    class: Class,
    number: u32,
    /// Telephone numbers: the digits that the needle leaves out, the country code.
    country: Option<String>,
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
/// Fewest letters of two names that are looked for as one word.
const PAIR_MIN: usize = 6;
/// People that a new one is compared with.
const PEOPLE_RECENT: usize = 64;
/// Initials in front of a family name.
const INITIALS_MAX: usize = 3;
/// Fewest letters of a name that is found letter by letter or in pieces, and of a piece that says so.
const PIECES_MIN: usize = 4;
const STRANGE_MIN: usize = 3;
/// Most bytes between two pieces of a name.
const PIECES_GAP_BYTES: usize = 2;
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
    }

    /// Nothing is known.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.values.is_empty() && self.dates.is_empty()
    }

    /// A person: family name and given names (see `phi::name_parts`). `number` comes back with
    /// the findings.
    pub fn add_name(&mut self, class: Class, family: &str, given: &str, number: u32) {
        let name = format!("{family},{given}");
        // One provider stands in many elements of an array; a few back is far enough.
        let mut recent = self.people.iter().rev().take(PEOPLE_RECENT);
        if recent.any(|person| person.class == class && person.name == name) {
            return;
        }
        let families = parts_of(family).count();
        let mut person = Person { class, number, name, initials: Vec::new(), families };
        let at = self.people.len() as u32;
        for part in parts_of(family).chain(parts_of(given)) {
            person.initials.extend(part.chars().next().map(super::fold::base));
            if part.chars().count() > 1 {
                let sort = sort_of(part);
                let apart = part.contains('\'');
                self.parts.add(part, 2, Parting::Anywhere, self.part_of.len() as u32);
                self.part_of.push(Part { person: at, sort, called: false, apart });
                if sort == Sort::Name && family.contains(part) {
                    // The Smiths.
                    let parting = if apart { Parting::Anywhere } else { Parting::Nowhere };
                    self.parts.add(&format!("{part}s"), 4, parting, self.part_of.len() as u32);
                    self.part_of.push(Part { person: at, sort, called: false, apart });
                }
            }
        }
        for called in parts_of(given).flat_map(nicknames::of) {
            let sort = match called {
                _ if is_ordinary(called) => Sort::Called,
                _ if is_vocabulary(called) => Sort::Word,
                _ => Sort::Name,
            };
            self.parts.add(called, 2, Parting::Nowhere, self.part_of.len() as u32);
            self.part_of.push(Part { person: at, sort, called: true, apart: false });
        }
        self.people.push(person);
        // SmithJane, jane.smith: both names as one word; JSmith, where no other word is spelt so.
        if let (Some(family), Some(given)) =
            (family.split(' ').next_back(), given.split(' ').next())
            && given.chars().count() > 1
        {
            let short = given.chars().next().map(|initial| format!("{initial}{family}"));
            let is_word = |word: &str| Listed::of(word) != Listed::default() || is_vocabulary(word);
            let short = short.filter(|word| !is_word(word));
            let pairs = [format!("{given} {family}"), format!("{family} {given}")];
            for pair in pairs.into_iter().chain(short) {
                self.sought.add(&pair, PAIR_MIN, Parting::Nowhere, self.values.len() as u32);
                self.values.push(Value { class, number, country: None });
            }
        }
    }

    /// A record number or telephone number in canonical form.
    pub fn add_number(&mut self, class: Class, canonical: &str, number: u32) {
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
        self.values.push(Value { class, number, country: None });
    }

    /// International, national and, in North America, local form.
    fn add_phone(&mut self, class: Class, digits: &str, number: u32) {
        let mut add = |from: usize| {
            let (country, core) = digits.split_at(from);
            let at = self.values.len() as u32;
            self.sought.add_number(core, NUMBER_MIN, Parting::Anywhere, at);
            self.values.push(Value { class, number, country: Some(country.to_string()) });
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
        self.dates.push((class, date, number));
    }

    /// Any other value, looked for word by word.
    pub fn add_text(&mut self, class: Class, text: &str, number: u32) {
        self.sought.add(text, TEXT_MIN, Parting::Own, self.values.len() as u32);
        self.values.push(Value { class, number, country: None });
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
            let (start, end) = match &value.country {
                Some(country) => phone(text, folded, hit, country),
                None => {
                    let first = zeros(folded, hit.first);
                    (folded.words()[first].start, folded.words()[hit.last].end)
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
        && folded.words()[first].gap == Gap::Joint
        && folded.word(first - 1).bytes().all(|b| b == b'0')
    {
        first -= 1;
        left -= 1;
    }
    first
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
    /// Of its last part.
    sort: Sort,
    part: usize,
    /// A part of it is what people call somebody with such a name.
    called: bool,
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
                        out.push(self.found(person, span, "initials of a field"));
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
                if self.stands_as(part, hit).is_some() {
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
                run.last > best.last || run.last == best.last && best.called && !run.called
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
            sort: Sort::Name,
            part: start,
            called: false,
        };
        let mut next = start;
        while next < self.folded.words().len() && (next == start || self.joins(next)) {
            let mut found: Option<(usize, Sort, bool)> = None;
            self.known.parts.at(self.folded, next, steps, |hit| {
                let part = self.known.part_of[hit.number as usize];
                if part.person == person
                    && found.is_none_or(|(last, ..)| last <= hit.last)
                    && let Some(sort) = self.stands_as(part, hit)
                {
                    found = Some((hit.last, sort, part.called));
                }
            })?;
            if let Some((last, sort, called)) = found {
                run.called |= called;
                (run.sort, run.part, run.last) = (sort, next, last);
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

    /// What a part of a name is where it stands: in one word, letter by letter (`T h o r n e`), or in pieces of which
    /// one is no word and no name (`Thorn ebrook`): `Harris on` is not Harrison.
    fn stands_as(&self, part: Part, hit: Hit) -> Option<Sort> {
        if hit.last == hit.first || part.apart {
            return Some(part.sort);
        }
        let words = &self.folded.words()[hit.first..=hit.last];
        // A script without spaces: a word a letter.
        if words[1..].iter().all(|word| word.gap == Gap::None) {
            return Some(part.sort);
        }
        let near = words.windows(2).all(|pair| {
            let gap = &self.text[pair[0].end as usize..pair[1].start as usize];
            gap.len() <= PIECES_GAP_BYTES && gap.chars().all(|c| c.is_whitespace() || c == '-')
        });
        let letters = self.folded.end(hit.last) - words[0].at as usize;
        let is_strange = |at: usize| {
            let word = self.folded.word(at);
            let listed = Listed::of(word);
            let unknown = listed == Listed::default() && !is_vocabulary(word);
            word.len() >= STRANGE_MIN && unknown
        };
        let spelt = words.iter().all(|word| word.single);
        let counts =
            near && letters >= PIECES_MIN && (spelt || (hit.first..=hit.last).any(is_strange));
        counts.then_some(part.sort)
    }

    /// Initials that stand for the name of one of the people, where, and in how many words: `J.S.`, `Mr. JS`.
    fn initials(&self, at: usize) -> Option<(u32, Span, usize)> {
        let words = self.folded.words();
        let cue = at > 0 && words[at].gap <= Gap::Joint && is_title(self.folded.word(at - 1));
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
        let elsewhere = || is_vocabulary(&letters) || is_abbreviation(&letters);
        if !ALONE.contains(&letters.len()) || !(cue && pointed) && elsewhere() {
            return None;
        }
        let person = self.known.people.iter().position(is_theirs)?;
        Some((person as u32, Span { start, end }, count))
    }

    /// A capital alone. A small letter alone is an article.
    fn initial(&self, word: usize) -> Option<char> {
        let found = self.folded.words().get(word).filter(|word| word.single && word.upper)?;
        let _ = found;
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
                    || matches!(c, ',' | '.' | '-' | '_' | '^' | '\u{2010}' | '\u{2011}')
            })
            && gap.matches(['.', ',']).count() <= 2
            && gap.matches('\n').count() <= 1
    }

    fn is_name(&self, run: &Run) -> bool {
        if run.parts > 1 || run.sort == Sort::Name {
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

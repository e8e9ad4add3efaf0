//! Detection: text -> findings. Knows no schema and no format. [`DETECTORS`] is the table of
//! layers, [`detect`] the door.

mod alias;
mod bare;
mod beside;
mod doubt;
mod exempt;
mod fold;
mod known;
mod member;
mod merge;
mod needles;
mod nicknames;
mod normal;
mod pattern;
#[cfg(test)]
mod safety;
mod shapes;
mod tagger;
mod terms;
mod transformer;
mod vocabulary;
mod widen;
mod words;

pub use alias::{Meaning, is_vocabulary, is_word_of, meaning, name_words};
pub use doubt::is_doubtful;
pub use exempt::is_code;
pub use fold::Folded;
pub use known::Known;
pub use member::{Judged, Seen, judge};
pub use needles::{Needles, Parting};
pub use normal::{Ends, Tag, is_element, tag};
pub use tagger::{Lists, lists};
pub use transformer::{Guess, Labeller, SecondReader, Transformer, When};
pub use words::{is_eponym, is_ordinary};

use crate::phi::{Class, Code, Span};
use unicode_normalization::char::is_combining_mark;

/// Which layer found a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// The schema declares the field.
    Declared,
    /// The value is known from the record's own fields.
    Record,
    /// A pattern with its validator or its label.
    Pattern,
    /// The context, by a model of prose.
    Tagger,
    /// The context, by a transformer that the user brings.
    Transformer,
    /// No list of safe words has it.
    Vocabulary,
}

impl Layer {
    /// Whether it is one of those that go by the context.
    pub fn is_model(self) -> bool {
        matches!(self, Layer::Tagger | Layer::Transformer)
    }
}

/// One line of the table of layers.
#[derive(Debug)]
pub struct DetectorEntry {
    /// The layer.
    pub layer: Layer,
    /// Its name in reports.
    pub name: &'static str,
    /// What it does, in words.
    pub what: &'static str,
}

/// The table of layers.
pub const DETECTORS: &[DetectorEntry] = &[
    DetectorEntry { layer: Layer::Declared, name: "declared", what: "the schema lists the field" },
    DetectorEntry {
        layer: Layer::Record,
        name: "record",
        what: "values of the record's own fields, in the variants that people write",
    },
    DetectorEntry {
        layer: Layer::Pattern,
        name: "pattern",
        what: "dates, ages, telephone, e-mail, URL, addresses; numbers with a check digit or a label",
    },
    DetectorEntry {
        layer: Layer::Tagger,
        name: "tagger",
        what: "names, places, organisations and numbers by their context",
    },
    DetectorEntry {
        layer: Layer::Transformer,
        name: "transformer",
        what: "names, addresses and numbers by their context, where a policy asks for it",
    },
    DetectorEntry {
        layer: Layer::Vocabulary,
        name: "vocabulary",
        what: "words in no list of ordinary or clinical ones, and numbers that are no values: `vocabulary` alone",
    },
];

impl Layer {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        DETECTORS[self as usize].name
    }
}

/// A piece of text that is an identifier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// Where, in bytes of the text.
    pub span: Span,
    /// What it is.
    pub class: Class,
    /// Who says so.
    pub layer: Layer,
    /// For [`Layer::Record`]: the number that the known value was added with.
    pub known: Option<u32>,
    /// How sure that is, from 0 to 1: 1 for the record's own values, [`PATTERN_SCORE`] for patterns,
    /// the chance by the model for the tagger and the
    /// transformer.
    pub score: f32,
    /// Which of the layer's rules found it.
    pub rule: &'static str,
    /// How it stands in the text.
    pub written: Written,
}

/// How a value stands in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Written {
    /// As it is, in whatever characters.
    #[default]
    Whole,
    /// In parts, with the end of a line or an HL7 repetition between them.
    Parted,
    /// Inside base64 of a text: the whole run stands for it.
    Encoded,
}

/// The score of a pattern: it says what it is.
pub const PATTERN_SCORE: f32 = 0.95;

/// How far a text is looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aim {
    /// The record's own values and patterns alone.
    Rules,
    /// The context too: little that is no identifier is taken for one.
    Balanced,
    /// The context too: what may be an identifier is taken for one.
    Recall,
    /// Likewise, and whatever no list of safe words has: for texts that models are trained on.
    Vocabulary,
}

impl Aim {
    /// Every aim with its name in the documents.
    pub const NAMES: &[(&str, Aim)] = &[
        ("rules", Aim::Rules),
        ("balanced", Aim::Balanced),
        ("recall", Aim::Recall),
        ("vocabulary", Aim::Vocabulary),
    ];

    /// Chance by the model from which a token is taken for something.
    fn threshold(self) -> Option<f32> {
        match self {
            Aim::Rules => None,
            Aim::Balanced => Some(0.3),
            Aim::Recall | Aim::Vocabulary => Some(0.1),
        }
    }
}

/// Memory that [`detect`] uses again from text to text.
#[derive(Default)]
pub struct Prose {
    normal: normal::Normal,
    work: Work,
}

impl Prose {
    /// Memory for texts that a second reader looks through, too.
    pub fn with(second: Option<SecondReader>) -> Prose {
        let second = second.map(transformer::Work::new);
        Prose { work: Work { second, ..Work::default() }, ..Prose::default() }
    }

    /// The next record begins: what its texts may cost together is counted anew.
    pub fn begin(&mut self) {
        if let Some(second) = &mut self.work.second {
            second.begin();
        }
    }

    /// Parts of this record's texts that were worth a second reading and got none.
    pub fn skipped(&self) -> usize {
        self.work.second.as_ref().map_or(0, |second| second.skipped)
    }
}

impl std::fmt::Debug for Prose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Prose(..)")
    }
}

#[derive(Default)]
struct Work {
    folded: Folded,
    patterns: pattern::Work,
    codes: shapes::Work,
    numbers: shapes::Work,
    tagger: tagger::Work,
    tagged: Vec<Finding>,
    exempt: Vec<exempt::Exempt>,
    second: Option<transformer::Work>,
    doubts: Vec<transformer::Doubt>,
}

/// Finds identifiers in `text`, beside those in `known`. Findings do not overlap and rise; `out`
/// is cleared first.
///
/// Refuses a text that would cost more to look through than its length allows (W0219, W0226).
pub fn detect(
    text: &str,
    known: &Known,
    aim: Aim,
    prose: &mut Prose,
    out: &mut Vec<Finding>,
) -> Result<(), Code> {
    let Prose { normal, work } = prose;
    let mut more = Vec::new();
    normal.read(text, normal::Way::Plain);
    reading(text, normal, known, aim, work, out)?;
    if !normal.is_source() && normal::is_glued(text) {
        // Highlighting is in a word, or between two: the text is read as both.
        let second = work.second.take();
        normal.read(text, normal::Way::Parts);
        let parted = reading(text, normal, known, aim, work, &mut more);
        work.second = second;
        parted?;
        // Which of the two is meant, nothing says: `Wood\H\ward`, `Dr\H\Lopez\N\called`. What either finds goes.
        out.append(&mut more);
        merge::merge(text, out);
    }
    if normal::is_tagged(text) {
        // A tag is in a value, or what is marked is a part of one.
        let second = work.second.take();
        normal.read(text, normal::Way::Markup);
        let marked = reading(text, normal, known, aim, work, &mut more);
        work.second = second;
        marked?;
        let is_new =
            |one: &Finding| one.known.is_some() || normal::may_be_tagged(&text[one.span.range()]);
        out.extend(more.drain(..).filter(is_new));
        merge::merge(text, out);
    }
    let found = out.len();
    for (span, decoded) in normal::encoded(text) {
        layers(&decoded, known, aim, work, &mut more)?;
        // What is in it stands for the whole: a part of a run cannot be taken out.
        out.extend(more.first().map(|first| Finding {
            span,
            known: None,
            written: Written::Encoded,
            rule: "base64 of a text",
            ..*first
        }));
    }
    if out.len() > found {
        merge::merge(text, out);
    }
    let mut end = 0;
    for finding in out.iter_mut() {
        // What begins in another goes with that.
        if finding.class == Class::Url && finding.span.start >= end {
            with_escapes(text, &mut finding.span);
            end = finding.span.end;
        }
        with_marks(text, &mut finding.span);
    }
    // The next one may begin with such a mark.
    let mut end = 0;
    out.retain_mut(|finding| {
        finding.span.start = finding.span.start.max(end);
        end = finding.span.end.max(end);
        finding.span.start < finding.span.end
    });
    Ok(())
}

/// What is found in one reading of a text, where it stands in the text.
fn reading(
    text: &str,
    normal: &normal::Normal,
    known: &Known,
    aim: Aim,
    work: &mut Work,
    out: &mut Vec<Finding>,
) -> Result<(), Code> {
    let read = normal.text(text);
    layers(read, known, aim, work, out)?;
    let found = out.len();
    let mut more = Vec::new();
    // A second reader has seen the parts where they stand.
    let second = work.second.take();
    let parted = normal::parted(read, |joined, from, word| {
        match word {
            true => layers(joined, known, aim, work, &mut more)?,
            false => rules(joined, known, work, false, &mut more)?,
        }
        let parted = more.iter().filter_map(|one| {
            let (start, end) = (one.span.start as usize, one.span.end as usize);
            let span = Span { start: from[start], end: from[end - 1] + 1 };
            // What is not parted was found where it stands, and so were two that only stand beside each other.
            let is_parted = span.end - span.start > one.span.end - one.span.start;
            let is_new = one.known.is_some() || !is_covered(read, span, &out[..found]);
            (is_parted && is_new).then_some(Finding { span, written: Written::Parted, ..*one })
        });
        let parted: Vec<_> = parted.collect();
        out.extend(parted);
        Ok(())
    });
    work.second = second;
    parted?;
    if out.len() > found {
        merge::merge(read, out);
    }
    if !normal.is_source() {
        out.iter_mut().for_each(|finding| finding.span = normal.source(finding.span));
        // One character of the source may have ended one finding and begun the next.
        merge::merge(text, out);
    }
    Ok(())
}

/// Whether every letter and digit of a span lies in one of the `findings` of rules; they rise.
fn is_covered(text: &str, span: Span, findings: &[Finding]) -> bool {
    let from = findings.partition_point(|one| one.span.end <= span.start);
    let mut at = span.start;
    for Finding { span: one, .. } in findings[from..]
        .iter()
        .take_while(|one| one.span.start < span.end)
        .filter(|one| !one.layer.is_model())
    {
        if at < one.start && text[at as usize..one.start as usize].contains(char::is_alphanumeric) {
            return false;
        }
        at = one.end;
    }
    at >= span.end || !text[at as usize..span.end as usize].contains(char::is_alphanumeric)
}

/// A span without the marks and spaces at its ends; nothing where nothing else is in it.
fn trimmed(text: &str, span: Span) -> Option<Span> {
    let inside = &text[span.range()];
    let front = inside.find(char::is_alphanumeric)?;
    let length = inside.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    Some(Span { start: span.start + front as u32, end: span.start + length as u32 })
}

/// Accents and other marks on the last letter belong to it.
fn with_marks(text: &str, span: &mut Span) {
    let behind = &text[span.end as usize..];
    let marks = behind.find(|c| !is_combining_mark(c)).unwrap_or(behind.len());
    span.end += marks as u32;
}

/// A URL goes on behind `%20`, which says a blank in normal form.
fn with_escapes(text: &str, span: &mut Span) {
    let behind = &text[span.end as usize..];
    let is_escape = behind.len() > 2
        && behind.starts_with('%')
        && behind.as_bytes()[1..3].iter().all(u8::is_ascii_hexdigit);
    if is_escape {
        let is_end = |c: char| c.is_whitespace() || "\"'<>()[]{}|\\^`".contains(c);
        let run = &behind[..behind.find(is_end).unwrap_or(behind.len())];
        // A blank with a name ends it as well.
        let run = run.split("&nbsp").next().unwrap_or_default();
        span.end += run.trim_end_matches(['.', ',', ';', ':', '!', '?']).len() as u32;
    }
}

/// What a finding says, in normal form: `value` is what stands at its span.
pub fn said<'a>(value: &'a str, written: Written, buffer: &'a mut String) -> &'a str {
    normal::said(value, written == Written::Parted, buffer)
}

fn layers(
    text: &str,
    known: &Known,
    aim: Aim,
    work: &mut Work,
    out: &mut Vec<Finding>,
) -> Result<(), Code> {
    let threshold = aim.threshold();
    rules(text, known, work, threshold.is_some(), out)?;
    if let Some(threshold) = threshold {
        exempt::spans(text, &mut work.codes, &mut work.exempt);
        work.tagged.clear();
        if work.second.is_some() {
            work.tagger.doubt_from(transformer::doubt_from(threshold));
        }
        tagger::find(text, &work.folded, threshold, &mut work.tagger, &mut work.tagged);
        bare::find(text, aim, &mut work.numbers, &mut work.tagged);
        if let Some(second) = &mut work.second {
            let (tagged, doubts) = (&mut work.tagged, &mut work.doubts);
            doubts.clear();
            doubts.extend(work.tagger.doubts());
            transformer::leave_found([out, tagged], &work.exempt, doubts);
            transformer::find(text, &work.folded, aim, doubts, second, tagged)?;
        }
        work.tagged.retain_mut(|finding| {
            let Some(rest) = exempt::rest(text, &work.exempt, finding) else { return false };
            // What is left of a date among codes need not be one.
            let same = rest == finding.span || finding.class != Class::Date;
            finding.span = rest;
            same || tagger::is_date(text, rest)
        });
        merge::add(text, &mut work.tagged, out);
    }
    if aim == Aim::Vocabulary {
        let safe = work.exempt.iter().filter(|one| one.vouches(text)).map(|one| one.span);
        work.tagged.clear();
        vocabulary::find(&work.folded, safe, out, &mut work.tagged);
        out.append(&mut work.tagged);
        merge::merge(text, out);
    }
    Ok(())
}

/// The record's own values, and patterns. `folds`: the caller needs the text's words, too.
fn rules(
    text: &str,
    known: &Known,
    work: &mut Work,
    folds: bool,
    out: &mut Vec<Finding>,
) -> Result<(), Code> {
    out.clear();
    if folds || !known.is_empty() {
        work.folded.read(text);
        known.find(text, &work.folded, out)?;
    }
    pattern::find(text, known, &mut work.patterns, out);
    merge::merge(text, out);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phi::Ymd;

    fn jane() -> Known {
        let mut known = Known::default();
        known.add_name(Class::PersonName, "smith", "jane q", 0);
        known.add_number(Class::Mrn, "00123456", 1);
        known.add_date(Class::BirthDate, Ymd::new(1961, 3, 4).expect("a day"), 2);
        known.add_number(Class::Phone, "+12125550142", 3);
        known.add_text(Class::Street, "12 Elm St", 4);
        known
    }

    fn found(known: &Known, text: &str) -> Vec<(String, Class, Option<u32>)> {
        let mut out = Vec::new();
        detect(text, known, Aim::Rules, &mut Prose::default(), &mut out).expect("cheap");
        out.iter().map(|f| (text[f.span.range()].to_string(), f.class, f.known)).collect()
    }

    fn check(text: &str, class: Class, want: &[&str]) {
        let found = found(&jane(), text);
        let hits: Vec<_> = found.iter().filter(|f| f.1 == class).map(|f| f.0.as_str()).collect();
        assert_eq!(hits, want, "{text}");
    }

    fn names(family: &str, given: &str, text: &str) -> Vec<String> {
        let mut known = Known::default();
        known.add_name(Class::PersonName, family, given, 0);
        let found = found(&known, text).into_iter();
        found.filter(|f| f.1 == Class::PersonName).map(|f| f.0).collect()
    }

    #[test]
    fn names_known_from_the_record_in_their_variants() {
        for (text, want) in [
            ("Jane Smith came in.", &["Jane Smith"][..]),
            ("SMITH, JANE Q. came in.", &["SMITH, JANE Q."]),
            ("Ms. Smith's husband", &["Smith"]),
            ("J. Smith and jane", &["J. Smith", "jane"]),
            ("J. Q. Smith", &["J. Q. Smith"]),
            ("Smith J was seen", &["Smith J"]),
            ("Jane\nSmith", &["Jane\nSmith"]),
            (
                "Jane\u{a0}Smith; \u{201c}Smith\u{201d}\u{2014}Jane",
                &["Jane\u{a0}Smith", "Smith", "Jane"],
            ),
            ("Sm\u{ad}ith, Smith2, the Smiths", &["Sm\u{ad}ith, Smith", "Smiths"]),
            ("SmithJane, janesmith@home", &["SmithJane", "janesmith"]),
            ("PID|1||SMITH^JANE^Q||, user JSmith", &["SMITH^JANE^Q", "JSmith"]),
            ("Smithson and Janet stayed", &[]),
            ("blacksmith", &[]),
        ] {
            check(text, Class::PersonName, want);
        }
    }

    #[test]
    fn a_name_that_a_hyphen_parts_has_the_token_of_the_field() {
        for (text, want) in [
            ("Seen by Ms. Smi-\nth today", "Smi-\nth"),
            ("for Jane Smi-\r\n   th, MRN", "Jane Smi-\r\n   th"),
        ] {
            let found = found(&jane(), text);
            assert_eq!(found, [(want.to_string(), Class::PersonName, Some(0))], "{text}");
        }
    }

    #[test]
    fn names_letter_by_letter_and_in_pieces() {
        for (family, given, text, want) in [
            ("thorne", "jane", "Seen: T h o r n e today", &["T h o r n e"][..]),
            ("thorne", "jane", "J A N E  T H O R N E, 44", &["J A N E  T H O R N E"]),
            ("zblewski", "jane", "Ms. Zble wski; zble-wski", &["Zble wski", "zble-wski"]),
            (
                "zblewski",
                "jane",
                "J. Zb lewski, Z-B-L-E-W-S-K-I",
                &["J. Zb lewski, Z-B-L-E-W-S-K-I"],
            ),
            ("o'brien", "jane", "O Brien, O'Brien", &["O Brien, O'Brien"]),
            ("vu", "tiffany", "V u; T i f f a n y V u", &["V u", "T i f f a n y V u"]),
            ("de la cruz", "ana", "d e l a C r u z", &["d e l a C r u z"]),
            ("begaye", "ana", "Be gaye", &["Be gaye"]),
            ("haddad", "ana", "Had-\ndad; HAD-\r\n DAD", &["Had-\ndad", "HAD-\r\n DAD"]),
            // Words and names, of which somebody else's name could be made.
            ("haddad", "ana", "Had dad been told? had\ndad", &[]),
            ("da", "ana", "Vitamin D a day", &[]),
            ("ho", "pat", "H/o DM, R/o PE", &[]),
            ("ro", "kim", "R/o PE; P.r.o.", &[]),
            ("allgood", "ann", "all good so far. All good. FEELS ALL GOOD", &[]),
            ("newman", "ann", "a new man; pt is a New man", &[]),
            ("hadnot", "bob", "Patient had not taken her insulin", &[]),
            ("forde", "ann", "Referred for de novo AML", &[]),
            ("sconce", "lee", "bisoprolol 2.5 mg sc once a day", &[]),
            ("avery", "megan", "SHE IS A VERY PLEASANT LADY", &[]),
            ("doe", "jane", "D.O.E. on stairs, D O E x 2 days", &[]),
            ("thorne", "jane", "thor. Ne was low; T h o r n", &[]),
        ] {
            assert_eq!(names(family, given, text), want, "{text}");
        }
    }

    #[test]
    fn a_name_is_no_piece_of_another_ones() {
        for (one, other, text, want) in [
            ("harris,mary", "harrison,joan", "Mr. Harris on 2L; Harris on Friday", &[0, 0][..]),
            ("ober,john", "johnson,bruce", "John son at bedside; JOHN SON", &[0, 0]),
            ("ober,max", "maxwell,ann", "Max well today", &[0]),
            ("man,ho", "wellman,ann", "all well\nMan returned", &[0]),
        ] {
            let mut known = Known::default();
            for (number, name) in [one, other].into_iter().enumerate() {
                let (family, given) = name.split_once(',').expect("two names");
                known.add_name(Class::PersonName, family, given, number as u32);
            }
            let found: Vec<_> = found(&known, text).into_iter().filter_map(|one| one.2).collect();
            assert_eq!(found, want, "{text}");
        }
    }

    #[test]
    fn initials_that_stand_alone() {
        for (family, given, text, want) in [
            ("smith", "jane quinn", "J.S. was seen by J.Q.S. today", &["J.S.", "J.Q.S."][..]),
            ("smith", "jane quinn", "Ms. J. S. and ms JS, Mr. J.S", &["J. S.", "JS", "J.S"]),
            ("smith", "jane quinn", "JS, S.J., J.K.S., J.Q., J. S. aureus", &[]),
            ("reyes", "milo", "M.R. slept, Mr. MR too; Ms MR", &["MR", "MR"]),
            ("scott", "milo", "MR MS spine, MS MS, M.S., MR. MS", &["MS"]),
            ("vance", "tom", "T.V. slept", &["T.V."]),
            // A degree, a route, a rhythm: a name only behind a title.
            ("davis", "mary", "Ann Low, M.D. saw Ms. M.D., patient M.D. notified", &["M.D."]),
            ("osei", "paul", "P.O. intake, U.S., pt P.O.", &[]),
            ("farouk", "amir", "Pt AF with RVR", &[]),
            ("ochoa bell", "sam", "pt S.O.B. today", &[]),
            // Sam Parks' sparks.
            ("parks", "sam", "sparks, S. Parks", &["S. Parks"]),
            ("alter", "wanda", "Walter called; WAlter", &[]),
            ("low", "jim", "JLow, jlow, JimLow, LowJim", &["JLow", "jlow", "JimLow", "LowJim"]),
            ("vu", "tom", "TVu; tvu, TVU, Tvu", &["TVu"]),
            ("ng", "mai", "MaiNg, NgMai", &["MaiNg", "NgMai"]),
            ("vu-rojas", "mai", "MaiVu-Rojas, MVu-Rojas", &["MaiVu-Rojas", "MVu-Rojas"]),
            // Families.
            ("vu", "tom", "The Vus called. Some vus. Vus: none", &["Vus"]),
            ("young", "tom", "the Youngs called; Youngs modulus, the youngs", &["Youngs"]),
            ("parkinson", "tom", "Parkinsons", &[]),
            ("day", "tom", "in the Days ahead, OVER THE DAYS", &[]),
            ("bu", "tom", "the Bus was late", &[]),
            ("short", "dee", "vitamin D\nshort", &[]),
        ] {
            assert_eq!(names(family, given, text), want, "{text}");
        }
    }

    #[test]
    fn names_that_people_are_called_by() {
        for (given, text, want) in [
            ("robert", "Bob felt well, robbie and ROB too", &["Bob", "robbie", "ROB"][..]),
            ("margaret ann", "Peggy Low called; Maggie", &["Peggy Low", "Maggie"]),
            ("bob", "Robert was seen", &["Robert"]),
            // Words, too: beside a part of the name, a title, or in the middle of a sentence.
            (
                "william",
                "Bill Low and Mr. Will were here, then Bill left",
                &["Bill Low", "Will", "Bill"],
            ),
            ("william", "Will return in May. Bill sent: will pay.\nWill call", &[]),
            ("richard", "a rich diet; Dick felt well", &["Dick"]),
        ] {
            assert_eq!(names("low", given, text), want, "{text}");
        }
    }

    #[test]
    fn who_is_named_so_comes_before_who_may_be_called_so() {
        let mut known = Known::default();
        known.add_name(Class::PersonName, "low", "robert", 0);
        known.add_name(Class::ProviderName, "hale", "bobby", 1);
        let all = |text: &str| found(&known, text).into_iter().map(|f| f.2).collect::<Vec<_>>();
        assert_eq!(all("Bobby saw Rob; Bobby Low and Bobby Hale"), [1, 0, 0, 1].map(Some));
    }

    #[test]
    fn a_record_number_keeps_its_token_whatever_stands_in_front() {
        let mut known = Known::default();
        known.add_number(Class::Mrn, "7734192", 0);
        for text in [
            "MRN is 7734192",
            "MRN was 7734192.",
            "MRN of 7734192",
            "MRN no 7734192",
            "MRN IS 7734192",
            "MRN: is 7734192",
            "MRN at 7734192",
            "MRN A7734192",
            "MRN: AB-7734192",
            "MRN number 7734192",
            "MRN 77 34 192",
            "chart no. X7734192",
        ] {
            let found = found(&known, text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!((found[0].1, found[0].2), (Class::Mrn, Some(0)), "{text}: {found:?}");
        }
        // Another, longer number.
        assert_eq!(found(&known, "MRN 99-7734192-01")[0].2, None);
    }

    #[test]
    fn names_in_other_spellings() {
        assert_eq!(
            names("garc\u{ed}a", "jos\u{e9}", "Jose Garcia, JOSE\u{301} garc\u{ed}a"),
            ["Jose Garcia, JOSE\u{301} garc\u{ed}a"]
        );
        for text in ["O'Brien", "O\u{2018}Brien", "OBrien", "O Brien", "o\u{2019}brien"] {
            assert_eq!(names("o'brien", "zed", text), [text]);
        }
        assert_eq!(
            names("\u{738b}\u{4f1f}", "", "\u{60a3}\u{8005}\u{738b}\u{4f1f}\u{4eca}"),
            ["\u{738b}\u{4f1f}"]
        );
        assert_eq!(names("do", "anh", "Mr. Do was seen. Anh Do. how do you do"), ["Do", "Anh Do"]);
        assert_eq!(names("theo", "", "the O2 sat; Theo"), ["Theo"]);
    }

    #[test]
    fn ordinary_words_are_names_only_where_they_are_written_so() {
        let none = Vec::<String>::new;
        assert_eq!(
            names("parkinson", "may", "Parkinson's disease since 2019; it may progress"),
            none()
        );
        assert_eq!(names("parkinson", "may", "seen in May 2024 and on 4 May"), none());
        assert_eq!(
            names("parkinson", "may", "Mrs. Parkinson felt well. May Parkinson left."),
            ["Parkinson", "May Parkinson"]
        );
        for (text, want) in [
            ("john wilson came in, pt wilson c/o pain", &["john wilson", "wilson"][..]),
            ("Mr. Wilson, 62, was seen", &["Wilson"]),
            ("Mr. Wilson 62M", &["Wilson"]),
            ("WILSON, 45 y/o", &["WILSON"]),
            ("Saw Mr. Wilson. Blood pressure 120/80.", &["Wilson"]),
            ("Wilson's test results", &["Wilson"]),
            ("Spoke to John 3 times", &["John"]),
            ("no Wilson's disease, no Wilson\u{2019}s disease; St. John's wort", &[]),
        ] {
            assert_eq!(names("wilson", "john", text), want, "{text}");
        }
        for (text, want) in [
            ("Pt. king is a 45 yo. Mrs King 2 wks.", &["king", "King"][..]),
            ("KING, YOUNG", &["KING, YOUNG"]),
            ("a young man on king size bed", &[]),
        ] {
            assert_eq!(names("king", "young", text), want, "{text}");
        }
        assert_eq!(names("white", "rose", "white blood cells, White blood cells; rose"), none());
        assert_eq!(names("white", "rose", "Mr. White blood, rose white"), ["White", "rose white"]);
    }

    #[test]
    fn numbers_known_from_the_record_in_their_variants() {
        for text in [
            "MRN 00123456.",
            "mrn#123456",
            "00-12-34-56",
            "0012 3456",
            "12\u{2011}34\u{2013}56",
            "12\u{a0}34 - 56",
            "1234-\n56",
            "12_34_56",
            "12\u{200b}3456",
            "\u{ff11}\u{ff12}3456",
            "ID123456",
            "pt123456A",
        ] {
            let found = found(&jane(), text);
            assert!(found.iter().any(|f| f.1 == Class::Mrn && f.2 == Some(1)), "{text}: {found:?}");
            assert_eq!(found.len(), 1, "{text}: {found:?}");
        }
        for text in [
            "(212) 555-0142",
            "212.555.0142",
            "+1 212 555 0142",
            "2125550142",
            "(212) - 555 - 0142",
            "212\u{2011}555\u{2011}0142",
            "212-555-0142x9",
            "2125550142 ext. 99",
            "555-0142",
        ] {
            let found = found(&jane(), text);
            assert_eq!(found, [(text.to_string(), Class::Phone, Some(3))], "{text}");
        }
        for text in ["900123456", "123 4567", "12..........3456", "12, 3456 mg", "123457"] {
            assert!(found(&jane(), text).iter().all(|f| f.1 != Class::Mrn), "{text}");
        }
    }

    #[test]
    fn rows_of_doses_are_no_dates_and_no_addresses() {
        for text in ["give 10-20-30 mg", "taper 60-50-40-30-20-10", "Lasix 40/40/20"] {
            assert_eq!(found(&Known::default(), text), [], "{text}");
        }
        for text in [
            "on 10-20-30, 5 mg",
            "at 60-50-40-30-20-1a",
            "at 00-11-22-33-44-55",
            "03/31/20 mother came",
            "03/14/2024 CC: pain",
            "3/14/24 CC: pain",
            "3/14/24 MG crisis",
            "03/14/2024 mg",
            "MRN: A12.3456",
        ] {
            assert_eq!(found(&Known::default(), text).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_label_makes_no_number_of_a_code_of_icd() {
        assert_eq!(found(&Known::default(), "codes on claim: M54.50, ref E11.9"), []);
        let text = "claim: M5450-881";
        assert_eq!(found(&Known::default(), text), [("M5450-881".into(), Class::Claim, None)]);
    }

    #[test]
    fn figures_in_groups_behind_a_label_are_one_number() {
        for (text, want) in [
            ("MRN: 96 81 73, SSN follows", "96 81 73"),
            ("chart no 123 456 789, seen", "123 456 789"),
            ("MRN 4401 696 (chart)", "4401 696"),
            ("mrn 4401 6967.", "4401 6967"),
            ("MRN 440169 62 beds", "440169"),
        ] {
            let found = found(&Known::default(), text);
            assert_eq!(found, [(want.to_string(), Class::Mrn, None)], "{text}");
        }
    }

    /// What looks like one longer telephone number has a number of the record in it: that keeps its token.
    #[test]
    fn a_number_of_the_record_inside_a_telephone_number_is_itself() {
        let mut known = Known::default();
        known.add_number(Class::Mrn, "4401696", 0);
        let mut two = Known::default();
        two.add_number(Class::Mrn, "4401696", 0);
        two.add_number(Class::Account, "963440", 1);
        let both = found(&two, "Mr. Hale / 02-05-963 / 440 1696, ward 3");
        assert!(both.iter().any(|one| one.2.is_some()), "{both:?}");
        let found = found(&known, "Mr. Hale / 02-05-963 / 440 1696, ward 3");
        assert!(found.contains(&("440 1696".to_string(), Class::Mrn, Some(0))), "{found:?}");
        assert!(found.iter().any(|one| one.0.ends_with("963")), "{found:?}");
    }

    #[test]
    fn a_telephone_number_of_another_country() {
        let mut known = Known::default();
        known.add_number(Class::Phone, "+442079460958", 0);
        for text in
            ["+44 20 7946 0958", "020 7946 0958", "+44 (0)20 7946 0958", "0044 20 7946 0958"]
        {
            assert_eq!(found(&known, text), [(text.to_string(), Class::Phone, Some(0))], "{text}");
        }
    }

    #[test]
    fn short_numbers_are_found_padded_or_behind_their_label() {
        let mut known = Known::default();
        known.add_number(Class::Mrn, "0000000123", 0);
        assert_eq!(
            found(&known, "at 0000000123, 123 mg"),
            [("0000000123".to_string(), Class::Mrn, Some(0))]
        );
        assert_eq!(found(&known, "MRN 123"), [("123".to_string(), Class::Mrn, None)]);
    }

    #[test]
    fn birth_dates_known_from_the_record_in_their_variants() {
        for text in [
            "1961-03-04",
            "03/04/1961",
            "4 March 1961",
            "March 4, 1961",
            "04-03-1961",
            "3/4/61",
            "19610304",
            "04MAR1961",
            "4-Mar-61",
            "March 4th, 1961",
            "4th of March 1961",
            "March  4, 1961",
            "March\n4, 1961",
            "March 4,1961",
            "03 04 1961",
            "1961\u{2011}03\u{2011}04",
            "196103041011",
        ] {
            assert_eq!(
                found(&jane(), text),
                [(text.to_string(), Class::BirthDate, Some(2))],
                "{text}"
            );
        }
        check("DOB03/04/1961", Class::BirthDate, &["03/04/1961"]);
        let mut old = Known::default();
        old.add_date(Class::BirthDate, Ymd::new(1925, 3, 4).expect("a day"), 0);
        assert_eq!(found(&old, "dob 3/4/25"), [("3/4/25".to_string(), Class::BirthDate, Some(0))]);
    }

    #[test]
    fn texts_known_from_the_record_at_any_border() {
        for text in
            ["\u{201c}12 Elm St\u{201d}", "at\u{a0}12 Elm St", "\u{2014}12 elm  st,", "12 Elm\nSt."]
        {
            let found = found(&jane(), text);
            assert!(found.iter().any(|f| f.1 == Class::Street && f.2 == Some(4)), "{text}");
        }
        let mut known = Known::default();
        known.add_text(Class::City, "Montr\u{e9}al", 0);
        assert_eq!(found(&known, "in Montre\u{301}al").len(), 1);
        assert_eq!(found(&known, "in MONTREAL.").len(), 1);
        let mut known = Known::default();
        known.add_text(Class::City, "Tallahassee", 0);
        assert_eq!(found(&known, "in Talla\n  hassee, Talla~hassee").len(), 2);
        assert_eq!(found(&known, "in Talla hassee").len(), 0);
        let mut known = Known::default();
        known.add_text(Class::City, "Andover", 0);
        assert_eq!(found(&known, "over and\nover again").len(), 0);
        let mut known = Known::default();
        known.add_text(Class::Zip, "02139", 0);
        for text in ["02139", "02139-7197", "02139\n-7197", "02139-71~97", "02\n139"] {
            let found = found(&known, &format!("from {text}, a day"));
            assert_eq!(found, [(text.to_string(), Class::Zip, Some(0))]);
        }
        for text in ["02139 7197", "02139-719", "02139-71-97"] {
            assert_eq!(found(&known, &format!("from {text}, a day"))[0].0, "02139");
        }
    }

    #[test]
    fn patterns_find_what_the_record_does_not_know() {
        check("SSN 123-45-6789", Class::Ssn, &["123-45-6789"]);
        check(
            "ITIN 912-34-5678, 123\u{2011}45\u{2011}6789",
            Class::Ssn,
            &["912-34-5678", "123\u{2011}45\u{2011}6789"],
        );
        check("ssn: 123456789", Class::Ssn, &["123456789"]);
        check("call 415-555-0199 now", Class::Phone, &["415-555-0199"]);
        check(
            "tel 4155550199, +44 20 7946 0999",
            Class::Phone,
            &["4155550199", "+44 20 7946 0999"],
        );
        check("Medical record number: A-778812, seen", Class::Mrn, &["A-778812"]);
        check("MRN# 0012\u{2011}5678", Class::Mrn, &["0012\u{2011}5678"]);
        check("write j.doe@example.com.", Class::Email, &["j.doe@example.com"]);
        check(
            "see https://example.org/p?id=7, or www.example.org.",
            Class::Url,
            &["https://example.org/p?id=7", "www.example.org"],
        );
        check("from 10.1.2.3.", Class::Ip, &["10.1.2.3"]);
        check("Springfield, IL 62704-1234; zip 02139", Class::Zip, &["62704-1234", "02139"]);
        check("97-year-old, 97 yo, age 97, Aged: 97, 97 y/o", Class::Age, &["97"; 5]);
        check(
            "born in 1929, DOB 03/04/1920, mother born 3/4/1915",
            Class::BirthDate,
            &["1929", "03/04/1920", "3/4/1915"],
        );
        check("lives at 12 elm  st", Class::Street, &["12 elm  st"]);
    }

    #[test]
    fn ages_counties_and_numbers_without_the_usual_words() {
        for (text, class, want) in [
            ("98M, chart JM113770; her mother died at 94.", Class::Age, &["98", "94"][..]),
            ("Mr. Hale (MRN 28295181), 97, for a fall", Class::Age, &["97"]),
            ("a ninety-four-year-old", Class::Age, &["ninety-four-year-old"]),
            ("T 99F, temp 98 F, SpO2 94, is 98% on air, died at 9:45", Class::Age, &[]),
            (
                "of Ventura County, The County jail, County Road 9",
                Class::County,
                &["Ventura County"],
            ),
            ("PV1|1|I||||KATZ^URSULA^C^^^MD", Class::PersonName, &["KATZ^URSULA^C"]),
            ("OBX|1|NM|718-7^Hemoglobin^LN", Class::PersonName, &[]),
            ("^^Reno^NV^89501|", Class::Zip, &["89501"]),
            ("Account             2084555-8", Class::Account, &["2084555-8"]),
            ("TSH 0.54 ref 0.45-4.50; S/N 24509039", Class::UniqueId, &["24509039"]),
            ("last 4 SSN 1597", Class::Ssn, &["1597"]),
            (
                "PET 9/16: clear; GCS 9/13, 11/14 correct; Q3 2024",
                Class::Date,
                &["9/16", "11/14", "Q3 2024"],
            ),
            ("call (507) 555-0128, ext. 90536", Class::Phone, &["(507) 555-0128, ext. 90536"]),
            // What ends one value may begin the next.
            ("10.0.0.1 10.0.0.2,10.0.0.3", Class::Ip, &["10.0.0.1", "10.0.0.2", "10.0.0.3"]),
            ("3/14 3/16 3/17", Class::Date, &["3/14", "3/16", "3/17"]),
            ("|HALE^JANE~OKAFOR^JOHN|", Class::PersonName, &["HALE^JANE", "OKAFOR^JOHN"]),
            (
                "SSN-123-45-6789, ssn is 123456789, SSN (123456788)",
                Class::Ssn,
                &["123-45-6789", "123456789", "123456788"],
            ),
            (
                "SSN 123-45-\n   6789 and 123-45\t\n-6788",
                Class::Ssn,
                &["123-45-\n   6789", "123-45\t\n-6788"],
            ),
            ("SSN 123&minus;45&minus;6789", Class::Ssn, &["123&minus;45&minus;6789"]),
            ("cell is 2125550143", Class::Phone, &["2125550143"]),
            ("Baltimore, MD 21201", Class::Zip, &["21201"]),
            (
                "ref 70-100; order 10 mg; order 79-539, ref 85-029",
                Class::UniqueId,
                &["79-539", "85-029"],
            ),
            ("sister xo, mother 91 alive; father lived\r\nto 101", Class::Age, &["91", "101"]),
            (
                "at 30 Avenue of the Pines, 390 1/2 State Route 636",
                Class::Street,
                &["30 Avenue of the Pines", "390 1/2 State Route 636"],
            ),
            ("J. Ruiz, RN 448210", Class::License, &["448210"]),
        ] {
            check(text, class, want);
        }
    }

    /// Codes at the ends of what the tagger takes for a number are left alone, a number beside them is not.
    #[test]
    fn codes_stay_and_numbers_beside_them_go() {
        let look = |text: &str| {
            let mut out = Vec::new();
            detect(text, &Known::default(), Aim::Balanced, &mut Prose::default(), &mut out)
                .expect("cheap");
            out.iter().map(|f| text[f.span.range()].to_string()).collect::<Vec<_>>()
        };
        for text in [
            "PANEL 27447 | 777-3 | 718-7 | 1742-6",
            "36415 x1, 27447, modifier 76",
            "CVX 206 MVX SKB; DRG 507; POA Y; ATC N02BE01, UNII 362O9ITL9D",
            "BMP 130/6.6/97/32/20/2.82, 29w2d, mm[Hg], c.660+1G>T",
            "SNOMED 44054006, RXCUI: 104375 / 198211, NDC 0002-8215-01",
            "COVID vaccine 140 (COVID-19); 1-h GCT 134",
            "refset 723264001 member 57892005 maps to M17.11; PT 2093-3; TMB 19 mut/Mb",
            "E78.5 49049000 2085-9 849574 33; No evidence of von Hippel-Lindau; DeBakey IIIa",
            "CBC 14.8>9.9/31<304; MI 2017, CABG 2005",
            "New York Heart Association class 4, Sister Mary Joseph nodule, Christmas tree rash",
        ] {
            assert_eq!(look(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(look("chart 8841220719, SNOMED 44054006"), ["8841220719"]);
        assert_eq!(look("ICD E11.9; specimen 88412907 was lost"), ["88412907"]);
        for text in ["CPT 99213, 4471220716 paid", "dx 4471220716", "LOINC 4548-4, 4471220716"] {
            assert_eq!(look(text), ["4471220716"], "{text}");
        }
        for (text, want) in [
            ("POA: HARROW, JANE signed the form", "HARROW"),
            ("seen by [Okafor] and Dr. Wilson Harrow", "Okafor"),
            ("Encounter 44712 in clinic B", "44712"),
        ] {
            assert!(
                look(text).iter().any(|found| found.contains(want)),
                "{text}: {:?}",
                look(text)
            );
        }
    }

    /// What is found is what is found without it, whatever part of it is highlighted.
    #[test]
    fn highlighting_of_hl7_hides_nothing() {
        let known = jane();
        let mut prose = Prose::default();
        let mut found = |text: &str| {
            let mut out = Vec::new();
            detect(text, &known, Aim::Balanced, &mut prose, &mut out).expect("cheap");
            let said = |f: &Finding| text[f.span.range()].replace(r"\H\", "").replace(r"\N\", "");
            out.iter().map(|f| (said(f), f.class, f.known)).collect::<Vec<_>>()
        };
        for text in [
            r"Age: \H\92\N\ and \H\Age:\N\ 93 y, \H\94\N\-year-old woman, He is \H\95\N\.",
            r"Seen on \H\3/4\N\. Seen March \H\14\N\, 2024 at noon. 03/\H\14\N\/2024, 2024-03-\H\14\N\ seen",
            r"call (212) \H\555\N\-0147 now. SSN last 4 \H\6789\N\",
            r"SSN \H\123\N\-45-6789 on file. \H\SSN:\N\ 123456789 given.",
            r"Boston, MA \H\02139\N\ now. \H\Acct\N\: 4471 seen. Member ID \H\XQ4471\N\ ok",
            r"mail jane.doe@\H\example\N\.com now. ip 10.12.\H\14\N\.16 seen",
            r"MRN \H\0012\N\3456, \H\MRN:\N\ 123456, born 1961-\H\03\N\-04, \H\4 March\N\ 1961",
            r"S\H\mit\N\h, Jane was well. \H\Jane\N\ lives \H\12\N\ Elm St, phone 212-\H\555\N\-0142.",
            r"K \H\6.9\N\ (3.5-5.1) H. WBC \H\14.2\N\ H. The \H\Parkinson\N\ disease.",
        ] {
            let plain = text.replace(r"\H\", "").replace(r"\N\", "");
            assert_eq!(found(text), found(&plain), "{text}");
        }
        for (text, want) in [
            (r"the patient\H\Mary Thornton\N\lives here", &["Mary Thornton"][..]),
            (r"DR\H\ZBLEWSKI\N\CALLED AT NOON, MRN\H\8123457\N\on file", &["ZBLEWSKI", "8123457"]),
            (r"Seen 03/04/2024\H\2125550147\N\ called back.", &["03/04/2024", "2125550147"]),
            (r"Seen on 03/04/2024,\H\PEREZ\N\ called back.", &["03/04/2024", "PEREZ"]),
            (r"The patient(\H\PEREZ\N\ called back.", &["PEREZ"]),
            (r"Glucose 7.2-\H\536-22-7184\N\", &["536-22-7184"]),
            (r"MRN 812345&#55;\N\on file.", &["812345&#55;"]),
            (r"saw Q:\N\Smith\scan today", &["Smith"]),
            (r"reached at +\H\1 (362) 243-585\N\8 now", &["+1 (362) 243-5858"]),
            (
                r"Phone log: Dr\H\Lopez\N\called 2125550147 Dr\H\Brown\N\called 2125550199",
                &["Lopez", "2125550147", "Brown", "2125550199"],
            ),
            (
                r"Glucose\H\high\N\today 2125550147 potassium\H\low\N\today 2125550199",
                &["2125550147", "2125550199"],
            ),
        ] {
            let all = found(text);
            for want in want {
                assert!(all.iter().any(|one| one.0.contains(want)), "{want} of {text}: {all:?}");
            }
        }
        // Whatever part of it is highlighted, and whatever the parts are words of.
        for name in ["Woodward", "Goodman", "Goldstein", "Rosenthal", "Hamilton", "Lawson"] {
            for at in 1..name.len() {
                for mark in [r"\H\", r"\N\"] {
                    let text = format!("Seen by Dr. {}{mark}{} today", &name[..at], &name[at..]);
                    assert!(found(&text).iter().any(|one| one.0.contains(name)), "{text}");
                }
            }
        }
        for local in ["jane.smith", "mary_hope", "hope"] {
            let mail = format!("{local}@example.com");
            for at in 1..mail.len() {
                let text = format!("Email {}\\H\\{}\\N\\ now", &mail[..at], &mail[at..]);
                assert!(found(&text).iter().any(|one| one.0.contains(&mail)), "{text}");
            }
        }
        // The token is that of the field.
        let all = found(r"The patient\H\Smith\N\was seen. Dr\H\Smith\N\called");
        assert_eq!(all.iter().filter(|one| one.2 == Some(0)).count(), 2, "{all:?}");
    }

    #[test]
    fn a_dose_behind_ext_or_a_label_is_no_number() {
        let known = Known::default();
        for (text, want) in [
            ("Rx: 220 lbs, Plan: 300 degrees, ext 500 mm, ext 250 tabs, ext 300 kg", &[][..]),
            ("ext 500 units of insulin, EXT 500 MG DAILY, metformin ext 1000 mg qhs", &[]),
            ("heparin ext 5000 units sc, EXT 1500 MG DAILY", &[]),
            ("Account: 44556 lb. Rx: 445566 LB. Acct: 220 lbs", &["44556", "445566", "220"]),
            ("ext. 22198 ML (charge nurse), ext 2219 KG, ext. 3344 MG", &["22198", "2219", "3344"]),
            ("ext 4521 G. Smith, ext 4471 days, ext 4527 cm", &["4521", "4471", "4527"]),
        ] {
            let all = found(&known, text);
            let numbers = all.iter().filter(|one| one.0.bytes().all(|b| b.is_ascii_digit()));
            let numbers: Vec<_> = numbers.map(|one| one.0.as_str()).collect();
            assert_eq!(numbers, want, "{text}");
        }
    }

    #[test]
    fn recall_takes_more_than_balanced() {
        let letters = |aim: Aim, text: &str| {
            let mut out = Vec::new();
            detect(text, &Known::default(), aim, &mut Prose::default(), &mut out).expect("cheap");
            out.iter().map(|f| (f.span.end - f.span.start) as usize).sum::<usize>()
        };
        let generator = weir_synth::Generator::new(4, 50);
        let (mut less, mut more) = (0, 0);
        for n in 0..60 {
            let text = generator.note(n).value;
            less += letters(Aim::Balanced, &text);
            more += letters(Aim::Recall, &text);
        }
        assert!(more > less, "{more} letters, balanced {less}");
    }

    #[test]
    fn dates_in_ranges_and_parts_of_dates() {
        for (text, want) in [
            ("on 2026-01-05T10:11:12Z and Feb 3, 2026", &["2026-01-05", "Feb 3, 2026"][..]),
            ("adm 01/05/2026-01/09/2026", &["01/05/2026", "01/09/2026"]),
            ("2026-01-05/2026-01-09", &["2026-01-05", "2026-01-09"]),
            (
                "ref 5-01/05/2026, 01/05/2026-2, 2026-01-05.2",
                &["01/05/2026", "01/05/2026", "2026-01-05"],
            ),
            ("discharged 202601051011", &["202601051011"]),
            (
                "in Jan 2026, on Jan 5, January 5th, 5 January",
                &["Jan 2026", "Jan 5", "January 5th", "5 January"],
            ),
            ("seen on 1/5, since May 2024", &["1/5", "May 2024"]),
            ("labs 1/2024 and 2024-01.", &["1/2024", "2024-01"]),
        ] {
            check(text, Class::Date, want);
        }
    }

    #[test]
    fn clinical_text_without_identifiers_stays_whole() {
        for text in [
            "E11.9, I10; LOINC 4548-4; CPT 99213; HbA1c 7.2 %, BP 120/80, 500 mg 2x/day, 0.9% NaCl 1000 mL",
            "ratio 3/4, visit 2 of 3, room 12-4, grade 1.2.3, dose 1-2-1, 2.2.34.5.6",
            "SNOMED 44054006, NDC 0002-8215-01, 987-65-432",
            "it may 5 times march 2 steps; 4 may be, 1/2 tab on 3/4 days, on 5/5 pain; dec 5.5 points; 10 years of pain; 30 yr history; temp 97 F",
            "1 - 2 - 12 and 5 - 10 - 15 mg, SpO2 97",
            "Rx: 250 mg amoxicillin; Order: 1000 mL NS; Plan: 500 mg BID; Glucose mg/dL 126, Hgb g/dL 140",
        ] {
            assert_eq!(found(&jane(), text), [], "{text}");
        }
    }

    #[test]
    fn findings_in_any_text_rise_and_do_not_overlap() {
        let pieces = [
            "Mr. Smith",
            "\u{fb01}",
            "\u{246b}",
            "\u{2026}",
            "212-555-0142",
            "~",
            "\n",
            "&#49;",
            "%32",
            "\\X33\\",
            "\\X41",
            "&#",
            "%c3",
            "\u{e9}",
            "\u{ff14}",
            "MRN ",
            "3/4/1961",
            "\u{200b}",
            "@",
            "Jane",
            " ",
            "\u{1f600}",
            "U2VlbiBieSBEci4gQWRhIExhcms=",
            "\u{301}",
            "'a",
            "\u{fb00}\u{c5}",
        ];
        let mut state = 7u64;
        let (mut prose, mut out) = (Prose::default(), Vec::new());
        for _ in 0..3000 {
            let mut text = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            }
            detect(&text, &jane(), Aim::Balanced, &mut prose, &mut out).expect("cheap");
            let mut last = 0;
            for finding in &out {
                let span = finding.span;
                assert!(last <= span.start && span.start < span.end, "{text:?} {out:?}");
                assert!(text.get(span.range()).is_some(), "{text:?} {span:?}");
                last = span.end;
            }
        }
    }

    #[test]
    fn the_automata_stay_within_the_limit() {
        let all = [pattern::shapes(), exempt::shapes(), bare::shapes()];
        let bytes: usize = all.iter().map(|shapes| shapes.bytes_max()).sum();
        assert!(bytes <= crate::limits::PATTERN_AUTOMATA_BYTES_MAX, "{bytes}");
    }

    /// Pieces of names, numbers, escapes and marks in any order: every span of every layer is inside the
    /// text, at characters, and findings rise.
    #[test]
    fn no_order_of_pieces_breaks_a_layer() {
        const PIECES: &[&str] = &[
            "Rivera",
            "X",
            ", ",
            ".",
            " ",
            "\n",
            "~",
            "-",
            "Dr. ",
            "J",
            "III",
            "Bernadette",
            "12",
            "/",
            "Zoe\u{301}",
            "\u{e9}",
            "&#49;",
            "\u{200b}",
            "%41",
            "\\X41\\",
            "Maple St",
            "1/2",
            "@",
            ".com",
            "\u{ff11}",
            "  ",
            "\t",
            "jane",
            "MRN ",
            "0012",
            "(",
            ")",
            "9\u{2011}1",
            "Lambert",
            "\u{1f600}",
        ];
        // A linear congruence: the same texts in every run (Knuth, MMIX).
        let mut state = 7u64;
        let mut next = |most: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % most
        };
        let (known, mut prose, mut out) = (jane(), Prose::default(), Vec::new());
        for _ in 0..3000 {
            let count = 1 + next(24);
            let text: String = (0..count).map(|_| PIECES[next(PIECES.len())]).collect();
            for (_, aim) in Aim::NAMES {
                detect(&text, &known, *aim, &mut prose, &mut out).expect("cheap");
                let mut end = 0;
                for finding in &out {
                    let span = finding.span.range();
                    assert!(end <= span.start && span.start < span.end, "{text:?}: {out:?}");
                    assert!(text.get(span.clone()).is_some(), "{text:?}: {out:?}");
                    end = span.end;
                }
            }
        }
    }

    #[test]
    fn hostile_prose_is_refused_or_read_in_linear_work() {
        let mut known = jane();
        known.add_text(Class::Street, &("a ".repeat(20_000) + "b"), 9);
        known.add_number(Class::UniqueId, &("1".repeat(20_000) + "2"), 9);
        let mut prose = Prose::default();
        let mut look = |text: &str| {
            let each = Aim::NAMES
                .iter()
                .map(|(_, aim)| detect(text, &known, *aim, &mut prose, &mut Vec::new()));
            let each: Vec<_> = each.collect();
            assert!(each.windows(2).all(|two| two[0] == two[1]), "{each:?}");
            each[0]
        };
        assert_eq!(look(&"a ".repeat(20_000)), Err(Code::TooMuchToLookFor));
        assert_eq!(look(&"1-".repeat(20_000)), Err(Code::TooMuchToLookFor));
        assert_eq!(look(&"0 ".repeat(80_000)), Ok(()));
    }
}

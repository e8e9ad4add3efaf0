//! Surrogates of places and organisations. What says of which kind a thing is stays: `Street`,
//! `Apt`, `Hospital`, `LLC`.

use super::lists::LISTS;
use super::names::is_latin;
use super::{Draws, Words, split};
use crate::keys::Mac;
use crate::phi::{Code, in_word, plain};
use std::ops::Range;
use zeroize::Zeroizing;

/// Appends a city for a city: its case, accents, white space and punctuation decide nothing.
pub(super) fn city(mac: &Mac, value: &str, out: &mut String) -> Result<(), Code> {
    is_latin(value)?;
    let key = key(split(value).map(plain));
    out.push_str(Draws::new(mac, &key).pick(&LISTS.cities, &Words::of(value))?);
    Ok(())
}

/// What may stand behind a county's name.
const COUNTY_KINDS: &[&str] = &["borough", "co", "county", "municipality", "parish"];

/// The same for a county; `County` behind it stays, and decides nothing either.
pub(super) fn county(mac: &Mac, value: &str, out: &mut String) -> Result<(), Code> {
    is_latin(value)?;
    let words = words(value);
    let kind = words.last().filter(|last| words.len() > 1 && COUNTY_KINDS.contains(&last.plain()));
    let name = &words[..words.len() - usize::from(kind.is_some())];
    let key = key(name.iter().map(|word| word.plain().to_string()));
    out.push_str(Draws::new(mac, &key).pick(&LISTS.counties, &Words::of(value))?);
    if let Some(kind) = kind {
        out.push(' ');
        out.push_str(&value[kind.range.clone()]);
    }
    Ok(())
}

/// Words for streets, with the abbreviations that the US Postal Service gives them: both are one.
const SUFFIXES: &[(&str, &str)] = &[
    ("alley", "aly"),
    ("avenue", "ave"),
    ("av", "ave"),
    ("bend", "bnd"),
    ("boulevard", "blvd"),
    ("bypass", "byp"),
    ("center", "ctr"),
    ("circle", "cir"),
    ("court", "ct"),
    ("cove", "cv"),
    ("crescent", "cres"),
    ("crossing", "xing"),
    ("drive", "dr"),
    ("expressway", "expy"),
    ("freeway", "fwy"),
    ("heights", "hts"),
    ("highway", "hwy"),
    ("hollow", "holw"),
    ("junction", "jct"),
    ("lane", "ln"),
    ("loop", "loop"),
    ("manor", "mnr"),
    ("park", "park"),
    ("parkway", "pkwy"),
    ("path", "path"),
    ("pike", "pike"),
    ("place", "pl"),
    ("plaza", "plz"),
    ("point", "pt"),
    ("ridge", "rdg"),
    ("road", "rd"),
    ("route", "rte"),
    ("rt", "rte"),
    ("row", "row"),
    ("run", "run"),
    ("square", "sq"),
    ("street", "st"),
    ("terrace", "ter"),
    ("trail", "trl"),
    ("turnpike", "tpke"),
    ("walk", "walk"),
    ("way", "way"),
];
/// Points of the compass.
const DIRECTIONS: &[(&str, &str)] = &[
    ("north", "n"),
    ("south", "s"),
    ("east", "e"),
    ("west", "w"),
    ("northeast", "ne"),
    ("northwest", "nw"),
    ("southeast", "se"),
    ("southwest", "sw"),
];
/// Words for parts of a building.
const UNITS: &[(&str, &str)] = &[
    ("apartment", "apt"),
    ("basement", "bsmt"),
    ("building", "bldg"),
    ("department", "dept"),
    ("floor", "fl"),
    ("front", "frnt"),
    ("lot", "lot"),
    ("lower", "lowr"),
    ("penthouse", "ph"),
    ("rear", "rear"),
    ("room", "rm"),
    ("space", "spc"),
    ("suite", "ste"),
    ("trailer", "trlr"),
    ("unit", "unit"),
    ("upper", "uppr"),
];
/// Words in front of a street's name in other languages.
const LEADING: &[&str] =
    &["avenida", "avenue", "boulevard", "calle", "camino", "paseo", "place", "rue", "via"];
/// Words of roads that have a number for a name.
const ROUTES: &[&str] = &[
    "county",
    "cr",
    "farm",
    "fm",
    "highway",
    "hwy",
    "interstate",
    "road",
    "rd",
    "route",
    "rt",
    "rte",
    "rural",
    "sr",
    "state",
    "us",
];
/// Words of a post office box.
const BOXES: &[&str] = &["box", "drawer", "o", "office", "p", "po", "pob", "pobox", "post"];

fn is_one(table: &[(&str, &str)], word: &str) -> bool {
    table.iter().any(|(long, short)| *long == word || *short == word)
}

/// The short form of a word that has one.
fn short<'w>(word: &'w str, tables: &[&[(&str, &'w str)]]) -> &'w str {
    let found = tables.iter().flat_map(|table| *table).find(|(long, _)| *long == word);
    found.map_or(word, |(_, short)| short)
}

/// A word of the value, and as it is compared.
struct Word {
    range: Range<usize>,
    plain: Zeroizing<String>,
}

impl Word {
    fn plain(&self) -> &str {
        &self.plain
    }

    /// 12, 4B and A7, but not 5th.
    fn is_number(&self) -> bool {
        let digits = self.plain.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let ordinal = !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit())
            && ["st", "nd", "rd", "th"].contains(&&self.plain[digits.len()..]);
        !ordinal && self.plain.contains(char::is_numeric)
    }
}

fn words(value: &str) -> Vec<Word> {
    let start = |word: &str| word.as_ptr() as usize - value.as_ptr() as usize;
    let word = |word: &str| Word {
        range: start(word)..start(word) + word.len(),
        plain: plain(word).into(),
    };
    split(value).map(word).filter(|word| !word.plain.is_empty()).collect()
}

/// What the surrogate is drawn from: the words, one space between them.
fn key(words: impl Iterator<Item = String>) -> Zeroizing<String> {
    let mut key = Zeroizing::new(String::new());
    for word in words.map(Zeroizing::new).filter(|word| !word.is_empty()) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&word);
    }
    key
}

/// What becomes of a word of a street address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Keep,
    /// Other digits and letters.
    Like,
    /// A street of the list.
    Name,
    /// Part of the name that was written already.
    Skip,
}

/// Appends a street address for one: numbers of the same length, a street of the list.
pub(super) fn street(mac: &Mac, value: &str, out: &mut String) -> Result<(), Code> {
    is_latin(value)?;
    let words = words(value);
    let tables = [SUFFIXES, DIRECTIONS, UNITS];
    let key = key(words.iter().map(|word| short(word.plain(), &tables).to_string()));
    let (mut draws, taken) = (Draws::new(mac, &key), Words::of(value));
    let acts = boxed(&words).or_else(|| addressed(value, &words));
    let Some(acts) = acts else {
        // What is not understood does not pass: an address of the usual kind stands in its place.
        draws.like("999", &taken, out)?;
        out.push(' ');
        out.push_str(draws.pick(&LISTS.streets, &taken)?);
        out.push_str(" St");
        return Ok(());
    };
    let mut cursor = 0;
    for (word, act) in words.iter().zip(acts) {
        if act != Act::Skip {
            out.push_str(&value[cursor..word.range.start]);
        }
        let text = &value[word.range.clone()];
        match act {
            Act::Keep => out.push_str(text),
            Act::Like => draws.like(text, &taken, out)?,
            Act::Name => out.push_str(draws.pick(&LISTS.streets, &taken)?),
            Act::Skip => {}
        }
        cursor = word.range.end;
    }
    out.push_str(&value[cursor..]);
    Ok(())
}

/// `PO Box 1234`.
fn boxed(words: &[Word]) -> Option<Vec<Act>> {
    let act = |word: &Word| match () {
        () if BOXES.contains(&word.plain()) => Some(Act::Keep),
        () if word.is_number() => Some(Act::Like),
        () => None,
    };
    let is_box = |word: &Word| ["box", "drawer", "pob", "pobox"].contains(&word.plain());
    let acts: Option<Vec<_>> = words.iter().map(act).collect();
    acts.filter(|acts| words.iter().any(is_box) && acts.contains(&Act::Like))
}

/// `1200 N Main St Apt 4B`, `Hauptstr. 12`, `State Route 7`; `None` where a word has no place in it.
fn addressed(value: &str, words: &[Word]) -> Option<Vec<Act>> {
    let mut acts: Vec<Act> =
        words.iter().map(|word| if word.is_number() { Act::Like } else { Act::Keep }).collect();
    let marked = |at: usize| value[words[at - 1].range.end..words[at].range.start].contains('#');
    let unit = (1..words.len()).find(|&at| is_one(UNITS, words[at].plain()) || marked(at));
    let unit = unit.unwrap_or(words.len());
    for (word, act) in words.iter().zip(&mut acts).skip(unit) {
        match word.plain() {
            _ if *act == Act::Like => {}
            plain if is_one(UNITS, plain) => {}
            plain
                if plain.chars().count() == 1
                    || word.plain.starts_with(|c: char| c.is_numeric()) =>
            {
                *act = Act::Like;
            }
            _ => return None,
        }
    }
    let core: Vec<usize> = (0..unit).filter(|&at| acts[at] == Act::Keep).collect();
    let plain = |at: usize| words[core[at]].plain();
    let numbered = acts[..unit].last() == Some(&Act::Like);
    if core.is_empty() || numbered && (0..core.len()).all(|at| ROUTES.contains(&plain(at))) {
        return acts.contains(&Act::Like).then_some(acts);
    }
    let (mut first, mut last) = (0, core.len() - 1);
    last -= usize::from(last > 0 && is_one(DIRECTIONS, plain(last)));
    last -= usize::from(last > 0 && is_one(SUFFIXES, plain(last)));
    first += usize::from(first < last && is_one(DIRECTIONS, plain(first)));
    first += usize::from(first < last && LEADING.contains(&plain(first)));
    acts[core[first]] = Act::Name;
    acts[core[first] + 1..core[last] + 1].fill(Act::Skip);
    Some(acts)
}

/// Words that say what an organisation is, and not which.
const KINDS: &[&str] = &[
    "academy",
    "agency",
    "associates",
    "association",
    "bank",
    "center",
    "centers",
    "centre",
    "clinic",
    "clinics",
    "co",
    "college",
    "company",
    "corp",
    "corporation",
    "department",
    "dental",
    "dialysis",
    "foundation",
    "gmbh",
    "group",
    "health",
    "healthcare",
    "hospice",
    "hospital",
    "hospitals",
    "imaging",
    "inc",
    "incorporated",
    "institute",
    "insurance",
    "lab",
    "laboratories",
    "laboratory",
    "labs",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "medical",
    "nursing",
    "pa",
    "pc",
    "pharmacy",
    "plc",
    "practice",
    "rehabilitation",
    "school",
    "services",
    "surgery",
    "system",
    "systems",
    "university",
];

/// Appends an invented organisation of the same kind.
pub(super) fn organization(mac: &Mac, value: &str, out: &mut String) -> Result<(), Code> {
    is_latin(value)?;
    let words = words(value);
    if words.is_empty() {
        return Err(Code::OutsideAlphabet);
    }
    let key = key(words.iter().map(|word| word.plain().to_string()));
    let (mut draws, taken) = (Draws::new(mac, &key), Words::of(value));
    let kind = |at: usize| KINDS.contains(&words[at].plain());
    // University of ..., and what it is behind the name.
    let of = words.len() > 2 && kind(0) && words[1].plain() == "of";
    let first = if of { 2 } else { 0 };
    let mut last = words.len();
    while last > first && kind(last - 1) {
        last -= 1;
    }
    if last == first {
        // A name of nothing but such words would stand there whole.
        last = words.len() - usize::from(!of);
    }
    if of {
        out.push_str(&value[words[0].range.start..words[1].range.end]);
        out.push(' ');
    }
    out.push_str(draws.pick(&LISTS.first, &taken)?);
    out.push(' ');
    out.push_str(draws.pick(&LISTS.second, &taken)?);
    if let Some(word) = words.get(last) {
        out.push(' ');
        out.push_str(value[word.range.start..].trim_end_matches(|c| !in_word(c) && c != '.'));
    }
    Ok(())
}

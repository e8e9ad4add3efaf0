//! The template language and its expander.
//!
//! `{slot}` writes a slot; `{^slot}` with a capital, `{_slot}` without, `{a slot}` with its article, `{slot*2-4:-}`
//! two to four different ones of a pool. `[x|y|]` writes one of the branches, `\` takes the next
//! character as it is (`\n`, `\t` as usual).
//!
//! Pools stand in plain text: below `= name` a template a line, below `+ name` fillers between
//! semicolons, below `== name` one template of many lines.

use super::cast::Cast;
use super::people::{Person, person};
use super::{clauses, fillers, forms, general, hard, letters, mixed, notes, records};
use crate::draft::Draft;
use fastrand::Rng;
use std::collections::BTreeMap;
use std::sync::OnceLock;

pub(crate) type Pools = BTreeMap<&'static str, Vec<&'static str>>;

/// How deep slots may nest before pools are held to their first template.
const DEEP: u32 = 14;

/// All pools, by name.
pub(crate) fn pools() -> &'static Pools {
    static POOLS: OnceLock<Pools> = OnceLock::new();
    POOLS.get_or_init(|| {
        let mut pools = Pools::new();
        for source in [
            fillers::POOLS,
            fillers::MORE,
            clauses::POOLS,
            mixed::POOLS,
            notes::POOLS,
            records::POOLS,
            letters::POOLS,
            forms::POOLS,
            general::POOLS,
            hard::POOLS,
        ] {
            read(source, &mut pools);
        }
        pools
    })
}

/// Adds the pools of a text.
pub(crate) fn read(source: &'static str, pools: &mut Pools) {
    let mut at = 0;
    while let Some(start) = next_header(source, at) {
        let rest = &source[start..];
        let line = rest.lines().next().unwrap_or("");
        let end = next_header(source, start + line.len()).unwrap_or(source.len());
        let body = &source[(start + line.len()).min(end)..end];
        let (kind, name) = line.split_once(' ').unwrap_or((line, ""));
        let pool = pools.entry(name.trim()).or_default();
        match kind {
            "=" => pool.extend(body.lines().filter(|line| !line.is_empty())),
            "+" => pool.extend(body.split([';', '\n']).map(str::trim).filter(|s| !s.is_empty())),
            _ => pool.push(body.trim_matches('\n')),
        }
        at = end;
    }
}

/// Where the next header line starts, from `at` on.
fn next_header(source: &str, at: usize) -> Option<usize> {
    let header = |s: &str| s.starts_with("= ") || s.starts_with("+ ") || s.starts_with("== ");
    if (at == 0 || source[..at].ends_with('\n')) && header(&source[at..]) {
        return Some(at);
    }
    source[at..].match_indices('\n').map(|(i, _)| at + i + 1).find(|&i| header(&source[i..]))
}

/// A part of a template.
enum Part<'t> {
    /// Characters as they are.
    Plain(&'t str),
    /// An escaped character.
    Escape(char),
    /// What stands in `{}`.
    Slot(&'t str),
    /// The branches in `[]`.
    Branches(Vec<&'t str>),
}

/// Cuts the next part off a template.
fn part(t: &str) -> (Part<'_>, &str) {
    let end = t.find(['{', '[', '\\']).unwrap_or(t.len());
    if end > 0 {
        return (Part::Plain(&t[..end]), &t[end..]);
    }
    if let Some(rest) = t.strip_prefix('{') {
        let end = rest.find('}').unwrap_or_else(|| panic!("no }} in {t:?}"));
        return (Part::Slot(&rest[..end]), &rest[end + 1..]);
    }
    if let Some(rest) = t.strip_prefix('\\') {
        let ch = rest.chars().next().unwrap_or_else(|| panic!("a template ends in \\"));
        return (Part::Escape(ch), &rest[ch.len_utf8()..]);
    }
    let (mut branches, mut from, mut deep, mut escaped) = (Vec::new(), 1, 0, false);
    for (i, byte) in t.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'[' => deep += 1,
            b'|' if deep == 1 => {
                branches.push(&t[from..i]);
                from = i + 1;
            }
            b']' => {
                deep -= 1;
                if deep == 0 {
                    branches.push(&t[from..i]);
                    return (Part::Branches(branches), &t[i + 1..]);
                }
            }
            _ => {}
        }
    }
    panic!("no ] in {t:?}")
}

/// The names of all slots of a template, through all of its branches.
#[cfg(test)]
pub(crate) fn slots<'t>(mut t: &'t str, into: &mut Vec<&'t str>) {
    while !t.is_empty() {
        let (next, rest) = part(t);
        match next {
            Part::Slot(slot) => into.push(slot),
            Part::Branches(branches) => branches.into_iter().for_each(|b| slots(b, into)),
            Part::Plain(_) | Part::Escape(_) => {}
        }
        t = rest;
    }
}

/// How a text sets its dates, headings and fields.
pub(crate) struct Manner {
    /// The style of its dates.
    pub(super) date: u8,
    /// The style of its headings.
    heading: u8,
    /// What stands between a label and its value.
    label: &'static str,
    /// What stands between fields.
    field: &'static str,
    /// True if its labels are in capitals.
    shout: bool,
    /// How many times as many plain sentences it has.
    length: usize,
}

/// Pools that a long text has more of; hardly any identifier is in them.
const PLAIN: [&str; 21] = [
    "sent",
    "neg",
    "rad",
    "path",
    "exam",
    "medline",
    "nursing.neg",
    "op",
    "labrow",
    "edu",
    "lit",
    "plan",
    "dx",
    "apline",
    "policy",
    "psy.neg",
    "mse",
    "pt.therapy",
    "ob",
    "lab",
    "g.neg",
];

/// Where a writer has its words from.
#[derive(Clone, Copy)]
pub(crate) struct Voice {
    /// Its templates.
    pub(crate) pools: fn() -> &'static Pools,
    /// Its people.
    pub(crate) person: fn(&mut Rng) -> Person,
    /// Writes a slot of its own; false if there is no such slot.
    pub(crate) slot: fn(&mut Writer, &str) -> bool,
}

/// The voice of these texts.
const OURS: Voice = Voice { pools, person, slot: |_, _| false };

/// A text being written.
pub(crate) struct Writer {
    /// The dice.
    pub(crate) rng: Rng,
    /// What is written.
    pub(crate) draft: Draft,
    /// Who and what it is about.
    pub(crate) cast: Cast,
    /// How it looks.
    pub(super) manner: Manner,
    /// Whose words it has.
    pub(super) voice: Voice,
    deep: u32,
    after_slot: bool,
}

impl Writer {
    /// An empty text; `bare` is one whose people stay without a name.
    pub(crate) fn new(seed: u64, bare: bool) -> Writer {
        Writer::of(OURS, seed, bare)
    }

    /// An empty text in a voice.
    pub(crate) fn of(voice: Voice, seed: u64, bare: bool) -> Writer {
        let mut rng = Rng::with_seed(seed);
        let cast = Cast::new(&mut rng, bare, voice.person);
        let manner = Manner {
            date: rng.u8(..24),
            heading: rng.u8(..10),
            label: [": ", ": ", ": ", ": ", ":", " : ", ":\t", ":  ", " = ", "=", " - ", " | "]
                [rng.usize(..12)],
            field: ["\n", "\n", "\n", "\n", "\n", "   ", " | ", "; ", ", ", "\t", "\n\n", "  "]
                [rng.usize(..12)],
            shout: rng.u8(..4) == 0,
            length: [1, 1, 1, 2, 2, 3, 5][rng.usize(..7)],
        };
        Writer { rng, draft: Draft::default(), cast, manner, voice, deep: 0, after_slot: false }
    }

    /// One of several.
    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.rng.usize(..of.len())]
    }

    /// True in so many cases of a hundred.
    pub(crate) fn chance(&mut self, percent: u8) -> bool {
        self.rng.u8(..100) < percent
    }

    /// Writes a template.
    pub(crate) fn expand(&mut self, mut t: &str) {
        while !t.is_empty() {
            let (next, rest) = part(t);
            match next {
                Part::Plain(words) => {
                    let twice = self.after_slot
                        && words.starts_with('.')
                        && self.draft.text.ends_with(['.', '?', '!']);
                    self.draft.say(&words[usize::from(twice)..]);
                    self.after_slot = false;
                }
                Part::Escape(ch) => {
                    let ch = match ch {
                        'n' => '\n',
                        't' => '\t',
                        other => other,
                    };
                    self.draft.say(ch.encode_utf8(&mut [0; 4]));
                    self.after_slot = false;
                }
                Part::Slot(slot) => {
                    self.slot(slot);
                    self.after_slot = true;
                }
                Part::Branches(branches) => {
                    let branch = self.pick(&branches);
                    self.expand(branch);
                    self.after_slot = true;
                }
            }
            t = rest;
        }
    }

    /// Writes what stands in `{}`.
    fn slot(&mut self, slot: &str) {
        let at = self.draft.text.len();
        if let Some(rest) = slot.strip_prefix('^') {
            self.slot(rest);
            self.capital(at);
        } else if let Some(rest) = slot.strip_prefix('_') {
            self.slot(rest);
            self.small(at);
        } else if let Some(rest) = slot.strip_prefix("a ") {
            self.slot(rest);
            self.article(at);
        } else if let Some(rest) = slot.strip_prefix("h ") {
            self.heading(rest);
        } else if let Some(rest) = slot.strip_prefix("l ") {
            self.pool(&format!("l.{rest}"));
            if self.manner.shout {
                let label = self.draft.text.split_off(at).to_uppercase();
                self.draft.say(&label);
            }
            self.draft.say(self.manner.label);
        } else if let Some((name, times)) = slot.split_once('*') {
            let (times, sep) = times.split_once(':').unwrap_or((times, ""));
            self.several(name, times, sep);
        } else if slot == "fs" {
            self.draft.say(self.manner.field);
        } else if !self.pool(slot) && !(self.voice.slot)(self, slot) && !self.value(slot) {
            panic!("no slot {slot:?}");
        }
    }

    /// Writes one template of a pool; false if there is no such pool.
    fn pool(&mut self, name: &str) -> bool {
        let Some(pool) = (self.voice.pools)().get(name) else { return false };
        let at = if self.deep > DEEP { 0 } else { self.rng.usize(..pool.len()) };
        self.deep += 1;
        self.expand(pool[at]);
        self.deep -= 1;
        true
    }

    /// Writes several different templates of a pool.
    fn several(&mut self, name: &str, times: &str, sep: &str) {
        let (from, to) = times.split_once('-').unwrap_or((times, times));
        let number = |s: &str| s.parse::<usize>().unwrap_or_else(|_| panic!("no number: {s:?}"));
        let n = self.rng.usize(number(from)..=number(to));
        let n = if PLAIN.contains(&name) && from != to { n * self.manner.length } else { n };
        let shuffled: Vec<usize> = match (self.voice.pools)().get(name) {
            Some(pool) => {
                let mut all: Vec<usize> = (0..pool.len()).collect();
                self.rng.shuffle(&mut all);
                all
            }
            None => Vec::new(),
        };
        for i in 0..n {
            let (lead, between) = match sep {
                "" => (String::new(), " "),
                "n" => (String::new(), "\n"),
                "nn" => (String::new(), "\n\n"),
                "-" => ("- ".to_string(), "\n"),
                "*" => ("* ".to_string(), "\n"),
                "#" => (format!("{}. ", i + 1), "\n"),
                ")" => (format!("{}) ", i + 1), "\n"),
                "c" => (String::new(), ", "),
                ";" => (String::new(), "; "),
                "/" => (String::new(), " / "),
                "f" => (String::new(), self.manner.field),
                other => panic!("no separator {other:?}"),
            };
            if i > 0 {
                self.draft.say(between);
            }
            self.draft.say(&lead);
            match shuffled.get(i) {
                Some(&at) => {
                    self.deep += 1;
                    self.expand((self.voice.pools)()[name][at]);
                    self.deep -= 1;
                }
                None => self.slot(name),
            }
        }
    }

    /// Writes a heading in the text's style.
    fn heading(&mut self, name: &str) {
        let at = self.draft.text.len();
        assert!(self.pool(&format!("h.{name}")), "no heading {name:?}");
        let words = self.draft.text.split_off(at);
        let words = match self.manner.heading {
            0 | 1 => format!("{words}: "),
            2 => format!("{}: ", words.to_uppercase()),
            3 => format!("{}:\n", words.to_uppercase()),
            4 => format!("{words}\n"),
            5 => format!("## {words}\n"),
            6 => format!("**{words}:** "),
            7 => format!("{}: ", words.to_lowercase()),
            8 => format!("{} - ", words.to_uppercase()),
            _ => format!("{words}:\n"),
        };
        self.draft.say(&words);
    }

    /// Makes the first letter at `at` a capital, if that takes one byte like the small one.
    fn capital(&mut self, at: usize) {
        if let Some(first) = self.draft.text.get_mut(at..at + 1) {
            first.make_ascii_uppercase();
        }
    }

    /// Makes the first word at `at` small, if it is one of those that only start sentences.
    fn small(&mut self, at: usize) {
        let word = self.draft.text[at..].split(' ').next().unwrap_or("");
        let known = [
            "The",
            "This",
            "He",
            "She",
            "Patient",
            "We",
            "Per",
            "When",
            "There",
            "If",
            "Mother",
            "Plan:",
            "In",
            "On",
            "Since",
            "About",
            "Last",
            "Overnight",
            "Yesterday",
            "Today",
            "A",
            "One",
            "Three",
            "Several",
            "Over",
            "For",
            "At",
            "Around",
            "During",
        ];
        if known.contains(&word) {
            self.draft.text[at..at + 1].make_ascii_lowercase();
        }
    }

    /// Puts the indefinite article before what stands at `at`.
    fn article(&mut self, at: usize) {
        let word = self.draft.text[at..].to_lowercase();
        let an = match word.split([' ', '-']).next().unwrap_or("") {
            "8" | "11" | "18" | "80" | "81" | "82" | "83" | "84" | "85" | "86" | "87" | "88"
            | "89" | "fev1" | "mri" | "ng" | "ekg" | "ecg" | "egd" | "hmo" | "lvad" | "ssri" => {
                true
            }
            word if word.starts_with("uni") || word.starts_with("eu") || word.starts_with("us") => {
                false
            }
            word if word.starts_with("one") => false,
            word => word.starts_with(['a', 'e', 'i', 'o', 'u']),
        };
        let article = if an { "an " } else { "a " };
        self.draft.text.insert_str(at, article);
        for mark in self.draft.marks.iter_mut().rev().take_while(|mark| mark.start >= at) {
            mark.start += article.len();
            mark.end += article.len();
        }
    }
}

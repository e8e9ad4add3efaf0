//! Layer `transformer`: what a small transformer says of a text, window by window, where the tagger is not
//! sure, or everywhere. The model is the user's (`crates/weir-transformer` runs it); without one, a plan that asks
//! for it is not made.

use super::exempt::Exempt;
use super::fold::Folded;
use super::tagger::{has_cue, has_head, is_plausible, is_vocabulary, words_in};
use super::words::{is_eponym, is_ordinary};
use super::{Aim, Finding, Layer, Written, trimmed, widen};
use crate::limits::{TRANSFORMER_CACHE_UNITS, TRANSFORMER_RECORD_BYTES_MAX};
use crate::phi::{Class, Code, Span};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex};
use weir_tagger::Listed;

/// Where the transformer reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Where the tagger held for possible what neither it nor a rule took for anything.
    Uncertain,
    /// Everywhere.
    Always,
}

impl When {
    /// Every choice with its name in the documents; `None` is not at all.
    pub const NAMES: &[(&str, Option<When>)] =
        &[("off", None), ("uncertain", Some(When::Uncertain)), ("always", Some(When::Always))];
}

/// A word or a mark that may be something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guess {
    /// Its bytes in the window.
    pub span: Span,
    /// What it is: an index into [`Labeller::kinds`].
    pub kind: u8,
    /// Whether something begins with it.
    pub begins: bool,
    /// How likely it is that it is anything.
    pub score: f32,
}

/// What reads a window.
pub trait Labeller: std::fmt::Debug + Send + Sync {
    /// Which model it is, to the version.
    fn name(&self) -> &'static str;

    /// The names of its kinds.
    fn kinds(&self) -> &'static [&'static str];

    /// Says of the words of a text what they may be, in order. `out` is empty.
    fn label(&self, text: &str, out: &mut Vec<Guess>) -> Result<(), Code>;
}

/// A transformer that is ready to read, with what it has read lately.
#[derive(Debug)]
pub struct Transformer {
    labeller: Box<dyn Labeller>,
    groups: Vec<Option<Group>>,
    /// Two keys that this process drew: one text's hash says nothing of it.
    keys: [RandomState; 2],
    cache: Mutex<Cache>,
}

impl Transformer {
    /// Reads a model of [`weir_transformer::KNOWN`] from the bytes of its two files (W0125 when they are of no
    /// other; W0124 in a build without the feature `transformer`).
    #[cfg(feature = "transformer")]
    pub fn read(network: Vec<u8>, vocabulary: &[u8]) -> Result<Transformer, Code> {
        let read = weir_transformer::Transformer::read(network, vocabulary);
        Transformer::of(Box::new(read.map_err(|_| Code::TransformerUnknown)?))
    }

    /// Reads a model of no kind: this build has no transformer (W0124).
    #[cfg(not(feature = "transformer"))]
    pub fn read(_network: Vec<u8>, _vocabulary: &[u8]) -> Result<Transformer, Code> {
        Err(Code::TransformerMissing)
    }

    /// The names of its two files: the network, the vocabulary.
    pub const FILES: [&str; 2] = ["model_q4.onnx", "vocab.txt"];

    /// Whether this build can read one.
    pub const BUILT: bool = cfg!(feature = "transformer");

    /// One that reads with `labeller`. Every kind has to be one that weir knows (W0125).
    pub fn of(labeller: Box<dyn Labeller>) -> Result<Transformer, Code> {
        let groups = labeller.kinds().iter().map(|kind| group(kind)).collect::<Option<Vec<_>>>();
        let groups = groups.ok_or(Code::TransformerUnknown)?;
        Ok(Transformer { labeller, groups, keys: Default::default(), cache: Mutex::default() })
    }

    /// Which model it is, to the version.
    pub fn name(&self) -> &'static str {
        self.labeller.name()
    }

    /// What a window holds: from the cache, or read anew.
    fn guesses(&self, window: &str) -> Result<Arc<[Guess]>, Code> {
        let [high, low] = [0, 1].map(|n: usize| u128::from(self.keys[n].hash_one(window)));
        let key = high << 64 | low;
        // A panic in another thread's reading leaves the cache as it was.
        let cache = || self.cache.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(found) = cache().get(key) {
            return Ok(found);
        }
        let mut out = Vec::new();
        self.labeller.label(window, &mut out)?;
        let out: Arc<[Guess]> = out.into();
        cache().put(key, Arc::clone(&out));
        Ok(out)
    }
}

/// What was found in which window, by the window's hash: spans, and no text. Two halves, of which the older
/// one goes when the newer one is full; what is asked for again is new again.
#[derive(Debug, Default)]
struct Cache {
    new: HashMap<u128, Arc<[Guess]>>,
    old: HashMap<u128, Arc<[Guess]>>,
    /// Windows and guesses in the newer half.
    units: usize,
}

impl Cache {
    fn get(&mut self, key: u128) -> Option<Arc<[Guess]>> {
        if let Some(found) = self.new.get(&key) {
            return Some(Arc::clone(found));
        }
        let found = self.old.remove(&key)?;
        self.put(key, Arc::clone(&found));
        Some(found)
    }

    fn put(&mut self, key: u128, guesses: Arc<[Guess]>) {
        let units = 1 + guesses.len();
        if self.units + units > TRANSFORMER_CACHE_UNITS / 2 {
            self.old = std::mem::take(&mut self.new);
            self.units = 0;
        }
        if self.new.insert(key, guesses).is_none() {
            self.units += units;
        }
    }
}

/// The transformer of a plan or a command, and where it reads.
#[derive(Clone, Debug)]
pub struct SecondReader {
    /// What reads.
    pub transformer: Arc<Transformer>,
    /// Where.
    pub when: When,
}

/// A second reader at work.
#[derive(Debug)]
pub(super) struct Work {
    reader: SecondReader,
    /// Bytes that may still be read of this record.
    left: usize,
    /// Windows of this record that were worth a reading and got none.
    pub(super) skipped: usize,
}

impl Work {
    pub(super) fn new(reader: SecondReader) -> Work {
        Work { reader, left: TRANSFORMER_RECORD_BYTES_MAX, skipped: 0 }
    }

    /// The next record begins.
    pub(super) fn begin(&mut self) {
        (self.left, self.skipped) = (TRANSFORMER_RECORD_BYTES_MAX, 0);
    }
}

/// A place that might be something, and how likely that is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Doubt {
    pub(super) span: Span,
    pub(super) chance: f32,
}

/// A part of the tagger's threshold from which it doubts. From a third on, a fifth fewer of the names that the
/// transformer adds were found (development sets of `./dev eval`).
const DOUBT_PART: f32 = 0.1;

/// The chance by the tagger from which it doubts.
pub(super) fn doubt_from(threshold: f32) -> f32 {
    threshold * DOUBT_PART
}

/// Leaves out of the `doubts` what was found, or is exempt. They rise.
pub(super) fn leave_found(found: [&[Finding]; 2], exempt: &[Exempt], doubts: &mut Vec<Doubt>) {
    let found = found.into_iter().flatten().map(|one| one.span);
    let mut taken: Vec<Span> = found.chain(exempt.iter().map(|one| one.span)).collect();
    taken.sort_by_key(|span| span.start);
    let mut taken = taken.into_iter().peekable();
    let mut end = 0;
    doubts.retain(|doubt| {
        while let Some(span) = taken.next_if(|span| span.start < doubt.span.end) {
            end = end.max(span.end);
        }
        doubt.span.start >= end
    });
}

/// Longest word in capitals alone that is taken for an abbreviation, unless it is a name.
const ACRONYM_BYTES_MAX: usize = 4;

/// Chance from which a word is a name that is more often something else.
const SURE: f32 = 0.95;
/// Shortest word of a street, in bytes.
const STREET_WORD_BYTES_MIN: usize = 3;
/// Fewest digits of a telephone number.
const PHONE_DIGITS_MIN: usize = 7;

/// Most bytes of a window: what the model was made to read at once. No text has more pieces than bytes, so
/// a window is never longer than the model reads.
const WINDOW_BYTES: usize = 480;
/// A sentence may end a window from here on.
const WINDOW_BYTES_MIN: usize = 160;

/// Kinds that stand beside each other in one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Name,
    /// Number, street and unit; a number alone is none.
    Street,
    City,
    Zip,
    Phone,
    Number,
}

impl Group {
    fn class(self) -> Class {
        match self {
            Group::Name => Class::PersonName,
            Group::Street => Class::Street,
            Group::City => Class::City,
            Group::Zip => Class::Zip,
            Group::Phone => Class::Phone,
            Group::Number => Class::UniqueId,
        }
    }

    /// The chance from which it is one, balanced and for recall. On the development sets (`./dev eval`: notes,
    /// sentences, negatives, third-notes) what was below is mostly measurements and scores.
    fn threshold(self, aim: Aim) -> f32 {
        let (balanced, recall) = match self {
            Group::Name => (0.5, 0.3),
            Group::City | Group::Number => (0.9, 0.7),
            Group::Street | Group::Zip | Group::Phone => (0.95, 0.8),
        };
        if aim >= Aim::Recall { recall } else { balanced }
    }
}

/// What a kind means; `Some(None)` is one that weir leaves to others.
fn group(kind: &str) -> Option<Option<Group>> {
    Some(Some(match kind {
        "given" | "surname" => Group::Name,
        "building" | "street" | "unit" => Group::Street,
        "city" => Group::City,
        "zip" => Group::Zip,
        "phone" => Group::Phone,
        "tax" | "bank" | "routing" | "government" | "passport" | "driver" => Group::Number,
        // A state is no identifier (164.514(b)(2)(i)(B)); the others have patterns, which are exact.
        "state" | "email" | "url" => return Some(None),
        _ => return None,
    }))
}

/// Finds what the transformer takes for something, in the windows that are due:
/// of a reader that reads everywhere all of them, or the record is refused (W0226); of another one those with
/// doubts, the most doubtful first, as far as the record's budget goes.
pub(super) fn find(
    text: &str,
    folded: &Folded,
    aim: Aim,
    doubts: &[Doubt],
    work: &mut Work,
    out: &mut Vec<Finding>,
) -> Result<(), Code> {
    let Work { reader, left, skipped } = work;
    let mut windows = windows(text);
    if reader.when == When::Uncertain {
        let mut doubtful: Vec<_> = windows
            .iter()
            .filter_map(|&window| most(window, doubts).map(|chance| (window, chance)))
            .collect();
        // Stable: of equal ones, the first.
        doubtful.sort_by(|a, b| b.1.total_cmp(&a.1));
        windows = doubtful.into_iter().map(|(window, _)| window).collect();
    }
    for (n, &window) in windows.iter().enumerate() {
        let bytes = (window.end - window.start) as usize;
        if bytes > *left {
            if reader.when == When::Always {
                return Err(Code::TransformerBudget);
            }
            *skipped += windows.len() - n;
            break;
        }
        // What the cache has costs as much: what is found hangs on the record alone.
        *left -= bytes;
        let guesses = reader.transformer.guesses(&text[window.range()])?;
        join(text, folded, window.start, &guesses, &reader.transformer.groups, aim, out);
    }
    Ok(())
}

/// The largest doubt in a window.
fn most(window: Span, doubts: &[Doubt]) -> Option<f32> {
    let from = doubts.partition_point(|doubt| doubt.span.end <= window.start);
    let inside = doubts[from..].iter().take_while(|doubt| doubt.span.start < window.end);
    inside.map(|doubt| doubt.chance).max_by(f32::total_cmp)
}

/// The text in pieces: whole lines, else whole sentences, else whole words, else whatever fits.
fn windows(text: &str) -> Vec<Span> {
    let (mut out, mut start) = (Vec::new(), 0);
    while start < text.len() {
        let rest = &text[start..];
        let length = if rest.len() <= WINDOW_BYTES { rest.len() } else { cut(rest) };
        if rest[..length].contains(char::is_alphanumeric) {
            out.push(Span::new(start, start + length));
        }
        start += length;
    }
    out
}

/// Where to cut a text that is longer than a window.
fn cut(text: &str) -> usize {
    let most = text.floor_char_boundary(WINDOW_BYTES);
    let part = &text[..most];
    let line = part.rfind('\n').map(|at| at + 1);
    let sentence = || {
        part.rfind(['.', '?', '!', ';'])
            .map(|at| at + 1)
            .filter(|&at| text[at..].starts_with(char::is_whitespace))
    };
    let word = || part.rfind(char::is_whitespace).map(|at| at + 1);
    let far = |at: &usize| *at >= WINDOW_BYTES_MIN;
    let whole = line.filter(far).or_else(|| sentence().filter(far)).or_else(|| word().filter(far));
    whole.map_or(most, |at| text.ceil_char_boundary(at)).max(1)
}

/// Words of one thing become one finding.
fn join(
    text: &str,
    folded: &Folded,
    base: u32,
    guesses: &[Guess],
    groups: &[Option<Group>],
    aim: Aim,
    out: &mut Vec<Finding>,
) {
    let mut open: Option<(Group, Span, f32, bool)> = None;
    for guess in guesses {
        let Some(group) = groups[usize::from(guess.kind)] else { continue };
        if guess.score < group.threshold(aim) {
            continue;
        }
        let span = Span { start: base + guess.span.start, end: base + guess.span.end };
        // A street is one by more than a number.
        let whole =
            group != Group::Street || !text[span.range()].contains(|c: char| c.is_ascii_digit());
        match &mut open {
            Some((of, run, score, is_whole))
                if *of == group && is_one(text, *run, span, guess, group) =>
            {
                run.end = span.end;
                *score = score.max(guess.score);
                *is_whole |= whole;
            }
            open => {
                close(text, folded, open.take(), out);
                *open = Some((group, span, guess.score, whole));
            }
        }
    }
    close(text, folded, open, out);
}

/// Whether a word goes on with what stands in front of it.
fn is_one(text: &str, run: Span, word: Span, guess: &Guess, group: Group) -> bool {
    let gap = &text[run.end as usize..word.start as usize];
    let near = gap.chars().all(|c| matches!(c, ' ' | '\t' | '\u{a0}')) && gap.len() <= 2;
    near && (!guess.begins || matches!(group, Group::Name | Group::Street))
}

fn close(
    text: &str,
    folded: &Folded,
    open: Option<(Group, Span, f32, bool)>,
    out: &mut Vec<Finding>,
) {
    let Some((group, span, score, true)) = open else { return };
    let Some(mut span) = trimmed(text, span) else { return };
    let class = group.class();
    if !is_likely(text, group, span, score, folded)
        || !is_plausible(text, class, span, folded, None)
    {
        return;
    }
    span = match group {
        Group::Name => widen::name(text, folded, span),
        Group::Street => widen::street(text, span),
        _ => span,
    };
    let (layer, written, rule) = (Layer::Transformer, Written::Whole, "transformer");
    out.push(Finding { span, class, layer, known: None, score, rule, written });
}

/// The model has seen few clinical texts: what it takes for a name there is often a finding, a drug, a sign or a
/// score.
fn is_likely(text: &str, group: Group, span: Span, score: f32, folded: &Folded) -> bool {
    let value = &text[span.range()];
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let words = || words_in(folded, span);
    match group {
        Group::Name | Group::City => {
            let eponym = |at| is_eponym(folded.word(at)) || Listed::of(folded.word(at)).is_eponym();
            digits == 0
                && words().any(|at| is_namely(text, folded, at, score))
                && (has_cue(folded, span) || !words().any(eponym))
                && !words().last().is_some_and(|last| has_head(text, folded, last))
        }
        Group::Street => {
            let named = |at| {
                let word = folded.word(at);
                word.len() >= STREET_WORD_BYTES_MIN && !Listed::of(word).is_clinical()
            };
            digits > 0 && words().any(named)
        }
        Group::Phone => digits >= PHONE_DIGITS_MIN,
        Group::Zip | Group::Number => true,
    }
}

/// Whether a word may be a name: it is in a list of names, or in none at all. What is an ordinary word too has
/// a capital then; what is short and in capitals alone is an abbreviation; unless the model is sure.
fn is_namely(text: &str, folded: &Folded, at: usize, score: f32) -> bool {
    let (word, place) = (folded.word(at), folded.words()[at]);
    let listed = Listed::of(word);
    let named = listed.given() > 0 || listed.family() > 0 || listed.is_place();
    let said = &text[place.start as usize..place.end as usize];
    let loud = said.len() <= ACRONYM_BYTES_MAX && !said.contains(char::is_lowercase);
    let unknown = !is_vocabulary(word) && !is_ordinary(word);
    let plain = if unknown { !loud } else { named && place.upper && !loud };
    plain || named && score >= SURE
}

#[cfg(feature = "transformer")]
impl Labeller for weir_transformer::Transformer {
    fn name(&self) -> &'static str {
        self.known().name
    }

    fn kinds(&self) -> &'static [&'static str] {
        self.known().kinds
    }

    fn label(&self, text: &str, out: &mut Vec<Guess>) -> Result<(), Code> {
        let mut labelled = Vec::new();
        weir_transformer::Transformer::label(self, text, &mut labelled)
            .map_err(|_| Code::TransformerFailed)?;
        out.extend(labelled.iter().map(|word| Guess {
            span: Span { start: word.start, end: word.end },
            kind: word.kind,
            begins: word.begins,
            score: word.score,
        }));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::exempt;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_vocabulary_takes_what_recall_takes() {
        for group in [Group::Name, Group::City, Group::Street] {
            assert_eq!(group.threshold(Aim::Vocabulary), group.threshold(Aim::Recall));
            assert!(group.threshold(Aim::Recall) < group.threshold(Aim::Balanced));
        }
    }

    /// Takes every `Zq...` for a surname, and counts its readings.
    #[derive(Debug)]
    struct Stub(Arc<AtomicUsize>);

    impl Labeller for Stub {
        fn name(&self) -> &'static str {
            "stub"
        }

        fn kinds(&self) -> &'static [&'static str] {
            &["given", "surname", "building", "street", "phone"]
        }

        fn label(&self, text: &str, out: &mut Vec<Guess>) -> Result<(), Code> {
            self.0.fetch_add(1, Ordering::Relaxed);
            for (at, _) in text.match_indices("Zq") {
                let length = text[at..].find(|c: char| !c.is_alphanumeric());
                let end = at + length.unwrap_or(text.len() - at);
                let span = Span::new(at, end);
                out.push(Guess { span, kind: 1, begins: true, score: 0.9 });
            }
            Ok(())
        }
    }

    fn work(when: When) -> (Work, Arc<AtomicUsize>) {
        let readings = Arc::new(AtomicUsize::new(0));
        let transformer = Transformer::of(Box::new(Stub(Arc::clone(&readings)))).expect("kinds");
        let reader = SecondReader { transformer: Arc::new(transformer), when };
        (Work::new(reader), readings)
    }

    fn found(text: &str, doubts: &[Doubt], work: &mut Work) -> Result<Vec<String>, Code> {
        let mut folded = Folded::default();
        folded.read(text);
        let mut out = Vec::new();
        find(text, &folded, Aim::Balanced, doubts, work, &mut out)?;
        Ok(out.iter().map(|one| text[one.span.range()].to_string()).collect())
    }

    fn doubt(text: &str, word: &str, chance: f32) -> Doubt {
        let at = text.find(word).expect("is there");
        Doubt { span: Span::new(at, at + word.len()), chance }
    }

    #[test]
    fn windows_are_whole_lines_sentences_or_words_and_leave_nothing_out() {
        let lines = "seen by somebody in the clinic today\n".repeat(40);
        let sentences = "She came in with a cough. ".repeat(60);
        let words = "word ".repeat(300);
        let nothing = "\u{e9}".repeat(900);
        for (text, ends) in [(&lines, "\n"), (&sentences, "."), (&words, " "), (&nothing, "")] {
            let windows = windows(text);
            assert!(windows.len() > 1 && windows[0].start == 0);
            assert!(windows.windows(2).all(|two| two[0].end == two[1].start));
            assert_eq!(windows.last().map(|last| last.end as usize), Some(text.len()));
            for window in &windows {
                assert!(window.range().len() <= WINDOW_BYTES);
                assert!(text[window.range()].ends_with(ends) || window.end as usize == text.len());
            }
        }
        assert_eq!(windows("\n - \n"), [], "nothing is said there");
    }

    #[test]
    fn it_reads_where_there_is_doubt_or_everywhere() {
        let far = "Nothing here to see for anyone at all, day after day.\n".repeat(9);
        let text = format!("Zqarn slept.\n{far}Zqolt woke.\n");
        let (mut always, readings) = work(When::Always);
        assert_eq!(found(&text, &[], &mut always), Ok(vec!["Zqarn".into(), "Zqolt".into()]));
        assert_eq!(readings.load(Ordering::Relaxed), 2);
        let (mut uncertain, readings) = work(When::Uncertain);
        assert_eq!(found(&text, &[], &mut uncertain), Ok(vec![]));
        assert_eq!(readings.load(Ordering::Relaxed), 0, "no doubt, no reading");
        let doubts = [doubt(&text, "Zqolt", 0.1)];
        assert_eq!(found(&text, &doubts, &mut uncertain), Ok(vec!["Zqolt".into()]));
        assert_eq!(readings.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn a_window_is_read_once_and_costs_each_time() {
        let (mut always, readings) = work(When::Always);
        for _ in 0..3 {
            assert_eq!(found("Zqarn slept.", &[], &mut always), Ok(vec!["Zqarn".into()]));
        }
        assert_eq!(readings.load(Ordering::Relaxed), 1);
        assert_eq!(always.left, TRANSFORMER_RECORD_BYTES_MAX - 3 * "Zqarn slept.".len());
        always.begin();
        assert_eq!(always.left, TRANSFORMER_RECORD_BYTES_MAX);
    }

    #[test]
    fn beyond_the_budget_a_record_is_refused_or_its_least_doubtful_parts_go_without() {
        let line = "Nobody was seen here today, and nobody asked for anything.\n";
        let text = format!("Zqarn slept.\n{}Zqolt woke.\n", line.repeat(420));
        assert!(text.len() > TRANSFORMER_RECORD_BYTES_MAX);
        let (mut always, _) = work(When::Always);
        assert_eq!(found(&text, &[], &mut always), Err(Code::TransformerBudget));
        let (mut uncertain, _) = work(When::Uncertain);
        let doubts = [doubt(&text, "Zqarn", 0.1), doubt(&text, "Zqolt", 0.2)];
        uncertain.left = 600;
        assert_eq!(found(&text, &doubts, &mut uncertain), Ok(vec!["Zqolt".into()]));
        assert_eq!(uncertain.skipped, 1);
    }

    #[test]
    fn the_cache_keeps_what_is_asked_for_and_no_more_than_it_may() {
        let guess = Guess { span: Span::new(0, 1), kind: 0, begins: true, score: 0.5 };
        let entry: Arc<[Guess]> = vec![guess; 99].into();
        let mut cache = Cache::default();
        cache.put(0, Arc::clone(&entry));
        for key in 1..20_000u128 {
            cache.put(key, Arc::clone(&entry));
            assert!(cache.get(0).is_some(), "{key}");
            assert!((cache.new.len() + cache.old.len()) * 100 <= TRANSFORMER_CACHE_UNITS);
        }
        assert!(cache.get(1).is_none());
    }

    #[test]
    fn what_was_found_or_is_exempt_is_no_doubt() {
        let text = "Zqarn saw E11.9 and Zqolt";
        let mut doubts = ["Zqarn", "E11.9", "Zqolt"].map(|word| doubt(text, word, 0.1)).to_vec();
        let (layer, written) = (Layer::Tagger, Written::Whole);
        let (span, class) = (Span::new(0, 5), Class::PersonName);
        let one = Finding { span, class, layer, known: None, score: 1.0, rule: "", written };
        let mut codes = Vec::new();
        exempt::spans(text, &mut Default::default(), &mut codes);
        leave_found([&[one], &[]], &codes, &mut doubts);
        assert_eq!(doubts.iter().map(|one| &text[one.span.range()]).collect::<Vec<_>>(), ["Zqolt"]);
    }

    /// The words of a text as one kind each, glued to findings.
    fn joined(text: &str, guesses: &[(&str, &str, bool, f32)]) -> Vec<(String, Class)> {
        let kinds = ["given", "surname", "building", "street", "phone", "city", "state"];
        let groups: Vec<_> = kinds.iter().map(|kind| group(kind).expect("is known")).collect();
        let mut from = 0;
        let guesses: Vec<_> = guesses
            .iter()
            .map(|&(word, kind, begins, score)| {
                let start = from + text[from..].find(word).expect("is there");
                from = start + word.len();
                let kind = kinds.iter().position(|known| *known == kind).expect("a kind") as u8;
                Guess { span: Span::new(start, from), kind, begins, score }
            })
            .collect();
        let mut folded = Folded::default();
        folded.read(text);
        let mut out = Vec::new();
        join(text, &folded, 0, &guesses, &groups, Aim::Balanced, &mut out);
        out.iter().map(|one| (text[one.span.range()].to_string(), one.class)).collect()
    }

    #[test]
    fn words_of_one_thing_are_one_finding_and_measurements_are_none() {
        let name = |value: &str| vec![(value.to_string(), Class::PersonName)];
        let both = [("Thraneth", "given", true, 0.9), ("Cruminakis", "surname", true, 0.9)];
        assert_eq!(joined("by Thraneth Cruminakis today", &both), name("Thraneth Cruminakis"));
        let street = [
            ("52", "building", true, 1.0),
            ("Nehru", "street", true, 1.0),
            ("Nagar", "street", false, 1.0),
        ];
        let whole = ("52 Nehru Nagar".to_string(), Class::Street);
        assert_eq!(joined("at 52 Nehru Nagar, please", &street), [whole]);
        for (text, guess) in [
            ("BP 134/53 today", ("53", "building", true, 1.0)),
            ("history of TIA", ("TIA", "surname", true, 0.7)),
            ("GI: denies cough", ("denies", "given", true, 0.9)),
            ("a Trendelenburg position", ("Trendelenburg", "city", true, 0.96)),
            ("net +1618, out", ("1618", "phone", true, 0.99)),
            ("lives in IL now", ("IL", "state", true, 0.99)),
            ("seen by Quenby", ("Quenby", "surname", true, 0.4)),
        ] {
            assert_eq!(joined(text, &[guess]), [], "{text}");
        }
    }

    #[test]
    fn a_kind_that_nobody_knows_makes_no_transformer() {
        #[derive(Debug)]
        struct Other;
        impl Labeller for Other {
            fn name(&self) -> &'static str {
                "other"
            }
            fn kinds(&self) -> &'static [&'static str] {
                &["given", "mood"]
            }
            fn label(&self, _: &str, _: &mut Vec<Guess>) -> Result<(), Code> {
                Ok(())
            }
        }
        assert_eq!(Transformer::of(Box::new(Other)).err(), Some(Code::TransformerUnknown));
    }

    #[cfg(feature = "transformer")]
    #[test]
    fn every_kind_of_a_known_model_has_a_meaning() {
        for known in weir_transformer::KNOWN {
            assert!(known.kinds.iter().all(|kind| group(kind).is_some()), "{}", known.name);
        }
        assert_eq!(Transformer::read(vec![1, 2, 3], b"").err(), Some(Code::TransformerUnknown));
    }
}

//! Names of people: their parts, and how they are compared.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use zeroize::Zeroizing;

const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "mx", "dr", "prof"];
const SUFFIXES: &[&str] = &[
    "sr", "jr", "ii", "iii", "iv", "md", "do", "rn", "np", "pa", "phd", "esq", "dds", "dmd", "mph",
];
/// Degrees that are people's names too: Thi Hoa Do, Pa Vang, Md Rahman.
const DOUBTFUL: &[&str] = &["do", "pa", "md"];
const PARTICLES: &[&str] =
    &["de", "la", "del", "van", "der", "den", "von", "da", "di", "dos", "bin", "al", "el", "st"];
/// Letters of the longest of these words.
const LISTED_LONGEST: usize = 4;

/// Which part of a name a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamePart {
    /// The whole name.
    Whole,
    /// The family name.
    Family,
    /// A given name; several may follow each other.
    Given,
}

/// A name part as it is compared: NFC, lower case, apostrophes made one kind.
pub fn fold_name(part: &str) -> String {
    if part.is_ascii() {
        let folded = part.to_ascii_lowercase();
        return if folded.contains('`') { folded.replace('`', "'") } else { folded };
    }
    part.nfc()
        .flat_map(char::to_lowercase)
        .map(|c| if is_apostrophe(c) { '\'' } else { c })
        .collect()
}

/// The family name and the given names of a name, folded, titles and suffixes dropped:
/// `Smith, Jane Q` and `Ms. Jane Q. Smith, MD` both give `("smith", "jane q")`.
///
/// A family name of two words is known as such only before a comma: `Garcia Lopez, Maria` and
/// `Maria Garcia Lopez` are two names to this function.
pub fn name_parts(text: &str) -> (String, String) {
    let mut folded = fold_name(text);
    // Most names are plain words, none of which is dropped or taken together with another.
    let is_listed = |word: &&str| {
        word.len() <= LISTED_LONGEST
            && [TITLES, SUFFIXES, PARTICLES].iter().any(|list| list.contains(word))
    };
    let is_plain = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    if folded.split(' ').all(|word| is_plain(word) && !is_listed(&word)) {
        let Some(at) = folded.rfind(' ') else { return (folded, String::new()) };
        let given = folded[..at].to_string();
        folded.drain(..=at);
        return (folded, given);
    }
    let mut parts = folded.split(',').map(|part| {
        let mut words: Vec<_> = part.split_whitespace().flat_map(words_of).collect();
        // Mr Do is a name; so is a title alone, when nothing else is left.
        while words.len() > 1 && TITLES.contains(&words[0]) {
            words.remove(0);
        }
        words
    });
    let before = parts.next().unwrap_or_default();
    let after: Vec<_> = parts.filter(|words| !words.is_empty()).collect();
    // "Smith, Jane, DDS" and "Jane Smith, MD": what is all suffixes is no name. "Do, Anh" has one
    // word before its comma, which is the family name whatever it looks like; and in "Kim, Do" the
    // one behind it is the given name, unless it is written as a degree.
    let two = before.len() == 1 && after.len() == 1;
    let is_suffix = |words: &[&str]| {
        words.iter().all(|word| SUFFIXES.contains(word) && (!two || is_degree(text, word)))
    };
    let given: Vec<_> = after.into_iter().filter(|words| !is_suffix(words)).flatten().collect();
    let mut words = before;
    let least = if given.is_empty() { 2 } else { 1 };
    let ends = |word: &&str| SUFFIXES.contains(word) && is_degree(text, word);
    while words.len() > least && words.last().is_some_and(ends) {
        words.pop();
    }
    if !given.is_empty() {
        return (words.join(" "), given.join(" "));
    }
    let Some(mut family) = words.pop().map(str::to_string) else {
        return (String::new(), String::new());
    };
    while words.len() > 1 && words.last().is_some_and(|word| PARTICLES.contains(word)) {
        if let Some(particle) = words.pop() {
            family = format!("{particle} {family}");
        }
    }
    (family, words.join(" "))
}

/// A part of a name that is declared as one: every word of it but what can only be a suffix.
pub fn name_part(text: &str) -> String {
    let folded = fold_name(text).replace(',', " ");
    let mut words: Vec<_> = folded.split_whitespace().flat_map(words_of).collect();
    let ends = |word: &&str| SUFFIXES.contains(word) && !DOUBTFUL.contains(word);
    while words.len() > 1 && words.last().is_some_and(ends) {
        words.pop();
    }
    while words.len() > 1 && TITLES.contains(&words[0]) {
        words.remove(0);
    }
    words.join(" ")
}

/// Whether a suffix of `text` is no name: the doubtful ones are degrees only with points, or in upper
/// case where the rest is not.
fn is_degree(text: &str, suffix: &str) -> bool {
    let bare = |word: &str| word.replace(['.', ','], "").eq_ignore_ascii_case(suffix);
    let mut written = text.split_whitespace().filter(|word| bare(word));
    let mixed = text.chars().any(char::is_lowercase);
    !DOUBTFUL.contains(&suffix)
        || written.any(|word| {
            word.trim_end_matches(['.', ',']).contains('.')
                || mixed && !word.chars().any(char::is_lowercase)
        })
}

/// The words of a piece without white space; `m.d.` is one, as `md` is.
fn words_of(piece: &str) -> impl Iterator<Item = &str> {
    let dotted = Some(piece).filter(|piece| piece.contains('.'));
    let suffix = dotted.and_then(|piece| {
        let bare = piece.replace('.', "");
        SUFFIXES.iter().find(|suffix| **suffix == bare)
    });
    let words = piece.split(|c: char| !(in_word(c) || c == '-')).filter(|word| !word.is_empty());
    suffix.copied().into_iter().chain(words.filter(move |_| suffix.is_none()))
}

/// Whether a character is part of a word: a letter, a digit, a mark, or an apostrophe.
pub fn in_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || matches!(c, '\'' | '`');
    }
    c.is_alphanumeric() || is_combining_mark(c) || is_apostrophe(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{b4}' | '`')
}

/// The letters and digits of a word as they are compared: lower case, without marks.
pub fn plain(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars().filter(|c| c.is_alphanumeric() || is_combining_mark(*c)) {
        fold_letter(c, &mut out);
    }
    out
}

/// Appends a letter as it is compared: lower case, without marks, ligatures apart.
pub fn fold_letter(c: char, out: &mut String) {
    if c.is_ascii() {
        return out.push(c.to_ascii_lowercase());
    }
    for c in std::iter::once(c).nfkd().flat_map(char::to_lowercase).nfkd() {
        match c {
            '\u{df}' => out.push_str("ss"),
            '\u{e6}' => out.push_str("ae"),
            '\u{153}' => out.push_str("oe"),
            '\u{f8}' => out.push('o'),
            '\u{142}' => out.push('l'),
            '\u{111}' | '\u{f0}' => out.push('d'),
            '\u{131}' => out.push('i'),
            c if is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
}

/// Where a surrogate of a name is to be written.
#[derive(Clone, Copy, Debug)]
pub struct Dress<'a> {
    /// The canonical name that the occurrence stands for.
    pub name: &'a str,
    /// Its surrogate, in the same notation: word for word, the family name one word.
    pub surrogate: &'a str,
    /// A word that is both family and given name is the family name here.
    pub family_first: bool,
}

/// One word of the canonical name, and what stands in its place.
struct Slot<'a> {
    plain: Zeroizing<String>,
    /// Of a name of several words, each.
    parts: Vec<Zeroizing<String>>,
    surrogate: &'a str,
}

/// A word of the occurrence.
struct Piece {
    range: Range<usize>,
    plain: Zeroizing<String>,
}

/// Most words of an occurrence that are one word of the name: `van der Berg`, `O Brien`.
const PIECES_MAX: usize = 4;

/// Writes the surrogate of a name in the shape of the occurrence `original`: order, separators,
/// case, titles and suffixes stay, an initial is an initial. A word that the canonical name does not
/// explain does not pass: then the whole occurrence becomes `Given Family`.
pub fn dress_name(original: &str, dress: Dress<'_>, out: &mut String) {
    let slots = slots(dress);
    let start = out.len();
    if Wearer::new(original, dress, &slots).walk(out).is_none() {
        out.truncate(start);
        plainly(original, &slots, out);
    }
}

/// The case of a text of one case is put on a surrogate that is a name of a place or organisation.
pub fn dress_case(original: &str, surrogate: &str, out: &mut String) {
    // `Inc.`, where the sentence has the point.
    let pointed = original.trim_end().ends_with('.');
    let surrogate = if pointed { surrogate } else { surrogate.trim_end_matches('.') };
    match case_of(original) {
        Case::Mixed => out.push_str(surrogate),
        case => cased(surrogate, case, out),
    }
}

/// The family name first, then each given name.
fn slots(dress: Dress<'_>) -> Vec<Slot<'_>> {
    let halves = |text| str::split_once(text, ',').unwrap_or((text, ""));
    let ((family, given), (new_family, new_given)) = (halves(dress.name), halves(dress.surrogate));
    let slot = |(word, surrogate): (&str, _)| {
        let parts = word.split([' ', '-']).map(plain).filter(|part| !part.is_empty());
        Slot { plain: plain(word).into(), parts: parts.map(Zeroizing::new).collect(), surrogate }
    };
    let given = given.split(' ').zip(new_given.split(' '));
    let pairs = std::iter::once((family, new_family)).chain(given);
    pairs.map(slot).filter(|slot| !slot.plain.is_empty()).collect()
}

struct Wearer<'a> {
    original: &'a str,
    slots: &'a [Slot<'a>],
    pieces: Vec<Piece>,
    used: Vec<bool>,
    family_first: bool,
}

impl<'a> Wearer<'a> {
    fn new(original: &'a str, dress: Dress<'_>, slots: &'a [Slot<'a>]) -> Wearer<'a> {
        let at = |word: &str| word.as_ptr() as usize - original.as_ptr() as usize;
        let piece = |word: &str| Piece {
            range: at(word)..at(word) + word.len(),
            plain: plain(word).into(),
        };
        let pieces = original.split(|c| !in_word(c)).map(piece);
        Wearer {
            original,
            slots,
            pieces: pieces.filter(|piece| !piece.plain.is_empty()).collect(),
            used: vec![false; slots.len()],
            family_first: dress.family_first || original.contains(','),
        }
    }

    fn walk(&mut self, out: &mut String) -> Option<()> {
        let (mut at, mut cursor) = (0, 0);
        while at < self.pieces.len() {
            let start = self.pieces[at].range.start;
            out.push_str(&self.original[cursor..start]);
            let next = self.word(at, out)?;
            cursor = self.pieces[next - 1].range.end;
            at = next;
        }
        out.push_str(&self.original[cursor..]);
        // Titles alone are nobody.
        self.used.contains(&true).then_some(())
    }

    /// Writes what stands in place of the words from `at` on; gives the word behind them.
    fn word(&mut self, at: usize, out: &mut String) -> Option<usize> {
        let text = |pieces: &[Piece]| {
            let (first, last) = (pieces.first(), pieces.last());
            first.zip(last).map_or(0..0, |(first, last)| first.range.start..last.range.end)
        };
        let most = PIECES_MAX.min(self.pieces.len() - at);
        for n in (1..=most).rev() {
            let pieces = &self.pieces[at..at + n];
            let joined: Zeroizing<String> =
                pieces.iter().fold(Zeroizing::new(String::new()), |mut joined, piece| {
                    joined.push_str(&piece.plain);
                    joined
                });
            if let Some(slot) = self.find(|slot| slot.plain == joined) {
                self.wear(slot, text(pieces), out);
                return Some(at + n);
            }
            // M.D.
            let written = &self.original[text(pieces)];
            if n > 1
                && at > 0
                && SUFFIXES.contains(&joined.as_str())
                && written.chars().all(|c| c == '.' || c.is_alphabetic())
            {
                out.push_str(written);
                return Some(at + n);
            }
        }
        let piece = &self.pieces[at];
        let (range, written) = (piece.range.clone(), &self.original[piece.range.clone()]);
        // One of the words of a family name, and those of its others that follow.
        if let Some(slot) = self.find(|slot| slot.parts.contains(&piece.plain)) {
            let more = self.pieces[at..].iter();
            let n = more.take_while(|p| self.slots[slot].parts.contains(&p.plain)).count();
            let range = text(&self.pieces[at..at + n]);
            self.wear(slot, range, out);
            return Some(at + n);
        }
        let folded = Zeroizing::new(fold_name(written));
        if written.chars().filter(|&c| in_word(c)).count() == 1 {
            let slot = self.find(|slot| slot.plain.starts_with(piece.plain.as_str()))?;
            self.used[slot] = true;
            let name = self.slots[slot].surrogate;
            let initial = &name[..name.chars().next().map_or(0, char::len_utf8)];
            cased(initial, case_of(written), out);
            return Some(at + 1);
        }
        if TITLES.contains(&folded.as_str()) || self.is_suffix(at, &folded) {
            out.push_str(written);
            return Some(at + 1);
        }
        // The Smiths, and Smith's where the field has it.
        for end in ["'s", "s"] {
            let Some(stem) = folded.strip_suffix(end).map(plain).map(Zeroizing::new) else {
                continue;
            };
            if let Some(slot) = self.find(|slot| slot.plain == stem) {
                self.wear(slot, range.clone(), out);
                let tail = written.chars().rev().take(end.len()).collect::<Vec<_>>();
                out.extend(tail.into_iter().rev());
                return Some(at + 1);
            }
        }
        // SmithJane.
        let pairs = (0..self.slots.len()).flat_map(|a| (0..self.slots.len()).map(move |b| (a, b)));
        let mut pairs = pairs.filter(|(a, b)| a != b);
        let (a, b) = pairs.find(|&(a, b)| {
            let rest = piece.plain.strip_prefix(self.slots[a].plain.as_str());
            rest == Some(self.slots[b].plain.as_str())
        })?;
        self.wear(a, range.clone(), out);
        self.wear(b, range, out);
        Some(at + 1)
    }

    /// What stands behind a name and is none.
    fn is_suffix(&self, at: usize, folded: &str) -> bool {
        at > 0 && SUFFIXES.contains(&folded) && is_degree(self.original, folded)
    }

    /// The slot that a word stands for: one that had no word yet, the family name first where it
    /// comes first.
    fn find(&self, fits: impl Fn(&Slot<'_>) -> bool) -> Option<usize> {
        let n = self.slots.len();
        let order = |at: usize| if self.family_first { at } else { (at + 1) % n };
        let fitting = || (0..n).map(order).filter(|&at| fits(&self.slots[at]));
        fitting().find(|&at| !self.used[at]).or_else(|| fitting().next())
    }

    fn wear(&mut self, slot: usize, written: Range<usize>, out: &mut String) {
        self.used[slot] = true;
        cased(self.slots[slot].surrogate, case_of(&self.original[written]), out);
    }
}

/// `Given Family`; in scripts without spaces, the family name and the given one.
fn plainly(original: &str, slots: &[Slot<'_>], out: &mut String) {
    let case = case_of(original);
    let (Some(family), given) = (slots.first(), slots.get(1)) else { return };
    let Some(given) = given else { return cased(family.surrogate, case, out) };
    if family.surrogate.starts_with(|c| c >= '\u{3040}') {
        out.extend([family.surrogate, given.surrogate]);
        return;
    }
    cased(given.surrogate, case, out);
    out.push(' ');
    cased(family.surrogate, case, out);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Upper,
    Lower,
    Mixed,
}

fn case_of(text: &str) -> Case {
    match (text.chars().any(char::is_uppercase), text.chars().any(char::is_lowercase)) {
        (true, false) => Case::Upper,
        (false, true) => Case::Lower,
        _ => Case::Mixed,
    }
}

/// A surrogate in a case; of mixed case, with a capital.
fn cased(text: &str, case: Case, out: &mut String) {
    match case {
        Case::Upper => out.extend(text.chars().flat_map(char::to_uppercase)),
        Case::Lower => out.extend(text.chars().flat_map(char::to_lowercase)),
        Case::Mixed => {
            let mut chars = text.chars();
            out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
            out.push_str(chars.as_str());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dress(name: &str, surrogate: &str, original: &str) -> String {
        let mut out = String::new();
        dress_name(original, Dress { name, surrogate, family_first: false }, &mut out);
        out
    }

    #[test]
    fn no_listed_word_is_longer_than_is_looked_for() {
        let longest = [TITLES, SUFFIXES, PARTICLES].concat().iter().map(|word| word.len()).max();
        assert_eq!(longest, Some(LISTED_LONGEST));
    }

    #[test]
    fn a_surrogate_takes_the_shape_of_the_occurrence() {
        for (original, expected) in [
            ("Jane Q Smith", "Maria A Lopez"),
            ("Smith, Jane Q.", "Lopez, Maria A."),
            ("SMITH,JANE", "LOPEZ,MARIA"),
            ("jane.smith", "maria.lopez"),
            ("SmithJane", "LopezMaria"),
            ("J. Smith", "M. Lopez"),
            ("J.Q. SMITH", "M.A. LOPEZ"),
            ("Smith J", "Lopez M"),
            ("Ms. Jane Smith", "Ms. Maria Lopez"),
            ("Dr. Jane Q. Smith, MD", "Dr. Maria A. Lopez, MD"),
            ("Jane Smith, M.D.", "Maria Lopez, M.D."),
            ("Smith Jr, Jane", "Lopez Jr, Maria"),
            ("Smith's", "Lopez's"),
            ("the Smiths", "Maria Lopez"),
            ("Smiths", "Lopezs"),
            ("Sm\u{ad}ith", "Lopez"),
            ("Jane Smith (Canary)", "Maria Lopez"),
            ("JANE WILSON", "MARIA LOPEZ"),
            ("Mr.", "Maria Lopez"),
        ] {
            assert_eq!(dress("smith,jane q", "lopez,maria a", original), expected, "{original}");
        }
        for (name, surrogate, original, expected) in [
            ("van der berg,ludwig", "lopez,carlos", "Ludwig van der Berg", "Carlos Lopez"),
            ("van der berg,ludwig", "lopez,carlos", "Herr Berg", "Carlos Lopez"),
            ("van der berg,ludwig", "lopez,carlos", "BERG, LUDWIG", "LOPEZ, CARLOS"),
            ("garcia lopez,maria", "moore,anna", "Garcia-Lopez, Maria", "Moore, Anna"),
            ("smith-jones,jean-luc", "moore,carl", "Jean-Luc Smith-Jones", "Carl Moore"),
            ("smith-jones,jean-luc", "moore,carl", "Jean Luc Jones", "Carl Moore"),
            ("o'brien,zo\u{eb}", "moore,anna", "Zoe O\u{2019}BRIEN", "Anna MOORE"),
            ("o'brien,zo\u{eb}", "moore,anna", "O Brien, Zoe\u{308}", "Moore, Anna"),
            ("mcdonald,jane", "moore,anna", "Jane McDONALD", "Anna Moore"),
            ("do,anh", "moore,anna", "Do, Anh", "Moore, Anna"),
            ("smith,jane", "moore,anna", "Jane Smith DO", "Anna Moore DO"),
            ("smith,jane", "moore,anna", "Jane Smith Do", "Anna Moore"),
            ("thomas,thomas", "moore,carl", "Thomas, Thomas", "Moore, Carl"),
            ("thomas,thomas", "moore,carl", "Thomas Thomas", "Carl Moore"),
            ("\u{738b}\u{4f1f}", "\u{674e}\u{519b}", "\u{738b}\u{4f1f}", "\u{674e}\u{519b}"),
        ] {
            assert_eq!(dress(name, surrogate, original), expected, "{original}");
        }
    }

    #[test]
    fn degrees_with_points_are_degrees() {
        for text in
            ["Jane Smith, M.D.", "Jane Smith, Ph.D.", "Smith, Jane, D.O.", "Jane Smith M.D."]
        {
            assert_eq!(name_parts(text), ("smith".into(), "jane".into()), "{text}");
        }
        assert_eq!(name_parts("M. D. Smith"), ("smith".into(), "m d".into()));
        let hindi =
            "\u{92a}\u{94d}\u{930}\u{93f}\u{92f}\u{93e} \u{936}\u{930}\u{94d}\u{92e}\u{93e}";
        assert_eq!(name_parts(hindi).1, "\u{92a}\u{94d}\u{930}\u{93f}\u{92f}\u{93e}");
    }
}

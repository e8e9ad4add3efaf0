//! Names of people: their parts, and how they are compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "mx", "dr", "prof"];
const SUFFIXES: &[&str] = &[
    "sr", "jr", "ii", "iii", "iv", "md", "do", "rn", "np", "pa", "phd", "esq", "dds", "dmd", "mph",
];
const PARTICLES: &[&str] =
    &["de", "la", "del", "van", "der", "den", "von", "da", "di", "dos", "bin", "al", "el", "st"];

/// A name part as it is compared: NFC, lower case, apostrophes made one kind.
pub fn fold_name(part: &str) -> String {
    part.nfc()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{b4}' | '`' => '\'',
            c => c,
        })
        .collect()
}

/// The family name and the given names of a name, folded, titles and suffixes dropped:
/// `Smith, Jane Q` and `Ms. Jane Q. Smith, MD` both give `("smith", "jane q")`.
///
/// A family name of two words is known as such only before a comma: `Garcia Lopez, Maria` and
/// `Maria Garcia Lopez` are two names to this function.
pub fn name_parts(text: &str) -> (String, String) {
    let folded = fold_name(text);
    let mut parts = folded.split(',').map(|part| {
        let mut words: Vec<_> = part
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '-') || is_mark(c)))
            .filter(|word| !word.is_empty())
            .collect();
        // Mr Do is a name; so is a title alone, when nothing else is left.
        while words.len() > 1 && TITLES.contains(&words[0]) {
            words.remove(0);
        }
        words
    });
    let is_suffix = |words: &[&str]| words.iter().all(|word| SUFFIXES.contains(word));
    let before = parts.next().unwrap_or_default();
    let after: Vec<_> = parts.filter(|words| !words.is_empty()).collect();
    // "Smith, Jane, DDS" and "Jane Smith, MD": what is all suffixes is no name. "Do, Anh" has one
    // word before its comma, which is the family name whatever it looks like.
    let given: Vec<_> = after.into_iter().filter(|words| !is_suffix(words)).flatten().collect();
    let mut words = before;
    let least = if given.is_empty() { 2 } else { 1 };
    while words.len() > least && words.last().is_some_and(|word| SUFFIXES.contains(word)) {
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

fn is_mark(c: char) -> bool {
    // Combining marks that NFC could not compose.
    ('\u{300}'..='\u{36f}').contains(&c)
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

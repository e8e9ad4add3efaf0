//! Looks for planted identifiers: as they stand and without what parts their letters and digits, in
//! any case, at the borders of words.

use super::Identifier;
use crate::phi::{Class, Code};
use aho_corasick::AhoCorasick;
use zeroize::Zeroizing;

/// Looks for identifiers.
pub struct Search {
    /// As they stand.
    plain: AhoCorasick,
    /// Letters and digits alone.
    packed: AhoCorasick,
    classes: Vec<Class>,
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Search({})", self.classes.len())
    }
}

impl Search {
    /// A search for all of these.
    pub fn of<'a>(identifiers: impl Iterator<Item = &'a Identifier>) -> Result<Search, Code> {
        let (mut plain, mut classes) = (Vec::new(), Vec::new());
        for identifier in identifiers {
            plain.push(Zeroizing::new(identifier.text.expose().clone()));
            classes.push(identifier.class);
        }
        let bare = |text: &Zeroizing<String>| {
            let text = text.chars().filter(char::is_ascii_alphanumeric);
            Zeroizing::new(text.collect::<String>())
        };
        let packed: Vec<_> = plain.iter().map(bare).collect();
        let build = |patterns: &[Zeroizing<String>]| {
            let patterns = patterns.iter().map(|pattern| pattern.as_bytes());
            let builder = AhoCorasick::builder().ascii_case_insensitive(true).build(patterns);
            builder.map_err(|_| Code::Internal)
        };
        Ok(Search { plain: build(&plain)?, packed: build(&packed)?, classes })
    }

    /// How many identifiers are looked for.
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// True when nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// The classes of what stands in these bytes, each once.
    pub fn find(&self, bytes: &[u8]) -> Vec<Class> {
        let mut found = Vec::new();
        for hit in self.plain.find_overlapping_iter(bytes) {
            if whole(bytes, hit.start(), hit.end()) {
                found.push(self.classes[hit.pattern().as_usize()]);
            }
        }
        let (packed, places) = pack(bytes);
        for hit in self.packed.find_overlapping_iter(packed.as_slice()) {
            if whole(bytes, places[hit.start()], places[hit.end() - 1] + 1) {
                found.push(self.classes[hit.pattern().as_usize()]);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// No letter or digit goes on at either end. A letter that belongs to an escape of JSON does not.
fn whole(bytes: &[u8], start: usize, end: usize) -> bool {
    let alone = |at: usize| !bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let escaped = |n: usize| start > n && bytes[start - n - 1] == b'\\';
    let front = start == 0 || alone(start - 1) || escaped(1) || escaped(5);
    front && alone(end)
}

/// Letters and digits, with their places; separators fall away, anything else stays as a border.
fn pack(bytes: &[u8]) -> (Zeroizing<Vec<u8>>, Vec<usize>) {
    let (mut packed, mut places) = (Zeroizing::new(Vec::with_capacity(bytes.len())), Vec::new());
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let separator = SEPARATORS.iter().find(|separator| rest.starts_with(separator));
        if let Some(separator) = separator {
            at += separator.len();
            continue;
        }
        packed.push(if rest[0].is_ascii_alphanumeric() { rest[0] } else { 0 });
        places.push(at);
        at += 1;
    }
    (packed, places)
}

/// What people put between the parts of a number: ASCII, the hyphens and dashes of U+2010 to U+2015,
/// the minus, and two spaces that do not break.
const SEPARATORS: &[&[u8]] = &[
    b" ",
    b"-",
    b".",
    b"/",
    b"_",
    b"(",
    b")",
    b"+",
    b",",
    "\u{2010}".as_bytes(),
    "\u{2011}".as_bytes(),
    "\u{2012}".as_bytes(),
    "\u{2013}".as_bytes(),
    "\u{2014}".as_bytes(),
    "\u{2015}".as_bytes(),
    "\u{2212}".as_bytes(),
    "\u{a0}".as_bytes(),
    "\u{202f}".as_bytes(),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phi::Phi;

    #[test]
    fn an_identifier_is_met_at_the_borders_of_words_in_any_case_and_parted_anyhow() {
        let of = |class, text: &str| Identifier { class, text: Phi::new(text.to_string()) };
        let identifiers = [
            of(Class::PersonName, "Rovitanex Mukoladip"),
            of(Class::Mrn, "41234567890"),
            of(Class::Phone, "(212) 555-0142"),
            of(Class::License, "CN123456789"),
        ];
        let search = Search::of(identifiers.iter()).expect("builds");
        assert_eq!((search.len(), search.is_empty()), (4, false));
        let found = |text: &str| search.find(text.as_bytes());
        for (text, class) in [
            ("\"ROVITANEX mukoladip\"", Class::PersonName),
            ("a\\nRovitanex Mukoladip's", Class::PersonName),
            ("a\\u000aRovitanex\u{a0}Mukoladip", Class::PersonName),
            ("41234567890", Class::Mrn),
            ("no. 4123-456\u{2011}7890,", Class::Mrn),
            ("call 212.555.0142", Class::Phone),
            ("{\"p\":\"2125550142\"}", Class::Phone),
            ("cn-123456789", Class::License),
        ] {
            assert_eq!(found(text), [class], "{text}");
        }
        for text in [
            "141234567890",
            "412345678901",
            "Rovitanex \"Mukoladip",
            "CN12345678",
            "",
            "2125550143",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}

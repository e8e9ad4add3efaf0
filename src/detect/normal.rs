//! Normal form: what a text says, whatever characters it says it with. Spaces, dashes, quotes and digits
//! become ASCII, most characters without width go, escapes of HTML, URLs, JSON (\u) and HL7 are undone; each byte
//! knows where it came from, so that findings lead back to the source.

use crate::phi::{Span, digit_of};
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

/// A text in normal form. Reused from text to text.
#[derive(Default)]
pub(super) struct Normal {
    text: String,
    /// Where each byte's character came from: first byte and one past the last, in the source. Empty
    /// when the source is in normal form already.
    from: Vec<(u32, u32)>,
}

impl std::fmt::Debug for Normal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Normal({} bytes)", self.text.len())
    }
}

impl Drop for Normal {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

/// Longest escape, in bytes: `&CounterClockwiseContourIntegral;` is no digit.
const ESCAPE_BYTES_MAX: usize = 12;
/// Shortest run that may be base64, in characters.
const BASE64_CHARS_MIN: usize = 16;

impl Normal {
    /// Reads `text`, in place of what was there.
    pub(super) fn read(&mut self, text: &str) {
        self.text.clear();
        self.from.clear();
        if is_normal(text) {
            return;
        }
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let (said, length) = match c {
                '&' | '%' | '\\' => match escape(&text[at..]) {
                    Some(found) => found,
                    None => (Said::One(c), 1),
                },
                c => (plain(c), c.len_utf8()),
            };
            let end = at + length;
            match said {
                Said::Nothing => {}
                Said::One(c) => self.push(c, at, end),
                Said::Few(c) => c.nfkc().for_each(|c| self.push(c, at, end)),
            }
            at = end;
        }
    }

    fn push(&mut self, c: char, start: usize, end: usize) {
        // An escape may stand for a character that has a normal form of its own.
        let c = match plain(c) {
            Said::Nothing => return,
            Said::One(c) => c,
            Said::Few(_) => c,
        };
        self.text.push(c);
        self.from.resize(self.text.len(), (start as u32, end as u32));
    }

    /// The normal form of `source`, the text that was read.
    pub(super) fn text<'a>(&'a self, source: &'a str) -> &'a str {
        if self.from.is_empty() { source } else { &self.text }
    }

    /// Where a span of the normal form came from.
    pub(super) fn source(&self, span: Span) -> Span {
        match (
            self.from.get(span.start as usize),
            self.from.get((span.end as usize).wrapping_sub(1)),
        ) {
            (Some(first), Some(last)) => Span { start: first.0, end: last.1 },
            _ => span,
        }
    }
}

/// What a character says.
enum Said {
    Nothing,
    One(char),
    /// Its compatibility form: a ligature, a letter in a circle.
    Few(char),
}

fn is_normal(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii() && !matches!(b, b'&' | b'%' | b'\\'))
}

fn plain(c: char) -> Said {
    match c {
        '\0'..='\x7f' => Said::One(c),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => Said::Nothing,
        '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{180e}' => Said::Nothing,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => {
            Said::One('-')
        }
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' => Said::One('\''),
        '\u{201c}' | '\u{201d}' => Said::One('"'),
        '\u{2028}' | '\u{2029}' | '\u{85}' => Said::One('\n'),
        c if c.is_whitespace() => Said::One(' '),
        c if c.is_alphabetic() && !is_compatible(c) => Said::One(c),
        c => match digit_of(c) {
            Some(digit) => Said::One(char::from(b'0' + digit)),
            None if is_compatible(c) => Said::Few(c),
            None => Said::One(c),
        },
    }
}

/// Characters that are another way to write letters, digits and marks: full and half width, letters and
/// digits of mathematics, in circles, ligatures. Raised and lowered digits are not among them: they say
/// something else.
fn is_compatible(c: char) -> bool {
    matches!(c,
        '\u{ff01}'..='\u{ffef}' | '\u{1d400}'..='\u{1d7ff}' | '\u{2460}'..='\u{24ff}'
        | '\u{fb00}'..='\u{fb06}' | '\u{3000}' | '\u{2024}'..='\u{2026}')
}

/// The escape at the start of `text`: what it says, and its length in bytes.
fn escape(text: &str) -> Option<(Said, usize)> {
    let bytes = text.as_bytes();
    let hex = |from: usize, to: usize| {
        let digits = text.get(from..to)?;
        let all = digits.bytes().all(|b| b.is_ascii_hexdigit());
        all.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
    };
    match bytes.first()? {
        b'&' => {
            let end = text.bytes().take(ESCAPE_BYTES_MAX).position(|b| b == b';')?;
            let c = match &bytes[1..end] {
                [b'#', b'x' | b'X', ..] => char::from_u32(hex(3, end)?)?,
                [b'#', ..] => char::from_u32(text[2..end].parse().ok()?)?,
                _ => named(&text[1..end])?,
            };
            Some((Said::One(c), end + 1))
        }
        b'%' => {
            let first = hex(1, 3)?;
            if first < 0x80 {
                let c = char::from_u32(first).filter(|c| !c.is_control() || c.is_whitespace())?;
                return Some((Said::One(c), 3));
            }
            let length = if first >= 0xf0 {
                4
            } else if first >= 0xe0 {
                3
            } else {
                2
            };
            let mut code = Vec::with_capacity(length);
            for n in 0..length {
                if bytes.get(n * 3) != Some(&b'%') {
                    return None;
                }
                code.push(hex(n * 3 + 1, n * 3 + 3)? as u8);
            }
            let c = std::str::from_utf8(&code).ok()?.chars().next()?;
            Some((Said::One(c), length * 3))
        }
        _ => match bytes.get(1)? {
            b'u' => {
                let c = char::from_u32(hex(2, 6)?)?;
                Some((Said::One(c), 6))
            }
            // HL7 v2.5.1, 2.7: delimiters, a character in hexadecimal, a new line.
            b'X' | b'x' if bytes.get(4) == Some(&b'\\') => {
                Some((Said::One(char::from_u32(hex(2, 4)?)?), 5))
            }
            b'x' => Some((Said::One(char::from_u32(hex(2, 4)?)?), 4)),
            b'.' if text.starts_with("\\.br\\") => Some((Said::One('\n'), 5)),
            letter if bytes.get(2) == Some(&b'\\') => {
                let c = match letter {
                    b'F' => '|',
                    b'S' => '^',
                    b'T' => '&',
                    b'R' => '~',
                    b'E' => '\\',
                    _ => return None,
                };
                Some((Said::One(c), 3))
            }
            _ => None,
        },
    }
}

/// HTML's names for what stands in identifiers and between their parts.
fn named(name: &str) -> Option<char> {
    const NAMES: &[(&str, char)] = &[
        ("amp", '&'),
        ("apos", '\''),
        ("colon", ':'),
        ("comma", ','),
        ("commat", '@'),
        ("dash", '-'),
        ("gt", '>'),
        ("hyphen", '-'),
        ("lowbar", '_'),
        ("lpar", '('),
        ("lt", '<'),
        ("mdash", '-'),
        ("nbsp", ' '),
        ("ndash", '-'),
        ("num", '#'),
        ("period", '.'),
        ("plus", '+'),
        ("quot", '"'),
        ("rpar", ')'),
        ("rsquo", '\''),
        ("shy", '\u{ad}'),
        ("sol", '/'),
        ("Tab", '\t'),
        ("NewLine", '\n'),
        ("aacute", '\u{e1}'),
        ("eacute", '\u{e9}'),
        ("iacute", '\u{ed}'),
        ("oacute", '\u{f3}'),
        ("uacute", '\u{fa}'),
        ("ntilde", '\u{f1}'),
        ("uuml", '\u{fc}'),
        ("ouml", '\u{f6}'),
        ("auml", '\u{e4}'),
        ("ccedil", '\u{e7}'),
    ];
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

/// `text` with numbers put together again that the end of a line or an HL7 repetition parts, and where each
/// byte came from, its end last. `None` when nothing is parted so.
pub(super) fn rejoined(text: &str) -> Option<(Zeroizing<String>, Vec<u32>)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut out = Zeroizing::new(String::new());
    let (mut from, mut done, mut at) = (Vec::new(), 0, 0);
    while at < bytes.len() {
        let end = match bytes[at..] {
            [b'\r', b'\n', ..] => at + 2,
            [b'~' | b'\n', ..] => at + 1,
            _ => at,
        };
        let dash = at > 1 && bytes[at - 1] == b'-' && digit(at - 2);
        if end > at && at > 0 && (digit(at - 1) || dash) && digit(end) {
            from.extend(done as u32..at as u32);
            out.push_str(&text[done..at]);
            done = end;
        }
        at = end.max(at + 1);
    }
    if done == 0 {
        return None;
    }
    from.extend(done as u32..=text.len() as u32);
    out.push_str(&text[done..]);
    Some((out, from))
}

/// Runs of `text` that are base64 of a text, with that text.
pub(super) fn encoded(text: &str) -> impl Iterator<Item = (Span, Zeroizing<String>)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            let digit =
                |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
            at += bytes[at..].iter().take_while(|b| digit(b)).count();
            let digits = at - start;
            at += bytes[at..].iter().take_while(|b| **b == b'=').count().min(2);
            if digits < BASE64_CHARS_MIN {
                // Perhaps in the middle of a character: nothing is cut there.
                at = at.max(start + 1);
                continue;
            }
            if let Some(decoded) = decode(&text[start..at]) {
                return Some((Span::new(start, at), decoded));
            }
        }
        None
    })
}

fn decode(run: &str) -> Option<Zeroizing<String>> {
    use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD};
    let digits = run.trim_end_matches('=').as_bytes();
    let decoded = BASE64_NOPAD.decode(digits).or_else(|_| BASE64URL_NOPAD.decode(digits)).ok()?;
    let text = Zeroizing::new(String::from_utf8(decoded).ok()?);
    text.chars().all(|c| !c.is_control() || c.is_whitespace()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(text: &str) -> String {
        let mut normal = Normal::default();
        normal.read(text);
        normal.text(text).to_string()
    }

    #[test]
    fn every_encoding_says_the_same() {
        for text in [
            "123-45-6789",
            "\u{ff11}\u{ff12}\u{ff13}\u{ff0d}45\u{2011}6789",
            "1\u{200b}23-\u{ad}45-67\u{2060}89",
            "\u{661}\u{662}\u{663}-\u{1d7dc}5-6789",
            "&#49;2&#x33;-45&hyphen;6789",
            "12%33%2d45-6789",
            "\\u00312\\u0033-45-6789",
            "123\\X2D\\45-6789",
        ] {
            assert_eq!(normal(text), "123-45-6789", "{text}");
        }
        assert_eq!(
            normal("Zo&eacute;\u{a0}O\u{2019}Neil %C3%A9 50 % & 10\u{b2}"),
            "Zo\u{e9} O'Neil \u{e9} 50 % & 10\u{b2}"
        );
        assert_eq!(normal("a\\T\\b \\n c:\\dir %zz &foo;"), "a&b \\n c:\\dir %zz &foo;");
    }

    /// Nothing is taken for an escape that is none, at the end of a text or before a longer character.
    #[test]
    fn what_is_no_whole_escape_stays() {
        for text in ["\\X41", "\\X41\u{e9}", "\\X", "C:\\X12-34", "&#", "%c3", "\\u12", "%C3\u{e9}"]
        {
            assert_eq!(normal(text), text);
        }
    }

    #[test]
    fn spans_lead_back_to_the_source() {
        let text = "MRN &#49;\u{ff12}\u{200b}3, done";
        let mut normal = Normal::default();
        normal.read(text);
        let at = normal.text(text).find("123").expect("it is there");
        let source = normal.source(Span::new(at, at + 3));
        assert_eq!(&text[source.range()], "&#49;\u{ff12}\u{200b}3");
        let plain = "MRN 123";
        normal.read(plain);
        assert_eq!(normal.source(Span::new(4, 7)), Span::new(4, 7));
    }

    #[test]
    fn numbers_that_are_parted_are_put_together() {
        let text = "MRN 0012~3456 and 212-555-\r\n0142,\nseen ~ 3";
        let (joined, from) = rejoined(text).expect("two are parted");
        assert_eq!(joined.as_str(), "MRN 00123456 and 212-555-0142,\nseen ~ 3");
        assert_eq!(from.len(), joined.len() + 1);
        let at = joined.find("00123456").expect("it is there");
        assert_eq!(&text[from[at] as usize..from[at + 8] as usize], "0012~3456");
        assert!(rejoined("a~b\nc 3\n\n4").is_none());
    }

    #[test]
    fn base64_of_a_text_is_read() {
        let text = "n\u{f6}te: U2VlbiBieSBEci4gQWRhIExhcms= \u{2014} end, E11.9 HELLOWORLDHELLOW aaaaaaaaaaaaaaaaaaa";
        let found: Vec<_> = encoded(text).map(|(span, said)| (&text[span.range()], said)).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "U2VlbiBieSBEci4gQWRhIExhcms=");
        assert_eq!(found[0].1.as_str(), "Seen by Dr. Ada Lark");
    }
}

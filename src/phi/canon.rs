//! Canonical forms. A value is brought to one form before it is tokenised, so that one person has
//! one token whatever the notation; the occurrence's separators and case are put back afterwards.

use super::{Class, Code, DateShape, Form, Ymd, parse_date, render_date};
use unicode_normalization::UnicodeNormalization;

/// What [`canonical`] found beside the canonical text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Canon {
    /// Dates: how it was written.
    pub date: Option<(Ymd, DateShape)>,
}

/// Appends the canonical form of `text` to `out`. `width` pads record numbers with zeros.
///
/// Errors are codes: the value itself never travels in one.
pub fn canonical(
    class: Class,
    width: Option<u8>,
    text: &str,
    out: &mut String,
) -> Result<Canon, Code> {
    let mut canon = Canon { date: None };
    match class.form() {
        Form::Name => {
            let start = out.len();
            let (family, given) = name_parts(text);
            out.push_str(&family);
            if !given.is_empty() {
                out.push(',');
                out.push_str(&given);
            }
            if out.len() == start {
                return Err(Code::OutsideAlphabet);
            }
        }
        Form::Digits | Form::Record => record_number(class, width, text, out)?,
        Form::Phone => phone(text, out)?,
        Form::Date => {
            let (date, shape) = parse_date(text.trim_start()).ok_or(Code::NotADate)?;
            canon.date = Some((date, shape));
            use std::fmt::Write;
            let _ = write!(out, "{date}");
        }
        Form::Email => {
            let text = text.trim();
            if !text.contains('@') {
                return Err(Code::OutsideAlphabet);
            }
            out.extend(text.nfc().flat_map(char::to_lowercase));
        }
        Form::Whole => {
            let text = text.trim();
            if text.is_ascii() { out.push_str(text) } else { out.extend(text.nfc()) }
        }
    }
    Ok(canon)
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '/' | '_' | '\u{a0}' | '\u{2010}' | '\u{2011}' | '\u{2013}')
}

fn record_number(
    class: Class,
    width: Option<u8>,
    text: &str,
    out: &mut String,
) -> Result<(), Code> {
    let start = out.len();
    let letters = class.form() == Form::Record;
    for c in text.trim().chars() {
        match c {
            '0'..='9' => out.push(c),
            'A'..='Z' if letters => out.push(c),
            'a'..='z' if letters => out.push(c.to_ascii_uppercase()),
            c if is_separator(c) => {}
            // Digits of other scripts and look-alikes are found, never encrypted.
            _ => return Err(Code::OutsideAlphabet),
        }
    }
    let length = out.len() - start;
    if length == 0 {
        return Err(Code::OutsideAlphabet);
    }
    let width = usize::from(width.unwrap_or(0));
    if width > 0 && length > width {
        return Err(Code::WidthExceeded);
    }
    if length < width {
        out.insert_str(start, &"0".repeat(width - length));
    }
    Ok(())
}

fn phone(text: &str, out: &mut String) -> Result<(), Code> {
    let start = out.len();
    out.push('+');
    let mut plus = false;
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '0'..='9' => out.push(c),
            '+' if out.len() == start + 1 => plus = true,
            '(' | ')' => {}
            c if is_separator(c) => {}
            // An extension is not part of the number; it is dropped.
            'x' | 'X' | 'e' | 'E' if chars.clone().any(|c| c.is_ascii_digit()) => break,
            _ => return Err(Code::OutsideAlphabet),
        }
    }
    let count = out.len() - start - 1;
    match (plus, count) {
        (true, 8..=15) => {}
        (false, 10) => out.insert(start + 1, '1'),
        (false, 11) if out.as_bytes()[start + 1] == b'1' => {}
        _ => return Err(Code::OutsideAlphabet),
    }
    Ok(())
}

const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sr", "jr", "ii", "iii", "iv", "md", "do", "rn",
    "np", "pa", "phd", "esq",
];
const PARTICLES: &[&str] =
    &["de", "la", "del", "van", "der", "den", "von", "da", "di", "dos", "bin", "al", "el", "st"];

/// A name part as it is compared: NFC, lower case, apostrophes made one kind.
pub fn fold_name(part: &str) -> String {
    part.nfc()
        .flat_map(char::to_lowercase)
        .map(|c| if c == '\u{2019}' { '\'' } else { c })
        .collect()
}

/// The family name and the given names of a name, folded, titles and suffixes dropped:
/// `Smith, Jane Q` and `Ms. Jane Q. Smith` both give `("smith", "jane q")`.
pub fn name_parts(text: &str) -> (String, String) {
    let folded = fold_name(text);
    let words = |part: &str| -> Vec<String> {
        part.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '-') || is_mark(c)))
            .filter(|word| !word.is_empty() && !TITLES.contains(word))
            .map(str::to_string)
            .collect()
    };
    if let Some((before, after)) = folded.split_once(',') {
        let (family, given) = (words(before), words(after));
        // "Jane Smith, MD": what follows the comma was a title.
        if !given.is_empty() {
            return (family.join(" "), given.join(" "));
        }
    }
    let mut words = words(folded.split(',').next().unwrap_or(""));
    let Some(mut family) = words.pop() else { return (String::new(), String::new()) };
    while words.len() > 1 && words.last().is_some_and(|word| PARTICLES.contains(&word.as_str())) {
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

/// Writes the canonical `token` in the layout of the occurrence `original`: separators and case
/// are put back where the token has as many letters and digits as the occurrence; else the token
/// stands bare.
pub fn render(class: Class, original: &str, token: &str, out: &mut String) {
    match class.form() {
        Form::Digits | Form::Record => fill(original, token, out),
        Form::Phone => {
            let national = token.trim_start_matches('+');
            let written = original.chars().filter(char::is_ascii_digit).count();
            let extension = original.contains(['x', 'X', 'e', 'E']);
            if !extension && written <= national.len() && national.len() - written <= 1 {
                fill(original, &national[national.len() - written..], out);
            } else {
                out.push_str(token);
            }
        }
        Form::Date => {
            let trimmed = original.trim_start();
            match (parse_date(trimmed), parse_date(token)) {
                (Some((_, shape)), Some((date, _))) => {
                    render_date(date, &shape, out);
                    out.push_str(&trimmed[shape.length..]);
                }
                _ => out.push_str(token),
            }
        }
        Form::Name | Form::Email | Form::Whole => out.push_str(token),
    }
}

fn fill(original: &str, token: &str, out: &mut String) {
    let written = original.chars().filter(char::is_ascii_alphanumeric).count();
    if written != token.len() {
        out.push_str(token);
        return;
    }
    let mut next = token.chars();
    for c in original.chars() {
        if !c.is_ascii_alphanumeric() {
            out.push(c);
        } else if let Some(t) = next.next() {
            out.push(if c.is_ascii_lowercase() { t.to_ascii_lowercase() } else { t });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canon(class: Class, text: &str) -> Result<String, Code> {
        let mut out = String::new();
        canonical(class, None, text, &mut out).map(|_| out)
    }

    #[test]
    fn names_are_one_form() {
        for text in [
            "Smith, Jane Q",
            "Jane Q Smith",
            "Ms. Jane Q. SMITH",
            "SMITH, JANE Q.",
            "Jane Q Smith, MD",
        ] {
            assert_eq!(canon(Class::PersonName, text).as_deref(), Ok("smith,jane q"), "{text}");
        }
        assert_eq!(
            canon(Class::PersonName, "Ludwig van der Berg").as_deref(),
            Ok("van der berg,ludwig")
        );
        assert_eq!(
            canon(Class::PersonName, "O\u{2019}Brien, Zoe\u{308}").as_deref(),
            Ok("o'brien,zo\u{eb}")
        );
        assert_eq!(canon(Class::PersonName, " .. "), Err(Code::OutsideAlphabet));
    }

    #[test]
    fn phones_are_e164() {
        for text in [
            "(212) 555-0142",
            "212.555.0142",
            "+1 212 555 0142",
            "1-212-555-0142",
            "212-555-0142 x9",
        ] {
            assert_eq!(canon(Class::Phone, text).as_deref(), Ok("+12125550142"), "{text}");
        }
        assert_eq!(canon(Class::Phone, "555-0142"), Err(Code::OutsideAlphabet));
    }

    #[test]
    fn digits_of_other_scripts_are_refused() {
        assert_eq!(canon(Class::Ssn, "\u{661}23-45-6789"), Err(Code::OutsideAlphabet));
        assert_eq!(canon(Class::Mrn, "12345\u{ff16}78"), Err(Code::OutsideAlphabet));
    }

    #[test]
    fn width_pads_and_bounds() {
        let mut out = String::new();
        canonical(Class::Mrn, Some(8), "12-345", &mut out).expect("pads");
        assert_eq!(out, "00012345");
        assert_eq!(canonical(Class::Mrn, Some(4), "12345", &mut out), Err(Code::WidthExceeded));
    }

    #[test]
    fn layout_is_put_back() {
        let check = |class, original, token, want: &str| {
            let mut out = String::new();
            render(class, original, token, &mut out);
            assert_eq!(out, want);
        };
        check(Class::Ssn, "123-45-6789", "987654321", "987-65-4321");
        check(Class::Mrn, "ab-12", "XY99", "xy-99");
        check(Class::Mrn, "345", "00099", "00099");
        check(Class::Phone, "(212) 555-0142", "+13038889999", "(303) 888-9999");
        check(Class::Phone, "+1 212 555 0142", "+13038889999", "+1 303 888 9999");
        check(Class::Date, "3/4/1961 10:00", "1962-11-05", "11/5/1962 10:00");
    }
}

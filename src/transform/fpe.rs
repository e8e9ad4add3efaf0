//! Kernel `fpe`: the canonical core goes through FF1; layouts with rules (SSN, NANP) are walked to.

use super::column::{Outcome, PhiColumn, map_rows};
use crate::keys::Fpe;
use crate::phi::{Class, Code, Form};

pub(super) fn encrypt(class: Class, cipher: &Fpe, column: &PhiColumn) -> Outcome {
    map_rows(column, |_, value, out| {
        one(class, value, out, |v, legal, out| cipher.encrypt(v, legal, out)).map(|()| true)
    })
}

/// The inverse: canonical token in, canonical value out.
pub(super) fn decrypt(class: Class, cipher: &Fpe, column: &PhiColumn) -> Outcome {
    map_rows(column, |_, token, out| {
        one(class, token, out, |v, legal, out| cipher.decrypt(v, legal, out)).map(|()| true)
    })
}

type Step<'a> = dyn Fn(&str, fn(&str) -> bool, &mut String) -> Result<(), Code> + 'a;

fn one(
    class: Class,
    value: &str,
    out: &mut String,
    step: impl Fn(&str, fn(&str) -> bool, &mut String) -> Result<(), Code>,
) -> Result<(), Code> {
    let step: &Step<'_> = &step;
    match (class, class.form()) {
        (Class::Ssn, _) => step(value, legal_ssn, out),
        (_, Form::Phone) => {
            let digits = value.strip_prefix('+').ok_or(Code::OutsideAlphabet)?;
            let country = country_digits(digits);
            let (prefix, national) =
                digits.split_at_checked(country).ok_or(Code::OutsideAlphabet)?;
            out.push('+');
            out.push_str(prefix);
            let mut token = String::new();
            step(national, if prefix == "1" { legal_nanp } else { |_| true }, &mut token)?;
            out.push_str(&token);
            Ok(())
        }
        _ => step(value, |_| true, out),
    }
}

/// The layout in which SSNs are issued: area not 000, 666 or 900 and above, group not 00, serial
/// not 0000 (SSA, since 2011-06-25).
fn legal_ssn(digits: &str) -> bool {
    let part = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse().ok());
    let (area, group, serial): (Option<u16>, Option<u16>, Option<u16>) =
        (part(0..3), part(3..5), part(5..9));
    digits.len() == 9
        && area.is_some_and(|area| area != 0 && area != 666 && area < 900)
        && group.is_some_and(|group| group != 0)
        && serial.is_some_and(|serial| serial != 0)
}

/// The North American plan: area code and exchange start with 2 to 9.
fn legal_nanp(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.len() == 10 && bytes[0] >= b'2' && bytes[3] >= b'2'
}

/// Length of the country code at the start of an E.164 number (ITU-T E.164, list of codes).
fn country_digits(digits: &str) -> usize {
    const TWO: &[&str] = &[
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
        "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
        "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ];
    match digits.get(..2) {
        _ if digits.starts_with(['1', '7']) => 1,
        Some(two) if TWO.contains(&two) => 2,
        _ => 3,
    }
}

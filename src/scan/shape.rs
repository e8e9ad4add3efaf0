//! What a value looks like by itself: the classes whose form it has. No context, no name.

use crate::detect::is_word_of;
use crate::phi::{
    Class, Extent, canonical, is_card, is_dea, is_iban, is_imei, is_mbi, is_nanp, is_nanp_service,
    is_nhs, is_npi, is_ssn, is_vin, luhn_digit, partial_date, vin_digit, written_date,
};
use crate::policy::OutlineField;
use core::net::IpAddr;
use zeroize::Zeroizing;

/// A set of classes, one bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes(u64);

const _: () = assert!(crate::phi::CLASSES.len() <= 64);

impl Classes {
    pub(super) fn add(&mut self, class: Class) {
        self.0 |= 1 << class as u64;
    }

    #[cfg(test)]
    pub(super) fn has(self, class: Class) -> bool {
        self.0 & 1 << class as u64 != 0
    }

    #[cfg(test)]
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The classes, as indices into the table.
    pub(super) fn indices(self) -> impl Iterator<Item = usize> {
        (0..64).filter(move |at| self.0 & 1 << at != 0)
    }
}

/// What a value may be by its form.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    /// The form says it: a check digit, a layout of its own.
    pub(super) strong: Classes,
    /// The form allows it.
    pub(super) weak: Classes,
}

/// Longest value whose form is looked at, in bytes: no identifier is longer.
const FORM_BYTES_MAX: usize = 256;

/// The classes whose form a text has.
pub(super) fn of_text(text: &str) -> Shape {
    let mut shape = Shape::default();
    let text = text.trim();
    if text.is_empty() || text.len() > FORM_BYTES_MAX {
        return shape;
    }
    vocabulary(text, &mut shape);
    addresses(text, &mut shape);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 {
        return shape;
    }
    if written_date(text).is_some() || digits < text.len() && partial_date(text).is_some() {
        // Eight digits in a row may be a day by chance.
        let bare = digits == text.len();
        if bare { shape.weak.add(Class::Date) } else { shape.strong.add(Class::Date) }
    }
    if is_measure(text) {
        shape.weak.add(Class::ClinicalValue);
    }
    numbers(text, &mut shape);
    shape
}

/// Words of lists that everybody has.
fn vocabulary(text: &str, shape: &mut Shape) {
    for class in [Class::State, Class::Country, Class::Sex] {
        if is_word_of(class, text) {
            shape.weak.add(class);
        }
    }
    match is_clinical_code(text) {
        Some(true) => shape.strong.add(Class::ClinicalCode),
        Some(false) => shape.weak.add(Class::ClinicalCode),
        None => {}
    }
}

/// Addresses of the net, UUIDs, and references of FHIR.
fn addresses(text: &str, shape: &mut Shape) {
    let lower = Zeroizing::new(text.to_ascii_lowercase());
    let spaced = text.contains(char::is_whitespace);
    if let Some((user, host)) = text.split_once('@')
        && !spaced
        && !user.is_empty()
        && host.contains('.')
        && !host.contains('@')
    {
        shape.strong.add(Class::Email);
    }
    let uri = ["http://", "https://", "ftp://", "www.", "urn:oid:"];
    if !spaced && uri.iter().any(|start| lower.starts_with(start)) {
        shape.strong.add(Class::Url);
    }
    if text.contains(['.', ':']) && text.parse::<IpAddr>().is_ok() {
        shape.strong.add(Class::Ip);
    }
    if fits(Class::Uuid, &Extent::Any, text) {
        shape.strong.add(Class::Uuid);
    }
    if let Some((kind, id)) = text.split_once('/')
        && kind.starts_with(|c: char| c.is_ascii_uppercase())
        && kind.bytes().all(|b| b.is_ascii_alphabetic())
        && fits(Class::FhirId, &Extent::Any, id)
    {
        shape.strong.add(Class::UniqueId);
    }
}

/// Whether a number is of its class, by its check digit or layout.
type Law = fn(&str) -> bool;

/// Numbers with a law of their own, and what may be the number of a record.
fn numbers(text: &str, shape: &mut Shape) {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    if !fits_into(Class::UniqueId, &Extent::Any, text, &mut plain) {
        phone(text, "", shape);
        return;
    }
    let plain = plain.as_str();
    let parted = plain.len() < text.len();
    let all_digits = plain.bytes().all(|b| b.is_ascii_digit());
    let laws: [(Class, Law); 7] = [
        (Class::Npi, is_npi),
        (Class::Card, is_card),
        (Class::Iban, is_iban),
        (Class::Mbi, is_mbi),
        (Class::Dea, is_dea),
        (Class::Imei, is_imei),
        (Class::NhsNumber, is_nhs),
    ];
    for (class, law) in laws {
        if law(plain) {
            shape.strong.add(class);
        }
    }
    if is_vin(plain) && !all_digits && plain.as_bytes()[8] == vin_digit(plain) as u8 {
        shape.strong.add(Class::Vin);
    }
    if is_ssn(plain) {
        let dashes = text.split('-').map(str::len).eq([3, 2, 4]);
        if dashes { shape.strong.add(Class::Ssn) } else { shape.weak.add(Class::Ssn) }
    }
    if all_digits && matches!(plain.len(), 5 | 9) {
        let dashed = text.split('-').map(str::len).eq([5, 4]);
        let plain_five = plain.len() == 5 && !parted;
        if dashed {
            shape.strong.add(Class::Zip);
        } else if plain_five {
            shape.weak.add(Class::Zip);
        }
    }
    phone(text, if parted || !all_digits { "" } else { plain }, shape);
    if plain.len() >= 4 && !text.contains(' ') {
        shape.weak.add(Class::UniqueId);
    }
}

/// A telephone number; one that is written without a mark may be another number of ten digits.
fn phone(text: &str, bare: &str, shape: &mut Shape) {
    let digits: Zeroizing<String> =
        Zeroizing::new(text.chars().filter(char::is_ascii_digit).collect());
    let national = digits.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(&digits);
    if !fits(Class::Phone, &Extent::Any, text) || written_date(text).is_some() {
        return;
    }
    if text.starts_with('+') {
        shape.strong.add(Class::Phone);
    } else if is_nanp(national) && !is_nanp_service(national) {
        let marked = bare.is_empty() && text.contains(['-', '.', '(', ' ']);
        if marked { shape.strong.add(Class::Phone) } else { shape.weak.add(Class::Phone) }
    }
}

/// A code of a clinical vocabulary: `Some(true)` where its layout is nobody else's (ICD-10-CM with a
/// point, LOINC with its check digit, NDC), `Some(false)` where it may be another (ICD-10 of three
/// characters).
fn is_clinical_code(text: &str) -> Option<bool> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    if let Some((number, check)) = text.split_once('-')
        && (1..=7).contains(&number.len())
        && check.len() == 1
        && number.bytes().all(|b| b.is_ascii_digit())
    {
        return check.starts_with(luhn_digit(number)).then_some(true);
    }
    let icd = bytes.first().is_some_and(u8::is_ascii_uppercase)
        && digit(1)
        && (digit(2) || matches!(bytes.get(2), Some(b'A' | b'B')));
    match bytes.get(3) {
        None if icd => Some(false),
        Some(b'.') if icd && (5..=8).contains(&bytes.len()) => {
            bytes[4..].iter().all(u8::is_ascii_alphanumeric).then_some(true)
        }
        _ => None,
    }
}

/// A measurement in text: `7.2`, `120/80`, `500 mg`, `<0.5`.
fn is_measure(text: &str) -> bool {
    let text = text.trim_start_matches(['<', '>', '~', '=', ' ']);
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '/'));
    let number = &text[..text.len() - unit.len()];
    let parts = |number: &str| {
        number.split('/').count() <= 2
            && number.split('/').all(|part| {
                let whole = part.split('.').next().unwrap_or("");
                (1..=4).contains(&whole.len()) && part.split('.').count() <= 2
            })
    };
    let unit = unit.trim_start();
    parts(number)
        && unit.len() <= 10
        && unit.chars().all(|c| c.is_alphabetic() || matches!(c, '%' | '/' | '\u{b0}' | '^' | '2'))
}

/// Whether a value has the canonical form of a class.
pub(super) fn fits(class: Class, extent: &Extent, text: &str) -> bool {
    fits_into(class, extent, text, &mut Zeroizing::new(String::with_capacity(text.len() + 64)))
}

/// Whether a number is declared as one, whole and without a sign, as tokens ask for (W0208). Of a point no policy
/// makes one.
pub(super) fn takes_number(field: &OutlineField, text: &str) -> bool {
    field.class == Class::GeoPoint || field.number && field.extent.takes_number(text)
}

fn fits_into(class: Class, extent: &Extent, text: &str, out: &mut String) -> bool {
    canonical(class, extent, text, out).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_say_what_they_may_be() {
        for (text, class) in [
            ("1961-03-04", Class::Date),
            ("2026-01-05T08:30:00Z", Class::Date),
            ("3/4/1961", Class::Date),
            ("a@b.example", Class::Email),
            ("https://x.example/p", Class::Url),
            ("192.0.2.7", Class::Ip),
            ("6fa459ea-ee8a-4ca4-894e-db77e160355e", Class::Uuid),
            ("urn:uuid:6fa459ea-ee8a-4ca4-894e-db77e160355e", Class::Uuid),
            ("Patient/12-a", Class::UniqueId),
            ("1234567893", Class::Npi),
            ("4111 1111 1111 1111", Class::Card),
            ("123-45-6789", Class::Ssn),
            ("62704-1234", Class::Zip),
            ("(212) 555-0142", Class::Phone),
            ("+44 20 7946 0958", Class::Phone),
            ("E11.9", Class::ClinicalCode),
            ("4548-4", Class::ClinicalCode),
        ] {
            assert!(of_text(text).strong.has(class), "{text} {class}");
        }
        for (text, class) in [
            ("62704", Class::Zip),
            ("IL", Class::State),
            ("female", Class::Sex),
            ("I10", Class::ClinicalCode),
            ("2125550142", Class::Phone),
            ("120/80", Class::ClinicalValue),
            ("500 mg", Class::ClinicalValue),
            ("V-88451", Class::UniqueId),
            ("19610304", Class::Date),
        ] {
            assert!(of_text(text).weak.has(class), "{text} {class}");
            assert!(!of_text(text).strong.has(class), "{text} {class}");
        }
        for text in ["", "seen by nobody", "admission", "Okafor", "final"] {
            let shape = of_text(text);
            assert!(shape.strong.is_empty() && shape.weak.is_empty(), "{text}");
        }
    }
}

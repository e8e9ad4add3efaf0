//! A value of each class that a schema can declare: of its layout, with right check digits, of ranges
//! that are set aside for examples where there are some.

use crate::phi::{
    Class, Epoch, Extent, Form, MBI_LETTERS, Place, Shape, VIN_LETTERS, dea_digit, iban_digits,
    luhn_digit, nhs_digit, npi_digit, vin_digit,
};
use weir_synth::Draw;

const CAPITALS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &[u8] = b"0123456789";

/// Draws a value, as a record would write it. Names of people and prose are made elsewhere.
pub(super) fn draw(draw: &mut Draw, class: Class, extent: &Extent) -> String {
    if let Extent::Epoch(epoch) = extent {
        return count(*epoch, draw.number(12_000, 18_000));
    }
    match class {
        Class::Organization => format!("{} Clinic", draw.name()),
        Class::Street => format!("{} {} Street", draw.number(100, 9_999), draw.name()),
        Class::City => draw.name(),
        Class::County => draw.name(),
        Class::GeoPoint => format!("{}.{}", draw.number(30, 45), draw.digits(9)),
        Class::Zip => match extent {
            Extent::Width(width) => draw.digits(usize::from(*width)),
            _ => draw.digits(5),
        },
        Class::Phone | Class::Fax => phone(draw),
        Class::Email => format!("{}.{}@example.com", draw.name(), draw.name()).to_lowercase(),
        Class::Url => format!("https://example.com/portal?patient={}", draw.digits(12)),
        Class::Ip => ip(draw),
        Class::Uuid | Class::OpaqueId => draw.uuid(),
        Class::FhirId => format!("Pt-{}", draw.digits(12)),
        Class::Biometric | Class::Photo => draw.letters(CAPITALS, 24),
        Class::State => "IL".into(),
        Class::Country => "US".into(),
        Class::Sex => "female".into(),
        Class::ClinicalCode => "E11.9".into(),
        Class::ClinicalValue => "7".into(),
        Class::NotPhi => "canary".into(),
        Class::Ssn | Class::Itin | Class::NhsNumber | Class::Card | Class::Imei | Class::Npi => {
            digits_with_a_law(draw, class)
        }
        Class::Mbi | Class::Iban | Class::Dea | Class::Vin => letters_with_a_law(draw, class),
        _ => match class.form() {
            Form::Date => date(draw, class),
            Form::Age => draw.number(20, 80).to_string(),
            _ => record_number(draw, class, extent),
        },
    }
}

fn record_number(draw: &mut Draw, class: Class, extent: &Extent) -> String {
    match extent {
        Extent::Width(width) => draw.digits(usize::from(*width)),
        Extent::Shape(shape) => shaped(draw, shape),
        _ if matches!(class, Class::Mrn | Class::Account) => draw.digits(11),
        _ => format!("CN{}", draw.digits(9)),
    }
}

fn shaped(draw: &mut Draw, shape: &Shape) -> String {
    let place = |place: &Place| match place {
        Place::Fixed(fixed) => char::from(*fixed).to_string(),
        Place::Of(at) => draw.letters(shape.alphabets()[usize::from(*at)].chars(), 1),
    };
    shape.places().iter().map(place).collect()
}

/// 555-0100 to 555-0199, which is set aside for fiction, in an area code that is no service.
fn phone(draw: &mut Draw) -> String {
    let area = format!("{}{}", draw.number(2, 9), draw.number(20, 99));
    format!("({area}) 555-01{:02}", draw.number(0, 99))
}

/// Of 2001:db8::/32, which is set aside for documentation.
fn ip(draw: &mut Draw) -> String {
    let group = |_| format!(":{:x}", draw.number(0x1000, 0xffff));
    format!("2001:db8{}", (0..6).map(group).collect::<String>())
}

fn date(draw: &mut Draw, class: Class) -> String {
    let (from, to) = match class {
        Class::BirthDate => (1940, 2005),
        Class::DeathDate => (2010, 2015),
        _ => (2016, 2020),
    };
    let day = (draw.number(from, to), draw.number(1, 12), draw.number(1, 28));
    format!("{:04}-{:02}-{:02}", day.0, day.1, day.2)
}

/// A day of the year 2002 or later, counted as the field counts it.
fn count(epoch: Epoch, days: u32) -> String {
    let days = i64::from(days);
    let count = match epoch {
        Epoch::Days => days,
        Epoch::Seconds => days * 86_400,
        Epoch::Millis => days * 86_400_000,
        Epoch::Micros => days * 86_400_000_000,
        Epoch::Nanos => days * 86_400_000_000_000,
    };
    count.to_string()
}

fn digits_with_a_law(draw: &mut Draw, class: Class) -> String {
    match class {
        Class::Ssn => {
            // No area of 666 and none of 900 and above is ever issued.
            let area = draw.number(100, 665);
            format!("{area}-{:02}-{:04}", draw.number(1, 99), draw.number(1, 9_999))
        }
        Class::Itin => {
            format!("9{}-{}-{}", draw.letters(DIGITS, 2), draw.number(70, 88), draw.digits(4))
        }
        Class::NhsNumber => loop {
            let nine = draw.digits(9);
            if let Some(check) = nhs_digit(&nine) {
                return format!("{nine}{check}");
            }
        },
        Class::Card => {
            let front = format!("411111{}", draw.letters(DIGITS, 9));
            format!("{front}{}", luhn_digit(&front))
        }
        Class::Imei => {
            let front = draw.digits(14);
            format!("{front}{}", luhn_digit(&front))
        }
        _ => {
            let front = format!("1{}", draw.letters(DIGITS, 8));
            format!("{front}{}", npi_digit(&front))
        }
    }
}

fn letters_with_a_law(draw: &mut Draw, class: Class) -> String {
    match class {
        Class::Mbi => {
            // C A AN N A AN N A A N N.
            let first = draw.letters(b"123456789", 1);
            let part = |letter| draw.letters(if letter == 'A' { MBI_LETTERS } else { DIGITS }, 1);
            first + &"AANAANAANN".chars().map(part).collect::<String>()
        }
        Class::Iban => {
            let account = format!("CNRY{}", draw.letters(DIGITS, 14));
            let [a, b] = iban_digits("GB", &account);
            format!("GB{}{}{account}", char::from(a), char::from(b))
        }
        Class::Dea => {
            let six = draw.digits(6);
            format!("A{}{six}{}", draw.letters(CAPITALS, 1), dea_digit(&six))
        }
        _ => {
            let front = format!("1{}", draw.letters(VIN_LETTERS, 7));
            let tail = format!("{}{}", draw.letters(VIN_LETTERS, 2), draw.letters(DIGITS, 6));
            let check = vin_digit(&format!("{front}0{tail}"));
            format!("{front}{check}{tail}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phi::{CLASSES, canonical};

    #[test]
    fn every_class_has_a_value_of_its_form() {
        let mut sequence = Draw::new(3);
        for entry in CLASSES.iter().filter(|entry| entry.form != Form::Name) {
            for _ in 0..50 {
                let text = draw(&mut sequence, entry.class, &Extent::Any);
                let mut out = String::new();
                let read = canonical(entry.class, &Extent::Any, &text, &mut out);
                assert!(read.is_ok() && !out.is_empty(), "{}: {text}", entry.name);
            }
        }
    }
}

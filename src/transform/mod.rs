//! Kernels: Arrow array -> Arrow array. They know nothing of records, fields or Kafka; each runs
//! once per (class, rule) and batch. [`KERNELS`] is the table; [`apply`] is the door.

mod column;
mod dates;
mod fpe;
mod generalize;
mod ident;
mod lately;
mod opaque;
mod permute;
mod surrogate;

pub use column::{Outcome, PhiColumn};
pub use ident::{IDENTIFIERS, IdentifierEntry, identifier};
pub(crate) use lately::Lately;
pub use surrogate::{surrogate_lists, surrogates};

use crate::keys::{KeySnapshot, Purpose, Scope, Way};
use crate::phi::{Class, Code, Day, Form, Shape};

/// What is done to values of a class: a kernel with its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The value stays as it is.
    Keep,
    /// Identifiers inside the value are found, and each gets its class's rule.
    Detect,
    /// FF1 with AES-256; format kept, reversible.
    Fpe,
    /// A keyed permutation of a domain too small for FF1; reversible, and a codebook.
    Permute,
    /// AES-SIV; `[CLASS~v1:...]`, reversible.
    Siv,
    /// HMAC-SHA-256; opaque, one-way.
    Hash,
    /// A code that was drawn at random for this value and is kept with it; derived from nothing.
    Assign,
    /// Letters and digits become `*`.
    Mask,
    /// The value goes.
    Remove,
    /// A date becomes its year; births of people of `cap_age` and above become one group.
    Year {
        /// Ages of this and above are one group, in years.
        cap_age: Option<u8>,
    },
    /// A ZIP code becomes its first three digits, or 000.
    Zip3,
    /// Ages above become one group: 90 and older is `90`.
    CapAge {
        /// Ages of this and above are one group, in years.
        cap_age: u8,
    },
    /// A date moves by a number of days that is constant for each subject.
    ShiftDays {
        /// The largest shift to either side, in days.
        max: u16,
    },
    /// Another name, place or organisation out of public lists; readable, one-way.
    Surrogate,
}

/// What a kernel gives back, where the format has types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// The type and layout of the input.
    Same,
    /// A string.
    Text,
    /// Null.
    Null,
}

/// One line of the table of kernels.
#[derive(Debug)]
pub struct KernelEntry {
    /// Its name in policies and reports.
    pub name: &'static str,
    /// Who holds the key can get the value back.
    pub reversible: bool,
    /// The output is derived from the value by a key (45 CFR 164.514(c) forbids it to Safe Harbor).
    pub keyed: bool,
    /// What it gives back.
    pub output: Output,
    /// It hides the value: OpenLineage's `masking`.
    pub masking: bool,
    /// What it does, in words.
    pub what: &'static str,
}

/// The table of kernels. [`Rule::kernel`] points into it.
pub const KERNELS: &[KernelEntry] = &[
    KernelEntry {
        name: "keep",
        reversible: false,
        keyed: false,
        output: Output::Same,
        masking: false,
        what: "leaves the value as it is",
    },
    KernelEntry {
        name: "detect",
        reversible: false,
        keyed: false,
        output: Output::Same,
        masking: true,
        what: "finds identifiers in prose and applies their classes' rules",
    },
    KernelEntry {
        name: "fpe",
        reversible: true,
        keyed: true,
        output: Output::Same,
        masking: true,
        what: "FF1 with AES-256: another value of the same format",
    },
    KernelEntry {
        name: "permute",
        reversible: true,
        keyed: true,
        output: Output::Same,
        masking: true,
        what: "a keyed permutation of 10,000 to 1,000,000 values: a codebook, for what FF1 must not take",
    },
    KernelEntry {
        name: "siv",
        reversible: true,
        keyed: true,
        output: Output::Text,
        masking: true,
        what: "AES-SIV: a token that names its class and key version",
    },
    KernelEntry {
        name: "hash",
        reversible: false,
        keyed: true,
        output: Output::Text,
        masking: true,
        what: "HMAC-SHA-256: an opaque token, one-way",
    },
    KernelEntry {
        name: "assign",
        reversible: true,
        keyed: false,
        output: Output::Text,
        masking: true,
        what: "a code drawn at random once a value, and kept in the store of subjects",
    },
    KernelEntry {
        name: "mask",
        reversible: false,
        keyed: false,
        output: Output::Text,
        masking: true,
        what: "writes * for every letter and digit",
    },
    KernelEntry {
        name: "remove",
        reversible: false,
        keyed: false,
        output: Output::Null,
        masking: true,
        what: "removes the value; in prose its class's name stays",
    },
    KernelEntry {
        name: "generalize",
        reversible: false,
        keyed: false,
        output: Output::Same,
        masking: true,
        what: "keeps the coarse part: year, ZIP3, ages from 90 as one group",
    },
    KernelEntry {
        name: "shift_days",
        reversible: false,
        keyed: true,
        output: Output::Same,
        masking: true,
        what: "moves a date by a number of days that is constant for each subject",
    },
    KernelEntry {
        name: "surrogate",
        reversible: false,
        keyed: true,
        output: Output::Same,
        masking: true,
        what: "another name, place or organisation out of public lists: readable, one-way, not unique",
    },
];

impl Rule {
    /// Its kernel's line of the table.
    pub fn kernel(self) -> &'static KernelEntry {
        &KERNELS[self.kernel_index() as usize]
    }

    /// Its kernel's place in the table, as counts carry it.
    pub fn kernel_index(self) -> u8 {
        match self {
            Rule::Keep => 0,
            Rule::Detect => 1,
            Rule::Fpe => 2,
            Rule::Permute => 3,
            Rule::Siv => 4,
            Rule::Hash => 5,
            Rule::Assign => 6,
            Rule::Mask => 7,
            Rule::Remove => 8,
            Rule::Year { .. } | Rule::Zip3 | Rule::CapAge { .. } => 9,
            Rule::ShiftDays { .. } => 10,
            Rule::Surrogate => 11,
        }
    }

    /// Whether values of this class can go through this kernel at all.
    pub fn takes(self, class: Class) -> bool {
        let form = class.form();
        match self {
            Rule::Keep | Rule::Siv | Rule::Hash | Rule::Mask | Rule::Remove => true,
            Rule::Detect => class == Class::FreeText,
            // A code for each day or place would be a codebook of something else than persons.
            Rule::Assign => {
                let coarse = matches!(class, Class::City | Class::County | Class::Zip);
                let whole = matches!(class, Class::GeoPoint | Class::Biometric | Class::Photo);
                let dated = matches!(form, Form::Date | Form::Age);
                class.is_identifier() && !coarse && !whole && !dated || class == Class::OpaqueId
            }
            Rule::Fpe => identifier(class).is_some(),
            // A law of layout or a check digit would not survive.
            Rule::Permute => form == Form::Record || class == Class::Zip,
            Rule::Year { .. } | Rule::ShiftDays { .. } => form == Form::Date,
            Rule::Zip3 => class == Class::Zip,
            Rule::CapAge { .. } => class == Class::Age,
            Rule::Surrogate => surrogate::takes(class),
        }
    }

    /// The key that the kernel needs, if any.
    pub fn purpose(self) -> Option<Purpose> {
        match self {
            Rule::Fpe => Some(Purpose::Fpe),
            Rule::Permute => Some(Purpose::Permute),
            Rule::Siv => Some(Purpose::Siv),
            Rule::Hash => Some(Purpose::Hash),
            Rule::ShiftDays { .. } => Some(Purpose::Shift),
            Rule::Surrogate => Some(Purpose::Surrogate),
            _ => None,
        }
    }
}

/// What kernels need beside the column.
pub struct Context<'a> {
    /// Ready ciphers.
    pub keys: &'a KeySnapshot,
    /// The day for age caps.
    pub as_of: Day,
    /// The canonical subject id of each row; empty where the record names none.
    pub subjects: &'a PhiColumn,
    /// What the site's record numbers of this column look like.
    pub shape: Option<&'a Shape>,
    /// The scope of the tokens; `keys` has ciphers of it.
    pub scope: Scope,
}

/// Runs the rule's kernel over a column of canonical values of `class`.
///
/// The outcome has as many rows; `Err` means that the snapshot lacks the key ([`Code::Internal`])
/// and nothing was done.
pub fn apply(
    class: Class,
    rule: Rule,
    column: &PhiColumn,
    context: &Context<'_>,
) -> Result<Outcome, Code> {
    let (keys, scope) = (context.keys, context.scope);
    Ok(match rule {
        // Detect is resolved before the kernels run; kept values are not gathered; who has the store
        // brings assigned codes.
        Rule::Keep | Rule::Detect | Rule::Assign => return Err(Code::Internal),
        Rule::Fpe => {
            let entry = identifier(class).ok_or(Code::Internal)?;
            let cipher = keys.fpe(class, scope).ok_or(Code::Internal)?;
            fpe::run(Way::Encrypt, entry, context.shape, cipher, column)
        }
        Rule::Permute => {
            let table = keys.permutation(class, scope).ok_or(Code::Internal)?;
            permute::run(Way::Encrypt, table, context.shape, column)
        }
        Rule::Siv => opaque::siv(keys.siv(class, scope).ok_or(Code::Internal)?, column),
        Rule::Hash => opaque::hash(keys.hash(class, scope).ok_or(Code::Internal)?, column),
        Rule::Mask => opaque::mask(column),
        Rule::Remove => column::map_rows(column, |_, _, _| Ok(false)),
        Rule::Year { cap_age } => generalize::year(cap_age, context.as_of, column),
        Rule::Zip3 => generalize::zip3(column),
        Rule::CapAge { cap_age } => generalize::cap_age(cap_age, column),
        Rule::ShiftDays { max } => {
            let mac = keys.shift(scope).ok_or(Code::Internal)?;
            dates::shift(mac, max, context.subjects, column)
        }
        Rule::Surrogate => {
            surrogate::run(class, keys.surrogate(class, scope).ok_or(Code::Internal)?, column)
        }
    })
}

/// Takes tokens of a class back to their canonical values: the inverse of `fpe`, `permute` and `siv`, the only
/// kernels that have one. `shape` is the one that FF1 tokens were made under. `tests/tidy.rs` holds
/// that only `audit` calls this.
pub fn decrypt(
    class: Class,
    rule: Rule,
    shape: Option<&Shape>,
    scope: Scope,
    column: &PhiColumn,
    keys: &KeySnapshot,
) -> Result<Outcome, Code> {
    match rule {
        Rule::Fpe => {
            let entry = identifier(class).ok_or(Code::Internal)?;
            let cipher = keys.fpe(class, scope).ok_or(Code::Internal)?;
            Ok(fpe::run(Way::Decrypt, entry, shape, cipher, column))
        }
        Rule::Permute => {
            let table = keys.permutation(class, scope).ok_or(Code::Internal)?;
            Ok(permute::run(Way::Decrypt, table, shape, column))
        }
        Rule::Siv => Ok(opaque::unsiv(keys.siv(class, scope).ok_or(Code::Internal)?, column)),
        _ => Err(Code::Internal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Keyring, Need};
    use crate::phi::Ymd;

    fn run(class: Class, rule: Rule, values: &[&str]) -> Vec<Result<Option<String>, Code>> {
        let needs: Vec<_> =
            rule.purpose().map(|purpose| Need::join(purpose, class)).into_iter().collect();
        let keys = Keyring::for_tests("t").snapshot(&needs).expect("keys");
        let subjects = PhiColumn::from_values(values.iter().map(|_| "00123456"));
        let as_of = Day(Ymd::new(2026, 11, 24).expect("a day"));
        let context =
            Context { keys: &keys, as_of, subjects: &subjects, shape: None, scope: Scope::Join };
        let column = PhiColumn::from_values(values.iter().copied());
        let outcome = apply(class, rule, &column, &context).expect("applies");
        (0..values.len())
            .map(|row| match outcome.refused.iter().find(|(r, _)| *r as usize == row) {
                Some((_, code)) => Err(*code),
                None => Ok(outcome.values.value(row).map(str::to_string)),
            })
            .collect()
    }

    fn one(class: Class, rule: Rule, value: &str) -> Result<Option<String>, Code> {
        run(class, rule, &[value]).remove(0)
    }

    fn text(value: &str) -> Result<Option<String>, Code> {
        Ok(Some(value.to_string()))
    }

    #[test]
    fn zip3_follows_the_2020_list() {
        assert_eq!(one(Class::Zip, Rule::Zip3, "62704"), text("627"));
        assert_eq!(one(Class::Zip, Rule::Zip3, "036011234"), text("000"));
        assert_eq!(one(Class::Zip, Rule::Zip3, "09012"), text("000"), "military");
        // 063, 790 and 830 are on the list of the 2000 Census only.
        assert_eq!(one(Class::Zip, Rule::Zip3, "06301"), text("063"));
        assert_eq!(one(Class::Zip, Rule::Zip3, "123"), Err(Code::OutsideAlphabet));
    }

    #[test]
    fn years_cap_at_ninety_by_birthday() {
        let rule = Rule::Year { cap_age: Some(90) };
        assert_eq!(one(Class::BirthDate, rule, "1961-03-04"), text("1961"));
        assert_eq!(one(Class::BirthDate, rule, "1936-11-24"), text("<=1936"), "90 today");
        assert_eq!(one(Class::BirthDate, rule, "1936-11-25"), text("1936"), "90 tomorrow");
        assert_eq!(one(Class::Age, Rule::CapAge { cap_age: 90 }, "97"), text("90"));
        assert_eq!(one(Class::Age, Rule::CapAge { cap_age: 90 }, "89"), text("89"));
    }

    #[test]
    fn shifts_keep_intervals_and_are_never_zero() {
        let rule = Rule::ShiftDays { max: 365 };
        let out = run(Class::Date, rule, &["2024-02-28", "2024-03-01"]);
        let day = |n: usize| -> Date {
            out[n].clone().expect("shifted").expect("a date").parse().expect("iso")
        };
        use jiff::civil::Date;
        assert_eq!(day(0).until(day(1)).expect("a span").get_days(), 2, "over the leap day");
        assert_ne!(out[0], text("2024-02-28"));
        // Two classes of dates of one subject move together.
        assert_eq!(out[0], one(Class::DeathDate, rule, "2024-02-28"));
    }

    #[test]
    fn ssn_tokens_are_legal_and_illegal_ones_are_refused() {
        for n in 0..500 {
            let value = format!("{:03}{:02}{:04}", 100 + n, 1 + n % 98, 1 + n);
            let token = one(Class::Ssn, Rule::Fpe, &value);
            if value.starts_with("666") {
                continue;
            }
            let token = token.expect("encrypts").expect("a token");
            assert!(
                !token.starts_with('9') && !token.starts_with("000") && !token.starts_with("666")
            );
            assert!(&token[3..5] != "00" && &token[5..] != "0000");
        }
        assert_eq!(one(Class::Ssn, Rule::Fpe, "000121234"), Err(Code::OutsideAlphabet));
    }

    #[test]
    fn phones_keep_their_country_and_plan() {
        let token =
            one(Class::Phone, Rule::Fpe, "+12125550142").expect("encrypts").expect("a token");
        assert!(token.starts_with("+1") && token.len() == 12, "{token}");
        let token =
            one(Class::Phone, Rule::Fpe, "+34912345678").expect("encrypts").expect("a token");
        assert!(token.starts_with("+34") && token.len() == 12, "{token}");
    }

    fn back(class: Class, shape: Option<&Shape>, token: &str) -> Result<String, Code> {
        let keys =
            Keyring::for_tests("t").snapshot(&[Need::join(Purpose::Fpe, class)]).expect("keys");
        let column = PhiColumn::from_values([token].into_iter());
        let outcome =
            decrypt(class, Rule::Fpe, shape, Scope::Join, &column, &keys).expect("decrypts");
        match outcome.refused.first() {
            Some((_, code)) => Err(*code),
            None => Ok(outcome.values.value(0).expect("a value").to_string()),
        }
    }

    /// What a token keeps of its value beside the layout: a card's network, a country, whether a VIN's
    /// check digit is right, a UUID's version and variant, what an id looks like.
    #[test]
    fn what_a_token_keeps_is_kept_over_hundreds_of_values() {
        use crate::phi::{card_network, country_digits, is_card, is_iban, vin_digit};
        let checked = |vin: &str| vin[8..9].starts_with(vin_digit(vin));
        let kind = |id: &str| match (id.len() == 36, id.bytes().all(|b| b.is_ascii_digit())) {
            (true, _) => id[14..15].to_string(),
            (_, true) => "digits".to_string(),
            _ => "other".to_string(),
        };
        type Same<'a> = &'a dyn Fn(&str, &str) -> bool;
        let card: Same<'_> = &|v, t| is_card(t) && card_network(v) == card_network(t);
        let iban: Same<'_> = &|v, t| is_iban(t) && v[..2] == t[..2] && v.len() == t.len();
        let phone: Same<'_> =
            &|v, t| v[..=country_digits(&v[1..])] == t[..=country_digits(&t[1..])];
        let vin: Same<'_> = &|v, t| checked(v) == checked(t);
        let uuid: Same<'_> = &|v, t| v[14..15] == t[14..15] && "89ab".contains(&t[19..20]);
        let id: Same<'_> = &|v, t| kind(v) == kind(t);
        let cases: [(Class, Same<'_>, &[&str]); 6] = [
            (
                Class::Card,
                card,
                &[
                    "4111111111111111",
                    "4222222222222",
                    "5555555555554444",
                    "2223003122003222",
                    "378282246310005",
                    "6011111111111117",
                    "3530111333300000",
                    "30569309025904",
                ],
            ),
            (
                Class::Iban,
                iban,
                &[
                    "GB82WEST12345698765432",
                    "DE89370400440532013000",
                    "FR1420041010050500013M02606",
                ],
            ),
            (
                Class::Phone,
                phone,
                &["+12125550142", "+442079460958", "+34912345678", "+35312222222"],
            ),
            (Class::Vin, vin, &["1M8GDM9AXKP042788", "1M8GDM9A0KP042788"]),
            (
                Class::Uuid,
                uuid,
                &[
                    "6fa459ea-ee8a-11ca-894e-db77e160355e",
                    "6fa459ea-ee8a-4ca4-894e-db77e160355e",
                    "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
                ],
            ),
            (
                Class::FhirId,
                id,
                &["6fa459ea-ee8a-4ca4-894e-db77e160355e", "7788120012", "Pt-778812.a"],
            ),
        ];
        for (class, same, firsts) in cases {
            for first in firsts {
                let mut value = first.to_string();
                for _ in 0..200 {
                    let token = one(class, Rule::Fpe, &value)
                        .unwrap_or_else(|code| panic!("{class}: {value}: {code}"))
                        .expect("a token");
                    assert!(same(&value, &token), "{class}: {value} became {token}");
                    assert_eq!(back(class, None, &token).as_deref(), Ok(&*value));
                    value = token;
                }
            }
        }
    }

    /// From the example on: each token is a legal value again, so it has a token of its own.
    #[test]
    fn every_identifier_keeps_its_format_and_goes_back() {
        for entry in IDENTIFIERS {
            let mut value = entry.class.entry().example.to_string();
            for _ in 0..200 {
                let token = one(entry.class, Rule::Fpe, &value)
                    .unwrap_or_else(|code| panic!("{}: {value}: {code}", entry.class))
                    .expect("a token");
                assert_ne!(token, value);
                assert_eq!(back(entry.class, None, &token), Ok(value), "{}", entry.class);
                let mut canon = String::new();
                crate::phi::canonical(entry.class, &Default::default(), &token, &mut canon)
                    .expect("canonical");
                assert_eq!(canon, token, "{}: a token is in canonical form", entry.class);
                if matches!(entry.class, Class::Email | Class::Url) {
                    // Longer by their domain: a token of a token would soon be too long.
                    break;
                }
                value = token;
            }
        }
    }

    #[test]
    fn what_has_no_layout_is_refused() {
        for (class, value) in [
            (Class::Ssn, "666121234"),
            (Class::Npi, "1234567890"),
            (Class::Dea, "AP5836728"),
            (Class::Mbi, "1SG4TE5MK73"),
            (Class::Card, "4111111111111112"),
            (Class::Iban, "GB83WEST12345698765432"),
            (Class::Vin, "1M8GDM9AXKPO42788"),
            (Class::Imei, "490154203237517"),
            (Class::NhsNumber, "9434765918"),
            (Class::Phone, "+11125550142"),
            (Class::Uuid, "6fa459ea-ee8a-4ca4-894e-db77e160355"),
            (Class::Email, "jane@home@example.com"),
            (Class::Email, "j\u{e4}ne@example.com"),
            (Class::Url, "https://example.com/*"),
            (Class::Ip, "192.0.2.777"),
            (Class::Mrn, "12345\u{ff16}78"),
            (Class::Mrn, "AB-123456"),
        ] {
            assert_eq!(one(class, Rule::Fpe, value), Err(Code::OutsideAlphabet), "{class} {value}");
        }
        for (class, value) in [
            (Class::Mrn, "12345"),
            (Class::Mrn, "AB12"),
            (Class::FhirId, "123"),
            (Class::FhirId, "a-1"),
            (Class::Phone, "+99912345"),
            (Class::Mrn, ""),
        ] {
            assert_eq!(one(class, Rule::Fpe, value), Err(Code::BelowFloor), "{class} {value}");
        }
        // FF1 knows no forged token from a true one; what comes out is an address or a refusal.
        let forged: Vec<_> = (b'a'..=b'z')
            .map(|c| {
                back(
                    Class::Email,
                    None,
                    &format!("{}@tokens.invalid", char::from(c).to_string().repeat(12)),
                )
            })
            .collect();
        assert!(forged.contains(&Err(Code::OutsideAlphabet)));
        for value in forged.iter().flatten() {
            assert_eq!(value.matches('@').count(), 1);
        }
        assert_eq!(back(Class::Email, None, "abcdefgh@example.com"), Err(Code::OutsideAlphabet));
    }

    #[test]
    fn a_site_s_shape_is_kept() {
        for (shape, value) in [
            ("E#{7}", "E0012345"),
            ("[0-9A-F]{12}", "00FF12AB34CD"),
            ("@@-#{6}", "QX123456"),
            ("*{8}", "7A00Z1Q9"),
            ("[0-9A-Za-z]{10}", "aZ09bY18cX"),
            ("#{40}", "1234567890123456789012345678901234567890"),
            ("@{26}", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
            ("#{60}", "123456789012345678901234567890123456789012345678901234567890"),
        ] {
            let read = Shape::parse(shape).expect("a shape");
            let keys = Keyring::for_tests("t")
                .snapshot(&[Need::join(Purpose::Fpe, Class::Mrn)])
                .expect("keys");
            let (as_of, subjects) = (
                Day(Ymd::new(2026, 11, 24).expect("a day")),
                PhiColumn::from_values([].into_iter()),
            );
            let context = Context {
                keys: &keys,
                as_of,
                subjects: &subjects,
                shape: Some(&read),
                scope: Scope::Join,
            };
            let column = PhiColumn::from_values([value].into_iter());
            let outcome = apply(Class::Mrn, Rule::Fpe, &column, &context).expect("applies");
            let token = outcome.values.value(0).unwrap_or_else(|| panic!("{shape}")).to_string();
            let mut canon = String::new();
            let extent = crate::phi::Extent::Shape(read.clone().into());
            crate::phi::canonical(Class::Mrn, &extent, &token, &mut canon).expect("of the shape");
            assert_eq!(canon, token);
            assert_ne!(token, value);
            assert_eq!(back(Class::Mrn, Some(&read), &token).as_deref(), Ok(value), "{shape}");
        }
    }

    #[test]
    fn equal_values_have_equal_tokens_and_kernels_change_them() {
        for (class, rule) in [
            (Class::Mrn, Rule::Fpe),
            (Class::PersonName, Rule::Siv),
            (Class::Mrn, Rule::Hash),
            (Class::Mrn, Rule::Mask),
        ] {
            let out = run(class, rule, &["00123456", "00123456", "00123457"]);
            assert_eq!(out[0], out[1]);
            assert_ne!(out[0], text("00123456"));
            assert!(rule == Rule::Mask || out[0] != out[2]);
        }
    }

    #[test]
    fn small_domains_are_permuted_and_go_back() {
        let keys = Keyring::for_tests("t")
            .snapshot(&[Need::join(Purpose::Permute, Class::Account)])
            .expect("keys");
        let account = |value: &str| one(Class::Account, Rule::Permute, value);
        let mut seen = std::collections::BTreeSet::new();
        for n in 0..2_000 {
            let value = format!("{n:04}");
            let token = account(&value).expect("permutes").expect("a token");
            assert!(token.len() == 4 && token.bytes().all(|b| b.is_ascii_digit()), "{token}");
            let column = PhiColumn::from_values([token.as_str()].into_iter());
            let back = decrypt(Class::Account, Rule::Permute, None, Scope::Join, &column, &keys);
            assert_eq!(back.expect("decrypts").values.value(0), Some(value.as_str()));
            assert!(seen.insert(token));
        }
        assert!(
            account("A123")
                .expect("permutes")
                .expect("a token")
                .starts_with(|c: char| c.is_ascii_uppercase())
        );
        assert_eq!(
            one(Class::Zip, Rule::Permute, "62704").map(|t| t.map(|t| t.len())),
            Ok(Some(5))
        );
        // Too few for any table, and too many for one: those are FF1's.
        assert_eq!(account("123"), Err(Code::BelowFloor));
        assert_eq!(account("1234567"), Err(Code::OutsideAlphabet));
        assert_eq!(account("12-45"), Err(Code::OutsideAlphabet));
    }

    #[test]
    fn kernel_names_are_unique_and_indexed() {
        for (at, entry) in KERNELS.iter().enumerate() {
            assert!(KERNELS[..at].iter().all(|other| other.name != entry.name));
        }
        assert_eq!(Rule::ShiftDays { max: 1 }.kernel().name, "shift_days");
        assert_eq!(Rule::Zip3.kernel().name, "generalize");
    }
}

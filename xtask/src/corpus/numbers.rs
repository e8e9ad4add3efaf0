//! Dates, telephone numbers and identifiers, with right check digits.

use super::people::{Person, pick};
use fastrand::Rng;
use weir_synth::MONTHS;

/// Styles of dates.
pub(super) const STYLES: u8 = 31;
/// How many of them, from 0 on, have day, month and year.
pub(super) const FULL: u8 = 22;
/// `2024-03-14`.
pub(super) const ISO: u8 = 7;
/// `20240314`.
pub(super) const COMPACT: u8 = 21;

/// Year, month and day of a day since 1970-01-01.
pub(super) fn civil(day: i64) -> (i64, u32, u32) {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let d = (doy - (153 * mp + 2) / 5 + 1) as u32;
    let m = if mp < 10 { mp + 3 } else { mp - 9 } as u32;
    (yoe + era * 400 + i64::from(m <= 2), m, d)
}

/// A day in a style.
pub(super) fn date(rng: &mut Rng, day: i64, style: u8) -> String {
    let (y, m, d) = civil(day);
    let yy = y.rem_euclid(100);
    let long = MONTHS[m as usize - 1];
    let short = match long {
        "September" if rng.bool() => "Sept",
        _ => &long[..3],
    };
    let th = match (d % 10, d) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    match style {
        0 => format!("{m:02}/{d:02}/{y}"),
        1 => format!("{m}/{d}/{y}"),
        2 => format!("{m}/{d}/{yy:02}"),
        3 => format!("{long} {d}, {y}"),
        4 => format!("{short} {d}, {y}"),
        5 => format!("{d:02}-{short}-{y}"),
        6 => format!("{d}-{short}-{yy:02}"),
        7 => format!("{y}-{m:02}-{d:02}"),
        8 => format!("{d} {long} {y}"),
        9 => format!("{m:02}/{d:02}/{yy:02}"),
        10 => format!("{long} {d} {y}"),
        11 => format!("{long} {d}{th}, {y}"),
        12 => format!("{m:02}-{d:02}-{y}"),
        13 => format!("{m}-{d}-{yy:02}"),
        14 => format!("{m:02}.{d:02}.{y}"),
        15 => format!("{d:02}{}{y}", short.to_uppercase()),
        16 => format!("{y}/{m:02}/{d:02}"),
        17 => format!("{d:02}/{m:02}/{y}"),
        18 if long.len() > 4 => format!("{short}. {d}, {y}"),
        18 => format!("{long} {d}, {y}"),
        19 => format!("{d} {short} {y}"),
        20 => format!("the {d}{th} of {long} {y}"),
        21 => format!("{y}{m:02}{d:02}"),
        22 | 23 => format!("{m}/{d}"),
        24 => format!("{short} {d}"),
        25 => format!("{long} {d}"),
        26 => format!("{long} {d}{th}"),
        27 => format!("{long} {y}"),
        28 => format!("{m:02}/{d:02}"),
        29 => format!("the {d}{th} of {long}"),
        _ => format!("{m:02}/{y}"),
    }
}

/// A holiday, with or without its year.
pub(super) fn holiday(rng: &mut Rng, day: i64) -> String {
    let name = pick(
        rng,
        &[
            "Thanksgiving",
            "Christmas",
            "Christmas Eve",
            "Christmas Day",
            "New Year's Eve",
            "New Year's Day",
            "Labor Day",
            "Memorial Day",
            "Independence Day",
            "Easter Sunday",
            "Halloween",
            "Valentine's Day",
            "Mother's Day",
            "Father's Day",
            "the Fourth of July",
            "July 4th",
            "Veterans Day",
            "St. Patrick's Day",
            "Good Friday",
        ],
    );
    match rng.u8(..3) {
        0 => format!("{name} {}", civil(day).0),
        _ => name.to_string(),
    }
}

fn digits(rng: &mut Rng, n: usize) -> String {
    (0..n).map(|i| char::from(b'0' + rng.u8(u8::from(i == 0)..10))).collect()
}

fn letters(rng: &mut Rng, n: usize) -> String {
    (0..n).map(|_| char::from(pick(rng, b"ABCDEFGHJKLMNPRSTUVWXYZ"))).collect()
}

/// The Luhn check digit of a string of digits.
pub(super) fn luhn(digits: &str) -> u32 {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, byte)| {
            let twice = u32::from(byte - b'0') * if i % 2 == 0 { 2 } else { 1 };
            twice / 10 + twice % 10
        })
        .sum();
    (10 - sum % 10) % 10
}

fn weighted(text: &str, weights: &[u32]) -> u32 {
    text.bytes().zip(weights).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum()
}

/// A telephone number.
fn phone(rng: &mut Rng) -> String {
    let area = rng.u32(201..990);
    let area = if area % 100 == 11 { area + 1 } else { area };
    let (exchange, line) = match rng.u8(..10) {
        0..6 => (555, rng.u32(100..200)),
        _ => (rng.u32(220..990), rng.u32(0..10_000)),
    };
    let exchange = if exchange % 100 == 11 { exchange + 1 } else { exchange };
    match rng.u8(..14) {
        0..4 => format!("({area}) {exchange}-{line:04}"),
        4..7 => format!("{area}-{exchange}-{line:04}"),
        7 => format!("{area}.{exchange}.{line:04}"),
        8 => format!("+1 {area} {exchange} {line:04}"),
        9 => format!("{area} {exchange} {line:04}"),
        10 => format!("1-{area}-{exchange}-{line:04}"),
        11 => format!("({area}){exchange}-{line:04}"),
        12 => format!("{exchange}-{line:04}"),
        _ => format!("{area}{exchange}{line:04}"),
    }
}

/// An e-mail address of a person.
pub(super) fn email(rng: &mut Rng, person: &Person) -> String {
    let user = user(rng, person);
    let host = pick(
        rng,
        &[
            "example.com",
            "example.org",
            "example.net",
            "mail.example.com",
            "gmail.com",
            "yahoo.com",
            "hotmail.com",
            "outlook.com",
            "icloud.com",
            "health.example.org",
            "clinic.example.net",
            "comcast.net",
            "aol.com",
            "university.example.edu",
        ],
    );
    format!("{user}@{host}")
}

/// A user name of a person.
pub(super) fn user(rng: &mut Rng, person: &Person) -> String {
    let clean = |name: &str| -> String {
        let plain = name.chars().filter(char::is_ascii_alphabetic).collect::<String>();
        if plain.is_empty() { "info".into() } else { plain.to_lowercase() }
    };
    let (given, family) = (clean(&person.given), clean(&person.family));
    match rng.u8(..7) {
        0 | 1 => format!("{given}.{family}"),
        2 => format!("{}{family}", &given[..1]),
        3 => format!("{given}{}", rng.u32(1..99)),
        4 => format!("{given}_{family}{}", rng.u32(60..99)),
        5 => format!("{family}{}", &given[..1]),
        _ => format!("{}{family}{}", &given[..1], rng.u32(1..999)),
    }
}

/// The class of a slot for an identifier.
pub(super) fn class(slot: &str) -> Option<&'static str> {
    Some(match slot {
        "phone" | "phone.new" | "pager" => "phone",
        "fax" => "fax",
        "url" => "url",
        "ip" => "ip",
        "ssn" | "ssn4" => "ssn",
        "itin" => "itin",
        "mrn" | "mrn.new" => "mrn",
        "nhs" => "nhs_number",
        "member" | "group" => "member_id",
        "mbi" => "mbi",
        "account" | "aba" => "account",
        "card" | "card4" => "card",
        "iban" => "iban",
        "license" => "license",
        "dl" => "driver_license",
        "passport" => "passport",
        "dea" => "dea",
        "plate" => "vehicle",
        "vin" => "vin",
        "serial" | "mac" => "device",
        "imei" => "imei",
        "npi" => "npi",
        "claim" => "claim",
        "acc" | "visit" | "order" | "rx" | "ref" | "emp" | "handle" | "ticket" | "case" => {
            "unique_id"
        }
        "uuid" => "uuid",
        _ => return None,
    })
}

/// The value of a slot for an identifier.
pub(super) fn value(rng: &mut Rng, slot: &str, day: i64, letter: char) -> Option<String> {
    let yy = civil(day).0.rem_euclid(100);
    Some(match slot {
        "phone" | "phone.new" | "fax" => {
            let number = phone(rng);
            match rng.u8(..14) {
                0 if slot != "fax" => format!("{number} ext. {}", rng.u32(10..9999)),
                1 if slot != "fax" => format!("{number} x{}", rng.u32(100..9999)),
                _ => number,
            }
        }
        "pager" => match rng.u8(..3) {
            0 => phone(rng),
            1 => digits(rng, 4),
            _ => digits(rng, 5),
        },
        "url" => {
            let host = pick(
                rng,
                &[
                    "portal.example.com",
                    "www.example.org",
                    "mychart.example.net",
                    "example.com",
                    "telehealth.example.org",
                    "pay.example.com",
                ],
            );
            let path = match rng.u8(..6) {
                0 => String::new(),
                1 => format!("/patient/{}", digits(rng, 6)),
                2 => format!("/results?id={}", digits(rng, 7)),
                3 => format!("/u/{}", letters(rng, 6).to_lowercase()),
                4 => "/login".to_string(),
                _ => format!("/visit/{}-{}", letters(rng, 3).to_lowercase(), digits(rng, 3)),
            };
            let scheme = if host.starts_with("www") { "" } else { "https://" };
            format!("{scheme}{host}{path}")
        }
        "ip" => match rng.u8(..6) {
            0 => format!("2001:db8:{:x}:{:x}::{:x}", rng.u16(1..), rng.u16(1..), rng.u16(1..)),
            1 => format!("10.{}.{}.{}", rng.u8(..), rng.u8(..), rng.u8(1..)),
            2 => format!("192.168.{}.{}", rng.u8(..), rng.u8(1..)),
            _ => format!("{}.{}.{}.{}", rng.u8(11..223), rng.u8(..), rng.u8(..), rng.u8(1..)),
        },
        "mac" => {
            let sep = pick(rng, &[":", "-"]);
            (0..6).map(|_| format!("{:02X}", rng.u8(..))).collect::<Vec<_>>().join(sep)
        }
        "ssn" => {
            let area = match rng.u32(1..773) {
                666 => 665,
                area => area,
            };
            let (group, serial) = (rng.u32(1..100), rng.u32(1..10_000));
            match rng.u8(..8) {
                0 => format!("{area:03}{group:02}{serial:04}"),
                1 => format!("{area:03} {group:02} {serial:04}"),
                _ => format!("{area:03}-{group:02}-{serial:04}"),
            }
        }
        "ssn4" | "card4" => format!("{:04}", rng.u32(1..10_000)),
        "itin" => {
            let group = pick(rng, &[50, 58, 65, 70, 77, 88, 90, 92, 94, 99]);
            format!("9{:02}-{group}-{:04}", rng.u32(..100), rng.u32(1..10_000))
        }
        "mrn" | "mrn.new" => match rng.u8(..10) {
            0..4 => {
                let n = rng.usize(6..10);
                digits(rng, n)
            }
            4 => format!("00{}", digits(rng, 6)),
            5 => format!("00{}-{}", digits(rng, 3), digits(rng, 3)),
            6 => format!("{}{}", letters(rng, 1), digits(rng, 7)),
            7 => format!("MR-{}", digits(rng, 6)),
            8 => format!("{}-{}-{}", digits(rng, 2), digits(rng, 2), digits(rng, 2)),
            _ => format!("{}{}", letters(rng, 2), digits(rng, 6)),
        },
        "nhs" => loop {
            let body = digits(rng, 9);
            let check = 11 - weighted(&body, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
            if check == 10 {
                continue;
            }
            let check = check % 11;
            break match rng.bool() {
                true => format!("{} {} {}{check}", &body[..3], &body[3..6], &body[6..]),
                false => format!("{body}{check}"),
            };
        },
        "member" => match rng.u8(..6) {
            0 => format!("{}{}", letters(rng, 3), digits(rng, 9)),
            1 => format!("W{}", digits(rng, 9)),
            2 => format!("{}-{:02}", digits(rng, 9), rng.u32(1..4)),
            3 => digits(rng, 11),
            4 => format!("{}{}{}", letters(rng, 2), digits(rng, 5), letters(rng, 1)),
            _ => format!("H{}-{:02}", digits(rng, 8), rng.u32(1..4)),
        },
        "group" => format!("{}{}", letters(rng, 2), digits(rng, 5)),
        "mbi" => {
            // C A AN N, A AN N, A A N N.
            let mut a = || char::from(pick(rng, b"ACDEFGHJKMNPQRTUVWXY"));
            let a = [a(), a(), a(), a(), a(), a()];
            let mut n = |from: u8| rng.u8(from..10);
            let n = [n(1), n(0), n(0), n(0), n(0), n(0)];
            let three = match rng.bool() {
                true => char::from(b'0' + n[1]),
                false => a[1],
            };
            let dash = if rng.bool() { "-" } else { "" };
            let mid = match rng.bool() {
                true => char::from(b'0' + rng.u8(..10)),
                false => char::from(pick(rng, b"ACDEFGHJKMNPQRTUVWXY")),
            };
            format!(
                "{}{}{three}{}{dash}{}{mid}{}{dash}{}{}{}{}",
                n[0], a[0], n[2], a[2], n[3], a[3], a[4], n[4], n[5]
            )
        }
        "account" => match rng.u8(..5) {
            0 => format!("{}-{}", digits(rng, 4), digits(rng, 6)),
            1 => format!("A{}", digits(rng, 8)),
            _ => {
                let n = rng.usize(8..13);
                digits(rng, n)
            }
        },
        "aba" => {
            let body = format!("{:02}{}", rng.u32(1..13), digits(rng, 6));
            let sum = weighted(&body, &[3, 7, 1, 3, 7, 1, 3, 7]);
            format!("{body}{}", (10 - sum % 10) % 10)
        }
        "card" => {
            let (head, n) = pick(
                rng,
                &[
                    ("4", 16),
                    ("4", 16),
                    ("52", 16),
                    ("55", 16),
                    ("2221", 16),
                    ("6011", 16),
                    ("37", 15),
                    ("34", 15),
                ],
            );
            let body = format!("{head}{}", digits(rng, n - 1 - head.len()));
            let card = format!("{body}{}", luhn(&body));
            match (rng.u8(..4), n) {
                (0, _) => card,
                (1, 16) => {
                    format!("{}-{}-{}-{}", &card[..4], &card[4..8], &card[8..12], &card[12..])
                }
                (_, 16) => {
                    format!("{} {} {} {}", &card[..4], &card[4..8], &card[8..12], &card[12..])
                }
                _ => format!("{} {} {}", &card[..4], &card[4..10], &card[10..]),
            }
        }
        "iban" => {
            let (country, body) = match rng.u8(..4) {
                0 | 1 => ("GB", format!("{}{}", letters(rng, 4), digits(rng, 14))),
                2 => ("DE", digits(rng, 18)),
                _ => ("NL", format!("{}{}", letters(rng, 4), digits(rng, 10))),
            };
            let rest = format!("{body}{country}00").bytes().fold(0u64, |rest, byte| match byte {
                b'0'..=b'9' => (rest * 10 + u64::from(byte - b'0')) % 97,
                _ => (rest * 100 + u64::from(byte - b'A' + 10)) % 97,
            });
            let iban = format!("{country}{:02}{body}", 98 - rest);
            match rng.bool() {
                true => iban,
                false => {
                    let groups = iban.as_bytes().chunks(4);
                    groups.map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
                }
            }
        }
        "license" => match rng.u8(..5) {
            0 => format!("MD{}", digits(rng, 6)),
            1 => format!("RN{}", digits(rng, 7)),
            2 => format!("{}-{}", letters(rng, 1), digits(rng, 5)),
            3 => format!("LPN{}", digits(rng, 7)),
            _ => digits(rng, 7),
        },
        "dl" => match rng.u8(..4) {
            0 => format!("{}{}", letters(rng, 1), digits(rng, 7)),
            1 => format!(
                "{}{}-{}-{}",
                letters(rng, 1),
                digits(rng, 3),
                digits(rng, 4),
                digits(rng, 4)
            ),
            2 => digits(rng, 8),
            _ => format!("{}{}", letters(rng, 2), digits(rng, 6)),
        },
        "passport" => match rng.u8(..3) {
            0 => digits(rng, 9),
            1 => format!("{}{}", letters(rng, 1), digits(rng, 8)),
            _ => format!("{}{}", letters(rng, 2), digits(rng, 7)),
        },
        "dea" => {
            let body = digits(rng, 6);
            let sum = weighted(&body, &[1, 2, 1, 2, 1, 2]);
            format!("{}{letter}{body}{}", pick(rng, &['A', 'B', 'F', 'M']), sum % 10)
        }
        "plate" => match rng.u8(..4) {
            0 => format!("{}{}{}", digits(rng, 1), letters(rng, 3), digits(rng, 3)),
            1 => format!("{}-{}", letters(rng, 3), digits(rng, 4)),
            2 => format!("{} {}", letters(rng, 3), digits(rng, 3)),
            _ => format!("{}{}", letters(rng, 2), digits(rng, 5)),
        },
        "vin" => vin(rng),
        "serial" => match rng.u8(..5) {
            0 => format!("{}{}{}", letters(rng, 3), digits(rng, 6), letters(rng, 1)),
            1 => format!("SN{}", digits(rng, 8)),
            2 => format!("{}-{}", digits(rng, 4), digits(rng, 5)),
            3 => format!("{}{}-{}", letters(rng, 1), digits(rng, 1), digits(rng, 7)),
            _ => digits(rng, 9),
        },
        "imei" => {
            let body = format!("35{}", digits(rng, 12));
            format!("{body}{}", luhn(&body))
        }
        "npi" => {
            let body = format!("{}{}", rng.u8(1..3), digits(rng, 8));
            format!("{body}{}", luhn(&format!("80840{body}")))
        }
        "claim" => match rng.u8(..4) {
            0 => format!("CLM{}", digits(rng, 8)),
            1 => format!("20{yy:02}{}", digits(rng, 9)),
            2 => format!("{}-{}", letters(rng, 2), digits(rng, 7)),
            _ => digits(rng, 11),
        },
        "acc" | "case" => match rng.u8(..6) {
            0 => format!("{}{yy:02}-{}", pick(rng, &["S", "SP", "C", "GY", "NG"]), digits(rng, 5)),
            1 => format!("ACC{}", digits(rng, 9)),
            2 => format!("{yy:02}-{}", digits(rng, 7)),
            3 => format!("{yy:02}{}", digits(rng, 8)),
            4 => format!("A{}", digits(rng, 7)),
            _ => format!("{}-{yy:02}-{}", letters(rng, 2), digits(rng, 6)),
        },
        "visit" => match rng.u8(..3) {
            0 => format!("V{}", digits(rng, 9)),
            _ => {
                let n = rng.usize(8..12);
                digits(rng, n)
            }
        },
        "order" | "ref" => match rng.u8(..4) {
            0 => format!("{}-{}", pick(rng, &["REF", "ORD", "RQ", "PO", "AUTH"]), digits(rng, 6)),
            1 => format!("{}{}", letters(rng, 1), digits(rng, 8)),
            2 => format!("{}-{}-{}", digits(rng, 3), digits(rng, 7), digits(rng, 7)),
            _ => {
                let n = rng.usize(7..11);
                digits(rng, n)
            }
        },
        "rx" => match rng.u8(..2) {
            0 => digits(rng, 7),
            _ => format!("{}-{}", digits(rng, 7), digits(rng, 5)),
        },
        "emp" => match rng.u8(..3) {
            0 => format!("E{}", digits(rng, 5)),
            1 => digits(rng, 6),
            _ => format!("{}{}", letters(rng, 2), digits(rng, 4)),
        },
        "ticket" => format!("{}-{}", pick(rng, &["INC", "HD", "SUP", "CS", "TKT"]), digits(rng, 6)),
        "handle" => format!(
            "@{}{}{}",
            letters(rng, 1).to_lowercase(),
            pick(rng, &["runner", "doe", "smiles", "gardens", "hikes", "codes", "mama", "fisher"]),
            rng.u32(1..99)
        ),
        "uuid" => {
            let n = rng.u128(..);
            let s = format!("{n:032x}");
            format!("{}-{}-4{}-a{}-{}", &s[..8], &s[8..12], &s[13..16], &s[17..20], &s[20..])
        }
        _ => return None,
    })
}

/// A vehicle identification number with its check digit.
fn vin(rng: &mut Rng) -> String {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let mut vin: Vec<u8> =
        (0..17).map(|_| pick(rng, b"ABCDEFGHJKLMNPRSTUVWXYZ0123456789")).collect();
    vin[0] = pick(rng, b"1452J3W");
    for byte in &mut vin[12..] {
        *byte = b'0' + rng.u8(..10);
    }
    let sum: u32 = vin
        .iter()
        .zip(WEIGHTS)
        .map(|(byte, weight)| {
            let value = match byte {
                b'0'..=b'9' => byte - b'0',
                b'A'..=b'H' => byte - b'A' + 1,
                b'J'..=b'R' => byte - b'J' + 1,
                _ => byte - b'S' + 2,
            };
            u32::from(value) * weight
        })
        .sum();
    vin[8] = match sum % 11 {
        10 => b'X',
        rest => b'0' + rest as u8,
    };
    vin.into_iter().map(char::from).collect()
}

/// A clinical code, which is no identifier.
pub(super) fn code(rng: &mut Rng, slot: &str) -> Option<String> {
    Some(match slot {
        "icd" => {
            let head = format!("{}{:02}", pick(rng, b"ABCDEFGHIJKLMNRSTZ") as char, rng.u32(..100));
            match rng.u8(..5) {
                0 => head,
                1 => format!("{head}.{}", rng.u32(..10)),
                2 => format!("{head}.{:02}", rng.u32(..100)),
                3 => format!("{head}.{:03}", rng.u32(..1000)),
                _ => format!("{head}.{:03}{}", rng.u32(..1000), pick(rng, &["A", "D", "S"])),
            }
        }
        "cpt" => format!("{}", rng.u32(10_021..99_499)),
        "hcpcs" => format!("{}{:04}", pick(rng, b"AEGJLQ") as char, rng.u32(1..9999)),
        "loinc" => format!("{}-{}", rng.u32(100..99_000), rng.u32(..10)),
        "snomed" => {
            let n = rng.usize(7..10);
            digits(rng, n)
        }
        "rxnorm" => {
            let n = rng.usize(5..8);
            digits(rng, n)
        }
        "ndc" => match rng.u8(..3) {
            0 => {
                format!("{:05}-{:04}-{:02}", rng.u32(2..70_000), rng.u32(..10_000), rng.u32(..100))
            }
            1 => format!("{:04}-{:04}-{:02}", rng.u32(2..9999), rng.u32(..10_000), rng.u32(..100)),
            _ => format!("{:05}-{:03}-{:02}", rng.u32(2..70_000), rng.u32(..1000), rng.u32(..100)),
        },
        "cvx" => format!("{}", rng.u32(1..230)),
        "drg" => format!("{:03}", rng.u32(1..999)),
        _ => return None,
    })
}

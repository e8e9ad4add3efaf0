//! Numbers of the fourth set, with their check digits.

use fastrand::Rng;

/// A shape filled in: `#` a digit, `%` one from 1 to 9, `@` a capital.
pub(super) fn fill(rng: &mut Rng, shape: &str) -> String {
    let place = |c| match c {
        '#' => rng.digit(10),
        '%' => char::from(b'1' + rng.u8(..9)),
        '@' => char::from(b"ABCDEFGHJKLMNPRSTUVWXYZ"[rng.usize(..23)]),
        other => other,
    };
    shape.chars().map(place).collect()
}

/// Luhn's check digit for what stands before it.
pub(super) fn luhn(body: &str) -> u32 {
    let sum: u32 = (body.bytes().rev().enumerate())
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0') * if at % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    (10 - sum % 10) % 10
}

/// A provider's number.
pub(super) fn npi(rng: &mut Rng) -> String {
    let body = fill(rng, "1########");
    let check = luhn(&format!("80840{body}"));
    format!("{body}{check}")
}

/// The check digit of a DEA number's six digits.
pub(super) fn dea_check(digits: &[u32]) -> u32 {
    (digits[0] + digits[2] + digits[4] + 2 * (digits[1] + digits[3] + digits[5])) % 10
}

/// A prescriber's DEA number.
pub(super) fn dea(rng: &mut Rng, family: &str) -> String {
    let body = fill(rng, "%#####");
    let digits: Vec<u32> = body.bytes().map(|byte| u32::from(byte - b'0')).collect();
    let kind = ['A', 'B', 'F', 'M'][rng.usize(..4)];
    let initial = family.chars().next().unwrap_or('X').to_ascii_uppercase();
    format!("{kind}{initial}{body}{}", dea_check(&digits))
}

/// A payment card.
pub(super) fn card(rng: &mut Rng) -> String {
    let body = fill(rng, "4##############");
    let whole = format!("{body}{}", luhn(&body));
    if rng.bool() {
        return whole;
    }
    [&whole[..4], &whole[4..8], &whole[8..12], &whole[12..]].join(" ")
}

/// A Medicare number.
pub(super) fn mbi(rng: &mut Rng) -> String {
    let text = fill(rng, "%@##@##@@##");
    // Some letters are never used.
    let text: String = text.chars().map(|c| if "BILOSZ".contains(c) { 'K' } else { c }).collect();
    if rng.bool() { text } else { [&text[..4], &text[4..7], &text[7..]].join("-") }
}

/// A social security number that could be given out.
pub(super) fn ssn(rng: &mut Rng) -> String {
    let area = [rng.u16(1..666), rng.u16(667..900)][rng.usize(..2)];
    let (group, serial) = (rng.u16(1..100), rng.u16(1..10_000));
    let between = ["-", "-", "-", " ", ""][rng.usize(..5)];
    format!("{area:03}{between}{group:02}{between}{serial:04}")
}

/// A telephone.
pub(super) fn phone(rng: &mut Rng, area: &str) -> String {
    let rest = fill(rng, "%##-####");
    let rest = if rest.starts_with('1') { rest.replacen('1', "3", 1) } else { rest };
    match rng.u8(..9) {
        0..=2 => format!("({area}) {rest}"),
        3 | 4 => format!("{area}-{rest}"),
        5 => format!("{area}.{}", rest.replace('-', ".")),
        6 => format!("{area}{}", rest.replace('-', "")),
        7 => format!("1-{area}-{rest}"),
        _ => format!("{area} {}", rest.replace('-', " ")),
    }
}

const MULTIPLY: [[u8; 10]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
    [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
    [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
    [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
    [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
    [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];
const FIRST: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/// What Verhoeff's sum over all the digits is: 0 if the last of them is right.
pub(super) fn verhoeff(number: &str) -> u8 {
    (number.bytes().rev().enumerate()).fold(0, |sum, (at, byte)| {
        let mut digit = byte - b'0';
        for _ in 0..at % 8 {
            digit = FIRST[usize::from(digit)];
        }
        MULTIPLY[usize::from(sum)][usize::from(digit)]
    })
}

/// A SNOMED CT concept's number.
pub(super) fn concept(rng: &mut Rng) -> String {
    let shape = ["%#####0", "%######0", "%########0"][rng.usize(..3)];
    let body = fill(rng, shape);
    let body = format!("{body}0");
    let right = (b'0'..=b'9').map(|check| format!("{body}{}", char::from(check)));
    right.into_iter().find(|number| verhoeff(number) == 0).unwrap_or(body)
}

//! Invented identifiers with right check digits, as people write them.

use fastrand::Rng;

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// The letters of a Medicare number.
const MBI: &[u8] = b"ACDEFGHJKMNPQRTUVWXY";
/// The characters of a VIN.
const VIN: &[u8] = b"ABCDEFGHJKLMNPRSTUVWXYZ0123456789";

/// Fills a pattern: `9` a digit, `8` a digit from 1, `A` a letter, `X` one of both, `~` a
/// hexadecimal digit; after `!` a character stands for itself, as all others do.
pub(super) fn fill(rng: &mut Rng, pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '9' => out.push(rng.digit(10)),
            '8' => out.push(char::from(rng.u8(b'1'..=b'9'))),
            'A' => out.push(letter(rng, LETTERS)),
            'X' if rng.bool() => out.push(letter(rng, LETTERS)),
            'X' => out.push(rng.digit(10)),
            '~' => out.push(rng.digit(16).to_ascii_lowercase()),
            '!' => out.extend(chars.next()),
            _ => out.push(c),
        }
    }
    out
}

/// Fills one of several patterns.
pub(super) fn one(rng: &mut Rng, patterns: &[&str]) -> String {
    let pattern = patterns[rng.usize(..patterns.len())];
    fill(rng, pattern)
}

fn letter(rng: &mut Rng, of: &[u8]) -> char {
    char::from(of[rng.usize(..of.len())])
}

fn digits(text: &str) -> impl DoubleEndedIterator<Item = u32> + '_ {
    text.chars().filter_map(|c| c.to_digit(10))
}

/// The Luhn digit that belongs behind these digits.
pub(super) fn luhn(payload: &str) -> u32 {
    let sum: u32 = digits(payload)
        .rev()
        .enumerate()
        .map(|(at, d)| if at % 2 == 0 { d * 2 / 10 + d * 2 % 10 } else { d })
        .sum();
    (10 - sum % 10) % 10
}

fn with_luhn(payload: String) -> String {
    let check = luhn(&payload);
    format!("{payload}{check}")
}

/// A national provider identifier.
pub(super) fn npi(rng: &mut Rng) -> String {
    let first = if rng.u8(..5) == 0 { "2" } else { "1" };
    let body = format!("{first}{}", fill(rng, "99999999"));
    let check = npi_check(&body);
    format!("{body}{check}")
}

/// The last digit of an NPI that begins with these nine.
pub(super) fn npi_check(nine: &str) -> u32 {
    luhn(&format!("80840{nine}"))
}

/// A DEA number; its second letter is the registrant's.
pub(super) fn dea(rng: &mut Rng) -> String {
    let body = fill(rng, "999999");
    let kind = letter(rng, b"ABFGM");
    let name = letter(rng, LETTERS);
    let check = dea_check(&body);
    format!("{kind}{name}{body}{check}")
}

/// The last digit of a DEA number with these six.
pub(super) fn dea_check(six: &str) -> u32 {
    digits(six).enumerate().map(|(at, d)| if at % 2 == 0 { d } else { 2 * d }).sum::<u32>() % 10
}

/// A Medicare beneficiary identifier, without dashes.
pub(super) fn mbi(rng: &mut Rng) -> String {
    "CAXNAXNAANN"
        .chars()
        .map(|kind| match kind {
            'C' => char::from(rng.u8(b'1'..=b'9')),
            'N' => rng.digit(10),
            'X' if rng.bool() => rng.digit(10),
            _ => letter(rng, MBI),
        })
        .collect()
}

/// A payment card number, digits alone.
pub(super) fn card(rng: &mut Rng) -> String {
    let body = one(
        rng,
        &[
            "499999999999999",
            "49999999999999!9",
            "5!18999999999999",
            "5!5999999999999!8",
            "3!7999999999999",
            "6011999!99999999",
        ],
    );
    with_luhn(body)
}

/// Writes a card number in groups.
pub(super) fn group_card(number: &str, between: &str) -> String {
    let cuts: &[usize] = if number.len() == 15 { &[4, 10] } else { &[4, 8, 12] };
    cut(number, cuts, between)
}

/// Puts something between the characters at these places of an ASCII text.
pub(super) fn cut(text: &str, at: &[usize], between: &str) -> String {
    let mut out = String::new();
    for (place, c) in text.chars().enumerate() {
        if at.contains(&place) {
            out.push_str(between);
        }
        out.push(c);
    }
    out
}

/// An IBAN without blanks.
pub(super) fn iban(rng: &mut Rng) -> String {
    let (country, body) = [
        ("DE", "999999999999999999"),
        ("GB", "AAAA99999999999999"),
        ("FR", "99999999999999999999999"),
        ("ES", "99999999999999999999"),
        ("NL", "AAAA9999999999"),
        ("CH", "99999999999999999"),
        ("IT", "A9999999999999999999999"),
        ("AT", "9999999999999999"),
        ("BE", "999999999999"),
        ("IE", "AAAA99999999999999"),
    ][rng.usize(..10)];
    let body = fill(rng, body);
    let check = iban_check(country, &body);
    format!("{country}{check:02}{body}")
}

/// The two check digits of an IBAN.
pub(super) fn iban_check(country: &str, body: &str) -> u32 {
    let rest = format!("{body}{country}00").chars().fold(0, |rest, c| {
        let value = c.to_digit(36).unwrap_or(0);
        (rest * if value > 9 { 100 } else { 10 } + value) % 97
    });
    98 - rest
}

/// A vehicle identification number.
pub(super) fn vin(rng: &mut Rng) -> String {
    let mut number: Vec<char> = one(rng, &["1", "2", "3", "4", "5", "J", "W"]).chars().collect();
    number.extend((0..10).map(|_| letter(rng, VIN)));
    number.extend(fill(rng, "999999").chars());
    number[8] = vin_check(&number);
    number.into_iter().collect()
}

/// The ninth character of a VIN.
pub(super) fn vin_check(number: &[char]) -> char {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let value = |c: char| match c {
        'A' | 'J' => 1,
        'B' | 'K' | 'S' => 2,
        'C' | 'L' | 'T' => 3,
        'D' | 'M' | 'U' => 4,
        'E' | 'N' | 'V' => 5,
        'F' | 'W' => 6,
        'G' | 'P' | 'X' => 7,
        'H' | 'Y' => 8,
        'R' | 'Z' => 9,
        _ => c.to_digit(10).unwrap_or(0),
    };
    let sum: u32 = number.iter().zip(WEIGHTS).map(|(c, weight)| value(*c) * weight).sum();
    if sum % 11 == 10 { 'X' } else { char::from_digit(sum % 11, 10).unwrap_or('0') }
}

/// The number of a mobile device.
pub(super) fn imei(rng: &mut Rng) -> String {
    with_luhn(one(rng, &["3!59999999999!99", "!86999999999999"]))
}

/// An NHS number, digits alone.
pub(super) fn nhs(rng: &mut Rng) -> String {
    loop {
        let body = one(rng, &["4!99999999", "6!99999999", "7!99999999"]);
        let body = &body[..9];
        let check = nhs_check(body);
        if check < 10 {
            return format!("{body}{check}");
        }
    }
}

/// The tenth digit of an NHS number; 10 where there is none.
pub(super) fn nhs_check(nine: &str) -> u32 {
    let sum: u32 = digits(nine).zip((2..=10).rev()).map(|(d, weight)| d * weight).sum();
    (11 - sum % 11) % 11
}

/// A bank's routing number.
pub(super) fn aba(rng: &mut Rng) -> String {
    let body = format!("{:02}{}", rng.u8(1..=12) + 20 * rng.u8(0..=1), fill(rng, "999999"));
    let sum: u32 = digits(&body).zip([3, 7, 1].into_iter().cycle()).map(|(d, w)| d * w).sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// A social security number in an issued layout, with something between its parts.
pub(super) fn ssn(rng: &mut Rng, between: &str) -> String {
    let area = loop {
        let area = rng.u16(1..773);
        if area != 666 {
            break area;
        }
    };
    format!("{area:03}{between}{:02}{between}{:04}", rng.u16(1..100), rng.u16(1..10_000))
}

/// A taxpayer number.
pub(super) fn itin(rng: &mut Rng) -> String {
    let group = match rng.u16(..3) {
        0 => rng.u16(50..=65),
        1 => rng.u16(70..=88),
        _ => rng.u16(94..=99),
    };
    format!("9{}-{group}-{}", fill(rng, "99"), fill(rng, "9999"))
}

/// Area code, exchange and line of a telephone number of North America.
pub(super) fn phone_parts(rng: &mut Rng) -> (u16, u16, u16) {
    let area = loop {
        let area = rng.u16(201..990);
        if area % 100 != 11 && area / 10 % 10 != 9 && area / 100 * 11 != area % 100 {
            break area;
        }
    };
    if rng.u8(..100) < 62 {
        return (area, 555, rng.u16(100..200));
    }
    let exchange = loop {
        let exchange = rng.u16(201..990);
        if exchange % 100 != 11 && exchange != 555 {
            break exchange;
        }
    };
    (area, exchange, rng.u16(..10_000))
}

/// A telephone number as people write it.
pub(super) fn phone(rng: &mut Rng) -> String {
    let (a, e, l) = phone_parts(rng);
    match rng.u8(..22) {
        0..=5 => format!("({a}) {e}-{l:04}"),
        6..=11 => format!("{a}-{e}-{l:04}"),
        12..=13 => format!("{a}.{e}.{l:04}"),
        14 => format!("{a} {e} {l:04}"),
        15 => format!("+1 {a} {e} {l:04}"),
        16 => format!("+1-{a}-{e}-{l:04}"),
        17 => format!("1-{a}-{e}-{l:04}"),
        18 => format!("{a}{e}{l:04}"),
        19 => format!("({a}){e}-{l:04}"),
        20 => format!("+1 ({a}) {e}-{l:04}"),
        _ => format!("{a}/{e}-{l:04}"),
    }
}

/// A telephone number of another country.
pub(super) fn phone_abroad(rng: &mut Rng) -> String {
    one(
        rng,
        &[
            "+44 7700 !9!0!0999",
            "020 7946 0!9!9!9",
            "+44 20 7!9!46 0999",
            "07700 !9!00999",
            "+49 30 23125 999",
            "+33 1 !9!9 00 99 99",
            "+61 2 5550 9999",
            "+91 !98450 99999",
            "+353 20 !91!0 9999",
            "+34 !600 99 99 99",
        ],
    )
}

/// Coordinates.
pub(super) fn geo(rng: &mut Rng) -> String {
    let (lat, lon) = (rng.u16(25..48), rng.u16(70..123));
    match rng.u8(..4) {
        0 => format!("{lat}.{}, -{lon}.{}", fill(rng, "9998"), fill(rng, "9998")),
        1 => format!("{lat}.{},-{lon}.{}", fill(rng, "999998"), fill(rng, "999998")),
        2 => format!("{lat}.{}\u{b0} N, {lon}.{}\u{b0} W", fill(rng, "9998"), fill(rng, "9998")),
        _ => format!(
            "{lat}\u{b0}{:02}'{:02}\"N {lon}\u{b0}{:02}'{:02}\"W",
            rng.u8(..60),
            rng.u8(..60),
            rng.u8(..60),
            rng.u8(..60)
        ),
    }
}

/// The Verhoeff digit that belongs behind these digits.
pub(super) fn verhoeff(payload: &str) -> u32 {
    /// The product of the dihedral group of order ten.
    fn product(a: u32, b: u32) -> u32 {
        match (a < 5, b < 5) {
            (true, true) => (a + b) % 5,
            (true, false) => (a + b) % 5 + 5,
            (false, true) => (a + 5 - b) % 5 + 5,
            (false, false) => (a + 5 - b) % 5,
        }
    }
    const STEP: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let mut sum = 0;
    for (at, digit) in digits(payload).rev().enumerate() {
        let moved = (0..(at + 1) % 8).fold(digit, |d, _| STEP[d as usize]);
        sum = product(sum, moved);
    }
    if sum < 5 { (5 - sum) % 5 } else { sum }
}

/// A LOINC code that nobody has looked up.
pub(super) fn loinc(rng: &mut Rng) -> String {
    let body = one(rng, &["8999", "89999", "899"]);
    let check = luhn(&body);
    format!("{body}-{check}")
}

/// A SNOMED CT concept id of the international release.
pub(super) fn snomed(rng: &mut Rng) -> String {
    let body = format!("{}00", one(rng, &["89999", "899999", "8999999"]));
    let check = verhoeff(&body);
    format!("{body}{check}")
}

/// The value in base64.
pub(super) fn base64(bytes: &[u8]) -> String {
    const SET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for part in bytes.chunks(3) {
        let word = part.iter().fold(0_usize, |word, b| word << 8 | usize::from(*b));
        let word = word << (8 * (3 - part.len()));
        for at in 0..4 {
            let sextet = char::from(SET[word >> (18 - 6 * at) & 63]);
            out.push(if at <= part.len() { sextet } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples() {
        assert_eq!(npi_check("123456789"), 3);
        assert_eq!(dea_check("583672"), 7);
        assert_eq!(luhn("411111111111111"), 1);
        assert_eq!(iban_check("GB", "WEST12345698765432"), 82);
        assert_eq!(iban_check("DE", "370400440532013000"), 89);
        assert_eq!(vin_check(&"1M8GDM9A_KP042788".chars().collect::<Vec<_>>()), 'X');
        assert_eq!(luhn("4548"), 4);
        assert_eq!(verhoeff("4405400"), 6);
        assert_eq!(verhoeff("3834100"), 3);
        assert_eq!(verhoeff("236"), 3);
        assert_eq!(nhs_check("943476591"), 9);
        assert_eq!(luhn("49015420323751"), 8);
        assert_eq!(base64(b"sample"), "c2FtcGxl");
        assert_eq!(base64(b"Ma"), "TWE=");
    }

    #[test]
    fn generated_numbers_are_right() {
        let mut rng = Rng::with_seed(7);
        for _ in 0..2_000 {
            let card = card(&mut rng);
            assert!(card.len() == 15 || card.len() == 16, "{card}");
            let (body, last) = card.split_at(card.len() - 1);
            assert_eq!(luhn(body).to_string(), last);
            let vin: Vec<char> = vin(&mut rng).chars().collect();
            assert_eq!(vin.len(), 17);
            assert_eq!(vin_check(&vin), vin[8]);
            let iban = iban(&mut rng);
            let moved = format!("{}{}", &iban[4..], &iban[..4]);
            let rest = moved.chars().fold(0, |rest, c| {
                let v = c.to_digit(36).expect("a letter or digit");
                (rest * if v > 9 { 100 } else { 10 } + v) % 97
            });
            assert_eq!(rest, 1, "{iban}");
            let aba = aba(&mut rng);
            let sum: u32 =
                digits(&aba).zip([3, 7, 1].into_iter().cycle()).map(|(d, w)| d * w).sum();
            assert_eq!((aba.len(), sum % 10), (9, 0), "{aba}");
            assert_eq!(imei(&mut rng).len(), 15);
            assert_eq!(nhs(&mut rng).len(), 10);
            assert_eq!(mbi(&mut rng).len(), 11);
            assert_eq!(npi(&mut rng).len(), 10);
        }
    }
}

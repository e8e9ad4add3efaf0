//! Check digits and layouts of identifiers. Every function takes the canonical form: digits and
//! upper-case letters without separators.

/// The digit that makes `digits` pass Luhn (ISO/IEC 7812-1, annex B) when it is put behind them;
/// `start` is the sum that a prefix of its own adds (24 for an NPI's 80840).
fn luhn(digits: &str, start: u32) -> u8 {
    let mut sum = start;
    for (at, b) in digits.bytes().rev().enumerate() {
        let doubled = u32::from(b - b'0') * if at % 2 == 0 { 2 } else { 1 };
        sum += doubled / 10 + doubled % 10;
    }
    b'0' + ((10 - sum % 10) % 10) as u8
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// The Luhn digit behind `digits`, as a character.
pub fn luhn_digit(digits: &str) -> char {
    char::from(luhn(digits, 0))
}

/// The check digit of an NPI's first nine digits (45 CFR 162.406: Luhn over 80840 and the number).
pub fn npi_digit(nine: &str) -> char {
    char::from(luhn(nine, 24))
}

/// Ten digits, 1 or 2 first, check digit right.
pub fn is_npi(text: &str) -> bool {
    text.len() == 10
        && all_digits(text)
        && matches!(text.as_bytes()[0], b'1' | b'2')
        && text.ends_with(npi_digit(&text[..9]))
}

/// The layout in which SSNs are issued: area not 000, 666 or 900 and above, group not 00, serial
/// not 0000 (SSA, since 2011-06-25).
pub fn is_ssn(digits: &str) -> bool {
    digits.len() == 9
        && all_digits(digits)
        && !matches!(&digits[..3], "000" | "666")
        && digits.as_bytes()[0] != b'9'
        && &digits[3..5] != "00"
        && &digits[5..] != "0000"
}

/// 9, then two digits, then a group that the IRS gives to ITINs: 50-65, 70-88, 90-92, 94-99.
pub fn is_itin(digits: &str) -> bool {
    digits.len() == 9
        && all_digits(digits)
        && digits.starts_with('9')
        && digits[3..5]
            .parse::<u8>()
            .is_ok_and(|group| matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99))
}

/// Registrant types that the DEA gives out as a first letter.
const DEA_TYPES: &[u8] = b"ABCDEFGHJKLMPRSTUX";

/// The check digit of a DEA number's six digits.
pub fn dea_digit(six: &str) -> char {
    let digit = |at: usize| u32::from(six.as_bytes()[at] - b'0');
    let sum = digit(0) + digit(2) + digit(4) + 2 * (digit(1) + digit(3) + digit(5));
    char::from(b'0' + (sum % 10) as u8)
}

/// A registrant type, the initial of a family name or 9, six digits, check digit right.
pub fn is_dea(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.len() == 9
        && DEA_TYPES.contains(&bytes[0])
        && (bytes[1].is_ascii_uppercase() || bytes[1] == b'9')
        && all_digits(&text[2..])
        && text.ends_with(dea_digit(&text[2..8]))
}

/// Letters of a Medicare beneficiary identifier: S, L, O, I, B and Z are left out.
pub const MBI_LETTERS: &[u8] = b"ACDEFGHJKMNPQRTUVWXY";

/// A Medicare beneficiary identifier: C A AN N A AN N A A N N (CMS).
pub fn is_mbi(text: &str) -> bool {
    text.len() == 11
        && text.bytes().enumerate().all(|(at, b)| match at {
            0 => (b'1'..=b'9').contains(&b),
            1 | 4 | 7 | 8 => MBI_LETTERS.contains(&b),
            2 | 5 => b.is_ascii_digit() || MBI_LETTERS.contains(&b),
            _ => b.is_ascii_digit(),
        })
}

/// The network of a payment card, by its first digits: the ranges that are in use. Cards of one
/// network get tokens of that network.
pub fn card_network(digits: &str) -> Option<&'static str> {
    let lead = |n: usize| digits.get(..n).and_then(|part| part.parse::<u32>().ok());
    let (two, three, four) = (lead(2)?, lead(3)?, lead(4)?);
    let length = digits.len();
    Some(match (two, length) {
        (40..=49, 13 | 16 | 19) => "visa",
        (51..=55, 16) => "mastercard",
        (22..=27, 16) if (2221..=2720).contains(&four) => "mastercard",
        (34 | 37, 15) => "amex",
        (65, 16..=19) => "discover",
        (60 | 64, 16..=19) if four == 6011 || (644..=649).contains(&three) => "discover",
        (62, 16..=19) => "unionpay",
        (35, 16..=19) if (3528..=3589).contains(&four) => "jcb",
        (30, 14..=19) if (300..=305).contains(&three) => "diners",
        (36 | 38 | 39, 14..=19) => "diners",
        _ => return None,
    })
}

/// A payment card of a known network, Luhn right.
pub fn is_card(text: &str) -> bool {
    all_digits(text)
        && card_network(text).is_some()
        && text.ends_with(luhn_digit(&text[..text.len() - 1]))
}

/// The two check digits of an IBAN (ISO 13616: mod 97-10 of ISO 7064).
pub fn iban_digits(country: &str, account: &str) -> [u8; 2] {
    let mut rest = 0u32;
    for b in account.bytes().chain(country.bytes()).chain(*b"00") {
        rest = if b.is_ascii_digit() {
            rest * 10 + u32::from(b - b'0')
        } else {
            rest * 100 + u32::from(b - b'A' + 10)
        } % 97;
    }
    let check = 98 - rest;
    [b'0' + (check / 10) as u8, b'0' + (check % 10) as u8]
}

/// Country, two check digits, 11 to 30 digits and letters, check digits right.
pub fn is_iban(text: &str) -> bool {
    let bytes = text.as_bytes();
    (15..=34).contains(&text.len())
        && bytes.iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..4] == iban_digits(&text[..2], &text[4..])
}

/// The check character of a VIN (49 CFR 565.15(c)); its own place (the ninth) counts nothing.
pub fn vin_digit(text: &str) -> char {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let worth = |b: u8| match b {
        b'0'..=b'9' => u32::from(b - b'0'),
        b'A'..=b'H' => u32::from(b - b'A' + 1),
        b'J'..=b'N' => u32::from(b - b'J' + 1),
        b'P' => 7,
        b'R' => 9,
        _ => u32::from(b.wrapping_sub(b'S')) + 2,
    };
    let sum: u32 = text.bytes().zip(WEIGHTS).map(|(b, weight)| worth(b) * weight).sum();
    match sum % 11 {
        10 => 'X',
        rest => char::from(b'0' + rest as u8),
    }
}

/// Letters of a VIN: I, O and Q are left out.
pub const VIN_LETTERS: &[u8] = b"ABCDEFGHJKLMNPRSTUVWXYZ";

/// Seventeen characters of the VIN alphabet. The check digit is right in North America only, so it
/// is not part of this: see [`vin_digit`].
pub fn is_vin(text: &str) -> bool {
    text.len() == 17 && text.bytes().all(|b| b.is_ascii_digit() || VIN_LETTERS.contains(&b))
}

/// Fifteen digits, Luhn right (3GPP TS 23.003).
pub fn is_imei(text: &str) -> bool {
    text.len() == 15 && all_digits(text) && text.ends_with(luhn_digit(&text[..14]))
}

/// The check digit of an NHS number's first nine digits (mod 11); `None` where it would be 10 and
/// the number is never given out.
pub fn nhs_digit(nine: &str) -> Option<char> {
    let sum: u32 = nine.bytes().zip((2..=10).rev()).map(|(b, w)| u32::from(b - b'0') * w).sum();
    match 11 - sum % 11 {
        11 => Some('0'),
        10 => None,
        check => Some(char::from(b'0' + check as u8)),
    }
}

/// Ten digits, check digit right.
pub fn is_nhs(text: &str) -> bool {
    text.len() == 10
        && all_digits(text)
        && nhs_digit(&text[..9]).is_some_and(|check| text.ends_with(check))
}

/// The North American plan: area code and exchange begin with 2 to 9.
pub fn is_nanp(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    digits.len() == 10 && all_digits(digits) && bytes[0] >= b'2' && bytes[3] >= b'2'
}

/// Whether the area code or the exchange of a number of the North American plan is a service, such
/// as 911. Nobody has such a number, and people still type them.
pub fn is_nanp_service(digits: &str) -> bool {
    digits.get(1..3) == Some("11") || digits.get(4..6) == Some("11")
}

/// Length of the country code at the start of an E.164 number (ITU-T E.164, list of codes).
pub fn country_digits(digits: &str) -> usize {
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

/// States, territories and provinces of the US and Canada by name.
const STATES: &[&str] = &[
    "alabama",
    "alaska",
    "alberta",
    "american samoa",
    "arizona",
    "arkansas",
    "british columbia",
    "california",
    "colorado",
    "connecticut",
    "delaware",
    "district of columbia",
    "florida",
    "georgia",
    "guam",
    "hawaii",
    "idaho",
    "illinois",
    "indiana",
    "iowa",
    "kansas",
    "kentucky",
    "louisiana",
    "maine",
    "manitoba",
    "maryland",
    "massachusetts",
    "michigan",
    "minnesota",
    "mississippi",
    "missouri",
    "montana",
    "nebraska",
    "nevada",
    "new brunswick",
    "new hampshire",
    "new jersey",
    "new mexico",
    "new york",
    "newfoundland and labrador",
    "north carolina",
    "north dakota",
    "northern mariana islands",
    "northwest territories",
    "nova scotia",
    "nunavut",
    "ohio",
    "oklahoma",
    "ontario",
    "oregon",
    "pennsylvania",
    "prince edward island",
    "puerto rico",
    "quebec",
    "rhode island",
    "saskatchewan",
    "south carolina",
    "south dakota",
    "tennessee",
    "texas",
    "utah",
    "vermont",
    "virgin islands",
    "virginia",
    "washington",
    "west virginia",
    "wisconsin",
    "wyoming",
    "yukon",
];
/// Most letters of a state's code (ISO 3166-2 without its country).
const STATE_CODE_CHARS_MAX: usize = 3;

/// Whether a text may be a state: a code of one, or one of the US and Canada by name.
pub fn is_state(text: &str) -> bool {
    let text = text.trim();
    let code =
        text.len() <= STATE_CODE_CHARS_MAX && text.bytes().all(|b| b.is_ascii_alphanumeric());
    code || STATES.binary_search(&text.to_lowercase().as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published examples, and edges.
    #[test]
    fn truth_table() {
        type Line = (fn(&str) -> bool, &'static [&'static str], &'static [&'static str]);
        let table: &[Line] = &[
            (is_npi, &["1234567893", "1993999998"], &["1234567890", "3234567893", "123456789"]),
            (is_dea, &["AP5836727", "F91234563"], &["AP5836728", "QP5836727", "A15836727"]),
            (
                is_mbi,
                &["1EG4TE5MK73"],
                &["0EG4TE5MK73", "1SG4TE5MK73", "1EG4TE5MK7", "1EG4TE5MKA3"],
            ),
            (
                is_card,
                &["4111111111111111", "378282246310005", "5555555555554444", "6011111111111117"],
                &["4111111111111112", "9111111111111111", "41111111", ""],
            ),
            (
                is_iban,
                &["GB82WEST12345698765432", "DE89370400440532013000", "NO9386011117947"],
                &["GB83WEST12345698765432", "DE8937040044053201300O", "1289370400440532013000"],
            ),
            (is_imei, &["490154203237518"], &["490154203237517", "49015420323751"]),
            (is_nhs, &["9434765919", "4505577104"], &["9434765918", "943476591"]),
            (
                is_ssn,
                &["123456789", "772010001"],
                &["000121234", "666121234", "900121234", "123001234", "123450000"],
            ),
            (
                is_itin,
                &["900501234", "999991234"],
                &["900491234", "900661234", "900931234", "800701234"],
            ),
            (is_nanp, &["2125550142", "9115550142"], &["1125550142", "2121550142", "212555014"]),
            (is_nanp_service, &["9115550142", "2129110142"], &["2125550142"]),
            (is_vin, &["1M8GDM9AXKP042788"], &["1M8GDM9AXKP04278O", "1M8GDM9AXKP04278"]),
        ];
        for (at, (valid, right, wrong)) in table.iter().enumerate() {
            for text in *right {
                assert!(valid(text), "line {at}: {text}");
            }
            for text in *wrong {
                assert!(!valid(text), "line {at}: {text}");
            }
        }
        assert_eq!(vin_digit("1M8GDM9AXKP042788"), 'X');
        assert_eq!(vin_digit("11111111111111111"), '1');
    }

    #[test]
    fn states_are_codes_or_names() {
        assert!(STATES.is_sorted());
        assert!(["IL", "NSW", "Illinois", " new york "].into_iter().all(is_state));
        assert!(
            !["FOWL", "Springfield", "I L", ""]
                .into_iter()
                .any(|text| !text.is_empty() && is_state(text))
        );
    }
}

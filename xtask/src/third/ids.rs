//! Numbers of the third set: what they look like, and their check digits.

use fastrand::Rng;

/// Letters that are seldom mistaken for digits.
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPRSTUVWXY";

/// Writes a shape: `#` a digit, `%` a digit but none, `@` a letter, `&` either, `~` a hex digit.
pub(super) fn fill(rng: &mut Rng, shape: &str) -> String {
    let letter = |rng: &mut Rng| char::from(LETTERS[rng.usize(..LETTERS.len())]);
    let place = |c| match c {
        '#' => rng.digit(10),
        '%' => char::from(b'1' + rng.u8(..9)),
        '@' => letter(rng),
        '&' if rng.bool() => rng.digit(10),
        '&' => letter(rng),
        '~' => rng.digit(16),
        other => other,
    };
    shape.chars().map(place).collect()
}

/// Writes one of several shapes.
pub(super) fn one(rng: &mut Rng, shapes: &[&str]) -> String {
    let shape = shapes[rng.usize(..shapes.len())];
    fill(rng, shape)
}

fn value(c: char) -> u32 {
    c.to_digit(10).unwrap_or(0)
}

/// The check digit of Luhn behind these digits.
pub(super) fn luhn(body: &str) -> u32 {
    let sum: u32 = body
        .chars()
        .rev()
        .enumerate()
        .map(|(at, c)| {
            let twice = value(c) * if at % 2 == 0 { 2 } else { 1 };
            twice / 10 + twice % 10
        })
        .sum();
    (10 - sum % 10) % 10
}

/// Numbers in groups of those lengths; what is left over is a group of its own.
pub(super) fn grouped(number: &str, lengths: &[usize], between: &str) -> String {
    let (mut parts, mut rest) = (Vec::new(), number);
    for &length in lengths {
        if rest.len() <= length {
            break;
        }
        let (part, behind) = rest.split_at(length);
        parts.push(part);
        rest = behind;
    }
    parts.push(rest);
    parts.join(between)
}

pub(super) fn npi(rng: &mut Rng) -> String {
    let body = one(rng, &["1########", "1########", "2########"]);
    let check = luhn(&format!("80840{body}"));
    format!("{body}{check}")
}

/// A DEA number of somebody with that family name.
pub(super) fn dea(rng: &mut Rng, family: &str) -> String {
    let initial = family.chars().find(char::is_ascii_alphabetic).unwrap_or('X');
    let digits = fill(rng, "######");
    let at = |n: usize| digits[n..=n].parse::<u32>().unwrap_or(0);
    let check = (at(0) + at(2) + at(4) + 2 * (at(1) + at(3) + at(5))) % 10;
    let kind = ["A", "B", "F", "M"][rng.usize(..4)];
    format!("{kind}{}{digits}{check}", initial.to_ascii_uppercase())
}

pub(super) fn card(rng: &mut Rng) -> String {
    let body =
        one(rng, &["4##############", "51#############", "54#############", "37############"]);
    let number = format!("{body}{}", luhn(&body));
    let between = ["", " ", "-", " "][rng.usize(..4)];
    let lengths: &[usize] = if number.len() == 15 { &[4, 6] } else { &[4, 4, 4] };
    grouped(&number, lengths, between)
}

pub(super) fn imei(rng: &mut Rng) -> String {
    let body = fill(rng, "35############");
    format!("{body}{}", luhn(&body))
}

pub(super) fn nhs(rng: &mut Rng) -> String {
    loop {
        let body = one(rng, &["4########", "6########", "7########"]);
        let sum: u32 = body.chars().zip((2..=10).rev()).map(|(c, by)| value(c) * by).sum();
        let check = (11 - sum % 11) % 11;
        if check < 10 {
            return grouped(&format!("{body}{check}"), &[3, 3], [" ", " ", ""][rng.usize(..3)]);
        }
    }
}

pub(super) fn aba(rng: &mut Rng) -> String {
    let body = one(rng, &["0#######", "1#######", "2#######", "3#######"]);
    let sum: u32 = body.chars().zip([3, 7, 1].into_iter().cycle()).map(|(c, w)| value(c) * w).sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

pub(super) fn mbi(rng: &mut Rng) -> String {
    const ALPHABET: &[u8] = b"ACDEFGHJKMNPQRTUVWXY";
    let mut out = String::new();
    for place in "CAXNAXNAANN".chars() {
        let letter = char::from(ALPHABET[rng.usize(..ALPHABET.len())]);
        out.push(match place {
            'C' => char::from(b'1' + rng.u8(..9)),
            'A' => letter,
            'X' if rng.bool() => letter,
            _ => rng.digit(10),
        });
    }
    grouped(&out, &[4, 3], ["-", "", ""][rng.usize(..3)])
}

/// The remainder by 97 of a number with letters, as ISO 7064 has it.
pub(super) fn mod97(text: &str) -> u32 {
    text.chars().fold(0, |sum, c| match c.to_digit(36) {
        Some(v) if v > 9 => (sum * 100 + v) % 97,
        Some(v) => (sum * 10 + v) % 97,
        None => sum,
    })
}

pub(super) fn iban(rng: &mut Rng) -> String {
    let (land, body) = match rng.u8(..4) {
        0 => ("DE", fill(rng, "%#################")),
        1 => ("GB", fill(rng, "NWBK%#############")),
        2 => ("ES", fill(rng, "%###################")),
        _ => ("NL", fill(rng, "INGB0#########")),
    };
    let check = 98 - mod97(&format!("{body}{land}00"));
    let number = format!("{land}{check:02}{body}");
    if rng.bool() { number } else { grouped(&number, &[4; 6], " ") }
}

/// The check digit of a VIN, at its ninth place.
pub(super) fn vin_check(vin: &str) -> char {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let worth = |c: char| match c {
        'A' | 'J' => 1,
        'B' | 'K' | 'S' => 2,
        'C' | 'L' | 'T' => 3,
        'D' | 'M' | 'U' => 4,
        'E' | 'N' | 'V' => 5,
        'F' | 'W' => 6,
        'G' | 'P' | 'X' => 7,
        'H' | 'Y' => 8,
        'R' | 'Z' => 9,
        other => value(other),
    };
    let sum: u32 = vin.chars().zip(WEIGHTS).map(|(c, weight)| worth(c) * weight).sum();
    if sum % 11 == 10 { 'X' } else { char::from_digit(sum % 11, 10).unwrap_or('0') }
}

pub(super) fn vin(rng: &mut Rng) -> String {
    let body = one(
        rng,
        &["1FT%W1E5#_@F@######", "2HGFC2F5#_H######", "5YJ3E1EA#_F######", "1G1ZD5ST#_F######"],
    );
    let mut vin: String = body.chars().filter(|c| *c != '_').take(17).collect();
    while vin.len() < 17 {
        vin.push(rng.digit(10));
    }
    let check = vin_check(&format!("{}0{}", &vin[..8], &vin[9..]));
    vin.replace_range(8..9, &check.to_string());
    vin
}

pub(super) fn ssn(rng: &mut Rng) -> String {
    let area = loop {
        let area = rng.u16(1..900);
        if area != 666 {
            break area;
        }
    };
    let (group, serial) = (rng.u8(1..100), rng.u16(1..10_000));
    let between = ["-", "-", "-", " ", ""][rng.usize(..5)];
    format!("{area:03}{between}{group:02}{between}{serial:04}")
}

pub(super) fn itin(rng: &mut Rng) -> String {
    format!("9{:02}-{}-{}", rng.u8(..100), rng.u8(70..89), fill(rng, "%###"))
}

pub(super) fn udi(rng: &mut Rng) -> String {
    let body = fill(rng, "0081#########");
    let sum: u32 =
        body.chars().zip([3, 1].into_iter().cycle()).map(|(c, weight)| value(c) * weight).sum();
    let check = (10 - sum % 10) % 10;
    format!("(01){body}{check}{}", one(rng, &["(21)@@######", "(17)2#0%15(10)@####(21)######"]))
}

pub(super) fn ip(rng: &mut Rng) -> String {
    match rng.u8(..5) {
        0 => format!("2001:db8:{}::{}", fill(rng, "~~~~"), fill(rng, "%~")),
        1 => format!("10.{}.{}.{}", rng.u8(..), rng.u8(..), rng.u8(1..)),
        2 => format!("172.{}.{}.{}", rng.u8(16..32), rng.u8(..), rng.u8(1..)),
        3 => format!("192.168.{}.{}", rng.u8(..), rng.u8(1..)),
        _ => format!("{}.{}.{}.{}", rng.u8(24..209), rng.u8(..), rng.u8(..), rng.u8(1..)),
    }
}

pub(super) fn mac(rng: &mut Rng) -> String {
    let between = if rng.bool() { ":" } else { "-" };
    fill(rng, &["~~"; 6].join(between)).to_uppercase()
}

pub(super) fn uuid(rng: &mut Rng) -> String {
    fill(rng, "~~~~~~~~-~~~~-4~~~-b~~~-~~~~~~~~~~~~")
}

/// A telephone number of the North American plan.
pub(super) fn phone(rng: &mut Rng, area: &str) -> String {
    let exchange =
        if rng.u8(..3) == 0 { "555".to_string() } else { one(rng, &["2##", "4##", "6##", "7##"]) };
    let line = if exchange == "555" { fill(rng, "01##") } else { fill(rng, "####") };
    match rng.u8(..16) {
        0..=4 => format!("({area}) {exchange}-{line}"),
        5..=9 => format!("{area}-{exchange}-{line}"),
        10 => format!("{area}.{exchange}.{line}"),
        11 => format!("{area} {exchange} {line}"),
        12 => format!("{area}{exchange}{line}"),
        13 => format!("1-{area}-{exchange}-{line}"),
        14 => format!("+1 {area} {exchange} {line}"),
        _ => format!("({area}){exchange}-{line}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> String {
        text.chars().filter(char::is_ascii_digit).collect()
    }

    /// The digits end with their check digit.
    fn luhn_holds(number: &str) -> bool {
        let (body, check) = number.split_at(number.len() - 1);
        luhn(body).to_string() == check
    }

    #[test]
    fn published_examples_hold() {
        assert!(luhn_holds("808401234567893"), "the NPI of CMS's example");
        assert!(luhn_holds("4111111111111111"));
        assert!(luhn_holds("490154203237518"), "an IMEI");
        assert_eq!(vin_check("1M8GDM9A0KP042788"), 'X');
        assert_eq!(mod97("WEST12345698765432GB82"), 1);
    }

    #[test]
    fn check_digits_are_right() {
        for seed in 0..500 {
            let rng = &mut Rng::with_seed(seed);
            assert!(luhn_holds(&format!("80840{}", npi(rng))));
            assert!(luhn_holds(&digits(&card(rng))));
            assert!(luhn_holds(&imei(rng)));
            let car = vin(rng);
            assert_eq!(car.len(), 17, "{car}");
            let at_nine = car.chars().nth(8).expect("17 places");
            assert_eq!(vin_check(&format!("{}0{}", &car[..8], &car[9..])), at_nine);
            let account: String = iban(rng).split(' ').collect();
            assert_eq!(mod97(&format!("{}{}", &account[4..], &account[..4])), 1, "{account}");
            let number = dea(rng, "O'Neal");
            let at = |n: usize| value(number.chars().nth(n).expect("nine places"));
            let sum = at(2) + at(4) + at(6) + 2 * (at(3) + at(5) + at(7));
            assert_eq!(sum % 10, at(8), "{number}");
            let number = digits(&nhs(rng));
            let sum: u32 = number.chars().zip((1..=10).rev()).map(|(c, by)| value(c) * by).sum();
            assert_eq!(sum % 11, 0, "{number}");
            let number = aba(rng);
            let weights = [3, 7, 1].into_iter().cycle();
            assert_eq!(number.chars().zip(weights).map(|(c, w)| value(c) * w).sum::<u32>() % 10, 0);
            assert_eq!(mbi(rng).replace('-', "").len(), 11);
            assert!(digits(&ssn(rng)).len() == 9 && digits(&itin(rng)).len() == 9);
        }
    }
}

//! Identifiers that format-preserving encryption takes: for each class, what the cipher sees of the
//! canonical value (the core), and how a whole identifier is made of a core again. Check digits are
//! no part of a core; they are made anew. [`IDENTIFIERS`] is the table.

use crate::keys::Way;
use crate::phi::{
    Alphabet, Class, Code, DIGITS, HEX, LETTERS, MBI_LETTERS, Shape, VIN_LETTERS, card_network,
    country_digits, dea_digit, iban_digits, is_card, is_dea, is_iban, is_imei, is_itin, is_mbi,
    is_nanp, is_nanp_service, is_nhs, is_npi, is_ssn, is_vin, luhn_digit, nhs_digit, npi_digit,
    vin_digit,
};
use core::net::{Ipv4Addr, Ipv6Addr};

/// Which alphabet each character of a core is of.
#[derive(Clone, Copy)]
pub(super) enum Numerals<'a> {
    /// All of one: FF1 takes the core as a string of this radix.
    One(&'a Alphabet),
    /// Each of its own: the core is a number in mixed radix, and FF1 takes that. A character of
    /// `place` and of what becomes of it have the same alphabet.
    Each(fn(place: usize, b: u8) -> &'static Alphabet),
    /// As the site's shape says.
    Shaped(&'a Shape),
}

/// What became of a core.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It makes an identifier.
    Whole,
    /// It makes none: the cipher walks on.
    Walk,
    /// No value has such a token.
    Refused,
}

/// The table's way of saying yes and no.
fn when(whole: bool) -> Fate {
    if whole { Fate::Whole } else { Fate::Walk }
}

type Open = fn(Way, &str, &mut String) -> Result<Numerals<'static>, Code>;
type Close = fn(Way, &str, &str, &mut String) -> Fate;

/// One line of the table.
pub struct IdentifierEntry {
    /// The class.
    pub class: Class,
    /// What FF1 encrypts, and what is kept or made anew.
    pub what: &'static str,
    /// Appends the core of a canonical value. Refuses what is not of the class's layout.
    pub(super) open: Open,
    /// Appends the identifier that a core of `value`'s kind makes.
    pub(super) close: Close,
}

impl IdentifierEntry {
    /// How many cores the cipher tells apart where it meets `value`, before it walks; `None` where
    /// the value is not of the layout, and `u128::MAX` for more than fit.
    pub fn domain(&self, value: &str) -> Option<u128> {
        let mut core = String::new();
        let numerals = (self.open)(Way::Encrypt, value, &mut core).ok()?;
        let radix = |alphabet: &Alphabet| u128::from(alphabet.radix());
        Some(match numerals {
            Numerals::One(alphabet) => {
                radix(alphabet).checked_pow(core.len() as u32).unwrap_or(u128::MAX)
            }
            Numerals::Each(which) => core
                .bytes()
                .enumerate()
                .fold(1, |size: u128, (at, b)| size.saturating_mul(radix(which(at, b)))),
            Numerals::Shaped(shape) => shape.size(),
        })
    }

    /// Whether a canonical text has the layout of a token of this class.
    pub fn accepts(&self, text: &str) -> bool {
        (self.open)(Way::Decrypt, text, &mut String::new()).is_ok()
    }
}

impl std::fmt::Debug for IdentifierEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "IdentifierEntry({})", self.class)
    }
}

/// The table of identifiers with a format that FF1 keeps.
pub const IDENTIFIERS: &[IdentifierEntry] = &[
    IdentifierEntry {
        class: Class::Ssn,
        what: "nine digits, walked into the layout in which SSNs are issued",
        open: |_, value, core| whole(is_ssn(value), value, core),
        close: |_, _, core, out| valid(core, is_ssn, out),
    },
    IdentifierEntry {
        class: Class::Itin,
        what: "the eight digits behind the 9, walked into the groups that the IRS gives out",
        open: |_, value, core| whole(is_itin(value), value.get(1..).unwrap_or(""), core),
        close: |_, _, core, out| joined(&["9", core], is_itin, out),
    },
    record(Class::Mrn),
    IdentifierEntry {
        class: Class::NhsNumber,
        what: "nine digits, walked to one with a check digit; the check digit is made anew",
        open: |_, value, core| whole(is_nhs(value), value.get(..9).unwrap_or(""), core),
        close: |_, _, core, out| match nhs_digit(core) {
            None => Fate::Walk,
            Some(check) => {
                out.push_str(core);
                out.push(check);
                Fate::Whole
            }
        },
    },
    record(Class::MemberId),
    IdentifierEntry {
        class: Class::Mbi,
        what: "all eleven places, each in its own alphabet (mixed radix)",
        open: |_, value, core| {
            whole(is_mbi(value), value, core).map(|_| Numerals::Each(|place, _| mbi(place)))
        },
        close: |_, _, core, out| valid(core, is_mbi, out),
    },
    record(Class::Account),
    IdentifierEntry {
        class: Class::Card,
        what: "all but the first digit and the check digit, walked to the card's own network; the check digit is made anew",
        open: |_, value, core| {
            let valid = is_card(value);
            whole(valid, if valid { &value[1..value.len() - 1] } else { "" }, core)
        },
        close: |_, value, core, out| {
            let start = out.len();
            out.push_str(&value[..1]);
            out.push_str(core);
            let check = luhn_digit(&out[start..]);
            out.push(check);
            when(card_network(&out[start..]) == card_network(value))
        },
    },
    IdentifierEntry {
        class: Class::Iban,
        what: "the account behind the country, digits for digits and letters for letters (mixed radix); the check digits are made anew",
        open: |_, value, core| {
            let account = if is_iban(value) { &value[4..] } else { "" };
            whole(!account.is_empty(), account, core).map(|_| Numerals::Each(by_kind))
        },
        close: |_, value, core, out| {
            let [a, b] = iban_digits(&value[..2], core);
            out.push_str(&value[..2]);
            out.extend([char::from(a), char::from(b)]);
            out.push_str(core);
            Fate::Whole
        },
    },
    record(Class::License),
    record(Class::DriverLicense),
    record(Class::Passport),
    IdentifierEntry {
        class: Class::Dea,
        what: "the second letter and six digits (mixed radix); the registrant's type is kept, the check digit is made anew",
        open: |_, value, core| {
            let inner = if is_dea(value) { &value[1..8] } else { "" };
            whole(!inner.is_empty(), inner, core).map(|_| {
                Numerals::Each(|place, _| if place == 0 { &DEA_INITIALS } else { &DIGITS })
            })
        },
        close: |_, value, core, out| {
            out.push_str(&value[..1]);
            out.push_str(core);
            out.push(dea_digit(&core[1..]));
            Fate::Whole
        },
    },
    record(Class::Vehicle),
    IdentifierEntry {
        class: Class::Vin,
        what: "digits for digits and letters for letters (mixed radix); a right check digit is made anew, a place that is none is encrypted too",
        open: |_, value, core| {
            if !is_vin(value) {
                return Err(Code::OutsideAlphabet);
            }
            match checked_vin(value) {
                true => core.extend([&value[..8], &value[9..]]),
                false => core.push_str(value),
            }
            Ok(Numerals::Each(|_, b| if b.is_ascii_digit() { &DIGITS } else { &VIN_ALPHABET }))
        },
        close: |_, value, core, out| {
            let start = out.len();
            if !checked_vin(value) {
                out.push_str(core);
                return when(!checked_vin(core));
            }
            // The ninth place counts nothing in its own sum.
            out.extend([&core[..8], "0", &core[8..]]);
            let check = vin_digit(&out[start..]);
            out.truncate(start + 8);
            out.push(check);
            out.push_str(&core[8..]);
            Fate::Whole
        },
    },
    record(Class::Device),
    IdentifierEntry {
        class: Class::Imei,
        what: "fourteen digits; the check digit is made anew",
        open: |_, value, core| whole(is_imei(value), value.get(..14).unwrap_or(""), core),
        close: |_, _, core, out| {
            out.push_str(core);
            out.push(luhn_digit(core));
            Fate::Whole
        },
    },
    phone(Class::Phone),
    phone(Class::Fax),
    IdentifierEntry {
        class: Class::Email,
        what: "the whole address, up to 64 characters, which becomes the part in front of @tokens.invalid",
        open: open_email,
        close: close_email,
    },
    IdentifierEntry {
        class: Class::Url,
        what: "the whole address, up to 256 characters, which becomes the query of https://tokens.invalid/",
        open: open_url,
        close: |way, _, core, out| {
            let given = |c| URL_VALUE.iter().find(|(_, token)| *token == c).map_or(c, |(v, _)| *v);
            match way {
                Way::Encrypt => out.extend([TOKEN_SITE, core]),
                Way::Decrypt => out.extend(core.chars().map(given)),
            }
            Fate::Whole
        },
    },
    IdentifierEntry {
        class: Class::Ip,
        what: "32 bits of an IPv4 address, 128 bits of an IPv6 address",
        open: open_ip,
        close: close_ip,
    },
    record(Class::Claim),
    IdentifierEntry {
        class: Class::Uuid,
        what: "all but the version's digit, times and nodes included; the variant is kept",
        open: open_uuid,
        close: close_uuid,
    },
    IdentifierEntry {
        class: Class::FhirId,
        what: "a UUID as a UUID, digits as digits, anything else as letters, digits, dashes and points",
        open: open_fhir_id,
        close: |way, value, core, out| match fhir_kind(value) {
            FhirKind::Uuid => close_uuid(way, value, core, out),
            kind => {
                let start = out.len();
                out.push_str(core);
                when(fhir_kind(&out[start..]) == kind)
            }
        },
    },
    record(Class::UniqueId),
    IdentifierEntry {
        class: Class::Npi,
        what: "eight digits; the first is kept, the check digit is made anew",
        open: |_, value, core| whole(is_npi(value), value.get(1..9).unwrap_or(""), core),
        close: |_, value, core, out| {
            let start = out.len();
            out.extend([&value[..1], core]);
            let check = npi_digit(&out[start..]);
            out.push(check);
            Fate::Whole
        },
    },
];

/// The line of a class, if FF1 takes it.
pub fn identifier(class: Class) -> Option<&'static IdentifierEntry> {
    IDENTIFIERS.iter().find(|entry| entry.class == class)
}

/// A number without a law of its own: digits stay digits, letters stay letters.
const fn record(class: Class) -> IdentifierEntry {
    IdentifierEntry {
        class,
        what: "digits for digits and letters for letters, or what the site's `shape` says",
        open: |_, value, core| {
            let known = |b: u8| b.is_ascii_digit() || b.is_ascii_uppercase();
            let numerals = match value.bytes().all(|b| b.is_ascii_digit()) {
                true => Numerals::One(&DIGITS),
                false => Numerals::Each(by_kind),
            };
            whole(value.bytes().all(known), value, core).map(|_| numerals)
        },
        close: |_, _, core, out| {
            out.push_str(core);
            Fate::Whole
        },
    }
}

const fn phone(class: Class) -> IdentifierEntry {
    IdentifierEntry {
        class,
        what: "the number behind its country code; of the North American plan, walked to an area code and an exchange of the plan",
        open: |_, value, core| {
            let digits = value.strip_prefix('+').ok_or(Code::OutsideAlphabet)?;
            let national = digits.get(country_digits(digits)..).unwrap_or("");
            let plan = !digits.starts_with('1') || is_nanp(national);
            whole(plan && digits.bytes().all(|b| b.is_ascii_digit()), national, core)
        },
        close: |_, value, core, out| {
            let country = country_digits(&value[1..]);
            out.extend([&value[..=country], core]);
            // A number that nobody can have gets a token that nobody can have.
            let plan = || is_nanp(core) && is_nanp_service(core) == is_nanp_service(&value[2..]);
            when(!value.starts_with("+1") || plan())
        },
    }
}

fn whole(legal: bool, core: &str, out: &mut String) -> Result<Numerals<'static>, Code> {
    if !legal {
        return Err(Code::OutsideAlphabet);
    }
    out.push_str(core);
    Ok(Numerals::One(&DIGITS))
}

fn valid(core: &str, is: fn(&str) -> bool, out: &mut String) -> Fate {
    out.push_str(core);
    when(is(core))
}

fn joined(parts: &[&str], is: fn(&str) -> bool, out: &mut String) -> Fate {
    let start = out.len();
    out.extend(parts.iter().copied());
    when(is(&out[start..]))
}

fn by_kind(_: usize, b: u8) -> &'static Alphabet {
    if b.is_ascii_digit() { &DIGITS } else { &LETTERS }
}

static MBI_ALPHABET: Alphabet = Alphabet::of(MBI_LETTERS);
static MBI_FIRST: Alphabet = Alphabet::of(b"123456789");
static MBI_EITHER: Alphabet = Alphabet::of(b"0123456789ACDEFGHJKMNPQRTUVWXY");
static VIN_ALPHABET: Alphabet = Alphabet::of(VIN_LETTERS);
static DEA_INITIALS: Alphabet = Alphabet::of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ9");

fn mbi(place: usize) -> &'static Alphabet {
    match place {
        0 => &MBI_FIRST,
        1 | 4 | 7 | 8 => &MBI_ALPHABET,
        2 | 5 => &MBI_EITHER,
        _ => &DIGITS,
    }
}

fn checked_vin(value: &str) -> bool {
    value[8..9].starts_with(vin_digit(value))
}

/// Where tokens of e-mail addresses live: `.invalid` is nobody's (RFC 2606).
const TOKEN_MAIL: &str = "@tokens.invalid";
/// Where tokens of web addresses live.
const TOKEN_SITE: &str = "https://tokens.invalid/?";
/// The longest local part of an address (RFC 5321).
const LOCAL_PART_MAX: usize = 64;
/// `=` stands for the `@` of the address: both are legal in front of the token's own.
static MAIL: Alphabet = Alphabet::of(b"abcdefghijklmnopqrstuvwxyz0123456789._-+%'=");

/// Both directions walk in one set: no point at an end, no two in a row.
fn is_mail_core(core: &str) -> bool {
    !core.starts_with('.') && !core.ends_with('.') && !core.contains("..")
}

fn open_email(way: Way, value: &str, core: &mut String) -> Result<Numerals<'static>, Code> {
    let start = core.len();
    match way {
        Way::Decrypt => core.push_str(value.strip_suffix(TOKEN_MAIL).ok_or(Code::OutsideAlphabet)?),
        Way::Encrypt if value.contains('=') || value.matches('@').count() != 1 => {
            return Err(Code::OutsideAlphabet);
        }
        Way::Encrypt => core.extend(value.chars().map(|c| if c == '@' { '=' } else { c })),
    }
    let text = &core[start..];
    let legal = text.len() <= LOCAL_PART_MAX && text.bytes().all(|b| MAIL.numeral(b).is_some());
    if legal && is_mail_core(text) { Ok(Numerals::One(&MAIL)) } else { Err(Code::OutsideAlphabet) }
}

fn close_email(way: Way, _: &str, core: &str, out: &mut String) -> Fate {
    if !is_mail_core(core) {
        return Fate::Walk;
    }
    match way {
        Way::Encrypt => out.extend([core, TOKEN_MAIL]),
        Way::Decrypt if core.matches('=').count() != 1 => return Fate::Refused,
        Way::Decrypt => out.extend(core.chars().map(|c| if c == '=' { '@' } else { c })),
    }
    Fate::Whole
}

/// A query may hold these (RFC 3986), and `!` and `*` stand for what it may not: `#` and `%`.
static URL: Alphabet = Alphabet::of(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~$&'()+,;=:@/?!*",
);
const URL_VALUE: [(char, char); 2] = [('#', '!'), ('%', '*')];

fn open_url(way: Way, value: &str, core: &mut String) -> Result<Numerals<'static>, Code> {
    let start = core.len();
    match way {
        Way::Decrypt => core.push_str(value.strip_prefix(TOKEN_SITE).ok_or(Code::OutsideAlphabet)?),
        // The stand-ins are no part of a value.
        Way::Encrypt if value.contains(['!', '*']) => return Err(Code::OutsideAlphabet),
        Way::Encrypt => {
            let stand_in =
                |c| URL_VALUE.iter().find(|(value, _)| *value == c).map_or(c, |(_, token)| *token);
            core.extend(value.chars().map(stand_in));
        }
    }
    match core[start..].bytes().all(|b| URL.numeral(b).is_some()) {
        true => Ok(Numerals::One(&URL)),
        false => Err(Code::OutsideAlphabet),
    }
}

fn open_ip(_: Way, value: &str, core: &mut String) -> Result<Numerals<'static>, Code> {
    use std::fmt::Write;
    // Writing to a String cannot fail.
    let _ = match value.parse::<Ipv4Addr>() {
        Ok(address) => write!(core, "{:08x}", address.to_bits()),
        Err(_) => {
            let address: Ipv6Addr = value.parse().map_err(|_| Code::OutsideAlphabet)?;
            write!(core, "{:032x}", address.to_bits())
        }
    };
    Ok(Numerals::One(&HEX))
}

fn close_ip(_: Way, _: &str, core: &str, out: &mut String) -> Fate {
    use std::fmt::Write;
    let bits = u128::from_str_radix(core, 16).unwrap_or(0);
    // Writing to a String cannot fail.
    let _ = match core.len() {
        8 => write!(out, "{}", Ipv4Addr::from_bits(bits as u32)),
        _ => write!(out, "{}", Ipv6Addr::from_bits(bits)),
    };
    Fate::Whole
}

fn is_uuid(value: &str) -> bool {
    value.len() == 36
        && value.bytes().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => b == b'-',
            _ => HEX.numeral(b).is_some(),
        })
}

/// The digit behind which the version stands, in a UUID with dashes.
const VERSION_AT: usize = 14;
/// The variant's digit among the 31 of a core.
const VARIANT_AT: usize = 15;

fn open_uuid(_: Way, value: &str, core: &mut String) -> Result<Numerals<'static>, Code> {
    if !is_uuid(value) {
        return Err(Code::OutsideAlphabet);
    }
    let digits = value.char_indices().filter(|&(at, c)| c != '-' && at != VERSION_AT);
    core.extend(digits.map(|(_, c)| c));
    Ok(Numerals::One(&HEX))
}

fn close_uuid(_: Way, value: &str, core: &str, out: &mut String) -> Fate {
    // The variant of RFC 9562 is 8, 9, a or b.
    let rfc = |b: u8| matches!(b, b'8' | b'9' | b'a' | b'b');
    let mut digits = core.chars();
    for (at, c) in value.char_indices() {
        match at {
            VERSION_AT => out.push(c),
            _ if c == '-' => out.push(c),
            _ => out.extend(digits.next()),
        }
    }
    when(rfc(core.as_bytes()[VARIANT_AT]) == rfc(value.as_bytes()[19]))
}

static FHIR: Alphabet =
    Alphabet::of(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-.");

#[derive(PartialEq, Eq)]
enum FhirKind {
    Uuid,
    Digits,
    Other,
}

fn fhir_kind(value: &str) -> FhirKind {
    if is_uuid(value) {
        FhirKind::Uuid
    } else if value.bytes().all(|b| b.is_ascii_digit()) {
        FhirKind::Digits
    } else {
        FhirKind::Other
    }
}

fn open_fhir_id(way: Way, value: &str, core: &mut String) -> Result<Numerals<'static>, Code> {
    match fhir_kind(value) {
        FhirKind::Uuid => open_uuid(way, value, core),
        kind => {
            if !value.bytes().all(|b| FHIR.numeral(b).is_some()) {
                return Err(Code::OutsideAlphabet);
            }
            core.push_str(value);
            Ok(Numerals::One(if kind == FhirKind::Digits { &DIGITS } else { &FHIR }))
        }
    }
}

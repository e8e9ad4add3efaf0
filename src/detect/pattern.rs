//! Layer `pattern`: shapes that say what they are, each with a validator or a label. They read the
//! normal form: its dashes, spaces, quotes and digits are those of ASCII.

use super::known::Known;
use super::shapes::{self, Shapes};
use super::{Finding, Layer, PATTERN_SCORE, Written};
use crate::phi::{
    Class, Form, Span, digit_of, is_card, is_dea, is_iban, is_mbi, is_npi, is_vin, partial_date,
    vin_digit, written_date,
};
use regex::Regex;
use std::sync::LazyLock;
use weir_tagger::Listed;
use zeroize::Zeroizing;

/// The rule of names like `SMITH^JANE`. Words in front of one may be part of it.
pub(super) const HL7_NAME: &str = "name of HL7";

struct Pattern {
    /// Its name, for people who ask why something was found.
    name: &'static str,
    class: Class,
    /// The value is group `v`, or the whole match.
    shape: &'static str,
    valid: fn(&str) -> Reading,
}

/// What a validator makes of a match.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// It is what the pattern says.
    Sure,
    /// It counts only where the record knows the date.
    IfKnown,
    /// It is something else.
    No,
}

/// The months' names, whole or abbreviated.
macro_rules! month {
    () => {
        r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
    };
}
/// What may part two groups of digits.
macro_rules! joint {
    () => {
        r"\s?[\-\s._/]\s?"
    };
}
/// What stands in front of digits that are not the end of longer ones.
macro_rules! front {
    () => {
        r"(?:^|[^\d])"
    };
}

/// Ages above 89 in words.
macro_rules! in_words {
    () => {
        r"ninety(?:[\-\s](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a|one) hundred(?:(?: and)?[\-\s](?:one|two|three|four|five|six|seven|eight|nine))?"
    };
}
/// Figures in groups of about one length, a space between them: what stands behind `12 34 56` may be an age.
macro_rules! grouped {
    () => {
        r"(?:\d{2}(?:\s\d{2}){2,4}|\d{3}(?:\s\d{3}){1,3}|\d{4}(?:\s\d{4}){1,3}|\d{4}\s\d{3}|\d{3}\s\d{4}|\d{3}\s\d{2}\s\d{4}|\d{2}\s\d{2}\s\d{3}|\d(?:\s\d){5,11})"
    };
}

/// A number of a record behind its label. `strict` labels are ordinary words: a colon, a sign or a word like
/// "number" must follow; behind `loose` ones the number may follow at once.
macro_rules! numbered {
    (strict, $label:literal) => {
        concat!(
            r"(?i)\b(?:",
            $label,
            r")(?:\s?[:#=]\s?#?|[ \t]{3,40}|\t|\s{1,2}(?:number|num|no\.?|nbr|id|identifier|code)\b\.?(?:\s?[:#=]{1,2}|\s(?:is|was))?\s?#?|\s?#\s?)\s{0,2}",
            numbered!(value)
        )
    };
    (loose, $label:literal) => {
        concat!(
            r"(?i)\b(?:",
            $label,
            r")(?:\s{0,2}(?:number|num|no\.?|nbr|id|ids|#|code|identifier)){0,2}[\s:#.=]{0,4}(?:is\s|was\s)?\s{0,2}",
            numbered!(value)
        )
    };
    (value) => {
        r"(?P<v>[a-z0-9](?:[a-z0-9]|[\-._/][a-z0-9]){2,30}|\d{2,6}(?:\s\d{2,6}){1,5})"
    };
}

const PATTERNS: &[Pattern] = &[
    Pattern {
        name: "date in figures",
        class: Class::Date,
        shape: concat!(
            front!(),
            r"(?P<v>\d{4}\s?/\s?\d{1,2}\s?/\s?\d{1,2}|\d{1,2}\s?/\s?\d{1,2}\s?/\s?(?:\d{4}|\d{2})|\d{4}\s?\.\s?\d{1,2}\s?\.\s?\d{1,2}|\d{1,2}\s?\.\s?\d{1,2}\s?\.\s?(?:\d{4}|\d{2})|\d{4}\s?\-\s?\d{1,2}\s?\-\s?\d{1,2}|\d{1,2}\s?\-\s?\d{1,2}\s?\-\s?(?:\d{4}|\d{2})|(?:19|20)\d{6}(?:\d{4}(?:\d{2})?)?)"
        ),
        valid: whole_date,
    },
    Pattern {
        name: "date in figures, parted by spaces",
        class: Class::Date,
        shape: concat!(front!(), r"(?P<v>\d{1,2}\s\d{1,2}\s\d{4}|\d{4}\s\d{1,2}\s\d{1,2})"),
        valid: |text| if whole_date(text) == Reading::No { Reading::No } else { Reading::IfKnown },
    },
    Pattern {
        name: "month day year",
        class: Class::Date,
        shape: concat!(
            r"(?:^|[^A-Za-z\x80-\xff])(?P<v>",
            month!(),
            r"[\s\-]{1,3}\d{1,2}(?i:st|nd|rd|th)?(?:,?[\s\-]{1,3}|,)(?:'\d{2}|\d{4}))"
        ),
        valid: whole_date,
    },
    Pattern {
        name: "day month year",
        class: Class::Date,
        shape: concat!(
            front!(),
            r"(?P<v>\d{1,2}(?i:st|nd|rd|th)?(?:\s{1,3}(?:of\s{1,3})?|[/\-]|)",
            month!(),
            r"(?:,?\s{1,3}|[/\-]|,|)(?:\d{4}|'?\d{2}))"
        ),
        valid: day_month_year,
    },
    // Parts of dates: they say when, and no shift can be put on them.
    Pattern {
        name: "month and year",
        class: Class::Date,
        shape: concat!(r"(?:^|[^A-Za-z\x80-\xff])(?P<v>", month!(), r"(?:,?\s{1,3}|[/\-])\d{4})"),
        valid: |text| when(is_month(text) && partial_date(text).is_some()),
    },
    Pattern {
        name: "month and day",
        class: Class::Date,
        shape: concat!(
            r"(?:^|[^A-Za-z\x80-\xff])(?P<v>",
            month!(),
            r"\s{1,3}(?:[12]\d|3[01]|0?[1-9])(?i:st|nd|rd|th)?)(?:$|[^\w.]|\.(?:$|\D))"
        ),
        valid: |text| when(is_month(text)),
    },
    Pattern {
        name: "day and month",
        class: Class::Date,
        shape: concat!(
            front!(),
            r"(?P<v>(?:[12]\d|3[01]|0?[1-9])(?i:st|nd|rd|th)?\s{1,3}(?:of\s{1,3})?",
            month!(),
            r")(?:$|[^A-Za-z\x80-\xff])"
        ),
        valid: |text| when(is_month(text.rsplit(char::is_whitespace).next().unwrap_or(text))),
    },
    Pattern {
        name: "day behind a word for when",
        class: Class::Date,
        shape: r"(?i)\b(?:since|until|dated|seen|admitted|discharged|born|dob)[\s:]{1,3}(?:on\s)?(?P<v>(?:1[0-2]|0?[1-9])/(?:[12]\d|3[01]|0?[1-9]))(?:$|[^\d/])",
        valid: sure,
    },
    Pattern {
        name: "month and year in figures",
        class: Class::Date,
        shape: r"(?:^|[^\d/.\-])(?P<v>(?:1[0-2]|0?[1-9])/(?:19|20)\d{2}|(?:19|20)\d{2}-(?:1[0-2]|0[1-9]))(?:$|[^\d/\-])",
        valid: sure,
    },
    Pattern {
        name: "year behind a word for birth",
        class: Class::BirthDate,
        shape: r"(?i)\b(?:born|b\.|d\.?o\.?b\.?|yob|birth year|year of birth)[\s:(]{0,3}(?:in\s{1,3})?(?P<v>(?:18|19|20)\d{2})\b",
        valid: sure,
    },
    Pattern {
        name: "age in years",
        class: Class::Age,
        shape: r"(?i)(?:^|[^\d.])(?P<v>\d{1,3})[\s\-]{0,2}(?:y\.?\s?/?\s?o\b|y(?:ea)?rs?\.?[\s\-]{1,3}(?:old|of age)\b)",
        valid: sure,
    },
    Pattern {
        name: "age behind its label",
        class: Class::Age,
        shape: r"(?i)\bage[ds]?(?:\s{1,2}|:\s?|\s(?:is|of)\s)(?P<v>\d{1,3})(?:$|[^\d.%]|\.(?:$|\D))",
        valid: sure,
    },
    Pattern {
        name: "SSN",
        class: Class::Ssn,
        shape: concat!(r"(?:^|[^\d\-])(?P<v>\d{3}", joint!(), r"\d{2}", joint!(), r"\d{4})"),
        valid: sure,
    },
    Pattern {
        name: "SSN behind its label",
        class: Class::Ssn,
        shape: r"(?i)\b(?:ssn|ss\s?#|social security)(?: ?(?:number|no\.?|#))?[\s:#=(\-]{0,4}(?:is\s)?\(?(?P<v>\d(?:[\s.\-]?\d){8})\b",
        valid: sure,
    },
    Pattern {
        name: "NHS number behind its label",
        class: Class::NhsNumber,
        shape: r"(?i)\bnhs(?:\s?(?:number|no\.?|#))?[\s:#=]{0,3}(?:is\s)?(?P<v>\d{3}[\s\-]?\d{3}[\s\-]?\d{4})",
        valid: sure,
    },
    Pattern {
        name: "telephone of North America",
        class: Class::Phone,
        shape: concat!(
            r"(?:^|[^\d])(?P<v>(?:\+?1",
            joint!(),
            r"|\+?1)?(?:\([2-9]\d{2}\)(?:",
            joint!(),
            r"|\s{0,2})|[2-9]\d{2}",
            joint!(),
            r")[2-9]\d{2}",
            joint!(),
            r"\d{4}(?:,?\s{0,2}(?i:x|ext\.?|extension)\s{0,2}\d{1,6})?)"
        ),
        valid: sure,
    },
    Pattern {
        name: "telephone with country code",
        class: Class::Phone,
        shape: r"(?P<v>\+\d{1,3}(?:[\s.\-]?\(?\d{1,5}\)?){2,6})",
        valid: |text| when((8..=15).contains(&text.chars().filter_map(digit_of).count())),
    },
    Pattern {
        name: "telephone behind its label",
        class: Class::Phone,
        shape: r"(?i)\b(?:phone|tel|telephone|cell|mobile|call|ph|fax)(?: ?(?:number|no\.?|#))?[\s.:#]{0,3}(?:is\s|at\s)?(?P<v>\d{10}(?:,?\s{0,2}(?:x|ext\.?|extension)\s{0,2}\d{1,6})?)",
        valid: sure,
    },
    Pattern {
        name: "e-mail",
        class: Class::Email,
        shape: r"[A-Za-z\x80-\xff\d][A-Za-z\x80-\xff\d._%+'-]*@(?:[A-Za-z\x80-\xff\d-]+\.)+[A-Za-z\x80-\xff]{2,}",
        valid: sure,
    },
    Pattern {
        name: "URL",
        class: Class::Url,
        shape: r#"(?i)\b(?:(?:https?|ftp)://|www\.|(?:facebook|instagram|linkedin|twitter|tiktok|youtube|github|x)\.com/)[^\s<>"'\])}]+"#,
        valid: sure,
    },
    Pattern {
        name: "IPv4",
        class: Class::Ip,
        shape: r"(?:^|[^\d.])(?P<v>(?:\d{1,3}\.){3}\d{1,3})(?:$|[^\d.]|\.(?:$|\D))",
        valid: |text| when(text.split('.').all(|octet| octet.parse::<u8>().is_ok())),
    },
    Pattern {
        name: "ZIP behind its label",
        class: Class::Zip,
        shape: r"(?i)\bzip(?:\s?code)?[\s:#]{0,3}(?:is\s)?(?P<v>\d{5}(?:-\d{4})?)\b",
        valid: sure,
    },
    Pattern {
        name: "ZIP behind a state",
        class: Class::Zip,
        shape: r"\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])[,\s]{1,2}(?P<v>\d{5}(?:-\d{4})?)\b",
        valid: sure,
    },
    Pattern {
        name: "MRN behind its label",
        class: Class::Mrn,
        shape: concat!(
            r"(?i)\b(?:mrns?|med(?:ical)?\.? rec(?:ord)?(?: (?:number|num|no\.?|#))?)[\s:#.]{0,4}(?:(?:is|was|of|no|at|number|on file)[\s:#.]{1,3})?(?P<v>",
            grouped!(),
            r"|[a-z]{0,3}[\- ]?\d(?:[\d\-_]{0,20}\d)?)\b"
        ),
        valid: sure,
    },
    Pattern {
        name: "record number behind its label",
        class: Class::Mrn,
        shape: concat!(
            r"(?i)\b(?:record (?:number|no\.?|#)|chart (?:number|no\.?|#))[\s:#.]{0,4}(?P<v>",
            grouped!(),
            r"|[a-z]{0,3}[\- ]?\d[\d\-_]{2,20}\d)\b"
        ),
        valid: sure,
    },
    Pattern {
        name: "NPI",
        class: Class::Npi,
        shape: r"(?:^|[^A-Za-z0-9_.\-])(?P<v>1\d{9})",
        valid: |text| when(is_npi(text)),
    },
    Pattern {
        name: "DEA number",
        class: Class::Dea,
        shape: r"\b(?P<v>[A-Za-z][A-Za-z9]\d{7})\b",
        // rs1234567 is a variant in dbSNP.
        valid: |text| when(!text.starts_with("rs") && is_dea(&plain(text))),
    },
    Pattern {
        name: "MBI",
        class: Class::Mbi,
        shape: r"\b(?P<v>[1-9][A-Za-z][A-Za-z0-9]\d[\s\-]?[A-Za-z][A-Za-z0-9]\d[\s\-]?[A-Za-z]{2}\d{2})\b",
        valid: |text| when(is_mbi(&plain(text))),
    },
    Pattern {
        name: "payment card",
        class: Class::Card,
        shape: r"(?:^|[^A-Za-z0-9_.\-])(?P<v>\d{4}[\s\-]?\d{4}[\s\-]?\d{4}[\s\-]?\d{1,4}(?:[\s\-]?\d{1,3})?|3[47]\d{2}[\s\-]?\d{6}[\s\-]?\d{5}|3\d{3}[\s\-]?\d{6}[\s\-]?\d{4})",
        valid: |text| when(is_card(&plain(text))),
    },
    Pattern {
        name: "IBAN",
        class: Class::Iban,
        shape: r"\b(?P<v>[A-Z]{2}\d{2}(?:[\s\-]?[A-Z0-9]{4}){2,7}(?:[\s\-]?[A-Z0-9]{1,3})?)\b",
        valid: |text| when(is_iban(&plain(text))),
    },
    Pattern {
        name: "VIN",
        class: Class::Vin,
        shape: r"\b(?P<v>[A-HJ-NPR-Za-hj-npr-z0-9]{17})\b",
        valid: |text| {
            let text = plain(text);
            when(is_vin(&text) && text.as_bytes()[8] == vin_digit(&text) as u8 && is_mixed(&text))
        },
    },
    Pattern {
        name: "VIN behind its label",
        class: Class::Vin,
        shape: r"(?i)\bvin(?:\s?(?:number|no\.?|#))?[\s:#=]{0,3}(?P<v>[A-HJ-NPR-Z0-9]{17})\b",
        valid: sure,
    },
    Pattern {
        name: "IMEI behind its label",
        class: Class::Imei,
        shape: r"(?i)\bimei(?:sv)?(?:\s?(?:number|no\.?|#))?[\s:#=]{0,3}(?:is\s)?(?P<v>\d{2}[\s\-]?\d{6}[\s\-]?\d{6}[\s\-]?\d{1,2})",
        valid: sure,
    },
    Pattern {
        name: "NPI behind its label",
        class: Class::Npi,
        shape: r"(?i)\bnpi(?:\s?(?:number|no\.?|#))?[\s:#=]{0,3}(?:is\s)?(?P<v>\d{10})",
        valid: sure,
    },
    Pattern {
        name: "hardware address",
        class: Class::Device,
        shape: r"\b(?P<v>(?:[0-9a-fA-F]{2}[:\-]){5}[0-9a-fA-F]{2})\b",
        // `60-50-40-30-20-10` is a taper: figures that fall.
        valid: |text| {
            let parts = text.split('-').map(|part| part.parse::<u8>().ok());
            let figures: Option<Vec<u8>> = parts.collect();
            when(!figures.is_some_and(|figures| figures.is_sorted_by(|a, b| a > b)))
        },
    },
    Pattern {
        name: "IPv6",
        class: Class::Ip,
        shape: r"(?:^|[^A-Za-z0-9_:])(?P<v>[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})",
        valid: |text| when(text.len() > 3 && text.parse::<core::net::Ipv6Addr>().is_ok()),
    },
    Pattern {
        name: "UUID",
        class: Class::Uuid,
        shape: r"\b(?P<v>[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})\b",
        valid: sure,
    },
    Pattern {
        name: "coordinates",
        class: Class::GeoPoint,
        shape: r"(?:^|[^A-Za-z0-9_.])(?P<v>[-+]?\d{1,3}\.\d{3,8}\s?(?:\xc2\xb0)?\s?[NSns]?\s?[,;/ ]\s?[-+]?\d{1,3}\.\d{3,8}(?:\s?(?:\xc2\xb0)?\s?[EWew]\b)?)",
        valid: sure,
    },
    Pattern {
        name: "coordinate behind its label",
        class: Class::GeoPoint,
        shape: r"(?i)\b(?:lat|latitude|lon|long|lng|longitude)\.?[\s:=]{1,3}(?P<v>[-+]?\d{1,3}\.\d{3,8})\b",
        valid: sure,
    },
    Pattern {
        name: "coordinate in degrees and minutes",
        class: Class::GeoPoint,
        shape: r#"(?:^|[^\d.])(?P<v>\d{1,3}\s?\xc2\xb0\s?\d{1,2}(?:\.\d{1,5})?\s?'\s?(?:\d{1,2}(?:\.\d{1,5})?\s?(?:"|''))?\s?[NSEWnsew])\b"#,
        valid: sure,
    },
    Pattern {
        name: "post office box",
        class: Class::Street,
        shape: r"(?i)\b(?P<v>p\.?\s?o\.?\s?box\s(?:no\.?\s)?#?\d{1,6})\b",
        valid: sure,
    },
    Pattern {
        name: "street line",
        class: Class::Street,
        shape: concat!(
            r"(?:^|[^A-Za-z0-9_.\-/])(?P<v>\d{1,6}(?: 1/2|-?[A-Z]\b)?(?:-\d{1,4})?\s(?:(?:[NSEW]{1,2}|North|South|East|West|NORTH|SOUTH|EAST|WEST)\.?\s)?(?:(?:[A-Z][A-Za-z\x80-\xff'\-]{1,20}|\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH))\s){1,3}",
            r"(?:Street|Avenue|Road|Drive|Lane|Boulevard|Court|Place|Terrace|Circle|Parkway|Highway|Trail|Square|Crescent|STREET|AVENUE|ROAD|DRIVE|LANE|BOULEVARD|COURT|PLACE|TERRACE|CIRCLE|PARKWAY|HIGHWAY|TRAIL|SQUARE|HWY|TER|CIR|PKWY|TRL|SQ|LOOP|St|Ave|Rd|Dr|Ln|Blvd|Ct|Pl|Ter|Cir|Pkwy|Hwy|Trl|Sq|Way|Loop|Alley|Pike|Row|Close|AVE|RD|LN|BLVD|WAY)\b",
            r"(?:\s(?:[NSEW]{1,2})\b)?",
            r"(?:[.,]{0,2}\s{1,2}(?:(?:Apt|Apartment|Unit|Suite|Ste|Floor|Fl|Lot|Bldg|Trlr|Space|Spc|Room|Rm|APT|UNIT|SUITE|STE|TRLR|apt|unit|suite|ste|trlr)\.?\s?#?\s?[0-9A-Z]{1,5}\b|#\s?[0-9A-Z]{1,5}\b))?)"
        ),
        valid: sure,
    },
    Pattern {
        name: "street by its kind first",
        class: Class::Street,
        shape: r"(?:^|[^A-Za-z0-9_.\-/])(?P<v>\d{1,6}(?: 1/2|-?[A-Z]\b)?\s(?:[NSEW]{1,2}\.?\s)?(?:Avenue of the [A-Z][a-z]{2,14}|(?:Avenue|Highway|Route|State Route|State Road|County Road|US Highway|AVENUE|HIGHWAY|ROUTE|STATE ROUTE|COUNTY ROAD)\s(?:[A-Z]|\d{1,4}[A-Z]?)\b))",
        valid: sure,
    },
    Pattern {
        name: "holiday",
        class: Class::Date,
        shape: r"(?i)\b(?P<v>(?:thanksgiving(?: day)?|christmas(?: eve| day)?|new year'?s(?: eve| day)|labor day|memorial day|independence day|veterans day|columbus day|presidents'? day|mlk day|juneteenth|easter(?: sunday| monday)?|halloween|valentine'?s day|mother'?s day|father'?s day|good friday|yom kippur|rosh hashanah|hanukkah|diwali|boxing day|super bowl(?: sunday)?|fourth of july|4th of july|july 4th)(?:,? (?:19|20)\d{2})?)\b",
        valid: sure,
    },
    Pattern {
        name: "fax behind its label",
        class: Class::Fax,
        shape: r"(?i)\b(?:fax|facsimile)(?:\s?(?:number|no\.?|#|to))?[\s.:#=]{0,3}(?:at\s|is\s|to\s)?(?P<v>(?:\+?1[\s.\-]?)?\(?[2-9]\d{2}\)?[\s./\-]{0,3}\d{3}[\s.\-]{0,3}\d{4})",
        valid: sure,
    },
    Pattern {
        name: "telephone without area code",
        class: Class::Phone,
        shape: r"(?i)\b(?:phone|tel|telephone|cell|mobile|call|ph|page[dr]|beeper|ext|reach(?:ed)? at|home|work)(?:\s?(?:number|no\.?|#))?[\s.:#=]{0,3}(?:at\s|is\s)?(?P<v>[2-9]\d{2}[\s.\-]\d{4})",
        valid: sure,
    },
    Pattern {
        name: "pager behind its word",
        class: Class::Phone,
        shape: r"(?i)\b(?:(?:page|pager|pgr|beeper)(?:\s?(?:number|no\.?|#))?[\s.:#=]{1,3}(?:at\s|is\s)?|paged(?:\sx\s?\d{1,2}|\s(?:once|twice|again))?\s\()(?P<v>\d{4,6})(?:$|[^\d.]|\.(?:$|\D))",
        valid: sure,
    },
    Pattern {
        name: "extension behind its word",
        class: Class::Phone,
        shape: r"(?i)\b(?:ext(?:ension|n)?|spectralink|vocera|ascom)(?:\.|\s(?:no\.?|number|phone|is|at))?[\s.:#=]{1,3}(?P<v>\d{3,6})(?:$|[^\d.\-/%]|\.(?:$|\D))",
        // `ext 125` is how far a knee goes; what has a unit behind it is a dose.
        valid: |text| when(text.parse::<u32>().is_ok_and(|number| number >= 200) || text.len() > 3),
    },
    Pattern {
        name: "code of a booking",
        class: Class::UniqueId,
        shape: r"\b(?i:booking|record locator|pnr)[\s:#]{1,3}(?P<v>[A-Z0-9]{6})\b",
        valid: sure,
    },
    Pattern {
        name: "login behind its word",
        class: Class::UniqueId,
        shape: r"(?i)\b(?:login|user(?:\s?name|\s?id)?|screen name)[\s:=]{1,3}(?P<v>[a-z]{1,20}[._][a-z]{1,20}\d{0,4})\b",
        valid: sure,
    },
    Pattern {
        name: "login of one word",
        class: Class::UniqueId,
        shape: r"(?i)\b(?:login|user(?:\s?name|\s?id)|screen name)[\s:=]{1,3}(?P<v>[a-z][a-z0-9]{4,23})\b",
        valid: |text| when(is_mixed(text) || Listed::of(&text.to_lowercase()) == Listed::default()),
    },
    Pattern {
        name: "login behind who did it",
        class: Class::UniqueId,
        shape: r"(?:\b(?i:by|user)\s|\s/\s)(?P<v>[A-Za-z]{3,20}\d{1,4})\b",
        valid: |text| {
            when(
                Listed::of(text.trim_end_matches(|c: char| c.is_ascii_digit())).word() == 0
                    && text.len() > 5,
            )
        },
    },
    Pattern {
        name: "first number of an order in HL7",
        class: Class::UniqueId,
        shape: r"\b(?:OBR\|\d{0,4}|ORC\|[A-Z]{2})\|(?P<v>[A-Za-z0-9\-]{4,24})(?:[|^]|$)",
        valid: |text| when(is_number(text)),
    },
    Pattern {
        name: "second number of an order in HL7",
        class: Class::UniqueId,
        shape: r"\b(?:OBR\|\d{0,4}|ORC\|[A-Z]{2})\|[^|\r\n]{0,40}\|(?P<v>[A-Za-z0-9\-]{4,24})(?:[|^]|$)",
        valid: |text| when(is_number(text)),
    },
    Pattern {
        name: "number in two parts behind a bare label",
        class: Class::UniqueId,
        shape: r"(?i)\b(?:order(?:ed)?|band|pasrr|auth|authorization|report|requisition|req|ticket|case|claim|confirmation|accession|specimen|invoice|policy|account|acct|chart|badge|referral|request|tracking|job|file|record|sample)(?:\s(?:number|no\.?))?[\s(#:]{1,3}(?P<v>\d{2,5}-[a-z]?\d{2,5})\b",
        valid: sure,
    },
    Pattern {
        name: "number in two parts behind a reference",
        class: Class::UniqueId,
        shape: r"(?i)\b(?:reference|ref)(?:\s(?:number|no\.?))?[\s(#:]{1,4}(?P<v>\d{2,5}-[a-z]?\d{2,5})\b",
        valid: |text| when(!is_range(text)),
    },
    Pattern {
        name: "social handle",
        class: Class::UniqueId,
        shape: r"(?:^|[\s(,;:])(?P<v>@[A-Za-z][A-Za-z0-9_.]{2,29}[A-Za-z0-9_])",
        valid: sure,
    },
    Pattern {
        name: "part of an SSN",
        class: Class::Ssn,
        shape: r"(?i)(?:\b(?:ssn|social(?: security)?(?: number)?)[\s:#,]{0,3}(?:\(?last (?:4|four)(?: digits)?\)?|ending(?: in)?|ends in)[\s:#]{0,3}(?:is\s|are\s|of\s)?|\blast\s?(?:4|four)(?: digits)?(?: of)?(?: (?:the|his|her|my|your))?\s(?:ssn|social(?: security)?(?: number)?)[\s:#]{0,3}(?:is\s|are\s)?|(?:x{3}|\*{3})[\s\-](?:x{2}|\*{2})[\s\-])(?P<v>\d{4})\b",
        valid: sure,
    },
    Pattern {
        name: "strong number behind a bare label",
        class: Class::UniqueId,
        shape: r"(?i)\b(?:account|acct|claim|specimen|accession|acc|subject|order|loan|policy|sn|s/n|serials?|lic|license|licence|id|ids|ref|reference|case|ticket|booking|rx|csn|fin|encounter|invoice|parcel|badge|passport|plate|referral|auth|authorization|chart|member|subscriber|medicaid|medicare|group|grp|job|kit|passcode|report|confirmation|conf|request|req|requisition|visit|dl|thread|record|rec|document|file|tracking|client|unit|har|card|barcode|cassette|sample|study|patient|pt)\b\.?[\s(]{1,3}(?P<v>[a-z]{0,12}(?:[\-.][a-z]{1,12}){0,3}[\-.]?\d(?:[a-z0-9]|[\-.][a-z0-9]){2,24})\b",
        valid: |text| when(is_strong_number(text)),
    },
    Pattern {
        name: "age above 89 beside the sex",
        class: Class::Age,
        shape: r"(?:^|[^\d.\-/])(?P<v>9\d|1[01]\d)\s?-?(?:[MF]|(?i:y/?o|yr)\s?[MFmf]|(?i:male|female|man|woman|lady|gentleman))\b",
        valid: sure,
    },
    Pattern {
        name: "age above 89 behind a verb",
        class: Class::Age,
        shape: r"(?i)\b(?:(?:he|she)'s|(?:he|she|pt|patient|mother|father|who|they|mom|dad|grandma|grandpa|mr\.? [a-z'\-]+|mrs\.? [a-z'\-]+|ms\.? [a-z'\-]+) (?:is|was|turned|turns|just turned|will be)(?: now)?|living|alive(?: at)?|lives? at|died|dead at|deceased at|passed at)\s(?P<v>9\d|1[01]\d)(?:$|[^\d./%:]|[.](?:$|\D))",
        valid: sure,
    },
    Pattern {
        name: "age above 89 between commas",
        class: Class::Age,
        shape: r"(?:[A-Za-z)],)\s(?P<v>9\d|1[01]\d),?\s(?i:for|with|who|was|is|presents?|presented|presenting|admitted|seen|rm|room|lives?|resident|from|DOB|dob|at)\b",
        valid: sure,
    },
    Pattern {
        name: "age above 89 in words",
        class: Class::Age,
        shape: concat!(
            r"(?i)\b(?P<v>(?:",
            in_words!(),
            r")[\-\s]years?(?:[\-\s]old|[\-\s]of[\-\s]age))\b"
        ),
        valid: sure,
    },
    Pattern {
        name: "age above 89 in words behind a verb",
        class: Class::Age,
        shape: concat!(
            r"(?i)\b(?:(?:he|she|pt|patient|mother|father|who|mom|dad) (?:is|was|turned|just turned|will be)|(?:he|she)'s|aged|turned) (?P<v>",
            in_words!(),
            r")\b"
        ),
        valid: sure,
    },
    Pattern {
        name: "day of a month that is no score",
        class: Class::Date,
        shape: r"(?:^|[^\d/.\-A-Za-z+<>=])(?P<v>(?:1[0-2]|0?[1-9])/(?:1[346-9]|2[1235-9]|31|0[1-9]))(?:$|[^\d/.%\-A-Za-z]|[.](?:$|\D))",
        valid: sure,
    },
    Pattern {
        name: "quarter of a year",
        class: Class::Date,
        shape: r"\b(?P<v>(?:[Qq][1-4]|[1-4][Qq])[\s,]{0,2}(?:of\s)?(?:19|20)\d{2})\b",
        valid: sure,
    },
    Pattern {
        name: "month of a year",
        class: Class::Date,
        shape: concat!(r"(?:^|[^A-Za-z\x80-\xff])(?P<v>", month!(), r"\sof\s(?:19|20)\d{2})\b"),
        valid: sure,
    },
    Pattern {
        name: HL7_NAME,
        class: Class::PersonName,
        shape: r"(?:^|[|^~\s:=])(?P<v>[A-Z][A-Za-z'\- ]{1,30}\^[A-Z][A-Za-z'\-]{1,20}(?:\^[A-Z][A-Za-z'\-]{0,15}\.?)?)(?:$|[\^|~\s,;.)])",
        valid: |text| when(is_hl7_name(text)),
    },
    Pattern {
        name: "county",
        class: Class::County,
        shape: r"(?:^|[^A-Za-z\x80-\xff])(?P<v>(?:[A-Z][A-Za-z'.\-]{1,14}\s){1,2}(?:County|Parish|COUNTY|PARISH))(?:$|[^A-Za-z])",
        valid: |text| when(is_county(text)),
    },
    Pattern {
        name: "ZIP of an HL7 address",
        class: Class::Zip,
        shape: r"\^[A-Z]{2}\^(?P<v>\d{5}(?:-?\d{4})?)(?:$|[^\d])",
        valid: sure,
    },
    Pattern {
        name: "licence beside a credential",
        class: Class::License,
        // Five digits behind MD are a ZIP of Maryland.
        shape: r"\b(?:(?:DO|DMD|DDS|DPM|RN|LPN|NP|PA-C|PharmD|LCSW)(?:-|,?\s)|MD-|M\.?D\.?,?\s\d?)(?P<v>\d{5,9})\b",
        valid: sure,
    },
    Pattern {
        name: "vehicle plate behind its word",
        class: Class::Vehicle,
        shape: r"\b(?i:plates?)(?i:\s(?:number|no\.?|#))?[\s:#]{1,2}(?P<v>[A-Z0-9]{1,4}[\-\s]?[A-Z0-9]{2,4})\b",
        valid: |text| when(is_mixed(text) && text.bytes().filter(u8::is_ascii_digit).count() > 1),
    },
    Pattern {
        name: "age above 89 behind a date of birth or the sex",
        class: Class::Age,
        shape: r"(?:\b19[0-4]\d\)?,?\s\(?|\b[MFmf]/|\()(?P<v>9\d|1[01]\d)(?:\)|[.,](?:$|\s)|\s?(?:y|yo|yrs?|years?)\b)",
        valid: sure,
    },
    Pattern {
        name: "age of a relative",
        class: Class::Age,
        shape: r"(?i)\b(?:mother|father|sister|brother|wife|husband|uncle|aunt|grandmother|grandfather|cousin|parents?)(?:,| is| was| turned| reached| died at| lived to| aged?|)\s{1,2}(?P<v>9\d|1[01]\d)(?:$|[^\d./%:]|[.](?:$|\D))",
        valid: sure,
    },
    Pattern {
        name: "age that was reached",
        class: Class::Age,
        shape: r"(?i)\b(?:lived to(?: be)?|turn(?:s|ed|ing)|died at(?: the age of)?|reached the age of|at the age of|at age)\s{1,2}(?P<v>9\d|1[01]\d)(?:$|[^\d./%:]|[.](?:$|\D))",
        valid: sure,
    },
    Pattern {
        name: "expiry",
        class: Class::Date,
        shape: r"(?i)\b(?:exp|expires|expiry|expiration|valid (?:thru|until))(?: date)?[\s.:]{1,3}(?P<v>(?:0[1-9]|1[0-2])/\d{2})(?:$|[^0-9/])",
        valid: sure,
    },
    Pattern {
        name: "account number behind its label",
        class: Class::Account,
        shape: numbered!(
            strict,
            r"(?:(?:hospital|bank|billing|patient|checking|savings|guarantor)\s)?(?:account|acct)\.?|har|routing|aba|rtn|sort code"
        ),
        valid: |text| when(is_number(text)),
    },
    Pattern {
        name: "member number behind its label",
        class: Class::MemberId,
        shape: numbered!(
            strict,
            r"(?:member|subscriber|policy|group|health plan|insurance|medicaid|beneficiary|plan|payer|cardholder|bin|pcn)|hicn|policyholder"
        ),
        valid: |text| when(is_number(text)),
    },
    Pattern {
        name: "claim number behind its label",
        class: Class::Claim,
        shape: numbered!(strict, r"claim"),
        valid: |text| when(is_number(text)),
    },
    Pattern {
        name: "driver's licence behind its label",
        class: Class::DriverLicense,
        shape: numbered!(loose, r"driver'?s?'? licen[sc]e|driving licen[sc]e|dln"),
        valid: |text| when(is_number(text)),
    },
    Pattern {
        name: "licence or certificate behind its label",
        class: Class::License,
        shape: numbered!(
            strict,
            r"(?:(?:medical|state|nursing|professional|pharmacy|rn|md)\s)?(?:licen[sc]e|lic|certificate|certification|cert|registration)\.?"
        ),
        valid: |text| when(is_number(text)),
    },
    Pattern {
        name: "passport behind its label",
        class: Class::Passport,
        shape: numbered!(loose, r"passport"),
        valid: |text| when(is_number(text)),
    },
    Pattern {
        name: "vehicle plate behind its label",
        class: Class::Vehicle,
        shape: numbered!(
            strict,
            r"(?:licen[sc]e |number )?plate|license tag|veh(?:icle)? reg(?:istration)?"
        ),
        valid: |text| when(is_number(text)),
    },
    Pattern {
        name: "device serial number behind its label",
        class: Class::Device,
        shape: numbered!(
            strict,
            r"(?:device |pump |implant |generator |lead )?serial|s/n|ser(?:ial)? no\.?|device id|udi|sn"
        ),
        valid: |text| when(is_number(text)),
    },
    Pattern {
        name: "record number behind its label",
        class: Class::UniqueId,
        shape: numbered!(
            strict,
            r"accession|acc(?:n)?|encounter|visit|csn|fin|specimen|sample|order|rx|prescription|script|referral|case|employee|badge|staff|student|ticket|confirmation|tracking|reference|ref|auth(?:orization)?|prior auth|invoice|booking|reservation|loan|docket|job|juror|rid|organ bank|patient|chart|file|study|requisition|req|pt|emp|record locator|tax|ein|user ?name|user|login|handle|screen name|customer|client|contract|serial|transaction|locator"
        ),
        valid: |text| when(is_number(text)),
    },
];

static SHAPES: LazyLock<Shapes> = LazyLock::new(|| Shapes::new(PATTERNS.iter().map(|p| p.shape)));
/// The end of what stands in front of a birth date.
static BIRTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:d\.?o\.?b\.?|born(?: on)?|birth ?da(?:te|y)|date of birth)[\s:(]{0,3}(?:is )?$",
    )
    .expect("the pattern is a constant, and tested")
});
/// Bytes behind a holiday that a term with its name goes on.
const TERM_BYTES: usize = 16;
/// Bytes in front of a date in which [`BIRTH`] is looked for.
const BIRTH_BYTES: usize = 24;

/// Memory that is used again from text to text.
#[derive(Debug, Default)]
pub(super) struct Work {
    shapes: shapes::Work,
    /// What was found, with the number of its pattern.
    found: Vec<(usize, Finding)>,
}

pub(super) fn find(text: &str, known: &Known, work: &mut Work, out: &mut Vec<Finding>) {
    work.found.clear();
    SHAPES.find(text, &mut work.shapes, |at, mut span| {
        let pattern = &PATTERNS[at];
        if pattern.class == Class::Url {
            let value = &text[span.range()];
            span.end =
                span.start + value.trim_end_matches(['.', ',', ';', ':', '!', '?']).len() as u32;
        }
        let reading = (pattern.valid)(&text[span.range()]);
        if reading == Reading::No {
            return;
        }
        if is_labelled(pattern.class) {
            span.end = token_end(text, span.end as usize) as u32;
        }
        if goes_on(text, pattern.class, span)
            || is_checked_code(text, pattern, span)
            || is_dose(text, pattern.class, span)
            || is_temperature(text, pattern.class, span)
            || is_score(text, pattern.class, span)
            || is_term(text, pattern.class, span)
        {
            return;
        }
        let finding = finding(text, pattern, span, known);
        if reading == Reading::Sure || finding.known.is_some() {
            work.found.push((at, finding));
        }
    });
    // Of two patterns that say the same span is something else, the first in the table is right.
    work.found.sort_unstable_by_key(|(at, finding)| (*at, finding.span.start));
    out.extend(work.found.iter().map(|(_, finding)| *finding));
}

/// Numbers of any length, letters included, that their label makes numbers.
fn is_labelled(class: Class) -> bool {
    class.form() == Form::Record
}

/// The end of the number that goes on at `end`, longer than its shape allows.
fn token_end(text: &str, mut end: usize) -> usize {
    let bytes = text.as_bytes();
    let is = |at: usize, kind: fn(&u8) -> bool| bytes.get(at).is_some_and(kind);
    if end == 0 || !is(end - 1, u8::is_ascii_alphanumeric) || !is(end, u8::is_ascii_alphanumeric) {
        return end;
    }
    loop {
        while is(end, u8::is_ascii_alphanumeric) {
            end += 1;
        }
        let joint = |b: &u8| matches!(b, b'-' | b'.' | b'_' | b'/');
        if !(is(end, joint) && is(end + 1, u8::is_ascii_alphanumeric)) {
            return end;
        }
        end += 1;
    }
}

/// A date that the record knows is that date, whichever way round day and month were written and
/// whatever the century of a year of two digits.
fn finding(text: &str, pattern: &Pattern, span: Span, known: &Known) -> Finding {
    let class = pattern.class;
    let (layer, score, rule) = (Layer::Pattern, PATTERN_SCORE, pattern.name);
    let written = Written::Whole;
    let plain = Finding { span, class, layer, known: None, score, rule, written };
    if class != Class::Date {
        return plain;
    }
    if known.has_dates()
        && let Some((date, shape, _)) = written_date(&text[span.range()])
    {
        let readings = [
            Some(date),
            shape.swapped(date),
            shape.earlier(date),
            shape.earlier(date).and_then(|date| shape.swapped(date)),
        ];
        if let Some((class, number)) = readings.into_iter().flatten().find_map(|d| known.date(d)) {
            let (layer, known, score) = (Layer::Record, Some(number), 1.0);
            return Finding { class, layer, known, score, ..plain };
        }
    }
    let mut from = (span.start as usize).saturating_sub(BIRTH_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    match BIRTH.is_match(&text[from..span.start as usize]) {
        true => Finding { class: Class::BirthDate, ..plain },
        false => plain,
    }
}

/// Letters and digits alone, upper case.
fn plain(text: &str) -> Zeroizing<String> {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    let mut out = Zeroizing::new(String::with_capacity(text.len()));
    out.extend(kept.map(|c| digit_of(c).map_or(c.to_ascii_uppercase(), |d| char::from(b'0' + d))));
    out
}

fn is_mixed(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit()) && text.bytes().any(|b| b.is_ascii_alphabetic())
}

/// Family and given name as census lists have them, or one of them, and no word of a vocabulary.
fn is_hl7_name(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut parts = lower.split('^');
    let (family, given) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let family = family.rsplit([' ', '-']).next().unwrap_or(family);
    let (family, given) = (Listed::of(family), Listed::of(given.trim()));
    let both = family.family() > 0 && given.given() > 0;
    let one = family.family() > 0 || given.given() > 0;
    both || one && !family.is_clinical() && !given.is_clinical()
}

/// `Ventura County`, and not `The County` or `Home County`.
fn is_county(text: &str) -> bool {
    let name = &text[..text.rfind(char::is_whitespace).unwrap_or(0)];
    let lower = name.to_lowercase();
    let last = lower.rsplit(' ').next().unwrap_or("");
    Listed::of(&lower).is_place() || Listed::of(last).is_place() || Listed::of(last).word() == 0
}

/// At least three digits: what stands behind a label is a word as often.
fn is_number(text: &str) -> bool {
    text.chars().filter_map(digit_of).count() >= 3
}

/// From less to more: `ref 70-100` are normal values.
fn is_range(text: &str) -> bool {
    let ends = text.split_once('-').map(|(low, high)| (low.parse::<u32>(), high.parse::<u32>()));
    matches!(ends, Some((Ok(low), Ok(high))) if low < high && !text.contains("-0"))
}

/// What stands behind a bare word must look like a number of a record by itself.
fn is_strong_number(text: &str) -> bool {
    // 0.45-4.50 is a range.
    if text.contains('.') && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-')) {
        return false;
    }
    let digits = text.chars().filter_map(digit_of).count();
    digits >= 6 || digits >= 4 && text.chars().any(char::is_alphabetic)
}

fn sure(_: &str) -> Reading {
    Reading::Sure
}

fn when(sure: bool) -> Reading {
    if sure { Reading::Sure } else { Reading::No }
}

fn whole_date(text: &str) -> Reading {
    when(written_date(text).is_some())
}

/// Behind white space, two digits are a dose as often as a year: `4 May 12 units`.
fn day_month_year(text: &str) -> Reading {
    let year = text.chars().rev().take_while(char::is_ascii_digit).count();
    let before = text.chars().rev().nth(year);
    match whole_date(text) {
        Reading::Sure if year < 4 && before.is_some_and(char::is_whitespace) => Reading::IfKnown,
        reading => reading,
    }
}

/// May and March in lower case are verbs.
fn is_month(text: &str) -> bool {
    !["may", "march", "mar"].iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    })
}

/// Where figures in front of a unit are a dose, and no number of somebody's.
#[derive(Clone, Copy, PartialEq)]
enum Dose {
    /// Behind a label: of a time, or of one or two letters that begin a name.
    Labelled,
    /// And behind `ext`, where the figures are few: of a drug or a joint.
    Both,
    /// Likewise, and where they are round: `ext 1500 mg`.
    Drug,
    /// In either place where they are few, but for an account: a longer number is one.
    Load,
    /// Behind `ext`, where they are few.
    Extended,
}

/// Behind a label in any case; behind `ext` as they are written here, but behind `EXT`, since capitals are initials:
/// `ext 452 ML (charge nurse)`.
const UNITS: &[(&str, Dose)] = &[
    ("capsule", Dose::Extended),
    ("capsules", Dose::Extended),
    ("cc", Dose::Labelled),
    ("cm", Dose::Both),
    ("days", Dose::Labelled),
    ("deg", Dose::Load),
    ("degree", Dose::Extended),
    ("degrees", Dose::Load),
    ("g", Dose::Labelled),
    ("hours", Dose::Labelled),
    ("iu", Dose::Drug),
    ("kg", Dose::Both),
    ("l", Dose::Labelled),
    ("lb", Dose::Extended),
    ("lbs", Dose::Load),
    ("mEq", Dose::Drug),
    ("mL", Dose::Drug),
    ("mcg", Dose::Drug),
    ("meq", Dose::Drug),
    ("mg", Dose::Drug),
    ("min", Dose::Labelled),
    ("ml", Dose::Drug),
    ("mm", Dose::Both),
    ("mmol", Dose::Drug),
    ("pounds", Dose::Load),
    ("tablet", Dose::Extended),
    ("tablets", Dose::Both),
    ("tabs", Dose::Both),
    ("units", Dose::Drug),
    ("weeks", Dose::Labelled),
];
/// Most figures that are few: `ext 4521 cm` has four.
const FEW_DIGITS_MAX: usize = 3;
/// `10-20-30 mg`: no date has one of these behind it. `CC` is a complaint, `MG` a disease, a whole year a date.
const DOSES: &[&str] = &["mcg", "mEq", "mg", "mL", "ml", "mmol"];

#[cfg(test)]
pub(super) fn units() -> impl Iterator<Item = &'static str> {
    UNITS.iter().map(|(unit, _)| *unit)
}

/// What stands behind a label like `Rx:` or `Plan:`, or behind `ext`, is a dose where a unit follows.
fn is_dose(text: &str, class: Class, span: Span) -> bool {
    let labelled =
        matches!(class, Class::UniqueId | Class::MemberId | Class::Claim | Class::Account);
    let front = text[..span.start as usize].trim_end_matches([' ', '.', ':', '=', '#']);
    let extension = class == Class::Phone
        && front
            .get(front.len().saturating_sub(3)..)
            .is_some_and(|word| word.eq_ignore_ascii_case("ext"));
    let value = text[span.range()].as_bytes();
    let behind = text[span.end as usize..].trim_start_matches([' ', '\u{a0}']);
    let end = behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len());
    let unit = &behind[..end];
    if class == Class::Date {
        let short = value.iter().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/'))
            && value.split(|b| !b.is_ascii_digit()).all(|part| part.len() <= 2);
        return short && DOSES.contains(&unit);
    }
    if !value.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let few = value.len() <= FEW_DIGITS_MAX;
    let lower = unit.to_lowercase();
    let dose = |unit: &str| UNITS.iter().find(|(known, _)| *known == unit).map(|(_, dose)| *dose);
    if labelled {
        return dose(&lower).is_some_and(|dose| match dose {
            Dose::Labelled | Dose::Both | Dose::Drug => true,
            Dose::Load => few && matches!(class, Class::UniqueId | Class::MemberId),
            Dose::Extended => false,
        });
    }
    let unit = if front.ends_with("EXT") { &lower } else { unit };
    extension
        && dose(unit).is_some_and(|dose| match dose {
            Dose::Labelled => false,
            Dose::Drug => few || value.ends_with(b"00"),
            Dose::Both | Dose::Load | Dose::Extended => few,
        })
}

/// `refset 723264001 member 57892005`, `PT 2093-3`: a code of SNOMED CT or LOINC by its check digit behind a word
/// that is a label elsewhere; `claim: M54.50`: one of ICD-10-CM by its point.
fn is_checked_code(text: &str, pattern: &Pattern, span: Span) -> bool {
    let front = text[..span.start as usize].trim_end();
    let word = front.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let value = &text[span.range()];
    matches!(pattern.class, Class::Claim | Class::UniqueId) && super::exempt::is_pointed_icd(value)
        || pattern.class == Class::UniqueId
            && ["member", "pt"].iter().any(|label| word.eq_ignore_ascii_case(label))
            && super::exempt::has_check(value)
}

/// What may be a day is points of so many: `Ishihara 11/14`.
fn is_score(text: &str, class: Class, span: Span) -> bool {
    let value = &text[span.range()];
    class == Class::Date && value.len() <= 5 && value.contains('/') && {
        let front = text[..span.start as usize].trim_end_matches([' ', ':', '=', ',', '(', '-']);
        let front = front.trim_end_matches(|c: char| c.is_ascii_digit());
        let front = front.trim_end_matches('-');
        let word = front.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        super::words::is_score(&word.to_ascii_lowercase())
    }
}

/// `Christmas disease` is on no day.
fn is_term(text: &str, class: Class, span: Span) -> bool {
    let mut terms = false;
    if class == Class::Date && text.as_bytes()[span.start as usize].is_ascii_alphabetic() {
        let mut end = text.len().min(span.end as usize + TERM_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        super::terms::find(&text[span.start as usize..end], |term| terms |= term.start == 0);
    }
    terms
}

/// `T 99F` is no woman of ninety-nine, and `fever 99-year-old` no temperature.
fn is_temperature(text: &str, class: Class, span: Span) -> bool {
    let behind = text[span.end as usize..].trim_start_matches([' ', '-']);
    let front = text[..span.start as usize].trim_end_matches([' ', ':', '=', ',']);
    let word = front.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    class == Class::Age
        && !behind.starts_with(['y', 'Y'])
        && matches!(
            word.to_ascii_lowercase().as_str(),
            "t" | "temp"
                | "tmax"
                | "tm"
                | "tc"
                | "temperature"
                | "febrile"
                | "fever"
                | "spo"
                | "sat"
                | "sats"
        )
}

/// More digits follow directly, or, for a year of two digits, by the same separator: `1.2.34` in
/// `1.2.34.5` is a version.
fn goes_on(text: &str, class: Class, span: Span) -> bool {
    let bytes = text.as_bytes();
    let (start, end) = (span.start as usize, span.end as usize);
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let ends_in_digit = digit(end.wrapping_sub(1));
    if ends_in_digit && text[end..].chars().next().and_then(digit_of).is_some() {
        return true;
    }
    if class != Class::Date {
        return false;
    }
    let value = &bytes[start..end];
    let Some(&joint) = value.iter().find(|b| matches!(b, b'-' | b'/' | b'.')) else { return false };
    let short = !value.windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
    let spaced = value.contains(&b' ') && !value.iter().any(u8::is_ascii_alphabetic);
    short
        && (spaced
            || bytes.get(end) == Some(&joint) && digit(end + 1)
            || start >= 2 && bytes[start - 1] == joint && digit(start - 2))
}

#[cfg(test)]
pub(super) fn shapes() -> &'static Shapes {
    &SHAPES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_compile() {
        assert!(BIRTH.is_match("mother, born on ") && !BIRTH.is_match("reborn "));
    }

    #[test]
    fn all_at_once_find_what_each_finds_alone() {
        let examples = [
            "dob 3/4/1961, José is 71 y/o, aged 71; call 5551234567, zip 02139, mrn 00123456",
            "Zürich: admitted 3/14, born 1950, since 12/2020, SSN 123456789, tel +41 44 668 18 00",
            "a@b.example and https://x.example/é, 10.0.0.1, MA 02139, chart no 445566, 2 1 2020",
            "May 4, 2021; 4 May 2021; March 2020; seen March 3; 3rd of April, (617) 555-0142",
            "ssn 123-45-6789",
            "3/4/1961, 123-45-6789; 4 May 2021",
            "(212) 555-0142 at 12 Elm Street",
            "Patient age 94. He's 95 and frail; she just turned ninety-one; NHS number 943 476 5919",
            "Lat 31.96841, Lon -110.29452 or 31\u{b0}58'06\"N 110\u{b0}17'40\"W; SSN: 4 1 2 5 5 6 7 8 9",
            "MRN: 96 81 73, mrn 4401 696, chart no 123 456 789 62 yo",
            "DEA AP5836727, MBI 1EG4-TE5-MK73, NPI 1234567893, IBAN GB82 WEST 1234 5698 7654 32",
            "VIN 1M8GDM9AXKP042788; IMEI 490154203237518; NHS 943 476 5919; card 4111 1111 1111 1111",
            "00:1b:44:11:3a:b7 fe80::1:2 6fa459ea-ee8a-4ca4-894e-db77e160355e at 39.8017, -89.6437",
            "PO Box 112, 1420 N. Maple Ave Apt 4B; Labor Day 2023; fax 212-555-0143; call 555-0142",
            "write to @jdoe82; SSN ending in 6789; account no. 440012, member id: XQH884512",
            "claim # 2026CLM0044; medical license no. 884512; driver's license D4459981, passport X4591208",
            "specimen CR8658979 was lost; her mother, 92, lived to 97; Visa exp 09/27",
            "Mrs. Hale is 97, her sister, 94, for a visit; a 92F, ninety-one years old; Q3 2024, March of 2021",
            "PID|1||SMITH^MARY^Q||12 Elm St^^Reno^NV^89501|; Ventura County; RN-44821; car plate 7ABC123; 3/14",
            "paged x2 (99711), paged 320-2066; spectralink 713, ext 808; call 5416137245, ext. 60100",
            "posted at facebook.com/pbooker11",
            "Page 3865 with questions; booking NEMGYP; user leonard.nez; (M/91), born 1930 (93)",
            "Printed by user jdalton68; OBR|1|9572-91041|XR24014518|24323-8^CMP^LN",
            "order 79-539; ref 85-829; login alasdair20; at 30 Avenue of the Pines; 860-P Avenue B",
            "plate: 7ABC123; serial number SN8845; accession #ACC2026-0044",
        ];
        let generator = weir_synth::Generator::new(3, 50);
        let notes = (0..500).map(|n| generator.note(n).value);
        // Each alone in the whole text, by the engine that cuts nothing.
        let alone = PATTERNS.iter().map(|p| {
            let shape = shapes::parsed(p.shape).to_string();
            regex::bytes::RegexBuilder::new(&shape).unicode(false).build().expect("a shape")
        });
        let alone: Vec<_> = alone.collect();
        let find = |regex: &regex::bytes::Regex, text: &str| {
            let (mut out, mut from) = (Vec::new(), 0);
            while let Some(found) = regex.captures_at(text.as_bytes(), from) {
                let whole = found.get(0).expect("a match");
                let value = found.name("v").unwrap_or(whole);
                let start = text.floor_char_boundary(value.start());
                out.push(Span::new(start, text.ceil_char_boundary(value.end())));
                from = value.end().max(from + 1);
            }
            out
        };
        let mut matched = vec![false; PATTERNS.len()];
        // Every example at many places, so that pieces end anywhere in it.
        let padded = (0..200).step_by(7).flat_map(|n| {
            examples
                .iter()
                .map(move |text| format!("{}{text}", "so it is ".repeat(n).split_at(n).0))
        });
        for text in padded.chain(notes) {
            let mut found = Vec::new();
            SHAPES.find(&text, &mut shapes::Work::default(), |at, span| found.push((at, span)));
            found.sort_by_key(|(at, span)| (*at, span.start));
            let want = alone.iter().enumerate();
            let want: Vec<_> = want
                .flat_map(|(at, regex)| find(regex, &text).into_iter().map(move |span| (at, span)))
                .collect();
            assert_eq!(found, want, "{text}");
            found.iter().for_each(|(at, _)| matched[*at] = true);
        }
        let never: Vec<_> = PATTERNS.iter().zip(&matched).filter(|(_, hit)| !**hit).collect();
        assert!(never.is_empty(), "{:?}", never.iter().map(|(p, _)| p.shape).collect::<Vec<_>>());
    }
}

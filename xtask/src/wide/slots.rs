//! Slots beside those of `corpus`: numbers by mask, other streets, dates and organisations.

use super::names;
use crate::corpus::expand::Writer;
use crate::corpus::people::pick;
use fastrand::Rng;

/// The classes that a mask may name.
const CLASSES: [&str; 16] = [
    "mrn",
    "account",
    "unique_id",
    "member_id",
    "claim",
    "device",
    "license",
    "driver_license",
    "phone",
    "fax",
    "card",
    "ssn",
    "vehicle",
    "passport",
    "npi",
    "zip",
];

/// Writes a slot: `{%MASK}` plain digits, `{#MASK class}` an identifier, `{w.street}` and the like.
pub(super) fn slot(writer: &mut Writer, slot: &str) -> bool {
    if let Some(mask) = slot.strip_prefix('%') {
        let value = masked(&mut writer.rng, mask);
        writer.draft.say(&value);
        return true;
    }
    let (class, value) = if let Some(rest) = slot.strip_prefix('#') {
        let (mask, name) = rest.rsplit_once(' ').unwrap_or((rest, ""));
        let class = CLASSES.iter().find(|class| **class == name);
        let class = class.unwrap_or_else(|| panic!("no class {name:?}"));
        (*class, masked(&mut writer.rng, mask))
    } else {
        let Some(kind) = slot.strip_prefix("w.") else { return false };
        let rng = &mut writer.rng;
        match kind {
            "street" => ("street", street(rng)),
            "block" => {
                let (n, name) = (rng.u32(1..90), pick(rng, names::list(names::ROADS)));
                let way = pick(rng, &["Street", "St", "Avenue", "Ave", "Road", "Drive", "Blvd"]);
                ("street", format!("{n}00 block of {name} {way}"))
            }
            "town" => ("city", pick(rng, names::list(names::TOWNS)).to_string()),
            "date" => ("date", date(rng, None)),
            "dob" => {
                let year = rng.u32(1925..2020);
                ("birth_date", date(rng, Some(year)))
            }
            "day" => ("date", day(rng)),
            "month" => {
                let month = pick(rng, &LONG);
                let year = rng.u32(2005..2027);
                ("date", format!("{} {year}", if rng.bool() { month } else { &month[..3] }))
            }
            "old" => ("age", old(rng)),
            _ => match organization(rng, kind) {
                Some(value) => ("organization", value),
                None => return false,
            },
        }
    };
    assert!(!writer.cast.bare, "a text without names has {slot}");
    writer.draft.mark(class, &value);
    true
}

/// `9` a digit, `@` a capital letter, everything else as it is. Not all zeros, and no zero first.
fn masked(rng: &mut Rng, mask: &str) -> String {
    let mut first = true;
    mask.chars()
        .map(|ch| match ch {
            '9' => {
                let digit = rng.u8(u8::from(std::mem::take(&mut first))..10);
                char::from(b'0' + digit)
            }
            '@' => char::from(pick(rng, b"ABCDEFGHJKLMNPQRSTUVWXYZ")),
            other => other,
        })
        .collect()
}

fn street(rng: &mut Rng) -> String {
    let name = match rng.u8(..4) {
        0 => pick(rng, names::list(names::FAMILIES)),
        _ => pick(rng, names::list(names::ROADS)),
    };
    let way = pick(
        rng,
        &[
            "Street",
            "St",
            "Ave",
            "Avenue",
            "Road",
            "Rd",
            "Lane",
            "Ln",
            "Drive",
            "Dr",
            "Court",
            "Ct",
            "Blvd",
            "Terrace",
            "Circle",
            "Pike",
            "Turnpike",
            "Run",
            "Crossing",
            "Row",
            "Square",
            "Alley",
            "Path",
            "Bend",
            "Cove",
            "Crescent",
            "Trace",
            "Hollow",
            "Glen",
            "Pass",
            "Point",
            "Plaza",
            "Close",
            "Walk",
            "Mews",
            "Extension",
            "Expressway",
        ],
    );
    let n = match rng.u8(..4) {
        0 => rng.u32(1..99),
        1 | 2 => rng.u32(100..999),
        _ => rng.u32(1000..29_999),
    };
    let small = rng.u32(1..99);
    let letter = pick(rng, &["A", "B", "C", "D", "2F", "3R", "PH"]);
    match rng.u8(..34) {
        0 => format!("RR {} Box {}", rng.u32(1..9), rng.u32(1..400)),
        1 => format!("Rural Route {}, Box {}{letter}", rng.u32(1..9), rng.u32(1..400)),
        2 => format!("HC {small} Box {}", rng.u32(10..999)),
        3 => format!("{n} County Road {}", rng.u32(10..999)),
        4 => format!("{n} State Hwy {small}"),
        5 => format!("{n} US-{small} N"),
        6 => format!("{n} FM {}", rng.u32(100..3000)),
        7 => format!("{n} {name} {way}, Apt {small}{letter}"),
        8 => format!("{n} {name} {way} #{small}"),
        9 => format!("{n} {name} {way}, Unit {letter}"),
        10 => format!("{n} {name} {way}, {small}{} Floor", th(small)),
        11 => format!("PSC {} Box {}", rng.u32(10..999), rng.u32(100..9999)),
        12 => format!("Unit {} Box {}", rng.u32(1000..49_999), rng.u32(10..999)),
        13 => format!("P.O. Box {}", rng.u32(10..19_999)),
        14 => format!("PO Box {n}"),
        15 => format!("{n}-{small} {small}{} Ave", th(small)),
        16 => format!("{n}½ {name} {way}"),
        17 => format!("N{}W{} {name} {way}", rng.u32(10..99), rng.u32(1000..30_000)),
        18 => format!("{n} {} {name} {way}", pick(rng, &["N", "S.", "East", "NW", "W.", "South"])),
        19 => format!("{n} {name} Trailer Park Lot {small}"),
        20 => format!("{n} Via {name}"),
        21 => format!("{n} Calle {name}"),
        22 => format!("{n} Camino {name}"),
        23 => format!("Building {small}, {n} {name} {way}"),
        24 => format!("One {name} {}", pick(rng, &["Place", "Plaza", "Square", "Center"])),
        25 => format!("{n} {small}{} {way}", th(small)),
        26 => format!("{n} The {name}"),
        _ => format!("{n} {name} {way}"),
    }
}

/// An age of ninety or more, in words.
fn old(rng: &mut Rng) -> String {
    let ones = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    match rng.u8(..8) {
        0 => "ninety".to_string(),
        1 => "one hundred".to_string(),
        2 => format!("one hundred and {}", pick(rng, &ones)),
        _ => format!("ninety-{}", pick(rng, &ones)),
    }
}

const LONG: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day with its year, in one of many shapes.
fn date(rng: &mut Rng, year: Option<u32>) -> String {
    let (m, d) = (rng.u32(1..13), rng.u32(1..29));
    let y = year.unwrap_or_else(|| rng.u32(2008..2027));
    let (yy, long) = (y % 100, LONG[m as usize - 1]);
    let short = &long[..3];
    match rng.u8(..20) {
        0 => format!("{m:02}/{d:02}/{y}"),
        1 => format!("{m}/{d}/{yy:02}"),
        2 => format!("{short}. {d}, {y}"),
        3 => format!("{d} {short} {yy:02}"),
        4 => format!("{d:02}-{}-{y}", short.to_uppercase()),
        5 => format!("{y}-{m:02}-{d:02}"),
        6 => format!("{long} {d}{}, {y}", th(d)),
        7 => format!("{d}{} of {long} {y}", th(d)),
        8 => format!("{d}{} {long} {y}", th(d)),
        9 => format!("{m}.{d}.{yy:02}"),
        10 => format!("{d:02}.{m:02}.{y}"),
        11 => format!("{}{d}/{yy:02}", short.to_uppercase()),
        12 => format!("{short}/{d:02}/{y}"),
        13 => format!("{d:02}/{short}/{y}"),
        14 => format!("{y}.{m:02}.{d:02}"),
        15 => format!("{m:02}{d:02}{y}"),
        16 => format!("{d}-{long}-{y}"),
        17 => format!("{short}-{d:02}-{y}"),
        18 => format!("{m} / {d} / {y}"),
        _ => format!("{long} {d}, {y}"),
    }
}

/// A day or a month without its day or year.
fn day(rng: &mut Rng) -> String {
    let (m, d, y) = (rng.u32(1..13), rng.u32(1..29), rng.u32(2008..2027));
    let (yy, long) = (y % 100, LONG[m as usize - 1]);
    let short = &long[..3];
    match rng.u8(..14) {
        0..3 => format!("{m}/{d}"),
        3 => format!("{m:02}/{d:02}"),
        4 => format!("{short} {d}{}", th(d)),
        5 => format!("{long} the {d}{}", th(d)),
        6 => format!("{d}{} of {long}", th(d)),
        7 => format!("{d} {short}"),
        8 if long.len() > 3 => format!("{short}. '{yy:02}"),
        8 | 9 => format!("{long} of {y}"),
        10 => format!("{long} {y}"),
        11 => format!("{short}-{yy:02}"),
        12 => format!("{m}-{d}"),
        _ => format!("{long} {d}"),
    }
}

fn th(d: u32) -> &'static str {
    match (d % 10, d % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// Organisations of kinds and shapes that the other generator has not.
fn organization(rng: &mut Rng, kind: &str) -> Option<String> {
    let base = match rng.u8(..6) {
        0 => pick(rng, names::list(names::FAMILIES)),
        1 | 2 => pick(rng, names::list(names::TOWNS)),
        _ => pick(rng, names::list(names::HOUSES)),
    };
    let other = pick(rng, names::list(names::FAMILIES));
    let ends: &[&str] = match kind {
        "hospital" => &[
            "Medical Center",
            "Hospital",
            "General",
            "Regional",
            "Memorial",
            "Health",
            "Clinic",
            "Children's",
            "Community Hospital",
            "Health System",
            "Medical Center - East Campus",
            "VA Medical Center",
            "Behavioral Hospital",
            "Cancer Institute",
            "Heart & Vascular",
            "Women's Pavilion",
            "Critical Access Hospital",
            "Surgical Hospital",
            "Medical Campus",
        ],
        "clinic" => &[
            "Family Medicine",
            "Pediatric Associates",
            "Urgent Care",
            "Eye Institute",
            "Oncology",
            "Orthopaedics & Sports Medicine",
            "Dental Group",
            "Pain Center",
            "Endoscopy Center",
            "Nephrology Associates",
            "Women's Care",
            "Primary Care Partners",
            "Surgery Center",
            "Counseling Services",
            "Allergy & Asthma",
            "Neurology Specialists",
            "Dialysis",
            "Community Health Center",
            "Walk-In Clinic",
            "Birth Center",
            "Fertility Center",
            "Imaging",
            "Radiology",
            "Sleep Lab",
            "Physical Therapy",
            "Hearing Center",
        ],
        "home" => &[
            "Nursing & Rehabilitation",
            "Assisted Living",
            "Manor",
            "Care Center",
            "Hospice",
            "Home Health",
            "Village",
            "Lodge",
            "Recovery House",
            "Group Home",
            "Senior Residence",
            "Convalescent Home",
            "Transitional Care",
            "Memory Care",
            "Sober Living",
            "Shelter",
        ],
        "church" => &[
            "Baptist Church",
            "Lutheran Church",
            "Methodist Church",
            "Community Church",
            "Temple",
            "AME Church",
            "Presbyterian",
            "Parish",
            "Chapel",
            "Tabernacle",
            "Mosque",
            "Synagogue",
            "Church of Christ",
            "Fellowship",
            "Assembly of God",
        ],
        "school" => &[
            "Elementary",
            "Middle School",
            "High School",
            "Academy",
            "Community College",
            "University",
            "Charter School",
            "Head Start",
            "Preschool",
            "Technical Institute",
            "School District",
            "Christian School",
            "Daycare",
        ],
        "work" => &[
            "Freight",
            "Logistics",
            "Tool & Die",
            "Poultry",
            "Paper Mill",
            "Roofing",
            "Dairy",
            "Foods",
            "Auto Body",
            "Construction Co.",
            "Electric",
            "Diner",
            "Lumber",
            "Textiles",
            "Casino",
            "Warehouse",
            "Staffing",
            "Steel Works",
            "Software",
            "Law Offices",
            "Motors",
            "Transit Authority",
            "Fire Department",
            "Correctional Facility",
            "Grill",
            "Brewing",
        ],
        "store" => &[
            "Pharmacy",
            "Drug",
            "Apothecary",
            "Compounding",
            "Rx",
            "Discount Drugs",
            "Chemists",
            "Medical Supply",
            "Specialty Pharmacy",
            "Home Infusion",
        ],
        "payer" => &[
            "Health Plan",
            "Mutual",
            "Insurance",
            "Benefit Trust",
            "HealthChoice",
            "Care Alliance",
            "Life",
            "Indemnity",
            "Administrators",
        ],
        "any" => {
            let kinds = ["hospital", "clinic", "home", "hospital", "clinic", "work", "school"];
            let kind = pick(rng, &kinds);
            return organization(rng, kind);
        }
        _ => return None,
    };
    let known: &[&str] = match kind {
        "church" => &["First Baptist", "St. Stephen's", "Our Lady of Lourdes", "Beth Israel"],
        "work" => &["Costco", "Delta Air Lines", "John Deere", "Kroger", "Sysco", "Best Buy"],
        "store" => &["Walgreens", "CVS", "Rite Aid", "Walmart", "Sam's Club", "H-E-B"],
        "payer" => &["Aetna", "Humana", "Cigna", "Medica", "Highmark", "Premera Blue Cross"],
        "hospital" => &["UPMC Presbyterian", "NYU Langone", "Geisinger", "Barnes-Jewish", "UCSF"],
        _ => &[],
    };
    if !known.is_empty() && rng.u8(..9) == 0 {
        return Some(pick(rng, known).to_string());
    }
    let end = pick(rng, ends);
    Some(match rng.u8(..16) {
        0 => format!("{other} & {base} {end}"),
        1 => format!("{base}-{other} {end}"),
        2 => {
            format!("St. {} {end}", pick(rng, &["Cyril", "Brigid", "Monica", "Isidore", "Blaise"]))
        }
        3 => format!("{} {base} {end}", pick(rng, &["North", "Greater", "West", "Upper", "Old"])),
        4 if kind == "hospital" || kind == "school" => format!("University of {base}"),
        5 if kind == "hospital" => format!("{base} {other} {end}"),
        _ => format!("{base} {end}"),
    })
}

//! Names of people: from lists, from syllables, from words and eponyms.

use super::names::{FAMILIES, GIVENS, WORD_FAMILIES, WORD_GIVENS};
use fastrand::Rng;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// A person's name.
#[derive(Clone)]
pub(crate) struct Person {
    /// Given name.
    pub(crate) given: String,
    /// Middle name.
    middle: String,
    /// Family name, with its particles.
    pub(crate) family: String,
    /// "Jr.", "III" or nothing.
    suffix: &'static str,
}

impl Person {
    /// First letter of the given name.
    pub(super) fn letter(&self) -> char {
        self.given.chars().next().unwrap_or('X')
    }

    /// First letter of the family name, an ASCII capital.
    pub(super) fn family_letter(&self) -> char {
        self.family.chars().find(char::is_ascii_uppercase).unwrap_or('M')
    }

    /// Given and family name.
    pub(super) fn plain(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    /// The full name in one of its forms.
    pub(super) fn full(&self, rng: &mut Rng) -> String {
        let initial = self.middle.chars().next().unwrap_or('A');
        let (given, family) = (&self.given, &self.family);
        let mut name = match rng.u8(..20) {
            0..12 => self.plain(),
            12..16 => format!("{given} {initial}. {family}"),
            16 => format!("{given} {initial} {family}"),
            17 => format!("{given} {} {family}", self.middle),
            18 => format!("{}. {initial}. {family}", self.letter()),
            _ => self.plain(),
        };
        if !self.suffix.is_empty() && rng.bool() {
            name.push_str(self.suffix);
        }
        name
    }

    /// Family name first.
    pub(super) fn comma(&self, rng: &mut Rng) -> String {
        let initial = self.middle.chars().next().unwrap_or('A');
        let (given, family) = (&self.given, &self.family);
        match rng.u8(..12) {
            0..6 => format!("{family}, {given}"),
            6 | 7 => format!("{family}, {given} {initial}."),
            8 | 9 => format!("{family}, {given} {initial}"),
            10 => format!("{family},{given}"),
            _ => format!("{family}, {given} {}", self.middle),
        }
    }

    /// Initials with points.
    pub(super) fn initials(&self) -> String {
        format!("{}.{}.", self.letter(), self.family_letter())
    }

    /// A pet name.
    pub(super) fn nick(&self) -> String {
        let given = self.given.as_str();
        let known = [
            ("James", "Jim"),
            ("Robert", "Bob"),
            ("William", "Bill"),
            ("Elizabeth", "Liz"),
            ("Margaret", "Peggy"),
            ("Patricia", "Patty"),
            ("Michael", "Mike"),
            ("John", "Jack"),
            ("Richard", "Dick"),
            ("Thomas", "Tom"),
            ("Barbara", "Barb"),
            ("Susan", "Sue"),
            ("Katherine", "Kate"),
            ("Edward", "Ted"),
            ("Charles", "Chuck"),
            ("Joseph", "Joe"),
        ];
        match known.iter().find(|(long, _)| *long == given) {
            Some((_, short)) => (*short).to_string(),
            None if given.is_ascii() && given.len() > 5 => format!("{}y", &given[..3]),
            None => given.to_string(),
        }
    }
}

/// Draws a person.
pub(crate) fn person(rng: &mut Rng) -> Person {
    let suffix = match rng.u8(..40) {
        0 => " Jr.",
        1 => " III",
        2 => " Sr.",
        3 => " Jr",
        4 => ", Jr.",
        5 => " II",
        _ => "",
    };
    let middle = given(rng);
    Person { given: given(rng), middle, family: family(rng), suffix }
}

/// A given name.
fn given(rng: &mut Rng) -> String {
    match rng.u8(..100) {
        0..52 => titled(ranked(rng, listed(0))),
        52..78 => pick(rng, own(GIVENS, 1)).to_string(),
        78..84 => pick(rng, own(WORD_GIVENS, 2)).to_string(),
        84..94 => made(rng, true),
        94..97 => format!("{}-{}", titled(ranked(rng, listed(0))), titled(ranked(rng, listed(0)))),
        _ => {
            format!("{} {}", titled(ranked(rng, listed(0))), titled(ranked(rng, listed(0))))
        }
    }
}

/// A family name.
fn family(rng: &mut Rng) -> String {
    match rng.u8(..100) {
        0..48 => {
            let name = titled(ranked(rng, listed(1)));
            match name.strip_prefix("Mc") {
                Some(rest) if rest.len() > 2 && rng.u8(..5) > 0 => format!("Mc{}", titled(rest)),
                _ => name,
            }
        }
        48..70 => pick(rng, own(FAMILIES, 3)).to_string(),
        70..77 => pick(rng, own(WORD_FAMILIES, 4)).to_string(),
        77..88 => made(rng, false),
        88..91 => eponym(rng),
        91..95 => {
            let (a, b) = (family(rng), titled(ranked(rng, listed(1))));
            if a.contains(['-', ' ']) { a } else { format!("{a}-{b}") }
        }
        95..97 => {
            let hispanic = [
                "Garcia", "Lopez", "Ruiz", "Castillo", "Vega", "Mendoza", "Rojas", "Ortega",
                "Núñez", "Peña", "Salazar", "Cordero", "Ibarra", "Montoya", "Quintero", "Zamora",
            ];
            format!("{} {}", pick(rng, &hispanic), pick(rng, &hispanic))
        }
        _ => {
            let particle = pick(
                rng,
                &[
                    "van ", "van der ", "de la ", "de ", "von ", "Al-", "al-", "El-", "ibn ",
                    "da ", "dos ", "di ", "Le", "La", "De", "Van ", "Mac", "Fitz", "O'", "St. ",
                    "ten ", "bin ",
                ],
            );
            format!("{particle}{}", made(rng, false))
        }
    }
}

/// A name somebody gave to a sign or a disease.
pub(super) fn eponym(rng: &mut Rng) -> String {
    match rng.u8(..3) {
        0 => titled(ranked(rng, listed(1))),
        1 => {
            let name = pick(rng, section("# eponyms"));
            if name.contains('-') { "Parkinson".into() } else { titled(name) }
        }
        _ => pick(
            rng,
            &[
                "Parkinson",
                "Crohn",
                "Hodgkin",
                "Foley",
                "Bell",
                "Wilson",
                "Addison",
                "Cushing",
                "Murphy",
                "Barrett",
                "Baker",
                "Paget",
                "Turner",
                "Marfan",
                "Romberg",
                "Apgar",
                "Huntington",
                "Alzheimer",
                "Meniere",
                "Wells",
                "Child",
                "Hashimoto",
                "Tinel",
            ],
        )
        .to_string(),
    }
}

/// A name that is in no list, from syllables.
fn made(rng: &mut Rng, short: bool) -> String {
    let starts = [
        "b", "br", "ch", "d", "dr", "f", "fr", "g", "gr", "h", "j", "k", "kh", "kr", "l", "m", "n",
        "ng", "p", "ph", "r", "s", "sh", "st", "t", "tr", "th", "v", "w", "y", "z", "", "",
    ];
    let vowels = ["a", "e", "i", "o", "u", "ai", "ei", "ia", "oa", "ee", "ou", "y", "ie", "é", "ö"];
    let ends = ["", "", "", "n", "r", "l", "s", "k", "m", "t", "nd", "rt", "lk", "sk", "ng", "x"];
    let tails = [
        "ski", "wicz", "enko", "ov", "ez", "son", "sen", "berg", "stein", "man", "ton", "ley",
        "ford", "worth", "field", "ian", "oglu", "idis", "opoulos", "escu", "ini", "elli", "eau",
        "ard", "aux", "nen", "ström", "kowski", "adze", "oğlu", "wala", "kar", "nathan", "singhe",
    ];
    let syllables = if short { 1 + rng.usize(..2) } else { 1 + rng.usize(..3) };
    let mut name = String::new();
    for i in 0..syllables {
        name.push_str(pick(rng, &starts));
        let plain = if rng.u8(..12) == 0 { vowels.len() } else { vowels.len() - 2 };
        name.push_str(pick(rng, &vowels[..plain]));
        if i + 1 == syllables || rng.bool() {
            name.push_str(pick(rng, &ends));
        }
    }
    if !short && rng.u8(..3) == 0 {
        name.push_str(pick(rng, &tails));
    }
    if short && rng.bool() {
        name.push_str(pick(
            rng,
            &["a", "elle", "ia", "an", "on", "ie", "isha", "io", "ette", "ith"],
        ));
    }
    if name.chars().count() < 3 {
        name.push_str("na");
    }
    titled(&name)
}

/// A product that is in no list.
pub(super) fn coined(rng: &mut Rng) -> String {
    let short = rng.bool();
    let mut name = made(rng, short);
    if rng.u8(..3) == 0 {
        name.push_str(pick(
            rng,
            &["ex", "ix", "max", "flow", "cel", "aid", "pro", "lite", "zol", "tex"],
        ));
    }
    name
}

/// "Mr. " and the like.
pub(super) fn title(rng: &mut Rng, she: bool) -> &'static str {
    match (rng.u8(..12), she) {
        (0..8, false) => "Mr. ",
        (8 | 9, false) => "Mr ",
        (10, false) => "Mr. ",
        (_, false) => "Mister ",
        (0..5, true) => "Mrs. ",
        (5..9, true) => "Ms. ",
        (9, true) => "Mrs ",
        (10, true) => "Miss ",
        (_, true) => "Ms ",
    }
}

/// What a doctor writes behind the name.
pub(super) fn doctor_title(rng: &mut Rng) -> &'static str {
    pick(
        rng,
        &[
            "MD", "MD", "MD", "M.D.", "DO", "D.O.", "MD, PhD", "MD, FACC", "NP", "PA-C", "MD MPH",
            "FNP-BC", "MBBS", "MD, FACS", "DPM", "APRN", "CRNA", "PharmD", "DDS", "OD",
        ],
    )
}

/// What a nurse writes behind the name.
pub(super) fn nurse_title(rng: &mut Rng) -> &'static str {
    pick(
        rng,
        &["RN", "RN", "R.N.", "LPN", "BSN, RN", "RN, BSN", "CNA", "RN, CCRN", "LVN", "MSN RN"],
    )
}

/// What a therapist or a social worker writes behind the name.
pub(super) fn worker_title(rng: &mut Rng) -> &'static str {
    pick(
        rng,
        &[
            "LCSW", "MSW", "LMSW", "PT", "PT, DPT", "OTR/L", "CCC-SLP", "PhD", "PsyD", "RD",
            "LMFT", "RRT", "CHW", "EMT-P",
        ],
    )
}

/// One of several.
pub(crate) fn pick<T: Copy>(rng: &mut Rng, of: &[T]) -> T {
    of[rng.usize(..of.len())]
}

/// One of a list that starts with the most frequent: about uniform over the logarithm of the rank,
/// but for the first few, which are equally likely.
pub(super) fn ranked<'l>(rng: &mut Rng, list: &[&'l str]) -> &'l str {
    const HEAD: f64 = 24.0;
    let rank = (list.len() as f64 / HEAD).powf(rng.f64()) * HEAD * rng.f64().sqrt();
    list[(rank as usize).min(list.len() - 1)]
}

/// With a capital at the start of each part.
pub(super) fn titled(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut start = true;
    for ch in name.chars() {
        if start {
            out.extend(ch.to_uppercase());
        } else {
            out.push(ch);
        }
        start = matches!(ch, ' ' | '-' | '\'' | '.');
    }
    out
}

/// The given names (0), family names (1), cities (2) and counties (3) of the lists.
pub(super) fn listed(which: usize) -> &'static [&'static str] {
    static LISTS: [OnceLock<Vec<&'static str>>; 4] = [const { OnceLock::new() }; 4];
    LISTS[which].get_or_init(|| {
        let text = match which {
            0 => include_str!("../../../crates/weir-tagger/lists/given.txt"),
            1 => include_str!("../../../crates/weir-tagger/lists/surnames.txt"),
            2 => include_str!("../../../crates/weir-tagger/lists/cities.txt"),
            _ => include_str!("../../../crates/weir-tagger/lists/counties.txt"),
        };
        text.lines().filter(|line| line.len() > 1).collect()
    })
}

/// The drugs or the eponyms of the clinical list.
pub(super) fn section(header: &str) -> &'static [&'static str] {
    static DRUGS: OnceLock<Vec<&'static str>> = OnceLock::new();
    static EPONYMS: OnceLock<Vec<&'static str>> = OnceLock::new();
    let cell = if header == "# drugs" { &DRUGS } else { &EPONYMS };
    cell.get_or_init(|| {
        let text = include_str!("../../../crates/weir-tagger/lists/clinical.txt");
        let lines = text.lines().skip_while(|line| *line != header).skip(1);
        lines.take_while(|line| !line.starts_with('#')).filter(|line| line.is_ascii()).collect()
    })
}

/// A word that is no common name.
pub(super) fn word(rng: &mut Rng) -> &'static str {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let names: BTreeSet<&str> =
            listed(0).iter().chain(listed(1).iter().take(8000)).copied().collect();
        let text = include_str!("../../../crates/weir-tagger/lists/words.txt");
        let plain = |word: &&str| word.len() > 2 && word.is_ascii() && !names.contains(word);
        text.lines().take_while(|line| !line.is_empty()).filter(plain).collect()
    });
    pick(rng, words)
}

/// A list of ours, split once.
pub(super) fn own(text: &'static str, which: usize) -> &'static [&'static str] {
    static LISTS: [OnceLock<Vec<&'static str>>; 12] = [const { OnceLock::new() }; 12];
    LISTS[which].get_or_init(|| {
        text.split([';', '\n']).map(str::trim).filter(|name| !name.is_empty()).collect()
    })
}

/// A town that is on no map.
pub(super) fn made_place(rng: &mut Rng) -> String {
    let end = pick(
        rng,
        &[
            "ville",
            "ton",
            "burg",
            "field",
            "wood",
            "port",
            " Falls",
            " Springs",
            " Heights",
            "dale",
            " Creek",
            "mont",
            " Beach",
            "view",
            " City",
            "haven",
            "bury",
            " Junction",
            "brook",
            " Park",
            " Grove",
            "ham",
            "wick",
            " Hills",
            "land",
            "ford",
            " Valley",
            " Point",
            " Lake",
        ],
    );
    let start = match rng.u8(..3) {
        0 => titled(ranked(rng, listed(1))),
        1 => made(rng, true),
        _ => pick(
            rng,
            &[
                "Maple", "Clear", "Cold", "Stone", "Green", "Glen", "Ash", "Oak", "Cedar",
                "Silver", "Rock", "West", "North", "Fair", "Spring", "Eagle", "Elk", "Bear",
                "Sand", "White", "Brook", "Mill", "Pine", "Sun", "Wind", "Red", "Black", "Rose",
                "Laurel", "Bridge",
            ],
        )
        .to_string(),
    };
    format!("{start}{end}")
}

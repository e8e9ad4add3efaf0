//! Seeded synthetic patients for weir's demo, tests and benches. Names, streets and numbers are
//! drawn at random from short lists; nobody real is meant, and nothing here comes from data of
//! real people. Telephone numbers are in 555-01xx, which is set aside for fiction.

mod draw;
mod words;

pub use draw::Draw;

use fastrand::Rng;
use std::fmt::Write;
use words::{
    CITIES, COMPLAINTS, FAMILIES, FINDINGS, GIVEN, ICD10, ORDINARY_FAMILIES, PLANS, STREETS,
};

/// A patient.
#[derive(Clone, Debug)]
pub struct Patient {
    /// Medical record number, ten digits.
    pub mrn: String,
    /// Family name.
    pub family: String,
    /// Given names.
    pub given: Vec<String>,
    /// Year, month and day of birth.
    pub birth: (u16, u8, u8),
    /// Social security number, nine digits in a layout that is issued.
    pub ssn: String,
    /// Telephone number, ten digits.
    pub phone: String,
    /// Street address.
    pub street: String,
    /// City.
    pub city: &'static str,
    /// State.
    pub state: &'static str,
    /// ZIP code.
    pub zip: &'static str,
    /// F or M.
    pub sex: &'static str,
}

/// A record for a topic.
#[derive(Clone, Debug)]
pub struct Record {
    /// The record key: the patient's MRN.
    pub key: String,
    /// JSON.
    pub value: String,
}

/// Makes patients and their records; the same seed gives the same ones.
#[derive(Debug)]
pub struct Generator {
    seed: u64,
    patients: Vec<Patient>,
}

/// The months' English names.
pub const MONTHS: [&str; 12] = [
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

impl Generator {
    /// A generator with this many patients; records are spread over them.
    pub fn new(seed: u64, patients: usize) -> Generator {
        let mut rng = Rng::with_seed(seed);
        Generator { seed, patients: (0..patients).map(|_| Patient::draw(&mut rng)).collect() }
    }

    /// The same, with family names and streets that nobody else has: one that is found somewhere is
    /// this patient's, and no surrogate's.
    pub fn unmistakable(seed: u64, patients: usize) -> Generator {
        let mut generator = Generator::new(seed, patients);
        for (n, patient) in generator.patients.iter_mut().enumerate() {
            patient.family = unheard_of(n);
            patient.street = format!("{} {} Lane", 10 + n, patient.family);
        }
        generator
    }

    /// The patients.
    pub fn patients(&self) -> &[Patient] {
        &self.patients
    }

    /// The patient whom record `n` is about.
    pub fn patient_of(&self, n: u64) -> &Patient {
        let mut rng = self.rng(n, 0);
        &self.patients[rng.usize(..self.patients.len())]
    }

    fn rng(&self, n: u64, stream: u64) -> Rng {
        // Odd constants keep the seeds of neighbours apart.
        let mixed =
            n.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ stream.wrapping_mul(0xd1b5_4a32_d192_ed03);
        Rng::with_seed(self.seed ^ mixed)
    }

    /// Record `n` as a clinical note: nested JSON with prose.
    pub fn note(&self, n: u64) -> Record {
        let p = self.patient_of(n);
        let mut rng = self.rng(n, 1);
        let (year, month, day) = visit_day(&mut rng);
        let author = format!("Dr. {} {}", pick(&mut rng, GIVEN), pick(&mut rng, FAMILIES));
        let text = note_text(&mut rng, p, (year, month, day), &author);
        let value = format!(
            concat!(
                r#"{{"type":"note","id":"{id}","patient":{{"mrn":"{mrn}","name":"{name}","birthDate":"{birth}","#,
                r#""ssn":"{ssn}","phone":"{phone}","address":{{"line":"{street}","city":"{city}","state":"{state}","zip":"{zip}"}}}},"#,
                r#""visit":{{"id":"V-{visit}","start":"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z","icd10":["{icd}","{icd2}"]}},"#,
                r#""note":{{"id":"{note_id}","author":"{author}","text":"{text}"}}}}"#
            ),
            id = uuid_v4(&mut rng),
            mrn = p.mrn,
            name = p.full_name(),
            birth = p.birth_iso(),
            ssn = p.ssn_dashed(),
            phone = p.phone_bracketed(),
            street = p.street,
            city = p.city,
            state = p.state,
            zip = p.zip,
            visit = rng.u32(10_000_000..99_999_999),
            year = year,
            month = month,
            day = day,
            hour = rng.u8(7..19),
            minute = rng.u8(0..60),
            icd = pick(&mut rng, ICD10),
            icd2 = pick(&mut rng, ICD10),
            note_id = uuid_v4(&mut rng),
            author = author,
            text = escape(&text),
        );
        Record { key: p.mrn.clone(), value }
    }

    /// Record `n` as a visit: flat JSON, the name in parts.
    pub fn visit(&self, n: u64) -> Record {
        let p = self.patient_of(n);
        let mut rng = self.rng(n, 2);
        let (year, month, day) = visit_day(&mut rng);
        let day = day.min(25);
        let given: Vec<_> = p.given.iter().map(|name| format!("\"{name}\"")).collect();
        let value = format!(
            concat!(
                r#"{{"type":"visit","id":"{id}","mrn":"{mrn}","family":"{family}","given":[{given}],"dob":"{birth}","#,
                r#""phone":"+1-{p1}-{p2}-{p3}","admitted":"{year}-{month:02}-{day:02}","discharged":"{year}-{month:02}-{out:02}","#,
                r#""zip":"{zip}","age":{age},"sex":"{sex}","codes":[{{"system":"icd10","code":"{icd}"}}],"#,
                r#""vitals":{{"bp":"{sys}/{dia}","hr":{hr},"temp_c":{temp:.1}}}}}"#
            ),
            id = uuid_v4(&mut rng),
            mrn = p.mrn,
            family = p.family,
            given = given.join(","),
            birth = p.birth_iso(),
            p1 = &p.phone[..3],
            p2 = &p.phone[3..6],
            p3 = &p.phone[6..],
            year = year,
            month = month,
            day = day,
            out = day + rng.u8(0..3),
            zip = p.zip,
            age = year - p.birth.0,
            sex = p.sex,
            icd = pick(&mut rng, ICD10),
            sys = rng.u8(100..160),
            dia = rng.u8(60..100),
            hr = rng.u8(50..110),
            temp = 36.0 + f64::from(rng.u8(0..25)) / 10.0,
        );
        Record { key: p.mrn.clone(), value }
    }
}

impl Patient {
    fn draw(rng: &mut Rng) -> Patient {
        // One patient in fifty has a name that is an ordinary word too.
        let family =
            if rng.u8(0..50) == 0 { pick(rng, ORDINARY_FAMILIES) } else { pick(rng, FAMILIES) };
        let mut given = vec![pick(rng, GIVEN).to_string()];
        if rng.bool() {
            given.push(pick(rng, GIVEN)[..1].to_string());
        }
        let area = loop {
            let area = rng.u16(1..900);
            if area != 666 {
                break area;
            }
        };
        let (city, state, zip) = CITIES[rng.usize(..CITIES.len())];
        Patient {
            mrn: format!("{:010}", rng.u64(1_000_000..9_999_999_999)),
            family: family.to_string(),
            given,
            birth: (rng.u16(1930..2015), rng.u8(1..13), rng.u8(1..29)),
            ssn: format!("{area:03}{:02}{:04}", rng.u8(1..100), rng.u16(1..10_000)),
            // 555-0100 to 555-0199 in every area code.
            phone: format!("{}{:02}555{:04}", rng.u8(2..10), rng.u8(0..100), rng.u16(100..200)),
            street: format!("{} {}", rng.u16(1..9999), pick(rng, STREETS)),
            city,
            state,
            zip,
            sex: if rng.bool() { "F" } else { "M" },
        }
    }

    /// `Jane Q Smith`.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given.join(" "), self.family)
    }

    /// `1961-03-04`.
    pub fn birth_iso(&self) -> String {
        format!("{}-{:02}-{:02}", self.birth.0, self.birth.1, self.birth.2)
    }

    /// `123-45-6789`.
    pub fn ssn_dashed(&self) -> String {
        format!("{}-{}-{}", &self.ssn[..3], &self.ssn[3..5], &self.ssn[5..])
    }

    /// `(212) 555-0142`.
    pub fn phone_bracketed(&self) -> String {
        format!("({}) {}-{}", &self.phone[..3], &self.phone[3..6], &self.phone[6..])
    }

    /// The identifiers of this patient, in the ways that records write them: none of these may be
    /// found in anything clean.
    pub fn identifiers(&self) -> Vec<String> {
        let (area, exchange, line) = (&self.phone[..3], &self.phone[3..6], &self.phone[6..]);
        let (given, family) = (&self.given[0], &self.family);
        let (year, month, day) = self.birth;
        vec![
            self.mrn.clone(),
            self.mrn.trim_start_matches('0').to_string(),
            self.ssn.clone(),
            self.ssn_dashed(),
            self.phone_bracketed(),
            format!("{area}-{exchange}-{line}"),
            format!("{area}.{exchange}.{line}"),
            self.phone.clone(),
            format!("{given} {family}"),
            self.full_name(),
            format!("{family}, {given}"),
            format!("{}. {family}", &given[..1]),
            self.birth_iso(),
            format!("{month:02}/{day:02}/{year}"),
            format!("{} {day}, {year}", MONTHS[usize::from(month) - 1]),
            self.street.clone(),
        ]
    }
}

fn note_text(rng: &mut Rng, p: &Patient, visit: (u16, u8, u8), author: &str) -> String {
    let (given, family) = (&p.given[0], &p.family);
    let title = if p.sex == "F" { "Ms." } else { "Mr." };
    let (year, month, day) = p.birth;
    let month_name = MONTHS[usize::from(month) - 1];
    let name = match rng.u8(0..8) {
        0 => format!("{family}, {given}"),
        1 => format!("{given} {family}"),
        2 => format!("{}. {family}", &given[..1]),
        3 => p.full_name().to_uppercase(),
        4 => format!("{given} {family}").to_lowercase(),
        5 => format!("Pt {family}"),
        6 => format!("{family}\u{a0}{}", &given[..1]),
        _ => format!("{title} {family}"),
    };
    let birth = match rng.u8(0..7) {
        0 => p.birth_iso(),
        1 => format!("{month:02}/{day:02}/{year}"),
        2 => format!("{day} {month_name} {year}"),
        3 => format!("{day:02}{}{year}", month_name[..3].to_uppercase()),
        4 => format!("{month}/{day}/{:02}", year % 100),
        5 => format!("{month_name}  {day}th, {year}"),
        _ => format!("{month_name} {day}, {year}"),
    };
    let mrn = match rng.u8(0..5) {
        0 => format!("MRN {}", p.mrn),
        1 => format!("MRN: {}", p.mrn.trim_start_matches('0')),
        2 => format!("MRN{}", p.mrn),
        3 => format!("chart {}\u{2011}{}", &p.mrn[..4], &p.mrn[4..]),
        _ => format!("record number {}-{}", &p.mrn[..4], &p.mrn[4..]),
    };
    let phone = match rng.u8(0..5) {
        0 => p.phone_bracketed(),
        1 => format!("{}-{}-{}", &p.phone[..3], &p.phone[3..6], &p.phone[6..]),
        2 => format!("{}-{}-{}x9", &p.phone[..3], &p.phone[3..6], &p.phone[6..]),
        3 => format!("{}\u{2013}{}\u{2013}{}", &p.phone[..3], &p.phone[3..6], &p.phone[6..]),
        _ => format!("{}.{}.{}", &p.phone[..3], &p.phone[3..6], &p.phone[6..]),
    };
    let mut text = format!(
        "{name} ({mrn}, born {birth}) was seen on {:02}/{:02}/{} for {}. {} {}",
        visit.1,
        visit.2,
        visit.0,
        pick(rng, COMPLAINTS),
        pick(rng, FINDINGS),
        pick(rng, FINDINGS),
    );
    if rng.bool() {
        let _ = write!(text, "\n{title} {family}'s assessment: {}", pick(rng, PLANS));
    }
    if rng.u8(0..3) == 0 {
        let _ = write!(text, "\nLives at {} in {}.", p.street, p.city);
    }
    if rng.u8(0..4) == 0 {
        let dash = ["-", "\u{2011}", " "][rng.usize(..3)];
        let _ = write!(text, " SSN on file {}.", p.ssn_dashed().replace('-', dash));
    }
    let _ = write!(text, "\nPlan: {} Call {phone} with results. {given} agreed.", pick(rng, PLANS));
    let _ = write!(text, "\nSigned, {author}");
    text
}

/// A name of five syllables that no list has; another one for each number.
fn unheard_of(mut n: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "xo", "qua", "vij", "zeb", "wuk", "jya", "kro", "fip", "gux", "hez", "plo", "dwi", "tsu",
        "myx", "bro", "nyq",
    ];
    let mut name = String::from("Xyz");
    for _ in 0..4 {
        name.push_str(SYLLABLES[n % 16]);
        n /= 16;
    }
    name
}

fn visit_day(rng: &mut Rng) -> (u16, u8, u8) {
    (rng.u16(2024..2026), rng.u8(1..13), rng.u8(1..29))
}

fn pick(rng: &mut Rng, list: &[&'static str]) -> &'static str {
    list[rng.usize(..list.len())]
}

fn uuid_v4(rng: &mut Rng) -> String {
    let n = (rng.u128(..) & !(0xf << 76) & !(0x3 << 62)) | 0x4 << 76 | 0x2 << 62;
    let hex = format!("{n:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_records() {
        let (a, b) = (Generator::new(7, 20), Generator::new(7, 20));
        assert_eq!(a.note(3).value, b.note(3).value);
        assert_ne!(a.note(3).value, Generator::new(8, 20).note(3).value);
    }

    #[test]
    fn one_patient_in_fifty_has_an_ordinary_word_for_a_name() {
        let patients = Generator::new(1, 5_000);
        let ordinary = |p: &&Patient| ORDINARY_FAMILIES.contains(&p.family.as_str());
        let n = patients.patients().iter().filter(ordinary).count();
        assert!((50..=150).contains(&n), "{n}");
    }

    #[test]
    fn an_unmistakable_patient_shares_no_name() {
        let generator = Generator::unmistakable(1, 20_000);
        let families: std::collections::BTreeSet<_> =
            generator.patients().iter().map(|p| &p.family).collect();
        assert_eq!(families.len(), 20_000);
        assert!(families.iter().all(|family| !FAMILIES.contains(&family.as_str())));
    }
}

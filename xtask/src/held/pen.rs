//! The little language of the templates, and the pen that writes them out.
//!
//! `{slot}` writes a value, `{slot:argument}` with an argument, `{who.form}` a name;
//! `{^slot}` begins with a capital, `{=slot}` notes its span as a code, `{'text}` writes the text. A slot may be a rule: a
//! list of templates, of which one is written. `<a|b|>` writes one of its parts. Outside of
//! braces and angles every character stands for itself.

use fastrand::Rng;

use super::names::Person;
use super::places::Place;
use super::{Chart, RULES, codes, ids, places};
use crate::draft::Draft;

pub(crate) const MONTHS: [&str; 12] = [
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
const DAYS: [&str; 7] =
    ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];
const HOLIDAYS: &[&str] = &[
    "Thanksgiving",
    "Christmas Eve",
    "Christmas Day",
    "Labor Day",
    "Memorial Day",
    "New Year's Day",
    "New Year's Eve",
    "Easter Sunday",
    "the Fourth of July",
    "Valentine's Day",
    "Halloween",
    "Mother's Day",
    "Veterans Day",
];

/// Who the patient is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anyone grown up.
    Adult,
    /// Between 70 and 101.
    Elder,
    /// Up to 17.
    Child,
    /// Some days old.
    Newborn,
    /// A woman of child-bearing age.
    Mother,
}

/// A pen, the people it writes about, and what it has written.
pub(super) struct Pen {
    /// The dice.
    pub(super) rng: Rng,
    /// The text.
    pub(super) out: Draft,
    /// The spans of codes and values.
    pub(super) codes: Vec<(usize, usize)>,
    people: Vec<Person>,
    recent: Vec<&'static str>,
    home: Place,
    away: Place,
    hospital: String,
    clinic: String,
    mrn: String,
    /// Today, in days since 1970.
    today: i64,
    born: i64,
    stay: i64,
    style: u8,
}

/// Year, month and day of a day since 1970.
fn civil(day: i64) -> (i64, usize, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (year, usize::try_from(month).unwrap_or(1), of_year - (153 * shifted + 2) / 5 + 1)
}

fn ordinal(day: i64) -> &'static str {
    match (day % 10, day / 10 == 1) {
        (1, false) => "st",
        (2, false) => "nd",
        (3, false) => "rd",
        _ => "th",
    }
}

/// A whole date in one of sixteen layouts.
fn date(day: i64, style: u8) -> String {
    let (y, m, d) = civil(day);
    let name = MONTHS[m - 1];
    let abbr = &name[..3];
    match style {
        0..=2 => format!("{m:02}/{d:02}/{y}"),
        3 => format!("{m}/{d}/{:02}", y % 100),
        4 => format!("{m}/{d}/{y}"),
        5 | 6 => format!("{name} {d}, {y}"),
        7 => format!("{y}-{m:02}-{d:02}"),
        8 => format!("{d:02}-{abbr}-{y}"),
        9 => format!("{abbr} {d}, {y}"),
        10 => format!("{m:02}-{d:02}-{y}"),
        11 => format!("{d} {name} {y}"),
        12 => format!("{d:02}-{abbr}-{:02}", y % 100),
        13 => format!("{d:02}{}{y}", abbr.to_uppercase()),
        14 => format!("{y}{m:02}{d:02}"),
        15 => format!("{m:02}.{d:02}.{y}"),
        16 => format!("{name} {d}{}, {y}", ordinal(d)),
        _ => format!("{d} {abbr} {y}"),
    }
}
const LAYOUTS: u8 = 18;

/// A date without its year.
fn day_and_month(day: i64, rng: &mut Rng) -> String {
    let (_, m, d) = civil(day);
    let name = MONTHS[m - 1];
    match rng.u8(..10) {
        0..=3 => format!("{m}/{d}"),
        4 => format!("{m:02}/{d:02}"),
        5 => format!("{} {d}", &name[..3]),
        6 => format!("{name} {d}"),
        7 => format!("{name} {d}{}", ordinal(d)),
        8 => format!("the {d}{} of {name}", ordinal(d)),
        _ => format!("{d} {}", &name[..3]),
    }
}

impl Pen {
    /// A pen with people to write about.
    pub(super) fn new(seed: u64, kind: Kind) -> Pen {
        let mut rng = Rng::with_seed(seed);
        let today = rng.i64(16_000..20_400);
        let years = match kind {
            Kind::Adult => rng.i64(19..89),
            Kind::Elder if rng.u8(..5) < 2 => rng.i64(90..102),
            Kind::Elder => rng.i64(68..90),
            Kind::Child => rng.i64(2..18),
            Kind::Newborn => 0,
            Kind::Mother => rng.i64(18..44),
        };
        let born = match kind {
            Kind::Newborn => today - rng.i64(2..9),
            _ => today - years * 36_525 / 100 - rng.i64(10..350),
        };
        let male = kind != Kind::Mother && rng.bool();
        let mut people = vec![Person::new(&mut rng, male, "person_name")];
        for at in 0..3 {
            let roles: &[(&str, bool)] = match (kind, at) {
                (Kind::Child | Kind::Newborn, 0) => &[("mother", false)],
                (Kind::Child | Kind::Newborn, 1) => &[("father", true), ("stepfather", true)],
                (Kind::Child | Kind::Newborn, _) => &[("grandmother", false), ("uncle", true)],
                (Kind::Mother, 0) => &[("partner", true), ("husband", true), ("mother", false)],
                (_, 0) if male => &[("wife", false), ("wife", false), ("daughter", false)],
                (_, 0) => &[("husband", true), ("son", true), ("sister", false)],
                (_, 1) => {
                    &[("daughter", false), ("son", true), ("brother", true), ("niece", false)]
                }
                _ => {
                    &[("friend", true), ("neighbor", false), ("roommate", false), ("cousin", true)]
                }
            };
            let (role, male) = roles[rng.usize(..roles.len())];
            let mut person = Person::new(&mut rng, male, "person_name");
            person.role = role;
            if at < 2 && rng.u8(..10) < 6 {
                person.family.clone_from(&people[0].family);
            }
            people.push(person);
        }
        let creds: [&[&str]; 5] = [
            &["MD", "MD", "M.D.", "DO"],
            &["MD", "MD, PhD", "M.D.", "DO", "MD, FACS"],
            &["RN", "RN", "BSN, RN", "LPN", "RN, CCRN"],
            &["MD", "NP", "PA-C", "DO", "FNP-BC", "APRN"],
            &["LCSW", "PharmD", "PT, DPT", "RT", "MSW", "RD", "OTR/L", "CNM", "PhD"],
        ];
        for of in creds {
            let male = rng.bool();
            let mut person = Person::new(&mut rng, male, "provider_name");
            person.role = of[rng.usize(..of.len())];
            people.push(person);
        }
        for _ in 0..3 {
            let male = rng.bool();
            people.push(Person::new(&mut rng, male, "person_name"));
        }
        let mrn = ids::one(
            &mut rng,
            &[
                "8999999",
                "89999999",
                "00899999",
                "009999999",
                "899-99-99",
                "89-99-99",
                "A8999999",
                "M000899999",
                "0089999-999",
                "899 9999",
                "AA899999",
                "8999999999",
                "HH-899999",
            ],
        );
        let (home, away) = (Place::new(&mut rng), Place::new(&mut rng));
        let hospital = places::hospital(&mut rng);
        let clinic = places::clinic(&mut rng);
        let (stay, style) = (rng.i64(1..10), rng.u8(..LAYOUTS));
        let out = Draft::default();
        let codes = Vec::new();
        Pen {
            rng,
            out,
            codes,
            people,
            recent: Vec::new(),
            home,
            away,
            hospital,
            clinic,
            mrn,
            today,
            born,
            stay,
            style,
        }
    }

    /// Another day, up to so many later, with the same people.
    pub(super) fn turn_page(&mut self, seed: u64, days: i64) {
        self.rng = Rng::with_seed(seed);
        self.today += self.rng.i64(0..days);
    }

    /// The patient.
    pub(super) fn chart(&self) -> Chart {
        let patient = &self.people[0];
        let (y, m, d) = civil(self.born);
        Chart {
            mrn: self.mrn.clone(),
            given: patient.given.clone(),
            family: patient.family.clone(),
            born: format!("{y}-{m:02}-{d:02}"),
            street: self.home.street.clone(),
            city: self.home.city.clone(),
            state: self.home.letters,
            zip: self.home.zip.clone(),
        }
    }

    /// One of several.
    pub(super) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.rng.usize(..of.len())]
    }

    /// Writes a template.
    ///
    /// # Panics
    /// If a slot has no such name, or a bracket is not closed.
    pub(super) fn write(&mut self, template: &str) {
        let mut rest = template;
        while let Some(at) = rest.find(['{', '<']) {
            let (words, tail) = rest.split_at(at);
            self.out.say(words);
            if let Some(inner) = tail.strip_prefix('{') {
                let Some((slot, behind)) = inner.split_once('}') else {
                    panic!("open slot in {template:?}");
                };
                self.slot(slot);
                rest = behind;
            } else {
                let (parts, behind) = parts(tail);
                let part = self.pick(&parts);
                self.write(part);
                rest = behind;
            }
        }
        self.out.say(rest);
    }

    fn slot(&mut self, slot: &str) {
        let from = self.out.text.len();
        if let Some(inner) = slot.strip_prefix('^') {
            self.slot(inner);
            if self.out.text.as_bytes().get(from).is_some_and(u8::is_ascii_lowercase) {
                let upper = self.out.text[from..=from].to_ascii_uppercase();
                self.out.text.replace_range(from..=from, &upper);
            }
        } else if let Some(literal) = slot.strip_prefix('\'') {
            self.out.say(literal);
        } else if let Some(inner) = slot.strip_prefix('=') {
            self.slot(inner);
            self.codes.push((from, self.out.text.len()));
        } else if let Some((_, templates)) =
            RULES.iter().copied().flatten().find(|(n, _)| *n == slot)
        {
            let mut template = self.pick(templates);
            // What was just said is not said again where there is a choice.
            for _ in 0..3 {
                if !self.recent.contains(&template) {
                    break;
                }
                template = self.pick(templates);
            }
            if self.recent.len() > 400 {
                self.recent.clear();
            }
            self.recent.push(template);
            self.write(template);
        } else if let Some((who, form)) = slot.split_once('.') {
            let at = "prsfabcdexyz".find(who).filter(|_| who.len() == 1);
            let Some(at) = at else { panic!("no person {slot:?}") };
            self.person(at, form);
        } else {
            let (name, argument) = slot.split_once(':').unwrap_or((slot, ""));
            if !self.number(name, argument)
                && !self.time(name, argument)
                && !codes::code(self, name)
                && !self.identifier(name)
            {
                panic!("no slot {slot:?}");
            }
        }
    }

    fn person(&mut self, at: usize, form: &str) {
        let person = self.people[at].clone();
        let he = |him: &'static str, her: &'static str| if person.male { him } else { her };
        let rng = &mut self.rng;
        let title = match (person.male, rng.u8(..4)) {
            (true, 0) => "Mr ",
            (true, _) => "Mr. ",
            (false, 0) => "Mrs. ",
            (false, _) => "Ms. ",
        };
        let staff = at > 3 && at < 9;
        let name = match form {
            "full" => person.full(rng),
            "lf" => person.listed(rng),
            "plain" => person.plain(),
            "caps" => person.plain().to_uppercase(),
            "last" => person.family.clone(),
            "first" => person.given.clone(),
            "mid" => person.middle.clone(),
            "init" => person.short(rng),
            "mr" => {
                self.out.say(title);
                person.family.clone()
            }
            "dr" => {
                let doctor = at < 6 || person.role.starts_with("MD") || person.role == "DO";
                self.out.say(if !doctor || !staff {
                    title
                } else if rng.u8(..6) == 0 {
                    "Dr "
                } else {
                    "Dr. "
                });
                match rng.u8(..8) {
                    0 => person.plain(),
                    1 => person.short(rng),
                    _ => person.family.clone(),
                }
            }
            "any" if staff => match rng.u8(..4) {
                0 => person.full(rng),
                1 => return self.person(at, "sig"),
                _ => return self.person(at, "dr"),
            },
            "any" => match rng.u8(..8) {
                0..=2 => return self.person(at, "mr"),
                3 | 4 => person.given.clone(),
                5 => person.family.clone(),
                6 => person.plain(),
                _ => person.full(rng),
            },
            "sig" => {
                let name = if rng.u8(..6) == 0 { person.listed(rng) } else { person.full(rng) };
                let comma = if rng.u8(..6) == 0 { " " } else { ", " };
                self.out.mark(person.class, &name);
                self.out.say(comma);
                return self.out.say(person.role);
            }
            "email" => {
                let address = mailbox(&person, staff, rng);
                return self.out.mark("email", &address);
            }
            "user" => {
                let handle = person.handle(rng);
                return self.out.mark("unique_id", &handle);
            }
            "at" => {
                let handle = format!("@{}", person.handle(rng).replace('.', "_"));
                return self.out.mark("unique_id", &handle);
            }
            "age" => return self.age(""),
            "aged" => {
                let unit =
                    self.pick(&["-year-old", "-year-old", " year old", " y.o.", " yo", "-y/o"]);
                return self.age(unit);
            }
            plain => {
                let word = match plain {
                    "he" => he("he", "she"),
                    "him" => he("him", "her"),
                    "his" => he("his", "her"),
                    "man" => he("man", "woman"),
                    "gent" => he("gentleman", "lady"),
                    "boy" => he("boy", "girl"),
                    "sex" => he("male", "female"),
                    "m" => he("M", "F"),
                    "kin" => he("son", "daughter"),
                    "rel" | "cred" => person.role,
                    _ => panic!("no form {plain:?} of a person"),
                };
                return self.out.say(word);
            }
        };
        self.out.mark(person.class, &name);
    }

    /// The patient's age, with an article in front where a unit is behind.
    fn age(&mut self, unit: &str) {
        let years = (self.today - self.born) * 100 / 36_525;
        let text = years.to_string();
        if !unit.is_empty() {
            let vowel = text.starts_with('8') || years == 11 || years == 18;
            self.out.say(if vowel { "an " } else { "a " });
        }
        if years > 89 {
            self.out.mark("age", &text)
        } else {
            self.out.say(&text)
        }
        self.out.say(unit);
    }

    fn number(&mut self, name: &str, argument: &str) -> bool {
        if !matches!(name, "n" | "f" | "ff") {
            return false;
        }
        let bounds = argument
            .split_once('-')
            .and_then(|(low, high)| Some((low.parse::<i64>().ok()?, high.parse::<i64>().ok()?)));
        let Some((low, high)) = bounds else { panic!("no bounds {argument:?}") };
        let whole = self.rng.i64(low..=high);
        let text = match name {
            "n" => whole.to_string(),
            "f" => format!("{whole}.{}", self.rng.digit(10)),
            _ => format!("{whole}.{}{}", self.rng.digit(10), self.rng.digit(10)),
        };
        self.out.say(&text);
        true
    }

    fn layout(&mut self) -> u8 {
        if self.rng.u8(..10) < 7 { self.style } else { self.rng.u8(..LAYOUTS) }
    }

    fn time(&mut self, name: &str, argument: &str) -> bool {
        let back = |pen: &mut Pen, low, high| pen.today - pen.rng.i64(low..high);
        let (class, text) = match name {
            "today" | "date" | "soon" | "old" | "admit" | "disch" => {
                let day = match name {
                    "today" | "disch" => self.today,
                    "date" => back(self, 1, 400),
                    "soon" => self.today + self.rng.i64(2..75),
                    "old" => back(self, 500, 7_000),
                    _ => self.today - self.stay,
                };
                ("date", date(day, self.layout()))
            }
            "fixed" => ("date", date(back(self, 1, 900), argument.parse().unwrap_or(0))),
            "md" => ("date", day_and_month(back(self, 1, 60), &mut self.rng)),
            "mdsoon" => ("date", day_and_month(self.today + 9, &mut self.rng)),
            "mdadmit" => ("date", day_and_month(self.today - self.stay, &mut self.rng)),
            "my" => {
                let (y, m, _) = civil(back(self, 60, 5_000));
                let name = MONTHS[m - 1];
                let text = match self.rng.u8(..5) {
                    0 => format!("{m:02}/{y}"),
                    1 => format!("{m}/{y}"),
                    2 => format!("{} {y}", &name[..3]),
                    _ => format!("{name} {y}"),
                };
                ("date", text)
            }
            "holiday" => {
                let (y, ..) = civil(back(self, 1, 900));
                let day = self.pick(HOLIDAYS);
                ("date", if self.rng.bool() { day.to_string() } else { format!("{day} {y}") })
            }
            "expiry" => {
                let (y, m, _) = civil(self.today + self.rng.i64(40..1_600));
                ("date", format!("{m:02}/{:02}", y % 100))
            }
            "stamp" => {
                let text = date(back(self, 0, 400), 7);
                self.out.mark("date", &text);
                let (h, m, s) = (self.rng.u8(..24), self.rng.u8(..60), self.rng.u8(..60));
                self.out.say(&format!("T{h:02}:{m:02}:{s:02}Z"));
                return true;
            }
            "dob" => ("birth_date", date(self.born, self.layout())),
            "dob2" => {
                let day = back(self, 3_000, 32_000);
                ("birth_date", date(day, self.rng.u8(..LAYOUTS)))
            }
            "birthday" => {
                let day = back(self, 1, 360);
                ("birth_date", day_and_month(day, &mut self.rng))
            }
            "death" => ("death_date", date(self.today, self.layout())),
            "death2" => ("death_date", date(back(self, 100, 9_000), self.rng.u8(..LAYOUTS))),
            "age90" => {
                let text = self.rng.u8(90..104).to_string();
                ("age", text)
            }
            "age90w" => {
                let text = self.pick(&["ninety-one", "ninety-three", "ninety-six", "ninety"]);
                ("age", text.to_string())
            }
            "weekday" | "month" | "year" | "time" => {
                let (y, m, _) = civil(back(self, 60, 9_000));
                let (h, min) = (self.rng.u8(..24), self.rng.u8(..60));
                let text = match name {
                    "weekday" => self.pick(&DAYS).to_string(),
                    "month" => MONTHS[m - 1].to_string(),
                    "year" => y.to_string(),
                    _ => match self.rng.u8(..4) {
                        0 => format!("{h:02}{min:02}"),
                        1 => {
                            format!("{}:{min:02} {}", h % 12 + 1, if h < 11 { "AM" } else { "PM" })
                        }
                        _ => format!("{h:02}:{min:02}"),
                    },
                };
                self.out.say(&text);
                return true;
            }
            "dow" => {
                let text = DAYS[usize::try_from(self.today.rem_euclid(7)).unwrap_or(0)];
                self.out.say(text);
                return true;
            }
            _ => return false,
        };
        self.out.mark(class, &text);
        true
    }

    /// Writes an identifier of that name.
    fn identifier(&mut self, name: &str) -> bool {
        let rng = &mut self.rng;
        let dashes = rng.u8(..3);
        let (class, value) = match name {
            "street" => ("street", self.home.street.clone()),
            "city" => ("city", self.home.city.clone()),
            "st" => ("state", self.home.letters.to_string()),
            "state" => ("state", self.home.state.to_string()),
            "zip" => ("zip", self.home.zip.clone()),
            "street2" => ("street", places::street(rng)),
            "city2" => {
                self.away = Place::new(rng);
                ("city", self.away.city.clone())
            }
            "st2" => ("state", self.away.letters.to_string()),
            "state2" => ("state", self.away.state.to_string()),
            "zip2" => ("zip", self.away.zip.clone()),
            "streetx" => ("street", places::street_abroad(rng)),
            "cityx" => ("city", places::city_abroad(rng).to_string()),
            "postcode" => {
                ("zip", ids::one(rng, &["LS8 9AA", "M89 8AA", "A8A 8A8", "BS8 9AA", "89999"]))
            }
            "county" => ("county", places::county(rng).to_string()),
            "country" => ("country", places::country(rng).to_string()),
            "hosp" => ("organization", self.hospital.clone()),
            "hosp2" => ("organization", places::hospital(rng)),
            "clinic" => ("organization", self.clinic.clone()),
            "clinic2" => ("organization", places::clinic(rng)),
            "snf" => ("organization", places::nursing_home(rng)),
            "labco" => ("organization", places::lab(rng)),
            "pharm" => ("organization", places::pharmacy(rng)),
            "ins" => ("organization", places::insurer(rng)),
            "school" => ("organization", places::school(rng)),
            "bank" => ("organization", places::bank(rng)),
            "org" => ("organization", places::employer(rng)),
            "phone" => ("phone", ids::phone(rng)),
            "phone7" => ("phone", ids::fill(rng, "555-01!99")),
            "abroad" => ("phone", ids::phone_abroad(rng)),
            "pager" => ("phone", ids::one(rng, &["8999", "89999"])),
            "fax" => ("fax", ids::phone(rng)),
            "url" => ("url", url(rng)),
            "ip" => ("ip", ip(rng)),
            "ssn" => ("ssn", ids::ssn(rng, ["-", "-", " "][usize::from(dashes)])),
            "ssn9" => ("ssn", ids::ssn(rng, "")),
            "itin" => ("itin", ids::itin(rng)),
            "mrn" => ("mrn", self.mrn.clone()),
            "mrn2" => ("mrn", ids::one(rng, &["8999999", "00899999", "E89999999", "89-99-99"])),
            "nhs" => {
                let number = ids::nhs(rng);
                ("nhs_number", ids::cut(&number, &[3, 6], [" ", " ", ""][usize::from(dashes)]))
            }
            "member" => (
                "member_id",
                ids::one(
                    rng,
                    &[
                        "AAA899999999",
                        "W89999 9999",
                        "89999999901",
                        "AAX8A9999999",
                        "H8999999999",
                        "XQA89999999",
                        "899999999-01",
                        "89999999A",
                        "ZGP899A99999",
                    ],
                ),
            ),
            "mbi" => {
                let number = ids::mbi(rng);
                ("mbi", ids::cut(&number, &[4, 7], ["-", "", "-"][usize::from(dashes)]))
            }
            "acct" => (
                "account",
                ids::one(
                    rng,
                    &["8999999999", "899999999", "0089999999", "H8999999", "8999-999999"],
                ),
            ),
            "aba" => ("account", ids::aba(rng)),
            "card" => {
                let number = ids::card(rng);
                ("card", ids::group_card(&number, [" ", "-", ""][usize::from(dashes)]))
            }
            "iban" => {
                let number = ids::iban(rng);
                let cuts: &[usize] = if dashes < 2 { &[] } else { &[4, 8, 12, 16, 20, 24, 28] };
                ("iban", ids::cut(&number, cuts, " "))
            }
            "lic" => (
                "license",
                ids::one(
                    rng,
                    &[
                        "A89999",
                        "ME899999",
                        "35.899999",
                        "G8999!9",
                        "89999-12",
                        "RN899999",
                        "OS89999",
                    ],
                ),
            ),
            "dl" => (
                "driver_license",
                ids::one(
                    rng,
                    &[
                        "A8999999",
                        "899 999 999",
                        "A899-9999-9999",
                        "89999999",
                        "A899-999-99-999-0",
                        "WDLAAAA899AA",
                        "AA899999A",
                        "899999999",
                        "A89-99-9999",
                        "H89999999",
                    ],
                ),
            ),
            "pass" => {
                ("passport", ids::one(rng, &["899999999", "A89999999", "AA8999999", "XA899999"]))
            }
            "dea" => ("dea", ids::dea(rng)),
            "npi" => ("npi", ids::npi(rng)),
            "plate" => (
                "vehicle",
                ids::one(rng, &["8AAA999", "AAA-8999", "AAA 899", "89AA99", "AA 8999A", "KA-8999"]),
            ),
            "vin" => ("vin", ids::vin(rng)),
            "serial" => (
                "device",
                ids::one(
                    rng,
                    &[
                        "PAA899999S",
                        "AAA899999",
                        "8A-89999-XA",
                        "00899A9999",
                        "SN89999A",
                        "899999",
                        "AA8A-9999-99",
                        "89AA999999",
                        "1000899999",
                    ],
                ),
            ),
            "mac" => {
                let sep = [":", "-", ":"][usize::from(dashes)];
                let text = ids::fill(rng, &["~~"; 6].join(sep));
                ("device", if rng.bool() { text.to_uppercase() } else { text })
            }
            "imei" => ("imei", ids::imei(rng)),
            "claim" => (
                "claim",
                ids::one(
                    rng,
                    &["CLM-2024-89999", "24899A99999", "WC-!0899999", "8999-9999-99", "C899999999"],
                ),
            ),
            "uuid" => {
                let text = ids::fill(rng, "~~~~~~~~-~~~~-4~~~-a~~~-~~~~~~~~~~~~");
                ("uuid", if dashes == 0 { text.to_uppercase() } else { text })
            }
            "geo" => ("geo_point", ids::geo(rng)),
            "acc" => (
                "unique_id",
                ids::one(
                    rng,
                    &[
                        "S24-89999",
                        "24-SP-99899",
                        "CR!8899999",
                        "A89999999",
                        "!XR24-9999!9",
                        "SP-23-0899",
                    ],
                ),
            ),
            "enc" => (
                "unique_id",
                ids::one(rng, &["899999999", "V00089999999", "1008999999", "E-89999"]),
            ),
            "order" => (
                "unique_id",
                ids::one(
                    rng,
                    &["ORD-89999", "89999999", "89-99!9", "AA-899-99999", "8999-A99", "PO89999"],
                ),
            ),
            "rx" => {
                ("unique_id", ids::one(rng, &["8999999", "R!X-8999999", "6899999-0!4", "C8999999"]))
            }
            "badge" => {
                ("unique_id", ids::one(rng, &["89999", "E-8999", "EMP089999", "B8999", "H089-9"]))
            }
            "stu" => {
                ("unique_id", ids::one(rng, &["9008999!99", "S0089999", "U-899-999", "A008!9999"]))
            }
            "ticket" => (
                "unique_id",
                ids::one(
                    rng,
                    &["INC0089999", "TKT-89999", "C!ASE-2025-8999", "899999", "SR8999999"],
                ),
            ),
            "track" => (
                "unique_id",
                ids::one(
                    rng,
                    &[
                        "1Z999AA89999999999",
                        "94008999999999999999",
                        "8999 9999 9999",
                        "JJD089999999999",
                    ],
                ),
            ),
            "pnr" => ("unique_id", ids::one(rng, &["AAAAAA", "XAAXAA", "AXAAXA"])),
            "lt" => {
                self.out.say("<");
                return true;
            }
            "gt" => {
                self.out.say(">");
                return true;
            }
            "open" => {
                self.out.say("{");
                return true;
            }
            "close" => {
                self.out.say("}");
                return true;
            }
            _ => return false,
        };
        self.out.mark(class, &value);
        true
    }
}

fn url(rng: &mut Rng) -> String {
    let host = site(rng);
    let path = ids::one(
        rng,
        &[
            "/visit/899999",
            "/p/~~~~~~",
            "/invoice?id=89999&view=full",
            "/chart/summary?pt=899999",
            "/users/8999/profile",
            "/f/8~~~~8/scan.pdf",
            "",
            "/",
            "/r/9~9~",
            "/orders/8999#items",
            "/video/9~~-9~~",
            "/blog/knee-rehab",
            "/share/~~~~~~~~~~",
        ],
    );
    let front = ["https://", "https://www.", "http://", "www.", "https://portal.", "https://my."]
        [rng.usize(..6)];
    match rng.u8(..12) {
        0 => format!("https://www.linkedin.com/in/{}", Person::new(rng, true, "").handle(rng)),
        1 => format!("facebook.com/{}", Person::new(rng, false, "").handle(rng)),
        2 => format!("https://youtu.be/{}", ids::fill(rng, "8A~~A9~XA~9")),
        3 => format!("http://{}:8080/{}", ip(rng).split(':').next().unwrap_or("h"), "status"),
        _ => format!("{front}{host}{path}"),
    }
}

fn ip(rng: &mut Rng) -> String {
    match rng.u8(..6) {
        0 => format!("2001:db8:{}::{}", ids::fill(rng, "8~~~"), ids::fill(rng, "8~")),
        1 => format!("fe80::{}", ids::fill(rng, "8~~~:8~~~:8~~~:8~~~")),
        2 => format!("10.{}.{}.{}", rng.u8(..), rng.u8(..), rng.u8(1..)),
        3 => format!("192.168.{}.{}", rng.u8(..), rng.u8(1..)),
        4 => format!("203.0.113.{}", rng.u8(1..)),
        _ => format!("{}.{}.{}.{}", rng.u8(11..223), rng.u8(..), rng.u8(..), rng.u8(1..)),
    }
}

fn site(rng: &mut Rng) -> String {
    let parts =
        ["bluestem", "kingfisher", "eastgate", "lakemont", "halcyon", "tallgrass", "otterbrook"];
    let tails =
        ["-health.org", "med.net", ".example.com", "clinic.com", "mail.org", ".io", "-care.co"];
    [parts[rng.usize(..parts.len())], tails[rng.usize(..tails.len())]].concat()
}

fn mailbox(person: &Person, staff: bool, rng: &mut Rng) -> String {
    let free = ["gmail.com", "yahoo.com", "outlook.com", "icloud.com", "example.com", "proton.me"];
    let host = if staff || rng.u8(..4) == 0 { site(rng) } else { free[rng.usize(..6)].to_string() };
    let name = person.handle(rng);
    let tag = if rng.u8(..16) == 0 { "+clinic" } else { "" };
    let address = format!("{name}{tag}@{host}");
    if rng.u8(..14) == 0 { address.to_uppercase() } else { address }
}

/// The parts of the choice at the head of a text, and what is behind it.
fn parts(text: &str) -> (Vec<&str>, &str) {
    let (mut depth, mut from, mut found) = (0, 1, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '<' => depth += 1,
            '>' if depth == 1 => {
                found.push(&text[from..at]);
                return (found, &text[at + 1..]);
            }
            '>' => depth -= 1,
            '|' if depth == 1 => {
                found.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    panic!("open choice in {text:?}");
}

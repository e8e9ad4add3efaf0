//! The fourth set's pen: `[a|b|]` writes one of its parts, `{slot}` a value, `{who.form}` somebody's
//! name, `{rule}` one of a rule's templates; `«text»` is a code or value, `¦` stands for a bar.

use fastrand::Rng;

use super::places::{LANDS, TOWNS, Town};
use super::rules::{RULES, SHAPES};
use super::{ids, names, places};
use crate::draft::Draft;

/// Who the patient is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anyone grown up.
    Adult,
    /// A man.
    Man,
    /// A woman.
    Woman,
    /// Between 75 and 99.
    Elder,
    /// From 3 to 16.
    Child,
    /// From 13 to 17.
    Teen,
    /// Some days old.
    Newborn,
    /// A woman of child-bearing age.
    Mother,
}

#[derive(Clone)]
struct Person {
    given: &'static str,
    family: String,
    middle: char,
    male: bool,
    class: &'static str,
    role: &'static str,
}

/// A pen, and what it has written.
pub(super) struct Pen {
    pub(super) rng: Rng,
    pub(super) out: Draft,
    /// The spans of codes and values.
    pub(super) codes: Vec<(usize, usize)>,
    people: Vec<Person>,
    home: &'static Town,
    street: String,
    zip: String,
    hospital: String,
    clinic: String,
    mrn: String,
    phone: String,
    today: i64,
    born: i64,
    stay: i64,
    layout: u8,
}

/// Letters of the people: patient, two relatives, four of the staff, two others.
const WHO: &str = "prsabcdxy";
const MONTHS: [&str; 12] = [
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
const WEEK: [&str; 7] =
    ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

fn person(rng: &mut Rng, male: bool, class: &'static str, role: &'static str) -> Person {
    let of = if male { names::MEN } else { names::WOMEN };
    Person {
        given: of[rng.usize(..of.len())],
        family: names::FAMILY[rng.usize(..names::FAMILY.len())].to_string(),
        middle: char::from(b"ABCDEFGHJKLMNPRSTW"[rng.usize(..18)]),
        male,
        class,
        role,
    }
}

impl Pen {
    pub(super) fn new(seed: u64, kind: Kind) -> Pen {
        let mut rng = Rng::with_seed(seed ^ 0x626c_696e_6421);
        let today = rng.i64(18_300..20_700);
        let years = match kind {
            Kind::Adult | Kind::Man | Kind::Woman => rng.i64(21..88),
            Kind::Elder => rng.i64(75..100),
            Kind::Child => rng.i64(3..17),
            Kind::Teen => rng.i64(13..18),
            Kind::Newborn => 0,
            Kind::Mother => rng.i64(18..43),
        };
        let born = match kind {
            Kind::Newborn => today - rng.i64(1..6),
            _ => today - years * 36_525 / 100 - rng.i64(10..350),
        };
        let male = match kind {
            Kind::Man => true,
            Kind::Woman | Kind::Mother => false,
            _ => rng.bool(),
        };
        let mut people = vec![person(&mut rng, male, "person_name", "")];
        let kin: [&[(&str, bool)]; 2] = match kind {
            Kind::Child | Kind::Teen | Kind::Newborn => {
                [&[("mother", false)], &[("father", true), ("grandmother", false)]]
            }
            Kind::Elder if !male => [&[("husband", true)], &[("daughter", false), ("son", true)]],
            _ if male => {
                [&[("wife", false), ("sister", false)], &[("son", true), ("daughter", false)]]
            }
            _ => [&[("husband", true), ("partner", true)], &[("mother", false), ("sister", false)]],
        };
        for of in kin {
            let (role, male) = of[rng.usize(..of.len())];
            let mut one = person(&mut rng, male, "person_name", role);
            if rng.u8(..3) > 0 {
                one.family.clone_from(&people[0].family);
            }
            people.push(one);
        }
        for of in [
            ["MD", "DO", "MD, FACP"],
            ["MD", "M.D.", "DO"],
            ["RN", "RN, BSN", "LPN"],
            ["NP", "PA-C", "APRN"],
        ] {
            let (role, male) = (of[rng.usize(..3)], rng.bool());
            people.push(person(&mut rng, male, "provider_name", role));
        }
        for _ in 0..2 {
            let male = rng.bool();
            people.push(person(&mut rng, male, "person_name", ""));
        }
        let home = &TOWNS[rng.usize(..TOWNS.len())];
        let street = places::street(&mut rng);
        let mut zip = ids::fill(&mut rng, &format!("{}%#", home.3.replace('#', "")));
        if rng.u8(..6) == 0 {
            zip += &ids::fill(&mut rng, "-%###");
        }
        let hospital = places::hospital(&mut rng, home);
        let clinic = places::clinic(&mut rng, home);
        let mrns =
            ["%######", "%#######", "00%#####", "%##-##-##", "M%######", "E%#######", "%#########"];
        let shape = mrns[rng.usize(..mrns.len())];
        let mrn = ids::fill(&mut rng, shape);
        let phone = ids::phone(&mut rng, home.4);
        let (stay, layout) = (rng.i64(2..9), rng.u8(..9));
        Pen {
            rng,
            out: Draft::default(),
            codes: Vec::new(),
            people,
            home,
            street,
            zip,
            hospital,
            clinic,
            mrn,
            phone,
            today,
            born,
            stay,
            layout,
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
        let mut open = None;
        while let Some(at) = rest.find(['{', '[', '«', '»', '¦']) {
            let (words, tail) = rest.split_at(at);
            self.out.say(words);
            let mut behind = tail.chars();
            match behind.next() {
                Some('{') => {
                    let Some((slot, after)) = tail[1..].split_once('}') else {
                        panic!("open slot in {template:?}");
                    };
                    self.slot(slot);
                    rest = after;
                    continue;
                }
                Some('[') => {
                    let (parts, after) = parts(tail);
                    let part = self.pick(&parts);
                    self.write(part);
                    rest = after;
                    continue;
                }
                Some('«') => open = Some(self.out.text.len()),
                Some('»') => {
                    let from = open.take().expect("an opened code");
                    self.codes.push((from, self.out.text.len()));
                }
                _ => self.out.say("|"),
            }
            rest = behind.as_str();
        }
        assert!(open.is_none() && !rest.contains([']', '}']), "unbalanced in {template:?}");
        self.out.say(rest);
    }

    /// Gives a text other letters or lines; no byte moves.
    pub(super) fn typeset(&mut self) {
        match self.rng.u8(..20) {
            0 => self.recase(|c| c.to_uppercase().next()),
            1 => self.recase(|c| c.to_lowercase().next()),
            2..=4 => {
                let mut bytes = std::mem::take(&mut self.out.text).into_bytes();
                let (mut column, mut blank) = (0, None);
                for at in 0..bytes.len() {
                    column += 1;
                    match bytes[at] {
                        b'\n' => (column, blank) = (0, None),
                        b' ' => blank = Some(at),
                        _ => {}
                    }
                    if let (true, Some(before)) = (column > 76, blank) {
                        bytes[before] = b'\n';
                        (column, blank) = (at - before, None);
                    }
                }
                self.out.text = String::from_utf8(bytes).expect("only blanks were changed");
            }
            _ => {}
        }
    }

    fn recase(&mut self, to: impl Fn(char) -> Option<char>) {
        let other = |c: char| to(c).filter(|new| new.len_utf8() == c.len_utf8()).unwrap_or(c);
        self.out.text = self.out.text.chars().map(other).collect();
    }

    fn slot(&mut self, slot: &str) {
        if let Some((_, templates)) = RULES.iter().find(|(name, _)| *name == slot) {
            let template = self.pick(templates);
            return self.write(template);
        }
        if let Some((_, class, shapes)) = SHAPES.iter().find(|(name, ..)| *name == slot) {
            let shape = self.pick(shapes);
            let value = ids::fill(&mut self.rng, shape);
            return self.out.mark(class, &value);
        }
        if let Some((who, form)) = slot.split_once('.') {
            let at = WHO.find(who).filter(|_| who.len() == 1);
            let Some(at) = at else { panic!("nobody {slot:?}") };
            return self.person(at, form);
        }
        let (name, argument) = slot.split_once(':').unwrap_or((slot, ""));
        let done = self.number(name, argument)
            || self.day(name)
            || self.place(name)
            || self.identifier(name);
        assert!(done, "no slot {slot:?}");
    }

    fn person(&mut self, at: usize, form: &str) {
        let one = self.people[at].clone();
        let Person { given, family, middle, male, role, class } = one;
        let plain = format!("{given} {family}");
        let name = match form {
            "full" => match self.rng.u8(..4) {
                0 => format!("{given} {middle}. {family}"),
                1 if at == 0 => format!("{given} {middle} {family}"),
                _ => plain,
            },
            "plain" => plain,
            "lf" => match self.rng.u8(..5) {
                0 => format!("{family}, {given} {middle}"),
                1 => format!("{family},{given}").to_uppercase(),
                2 => format!("{family}, {given}").to_uppercase(),
                _ => format!("{family}, {given}"),
            },
            "msg" => format!("{family}^{given}"),
            "caps" => plain.to_uppercase(),
            "low" => plain.to_lowercase(),
            "last" => family,
            "first" => given.to_string(),
            "short" => format!("{}. {family}", &given[..1]),
            "ini" => format!("{}{middle}{}", &given[..1], &family[..1]),
            "mr" => {
                let sir = if male { "Mr. " } else { self.pick(&["Ms. ", "Mrs. ", "Ms. "]) };
                self.out.say(sir);
                family
            }
            "dr" => {
                let title = self.pick(&["Dr. ", "Dr. ", "Dr "]);
                self.out.say(title);
                match self.rng.u8(..6) {
                    0 => plain,
                    _ => family,
                }
            }
            "sig" => {
                self.out.mark(class, &plain);
                return self.out.say(&format!(", {role}"));
            }
            "email" | "user" => {
                let plain = |text: &str| -> String {
                    text.chars()
                        .filter(char::is_ascii_alphabetic)
                        .collect::<String>()
                        .to_lowercase()
                };
                let (given, family) = (plain(given), plain(&family));
                let handle = match self.rng.u8(..4) {
                    0 => format!("{given}.{family}"),
                    1 => format!("{}{family}{}", &given[..1], self.rng.u8(1..99)),
                    2 => format!("{family}_{given}"),
                    _ => format!("{}{family}", &given[..1]),
                };
                if form == "user" {
                    return self.out.mark("unique_id", &handle);
                }
                let host = match class {
                    "provider_name" => self.site(),
                    _ => self
                        .pick(&["gmail.com", "yahoo.com", "outlook.com", "att.net", "icloud.com"])
                        .to_string(),
                };
                return self.out.mark("email", &format!("{handle}@{host}"));
            }
            "yo" => {
                let years = (self.today - self.born) * 100 / 36_525;
                match years {
                    90.. => self.out.mark("age", &years.to_string()),
                    _ => self.out.say(&years.to_string()),
                }
                let unit = self.pick(&["-year-old", " year old", " y/o", "yo", " y.o.", "-yo"]);
                return self.out.say(unit);
            }
            "age" => {
                let years = (self.today - self.born) * 100 / 36_525;
                return match years {
                    90.. => self.out.mark("age", &years.to_string()),
                    _ => self.out.say(&years.to_string()),
                };
            }
            word => {
                let word = match (word, male) {
                    ("he", true) => "he",
                    ("he", _) => "she",
                    ("He", true) => "He",
                    ("He", _) => "She",
                    ("him", true) => "him",
                    ("his", true) => "his",
                    ("him" | "his", _) => "her",
                    ("man", true) => "man",
                    ("man", _) => "woman",
                    ("sex", true) => "male",
                    ("sex", _) => "female",
                    ("mf", true) => "M",
                    ("mf", _) => "F",
                    ("boy", true) => "boy",
                    ("boy", _) => "girl",
                    ("rel" | "cred", _) => role,
                    _ => panic!("no form {word:?} of a person"),
                };
                return self.out.say(word);
            }
        };
        self.out.mark(class, &name);
    }

    fn number(&mut self, name: &str, argument: &str) -> bool {
        let text = match name {
            "n" | "f" | "ff" => {
                let (low, high) = argument.split_once('-').expect("bounds");
                let bound = |text: &str| text.parse::<i64>().expect("a bound");
                let whole = self.rng.i64(bound(low)..=bound(high));
                match name {
                    "n" => whole.to_string(),
                    "f" => format!("{whole}.{}", self.rng.u8(..10)),
                    _ => format!("{whole}.{:02}", self.rng.u8(..100)),
                }
            }
            "as" => ids::fill(&mut self.rng, argument),
            "concept" => ids::concept(&mut self.rng),
            "time" => {
                let (h, m) = (self.rng.u8(6..23), self.rng.u8(..60));
                match self.rng.u8(..3) {
                    0 => format!("{h:02}{m:02}"),
                    1 => {
                        format!("{}:{m:02} {}", (h + 11) % 12 + 1, if h < 12 { "AM" } else { "PM" })
                    }
                    _ => format!("{h:02}:{m:02}"),
                }
            }
            "bp" => format!("{}/{}", self.rng.u8(98..178), self.rng.u8(54..98)),
            // A child's weight, by its age.
            "kidkg" => {
                let years = (self.today - self.born) * 100 / 36_525;
                format!("{}.{}", 7 + 3 * years + self.rng.i64(0..5), self.rng.u8(..10))
            }
            "weekday" => self.pick(&WEEK).to_string(),
            "year" => {
                let (y, ..) = civil(self.today - self.rng.i64(800..9_000));
                y.max(civil(self.born).0 + 1).to_string()
            }
            _ => return false,
        };
        self.out.say(&text);
        true
    }

    fn whole(&mut self, day: i64) -> String {
        let layout = if self.rng.u8(..8) < 7 { self.layout } else { self.rng.u8(..9) };
        let (y, m, d) = civil(day);
        let month = MONTHS[m - 1];
        match layout {
            0 | 1 => format!("{m:02}/{d:02}/{y}"),
            2 => format!("{m}/{d}/{:02}", y % 100),
            3 => format!("{month} {d}, {y}"),
            4 => format!("{y}-{m:02}-{d:02}"),
            5 => format!("{} {d}, {y}", &month[..3]),
            6 => format!("{d:02}-{}-{y}", &month[..3]),
            7 => format!("{m}/{d}/{y}"),
            _ => format!("{m:02}-{d:02}-{:02}", y % 100),
        }
    }

    fn yearless(&mut self, day: i64) -> String {
        let (_, m, d) = civil(day);
        let month = MONTHS[m - 1];
        let tail = match d {
            1 | 21 | 31 => "st",
            2 | 22 => "nd",
            3 | 23 => "rd",
            _ => "th",
        };
        match self.rng.u8(..6) {
            0 => format!("{month} {d}"),
            1 => format!("{month} {d}{tail}"),
            2 => format!("{} {d}", &month[..3]),
            _ => format!("{m}/{d}"),
        }
    }

    fn back(&mut self, low: i64, high: i64) -> i64 {
        (self.today - self.rng.i64(low..high)).max(self.born)
    }

    fn day(&mut self, name: &str) -> bool {
        let (class, text) = match name {
            "today" => ("date", self.whole(self.today)),
            "admit" => ("date", self.whole(self.today - self.stay)),
            "date" => {
                let day = self.back(1, 150);
                ("date", self.whole(day))
            }
            "old" => {
                let day = self.back(400, 5_000);
                ("date", self.whole(day))
            }
            "soon" => {
                let day = self.today + self.rng.i64(3..70);
                ("date", self.whole(day))
            }
            "md" => {
                let day = self.back(1, 60);
                ("date", self.yearless(day))
            }
            "mdstay" => {
                let day = self.today - self.rng.i64(0..=self.stay);
                ("date", self.yearless(day))
            }
            "mdsoon" => {
                let day = self.today + self.rng.i64(2..50);
                ("date", self.yearless(day))
            }
            "dow" => {
                let day = self.back(1, 40);
                let long = WEEK[usize::try_from(day.rem_euclid(7)).unwrap_or(0)];
                let word = if self.rng.u8(..4) == 0 { &long[..3] } else { long };
                self.out.say(word);
                self.out.say(" ");
                ("date", self.yearless(day))
            }
            "my" => {
                let (y, m, _) = civil(self.back(90, 3_000));
                let text = match self.rng.u8(..4) {
                    0 => format!("{m:02}/{y}"),
                    1 => format!("{} {y}", &MONTHS[m - 1][..3]),
                    _ => format!("{} {y}", MONTHS[m - 1]),
                };
                ("date", text)
            }
            "dob" => ("birth_date", self.whole(self.born)),
            "died" => ("death_date", self.whole(self.today)),
            "expiry" => {
                let (y, m, _) = civil(self.today + self.rng.i64(60..1_400));
                ("date", format!("{m:02}/{:02}", y % 100))
            }
            "packed" => {
                let (y, m, d) = civil(self.today);
                ("date", format!("{y}{m:02}{d:02}"))
            }
            "dobpacked" => {
                let (y, m, d) = civil(self.born);
                ("birth_date", format!("{y}{m:02}{d:02}"))
            }
            _ => return false,
        };
        self.out.mark(class, &text);
        true
    }

    fn place(&mut self, name: &str) -> bool {
        let away = self.rng.usize(..TOWNS.len());
        let (class, value) = match name {
            "street" => ("street", self.street.clone()),
            "street2" => ("street", places::street(&mut self.rng)),
            "city" => ("city", self.home.0.to_string()),
            "state" => ("state", self.home.1.to_string()),
            "st" => ("state", self.home.2.to_string()),
            "zip" => ("zip", self.zip.clone()),
            "county" => ("county", self.home.5.to_string()),
            "city2" => ("city", TOWNS[away].0.to_string()),
            "cityst" => {
                self.out.mark("city", TOWNS[away].0);
                self.out.say(", ");
                ("state", TOWNS[away].2.to_string())
            }
            "country" => ("country", self.pick(LANDS).trim_start_matches("the ").to_string()),
            "hosp" => ("organization", self.hospital.clone()),
            "clinic" => ("organization", self.clinic.clone()),
            "hosp2" => ("organization", places::hospital(&mut self.rng, &TOWNS[away])),
            kind => match places::other(&mut self.rng, kind) {
                Some(name) => ("organization", name),
                None => return false,
            },
        };
        self.out.mark(class, &value);
        true
    }

    fn site(&mut self) -> String {
        let head = self.pick(&["kestrelhealth", "bluemesaclinic", "threeriversmed", "harborstone"]);
        let tail = self.pick(&[".org", ".com", ".net", ".org"]);
        format!("{head}{tail}")
    }

    fn identifier(&mut self, name: &str) -> bool {
        let area = self.home.4;
        let (class, value) = match name {
            "mrn" => ("mrn", self.mrn.clone()),
            "phone" => ("phone", self.phone.clone()),
            "phone2" => ("phone", ids::phone(&mut self.rng, area)),
            "fax" => ("fax", ids::phone(&mut self.rng, area)),
            "tollfree" => {
                let area = self.pick(&["800", "888", "877"]);
                ("phone", ids::phone(&mut self.rng, area))
            }
            "ssn" => ("ssn", ids::ssn(&mut self.rng)),
            "mbi" => ("mbi", ids::mbi(&mut self.rng)),
            "npi" => ("npi", ids::npi(&mut self.rng)),
            "dea" => {
                let family = self.people[3].family.clone();
                ("dea", ids::dea(&mut self.rng, &family))
            }
            "card" => ("card", ids::card(&mut self.rng)),
            "ip" => {
                let rng = &mut self.rng;
                ("ip", format!("{}.{}.{}.{}", rng.u8(11..220), rng.u8(..), rng.u8(..), rng.u8(1..)))
            }
            "url" => {
                let head = self.pick(&["https://", "www.", "https://portal.", "http://www."]);
                let site = self.site();
                let shape = self.pick(&[
                    "/visit/%#####",
                    "/results?id=%######",
                    "/join/@@%##@",
                    "/billpay/%####",
                ]);
                let path = ids::fill(&mut self.rng, shape);
                ("url", format!("{head}{site}{path}"))
            }
            _ => return false,
        };
        self.out.mark(class, &value);
        true
    }
}

/// Year, month and day of a day since 1970.
fn civil(day: i64) -> (i64, usize, i64) {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (d, m) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    (yoe + era * 400 + i64::from(m <= 2), usize::try_from(m).unwrap_or(1), d)
}

/// The parts of the choice at the head of a text, and what is behind it.
fn parts(text: &str) -> (Vec<&str>, &str) {
    let (mut depth, mut from, mut found) = (0, 1, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' if depth == 1 => {
                found.push(&text[from..at]);
                return (found, &text[at + 1..]);
            }
            ']' => depth -= 1,
            '|' if depth == 1 => {
                found.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    panic!("open choice in {text:?}");
}

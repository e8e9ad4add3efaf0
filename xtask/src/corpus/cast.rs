//! Who a text is about, and the values of its slots.

use super::expand::Writer;
use super::people::{self, Person};
use super::{numbers, places};
use fastrand::Rng;
use std::collections::BTreeMap;

/// The people and numbers of one text.
pub(crate) struct Cast {
    /// The patient, two relatives, a writer and a reader of mails.
    persons: [Person; 5],
    /// Attending, consultant, surgeon, family doctor, nurse, social worker.
    staff: [Person; 6],
    /// What the two relatives are.
    kinds: [&'static str; 2],
    /// True for a woman.
    woman: bool,
    /// The patient's age in years.
    age: u32,
    /// The day the text is about, in days since 1970.
    day: i64,
    /// The patient's birth, likewise.
    birth: i64,
    /// True if nobody is named.
    pub(crate) bare: bool,
    /// Values that stay the same within a text.
    kept: BTreeMap<String, String>,
}

impl Cast {
    /// Draws a cast.
    pub(super) fn new(rng: &mut Rng, bare: bool, draw: fn(&mut Rng) -> Person) -> Cast {
        let age = match rng.u8(..100) {
            0..5 => rng.u32(0..2),
            5..14 => rng.u32(2..18),
            14..24 if !bare => rng.u32(90..104),
            _ => rng.u32(18..90),
        };
        let day = rng.i64(13_900..20_800);
        let birth = day - i64::from(age) * 365 - i64::from(age / 4) - rng.i64(1..360);
        let kinds = [
            "daughter",
            "son",
            "wife",
            "husband",
            "mother",
            "father",
            "sister",
            "brother",
            "spouse",
            "partner",
            "niece",
            "nephew",
            "granddaughter",
            "grandson",
            "friend",
            "neighbor",
            "aunt",
            "uncle",
            "cousin",
            "fiancee",
            "stepmother",
            "son-in-law",
            "roommate",
            "caregiver",
            "girlfriend",
            "boyfriend",
            "ex-wife",
            "guardian",
        ];
        let mut kind = || kinds[rng.usize(..kinds.len())];
        let kinds = [kind(), kind()];
        Cast {
            persons: std::array::from_fn(|_| draw(rng)),
            staff: std::array::from_fn(|_| draw(rng)),
            kinds,
            woman: rng.bool(),
            age,
            day,
            birth,
            bare,
            kept: BTreeMap::new(),
        }
    }
}

impl Writer {
    /// Writes the value of a slot that is no pool; false if there is no such slot.
    pub(super) fn value(&mut self, slot: &str) -> bool {
        if let Some((who, form)) = slot.split_once('.')
            && self.person(who, form)
        {
            return true;
        }
        self.word(slot) || self.when(slot) || self.place(slot) || self.number(slot)
    }

    /// Writes words about the patient.
    fn word(&mut self, slot: &str) -> bool {
        let she = self.cast.woman;
        let age = self.cast.age;
        let words = match slot {
            "he" => ["he", "she"][usize::from(she)].to_string(),
            "He" => ["He", "She"][usize::from(she)].to_string(),
            "his" => ["his", "her"][usize::from(she)].to_string(),
            "His" => ["His", "Her"][usize::from(she)].to_string(),
            "him" => ["him", "her"][usize::from(she)].to_string(),
            "man" => match (age, she) {
                (0..2, false) => self.pick(&["boy", "infant", "male infant", "male"]),
                (0..2, true) => self.pick(&["girl", "infant", "female infant", "female"]),
                (2..18, false) => self.pick(&["boy", "male", "child"]),
                (2..18, true) => self.pick(&["girl", "female", "child"]),
                (_, false) => self.pick(&["man", "male", "gentleman", "M"]),
                (_, true) => self.pick(&["woman", "female", "lady", "F"]),
            }
            .to_string(),
            "sex" => [["M", "Male", "male"], ["F", "Female", "female"]][usize::from(she)]
                [self.rng.usize(..3)]
            .to_string(),
            "r1.kind" => self.cast.kinds[0].to_string(),
            "r2.kind" => self.cast.kinds[1].to_string(),
            "n" => self.rng.u32(2..10).to_string(),
            "nn" => self.rng.u32(10..100).to_string(),
            "nnn" => self.rng.u32(100..1000).to_string(),
            "num" => self.rng.u32(1..200).to_string(),
            "dec" => format!("{}.{}", self.rng.u32(0..15), self.rng.u32(0..10)),
            "dec2" => format!("{}.{:02}", self.rng.u32(0..4), self.rng.u32(0..100)),
            "adult" => self.rng.u32(19..90).to_string(),
            "drugname" => self.drug(),
            "word" => people::word(&mut self.rng).to_string(),
            "eponymname" => people::eponym(&mut self.rng),
            "cityname" => people::titled(people::ranked(&mut self.rng, people::listed(2))),
            "coined" => people::coined(&mut self.rng),
            "time" => self.time(),
            _ => {
                let class = match slot {
                    "age" => age,
                    "age.old" => self.rng.u32(90..106),
                    "who" | "Who" => {
                        self.who();
                        return true;
                    }
                    _ => return false,
                };
                if class > 89 {
                    self.draft.mark("age", &class.to_string());
                } else {
                    self.draft.say(&class.max(1).to_string());
                }
                return true;
            }
        };
        self.draft.say(&words);
        true
    }

    /// Writes the patient as the subject of a sentence.
    fn who(&mut self) {
        if !self.cast.bare && self.chance(40) {
            let form = self.pick(&["title", "title", "title", "first", "first", "full", "last"]);
            self.person("pt", form);
            return;
        }
        let he = if self.cast.woman { "She" } else { "He" };
        let words = self.pick(&["The patient", "The patient", "Patient", "Pt", he, he]);
        self.draft.say(words);
    }

    /// Writes a person in a form; false if there is no such person or form.
    fn person(&mut self, who: &str, form: &str) -> bool {
        let (class, person) = match who {
            "pt" => ("person_name", self.cast.persons[0].clone()),
            "r1" => ("person_name", self.cast.persons[1].clone()),
            "r2" => ("person_name", self.cast.persons[2].clone()),
            "u1" => ("person_name", self.cast.persons[3].clone()),
            "u2" => ("person_name", self.cast.persons[4].clone()),
            "p" => ("person_name", (self.voice.person)(&mut self.rng)),
            "dr" => ("provider_name", self.cast.staff[0].clone()),
            "dr2" => ("provider_name", self.cast.staff[1].clone()),
            "dr3" => ("provider_name", self.cast.staff[2].clone()),
            "pcp" => ("provider_name", self.cast.staff[3].clone()),
            "rn" => ("provider_name", self.cast.staff[4].clone()),
            "sw" => ("provider_name", self.cast.staff[5].clone()),
            "doc" => ("provider_name", (self.voice.person)(&mut self.rng)),
            _ => return false,
        };
        if class == "person_name" {
            assert!(!self.cast.bare, "a text without names has {who}.{form}");
        }
        let she = match who {
            "pt" => self.cast.woman,
            _ => self.rng.bool(),
        };
        let rng = &mut self.rng;
        let form = match form {
            "any" => ["full", "full", "title", "first", "last", "comma", "init"][rng.usize(..7)],
            "hdr" => ["full", "comma", "comma", "upcomma", "up", "full"][rng.usize(..6)],
            other => other,
        };
        match form {
            "full" => self.draft.mark(class, &person.full(&mut self.rng)),
            "plain" => self.draft.mark(class, &person.plain()),
            "last" => self.draft.mark(class, &person.family),
            "first" => self.draft.mark(class, &person.given),
            "nick" => self.draft.mark(class, &person.nick()),
            "comma" => self.draft.mark(class, &person.comma(&mut self.rng)),
            "init" => self.draft.mark(class, &format!("{}. {}", person.letter(), person.family)),
            "initials" => self.draft.mark(class, &person.initials()),
            "fl" => {
                let letter = person.family_letter();
                self.draft.mark(class, &format!("{} {letter}.", person.given));
            }
            "up" => self.draft.mark(class, &person.full(&mut self.rng).to_uppercase()),
            "upcomma" => self.draft.mark(class, &person.comma(&mut self.rng).to_uppercase()),
            "caret" => {
                let value = format!("{}^{}", person.family, person.given).to_uppercase();
                let (family, given) = value.split_once('^').unwrap_or((&value, ""));
                self.draft.mark(class, family);
                self.draft.say("^");
                self.draft.mark(class, given);
            }
            "title" => {
                let title = people::title(&mut self.rng, she);
                self.draft.say(title);
                self.draft.mark(class, &person.family);
            }
            "formal" => {
                let title = people::title(&mut self.rng, she);
                self.draft.say(title);
                self.draft.mark(class, &person.plain());
            }
            "dr" => {
                let title = self.pick(&["Dr. ", "Dr. ", "Dr. ", "Dr. ", "Dr ", "Doctor "]);
                self.draft.say(title);
                let name = match self.rng.u8(..8) {
                    0..5 => person.family.clone(),
                    5 => format!("{}. {}", person.letter(), person.family),
                    6 => person.comma(&mut self.rng),
                    _ => person.full(&mut self.rng),
                };
                let name = if name.contains(", ") { person.plain() } else { name };
                self.draft.mark(class, &name);
            }
            "cred" => {
                let name = person.full(&mut self.rng);
                self.draft.mark(class, &name);
                let (comma, title) = match who {
                    "rn" => (", ", people::nurse_title(&mut self.rng)),
                    "sw" => (", ", people::worker_title(&mut self.rng)),
                    _ => (", ", people::doctor_title(&mut self.rng)),
                };
                self.draft.say(if self.rng.u8(..6) == 0 { " " } else { comma });
                self.draft.say(title);
            }
            "email" => {
                let mail = numbers::email(&mut self.rng, &person);
                self.draft.mark("email", &mail);
            }
            "user" => {
                let user = numbers::user(&mut self.rng, &person);
                self.draft.mark("unique_id", &user);
            }
            _ => return false,
        }
        true
    }

    /// Writes a date or something like it.
    fn when(&mut self, slot: &str) -> bool {
        let day = self.cast.day;
        let style = match self.rng.u8(..10) {
            0..6 => self.manner.date,
            _ => self.rng.u8(..numbers::STYLES),
        };
        let full = style % numbers::FULL;
        let held = self.manner.date % numbers::FULL;
        let rng = &mut self.rng;
        let past = day - rng.i64(1..1500);
        let near = day - days(rng, 40);
        let short = numbers::FULL + rng.u8(..numbers::STYLES - numbers::FULL);
        let (class, day, style) = match slot {
            "date" => ("date", near, style),
            "today" => ("date", day, style),
            "date.full" => ("date", near, full),
            "date.adm" => ("date", day, held),
            "date.dc" => ("date", day + 1 + days(rng, 9), held),
            "date.past" => ("date", past, style),
            "date.fut" => ("date", day + 1 + days(rng, 120), style),
            "date.md" => ("date", near, short),
            "date.iso" => ("date", near, numbers::ISO),
            "date.8" => ("date", near, numbers::COMPACT),
            "dob" if !self.cast.kept.contains_key("dob") => {
                self.cast.kept.insert("dob".into(), String::new());
                ("birth_date", self.cast.birth, held)
            }
            "dob" => ("birth_date", self.cast.birth, full),
            "dob.8" => ("birth_date", self.cast.birth, numbers::COMPACT),
            "dob.other" => ("birth_date", rng.i64(-12_000..15_000), full),
            "dod" => ("death_date", day + days(rng, 20), full),
            "holiday" => ("date", day, numbers::STYLES),
            "year" => {
                let year = numbers::civil(day - (day - past) * 4).0;
                self.draft.say(&year.to_string());
                return true;
            }
            _ => return false,
        };
        let value = match slot {
            "holiday" => numbers::holiday(&mut self.rng, day),
            _ => numbers::date(&mut self.rng, day, style),
        };
        assert!(!self.cast.bare, "a text without names has {slot}");
        self.draft.mark(class, &value);
        true
    }

    /// Writes a place or an organisation.
    fn place(&mut self, slot: &str) -> bool {
        let (kept, class) = match slot {
            "city" => (true, "city"),
            "zip" => (true, "zip"),
            "street" => (true, "street"),
            "county" => (true, "county"),
            "state" | "st" => (true, "state"),
            "city.new" => (false, "city"),
            "zip.new" => (false, "zip"),
            "street.new" | "street.name" => (false, "street"),
            "county.new" => (false, "county"),
            "state.new" | "st.new" => (false, "state"),
            "country" => (false, "country"),
            "geo" => (false, "geo_point"),
            _ if slot.starts_with("org.") => (true, "organization"),
            _ if slot.starts_with("neworg.") => (false, "organization"),
            _ => return false,
        };
        assert!(!self.cast.bare, "a text without names has {slot}");
        if kept && let Some(value) = self.cast.kept.get(slot) {
            self.draft.mark(class, value);
            return true;
        }
        let hospital = self.cast.kept.get("org.hospital").cloned();
        let Some(value) = places::value(&mut self.rng, slot, hospital.as_deref()) else {
            return false;
        };
        self.draft.mark(class, &value);
        if kept {
            self.cast.kept.insert(slot.to_string(), value);
        }
        true
    }

    /// Writes a number that says who somebody is, or a clinical code.
    fn number(&mut self, slot: &str) -> bool {
        if let Some(code) = numbers::code(&mut self.rng, slot) {
            self.draft.say(&code);
            return true;
        }
        let kept = matches!(slot, "mrn" | "ssn" | "member" | "acc" | "visit" | "phone");
        if kept && let Some(value) = self.cast.kept.get(slot) {
            self.draft.mark(numbers::class(slot).unwrap_or("unique_id"), value);
            return true;
        }
        let day = self.cast.day;
        let letter = self.cast.staff[0].family_letter();
        let Some(value) = numbers::value(&mut self.rng, slot, day, letter) else { return false };
        let Some(class) = numbers::class(slot) else { return false };
        assert!(!self.cast.bare, "a text without names has {slot}");
        self.draft.mark(class, &value);
        if kept {
            self.cast.kept.insert(slot.to_string(), value);
        }
        true
    }

    /// A time of day.
    fn time(&mut self) -> String {
        let (hour, minute) = (self.rng.u32(..24), self.rng.u32(..60));
        let twelve = (hour + 11) % 12 + 1;
        match self.rng.u8(..6) {
            0 | 1 => format!("{hour:02}:{minute:02}"),
            2 => format!("{hour:02}{minute:02}"),
            3 => format!("{twelve}:{minute:02} {}", ["AM", "PM"][usize::from(hour > 11)]),
            4 => format!("{twelve}:{minute:02}{}", ["am", "pm"][usize::from(hour > 11)]),
            _ => format!("{hour:02}:{minute:02} hrs"),
        }
    }

    /// A drug: one of the list, or one that does not exist.
    fn drug(&mut self) -> String {
        let mut name = if self.chance(60) {
            let drugs = super::people::section("# drugs");
            self.pick(drugs).to_string()
        } else {
            let start = self.pick(&[
                "bel", "cor", "vas", "tri", "ral", "neb", "oxa", "sita", "tolva", "mira", "zan",
                "pexi", "luro", "dapi", "quora", "feno", "ibru", "sol", "vene", "ada", "nali",
                "tez", "riva", "epo", "gala", "lin", "moro", "ceta", "ustre", "brex",
            ]);
            let end = self.pick(&[
                "mab",
                "tinib",
                "pril",
                "sartan",
                "statin",
                "olol",
                "azole",
                "floxacin",
                "cillin",
                "gliptin",
                "gliflozin",
                "prazole",
                "setron",
                "triptan",
                "dipine",
                "afil",
                "lukast",
                "oxetine",
                "azepam",
                "ciclib",
                "vir",
                "mycin",
                "tide",
                "zumab",
            ]);
            format!("{start}{end}")
        };
        if self.chance(40) {
            name[..1].make_ascii_uppercase();
        }
        name
    }
}

/// Some days, 0 to `most`, near ones more often.
fn days(rng: &mut Rng, most: i64) -> i64 {
    rng.i64(0..=most).min(rng.i64(0..=most))
}

//! The little language of the third set's templates, and the pen that writes them out.
//!
//! `[a|b|]` writes one of its parts, `[@a|b]` the same one all through a text, `{slot}` a value, `{who.form}` somebody's name, `{rule}` one of
//! the rule's templates; `«text»` is a code or value that is noted as such. `⟦`, `⟧` and `¦` stand
//! for brackets and a bar.

use fastrand::Rng;

use super::people::Person;
use super::places::{ABROAD, Place};
use super::{RULES, dates, ids, places, shapes};
use crate::draft::Draft;

/// Who the patient is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anyone grown up.
    Adult,
    /// Grown up, a man.
    Man,
    /// Grown up, a woman.
    Woman,
    /// Between 70 and 101.
    Elder,
    /// From 2 to 17.
    Child,
    /// Some days old.
    Newborn,
    /// A woman of child-bearing age.
    Mother,
}

/// A pen, the people it writes about, and what it has written.
pub(super) struct Pen {
    pub(super) rng: Rng,
    pub(super) out: Draft,
    /// The spans of codes and values.
    pub(super) codes: Vec<(usize, usize)>,
    people: Vec<Person>,
    home: Place,
    away: Place,
    abroad: usize,
    street: String,
    hospital: String,
    clinic: String,
    mrn: String,
    phone: String,
    recent: Vec<&'static str>,
    today: i64,
    born: i64,
    stay: i64,
    layout: u8,
    /// Which part is written of lists that belong together.
    variant: usize,
    /// The minute of the day that it is now.
    minute: u16,
}

/// The letters of the people, in order: patient, two relatives, a friend, seven of the staff, two
/// other women and another man.
const WHO: &str = "prsfabcdeghxyz";
/// The first and the last of the staff.
const STAFF: (usize, usize) = (4, 10);

impl Pen {
    pub(super) fn new(seed: u64, kind: Kind) -> Pen {
        let mut rng = Rng::with_seed(seed ^ 0x7468_6972_6421);
        let rng_ref = &mut rng;
        let today = rng_ref.i64(17_900..20_500);
        let years = match kind {
            Kind::Adult | Kind::Man | Kind::Woman => rng_ref.i64(19..90),
            Kind::Elder if rng_ref.u8(..5) < 2 => rng_ref.i64(90..102),
            Kind::Elder => rng_ref.i64(70..90),
            Kind::Child => rng_ref.i64(2..18),
            Kind::Newborn => 0,
            Kind::Mother => rng_ref.i64(18..44),
        };
        let born = match kind {
            Kind::Newborn => today - rng_ref.i64(1..9),
            _ => today - years * 36_525 / 100 - rng_ref.i64(10..350),
        };
        let male = match kind {
            Kind::Man => true,
            Kind::Woman | Kind::Mother => false,
            _ => rng_ref.bool(),
        };
        let people = cast(rng_ref, kind, male);
        let (home, away) = (Place::new(rng_ref), Place::new(rng_ref));
        let abroad = rng_ref.usize(..ABROAD.len());
        let street = places::street(rng_ref);
        let hospital = places::hospital(rng_ref, &home);
        let clinic = places::clinic(rng_ref, &home);
        let mrn = ids::one(rng_ref, shapes::MRNS);
        let phone = ids::phone(rng_ref, home.area);
        let (stay, layout) = (rng_ref.i64(2..12), rng_ref.u8(..dates::LAYOUTS));
        let (variant, minute) = (rng_ref.usize(..12), rng_ref.u16(360..1_200));
        Pen {
            rng,
            out: Draft::default(),
            codes: Vec::new(),
            people,
            home,
            away,
            abroad,
            street,
            hospital,
            clinic,
            mrn,
            phone,
            recent: Vec::new(),
            today,
            born,
            stay,
            layout,
            variant,
            minute,
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
        let mut open = Vec::new();
        while let Some(at) = rest.find(['{', '[', '«', '»', '⟦', '⟧', '¦']) {
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
                    let (mut parts, after) = parts(tail);
                    // Of a list that begins with `@` it is the same one all through a text.
                    let part = match parts[0].strip_prefix('@') {
                        Some(first) => {
                            parts[0] = first;
                            parts[self.variant % parts.len()]
                        }
                        None => self.pick(&parts),
                    };
                    self.write(part);
                    rest = after;
                    continue;
                }
                Some('«') => open.push(self.out.text.len()),
                Some('»') => {
                    let from = open.pop().expect("an opened code");
                    self.codes.push((from, self.out.text.len()));
                }
                Some('⟦') => self.out.say("["),
                Some('⟧') => self.out.say("]"),
                _ => self.out.say("|"),
            }
            rest = behind.as_str();
        }
        assert!(open.is_empty() && !rest.contains([']', '}']), "unbalanced in {template:?}");
        self.out.say(rest);
    }

    fn slot(&mut self, slot: &str) {
        if let Some(inner) = slot.strip_prefix('^') {
            let from = self.out.text.len();
            self.slot(inner);
            if self.out.text.as_bytes().get(from).is_some_and(u8::is_ascii_lowercase) {
                let upper = self.out.text[from..=from].to_ascii_uppercase();
                self.out.text.replace_range(from..=from, &upper);
            }
        } else if let Some((_, templates)) =
            RULES.iter().copied().flatten().find(|(name, _)| *name == slot)
        {
            let mut template = self.pick(templates);
            for _ in 0..4 {
                if !self.recent.contains(&template) {
                    break;
                }
                template = self.pick(templates);
            }
            self.recent.push(template);
            self.write(template);
        } else if let Some((who, form)) = slot.split_once('.') {
            let at = WHO.find(who).filter(|_| who.len() == 1);
            let Some(at) = at else { panic!("nobody {slot:?}") };
            self.person(at, form);
        } else {
            let (name, argument) = slot.split_once(':').unwrap_or((slot, ""));
            let done = self.number(name, argument)
                || self.time(name)
                || self.place(name)
                || self.identifier(name, argument);
            assert!(done, "no slot {slot:?}");
        }
    }

    fn person(&mut self, at: usize, form: &str) {
        let person = self.people[at].clone();
        let rng = &mut self.rng;
        let staff = (STAFF.0..=STAFF.1).contains(&at);
        let sir = match (person.male, rng.u8(..5)) {
            (true, 0) => "Mr ",
            (true, _) => "Mr. ",
            (false, 0) => "Mrs. ",
            (false, _) => "Ms. ",
        };
        let name = match form {
            "full" => person.full(rng),
            "plain" => person.plain(),
            "lf" => person.listed(rng),
            "caps" => person.plain().to_uppercase(),
            "low" => person.plain().to_lowercase(),
            "lowfirst" => person.given.to_lowercase(),
            "capslast" => person.family.to_uppercase(),
            "last" => person.family.clone(),
            "first" => person.given.to_string(),
            "nick" => person.nick.to_string(),
            "nicked" => person.nicknamed(),
            "nickfull" => format!("{} {}", person.nick, person.family),
            "typo" => person.misspelt(rng),
            "short" => person.short(),
            "ini" => {
                let dots = rng.u8(..3) > 0;
                person.initials(dots)
            }
            "msg" => person.carets(),
            "mr" => {
                self.out.say(sir);
                person.family.clone()
            }
            "mrfull" => {
                self.out.say(sir);
                person.plain()
            }
            "dr" => {
                let degree = ["MD", "DO", "M.D.", "D.O."];
                let doctor = degree.iter().any(|degree| person.role.starts_with(degree));
                let title =
                    if doctor { ["Dr. ", "Dr. ", "Dr. ", "Dr "][rng.usize(..4)] } else { sir };
                self.out.say(title);
                match rng.u8(..8) {
                    0 => person.plain(),
                    1 => person.short(),
                    _ => person.family.clone(),
                }
            }
            "sig" => {
                let name = if rng.u8(..7) == 0 { person.short() } else { person.full(rng) };
                self.out.mark(person.class, &name);
                self.out.say(", ");
                return self.out.say(person.role);
            }
            // As it is most often written, whoever it is.
            "any" if staff => match rng.u8(..5) {
                0 => return self.person(at, "sig"),
                1 => person.full(rng),
                _ => return self.person(at, "dr"),
            },
            "any" => match rng.u8(..6) {
                0 | 1 => return self.person(at, "mr"),
                2 => person.given.to_string(),
                3 => person.family.clone(),
                _ => person.full(rng),
            },
            "email" => {
                let host = if staff { self.site() } else { mail(rng).to_string() };
                let handle = person.handle(&mut self.rng);
                return self.out.mark("email", &format!("{handle}@{host}"));
            }
            "user" => {
                let handle = person.handle(rng);
                return self.out.mark("unique_id", &handle);
            }
            "dea" => {
                let number = ids::dea(rng, &person.family);
                return self.out.mark("dea", &number);
            }
            "age" => return self.age(false, ""),
            "yo" | "ayo" => {
                let unit = self.pick(&[
                    "-year-old",
                    "-year-old",
                    "-year-old",
                    " y.o.",
                    " yo",
                    "yo",
                    " year old",
                    "-y/o",
                ]);
                return self.age(form == "ayo", unit);
            }
            word => {
                let him =
                    |his: &'static str, hers: &'static str| if person.male { his } else { hers };
                let word = match word {
                    "he" => him("he", "she"),
                    "him" => him("him", "her"),
                    "his" => him("his", "her"),
                    "self" => him("himself", "herself"),
                    "man" => him("man", "woman"),
                    "gent" => him("gentleman", "lady"),
                    "boy" => him("boy", "girl"),
                    "sex" => him("male", "female"),
                    "mf" => him("M", "F"),
                    "kin" => him("son", "daughter"),
                    "rel" | "cred" => person.role,
                    _ => panic!("no form {word:?} of a person"),
                };
                return self.out.say(word);
            }
        };
        self.out.mark(person.class, &name);
    }

    fn age(&mut self, article: bool, unit: &str) {
        let years = (self.today - self.born) * 100 / 36_525;
        let text = years.to_string();
        if article {
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
        let text = match name {
            "n" | "f" | "ff" => {
                let bounds = argument.split_once('-').expect("bounds");
                let bound = |text: &str| text.parse::<i64>().expect("a bound");
                let whole = self.rng.i64(bound(bounds.0)..=bound(bounds.1));
                let digits = ids::fill(
                    &mut self.rng,
                    ["", "#", "##"][name.len() - usize::from(name == "n")],
                );
                if name == "n" { whole.to_string() } else { format!("{whole}.{digits}") }
            }
            // A shape that is no identifier.
            "as" => ids::fill(&mut self.rng, argument),
            "time" => {
                let (h, m) = self.later();
                match self.rng.u8(..4) {
                    0 => format!("{h:02}{m:02}"),
                    1 => {
                        let half = if h < 12 { ["AM", "am", "a.m."] } else { ["PM", "pm", "p.m."] };
                        format!("{}:{m:02} {}", (h + 11) % 12 + 1, self.pick(&half))
                    }
                    _ => format!("{h:02}:{m:02}"),
                }
            }
            "clock" => {
                let (h, m) = self.later();
                format!("{h:02}:{m:02}")
            }
            "appt" => {
                let (h, m) = (self.rng.u8(8..17), self.rng.u8(..4) * 15);
                match self.rng.u8(..3) {
                    0 => format!("{h:02}:{m:02}"),
                    1 if h < 12 => format!("{h}:{m:02} AM"),
                    1 => format!("{}:{m:02} PM", (h + 11) % 12 + 1),
                    _ => format!("{}:{m:02}", (h + 11) % 12 + 1),
                }
            }
            "grade" if self.grade() < 1 => "K".to_string(),
            "grade" => self.grade().min(12).to_string(),
            // A child's weight and height, by its age.
            "kidkg" => {
                let years = self.grade() + 5;
                format!("{}.{}", 8 + years * 3 + self.rng.i64(0..4), self.rng.u8(..10))
            }
            "kidcm" => {
                let years = self.grade() + 5;
                format!("{}.{}", 76 + years * 6 + self.rng.i64(0..8), self.rng.u8(..10))
            }
            "bp" => format!("{}/{}", self.rng.u8(98..182), self.rng.u8(54..99)),
            "weekday" => dates::weekday(self.rng.i64(0..7)).to_string(),
            "season" => dates::MONTHS[self.rng.usize(..12)].to_string(),
            _ => return false,
        };
        self.out.say(&text);
        true
    }

    fn whole(&mut self, day: i64) -> String {
        let layout =
            if self.rng.u8(..10) < 8 { self.layout } else { self.rng.u8(..dates::LAYOUTS) };
        dates::whole(day, layout)
    }

    /// A day in the past, but not before the patient was born.
    fn back(&mut self, low: i64, high: i64) -> i64 {
        let day = self.today - self.rng.i64(low..high);
        if day < self.born { self.rng.i64(self.born..=self.today) } else { day }
    }

    fn grade(&self) -> i64 {
        (self.today - self.born) / 365 - 5
    }

    /// The hour and minute some minutes later.
    fn later(&mut self) -> (u16, u16) {
        self.minute = (self.minute + self.rng.u16(1..24)) % 1_440;
        (self.minute / 60, self.minute % 60)
    }

    fn time(&mut self, name: &str) -> bool {
        let (class, text) = match name {
            "today" | "disch" => ("date", self.whole(self.today)),
            "admit" => ("date", self.whole(self.today - self.stay)),
            "date" => {
                let day = self.back(1, 200);
                ("date", self.whole(day))
            }
            "old" => {
                let day = self.back(400, 6_000);
                ("date", self.whole(day))
            }
            "soon" => {
                let day = self.today + self.rng.i64(2..80);
                ("date", self.whole(day))
            }
            "md" => {
                let day = self.back(1, 60);
                ("date", dates::no_year(day, &mut self.rng))
            }
            "mdtoday" => ("date", dates::no_year(self.today, &mut self.rng)),
            "mdadmit" => ("date", dates::no_year(self.today - self.stay, &mut self.rng)),
            "mdstay" => {
                let day = self.today - self.rng.i64(0..=self.stay);
                ("date", dates::no_year(day, &mut self.rng))
            }
            "d1" => ("date", self.whole((self.today - 4).max(self.born))),
            "d2" => ("date", self.whole((self.today - 3).max(self.born))),
            "injury" | "injury2" | "injury3" => {
                let months = i64::try_from(self.variant).unwrap_or(0) + 13;
                let later = match name {
                    "injury" => 0,
                    "injury2" => 45,
                    _ => 88,
                };
                ("date", self.whole(self.today - 30 * months + later))
            }
            "mdsoon" => {
                let day = self.today + self.rng.i64(2..50);
                ("date", dates::no_year(day, &mut self.rng))
            }
            "dow" | "dowsoon" | "dowdate" => {
                let day = match name {
                    "dow" => self.today,
                    "dowsoon" => self.today + self.rng.i64(2..40),
                    _ => self.back(1, 60),
                };
                let long = dates::weekday(day);
                let word = if self.rng.u8(..4) == 0 { &long[..3] } else { long };
                self.out.say(word);
                let between = self.pick(&[", ", " ", ", "]);
                self.out.say(between);
                let text = match self.rng.bool() {
                    true => dates::no_year(day, &mut self.rng),
                    false => self.whole(day),
                };
                ("date", text)
            }
            "my" => {
                let high = self.pick(&[700, 700, 5_500]);
                let day = self.back(60, high);
                ("date", dates::month(day, &mut self.rng))
            }
            "holiday" => {
                let day = self.back(20, 900);
                ("date", dates::holiday(day, &mut self.rng))
            }
            "quarter" => ("date", dates::quarter(self.back(40, 200))),
            "iso" => {
                let day = dates::whole(self.back(0, 2), 13);
                self.out.mark("date", &day);
                let (h, m, s) = (self.rng.u8(..24), self.rng.u8(..60), self.rng.u8(..60));
                let tail = self.pick(&["Z", "-05:00", "", "-0800"]);
                self.out.say(&format!("T{h:02}:{m:02}:{s:02}{tail}"));
                return true;
            }
            "packed" => ("date", dates::packed(self.today)),
            // Digits of a message: the day, and a time of day that is none of the date.
            "packedtime" => {
                self.out.mark("date", &dates::packed(self.today));
                let time = format!("{:02}{:02}", self.rng.u8(..24), self.rng.u8(..60));
                self.out.say(&time);
                return true;
            }
            "expiry" => {
                let (y, m, _) = dates::civil(self.today + self.rng.i64(60..1_500));
                ("date", format!("{m:02}/{:02}", y % 100))
            }
            "dob" => ("birth_date", self.whole(self.born)),
            "dobpacked" => ("birth_date", dates::packed(self.born)),
            "birthday" => ("birth_date", dates::no_year(self.born, &mut self.rng)),
            "bornyear" => ("birth_date", dates::civil(self.born).0.to_string()),
            "dobkin" => {
                let day = self.today - self.rng.i64(7_000..30_000);
                ("birth_date", self.whole(day))
            }
            "died" => ("death_date", self.whole(self.today)),
            "diedkin" => {
                let day = self.back(100, 2_500);
                ("death_date", self.whole(day))
            }
            "age90" => ("age", self.rng.u8(90..103).to_string()),
            "year" => {
                let (y, ..) = dates::civil(self.back(400, 12_000));
                self.out.say(&y.to_string());
                return true;
            }
            _ => return false,
        };
        self.out.mark(class, &text);
        true
    }

    fn place(&mut self, name: &str) -> bool {
        let grade = self.grade();
        let (class, value) = match name {
            "street" => ("street", self.street.clone()),
            "city" => ("city", self.home.city.to_string()),
            "st" => ("state", self.home.letters.to_string()),
            "state" => ("state", self.home.state.to_string()),
            "zip" => ("zip", self.home.zip.clone()),
            "county" if self.home.county.is_empty() => ("county", "Orange County".to_string()),
            "county" => ("county", self.home.county.to_string()),
            "street2" => ("street", places::street(&mut self.rng)),
            "city2" => {
                self.away = Place::new(&mut self.rng);
                ("city", self.away.city.to_string())
            }
            "st2" => ("state", self.away.letters.to_string()),
            "state2" => ("state", self.away.state.to_string()),
            "zip2" => ("zip", self.away.zip.clone()),
            "cityx" => {
                self.abroad = self.rng.usize(..ABROAD.len());
                ("city", ABROAD[self.abroad].0.to_string())
            }
            "country" => ("country", ABROAD[self.abroad].1.to_string()),
            "hosp" => ("organization", self.hospital.clone()),
            "clinic" => ("organization", self.clinic.clone()),
            "hosp2" => {
                let place = Place::new(&mut self.rng);
                ("organization", places::hospital(&mut self.rng, &place))
            }
            "clinic2" => {
                let place = Place::new(&mut self.rng);
                ("organization", places::clinic(&mut self.rng, &place))
            }
            "snf" => ("organization", places::home(&mut self.rng)),
            "agency" => ("organization", places::agency(&mut self.rng)),
            kind => match places::other(&mut self.rng, kind, &self.home, grade) {
                Some(name) => ("organization", name),
                None => return false,
            },
        };
        self.out.mark(class, &value);
        true
    }

    fn site(&mut self) -> String {
        let heads =
            ["lakeshorehealth", "trimed", "pinevalleyclinic", "stagnes", "uhsmed", "corvenahealth"];
        let tails = [".org", ".com", ".net", ".edu", ".org"];
        format!("{}{}", self.pick(&heads), self.pick(&tails))
    }

    fn url(&mut self) -> String {
        let site = self.site();
        let front = self.pick(&["https://", "https://www.", "www.", "https://mychart.", "http://"]);
        let shapes = [
            "/visit/%#####",
            "/portal?pt=%######",
            "/join/&&&&-&&&&",
            "",
            "/results/~~~~~~~~",
            "/pay/%#######",
            "/e/~~~~",
            "/forms/intake?id=%####",
        ];
        let path = ids::one(&mut self.rng, &shapes);
        format!("{front}{site}{path}")
    }

    /// Identifiers; most of them by shapes.
    fn identifier(&mut self, name: &str, argument: &str) -> bool {
        let area = self.home.area;
        let rng = &mut self.rng;
        let shapes = shapes::shapes(name);
        if !shapes.0.is_empty() {
            let text = ids::one(rng, shapes.1);
            self.out.mark(shapes.0, &text);
            return true;
        }
        let (class, value) = match name {
            "mrn" => ("mrn", self.mrn.clone()),
            "phone" => ("phone", self.phone.clone()),
            "phone2" => ("phone", ids::phone(rng, area)),
            "phonext" => {
                let tail =
                    ids::one(rng, &[" x%###", " ext. %##", " ext %###", ", ext. %####", "x%###"]);
                ("phone", ids::phone(rng, area) + &tail)
            }
            "fax" => ("fax", ids::phone(rng, area)),
            "tollfree" => {
                let area = ["800", "888", "866", "877"][rng.usize(..4)];
                ("phone", ids::phone(rng, area))
            }
            "ssn" => ("ssn", ids::ssn(rng)),
            // The last name's initial and the last four digits.
            "vassn" => {
                let initial = self.people[0].initials(false);
                let tail = ids::fill(rng, "####");
                ("ssn", format!("{}{tail}", &initial[initial.len() - 1..]))
            }
            "itin" => ("itin", ids::itin(rng)),
            "mbi" => ("mbi", ids::mbi(rng)),
            "npi" => ("npi", ids::npi(rng)),
            "nhs" => ("nhs_number", ids::nhs(rng)),
            "card" => ("card", ids::card(rng)),
            "iban" => ("iban", ids::iban(rng)),
            "aba" => ("account", ids::aba(rng)),
            "vin" => ("vin", ids::vin(rng)),
            "imei" => ("imei", ids::imei(rng)),
            "mac" => ("device", ids::mac(rng)),
            "udi" => ("device", ids::udi(rng)),
            "uuid" => ("uuid", ids::uuid(rng)),
            "ip" => ("ip", ids::ip(rng)),
            "url" => ("url", self.url()),
            "id" => ("unique_id", ids::fill(rng, argument)),
            "email" => {
                let handle = Person::new(rng, true, "").handle(rng);
                ("email", format!("{handle}@{}", mail(rng)))
            }
            "sitemail" => {
                let box_ = self.pick(&[
                    "records",
                    "referrals",
                    "scheduling",
                    "info",
                    "billing",
                    "frontdesk",
                ]);
                ("email", format!("{box_}@{}", self.site()))
            }
            _ => return false,
        };
        self.out.mark(class, &value);
        true
    }
}

fn mail(rng: &mut Rng) -> &'static str {
    let hosts = [
        "gmail.com",
        "yahoo.com",
        "hotmail.com",
        "outlook.com",
        "icloud.com",
        "aol.com",
        "comcast.net",
    ];
    hosts[rng.usize(..hosts.len())]
}

/// The people of a text.
fn cast(rng: &mut Rng, kind: Kind, male: bool) -> Vec<Person> {
    let mut people = vec![Person::new(rng, male, "person_name")];
    let young = matches!(kind, Kind::Child | Kind::Newborn);
    for at in 0..3 {
        let roles: &[(&str, bool)] = match at {
            0 if young => &[("mother", false), ("mom", false)],
            1 if young => {
                &[("father", true), ("dad", true), ("grandmother", false), ("stepfather", true)]
            }
            2 if young => &[("aunt", false), ("uncle", true), ("older brother", true)],
            0 if kind == Kind::Mother => &[("husband", true), ("partner", true), ("mother", false)],
            0 if male => {
                &[("wife", false), ("wife", false), ("girlfriend", false), ("sister", false)]
            }
            0 => &[("husband", true), ("husband", true), ("partner", true), ("sister", false)],
            1 => &[
                ("daughter", false),
                ("son", true),
                ("brother", true),
                ("sister", false),
                ("niece", false),
            ],
            _ => &[
                ("neighbor", false),
                ("friend", true),
                ("roommate", true),
                ("coworker", false),
                ("landlord", true),
            ],
        };
        let (role, male) = roles[rng.usize(..roles.len())];
        let mut person = Person::new(rng, male, "person_name");
        person.role = role;
        if at < 2 && rng.u8(..10) < 6 {
            person.family.clone_from(&people[0].family);
        }
        people.push(person);
    }
    let degrees: [&[&str]; 7] = [
        &["MD", "MD", "M.D.", "DO", "D.O."],
        &["MD", "MD", "MD, FACC", "DO", "MD, MPH", "M.D."],
        &["RN", "RN", "LPN", "BSN, RN", "R.N."],
        &["NP", "PA-C", "FNP-C", "DNP", "PA", "APRN"],
        &["LCSW", "PharmD", "PT, DPT", "MSW", "RD, LDN", "OTR/L", "CCC-SLP", "PhD", "LPC"],
        &["RN", "LPN", "RN", "CMA"],
        &["MD", "MD", "DO", "MD, PhD"],
    ];
    for of in degrees {
        let male = rng.bool();
        let mut person = Person::new(rng, male, "provider_name");
        person.role = of[rng.usize(..of.len())];
        people.push(person);
    }
    for male in [false, false, true] {
        people.push(Person::new(rng, male, "person_name"));
    }
    people
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

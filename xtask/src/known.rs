//! A record's own values in its note: in each way that people write them, and through each encoding of the adversarial
//! set. What `weir run` leaves of them, and whether the note has the token of the field.

use crate::draft::{Draft, Mark};
use crate::faults::json::Json;
use crate::held::{self, Chart, MONTHS};
use crate::utility::chart::{members, plain};
use crate::utility::plant::{Cleaned, Plant};
use fastrand::Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

/// What the report says before the tables.
const HEAD: &str = "Each value stands alone in a sentence, in a record whose fields hold it; the record is cleaned twice by `weir run`.
`left`: notes in which a letter or digit of the value was left (policy: remove everything). `other`: notes in which
the field's token does not stand for it (policy: pseudonymize; what that removes or generalises is not counted).
`harmed`: notes that lost a word of the sentence around (not asked of base64). `refused`: records that went to
quarantine, under either policy; what is refused counts as left, too. An encoding that leaves a value as it is does not
count, nor do line ends in what stands in two lines already, nor does the token in base64, of
which the whole run goes. Patients: those of the generator, and eight with names that are hard (words, two letters, hyphens, accents).
";
/// Patients of the generator; their seeds begin where no other set comes.
const PATIENTS: u64 = 22;
const FIRST: u64 = 7_000_000;
/// Failures that are shown.
const SHOWN: usize = 40;

/// Names that are words, short, in parts, or with other letters.
const HARD: [(&str, &str); 8] = [
    ("Grace", "Young"),
    ("Will", "Price"),
    ("Mai", "Ng"),
    ("Bo", "Li"),
    ("Siobhan", "O'Brien-Katz"),
    ("Jos\u{e9}", "Mu\u{f1}oz"),
    ("Anne-Marie", "de la Cruz"),
    ("Robert", "Thistlewaite"),
];

/// Sentences around a value, which is `{}`. None names anybody or anything that is an identifier.
const AROUND: [&str; 8] = [
    "Slept well, then {} was seen on rounds and felt better.",
    "Discussed with the family: {}, no new complaints overnight.",
    "{} - stable, tolerating diet, pain controlled.",
    "Plan was reviewed ({}) and no changes were made.",
    "The chart says {} and nothing was added since.",
    "Nursing noted {}; ambulating in the hall without help.",
    "Here because of cough and low appetite. {}. Lungs clear.",
    "Wound clean and dry today, see {}",
];

/// A patient, and the numbers that the generator's chart does not have.
struct Person {
    chart: Chart,
    ssn: String,
    phone: String,
    nick: Option<&'static str>,
}

/// A way to write a value, what is around it before the first and behind the second `|`; nothing where the value
/// cannot be written so.
type Way = fn(&Person, &mut Rng) -> Option<String>;

/// Class, what the table calls it, and how it is written.
const WAYS: &[(&str, &str, Way)] = &[
    ("person_name", "Given Family", |p, _| Some(format!("{} {}", p.given(), p.family()))),
    ("person_name", "GIVEN FAMILY", |p, _| Some(upper(&format!("{} {}", p.given(), p.family())))),
    ("person_name", "given family", |p, _| Some(lower(&format!("{} {}", p.given(), p.family())))),
    ("person_name", "Family, Given", |p, _| Some(format!("{}, {}", p.family(), p.given()))),
    ("person_name", "Family Given", |p, _| Some(format!("{} {}", p.family(), p.given()))),
    ("person_name", "FAMILY^GIVEN", |p, _| Some(upper(&format!("{}^{}", p.family(), p.given())))),
    ("person_name", "given.family", |p, _| Some(lower(&format!("{}.{}", p.given(), p.family())))),
    ("person_name", "GivenFamily", |p, _| Some(format!("{}{}", p.given(), p.family()))),
    ("person_name", "Given Q. Family", |p, _| {
        let middle = p.initial(p.given());
        Some(format!("{} {middle}. {}", p.given(), p.family()))
    }),
    ("person_name", "G. Family", |p, _| Some(format!("{}. {}", p.initial(p.given()), p.family()))),
    ("person_name", "Family, G.", |p, _| {
        Some(format!("|{}, {}|.", p.family(), p.initial(p.given())))
    }),
    ("person_name", "GFamily", |p, _| Some(format!("{}{}", p.initial(p.given()), p.family()))),
    ("person_name", "Mr. Family", |p, _| Some(format!("Mr. |{}|", p.family()))),
    ("person_name", "Family", |p, _| Some(p.family().to_string())),
    ("person_name", "FAMILY", |p, _| Some(upper(p.family()))),
    ("person_name", "family", |p, _| Some(lower(p.family()))),
    ("person_name", "Family's", |p, _| Some(format!("|{}|'s", p.family()))),
    ("person_name", "Family\u{2019}s", |p, _| Some(format!("|{}|\u{2019}s", p.family()))),
    ("person_name", "the Familys", |p, _| Some(format!("the |{}s|", p.family()))),
    ("person_name", "Given", |p, _| Some(p.given().to_string())),
    ("person_name", "GIVEN", |p, _| Some(upper(p.given()))),
    ("person_name", "given", |p, _| Some(lower(p.given()))),
    ("person_name", "nickname", |p, _| p.nick.map(str::to_string)),
    ("person_name", "nickname Family", |p, _| Some(format!("{} {}", p.nick?, p.family()))),
    ("person_name", "F a m i l y", |p, _| Some(spaced(p.family()))),
    ("person_name", "G i v e n F a m i l y", |p, _| {
        Some(format!("{} {}", spaced(p.given()), spaced(p.family())))
    }),
    ("person_name", "Fam ily", |p, dice| parted(p.family(), " ", dice)),
    ("person_name", "Fam-/ily", |p, dice| parted(p.family(), "-\n", dice)),
    ("person_name", "Given/Family", |p, _| Some(format!("{}\n{}", p.given(), p.family()))),
    ("person_name", "G.F.", |p, _| {
        Some(format!("|{}.{}|.", p.initial(p.given()), p.initial(p.family())))
    }),
    ("person_name", "Mr. GF", |p, _| {
        Some(format!("Mr. |{}{}|", p.initial(p.given()), p.initial(p.family())))
    }),
    ("person_name", "without accents", |p, _| {
        let name = format!("{} {}", p.given(), p.family());
        let bare = name.replace('\u{e9}', "e").replace('\u{f1}', "n");
        (bare != name).then_some(bare)
    }),
    ("mrn", "as the field", |p, _| Some(p.chart.mrn.clone())),
    ("mrn", "without zeros and separators", |p, _| Some(p.core())),
    ("mrn", "with zeros", |p, _| Some(format!("{:0>10}", p.core()))),
    ("mrn", "MRN: core", |p, _| Some(format!("MRN: |{}|", p.core()))),
    ("mrn", "#core", |p, _| Some(format!("#|{}|", p.core()))),
    ("mrn", "in groups", |p, _| Some(grouped(&p.core(), " "))),
    ("mrn", "with dashes", |p, _| Some(grouped(&p.core(), "-"))),
    ("mrn", "with points", |p, _| Some(grouped(&p.core(), "."))),
    ("mrn", "figure by figure", |p, _| Some(spaced(&p.core()))),
    ("mrn", "over two lines", |p, dice| parted(&p.core(), "\n", dice)),
    ("ssn", "123-45-6789", |p, _| Some(p.ssn(["-", "-"]))),
    ("ssn", "123456789", |p, _| Some(p.ssn(["", ""]))),
    ("ssn", "123 45 6789", |p, _| Some(p.ssn([" ", " "]))),
    ("ssn", "123.45.6789", |p, _| Some(p.ssn([".", "."]))),
    ("ssn", "123/45/6789", |p, _| Some(p.ssn(["/", "/"]))),
    ("ssn", "figure by figure", |p, _| Some(spaced(&p.ssn(["", ""])))),
    ("ssn", "over two lines", |p, dice| parted(&p.ssn(["-", "-"]), "\n", dice)),
    ("phone", "(212) 555-0142", |p, _| Some(p.phone(["(", ") ", "-"]))),
    ("phone", "212-555-0142", |p, _| Some(p.phone(["", "-", "-"]))),
    ("phone", "212.555.0142", |p, _| Some(p.phone(["", ".", "."]))),
    ("phone", "212 555 0142", |p, _| Some(p.phone(["", " ", " "]))),
    ("phone", "2125550142", |p, _| Some(p.phone(["", "", ""]))),
    ("phone", "+12125550142", |p, _| Some(p.phone(["+1", "", ""]))),
    ("phone", "+1 (212) 555-0142", |p, _| Some(p.phone(["+1 (", ") ", "-"]))),
    ("phone", "1-212-555-0142", |p, _| Some(p.phone(["1-", "-", "-"]))),
    ("phone", "555-0142", |p, _| Some(format!("{}-{}", &p.phone[3..6], &p.phone[6..]))),
    ("phone", "with an extension", |p, _| Some(p.phone(["", "-", "-"]) + " ext 12")),
    ("phone", "over two lines", |p, dice| parted(&p.phone(["", "-", "-"]), "\n", dice)),
    ("birth_date", "1961-03-04", |p, _| Some(p.chart.born.clone())),
    ("birth_date", "03/04/1961", |p, _| Some(p.born(|y, m, d| format!("{m:02}/{d:02}/{y}")))),
    ("birth_date", "3/4/61", |p, _| Some(p.born(|y, m, d| format!("{m}/{d}/{:02}", y % 100)))),
    ("birth_date", "03-04-1961", |p, _| Some(p.born(|y, m, d| format!("{m:02}-{d:02}-{y}")))),
    ("birth_date", "3.4.1961", |p, _| Some(p.born(|y, m, d| format!("{m}.{d}.{y}")))),
    ("birth_date", "4/3/1961 (day first)", |p, _| Some(p.born(|y, m, d| format!("{d}/{m}/{y}")))),
    ("birth_date", "19610304", |p, _| Some(p.born(|y, m, d| format!("{y}{m:02}{d:02}")))),
    ("birth_date", "4 March 1961", |p, _| {
        Some(p.born(|y, m, d| format!("{d} {} {y}", MONTHS[m - 1])))
    }),
    ("birth_date", "4 Mar 61", |p, _| {
        Some(p.born(|y, m, d| format!("{d} {} {:02}", &MONTHS[m - 1][..3], y % 100)))
    }),
    ("birth_date", "March 4, 1961", |p, _| {
        Some(p.born(|y, m, d| format!("{} {d}, {y}", MONTHS[m - 1])))
    }),
    ("birth_date", "March 4th, 1961", |p, _| {
        let th = |d| match d {
            1 | 21 | 31 => "st",
            2 | 22 => "nd",
            3 | 23 => "rd",
            _ => "th",
        };
        Some(p.born(|y, m, d| format!("{} {d}{}, {y}", MONTHS[m - 1], th(d))))
    }),
    ("birth_date", "4-Mar-1961", |p, _| {
        Some(p.born(|y, m, d| format!("{d}-{}-{y}", &MONTHS[m - 1][..3])))
    }),
    ("birth_date", "MAR 4 1961", |p, _| {
        Some(p.born(|y, m, d| format!("{} {d} {y}", upper(&MONTHS[m - 1][..3]))))
    }),
    ("street", "As the field", |p, _| Some(p.street().to_string())),
    ("street", "AS THE FIELD", |p, _| Some(upper(p.street()))),
    ("street", "as the field, small", |p, _| Some(lower(p.street()))),
    ("street", "over two lines", |p, _| Some(p.street().replacen(' ', "\n", 1))),
    ("city", "As the field", |p, _| Some(p.chart.city.clone())),
    ("city", "AS THE FIELD", |p, _| Some(upper(&p.chart.city))),
    ("city", "as the field, small", |p, _| Some(lower(&p.chart.city))),
    ("zip", "02139", |p, _| Some(p.chart.zip.clone())),
];

impl Person {
    fn all() -> Vec<Person> {
        let chart = |n| held::of_patient(FIRST + n, 0).2;
        let plain = (0..PATIENTS).map(chart);
        let hard = HARD.iter().zip(PATIENTS..).map(|((given, family), n)| Chart {
            given: given.to_string(),
            family: family.to_string(),
            ..chart(n)
        });
        let mut dice = Rng::with_seed(FIRST);
        let mut number = |from: u32, to: u32| dice.u32(from..to);
        let person = |chart: Chart| {
            let area = [number(1, 666), number(667, 900)][usize::from(number(0, 2) == 1)];
            let ssn = format!("{area:03}{:02}{:04}", number(1, 100), number(1, 10_000));
            // 555-01xx is nobody's.
            let phone = format!(
                "{}55501{:02}",
                ["212", "617", "415"][number(0, 3) as usize],
                number(0, 100)
            );
            let nick = match chart.given.as_str() {
                "Robert" => Some("Bob"),
                "William" | "Will" => Some("Bill"),
                "Elizabeth" => Some("Liz"),
                "Margaret" => Some("Peggy"),
                "James" => Some("Jim"),
                "Michael" => Some("Mike"),
                "Jos\u{e9}" => Some("Pepe"),
                _ => None,
            };
            Person { chart, ssn, phone, nick }
        };
        plain.chain(hard).map(person).collect()
    }

    fn given(&self) -> &str {
        &self.chart.given
    }

    fn family(&self) -> &str {
        &self.chart.family
    }

    /// The capital of a name's last word: von Trotta is T.
    fn initial(&self, of: &str) -> String {
        let last = of.rsplit(' ').next().unwrap_or(of);
        last.chars().take(1).collect()
    }

    /// The point behind `St.` is nobody's.
    fn street(&self) -> &str {
        self.chart.street.trim_end_matches('.')
    }

    /// The record number without zeros and separators, its letters included.
    fn core(&self) -> String {
        plain(&self.chart.mrn).trim_start_matches('0').to_string()
    }

    fn ssn(&self, [one, two]: [&str; 2]) -> String {
        format!("{}{one}{}{two}{}", &self.ssn[..3], &self.ssn[3..5], &self.ssn[5..])
    }

    fn phone(&self, [front, one, two]: [&str; 3]) -> String {
        let (area, rest) = self.phone.split_at(3);
        format!("{front}{area}{one}{}{two}{}", &rest[..3], &rest[3..])
    }

    fn born(&self, write: impl Fn(u32, usize, u32) -> String) -> String {
        let mut parts = self.chart.born.split('-').map(|part| part.parse::<u32>().unwrap_or(1));
        let mut next = || parts.next().unwrap_or(1);
        let (year, month, day) = (next(), next(), next());
        write(year, month as usize, day)
    }

    /// The members of its record but for the note.
    fn members(&self) -> String {
        let Chart { mrn, given, family, born, street, city, state, zip } = &self.chart;
        let (name, phone) = (format!("{given} {family}"), format!("+1{}", self.phone));
        let own = members([
            ("mrn", mrn.as_str()),
            ("name", &name),
            ("birthDate", born),
            ("ssn", &self.ssn),
            ("phone", &phone),
        ]);
        let address =
            members([("line", street.as_str()), ("city", city), ("state", state), ("zip", zip)]);
        format!("\"type\":\"note\",\"patient\":{{{own},\"address\":{{{address}}}}}")
    }
}

fn upper(text: &str) -> String {
    text.to_uppercase()
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// `T h o r n e`.
fn spaced(text: &str) -> String {
    let letters: Vec<_> = text.chars().filter(|c| c.is_alphanumeric()).map(String::from).collect();
    letters.join(" ")
}

/// In groups of three.
fn grouped(figures: &str, by: &str) -> String {
    let figures: Vec<char> = figures.chars().collect();
    let groups: Vec<String> = figures.chunks(3).map(|group| group.iter().collect()).collect();
    groups.join(by)
}

/// In two, with at least two letters or figures on each side.
fn parted(value: &str, by: &str, dice: &mut Rng) -> Option<String> {
    let places: Vec<usize> = value.char_indices().map(|(at, _)| at).collect();
    let at = *places.get(2..places.len().checked_sub(1)?)?.get(dice.usize(..places.len() - 3))?;
    Some(format!("{}{by}{}", &value[..at], &value[at..]))
}

/// A value in a note.
struct Case {
    person: usize,
    way: usize,
    encoding: &'static str,
    draft: Draft,
}

fn cases(people: &[Person]) -> Vec<Case> {
    let mut cases = Vec::new();
    for (person, who) in people.iter().enumerate() {
        for (way, (class, _, write)) in WAYS.iter().enumerate() {
            let seed = (person * WAYS.len() + way) as u64;
            let mut dice = Rng::with_seed(seed);
            let Some(value) = write(who, &mut dice) else { continue };
            let (front, back) =
                AROUND[dice.usize(..AROUND.len())].split_once("{}").unwrap_or_default();
            let mut draft = Draft::default();
            let parts: Vec<&str> = value.split('|').collect();
            let (before, value, behind) = match parts[..] {
                [before, value, behind] => (before, value, behind),
                _ => ("", value.as_str(), ""),
            };
            draft.say(front);
            draft.say(before);
            draft.mark(class, value);
            draft.say(behind);
            draft.say(back);
            for (encoding, encoded) in held::encodings(&draft, seed) {
                let twice = encoding == "split_lines" && draft.text.contains('\n');
                if encoding == "plain" || encoded.text != draft.text && !twice {
                    cases.push(Case { person, way, encoding, draft: encoded });
                }
            }
        }
    }
    cases
}

/// Notes, and what went wrong.
#[derive(Default)]
struct Count {
    notes: usize,
    left: usize,
    tokens: usize,
    other: usize,
    harmed: usize,
    refused: usize,
}

/// Writes the section; the table of goals reads the row of all values.
pub(crate) fn section(weir: &Path, folder: &Path) -> Result<String, String> {
    let plant = Plant::new(weir, folder)?;
    let people = Person::all();
    let cases = cases(&people);
    let records: Vec<_> = cases
        .iter()
        .map(|case| {
            let text = members([("text", case.draft.text.as_str())]);
            format!("{},\"note\":{{{text}}}", people[case.person].members())
        })
        .collect();
    let clean = |policy: &str| -> Result<Cleaned, String> {
        let mut all = plant.clean("clinical-note", policy, &[("known", &records)])?;
        all.pop().ok_or_else(|| format!("{policy}: no file"))
    };
    let (removed, tokens) = (clean("remove_all")?, clean("pseudonymize")?);
    let mut ways: BTreeMap<usize, Count> = BTreeMap::new();
    let mut encodings: BTreeMap<&str, Count> = BTreeMap::new();
    let (mut all, mut shown) = (Count::default(), Vec::new());
    for ((case, removed), tokens) in cases.iter().zip(&removed).zip(&tokens) {
        let class = WAYS[case.way].0;
        // A record that is refused, or a note that is gone, shows nothing.
        let clean = removed.as_ref().and_then(note);
        let left = clean.is_none_or(|clean| is_left(&case.draft, clean));
        let harm =
            case.encoding != "base64" && clean.is_none_or(|clean| is_harmed(&case.draft, clean));
        let same = tokens.as_ref().and_then(|record| has_token(class, record));
        // What was encoded as a whole goes as a whole.
        let same = same.filter(|_| case.encoding != "base64");
        for count in [
            ways.entry(case.way).or_default(),
            encodings.entry(case.encoding).or_default(),
            &mut all,
        ] {
            count.notes += 1;
            count.left += usize::from(left);
            count.tokens += usize::from(same.is_some());
            count.other += usize::from(same == Some(false));
            count.harmed += usize::from(harm);
            count.refused += usize::from(removed.is_none() || tokens.is_none());
        }
        if left || same == Some(false) {
            shown.push((case, left));
        }
    }
    let head = |first: &str| {
        format!(
            "{first:<44}{:>8}{:>8}{:>9}{:>8}{:>9}{:>9}\n",
            "notes", "left", "tokens", "other", "harmed", "refused"
        )
    };
    let row = |name: &str, count: &Count| {
        let Count { notes, left, tokens, other, harmed, refused } = count;
        format!("{name:<44}{notes:>8}{left:>8}{tokens:>9}{other:>8}{harmed:>9}{refused:>9}\n")
    };
    let mut table = head("as it is written");
    for (way, count) in &ways {
        let (class, name, _) = WAYS[*way];
        table.push_str(&row(&format!("{class}: {name}"), count));
    }
    let _ = write!(table, "\n{}", head("encoding"));
    for (encoding, count) in &encodings {
        table.push_str(&row(encoding, count));
    }
    table.push_str(&row("all", &all));
    let _ = writeln!(
        table,
        "values of a field of which something is left, {} of {}",
        all.left, all.notes
    );
    let _ = writeln!(
        table,
        "values that have not their field's token, {} of {}",
        all.other, all.tokens
    );
    let mut out = format!("# A record's own values\n\n{HEAD}\n```text\n{table}```\n");
    let line = |(case, left): &(&Case, bool)| {
        let mark = if *left { '*' } else { ' ' };
        let text: String =
            case.draft.text.chars().map(|c| if c == '\n' { '/' } else { c }).collect();
        let (class, name, _) = WAYS[case.way];
        format!("{mark} {class}: {name}, {}: {text}\n", case.encoding)
    };
    let lines: String = shown.iter().map(line).collect();
    let file = folder.join("failures.txt");
    std::fs::write(&file, lines).map_err(|why| format!("{}: {why}", file.display()))?;
    let step = shown.len().div_ceil(SHOWN).max(1);
    let _ = write!(
        out,
        "\nFailures, {} of {}, evenly drawn; `*`: something is left.\n\n```text\n",
        shown.len().div_ceil(step),
        shown.len()
    );
    out.extend(shown.iter().step_by(step).map(line));
    out.push_str("```\n");
    Ok(out)
}

fn note(record: &Json) -> Option<&str> {
    Some(record.get("note")?.str("text")).filter(|text| !text.is_empty())
}

/// Whether a word of the sentence around the value is gone.
fn is_harmed(draft: &Draft, clean: &str) -> bool {
    let clean: BTreeSet<_> = words(clean).collect();
    around(draft).iter().any(|word| !clean.contains(word))
}

/// The words of the sentence around the value.
fn around(draft: &Draft) -> BTreeSet<&str> {
    let mut around = BTreeSet::new();
    let mut at = 0;
    for Mark { start, end, .. } in &draft.marks {
        around.extend(words(&draft.text[at..*start]));
        at = *end;
    }
    around.extend(words(&draft.text[at..]));
    around
}

/// Whether a word or figure of the clean note is neither a tag's nor of the sentence around the value.
fn is_left(draft: &Draft, clean: &str) -> bool {
    let around = around(draft);
    let mut rest = String::new();
    let mut depth = 0;
    for c in clean.chars() {
        match c {
            '[' => depth += 1,
            ']' if depth > 0 => {
                depth -= 1;
                rest.push(' ');
            }
            c if depth == 0 => rest.push(c),
            _ => {}
        }
    }
    words(&rest).any(|word| !around.contains(word))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether the clean note has the token of the clean field; nothing for a class that has none.
fn has_token(class: &str, record: &Json) -> Option<bool> {
    let patient = record.get("patient")?;
    let (field, note) = (|name: &str| plain(patient.str(name)), plain(note(record)?));
    let token = match class {
        "person_name" => field("name"),
        "mrn" => field("mrn"),
        "ssn" => field("ssn"),
        // A local number has the last seven figures.
        "phone" => field("phone").chars().skip(4).collect(),
        "birth_date" => field("birthDate"),
        _ => return None,
    };
    Some(!token.is_empty() && note.contains(&token))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(front: &str, value: &str, back: &str) -> Draft {
        let mut draft = Draft::default();
        draft.say(front);
        draft.mark("person_name", value);
        draft.say(back);
        draft
    }

    #[test]
    fn whatever_is_no_tag_and_not_around_is_left() {
        let draft = draft("Seen: ", "Ella Thorne", " was well.");
        assert!(!is_left(&draft, "Seen: [person_name] was well."));
        assert!(is_left(&draft, "Seen: Ella [person_name] was well."));
        assert!(is_left(&draft, "Seen: [person_name]e was well."));
        assert!(is_left(&draft, "Seen: Ella Thorne was well."));
    }

    #[test]
    fn a_token_is_the_fields_or_another() {
        let record = |note: &str| {
            let text = members([("text", note)]);
            let json = format!(
                "{{\"patient\":{{\"name\":\"P-7F3K\",\"mrn\":\"0012\"}},\"note\":{{{text}}}}}"
            );
            Json::read(&json).expect("JSON")
        };
        assert_eq!(has_token("person_name", &record("Seen: P-7F3K was well.")), Some(true));
        assert_eq!(has_token("person_name", &record("Seen: P-9999 was well.")), Some(false));
        assert_eq!(has_token("mrn", &record("MRN 00-12")), Some(true));
        assert_eq!(has_token("city", &record("P-7F3K")), None);
    }

    #[test]
    fn every_way_is_written_by_somebody() {
        let people = Person::all();
        let cases = cases(&people);
        let ways: BTreeSet<_> = cases.iter().map(|case| case.way).collect();
        assert_eq!(ways.len(), WAYS.len());
        let encodings: BTreeSet<_> = cases.iter().map(|case| case.encoding).collect();
        assert_eq!(encodings.len(), 13, "{encodings:?}");
        let names: BTreeSet<_> = WAYS.iter().map(|(class, name, _)| (class, name)).collect();
        assert_eq!(names.len(), WAYS.len(), "two ways have one name");
    }
}

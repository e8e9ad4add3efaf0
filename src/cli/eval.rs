//! `weir eval`: how well predictions agree with a gold standard: what leaked, what was right, what was
//! taken away for nothing.

use super::data;
use super::fault::Failure;
use crate::phi::{Class, Code};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// JSON Lines {"id","text","spans":[{"start","end","class"}]}, offsets in code points; `codes`,
    /// likewise, are spans that must not be touched.
    gold: PathBuf,
    /// JSON Lines {"id","spans":[...]}, as `weir detect` writes them.
    predicted: PathBuf,
    /// The figures as one JSON object on standard output.
    #[arg(long)]
    json: bool,
    /// Rounds of the bootstrap that gives the 95 % intervals; texts are drawn with replacement.
    #[arg(long, default_value_t = 500)]
    rounds: u32,
}

/// Rows of the table: what people ask about, and the classes in it.
const ROWS: &[(&str, &[Class])] = &[
    (
        "validated ids, e-mail, URL, IP, phone",
        &[
            Class::Ssn,
            Class::Itin,
            Class::Npi,
            Class::Dea,
            Class::Mbi,
            Class::Card,
            Class::Iban,
            Class::Vin,
            Class::Imei,
            Class::NhsNumber,
            Class::Email,
            Class::Url,
            Class::Ip,
            Class::Phone,
            Class::Fax,
        ],
    ),
    ("record numbers (MRN, account, member)", &[Class::Mrn, Class::Account, Class::MemberId]),
    (
        "other numbers",
        &[
            Class::UniqueId,
            Class::Claim,
            Class::License,
            Class::DriverLicense,
            Class::Passport,
            Class::Vehicle,
            Class::Device,
            Class::Uuid,
            Class::FhirId,
        ],
    ),
    ("person names", &[Class::PersonName, Class::ProviderName]),
    ("dates, ages over 89", &[Class::Date, Class::BirthDate, Class::DeathDate, Class::Age]),
    ("street addresses, ZIPs", &[Class::Street, Class::Zip]),
    ("cities, counties, coordinates", &[Class::City, Class::County, Class::GeoPoint]),
];

/// Classes that are left out of "all identifiers".
const ASIDE: &[Class] = &[Class::State, Class::Country, Class::Organization, Class::Sex];

/// The row of a class; classes of one row are taken for each other.
fn row(class: Class) -> Option<usize> {
    ROWS.iter().position(|(_, classes)| classes.contains(&class))
}

/// What a class is taken for: the first class of its row, or itself.
fn kin(class: Option<Class>) -> Option<Class> {
    class.map(|class| row(class).map_or(class, |row| ROWS[row].1[0]))
}

#[derive(Clone, Debug)]
struct Mark {
    start: usize,
    end: usize,
    class: Option<Class>,
}

/// What one text came to: sums that can be added up.
#[derive(Clone, Debug, Default)]
struct Sums {
    /// For each row and, last, for all identifiers: entities, entities without a letter or digit left,
    /// letters and digits, those covered, exact spans of a class of the row.
    gold: Vec<[u32; 5]>,
    /// For each row and for all: predictions, those that touch an identifier of any class, those that
    /// are exact and of the row.
    predicted: Vec<[u32; 3]>,
    /// Characters outside every mark, and how many of them were covered.
    outside: [u32; 2],
    /// Codes, and codes that were touched.
    codes: [u32; 2],
    /// Texts with an identifier, and those in which nothing of one was left.
    texts: [u32; 2],
}

const ALL: usize = ROWS.len();

impl Sums {
    fn add(&mut self, other: &Sums) {
        self.gold.resize(ALL + 1, [0; 5]);
        self.predicted.resize(ALL + 1, [0; 3]);
        for (a, b) in self.gold.iter_mut().zip(&other.gold) {
            a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        }
        for (a, b) in self.predicted.iter_mut().zip(&other.predicted) {
            a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        }
        let pairs = [
            (&mut self.outside, &other.outside),
            (&mut self.codes, &other.codes),
            (&mut self.texts, &other.texts),
        ];
        for (a, b) in pairs {
            a[0] += b[0];
            a[1] += b[1];
        }
    }
}

pub(super) fn eval(arguments: &Arguments) -> Result<(), Failure> {
    let gold = read(&arguments.gold)?;
    let predicted = read(&arguments.predicted)?;
    let mut by_id: BTreeMap<String, &Value> = BTreeMap::new();
    for one in &predicted {
        by_id.insert(one["id"].to_string(), one);
    }
    let mut texts = Vec::with_capacity(gold.len());
    for (n, one) in gold.iter().enumerate() {
        let at =
            |code| Failure::about(code, format!("{}, line {}", arguments.gold.display(), n + 1));
        let text = one["text"].as_str().ok_or_else(|| at(Code::LineMisfit))?;
        let id = one["id"].to_string();
        let found = by_id.get(&id).ok_or_else(|| {
            Failure::about(
                Code::LineMisfit,
                format!("{}: no line for id {id}", arguments.predicted.display()),
            )
        })?;
        let marks = |of: &Value, key: &str| marks(&of[key]).ok_or_else(|| at(Code::LineMisfit));
        texts.push(judge(
            text,
            &marks(one, "spans")?,
            &marks(found, "spans")?,
            &marks(one, "codes")?,
        ));
    }
    let mut total = Sums::default();
    texts.iter().for_each(|one| total.add(one));
    let figures = figures(&total);
    let intervals = bootstrap(&texts, arguments.rounds);
    match arguments.json {
        true => data(&as_json(&total, &figures, &intervals).to_string()),
        false => print(&total, &figures, &intervals, texts.len()),
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Value>, Failure> {
    let unreadable = || Failure::about(Code::FileUnreadable, path.display());
    let file = std::fs::File::open(path).map_err(|_| unreadable())?;
    let mut out = Vec::new();
    for (n, line) in std::io::BufReader::new(file).lines().enumerate() {
        let line = line.map_err(|_| unreadable())?;
        let value = serde_json::from_str(&line).map_err(|_| {
            Failure::about(Code::LineMisfit, format!("{}, line {}", path.display(), n + 1))
        })?;
        out.push(value);
    }
    Ok(out)
}

/// Spans of a line, in order; none where there is no such member.
fn marks(spans: &Value) -> Option<Vec<Mark>> {
    if spans.is_null() {
        return Some(Vec::new());
    }
    let number = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok());
    let one = |span: &Value| {
        let (start, end) = (number(&span["start"])?, number(&span["end"])?);
        let class = span["class"].as_str().and_then(Class::from_name);
        (start < end).then_some(Mark { start, end, class })
    };
    let mut marks: Vec<_> = spans.as_array()?.iter().map(one).collect::<Option<_>>()?;
    marks.sort_by_key(|mark| (mark.start, mark.end));
    Some(marks)
}

fn judge(text: &str, gold: &[Mark], found: &[Mark], codes: &[Mark]) -> Sums {
    let chars: Vec<char> = text.chars().collect();
    let cover = |marks: &[Mark]| {
        let mut cover = vec![false; chars.len()];
        for mark in marks {
            let end = mark.end.min(chars.len());
            cover[mark.start.min(end)..end].fill(true);
        }
        cover
    };
    let (covered, marked) = (cover(found), cover(gold));
    let mut sums =
        Sums { gold: vec![[0; 5]; ALL + 1], predicted: vec![[0; 3]; ALL + 1], ..Sums::default() };
    let mut leaked = false;
    let exact: BTreeSet<_> = found.iter().map(|f| (f.start, f.end, kin(f.class))).collect();
    for mark in gold {
        let end = mark.end.min(chars.len());
        let plain = |at: &usize| chars[*at].is_alphanumeric();
        let letters = (mark.start..end).filter(plain).count() as u32;
        let hidden = (mark.start..end).filter(plain).filter(|&at| covered[at]).count() as u32;
        let class_row = mark.class.and_then(row);
        let right = exact.contains(&(mark.start, mark.end, kin(mark.class)));
        let one = [1, u32::from(hidden == letters), letters, hidden, u32::from(right)];
        let aside = mark.class.is_some_and(|class| ASIDE.contains(&class));
        for at in class_row.into_iter().chain((!aside).then_some(ALL)) {
            sums.gold[at].iter_mut().zip(one).for_each(|(a, b)| *a += b);
        }
        leaked |= !aside && hidden < letters;
    }
    let truth: BTreeSet<_> = gold.iter().map(|g| (g.start, g.end, kin(g.class))).collect();
    for mark in found {
        let end = mark.end.min(chars.len());
        let touches = (mark.start..end).any(|at| marked[at]);
        let class_row = mark.class.and_then(row);
        let right = truth.contains(&(mark.start, mark.end, kin(mark.class)));
        let one = [1, u32::from(touches), u32::from(right)];
        let aside = mark.class.is_some_and(|class| ASIDE.contains(&class));
        for at in class_row.into_iter().chain((!aside).then_some(ALL)) {
            sums.predicted[at].iter_mut().zip(one).for_each(|(a, b)| *a += b);
        }
    }
    let plain = (0..chars.len()).filter(|&at| !marked[at] && !chars[at].is_whitespace());
    for at in plain {
        sums.outside[0] += 1;
        sums.outside[1] += u32::from(covered[at]);
    }
    for code in codes {
        let end = code.end.min(chars.len());
        sums.codes[0] += 1;
        sums.codes[1] += u32::from((code.start..end).any(|at| covered[at]));
    }
    if sums.gold[ALL][0] > 0 {
        sums.texts = [1, u32::from(!leaked)];
    }
    sums
}

/// The figures of the table, by row: entity recall, character recall, precision, strict F1; then those
/// of the whole. NaN where there was nothing to count.
fn figures(sums: &Sums) -> Vec<[f64; 4]> {
    let share = |a: u32, b: u32| f64::from(a) / f64::from(b);
    let mut out = Vec::new();
    for at in 0..=ALL {
        let (g, p) = (sums.gold[at], sums.predicted[at]);
        // 0 where nothing is right; there is none where there is nothing.
        let f1 = share(g[4] + p[2], g[0] + p[0]);
        out.push([share(g[1], g[0]), share(g[3], g[2]), share(p[1], p[0]), f1]);
    }
    out.push([
        share(sums.texts[1], sums.texts[0]),
        share(sums.outside[1], sums.outside[0]),
        share(sums.codes[1], sums.codes[0]),
        f64::NAN,
    ]);
    out
}

/// The 2.5th and 97.5th percentile of each figure. The draws are the same from run to run.
fn bootstrap(texts: &[Sums], rounds: u32) -> Vec<[(f64, f64); 4]> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut draw = |below: usize| {
        // xorshift64: a bootstrap asks for no more.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    let mut all: Vec<Vec<[f64; 4]>> = Vec::new();
    for _ in 0..rounds {
        let mut total = Sums::default();
        total.add(&Sums::default());
        for _ in 0..texts.len() {
            total.add(&texts[draw(texts.len())]);
        }
        all.push(figures(&total));
    }
    let at = |row: usize, column: usize| {
        let mut values: Vec<f64> =
            all.iter().map(|one| one[row][column]).filter(|value| !value.is_nan()).collect();
        values.sort_by(f64::total_cmp);
        let pick = |share: f64| {
            let place = (values.len() as f64 * share) as usize;
            values.get(place.min(values.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
        };
        (pick(0.025), pick(0.975))
    };
    (0..ALL + 2).map(|row| std::array::from_fn(|column| at(row, column))).collect()
}

fn as_json(sums: &Sums, figures: &[[f64; 4]], intervals: &[[(f64, f64); 4]]) -> Value {
    let one = |row: usize, column: usize| {
        let (low, high) = intervals[row][column];
        json!({ "value": figures[row][column], "low": low, "high": high })
    };
    let rows: Vec<_> = (0..=ALL)
        .map(|row| {
            json!({
                "row": ROWS.get(row).map_or("all identifiers", |(name, _)| *name),
                "entities": sums.gold[row][0],
                "predicted": sums.predicted[row][0],
                "entity_recall": one(row, 0),
                "character_recall": one(row, 1),
                "precision": one(row, 2),
                "strict_f1": one(row, 3),
            })
        })
        .collect();
    json!({
        "rows": rows,
        "leak_free": one(ALL + 1, 0),
        "over_redaction": one(ALL + 1, 1),
        "codes_touched": one(ALL + 1, 2),
        "codes": sums.codes[0],
    })
}

fn print(sums: &Sums, figures: &[[f64; 4]], intervals: &[[(f64, f64); 4]], texts: usize) {
    let cell = |row: usize, column: usize| {
        let (low, high) = intervals[row][column];
        match figures[row][column] {
            value if value.is_nan() => format!("{:>21}", "-"),
            value => format!("{value:.3} [{low:.3}, {high:.3}]"),
        }
    };
    data(&format!(
        "{:<38} {:>8} {:>21} {:>21} {:>21} {:>21}",
        format!("{texts} texts"),
        "entities",
        "entity recall",
        "character recall",
        "precision",
        "strict F1"
    ));
    for row in (0..=ALL).filter(|&row| sums.gold[row][0] + sums.predicted[row][0] > 0) {
        let name = ROWS.get(row).map_or("all identifiers", |(name, _)| *name);
        let cells: Vec<_> = (0..4).map(|column| cell(row, column)).collect();
        data(&format!("{name:<38} {:>8} {}", sums.gold[row][0], cells.join(" ")));
    }
    data(&format!("texts in which nothing was left     {}", cell(ALL + 1, 0)));
    data(&format!("characters taken away for nothing   {}", cell(ALL + 1, 1)));
    if sums.codes[0] > 0 {
        data(&format!(
            "codes and values touched            {}, of {}",
            cell(ALL + 1, 2),
            sums.codes[0]
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, class: Class) -> Mark {
        Mark { start, end, class: Some(class) }
    }

    #[test]
    fn a_text_is_judged() {
        //          0         1         2
        //          0123456789012345678901234567
        let text = "Jane Doe, MRN 123456, E11.9.";
        let gold = [mark(0, 8, Class::PersonName), mark(14, 20, Class::Mrn)];
        let codes = [mark(22, 27, Class::ClinicalCode)];
        let whole = judge(text, &gold, &gold, &codes);
        assert_eq!(whole.gold[ALL], [2, 2, 13, 13, 2]);
        assert_eq!((whole.texts, whole.codes, whole.outside[1]), ([1, 1], [1, 0], 0));
        // Four digits leaked; another row; a code touched.
        let found = [mark(0, 8, Class::City), mark(14, 16, Class::Mrn), mark(22, 25, Class::Zip)];
        let poor = judge(text, &gold, &found, &codes);
        assert_eq!(poor.gold[ALL], [2, 1, 13, 9, 0]);
        assert_eq!(poor.predicted[ALL], [3, 2, 0]);
        assert_eq!((poor.texts, poor.codes, poor.outside[1]), ([1, 0], [1, 1], 3));
        let mut total = Sums::default();
        total.add(&whole);
        total.add(&poor);
        let figures = figures(&total);
        assert_eq!(figures[ALL][0], 0.75);
        assert_eq!(self::figures(&poor)[ALL][3], 0.0, "nothing right is a figure, too");
        assert_eq!(kin(Some(Class::ProviderName)), kin(Some(Class::PersonName)));
        assert_ne!(kin(Some(Class::State)), kin(Some(Class::Organization)));
        assert_eq!(figures[ALL + 1][0], 0.5);
        let [(low, high), ..] = bootstrap(&[whole, poor], 100)[ALL];
        assert!(low <= 0.75 && high >= 0.75 && low < high);
    }
}

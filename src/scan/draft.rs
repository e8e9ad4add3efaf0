//! A report as a draft of a schema, for a person to finish.

use super::propose::{CHECK_BELOW, Proposal, SURE_MIN, Why, is_kept};
use super::{Report, Row};
use crate::phi::{Class, Epoch};
use crate::policy::NamePart;

/// The draft of a schema of that name: YAML that `weir check` takes under the policy
/// `pseudonymize`. `None` where the records hold no field that a schema could list.
pub fn draft(report: &Report, name: &str) -> Option<String> {
    let rows: Vec<&Row> = report.rows.iter().filter(|row| is_listed(row)).collect();
    if rows.is_empty() {
        return None;
    }
    let records = report.records;
    let mut out = format!(
        "# A draft by `weir scan` of {records} records. Each comment begins with the confidence, from 0 to 1.\n\
         # A person decides: read every line, first those with `check`. What no record had is not listed.\n\
         schema: {name}\nformat: json\n"
    );
    match subject(&rows, records) {
        Some((row, why)) => {
            let path = quoted(&row.path);
            let confidence = row.proposal.confidence;
            out.push_str(&format!("subject: {path}   # {confidence:.2}: whose record this is: {why}; check\n"));
        }
        None => out.push_str("# subject: $.path   # no field says whose record this is: dates cannot be shifted without it\n"),
    }
    out.push_str("fields:\n");
    let keys: Vec<String> = rows.iter().map(|row| format!("{}:", quoted(&row.path))).collect();
    let values: Vec<String> = rows.iter().map(|row| value(&row.proposal)).collect();
    // Long ones stand out of line, so that the others stay readable.
    let wide = |texts: &[String]| {
        texts.iter().map(|text| text.chars().count()).filter(|n| *n <= 48).max().unwrap_or(0)
    };
    let (key_width, value_width) = (wide(&keys), wide(&values));
    for ((row, key), value) in rows.iter().zip(&keys).zip(&values) {
        let comment = comment(row, records);
        out.push_str(&format!("  {key:key_width$} {value:value_width$}   # {comment}\n"));
    }
    for row in report.rows.iter().filter(|row| row.is_mixed) {
        let path = &row.path;
        out.push_str(&format!(
            "  # {path}: a value in some records, an object or array in others; records with the value are refused; check\n"
        ));
    }
    out.push_str("unlisted: quarantine\n");
    Some(out)
}

/// A place that is a value here and an object there has one path too many; a record that is a single
/// value has none.
fn is_listed(row: &Row) -> bool {
    !row.is_mixed && row.path != "$"
}

/// Words that YAML would read otherwise stand in quotes.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "$._[]*~".contains(c);
    if path.chars().all(plain) { path.to_string() } else { format!("\"{path}\"") }
}

fn value(proposal: &Proposal) -> String {
    let mut options = Vec::new();
    match proposal.part {
        NamePart::Family => options.push("part: family".to_string()),
        NamePart::Given => options.push("part: given".to_string()),
        NamePart::Whole => {}
    }
    if proposal.number {
        options.push("type: number".to_string());
    }
    options.extend(proposal.width.map(|width| format!("width: {width}")));
    if let Some(epoch) = proposal.epoch {
        let named = Epoch::NAMES.iter().find(|(_, unit)| *unit == epoch);
        options.extend(named.map(|(name, _)| format!("epoch: {name}")));
    }
    if proposal.retype {
        options.push("retype: true".to_string());
    }
    match options.is_empty() {
        true => proposal.class.name().to_string(),
        false => format!("{{class: {}, {}}}", proposal.class, options.join(", ")),
    }
}

/// What a person reads behind a field.
fn comment(row: &Row, records: u64) -> String {
    let proposal = &row.proposal;
    let mut words = vec![reasons(&proposal.why)];
    if row.is_folded && row.path.ends_with('~') {
        words.push("names of members look like data".into());
    }
    if row.records < records {
        words.push(format!("in {} of {records}", row.records));
    }
    if proposal.width.is_some() {
        words.push("all as wide as this".into());
    }
    if let Some(class) = proposal.taken_for {
        words.push(format!("looks like {class}, which cannot be a number"));
    }
    if proposal.retype {
        words.push("a number that becomes text (without `retype` under safe_harbor)".into());
    }
    if proposal.confidence < SURE_MIN {
        let what = match proposal.class {
            Class::FreeText => "looked through as prose until somebody says what it is",
            Class::Url => "removed until somebody says what it is",
            _ => "tokenised until somebody says what it is",
        };
        words.push(what.into());
    }
    if proposal.confidence < CHECK_BELOW {
        words.push(if is_kept(proposal.class) {
            "stays as it is; check".into()
        } else {
            "check".into()
        });
    }
    format!("{:.2}: {}", proposal.confidence, words.join("; "))
}

impl Proposal {
    /// The reasons, in words.
    pub fn reasons(&self) -> String {
        reasons(&self.why)
    }
}

fn reasons(why: &[Why]) -> String {
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    let word = |why: &Why| match why {
        Why::Name => "name".to_string(),
        Why::Form(share) => format!("form of {}", percent(*share)),
        Why::Detector(share) => format!("detector on {}", percent(*share)),
        Why::Prose(share) => format!("prose in {}", percent(*share)),
        Why::Inside => "identifiers inside".to_string(),
        Why::List => "few values".to_string(),
        Why::Figures => "figures".to_string(),
        Why::Undecided => "undecided".to_string(),
    };
    why.iter().map(word).collect::<Vec<_>>().join(", ")
}

/// The field that says whose record it is, as far as can be guessed, and in words why.
fn subject<'a>(rows: &[&'a Row], records: u64) -> Option<(&'a Row, &'static str)> {
    let often = |row: &&Row| row.records * 2 >= records && !row.path.contains('*');
    let by = |class: Class| {
        let of = rows.iter().copied().filter(often).filter(move |row| row.proposal.class == class);
        of.max_by(|a, b| a.proposal.confidence.total_cmp(&b.proposal.confidence))
    };
    let first = |classes: &[Class]| classes.iter().find_map(|class| by(*class));
    let numbers = [Class::Mrn, Class::NhsNumber, Class::MemberId, Class::Mbi, Class::Ssn];
    if let Some(row) = first(&numbers) {
        return Some((row, "a number of a person"));
    }
    let person = |row: &Row| {
        ["patient", "subject", "person", "member"]
            .iter()
            .any(|word| row.path.to_lowercase().contains(word))
    };
    let ids = [Class::UniqueId, Class::FhirId, Class::Uuid];
    let about = rows.iter().copied().filter(often);
    if let Some(row) = about.clone().find(|row| ids.contains(&row.proposal.class) && person(row)) {
        return Some((row, "an identifier beside a word for a person"));
    }
    let other = [
        Class::UniqueId,
        Class::Uuid,
        Class::Email,
        Class::Phone,
        Class::Account,
        Class::PersonName,
    ];
    first(&other).map(|row| (row, "the best there is, and perhaps not a person's"))
}

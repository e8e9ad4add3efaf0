//! Detection: text -> findings. Knows no schema and no format. [`DETECTORS`] is the table of
//! layers, [`detect`] the door.

mod known;
mod merge;
mod needles;
mod pattern;
mod words;

pub use known::Known;
pub use needles::Needles;
pub use words::is_ordinary;

use crate::phi::{Class, Span};

/// Which layer found a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// The schema declares the field.
    Declared,
    /// The value is known from the record's own fields.
    Record,
    /// A pattern with its validator or its label.
    Pattern,
}

/// One line of the table of layers.
#[derive(Debug)]
pub struct DetectorEntry {
    /// The layer.
    pub layer: Layer,
    /// Its name in reports.
    pub name: &'static str,
    /// What it does, in words.
    pub what: &'static str,
}

/// The table of layers.
pub const DETECTORS: &[DetectorEntry] = &[
    DetectorEntry { layer: Layer::Declared, name: "declared", what: "the schema lists the field" },
    DetectorEntry {
        layer: Layer::Record,
        name: "record",
        what: "values of the record's own fields, in any written variant",
    },
    DetectorEntry {
        layer: Layer::Pattern,
        name: "pattern",
        what: "SSN, telephone, e-mail, dates, and record numbers behind a label",
    },
];

impl Layer {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        DETECTORS[self as usize].name
    }
}

/// A piece of text that is an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where, in bytes of the text.
    pub span: Span,
    /// What it is.
    pub class: Class,
    /// Who says so.
    pub layer: Layer,
    /// For [`Layer::Record`]: the number that the known value was added with.
    pub known: Option<u32>,
}

/// Finds identifiers in `text`, beside those in `known`. Findings do not overlap and rise; `out`
/// is cleared first.
pub fn detect(text: &str, known: &Known, out: &mut Vec<Finding>) {
    out.clear();
    known.find(text, out);
    pattern::find(text, known, out);
    merge::merge(text, out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phi::Ymd;

    fn jane() -> Known {
        let mut known = Known::default();
        known.add_name(Class::PersonName, "smith", "jane q", 0);
        known.add_number(Class::Mrn, "00123456", 1);
        known.add_date(Class::BirthDate, Ymd::new(1961, 3, 4).expect("a day"), 2);
        known.add_number(Class::Phone, "+12125550142", 3);
        known.add_text(Class::Street, "12 Elm St", 4);
        known
    }

    fn found(known: &Known, text: &str) -> Vec<(String, Class, Option<u32>)> {
        let mut out = Vec::new();
        detect(text, known, &mut out);
        out.iter().map(|f| (text[f.span.range()].to_string(), f.class, f.known)).collect()
    }

    fn check(text: &str, class: Class, want: &[&str]) {
        let found = found(&jane(), text);
        let hits: Vec<_> = found.iter().filter(|f| f.1 == class).map(|f| f.0.as_str()).collect();
        assert_eq!(hits, want, "{text}");
    }

    #[test]
    fn names_known_from_the_record_in_their_variants() {
        for (text, want) in [
            ("Jane Smith came in.", &["Jane Smith"][..]),
            ("SMITH, JANE Q. came in.", &["SMITH, JANE Q."]),
            ("Ms. Smith's husband", &["Smith"]),
            ("J. Smith and jane", &["J. Smith", "jane"]),
            ("Smith J was seen", &["Smith J"]),
            ("Jane\nSmith", &["Jane\nSmith"]),
            ("Smithson and Janet stayed", &[]),
            ("blacksmith", &[]),
        ] {
            check(text, Class::PersonName, want);
        }
    }

    #[test]
    fn ordinary_words_are_names_only_where_they_are_written_so() {
        let mut known = Known::default();
        known.add_name(Class::PersonName, "parkinson", "may", 0);
        let names = |text| found(&known, text).into_iter().map(|f| f.0).collect::<Vec<_>>();
        assert_eq!(names("Parkinson's disease since 2019; it may progress"), Vec::<String>::new());
        assert_eq!(names("seen in May 2024"), Vec::<String>::new());
        assert_eq!(
            names("Mrs. Parkinson felt well. May Parkinson left."),
            ["Parkinson", "May Parkinson"]
        );
    }

    #[test]
    fn numbers_known_from_the_record_in_their_variants() {
        for text in ["MRN 00123456.", "mrn#123456", "00-12-34-56", "0012 3456"] {
            let found = found(&jane(), text);
            assert!(found.iter().any(|f| f.1 == Class::Mrn && f.2 == Some(1)), "{text}: {found:?}");
        }
        for text in ["(212) 555-0142", "212.555.0142", "+1 212 555 0142", "2125550142"] {
            let found = found(&jane(), text);
            assert_eq!(found, [(text.to_string(), Class::Phone, Some(3))], "{text}");
        }
        assert!(
            found(&jane(), "900123456").iter().all(|f| f.1 != Class::Mrn),
            "inside a longer run"
        );
    }

    #[test]
    fn birth_dates_known_from_the_record_in_their_variants() {
        for text in [
            "1961-03-04",
            "03/04/1961",
            "4 March 1961",
            "March 4, 1961",
            "04-03-1961",
            "3/4/61",
            "19610304",
        ] {
            assert_eq!(
                found(&jane(), text),
                [(text.to_string(), Class::BirthDate, Some(2))],
                "{text}"
            );
        }
    }

    #[test]
    fn patterns_find_what_the_record_does_not_know() {
        check("SSN 123-45-6789", Class::Ssn, &["123-45-6789"]);
        check("call 415-555-0199 now", Class::Phone, &["415-555-0199"]);
        check("Medical record number: A-778812, seen", Class::Mrn, &["A-778812"]);
        check("write j.doe@example.com.", Class::Email, &["j.doe@example.com"]);
        check(
            "on 2026-01-05T10:11:12Z and Feb 3, 2026",
            Class::Date,
            &["2026-01-05", "Feb 3, 2026"],
        );
        check("lives at 12 elm  st", Class::Street, &["12 elm  st"]);
    }

    #[test]
    fn clinical_text_without_identifiers_stays_whole() {
        for text in [
            "E11.9, I10; LOINC 4548-4; CPT 99213; HbA1c 7.2 %, BP 120/80, 500 mg 2x/day, 0.9% NaCl 1000 mL",
            "ratio 3/4, visit 2 of 3, room 12-4, grade 1.2.3, dose 1-2-1",
            "SNOMED 44054006, NDC 0002-8215-01, 987-65-432",
        ] {
            assert_eq!(found(&jane(), text), [], "{text}");
        }
    }
}

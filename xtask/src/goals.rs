//! The goals of detection beside what the tables of `weir eval` say.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Columns of the tables of `weir eval`.
const ENTITIES: usize = 0;
const CHARACTERS: usize = 1;
const PRECISION: usize = 2;
const STRICT: usize = 3;
const RELAXED: usize = 4;

enum Goal {
    AtLeast(f64),
    Below(f64),
    None,
}

impl Goal {
    fn is_reached(&self, value: f64) -> bool {
        match self {
            Goal::AtLeast(least) => value >= *least,
            Goal::Below(most) => value < *most,
            Goal::None => value == 0.0,
        }
    }

    fn words(&self) -> String {
        match self {
            Goal::AtLeast(least) => format!(">= {least}"),
            Goal::Below(most) => format!("< {most}"),
            Goal::None => "0".to_string(),
        }
    }
}

/// The columns: what the names of a generator's sets begin with.
const GENERATORS: [&str; 3] = ["", "third-", "blind-"];

/// Set, row and column of a figure, what it is called, and the goal.
const GOALS: &[(&str, &str, usize, &str, Goal)] = &[
    (
        "notes",
        "validated ids",
        ENTITIES,
        "validated ids and the like, entity recall",
        Goal::AtLeast(0.99),
    ),
    (
        "notes",
        "validated ids",
        PRECISION,
        "validated ids and the like, precision",
        Goal::AtLeast(0.95),
    ),
    ("notes", "record numbers", ENTITIES, "record numbers, entity recall", Goal::AtLeast(0.97)),
    ("notes", "person names", ENTITIES, "person names, entity recall", Goal::AtLeast(0.97)),
    ("notes", "person names", PRECISION, "person names, precision", Goal::AtLeast(0.90)),
    ("notes", "dates, ages", ENTITIES, "dates, ages over 89, entity recall", Goal::AtLeast(0.97)),
    (
        "notes",
        "street addresses",
        ENTITIES,
        "street addresses, ZIPs, entity recall",
        Goal::AtLeast(0.95),
    ),
    ("notes", "all identifiers", CHARACTERS, "all in notes, character recall", Goal::AtLeast(0.97)),
    ("notes", "all identifiers", ENTITIES, "all in notes, entity recall", Goal::AtLeast(0.96)),
    ("notes", "texts in which", 0, "notes in which nothing was left", Goal::AtLeast(0.85)),
    ("notes", "all identifiers", PRECISION, "all in notes, precision", Goal::AtLeast(0.90)),
    ("notes", "characters taken", 0, "taken away for nothing in notes", Goal::Below(0.01)),
    ("sentences", "all identifiers", RELAXED, "sentences, relaxed F1", Goal::AtLeast(0.92)),
    (
        "codes",
        "characters taken",
        0,
        "taken away for nothing in lines of codes",
        Goal::Below(0.005),
    ),
    ("codes", "codes and values", 0, "codes and values touched", Goal::None),
    (
        "negatives",
        "characters taken",
        0,
        "taken away for nothing in sentences without any",
        Goal::Below(0.01),
    ),
];

/// Likewise, of the one Spanish set.
const SPANISH: &[(&str, usize, &str, Goal)] = &[
    ("all identifiers", STRICT, "Spanish, strict F1", Goal::AtLeast(0.93)),
    ("all identifiers", CHARACTERS, "Spanish, character recall", Goal::AtLeast(0.96)),
];

/// Likewise, of the one set of a record's own values.
const KNOWN: &[(&str, &str)] = &[
    ("values of a field", "a record's own values of which something is left"),
    ("values that have not", "a record's own values with another token"),
];

/// The table of goals, by the tables of the sets.
pub(crate) fn table(tables: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let mut line = |name: &str, goal: &Goal, values: &[Option<f64>]| {
        let _ = write!(out, "{name:<50}{:>8}", goal.words());
        for value in values {
            let cell = value.map_or("-".to_string(), |value| {
                let mark = if goal.is_reached(value) { " " } else { "*" };
                match goal {
                    // How many: a share of none may be one of thousands.
                    Goal::None => format!("{value:.0}{mark}"),
                    _ => format!("{value:.3}{mark}"),
                }
            });
            let _ = write!(out, "{cell:>9}");
        }
        out.push('\n');
    };
    let of = |set: &str, row: &str, column: usize| figure(tables.get(set)?, row, column);
    for (set, row, column, name, goal) in GOALS {
        let figure = |set: &str| match goal {
            Goal::None => count(tables.get(set)?, row),
            _ => of(set, row, *column),
        };
        line(name, goal, &GENERATORS.map(|prefix| figure(&format!("{prefix}{set}"))));
    }
    let recall = |set: &str| of(set, "all identifiers", ENTITIES);
    if let Some(plain) = recall("encoding-plain") {
        let names = tables.keys().filter(|set| set.starts_with("encoding-"));
        let least =
            names.filter_map(|set| Some((recall(set)?, set))).min_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((least, set)) = least {
            let name = format!("least of the encodings ({})", &set["encoding-".len()..]);
            line(&name, &Goal::AtLeast(plain), &[Some(least)]);
        }
    }
    for (row, name) in KNOWN {
        line(name, &Goal::None, &[tables.get("known").and_then(|table| count(table, row))]);
    }
    for (row, column, name, goal) in SPANISH {
        line(name, goal, &[of("spanish", row, *column)]);
    }
    out
}

/// How many, of the row that begins so: `0.000 [0.000, 0.001], 1 of 6043`.
fn count(table: &str, row: &str) -> Option<f64> {
    let line = table.lines().find(|line| line.starts_with(row))?;
    line.rsplit_once(", ")?.1.split(' ').next()?.parse().ok()
}

/// The figure in a column of the row that begins so.
fn figure(table: &str, row: &str, column: usize) -> Option<f64> {
    let line = table.lines().find(|line| line.starts_with(row))?;
    // `0.996 [0.992, 0.998] 0.998 [...`
    line.split('[').nth(column)?.split_whitespace().next_back()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goals_are_held_against_the_figures() {
        let notes = "\
1000 texts                             entities         entity recall      character recall             precision             strict F1            relaxed F1
all identifiers                           18760 0.991 [0.990, 0.992] 0.969 [0.993, 0.995] 0.978 [0.975, 0.980] 0.901 [0.897, 0.905] 0.950 [0.9, 0.99]
texts in which nothing was left     0.851 [0.829, 0.872]
characters taken away for nothing   0.010 [0.003, 0.004]
";
        let codes = "codes and values touched            0.000 [0.000, 0.001], 1 of 6043\n";
        let tables = [("notes", notes), ("third-codes", codes), ("spanish", notes)];
        let tables = tables.map(|(set, table)| (set.to_string(), table.to_string())).into();
        let table = table(&tables);
        let row = |name: &str| {
            let line = table.lines().find(|line| line.starts_with(name)).expect("a row");
            line[50..].split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(row("all in notes, entity recall"), ">= 0.96 0.991 - -");
        assert_eq!(row("all in notes, character recall"), ">= 0.97 0.969* - -");
        assert_eq!(row("notes in which nothing"), ">= 0.85 0.851 - -");
        assert_eq!(row("taken away for nothing in notes"), "< 0.01 0.010* - -");
        assert_eq!(row("codes and values touched"), "0 - 1* -");
        assert_eq!(row("Spanish, strict F1"), ">= 0.93 0.901*");
    }
}

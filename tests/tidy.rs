//! The house rules, executed: who imports whom, where values are exposed, what ARCHITECTURE.md
//! says. File and function lengths are printed, not judged.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A room, and the rooms that it may import. ARCHITECTURE.md has the same table in words.
const ROOMS: &[(&str, &[&str])] = &[
    ("phi", &[]),
    ("format", &["phi"]),
    ("detect", &["phi"]),
    ("keys", &["phi"]),
    ("transform", &["phi", "keys"]),
    ("policy", &["phi", "format", "detect", "keys", "transform"]),
    ("clean", &["phi", "format", "detect", "transform", "policy", "keys"]),
    ("scan", &["phi", "format", "detect", "policy"]),
    ("eval", &["phi"]),
    ("lineage", &["phi", "policy", "clean", "transform"]),
    ("audit", &["phi", "keys", "policy", "transform"]),
    ("proof", &["phi", "keys"]),
    ("canary", &["phi", "policy", "transform"]),
    ("stream", &["phi", "clean", "policy", "lineage", "audit", "keys", "proof"]),
    (
        "cli",
        &[
            "phi",
            "format",
            "detect",
            "keys",
            "transform",
            "policy",
            "clean",
            "scan",
            "eval",
            "lineage",
            "audit",
            "canary",
            "proof",
            "stream",
        ],
    ),
];

/// Files that may look at a value: `Phi::expose`, `PhiColumn::expose`, `Cleaned::expose_raw`.
const EXPOSE: &[(&str, usize)] = &[
    ("src/audit/reveal.rs", 6),
    ("src/canary/ledger.rs", 1),
    ("src/canary/record.rs", 2),
    ("src/canary/search.rs", 1),
    ("src/clean/batch.rs", 6),
    ("src/clean/finish.rs", 7),
    ("src/clean/gather.rs", 1),
    ("src/clean/inside.rs", 4),
    ("src/clean/locate.rs", 13),
    ("src/cli/canary.rs", 4),
    ("src/cli/forget.rs", 1),
    ("src/cli/impact.rs", 5),
    ("src/cli/preview.rs", 1),
    ("src/cli/scan.rs", 2),
    ("src/cli/subject.rs", 3),
    ("src/cli/token.rs", 4),
    ("src/scan/mod.rs", 2),
    ("src/scan/tree.rs", 4),
    ("src/stream/canary.rs", 2),
    ("src/stream/carry.rs", 2),
    ("src/stream/files.rs", 2),
    ("src/stream/records.rs", 1),
    ("src/transform/column.rs", 1),
    ("src/transform/opaque.rs", 1),
];

/// Words that a room must not hold, with the reason.
const FORBIDDEN: &[(&[&str], &[&str], &str)] = &[
    (
        &[
            "phi",
            "format",
            "detect",
            "keys",
            "transform",
            "policy",
            "clean",
            "scan",
            "eval",
            "lineage",
            "audit",
            "canary",
            "proof",
        ],
        &[
            "tokio",
            "rdkafka::",
            "SystemTime",
            "Instant::now",
            "Timestamp::now",
            "println!",
            "eprintln!",
            "tracing::",
        ],
        "the pure rooms know no Kafka, no clock and no terminal",
    ),
    (
        &[
            "phi",
            "format",
            "detect",
            "transform",
            "clean",
            "scan",
            "eval",
            "lineage",
            "canary",
            "proof",
        ],
        &["std::fs", "std::net", "std::env", "getrandom", "new_v4"],
        "these rooms do no IO and draw nothing at random",
    ),
    (&["stream"], &["println!", "eprintln!", "dbg!"], "cli is the room that prints"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The file without its comments; `tests` too: everything before the first `#[cfg(test)]`.
fn code(path: &Path, tests: bool) -> String {
    let text = std::fs::read_to_string(path).expect("reads");
    let text = if tests {
        text.as_str()
    } else {
        text.split("#[cfg(test)]\nmod tests").next().unwrap_or("")
    };
    let line = |line: &str| line.split("//").next().unwrap_or("").to_string();
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The rooms that a text names by `crate::room`, nested imports included.
fn imports(text: &str) -> BTreeSet<String> {
    let word = |rest: &str| {
        rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
    };
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            // The names at the list's own level; deeper braces are of one room each.
            let (mut depth, mut part) = (1, String::new());
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 || depth == 1 && c == ',' {
                    found.insert(word(part.trim()));
                    part.clear();
                } else {
                    part.push(c);
                }
                if depth == 0 {
                    break;
                }
            }
        } else {
            found.insert(word(rest));
        }
    }
    found
}

#[test]
fn rooms_import_what_the_table_allows() {
    let known: BTreeSet<_> = ROOMS.iter().map(|(room, _)| room.to_string()).collect();
    let mut broken = Vec::new();
    for (room, allowed) in ROOMS {
        for file in files(&root().join("src").join(room)) {
            for import in imports(&code(&file, true)).intersection(&known) {
                if import != room && !allowed.contains(&import.as_str()) {
                    broken.push(format!("{}: {room} imports {import}", file.display()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    let there: BTreeSet<_> = std::fs::read_dir(root().join("src"))
        .expect("src")
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(there, known, "each room is in the table, and each line of the table is a room");
}

#[test]
fn imports_are_seen_in_every_spelling() {
    let text = "use crate::phi::Code;\nlet x = crate::keys::Ring;\nuse crate::{clean::{Batch, a::{B, C}}, policy};";
    assert_eq!(imports(text), ["clean", "keys", "phi", "policy"].map(String::from).into());
    let nested = "use crate::{phi::{Code, Day}, stream::Worker};";
    assert_eq!(imports(nested), ["phi", "stream"].map(String::from).into());
}

/// A room's root is one `super` up from its files; more would be a way around `crate::`.
#[test]
fn no_import_goes_round_the_table() {
    for file in files(&root().join("src")) {
        let text = code(&file, true);
        for way in ["super::super", "crate as ", "use crate::*", "extern crate"] {
            assert!(!text.contains(way), "{}: {way}", file.display());
        }
        let top = file.parent() == Some(&root().join("src"));
        let room_root = file.file_name().is_some_and(|name| name == "mod.rs");
        let own = text.split("mod tests").next().unwrap_or("");
        assert!(top || !room_root || !own.contains("super::"), "{}: super", file.display());
    }
}

#[test]
fn rooms_hold_no_word_that_they_must_not_know() {
    let mut broken = Vec::new();
    // Clients of servers that are asynchronous have a small runtime inside.
    let apart = ["src/keys/kek/aws.rs", "src/keys/subject_pg.rs"];
    for (rooms, words, why) in FORBIDDEN {
        for file in rooms.iter().flat_map(|room| files(&root().join("src").join(room))) {
            if apart.iter().any(|apart| file.ends_with(apart)) {
                continue;
            }
            let text = code(&file, false);
            broken.extend(
                words
                    .iter()
                    .filter(|w| text.contains(**w))
                    .map(|w| format!("{}: {w}: {why}", file.display())),
            );
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// What is told goes through types that cannot hold a value. (Clippy cannot allow a macro in one file: its
/// lint of `tracing`'s lands on the crate.)
#[test]
fn log_lines_are_written_in_one_file() {
    let door = "src/stream/telemetry/mod.rs";
    for file in files(&root().join("src")) {
        let text = code(&file, true);
        let words = ["tracing::", "use tracing;", "use tracing as"];
        let found: Vec<_> = words.iter().filter(|word| text.contains(**word)).collect();
        let name = file.strip_prefix(root()).expect("below the root");
        assert_eq!(!found.is_empty(), name == Path::new(door), "{}: {found:?}", name.display());
    }
}

#[test]
fn values_are_exposed_where_it_is_written_down() {
    let mut found = BTreeMap::new();
    for file in files(&root().join("src")) {
        let text = code(&file, false);
        let n = [".expose()", ".expose_mut()", ".expose_raw("]
            .iter()
            .map(|call| text.matches(call).count())
            .sum::<usize>();
        if n > 0 {
            let name = file.strip_prefix(root()).expect("below the root").display().to_string();
            found.insert(name, n);
        }
    }
    let expected: BTreeMap<_, _> = EXPOSE.iter().map(|(file, n)| (file.to_string(), *n)).collect();
    assert_eq!(found, expected, "a new look at a value is a decision: write it into EXPOSE");
}

/// The way back from token to value has one door, and the door writes down who went through.
#[test]
fn only_the_audit_takes_tokens_back() {
    for file in files(&root().join("src")) {
        let room = file.strip_prefix(root().join("src")).expect("below src");
        let allowed = ["audit", "transform", "keys"].iter().any(|door| room.starts_with(door));
        let text = code(&file, false);
        // Of a kernel, a cipher or a token, and of assigned codes; quarantine is opened by
        // `Opener::open`.
        let ways = ["decrypt(", "Way::Decrypt", "values_behind("];
        let calls: usize = ways.iter().map(|way| text.matches(way).count()).sum();
        assert!(allowed || calls == 0, "{} takes tokens back", file.display());
    }
}

#[test]
fn architecture_has_the_same_table() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    assert!(text.lines().count() <= 300, "a map that is longer than 300 lines is no map");
    for (room, allowed) in ROOMS {
        let row = text
            .lines()
            .find(|line| line.starts_with(&format!("| `{room}` |")))
            .unwrap_or_else(|| panic!("ARCHITECTURE.md has no row for {room}"));
        let cell = row.split('|').nth(2).unwrap_or("");
        let named: BTreeSet<_> = cell
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|w| ROOMS.iter().any(|(r, _)| r == w))
            .collect();
        assert_eq!(named, allowed.iter().copied().collect(), "the row of {room}: {row}");
    }
}

#[test]
fn every_file_says_what_it_is() {
    for file in ["src", "tests", "xtask", "crates", "benches"]
        .iter()
        .flat_map(|dir| files(&root().join(dir)))
    {
        let text = std::fs::read_to_string(&file).expect("reads");
        assert!(text.starts_with("//!"), "{} does not begin with a module comment", file.display());
    }
}

/// What detection is judged by is written apart from what it learnt from.
#[test]
fn the_evaluations_texts_are_not_the_trainings() {
    const SETS: [&str; 3] = ["held", "third", "blind"];
    const LEARNT: [&str; 3] = ["corpus", "weir-tagger", "weir_synth"];
    const TRAINING: [&str; 2] = ["corpus", "wide"];
    for dir in SETS.into_iter().chain(TRAINING) {
        let others = SETS.into_iter().filter(|set| *set != dir);
        let mut foreign: Vec<_> =
            others.flat_map(|set| ["::", "/", ";"].map(|end| format!("{set}{end}"))).collect();
        if !TRAINING.contains(&dir) {
            foreign.extend(LEARNT.map(str::to_string));
            foreign.push("wide::".to_string());
        }
        let found = files(&root().join("xtask/src").join(dir));
        assert!(!found.is_empty(), "{dir}");
        for file in found {
            let text = code(&file, true);
            for word in &foreign {
                assert!(!text.contains(word.as_str()), "{}: {word}", file.display());
            }
        }
    }
}

/// Weights are what NOTICE says they are.
#[test]
fn the_weights_have_the_digest_that_notice_says() {
    use sha2::Digest;
    let notice = std::fs::read_to_string(root().join("NOTICE")).expect("NOTICE");
    let models = std::fs::read_dir(root().join("crates/weir-tagger/models")).expect("models");
    for model in models.flatten() {
        let bytes = std::fs::read(model.path()).expect("reads");
        let digest: String =
            sha2::Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(notice.contains(&digest), "{}: {digest}", model.path().display());
    }
}

/// Printed, not judged: a long file or function is a reason to look.
#[test]
fn lengths_are_printed() {
    let (mut long_files, mut long_functions) = (Vec::new(), Vec::new());
    for file in files(&root().join("src")) {
        let text = std::fs::read_to_string(&file).expect("reads");
        let body = text.split("#[cfg(test)]").next().unwrap_or("");
        let name = file.strip_prefix(root()).expect("below the root").display().to_string();
        if body.lines().count() > 400 {
            long_files.push(format!("{name}: {}", body.lines().count()));
        }
        let mut start: Option<(usize, usize, &str)> = None;
        for (n, line) in body.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let begins = ["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn "]
                .iter()
                .any(|w| line.trim_start().starts_with(w));
            if begins {
                start = Some((n, indent, line.trim()));
            } else if let Some((at, depth, head)) = start
                && line.trim_end() == format!("{}}}", " ".repeat(depth))
            {
                if n - at > 70 {
                    long_functions.push(format!("{name}: {} lines: {head}", n - at));
                }
                start = None;
            }
        }
    }
    println!("files over 400 lines: {long_files:#?}\nfunctions over 70 lines: {long_functions:#?}");
}

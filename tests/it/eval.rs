//! `weir eval` as a program: figures, corpora in brat's format, the page.

use crate::broker::{Folder, weir};
use std::path::PathBuf;
use std::process::Output;

/// A corpus of two texts; nothing finds the ward, and the name is found.
const NOTE: &str = "Caf\u{e9} \u{1f600} closed. Mr. Alvarez, MRN 00123456, seen on Quuxley ward";
const MARKS: &str = "T1\tPATIENT 19 26\tAlvarez\nT2\tMEDICALRECORD 32 40\t00123456\n\
    T3\tWARD 50 57\tQuuxley\n#1\tAnnotatorNotes T3\tsure\n";

struct Corpus(Folder);

impl Corpus {
    fn new(name: &str) -> Corpus {
        let corpus = Corpus(Folder::new(name));
        std::fs::create_dir(corpus.path("gold")).expect("creates");
        corpus.put("gold/a.txt", NOTE);
        corpus.put("gold/a.ann", MARKS);
        corpus.put("gold/b.txt", "nothing here");
        corpus.put("gold/b.ann", "");
        corpus
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.0.join(name)
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("writes");
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("reads")
    }

    /// `weir VERB`, in the corpus' folder.
    fn run(&self, arguments: &[&str]) -> Output {
        weir().current_dir(&self.0.0).args(arguments).output().expect("runs")
    }

    /// `weir detect gold > found`.
    fn detect(&self) {
        let out = self.run(&["detect", "gold"]);
        assert_eq!(out.status.code(), Some(0), "{}", words(&out));
        self.put("found", &String::from_utf8_lossy(&out.stdout));
    }
}

fn words(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

#[test]
fn eval_counts_what_leaked() {
    let folder = Folder::new("eval");
    let gold = serde_json::json!({ "id": 1, "text": "MRN 00123456, E11.9",
        "spans": [{ "start": 4, "end": 12, "class": "mrn" }],
        "codes": [{ "start": 14, "end": 19 }] });
    let half = serde_json::json!({ "id": 1, "spans": [{ "start": 4, "end": 8, "class": "mrn" }] });
    let path = |name: &str| folder.0.join(name);
    std::fs::write(path("gold"), format!("{gold}\n")).expect("writes");
    std::fs::write(path("found"), format!("{half}\n")).expect("writes");
    let out = weir()
        .arg("eval")
        .arg("--json")
        .args([path("gold"), path("found")])
        .output()
        .expect("runs");
    let figures: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let all = figures["rows"].as_array().expect("rows").last().expect("a row").clone();
    assert_eq!(all["entity_recall"]["value"], 0.0);
    assert_eq!(all["character_recall"]["value"], 0.5);
    assert_eq!(all["precision"]["value"], 1.0);
    assert_eq!(figures["leak_free"]["value"], 0.0);
    assert_eq!(figures["codes_touched"]["value"], 0.0);
    assert_eq!(figures["codes_touched_count"], 0);
    std::fs::write(path("found"), "{\"id\":2,\"spans\":[]}\n").expect("writes");
    let out = weir().arg("eval").args([path("gold"), path("found")]).output().expect("runs");
    assert_eq!(out.status.code(), Some(3), "an id without a prediction");
}

#[test]
fn two_commands_lead_from_a_folder_to_a_page_that_holds_no_text() {
    let corpus = Corpus::new("eval-page");
    corpus.detect();
    let out = corpus.run(&["eval", "gold", "found", "--html", "page.html"]);
    assert_eq!(out.status.code(), Some(0), "{}", words(&out));
    assert!(words(&out).contains("not known, counted as identifiers: WARD (1)"), "{}", words(&out));
    let page = corpus.read("page.html");
    for there in ["2 of 3 identifiers", "<code>gold</code>", "WARD", "7 of 7", "50\u{2013}57"] {
        assert!(page.contains(there), "{there}: {page}");
    }
    for value in ["Alvarez", "00123456", "Quuxley", "ward", "nothing here"] {
        assert!(!page.contains(value), "{value}");
    }
    stands_alone(&page);
    for part in ["prefers-color-scheme: dark", "@media print", "scope=\"row\"", "<title>", "<desc>"]
    {
        assert!(page.contains(part), "{part}");
    }
    let shown = corpus.run(&["eval", "gold", "found", "--html", "page.html", "--show"]);
    assert_eq!(shown.status.code(), Some(0), "{}", words(&shown));
    let page = corpus.read("page.html");
    assert!(page.contains("<mark>Quuxley</mark>") && page.contains("This page holds identifiers"));
    stands_alone(&page);
    #[cfg(unix)]
    {
        let rights = std::fs::metadata(corpus.path("page.html")).expect("a file").permissions();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&rights) & 0o077, 0);
    }
    let beside = std::fs::read_dir(&corpus.0.0).expect("a folder").flatten();
    let parts = beside.filter(|one| one.path().extension().is_some_and(|end| end == "part"));
    assert_eq!(parts.count(), 0);
}

/// Nothing in the page is fetched or run.
fn stands_alone(page: &str) {
    let page = page.to_ascii_lowercase();
    for way in [
        "<script", "<img", "<link", "<iframe", "<object", "<a ", " src=", "href=", "url(",
        "@import", "http:", "https:", "//", "<base",
    ] {
        assert!(!page.contains(way), "{way}");
    }
    assert!(page.contains("content-security-policy\" content=\"default-src 'none'"));
}

#[test]
fn hostile_names_and_texts_are_shown_and_not_obeyed() {
    let corpus = Corpus::new("eval-hostile");
    let text = "</td></style><script>alert(1)</script> & 'q' \u{0}\u{1b}[1m";
    let label = "\"><img src=x onerror=alert(1)>";
    let id = "<script>alert(2)</script>";
    let gold = serde_json::json!({ "id": id, "text": text, "spans": [{ "start": 13, "end": 30, "class": label }] });
    corpus.put("<b>.jsonl", &format!("{gold}\n"));
    corpus.put("found", &format!("{}\n", serde_json::json!({ "id": id, "spans": [] })));
    let out = corpus.run(&["eval", "<b>.jsonl", "found", "--html", "page.html", "--show"]);
    assert_eq!(out.status.code(), Some(0), "{}", words(&out));
    let page = corpus.read("page.html");
    for shown in [
        "&lt;script&gt;alert(2)&lt;/script&gt;",
        "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;",
        "&lt;/td&gt;&lt;/style&gt;",
        "&lt;b&gt;.jsonl",
        "&#39;q&#39;",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    for obeyed in ["<script", "<img", "<b>", "</td></style>", "\u{0}", "\u{1b}"] {
        assert!(!page.contains(obeyed), "{obeyed}");
    }
    assert!(!words(&out).contains('\u{1b}'));
}

#[test]
fn a_corpus_that_does_not_fit_is_named_by_file_and_line_without_its_text() {
    let corpus = Corpus::new("eval-misfit");
    corpus.detect();
    let fails = |what: &str| {
        let out = corpus.run(&["eval", "gold", "found"]);
        assert_eq!(out.status.code(), Some(3));
        let words = words(&out);
        assert!(words.contains(what), "{what}: {words}");
        for value in ["Alvarez", "Alvares", "00123456", "Quuxley"] {
            assert!(!words.contains(value), "{words}");
        }
        assert!(out.stdout.is_empty());
    };
    corpus.put("gold/a.ann", &MARKS.replace("Alvarez", "Alvares"));
    fails("a.ann, line 1: its text is not the one at its offsets");
    corpus.put("gold/a.ann", &MARKS.replace("\nT3", "\nAlvarez Quuxley\nX3"));
    fails("a.ann, line 4: it begins with no letter");
    corpus.put("gold/a.ann", MARKS);
    corpus.put("gold/c.txt", "alone");
    fails("c.txt: no .ann beside it");
    std::fs::remove_file(corpus.path("gold/c.txt")).expect("removes");
    corpus.put("gold/c.ann", "");
    fails("c.ann: no .txt beside it");
    std::fs::remove_file(corpus.path("gold/c.ann")).expect("removes");
    std::fs::write(corpus.path("gold/b.txt"), b"caf\xe9").expect("writes");
    fails("b.txt: not UTF-8");
    assert_eq!(corpus.run(&["detect", "gold"]).status.code(), Some(3));
    corpus.put("gold/b.txt", "nothing here");
    corpus.put("found", "{\"id\":\"a\",\"spans\":[{\"start\":60,\"end\":99}]}\n{\"id\":\"b\"}\n");
    fails("a span is beyond the end of the text for id a");
    std::fs::create_dir(corpus.path("empty")).expect("creates");
    let out = corpus.run(&["detect", "empty"]);
    assert!(out.status.code() == Some(3) && words(&out).contains("W0123"), "{}", words(&out));
}

#[test]
fn predictions_and_classes_of_others_are_read_too() {
    let corpus = Corpus::new("eval-classes");
    std::fs::create_dir(corpus.path("found")).expect("creates");
    for name in ["a.txt", "a.ann", "b.txt", "b.ann"] {
        std::fs::copy(corpus.path("gold").join(name), corpus.path("found").join(name))
            .expect("copies");
    }
    let all = |arguments: &[&str]| {
        let out = corpus.run(&[&["eval", "gold", "found", "--json"], arguments].concat());
        assert_eq!(out.status.code(), Some(0), "{}", words(&out));
        let figures: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
        let all = figures["rows"].as_array().expect("rows").last().expect("a row").clone();
        (all["entities"].as_u64(), all["strict_f1"]["value"].as_f64(), words(&out))
    };
    let (entities, f1, said) = all(&[]);
    assert_eq!((entities, f1), (Some(3), Some(1.0)));
    assert!(said.contains("WARD (1)"));
    corpus.put("classes", "# wards are no identifiers\nWARD not_phi\n");
    let (entities, _, said) = all(&["--classes", "classes"]);
    assert_eq!(entities, Some(2));
    assert!(said.contains("left out of all identifiers: WARD (1)") && !said.contains("not known"));
    corpus.put("classes", "WARD not_phi\nPATIENT human\n");
    let out = corpus.run(&["eval", "gold", "found", "--classes", "classes"]);
    assert!(
        out.status.code() == Some(3) && words(&out).contains("classes, line 2"),
        "{}",
        words(&out)
    );
    corpus.put("found/b.txt", "nothing hers");
    let out = corpus.run(&["eval", "gold", "found"]);
    assert!(out.status.code() == Some(3) && words(&out).contains("for id b"), "{}", words(&out));
}

#[test]
fn a_page_has_a_place_to_go_and_takes_that_of_no_source() {
    let corpus = Corpus::new("eval-place");
    corpus.detect();
    let out = corpus.run(&["eval", "gold", "found", "--html", "nowhere/page.html"]);
    assert_eq!(out.status.code(), Some(3));
    assert!(words(&out).contains("W0414") && words(&out).contains("no folder nowhere"));
    assert!(out.stdout.is_empty(), "said before anything is read");
    let before = corpus.read("found");
    assert_eq!(corpus.run(&["eval", "gold", "found", "--html", "found"]).status.code(), Some(2));
    assert_eq!(corpus.read("found"), before);
    assert_eq!(corpus.run(&["eval", "gold", "found", "--show"]).status.code(), Some(2));
    std::fs::create_dir(corpus.path("page.html")).expect("creates");
    let out = corpus.run(&["eval", "gold", "found", "--html", "page.html"]);
    assert_eq!(out.status.code(), Some(3));
    let names = std::fs::read_dir(&corpus.0.0).expect("a folder").flatten();
    assert!(names.map(|one| one.file_name()).all(|name| !name.to_string_lossy().contains(".part")));
}

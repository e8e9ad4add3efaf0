//! What a person sees: problems, help, previews, files, the demo.

use crate::broker::{Folder, weir};
use std::path::Path;
use std::process::Output;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn words(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

fn data(out: &Output) -> String {
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// Each folder of `tests/golden/invalid` is a small tree with mistakes; `expected.txt` has what
/// `weir check` says of it. UPDATE_GOLDEN=1 writes it.
#[test]
fn every_mistake_is_reported_at_once_with_its_line() {
    #[expect(clippy::disallowed_methods, reason = "the door for writing what is expected")]
    let update = std::env::var("UPDATE_GOLDEN").is_ok();
    let mut cases = 0;
    for case in std::fs::read_dir(root().join("tests/golden/invalid")).expect("a folder").flatten()
    {
        let out = weir()
            .current_dir(case.path())
            .args(["check", "pipelines/p.yaml"])
            .output()
            .expect("runs");
        assert_eq!(out.status.code(), Some(3), "{}", words(&out));
        let path = case.path().join("expected.txt");
        if update {
            std::fs::write(&path, words(&out)).expect("writes");
        }
        let expected = std::fs::read_to_string(&path).expect("expected.txt");
        assert_eq!(words(&out), expected, "{}", path.display());
        cases += 1;
    }
    assert!(cases >= 10, "{cases} cases");
}

#[test]
fn five_planted_mistakes_are_five_problems_with_lines() {
    let case = root().join("tests/golden/invalid/five-mistakes");
    let out = weir()
        .current_dir(case)
        .args(["check", "--json", "pipelines/p.yaml"])
        .output()
        .expect("runs");
    assert_eq!(out.status.code(), Some(3));
    let problems: serde_json::Value = serde_json::from_str(&data(&out)).expect("JSON");
    let found: Vec<_> = problems
        .as_array()
        .expect("a list")
        .iter()
        .map(|p| {
            format!(
                "{} {}:{}",
                p["code"].as_str().unwrap_or(""),
                p["file"].as_str().unwrap_or(""),
                p["line"]
            )
        })
        .collect();
    for planted in [
        "W0102 pipelines/p.yaml:4",
        "W0505 pipelines/p.yaml:6",
        "W0105 schemas/s.yaml:6",
        "W0102 schemas/s.yaml:7",
        "W0108 schemas/s.yaml:9",
    ] {
        assert!(found.iter().any(|f| f == planted), "{planted} is not in {found:#?}");
    }
    assert_eq!(found.len(), 5, "{found:#?}");
}

/// Its own times say the day, and `safe-harbor-historical` holds that; the time of writing does not.
#[test]
fn a_backlog_under_safe_harbor_may_be_written_at_today_s_time() {
    let case = root().join("tests/golden/invalid/safe-harbor-historical");
    let folder = Folder::new("historical");
    for name in ["destinations.yaml", "pipelines/p.yaml", "schemas/s.yaml"] {
        let text = std::fs::read_to_string(case.join(name)).expect("reads");
        let path = folder.0.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("makes");
        std::fs::write(path, text.replace("timestamp: keep", "timestamp: append")).expect("writes");
    }
    let check = || {
        weir().current_dir(&folder.0).args(["check", "pipelines/p.yaml"]).output().expect("runs")
    };
    let out = check();
    assert!(out.status.success(), "{}", words(&out));
    let path = folder.0.join("pipelines/p.yaml");
    let text = std::fs::read_to_string(&path).expect("reads").replace(", historical: true", "");
    std::fs::write(path, text).expect("writes");
    let out = check();
    assert!(words(&out).contains("W0505"), "{}", words(&out));
}

#[test]
fn every_shipped_pipeline_checks() {
    let mut pipelines: Vec<_> = std::fs::read_dir(root().join("pipelines"))
        .expect("a folder")
        .flatten()
        .map(|e| e.path())
        .collect();
    pipelines.sort();
    let out = weir().current_dir(root()).arg("check").args(&pipelines).output().expect("runs");
    // The vendor example has a date in it: when it lapses, the example has to be renewed.
    assert!(out.status.success(), "{}", words(&out));
    assert_eq!(words(&out).lines().filter(|line| line.contains(": ok: ")).count(), pipelines.len());
    // The schemas of standards name what these say is somebody's.
    let coverage: Vec<_> = words(&out)
        .lines()
        .filter(|line| line.starts_with("coverage: "))
        .map(str::to_string)
        .collect();
    assert_eq!(coverage.len(), 4, "{coverage:?}");
    // Two hold a drug's or a plan's name far more often than a person's: rules look through them, and no tagger.
    assert_eq!(coverage.iter().filter(|line| line.ends_with(", 98 %")).count(), 2);
    assert_eq!(coverage.iter().filter(|line| line.ends_with(", 100 %")).count(), 2);
    let missing = words(&out)
        .lines()
        .filter_map(|line| line.strip_prefix("not among the schema's: "))
        .map(str::to_string)
        .collect::<Vec<_>>();
    assert!(missing.iter().any(|paths| paths == "EB-5"), "{missing:?}");
    assert!(
        missing
            .iter()
            .any(|paths| paths.ends_with("/playingEntity/name/text()") && !paths.contains(", ")),
        "{missing:?}"
    );
}

/// A schema that names less of a standard than it could is told what.
#[test]
fn coverage_says_what_a_schema_does_not_name() {
    let folder = Folder::new("coverage");
    for (path, text) in [
        (
            "schemas/s.yaml",
            "schema: s\nformat: hl7v2\nunlisted: drop\nfields:\n  PID-5.1: person_name\n  PID-5.2: not_phi\n",
        ),
        (
            "pipelines/p.yaml",
            "pipeline: p\nsource: {topics: [raw], schema: s, key: drop}\npolicy: readable\ndestination: d\nsink: {topic: clean}\nquarantine: {topic: refused}\n",
        ),
        (
            "destinations.yaml",
            "destinations:\n  d: {use: rag_index, recipient: self, region: x, accepts: [pseudonymized]}\n",
        ),
    ] {
        let path = folder.0.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("writes");
    }
    let out =
        weir().current_dir(&folder.0).args(["check", "pipelines/p.yaml"]).output().expect("runs");
    let words = words(&out);
    let line = words.lines().find(|line| line.starts_with("coverage: 1 of ")).expect("the share");
    assert!(line.ends_with("identifying fields of HL7 version 2.8, 0 %"), "{words}");
    // Kept is not named; what is below a field that is named is.
    assert!(words.contains("PID-5.2") && !words.contains("PID-5.1.1,"), "{words}");
}

#[test]
fn everything_in_a_table_is_explained() {
    for what in ["codes", "classes", "kernels", "policies"] {
        let out = weir().args(["explain", what]).output().expect("runs");
        let list = data(&out);
        assert!(out.status.success() && list.lines().count() >= 3, "{what}");
        for name in list.lines().filter_map(|line| line.split_whitespace().next()) {
            let out = weir().args(["explain", name]).output().expect("runs");
            assert!(out.status.success() && data(&out).len() > 20, "{name}");
        }
    }
    let out = weir().args(["explain", "W9999"]).output().expect("runs");
    assert_eq!(out.status.code(), Some(3));
}

/// By a link, the sink can be the folder of the sources under another name: `check` cannot see it.
#[test]
fn outputs_never_overwrite_their_sources() {
    let folder = Folder::new("overwrite");
    for dir in ["pipelines", "schemas", "policies"] {
        std::fs::create_dir(folder.0.join(dir)).expect("a folder");
    }
    for file in ["destinations.yaml", "schemas/clinical-note.yaml", "policies/pseudonymize.yaml"] {
        std::fs::copy(root().join(file), folder.0.join(file)).expect("copies");
    }
    let pipeline = std::fs::read_to_string(root().join("pipelines/notes-from-files.yaml"))
        .expect("reads")
        .replace("data/notes.ndjson", "raw/notes.ndjson")
        .replace("data/clean", "link");
    std::fs::write(folder.0.join("pipelines/p.yaml"), pipeline).expect("writes");
    let run =
        |arguments: &[&str]| weir().current_dir(&folder.0).args(arguments).output().expect("runs");
    assert!(run(&["demo", "--write", "raw", "--records", "300"]).status.success());
    std::os::unix::fs::symlink("raw", folder.0.join("link")).expect("links");
    let before = std::fs::read(folder.0.join("raw/notes.ndjson")).expect("reads");
    assert!(run(&["keys", "init", "--dev", "--tenant", "t"]).status.success());
    let out = run(&["run", "--dev", "pipelines/p.yaml"]);
    assert_eq!(out.status.code(), Some(3), "{}", words(&out));
    assert!(words(&out).contains("W0414"), "{}", words(&out));
    assert_eq!(std::fs::read(folder.0.join("raw/notes.ndjson")).expect("reads"), before);
}

#[test]
fn files_go_through_the_same_plan() {
    let folder = Folder::new("files");
    for dir in ["pipelines", "schemas", "policies"] {
        std::fs::create_dir(folder.0.join(dir)).expect("a folder");
    }
    for file in [
        "destinations.yaml",
        "schemas/clinical-note.yaml",
        "policies/pseudonymize.yaml",
        "pipelines/notes-from-files.yaml",
    ] {
        std::fs::copy(root().join(file), folder.0.join(file)).expect("copies");
    }
    let run =
        |arguments: &[&str]| weir().current_dir(&folder.0).args(arguments).output().expect("runs");
    assert!(run(&["demo", "--write", "data", "--records", "300"]).status.success());
    let path = folder.0.join("data/notes.ndjson");
    let mut text = std::fs::read_to_string(&path).expect("reads");
    text.push_str("{\"Canaryman\":1}\n");
    std::fs::write(&path, &text).expect("writes");
    assert!(run(&["keys", "init", "--dev", "--tenant", "t"]).status.success());
    assert_eq!(
        run(&["keys", "init", "--dev", "--tenant", "t"]).status.code(),
        Some(4),
        "nothing is overwritten"
    );
    let out = run(&["run", "--dev", "pipelines/notes-from-files.yaml"]);
    assert!(out.status.success(), "{}", words(&out));
    let read = |name: &str| std::fs::read_to_string(folder.0.join(name)).expect(name);
    let (clean, refused) = (read("data/clean/notes.ndjson"), read("data/quarantine/notes.ndjson"));
    assert_eq!((clean.lines().count(), refused.lines().count()), (300, 1));
    assert!(refused.contains("W0207") && !refused.contains("Canaryman"), "{refused}");
    let events = read("data/lineage.ndjson");
    let events: Vec<_> = events.lines().collect();
    assert_eq!(events.len(), 4, "START and COMPLETE of the pipeline and of its file: {events:?}");
    let last = events[2];
    assert!(last.contains("\"COMPLETE\"") && last.contains("\"records\":301"), "{last}");
    for patient in weir_synth::Generator::new(1, 200).patients() {
        for identifier in [&patient.mrn, &patient.ssn_dashed(), &patient.full_name()] {
            assert!(!clean.contains(identifier.as_str()), "{identifier}");
        }
    }

    // Another policy beside it says what it would do otherwise, and nothing of it leaves.
    let shadowed =
        run(&["run", "--dev", "--shadow", "safe_harbor", "pipelines/notes-from-files.yaml"]);
    assert!(shadowed.status.success(), "{}", words(&shadowed));
    assert_eq!(read("data/clean/notes.ndjson"), clean, "the same, byte for byte");
    let said = words(&shadowed);
    for line in [
        "under safe_harbor: 1 records the same, 300 not, 0 newly refused, 0 refused no more",
        "$.patient.mrn  mrn: fpe 300 -> remove 300",
        "$.note.text  person_name: siv",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(!said.contains("icd10"), "what both keep is no difference: {said}");
    let none = run(&["run", "--dev", "--shadow", "no-such", "pipelines/notes-from-files.yaml"]);
    assert_eq!(none.status.code(), Some(3), "{}", words(&none));
    assert!(words(&none).contains("W0106") || words(&none).contains("no-such"), "{}", words(&none));

    let out = run(&["preview", "pipelines/notes-from-files.yaml", "-n", "2"]);
    let shown = data(&out);
    assert!(out.status.success() && shown.contains("\u{2039}person_name\u{203a}"), "{shown}");
    let patient = weir_synth::Generator::new(1, 200).patient_of(0).clone();
    for identifier in patient.identifiers() {
        assert!(!shown.contains(&identifier), "{identifier} in {shown}");
    }
}

/// A message, a document, a table: what has lines of its own is one record, and a file of it comes out as it does from a
/// topic.
#[test]
fn a_file_of_a_format_with_lines_is_one_record() {
    let folder = Folder::new("whole-files");
    for dir in ["pipelines", "raw"] {
        std::fs::create_dir(folder.0.join(dir)).expect("a folder");
    }
    std::fs::copy(root().join("destinations.yaml"), folder.0.join("destinations.yaml"))
        .expect("copies");
    let run =
        |arguments: &[&str]| weir().current_dir(&folder.0).args(arguments).output().expect("runs");
    assert!(run(&["keys", "init", "--dev", "--tenant", "t"]).status.success());
    for (schema, golden, name) in [
        ("hl7v2", "hl7v2/one-patient/adt.input.hl7", "adt.hl7"),
        ("hl7v2", "hl7v2/batch/two.input.hl7", "two.hl7"),
        ("x12", "x12/one-patient/claim.input.x12", "claim.x12"),
        ("ccda", "cda/one-patient/summary.input.xml", "summary.xml"),
    ] {
        let before = root().join("tests/golden").join(golden);
        std::fs::copy(&before, folder.0.join("raw").join(name)).expect("copies");
        let pipeline = format!(
            "pipeline: p\nsource: {{files: [raw/{name}], schema: {schema}}}\npolicy: pseudonymize\n\
             destination: rag-local\nsink: {{files: clean}}\nquarantine: {{files: refused}}\nlineage: {{file: l}}\n"
        );
        std::fs::write(folder.0.join("pipelines/p.yaml"), pipeline).expect("writes");
        let out = run(&["run", "--dev", "pipelines/p.yaml"]);
        assert!(out.status.success(), "{name}: {}", words(&out));
        let read = |path: &Path| std::fs::read_to_string(path).expect("reads");
        let (before, after) = (read(&before), read(&folder.0.join("clean").join(name)));
        assert_eq!(read(&folder.0.join("refused").join(name)), "", "{name}");
        assert_eq!(before.lines().count(), after.lines().count(), "{name}");
        assert_eq!(before.ends_with('\n'), after.ends_with('\n'), "{name}");
        assert!(before != after && !after.contains("Whitaker"), "{name}: {after}");
        let shown = data(&run(&["preview", "pipelines/p.yaml"]));
        assert_eq!(shown.matches("before").count(), 1, "{name}: {shown}");
    }
    // What is no record of its format goes to quarantine as a whole, and what is too long for one stops the run.
    std::fs::write(folder.0.join("raw/summary.xml"), "<Other/>\n").expect("writes");
    assert!(run(&["run", "--dev", "pipelines/p.yaml"]).status.success());
    let refused = std::fs::read_to_string(folder.0.join("refused/summary.xml")).expect("reads");
    assert_eq!((refused.lines().count(), refused.contains("W0207")), (1, true), "{refused}");
    std::fs::write(folder.0.join("raw/summary.xml"), vec![b' '; 17 << 20]).expect("writes");
    let out = run(&["run", "--dev", "pipelines/p.yaml"]);
    assert!(!out.status.success() && words(&out).contains("W0205"), "{}", words(&out));
}

#[test]
fn the_demo_tells_the_story() {
    let out = weir().current_dir(root()).args(["demo", "--records", "200"]).output().expect("runs");
    assert!(out.status.success(), "{}", words(&out));
    let told = data(&out);
    for part in [
        "before",
        "after",
        "one patient, one token",
        "W0207 at ehr.notes/",
        "COMPLETE notes-to-rag",
        "values by class",
        ": 0 found",
    ] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    assert_eq!(told.matches("   before").count(), 3, "three records before and after");
}

#[test]
fn a_panic_shows_a_code_and_a_place_and_nothing_else() {
    let line = weir::cli::panic_line(Some(std::panic::Location::caller()));
    assert!(line.starts_with("weir: W0216 at tests/it/cli.rs:"), "{line}");
}

#[test]
fn a_broker_that_refuses_the_right_is_named_so() {
    use rdkafka::mocking::MockCluster;
    use rdkafka::types::RDKafkaRespErr;
    let cluster = MockCluster::new(1).expect("a mock");
    let stage = crate::broker::Stage::new("rights");
    cluster.create_topic(&stage.topic("source"), 1, 1).expect("creates");
    cluster
        .topic_error(
            &stage.topic("source"),
            RDKafkaRespErr::RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
        )
        .expect("sets");
    let out = stage.run_at(&cluster.bootstrap_servers()).output().expect("runs");
    assert_eq!(out.status.code(), Some(5), "{}", words(&out));
    assert!(words(&out).contains("W0403"), "{}", words(&out));
}

/// Domain, kernels, reversibility, letter and an example, for every class that there is.
#[test]
fn every_class_has_a_page() {
    let page = |what: &[&str]| {
        let out = weir().arg("explain").args(what).output().expect("runs");
        assert!(out.status.success(), "{what:?}: {}", words(&out));
        String::from_utf8(out.stdout).expect("UTF-8")
    };
    for entry in weir::phi::CLASSES {
        let text = page(&["class", entry.name]);
        for part in ["Safe Harbor:", "domain:", "reversible", "policies:", entry.example] {
            assert!(text.contains(part), "{}: no {part} in {text}", entry.name);
        }
        assert!(!text.contains("refused ("), "an example that its own kernel refuses: {text}");
        let domain = text.lines().find_map(|line| line.strip_prefix("domain:")).expect("a line");
        assert!(!domain.trim().is_empty(), "{}", entry.name);
    }
    let npi = page(&["class", "npi"]);
    assert!(npi.contains("identifier (R)") && npi.contains("100,000,000 values"), "{npi}");
    assert!(npi.lines().any(|line| line.starts_with("fpe         yes         1")), "{npi}");
    assert!(page(&["providers"]).contains("pkcs11:"));
    assert_eq!(weir().args(["explain", "class"]).output().expect("runs").status.code(), Some(3));
}

/// As `head` does when it has seen enough.
#[test]
fn a_reader_who_has_gone_ends_the_program_quietly() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let out = weir().args(["explain", "codes"]).stdout(writer).output().expect("runs");
    assert_eq!((out.status.code(), String::from_utf8_lossy(&out.stderr).as_ref()), (Some(0), ""));
}

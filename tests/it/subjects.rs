//! The store of subjects: a real PostgreSQL that many processes share, what is left of a shredded
//! person, and assigned codes under `safe_harbor`.

use crate::broker::{
    Feeder, Folder, PARTITIONS, Stage, committed, console, console_values, create, setting,
    terminate, wait, wait_for, weir,
};
use crate::cli::words;
use crate::kafka::row;
use crate::keys::{private, refused, run, text, text_of_init};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use weir::keys::{Coded, Keyring, SubjectStore};
use weir::phi::Class;
use weir_synth::Generator;

const SOON: Duration = Duration::from_secs(120);

/// A database of a test's own.
struct Database {
    name: String,
    password: String,
}

impl Database {
    fn new(name: &str) -> Database {
        let folder = setting("WEIR_TEST_POSTGRES_FOLDER");
        let password = std::fs::read_to_string(Path::new(&folder).join("password"));
        let password = password.expect("the server's password").trim().to_string();
        let database = Database { name: format!("{name}_{}", std::process::id()), password };
        database.program(
            "psql",
            &["-c", &format!("CREATE DATABASE {}", database.name)],
            "postgres",
        );
        database
    }

    /// A program of PostgreSQL's own, on one database.
    fn program(&self, program: &str, arguments: &[&str], database: &str) -> String {
        let address = setting("WEIR_TEST_POSTGRES");
        let (host, port) = address.split_once(':').expect("host:port");
        let out = Command::new(program)
            .args(["-h", host, "-p", port, "-U", "weir", "-d", database])
            .args(arguments)
            .env("PGPASSWORD", &self.password)
            .stdin(Stdio::null())
            .output()
            .expect("runs");
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).expect("UTF-8").trim().to_string()
    }

    fn ask(&self, sql: &str) -> String {
        self.program("psql", &["-qAtc", sql], &self.name)
    }

    /// The store's place, as `--subjects` takes it; the password lies in the folder.
    fn place(&self, folder: &Folder) -> String {
        let file = folder.0.join("pg-password");
        private(&file, &self.password);
        let address = setting("WEIR_TEST_POSTGRES");
        format!("postgres://weir@{address}/{}?password-source={}", self.name, file.display())
    }
}

/// A pipeline of files whose account numbers have tokens of `subject` scope. `keys` is a folder
/// with the tenant's keys, or none: then they are made.
fn project(name: &str, keys: Option<&Folder>, records: &str) -> Folder {
    let folder = Folder::new(name);
    for dir in ["pipelines", "schemas", "policies", "raw"] {
        std::fs::create_dir(folder.0.join(dir)).expect("a folder");
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let copy = |from: &Path, name: &str| {
        std::fs::copy(from.join(name), folder.0.join(name)).expect("copies");
    };
    copy(root, "destinations.yaml");
    let write = |name: &str, text: &str| std::fs::write(folder.0.join(name), text).expect("writes");
    write(
        "schemas/s.yaml",
        "schema: s\nformat: json\nsubject: $.mrn\nfields:\n  $.mrn: {class: mrn, width: 10}\n  \
         $.account: account\n  $.claim: claim\n  $.pad: not_phi\n",
    );
    write(
        "policies/p.yaml",
        "policy: p\nbasis: pseudonymized\nclasses:\n  mrn: fpe\n  \
         account: {kernel: fpe, scope: subject}\n  claim: assign\n  not_phi: keep\n\
         default: remove\n",
    );
    write(
        "pipelines/p.yaml",
        "pipeline: p\nsource: {files: [raw/r.ndjson], schema: s}\npolicy: p\ndestination: rag-local\n\
         sink: {files: clean}\nquarantine: {files: refused}\n",
    );
    write("raw/r.ndjson", records);
    match keys {
        None => text_of_init(&folder),
        Some(keys) => {
            ["weir.keyring", "weir.passphrase", "weir-quarantine.pub"]
                .iter()
                .for_each(|name| copy(&keys.0, name));
        }
    }
    folder
}

fn start(folder: &Folder, place: &str) -> Command {
    let mut command = weir();
    command.current_dir(&folder.0).args(["run", "--dev", "--subjects", place, "pipelines/p.yaml"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The clean records.
fn cleaned(folder: &Folder) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(folder.0.join("clean/r.ndjson")).expect("reads");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn of(record: &serde_json::Value, field: &str) -> String {
    record[field].as_str().unwrap_or_else(|| panic!("no {field}: {record}")).to_string()
}

fn decrypt(folder: &Folder, place: &str, class: &str, extra: &[&str], lines: &str) -> Output {
    let head = ["token", "decrypt", "--dev", "--reason", "a test", "--subjects", place];
    run(folder, &[&head[..], &["--class", class], extra].concat(), lines)
}

const OF_SUBJECT: [&str; 4] = ["--scope", "subject", "--subject-width", "10"];
const OF_CODE: [&str; 2] = ["--kernel", "assign"];

/// How many rows a store has, also before it has its tables.
const THERE: &str = "SELECT CASE WHEN to_regclass('weir_subjects') IS NULL THEN 0 ELSE
    (xpath('/row/n/text()', query_to_xml('SELECT count(*) AS n FROM weir_subjects', true, true, '')))[1]::text::int END";

/// Four processes meet the same 10,000 people, whom nobody has seen before, in four orders; two are
/// killed when the first secrets are there, and start again.
#[test]
fn four_processes_give_each_subject_one_secret() {
    const SUBJECTS: usize = 10_000;
    let database = Database::new("many");
    let pad = "x".repeat(1_500);
    let records: Vec<String> = (0..SUBJECTS)
        .map(|n| {
            format!(
                "{{\"mrn\":\"{n:010}\",\"account\":\"44{n:08}\",\"claim\":\"CLM{n:07}\",\"pad\":\"{pad}\"}}\n"
            )
        })
        .collect();
    let mut folders: Vec<Folder> = Vec::new();
    for number in 0..4 {
        let order: Vec<usize> = match number {
            0 => (0..SUBJECTS).collect(),
            1 => (0..SUBJECTS).rev().collect(),
            2 => (0..SUBJECTS).map(|n| (n + SUBJECTS / 2) % SUBJECTS).collect(),
            // 7 and 10,000 have no common factor.
            _ => (0..SUBJECTS).map(|n| n * 7 % SUBJECTS).collect(),
        };
        let text: String = order.iter().map(|&n| records[n].as_str()).collect();
        folders.push(project(&format!("many-{number}"), folders.first(), &text));
    }
    let place = database.place(&folders[0]);
    let mut children: Vec<_> =
        folders.iter().map(|folder| start(folder, &place).spawn().expect("starts")).collect();
    let deadline = Instant::now() + SOON;
    while database.ask(THERE) == "0" {
        assert!(Instant::now() < deadline, "no secret in time");
    }
    for child in &mut children[..2] {
        child.kill().expect("kill -9");
        child.wait().expect("ends");
    }
    for folder in &folders[..2] {
        assert!(!folder.0.join("clean/r.ndjson").exists(), "killed before anything was produced");
    }
    let again = folders[..2].iter().map(|folder| start(folder, &place).spawn().expect("starts"));
    for child in children.drain(2..).chain(again.collect::<Vec<_>>()) {
        let out = wait(child, SOON);
        assert!(out.status.success(), "{}", words(&out));
    }
    // One secret and one code for each, whoever was first: the four agree on every token.
    let all: Vec<BTreeMap<String, (String, String)>> = folders
        .iter()
        .map(|folder| {
            let records = cleaned(folder);
            assert_eq!(records.len(), SUBJECTS);
            let tokens = |record| (of(record, "account"), of(record, "claim"));
            records.iter().map(|record| (of(record, "mrn"), tokens(record))).collect()
        })
        .collect();
    for other in &all[1..] {
        assert!(*other == all[0], "two processes gave one subject two tokens");
    }
    assert_eq!(database.ask("SELECT count(*) FROM weir_subjects"), (2 * SUBJECTS).to_string());
    let codes: BTreeSet<_> = all[0].values().map(|(_, claim)| claim).collect();
    assert_eq!(codes.len(), SUBJECTS);
    // And the tokens go back, by any of them.
    let first = cleaned(&folders[0]);
    let sample: Vec<_> = (0..SUBJECTS).step_by(500).collect();
    let line = |&n: &usize| format!("{n:010}\t{}\n", of(&first[n], "account"));
    let lines: String = sample.iter().map(line).collect();
    // The keyring was copied there; what is done there is in an audit of its own.
    text(&run(&folders[3], &["audit", "init"], ""));
    let values = text(&decrypt(&folders[3], &place, "account", &OF_SUBJECT, &lines));
    let expected: Vec<_> = sample.iter().map(|n| format!("44{n:08}")).collect();
    assert_eq!(values.lines().collect::<Vec<_>>(), expected);
    let lines: String = sample.iter().map(|&n| of(&first[n], "claim") + "\n").collect();
    let values = text(&decrypt(&folders[3], &place, "claim", &OF_CODE, &lines));
    let expected: Vec<_> = sample.iter().map(|n| format!("CLM{n:07}")).collect();
    assert_eq!(values.lines().collect::<Vec<_>>(), expected);
}

fn two_people(name: &str) -> Folder {
    let record = |mrn: &str, claim: &str| {
        format!(
            "{{\"mrn\":\"{mrn}\",\"account\":\"4400123987\",\"claim\":\"{claim}\",\"pad\":\"\"}}\n"
        )
    };
    project(name, None, &(record("7", "CLM0000007") + &record("8", "CLM0000008")))
}

/// What is left of a shredded person in the database: nothing that opens, for anyone, in no file of
/// the table.
#[test]
fn a_subject_shredded_in_postgresql_is_gone_from_the_table_s_file() {
    let (database, folder) = (Database::new("shred"), two_people("pg-shred"));
    let place = database.place(&folder);
    let ran = || start(&folder, &place).output().expect("runs");
    assert!(ran().status.success());
    let first = cleaned(&folder);
    let reveal = |at: usize| {
        let line = format!("{}\t{}\n", at + 7, of(&first[at], "account"));
        let account = decrypt(&folder, &place, "account", &OF_SUBJECT, &line);
        let code = of(&first[at], "claim") + "\n";
        (account, decrypt(&folder, &place, "claim", &OF_CODE, &code))
    };
    let (account, claim) = reveal(0);
    assert_eq!((text(&account), text(&claim)), ("4400123987".into(), "CLM0000007".into()));
    // Sealed, and by keyed hashes: a number of a person stands nowhere.
    let file = || {
        database.ask("CHECKPOINT");
        let sql = "SELECT current_setting('data_directory') || '/' || pg_relation_filepath('weir_subjects')";
        std::fs::read(database.ask(sql)).expect("the table's file")
    };
    let holds = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    let before = file();
    for value in ["0000000007", "4400123987", "CLM0000007", &of(&first[0], "claim")] {
        assert!(!holds(&before, value.as_bytes()), "{value}");
    }
    let sealed = |sql: &str| -> BTreeSet<Vec<u8>> {
        let lines = database.ask(&format!("SELECT encode(sealed, 'hex') {sql}"));
        lines
            .lines()
            .map(|hex| data_encoding::HEXLOWER.decode(hex.as_bytes()).expect("hex"))
            .collect()
    };
    let all = sealed("FROM weir_subjects WHERE sealed IS NOT NULL");
    assert!(all.len() == 4 && all.iter().all(|sealed| holds(&before, sealed)));
    let shred = ["subject", "shred", "--dev", "--width", "10", "--reason", "erasure request 12"];
    let shred = |lines: &str| run(&folder, &[&shred[..], &["--subjects", &place]].concat(), lines);
    let out = shred("7\n12\n");
    refused(&out, "W0328");
    assert!(words(&out).contains("line 2: nothing is known"), "{}", words(&out));
    let out = shred("7\n");
    assert!(out.status.success(), "{}", words(&out));
    assert!(
        words(&out).contains("1 subjects shredded, 1 of them now, 1 assigned codes"),
        "{}",
        words(&out)
    );
    // For whoever may not write the table anew nothing happens, and weir says so.
    let scrub = |place: &str| run(&folder, &["subject", "scrub", "--dev", "--subjects", place], "");
    let user = format!("app_{}", std::process::id());
    for sql in [
        format!("CREATE ROLE {user} LOGIN PASSWORD '{}'", database.password),
        format!("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {user}"),
    ] {
        database.ask(&sql);
    }
    refused(&scrub(&place.replace("weir@", &format!("{user}@"))), "W0323");
    let out = scrub(&place);
    assert!(out.status.success(), "{}", words(&out));
    let after = file();
    let left = sealed("FROM weir_subjects WHERE sealed IS NOT NULL");
    assert_eq!(left.len(), 2, "their secret and their code are gone");
    for sealed in all.difference(&left) {
        assert!(!holds(&after, sealed), "the table's file still has it");
    }
    let (account, claim) = reveal(0);
    refused(&account, "W0221");
    refused(&claim, "W0221");
    let (account, claim) = reveal(1);
    assert_eq!((text(&account), text(&claim)), ("4400123987".into(), "CLM0000008".into()));
    // Records of theirs that still come are refused, by every process.
    std::fs::remove_dir_all(folder.0.join("clean")).expect("removes");
    assert!(ran().status.success());
    assert_eq!(cleaned(&folder).len(), 1);
    let quarantined = std::fs::read_to_string(folder.0.join("refused/r.ndjson")).expect("reads");
    assert_eq!(quarantined.matches("W0221").count(), 1, "{quarantined}");
    let state = ["subject", "status", "--dev", "--width", "10", "--subjects", &place];
    let states = text(&run(&folder, &state, "7\n8\n9\n"));
    assert!(states.starts_with("shredded ") && states.ends_with("alive\nunknown"), "{states}");
    // A store without its head is a damaged one, and no empty one: nobody comes back.
    database.ask("DELETE FROM weir_store");
    let out = ran();
    refused(&out, "W0320");
    database.ask("DROP TABLE weir_store, weir_subjects, weir_owners");
    refused(&run(&folder, &state, "7\n"), "W0327");
}

/// A value that two people share is no way back for the one who was shredded, and no refusal for the
/// other, whoever comes first in a batch.
#[test]
fn a_shredded_person_does_not_come_back_by_a_value_that_they_share() {
    let record = |mrn: &str| {
        format!(
            "{{\"mrn\":\"{mrn}\",\"account\":\"4400123987\",\"claim\":\"CLM0000001\",\"pad\":\"\"}}\n"
        )
    };
    let folder = project("shared", None, &(record("7") + &record("8")));
    let ran = || {
        let _ = std::fs::remove_dir_all(folder.0.join("clean"));
        let out = start(&folder, "weir.subjects").output().expect("runs");
        assert!(out.status.success(), "{}", words(&out));
        cleaned(&folder)
    };
    let first = ran();
    assert_eq!(of(&first[0], "claim"), of(&first[1], "claim"));
    let shred = ["subject", "shred", "--dev", "--width", "10", "--reason", "erasure request 13"];
    let out = run(&folder, &shred, "7\n");
    assert!(words(&out).contains("1 of them now, 0 assigned codes"), "{}", words(&out));
    for records in [record("7") + &record("8"), record("8") + &record("7")] {
        std::fs::write(folder.0.join("raw/r.ndjson"), records).expect("writes");
        let left = ran();
        assert_eq!(left.len(), 1, "{left:?}");
        assert_eq!(left[0], first[1], "the other person's record, as it was");
    }
}

/// What a killed process had made durable is what its successor uses.
#[test]
fn a_process_killed_between_a_secret_and_its_token_leaves_the_secret() {
    let database = Database::new("between");
    let pad = "x".repeat(1_500);
    let record = |n: usize| {
        format!(
            "{{\"mrn\":\"{n:010}\",\"account\":\"44{n:08}\",\"claim\":\"CLM{n:07}\",\"pad\":\"{pad}\"}}\n"
        )
    };
    let folder = project("between", None, &(0..20_000).map(record).collect::<String>());
    let place = database.place(&folder);
    let mut child = start(&folder, &place).spawn().expect("starts");
    let deadline = Instant::now() + SOON;
    while database.ask(THERE) == "0" {
        assert!(Instant::now() < deadline, "no secret in time");
    }
    child.kill().expect("kill -9");
    child.wait().expect("ends");
    // The first batch's secrets are there, the file is not: it gets its name when it is whole.
    assert!(!folder.0.join("clean/r.ndjson").exists());
    let rows = "SELECT encode(id, 'hex') || encode(sealed, 'hex') FROM weir_subjects ORDER BY id";
    let before: BTreeSet<String> = database.ask(rows).lines().map(str::to_string).collect();
    assert!(!before.is_empty() && before.len() < 40_000, "{}", before.len());
    let out = wait(start(&folder, &place).spawn().expect("starts"), SOON);
    assert!(out.status.success(), "{}", words(&out));
    let after: BTreeSet<String> = database.ask(rows).lines().map(str::to_string).collect();
    assert_eq!(after.len(), 40_000);
    assert!(before.is_subset(&after), "a secret was made anew");
    assert_eq!(cleaned(&folder).len(), 20_000);
}

/// However a shredding falls into the drawing of a person's codes: none of theirs is left. Under a
/// server that would let a transaction look back, too.
#[test]
fn no_code_of_a_person_gets_in_beside_their_shredding() {
    const VALUES: usize = 300;
    let (database, folder) = (Database::new("beside"), Folder::new("beside"));
    let name = &database.name;
    database.ask(&format!(
        "ALTER DATABASE {name} SET default_transaction_isolation = 'repeatable read'"
    ));
    let (place, ring) = (database.place(&folder), Keyring::for_tests("t"));
    let open = || SubjectStore::open(&place, &ring, true).expect("opens");
    let (draws, shreds) = (open(), open());
    for round in 0..40u64 {
        let subject = format!("person {round}");
        let values: Vec<String> = (0..VALUES).map(|n| format!("{round}-{n}")).collect();
        let coded: Vec<_> = values
            .iter()
            .map(|value| Coded { class: Class::Claim, destination: None, value, subject: &subject })
            .collect();
        std::thread::scope(|scope| {
            scope.spawn(|| drop(draws.assign(&coded).expect("the store works")));
            std::thread::sleep(Duration::from_micros(300 * round));
            shreds.shred(&subject, "2026-11-24").expect("the store works");
        });
        let live = database.ask("SELECT count(*) FROM weir_subjects WHERE sealed IS NOT NULL");
        assert_eq!(live, "0", "round {round}");
    }
}

/// The drill of docs/keys.md with a database: dumped, restored elsewhere, and asked.
#[test]
fn a_store_in_postgresql_is_restored_from_its_dump() {
    let (database, folder) = (Database::new("drill"), two_people("pg-drill"));
    let place = database.place(&folder);
    assert!(start(&folder, &place).output().expect("runs").status.success());
    let record = cleaned(&folder).remove(0);
    let dump = folder.0.join("subjects.dump").display().to_string();
    database.program("pg_dump", &["-Fc", "-f", &dump], &database.name);
    let empty = Database::new("drill_restored");
    empty.program("pg_restore", &["--exit-on-error", &dump], &empty.name);
    database.program("psql", &["-c", &format!("DROP DATABASE {}", database.name)], "postgres");
    let restored = empty.place(&folder);
    let line = format!("7\t{}\n", of(&record, "account"));
    assert_eq!(text(&decrypt(&folder, &restored, "account", &OF_SUBJECT, &line)), "4400123987");
    let code = of(&record, "claim") + "\n";
    assert_eq!(text(&decrypt(&folder, &restored, "claim", &OF_CODE, &code)), "CLM0000007");
    refused(&decrypt(&folder, &place, "claim", &OF_CODE, &code), "W0323");
}

/// What goes wrong with the database, before a record is read.
#[test]
fn a_store_that_cannot_be_reached_or_trusted_is_named() {
    let (database, folder) = (Database::new("wrong"), two_people("pg-wrong"));
    let place = database.place(&folder);
    let certificate = Path::new(&setting("WEIR_TEST_POSTGRES_FOLDER")).join("server.crt");
    let over_tls = format!("{place}&ca={}", certificate.display());
    let ran = |folder: &Folder, place: &str| start(folder, place).output().expect("runs");
    assert!(ran(&folder, &over_tls).status.success());
    let encrypted = database.ask("SELECT count(*) FROM weir_subjects");
    assert_eq!(encrypted, "4");
    // Another certificate, a name that it does not have, a wrong password, nobody there.
    let other = folder.0.join("other.crt");
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=x"])
        .args(["-keyout", &folder.0.join("other.key").display().to_string(), "-out"])
        .arg(&other)
        .output();
    assert!(made.expect("runs").status.success());
    private(&folder.0.join("bad-password"), "another");
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let silent = silent.local_addr().expect("an address").to_string();
    let address = setting("WEIR_TEST_POSTGRES");
    for (wrong, code) in [
        (format!("{place}&ca={}", other.display()), "W0321"),
        (over_tls.replace("@127.0.0.1", "@127.0.0.2"), "W0321"),
        (place.replace("pg-password", "bad-password"), "W0323"),
        (place.replace(&address, "127.0.0.1:1"), "W0321"),
        (place.replace("/wrong_", "/none_"), "W0323"),
        (place.replace(&address, &silent), "W0321"),
    ] {
        let out = ran(&folder, &wrong);
        assert_eq!(out.status.code(), Some(4), "{wrong}: {}", words(&out));
        refused(&out, code);
        assert!(!words(&out).contains(&database.password) && !words(&out).contains("another"));
    }
    let inline = place.replace("weir@", "weir:secret@");
    refused(&ran(&folder, &inline), "W0322");
    // Another tenant's keys do not open it, and a key version that wraps it is not lost.
    let other = two_people("pg-other");
    std::fs::remove_file(other.0.join("weir.keyring")).expect("removes");
    std::fs::remove_file(other.0.join("weir.passphrase")).expect("removes");
    std::fs::remove_file(other.0.join("weir-quarantine.pub")).expect("removes");
    std::fs::remove_file(other.0.join("weir-quarantine.key")).expect("removes");
    std::fs::remove_file(other.0.join("weir.keyring.epoch")).expect("removes");
    text(&run(&other, &["keys", "init", "--tenant", "evil", "--dev"], ""));
    refused(&ran(&other, &place), "W0320");
    let keys = |arguments: &[&str]| run(&folder, &[&["keys"], arguments].concat(), "");
    text(&keys(&["rotate", "--dev"]));
    text(&keys(&["disable", "1", "--dev"]));
    let destroy = ["destroy", "1", "--dev", "--confirm", "acme", "--subjects", &place];
    refused(&keys(&destroy), "W0314");
    text(&keys(&["enable", "1", "--dev"]));
    assert!(ran(&folder, &place).status.success());
    assert_eq!(database.ask("SELECT version FROM weir_store"), "2", "wrapped by the new version");
    text(&keys(&["disable", "1", "--dev"]));
    text(&keys(&destroy));
    assert!(ran(&folder, &place).status.success());
}

/// A way to the server that can be cut.
struct Wire {
    address: String,
    cut: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Wire {
    fn new() -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let (cut, open) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let (is_cut, streams) = (Arc::clone(&cut), Arc::clone(&open));
        std::thread::spawn(move || {
            for here in listener.incoming().flatten() {
                if is_cut.load(Ordering::SeqCst) {
                    continue;
                }
                let there = TcpStream::connect(setting("WEIR_TEST_POSTGRES")).expect("the server");
                for (from, to) in [(&here, &there), (&there, &here)] {
                    let copy = |stream: &TcpStream| stream.try_clone().expect("a socket");
                    streams.lock().expect("a list").push(copy(from));
                    let (mut from, mut to) = (copy(from), copy(to));
                    std::thread::spawn(move || {
                        let _ = std::io::copy(&mut from, &mut to);
                        let _ = to.shutdown(Shutdown::Both);
                    });
                }
            }
        });
        Wire { address, cut, open }
    }

    fn cut(&self, cut: bool) {
        self.cut.store(cut, Ordering::SeqCst);
        for stream in self.open.lock().expect("a list").drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

/// Each telephone's token needs a secret of its person's.
fn scope_phones(stage: &Stage) {
    let policy = stage.folder.0.join("policies/pseudonymize.yaml");
    let text = std::fs::read_to_string(&policy).expect("reads");
    let scoped = text.replace("phone:         fpe", "phone: {kernel: fpe, scope: subject}");
    assert_ne!(scoped, text);
    std::fs::write(&policy, scoped).expect("writes");
}

/// On a real Kafka: the database goes away while a pipeline runs. A connection that was cut is made
/// anew; without the server nothing leaves, the run ends by name, and the next one goes on.
#[test]
fn a_store_that_goes_away_is_waited_for_and_nothing_is_lost() {
    let stage = Stage::new("away");
    stage.make_topics();
    scope_phones(&stage);
    let (database, wire) = (Database::new("away"), Wire::new());
    let address = setting("WEIR_TEST_POSTGRES");
    let place = database.place(&stage.folder).replace(&address, &wire.address);
    let generator = Generator::new(28, 20);
    let feeder = Feeder::new();
    let feed = |range: std::ops::Range<u64>| {
        range.for_each(|n| feeder.record(&stage.topic("source"), n, &generator.note(n)));
        feeder.done();
    };
    let start = || {
        let mut command = stage.run();
        command.args(["--subjects", &place]).stderr(Stdio::piped()).spawn().expect("starts")
    };
    feed(0..100);
    let child = start();
    wait_for(&stage, 100, SOON);
    // Cut, and there again: nobody has to do anything.
    wire.cut(false);
    feed(100..200);
    wait_for(&stage, 200, SOON);
    wire.cut(true);
    feed(200..300);
    // It waits, and says so; asked to end, it does not try for minutes.
    std::thread::sleep(Duration::from_secs(5));
    let (found, _) = stage.check(&stage.canaries(["nothing".into()]));
    assert_eq!(found["clean"], 200, "nothing left without its secrets: {found}");
    let out = terminate(child);
    assert_eq!(out.status.code(), Some(4), "{}", words(&out));
    refused(&out, "W0321");
    assert!(words(&out).contains(&wire.address), "it says which: {}", words(&out));
    wire.cut(false);
    let child = start();
    wait_for(&stage, 300, SOON);
    // Away for a while, and back: nobody has to do anything.
    wire.cut(true);
    feed(300..400);
    std::thread::sleep(Duration::from_secs(3));
    wire.cut(false);
    wait_for(&stage, 400, SOON);
    assert!(terminate(child).status.success());
    let (found, good) = stage.check(&stage.canaries(["nothing".into()]));
    assert!(good, "{found}");
    assert_eq!(found["clean"], 400);
    // The first person's telephone has one token, before and after.
    let clean = console_values(&stage.topic("clean"));
    let mut phones: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in clean.lines() {
        let json: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let part = |name: &str| json["patient"][name].as_str().expect("a string").to_string();
        phones.entry(part("mrn")).or_default().insert(part("phone"));
    }
    assert_eq!(phones.len(), 20);
    assert!(phones.values().all(|tokens| tokens.len() == 1), "{phones:?}");
}

/// On a real Kafka: while one process waits for the database, its partitions go to another, and come
/// back. They were paused for the wait; librdkafka keeps that while others have them.
#[test]
fn partitions_that_went_away_during_a_wait_are_read_again_when_they_come_back() {
    let stage = Stage::new("paused");
    stage.make_topics();
    scope_phones(&stage);
    let (database, wire) = (Database::new("paused"), Wire::new());
    let direct = database.place(&stage.folder);
    let place = direct.replace(&setting("WEIR_TEST_POSTGRES"), &wire.address);
    let generator = Generator::new(29, 20);
    let feeder = Feeder::new();
    let feed = |range: std::ops::Range<u64>| {
        range.for_each(|n| feeder.record(&stage.topic("source"), n, &generator.note(n)));
        feeder.done();
    };
    let start = |instance: &str, place: &str| {
        let mut command = stage.run();
        command.args(["--instance", instance, "--subjects", place]).stderr(Stdio::piped());
        command.spawn().expect("starts")
    };
    feed(0..100);
    let a = start("a", &place);
    wait_for(&stage, 100, SOON);
    wire.cut(true);
    feed(100..200);
    std::thread::sleep(Duration::from_secs(3));
    let b = start("b", &direct);
    let joined = Instant::now();
    while committed(&stage) == 100 {
        assert!(joined.elapsed() < SOON, "the second process got no partitions");
        std::thread::sleep(Duration::from_millis(100));
    }
    wire.cut(false);
    wait_for(&stage, 200, SOON);
    assert!(terminate(b).status.success());
    feed(200..300);
    wait_for(&stage, 300, SOON);
    assert!(terminate(a).status.success());
    let (found, good) = stage.check(&stage.canaries(["nothing".into()]));
    assert!(good, "{found}");
    assert_eq!(found["clean"], 300);
}

/// On a real Kafka, under safe_harbor: record keys and ids are random codes, the same for one patient
/// in every record, tombstone and restart, and lead back through the audit alone.
#[test]
fn safe_harbor_keys_are_codes_that_are_derived_from_nothing() {
    let stage = Stage::with("codes", |text| {
        text.replace("pseudonymize", "coded").replace("timestamp: append", "timestamp: year")
    });
    let policy = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/safe_harbor.yaml"),
    );
    let policy = policy.expect("reads").replace("policy: safe_harbor", "policy: coded");
    let policy = policy.replace("classes:\n", "classes:\n  mrn: assign\n  account: assign\n");
    std::fs::write(stage.folder.0.join("policies/coded.yaml"), policy).expect("writes");
    stage.make(&["source", "quarantine", "lineage"], PARTITIONS);
    create(&stage.state_topic(), 1, &[("cleanup.policy", "compact")]);
    create(&stage.topic("clean"), PARTITIONS, &[("retention.ms", "-1")]);
    let generator = Generator::new(27, 10);
    let feeder = Feeder::new();
    let feed = |range: std::ops::Range<u64>| {
        range.for_each(|n| feeder.record(&stage.topic("source"), n, &generator.note(n)));
        feeder.done();
    };
    let database = Database::new("codes");
    let place = database.place(&stage.folder);
    let ran = |until: i64| {
        let mut command = stage.run();
        command.args(["--subjects", &place]).stderr(Stdio::piped());
        let child = command.spawn().expect("starts");
        wait_for(&stage, until, SOON);
        let out = terminate(child);
        assert!(out.status.success(), "{}", words(&out));
    };
    feed(0..60);
    ran(60);
    feed(60..120);
    feeder.send(&stage.topic("source"), 0, &generator.note(0).key, None);
    feeder.done();
    ran(121);
    let seen = String::from_utf8_lossy(&console(&stage.topic("clean"), 121).stdout).into_owned();
    assert_eq!(seen.lines().count(), 121);
    let canaries: Vec<String> =
        generator.patients().iter().flat_map(weir_synth::Patient::identifiers).collect();
    let finder = aho_corasick::AhoCorasick::new(&canaries).expect("builds");
    let mut keys = BTreeSet::new();
    let mut tombstone = None;
    for line in seen.lines() {
        let (_, headers, key, value) = row(line);
        assert!(key.len() == 26 && key.bytes().all(|b| b.is_ascii_alphanumeric()), "{key}");
        assert!(headers.starts_with("weir-policy:") && !headers.contains(','), "{headers}");
        assert!(finder.find(&value).is_none() && finder.find(&key).is_none(), "{value}");
        if value == "null" {
            tombstone = Some(key);
            continue;
        }
        let json: serde_json::Value = serde_json::from_str(&value).expect("JSON");
        assert_eq!(json["patient"]["mrn"].as_str(), Some(key.as_str()), "key and field");
        keys.insert(key);
    }
    assert_eq!(keys.len(), 10, "one code a patient, over a restart");
    assert!(tombstone.is_some_and(|key| keys.contains(&key)), "a tombstone meets its record");
    let lines: String = keys.iter().map(|key| format!("{key}\n")).collect();
    let values = text(&decrypt(&stage.folder, &place, "mrn", &OF_CODE, &lines));
    let values: BTreeSet<_> = values.lines().map(str::to_string).collect();
    assert_eq!(values, generator.patients().iter().map(|patient| patient.mrn.clone()).collect());
    let audit = std::fs::read_to_string(stage.folder.0.join("weir-audit.jsonl")).expect("reads");
    assert!(audit.contains("token.decrypt") && finder.find(&audit).is_none(), "{audit}");
}

//! An audit that somebody has laid hands on: of 1,200 tamperings each is found, of 1,000 whole audits none is doubted.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use weir::audit::{
    Broken, Entry, Folder, Log, Request, Verified, Whose, Witness, each_line, reveal, tokenize,
    verify,
};
use weir::keys::{Keyring, Signer, Verifier, write_signing_pair};
use weir::phi::{Class, Code, Extent};
use weir::transform::Rule;

/// Numbers that look random and are the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % below as u64) as usize
    }
}

/// An audit in a folder of its own, its key, and a witness elsewhere.
struct Audit {
    root: PathBuf,
    signer: Arc<Signer>,
}

impl Audit {
    fn new(name: &str) -> Audit {
        let name = format!("weir-audits-{name}-{}", std::process::id());
        let root = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&root);
        std::fs::create_dir_all(root.join("witness")).expect("a folder");
        std::fs::create_dir_all(root.join("audit")).expect("a folder");
        let (secret, public) = (root.join("a.key"), root.join("a.pub"));
        write_signing_pair(&secret, &public).expect("a key pair");
        Audit { root, signer: Arc::new(Signer::load(&secret).expect("a key")) }
    }

    fn path(&self) -> PathBuf {
        self.root.join("audit/audit.jsonl")
    }

    fn witness(&self) -> Arc<dyn Witness> {
        Arc::new(Folder(self.root.join("witness")))
    }

    fn log(&self) -> Log {
        Log::at(&self.path(), Arc::clone(&self.signer), vec![self.witness()])
    }

    fn verify(&self) -> Result<Verified, Broken> {
        verify(&self.path(), &self.signer.verifier(), &[self.witness()])
    }

    /// The files of the audit, in order, with their lines.
    fn files(&self) -> Vec<(PathBuf, Vec<String>)> {
        let mut files: Vec<_> = std::fs::read_dir(self.root.join("audit"))
            .expect("a folder")
            .map(|entry| entry.expect("a file").path())
            .filter(|path| path.extension().is_none_or(|ending| ending != "lock"))
            .collect();
        // What was put aside has a number behind its name; the newest has none.
        files.sort_by_key(|path| (*path == self.path(), path.clone()));
        let lines = |path: &PathBuf| {
            let text = std::fs::read_to_string(path).expect("reads");
            text.lines().map(|line| format!("{line}\n")).collect()
        };
        files.iter().map(|path| (path.clone(), lines(path))).collect()
    }

    fn put(&self, files: &[(PathBuf, Vec<String>)]) {
        for (path, _) in self.files() {
            std::fs::remove_file(path).expect("removes");
        }
        for (path, lines) in files.iter().filter(|(_, lines)| !lines.is_empty()) {
            std::fs::write(path, lines.concat()).expect("writes");
        }
    }
}

impl Drop for Audit {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.root);
    }
}

fn entry(n: usize, tenant: &str) -> Entry {
    Entry {
        time: format!("2026-11-30T12:{:02}:{:02}.000Z", n / 60 % 60, n % 60),
        actor: format!("uid:{}", 1000 + n % 7),
        act: ["token.decrypt", "token.encrypt", "keys.rotate"][n % 3].into(),
        tenant: tenant.into(),
        class: Some("mrn".into()),
        count: Some(n as u64),
        reason: Some(format!("ticket {n}")),
        ..Entry::default()
    }
}

const LINES: usize = 150;

/// An audit of several files.
fn whole(name: &str) -> Audit {
    let audit = Audit::new(name);
    let log = audit.log().in_files_of(16_000);
    (0..LINES).for_each(|n| log.append(entry(n, "elm")).expect("appends"));
    audit
}

/// What a hand does to the files; the place is one line of all.
type Deed = fn(&Audit, &[(PathBuf, Vec<String>)], usize, &mut Dice);

/// The lines up to one of all, in their files.
fn first(files: &[(PathBuf, Vec<String>)], mut lines: usize) -> Vec<(PathBuf, Vec<String>)> {
    let mut kept = Vec::new();
    for (path, all) in files {
        let some = all.len().min(lines);
        kept.push((path.clone(), all[..some].to_vec()));
        lines -= some;
    }
    kept
}

/// The file of a line of all, and its place there.
fn place(files: &[(PathBuf, Vec<String>)], mut line: usize) -> (usize, usize) {
    for (n, (_, lines)) in files.iter().enumerate() {
        if line < lines.len() {
            return (n, line);
        }
        line -= lines.len();
    }
    unreachable!("there are as many lines")
}

fn changed(
    audit: &Audit,
    files: &[(PathBuf, Vec<String>)],
    line: usize,
    change: impl FnOnce(&mut Vec<String>, usize),
) {
    let mut files = files.to_vec();
    let (file, at) = place(&files, line);
    change(&mut files[file].1, at);
    audit.put(&files);
}

/// Writes all entries anew with the audit's own key, after `change`; the witness hears of nothing.
fn written_anew(audit: &Audit, change: impl FnOnce(&mut Vec<Entry>)) {
    let mut entries = Vec::new();
    each_line(&audit.path(), |line| entries.push(line.entry)).expect("reads");
    change(&mut entries);
    audit.put(&[]);
    let log = Log::at(&audit.path(), Arc::clone(&audit.signer), Vec::new());
    entries.into_iter().for_each(|entry| log.append(entry).expect("appends"));
}

const DEEDS: &[(&str, Deed)] = &[
    ("a byte is another", |audit, files, at, dice| {
        changed(audit, files, at, |lines, line| {
            let text = &lines[line];
            lines[line] = match dice.roll(4) {
                // What means the same to who reads JSON is another line all the same.
                0 => text.replacen(",\"", ", \"", 1),
                1 => text.replacen("\"elm\"", "\"\\u0065lm\"", 1).replacen(
                    "rotate",
                    "rotat\\u0065",
                    1,
                ),
                _ => {
                    let mut bytes = text.clone().into_bytes();
                    let place = dice.roll(bytes.len());
                    let other = b' ' + dice.roll(95) as u8;
                    bytes[place] = if bytes[place] == other { other ^ 1 } else { other };
                    String::from_utf8(bytes).expect("text")
                }
            };
        });
    }),
    ("a line is put in", |audit, files, at, dice| {
        // As it could be written without the key: another's line under the next number.
        changed(audit, files, at, |lines, line| {
            let number: u64 = dice.roll(LINES) as u64;
            let forged = lines[line].replace("\"count\":", &format!("\"count\":{number}"));
            lines.insert(line, forged);
        });
    }),
    ("a line is taken out", |audit, files, at, _| {
        changed(audit, files, at, |lines, line| drop(lines.remove(line)));
    }),
    ("two lines are swapped", |audit, files, at, dice| {
        let other = (at + 1 + dice.roll(LINES - 1)) % LINES;
        let mut files = files.to_vec();
        let (one, two) = (place(&files, at), place(&files, other));
        let (a, b) = (files[one.0].1[one.1].clone(), files[two.0].1[two.1].clone());
        (files[one.0].1[one.1], files[two.0].1[two.1]) = (b, a);
        audit.put(&files);
    }),
    ("a line stands twice", |audit, files, at, _| {
        changed(audit, files, at, |lines, line| lines.insert(line, lines[line].clone()));
    }),
    ("the head is cut off", |audit, files, at, _| {
        let mut kept = files.to_vec();
        let (file, line) = place(&kept, at);
        kept[..file].iter_mut().for_each(|(_, lines)| lines.clear());
        kept[file].1.drain(..=line);
        audit.put(&kept);
    }),
    ("the tail is cut off", |audit, files, at, _| audit.put(&first(files, at.max(1)))),
    ("all is gone", |audit, files, at, _| {
        audit.put(&[]);
        // And begun anew, or not.
        if at % 2 == 0 {
            let log = Log::at(&audit.path(), Arc::clone(&audit.signer), Vec::new());
            (0..at).for_each(|n| log.append(entry(n, "elm")).expect("appends"));
        }
        let _ = files;
    }),
    ("an older state is brought back, and gone on from", |audit, files, at, _| {
        audit.put(&first(files, at.max(1)));
        let log = Log::at(&audit.path(), Arc::clone(&audit.signer), Vec::new());
        log.append(entry(7, "elm")).expect("appends");
    }),
    ("a fork that the witness has seen, too", |audit, files, at, _| {
        audit.put(&first(files, at.max(1)));
        (0..3).for_each(|n| audit.log().append(entry(n + 500, "elm")).expect("appends"));
    }),
    ("written anew with the stolen key", |audit, _, at, dice| {
        written_anew(audit, |entries| match dice.roll(3) {
            0 => drop(entries.remove(at)),
            1 => entries[at].actor = "uid:4711".into(),
            _ => entries.insert(at, entry(900, "elm")),
        });
    }),
    ("another tenant's", |audit, _, at, _| {
        audit.put(&[]);
        let key = Arc::new(Signer::generate().expect("a key"));
        let log = Log::at(&audit.path(), key, Vec::new());
        (0..at.max(1)).for_each(|n| log.append(entry(n, "oak")).expect("appends"));
    }),
];

const PLACES: usize = 100;

#[test]
fn each_of_1200_tamperings_is_found() {
    assert_eq!(DEEDS.len() * PLACES, 1_200);
    let audit = whole("tampered");
    let kept = audit.root.join("kept");
    let notes = |from: &Path, to: &Path| {
        for note in std::fs::read_dir(from).expect("a folder").flatten() {
            std::fs::copy(note.path(), to.join(note.file_name())).expect("copies");
        }
    };
    std::fs::create_dir_all(&kept).expect("a folder");
    notes(&audit.root.join("witness"), &kept);
    let files = audit.files();
    assert!(files.len() >= 4, "{} files", files.len());
    let lines: usize = files.iter().map(|(_, lines)| lines.len()).sum();
    let sound = audit.verify().expect("whole");
    assert_eq!(
        (sound.entries, sound.checkpoints, sound.unwitnessed),
        (lines as u64, lines as u64, 0)
    );
    let (mut dice, mut missed) = (Dice(20_261_130), Vec::new());
    for (what, deed) in DEEDS {
        for _ in 0..PLACES {
            let at = dice.roll(LINES);
            deed(&audit, &files, at, &mut dice);
            if audit.verify().is_ok() {
                missed.push((what, at));
            }
            audit.put(&files);
            notes(&kept, &audit.root.join("witness"));
        }
        audit.verify().unwrap_or_else(|broken| panic!("{what}: not put back: {broken:?}"));
    }
    assert!(missed.is_empty(), "{missed:?}");
    println!("1200 of 1200 tamperings found");
}

/// Without a witness, whoever has no key changes nothing unseen but the end.
#[test]
fn without_a_witness_the_signatures_hold_all_but_the_end() {
    let audit = whole("alone");
    let files = audit.files();
    let alone = || verify(&audit.path(), &audit.signer.verifier(), &[]);
    let mut dice = Dice(7);
    for (what, deed) in &DEEDS[..6] {
        for _ in 0..20 {
            let at = dice.roll(LINES - 1);
            deed(&audit, &files, at, &mut dice);
            assert!(alone().is_err(), "{what} at {at}");
        }
    }
    audit.put(&first(&files, LINES / 2));
    assert!(alone().is_ok(), "that is what witnesses are for");
}

#[test]
fn of_1000_whole_audits_none_is_doubted() {
    let mut dice = Dice(42);
    for n in 0..1_000 {
        let audit = Audit::new(&format!("sound-{n}"));
        let lines = 1 + dice.roll(8);
        let log = audit.log().in_files_of(if n % 3 == 0 { 500 } else { 1 << 20 });
        (0..lines).for_each(|n| log.append(entry(n, "elm")).expect("appends"));
        if n % 50 == 0 {
            torn(&audit, &mut dice);
        }
        let sound = audit.verify();
        let sound = sound.unwrap_or_else(|broken| panic!("{n}: {broken:?}"));
        assert!(sound.entries >= lines as u64 && sound.unwitnessed <= 1, "{n}: {sound:?}");
    }
}

/// What a process that dies at any point leaves: a piece of a line, a line that no witness has seen, a piece of a note. The
/// next one goes on, and all holds, before and after.
fn torn(audit: &Audit, dice: &mut Dice) {
    let path = audit.path();
    for step in 0..3 {
        let before = std::fs::read_to_string(&path).expect("reads");
        let log = Log::at(&path, Arc::clone(&audit.signer), Vec::new());
        log.append(entry(step, "elm")).expect("appends");
        let after = std::fs::read_to_string(&path).expect("reads");
        let line = &after[before.len()..];
        let cut = match step {
            0 => dice.roll(line.len() - 1),
            _ => line.len(),
        };
        std::fs::write(&path, format!("{before}{}", &line[..cut])).expect("writes");
        let sound = audit.verify().unwrap_or_else(|broken| panic!("{step}: {broken:?}"));
        assert!(sound.torn == (cut > 0 && cut < line.len() - 1) || step > 0, "{sound:?}");
        if step == 2 {
            let note = std::fs::read_dir(audit.root.join("witness")).expect("a folder");
            let note = note.flatten().next().expect("a file").path();
            let text = std::fs::read_to_string(&note).expect("reads");
            let piece = &text[..text.len() / 3];
            let piece = piece.char_indices().map(|(at, _)| at).next_back().map(|at| &piece[..at]);
            std::fs::write(&note, format!("{text}{}", piece.unwrap_or_default())).expect("writes");
        }
        audit.log().append(entry(step + 10, "elm")).expect("appends");
        let sound = audit.verify().unwrap_or_else(|broken| panic!("{step}: {broken:?}"));
        assert_eq!(sound.unwitnessed, 0);
    }
}

#[test]
fn what_is_retired_is_missed_by_nobody_and_what_is_gone_otherwise_is() {
    let audit = whole("retired");
    let by = |act: &str| Entry { act: act.into(), ..entry(1, "elm") };
    let files = audit.files();
    // The first two files end before this time, the third does not.
    let last = |n: usize| {
        let line: serde_json::Value =
            serde_json::from_str(&files[n].1[files[n].1.len() - 1]).expect("JSON");
        line["time"].as_str().expect("a time").to_string()
    };
    let day = last(2);
    assert!(last(1) < day);
    let notes: Vec<_> = std::fs::read_dir(audit.root.join("witness"))
        .expect("a folder")
        .flatten()
        .map(|one| (one.path(), std::fs::read(one.path()).expect("reads")))
        .collect();
    // Not while they are young, whatever is asked: the witness knows when they were written.
    let young = by("audit.retire");
    assert_eq!(audit.log().retire(&day, young), Ok(2));
    assert!(audit.verify().is_err());
    audit.put(&files);
    let _ = std::fs::remove_dir_all(audit.root.join("witness"));
    std::fs::create_dir(audit.root.join("witness")).expect("a folder");
    for (name, text) in &notes {
        std::fs::write(name, text).expect("writes");
    }
    let old = || Entry { time: "2033-01-01T00:00:00.000Z".into(), ..by("audit.retire") };
    assert_eq!(audit.log().retire(&day, old()), Ok(2));
    let sound = audit.verify().expect("whole");
    let gone = (files[0].1.len() + files[1].1.len()) as u64;
    assert_eq!((sound.retired, sound.older), (gone, gone - 1));
    audit.log().append(entry(3, "elm")).expect("goes on");
    assert!(audit.verify().is_ok());
    // Who retires and dies may leave one of the files.
    std::fs::write(&files[1].0, files[1].1.concat()).expect("writes");
    assert_eq!(audit.verify().expect("whole").retired, files[0].1.len() as u64);
    std::fs::remove_file(&files[1].0).expect("removes");
    // One file more than was said.
    std::fs::remove_file(&files[2].0).expect("removes");
    assert!(audit.verify().is_err());
}

/// Who has the key, and not the witness, writes all that is gone off as retired.
#[test]
fn a_stolen_key_retires_nothing() {
    let audit = whole("stolen");
    let files = audit.files();
    let lines: usize = files.iter().map(|(_, lines)| lines.len()).sum();
    let log = Log::at(&audit.path(), Arc::clone(&audit.signer), Vec::new());
    let by = |time: &str| Entry {
        time: time.into(),
        act: "audit.retire".into(),
        count: Some(lines as u64),
        ..entry(1, "elm")
    };
    for time in ["2026-11-30T13:00:00.000Z", "2033-01-01T00:00:00.000Z"] {
        // The file is put aside, and the first line of the next one says that everything before is retired.
        log.put_aside(by(time)).expect("put aside");
        log.append(Entry { count: Some(lines as u64), ..by(time) }).expect("appends");
        let newest = audit.files().pop().expect("a file");
        audit.put(&[newest]);
        assert!(audit.verify().is_err(), "unseen, {time}");
        audit.put(&files);
    }
    // And once the witness has heard more of it, in good faith, what was young is missed.
    log.put_aside(by("2026-11-30T13:00:00.000Z")).expect("put aside");
    log.append(by("2026-11-30T13:00:00.000Z")).expect("appends");
    let newest = audit.files().pop().expect("a file");
    audit.put(&[newest]);
    audit.log().append(entry(2, "elm")).expect("in good faith");
    let broken = audit.verify().expect_err("it is missed");
    assert_eq!(broken.what, "lines were retired that were not old enough");
}

/// A witness that knows nothing of an audit is no witness of it.
#[test]
fn each_witness_has_to_have_seen_it() {
    let audit = whole("unheard");
    let other = audit.root.join("other");
    std::fs::create_dir(&other).expect("a folder");
    let two = [audit.witness(), Arc::new(Folder(other)) as Arc<dyn Witness>];
    let broken = verify(&audit.path(), &audit.signer.verifier(), &two).expect_err("one is empty");
    assert_eq!(broken.what, "it has seen nothing of this audit");
}

/// A file that was put aside, and no line of the next one yet.
#[test]
fn who_dies_between_two_files_leaves_one_chain() {
    let audit = Audit::new("between");
    (0..5).for_each(|n| audit.log().append(entry(n, "elm")).expect("appends"));
    let aside = audit.root.join("audit/audit.jsonl.000000000005");
    std::fs::rename(audit.path(), &aside).expect("renames");
    assert_eq!(audit.verify().expect("whole").entries, 5);
    audit.log().append(entry(5, "elm")).expect("goes on");
    let sound = audit.verify().expect("whole");
    assert_eq!((sound.entries, sound.files, sound.unwitnessed), (6, 2, 0));
}

/// What is signed must be what was there: a hash that was wrong for a while gets under no checkpoint.
#[test]
fn a_line_that_was_changed_for_a_while_is_not_signed_for() {
    let audit = Audit::new("while");
    (0..5).for_each(|n| audit.log().append(entry(n, "elm")).expect("appends"));
    let text = std::fs::read_to_string(audit.path()).expect("reads");
    let line: serde_json::Value =
        serde_json::from_str(text.lines().nth(1).expect("a line")).expect("JSON");
    let hash = line["hash"].as_str().expect("a hash");
    std::fs::write(audit.path(), text.replacen(hash, &"0".repeat(64), 1)).expect("writes");
    assert_eq!(audit.log().append(entry(5, "elm")), Err(Code::AuditBroken));
    std::fs::write(audit.path(), &text).expect("writes");
    audit.log().append(entry(5, "elm")).expect("goes on");
    assert_eq!(audit.verify().expect("whole").entries, 6);
}

#[test]
fn nothing_happens_that_no_witness_has_seen() {
    let audit = Audit::new("unseen");
    audit.log().append(entry(1, "elm")).expect("appends");
    std::fs::remove_dir_all(audit.root.join("witness")).expect("removes");
    let refused = audit.log().append(entry(2, "elm"));
    assert_eq!(refused, Err(Code::AuditWitness));
    assert_eq!(audit.verify().map_err(|broken| broken.code), Err(Code::AuditWitness));
}

/// The audit is down, full, broken or unseen: of 1,000 tries to look behind a token none does.
#[test]
fn without_an_audit_nobody_looks_behind_a_token() {
    let keys = Keyring::for_tests("audits");
    let request = Request {
        time: "2026-11-30T12:00:00Z",
        actor: "uid:1000",
        reason: "ticket 7",
        class: Class::Ssn,
        extent: &Extent::Any,
        whose: Whose::Join,
        bare: Rule::Fpe,
        store: None,
    };
    let audit = Audit::new("down");
    let (version, value) = (keys.version(), "219099987");
    let token = tokenize(&audit.log(), &keys, &request, version, Rule::Fpe, &[value]);
    let token = token.expect("a token").remove(0).expect("a token").expose().clone();
    let look = |log: &Log| reveal(log, &keys, &request, version, &[&token]);
    let seen = look(&audit.log()).expect("audited").remove(0).expect("opens");
    assert_eq!(seen.expose(), value);
    let at = |path: &str| Log::at(Path::new(path), Arc::clone(&audit.signer), Vec::new());
    let broken = audit.root.join("audit/broken.jsonl");
    let text = std::fs::read_to_string(audit.path()).expect("reads");
    std::fs::write(&broken, text.replace("uid:1000", "uid:1001")).expect("writes");
    let gone: Arc<dyn Witness> = Arc::new(Folder(audit.root.join("nowhere")));
    let unseen = audit.root.join("audit/unseen.jsonl");
    let other = Arc::new(Signer::generate().expect("a key"));
    let logs = [
        ("no folder", at("/nonexistent/audit.jsonl")),
        ("a full disk", at("/dev/full")),
        ("a broken chain", at(&broken.display().to_string())),
        ("no witness", Log::at(&unseen, Arc::clone(&audit.signer), vec![gone])),
        ("another's key", Log::at(&audit.path(), other, Vec::new())),
    ];
    let (mut tries, mut seen) = (0, 0);
    for (what, log) in &logs {
        for _ in 0..1_000 / logs.len() {
            tries += 1;
            seen += usize::from(look(log).is_ok());
        }
        assert_eq!(seen, 0, "{what}");
    }
    println!("{seen} of {tries} tries looked behind a token");
    assert_eq!(tries, 1_000);
}

#[test]
fn an_audit_under_another_key_is_not_gone_on_with() {
    let audit = Audit::new("other");
    audit.log().append(entry(1, "elm")).expect("appends");
    let other = Arc::new(Signer::generate().expect("a key"));
    let refused = Log::at(&audit.path(), other, Vec::new()).append(entry(2, "elm"));
    assert_eq!(refused, Err(Code::AuditBroken));
}

/// By the words of docs/audit.md alone, in another language.
#[test]
fn an_independent_program_comes_to_the_same() {
    let audit = whole("peer");
    let peer = || {
        let mut command = Command::new("python3");
        command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/audit.py"));
        command.arg(audit.path()).arg(audit.root.join("a.pub")).arg(audit.root.join("witness"));
        let ran = command.stdin(Stdio::null()).output().expect("python3 runs");
        let said = String::from_utf8_lossy(&ran.stdout).into_owned();
        (ran.status.success(), said + &String::from_utf8_lossy(&ran.stderr))
    };
    let sound = audit.verify().expect("whole");
    let (good, said) = peer();
    assert!(good, "{said}");
    let words =
        format!("{} lines, {} checkpoints, head {}", sound.entries, sound.checkpoints, sound.head);
    assert_eq!(said.trim(), words);
    let public = Verifier::load(&audit.root.join("a.pub")).expect("a key");
    assert_eq!(public, audit.signer.verifier());
    let (files, mut dice) = (audit.files(), Dice(3));
    let notes = audit.root.join("witness");
    let note = std::fs::read_dir(notes).expect("a folder").flatten().next().expect("a file").path();
    let text = std::fs::read_to_string(&note).expect("reads");
    for (what, deed) in DEEDS {
        deed(&audit, &files, 40, &mut dice);
        let (good, said) = peer();
        assert!(!good, "{what}: {said}");
        audit.put(&files);
        std::fs::write(&note, &text).expect("writes");
    }
    assert!(peer().0);
}

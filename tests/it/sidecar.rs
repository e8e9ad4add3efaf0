//! Clean files held against the manifests beside them: what weir wrote, and what somebody who has the folder made of
//! it. No broker is asked for anything.

use crate::broker::{Folder, peer_of, terminate, weir};
use crate::cli::words;
use crate::proof::report;
use data_encoding::BASE64;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};
use weir_synth::Draw;

/// Lines of the longest file: more than two batches of them are clean.
const LINES: usize = 22_000;
/// How often a record comes whose line is the same as others.
const SAME_EVERY: usize = 11;
/// How often one comes that is refused.
const REFUSED_EVERY: usize = 97;

/// A project with a pipeline of these inputs, whose manifests lie beside the clean files.
fn project(name: &str, schema: &str, inputs: &[(&str, Vec<u8>)]) -> Folder {
    let folder = Folder::project(name);
    folder.write(
        "schemas/s.yaml",
        "schema: s\nformat: json\nfields:\n  $.mrn: {class: mrn, width: 10}\n  $.account: account\n  \
          $.kind: not_phi\n",
    );
    let names: Vec<_> = inputs.iter().map(|(name, _)| format!("raw/{name}")).collect();
    let pipeline = format!(
        "pipeline: p\nsource: {{files: [{}], schema: {schema}}}\npolicy: pseudonymize\n\
         destination: rag-local\nsink: {{files: clean}}\nquarantine: {{files: refused}}\n\
         proof: {{files: clean}}\n",
        names.join(", ")
    );
    folder.write("pipelines/p.yaml", pipeline);
    for (name, bytes) in inputs {
        folder.write(&format!("raw/{name}"), bytes);
    }
    let made = run(&folder, &["keys", "init", "--dev", "--tenant", "t"]);
    assert!(made.status.success(), "{}", words(&made));
    folder
}

fn run(folder: &Folder, arguments: &[&str]) -> Output {
    weir().current_dir(&folder.0).args(arguments).output().expect("runs")
}

/// Records of people, each another one, and some of nobody, which are all the same.
fn records(from: usize, lines: usize) -> Vec<u8> {
    let line = |n: usize| match n {
        n if n % REFUSED_EVERY == 5 => format!("{{\"mrn\":\"40000{n:05}\",\"Canaryman\":1}}\n"),
        n if n % SAME_EVERY == 3 => "{\"kind\":\"nobody's\"}\n".to_string(),
        n => format!("{{\"mrn\":\"41{n:08}\",\"account\":\"77{n:06}\",\"kind\":\"visit\"}}\n"),
    };
    (from..from + lines).map(line).collect::<String>().into_bytes()
}

fn verify(folder: &Folder, file: &str, more: &[&str]) -> Output {
    let head = ["verify", file, "--public-key", "weir-proof.pub"];
    run(folder, &[&head[..], more].concat())
}

fn read(folder: &Folder, name: &str) -> Vec<u8> {
    std::fs::read(folder.0.join(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
}

fn write(folder: &Folder, name: &str, bytes: &[u8]) {
    std::fs::write(folder.0.join(name), bytes).expect("writes");
}

fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
}

/// The manifests beside a file.
fn manifests(folder: &Folder, name: &str) -> Vec<Value> {
    let payload = |line: &Vec<u8>| -> Value {
        let envelope: Value = serde_json::from_slice(line).expect("JSON");
        let payload = BASE64.decode(envelope["payload"].as_str().expect("a payload").as_bytes());
        serde_json::from_slice(&payload.expect("base64")).expect("JSON")
    };
    lines(&read(folder, name)).iter().map(payload).collect()
}

/// Python's own library and openssl say how many lines of a file are what its manifests tell of.
fn by_a_stranger(folder: &Folder, name: &str, by_line: bool) -> String {
    let bytes = read(folder, &format!("clean/{name}"));
    let pieces = if by_line { lines(&bytes) } else { vec![bytes] };
    let sidecar = String::from_utf8(read(folder, &format!("clean/{name}.proof"))).expect("UTF-8");
    let asked = json!({
        "key": folder.0.join("weir-proof.pub"),
        "manifests": sidecar.lines().collect::<Vec<_>>(),
        "file": name,
        "pieces": pieces.iter().map(|piece| BASE64.encode(piece)).collect::<Vec<_>>(),
    });
    let peer = peer_of("python3", "proof.py", &[], &[asked.to_string()]);
    assert!(peer.status.success(), "{}", words(&peer));
    String::from_utf8_lossy(&peer.stdout).trim().to_string()
}

fn is_like_others(line: &[u8]) -> bool {
    line.starts_with(b"{\"kind\":\"nobody")
}

/// What a tamperer did to a line of a file.
enum Deed {
    /// Nothing: a line that was written, by its number.
    Leaves(usize),
    /// A line that is found as this, under the leaf of another where it has one.
    Puts(Vec<u8>, &'static str, Option<usize>),
}

/// A file after so many deeds, each some lines from the next, and what is to be found of it: the fault, the
/// line from 1 or -1, and the leaf.
fn tamper(
    clean: &[Vec<u8>],
    foreign: &[Vec<u8>],
    deeds: usize,
    seed: u64,
) -> (Vec<u8>, BTreeSet<(String, i64, usize)>) {
    let mut draw = Draw::new(seed);
    let mut wanted = BTreeSet::new();
    let mut rows: Vec<Vec<Deed>> = (0..clean.len()).map(|n| vec![Deed::Leaves(n)]).collect();
    let mut behind: Vec<Deed> = Vec::new();
    assert!(foreign.len() >= deeds);
    let every = clean.len() / deeds;
    let put = |bytes: Vec<u8>, fault, leaf| Deed::Puts(bytes, fault, leaf);
    for (deed, other) in foreign.iter().take(deeds).enumerate() {
        let room = draw.number(2, every as u32 / 2) as usize;
        let mut at = deed * every + room;
        // Of lines that are the same nobody could say which it was.
        while is_like_others(&clean[at]) {
            at += 1;
        }
        let mut line = clean[at].clone();
        rows[at] = match deed % 12 {
            0 => {
                let last = line.len() - 4;
                line[last] ^= 1;
                vec![put(line, "altered", Some(at))]
            }
            1 => {
                line.insert(line.len() - 1, b' ');
                vec![put(line, "altered", Some(at))]
            }
            2 => {
                line.insert(line.len() - 1, b'\r');
                vec![put(line, "altered", Some(at))]
            }
            // Another person's record in its place.
            3 => vec![put(other.clone(), "altered", Some(at))],
            4 => {
                wanted.insert(("missing".to_string(), -1, at));
                vec![]
            }
            5 => vec![Deed::Leaves(at), put(line, "repeated", Some(at))],
            6 => {
                behind.push(put(line, "repeated", Some(at)));
                vec![Deed::Leaves(at)]
            }
            7 => {
                behind.push(put(line, "moved", Some(at)));
                vec![]
            }
            8 => vec![put(other.clone(), "foreign", None), Deed::Leaves(at)],
            9 => vec![put(b"\n".to_vec(), "foreign", None), Deed::Leaves(at)],
            // A line that was parted: its first half stands where it stood, and its second is put in.
            10 => {
                let rest = line.split_off(line.len() / 2);
                line.push(b'\n');
                vec![put(line, "altered", Some(at)), put(rest, "foreign", None)]
            }
            _ => {
                line.truncate(line.len() / 2);
                line.push(b'\n');
                vec![put(line, "altered", Some(at))]
            }
        };
    }
    behind.push(put(b"no end".to_vec(), "foreign", None));
    let mut bytes = Vec::new();
    for (n, deed) in rows.into_iter().flatten().chain(behind).enumerate() {
        match deed {
            Deed::Leaves(line) => bytes.extend_from_slice(&clean[line]),
            Deed::Puts(line, fault, leaf) => {
                bytes.extend_from_slice(&line);
                wanted.insert((fault.to_string(), n as i64 + 1, leaf.unwrap_or(0)));
            }
        }
    }
    (bytes, wanted)
}

/// Findings, with leaves by their place among all of the file's.
fn found(report: &Value, manifests: &[Value]) -> Vec<(String, i64, usize)> {
    let first = |batch: &str| {
        let before = manifests.iter().take_while(|one| one["batch"] != batch);
        let counts = before.flat_map(|one| one["partitions"].as_array().expect("a list").clone());
        counts.map(|count| count[1].as_u64().expect("a count") as usize).sum::<usize>()
    };
    let one = |finding: &Value| {
        let batch = finding["batch"].as_str().expect("a batch");
        let leaf = finding["leaf"].as_u64().expect("a leaf") as usize;
        let leaf = if batch.is_empty() { 0 } else { first(batch) + leaf };
        let line = finding["place"]["offset"].as_i64().expect("a line");
        (finding["fault"].as_str().expect("a fault").to_string(), line, leaf)
    };
    report["findings"].as_array().expect("findings").iter().map(one).collect()
}

#[test]
fn each_tampered_line_of_a_file_is_found_and_no_other() {
    let inputs = [("a.ndjson", records(0, LINES)), ("b.ndjson", records(50_000, 3_000))];
    let folder = project("sidecar", "s", &inputs);
    let out = run(&folder, &["run", "--dev", "pipelines/p.yaml"]);
    assert!(out.status.success(), "{}", words(&out));
    let in_folder: BTreeSet<_> = std::fs::read_dir(folder.0.join("clean"))
        .expect("a folder")
        .flatten()
        .map(|entry| entry.file_name().into_string().expect("UTF-8"))
        .collect();
    let names = ["a.ndjson", "a.ndjson.proof", "b.ndjson", "b.ndjson.proof"];
    assert_eq!(in_folder, names.map(String::from).into());

    // What weir wrote is proven: to it, and to who has nothing of it.
    for (name, batches) in [("a.ndjson", 3), ("b.ndjson", 1)] {
        let file = format!("clean/{name}");
        let clean = lines(&read(&folder, &file));
        let refused = lines(&read(&folder, &format!("refused/{name}")));
        let out = verify(&folder, &file, &["--json"]);
        assert!(out.status.success(), "{}", words(&out));
        let said = report(&out);
        assert_eq!(said["findings"], json!([]));
        assert_eq!(said["written"]["pipeline"], "p", "by whom, under which plan, and when");
        assert_eq!(said["written"]["digest"].as_str().map(str::len), Some(64));
        let of = |what: &str| said["tally"][what].as_u64().expect("a number") as usize;
        assert_eq!((of("records"), of("proven")), (clean.len(), clean.len()));
        assert_eq!(of("manifests"), batches);
        assert_eq!(by_a_stranger(&folder, name, true), format!("proven: {0} of {0}", clean.len()));
        // A refused record is in none; of the others the sources are there, sealed.
        assert!(refused.len() > 20);
        let pointer = |line: &Vec<u8>| -> String {
            let entry: Value = serde_json::from_slice(line).expect("JSON");
            entry["source"].as_str().expect("a pointer").to_string()
        };
        let mut sources: BTreeSet<_> = refused.iter().map(pointer).collect();
        let opener =
            weir::keys::Opener::load(&folder.0.join("weir-quarantine.key")).expect("loads");
        let (mut leaves, mut last) = (0, 0);
        for manifest in manifests(&folder, &format!("{file}.proof")) {
            // Four letters stand in hashes by chance.
            assert!(!manifest.to_string().contains(&format!("raw/{name}")), "{manifest}");
            leaves += BASE64
                .decode(manifest["leaves"].as_str().expect("leaves").as_bytes())
                .expect("base64")
                .len()
                / 16;
            let sealed = BASE64.decode(manifest["sources"].as_str().expect("sealed").as_bytes());
            let batch = manifest["batch"].as_str().expect("a batch");
            let opened = opener.open(&sealed.expect("base64"), batch.as_bytes()).expect("opens");
            for source in String::from_utf8(opened.to_vec()).expect("UTF-8").lines() {
                let line = source.strip_prefix(&format!("raw/{name}/")).expect("a pointer");
                let line: usize = line.parse().expect("a line");
                assert!(line > last, "in the order of lines");
                last = line;
                assert!(sources.insert(source.to_string()), "{source} was refused");
            }
        }
        assert_eq!(leaves, clean.len());
        assert_eq!(sources.len(), clean.len() + refused.len());
    }

    // A few deeds that the shortest way shows, and more than that looks for.
    let clean = lines(&read(&folder, "clean/a.ndjson"));
    assert!(clean.iter().filter(|line| is_like_others(line)).count() > 1_000);
    let mut foreign = lines(&read(&folder, "clean/b.ndjson"));
    foreign.retain(|line| !is_like_others(line));
    let told = manifests(&folder, "clean/a.ndjson.proof");
    for (deeds, seed) in [(240, 71), (1_000, 72)] {
        let (bytes, wanted) = tamper(&clean, &foreign, deeds, seed);
        assert!(wanted.len() > deeds);
        write(&folder, "clean/a.ndjson", &bytes);
        let out = verify(&folder, "clean/a.ndjson", &["--json"]);
        assert_eq!(out.status.code(), Some(9), "{}", words(&out));
        assert!(words(&out).contains("W0439"), "{}", words(&out));
        let all = found(&report(&out), &told);
        let is: BTreeSet<_> = all.iter().cloned().collect();
        let (missed, others): (Vec<_>, Vec<_>) =
            (wanted.difference(&is).collect(), is.difference(&wanted).collect());
        assert!(missed.is_empty() && others.is_empty(), "{missed:?} {others:?}");
        assert_eq!(all.len(), wanted.len(), "each once");
        // Words name the file, its lines and leaves, and nothing of what stands there.
        let out = verify(&folder, "clean/a.ndjson", &[]);
        let said = String::from_utf8_lossy(&out.stdout).into_owned() + &words(&out);
        assert!(said.contains("altered  clean/a.ndjson:"), "{said}");
        assert!(!said.contains("visit") && !said.contains("mrn"), "{said}");
    }
    // Halves that changed places: half of the lines has moved, and no more.
    let halves = [&clean[clean.len() / 2..], &clean[..clean.len() / 2]].concat().concat();
    write(&folder, "clean/a.ndjson", &halves);
    let said = report(&verify(&folder, "clean/a.ndjson", &["--json"]));
    let moved = said["counts"]["moved"].as_u64().expect("a count") as usize;
    assert_eq!(said["findings"].as_array().map(Vec::len), Some(moved));
    assert!(moved <= clean.len() / 2 + 1, "{moved}");
    // Cut, and cut with its end.
    write(&folder, "clean/a.ndjson", &clean[..clean.len() - 3].concat());
    let said = report(&verify(&folder, "clean/a.ndjson", &["--json"]));
    assert_eq!(
        (&said["counts"]["missing"], &said["findings"].as_array().map(Vec::len)),
        (&json!(3), &Some(3))
    );
    write(&folder, "clean/a.ndjson", b"");
    let said = report(&verify(&folder, "clean/a.ndjson", &["--json"]));
    assert_eq!(said["counts"]["missing"], clean.len());
    write(&folder, "clean/a.ndjson", &clean.concat());

    // The manifests themselves. Lines whose manifest is gone are foreign, and no other.
    let sidecar = lines(&read(&folder, "clean/a.ndjson.proof"));
    let of_another = lines(&read(&folder, "clean/b.ndjson.proof"));
    let counted = |edit: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut sidecar = sidecar.clone();
        edit(&mut sidecar);
        write(&folder, "clean/a.ndjson.proof", &sidecar.concat());
        let out = verify(&folder, "clean/a.ndjson", &["--json"]);
        assert_eq!(out.status.code(), Some(9), "{}", words(&out));
        let counts = report(&out)["counts"].clone();
        let count = |fault: &str| counts[fault].as_u64().expect("a count") as usize;
        let told = ["forged_manifest", "repeated_manifest", "missing_manifest"].map(count);
        // Of lines that are the same some are written elsewhere, too: these are more than were written.
        let lines = count("foreign") + count("repeated");
        let all: u64 = counts.as_object().expect("counts").values().filter_map(Value::as_u64).sum();
        assert_eq!(told.iter().sum::<usize>() + lines, all as usize, "{counts}");
        [told[0], told[1], told[2], lines]
    };
    let of = |n: usize| told[n]["partitions"][0][1].as_u64().expect("a count") as usize;
    assert_eq!(counted(&|is| drop(is.remove(0))), [0, 0, 1, of(0)], "dropped");
    assert_eq!(counted(&|is| drop(is.pop())), [0, 0, 1, of(2)], "the end dropped");
    assert_eq!(counted(&|is| is.push(is[1].clone())), [0, 1, 0, 0], "repeated");
    assert_eq!(counted(&|is| is.swap(0, 1)), [0, 1, 0, 0], "reordered");
    assert_eq!(counted(&|is| is[1][100] ^= 1), [1, 0, 1, of(1)], "forged");
    assert_eq!(counted(&|is| is[1] = b"\n".to_vec()), [1, 0, 1, of(1)], "none");
    assert_eq!(counted(&|is| is[1] = of_another[0].clone()), [1, 0, 1, of(1)], "another file's");
    assert_eq!(counted(&|is| is.clear()), [0, 0, 0, clean.len()], "all dropped");
    write(&folder, "clean/a.ndjson.proof", &sidecar.concat());
    std::fs::create_dir(folder.0.join("other")).expect("a folder");
    assert!(run(&folder, &["keys", "proof", "--dir", "other"]).status.success());
    let of_other = ["verify", "clean/a.ndjson", "--public-key", "other/weir-proof.pub"];
    let out = run(&folder, &[&of_other[..], &["--json"]].concat());
    assert_eq!(out.status.code(), Some(9), "{}", words(&out));
    assert_eq!(report(&out)["counts"]["forged_manifest"], 3);
    assert_eq!(report(&out)["tally"]["proven"], 0);
    let both = [&of_other[..], &["--public-key", "weir-proof.pub"]].concat();
    assert!(run(&folder, &both).status.success(), "either key");

    // A run that is asked to end leaves what was there, and nothing half done.
    let before = read(&folder, "clean/a.ndjson.proof");
    write(&folder, "raw/b.ndjson", &records(0, 400_000));
    let child = weir()
        .current_dir(&folder.0)
        .args(["run", "--dev", "pipelines/p.yaml"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let deadline = Instant::now() + Duration::from_secs(120);
    while !folder.0.join("clean/b.ndjson.proof.part").exists() {
        assert!(Instant::now() < deadline, "b.ndjson is not begun");
        std::thread::sleep(Duration::from_millis(5));
    }
    let out = terminate(child);
    assert_eq!(out.status.code(), Some(7), "{}", words(&out));
    assert!(words(&out).contains("W0415"), "{}", words(&out));
    let left = std::fs::read_dir(folder.0.join("clean")).expect("a folder").flatten();
    let left: BTreeSet<_> =
        left.map(|entry| entry.file_name().into_string().expect("UTF-8")).collect();
    assert_eq!(left, in_folder, "no part of one is there");
    assert!(verify(&folder, "clean/b.ndjson", &[]).status.success(), "those of the run before");
    // The first was done again, with a chain of its own.
    assert_ne!(read(&folder, "clean/a.ndjson.proof"), before);
    assert!(verify(&folder, "clean/a.ndjson", &[]).status.success());
    write(&folder, "clean/a.ndjson.proof", &before);
    assert_eq!(verify(&folder, "clean/a.ndjson", &[]).status.code(), Some(0), "the same bytes");
}

/// A message, a document: a file that is one record has one leaf.
#[test]
fn a_file_that_is_one_record_is_proven_as_a_whole() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let input = |path: &str| std::fs::read(golden.join(path)).expect("reads");
    for (schema, path, ending) in [
        ("hl7v2", "hl7v2/one-patient/adt.input.hl7", "hl7"),
        ("ccda", "cda/one-patient/summary.input.xml", "xml"),
    ] {
        let (one, two, bad) =
            (format!("one.{ending}"), format!("two.{ending}"), format!("bad.{ending}"));
        let mut other = input(path);
        // Not the same file: another number of lines' ends.
        other.push(if schema == "ccda" { b'\n' } else { b'\r' });
        let inputs = [
            (one.as_str(), input(path)),
            (two.as_str(), other),
            (bad.as_str(), b"<Other/>".to_vec()),
        ];
        let folder = project(&format!("sidecar-{schema}"), schema, &inputs);
        let out = run(&folder, &["run", "--dev", "pipelines/p.yaml"]);
        assert!(out.status.success(), "{}", words(&out));
        let (file, proof) = (format!("clean/{one}"), format!("clean/{one}.proof"));
        let out = verify(&folder, &file, &["--json"]);
        assert!(out.status.success(), "{}", words(&out));
        let said = report(&out);
        assert_eq!((&said["tally"]["records"], &said["tally"]["proven"]), (&json!(1), &json!(1)));
        assert_eq!(manifests(&folder, &proof)[0]["layout"], "file");
        assert_eq!(by_a_stranger(&folder, &one, false), "proven: 1 of 1");
        // What was refused has left nothing, and that is proven.
        let empty = format!("clean/{bad}");
        assert_eq!(read(&folder, &empty), b"");
        let out = verify(&folder, &empty, &[]);
        assert!(out.status.success(), "{}", words(&out));
        write(&folder, &empty, b"x");
        assert_eq!(verify(&folder, &empty, &[]).status.code(), Some(9));

        let is = read(&folder, &file);
        let counts = |bytes: &[u8]| {
            write(&folder, &file, bytes);
            let out = verify(&folder, &file, &["--json"]);
            assert_eq!(out.status.code(), Some(9), "{}", words(&out));
            let said = report(&out);
            let count = |fault: &str| said["counts"][fault].as_u64().expect("a count");
            (count("altered"), count("missing"), said["findings"].as_array().expect("all").len())
        };
        let mut altered = is.clone();
        altered[is.len() / 2] ^= 1;
        assert_eq!(counts(&altered), (1, 0, 1));
        assert_eq!(counts(&[&is[..], b"\n"].concat()), (1, 0, 1));
        assert_eq!(counts(&is[..is.len() - 1]), (1, 0, 1));
        assert_eq!(counts(&[&is[..], &is[..]].concat()), (1, 0, 1));
        assert_eq!(counts(&read(&folder, &format!("clean/{two}"))), (1, 0, 1), "another's");
        assert_eq!(counts(b""), (0, 1, 1));
        // With its manifests under another's name it is not proven, and not called tampered with.
        write(&folder, &file, &is);
        write(&folder, &format!("clean/{two}"), &is);
        write(&folder, &format!("clean/{two}.proof"), &read(&folder, &proof));
        let out = verify(&folder, &format!("clean/{two}"), &["--json"]);
        assert_eq!(out.status.code(), Some(5), "{}", words(&out));
        let why = format!("these are the manifests of {one}");
        assert!(words(&out).contains("W0440") && words(&out).contains(&why), "{}", words(&out));
        assert_eq!(report(&out)["tally"]["proven"], 0);
        let out = verify(&folder, &format!("clean/{two}"), &["--proof", &proof]);
        assert_eq!(out.status.code(), Some(5), "{}", words(&out));
        assert!(verify(&folder, &file, &[]).status.success());
    }
}

/// No key, no start; no manifests, no proof; and a topic is told from a file.
#[test]
fn what_is_asked_for_is_said_to_be_missing() {
    let folder = project("sidecar-asks", "s", &[("a.ndjson", records(0, 200))]);
    let secret = folder.0.join("weir-proof.key");
    std::fs::rename(&secret, folder.0.join("elsewhere")).expect("renames");
    let out = run(&folder, &["run", "--dev", "pipelines/p.yaml"]);
    assert_eq!(out.status.code(), Some(4), "{}", words(&out));
    assert!(words(&out).contains("weir-proof.key"), "{}", words(&out));
    assert!(!folder.0.join("clean").exists(), "nothing was begun");
    std::fs::rename(folder.0.join("elsewhere"), &secret).expect("renames");
    assert!(run(&folder, &["run", "--dev", "pipelines/p.yaml"]).status.success());

    // By its bare name in its own folder, and as a topic where that is asked for.
    let bare = |more: &[&str]| {
        let head = ["verify", "a.ndjson", "--public-key", "../weir-proof.pub"];
        let mut command = weir();
        command.current_dir(folder.0.join("clean")).args(head).args(more);
        command.env("WEIR_KAFKA", "127.0.0.1:1").output().expect("runs")
    };
    let out = bare(&[]);
    assert!(out.status.success(), "{}", words(&out));
    assert!(words(&out).contains("proven by 1 manifests\n"), "{}", words(&out));
    let out = bare(&["--kafka", "127.0.0.1:1"]);
    assert_eq!(out.status.code(), Some(2), "{}", words(&out));
    let why = "--proof has to name the topic of its manifests";
    assert!(words(&out).contains(why), "{}", words(&out));
    // A folder of that name is no file, and what is not there is a topic.
    for topic in ["clean", "nobody"] {
        let out = verify(&folder, topic, &[]);
        assert_eq!(out.status.code(), Some(2), "{}", words(&out));
        assert!(words(&out).contains(why), "{}", words(&out));
    }
    let out = verify(&folder, "clean/none.ndjson", &[]);
    assert_eq!(out.status.code(), Some(5), "{}", words(&out));
    assert!(words(&out).contains("no clean/none.ndjson.proof"), "{}", words(&out));
    let out = verify(&folder, "clean/none.ndjson", &["--proof", "clean/a.ndjson.proof"]);
    assert_eq!(out.status.code(), Some(3), "{}", words(&out));
    let out = verify(&folder, "clean/a.ndjson", &["--proof", "elsewhere.proof"]);
    assert_eq!(out.status.code(), Some(5), "{}", words(&out));

    // By a link the folder of manifests can be that of the inputs, or quarantine's.
    for (link, name) in [("raw", "by-raw"), ("refused", "by-refused")] {
        std::os::unix::fs::symlink(link, folder.0.join(name)).expect("links");
        let path = folder.0.join("pipelines/p.yaml");
        let text = std::fs::read_to_string(&path).expect("reads");
        let text = text.replace("proof: {files: clean}", &format!("proof: {{files: {name}}}"));
        write(&folder, "pipelines/q.yaml", text.as_bytes());
        let out = run(&folder, &["run", "--dev", "pipelines/q.yaml"]);
        assert_eq!(out.status.code(), Some(3), "{}", words(&out));
        assert!(words(&out).contains("W0414"), "{}", words(&out));
        assert!(!folder.0.join(link).join("a.ndjson.proof").exists());
    }
}

/// What somebody put in the way stands for a disk that takes no name: no clean file stands there without its proof, and no
/// proof without what was refused.
#[test]
fn names_come_in_order() {
    for (in_the_way, there, not_there) in [
        ("clean/a.ndjson", ["refused/a.ndjson", "clean/a.ndjson.proof"], [].as_slice()),
        ("clean/a.ndjson.proof", ["refused/a.ndjson", "raw/a.ndjson"], &["clean/a.ndjson"]),
        ("refused/a.ndjson", ["raw/a.ndjson"; 2], &["clean/a.ndjson", "clean/a.ndjson.proof"]),
    ] {
        let folder = project("sidecar-order", "s", &[("a.ndjson", records(0, 200))]);
        std::fs::create_dir_all(folder.0.join(in_the_way).join("something")).expect("a folder");
        let out = run(&folder, &["run", "--dev", "pipelines/p.yaml"]);
        assert!(words(&out).contains("W0414"), "{in_the_way}: {}", words(&out));
        for name in there {
            assert!(folder.0.join(name).is_file(), "{in_the_way}: {name}");
        }
        for name in not_there {
            assert!(!folder.0.join(name).exists(), "{in_the_way}: {name}");
        }
    }
}

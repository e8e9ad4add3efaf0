//! The real model, held to what onnxruntime and the `tokenizers` library say (tests/peers/rampart.py). Needs the
//! model: it fails without. `./dev eval --transformer` runs it.

use weir_transformer::{Failed, KNOWN, Labelled, Misfit, Transformer};

/// What 4-bit weights and another order of additions may change in a chance.
const NEAR: f32 = 0.03;

fn files() -> (Vec<u8>, Vec<u8>) {
    let folder = std::env::var_os("WEIR_TRANSFORMER").expect("WEIR_TRANSFORMER: `./dev model`");
    let read = |name: &str| {
        let path = std::path::Path::new(&folder).join(name);
        std::fs::read(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
    };
    (read("model_q4.onnx"), read("vocab.txt"))
}

fn model() -> Transformer {
    let (network, vocabulary) = files();
    Transformer::read(network, &vocabulary).expect("the known model")
}

/// The names of the kinds in the model's own configuration.
const THEIRS: [(&str, &str); 17] = [
    ("given", "GIVEN_NAME"),
    ("surname", "SURNAME"),
    ("email", "EMAIL"),
    ("phone", "PHONE"),
    ("url", "URL"),
    ("tax", "TAX_ID"),
    ("bank", "BANK_ACCOUNT"),
    ("routing", "ROUTING_NUMBER"),
    ("government", "GOVERNMENT_ID"),
    ("passport", "PASSPORT"),
    ("driver", "DRIVERS_LICENSE"),
    ("building", "BUILDING_NUMBER"),
    ("street", "STREET_NAME"),
    ("unit", "SECONDARY_ADDRESS"),
    ("city", "CITY"),
    ("state", "STATE"),
    ("zip", "ZIP_CODE"),
];

#[test]
fn every_word_is_labelled_as_onnxruntime_labels_it() {
    let model = model();
    let names: Vec<_> = THEIRS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, model.known().kinds);
    let mut out = Vec::new();
    let (mut sure, mut doubtful) = (0, 0);
    for part in include_str!("expected.txt").split("= ").skip(1) {
        let (text, lines) = part.split_once('\n').expect("a text and its words");
        // Their tokenizer takes the names of its own marks for them; here they are text.
        if text.contains("[SEP]") {
            model.label(text, &mut out).expect("reads");
            continue;
        }
        model.label(text, &mut out).expect("reads");
        let points = |byte: u32| text[..byte as usize].chars().count();
        for line in lines.lines() {
            let cells: Vec<&str> = line.split(' ').collect();
            let (start, end): (usize, usize) =
                (cells[0].parse().expect("a number"), cells[1].parse().expect("a number"));
            let chance: f32 = cells[4].parse().expect("a chance");
            let is_it = |word: &&Labelled| points(word.start) == start && points(word.end) == end;
            let Some(word) = out.iter().find(is_it) else {
                assert!(chance < 2.0 * NEAR, "{line} is missing in {text}");
                continue;
            };
            assert!((word.score - chance).abs() < NEAR, "{line}, not {word:?} in {text}");
            if chance < 0.5 {
                doubtful += 1;
                continue;
            }
            sure += 1;
            let (_, theirs) = THEIRS[usize::from(word.kind)];
            assert_eq!((theirs, word.begins), (cells[2], cells[3] == "1"), "{line} in {text}");
        }
        for word in out.iter().filter(|word| word.score > 0.1) {
            let line = format!("{} {} ", points(word.start), points(word.end));
            assert!(lines.lines().any(|found| found.starts_with(&line)), "{word:?} in {text}");
        }
    }
    assert!(sure > 40 && doubtful > 5, "{sure} words, {doubtful} doubtful ones");
}

#[test]
fn other_files_are_refused() {
    let (network, vocabulary) = files();
    let mut damaged = network.clone();
    damaged[1_000_000] ^= 1;
    assert_eq!(Transformer::read(damaged, &vocabulary).err(), Some(Misfit::Unknown));
    assert_eq!(Transformer::read(network, b"[UNK]\n").err(), Some(Misfit::Unknown));
    assert_eq!(Transformer::read(Vec::new(), &[]).err(), Some(Misfit::Unknown));
}

#[test]
fn a_text_with_too_many_pieces_is_refused_and_an_empty_one_is_nothing() {
    let model = model();
    let mut out = Vec::new();
    assert_eq!(model.label(&"a ".repeat(KNOWN[0].pieces_max), &mut out), Ok(()));
    assert_eq!(model.label(&"a ".repeat(KNOWN[0].pieces_max + 1), &mut out), Err(Failed::TooLong));
    assert_eq!(model.label("  \n", &mut out), Ok(()));
    assert!(out.is_empty());
}

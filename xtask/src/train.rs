//! `./dev train`: makes the tagger's weights from our own English texts. The same sources give the same
//! bytes; NOTICE has their digest.

use crate::{corpus, draft::Draft};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;
use weir_tagger::Labels;
use weir_tagger::train::{Example, Settings, train};

/// The kinds of the English model, and the classes that each stands for. `true`: two neighbours are told
/// apart.
const ENGLISH: &[(&str, bool, &[&str])] = &[
    ("name", true, &["person_name"]),
    ("provider", true, &["provider_name"]),
    ("org", true, &["organization"]),
    ("street", true, &["street"]),
    ("city", true, &["city", "county"]),
    ("region", false, &["state", "country"]),
    ("zip", false, &["zip"]),
    ("date", false, &["date", "birth_date", "death_date"]),
    (
        "number",
        false,
        &[
            "phone",
            "fax",
            "ssn",
            "itin",
            "mrn",
            "nhs_number",
            "member_id",
            "mbi",
            "account",
            "card",
            "iban",
            "license",
            "driver_license",
            "passport",
            "dea",
            "vehicle",
            "vin",
            "device",
            "imei",
            "npi",
            "claim",
            "unique_id",
        ],
    ),
];

/// Texts that the English model is made from.
const TEXTS: u64 = 50_000;

pub(crate) fn run(args: &[String]) -> Result<ExitCode, String> {
    let texts = match args {
        [] => TEXTS,
        [flag, n] if flag == "--texts" => {
            n.parse().map_err(|_| format!("--texts {n}: no number"))?
        }
        _ => return Err("usage: xtask train [--texts N]".to_string()),
    };
    let examples: Vec<_> = (0..texts).map(|seed| example(&corpus::text(seed))).collect();
    let bytes: usize = examples.iter().map(|example| example.text.len()).sum();
    crate::say(&format!("{texts} texts, {:.1} MB", bytes as f64 / 1e6));
    let start = Instant::now();
    let settings =
        Settings { rounds: 5, seen_min: 3, rows: 1 << 18, decay: 1e-6, dropped: 0.3, seed: 1 };
    let labels = Labels::new(ENGLISH.iter().map(|(name, first, _)| (*name, *first)));
    let told = |round: usize, loss: f32| {
        crate::say(&format!("round {}: {loss:.4} nats a token, {:?}", round + 1, start.elapsed()));
    };
    let model = train(labels, &examples, settings, told).ok_or("no model came of it")?;
    let path = Path::new("crates/weir-tagger/models/english.bin");
    std::fs::create_dir_all("crates/weir-tagger/models").map_err(|why| why.to_string())?;
    std::fs::write(path, model.write()).map_err(|why| format!("{}: {why}", path.display()))?;
    crate::say(&format!("wrote {}", path.display()));
    Ok(ExitCode::SUCCESS)
}

fn example(draft: &Draft) -> Example {
    let kind = |class: &str| ENGLISH.iter().position(|(_, _, classes)| classes.contains(&class));
    let spans =
        draft.marks.iter().filter_map(|mark| Some((mark.start, mark.end, kind(mark.class)? as u8)));
    Example { text: draft.text.clone(), spans: spans.collect() }
}

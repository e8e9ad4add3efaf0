//! `./dev train`: makes the tagger's weights: English from our own texts, Spanish, with `--meddocan DIR`, from
//! the training part of MEDDOCAN (Marimon et al., IberLEF 2019, CC BY 4.0). The same sources give the same
//! bytes; NOTICE has their digests.

use crate::draft::{Draft, Mark};
use crate::{corpus, wide};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;
use weir_tagger::Labels;
use weir_tagger::train::{Example, Settings, train};

/// The kinds of the English model, and the classes that each stands for. `true`: two neighbours are told
/// apart.
pub(crate) const ENGLISH: &[(&str, bool, &[&str])] = &[
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

/// The kinds of the Spanish model, and MEDDOCAN's types that each stands for. Relatives, professions and other
/// traits have no class.
const SPANISH: &[(&str, bool, &[&str])] = &[
    ("name", false, &["NOMBRE_SUJETO_ASISTENCIA"]),
    ("provider", false, &["NOMBRE_PERSONAL_SANITARIO"]),
    ("org", false, &["HOSPITAL", "INSTITUCION", "CENTRO_SALUD"]),
    ("street", false, &["CALLE"]),
    ("place", false, &["TERRITORIO"]),
    ("country", false, &["PAIS"]),
    ("date", false, &["FECHAS"]),
    ("age", false, &["EDAD_SUJETO_ASISTENCIA"]),
    ("sex", false, &["SEXO_SUJETO_ASISTENCIA"]),
    ("email", false, &["CORREO_ELECTRONICO"]),
    ("phone", false, &["NUMERO_TELEFONO"]),
    ("fax", false, &["NUMERO_FAX"]),
    ("number", false, &["ID_SUJETO_ASISTENCIA", "ID_ASEGURAMIENTO", "ID_CONTACTO_ASISTENCIAL"]),
    ("license", false, &["ID_TITULACION_PERSONAL_SANITARIO"]),
];

/// Texts of `corpus` that the English model is made from.
const TEXTS: u64 = 50_000;
/// Texts of `wide` that it is made from, too.
const WIDE: u64 = 40_000;

const OURS: Settings =
    Settings { rounds: 5, seen_min: 3, rows: 1 << 19, decay: 1e-6, dropped: 0.3, seed: 1 };
/// Few texts: more rounds, and rarer features count.
const MEDDOCAN: Settings = Settings { rounds: 15, seen_min: 2, rows: 1 << 17, ..OURS };

pub(crate) fn run(args: &[String]) -> Result<ExitCode, String> {
    match args {
        [] => {
            let drafts = (0..TEXTS).map(corpus::text).chain((0..WIDE).map(wide::text));
            let texts = drafts.map(|draft| {
                let spans = draft.marks.iter().map(|mark| (mark.start, mark.end, mark.class));
                example(ENGLISH, &draft.text, spans)
            });
            make("english", ENGLISH, &texts.collect::<Vec<_>>(), OURS)
        }
        [flag, folder] if flag == "--meddocan" => {
            make("spanish", SPANISH, &meddocan(Path::new(folder))?, MEDDOCAN)
        }
        _ => Err("usage: xtask train [--meddocan DIR]".to_string()),
    }
}

fn make(
    name: &str,
    kinds: &[(&str, bool, &[&str])],
    examples: &[Example],
    settings: Settings,
) -> Result<ExitCode, String> {
    let bytes: usize = examples.iter().map(|example| example.text.len()).sum();
    crate::say(&format!("{} texts, {:.1} MB", examples.len(), bytes as f64 / 1e6));
    let start = Instant::now();
    let labels = Labels::new(kinds.iter().map(|(name, first, _)| (*name, *first)));
    let told = |round: usize, loss: f32| {
        crate::say(&format!("round {}: {loss:.4} nats a token, {:?}", round + 1, start.elapsed()));
    };
    let model = train(labels, examples, settings, told).ok_or("no model came of it")?;
    let path = format!("crates/weir-tagger/models/{name}.bin");
    std::fs::write(&path, model.write()).map_err(|why| format!("{path}: {why}"))?;
    crate::say(&format!("wrote {path}"));
    Ok(ExitCode::SUCCESS)
}

fn example<'a>(
    kinds: &[(&str, bool, &[&str])],
    text: &str,
    spans: impl Iterator<Item = (usize, usize, &'a str)>,
) -> Example {
    let kind = |class: &str| kinds.iter().position(|(_, _, classes)| classes.contains(&class));
    let mut spans: Vec<_> =
        spans.filter_map(|(start, end, class)| Some((start, end, kind(class)? as u8))).collect();
    spans.sort_unstable();
    Example { text: text.to_string(), spans }
}

/// One document in so many is kept from training when the Spanish model is judged.
const HELD_OUT: usize = 5;
/// The chance from which a token counts there: that of the balanced aim.
const CHANCE: f32 = 0.3;

/// Documents of MEDDOCAN that a model made of the others has not seen, and what that model alone finds in
/// them: two sets for `weir eval`.
pub(crate) fn unseen_spanish(folder: &Path) -> Result<(String, String), String> {
    let examples = meddocan(folder)?;
    let is_held = |at: &usize| at.is_multiple_of(HELD_OUT);
    let (held, seen): (Vec<_>, Vec<_>) =
        examples.into_iter().enumerate().partition(|(at, _)| is_held(at));
    let seen: Vec<_> = seen.into_iter().map(|(_, example)| example).collect();
    crate::say(&format!("\n== Spanish: a model of {} documents", seen.len()));
    let labels = Labels::new(SPANISH.iter().map(|(name, first, _)| (*name, *first)));
    let model = train(labels, &seen, MEDDOCAN, |_, _| {}).ok_or("no model came of it")?;
    let (mut gold, mut found) = (String::new(), String::new());
    let (mut work, mut tagged) = (weir_tagger::Work::default(), Vec::new());
    for (at, Example { text, spans }) in held {
        let mark = |(start, end, kind): (usize, usize, u8)| Mark {
            start,
            end,
            class: SPANISH[usize::from(kind)].2[0],
        };
        let marks = spans.into_iter().map(mark).collect();
        weir_tagger::tag(&model, &text, &[CHANCE; SPANISH.len()], &mut work, &mut tagged);
        let mut draft = Draft { text, marks };
        gold.push_str(&crate::eval::line(at as u64, &draft, &[]));
        draft.marks.clear();
        for one in &tagged {
            let (mut start, end, kind) = (one.start as usize, one.end as usize, one.kind);
            // As `weir detect` does.
            if SPANISH[usize::from(kind)].0 == "place"
                && let Some((code, place)) = weir_tagger::code_and_place(&draft.text[start..end])
            {
                draft.marks.push(mark((start, start + code, kind)));
                start = place.map_or(end, |place| start + place);
            }
            if start < end {
                draft.marks.push(mark((start, end, kind)));
            }
        }
        found.push_str(&crate::eval::line(at as u64, &draft, &[]));
    }
    Ok((gold, found))
}

/// Texts with brat's stand-off beside them: `T1<tab>TYPE START END<tab>TEXT`, offsets in code points.
fn meddocan(folder: &Path) -> Result<Vec<Example>, String> {
    let read = |path: &Path| {
        std::fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))
    };
    let entries =
        std::fs::read_dir(folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "ann"));
    paths.sort();
    let mut examples = Vec::new();
    for path in paths {
        let text = read(&path.with_extension("txt"))?;
        let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        bytes.push(text.len());
        let marks = read(&path)?;
        let spans = marks.lines().filter_map(|line| {
            let mut words = line.split('\t').nth(1)?.split(' ');
            let (class, start, end) = (words.next()?, words.next()?, words.next()?);
            let at = |offset: &str| bytes.get(offset.parse::<usize>().ok()?).copied();
            Some((at(start)?, at(end)?, class))
        });
        examples.push(example(SPANISH, &text, spans));
    }
    Ok(examples)
}

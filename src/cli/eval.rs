//! `weir eval`: how well predictions agree with a gold standard: what leaked, what was right, what was
//! taken away for nothing. The figures are `crate::eval`'s.

use super::fault::Failure;
use super::{connect, corpus, data, say};
use crate::eval::{
    About, Document, LabelCount, Labels, Misfit, Report, Share, Side, compare, page, read_brat,
    read_line,
};
use crate::phi::Code;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// JSON Lines {"id","text","spans":[{"start","end","class"}]}, offsets in code points; `codes`,
    /// likewise, are spans that must not be touched. Or a folder in brat's format: NAME.txt and NAME.ann.
    gold: PathBuf,
    /// JSON Lines {"id","spans":[...]}, as `weir detect` writes them, or a folder in brat's format.
    predicted: PathBuf,
    /// What labels are read as: a file with a label and a class on each line, `not_phi` for what is no
    /// identifier. Without it: weir's classes, and the labels of MEDDOCAN, i2b2 2014 and Presidio.
    #[arg(long, value_name = "FILE")]
    classes: Option<PathBuf>,
    /// Write a page with the figures, and with the places of the failures; no text of the documents.
    #[arg(long, value_name = "FILE.html", value_parser = html)]
    html: Option<PathBuf>,
    /// With --html: show the text around each failure. The page holds identifiers then.
    #[arg(long, requires = "html")]
    show: bool,
    /// The figures as one JSON object on standard output.
    #[arg(long)]
    json: bool,
    /// Rounds of the bootstrap that gives the 95 % intervals; texts are drawn with replacement.
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
}

/// The ending keeps a page from taking the place of what it is made of.
fn html(path: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(path);
    let fits = path.extension().is_some_and(|ending| ending == "html");
    fits.then_some(path).ok_or_else(|| "a name that ends with .html".to_string())
}

pub(super) fn eval(arguments: &Arguments) -> Result<(), Failure> {
    arguments.html.as_deref().map_or(Ok(()), has_folder)?;
    let labels = match &arguments.classes {
        Some(path) => Labels::read(&corpus::read(path)?).map_err(|misfit| at(path, &misfit))?,
        None => Labels::default(),
    };
    let gold = read(&arguments.gold, &labels)?;
    let found = read(&arguments.predicted, &labels)?;
    let report = compare(&gold, &found, arguments.rounds, arguments.show).map_err(|why| {
        let path = if why.side == Side::Gold { &arguments.gold } else { &arguments.predicted };
        let about = format!("{}: {} {}", path.display(), why.what, why.id.escape_debug());
        Failure::about(Code::LineMisfit, about)
    })?;
    match arguments.json {
        true => data(&report.json().to_string()),
        false => print(&report),
    }
    words(&report);
    let Some(path) = &arguments.html else { return Ok(()) };
    let name = |path: &Path| {
        let name = path.file_name().unwrap_or(path.as_os_str());
        name.to_string_lossy().into_owned()
    };
    let about = About {
        gold: &name(&arguments.gold),
        found: &name(&arguments.predicted),
        version: env!("CARGO_PKG_VERSION"),
        date: &connect::today().0.to_string(),
    };
    write(path, page(&report, &about).as_bytes(), arguments.show)?;
    if arguments.show {
        say(&format!("{}: it holds identifiers; only its owner can read it", path.display()));
    }
    Ok(())
}

fn at(path: &Path, misfit: &Misfit) -> Failure {
    let about = format!("{}, line {}: {}", path.display(), misfit.line, misfit.what);
    Failure::about(Code::LineMisfit, about)
}

/// The documents of a file of JSON Lines, or of a folder in brat's format.
fn read(path: &Path, labels: &Labels) -> Result<Vec<Document>, Failure> {
    if path.is_dir() {
        let one = |(name, (text, annotation)): (String, (PathBuf, PathBuf))| {
            let (text, annotations) = (corpus::read(&text)?, corpus::read(&annotation)?);
            read_brat(&name, &text, &annotations, labels).map_err(|misfit| at(&annotation, &misfit))
        };
        return corpus::pairs(path)?.into_iter().map(one).collect();
    }
    let one = |(n, line): (usize, &str)| {
        read_line(line, labels).map_err(|what| at(path, &Misfit { line: n + 1, what }))
    };
    corpus::read(path)?.lines().enumerate().map(one).collect()
}

fn print(report: &Report) {
    let cell = |share: &Share| match share.whole {
        0 => format!("{:>21}", "-"),
        _ => format!("{:.3} [{:.3}, {:.3}]", share.value(), share.low, share.high),
    };
    data(&format!(
        "{:<38} {:>8} {:>21} {:>21} {:>21} {:>21} {:>21}",
        format!("{} texts", report.documents),
        "entities",
        "entity recall",
        "character recall",
        "precision",
        "strict F1",
        "relaxed F1"
    ));
    for row in report.rows.iter().filter(|row| row.entities + row.predicted > 0) {
        let cells: Vec<_> = row.shares.iter().map(cell).collect();
        data(&format!("{:<38} {:>8} {}", row.name, row.entities, cells.join(" ")));
    }
    data(&format!("texts in which nothing was left     {}", cell(&report.leak_free)));
    data(&format!("characters taken away for nothing   {}", cell(&report.outside)));
    if report.codes.whole > 0 {
        data(&format!(
            "codes and values touched            {}, {} of {}",
            cell(&report.codes),
            report.codes.part,
            report.codes.whole
        ));
    }
}

/// What the figures do not say: labels that were left out or are not known, predictions for nothing.
fn words(report: &Report) {
    let list = |which: &dyn Fn(&LabelCount) -> bool| {
        let chosen = report.labels.iter().filter(|label| label.gold > 0 && which(label));
        let one = |label: &LabelCount| match label.label.as_str() {
            "" => format!("no label ({})", label.gold),
            name => format!("{} ({})", name.escape_debug(), label.gold),
        };
        chosen.map(one).collect::<Vec<_>>().join(", ")
    };
    let unknown = list(&|label| label.class.is_none());
    if !unknown.is_empty() {
        say(&format!(
            "labels that are not known, counted as identifiers: {unknown}; --classes FILE says what they are"
        ));
    }
    let aside = list(&|label| !label.counts());
    if !aside.is_empty() {
        say(&format!("labels that are left out of all identifiers: {aside}"));
    }
    if report.strangers > 0 {
        say(&format!(
            "predictions for documents that the gold standard does not have, left out: {}",
            report.strangers
        ));
    }
}

/// Before anything is read: a page that has nowhere to go is not made.
fn has_folder(path: &Path) -> Result<(), Failure> {
    let folder = folder(path);
    let about = format!("{}: no folder {}", path.display(), folder.display());
    folder.is_dir().then_some(()).ok_or_else(|| Failure::about(Code::FileOutput, about))
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes a file beside its place, and renames it: whole or not at all. `private`: for its owner only.
fn write(path: &Path, bytes: &[u8], private: bool) -> Result<(), Failure> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let mut options = std::fs::OpenOptions::new();
    #[cfg(unix)]
    if private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let put = options.write(true).create_new(true).open(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&part, path)
    });
    put.map_err(|_| {
        let _ = std::fs::remove_file(&part);
        Failure::about(Code::FileOutput, path.display())
    })
}

//! `weir detect`: JSON Lines `{"id","text"}` in, `{"id","spans":[...]}` out, a line for each line, in
//! order; offsets in Unicode code points. Or a folder of texts in: a line for each, by name.

use super::connect::Model;
use super::fault::Failure;
use super::{corpus, data, say};
use crate::detect::{Aim, Finding, Known, Prose, SecondReader, When};
use crate::phi::{Class, Code};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Read this file in place of standard input; or the texts NAME.txt of this folder, ids their names.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Say in words what was found, by which layer and rule, values hidden.
    #[arg(long)]
    explain: bool,
    /// With --explain: show the values.
    #[arg(long, requires = "explain")]
    show: bool,
    /// How far to look: `rules` (patterns alone), `balanced`, `recall` (what may be an identifier is one) or
    /// `vocabulary` (so is every word that no list has).
    #[arg(long, value_name = "AIM", default_value = "balanced", value_parser = aim)]
    aim: Aim,
    /// Have a transformer read too: `uncertain` (where the rest is not sure), `always` or `off`.
    #[arg(long, value_name = "WHEN", default_value = "off", value_parser = when)]
    // Written out, or clap would take it for an option that need not be there.
    transformer: std::option::Option<When>,
    #[command(flatten)]
    model: Model,
    /// Ages below 90 too: they are no identifiers (45 CFR 164.514(b)(2)(i)(C)).
    #[arg(long)]
    all_ages: bool,
}

fn aim(word: &str) -> Result<Aim, String> {
    let found = Aim::NAMES.iter().find(|(name, _)| *name == word);
    let names = || Aim::NAMES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    found.map(|(_, aim)| *aim).ok_or_else(|| format!("one of: {}", names()))
}

fn when(word: &str) -> Result<Option<When>, String> {
    let found = When::NAMES.iter().find(|(name, _)| *name == word);
    found.map(|(_, when)| *when).ok_or_else(|| "one of: off, uncertain, always".to_string())
}

/// Ages from here on are identifiers.
const AGE_IDENTIFIER_MIN: u32 = 90;

pub(super) fn detect(arguments: &Arguments) -> Result<(), Failure> {
    let prose = Prose::with(second_reader(arguments)?);
    let mut search = Search { arguments, prose, findings: Vec::new() };
    match &arguments.file {
        Some(path) if path.is_dir() => folder(path, &mut search),
        Some(path) => {
            let file = std::fs::File::open(path)
                .map_err(|_| Failure::about(Code::FileUnreadable, path.display()))?;
            lines(file, &mut search)
        }
        None => {
            if std::io::stdin().is_terminal() {
                say("reading JSON Lines {\"id\",\"text\"} from standard input, until Ctrl-D");
            }
            lines(std::io::stdin(), &mut search)
        }
    }
}

fn second_reader(arguments: &Arguments) -> Result<Option<SecondReader>, Failure> {
    let Some(when) = arguments.transformer else { return Ok(None) };
    if arguments.aim == Aim::Rules {
        let why = "--aim rules leaves the context out, and the transformer goes by it";
        return Err(Failure::about(Code::WrongValue, why));
    }
    let transformer = arguments.model.load().map_err(|(code, why)| Failure::about(code, why))?;
    Ok(Some(SecondReader { transformer, when }))
}

fn lines(input: impl Read, search: &mut Search<'_>) -> Result<(), Failure> {
    let mut input = BufReader::new(input);
    let (mut line, mut number) = (Vec::new(), 0);
    loop {
        line.clear();
        number += 1;
        let read = input.read_until(b'\n', &mut line);
        if read.map_err(|_| Failure::about(Code::FileUnreadable, format!("line {number}")))? == 0 {
            return Ok(());
        }
        let at = |code| Failure::about(code, format!("line {number}"));
        // What editors put at the start and the end of a file.
        let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&line);
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let mut record: Value = serde_json::from_slice(line).map_err(|_| at(Code::LineMisfit))?;
        let id = record.get_mut("id").map(Value::take).unwrap_or_default();
        let text =
            record.get("text").and_then(Value::as_str).ok_or_else(|| at(Code::LineMisfit))?;
        search.one(&id, text).map_err(at)?;
    }
}

fn folder(path: &Path, search: &mut Search<'_>) -> Result<(), Failure> {
    for (name, path) in corpus::texts(path)? {
        let text = corpus::read(&path)?;
        let at = |code| Failure::about(code, path.display());
        search.one(&Value::String(name), &text).map_err(at)?;
    }
    Ok(())
}

/// What is used again from text to text.
struct Search<'a> {
    arguments: &'a Arguments,
    prose: Prose,
    findings: Vec<Finding>,
}

impl Search<'_> {
    /// Looks through one text, and writes its line.
    fn one(&mut self, id: &Value, text: &str) -> Result<(), Code> {
        let Search { arguments, prose, findings } = self;
        prose.begin();
        crate::detect::detect(text, &Known::default(), arguments.aim, prose, findings)?;
        findings.retain(|finding| {
            arguments.all_ages || finding.class != Class::Age || !is_below(text, finding)
        });
        match arguments.explain {
            true => {
                explain(id, text, findings, arguments.show);
                if prose.skipped() > 0 {
                    data(&format!("  {} parts were not read twice: too long", prose.skipped()));
                }
            }
            false => data(&json!({ "id": id, "spans": spans(text, findings) }).to_string()),
        }
        Ok(())
    }
}

/// An age in figures below that.
fn is_below(text: &str, age: &Finding) -> bool {
    text[age.span.range()].parse::<u32>().is_ok_and(|years| years < AGE_IDENTIFIER_MIN)
}

/// Offsets in code points, from offsets in bytes that rise: one pass over the text is enough.
fn points(text: &str) -> impl FnMut(u32) -> usize {
    let (mut byte, mut point) = (0, 0);
    move |to| {
        point += text[byte..to as usize].chars().count();
        byte = to as usize;
        point
    }
}

fn spans(text: &str, findings: &[Finding]) -> Vec<Value> {
    let mut points = points(text);
    let one = |finding: &Finding| {
        json!({
            "start": points(finding.span.start),
            "end": points(finding.span.end),
            "class": finding.class.name(),
            "score": (f64::from(finding.score) * 1000.0).round() / 1000.0,
            "source": finding.layer.name(),
        })
    };
    findings.iter().map(one).collect()
}

fn explain(id: &Value, text: &str, findings: &[Finding], show: bool) {
    data(&format!("{id}: {} found", findings.len()));
    let mut points = points(text);
    for finding in findings {
        let value = &text[finding.span.range()];
        let shown = match show {
            true => value.escape_debug().to_string(),
            false => format!("{} characters", value.chars().count()),
        };
        data(&format!(
            "  {:>6}  {:<15} {:.2}  {:<8} {}: {shown}",
            points(finding.span.start),
            finding.class.name(),
            finding.score,
            finding.layer.name(),
            finding.rule,
        ));
    }
}

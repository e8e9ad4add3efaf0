//! The report as one HTML page that needs nothing else: no script, no font, no network. It holds no
//! text of the documents unless the report does.

use super::Share;
use super::report::{Failure, Kind, LabelCount, Report};
use super::spell::{counted, escape, number, percent, range};
use super::sums::ALL;
use crate::limits::EVAL_LISTED_MAX;
use crate::phi::Class;
use std::fmt::Write;

/// What the figures are about: names of files without their folders, and when.
pub struct About<'a> {
    /// The gold standard.
    pub gold: &'a str,
    /// The predictions.
    pub found: &'a str,
    /// weir's version.
    pub version: &'a str,
    /// The day, `YYYY-MM-DD`.
    pub date: &'a str,
}

const STYLE: &str = include_str!("page.css");

/// A browser that keeps to this loads nothing and runs nothing, whatever stands in the page.
const LAW: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const COLUMNS: [&str; 5] =
    ["Entity recall", "Character recall", "Precision", "Strict F1", "Relaxed F1"];

/// The page.
pub fn page(report: &Report, about: &About<'_>) -> String {
    let title = format!("{} judged by {}", escape(about.found), escape(about.gold));
    let body = [
        head(report, about),
        figures(report),
        leaks(&report.leaks),
        nothing(report),
        compared(report, about),
        notes(report),
        failures(report),
    ]
    .concat();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{LAW}\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <title>{title} - weir eval</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <main>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// The title, a warning where there is one, and four figures that say the most.
fn head(report: &Report, about: &About<'_>) -> String {
    let all = &report.rows[ALL];
    let [entities, characters, precision, ..] = &all.shares;
    let mut out = format!(
        "<h1>How well identifiers were found</h1>\n\
         <p class=\"soft\"><code>{}</code> judged by <code>{}</code>: {}, weir {}, {}</p>\n",
        escape(about.found),
        escape(about.gold),
        counted(report.documents, "document"),
        escape(about.version),
        escape(about.date),
    );
    if report.shows {
        out.push_str(
            "<p class=\"banner\" role=\"note\"><strong>This page holds identifiers.</strong> It shows the text \
             around each failure (--show): keep it as you keep the documents.</p>\n",
        );
    }
    out.push_str("<dl class=\"head\">\n");
    for (name, share, of) in [
        ("Entity recall", entities, "identifiers with nothing left"),
        ("Character recall", characters, "letters and digits covered"),
        ("Precision", precision, "predictions that touch one"),
        ("Leak-free documents", &report.leak_free, "documents with an identifier"),
    ] {
        let _ = writeln!(
            out,
            "<div><dt>{name}</dt><dd class=\"big\">{}</dd><dd>{}</dd><dd>{} of {} {of}</dd></div>",
            big(share),
            range(share),
            number(share.part as usize),
            number(share.whole as usize),
        );
    }
    out.push_str("</dl>\n");
    let left = entities.whole - entities.part;
    let leaking = report.leak_free.whole - report.leak_free.part;
    if entities.whole > 0 {
        let _ = writeln!(
            out,
            "<p>{} of {} left a letter or digit behind, in {} of the {} that have any.</p>",
            number(left as usize),
            counted(entities.whole as usize, "identifier"),
            number(leaking as usize),
            counted(report.leak_free.whole as usize, "document"),
        );
    }
    out
}

fn big(share: &Share) -> String {
    let sign = if share.whole > 0 { "<small> %</small>" } else { "" };
    format!("{}{sign}", percent(share.value()))
}

/// The table by kind of identifier, an interval drawn in each cell.
fn figures(report: &Report) -> String {
    let rows: Vec<_> = report.rows.iter().filter(|row| row.entities + row.predicted > 0).collect();
    let mut out = String::from(
        "<h2>By kind of identifier</h2>\n\
         <p class=\"soft\">Shares in per cent, with 95 % intervals. Under each column's name stand the ends of \
         its axis; a hollow dot lies left of it.</p>\n\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"By kind of identifier\">\n\
         <table class=\"figures\">\n<thead><tr><th scope=\"col\">Kind</th>\
         <th scope=\"col\" class=\"n\">Identifiers</th>",
    );
    let lows = report.rows[ALL].shares.map(|share| axis(&share));
    for (name, low) in COLUMNS.iter().zip(lows) {
        let low = (low * 100.0).round();
        let _ = write!(
            out,
            "<th scope=\"col\">{name}<span class=\"axis\" aria-hidden=\"true\"><span>{low}</span><span>100</span></span></th>",
        );
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        let all = std::ptr::eq(row, &report.rows[ALL]);
        let class = if all { " class=\"all\"" } else { "" };
        let _ = write!(
            out,
            "<tr{class}><th scope=\"row\">{}</th><td class=\"n\">{}</td>",
            escape(row.name),
            number(row.entities as usize)
        );
        for (column, share) in row.shares.iter().enumerate() {
            let what = format!("{}, {}", COLUMNS[column], row.name);
            out.push_str(&cell(share, lows[column], &what));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    out
}

/// Where the axis of a column begins: as far right as the share of all identifiers lets it, so that rows
/// can be told apart; one small row that is far off does not flatten the others.
fn axis(all: &Share) -> f64 {
    let least = all.value().min(all.low);
    [0.9, 0.8, 0.5].into_iter().find(|low| least > *low).unwrap_or(0.0)
}

fn cell(share: &Share, low: f64, what: &str) -> String {
    if share.whole == 0 {
        return "<td><span class=\"soft\">none</span></td>".to_string();
    }
    let (value, range) = (percent(share.value()), range(share));
    let at = |value: f64| format!("{:.2}%", ((value - low) / (1.0 - low)).clamp(0.0, 1.0) * 100.0);
    let off = if share.value() < low { " class=\"off\"" } else { "" };
    let whisker = match share.low.is_nan() {
        true => String::new(),
        false => format!(
            "<line class=\"whisker\" x1=\"{}\" x2=\"{}\" y1=\"6\" y2=\"6\"/>",
            at(share.low),
            at(share.high)
        ),
    };
    format!(
        "<td>{value} <span class=\"range\">{range}</span><svg role=\"img\" width=\"100%\" height=\"12\">\
         <title>{}</title><desc>{value}, 95 % interval {range}</desc>\
         <line class=\"base\" x1=\"0\" x2=\"100%\" y1=\"6\" y2=\"6\"/>{whisker}\
         <circle{off} cx=\"{}\" cy=\"6\" r=\"4\"/></svg></td>",
        escape(what),
        at(share.value()),
    )
}

/// Bars of the chart of leaks: from, to, and its name.
const BARS: &[(usize, usize, &str)] = &[
    (0, 0, "0"),
    (1, 1, "1"),
    (2, 2, "2"),
    (3, 3, "3"),
    (4, 4, "4"),
    (5, 9, "5 to 9"),
    (10, usize::MAX, "10+"),
];

/// How many documents leak how much.
fn leaks(leaks: &[usize]) -> String {
    let mut out = String::from("<h2>Leaks a document</h2>\n");
    if leaks.is_empty() {
        out.push_str("<p>No document of the gold standard has an identifier.</p>\n");
        return out;
    }
    let bars: Vec<_> = BARS
        .iter()
        .map(|(from, to, name)| {
            (*name, leaks.iter().filter(|leaks| (from..=to).contains(leaks)).count())
        })
        .collect();
    let most = bars.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1);
    let words: Vec<_> = bars.iter().map(|(name, n)| format!("{name}: {}", number(*n))).collect();
    let _ = write!(
        out,
        "<figure>\n<figcaption>Documents by the number of identifiers of which something was left</figcaption>\n\
         <svg role=\"img\" width=\"100%\" height=\"{}\"><title>Documents by number of leaks</title><desc>{}</desc>\n",
        bars.len() * 26,
        words.join("; "),
    );
    for (at, (name, n)) in bars.iter().enumerate() {
        let (top, none) = (at * 26, if at == 0 { " none" } else { "" });
        let _ = writeln!(
            out,
            "<text x=\"44\" y=\"{text}\" text-anchor=\"end\">{name}</text>\
             <svg x=\"56\" y=\"{top}\" width=\"68%\" height=\"22\"><rect class=\"bar{none}\" y=\"3\" width=\"{:.2}%\" height=\"16\"/></svg>\
             <text x=\"100%\" y=\"{text}\" text-anchor=\"end\">{}</text>",
            *n as f64 / most as f64 * 100.0,
            number(*n),
            text = top + 16,
        );
    }
    out.push_str("</svg>\n</figure>\n");
    out
}

/// What was taken away for nothing.
fn nothing(report: &Report) -> String {
    let mut out = String::from(
        "<h2>Taken away for nothing</h2>\n<table>\n<thead><tr><th scope=\"col\">What</th>\
         <th scope=\"col\" class=\"n\">Touched</th><th scope=\"col\" class=\"n\">Of</th>\
         <th scope=\"col\">Share</th></tr></thead>\n<tbody>\n",
    );
    for (what, share) in [
        ("Characters outside every mark", &report.outside),
        ("Codes and values that must stay", &report.codes),
    ] {
        let shown = match share.whole {
            0 => "<span class=\"soft\">none in the gold standard</span>".to_string(),
            _ => {
                format!("{} <span class=\"range\">{}</span>", percent(share.value()), range(share))
            }
        };
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{what}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td>{shown}</td></tr>",
            number(share.part as usize),
            number(share.whole as usize),
        );
    }
    out.push_str("</tbody>\n</table>\n");
    out
}

/// What was compared, and what each label was read as.
fn compared(report: &Report, about: &About<'_>) -> String {
    let mut out = String::from("<h2>What was compared</h2>\n<table class=\"pairs\">\n<tbody>\n");
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(out, "<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>");
    };
    line("Gold standard", &format!("<code>{}</code>", escape(about.gold)));
    line("Predictions", &format!("<code>{}</code>", escape(about.found)));
    line("Documents", &number(report.documents));
    if report.strangers > 0 {
        line("Predictions for other documents, left out", &number(report.strangers));
    }
    line("Program", &format!("weir {}", escape(about.version)));
    line("Date", &escape(about.date));
    out.push_str(
        "</tbody>\n</table>\n<h2>Labels</h2>\n\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Labels\">\n<table>\n\
         <thead><tr><th scope=\"col\">Label</th><th scope=\"col\">Read as</th>\
         <th scope=\"col\">Counted</th><th scope=\"col\" class=\"n\">Gold</th>\
         <th scope=\"col\" class=\"n\">Predicted</th></tr></thead>\n<tbody>\n",
    );
    for label in &report.labels {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
            named(&label.label),
            label.class.map_or("<strong>not known</strong>", Class::name),
            counts(label),
            number(label.gold),
            number(label.found),
        );
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    out
}

fn named(label: &str) -> String {
    match label {
        "" => "<span class=\"soft\">no label</span>".to_string(),
        label => format!("<code>{}</code>", escape(label)),
    }
}

fn counts(label: &LabelCount) -> &'static str {
    match (label.counts(), label.class) {
        (false, _) => "no: left out of all identifiers",
        (true, None) => "yes, under anything else",
        (true, Some(_)) => "yes",
    }
}

fn notes(report: &Report) -> String {
    format!(
        "<h2>What the words mean</h2>\n\
         <p><strong>Entity recall</strong>: the share of identifiers of which no letter or digit was left. \
         <strong>Character recall</strong>: the share of their letters and digits that were covered. \
         <strong>Precision</strong>: the share of predictions that touch a mark, whatever its class. \
         <strong>Strict F1</strong>: exact spans of a class of the same row. \
         <strong>Relaxed F1</strong>: spans that touch, whatever the class.</p>\n\
         <p>States, countries, organisations, sex and what is no identifier are in no row and not among all \
         identifiers; to cover them is no fault either. A label that is not known counts as an identifier.</p>\n\
         <p>Intervals: 95 %, bootstrap over documents, {} rounds. An interval without width says that \
         documents did not differ, not that others will not: where none of n failed, the rate may still be \
         3 / n.</p>\n\
         <p>Offsets are code points from 0. Left: letters and digits left, of all. What share is enough is for \
         people to decide.</p>\n",
        number(report.rounds as usize)
    )
}

/// The places where it failed; text only where the report has it.
fn failures(report: &Report) -> String {
    let mut out = String::from("<h2>Where it failed</h2>\n");
    if report.failures.is_empty() {
        out.push_str("<p>Nowhere.</p>\n");
        return out;
    }
    let is_missed = |failure: &&Failure| matches!(failure.kind, Kind::Missed(..));
    let kinds: [(&str, &str, Vec<&Failure>); 3] = [
        ("Left in the text", "Left", report.failures.iter().filter(is_missed).collect()),
        ("Predictions that touch nothing", "Length", of(report, Kind::Idle)),
        ("Codes that were touched", "Length", of(report, Kind::Code)),
    ];
    for (name, length, failures) in kinds.iter().filter(|(_, _, failures)| !failures.is_empty()) {
        let beyond = failures.len().saturating_sub(EVAL_LISTED_MAX);
        let more = match beyond {
            0 => String::new(),
            _ => format!("; the first {}", number(EVAL_LISTED_MAX)),
        };
        let around = if report.shows { "<th scope=\"col\">Text around</th>" } else { "" };
        let _ = write!(
            out,
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{name}\">\n<table>\n\
             <caption>{name}: {}{more}</caption>\n<thead><tr><th scope=\"col\">Document</th>\
             <th scope=\"col\">Offsets</th><th scope=\"col\">Class</th>\
             <th scope=\"col\" class=\"n\">{length}</th>{around}</tr></thead>\n<tbody>\n",
            number(failures.len()),
        );
        failures.iter().take(EVAL_LISTED_MAX).for_each(|one| failure(&mut out, one, report.shows));
        out.push_str("</tbody>\n</table>\n</div>\n");
    }
    out
}

fn of(report: &Report, kind: Kind) -> Vec<&Failure> {
    report.failures.iter().filter(|failure| failure.kind == kind).collect()
}

fn failure(out: &mut String, one: &Failure, shows: bool) {
    let offsets: Vec<_> =
        one.mark.parts.iter().map(|(start, end)| format!("{start}\u{2013}{end}")).collect();
    let class = one.mark.class.map_or_else(
        || if one.kind == Kind::Code { "code".to_string() } else { named(&one.mark.label) },
        |class| class.name().to_string(),
    );
    let length = match one.kind {
        Kind::Missed(letters, left) => format!("{left} of {letters}"),
        Kind::Idle | Kind::Code => {
            number(one.mark.parts.iter().map(|(start, end)| end - start).sum())
        }
    };
    let _ = write!(
        out,
        "<tr><th scope=\"row\"><code>{}</code></th><td class=\"range\">{}</td><td>{class}</td><td class=\"n\">{length}</td>",
        escape(&one.id),
        offsets.join("; "),
    );
    if shows {
        out.push_str("<td class=\"around\">");
        for (inside, run) in &one.around {
            let run = escape(run);
            out.push_str(&if *inside { format!("<mark>{run}</mark>") } else { run });
        }
        out.push_str("</td>");
    }
    out.push_str("</tr>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::{Labels, compare, read_line};

    #[test]
    fn a_list_has_a_bound_and_says_how_many_there_are() {
        let n = EVAL_LISTED_MAX + 5;
        let spans: Vec<_> = (0..n)
            .map(|at| format!("{{\"start\":{at},\"end\":{},\"class\":\"mrn\"}}", at + 1))
            .collect();
        let line = |spans: &str| {
            format!("{{\"id\":1,\"text\":\"{}\",\"spans\":[{spans}]}}", "7".repeat(n))
        };
        let read = |spans: &str| [read_line(&line(spans), &Labels::default()).expect("a document")];
        let report = compare(&read(&spans.join(",")), &read(""), 5, false).expect("a report");
        let about = About { gold: "g", found: "f", version: "0", date: "2026-01-01" };
        let page = page(&report, &about);
        assert!(page.contains("Left in the text: 1,005; the first 1,000"), "{page}");
        assert_eq!(page.matches("<td class=\"n\">1 of 1</td>").count(), EVAL_LISTED_MAX);
        let nothing = super::page(&compare(&[], &[], 5, false).expect("a report"), &about);
        assert!(nothing.contains("No document of the gold standard has an identifier."));
        assert!(!nothing.contains("NaN") && !page.contains("NaN"));
    }
}

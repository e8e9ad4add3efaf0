//! brat's stand-off format: `NAME.txt` is the text, `NAME.ann` has a line for each annotation.
//! `T1<TAB>LABEL 0 4;6 9<TAB>the text there` marks a piece of text, in one part or several. Lines of
//! relations, events, attributes, notes and normalisations mark none and are passed over.

use super::{Document, Labels, Mark, Misfit};
use std::collections::BTreeSet;

/// First letters of lines that mark no text: relations, equivalences, events, attributes, notes,
/// normalisations.
const OTHER: &[char] = &['R', '*', 'E', 'A', 'M', '#', 'N'];

/// Longest label, in bytes.
const LABEL_BYTES_MAX: usize = 64;

/// A text and its annotations. Whatever is not certain is a misfit: a mark that is lost would count as
/// one that was never there.
pub fn read_brat(
    id: &str,
    text: &str,
    annotations: &str,
    labels: &Labels,
) -> Result<Document, Misfit> {
    let chars: Vec<char> = text.chars().collect();
    let (mut marks, mut ids) = (Vec::new(), BTreeSet::new());
    for (n, line) in annotations.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let misfit = |what| Misfit { line: n + 1, what };
        if line.is_empty() || line.starts_with(OTHER) {
            continue;
        }
        if !line.starts_with('T') {
            return Err(misfit("it begins with no letter of brat's"));
        }
        let mut columns = line.splitn(3, '\t');
        let (Some(name), Some(middle), Some(copy)) =
            (columns.next(), columns.next(), columns.next())
        else {
            return Err(misfit("it has no three columns with tabs between them"));
        };
        if !ids.insert(name) {
            return Err(misfit("its id was given before"));
        }
        let (label, places) = middle.split_once(' ').ok_or(misfit("it has no offsets"))?;
        // A label is shown: what does not look like one may be a piece of a text.
        let plain = |c: char| c.is_ascii_alphanumeric() || "_-.:/".contains(c);
        if label.is_empty() || label.len() > LABEL_BYTES_MAX || !label.chars().all(plain) {
            return Err(misfit("its label is none"));
        }
        let parts = parts(places).ok_or(misfit("its offsets are no pairs of numbers that rise"))?;
        let class = labels.class(label);
        let mark = Mark { parts, class, label: label.to_string() };
        if mark.end() > chars.len() {
            return Err(misfit("its offsets are beyond the end of the text"));
        }
        if !is_copy(&chars, &mark, copy) {
            return Err(misfit("its text is not the one at its offsets (code points from 0)"));
        }
        marks.push(mark);
    }
    marks.sort_by(|a, b| a.parts.cmp(&b.parts));
    Ok(Document { id: id.to_string(), text: Some(text.to_string()), marks, codes: Vec::new() })
}

/// `0 4` or `0 4;6 9`: not empty, and each part behind the one before it.
fn parts(places: &str) -> Option<Vec<(usize, usize)>> {
    let mut parts = Vec::new();
    let mut behind = 0;
    for part in places.split(';') {
        let (start, end) = part.split_once(' ')?;
        let number = |text: &str| {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| text.parse::<usize>().ok()).flatten()
        };
        let (start, end) = (number(start)?, number(end)?);
        if start < behind || start >= end {
            return None;
        }
        behind = end;
        parts.push((start, end));
    }
    Some(parts)
}

/// An annotation repeats the text of its parts, with a space between them and in place of line ends.
fn is_copy(chars: &[char], mark: &Mark, copy: &str) -> bool {
    let flat = |c: char| if c.is_whitespace() { ' ' } else { c };
    let mut there = String::new();
    for (n, (start, end)) in mark.parts.iter().enumerate() {
        if n > 0 {
            there.push(' ');
        }
        there.extend(chars[*start..*end].iter().copied().map(flat));
    }
    there.chars().eq(copy.chars().map(flat))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phi::Class;

    /// Code points: `é` and the face are one each.
    const TEXT: &str = "Caf\u{e9} \u{1f600}\nMr Jos\u{e9} de\nla Paz, MRN 123456.";

    fn read(annotations: &str) -> Result<Vec<Mark>, Misfit> {
        read_brat("n", TEXT, annotations, &Labels::default()).map(|document| document.marks)
    }

    #[test]
    fn marks_are_read_in_code_points_and_other_lines_passed_over() {
        let marks = read(
            "T2\tID 30 36\t123456\r\nR1\tOf Arg1:T1 Arg2:T2\nE1\tX:T1\nA1\tY T1\nM1\tY T1\n#1\tAnnotatorNotes T1\tsure\n\
             N1\tReference T1 X:1\tx\n*\tEquiv T1 T2\n\nT1\tPERSON 10 14;18 24\tJos\u{e9} la Paz\n",
        )
        .unwrap();
        assert_eq!(marks[0].parts, [(10, 14), (18, 24)]);
        assert_eq!(marks[0].class, Some(Class::PersonName));
        assert_eq!((marks[1].parts[0], marks[1].class), ((30, 36), Some(Class::UniqueId)));
        let over_a_line_end = read("T1\tPERSON 10 24\tJos\u{e9} de la Paz").unwrap();
        assert_eq!(over_a_line_end[0].parts, [(10, 24)]);
        assert_eq!(read("").unwrap(), []);
    }

    #[test]
    fn a_malformed_line_is_named_by_its_number_and_never_passed_over() {
        for (line, what) in [
            ("X1\tID 30 36\t123456", "no letter of brat's"),
            (" T1\tID 30 36\t123456", "no letter of brat's"),
            ("T1 ID 30 36 123456", "three columns"),
            ("T1\tID 30 36", "three columns"),
            ("T1\tID\t123456", "no offsets"),
            ("T1\t 30 36\t123456", "label"),
            ("T1\tJos\u{e9} 30 36\t123456", "label"),
            ("T1\tID  30 36\t123456", "pairs of numbers"),
            ("T1\tID 28\t123456", "pairs of numbers"),
            ("T1\tID 28 +34\t123456", "pairs of numbers"),
            ("T1\tID 34 28\t123456", "pairs of numbers"),
            ("T1\tID 28 28\t", "pairs of numbers"),
            ("T1\tID 18 24;10 14\tx", "pairs of numbers"),
            ("T1\tID 10 14;\tx", "pairs of numbers"),
            ("T1\tID 28 99999999999999999999\t123456", "pairs of numbers"),
            ("T1\tID 30 38\t123456.", "beyond the end"),
            ("T1\tID 29 35\t123456", "not the one at its offsets"),
            ("T1\tID 30 36\t123456 ", "not the one at its offsets"),
            ("T1\tID 30 36\t12345", "not the one at its offsets"),
            ("T0\tID 30 36\t123456", "given before"),
        ] {
            let misfit = read(&format!("T0\tID 30 36\t123456\n{line}")).unwrap_err();
            assert!(misfit.line == 2 && misfit.what.contains(what), "{line}: {misfit:?}");
        }
    }
}

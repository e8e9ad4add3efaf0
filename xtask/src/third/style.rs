//! What happens to a whole text of the third set: upper or lower case, hard line ends.

use fastrand::Rng;

use crate::draft::Draft;

/// Skeletons that are always in capitals.
const UPPER: &[&str] = &["caps transcription"];
/// Skeletons that are never in capitals.
const LOWER: &[&str] = &["shorthand", "dictation"];
/// Skeletons whose lines are left alone.
const LAYED_OUT: &[&str] =
    &["obx lines", "adt dump", "lab print-out", "ccd print", "pulmonary function"];

/// Changes the text and leaves every mark where it is.
pub(super) fn restyle(name: &str, rng: &mut Rng, draft: &mut Draft) {
    let dice = rng.u8(..100);
    if UPPER.contains(&name) || dice < 4 {
        draft.text = cased(&draft.text, |c| c.to_uppercase().next());
    } else if LOWER.contains(&name) || dice < 8 {
        draft.text = cased(&draft.text, |c| c.to_lowercase().next());
    }
    if !LAYED_OUT.contains(&name) && rng.u8(..8) == 0 {
        let width = rng.usize(64..92);
        draft.text = wrapped(&draft.text, width);
    }
}

/// In other case, where that takes as many bytes.
fn cased(text: &str, to: fn(char) -> Option<char>) -> String {
    let change = |c: char| to(c).filter(|new| new.len_utf8() == c.len_utf8()).unwrap_or(c);
    text.chars().map(change).collect()
}

/// With a line end in place of the last blank before that many bytes.
fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut start, mut blank) = (0, None);
    for c in text.chars() {
        if c == '\n' {
            (start, blank) = (out.len() + 1, None);
        } else if c == ' ' {
            blank = Some(out.len());
        }
        out.push(c);
        if let Some(at) = blank
            && out.len() - start > width
        {
            out.replace_range(at..=at, "\n");
            (start, blank) = (at + 1, None);
        }
    }
    out
}

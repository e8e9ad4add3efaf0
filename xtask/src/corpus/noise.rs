//! What happens to texts on their way: capitals, typing errors, scanners, line ends.

use super::people;
use crate::draft::{Draft, Mark};
use fastrand::Rng;

/// Puts a text through none, one or two of the noises.
pub(crate) fn disturb(mut draft: Draft, rng: &mut Rng) -> Draft {
    if rng.u8(..4) == 0 {
        draft = reword(&draft, rng);
    }
    let dictated = draft.text.contains(" period ") && rng.u8(..3) > 0;
    match rng.u8(..100) {
        _ if dictated => draft = whisper(&draft),
        0..8 => draft = shout(&draft),
        8..16 => draft = whisper(&draft),
        16..22 => draft = scan(&draft, rng),
        22..29 => draft = mistype(&draft, rng),
        29..34 => {
            draft = rebuild(&draft, |i, ch, marked, out| {
                let behind = draft.marks.iter().any(|mark| mark.end == i);
                if marked || behind || !matches!(ch, '.' | ',') || rng.u8(..3) == 0 {
                    out.push(ch);
                }
            })
        }
        34..44 => {
            let width = rng.usize(50..90);
            draft = wrap(&draft, width);
        }
        _ => {}
    }
    match rng.u8(..24) {
        0 | 1 => rebuild(&draft, |_, ch, _, out| {
            if ch == '\n' {
                out.push('\r');
            }
            out.push(ch);
        }),
        2 => rebuild(&draft, |i, ch, marked, out| {
            let colon = i > 0 && draft.text.as_bytes()[i - 1] == b':';
            out.push(if ch == ' ' && colon && !marked { '\t' } else { ch });
        }),
        3 => rebuild(&draft, |_, ch, marked, out| {
            if ch == '\n' && !marked {
                out.push_str("\n  ");
            } else {
                out.push(ch);
            }
        }),
        _ => draft,
    }
}

/// Writes a text anew, character by character; marks keep their places. What `each` leaves out
/// must not stand in a mark.
fn rebuild(draft: &Draft, mut each: impl FnMut(usize, char, bool, &mut String)) -> Draft {
    let mut out = Draft::default();
    let mut marks = draft.marks.iter().peekable();
    let mut open: Option<(usize, &Mark)> = None;
    for (i, ch) in draft.text.char_indices() {
        if let Some((start, mark)) = open
            && mark.end <= i
        {
            out.marks.push(Mark { start, end: out.text.len(), class: mark.class });
            open = None;
        }
        if open.is_none() && marks.peek().is_some_and(|mark| mark.start == i) {
            open = marks.next().map(|mark| (out.text.len(), mark));
        }
        each(i, ch, open.is_some(), &mut out.text);
    }
    if let Some((start, mark)) = open {
        out.marks.push(Mark { start, end: out.text.len(), class: mark.class });
    }
    out
}

/// All in capitals.
pub(super) fn shout(draft: &Draft) -> Draft {
    rebuild(draft, |_, ch, _, out| out.extend(ch.to_uppercase()))
}

/// All in small letters.
pub(super) fn whisper(draft: &Draft) -> Draft {
    rebuild(draft, |_, ch, _, out| out.extend(ch.to_lowercase()))
}

/// With some words outside the identifiers changed for others, so that no sentence is learnt by
/// heart.
fn reword(draft: &Draft, rng: &mut Rng) -> Draft {
    let mut out = Draft::default();
    let mut marks = draft.marks.iter().peekable();
    let mut rest = draft.text.as_str();
    while let Some(first) = rest.chars().next() {
        let at = draft.text.len() - rest.len();
        if let Some(mark) = marks.next_if(|mark| mark.start == at) {
            out.mark(mark.class, &rest[..mark.end - at]);
            rest = &rest[mark.end - at..];
            continue;
        }
        let stop = marks.peek().map_or(rest.len(), |mark| mark.start - at);
        let end = rest[..stop].find(|ch: char| !ch.is_ascii_alphabetic()).unwrap_or(stop);
        let end = if end == 0 { first.len_utf8() } else { end };
        let word = &rest[..end];
        let plain = word.len() > 3 && word[1..].bytes().all(|byte| byte.is_ascii_lowercase());
        if plain && !TITLES.contains(&word) && rng.u8(..16) == 0 {
            let other = people::word(rng);
            match first.is_ascii_uppercase() {
                true => out.say(&people::titled(other)),
                false => out.say(other),
            }
        } else {
            out.say(word);
        }
        rest = &rest[end..];
    }
    out
}

/// Words that make what follows a name.
const TITLES: [&str; 6] = ["Doctor", "Nurse", "Mister", "Miss", "Dear", "County"];

/// As a scanner reads it.
fn scan(draft: &Draft, rng: &mut Rng) -> Draft {
    let mut point = false;
    rebuild(draft, |_, ch, marked, out| {
        let after_point = std::mem::replace(&mut point, ch == '.');
        match ch {
            ' ' if after_point && !marked && rng.u8(..4) == 0 => {}
            ' ' if rng.u8(..30) == 0 => out.push('\n'),
            ' ' if rng.u8(..14) == 0 => out.push_str("  "),
            'l' if !marked && rng.u8(..40) == 0 => out.push('1'),
            '1' if !marked && rng.u8(..40) == 0 => out.push('l'),
            'o' if !marked && rng.u8(..90) == 0 => out.push('0'),
            _ => out.push(ch),
        }
    })
}

/// With errors of typing; identifiers stay as they are.
fn mistype(draft: &Draft, rng: &mut Rng) -> Draft {
    rebuild(draft, |_, ch, marked, out| {
        if marked || !ch.is_ascii_lowercase() || rng.u8(..60) > 0 {
            out.push(ch);
            return;
        }
        match rng.u8(..3) {
            0 => {}
            1 => {
                out.push(ch);
                out.push(ch);
            }
            _ => out.push(char::from(b'a' + rng.u8(..26))),
        }
    })
}

/// Broken into lines of a width, wherever that falls.
fn wrap(draft: &Draft, width: usize) -> Draft {
    let mut column = 0;
    rebuild(draft, |_, ch, _, out| {
        column += 1;
        if ch == '\n' {
            column = 0;
        }
        if ch == ' ' && column > width {
            column = 0;
            out.push('\n');
        } else {
            out.push(ch);
        }
    })
}

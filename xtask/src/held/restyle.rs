//! Ways in which a finished text is typed: case, punctuation, line breaks, slips of the finger.

use fastrand::Rng;

use crate::draft::{Draft, Mark};

/// Writes a draft anew, piece by piece: words between marks, and the marks.
pub(super) fn rewrite(
    draft: &Draft,
    mut words: impl FnMut(&str) -> String,
    mut value: impl FnMut(&Mark, &str) -> String,
) -> Draft {
    let mut out = Draft::default();
    let mut at = 0;
    for mark in &draft.marks {
        out.say(&words(&draft.text[at..mark.start]));
        out.mark(mark.class, &value(mark, &draft.text[mark.start..mark.end]));
        at = mark.end;
    }
    out.say(&words(&draft.text[at..]));
    out
}

/// True for classes whose values are words, of which the case is free.
fn is_wordy(class: &str) -> bool {
    matches!(
        class,
        "person_name"
            | "provider_name"
            | "organization"
            | "street"
            | "city"
            | "county"
            | "state"
            | "country"
            | "date"
            | "birth_date"
            | "death_date"
            | "age"
    )
}

/// All in capitals.
pub(super) fn upper(draft: Draft) -> Draft {
    rewrite(&draft, str::to_uppercase, |mark, value| match mark.class {
        "url" | "email" => value.to_string(),
        _ => value.to_uppercase(),
    })
}

/// All in lower case.
pub(super) fn lower(draft: Draft) -> Draft {
    rewrite(&draft, str::to_lowercase, |mark, value| {
        if is_wordy(mark.class) { value.to_lowercase() } else { value.to_string() }
    })
}

/// Without full stops, commas and semicolons at the ends of words.
pub(super) fn bare(draft: Draft) -> Draft {
    let words = |text: &str| {
        let mut out = String::with_capacity(text.len());
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let ends = chars.peek().is_some_and(|next| next.is_whitespace());
            if !(matches!(c, '.' | ',' | ';') && ends) {
                out.push(c);
            }
        }
        out
    };
    rewrite(&draft, words, |_, value| value.to_string())
}

/// With one piece of text for another, outside of marks.
pub(super) fn swap(draft: Draft, from: &str, to: &str) -> Draft {
    rewrite(&draft, |words| words.replace(from, to), |_, value| value.to_string())
}

/// On one line.
pub(super) fn joined(draft: Draft) -> Draft {
    swap(swap(draft, "\n\n", "  "), "\n", " ")
}

/// Lines of at most so many characters, broken at blanks, marks' blanks too.
pub(super) fn wrap(mut draft: Draft, width: usize) -> Draft {
    let mut bytes = std::mem::take(&mut draft.text).into_bytes();
    let (mut column, mut blank) = (0, None);
    for at in 0..bytes.len() {
        match bytes[at] {
            b'\n' => (column, blank) = (0, None),
            b' ' => blank = Some(at),
            _ => {}
        }
        // Continuation bytes take no column.
        column += usize::from(bytes[at] & 0xc0 != 0x80);
        if let (true, Some(cut)) = (column > width, blank) {
            bytes[cut] = b'\n';
            (column, blank) = (at - cut, None);
        }
    }
    draft.text = String::from_utf8(bytes).unwrap_or_default();
    draft
}

/// Cut behind a whole line, or else a whole mark, before so many bytes.
pub(super) fn shorten(mut draft: Draft, most: usize) -> Draft {
    if draft.text.len() <= most {
        return draft;
    }
    let end = draft.text.floor_char_boundary(most);
    let mut cut = draft.text[..end].rfind(['\n', ' ']).unwrap_or(end);
    while let Some(mark) = draft.marks.iter().find(|mark| mark.start < cut && cut < mark.end) {
        cut = mark.start;
    }
    draft.marks.retain(|mark| mark.end <= cut);
    draft.text.truncate(cut);
    draft
}

/// In some notes a few words outside of marks lose or swap letters.
pub(super) fn misspell(draft: Draft, dice: &mut Rng) -> Draft {
    if dice.u8(..6) != 0 {
        return draft;
    }
    let words = |text: &str| {
        let mut out = String::with_capacity(text.len());
        for word in text.split_inclusive(' ') {
            let plain = word.len() > 6 && word.trim_end().bytes().all(|b| b.is_ascii_lowercase());
            if !plain || dice.u8(..18) != 0 {
                out.push_str(word);
                continue;
            }
            let at = dice.usize(2..word.trim_end().len() - 2);
            let (head, tail) = word.split_at(at);
            let (two, rest) = tail.split_at(2);
            out.push_str(head);
            match dice.u8(..3) {
                0 => out.push_str(&two[1..]),
                1 => out.extend(two.chars().rev()),
                _ => out.extend([two, &two[1..]]),
            }
            out.push_str(rest);
        }
        out
    };
    rewrite(&draft, words, |_, value| value.to_string())
}

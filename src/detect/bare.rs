//! Numbers that nothing labels and that are long enough to be of one person or thing: seven digits and more,
//! letters in front of five digits; and where `recall` is asked for, rooms and beds. Codes and values, which
//! look like that too, are left out by `exempt`.

use super::shapes::{self, Shapes};
use super::{Aim, Finding, Layer, Written};
use crate::phi::Class;
use std::sync::LazyLock;

/// A number that says no more of itself.
const SCORE: f32 = 0.6;

/// A shape, and when what it matches counts.
struct Bare {
    rule: &'static str,
    from: Aim,
    chars_min: usize,
    digits_min: usize,
    shape: &'static str,
}

/// Letters or marks and figures that no label makes a number.
const fn alone(chars_min: usize, shape: &'static str) -> Bare {
    let rule = "number that stands alone";
    Bare { rule, from: Aim::Balanced, chars_min, digits_min: 4, shape }
}

const SHAPES: &[Bare] = &[
    // 8812345, no part of a decimal or of a longer number.
    alone(7, r"(?:^|[^A-Za-z0-9_.\-/:+$])(?P<v>\d{7,14})(?:$|[^A-Za-z0-9_\-/:.]|[.](?:$|\D))"),
    // M08841719, SN4653149, A-104482.
    alone(6, r"\b(?P<v>[A-Z]{1,4}-?\d{5,12}[A-Z]?)\b"),
    // 148-84-76, 7027386-7, 23-556-9912.
    alone(
        7,
        r"(?:^|[^A-Za-z0-9_.\-/:+$])(?P<v>\d{2,4}-\d{2,4}-\d{1,4}(?:-\d{1,4})?|\d{6,9}-\d{1,2})(?:$|[^A-Za-z0-9_\-/:.]|[.](?:$|\D))",
    ),
    // 81E89716, PJN5219587H: letters and at least four digits.
    alone(8, r"\b(?P<v>[A-Z]{0,16}[0-9][A-Z0-9]{3,19})\b"),
    // Room 412B, Rm. 5N-04, bed 12, Bed A: says where somebody lay, and who that was only together with a day and a
    // hospital. What looks for all that may be an identifier takes it.
    Bare {
        rule: "room or bed",
        from: Aim::Recall,
        chars_min: 1,
        digits_min: 0,
        shape: r"(?:\b(?i:room|rm|bed|bay)\.?(?i:\s?(?:number|no\.?|#))?[\s:#]{1,2}(?P<v>[A-Z]{0,2}\d{1,4}[A-Za-z]?(?:-\d{1,3}[A-Za-z]?)?|[A-H])\b)",
    },
];
/// Most characters of such a number.
const CHARS_MAX: usize = 20;

static NUMBERS: LazyLock<Shapes> =
    LazyLock::new(|| Shapes::new(SHAPES.iter().map(|bare| bare.shape)));

pub(super) fn find(text: &str, aim: Aim, work: &mut shapes::Work, out: &mut Vec<Finding>) {
    NUMBERS.find(text, work, |at, span| {
        let bare = &SHAPES[at];
        let value = &text[span.range()];
        let digits = value.bytes().filter(u8::is_ascii_digit).count();
        if aim < bare.from
            || digits < bare.digits_min
            || !(bare.chars_min..=CHARS_MAX).contains(&value.len())
            || value.starts_with("NCT")
            || bare.from == Aim::Recall && is_counted(&text[span.end as usize..])
        {
            return;
        }
        out.push(Finding {
            span,
            class: Class::UniqueId,
            layer: Layer::Pattern,
            known: None,
            score: SCORE,
            rule: bare.rule,
            written: Written::Whole,
        });
    });
}

/// `to bed 10 pm`, `out of bed 3 times`.
fn is_counted(behind: &str) -> bool {
    let word = behind.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next();
    word.is_some_and(|word| {
        ["am", "pm", "times", "x"].contains(&word.to_ascii_lowercase().as_str())
    })
}

#[cfg(test)]
pub(super) fn shapes() -> &'static Shapes {
    &NUMBERS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_found_and_values_are_not() {
        for (text, want) in [
            ("seen 8812345, again.", &["8812345"][..]),
            ("(M08841719) and A-104482.", &["M08841719", "A-104482"]),
            ("7027386-7; 148-84-76", &["7027386-7", "148-84-76"]),
            ("camera 81E89716", &["81E89716"]),
            ("BP 120/80, 12345, 1.2345678, 2345-7, HYPERTENSION, NCT01234567, E11.9", &[]),
        ] {
            let mut out = Vec::new();
            find(text, Aim::Balanced, &mut shapes::Work::default(), &mut out);
            out.sort_by_key(|finding| finding.span.start);
            out.dedup();
            let found: Vec<_> = out.iter().map(|f| &text[f.span.range()]).collect();
            assert_eq!(found, want, "{text}");
        }
    }

    #[test]
    fn rooms_and_beds_are_found_where_recall_is_asked_for() {
        let text = "Moved to Room 412B, rm. 5N-04 bed 12, ICU Bed: A; on room air, bed rest, in bed 2 hours, to bed 10 pm, out of bed 3 times.";
        let found = |aim| {
            let (mut prose, mut out) = (crate::detect::Prose::default(), Vec::new());
            let known = crate::detect::Known::default();
            crate::detect::detect(text, &known, aim, &mut prose, &mut out).expect("cheap");
            out.iter().map(|one| &text[one.span.range()]).collect::<Vec<_>>()
        };
        assert_eq!(found(Aim::Recall), ["412B", "5N-04", "12", "A"]);
        assert_eq!(found(Aim::Balanced), [""; 0]);
    }
}

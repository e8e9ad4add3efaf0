//! How a page spells shares, counts, and text that is not its own.

use super::Share;
use crate::phi::grouped;

/// A share in per cent. It says 100 where all is right, and 0 where nothing is, and nowhere else.
pub(super) fn percent(share: f64) -> String {
    match share {
        share if share.is_nan() => "none".to_string(),
        1.0 => "100".to_string(),
        0.0 => "0".to_string(),
        share if share > 0.9995 => "&gt; 99.9".to_string(),
        share if share < 0.0005 => "&lt; 0.1".to_string(),
        share => format!("{:.1}", share * 100.0),
    }
}

/// The ends of an interval.
pub(super) fn range(share: &Share) -> String {
    if share.low.is_nan() {
        return String::new();
    }
    format!("{} to {}", percent(share.low), percent(share.high))
}

/// A count with commas between its thousands.
pub(super) fn number(n: usize) -> String {
    grouped(n as u128)
}

/// A count and what is counted.
pub(super) fn counted(n: usize, what: &str) -> String {
    format!("{} {what}{}", number(n), if n == 1 { "" } else { "s" })
}

/// Text as HTML shows it, in an element and in an attribute. Characters that HTML does not have are
/// replaced.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_is_said_where_all_is_right_and_nowhere_else() {
        for (share, said) in [
            (1.0, "100"),
            (0.9999, "&gt; 99.9"),
            (0.9994, "99.9"),
            (0.5, "50.0"),
            (0.0004, "&lt; 0.1"),
            (0.0, "0"),
            (f64::NAN, "none"),
        ] {
            assert_eq!(percent(share), said);
        }
    }
}

//! Markup in prose: what is found over its tags is taken out around them, and the names of elements are nobody's.

use crate::phi::Span;
use std::borrow::Cow;

/// Marks in the names of elements.
const NAME_MARKS: &[char] = &[':', '-', '_', '.'];

/// Whether a text ends inside of a tag.
pub(super) fn in_tag(before: &str) -> bool {
    open_tag(before).is_some()
}

fn open_tag(before: &str) -> Option<&str> {
    let at = memchr::memrchr2(b'<', b'>', before.as_bytes())?;
    before[at..].strip_prefix('<')
}

/// The parts of a span of `text` that lie outside of tags, or in the value of an attribute. `is_markup`: every `<`
/// begins a tag; else what looks like one is. Empty where the span is the name of an element.
pub(super) fn outside(text: &str, span: Span, is_markup: bool) -> Vec<Span> {
    let (mut at, end) = (span.start as usize, span.end as usize);
    if let Some(tag) = open_tag(&text[..at]).filter(|_| is_markup) {
        // What begins in a tag ends with the attribute, or with the tag.
        let inside = text[at..end].find(['<', '>', '"', '\'']).map_or(end, |ahead| at + ahead);
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let is_name = name.chars().all(|c| c.is_alphanumeric() || NAME_MARKS.contains(&c));
        if !is_name && inside < end {
            // An attribute, and what stands behind it.
            let mut parts = vec![Span::new(at, inside)];
            let rest = text[inside..end].find('>').map_or(end, |ahead| inside + ahead + 1);
            parts.extend(outside(text, Span::new(rest, end), is_markup));
            return parts;
        }
        if inside == end {
            return if is_name { Vec::new() } else { vec![span] };
        }
        at = text[at..end].find('>').map_or(end, |ahead| at + ahead + 1);
    }
    let mut parts = Vec::new();
    let mut add = |from: usize, to: usize| {
        let part = &text[from..to];
        if part.contains(char::is_alphanumeric) {
            let start = from + part.len() - part.trim_start().len();
            parts.push(Span::new(start, start + part.trim().len()));
        }
    };
    let mut from = at;
    while let Some(ahead) = text[at..end].find('<') {
        let open = at + ahead;
        let close = text[open..end].find('>').map(|ahead| open + ahead + 1);
        let rest = text[open + 1..end].strip_prefix('/').unwrap_or(&text[open + 1..end]);
        match close {
            Some(close) if is_markup || rest.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                add(from, open);
                (at, from) = (close, close);
            }
            // The tag ends behind the span.
            None if is_markup => {
                add(from, open);
                return parts;
            }
            _ => at = open + 1,
        }
    }
    add(from, end);
    parts
}

/// A text without the names of its elements, where it is markup.
pub(super) fn unnamed(text: &str, is_markup: bool) -> Cow<'_, str> {
    if !is_markup || !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let name = rest[at + 1..].strip_prefix('/').unwrap_or(&rest[at + 1..]);
        out.push_str(&rest[..=at]);
        rest = name.trim_start_matches(|c: char| c.is_alphanumeric() || NAME_MARKS.contains(&c));
        out.push(' ');
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of what stands between the bars.
    fn parts(text: &str, is_markup: bool) -> Vec<String> {
        let (start, rest) = text.split_once('|').expect("a bar");
        let (middle, end) = rest.split_once('|').expect("a bar");
        let text = format!("{start}{middle}{end}");
        let span = Span::new(start.len(), start.len() + middle.len());
        outside(&text, span, is_markup).iter().map(|part| text[part.range()].to_string()).collect()
    }

    #[test]
    fn tags_are_left_out() {
        for (text, want) in [
            ("seen |Haver<b>ford</b>| today", vec!["Haver", "ford"]),
            ("<b>|K</b>owalczyk|", vec!["K", "owalczyk"]),
            ("<b>|Jane| Lee</b>", vec!["Jane"]),
            ("<|list|><item>Franz</item>", vec![]),
            ("</|list|>", vec![]),
            ("<|list><item>Dr. Franz List|</item>", vec!["Dr. Franz List"]),
            ("<li class=\"|Li|\">", vec!["Li"]),
            ("<li class=\"|Li\">Wei Li|</li>", vec!["Li", "Wei Li"]),
            ("|Wei <br/> Li</l|i>", vec!["Wei", "Li"]),
        ] {
            assert_eq!(parts(text, true), want, "{text}");
        }
        assert_eq!(parts("a |Haver<b>ford</b>| < 3", false), ["Haver", "ford"]);
        assert_eq!(parts("|Lee <3 Jane|", false), ["Lee <3 Jane"]);
        assert_eq!(parts("<|Jane Lee|>", false), ["Jane Lee"]);
    }
}

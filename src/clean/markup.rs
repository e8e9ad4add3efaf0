//! Markup in prose: what is found over its tags is taken out around them, and the names of elements are nobody's.

use crate::detect::tag;
use crate::phi::Span;
use std::borrow::Cow;
use std::ops::Range;

/// How far in front of a finding the tag may begin that it stands in, in bytes.
const BACK_BYTES_MAX: usize = 4096;

/// What is to be done about a finding in markup.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// Where its token goes; nowhere where it is the name of an element.
    pub(super) first: Option<Span>,
    /// What else of it goes: its other parts, attributes of the tags between, and comments.
    pub(super) rest: Vec<Span>,
}

/// The tag that a place of a text stands in: where its name ends, and where it ends.
fn around(text: &str, at: usize) -> Option<(Range<usize>, usize)> {
    let from = text.floor_char_boundary(at.saturating_sub(BACK_BYTES_MAX));
    let open =
        memchr::memrchr2(b'<', b'>', &text.as_bytes()[from..at]).map(|ahead| from + ahead)?;
    let tag = tag(&text[open..])?;
    let (name, end) = (open + tag.name.start..open + tag.name.end, open + tag.length);
    (end > at).then_some((name, end))
}

/// Whether a place of a text is inside of a tag.
pub(super) fn in_tag(text: &str, at: u32) -> bool {
    around(text, at as usize).is_some()
}

/// The parts of a finding. `is_markup`: a tag may have any name; else only those of HTML and of CDA's narrative are tags.
pub(super) fn parts(text: &str, span: Span, is_markup: bool) -> Parts {
    let (mut at, end) = (span.start as usize, span.end as usize);
    let mut parts = Parts::default();
    let is_tag = |known: bool| is_markup || known;
    if let Some((name, close)) = around(text, at).filter(|_| is_markup) {
        if end <= close {
            // The value of an attribute; or a name.
            parts.first = (at >= name.end).then_some(span);
            return parts;
        }
        // What begins in a tag and goes on behind it: the attribute is looked at no more.
        if at >= name.end {
            parts.rest.push(Span::new(name.end, close - 1));
        }
        at = close;
    }
    let mut add = |from: usize, to: usize| {
        let part = &text[from..to];
        if part.contains(char::is_alphanumeric) {
            let start = from + part.len() - part.trim_start().len();
            let part = Span::new(start, start + part.trim().len());
            match parts.first {
                None => parts.first = Some(part),
                Some(_) => parts.rest.push(part),
            }
        }
    };
    let (mut from, mut inside) = (at, Vec::new());
    while let Some(ahead) = text[at..end].find('<') {
        let open = at + ahead;
        let Some(tag) = tag(&text[open..]).filter(|tag| is_tag(tag.is_known)) else {
            at = open + 1;
            continue;
        };
        add(from, open);
        let close = open + tag.length;
        let attributes = open + tag.name.end..close - tag.closing;
        if text[attributes.clone()].contains(char::is_alphanumeric) {
            inside.push(Span::new(attributes.start, attributes.end));
        }
        // The tag may end behind the finding.
        (at, from) = (close.min(end), close.min(end));
    }
    add(from, end);
    parts.rest.append(&mut inside);
    parts.rest.sort_unstable_by_key(|part| part.start);
    parts
}

/// A text without the names of its elements, where it is markup. Names that are none of HTML's and of CDA's narrative
/// are looked at.
pub(super) fn unnamed(text: &str, is_markup: bool) -> Cow<'_, str> {
    if !is_markup || !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let name = tag(&rest[at..]).filter(|tag| tag.is_known).map_or(1..1, |tag| tag.name);
        out.push_str(&rest[..at + name.start]);
        rest = &rest[at + name.end..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of what stands between the bars, the first in front.
    fn of(text: &str, is_markup: bool) -> Vec<String> {
        let (start, rest) = text.split_once('|').expect("a bar");
        let (middle, end) = rest.split_once('|').expect("a bar");
        let text = format!("{start}{middle}{end}");
        let span = Span::new(start.len(), start.len() + middle.len());
        let Parts { first, rest } = parts(&text, span, is_markup);
        first.iter().chain(&rest).map(|part| text[part.range()].to_string()).collect()
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
            ("<li class=\"|Li\">Wei Li|</li>", vec!["Wei Li", " class=\"Li\""]),
            ("|Wei <br/> Li</l|i>", vec!["Wei", "Li"]),
            ("|Whit<a href=\"tel:5\">aker|</a>", vec!["Whit", " href=\"tel:5\"", "aker"]),
            ("|Whit<!-- Jane -->aker|", vec!["Whit", " Jane ", "aker"]),
            ("x < 5, |Maria| saw", vec!["Maria"]),
            ("<|Maria| saw", vec!["Maria"]),
        ] {
            assert_eq!(of(text, true), want, "{text}");
        }
        for (text, want) in [
            ("a |Haver<b>ford</b>| < 3", vec!["Haver", "ford"]),
            ("|Lee <3 Jane|", vec!["Lee <3 Jane"]),
            ("<|Jane Lee|>", vec!["Jane Lee"]),
            ("|Ingrid <Inge> Whitaker|", vec!["Ingrid <Inge> Whitaker"]),
            ("|SSN 123-45<b 617-555-0199>-6789</b>|", vec!["SSN 123-45", " 617-555-0199", "-6789"]),
        ] {
            assert_eq!(of(text, false), want, "{text}");
        }
    }

    #[test]
    fn names_of_elements_say_nothing_and_others_do() {
        let text = "<list><item a=\"x\">1 < 2</item></list><Haverford>";
        assert_eq!(unnamed(text, true), "<>< a=\"x\">1 < 2</></><Haverford>");
        assert_eq!(unnamed(text, false), text);
    }
}

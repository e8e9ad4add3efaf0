//! Markup in prose: what is found over its tags is taken out around them, and the names of elements are nobody's.

use crate::detect::{TAG_BYTES_MAX, Tag, tag};
use crate::phi::Span;
use std::ops::Range;

/// Attributes whose values are words for people.
const WORDS: &[&str] = &["title", "alt", "abbr", "summary", "label", "aria-label", "placeholder"];

/// Where a place of a text is that stands in a tag.
#[derive(Debug)]
enum Inside {
    /// In a name, or between values.
    Name,
    /// In the value of an attribute, or what a comment says; of people's words, or not.
    Value(Range<usize>, bool),
}

/// The values of a tag, as offsets in its text, with the names that they have.
fn values<'a>(text: &'a str, tag: &Tag) -> impl Iterator<Item = (Range<usize>, &'a str)> {
    let (mut at, end) = (tag.name.end, tag.length - tag.closing);
    let mut comment = (tag.closing > 1).then_some((at..end, ""));
    std::iter::from_fn(move || {
        if tag.closing > 1 {
            return comment.take();
        }
        let open = at + text.get(at..end)?.find(['"', '\''])?;
        let quote = char::from(text.as_bytes()[open]);
        let close = open + 1 + text[open + 1..end].find(quote)?;
        let name = text[at..open].trim().trim_end_matches('=').trim();
        at = close + 1;
        Some((open + 1..close, name))
    })
}

/// The tag that a place of a text stands in: where in it, and where it ends.
fn around(text: &str, at: usize) -> Option<(Inside, usize)> {
    /// A comment may hold a `<`, and what stands there may be no tag.
    const TRIES: usize = 3;
    let from = text.floor_char_boundary(at.saturating_sub(TAG_BYTES_MAX));
    let opens = memchr::memrchr_iter(b'<', &text.as_bytes()[from..at]);
    for open in opens.take(TRIES).map(|ahead| from + ahead) {
        let Some(tag) = tag(&text[open..]).filter(|tag| open + tag.length > at) else { continue };
        let mut values = values(&text[open..], &tag);
        let value = values.find(|(value, _)| (value.start..=value.end).contains(&(at - open)));
        let inside = value.map_or(Inside::Name, |(value, name)| {
            let is_words =
                name.is_empty() || WORDS.iter().any(|word| word.eq_ignore_ascii_case(name));
            Inside::Value(open + value.start..open + value.end, is_words)
        });
        return Some((inside, open + tag.length));
    }
    None
}

/// Whether a place of a text is inside of a tag, and not in words.
pub(super) fn in_tag(text: &str, at: u32) -> bool {
    around(text, at as usize).is_some_and(|(inside, _)| !matches!(inside, Inside::Value(_, true)))
}

/// What is to be done about a finding in markup.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// Where its token goes; nowhere where it is the name of an element.
    pub(super) first: Option<Span>,
    /// What else of it goes: its other parts, attributes of the tags between, and comments.
    pub(super) rest: Vec<Span>,
}

/// The parts of a finding. `is_markup`: a tag may have any name; else only those of HTML and of CDA's narrative are tags.
pub(super) fn parts(text: &str, span: Span, is_markup: bool) -> Parts {
    let (mut at, end) = (span.start as usize, span.end as usize);
    let mut parts = Parts::default();
    let is_tag = |known: bool| is_markup || known;
    if let Some((inside, close)) = around(text, at).filter(|_| is_markup) {
        // What begins in a value ends with it; what goes on behind the tag goes, too.
        if let Inside::Value(value, _) = inside {
            parts.first =
                Some(Span::new(at, end.min(value.end))).filter(|part| part.start < part.end);
        }
        if end <= close {
            return parts;
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
        let last = text[..close - tag.closing].trim_end_matches('/').len();
        let attributes = open + tag.name.end..last.max(open + tag.name.end);
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

/// Parts of a text of markup that say nothing of anybody: tags of HTML and of CDA's narrative, but for what stands in
/// their quotes.
pub(super) fn silent(text: &str) -> Vec<Range<usize>> {
    let mut silent = Vec::new();
    let mut at = 0;
    while let Some(ahead) = text[at..].find('<') {
        let open = at + ahead;
        at = open + 1;
        let Some(tag) = tag(&text[open..]).filter(|tag| tag.is_known) else { continue };
        let mut from = open + tag.name.start;
        for (value, _) in values(&text[open..], &tag) {
            silent.push(from..open + value.start);
            // In JSON a quote has its escape in front, and no part ends in half of one.
            let end = open + value.end;
            from = end - usize::from(text[..end].ends_with('\\'));
        }
        at = open + tag.length;
        silent.push(from..at - 1);
    }
    silent
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
            ("<li class=\"|Li\">Wei Li|</li>", vec!["Li", "Wei Li"]),
            ("<td |lang|=\"x\">", vec![]),
            ("<!--|http://x.org/Lee-->| text", vec!["http://x.org/Lee"]),
            ("|Wei<br class=\"x\"/>Li|", vec!["Wei", " class=\"x\"", "Li"]),
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
    fn tags_say_nothing_but_in_their_quotes() {
        let text = "<list ID=\"x\"><item a='y'/>1 < 2</item></list><Haverford><!-- z -->";
        let (mut said, mut from) = (String::new(), 0);
        for part in silent(text) {
            said += &text[from..part.start];
            from = part.end;
        }
        said += &text[from..];
        assert_eq!(said, "<x><y>1 < 2</></><Haverford>< z >");
    }

    #[test]
    fn words_are_told_from_what_the_document_needs() {
        for (text, inside) in [
            ("<a title=\"x |Jane\">", false),
            ("<img alt='|Jane'>", false),
            ("<!-- a < b |Jane -->", false),
            ("<li class=\"|Jane\">", true),
            ("<td |lang=\"x\">", true),
            ("<|td>", true),
            ("<td a=\"1 > 0\" title=\"x\" |lang='y'>", true),
            ("x < 5 |Jane > 3", false),
            ("</td>|Jane", false),
        ] {
            let at = text.find('|').expect("a bar");
            assert_eq!(in_tag(&text.replace('|', ""), at as u32), inside, "{text}");
        }
    }
}

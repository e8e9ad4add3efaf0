//! Markup in prose: tags stay, what is found over them is taken out around them, and names of elements and attributes
//! are nobody's.

use crate::detect::{Ends, is_element, tag};
use crate::format::Codec;
use crate::phi::Span;
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use std::ops::Range;

/// Attributes of HTML and of CDA's narrative whose values are words for people.
const WORDS: &str = "abbr alt aria-description aria-label axis cite content label placeholder standby summary title value";
/// Those whose values are names in the document: of one word.
const NAMES: &str = "for form headers id idref list name referencedobject slot usemap";
/// All others.
const OTHERS: &str = "accept accesskey action align alink archive autocomplete background base bgcolor border bordercolor \
    cellpadding cellspacing char charoff charset class classid clear code codebase codetype color cols \
    colspan contenteditable coords data datetime dir download draggable enctype face frame frameborder \
    height high href hreflang hspace http-equiv inputmode itemid itemprop itemref itemtype kind lang \
    language link listtype longdesc low marginheight marginwidth max maxlength media mediatype method \
    min minlength optimum pattern preload profile prompt rel representation rev revised role rows \
    rowspan rules sandbox scheme scope scrolling shape size sizes span spellcheck src srcdoc srclang \
    srcset start step style stylecode tabindex target text translate type valign valuetype version vlink \
    vspace width wrap";
/// Those that need no value.
const FLAGS: &str = "async autofocus autoplay checked compact controls declare default defer disabled hidden ismap \
    itemscope loop multiple muted nohref noresize noshade novalidate nowrap open readonly required \
    reversed selected";

/// What a piece of a text is that is no prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    /// Marks, and names that everybody uses.
    Structure,
    /// The name of an element that nobody knows.
    Odd,
    /// That of an attribute, which begins with its blank so many bytes in front of it, and ends so many behind there.
    OddName(u32, u32),
    /// An instruction or a declaration.
    Instruction,
    /// The name of a namespace, which its prefixes need.
    Namespace,
    /// What goes, whatever it says: comments and instructions of XML.
    Gone,
    /// A value that the document needs, of an attribute that begins so many bytes in front of it.
    Needed(u32),
    /// Words for people, or nobody knows what: such a value, or a comment (0).
    Words(u32),
}

/// A text that has tags.
#[derive(Debug)]
pub(super) struct Markup {
    /// Its pieces, in order; prose is between them.
    pieces: Vec<(Range<usize>, Piece)>,
    /// It is well-formed, and has to stay so.
    is_document: bool,
}

/// What is to be done about a finding in markup.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// Where its token goes; nowhere where all of it is of the markup.
    pub(super) first: Option<Span>,
    /// What else of it goes: its other parts, values of the tags between, and comments.
    pub(super) rest: Vec<Span>,
    /// It stands in a name of the document, which no token can be.
    pub(super) is_odd: bool,
}

impl Markup {
    /// Reads a text, in XML as it is written, else what it says. `None` where it has no tag.
    ///
    /// In XML every `<` is one of a tag. In FHIR a text may be a narrative, which is XML, too. Elsewhere a tag is what
    /// has the name of an element of HTML or of CDA's narrative, and attributes; the rest is text.
    pub(super) fn read(text: &str, codec: Codec) -> Option<Markup> {
        memchr::memchr(b'<', text.as_bytes())?;
        let document = match codec {
            Codec::Xml => document(text, false),
            Codec::Fhir => document(text, true),
            _ => None,
        };
        let is_document = document.is_some();
        let pieces = document.unwrap_or_else(|| tags(text));
        (!pieces.is_empty()).then_some(Markup { pieces, is_document })
    }

    /// The pieces that begin or go on behind `at`.
    fn behind(&self, at: usize) -> &[(Range<usize>, Piece)] {
        &self.pieces[self.pieces.partition_point(|(place, _)| place.end <= at)..]
    }

    /// Whether nothing in a span is prose, or words for people: the tagger has no word there. What only looks like
    /// markup may be prose.
    pub(super) fn is_mute(&self, text: &str, span: Span) -> bool {
        let (mut at, end) = (span.start as usize, span.end as usize);
        let speaks = |piece: &Piece| matches!(piece, Piece::Words(_) | Piece::Instruction);
        let says = |part: Range<usize>| {
            text.get(part).is_some_and(|part| part.contains(char::is_alphanumeric))
        };
        for (place, piece) in self.behind(at).iter().take_while(|(place, _)| place.start < end) {
            let inside = place.start.max(at)..place.end.min(end);
            if says(at..inside.start) || speaks(piece) && says(inside.clone()) {
                return false;
            }
            at = inside.end;
        }
        self.is_document && !says(at..end)
    }

    /// Whether a span is in the name of a namespace.
    pub(super) fn is_namespace(&self, span: Span) -> bool {
        let here = self.behind(span.start as usize).first();
        here.is_some_and(|(place, piece)| {
            *piece == Piece::Namespace
                && place.start <= span.start as usize
                && span.end as usize <= place.end
        })
    }

    /// The parts of a finding in `text`.
    pub(super) fn parts(&self, text: &str, span: Span) -> Parts {
        let (mut at, end) = (span.start as usize, span.end as usize);
        let (mut parts, mut gone) = (Parts::default(), Vec::new());
        let mut add = |from: usize, to: usize| {
            let part = text.get(from..to).unwrap_or_default();
            if part.contains(char::is_alphanumeric) {
                let start = from + part.len() - part.trim_start().len();
                let part = Span::new(start, start + part.trim().len());
                match parts.first {
                    None => parts.first = Some(part),
                    Some(_) => parts.rest.push(part),
                }
            }
        };
        // An attribute between two parts goes with its name and its quotes.
        let goes = |from: usize, to: usize| from >= span.start as usize && to <= end;
        for (place, piece) in self.behind(at).iter().take_while(|(place, _)| place.start < end) {
            add(at, place.start.max(at));
            let inside = place.start.max(at)..place.end.min(end);
            match piece {
                Piece::Structure | Piece::Gone => {}
                Piece::OddName(before, after)
                    if goes(place.start - *before as usize, place.start + *after as usize) =>
                {
                    let start = place.start - *before as usize;
                    gone.push(Span::new(start, place.start + *after as usize));
                }
                Piece::Namespace if goes(place.start, place.end) => {}
                Piece::Instruction if goes(place.start, place.end) => {
                    gone.push(Span::new(place.start, place.end));
                }
                Piece::Odd | Piece::OddName(..) | Piece::Instruction | Piece::Namespace
                    if self.is_document =>
                {
                    parts.is_odd = true;
                }
                Piece::Needed(before @ 1..) | Piece::Words(before @ 1..)
                    if goes(place.start - *before as usize, place.end) =>
                {
                    let quote = text[place.end..].starts_with(['"', '\'']);
                    let to = place.end + usize::from(quote);
                    let is_gone = gone.last().is_some_and(|gone| gone.end as usize >= to);
                    if !is_gone && text[place.clone()].contains(char::is_alphanumeric) {
                        gone.push(Span::new(place.start - *before as usize, to));
                    }
                }
                _ => add(inside.start, inside.end),
            }
            at = inside.end;
        }
        add(at, end);
        parts.rest.append(&mut gone);
        parts.rest.sort_unstable_by_key(|part| part.start);
        parts
    }

    /// The prose of the text, in order; `None` where a tag parts what stands on both sides of it.
    pub(super) fn prose<'t>(&self, text: &'t str) -> Vec<Option<&'t str>> {
        let (mut parts, mut at, mut ends) = (Vec::new(), 0, Ends::default());
        for (place, _) in &self.pieces {
            if at < place.start {
                parts.push(text.get(at..place.start));
            }
            if text[place.clone()].starts_with('<')
                && tag(text, place.start, &mut ends).is_none_or(|tag| tag.parts_lines())
            {
                parts.push(None);
            }
            at = place.end;
        }
        parts.push(text.get(at..));
        parts
    }

    /// Whether a text is not well-formed any more where it has to be: a token may end in `]`, and `]>` stand behind it.
    pub(super) fn is_broken(text: &str, codec: Codec, is_section: bool) -> bool {
        text.contains("]]>")
            && match codec {
                Codec::Xml => is_section || has_end(text),
                Codec::Fhir => document(text, true).is_some() && has_end(text),
                _ => false,
            }
    }

    /// Parts of the text that say nothing of anybody, in order.
    pub(super) fn silent(&self) -> impl Iterator<Item = Range<usize>> {
        self.pieces.iter().filter(|(_, piece)| *piece == Piece::Structure).map(|(at, _)| at.clone())
    }
}

/// The pieces of a text of XML, with one `div` around all of it, or whatever it has. `None` where it is none.
fn document(text: &str, has_root: bool) -> Option<Vec<(Range<usize>, Piece)>> {
    if has_root && !text.trim_start().starts_with('<') {
        return None;
    }
    let mut reader = Reader::from_str(text);
    let (mut pieces, mut depth, mut roots) = (Vec::new(), 0_usize, 0);
    loop {
        let from = reader.buffer_position() as usize;
        let event = reader.read_event().ok()?;
        let to = reader.buffer_position() as usize;
        let mut element = |name: &str, is_root: bool, is_end: bool| {
            roots += usize::from(is_root);
            let is_div = local(name) == "div";
            let name = from + 1 + usize::from(is_end)..from + 1 + usize::from(is_end) + name.len();
            let fits = split(text, from..to, name, &mut pieces);
            fits && (!has_root || !is_root || is_div)
        };
        let fits = match &event {
            Event::Start(tag) => {
                let fits = element(tag.name().0, depth == 0, false);
                depth += 1;
                fits
            }
            Event::Empty(tag) => element(tag.name().0, depth == 0, false),
            Event::End(tag) => {
                depth = depth.checked_sub(1)?;
                element(tag.name().0, false, true)
            }
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) if !has_root => {
                pieces.push((from..to, Piece::Gone));
                true
            }
            Event::Comment(_) => comment(&mut pieces, from..to),
            Event::PI(_) | Event::Decl(_) => {
                pieces.push((from..to, Piece::Instruction));
                true
            }
            Event::CData(_) if depth > 0 || !has_root => {
                pieces.push((from..from + 9, Piece::Structure));
                pieces.push((to - 3..to, Piece::Structure));
                true
            }
            Event::Text(_) | Event::GeneralRef(_) => {
                depth > 0 || !has_root || text[from..to].trim().is_empty()
            }
            Event::Eof => break,
            Event::CData(_) | Event::DocType(_) => false,
        };
        if !fits {
            return None;
        }
    }
    (depth == 0 && (!has_root || roots == 1)).then_some(pieces)
}

/// Whether the end of a section stands in a text that is in none.
fn has_end(text: &str) -> bool {
    let mut reader = Reader::from_str(text);
    loop {
        let from = reader.buffer_position() as usize;
        match reader.read_event() {
            Ok(Event::Text(_)) if text[from..reader.buffer_position() as usize].contains("]]>") => {
                return true;
            }
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

/// A comment.
fn comment(pieces: &mut Vec<(Range<usize>, Piece)>, at: Range<usize>) -> bool {
    const MARKS: (usize, usize) = ("<!--".len(), "-->".len());
    let inner = at.start + MARKS.0..(at.end - MARKS.1).max(at.start + MARKS.0);
    pieces.push((at.start..inner.start, Piece::Structure));
    pieces.push((inner.clone(), Piece::Words(0)));
    pieces.push((inner.end..at.end, Piece::Structure));
    true
}

/// The pieces of a text in which some `<` may be of a tag.
fn tags(text: &str) -> Vec<(Range<usize>, Piece)> {
    let (mut pieces, mut at, mut ends) = (Vec::new(), 0, Ends::default());
    while let Some(ahead) = memchr::memchr2(b'<', b']', &text.as_bytes()[at..]) {
        let open = at + ahead;
        at = open + 1;
        let Some(tag) = tag(text, open, &mut ends) else { continue };
        let (place, name) = (open..tag.end, tag.name);
        let whole = &text[place.clone()];
        let fits = if whole.starts_with("<!--") {
            comment(&mut pieces, place.clone())
        } else if whole.starts_with("<?") || whole.starts_with("<!") && !whole.ends_with('[') {
            pieces.push((place.clone(), Piece::Instruction));
            true
        } else if name.is_empty() {
            pieces.push((place.clone(), Piece::Structure));
            true
        } else {
            let first = pieces.len();
            let is_known = is_element(local(&text[name.clone()]));
            let fits = is_known && split(text, place.clone(), name, &mut pieces);
            if !fits {
                pieces.truncate(first);
            }
            fits
        };
        if fits {
            at = place.end;
        }
    }
    pieces
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Takes a tag apart. False where what stands in it are no attributes: pieces may be there all the same.
fn split(
    text: &str,
    tag: Range<usize>,
    name: Range<usize>,
    pieces: &mut Vec<(Range<usize>, Piece)>,
) -> bool {
    // What everybody knows is one piece with the marks around it.
    let mut from = tag.start;
    let odd = |pieces: &mut Vec<_>, from: &mut usize, place: Range<usize>, piece| {
        if *from < place.start {
            pieces.push((*from..place.start, Piece::Structure));
        }
        *from = place.end;
        if place.start < place.end {
            pieces.push((place, piece));
        }
    };
    if !is_element(local(&text[name.clone()])) {
        odd(pieces, &mut from, name.clone(), Piece::Odd);
    }
    let close = text[..tag.end - 1].trim_end_matches(['/', '?']).len().max(name.end);
    let blanks = |at: usize| close - text[at..close].trim_start().len();
    let mut at = blanks(name.end);
    while at < close {
        let ends = |c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\'' | '/');
        let length = text[at..close].find(ends).unwrap_or(close - at);
        let attribute = at..at + length;
        let named = &text[attribute.clone()];
        at = blanks(attribute.end);
        let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '.');
        if named.is_empty() || !named.chars().all(is_of_name) {
            return false;
        }
        let known = known(named);
        if !text[at..close].starts_with('=') {
            // Prose in angle brackets has words without values.
            if known.is_none() || !is_one(FLAGS, named) {
                return false;
            }
            continue;
        }
        at = blanks(at + 1);
        let quote = text[at..close].chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => {
                let Some(length) = text[at + 1..close].find(quote) else { return false };
                at + 1..at + 1 + length
            }
            None => at..at + text[at..close].find(char::is_whitespace).unwrap_or(close - at),
        };
        let behind = value.end + usize::from(quote.is_some());
        let before = text[..attribute.start].trim_end().len().max(name.end);
        if known.is_none() {
            let (back, on) = (attribute.start - before, behind - attribute.start);
            let piece = Piece::OddName(back as u32, on as u32);
            odd(pieces, &mut from, attribute.clone(), piece);
        }
        at = blanks(behind);
        let is_word = !text[value.clone()].contains(char::is_whitespace);
        let before = (value.start - before) as u32;
        let piece = match known {
            Some(Known::Namespace) => Piece::Namespace,
            Some(Known::Other) => Piece::Needed(before),
            Some(Known::Name) if is_word => Piece::Needed(before),
            _ => Piece::Words(before),
        };
        odd(pieces, &mut from, value, piece);
    }
    pieces.push((from..tag.end, Piece::Structure));
    true
}

/// An attribute that everybody knows.
#[derive(Clone, Copy)]
enum Known {
    Namespace,
    Words,
    Name,
    Other,
}

fn known(name: &str) -> Option<Known> {
    match local(name) {
        _ if name == "xmlns" || name.starts_with("xmlns:") => Some(Known::Namespace),
        name if is_one(WORDS, name) => Some(Known::Words),
        name if is_one(NAMES, name) => Some(Known::Name),
        name if is_one(OTHERS, name) || is_one(FLAGS, name) => Some(Known::Other),
        _ => None,
    }
}

fn is_one(list: &str, name: &str) -> bool {
    list.split(' ').any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of what stands between the bars, the first in front; `!` where it is odd.
    fn of(text: &str, codec: Codec) -> Vec<String> {
        let (start, rest) = text.split_once('|').expect("a bar");
        let (middle, end) = rest.split_once('|').expect("a bar");
        let text = format!("{start}{middle}{end}");
        let span = Span::new(start.len(), start.len() + middle.len());
        let Some(markup) = Markup::read(&text, codec) else { return vec![middle.to_string()] };
        let Parts { first, rest, is_odd } = markup.parts(&text, span);
        let parts = first.iter().chain(&rest).map(|part| text[part.range()].to_string());
        parts.chain(is_odd.then(|| "!".to_string())).collect()
    }

    #[test]
    fn tags_are_left_out() {
        for (text, want) in [
            ("seen |Haver<b>ford</b>| today", vec!["Haver", "ford"]),
            ("<b>|K</b>owalczyk|", vec!["K", "owalczyk"]),
            ("<b>|Jane| Lee</b>", vec!["Jane"]),
            ("<|list|><item>Franz</item></list>", vec![]),
            ("<list></|list|>", vec![]),
            ("<|list><item>Dr. Franz List|</item></list>", vec!["Dr. Franz List"]),
            ("<li class=\"|Li|\"/>", vec!["Li"]),
            ("<li class=\"|Li\">Wei Li|</li>", vec!["Li", "Wei Li"]),
            ("<td |lang|=\"x\"/>", vec![]),
            ("<!--|http://x.org/Lee--|> text", vec!["http://x.org/Lee"]),
            ("<!-- <b>x</b> <i>y</i> |http://x.org/Lee--|> text", vec!["http://x.org/Lee"]),
            ("|Wei<br class=\"x\"/>Li|", vec!["Wei", " class=\"x\"", "Li"]),
            ("|Wei <br/> Li</b|>", vec!["Wei", "Li"]),
            ("|Whit<a href='tel:5'>aker|</a>", vec!["Whit", " href='tel:5'", "aker"]),
            ("|Whit<a href=tel:5 nowrap>aker|</a>", vec!["Whit", " href=tel:5", "aker"]),
            ("<a title='|x' name='y'>Jane|</a>", vec!["x", " name='y'", "Jane"]),
            ("|Whit<!-- Jane -->aker|", vec!["Whit", "Jane", "aker"]),
            ("|Whit<![CDATA[aker]]>|", vec!["Whit", "aker"]),
            ("|Whit<?x y?>aker|", vec!["Whit", "<?x y?>", "aker"]),
            ("x < 5, |Maria| saw", vec!["Maria"]),
            ("<|Maria| saw", vec!["Maria"]),
            ("a |Haver<b>ford</b>| < 3", vec!["Haver", "ford"]),
            ("|Lee <3 Jane|", vec!["Lee <3 Jane"]),
            ("<|Jane Lee|>", vec!["Jane Lee"]),
            ("|Ingrid <Inge> Whitaker|", vec!["Ingrid <Inge> Whitaker"]),
            // Words in brackets are no attributes.
            ("wt <b |and Jane Lee 555-0199| > 5", vec!["and Jane Lee 555-0199"]),
            ("<p |Whitaker=\"1\"|>", vec!["Whitaker", "1"]),
            ("|Whit<a data-x=\"1\" y=\"\">aker|", vec!["Whit", " data-x=\"1\"", " y=\"\"", "aker"]),
            ("<a href=|mailto:jane@x.org| data-mrn=1>", vec!["mailto:jane@x.org"]),
            ("<a href=x data-mrn=|0012345678|>", vec!["0012345678"]),
            ("<td nowrap |Whitaker|>", vec!["Whitaker"]),
            ("<b></|b|><p", vec![]),
        ] {
            assert_eq!(of(text, Codec::Json), want, "{text}");
            if !text.starts_with("<b></") {
                // What is in no div is no narrative.
                assert_eq!(of(text, Codec::Fhir), want, "{text}");
            }
        }
    }

    #[test]
    fn what_goes_on_in_prose_is_not_mute() {
        for (text, mute) in [
            ("<td |class='x'>219-09-9999|</td>", false),
            ("<td |class='x' title='Jane'|/>", false),
            ("<td>Jane|</td><td class='Jane'>|</td>", true),
            ("<td>|, <b/>|</td>", true),
            ("<td |xmlns:x='http://Jane'|/>", true),
        ] {
            let text = format!("<div>{text}</div>");
            let (start, rest) = text.split_once('|').expect("a bar");
            let length = rest.find('|').expect("a bar");
            let span = Span::new(start.len(), start.len() + length);
            let text = text.replace('|', "");
            let markup = Markup::read(&text, Codec::Fhir).expect("has tags");
            assert_eq!(markup.is_mute(&text, span), mute, "{text}");
        }
    }

    #[test]
    fn a_document_keeps_its_names() {
        for (text, want) in [
            ("<x>|Whit<x>aker</x>|</x>", vec!["Whit", "aker", "!"]),
            ("<td |Whitaker|='1'/>", vec!["!"]),
            ("<td a='|Whitaker|'/>", vec!["Whitaker"]),
            ("<list ID='|x|'/>", vec!["x"]),
            ("|Whit<h:b xmlns:h='u'>aker|</h:b>", vec!["Whit", "aker"]),
            ("<h:b xmlns:h='|u|'/>", vec![]),
            ("<h:b xmlns:h='a|u|'/>", vec!["!"]),
            ("<h:b xmlns:h='a|u'>x|</h:b>", vec!["x", "!"]),
            ("1 <!-- & -->|Jane<![CDATA[ < & Lee]]>|", vec!["Jane", "< & Lee"]),
        ] {
            assert_eq!(of(text, Codec::Xml), want, "{text}");
        }
        for start in [
            "<div xmlns='x'>",
            "\n<div lang='en'  xmlns='x'>",
            "<?xml version='1.0'?><!-- x --><h:div xmlns:h='x'>",
        ] {
            let end = if start.ends_with("h='x'>") { "</h:div>" } else { "</div>" };
            let text = format!("{start}&nbsp;<Area |Whitaker|='1'/>{end}");
            assert_eq!(of(&text, Codec::Fhir), ["!"], "{text}");
        }
        for text in
            ["<div>|<x Ab| saw", "<p>|<x>ab</x>|</p>", "<div/> |<x>ab</x>|", "a |<x>ab</x>|"]
        {
            assert_eq!(of(text, Codec::Fhir).len(), 1, "{text}");
        }
    }

    #[test]
    fn prose_is_read_on_both_sides_of_a_tag() {
        for (text, want) in [
            ("a <b>00123</b><i>45</i> c", "a 0012345 c"),
            ("<td>1</td><td>2</td>", "/1//2/"),
            ("1<br/>2<!-- x -->3<?y?>4<![CDATA[5]]>6<odd>7</odd>", "1/234567"),
            ("<li title='x'>1 < 2</li>", "/1 < 2/"),
        ] {
            let text = format!("<div>{text}</div>");
            let markup = Markup::read(&text, Codec::Json).expect("has tags");
            let prose = markup.prose(&text);
            let said: String = prose.into_iter().map(|part| part.unwrap_or("/")).collect();
            let want = format!("/{want}/").replace("<odd>", "");
            assert_eq!(said.replace("<odd>", "").replace("</odd>", ""), want, "{text}");
        }
    }

    #[test]
    fn tags_say_nothing_but_in_their_values() {
        let text = "<list ID=\"x\"><item a='y' nowrap/>1 < 2</item></list><Haverford><!-- z -->";
        let (mut said, mut from) = (String::new(), 0);
        for part in Markup::read(text, Codec::Json).expect("has tags").silent() {
            said += &text[from..part.start];
            from = part.end;
        }
        said += &text[from..];
        assert_eq!(said, "xay1 < 2<Haverford> z ");
    }

    #[test]
    fn words_are_told_from_what_the_document_needs() {
        for (text, mute) in [
            ("<a title=\"x |Jane\"/>", false),
            ("<x:a x:title=\"x |Jane\"/>", false),
            ("<img alt='|Jane'/>", false),
            ("<img data-x='|Jane'/>", false),
            ("<a name='|Jane'/>", true),
            ("<a name='Dr. |Jane'/>", false),
            ("<!-- a < b |Jane -->", false),
            ("<li class=\"|Jane\"/>", true),
            ("<td |lang=\"x\"/>", true),
            ("<|td/>", true),
            ("<td a=\"1 > 0\" title=\"x\" |lang='y'/>", true),
            ("<td/>|Jane", false),
            ("<?x |Jane?>", false),
        ] {
            let text = format!("<div>{text}</div>");
            let at = text.find('|').expect("a bar");
            let markup = Markup::read(&text.replace('|', ""), Codec::Fhir).expect("has tags");
            let text = text.replace('|', "");
            let word = text[at..].find(|c: char| !c.is_alphanumeric()).unwrap_or(1);
            assert_eq!(markup.is_mute(&text, Span::new(at, at + word)), mute, "{text}");
        }
    }
}

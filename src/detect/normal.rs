//! Normal form: what a text says, whatever characters it says it with. Spaces, dashes, quotes and digits
//! become ASCII, most characters without width go, escapes of HTML, URLs, JSON (\u) and HL7 are undone; each byte
//! knows where it came from, so that findings lead back to the source.

use super::tagger::is_unlisted;
use crate::phi::{Span, digit_of};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

/// A text in normal form. Reused from text to text.
#[derive(Default)]
pub(super) struct Normal {
    text: String,
    /// Where its parts came from, in order. Empty when the source is in normal form already.
    parts: Vec<Part>,
}

/// A part of a normal form: characters of the source as they stand, or what one character or escape
/// of it says.
#[derive(Clone, Copy)]
struct Part {
    /// Its first byte, in the normal form.
    at: u32,
    /// Its first byte and one past its last, in the source.
    source: (u32, u32),
    as_it_stands: bool,
}

impl std::fmt::Debug for Normal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Normal({} bytes)", self.text.len())
    }
}

impl Drop for Normal {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

/// Longest escape, in bytes: `&CounterClockwiseContourIntegral;` is no digit.
const ESCAPE_BYTES_MAX: usize = 12;
/// Shortest run that may be base64, in characters.
const BASE64_CHARS_MIN: usize = 16;

/// How marks inside of words are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Highlighting is nothing, and tags are what they are.
    Plain,
    /// Highlighting parts words.
    Parts,
    /// Tags within a line are nothing.
    Markup,
}

impl Normal {
    /// Reads `text`, in place of what was there.
    pub(super) fn read(&mut self, text: &str, way: Way) {
        self.text.clear();
        self.parts.clear();
        if way != Way::Markup && is_normal(text) {
            return;
        }
        // What is copied is wiped; a string that grows is not.
        if self.text.capacity() < text.len() {
            self.text.zeroize();
            self.text.reserve(text.len() + text.len() / 8);
        }
        let bytes = text.as_bytes();
        let (mut at, mut run, mut next, mut ends) = (0, 0, 0, Ends::default());
        loop {
            // What lies ahead is asked once, however many tags are in front of it.
            if next < at || next == 0 {
                next = unlike(bytes, at);
            }
            let mark = || memchr::memchr2(b'<', b']', &bytes[at..next]);
            at = match (way == Way::Markup).then(mark).flatten() {
                Some(ahead) => at + ahead,
                None => next,
            };
            if at == bytes.len() {
                break;
            }
            let c = text[at..].chars().next().unwrap_or(' ');
            let (said, length) = match c {
                '&' | '%' | '\\' => match escape(&text[at..]) {
                    Some((Said::Nothing, length)) if way == Way::Parts => (Said::One(' '), length),
                    Some(found) => found,
                    None => (Said::One(c), 1),
                },
                '<' | ']' if way == Way::Markup => {
                    inline(text, at, &mut ends).unwrap_or((Said::One(c), 1))
                }
                c => (plain(c), c.len_utf8()),
            };
            let end = at + length;
            if !matches!(said, Said::One(same) if same == c && length == c.len_utf8()) {
                self.as_it_stands(text, run, at);
                match said {
                    Said::Nothing => {}
                    Said::One(c) => self.push(c, at, end),
                    Said::Few(c) => c.nfkc().for_each(|c| self.push(c, at, end)),
                }
                run = end;
            }
            at = end;
        }
        if run > 0 {
            self.as_it_stands(text, run, bytes.len());
        }
    }

    fn as_it_stands(&mut self, text: &str, start: usize, end: usize) {
        if start < end {
            let source = (start as u32, end as u32);
            self.parts.push(Part { at: self.text.len() as u32, source, as_it_stands: true });
            self.text.push_str(&text[start..end]);
        }
    }

    fn push(&mut self, c: char, start: usize, end: usize) {
        // An escape may stand for a character that has a normal form of its own.
        let c = match plain(c) {
            Said::Nothing => return,
            Said::One(c) => c,
            Said::Few(_) => c,
        };
        let source = (start as u32, end as u32);
        self.parts.push(Part { at: self.text.len() as u32, source, as_it_stands: false });
        self.text.push(c);
    }

    /// The source is its own normal form.
    pub(super) fn is_source(&self) -> bool {
        self.parts.is_empty() && self.text.is_empty()
    }

    /// The normal form of `source`, the text that was read.
    pub(super) fn text<'a>(&'a self, source: &'a str) -> &'a str {
        if self.is_source() { source } else { &self.text }
    }

    /// Where a span of the normal form came from.
    pub(super) fn source(&self, span: Span) -> Span {
        if self.is_source() || span.start >= span.end {
            return span;
        }
        Span { start: self.from(span.start).0, end: self.from(span.end - 1).1 }
    }

    /// Where the character of a byte came from; of a part as it stands, the byte.
    fn from(&self, byte: u32) -> (u32, u32) {
        let next = self.parts.partition_point(|part| part.at <= byte);
        let part = self.parts[next.saturating_sub(1)];
        match part.as_it_stands {
            true => {
                let at = part.source.0 + (byte - part.at);
                (at, at + 1)
            }
            false => part.source,
        }
    }
}

/// A value in normal form, its parts put together where it is parted.
pub(super) fn said<'a>(value: &'a str, parted: bool, buffer: &'a mut String) -> &'a str {
    if is_normal(value) && !parted {
        return value;
    }
    let mut normal = Normal::default();
    normal.read(value, Way::Plain);
    buffer.clear();
    let said = normal.text(value);
    let mut done = 0;
    if parted {
        for at in memchr::memchr2_iter(b'\n', b'~', said.as_bytes()) {
            if let Some(joint) = joint(said.as_bytes(), at).filter(|joint| joint.gap.start >= done)
            {
                buffer.push_str(&said[done..joint.gap.start]);
                done = joint.gap.end;
            }
        }
    }
    buffer.push_str(&said[done..]);
    buffer
}

/// What a character says.
enum Said {
    Nothing,
    One(char),
    /// Its compatibility form: a ligature, a letter in a circle.
    Few(char),
}

fn is_normal(text: &str) -> bool {
    unlike(text.as_bytes(), 0) == text.len()
}

/// The first byte from `at` on that may say something else than itself, or the end.
fn unlike(bytes: &[u8], mut at: usize) -> usize {
    const STEP_BYTES: usize = 32;
    let is = |b: &u8| !b.is_ascii() || matches!(b, b'&' | b'%' | b'\\');
    // A whole step is asked without a branch for each byte.
    while let Some(step) = bytes.get(at..at + STEP_BYTES)
        && !step.iter().fold(false, |any, b| any | is(b))
    {
        at += STEP_BYTES;
    }
    bytes[at..].iter().position(is).map_or(bytes.len(), |ahead| at + ahead)
}

fn plain(c: char) -> Said {
    match c {
        '\0'..='\x7f' => Said::One(c),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => Said::Nothing,
        '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{180e}' => Said::Nothing,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => {
            Said::One('-')
        }
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' => Said::One('\''),
        '\u{201c}' | '\u{201d}' => Said::One('"'),
        '\u{2028}' | '\u{2029}' | '\u{85}' => Said::One('\n'),
        c if c.is_whitespace() => Said::One(' '),
        c if c.is_alphabetic() && !is_compatible(c) => Said::One(c),
        c => match digit_of(c) {
            Some(digit) => Said::One(char::from(b'0' + digit)),
            None if is_compatible(c) => Said::Few(c),
            None => Said::One(c),
        },
    }
}

/// Characters that are another way to write letters, digits and marks: full and half width, letters and
/// digits of mathematics, in circles, ligatures. Raised and lowered digits are not among them: they say
/// something else.
fn is_compatible(c: char) -> bool {
    matches!(c,
        '\u{ff01}'..='\u{ffef}' | '\u{1d400}'..='\u{1d7ff}' | '\u{2460}'..='\u{24ff}'
        | '\u{fb00}'..='\u{fb06}' | '\u{3000}' | '\u{2024}'..='\u{2026}')
}

/// The escape at the start of `text`: what it says, and its length in bytes.
fn escape(text: &str) -> Option<(Said, usize)> {
    let bytes = text.as_bytes();
    let hex = |from: usize, to: usize| {
        let digits = text.get(from..to)?;
        let all = digits.bytes().all(|b| b.is_ascii_hexdigit());
        all.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
    };
    match bytes.first()? {
        // Escaped twice: `&amp;#49;`, `%2531`.
        b'&' if text.starts_with("&amp;") => {
            let inner = again('&', &text[5..]);
            Some(inner.map_or((Said::One('&'), 5), |(said, length)| (said, length + 4)))
        }
        b'%' if text.starts_with("%25") => {
            let inner = again('%', &text[3..]);
            Some(inner.map_or((Said::One('%'), 3), |(said, length)| (said, length + 2)))
        }
        b'&' => {
            let end = text.bytes().take(ESCAPE_BYTES_MAX).position(|b| b == b';')?;
            let c = match &bytes[1..end] {
                [b'#', b'x' | b'X', ..] => char::from_u32(hex(3, end)?)?,
                [b'#', ..] => char::from_u32(text[2..end].parse().ok()?)?,
                _ => named(&text[1..end])?,
            };
            Some((Said::One(c), end + 1))
        }
        b'%' => {
            let first = hex(1, 3)?;
            if first < 0x80 {
                let c = char::from_u32(first).filter(|c| !c.is_control() || c.is_whitespace())?;
                return Some((Said::One(c), 3));
            }
            let length = if first >= 0xf0 {
                4
            } else if first >= 0xe0 {
                3
            } else {
                2
            };
            let mut code = Vec::with_capacity(length);
            for n in 0..length {
                if bytes.get(n * 3) != Some(&b'%') {
                    return None;
                }
                code.push(hex(n * 3 + 1, n * 3 + 3)? as u8);
            }
            let c = std::str::from_utf8(&code).ok()?.chars().next()?;
            Some((Said::One(c), length * 3))
        }
        _ => match bytes.get(1)? {
            b'u' => {
                let c = char::from_u32(hex(2, 6)?)?;
                Some((Said::One(c), 6))
            }
            // HL7 v2.5.1, 2.7: delimiters, a character in hexadecimal, a new line.
            b'X' | b'x' if bytes.get(4) == Some(&b'\\') => {
                Some((Said::One(char::from_u32(hex(2, 4)?)?), 5))
            }
            b'x' => Some((Said::One(char::from_u32(hex(2, 4)?)?), 4)),
            b'.' if text.starts_with("\\.br\\") => Some((Said::One('\n'), 5)),
            letter if bytes.get(2) == Some(&b'\\') => {
                let c = match letter {
                    // Highlighting begins and ends. Its letter is no mark of another escape: `\H\E\X4C\`.
                    b'H' | b'N' => return Some((Said::Nothing, 3)),
                    b'F' => '|',
                    b'S' => '^',
                    b'T' => '&',
                    b'R' => '~',
                    b'E' => '\\',
                    _ => return None,
                };
                Some((Said::One(c), 3))
            }
            _ => None,
        },
    }
}

/// Highlighting of HL7 begins, and ends.
pub(super) const HIGHLIGHTING: [&str; 2] = [r"\H\", r"\N\"];

/// Whether highlighting without a blank beside it stands somewhere: in a word (`Th\H\orne`), or between two
/// (`Dr\H\Thorne\N\called`).
pub(super) fn is_glued(text: &str) -> bool {
    let holds = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    HIGHLIGHTING.iter().any(|mark| {
        memchr::memmem::find_iter(text.as_bytes(), mark).any(|at| {
            holds(text[..at].chars().next_back()) && holds(text[at + mark.len()..].chars().next())
        })
    })
}

/// Elements of HTML and of CDA's narrative that stand within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "basefont", "bdi", "bdo", "big", "button", "cite", "code",
    "content", "data", "del", "dfn", "em", "font", "i", "img", "input", "ins", "kbd", "label",
    "linkHtml", "mark", "meter", "nobr", "output", "progress", "q", "ruby", "s", "samp", "select",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];
/// Those that do not.
const BLOCK: &[&str] = &[
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "base",
    "blockquote",
    "body",
    "br",
    "canvas",
    "caption",
    "center",
    "col",
    "colgroup",
    "datalist",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "footnote",
    "footnoteRef",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "iframe",
    "item",
    "legend",
    "li",
    "link",
    "list",
    "main",
    "map",
    "menu",
    "meta",
    "nav",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "paragraph",
    "param",
    "picture",
    "pre",
    "renderMultiMedia",
    "rp",
    "rt",
    "script",
    "search",
    "section",
    "source",
    "style",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "text",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
    "video",
];

/// Whether an element of that name, without its prefix, is of HTML or of CDA's narrative.
pub fn is_element(name: &str) -> bool {
    INLINE.iter().chain(BLOCK).any(|known| known.eq_ignore_ascii_case(name))
}

/// Prefixes of elements that Word writes within a line (`<o:p>`), whatever their name behind it is.
const OFFICE: &[&str] = &["m", "o", "st1", "v", "w"];

/// A tag, a comment, or what opens or closes a section of characters.
#[derive(Debug)]
pub struct Tag {
    /// Where its name stands in the text: nowhere in what is no tag of an element.
    pub name: Range<usize>,
    /// Where it ends.
    pub end: usize,
    is_inline: bool,
    is_break: bool,
}

impl Tag {
    /// Whether what stands in front of it and behind is on two lines, or in two cells.
    pub fn parts_lines(&self) -> bool {
        !self.is_inline
    }
}

/// Where the next comment, instruction or declaration ends: looked for once, however many begin in front of it.
#[derive(Debug, Default)]
pub struct Ends([Option<usize>; 3]);

/// What opens and closes these.
const ASIDES: [(&str, &str); 3] = [("<!--", "-->"), ("<?", "?>"), ("<!", ">")];

impl Ends {
    /// Where the first closing mark of a kind stands, from `at` on.
    fn next(&mut self, text: &str, kind: usize, at: usize) -> Option<usize> {
        let next = &mut self.0[kind];
        if next.is_none_or(|next| next < at) {
            let found = memchr::memmem::find(&text.as_bytes()[at..], ASIDES[kind].1.as_bytes());
            *next = Some(found.map_or(usize::MAX, |ahead| at + ahead));
        }
        next.filter(|next| *next < text.len())
    }
}

/// Marks of sections of characters.
const SECTION: [&str; 2] = ["<![CDATA[", "]]>"];

/// The tag at `at` in a text: `<`, a name, attributes, `>`; or a comment, an instruction, a declaration, a mark of a
/// section.
///
/// What is read up to here once is read a few times at most: a tag ends in front of the next `<` outside of quotes, and
/// of all that begin in front of a place no more than two can be in quotes there.
pub fn tag(text: &str, at: usize, ends: &mut Ends) -> Option<Tag> {
    let aside = |end| Some(Tag { name: at..at, end, is_inline: true, is_break: false });
    let head = &text[at..];
    if let Some(mark) = SECTION.iter().find(|mark| head.starts_with(**mark)) {
        return aside(at + mark.len());
    }
    if let Some(kind) = ASIDES.iter().position(|(open, _)| head.starts_with(open)) {
        let is_declaration = |c: char| c.is_ascii_alphabetic() || c == '[';
        if kind == 2 && !head[2..].starts_with(is_declaration) {
            return None;
        }
        return aside(ends.next(text, kind, at + 2)? + ASIDES[kind].1.len());
    }
    let rest = head.strip_prefix('<')?;
    let start = if rest.starts_with('/') { 2 } else { 1 };
    let name = head.get(start..)?;
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '.');
    let length = name.find(|c| !is_of_name(c))?;
    let (name, behind) = name.split_at(length);
    if !name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        || !behind.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))
    {
        return None;
    }
    // A `>` in quotes is none.
    let (mut quote, mut end) = (None, None);
    for (at, b) in behind.bytes().enumerate() {
        match (b, quote) {
            (b'"' | b'\'', None) => quote = Some(b),
            (b, Some(open)) if b == open => quote = None,
            (b'>', None) => {
                end = Some(at);
                break;
            }
            (b'<', None) => break,
            _ => {}
        }
    }
    let end =
        end.or_else(|| behind.find(['<', '>']).filter(|at| behind.as_bytes()[*at] == b'>'))?;
    let (prefix, local) = name.rsplit_once(':').unwrap_or(("", name));
    Some(Tag {
        name: at + start..at + start + length,
        end: at + start + length + end + 1,
        // What nobody knows parts nothing.
        is_inline: OFFICE.iter().any(|known| known.eq_ignore_ascii_case(prefix))
            || !BLOCK.iter().any(|known| known.eq_ignore_ascii_case(local)),
        is_break: local.eq_ignore_ascii_case("br"),
    })
}

/// The tag at `at`, of an element within a line: it says nothing, or that the line ends. With its length.
fn inline(text: &str, at: usize, ends: &mut Ends) -> Option<(Said, usize)> {
    let tag = tag(text, at, ends)?;
    match tag.is_inline {
        true => Some((Said::Nothing, tag.end - at)),
        false if tag.is_break => Some((Said::One(' '), tag.end - at)),
        false => None,
    }
}

/// Whether a text has such a tag between other characters.
pub(super) fn is_tagged(text: &str) -> bool {
    let (mut ends, inner) = (Ends::default(), text.trim());
    let start = text.len() - text.trim_start().len();
    memchr::memchr2_iter(b'<', b']', text.as_bytes()).any(|at| {
        at > start
            && inline(text, at, &mut ends)
                .is_some_and(|(_, length)| at + length < start + inner.len())
    })
}

/// Whether a part of a text has what may be such a tag.
pub(super) fn may_be_tagged(part: &str) -> bool {
    part.contains('<') || part.contains(SECTION[1])
}

/// The escape that `mark` makes of what follows an escaped mark; once.
fn again(mark: char, rest: &str) -> Option<(Said, usize)> {
    let end = rest.floor_char_boundary(ESCAPE_BYTES_MAX);
    let inner = Zeroizing::new(format!("{mark}{}", &rest[..end]));
    let thrice = inner.starts_with("&amp;") || inner.starts_with("%25");
    if thrice { None } else { escape(&inner) }
}

/// HTML's names for what stands in identifiers and between their parts.
fn named(name: &str) -> Option<char> {
    const NAMES: &[(&str, char)] = &[
        ("amp", '&'),
        ("apos", '\''),
        ("colon", ':'),
        ("comma", ','),
        ("commat", '@'),
        ("dash", '-'),
        ("gt", '>'),
        ("hyphen", '-'),
        ("lowbar", '_'),
        ("lpar", '('),
        ("lt", '<'),
        ("mdash", '-'),
        ("minus", '-'),
        ("nbsp", ' '),
        ("ndash", '-'),
        ("num", '#'),
        ("period", '.'),
        ("plus", '+'),
        ("quot", '"'),
        ("rpar", ')'),
        ("rsquo", '\''),
        ("shy", '\u{ad}'),
        ("zwj", '\u{200d}'),
        ("zwnj", '\u{200c}'),
        ("ensp", ' '),
        ("emsp", ' '),
        ("thinsp", ' '),
        ("sol", '/'),
        ("Tab", '\t'),
        ("NewLine", '\n'),
        ("aacute", '\u{e1}'),
        ("eacute", '\u{e9}'),
        ("iacute", '\u{ed}'),
        ("oacute", '\u{f3}'),
        ("uacute", '\u{fa}'),
        ("ntilde", '\u{f1}'),
        ("uuml", '\u{fc}'),
        ("ouml", '\u{f6}'),
        ("auml", '\u{e4}'),
        ("ccedil", '\u{e7}'),
        ("euml", '\u{eb}'),
        ("egrave", '\u{e8}'),
        ("ecirc", '\u{ea}'),
        ("agrave", '\u{e0}'),
        ("acirc", '\u{e2}'),
        ("atilde", '\u{e3}'),
        ("aring", '\u{e5}'),
        ("aelig", '\u{e6}'),
        ("ocirc", '\u{f4}'),
        ("oslash", '\u{f8}'),
        ("icirc", '\u{ee}'),
        ("iuml", '\u{ef}'),
        ("Aacute", '\u{c1}'),
        ("Eacute", '\u{c9}'),
        ("Iacute", '\u{cd}'),
        ("Oacute", '\u{d3}'),
        ("Uacute", '\u{da}'),
        ("Ntilde", '\u{d1}'),
        ("Auml", '\u{c4}'),
        ("Ouml", '\u{d6}'),
        ("Uuml", '\u{dc}'),
    ];
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

/// Bytes around a join that are looked at with it.
const AROUND_BYTES: usize = 96;

/// Calls `each` with the neighbourhoods of values that the end of a line or an HL7 repetition parts, the
/// values put together again, where each of their bytes came from, and whether a word was parted.
pub(super) fn parted<E>(
    text: &str,
    mut each: impl FnMut(&str, &[u32], bool) -> Result<(), E>,
) -> Result<(), E> {
    let bytes = text.as_bytes();
    let mut joined = Zeroizing::new(String::new());
    let (mut from, mut done, mut word) = (Vec::new(), 0, false);
    // One past the last byte that belongs to the neighbourhood that is open.
    let mut open: Option<usize> = None;
    for at in memchr::memchr2_iter(b'\n', b'~', bytes) {
        let Some(joint) = joint(bytes, at) else { continue };
        let (start, end) = (joint.gap.start, joint.gap.end);
        if open.is_some_and(|until| start > until) {
            let until = around_end(text, done);
            take(text, done, until, &mut joined, &mut from);
            each(&joined, &from, word)?;
            open = None;
        }
        if open.is_none() {
            joined.zeroize();
            from.clear();
            word = false;
            done = around_start(text, start);
        }
        if start < done {
            continue;
        }
        take(text, done, start, &mut joined, &mut from);
        word |= joint.word;
        done = end;
        open = Some(end + AROUND_BYTES);
    }
    if open.is_some() {
        let until = around_end(text, done);
        take(text, done, until, &mut joined, &mut from);
        each(&joined, &from, word)?;
    }
    Ok(())
}

/// Most blanks beside the end of a line inside a value, on either side.
const BLANKS_MAX: usize = 16;
/// Bytes of a word beside a break that are looked at.
const WORD_BYTES: usize = 64;

/// Fewest letters of a word that is no word, and begins an address of e-mail.
const STRANGE_MIN: usize = 3;
/// What an address ends with, where nothing else tells it from a sentence.
const TOP_LEVEL: &[&[u8]] = &[b"com", b"edu", b"gov", b"net", b"org"];

/// What parts a value.
struct Joint {
    /// What goes when its parts are put together.
    gap: std::ops::Range<usize>,
    /// A word was parted, by a hyphen.
    word: bool,
}

/// The end of a line or the repetition at `at`, where it may stand inside a value: between digits; anywhere in
/// a word, for a repetition; behind a hyphen between letters (`Bo-` and `udreaux` on the next line); beside
/// a dash or between capitals and digits where one word has figures; inside an address of e-mail.
fn joint(bytes: &[u8], at: usize) -> Option<Joint> {
    let blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\r');
    let front = bytes[..at].iter().rev().take(BLANKS_MAX).take_while(|b| blank(b)).count();
    let behind = bytes[at + 1..].iter().take(BLANKS_MAX).take_while(|b| blank(b)).count();
    let (start, end) = (at - front, at + 1 + behind);
    let is_space = |b: &u8| b.is_ascii_whitespace();
    let last = bytes[..start].iter().rev().take(WORD_BYTES).position(is_space);
    let before = &bytes[start - last.unwrap_or(start.min(WORD_BYTES))..start];
    let first = bytes[end..].iter().take(WORD_BYTES).position(is_space);
    let after = &bytes[end..end + first.unwrap_or((bytes.len() - end).min(WORD_BYTES))];
    let (&[.., left], &[right, ..]) = (before, after) else { return None };
    let said = |b: u8| b.is_ascii_alphanumeric() || !b.is_ascii();
    let figures = || before.iter().chain(after).any(u8::is_ascii_digit);
    // Beside a dash or stroke, what stands behind it counts.
    let parts = |b: u8| matches!(b, b'-' | b'/');
    let (far_left, far_right) = (
        if parts(left) { before.iter().rev().nth(1).copied() } else { Some(left) },
        if parts(right) { after.get(1).copied() } else { Some(right) },
    );
    let (far_left, far_right) = (far_left?, far_right?);
    // Beside a blank or comma, which stays: `4~, 2012`, `17~ November`.
    let beside = |b: u8| said(b) || matches!(b, b',' | b'(' | b')');
    if bytes[at] == b'~' && end - start == 2 && beside(left) && beside(right) {
        return Some(Joint { gap: at..at + 1, word: false });
    }
    let gap = start..end;
    if far_left.is_ascii_digit() && far_right.is_ascii_digit() {
        return Some(Joint { gap, word: false });
    }
    if bytes[at] == b'~' {
        let inside = |b: u8| said(b) || matches!(b, b'@' | b'.' | b'_' | b'-' | b'/');
        let tight = end - start == 1 && inside(left) && inside(right);
        let loose = end - start == 1 && beside(left) && beside(right);
        return (tight || loose).then_some(Joint { gap, word: false });
    }
    if left == b'-' && right.is_ascii_lowercase() && far_left.is_ascii_alphabetic() && !figures() {
        return Some(Joint { gap: start - 1..end, word: true });
    }
    let dash = (left == b'-') != (right == b'-') && said(far_left) && said(far_right) && figures();
    // What ends a sentence or clause is no part of a code.
    let last = after
        .iter()
        .rposition(|b| !matches!(b, b'.' | b',' | b';' | b':' | b')'))
        .map_or(0, |at| at + 1);
    let after_code = &after[..last];
    let code = |word: &[u8]| {
        word.iter().any(u8::is_ascii_digit)
            && word.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'-')
    };
    // One that has its last part ends there: the next line is no part of it.
    let whole = |mail: &[u8]| {
        let mail = mail.strip_suffix(b".").unwrap_or(mail);
        let letters = mail.iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
        letters >= 2 && mail[..mail.len() - letters].ends_with(b".")
    };
    // `jane.do` and `e@example.com` on the next line.
    let address = after.iter().position(|b| *b == b'@').is_some_and(|at| {
        after[..at].iter().all(|b| said(*b) || matches!(b, b'.' | b'_' | b'-' | b'+'))
    });
    // `giancar` and `lo.boom@example.com`.
    let strange = before.len() >= STRANGE_MIN
        && before.iter().all(u8::is_ascii_lowercase)
        && std::str::from_utf8(before).is_ok_and(is_unlisted);
    let local = address && strange
        || address
            && before.iter().skip(1).any(|b| matches!(b, b'.' | b'_' | b'+'))
            && said(left)
            && before.iter().all(|b| said(*b) || matches!(b, b'.' | b'_' | b'-' | b'+'));
    // `jane@mail.example.` and `com`.
    let ends = left == b'.' && TOP_LEVEL.contains(&after_code);
    let mail = right == b'@' && said(left)
        || local
        || before.contains(&b'@') && ends
        || before.contains(&b'@')
            && !whole(before)
            && (said(left) || matches!(left, b'.' | b'@'))
            && !right.is_ascii_uppercase();
    // `8-Oc` and `t-1954` on the next line.
    let dated = |word: &[u8]| word.contains(&b'-') && word.iter().any(u8::is_ascii_digit);
    let month = said(left) && said(right) && dated(before) && dated(after);
    // `10.` and `17.1948` on the next line.
    let figures_in = |word: &[u8]| {
        let in_date = |b: &u8| b.is_ascii_digit() || *b == b'.';
        let from = word.iter().position(in_date).unwrap_or(word.len());
        let points = word[from..].iter().filter(|b| **b == b'.').count();
        word[from..].iter().all(in_date).then_some(points)
    };
    let points = figures_in(before).zip(figures_in(after_code)).map_or(0, |(a, b)| a + b);
    let year = after_code.iter().rev().take_while(|b| b.is_ascii_digit()).count() == 4;
    let date = points == 2 && year && (left == b'.') != (right == b'.');
    (dash || month || date || code(before) && code(after_code) || mail)
        .then_some(Joint { gap, word: false })
}

fn take(text: &str, start: usize, end: usize, joined: &mut String, from: &mut Vec<u32>) {
    joined.push_str(&text[start..end]);
    from.extend(start as u32..end as u32);
}

/// Behind the end of a line or a space, so that no word is cut.
fn around_start(text: &str, at: usize) -> usize {
    let start = text.floor_char_boundary(at.saturating_sub(AROUND_BYTES));
    match text[start..at].find(|c: char| c.is_ascii_whitespace()) {
        Some(space) if start > 0 => start + space + 1,
        _ => start,
    }
}

fn around_end(text: &str, at: usize) -> usize {
    let end = text.ceil_char_boundary((at + AROUND_BYTES).min(text.len()));
    match text[at..end].rfind(|c: char| c.is_ascii_whitespace()) {
        Some(space) if end < text.len() => at + space,
        _ => end,
    }
}

/// Shortest line of base64 that goes on in the next one: MIME has 76 characters, PEM 64.
const BASE64_LINE_CHARS_MIN: usize = 60;
/// How often a text is taken for base64 of base64.
const BASE64_DEPTH_MAX: usize = 3;

/// Runs of `text` that are base64 of a text, with that text.
pub(super) fn encoded(text: &str) -> impl Iterator<Item = (Span, Zeroizing<String>)> {
    let bytes = text.as_bytes();
    let (mut at, mut parts) = (0, 0..0);
    // Up to where lines are read one by one: together they are no base64.
    let mut lines_until = 0;
    std::iter::from_fn(move || {
        loop {
            // What is no base64 as a whole may be behind a word and a mark: `ref-U2Vl...`.
            while parts.start < parts.end {
                let start = parts.start;
                let mark = |b: &u8| matches!(b, b'-' | b'_' | b'/' | b'+');
                let length = bytes[start..parts.end].iter().position(mark);
                let end = length.map_or(parts.end, |length| start + length);
                parts.start = end + 1;
                if end - start >= BASE64_CHARS_MIN
                    && let Some(decoded) = decode(&text[start..end], BASE64_DEPTH_MAX)
                {
                    return Some((Span::new(start, end), decoded));
                }
            }
            if at >= bytes.len() {
                return None;
            }
            let Some(start) = run_start(bytes, at) else {
                at = bytes.len();
                return None;
            };
            at = run_end(bytes, start, start >= lines_until);
            if at - start < BASE64_CHARS_MIN {
                at = at.max(start + 1);
                continue;
            }
            match decode(&text[start..at], BASE64_DEPTH_MAX) {
                Some(decoded) => return Some((Span::new(start, at), decoded)),
                None if start >= lines_until && bytes[start..at].contains(&b'\n') => {
                    (lines_until, at) = (at, start);
                }
                None => parts = start..at,
            }
        }
    })
}

fn is_base64(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_')
}

/// The next run of characters of base64, from `at` on, that is long enough. Of every such many bytes one is
/// looked at: where it is none of them, no run is around it.
fn run_start(bytes: &[u8], mut at: usize) -> Option<usize> {
    let is = |b: &u8| is_base64(*b) || *b == b'=';
    loop {
        let window = bytes.get(at..at + BASE64_CHARS_MIN)?;
        match window.iter().rposition(|b| !is(b)) {
            Some(other) => at += other + 1,
            // What pads the run before begins none.
            None if window[0] == b'=' => at += 1,
            None => return Some(at),
        }
    }
}

/// The end of the run of base64 that starts there; with `lines`, over the ends of long ones.
fn run_end(bytes: &[u8], mut at: usize, lines: bool) -> usize {
    let digit = |b: &u8| is_base64(*b);
    loop {
        let digits = bytes[at..].iter().take_while(|b| digit(b)).count();
        let padding = bytes[at + digits..].iter().take_while(|b| **b == b'=').count().min(2);
        let end = at + digits + if digits > 0 { padding } else { 0 };
        let next = match &bytes[end..] {
            [b'\n', ..] => end + 1,
            [b'\r', b'\n', ..] => end + 2,
            _ => return end,
        };
        let goes_on = digits >= BASE64_LINE_CHARS_MIN && bytes.get(next).is_some_and(digit);
        if padding > 0 || !goes_on || !lines {
            return end;
        }
        at = next;
    }
}

fn decode(run: &str, depth: usize) -> Option<Zeroizing<String>> {
    use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD};
    let digits = run.bytes().filter(|b| !matches!(b, b'\r' | b'\n' | b'='));
    let digits = Zeroizing::new(digits.collect::<Vec<u8>>());
    let decoded = BASE64_NOPAD.decode(&digits).or_else(|_| BASE64URL_NOPAD.decode(&digits)).ok()?;
    let text = Zeroizing::new(String::from_utf8(decoded).ok()?);
    if !text.chars().all(|c| !c.is_control() || c.is_whitespace()) {
        return None;
    }
    let deeper = depth > 1 && run_end(text.as_bytes(), 0, true) == text.len();
    let inner = if deeper { decode(&text, depth - 1) } else { None };
    Some(inner.unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(text: &str) -> String {
        let mut normal = Normal::default();
        normal.read(text, Way::Plain);
        normal.text(text).to_string()
    }

    #[test]
    fn every_encoding_says_the_same() {
        for text in [
            "123-45-6789",
            "\u{ff11}\u{ff12}\u{ff13}\u{ff0d}45\u{2011}6789",
            "1\u{200b}23-\u{ad}45-67\u{2060}89",
            "\u{661}\u{662}\u{663}-\u{1d7dc}5-6789",
            "&#49;2&#x33;-45&hyphen;6789",
            "12%33%2d45-6789",
            "\\u00312\\u0033-45-6789",
            "123\\X2D\\45-6789",
            "&amp;#49;23-45&amp;hyphen;6789",
            "%25312%2533-45-6789",
        ] {
            assert_eq!(normal(text), "123-45-6789", "{text}");
        }
        assert_eq!(
            normal("Zo&eacute;\u{a0}O\u{2019}Neil %C3%A9 50 % & 10\u{b2}"),
            "Zo\u{e9} O'Neil \u{e9} 50 % & 10\u{b2}"
        );
        assert_eq!(normal("a\\T\\b \\n c:\\dir %zz &foo;"), "a&b \\n c:\\dir %zz &foo;");
    }

    /// Nothing is taken for an escape that is none, at the end of a text or before a longer character.
    #[test]
    fn what_is_no_whole_escape_stays() {
        for text in ["\\X41", "\\X41\u{e9}", "\\X", "C:\\X12-34", "&#", "%c3", "\\u12", "%C3\u{e9}"]
        {
            assert_eq!(normal(text), text);
        }
    }

    #[test]
    fn spans_lead_back_to_the_source() {
        let text = "MRN &#49;\u{ff12}\u{200b}3, done";
        let mut normal = Normal::default();
        normal.read(text, Way::Plain);
        let at = normal.text(text).find("123").expect("it is there");
        let source = normal.source(Span::new(at, at + 3));
        assert_eq!(&text[source.range()], "&#49;\u{ff12}\u{200b}3");
        let plain = "MRN 123";
        normal.read(plain, Way::Plain);
        assert_eq!(normal.source(Span::new(4, 7)), Span::new(4, 7));
    }

    #[test]
    fn highlighting_goes_or_parts_words() {
        let mut normal = Normal::default();
        for (text, gone, parted, glued) in [
            (r"\H\E\X4C\ENA\N\", "ELENA", " ELENA ", false),
            (r"\H\Ann\N\ and \H\Bob\N\", "Ann and Bob", " Ann  and  Bob ", false),
            (r"536-\H\22\N\-7184", "536-22-7184", "536- 22 -7184", true),
            (r"MRN 1&#55;\N\on", "MRN 17on", "MRN 17 on", true),
            (r"Th\H\orne\N\, Ann", "Thorne, Ann", "Th orne , Ann", true),
            (r"Dr\H\Smith\N\called", "DrSmithcalled", "Dr Smith called", true),
            (r"A\T\B", "A&B", "A&B", false),
        ] {
            for (way, said) in [(Way::Plain, gone), (Way::Parts, parted)] {
                normal.read(text, way);
                assert_eq!(normal.text(text), said);
            }
            assert_eq!(is_glued(text), glued, "{text}");
        }
    }

    #[test]
    fn numbers_that_are_parted_are_put_together() {
        let text = "MRN 0012~3456 and 212-555-\r\n0142,\nseen ~ 3";
        let mut seen = 0;
        let outcome: Result<(), ()> = parted(text, |joined, from, _| {
            assert_eq!(joined, "MRN 00123456 and 212-555-0142,\nseen ~ 3");
            assert_eq!(from.len(), joined.len());
            let at = joined.find("00123456").expect("it is there");
            assert_eq!(&text[from[at] as usize..from[at + 7] as usize + 1], "0012~3456");
            seen += 1;
            Ok(())
        });
        assert_eq!((outcome, seen), (Ok(()), 1));
        let far = format!("1~2 {} \u{e9}\u{e9} 3\n4", "x ".repeat(200));
        let mut found = Vec::new();
        let outcome: Result<(), ()> = parted(&far, |joined, from, _| {
            found.push((joined.len(), from.len()));
            Ok(())
        });
        assert_eq!((outcome, found.len()), (Ok(()), 2));
        assert!(found.iter().all(|(bytes, from)| bytes == from && *bytes < 200), "{found:?}");
        let none: Result<(), ()> = parted("a ~ b\nc 3\n\n4", |_, _, _| Err(()));
        assert_eq!(none, Ok(()));
    }

    #[test]
    fn values_that_a_break_parts_are_put_together() {
        for (text, want, word) in [
            ("Ms. Bo-\nudreaux", Some("Ms. Boudreaux"), true),
            ("Dr. Bergs-\r\n  tr\u{f6}m", Some("Dr. Bergstr\u{f6}m"), true),
            ("26-\nOct-2014", Some("26-Oct-2014"), false),
            ("21-Jan\n  -83", Some("21-Jan-83"), false),
            ("8-Oc\nt-1954", Some("8-Oct-1954"), false),
            ("4/\n  2/49", Some("4/2/49"), false),
            ("(10.\n17.1948)", Some("(10.17.1948)"), false),
            ("7.16\n.1995.", Some("7.16.1995."), false),
            ("at 10.\n17.5 mg", None, false),
            ("MAR 4 ~1961", Some("MAR 4 1961"), false),
            ("17~ November 1961", Some("17 November 1961"), false),
            ("October 4~, 1962", Some("October 4, 1962"), false),
            ("July 5th, ~1992", Some("July 5th, 1992"), false),
            ("and/\nor", None, false),
            ("HH\n-289465", Some("HH-289465"), false),
            ("4FA1-JQ\n8-XV81", Some("4FA1-JQ8-XV81"), false),
            ("4FA1-JQ\n8-XV81.", Some("4FA1-JQ8-XV81."), false),
            ("MBI: 6F11Y\nG2MK85, paid", Some("MBI: 6F11YG2MK85, paid"), false),
            (
                "at avila.can\ndice@bluestem.example",
                Some("at avila.candice@bluestem.example"),
                false,
            ),
            ("Contact\nluz78@otterbrook.org", None, false),
            ("luz78@otterbrook.o\nrg", Some("luz78@otterbrook.org"), false),
            ("cole_valencia\n@example.com", Some("cole_valencia@example.com"), false),
            ("30 No~v 2016", Some("30 Nov 2016"), false),
            ("fv~u25@example.com", Some("fvu25@example.com"), false),
            ("jane@example.com\nplan", None, false),
            ("jane@example.com.\nThe", None, false),
            ("jane@example.\ncom", Some("jane@example.com"), false),
            ("jane@mail.example.\ncom", Some("jane@mail.example.com"), false),
            ("to giancar\nlo.boom@example.com", Some("to giancarlo.boom@example.com"), false),
            ("her email\nlo.boom@example.com", None, false),
            ("Smith-\nJones, well-\n", None, false),
            ("HR 98\nMale\n- seen", None, false),
        ] {
            let mut found = None;
            let outcome: Result<(), ()> = parted(text, |joined, _, word| {
                found = Some((joined.to_string(), word));
                Ok(())
            });
            assert_eq!((outcome, found), (Ok(()), want.map(|want| (want.to_string(), word))));
            if let Some(want) = want {
                assert_eq!(said(text, true, &mut String::new()), want);
            }
        }
    }

    #[test]
    fn base64_of_a_text_is_read() {
        let text = "n\u{f6}te: U2VlbiBieSBEci4gQWRhIExhcms= \u{2014} end, E11.9 HELLOWORLDHELLOW aaaaaaaaaaaaaaaaaaa";
        let found: Vec<_> = encoded(text).map(|(span, said)| (&text[span.range()], said)).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "U2VlbiBieSBEci4gQWRhIExhcms=");
        assert_eq!(found[0].1.as_str(), "Seen by Dr. Ada Lark");
    }

    /// Most bytes are never looked at: what is found is what each byte in turn would find.
    #[test]
    fn runs_of_base64_are_found_wherever_they_begin() {
        let run = "U2VlbiBieSBEci4gQWRhIExhcms=";
        for front in 0..40 {
            let text =
                format!("{}{run}{}", &"so it is ".repeat(5)[..front], &" and ".repeat(9)[..front]);
            let found: Vec<_> = encoded(&text).map(|(span, _)| span).collect();
            let glued = text[..front].chars().last().is_some_and(|c| c.is_alphanumeric());
            assert_eq!(
                found.iter().any(|span| span.range() == (front..front + run.len())),
                !glued,
                "{text}"
            );
        }
        for (text, want) in [
            // Fourteen characters and what pads them.
            ("see U2VlbiBBZGEgTA== now", Some("U2VlbiBBZGEgTA==")),
            ("== U2VlbiBBZGEgTA==", Some("U2VlbiBBZGEgTA==")),
            ("x===U2VlbiBBZGEgTA==", Some("U2VlbiBBZGEgTA==")),
            ("================================", None),
            ("U2VlbiBBZGEgT", None),
            ("", None),
        ] {
            let found: Vec<_> = encoded(text).map(|(span, _)| &text[span.range()]).collect();
            assert_eq!(found.first().copied(), want, "{text}");
        }
    }

    #[test]
    fn base64_behind_a_mark_over_lines_and_of_base64_is_read() {
        let long = "Seen by Dr. Ada Lark on the ward; her daughter will call again in the morning about it all.";
        for (text, want) in [
            ("ref-U2VlbiBieSBEci4gQWRhIExhcms= end", "Seen by Dr. Ada Lark"),
            (
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nU2VlbiBieSBEci4gQWRhIExhcms= end",
                "Seen by Dr. Ada Lark",
            ),
            ("data/U2VlbiBieSBEci4gQWRhIExhcms", "Seen by Dr. Ada Lark"),
            ("VTJWbGJpQmllU0JFY2k0Z1FXUmhJRXhoY21zPQ==", "Seen by Dr. Ada Lark"),
            (
                "note: U2VlbiBieSBEci4gQWRhIExhcmsgb24gdGhlIHdhcmQ7IGhlciBkYXVnaHRlciB3aWxsIGNhbGwg\r\nYWdhaW4gaW4gdGhlIG1vcm5pbmcgYWJvdXQgaXQgYWxsLg== end",
                long,
            ),
        ] {
            let found: Vec<_> = encoded(text).map(|(_, said)| said.to_string()).collect();
            assert_eq!(found, [want], "{text}");
        }
        // Two short lines are no one run.
        assert!(encoded("U2VlbiBieSBE\nci4gQWRhIExhcms=").all(|(span, _)| span.start > 12));
    }
}

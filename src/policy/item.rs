//! Reading typed values out of a document's tree. Every reader reports what it does not
//! understand and goes on, so that one run finds every problem.

use std::ops::{Range, RangeInclusive};
use std::time::Duration;

use super::page::{Node, Page, Value};
use super::problem::{Report, nearest};
use crate::phi::{Code, Day, Ymd};

/// A value of a document with its place and the key that it stands under.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    page: &'a Page,
    report: &'a Report,
    node: &'a Node,
    key: Option<Range<usize>>,
    path: String,
}

/// A mapping whose keys are known.
#[derive(Clone, Debug)]
pub(super) struct Table<'a> {
    item: Item<'a>,
    entries: &'a [(Node, Node)],
}

impl<'a> Item<'a> {
    /// The whole document.
    pub(super) fn root(page: &'a Page, report: &'a Report, node: &'a Node) -> Item<'a> {
        Item { page, report, node, key: None, path: String::new() }
    }

    /// Reports a problem with this value. An empty hint means the code's own way out.
    pub(super) fn problem(&self, code: Code, message: impl Into<String>, hint: impl Into<String>) {
        let at = &self.node.at;
        let first = self.page.text[at.clone()].chars().next();
        let is_block = matches!(self.node.value, Value::Map(_) | Value::List(_))
            && !matches!(first, Some('{' | '['));
        match &self.key {
            // A block below its key, or nothing at all: the key says it better.
            Some(key) if is_block || at.is_empty() || self.is_null() => {
                self.report.add(code, self.page, key.clone(), &self.path, message, hint);
            }
            _ => self.report.add(code, self.page, at.clone(), &self.path, message, hint),
        }
    }

    /// Reports a problem with the key that this value stands under.
    pub(super) fn key_problem(
        &self,
        code: Code,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let at = self.key.clone().unwrap_or(self.node.at.clone());
        self.report.add(code, self.page, at, &self.path, message, hint);
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self.node.value, Value::Null)
    }

    /// The text, where it is one; else nothing is said.
    pub(super) fn plain(&self) -> Option<&'a str> {
        match &self.node.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn is_mapping(&self) -> bool {
        matches!(self.node.value, Value::Map(_))
    }

    /// Whether it is a mapping with that key.
    pub(super) fn has(&self, name: &str) -> bool {
        matches!(&self.node.value, Value::Map(entries) if entries.iter().any(|(key, _)| is(key, name)))
    }

    pub(super) fn is_list(&self) -> bool {
        matches!(self.node.value, Value::List(_))
    }

    fn wrong(&self, wanted: &str) {
        let found = self.node.value.kind();
        self.problem(Code::WrongValue, format!("{found} stands here"), format!("write {wanted}"));
    }

    /// A text that is not empty.
    pub(super) fn text(&self) -> Option<&'a str> {
        match &self.node.value {
            Value::Text(text) if !text.trim().is_empty() => Some(text),
            Value::Int(_) | Value::Float(_) | Value::Bool(_) => {
                self.wrong("it in quotes: it is text, and YAML would read something else");
                None
            }
            _ => {
                self.wrong("a text");
                None
            }
        }
    }

    /// A name that other documents, topics and files are built from.
    pub(super) fn name(&self) -> Option<&'a str> {
        let name = self.text()?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.len() <= 100 && name.chars().all(plain) && !name.starts_with('.') {
            return Some(name);
        }
        let hint = "at most 100 letters, digits, `-`, `_` and `.`, no dot in front";
        self.problem(Code::WrongValue, "not a name", hint);
        None
    }

    /// A Kafka topic.
    pub(super) fn topic(&self) -> Option<&'a str> {
        let name = self.text()?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.len() <= 249 && name.chars().all(plain) && name != "." && name != ".." {
            return Some(name);
        }
        let hint = "at most 249 ASCII letters, digits, `-`, `_` and `.`";
        self.problem(Code::WrongValue, "not the name of a Kafka topic", hint);
        None
    }

    /// An address of the web.
    pub(super) fn url(&self) -> Option<&'a str> {
        let url = self.text()?;
        let rest = ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme));
        let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
        let is_plain =
            url.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte));
        if is_plain && !host.is_empty() && !host.contains('@') {
            return Some(url);
        }
        // A name and a password in an address end in logs.
        let hint = "https://HOST/PATH, without a user in it";
        self.problem(Code::WrongValue, "not an address of the web", hint);
        None
    }

    pub(super) fn bool(&self) -> Option<bool> {
        match self.node.value {
            Value::Bool(truth) => Some(truth),
            _ => {
                self.wrong("true or false");
                None
            }
        }
    }

    /// A whole number in a range.
    pub(super) fn int(&self, range: RangeInclusive<i64>) -> Option<i64> {
        match self.node.value {
            Value::Int(number) if range.contains(&number) => Some(number),
            Value::Int(_) => {
                let hint = format!("from {} to {}", range.start(), range.end());
                self.problem(Code::WrongValue, "out of range", hint);
                None
            }
            _ => {
                self.wrong("a whole number");
                None
            }
        }
    }

    /// A share, 0 to 1.
    pub(super) fn share(&self) -> Option<f64> {
        let number = match self.node.value {
            Value::Float(number) => number,
            Value::Int(number) => number as f64,
            _ => f64::NAN,
        };
        if (0.0..=1.0).contains(&number) {
            return Some(number);
        }
        self.problem(Code::WrongValue, "not a share", "a number from 0 to 1: 0.05 is five percent");
        None
    }

    /// A length of time: `500ms`, `30s`, `1m`, `2h`, `1d`.
    pub(super) fn duration(&self) -> Option<Duration> {
        let words = match &self.node.value {
            Value::Text(text) => text.as_str(),
            _ => "",
        };
        let split = words.find(|c: char| !c.is_ascii_digit()).unwrap_or(words.len());
        let unit = match &words[split..] {
            "ms" => Some(1),
            "s" => Some(1_000),
            "m" => Some(60_000),
            "h" => Some(3_600_000),
            "d" => Some(86_400_000),
            _ => None,
        };
        let millis =
            words[..split].parse::<u64>().ok().zip(unit).and_then(|(n, u)| n.checked_mul(u));
        match millis {
            Some(millis) if millis > 0 => Some(Duration::from_millis(millis)),
            _ => {
                let hint = "a number and a unit: 500ms, 30s, 1m, 2h or 1d";
                self.problem(Code::WrongValue, "not a length of time", hint);
                None
            }
        }
    }

    /// A day, `YYYY-MM-DD`.
    pub(super) fn day(&self) -> Option<Day> {
        let day = match &self.node.value {
            Value::Text(text) => iso_day(text),
            _ => None,
        };
        if day.is_none() {
            self.problem(Code::WrongValue, "not a day", "write it as 2027-06-30");
        }
        day
    }

    /// One word out of a table.
    pub(super) fn one_of<T: Copy>(&self, table: &[(&str, T)]) -> Option<T> {
        let word = self.text()?;
        let found = table.iter().find(|(name, _)| *name == word).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let names: Vec<&str> = table.iter().map(|(name, _)| *name).collect();
            let message = format!("`{word}` is not one of the values");
            self.problem(Code::WrongValue, message, format!("one of: {}", names.join(", ")));
        }
        found
    }

    /// A list with at least one value.
    pub(super) fn list(&self) -> Option<Vec<Item<'a>>> {
        match &self.node.value {
            Value::List(nodes) if !nodes.is_empty() => {
                let item = |(n, node): (usize, &'a Node)| self.below(node, None, &n.to_string());
                Some(nodes.iter().enumerate().map(item).collect())
            }
            _ => {
                self.wrong("a list with at least one value: [a, b]");
                None
            }
        }
    }

    /// A list of texts, each read by `read`.
    pub(super) fn texts(&self, read: impl Fn(&Item<'a>) -> Option<&'a str>) -> Option<Vec<String>> {
        let items = self.list()?;
        let texts: Vec<_> = items.iter().map(|item| read(item).map(str::to_owned)).collect();
        texts.into_iter().collect()
    }

    /// A mapping with known keys; others are reported.
    pub(super) fn table(&self, known: &[&str]) -> Option<Table<'a>> {
        let Value::Map(entries) = &self.node.value else {
            self.wrong(&format!("a mapping with the keys {}", known.join(", ")));
            return None;
        };
        for (name, item) in self.named(entries) {
            if !known.contains(&name) {
                let hint = match nearest(name, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the keys here are: {}", known.join(", ")),
                };
                item.key_problem(Code::UnknownKey, format!("unknown key `{name}`"), hint);
            }
        }
        Some(Table { item: self.clone(), entries })
    }

    /// A mapping whose keys are the writer's own: paths, classes, names.
    pub(super) fn entries(&self) -> Option<Vec<(&'a str, Item<'a>)>> {
        match &self.node.value {
            Value::Map(entries) if !entries.is_empty() => Some(self.named(entries)),
            _ => {
                self.wrong("a mapping with at least one entry");
                None
            }
        }
    }

    fn named(&self, entries: &'a [(Node, Node)]) -> Vec<(&'a str, Item<'a>)> {
        let mut named = Vec::with_capacity(entries.len());
        for (key, node) in entries {
            match &key.value {
                Value::Text(name) => {
                    named.push((name.as_str(), self.below(node, Some(key.at.clone()), name)));
                }
                _ => {
                    let item = self.below(key, None, "?");
                    item.problem(Code::WrongValue, "a key that is not text", "put it in quotes");
                }
            }
        }
        named
    }

    fn below(&self, node: &'a Node, key: Option<Range<usize>>, name: &str) -> Item<'a> {
        let dot = if self.path.is_empty() { "" } else { "." };
        let path = format!("{}{dot}{name}", self.path);
        Item { page: self.page, report: self.report, node, key, path }
    }
}

impl<'a> Table<'a> {
    /// The mapping itself.
    pub(super) fn item(&self) -> &Item<'a> {
        &self.item
    }

    /// The value of a key, if it is there.
    pub(super) fn get(&self, name: &str) -> Option<Item<'a>> {
        let (key, node) = self.entries.iter().find(|(key, _)| is(key, name))?;
        Some(self.item.below(node, Some(key.at.clone()), name))
    }

    /// The value of a key that may be missing or `null`, which means the same.
    pub(super) fn maybe(&self, name: &str) -> Option<Item<'a>> {
        self.get(name).filter(|item| !item.is_null())
    }

    /// The value of a key that must be there.
    pub(super) fn need(&self, name: &str) -> Option<Item<'a>> {
        let item = self.get(name);
        if item.is_none() {
            self.item.problem(Code::MissingKey, format!("`{name}` is missing"), "");
        }
        item
    }
}

/// Whether a key is that name.
fn is(key: &Node, name: &str) -> bool {
    matches!(&key.value, Value::Text(text) if text == name)
}

fn iso_day(text: &str) -> Option<Day> {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let shape = year.len() == 4 && month.len() == 2 && day.len() == 2 && parts.next().is_none();
    if !shape || ![year, month, day].into_iter().all(digits) {
        return None;
    }
    Ymd::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).map(Day)
}

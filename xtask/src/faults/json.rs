//! JSON for the bench's own reports and the checker's one object: a value, a writer, a reader.

use std::fmt::Write;

/// A value. Numbers keep their text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

impl Json {
    pub(crate) fn number(n: impl std::fmt::Display) -> Json {
        Json::Number(n.to_string())
    }

    pub(crate) fn text(text: impl Into<String>) -> Json {
        Json::Text(text.into())
    }

    pub(crate) fn texts(texts: &[String]) -> Json {
        Json::List(texts.iter().cloned().map(Json::Text).collect())
    }

    /// A member of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Json> {
        let Json::Map(members) = self else { return None };
        members.iter().find(|(member, _)| member == name).map(|(_, value)| value)
    }

    pub(crate) fn str(&self, name: &str) -> &str {
        match self.get(name) {
            Some(Json::Text(text) | Json::Number(text)) => text,
            _ => "",
        }
    }

    pub(crate) fn list(&self, name: &str) -> &[Json] {
        if let Some(Json::List(list)) = self.get(name) { list } else { &[] }
    }

    /// Written with two spaces a level.
    pub(crate) fn write(&self) -> String {
        let mut out = String::new();
        self.write_into(&mut out, 0);
        out.push('\n');
        out
    }

    fn write_into(&self, out: &mut String, depth: usize) {
        let pad = |out: &mut String, depth| {
            out.push('\n');
            (0..depth).for_each(|_| out.push_str("  "));
        };
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
            Json::Number(text) => out.push_str(text),
            Json::Text(text) => write_text(out, text),
            Json::List(list) => {
                out.push('[');
                for (n, value) in list.iter().enumerate() {
                    out.push_str(if n > 0 { "," } else { "" });
                    pad(out, depth + 1);
                    value.write_into(out, depth + 1);
                }
                if !list.is_empty() {
                    pad(out, depth);
                }
                out.push(']');
            }
            Json::Map(members) => {
                out.push('{');
                for (n, (name, value)) in members.iter().enumerate() {
                    out.push_str(if n > 0 { "," } else { "" });
                    pad(out, depth + 1);
                    write_text(out, name);
                    out.push_str(": ");
                    value.write_into(out, depth + 1);
                }
                if !members.is_empty() {
                    pad(out, depth);
                }
                out.push('}');
            }
        }
    }

    /// Reads one value; `None` for anything that is not one.
    pub(crate) fn read(text: &str) -> Option<Json> {
        let mut reader = Reader { rest: text };
        let value = reader.value(0)?;
        reader.space();
        reader.rest.is_empty().then_some(value)
    }
}

/// Writes a string.
pub(crate) fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c < ' ' => drop(write!(out, "\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn eat(&mut self, word: &str) -> bool {
        self.space();
        let found = self.rest.strip_prefix(word);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        if depth > 16 {
            return None;
        }
        for (word, value) in
            [("null", Json::Null), ("true", Json::Bool(true)), ("false", Json::Bool(false))]
        {
            if self.eat(word) {
                return Some(value);
            }
        }
        if self.eat("[") {
            let mut list = Vec::new();
            while !self.eat("]") {
                if !list.is_empty() && !self.eat(",") {
                    return None;
                }
                list.push(self.value(depth + 1)?);
            }
            return Some(Json::List(list));
        }
        if self.eat("{") {
            let mut members = Vec::new();
            while !self.eat("}") {
                if !members.is_empty() && !self.eat(",") {
                    return None;
                }
                let name = self.text()?;
                if !self.eat(":") {
                    return None;
                }
                members.push((name, self.value(depth + 1)?));
            }
            return Some(Json::Map(members));
        }
        if self.rest.starts_with('"') {
            return self.text().map(Json::Text);
        }
        let end = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)));
        let (number, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        number.parse::<f64>().ok()?;
        self.rest = rest;
        Some(Json::Number(number.to_string()))
    }

    fn text(&mut self) -> Option<String> {
        if !self.eat("\"") {
            return None;
        }
        let mut text = String::new();
        let mut chars = self.rest.char_indices();
        loop {
            let (at, c) = chars.next()?;
            match c {
                '"' => {
                    self.rest = &self.rest[at + 1..];
                    return Some(text);
                }
                '\\' => match chars.next()?.1 {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'r' => text.push('\r'),
                    'b' => text.push('\u{8}'),
                    'f' => text.push('\u{c}'),
                    'u' => {
                        let hex: String = (0..4).map_while(|_| chars.next()).map(|c| c.1).collect();
                        let code = u32::from_str_radix(&hex, 16).ok()?;
                        text.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                    }
                    c => text.push(c),
                },
                c => text.push(c),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let value = Json::Map(vec![
            ("a \"b\"\n".into(), Json::List(vec![Json::number(1.5), Json::Null, Json::Bool(true)])),
            ("empty".into(), Json::Map(Vec::new())),
            ("text".into(), Json::text("\u{1}é\\")),
        ]);
        let text = value.write();
        assert!(text.contains(r#""text": "\u0001é\\""#), "{text}");
        assert_eq!(Json::read(&text), Some(value));
    }

    #[test]
    fn the_checkers_object_is_read_and_nonsense_is_not() {
        let value = Json::read(r#"{"lost":0,"code W0207":12}"#).expect("reads");
        assert_eq!(
            (value.str("lost"), value.str("code W0207"), value.str("torn")),
            ("0", "12", "")
        );
        for nonsense in ["", "{", r#"{"a"}"#, "[1 2]", "1 2", r#""\u00"#, "abc"] {
            assert_eq!(Json::read(nonsense), None, "{nonsense}");
        }
    }
}

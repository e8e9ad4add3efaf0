//! A tour of one JSON record, whatever its members are: for who does not know its paths yet.

use super::Kind;
use super::json::decode;
use super::path::Trie;
use crate::phi::Code;

/// What a tour comes past, in the order of the record.
#[derive(Clone, Copy)]
pub enum Stop<'a> {
    /// An object begins.
    Object,
    /// An array begins.
    Array,
    /// The name of the member whose value comes next, out of its escapes.
    Name(&'a str),
    /// A value: a string out of its escapes, anything else as written.
    Value(Kind, &'a str),
    /// The innermost object or array ends.
    End,
}

impl std::fmt::Debug for Stop<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Names of members are data, as values are.
        f.write_str("Stop(..)")
    }
}

/// Goes through a record, after it was found to be one by the same rules as in a pipeline: a record
/// that is refused is not gone through at all. `buffer` holds what stood behind escapes: the caller
/// wipes it.
pub fn tour(record: &[u8], buffer: &mut String, see: &mut dyn FnMut(Stop<'_>)) -> Result<(), Code> {
    Trie::check(record)?;
    let text = std::str::from_utf8(record).map_err(|_| Code::NotUtf8)?;
    // From here on it is JSON, so that one look at each byte is enough.
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'{' => see(Stop::Object),
            b'[' => see(Stop::Array),
            b'}' | b']' => see(Stop::End),
            b'"' => {
                while !matches!(bytes.get(at), None | Some(b'"')) {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                let raw = text.get(start + 1..at).ok_or(Code::NotJson)?;
                at += 1;
                let escaped = raw.contains('\\');
                let value = if escaped {
                    buffer.clear();
                    buffer.reserve(raw.len());
                    decode(raw, buffer, None)?;
                    buffer.as_str()
                } else {
                    raw
                };
                let behind = bytes[at..].iter().find(|byte| !byte.is_ascii_whitespace());
                see(match behind {
                    Some(b':') => Stop::Name(value),
                    _ => Stop::Value(Kind::Text { escaped }, value),
                });
            }
            b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                let end =
                    |byte: &u8| matches!(byte, b',' | b'}' | b']') || byte.is_ascii_whitespace();
                at = bytes[at..].iter().position(end).map_or(bytes.len(), |more| at + more);
                let kind = match byte {
                    b't' | b'f' => Kind::Bool,
                    b'n' => Kind::Null,
                    _ => Kind::Number,
                };
                see(Stop::Value(kind, &text[start..at]));
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stops(record: &str) -> String {
        let mut out = String::new();
        tour(record.as_bytes(), &mut String::new(), &mut |stop| {
            out.push_str(&match stop {
                Stop::Object => "{".to_string(),
                Stop::Array => "[".to_string(),
                Stop::Name(name) => format!("<{name}>"),
                Stop::Value(Kind::Text { .. }, text) => format!("'{text}' "),
                Stop::Value(_, text) => format!("{text} "),
                Stop::End => "end ".to_string(),
            });
        })
        .expect("a record");
        out
    }

    #[test]
    fn a_tour_comes_past_everything_in_order() {
        let record = r#" {"a" : [1,-2.5e3 ,true, null,"x\"}\u00e9"], "b\n":{}, "c":"d:"} "#;
        assert_eq!(
            stops(record),
            "{<a>[1 -2.5e3 true null 'x\"}\u{e9}' end <b\n>{end <c>'d:' end "
        );
        assert_eq!(stops("7"), "7 ");
        assert_eq!(stops(r#""alone""#), "'alone' ");
    }

    #[test]
    fn what_a_pipeline_refuses_is_not_gone_through() {
        let mut seen = 0;
        for (record, code) in [
            (&b"{\"a\":1,\"a\":2}"[..], Code::DuplicateMember),
            (b"{\"a\":", Code::NotJson),
            (b"{} {}", Code::TrailingBytes),
            (b"\"\xff\"", Code::NotUtf8),
            (b"", Code::NotJson),
        ] {
            let refused = tour(record, &mut String::new(), &mut |_| seen += 1);
            assert_eq!(refused, Err(code));
        }
        assert_eq!(seen, 0);
    }
}

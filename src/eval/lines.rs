//! JSON Lines: `{"id","text","spans":[{"start","end","class"}],"codes":[...]}`, offsets in code points;
//! predictions need no text.

use super::{Document, Labels, Mark};
use serde_json::Value;

/// One line; the words of an error hold none of it.
pub fn read_line(line: &str, labels: &Labels) -> Result<Document, &'static str> {
    let value: Value = serde_json::from_str(line).map_err(|_| "it is not JSON")?;
    let id = match &value["id"] {
        Value::Null => return Err("it has no id"),
        Value::String(id) => id.clone(),
        other => other.to_string(),
    };
    let text = match &value["text"] {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        _ => return Err("its text is no string"),
    };
    let read =
        |key: &str| marks(&value[key], labels).ok_or("its spans are not what they should be");
    let (marks, codes) = (read("spans")?, read("codes")?);
    if let Some(text) = &text {
        let chars = text.chars().count();
        if marks.iter().chain(&codes).any(|mark| mark.end() > chars) {
            return Err("a span is beyond the end of the text");
        }
    }
    Ok(Document { id, text, marks, codes })
}

/// Spans of a line, in order; none where there is no such member.
fn marks(spans: &Value, labels: &Labels) -> Option<Vec<Mark>> {
    if spans.is_null() {
        return Some(Vec::new());
    }
    let number = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok());
    let one = |span: &Value| {
        let (start, end) = (number(&span["start"])?, number(&span["end"])?);
        let label = span["class"].as_str().unwrap_or_default().to_string();
        let class = labels.class(&label);
        (start < end).then_some(Mark { parts: vec![(start, end)], class, label })
    };
    let mut marks: Vec<_> = spans.as_array()?.iter().map(one).collect::<Option<_>>()?;
    marks.sort_by(|a, b| a.parts.cmp(&b.parts));
    Some(marks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phi::Class;

    #[test]
    fn a_line_is_read_or_said_to_be_none() {
        let read = |line: &str| read_line(line, &Labels::default());
        let line = r#"{"id":7,"text":"é MRN 12","spans":[{"start":6,"end":8,"class":"mrn"}]}"#;
        let document = read(line).expect("a document");
        assert_eq!((document.id.as_str(), document.codes.len()), ("7", 0));
        assert_eq!(document.marks[0].class, Some(Class::Mrn));
        for (line, what) in [
            ("{", "not JSON"),
            (r#"{"spans":[]}"#, "no id"),
            (r#"{"id":1,"text":2}"#, "no string"),
            (r#"{"id":1,"spans":7}"#, "spans"),
            (r#"{"id":1,"spans":[{"start":3}]}"#, "spans"),
            (r#"{"id":1,"spans":[{"start":3,"end":3}]}"#, "spans"),
            (r#"{"id":1,"spans":[{"start":-1,"end":3}]}"#, "spans"),
            (r#"{"id":1,"text":"abc","spans":[{"start":0,"end":4}]}"#, "beyond the end"),
            (r#"{"id":1,"text":"abc","codes":[{"start":0,"end":4}]}"#, "beyond the end"),
        ] {
            let words = read(line).err().expect("a misfit");
            assert!(words.contains(what), "{line}: {words}");
        }
    }
}

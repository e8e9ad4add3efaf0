//! How a token in brackets is written: `[NAME~v1:body]`, and with points where those marks have a meaning of their own.

use std::borrow::Cow;

/// A token in brackets with points, `[NAME.v1.body]`; `None` for anything else.
pub fn pointed_token(token: &str) -> Option<String> {
    let (tag, version, body) = parts(token, "~v", ':')?;
    Some(format!("[{tag}.v{version}.{body}]"))
}

/// A token with points as it stands everywhere else; anything else as it is.
pub fn plain_token(token: &str) -> Cow<'_, str> {
    match parts(token, ".v", '.') {
        Some((tag, version, body)) => Cow::Owned(format!("[{tag}~v{version}:{body}]")),
        None => Cow::Borrowed(token),
    }
}

fn parts<'a>(token: &'a str, first: &str, second: char) -> Option<(&'a str, &'a str, &'a str)> {
    let (tag, rest) = token.strip_prefix('[')?.strip_suffix(']')?.split_once(first)?;
    let (version, body) = rest.split_once(second)?;
    let number = !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit());
    let word = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric());
    (number && word(tag) && word(body)).then_some((tag, version, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_come_and_go() {
        let (token, pointed) = ("[NAME~v12:abc234]", "[NAME.v12.abc234]");
        assert_eq!(pointed_token(token).as_deref(), Some(pointed));
        assert_eq!(plain_token(pointed), token);
        for other in
            [token, "Smith", "[NAME]", "[x.y]", "[a.v.b]", "[a.vx.b]", "[.v1.b]", "[a.v1.b c]", ""]
        {
            assert_eq!(plain_token(other), other);
            assert!(other == token || pointed_token(other).is_none(), "{other}");
        }
    }
}

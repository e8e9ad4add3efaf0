//! Known strings, looked for at token borders in one pass: a filter on each run's first letters
//! decides whether any needle is compared at all.

/// A set of strings to look for. Letters match in either case; white space matches any white space.
#[derive(Default)]
pub struct Needles {
    /// Bits for the (first byte, length of the first run) of each needle.
    filter: [u64; 4],
    needles: Vec<(String, u32)>,
}

impl std::fmt::Debug for Needles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Needles({})", self.needles.len())
    }
}

fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

fn slot(first: u8, length: usize) -> (usize, u64) {
    let hash = (usize::from(first.to_ascii_lowercase()).wrapping_mul(31) ^ length.min(63)) & 255;
    (hash / 64, 1 << (hash % 64))
}

impl Needles {
    /// Forgets everything, keeps the memory.
    pub fn clear(&mut self) {
        self.filter = [0; 4];
        for (needle, _) in &mut self.needles {
            zeroize::Zeroize::zeroize(needle);
        }
        self.needles.clear();
    }

    /// Adds a string; `number` comes back with its hits. Strings without a letter or digit at the
    /// start are trimmed to their first one.
    pub fn add(&mut self, text: &str, number: u32) {
        let start = text.bytes().position(word).unwrap_or(text.len());
        let needle = text[start..].trim_end().to_lowercase();
        let run = needle.bytes().take_while(|&b| word(b)).count();
        if run == 0 || self.needles.iter().any(|(other, _)| *other == needle) {
            return;
        }
        let (at, bit) = slot(needle.as_bytes()[0], run);
        self.filter[at] |= bit;
        self.needles.push((needle, number));
    }

    /// True when there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }

    /// Calls `hit` with start, end and number for each occurrence that starts and ends at a token
    /// border.
    pub fn find(&self, text: &str, mut hit: impl FnMut(usize, usize, u32)) {
        if self.needles.is_empty() {
            return;
        }
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if !word(bytes[at]) {
                at += 1;
                continue;
            }
            let start = at;
            while at < bytes.len() && word(bytes[at]) {
                at += 1;
            }
            // A first letter outside ASCII may fold to other bytes: compare those always.
            let (index, bit) = slot(bytes[start], at - start);
            if bytes[start] >= 0x80 || self.filter[index] & bit != 0 || !bytes[start..at].is_ascii()
            {
                for (needle, number) in &self.needles {
                    if let Some(length) = matches(&text[start..], needle) {
                        hit(start, start + length, *number);
                    }
                }
            }
        }
    }
}

/// Length of `needle` at the start of `text`, if it stands there and ends at a border.
fn matches(text: &str, needle: &str) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    let mut wanted = needle.chars().peekable();
    while let Some(want) = wanted.next() {
        let (_, got) = chars.next()?;
        if want.is_whitespace() && got.is_whitespace() {
            while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            while wanted.next_if(|c| c.is_whitespace()).is_some() {}
            continue;
        }
        if got == want || got.to_ascii_lowercase() == want {
            continue;
        }
        let mut lower = got.to_lowercase();
        if lower.next() != Some(want) {
            return None;
        }
        for more in lower {
            if wanted.next() != Some(more) {
                return None;
            }
        }
    }
    match chars.peek() {
        None => Some(text.len()),
        Some((end, next)) if !next.is_alphanumeric() => Some(*end),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(needles: &[&str], text: &str) -> Vec<String> {
        let mut set = Needles::default();
        for (n, needle) in needles.iter().enumerate() {
            set.add(needle, n as u32);
        }
        let mut out = Vec::new();
        set.find(text, |start, end, _| out.push(text[start..end].to_string()));
        out
    }

    #[test]
    fn needles_are_found_at_borders_only() {
        assert_eq!(hits(&["12 Elm St"], "at 12  ELM\nst."), ["12  ELM\nst"]);
        assert_eq!(hits(&["elm"], "Elmwood elm, helm"), ["elm"]);
        assert_eq!(hits(&["\u{c9}mile"], "\u{c9}MILE \u{e9}mile"), ["\u{c9}MILE", "\u{e9}mile"]);
        assert_eq!(
            hits(&["123-45-6789"], "x123-45-6789 123-45-6789-0 123-45-67890"),
            ["123-45-6789"]
        );
        assert_eq!(hits(&["--"], "-- --"), Vec::<String>::new());
    }
}

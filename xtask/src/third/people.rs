//! People of the third set, and the forms that their names are written in.

use fastrand::Rng;

use super::names::{NICK, ORIGINS, SHORT};

/// Somebody with a name.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) given: &'static str,
    pub(super) middle: &'static str,
    pub(super) family: String,
    pub(super) suffix: &'static str,
    pub(super) nick: &'static str,
    pub(super) male: bool,
    /// What is behind the name, or what the person is to the patient.
    pub(super) role: &'static str,
    pub(super) class: &'static str,
    /// How this person's name is mostly written.
    style: u8,
}

fn any(rng: &mut Rng, list: &'static str) -> &'static str {
    let n = list.split(',').count();
    list.split(',').nth(rng.usize(..n)).unwrap_or(list)
}

impl Person {
    pub(super) fn new(rng: &mut Rng, male: bool, class: &'static str) -> Person {
        let all: u32 = ORIGINS.iter().map(|origin| origin.0).sum();
        let drawn = |rng: &mut Rng| {
            let mut at = rng.u32(..all);
            let found = ORIGINS.iter().find(|origin| {
                let here = at < origin.0;
                at = at.saturating_sub(origin.0);
                here
            });
            found.unwrap_or(&ORIGINS[0])
        };
        let home = drawn(rng);
        let names = if rng.u8(..6) == 0 { drawn(rng) } else { home };
        let givens = |origin: &(u32, &'static str, &'static str, &'static str)| {
            if male { origin.1 } else { origin.2 }
        };
        let given = any(rng, givens(names));
        let middle = loop {
            let middle = any(rng, givens(home));
            if middle != given && !middle.contains(' ') {
                break middle;
            }
        };
        let mut family = any(rng, home.3).to_string();
        if rng.u8(..14) == 0 && !family.contains([' ', '-']) {
            let origin = drawn(rng);
            let other = any(rng, origin.3);
            if !other.contains([' ', '-']) && other != family {
                family = format!("{family}-{other}");
            }
        }
        let suffix =
            if male { ["Jr", "Jr.", "Sr.", "III", "II", "IV"][rng.usize(..6)] } else { "" };
        let suffix = if rng.u8(..9) == 0 { suffix } else { "" };
        let nick = SHORT.iter().find(|(long, _)| *long == given).map(|(_, short)| *short);
        let nick = nick.unwrap_or_else(|| NICK[rng.usize(..NICK.len())]);
        let style = rng.u8(..8);
        Person { given, middle, family, suffix, nick, male, role: "", class, style }
    }

    fn initial(&self) -> char {
        self.middle.chars().next().unwrap_or('X').to_ascii_uppercase()
    }

    pub(super) fn plain(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    fn behind(&self) -> String {
        match self.suffix {
            "" => String::new(),
            suffix if self.style.is_multiple_of(2) => format!(" {suffix}"),
            suffix => format!(", {suffix}"),
        }
    }

    /// Given name first.
    pub(super) fn full(&self, rng: &mut Rng) -> String {
        let style = if rng.u8(..4) == 0 { rng.u8(..8) } else { self.style };
        let name = match style {
            0..=3 => self.plain(),
            4 | 5 => format!("{} {}. {}", self.given, self.initial(), self.family),
            6 => format!("{} {} {}", self.given, self.initial(), self.family),
            _ => format!("{} {} {}", self.given, self.middle, self.family),
        };
        name + &self.behind()
    }

    /// Family name first.
    pub(super) fn listed(&self, rng: &mut Rng) -> String {
        let suffix =
            if self.suffix.is_empty() { String::new() } else { format!(" {}", self.suffix) };
        let name = match rng.u8(..6) {
            0 | 1 => format!("{}{suffix}, {}", self.family, self.given),
            2 | 3 => format!("{}{suffix}, {} {}", self.family, self.given, self.initial()),
            4 => format!("{}{suffix}, {} {}.", self.family, self.given, self.initial()),
            _ => format!("{}{suffix},{}", self.family, self.given),
        };
        if self.style.is_multiple_of(3) { name.to_uppercase() } else { name }
    }

    /// The way of messages: parts between carets.
    pub(super) fn carets(&self) -> String {
        let suffix =
            if self.suffix.is_empty() { String::new() } else { format!("^{}", self.suffix) };
        format!("{}^{}^{}{suffix}", self.family, self.given, self.initial()).to_uppercase()
    }

    /// `J. Doe`.
    pub(super) fn short(&self) -> String {
        let first = self.given.chars().next().unwrap_or('X');
        match self.style % 3 {
            0 => format!("{first} {}", self.family),
            _ => format!("{first}. {}", self.family),
        }
    }

    /// `JD`, `J.D.`
    pub(super) fn initials(&self, dots: bool) -> String {
        let first = self.given.chars().next().unwrap_or('X');
        let last = self.family.chars().find(char::is_ascii_uppercase).unwrap_or('Y');
        if dots { format!("{first}.{last}.") } else { format!("{first}{last}") }
    }

    /// `Robert "Bob" Doe`.
    pub(super) fn nicknamed(&self) -> String {
        match self.style % 3 {
            0 => format!("{} ({}) {}", self.given, self.nick, self.family),
            _ => format!("{} \"{}\" {}", self.given, self.nick, self.family),
        }
    }

    /// A given name as it should not be spelt: two letters changed places, or one fell out.
    pub(super) fn misspelt(&self, rng: &mut Rng) -> String {
        let mut letters: Vec<char> = self.plain().chars().collect();
        let places: Vec<usize> = (1..letters.len().saturating_sub(1))
            .filter(|&at| {
                letters[at].is_ascii_lowercase()
                    && letters[at + 1].is_ascii_lowercase()
                    && letters[at] != letters[at + 1]
            })
            .collect();
        if let Some(&at) = places.get(rng.usize(..places.len().max(1))) {
            match rng.u8(..3) {
                0 => letters.swap(at, at + 1),
                1 => {
                    letters.remove(at);
                }
                _ => letters.insert(at, letters[at]),
            }
        }
        letters.into_iter().collect()
    }

    /// What goes before the `@`.
    pub(super) fn handle(&self, rng: &mut Rng) -> String {
        let plain = |text: &str| -> String {
            text.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect()
        };
        let (given, family) = (plain(self.given), plain(&self.family));
        let first = given.chars().next().unwrap_or('x');
        match rng.u8(..9) {
            0 | 1 => format!("{given}.{family}"),
            2 | 3 => format!("{first}{family}"),
            4 => format!("{given}_{family}"),
            5 => format!("{first}{family}{:02}", rng.u8(1..99)),
            6 => format!("{given}{}", rng.u16(1950..2009)),
            7 => format!("{family}{first}"),
            _ => format!("{given}{family}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_enough_names() {
        let list = |of: fn(&(u32, &'static str, &'static str, &'static str)) -> &'static str| {
            ORIGINS.iter().flat_map(move |origin| of(origin).split(','))
        };
        let given: BTreeSet<_> = list(|o| o.1).chain(list(|o| o.2)).collect();
        let family: BTreeSet<_> = list(|o| o.3).collect();
        assert!(given.len() >= 250, "{} given names", given.len());
        assert!(family.len() >= 400, "{} family names", family.len());
        for name in given.iter().chain(&family) {
            assert!(name.len() > 1 && *name == name.trim(), "{name:?}");
        }
    }
}

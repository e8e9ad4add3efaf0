//! Kernel `surrogate`: another name, place or organisation in place of the true one, drawn from
//! public lists by HMAC. One-way: many values share one surrogate, and no key takes it back.
//!
//! What is drawn depends on the canonical value alone, so one value has one surrogate within its
//! scope. No word of a surrogate is a word of the value.

mod lists;
mod names;
mod places;

pub use lists::surrogate_lists;

use crate::keys::Mac;
use crate::limits::SURROGATE_DRAWS_MAX;
use crate::phi::{Class, Code, plain};
use crate::transform::column::{Outcome, PhiColumn, map_rows};
use lists::LISTS;
use zeroize::Zeroizing;

/// Gives each row its surrogate: names in canonical form, everything else as the list writes it.
pub(super) fn run(class: Class, mac: &Mac, column: &PhiColumn) -> Outcome {
    map_rows(column, |_, value, out| {
        match class {
            Class::PersonName | Class::ProviderName => names::draw(mac, value, out)?,
            Class::City => places::city(mac, value, out)?,
            Class::County => places::county(mac, value, out)?,
            Class::Street => places::street(mac, value, out)?,
            Class::Organization => places::organization(mac, value, out)?,
            _ => return Err(Code::Internal),
        }
        Ok(true)
    })
}

/// Whether there are lists for values of this class.
pub(super) fn takes(class: Class) -> bool {
    surrogates(class).is_some()
}

/// How many surrogates a value like the class's example can have; `None` where there are no lists.
pub fn surrogates(class: Class) -> Option<u64> {
    let size = match class {
        Class::PersonName | Class::ProviderName => {
            LISTS.latin.families.len() * LISTS.latin.female.len()
        }
        Class::City => LISTS.cities.len(),
        Class::County => LISTS.counties.len(),
        // A house number of two digits.
        Class::Street => LISTS.streets.len() * 90,
        Class::Organization => LISTS.first.len() * LISTS.second.len(),
        _ => return None,
    };
    Some(size as u64)
}

/// Numbers that a key draws for one value: 64 bits of HMAC each, four to a block.
struct Draws<'a> {
    mac: &'a Mac,
    /// The value, a zero byte, and the number of the block.
    input: Zeroizing<Vec<u8>>,
    block: [u8; 32],
    drawn: usize,
}

impl<'a> Draws<'a> {
    fn new(mac: &'a Mac, value: &str) -> Draws<'a> {
        let mut input = Zeroizing::new(Vec::with_capacity(value.len() + 5));
        input.extend_from_slice(value.as_bytes());
        input.extend_from_slice(&[0; 5]);
        Draws { mac, input, block: [0; 32], drawn: 0 }
    }

    /// A number below `n`. With 64 bits the first numbers of a list of thousands are favoured by
    /// less than one in 10^15.
    fn below(&mut self, n: usize) -> Result<usize, Code> {
        if self.drawn == SURROGATE_DRAWS_MAX {
            return Err(Code::TooMuchToLookFor);
        }
        if self.drawn.is_multiple_of(4) {
            let number = self.input.len() - 4;
            self.input[number..].copy_from_slice(&((self.drawn / 4) as u32).to_be_bytes());
            self.block = self.mac.tag(&self.input);
        }
        let mut word = [0; 8];
        word.copy_from_slice(&self.block[self.drawn % 4 * 8..][..8]);
        self.drawn += 1;
        Ok(((u128::from(u64::from_be_bytes(word)) * n as u128) >> 64) as usize)
    }

    /// An entry of a list none of whose words is one of `taken`.
    fn pick(&mut self, list: &[&'static str], taken: &Words) -> Result<&'static str, Code> {
        loop {
            let entry = list[self.below(list.len())?];
            if !taken.meet(entry) {
                return Ok(entry);
            }
        }
    }

    /// Another text of the same layout: digits for digits, letters for letters of the same case.
    fn like(&mut self, text: &str, taken: &Words, out: &mut String) -> Result<(), Code> {
        let start = out.len();
        loop {
            for c in text.chars().filter(|c| c.is_alphanumeric()) {
                match c {
                    // No number begins with a zero.
                    _ if c.is_numeric() && out.len() == start => self.push(b'1', 9, out)?,
                    _ if c.is_numeric() => self.push(b'0', 10, out)?,
                    _ if c.is_lowercase() => self.push(b'a', 26, out)?,
                    _ => self.push(b'A', 26, out)?,
                }
            }
            if !taken.meet(&out[start..]) {
                return Ok(());
            }
            out.truncate(start);
        }
    }

    fn push(&mut self, first: u8, n: usize, out: &mut String) -> Result<(), Code> {
        let drawn = self.below(n)? as u8;
        out.push(char::from(first + drawn));
        Ok(())
    }
}

/// The words of a value as they are compared, in order: no word of its surrogate is one of them.
struct Words(Vec<Zeroizing<String>>);

impl Words {
    fn of(value: &str) -> Words {
        let mut words = Words(Vec::new());
        words.add(split(value).map(plain));
        words
    }

    fn add(&mut self, words: impl Iterator<Item = String>) {
        self.0.extend(words.map(Zeroizing::new).filter(|word| !word.is_empty()));
        self.0.sort_unstable_by(|a, b| a.as_str().cmp(b));
    }

    fn meet(&self, entry: &str) -> bool {
        let has = |word: &str| self.0.binary_search_by(|known| known.as_str().cmp(word)).is_ok();
        split(entry).any(|word| has(&plain(word)))
    }
}

/// The words of a text: what stands between white space and punctuation, apostrophes apart.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !crate::phi::in_word(c)).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Keyring, Need, Purpose, Scope};

    fn all(class: Class, values: &[&str]) -> Vec<Result<String, Code>> {
        let keys = Keyring::for_tests("t")
            .snapshot(&[Need::join(Purpose::Surrogate, class)])
            .expect("keys");
        let mac = keys.surrogate(class, Scope::Join).expect("a key");
        let outcome = run(class, mac, &PhiColumn::from_values(values.iter().copied()));
        let refused = |row: usize| outcome.refused.iter().find(|(at, _)| *at as usize == row);
        (0..values.len())
            .map(|row| match refused(row) {
                Some((_, code)) => Err(*code),
                None => Ok(outcome.values.value(row).expect("a surrogate").to_string()),
            })
            .collect()
    }

    fn one(class: Class, value: &str) -> String {
        all(class, &[value]).remove(0).unwrap_or_else(|code| panic!("{value}: {code}"))
    }

    fn name(value: &str) -> String {
        one(Class::PersonName, value)
    }

    #[test]
    fn names_keep_their_parts_and_their_sex() {
        let given = |surrogate: &str| {
            let given = surrogate.split_once(',').expect("given names").1.to_string();
            given.split(' ').map(str::to_string).collect::<Vec<_>>()
        };
        let women = &LISTS.latin.female;
        for family in LISTS.latin.families.iter().take(200) {
            let drawn = given(&name(&format!("{family},jane q marie-ann")));
            assert_eq!(drawn.len(), 3);
            assert!(women.contains(&drawn[0].as_str()) && women.contains(&drawn[2].as_str()));
            assert!(drawn[1].len() == 1 && drawn[1] != "q");
            let drawn = given(&name(&format!("{family},jos\u{e9}")));
            assert!(LISTS.latin.male.contains(&drawn[0].as_str()), "{drawn:?}");
        }
        assert!(!name("smith").contains(','));
        assert_eq!(name("smith,jane"), name("smith,jane"));
        assert_ne!(name("smith,jane"), name("smith,jane q"));
    }

    /// Every family name of the list as the value, in both places: the worst that can come.
    #[test]
    fn no_word_of_a_surrogate_is_a_word_of_the_value() {
        let names = LISTS.latin.families.iter().chain(&LISTS.latin.female);
        let values: Vec<_> =
            names.map(|name| format!("{name},jane {name}-{name} {name}s")).collect();
        let values: Vec<_> = values.iter().map(String::as_str).collect();
        for (value, surrogate) in values.iter().zip(all(Class::PersonName, &values)) {
            let surrogate = surrogate.expect("a surrogate");
            assert!(!Words::of(value).meet(&surrogate), "{value}: {surrogate}");
        }
        for (class, list) in [
            (Class::City, &LISTS.cities),
            (Class::County, &LISTS.counties),
            (Class::Street, &LISTS.streets),
            (Class::Organization, &LISTS.first),
        ] {
            for (value, surrogate) in list.iter().zip(all(class, list)) {
                let surrogate = surrogate.expect("a surrogate");
                assert!(!Words::of(value).meet(&surrogate), "{value}: {surrogate}");
            }
        }
    }

    #[test]
    fn names_stay_in_their_script() {
        let (cyrillic, han) = (&LISTS.cyrillic, &LISTS.han);
        let surrogate =
            name("\u{43f}\u{435}\u{442}\u{440}\u{43e}\u{432}\u{430},\u{430}\u{43d}\u{43d}\u{430}");
        let (family, given) = surrogate.split_once(',').expect("two names");
        assert!(cyrillic.families_female.contains(&family), "{surrogate}");
        assert!(cyrillic.female.contains(&given), "{surrogate}");
        // Иванов Иван Петрович, as Russians write it.
        let russian = "\u{43f}\u{435}\u{442}\u{440}\u{43e}\u{432}\u{438}\u{447},\u{438}\u{432}\u{430}\u{43d}\u{43e}\u{432} \u{438}\u{432}\u{430}\u{43d}";
        let surrogate = name(russian);
        let words: Vec<_> = surrogate.split([',', ' ']).collect();
        assert!(cyrillic.patronymics_male.contains(&words[0]), "{surrogate}");
        assert!(cyrillic.families.contains(&words[1]) && cyrillic.male.contains(&words[2]));
        // 王伟 in one word and in two.
        let joined = name("\u{738b}\u{4f1f}");
        let family = han.families.iter().find(|family| joined.starts_with(**family));
        assert!(joined.chars().count() >= 2 && family.is_some(), "{joined}");
        let apart = name("\u{4f1f},\u{738b}");
        let (given, family) = apart.split_once(',').expect("two names");
        assert!(han.families.contains(&family) && han.male.contains(&given), "{apart}");
        // Hiragana stays Hiragana.
        assert!(
            name("\u{3055}\u{304f}\u{3089}")
                .chars()
                .all(|c| ('\u{3041}'..='\u{309f}').contains(&c) || c == '\u{30fc}')
        );
        for (family, given) in [
            ("\u{3c0}\u{3b1}\u{3c0}\u{3c0}\u{3ac}", "\u{3bc}\u{3b1}\u{3c1}\u{3af}\u{3b1}"),
            ("\u{5dc}\u{5d5}\u{5d9}", "\u{5e9}\u{5e8}\u{5d4}"),
            ("\u{627}\u{644}\u{645}\u{635}\u{631}\u{64a}", "\u{646}\u{648}\u{631}"),
            ("\u{936}\u{930}\u{94d}\u{92e}\u{93e}", "\u{938}\u{940}\u{924}\u{93e}"),
            ("\u{d64d}", "\u{ae38}\u{b3d9}"),
        ] {
            let (value, script) = (format!("{family},{given}"), |c: char| u32::from(c) >> 8);
            let surrogate = name(&value);
            let first = |text: &str| text.chars().next().map(script);
            assert!(first(&surrogate) == first(family) || family == "\u{d64d}", "{surrogate}");
        }
        // Thai has no list.
        assert_eq!(
            all(Class::PersonName, &["\u{e2a}\u{e21}\u{e0a}\u{e32}\u{e22}"]),
            [Err(Code::NoSurrogates)]
        );
        assert_eq!(
            all(Class::City, &["\u{41c}\u{43e}\u{441}\u{43a}\u{432}\u{430}"]),
            [Err(Code::NoSurrogates)]
        );
    }

    #[test]
    fn hostile_names_are_refused_and_not_followed_for_ever() {
        let many = vec!["ann"; 17].join(" ");
        let digits = "1 2 3 4 5 6 7 8 9 0 Elm St";
        for (class, value) in [(Class::PersonName, many.as_str()), (Class::Street, digits)] {
            assert_eq!(all(class, &[value]), [Err(Code::TooMuchToLookFor)]);
        }
        let every = LISTS.cities.join(" ");
        assert_eq!(all(Class::City, &[&every]), [Err(Code::TooMuchToLookFor)]);
    }

    /// What of an address may be read again: digits as `#`, the list's street as `*`.
    fn address(value: &str) -> String {
        let drawn = one(Class::Street, value);
        let street = LISTS.streets.iter().filter(|street| drawn.contains(**street));
        let street = street.max_by_key(|street| street.len());
        let hidden = street.map_or(drawn.clone(), |street| drawn.replacen(street, "*", 1));
        hidden.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
    }

    #[test]
    fn addresses_keep_their_kind() {
        for (value, expected) in [
            ("12 Elm Street", "## * Street"),
            ("1200 N. Main St., Suite 300", "#### N. * St., Suite ###"),
            (
                "7 Martin Luther King Jr Blvd NW Apt #12",
                "# * Blvd NW Apt #12".replace("12", "##").as_str(),
            ),
            ("415 5th Ave", "### * Ave"),
            ("12 Park Avenue", "## * Avenue"),
            ("12 North Street", "## * Street"),
            ("P.O. Box 1234", "P.O. Box ####"),
            ("PO BOX 77", "PO BOX ##"),
            ("1200 County Road 12", "#### County Road ##"),
            ("Hauptstra\u{df}e 12", "* ##"),
            ("Calle Mayor 5", "Calle * #"),
            ("Broadway", "*"),
            ("12 Elm St c/o John Canary", "## *"),
            ("12 Elm St Apt rear of Canary", "### * St"),
        ] {
            assert_eq!(address(value), *expected, "{value}: {}", one(Class::Street, value));
        }
        assert_eq!(
            one(Class::Street, "12 Elm Street").replace("Street", "St"),
            one(Class::Street, "12  elm st.").replace("st.", "St").replace("  ", " ")
        );
    }

    #[test]
    fn places_and_organisations_keep_their_kind() {
        assert_eq!(one(Class::City, "SAO  PAULO"), one(Class::City, "S\u{e3}o Paulo"));
        let county = one(Class::County, "Sangamon County");
        assert_eq!(county, format!("{} County", one(Class::County, "sangamon")));
        for (value, before, behind) in [
            ("Canary General Hospital", "", " Hospital"),
            ("Mayo Canary Clinic, LLC", "", " Clinic, LLC"),
            ("University of Canary", "University of ", ""),
            ("Canary & Sons", "", ""),
            ("Health Center", "", " Center"),
        ] {
            let drawn = one(Class::Organization, value);
            let name = drawn.strip_prefix(before).and_then(|name| name.strip_suffix(behind));
            let (first, second) = name.and_then(|name| name.split_once(' ')).expect("two words");
            assert!(LISTS.first.contains(&first) && LISTS.second.contains(&second), "{drawn}");
        }
    }

    /// A changed list changes surrogates that were given out: that is said in the changelog.
    #[test]
    fn a_changed_list_is_noticed() {
        use sha2::Digest;
        let mut hash = sha2::Sha256::new();
        for (name, list) in surrogate_lists() {
            hash.update(format!("{name}\n{}\n", list.join("\n")));
        }
        let digest = data_encoding::HEXLOWER.encode(&hash.finalize()[..8]);
        assert_eq!(digest, "2abc966f1c544f50");
    }
}

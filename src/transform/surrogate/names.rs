//! Surrogates of names: as many given names as the value has, in its script, for its sex.

use super::lists::{LISTS, Names};
use super::{Draws, Words, split};
use crate::keys::Mac;
use crate::limits::NAME_PARTS_MAX;
use crate::phi::{Code, in_word, plain};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
    Han,
    Kana,
    Hangul,
    Arabic,
    Hebrew,
    Devanagari,
    Digits,
}

impl Script {
    /// By the first letter; a word of digits alone is one of digits.
    fn of(word: &str) -> Result<Script, Code> {
        let letter = word.chars().find(|c| c.is_alphabetic());
        Ok(match letter.map(u32::from) {
            None if word.chars().any(char::is_numeric) => Script::Digits,
            None => return Err(Code::OutsideAlphabet),
            Some(0x41..=0x24f | 0x1e00..=0x1eff | 0xfb00..=0xfb06 | 0xff21..=0xff5a) => {
                Script::Latin
            }
            Some(0x370..=0x3ff | 0x1f00..=0x1fff) => Script::Greek,
            Some(0x400..=0x52f) => Script::Cyrillic,
            Some(0x5d0..=0x5f4 | 0xfb1d..=0xfb4f) => Script::Hebrew,
            Some(0x620..=0x6ff | 0x750..=0x77f | 0xfb50..=0xfdff | 0xfe70..=0xfeff) => {
                Script::Arabic
            }
            Some(0x900..=0x97f) => Script::Devanagari,
            Some(0x3041..=0x30ff) => Script::Kana,
            Some(0x3005 | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3134f) => Script::Han,
            Some(0xac00..=0xd7a3) => Script::Hangul,
            Some(_) => return Err(Code::NoSurrogates),
        })
    }

    fn names(self) -> &'static Names {
        match self {
            Script::Latin | Script::Digits => &LISTS.latin,
            Script::Cyrillic => &LISTS.cyrillic,
            Script::Greek => &LISTS.greek,
            Script::Han => &LISTS.han,
            Script::Kana => &LISTS.kana,
            Script::Hangul => &LISTS.hangul,
            Script::Arabic => &LISTS.arabic,
            Script::Hebrew => &LISTS.hebrew,
            Script::Devanagari => &LISTS.devanagari,
        }
    }

    /// Scripts that write a name in one word, family name first.
    fn is_joined(self) -> bool {
        matches!(self, Script::Han | Script::Hangul)
    }
}

/// Whether a text can be given a surrogate out of the lists of places, which are Latin.
pub(super) fn is_latin(text: &str) -> Result<(), Code> {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let latin = |c: char| matches!(Script::of(c.encode_utf8(&mut [0; 4])), Ok(Script::Latin));
    if letters.all(latin) { Ok(()) } else { Err(Code::NoSurrogates) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sex {
    Female,
    Male,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Family,
    Given,
    Patronymic,
    /// Family and given name in one word.
    Whole,
}

/// Appends the surrogate of the canonical name `value`, in canonical form.
pub(super) fn draw(mac: &Mac, value: &str, out: &mut String) -> Result<(), Code> {
    let (family, given) = value.split_once(',').unwrap_or((value, ""));
    let words: Vec<_> = given.split(' ').filter(|word| !word.is_empty()).collect();
    if words.len() + split(family).count() > NAME_PARTS_MAX {
        return Err(Code::TooMuchToLookFor);
    }
    let mut taken = Words::of(value);
    // Hyphenated names as one word, too.
    taken.add(words.iter().map(|word| plain(word)));
    let mut draws = Draws::new(mac, value);
    let sex = match sex_of(family, &words) {
        Some(sex) => sex,
        None if draws.below(2)? == 0 => Sex::Female,
        None => Sex::Male,
    };
    let alone = words.is_empty();
    // Where another word is the family name, the one behind it is not.
    let swapped = words.iter().any(|word| part_of(word, false, false) == Some(Part::Family));
    let mut name = Name { draws: &mut draws, taken: &taken, sex };
    if !family.is_empty() {
        let part = part_of(family, true, alone);
        let part = part.unwrap_or(if swapped { Part::Given } else { Part::Family });
        name.word(family, part, out)?;
    }
    for (at, word) in words.iter().enumerate() {
        out.push(if at == 0 { ',' } else { ' ' });
        name.word(word, part_of(word, false, false).unwrap_or(Part::Given), out)?;
    }
    Ok(())
}

/// By the lists, and by the endings of Russian names.
fn sex_of(family: &str, given: &[&str]) -> Option<Sex> {
    for word in given.iter().flat_map(|word| word.split('-')).chain([family]) {
        let Ok(script) = Script::of(word) else { continue };
        let (names, word) = (script.names(), folded(word, script));
        let known = |list: &[&str]| list.iter().any(|entry| *entry == word);
        if names.female.binary_search(&word.as_str()).is_ok() || known(&names.families_female) {
            return Some(Sex::Female);
        }
        if names.male.binary_search(&word.as_str()).is_ok() {
            return Some(Sex::Male);
        }
        let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
        if script == Script::Cyrillic && ends(&["ова", "ева", "ёва", "ина", "ская", "вна", "чна"])
        {
            return Some(Sex::Female);
        }
        if script == Script::Cyrillic && ends(&["ов", "ев", "ёв", "ин", "ский", "вич", "ьич"])
        {
            return Some(Sex::Male);
        }
    }
    None
}

/// A word as the lists have it: Latin without accents, and Hiragana as Katakana.
fn folded(word: &str, script: Script) -> String {
    match script {
        Script::Latin => plain(word),
        Script::Kana => word.chars().map(|c| kana(c, 0x60)).collect(),
        _ => word.to_string(),
    }
}

/// Hiragana to Katakana, and back with a negative shift.
fn kana(c: char, shift: i32) -> char {
    let from = if shift > 0 { 0x3041..=0x3096 } else { 0x30a1..=0x30f6 };
    let code = u32::from(c);
    if !from.contains(&code) {
        return c;
    }
    code.checked_add_signed(shift).and_then(char::from_u32).unwrap_or(c)
}

/// What a word says of itself, whatever place a notation gives it: `王 伟` and `Иванов Иван` have the
/// family name first. `None` where only the place tells.
fn part_of(word: &str, last: bool, alone: bool) -> Option<Part> {
    let script = Script::of(word).ok()?;
    let (names, text) = (script.names(), folded(word, script));
    let is = |list: &[&str]| list.iter().any(|entry| *entry == text);
    let ends = |endings: &[&str]| endings.iter().any(|ending| text.ends_with(ending));
    match script {
        Script::Cyrillic if ends(&["вич", "ьич", "вна", "чна"]) => {
            Some(Part::Patronymic)
        }
        Script::Cyrillic
            if is(&names.families) || is(&names.families_female) || ends(&["ский", "ская"]) =>
        {
            Some(Part::Family)
        }
        Script::Cyrillic if is(&names.female) || is(&names.male) => Some(Part::Given),
        Script::Han | Script::Hangul | Script::Kana if is(&names.families) => Some(Part::Family),
        _ if script.is_joined() && last && alone && text.chars().count() > 1 => Some(Part::Whole),
        // Jane, and nothing else.
        Script::Latin if alone && names.families.binary_search(&text.as_str()).is_err() => {
            let given = |list: &[&str]| list.binary_search(&text.as_str()).is_ok();
            (given(&names.female) || given(&names.male)).then_some(Part::Given)
        }
        _ => None,
    }
}

struct Name<'d, 'a> {
    draws: &'d mut Draws<'a>,
    taken: &'d Words,
    sex: Sex,
}

impl Name<'_, '_> {
    /// Appends what stands in place of one word.
    fn word(&mut self, word: &str, part: Part, out: &mut String) -> Result<(), Code> {
        let script = Script::of(word)?;
        if script == Script::Digits {
            return self.draws.like(word, self.taken, out);
        }
        let names = script.names();
        let letters = word.chars().filter(|&c| in_word(c)).count();
        if letters == 1 && !script.is_joined() && script != Script::Kana {
            // An initial stays one.
            loop {
                let name = self.pick(names, part)?;
                let initial = &name[..name.chars().next().map_or(0, char::len_utf8)];
                if !self.taken.meet(initial) {
                    out.push_str(initial);
                    return Ok(());
                }
            }
        }
        if part == Part::Whole {
            // Neither half may be the true one.
            let family = loop {
                let family = self.pick(names, Part::Family)?;
                if !word.starts_with(family) {
                    break family;
                }
            };
            out.push_str(family);
            let given = loop {
                let given = self.pick(names, Part::Given)?;
                if !word.ends_with(given) {
                    break given;
                }
            };
            out.push_str(given);
            return Ok(());
        }
        let name = self.pick(names, part)?;
        let hiragana = word.chars().next().is_some_and(|c| matches!(c, '\u{3041}'..='\u{3096}'));
        match script == Script::Kana && hiragana {
            true => out.extend(name.chars().map(|c| kana(c, -0x60))),
            false => out.push_str(name),
        }
        Ok(())
    }

    /// A name of the lists that is none of the value's words, in either of its forms.
    fn pick(&mut self, names: &'static Names, part: Part) -> Result<&'static str, Code> {
        let (list, other): (&[&str], &[&str]) = match (part, self.sex) {
            (Part::Given, Sex::Female) => (&names.female, &[]),
            (Part::Given, Sex::Male) => (&names.male, &[]),
            (Part::Patronymic, Sex::Female) => (&names.patronymics_female, &names.patronymics_male),
            (Part::Patronymic, Sex::Male) => (&names.patronymics_male, &names.patronymics_female),
            (_, Sex::Female) if !names.families_female.is_empty() => {
                (&names.families_female, &names.families)
            }
            _ => (&names.families, &names.families_female),
        };
        loop {
            let at = self.draws.below(list.len())?;
            let form =
                |list: &[&'static str]| list.get(at).is_some_and(|name| self.taken.meet(name));
            if !form(list) && !form(other) {
                return Ok(list[at]);
            }
        }
    }
}

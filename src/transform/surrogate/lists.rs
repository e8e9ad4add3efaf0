//! The lists that surrogates are drawn from, one entry a line, a section for each kind.
//!
//! `latin.txt`: the US Census Bureau's files of names of the 1990 census (`dist.female.first`,
//! `dist.male.first`, `dist.all.last`), a work of the US government in the public domain. The most
//! frequent first 1,000, 941 and 4,000, in lower case and alphabetical order, without other names
//! of both sexes, English words, titles, particles, names that conditions or signs bear, US states, and
//! what offends. A name of both whose rank in one file is below a quarter of its rank in the other is
//! that one sex's.
//!
//! The other scripts, and `places.txt`: common names, US cities, US counties, streets and parts of
//! invented names of organisations, from general knowledge.
//!
//! A list is part of the token: whoever changes one changes surrogates that were given out.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Names in one script. What they have no form of is empty.
pub(super) struct Names {
    pub(super) female: List,
    pub(super) male: List,
    pub(super) families: List,
    /// A woman's form of each of `families`.
    pub(super) families_female: List,
    pub(super) patronymics_female: List,
    pub(super) patronymics_male: List,
}

type List = Vec<&'static str>;

pub(super) struct Lists {
    pub(super) latin: Names,
    pub(super) cyrillic: Names,
    pub(super) greek: Names,
    pub(super) han: Names,
    pub(super) kana: Names,
    pub(super) hangul: Names,
    pub(super) arabic: Names,
    pub(super) hebrew: Names,
    pub(super) devanagari: Names,
    pub(super) cities: List,
    pub(super) counties: List,
    pub(super) streets: List,
    pub(super) first: List,
    pub(super) second: List,
}

const FILES: &[(&str, &str)] = &[
    ("latin", include_str!("lists/latin.txt")),
    ("cyrillic", include_str!("lists/cyrillic.txt")),
    ("greek", include_str!("lists/greek.txt")),
    ("han", include_str!("lists/han.txt")),
    ("kana", include_str!("lists/kana.txt")),
    ("hangul", include_str!("lists/hangul.txt")),
    ("arabic", include_str!("lists/arabic.txt")),
    ("hebrew", include_str!("lists/hebrew.txt")),
    ("devanagari", include_str!("lists/devanagari.txt")),
    ("places", include_str!("lists/places.txt")),
];

/// Every list with its name, `latin family`, in the files' order.
pub fn surrogate_lists() -> Vec<(String, Vec<&'static str>)> {
    let mut lists: Vec<(String, Vec<&'static str>)> = Vec::new();
    for (file, text) in FILES {
        for line in text.lines() {
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                Some(section) => lists.push((format!("{file} {section}"), Vec::new())),
                None => lists.last_mut().into_iter().for_each(|(_, list)| list.push(line)),
            }
        }
    }
    lists
}

pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut lists: BTreeMap<_, _> = surrogate_lists().into_iter().collect();
    let mut take = |name: String| lists.remove(&name).unwrap_or_default();
    let mut names = |script: &str| Names {
        female: take(format!("{script} female given")),
        male: take(format!("{script} male given")),
        families: take(format!("{script} family")),
        families_female: take(format!("{script} family female")),
        patronymics_female: take(format!("{script} patronymic female")),
        patronymics_male: take(format!("{script} patronymic male")),
    };
    Lists {
        latin: names("latin"),
        cyrillic: names("cyrillic"),
        greek: names("greek"),
        han: names("han"),
        kana: names("kana"),
        hangul: names("hangul"),
        arabic: names("arabic"),
        hebrew: names("hebrew"),
        devanagari: names("devanagari"),
        cities: take("places city".into()),
        counties: take("places county".into()),
        streets: take("places street".into()),
        first: take("places organization first".into()),
        second: take("places organization second".into()),
    }
});

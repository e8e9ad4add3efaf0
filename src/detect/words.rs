//! Words that are names and words: they count as a name only where they are written as one.

/// English words, months and eponyms that are also family or given names, in order.
const ORDINARY: &[&str] = &[
    "alzheimer",
    "angel",
    "apgar",
    "april",
    "art",
    "august",
    "bacon",
    "baker",
    "banks",
    "barrett",
    "bell",
    "berry",
    "bill",
    "bishop",
    "black",
    "bowel",
    "brown",
    "bush",
    "chance",
    "charity",
    "cook",
    "crohn",
    "cross",
    "cruz",
    "cushing",
    "dawn",
    "day",
    "down",
    "drew",
    "ebony",
    "faith",
    "field",
    "fields",
    "foley",
    "forest",
    "frank",
    "gene",
    "grace",
    "grant",
    "graves",
    "gray",
    "green",
    "hall",
    "harmony",
    "hill",
    "hodgkin",
    "hope",
    "house",
    "hunter",
    "huntington",
    "ivory",
    "ivy",
    "jack",
    "jade",
    "jean",
    "john",
    "joy",
    "june",
    "king",
    "knight",
    "lane",
    "long",
    "love",
    "major",
    "mark",
    "marks",
    "mason",
    "may",
    "miles",
    "mills",
    "moon",
    "noble",
    "nurse",
    "page",
    "paige",
    "park",
    "parkinson",
    "parks",
    "patience",
    "pearl",
    "penny",
    "pope",
    "power",
    "price",
    "prince",
    "rash",
    "ray",
    "rich",
    "rose",
    "ruby",
    "rusty",
    "sandy",
    "scarlet",
    "short",
    "singer",
    "sky",
    "small",
    "snow",
    "song",
    "stone",
    "strange",
    "strong",
    "summer",
    "sunny",
    "temple",
    "virginia",
    "walker",
    "wall",
    "ward",
    "waters",
    "weeks",
    "wells",
    "west",
    "white",
    "will",
    "wilson",
    "winter",
    "wise",
    "wood",
    "woods",
    "young",
];

/// What follows an eponym: the condition, sign or device that bears the name.
const HEADS: &[&str] = &[
    "agitans",
    "blood",
    "cell",
    "catheter",
    "chorea",
    "count",
    "disease",
    "disorder",
    "duct",
    "hemoglobin",
    "lymphoma",
    "method",
    "palsy",
    "phenomenon",
    "reaction",
    "score",
    "sign",
    "stain",
    "syndrome",
    "test",
    "thyroiditis",
    "tube",
    "ulcer",
];

/// True for names that are ordinary words too; `word` is in lower case.
pub fn is_ordinary(word: &str) -> bool {
    ORDINARY.binary_search(&word).is_ok()
}

/// True when the text behind an eponym goes on as one: `'s disease`, ` syndrome`.
pub(super) fn is_eponym_tail(rest: &str) -> bool {
    let rest = rest
        .strip_prefix("'s")
        .or_else(|| rest.strip_prefix('\u{2019}').and_then(|r| r.strip_prefix('s')))
        .unwrap_or(rest);
    let mut words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.next().is_some_and(|word| HEADS.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(ORDINARY.is_sorted());
        assert!(HEADS.iter().all(|word| !is_ordinary(word)));
    }
}

//! Words that are names and words: they count as a name only where they are written as one.

/// English words and months that are also family or given names, in order. One of them alone and
/// in lower case is the word.
const ORDINARY: &[&str] = &[
    "an", "angel", "april", "art", "august", "bacon", "baker", "banks", "berry", "bill", "bishop",
    "black", "brown", "bush", "chance", "charity", "cook", "cross", "dawn", "day", "do", "down",
    "drew", "ebony", "faith", "field", "fields", "forest", "frank", "gene", "grace", "grant",
    "graves", "gray", "green", "hall", "harmony", "he", "hill", "hope", "house", "hunter", "in",
    "ivory", "ivy", "jack", "jade", "joy", "june", "king", "knight", "lane", "long", "love", "ma",
    "major", "mark", "marks", "mason", "may", "me", "miles", "mills", "moon", "my", "no", "noble",
    "nurse", "on", "page", "park", "parks", "patience", "pearl", "penny", "pope", "power", "price",
    "prince", "rash", "ray", "rich", "rose", "ruby", "rusty", "sandy", "scarlet", "see", "she",
    "short", "singer", "sky", "small", "snow", "so", "song", "stone", "strange", "strong",
    "summer", "sunny", "temple", "to", "walker", "wall", "ward", "waters", "weeks", "wells",
    "west", "white", "will", "winter", "wise", "wood", "woods", "young",
];

/// Months among them.
const MONTHS: &[&str] = &["april", "august", "june", "may"];

/// Names in the names of conditions, signs and devices, each with what follows it there.
const EPONYMS: &[(&str, &[&str])] = &[
    ("addison", &["disease"]),
    ("alzheimer", &["dementia", "disease", "type"]),
    ("apgar", &["score", "scores"]),
    ("barrett", &["esophagus", "oesophagus"]),
    ("bell", &["palsy"]),
    ("bishop", &["score"]),
    ("crohn", &["colitis", "disease"]),
    ("cushing", &["disease", "syndrome"]),
    ("down", &["syndrome"]),
    ("foley", &["cath", "catheter"]),
    ("graves", &["disease", "ophthalmopathy"]),
    ("hashimoto", &["disease", "thyroiditis"]),
    ("hodgkin", &["disease", "lymphoma"]),
    ("hodgkins", &["disease", "lymphoma"]),
    ("huntington", &["chorea", "disease"]),
    ("john", &["wort"]),
    ("jude", &["valve"]),
    ("parkinson", &["disease"]),
    ("parkinsons", &["disease"]),
    ("white", &["blood", "cell", "matter"]),
    ("wilson", &["disease"]),
];

/// What follows the names of signs, scores, conditions and devices.
const EPONYM_HEADS: &[&str] = &[
    "abscess",
    "anemia",
    "aneurysm",
    "angina",
    "angle",
    "approach",
    "arthropathy",
    "bandage",
    "bodies",
    "body",
    "bypass",
    "cast",
    "cath",
    "catheter",
    "cells",
    "cerclage",
    "chorea",
    "class",
    "classification",
    "clip",
    "contracture",
    "criteria",
    "cyst",
    "deformity",
    "dementia",
    "disease",
    "dissection",
    "drain",
    "dressing",
    "dystrophy",
    "encephalopathy",
    "equation",
    "esophagus",
    "exercises",
    "fascia",
    "filter",
    "flap",
    "forceps",
    "formula",
    "fracture",
    "ganglion",
    "gland",
    "grade",
    "granules",
    "guidelines",
    "hernia",
    "incision",
    "index",
    "line",
    "lines",
    "lymphoma",
    "maneuver",
    "method",
    "migraine",
    "needle",
    "node",
    "nodes",
    "operation",
    "orbitopathy",
    "palsy",
    "paralysis",
    "pentad",
    "phenomenon",
    "position",
    "pouch",
    "procedure",
    "protocol",
    "pump",
    "pupil",
    "reaction",
    "reduction",
    "reflex",
    "repair",
    "resection",
    "respirations",
    "retractor",
    "rings",
    "rule",
    "rules",
    "sarcoma",
    "scale",
    "score",
    "scores",
    "shunt",
    "sign",
    "signs",
    "solution",
    "splint",
    "spots",
    "stage",
    "staging",
    "stain",
    "stent",
    "stockings",
    "striae",
    "suture",
    "syncope",
    "syndrome",
    "system",
    "tear",
    "technique",
    "test",
    "thyroiditis",
    "triad",
    "triangle",
    "tube",
    "tumor",
    "tumour",
    "ulcer",
    "ulcers",
    "vaccine",
    "valve",
    "wraps",
];

/// What stands in front of a name and says that it is one.
const CUES: &[&str] = &[
    "baby",
    "doctor",
    "dr",
    "madam",
    "master",
    "miss",
    "mr",
    "mrs",
    "ms",
    "mx",
    "name",
    "named",
    "patient",
    "prof",
    "professor",
    "pt",
    "sir",
];

/// True for names that are ordinary words too; `word` is folded.
pub fn is_ordinary(word: &str) -> bool {
    ORDINARY.binary_search(&word).is_ok()
}

/// True for names that conditions, signs or devices bear; `word` is folded.
pub fn is_eponym(word: &str) -> bool {
    EPONYMS.binary_search_by_key(&word, |(name, _)| name).is_ok()
}

/// True for names that are months.
pub(super) fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// True when `next`, one space or a possessive behind the name `word`, makes an eponym of it.
pub(super) fn is_head(word: &str, next: &str) -> bool {
    let found = EPONYMS.binary_search_by_key(&word, |(name, _)| name);
    found.is_ok_and(|at| EPONYMS[at].1.contains(&next))
}

/// True for what follows the names of signs, scores, conditions and devices.
pub(super) fn is_eponym_head(word: &str) -> bool {
    EPONYM_HEADS.binary_search(&word).is_ok()
}

/// Words before a fraction that is a score: `apgars 8/9`, `naming 24/30`.
const SCORES: &[&str] = &[
    "aims",
    "apgar",
    "apgars",
    "assessment",
    "audit",
    "bands",
    "barthel",
    "berg",
    "bishop",
    "braden",
    "ciwa",
    "correct",
    "cows",
    "edss",
    "epds",
    "fim",
    "flacc",
    "gad",
    "gcs",
    "grade",
    "grip",
    "iop",
    "ishihara",
    "katz",
    "levels",
    "mmse",
    "moca",
    "motor",
    "murmur",
    "naming",
    "nihss",
    "now",
    "orientation",
    "pain",
    "phq",
    "pulses",
    "recall",
    "reflexes",
    "scale",
    "score",
    "scores",
    "slums",
    "strength",
    "test",
    "tof",
    "updrs",
    "vas",
    "vision",
];

#[cfg(test)]
pub(super) fn scores() -> impl Iterator<Item = &'static str> {
    SCORES.iter().copied()
}

/// True for what stands before points of so many.
pub(super) fn is_score(word: &str) -> bool {
    SCORES.binary_search(&word).is_ok()
}

/// Relatives and others whose name stands directly behind.
pub(super) fn is_relative(word: &str) -> bool {
    matches!(
        word,
        "aunt"
            | "brother"
            | "bystander"
            | "caregiver"
            | "coordinator"
            | "cousin"
            | "dad"
            | "daughter"
            | "father"
            | "friend"
            | "granddaughter"
            | "grandfather"
            | "grandmother"
            | "grandson"
            | "husband"
            | "mom"
            | "mother"
            | "neighbor"
            | "nephew"
            | "niece"
            | "nurse"
            | "partner"
            | "rn"
            | "roommate"
            | "sister"
            | "son"
            | "spouse"
            | "stepfather"
            | "stepmother"
            | "uncle"
            | "volunteer"
            | "wife"
    )
}

/// All its letters are capitals, and it has two.
pub(super) fn is_loud(raw: &str) -> bool {
    raw.chars().filter(|c| c.is_alphabetic()).count() > 1 && !raw.chars().any(char::is_lowercase)
}

/// What stands in front of initials and says that they are somebody's. `Pt AF` is a rhythm.
const TITLES: &[&str] = &["miss", "mr", "mrs", "ms", "mx"];
/// What capitals with points are, before they are anybody: places, degrees and abbreviations that no list has.
const ABBREVIATIONS: &[&str] = &[
    "aaa", "abg", "ac", "ad", "aed", "af", "aka", "am", "ams", "ap", "au", "ba", "bc", "bid", "bm",
    "bp", "bs", "ca", "cabg", "cc", "ccu", "chf", "cna", "cp", "crna", "csf", "ct", "cv", "cva",
    "cxr", "dc", "dds", "dm", "dmd", "dni", "dnr", "do", "doa", "dob", "doe", "dpm", "dvm", "dvt",
    "ed", "eeg", "ef", "eg", "ekg", "emg", "er", "ercp", "eu", "fax", "fyi", "gi", "gu", "gyn",
    "hctz", "hiv", "hpi", "hr", "hs", "ic", "icu", "ie", "im", "iop", "iv", "ivf", "kub", "la",
    "ll", "lpn", "ma", "mba", "md", "mi", "mph", "mr", "mrn", "ms", "nad", "nb", "nc", "nd", "ng",
    "nh", "nicu", "nj", "nm", "np", "npo", "ny", "ob", "od", "ok", "or", "os", "ot", "ou", "pa",
    "pc", "pci", "pcp", "pe", "phd", "pm", "pmh", "po", "pr", "prn", "ps", "pt", "qd", "qid", "qs",
    "ra", "ri", "rm", "rn", "rom", "ros", "rr", "rt", "sa", "sc", "sct", "sd", "sl", "slp", "snf",
    "sob", "sq", "st", "stat", "tb", "tia", "tid", "tpn", "ua", "uk", "un", "us", "usa", "uti",
    "va", "vi", "vo", "vs", "wnl", "wv",
];

/// True for what stands in front of the initials of a person.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.binary_search(&word).is_ok()
}

/// True for what capitals with points are, before they are somebody's initials; `letters` are small.
pub(super) fn is_abbreviation(letters: &str) -> bool {
    ABBREVIATIONS.binary_search(&letters).is_ok()
}

/// True for titles and the like.
pub(super) fn is_cue(word: &str) -> bool {
    CUES.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order() {
        assert!(ORDINARY.is_sorted() && CUES.is_sorted() && SCORES.is_sorted());
        assert!(EPONYM_HEADS.is_sorted() && TITLES.is_sorted() && ABBREVIATIONS.is_sorted());
        assert!(EPONYMS.is_sorted_by_key(|(name, _)| name));
        assert!(MONTHS.iter().all(|month| is_ordinary(month)));
    }
}

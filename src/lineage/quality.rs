//! Whether what flows is what has flowed: for each window the share of records that each code refuses,
//! and how many values of each class each field has a record, beside what was usual in the windows
//! before. A field of notes in which nobody is named any more is a detector that fails, or a producer
//! that changed, and no good news.

use crate::clean::Tally;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Windows before anything is called unusual.
const WINDOWS_MIN: u32 = 5;
/// Records of a window; fewer are judged together with those of the next.
const RECORDS_MIN: u64 = 200;
/// Values, seen or missed, below which nothing is called unusual.
const COUNT_MIN: f64 = 30.0;
/// A series that is in this share of windows is usually there.
const USUALLY: f64 = 0.5;
/// Windows in a row for which values may stay away, because they did before. What fails is told of behind them.
const LOW_WINDOWS_MAX: u32 = 20;
/// Below this share of what is usual something has failed, however much windows differ.
const COLLAPSE: f64 = 0.1;
/// Below this mean a series is forgotten.
const MEAN_MIN: f64 = 1e-7;
/// Standard deviations from what is usual: of windows from each other, and of chance in this one.
const DEVIATIONS: f64 = 6.0;
/// The weight of a window in what is usual, once there were many; of one that is unusual, a quarter.
const WEIGHT: f64 = 0.05;
/// Series that are kept: places and codes.
const SERIES_MAX: usize = 10_000;

/// What is counted: values of a class in a field, or records that a code refuses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Series {
    /// A refusal's code.
    Refused(String),
    /// Field, as the schema writes it, and class.
    Values(String, String),
}

/// What is unusual of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// Less than half of what is usual.
    Drop,
    /// More than twice as much.
    Rise,
}

impl Signal {
    /// In lineage and metrics.
    pub fn name(self) -> &'static str {
        if self == Signal::Drop { "drop" } else { "rise" }
    }
}

/// A series in one window.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What is counted.
    pub series: Series,
    /// How many for each record.
    pub rate: f64,
    /// How many there usually are; `None` before there were enough windows.
    pub usual: Option<f64>,
    /// It became unusual in this window.
    pub signal: Option<Signal>,
}

/// A window that was judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// Its records.
    pub records: u64,
    /// Its series, and those that are usually there.
    pub rows: Vec<Row>,
}

impl Window {
    /// What became unusual.
    pub fn signals(&self) -> impl Iterator<Item = (&Series, Signal, &Row)> {
        self.rows.iter().filter_map(|row| Some((&row.series, row.signal?, row)))
    }

    /// The body of the facet `weir_quality`.
    pub(super) fn facet(&self) -> Value {
        let (mut refused, mut values) = (Vec::new(), Vec::new());
        for Row { series, rate, usual, signal } in &self.rows {
            let mut row = match series {
                Series::Refused(code) => json!({ "code": code, "share": rate }),
                Series::Values(field, class) => {
                    json!({ "field": field, "class": class, "density": rate })
                }
            };
            if let Some(usual) = usual {
                row["usual"] = (*usual).into();
            }
            if let Some(signal) = signal {
                row["signal"] = signal.name().into();
            }
            match series {
                Series::Refused(_) => refused.push(row),
                Series::Values(..) => values.push(row),
            }
        }
        json!({ "records": self.records, "refused": refused, "values": values })
    }
}

/// What is usual, learned from the windows so far. Kept in the state topic.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watch {
    windows: u32,
    series: BTreeMap<String, Usual>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Usual {
    mean: f64,
    variance: f64,
    /// It is unusual since a window before: that was said.
    off: bool,
    /// Windows in a row, up to the last, that had next to nothing; and the most that there were in a row before.
    #[serde(default)]
    low: u32,
    #[serde(default)]
    low_longest: u32,
    /// The share of windows that had any.
    #[serde(default)]
    there: f64,
}

impl Watch {
    /// Judges what came since the last window that was judged, and learns from it. `None`: too little
    /// came; it is to be part of the next.
    pub fn look(&mut self, since: &Tally) -> Option<Window> {
        // Canaries are as many as somebody plants, and are cleaned without being counted; a tombstone has
        // no values.
        let clean = since.clean.saturating_sub(since.canaries + since.tombstones);
        if since.records < RECORDS_MIN {
            return None;
        }
        let mut seen: BTreeMap<String, f64> = BTreeMap::new();
        for (code, n) in &since.refused {
            *seen.entry(format!("refused|{code}")).or_default() += *n as f64 / since.records as f64;
        }
        for (key, n) in since.values.iter().filter(|_| clean > 0) {
            let mut parts = key.rsplitn(4, '|');
            let (Some(_), Some(kernel), Some(class), Some(field)) =
                (parts.next(), parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            // What is kept is nobody's, and prose itself is no value.
            if kernel == "keep" || kernel == "detect" {
                continue;
            }
            *seen.entry(format!("value|{field}|{class}")).or_default() += *n as f64 / clean as f64;
        }
        let known: BTreeSet<String> = self.series.keys().chain(seen.keys()).cloned().collect();
        let is_learned = self.windows >= WINDOWS_MIN;
        let mut rows = Vec::new();
        for key in known {
            let Some(series) = series_of(&key) else { continue };
            if !self.series.contains_key(&key) && self.series.len() >= SERIES_MAX {
                continue;
            }
            let rate = seen.get(&key).copied().unwrap_or(0.0);
            let records = if matches!(series, Series::Refused(_)) { since.records } else { clean };
            // One that was never seen was usually not there.
            let usual = self.series.entry(key).or_default();
            let off = usual.judges(rate, records as f64).filter(|_| is_learned);
            let signal = off.filter(|_| !usual.off);
            rows.push(Row { series, rate, usual: is_learned.then_some(usual.mean), signal });
            usual.learn(rate, self.windows, off.is_some());
        }
        self.series.retain(|_, usual| usual.mean > MEAN_MIN);
        self.windows = self.windows.saturating_add(1);
        Some(Window { records: since.records, rows })
    }
}

impl Usual {
    fn judges(&self, rate: f64, records: f64) -> Option<Signal> {
        let chance = self.mean.max(rate) / records;
        let far = (rate - self.mean).abs() > DEVIATIONS * (self.variance + chance).sqrt();
        let much = self.mean.max(rate) * records >= COUNT_MIN;
        let by_chance = self.mean - rate <= DEVIATIONS * (self.mean / records).sqrt();
        // Values that come in clusters, a roster's say, stay away for some windows of themselves: a detector
        // that has failed stays away for longer than they ever did.
        let is_longest = self.low + 1 > self.low_longest;
        if much && self.is_low(rate) && !by_chance && is_longest {
            return Some(Signal::Drop);
        }
        match far && much {
            true if rate < self.mean / 2.0 => Some(Signal::Drop),
            true if rate > self.mean * 2.0 => Some(Signal::Rise),
            _ => None,
        }
    }

    fn is_low(&self, rate: f64) -> bool {
        rate < self.mean * COLLAPSE
    }

    fn learn(&mut self, rate: f64, windows: u32, off: bool) {
        if self.is_low(rate) {
            self.low = self.low.saturating_add(1);
        } else {
            self.low_longest = self.low_longest.max(self.low.min(LOW_WINDOWS_MAX));
            self.low = 0;
        }
        let weight = (1.0 / f64::from(windows + 1)).max(WEIGHT);
        // What is unusual is no measure of what is usual; nor is a window without any, which may be the first of many.
        // Of what is mostly not there, it is what is usual.
        let is_low = self.low > 0 && self.there >= USUALLY && windows >= WINDOWS_MIN;
        self.there += weight * (f64::from(u8::from(rate > 0.0)) - self.there);
        let is_odd = off || is_low;
        let weight = if is_odd { weight / 4.0 } else { weight };
        let far = rate - self.mean;
        self.mean += weight * far;
        if !is_odd {
            self.variance = (1.0 - weight) * (self.variance + weight * far * far);
        }
        self.off = off;
    }
}

fn series_of(key: &str) -> Option<Series> {
    if let Some(code) = key.strip_prefix("refused|") {
        return Some(Series::Refused(code.to_string()));
    }
    let (field, class) = key.strip_prefix("value|")?.rsplit_once('|')?;
    Some(Series::Values(field.to_string(), class.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A window of records with so many names in the notes and so many refusals.
    fn window(records: u64, names: u64, refused: u64) -> Tally {
        let mut tally = Tally { records, clean: records - refused, ..Tally::default() };
        tally.values.insert("$.note|person_name|siv|tagger".into(), names / 2);
        tally.values.insert("$.note|person_name|siv|record".into(), names - names / 2);
        tally.values.insert("$.mrn|mrn|fpe|declared".into(), records - refused);
        tally.values.insert("$.icd|clinical_code|keep|declared".into(), records * 3);
        if refused > 0 {
            tally.refused.insert("W0207".into(), refused);
        }
        tally
    }

    fn said(window: Option<Window>) -> Vec<String> {
        let window = window.expect("judged");
        let name = |series: &Series| match series {
            Series::Refused(code) => code.clone(),
            Series::Values(field, class) => format!("{field} {class}"),
        };
        window.signals().map(|(series, s, _)| format!("{} {}", s.name(), name(series))).collect()
    }

    /// Windows that differ as they do, by a tenth.
    fn learned() -> Watch {
        let mut watch = Watch::default();
        for n in 0..20 {
            let names = 2_000 + (n % 5) * 50 - 100;
            assert_eq!(said(watch.look(&window(1_000, names, n % 3))), [""; 0], "window {n}");
        }
        watch
    }

    #[test]
    fn names_that_are_gone_from_the_notes_are_told_of_once() {
        let mut watch = learned();
        assert_eq!(said(watch.look(&window(1_000, 300, 1))), ["drop $.note person_name"]);
        assert_eq!(said(watch.look(&window(1_000, 310, 1))), [""; 0], "it was said");
        assert_eq!(said(watch.look(&window(1_000, 2_000, 1))), [""; 0], "it is as before");
        assert_eq!(said(watch.look(&window(1_000, 0, 1))), ["drop $.note person_name"]);
    }

    #[test]
    fn refusals_and_what_never_was_there_are_told_of() {
        let mut watch = learned();
        assert_eq!(said(watch.look(&window(1_000, 2_000, 200))), ["rise W0207"]);
        let mut more = window(1_000, 2_000, 1);
        more.values.insert("$.note|ssn|fpe|pattern".into(), 90);
        assert_eq!(said(watch.look(&more)), ["rise $.note ssn"]);
    }

    #[test]
    fn chance_and_few_records_are_not() {
        let mut watch = learned();
        assert_eq!(watch.look(&window(199, 0, 0)), None, "too few to say anything");
        assert_eq!(said(watch.look(&window(1_000, 1_500, 2))), [""; 0], "a quarter less");
        assert_eq!(said(watch.look(&window(1_000, 2_000, 9))), [""; 0], "few of few");
        // Nothing is unusual before there was something usual.
        let mut young = Watch::default();
        (0..5).for_each(|n| assert_eq!(said(young.look(&window(1_000, n * 400, 0))), [""; 0]));
    }

    /// Where days and nights differ by half, a detector that is dead is seen all the same.
    #[test]
    fn what_is_gone_is_told_of_however_much_windows_differ() {
        let mut watch = Watch::default();
        for n in 0..40 {
            let names = if n % 2 == 0 { 1_000 } else { 3_000 };
            assert_eq!(said(watch.look(&window(1_000, names, 0))), [""; 0], "window {n}");
        }
        assert_eq!(said(watch.look(&window(1_000, 0, 0))), ["drop $.note person_name"]);
        (0..10).for_each(|_| assert_eq!(said(watch.look(&window(1_000, 0, 0))), [""; 0]));
        assert_eq!(said(watch.look(&window(1_000, 2_000, 0))), [""; 0]);
        // It has been away for that long before, and came back.
        let mut again = (0..=11).map(|_| said(watch.look(&window(1_000, 10, 0))));
        assert!(again.by_ref().take(11).all(|said| said.is_empty()));
        assert_eq!(again.next(), Some(vec!["drop $.note person_name".to_string()]));
    }

    /// One record in a hundred is a roster of sixty names: windows without any are chance. A detector that has
    /// failed is seen behind that, too.
    #[test]
    fn values_in_clusters_are_no_drop_and_their_end_is() {
        let mut watch = Watch::default();
        let mut state = 1u64;
        let mut rosters = || {
            (0..200)
                .filter(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    state >> 33 < (1 << 31) / 100
                })
                .count() as u64
        };
        let mut drops = 0;
        for _ in 0..2_880 {
            let said = said(watch.look(&window(200, rosters() * 60, 0)));
            drops += said.iter().filter(|said| said.starts_with("drop")).count();
        }
        assert!(drops <= 6, "{drops} in a day of a source that does not change");
        let dead = (0..=LOW_WINDOWS_MAX).map(|_| said(watch.look(&window(200, 0, 0))));
        let told: Vec<_> = dead.flatten().collect();
        assert_eq!(told, ["drop $.note person_name"]);
    }

    /// A source that rests for a while again and again hides a detector that has failed for as long as that.
    #[test]
    fn what_fails_is_told_of_behind_the_longest_rest() {
        for values in [40, 60, 400] {
            let mut watch = Watch::default();
            for n in 0..1_200u64 {
                let names = if n % 120 < 20 { 0 } else { values };
                watch.look(&window(200, names, 0));
            }
            let dead = (0..40).map(|_| said(watch.look(&window(200, 0, 0))));
            let told: Vec<_> = dead.flatten().collect();
            assert_eq!(told, ["drop $.note person_name"], "{values} values a window");
        }
    }

    /// What is in one window of ten has its rise all the same.
    #[test]
    fn a_rise_of_what_is_mostly_not_there_is_told_of() {
        for (of, before, after) in [(10, 100, 400), (20, 100, 300), (40, 100, 300)] {
            let mut watch = Watch::default();
            for n in 0..600u64 {
                let refused = if n % of == 0 { before } else { 0 };
                watch.look(&window(1_000, 2_000, refused));
            }
            let more = (0..20).map(|_| said(watch.look(&window(1_000, 2_000, after))));
            let told: Vec<_> = more.flatten().filter(|said| said == "rise W0207").collect();
            assert_eq!(told.len(), 1, "one of {of}");
        }
    }

    #[test]
    fn tombstones_have_no_values_and_are_no_drop() {
        let mut watch = learned();
        let mut deleted = window(10_000, 2_000, 0);
        deleted.values.insert("$.mrn|mrn|fpe|declared".into(), 1_000);
        deleted.tombstones = 9_000;
        assert_eq!(said(watch.look(&deleted)), [""; 0]);
    }

    /// A slow change is followed, and what the state topic gives back is what was put in.
    #[test]
    fn what_is_usual_is_learned_and_kept() {
        let mut watch = learned();
        let names = |n: u64| 2_000 - n * 15;
        (0..100).for_each(|n| {
            assert_eq!(said(watch.look(&window(1_000, names(n), 1))), [""; 0], "{n}");
        });
        let json = serde_json::to_string(&watch).expect("JSON");
        assert_eq!(serde_json::from_str::<Watch>(&json).expect("reads"), watch);
        assert!(!json.contains("clinical_code"), "what is kept is not counted");
    }
}

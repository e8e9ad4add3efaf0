//! The ledger: what was planted, when and where, as JSON lines. It holds the identifiers, so that they
//! can be looked for; its file is its owner's alone.

use super::Identifier;
use crate::phi::{Class, Phi};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The rounds of a ledger, in order.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Its rounds.
    pub rounds: Vec<Round>,
}

/// What was planted at one time.
#[derive(Debug)]
pub struct Round {
    /// A random name.
    pub round: String,
    /// The pipeline.
    pub pipeline: String,
    /// When, for people.
    pub at: String,
    /// Where each topic that the pipeline writes ended then, by partition.
    pub ends: BTreeMap<String, Vec<i64>>,
    /// The records.
    pub records: Vec<Planted>,
}

/// A planted record.
#[derive(Debug)]
pub struct Planted {
    /// Its id.
    pub id: String,
    /// The source topic.
    pub topic: String,
    /// Its partition.
    pub partition: i32,
    /// Its offset; `None` when it is not known that it arrived.
    pub offset: Option<i64>,
    /// Its timestamp.
    pub millis: i64,
    /// What must not leave of it.
    pub identifiers: Vec<Identifier>,
}

impl Planted {
    /// `topic/partition/offset`, as headers point to it.
    pub fn pointer(&self) -> Option<String> {
        Some(format!("{}/{}/{}", self.topic, self.partition, self.offset?))
    }
}

/// A line: first what is about to be planted, then where it has come to lie.
#[derive(Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Line {
    Round {
        round: String,
        pipeline: String,
        at: String,
        ends: BTreeMap<String, Vec<i64>>,
        records: Vec<Record>,
    },
    Offsets {
        round: String,
        offsets: Vec<i64>,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    id: String,
    topic: String,
    partition: i32,
    millis: i64,
    values: Vec<(String, String)>,
}

impl Round {
    /// The line to write before anything is planted: whatever comes after, it can be looked for.
    pub fn before(&self) -> Phi<String> {
        let record = |planted: &Planted| Record {
            id: planted.id.clone(),
            topic: planted.topic.clone(),
            partition: planted.partition,
            millis: planted.millis,
            values: planted
                .identifiers
                .iter()
                .map(|of| (of.class.name().to_string(), of.text.expose().clone()))
                .collect(),
        };
        line(&Line::Round {
            round: self.round.clone(),
            pipeline: self.pipeline.clone(),
            at: self.at.clone(),
            ends: self.ends.clone(),
            records: self.records.iter().map(record).collect(),
        })
    }

    /// The line to write once everything has arrived.
    pub fn after(&self, offsets: &[i64]) -> Phi<String> {
        line(&Line::Offsets { round: self.round.clone(), offsets: offsets.to_vec() })
    }
}

fn line(line: &Line) -> Phi<String> {
    // Names, numbers and strings: nothing that JSON lacks.
    Phi::new(serde_json::to_string(line).unwrap_or_default() + "\n")
}

impl Ledger {
    /// Reads a ledger; gives the number of the first line that is none of its own.
    pub fn read(text: &str) -> Result<Ledger, usize> {
        let mut ledger = Ledger::default();
        for (n, text) in text.lines().enumerate() {
            let line: Line = serde_json::from_str(text).map_err(|_| n + 1)?;
            ledger.add(line).ok_or(n + 1)?;
        }
        Ok(ledger)
    }

    fn add(&mut self, line: Line) -> Option<()> {
        match line {
            Line::Round { round, pipeline, at, ends, records } => {
                let records = records.into_iter().map(planted).collect::<Option<_>>()?;
                self.rounds.push(Round { round, pipeline, at, ends, records });
            }
            Line::Offsets { round, offsets } => {
                let round = self.rounds.iter_mut().find(|known| known.round == round)?;
                for (planted, offset) in round.records.iter_mut().zip(offsets) {
                    planted.offset = Some(offset);
                }
            }
        }
        Some(())
    }

    /// The rounds of one pipeline.
    pub fn of(self, pipeline: &str) -> Vec<Round> {
        self.rounds.into_iter().filter(|round| round.pipeline == pipeline).collect()
    }
}

fn planted(record: Record) -> Option<Planted> {
    let Record { id, topic, partition, millis, values } = record;
    let identifier = |(class, text): (String, String)| {
        Some(Identifier { class: Class::from_name(&class)?, text: Phi::new(text) })
    };
    let identifiers = values.into_iter().map(identifier).collect::<Option<_>>()?;
    Some(Planted { id, topic, partition, offset: None, millis, identifiers })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_comes_back_as_it_was_written() {
        let identifier =
            Identifier { class: Class::Mrn, text: Phi::new("41234567890".to_string()) };
        let planted = Planted {
            id: "ab".into(),
            topic: "raw".into(),
            partition: 3,
            offset: None,
            millis: 5,
            identifiers: vec![identifier],
        };
        let round = Round {
            round: "r".into(),
            pipeline: "p".into(),
            at: "now".into(),
            ends: BTreeMap::from([("clean".to_string(), vec![1, 2])]),
            records: vec![planted],
        };
        assert!(!format!("{round:?}").contains("41234567890"), "Debug is blind");
        let text = round.before().expose().clone() + round.after(&[7]).expose();
        let rounds = Ledger::read(&text).expect("reads").of("p");
        assert_eq!(rounds[0].ends["clean"], [1, 2]);
        let planted = &rounds[0].records[0];
        assert_eq!(planted.pointer().as_deref(), Some("raw/3/7"));
        assert_eq!(planted.identifiers[0].text.expose(), "41234567890");
        assert!(Ledger::read(&text).expect("reads").of("q").is_empty());
        let none = Ledger::read(round.before().expose()).expect("reads").of("p");
        assert_eq!(none[0].records[0].pointer(), None, "it is not known that it arrived");
        assert_eq!(Ledger::read("{}").err(), Some(1));
        assert_eq!(Ledger::read(round.after(&[7]).expose()).err(), Some(1), "of no round");
    }
}

//! The trail: whose each clean record is, where it lies, and what is made of it, so that it can be found
//! again and taken out. An entry says it of one batch. It is a stream of Arrow IPC, which any Arrow reads:
//! a row for each record, and the rest, which is the same for all rows, in the schema's metadata.

use crate::phi::Code;
use arrow_array::builder::{
    ArrayBuilder as _, FixedSizeBinaryBuilder, Int32Builder, Int64Builder, ListBuilder,
    StringBuilder,
};
use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, FixedSizeBinaryArray, RecordBatch, StringArray};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{DataType, Field, Schema};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::Arc;

/// The version of the entries' form.
const FORM: &str = "1";
/// Bytes of a pseudonym.
const PSEUDONYM: i32 = 16;
/// Bytes of a key's hash: enough to tell that another record stands where it stood.
const KEY_HASH: i32 = 8;
/// Bytes of a row beside its lists: partition, offset, the key's hash, and the bits and ends of arrays.
const ROW_BYTES: usize = 32;
/// Bytes of a chunk's name beside itself, and of a pseudonym with its bit.
const CHUNK_BYTES: usize = 5;
const SUBJECT_BYTES: usize = 17;
/// Bytes of an entry beside its rows: schema, metadata, padding.
const ENTRY_BYTES: usize = 4096;

/// What an entry says of all its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailHead {
    /// The pipeline.
    pub pipeline: String,
    /// The clean topic.
    pub topic: String,
    /// `name@digest`, as in the header `weir-policy`.
    pub policy: String,
    /// The key version of tokens and pseudonyms.
    pub keys: u32,
    /// What tells that version's key from another keyring's of the same number.
    pub check: String,
    /// The worker's run.
    pub run: String,
    /// When the batch was written, RFC 3339.
    pub at: String,
}

/// A row: a record. One with more names than an entry takes has several.
#[derive(Clone, Copy, Debug)]
pub struct TrailStep<'a> {
    /// The clean topic's partition.
    pub partition: i32,
    /// The clean topic's offset.
    pub offset: i64,
    /// What its key, as it left, hashes to.
    pub key: [u8; 8],
    subjects: (&'a FixedSizeBinaryArray, usize, usize),
    chunks: (&'a StringArray, usize, usize),
}

impl<'a> TrailStep<'a> {
    /// Whose it is, by pseudonym; nobody's where it names no subject.
    pub fn subjects(&self) -> impl ExactSizeIterator<Item = &'a [u8]> + use<'a> {
        let (array, from, to) = self.subjects;
        (from..to).map(move |at| array.value(at))
    }

    /// What is made of it, as an index knows it.
    pub fn chunks(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        let (array, from, to) = self.chunks;
        (from..to).map(move |at| array.value(at))
    }
}

/// Rows that are gathered for entries.
pub struct TrailRows {
    subjects: ListBuilder<FixedSizeBinaryBuilder>,
    partitions: Int32Builder,
    offsets: Int64Builder,
    keys: FixedSizeBinaryBuilder,
    chunks: ListBuilder<StringBuilder>,
    /// What an entry of them has, about; never too little.
    bytes: usize,
}

impl Default for TrailRows {
    fn default() -> TrailRows {
        TrailRows {
            subjects: ListBuilder::new(FixedSizeBinaryBuilder::new(PSEUDONYM)),
            partitions: Int32Builder::new(),
            offsets: Int64Builder::new(),
            keys: FixedSizeBinaryBuilder::new(KEY_HASH),
            chunks: ListBuilder::new(StringBuilder::new()),
            bytes: ENTRY_BYTES,
        }
    }
}

impl TrailRows {
    /// Adds a record with its subjects. Where an entry would have more than `most` bytes, what was gathered
    /// before is handed out first, and a record with more names than that goes in several rows.
    pub fn add(
        &mut self,
        (partition, offset, key): (i32, i64, Option<&[u8]>),
        subjects: &[[u8; 16]],
        chunks: &[String],
        most: usize,
        mut full: impl FnMut(TrailRows) -> Result<(), Code>,
    ) -> Result<(), Code> {
        let mut rest = chunks;
        loop {
            let mut bytes = ROW_BYTES + subjects.len() * SUBJECT_BYTES;
            let is_full = self.bytes + bytes > most;
            let fits = |chunk: &&String| {
                bytes += CHUNK_BYTES + chunk.len();
                self.bytes + bytes <= most
            };
            let n = rest.iter().take_while(fits).count();
            if !self.is_empty() && (is_full || n < rest.len()) {
                full(std::mem::take(self))?;
                continue;
            }
            // One name at least: it is shorter than any topic's records.
            let (now, later) = rest.split_at(n.max(1).min(rest.len()));
            self.push(subjects, (partition, offset, key_hash(key)), now)?;
            rest = later;
            if rest.is_empty() {
                return Ok(());
            }
        }
    }

    fn push(
        &mut self,
        subjects: &[[u8; 16]],
        (partition, offset, key): (i32, i64, [u8; 8]),
        chunks: &[String],
    ) -> Result<(), Code> {
        for subject in subjects {
            self.subjects.values().append_value(subject).map_err(|_| Code::Internal)?;
        }
        self.subjects.append(true);
        self.partitions.append_value(partition);
        self.offsets.append_value(offset);
        self.keys.append_value(key).map_err(|_| Code::Internal)?;
        for chunk in chunks {
            self.chunks.values().append_value(chunk);
        }
        self.chunks.append(true);
        let named: usize = chunks.iter().map(|chunk| CHUNK_BYTES + chunk.len()).sum();
        self.bytes += ROW_BYTES + subjects.len() * SUBJECT_BYTES + named;
        Ok(())
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.offsets.is_empty()
    }

    /// The entry.
    pub fn entry(mut self, head: &TrailHead) -> Result<Vec<u8>, Code> {
        let pairs = [
            ("weir.trail", FORM),
            ("pipeline", &head.pipeline),
            ("topic", &head.topic),
            ("policy", &head.policy),
            ("keys", &head.keys.to_string()),
            ("check", &head.check),
            ("run", &head.run),
            ("at", &head.at),
        ];
        let metadata: HashMap<_, _> =
            pairs.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
        let (subjects, chunks) = (self.subjects.finish(), self.chunks.finish());
        let fields = vec![
            Field::new("subjects", subjects.data_type().clone(), false),
            Field::new("partition", DataType::Int32, false),
            Field::new("offset", DataType::Int64, false),
            Field::new("key", DataType::FixedSizeBinary(KEY_HASH), false),
            Field::new("chunks", chunks.data_type().clone(), false),
        ];
        let columns: Vec<ArrayRef> = vec![
            Arc::new(subjects),
            Arc::new(self.partitions.finish()),
            Arc::new(self.offsets.finish()),
            Arc::new(self.keys.finish()),
            Arc::new(chunks),
        ];
        let schema = Arc::new(Schema::new_with_metadata(fields, metadata));
        let written = || {
            let batch = RecordBatch::try_new(Arc::clone(&schema), columns)?;
            let mut writer = StreamWriter::try_new(Vec::new(), &schema)?;
            writer.write(&batch)?;
            writer.into_inner()
        };
        written().map_err(|_| Code::Internal)
    }
}

/// What a clean record's key hashes to: the first 8 bytes of SHA-256, behind a byte that is 0 where there is no
/// key, and then nothing, else 1.
pub fn key_hash(key: Option<&[u8]>) -> [u8; 8] {
    let mut hash = Sha256::new();
    hash.update([u8::from(key.is_some())]);
    hash.update(key.unwrap_or_default());
    let mut short = [0; 8];
    short.copy_from_slice(&hash.finalize()[..8]);
    short
}

/// Reads an entry: each row, if `wants` says so of what it says of them all.
pub fn read_trail(
    entry: &[u8],
    wants: impl FnOnce(&TrailHead) -> bool,
    mut each: impl FnMut(&TrailHead, TrailStep<'_>),
) -> Result<TrailHead, Code> {
    let broken = |_| Code::TrailBroken;
    let reader = StreamReader::try_new(entry, None).map_err(broken)?;
    let schema = reader.schema();
    let text = |key: &str| schema.metadata().get(key).cloned().ok_or(Code::TrailBroken);
    if text("weir.trail")? != FORM {
        return Err(Code::TrailBroken);
    }
    let head = TrailHead {
        pipeline: text("pipeline")?,
        topic: text("topic")?,
        policy: text("policy")?,
        keys: text("keys")?.parse().map_err(|_| Code::TrailBroken)?,
        check: text("check")?,
        run: text("run")?,
        at: text("at")?,
    };
    if !wants(&head) {
        return Ok(head);
    }
    for batch in reader {
        let batch = batch.map_err(broken)?;
        let column = |name: &str| batch.column_by_name(name).ok_or(Code::TrailBroken);
        let (subjects, partitions) = (column("subjects")?, column("partition")?);
        let (offsets, keys, chunks) = (column("offset")?, column("key")?, column("chunks")?);
        let keys = keys.as_fixed_size_binary_opt().ok_or(Code::TrailBroken)?;
        let subjects = subjects.as_list_opt::<i32>().ok_or(Code::TrailBroken)?;
        let whose = subjects.values().as_fixed_size_binary_opt().ok_or(Code::TrailBroken)?;
        let partitions = partitions.as_primitive_opt::<Int32Type>().ok_or(Code::TrailBroken)?;
        let offsets = offsets.as_primitive_opt::<Int64Type>().ok_or(Code::TrailBroken)?;
        let chunks = chunks.as_list_opt::<i32>().ok_or(Code::TrailBroken)?;
        let names = chunks.values().as_string_opt::<i32>().ok_or(Code::TrailBroken)?;
        // Nothing that weir writes is null, and no pseudonym is shorter.
        let nulls = whose.null_count() + names.null_count() + offsets.null_count();
        let is_own = whose.value_length() == PSEUDONYM && keys.value_length() == KEY_HASH;
        if nulls > 0 || !is_own {
            return Err(Code::TrailBroken);
        }
        let (of, named) = (subjects.value_offsets(), chunks.value_offsets());
        for row in 0..batch.num_rows() {
            let step = TrailStep {
                partition: partitions.value(row),
                offset: offsets.value(row),
                key: keys.value(row).try_into().map_err(|_| Code::TrailBroken)?,
                subjects: (whose, of[row] as usize, of[row + 1] as usize),
                chunks: (names, named[row] as usize, named[row + 1] as usize),
            };
            each(&head, step);
        }
    }
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> TrailHead {
        TrailHead {
            pipeline: "notes".into(),
            topic: "clean".into(),
            policy: "pseudonymize@00".into(),
            keys: 3,
            check: "c".into(),
            run: "r".into(),
            at: "2026-11-30T00:00:00Z".into(),
        }
    }

    type Row = (Vec<Vec<u8>>, i32, i64, Vec<String>);

    fn all(entries: &[Vec<u8>]) -> Vec<Row> {
        let mut rows = Vec::new();
        for entry in entries {
            let row = |_: &TrailHead, step: TrailStep<'_>| {
                let chunks = step.chunks().map(str::to_string).collect();
                let subjects = step.subjects().map(<[u8]>::to_vec).collect();
                rows.push((subjects, step.partition, step.offset, chunks));
            };
            assert_eq!(read_trail(entry, |_| true, row), Ok(head()));
        }
        rows
    }

    #[test]
    fn what_is_written_is_read() {
        let mut rows = TrailRows::default();
        let mut add = |place, subjects: &[[u8; 16]], chunks: &[&str]| {
            let chunks: Vec<_> = chunks.iter().map(ToString::to_string).collect();
            rows.add(place, subjects, &chunks, usize::MAX, |_| Err(Code::Internal)).expect("fits");
        };
        add((0, 7, Some(b"k")), &[[1; 16]], &["n-1"]);
        add((1, 8, None), &[[1; 16], [2; 16]], &["n-2", "ü"]);
        add((2, 9, Some(b"")), &[], &[]);
        let entry = rows.entry(&head()).expect("an entry");
        let (one, two) = (vec![1; 16], vec![2; 16]);
        let chunks = vec!["n-2".to_string(), "ü".into()];
        assert_eq!(
            all(std::slice::from_ref(&entry)),
            [
                (vec![one.clone()], 0, 7, vec!["n-1".to_string()]),
                (vec![one, two], 1, 8, chunks),
                (Vec::new(), 2, 9, Vec::new()),
            ]
        );
        let mut keys = Vec::new();
        read_trail(&entry, |_| true, |_, step| keys.push(step.key)).expect("read");
        assert_eq!(keys, [Some(&b"k"[..]), None, Some(b"")].map(key_hash));
        assert_ne!(keys[1], keys[2], "no key is not an empty one");
        let mut seen = 0;
        read_trail(&entry, |head| head.keys != 3, |_, _| seen += 1).expect("read");
        assert_eq!(seen, 0, "rows that nobody wants are not read");
    }

    #[test]
    fn no_entry_is_longer_than_its_topic_takes() {
        let most = ENTRY_BYTES + 3_000;
        let (mut rows, mut entries) = (TrailRows::default(), Vec::new());
        let mut wanted = 0;
        for n in 0..500i64 {
            let chunks: Vec<_> = (0..n % 60).map(|chunk| format!("note-{n}-{chunk:060}")).collect();
            wanted += chunks.len();
            let subjects = [[n as u8; 16], [0xff; 16]];
            rows.add((0, n, None), &subjects, &chunks, most, |rows| {
                entries.push(rows.entry(&head())?);
                Ok(())
            })
            .expect("rows");
        }
        entries.push(rows.entry(&head()).expect("an entry"));
        assert!(entries.len() > 50, "{}", entries.len());
        let longest = entries.iter().map(Vec::len).max().expect("entries");
        assert!(longest <= most, "{longest} of {most}");
        let rows = all(&entries);
        assert_eq!(rows.iter().map(|row| row.3.len()).sum::<usize>(), wanted);
        let records: std::collections::BTreeSet<_> = rows.iter().map(|row| row.2).collect();
        assert_eq!(records.len(), 500);
    }

    #[test]
    fn what_is_no_entry_is_broken() {
        let mut rows = TrailRows::default();
        rows.add((0, 7, None), &[[1; 16]], &["n-1".into()], usize::MAX, |_| Ok(())).expect("fits");
        let entry = rows.entry(&head()).expect("an entry");
        for bytes in [&b""[..], b"{}", &entry[..entry.len() / 2], &[0xff; 64]] {
            assert_eq!(read_trail(bytes, |_| true, |_, _| ()), Err(Code::TrailBroken));
        }
        let text = |from: &str, to: &str| {
            let at = memchr::memmem::find(&entry, from.as_bytes()).expect("it is there");
            let mut other = entry.clone();
            other[at..at + to.len()].copy_from_slice(to.as_bytes());
            other
        };
        for other in [text("weir.trail", "weir.trial"), text("offset", "ofsett")] {
            assert_eq!(read_trail(&other, |_| true, |_, _| ()), Err(Code::TrailBroken));
        }
    }
}

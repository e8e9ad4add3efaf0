//! What goes in and what comes out, as flat arenas: no allocation for each record or field.

use crate::detect::{Layer, Written};
use crate::format::{Codec, Cut, Exit, Frame, Kind, Label};
use crate::keys::{Coded, KeySnapshot, Pseudonym, Scope, SubjectSecret};
use crate::phi::{Class, Code, Day, Phi, Span};
use crate::policy::{Slot, Writer};
use crate::transform::{Lately, Rule};
use std::num::NonZeroU32;
use std::ops::Range;
use std::sync::Arc;

/// The writer schema of a record, which the stream resolved and the policy bound to the plan.
#[derive(Clone, Debug)]
pub struct SchemaRef {
    /// The schema.
    pub writer: Arc<Writer>,
    /// Where the record begins: behind what names its schema.
    pub from: usize,
    /// Bytes that go ahead of the clean record.
    pub ahead: usize,
}

/// Records to clean, with the day for age caps: the pure part reads no clock.
#[derive(Debug)]
pub struct Batch {
    pub(super) as_of: Day,
    pub(super) out_max: usize,
    pub(super) data: Phi<Vec<u8>>,
    pub(super) records: Vec<Input>,
}

#[derive(Debug)]
pub(super) struct Input {
    pub(super) key: Option<Range<usize>>,
    pub(super) value: Option<Range<usize>>,
    /// The value as it came, with what names its schema.
    pub(super) raw: Option<Range<usize>>,
    /// Bytes of the headers that leave with them.
    pub(super) header_bytes: usize,
    pub(super) writer: Option<Arc<Writer>>,
    /// It was refused before it came here.
    pub(super) refused: Option<Code>,
}

impl Batch {
    /// An empty batch.
    pub fn new(as_of: Day) -> Batch {
        Batch { as_of, data: Phi::default(), records: Vec::new(), out_max: usize::MAX }
    }

    /// Refuses records whose clean key, value and headers have more bytes than this together.
    pub fn bounded(self, out_max: usize) -> Batch {
        Batch { out_max, ..self }
    }

    /// With room for so many bytes of keys and values: memory that grows is copied, and what it was copied from is
    /// not wiped.
    pub fn with_room(mut self, bytes: usize) -> Batch {
        self.data.expose_mut().reserve_exact(bytes);
        self
    }

    /// Copies a record in. A record without a value is a tombstone.
    pub fn push(&mut self, key: Option<&[u8]>, value: Option<&[u8]>, schema: Option<SchemaRef>) {
        let data = self.data.expose_mut();
        let mut copy = |bytes: &[u8]| {
            let start = data.len();
            data.extend_from_slice(bytes);
            start..data.len()
        };
        let (key, raw) = (key.map(&mut copy), value.map(&mut copy));
        let from = schema.as_ref().map_or(0, |schema| schema.from);
        let value = raw.clone().map(|raw| (raw.start + from).min(raw.end)..raw.end);
        let header_bytes = schema.as_ref().map_or(0, |schema| schema.ahead);
        let (writer, refused) = (schema.map(|schema| schema.writer), None);
        self.records.push(Input { key, value, raw, header_bytes, writer, refused });
    }

    /// Says of a record which schema it was written with, or that it is refused, whatever is in it.
    pub fn settle(&mut self, record: usize, schema: Result<SchemaRef, Code>) {
        let Some(input) = self.records.get_mut(record) else { return };
        match schema {
            Ok(SchemaRef { writer, from, ahead }) => {
                input.value = input.raw.clone().map(|raw| (raw.start + from).min(raw.end)..raw.end);
                input.header_bytes += ahead;
                input.writer = Some(writer);
                input.refused = None;
            }
            Err(code) => input.refused = Some(code),
        }
    }

    /// So many bytes of headers leave with the last record; the bound counts them.
    pub fn header_bytes(&mut self, bytes: usize) {
        if let Some(last) = self.records.last_mut() {
            last.header_bytes = bytes;
        }
    }

    /// Records.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// True when there are no records.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Bytes of keys and values.
    pub fn bytes(&self) -> usize {
        self.data.expose().len()
    }

    /// The same records once more, for another plan. Of a topic without a registry: which schema a record was
    /// written with is not copied.
    pub fn again(&self) -> Batch {
        let mut batch = Batch::new(self.as_of).bounded(self.out_max).with_room(self.bytes());
        for (record, input) in self.records.iter().enumerate() {
            batch.push(self.key(record), self.part(&input.raw), None);
            batch.header_bytes(input.header_bytes);
        }
        batch
    }

    /// The tombstones with a key alone, and which records they are: after a rotation they go out
    /// under older keys too, or the records that they delete would stay.
    pub fn tombstones(&self) -> (Batch, Vec<usize>) {
        let mut batch = Batch::new(self.as_of).bounded(self.out_max);
        let mut which = Vec::new();
        for (record, input) in self.records.iter().enumerate() {
            if let (Some(key), None) = (self.key(record), &input.value) {
                batch.push(Some(key), None, None);
                batch.header_bytes(input.header_bytes);
                which.push(record);
            }
        }
        (batch, which)
    }

    pub(super) fn part(&self, range: &Option<Range<usize>>) -> Option<&[u8]> {
        range.clone().map(|range| &self.data.expose()[range])
    }

    pub(super) fn key(&self, record: usize) -> Option<&[u8]> {
        self.part(&self.records[record].key)
    }

    /// What lies from the start of a record's value on: spans count from there, those of what stands inside of values
    /// too, whose bytes lie behind all records.
    pub(super) fn onward(&self, record: usize) -> &[u8] {
        let value = &self.records[record].value;
        value.as_ref().map_or(&[], |value| &self.data.expose()[value.start..])
    }

    pub(super) fn value(&self, record: usize) -> Option<&[u8]> {
        self.part(&self.records[record].value)
    }
}

/// What the caller brought for a batch from the store of subjects: secrets, for tokens of `subject`
/// scope, and assigned codes.
#[derive(Debug, Default)]
pub struct Subjects {
    secrets: Vec<Result<SubjectSecret, Code>>,
    codes: Vec<Result<String, Code>>,
}

impl Subjects {
    /// Secrets in the order of [`Located::subjects`], codes in that of [`Located::coded`].
    pub fn of(
        secrets: Vec<Result<SubjectSecret, Code>>,
        codes: Vec<Result<String, Code>>,
    ) -> Subjects {
        Subjects { secrets, codes }
    }

    /// The secret of the subject at a place of its order.
    pub(super) fn secret(&self, at: usize) -> Result<&SubjectSecret, Code> {
        brought(&self.secrets, at)
    }

    /// The code of the value at a place of its order.
    pub(super) fn code(&self, at: usize) -> Result<&str, Code> {
        brought(&self.codes, at).map(String::as_str)
    }
}

fn brought<T>(answers: &[Result<T, Code>], at: usize) -> Result<&T, Code> {
    match answers.get(at) {
        Some(Ok(answer)) => Ok(answer),
        Some(Err(code)) => Err(*code),
        None => Err(Code::Internal),
    }
}

/// The field number of the record key.
pub(super) const KEY: u16 = u16::MAX;

/// One value to transform (or to count, where its rule keeps it).
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// In the record's value, inside the quotes; or in the key.
    pub(super) span: Span,
    pub(super) field: u16,
    pub(super) slot: u16,
    pub(super) class: Class,
    pub(super) layer: Layer,
    pub(super) kind: Kind,
    /// The canonical value, in the arena.
    pub(super) canon: Range<u32>,
    /// Found in free text that no kernel can take: its class's tag replaces it.
    pub(super) tag_only: bool,
    /// How it stands in the prose.
    pub(super) written: Written,
    /// How it goes.
    pub(super) exit: Exit,
    /// The document that it holds: a number among those of the record, whose own is 0.
    pub(super) holds: Option<NonZeroU32>,
}

impl Site {
    pub(super) fn in_text(&self) -> bool {
        self.layer != Layer::Declared
    }
}

/// A batch whose values have been found. Debug shows counts only.
pub struct Located {
    pub(super) batch: Batch,
    pub(super) records: Vec<LocatedRecord>,
    pub(super) sites: Vec<Site>,
    pub(super) texts: Vec<Span>,
    pub(super) deletions: Vec<Cut>,
    pub(super) frames: Vec<Frame>,
    pub(super) documents: Vec<Placed>,
    pub(super) labels: Vec<Label>,
    pub(super) measured: Vec<Measured>,
    pub(super) subjects: Vec<Subject>,
    pub(super) canon: Phi<String>,
}

/// Whose a part of a record is.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// Where the part begins, in the record's value; it ends where the next one begins.
    pub(super) from: u32,
    /// The canonical id, in the arena; empty where the part names nobody.
    pub(super) canon: Range<u32>,
}

impl std::fmt::Debug for Located {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Located({} records, {} sites)", self.records.len(), self.sites.len())
    }
}

#[derive(Clone, Debug)]
pub(super) struct LocatedRecord {
    pub(super) refused: Option<Code>,
    pub(super) sites: Range<usize>,
    pub(super) texts: Range<usize>,
    pub(super) deletions: Range<usize>,
    pub(super) frames: Range<usize>,
    pub(super) labels: Range<usize>,
    pub(super) measured: Range<usize>,
    /// Its parts by subject, in order.
    pub(super) subjects: Range<usize>,
    /// What it is, and what stands inside of its values, in the order of their bytes.
    pub(super) documents: Range<usize>,
}

/// A text whose characters numbers count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured {
    pub(super) field: u16,
    pub(super) span: Span,
}

/// A document: a record's value, or what stands inside of one.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// Where its bytes are, from the start of the record's value on.
    pub(super) span: Span,
    /// How its values are written.
    pub(super) codec: Codec,
}

/// Those of `all`, which are in order, that lie within a document: at its end, too.
pub(super) fn within<T>(all: &[T], span: Span, at: impl Fn(&T) -> u32) -> Range<usize> {
    all.partition_point(|one| at(one) < span.start)..all.partition_point(|one| at(one) <= span.end)
}

impl Located {
    pub(super) fn marks(
        &self,
        plan: &crate::policy::Plan,
        record: usize,
    ) -> Option<Vec<(Range<usize>, &'static str)>> {
        let place = &self.records[record];
        // What stands inside of a value is hidden with it.
        let end = self.batch.value(record).map_or(0, <[u8]>::len) as u32;
        let hidden = |site: &&Site| {
            site.field != KEY
                && site.span.end <= end
                && plan.slots[usize::from(site.slot)].rule != Rule::Keep
        };
        let sites = self.sites[place.sites.clone()].iter().filter(hidden);
        let mut marks: Vec<_> = sites.map(|site| (site.span.range(), site.class.name())).collect();
        let cuts = self.deletions[place.deletions.clone()].iter();
        let cuts = cuts.filter(|cut| cut.span.end <= end);
        marks.extend(cuts.map(|cut| (cut.span.range(), "unlisted")));
        marks.sort_by_key(|(range, _)| range.start);
        place.refused.is_none().then_some(marks)
    }

    /// The canonical ids of the subjects whose secrets [`super::finish`] needs, each once, in order;
    /// none where the plan has no `scope: subject`. They are PHI: they go to the store of subjects.
    pub fn subjects(&self, plan: &crate::policy::Plan) -> Vec<&str> {
        if plan.slots.iter().all(|slot| slot.scope != Scope::Subject) {
            return Vec::new();
        }
        let alive = self.records.iter().filter(|record| record.refused.is_none());
        let parts = alive.flat_map(|record| &self.subjects[record.subjects.clone()]);
        let mut subjects: Vec<_> = parts.map(|part| self.canonical(&part.canon)).collect();
        subjects.retain(|subject| !subject.is_empty());
        subjects.sort_unstable();
        subjects.dedup();
        subjects
    }

    /// The values whose assigned codes [`super::finish`] needs, each once a subject, in order; none
    /// where the plan assigns none. They are PHI: they go to the store of subjects.
    pub fn coded<'a>(&'a self, plan: &'a crate::policy::Plan) -> Vec<Coded<'a>> {
        let assigns = |slot: &Slot| slot.rule == Rule::Assign;
        if !plan.slots.iter().any(assigns) {
            return Vec::new();
        }
        let mut coded = Vec::new();
        for record in self.records.iter().filter(|record| record.refused.is_none()) {
            let sites = self.sites[record.sites.clone()].iter().filter(|site| !site.tag_only);
            for site in sites {
                let slot = &plan.slots[usize::from(site.slot)];
                if assigns(slot) {
                    let subject = self.subject(record, site);
                    coded.push(coded_of(plan, slot, self.canonical(&site.canon), subject));
                }
            }
        }
        coded.sort_unstable_by_key(coded_key);
        coded.dedup_by_key(|coded| coded_key(coded));
        coded
    }

    /// The canonical id of the subject whose part of the record a site stands in; empty where there is none. The
    /// key goes with the first part.
    pub(super) fn subject(&self, record: &LocatedRecord, site: &Site) -> &str {
        let parts = &self.subjects[record.subjects.clone()];
        let at = match site.field {
            KEY => 0,
            _ => parts.partition_point(|part| part.from <= site.span.start).wrapping_sub(1),
        };
        parts.get(at).map_or("", |part| self.canonical(&part.canon))
    }

    /// Adds the pseudonyms of a record's subjects, each once.
    pub(super) fn pseudonyms<'a>(
        &'a self,
        keys: &KeySnapshot,
        record: usize,
        lately: &mut Lately<'a, Option<Pseudonym>>,
        into: &mut Vec<Pseudonym>,
    ) {
        let parts = &self.subjects[self.records[record].subjects.clone()];
        let ids = parts.iter().map(|part| self.canonical(&part.canon));
        let first = into.len();
        let ids = ids.filter(|id| !id.is_empty());
        into.extend(ids.filter_map(|id| *lately.get(id, || keys.pseudonym(id))));
        if into.len() > first + 1 {
            let mut own = into.split_off(first);
            own.sort_unstable();
            own.dedup();
            into.append(&mut own);
        }
    }

    /// The sites of a document of a record, in order.
    pub(super) fn sites_in(&self, record: &LocatedRecord, span: Span) -> Range<usize> {
        let first = record.sites.start;
        let key =
            usize::from(self.sites[record.sites.clone()].first().is_some_and(|s| s.field == KEY));
        let sites = &self.sites[first + key..record.sites.end];
        let within = within(sites, span, |site| site.span.start);
        first + key + within.start..first + key + within.end
    }

    pub(super) fn canonical(&self, range: &Range<u32>) -> &str {
        &self.canon.expose()[range.start as usize..range.end as usize]
    }
}

/// A value of a slot that assigns codes, and whose it is.
pub(super) fn coded_of<'a>(
    plan: &'a crate::policy::Plan,
    slot: &Slot,
    value: &'a str,
    subject: &'a str,
) -> Coded<'a> {
    let destination = (slot.scope == Scope::Destination).then_some(plan.destination.as_str());
    Coded { class: slot.class, destination, value, subject }
}

/// What tells two questions apart, and sorts them: one person's may be answered and another's not.
pub(super) fn coded_key<'a>(coded: &Coded<'a>) -> (Class, Option<&'a str>, &'a str, &'a str) {
    (coded.class, coded.destination, coded.value, coded.subject)
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// It may leave.
    Clean,
    /// It had no value and still has none; its key was transformed.
    Tombstone,
    /// It goes to quarantine, for this reason.
    Refused(Code),
}

/// How many values of a field, class and layer went through a kernel in one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count {
    /// Index into the plan's fields; `u16::MAX` is the record key.
    pub field: u16,
    /// What the values are.
    pub class: Class,
    /// Index into [`crate::transform::KERNELS`].
    pub kernel: u8,
    /// Who found them.
    pub layer: Layer,
    /// How many.
    pub n: u32,
}

/// A cleaned batch. Only `clean` makes one.
///
/// ```compile_fail
/// let forged = weir::clean::Cleaned { out: Vec::new() }; // its fields are private
/// ```
pub struct Cleaned {
    pub(super) batch: Batch,
    pub(super) out: Vec<u8>,
    pub(super) records: Vec<CleanedRecord>,
    pub(super) counts: Vec<Count>,
    /// Whose the records are, where the plan keeps a trail.
    pub(super) pseudonyms: Vec<Pseudonym>,
    /// What is made of the records, as it left.
    pub(super) chunks: Vec<String>,
}

impl std::fmt::Debug for Cleaned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cleaned({} records)", self.records.len())
    }
}

#[derive(Clone, Debug)]
pub(super) struct CleanedRecord {
    pub(super) disposition: Disposition,
    pub(super) key: Option<Range<usize>>,
    pub(super) value: Option<Range<usize>>,
    pub(super) counts: Range<usize>,
    pub(super) pseudonyms: Range<usize>,
    pub(super) chunks: Range<usize>,
}

impl Cleaned {
    /// Records, refused ones included, in the order of the batch.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// True when there are no records.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// What became of a record.
    pub fn disposition(&self, record: usize) -> Disposition {
        self.records[record].disposition
    }

    /// The transformed key of a record that may leave.
    pub fn key(&self, record: usize) -> Option<&[u8]> {
        self.records[record].key.clone().map(|range| &self.out[range])
    }

    /// The cleaned value of a record that may leave; `None` for tombstones.
    pub fn value(&self, record: usize) -> Option<&[u8]> {
        self.records[record].value.clone().map(|range| &self.out[range])
    }

    /// What was counted in a record.
    pub fn counts(&self, record: usize) -> &[Count] {
        &self.counts[self.records[record].counts.clone()]
    }

    /// Whose a record is, each once: nobody's where it names no subject, or where the plan keeps no trail.
    pub fn pseudonyms(&self, record: usize) -> &[Pseudonym] {
        &self.pseudonyms[self.records[record].pseudonyms.clone()]
    }

    /// What the cleaned record calls that which is made of it: values of the trail's `chunk`, as they left.
    pub fn chunks(&self, record: usize) -> &[String] {
        &self.chunks[self.records[record].chunks.clone()]
    }

    /// The record's key and value as they came in: to be sealed for quarantine, and shown to no
    /// one. Callers are counted by `tests/tidy.rs`.
    pub fn expose_raw(&self, record: usize) -> (Option<&[u8]>, Option<&[u8]>) {
        (self.batch.key(record), self.batch.part(&self.batch.records[record].raw))
    }
}

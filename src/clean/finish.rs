//! Step 4: splice the new values into a copy of the original bytes, and look again.

use super::batch::{
    Cleaned, CleanedRecord, Count, Disposition, KEY, Located, Measured, Placed, Site, Subjects,
    within,
};
use super::gather::{Columns, Sources, is_unfit, transform};
use super::markup::Markup;
use super::offsets::Shifts;
use super::{inside, verify};
use crate::detect::{Folded, Needles};
use crate::format::{Codec, Edit, Exit, Kind, Label, reframe};
use crate::keys::KeySnapshot;
use crate::limits;
use crate::phi::{
    Class, Code, Dress, Extent, Form, Phi, Span, dress_case, dress_name, render, render_epoch,
};
use crate::policy::{Basis, NamePart, Offset, Plan, Unfit};
use crate::transform::{Lately, Output, Rule};
use std::collections::HashMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub(super) fn finish(
    plan: &Plan,
    keys: &KeySnapshot,
    subjects: &Subjects,
    located: Located,
) -> Cleaned {
    let everything = 0..located.records.len();
    let sources = Sources::of(plan, keys, subjects, &located);
    let whole = catch_unwind(AssertUnwindSafe(|| transform(&sources, &located, everything))).ok();
    let mut writer = Writer {
        plan,
        located: &located,
        out: Vec::with_capacity(located.batch.bytes() + located.batch.bytes() / 2),
        counts: Vec::with_capacity(located.sites.len()),
        checks: Vec::new(),
        regions: Vec::new(),
        cuts: Vec::new(),
        needles: Needles::default(),
        folded: Folded::default(),
        text: Phi::default(),
        said: Phi::default(),
        token: String::new(),
        codec: Codec::default(),
        comma: false,
        is_sought: false,
        edits: Vec::new(),
        changes: Vec::new(),
        replaced: None,
        shifts: HashMap::new(),
        document: 0,
        record: 0,
        from: 0,
        numbers: Phi::default(),
        chunks: Vec::new(),
        is_gone: false,
    };
    let mut pseudonyms = Vec::new();
    let mut lately = Lately::of(if plan.trail.is_some() { located.records.len() } else { 0 });
    let mut records = Vec::with_capacity(located.records.len());
    for record in 0..located.records.len() {
        let (out, counts) = (writer.out.len(), writer.counts.len());
        let (whose, chunks) = (pseudonyms.len(), writer.chunks.len());
        let written = match located.records[record].refused {
            Some(code) => Err(code),
            None => catch_unwind(AssertUnwindSafe(|| match &whole {
                Some(columns) => writer.write(record, columns),
                // A kernel panicked on the batch: find the record that it panics on.
                None => writer.write(record, &transform(&sources, &located, record..record + 1)),
            }))
            .unwrap_or(Err(Code::Panic)),
        };
        // Whoever looks for one of them has to read all of them.
        let people = located.records[record].subjects.len();
        let is_crowd = plan.trail.is_some() && people > limits::TRAIL_SUBJECTS_MAX;
        let written = if is_crowd { written.and(Err(Code::TooWide)) } else { written };
        records.push(match written {
            Ok((key, value)) => {
                let tombstone = located.batch.value(record).is_none();
                let disposition =
                    if tombstone { Disposition::Tombstone } else { Disposition::Clean };
                let counts = counts..writer.counts.len();
                if plan.trail.is_some() {
                    located.pseudonyms(keys, record, &mut lately, &mut pseudonyms);
                }
                let (pseudonyms, chunks) = (whose..pseudonyms.len(), chunks..writer.chunks.len());
                CleanedRecord { disposition, key, value, counts, pseudonyms, chunks }
            }
            Err(code) => {
                writer.out.truncate(out);
                writer.counts.truncate(counts);
                writer.chunks.truncate(chunks);
                let disposition = Disposition::Refused(code);
                let (counts, pseudonyms) = (counts..counts, whose..whose);
                let (key, value, chunks) = (None, None, chunks..chunks);
                CleanedRecord { disposition, key, value, counts, pseudonyms, chunks }
            }
        });
    }
    let Writer { out, counts, chunks, .. } = writer;
    Cleaned { batch: located.batch, out, records, counts, pseudonyms, chunks }
}

struct Writer<'a> {
    plan: &'a Plan,
    located: &'a Located,
    out: Vec<u8>,
    counts: Vec<Count>,
    /// Parts of the output that verify looks through.
    checks: Vec<(usize, usize)>,
    /// Prose, which may have markup.
    regions: Vec<(usize, usize)>,
    /// Surrogates and random letters in the prose that is being written.
    cuts: Vec<(usize, usize)>,
    needles: Needles,
    folded: Folded,
    text: Phi<String>,
    said: Phi<String>,
    token: String,
    /// How the values of the document at hand are written.
    codec: Codec,
    /// What comes next begins with the comma of a first member that is gone.
    comma: bool,
    /// The needles are those of the record at hand.
    is_sought: bool,
    /// What was changed in the record at hand, where lengths depend on it.
    edits: Vec<Edit>,
    /// Where the record at hand is changed, in order, where labels say so.
    changes: Vec<u32>,
    /// Where the text that is measured was changed.
    replaced: Option<Vec<Replaced>>,
    /// How the texts of the record at hand move, by document and field.
    shifts: HashMap<(usize, u16), Option<Shifts>>,
    /// The number of the document at hand among those of the record.
    document: usize,
    /// The number of that record.
    record: usize,
    /// Where what is replaced begins.
    from: u32,
    /// Numbers that are kept and looked at, and that are no text where they stand.
    numbers: Phi<String>,
    /// What the records call that which is made of them, as it left.
    chunks: Vec<String>,
    /// The value at hand was removed.
    is_gone: bool,
}

/// The prose at a place of the output, where there may be a `<` in it (as itself, `\u003c` or `\X3C\`) or what ends a
/// section; and whether it is a section of XML.
fn tagged(out: &[u8], at: Range<usize>, is_xml: bool) -> Result<Option<(&str, bool)>, Code> {
    let text = std::str::from_utf8(&out[at.clone()]).map_err(|_| Code::NotUtf8)?;
    let has_tags = ["<", "]]>", "3c", "3C"].iter().any(|mark| text.contains(mark));
    Ok(has_tags.then(|| (text, is_xml && !out[..at.start].ends_with(b">"))))
}

/// HL7 version 3: there is a value, and it is masked.
const FLAVOR: &[u8] = br#"nullFlavor="MSK""#;

/// Whether a start tag has an attribute of that name.
fn has_flavor(tag: &[u8]) -> bool {
    memchr::memmem::find_iter(tag, b"nullFlavor").any(|at| {
        let behind = tag[at + b"nullFlavor".len()..].trim_ascii_start();
        behind.first() == Some(&b'=') && at > 0 && tag[at - 1].is_ascii_whitespace()
    })
}

/// FHIR R4, 2.5: why there is no value.
const ABSENT: &[u8] =
    br#"[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}]"#;

/// What a writer goes back to when something else is written.
struct Outer {
    codec: Codec,
    comma: bool,
    from: u32,
    document: usize,
    checks: Vec<(usize, usize)>,
    regions: Vec<(usize, usize)>,
    cuts: Vec<(usize, usize)>,
    numbers: Phi<String>,
    replaced: Option<Vec<Replaced>>,
}

/// The bytes of the record in whose place something else stands, and where in the output that is.
type Replaced = (Range<usize>, Range<usize>);

/// What was done, in HL7's ObservationValue: nothing is called anonymous.
fn done(basis: Basis) -> &'static str {
    if basis == Basis::Pseudonymized { "PSEUDED" } else { "REDACTED" }
}

/// What a value in prose says, whatever it was written with: a token takes its layout from that.
fn in_prose<'a>(site: &Site, original: &'a str, said: &'a mut Phi<String>) -> &'a str {
    match site.in_text() {
        true => crate::detect::said(original, site.written, said.expose_mut()),
        false => original,
    }
}

type Written = (Option<Range<usize>>, Option<Range<usize>>);

impl Writer<'_> {
    fn write(&mut self, record: usize, columns: &Columns) -> Result<Written, Code> {
        let place = &self.located.records[record];
        self.record = record;
        let first_count = self.counts.len();
        let sites = place.sites.clone();
        let mut key = None;
        if let Some(site) =
            self.located.sites.get(sites.start).filter(|s| !sites.is_empty() && s.field == KEY)
        {
            let original = self.located.batch.key(record).unwrap_or_default();
            key = self.key(sites.start, site, original, columns)?;
        }
        let mut value = None;
        if self.located.batch.value(record).is_some() {
            let start = self.out.len();
            self.checks.clear();
            self.regions.clear();
            self.cuts.clear();
            self.edits.clear();
            self.numbers = Phi::default();
            self.is_sought = false;
            self.gather_changes();
            self.shifts.clear();
            self.replaced = None;
            self.document(0, columns)?;
            self.verify()?;
            let frames = &self.located.frames[place.frames.clone()];
            reframe(frames, &self.edits, &mut self.out, start);
            value = Some(start..self.out.len());
        }
        let bytes = |range: &Option<Range<usize>>| range.as_ref().map_or(0, Range::len);
        let headers = self.located.batch.records[record].header_bytes;
        if bytes(&key) + bytes(&value) + headers > self.located.batch.out_max {
            return Err(Code::TooLongForSink);
        }
        self.counts[first_count..].sort_unstable();
        self.fold_counts(first_count);
        Ok((key, value))
    }

    /// Writes the bytes of a document of the record, by its number.
    fn document(&mut self, number: usize, columns: &Columns) -> Result<(), Code> {
        let place = &self.located.records[self.record];
        let Placed { span, codec } = self.located.documents[place.documents.start + number];
        (self.codec, self.comma, self.document) = (codec, false, number);
        self.splice(&span, columns)
    }

    /// Writes a part of the record's bytes with each site's new value in its place.
    fn splice(&mut self, span: &Span, columns: &Columns) -> Result<(), Code> {
        let located = self.located;
        let place = &located.records[self.record];
        // Spans count from the start of the record's value.
        let bytes = &located.batch.onward(self.record)[..span.end as usize];
        let cuts = &located.deletions[place.deletions.clone()];
        let mut deletions = cuts[within(cuts, *span, |cut| cut.span.start)].iter().peekable();
        let texts = &located.texts[place.texts.clone()];
        let mut texts = texts[within(texts, *span, |text| text.start)].iter().peekable();
        let mut open: Option<(Span, usize)> = None;
        let mut cursor = span.start as usize;
        let mut sites = located.sites_in(place, *span).peekable();
        let labels = &located.labels[place.labels.clone()];
        let mut labels = labels[within(labels, *span, |label| label.at)].iter().peekable();
        loop {
            // What a cut takes with it has no value of its own any more, and what it takes half of cannot be written.
            while let Some(at) =
                sites.next_if(|at| (located.sites[*at].span.start as usize) < cursor)
            {
                if located.sites[at].span.end as usize > cursor {
                    return Err(Code::Internal);
                }
            }
            while let Some(cut) = deletions.next_if(|cut| (cut.span.start as usize) < cursor) {
                cursor = cursor.max(cut.span.end as usize);
            }
            let site = sites.peek().map(|&at| (at, &located.sites[at]));
            let next_site = site.map_or(usize::MAX, |(_, site)| site.span.start as usize);
            let next_deletion = deletions.peek().map_or(usize::MAX, |cut| cut.span.start as usize);
            // What is deleted needs no label.
            while labels.next_if(|label| (label.at as usize) < cursor).is_some() {}
            let next_label = labels.peek().map_or(usize::MAX, |label| label.at as usize);
            let until = next_site.min(next_deletion).min(next_label).min(bytes.len());
            let ahead = bytes[cursor..until].trim_ascii_start();
            if self.comma && !ahead.is_empty() {
                let rest = ahead.strip_prefix(b",").map_or(ahead, <[u8]>::trim_ascii_start);
                cursor = until - rest.len();
                self.comma = false;
            }
            // Note where the prose stands in the output; edits lie inside it, never across.
            loop {
                if let Some((span, start)) = open {
                    if span.end as usize > until {
                        break;
                    }
                    self.check_prose(start, self.out.len() + (span.end as usize - cursor));
                    open = None;
                }
                match texts.peek() {
                    Some(span) if span.start as usize <= until => {
                        open = Some((**span, self.out.len() + (span.start as usize - cursor)));
                        texts.next();
                    }
                    _ => break,
                }
            }
            self.out.extend_from_slice(&bytes[cursor..until]);
            cursor = until;
            if let Some(label) = labels.next_if(|label| label.at as usize == until) {
                if self.is_changed(label) {
                    let text = label.text(done(self.plan.basis));
                    self.out.extend_from_slice(text.as_bytes());
                }
            } else if next_deletion < next_site {
                if let Some(cut) = deletions.next() {
                    cursor = cut.span.end as usize;
                    self.edited(cut.span.start, cursor, self.out.len() + (cursor - until));
                    if cut.blanks {
                        self.fill(self.out.len(), cut.span)?;
                    }
                }
            } else if let Some((at, site)) = site {
                sites.next();
                let (original, start) = (&bytes[site.span.range()], self.out.len());
                self.from = site.span.start;
                cursor = self.replace(at, site, original, columns)?;
                let is_named = self.plan.trail.is_some_and(|trail| trail.chunk == Some(site.field));
                if is_named && !self.is_gone {
                    self.chunk(site, start)?;
                }
                self.edited(self.from, cursor, start + (cursor - until));
                if site.kind == Kind::Fixed {
                    self.fill(start, site.span)?;
                }
            } else {
                return Ok(());
            }
        }
    }

    /// Keeps what was written for a site as what the record calls that which is made of it.
    fn chunk(&mut self, site: &Site, start: usize) -> Result<(), Code> {
        let (out, mut said) = (&self.out[start..], String::new());
        match site.kind {
            Kind::Integer(number) => number.decode(out, &mut said)?,
            _ => {
                let text = std::str::from_utf8(out).map_err(|_| Code::NotUtf8)?;
                // What was a number, and is a text by now, has quotes around it.
                let quoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
                let inside = quoted.filter(|_| site.kind == Kind::Number);
                self.codec.decode(inside.unwrap_or(text), &mut said, None)?;
            }
        }
        // Who is to take it out again has to be given all of it.
        if said.len() > limits::CHUNK_ID_BYTES_MAX {
            return Err(Code::ChunkTooLong);
        }
        if !said.is_empty() {
            self.chunks.push(said);
        }
        Ok(())
    }

    /// Whether anything is changed in what a label is about.
    fn is_changed(&self, label: &Label) -> bool {
        let at = self.changes.partition_point(|change| *change < label.about.start);
        self.changes.get(at).is_some_and(|change| *change < label.about.end)
    }

    /// Gathers where the record at hand is changed, where that is to be said.
    fn gather_changes(&mut self) {
        let place = &self.located.records[self.record];
        self.changes.clear();
        if place.labels.is_empty() {
            return;
        }
        let is_change = |site: &&Site| {
            let rule = self.plan.slots[usize::from(site.slot)].rule;
            let may_change = rule != Rule::Keep && site.holds.is_none();
            site.field != KEY && (may_change || site.tag_only)
        };
        let sites = self.located.sites[place.sites.clone()].iter().filter(is_change);
        self.changes.extend(sites.map(|site| site.span.start));
        let cuts = &self.located.deletions[place.deletions.clone()];
        self.changes.extend(cuts.iter().map(|cut| cut.span.start));
        self.changes.sort_unstable();
    }

    /// Notes that something else stands in the place of what stood `from` there `to` there, in formats where that
    /// matters; `behind` is where the output would end with the old.
    fn edited(&mut self, from: u32, to: usize, behind: usize) {
        if let Some(replaced) = &mut self.replaced {
            let from = from as usize;
            let start = (behind + from).saturating_sub(to);
            replaced.push((from..to, start..self.out.len()));
        }
        if self.codec == Codec::Binary {
            let more = self.out.len() as i64 - behind as i64;
            self.edits.push(Edit { from, to: to as u32, more });
        }
    }

    /// Fills up with blanks what was written from `start` on, to the width of what stood there.
    fn fill(&mut self, start: usize, span: Span) -> Result<(), Code> {
        let width = (span.end - span.start) as usize;
        let missing = width.checked_sub(self.out.len() - start).ok_or(Code::Unwritable)?;
        self.out.extend(std::iter::repeat_n(b' ', missing));
        Ok(())
    }

    /// Lets verify look through the prose between what may by chance be a name or number of the record and says
    /// nothing of it: surrogates, whose words are of public lists, and tokens, of random letters or digits.
    fn check_prose(&mut self, start: usize, end: usize) {
        self.regions.push((start, end));
        let mut from = start;
        for (start, end) in self.cuts.drain(..) {
            self.checks.push((from, start));
            from = end;
        }
        self.checks.push((from, end));
    }

    /// Writes one site's new value; gives the offset behind what it replaces.
    fn replace(
        &mut self,
        at: usize,
        site: &Site,
        original: &[u8],
        columns: &Columns,
    ) -> Result<usize, Code> {
        let rule = self.plan.slots[usize::from(site.slot)].rule;
        let end = site.span.end as usize;
        self.is_gone = false;
        self.codec = self.codec.of(site.kind);
        if let Some(offset) = self.plan.fields[usize::from(site.field)].offset {
            match self.offset(site, offset, original, columns) {
                Ok(true) => {
                    self.count(site, Rule::Keep);
                    return Ok(end);
                }
                Err(code) if code != Code::StaleOffset || self.unfit(site) == Unfit::Quarantine => {
                    return Err(code);
                }
                _ => {
                    self.count(site, Rule::Remove);
                    return self.remove(site, end);
                }
            }
        }
        if let (Some(document), false) = (site.holds, site.tag_only) {
            self.inside(document.get() as usize, site, original, columns)?;
            return Ok(end);
        }
        if rule == Rule::Keep && !site.tag_only {
            self.count(site, rule);
            let start = self.out.len();
            self.out.extend_from_slice(original);
            // Kept because it says nothing of the person: that is looked at.
            match site.kind {
                Kind::Integer(number) if site.class == Class::OpaqueId => {
                    let numbers = self.numbers.expose_mut();
                    numbers.push('\n');
                    number.decode(original, numbers)?;
                }
                Kind::Integer(_) | Kind::Opaque => {}
                _ if site.class == Class::OpaqueId || self.codec.is_positional() => {
                    self.checks.push((start, self.out.len()));
                }
                _ => {}
            }
            return Ok(end);
        }
        let token = if site.tag_only { Ok(None) } else { columns.token(at, site.slot) };
        let token = match token {
            Ok(token) => token,
            // In prose, what its kernel cannot take goes altogether.
            Err(_) if site.in_text() => None,
            Err(code) if is_unfit(code) && self.unfit(site) == Unfit::Remove => None,
            Err(code) => return Err(code),
        };
        let Some(token) = token else {
            self.count(site, Rule::Remove);
            return self.remove(site, end);
        };
        self.count(site, rule);
        // Where a date has a type, it is one: who is old has the year of the oldest.
        let token = match self.codec {
            Codec::Json => token,
            // A narrative of FHIR is XML in a text of JSON.
            Codec::Fhir => token.strip_prefix("<=").unwrap_or(token),
            _ if site.in_text() => token,
            _ => token.strip_prefix("<=").unwrap_or(token),
        };
        let start = self.out.len();
        if self.epoch(site, rule, original, token)? {
            return Ok(end);
        }
        if matches!(site.kind, Kind::Number | Kind::Integer(_)) {
            self.number(site, rule, token)?;
            return Ok(end);
        }
        if rule == Rule::Surrogate {
            self.surrogate(site, original, token)?;
            if site.in_text() {
                self.cuts.push((start, self.out.len()));
            }
            return Ok(end);
        }
        let dressed =
            matches!(rule, Rule::Fpe | Rule::Permute | Rule::ShiftDays { .. } | Rule::Mask);
        // What an id stands in, a reference, stays one.
        if dressed || site.class == Class::FhirId {
            let original = super::locate::decoded(original, site.kind, self.codec, &mut self.text)?;
            let original = in_prose(site, original, &mut self.said);
            self.token.clear();
            let shape = self.plan.slots[usize::from(site.slot)].shape.as_deref();
            render(site.class, shape, original, token, &mut self.token);
            self.codec.encode(&self.token, &mut self.out)?;
            let id = Some(self.located.canonical(&site.canon)).filter(|id| !id.is_empty());
            let own = if site.class.form() == Form::Id { id.unwrap_or(original) } else { original };
            // Of a day that is shifted, letters and digits say nothing: 1/5 is in 11/5.
            let is_date = matches!(rule, Rule::ShiftDays { .. });
            if !is_date && verify::holds(&self.token, own) {
                return Err(Code::VerifyHit);
            }
        } else {
            self.codec.encode(token, &mut self.out)?;
        }
        // What takes the form of what it stands for is by chance somebody else's, once in a million of six digits:
        // in a table of a thousand patients that is one in two.
        let is_token =
            matches!(rule, Rule::Siv | Rule::Assign | Rule::Hash | Rule::Fpe | Rule::Permute);
        if site.in_text() && is_token {
            self.cuts.push((start, self.out.len()));
        }
        Ok(end)
    }

    fn unfit(&self, site: &Site) -> Unfit {
        self.plan.document_of(site.field).unfit
    }

    /// Puts aside where the document at hand is, to write something else.
    fn begin(&mut self) -> Outer {
        Outer {
            codec: self.codec,
            comma: self.comma,
            from: self.from,
            document: self.document,
            checks: std::mem::take(&mut self.checks),
            regions: std::mem::take(&mut self.regions),
            cuts: std::mem::take(&mut self.cuts),
            numbers: std::mem::take(&mut self.numbers),
            replaced: self.replaced.take(),
        }
    }

    fn go_on(&mut self, outer: Outer) {
        let Outer { codec, comma, from, document, checks, regions, cuts, numbers, replaced } =
            outer;
        self.regions = regions;
        (self.codec, self.comma, self.from, self.document) = (codec, comma, from, document);
        (self.checks, self.cuts, self.numbers) = (checks, cuts, numbers);
        self.replaced = replaced;
    }

    /// Writes a number that counts the characters of a text: where that character is now. False where the text is gone.
    fn offset(
        &mut self,
        site: &Site,
        offset: Offset,
        original: &[u8],
        columns: &Columns,
    ) -> Result<bool, Code> {
        let known = (self.document, offset.text);
        if !self.shifts.contains_key(&known) {
            let shifts = self.measure(offset.text, columns)?;
            self.shifts.insert(known, shifts);
        }
        let Some(Some(shifts)) = self.shifts.get(&known) else { return Ok(false) };
        let number = super::locate::decoded(original, site.kind, self.codec, &mut self.text)?;
        let digits = Some(number).filter(|text| text.bytes().all(|b| b.is_ascii_digit()));
        let now = digits.and_then(|text| text.parse().ok());
        let now = now.and_then(|at| shifts.now(at, offset.is_end)).ok_or(Code::StaleOffset)?;
        match site.kind {
            Kind::Integer(number) => number.encode(&now.to_string(), &mut self.out)?,
            Kind::Number | Kind::Text { .. } => self.out.extend(now.to_string().bytes()),
            _ => return Err(Code::StaleOffset),
        }
        Ok(true)
    }

    /// How the characters of a text of the document at hand move: it is written, and what was written thrown away.
    /// `None` where it is not there, or goes as a whole.
    fn measure(&mut self, field: u16, columns: &Columns) -> Result<Option<Shifts>, Code> {
        let place = &self.located.records[self.record];
        let span = self.located.documents[place.documents.start + self.document].span;
        let all = &self.located.measured[place.measured.clone()];
        let here = &all[within(all, span, |one| one.span.start)];
        let Some(Measured { span, .. }) = here.iter().find(|one| one.field == field).copied()
        else {
            return Ok(None);
        };
        let rule = self.plan.slots[usize::from(self.plan.fields[usize::from(field)].slot)].rule;
        let codec = self.codec;
        let bytes = &self.located.batch.onward(self.record)[span.range()];
        let text = |bytes| std::str::from_utf8(bytes).map_err(|_| Code::NotUtf8);
        match rule {
            Rule::Detect => {}
            Rule::Keep => return Ok(Some(Shifts::of(codec, text(bytes)?, std::iter::empty())?)),
            _ => return Ok(None),
        }
        let outer = self.begin();
        let (counts, edits) = (self.counts.len(), self.edits.len());
        let out = std::mem::take(&mut self.out);
        (self.comma, self.replaced) = (false, Some(Vec::new()));
        let written = self.splice(&span, columns);
        let replaced = self.replaced.take().unwrap_or_default();
        let out = std::mem::replace(&mut self.out, out);
        self.counts.truncate(counts);
        self.edits.truncate(edits);
        self.go_on(outer);
        written?;
        let start = span.start as usize;
        let replaced: Result<Vec<_>, Code> = replaced
            .into_iter()
            .map(|(bytes, now)| Ok((bytes.start - start..bytes.end - start, text(&out[now])?)))
            .collect();
        Ok(Some(Shifts::of(codec, text(bytes)?, replaced?.into_iter())?))
    }

    /// Writes a value that holds a document: as it was, where nothing in it changes.
    fn inside(
        &mut self,
        document: usize,
        site: &Site,
        original: &[u8],
        columns: &Columns,
    ) -> Result<(), Code> {
        let start = self.out.len();
        let codec = self.codec;
        let outer = self.begin();
        self.document(document, columns)?;
        // What it says is looked at before it is written as a value, which may be base64.
        self.verify()?;
        self.go_on(outer);
        let place = &self.located.records[self.record];
        let span = self.located.documents[place.documents.start + document].span;
        if self.out[start..] == self.located.batch.onward(self.record)[span.range()] {
            self.out.truncate(start);
            self.out.extend_from_slice(original);
            return Ok(());
        }
        let holds = self.plan.fields[usize::from(site.field)].holds.ok_or(Code::Internal)?;
        let before = super::locate::decoded(original, site.kind, codec, &mut self.text)?;
        let packed = inside::packed(&self.out[start..], before, holds.encoding)?;
        self.out.truncate(start);
        codec.encode(&packed, &mut self.out)
    }

    /// Writes a surrogate in the shape of what it stands for.
    fn surrogate(&mut self, site: &Site, original: &[u8], token: &str) -> Result<(), Code> {
        let name = self.located.canonical(&site.canon);
        let original = super::locate::decoded(original, site.kind, self.codec, &mut self.text)?;
        let original = in_prose(site, original, &mut self.said);
        let part = self.plan.fields[usize::from(site.field)].part;
        let dress = Dress { name, surrogate: token, family_first: part == NamePart::Family };
        self.token.clear();
        match site.class.form() {
            Form::Name => dress_name(original, dress, &mut self.token),
            _ => dress_case(original, token, &mut self.token),
        }
        self.codec.encode(&self.token, &mut self.out)?;
        Ok(())
    }

    /// Removal as the format has it: its null, or nothing, in place of a value, the class's tag in prose.
    fn remove(&mut self, site: &Site, end: usize) -> Result<usize, Code> {
        self.is_gone = true;
        if site.in_text() && site.kind != Kind::Number {
            for part in ["[", site.class.entry().tag, "]"] {
                self.codec.encode(part, &mut self.out)?;
            }
            return Ok(end);
        }
        let quotes = usize::from(matches!(site.kind, Kind::Text { .. }));
        // Nothing between the name and the value was changed.
        let name = |name: u32| {
            let back = (site.span.start - name) as usize;
            self.out.len().checked_sub(back).ok_or(Code::Internal)
        };
        match site.exit {
            Exit::InPlace => {}
            Exit::Put(from, put) => {
                let start = name(from)?;
                self.out.truncate(start);
                let put = self.put(put)?.to_vec();
                self.out.extend_from_slice(&put);
                self.from = from;
                return Ok(end);
            }
            Exit::Stuck => return Err(Code::NothingToPut),
            Exit::Member(at) => {
                let before = self.out[..name(at)? - 1].trim_ascii_end();
                let (kept, behind) = match before.strip_suffix(b",") {
                    Some(kept) => (kept.len(), false),
                    None => (before.len(), true),
                };
                self.out.truncate(kept);
                self.comma = behind;
                return Ok(end + quotes);
            }
            Exit::Attribute(at, flavored) => {
                let name = name(at)?;
                let tag = self.out[..name].iter().rposition(|b| *b == b'<').unwrap_or(0);
                if flavored && !has_flavor(&self.out[tag..name]) {
                    self.out.truncate(name);
                    self.out.extend_from_slice(FLAVOR);
                } else {
                    let kept = self.out[..name].trim_ascii_end().len();
                    self.out.truncate(kept);
                }
                return Ok(end + 1);
            }
            Exit::Element(at) => {
                let close = name(at)?;
                let tag = self.out[..close].iter().rposition(|b| *b == b'<').unwrap_or(0);
                if !has_flavor(&self.out[tag..close]) {
                    self.out.splice(close..close, [b" ", FLAVOR].concat());
                }
                return Ok(end);
            }
            Exit::Absent(at) => {
                let name = name(at)?;
                self.out.insert(name, b'_');
                self.out.truncate(self.out.len() - quotes);
                self.out.extend_from_slice(b"{\"extension\":");
                self.out.extend_from_slice(ABSENT);
                self.out.push(b'}');
                return Ok(end + quotes);
            }
            Exit::Extension(at) => {
                let name = name(at)?;
                self.out.truncate(name);
                self.out.extend_from_slice(b"extension\":");
                self.out.extend_from_slice(ABSENT);
                return Ok(end + quotes);
            }
        }
        let Some(null) = self.codec.null() else { return Ok(end) };
        match site.kind {
            Kind::Text { .. } | Kind::Fixed => {
                // The quotes go with the value.
                self.out.pop();
                self.out.extend_from_slice(null.as_bytes());
                Ok(end + 1)
            }
            Kind::Number | Kind::Bool | Kind::Null => {
                self.out.extend_from_slice(null.as_bytes());
                Ok(end)
            }
            Kind::Integer(_) | Kind::Opaque | Kind::Name { .. } => Err(Code::WrongType),
        }
    }

    /// What the writer schema of the record at hand has in the place of a value that is removed.
    fn put(&self, put: u16) -> Result<&[u8], Code> {
        let writer = self.located.batch.records[self.record].writer.as_ref();
        let program = writer.and_then(|writer| writer.program.as_ref());
        program.map(|program| program.put(put)).ok_or(Code::Internal)
    }

    /// A date that is counted since 1970 stays a count, as number or as text. False where the site is
    /// none, or its kernel writes something else.
    fn epoch(
        &mut self,
        site: &Site,
        rule: Rule,
        original: &[u8],
        token: &str,
    ) -> Result<bool, Code> {
        let extent = match site.in_text() || site.field == KEY {
            true => &Extent::Any,
            false => {
                let own = &self.plan.fields[usize::from(site.field)].extent;
                site.kind.extent().unwrap_or(own)
            }
        };
        let (Extent::Epoch(unit), Rule::Year { .. } | Rule::ShiftDays { .. }) = (extent, rule)
        else {
            return Ok(false);
        };
        let original = super::locate::decoded(original, site.kind, self.codec, &mut self.text)?;
        let count = render_epoch(*unit, original, token).ok_or(Code::NotADate)?.to_string();
        match site.kind {
            Kind::Integer(number) => number.encode(&count, &mut self.out)?,
            _ => self.out.extend_from_slice(count.as_bytes()),
        }
        Ok(true)
    }

    /// A number stays one: leading zeros go, which the field's width brings back.
    fn number(&mut self, site: &Site, rule: Rule, token: &str) -> Result<(), Code> {
        if rule.kernel().output == Output::Text {
            if !self.plan.fields[usize::from(site.field)].retype {
                return Err(Code::WrongType);
            }
            if let Kind::Integer(number) = site.kind {
                number.encode_text(token, &mut self.out);
                return Ok(());
            }
            self.out.push(b'"');
            self.codec.encode(token, &mut self.out)?;
            self.out.push(b'"');
            return Ok(());
        }
        if token.is_empty() || !token.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Code::WrongType);
        }
        if let Kind::Integer(number) = site.kind {
            return number.encode(token, &mut self.out);
        }
        let trimmed = token.trim_start_matches('0');
        self.out.extend_from_slice(if trimmed.is_empty() { b"0" } else { trimmed.as_bytes() });
        Ok(())
    }

    fn key(
        &mut self,
        at: usize,
        site: &Site,
        original: &[u8],
        columns: &Columns,
    ) -> Result<Option<Range<usize>>, Code> {
        let rule = self.plan.slots[usize::from(site.slot)].rule;
        self.count(site, rule);
        let start = self.out.len();
        if rule == Rule::Keep {
            self.out.extend_from_slice(original);
        } else {
            let token = columns.token(at, site.slot).map_err(|code| match code {
                Code::SubjectShredded => code,
                _ => Code::KeyUnprotected,
            });
            let Some(token) = token? else {
                return Ok(None);
            };
            let original = std::str::from_utf8(original).map_err(|_| Code::KeyUnprotected)?;
            self.token.clear();
            if matches!(rule, Rule::Fpe | Rule::Permute | Rule::Mask) {
                let shape = self.plan.slots[usize::from(site.slot)].shape.as_deref();
                render(site.class, shape, original, token, &mut self.token);
            } else {
                self.token.push_str(token);
            }
            self.out.extend_from_slice(self.token.as_bytes());
        }
        Ok(Some(start..self.out.len()))
    }

    /// Looks through what was written of a document.
    fn verify(&mut self) -> Result<(), Code> {
        let numbers = std::mem::take(&mut self.numbers);
        let numbers = numbers.expose();
        if self.checks.is_empty() && numbers.is_empty() {
            return Ok(());
        }
        if !self.is_sought {
            verify::needles(self.plan, self.located, self.record, &mut self.needles);
            self.is_sought = true;
        }
        self.folded.read(numbers);
        if self.needles.any(&self.folded)? {
            return Err(Code::VerifyHit);
        }
        self.joined()?;
        let silent = self.silent()?;
        for &(start, end) in &self.checks {
            let first = silent.partition_point(|part| part.end <= start);
            let parts = silent[first..].iter().take_while(|part| part.start < end);
            let ends = parts.clone().map(|part| part.start.max(start)).chain([end]);
            let starts = [start].into_iter().chain(parts.map(|part| part.end.min(end)));
            for (from, to) in starts.zip(ends) {
                let text = std::str::from_utf8(&self.out[from..to]).map_err(|_| Code::NotUtf8)?;
                let mut said = text;
                if self.codec.may_escape(text) {
                    let buffer = self.text.expose_mut();
                    buffer.clear();
                    said = match self.codec.decode(text, buffer, None) {
                        Ok(()) => buffer,
                        // A section of characters has no escapes: it is looked at as it stands.
                        Err(_) if self.codec == Codec::Xml => text,
                        Err(code) => return Err(code),
                    };
                }
                self.folded.read(said);
                if self.needles.any(&self.folded)? {
                    return Err(Code::VerifyHit);
                }
            }
        }
        Ok(())
    }

    /// Looks through prose with tags as it reads without them: what stands on both sides of one.
    fn joined(&mut self) -> Result<(), Code> {
        /// Stands for a token, whose letters are random.
        const TOKEN: char = '\u{fffc}';
        let mut joined = Phi::<String>::default();
        for &(start, end) in &self.regions {
            let is_xml = self.codec == Codec::Xml;
            let Some((text, is_section)) = tagged(&self.out, start..end, is_xml)? else { continue };
            let (said, prose) = (self.text.expose_mut(), joined.expose_mut());
            prose.clear();
            if !is_xml {
                self.codec.decode(text, prose, None)?;
            }
            let whole = if is_xml { text } else { prose.as_str() };
            if Markup::is_broken(whole, self.codec, is_section) {
                return Err(Code::Unwritable);
            }
            said.clear();
            let first = self.checks.partition_point(|(from, _)| *from < start);
            for &(from, to) in self.checks[first..].iter().take_while(|(from, _)| *from <= end) {
                let part = std::str::from_utf8(&self.out[from..to]).map_err(|_| Code::NotUtf8)?;
                match is_xml {
                    true => said.push_str(part),
                    false => self.codec.decode(part, said, None)?,
                }
                said.push(TOKEN);
            }
            let markup = Markup::read(said, self.codec).filter(|_| !is_section);
            let Some(markup) = markup else { continue };
            prose.clear();
            for part in markup.prose(said) {
                let Some(part) = part else {
                    prose.push('\n');
                    continue;
                };
                let length = prose.len();
                // A section of characters has no escapes.
                if !is_xml || self.codec.decode(part, prose, None).is_err() {
                    prose.truncate(length);
                    prose.push_str(part);
                }
            }
            self.folded.read(prose);
            if self.needles.any(&self.folded)? {
                return Err(Code::VerifyHit);
            }
        }
        Ok(())
    }

    /// Where the prose of the document at hand is markup that says nothing, in order.
    fn silent(&mut self) -> Result<Vec<Range<usize>>, Code> {
        let mut all = Vec::new();
        for &(start, end) in &self.regions {
            let is_xml = self.codec == Codec::Xml;
            let Some((text, is_section)) = tagged(&self.out, start..end, is_xml)? else { continue };
            // Tags are read in what a text says; in XML that is what stands there.
            if is_xml || !self.codec.may_escape(text) {
                let markup = Markup::read(text, self.codec).filter(|_| !is_section);
                let silent = markup.iter().flat_map(Markup::silent);
                all.extend(silent.map(|part| start + part.start..start + part.end));
                continue;
            }
            let (said, mut map) = (self.text.expose_mut(), Vec::new());
            said.clear();
            self.codec.decode(text, said, Some(&mut map))?;
            if let Some(markup) = Markup::read(said, self.codec) {
                let at = |at: usize| start + map.get(at).map_or(end - start, |at| *at as usize);
                all.extend(markup.silent().map(|part| at(part.start)..at(part.end)));
            }
        }
        Ok(all)
    }

    fn count(&mut self, site: &Site, rule: Rule) {
        let Site { field, class, layer, .. } = *site;
        self.counts.push(Count { field, class, kernel: rule.kernel_index(), layer, n: 1 });
    }

    /// Adds up equal neighbours.
    fn fold_counts(&mut self, first: usize) {
        let mut last = first;
        for at in first + 1..self.counts.len() {
            let (a, b) = (self.counts[last], self.counts[at]);
            if (a.field, a.class, a.kernel, a.layer) == (b.field, b.class, b.kernel, b.layer) {
                self.counts[last].n += b.n;
            } else {
                last += 1;
                self.counts[last] = b;
            }
        }
        if self.counts.len() > first {
            self.counts.truncate(last + 1);
        }
    }
}

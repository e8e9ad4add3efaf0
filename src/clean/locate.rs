//! Step 1: where the values are. Each record is parsed once; a first pass over its listed values
//! gathers what is known of the record, a second one looks through its free text.

use super::batch::{Batch, KEY, Located, LocatedRecord, Measured, Placed, Site, Subject};
use super::inside::{Opened, Opening};
use super::markup::{Markup, Parts};
use super::unlisted::{self, Hint, Verdict};
use crate::detect::{
    Aim, Finding, Judged, Known, Layer, Prose, Seen, Written, detect, judge, name_words, said,
};
use crate::format::{Codec, Cut, Exit, Found, Kind, Leaf, Member, Part, Stray, Unnamed};
use crate::limits::NAME_PARTS_MAX;
use crate::phi::{
    Class, Code, Day, Form, Phi, Span, canonical, is_state, name_part, name_parts, parse_date,
    written_date,
};
use crate::policy::{Document, Field, KeyRule, NamePart, Plan, Unfit};
use crate::transform::Rule;
use regex::Regex;
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use zeroize::Zeroizing;

pub(super) fn locate(plan: &Plan, batch: Batch) -> Located {
    let mut located = Located {
        records: Vec::with_capacity(batch.len()),
        sites: Vec::with_capacity(batch.len() * 8),
        texts: Vec::new(),
        deletions: Vec::new(),
        frames: Vec::new(),
        documents: Vec::with_capacity(batch.len()),
        labels: Vec::new(),
        measured: Vec::new(),
        subjects: Vec::with_capacity(batch.len()),
        canon: Phi::default(),
        batch,
    };
    let prose = plan.documents.iter().any(|document| document.scanned().is_some())
        || plan.fields.iter().any(|f| plan.slots[usize::from(f.slot)].rule == Rule::Detect);
    let fresh = || Work { prose: Prose::with(plan.second.clone()), ..Work::default() };
    let mut work = fresh();
    for record in 0..located.batch.len() {
        let mark = (located.sites.len(), located.texts.len(), located.deletions.len());
        let (first_subject, first_frame) = (located.subjects.len(), located.frames.len());
        let (first_document, first_label) = (located.documents.len(), located.labels.len());
        let (first_measured, bytes) = (located.measured.len(), located.batch.bytes());
        // A panic on one record refuses that record; the panic hook prints a code and a place.
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            Record { plan, prose, located: &mut located, work: &mut work }.locate(record)
        }));
        let refused = match outcome {
            Ok(outcome) => outcome.err(),
            Err(_) => {
                work = fresh();
                Some(Code::Panic)
            }
        };
        if refused.is_some() {
            located.subjects.truncate(first_subject);
            located.sites.truncate(mark.0);
            located.texts.truncate(mark.1);
            located.deletions.truncate(mark.2);
            located.frames.truncate(first_frame);
            located.documents.truncate(first_document);
            located.labels.truncate(first_label);
            located.measured.truncate(first_measured);
            located.batch.data.expose_mut().truncate(bytes);
        }
        located.records.push(LocatedRecord {
            refused,
            sites: mark.0..located.sites.len(),
            texts: mark.1..located.texts.len(),
            deletions: mark.2..located.deletions.len(),
            frames: first_frame..located.frames.len(),
            subjects: first_subject..located.subjects.len(),
            documents: first_document..located.documents.len(),
            labels: first_label..located.labels.len(),
            measured: first_measured..located.measured.len(),
        });
    }
    located
}

/// Memory that is reused from record to record.
#[derive(Default)]
struct Work {
    found: Found,
    /// What was found in a document inside of a value.
    inner: Found,
    /// The record's documents.
    opened: Vec<Opened>,
    known: Known,
    prose: Prose,
    findings: Vec<Finding>,
    text: Phi<String>,
    said: Phi<String>,
    map: Vec<u32>,
    /// How the values of the document at hand are written.
    codec: Codec,
    parts: Vec<NamePiece>,
    /// Member names that get a token: the object, and the canonical form.
    names: Vec<(u32, Range<u32>)>,
}

/// A field that holds part of a name, until its siblings are known.
struct NamePiece {
    group: u16,
    object: u32,
    part: NamePart,
    site: usize,
    text: Phi<String>,
}

struct Record<'a> {
    plan: &'a Plan,
    /// There is prose to look through: only then is it worth knowing the values.
    prose: bool,
    located: &'a mut Located,
    work: &'a mut Work,
}

impl Record<'_> {
    fn locate(&mut self, record: usize) -> Result<(), Code> {
        #[cfg(test)]
        super::tests::panic_on_demand(self.located.batch.value(record));
        let input = &self.located.batch.records[record];
        input.refused.map_or(Ok(()), Err)?;
        let writer = input.writer.clone();
        let key = self.key(record)?;
        let Some(value) = self.located.batch.records[record].value.clone() else {
            let canon = if self.key_names_subject() { key } else { 0..0 };
            self.located.subjects.push(Subject { from: 0, canon });
            return Ok(());
        };
        let mut found = std::mem::take(&mut self.work.found);
        let mut opened = std::mem::take(&mut self.work.opened);
        let program = writer.as_ref().and_then(|writer| writer.program.as_ref());
        let mut opening = Opening {
            plan: self.plan,
            batch: &mut self.located.batch,
            found: &mut found,
            inner: &mut self.work.inner,
            opened: &mut opened,
            text: &mut self.work.text,
        };
        let outcome = opening.all(value.clone(), program);
        let outcome = outcome.and_then(|()| self.values(value.start, &found, &opened));
        (self.work.found, self.work.opened) = (found, opened);
        outcome
    }

    /// What the values of a record's documents are.
    fn values(&mut self, base: usize, found: &Found, opened: &[Opened]) -> Result<(), Code> {
        let plan = self.plan;
        let (first, first_text) = (self.located.sites.len(), self.located.texts.len());
        let first_cut = self.located.deletions.len();
        self.work.known.clear();
        self.work.parts.clear();
        self.work.names.clear();
        self.work.prose.begin();
        let mut subjects = vec![0..0; found.parts.len()];
        let mut ranks = vec![usize::MAX; found.parts.len()];
        let mut strangers = vec![false; found.parts.len()];
        // Documents come in the order of the leaves that they stand in.
        let mut inside = (1..).zip(opened.iter().skip(1)).peekable();
        for one in opened {
            self.work.codec = one.codec;
            let named = &plan.documents[usize::from(one.kind)].subjects;
            for at in one.leaves.clone() {
                let leaf = &found.leaves[at];
                if plan.measured.contains(&leaf.field) && matches!(leaf.kind, Kind::Text { .. }) {
                    self.located.measured.push(Measured { field: leaf.field, span: leaf.span });
                }
                if plan.fields[usize::from(leaf.field)].holds.is_some() {
                    if let Some((number, inner)) = inside.next_if(|(_, inner)| inner.leaf == at) {
                        self.holder(leaf, number, inner.is_unfit);
                    }
                    continue;
                }
                let sites = self.located.sites.len();
                let canon = self.declared(base, leaf)?;
                let mut news = self.located.sites[sites..].iter();
                let is_unfit = news.any(|site| site.tag_only);
                if let Some(rank) = named.iter().position(|at| *at == leaf.field) {
                    let at = found.groups.partition_point(|group| group.from <= leaf.span.start);
                    // A list of identifiers begins with the one that counts.
                    let Some(group) = at.checked_sub(1).map(|at| &found.groups[at]) else {
                        continue;
                    };
                    let part = group.part as usize;
                    // It says who, and weir cannot read it.
                    strangers[part] |= is_unfit;
                    if rank < ranks[part] && canon.start < canon.end {
                        subjects[part] = canon;
                        ranks[part] = rank;
                    }
                }
            }
            let start = one.bytes.start.saturating_sub(base);
            self.located.documents.push(Placed {
                span: match one.is_unfit {
                    true => Span { start: u32::MAX, end: u32::MAX },
                    false => Span::new(start, start + one.bytes.len()),
                },
                codec: one.codec,
            });
        }
        let documents = opened.iter().map(|one| one.parts.clone());
        let canonical = |canon: &Range<u32>| self.located.canonical(canon);
        inherit(&found.parts, &mut subjects, &strangers, documents, canonical);
        self.located.subjects.extend(found.groups.iter().map(|group| Subject {
            from: group.from,
            canon: subjects[group.part as usize].clone(),
        }));
        self.join_parts()?;
        self.distinct_names()?;
        let whose = self.whose(first, found, &subjects);
        for one in opened {
            self.work.codec = one.codec;
            for leaf in &found.leaves[one.leaves.clone()] {
                self.about(&whose, found, leaf.span);
                self.free_text(base, leaf)?;
            }
            self.unlisted(base, found, one, &whose)?;
        }
        self.located.texts[first_text..].sort_unstable_by_key(|text| text.start);
        self.located.deletions.extend(&found.deletions);
        self.located.deletions[first_cut..].sort_unstable_by_key(|cut| cut.span.start);
        self.located.frames.extend(&found.frames);
        let first_label = self.located.labels.len();
        self.located.labels.extend(&found.labels);
        self.located.labels[first_label..].sort_unstable_by_key(|label| label.at);
        self.located.sites[first..].sort_unstable_by_key(|site| site.span.start);
        Ok(())
    }

    /// A value that holds a document, the `number`th of the record: what is in it has sites of its own.
    fn holder(&mut self, leaf: &Leaf, number: u32, is_unfit: bool) {
        let site = Site { holds: NonZeroU32::new(number), ..self.site(leaf, 0..0, is_unfit) };
        self.located.sites.push(site);
    }

    /// A value of a field, as a site.
    fn site(&self, leaf: &Leaf, canon: Range<u32>, tag_only: bool) -> Site {
        let field = &self.plan.fields[usize::from(leaf.field)];
        Site {
            span: leaf.span,
            field: leaf.field,
            slot: field.slot,
            class: field.class,
            layer: Layer::Declared,
            kind: leaf.kind,
            canon,
            tag_only,
            written: Written::Whole,
            exit: leaf.exit,
            holds: None,
        }
    }

    /// Whose each part of the record is, by number: nobody's where it is about one. Two people of one name are told apart
    /// by that.
    fn whose(&mut self, first: usize, found: &Found, subjects: &[Range<u32>]) -> Vec<u32> {
        if !self.prose || subjects.len() < 2 {
            return Vec::new();
        }
        let texts = subjects.iter().map(|canon| self.located.canonical(canon));
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let parts: Vec<u32> = texts
            .map(|text| {
                let next = numbers.len() as u32;
                *numbers.entry(text).or_insert(next)
            })
            .collect();
        if numbers.len() < 2 {
            return Vec::new();
        }
        let sites = &self.located.sites[first..];
        let whose = sites.iter().map(|site| parts[part_at(found, site.span)]).collect();
        self.work.known.tell_apart(first as u32, whose);
        parts
    }

    fn about(&mut self, whose: &[u32], found: &Found, span: Span) {
        if !whose.is_empty() {
            self.work.known.about(whose[part_at(found, span)]);
        }
    }

    /// Whether the record key is of the subject's class: a tombstone has nothing else to name it by.
    fn key_names_subject(&self) -> bool {
        let class = |slot: u16| self.plan.slots[usize::from(slot)].class;
        let KeyRule::Slot(slot, _) = &self.plan.key else { return false };
        let own = |field: &u16| self.plan.fields[usize::from(*field)].class;
        let mut subjects = self.plan.documents.iter().flat_map(|document| &document.subjects);
        subjects.any(|field| own(field) == class(*slot))
    }

    /// The record key.
    fn key(&mut self, record: usize) -> Result<Range<u32>, Code> {
        let KeyRule::Slot(slot, extent) = &self.plan.key else { return Ok(0..0) };
        let slot = *slot;
        let Some(key) = self.located.batch.key(record) else { return Ok(0..0) };
        let class = self.plan.slots[usize::from(slot)].class;
        let text = std::str::from_utf8(key).map_err(|_| Code::KeyUnprotected)?;
        if self.plan.slots[usize::from(slot)].rule == Rule::Keep {
            kept(class, text)?;
        }
        let arena = self.located.canon.expose_mut();
        let start = arena.len();
        canonical(class, extent, text, arena).map_err(|_| Code::KeyUnprotected)?;
        let canon = start as u32..arena.len() as u32;
        let span = Span::new(0, text.len());
        self.located.sites.push(Site {
            span,
            field: KEY,
            slot,
            class,
            layer: Layer::Declared,
            canon: canon.clone(),
            kind: Kind::Text { escaped: false },
            tag_only: false,
            written: Written::Whole,
            exit: Exit::InPlace,
            holds: None,
        });
        Ok(canon)
    }

    /// A listed value that is not prose. Gives its canonical form.
    fn declared(&mut self, base: usize, leaf: &Leaf) -> Result<Range<u32>, Code> {
        let plan = self.plan;
        let field = &plan.fields[usize::from(leaf.field)];
        let rule = plan.slots[usize::from(field.slot)].rule;
        if leaf.kind == Kind::Null || rule == Rule::Detect {
            return Ok(0..0);
        }
        let Document { unfit, subjects, .. } = plan.document_of(leaf.field);
        let raw = bytes(&self.located.batch, base, leaf.span);
        let text = decoded(raw, leaf.kind, self.work.codec, &mut self.work.text)?;
        let extent = leaf.kind.extent().unwrap_or(&field.extent);
        if text.trim().is_empty() && matches!(leaf.kind, Kind::Text { .. } | Kind::Fixed) {
            // Nothing is there to protect, and nothing is a value in every class.
            return Ok(0..0);
        }
        let arena = self.located.canon.expose_mut();
        let start = arena.len();
        let mut canon = 0..0;
        // It goes altogether.
        let mut tag_only = false;
        if rule != Rule::Keep {
            type_fits(leaf.kind, text, field, rule)?;
            match canonical(field.class, extent, text, arena) {
                Ok(_) => {}
                // What is removed need not be understood.
                Err(_) if rule == Rule::Remove => arena.truncate(start),
                Err(_) if *unfit == Unfit::Remove => {
                    arena.truncate(start);
                    tag_only = true;
                }
                Err(code) => return Err(code),
            }
            last_century(rule, self.located.batch.as_of, text, start, arena);
            canon = start as u32..arena.len() as u32;
        } else {
            match kept(field.class, text) {
                Err(_) if *unfit == Unfit::Remove => tag_only = true,
                outcome => outcome?,
            }
            let moves = self.work.codec.is_positional();
            tag_only |= *unfit == Unfit::Remove && is_shifted(field.class, text, moves);
            if subjects.contains(&leaf.field) {
                canonical(field.class, extent, text, arena)?;
                canon = start as u32..arena.len() as u32;
            }
        }
        if rule != Rule::Keep && matches!(leaf.kind, Kind::Name { .. }) {
            self.work.names.push((leaf.object, canon.clone()));
        }
        let number = self.located.sites.len();
        if rule != Rule::Keep && field.part == NamePart::Whole && self.prose && !text.is_empty() {
            let form = self.located.canon.expose();
            note(&mut self.work.known, field.class, text, &form[start..], number as u32);
        } else if rule != Rule::Keep && field.part != NamePart::Whole && !tag_only {
            self.work.parts.push(NamePiece {
                group: field.group,
                object: leaf.object,
                part: field.part,
                site: number,
                text: Phi::new(text.to_string()),
            });
        }
        let site = self.site(leaf, canon.clone(), tag_only);
        self.located.sites.push(site);
        Ok(canon)
    }

    /// Parts of one name (siblings in one object) share the canonical form of the whole name, so
    /// that split and unsplit fields, and prose, have one token.
    fn join_parts(&mut self) -> Result<(), Code> {
        // Stable: the given names stay in the record's order.
        self.work.parts.sort_by_key(|part| (part.group, part.object));
        for parts in self.work.parts.chunk_by(|a, b| (a.group, a.object) == (b.group, b.object)) {
            if parts.len() > NAME_PARTS_MAX {
                return Err(Code::TooMuchToLookFor);
            }
            let (mut family, mut given) = (String::new(), String::new());
            for one in parts {
                let whole = if one.part == NamePart::Family { &mut family } else { &mut given };
                let folded = name_part(one.text.expose());
                if !whole.is_empty() && !folded.is_empty() {
                    whole.push(' ');
                }
                whole.push_str(&folded);
            }
            let arena = self.located.canon.expose_mut();
            let start = arena.len();
            arena.push_str(&family);
            if !given.is_empty() {
                if !family.is_empty() {
                    arena.push(',');
                }
                arena.push_str(&given);
            }
            let canon = start as u32..arena.len() as u32;
            let first = parts[0].site;
            let class = self.located.sites[first].class;
            if self.prose {
                self.work.known.add_name(class, &family, &given, first as u32);
            }
            for one in parts {
                self.located.sites[one.site].canon = canon.clone();
            }
        }
        Ok(())
    }

    /// Two members of one object whose names have one canonical form would have one token, and
    /// the object a name twice.
    fn distinct_names(&mut self) -> Result<(), Code> {
        let form = |(_, canon): &(u32, Range<u32>)| self.located.canonical(canon);
        let names = &mut self.work.names;
        names.sort_by(|a, b| (a.0, form(a)).cmp(&(b.0, form(b))));
        match names.windows(2).any(|two| (two[0].0, form(&two[0])) == (two[1].0, form(&two[1]))) {
            true => Err(Code::DuplicateMember),
            false => Ok(()),
        }
    }

    /// A listed value that is prose: what is found in it becomes a site of its own.
    fn free_text(&mut self, base: usize, leaf: &Leaf) -> Result<(), Code> {
        let plan = self.plan;
        let field = &plan.fields[usize::from(leaf.field)];
        let is_prose = plan.slots[usize::from(field.slot)].rule == Rule::Detect;
        if !is_prose || field.holds.is_some() || leaf.kind == Kind::Null {
            return Ok(());
        }
        if !matches!(leaf.kind, Kind::Text { .. }) {
            return Err(Code::WrongType);
        }
        self.located.texts.push(leaf.span);
        self.prose(base, leaf, None)
    }

    /// What is found in a text becomes a site of its own. `hint` is what the name of an unlisted member
    /// says, whose value is looked at as a whole, too; its text may be a number.
    fn prose(&mut self, base: usize, leaf: &Leaf, hint: Option<&Hint>) -> Result<(), Code> {
        let plan = self.plan;
        let escaped = leaf.kind == Kind::Text { escaped: true };
        let raw = read(&self.located.batch, base, leaf.span);
        self.work.map.clear();
        let text = if escaped {
            let buffer = self.work.text.expose_mut();
            buffer.clear();
            self.work.codec.decode(raw, buffer, Some(&mut self.work.map))?;
            buffer.as_str()
        } else {
            raw
        };
        let (known, prose, findings) =
            (&self.work.known, &mut self.work.prose, &mut self.work.findings);
        // A number is looked for among what is known; a context it has none.
        let aim = if leaf.kind == Kind::Number { Aim::Rules } else { plan.aim(leaf.field) };
        detect(text, known, aim, prose, findings)?;
        if let Some(hint) = hint {
            let verdict = match leaf.kind {
                Kind::Number => unlisted::number(plan, text, hint, findings)?,
                _ => unlisted::text(plan, text, hint, prose, findings)?,
            };
            match verdict {
                Verdict::Stands => {}
                Verdict::Plain => findings.clear(),
                Verdict::Is(class) => *findings = vec![unlisted::whole(text, class)],
            }
        }
        let is_xml = self.work.codec == Codec::Xml;
        // What begins behind a tag is all that is in an element; else a `<` is one of a section of characters.
        let is_section = || {
            let before = &self.located.batch.data.expose()[..base + leaf.span.start as usize];
            is_xml && !before.ends_with(b">")
        };
        let written = if is_xml { raw } else { text };
        let markup = match findings.is_empty() || is_section() {
            true => None,
            false => Markup::read(written, self.work.codec),
        };
        let map = &self.work.map;
        let from = |at: u32| leaf.span.start + if escaped { map[at as usize] } else { at };
        // An escape of several characters goes as a whole.
        let to = |at: u32| match escaped {
            true => leaf.span.start + behind(map, at as usize),
            false => leaf.span.start + at,
        };
        for finding in &self.work.findings {
            let found = &text[finding.span.range()];
            let at = match is_xml {
                true => {
                    let at = |at: u32| at - leaf.span.start;
                    Span { start: at(from(finding.span.start)), end: at(to(finding.span.end)) }
                }
                false => finding.span,
            };
            let parts = match &markup {
                // What markup says is no prose: the tagger has no word in it but in titles and comments.
                Some(markup) if finding.layer.is_model() && markup.is_mute(written, at) => continue,
                Some(markup) if finding.class == Class::Url && markup.is_namespace(at) => continue,
                Some(markup) => markup.parts(written, at),
                None => Parts { first: Some(at), ..Parts::default() },
            };
            if parts.is_odd {
                return Err(Code::VerifyHit);
            }
            let place = |span: Span| match is_xml {
                true => {
                    Span { start: span.start + leaf.span.start, end: span.end + leaf.span.start }
                }
                false => Span { start: from(span.start), end: to(span.end) },
            };
            let Some(first) = parts.first.map(place) else { continue };
            let rest = parts.rest.into_iter().map(place);
            let slot = plan.text_slots[finding.class as usize];
            // Base64 of a text goes as a whole: what else is in it has no finding of its own. What no list of
            // safe words has is of no class: a tag stands for it, whatever is done to the class.
            let whole = finding.written == Written::Encoded || finding.layer == Layer::Vocabulary;
            if plan.slots[usize::from(slot)].rule == Rule::Keep && !whole {
                continue;
            }
            let arena = self.located.canon.expose_mut();
            let start = arena.len() as u32;
            let mut tag_only = false;
            let canon = match finding.known {
                Some(site) => self.located.sites[site as usize].canon.clone(),
                None => {
                    let extent = plan.text_extent(finding.class);
                    let rule = plan.slots[usize::from(slot)].rule;
                    let text = said(found, finding.written, self.work.said.expose_mut());
                    // What is in base64 cannot be taken out of it alone.
                    tag_only = whole || canonical(finding.class, extent, text, arena).is_err();
                    last_century(rule, self.located.batch.as_of, text, start as usize, arena);
                    start..arena.len() as u32
                }
            };
            self.located.sites.push(Site {
                span: first,
                field: leaf.field,
                slot,
                class: finding.class,
                layer: finding.layer,
                kind: leaf.kind,
                canon,
                tag_only,
                written: finding.written,
                exit: Exit::InPlace,
                holds: None,
            });
            // The token stands in the place of the first part.
            self.located.deletions.extend(rest.map(|span| Cut { span, blanks: false }));
        }
        Ok(())
    }

    /// Members that no path lists, where the schema says that they are scanned.
    fn unlisted(
        &mut self,
        base: usize,
        found: &Found,
        one: &Opened,
        whose: &[u32],
    ) -> Result<(), Code> {
        // verify looks through all of them, names too.
        self.located.texts.extend(&found.unlisted[one.unlisted.clone()]);
        let document = &self.plan.documents[usize::from(one.kind)];
        let Some(field) = document.scanned() else { return Ok(()) };
        for member in found.members[one.members.clone()].iter().filter(|member| !member.listed) {
            self.unlisted_name(base, member)?;
        }
        let is_prose = self.plan.slots[usize::from(self.plan.fields[usize::from(field)].slot)].rule
            == Rule::Detect;
        let mut last = (None, Hint::default());
        for &Stray { span, kind, member } in &found.strays[one.strays.clone()] {
            let leaf = Leaf { field, span, kind, object: 0, exit: Exit::InPlace };
            self.about(whose, found, span);
            match kind {
                Kind::Text { .. } if !is_prose => {
                    self.declared(base, &leaf)?;
                }
                Kind::Text { .. } | Kind::Number => {
                    if last.0 != member {
                        last = (member, self.hint(base, found, member)?);
                    }
                    self.prose(base, &leaf, Some(&last.1))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The name of an unlisted member stays where it is, so it must be one that everybody uses.
    fn unlisted_name(&mut self, base: usize, member: &Member) -> Result<(), Code> {
        let raw = bytes(&self.located.batch, base, member.span);
        let name = decoded(
            raw,
            Kind::Name { escaped: member.escaped },
            self.work.codec,
            &mut self.work.text,
        )?;
        let words = Zeroizing::new(name_words(name));
        let (known, prose, findings) =
            (&self.work.known, &mut self.work.prose, &mut self.work.findings);
        if !known.is_empty() {
            for text in [name, &Zeroizing::new(words.join(" "))] {
                detect(text, known, Aim::Rules, prose, findings)?;
                if findings.iter().any(|finding| finding.known.is_some()) {
                    return Err(Code::Doubtful);
                }
            }
        }
        let judged = judge(name, &words, &mut |text| {
            detect(text, known, Aim::Balanced, prose, findings).ok()?;
            Some(Seen::of(findings))
        });
        if judged == Judged::Plain { Ok(()) } else { Err(Code::Doubtful) }
    }

    /// What the names of a member and of the one above say of the values in it.
    fn hint(&mut self, base: usize, found: &Found, member: Option<u32>) -> Result<Hint, Code> {
        let member = member.map(|at| &found.members[at as usize]);
        let above = member.and_then(|member| member.above).map(|at| &found.members[at as usize]);
        let own = self.words_of(base, member)?;
        Ok(Hint::of(&self.words_of(base, above)?, own))
    }

    fn words_of(
        &mut self,
        base: usize,
        member: Option<&Member>,
    ) -> Result<Zeroizing<Vec<String>>, Code> {
        let Some(member) = member else { return Ok(Zeroizing::default()) };
        let raw = bytes(&self.located.batch, base, member.span);
        let kind = Kind::Name { escaped: member.escaped };
        Ok(Zeroizing::new(name_words(decoded(raw, kind, self.work.codec, &mut self.work.text)?)))
    }
}

/// The part of the record that a span stands in.
fn part_at(found: &Found, span: Span) -> usize {
    let next = found.groups.partition_point(|group| group.from <= span.start);
    found.groups[next.saturating_sub(1)].part as usize
}

/// Gives parts that name nobody the subject of the nearest part above that names one; where none does, what
/// [`Unnamed`] says, but for `strangers`, which name somebody by what is no id. `canonical` gives the text of an id.
fn inherit<'a>(
    parts: &[Part],
    subjects: &mut [Range<u32>],
    strangers: &[bool],
    documents: impl Iterator<Item = Range<usize>>,
    canonical: impl Fn(&Range<u32>) -> &'a str,
) {
    // There is none to inherit from.
    if parts.len() < 2 {
        return;
    }
    let named: Vec<bool> = subjects
        .iter()
        .zip(strangers)
        .map(|(own, stranger)| !own.is_empty() || *stranger)
        .collect();
    // What is above stands in front: it has its own by the time.
    for (at, part) in parts.iter().enumerate() {
        if let (false, Some(above)) = (named[at], part.above) {
            subjects[at] = subjects[above as usize].clone();
        }
    }
    for document in documents {
        let mut next = 0..0;
        for at in document.rev() {
            if !subjects[at].is_empty() {
                next = subjects[at].clone();
            } else if parts[at].unnamed == Unnamed::Next && !named[at] {
                subjects[at] = next.clone();
            }
        }
    }
    // Whom each part names with what is below it, if it is one alone: `None` where these are several.
    let mut only: Vec<Option<Range<u32>>> = subjects.iter().cloned().map(Some).collect();
    let mut around = vec![false; parts.len()];
    for (at, part) in parts.iter().enumerate().rev() {
        if let (Unnamed::Below, true, false, Some(one)) =
            (part.unnamed, subjects[at].is_empty(), named[at], &only[at])
        {
            subjects[at] = one.clone();
            around[at] = true;
        }
        let Some(above) = part.above.map(|above| above as usize) else { continue };
        let joined = match (&only[above], &only[at]) {
            (Some(one), Some(other)) if one.is_empty() => Some(other.clone()),
            (Some(one), Some(other)) if other.is_empty() || canonical(one) == canonical(other) => {
                Some(one.clone())
            }
            _ => None,
        };
        only[above] = joined;
    }
    // What else is in such a part goes with it.
    for (at, part) in parts.iter().enumerate() {
        if let (true, false, Some(above)) = (subjects[at].is_empty(), named[at], part.above)
            && part.unnamed == Unnamed::Below
            && around[above as usize]
        {
            subjects[at] = subjects[above as usize].clone();
            around[at] = true;
        }
    }
}

/// A year of two digits that would lie ahead is one of a century ago, where ages have a cap: born on
/// 3/4/29 is 97 years old, and 2029 would say so.
fn last_century(rule: Rule, as_of: Day, text: &str, start: usize, canon: &mut String) {
    if matches!(rule, Rule::Year { cap_age: Some(_) })
        && let Some((date, shape, _)) = written_date(text)
        && date > as_of.0
        && let Some(earlier) = shape.earlier(date)
    {
        canon.truncate(start);
        canon.push_str(&earlier.to_string());
    }
}

/// Where the source of the decoded bytes before `end` ends.
fn behind(map: &[u32], end: usize) -> u32 {
    let last = end.checked_sub(1).map(|last| map[last]);
    let more = map[end..].iter().find(|source| Some(**source) != last);
    more.or(map.last()).copied().unwrap_or(0)
}

pub(super) fn bytes(batch: &Batch, base: usize, span: Span) -> &[u8] {
    &batch.data.expose()[base + span.start as usize..base + span.end as usize]
}

fn read(batch: &Batch, base: usize, span: Span) -> &str {
    text(bytes(batch, base, span))
}

/// The walk checked the whole record; spans lie at its quotes.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or("")
}

/// What a value says; of one that is no text and no number, nothing.
pub(super) fn decoded<'a>(
    raw: &'a [u8],
    kind: Kind,
    codec: Codec,
    buffer: &'a mut Phi<String>,
) -> Result<&'a str, Code> {
    let raw = match kind {
        Kind::Opaque => "",
        Kind::Integer(integer) => {
            let buffer = buffer.expose_mut();
            buffer.clear();
            integer.decode(raw, buffer)?;
            return Ok(buffer);
        }
        _ => text(raw),
    };
    match kind {
        Kind::Text { escaped: true } | Kind::Name { escaped: true } => {
            let buffer = buffer.expose_mut();
            buffer.clear();
            codec.decode(raw, buffer, None)?;
            Ok(buffer)
        }
        _ => Ok(raw),
    }
}

/// A number must be declared as one, and be whole and without a sign; a name of a member cannot
/// become null.
fn type_fits(kind: Kind, text: &str, field: &Field, rule: Rule) -> Result<(), Code> {
    let fits = match kind {
        Kind::Text { .. } | Kind::Fixed | Kind::Null => true,
        Kind::Name { .. } => rule != Rule::Remove,
        Kind::Bool | Kind::Opaque => rule == Rule::Remove,
        // What a number of its type may become, its writer schema was asked.
        Kind::Integer(_) => {
            let dated = kind.extent().is_some() && field.class.form() == Form::Date;
            rule == Rule::Remove || dated || field.extent.takes_number(text)
        }
        Kind::Number => rule == Rule::Remove || field.number && field.extent.takes_number(text),
    };
    if fits { Ok(()) } else { Err(Code::WrongType) }
}

/// What a record that is written one field further on puts in the place of what is kept: a town for a state, a ZIP code
/// for a country; and, in formats where one field too few moves the rest, a day for a code.
fn is_shifted(class: Class, text: &str, moves: bool) -> bool {
    match class {
        Class::State => !is_state(text),
        Class::Country => text.contains(|c: char| c.is_ascii_digit()),
        Class::NotPhi | Class::ClinicalValue if moves => {
            let compact = class == Class::NotPhi && text.len() == 8 && text.starts_with(['1', '2']);
            let spelt = text.len() >= 8 && text.contains(['-', '/']);
            (compact || spelt) && written_date(text).is_some()
        }
        _ => false,
    }
}

/// Values that stay as they are, and still must be what they claim.
fn kept(class: Class, text: &str) -> Result<(), Code> {
    if class == Class::OpaqueId && has_time_inside(text) {
        return Err(Code::TimeInOpaqueId);
    }
    Ok(())
}

/// Identifiers that say when they were made: UUIDs of the versions 1, 2, 6 and 7 (RFC 9562), ULIDs,
/// and 24 hexadecimal digits (MongoDB's ObjectId), anywhere in the value; and dates.
fn has_time_inside(id: &str) -> bool {
    let crockford = |b: u8| b.is_ascii_alphanumeric() && !b"ILOUilou".contains(&b);
    // A ULID is 26 characters of Crockford's alphabet, 0 to 7 first; a run of digits alone is not.
    let ulid = |run: &str| {
        run.len() == 26
            && run.bytes().all(crockford)
            && (b'0'..=b'7').contains(&run.as_bytes()[0])
            && run.bytes().any(|b| b.is_ascii_alphabetic())
    };
    let object_id = |run: &str| run.len() == 24 && run.bytes().all(|b| b.is_ascii_hexdigit());
    let date = |run: &str| run.bytes().all(|b| b.is_ascii_digit()) && parse_date(run).is_some();
    let plain_uuid = |run: &str| run.len() == 32 && TIMED_UUID.is_match(run);
    if TIMED_UUID.is_match(id) && id.contains('-') {
        return true;
    }
    // A random UUID may begin with eight digits that read as a day.
    let id = UUID.replace_all(id, "");
    written_date(&id).is_some()
        || id
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|run| ulid(run) || object_id(run) || plain_uuid(run) || date(run))
}

static UUID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?i)\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b")
        .expect("the pattern is a constant, and tested")
});
/// Version in the 13th digit, variant in the 17th.
static TIMED_UUID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[1267][0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}")
        .expect("the pattern is a constant, and tested")
});

/// Adds a declared value to what is known of the record.
fn note(known: &mut Known, class: Class, text: &str, form: &str, number: u32) {
    if !class.is_identifier() || matches!(class, Class::Date | Class::Age) {
        return;
    }
    if form.is_empty() {
        // It is removed without being understood; it is looked for as it stands.
        return known.add_text(class, text, number);
    }
    match class.form() {
        Form::Name => {
            let (family, given) = name_parts(text);
            known.add_name(class, &family, &given, number);
        }
        Form::Date => {
            if let Some((date, _)) = parse_date(form) {
                known.add_date(class, date, number);
            }
        }
        Form::Record | Form::Lettered | Form::Phone => known.add_number(class, form, number),
        Form::Digits if class != Class::Zip => known.add_number(class, form, number),
        Form::Digits => {
            known.add_text(class, form, number);
            // Nine digits are also written as five.
            if let Some((five, _)) = form.split_at_checked(5).filter(|(_, four)| !four.is_empty()) {
                known.add_text(class, five, number);
            }
        }
        Form::Id => known.add_text(class, form, number),
        Form::Age | Form::Email | Form::Ip | Form::Uuid | Form::Whole => {
            known.add_text(class, text, number);
        }
    }
}

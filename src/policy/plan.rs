//! What the documents mean: one immutable plan, which the pure part reads and nothing changes.

use crate::detect::{Aim, SecondReader};
use crate::format::{Layout, Standard, standard};
use crate::keys::Scope;
use crate::limits::{BATCH_BYTES_MAX, TRANSFORMER_BATCH_BYTES_MAX};
use crate::phi::{Class, Extent, FieldPath, NamePart, Shape};
use crate::transform::Rule;
use sha2::{Digest, Sha256};
use std::ops::Range;
use std::sync::Arc;

/// The legal basis that a policy claims. Texts say "transformed under policy X", never more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// 45 CFR 164.514(b)(2).
    SafeHarbor,
    /// 45 CFR 164.514(b)(1).
    ExpertDetermination,
    /// 45 CFR 164.514(e).
    LimitedDataset,
    /// Still PHI, with tokens in place of identifiers.
    Pseudonymized,
}

impl Basis {
    /// Every basis with its name in the documents.
    pub const NAMES: &[(&str, Basis)] = &[
        ("safe_harbor", Basis::SafeHarbor),
        ("expert_determination", Basis::ExpertDetermination),
        ("limited_dataset", Basis::LimitedDataset),
        ("pseudonymized", Basis::Pseudonymized),
    ];

    /// Its name in the documents.
    pub fn name(self) -> &'static str {
        Basis::NAMES.iter().find(|(_, basis)| *basis == self).map_or("", |(name, _)| name)
    }
}

/// What happens to a field that the schema does not list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlisted {
    /// The record is refused.
    Quarantine,
    /// The member is deleted.
    Drop,
    /// The member is looked through: identifiers get their class's rule, doubt refuses the record.
    Scan,
}

impl Unlisted {
    /// Every way with its name in the documents.
    pub const NAMES: &[(&str, Unlisted)] =
        &[("quarantine", Unlisted::Quarantine), ("drop", Unlisted::Drop), ("scan", Unlisted::Scan)];
}

/// What happens to a listed value that has not the form of its class: letters in an SSN, a date that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// The record is refused.
    Quarantine,
    /// The value is removed.
    Remove,
}

impl Unfit {
    /// Every way with its name in the documents.
    pub const NAMES: &[(&str, Unfit)] =
        &[("quarantine", Unfit::Quarantine), ("remove", Unfit::Remove)];
}

/// The path of the field that stands for unlisted members, behind that of the value that their document is inside of; no
/// path of a schema begins like that.
pub const UNLISTED: &str = "unlisted";

/// One field of the schema, bound to its rule.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its path, as the schema writes it; behind that of the value that its document stands inside of, and ` > `.
    pub path: FieldPath,
    /// What it is.
    pub class: Class,
    /// What is done to it: an index into [`Plan::slots`].
    pub slot: u16,
    /// What the schema says about the extent of its numbers.
    pub extent: Extent,
    /// The part of a name that it holds.
    pub part: NamePart,
    /// Fields with the same group and the same enclosing object are parts of one name.
    pub group: u16,
    /// The kernel may change the JSON type of the field.
    pub retype: bool,
    /// The field is a JSON number.
    pub number: bool,
    /// Prose of too few words to have a context, as the display text of a code: looked through by rules.
    pub by_rules: bool,
    /// The document that it is of: an index into [`Plan::documents`].
    pub of: u16,
    /// The document that stands in its values.
    pub holds: Option<Holds>,
    /// The text whose characters its values count.
    pub offset: Option<Offset>,
}

/// What a number is that counts the characters of a text: it changes with the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offset {
    /// The field of the text: an index into [`Plan::fields`].
    pub text: u16,
    /// It is the end of something; else its start. In what is replaced, that is the end of what stands there now.
    pub is_end: bool,
}

/// What a value is that holds a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holds {
    /// The document: an index into [`Plan::documents`].
    pub document: u16,
    /// How its bytes are written.
    pub encoding: Encoding,
}

/// How the bytes of a document stand in a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// As the text that they are.
    #[default]
    Text,
    /// As base64.
    Base64,
}

impl Encoding {
    /// Every encoding with its name in the documents.
    pub const NAMES: &[(&str, Encoding)] =
        &[("text", Encoding::Text), ("base64", Encoding::Base64)];

    /// Its name in the documents.
    pub fn name(self) -> &'static str {
        Encoding::NAMES.iter().find(|(_, one)| *one == self).map_or("", |(name, _)| name)
    }
}

/// A kind of document: what records are, or what stands inside of values of another.
#[derive(Debug)]
pub struct Document {
    /// The compiled paths; leaves carry the number of their field among those of the document.
    pub layout: Layout,
    /// Its fields, in the schema's order: a part of [`Plan::fields`].
    pub fields: Range<u16>,
    /// The fields that name the subject: of a document or a part of one, the first of them that is there counts.
    pub subjects: Vec<u16>,
    /// What happens to fields that the schema does not list.
    pub unlisted: Unlisted,
    /// What happens to listed values without the form of their class.
    pub unfit: Unfit,
}

impl Document {
    /// What counts and lineage call the members that no path lists, where these are scanned: the
    /// last field, whose path ends with [`UNLISTED`]. Their own names are data.
    pub fn scanned(&self) -> Option<u16> {
        (self.unlisted == Unlisted::Scan).then(|| self.fields.end - 1)
    }
}

/// A class, what is done to it, and what its numbers look like: one column of the batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The class.
    pub class: Class,
    /// The rule.
    pub rule: Rule,
    /// Who can link the tokens.
    pub scope: Scope,
    /// The shape that the rule keeps, where the schema gives one.
    pub shape: Option<Arc<Shape>>,
}

/// What happens to the record key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyRule {
    /// The key is dropped (written as null).
    Drop,
    /// The key is a value of a class: an index into [`Plan::slots`], and its extent.
    Slot(u16, Extent),
}

/// The plan: what the pure part needs to know, and nothing else.
#[derive(Debug)]
pub struct Plan {
    /// Name of the schema.
    pub schema: String,
    /// Name of the policy.
    pub policy: String,
    /// The legal basis that the policy claims.
    pub basis: Basis,
    /// SHA-256 over everything below in canonical form, schema and policy together.
    pub digest: [u8; 32],
    /// What records are, and behind that what stands inside of their values.
    pub documents: Vec<Document>,
    /// The fields, document by document.
    pub fields: Vec<Field>,
    /// The fields whose characters others count.
    pub measured: Vec<u16>,
    /// One for each (class, rule) in use.
    pub slots: Vec<Slot>,
    /// The slot of each class when it is found in free text; indexed by `Class as usize`.
    pub text_slots: Vec<u16>,
    /// The extent that numbers of each class have in prose; indexed likewise.
    pub text_extents: Vec<Extent>,
    /// How far free text is looked through.
    pub aim: Aim,
    /// Who looks through it, too.
    pub second: Option<SecondReader>,
    /// What happens to the record key.
    pub key: KeyRule,
    /// The destination's name: part of the keys of its own scope.
    pub destination: String,
    /// What is kept so that a subject's records are found again. It changes nothing in them, and is not in the
    /// digest.
    pub trail: Option<TrailRule>,
}

/// What a plan keeps of where records went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrailRule {
    /// The field whose values name what is made of a record: an index into [`Plan::fields`].
    pub chunk: Option<u16>,
}

/// How much of a standard a schema names.
#[derive(Debug)]
pub struct Coverage {
    /// The standard.
    pub standard: &'static Standard,
    /// Its identifying fields that the schema has not.
    pub missing: Vec<&'static str>,
}

impl Coverage {
    /// Identifying fields that the schema names.
    pub fn named(&self) -> usize {
        self.standard.fields.len() - self.missing.len()
    }
}

impl Plan {
    /// What records are.
    pub fn record(&self) -> &Document {
        // `lower` makes no plan without one.
        &self.documents[0]
    }

    /// In which forms the ids of subjects are read: a number that is read otherwise has another pseudonym.
    pub fn subject_forms(&self) -> String {
        let fields = self.documents.iter().flat_map(|document| &document.subjects);
        let form = |at: &u16| {
            let field = &self.fields[usize::from(*at)];
            format!("{} {:?}", field.class, field.extent)
        };
        let forms: std::collections::BTreeSet<_> = fields.map(form).collect();
        let forms: Vec<_> = forms.into_iter().collect();
        data_encoding::HEXLOWER.encode(&Sha256::digest(forms.join("|"))[..8])
    }

    /// The document that a field is of.
    pub fn document_of(&self, field: u16) -> &Document {
        &self.documents[usize::from(self.fields[usize::from(field)].of)]
    }

    /// How many fields the schemas list.
    pub fn listed(&self) -> usize {
        self.fields.len() - self.documents.iter().filter_map(Document::scanned).count()
    }

    /// The extent that numbers of a class have in prose: the one of the schema's first field.
    pub fn text_extent(&self, class: Class) -> &Extent {
        &self.text_extents[class as usize]
    }

    /// How far the prose of a field is looked through. Where nothing but a vocabulary may stay, that holds there, too.
    pub fn aim(&self, field: u16) -> Aim {
        match self.fields[usize::from(field)].by_rules && self.aim != Aim::Vocabulary {
            true => Aim::Rules,
            false => self.aim,
        }
    }

    /// Which identifying fields of its format's standard the schema gives a class of identifiers, or has looked through;
    /// `None` for a format without a standard.
    pub fn coverage(&self) -> Option<Coverage> {
        let layout = &self.record().layout;
        let standard = standard(layout.format())?;
        let protects = |path: &&&str| {
            let leaf = layout.leaf_at(path).map(|at| &self.fields[usize::from(at)]);
            // Rules alone find no name.
            let is_read = |field: &Field| field.class == Class::FreeText && !field.by_rules;
            !leaf.is_some_and(|field| field.class.is_identifier() || is_read(field))
        };
        let missing = standard.fields.iter().filter(protects).copied().collect();
        Some(Coverage { standard, missing })
    }

    /// Bytes of record values in one batch: fewer where a slow reader reads them too.
    pub fn batch_bytes_max(&self) -> usize {
        if self.second.is_some() { TRANSFORMER_BATCH_BYTES_MAX } else { BATCH_BYTES_MAX }
    }

    /// `name@digest`, the digest's first 16 hexadecimal digits: the header `weir-policy`.
    pub fn policy_header(&self) -> String {
        format!("{}@{}", self.policy, data_encoding::HEXLOWER.encode(&self.digest[..8]))
    }
}

//! A record that fits a plan: every field that the schema lists, and prose that names the record's
//! own identifiers in ways in which weir looks for them.

use super::{Identifier, LETTERS_MIN, value};
use crate::phi::{Class, Extent, Form, Phi};
use crate::policy::{Field, KeyRule, NamePart, Plan};
use crate::transform::Rule;
use std::collections::BTreeMap;
use weir_synth::Draw;

/// A synthetic record.
#[derive(Debug)]
pub struct Canary {
    /// The record key.
    pub key: Option<Phi<String>>,
    /// JSON.
    pub value: Phi<String>,
    /// What must not leave of it, as far as it is long enough to be looked for.
    pub identifiers: Vec<Identifier>,
}

/// Draws a record. The same seed gives the same one. `None` for a format that has no canaries yet.
pub fn make(plan: &Plan, seed: u64) -> Option<Canary> {
    let paths = plan.record().layout.json()?;
    let mut maker =
        Maker { plan, draw: Draw::new(seed), people: BTreeMap::new(), drawn: Vec::new() };
    let (texts, mut identifiers) = maker.fields();
    let key = match &plan.key {
        KeyRule::Drop => None,
        KeyRule::Slot(slot, extent) => {
            let slot = &plan.slots[usize::from(*slot)];
            let text = maker.text(slot.class, extent, NamePart::Whole);
            maker.note(slot.class, &slot.rule, NamePart::Whole, &text, &mut identifiers);
            Some(Phi::new(text))
        }
    };
    let prose = prose(&identifiers);
    let written = |leaf: u16, number: bool| {
        let field = &plan.fields[usize::from(leaf)];
        // What holds a document holds none here, and an offset is that of a text's beginning.
        if field.holds.is_some() || field.offset.is_some() {
            return if field.holds.is_some() { "null" } else { "0" }.to_string();
        }
        let text = if field.class == Class::FreeText { &prose } else { &texts[usize::from(leaf)] };
        json(text, number && field.number)
    };
    let value = paths.sample(&|leaf| written(leaf, true), &|leaf| written(leaf, false));
    Some(Canary { key, value: Phi::new(value), identifiers })
}

struct Maker<'a> {
    plan: &'a Plan,
    draw: Draw,
    /// One person of each class of names: given and family name.
    people: BTreeMap<Class, (String, String)>,
    /// One value of each class and extent: a record is about one patient.
    drawn: Vec<(Class, Extent, String)>,
}

impl Maker<'_> {
    /// The text of each field, and what must not leave.
    fn fields(&mut self) -> (Vec<String>, Vec<Identifier>) {
        let (mut texts, mut identifiers) = (Vec::new(), Vec::new());
        let own = self.plan.record().fields.clone();
        for Field { class, slot, extent, part, .. } in &self.plan.fields[..usize::from(own.end)] {
            let text = self.text(*class, extent, *part);
            let rule = &self.plan.slots[usize::from(*slot)].rule;
            self.note(*class, rule, *part, &text, &mut identifiers);
            texts.push(text);
        }
        (texts, identifiers)
    }

    fn text(&mut self, class: Class, extent: &Extent, part: NamePart) -> String {
        if class.form() == Form::Name {
            let draw = &mut self.draw;
            let person = self.people.entry(class).or_insert_with(|| (draw.name(), draw.name()));
            return match part {
                NamePart::Whole => format!("{} {}", person.0, person.1),
                NamePart::Family => person.1.clone(),
                NamePart::Given => person.0.clone(),
            };
        }
        let known = self.drawn.iter().find(|(c, e, _)| *c == class && e == extent);
        // Ids of documents are each another's.
        if let Some((.., text)) = known.filter(|_| class != Class::OpaqueId) {
            return text.clone();
        }
        let text = value::draw(&mut self.draw, class, extent);
        self.drawn.push((class, extent.clone(), text.clone()));
        text
    }

    /// Notes what must not leave. Dates, ages and ZIP codes are shared by many: whoever looks for one
    /// finds another person's.
    fn note(
        &self,
        class: Class,
        rule: &Rule,
        part: NamePart,
        text: &str,
        out: &mut Vec<Identifier>,
    ) {
        let shared = matches!(class.form(), Form::Date | Form::Age) || class == Class::Zip;
        if *rule == Rule::Keep || !class.is_identifier() || shared {
            return;
        }
        let person = self.people.get(&class).filter(|_| part == NamePart::Whole);
        let names = person.map(|(given, family)| [given.as_str(), family.as_str()]);
        for text in [text].into_iter().chain(names.into_iter().flatten()) {
            let letters = text.chars().filter(char::is_ascii_alphanumeric).count();
            let known = || out.iter().any(|known| known.text.expose() == text);
            if letters >= LETTERS_MIN && !known() {
                out.push(Identifier { class, text: Phi::new(text.to_string()) });
            }
        }
    }
}

fn json(text: &str, number: bool) -> String {
    if number {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        return if digits.is_empty() { "1".into() } else { digits };
    }
    serde_json::Value::from(text).to_string()
}

/// Prose that names each identifier as the record has it, and in ways that people write: names turned
/// round, upper and lower case, numbers without what parts them and parted elsewhere.
fn prose(identifiers: &[Identifier]) -> String {
    let mut text = String::from("Canary, no patient.");
    for Identifier { class, text: value } in identifiers {
        let value = value.expose().as_str();
        text.push_str(&format!("\n{}: {value}.", class.entry().what));
        match class.form() {
            Form::Name => {
                if let Some((given, family)) = value.split_once(' ') {
                    let turned = format!("{family}, {given}").to_uppercase();
                    text.push_str(&format!(" Seen: {turned}; {}.", value.to_lowercase()));
                }
            }
            Form::Digits | Form::Record | Form::Lettered | Form::Phone => {
                let bare: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
                let (front, rest) = bare.split_at(bare.len() / 2);
                text.push_str(&format!(" Also {bare}, {front}-{rest}."));
                if bare != bare.to_lowercase() {
                    text.push_str(&format!(" Typed {}.", bare.to_lowercase()));
                }
            }
            _ => text.push_str(&format!(" Also {}.", value.to_uppercase())),
        }
    }
    text
}

//! The places of records, as a tree of bounded size. Names of members are data: one that looks like
//! data is never kept, and an object whose names look like those of a map is one place for all.

use super::evidence::{Evidence, Look};
use super::shape;
use crate::detect::{Judged, is_vocabulary, judge, name_words};
use crate::format::{Kind, Stop, Trie};
use crate::limits::{SCAN_NAMES_MAX, SCAN_PLACES_MAX};
use crate::phi::Phi;
use crate::policy::Outline;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// How a place is reached from the one above.
#[derive(Debug)]
pub(super) enum Step {
    Root,
    Name(Phi<String>),
    /// A member of any name.
    AnyName,
    /// An element that the schema lists by its index.
    Index(u32),
    AnyIndex,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Name(u64),
    AnyName,
    Index(u32),
    AnyIndex,
}

/// One place.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) step: Step,
    pub(super) children: Vec<u32>,
    /// Where the place is in the schema that it is held against.
    pub(super) listed: Option<u32>,
    /// The schema lists it by its own name or index.
    own: bool,
    /// Records that have it; and the last of them.
    pub(super) records: u64,
    last: u64,
    pub(super) objects: u64,
    pub(super) arrays: u64,
    pub(super) evidence: Evidence,
    /// An object whose names are data: those that are not plainly words are not kept.
    is_map: bool,
    /// The names of members that are not kept apart.
    pub(super) names: Option<Box<Evidence>>,
}

/// The tree.
pub(super) struct Tree<'a> {
    pub(super) places: Vec<Place>,
    index: HashMap<(u32, Key), u32>,
    hasher: RandomState,
    outline: Option<&'a Outline>,
    stack: Vec<Open>,
    record: u64,
    /// Values at places beyond the bound.
    pub(super) lost: u64,
    pub(super) look: Look,
}

/// An object or array that is open.
struct Open {
    place: Option<u32>,
    /// Where the value of the member leads that was named last.
    member: Option<u32>,
    /// For an array: the index of the next element.
    element: Option<u32>,
}

/// An object with so many names, or more, each in less than this share of its objects, is a map.
const MAP_NAMES_MIN: usize = 16;
const MAP_SHARE_MAX: f64 = 0.1;

impl<'a> Tree<'a> {
    pub(super) fn new(outline: Option<&'a Outline>) -> Tree<'a> {
        let root = Place::new(Step::Root, outline.map(|_| 0), true);
        Tree {
            places: vec![root],
            index: HashMap::new(),
            hasher: RandomState::new(),
            outline,
            stack: Vec::new(),
            record: 0,
            lost: 0,
            look: Look::default(),
        }
    }

    /// Makes ready for the next record.
    pub(super) fn begin(&mut self) {
        self.record += 1;
        self.stack.clear();
    }

    /// Takes note of one stop of a record's tour.
    pub(super) fn see(&mut self, stop: Stop<'_>) {
        match stop {
            Stop::Object | Stop::Array => {
                let place = self.arrive();
                let is_array = matches!(stop, Stop::Array);
                if let Some(at) = place {
                    let place = &mut self.places[at as usize];
                    if is_array { place.arrays += 1 } else { place.objects += 1 }
                }
                self.stack.push(Open { place, member: None, element: is_array.then_some(0) });
            }
            Stop::End => {
                self.stack.pop();
            }
            Stop::Name(name) => {
                let place = self.stack.last().and_then(|open| open.place);
                let member = place.and_then(|at| self.member(at, name));
                if let Some(open) = self.stack.last_mut() {
                    open.member = member;
                }
            }
            Stop::Value(kind, text) => {
                let hash = self.hasher.hash_one(text);
                match self.arrive() {
                    Some(at) => self.value(at, kind, text, hash),
                    None => self.lost += 1,
                }
            }
        }
    }

    fn value(&mut self, at: u32, kind: Kind, text: &str, hash: u64) {
        let place = &mut self.places[at as usize];
        place.evidence.see(kind, text, hash, &mut self.look);
        let field = self.outline.zip(place.listed).and_then(|(outline, listed)| {
            Some(&outline.fields[usize::from(outline.layout.json()?.leaf(listed)?)])
        });
        // Classes that are kept have no form to miss, and prose has none.
        if let Some(field) = field
            && field.class.is_identifier()
            && matches!(kind, Kind::Text { .. } | Kind::Number)
            && !text.trim().is_empty()
        {
            let fits = shape::fits(field.class, &field.extent, text)
                && (kind != Kind::Number || shape::takes_number(field, text));
            place.evidence.misfits += u64::from(!fits);
        }
    }

    /// The place of the value that comes now.
    fn arrive(&mut self) -> Option<u32> {
        let at = match self.stack.last_mut() {
            None => Some(0),
            Some(Open { element: None, member, .. }) => member.take(),
            Some(Open { element: Some(index), place, .. }) => {
                let (at, now) = (*place, *index);
                *index = index.saturating_add(1);
                at.and_then(|at| self.element(at, now))
            }
        }?;
        let place = &mut self.places[at as usize];
        if place.last != self.record {
            place.last = self.record;
            place.records += 1;
        }
        Some(at)
    }

    fn layout(&self, at: u32) -> Option<(&'a Trie, u32)> {
        Some((self.outline?.layout.json()?, self.places[at as usize].listed?))
    }

    fn element(&mut self, at: u32, index: u32) -> Option<u32> {
        let listed = self.layout(at).and_then(|(layout, node)| layout.element(node, index));
        match listed {
            Some((node, true)) => {
                self.child(at, Key::Index(index), || Step::Index(index), Some(node), true)
            }
            listed => {
                let node = listed.map(|(node, _)| node);
                self.child(at, Key::AnyIndex, || Step::AnyIndex, node, false)
            }
        }
    }

    fn member(&mut self, at: u32, name: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(name);
        if let Some(known) = self.index.get(&(at, Key::Name(hash))) {
            return Some(*known);
        }
        let listed = self.layout(at).and_then(|(layout, node)| layout.member(node, name));
        let (node, own) = (listed.map(|(node, _)| node), listed.is_some_and(|(_, own)| own));
        let any = listed.is_some() && !own;
        if !own && (any || self.is_folded(at, name)) {
            let look = &mut self.look;
            let names = self.places[at as usize].names.get_or_insert_default();
            names.see(Kind::Name { escaped: false }, name, hash, look);
            return self.child(at, Key::AnyName, || Step::AnyName, node.filter(|_| any), false);
        }
        self.child(at, Key::Name(hash), || Step::Name(Phi::new(name.to_string())), node, own)
    }

    /// Whether a name that is not kept yet is to be one of any names.
    fn is_folded(&mut self, at: u32, name: &str) -> bool {
        let is_map = self.places[at as usize].is_map;
        let words = name_words(name);
        if is_map && !is_vocabulary(&words) {
            return true;
        }
        match judge(name, &words, &mut |text| self.look.seen(text)) {
            Judged::Data if !is_map => {
                // Its neighbours are names of the same map, unless they are plainly words.
                self.fold(at, |name| !is_vocabulary(&name_words(name)));
                return true;
            }
            Judged::Data | Judged::Doubt => return true,
            Judged::Plain | Judged::Name if is_map => return false,
            Judged::Plain | Judged::Name => {}
        }
        let kept = self.kept(at);
        if kept >= SCAN_NAMES_MAX
            || kept >= MAP_NAMES_MIN && kept.is_power_of_two() && self.is_map(at)
        {
            self.fold(at, |_| true);
            return true;
        }
        false
    }

    /// Members that are kept apart and that no schema lists.
    fn kept(&self, at: u32) -> usize {
        let own = |child: &&u32| {
            let child = &self.places[**child as usize];
            matches!(child.step, Step::Name(_)) && !child.own
        };
        self.places[at as usize].children.iter().filter(own).count()
    }

    /// Many names, each in few of the objects.
    fn is_map(&self, at: u32) -> bool {
        let place = &self.places[at as usize];
        let (mut names, mut records) = (0, 0);
        for child in &place.children {
            let child = &self.places[*child as usize];
            if matches!(child.step, Step::Name(_)) && !child.own {
                names += 1;
                records += child.records;
            }
        }
        names >= MAP_NAMES_MIN
            && (records as f64) < MAP_SHARE_MAX * names as f64 * place.records as f64
    }

    /// Folds every object that is a map, when all records were seen.
    pub(super) fn fold_maps(&mut self) {
        for at in 0..self.places.len() as u32 {
            if self.is_map(at) {
                self.fold(at, |_| true);
            }
        }
    }

    /// Makes one place of the members that `which` picks by their names.
    fn fold(&mut self, at: u32, which: impl Fn(&str) -> bool) {
        let place = &mut self.places[at as usize];
        place.is_map = true;
        place.names.get_or_insert_default();
        let children = std::mem::take(&mut self.places[at as usize].children);
        let (mut stay, mut go) = (Vec::new(), Vec::new());
        for child in children {
            let place = &self.places[child as usize];
            let picked = match &place.step {
                Step::Name(name) => !place.own && which(name.expose()),
                _ => false,
            };
            if picked { go.push(child) } else { stay.push(child) }
        }
        self.places[at as usize].children = stay;
        for child in go {
            self.fold_one(at, child);
        }
    }

    fn fold_one(&mut self, at: u32, child: u32) {
        let step = std::mem::replace(&mut self.places[child as usize].step, Step::AnyName);
        if let Step::Name(name) = &step {
            let hash = self.hasher.hash_one(name.expose());
            self.index.remove(&(at, Key::Name(hash)));
            let look = &mut self.look;
            let names = self.places[at as usize].names.get_or_insert_default();
            names.see(Kind::Name { escaped: false }, name.expose(), hash, look);
        }
        match self.index.get(&(at, Key::AnyName)) {
            Some(any) => self.merge(*any, child),
            None => {
                self.index.insert((at, Key::AnyName), child);
                self.places[at as usize].children.push(child);
            }
        }
    }

    /// Puts the place `from`, with all below it, to `into`. Depth is that of records, so bounded.
    fn merge(&mut self, into: u32, from: u32) {
        let empty = Place::new(Step::AnyName, None, false);
        let from_place = std::mem::replace(&mut self.places[from as usize], empty);
        let place = &mut self.places[into as usize];
        place.records += from_place.records;
        place.last = place.last.max(from_place.last);
        place.is_map |= from_place.is_map;
        place.objects += from_place.objects;
        place.arrays += from_place.arrays;
        place.evidence.merge(&from_place.evidence);
        if let Some(names) = &from_place.names {
            place.names.get_or_insert_default().merge(names);
        }
        for child in from_place.children {
            let key = match &self.places[child as usize].step {
                Step::Name(name) => Key::Name(self.hasher.hash_one(name.expose())),
                Step::Index(index) => Key::Index(*index),
                Step::AnyIndex => Key::AnyIndex,
                Step::AnyName | Step::Root => Key::AnyName,
            };
            self.index.remove(&(from, key));
            match self.index.get(&(into, key)) {
                Some(known) => self.merge(*known, child),
                None => {
                    self.index.insert((into, key), child);
                    self.places[into as usize].children.push(child);
                }
            }
        }
    }

    fn child(
        &mut self,
        at: u32,
        key: Key,
        step: impl FnOnce() -> Step,
        listed: Option<u32>,
        own: bool,
    ) -> Option<u32> {
        if let Some(known) = self.index.get(&(at, key)) {
            return Some(*known);
        }
        // What the schema lists is there whatever the bound: a schema is of a person's size.
        if self.places.len() >= SCAN_PLACES_MAX && !own {
            return None;
        }
        let new = self.places.len() as u32;
        self.places.push(Place::new(step(), listed, own));
        self.index.insert((at, key), new);
        self.places[at as usize].children.push(new);
        Some(new)
    }
}

impl Place {
    fn new(step: Step, listed: Option<u32>, own: bool) -> Place {
        Place {
            step,
            children: Vec::new(),
            listed,
            own,
            records: 0,
            last: 0,
            objects: 0,
            arrays: 0,
            evidence: Evidence::default(),
            is_map: false,
            names: None,
        }
    }
}

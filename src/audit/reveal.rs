//! The way back from token to value, and the ways that are as good as it. Each is written down
//! before it is gone.

use super::log::{Entry, Log};
use crate::keys::{Coded, KeySnapshot, Keyring, Need, Scope, SubjectStore};
use crate::phi::{CLASSES, Class, Code, Day, Extent, Phi, Ymd, canonical, plain_token};
use crate::transform::{Context, Outcome, PhiColumn, Rule, apply, decrypt};
use std::collections::BTreeMap;

/// Who asks, for what, and why.
#[derive(Debug)]
pub struct Request<'a> {
    /// When, RFC 3339, UTC.
    pub time: &'a str,
    /// Who: `uid:1000`.
    pub actor: &'a str,
    /// Why, in the actor's words. Taking tokens back needs one.
    pub reason: &'a str,
    /// What the values are.
    pub class: Class,
    /// What the site's numbers look like, as in the schema.
    pub extent: &'a Extent,
    /// Whose tokens they are.
    pub whose: Whose<'a>,
    /// The kernel of tokens that stand bare: `fpe`, `permute` or `assign`.
    pub bare: Rule,
    /// Where secrets and codes are, for scope `subject` and for assigned codes.
    pub store: Option<&'a SubjectStore>,
}

/// The scope of tokens, with what it takes to name it.
#[derive(Clone, Copy)]
pub enum Whose<'a> {
    /// `join`.
    Join,
    /// `destination`, by its name.
    Destination(&'a str),
    /// `subject`: the canonical id of the subject of each row.
    Subject(&'a [&'a str]),
}

impl std::fmt::Debug for Whose<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.scope().name())
    }
}

impl Whose<'_> {
    fn scope(&self) -> Scope {
        match self {
            Whose::Join => Scope::Join,
            Whose::Destination(_) => Scope::Destination,
            Whose::Subject(_) => Scope::Subject,
        }
    }
}

impl<'a> Request<'a> {
    fn destination(&self) -> Option<&'a str> {
        match self.whose {
            Whose::Destination(name) => Some(name),
            _ => None,
        }
    }
}

/// A value behind a token (or a token of a value), or why there is none.
pub type Revealed = Result<Phi<String>, Code>;

/// Takes tokens back to their canonical values. A token of FF1 says nothing of its key version:
/// `version` says it. A token of AES-SIV names its own.
pub fn reveal(
    log: &Log,
    keys: &Keyring,
    request: &Request<'_>,
    version: u32,
    tokens: &[&str],
) -> Result<Vec<Revealed>, Code> {
    needs_reason(request)?;
    let plain: Vec<_> = tokens.iter().map(|token| plain_token(token)).collect();
    let tokens = &plain.iter().map(|token| &**token).collect::<Vec<_>>();
    let named = needed(request, version, tokens);
    write(log, keys, request, "token.decrypt", named, tokens.len())?;
    open(keys, request, version, tokens)
}

/// Makes tokens of one version into those of another.
pub fn retokenize(
    log: &Log,
    keys: &Keyring,
    request: &Request<'_>,
    (from, to): (u32, u32),
    tokens: &[&str],
) -> Result<Vec<Revealed>, Code> {
    needs_reason(request)?;
    if request.bare == Rule::Assign {
        // A code is of no key version: there is nothing to carry over.
        return Err(Code::KernelMisfit);
    }
    let plain: Vec<_> = tokens.iter().map(|token| plain_token(token)).collect();
    let tokens = &plain.iter().map(|token| &**token).collect::<Vec<_>>();
    let named = needed(request, from, tokens);
    write(log, keys, request, "token.retokenize", named, tokens.len())?;
    let mut out = open(keys, request, from, tokens)?;
    let mut values = Vec::with_capacity(tokens.len());
    for (row, place) in out.iter_mut().enumerate() {
        if let Ok(value) = place {
            let value = Phi::new(std::mem::take(value.expose_mut()));
            values.push((row, rule_of(request, tokens[row]), value));
        }
    }
    make(keys, request, to, values, &mut out)?;
    Ok(out)
}

/// Makes tokens of values that the caller knows. It is written down too: whoever may ask for any
/// token can find out by trying whose a token is.
pub fn tokenize(
    log: &Log,
    keys: &Keyring,
    request: &Request<'_>,
    version: u32,
    rule: Rule,
    values: &[&str],
) -> Result<Vec<Revealed>, Code> {
    // A code is of no key version.
    let named = (rule != Rule::Assign).then_some(version);
    write(log, keys, request, "token.encrypt", named, values.len())?;
    let mut out: Vec<Revealed> = values.iter().map(|_| Err(Code::TokenUnknown)).collect();
    let mut canons = Vec::with_capacity(values.len());
    for (row, value) in values.iter().enumerate() {
        let mut canon = Phi::new(String::new());
        match canonical(request.class, request.extent, value, canon.expose_mut()) {
            Ok(()) => canons.push((row, rule, canon)),
            Err(code) => out[row] = Err(code),
        }
    }
    if rule == Rule::Assign {
        return assigned(request, &canons, out);
    }
    make(keys, request, version, canons, &mut out)?;
    Ok(out)
}

/// The codes that values have already: nobody mints one by asking.
fn assigned(
    request: &Request<'_>,
    canons: &[(usize, Rule, Phi<String>)],
    mut out: Vec<Revealed>,
) -> Result<Vec<Revealed>, Code> {
    let (class, destination) = (request.class, request.destination());
    let coded = |value| Coded { class, destination, value, subject: "" };
    let values: Vec<_> = canons.iter().map(|(_, _, canon)| coded(canon.expose())).collect();
    let codes = request.store.ok_or(Code::Internal)?.assigned(&values)?;
    for ((row, ..), code) in canons.iter().zip(codes) {
        out[*row] = code.map(Phi::new);
    }
    Ok(out)
}

fn needs_reason(request: &Request<'_>) -> Result<(), Code> {
    if request.reason.trim().is_empty() { Err(Code::NoReason) } else { Ok(()) }
}

/// The version, where a token needs to be told it: one in brackets names its own, and a code is of
/// none.
fn needed(request: &Request<'_>, version: u32, tokens: &[&str]) -> Option<u32> {
    let bare = tokens.iter().any(|token| rule_of(request, token) != Rule::Siv);
    (bare && request.bare != Rule::Assign).then_some(version)
}

fn write(
    log: &Log,
    keys: &Keyring,
    request: &Request<'_>,
    act: &str,
    version: Option<u32>,
    count: usize,
) -> Result<(), Code> {
    let reason = request.reason.trim();
    log.append(Entry {
        time: request.time.into(),
        actor: request.actor.into(),
        act: act.into(),
        tenant: keys.tenant().into(),
        class: Some(request.class.name().into()),
        version,
        count: Some(count as u64),
        scope: Some(request.whose.scope().name().into()),
        reason: (!reason.is_empty()).then(|| reason.to_string()),
        ..Entry::default()
    })
}

/// Tokens of AES-SIV stand in brackets; no other does.
fn rule_of(request: &Request<'_>, token: &str) -> Rule {
    if token.starts_with('[') { Rule::Siv } else { request.bare }
}

/// The class and the key version that a token in brackets names.
fn inline(token: &str) -> Option<(Class, u32)> {
    let (tag, rest) = token.strip_prefix('[')?.split_once("~v")?;
    let version = rest.split_once(':')?.0.parse().ok()?;
    CLASSES.iter().find(|entry| entry.tag == tag).map(|entry| (entry.class, version))
}

/// Rows that go through one kernel under one key version, all at once; of one subject, where that
/// is the scope.
type Groups<'a> = BTreeMap<(Rule, u32, &'a str), Vec<(usize, Phi<String>)>>;

/// The subject of a row, where that is the scope.
fn subject_of<'a>(request: &Request<'a>, row: usize) -> &'a str {
    match request.whose {
        Whose::Subject(subjects) => subjects.get(row).copied().unwrap_or(""),
        _ => "",
    }
}

/// The cipher of one group.
fn cipher(
    keys: &Keyring,
    request: &Request<'_>,
    (rule, version, subject): (Rule, u32, &str),
) -> Result<KeySnapshot, Code> {
    let purpose = rule.purpose().ok_or(Code::KernelMisfit)?;
    let destination = request.destination().map(str::to_string);
    let (class, scope) = (request.class, request.whose.scope());
    let keys = keys.snapshot_of(version, &[Need { purpose, class, scope, destination }])?;
    match (request.whose, request.store) {
        (Whose::Subject(_), None) => Err(Code::Internal),
        (Whose::Subject(_), Some(store)) => {
            keys.of_subject(purpose, class, &store.get(&[subject])?.remove(0)?)
        }
        _ => Ok(keys),
    }
}

/// Runs `kernel` once a group, and puts each row's outcome in its place.
fn each_group(
    keys: &Keyring,
    request: &Request<'_>,
    groups: Groups<'_>,
    out: &mut [Revealed],
    kernel: impl Fn(Rule, &PhiColumn, &KeySnapshot) -> Result<Outcome, Code>,
) -> Result<(), Code> {
    for (group, rows) in groups {
        let keys = match cipher(keys, request, group) {
            Ok(keys) => keys,
            // The version is not in use, or the person was shredded: these stay closed, the
            // others open.
            Err(code @ (Code::KeyStatus | Code::SubjectShredded | Code::TokenUnknown)) => {
                rows.iter().for_each(|(row, _)| out[*row] = Err(code));
                continue;
            }
            Err(code) => return Err(code),
        };
        let column = PhiColumn::from_values(rows.iter().map(|(_, text)| text.expose().as_str()));
        let outcome = kernel(group.0, &column, &keys)?;
        let mut refused = outcome.refused.iter().peekable();
        for (at, (row, _)) in rows.iter().enumerate() {
            out[*row] = match refused.next_if(|(refused, _)| *refused as usize == at) {
                Some((_, code)) => Err(*code),
                None => {
                    let value = outcome.values.value(at).ok_or(Code::Internal)?;
                    Ok(Phi::new(value.to_string()))
                }
            };
        }
    }
    Ok(())
}

fn open(
    keys: &Keyring,
    request: &Request<'_>,
    version: u32,
    tokens: &[&str],
) -> Result<Vec<Revealed>, Code> {
    let class = request.class;
    if request.bare == Rule::Assign {
        let store = request.store.ok_or(Code::Internal)?;
        return store.values_behind(class, request.destination(), tokens);
    }
    let shape = request.extent.shape().map(AsRef::as_ref);
    let mut out: Vec<Revealed> = tokens.iter().map(|_| Err(Code::TokenUnknown)).collect();
    let mut groups = Groups::new();
    for (row, token) in tokens.iter().enumerate() {
        let rule = rule_of(request, token);
        let mut canon = Phi::new(String::new());
        let version = match (rule, inline(token)) {
            (Rule::Siv, Some((named, version))) if named == class => {
                canon.expose_mut().push_str(token);
                version
            }
            (Rule::Siv, _) => continue,
            _ if !rule.takes(class) => continue,
            _ => {
                if let Err(code) = canonical(class, request.extent, token, canon.expose_mut()) {
                    out[row] = Err(code);
                    continue;
                }
                version
            }
        };
        groups.entry((rule, version, subject_of(request, row))).or_default().push((row, canon));
    }
    each_group(keys, request, groups, &mut out, |rule, column, keys| {
        decrypt(class, rule, shape, request.whose.scope(), column, keys)
    })?;
    Ok(out)
}

fn make(
    keys: &Keyring,
    request: &Request<'_>,
    version: u32,
    values: Vec<(usize, Rule, Phi<String>)>,
    out: &mut [Revealed],
) -> Result<(), Code> {
    let class = request.class;
    let shape = request.extent.shape().map(AsRef::as_ref);
    let mut groups = Groups::new();
    for (row, rule, value) in values {
        if !matches!(rule, Rule::Fpe | Rule::Permute | Rule::Siv) || !rule.takes(class) {
            return Err(Code::KernelMisfit);
        }
        groups.entry((rule, version, subject_of(request, row))).or_default().push((row, value));
    }
    let none = PhiColumn::from_values([].into_iter());
    // These kernels ask for no day.
    let as_of = Day(Ymd::new(1970, 1, 1).ok_or(Code::Internal)?);
    each_group(keys, request, groups, out, |rule, column, keys| {
        apply(
            class,
            rule,
            column,
            &Context { keys, as_of, subjects: &none, shape, scope: request.whose.scope() },
        )
    })
}

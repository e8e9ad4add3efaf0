//! Overlaps: a finding inside another one gives way, since it would leave a rest in the clear; of equal
//! spans, the layer that knows more wins; of two that overlap in part, the later one keeps its rest.

use super::pattern::HL7_NAME;
use super::{Finding, trimmed};
use crate::phi::{Class, Form, Span};

pub(super) fn merge(text: &str, findings: &mut Vec<Finding>) {
    let length = |f: &Finding| f.span.end - f.span.start;
    findings.sort_by_key(|f| (f.span.start, std::cmp::Reverse(length(f)), f.layer));
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for &finding in findings.iter() {
        let Some(last) = kept.last_mut() else {
            kept.push(finding);
            continue;
        };
        if finding.span.start >= last.span.end {
            kept.push(finding);
        } else if finding.span.end > last.span.end {
            // A partial overlap: what the later one has beyond the earlier stands alone, or, when
            // nothing but separators is left of it, it is covered already.
            let rest = Span { start: last.span.end, end: finding.span.end };
            if text[rest.range()].chars().any(char::is_alphanumeric) {
                kept.push(Finding { span: rest, known: None, ..finding });
            }
        } else if finding.span == last.span && finding.layer < last.layer {
            *last = finding;
        } else if finding.span.start >= last.span.start && is_number_of(text, &finding, last) {
            *last = Finding { span: last.span, ..finding };
        } else if finding.span.start >= last.span.start && is_value_inside(text, &finding, last) {
            let outer = *last;
            kept.pop();
            let front = Span { start: outer.span.start, end: finding.span.start };
            let back = Span { start: finding.span.end, end: outer.span.end };
            kept.extend(trimmed(text, front).map(|span| Finding { span, ..outer }));
            kept.push(finding);
            kept.extend(trimmed(text, back).map(|span| Finding { span, ..outer }));
        }
    }
    *findings = kept;
}

/// A number of the record with nothing but letters beside it in what a label makes a number: `MRN A4401696`.
fn is_number_of(text: &str, finding: &Finding, outer: &Finding) -> bool {
    let front = outer.span.start as usize..finding.span.start as usize;
    let back = finding.span.end as usize..outer.span.end as usize;
    finding.known.is_some()
        && finding.class.form() == Form::Record
        && outer.known.is_none()
        && outer.class.form() == Form::Record
        && !text[front].contains(|c: char| c.is_numeric())
        && !text[back].contains(|c: char| c.is_numeric())
}

/// A number of the record inside what looks like a longer telephone number, or its name inside what looks like a
/// longer one of HL7 (`Re SMITH^JANE`): it keeps its token, and what is beside it stays found.
fn is_value_inside(text: &str, finding: &Finding, outer: &Finding) -> bool {
    let number = finding.class.form() == Form::Record && outer.class == Class::Phone;
    let name = finding.class.form() == Form::Name
        && outer.rule == HL7_NAME
        && text[finding.span.range()].contains('^');
    finding.known.is_some() && outer.known.is_none() && (number || name)
}

/// Adds what the tagger found to what rules found. Where both found one thing, the rule says what it
/// is, and the span is that of both; where they found different things, the tagger keeps what is left.
pub(super) fn add(text: &str, tagged: &mut [Finding], rules: &mut Vec<Finding>) {
    tagged.sort_by_key(|f| (f.span.start, std::cmp::Reverse(f.span.end)));
    let mut at = 0;
    let count = rules.len();
    let mut left = Vec::new();
    for &finding in tagged.iter() {
        while at < count && rules[at].span.end <= finding.span.start {
            at += 1;
        }
        let mut start = finding.span.start;
        let mut next = at;
        let mut taken = false;
        while next < count && rules[next].span.start < finding.span.end {
            let rule = &mut rules[next];
            let behind = left.last().map_or(0, |last: &Finding| last.span.end);
            if rule.known.is_none() && is_one(rule.class, finding.class) && !taken {
                rule.span.start = rule.span.start.min(start.max(behind));
                taken = true;
            } else if start < rule.span.start {
                left.push(Finding { span: Span { start, end: rule.span.start }, ..finding });
            }
            start = start.max(rule.span.end);
            next += 1;
        }
        if start < finding.span.end {
            let rest = Span { start, end: finding.span.end };
            match next.checked_sub(1).filter(|_| taken && next > at) {
                Some(last)
                    if is_one(rules[last].class, finding.class) && rules[last].known.is_none() =>
                {
                    rules[last].span.end = rest.end;
                }
                _ => left.push(Finding { span: rest, ..finding }),
            }
        }
    }
    left.retain_mut(|finding| {
        let inside = trimmed(text, finding.span);
        finding.span = inside.unwrap_or(finding.span);
        inside.is_some()
    });
    rules.extend(left);
    merge(text, rules);
}

/// Whether two layers may mean one thing by their classes.
fn is_one(rule: Class, tagged: Class) -> bool {
    match tagged {
        Class::Date => matches!(rule, Class::Date | Class::BirthDate | Class::DeathDate),
        Class::UniqueId => {
            let number = rule.entry().letter.is_some_and(|letter| ('G'..='M').contains(&letter));
            number || matches!(rule, Class::UniqueId | Class::Claim | Class::Npi)
        }
        tagged => rule == tagged,
    }
}

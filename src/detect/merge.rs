//! Overlaps: the longer finding wins, since a shorter one inside it would leave a rest in the
//! clear; of equal spans, the layer that knows more wins.

use super::Finding;
use crate::phi::Span;

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
        }
    }
    *findings = kept;
}

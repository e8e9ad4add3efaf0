//! W3C trace context in record headers. A `traceparent` is 55 bytes of a fixed form, and what is not of that
//! form is none. `tracestate` and `baggage` are free text: they are not read, and never leave.

use opentelemetry::trace::{SpanContext, SpanId, TraceFlags, TraceId, TraceState};
use rdkafka::message::{Headers, OwnedHeaders};

/// The header that has it.
pub(in crate::stream) const HEADER: &str = "traceparent";

/// The trace's id is random, at least its last seven bytes.
const RANDOM: TraceFlags = TraceFlags::new(0x02);

/// Whether a header is of trace context: no pipeline's list of headers lets it out as it came.
pub(in crate::stream) fn is_of_context(name: &str) -> bool {
    [HEADER, "tracestate", "baggage"].iter().any(|of| name.eq_ignore_ascii_case(of))
}

/// The context that a record came with. Two are none: nobody knows which one holds.
pub(super) fn of(headers: Option<&OwnedHeaders>) -> Option<SpanContext> {
    let mut found = headers?.iter().filter(|header| header.key == HEADER);
    let first = found.next()?;
    if found.next().is_some() {
        return None;
    }
    parse(first.value?)
}

/// Two digits of version, 32 of trace, 16 of span, two of flags; lower-case, with `-` between. Of a later
/// version what comes behind is left.
fn parse(value: &[u8]) -> Option<SpanContext> {
    let hex = |from: usize, to: usize| {
        let part = value.get(from..to)?;
        let lower = part.iter().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        std::str::from_utf8(part).ok().filter(|_| lower)
    };
    let (version, trace, span, flags) = (hex(0, 2)?, hex(3, 35)?, hex(36, 52)?, hex(53, 55)?);
    let dashes = [2, 35, 52].iter().all(|at| value[*at] == b'-');
    let ends = match version {
        "ff" => false,
        "00" => value.len() == 55,
        _ => value.len() == 55 || value[55] == b'-',
    };
    if !dashes || !ends {
        return None;
    }
    // Two flags are known: that the trace is kept, and that its id is random. What the second one is in a later
    // version nobody has said yet.
    let known = if version == "00" { TraceFlags::SAMPLED | RANDOM } else { TraceFlags::SAMPLED };
    let flags = TraceFlags::new(u8::from_str_radix(flags, 16).ok()?) & known;
    let (trace, span) = (TraceId::from_hex(trace).ok()?, SpanId::from_hex(span).ok()?);
    let context = SpanContext::new(trace, span, flags, true, TraceState::NONE);
    context.is_valid().then_some(context)
}

/// The header's value for a span.
pub(super) fn format(context: &SpanContext) -> String {
    let (trace, span, flags) = (context.trace_id(), context.span_id(), context.trace_flags());
    format!("00-{trace}-{span}-{:02x}", flags.to_u8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rdkafka::message::Header;

    const GOOD: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn what_is_of_the_form_goes_there_and_back() {
        for flags in ["00", "01", "02", "03"] {
            let value = format!("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-{flags}");
            let context = parse(value.as_bytes()).expect("a context");
            assert_eq!((format(&context), context.is_remote()), (value, true));
        }
        // Flags that are not known are not repeated.
        let unknown = GOOD.replace("-01", "-fd");
        assert_eq!(format(&parse(unknown.as_bytes()).expect("a context")), GOOD);
        // A later version is read as far as it is known, and goes out as this one.
        let later = "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff-what-comes";
        assert_eq!(format(&parse(later.as_bytes()).expect("a context")), GOOD);
    }

    #[test]
    fn what_is_not_of_the_form_is_none() {
        for bad in [
            "",
            "00",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 ",
            " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
            "00-John Smith, MRN 00482915, 03/04/1961-00f067aa0ba902b7-01",
            "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01John",
            "00-4bf92f3577b34da6a3ce929d0e0e473\u{e9}-00f067aa0ba902b7-01",
        ] {
            assert!(parse(bad.as_bytes()).is_none(), "{bad}");
        }
        assert!(parse(&[0xff; 55]).is_none());
    }

    #[test]
    fn a_record_has_one_or_none() {
        let with = |values: &[&str]| {
            values.iter().fold(OwnedHeaders::new(), |headers, value| {
                headers.insert(Header { key: HEADER, value: Some(*value) })
            })
        };
        assert!(of(Some(&with(&[GOOD]))).is_some());
        assert!(of(Some(&with(&[GOOD, GOOD]))).is_none());
        assert!(of(Some(&with(&[]))).is_none() && of(None).is_none());
        assert!(["traceparent", "Tracestate", "BAGGAGE"].iter().all(|name| is_of_context(name)));
        assert!(!is_of_context("content-type"));
    }
}

//! R10: one record in a hundred is poison, of twenty-five kinds in turn. Each must be in quarantine
//! with a code and a pointer, and none may hold the others up.

use super::Bench;
use super::feed::{Line as Fed, Maker};
use super::r1::INSTANCES;
use super::report::Line;
use super::stage::Stage;
use std::sync::Arc;
use std::time::{Duration, Instant};
use weir_synth::Generator;

/// With poison in it the pipeline may not stand still for longer.
const STALL: Duration = Duration::from_secs(60);
/// Room for the huge ones.
const HUGE: usize = 17 * 1024 * 1024;

/// Turns in which there are any: four of them.
const HUGE_TURNS: u64 = 100;

/// What is done to a note's key and value.
type Spoil = fn(&mut Vec<u8>, &mut Vec<u8>);

/// A kind of poison, and the code that refuses it.
static KINDS: [(&str, &str, Spoil); 25] = [
    ("cut off in a string", "W0202", |_, value| value.truncate(200)),
    ("cut off after a comma", "W0202", |_, value| {
        let at = value.iter().rposition(|&b| b == b',').unwrap_or(0);
        value.truncate(at + 1);
    }),
    ("an empty value", "W0202", |_, value| value.clear()),
    ("blanks alone", "W0202", |_, value| *value = b"   ".to_vec()),
    ("an unlisted member", "W0207", |_, value| insert(value, r#""maiden_name":"Canaryman","#)),
    ("an unlisted member with an empty name", "W0207", |_, value| {
        insert(value, r#""":"Canaryman","#)
    }),
    ("a member twice", "W0203", |_, value| insert(value, r#""type":"Canaryman","#)),
    ("a member twice, once in escapes", "W0203", |_, value| {
        insert(value, r#""\u0074ype":"Canaryman","#);
    }),
    ("true for a record number", "W0208", |_, value| {
        let at = value.windows(7).position(|w| w == b"\"mrn\":\"").map_or(0, |at| at + 6);
        value.splice(at..at + 12, *b"true");
    }),
    ("an object for a value", "W0206", |_, value| swap(value, r#""text":"#, r#""text":{},"was":"#)),
    ("a value for an object", "W0206", |_, value| {
        swap(value, r#""visit":{"#, r#""visit":1,"was":{"#)
    }),
    ("an array at the top", "W0206", |_, value| {
        value.insert(0, b'[');
        value.push(b']');
    }),
    ("nested deep in an unlisted member", "W0207", |_, value| {
        let deep = format!("\"deep\":{}1{},", "[".repeat(70), "]".repeat(70));
        insert(value, &deep);
    }),
    ("ten thousand brackets", "W0206", |_, value| *value = b"[".repeat(10_000)),
    ("longer than a record may be", "W0205", |_, value| {
        insert(value, &format!("\"blob\":\"{}\",", "x".repeat(HUGE)));
    }),
    ("bytes that are no UTF-8", "W0201", |_, value| swap_bytes(value, b"note", b"n\xff\xfee")),
    ("an overlong UTF-8 form", "W0201", |_, value| swap_bytes(value, b"note", b"n\xc0\xafe")),
    ("a lone surrogate", "W0202", |_, value| swap(value, r#""text":""#, r#""text":"\ud800 "#)),
    ("NaN", "W0202", |_, value| swap(value, r#""type":"note""#, r#""type":NaN"#)),
    ("a raw null byte in a string", "W0202", |_, value| swap_bytes(value, b"note", b"n\0te")),
    ("a byte order mark", "W0202", |_, value| {
        value.splice(0..0, *b"\xef\xbb\xbf");
    }),
    ("a second document behind", "W0209", |_, value| value.extend(b" {}")),
    ("a comment", "W0202", |_, value| insert(value, "/* Canaryman */")),
    ("a key that is no record number", "W0217", |key, _| *key = b"Canary man!?".to_vec()),
    ("a key that is longer than its width", "W0217", |key, _| key.extend(b"12345")),
];

pub(crate) fn run(bench: &mut Bench) -> Result<Vec<Line>, String> {
    let records = bench.options.size(25_000, 200_000);
    let fault = "1 % poison of 25 kinds, 3 processes";
    let mut stage = Stage::new(bench, "r10", fault, |text| text)?;
    INSTANCES.iter().try_for_each(|instance| stage.start(instance))?;
    let feed = stage.feed_with(records, bench.options.rate, poisoned(stage.generator()));
    stage.wait_for(1, Duration::from_secs(60))?;
    let began = Instant::now();
    while !feed.is_over() && began.elapsed() < Duration::from_secs(18 * 60) {
        let (base, since) = (stage.control.fresh(Duration::from_secs(5)), Instant::now());
        if !base.is_at_end() && !stage.progress(&base, since, STALL)? {
            break;
        }
        std::thread::sleep(Duration::from_secs(1));
    }
    let fed = feed.join()?;
    stage.was_fed(fed);
    stage.line.times = fed.refused;
    let mut line = stage.finish()?;
    let mut wanted = std::collections::BTreeMap::<_, u64>::new();
    for turn in 0..fed.refused {
        *wanted.entry(kind(turn).1).or_default() += 1;
    }
    for (code, wanted) in wanted {
        let found = line.figure(&format!("code {code}")).unwrap_or(0);
        if found != wanted {
            line.problems.push(format!("{code}: {found} refusals, and {wanted} are right"));
        }
    }
    Ok(vec![line])
}

/// Kinds take turns. The huge one takes a few only: the checker looks at each of its bytes in twelve
/// encodings.
fn kind(turn: u64) -> &'static (&'static str, &'static str, Spoil) {
    let kind = &KINDS[turn as usize % KINDS.len()];
    if kind.1 == "W0205" && turn > HUGE_TURNS { &KINDS[0] } else { kind }
}

/// Notes, and every hundredth of them spoilt.
fn poisoned(generator: Arc<Generator>) -> Maker {
    Arc::new(move |n| {
        let note = generator.note(n);
        let (mut key, mut value) = (note.key.into_bytes(), note.value.into_bytes());
        let refused = n % 100 == 50;
        if refused {
            (kind(n / 100).2)(&mut key, &mut value);
        }
        Fed { key, value: Some(value), refused }
    })
}

/// Puts a member in front.
fn insert(value: &mut Vec<u8>, member: &str) {
    value.splice(1..1, member.bytes());
}

fn swap(value: &mut Vec<u8>, from: &str, to: &str) {
    swap_bytes(value, from.as_bytes(), to.as_bytes());
}

/// Replaces the first place.
fn swap_bytes(value: &mut Vec<u8>, from: &[u8], to: &[u8]) {
    if let Some(at) = value.windows(from.len()).position(|window| window == from) {
        value.splice(at..at + from.len(), to.iter().copied());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_spoils_the_note() {
        let note = Generator::new(1, 5).note(3);
        for (name, _, spoil) in KINDS {
            let (mut key, mut value) =
                (note.key.clone().into_bytes(), note.value.clone().into_bytes());
            spoil(&mut key, &mut value);
            assert!(key != note.key.as_bytes() || value != note.value.as_bytes(), "{name}");
        }
        let make = poisoned(Arc::new(Generator::new(1, 5)));
        assert_eq!((0..5_000).filter(|&n| make(n).refused).count(), 50);
    }
}

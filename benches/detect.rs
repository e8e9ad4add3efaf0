//! Goal P4: identifiers in free text, in bytes a second on one core: by rules alone, and by every layer;
//! and what a byte costs in a text a hundred times as long. Rates and ratios count, not times.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use weir::detect::{Aim, Known, Prose, detect};
use weir_synth::Generator;

/// Notes of synthetic patients, one behind the other, of about this many bytes.
fn notes(bytes: usize) -> String {
    let patients = Generator::new(1, 500);
    let mut out = String::new();
    for n in 0.. {
        if out.len() >= bytes {
            break;
        }
        let record: serde_json::Value =
            serde_json::from_str(&patients.note(n).value).expect("the generator writes JSON");
        out.push_str(record["note"]["text"].as_str().expect("prose"));
        out.push('\n');
    }
    out
}

fn throughput(c: &mut Criterion) {
    for (name, bytes) in [("2 kB", 2_000), ("100 kB", 100_000), ("10 MB", 10_000_000)] {
        let text = notes(bytes);
        let mut group = c.benchmark_group(format!("detect in {name}"));
        group.sample_size(10).throughput(Throughput::Bytes(text.len() as u64));
        let (known, mut prose, mut out) = (Known::default(), Prose::default(), Vec::new());
        for (name, aim) in [("rules", Aim::Rules), ("every layer", Aim::Balanced)] {
            group.bench_function(name, |b| {
                b.iter(|| detect(black_box(&text), &known, aim, &mut prose, &mut out));
            });
        }
        group.bench_function("reference: words counted", |b| {
            b.iter(|| black_box(&text).split_whitespace().count());
        });
        group.finish();
    }
}

/// Texts that are made to cost more: each beside prose of the same length.
fn hostile(c: &mut Criterion) {
    let repeat = |piece: &str, bytes: usize| piece.repeat(bytes / piece.len());
    let (one, ten) = (1_000_000, 10_000_000);
    let near = "123-45-678 ";
    let groups = [
        (
            "detect in 1 MB, every layer",
            vec![
                ("reference: notes", notes(one)),
                ("digits", repeat("1234567890", one)),
                ("near matches", repeat(near, one)),
                ("labels", repeat("mrn: account no. ", one)),
                ("entities", repeat("&#49;&amp;", one)),
                ("entities of entities", repeat("&amp;amp;#49;", one)),
                ("capitals", repeat("Smith Jones ", one)),
            ],
        ),
        (
            "detect in 10 MB, every layer, hostile",
            vec![("reference: notes", notes(ten)), ("near matches", repeat(near, ten))],
        ),
    ];
    for (name, texts) in groups {
        let mut group = c.benchmark_group(name);
        group.sample_size(10);
        for (name, text) in texts {
            group.throughput(Throughput::Bytes(text.len() as u64));
            let (known, mut prose, mut out) = (Known::default(), Prose::default(), Vec::new());
            group.bench_function(name, |b| {
                b.iter(|| detect(black_box(&text), &known, Aim::Balanced, &mut prose, &mut out));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, throughput, hostile);
criterion_main!(benches);

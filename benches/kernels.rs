//! Goal P1: FF1 with AES-256 in batches, beside the `fpe` crate and beside AES alone (the floor: ten
//! pipelined blocks a value). The table at the end is the report; the ratios count, not the times.

use aes::Aes256;
use aes::cipher::{Block, BlockCipherEncrypt, KeyInit};
use criterion::{Criterion, Throughput, criterion_group};
use fpe::ff1::{FF1, FlexibleNumeralString};
use std::hint::black_box;
use std::time::{Duration, Instant};
use weir::keys::{Halves, KeySnapshot, Keyring, Need, Purpose, Scope, Way};
use weir::phi::{Class, Day, Ymd};
use weir::transform::{Context, IDENTIFIERS, IdentifierEntry, PhiColumn, Rule, apply};

/// Values in a batch.
const VALUES: usize = 8_192;
const KEY: [u8; 32] = [7; 32];

/// Radix, length, and what has it.
const CASES: &[(u32, usize, &str)] = &[
    (10, 9, "9 digits (SSN, record numbers)"),
    (10, 10, "10 digits"),
    (10, 19, "19 digits"),
    (36, 16, "16 of radix 36"),
    (62, 30, "30 of radix 62"),
];

fn snapshot(class: Class) -> KeySnapshot {
    Keyring::for_tests("bench").snapshot(&[Need::join(Purpose::Fpe, class)]).expect("keys")
}

/// Values spread over a domain, the same in every run.
fn halves(radix: u32, len: usize) -> Vec<Halves> {
    let power = |n: usize| u128::from(radix).pow(n as u32);
    (0..VALUES as u128)
        .map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835))
        .map(|n| Halves { a: n % power(len / 2), b: (n >> 7) % power(len - len / 2) })
        .collect()
}

fn numerals(radix: u32, len: usize) -> Vec<FlexibleNumeralString> {
    let one = |n: usize| -> Vec<u16> {
        (0..len).map(|at| ((n * 31 + at * 17) % radix as usize) as u16).collect()
    };
    (0..VALUES / 16).map(|n| FlexibleNumeralString::from(one(n))).collect()
}

/// The best of several passes, in nanoseconds a value.
fn best(values: usize, mut pass: impl FnMut()) -> f64 {
    let mut least = Duration::MAX;
    for _ in 0..15 {
        let start = Instant::now();
        pass();
        least = least.min(start.elapsed());
    }
    least.as_nanos() as f64 / values as f64
}

fn floor() -> f64 {
    let aes = Aes256::new(&KEY.into());
    // A long slice: the `aes` crate is at its quickest on 64 blocks and more.
    let mut blocks = vec![Block::<Aes256>::default(); VALUES];
    best(VALUES, || (0..10).for_each(|_| aes.encrypt_blocks(black_box(&mut blocks))))
}

/// A column of legal values: each is the token of the one before it.
fn values_of(entry: &IdentifierEntry, context: &Context<'_>) -> PhiColumn {
    let mut values = vec![entry.class.entry().example.to_string()];
    // An address's token is longer than the address.
    let longer = matches!(entry.class, Class::Email | Class::Url);
    while values.len() < 64 && !longer {
        let last = PhiColumn::from_values(values.last().map(String::as_str).into_iter());
        let token = apply(entry.class, Rule::Fpe, &last, context).expect("applies");
        values.extend(token.values.value(0).map(str::to_string));
    }
    PhiColumn::from_values((0..VALUES).map(|n| values[n % values.len()].as_str()))
}

/// The table of goal P1.
#[expect(clippy::print_stdout, reason = "a bench's report is its output")]
fn report() {
    let floor = floor();
    let keys = snapshot(Class::Mrn);
    let cipher = keys.fpe(Class::Mrn, Scope::Join).expect("key");
    println!("\nFF1, AES-256, one core, nanoseconds a value (best of 15 passes)\n");
    println!(
        "{:<34} {:>8} {:>8} {:>8} {:>8} {:>10} {:>10}",
        "case", "weir", "single", "fpe", "floor", "fpe/weir", "weir/floor"
    );
    for &(radix, len, name) in CASES {
        let tuned = cipher.tuned(radix, len as u32).expect("fits");
        let mut values = halves(radix, len);
        let lanes = best(VALUES, || cipher.run(&tuned, Way::Encrypt, black_box(&mut values)));
        let single = best(VALUES, || {
            values.iter_mut().for_each(|one| {
                cipher.run(&tuned, Way::Encrypt, black_box(std::slice::from_mut(one)));
            });
        });
        let oracle = FF1::<Aes256>::new(&KEY, radix).expect("radix");
        let plain = numerals(radix, len);
        let fpe = best(plain.len(), || {
            plain
                .iter()
                .for_each(|p| drop(black_box(oracle.encrypt(&[7; 16], p).expect("encrypts"))));
        });
        println!(
            "{name:<34} {lanes:>8.0} {single:>8.0} {fpe:>8.0} {floor:>8.1} {:>9.1}x {:>9.1}x",
            fpe / lanes,
            lanes / floor
        );
    }
    println!("\nkernel `fpe`, a column of canonical values in, a column of tokens out\n");
    println!("{:<34} {:>8} {:>10}", "class", "weir", "weir/floor");
    let none = PhiColumn::from_values([].into_iter());
    for entry in IDENTIFIERS {
        let keys = snapshot(entry.class);
        let context = Context {
            keys: &keys,
            as_of: Day(Ymd::new(2026, 11, 24).expect("a day")),
            subjects: &none,
            shape: None,
            scope: Scope::Join,
        };
        let column = values_of(entry, &context);
        let ns = best(VALUES, || {
            black_box(apply(entry.class, Rule::Fpe, &column, &context).expect("applies"));
        });
        println!("{:<34} {ns:>8.0} {:>9.1}x", entry.class.name(), ns / floor);
    }
    let names = ["smith,jane q", "van der berg,ludwig", "o'brien,zoe ann", "whitaker,ingrid"];
    let class = Class::PersonName;
    let needs = [Purpose::Surrogate, Purpose::Siv].map(|purpose| Need::join(purpose, class));
    let keys = Keyring::for_tests("bench").snapshot(&needs).expect("keys");
    let as_of = Day(Ymd::new(2026, 11, 24).expect("a day"));
    let context = Context { keys: &keys, as_of, subjects: &none, shape: None, scope: Scope::Join };
    let column = PhiColumn::from_values((0..VALUES).map(|n| names[n % names.len()]));
    for rule in [Rule::Surrogate, Rule::Siv] {
        let ns = best(VALUES, || {
            black_box(apply(class, rule, &column, &context).expect("applies"));
        });
        println!(
            "{:<34} {ns:>8.0} {:>9.1}x",
            format!("a name by {}", rule.kernel().name),
            ns / floor
        );
    }
}

fn ff1(c: &mut Criterion) {
    let keys = snapshot(Class::Mrn);
    let cipher = keys.fpe(Class::Mrn, Scope::Join).expect("key");
    let mut group = c.benchmark_group("FF1 AES-256, 9 digits, 8192 values");
    group.throughput(Throughput::Elements(VALUES as u64));
    let tuned = cipher.tuned(10, 9).expect("fits");
    for (name, way) in [("weir, encrypt", Way::Encrypt), ("weir, decrypt", Way::Decrypt)] {
        let mut values = halves(10, 9);
        group.bench_function(name, |b| b.iter(|| cipher.run(&tuned, way, black_box(&mut values))));
    }
    let aes = Aes256::new(&KEY.into());
    let mut blocks = vec![Block::<Aes256>::default(); VALUES];
    group.bench_function("floor: ten AES blocks a value", |b| {
        b.iter(|| (0..10).for_each(|_| aes.encrypt_blocks(black_box(&mut blocks))));
    });
    group.finish();
    let mut group = c.benchmark_group("FF1 AES-256, 9 digits, 512 values");
    group.throughput(Throughput::Elements(VALUES as u64 / 16));
    let oracle = FF1::<Aes256>::new(&KEY, 10).expect("radix");
    let plain = numerals(10, 9);
    group.bench_function("reference: the fpe crate", |b| {
        b.iter(|| plain.iter().for_each(|p| drop(black_box(oracle.encrypt(&[7; 16], p)))));
    });
    group.finish();
}

criterion_group!(benches, ff1);

fn main() {
    benches();
    report();
}

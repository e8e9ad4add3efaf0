//! `cargo test` with a real broker beside it, and a summary that says what ran.

use crate::broker::Broker;
use crate::fetch::{maven, python_with};
use crate::keyserver::KeyServers;
use crate::postgres::Postgres;
use crate::registry::{self, Registry};
use crate::say;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, ExitCode, Stdio};

pub(crate) fn run(args: &[String]) -> Result<ExitCode, String> {
    #[expect(clippy::disallowed_methods, reason = "the door for a broker of one's own")]
    let given = std::env::var("WEIR_TEST_KAFKA").ok().filter(|address| !address.is_empty());
    // The slowest of them comes up while the others start.
    let mut registry = Registry::launch()?;
    let servers = KeyServers::start()?;
    let postgres = Postgres::start()?;
    let parsers = python_with("parsers-1", &PARSERS.join(", "), &[PARSERS])?;
    let registry_peer = registry::peer()?;
    let openlineage =
        maven("openlineage-1.39.0", "openlineage", "OpenLineage's Java client, 8 MB")?;
    let broker = Broker::start()?;
    registry.wait()?;
    let address = given.clone().unwrap_or_else(|| broker.address.clone());
    let kind = if given.is_some() {
        "the Kafka of WEIR_TEST_KAFKA"
    } else {
        "Apache Kafka 4.3.1, started for this run"
    };
    say(&format!("real Kafka: {kind}, at {address}"));
    say(&format!("real PKCS#11: SoftHSM, {}", servers.softhsm.display()));
    say(&format!("real AWS API: moto 5.2.5's KMS, at {}", servers.kms));
    say(&format!("real database: {}, at {}", postgres.version, postgres.address));
    say("another FF1: Bouncy Castle 1.82");
    say(&format!("other parsers: {}", PARSERS.join(", ")));
    say(&format!("real schema registry: Apicurio {}, at {}", registry::VERSION, registry.url()));
    say(&format!("its other clients: {}", registry::PEER.join(", ")));
    say("another reader of lineage: OpenLineage's Java client 1.39.0");
    let mut child = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["test", "--features", "weir/aws-kms"])
        .args(args)
        .env("WEIR_TEST_KAFKA", &address)
        .env("WEIR_TEST_KAFKA_LIB", &broker.lib)
        .env("WEIR_TEST_BC_LIB", &servers.bouncy_castle)
        .env("WEIR_TEST_SOFTHSM", &servers.softhsm)
        .env("WEIR_TEST_KMS", &servers.kms)
        .env("WEIR_TEST_PARSERS", &parsers)
        .env("WEIR_TEST_OPENLINEAGE_LIB", &openlineage)
        .env("WEIR_TEST_REGISTRY", registry.url())
        .env("WEIR_TEST_REGISTRY_PEER", &registry_peer)
        .env("WEIR_TEST_POSTGRES", &postgres.address)
        .env("WEIR_TEST_POSTGRES_FOLDER", postgres.folder())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| format!("cargo does not start: {e}"))?;
    let mut sums = Sums::default();
    let out = child.stdout.take().ok_or("no output from cargo")?;
    for line in BufReader::new(out).lines() {
        let line = line.map_err(|e| e.to_string())?;
        let _ = writeln!(std::io::stdout(), "{line}");
        sums.read(&line);
    }
    let status = child.wait().map_err(|e| e.to_string())?;
    for ((what, _), outcome) in ORACLES.iter().zip(&sums.oracles) {
        say(&format!("beside {what}: {}", outcome.as_deref().unwrap_or("NOT RUN")));
    }
    say(&format!(
        "ran: {} passed, {} failed, {} ignored, {} filtered out, in {} test binaries; real Kafka: {kind}",
        sums.passed, sums.failed, sums.ignored, sums.filtered, sums.binaries
    ));
    let nothing = sums.passed == 0;
    // An ignored test is a skipped one: it has to be said, and it does not pass.
    Ok(if status.success() && sums.ignored == 0 && !nothing {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Parsers of the formats that share no code with weir's, as pip knows them (`tests/peers/parsers.py`).
const PARSERS: &[&str] = &["hl7==0.4.5", "pyx12==4.0.0", "fhir.resources==8.3.0", "lxml==6.1.3"];

/// Tests that hold weir to someone else's work: what it is, and the test's name.
const ORACLES: [(&str, &str); 12] = [
    ("NIST's FF1 samples", "keys::ff1::tests::ff1_is_nists"),
    (
        "the fpe crate on a million values an alphabet",
        "keys::ff1::tests::a_million_values_an_alphabet_and_length_equal_the_fpe_crate",
    ),
    ("Bouncy Castle 1.82 on 100,000 tokens", "tokens::bouncy_castle_makes_the_same_tokens"),
    ("SoftHSM, PKCS#11", "keys::a_real_hsm_keeps_the_kek"),
    ("moto 5.2.5, AWS KMS", "keys::aws_kms_keeps_the_kek"),
    ("PostgreSQL, four processes", "subjects::four_processes_give_each_subject_one_secret"),
    ("parsers of each format", "parsers::what_is_clean_is_read_by_other_parsers"),
    (
        "Apicurio and Confluent's client, Avro",
        "registry::avro_runs_from_one_client_of_a_registry_to_another",
    ),
    (
        "Apicurio and Confluent's client, Protobuf",
        "registry::protobuf_runs_from_one_client_of_a_registry_to_another",
    ),
    (
        "Apicurio and Confluent's client, JSON Schema",
        "registry::json_schema_runs_from_one_client_of_a_registry_to_another",
    ),
    (
        "OpenLineage's Java client",
        "lineage::what_flowed_is_told_exactly_and_read_by_another_client",
    ),
    ("a stub of Vault's transit engine", "keys::a_stub_of_vault_transit_keeps_the_kek"),
];

#[derive(Default)]
struct Sums {
    /// What the result lines say of each oracle's test: `ok`, `FAILED`.
    oracles: [Option<String>; ORACLES.len()],
    binaries: u32,
    passed: u32,
    failed: u32,
    ignored: u32,
    filtered: u32,
}

impl Sums {
    /// `test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; ...`
    fn read(&mut self, line: &str) {
        if let Some((name, outcome)) =
            line.strip_prefix("test ").and_then(|rest| rest.split_once(" ... "))
            && let Some(at) = ORACLES.iter().position(|(_, test)| *test == name)
        {
            self.oracles[at] = Some(outcome.trim().to_string());
        }
        let Some((_, counts)) =
            line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". "))
        else {
            return;
        };
        self.binaries += 1;
        for part in counts.split("; ") {
            let mut words = part.split_whitespace();
            let n: u32 = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
            match words.next() {
                Some("passed") => self.passed += n,
                Some("failed") => self.failed += n,
                Some("ignored") => self.ignored += n,
                Some("filtered") => self.filtered += n,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_lines_add_up() {
        let mut sums = Sums::default();
        sums.read("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s");
        sums.read("test result: FAILED. 4 passed; 5 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s");
        sums.read("test result of something else: 9 passed");
        sums.read("test tokens::bouncy_castle_makes_the_same_tokens ... ok");
        sums.read("test tokens::something_else ... ok");
        assert_eq!(sums.oracles.iter().flatten().collect::<Vec<_>>(), ["ok"]);
        assert_eq!(
            (sums.binaries, sums.passed, sums.failed, sums.ignored, sums.filtered),
            (2, 7, 5, 1, 2)
        );
    }
}

//! Where a pipeline goes on, and what must not hold it up: lost offsets, deleted records, a state topic
//! of many partitions, long headers, times that have not come yet.

use crate::broker::{
    Feeder, PARTITIONS, Stage, address, config_of, console_values, create, java, terminate, wait,
    wait_for,
};
use crate::kafka::words;
use rdkafka::admin::{AdminClient, AdminOptions};
use rdkafka::client::DefaultClientContext;
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use rdkafka::{Offset, TopicPartitionList};
use std::process::Stdio;
use std::time::{Duration, Instant};
use weir_synth::Generator;

const SOON: Duration = Duration::from_secs(60);

/// Notes `from..to`, and a run until the group has come to the last.
fn fed_and_run(stage: &Stage, generator: &Generator, from: u64, to: u64) {
    let feeder = Feeder::new();
    (from..to).for_each(|n| feeder.record(&stage.topic("source"), n, &generator.note(n)));
    feeder.done();
    let child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(stage, to as i64, SOON);
    let out = terminate(child);
    assert!(out.status.success(), "{}", words(&out));
    assert!(!words(&out).contains("\"WARN\""), "nothing is wrong: {}", words(&out));
}

fn refused(stage: &Stage, code: &str) -> String {
    let out = wait(stage.run().stderr(Stdio::piped()).spawn().expect("starts"), SOON);
    let text = words(&out);
    assert_eq!(out.status.code(), Some(5), "{text}");
    assert!(text.contains(code) && text.contains("help:"), "{text}");
    text
}

/// Kafka's own tool for groups; it refuses while a member of the group may still be there.
fn groups(stage: &Stage, arguments: &[&str]) {
    let deadline = Instant::now() + SOON;
    loop {
        let mut command = java();
        command
            .arg("org.apache.kafka.tools.consumer.group.ConsumerGroupCommand")
            .args(["--bootstrap-server", &address(), "--group", &format!("weir.{}", stage.name)])
            .args(arguments);
        let out = command.output().expect("java runs");
        let said = String::from_utf8_lossy(&out.stdout).into_owned() + &words(&out);
        // It tells of errors in words and ends with 0.
        if out.status.success() && !said.contains("Error:") {
            return;
        }
        assert!(Instant::now() < deadline, "{said}");
        std::thread::sleep(Duration::from_secs(1));
    }
}

#[test]
fn a_group_that_has_lost_its_place_does_not_begin_again() {
    let (stage, generator) = (Stage::new("lost-place"), Generator::new(71, 30));
    stage.make_topics();
    // The second run writes down how far the first one came.
    fed_and_run(&stage, &generator, 0, 120);
    fed_and_run(&stage, &generator, 120, 130);
    groups(&stage, &["--delete"]);
    let text = refused(&stage, "W0433");
    let source = stage.topic("source");
    assert!(text.contains(&format!("{source}/")) && text.contains("was the next"), "{text}");
    for partition in 0..PARTITIONS {
        let next = (0..130).filter(|n| n % PARTITIONS == partition).count().to_string();
        let topic = format!("{source}:{partition}");
        let place = ["--topic", &topic, "--reset-offsets", "--to-offset", &next, "--execute"];
        groups(&stage, &place);
    }
    fed_and_run(&stage, &generator, 130, 200);
    let (found, good) = stage.check(&stage.canaries(["Canaryman".into()]));
    assert!(good && found["clean"] == 200, "{found}");
}

#[test]
fn records_that_were_deleted_before_they_were_read_are_told_of() {
    let (stage, generator) = (Stage::new("deleted"), Generator::new(72, 30));
    stage.make_topics();
    fed_and_run(&stage, &generator, 0, 40);
    let (feeder, source) = (Feeder::new(), stage.topic("source"));
    (40..80).for_each(|n| feeder.record(&source, n, &generator.note(n)));
    feeder.done();
    let admin: AdminClient<DefaultClientContext> = config_of().create().expect("a client");
    let mut before = TopicPartitionList::new();
    before.add_partition_offset(&source, 1, Offset::Offset(15)).expect("an offset");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let deleted = admin.delete_records(&before, &AdminOptions::new());
    runtime.expect("a runtime").block_on(deleted).expect("deletes");
    let text = refused(&stage, "W0432");
    assert!(text.contains(&format!("{source}/1: next 10, there are 15 to 20")), "{text}");
    // The run says itself why it ended, and so does the pipeline's: nobody has to find them dead.
    let events = console_values(&stage.topic("lineage"));
    let failed = events.lines().filter(|event| event.contains("\"eventType\":\"FAIL\""));
    let failed: Vec<_> = failed.collect();
    assert!(failed.len() == 2 && failed.iter().all(|event| event.contains("W0432")), "{failed:?}");
    assert!(!failed.iter().any(|event| event.contains("there are 15")), "a code and no more");
    groups(&stage, &["--topic", &source, "--reset-offsets", "--to-earliest", "--execute"]);
    let child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, 80, SOON);
    assert!(terminate(child).status.success());
}

/// Another worker's open transaction hides what lies behind it, in whichever partition it is.
#[test]
fn a_state_topic_of_many_partitions_is_waited_for_in_each() {
    let (stage, generator) = (Stage::new("wide-state"), Generator::new(73, 30));
    stage.make(&["source", "clean", "quarantine", "lineage"], PARTITIONS);
    create(&stage.state_topic(), 3, &[("cleanup.policy", "compact")]);
    let open = Feeder::transaction(&format!("other-{}", stage.name));
    open.send(&stage.state_topic(), 2, "tally|other|t|0", Some("{}"));
    open.done();
    let feeder = Feeder::new();
    (0..50).for_each(|n| feeder.record(&stage.topic("source"), n, &generator.note(n)));
    feeder.done();
    let child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    std::thread::sleep(Duration::from_secs(4));
    assert_eq!(console_values(&stage.topic("lineage")), "", "a run was opened unseeing");
    open.abort();
    wait_for(&stage, 50, SOON);
    assert!(terminate(child).status.success());
}

#[test]
fn long_headers_and_times_to_come_hold_nobody_up() {
    let stage = Stage::with("held-up", |text| {
        text.replace(
            "headers: [content-type], timestamp: append",
            "headers: [trace], timestamp: year",
        )
    });
    let any_time = ("message.timestamp.after.max.ms", "9223372036854775807");
    create(&stage.topic("source"), PARTITIONS, &[any_time, ("max.message.bytes", "9000000")]);
    for kind in ["clean", "quarantine", "lineage"] {
        let short = [("retention.ms", "-1"), ("max.message.bytes", "1000000")];
        create(&stage.topic(kind), PARTITIONS, &short);
    }
    create(&stage.state_topic(), 1, &[("cleanup.policy", "compact")]);
    let generator = Generator::new(74, 30);
    let mut config = config_of();
    config.set("message.max.bytes", "9000000");
    let producer: BaseProducer = config.create().expect("a producer");
    let now = std::time::UNIX_EPOCH.elapsed().expect("a time").as_millis() as i64;
    let (long, source) = ("x".repeat(1_200_000), stage.topic("source"));
    for n in 0..60 {
        let note = generator.note(n);
        let trace = if n == 20 { long.as_str() } else { "abc" };
        let headers = OwnedHeaders::new().insert(Header { key: "trace", value: Some(trace) });
        let days = if n == 40 { 800 } else { -1 };
        let record = BaseRecord::to(&source)
            .partition((n % PARTITIONS as u64) as i32)
            .key(&note.key)
            .payload(&note.value)
            .headers(headers)
            .timestamp(now + days * 86_400_000);
        producer.send(record).map_err(|(error, _)| error).expect("sends");
    }
    producer.flush(SOON).expect("flushes");
    let child = stage.run().stderr(Stdio::piped()).spawn().expect("starts");
    wait_for(&stage, 60, SOON);
    assert!(terminate(child).status.success());
    let (found, good) = stage.check(&stage.canaries(["Canaryman".into()]));
    assert!(good, "{found}");
    assert_eq!((&found["clean"], &found["code W0220"]), (&59.into(), &1.into()), "{found}");
}

//! The real broker that `./dev test` started, and programs run against it.

use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::config::ClientConfig;
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use weir_synth::{Generator, Record};

pub(crate) const PARTITIONS: i32 = 4;

/// `host:port`; a test without a broker fails, it is not skipped.
pub(crate) fn address() -> String {
    setting("WEIR_TEST_KAFKA")
}

pub(crate) fn setting(name: &str) -> String {
    #[expect(clippy::disallowed_methods, reason = "the tests' own door to their settings")]
    std::env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: run the tests by `./dev test`"))
}

/// Runs a script of `tests/peers` by the Python that the setting names, with these lines for its input.
pub(crate) fn peer(python: &str, script: &str, arguments: &[&str], lines: &[String]) -> Output {
    peer_of(&setting(python), script, arguments, lines)
}

/// The same by this Python.
pub(crate) fn peer_of(python: &str, script: &str, arguments: &[&str], lines: &[String]) -> Output {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers");
    let mut child = Command::new(python)
        .arg(scripts.join(script))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let mut input = child.stdin.take().expect("its input");
    let text = lines.join("\n");
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let out = child.wait_with_output().expect("ends");
    let written = writer.join().expect("no panic");
    // One that fails may not have read all; its status says so.
    if out.status.success() {
        written.expect("it reads all");
    }
    out
}

/// A folder of a test's own, removed when it passes.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("weir-it-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    /// With what a project of files has, and the destinations of this one.
    pub(crate) fn project(name: &str) -> Folder {
        let folder = Folder::new(name);
        for dir in ["pipelines", "schemas", "policies", "raw"] {
            std::fs::create_dir(folder.0.join(dir)).expect("a folder");
        }
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        std::fs::copy(root.join("destinations.yaml"), folder.0.join("destinations.yaml"))
            .expect("copies");
        folder
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.0.join(name), text).expect("writes");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

/// A pipeline of a test's own on the real broker: the shipped notes-to-rag with its topics renamed,
/// keys, and the topics made.
pub(crate) struct Stage {
    pub(crate) folder: Folder,
    pub(crate) name: String,
}

impl Stage {
    pub(crate) fn new(name: &str) -> Stage {
        Stage::with(name, |text| text)
    }

    /// `edit` changes the pipeline's text before it is written.
    pub(crate) fn with(name: &str, edit: impl Fn(String) -> String) -> Stage {
        let folder = Folder::new(name);
        let name = format!("{name}-{}", std::process::id());
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for dir in ["pipelines", "schemas", "policies"] {
            std::fs::create_dir(folder.0.join(dir)).expect("a folder");
        }
        for file in
            ["destinations.yaml", "schemas/clinical-note.yaml", "policies/pseudonymize.yaml"]
        {
            std::fs::copy(root.join(file), folder.0.join(file)).expect("copies");
        }
        let text =
            std::fs::read_to_string(root.join("pipelines/notes-to-rag.yaml")).expect("reads");
        let text = text
            .replace("notes-to-rag", &name)
            .replace("clean.ehr.notes", &format!("{name}.clean"))
            .replace("quarantine.ehr.notes", &format!("{name}.quarantine"))
            .replace("ehr.notes", &format!("{name}.source"))
            .replace("lineage.events", &format!("{name}.lineage"))
            .replace("window: 30s", "window: 1s");
        let stage = Stage { folder, name };
        std::fs::write(stage.pipeline(), edit(text)).expect("writes");
        let out = weir()
            .args(["keys", "init", "--dev", "--tenant", "test", "--dir"])
            .arg(&stage.folder.0)
            .arg("--audit")
            .arg(stage.folder.0.join("audit.jsonl"))
            .output();
        assert!(out.expect("runs").status.success());
        // And one for commands that are told nothing of it.
        let out = weir().args(["audit", "init"]).current_dir(&stage.folder.0).output();
        assert!(out.expect("runs").status.success());
        stage
    }

    /// Under `safe_harbor`, with its topics.
    pub(crate) fn harbor(name: &str) -> Stage {
        let stage = Stage::with(name, |text| {
            text.replace("pseudonymize", "safe_harbor")
                .replace("key: {class: mrn, width: 10}", "key: drop")
                .replace("timestamp: append", "timestamp: year")
        });
        stage.make(&["source", "quarantine", "lineage"], PARTITIONS);
        create(&stage.state_topic(), 1, &[("cleanup.policy", "compact")]);
        // The first moment of a year is older than the default retention.
        create(&stage.topic("clean"), PARTITIONS, &[("retention.ms", "-1")]);
        stage
    }

    pub(crate) fn make_topics(&self) {
        self.make(&["source", "clean", "quarantine", "lineage"], PARTITIONS);
        create(&format!("weir.state.{}", self.name), 1, &[("cleanup.policy", "compact")]);
    }

    pub(crate) fn make(&self, topics: &[&str], partitions: i32) {
        topics.iter().for_each(|topic| create(&self.topic(topic), partitions, &[]));
    }

    pub(crate) fn topic(&self, kind: &str) -> String {
        format!("{}.{kind}", self.name)
    }

    pub(crate) fn state_topic(&self) -> String {
        format!("weir.state.{}", self.name)
    }

    pub(crate) fn pipeline(&self) -> PathBuf {
        self.folder.0.join("pipelines/p.yaml")
    }

    /// Notes of these numbers: of each `every`, one that no schema has, and one tombstone.
    pub(crate) fn feed(&self, generator: &Generator, notes: Range<u64>, every: u64) {
        let (feeder, source) = (Feeder::new(), self.topic("source"));
        for n in notes {
            let mut record = generator.note(n);
            match n % every {
                7 => {
                    let unlisted = r#"{"maiden_name":"Canaryman","#;
                    record.value = record.value.replacen('{', unlisted, 1);
                }
                9 => {
                    feeder.send(&source, (n % 4) as i32, &record.key, None);
                    continue;
                }
                _ => {}
            }
            feeder.record(&source, n, &record);
        }
        feeder.done();
    }

    /// `weir run` with this stage's keys.
    pub(crate) fn run(&self) -> Command {
        self.run_at(&address())
    }

    /// The same, against other brokers.
    pub(crate) fn run_at(&self, brokers: &str) -> Command {
        let mut command = weir();
        command
            .arg("run")
            .arg(self.pipeline())
            .args(["--dev", "--kafka", brokers, "--keyring"])
            .arg(self.folder.0.join("weir.keyring"))
            .arg("--quarantine-key")
            .arg(self.folder.0.join("weir-quarantine.pub"))
            // A child of a test that failed must not keep the runner's output open.
            .stdout(Stdio::null())
            .stdin(Stdio::null());
        command
    }

    /// Writes the planted identifiers, one a line, for the checker.
    pub(crate) fn canaries(&self, lines: impl IntoIterator<Item = String>) -> PathBuf {
        let path = self.folder.0.join("canaries.txt");
        std::fs::write(&path, lines.into_iter().collect::<Vec<_>>().join("\n")).expect("writes");
        path
    }

    /// The independent Java check; gives its JSON and whether it was satisfied.
    pub(crate) fn check(&self, canaries: &Path) -> (serde_json::Value, bool) {
        self.check_topics(&self.topic("clean"), &self.topic("quarantine"), canaries, &[])
    }

    /// The same, with torn transactions and lineage judged too: of a pipeline that is not
    /// `safe_harbor`, whose topics were not carried over.
    pub(crate) fn check_all(&self, canaries: &Path) -> (serde_json::Value, bool) {
        let (state, lineage) = (self.state_topic(), self.topic("lineage"));
        let more = ["--state", &state, "--lineage", &lineage];
        self.check_topics(&self.topic("clean"), &self.topic("quarantine"), canaries, &more)
    }

    /// The same, with several topics for what is clean and for what was refused.
    pub(crate) fn check_topics(
        &self,
        clean: &str,
        quarantine: &str,
        canaries: &Path,
        more: &[&str],
    ) -> (serde_json::Value, bool) {
        let out = java()
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kafka/Check.java"))
            .args(["--bootstrap", &address(), "--source", &self.topic("source")])
            .args(["--clean", clean, "--quarantine", quarantine])
            .args(["--others", &format!("{},{}", self.topic("lineage"), self.state_topic())])
            .args(["--group", &format!("weir.{}", self.name), "--deadline", "180"])
            .args(more)
            .arg("--canaries")
            .arg(canaries)
            .output()
            .expect("java runs");
        let text = String::from_utf8_lossy(&out.stdout);
        let json = serde_json::from_str(text.trim());
        (
            json.unwrap_or_else(|_| {
                panic!("no JSON: {text}\n{}", String::from_utf8_lossy(&out.stderr))
            }),
            out.status.success(),
        )
    }
}

/// The binary under test.
pub(crate) fn weir() -> Command {
    Command::new(env!("CARGO_BIN_EXE_weir"))
}

/// Java with Kafka's own jars.
pub(crate) fn java() -> Command {
    let mut command = Command::new("java");
    command.args(["-Xmx2g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error", "-cp"]);
    command.arg(format!("{}/*", setting("WEIR_TEST_KAFKA_LIB")));
    command
}

pub(crate) fn create(topic: &str, partitions: i32, config: &[(&str, &str)]) {
    let admin: AdminClient<DefaultClientContext> = config_of().create().expect("an admin client");
    let mut new = NewTopic::new(topic, partitions, TopicReplication::Fixed(1));
    for (key, value) in config {
        new = new.set(key, value);
    }
    let options = AdminOptions::new().operation_timeout(Some(Duration::from_secs(20)));
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let results = runtime.block_on(admin.create_topics([&new], &options)).expect("creates");
    results.into_iter().for_each(|result| drop(result.expect("creates")));
    // The broker answers before every one of its threads knows the topic.
    std::thread::sleep(Duration::from_millis(200));
}

/// Sets one property of a topic, by Kafka's own tool: other properties stay.
pub(crate) fn alter(topic: &str, key: &str, value: &str) {
    let out = java()
        .arg("kafka.admin.ConfigCommand")
        .args(["--bootstrap-server", &address(), "--alter", "--entity-type", "topics"])
        .args(["--entity-name", topic, "--add-config", &format!("{key}={value}")])
        .output()
        .expect("java runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stdout));
}

pub(crate) fn config_of() -> ClientConfig {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", address());
    config
}

pub(crate) struct Feeder(BaseProducer);

impl Feeder {
    pub(crate) fn new() -> Feeder {
        let mut config = config_of();
        config.set("linger.ms", "5").set("queue.buffering.max.messages", "500000");
        Feeder(config.create().expect("a producer"))
    }

    /// One whose records are in a transaction that stays open.
    pub(crate) fn transaction(id: &str) -> Feeder {
        let mut config = config_of();
        config.set("transactional.id", id).set("transaction.timeout.ms", "300000");
        let producer: BaseProducer = config.create().expect("a producer");
        producer.init_transactions(Duration::from_secs(20)).expect("init");
        producer.begin_transaction().expect("begins");
        Feeder(producer)
    }

    pub(crate) fn abort(&self) {
        self.0.abort_transaction(Duration::from_secs(20)).expect("aborts");
    }

    pub(crate) fn send(&self, topic: &str, partition: i32, key: &str, value: Option<&str>) {
        let mut message = BaseRecord::to(topic).key(key).partition(partition);
        message.payload = value;
        while let Err((_, back)) = self.0.send(message) {
            self.0.poll(Duration::from_millis(5));
            message = back;
        }
    }

    pub(crate) fn record(&self, topic: &str, n: u64, record: &Record) {
        self.send(topic, (n % PARTITIONS as u64) as i32, &record.key, Some(&record.value));
    }

    pub(crate) fn done(&self) {
        self.0.flush(Duration::from_secs(60)).expect("flushes");
    }
}

/// Every record of a topic as Kafka's own console consumer prints it at read_committed.
pub(crate) fn console(topic: &str, n: u64) -> Output {
    console_command(topic)
        .args(["--max-messages", &n.to_string(), "--timeout-ms", "30000"])
        .output()
        .expect("java runs")
}

fn console_command(topic: &str) -> Command {
    let mut command = java();
    command
        .arg("org.apache.kafka.tools.consumer.ConsoleConsumer")
        .args(["--bootstrap-server", &address(), "--topic", topic, "--from-beginning"])
        .args(["--isolation-level", "read_committed"])
        .args([
            "--formatter-property",
            "print.key=true",
            "--formatter-property",
            "print.partition=true",
        ])
        .args(["--formatter-property", "print.headers=true"]);
    command
}

/// A record as Kafka's own console consumer shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) time: String,
    pub(crate) partition: String,
    pub(crate) headers: String,
    pub(crate) key: String,
    /// `None` for a tombstone.
    pub(crate) value: Option<String>,
}

/// The whole topic as Kafka's own console consumer shows it at read_committed.
pub(crate) fn console_rows(topic: &str) -> Vec<Row> {
    let mut command = console_command(topic);
    command.args(["--timeout-ms", "5000", "--formatter-property", "print.timestamp=true"]);
    let out = command.output().expect("java runs");
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    let row = |line: &str| {
        let mut parts = line.splitn(5, '\t').map(str::to_string);
        let mut next = || parts.next().expect("time, partition, headers, key and value");
        let (time, partition, headers, key, value) = (next(), next(), next(), next(), next());
        Row { time, partition, headers, key, value: (value != "null").then_some(value) }
    };
    text.lines().map(row).collect()
}

/// How many records a topic has at read_committed, by Kafka's own console consumer; what is in them it does not show.
pub(crate) fn console_count(topic: &str) -> u64 {
    let mut command = console_command(topic);
    command.args(["--timeout-ms", "5000"]);
    for part in ["key", "value", "headers"] {
        command.args(["--formatter-property", &format!("print.{part}=false")]);
    }
    let out = command.output().expect("java runs");
    out.stdout.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// Asks a child to end in order, and waits.
pub(crate) fn terminate(child: Child) -> Output {
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs").success());
    wait(child, Duration::from_secs(40))
}

/// Waits for a child; past the deadline it is killed and the test fails.
pub(crate) fn wait(mut child: Child, most: Duration) -> Output {
    let deadline = Instant::now() + most;
    while child.try_wait().expect("waits").is_none() {
        if Instant::now() > deadline {
            let _ = child.kill();
            let out = child.wait_with_output().expect("output");
            panic!("did not end in {most:?}: {}", String::from_utf8_lossy(&out.stderr));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.wait_with_output().expect("output")
}

/// How far the pipeline's group has come: the sum of its committed offsets.
pub(crate) fn committed(stage: &Stage) -> i64 {
    use rdkafka::consumer::{BaseConsumer, Consumer};
    use rdkafka::{Offset, TopicPartitionList};
    let mut config = config_of();
    config.set("group.id", format!("weir.{}", stage.name));
    let consumer: BaseConsumer = config.create().expect("a consumer");
    let mut list = TopicPartitionList::new();
    list.add_partition_range(&stage.topic("source"), 0, PARTITIONS - 1);
    let committed = consumer.committed_offsets(list, Duration::from_secs(10));
    let Ok(committed) = committed else { return 0 };
    let offset = |o: Offset| if let Offset::Offset(n) = o { n } else { 0 };
    committed.elements().iter().map(|element| offset(element.offset())).sum()
}

/// Waits until the group has come as far as `n`.
pub(crate) fn wait_for(stage: &Stage, n: i64, most: Duration) {
    let deadline = Instant::now() + most;
    loop {
        let at = committed(stage);
        if at >= n {
            return;
        }
        assert!(Instant::now() < deadline, "the group is at {at} of {n}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The sum of a topic's ends, open transactions included.
pub(crate) fn ends(topic: &str) -> i64 {
    use rdkafka::consumer::{BaseConsumer, Consumer};
    let mut config = config_of();
    config.set("isolation.level", "read_uncommitted");
    let consumer: BaseConsumer = config.create().expect("a consumer");
    let end = |partition| {
        let marks = consumer.fetch_watermarks(topic, partition, Duration::from_secs(10));
        marks.expect("watermarks").1
    };
    (0..PARTITIONS).map(end).sum()
}

/// The values of a topic, a line each, by Kafka's own console consumer.
pub(crate) fn console_values(topic: &str) -> String {
    let out = java()
        .arg("org.apache.kafka.tools.consumer.ConsoleConsumer")
        .args(["--bootstrap-server", &address(), "--topic", topic, "--from-beginning"])
        .args(["--isolation-level", "read_committed", "--timeout-ms", "5000"])
        .output()
        .expect("java runs");
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// Takes a topic away, and waits until it is gone.
pub(crate) fn remove(topic: &str) {
    use rdkafka::admin::{AdminClient, AdminOptions};
    use rdkafka::client::DefaultClientContext;
    let admin: AdminClient<DefaultClientContext> = config_of().create().expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let options = AdminOptions::new().operation_timeout(Some(Duration::from_secs(60)));
    let gone = runtime.expect("a runtime").block_on(admin.delete_topics(&[topic], &options));
    gone.expect("asks").into_iter().for_each(|one| drop(one.expect("deletes")));
    std::thread::sleep(Duration::from_secs(2));
}

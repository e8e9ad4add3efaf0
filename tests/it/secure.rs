//! A broker that lets nobody in unseen: TLS, client certificates, SASL SCRAM, and rights for each thing (S10). What `weir acl
//! plan` prints is granted as it stands, and is what a run needs; without any of it, and without any part of who weir is and
//! whom it talks to, nothing runs.

use crate::broker::{Stage, java, terminate, wait, weir};
use crate::terms::{by_clock, vendor};
use rdkafka::config::ClientConfig;
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use weir_synth::Generator;

const PASSWORD: &str = "weir-secret";

/// A broker of the test's own.
struct Secure {
    child: Child,
    dir: PathBuf,
    /// Plain text, where everybody may do everything: the test's own way.
    plain: u16,
    scram: u16,
    mtls: u16,
    /// Its certificate has expired.
    old: u16,
}

impl Drop for Secure {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ran(command: &mut Command) {
    let out = command.output().expect("runs");
    assert!(out.status.success(), "{command:?}: {}", String::from_utf8_lossy(&out.stderr));
}

/// An authority, and what it has signed, days from now.
fn authority(dir: &Path, name: &str) {
    ran(Command::new("openssl").current_dir(dir).args([
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "30",
        "-keyout",
        &format!("{name}.key"),
        "-out",
        &format!("{name}.pem"),
        "-subj",
        &format!("/CN={name}"),
    ]));
}

/// A certificate with its key in one file, `NAME.both.pem`; one that has expired was made long ago.
fn certificate(dir: &Path, by: &str, name: &str, subject: &str, expired: bool) {
    std::fs::write(dir.join(format!("{name}.ext")), "subjectAltName=DNS:localhost\n")
        .expect("writes");
    ran(Command::new("openssl").current_dir(dir).args([
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        &format!("{name}.key"),
        "-out",
        &format!("{name}.csr"),
        "-subj",
        &format!("/CN={subject}"),
    ]));
    let mut sign = Command::new("openssl");
    sign.current_dir(dir).args([
        "x509",
        "-req",
        "-in",
        &format!("{name}.csr"),
        "-CA",
        &format!("{by}.pem"),
        "-CAkey",
        &format!("{by}.key"),
        "-CAcreateserial",
        "-days",
        "10",
        "-out",
        &format!("{name}.pem"),
        "-extfile",
        &format!("{name}.ext"),
    ]);
    if expired {
        let clock = dir.join("clock");
        std::fs::write(&clock, (-100 * 24 * 3_600).to_string()).expect("writes");
        by_clock(&mut sign, &clock);
    }
    ran(&mut sign);
    let read = |ending: &str| {
        std::fs::read_to_string(dir.join(format!("{name}.{ending}"))).expect("reads")
    };
    std::fs::write(dir.join(format!("{name}.both.pem")), read("key") + &read("pem"))
        .expect("writes");
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port()
}

impl Secure {
    fn start(dir: PathBuf) -> Secure {
        std::fs::create_dir_all(&dir).expect("a folder");
        for name in ["ca", "other-ca"] {
            authority(&dir, name);
        }
        certificate(&dir, "ca", "server", "broker", false);
        certificate(&dir, "ca", "server-old", "broker", true);
        certificate(&dir, "ca", "client", "weir", false);
        certificate(&dir, "other-ca", "client-other", "weir", false);
        certificate(&dir, "ca", "client-old", "weir", true);
        let [plain, scram, mtls, old, controller] = std::array::from_fn(|_| free_port());
        let at = |name: &str| dir.join(name).display().to_string();
        let config = dir.join("node.properties");
        let stores = |listener: &str, key: &str| {
            format!(
                "listener.name.{listener}.ssl.keystore.type=PEM\n\
                 listener.name.{listener}.ssl.keystore.location={}\n\
                 listener.name.{listener}.ssl.truststore.type=PEM\n\
                 listener.name.{listener}.ssl.truststore.location={}\n",
                at(key),
                at("ca.pem")
            )
        };
        let text = format!(
            "process.roles=broker,controller\nnode.id=1\n\
             listeners=PLAINTEXT://127.0.0.1:{plain},CONTROLLER://127.0.0.1:{controller},\
             SCRAM://127.0.0.1:{scram},MTLS://127.0.0.1:{mtls},OLD://127.0.0.1:{old}\n\
             advertised.listeners=PLAINTEXT://127.0.0.1:{plain},SCRAM://localhost:{scram},\
             MTLS://localhost:{mtls},OLD://localhost:{old}\n\
             controller.listener.names=CONTROLLER\ninter.broker.listener.name=PLAINTEXT\n\
             controller.quorum.bootstrap.servers=127.0.0.1:{controller}\n\
             listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SCRAM:SASL_SSL,\
             MTLS:SSL,OLD:SSL\n\
             sasl.enabled.mechanisms=SCRAM-SHA-512\n\
             listener.name.scram.scram-sha-512.sasl.jaas.config=\
             org.apache.kafka.common.security.scram.ScramLoginModule required;\n\
             listener.name.mtls.ssl.client.auth=required\n{}{}{}\
             authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer\n\
             super.users=User:ANONYMOUS\nlog.dirs={}\nauto.create.topics.enable=false\n\
             group.initial.rebalance.delay.ms=0\noffsets.topic.replication.factor=1\n\
             offsets.topic.num.partitions=1\ntransaction.state.log.replication.factor=1\n\
             transaction.state.log.min.isr=1\ntransaction.state.log.num.partitions=1\n\
             share.coordinator.state.topic.replication.factor=1\n\
             share.coordinator.state.topic.min.isr=1\n",
            stores("scram", "server.both.pem"),
            stores("mtls", "server.both.pem"),
            stores("old", "server-old.both.pem"),
            at("log")
        );
        std::fs::write(&config, text).expect("writes");
        let scram_user = format!("SCRAM-SHA-512=[name=weir,password={PASSWORD}]");
        ran(java()
            .arg("kafka.tools.StorageTool")
            .args(["format", "--standalone", "-t", "AAAAAAAAAAAAAAAAAAAAAQ", "--add-scram"])
            .arg(scram_user)
            .arg("-c")
            .arg(&config));
        let log = std::fs::File::create(dir.join("broker.out")).expect("a file");
        let child = java()
            .arg("kafka.Kafka")
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a file"))
            .stderr(log)
            .spawn()
            .expect("java starts");
        let secure = Secure { child, dir, plain, scram, mtls, old };
        let deadline = Instant::now() + Duration::from_secs(90);
        while [plain, scram, mtls, old]
            .iter()
            .any(|port| TcpStream::connect(("127.0.0.1", *port)).is_err())
        {
            assert!(Instant::now() < deadline, "{}", secure.dir.join("broker.out").display());
            std::thread::sleep(Duration::from_millis(100));
        }
        secure
    }

    fn admin(&self, class: &str) -> Command {
        let mut command = java();
        command.arg(class).args(["--bootstrap-server", &format!("127.0.0.1:{}", self.plain)]);
        command
    }

    fn create(&self, topic: &str, compacted: bool) {
        let mut command = self.admin("org.apache.kafka.tools.TopicCommand");
        command.args([
            "--create",
            "--topic",
            topic,
            "--partitions",
            "1",
            "--replication-factor",
            "1",
        ]);
        if compacted {
            command.args(["--config", "cleanup.policy=compact"]);
        }
        ran(&mut command);
    }

    fn feed(&self, stage: &Stage, notes: std::ops::Range<u64>) {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", format!("127.0.0.1:{}", self.plain));
        let producer: BaseProducer = config.create().expect("a producer");
        let (generator, topic) = (Generator::new(71, 20), stage.topic("source"));
        for n in notes {
            let note = generator.note(n);
            let record = BaseRecord::to(&topic).key(&note.key).partition(0).payload(&note.value);
            assert!(producer.send(record).is_ok());
        }
        producer.flush(Duration::from_secs(30)).expect("flushes");
    }

    /// How far the pipeline's group has come.
    fn committed(&self, stage: &Stage) -> i64 {
        use rdkafka::consumer::{BaseConsumer, Consumer};
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", format!("127.0.0.1:{}", self.plain));
        config.set("group.id", format!("weir.{}", stage.name));
        let consumer: BaseConsumer = config.create().expect("a consumer");
        let mut list = rdkafka::TopicPartitionList::new();
        list.add_partition(&stage.topic("source"), 0);
        let committed = consumer.committed_offsets(list, Duration::from_secs(10)).expect("offsets");
        committed.elements()[0].offset().to_raw().filter(|offset| *offset >= 0).unwrap_or(0)
    }

    /// Waits until the child has brought the group as far as that, and ends it in order.
    fn comes_to(&self, stage: &Stage, n: i64, mut child: Child) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while self.committed(stage) < n {
            if Instant::now() > deadline || child.try_wait().expect("waits").is_some() {
                let _ = child.kill();
                let said = child.wait_with_output().expect("output").stderr;
                panic!("at {} of {n}: {}", self.committed(stage), String::from_utf8_lossy(&said));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        assert!(terminate(child).status.success());
    }

    /// `weir run` with these lines of librdkafka's.
    fn run(&self, stage: &Stage, name: &str, brokers: &str, lines: &[String]) -> Child {
        let path = stage.folder.0.join(format!("{name}.properties"));
        std::fs::write(&path, lines.join("\n")).expect("writes");
        let mut command = stage.run_at(brokers);
        command.arg("--kafka-config").arg(path).args(["--instance", name]);
        command.stderr(Stdio::piped()).spawn().expect("starts")
    }

    fn lines(&self, protocol: &str, ca: &str) -> Vec<String> {
        let ca = self.dir.join(ca).display().to_string();
        vec![
            format!("security.protocol={protocol}"),
            format!("ssl.ca.location={ca}"),
            "broker.address.family=v4".into(),
        ]
    }

    fn scram_lines(&self, user: &str, password: &str) -> Vec<String> {
        let mut lines = self.lines("sasl_ssl", "ca.pem");
        lines.push("sasl.mechanism=SCRAM-SHA-512".into());
        lines.push(format!("sasl.username={user}"));
        lines.push(format!("sasl.password={password}"));
        lines
    }

    fn mtls_lines(&self, client: &str) -> Vec<String> {
        let mut lines = self.lines("ssl", "ca.pem");
        let at = |ending: &str| self.dir.join(format!("{client}.{ending}")).display().to_string();
        lines.push(format!("ssl.certificate.location={}", at("pem")));
        lines.push(format!("ssl.key.location={}", at("key")));
        lines
    }
}

/// The commands of `weir acl plan`, without what they are for.
fn plan(stage: &Stage, principal: &str) -> Vec<String> {
    let out = weir().args(["acl", "plan", "--principal", principal]).arg(stage.pipeline()).output();
    let out = out.expect("runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    text.lines().map(|line| line.split("  # ").next().expect("a command").to_string()).collect()
}

/// The operations that a command of the plan grants.
fn operations(command: &str) -> Vec<&str> {
    command.split(" --operation ").skip(1).filter_map(|rest| rest.split(' ').next()).collect()
}

/// Runs a command of the plan against the broker, as it stands.
fn grant(secure: &Secure, command: &str) {
    let words = command.split(' ').skip(3).map(|word| word.trim_matches('\''));
    ran(secure.admin("org.apache.kafka.tools.AclCommand").args(words));
}

/// Takes one operation back that a command of the plan has granted.
fn take_back(secure: &Secure, command: &str, operation: &str) {
    let mut words: Vec<_> =
        command.split(' ').skip(4).map(|word| word.trim_matches('\'')).collect();
    while let Some(at) = words.iter().position(|word| *word == "--operation") {
        words.drain(at..at + 2);
    }
    let mut run = secure.admin("org.apache.kafka.tools.AclCommand");
    run.args(["--remove", "--force", "--operation", operation]);
    ran(run.args(words));
}

#[test]
fn nobody_gets_in_who_is_not_who_they_say_or_lacks_a_right() {
    let stage = Stage::new("secure");
    let secure = Secure::start(stage.folder.0.join("broker"));
    for topic in ["source", "clean", "quarantine", "lineage"] {
        secure.create(&stage.topic(topic), false);
    }
    secure.create(&stage.state_topic(), true);
    secure.feed(&stage, 0..100);
    let at = |port: u16| format!("localhost:{port}");
    let (scram, mtls) = (at(secure.scram), at(secure.mtls));
    let good = secure.scram_lines("weir", PASSWORD);
    let plain =
        vec!["security.protocol=plaintext".to_string(), "broker.address.family=v4".to_string()];
    let mechanism = |name: &str| {
        let set = |line: &String| line.replace("SCRAM-SHA-512", name);
        good.iter().map(set).collect::<Vec<_>>()
    };
    let foreign = |lines: &[String]| -> Vec<String> {
        lines.iter().map(|line| line.replace("ca.pem", "other-ca.pem")).collect()
    };
    let refused = [
        ("a foreign authority", scram.clone(), foreign(&good), "W0451"),
        ("another name", format!("127.0.0.1:{}", secure.scram), good.clone(), "W0451"),
        ("an old broker", at(secure.old), secure.lines("ssl", "ca.pem"), "W0451"),
        ("plain text", scram.clone(), plain, "W0401"),
        ("no sasl", scram.clone(), secure.lines("ssl", "ca.pem"), "W0401"),
        ("a wrong password", scram.clone(), secure.scram_lines("weir", "guess"), "W0451"),
        ("an unknown user", scram.clone(), secure.scram_lines("nobody", PASSWORD), "W0451"),
        ("another mechanism", scram.clone(), mechanism("PLAIN"), "W0451"),
        ("no certificate", mtls.clone(), secure.lines("ssl", "ca.pem"), "W0401"),
        ("a foreign certificate", mtls.clone(), secure.mtls_lines("client-other"), "W0401"),
        ("an old certificate", mtls.clone(), secure.mtls_lines("client-old"), "W0401"),
        ("no rights", scram.clone(), good.clone(), "W0403"),
    ];
    let children: Vec<_> = refused
        .iter()
        .enumerate()
        .map(|(n, (_, brokers, lines, _))| secure.run(&stage, &format!("n{n}"), brokers, lines))
        .collect();
    let mut wrong = Vec::new();
    for ((what, _, _, code), child) in refused.iter().zip(children) {
        let out = wait(child, Duration::from_secs(90));
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        if out.status.code() != Some(5) || !said.contains(&format!("error[{code}]")) {
            wrong.push(format!("{what}: {said}"));
        }
        assert!(!said.contains(PASSWORD) && !said.contains("guess"), "{what}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(secure.committed(&stage), 0);
    // What the plan grants is what a run needs, by password and by certificate.
    let rights = plan(&stage, "User:weir");
    rights.iter().for_each(|command| grant(&secure, command));
    let child = secure.run(&stage, "good", &scram, &good);
    secure.comes_to(&stage, 100, child);
    plan(&stage, "User:CN=weir").iter().for_each(|command| grant(&secure, command));
    secure.feed(&stage, 100..200);
    let child = secure.run(&stage, "cert", &mtls, &secure.mtls_lines("client"));
    secure.comes_to(&stage, 200, child);
    // And no less of it.
    secure.feed(&stage, 200..300);
    let all = rights.iter().flat_map(|command| {
        operations(command).into_iter().map(move |operation| (command.as_str(), operation))
    });
    // A broker that does not tell how long records may be is taken at Kafka's own word.
    let needed: Vec<_> = all.filter(|(_, operation)| *operation != "DescribeConfigs").collect();
    assert_eq!((rights.len(), needed.len()), (7, 8), "{rights:?}");
    for (n, (command, operation)) in needed.into_iter().enumerate() {
        take_back(&secure, command, operation);
        let child = secure.run(&stage, &format!("less{n}"), &scram, &good);
        let out = wait(child, Duration::from_secs(120));
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        // Of a topic that may be read and not written to, the client says only that nothing could be sent.
        let code =
            if command.contains("weir.state.") && operation == "Write" { "W0412" } else { "W0403" };
        if out.status.code() != Some(5) || !said.contains(&format!("error[{code}]")) {
            wrong.push(format!("{operation} of {command}: {:?} {said}", out.status));
        }
        assert_eq!(secure.committed(&stage), 200, "{command}");
        grant(&secure, command);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Names that TLS has proven hold the broker to a private endpoint, and others keep weir away.
    let endpoint = |names: &str| {
        let baa = "baa: {reference: BAA-1, expires: 2099-01-01}";
        vendor(&stage, &format!("{baa}\n    private_endpoint: {{tls_names: [{names}]}}"));
    };
    endpoint("\"*.vector.internal\"");
    let out = wait(secure.run(&stage, "elsewhere", &scram, &good), Duration::from_secs(60));
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(3), "{said}");
    assert!(said.contains("W0515") && said.contains("the broker localhost"), "{said}");
    endpoint("localhost");
    let child = secure.run(&stage, "again", &scram, &good);
    secure.comes_to(&stage, 300, child);
}

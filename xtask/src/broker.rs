//! A real Apache Kafka for the tests: jars from Maven into the cache, one combined broker and
//! controller on free loopback ports, stopped by its own process id.

use crate::faults::process::mortal;
use crate::fetch::{cache, free_port, maven};
use crate::say;
use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

pub(crate) const VERSION: &str = "4.3.1";
pub(crate) const UP_SECONDS_MAX: u64 = 90;

/// A broker that ends with this value.
pub(crate) struct Broker {
    child: Child,
    dir: PathBuf,
    /// `host:port`.
    pub(crate) address: String,
    /// The folder of its jars.
    pub(crate) lib: PathBuf,
}

impl Broker {
    /// Fetches what is missing, starts, and waits until it answers.
    pub(crate) fn start() -> Result<Broker, String> {
        let lib = jars()?;
        let (port, controller) = (free_port()?, free_port()?);
        let dir = cache()?.join(format!("broker-{}-{port}", std::process::id()));
        fs::create_dir_all(&dir).map_err(|e| format!("cannot make {}: {e}", dir.display()))?;
        let config = dir.join("node.properties");
        fs::write(&config, properties(port, controller, &dir.join("log")))
            .map_err(|e| format!("cannot write the broker's settings: {e}"))?;
        let id = java(&lib, "kafka.tools.StorageTool").arg("random-uuid").output();
        let id = id.map_err(|e| format!("java does not start: {e}"))?;
        let id = String::from_utf8_lossy(&id.stdout).trim().to_string();
        let format = java(&lib, "kafka.tools.StorageTool")
            .args(["format", "--standalone", "-t", &id, "-c"])
            .arg(&config)
            .output()
            .map_err(|e| format!("java does not start: {e}"))?;
        if !format.status.success() {
            return Err(format!("formatting failed: {}", String::from_utf8_lossy(&format.stderr)));
        }
        let log = fs::File::create(dir.join("broker.out")).map_err(|e| e.to_string())?;
        let errors = log.try_clone().map_err(|e| e.to_string())?;
        let child = java(&lib, "kafka.Kafka")
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .spawn()
            .map_err(|e| format!("java does not start: {e}"))?;
        let mut broker = Broker { child, dir, address: format!("127.0.0.1:{port}"), lib };
        broker.wait()?;
        Ok(broker)
    }

    /// Its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    fn wait(&mut self) -> Result<(), String> {
        let deadline = Instant::now() + Duration::from_secs(UP_SECONDS_MAX);
        while Instant::now() < deadline {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!(
                    "the broker ended at once ({status}); see {}",
                    self.dir.join("broker.out").display()
                ));
            }
            let out = fs::read_to_string(self.dir.join("broker.out")).unwrap_or_default();
            if out.contains("Kafka Server started") && TcpStream::connect(&self.address).is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err(format!("the broker did not answer within {UP_SECONDS_MAX} s"))
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        // Its log is thrown away, so there is nothing to shut down in order.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// Runs a broker until the terminal ends it.
pub(crate) fn foreground() -> Result<ExitCode, String> {
    let mut broker = Broker::start()?;
    say(&format!("Apache Kafka {VERSION} at {}; Ctrl-C ends it", broker.address));
    let _ = broker.child.wait();
    Ok(ExitCode::SUCCESS)
}

/// The folder of Kafka's jars; fetched once.
pub(crate) fn jars() -> Result<PathBuf, String> {
    maven(&format!("kafka-{VERSION}"), "kafka", "Apache Kafka, 54 MB")
}

/// A class of Kafka's, or a source file, on Kafka's jars.
pub(crate) fn java(lib: &Path, class: &str) -> Command {
    let mut command = mortal("java");
    command
        .args(["-Xmx512m", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"])
        .arg("-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info")
        .arg("-cp")
        .arg(format!("{}/*", lib.display()))
        .arg(class);
    command
}

fn properties(port: u16, controller: u16, log: &Path) -> String {
    format!(
        "process.roles=broker,controller\n\
         node.id=1\n\
         listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}\n\
         advertised.listeners=PLAINTEXT://127.0.0.1:{port}\n\
         controller.listener.names=CONTROLLER\n\
         controller.quorum.bootstrap.servers=127.0.0.1:{controller}\n\
         listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT\n\
         log.dirs={}\n\
         auto.create.topics.enable=false\n\
         group.initial.rebalance.delay.ms=0\n\
         offsets.topic.replication.factor=1\n\
         offsets.topic.num.partitions=4\n\
         transaction.state.log.replication.factor=1\n\
         transaction.state.log.min.isr=1\n\
         transaction.state.log.num.partitions=4\n\
         share.coordinator.state.topic.replication.factor=1\n\
         share.coordinator.state.topic.min.isr=1\n\
         message.max.bytes=40000000\n",
        log.display()
    )
}

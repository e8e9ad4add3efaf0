//! Three real brokers for the fault bench, each a broker and a controller, with replication as in
//! production: three replicas, two of them in sync. A node is killed, stopped, frozen and started
//! again by its own process id.

use crate::broker::{UP_SECONDS_MAX, jars, java};
use crate::faults::process::Proc;
use crate::fetch::free_port;
use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

pub(crate) const NODES: usize = 3;
/// Partitions of `__transaction_state` and `__consumer_offsets`: enough that coordinators spread.
const COORDINATOR_PARTITIONS: u32 = 6;

/// A broker and controller.
#[derive(Debug)]
pub(crate) struct Node {
    dir: PathBuf,
    lib: PathBuf,
    /// The listener for everyone but the process under test.
    direct: u16,
    /// The listener behind the proxy.
    pub(crate) behind_proxy: u16,
    process: Option<Proc>,
}

/// The brokers; they end with this value, and their data goes.
#[derive(Debug)]
pub(crate) struct Cluster {
    pub(crate) nodes: Vec<Node>,
    pub(crate) lib: PathBuf,
}

impl Cluster {
    /// Formats and starts three nodes below `dir`. `proxied` are the ports that the proxy listens on,
    /// one for each node: what clients behind it are told.
    pub(crate) fn start(dir: &Path, proxied: &[u16]) -> Result<Cluster, String> {
        let lib = jars()?;
        let mut nodes = Vec::new();
        let controllers = (0..NODES).map(|_| free_port()).collect::<Result<Vec<_>, _>>()?;
        let voters: Vec<_> = controllers
            .iter()
            .enumerate()
            .map(|(n, p)| format!("{}@127.0.0.1:{p}", n + 1))
            .collect();
        for (n, &advertised) in proxied.iter().enumerate() {
            let node = Node {
                dir: dir.join(format!("node{}", n + 1)),
                lib: lib.clone(),
                direct: free_port()?,
                behind_proxy: free_port()?,
                process: None,
            };
            fs::create_dir_all(&node.dir).map_err(|e| format!("cannot make a folder: {e}"))?;
            let text = node.properties(n + 1, controllers[n], &voters.join(","), advertised);
            fs::write(node.config(), text).map_err(|e| format!("cannot write settings: {e}"))?;
            nodes.push(node);
        }
        let mut cluster = Cluster { nodes, lib };
        cluster.format()?;
        cluster.nodes.iter_mut().try_for_each(Node::launch)?;
        for node in &mut cluster.nodes {
            node.wait()?;
        }
        Ok(cluster)
    }

    fn format(&self) -> Result<(), String> {
        let id = java(&self.lib, "kafka.tools.StorageTool").arg("random-uuid").output();
        let id = id.map_err(|e| format!("java does not start: {e}"))?;
        let id = String::from_utf8_lossy(&id.stdout).trim().to_string();
        let mut formats = Vec::new();
        for node in &self.nodes {
            let mut command = java(&self.lib, "kafka.tools.StorageTool");
            command.args(["format", "-t", &id, "-c"]).arg(node.config());
            formats.push(Proc::start(command, &node.dir.join("format.out"))?);
        }
        for mut format in formats {
            if !format.wait(Duration::from_secs(UP_SECONDS_MAX))?.success() {
                return Err(format!("formatting a node failed: {}", format.tail()));
            }
        }
        Ok(())
    }

    /// Bootstrap addresses of the direct listeners.
    pub(crate) fn direct(&self) -> String {
        let one = |node: &Node| format!("127.0.0.1:{}", node.direct);
        self.nodes.iter().map(one).collect::<Vec<_>>().join(",")
    }
}

impl Node {
    fn config(&self) -> PathBuf {
        self.dir.join("node.properties")
    }

    /// The folder of its log segments.
    pub(crate) fn data(&self) -> PathBuf {
        self.dir.join("log")
    }

    fn launch(&mut self) -> Result<(), String> {
        let mut command = java(&self.lib, "kafka.Kafka");
        command.arg(self.config()).stdin(Stdio::null());
        self.process = Some(Proc::start(command, &self.dir.join("broker.out"))?);
        Ok(())
    }

    fn wait(&mut self) -> Result<(), String> {
        let deadline = Instant::now() + Duration::from_secs(UP_SECONDS_MAX);
        let process = self.process.as_mut().ok_or("the node was not started")?;
        while Instant::now() < deadline {
            if let Some(status) = process.ended()? {
                return Err(format!("a broker ended at once ({status}): {}", process.tail()));
            }
            if process.log().contains("Kafka Server started")
                && TcpStream::connect(("127.0.0.1", self.direct)).is_ok()
            {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err(format!("a broker did not answer within {UP_SECONDS_MAX} s: {}", process.tail()))
    }

    /// Starts it again, on the same ports and data, and waits until it answers.
    pub(crate) fn start_again(&mut self) -> Result<(), String> {
        self.launch()?;
        self.wait()
    }

    /// kill -9.
    pub(crate) fn kill(&mut self) {
        // Dropping a process kills it and waits for its end.
        self.process = None;
    }

    /// An orderly stop; one that takes too long is killed, and that is an error.
    pub(crate) fn stop(&mut self) -> Result<(), String> {
        let Some(mut process) = self.process.take() else { return Ok(()) };
        process.signal("TERM")?;
        process.wait(Duration::from_secs(60)).map(|_| ())
    }

    /// SIGSTOP and SIGCONT.
    pub(crate) fn freeze(&self, yes: bool) -> Result<(), String> {
        let process = self.process.as_ref().ok_or("the node is down")?;
        process.signal(if yes { "STOP" } else { "CONT" })
    }

    /// Whether its process has ended by itself.
    pub(crate) fn has_ended(&mut self) -> Result<bool, String> {
        self.process.as_mut().map_or(Ok(true), |process| Ok(process.ended()?.is_some()))
    }

    fn properties(&self, id: usize, controller: u16, voters: &str, advertised: u16) -> String {
        let (direct, behind) = (self.direct, self.behind_proxy);
        format!(
            "process.roles=broker,controller\n\
             node.id={id}\n\
             listeners=PLAINTEXT://127.0.0.1:{direct},PROXIED://127.0.0.1:{behind},CONTROLLER://127.0.0.1:{controller}\n\
             advertised.listeners=PLAINTEXT://127.0.0.1:{direct},PROXIED://127.0.0.1:{advertised}\n\
             inter.broker.listener.name=PLAINTEXT\n\
             controller.listener.names=CONTROLLER\n\
             controller.quorum.voters={voters}\n\
             listener.security.protocol.map=PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT\n\
             log.dirs={}\n\
             auto.create.topics.enable=false\n\
             group.initial.rebalance.delay.ms=0\n\
             default.replication.factor=3\n\
             min.insync.replicas=2\n\
             offsets.topic.replication.factor=3\n\
             offsets.topic.num.partitions={COORDINATOR_PARTITIONS}\n\
             transaction.state.log.replication.factor=3\n\
             transaction.state.log.min.isr=2\n\
             transaction.state.log.num.partitions={COORDINATOR_PARTITIONS}\n\
             share.coordinator.state.topic.replication.factor=3\n\
             share.coordinator.state.topic.min.isr=2\n\
             transaction.abort.timed.out.transaction.cleanup.interval.ms=1000\n\
             unclean.leader.election.enable=false\n\
             message.max.bytes=40000000\n\
             replica.fetch.max.bytes=40000000\n",
            self.data().display()
        )
    }
}

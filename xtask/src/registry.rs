//! A real schema registry for the tests: Apicurio from Maven into the cache, in memory on a free loopback
//! port, stopped by its own process id; and the Python of Confluent's clients, which talk to it.

use crate::faults::process::{Proc, mortal};
use crate::fetch::{cache, free_port, once, python_with, run};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub(crate) const VERSION: &str = "2.6.13";
/// The archive of `VERSION`, and its SHA-256.
const ARCHIVE: &str = "apicurio-registry-app-2.6.13.Final-all.tar.gz";
const SHA256: &str = "3cda1b34aa020fb4ac4dd6a66018d757e81e437f97e20a1f92d366b70091c6ba";
const JAR: &str = "apicurio-registry-app-2.6.13.Final-runner.jar";
/// Where it speaks as Confluent's registry does.
const API: &str = "/apis/ccompat/v7";

const UP_SECONDS_MAX: u64 = 90;
/// How long one try of its API may take.
const TRY: Duration = Duration::from_secs(2);

/// Confluent's own clients, and what `tests/peers/registry.py` reads and compiles schemas with, as pip
/// knows them.
pub(crate) const PEER: &[&str] = &[
    "confluent-kafka[avro,json,protobuf,schemaregistry]==2.16.1",
    "fastavro==1.13.1",
    "grpcio-tools==1.85.1",
    "protobuf==7.36.2",
];

/// A registry that ends with this value.
pub(crate) struct Registry {
    process: Proc,
    dir: PathBuf,
    port: u16,
}

impl Registry {
    /// Fetches it when it is missing and starts it. It is up after `wait`: whatever else has to start
    /// can do so in between.
    pub(crate) fn launch() -> Result<Registry, String> {
        let app = app()?;
        let port = free_port()?;
        let dir = cache()?.join(format!("registry-{}-{port}", std::process::id()));
        fs::create_dir_all(&dir).map_err(|e| format!("cannot make {}: {e}", dir.display()))?;
        let mut command = mortal("java");
        command
            .args(["-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"])
            .arg(format!("-Djava.io.tmpdir={}", dir.display()))
            .arg("-jar")
            .arg(app.join(JAR))
            .current_dir(&dir)
            .stdin(Stdio::null())
            // It reads settings from names as plain as LOG_LEVEL and AUTH_ENABLED: none of the caller's.
            .env_clear()
            .envs(["PATH", "HOME"].iter().filter_map(|name| Some((name, std::env::var_os(name)?))))
            .env("QUARKUS_HTTP_HOST", "127.0.0.1")
            .env("QUARKUS_HTTP_PORT", port.to_string())
            // The one thing in it that would report to a server elsewhere.
            .env("ENABLE_SENTRY", "false");
        let process = Proc::start(command, &dir.join("out"));
        let process = process.inspect_err(|_| drop(fs::remove_dir_all(&dir)))?;
        Ok(Registry { process, dir, port })
    }

    /// Waits until its API answers.
    pub(crate) fn wait(&mut self) -> Result<(), String> {
        let deadline = Instant::now() + Duration::from_secs(UP_SECONDS_MAX);
        while Instant::now() < deadline {
            if let Some(status) = self.process.ended()? {
                let tail = self.process.tail();
                return Err(format!("the schema registry ended at once ({status}): {tail}"));
            }
            if self.answers().is_ok_and(|yes| yes) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let tail = self.process.tail();
        Err(format!("the schema registry did not answer within {UP_SECONDS_MAX} s: {tail}"))
    }

    /// The address of its API.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}{API}", self.port)
    }

    fn answers(&self) -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(TRY))?;
        stream.write_all(format!("GET {API}/subjects HTTP/1.0\r\n\r\n").as_bytes())?;
        let mut status = [0; "HTTP/1.0 200".len()];
        stream.read_exact(&mut status)?;
        Ok(status.ends_with(b" 200"))
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        // Nothing of it is kept, so there is nothing to shut down in order.
        self.process.kill();
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// The folder of its jar; fetched once.
fn app() -> Result<PathBuf, String> {
    let lib = once(&format!("apicurio-{VERSION}/lib"), "Apicurio Registry, 142 MB", unpack)?;
    let app = lib.parent().unwrap_or(&lib).to_path_buf();
    if app.join(JAR).is_file() { Ok(app) } else { Err(format!("no {JAR} in {}", app.display())) }
}

fn unpack(part: &Path) -> Result<(), String> {
    let artifact = format!("io.apicurio:apicurio-registry-app:{VERSION}.Final:tar.gz:all");
    run(Command::new("mvn")
        .args(["-q", "-B", "-C", "dependency:copy"])
        .arg(format!("-Dartifact={artifact}"))
        .arg(format!("-DoutputDirectory={}", part.display())))?;
    let sums = part.join("SHA256SUMS");
    fs::write(&sums, format!("{SHA256}  {ARCHIVE}\n")).map_err(|e| e.to_string())?;
    run(Command::new("sha256sum").args(["--check", "--quiet", "SHA256SUMS"]).current_dir(part))?;
    run(Command::new("tar").args(["-xzf", ARCHIVE]).current_dir(part))?;
    for done in [sums, part.join(ARCHIVE)] {
        fs::remove_file(&done).map_err(|e| format!("{}: {e}", done.display()))?;
    }
    Ok(())
}

/// The Python of Confluent's clients; made once.
pub(crate) fn peer() -> Result<PathBuf, String> {
    python_with("registry-peer-1", &PEER.join(", "), &[PEER])
}

//! A real PostgreSQL for the tests, on a free port of this machine, with a password and a certificate
//! of its own. Debian's; it ends with the run, and its data goes.

use crate::fetch::{free_port, run};
use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const UP_SECONDS_MAX: u64 = 60;
const DOWN_SECONDS_MAX: u64 = 20;
/// Where Debian's packages put each version.
const VERSIONS: &str = "/usr/lib/postgresql";

/// A server that ends with this value.
pub(crate) struct Postgres {
    server: Child,
    folder: PathBuf,
    /// `host:port`.
    pub(crate) address: String,
    /// `PostgreSQL 15.18`.
    pub(crate) version: String,
}

impl Postgres {
    /// Makes a cluster, starts it, and waits until it answers.
    pub(crate) fn start() -> Result<Postgres, String> {
        let bin = bin()?;
        let folder = std::env::temp_dir().join(format!("weir-postgres-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
        let at = |name: &str| folder.join(name).display().to_string();
        fs::write(folder.join("password"), "for-tests-only\n").map_err(|e| e.to_string())?;
        let names = "subjectAltName=IP:127.0.0.1,DNS:localhost";
        run(Command::new("openssl")
            .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"])
            .args(["-subj", "/CN=weir-tests", "-addext", names])
            .args(["-keyout", &at("server.key"), "-out", &at("server.crt")])
            .stderr(Stdio::null()))?;
        run(Command::new("chmod").args(["600", &at("server.key"), &at("password")]))?;
        if is_root() {
            // The server refuses to be root's.
            run(Command::new("chown").args(["-R", "postgres:", &folder.display().to_string()]))?;
        }
        let made = as_server(&bin.join("initdb"))
            .args(["-D", &at("data"), "-U", "weir", "-A", "scram-sha-256", "-E", "UTF8"])
            .args(["--no-locale", "--pwfile", &at("password")])
            .stdout(Stdio::null())
            .status();
        if !made.is_ok_and(|status| status.success()) {
            return Err("initdb failed".into());
        }
        let port = free_port()?;
        let log = fs::File::create(folder.join("log")).map_err(|e| e.to_string())?;
        let errors = log.try_clone().map_err(|e| e.to_string())?;
        let mut server = as_server(&bin.join("postgres"));
        server.args(["-D", &at("data"), "-p", &port.to_string()]);
        for setting in [
            "listen_addresses=127.0.0.1,127.0.0.2".to_string(),
            format!("unix_socket_directories={}", folder.display()),
            "ssl=on".into(),
            format!("ssl_cert_file={}", at("server.crt")),
            format!("ssl_key_file={}", at("server.key")),
        ] {
            server.args(["-c", &setting]);
        }
        let server = server.stdin(Stdio::null()).stdout(log).stderr(errors).spawn();
        let server = server.map_err(|e| format!("postgres does not start: {e}"))?;
        let version = Command::new(bin.join("postgres")).arg("--version").output();
        let version = version.map(|out| String::from_utf8_lossy(&out.stdout).into_owned());
        let version = version.unwrap_or_default().replace("postgres (PostgreSQL)", "PostgreSQL");
        let version = version.split(" (").next().unwrap_or_default().trim().to_string();
        let address = format!("127.0.0.1:{port}");
        let mut postgres = Postgres { server, folder, address, version };
        let deadline = Instant::now() + Duration::from_secs(UP_SECONDS_MAX);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if Instant::now() > deadline || matches!(postgres.server.try_wait(), Ok(Some(_))) {
                return Err("PostgreSQL did not come up".into());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(postgres)
    }

    /// The folder of its password, its certificate and its data.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // An interrupt is a fast shutdown; a kill would leave its children behind.
        let _ = Command::new("kill").args(["-INT", &self.server.id().to_string()]).status();
        let deadline = Instant::now() + Duration::from_secs(DOWN_SECONDS_MAX);
        while matches!(self.server.try_wait(), Ok(None)) && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.server.kill();
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The programs of the newest version that is installed.
fn bin() -> Result<PathBuf, String> {
    let installed = fs::read_dir(VERSIONS).into_iter().flatten().flatten();
    let bins = installed.map(|version| version.path().join("bin"));
    let number = |bin: &PathBuf| {
        let name = bin.parent().and_then(Path::file_name)?.to_str()?;
        name.parse::<u32>().ok()
    };
    bins.filter(|bin| bin.join("initdb").exists())
        .max_by_key(number)
        .ok_or_else(|| "PostgreSQL's server is missing: install postgresql".to_string())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|out| out.stdout.trim_ascii() == b"0")
}

/// A program as the user that the server may be.
fn as_server(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]).arg(program);
    command
}

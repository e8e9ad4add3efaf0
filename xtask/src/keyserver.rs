//! Real key servers for the tests: moto's AWS KMS on loopback, and SoftHSM's PKCS#11 module.

use crate::faults::process::mortal;
use crate::fetch::{cache, free_port, maven, python};
use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const UP_SECONDS_MAX: u64 = 60;
/// Where Debian's package puts the module.
const SOFTHSM: [&str; 3] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
];

/// moto's server; it ends with this value.
pub(crate) struct Moto {
    child: Child,
    log: PathBuf,
    pub(crate) port: u16,
}

/// Key servers that end with this value.
pub(crate) struct KeyServers {
    _moto: Moto,
    /// The address of AWS KMS as moto serves it.
    pub(crate) kms: String,
    /// The PKCS#11 module of SoftHSM.
    pub(crate) softhsm: PathBuf,
    /// The folder of Bouncy Castle's jar.
    pub(crate) bouncy_castle: PathBuf,
}

impl KeyServers {
    /// Fetches what is missing, starts, and waits until it answers.
    pub(crate) fn start() -> Result<KeyServers, String> {
        let bouncy_castle = maven("bouncycastle-1.82", "keys", "Bouncy Castle 1.82, 8 MB")?;
        let softhsm = SOFTHSM.iter().map(Path::new).find(|path| path.exists());
        let softhsm = softhsm.ok_or("SoftHSM's module is missing: install softhsm2")?.to_path_buf();
        let moto = Moto::start()?;
        let kms = format!("http://127.0.0.1:{}", moto.port);
        Ok(KeyServers { _moto: moto, kms, softhsm, bouncy_castle })
    }
}

impl Moto {
    /// Fetches it when it is missing, starts, and waits until it answers.
    pub(crate) fn start() -> Result<Moto, String> {
        let python = python("moto-5.2.5", "moto[server]==5.2.5")?;
        let port = free_port()?;
        let log = cache()?.join(format!("moto-{}-{port}.out", std::process::id()));
        let out = fs::File::create(&log).map_err(|e| e.to_string())?;
        let errors = out.try_clone().map_err(|e| e.to_string())?;
        let child = mortal(python)
            .args(["-m", "moto.server", "-H", "127.0.0.1", "-p", &port.to_string()])
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(errors)
            .spawn()
            .map_err(|e| format!("moto does not start: {e}"))?;
        let mut moto = Moto { child, log, port };
        let deadline = Instant::now() + Duration::from_secs(UP_SECONDS_MAX);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if Instant::now() > deadline || matches!(moto.child.try_wait(), Ok(Some(_))) {
                return Err(format!("moto did not come up; see {}", moto.log.display()));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(moto)
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_file(&self.log);
    }
}

//! What the tests need from elsewhere: jars by Maven, Python packages by pip, into the cache.

use crate::say;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// Below Linux's ephemeral ports, which begin at 32768.
const PORTS: std::ops::Range<u16> = 15_000..32_000;

/// Where downloads and logs live: outside the checkout, so that the next clone finds them.
pub(crate) fn cache() -> Result<PathBuf, String> {
    let base = std::env::var_os("WEIR_CACHE").map(PathBuf::from);
    let xdg = || Some(PathBuf::from(std::env::var_os("XDG_CACHE_HOME")?).join("weir"));
    let home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache/weir"));
    base.or_else(xdg).or_else(home).ok_or_else(|| "neither WEIR_CACHE nor HOME is set".to_string())
}

/// The folder of the jars that `tests/POM/pom.xml` names; fetched into `name` once.
pub(crate) fn maven(name: &str, pom: &str, what: &str) -> Result<PathBuf, String> {
    let pom = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../tests/{pom}/pom.xml"));
    once(&format!("{name}/lib"), what, |part| {
        run(Command::new("mvn")
            .args(["-q", "-B", "dependency:copy-dependencies", "-f"])
            .arg(&pom)
            .arg(format!("-DoutputDirectory={}", part.join("lib").display())))
    })
}

/// The Python of a virtual environment with one package; made once.
pub(crate) fn python(name: &str, requirement: &str) -> Result<PathBuf, String> {
    python_with(name, requirement, &[&[requirement]])
}

/// The same with what each `pip install` of these arguments brings.
pub(crate) fn python_with(name: &str, what: &str, installs: &[&[&str]]) -> Result<PathBuf, String> {
    let bin = once(&format!("{name}/bin"), what, |part| {
        run(Command::new("python3").args(["-m", "venv"]).arg(part))?;
        let pip = part.join("bin/python");
        installs.iter().try_for_each(|arguments| {
            run(Command::new(&pip).args(["-m", "pip", "install", "-q"]).args(*arguments))
        })
    })?;
    Ok(bin.join("python"))
}

/// A folder of the cache, made by `make` where it is missing. The rename makes half a download
/// invisible.
pub(crate) fn once(
    path: &str,
    what: &str,
    make: impl FnOnce(&Path) -> Result<(), String>,
) -> Result<PathBuf, String> {
    let wanted = cache()?.join(path);
    if wanted.is_dir() {
        return Ok(wanted);
    }
    let name = path.split('/').next().unwrap_or(path);
    say(&format!("fetching {what} (once)"));
    let part = cache()?.join(format!("{name}-part-{}", std::process::id()));
    make(&part)?;
    let _ = fs::rename(&part, cache()?.join(name));
    let _ = fs::remove_dir_all(&part);
    if wanted.is_dir() { Ok(wanted) } else { Err(format!("nothing in {}", wanted.display())) }
}

/// Runs a program to its end; what it needs of standard input is nothing.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().display().to_string();
    match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name} failed: {status}")),
        Err(why) => Err(format!("{name} does not start: {why}")),
    }
}

/// A port that nothing listens on. Not one that the system would give a client: until a broker has
/// started, a connection of somebody else could get it.
pub(crate) fn free_port() -> Result<u16, String> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let first = std::process::id().wrapping_mul(97);
    for _ in 0..PORTS.len() {
        let n = first.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed));
        let port = PORTS.start + (n % PORTS.len() as u32) as u16;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    Err("no free port".into())
}

//! A child process of the bench: its output goes to a file, signals go to its own id, and it ends
//! with the value that holds it.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Characters of a log that an error message quotes.
const TAIL: usize = 600;

/// A program that the kernel kills when this thread ends: should the bench itself be killed, no broker
/// stays behind. util-linux's `setpriv` becomes the program, so the process id is the program's.
pub(crate) fn mortal(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}

/// A child that is killed when this value goes.
#[derive(Debug)]
pub(crate) struct Proc {
    child: Child,
    log: PathBuf,
    /// Where this process's part of the log begins.
    from: u64,
}

impl Proc {
    /// Starts it; what it prints is appended to `log`. Standard input is what `command` says.
    pub(crate) fn start(mut command: Command, log: &Path) -> Result<Proc, String> {
        let file = OpenOptions::new().create(true).append(true).open(log);
        let file = file.map_err(|e| format!("cannot write a log: {e}"))?;
        let from = file.metadata().map_or(0, |meta| meta.len());
        let errors = file.try_clone().map_err(|e| e.to_string())?;
        Proc::spawn(command.stdout(file).stderr(errors), log, from)
    }

    /// The same, with standard output for the caller to read.
    pub(crate) fn piped(mut command: Command, log: &Path) -> Result<Proc, String> {
        let errors = File::create(log).map_err(|e| format!("cannot write a log: {e}"))?;
        Proc::spawn(command.stdout(Stdio::piped()).stderr(errors), log, 0)
    }

    /// The same, with output as `command` says; `log` is the file that it names for errors.
    pub(crate) fn adopt(mut command: Command, log: &Path) -> Result<Proc, String> {
        Proc::spawn(&mut command, log, 0)
    }

    fn spawn(command: &mut Command, log: &Path, from: u64) -> Result<Proc, String> {
        let name = command.get_program().display().to_string();
        let child = command.spawn().map_err(|e| format!("{name} does not start: {e}"))?;
        Ok(Proc { child, log: log.to_path_buf(), from })
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// `TERM`, `STOP`, `CONT`.
    pub(crate) fn signal(&self, name: &str) -> Result<(), String> {
        let status = Command::new("kill")
            .args([&format!("-{name}"), &self.child.id().to_string()])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(_) => Err(format!("SIG{name}: the process is gone: {}", self.tail())),
            Err(why) => Err(format!("kill does not start: {why}")),
        }
    }

    /// How it ended, when it did.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>, String> {
        self.child.try_wait().map_err(|e| e.to_string())
    }

    /// Waits for its end; past the deadline it is killed, and that is an error.
    pub(crate) fn wait(&mut self, most: Duration) -> Result<ExitStatus, String> {
        let deadline = Instant::now() + most;
        loop {
            if let Some(status) = self.ended()? {
                return Ok(status);
            }
            if Instant::now() > deadline {
                self.kill();
                return Err(format!("did not end within {} s: {}", most.as_secs(), self.tail()));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// kill -9, and waits.
    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// What this process has printed.
    pub(crate) fn log(&self) -> String {
        let bytes = std::fs::read(&self.log).unwrap_or_default();
        let from = usize::try_from(self.from).unwrap_or(0).min(bytes.len());
        String::from_utf8_lossy(&bytes[from..]).into_owned()
    }

    /// The end of what it has printed, on one line.
    pub(crate) fn tail(&self) -> String {
        let log = self.log();
        let skip = log.chars().count().saturating_sub(TAIL);
        log.chars().skip(skip).collect::<String>().trim().replace('\n', " | ")
    }
}

impl Drop for Proc {
    fn drop(&mut self) {
        // A frozen process dies of this too.
        self.kill();
    }
}

//! What the kernel says of a process: memory, open files, threads. From /proc; no tool of weir's.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// One look at a process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Vitals {
    pub(crate) rss_kib: u64,
    /// The most that it ever had in memory.
    pub(crate) most_kib: u64,
    pub(crate) files: u64,
    pub(crate) threads: u64,
}

/// Looks; `None` when the process is gone.
pub(crate) fn of(pid: u32) -> Option<Vitals> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let files = fs::read_dir(format!("/proc/{pid}/fd")).ok()?.count() as u64;
    Some(Vitals { files, ..parse(&status) })
}

fn parse(status: &str) -> Vitals {
    let number = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
    };
    Vitals {
        rss_kib: number("VmRSS:"),
        most_kib: number("VmHWM:"),
        files: 0,
        threads: number("Threads:"),
    }
}

/// Processor time that it has taken so far, in seconds, all threads.
pub(crate) fn worked(pid: u32) -> Option<f64> {
    // Linux tells in hundredths on every machine that this bench runs on.
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in brackets may hold blanks; user and system time are the 12th and 13th behind it.
    let mut behind = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut next = || behind.next()?.parse::<f64>().ok();
    Some((next()? + next()?) / TICKS)
}

/// The slope of the least squares through (seconds, value), a minute.
pub(crate) fn slope_a_minute(points: &[(f64, f64)]) -> f64 {
    let n = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |sum, p| (sum.0 + p.0 / n, sum.1 + p.1 / n));
    let (above, below) = points
        .iter()
        .fold((0.0, 0.0), |sum, p| (sum.0 + (p.0 - x) * (p.1 - y), sum.1 + (p.0 - x).powi(2)));
    if below == 0.0 { 0.0 } else { above / below * 60.0 }
}

/// A cap on memory by cgroup v1, where this machine lets us make one; it goes with this value.
pub(crate) struct Cap(PathBuf);

impl Cap {
    pub(crate) fn new(bytes: u64) -> Option<Cap> {
        let path =
            PathBuf::from(format!("/sys/fs/cgroup/memory/weir-faults-{}", std::process::id()));
        fs::create_dir(&path).ok()?;
        let cap = Cap(path);
        fs::write(cap.0.join("memory.limit_in_bytes"), bytes.to_string()).ok()?;
        Some(cap)
    }

    /// Words that put a program below the cap and then become it.
    pub(crate) fn wrapper(&self) -> Vec<String> {
        let enter = format!("echo $$ > {}/cgroup.procs && exec \"$@\"", self.0.display());
        ["sh", "-c", &enter, "sh"].map(String::from).to_vec()
    }
}

impl Drop for Cap {
    fn drop(&mut self) {
        let _ = fs::remove_dir(&self.0);
    }
}

/// A file system of a limited size in memory; it goes with this value.
pub(crate) struct Small(pub(crate) PathBuf);

impl Small {
    /// Mounts it; `None` where this machine does not let us.
    pub(crate) fn mount(at: PathBuf, bytes: u64) -> Option<Small> {
        fs::create_dir_all(&at).ok()?;
        let size = format!("size={bytes}");
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(&at)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .status();
        mount.is_ok_and(|status| status.success()).then_some(Small(at))
    }

    /// Fills what is left of it.
    pub(crate) fn fill(&self) {
        // The write that fails is the one that fills.
        let _ = Command::new("dd")
            .args(["if=/dev/zero", "bs=4096", &format!("of={}", self.filler().display())])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }

    /// Gives the room back.
    pub(crate) fn free(&self) {
        let _ = fs::remove_file(self.filler());
    }

    fn filler(&self) -> PathBuf {
        self.0.join("filler")
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        // Lazily: a process that dies with the bench may still have a file open.
        let _ = Command::new("umount").arg("-l").arg(&self.0).stdin(Stdio::null()).status();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_read() {
        let status = "Name:\tweir\nVmHWM:\t  2048 kB\nVmRSS:\t  1024 kB\nThreads:\t7\n";
        let wanted = Vitals { rss_kib: 1024, most_kib: 2048, files: 0, threads: 7 };
        assert_eq!(parse(status), wanted);
        let own = of(std::process::id()).expect("this process");
        assert!(own.rss_kib > 0 && own.files > 0 && own.threads > 0);
        assert_eq!(of(u32::MAX), None);
        let until = std::time::Instant::now() + std::time::Duration::from_millis(60);
        while std::time::Instant::now() < until {}
        assert!(worked(std::process::id()).is_some_and(|seconds| (0.02..600.0).contains(&seconds)));
    }

    #[test]
    fn a_slope_is_a_minutes() {
        let points: Vec<_> = (0..10).map(|n| (f64::from(n), 5.0 + 2.0 * f64::from(n))).collect();
        assert!((slope_a_minute(&points) - 120.0).abs() < 1e-9);
        assert_eq!(slope_a_minute(&[(1.0, 2.0)]), 0.0);
    }
}

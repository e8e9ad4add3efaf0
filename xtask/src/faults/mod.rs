//! `./dev faults`: the fault bench on three real brokers. Each shard does one kind of harm to a
//! running pipeline and has an independent reader judge what came of it. docs/faults.md says what a
//! person needs to know.

mod build;
pub(crate) mod control;
mod facts;
pub(crate) mod feed;
mod gate;
pub(crate) mod json;
mod judge;
pub(crate) mod process;
mod r1;
mod r10;
mod r11;
mod r12;
mod r13;
mod r2;
mod r3;
mod r4;
mod r5;
mod r6;
mod r7;
mod r8;
mod r9;
mod report;
mod s1;
mod s6;
mod stage;
pub(crate) mod vitals;
mod witness;

use crate::cluster::{Cluster, NODES};
use crate::fetch::cache;
use crate::proxy::Proxy;
use crate::say;
use control::Control;
use report::{Line, Report};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A kind of harm.
pub(crate) struct Shard {
    pub(crate) id: &'static str,
    pub(crate) what: &'static str,
    /// Part of the set that CI runs.
    ci: bool,
    run: Run,
}

enum Run {
    /// On the cluster.
    Cluster(fn(&mut Bench) -> Result<Vec<Line>, String>),
    /// Without brokers.
    Alone(fn(&Options) -> Result<Vec<Line>, String>),
}

pub(crate) const SHARDS: &[Shard] = &[
    Shard { id: "R1", what: "kill -9 at random times", ci: true, run: Run::Cluster(r1::run) },
    Shard { id: "R2", what: "kill at named points", ci: true, run: Run::Cluster(r2::run) },
    Shard { id: "R3", what: "broker faults", ci: false, run: Run::Cluster(r3::run) },
    Shard { id: "R4", what: "coordinator failover", ci: false, run: Run::Cluster(r4::run) },
    Shard { id: "R5", what: "late, lost and doubled frames", ci: true, run: Run::Cluster(r5::run) },
    Shard { id: "R6", what: "rebalances and zombies", ci: false, run: Run::Cluster(r6::run) },
    Shard { id: "R7", what: "model simulation", ci: true, run: Run::Alone(r7::run) },
    Shard { id: "R8", what: "no room, no handles", ci: false, run: Run::Cluster(r8::run) },
    Shard { id: "R9", what: "clock jumps", ci: false, run: Run::Cluster(r9::run) },
    Shard { id: "R10", what: "poison", ci: false, run: Run::Cluster(r10::run) },
    Shard { id: "R11", what: "a long run, compressed", ci: false, run: Run::Cluster(r11::run) },
    Shard { id: "R12", what: "memory", ci: false, run: Run::Cluster(r12::run) },
    Shard { id: "R13", what: "upgrade and roll-back", ci: false, run: Run::Cluster(r13::run) },
    Shard { id: "S1", what: "identifiers in every sink", ci: false, run: Run::Cluster(s1::run) },
    Shard { id: "S6", what: "key server faults", ci: false, run: Run::Cluster(s6::run) },
];

/// How the bench was called.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    pub(crate) nightly: bool,
    only: Vec<String>,
    into: Option<PathBuf>,
    pub(crate) seed: Option<u64>,
    self_test: bool,
    keep: bool,
    /// Records a second of a feed.
    pub(crate) rate: u64,
    pub(crate) old: Option<PathBuf>,
    pub(crate) old_revision: Option<String>,
}

const USAGE: &str = "usage: faults [--nightly] [--only R1[,R2]] [--into DIR] [--seed N] [--self-test]\n\
                     \x20             [--rate RECORDS] [--old BINARY | --old-rev REVISION] [--keep]\n\
                     \x20      faults report DIR [--out FILE]";

/// Records a second of a feed: enough that no partition is ever idle, little enough for two cores.
const RATE: u64 = 2_000;

/// The bench's clock: seconds since it began.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock(Instant);

impl Clock {
    pub(crate) fn seconds(self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

/// What the shards share.
pub(crate) struct Bench {
    pub(crate) control: Arc<Control>,
    pub(crate) cluster: Cluster,
    pub(crate) proxy: Proxy,
    pub(crate) weir: PathBuf,
    pub(crate) failpoints: Option<PathBuf>,
    pub(crate) options: Options,
    pub(crate) seed: u64,
    pub(crate) clock: Clock,
    /// Goes last: everything above has files in it.
    pub(crate) dir: Folder,
}

/// A folder that goes with this value, unless it is to be kept.
pub(crate) struct Folder {
    path: PathBuf,
    keep: bool,
}

impl std::ops::Deref for Folder {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.keep {
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

impl Bench {
    fn start(options: &Options, seed: u64) -> Result<Bench, String> {
        let weir = build::weir()?;
        let failpoints = build::failpoints()?;
        let path = cache()?.join(format!("faults-{}", std::process::id()));
        std::fs::create_dir_all(&path).map_err(|e| format!("cannot make a folder: {e}"))?;
        let dir = Folder { path, keep: options.keep };
        let started = Instant::now();
        let mut proxy = Proxy::bind(NODES)?;
        let cluster = Cluster::start(&dir, &proxy.ports)?;
        let behind: Vec<_> = cluster.nodes.iter().map(|node| node.behind_proxy).collect();
        proxy.forward(&behind);
        let control = Control::start(&cluster.lib, &cluster.direct(), &dir.join("control.err"))?;
        say(&format!("three brokers are up after {}", seconds(started.elapsed())));
        let (control, options) = (Arc::new(control), options.clone());
        let clock = Clock(Instant::now());
        Ok(Bench { control, cluster, proxy, weir, failpoints, options, seed, clock, dir })
    }

    pub(crate) fn random(&self, stream: u64) -> Random {
        Random(self.seed ^ stream.wrapping_mul(0xd1b5_4a32_d192_ed03))
    }
}

/// `xtask faults`.
pub(crate) fn run(args: &[String]) -> Result<ExitCode, String> {
    if args.first().is_some_and(|arg| arg == "report") {
        return report(&args[1..]);
    }
    let options = parse(args)?;
    let seed = options.seed.unwrap_or_else(|| {
        u64::from(std::time::UNIX_EPOCH.elapsed().map_or(1, |time| time.subsec_nanos()))
    });
    if options.self_test {
        return self_test(&options, seed);
    }
    let options = Options { seed: Some(seed), ..options };
    let into = options.into.clone().map_or_else(|| cache().map(|c| c.join("faults")), Ok)?;
    let chosen: Vec<_> = SHARDS.iter().filter(|shard| options.wants(shard)).collect();
    let on_cluster = chosen.iter().any(|shard| matches!(shard.run, Run::Cluster(_)));
    let commit = facts::commit();
    let mut bench = if on_cluster { Some(Bench::start(&options, seed)?) } else { None };
    let mut reports = Vec::new();
    for shard in chosen {
        say(&format!("{}: {}, seed {seed}", shard.id, shard.what));
        let (when, started) = (facts::now(), Instant::now());
        let lines = match (&shard.run, &mut bench) {
            (Run::Cluster(run), Some(bench)) => {
                bench.proxy.forget();
                run(bench)
            }
            (Run::Alone(run), _) => run(&options),
            (Run::Cluster(_), None) => Err("no cluster".into()),
        };
        // A shard that broke says so in its report: it has shown nothing.
        let lines = lines.unwrap_or_else(|why| {
            let mut line = Line::new(shard.what);
            line.problems.push(format!("the bench itself failed: {why}"));
            vec![line]
        });
        let report = Report {
            shard: shard.id.into(),
            nightly: options.nightly,
            seed,
            when,
            seconds: started.elapsed().as_secs(),
            commit: commit.clone(),
            facts: facts::facts(bench.as_ref().map(|bench| bench.weir.as_path()), options.rate),
            lines,
        };
        report.write(&into)?;
        say(&format!("{}: {} s", shard.id, report.seconds));
        reports.push(report);
    }
    drop(bench);
    print_out(&reports);
    let good = reports.iter().all(Report::is_good);
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print_out(reports: &[Report]) {
    let Some(first) = reports.first() else { return };
    say(&format!("\n{}\n{}", report::table(reports), report::remarks(reports)));
    let facts: Vec<_> = first.facts.iter().map(|(name, value)| format!("{name} {value}")).collect();
    say(&format!(
        "seed {}, commit {}, {}",
        first.seed,
        facts::short(&first.commit),
        facts.join(", ")
    ));
}

/// With a rule of weir's switched off, the bench must see the harm; else its zeros are worth nothing.
fn self_test(options: &Options, seed: u64) -> Result<ExitCode, String> {
    let mut bench = Bench::start(options, seed)?;
    if bench.failpoints.is_none() {
        say("self-test: not built: this commit has no failpoints");
        return Ok(ExitCode::FAILURE);
    }
    let torn = r5::self_test(&mut bench)?;
    let late = r1::self_test(&mut bench)?;
    Ok(if torn && late { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn report(args: &[String]) -> Result<ExitCode, String> {
    let (dir, out) = match args {
        [dir] => (dir, None),
        [dir, flag, out] if flag == "--out" => (dir, Some(out)),
        _ => return Err(USAGE.into()),
    };
    let (text, whole) = report::merge(Path::new(dir), facts::is_fresh);
    match out {
        Some(out) => std::fs::write(out, &text).map_err(|e| format!("cannot write {out}: {e}"))?,
        None => say(&text),
    }
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Options {
    fn wants(&self, shard: &Shard) -> bool {
        if self.only.is_empty() {
            return shard.ci || self.nightly;
        }
        self.only.iter().any(|id| id == shard.id)
    }

    /// The size of something, in CI and by night.
    pub(crate) fn size(&self, ci: u64, nightly: u64) -> u64 {
        if self.nightly { nightly } else { ci }
    }
}

fn parse(args: &[String]) -> Result<Options, String> {
    let mut options = Options { rate: RATE, ..Options::default() };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value =
            || args.next().cloned().ok_or_else(|| format!("{arg} needs a value\n{USAGE}"));
        match arg.as_str() {
            "--nightly" => options.nightly = true,
            "--self-test" => options.self_test = true,
            "--keep" => options.keep = true,
            "--only" => options.only = value()?.split(',').map(str::to_uppercase).collect(),
            "--into" => options.into = Some(PathBuf::from(value()?)),
            "--old" => options.old = Some(PathBuf::from(value()?)),
            "--old-rev" => options.old_revision = Some(value()?),
            "--seed" => options.seed = Some(number(&value()?)?),
            "--rate" => options.rate = number(&value()?)?.max(1),
            _ => return Err(format!("what is {arg}?\n{USAGE}")),
        }
    }
    match options.only.iter().find(|id| !SHARDS.iter().any(|shard| shard.id == **id)) {
        Some(id) => Err(format!("no such shard: {id}")),
        None => Ok(options),
    }
}

fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("no number: {text}"))
}

/// A setting from the environment; an empty one is none.
pub(crate) fn environment(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the bench's own door to its settings")]
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Random numbers of a seed: which process, when.
pub(crate) struct Random(u64);

impl Random {
    /// Below `n`.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n.max(1)
    }

    pub(crate) fn millis(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.below(to - from))
    }

    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u64) as usize]
    }
}

/// A duration in words.
pub(crate) fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_string).collect()
    }

    #[test]
    fn the_command_line_chooses_shards() {
        let wanted = |text: &str| {
            let options = parse(&words(text)).expect("parses");
            SHARDS.iter().filter(|s| options.wants(s)).map(|s| s.id).collect::<Vec<_>>()
        };
        assert_eq!(wanted("--seed 3"), ["R1", "R2", "R5", "R7"]);
        assert_eq!(wanted("--only r5,R1"), ["R1", "R5"]);
        assert_eq!(wanted("--nightly").len(), SHARDS.len());
        for wrong in ["--only R99", "--seed x", "--into", "--what"] {
            assert!(parse(&words(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_seed_gives_the_same_numbers() {
        let draw = |seed| {
            let mut random = Random(seed);
            (0..5).map(|_| random.below(100)).collect::<Vec<_>>()
        };
        assert_eq!(draw(4), draw(4));
        assert_ne!(draw(4), draw(5));
    }
}

//! Measures the figures the README quotes, so that none is quoted that no command prints.
//!
//! In: a release build, made here. Out: the time of a whole process that answers one casus, and of a warm query. What
//! always holds: the question is fixed; wall-clock times are of this machine and depend on what else it is doing.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::repo::{self, Done};

const RUNS: usize = 30;

const QUESTION: &[&str] = &[
    "casus",
    "--attacker",
    "PRK",
    "--target",
    "JPN",
    "--dossier",
    "world",
    "--on",
    "2024-07-11",
    "--format",
    "json",
];

/// Builds, measures, prints.
pub(crate) fn run() -> Done {
    let mut build = repo::cargo();
    build.args(["build", "--quiet", "--release", "--package", "foedera-cli", "--bin", "foedera"]);
    repo::pass(build)?;
    let metadata = repo::metadata()?;
    let target = metadata["target_directory"].as_str().ok_or("cargo metadata names no target directory")?;
    let program = std::path::Path::new(target).join("release").join("foedera");

    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let mut casus = Command::new(&program);
        casus.args(QUESTION).stdout(Stdio::null()).current_dir(repo::root());
        let start = Instant::now();
        repo::pass(casus)?;
        times.push(start.elapsed());
    }
    let (median, max) = median_and_max(&mut times);
    println!("foedera {}", QUESTION.join(" "));
    println!("  whole process, {RUNS} runs: median {}, max {}", millis(median), millis(max));

    let size = std::fs::metadata(&program).map_err(|e| format!("{}: {e}", program.display()))?.len();
    println!("  binary: {:.1} MB (release, not stripped)", size as f64 / 1e6);

    println!("the same question, warm, in one process:");
    let mut warm = repo::cargo();
    warm.args(["run", "--quiet", "--release", "--package", "foedera", "--example", "warm_casus"]);
    repo::pass(warm)
}

/// The middle one (the upper of two) and the longest. `times` is not empty.
fn median_and_max(times: &mut [Duration]) -> (Duration, Duration) {
    times.sort_unstable();
    (times[times.len() / 2], times[times.len() - 1])
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_does_not_depend_on_order() {
        let mut times = [5, 1, 9, 3, 7].map(Duration::from_millis);
        assert_eq!(median_and_max(&mut times), (Duration::from_millis(5), Duration::from_millis(9)));
        assert_eq!(millis(times[0]), "1.0 ms");
    }
}

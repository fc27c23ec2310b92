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

/// Measures building: the first command of the README from nothing, and again after one check was edited. CPU seconds of all
/// processes, since wall time depends on the machine's other work. Builds in a folder of its own, removed at the end.
pub(crate) fn build() -> Done {
    let target = std::env::temp_dir().join(format!("foedera-figures-{}", std::process::id()));
    let check = repo::root().join("crates/dossier/src/check/uncited_claim.rs");
    let measured = (|| {
        let (release, _) = built(&target, &["build", "--quiet", "--release"])?;
        println!("first `cargo build --release`, from nothing: {release:.0} CPU seconds");
        built(&target, &["build", "--quiet"])?;
        let text = std::fs::read_to_string(&check).map_err(|e| format!("{}: {e}", check.display()))?;
        let edited = std::fs::write(&check, format!("{text}// measured\n")).map_err(|e| e.to_string());
        let again = edited.and_then(|()| built(&target, &["build", "--quiet"]));
        std::fs::write(&check, text).map_err(|e| format!("{}: {e}", check.display()))?;
        let (cpu, wall) = again?;
        println!("`cargo build` after editing one check: {wall:.1} s, {cpu:.1} CPU seconds");
        Ok(())
    })();
    let _ = std::fs::remove_dir_all(&target);
    measured
}

/// Runs cargo with a target folder; CPU and wall seconds it took, its children's included.
fn built(target: &std::path::Path, words: &[&str]) -> Result<(f64, f64), String> {
    let mut cargo = repo::cargo();
    cargo.args(words).env("CARGO_TARGET_DIR", target);
    let (cpu, start) = (children_cpu()?, Instant::now());
    repo::pass(cargo)?;
    Ok((children_cpu()? - cpu, start.elapsed().as_secs_f64()))
}

/// CPU seconds of all children waited for so far: fields 16 and 17 of /proc/self/stat (proc(5)), in ticks of 1/100 s.
fn children_cpu() -> Result<f64, String> {
    let stat = std::fs::read_to_string("/proc/self/stat").map_err(|e| format!("/proc/self/stat: {e}"))?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |n: usize| fields.get(n).and_then(|f| f.parse::<f64>().ok()).ok_or("a short /proc/self/stat");
    Ok((ticks(13)? + ticks(14)?) / 100.0)
}

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

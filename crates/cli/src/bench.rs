//! `bench`: puts the workloads W1 to W10 of `docs/bench.md` to a bulk world and says what they answer and what they cost.
//!
//! In: a folder of tables. Out: answers, CPU time of this one thread (median and best of several runs), latencies of single
//! questions, peak memory; as text or JSON. What always holds: answers come from the runs that are timed; the clock is read here and
//! nowhere below; the last line says whether the answers are those expected, if a file of them was given.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use foedera_bulk::casus::{Asker, Hit, Kind, Proven};
use foedera_bulk::why_not::WhyNot;
use foedera_bulk::{
    FIRST_YEAR, Grid, LAST_YEAR, LATEST, Query, Reading, Tables, World, casus, diff, dyad_years, f, overlay,
    similarity, sweep, why_not, year_ends,
};
use serde_json::{Map, Value};

use crate::args::Format;
use crate::run::print;

/// What to run, and how.
#[derive(clap::Args, Debug)]
pub(crate) struct Bench {
    /// The folder with the tables of docs/bench.md, or an imported ATOP (then W1 and W7 are left out: it has no questions).
    dir: PathBuf,
    /// Only these workloads, by comma: w1, w2, … Without it: all.
    #[arg(long, value_name = "W,…", value_delimiter = ',')]
    only: Vec<String>,
    /// Most runs of each workload; fewer if they take long.
    #[arg(long, default_value_t = 21, value_name = "N")]
    runs: usize,
    /// A JSON file of expected answers to compare with. Exits with 1 if one differs.
    #[arg(long, value_name = "FILE")]
    expect: Option<PathBuf>,
    /// Which entry of that file: x1, x10, x100.
    #[arg(long, value_name = "KEY", requires = "expect")]
    key: Option<String>,
}

/// Seconds after which a workload is not run again.
const LONG_ENOUGH: f64 = 2.0;

/// CPU seconds of this thread; wall seconds where the system has no such clock.
fn cpu(start: Instant) -> f64 {
    #[cfg(unix)]
    {
        let _ = start;
        let t = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        t.tv_sec as f64 + t.tv_nsec as f64 * 1e-9
    }
    #[cfg(not(unix))]
    {
        start.elapsed().as_secs_f64()
    }
}

/// Peak memory of the process in kibibytes, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// Lets the peak begin again from what is in use now, where the system can.
fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// Runs of one workload.
struct Runs {
    most: usize,
    start: Instant,
    results: Map<String, Value>,
}

impl Runs {
    /// Runs `work` several times and keeps its answer with what it cost.
    fn time(&mut self, name: &str, work: &mut dyn FnMut() -> Value) {
        forget_peak();
        let mut times = Vec::new();
        let mut answer = Value::Null;
        let begun = cpu(self.start);
        while times.is_empty() || (times.len() < self.most && cpu(self.start) - begun < LONG_ENOUGH) {
            let before = cpu(self.start);
            answer = work();
            times.push(cpu(self.start) - before);
        }
        let Value::Object(mut answer) = answer else { return };
        times.sort_by(f64::total_cmp);
        answer.insert("cpu_ms".into(), Value::from(times[times.len() / 2] * 1e3));
        answer.insert("best_ms".into(), Value::from(times[0] * 1e3));
        answer.insert("runs".into(), Value::from(times.len()));
        answer.insert("peak_kib".into(), Value::from(peak()));
        self.results.insert(name.into(), Value::Object(answer));
    }

    fn add(&mut self, name: &str, key: &str, value: Value) {
        if let Some(Value::Object(o)) = self.results.get_mut(name) {
            o.insert(key.into(), value);
        }
    }
}

/// Median and 99th percentile of single latencies, in microseconds of wall time.
fn percentiles(mut each: Vec<f64>) -> (f64, f64) {
    each.sort_by(f64::total_cmp);
    let at = |q: f64| each.get(((each.len() as f64 * q) as usize).min(each.len().saturating_sub(1)));
    (at(0.5).copied().unwrap_or(0.0) * 1e6, at(0.99).copied().unwrap_or(0.0) * 1e6)
}

fn read(dir: &Path, name: &str) -> Result<Vec<u8>, String> {
    let path = dir.join(format!("{name}.csv"));
    std::fs::read(&path).map_err(|e| format!("error[unreadable]: cannot read `{}`: {e}", path.display()))
}

fn load(dir: &Path) -> Result<World, String> {
    if dir.join("raw").is_dir() {
        let tables = crate::data::atop_tables(dir)?;
        return World::build(&tables).map_err(|e| format!("error[bad-table]: {e}"));
    }
    let mut open = |name: &str| -> std::io::Result<(Box<dyn std::io::Read>, u64)> {
        let file = std::fs::File::open(dir.join(format!("{name}.csv")))?;
        let length = file.metadata()?.len();
        Ok((Box::new(file), length))
    };
    let tables = Tables::read(&mut open).map_err(|e| format!("error[bad-table]: {}: {e}", dir.display()))?;
    World::build(&tables).map_err(|e| format!("error[bad-table]: {e}"))
}

fn queries(dir: &Path, name: &str) -> Result<Vec<Query>, String> {
    let bytes = read(dir, name)?;
    foedera_bulk::queries(&format!("{name}.csv"), &bytes).map_err(|e| format!("error[bad-table]: {e}"))
}

/// An object of numbers, in this order. (The macro for it, written out a dozen times, is a fifth of this program's growth.)
fn object(pairs: &[(&str, Value)]) -> Value {
    Value::Object(pairs.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect())
}

fn of_casus(s: &casus::Summary) -> Value {
    object(&[
        ("rows", Value::from(s.rows)),
        ("kinds", Value::from(s.kinds.to_vec())),
        ("checksum", Value::from(s.checksum.value())),
    ])
}

fn of_sweep(s: &sweep::Summary) -> Value {
    object(&[
        ("pairs", Value::from(s.pairs)),
        ("bound", Value::from(s.bound)),
        ("checksum", Value::from(s.checksum.value())),
        ("bindings", Value::from(s.bindings)),
        ("checksum_c", Value::from(s.checksum_c.value())),
    ])
}

/// Asks all questions, with each one's depth or a fixed one; hits are kept until all are asked.
fn ask_all(world: &World, questions: &[Query], depth: Option<u32>) -> casus::Summary {
    let mut asker = Asker::new(world);
    let mut hits: Vec<Hit> = Vec::new();
    let mut ends = Vec::with_capacity(questions.len());
    for q in questions {
        let q = Query { depth: depth.unwrap_or(q.depth), ..*q };
        asker.hits(&q, &mut hits);
        ends.push(hits.len());
    }
    let mut summary = casus::Summary::default();
    let mut from = 0;
    for (q, end) in questions.iter().zip(ends) {
        summary.add(q.qid, &hits[from..end]);
        from = end;
    }
    summary
}

fn reasons_of_all(world: &World, questions: &[Query]) -> Value {
    let mut asker = WhyNot::new(world);
    let mut s = why_not::Summary::default();
    for q in questions {
        asker.ask(q, |state, reason| s.add(q.qid, state, reason));
    }
    object(&[("reasons", Value::from(s.reasons.to_vec())), ("checksum", Value::from(s.checksum.value()))])
}

fn run_all(b: &Bench) -> Result<Map<String, Value>, String> {
    let mut runs = Runs { most: b.runs.max(1), start: Instant::now(), results: Map::new() };
    let wanted = |name: &str| b.only.is_empty() || b.only.iter().any(|w| w.eq_ignore_ascii_case(name));
    if wanted("w6") {
        let mut fault = None;
        runs.time("w6", &mut || match load(&b.dir) {
            Ok(w) => object(&[
                ("instruments", Value::from(w.instruments())),
                ("clauses", Value::from(w.clauses())),
                ("members", Value::from(w.memberships())),
            ]),
            Err(e) => {
                fault = Some(e);
                object(&[])
            }
        });
        if let Some(e) = fault {
            return Err(e);
        }
    }
    let world = load(&b.dir)?;
    // An imported data set has no questions of its own.
    if b.dir.join("queries.csv").is_file() {
        single_questions(&mut runs, b, &world, &wanted)?;
    }
    if b.dir.join("raw").is_dir() {
        portfolios(&mut runs, b, &wanted)?;
    }
    let ends = year_ends(FIRST_YEAR, LAST_YEAR);
    for (name, reading) in [
        ("w2", Reading::Latest),
        ("w8c", Reading::Certain),
        ("w8p", Reading::Possible),
        ("w9", Reading::AsKnownThen),
    ] {
        if wanted(name) || (name.starts_with("w8") && wanted("w8")) {
            runs.time(name, &mut || {
                let grid = Grid::new(&world, &ends, reading);
                of_sweep(&sweep::sweep(&world, &grid, FIRST_YEAR, true))
            });
        }
    }
    if wanted("w2bound") {
        runs.time("w2bound", &mut || {
            let grid = Grid::new(&world, &ends, Reading::Latest);
            let s = sweep::sweep(&world, &grid, FIRST_YEAR, false);
            object(&[
                ("pairs", Value::from(s.pairs)),
                ("bound", Value::from(s.bound)),
                ("checksum", Value::from(s.checksum.value())),
            ])
        });
    }
    if wanted("w3") {
        let mut csv = Vec::new();
        runs.time("w3", &mut || {
            csv.clear();
            let s = dyad_years::write(&world, &mut csv);
            object(&[
                ("rows", Value::from(s.rows)),
                ("per", Value::from(s.per.to_vec())),
                ("bytes", Value::from(csv.len())),
            ])
        });
        runs.add("w3", "sha256", Value::from(foedera_bulk::sha256(&csv)));
    }
    if wanted("w4") {
        runs.time("w4", &mut || {
            let grid = Grid::new(&world, &ends, Reading::Latest);
            let s = similarity::all_years(&world, &grid, FIRST_YEAR);
            object(&[
                ("n", Value::from(s.n)),
                ("L1", Value::from(s.l1)),
                ("L2", Value::from(s.l2)),
                ("L1w", Value::from(s.l1w)),
                ("checksum", Value::from(s.checksum.value())),
                ("S", Value::from(s.s)),
                ("Sw", Value::from(s.sw)),
                ("pi", Value::from(s.pi)),
                ("kappa", Value::from(s.kappa)),
            ])
        });
    }
    if wanted("w5") {
        runs.time("w5", &mut || {
            let grid = Grid::new(&world, &ends, Reading::Latest);
            let s = diff::diff(&world, &grid, FIRST_YEAR);
            object(&[
                ("added", Value::from(s.added)),
                ("removed", Value::from(s.removed)),
                ("checksum", Value::from(s.checksum.value())),
            ])
        });
    }
    if wanted("w10") {
        runs.time("w10", &mut || {
            let grid = Grid::new(&world, &ends[ends.len() - 1..], Reading::Latest);
            let s = overlay::denounced(&world, &grid);
            object(&[
                ("lost", Value::from(s.total())),
                ("instruments", Value::from(s.lost.len())),
                ("checksum", Value::from(s.checksum().value())),
            ])
        });
    }
    Ok(runs.results)
}

/// Of an imported ATOP: the measures of `similarity` for all pairs of 2010, once the ties are laid out.
fn portfolios(runs: &mut Runs, b: &Bench, wanted: &impl Fn(&str) -> bool) -> Result<(), String> {
    let p = crate::data::portfolios_of(&b.dir, 2010)?;
    if wanted("s2010") {
        runs.time("s2010", &mut || {
            let all = p.measures();
            let sums = all.iter().fold([0.0; 3], |s, m| [s[0] + m.s, s[1] + m.pi, s[2] + m.kappa]);
            object(&[
                ("pairs", Value::from(all.len())),
                ("S", Value::from(sums[0])),
                ("pi", Value::from(sums[1])),
                ("kappa", Value::from(sums[2])),
            ])
        });
    }
    if wanted("tau2010") {
        runs.time("tau2010", &mut || {
            let all = p.ranked();
            let known = all.iter().filter(|r| !r.tau_b.is_nan());
            object(&[
                ("pairs", Value::from(all.len())),
                ("kappa_rank", Value::from(all.iter().map(|r| r.kappa_rank).sum::<f64>())),
                ("tau_b", Value::from(known.map(|r| r.tau_b).sum::<f64>())),
            ])
        });
    }
    Ok(())
}

/// W1, its variants, and W7.
fn single_questions(
    runs: &mut Runs,
    b: &Bench,
    world: &World,
    wanted: &impl Fn(&str) -> bool,
) -> Result<(), String> {
    let ordinary = queries(&b.dir, "queries")?;
    for (name, depth) in [("w1", None), ("w1d1", Some(1)), ("w1d3", Some(3))] {
        if wanted(name) {
            runs.time(name, &mut || of_casus(&ask_all(world, &ordinary, depth)));
        }
    }
    if wanted("w1") {
        let mut asker = Asker::new(world);
        let mut hits: Vec<Hit> = Vec::new();
        let mut each = Vec::with_capacity(ordinary.len());
        for q in &ordinary {
            hits.clear();
            let start = Instant::now();
            asker.hits(q, &mut hits);
            each.push(start.elapsed().as_secs_f64());
        }
        let (p50, p99) = percentiles(each);
        runs.add("w1", "p50_us", Value::from(p50));
        runs.add("w1", "p99_us", Value::from(p99));
    }
    if wanted("w1evidence") {
        runs.time("w1evidence", &mut || {
            let mut asker = Asker::new(world);
            let mut proven = Proven::default();
            for q in &ordinary {
                asker.hits_with_evidence(q, &mut proven);
            }
            object(&[
                ("rows", Value::from(proven.hits.len())),
                ("grounds", Value::from(proven.grounds.len())),
            ])
        });
        runs.time("w1bare", &mut || {
            let mut asker = Asker::new(world);
            let mut hits: Vec<Hit> = Vec::new();
            for q in &ordinary {
                asker.hits(q, &mut hits);
            }
            object(&[("rows", Value::from(hits.len()))])
        });
    }
    if wanted("w1lite") {
        runs.time("w1lite", &mut || {
            let mut asker = Asker::new(world);
            let mut hits: Vec<Hit> = Vec::new();
            let (mut rows, mut sum) = (0_u64, foedera_bulk::Checksum::default());
            for q in &ordinary {
                hits.clear();
                asker.hits(&Query { known: LATEST, depth: 1, ..*q }, &mut hits);
                for h in hits.iter().filter(|h| h.kind == Kind::Defend) {
                    rows += 1;
                    let key = (u64::from(q.qid) * 4096 + u64::from(h.state)) * 262_144 + u64::from(h.clause);
                    sum.add(f(key));
                }
            }
            object(&[("rows", Value::from(rows)), ("checksum", Value::from(sum.value()))])
        });
    }
    if wanted("w7") {
        runs.time("w7", &mut || reasons_of_all(world, &ordinary));
    }
    if b.dir.join("queries_edge.csv").is_file() {
        let edge = queries(&b.dir, "queries_edge")?;
        if wanted("w1e") {
            runs.time("w1e", &mut || of_casus(&ask_all(world, &edge, None)));
        }
        if wanted("w7e") {
            runs.time("w7e", &mut || reasons_of_all(world, &edge));
        }
    }
    Ok(())
}

/// Runs the workloads and prints; 1 if an answer is not the expected one.
pub(crate) fn run(b: &Bench, format: Format) -> Result<u8, String> {
    let mut results = run_all(b)?;
    let faults = match &b.expect {
        Some(file) => compare(&results, file, b.key.as_deref())?,
        None => Vec::new(),
    };
    if format == Format::Json {
        if b.expect.is_some() {
            results.insert("differences".into(), Value::from(faults.clone()));
        }
        let text = serde_json::to_string_pretty(&results).map_err(|e| format!("error: {e}"))?;
        print(&format!("{text}\n"))?;
    } else {
        print(&table(&results))?;
        if b.expect.is_some() {
            print(&match faults.len() {
                0 => "all answers are those expected\n".to_owned(),
                _ => format!("{}\n", faults.join("\n")),
            })?;
        }
    }
    Ok(u8::from(!faults.is_empty()))
}

/// The answers that are not the expected ones, in words.
fn compare(results: &Map<String, Value>, file: &Path, key: Option<&str>) -> Result<Vec<String>, String> {
    let text = crate::files::read_bounded(file)?;
    let expected: Value =
        serde_json::from_str(&text).map_err(|e| format!("error[bad-json]: `{}`: {e}", file.display()))?;
    let expected = match key {
        Some(k) => expected
            .get(k)
            .ok_or_else(|| format!("error[unknown-key]: `{}` has no entry `{k}`", file.display()))?,
        None => &expected,
    };
    let mut faults = Vec::new();
    for (workload, found) in results {
        let Some(wanted) = expected.get(workload).and_then(Value::as_object) else { continue };
        for (what, value) in wanted {
            let got = found.get(what).unwrap_or(&Value::Null);
            let same = match (value.is_f64(), value.as_f64(), got.as_f64()) {
                (true, Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs(),
                _ => value == got,
            };
            if !same {
                faults.push(format!("{workload}: {what} is {got}, expected {value}"));
            }
        }
    }
    Ok(faults)
}

/// The results as lines of text.
fn table(results: &Map<String, Value>) -> String {
    let mut out = format!(
        "{:<11}{:>11}{:>11}{:>6}{:>10}  answer\n",
        "workload", "median ms", "best ms", "runs", "peak MiB"
    );
    for (name, r) in results {
        let Value::Object(r) = r else { continue };
        let number = |key: &str| r.get(key).and_then(Value::as_f64).unwrap_or(0.0);
        let _ = write!(
            out,
            "{name:<11}{:>11.3}{:>11.3}{:>6}{:>10.1} ",
            number("cpu_ms"),
            number("best_ms"),
            number("runs"),
            number("peak_kib") / 1024.0
        );
        for (key, value) in r {
            if !["cpu_ms", "best_ms", "runs", "peak_kib"].contains(&key.as_str()) {
                let _ = write!(out, " {key}={value}");
            }
        }
        out.push('\n');
    }
    out
}

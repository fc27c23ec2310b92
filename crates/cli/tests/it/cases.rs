//! Every Markdown case, through the command line's JSON. `FOEDERA_CASE=words` runs only files whose path has the words.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use foedera_cases::{Face, judge, parse};
use serde_json::Value;

use crate::run::{Scratch, foedera, root};

struct CommandLine;

impl Face for CommandLine {
    fn run(&self, words: &[String], files: &[(String, String)]) -> Result<Value, String> {
        let scratch = Scratch::new("case");
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        if !files.is_empty() {
            let folder = scratch.0.join("case");
            std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
            for (name, text) in files {
                if name.contains(['/', '\\']) {
                    return Err(format!("`{name}`: a case file's name has no folders"));
                }
                std::fs::write(folder.join(name), text).map_err(|e| e.to_string())?;
            }
            words.extend(["--dossier", "case"]);
        }
        words.extend(["--format", "json"]);
        let out = foedera(&words, &scratch.0);
        serde_json::from_slice(&out.stdout).map_err(|_| {
            format!("exit {:?}, {}", out.status.code(), String::from_utf8_lossy(&out.stderr).trim())
        })
    }
}

fn case_files(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).map(|d| d.flatten().map(|e| e.path()).collect()).unwrap_or_default();
    entries.sort();
    for p in entries {
        if p.is_dir() {
            case_files(&p, out);
        } else if p.extension().is_some_and(|e| e == "md") && p.file_name().is_some_and(|n| n != "README.md")
        {
            out.push(p);
        }
    }
}

#[test]
fn every_case_comes_out_as_it_says() {
    let root = root();
    let only = std::env::var("FOEDERA_CASE").unwrap_or_default();
    let mut files = Vec::new();
    case_files(&root.join("cases"), &mut files);
    assert!(files.len() >= 15, "found only {} case files", files.len());
    let wanted: Vec<&PathBuf> = files.iter().filter(|p| p.to_string_lossy().contains(&only)).collect();
    // Every question is a process of its own: the files are shared out among the cores.
    let next = AtomicUsize::new(0);
    let work = || {
        let (mut failures, mut asked) = (Vec::new(), 0);
        while let Some(path) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
            let text = std::fs::read_to_string(path).expect("a case file is UTF-8");
            let case = parse(&text);
            asked += case
                .scenarios
                .iter()
                .map(|s| s.asks.len() + usize::from(s.findings.is_some()))
                .sum::<usize>();
            let name = path.strip_prefix(&root).unwrap_or(path).display().to_string();
            let told = judge(&case, &CommandLine).into_iter();
            failures.extend(told.map(|f| (name.clone(), f.line, f.heading, f.message)));
        }
        (failures, asked)
    };
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get().min(8));
    let (mut failures, mut asked) = (Vec::new(), 0);
    std::thread::scope(|s| {
        let threads: Vec<_> = (0..cores).map(|_| s.spawn(work)).collect();
        for t in threads {
            let (f, n) = t.join().expect("judging does not panic");
            failures.extend(f);
            asked += n;
        }
    });
    failures.sort();
    let failures: Vec<String> = failures
        .into_iter()
        .map(|(name, line, heading, m)| format!("{name}:{line}: {heading}: {m}"))
        .collect();
    println!("{} files, {asked} questions", files.len());
    if only.is_empty() {
        let systems = systems(&files, &root, &failures);
        println!("{} of {} systems have a passing case", systems.1, systems.0);
        assert_eq!(
            systems.0, 71,
            "the systems of the articles are headed `## NN …` under cases/mission/systems"
        );
    }
    assert!(failures.is_empty(), "{} expectations not met\n{}", failures.len(), failures.join("\n"));
}

/// How many systems have a case, and of how many every line is met.
fn systems(files: &[PathBuf], root: &Path, failures: &[String]) -> (usize, usize) {
    let mut all = std::collections::BTreeMap::new();
    for path in files.iter().filter(|p| p.to_string_lossy().contains("mission/systems")) {
        let name = path.strip_prefix(root).unwrap_or(path).display().to_string();
        let case = parse(&std::fs::read_to_string(path).expect("a case file is UTF-8"));
        for s in case.scenarios.iter().filter(|s| !s.asks.is_empty()) {
            let Some(number) = s.heading.split(' ').next().filter(|n| n.parse::<u32>().is_ok()) else {
                continue;
            };
            let failed =
                failures.iter().any(|f| f.starts_with(&name) && f.contains(&format!(": {}: ", s.heading)));
            *all.entry(number.to_owned()).or_insert(true) &= !failed;
        }
    }
    (all.len(), all.values().filter(|ok| **ok).count())
}

/// The judge can fail: each kind of line refuses a wrong answer.
#[test]
fn the_judge_refuses_wrong_answers() {
    /// One answer; whether the leaf of its proof cites anything.
    struct Fixed(bool);
    impl Face for Fixed {
        fn run(&self, _: &[String], _: &[(String, String)]) -> Result<Value, String> {
            let leaf = serde_json::json!({ "rule": "searched", "text": "none", "cites": if self.0 { vec!["s2 p1"] } else { vec![] } });
            Ok(
                serde_json::json!({ "verdict": "no", "proof": { "rule": "casus-foederis", "text": "no", "children": [leaf] }, "items": [{ "actor": "GBR", "role": "bound", "toward": "POL", "instrument": "x", "article": "1", "confidence": "possible", "reason": null }], "assumptions": [{ "name": "party-list-complete", "text": "" }], "warnings": [], "dissent": [], "silence": null, "cites": [] }),
            )
        }
    }
    for line in [
        "verdict yes",
        "GBR bound toward POL by x 1 certain",
        "GBR bound toward POL by x 2",
        "FRA bound toward POL",
        "absent GBR bound toward POL",
        "assumes unprovoked",
        "not-assumes party-list-complete",
        "warns x",
        "says hello",
        "outcome approved",
        "blocker TUR",
        "effect permits",
        "onward free",
        "expectation ex001 open",
        "conflict c01",
        "claim po003",
        "value 3",
        "sum no",
        "entry 2010 x",
        "changed world x",
        "falls x",
        "stated 31",
        "gate JPN closed",
        "cites s1",
        "nonsense here",
    ] {
        let text = format!("# t\n\n## s\n\n```ask\nfoedera casus\n```\n\n```expect\n{line}\n```\n");
        assert_eq!(judge(&parse(&text), &Fixed(true)).len(), 1, "{line}");
    }
    let right = parse(
        "# t\n\n## s\n\n```ask\nfoedera casus\n```\n\n```expect\nGBR bound toward POL by x 1 possible\n```\n",
    );
    assert_eq!(judge(&right, &Fixed(true)), Vec::new());
    let bare = judge(&right, &Fixed(false));
    assert!(
        bare.len() == 1 && bare[0].message.contains("rests on nothing"),
        "a leaf without a ground: {bare:?}"
    );
}

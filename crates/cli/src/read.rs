//! `read` and `score`: files in, proposals out.
//!
//! In: paths. Out: what the façade makes of their texts, printed or written. What always holds: a document that is not plain text is taken
//! apart in a process of its own with a limit of time, so that a bad file costs that file; what could not be read is said, and the other
//! files are read all the same.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use foedera::Dossier;
use foedera::read::{DossierReader, Proposals, Reading, ScoreTable, Text};

use crate::args::Format;
use crate::endpoint::Endpoint;
use crate::files::{read_bounded, write_atomically};
use crate::run::{print, told};

/// The largest file taken, in bytes.
const LARGEST: u64 = 64 << 20;
/// The longest a file may take to give its text.
const PATIENCE: Duration = Duration::from_secs(20);
/// The most text taken from the other process, in bytes.
const MOST_TEXT: u64 = 16 << 20;

/// How to read.
pub(crate) struct How<'a> {
    pub(crate) date: Option<&'a str>,
    pub(crate) into: Option<&'a Path>,
    pub(crate) dictionary: &'a [PathBuf],
    pub(crate) coded: bool,
    /// Whom to ask for claims too, and for which model.
    pub(crate) model: Option<(&'a Endpoint, &'a str)>,
    pub(crate) format: Format,
}

/// `read`.
pub(crate) fn read(d: &Dossier, files: &[PathBuf], how: &How<'_>) -> Result<u8, String> {
    let mut dictionaries = Vec::new();
    let mut bad = 0;
    for path in how.dictionary {
        dictionaries.push((path.to_string_lossy().into_owned(), bytes_of(path)?));
    }
    let (reader, findings) = DossierReader::with_dictionaries(d, &dictionaries);
    for f in &findings {
        let _ = writeln!(anstream::stderr(), "{f}");
    }
    let mut readings: Vec<Reading> = Vec::new();
    for path in files {
        let name = path.to_string_lossy().into_owned();
        let done = text_of(path).and_then(|text| reader.read(&name, text, how.date).map_err(|e| told(&e)));
        match done {
            Ok(mut r) => {
                if let Err(e) = how.model.map_or(Ok(()), |m| asked(&reader, &mut r, m)) {
                    bad += 1;
                    let _ = writeln!(anstream::stderr(), "{e}");
                    r.document
                        .warnings
                        .push("the model gave nothing; these are the reader's own claims".to_owned());
                }
                readings.push(r);
            }
            Err(e) => {
                bad += 1;
                let _ = writeln!(anstream::stderr(), "{e}");
            }
        }
    }
    if readings.is_empty() {
        return Ok(2);
    }
    if let Some(dir) = how.into {
        for r in &readings {
            print(&propose(dir, r)?)?;
        }
    } else {
        print(&shown(&readings, how)?)?;
    }
    Ok(u8::from(bad > 0))
}

/// Adds what a model proposes.
fn asked(
    reader: &DossierReader<'_>,
    r: &mut Reading,
    (endpoint, name): (&Endpoint, &str),
) -> Result<(), String> {
    let request = foedera::read::model::request(r, name).map_err(|e| told(&e))?;
    let answer = endpoint.ask(&request)?;
    reader.take_model(r, name, &request, &answer).map_err(|e| told(&e))
}

fn shown(readings: &[Reading], how: &How<'_>) -> Result<String, String> {
    let json = |v: &dyn Fn() -> serde_json::Result<String>| {
        v().map_err(|e| format!("error: cannot write JSON: {e}"))
    };
    if how.coded {
        let coded: Vec<_> = readings.iter().map(|r| (r.doc.as_str(), r.coded())).collect();
        if how.format == Format::Json {
            let all: Vec<_> = coded
                .iter()
                .flat_map(|(doc, list)| {
                    list.iter().map(move |c| serde_json::json!({ "doc": doc, "event": c }))
                })
                .collect();
            return Ok(format!("{}\n", json(&|| serde_json::to_string_pretty(&all))?));
        }
        let mut out = String::new();
        for (doc, list) in coded {
            for c in list {
                out += &format!(
                    "{doc}\t{}\t{}\t{}\t{}\t{}\t{}\n",
                    c.id,
                    c.date.as_deref().unwrap_or("---"),
                    c.source.join("/"),
                    c.target.join("/"),
                    c.cameo,
                    c.event
                );
            }
        }
        return Ok(out);
    }
    if how.format == Format::Json {
        return match readings {
            [one] => Ok(format!("{}\n", json(&|| serde_json::to_string_pretty(one))?)),
            many => Ok(format!("{}\n", json(&|| serde_json::to_string_pretty(many))?)),
        };
    }
    Ok(readings.iter().map(foedera::read::show_reading).collect::<Vec<_>>().join("\n"))
}

/// Writes the proposals of a reading into a dossier folder; decisions on the same text are kept.
fn propose(dir: &Path, r: &Reading) -> Result<String, String> {
    if !dir.join("dossier.toml").is_file() {
        return Err(format!(
            "error[not-a-dossier]: `{}` has no dossier.toml\n  help: make one with `foedera new {}`",
            dir.display(),
            dir.display()
        ));
    }
    let mut p = Proposals::of(r);
    let folder = dir.join("proposals");
    fs::create_dir_all(&folder)
        .map_err(|e| format!("error[unwritable]: cannot make `{}`: {e}", folder.display()))?;
    let path = folder.join(format!("{}.json", p.source));
    let mut said = String::new();
    if path.is_file() {
        let earlier: Proposals = parse_proposals(&path)?;
        if p.carry_over(&earlier) {
            said = format!(
                "the text of `{}` changed since it was read; its claims ask for review again\n",
                r.doc
            );
        }
    }
    let text = serde_json::to_string_pretty(&p).map_err(|e| format!("error: cannot write JSON: {e}"))?;
    write_atomically(&path, &format!("{text}\n"))?;
    Ok(format!("{said}{} proposals in {}\n", p.proposals.len(), path.display()))
}

pub(crate) fn parse_proposals(path: &Path) -> Result<Proposals, String> {
    let text = read_bounded(path)?;
    serde_json::from_str(&text)
        .map_err(|e| format!("error[bad-proposals]: `{}` is not a proposals file: {e}", path.display()))
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, String> {
    let cannot = |e: std::io::Error| format!("error[unreadable]: cannot read `{}`: {e}", path.display());
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes).map_err(cannot)?;
    } else {
        fs::File::open(path).map_err(cannot)?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(cannot)?;
    }
    if bytes.len() as u64 > LARGEST {
        return Err(format!(
            "error[too-large]: `{}` has more than {LARGEST} bytes, the limit\n  help: cut it into parts",
            path.display()
        ));
    }
    Ok(bytes)
}

/// The text of a file, with what was skipped.
fn text_of(path: &Path) -> Result<Text, String> {
    let bytes = bytes_of(path)?;
    let name = path.to_string_lossy();
    if !foedera::read::needs_fence(&bytes) {
        return foedera::read::text_of(&name, &bytes).map_err(|e| told(&e));
    }
    fenced(path)
}

/// Takes a document apart in another process, which is ended when it takes too long or dies by itself.
fn fenced(path: &Path) -> Result<Text, String> {
    let me = std::env::current_exe().map_err(|e| format!("error: cannot find the program itself: {e}"))?;
    let mut child = Command::new(me)
        .args(["extract", "--"])
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("error: cannot start a process for `{}`: {e}", path.display()))?;
    let out = child.stdout.take().map(|o| {
        std::thread::spawn(move || {
            let mut text = Vec::new();
            let _ = o.take(MOST_TEXT + 1).read_to_end(&mut text);
            text
        })
    });
    let err = child.stderr.take().map(|o| {
        std::thread::spawn(move || {
            let mut text = Vec::new();
            let _ = o.take(64 << 10).read_to_end(&mut text);
            text
        })
    });
    let begun = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break Some(status),
            Ok(None) if begun.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(5)),
            _ => break None,
        }
    };
    let Some(status) = status else {
        let _ = child.kill();
        let _ = child.wait();
        return Err(format!(
            "error[too-slow]: `{}` gave no text within {} seconds",
            path.display(),
            PATIENCE.as_secs()
        ));
    };
    let text = out.and_then(|t| t.join().ok()).unwrap_or_default();
    let said = err
        .and_then(|t| t.join().ok())
        .map(|t| String::from_utf8_lossy(&t).trim().to_owned())
        .unwrap_or_default();
    if text.len() as u64 > MOST_TEXT {
        return Err(format!(
            "error[too-large]: `{}` holds more than {MOST_TEXT} bytes of text, the limit",
            path.display()
        ));
    }
    match status.code() {
        Some(0) => {
            let warnings = said.lines().map(str::to_owned).collect();
            Ok(Text { text: String::from_utf8_lossy(&text).into_owned(), original: None, warnings })
        }
        Some(2) => Err(said),
        _ => Err(format!(
            "error[broken-document]: the parser of `{}` gave up; the file is damaged, not what it says, or needs more than {} MiB of memory",
            path.display(),
            MEMORY >> 20
        )),
    }
}

/// The most memory the other process may ask for. Only unix gives a process such a limit; elsewhere the limits of its parts hold.
const MEMORY: u64 = 1 << 30;

/// Bounds the memory of this process. An allocation beyond it ends the process, which the one that started it reports.
#[cfg(unix)]
fn bound_memory() -> Result<(), String> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let most = getrlimit(Resource::As).maximum.map_or(MEMORY, |hard| hard.min(MEMORY));
    setrlimit(Resource::As, Rlimit { current: Some(most), maximum: Some(most) })
        .map_err(|e| format!("error: cannot bound the memory of the process that reads the document: {e}"))
}

#[cfg(not(unix))]
fn bound_memory() -> Result<(), String> {
    Ok(())
}

/// `extract`: the other process.
pub(crate) fn extract(path: &Path) -> Result<u8, String> {
    bound_memory()?;
    let bytes = bytes_of(path)?;
    let Text { text, warnings, .. } =
        foedera::read::text_of(&path.to_string_lossy(), &bytes).map_err(|e| told(&e))?;
    for w in warnings {
        let _ = writeln!(std::io::stderr(), "{w}");
    }
    print(&text)?;
    Ok(0)
}

/// `score`.
pub(crate) fn score(gold: &Path, system: &Path, bytes: bool, format: Format) -> Result<u8, String> {
    let mut pairs = Vec::new();
    let mut missing = Vec::new();
    if gold.is_dir() {
        let mut names: Vec<PathBuf> = fs::read_dir(gold)
            .map_err(|e| format!("error[unreadable]: cannot read `{}`: {e}", gold.display()))?
            .filter_map(|e| e.ok().map(|e| e.path()))
            .filter(|p| p.extension().is_some_and(|x| x == "json"))
            .collect();
        names.sort();
        for g in names {
            let s = system.join(g.file_name().unwrap_or_default());
            let answer = if s.is_file() {
                read_bounded(&s)?
            } else {
                missing.push(s.display().to_string());
                "{}".to_owned()
            };
            pairs.push((g.display().to_string(), read_bounded(&g)?, answer));
        }
    } else {
        pairs.push((gold.display().to_string(), read_bounded(gold)?, read_bounded(system)?));
    }
    if pairs.is_empty() {
        return Err(format!(
            "error[nothing-to-score]: `{}` holds no annotated documents (.json)",
            gold.display()
        ));
    }
    let table: ScoreTable = foedera::read::score(&pairs, bytes).map_err(|e| told(&e))?;
    for m in &missing {
        let _ = writeln!(anstream::stderr(), "warning: no output `{m}`; scored as empty");
    }
    if format == Format::Json {
        let kinds: serde_json::Map<String, serde_json::Value> = table
            .kinds
            .iter()
            .map(|(k, c)| ((*k).to_owned(), serde_json::json!({ "gold": c.gold, "system": c.system, "located": c.located, "correct": c.correct, "f1": c.f1() })))
            .collect();
        let text = serde_json::to_string_pretty(
            &serde_json::json!({ "documents": pairs.len(), "kinds": kinds, "on_correct_events": table.fields }),
        );
        print(&format!("{}\n", text.map_err(|e| format!("error: cannot write JSON: {e}"))?))?;
    } else {
        print(&table.text())?;
    }
    Ok(0)
}

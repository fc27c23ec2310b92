//! `review`: a person decides on what was read.
//!
//! In: the proposals of a dossier folder, keys or options. Out: decisions kept beside the proposals, and a file of claims in the dossier
//! for what was accepted. What always holds: both files are replaced in one step after every decision, so that being killed loses at most
//! the decision being typed; no other file of the dossier is touched.

use std::fs;
use std::io::{BufRead as _, Write as _};
use std::path::{Path, PathBuf};

use foedera::Dossier;
use foedera::read::{Decision, Proposals, first_pack};

use crate::files::write_atomically;
use crate::read::parse_proposals;
use crate::run::print;

/// `review`.
pub(crate) fn review(dir: &Path, accept: &[String], reject: &[String]) -> Result<u8, String> {
    let folder = dir.join("proposals");
    let mut files: Vec<PathBuf> = match fs::read_dir(&folder) {
        Ok(list) => list
            .filter_map(|e| e.ok().map(|e| e.path()))
            .filter(|p| p.extension().is_some_and(|x| x == "json"))
            .collect(),
        Err(_) => Vec::new(),
    };
    files.sort();
    if files.is_empty() {
        return Err(format!(
            "error[nothing-to-review]: `{}` holds no proposals\n  help: make some with `foedera read FILE --into {}`",
            folder.display(),
            dir.display()
        ));
    }
    let names = vec![dir.to_string_lossy().into_owned()];
    let dossier = Dossier::open(&names).map_err(|e| format!("error[dossier]: {e}"))?;
    let pack = first_pack(&dossier).unwrap_or_else(|| "primary".to_owned());
    let asked = accept.is_empty() && reject.is_empty();
    for path in &files {
        let mut p = parse_proposals(path)?;
        if asked {
            if !by_key(dir, path, &mut p, &pack)? {
                break;
            }
        } else {
            let given =
                |list: &[String], id: &str| list.iter().any(|x| x == "all" || x.eq_ignore_ascii_case(id));
            for q in &mut p.proposals {
                if given(reject, &q.id) {
                    q.decision = Decision::Rejected;
                } else if given(accept, &q.id) {
                    q.decision = Decision::Accepted;
                }
            }
            keep(dir, path, &p, &pack)?;
        }
        print(&count(&p))?;
    }
    Ok(0)
}

/// Writes the decisions and the claims.
fn keep(dir: &Path, path: &Path, p: &Proposals, pack: &str) -> Result<(), String> {
    let text = serde_json::to_string_pretty(p).map_err(|e| format!("error: cannot write JSON: {e}"))?;
    write_atomically(path, &format!("{text}\n"))?;
    let rows = dir.join(format!("read-{}.toml", p.source));
    let any = p.proposals.iter().any(|q| q.decision == Decision::Accepted);
    if any || rows.exists() {
        write_atomically(&rows, &p.rows(pack))?;
    }
    Ok(())
}

fn count(p: &Proposals) -> String {
    let n = |d: Decision| p.proposals.iter().filter(|q| q.decision == d).count();
    format!(
        "{}: {} accepted, {} rejected, {} unsure, {} open\n",
        p.source,
        n(Decision::Accepted),
        n(Decision::Rejected),
        n(Decision::Unsure),
        n(Decision::Open)
    )
}

/// Asks for each open proposal. Whether to go on with the next document.
fn by_key(dir: &Path, path: &Path, p: &mut Proposals, pack: &str) -> Result<bool, String> {
    let mut lines = std::io::stdin().lock().lines();
    let mut done: Vec<usize> = Vec::new();
    let mut at = 0;
    print(&format!("{} ({})\n", p.title, p.file))?;
    while at < p.proposals.len() {
        if p.proposals[at].decision != Decision::Open {
            at += 1;
            continue;
        }
        let q = &p.proposals[at];
        let unknown = if q.unknown.is_empty() {
            String::new()
        } else {
            format!("       not in the dossier: {}\n", q.unknown.join(", "))
        };
        print(&format!(
            "\n{:<4} {} {}\n{}       {}\n{unknown}[a]ccept [r]eject [u]nsure [e]dit [b]ack [q]uit > ",
            q.id, q.kind, q.says, q.shown, q.notes
        ))?;
        std::io::stdout().flush().map_err(|e| format!("error: cannot write: {e}"))?;
        let Some(line) = lines.next() else { return Ok(false) };
        let line = line.map_err(|e| format!("error: cannot read an answer: {e}"))?;
        let decision = match line.trim() {
            "a" => Decision::Accepted,
            "r" => Decision::Rejected,
            "u" | "" => Decision::Unsure,
            "q" => return Ok(false),
            "b" => {
                if let Some(last) = done.pop() {
                    p.proposals[last].decision = Decision::Open;
                    at = last;
                    keep(dir, path, p, pack)?;
                }
                continue;
            }
            "e" => {
                print("what it says, in your words > ")?;
                std::io::stdout().flush().map_err(|e| format!("error: cannot write: {e}"))?;
                let Some(words) = lines.next() else { return Ok(false) };
                let words = words.map_err(|e| format!("error: cannot read an answer: {e}"))?;
                if !words.trim().is_empty() {
                    p.proposals[at].says = words.trim().to_owned();
                }
                continue;
            }
            other => {
                print(&format!("`{other}` is none of a, r, u, e, b, q\n"))?;
                continue;
            }
        };
        p.proposals[at].decision = decision;
        done.push(at);
        keep(dir, path, p, pack)?;
        at += 1;
    }
    Ok(true)
}

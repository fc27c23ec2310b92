//! `review`: a person decides on what was read.
//!
//! In: the proposals of a dossier folder, keys or options. Out: decisions in the review store. What always holds: everything goes
//! through [`Store`], as on the web page; a decision is on disk before the next proposal is shown.

use std::io::{BufRead as _, Write as _};
use std::path::Path;

use foedera::read::Decision;
use foedera::read::store::{Copy, Effect, Place, Queue, Store};

use crate::run::{print, told};

/// How to decide.
pub(crate) struct How<'a> {
    /// Proposals to accept, or `all`.
    pub(crate) accept: &'a [String],
    /// Proposals to reject, or `all`.
    pub(crate) reject: &'a [String],
    /// Who judges.
    pub(crate) by: Option<&'a str>,
    /// Today.
    pub(crate) today: &'a str,
}

/// `review`.
pub(crate) fn review(dir: &Path, how: &How<'_>) -> Result<u8, String> {
    let mut store = Store::open(dir).map_err(|e| told(&e))?;
    let sources: Vec<String> = store.queues().iter().map(|q| q.proposals.source.clone()).collect();
    let asked = how.accept.is_empty() && how.reject.is_empty();
    for source in &sources {
        if asked {
            if !by_key(&mut store, source, how)? {
                break;
            }
        } else {
            let given =
                |list: &[String], id: &str| list.iter().any(|x| x == "all" || x.eq_ignore_ascii_case(id));
            let Some(queue) = store.queue(source) else { continue };
            let ids: Vec<String> = queue.proposals.proposals.iter().map(|p| p.id.clone()).collect();
            for id in ids {
                let decision = match (given(how.reject, &id), given(how.accept, &id)) {
                    (true, _) => Decision::Rejected,
                    (false, true) => Decision::Accepted,
                    _ => continue,
                };
                store.judge(source, &id, decision, how.today, how.by).map_err(|e| told(&e))?;
            }
        }
        if let Some(queue) = store.queue(source) {
            print(&count(queue))?;
        }
    }
    Ok(0)
}

fn count(q: &Queue) -> String {
    let n = q.counts();
    format!(
        "{}: {} accepted, {} rejected, {} unsure, {} open\n",
        q.proposals.source, n["accepted"], n["rejected"], n["unsure"], n["open"]
    )
}

/// What is to be said of the text before any of its proposals.
fn copy(q: &Queue) -> String {
    let of = |want: fn(&Place) -> bool| q.proposals.proposals.iter().filter(|p| want(&q.place(p))).count();
    match &q.copy {
        Copy::Same(_) => String::new(),
        Copy::Missing(why) => format!("the text is not there: {why}\n"),
        Copy::Changed(_) => format!(
            "the text changed since it was read: {} proposals stand elsewhere, {} cannot be placed; read it again with `foedera read {} --into …`\n",
            of(|p| matches!(p, Place::Moved(..))),
            of(|p| *p == Place::Unplaced),
            q.proposals.file
        ),
    }
}

/// What accepting would do to the saved answers, in lines.
fn effect(e: &Effect) -> String {
    if e.saved == 0 {
        return String::new();
    }
    let mut out = format!("       {} of {} saved answers would change\n", e.changes.len(), e.saved);
    for c in &e.changes {
        let how = match c.what {
            "verdict" => format!("verdict {} → {}", c.verdict.0, c.verdict.1),
            "items" => format!("items {} → {}", c.items.0, c.items.1),
            _ => "citations".to_owned(),
        };
        out.push_str(&format!("         {}: {how} ({})\n", c.file, c.answer));
    }
    for (file, why) in &e.failed {
        out.push_str(&format!("         {file} cannot be asked again: {why}\n"));
    }
    out
}

/// Asks for each open proposal. Whether to go on with the next document.
fn by_key(store: &mut Store, source: &str, how: &How<'_>) -> Result<bool, String> {
    let mut lines = std::io::stdin().lock().lines();
    let mut answer = |prompt: &str| -> Result<Option<String>, String> {
        print(prompt)?;
        std::io::stdout().flush().map_err(|e| format!("error: cannot write: {e}"))?;
        lines.next().transpose().map_err(|e| format!("error: cannot read an answer: {e}"))
    };
    if let Some(q) = store.queue(source) {
        print(&format!("{} ({})\n{}", q.proposals.title, q.proposals.file, copy(q)))?;
    }
    let mut at: Option<String> = None;
    loop {
        let Some(q) = store.queue(source) else { return Ok(true) };
        let here = at.as_deref().and_then(|id| q.proposals.proposals.iter().find(|p| p.id == id));
        let Some(p) = here.or_else(|| q.next(None)).cloned() else { return Ok(true) };
        let unknown = if p.unknown.is_empty() {
            String::new()
        } else {
            format!("       not in the dossier: {}\n", p.unknown.join(", "))
        };
        let would = store
            .effect(source, &p.id)
            .map(|e| effect(&e))
            .unwrap_or_else(|e| format!("       {}\n", e.message));
        let prompt = format!(
            "\n{:<4} {} {}\n{}       {}\n{unknown}{would}[a]ccept [r]eject [u]nsure [e]dit [b]ack [q]uit > ",
            p.id, p.kind, p.says, p.shown, p.notes
        );
        at = None;
        let Some(line) = answer(&prompt)? else { return Ok(false) };
        let decision = match line.trim() {
            "a" => Decision::Accepted,
            "r" => Decision::Rejected,
            "u" | "" => Decision::Unsure,
            "q" => return Ok(false),
            "b" => {
                at = store.undo(source).map_err(|e| told(&e))?;
                continue;
            }
            "e" => {
                at = Some(p.id.clone());
                let Some(says) = answer(&format!("what it says [{}] > ", p.says))? else { return Ok(false) };
                let says = if says.trim().is_empty() { p.says.clone() } else { says };
                let was = p.on.clone().unwrap_or_default();
                let Some(on) = answer(&format!("when, EDTF, `-` for none [{was}] > "))? else {
                    return Ok(false);
                };
                let on = match on.trim() {
                    "" => Some(was),
                    "-" => None,
                    text => Some(text.to_owned()),
                };
                let was = p.about.join(", ");
                let Some(about) = answer(&format!("about whom [{was}] > "))? else { return Ok(false) };
                let about = if about.trim().is_empty() { was } else { about };
                let about: Vec<String> = about.split(',').map(str::to_owned).collect();
                if let Err(e) = store.edit(source, &p.id, &says, on.as_deref(), &about) {
                    print(&format!("{}\n", told(&e)))?;
                }
                continue;
            }
            other => {
                print(&format!("`{other}` is none of a, r, u, e, b, q\n"))?;
                at = Some(p.id.clone());
                continue;
            }
        };
        store.judge(source, &p.id, decision, how.today, how.by).map_err(|e| told(&e))?;
    }
}

//! The review store: proposals waiting in a dossier folder, decided one by one.
//!
//! In: a dossier folder with `proposals/*.json`, decisions with their day and judge. Out: the same files with the decisions, and for
//! what was accepted `read-SOURCE.toml`, a file of claims in the dossier. Both faces of the review go through here.
//!
//! What always holds: a decision is on disk before it is shown; both files are replaced in one step, so that being killed loses at
//! most the decision being made (the next one mends the second file); no other file of the dossier is touched; what nobody accepted is in no file a dossier reads.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use super::propose::{Decision, Judgement, Proposal, Proposals, first_pack, untouched};
use super::{fingerprint, needs_fence, text_of};
use crate::disk::replace_file;
use crate::{AskError, BasisRequest, Dossier, Envelope};

/// The proposals of one document and the copy of its text, as far as it is there.
#[derive(Debug)]
pub struct Queue {
    path: PathBuf,
    /// The proposals.
    pub proposals: Proposals,
    /// The text they were read from.
    pub copy: Copy,
}

/// What became of the text since it was read.
#[derive(Debug, PartialEq, Eq)]
pub enum Copy {
    /// The very text.
    Same(String),
    /// Another text now: its claims ask for review again.
    Changed(String),
    /// Not there, or not readable here, and why.
    Missing(String),
}

/// Where the words of a proposal stand in the text as it is now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// Where they were read, in code points.
    At(usize, usize),
    /// The very words stand elsewhere, once: moved, and to be looked at.
    Moved(usize, usize),
    /// Nowhere, or in several places: never put where similar words stand.
    Unplaced,
    /// The text is not there.
    NoText,
}

/// What a saved answer would become.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// The file of the saved answer.
    pub file: String,
    /// What it answers, in a sentence.
    pub answer: String,
    /// What changes: `verdict`, `items` or `citations`.
    pub what: &'static str,
    /// Verdicts before and after.
    pub verdict: (String, String),
    /// Numbers of items before and after.
    pub items: (usize, usize),
}

/// What accepting a proposal would do to the saved answers.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Effect {
    /// How many saved answers were asked again.
    pub saved: usize,
    /// Those that would change.
    pub changes: Vec<Change>,
    /// Those that cannot be asked at all, and why.
    pub failed: Vec<(String, String)>,
}

/// The folder under review.
pub struct Store {
    dir: PathBuf,
    pack: String,
    /// The dossier as it stands; opened again when it is next needed after its claims changed.
    dossier: OnceLock<Dossier>,
    queues: Vec<Queue>,
}

fn unreadable(path: &Path, e: &dyn std::fmt::Display) -> AskError {
    AskError::new("unreadable", format!("cannot read `{}`: {e}", path.display()))
}

/// JSON files of a folder, by name; none if it is not there.
fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut out: Vec<PathBuf> = entries
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|x| x == "json"))
        .collect();
    out.sort();
    out
}

impl Store {
    /// Opens the proposals of a dossier folder.
    ///
    /// # Errors
    /// No proposals, a file that is none, a dossier that cannot be opened.
    pub fn open(dir: &Path) -> Result<Store, AskError> {
        let folder = dir.join("proposals");
        let files = json_files(&folder);
        if files.is_empty() {
            let message = format!("`{}` holds no proposals", folder.display());
            return Err(AskError::new("nothing-to-review", message)
                .help(format!("make some with `foedera read FILE --into {}`", dir.display())));
        }
        let dossier = opened(dir)?;
        let pack = first_pack(&dossier).unwrap_or_else(|| "primary".to_owned());
        let queues = files.into_iter().map(|path| queue(dir, path)).collect::<Result<_, _>>()?;
        Ok(Store { dir: dir.to_owned(), pack, dossier: OnceLock::from(dossier), queues })
    }

    /// The documents, by name of their files.
    pub fn queues(&self) -> &[Queue] {
        &self.queues
    }

    /// The document of a source.
    pub fn queue(&self, source: &str) -> Option<&Queue> {
        self.queues.iter().find(|q| q.proposals.source == source)
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The dossier as it stands with what was accepted.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn dossier(&self) -> Result<&Dossier, AskError> {
        if self.dossier.get().is_none() {
            let _ = self.dossier.set(opened(&self.dir)?);
        }
        self.dossier.get().ok_or_else(|| AskError::new("dossier", "the dossier cannot be opened".to_owned()))
    }

    /// Decides on a proposal. `on` is the day, `by` who judges, if that is said.
    ///
    /// # Errors
    /// No such proposal, or the files cannot be written: then the decision is not taken.
    pub fn judge(
        &mut self,
        source: &str,
        id: &str,
        decision: Decision,
        on: &str,
        by: Option<&str>,
    ) -> Result<(), AskError> {
        let n = 1 + self.queue(source).map_or(0, Queue::last);
        self.change(source, |p| {
            let p = find(p, id)?;
            p.decision = decision;
            p.judged.push(Judgement { n, decision, on: on.to_owned(), by: by.map(str::to_owned) });
            Ok(())
        })
    }

    /// Puts a proposal into the reviewer's words. Its place in the text stays; it is marked as edited and decided on afterwards.
    ///
    /// # Errors
    /// No such proposal, empty words, a date that is none, an actor the dossier does not have; nothing is changed then.
    pub fn edit(
        &mut self,
        source: &str,
        id: &str,
        says: &str,
        on: Option<&str>,
        about: &[String],
    ) -> Result<(), AskError> {
        let says = says.split_whitespace().collect::<Vec<_>>().join(" ");
        if says.is_empty() {
            return Err(AskError::new("empty-statement", "a claim has to say something")
                .help("to drop a proposal, reject it"));
        }
        let on = on.map(str::trim).filter(|t| !t.is_empty());
        if let Some(text) = on {
            foedera_world::time::Edtf::parse(text).map_err(|e| crate::basis::date_error("on", &e))?;
        }
        let world = &self.dossier()?.world;
        let about = about
            .iter()
            .map(|a| a.trim())
            .filter(|a| !a.is_empty())
            .map(|a| {
                crate::names::one(world, a, crate::names::Want::Any)
                    .map(|n| crate::names::key(world, n).to_owned())
            })
            .collect::<Result<Vec<String>, _>>()?;
        self.change(source, |p| {
            let p = find(p, id)?;
            p.edited = true;
            p.says = says;
            p.on = on.map(str::to_owned);
            p.about = about;
            Ok(())
        })
    }

    /// Takes the last decision on a document back. The proposal it was about; none if there is nothing to take back.
    ///
    /// # Errors
    /// The files cannot be written.
    pub fn undo(&mut self, source: &str) -> Result<Option<String>, AskError> {
        let Some(q) = self.queue(source) else { return Err(no_source(source)) };
        let last = q.last();
        let Some(id) = q.judged_at(last).map(|p| p.id.clone()) else { return Ok(None) };
        self.change(source, |p| {
            let p = find(p, &id)?;
            p.judged.pop();
            p.decision = p.judged.last().map_or(Decision::Open, |j| j.decision);
            Ok(())
        })?;
        Ok(Some(id))
    }

    /// What accepting a proposal would do to the answers saved beside the dossier, in `saved/*.json`. An accepted one changes nothing
    /// more.
    ///
    /// # Errors
    /// No such proposal, or rows the dossier cannot take.
    pub fn effect(&self, source: &str, id: &str) -> Result<Effect, AskError> {
        let q = self.queue(source).ok_or_else(|| no_source(source))?;
        let mut alone = q.proposals.clone();
        alone.proposals.retain(|p| p.id == id);
        let p = find(&mut alone, id)?;
        let already = p.decision == Decision::Accepted;
        p.decision = Decision::Accepted;
        let rows = (format!("read-{source}.toml"), alone.rows(&self.pack));
        let mut out = Effect { saved: 0, changes: Vec::new(), failed: Vec::new() };
        for path in json_files(&self.dir.join("saved")) {
            let file = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
            out.saved += 1;
            if already {
                continue;
            }
            match self.compared(&path, &rows) {
                Ok(Some(change)) => out.changes.push(Change { file, ..change }),
                Ok(None) => {}
                Err(e) => out.failed.push((file, e.message)),
            }
        }
        Ok(out)
    }

    /// One saved answer without and with rows more.
    fn compared(&self, path: &Path, rows: &(String, String)) -> Result<Option<Change>, AskError> {
        let text = fs::read_to_string(path).map_err(|e| unreadable(path, &e))?;
        let saved: Envelope = serde_json::from_str(&text).map_err(|e| {
            AskError::new("bad-answer-file", format!("`{}` is not an answer: {e}", path.display()))
        })?;
        let (question, basis) = crate::ask::asked_again(&saved)?;
        let with = BasisRequest { suppose: vec![rows.clone()], ..basis.clone() };
        let dossier = self.dossier()?;
        let before = crate::ask(dossier, &question, &basis)?;
        let after = crate::ask(dossier, &question, &with)?;
        let told = |e: &Envelope| serde_json::to_string(&e.items).unwrap_or_default();
        let what = if before.verdict != after.verdict {
            "verdict"
        } else if before.items.len() != after.items.len() || told(&before) != told(&after) {
            "items"
        } else if before.cites.len() != after.cites.len() {
            "citations"
        } else {
            return Ok(None);
        };
        Ok(Some(Change {
            file: String::new(),
            answer: before.answer.clone(),
            what,
            items: (before.items.len(), after.items.len()),
            verdict: (before.verdict, after.verdict),
        }))
    }

    /// Changes a document's proposals, on disk first.
    fn change(
        &mut self,
        source: &str,
        change: impl FnOnce(&mut Proposals) -> Result<(), AskError>,
    ) -> Result<(), AskError> {
        let at =
            self.queues.iter().position(|q| q.proposals.source == source).ok_or_else(|| no_source(source))?;
        let mut new = self.queues[at].proposals.clone();
        change(&mut new)?;
        let cannot = |path: &Path, e: std::io::Error| {
            AskError::new("unwritable", format!("cannot write `{}`: {e}", path.display()))
        };
        let rows = self.dir.join(format!("read-{source}.toml"));
        let made = new.rows(&self.pack);
        let there = fs::read_to_string(&rows).ok();
        if there.as_deref().is_some_and(|t| !untouched(t)) {
            let message = format!(
                "`{}` was written into since it was made; deciding now would lose that",
                rows.display()
            );
            return Err(AskError::new("written-into", message).help(
                "move your own rows into another file of the dossier and delete this one: it is made anew",
            ));
        }
        let text = serde_json::to_string_pretty(&new).unwrap_or_default();
        let path = &self.queues[at].path;
        replace_file(path, format!("{text}\n")).map_err(|e| cannot(path, e))?;
        let any = new.proposals.iter().any(|q| q.decision == Decision::Accepted);
        let counts = there.as_ref() != Some(&made) && (any || there.is_some());
        if counts {
            replace_file(&rows, &made).map_err(|e| cannot(&rows, e))?;
        }
        self.queues[at].proposals = new;
        if counts {
            self.dossier = OnceLock::new();
        }
        Ok(())
    }
}

fn opened(dir: &Path) -> Result<Dossier, AskError> {
    Dossier::open(&[dir.to_string_lossy().into_owned()]).map_err(|e| AskError::new("dossier", e.to_string()))
}

fn no_source(source: &str) -> AskError {
    AskError::new("unknown-source", format!("no proposals of a source `{source}` are waiting"))
}

fn find<'p>(p: &'p mut Proposals, id: &str) -> Result<&'p mut Proposal, AskError> {
    let source = p.source.clone();
    p.proposals
        .iter_mut()
        .find(|q| q.id.eq_ignore_ascii_case(id))
        .ok_or_else(|| AskError::new("unknown-proposal", format!("`{source}` proposes no `{id}`")))
}

fn queue(dir: &Path, path: PathBuf) -> Result<Queue, AskError> {
    let text = fs::read_to_string(&path).map_err(|e| unreadable(&path, &e))?;
    let proposals: Proposals = serde_json::from_str(&text).map_err(|e| {
        AskError::new("bad-proposals", format!("`{}` is not a proposals file: {e}", path.display()))
    })?;
    if !proposals.named_safely() {
        let shown: String = proposals.source.chars().take(64).collect();
        let message = format!("`{}` names the source `{shown}`", path.display());
        return Err(AskError::new("bad-proposals", message)
            .help("a source is named by small letters, digits and hyphens; read the text again"));
    }
    let copy = copy_of(dir, &proposals);
    Ok(Queue { path, proposals, copy })
}

/// The text a document was read from: the dossier's own `texts/` or its folder, else where it was read from as a relative name below
/// this one. A path that leads out is not followed: whoever hands over a dossier shall not choose what is shown of this machine.
fn copy_of(dir: &Path, p: &Proposals) -> Copy {
    let file = Path::new(&p.file);
    let name = file.file_name().map(PathBuf::from).unwrap_or_default();
    let below = |p: &Path| p.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir));
    let mut places = vec![dir.join("texts").join(&name), dir.join(&name)];
    if below(file) {
        places.push(file.to_owned());
    }
    let Some(found) = places.iter().find(|p| p.is_file()) else {
        return Copy::Missing(format!(
            "`{}` is not in the folder `texts` of the dossier, nor where it was read from",
            name.display()
        ));
    };
    let read = fs::read(found).map_err(|e| e.to_string()).and_then(|bytes| {
        if needs_fence(&bytes) {
            return Err("it is a format that is taken apart in a process of its own".to_owned());
        }
        text_of(&p.file, &bytes).map(|t| t.text).map_err(|e| e.message)
    });
    match read {
        Ok(text) if fingerprint(&text) == p.fingerprint => Copy::Same(text),
        Ok(text) => Copy::Changed(text),
        Err(why) => Copy::Missing(format!("`{}` cannot be shown: {why}", p.file)),
    }
}

impl Queue {
    /// The number of the last decision taken on the document.
    fn last(&self) -> u64 {
        self.proposals.proposals.iter().flat_map(|p| &p.judged).map(|j| j.n).max().unwrap_or(0)
    }

    fn judged_at(&self, n: u64) -> Option<&Proposal> {
        self.proposals.proposals.iter().find(|p| p.judged.last().is_some_and(|j| j.n == n))
    }

    /// The first proposal nobody decided on, after the one of that id if one is given, then from the beginning.
    pub fn next(&self, after: Option<&str>) -> Option<&Proposal> {
        let all = &self.proposals.proposals;
        let from = after.and_then(|id| all.iter().position(|p| p.id == id)).map_or(0, |n| n + 1);
        all[from..].iter().chain(&all[..from]).find(|p| p.decision == Decision::Open)
    }

    /// How many of each decision: open, accepted, rejected, unsure.
    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        let mut out: BTreeMap<&'static str, usize> =
            ["open", "accepted", "rejected", "unsure"].into_iter().map(|w| (w, 0)).collect();
        for p in &self.proposals.proposals {
            *out.entry(p.decision.word()).or_default() += 1;
        }
        out
    }

    /// Where the words of a proposal stand now.
    pub fn place(&self, p: &Proposal) -> Place {
        match &self.copy {
            Copy::Missing(_) => Place::NoText,
            Copy::Same(_) => Place::At(p.at.0, p.at.1),
            Copy::Changed(text) => placed(text, p),
        }
    }
}

/// The exact words where they were, or elsewhere if they stand there once.
fn placed(text: &str, p: &Proposal) -> Place {
    let here: String = text.chars().skip(p.at.0).take(p.at.1 - p.at.0).collect();
    if p.quote.is_empty() {
        return Place::Unplaced;
    }
    if here == p.quote {
        return Place::At(p.at.0, p.at.1);
    }
    let mut found = text.match_indices(&p.quote);
    match (found.next(), found.next()) {
        (Some((byte, _)), None) => {
            let from = text[..byte].chars().count();
            Place::Moved(from, from + p.quote.chars().count())
        }
        _ => Place::Unplaced,
    }
}

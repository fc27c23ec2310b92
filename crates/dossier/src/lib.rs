//! The dossier language: from text a person wrote to checked rows the world is built from.
//!
//! In: files the caller read, dossier by dossier, included ones first. Out: [`Compiled`]: the rows that could be used,
//! every finding about the text, and a fingerprint of all of it. Grammar: docs/language.md; tables: `grammar`.
//!
//! The stages, each with its own type: `source` (bytes to a `Shelf` of bounded texts), `tree` (text to a spanned
//! `Tree`), `resolve` (trees to `Names`), `draft` (tree and names to rows with `Marks`), `merge` (one row per id),
//! `check` (one file per fault). Beside them `edit` (one layout) and `schema` (for editors).
//!
//! What always holds: [`compile`] never fails and never panics, on any bytes; the same input gives the same output; a
//! broken file costs that file, a broken row that row; the rows handed on name nothing that does not exist. Disk,
//! clock and environment are the caller's.

mod check;
mod draft;
mod edit;
mod grammar;
mod merge;
mod parallel;
mod resolve;
mod schema;
mod source;
mod tree;

use std::collections::BTreeSet;

use foedera_world::record::{Fact, Records};
use foedera_world::{Finding, Severity};

use draft::{Draft, Placed, Reading, fact};
use resolve::Names;
use source::Shelf;
use tree::Tree;

/// One file of a dossier.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceFile {
    /// As `dossier/path.toml`, with `/` between parts.
    pub name: String,
    /// Its bytes.
    pub text: Vec<u8>,
}

/// One dossier: its files, sorted by name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Volume {
    /// Name.
    pub name: String,
    /// Files.
    pub files: Vec<SourceFile>,
}

/// What dossiers say, and what is wrong with how they say it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Compiled {
    /// The rows that can be used.
    pub records: Records,
    /// Everything wrong or doubtful, sorted, without repetition.
    pub findings: Vec<Finding>,
    /// Fingerprint of names and texts: FNV-1a, 128 bits, in hexadecimal.
    pub hash: String,
}

/// A check, for lists and help.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CheckInfo {
    /// Its code.
    pub code: &'static str,
    /// How bad what it finds is.
    pub severity: Severity,
    /// What it finds, in one line.
    pub summary: &'static str,
}

/// The other dossiers a dossier builds on, as written.
pub fn includes(volume: &Volume) -> Vec<String> {
    for file in &volume.files {
        if !std::str::from_utf8(&file.text).is_ok_and(|text| text.contains("dossier")) {
            continue;
        }
        let Ok(text) = source::admit(file) else { continue };
        let (root, _) = toml::de::DeTable::parse_recoverable(text);
        let list = root.get_ref().get("dossier").and_then(|d| d.get_ref().as_table()?.get("includes"));
        if let Some(list) = list.and_then(|l| l.get_ref().as_array()) {
            return list.iter().filter_map(|name| name.get_ref().as_str().map(str::to_owned)).collect();
        }
    }
    Vec::new()
}

/// Most times the rows are read again because rows they refer to were lost.
const ROUNDS: usize = 100;

/// Compiles dossiers, the included ones first.
pub fn compile(volumes: &[Volume]) -> Compiled {
    let mut findings = Vec::new();
    let (shelf, trees) = take_in(volumes, &mut findings);
    let names = Names::from_trees(&trees, &shelf, &BTreeSet::new());
    let (mut draft, mut left, mut merged) = read(&trees, &shelf, &names);
    for reading in &mut left {
        findings.append(&mut reading.findings);
    }
    findings.extend(check::circular_reference::of_areas(&shelf, &draft));
    let mut lost = lost_rows(&left, &draft);
    let mut rounds = 0;
    // Rows that refer to lost rows are lost too: read again without them, until nothing more is lost.
    let mut known = 0;
    while lost.len() > known && rounds < ROUNDS {
        known = lost.len();
        rounds += 1;
        let fewer = Names::from_trees(&trees, &shelf, &lost);
        let again;
        (draft, again, merged) = read(&trees, &shelf, &fewer);
        lost.extend(lost_rows(&again, &draft));
    }
    findings.append(&mut merged);
    findings.extend(check::run(&check::Context { shelf: &shelf, names: &names, draft: &draft, left: &left }));
    check::circular_reference::cut(&mut draft);
    let records = if rounds == ROUNDS && lost.len() > known {
        let message =
            format!("rows refer to each other over more than {ROUNDS} steps, and the last is broken");
        findings.push(Finding::new("too-deep", Severity::Error, message, String::new(), 0..0));
        Records::default()
    } else {
        records(draft, volumes)
    };
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    findings.dedup();
    Compiled { records, findings, hash: hash(volumes) }
}

/// Decodes and parses every file, each on its own.
fn take_in<'a>(volumes: &'a [Volume], findings: &mut Vec<Finding>) -> (Shelf<'a>, Vec<Tree<'a>>) {
    let files = source::within_sum(volumes, findings);
    let bytes = files.iter().map(|(_, file)| file.text.len()).sum();
    let parsed = parallel::each(files.len(), bytes, |i| {
        let (volume, source) = files[i];
        let file = source::File::from_source(volume, source)?;
        let mut found = Vec::new();
        let tree = tree::from_text(&file, &mut found);
        Ok::<_, Box<Finding>>((file, tree, found))
    });
    let (mut shelf, mut trees) = (Shelf::default(), Vec::with_capacity(parsed.len()));
    for one in parsed {
        match one {
            Err(finding) => findings.push(*finding),
            Ok((file, mut tree, found)) => {
                tree.file = shelf.files.len() as u32;
                shelf.files.push(file);
                trees.push(tree);
                findings.extend(found);
            }
        }
    }
    (shelf, trees)
}

fn read(trees: &[Tree<'_>], shelf: &Shelf<'_>, names: &Names<'_>) -> (Draft, Vec<Reading>, Vec<Finding>) {
    let read =
        parallel::each(trees.len(), shelf.bytes(), |i| draft::from_tree(&trees[i], &shelf.files[i], names));
    let (drafts, left) = read.into_iter().unzip();
    let (draft, merged) = merge::merge(drafts, shelf);
    (draft, left, merged)
}

fn lost_rows(left: &[Reading], draft: &Draft) -> BTreeSet<resolve::Place> {
    let unread =
        left.iter().enumerate().flat_map(|(file, r)| r.lost.iter().map(move |at| (file as u32, *at)));
    let endless = check::circular_reference::endless_areas(draft).into_iter().map(|l| {
        let marks = &draft.areas[l.row].marks;
        (marks.file, marks.field("id").start)
    });
    unread.chain(endless).collect()
}

fn records(draft: Draft, volumes: &[Volume]) -> Records {
    fn rows<T>(placed: Vec<Placed<T>>) -> Vec<T> {
        placed.into_iter().map(|p| p.row).collect()
    }
    let name = if draft.name.is_empty() {
        volumes.last().map(|v| v.name.clone()).unwrap_or_default()
    } else {
        draft.name
    };
    Records {
        name,
        title: draft.title,
        packs: rows(draft.packs),
        sources: rows(draft.sources),
        actors: rows(draft.actors),
        memberships: rows(draft.memberships),
        offices: rows(draft.offices),
        places: rows(draft.places),
        areas: rows(draft.areas),
        instruments: rows(draft.instruments),
        circumstances: rows(draft.circumstances),
        things: rows(draft.things),
        matters: rows(draft.matters),
        claims: rows(draft.claims),
        conflicts: rows(draft.conflicts),
        rivals: rows(draft.rivals),
        checklists: rows(draft.checklists),
    }
}

/// FNV-1a, 128 bits, over each dossier's name, its number of files, and each file's name and text; every part is
/// preceded by its length as eight little-endian bytes, so that no two different inputs are joined alike.
fn hash(volumes: &[Volume]) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let mut state = OFFSET;
    let mut eat = |bytes: &[u8]| {
        for part in [&(bytes.len() as u64).to_le_bytes()[..], bytes] {
            for byte in part {
                state = (state ^ u128::from(*byte)).wrapping_mul(PRIME);
            }
        }
    };
    for volume in volumes {
        eat(volume.name.as_bytes());
        eat(&(volume.files.len() as u64).to_le_bytes());
        for file in &volume.files {
            eat(file.name.as_bytes());
            eat(&file.text);
        }
    }
    format!("{state:032x}")
}

/// Lays a file out the one way; comments, order and meaning stay.
///
/// # Errors
///
/// The first finding, if the text is not TOML within the limits.
#[allow(clippy::result_large_err, reason = "called once a file, and the finding is shown as it is")]
pub fn format(name: &str, text: &str) -> Result<String, Finding> {
    edit::format(name, text)
}

/// The JSON Schema (2020-12) of a dossier file, for completion in editors.
pub fn json_schema() -> String {
    schema::json_schema()
}

/// Reads a scenario fact: whether it is asserted (`not …` denies it), the fact with its names resolved, and who holds
/// it (`…@BLR`). `resolve` gives the id a written name stands for.
///
/// # Errors
///
/// One sentence that says what was found and what was expected.
pub fn parse_fact(
    text: &str,
    resolve: &dyn Fn(&str) -> Option<String>,
) -> Result<(bool, Fact, Option<String>), String> {
    let written = fact::read(text)
        .map_err(|e| if e.help.is_empty() { e.message } else { format!("{}; {}", e.message, e.help) })?;
    let known = |name: &str, what: &str| {
        resolve(name).ok_or_else(|| format!("`{name}` is not known; expected {what}"))
    };
    let mut args = Vec::with_capacity(written.args.len());
    for (kind, arg, _) in written.args {
        args.push(match kind.filter(|_| !fact::SIDES.contains(&arg)) {
            Some(kind) => known(arg, kind.a())?,
            None => arg.to_owned(),
        });
    }
    let holder = written.holder.map(|(name, _)| known(name, "an actor")).transpose()?;
    Ok((written.asserted, Fact { kind: written.kind, args }, holder))
}

/// Every check there is.
pub fn checks() -> &'static [CheckInfo] {
    check::CHECKS
}

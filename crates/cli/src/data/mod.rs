//! Whole data sets from the user's own download: `import`, `export`, `releases`, `panel`, `similarity`, and `tables` of any dossier.
//!
//! In: files and folders. Out: a new folder, a table, a file with its manifest beside it. What always holds: a folder appears whole or not at
//! all (it is written beside its place and renamed).

mod columns;
mod import;
mod panel;
mod releases;
mod similarity;
mod tables;

use std::fs;
use std::path::{Path, PathBuf};

use foedera::Dossier;
use foedera_bulk::Day;
use foedera_intake::atop::{Atop, Toward};
use foedera_intake::{Actors, DIRECTED, DataSet, Options, Raw};

pub(crate) use import::{Export, Import, export, import};
pub(crate) use panel::{Panel, panel};
pub(crate) use releases::{Releases, releases};
pub(crate) use similarity::{Similarity, portfolios_of, similarity};
pub(crate) use tables::{Tables, tables};

fn data_set(word: &str) -> Result<DataSet, String> {
    let found = DataSet::WORDS.iter().find(|(_, w)| *w == word);
    let words: Vec<&str> = DataSet::WORDS.iter().map(|(_, w)| *w).collect();
    found.map(|(d, _)| *d).ok_or_else(|| format!("expected one of {}", words.join(", ")))
}

/// The largest file read, in bytes.
const LARGEST: u64 = 512 << 20;

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let cannot = |e: std::io::Error| format!("error[unreadable]: cannot read `{}`: {e}", path.display());
    let size = fs::metadata(path).map_err(cannot)?.len();
    if size > LARGEST {
        return Err(format!(
            "error[too-large]: `{}` has more than {LARGEST} bytes, the limit",
            path.display()
        ));
    }
    fs::read(path).map_err(cannot)
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| "file".to_owned(), |n| n.to_string_lossy().into_owned())
}

fn refused(e: impl std::fmt::Display) -> String {
    format!("error[refused]: {e}\n  nothing was written")
}

/// Reads a data set from a folder an import made, or from its makers' file.
fn table(set: DataSet, path: &Path) -> Result<Raw, String> {
    let raw = path.join("raw");
    let file = if raw.is_dir() {
        let inside =
            fs::read_dir(&raw).map_err(|e| format!("error[unreadable]: `{}`: {e}", raw.display()))?;
        let mut files: Vec<PathBuf> = inside.filter_map(|e| Some(e.ok()?.path())).collect();
        files.sort();
        files.into_iter().next().ok_or_else(|| format!("error[unreadable]: `{}` is empty", raw.display()))?
    } else {
        path.to_owned()
    };
    let (raw, _) =
        foedera_intake::read(set, &name_of(&file), read(&file)?, &Options::default()).map_err(refused)?;
    Ok(raw)
}

fn write_folder(into: &Path, files: &[(String, Vec<u8>)]) -> Result<(), String> {
    let cannot = |e: std::io::Error| format!("error[unwritable]: cannot write `{}`: {e}", into.display());
    let parent = into.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let temporary = parent.join(format!(".{}.{}.tmp", name_of(into), std::process::id()));
    let write = || -> std::io::Result<()> {
        for (name, bytes) in files {
            let path = temporary.join(name);
            fs::create_dir_all(path.parent().unwrap_or(&temporary))?;
            fs::write(&path, bytes)?;
        }
        fs::rename(&temporary, into)
    };
    write().map_err(|e| {
        let _ = fs::remove_dir_all(&temporary);
        cannot(e)
    })
}

/// System membership from a list of states: the last day of the list is no end.
fn system(path: &Path) -> Result<Vec<(u32, Day, Day)>, String> {
    let raw = table(DataSet::CowStates, path)?;
    foedera_intake::system(&raw).map_err(refused)
}

/// ATOP's rows, with toward whom members owe what where an import kept it.
fn atop(path: &Path) -> Result<(Raw, Atop), String> {
    let raw = table(DataSet::Atop, path)?;
    let mut atop = Atop::new(&raw).map_err(refused)?;
    let kept = path.join(DIRECTED);
    if kept.is_file() {
        let toward = Raw::parse(&name_of(&kept), &read(&kept)?, b',').map_err(refused)?;
        atop.toward = Some(Toward::from_csv(&toward).map_err(refused)?);
    }
    Ok((raw, atop))
}

/// Whom the codes of data sets mean: the gazetteer's states.
fn actors() -> Result<Actors, String> {
    let gazetteer = Dossier::open(&["gazetteer".to_owned()]).map_err(|e| format!("error[dossier]: {e}"))?;
    Ok(Actors::of(&gazetteer))
}

/// An imported ATOP as a bulk world's tables, every state in the system from 1815 on.
pub(crate) fn atop_tables(dir: &Path) -> Result<foedera_bulk::Tables, String> {
    Ok(atop(dir)?.1.tables(&[], &[]))
}

//! Reading and writing files: bounded reads, atomic writes.
//!
//! In: paths. Out: texts, or files replaced in one step. What always holds: a write is a temporary file, synced, renamed over
//! the old one, so that being killed leaves the old or the new text and nothing between.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::run::print;

/// The largest file read, in bytes.
const LARGEST: u64 = 64 << 20;

/// Reads a text file of bounded size.
pub(crate) fn read_bounded(path: &Path) -> Result<String, String> {
    let cannot = |e: std::io::Error| format!("error[unreadable]: cannot read `{}`: {e}", path.display());
    let file = fs::File::open(path).map_err(cannot)?;
    let mut text = String::new();
    file.take(LARGEST + 1).read_to_string(&mut text).map_err(cannot)?;
    if text.len() as u64 > LARGEST {
        return Err(format!(
            "error[too-large]: `{}` has more than {LARGEST} bytes, the limit",
            path.display()
        ));
    }
    Ok(text)
}

/// Replaces a file in one step.
pub(crate) fn write_atomically(path: &Path, text: &str) -> Result<(), String> {
    foedera::replace_file(path, text)
        .map_err(|e| format!("error[unwritable]: cannot write `{}`: {e}", path.display()))
}

/// The text files of a folder, by name; what is not UTF-8 text is left out. Links are not followed.
pub(crate) fn texts(dir: &Path) -> Result<Vec<(String, String)>, String> {
    let cannot = |e: std::io::Error| format!("error[unreadable]: cannot read `{}`: {e}", dir.display());
    let mut out = Vec::new();
    for entry in fs::read_dir(dir).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        if entry.file_type().map_err(cannot)?.is_file()
            && let Ok(text) = read_bounded(&entry.path())
        {
            out.push((entry.file_name().to_string_lossy().into_owned(), text));
        }
    }
    out.sort();
    Ok(out)
}

/// All `.toml` files of files and folders, sorted; links are not followed.
fn dossier_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut out = Vec::new();
    let mut todo: Vec<PathBuf> = paths.to_vec();
    while let Some(p) = todo.pop() {
        let cannot = |e: std::io::Error| format!("error[unreadable]: cannot read `{}`: {e}", p.display());
        if fs::symlink_metadata(&p).map_err(cannot)?.is_dir() {
            for entry in fs::read_dir(&p).map_err(cannot)? {
                let entry = entry.map_err(cannot)?;
                let kind = entry.file_type().map_err(cannot)?;
                let path = entry.path();
                if kind.is_dir() || (kind.is_file() && path.extension().is_some_and(|e| e == "toml")) {
                    todo.push(path);
                }
            }
        } else {
            out.push(p);
        }
    }
    out.sort();
    Ok(out)
}

/// `fmt`.
pub(crate) fn fmt(paths: &[PathBuf], check: bool) -> Result<u8, String> {
    let (mut changed, mut broken) = (0, 0);
    let files = dossier_files(paths)?;
    for path in &files {
        let text = read_bounded(path)?;
        match foedera::format_text(&path.to_string_lossy(), &text) {
            Ok(new) if new == text => {}
            Ok(new) => {
                changed += 1;
                print(&format!("{} {}\n", if check { "would change" } else { "formatted" }, path.display()))?;
                if !check {
                    write_atomically(path, &new)?;
                }
            }
            Err(f) => {
                broken += 1;
                print(&format!(
                    "{}[{}]: {}: {}; left as it is\n",
                    f.severity.word(),
                    f.code,
                    path.display(),
                    f.message
                ))?;
            }
        }
    }
    print(&format!(
        "{} files, {changed} {}, {broken} that do not parse\n",
        files.len(),
        if check { "would change" } else { "changed" }
    ))?;
    Ok(u8::from(broken > 0 || (check && changed > 0)))
}

/// `new`.
pub(crate) fn new(dir: &Path) -> Result<u8, String> {
    if dir.exists() {
        return Err(format!(
            "error[exists]: `{}` is there already; name a folder that is not",
            dir.display()
        ));
    }
    let name = dir.file_name().map_or_else(|| "my-dossier".into(), |n| n.to_string_lossy().to_lowercase());
    fs::create_dir_all(dir)
        .map_err(|e| format!("error[unwritable]: cannot make `{}`: {e}", dir.display()))?;
    write_atomically(&dir.join("dossier.toml"), &DOSSIER.replace("NAME", &name))?;
    write_atomically(&dir.join("example.toml"), EXAMPLE)?;
    print(&format!(
        "made {0}/dossier.toml and {0}/example.toml\n\nnext\n  foedera check {0}\n  \
         foedera casus --dossier {0} --attacker BBB --target AAA --on 2024-06-01\n",
        dir.display()
    ))?;
    Ok(0)
}

const DOSSIER: &str = r#"# What this dossier is, and what it builds on. The grammar: docs/language.md, `foedera schema dossier`.

[dossier]
name = "NAME"
title = "A dossier of my own"
includes = []                 # "world" to build on the shipped alliances and states

[[pack]]
id = "primary"
title = "Texts and official records"
"#;

const EXAMPLE: &str = r#"# Two made-up states and a treaty between them. Change the names, dates and articles to yours.

[[source]]
id = "pact-text"
title = "Pact of mutual assistance between Aland and Cland (made up)"
kind = "treaty-text"
pack = "primary"
published = "2020-05-01"
grade = "A1"
grade-why = "the text itself"

[[actor]]
id = "AAA"
kind = "state"
name = "Aland"
home = { id = "aland-home", name = "Aland" }

[[actor]]
id = "BBB"
kind = "state"
name = "Bland"
home = { id = "bland-home", name = "Bland" }

[[actor]]
id = "CCC"
kind = "state"
name = "Cland"
home = { id = "cland-home", name = "Cland" }

[[instrument]]
id = "aland-cland-pact"
name = "Pact of Mutual Assistance"
kind = "treaty"
parties = ["AAA", "CCC"]
parties-complete = "2024-12-31"
term = { notice = "1 year" }

  [[instrument.action]]
  act = "signed"
  on = "2020-05-01"
  cite = ["pact-text"]

  [[instrument.action]]
  act = "entered-into-force"
  on = { after = "signed", plus = "30 days" }
  cite = ["pact-text art. 9"]

  [[instrument.provision]]
  article = "3"
  act = "defense"
  area = { territory-of = "beneficiary" }
  trigger = { unprovoked = true }
  strength = "must-assist"
  discretion = "means-free"
  cite = ["pact-text art. 3"]
"#;

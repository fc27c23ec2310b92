//! Tables as Parquet and Arrow, read back by the programs they are for.
//!
//! In: python3 with venv and a package index, if they are there. Out: what the tests of `foedera-columns` print with both features on. What always holds: Python
//! packages stay in `target/readers`; what cannot be read back is told in capitals and never counted as passed.

use std::path::Path;
use std::process::Command;

use crate::repo::{self, Done};

/// The readers, from PyPI.
const READERS: &[&str] = &["duckdb", "polars"];

/// Runs the tests.
pub(crate) fn run() -> Done {
    let metadata = repo::metadata()?;
    let target = metadata["target_directory"].as_str().ok_or("cargo metadata names no target directory")?;
    let mut tests = repo::cargo();
    tests.args([
        "test",
        "--quiet",
        "--package",
        "foedera-columns",
        "--features",
        "parquet,arrow",
        "--",
        "--nocapture",
    ]);
    match python(&Path::new(target).join("readers")) {
        Some(python) => {
            tests.env("FOEDERA_PYTHON", python);
        }
        None => println!("NOT CHECKED: python3 with {} could not be put in", READERS.join(" and ")),
    }
    repo::pass(tests)
}

/// A Python with the readers, made if it is not there.
fn python(folder: &Path) -> Option<std::path::PathBuf> {
    let program = folder.join("bin/python3");
    let has_them = || {
        let imports = format!("import {}", READERS.join(", "));
        Command::new(&program).args(["-c", &imports]).output().is_ok_and(|o| o.status.success())
    };
    if has_them() {
        return Some(program);
    }
    let mut venv = Command::new("python3");
    venv.args(["-m", "venv"]).arg(folder);
    repo::pass(venv).ok()?;
    let mut pip = Command::new(&program);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(READERS);
    repo::pass(pip).ok()?;
    has_them().then_some(program)
}

//! Where the repository is and what is in it: the folder, its files, cargo's metadata, commands run in it.
//!
//! In: git and cargo. Out: paths with `/`, relative to the root, sorted. What always holds: files git ignores are
//! never listed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What a chore reports when it has bad news.
pub(crate) type Done = Result<(), String>;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("xtask lies in the repository's root").to_path_buf()
}

/// Every file of the repository that git does not ignore, tracked or not yet.
pub(crate) fn files() -> Result<BTreeSet<String>, String> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root());
    let text = output(git)?;
    Ok(text
        .split('\0')
        .filter(|name| !name.is_empty() && root().join(name).is_file())
        .map(String::from)
        .collect())
}

/// A file's text, or nothing if it is not UTF-8 text.
pub(crate) fn text(name: &str) -> Option<String> {
    std::fs::read_to_string(root().join(name)).ok()
}

/// The cargo that started us.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// What cargo knows about the workspace.
pub(crate) fn metadata() -> Result<Value, String> {
    let mut cargo = cargo();
    cargo.args(["metadata", "--no-deps", "--format-version", "1"]);
    serde_json::from_str(&output(cargo)?)
        .map_err(|e| format!("cargo metadata printed something else than JSON: {e}"))
}

/// Runs a command to its end and returns what it printed.
pub(crate) fn output(mut command: Command) -> Result<String, String> {
    let done = command.output().map_err(|e| format!("could not run `{}`: {e}", words(&command)))?;
    if !done.status.success() {
        return Err(format!("`{}` failed: {}", words(&command), String::from_utf8_lossy(&done.stderr)));
    }
    String::from_utf8(done.stdout)
        .map_err(|e| format!("`{}` printed something else than UTF-8: {e}", words(&command)))
}

/// Runs a command to its end, its output going where ours goes.
pub(crate) fn pass(mut command: Command) -> Done {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{}` failed: {status}", words(&command))),
        Err(e) => Err(format!("could not run `{}`: {e}", words(&command))),
    }
}

/// A command as a person would type it.
fn words(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let all = std::iter::once(program).chain(command.get_args());
    all.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

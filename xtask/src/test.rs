//! Everything CI runs, one step after the other; a developer runs the same before handing work in.
//!
//! In: a clone, cargo, git and a C linker. Out: each step's name and time; the first step that fails ends the run. What
//! always holds: nothing is skipped without saying so. The Markdown cases and the bounded mutation tests are ordinary
//! tests, so the step `tests` runs them.

use std::process::Command;
use std::time::Instant;

use crate::repo::{self, Done};
use crate::{browser, columns, layers, tidy};

/// Runs all steps.
pub(crate) fn run() -> Done {
    let start = Instant::now();
    step("components", components)?;
    step("format", || cargo(&["fmt", "--all", "--check"]))?;
    step("layers", layers::run)?;
    step("tidy", tidy::run)?;
    step("lints", || cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    step("tests", || cargo(&["test", "--quiet", "--workspace"]))?;
    step("dossiers: check", check_dossiers)?;
    step("dossiers: format", || foedera(&["fmt", "--check", "dossiers"]))?;
    step("tables read by others", columns::run)?;
    step("browser", || browser::run(None))?;
    step("dependencies", dependencies)?;
    println!("== all steps passed in {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}

fn step(name: &str, work: impl FnOnce() -> Done) -> Done {
    println!("== {name}");
    let start = Instant::now();
    let done = work();
    let verdict = if done.is_ok() { "passed" } else { "FAILED" };
    println!("== {name} {verdict} in {:.1} s", start.elapsed().as_secs_f64());
    done
}

fn cargo(words: &[&str]) -> Done {
    let mut cargo = repo::cargo();
    cargo.args(words);
    repo::pass(cargo)
}

/// The binary as a developer builds it.
fn foedera(words: &[&str]) -> Done {
    let mut run = repo::cargo();
    run.args(["run", "--quiet", "--package", "foedera-cli", "--bin", "foedera", "--"]).args(words);
    repo::pass(run)
}

fn works(mut command: Command) -> bool {
    command.output().is_ok_and(|done| done.status.success())
}

/// Has rustfmt and clippy put in if they are not there.
fn components() -> Done {
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        let mut version = repo::cargo();
        version.args([tool, "--version"]);
        if works(version) {
            continue;
        }
        println!("`cargo {tool}` is not there; asking rustup for the component {component}");
        let mut add = Command::new("rustup");
        add.args(["component", "add", component]).current_dir(repo::root());
        repo::pass(add)
            .map_err(|e| format!("{e}\nput in {component} by hand, then run `cargo xtask test` again"))?;
    }
    Ok(())
}

/// Every folder under `dossiers/` that is a dossier compiles without an error.
fn check_dossiers() -> Done {
    let files = repo::files()?;
    let folders: Vec<&str> = files
        .iter()
        .filter_map(|name| name.strip_suffix("/dossier.toml"))
        .filter(|folder| folder.starts_with("dossiers/"))
        .collect();
    if folders.is_empty() {
        return Err("no dossiers/*/dossier.toml: the shipped dossiers are missing".into());
    }
    folders.iter().try_for_each(|folder| foedera(&["check", folder]))
}

/// Licences, sources and doubled versions, where cargo-deny is at hand. Advisories need a network and are left to it.
fn dependencies() -> Done {
    let mut version = repo::cargo();
    version.args(["deny", "--version"]);
    if !works(version) {
        println!("cargo-deny is not installed: licences and sources of dependencies were NOT checked");
        return Ok(());
    }
    cargo(&["deny", "--offline", "check", "bans", "licenses", "sources"])
}

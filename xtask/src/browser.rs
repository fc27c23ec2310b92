//! The browser tests: a real browser walks the web face of a release build; the scripts are type-checked first.
//!
//! In: node, npm and chromium, installed with apt-get and npm if they are missing and may be. Out: what `tests/browser/run.mjs`
//! prints, closing with `N passed, N failed, N skipped`. What always holds: npm packages stay in `tests/browser/node_modules`, which
//! git ignores; what cannot be run is told in capitals and never counted as passed.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::repo::{self, Done};

/// Runs the tests, those whose name fits a pattern or all.
pub(crate) fn run(pattern: Option<&str>) -> Done {
    let Some(chromium) = tools()? else {
        println!("BROWSER TESTS NOT RUN: chromium, node and npm are needed and could not be installed");
        println!("0 passed, 0 failed, all skipped");
        return Ok(());
    };
    let folder = repo::root().join("tests/browser");
    if !folder.join("node_modules/puppeteer-core").is_dir() && !packages(&folder) {
        println!("BROWSER TESTS NOT RUN: npm could not fetch the test packages (no network?)");
        println!("0 passed, 0 failed, all skipped");
        return Ok(());
    }
    let mut types = Command::new("npx");
    types.args(["tsc", "-p", "."]).current_dir(&folder);
    repo::pass(types)?;
    println!("scripts: types in order");

    let mut build = repo::cargo();
    build.args(["build", "--quiet", "--release", "--package", "foedera-cli", "--bin", "foedera"]);
    repo::pass(build)?;
    let metadata = repo::metadata()?;
    let target = metadata["target_directory"].as_str().ok_or("cargo metadata names no target directory")?;
    let program = Path::new(target).join("release").join("foedera");
    let mut tests = Command::new("node");
    tests.arg("run.mjs").args(pattern).current_dir(&folder);
    tests.env("FOEDERA", program).env("CHROMIUM", chromium);
    repo::pass(tests)
}

/// The browser's path, everything needed being there; asks apt-get once for what is not, and for nothing else: a Node.js from
/// elsewhere brings its own npm, and Debian's would not go with it.
fn tools() -> Result<Option<PathBuf>, String> {
    let missing = missing();
    if !missing.is_empty() && works("apt-get") {
        println!("asking apt-get for {}", missing.join(", "));
        let install = || {
            let mut install = Command::new("apt-get");
            install.args(["install", "--yes", "--no-install-recommends"]).args(&missing);
            install.env("DEBIAN_FRONTEND", "noninteractive");
            repo::pass(install)
        };
        if install().is_err() {
            // A fresh machine has no lists of packages yet, or old ones.
            let mut update = Command::new("apt-get");
            update.arg("update");
            if repo::pass(update).is_ok() {
                let _ = install();
            }
        }
    }
    Ok(chromium().filter(|_| works("node") && works("npm")))
}

/// Debian's packages of what is not there.
fn missing() -> Vec<&'static str> {
    let there = [("chromium", chromium().is_some()), ("nodejs", works("node")), ("npm", works("npm"))];
    there.into_iter().filter(|(_, there)| !there).map(|(package, _)| package).collect()
}

/// Where the browser is: what `CHROMIUM` names, or where Debian puts it.
fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    named.into_iter().chain(usual.into_iter().map(PathBuf::from)).find(|p| p.is_file())
}

fn works(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|done| done.status.success())
}

/// Fetches the test packages as locked.
fn packages(folder: &Path) -> bool {
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(folder);
    repo::pass(npm).is_ok()
}

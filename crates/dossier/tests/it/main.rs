//! The dossier language from outside: text in, rows and findings out.

#![allow(
    clippy::disallowed_methods,
    reason = "the crate reads no disk; these tests are the caller that does"
)]

mod cases;
mod limits;
mod merging;
mod mutation;
mod properties;

use foedera_dossier::{Compiled, SourceFile, Volume, compile};
use foedera_world::Finding;

/// A dossier of the given files.
fn volume(name: &str, files: &[(&str, &str)]) -> Volume {
    let file =
        |(name, text): &(&str, &str)| SourceFile { name: (*name).to_owned(), text: text.as_bytes().to_vec() };
    Volume { name: name.to_owned(), files: files.iter().map(file).collect() }
}

/// One file compiled alone.
fn alone(text: &str) -> Compiled {
    compile(&[volume("alone", &[("a.toml", text)])])
}

/// The codes found, in order.
fn codes(compiled: &Compiled) -> Vec<&'static str> {
    compiled.findings.iter().map(|f| f.code).collect()
}

/// The line a finding stands on.
fn line(finding: &Finding, text: &str) -> usize {
    1 + text.as_bytes().iter().take(finding.primary.span.start).filter(|b| **b == b'\n').count()
}

#[test]
fn every_file_of_this_folder_is_a_module() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let main = include_str!("main.rs");
    for entry in std::fs::read_dir(here).expect("the tests lie beside the crate") {
        let name = entry.expect("a readable entry").file_name().into_string().expect("a plain name");
        let module = name.trim_end_matches(".rs");
        assert!(
            module == "main" || main.contains(&format!("mod {module};")),
            "{name} is not mentioned in main.rs"
        );
    }
}

//! The help of every verb, as one text. `FOEDERA_UPDATE=1` rewrites it; read the diff as if someone else had written it.

use std::fmt::Write as _;

use crate::run::{Scratch, foedera, root};

#[test]
fn help_texts_are_as_reviewed() {
    let scratch = Scratch::new("help");
    let mut all = String::new();
    for verb in [
        "",
        "casus",
        "why-not",
        "status",
        "ties",
        "members",
        "show",
        "search",
        "check",
        "fmt",
        "schema",
        "new",
        "replay",
        "import",
        "export",
        "releases",
        "panel",
        "similarity",
        "bench",
        "decide",
        "may",
        "expect",
        "conflicts",
        "claims",
        "measure",
        "timeline",
        "diff",
        "impact",
        "what-if",
        "why",
        "coverage",
        "verify",
        "read",
        "score",
        "review",
        "serve",
    ] {
        let words: Vec<&str> = [verb, "--help"].into_iter().filter(|w| !w.is_empty()).collect();
        let out = foedera(&words, &scratch.0);
        let text = String::from_utf8_lossy(&out.stdout);
        let _ = writeln!(all, "$ foedera {}\n{text}", words.join(" "));
    }
    let path = root().join("crates/cli/tests/it/help.txt");
    if std::env::var_os("FOEDERA_UPDATE").is_some() {
        std::fs::write(&path, &all).expect("the snapshot can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        all == kept,
        "help texts differ from {}; run with FOEDERA_UPDATE=1 and read the diff",
        path.display()
    );
}

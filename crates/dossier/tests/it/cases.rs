//! Every check has its page and its case file, and does what the case file says.

use std::path::Path;

use foedera_dossier::{SourceFile, Volume, checks, compile};

use crate::line;

/// Codes that cannot fire in a case one would read.
const TOO_LONG_FOR_A_CASE: [&str; 4] = ["not-utf8", "rival-values", "too-large", "too-many"];

#[test]
fn checks_do_what_their_cases_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for check in checks() {
        let page = root.join(format!("docs/checks/{}.md", check.code));
        let page = std::fs::read_to_string(&page).unwrap_or_else(|e| panic!("{}: {e}", page.display()));
        assert!(page.contains("**Statement.**") && page.contains("**Limits.**"), "{}", check.code);
        let path = root.join(format!("cases/checks/{}.md", check.code));
        let case = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let (fires, quiet) = case.split_once("## Does not fire").expect("a case has both headings");
        let fires = fires.split_once("## Fires").expect("a case has both headings").1;
        if !TOO_LONG_FOR_A_CASE.contains(&check.code) {
            assert!(!run(check.code, fires).is_empty(), "{} never fires", check.code);
        }
        assert!(run(check.code, quiet).is_empty(), "{} fires where it should not", check.code);
    }
}

/// Runs a scenario and returns what of that code it expects.
fn run(code: &str, scenario: &str) -> Vec<String> {
    let mut files = Vec::new();
    let mut expected = Vec::new();
    for block in scenario.split("```").skip(1).step_by(2) {
        let (head, body) = block.split_once('\n').expect("a block has a head line");
        match head.split_once(' ') {
            Some(("toml", name)) => {
                files.push(SourceFile { name: name.to_owned(), text: body.as_bytes().to_vec() });
            }
            _ if head == "findings" => expected.extend(body.lines().map(str::to_owned)),
            _ => {}
        }
    }
    if files.is_empty() {
        return expected;
    }
    let volume = Volume { name: "case".to_owned(), files };
    let compiled = compile(std::slice::from_ref(&volume));
    let text = |name: &str| {
        let file = volume.files.iter().find(|f| f.name == name).expect("a finding names a file of the case");
        String::from_utf8_lossy(&file.text).into_owned()
    };
    let found: Vec<String> = compiled
        .findings
        .iter()
        .filter(|f| f.code == code)
        .map(|f| {
            let file = &f.primary.file;
            format!("{file}:{} {} {}", line(f, &text(file)), f.severity.word(), f.code)
        })
        .collect();
    assert_eq!(found, expected, "{code}: {:#?}", compiled.findings);
    // Nothing else is wrong with a case but what follows from the fault itself.
    let others: Vec<_> =
        compiled.findings.iter().filter(|f| f.code != code && f.severity.word() == "error").collect();
    assert!(others.is_empty() || !expected.is_empty(), "{code}: {others:#?}");
    expected
}

//! Hostile sizes, depths and bytes: each is refused by name, costs its file only, and takes no time to speak of.

use foedera_dossier::{SourceFile, Volume, compile, format, includes};

use crate::{alone, codes, volume};

const GOOD: (&str, &str) = ("good.toml", "[[actor]]\nid = \"JPN\"\nkind = \"state\"\nname = \"Japan\"\n");

fn beside_good(text: Vec<u8>) -> (Vec<&'static str>, usize) {
    let mut volume = volume("v", &[GOOD]);
    volume.files.push(SourceFile { name: "bad.toml".to_owned(), text });
    let compiled = compile(&[volume]);
    (codes(&compiled), compiled.records.actors.len())
}

#[test]
fn a_bad_file_costs_that_file_only() {
    let deep = |open: &str| format!("a = {}", open.repeat(10_000)).into_bytes();
    assert_eq!(beside_good(vec![b' '; 5 << 20]), (vec!["too-large"], 1));
    assert_eq!(beside_good(deep("[")), (vec!["too-deep"], 1));
    assert_eq!(beside_good(deep("{ a = ")), (vec!["too-deep"], 1));
    assert_eq!(beside_good(format!("a{} = 1", ".a".repeat(50_000)).into_bytes()), (vec!["too-deep"], 1));
    assert_eq!(beside_good(format!("[a{}]", ".a".repeat(50_000)).into_bytes()), (vec!["too-deep"], 1));
    assert_eq!(beside_good(format!("a = [{}]", "1,".repeat(1_000_000)).into_bytes()), (vec!["too-many"], 1));
    assert_eq!(beside_good(b"name = \"caf\xe9\"".to_vec()), (vec!["not-utf8"], 1));
    assert_eq!(beside_good(b"[[actor".to_vec()).1, 1);
}

#[test]
fn depth_hidden_from_a_naive_count_is_still_bounded() {
    // Quotes left open, brackets in headers, keys in quotes: whatever the count makes of them, nothing overflows.
    for text in [
        format!("\"{}", "[".repeat(100_000)),
        format!("a = '\n{}", "[".repeat(100_000)),
        format!("a = \"\"\"\n\"\"\"{}", "[".repeat(100_000)),
        format!("[[{}", "[[".repeat(50_000)),
        "[[a]\n".repeat(50_000),
        format!("a = [\n{}", "'x'.".repeat(100_000)),
        "a.b.c.d.e.f.g = 1\n".repeat(20_000),
        format!("[{}x]\n{}y = {{ {}z = 1 }}", "a.".repeat(60), "b.".repeat(60), "c.".repeat(60)),
    ] {
        let compiled = alone(&text);
        assert!(!compiled.findings.is_empty());
        assert!(compiled.findings.len() <= 600, "{}", compiled.findings.len());
        assert!(format("a.toml", &text).is_err() || text.len() < 1_000);
        let _ = includes(&volume("v", &[("dossier.toml", &text)]));
    }
}

#[test]
fn findings_of_one_file_are_bounded() {
    let rows = "[[actor]]\nx = 1\n".repeat(20_000);
    let compiled = alone(&rows);
    assert!(compiled.findings.len() <= 502, "{}", compiled.findings.len());
    assert!(codes(&compiled).contains(&"too-many"));
}

#[test]
fn chains_of_lost_rows_end() {
    // Each area names the next; the last is broken. All are lost, none dangles.
    let mut text = String::new();
    for i in 0..300 {
        text.push_str(&format!("[[area]]\nid = \"a{i}\"\nis = {{ area = \"a{}\" }}\n", i + 1));
    }
    let compiled = alone(&format!("{text}[[area]]\nid = \"a300\"\nis = {{ any = [] }}\n"));
    assert!(compiled.records.areas.is_empty());
    let circle = alone(&format!("{text}[[area]]\nid = \"a300\"\nis = {{ area = \"a0\" }}\n"));
    assert!(circle.records.areas.is_empty());
    assert!(codes(&circle).contains(&"circular-reference"));
}

#[test]
fn relative_dates_take_no_longer_than_their_rows() {
    let mut text = String::from(
        "[[actor]]\nid = \"JPN\"\nkind = \"state\"\nname = \"J\"\n[[instrument]]\nid = \"i\"\nname = \"I\"\nkind = \"treaty\"\nparties = [\"JPN\"]\n",
    );
    let acts = ["signed", "ratified", "acceded", "invited", "declared", "objected", "reserved", "prolonged"];
    for (i, act) in acts.iter().enumerate() {
        let before = acts[(i + 7) % 8];
        for _ in 0..500 {
            text.push_str(&format!(
                "[[instrument.action]]\nact = \"{act}\"\non = {{ after = \"{before}\" }}\n"
            ));
        }
    }
    assert!(codes(&alone(&text)).contains(&"relative-date-unresolved"));
}

#[test]
fn too_many_files_are_named() {
    let files = (0..20_001).map(|i| SourceFile { name: format!("{i}.toml"), text: Vec::new() }).collect();
    let compiled = compile(&[Volume { name: "v".to_owned(), files }]);
    assert_eq!(codes(&compiled), ["too-many"]);
}

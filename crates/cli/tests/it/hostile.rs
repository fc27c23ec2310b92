//! Bad input: a clear error, exit 2 or findings, never a panic, never a partial write.

use std::fs;

use crate::run::{Scratch, foedera};

fn refuses(words: &[&str], says: &str) {
    let scratch = Scratch::new("hostile");
    let out = foedera(words, &scratch.0);
    let err = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{words:?}: {err}");
    assert!(err.contains(says), "{words:?} said {err}");
    assert!(!err.contains("panicked"), "{err}");
}

#[test]
fn questions_that_cannot_be_asked_say_why() {
    let ask = ["casus", "--target", "JPN", "--on", "2024-07-11"];
    let with = |more: &[&'static str]| -> Vec<&'static str> { ask.iter().chain(more).copied().collect() };
    refuses(&with(&["--attacker", "PKR"]), "did you mean `PRK`?");
    refuses(&with(&["--attacker", ""]), "needs an attacker");
    refuses(&with(&["--attacker", "JPN"]), "attacker and as target");
    refuses(&with(&["--attacker", "PRK", "--place", "nowhere-at-all"]), "names no place");
    refuses(&with(&["--attacker", "PRK", "--kind", "rude"]), "armed, nuclear");
    refuses(&with(&["--attacker", "PRK", "--rounds", "99"]), "expected 1 to 8");
    refuses(&with(&["--attacker", "PRK", "--assume", "rained"]), "bad-fact");
    refuses(&with(&["--attacker", "PRK", "--using", "nothing"]), "no pack `nothing`");
    refuses(&["status", "ctbt", "--on", "12/07/2023"], "2023-07-12");
    refuses(&["status", "ctbt", "--on", "2023-02-30"], "found day `30`, expected 01 to 28");
    refuses(&["status", "ctbt", "--dossier", "no-such"], "neither embedded");
    refuses(&["replay", "missing.json"], "cannot read");
    refuses(&["decide", "swedn-nato-accession"], "did you mean `sweden-nato-accession`?");
    refuses(&["decide", "nato"], "can mean");
    refuses(&["may", "inform", "--from", "JPN", "--to", "JPN"], "stands on both sides");
    refuses(
        &["may", "inform", "--from", "JPN", "--to", "nato", "--class", "weapns"],
        "did you mean `weapons`?",
    );
    refuses(&["expect", "ex999"], "names no claim");
    refuses(&["expect", "po003"], "expects nothing");
    refuses(&["expect", "--by", "JPN"], "names no source");
    refuses(&["conflicts", "nothing-at-all-here"], "names no");
    refuses(&["claims", "--kind", "gossip"], "statement, judgement");
    refuses(&["measure", "happiness"], "names no measure");
    refuses(&["timeline", "nowhere-at-all"], "names no");
    refuses(&["diff"], "needs two days");
    refuses(&["diff", "--from-on", "2023-13", "--to-on", "2024"], "--on");
    refuses(&["impact", "JPN"], "names no source or claim");
    refuses(&["decide", "sweden", "--assume", "consents:TUR"], "consents:ACTOR/MATTER");
    refuses(&["decide", "sweden", "--assume", "not consents:TUR/sweden-nato-accession"], "denies a row");
    refuses(&["verify", "--texts", "no-such-folder"], "cannot read");
    refuses(&["why", "coverag"], "cannot be read");
    refuses(&["no-such-verb"], "unrecognized subcommand");
}

#[test]
fn dossiers_beyond_the_limits_are_refused_by_name() {
    let scratch = Scratch::new("limits");
    let folder = scratch.0.join("d");
    fs::create_dir(&folder).expect("a folder");
    let deep = format!("x = {}1{}\n", "[".repeat(10_000), "]".repeat(10_000));
    let many = format!("x = [{}]\n", "1,".repeat(1_000_000));
    let huge = vec![b'#'; 100 << 20];
    for (name, bytes, code) in [
        ("deep.toml", deep.into_bytes(), "too-deep"),
        ("many.toml", many.into_bytes(), "too-many"),
        ("huge.toml", huge, "too-large"),
        ("bytes.toml", vec![0xff, 0xfe, 0, 1, 2], "not-utf8"),
    ] {
        fs::write(folder.join(name), bytes).expect("a file");
        let out = foedera(&["check", "d", "--format", "json"], &scratch.0);
        let text = String::from_utf8_lossy(&out.stdout);
        assert_eq!(out.status.code(), Some(1), "{name}: {}", String::from_utf8_lossy(&out.stderr));
        assert!(text.contains(code), "{name}: {text}");
        fs::remove_file(folder.join(name)).expect("removed");
    }
}

#[test]
fn a_broken_file_costs_that_file_only() {
    let scratch = Scratch::new("broken");
    let out = foedera(&["new", "mine"], &scratch.0);
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    fs::write(scratch.0.join("mine/broken.toml"), "[[actor]\nid = ").expect("a file");
    let ask = [
        "casus",
        "--dossier",
        "mine",
        "--attacker",
        "BBB",
        "--target",
        "AAA",
        "--on",
        "2024-06-01",
        "--assert",
        "yes",
    ];
    let out = foedera(&ask, &scratch.0);
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    assert_eq!(foedera(&["check", "mine"], &scratch.0).status.code(), Some(1));
}

#[test]
fn an_answer_over_a_faulty_dossier_says_what_may_be_missing() {
    let scratch = Scratch::new("faulty");
    assert_eq!(foedera(&["new", "mine"], &scratch.0).status.code(), Some(0));
    let ties = ["ties", "AAA", "BBB", "--dossier", "mine", "--on", "2024-06-01"];
    let tables = ["tables", "--dossier", "mine", "--into", "out", "--on", "2024-06-01"];
    let said = |words: &[&str]| {
        let out = foedera(words, &scratch.0);
        assert_eq!(out.status.code(), Some(0), "{words:?}: {}", String::from_utf8_lossy(&out.stderr));
        (String::from_utf8(out.stdout).expect("text"), String::from_utf8(out.stderr).expect("text"))
    };
    assert!(!said(&ties).0.contains("faulty-dossier"), "nothing is wrong yet");
    assert!(!said(&tables).1.contains("faulty-dossier"), "nothing is wrong yet");
    fs::remove_dir_all(scratch.0.join("out")).expect("written before");
    // A source without its kind: the source is not read.
    let source = "\n\n[[source]]\nid = \"lost\"\ntitle = \"Lost\"\npack = \"p\"\npublished = \"2020\"\n";
    fs::write(scratch.0.join("mine/faulty.toml"), source).expect("a file");
    for text in [said(&ties).0, said(&tables).1] {
        assert!(
            text.contains("faulty-dossier") && text.contains("mine/faulty.toml:3") && text.contains("`kind`"),
            "{text}"
        );
    }
}

#[test]
fn fmt_is_idempotent_and_check_writes_nothing() {
    let scratch = Scratch::new("fmt");
    let path = scratch.0.join("a.toml");
    let messy = "[[actor]]\nid=\"AAA\"   # kept\nkind  = \"state\"\nname = \"Aland\"\n";
    fs::write(&path, messy).expect("a file");
    assert_eq!(foedera(&["fmt", "--check", "a.toml"], &scratch.0).status.code(), Some(1));
    assert_eq!(fs::read_to_string(&path).expect("text"), messy);
    assert_eq!(foedera(&["fmt", "a.toml"], &scratch.0).status.code(), Some(0));
    let once = fs::read_to_string(&path).expect("text");
    assert!(once.contains("# kept"), "{once}");
    assert_eq!(foedera(&["fmt", "--check", "a.toml"], &scratch.0).status.code(), Some(0));
    fs::write(&path, "not toml [").expect("a file");
    assert_eq!(foedera(&["fmt", "a.toml"], &scratch.0).status.code(), Some(1));
    assert_eq!(fs::read_to_string(&path).expect("text"), "not toml [");
}

#[test]
fn new_never_overwrites() {
    let scratch = Scratch::new("new");
    fs::create_dir(scratch.0.join("mine")).expect("a folder");
    assert_eq!(foedera(&["new", "mine"], &scratch.0).status.code(), Some(2));
}

#[test]
fn a_replayed_answer_is_the_same_and_a_changed_one_is_told() {
    let scratch = Scratch::new("replay");
    let ask = ["casus", "--attacker", "PRK", "--target", "JPN", "--on", "2024-07-11", "--format", "json"];
    let out = foedera(&ask, &scratch.0);
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    fs::write(scratch.0.join("a.json"), &text).expect("a file");
    assert_eq!(foedera(&["replay", "a.json"], &scratch.0).status.code(), Some(0));
    fs::write(scratch.0.join("a.json"), text.replace("\"verdict\": \"yes\"", "\"verdict\": \"no\""))
        .expect("a file");
    assert_eq!(foedera(&["replay", "a.json"], &scratch.0).status.code(), Some(1));
}

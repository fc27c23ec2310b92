//! `read`, `review` and `score` as their users see them. Every sentence here is invented.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::run::{Scratch, foedera, root};

const TEXT: &str = "Harbour News\n\nBy: A. Writer\n\nPeru and Chile signed a fisheries agreement in Lima on 4 March 1987. \
                    Bolivia condemned Chile for the blockade. Peru is expected to open a new port by 1990.\n";

fn text(words: &[&str], folder: &std::path::Path) -> (i32, String, String) {
    let out = foedera(words, folder);
    let say = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
    (out.status.code().unwrap_or(-1), say(&out.stdout), say(&out.stderr))
}

#[test]
fn a_text_gives_claims_with_their_words() {
    let s = Scratch::new("read");
    fs::write(s.0.join("a.txt"), TEXT).expect("a file");
    let (code, out, err) = text(&["read", "a.txt", "--date", "1987-03-10"], &s.0);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("SUPPORT  PER, CHL  on 1987-03-04 (written-out)"), "{out}");
    assert!(out.contains("~~~~~~~~~~~~~~~^^^^^^"), "the trigger is underlined: {out}");
    let (_, json, _) = text(&["read", "a.txt", "--date", "1987-03-10", "--format", "json"], &s.0);
    let doc: Value = serde_json::from_str(&json).expect("is JSON");
    for kind in ["mentions", "offices", "agreements", "events", "positions", "expectations", "measures"] {
        assert!(doc[kind].is_array(), "{kind}");
    }
    let e = &doc["events"][0];
    let span = |k: &str| usize::try_from(e[k].as_u64().expect("a number")).expect("fits");
    assert_eq!(&TEXT[span("byte_start")..span("byte_end")], e["quote"].as_str().expect("words"));
    assert_eq!(
        text(&["read", "a.txt", "--format", "json"], &s.0),
        text(&["read", "a.txt", "--format", "json"], &s.0)
    );
}

#[test]
fn a_page_gives_the_same_claims_and_its_own_places() {
    let s = Scratch::new("page");
    let page = "<html><head><title>x</title><script>Peru attacked</script></head><body><nav>Peru Chile</nav><p>Bolivia condemned <b>Chile</b> for the blockade.</p></body></html>";
    fs::write(s.0.join("a.html"), page).expect("a file");
    let (code, json, err) = text(&["read", "a.html", "--format", "json"], &s.0);
    assert_eq!(code, 0, "{err}");
    let doc: Value = serde_json::from_str(&json).expect("is JSON");
    assert_eq!(doc["events"].as_array().map(Vec::len), Some(1), "{json}");
    let m =
        doc["mentions"].as_array().into_iter().flatten().find(|m| m["ref"] == "CHL").expect("Chile is named");
    let at = |k: usize| usize::try_from(m["original"][k].as_u64().expect("a number")).expect("fits");
    assert_eq!(&page[at(0)..at(1)], "Chile");
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_read() {
    let s = Scratch::new("hostile-read");
    fs::write(s.0.join("good.txt"), TEXT).expect("a file");
    fs::write(s.0.join("empty.txt"), "").expect("a file");
    fs::write(s.0.join("binary"), [0_u8, 1, 2, 3, 255].repeat(100)).expect("a file");
    fs::write(s.0.join("packed.docx"), b"PK\x03\x04whatever").expect("a file");
    fs::write(s.0.join("broken.pdf"), b"%PDF-1.7 and then nothing").expect("a file");
    fs::write(s.0.join("odd.txt"), b"Per\xfa condemned Chile.").expect("a file");
    let huge = fs::File::create(s.0.join("huge.txt")).expect("a file");
    huge.set_len(200 << 20).expect("a sparse file");
    for (file, says) in [
        ("binary", "not-text"),
        ("packed.docx", "packed-document"),
        ("broken.pdf", "broken-document"),
        ("huge.txt", "too-large"),
        ("missing.txt", "unreadable"),
    ] {
        let (code, out, err) = text(&["read", file], &s.0);
        assert_eq!((code, out.as_str()), (2, ""), "{file}: {err}");
        assert!(err.contains(says) && !err.contains("panicked"), "{file}: {err}");
    }
    let (code, out, _) = text(&["read", "empty.txt"], &s.0);
    assert!(code == 0 && out.contains("the text is empty"), "{out}");
    let (code, out, err) = text(&["read", "good.txt", "binary"], &s.0);
    assert!(code == 1 && out.contains("SUPPORT") && err.contains("not-text"), "{out}{err}");
    let (code, out, _) = text(&["read", "odd.txt"], &s.0);
    assert!(code == 0 && out.contains("not UTF-8") && out.contains("ACCUSE"), "{out}");
    let (code, _, err) = text(&["read", "good.txt", "--date", "yesterday"], &s.0);
    assert!(code == 2 && err.contains("bad-date"), "{err}");
}

#[test]
fn accepted_proposals_become_claims_and_nothing_else_changes() {
    let s = Scratch::new("review");
    fs::write(s.0.join("a.txt"), TEXT).expect("a file");
    fs::create_dir(s.0.join("d")).expect("a folder");
    let dossier = "# my own comment, to be kept\n[dossier]\nname = \"mine\"\ntitle = \"Mine\"\nincludes = [\"gazetteer\"]\n\n[[pack]]\nid = \"press\"\ntitle = \"Press\"\n";
    fs::write(s.0.join("d/dossier.toml"), dossier).expect("a file");
    let (code, _, err) = text(&["review", "d"], &s.0);
    assert!(code == 2 && err.contains("nothing-to-review"), "{err}");
    let read = ["read", "a.txt", "--date", "1987-03-10", "--into", "d", "--dossier", "d"];
    let (code, out, err) = text(&read, &s.0);
    assert_eq!(code, 0, "{out}{err}");
    let (code, out, err) = text(&["review", "d", "--accept", "E1,X1", "--reject", "E2"], &s.0);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("2 accepted, 1 rejected"), "{out}");
    let rows = fs::read_to_string(s.0.join("d/read-a.toml")).expect("was written");
    assert!(rows.contains("about = [\"PER\", \"CHL\"]") && rows.contains("cite = [\"a c"), "{rows}");
    let (code, out, _) = text(&["check", "d"], &s.0);
    assert_eq!(code, 0, "{out}");
    assert_eq!(fs::read_to_string(s.0.join("d/dossier.toml")).expect("is there"), dossier);
    // The same text again keeps the decisions; another text asks anew.
    text(&read, &s.0);
    let kept = fs::read_to_string(s.0.join("d/proposals/a.json")).expect("is there");
    let kept: Value = serde_json::from_str(&kept).expect("JSON");
    let kept = kept["proposals"].as_array().expect("a list");
    assert_eq!(kept.iter().filter(|p| p["decision"] == "accepted").count(), 2, "{kept:?}");
    fs::write(s.0.join("a.txt"), TEXT.replace("1990", "1991")).expect("a file");
    let (_, out, _) = text(&read, &s.0);
    assert!(out.contains("ask for review again"), "{out}");
}

/// A dossier `d` over the gazetteer with the proposals of [`TEXT`].
fn proposed(s: &Scratch) {
    fs::write(s.0.join("a.txt"), TEXT).expect("a file");
    fs::create_dir(s.0.join("d")).expect("a folder");
    let dossier = "[dossier]\nname = \"mine\"\ntitle = \"Mine\"\nincludes = [\"gazetteer\"]\n\n[[pack]]\nid = \"press\"\ntitle = \"Press\"\n";
    fs::write(s.0.join("d/dossier.toml"), dossier).expect("a file");
    let read = ["read", "a.txt", "--date", "1987-03-10", "--into", "d", "--dossier", "d"];
    let (code, out, err) = text(&read, &s.0);
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn proposals_of_an_enemy_lead_nowhere() {
    let s = Scratch::new("review-enemy");
    proposed(&s);
    let path = s.0.join("d/proposals/a.json");
    let own = fs::read_to_string(&path).expect("is there");
    fs::create_dir(s.0.join("d/read-x")).expect("a folder");
    fs::write(&path, own.replace("\"source\": \"a\"", "\"source\": \"x/../../out\"")).expect("a file");
    let (code, _, err) = text(&["review", "d", "--accept", "all"], &s.0);
    assert!(code == 2 && err.contains("bad-proposals") && err.contains("read the text again"), "{err}");
    assert!(
        !s.0.join("out.toml").exists() && !s.0.join("d/out.toml").exists(),
        "nothing was written outside"
    );
    // A file elsewhere is not opened to be shown.
    fs::write(&path, own.replace("\"file\": \"a.txt\"", "\"file\": \"/etc/hostname\"")).expect("a file");
    let (_, out, _) = text(&["review", "d"], &s.0);
    assert!(out.contains("the text is not there"), "{out}");
}

#[test]
fn what_was_written_into_the_file_of_claims_is_not_lost() {
    let s = Scratch::new("review-by-hand");
    proposed(&s);
    assert_eq!(text(&["review", "d", "--accept", "E1"], &s.0).0, 0);
    let path = s.0.join("d/read-a.toml");
    let own = fs::read_to_string(&path).expect("is there") + "\n# my own remark\n";
    fs::write(&path, &own).expect("a file");
    let (code, _, err) = text(&["review", "d", "--accept", "E2"], &s.0);
    assert!(code == 2 && err.contains("written-into") && err.contains("move your own rows"), "{err}");
    assert_eq!(fs::read_to_string(&path).expect("is there"), own);
    let kept = fs::read_to_string(s.0.join("d/proposals/a.json")).expect("is there");
    assert_eq!(
        kept.matches("\"decision\": \"accepted\"").count(),
        2,
        "the first alone, with its judgement: {kept}"
    );
}

#[test]
fn the_effect_on_saved_answers_is_shown_before_and_is_true_after() {
    use std::io::Write as _;
    let s = Scratch::new("review-effect");
    proposed(&s);
    fs::create_dir(s.0.join("d/saved")).expect("a folder");
    let asked = ["--dossier", "d", "claims", "--about", "CHL", "--on", "1990-01-01", "--format", "json"];
    let answer = |s: &Scratch| text(&asked, &s.0).1;
    let before: Value = serde_json::from_str(&answer(&s)).expect("JSON");
    fs::write(s.0.join("d/saved/chile.json"), answer(&s)).expect("a file");
    fs::write(s.0.join("d/saved/broken.json"), "{").expect("a file");
    let mut child = Command::new(env!("CARGO_BIN_EXE_foedera"))
        .args(["review", "d", "--by", "A. Reader"])
        .current_dir(&s.0)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("starts");
    // Back takes the first decision back; then it is accepted in other words.
    let keys = "r\nb\ne\nPeru and Chile signed an agreement on fisheries\n1987-03-04\nPER, CHL\na\nq\n";
    child.stdin.take().expect("a pipe").write_all(keys.as_bytes()).expect("is read");
    let out = child.wait_with_output().expect("ends");
    let said = String::from_utf8_lossy(&out.stdout);
    assert!(said.contains("1 of 2 saved answers would change"), "{said}");
    assert!(said.contains("broken.json cannot be asked again"), "{said}");
    let after: Value = serde_json::from_str(&answer(&s)).expect("JSON");
    assert_eq!(before["items"].as_array().map(Vec::len), Some(0));
    assert_eq!(after["items"].as_array().map(Vec::len), Some(1), "{after}");
    assert_eq!(after["items"][0]["says"], "Peru and Chile signed an agreement on fisheries");
    let kept = fs::read_to_string(s.0.join("d/proposals/a.json")).expect("is there");
    assert!(kept.contains("\"edited\": true") && kept.contains("\"by\": \"A. Reader\""), "{kept}");
    assert!(!kept.contains("\"rejected\""), "what was taken back is not told: {kept}");
}

#[test]
fn killed_at_any_moment_both_files_are_whole() {
    use std::io::Write as _;
    let s = Scratch::new("review-killed");
    proposed(&s);
    for round in 0..12 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_foedera"))
            .args(["review", "d"])
            .current_dir(&s.0)
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("starts");
        let keys = "a\nb\n".repeat(400);
        let mut pipe = child.stdin.take().expect("a pipe");
        let writer = std::thread::spawn(move || {
            let _ = pipe.write_all(keys.as_bytes());
        });
        std::thread::sleep(std::time::Duration::from_millis(20 + 23 * round));
        let _ = child.kill(); // SIGKILL
        let _ = child.wait();
        let _ = writer.join();
        let json = fs::read_to_string(s.0.join("d/proposals/a.json")).expect("is there");
        let whole: Value = serde_json::from_str(&json).unwrap_or_else(|e| panic!("half a file: {e}"));
        assert!(whole["proposals"].as_array().is_some_and(|p| p.len() >= 3), "{whole}");
        let (code, out, _) = text(&["check", "d"], &s.0);
        assert_eq!(code, 0, "the claims are whole: {out}");
    }
    // The next decision mends whatever the last one did not get to.
    assert_eq!(text(&["review", "d", "--reject", "all"], &s.0).0, 0);
    assert_eq!(text(&["review", "d", "--accept", "E1"], &s.0).0, 0);
    let rows = fs::read_to_string(s.0.join("d/read-a.toml")).expect("is there");
    assert_eq!(rows.matches("[[claim]]").count(), 1, "{rows}");
}

#[test]
fn a_dictionary_of_the_field_names_actors_and_is_checked() {
    let s = Scratch::new("dictionary");
    fs::write(s.0.join("toy.actors"), "NORLAND [NRL]\nSUDLAND [SDL]\nNOCODE\n").expect("a file");
    fs::write(s.0.join("a.txt"), "Norland attacked Sudland.").expect("a file");
    let (code, out, err) = text(&["read", "a.txt", "--coded", "--dictionary", "toy.actors"], &s.0);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("toy.actors:3: warning[no-code]"), "{err}");
    assert_eq!(out.trim(), "a.txt\tE1\t---\tNRL\tSDL\t190\tASSAULT");
}

#[test]
fn scoring_gives_the_annotators_own_numbers() {
    let s = Scratch::new("score");
    for (folder, date) in [("gold", "1987-03-10"), ("out", "1999-01-01")] {
        fs::create_dir(s.0.join(folder)).expect("a folder");
        fs::write(
            s.0.join("t.txt"),
            if folder == "gold" { TEXT.to_owned() } else { TEXT.replace("condemned", "thanked  ") },
        )
        .expect("a file");
        let (_, json, _) = text(&["read", "t.txt", "--date", date, "--format", "json"], &s.0);
        fs::write(s.0.join(folder).join("t.json"), json).expect("a file");
    }
    let (code, itself, err) = text(&["score", "gold", "gold"], &s.0);
    assert!(code == 0 && itself.contains("1.000 1.000 1.000  |  1.000 1.000 1.000"), "{itself}{err}");
    let (_, ours, _) = text(&["score", "gold", "out"], &s.0);
    let script = root().join("../shared/read/score_claims.py");
    let theirs = script
        .is_file()
        .then(|| Command::new("python3").arg(&script).args(["gold", "out"]).current_dir(&s.0).output().ok())
        .flatten();
    let Some(theirs) = theirs.filter(|o| o.status.success()) else {
        eprintln!(
            "ABSENT: the annotators' script is not beside the repository; only our own numbers were checked"
        );
        return;
    };
    let rows = |t: &str| t.lines().filter(|l| l.contains(" |  ")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(rows(&ours), rows(&String::from_utf8_lossy(&theirs.stdout)));
}

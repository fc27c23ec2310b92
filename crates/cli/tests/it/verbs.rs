//! What the verbs do beyond their answers: hypothetical layers, whole proofs, replay, citations found again.

use std::fs;

use serde_json::Value;

use crate::run::{Scratch, foedera, root};

fn json(words: &[&str]) -> Value {
    let scratch = Scratch::new("verbs");
    let mut all = words.to_vec();
    all.extend(["--format", "json"]);
    let out = foedera(&all, &scratch.0);
    serde_json::from_slice(&out.stdout)
        .unwrap_or_else(|e| panic!("{words:?}: {e}: {}", String::from_utf8_lossy(&out.stderr)))
}

/// One question of every verb that has one.
const QUESTIONS: &[&[&str]] = &[
    &["casus", "--attacker", "PRK", "--target", "JPN", "--on", "2024-07-11"],
    &["why-not", "GBR", "--attacker", "PRK", "--target", "USA", "--place", "guam", "--on", "2024-07-11"],
    &["status", "north-atlantic-treaty", "FIN", "--on", "2023-04-03"],
    &["status", "Tokyo office", "--on", "2023-07-10", "--known", "2023-07-10"],
    &["ties", "JPN", "USA", "--on", "2024-07-11"],
    &["members", "nato", "--on", "2023-07-12"],
    &["members", "prime-minister-japan", "--on", "2024-07-11"],
    &["decide", "sweden", "--on", "2023-05-13", "--known", "2023-05-31"],
    &["may", "inform", "--from", "JPN", "--to", "nato", "--on", "2012-01-01"],
    &["expect", "ex007", "--known", "2023-07-10", "--on", "2023-07-10"],
    &["expect", "--known", "2024-07-31", "--on", "2024-07-31", "--using", "articles"],
    &["conflicts", "c01", "--on", "2024-07-31"],
    &["claims", "--about", "TUR", "--on", "2024-07-31"],
    &["measure", "japan-aid-to-ukraine", "--on", "2024-07-31"],
    &["timeline", "japan-nato-itpp-2023", "--on", "2024-07-31"],
    &["diff", "--from-on", "2023-06-01", "--to-on", "2023-08-01", "nato"],
    &["impact", "s4", "--on", "2024-07-31", "--using", "articles"],
    &["coverage", "--on", "2024-07-31"],
    &["show", "po003", "--on", "2024-07-31"],
    &["search", "Suk Yeol Yoon", "--on", "2024-07-31"],
    &["decide", "tokyo-office", "--on", "2023-07-10", "--assume", "consents:FRA/tokyo-office-decision"],
];

#[test]
fn every_answer_says_one_sentence_first_and_can_be_asked_again() {
    for words in QUESTIONS {
        let scratch = Scratch::new("replay");
        let mut line = words.to_vec();
        line.extend(["--format", "json"]);
        let out = foedera(&line, &scratch.0);
        assert_eq!(out.status.code(), Some(0), "{words:?}: {}", String::from_utf8_lossy(&out.stderr));
        let answer: Value = serde_json::from_slice(&out.stdout).expect("an answer is JSON");
        let said = answer["answer"].as_str().unwrap_or_default();
        assert!(said.len() > 8 && said.ends_with(['.', '!', '?']), "{words:?}: {said}");
        fs::write(scratch.0.join("a.json"), &out.stdout).expect("written");
        let again = foedera(&["replay", "a.json"], &scratch.0);
        let told = String::from_utf8_lossy(&again.stdout);
        assert!(
            told.contains("byte for byte"),
            "{words:?}: {told}{}",
            String::from_utf8_lossy(&again.stderr)
        );
        // The text begins with that sentence.
        let text = foedera(words, &scratch.0);
        let text = String::from_utf8_lossy(&text.stdout).into_owned();
        assert!(text.starts_with(said), "{words:?}: {text}");
    }
}

#[test]
fn what_is_supposed_is_labelled_and_changes_nothing_else() {
    let ask =
        ["decide", "tokyo-office", "--on", "2023-07-10", "--known", "2023-07-10", "--using", "articles"];
    let plain = json(&ask);
    let mut supposing = ask.to_vec();
    supposing.extend(["--assume", "consents:FRA/tokyo-office-decision"]);
    let what_if = json(&supposing);
    assert_eq!(plain["items"][0]["outcome"], "blocked");
    assert_eq!(what_if["items"][0]["outcome"], "undecided", "lifting a veto is not a vote");
    assert!(what_if["answer"].as_str().is_some_and(|a| a.starts_with("Supposing France consents")));
    assert!(what_if["warnings"].to_string().contains("hypothetical"));
    assert!(what_if["basis"]["hypothetical"].is_array() && plain["basis"]["hypothetical"].is_null());
    assert_eq!(json(&ask), plain, "nothing was stored");
    // A treaty joined by supposition still reaches no further than its article on area.
    let hokkaido = json(&[
        "casus",
        "--attacker",
        "RUS",
        "--target",
        "JPN",
        "--place",
        "hokkaido",
        "--on",
        "2024-07-08",
        "--assume",
        "party:JPN/north-atlantic-treaty",
    ]);
    let nato = |i: &&Value| {
        i["actor"] == "GBR" && i["toward"] == "JPN" && i["instrument"] == "north-atlantic-treaty"
    };
    let items = hokkaido["items"].as_array().cloned().unwrap_or_default();
    assert!(items.iter().any(|i| nato(&i) && i["reason"] == "OUT_OF_AREA"), "{items:?}");
}

#[test]
fn a_file_of_hypothetical_rows_is_layered_over_the_dossier() {
    let scratch = Scratch::new("what-if");
    let text = "[[instrument]]\nid = \"lake-pact\"\nname = \"Lake Pact\"\nkind = \"treaty\"\nparties = [\"JPN\", \"NZL\"]\n\n\
                [[instrument.action]]\nact = \"entered-into-force\"\non = \"2020-01-01\"\n\n\
                [[instrument.provision]]\narticle = \"1\"\nact = \"defense\"\narea = { territory-of = \"beneficiary\" }\n";
    fs::write(scratch.0.join("pact.toml"), text).expect("written");
    let line = [
        "what-if",
        "pact.toml",
        "--format",
        "json",
        "--",
        "casus",
        "--attacker",
        "PRK",
        "--target",
        "JPN",
        "--on",
        "2024-07-11",
    ];
    let out = foedera(&line, &scratch.0);
    let answer: Value = serde_json::from_slice(&out.stdout).expect("an answer");
    let items = answer["items"].as_array().cloned().unwrap_or_default();
    assert!(
        items.iter().any(|i| i["actor"] == "NZL" && i["role"] == "bound" && i["instrument"] == "lake-pact")
    );
    assert!(answer["answer"].as_str().is_some_and(|a| a.starts_with("Supposing what pact.toml says")));
    // A broken file is refused by name, and so is a question that is none.
    fs::write(scratch.0.join("bad.toml"), "[[instrument]]\nid = 7\n").expect("written");
    let bad = foedera(&["what-if", "bad.toml", "--", "coverage"], &scratch.0);
    assert_eq!(bad.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&bad.stderr).contains("bad.toml"),
        "{}",
        String::from_utf8_lossy(&bad.stderr)
    );
    let none = foedera(&["what-if", "pact.toml", "--", "new", "x"], &scratch.0);
    assert!(String::from_utf8_lossy(&none.stderr).contains("expected a question"));
}

#[test]
fn why_shows_the_whole_proof_of_a_question_or_of_an_item() {
    let scratch = Scratch::new("why");
    let asked =
        foedera(&["why", "decide", "sweden", "--on", "2023-05-13", "--known", "2023-05-31"], &scratch.0);
    let text = String::from_utf8_lossy(&asked.stdout).into_owned();
    assert!(
        text.contains("[s1 p4]") && text.contains("procedure") || text.contains("needs the consent"),
        "{text}"
    );
    let answer = foedera(&["ties", "JPN", "USA", "--on", "2024-07-11", "--format", "json"], &scratch.0);
    fs::write(scratch.0.join("a.json"), &answer.stdout).expect("written");
    let item = foedera(&["why", "a.json", "1"], &scratch.0);
    let text = String::from_utf8_lossy(&item.stdout).into_owned();
    assert!(text.contains("is bound"), "{text}");
    let beyond = foedera(&["why", "a.json", "999"], &scratch.0);
    assert_eq!(beyond.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&beyond.stderr).contains("the answer has 1 to"));
}

#[test]
fn why_not_says_what_would_change_any_answer() {
    let run = |words: &[&str]| {
        let out = foedera(words, &Scratch::new("why-not").0);
        assert_eq!(out.status.code(), Some(0), "{words:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    let k1 = ["--on", "2023-05-13", "--known", "2023-05-31", "--using", "articles"];
    let text = run(&[&["why-not", "decide", "sweden"], &k1[..]].concat());
    assert!(text.contains("--assume consents:HUN/sweden-nato-accession"), "{text}");
    assert!(text.contains("then approved (tried)"), "{text}");
    let text =
        run(&[&["why-not", "expect", "ex015"], &["--known", "2023-12-31", "--using", "articles"][..]]
            .concat());
    assert!(text.contains("New Zealand") || text.contains("NZL"), "{text}");
    let text = run(&[
        "why-not",
        "GBR",
        "--attacker",
        "PRK",
        "--target",
        "USA",
        "--place",
        "guam",
        "--on",
        "2024-07-11",
    ]);
    assert!(text.contains("OUT_OF_AREA"), "{text}");
}

#[test]
fn verify_finds_the_cited_paragraphs_of_ones_own_texts() {
    let scratch = Scratch::new("verify");
    fs::create_dir_all(scratch.0.join("texts")).expect("a folder");
    fs::create_dir_all(scratch.0.join("d")).expect("a folder");
    let article = "Harbour talks\n\nThe two ministers signed a paper on pilots and buoys in the old customs house.\n\n\
                   Nothing was said of the lighthouse, which both of them would rather not pay for.\n";
    fs::write(scratch.0.join("texts/copy.txt"), article).expect("written");
    let prints = foedera(&["verify", "--texts", "texts", "--write"], &scratch.0);
    let prints = String::from_utf8_lossy(&prints.stdout).into_owned();
    assert!(prints.contains("paragraphs = 3"), "{prints}");
    let lines: String = prints.lines().filter(|l| !l.starts_with('#')).collect::<Vec<_>>().join("\n");
    let dossier = format!(
        "[dossier]\nname = \"d\"\n\n[[pack]]\nid = \"p\"\ntitle = \"P\"\n\n[[source]]\nid = \"s\"\ntitle = \"S\"\nkind = \"article\"\n\
         pack = \"p\"\npublished = \"2020\"\n{lines}\n\n[[claim]]\nid = \"c\"\nkind = \"event\"\nsays = \"A paper was signed.\"\ncite = [\"s p2\"]\n"
    );
    fs::write(scratch.0.join("d/dossier.toml"), dossier).expect("written");
    let run = || foedera(&["verify", "--texts", "texts", "--dossier", "d"], &scratch.0);
    assert_eq!(run().status.code(), Some(0), "{}", String::from_utf8_lossy(&run().stdout));
    fs::write(scratch.0.join("texts/copy.txt"), article.replace("pilots", "tugs")).expect("written");
    let altered = run();
    assert_eq!(altered.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&altered.stdout).contains("altered: s p2 cited by c"));
}

/// Where the five articles themselves lie beside the checkout, every citation of the shipped dossier is found in them.
#[test]
fn the_shipped_citations_are_found_in_the_articles_where_they_are_present() {
    let texts = root().join("../shared/seeds");
    if !texts.is_dir() {
        println!(
            "SKIPPED: the articles are not beside the checkout; the shipped citations were not looked up"
        );
        return;
    }
    let report = json(&["verify", "--texts", &texts.to_string_lossy()]);
    let citations = report["citations"].as_array().cloned().unwrap_or_default();
    assert!(citations.len() > 400, "{}", citations.len());
    let bad: Vec<&Value> = citations.iter().filter(|c| c["anchor"] != "found").collect();
    assert!(bad.is_empty(), "{bad:?}");
}

#[test]
fn coverage_counts_what_the_dossier_sets_out_to_hold() {
    let answer = json(&["coverage", "--on", "2024-07-31"]);
    assert_eq!(answer["verdict"], "yes", "{}", answer["answer"]);
    let held = |id: &str| {
        let items = answer["items"].as_array().cloned().unwrap_or_default();
        let item = items.iter().find(|i| i["checklist"] == id).cloned().unwrap_or_default();
        (item["held"].as_u64(), item["total"].as_u64())
    };
    assert_eq!(held("inventory"), (Some(426), Some(426)));
    assert_eq!(held("conflicts"), (Some(58), Some(58)));
    assert_eq!(held("expectations"), (Some(47), Some(47)));
}

/// What a reader may not see is not told by any verb over claims either.
#[test]
fn markings_hold_for_statements_too() {
    let scratch = Scratch::new("markings");
    fs::create_dir_all(scratch.0.join("d")).expect("a folder");
    let text = "[dossier]\nname = \"d\"\n\n[[pack]]\nid = \"p\"\ntitle = \"P\"\n\n[[source]]\nid = \"closed\"\ntitle = \"Closed\"\n\
                kind = \"statement\"\npack = \"p\"\npublished = \"2020\"\nmarking = \"TLP:RED\"\n\n[[claim]]\nid = \"c\"\nkind = \"event\"\n\
                says = \"A harbour changed hands.\"\non = \"2019\"\ncite = [\"closed p1\"]\n";
    fs::write(scratch.0.join("d/dossier.toml"), text).expect("written");
    let run = |words: &[&str]| {
        let mut line = words.to_vec();
        line.extend(["--dossier", "d", "--on", "2021-01-01", "--clearance", "AMBER"]);
        let out = foedera(&line, &scratch.0);
        (out.status.code(), String::from_utf8_lossy(&out.stdout).into_owned())
    };
    for words in [&["claims", "harbour"][..], &["search", "harbour"], &["timeline"], &["conflicts"]] {
        let (code, text) = run(words);
        assert_eq!(code, Some(0), "{words:?}");
        assert!(!text.contains("changed hands") && !text.contains("closed"), "{words:?}: {text}");
    }
    for words in [&["show", "c"][..], &["show", "closed"]] {
        let (code, text) = run(words);
        assert_eq!(code, Some(2), "{words:?}: {text}");
    }
    let (_, open) = {
        let out = foedera(&["claims", "harbour", "--dossier", "d", "--on", "2021-01-01"], &scratch.0);
        (out.status.code(), String::from_utf8_lossy(&out.stdout).into_owned())
    };
    assert!(open.contains("changed hands"), "{open}");
}

#[test]
fn a_near_miss_is_told_before_what_ties_to_others() {
    let scratch = Scratch::new("near");
    let words = "casus --attacker PRK --target USA --place guam --on 2024-07-11 --dossier world";
    let out = foedera(&words.split(' ').collect::<Vec<_>>(), &scratch.0);
    let text = String::from_utf8(out.stdout).expect("text");
    let list = text.split("not bound, by").nth(1).and_then(|t| t.split("\nproof").next()).expect("a list");
    let at = |reason: &str| {
        list.find(&format!("  {reason} toward USA")).unwrap_or_else(|| panic!("{reason}: {list}"))
    };
    assert!(
        at("OUT_OF_AREA") < at("BENEFICIARY_NOT_PARTY"),
        "Guam is outside the area of a treaty of the two: {list}"
    );
    assert!(at("BENEFICIARY_NOT_PARTY") < at("NO_TREATY"), "{list}");
}

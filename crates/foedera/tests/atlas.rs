//! The atlas and `ties` fold the same view: on any day an actor's ties rest on the same instruments in the same layers.

#![allow(missing_docs, reason = "a test")]

use std::collections::BTreeSet;

use foedera::atlas::{Held, atlas, date_of, day_numbers};
use foedera::{BasisRequest, Dossier, Question, ask};

fn basis(on: &str, known: Option<&str>) -> BasisRequest {
    BasisRequest {
        on: Some(on.to_owned()),
        known: known.map(str::to_owned),
        today: "2026-11-25".to_owned(),
        ..BasisRequest::default()
    }
}

#[test]
fn an_actor_has_the_ties_that_the_verb_tells() {
    let dossier =
        Dossier::open(&["japan-nato".to_owned(), "history".to_owned()]).expect("embedded dossiers open");
    let start = std::time::Instant::now();
    let all = atlas(&dossier, &basis("2026-11-25", None)).expect("a plain basis");
    println!(
        "{} ends, {} instruments, {} ties, {} changes in {:?}; {} bytes",
        all.ends.len(),
        all.instruments.len(),
        all.ties.len(),
        all.changes.len(),
        start.elapsed(),
        serde_json::to_string(&all).expect("plain data").len()
    );
    for known in [None, Some("2023-01-01")] {
        for on in [
            "1914-08-01",
            "1939-09-01",
            "1955-07-01",
            "1985-01-01",
            "2013",
            "2023-07-12",
            "2024-07-11",
            "2026-11-25",
        ] {
            let map = atlas(&dossier, &basis(on, known)).expect("a plain basis");
            let day = day_numbers(on, "2026-11-25").expect("a date");
            for id in ["JPN", "USA", "DEU", "RUS", "PRK", "GBR", "FRA", "POL", "AUS", "nato", "KOR", "FIN"] {
                let Some(end) = map.ends.iter().position(|e| e.id == id) else { continue };
                let question = Question::Ties { a: id.to_owned(), b: None };
                let answer = ask(&dossier, &question, &basis(on, known)).expect("an actor of the dossier");
                let told: BTreeSet<(String, String)> = answer
                    .items
                    .iter()
                    .filter(|i| i["in_force"] == true)
                    .map(|i| {
                        (
                            i["instrument"].as_str().unwrap_or("").to_owned(),
                            i["layer"].as_str().unwrap_or("").to_owned(),
                        )
                    })
                    .collect();
                let drawn: BTreeSet<(String, String)> = map
                    .ties
                    .iter()
                    .filter(|t| {
                        (t.a == end || t.b == end) && t.held(day) != Held::Not && t.instrument.is_some()
                    })
                    // An organisation stands for its treaty; the lines that hang on it are its members' ties.
                    .filter(|t| map.ends[end].hub.is_none() || map.ends[end].hub != t.instrument)
                    .map(|t| {
                        (map.instruments[t.instrument.expect("filtered")].id.clone(), t.layer.to_owned())
                    })
                    .collect();
                let missing: Vec<_> = told.difference(&drawn).collect();
                assert!(
                    missing.is_empty(),
                    "{id} on {on} known {known:?}: `ties` tells what the atlas does not draw: {missing:?}"
                );
                // What a third state is promised by a text it is no party to is drawn, and is no tie of its own.
                let more: Vec<_> = drawn.difference(&told).collect();
                if !more.is_empty() {
                    println!("{id} on {on}: drawn, not told of it as a party: {more:?}");
                }
            }
        }
    }
}

/// A treaty whose clauses were coded anew: two phases that meet, and a third after ten years without any.
const PHASES: &str = r#"
[[actor]]
id = "AAA"
name = "A"
kind = "state"

[[actor]]
id = "BBB"
name = "B"
kind = "state"

[[pack]]
id = "p"
title = "P"

[[source]]
id = "s"
title = "S"
kind = "data-set"
pack = "p"
published = "1975"

[[instrument]]
id = "t"
name = "T"
kind = "treaty"
parties = ["AAA", "BBB"]
cite = ["s t"]

  [[instrument.action]]
  act = "ratified"
  by = ["AAA", "BBB"]
  on = "1949-04-04"
  cite = ["s ratification"]

  [[instrument.action]]
  act = "entered-into-force"
  on = "1949-04-04"
  cite = ["s force"]

  [[instrument.provision]]
  article = "0"
  act = "consultation"
  in-force = "1949-04-04/1960-01-01"
  cite = ["s consult"]

  [[instrument.provision]]
  article = "1"
  act = "defense"
  in-force = "1949-04-04/1951-06-19"
  cite = ["s first"]

  [[instrument.provision]]
  article = "1"
  act = "defense"
  in-force = "1951-06-19/1960-01-01"
  cite = ["s second"]

  [[instrument.provision]]
  article = "1"
  act = "defense"
  in-force = "1970-01-01/.."
  cite = ["s third"]
"#;

#[test]
fn phases_that_meet_are_one_tie_and_its_strongest_clause_of_the_day_is_cited_first() {
    let dossier =
        Dossier::from_files("phases", vec![("a.toml".to_owned(), PHASES.to_owned())]).expect("it opens");
    assert_eq!(dossier.faults, None);
    let clause = |c: &str| ["s consult", "s first", "s second", "s third"].contains(&c);
    for (on, since, cited) in [
        ("1950-01-01", Some("1949-04-04"), Some("s first")),
        ("1955-01-01", Some("1949-04-04"), Some("s second")),
        ("1965-01-01", None, None),
        ("1975-01-01", Some("1970-01-01"), Some("s third")),
    ] {
        let map = atlas(&dossier, &basis(on, None)).expect("a plain basis");
        let [tie] = &map.ties[..] else { panic!("one line: {:?}", map.ties) };
        assert_eq!(tie.spans.len(), 2, "{on}: {:?}", tie.spans);
        let span = tie.span(map.on);
        assert_eq!(span.and_then(|s| s.from_latest).map(date_of).as_deref(), since, "{on}: {:?}", tie.spans);
        let first = tie.cites.iter().map(String::as_str).find(|c| clause(c));
        if cited.is_some() {
            assert_eq!(first, cited, "{on}: {:?}", tie.cites);
        }
    }
}

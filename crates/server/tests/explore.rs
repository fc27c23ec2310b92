//! The Explore screen without a browser: the page is whole and right for its day, the files are sound, names stay names.

#![allow(missing_docs, reason = "a test")]

use foedera::Dossier;
use foedera_server::{Desk, Request, Response, Today, answer};

fn desk(dossier: Dossier) -> Desk {
    Desk::new(dossier, None, Today::Day("2026-11-25".to_owned()))
}

fn shipped() -> Desk {
    desk(Dossier::open(&["japan-nato".to_owned()]).expect("an embedded dossier"))
}

fn get(desk: &Desk, target: &str) -> Response {
    Response::clone(&answer(desk, &Request::get(target)))
}

/// Rows of the table that hold on the day.
fn rows(html: &str) -> usize {
    html.split("<tr data-row=")
        .skip(1)
        .filter(|r| !r.split('>').next().unwrap_or("").contains("hidden"))
        .count()
}

#[test]
fn the_page_is_right_for_its_day_without_a_script() {
    let desk = shipped();
    for (on, view) in
        [("2023-07-12", "network"), ("2023-07-12", "map"), ("1962-10-27", "tiles"), ("2013", "table")]
    {
        let page = get(&desk, &format!("/explore?actor=USA&view={view}&on={on}"));
        let html = page.text();
        assert_eq!(page.status, 200, "{on} {view}");
        assert!(!html.contains(" style=") && !html.contains(" onclick="), "nothing inline: {view}");
        let csv = get(&desk, &format!("/explore.csv?actor=USA&on={on}")).text();
        assert_eq!(rows(&html), csv.lines().count() - 1, "table and CSV on {on}");
        assert!(html.contains("Who is tied to United States by any tie, in force on "), "the sentence");
    }
}

#[test]
fn nothing_moves_with_the_day() {
    let desk = shipped();
    let places = |on: &str| -> Vec<String> {
        let html = get(&desk, &format!("/explore?on={on}")).text();
        html.split("transform=\"translate(")
            .skip(1)
            .map(|p| p.split(')').next().unwrap_or("").to_owned())
            .collect()
    };
    let today = places("2026-11-25");
    assert!(today.len() > 10);
    assert_eq!(today, places("1910-01-01"));
}

#[test]
fn the_svg_is_a_file_of_its_own() {
    for view in ["network", "map", "tiles"] {
        let svg = get(&shipped(), &format!("/explore.svg?view={view}&on=2023-07-12")).text();
        assert!(svg.starts_with("<?xml") && svg.trim_end().ends_with("</svg>"), "{view}");
        assert!(svg.contains("xmlns=\"http://www.w3.org/2000/svg\"") && svg.contains("<title"), "{view}");
        assert!(
            !svg.contains("var(--") && !svg.contains(" data-focus "),
            "{view}: no variable, no attribute without value"
        );
    }
}

#[test]
fn names_stay_names() {
    let text = r#"
[[source]]
id = "s"
title = "</script><script>alert(1)</script>"
kind = "record"
pack = "p"
published = "2000-01-01"

[[actor]]
id = "bad"
kind = "organisation"
name = "=HYPERLINK(\"http://example.org\")</script><script>alert(1)</script>"

[[instrument]]
id = "bad-text"
name = "</script><img src=x onerror=alert(1)>"
kind = "treaty"
parties = ["JPN", "bad"]
cite = ["s"]

  [[instrument.action]]
  act = "entered-into-force"
  on = "2001-01-01"
  cite = ["s"]

  [[instrument.provision]]
  article = "1"
  act = "consultation"
  cite = ["s"]
"#;
    let head = "[dossier]\nname = \"bad\"\ntitle = \"bad\"\nincludes = [\"gazetteer\"]\n\n[[pack]]\nid = \"p\"\ntitle = \"p\"\n";
    let files = vec![("dossier.toml".to_owned(), head.to_owned()), ("bad.toml".to_owned(), text.to_owned())];
    let desk = desk(Dossier::from_files("bad", files).expect("a dossier in memory"));
    for view in ["network", "map", "tiles", "table"] {
        let html = get(&desk, &format!("/explore?actor=JPN&view={view}&on=2010-01-01")).text();
        assert!(!html.contains("<script>") && !html.contains("<img"), "{view}");
        assert!(rows(&html) >= 1, "the tie is there: {view}");
    }
    let csv = get(&desk, "/explore.csv?actor=bad&on=2010-01-01").text();
    assert!(!csv.contains(",\"="), "no formula");
}

#[test]
fn what_is_wrong_with_the_dossier_is_said_on_every_page() {
    let files =
        |text: &str| vec![("a.toml".to_owned(), format!("[[actor]]\nid = \"AAA\"\nname = \"A\"\n{text}"))];
    let opened = |text: &str| desk(Dossier::from_files("d", files(text)).expect("a dossier in memory"));
    let (sound, faulty) = (opened("kind = \"state\"\n"), opened(""));
    for target in ["/explore?actor=AAA", "/ties?a=AAA", "/sources", "/"] {
        assert!(!get(&sound, target).text().contains("in the dossier, at"), "{target}");
        assert!(
            get(&faulty, target).text().contains("1 error stands in the dossier, at d/a.toml:1"),
            "{target}"
        );
    }
}

#[test]
fn what_is_not_understood_is_refused_with_the_form_kept() {
    let desk = shipped();
    for (query, says) in
        [("actor=Jappan", "JPN"), ("on=2023-02-30", "2023-02-30"), ("view=globe", "network"), ("x=1", "view")]
    {
        let page = get(&desk, &format!("/explore?{query}"));
        assert_eq!(page.status, 400, "{query}");
        let html = page.text();
        assert!(
            html.contains("class=\"refusal\"") && html.contains("class=\"sentence\"") && html.contains(says),
            "{query}"
        );
    }
}

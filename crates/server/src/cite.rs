//! Citations of an answer and of an instrument: CSL-JSON and BibTeX.
//!
//! In: an envelope with the address it stands at, or an instrument. Out: text. What always holds: a citation carries both
//! clocks, the dossier's hash and the program's version, so that what it names can be asked again; BibTeX's own signs are
//! escaped.

use foedera::Envelope;
use serde_json::{Value, json};

use crate::parts::text;

/// The parts of a day as CSL has them.
fn parts(day: &str) -> Option<Value> {
    let numbers: Option<Vec<i64>> = day.split('-').map(|p| p.parse().ok()).collect();
    let n = numbers.filter(|n| (1..=3).contains(&n.len()))?;
    Some(json!({ "date-parts": [n] }))
}

/// An answer as CSL-JSON.
pub(crate) fn answer_csl(e: &Envelope, title: &str, address: &str, today: &str) -> Value {
    let b = &e.basis;
    let mut item = json!({
        "id": format!("foedera-{}", key(e)),
        "type": "webpage",
        "title": title,
        "abstract": e.answer,
        "container-title": format!("Foedera, dossier {} ({})", b.dossier, b.dossier_hash),
        "version": b.engine,
        "URL": address,
        "note": format!("In force on {}; as known on {}; packs {}", b.on, known(e), b.using.join(", ")),
    });
    if let Some(d) = parts(today) {
        item["accessed"] = d;
    }
    json!([item])
}

/// An answer as BibTeX.
pub(crate) fn answer_bib(e: &Envelope, title: &str, address: &str, today: &str) -> String {
    let b = &e.basis;
    let note = format!(
        "Answer: {} In force on {}; as known on {}; dossier {} {}",
        e.answer,
        b.on,
        known(e),
        b.dossier,
        b.dossier_hash
    );
    entry(
        "misc",
        &format!("foedera-{}", key(e)),
        &[
            ("title", title),
            ("howpublished", &b.engine),
            ("note", &note),
            ("url", address),
            ("urldate", today),
        ],
    )
}

fn known(e: &Envelope) -> String {
    match (&*e.basis.known, &e.basis.newest_source) {
        ("latest", Some(n)) => format!("latest (newest source {n})"),
        (k, _) => k.to_owned(),
    }
}

/// A short key of an answer: its verb and a hash of question and basis.
fn key(e: &Envelope) -> String {
    let all = format!("{}{}{}{}", e.question, e.basis.on, e.basis.known, e.basis.dossier_hash);
    format!("{}-{:08x}", text(&e.question["verb"]), crate::assets::hash(all.bytes()) >> 32)
}

/// The first act of an instrument that dates it: signature or conclusion, else its first.
fn dated(item: &Value) -> Option<&str> {
    let acts = item["actions"].as_array()?;
    let of = |words: &[&str]| acts.iter().find(|a| words.contains(&text(&a["act"]))).map(|a| text(&a["on"]));
    of(&["signed", "concluded", "adopted"])
        .or_else(|| acts.first().map(|a| text(&a["on"])))
        .filter(|d| !d.is_empty())
}

/// An instrument as CSL-JSON: a treaty, or a document.
pub(crate) fn instrument_csl(item: &Value, parties: &[String]) -> Value {
    let treaty = item["binding"] == true;
    let mut out = json!({
        "id": item["id"],
        "type": if treaty { "treaty" } else { "document" },
        "title": item["name"],
        "genre": item["kind"],
    });
    if !parties.is_empty() && parties.len() <= 4 {
        out["author"] = json!(parties.iter().map(|p| json!({ "literal": p })).collect::<Vec<_>>());
    }
    if let Some(d) = dated(item) {
        match parts(d) {
            Some(d) => out["issued"] = d,
            None => out["issued"] = json!({ "literal": d }),
        }
    }
    if let Some(d) = item["depositary"].as_str() {
        out["archive"] = json!(d);
    }
    json!([out])
}

/// An instrument as BibTeX.
pub(crate) fn instrument_bib(item: &Value, parties: &[String]) -> String {
    let date = dated(item).unwrap_or_default();
    let year: String = date.chars().take_while(char::is_ascii_digit).collect();
    let named = if parties.len() <= 4 {
        parties.iter().map(|p| format!("{{{}}}", escaped(p))).collect::<Vec<_>>().join(" and ")
    } else {
        String::new()
    };
    let mut fields =
        vec![("title", text(&item["name"])), ("year", &*year), ("howpublished", text(&item["kind"]))];
    let note = if date.is_empty() { String::new() } else { format!("Signed {date}") };
    fields.push(("note", &note));
    let mut out = entry("misc", text(&item["id"]), &fields);
    if !named.is_empty() {
        out = out.replacen(",\n", &format!(",\n  author = {{{named}}},\n"), 1);
    }
    out
}

fn entry(kind: &str, key: &str, fields: &[(&str, &str)]) -> String {
    let safe: String = key.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let lines: Vec<String> = fields
        .iter()
        .filter(|(_, v)| !v.is_empty())
        .map(|(k, v)| {
            let v = if *k == "url" { v.replace(['{', '}', '\\'], "") } else { escaped(v) };
            format!("  {k} = {{{v}}}")
        })
        .collect();
    format!("@{kind}{{{safe},\n{}\n}}\n", lines.join(",\n"))
}

/// BibTeX's own signs escaped; one line.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' | '}' | '%' | '&' | '#' | '$' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bibtex_cannot_be_broken_out_of() {
        assert_eq!(escaped("a}b\\c%"), "a\\}b\\textbackslash{}c\\%");
        assert_eq!(parts("1960-01-19"), Some(json!({ "date-parts": [[1960, 1, 19]] })));
        assert_eq!(parts("[2023..2024]"), None);
    }
}

//! An answer for a terminal: the answer in one sentence first, then who, why, why not, on what, from where.

use std::collections::BTreeMap;

use serde_json::Value;

use super::csv::plain;
use crate::{Envelope, ProofView};

/// The whole answer.
pub fn text(e: &Envelope) -> String {
    let mut out = String::new();
    let newest = e.basis.newest_source.as_deref().map_or(String::new(), |n| format!(" (newest source {n})"));
    out.push_str(&format!("{}\n", question(e)));
    out.push_str(&format!(
        "on {}, as known {}{newest}, using {}\n\n",
        e.basis.on,
        e.basis.known,
        e.basis.using.join(", ")
    ));
    out.push_str(&format!("{}\n", headline(e)));
    match e.question["verb"].as_str() {
        Some("casus") => casus(e, &mut out),
        Some("status") => status(e, &mut out),
        Some("show") => fields(&e.items[0], 0, &mut out),
        _ => table(e, &mut out),
    }
    if !matches!(e.question["verb"].as_str(), Some("show" | "search")) {
        out.push_str("\nproof\n");
        for line in proof_tree(&e.proof).lines() {
            out.push_str(&format!("  {line}\n"));
        }
    }
    section(&mut out, "assumptions", e.assumptions.iter().map(|a| format!("{}: {}", a.name, a.text)));
    section(&mut out, "dissent", e.dissent.iter().cloned());
    section(&mut out, "warnings", e.warnings.iter().cloned());
    if let Some(s) = &e.silence {
        out.push_str(&format!("\nsilence: {s}\n"));
    }
    // The sources the proof above rests on; those behind the why-nots are counted, and stand in JSON.
    let mut named: Vec<&str> = Vec::new();
    sources_of(&e.proof, &mut named);
    let (shown, rest): (Vec<_>, Vec<_>) = e.cites.iter().partition(|c| named.contains(&c.source.as_str()));
    let more =
        (!rest.is_empty()).then(|| format!("… and {} more behind the why-nots (--format json)", rest.len()));
    let lines = shown.iter().map(|c| {
        let grade = c.grade.as_deref().unwrap_or("ungraded");
        format!("{} [{grade}] {} ({})", c.source, c.title, c.published)
    });
    section(&mut out, "sources", lines.chain(more));
    out
}

fn sources_of<'p>(p: &'p ProofView, out: &mut Vec<&'p str>) {
    out.extend(p.cites.iter().filter_map(|c| c.split(' ').next()));
    p.children.iter().for_each(|c| sources_of(c, out));
}

fn section(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    if !lines.is_empty() {
        out.push_str(&format!("\n{title}\n"));
        lines.iter().for_each(|l| out.push_str(&format!("  {l}\n")));
    }
}

fn words(v: &Value) -> String {
    plain(v).replace("; ", ", ")
}

/// The question as a sentence.
fn question(e: &Envelope) -> String {
    let q = &e.question;
    let opt = |k: &str, before: &str| {
        if q[k].is_null() || words(&q[k]).is_empty() {
            String::new()
        } else {
            format!("{before}{}", words(&q[k]))
        }
    };
    match q["verb"].as_str() {
        Some("casus") => format!(
            "if {} attacks {}{}{}{}{}: who must act?",
            words(&q["attacker"]),
            words(&q["target"]),
            opt("place", " at "),
            opt("with", " with the support of "),
            if q["kind"] == "armed" { String::new() } else { opt("kind", ", an attack of kind ") },
            opt("assume", ", assuming "),
        ),
        Some("why-not") => format!(
            "why is {} not bound, if {} attacks {}{}?",
            words(&q["actor"]),
            words(&q["attacker"]),
            words(&q["target"]),
            opt("place", " at ")
        ),
        Some("status") => format!("status of {}{}", words(&q["instrument"]), opt("party", " for ")),
        Some("ties") => format!("what ties {}{}?", words(&q["a"]), opt("b", " and ")),
        Some("members") => format!("members of {}", words(&q["of"])),
        Some("search") => format!("search: {}", words(&q["words"])),
        _ => opt("id", "show "),
    }
}

/// Verdict and conclusion in one line.
pub(super) fn headline(e: &Envelope) -> String {
    let text = &e.proof.text;
    match e.question["verb"].as_str() {
        Some("casus") => format!("{}{}", text[..1].to_uppercase(), &text[1..]),
        _ => format!("[{}] {text}", e.verdict),
    }
}

fn casus(e: &Envelope, out: &mut String) {
    for role in ["bound", "entitled", "consult", "refrain", "breach"] {
        let items: Vec<&Value> = e.items.iter().filter(|i| i["role"] == role).collect();
        out.push_str(&format!("\n{role} ({})\n", items.len()));
        // One line for all who stand alike.
        let mut alike: BTreeMap<(u64, String), Vec<String>> = BTreeMap::new();
        for i in items {
            let mut line = format!(
                "toward {} by {} {} ({}, {}",
                words(&i["toward"]),
                words(&i["instrument"]),
                words(&i["article"]),
                words(&i["act"]),
                words(&i["strength"])
            );
            if i["discretion"] != "none" {
                line.push_str(&format!(", {}", words(&i["discretion"])));
            }
            line.push(')');
            if i["confidence"] != "certain" {
                line.push_str(&format!(" {}", words(&i["confidence"])));
            }
            if i["open"].as_array().is_some_and(|a| !a.is_empty()) {
                line.push_str(&format!(", if {}", words(&i["open"])));
            }
            let round = i["round"].as_u64().unwrap_or(1);
            if round > 1 {
                line.push_str(&format!(" in round {round}"));
            }
            alike.entry((round, line)).or_default().push(words(&i["actor"]));
        }
        for ((_, line), who) in alike {
            out.push_str(&format!("  {} {line}\n", who.join(", ")));
        }
    }
    let targets = e.question["target"].as_array().cloned().unwrap_or_default();
    let mut by_reason: BTreeMap<(bool, String, String, String), Vec<String>> = BTreeMap::new();
    let mut left_out = 0;
    for i in e.items.iter().filter(|i| i["role"] == "not-bound") {
        let other_side = !targets.contains(&i["toward"]);
        // That nobody is allied to the attacker is seldom asked: JSON has it, the terminal counts it.
        if other_side && (i["reason"] == "NO_TREATY" || i["reason"] == "BENEFICIARY_NOT_PARTY") {
            left_out += 1;
            continue;
        }
        let base = if i["instrument"].is_null() {
            String::new()
        } else {
            format!("{} {}", words(&i["instrument"]), words(&i["article"]))
        };
        let mut reason = words(&i["reason"]);
        if i["confidence"] == "disputed" {
            reason.push_str(" (disputed)");
        }
        let list = by_reason.entry((other_side, reason, words(&i["toward"]), base)).or_default();
        let who = words(&i["actor"]);
        if !list.contains(&who) {
            list.push(who);
        }
    }
    out.push_str("\nnot bound, by the first condition that fails\n");
    for ((_, reason, toward, base), who) in by_reason {
        let names = if who.len() > 12 {
            format!("{} … ({} in all)", who[..12].join(", "), who.len())
        } else {
            who.join(", ")
        };
        let base = if base.is_empty() { String::new() } else { format!(" by {base}") };
        out.push_str(&format!("  {reason} toward {toward}{base}: {names}\n"));
    }
    if left_out > 0 {
        out.push_str(&format!("  … and {left_out} more toward the attacker (--format json has them all)\n"));
    }
}

fn status(e: &Envelope, out: &mut String) {
    let i = &e.items[0];
    out.push_str(&format!("\n  stage    {}", words(&i["stage"])));
    if !i["since"].is_null() {
        out.push_str(&format!(" since {}", words(&i["since"])));
    }
    if i["confidence"] != "certain" {
        out.push_str(&format!(" ({})", words(&i["confidence"])));
    }
    out.push('\n');
    for (k, label) in [("version", "text"), ("lifted", "lifted")] {
        if !words(&i[k]).is_empty() {
            out.push_str(&format!("  {label:8} {}\n", words(&i[k])));
        }
    }
    let list = |key: &str, f: &dyn Fn(&Value) -> String| -> Vec<String> {
        i[key].as_array().map(|a| a.iter().map(f).collect()).unwrap_or_default()
    };
    let next = list("next", &|n| format!("{} {}", words(&n["on"]), words(&n["what"])));
    if !next.is_empty() {
        out.push_str(&format!("  next     {}\n", next.join("; ")));
    }
    let chain = list("supersession", &|s| {
        format!(
            "{} {} {}",
            if s["replaces"] == true { "replaced" } else { "was replaced by" },
            words(&s["instrument"]),
            words(&s["on"])
        )
    });
    for c in chain {
        out.push_str(&format!("  chain    {c}\n"));
    }
    let parties = list("parties", &|p| {
        if p["confidence"] == "certain" { words(&p["actor"]) } else { format!("{}?", words(&p["actor"])) }
    });
    if !parties.is_empty() {
        out.push_str(&format!("  parties  {} ({})\n", parties.join(", "), parties.len()));
    }
}

fn table(e: &Envelope, out: &mut String) {
    for i in &e.items {
        let line = if i["says"].is_string() {
            let confidence = if i["confidence"].is_null() || i["confidence"] == "certain" {
                String::new()
            } else {
                format!(" — {}", words(&i["confidence"]))
            };
            let layer =
                if i["layer"].is_null() { String::new() } else { format!("{:12}", words(&i["layer"])) };
            format!("{layer}{}{confidence}", words(&i["says"]))
        } else {
            let map = i.as_object();
            map.map(|m| {
                m.iter()
                    .filter(|(k, v)| *k != "proof" && !v.is_null())
                    .map(|(_, v)| words(v))
                    .collect::<Vec<_>>()
                    .join("  ")
            })
            .unwrap_or_default()
        };
        out.push_str(&format!("  {line}\n"));
    }
}

fn fields(v: &Value, depth: usize, out: &mut String) {
    let Value::Object(map) = v else { return };
    let pad = "  ".repeat(depth + 1);
    for (k, v) in map {
        match v {
            Value::Array(list) if list.iter().any(Value::is_object) => {
                out.push_str(&format!("{pad}{k}\n"));
                for item in list {
                    let parts: Vec<String> = item
                        .as_object()
                        .map(|m| {
                            m.iter()
                                .filter(|(_, v)| !words(v).is_empty())
                                .map(|(k, v)| format!("{k}={}", words(v)))
                                .collect()
                        })
                        .unwrap_or_default();
                    out.push_str(&format!("{pad}  {}\n", parts.join("  ")));
                }
            }
            v if !words(v).is_empty() => out.push_str(&format!("{pad}{k:12} {}\n", words(v))),
            _ => {}
        }
    }
}

/// The proof as an indented tree; leaves end in their citations or their named assumption.
pub fn proof_tree(proof: &ProofView) -> String {
    let mut out = String::new();
    line(proof, &mut out);
    branches(proof, "", &mut out);
    out
}

fn line(p: &ProofView, out: &mut String) {
    let mark = match p.outcome.as_str() {
        "" => String::new(),
        "holds" => format!("{}: ", p.rule),
        other => format!("{} ({other}): ", p.rule),
    };
    out.push_str(&format!("{mark}{}", p.text));
    if !p.cites.is_empty() {
        out.push_str(&format!(" [{}]", p.cites.join("; ")));
    }
    if let Some(a) = &p.assumption {
        out.push_str(&format!(" {{assuming {}}}", a.name));
    }
    out.push('\n');
}

fn branches(p: &ProofView, indent: &str, out: &mut String) {
    // Clauses that prove the same thing for many are told once for each; a long list is cut in text, never in JSON.
    const MOST: usize = 40;
    let shown = p.children.len().min(MOST);
    for (n, c) in p.children.iter().take(shown).enumerate() {
        let last = n + 1 == p.children.len();
        out.push_str(indent);
        out.push_str(if last { "└─ " } else { "├─ " });
        line(c, out);
        branches(c, &format!("{indent}{}", if last { "   " } else { "│  " }), out);
    }
    if p.children.len() > shown {
        out.push_str(&format!(
            "{indent}└─ … and {} more (--format json has them all)\n",
            p.children.len() - shown
        ));
    }
}

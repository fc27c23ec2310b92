//! An answer as a Markdown brief: the sentence, the items as a table, the proof, assumptions, sources.

use serde_json::Value;

use super::csv::plain;
use super::text::{headline, proof_tree};
use crate::Envelope;

/// The brief.
pub fn markdown(e: &Envelope) -> String {
    let mut out = format!("# {}\n\n", headline(e));
    out.push_str(&format!(
        "On {}, as known {}; packs {}; dossier {} `{}`; {}.\n\n",
        e.basis.on,
        e.basis.known,
        e.basis.using.join(", "),
        e.basis.dossier,
        e.basis.dossier_hash,
        e.basis.engine
    ));
    let columns: Vec<String> = match e.items.first() {
        Some(Value::Object(map)) => map
            .iter()
            .filter(|(k, v)| !v.is_object() && *k != "proof" && *k != "says")
            .map(|(k, _)| k.clone())
            .collect(),
        _ => Vec::new(),
    };
    if !columns.is_empty() {
        out.push_str(&format!("| {} |\n|{}\n", columns.join(" | "), "---|".repeat(columns.len())));
        for item in &e.items {
            let cells: Vec<String> = columns
                .iter()
                .map(|c| plain(&item[c.as_str()]).replace('|', "\\|").replace('\n', " "))
                .collect();
            out.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
        out.push('\n');
    }
    out.push_str("## Proof\n\n```text\n");
    out.push_str(&proof_tree(&e.proof));
    out.push_str("```\n");
    let mut list = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push_str(&format!("\n## {title}\n\n"));
            lines.iter().for_each(|l| out.push_str(&format!("- {l}\n")));
        }
    };
    list("Assumptions", e.assumptions.iter().map(|a| format!("`{}`: {}", a.name, a.text)).collect());
    list("Dissent", e.dissent.clone());
    list("Warnings", e.warnings.clone());
    list(
        "Sources",
        e.cites
            .iter()
            .map(|c| {
                let grade = c.grade.as_deref().unwrap_or("ungraded");
                let at = if c.locators.is_empty() {
                    String::new()
                } else {
                    format!(", {}", c.locators.join(", "))
                };
                format!("`{}` {}{at} ({}; {grade})", c.source, c.title, c.published)
            })
            .collect(),
    );
    out
}

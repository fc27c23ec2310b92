//! Findings for a terminal and as JSON.
//!
//! In: a dossier with its findings. Out: rustc-like text with the line underlined, or JSON. What always holds: findings come in
//! the order the façade gives; a file that is not UTF-8 is named without its text.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use foedera::{Dossier, Finding, Severity, TextOf};
use serde_json::json;

/// The findings as text, and a count.
pub(crate) fn text(d: &Dossier, names: &[String]) -> String {
    let mut out = String::new();
    let renderer = Renderer::styled();
    for f in &d.findings {
        out.push_str(&one(d, f, &renderer));
        out.push_str("\n\n");
    }
    let count = |s: Severity| d.findings.iter().filter(|f| f.severity == s).count();
    let plural = |n: usize, w: &str| format!("{n} {w}{}", if n == 1 { "" } else { "s" });
    let r = &d.world.records;
    out.push_str(&format!(
        "{}: {}, {}, {} advice; {} instruments, {} actors, {} sources, hash {}\n",
        names.join(", "),
        plural(count(Severity::Error), "error"),
        plural(count(Severity::Warning), "warning"),
        count(Severity::Advice),
        r.instruments.len(),
        r.actors.len(),
        r.sources.len(),
        d.hash
    ));
    out
}

fn one(d: &Dossier, f: &Finding, renderer: &Renderer) -> String {
    let level = match f.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::NOTE,
    };
    let mut group: Group<'_> = level
        .primary_title(f.message.as_str())
        .id(f.code)
        .elements(Vec::<Snippet<'_, annotate_snippets::Annotation<'_>>>::new());
    for (n, label) in std::iter::once(&f.primary).chain(&f.related).enumerate() {
        let Some(text) = d.text_of(&label.file) else {
            group = group.element(annotate_snippets::Origin::path(label.file.as_str()));
            continue;
        };
        let end = label.span.end.min(text.len());
        let start = label.span.start.min(end);
        let kind = if n == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let mut mark = kind.span(start..end);
        if !label.text.is_empty() {
            mark = mark.label(label.text.as_str());
        }
        group = group.element(Snippet::source(text).path(label.file.as_str()).annotation(mark));
    }
    let mut report = vec![group];
    if let Some(h) = &f.help {
        report.push(Group::with_title(Level::HELP.secondary_title(h.as_str())));
    }
    renderer.render(&report)
}

/// The findings as JSON.
pub(crate) fn json(d: &Dossier) -> Result<String, String> {
    let place = |l: &foedera::Label| {
        let (line, column) = d.text_of(&l.file).map_or((0, 0), |t| line_column(t, l.span.start));
        json!({ "file": l.file, "line": line, "column": column, "start": l.span.start, "end": l.span.end, "label": l.text })
    };
    let list: Vec<_> = d
        .findings
        .iter()
        .map(|f| {
            json!({
                "code": f.code, "severity": f.severity.word(), "message": f.message, "help": f.help,
                "at": place(&f.primary), "related": f.related.iter().map(place).collect::<Vec<_>>(),
            })
        })
        .collect();
    let all = json!({ "dossier": d.names, "hash": d.hash, "findings": list });
    serde_json::to_string_pretty(&all)
        .map(|s| format!("{s}\n"))
        .map_err(|e| format!("error: cannot write JSON: {e}"))
}

/// 1-based line and column (in characters) of a byte.
fn line_column(text: &str, at: usize) -> (usize, usize) {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
    (line, column)
}

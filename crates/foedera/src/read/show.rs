//! A reading as text: claim by claim, the sentence with its words underlined.
//!
//! In: a [`Reading`]. Out: lines for a terminal or a file. What always holds: every claim shows where it stands, its trigger underlined,
//! and the rules that made it.

use std::fmt::Write as _;

use foedera_reader::Span;

use super::Reading;

/// One claim as it is listed.
pub(super) struct Row<'a> {
    pub(super) id: &'a str,
    pub(super) head: String,
    pub(super) span: &'a Span,
    pub(super) trigger: &'a Span,
    pub(super) notes: Vec<String>,
}

/// All claims of a reading in the order of the text, kinds together.
pub(super) fn rows(r: &Reading) -> Vec<Row<'_>> {
    let d = &r.document;
    let mut out = Vec::new();
    let arrow = |a: &[String], b: &[String]| {
        let (a, b) = (a.join(", "), b.join(", "));
        if b.is_empty() {
            a
        } else if a.is_empty() {
            format!("? → {b}")
        } else {
            format!("{a} → {b}")
        }
    };
    let tail = |date: &Option<String>, rule: Option<&String>, modality: &str, polarity: &str| {
        let mut t = date.as_ref().map_or(String::new(), |x| {
            format!("  on {x}{}", rule.map_or(String::new(), |r| format!(" ({r})")))
        });
        if modality != "actual" {
            t += &format!("  {modality}");
        }
        if polarity == "negated" {
            t += "  denied";
        }
        t
    };
    for o in &d.offices {
        let head = format!("office      {}: {} of {} ({})", o.person, o.office, o.of, o.status);
        out.push(Row {
            id: &o.id,
            head,
            span: &o.span,
            trigger: &o.span,
            notes: vec![format!("rule {}", o.rule)],
        });
    }
    for a in &d.agreements {
        let head = format!(
            "agreement   {} [{}]  {}{}",
            a.name,
            a.stage,
            a.parties.join(", "),
            tail(&a.date, a.date_rule.as_ref(), a.modality, a.polarity)
        );
        out.push(Row {
            id: &a.id,
            head,
            span: &a.span,
            trigger: &a.trigger,
            notes: notes(&a.rule, &a.attribution, a.also.len(), &a.contradicts),
        });
    }
    for e in &d.events {
        let head = format!(
            "event       {}  {}{}",
            e.kind,
            arrow(&e.source, &e.target),
            tail(&e.date, e.date_rule.as_ref(), e.modality, e.polarity)
        );
        out.push(Row {
            id: &e.id,
            head,
            span: &e.span,
            trigger: &e.trigger,
            notes: notes(&e.rule, &e.attribution, e.also.len(), &e.contradicts),
        });
    }
    for p in &d.positions {
        let head = format!("position    {} {} {}", p.holder, p.stance, p.object);
        out.push(Row {
            id: &p.id,
            head,
            span: &p.span,
            trigger: &p.trigger,
            notes: notes(&p.rule, &p.attribution, 0, &[]),
        });
    }
    for x in &d.expectations {
        let due = x.due.as_ref().map_or(String::new(), |d| format!("  by {d}"));
        let not = if x.polarity == "negated" { " not" } else { "" };
        let head = format!("expectation {}{not} ({}, {}){due}", x.subject, x.certainty, x.holder);
        out.push(Row {
            id: &x.id,
            head,
            span: &x.span,
            trigger: &x.trigger,
            notes: vec![format!("rule {}", x.rule)],
        });
    }
    for m in &d.measures {
        let about = if m.approx { "about " } else { "" };
        let head = format!("measure     {about}{} {}  {}", m.value, m.unit, m.of);
        out.push(Row {
            id: &m.id,
            head,
            span: &m.span,
            trigger: &m.span,
            notes: vec![format!("rule {}", m.rule)],
        });
    }
    out
}

fn notes(rule: &str, attribution: &str, also: usize, contradicts: &[String]) -> Vec<String> {
    let mut out = vec![format!("rule {rule}")];
    if attribution != "author" {
        out.push(format!("according to {attribution}"));
    }
    if also > 0 {
        out.push(format!("said {} times", also + 1));
    }
    if !contradicts.is_empty() {
        out.push(format!("contradicts {}", contradicts.join(", ")));
    }
    out
}

/// A reading as text.
pub fn reading(r: &Reading) -> String {
    let d = &r.document;
    let mut out = String::new();
    let date = match (&d.doc_date, &d.doc_date_rule) {
        (Some(x), Some(rule)) => format!("dated {x} (by its {rule})"),
        (Some(x), None) => format!("dated {x}"),
        (None, _) => "no date known: relative dates are left open".to_owned(),
    };
    let _ = writeln!(out, "{}: {} sentences, {} names, {date}", r.doc, d.sentences, d.mentions.len());
    for w in &d.warnings {
        let _ = writeln!(out, "warning: {w}");
    }
    if let Some(m) = &r.model {
        let _ = writeln!(
            out,
            "model {}: {} of {} proposed claims kept (request {}, answer {})",
            m.name, m.kept, m.proposed, m.request, m.answer
        );
        for d in &m.dropped {
            let _ = writeln!(out, "  dropped claim {}: {}", d.n, d.why);
        }
    }
    for row in rows(r) {
        let _ = writeln!(out, "\n{:<4} {}", row.id, row.head);
        out.push_str(&underlined(&r.text, row.span, row.trigger));
        let mut notes = row.notes;
        for c in r.checks.iter().filter(|c| c.claim == row.id) {
            let id = c.id.as_deref().map_or(String::new(), |i| format!(" `{i}`"));
            let with = if c.with.is_empty() { String::new() } else { format!(" ({})", c.with) };
            notes.push(format!("dossier: {}{id}{with}, by {}", c.verdict, c.how));
        }
        let _ = writeln!(out, "       {}", notes.join("; "));
    }
    let (known, new): (Vec<_>, Vec<_>) = r.links.iter().partition(|l| l.id.is_some());
    let list = |l: &[&super::Link]| {
        l.iter()
            .map(|l| match &l.id {
                Some(id) if *id != l.refers => format!("{} = {id}", l.refers),
                _ => l.refers.clone(),
            })
            .collect::<Vec<_>>()
            .join(", ")
    };
    let _ = writeln!(out, "\nknown to the dossier: {}", list(&known));
    let _ = writeln!(out, "new: {}", list(&new));
    for m in d.mentions.iter().filter_map(|m| m.flag.as_ref().map(|f| (m, f))) {
        let _ = writeln!(out, "look at: {} → {}: {}", m.0.surface, m.0.refers, m.1);
    }
    out
}

/// The line around a span, with marks under the claim and stronger ones under its trigger.
pub(super) fn underlined(text: &str, span: &Span, trigger: &Span) -> String {
    const WIDTH: usize = 96;
    let words: String = text[span.byte_start..span.byte_end]
        .chars()
        .map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c })
        .collect();
    let marks: String = (span.start..span.end)
        .map(|i| if trigger.start <= i && i < trigger.end { '^' } else { '~' })
        .collect();
    let (words, marks): (Vec<char>, Vec<char>) = (words.chars().collect(), marks.chars().collect());
    let mut out = String::new();
    let mut at = 0;
    while at < words.len() {
        let mut end = words.len().min(at + WIDTH);
        if end < words.len() {
            end = (at + WIDTH / 2..end).rev().find(|i| words[*i] == ' ').map_or(end, |i| i + 1);
        }
        let line: String = words[at..end].iter().collect();
        let under: String = marks[at..end].iter().collect();
        let _ = writeln!(out, "       {}\n       {}", line.trim_end(), under.trim_end_matches('\u{0}'));
        at = end;
    }
    out
}

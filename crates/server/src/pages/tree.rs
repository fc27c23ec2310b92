//! The proof as a drawing: one step a row, lines from conclusion to premises; on a page and as an SVG file.
//!
//! In: the question of a verb; for a casus perhaps one actor, whose items alone are drawn. Out: markup. What always holds: every
//! step of the proof is a row, with its whole text, its mark, the word of the mark and its citations; it is the same proof as the
//! outline's and the brief's.

use foedera::{Envelope, ProofView, VERBS};
use maud::{Markup, html};

use super::{start, title};
use crate::asked::{Asked, wrong};
use crate::days::dated;
use crate::desk::Desk;
use crate::explore;
use crate::page::{Page, Refusal, Reply};
use crate::parts::{self, text};

/// Characters in a line of a step, a unit of depth, the height of a line and of the room between steps, in user units.
const LINE: usize = 140;
const DEEP: usize = 26;
const HIGH: usize = 18;
const ROOM: usize = 9;
/// The width of the drawing.
const WIDE: usize = 1080;

/// `/tree/{verb}` and `/tree/{verb}.svg`.
pub(crate) fn draw(desk: &Desk, asked: &Asked, id: &str) -> Result<Reply, Refusal> {
    let (name, ending) = id.split_once('.').unwrap_or((id, ""));
    let Some(verb) = VERBS.iter().find(|v| v.name == name).filter(|_| matches!(ending, "" | "svg")) else {
        return Err(wrong(
            "not-found",
            "there is no such tree: expected a verb, or a verb and .svg".to_owned(),
            None,
        ));
    };
    // Whose items: no field of a casus, and not asked for by any other name.
    let whose = if name == "casus" { asked.get("actor") } else { "" };
    let fields: Vec<(String, String)> =
        asked.fields.iter().filter(|(k, _)| whose.is_empty() || k != "actor").cloned().collect();
    let e = desk.answer_of(asked, verb.name, &fields)?;
    let proof = chosen(&e, whose);
    let said = title(desk, &e.question, &e.basis);
    let figure = tree(&proof, &said);
    if ending == "svg" {
        let file = explore::file(&figure, include_str!("../../assets/tree.css"));
        return Ok(Reply::file(
            "image/svg+xml",
            Some(format!("foedera-{name}-proof-{}.svg", e.basis.on)),
            file,
        ));
    }
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let body = html! {
        p.caption { (said) }
        h1.answer data-verdict=(e.verdict) { (dated(&e.answer)) }
        p.no-print {
            a href=(asked.to(start::screen_of(name), &pairs)) { "The same proof as an outline" } " · "
            a href=(asked.same_at(&format!("/tree/{name}.svg"))) { "This drawing as SVG" }
        }
        div.wide tabindex="0" role="region" aria-label="The proof as a tree" { (figure) }
    };
    let mut page = Page::new("ask", said, html! {}, body);
    page.basis = Some(e.basis.clone());
    Ok(page.into())
}

/// The whole proof, or that of one actor's items.
fn chosen(e: &Envelope, whose: &str) -> ProofView {
    if whose.is_empty() {
        return e.proof.clone();
    }
    let own = e.items.iter().filter(|i| text(&i["actor"]) == whose && i["role"] != "not-bound");
    ProofView { children: own.filter_map(parts::item_proof).collect(), ..e.proof.clone() }
}

/// One row of the drawing.
struct Row<'p> {
    step: &'p ProofView,
    depth: usize,
    /// The row it is a premise of.
    parent: Option<usize>,
    /// Its lines; the citations come last.
    lines: Vec<String>,
    cited: usize,
    /// Where its first line stands.
    y: usize,
}

fn rows<'p>(p: &'p ProofView, depth: usize, parent: Option<usize>, out: &mut Vec<Row<'p>>) {
    let y = out.last().map_or(HIGH, |r: &Row<'_>| r.y + r.lines.len() * HIGH + ROOM);
    let width = LINE.saturating_sub(depth * 4).max(40);
    let (_, word) = parts::mark(p);
    let mut lines = wrapped(&format!("{word}: {}", p.text), width);
    let cited = lines.len();
    if !p.cites.is_empty() {
        lines.extend(wrapped(&format!("§ {}", p.cites.join(" · ")), width));
    }
    out.push(Row { step: p, depth, parent, lines, cited, y });
    let at = out.len() - 1;
    for c in &p.children {
        rows(c, depth + 1, Some(at), out);
    }
}

/// A text in lines of about so many characters, broken between words; a longer word is broken within.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            out.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if line.chars().count() >= width {
                out.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    out.push(line);
    out
}

/// The drawing.
pub(crate) fn tree(p: &ProofView, caption: &str) -> Markup {
    let mut all = Vec::new();
    rows(p, 0, None, &mut all);
    let height = all.last().map_or(HIGH, |r| r.y + r.lines.len() * HIGH + ROOM);
    let x = |depth: usize| 14 + depth * DEEP;
    html! {
        svg.tree viewBox=(format!("0 0 {WIDE} {height}")) width=(WIDE) height=(height) role="img" aria-labelledby="tree-title" {
            title #tree-title { "The proof of: " (caption) }
            @for r in &all {
                @if let Some(parent) = r.parent.map(|n| &all[n]) {
                    path.link d=(format!("M{} {}V{}H{}", x(parent.depth), parent.y + 5, r.y - 5, x(r.depth) - 9)) {}
                }
            }
            @for r in &all {
                @let (mark, _) = parts::mark(r.step);
                g data-step=(r.depth) data-outcome=(r.step.outcome) data-assumed=[r.step.assumption.as_ref().map(|_| "true")] {
                    text.mark x=(x(r.depth)) y=(r.y) { (mark) }
                    @for (n, line) in r.lines.iter().enumerate() {
                        text class=[(n >= r.cited).then_some("cited")] x=(x(r.depth) + 14) y=(r.y + n * HIGH) { (line) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_lose_nothing() {
        assert_eq!(wrapped("a bb ccc", 4), ["a bb", "ccc"]);
        assert_eq!(wrapped("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrapped("", 3), [""]);
    }
}

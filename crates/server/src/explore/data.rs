//! The table in the page: every tie of the scene for every day, as JSON, for the script.
//!
//! In: a view. Out: a `script` element that is data, not code. What always holds: `<` is written as an escape, so no name can close the
//! element; numbers of nodes and ties are those of the markup.

use foedera::atlas::{AtlasTie, Span, day_numbers};
use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

use super::View;
use super::scene::LAYERS;
use crate::asked::Asked;

/// A span as `[from earliest, from latest, to earliest, to latest, disputed]`; null = open.
fn span(s: &Span) -> Value {
    json!([s.from_earliest, s.from_latest, s.to_earliest, s.to_latest, u8::from(s.disputed)])
}

fn spans(t: &AtlasTie) -> Vec<Value> {
    t.spans.iter().map(span).collect()
}

/// The element.
pub(super) fn island(asked: &Asked, v: &View) -> Markup {
    let s = &v.scene;
    let today = day_numbers(&asked.basis.today, &asked.basis.today).map_or(0, |d| d.0);
    let nodes: Vec<Value> = (0..s.nodes.len()).map(|n| json!([s.end(n).id, s.end(n).name])).collect();
    let ties: Vec<Value> =
        s.ties.iter().enumerate().map(|(n, t)| json!([t.a, t.b, t.layer, t.via, spans(s.tie(n))])).collect();
    let later: Vec<Value> = s.later.iter().map(|(t, _)| json!(spans(t))).collect();
    let day = super::on_day(&s.atlas.basis.on);
    let (before, after) = v.title.rsplit_once(&format!(" on {day},")).unwrap_or((&v.title, ""));
    let (before, after) = (format!("{before} on "), format!(",{after}"));
    let data = json!({
        "today": today, "on": [s.atlas.on.0, s.atlas.on.1], "range": super::clocks::range(v, today),
        "known": s.atlas.basis.known, "focus": s.focus, "title": [before, after], "layers": LAYERS,
        "days": s.days(), "nodes": nodes, "ties": ties, "later": later,
    });
    // A data block is not escaped like text: `<` and `&` as JSON escapes keep any name inside.
    let text = data.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    html! { script #atlas type="application/json" { (PreEscaped(text)) } }
}

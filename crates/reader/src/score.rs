//! Scoring: a system's claims against annotated ones.
//!
//! In: pairs of JSON documents in one shape. Out: a [`Table`] by kind, located and correct. What always holds: matching is one to
//! one, correct matches before merely located ones, best overlap first; it gives the same numbers as the annotators' own script.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

/// Kinds scored, in order.
pub const KINDS: [&str; 7] =
    ["mentions", "offices", "agreements", "events", "positions", "expectations", "measures"];

/// Counts of one kind.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Annotated.
    pub gold: usize,
    /// Given by the system.
    pub system: usize,
    /// In the right place.
    pub located: usize,
    /// In the right place and saying the same.
    pub correct: usize,
}

impl Counts {
    /// Precision, recall and F1 of so many hits.
    fn rates(self, hits: usize) -> (f64, f64, f64) {
        let of = |n: usize| if n == 0 { 0.0 } else { hits as f64 / n as f64 };
        let (p, r) = (of(self.system), of(self.gold));
        (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
    }

    /// F1 of the correct ones.
    pub fn f1(self) -> f64 {
        self.rates(self.correct).2
    }
}

/// Scores of a set of documents.
#[derive(Clone, Default, Debug)]
pub struct Table {
    /// By kind.
    pub kinds: BTreeMap<&'static str, Counts>,
    /// On correct events: how many agree in modality, date, polarity, and of how many.
    pub fields: BTreeMap<&'static str, (usize, usize)>,
}

impl Table {
    /// Adds a document.
    pub fn add(&mut self, gold: &Value, system: &Value, bytes: bool) {
        let mut alias: BTreeMap<String, String> = BTreeMap::new();
        for o in list(gold, "offices") {
            if let Some(of) = o["of"].as_str() {
                alias.insert(format!("PER:{}", text(&o["person"])), of.to_owned());
            }
        }
        for kind in KINDS {
            let (g, s) = (list(gold, kind), list(system, kind));
            let counts = self.kinds.entry(kind).or_default();
            counts.gold += g.len();
            counts.system += s.len();
            let (mut free_g, mut free_s): (Vec<bool>, Vec<bool>) = (vec![true; g.len()], vec![true; s.len()]);
            for want in [true, false] {
                let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
                for (i, a) in g.iter().enumerate().filter(|(i, _)| free_g[*i]) {
                    for (j, b) in s.iter().enumerate().filter(|(j, _)| free_s[*j]) {
                        let overlap = located(kind, a, b, bytes);
                        if overlap > 0.0 && (!want || correct(kind, a, b, &alias)) {
                            pairs.push((overlap, i, j));
                        }
                    }
                }
                pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
                for (_, i, j) in pairs {
                    if !free_g[i] || !free_s[j] {
                        continue;
                    }
                    (free_g[i], free_s[j]) = (false, false);
                    let counts = self.kinds.entry(kind).or_default();
                    counts.located += 1;
                    if want {
                        counts.correct += 1;
                        if kind == "events" {
                            for field in ["modality", "date", "polarity"] {
                                let f = self.fields.entry(field).or_default();
                                f.0 += usize::from(g[i].get(field) == s[j].get(field));
                                f.1 += 1;
                            }
                        }
                    }
                }
            }
        }
    }

    /// All kinds but mentions together.
    pub fn claims(&self) -> Counts {
        let all = self.kinds.iter().filter(|(k, _)| **k != "mentions");
        all.fold(Counts::default(), |a, (_, c)| Counts {
            gold: a.gold + c.gold,
            system: a.system + c.system,
            located: a.located + c.located,
            correct: a.correct + c.correct,
        })
    }

    /// The table as text, one line a kind.
    pub fn text(&self) -> String {
        let mut out = format!(
            "{:<13} {:>5} {:>5} | located P    R    F1  | correct P    R    F1\n",
            "kind", "gold", "sys"
        );
        let mut line = |name: &str, c: Counts| {
            let ((lp, lr, lf), (cp, cr, cf)) = (c.rates(c.located), c.rates(c.correct));
            let _ = writeln!(
                out,
                "{name:<13} {:>5} {:>5} |  {lp:.3} {lr:.3} {lf:.3}  |  {cp:.3} {cr:.3} {cf:.3}",
                c.gold, c.system
            );
        };
        for kind in KINDS {
            line(kind, self.kinds.get(kind).copied().unwrap_or_default());
        }
        line("claims (all)", self.claims());
        let fields: Vec<String> = ["modality", "date", "polarity"]
            .iter()
            .map(|f| {
                let (right, of) = self.fields.get(f).copied().unwrap_or_default();
                format!("{f} {right}/{of}")
            })
            .collect();
        let _ = writeln!(out, "on correct events: {}", fields.join(", "));
        out
    }
}

fn list<'a>(doc: &'a Value, kind: &str) -> Vec<&'a Value> {
    doc[kind].as_array().map(|a| a.iter().collect()).unwrap_or_default()
}

/// As the annotators' script prints a value.
fn text(v: &Value) -> String {
    match v {
        Value::String(s) => s.clone(),
        Value::Null => "None".to_owned(),
        other => other.to_string(),
    }
}

fn span(v: &Value, bytes: bool) -> Option<(f64, f64)> {
    let (a, b) = if bytes { ("byte_start", "byte_end") } else { ("start", "end") };
    Some((v[a].as_f64()?, v[b].as_f64()?))
}

fn iou(a: (f64, f64), b: (f64, f64)) -> f64 {
    let inter = (a.1.min(b.1) - a.0.max(b.0)).max(0.0);
    let union = a.1.max(b.1) - a.0.min(b.0);
    if union > 0.0 { inter / union } else { 0.0 }
}

fn located(kind: &str, gold: &Value, system: &Value, bytes: bool) -> f64 {
    let (Some(a), Some(b)) = (span(gold, bytes), span(system, bytes)) else { return 0.0 };
    let v = iou(a, b);
    if v >= 0.5 {
        return v;
    }
    if kind == "mentions" {
        return 0.0;
    }
    if let Some(t) = span(&gold["trigger"], bytes)
        && b.0 <= t.0
        && t.1 <= b.1
        && v > 0.0
    {
        return v.max(0.3);
    }
    let inside = (a.0 <= b.0 && b.1 <= a.1) || (b.0 <= a.0 && a.1 <= b.1);
    if inside { v.max(0.25) } else { 0.0 }
}

/// `JPN.MOFA` counts as `JPN`; a person in office as the state.
fn norm(x: &str, alias: &BTreeMap<String, String>) -> String {
    let x = alias.get(x).map_or(x, String::as_str);
    let b = x.as_bytes();
    let organ = b.len() > 3 && b[..3].iter().all(u8::is_ascii_uppercase) && b[3] == b'.';
    if organ { x[..3].to_owned() } else { x.to_owned() }
}

fn actors(v: &Value, alias: &BTreeMap<String, String>) -> BTreeSet<String> {
    match v {
        Value::Array(a) => a.iter().map(|x| norm(&text(x), alias)).collect(),
        Value::Null => BTreeSet::new(),
        Value::String(s) if s.is_empty() => BTreeSet::new(),
        other => BTreeSet::from([norm(&text(other), alias)]),
    }
}

/// PLOVER's rule for what is not done yet.
pub fn plover_type(kind: &str, modality: &str) -> String {
    let future =
        ["planned", "intended", "expected", "possible", "conditional", "obligated"].contains(&modality);
    match kind {
        "CONSULT" | "SUPPORT" | "COOPERATE" | "AID" if future => "AGREE".to_owned(),
        "RETREAT" if future => "CONCEDE".to_owned(),
        other => other.to_owned(),
    }
}

fn words(v: &Value) -> BTreeSet<String> {
    let lower = if v.is_null() { String::new() } else { text(v).to_lowercase() };
    let runs = lower.split(|c: char| !c.is_ascii_lowercase());
    runs.filter(|w| w.len() >= 4).map(str::to_owned).collect()
}

fn correct(kind: &str, g: &Value, s: &Value, alias: &BTreeMap<String, String>) -> bool {
    let none = BTreeMap::new();
    let overlap = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.intersection(b).count();
    match kind {
        "mentions" => norm(&text(&g["ref"]), &none) == norm(&text(&s["ref"]), &none),
        "offices" => {
            let person = text(&g["person"]);
            let family = person.split_whitespace().last().unwrap_or("").to_lowercase();
            text(&s["person"]).to_lowercase().contains(&family)
                && norm(&text(&g["of"]), &none) == norm(&text(&s["of"]), &none)
        }
        "agreements" => {
            let (a, b) = (actors(&g["parties"], alias), actors(&s["parties"], alias));
            let (both, either) = (overlap(&a, &b), a.union(&b).count());
            g["stage"] == s["stage"] && both > 0 && both as f64 / either as f64 >= 0.5
        }
        "events" => {
            let modality = |v: &Value| v["modality"].as_str().unwrap_or("").to_owned();
            let kinds = g["type"] == s["type"]
                || plover_type(&text(&g["type"]), &modality(g))
                    == plover_type(&text(&s["type"]), &modality(s));
            let (a, b) = (actors(&g["source"], alias), actors(&s["source"], alias));
            let (c, d) = (actors(&g["target"], alias), actors(&s["target"], alias));
            if !kinds {
                return false;
            }
            if c.is_empty() {
                let all: BTreeSet<String> = b.union(&d).cloned().collect();
                return overlap(&a, &all) as f64 / a.union(&all).count().max(1) as f64 >= 0.5;
            }
            overlap(&a, &b) > 0 && overlap(&c, &d) > 0
        }
        "positions" => {
            overlap(&actors(&g["holder"], alias), &actors(&s["holder"], alias)) > 0
                && g["stance"] == s["stance"]
        }
        "expectations" => {
            let a: BTreeSet<String> = words(&g["content"]).union(&words(&g["subject"])).cloned().collect();
            let b: BTreeSet<String> = words(&s["content"]).union(&words(&s["subject"])).cloned().collect();
            overlap(&a, &b) >= a.len().min(2)
        }
        "measures" => {
            let number = |v: &Value| v.as_f64().or_else(|| v.as_str().and_then(|s| s.parse().ok()));
            let (Some(a), Some(b)) = (number(&g["value"]), number(&s["value"])) else { return false };
            let unit = |v: &Value| {
                text(v)
                    .split_whitespace()
                    .next()
                    .unwrap_or("")
                    .to_lowercase()
                    .trim_end_matches('s')
                    .to_owned()
            };
            (a - b).abs() <= 1e-6 * a.abs().max(1.0) && unit(&g["unit"]) == unit(&s["unit"])
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn doc() -> Value {
        json!({
            "mentions": [{"ref": "PER", "start": 0, "end": 4}],
            "offices": [{"person": "Ana Ruiz", "of": "PER", "start": 0, "end": 20}],
            "agreements": [{"parties": ["PER", "CHL"], "stage": "signed", "start": 5, "end": 30}],
            "events": [{"type": "AID", "modality": "planned", "source": ["PER:Ana Ruiz"], "target": ["CHL"], "start": 5, "end": 40}],
            "positions": [], "expectations": [{"subject": "the harbour", "content": "opens", "start": 1, "end": 9}],
            "measures": [{"value": 3, "unit": "ships", "start": 2, "end": 9}],
        })
    }

    #[test]
    fn gold_against_itself_is_perfect() {
        let mut t = Table::default();
        t.add(&doc(), &doc(), false);
        assert_eq!((t.claims().gold, t.claims().correct), (5, 5));
        assert!((t.kinds["mentions"].f1() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_person_in_office_counts_as_the_state_and_a_plan_as_agreement() {
        let mut system = doc();
        system["events"] = json!([{"type": "AGREE", "modality": "actual", "source": ["PER"], "target": ["CHL.MIL"], "start": 5, "end": 40}]);
        let mut t = Table::default();
        t.add(&doc(), &system, false);
        assert_eq!(t.kinds["events"].correct, 1);
        assert_eq!(t.fields["modality"], (0, 1));
    }

    #[test]
    fn a_wrong_stage_is_located_and_not_correct() {
        let mut system = doc();
        system["agreements"][0]["stage"] = json!("ended");
        let mut t = Table::default();
        t.add(&doc(), &system, false);
        assert_eq!((t.kinds["agreements"].located, t.kinds["agreements"].correct), (1, 0));
    }
}

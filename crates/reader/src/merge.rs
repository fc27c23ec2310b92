//! Merging: the same claim told twice is one claim with two places; two that differ are both kept, and say so.
//!
//! In: drafts from all sentences. Out: the claims of a [`Document`]. What always holds: nothing is voted away; ids count in the order of
//! the text; a place that comes first is the claim's own, later ones stand in `also`.

use std::collections::BTreeSet;

use crate::actors::Actor;
use crate::claims::Scene;
use crate::claims::agreements::AgreementDraft;
use crate::claims::events::{EventDraft, Told};
use crate::claims::expectations::ExpectationDraft;
use crate::claims::positions::PositionDraft;
use crate::clauses::Region;
use crate::document::{
    AgreementOut, Document, EventOut, ExpectationOut, MeasureOut, Places, PositionOut, Span,
};
use crate::quantities::Quantity;
use crate::tokens::{Sentence, Token};

/// Everything found, sentence by sentence.
#[derive(Default)]
pub(crate) struct Found {
    events: Vec<(EventDraft, Told)>,
    agreements: Vec<AgreementDraft>,
    positions: Vec<(PositionDraft, String)>,
    expectations: Vec<(ExpectationDraft, String, String)>,
    pub(crate) measures: Vec<(Quantity, Sentence)>,
}

impl Found {
    /// Takes what one sentence says.
    pub(crate) fn take(&mut self, scene: &Scene<'_>, acronyms: &BTreeSet<String>) {
        let events = scene.events();
        let positions = scene.positions(&events);
        for x in scene.expectations(&events, &positions) {
            let (subject, content) = (scene.words(x.subject), scene.words(x.content));
            self.expectations.push((x, subject, content));
        }
        for p in positions {
            let object = scene.words(p.object);
            self.positions.push((p, object));
        }
        self.agreements.extend(scene.agreements(acronyms));
        self.events.extend(events.into_iter().map(|e| (scene.told(&e), e)).map(|(t, e)| (e, t)));
    }

    /// Writes the claims.
    pub(crate) fn write(self, text: &str, tokens: &[Token], places: &Places<'_>, doc: &mut Document) {
        let span = |r: Region| -> Span {
            let end = trimmed(tokens, r);
            places.span(tokens[r.first].start, tokens[end - 1].end)
        };
        let words = |list: &[usize]| {
            list.iter()
                .map(|i| text[tokens[*i].start..tokens[*i].end].to_owned())
                .collect::<Vec<_>>()
                .join(" ")
        };
        for (e, told) in self.events {
            let (source, target) = (refs(&e.source), refs(&e.target));
            let resolved = outside(&e.source, e.span) || outside(&e.target, e.span);
            let (date, date_rule) = dated(&e.date);
            let polarity = polarity(e.verdict.negated);
            let same = doc.events.iter_mut().find(|o| {
                let same =
                    o.kind == e.kind && o.source == source && o.target == target && o.polarity == polarity;
                // A noun names again what was told; a verb tells it again if it is the same word on the same day.
                let again = told == Told::Noun && (date.is_none() || o.date == date) && !source.is_empty();
                let word = date.is_some()
                    && o.date == date
                    && o.modality == e.verdict.modality
                    && o.trigger.quote == text[tokens[e.trigger.first].start..tokens[e.trigger.end - 1].end];
                same && (again || word)
            });
            let here = span(e.span);
            if let Some(o) = same {
                o.also.push(here);
                continue;
            }
            let rule = rules(&format!("frame/{}", e.frame), &e.source, &e.target);
            doc.events.push(EventOut {
                id: format!("E{}", doc.events.len() + 1),
                kind: e.kind,
                cameo: e.cameo,
                source,
                target,
                date,
                date_rule,
                mode: (!e.mode.is_empty()).then_some(e.mode),
                location: e.location.map(|(f, l)| text[tokens[f].start..tokens[l - 1].end].to_owned()),
                modality: e.verdict.modality,
                modality_words: words(&e.verdict.words),
                polarity,
                attribution: e.attribution,
                told: match told {
                    Told::Main => "main",
                    Told::Subordinate => "subordinate",
                    Told::Noun => "noun",
                },
                span: here,
                trigger: span(e.trigger),
                resolved,
                rule,
                also: Vec::new(),
                contradicts: Vec::new(),
            });
        }
        for a in self.agreements {
            let parties = refs(&a.parties);
            let (date, date_rule) = dated(&a.date);
            let resolved = outside(&a.parties, a.span);
            let here = span(a.span);
            if let Some(o) = doc.agreements.iter_mut().find(|o| {
                o.name == a.name
                    && o.parties == parties
                    && o.stage == a.stage
                    && o.date == date
                    && o.modality == a.verdict.modality
            }) {
                o.also.push(here);
                continue;
            }
            doc.agreements.push(AgreementOut {
                id: format!("A{}", doc.agreements.len() + 1),
                name: a.name,
                parties,
                stage: a.stage,
                date,
                date_rule,
                modality: a.verdict.modality,
                polarity: polarity(a.verdict.negated),
                attribution: a.attribution,
                span: here,
                trigger: span(a.trigger),
                resolved,
                rule: rules(&a.rule, &a.parties, &[]),
                also: Vec::new(),
                contradicts: Vec::new(),
            });
        }
        for (p, object) in self.positions {
            doc.positions.push(PositionOut {
                id: format!("P{}", doc.positions.len() + 1),
                resolved: outside(std::slice::from_ref(&p.holder), p.span),
                rule: rules(&p.rule, std::slice::from_ref(&p.holder), &[]),
                holder: p.holder.refers,
                stance: p.stance,
                object,
                attribution: p.attribution,
                span: span(p.span),
                trigger: span(p.trigger),
            });
        }
        for (x, subject, content) in self.expectations {
            doc.expectations.push(ExpectationOut {
                id: format!("X{}", doc.expectations.len() + 1),
                holder: x.holder,
                subject,
                content,
                due: x.due,
                certainty: x.certainty,
                polarity: polarity(x.negated),
                span: span(x.span),
                trigger: span(x.trigger),
                resolved: x.inherited,
                rule: x.rule.to_owned(),
            });
        }
        for (q, s) in self.measures {
            doc.measures.push(MeasureOut {
                id: format!("M{}", doc.measures.len() + 1),
                kind: q.kind,
                value: q.value,
                unit: q.unit,
                of: measured(text, tokens, q.end, &s),
                approx: q.approx,
                span: span(Region { first: q.first, end: q.end }),
                rule: "number-and-unit",
            });
        }
        contradictions(doc);
    }
}

/// Claims that cannot both be so: one denies what the other says, or they date the same stage differently.
fn contradictions(doc: &mut Document) {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (i, a) in doc.events.iter().enumerate() {
        for (j, b) in doc.events.iter().enumerate().skip(i + 1) {
            let same = a.kind == b.kind
                && a.source == b.source
                && a.target == b.target
                && a.date == b.date
                && a.trigger.quote == b.trigger.quote;
            if same && a.polarity != b.polarity && a.modality == b.modality {
                pairs.push((i, j));
            }
        }
    }
    for (i, j) in pairs {
        let (a, b) = (doc.events[i].id.clone(), doc.events[j].id.clone());
        doc.events[i].contradicts.push(b);
        doc.events[j].contradicts.push(a);
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (i, a) in doc.agreements.iter().enumerate() {
        for (j, b) in doc.agreements.iter().enumerate().skip(i + 1) {
            let differs = |x: &Option<String>, y: &Option<String>| matches!((x, y), (Some(x), Some(y)) if !x.starts_with(y.as_str()) && !y.starts_with(x.as_str()));
            if a.name == b.name && a.stage == b.stage && a.parties == b.parties && differs(&a.date, &b.date) {
                pairs.push((i, j));
            }
        }
    }
    for (i, j) in pairs {
        let (a, b) = (doc.agreements[i].id.clone(), doc.agreements[j].id.clone());
        doc.agreements[i].contradicts.push(b);
        doc.agreements[j].contradicts.push(a);
    }
}

fn refs(actors: &[Actor]) -> Vec<String> {
    actors.iter().map(|a| a.refers.clone()).collect()
}

fn dated(date: &Option<(String, &'static str)>) -> (Option<String>, Option<String>) {
    (date.as_ref().map(|d| d.0.clone()), date.as_ref().map(|d| d.1.to_owned()))
}

fn polarity(negated: bool) -> &'static str {
    if negated { "negated" } else { "affirmed" }
}

/// Whether a slot was filled with words outside the span.
fn outside(actors: &[Actor], span: Region) -> bool {
    actors.iter().any(|a| a.at.is_none_or(|(f, _)| !span.holds(f)))
}

/// The rules of a claim: its own, then those that reached its slots.
fn rules(own: &str, a: &[Actor], b: &[Actor]) -> String {
    let mut reached: BTreeSet<&str> = a.iter().chain(b).map(|x| x.rule).collect();
    reached.remove("listed");
    let mut out = own.to_owned();
    for r in reached {
        out.push_str("; ");
        out.push_str(r);
    }
    out
}

/// The end of a region without blanks, quotes and commas at its edge.
fn trimmed(tokens: &[Token], r: Region) -> usize {
    let mut end = r.end;
    while end > r.first + 1
        && matches!(tokens[end - 1].norm.as_str(), "," | ";" | ":" | "and" | "or" | "\"" | "-")
    {
        end -= 1;
    }
    end
}

/// The words after a number that say of what it is: the rest of its phrase.
fn measured(text: &str, tokens: &[Token], end: usize, s: &Sentence) -> String {
    let stop = (end..s.end.min(end + 9))
        .find(|j| {
            matches!(
                tokens[*j].norm.as_str(),
                "," | "." | ";" | ":" | "which" | "that" | "who" | "(" | ")" | "and"
            )
        })
        .unwrap_or(s.end.min(end + 9));
    if stop <= end {
        return String::new();
    }
    text[tokens[end].start..tokens[stop - 1].end].split_whitespace().collect::<Vec<_>>().join(" ")
}

//! The envelope every answer comes in, the same for every face.
//!
//! In: what a mechanism found. Out: plain data that serialises. What always holds: field names and words are those of
//! `foedera schema answer`; every source a proof names stands once in `cites`.

use std::collections::BTreeMap;

use foedera_reason::proof::{Assumption, Node};
use foedera_world::World;
use foedera_world::terms::{Silence, Verdict};
use foedera_world::time::Tv;
use foedera_world::world::{EvidenceId, SourceId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::basis::Basis;

/// An answer.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Envelope {
    /// The question, with every default filled in.
    pub question: Value,
    /// On which day, as known when, by which packs of which dossier.
    pub basis: BasisView,
    /// The answer in one plain sentence.
    #[serde(default)]
    pub answer: String,
    /// `yes`, `no`, `possible`, `disputed`, `not-in-sources`.
    pub verdict: String,
    /// The items; their shape depends on the verb.
    pub items: Vec<Value>,
    /// Of a casus: what an actor's own law forbids it to do, before any duty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<Value>,
    /// The proof of the verdict.
    pub proof: ProofView,
    /// Named assumptions used.
    pub assumptions: Vec<AssumptionView>,
    /// What is contested.
    pub dissent: Vec<String>,
    /// Which kind of silence, if any.
    pub silence: Option<String>,
    /// Sources cited.
    pub cites: Vec<CiteView>,
    /// Warnings: `code: words`.
    pub warnings: Vec<String>,
}

/// The basis, echoed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BasisView {
    /// EDTF.
    pub on: String,
    /// EDTF or `latest`.
    pub known: String,
    /// The newest source the dossier holds.
    pub newest_source: Option<String>,
    /// Packs.
    pub using: Vec<String>,
    /// Marking.
    pub clearance: String,
    /// Names of the dossiers.
    pub dossier: String,
    /// Hash of names and texts.
    pub dossier_hash: String,
    /// Program and version.
    pub engine: String,
    /// Facts supposed, as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assume: Vec<String>,
    /// Hypothetical rows layered over the dossier, in words; empty = none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hypothetical: Vec<String>,
}

impl BasisView {
    /// All that is supposed, in words: rows layered over the dossier, then facts of the scenario. Empty if nothing is.
    pub fn scenario(&self) -> Vec<String> {
        let facts = self.assume.iter().filter(|f| crate::suppose::layered_kind(f).is_none());
        self.hypothetical.iter().chain(facts).cloned().collect()
    }
}

/// A node of a proof.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProofView {
    /// Rule or condition.
    pub rule: String,
    /// Conclusion.
    pub text: String,
    /// `holds`, `possible`, `disputed`, `open`, `fails` or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub outcome: String,
    /// Citations: `source locator`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<String>,
    /// Named assumption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assumption: Option<AssumptionView>,
    /// Premises.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<ProofView>,
}

/// A named assumption.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct AssumptionView {
    /// Name.
    pub name: String,
    /// In words.
    pub text: String,
}

/// A source cited.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CiteView {
    /// Id.
    pub source: String,
    /// Title.
    pub title: String,
    /// Locators used, sorted.
    pub locators: Vec<String>,
    /// When published, EDTF.
    pub published: String,
    /// Pack.
    pub pack: String,
    /// Admiralty grade; none = ungraded.
    pub grade: Option<String>,
    /// Independence group.
    pub group: Option<String>,
    /// Address.
    pub url: Option<String>,
}

/// What a verb hands over to be put into an envelope.
pub(crate) struct Found {
    pub(crate) question: Value,
    pub(crate) verdict: Verdict,
    /// The answer in one sentence; empty = what the proof concludes.
    pub(crate) answer: String,
    pub(crate) items: Vec<Value>,
    pub(crate) gates: Vec<Value>,
    pub(crate) proof: Node,
    pub(crate) assumptions: Vec<Assumption>,
    pub(crate) dissent: Vec<String>,
    pub(crate) silence: Option<Silence>,
    pub(crate) warnings: Vec<String>,
    pub(crate) cited: Vec<EvidenceId>,
}

impl Default for Found {
    fn default() -> Found {
        Found {
            question: Value::Null,
            verdict: Verdict::NotInSources,
            answer: String::new(),
            items: Vec::new(),
            gates: Vec::new(),
            proof: Node::default(),
            assumptions: Vec::new(),
            dissent: Vec::new(),
            silence: None,
            warnings: Vec::new(),
            cited: Vec::new(),
        }
    }
}

impl ProofView {
    /// The proof written into an item; none if there is none.
    pub fn of(written: &Value) -> Option<ProofView> {
        ProofView::deserialize(written).ok()
    }
}

/// A text as a sentence: a capital at the beginning, a stop at the end.
pub(crate) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{}{stop}", first.to_uppercase(), chars.as_str())
}

impl Envelope {
    pub(crate) fn new(world: &World, basis: Basis, found: Found) -> Envelope {
        let mut used: BTreeMap<SourceId, Vec<String>> = BTreeMap::new();
        for e in &found.cited {
            for (s, l) in &world.evidence[e.ix()].cites {
                note(&mut used, *s, l);
            }
        }
        walk(world, &found.proof, &mut used);
        let said = if found.answer.is_empty() { &found.proof.text } else { &found.answer };
        let hypothesis = |text: &String| AssumptionView { name: "scenario".to_owned(), text: text.clone() };
        let supposed = basis.echo.hypothetical.iter().map(hypothesis);
        let mut warnings = found.warnings;
        if !basis.echo.hypothetical.is_empty() {
            let text = "hypothetical: the answer holds only for what is supposed; nothing was stored";
            warnings.push(text.to_owned());
        }
        let counts =
            |s: &str| world.source(s).is_none_or(|s| world.source_visible(s, &basis.knowledge) != Tv::Not);
        used.retain(|s, _| world.source_visible(*s, &basis.knowledge) != Tv::Not);
        let mut items = found.items;
        items.iter_mut().for_each(|i| only_counting(i, &counts));
        items.iter().for_each(|i| cited_in(world, i, &mut used));
        let mut gates = found.gates;
        gates.iter_mut().for_each(|g| only_counting(g, &counts));
        let mut proof = proof_view(world, &found.proof);
        only_counting_in(&mut proof, &counts);
        Envelope {
            answer: match basis.echo.hypothetical.is_empty() {
                true => sentence(said),
                false => format!("Supposing {}: {}", basis.echo.hypothetical.join(" and "), sentence(said)),
            },
            assumptions: supposed.chain(found.assumptions.iter().map(AssumptionView::from)).collect(),
            question: found.question,
            gates,
            basis: basis.echo,
            verdict: found.verdict.word().to_owned(),
            items,
            proof,
            dissent: found.dissent,
            silence: found.silence.map(|s| s.word().to_owned()),
            cites: used.into_iter().map(|(s, l)| cite_view(world, s, l)).collect(),
            warnings,
        }
    }
}

/// Notes the citations written in plain data.
fn cited_in(world: &World, v: &Value, used: &mut BTreeMap<SourceId, Vec<String>>) {
    match v {
        Value::Object(map) => {
            for (k, v) in map {
                match v {
                    Value::Array(list) if k == "cites" => {
                        for c in list.iter().filter_map(Value::as_str) {
                            let (source, locator) = c.split_once(' ').unwrap_or((c, ""));
                            if let Some(s) = world.source(source) {
                                note(used, s, locator);
                            }
                        }
                    }
                    // The proofs behind what does not bind stand in the items; their sources are counted apart.
                    v if k != "proof" => cited_in(world, v, used),
                    _ => {}
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|v| cited_in(world, v, used)),
        _ => {}
    }
}

/// Takes citations of sources that do not count at the basis out of plain data: a row that rests on several sources is
/// shown with those that count alone.
fn only_counting(v: &mut Value, counts: &dyn Fn(&str) -> bool) {
    match v {
        Value::Object(map) => {
            for (k, v) in map.iter_mut() {
                match v {
                    Value::Array(list) if k == "cites" || k == "cite" => {
                        list.retain(|c| c.as_str().is_none_or(|c| counts(c.split(' ').next().unwrap_or(c))));
                    }
                    v => only_counting(v, counts),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|v| only_counting(v, counts)),
        _ => {}
    }
}

fn only_counting_in(p: &mut ProofView, counts: &dyn Fn(&str) -> bool) {
    p.cites.retain(|c| counts(c.split(' ').next().unwrap_or(c)));
    p.children.iter_mut().for_each(|c| only_counting_in(c, counts));
}

impl From<&Assumption> for AssumptionView {
    fn from(a: &Assumption) -> AssumptionView {
        AssumptionView { name: a.name.to_owned(), text: a.text.clone() }
    }
}

fn note(used: &mut BTreeMap<SourceId, Vec<String>>, s: SourceId, locator: &str) {
    let list = used.entry(s).or_default();
    if !locator.is_empty() && !list.iter().any(|l| l == locator) {
        list.push(locator.to_owned());
        list.sort();
    }
}

fn walk(world: &World, node: &Node, used: &mut BTreeMap<SourceId, Vec<String>>) {
    for e in &node.evidence {
        for (s, l) in &world.evidence[e.ix()].cites {
            note(used, *s, l);
        }
    }
    for (s, l) in &node.cites {
        note(used, *s, l);
    }
    node.children.iter().for_each(|c| walk(world, c, used));
}

pub(crate) fn cite_view(world: &World, s: SourceId, locators: Vec<String>) -> CiteView {
    let r = &world.records.sources[s.ix()];
    CiteView {
        source: r.id.clone(),
        title: r.title.clone(),
        locators,
        published: r.published.text().to_owned(),
        pack: r.pack.clone(),
        grade: r.grade.map(|(a, b)| format!("{a}{b}")),
        group: r.group.clone(),
        url: r.url.clone(),
    }
}

/// A proof with its citations in words.
pub(crate) fn proof_view(world: &World, node: &Node) -> ProofView {
    let mut cites: Vec<String> = Vec::new();
    let mut push = |s: &SourceId, l: &str| {
        let id = &world.records.sources[s.ix()].id;
        let text = if l.is_empty() { id.clone() } else { format!("{id} {l}") };
        if !cites.contains(&text) {
            cites.push(text);
        }
    };
    for e in &node.evidence {
        world.evidence[e.ix()].cites.iter().for_each(|(s, l)| push(s, l));
    }
    node.cites.iter().for_each(|(s, l)| push(s, l));
    ProofView {
        rule: node.rule.clone(),
        text: node.text.clone(),
        outcome: node.outcome.to_owned(),
        cites,
        assumption: node.assumption.as_ref().map(AssumptionView::from),
        children: node.children.iter().map(|c| proof_view(world, c)).collect(),
    }
}

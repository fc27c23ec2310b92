//! Proofs as data.
//!
//! In: the steps a mechanism took, as it took them. Out: a tree of conclusions. What always holds: a leaf is a row with
//! citations or a named assumption; the same steps that decided are the steps recorded.

use foedera_world::terms::{Condition, Reason};
use foedera_world::view::FactRef;
use foedera_world::world::{EvidenceId, SourceId};

/// A number of things in words: `1 tie`, `2 ties`.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// What a test found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It holds for certain.
    Holds,
    /// It may hold: a date or a publication is imprecise.
    Possible,
    /// It is contested.
    Disputed,
    /// It hangs on a fact nobody has asserted.
    Open(FactRef),
    /// It fails.
    Fails(Reason),
}

/// One step: a condition, what was found, and what that rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// The condition tested.
    pub condition: Condition,
    /// What was found.
    pub outcome: Outcome,
    /// In words.
    pub text: String,
    /// Rows it rests on.
    pub evidence: Vec<EvidenceId>,
    /// Further citations.
    pub cites: Vec<(SourceId, String)>,
    /// The named assumption it rests on.
    pub assumption: Option<Assumption>,
}

/// An assumption with a name that can be asked about and changed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Assumption {
    /// Kebab-case name (`unprovoked`, `attack-at-home`).
    pub name: &'static str,
    /// In words.
    pub text: String,
}

impl Assumption {
    /// What is signed and of which no entry into force is recorded is taken not to be in force: silence alone would not say so.
    pub fn force_recorded() -> Assumption {
        let text = "had it entered into force by that day, the dossier would hold it".to_owned();
        Assumption { name: "force-recorded", text }
    }
}

/// A node of a proof.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Node {
    /// The rule or condition applied.
    pub rule: String,
    /// The conclusion in words.
    pub text: String,
    /// `holds`, `possible`, `disputed`, `open`, `fails` or empty.
    pub outcome: &'static str,
    /// Rows it rests on.
    pub evidence: Vec<EvidenceId>,
    /// Further citations.
    pub cites: Vec<(SourceId, String)>,
    /// The assumption it rests on.
    pub assumption: Option<Assumption>,
    /// What it follows from.
    pub children: Vec<Node>,
}

impl Node {
    /// A conclusion from a rule.
    pub fn new(rule: impl Into<String>, text: impl Into<String>) -> Node {
        Node { rule: rule.into(), text: text.into(), ..Node::default() }
    }

    /// The same, resting on an assumption.
    #[must_use]
    pub fn assuming(mut self, assumption: Assumption) -> Node {
        self.assumption = Some(assumption);
        self
    }

    /// The same, resting on a row.
    #[must_use]
    pub fn on(mut self, evidence: EvidenceId) -> Node {
        self.evidence.push(evidence);
        self
    }
}

impl From<Step> for Node {
    fn from(s: Step) -> Node {
        let outcome = match s.outcome {
            Outcome::Holds => "holds",
            Outcome::Possible => "possible",
            Outcome::Disputed => "disputed",
            Outcome::Open(_) => "open",
            Outcome::Fails(_) => "fails",
        };
        Node {
            rule: s.condition.word().to_owned(),
            text: s.text,
            outcome,
            evidence: s.evidence,
            cites: s.cites,
            assumption: s.assumption,
            children: Vec::new(),
        }
    }
}

/// Watches a decision being made. The silent trace costs nothing: its closures are never called.
pub trait Trace {
    /// Whether to go on after a condition has failed, to see every one that does.
    const ALL: bool;
    /// Takes a step.
    fn step(&mut self, step: impl FnOnce() -> Step);
}

/// Watches nothing.
pub struct Silent;

impl Trace for Silent {
    const ALL: bool = false;
    fn step(&mut self, _: impl FnOnce() -> Step) {}
}

/// Keeps the steps up to the first that fails.
#[derive(Default)]
pub struct Recorded(pub Vec<Step>);

impl Trace for Recorded {
    const ALL: bool = false;
    fn step(&mut self, step: impl FnOnce() -> Step) {
        self.0.push(step());
    }
}

/// Keeps every step, those after the first that fails too.
#[derive(Default)]
pub struct Exhaustive(pub Vec<Step>);

impl Trace for Exhaustive {
    const ALL: bool = true;
    fn step(&mut self, step: impl FnOnce() -> Step) {
        self.0.push(step());
    }
}

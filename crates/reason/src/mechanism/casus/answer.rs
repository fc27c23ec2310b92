//! The whole answer: an item for every actor, instrument and clause that matters, each with its proof.
//!
//! In: a view and a question. Out: an [`Answer`]: its items, its verdict, the proof of both. What always holds: an item's sentence
//! says no more than its proof; the verdict follows from the items alone.

use foedera_world::View;
use foedera_world::terms::*;
use foedera_world::view::{Clause, FactRef};
use foedera_world::world::{ActorId, InstrumentId};

use super::conditions::Judgement;
use super::words::{article, fact_sentence, force_words};
use super::{Question, Scene, cascade, items, verdict};
use crate::proof::{Assumption, Node, Recorded};

/// One item of the answer.
#[derive(Clone, Debug)]
pub struct Item {
    /// Who.
    pub actor: ActorId,
    /// As what.
    pub role: CasusRole,
    /// Toward whom.
    pub toward: ActorId,
    /// What is owed, if there is a clause.
    pub act: Option<Act>,
    /// By which instrument; none for `NO_TREATY`.
    pub instrument: Option<InstrumentId>,
    /// By which article.
    pub article: Option<String>,
    /// Force of the clause.
    pub modality: Option<Modality>,
    /// How strongly.
    pub strength: Option<Strength>,
    /// What is left to the debtor.
    pub discretion: Option<Discretion>,
    /// How surely.
    pub confidence: Confidence,
    /// Why not, for `not-bound`; or what it would be if a contested point went the other way.
    pub reason: Option<Reason>,
    /// How near it came: conditions passed before the first that fails.
    pub passed: u32,
    /// In which round.
    pub round: u32,
    /// Facts it hangs on.
    pub open: Vec<FactRef>,
    /// What is contested about it.
    pub disputed: Vec<String>,
    /// Its proof.
    pub proof: Node,
}

impl Item {
    /// What a clause says of a pair, before it is known how it stands: `not-bound`, without reason or proof.
    pub(super) fn of(
        view: &View<'_>,
        clause: &Clause,
        (actor, toward): (ActorId, ActorId),
        j: &Judgement,
    ) -> Item {
        let p = view.provision(clause);
        Item {
            actor,
            role: CasusRole::NotBound,
            toward,
            act: Some(p.act),
            instrument: Some(clause.instrument),
            article: Some(p.article.clone()),
            modality: Some(p.modality),
            strength: Some(p.strength),
            discretion: Some(p.discretion),
            confidence: Confidence::Certain,
            reason: None,
            passed: j.passed,
            round: 1,
            open: j.open.clone(),
            disputed: Vec::new(),
            proof: Node::default(),
        }
    }
}

/// What is contested in a trace, in words.
pub(super) fn contested(trace: &Recorded) -> Vec<String> {
    let disputed = trace.0.iter().filter(|t| t.outcome == crate::proof::Outcome::Disputed);
    disputed.map(|t| t.text.clone()).collect()
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// `yes` if any actor is certainly bound to defend.
    pub verdict: Verdict,
    /// The items.
    pub items: Vec<Item>,
    /// Assumptions used anywhere.
    pub assumptions: Vec<Assumption>,
    /// What is contested, in words.
    pub dissent: Vec<String>,
    /// Codes and words of warnings.
    pub warnings: Vec<(&'static str, String)>,
    /// Which kind of silence, if nothing was found.
    pub silence: Option<Silence>,
    /// The proof of the verdict.
    pub proof: Node,
}

/// Answers a question in full.
pub fn answer(view: &View<'_>, q: &Question) -> Answer {
    let mut items = items::items(view, &Scene::new(q));
    if q.rounds > 1 {
        items.extend(cascade::later_rounds(view, q, &items));
    }
    verdict::conclude(view, q, items)
}

/// One item as a sentence.
pub(super) fn sentence(view: &View<'_>, item: &Item) -> String {
    let r = &view.world.records;
    let who = &r.actors[item.actor.ix()].name;
    let whom = &r.actors[item.toward.ix()].name;
    let base = item.instrument.map_or(String::new(), |i| {
        let a = item.article.as_deref().map_or(String::new(), |a| format!(", {}", article(a)));
        format!("{}{a}", r.instruments[i.ix()].name)
    });
    let what = match item.role {
        CasusRole::Bound => match item.act {
            Some(Act::Mobilise) => format!("{who} is bound to mobilise for {whom}"),
            Some(Act::Offense) => format!("{who} is bound to fight beside {whom}"),
            _ => format!("{who} is bound to help defend {whom}"),
        },
        CasusRole::Consult if item.modality != Some(Modality::Duty) => {
            format!("{who} has said, without binding itself, that it would consult with {whom}")
        }
        CasusRole::Entitled => format!("{who} has a right to act, toward {whom}"),
        CasusRole::Consult => format!("{who} must consult with {whom}"),
        CasusRole::Refrain => match item.act {
            Some(Act::Neutrality) => format!("{who} must stay neutral toward {whom}"),
            _ => format!("{who} must refrain from force against {whom}"),
        },
        CasusRole::Breach => format!("{who} breaks its promise to {whom}"),
        CasusRole::NotBound => {
            let reason = item.reason.map_or("", Reason::word);
            format!("{who} is not bound toward {whom} ({reason})")
        }
    };
    let mut out = if base.is_empty() { what } else { format!("{what}: {base}") };
    if item.role != CasusRole::NotBound
        && let (Some(act), Some(strength)) = (item.act, item.strength)
    {
        let force = force_words(strength, item.discretion.unwrap_or(Discretion::None));
        out.push_str(&format!(" ({act}: {force})"));
    }
    if item.confidence != Confidence::Certain {
        out.push_str(&format!(" — {}", item.confidence));
    }
    if !item.open.is_empty() && item.role != CasusRole::NotBound {
        let facts: Vec<String> = item.open.iter().map(|f| fact_sentence(view.world, f)).collect();
        out.push_str(&format!(", if {}", facts.join(" and ")));
    }
    out
}

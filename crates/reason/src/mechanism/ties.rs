#![doc = include_str!("../../../../docs/mechanisms/ties.md")]
//!
//! In: a view, an actor, perhaps another, a day. Out: every commitment in force, directed, by layer. A tie is told with
//! the instrument's status between the two; an instrument made but not in force is told apart, never counted.

use foedera_world::View;
use foedera_world::terms::*;
use foedera_world::time::{Moment, Tv};
use foedera_world::view::Sides;
use foedera_world::world::{ActorId, InstrumentId};

use super::casus::{article, force_words, moment};
use super::status::status;
use crate::proof::Node;

/// One directed tie.
#[derive(Clone, Debug)]
pub struct Tie {
    /// Who owes, may or plans.
    pub by: ActorId,
    /// To whom; none = to all parties or anyone.
    pub to: Option<ActorId>,
    /// In which layer.
    pub layer: Layer,
    /// What.
    pub act: Act,
    /// Force.
    pub modality: Modality,
    /// Strength.
    pub strength: Strength,
    /// By which instrument.
    pub instrument: InstrumentId,
    /// Article.
    pub article: String,
    /// Since when the pair is bound.
    pub since: Moment,
    /// How surely.
    pub confidence: Confidence,
    /// Proof.
    pub proof: Node,
}

/// An instrument that ties the actors but is not in force between them on the day.
#[derive(Clone, Debug)]
pub struct Loose {
    /// Which.
    pub instrument: InstrumentId,
    /// Its stage.
    pub stage: Stage,
    /// Since when.
    pub since: Option<Moment>,
}

/// All ties of `a`, with `b` only if given, on a day.
pub fn ties(view: &View<'_>, a: ActorId, b: Option<ActorId>, on: Moment) -> (Vec<Tie>, Vec<Loose>) {
    let mut out = Vec::new();
    let mut loose = Vec::new();
    for i in &view.instruments_of[a.ix()] {
        if b.is_some_and(|b| view.linked[i.ix()].binary_search(&b).is_err()) {
            continue;
        }
        let (tv, spell) = view.party_on(*i, a, on);
        let (tv_b, spell_b) = b.map_or((Tv::Certain, None), |b| view.party_on(*i, b, on));
        if tv == Tv::Not || tv_b == Tv::Not {
            let s = status(view, *i, None, on);
            if s.stage != Stage::None {
                loose.push(Loose { instrument: *i, stage: s.stage, since: s.since });
            }
            continue;
        }
        let Some(spell) = spell else { continue };
        let since = spell_b.map_or(spell.period.begin, |s| {
            if s.period.begin.earliest > spell.period.begin.earliest {
                s.period.begin
            } else {
                spell.period.begin
            }
        });
        for clause in view.clauses_of(*i) {
            // A definition ties nobody; what a council may recommend is no tie between two parties.
            let ties = clause.act != Act::Define
                && !matches!(clause.modality, Modality::Recommendation | Modality::Prohibition);
            if !ties || clause.periods.iter().all(|p| p.holds(on) == Tv::Not) {
                continue;
            }
            let owes = |x: ActorId| match &clause.by {
                Sides::These(l) => l.contains(&x),
                _ => true,
            };
            let owed = |x: ActorId| match &clause.to {
                Sides::These(l) => l.contains(&x),
                _ => true,
            };
            let mut pairs: Vec<(ActorId, Option<ActorId>)> = Vec::new();
            match b {
                Some(b) => {
                    if owes(a) && owed(b) {
                        pairs.push((a, Some(b)));
                    }
                    if owes(b) && owed(a) {
                        pairs.push((b, Some(a)));
                    }
                }
                None => {
                    if owes(a) {
                        let to = match &clause.to {
                            Sides::These(l) if l.len() == 1 => Some(l[0]),
                            _ => None,
                        };
                        pairs.push((a, to));
                    }
                    let others = view.parties_on(*i, on);
                    if owed(a) && !(clause.by == Sides::Parties && owes(a)) {
                        pairs.extend(others.iter().filter(|o| o.0 != a && owes(o.0)).map(|o| (o.0, Some(a))));
                    }
                }
            }
            for (by, to) in pairs {
                if Some(by) == to {
                    continue;
                }
                let lifted = view.liftings[i.ix()].iter().find(|l| {
                    l.period.holds(on) != Tv::Not
                        && l.by.contains(&by)
                        && l.provision.as_ref().is_none_or(|p| *p == view.provision(clause).article)
                        && to.is_none_or(|t| l.toward.is_empty() || l.toward.contains(&t))
                        && (to.is_some() || l.toward.is_empty())
                });
                if lifted.is_some_and(|l| l.disputed.is_none()) {
                    continue;
                }
                let p = view.provision(clause);
                // One data set has it and another, which covers the day, has not.
                let coded = to.and_then(|to| view.coded_otherwise(clause, by, to, on));
                let entry = spell.disputed || spell_b.is_some_and(|s| s.disputed);
                let contested = lifted.is_some() || p.disputed.is_some() || coded.is_some() || entry;
                let confidence = match (contested, tv.min(tv_b)) {
                    (true, _) => Confidence::Disputed,
                    (false, Tv::Certain) => Confidence::Certain,
                    _ => Confidence::Possible,
                };
                let names = |x: ActorId| view.world.records.actors[x.ix()].name.as_str();
                let unknown = match p.content_unknown.as_slice() {
                    [] => String::new(),
                    list => {
                        let words: Vec<&str> = list.iter().map(|c| c.word()).collect();
                        format!("; on conditions of {} whose content is not known", words.join(", "))
                    }
                };
                let text = format!(
                    "{} → {}: {} ({}: {}{unknown}) by {}, {}, since {}",
                    names(by),
                    to.map_or("the other parties", names),
                    p.act,
                    p.modality,
                    force_words(p.strength, p.discretion),
                    view.world.records.instruments[i.ix()].name,
                    article(&p.article),
                    moment(since)
                );
                let mut proof = Node::new("tie", text).on(clause.evidence);
                proof.children.push(Node::new("party", format!("{} is bound", names(a))).on(spell.entered));
                if let Some(s) = spell_b {
                    proof
                        .children
                        .push(Node::new("party", format!("{} is bound", names(s.party))).on(s.entered));
                }
                out.push(Tie {
                    by,
                    to,
                    layer: p.modality.layer(),
                    act: p.act,
                    modality: p.modality,
                    strength: p.strength,
                    instrument: *i,
                    article: p.article.clone(),
                    since,
                    confidence,
                    proof,
                });
            }
        }
    }
    out.sort_by_key(|t| (t.layer, t.act, t.strength, t.instrument, t.article.clone(), t.by, t.to));
    (out, loose)
}

#![doc = include_str!("../../../../../docs/mechanisms/casus.md")]
//!
//! In: a [`View`] and a [`Question`]. Out: [`decide`] gives the conclusions alone, fast; [`answer`] gives an item for
//! every actor, instrument and clause that matters, with its proof. Both run the one evaluator in [`conditions`].

mod answer;
mod cascade;
pub mod conditions;
mod gates;
mod items;
mod verdict;
mod why_not;
mod words;

pub use answer::{Answer, Item, answer};
pub use conditions::{Judgement, evaluate};
pub use gates::{Gate, GateState, gates};
pub use why_not::{Change, WhyNot, apply, change_words, why_not};
pub use words::{article, fact_sentence, fact_words, force_words, moment};

use foedera_world::View;
use foedera_world::terms::*;
use foedera_world::time::{Moment, Tv};
use foedera_world::view::{Clause, FactRef, Sides};
use foedera_world::world::{ActorId, EvidenceId, InstrumentId, PlaceId};

/// A fact of the scenario, asserted or denied, by nobody in particular or by a holder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asserted {
    /// The fact.
    pub fact: FactRef,
    /// Asserted (`true`) or denied.
    pub holds: bool,
    /// According to whom; none = taken as given.
    pub holder: Option<ActorId>,
}

/// X attacks Y at P on D.
#[derive(Clone, Debug)]
pub struct Question {
    /// Who attacks.
    pub attackers: Vec<ActorId>,
    /// Who is attacked.
    pub targets: Vec<ActorId>,
    /// Where; none = on the target's home territory, a named assumption.
    pub place: Option<PlaceId>,
    /// Whether the target provoked it, and whether the asker said so (else a named assumption).
    pub provoked: (Provoked, bool),
    /// The kind of attack.
    pub kind: AttackKind,
    /// Who supports the attacker.
    pub with: Vec<ActorId>,
    /// The day, or a window in which it lies.
    pub on: Moment,
    /// Scenario facts.
    pub facts: Vec<Asserted>,
    /// How many rounds of the cascade.
    pub rounds: u32,
}

/// The sides as they stand in a round.
#[derive(Clone, Debug)]
pub struct Scene<'q> {
    /// The question.
    pub question: &'q Question,
    /// The attackers' side.
    pub attackers: Vec<ActorId>,
    /// The side attacked.
    pub targets: Vec<ActorId>,
    /// Administration asserted in the scenario.
    pub administration: Vec<(ActorId, PlaceId, bool)>,
    /// Who has joined in an earlier round.
    pub joined: Vec<ActorId>,
}

impl<'q> Scene<'q> {
    /// The opening scene.
    pub fn new(q: &'q Question) -> Scene<'q> {
        use foedera_world::view::Arg;
        let administration = q
            .facts
            .iter()
            .filter_map(|f| match (f.fact.kind, f.fact.args.as_slice()) {
                (FactKind::Administers, [Arg::Actor(a), Arg::Place(p)]) => Some((*a, *p, f.holds)),
                (FactKind::NotAdministered, [Arg::Actor(a), Arg::Place(p)]) => Some((*a, *p, !f.holds)),
                _ => None,
            })
            .collect();
        Scene {
            question: q,
            attackers: q.attackers.clone(),
            targets: q.targets.clone(),
            administration,
            joined: Vec::new(),
        }
    }
}

/// A conclusion without its proof: which clause binds whom toward whom, and how surely.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Conclusion {
    /// Position of the clause in the view.
    pub clause: u32,
    /// Who.
    pub debtor: ActorId,
    /// Toward whom.
    pub beneficiary: ActorId,
    /// As what.
    pub role: CasusRole,
    /// How surely.
    pub confidence: Confidence,
}

impl Conclusion {
    /// The rows it rests on: the clause, the instrument's entry into force, both parties' own.
    pub fn evidence(&self, view: &View<'_>, on: Moment) -> [Option<EvidenceId>; 4] {
        let clause = &view.clauses[self.clause as usize];
        let i = clause.instrument;
        let force = view.force[i.ix()].iter().find(|f| f.0.holds(on) != Tv::Not).map(|f| f.1);
        let party = |a| view.party_on(i, a, on).1.map(|s| s.entered);
        [Some(clause.evidence), force, party(self.debtor), party(self.beneficiary)]
    }
}

/// The part a clause gives an actor when all its conditions hold.
pub fn role_of(clause: &Clause, debtor_attacks: bool) -> CasusRole {
    match (clause.modality, clause.act) {
        (Modality::Right | Modality::Permission, _) => CasusRole::Entitled,
        (Modality::Recommendation, _) => CasusRole::NotBound,
        (_, Act::Consultation | Act::SeekCouncilAction) => CasusRole::Consult,
        (_, Act::Neutrality | Act::Nonaggression | Act::Respect | Act::NoHostileAlliance) => {
            if debtor_attacks { CasusRole::Breach } else { CasusRole::Refrain }
        }
        _ => CasusRole::Bound,
    }
}

/// Whether a clause can matter in a casus at all.
pub fn in_play(clause: &Clause) -> bool {
    let occasion = clause.when;
    // What is forbidden is a gate, never a commitment.
    if clause.modality == Modality::Prohibition {
        return false;
    }
    match clause.act {
        // A standing promise to consult is a tie, not part of a casus.
        Act::Consultation if occasion == When::Always => false,
        Act::Defense
        | Act::Offense
        | Act::Assist
        | Act::Neutrality
        | Act::Consultation
        | Act::SeekCouncilAction => !matches!(occasion, When::Occupation | When::Peace | When::Request),
        Act::Mobilise => occasion == When::Mobilisation || occasion == When::Attack || occasion == When::War,
        Act::Nonaggression | Act::Respect => true,
        Act::Intervene => true,
        _ => false,
    }
}

/// Whether an actor can owe under the clause, by its lists alone.
fn may_owe(clause: &Clause, actor: ActorId) -> bool {
    match &clause.by {
        Sides::These(list) => list.contains(&actor),
        _ => true,
    }
}

/// Whether an actor can be owed under the clause, by its lists alone.
fn may_be_owed(clause: &Clause, actor: ActorId) -> bool {
    match &clause.to {
        Sides::These(list) => list.contains(&actor),
        _ => true,
    }
}

/// Who is bound, entitled, consulting, refraining or in breach: conclusions alone, in order of clause, debtor,
/// beneficiary. The fast path.
pub fn decide(view: &View<'_>, scene: &Scene<'_>) -> Vec<Conclusion> {
    let mut out = Vec::new();
    let sides = || scene.targets.iter().chain(&scene.attackers);
    for (n, s) in sides().enumerate() {
        for i in &view.instruments_of[s.ix()] {
            let done =
                sides().take(n).any(|earlier| view.instruments_of[earlier.ix()].binary_search(i).is_ok());
            if !done {
                decide_under(view, scene, *i, false, &mut out);
            }
        }
    }
    for i in &view.third_party {
        decide_under(view, scene, *i, true, &mut out);
    }
    out.sort_by_key(|c| (c.clause, c.debtor, c.beneficiary));
    out.dedup();
    out
}

fn decide_under(view: &View<'_>, scene: &Scene<'_>, i: InstrumentId, third: bool, out: &mut Vec<Conclusion>) {
    let on = scene.question.on;
    if !view.clauses_of(i).iter().any(|c| in_play(c) && c.third_party() == third) {
        return;
    }
    if view.force[i.ix()].iter().all(|f| f.0.holds(on) == Tv::Not) {
        return;
    }
    let mut parties: Option<Vec<(ActorId, Tv)>> = None;
    for (n, clause) in view.clauses_of(i).iter().enumerate() {
        // A recommendation binds nobody: the full answer tells of it, the fast path has nothing to conclude.
        let binds = clause.modality != Modality::Recommendation;
        if !in_play(clause) || clause.third_party() != third || !binds {
            continue;
        }
        let anyone = clause.to == Sides::Anyone;
        let parties = parties.get_or_insert_with(|| view.parties_on(i, on));
        for (debtor, _) in parties.iter() {
            if !may_owe(clause, *debtor) {
                continue;
            }
            for beneficiary in subjects(scene, third && !anyone, parties) {
                if beneficiary == *debtor
                    || !may_be_owed(clause, beneficiary)
                    || !pair_matters(scene, clause, *debtor, beneficiary)
                {
                    continue;
                }
                let j = evaluate(view, scene, clause, *debtor, beneficiary, &mut crate::proof::Silent);
                if let Some(confidence) = j.confidence() {
                    let role = role_of(clause, scene.attackers.contains(debtor));
                    let clause = view.clause_index(i) + n as u32;
                    out.push(Conclusion { clause, debtor: *debtor, beneficiary, role, confidence });
                }
            }
        }
    }
}

/// Whose being helped or spared is at stake: the two sides, or, for clauses on third states, every party.
fn subjects<'a>(
    scene: &'a Scene<'_>,
    every_party: bool,
    parties: &'a [(ActorId, Tv)],
) -> impl Iterator<Item = ActorId> + 'a {
    let sides = scene.targets.iter().chain(&scene.attackers).filter(move |_| !every_party).copied();
    sides.chain(parties.iter().filter(move |_| every_party).map(|p| p.0))
}

/// Leaves out pairs no clause speaks to: an attacker is not asked to help its victim, nor the attacked to help each
/// other's attacker; but an attacker may break a promise or claim a right.
fn pair_matters(scene: &Scene<'_>, clause: &Clause, debtor: ActorId, beneficiary: ActorId) -> bool {
    let attacks = scene.attackers.contains(&debtor);
    let attacked = scene.targets.contains(&debtor);
    let standing = matches!(clause.act, Act::Nonaggression | Act::Respect);
    let right = clause.modality == Modality::Right;
    if attacks {
        return (standing || right) && scene.targets.contains(&beneficiary);
    }
    if attacked && scene.attackers.contains(&beneficiary) {
        return false;
    }
    if clause.third_party() && clause.when == When::Mobilisation {
        return !attacked || !scene.targets.contains(&beneficiary);
    }
    true
}

//! Why not: every condition that fails, and the smallest change that would flip the answer.
//!
//! In: a question and an actor. Out: for the clause that came nearest, each failing condition and a change of the
//! question that mends it; whether those changes together do flip the answer is tried, not guessed.

use foedera_world::View;
use foedera_world::area::Sight;
use foedera_world::terms::*;
use foedera_world::time::{Moment, Tv};
use foedera_world::view::{Area, Arg, Clause, FactRef, Owner};
use foedera_world::world::{ActorId, InstrumentId, PlaceId};

use super::conditions::evaluate;
use super::words::fact_words;
use super::{Asserted, Question, Scene, in_play, may_be_owed, may_owe};
use crate::proof::{Exhaustive, Node};

/// A change of the question, or of the world where no question can mend it.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// Another day.
    On(Moment),
    /// Another place.
    Place(PlaceId),
    /// Another adversary.
    Attacker(ActorId),
    /// Support for the attacker.
    With(Vec<ActorId>),
    /// Another kind of attack.
    Kind(AttackKind),
    /// Not provoked.
    NotProvoked,
    /// A fact of the scenario.
    Assume(FactRef, bool),
    /// The actor or the one attacked would have to become a party.
    BecomeParty(ActorId, InstrumentId),
    /// The suspension or reservation would have to be lifted.
    Lift,
    /// The one attacked would have to be the one attacked.
    SwapSides,
    /// The text itself would have to say more.
    Text(Reason),
}

/// Why an actor is not bound, by the clause that came nearest.
#[derive(Clone, Debug)]
pub struct WhyNot {
    /// Position of the clause in the view.
    pub clause: u32,
    /// Toward whom.
    pub toward: ActorId,
    /// Conditions that fail.
    pub failures: Vec<(Condition, Reason)>,
    /// The smallest set of changes found.
    pub changes: Vec<Change>,
    /// Whether they were tried and do flip the answer.
    pub tried: bool,
    /// Every step.
    pub proof: Node,
}

/// Why `actor` is not bound to fight for a target: nearest clause first, at most `limit`.
pub fn why_not(view: &View<'_>, q: &Question, actor: ActorId, limit: usize) -> Vec<WhyNot> {
    let scene = Scene::new(q);
    let mut out: Vec<WhyNot> = Vec::new();
    for (n, clause) in view.clauses.iter().enumerate() {
        let linked = view.linked[clause.instrument.ix()].binary_search(&actor).is_ok();
        if !in_play(clause) || !clause.act.fights() || !linked || !may_owe(clause, actor) {
            continue;
        }
        for s in q.targets.iter().filter(|s| **s != actor && may_be_owed(clause, **s)) {
            let mut trace = Exhaustive::default();
            let j = evaluate(view, &scene, clause, actor, *s, &mut trace);
            if j.fails.is_none() {
                continue;
            }
            let changes: Vec<Change> = {
                let mut c: Vec<Change> = Vec::new();
                for f in &j.failures {
                    let change = mend(view, q, clause, actor, *s, *f);
                    if !c.contains(&change) {
                        c.push(change);
                    }
                }
                c
            };
            let tried = apply(q, &changes).is_some_and(|q2| {
                let scene = Scene::new(&q2);
                evaluate(view, &scene, clause, actor, *s, &mut crate::proof::Silent).fails.is_none()
            });
            let mut proof = Node::new(
                "why-not",
                format!(
                    "{} of {} conditions {}",
                    j.failures.len(),
                    trace.0.len(),
                    if j.failures.len() == 1 { "fails" } else { "fail" }
                ),
            );
            proof.children = trace.0.into_iter().map(Node::from).collect();
            out.push(WhyNot { clause: n as u32, toward: *s, failures: j.failures, changes, tried, proof });
        }
    }
    out.sort_by_key(|w| (w.changes.iter().map(cost).sum::<u32>(), !w.tried, w.clause));
    out.truncate(limit);
    out
}

/// How much a change asks: a word in the question is less than a new party.
fn cost(c: &Change) -> u32 {
    match c {
        Change::Assume(..) | Change::NotProvoked | Change::With(_) | Change::Kind(_) => 1,
        Change::On(_) | Change::Place(_) => 2,
        Change::Attacker(_) | Change::SwapSides => 3,
        Change::Lift => 5,
        Change::BecomeParty(..) => 8,
        Change::Text(_) => 13,
    }
}

fn mend(
    view: &View<'_>,
    q: &Question,
    clause: &Clause,
    actor: ActorId,
    s: ActorId,
    f: (Condition, Reason),
) -> Change {
    let a = &clause.adversary;
    match f.0 {
        Condition::InstrumentInForce
        | Condition::ClauseApplies
        | Condition::DebtorBound
        | Condition::BeneficiaryBound => {
            let who = if f.0 == Condition::DebtorBound { actor } else { s };
            match day_when_bound(view, clause, actor, s) {
                Some(day) => Change::On(day),
                None => Change::BecomeParty(who, clause.instrument),
            }
        }
        Condition::NotLifted => Change::Lift,
        Condition::Occasion => Change::SwapSides,
        Condition::Adversary => a.only.first().map_or(Change::Text(f.1), |x| Change::Attacker(*x)),
        Condition::Support => Change::With(a.supported_by.iter().take(1).copied().collect()),
        Condition::Powers => {
            let joiner = view.linked.iter().flatten().find(|x| {
                !q.attackers.contains(x)
                    && !q.targets.contains(x)
                    && **x != actor
                    && view.exists[x.ix()].holds(q.on) == Tv::Certain
            });
            joiner.map_or(Change::Text(f.1), |x| Change::With(vec![*x]))
        }
        Condition::Kind => {
            Change::Kind(view.provision(clause).trigger.kinds.first().copied().unwrap_or(AttackKind::Armed))
        }
        Condition::Unprovoked => Change::NotProvoked,
        Condition::Area | Condition::ObjectArea => {
            let area = if f.0 == Condition::Area { &clause.area } else { &clause.object_area };
            match area.as_ref().and_then(|a| place_inside(view, q, clause, a, actor, s)) {
                Some(p) => Change::Place(p),
                None => Change::Text(f.1),
            }
        }
        Condition::Requires => {
            let denied =
                clause.requires.iter().find(|r| q.facts.iter().any(|x| x.fact.kind == r.kind && !x.holds));
            denied
                .or(clause.requires.first())
                .map_or(Change::Text(f.1), |r| Change::Assume(bind(r, actor, s), true))
        }
        Condition::Unless => {
            clause.unless.first().map_or(Change::Text(f.1), |r| Change::Assume(bind(r, actor, s), false))
        }
        Condition::OutsideAlliance | Condition::Binding | Condition::Uncontested => Change::Text(f.1),
    }
}

fn bind(f: &FactRef, debtor: ActorId, beneficiary: ActorId) -> FactRef {
    let args = f
        .args
        .iter()
        .map(|a| match a {
            Arg::Beneficiary => Arg::Actor(beneficiary),
            Arg::Debtor => Arg::Actor(debtor),
            a => *a,
        })
        .collect();
    FactRef { kind: f.kind, args }
}

/// The first certain day on which the clause bound both.
fn day_when_bound(view: &View<'_>, clause: &Clause, actor: ActorId, s: ActorId) -> Option<Moment> {
    for a in view.spells_under(clause.instrument, actor) {
        for b in view.spells_under(clause.instrument, s) {
            for c in &clause.periods {
                if let Some(p) = a.period.intersect(b.period).and_then(|p| p.intersect(*c)) {
                    let day = Moment::exact(p.begin.latest);
                    if p.holds(day) == Tv::Certain {
                        return Some(day);
                    }
                }
            }
        }
    }
    None
}

/// A place that does lie inside: the beneficiary's home if it does, else the first place the area speaks of that does.
fn place_inside(
    view: &View<'_>,
    q: &Question,
    clause: &Clause,
    area: &Area,
    debtor: ActorId,
    beneficiary: ActorId,
) -> Option<PlaceId> {
    let scene = Scene::new(q);
    let sight = Sight {
        beneficiary,
        debtor,
        instrument: clause.instrument,
        on: q.on,
        administration: &scene.administration,
    };
    let mut candidates: Vec<PlaceId> = view.home[beneficiary.ix()].into_iter().collect();
    named_places(view, area, &mut candidates, 0);
    candidates.into_iter().find(|p| view.inside(area, *p, &sight).tv == Tv::Certain)
}

/// Every place an area speaks of, and the homes of the actors it names.
fn named_places(view: &View<'_>, area: &Area, out: &mut Vec<PlaceId>, depth: u32) {
    match area {
        Area::Place(p, _) => out.push(*p),
        Area::Named(a, _) if depth < 16 => named_places(view, &view.areas[a.ix()], out, depth + 1),
        Area::TerritoryOf(Owner::Actor(a), _) | Area::AdministeredBy(Owner::Actor(a), _) => {
            out.extend(view.home[a.ix()]);
        }
        Area::Any(list) | Area::All(list) => list.iter().for_each(|a| named_places(view, a, out, depth + 1)),
        _ => {}
    }
}

/// The question with the changes made; none if one of them is not the question's to make.
pub fn apply(q: &Question, changes: &[Change]) -> Option<Question> {
    let mut q = q.clone();
    for c in changes {
        match c {
            Change::On(m) => q.on = *m,
            Change::Place(p) => q.place = Some(*p),
            Change::Attacker(a) => q.attackers = vec![*a],
            Change::With(w) => q.with.extend(w),
            Change::Kind(k) => q.kind = *k,
            Change::NotProvoked => q.provoked = (Provoked::No, true),
            Change::Assume(f, holds) => {
                q.facts.retain(|x| x.fact != *f);
                q.facts.insert(0, Asserted { fact: f.clone(), holds: *holds, holder: None });
            }
            Change::SwapSides => std::mem::swap(&mut q.attackers, &mut q.targets),
            Change::BecomeParty(..) | Change::Lift | Change::Text(_) => return None,
        }
    }
    Some(q)
}

/// A change as words, and as an option of the command line where there is one.
pub fn change_words(view: &View<'_>, c: &Change) -> (String, Option<String>) {
    let r = &view.world.records;
    let name = |a: &ActorId| r.actors[a.ix()].name.clone();
    let key = |a: &ActorId| r.actors[a.ix()].id.clone();
    match c {
        Change::On(m) => (format!("ask about {}", m.earliest), Some(format!("--on {}", m.earliest))),
        Change::Place(p) => {
            let p = &r.places[p.ix()];
            (format!("the attack falls on {}", p.name), Some(format!("--place {}", p.id)))
        }
        Change::Attacker(a) => (format!("{} attacks", name(a)), Some(format!("--attacker {}", key(a)))),
        Change::With(w) => {
            let names: Vec<String> = w.iter().map(name).collect();
            let keys: Vec<String> = w.iter().map(key).collect();
            (
                format!("{} supports or joins the attacker", names.join(", ")),
                Some(format!("--with {}", keys.join(","))),
            )
        }
        Change::Kind(k) => (format!("the attack is {k}"), Some(format!("--kind {k}"))),
        Change::NotProvoked => ("the attack is unprovoked".to_owned(), Some("--provoked no".to_owned())),
        Change::Assume(f, holds) => {
            let words = fact_words(view, f);
            let words = if *holds { words } else { format!("not {words}") };
            (format!("`{words}` holds"), Some(format!("--assume '{words}'")))
        }
        Change::BecomeParty(a, i) => (
            format!("{} becomes a party to {}", name(a), r.instruments[i.ix()].name),
            Some(format!("--assume party:{}/{}", key(a), r.instruments[i.ix()].id)),
        ),
        Change::Lift => ("the suspension or reservation is lifted".to_owned(), None),
        Change::SwapSides => ("the other side attacks".to_owned(), None),
        Change::Text(reason) => (format!("the text itself would have to reach this case ({reason})"), None),
    }
}

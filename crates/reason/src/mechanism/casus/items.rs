//! The items of an answer: each actor of interest, each instrument and clause that matters, one by one.
//!
//! In: a view and a scene. Out: items, unsorted, each with its proof. What always holds: an actor of interest gets at least one
//! item toward every side it has no part in; reasons are per instrument first, and `NO_TREATY` only where no instrument made by
//! that day links the two.

use std::collections::BTreeSet;

use foedera_world::View;
use foedera_world::terms::*;
use foedera_world::time::Tv;
use foedera_world::view::Clause;
use foedera_world::world::{ActorId, EvidenceId, InstrumentId};

use super::answer::{Item, contested, sentence};
use super::conditions::{Judgement, evaluate};
use super::{Question, Scene, in_play, may_be_owed, may_owe, pair_matters, role_of};
use crate::proof::{Assumption, Node, Recorded, counted};

/// Every item of the first round.
pub(super) fn items(view: &View<'_>, scene: &Scene<'_>) -> Vec<Item> {
    let mut build = Build { view, scene, items: Vec::new() };
    let interested = interest(view, scene.question);
    for actor in &interested {
        build.actor(*actor);
    }
    build.recommended(&interested);
    build.special();
    build.items
}

/// States that are, were or will be party to any commitment in play, and exist on the day.
fn interest(view: &View<'_>, q: &Question) -> Vec<ActorId> {
    let mut out: BTreeSet<ActorId> = BTreeSet::new();
    for i in 0..view.linked.len() as u32 {
        let i = InstrumentId(i);
        if view.clauses_of(i).iter().any(|c| in_play(c) && c.modality != Modality::Recommendation) {
            out.extend(&view.linked[i.ix()]);
        }
    }
    out.retain(|a| {
        let kind = view.world.records.actors[a.ix()].kind;
        matches!(kind, ActorKind::State | ActorKind::UnrecognisedState | ActorKind::Organisation)
            && view.exists[a.ix()].holds(q.on) != Tv::Not
    });
    out.into_iter().collect()
}

/// Items as they are made.
struct Build<'a> {
    view: &'a View<'a>,
    scene: &'a Scene<'a>,
    items: Vec<Item>,
}

impl Build<'_> {
    /// All items of one actor toward every side.
    fn actor(&mut self, actor: ActorId) {
        let sides: Vec<ActorId> = self.scene.targets.iter().chain(&self.scene.attackers).copied().collect();
        let attacks = self.scene.attackers.contains(&actor);
        for s in sides {
            if s == actor || (attacks && self.scene.attackers.contains(&s)) {
                continue;
            }
            let mut tied = false;
            for i in &self.view.instruments_of[actor.ix()] {
                tied |= self.under(actor, s, *i);
            }
            let own_attacker = self.scene.targets.contains(&actor) && self.scene.attackers.contains(&s);
            if !(tied || attacks || own_attacker) {
                self.no_treaty(actor, s);
            }
        }
    }

    /// Those tied to the attacked by nothing but what a council may recommend are told that much and no more.
    fn recommended(&mut self, interested: &[ActorId]) {
        let view = self.view;
        for i in 0..view.linked.len() as u32 {
            let i = InstrumentId(i);
            if !view.clauses_of(i).iter().any(|c| in_play(c) && c.modality == Modality::Recommendation) {
                continue;
            }
            for (actor, _) in view.parties_on(i, self.scene.question.on) {
                let side = self.scene.targets.contains(&actor) || self.scene.attackers.contains(&actor);
                if !side && interested.binary_search(&actor).is_err() {
                    for target in self.scene.targets.clone() {
                        self.under(actor, target, i);
                    }
                }
            }
        }
    }

    /// Items of one actor toward one side under one instrument. Returns whether the instrument ties the two by a
    /// commitment in play that had been made by the day.
    fn under(&mut self, actor: ActorId, s: ActorId, i: InstrumentId) -> bool {
        let view = self.view;
        let linked = view.linked[i.ix()].binary_search(&s).is_ok();
        let mut fights = false;
        let mut applied: Vec<CasusRole> = Vec::new();
        let mut others: Vec<(Judgement, &Clause)> = Vec::new();
        let mut pair = false;
        for clause in view.clauses_of(i) {
            let open_to_all = clause.to == foedera_world::view::Sides::Anyone;
            if open_to_all && self.scene.attackers.contains(&s) {
                continue;
            }
            if !in_play(clause) || clause.third_party() || !may_owe(clause, actor) || !may_be_owed(clause, s)
            {
                continue;
            }
            if !pair_matters(self.scene, clause, actor, s) {
                continue;
            }
            let duty_to_fight = clause.act.fights() || clause.act == Act::Mobilise;
            if !(linked || open_to_all || (duty_to_fight && self.binds_now(i, actor))) {
                continue;
            }
            pair |= linked || open_to_all;
            let mut trace = Recorded::default();
            let j = evaluate(view, self.scene, clause, actor, s, &mut trace);
            match j.confidence() {
                Some(_) => {
                    let role = role_of(clause, self.scene.attackers.contains(&actor));
                    applied.push(role);
                    fights |= duty_to_fight && role == CasusRole::Bound;
                    self.holds(actor, s, clause, &j, trace);
                }
                // An older or newer text of an article that does apply is not a reason of its own.
                None if j.fails.is_some_and(|f| f.0 == Condition::ClauseApplies)
                    && self.other_text_applies(clause) => {}
                None if duty_to_fight => {
                    fights |= clause.modality == Modality::Duty || clause.modality == Modality::Policy;
                    self.fails(actor, s, clause, &j, trace);
                }
                None => others.push((j, clause)),
            }
        }
        if !pair {
            return false;
        }
        let attacks = self.scene.attackers.contains(&actor);
        if !fights && !attacks && !applied.is_empty() {
            self.only(actor, s, i, &applied);
        }
        if applied.is_empty() && !fights {
            let nearest = others.iter().max_by_key(|(j, c)| (j.passed, std::cmp::Reverse(c.row)));
            if let Some((_, clause)) = nearest {
                let mut trace = Recorded::default();
                let j = evaluate(view, self.scene, clause, actor, s, &mut trace);
                self.fails(actor, s, clause, &j, trace);
            }
        }
        let binding = view.world.records.instruments[i.ix()].binding;
        let open_only =
            view.clauses_of(i).iter().all(|c| !in_play(c) || c.modality == Modality::Recommendation);
        let made = view.made[i.ix()].is_some_and(|m| m.earliest <= self.scene.question.on.latest);
        linked && binding && made && !open_only
    }

    /// Whether another text of the same article and act applies on the day.
    fn other_text_applies(&self, clause: &Clause) -> bool {
        let article = &self.view.provision(clause).article;
        self.view.clauses_of(clause.instrument).iter().any(|c| {
            c.row != clause.row
                && c.act == clause.act
                && self.view.provision(c).article == *article
                && c.periods.iter().any(|p| p.holds(self.scene.question.on) != Tv::Not)
        })
    }

    fn binds_now(&self, i: InstrumentId, actor: ActorId) -> bool {
        self.view.party_on(i, actor, self.scene.question.on).0 != Tv::Not
    }

    fn holds(&mut self, a: ActorId, s: ActorId, clause: &Clause, j: &Judgement, trace: Recorded) {
        let Some(confidence) = j.confidence() else { return };
        let role = role_of(clause, self.scene.attackers.contains(&a));
        let contested = contested(&trace);
        // That a clause only recommends is the clause's own word: it alone proves *not bound*.
        let whole = role != CasusRole::NotBound;
        let told = trace.0.into_iter().filter(|t| whole || t.condition == Condition::ClauseApplies);
        let steps: Vec<Node> = told.map(Node::from).collect();
        let mut item = Item::of(self.view, clause, (a, s), j);
        item.role = role;
        item.confidence = confidence;
        item.disputed = contested;
        if role == CasusRole::NotBound {
            item.reason = Some(Reason::RecommendationOnly);
        }
        item.proof = Node { children: steps, ..self.conclusion(&item) };
        self.items.push(item.clone());
        // What is a right is not a duty; and a contested condition has another side.
        if role == CasusRole::Entitled && clause.act.fights() | (clause.act == Act::Intervene) {
            let mut no = item.clone();
            no.role = CasusRole::NotBound;
            no.confidence = Confidence::Certain;
            no.reason = Some(Reason::RightNotDuty);
            no.proof = Node { children: item.proof.children.clone(), ..self.conclusion(&no) };
            self.items.push(no);
        }
        if let (CasusRole::Bound, Some((_, Some(reason)))) = (role, j.disputed.iter().find(|d| d.1.is_some()))
        {
            let mut no = item;
            no.role = CasusRole::NotBound;
            no.reason = Some(*reason);
            no.proof = Node { children: std::mem::take(&mut no.proof.children), ..self.conclusion(&no) };
            self.items.push(no);
        }
    }

    fn fails(&mut self, a: ActorId, s: ActorId, clause: &Clause, j: &Judgement, trace: Recorded) {
        let mut item = Item::of(self.view, clause, (a, s), j);
        item.reason = j.fails.map(|f| f.1);
        item.open.clear();
        // A list complete as of a day says nothing of later ones.
        let (on, i) = (self.scene.question.on, clause.instrument);
        let outsider = match item.reason {
            Some(Reason::NotParty) => self.view.outsider_on(i, a, on),
            _ => self.view.outsider_on(i, s, on),
        };
        let open_list = outsider.is_none() && !self.view.parties_complete_on(i, on);
        let unlisted = matches!(item.reason, Some(Reason::NotParty | Reason::BeneficiaryNotParty));
        if open_list && unlisted {
            item.confidence = Confidence::Possible;
        }
        // One condition that fails is the whole proof of *not bound*; the clause is named beside it. `why-not` has the rest.
        let last = trace.0.len().saturating_sub(1);
        let told = trace.0.into_iter().enumerate();
        let steps: Vec<Node> = told
            .filter(|(n, step)| *n == last || step.condition == Condition::ClauseApplies)
            .map(|(_, step)| Node::from(step))
            .collect();
        item.proof = Node { children: steps, ..self.conclusion(&item) };
        self.items.push(item);
    }

    /// The instrument ties the two, but to nothing more than this.
    fn only(&mut self, a: ActorId, s: ActorId, i: InstrumentId, applied: &[CasusRole]) {
        if applied.contains(&CasusRole::Entitled) || applied.contains(&CasusRole::NotBound) {
            return; // said already
        }
        let acts: Vec<Act> = self
            .items
            .iter()
            .filter(|x| x.actor == a && x.toward == s && x.instrument == Some(i))
            .filter_map(|x| x.act)
            .collect();
        let reason = if applied.contains(&CasusRole::Consult) {
            Reason::ConsultOnly
        } else if acts.iter().any(|a| matches!(a, Act::Nonaggression | Act::Respect)) {
            Reason::NonaggressionOnly
        } else {
            Reason::NeutralityOnly
        };
        let Some(base) = self
            .items
            .iter()
            .rev()
            .find(|x| x.actor == a && x.toward == s && x.instrument == Some(i))
            .cloned()
        else {
            return;
        };
        let mut no = base;
        no.role = CasusRole::NotBound;
        no.confidence = Confidence::Certain;
        no.reason = Some(reason);
        no.disputed.clear();
        no.open.clear();
        let rows: Vec<EvidenceId> = self.view.clauses_of(i).iter().map(|c| c.evidence).collect();
        let mut leaf = Node::new(
            "no-defence-clause",
            match rows.len() {
                0 => "no clause of it is recorded that obliges anyone to armed help".to_owned(),
                1 => "the one clause recorded obliges nobody to armed help in this case".to_owned(),
                n => format!("none of the {n} clauses recorded obliges anyone to armed help in this case"),
            },
        );
        leaf.outcome = "holds";
        leaf.evidence = rows;
        no.proof = Node { children: vec![leaf], ..self.conclusion(&no) };
        self.items.push(no);
    }

    fn no_treaty(&mut self, a: ActorId, s: ActorId) {
        let view = self.view;
        let (x, y) = (self.name(a), self.name(s));
        let searched = view.instruments_of[a.ix()].len();
        let mut node = Node::new(
            "no-treaty",
            format!("{x} is not bound toward {y}: no instrument made by that day links the two"),
        );
        let mut leaf = Node::new(
            "searched",
            format!(
                "{} of {x} searched, none commits it to {y}",
                counted(searched, "instrument", "instruments")
            ),
        );
        leaf.outcome = "holds";
        leaf.assumption = Some(Assumption {
            name: "dossier-coverage",
            text: "the dossier holds every commitment between the two".to_owned(),
        });
        node.children.push(leaf);
        self.items.push(Item {
            actor: a,
            role: CasusRole::NotBound,
            toward: s,
            act: None,
            instrument: None,
            article: None,
            modality: None,
            strength: None,
            discretion: None,
            confidence: Confidence::Certain,
            reason: Some(Reason::NoTreaty),
            passed: 0,
            round: 1,
            open: Vec::new(),
            disputed: Vec::new(),
            proof: node,
        });
    }

    /// Clauses that reach beyond the two sides: third states, mobilisation.
    fn special(&mut self) {
        let view = self.view;
        let on = self.scene.question.on;
        for clause in view.clauses.iter().filter(|c| in_play(c) && c.third_party()) {
            let parties: Vec<ActorId> =
                view.parties_on(clause.instrument, on).into_iter().map(|p| p.0).collect();
            for a in &parties {
                for s in &parties {
                    if a == s
                        || !may_owe(clause, *a)
                        || !may_be_owed(clause, *s)
                        || !pair_matters(self.scene, clause, *a, *s)
                    {
                        continue;
                    }
                    let mut trace = Recorded::default();
                    let j = evaluate(view, self.scene, clause, *a, *s, &mut trace);
                    match j.confidence() {
                        Some(_) => {
                            self.holds(*a, *s, clause, &j, trace);
                        }
                        None => {
                            // Tell why not only where the occasion itself was met.
                            if j.fails.is_some_and(|f| f.0 > Condition::Occasion) {
                                self.fails(*a, *s, clause, &j, trace);
                            }
                        }
                    }
                }
            }
        }
    }

    fn name(&self, a: ActorId) -> &str {
        &self.view.world.records.actors[a.ix()].name
    }

    fn conclusion(&self, item: &Item) -> Node {
        Node::new(item.role.word(), sentence(self.view, item))
    }
}

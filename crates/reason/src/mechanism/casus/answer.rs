//! The whole answer: an item for every actor, instrument and clause that matters, each with its proof.
//!
//! In: a view and a question. Out: items sorted by role, actor, instrument, article. What always holds: an actor of
//! interest gets at least one item toward every side it has no part in; reasons are per instrument first, and
//! `NO_TREATY` only where no instrument made by that day links the two.

use std::collections::BTreeSet;

use foedera_world::View;
use foedera_world::terms::*;
use foedera_world::time::Tv;
use foedera_world::view::{Clause, FactRef};
use foedera_world::world::{ActorId, EvidenceId, InstrumentId};

use super::conditions::{Judgement, evaluate};
use super::words::{article, fact_words};
use super::{Question, Scene, cascade, in_play, may_be_owed, may_owe, pair_matters, role_of};
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
    let scene = Scene::new(q);
    let mut build = Build { view, scene: &scene, items: Vec::new() };
    let interested = interest(view, q);
    for actor in &interested {
        build.actor(*actor);
    }
    build.recommended(&interested);
    build.special();
    let mut items = build.items;
    if q.rounds > 1 {
        items.extend(cascade::later_rounds(view, q, &items));
    }
    finish(view, q, items)
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
        let (world, on, i) = (self.view.world, self.scene.question.on, clause.instrument);
        let seen = world.visible(world.instrument_evidence(i), &self.view.knowledge) == Tv::Certain;
        let complete = world.records.instruments[i.ix()].parties_complete.as_ref().filter(|_| seen);
        let outsider = match item.reason {
            Some(Reason::NotParty) => self.view.outsider_on(i, a, on),
            _ => self.view.outsider_on(i, s, on),
        };
        let open_list = outsider.is_none() && complete.is_none_or(|c| on.latest > c.moment().latest);
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
            format!("none of the {} clauses recorded obliges anyone to armed help in this case", rows.len()),
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
        let mut leaf =
            Node::new("searched", format!("{searched} instruments of {x} searched, none commits it to {y}"));
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
        let d =
            item.discretion.filter(|d| *d != Discretion::None).map_or(String::new(), |d| format!(", {d}"));
        out.push_str(&format!(" [{act}, {strength}{d}]"));
    }
    if item.confidence != Confidence::Certain {
        out.push_str(&format!(" — {}", item.confidence));
    }
    if !item.open.is_empty() && item.role != CasusRole::NotBound {
        let facts: Vec<String> = item.open.iter().map(|f| fact_words(view, f)).collect();
        out.push_str(&format!(", if {}", facts.join(" and ")));
    }
    out
}

/// Alliances of the attacked that are told of without a term: whether they bind here is not in the sources.
fn allied_without_terms(view: &View<'_>, q: &Question) -> Vec<String> {
    let mut out = Vec::new();
    for said in crate::told::said(view).filter(|s| s.tells.what == Telling::Allied && s.counts(view)) {
        let sides: Vec<ActorId> = said.who(view).into_iter().chain(said.whom(view)).collect();
        if said.moment().earliest > q.on.latest || !sides.iter().any(|a| q.targets.contains(a)) {
            continue;
        }
        let helpers = sides.iter().filter(|a| !q.targets.contains(a) && !q.attackers.contains(a));
        let terms = |a: ActorId| {
            view.instruments_of[a.ix()].iter().any(|i| {
                let both = q.targets.iter().any(|t| view.linked[i.ix()].binary_search(t).is_ok());
                both && view.clauses_of(*i).iter().any(|c| in_play(c) && c.act.fights())
            })
        };
        if helpers.into_iter().any(|a| !terms(*a)) {
            out.push(format!(
                "{}: on which terms is not in the sources that count",
                said.row.says.trim_end_matches('.')
            ));
        }
    }
    out.sort();
    out.dedup();
    out
}

/// Whether an item certainly says no to helping the attacked, by a clause and not for want of one.
fn certain_no(q: &Question, i: &Item) -> bool {
    i.role == CasusRole::NotBound
        && i.confidence == Confidence::Certain
        && q.targets.contains(&i.toward)
        && i.reason.is_some_and(|r| r != Reason::NoTreaty)
}

fn finish(view: &View<'_>, q: &Question, mut items: Vec<Item>) -> Answer {
    items.sort_by(|a, b| {
        let key = |i: &Item| {
            (i.round, i.role, i.strength, i.actor, i.toward, i.instrument, i.article.clone(), i.reason)
        };
        key(a).cmp(&key(b))
    });
    items.dedup_by(|a, b| {
        (a.round, a.actor, a.role, a.toward, a.instrument, &a.article, a.reason, a.act)
            == (b.round, b.actor, b.role, b.toward, b.instrument, &b.article, b.reason, b.act)
            && a.confidence == b.confidence
    });
    let defends = |i: &&Item| {
        i.role == CasusRole::Bound
            && i.act.is_some_and(Act::fights)
            && i.round == 1
            && !q.attackers.contains(&i.toward)
    };
    let allied = allied_without_terms(view, q);
    let best = items.iter().filter(defends).map(|i| i.confidence).min();
    let verdict = match best {
        Some(Confidence::Certain) => Verdict::Yes,
        Some(Confidence::Possible) => Verdict::Possible,
        Some(Confidence::Disputed) => Verdict::Disputed,
        // A choice of packs leaves sources out on purpose: then only a rule that certainly fails says no.
        None if !allied.is_empty() => Verdict::NotInSources,
        None if view.knowledge.packs.is_some() && !items.iter().any(|i| certain_no(q, i)) => {
            Verdict::NotInSources
        }
        None if items.iter().any(|i| i.reason.is_some()) => Verdict::No,
        None => Verdict::NotInSources,
    };
    let mut assumptions: BTreeSet<Assumption> = BTreeSet::new();
    for i in items.iter().filter(|i| i.role != CasusRole::NotBound) {
        collect(&i.proof, &mut assumptions);
    }
    for i in items.iter().filter(|i| i.role == CasusRole::NotBound) {
        let last = i.proof.children.last().and_then(|n| n.assumption.clone());
        assumptions.extend(last.filter(|a| a.name != "scenario" && a.name != "party-list-complete"));
    }
    let mut dissent: BTreeSet<String> = items.iter().flat_map(|i| i.disputed.iter().cloned()).collect();
    dissent.extend(conflicting_duties(view, q, &items));
    let mut warnings = warnings(view, q);
    warnings.extend(allied.into_iter().map(|text| ("terms-unstated", text)));
    let name = |l: &[ActorId]| {
        l.iter().map(|a| view.world.records.actors[a.ix()].name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let mut proof = Node::new(
        "casus-foederis",
        match verdict {
            Verdict::Yes => {
                let mut who: Vec<ActorId> = items
                    .iter()
                    .filter(defends)
                    .filter(|i| i.confidence == Confidence::Certain)
                    .map(|i| i.actor)
                    .collect();
                who.sort_unstable();
                who.dedup();
                let verb = if who.len() == 1 { "is" } else { "are" };
                let told = if who.len() > 3 { format!("{} states", who.len()) } else { name(&who) };
                let whom: Vec<ActorId> = items.iter().filter(defends).map(|i| i.toward).take(1).collect();
                let whom =
                    if whom.iter().all(|w| q.targets.contains(w)) { name(&q.targets) } else { name(&whom) };
                format!("yes: {told} {verb} bound to help defend {whom}")
            }
            Verdict::Possible => format!(
                "possibly: whether anyone is bound to help defend {} hangs on a fact or date not known",
                name(&q.targets)
            ),
            Verdict::Disputed => {
                format!("disputed: whether anyone is bound to help defend {} is contested", name(&q.targets))
            }
            Verdict::No => format!("no: nobody in the dossier is bound to help defend {}", name(&q.targets)),
            Verdict::NotInSources => {
                "not in the sources: no commitment that could bear on this is recorded".to_owned()
            }
        },
    );
    let acts = items.iter().filter(|i| i.role != CasusRole::NotBound).map(|i| i.proof.clone());
    proof.children = match verdict {
        Verdict::No => nearest_misses(q, &items).into_iter().chain(acts).collect(),
        _ => acts.collect(),
    };
    let silence = match verdict {
        Verdict::NotInSources => Some(silence(view, q)),
        Verdict::No if best.is_none() => Some(Silence::NoneInForce),
        _ => None,
    };
    Answer {
        verdict,
        items,
        assumptions: assumptions.into_iter().collect(),
        dissent: dissent.into_iter().collect(),
        warnings,
        silence,
        proof,
    }
}

/// Why nobody is bound to help: for each clause and reason one proof, nearest first, and how many stand alike.
fn nearest_misses(q: &Question, items: &[Item]) -> Vec<Node> {
    let missed = |i: &&Item| {
        i.role == CasusRole::NotBound && i.act.is_some_and(Act::fights) && q.targets.contains(&i.toward)
    };
    let key = |i: &Item| (i.instrument, i.article.clone(), i.toward, i.reason);
    let mut list: Vec<&Item> = items.iter().filter(missed).collect();
    list.sort_by_key(|i| (std::cmp::Reverse(i.passed), key(i)));
    let alike = list.chunk_by(|a, b| a.passed == b.passed && key(a) == key(b));
    let told = alike.map(|group| {
        let mut node = group[0].proof.clone();
        if group.len() > 1 {
            node.text.push_str(&format!("; {} others alike", group.len() - 1));
        }
        node
    });
    told.collect()
}

/// Tells *not yet known* from *we have not looked*.
fn silence(view: &View<'_>, q: &Question) -> Silence {
    if view.world.newest_source().is_some_and(|n| q.on.earliest > n.latest) {
        return Silence::OutsideCoverage;
    }
    let later = q.targets.iter().any(|t| {
        view.world
            .records
            .instruments
            .iter()
            .any(|i| i.parties.contains(&view.world.records.actors[t.ix()].id))
    });
    if later { Silence::NotYetKnown } else { Silence::NotLooked }
}

fn collect(node: &Node, out: &mut BTreeSet<Assumption>) {
    out.extend(node.assumption.clone());
    for c in &node.children {
        collect(c, out);
    }
}

/// An actor that owes help or abstention to both sides is told so.
fn conflicting_duties(view: &View<'_>, q: &Question, items: &[Item]) -> Vec<String> {
    let mut out = Vec::new();
    let owes = |i: &&Item| {
        i.role == CasusRole::Bound || (i.role == CasusRole::Refrain && i.act == Some(Act::Neutrality))
    };
    for a in items.iter().filter(owes).filter(|i| q.targets.contains(&i.toward)) {
        for b in items.iter().filter(owes).filter(|i| i.actor == a.actor && q.attackers.contains(&i.toward)) {
            out.push(format!("conflicting duties: {} / {}", sentence(view, a), sentence(view, b)));
        }
    }
    out
}

fn warnings(view: &View<'_>, q: &Question) -> Vec<(&'static str, String)> {
    use foedera_world::view::HoldKind;
    let mut out = Vec::new();
    let name = |a: ActorId| view.world.records.actors[a.ix()].id.as_str();
    if let Some(p) = q.place {
        let place = &view.world.records.places[p.ix()];
        let mut holders = view.holders(p, HoldKind::Administered, q.on);
        if holders.is_empty() {
            holders = view.holders(p, HoldKind::Sovereign, q.on);
        }
        let others: Vec<ActorId> =
            holders.iter().map(|(h, _)| h.by).filter(|h| !q.targets.contains(h)).collect();
        if !others.is_empty() && holders.iter().all(|(h, _)| !q.targets.contains(&h.by)) {
            let who: Vec<&str> = others.iter().map(|o| name(*o)).collect();
            out.push((
                "place-held-by-another",
                format!("{} is held by {} on that day: an attack there is also an attack on territory it holds; ask with --target {}", place.name, who.join(", "), who.join(",")),
            ));
        }
        for (h, _) in view.holders(p, HoldKind::Sovereign, q.on) {
            if let Some(d) = &h.disputed {
                out.push((
                    "sovereignty-disputed",
                    format!("sovereignty over {} is disputed: {d}", place.name),
                ));
            }
        }
        let claimed = view.holders(p, HoldKind::Claimed, q.on);
        if !claimed.is_empty() {
            let who: Vec<&str> = claimed.iter().map(|(h, _)| name(h.by)).collect();
            out.push(("place-claimed", format!("{} is claimed by {}", place.name, who.join(", "))));
        }
    }
    if let Some(newest) = view.world.newest_source().filter(|n| q.on.earliest > n.latest) {
        out.push((
            "after-coverage",
            format!(
                "the newest source is of {}: what has happened since is not in the answer",
                newest.latest
            ),
        ));
    }
    for a in q.targets.iter().chain(&q.attackers) {
        if view.exists[a.ix()].holds(q.on) == Tv::Not {
            out.push((
                "actor-not-existing",
                format!("{} does not exist on that day; check the id and its successors", name(*a)),
            ));
        }
    }
    out
}

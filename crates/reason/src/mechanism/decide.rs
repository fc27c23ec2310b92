#![doc = include_str!("../../../../docs/mechanisms/decide.md")]
//!
//! In: a view, a matter, a day. Out: a [`Decision`]: the outcome, who stands in its way, who is silent, and the proof. What
//! always holds: a decider nobody tells of is unknown and never taken to consent, unless the matter itself presumes it by
//! name; a promise and a favour are not consent; approval opens nothing.

use foedera_world::View;
use foedera_world::record::Matter;
use foedera_world::terms::*;
use foedera_world::time::{Moment, Tv};
use foedera_world::world::{ActorId, MatterId};

use super::casus::moment;
use crate::pattern::{Search, matches};
use crate::proof::{Assumption, Node, counted};
use crate::told::{self, Said};

/// One actor's position.
#[derive(Clone, Debug)]
pub struct Position<'w> {
    /// Whose.
    pub actor: ActorId,
    /// Which.
    pub stance: Telling,
    /// What tells it.
    pub said: Said<'w>,
    /// Whether the actor has a say.
    pub decides: bool,
}

/// What has become of a matter.
#[derive(Clone, Debug)]
pub struct Decision<'w> {
    /// The outcome.
    pub outcome: DecisionOutcome,
    /// How surely.
    pub confidence: Confidence,
    /// Positions that hold on the day, one per actor, deciders first.
    pub positions: Vec<Position<'w>>,
    /// Deciders of whom nothing is told.
    pub unknown: Vec<ActorId>,
    /// Whether the list of deciders is known to be complete.
    pub deciders_complete: bool,
    /// How many deciders are known.
    pub deciders: usize,
    /// Claims that a rule bars it.
    pub barred: Vec<Said<'w>>,
    /// Told of, so that it stands to be decided.
    pub told: bool,
    /// Shown to be approved and carried out.
    pub settled: bool,
    /// Proof.
    pub proof: Node,
    /// Named assumptions used.
    pub assumptions: Vec<Assumption>,
}

/// Deciders on a day, and whether nobody is missing from the list.
pub fn deciders(view: &View<'_>, m: &Matter, on: Moment) -> (Vec<ActorId>, bool) {
    let world = view.world;
    if !m.deciders.is_empty() {
        return (m.deciders.iter().filter_map(|k| world.actor(k)).collect(), true);
    }
    let Some(body) = m.body.as_ref().and_then(|b| world.actor(b)) else { return (Vec::new(), false) };
    let complete = view.members_complete(body).is_some_and(|c| c.earliest >= on.latest);
    // Who is to be admitted does not decide on it.
    let about = |a: &ActorId| m.about.iter().any(|k| world.actor(k) == Some(*a));
    (view.member_list(body, on).into_iter().map(|(a, _)| a).filter(|a| !about(a)).collect(), complete)
}

/// What has become of a matter on a day.
pub fn decide<'w>(view: &View<'w>, id: MatterId, on: Moment) -> Decision<'w> {
    let world = view.world;
    let m = &world.records.matters[id.ix()];
    let (who_decides, complete) = deciders(view, m, on);
    let about_it = |s: &Said<'w>| s.tells.thing.as_ref() == Some(&m.id);
    let by_then = |s: &Said<'w>| s.moment().earliest <= on.latest;

    // One position per actor: the latest that was taken by the day.
    let mut positions: Vec<Position<'w>> = Vec::new();
    let (mut ruled, mut told_of) = (None::<Said<'w>>, false);
    let mut barred = Vec::new();
    for s in told::said(view) {
        let rule = matches!(s.tells.what, Telling::Cannot | Telling::Limits);
        if rule && s.row.mode == Mode::Reported && s.row.about.contains(&m.id) && by_then(&s) {
            barred.push(s);
        }
        if !about_it(&s) || !by_then(&s) {
            continue;
        }
        told_of = true;
        let decided = s.tells.what == Telling::Decided && told::aside(view, s.claim).is_none();
        if decided && matches!(s.row.mode, Mode::Reported | Mode::Quoted | Mode::Denied) {
            ruled = Some(s);
        }
        if !s.tells.what.is_position() || !s.counts(view) {
            continue;
        }
        for actor in s.who(view) {
            if told::collective(view, actor) && !who_decides.contains(&actor) {
                continue;
            }
            let decides = who_decides.contains(&actor);
            let new = Position { actor, stance: s.tells.what, said: s, decides };
            match positions.iter_mut().find(|p| p.actor == actor) {
                None => positions.push(new),
                Some(old) => {
                    let when = |p: &Position<'_>| {
                        let on = p.said.moment();
                        (on.latest.min(told::uttered(view, p.said.claim).latest), on.earliest)
                    };
                    if when(&new) >= when(old) {
                        *old = new;
                    }
                }
            }
        }
    }
    positions.sort_by_key(|p| (!p.decides, p.stance, p.actor));

    let search = Search { view, after: None, due: Some(on), member: None, facts: &[], claim: None };
    let settled =
        m.settled.iter().flat_map(|p| matches(&search, p)).find(|f| !f.possible && f.hangs.is_empty());

    let of = |stances: &[Telling]| -> Vec<&Position<'w>> {
        positions.iter().filter(|p| p.decides && stances.contains(&p.stance)).collect()
    };
    let objectors = of(&[Telling::Objects]);
    let withholders = of(&[Telling::WithholdsConsent]);
    let consenting = of(&[Telling::Consents]).len();
    let unknown: Vec<ActorId> = who_decides
        .iter()
        .filter(|a| !positions.iter().any(|p| p.actor == **a && p.decides))
        .copied()
        .collect();
    // Whoever promises, favours, doubts or wavers has not consented; under consensus only an objection stops it.
    let short: Vec<&Position<'w>> =
        of(&[Telling::PromisesConsent, Telling::Favours, Telling::Doubts, Telling::Undecided])
            .into_iter()
            .filter(|_| !matches!(m.procedure, Procedure::Consensus | Procedure::Silence))
            .collect();

    let name = |a: ActorId| world.records.actors[a.ix()].name.as_str();
    let list = |l: &[&Position<'_>]| l.iter().map(|p| name(p.actor)).collect::<Vec<_>>().join(" and ");
    let mut assumptions = Vec::new();
    let mut confidence = Confidence::Certain;
    let mut proof = Node::default();
    let rule = world.matter_evidence(id);
    let procedure = Node::new(
        "procedure",
        format!(
            "{}: {}",
            m.name,
            procedure_words(m, m.body.as_deref().map_or("those named", |b| world.name_of(b)))
        ),
    )
    .on(rule);

    let (outcome, text) = if let Some(done) = &settled {
        proof
            .children
            .push(Node { evidence: done.evidence.clone(), ..Node::new("settled", done.text.clone()) });
        (DecisionOutcome::Approved, "it was approved and carried out".to_owned())
    } else if let Some(s) = ruled {
        proof.children.push(Node::new("decided", s.row.says.clone()).on(s.evidence));
        if s.row.mode == Mode::Denied {
            (DecisionOutcome::Refused, "it was refused".to_owned())
        } else {
            (DecisionOutcome::Approved, "it was decided".to_owned())
        }
    } else if !barred.is_empty() && objectors.is_empty() && withholders.is_empty() {
        for s in &barred {
            proof.children.push(Node::new("barred", s.row.says.clone()).on(s.evidence));
        }
        (DecisionOutcome::Blocked, "a rule bars it".to_owned())
    } else if !objectors.is_empty() {
        let verb = if objectors.len() == 1 { "objects" } else { "object" };
        let enough = match m.procedure {
            Procedure::Majority => "",
            _ => ", which is enough to stop it",
        };
        (DecisionOutcome::Blocked, format!("{} {verb}{enough}", list(&objectors)))
    } else if !withholders.is_empty() || !short.is_empty() {
        let missing: Vec<&Position<'w>> = withholders.iter().chain(&short).copied().collect();
        let have = if missing.len() == 1 { "has" } else { "have" };
        (DecisionOutcome::Pending, format!("{} {have} not consented", list(&missing)))
    } else if consenting > 0 && unknown.is_empty() && complete {
        (
            DecisionOutcome::Approved,
            "every decider has consented; carrying it out is a further act".to_owned(),
        )
    } else if let (Some(why), true) = (&m.presumes, consenting > 0) {
        assumptions.push(Assumption { name: "others-consent", text: why.clone() });
        proof.children.push(Node {
            assumption: assumptions.first().cloned(),
            ..Node::new("others-consent", why.clone())
        });
        (
            DecisionOutcome::Approved,
            "all who stood in the way have consented, and the others are presumed to".to_owned(),
        )
    } else {
        confidence = Confidence::Possible;
        let rest = match (unknown.len(), complete) {
            (0, false) => "who else decides is not in the sources".to_owned(),
            (1, true) => "the position of one decider is unknown".to_owned(),
            (n, true) => format!("{n} deciders' positions are unknown"),
            (n, false) => format!(
                "the positions of {} and of those not named are unknown",
                counted(n, "named decider", "named deciders")
            ),
        };
        (DecisionOutcome::Undecided, rest)
    };
    for p in positions.iter().filter(|p| p.decides || p.stance == Telling::Objects) {
        let say = if p.decides { "" } else { " (has no say in it)" };
        let when = p.said.on().map_or(String::new(), |e| format!(", {}", e.text()));
        let text = format!("{} {}{when}{say}: {}", name(p.actor), p.stance, p.said.row.says);
        proof.children.push(Node::new("position", text).on(p.said.evidence));
    }
    if !unknown.is_empty() && outcome != DecisionOutcome::Approved {
        let text = format!("{} other deciders: no position told; unknown is not consent", unknown.len());
        proof.children.push(Node::new("unknown", text));
    }
    if positions.iter().any(|p| p.decides && p.said.seen != Tv::Certain) {
        confidence = Confidence::Possible;
    }
    proof.children.push(procedure);
    proof.rule = "decide".to_owned();
    proof.text = format!("{} is {outcome} on {}: {text}", m.name, moment(on));
    Decision {
        outcome,
        confidence,
        positions,
        unknown,
        deciders_complete: complete,
        deciders: who_decides.len(),
        barred,
        told: told_of,
        settled: settled.is_some(),
        proof,
        assumptions,
    }
}

fn procedure_words(m: &Matter, body: &str) -> String {
    let deciders =
        if m.deciders.is_empty() { format!("the members of {body}") } else { m.deciders.join(", ") };
    match m.procedure {
        Procedure::ConsentOfAll => format!("needs the consent of each of {deciders}"),
        Procedure::Consensus => format!("by consensus of {deciders}: any objection stops it, nobody votes"),
        Procedure::Silence => format!("stands unless one of {deciders} objects in time"),
        Procedure::Coalition => format!("needs the agreement of every party in {body}"),
        Procedure::Majority => format!("by a majority of {deciders}"),
    }
}

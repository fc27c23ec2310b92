#![doc = include_str!("../../../../docs/mechanisms/status.md")]
//!
//! In: a view, an instrument, perhaps one party, a day. Out: the [`Stage`] and since when, what is expected next, the
//! text in force, the chain of succession, and the acts it follows from. Nothing is looked up as a stored status.

use foedera_world::View;
use foedera_world::record::ActionRow;
use foedera_world::terms::*;
use foedera_world::time::{Moment, Tv};
use foedera_world::view::EndedBy;
use foedera_world::world::{ActorId, EvidenceId, InstrumentId};

use super::casus::moment;
use crate::proof::{Assumption, Node};

/// A status.
#[derive(Clone, Debug)]
pub struct Status {
    /// What has become of it.
    pub stage: Stage,
    /// Since when.
    pub since: Option<Moment>,
    /// How surely.
    pub confidence: Confidence,
    /// What happened, in order, as known and done by the day.
    pub history: Vec<Happened>,
    /// Acts known now but taking effect later; dates the term brings.
    pub next: Vec<(Moment, String)>,
    /// The text in force.
    pub version: Option<String>,
    /// What it replaced and what replaced it.
    pub chain: Vec<(InstrumentId, Moment, bool)>,
    /// Directed suspensions and reservations in effect.
    pub lifted: Vec<String>,
    /// Parties on that day and how surely; empty when one party was asked about.
    pub parties: Vec<(ActorId, Tv)>,
    /// The proof.
    pub proof: Node,
}

/// One act, told.
#[derive(Clone, Debug)]
pub struct Happened {
    /// What.
    pub act: Action,
    /// When it was done.
    pub on: Moment,
    /// When it took effect.
    pub effective: Moment,
    /// By whom; empty = all.
    pub by: Vec<String>,
    /// Row.
    pub evidence: EvidenceId,
}

/// What has become of an instrument, or of one party under it, on a day.
pub fn status(view: &View<'_>, id: InstrumentId, party: Option<ActorId>, on: Moment) -> Status {
    let world = view.world;
    let ins = &world.records.instruments[id.ix()];
    let acts = &world.acts;
    let concerns = |row: &ActionRow| {
        party.is_none_or(|p| {
            row.by.is_empty() && ins.parties.iter().any(|k| k == world.actor_key(p))
                || row.by.iter().any(|k| k == world.actor_key(p))
        })
    };
    let mut history = Vec::new();
    let mut next: Vec<(Moment, String)> = Vec::new();
    for i in acts.start[id.ix()] as usize..acts.start[id.ix() + 1] as usize {
        let row = &ins.action[acts.row[i] as usize];
        if world.visible(acts.evidence[i], &view.knowledge) == Tv::Not
            || !concerns(row)
            || row.row.withdrawn.is_some()
        {
            continue;
        }
        if acts.on[i].earliest <= on.latest {
            history.push(Happened {
                act: row.act,
                on: acts.on[i],
                effective: acts.effective[i],
                by: row.by.clone(),
                evidence: acts.evidence[i],
            });
        }
        if acts.effective[i].earliest > on.latest {
            let who = if row.by.is_empty() { String::new() } else { format!(" ({})", row.by.join(", ")) };
            next.push((acts.effective[i], format!("{}{who}", row.act)));
        }
    }

    // Bound or not, by the folded spells.
    let spell = match party {
        Some(p) => view.party_on(id, p, on).1.map(|s| (s.period, s.provisional, s.entered, s.left)),
        None => view.force[id.ix()].iter().map(|f| (f.0, false, f.1, f.2)).find(|f| f.0.holds(on) != Tv::Not),
    };
    let past = match party {
        Some(p) => view
            .spells_under(id, p)
            .iter()
            .filter(|s| s.period.end.earliest <= on.latest)
            .map(|s| (s.period.end, s.left))
            .next_back(),
        None => view.force[id.ix()]
            .iter()
            .filter(|f| f.0.end.earliest <= on.latest)
            .map(|f| (f.0.end, f.2))
            .next_back(),
    };
    let last = |list: &[Action]| {
        history.iter().rfind(|h| list.contains(&h.act) && h.effective.earliest <= on.latest)
    };
    let mut steps: Vec<Node> = Vec::new();
    let (stage, since, confidence) = if let Some((period, provisional, entered, left)) = spell {
        let tv = period.holds(on);
        let text = format!("in force from {}", moment(period.begin));
        steps.push(Node {
            outcome: if tv == Tv::Certain { "holds" } else { "possible" },
            ..Node::new("in-force", text).on(entered)
        });
        let notice = history.iter().rfind(|h| h.act == Action::NoticeGiven);
        let taken_back = history.iter().rfind(|h| h.act == Action::NoticeWithdrawn);
        let whole_suspended = last(&[Action::Suspended, Action::Resumed])
            .filter(|h| h.act == Action::Suspended && h.by.is_empty());
        if let Some((ev, EndedBy::NotCovered)) = left {
            let text = format!("nothing is known from {} on: no source covers it", period.end.earliest);
            steps.push(Node::new("coverage-ends", text).on(ev));
        } else if let Some((ev, how)) = left {
            let word = if how == EndedBy::Superseded { "superseded" } else { "ends" };
            next.push((period.end, word.to_owned()));
            steps.push(Node::new("end-known", format!("{word} {}", moment(period.end))).on(ev));
        }
        let under_notice = notice.filter(|n| taken_back.is_none_or(|t| t.on.earliest < n.on.earliest));
        let confidence = if tv == Tv::Certain { Confidence::Certain } else { Confidence::Possible };
        if let Some(s) = whole_suspended {
            steps.push(
                Node::new("suspended", format!("suspended from {}", moment(s.effective))).on(s.evidence),
            );
            (Stage::Suspended, Some(s.effective), confidence)
        } else if let Some(n) = under_notice {
            steps.push(Node::new("under-notice", format!("notice given {}", moment(n.on))).on(n.evidence));
            (Stage::UnderNotice, Some(n.on), confidence)
        } else if provisional {
            (Stage::Provisional, Some(period.begin), confidence)
        } else {
            (Stage::InForce, Some(period.begin), confidence)
        }
    } else if let Some((end, left)) = past {
        let stage =
            if left.is_some_and(|l| l.1 == EndedBy::Superseded) { Stage::Superseded } else { Stage::Ended };
        let mut n = Node::new("ended", format!("{stage} {}", moment(end)));
        if let Some((ev, _)) = left {
            n = n.on(ev);
        }
        steps.push(n);
        (stage, Some(end), Confidence::Certain)
    } else {
        let made = made_only(&history, party.is_none(), on, &mut steps);
        let later = match party {
            Some(p) => !view.spells_under(id, p).is_empty(),
            None => !view.force[id.ix()].is_empty(),
        };
        let complete = view.parties_complete_on(id, on);
        if made.0 != Stage::None && !later && !complete {
            let text = format!("no entry into force is recorded by {}", moment(on));
            steps.push(Node::new("force-unrecorded", text).assuming(Assumption::force_recorded()));
        }
        made
    };

    let lifted = view.liftings[id.ix()]
        .iter()
        .filter(|l| {
            l.period.holds(on) != Tv::Not && party.is_none_or(|p| l.by.contains(&p) || l.toward.contains(&p))
        })
        .map(|l| {
            let names = |v: &[ActorId]| v.iter().map(|a| world.actor_key(*a)).collect::<Vec<_>>().join(", ");
            let toward =
                if l.toward.is_empty() { String::new() } else { format!(" toward {}", names(&l.toward)) };
            let what = if l.reservation { "reserved" } else { "suspended" };
            let contested = if l.disputed.is_some() { " (contested)" } else { "" };
            let text =
                format!("{what} by {}{toward} from {}{contested}", names(&l.by), moment(l.period.begin));
            steps.push(Node::new("lifted", text.clone()).on(l.evidence));
            text
        })
        .collect();
    let version = view.version_on(id, on).map(|v| v.id.clone());
    let chain = view.supersessions(id);
    next.sort_by_key(|n| (n.0.earliest, n.1.clone()));
    next.dedup();
    let parties = if party.is_none() { view.parties_on(id, on) } else { Vec::new() };
    let who = party.map_or(String::new(), |p| format!(" for {}", world.records.actors[p.ix()].name));
    let since_text = since.map_or(String::new(), |s| format!(" since {}", moment(s)));
    let mut proof = Node::new("status", format!("{}{who}: {stage}{since_text}", ins.name));
    proof.children = steps;
    for h in &history {
        let by = if h.by.is_empty() { String::new() } else { format!(" by {}", h.by.join(", ")) };
        let eff =
            if h.effective == h.on { String::new() } else { format!(", effective {}", moment(h.effective)) };
        proof.children.push(Node::new("act", format!("{}{by} {}{eff}", h.act, moment(h.on))).on(h.evidence));
    }
    Status { stage, since, confidence, history, next, version, chain, lifted, parties, proof }
}

/// The stage of something never in force: the furthest act that still stands. A revoked ratification leaves a signature;
/// what single parties have ratified does not carry the whole.
fn made_only(
    history: &[Happened],
    whole: bool,
    on: Moment,
    steps: &mut Vec<Node>,
) -> (Stage, Option<Moment>, Confidence) {
    let mut at: (Stage, Option<&Happened>, Option<&Happened>) = (Stage::None, None, None);
    let mut signed: Option<&Happened> = None;
    for h in history {
        let single = !h.by.is_empty()
            && matches!(h.act, Action::Ratified | Action::Acceded | Action::RatificationRevoked);
        if whole && single {
            continue;
        }
        let stage = match h.act {
            Action::Proposed => Stage::Proposed,
            Action::Negotiating => Stage::Negotiating,
            Action::Announced => Stage::Announced,
            Action::Invited => Stage::Invited,
            Action::Signed => {
                signed = Some(h);
                Stage::Signed
            }
            Action::Ratified | Action::Acceded => Stage::Ratified,
            Action::RatificationRevoked => {
                at = (Stage::Signed, signed.or(Some(h)), Some(h));
                continue;
            }
            _ => continue,
        };
        if stage >= at.0 {
            at = (stage, Some(h), None);
        }
    }
    if let Some(h) = at.1 {
        steps.push(Node::new("made", format!("{} {}", h.act, moment(h.on))).on(h.evidence));
    }
    if let Some(h) = at.2 {
        steps.push(
            Node::new(
                "ratification-revoked",
                format!("the ratification was revoked {}; the signature stands", moment(h.on)),
            )
            .on(h.evidence),
        );
    }
    let since = at.1.map(|h| h.on);
    let sure = since.is_none_or(|s| s.latest <= on.earliest);
    (at.0, since, if sure { Confidence::Certain } else { Confidence::Possible })
}

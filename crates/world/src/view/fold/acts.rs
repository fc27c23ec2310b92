//! What is known of the acts of one instrument.
//!
//! In: a world, an instrument, a state of knowledge. Out: [`Acts`]: the acts that count in order of effect, who the original parties are, when the
//! whole began and ended. What always holds: an act told twice, once within wider bounds, is one act; acts that end come after those
//! that begin on the same day.

use super::*;
use crate::record::{ActionRow, Instrument};

/// An act that counts.
#[derive(Clone, Copy)]
pub(super) struct Seen<'w> {
    pub(super) row: &'w ActionRow,
    pub(super) on: Moment,
    pub(super) effective: Moment,
    pub(super) evidence: EvidenceId,
    /// The first day of which its sources say nothing any more.
    pub(super) until: Option<Day>,
    sure: Tv,
}

impl Seen<'_> {
    /// When it took effect: an act that is only possibly known may never have.
    pub(super) fn at(&self) -> Moment {
        sure_or_later(self.effective, self.sure)
    }

    fn begins(&self, provisional: bool) -> Begin {
        Begin { at: self.at(), evidence: self.evidence, provisional, until: self.until }
    }
}

fn sure_or_later(m: Moment, sure: Tv) -> Moment {
    match sure {
        Tv::Certain => m,
        _ => Moment { earliest: m.earliest, latest: Moment::OPEN_END.latest },
    }
}

/// The beginning of the whole.
#[derive(Clone, Copy)]
pub(super) struct Begin {
    pub(super) at: Moment,
    /// By which act.
    pub(super) evidence: EvidenceId,
    /// Provisionally, not for good.
    pub(super) provisional: bool,
    /// The first day of which its sources say nothing any more.
    pub(super) until: Option<Day>,
}

/// The acts of one instrument.
pub(super) struct Acts<'w> {
    pub(super) id: InstrumentId,
    pub(super) world: &'w World,
    /// In order of effect.
    pub(super) seen: Vec<Seen<'w>>,
    /// The original parties, as far as they are known.
    pub(super) originals: Vec<ActorId>,
    /// Everyone named as a party, signatory or invitee, sorted.
    pub(super) linked: Vec<ActorId>,
    /// The first day it existed in any way.
    pub(super) made: Option<Moment>,
    /// What brought the whole into force.
    pub(super) begin: Option<Begin>,
    /// What binds the original parties: an entry into force that names nobody, or all of them.
    pub(super) begin_all: Option<Begin>,
    /// What ended the whole.
    pub(super) end: Option<(Moment, EvidenceId, EndedBy)>,
}

impl<'w> Acts<'w> {
    /// What is known of the acts of an instrument.
    pub(super) fn known(world: &'w World, id: InstrumentId, k: &Knowledge) -> Acts<'w> {
        let ins = &world.records.instruments[id.ix()];
        let seen = seen(world, id, k);
        // Who the original parties are is known from the instrument's own row, or from an act told of all of them.
        let row_seen = world.visible(world.instrument_evidence(id), k) != Tv::Not;
        let originals = if row_seen || seen.iter().any(|s| s.row.by.is_empty()) {
            actors(world, &ins.parties)
        } else {
            Vec::new()
        };
        let mut linked: Vec<ActorId> = originals.clone();
        for s in &seen {
            if !matches!(s.row.act, Action::Objected | Action::Declared | Action::NotAParty) {
                linked.extend(actors(world, &s.row.by));
            }
        }
        linked.sort_unstable();
        linked.dedup();
        let made = seen
            .iter()
            .filter(|s| s.row.act != Action::NotAParty)
            .map(|s| s.on)
            .min_by_key(|m| (m.earliest, m.latest));
        let mut acts =
            Acts { id, world, seen, originals, linked, made, begin: None, begin_all: None, end: None };
        acts.whole();
        if acts.end.is_none() {
            acts.end = notice_end(ins, &acts.seen, acts.linked.len());
        }
        acts.superseded(ins, k);
        acts
    }

    /// Whether an act speaks of the whole: of nobody by name, or of everyone.
    pub(super) fn of_whole(&self, row: &ActionRow) -> bool {
        row.by.is_empty() || row.by.len() >= self.linked.len()
    }

    fn of_originals(&self, row: &ActionRow) -> bool {
        row.by.is_empty()
            || !self.originals.is_empty()
                && self.originals.iter().all(|o| row.by.iter().any(|k| self.world.actor(k) == Some(*o)))
    }

    /// When the whole began and ended, by acts.
    fn whole(&mut self) {
        for s in self.seen.clone() {
            match s.row.act {
                Action::EnteredIntoForce | Action::Concluded => {
                    if self.begin.is_none_or(|b| b.provisional) {
                        self.begin = Some(s.begins(false));
                    }
                    if self.of_originals(s.row) && self.begin_all.is_none_or(|b| b.provisional) {
                        self.begin_all = Some(s.begins(false));
                    }
                }
                Action::ProvisionallyApplied => {
                    if self.begin.is_none() {
                        self.begin = Some(s.begins(true));
                    }
                    if self.of_originals(s.row) && self.begin_all.is_none() {
                        self.begin_all = Some(s.begins(true));
                    }
                }
                Action::Terminated | Action::Expired if self.of_whole(s.row) && self.end.is_none() => {
                    let expired = s.row.act == Action::Expired;
                    let how = if expired { EndedBy::Expired } else { EndedBy::Terminated };
                    self.end = Some((s.at(), s.evidence, how));
                }
                _ => {}
            }
        }
    }

    /// A text that ends on the day another replaces it was replaced.
    fn superseded(&mut self, ins: &Instrument, k: &Knowledge) {
        for newer in self.world.records.instruments.iter().filter(|n| !n.supersedes.is_empty()) {
            for (s, ev) in newer.supersedes.iter().zip(supersession_evidence(self.world, newer)) {
                let known = self.world.visible(*ev, k);
                let first = self.end.is_none_or(|e| s.on.moment().earliest <= e.0.earliest);
                if s.instrument == ins.id && first && known != Tv::Not {
                    self.end = Some((sure_or_later(s.on.moment(), known), *ev, EndedBy::Superseded));
                }
            }
        }
    }

    /// When the whole was in force.
    pub(super) fn force(&self) -> Vec<Force> {
        let end = self.end.map_or(Moment::OPEN_END, |e| e.0);
        self.begin
            .and_then(|b| Some((Period::new(b.at, end)?, b.evidence, self.end.map(|e| (e.1, e.2)))))
            .into_iter()
            .collect()
    }

    /// Of whom a source says that they are not bound.
    pub(super) fn outsiders(&self) -> Vec<(ActorId, Moment, EvidenceId)> {
        let told = self.seen.iter().filter(|s| s.row.act == Action::NotAParty);
        told.flat_map(|s| actors(self.world, &s.row.by).into_iter().map(|a| (a, s.on, s.evidence))).collect()
    }
}

/// Actors by their written ids; those that are not known are passed over.
pub(super) fn actors(world: &World, keys: &[Key]) -> Vec<ActorId> {
    keys.iter().filter_map(|k| world.actor(k)).collect()
}

/// The acts that count, in order of effect.
fn seen<'w>(world: &'w World, id: InstrumentId, k: &Knowledge) -> Vec<Seen<'w>> {
    let (ins, acts) = (&world.records.instruments[id.ix()], &world.acts);
    let (from, to) = (acts.start[id.ix()] as usize, acts.start[id.ix() + 1] as usize);
    let mut seen: Vec<Seen<'w>> = (from..to)
        .filter_map(|i| {
            let row = &ins.action[acts.row[i] as usize];
            let (on, effective, evidence) = (acts.on[i], acts.effective[i], acts.evidence[i]);
            let sure = world.visible(evidence, k);
            (row.row.withdrawn.is_none() && sure != Tv::Not).then(|| Seen {
                row,
                until: world.covered(evidence, k),
                on,
                effective,
                evidence,
                sure,
            })
        })
        .collect();
    // An act told twice, once within wider bounds, is one act: the narrower telling counts, if it is certainly known.
    let told = seen.clone();
    let same = |a: &ActionRow, b: &ActionRow| {
        (a.act, &a.by, &a.toward, &a.provision) == (b.act, &b.by, &b.toward, &b.provision)
    };
    let within = |a: Moment, b: Moment| a.earliest >= b.earliest && a.latest <= b.latest;
    seen.retain(|s| {
        !told.iter().any(|other| {
            other.sure == Tv::Certain
                && same(other.row, s.row)
                && within(other.on, s.on)
                && within(other.effective, s.effective)
                && (other.on, other.effective) != (s.on, s.effective)
        })
    });
    seen.sort_by_key(|s| (s.effective.earliest, s.effective.latest));
    seen
}

/// The end that a notice brings about when no later act records it: notice plus the term's notice period, unless
/// it was withdrawn. One party's notice ends an instrument of two.
fn notice_end(ins: &Instrument, seen: &[Seen<'_>], parties: usize) -> Option<(Moment, EvidenceId, EndedBy)> {
    let term = ins.term.as_ref()?;
    let ends = |s: &Seen<'_>| matches!(s.row.act, Action::Withdrew | Action::Terminated | Action::Expired);
    if seen.iter().any(ends) || parties > 2 {
        return None;
    }
    let notice = seen.iter().rfind(|s| s.row.act == Action::NoticeGiven)?;
    let taken_back =
        |s: &Seen<'_>| s.row.act == Action::NoticeWithdrawn && s.on.before(notice.on) != Tv::Certain;
    if seen.iter().any(taken_back) {
        return None;
    }
    let at = match notice.row.effective {
        Some(_) => notice.effective,
        None => notice.on.plus(term.notice?),
    };
    Some((sure_or_later(at, notice.sure), notice.evidence, EndedBy::Terminated))
}

fn supersession_evidence<'w>(world: &'w World, newer: &Instrument) -> &'w [EvidenceId] {
    world.instrument(&newer.id).map_or(&[], |i| &world.supersession_evidence[i.ix()])
}

//! The spells of each party under one instrument.
//!
//! In: its acts as known. Out: spells, one party after another. What always holds: one party's spells never overlap; acts that end a
//! spell come after those that begin it on the same day; nobody is bound longer than the whole lasts, or than they exist.

use super::acts::{Begin, Seen, actors};
use super::*;

/// One party's entering or leaving, while its spells are being folded.
#[derive(Clone, Copy)]
struct Entry {
    at: Moment,
    evidence: EvidenceId,
    provisional: bool,
    disputed: bool,
    /// The first day of which nothing more is known of it.
    until: Option<Day>,
}

impl Entry {
    fn by(at: Moment, provisional: bool, s: &Seen<'_>) -> Entry {
        let disputed = s.row.disputed.is_some();
        Entry { at, evidence: s.evidence, provisional, disputed, until: s.until }
    }

    fn with_all(b: Begin) -> Entry {
        Entry { at: b.at, evidence: b.evidence, provisional: b.provisional, disputed: false, until: b.until }
    }
}

impl Acts<'_> {
    /// The spells of every party.
    pub(super) fn spells(&self, exists: &[Period]) -> Vec<Spell> {
        let mut out = Vec::new();
        let whole_end = self.end.map_or(Moment::OPEN_END, |e| e.0);
        let left = self.end.map(|e| (e.1, e.2));
        for party in &self.linked {
            for mut spell in self.of_party(*party) {
                if spell.period.end.earliest > whole_end.earliest {
                    match Period::new(spell.period.begin, whole_end) {
                        Some(p) => (spell.period, spell.left) = (p, left),
                        None => continue,
                    }
                }
                let life = exists[party.ix()];
                if spell.period.end.earliest > life.end.latest {
                    spell.period.end = life.end;
                    spell.left = Some((self.world.instrument_evidence(self.id), EndedBy::Extinct));
                    if spell.period.end.latest <= spell.period.begin.earliest {
                        continue;
                    }
                }
                out.push(spell);
            }
        }
        out
    }

    /// What brought one party in and out, in order.
    fn events(&self, party: ActorId) -> Vec<(Entry, Option<EndedBy>)> {
        let mut events: Vec<(Entry, Option<EndedBy>)> = Vec::new();
        let original = self.originals.contains(&party);
        let own = |s: &Seen<'_>| actors(self.world, &s.row.by).contains(&party);
        let named = |s: &Seen<'_>| !s.row.by.is_empty() && own(s);
        let own_entry = self.seen.iter().any(|s| s.row.act == Action::EnteredIntoForce && named(s));
        if let (true, false, Some(b)) = (original, own_entry, self.begin_all) {
            let late = self.seen.iter().find(|s| {
                s.row.act == Action::Ratified
                    && named(s)
                    && self.begin.is_some_and(|b| s.effective.after(b.at) == Tv::Certain)
            });
            events.push((late.map_or(Entry::with_all(b), |s| Entry::by(s.at(), false, s)), None));
        }
        for s in &self.seen {
            match s.row.act {
                Action::EnteredIntoForce if named(s) => events.push((Entry::by(s.at(), false, s), None)),
                // It binds those it names: later ones, or some of the first where nothing binds all of them.
                Action::Concluded if named(s) && (!original || self.begin_all.is_none()) => {
                    events.push((Entry::by(s.at(), false, s), None));
                }
                Action::ProvisionallyApplied if own(s) && !original => {
                    events.push((Entry::by(s.at(), true, s), None));
                }
                // Acceding before the whole is in force binds from then.
                Action::Acceded | Action::Succeeded if own(s) => {
                    if let Some(b) = self.begin {
                        let start = if s.at().before(b.at) == Tv::Certain { b.at } else { s.at() };
                        events.push((Entry::by(start, false, s), None));
                    }
                }
                Action::Withdrew if own(s) => {
                    events.push((Entry::by(s.at(), false, s), Some(EndedBy::Withdrew)));
                }
                Action::Terminated | Action::Expired if !self.of_whole(s.row) && own(s) => {
                    events.push((Entry::by(s.at(), false, s), Some(EndedBy::Terminated)));
                }
                _ => {}
            }
        }
        events.sort_by_key(|e| (e.0.at.earliest, e.1.is_none(), e.0.at.latest));
        events
    }

    /// One party's spells, as if the whole had no end but its own acts.
    fn of_party(&self, party: ActorId) -> Vec<Spell> {
        let mut open: Option<Entry> = None;
        let mut out: Vec<Spell> = Vec::new();
        let mut close = |open: &mut Option<Entry>, at: Moment, left: Option<(EvidenceId, EndedBy)>| {
            if let Some(e) = open.take()
                && let Some(period) = Period::new(e.at, at)
            {
                out.push(Spell {
                    instrument: self.id,
                    party,
                    period,
                    provisional: e.provisional,
                    disputed: e.disputed,
                    against: None,
                    until: e.until,
                    entered: e.evidence,
                    left,
                });
            }
        };
        for (event, exit) in self.events(party) {
            match (exit, &mut open) {
                (None, None) => open = Some(event),
                (None, Some(was)) if was.provisional && !event.provisional => {
                    close(&mut open, event.at, None);
                    open = Some(event);
                }
                // Told again by a source that covers more, it is known for longer.
                (None, Some(was)) => was.until = was.until.zip(event.until).map(|(a, b)| a.max(b)),
                (Some(how), Some(_)) => close(&mut open, event.at, Some((event.evidence, how))),
                _ => {}
            }
        }
        let whole_end = self.end.map_or(Moment::OPEN_END, |e| e.0);
        close(&mut open, whole_end, self.end.map(|e| (e.1, e.2)));
        out
    }
}

impl Spell {
    /// What is open is open no longer than its sources cover: it may have ended then, at any time since, or not at all.
    pub(super) fn close_for_want_of_coverage(&mut self, row: EvidenceId) {
        if let Some(day) = self.until.filter(|_| self.period.end == Moment::OPEN_END)
            && self.period.begin.latest < day
        {
            self.period.end = Moment { earliest: day, latest: Moment::OPEN_END.latest };
            self.left = Some((row, EndedBy::NotCovered));
        }
    }
}

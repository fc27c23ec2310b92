//! What lifts commitments under one instrument: suspensions and reservations, with their ends.
//!
//! In: its acts as known. Out: directed [`Lifting`]s. What always holds: a reservation to the whole is shown and not computed with; an
//! act that resumes ends what it resumes and nothing else.

use super::acts::actors;
use super::*;

impl Acts<'_> {
    /// Suspensions and reservations, in order.
    pub(super) fn liftings(&self) -> Vec<Lifting> {
        let mut out: Vec<Lifting> = Vec::new();
        for s in &self.seen {
            let by = || if s.row.by.is_empty() { self.linked.clone() } else { actors(self.world, &s.row.by) };
            match s.row.act {
                Action::Reserved if s.row.provision.is_none() => {}
                Action::Suspended | Action::Reserved => {
                    let Some(period) = Period::new(s.at(), Moment::OPEN_END) else { continue };
                    out.push(Lifting {
                        by: by(),
                        toward: actors(self.world, &s.row.toward),
                        provision: s.row.provision.clone(),
                        period,
                        reservation: s.row.act == Action::Reserved,
                        disputed: s.row.disputed.clone(),
                        evidence: s.evidence,
                    });
                }
                Action::Resumed | Action::ReservationWithdrawn => {
                    let (by, reservation) = (by(), s.row.act == Action::ReservationWithdrawn);
                    for l in out.iter_mut().filter(|l| l.reservation == reservation) {
                        let same = l.by.iter().any(|b| by.contains(b))
                            && (s.row.provision.is_none() || s.row.provision == l.provision)
                            && l.period.end == Moment::OPEN_END;
                        if same && let Some(p) = Period::new(l.period.begin, s.at()) {
                            l.period = p;
                        }
                    }
                }
                _ => {}
            }
        }
        out
    }
}

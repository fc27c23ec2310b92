//! Compiling: from provisions as written to clauses ready for evaluation.
//!
//! In: provisions, areas and facts with written keys. Out: the same in numbers, with the periods in which the text that holds
//! them applied. What always holds: a version gives way to the next; a part of an area not known yet is nowhere.

use super::*;
use crate::record::{AreaExpr, Dated, Fact, Instrument, Key, Side, Victim, Whose};

impl Folded {
    /// Turns provisions into clauses: names to numbers, versions to periods.
    pub(super) fn compile(
        &mut self,
        world: &World,
        id: InstrumentId,
        ins: &Instrument,
        list: &dyn Fn(&[Key]) -> Vec<ActorId>,
    ) {
        let k = &self.knowledge;
        let versions: Vec<(&Version, Option<Period>)> = ins
            .version
            .iter()
            .zip(&world.version_evidence[id.ix()])
            .map(|(v, ev)| (v, extent_as_known(world, k, &v.extent, *ev)))
            .collect();
        let mut starts: Vec<Moment> = versions.iter().filter_map(|(_, p)| p.map(|p| p.begin)).collect();
        starts.sort_by_key(|m| (m.earliest, m.latest));
        let life = |v: &Version, p: &Period| -> Option<Period> {
            let next = starts.iter().find(|s| s.earliest > p.begin.earliest);
            match (&v.extent.to, next) {
                (None, Some(n)) => Period::new(p.begin, *n),
                _ => Some(*p),
            }
        };
        let sides = |s: &Side| match s {
            Side::Parties => Sides::Parties,
            Side::OtherParties => Sides::OtherParties,
            Side::AnyActor => Sides::Anyone,
            Side::These(keys) => Sides::These(list(keys)),
        };
        let seen = |row: usize| world.visible(world.provision_evidence[id.ix()][row], k);
        for (row, p) in ins.provision.iter().enumerate() {
            let evidence = world.provision_evidence[id.ix()][row];
            let visible = seen(row);
            if visible == Tv::Not || p.row.withdrawn.is_some() {
                continue;
            }
            // A telling that leaves conditions unsaid gives way to a full one of the same commitment.
            let fuller = |(other, q): (usize, &Provision)| {
                q.act == p.act
                    && q.modality == p.modality
                    && q.unstated.is_empty()
                    && seen(other) == Tv::Certain
            };
            if !p.unstated.is_empty() && ins.provision.iter().enumerate().any(fuller) {
                continue;
            }
            let own = p.in_force.as_ref().map_or(Period::ALWAYS, Edtf::period);
            let periods: Vec<Period> = if p.version.is_empty() {
                vec![own]
            } else {
                versions
                    .iter()
                    .filter(|(v, _)| p.version.contains(&v.id))
                    .filter_map(|(v, period)| life(v, period.as_ref()?).and_then(|p| p.intersect(own)))
                    .collect()
            };
            let b = &p.trigger.by;
            // A condition coded without its content is a fact to be judged.
            let met = p
                .content_unknown
                .iter()
                .map(|c| FactRef { kind: FactKind::Met, args: vec![Arg::Instrument(id), Arg::Coded(*c)] });
            self.clauses.push(Clause {
                instrument: id,
                row: row as u32,
                act: p.act,
                modality: p.modality,
                when: p.trigger.when,
                periods,
                by: sides(&p.by),
                to: sides(&p.to),
                adversary: Adversaries {
                    only: list(&b.only),
                    except: list(&b.except),
                    member_of: list(&b.member_of),
                    not_member_of: list(&b.not_member_of),
                    supported_by: list(&b.supported_by),
                    collaborating_with: list(&b.collaborating_with),
                    powers: b.powers,
                },
                victims: match &p.trigger.on {
                    Victim::These(keys) => Some(list(keys)),
                    _ => None,
                },
                any_victim: p.trigger.on == Victim::Any,
                area: p.area.as_ref().and_then(|a| area_ref(world, k, a)),
                object_area: p.object_area.as_ref().and_then(|a| area_ref(world, k, a)),
                requires: p.requires.iter().filter_map(|f| fact_ref(world, f)).chain(met).collect(),
                unless: p.unless.iter().filter_map(|f| fact_ref(world, f)).collect(),
                evidence,
                visible,
            });
        }
    }
}

/// A fact in numbers; none if an argument names nothing.
pub fn fact_ref(world: &World, fact: &Fact) -> Option<FactRef> {
    let args = fact
        .args
        .iter()
        .enumerate()
        .map(|(at, a)| match a.as_str() {
            "beneficiary" => Some(Arg::Beneficiary),
            "debtor" => Some(Arg::Debtor),
            word if (fact.kind, at) == (FactKind::Met, 1) => CodedCondition::parse(word).map(Arg::Coded),
            key => world
                .actor(key)
                .map(Arg::Actor)
                .or_else(|| world.instrument(key).map(Arg::Instrument))
                .or_else(|| world.place(key).map(Arg::Place))
                .or_else(|| world.matter(key).map(Arg::Matter))
                .or_else(|| world.claim(key).map(Arg::Claim)),
        })
        .collect::<Option<Vec<Arg>>>()?;
    Some(FactRef { kind: fact.kind, args })
}

pub(super) fn area_ref(world: &World, k: &Knowledge, expr: &AreaExpr) -> Option<Area> {
    let part = |d: &Dated| -> Option<Part> {
        let cites = world.written_cites(&d.cite);
        let seen = world.cites_visible(&cites, k);
        let period = extent_known(world, k, &d.extent, seen)?;
        Some(Part { period, cites })
    };
    let owner = |w: &Whose| -> Option<Owner> {
        Some(match w {
            Whose::Actor(a) => Owner::Actor(world.actor(a)?),
            Whose::Beneficiary => Owner::Beneficiary,
            Whose::Debtor => Owner::Debtor,
            Whose::Parties => Owner::Parties,
        })
    };
    Some(match expr {
        AreaExpr::Place(p, d) => Area::Place(world.place(p)?, part(d)?),
        AreaExpr::Named(a, d) => Area::Named(world.area(a)?, part(d)?),
        AreaExpr::TerritoryOf(w, d) => Area::TerritoryOf(owner(w)?, part(d)?),
        AreaExpr::AdministeredBy(w, d) => Area::AdministeredBy(owner(w)?, part(d)?),
        AreaExpr::Any(list) => Area::Any(list.iter().filter_map(|e| area_ref(world, k, e)).collect()),
        AreaExpr::All(list) => {
            // A part not known yet makes the whole unknowable: keep it as "nowhere".
            Area::All(list.iter().map(|e| area_ref(world, k, e).unwrap_or(Area::Any(Vec::new()))).collect())
        }
        AreaExpr::Not(e) => Area::Not(Box::new(area_ref(world, k, e)?)),
    })
}

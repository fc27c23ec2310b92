#![doc = include_str!("../../../../docs/mechanisms/timeline.md")]
//!
//! In: a view, ids to follow (none = all), a stretch of time. Out: [`Entry`]s in order of their earliest day. What always
//! holds: a date keeps its bounds; what is planned, expected or denied is told as that; nothing undated is given a date.

use foedera_world::View;
use foedera_world::record::{Extent, Key, ThingDetail};
use foedera_world::terms::*;
use foedera_world::time::{Edtf, Moment, Tv};
use foedera_world::world::EvidenceId;

use crate::told;

/// One entry.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Bounds of the day.
    pub on: Moment,
    /// As written, where it was written.
    pub written: Option<String>,
    /// What kind of row it comes from.
    pub kind: &'static str,
    /// Whose entry it is: an instrument, an organisation, an office, a thing, a claim.
    pub id: String,
    /// In words.
    pub text: String,
    /// How it is told; none for rows of acts.
    pub mode: Option<Mode>,
    /// Only possibly known.
    pub possible: bool,
    /// Its row.
    pub evidence: EvidenceId,
}

/// The entries that touch one of `ids` and may lie between two days.
pub fn timeline(view: &View<'_>, ids: &[Key], from: Moment, to: Moment) -> Vec<Entry> {
    let world = view.world;
    let mut out: Vec<Entry> = Vec::new();
    let wanted = |keys: &[&str]| ids.is_empty() || ids.iter().any(|i| keys.contains(&i.as_str()));
    let mut add = |e: Entry| {
        let dated = e.on != Moment::UNKNOWN && e.on != Moment::OPEN_END && e.on != Moment::OPEN_START;
        if dated && e.on.latest >= from.earliest && e.on.earliest <= to.latest {
            out.push(e);
        }
    };
    for (n, ins) in world.records.instruments.iter().enumerate() {
        let acts = &world.acts;
        let parties: Vec<&str> = ins.parties.iter().map(String::as_str).collect();
        for i in acts.start[n] as usize..acts.start[n + 1] as usize {
            let row = &ins.action[acts.row[i] as usize];
            let seen = world.visible(acts.evidence[i], &view.knowledge);
            let by: Vec<&str> =
                if row.by.is_empty() { parties.clone() } else { row.by.iter().map(String::as_str).collect() };
            let mut keys = by.clone();
            keys.push(&ins.id);
            if seen == Tv::Not
                || row.row.withdrawn.is_some()
                || row.act == Action::NotAParty
                || !wanted(&keys)
            {
                continue;
            }
            let who = if row.by.is_empty() { String::new() } else { format!(" by {}", by.join(", ")) };
            add(Entry {
                on: acts.effective[i],
                written: match &row.on {
                    foedera_world::record::DateRule::On(e) if row.effective.is_none() => {
                        Some(e.text().to_owned())
                    }
                    _ => None,
                },
                kind: "act",
                id: ins.id.clone(),
                text: format!("{}: {}{who}", ins.name, row.act),
                mode: None,
                possible: seen == Tv::Possible,
                evidence: acts.evidence[i],
            });
        }
        for (v, ev) in ins.version.iter().zip(world.version_evidence(n)) {
            let seen = world.visible(*ev, &view.knowledge);
            if seen != Tv::Not && wanted(&[&ins.id]) {
                add(Entry {
                    on: v.extent.from.as_ref().map_or(Moment::UNKNOWN, Edtf::moment),
                    written: v.extent.from.as_ref().map(|e| e.text().to_owned()),
                    kind: "version",
                    id: ins.id.clone(),
                    text: format!("{}: text {}", ins.name, v.name.as_deref().unwrap_or(&v.id)),
                    mode: None,
                    possible: seen == Tv::Possible,
                    evidence: *ev,
                });
            }
        }
    }
    let mut ends = |extent: &Extent, ev: EvidenceId, kind, id: &str, starts: String, stops: String| {
        let seen = world.visible(ev, &view.knowledge);
        if seen == Tv::Not {
            return;
        }
        for (date, text) in [(&extent.from, starts), (&extent.to, stops)] {
            if let Some(d) = date {
                add(Entry {
                    on: d.moment(),
                    written: Some(d.text().to_owned()),
                    kind,
                    id: id.to_owned(),
                    text,
                    mode: None,
                    possible: seen == Tv::Possible,
                    evidence: ev,
                });
            }
        }
    };
    for (m, ev) in world.records.memberships.iter().zip(world.membership_rows()) {
        if m.row.withdrawn.is_none() && wanted(&[&m.member, &m.of]) {
            let (who, of) = (world.name_of(&m.member), world.name_of(&m.of));
            let joins = format!("{who} becomes {} of {of}", m.role);
            ends(
                &m.extent,
                *ev,
                "membership",
                &m.of,
                joins,
                format!("{who} is no longer {} of {of}", m.role),
            );
        }
    }
    for (n, o) in world.records.offices.iter().enumerate() {
        let rows = world.holder_evidence(foedera_world::world::OfficeId(n as u32));
        for (h, ev) in o.holder.iter().zip(rows) {
            if h.row.withdrawn.is_none() && wanted(&[&o.id, &h.person, &o.of]) {
                let who = world.name_of(&h.person);
                let first = format!("{who} is shown as {}", o.name);
                ends(&h.extent, *ev, "office", &o.id, first, format!("{who} is no longer {}", o.name));
            }
        }
    }
    for (n, t) in world.records.things.iter().enumerate() {
        let id = foedera_world::world::ThingId(n as u32);
        let ThingDetail::Event { on: Some(on), .. } = &t.detail else { continue };
        let seen = world.visible(world.thing_evidence(id), &view.knowledge);
        let mut keys: Vec<&str> = t.of.iter().map(String::as_str).collect();
        keys.push(&t.id);
        let in_domain = told::said(view).any(|s| {
            s.tells.thing.as_ref() == Some(&t.id)
                && s.tells.domain.iter().any(|d| ids.iter().any(|i| told::within(view, d, i)))
        });
        if seen != Tv::Not && (wanted(&keys) || in_domain) {
            add(Entry {
                on: on.moment(),
                written: Some(on.text().to_owned()),
                kind: "event",
                id: t.id.clone(),
                text: t.name.clone(),
                mode: None,
                possible: seen == Tv::Possible,
                evidence: world.thing_evidence(id),
            });
        }
    }
    let standing = |s: &told::Said<'_>| matches!(s.tells.what, Telling::Covers | Telling::Cooperates);
    for s in told::said(view).filter(|s| s.tells.what.is_event() || s.tells.what.is_position() || standing(s))
    {
        let Some(on) = s.on() else { continue };
        let mut keys: Vec<&str> = s.row.about.iter().map(String::as_str).collect();
        keys.extend(s.tells.who.iter().chain(&s.tells.whom).chain(&s.tells.thing).map(String::as_str));
        keys.push(&s.row.id);
        let in_domain = s.tells.domain.iter().any(|d| ids.iter().any(|i| told::within(view, d, i)));
        if wanted(&keys) || in_domain {
            add(Entry {
                on: on.moment(),
                written: Some(on.text().to_owned()),
                kind: "claim",
                id: s.row.id.clone(),
                text: s.row.says.clone(),
                mode: Some(s.row.mode),
                possible: s.seen == Tv::Possible,
                evidence: s.evidence,
            });
        }
    }
    out.sort_by(|a, b| {
        (a.on.earliest, a.on.latest, a.kind, &a.id, &a.text).cmp(&(
            b.on.earliest,
            b.on.latest,
            b.kind,
            &b.id,
            &b.text,
        ))
    });
    out.dedup_by(|a, b| (a.on, a.kind, &a.id, &a.text) == (b.on, b.kind, &b.id, &b.text));
    out
}

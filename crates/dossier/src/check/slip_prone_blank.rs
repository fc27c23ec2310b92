#![doc = include_str!("../../../../docs/checks/slip-prone-blank.md")]

use std::collections::BTreeMap;

use foedera_world::Finding;
use foedera_world::record::{Instrument, Source};
use foedera_world::terms::{Act, Action, InstrumentKind};
use foedera_world::time::Tv;

use super::{Context, Days};

pub(crate) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let sources: BTreeMap<&str, &Source> =
        cx.draft.sources.iter().map(|s| (s.row.id.as_str(), &s.row)).collect();
    for i in &cx.draft.instruments {
        let ins = &i.row;
        let mut blank = |field: &str, message: String, help: &str| {
            out.push(cx.at("slip-prone-blank", &i.marks, field, message).help(help));
        };
        let defends =
            ins.kind == InstrumentKind::Treaty && ins.provision.iter().any(|p| p.act == Act::Defense);
        if defends && ins.parties_complete.is_none() && !coded(ins, &sources) {
            let message = format!(
                "`{}` promises defence but has no `parties-complete`, so nobody is certainly outside it",
                ins.id
            );
            blank(
                "id",
                message,
                "add `parties-complete` with the day you last looked, if the list is complete",
            );
        }
        if ins.secret && !disclosed(ins, &sources) {
            let message =
                format!("`{}` is secret, but no source cited for it came out after its signature", ins.id);
            blank("secret", message, "cite the publication by which it became known, with its `published`");
        }
    }
    for m in &cx.draft.memberships {
        if m.row.extent.from.is_none() {
            let message = format!(
                "the membership of `{}` in `{}` has no `from`, so it always was",
                m.row.member, m.row.of
            );
            let help = "add `from`, with as much as the source says: `1975`";
            out.push(cx.finding("slip-prone-blank", m.marks.file, m.marks.at.clone(), message).help(help));
        }
    }
    out
}

/// Whether a data set tells of it, which lists every member of what it lists, as long as it covers.
fn coded(ins: &Instrument, sources: &BTreeMap<&str, &Source>) -> bool {
    let mut cited = ins.row.cite.iter().filter_map(|c| sources.get(c.source.as_str()));
    cited.any(|s| s.covers.is_some())
}

/// Whether some source cited for it may have come out after it was signed.
fn disclosed(ins: &Instrument, sources: &BTreeMap<&str, &Source>) -> bool {
    let days = Days::of(ins);
    let made = ins.action.iter().filter(|a| matches!(a.act, Action::Signed | Action::Concluded));
    let Some(made) = made.filter_map(|a| days.day(&a.on)).min_by_key(|m| (m.earliest, m.latest)) else {
        return true;
    };
    let rows = std::iter::once(&ins.row)
        .chain(ins.action.iter().map(|a| &a.row))
        .chain(ins.provision.iter().map(|p| &p.row));
    let mut published = rows.flat_map(|r| &r.cite).filter_map(|c| sources.get(c.source.as_str()));
    published.any(|s| s.published.moment().after(made) != Tv::Not)
}

#![doc = include_str!("../../../../docs/checks/impossible-interval.md")]

use foedera_world::Finding;
use foedera_world::record::{AreaExpr, Extent};
use foedera_world::time::Tv;

use super::{Context, with_marks};
use crate::draft::Marks;

pub(crate) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut look = |extent: &Extent, marks: &Marks, at: &str, what: &dyn Fn() -> String| {
        let (Some(from), Some(to)) = (&extent.from, &extent.to) else { return };
        let (begin, end) = (from.moment(), to.moment());
        // Ends are half-open: what ends on the day it began never held.
        if begin.before(end) == Tv::Not {
            let message = format!("{} begins {from} and ends {to}, so it never held", what());
            let at = if marks.written("to").is_some() { "to" } else { at };
            let finding = cx.at("impossible-interval", marks, at, message);
            let finding = match marks.written("from") {
                Some(from) => finding.also(cx.file(marks), from.clone(), "begins here"),
                None => finding,
            };
            out.push(
                finding.help("correct one of the days; `to` is the first day on which it no longer holds"),
            );
        }
    };
    let draft = cx.draft;
    for m in &draft.memberships {
        look(&m.row.extent, &m.marks, "to", &|| {
            format!("the membership of `{}` in `{}`", m.row.member, m.row.of)
        });
    }
    for a in &draft.actors {
        for (c, m) in with_marks(&a.row.code, a.marks.list("code")) {
            look(&c.extent, m, "to", &|| format!("the code `{} {}`", c.scheme, c.value));
        }
    }
    for o in &draft.offices {
        for (h, m) in with_marks(&o.row.holder, o.marks.list("holder")) {
            look(&h.extent, m, "to", &|| format!("the term of `{}` in `{}`", h.person, o.row.id));
        }
    }
    for p in &draft.places {
        for (list, holds) in [
            ("sovereign", &p.row.sovereign),
            ("administered", &p.row.administered),
            ("claimed", &p.row.claimed),
        ] {
            for (h, m) in with_marks(holds, p.marks.list(list)) {
                look(&h.extent, m, "to", &|| format!("the hold of `{}` on `{}`", h.by, p.row.id));
            }
        }
    }
    for a in &draft.areas {
        leaves(&a.row.is, &mut |e| look(e, &a.marks, "is", &|| format!("a part of the area `{}`", a.row.id)));
    }
    for i in &draft.instruments {
        for (v, m) in with_marks(&i.row.version, i.marks.list("version")) {
            look(&v.extent, m, "to", &|| format!("version `{}` of `{}`", v.id, i.row.id));
        }
        for (p, m) in with_marks(&i.row.provision, i.marks.list("provision")) {
            for (field, area) in [("area", &p.area), ("object-area", &p.object_area)] {
                if let Some(area) = area {
                    let what = || format!("a part of the area of article {} of `{}`", p.article, i.row.id);
                    leaves(area, &mut |e| look(e, m, field, &what));
                }
            }
        }
    }
    for c in &draft.circumstances {
        look(&c.row.extent, &c.marks, "to", &|| format!("the circumstance `{}`", c.row.fact));
    }
    out
}

fn leaves(area: &AreaExpr, look: &mut dyn FnMut(&Extent)) {
    match area {
        AreaExpr::Place(_, d)
        | AreaExpr::Named(_, d)
        | AreaExpr::TerritoryOf(_, d)
        | AreaExpr::AdministeredBy(_, d) => look(&d.extent),
        AreaExpr::Any(parts) | AreaExpr::All(parts) => parts.iter().for_each(|p| leaves(p, look)),
        AreaExpr::Not(part) => leaves(part, look),
    }
}

#![doc = include_str!("../../../../docs/checks/year-as-january-first.md")]

use std::collections::BTreeMap;

use foedera_world::Finding;
use foedera_world::record::{Cite, DateRule};
use foedera_world::terms::SourceKind;
use foedera_world::time::{Edtf, Shape};

use super::{Context, with_marks};
use crate::draft::Marks;

pub(crate) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let kinds: BTreeMap<&str, SourceKind> =
        cx.draft.sources.iter().map(|s| (s.row.id.as_str(), s.row.kind)).collect();
    let only_data = |cites: &[Cite]| {
        !cites.is_empty() && cites.iter().all(|c| kinds.get(c.source.as_str()) == Some(&SourceKind::DataSet))
    };
    let mut out = Vec::new();
    let mut look = |date: Option<&Edtf>, cites: &[Cite], marks: &Marks, field: &str| {
        let Some(date) = date else { return };
        if date.shape() == Shape::Date && date.text().ends_with("-01-01") && only_data(cites) {
            let year = &date.text()[..date.text().len() - "-01-01".len()];
            let message = format!("`{date}` rests on a data set alone, which may know only the year");
            let help =
                format!("if the day is not known, write `{year}`; if it is, cite a source that says so");
            out.push(cx.at("year-as-january-first", marks, field, message).help(help));
        }
    };
    for m in &cx.draft.memberships {
        look(m.row.extent.from.as_ref(), &m.row.row.cite, &m.marks, "from");
        let end = if m.row.extent.end_cite.is_empty() { &m.row.row.cite } else { &m.row.extent.end_cite };
        look(m.row.extent.to.as_ref(), end, &m.marks, "to");
    }
    for i in &cx.draft.instruments {
        for (a, m) in with_marks(&i.row.action, i.marks.list("action")) {
            let cites = if a.row.cite.is_empty() { &i.row.row.cite } else { &a.row.cite };
            for (field, rule) in [("on", Some(&a.on)), ("effective", a.effective.as_ref())] {
                if let Some(DateRule::On(date)) = rule {
                    look(Some(date), cites, m, field);
                }
            }
        }
    }
    for o in &cx.draft.offices {
        for (h, m) in with_marks(&o.row.holder, o.marks.list("holder")) {
            look(h.extent.from.as_ref(), &h.row.cite, m, "from");
        }
    }
    for p in &cx.draft.places {
        for (list, holds) in [
            ("sovereign", &p.row.sovereign),
            ("administered", &p.row.administered),
            ("claimed", &p.row.claimed),
        ] {
            for (h, m) in with_marks(holds, p.marks.list(list)) {
                look(h.extent.from.as_ref(), &h.row.cite, m, "from");
            }
        }
    }
    out
}

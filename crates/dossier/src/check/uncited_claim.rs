#![doc = include_str!("../../../../docs/checks/uncited-claim.md")]

use foedera_world::Finding;
use foedera_world::record::Row;

use super::{Context, with_marks};
use crate::draft::Marks;

pub(crate) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    // A part of an instrument or place may rest on the citations of the whole.
    let mut need = |row: &Row, whole: &Row, marks: &Marks, what: &dyn Fn() -> String| {
        if row.cite.is_empty() && whole.cite.is_empty() {
            let finding = cx.finding(
                "uncited-claim",
                marks.file,
                marks.at.clone(),
                format!("{} cites no source", what()),
            );
            out.push(finding.help("add `cite = [\"SOURCE-ID LOCATOR\"]`"));
        }
    };
    let none = Row::default();
    let draft = cx.draft;
    for i in &draft.instruments {
        let (ins, marks) = (&i.row, &i.marks);
        for (a, m) in with_marks(&ins.action, marks.list("action")) {
            need(&a.row, &ins.row, m, &|| format!("the act `{}` of `{}`", a.act, ins.id));
        }
        for (p, m) in with_marks(&ins.provision, marks.list("provision")) {
            need(&p.row, &ins.row, m, &|| format!("article {} of `{}`", p.article, ins.id));
        }
        for (s, m) in with_marks(&ins.supersedes, marks.list("supersedes")) {
            need(&s.row, &ins.row, m, &|| format!("that `{}` replaces `{}`", ins.id, s.instrument));
        }
    }
    for m in &draft.memberships {
        need(&m.row.row, &none, &m.marks, &|| {
            format!("the membership of `{}` in `{}`", m.row.member, m.row.of)
        });
    }
    for o in &draft.offices {
        for (h, m) in with_marks(&o.row.holder, o.marks.list("holder")) {
            need(&h.row, &o.row.row, m, &|| format!("that `{}` held `{}`", h.person, o.row.id));
        }
    }
    for p in &draft.places {
        for (list, holds) in [
            ("sovereign", &p.row.sovereign),
            ("administered", &p.row.administered),
            ("claimed", &p.row.claimed),
        ] {
            for (h, m) in with_marks(holds, p.marks.list(list)) {
                // What a home declares rests on the actor's row, which needs no citation.
                if m.written("by").is_some() {
                    need(&h.row, &p.row.row, m, &|| format!("the hold of `{}` on `{}`", h.by, p.row.id));
                }
            }
        }
    }
    for c in &draft.claims {
        need(&c.row.row, &none, &c.marks, &|| format!("the claim `{}`", c.row.id));
    }
    for c in &draft.conflicts {
        need(&c.row.row, &none, &c.marks, &|| format!("the conflict `{}`", c.row.id));
    }
    for c in &draft.circumstances {
        need(&c.row.row, &none, &c.marks, &|| format!("the circumstance `{}`", c.row.fact));
    }
    for r in &draft.rivals {
        // A rival made of two differing files is told by `rival-values`.
        if r.marks.written("of").is_some() {
            need(&r.row.row, &none, &r.marks, &|| {
                format!("the rival value for `{}` of `{}`", r.row.field, r.row.of)
            });
        }
    }
    out
}

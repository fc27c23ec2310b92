#![doc = include_str!("../../../../docs/checks/member-after-end.md")]

use std::collections::BTreeMap;

use foedera_world::Finding;
use foedera_world::terms::Action;
use foedera_world::time::{Day, Moment, Tv};

use super::{Context, Days, with_marks};
use crate::draft::Marks;

/// Acts by which somebody joins or uses an instrument. Ending, declaring and objecting may come late.
const LIVING: [Action; 9] = [
    Action::Signed,
    Action::Ratified,
    Action::Acceded,
    Action::Succeeded,
    Action::Invited,
    Action::ProvisionallyApplied,
    Action::Suspended,
    Action::Resumed,
    Action::Prolonged,
];

pub(crate) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut out = members(cx);
    out.extend(parties(cx));
    out
}

fn members(cx: &Context<'_>) -> Vec<Finding> {
    let ends: BTreeMap<&str, (Moment, &Marks)> = cx
        .draft
        .actors
        .iter()
        .filter_map(|a| {
            let end = a.row.exists.as_ref()?.period().end;
            (end.latest != Day::MAX).then_some((a.row.id.as_str(), (end, &a.marks)))
        })
        .collect();
    let mut out = Vec::new();
    for m in &cx.draft.memberships {
        let Some(from) = &m.row.extent.from else { continue };
        for (who, field) in [(&m.row.of, "of"), (&m.row.member, "member")] {
            let Some((end, marks)) = ends.get(who.as_str()) else { continue };
            if end.at_or_before(from.moment()) == Tv::Certain {
                let message = format!(
                    "the membership of `{}` in `{}` begins {from}, but `{who}` has ended by {end}",
                    m.row.member, m.row.of
                );
                out.push(
                    cx.at("member-after-end", &m.marks, "from", message)
                        .also(cx.file(marks), marks.field("exists"), "ends here")
                        .help(format!("correct the day, or name the successor in `{field}`")),
                );
            }
        }
    }
    out
}

fn parties(cx: &Context<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for i in &cx.draft.instruments {
        let days = Days::of(&i.row);
        let acts =
            || with_marks(&i.row.action, i.marks.list("action")).filter(|(a, _)| a.row.withdrawn.is_none());
        let whole =
            acts().filter(|(a, _)| a.by.is_empty() && matches!(a.act, Action::Terminated | Action::Expired));
        let ended = whole.filter_map(|(a, m)| Some((days.day(a.effective.as_ref().unwrap_or(&a.on))?, m)));
        let Some((end, last)) = ended.max_by_key(|(on, _)| (on.latest, on.earliest)) else { continue };
        for (a, m) in acts().filter(|(a, _)| LIVING.contains(&a.act)) {
            let Some(on) = days.day(&a.on) else { continue };
            if end.before(on) == Tv::Certain {
                let message = format!("`{}` of `{}` on {on} comes after its end on {end}", a.act, i.row.id);
                out.push(
                    cx.at("member-after-end", m, "on", message)
                        .also(cx.file(last), last.field("on"), "ended here")
                        .help("correct one of the days, or write the later text as an instrument of its own"),
                );
            }
        }
    }
    out
}

#![doc = include_str!("../../../../docs/checks/relative-date-unresolved.md")]

use foedera_world::Finding;
use foedera_world::record::DateRule;

use super::{Context, Days, with_marks};

pub(crate) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for i in &cx.draft.instruments {
        let days = Days::of(&i.row);
        for (a, m) in with_marks(&i.row.action, i.marks.list("action")) {
            for (field, rule) in [("on", Some(&a.on)), ("effective", a.effective.as_ref())] {
                let Some(DateRule::After { act, .. }) = rule else { continue };
                let happens = i.row.action.iter().any(|other| other.act == *act);
                let first = DateRule::After { act: *act, nth: 1, plus: Default::default() };
                let message = if !happens {
                    format!("this date is counted from `{act}`, which never happens to `{}`", i.row.id)
                } else if days.day(&first).is_none() {
                    format!("this date is counted from `{act}`, which is counted from it or has no date")
                } else {
                    continue;
                };
                let help =
                    "add the act it is counted from, or write the day itself; until then it is any day";
                out.push(cx.at("relative-date-unresolved", m, field, message).help(help));
            }
        }
    }
    out
}

#![doc = include_str!("../../../../docs/checks/withdrawal-without-effect.md")]

use foedera_world::Finding;
use foedera_world::terms::Action;

use super::{Context, with_marks};

pub(crate) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for i in &cx.draft.instruments {
        let Some(notice) = i.row.term.as_ref().and_then(|t| t.notice) else { continue };
        let gave_notice = |who: &[String]| {
            let given = i.row.action.iter().filter(|a| a.act == Action::NoticeGiven);
            given.into_iter().any(|a| a.by.is_empty() || who.iter().all(|w| a.by.contains(w)))
        };
        for (a, m) in with_marks(&i.row.action, i.marks.list("action")) {
            if a.act == Action::Withdrew && a.effective.is_none() && !gave_notice(&a.by) {
                let message = format!(
                    "this withdrawal takes effect at once, but `{}` needs {notice} of notice",
                    i.row.id
                );
                let help =
                    "if this is the day of the notice, write `act = \"notice-given\"`; else add `effective`";
                out.push(cx.at("withdrawal-without-effect", m, "on", message).help(help));
            }
        }
    }
    out
}

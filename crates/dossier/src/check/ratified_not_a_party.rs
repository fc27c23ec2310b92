#![doc = include_str!("../../../../docs/checks/ratified-not-a-party.md")]

use foedera_world::Finding;
use foedera_world::terms::Action;

use super::{Context, with_marks};

pub(crate) fn check(cx: &Context<'_>) -> Vec<Finding> {
    use Action::*;
    let mut out = Vec::new();
    for i in &cx.draft.instruments {
        if !i.row.action.iter().any(|a| a.act == EnteredIntoForce) {
            continue;
        }
        let binds = [EnteredIntoForce, Acceded, Succeeded, Concluded, ProvisionallyApplied];
        let bound = |who: &String| {
            i.row.parties.contains(who)
                || i.row.action.iter().any(|a| binds.contains(&a.act) && a.by.contains(who))
        };
        for (a, m) in with_marks(&i.row.action, i.marks.list("action")) {
            let strangers: Vec<&str> = a.by.iter().filter(|w| !bound(w)).map(String::as_str).collect();
            if a.act == Ratified && !strangers.is_empty() {
                let who = strangers.join(", ");
                let message =
                    format!("`{}` binds {who} on no day: ratified, but in no list of its parties", i.row.id);
                let help =
                    "add to `parties`; who joined later needs `acceded` or an `entered-into-force` with `by`";
                out.push(cx.at("ratified-not-a-party", m, "by", message).help(help));
            }
        }
    }
    out
}

#![doc = include_str!("../../../../docs/checks/force-before-signature.md")]

use foedera_world::Finding;
use foedera_world::terms::Action;
use foedera_world::time::Tv;

use super::{Context, Days, with_marks};

pub(crate) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for i in &cx.draft.instruments {
        let days = Days::of(&i.row);
        let acts =
            || with_marks(&i.row.action, i.marks.list("action")).filter(|(a, _)| a.row.withdrawn.is_none());
        let signed = acts().filter(|(a, _)| a.act == Action::Signed);
        let signed = signed.filter_map(|(a, m)| Some((days.day(&a.on)?, m)));
        let Some((signed, first)) = signed.min_by_key(|(on, _)| (on.earliest, on.latest)) else { continue };
        for (a, m) in acts().filter(|(a, _)| a.act == Action::EnteredIntoForce) {
            let Some(on) = days.day(&a.on) else { continue };
            if on.before(signed) == Tv::Certain {
                let message =
                    format!("`{}` enters into force on {on}, before it is signed on {signed}", i.row.id);
                let finding = cx.at("force-before-signature", m, "on", message).label("in force here");
                out.push(
                    finding
                        .also(cx.file(first), first.field("on"), "signed here")
                        .help("correct one of the days; if it applied from before its signature, put that day in `effective`"),
                );
            }
        }
    }
    out
}

#![doc = include_str!("../../../../docs/checks/defense-without-area.md")]

use foedera_world::Finding;
use foedera_world::terms::{Act, Condition, InstrumentKind, Modality, When};

use super::{Context, with_marks};

pub(crate) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    // A data set says whether there is an area: where it says nothing, there is none.
    let coded = |key: &str| cx.draft.sources.iter().any(|s| s.row.id == key && s.row.covers.is_some());
    for i in cx.draft.instruments.iter().filter(|i| !i.row.row.cite.iter().any(|c| coded(&c.source))) {
        if !matches!(
            i.row.kind,
            InstrumentKind::Treaty | InstrumentKind::Convention | InstrumentKind::Protocol
        ) {
            continue;
        }
        for (p, m) in with_marks(&i.row.provision, i.marks.list("provision")) {
            let open = p.area.is_none() && p.object_area.is_none() && !p.unstated.contains(&Condition::Area);
            let general = p.trigger.by.only.is_empty() && p.trigger.when == When::Attack;
            if p.act == Act::Defense && p.modality == Modality::Duty && open && general {
                let message =
                    format!("the defence duty in article {} of `{}` names no area", p.article, i.row.id);
                let help = "if the text sets a limit (\"the territories under the administration of …\"), write it in `area`";
                out.push(cx.finding("defense-without-area", m.file, m.at.clone(), message).help(help));
            }
        }
    }
    out
}

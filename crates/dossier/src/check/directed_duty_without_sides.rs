#![doc = include_str!("../../../../docs/checks/directed-duty-without-sides.md")]

use std::collections::BTreeSet;

use foedera_world::Finding;
use foedera_world::record::{Instrument, Side};
use foedera_world::terms::{Act, Action};

use super::{Context, with_marks};

pub(crate) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for i in &cx.draft.instruments {
        let parties = parties(&i.row);
        for (p, m) in with_marks(&i.row.provision, i.marks.list("provision")) {
            if p.act == Act::Define {
                continue;
            }
            let article = &p.article;
            let owing: BTreeSet<&str> = match &p.by {
                Side::These(list) => list.iter().map(String::as_str).collect(),
                _ => parties.clone(),
            };
            if owing.is_empty() {
                let message = format!("nobody owes what article {article} of `{}` says", i.row.id);
                let help = "list who owes in `by`, or the instrument's `parties`";
                out.push(cx.at("directed-duty-without-sides", m, "by", message).help(help));
                continue;
            }
            let one = if owing.len() == 1 { owing.first().copied() } else { None };
            let owed: BTreeSet<&str> = match &p.to {
                Side::These(list) => list.iter().map(String::as_str).collect(),
                Side::OtherParties => parties.iter().copied().filter(|who| Some(*who) != one).collect(),
                Side::Parties | Side::AnyActor => continue,
            };
            let message = match (owed.first(), one) {
                (None, Some(one)) => {
                    format!("article {article} of `{}` binds `{one}` to nobody else", i.row.id)
                }
                (None, None) => format!("article {article} of `{}` is owed to nobody", i.row.id),
                (Some(to), Some(one)) if owed.len() == 1 && *to == one => {
                    format!("article {article} of `{}` binds `{one}` to itself", i.row.id)
                }
                _ => continue,
            };
            let help = "list to whom it is owed in `to`, or write `to = \"any\"`";
            out.push(cx.at("directed-duty-without-sides", m, "to", message).help(help));
        }
    }
    out
}

/// Original parties and those that joined.
fn parties(instrument: &Instrument) -> BTreeSet<&str> {
    let joins = [
        Action::Signed,
        Action::Ratified,
        Action::Acceded,
        Action::Succeeded,
        Action::EnteredIntoForce,
        Action::ProvisionallyApplied,
        Action::Concluded,
    ];
    let joined = instrument.action.iter().filter(|a| joins.contains(&a.act)).flat_map(|a| &a.by);
    instrument.parties.iter().chain(joined).map(String::as_str).collect()
}

#![doc = include_str!("../../../../docs/checks/unused-source.md")]

use std::collections::BTreeSet;

use foedera_world::Finding;

use super::Context;

pub(crate) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let cited: BTreeSet<&str> = cx.left.iter().flat_map(|r| &r.cited).map(String::as_str).collect();
    let unused = cx.draft.sources.iter().filter(|s| !cited.contains(s.row.id.as_str()));
    let finding = |s: &crate::draft::Placed<foedera_world::record::Source>| {
        cx.at("unused-source", &s.marks, "id", format!("the source `{}` is never cited", s.row.id))
            .help("cite it where something rests on it, or leave it out")
    };
    unused.map(finding).collect()
}

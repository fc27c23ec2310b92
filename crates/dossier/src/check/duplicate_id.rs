#![doc = include_str!("../../../../docs/checks/duplicate-id.md")]

use foedera_world::Finding;

use super::Context;

pub(crate) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let finding = |t: &crate::resolve::Twice<'_>| {
        let message = format!("`{}` is declared twice as {} in this dossier", t.id, t.kind.a());
        let first = cx.shelf.files[t.first.file as usize].name;
        cx.finding("duplicate-id", t.second.file, t.second.span.clone(), message)
            .label("this row is not used")
            .also(first, t.first.span.clone(), "first declared here")
            .help("join the two rows, or give one another id")
    };
    cx.names.twice.iter().map(finding).collect()
}

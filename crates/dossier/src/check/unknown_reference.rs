#![doc = include_str!("../../../../docs/checks/unknown-reference.md")]

use foedera_world::{Finding, Severity};

use super::Context;
use crate::resolve::Unresolved;

/// Most names compared for suggestions; a lost include makes thousands of unknown names.
const COMPARED: usize = 1_000_000;

pub(crate) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let suggested = (COMPARED / cx.names.len().max(1)).min(200);
    let dangling = cx.left.iter().flat_map(|r| &r.dangling);
    let finding = |(i, d): (usize, &crate::draft::Dangling)| {
        let file = cx.shelf.files[d.file as usize].name;
        let (written, kind) = (crate::draft::clip(&d.written), d.kind.a());
        let (message, help) = match &d.why {
            Unresolved::Nobody => {
                let meant = if i < suggested { cx.names.nearest(d.kind, &d.written) } else { None };
                let help = match meant {
                    Some(id) => format!("did you mean `{id}`?"),
                    None => {
                        format!("declare it with `[[{}]]`, or include the dossier that does", d.kind.word())
                    }
                };
                (format!("`{written}` is not the id or another name of {kind}"), help)
            }
            Unresolved::Other(other) => {
                (format!("`{written}` is {}; expected {kind}", other.a()), format!("name {kind} here"))
            }
            Unresolved::Several(ids) => (
                format!("`{written}` is another name of several: {}", ids.join(", ")),
                "write the id of the one that is meant".to_owned(),
            ),
        };
        Finding::new("unknown-reference", Severity::Error, message, file, d.span.clone()).help(help)
    };
    dangling.enumerate().map(finding).collect()
}

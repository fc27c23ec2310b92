#![doc = include_str!("../../../../docs/checks/empty-area.md")]

use foedera_world::Finding;

use super::Context;

pub(crate) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let empty = cx.left.iter().flat_map(|r| &r.empty_areas);
    let finding = |e: &crate::draft::EmptyArea| {
        let message = match e.key {
            "" => "this area names no place; expected one of `place`, `area`, `territory-of`, `administered-by`, `any`, `all` or `not`"
                .to_owned(),
            key => format!("`{key}` lists no area, so it covers nothing"),
        };
        cx.finding("empty-area", e.file, e.span.clone(), message)
            .label("this row is not used")
            .help("name the area, or leave the field out if the text sets no limit")
    };
    empty.map(finding).collect()
}

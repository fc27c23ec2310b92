//! Every check.
use crate::CheckInfo;
use crate::draft::{Draft, Reading};
use crate::resolve::Names;
use crate::source::Shelf;
use foedera_world::{Finding, Severity};
pub(crate) mod circular_reference;
mod unknown_reference;
/// What a check looks at.
pub(crate) struct Context<'a> {
    pub(crate) shelf: &'a Shelf<'a>,
    pub(crate) names: &'a Names<'a>,
    /// One row per id.
    pub(crate) draft: &'a Draft,
    /// What reading each file left behind.
    pub(crate) left: &'a [Reading],
}
pub(crate) static CHECKS: &[CheckInfo] = &[CheckInfo {
    code: "unknown-reference",
    severity: Severity::Error,
    summary: "a name stands for nothing",
}];
pub(crate) fn run(cx: &Context<'_>) -> Vec<Finding> {
    let mut out = unknown_reference::check(cx);
    out.extend(circular_reference::check(cx));
    out
}

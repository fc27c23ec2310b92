//! PDF: the text of its pages.
use super::{IntakeError, Text};

pub(super) fn text(_: &[u8]) -> Result<Text, IntakeError> {
    Err(IntakeError { code: "pdf", message: "not yet".into(), help: "" })
}

//! The mechanisms: one file or folder each, one page each in `docs/mechanisms`.

pub mod casus;
pub mod members;
pub mod status;
pub mod ties;

//! The mechanisms: one file or folder each, one page each in `docs/mechanisms`.

pub mod casus;
pub mod codings;
pub mod conflicts;
pub mod decide;
pub mod diff;
pub mod expect;
pub mod facility;
pub mod impact;
pub mod may;
pub mod measure;
pub mod members;
pub mod status;
pub mod ties;
pub mod timeline;

//! The verbs: from a request in words to an envelope.
//!
//! In: a dossier, a request. Out: an [`Envelope`](crate::Envelope) or an [`AskError`](crate::AskError). One file a verb.

pub mod casus;
pub mod members;
pub mod replay;
pub mod search;
pub mod show;
pub mod status;
pub mod ties;
pub mod why_not;

//! The ground everything stands on: the words of the field, dates of any precision, and the immutable world.
//!
//! In: rows a dossier compiles to ([`record`]). Out: a [`World`] and, for each state of knowledge, a [`View`] in
//! which dated acts have been folded into who was bound when.
//!
//! What always holds: a `World` never changes; nothing here reads text, files, the clock or the environment;
//! status is never stored, it is folded from dated acts ([`view`]).

pub mod area;
pub mod finding;
pub mod record;
pub mod terms;
pub mod time;
pub mod view;
pub mod world;

pub use finding::{Finding, Label, Severity};
pub use view::{Folded, Knowledge, View};
pub use world::World;

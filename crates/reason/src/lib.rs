//! Questions, mechanisms and proofs: what follows from the world as known.
//!
//! In: a [`View`](foedera_world::View) and a question in numbers. Out: an answer whose every item carries a [`proof`] with cited
//! rows or named assumptions as leaves.
//!
//! What always holds: an answer is a pure function of view and question; the code that decides is the code that
//! explains (a [`Trace`](proof::Trace) watches it); unknown is an answer; silence never gives *no*.

pub mod mechanism;
pub mod pattern;
pub mod proof;
pub mod told;
pub mod yardstick;

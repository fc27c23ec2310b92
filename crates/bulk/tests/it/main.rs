//! The bulk world against a slow interpreter that shares no code with it, on small random worlds; and that interpreter with
//! deliberate mistakes, each of which must show.

mod agree;
mod mistakes;
mod naive;
mod sample;

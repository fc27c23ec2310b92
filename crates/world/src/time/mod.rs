//! Time: days, windows of days, extents, and dates as sources write them.
//!
//! In: text in EDTF (ISO 8601-2), the way a dossier writes dates. Out: bounds of whole days, and answers that are
//! *certain*, *possible* or *not* so.
//!
//! What always holds: a date is never made more precise than its text; extents are half-open, so a thing that ends
//! on a day no longer holds on that day; there is no clock, no time zone and no time of day; nothing panics on input.
//!
//! From small to large: [`Day`], [`Span`] (a distance), [`Moment`] (an event on some one day) and [`Tv`] (three
//! values), [`Period`] (an extent with uncertain ends), [`Edtf`] (the text, with its moment and its period).

mod day;
mod edtf;
mod moment;
mod period;
mod span;

pub use day::Day;
pub use edtf::{DateError, DateProblem, Edtf, Shape};
pub use moment::{Moment, Tv};
pub use period::Period;
pub use span::Span;

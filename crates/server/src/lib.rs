//! The web face: `foedera serve`. Pages, figures and an HTTP API over one opened dossier, on this machine only.
//!
//! In: an opened [`Dossier`](foedera::Dossier), perhaps the reader's own copies of the texts, a listener. Out: HTTP answers.
//!
//! What always holds: every answer comes from [`foedera::ask`]; nothing is written but decisions of a review the server was
//! started for; the same address on the same dossier and day
//! gives the same bytes; every page is whole without a script; no page names another host but as a link to a source.

mod address;
mod api;
mod asked;
mod assets;
mod cite;
mod days;
mod desk;
mod door;
mod explore;
mod form;
mod openapi;
mod page;
mod pages;
mod parts;
mod prose;
mod refusal;
mod routes;

pub use desk::{Desk, Today};
pub use door::{Request, Response, answer, serve};

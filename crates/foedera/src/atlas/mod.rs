//! The atlas: every dated tie of every actor, in one plain table, so that a page can redraw for any day without asking again.
//!
//! In: a dossier and a basis. Out: an [`Atlas`]: actors, instruments, and ties between two ends with the spans in which they
//! held. An end is an actor or, for an instrument of several parties, the instrument itself (or the organisation it
//! constitutes). What always holds: folded from the same view as `ties`, so that on any day the ties of an actor here and
//! there rest on the same instruments in the same layers; a span that is only possibly known has wide bounds; citations of sources that do not
//! count at the basis are left out.

mod draft;
mod span;

use foedera_world::time::Day;
use serde::Serialize;

pub use span::{Held, Span};

use crate::answer::BasisView;
use crate::basis::Basis;
use crate::{AskError, BasisRequest, Dossier};
use draft::Drawn;

/// Everybody's ties over all time, as known.
#[derive(Clone, Debug, Serialize)]
pub struct Atlas {
    /// The basis asked on.
    pub basis: BasisView,
    /// The day asked about: its first and last possible day number.
    pub on: (i32, i32),
    /// The ends of ties: actors, and instruments of several parties.
    pub ends: Vec<AtlasEnd>,
    /// Instruments, by number.
    pub instruments: Vec<AtlasInstrument>,
    /// Ties, sorted by ends, layer and source.
    pub ties: Vec<AtlasTie>,
    /// What happened, in order: dated acts, with the ends concerned.
    pub changes: Vec<AtlasChange>,
}

/// What a tie ends at.
#[derive(Clone, Debug, Serialize)]
pub struct AtlasEnd {
    /// Id of an actor or an instrument.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `state`, `organisation` … or `instrument`.
    pub kind: String,
    /// When it existed: first certain and last day number; none = open.
    pub exists: Span,
    /// The instrument it stands for, if parties hang on it.
    pub hub: Option<usize>,
}

/// An instrument that ties.
#[derive(Clone, Debug, Serialize)]
pub struct AtlasInstrument {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// Whether it binds in law.
    pub binding: bool,
}
/// A tie between two ends, in one layer, by one instrument or as one source tells it.
#[derive(Clone, Debug, Serialize)]
pub struct AtlasTie {
    /// One end.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// Which way: `both`, or `out` from the first end, or `in` to it.
    pub way: &'static str,
    /// The layer.
    pub layer: &'static str,
    /// What: acts with strength and article.
    pub acts: Vec<AtlasAct>,
    /// By which instrument.
    pub instrument: Option<usize>,
    /// By which claim.
    pub claim: Option<String>,
    /// In words.
    pub says: String,
    /// When.
    pub spans: Vec<Span>,
    /// Citations: `source locator`; of the phases that hold on the day asked about first.
    pub cites: Vec<String>,
}

impl AtlasTie {
    /// How surely it holds on a day.
    pub fn held(&self, on: (i32, i32)) -> Held {
        self.spans.iter().map(|s| s.held(on)).max().unwrap_or(Held::Not)
    }

    /// The span that holds on a day, the surest first.
    pub fn span(&self, on: (i32, i32)) -> Option<&Span> {
        self.spans.iter().filter(|s| s.held(on) != Held::Not).max_by_key(|s| s.held(on))
    }

    /// What makes it the same tie at another basis.
    pub fn key(&self, atlas: &Atlas) -> String {
        let by = self.instrument.map_or(self.claim.as_deref().unwrap_or(""), |i| &atlas.instruments[i].id);
        format!("{}|{}|{}|{by}", atlas.ends[self.a].id, atlas.ends[self.b].id, self.layer)
    }
}

/// One act of a tie.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct AtlasAct {
    /// How strongly, strongest first.
    pub strength: &'static str,
    /// What.
    pub act: &'static str,
    /// Article.
    pub article: String,
}

/// A dated act.
#[derive(Clone, Debug, Serialize)]
pub struct AtlasChange {
    /// The day by which it had happened.
    pub day: i32,
    /// As written.
    pub on: String,
    /// In words.
    pub says: String,
    /// Id of the instrument or thing.
    pub id: String,
    /// The ends it concerns.
    pub ends: Vec<usize>,
    /// Citations.
    pub cites: Vec<String>,
}
/// Draws the atlas, with what the basis supposes as rows. Facts of one scenario tie nobody and are left out.
///
/// # Errors
/// A date or pack of the basis that is not understood.
pub fn atlas(dossier: &Dossier, request: &BasisRequest) -> Result<Atlas, AskError> {
    let (layered, _) = dossier.supposing(&request.assume, &request.suppose, request)?;
    let dossier = layered.as_deref().unwrap_or(dossier);
    let basis = Basis::resolve(dossier, request)?;
    let view = basis.view(dossier);
    let on = (basis.on.earliest.number(), basis.on.latest.number());
    let Drawn { ends, instruments, ties, changes } = draft::draw(&view, on);
    Ok(Atlas { on, ends, instruments, ties, changes, basis: basis.echo })
}
/// The day numbers between which a written day lies.
///
/// # Errors
/// A date that is not understood.
pub fn day_numbers(text: &str, today: &str) -> Result<(i32, i32), AskError> {
    let m = crate::basis::moment("on", text, today)?;
    Ok((m.earliest.number(), m.latest.number()))
}

/// A day number as a date.
pub fn date_of(day: i32) -> String {
    Day::from_number(day).to_string()
}

/// A day number as year, month, day.
pub fn ymd(day: i32) -> (i32, u8, u8) {
    Day::from_number(day).ymd()
}

/// The day number of a date.
pub fn day_number(year: i32, month: u8, day: u8) -> Option<i32> {
    Day::from_ymd(year, month, day).map(Day::number)
}

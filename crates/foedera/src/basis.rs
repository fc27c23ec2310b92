//! The basis of an answer: on which day, as known when, by which packs, for whose eyes.

use foedera_world::terms::{Marking, Silence};
use foedera_world::time::{DateError, Edtf, Moment};
use foedera_world::{Knowledge, View, World};

use crate::answer::BasisView;
use crate::suppose::SUPPOSED;
use crate::{AskError, Dossier};

/// A basis in words. Empty fields take their defaults: `on` = the caller's today, `known` = latest, all packs, all markings.
#[derive(Clone, Debug, Default)]
pub struct BasisRequest {
    /// The day asked about.
    pub on: Option<String>,
    /// Only sources published by then.
    pub known: Option<String>,
    /// Packs that count.
    pub using: Vec<String>,
    /// The most restricted marking the reader may see (`TLP:GREEN`).
    pub clearance: Option<String>,
    /// Today, resolved once by the face.
    pub today: String,
    /// Facts supposed: of a scenario, or rows layered over the dossier.
    pub assume: Vec<String>,
    /// Files with hypothetical rows: name and text.
    pub suppose: Vec<(String, String)>,
}

/// A basis resolved against a dossier.
pub(crate) struct Basis {
    pub(crate) on: Moment,
    pub(crate) knowledge: Knowledge,
    pub(crate) echo: BasisView,
}

pub(crate) fn date_error(flag: &str, e: &DateError) -> AskError {
    AskError::new("bad-date", format!("{flag}: {e}")).help(e.help())
}

impl Basis {
    pub(crate) fn resolve(dossier: &Dossier, r: &BasisRequest) -> Result<Basis, AskError> {
        let world = &dossier.world;
        let on_text = r.on.clone().unwrap_or_else(|| r.today.clone());
        let on = moment("--on", &on_text, &r.today)?;
        let known = match r.known.as_deref() {
            None | Some("latest") => Moment::OPEN_END,
            Some(text) => moment("--known", text, &r.today)?,
        };
        let packs = packs(world, &r.using)?;
        let clearance = match r.clearance.as_deref() {
            None => Marking::Red,
            Some(w) => {
                let upper = w.to_uppercase();
                let full = if upper.starts_with("TLP:") { upper } else { format!("TLP:{upper}") };
                Marking::parse(&full).ok_or_else(|| {
                    AskError::new(
                        "bad-marking",
                        format!("`{w}` is not a marking; expected one of {}", Marking::WORDS.join(", ")),
                    )
                })?
            }
        };
        let all: Vec<String> = world.records.packs.iter().map(|p| p.id.clone()).collect();
        let mut using: Vec<String> = match &packs {
            None => all,
            Some(list) => list.iter().map(|i| world.records.packs[usize::from(*i)].id.clone()).collect(),
        };
        using.retain(|p| p != SUPPOSED);
        let newest = world.newest_source().map(|m| m.latest.to_string());
        let echo = BasisView {
            on: if r.on.is_some() && on_text != "today" { on_text } else { r.today.clone() },
            known: if known == Moment::OPEN_END {
                "latest".to_owned()
            } else {
                r.known.clone().unwrap_or_default()
            },
            newest_source: newest,
            using,
            clearance: clearance.word().to_owned(),
            dossier: dossier.names.join(","),
            dossier_hash: dossier.hash.clone(),
            engine: format!("foedera {}", env!("CARGO_PKG_VERSION")),
            assume: r.assume.clone(),
            hypothetical: dossier.supposed.clone(),
        };
        Ok(Basis { on, knowledge: Knowledge { known, packs, clearance, ..Knowledge::latest() }, echo })
    }

    pub(crate) fn view<'w>(&self, dossier: &'w Dossier) -> View<'w> {
        dossier.view(&self.knowledge)
    }

    /// Which silence it is when nothing was found and nothing has ended. `told` says whether a view holds what was looked for,
    /// at any day: what later sources tell was not yet known; a day after the newest source, or outside the days of all the data
    /// sets, is not covered; else nobody looked.
    pub(crate) fn silence(&self, dossier: &Dossier, told: impl FnOnce(&View<'_>) -> bool) -> Silence {
        let latest = Knowledge { known: Moment::OPEN_END, ..self.knowledge.clone() };
        if self.knowledge.known != Moment::OPEN_END && told(&dossier.view(&latest)) {
            return Silence::NotYetKnown;
        }
        let after = dossier.world.newest_source().is_some_and(|n| self.on.earliest > n.latest);
        if after || !self.view(dossier).covers(self.on) {
            Silence::OutsideCoverage
        } else {
            Silence::NotLooked
        }
    }
}

pub(crate) fn moment(flag: &str, text: &str, today: &str) -> Result<Moment, AskError> {
    let text = if text == "today" { today } else { text };
    Edtf::parse(text).map(|e| e.moment()).map_err(|e| date_error(flag, &e))
}

fn packs(world: &World, using: &[String]) -> Result<Option<Vec<u16>>, AskError> {
    let mut out = Vec::new();
    for name in using.iter().flat_map(|u| u.split(',')).map(str::trim).filter(|u| !u.is_empty()) {
        match world.records.packs.iter().position(|p| p.id == name) {
            Some(i) => out.push(i as u16),
            None => {
                let known: Vec<&str> = world.records.packs.iter().map(|p| p.id.as_str()).collect();
                return Err(AskError::new(
                    "unknown-pack",
                    format!("no pack `{name}`; this dossier has {}", known.join(", ")),
                ));
            }
        }
    }
    // What a question supposes always counts.
    let supposed = world.records.packs.iter().position(|p| p.id == SUPPOSED);
    if !out.is_empty() {
        out.extend(supposed.map(|i| i as u16));
    }
    Ok(if out.is_empty() { None } else { Some(out) })
}

//! The verbs: from a request in words to an envelope.
//!
//! In: a dossier, a [`Question`], a basis. Out: an [`Envelope`] or an [`AskError`]. One file a verb; [`ask`] is the one door.
//! What always holds: a question written into an answer is the question that can be asked again.

mod casus;
mod claims;
mod conflicts;
mod coverage;
mod decide;
mod diff;
mod expect;
mod impact;
mod may;
mod measure;
mod members;
mod replay;
mod search;
mod show;
mod status;
mod ties;
mod timeline;
mod why_not;

use foedera_reason::mechanism::casus::moment;
use foedera_reason::pattern::Match;
use foedera_reason::told;
use foedera_reason::yardstick;
use foedera_world::record::Tells;
use foedera_world::terms::*;
use foedera_world::world::{ClaimId, EvidenceId};
use foedera_world::{View, World};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use casus::CasusRequest;
pub use claims::ClaimsRequest;
pub(crate) use replay::asked_again;
pub use replay::replay;

use crate::{AskError, BasisRequest, Dossier, Envelope};

/// A question. Its JSON form stands in every answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the fields are the arguments of the verb of that name")]
pub enum Question {
    /// X attacks Y at P.
    Casus(CasusRequest),
    /// Why somebody is not bound.
    WhyNot {
        actor: String,
        #[serde(flatten)]
        casus: CasusRequest,
    },
    /// What has become of an instrument, a party under it, a facility.
    Status { instrument: String, party: Option<String> },
    /// All that binds.
    Ties { a: String, b: Option<String> },
    /// Who belongs, or who holds an office.
    Members { of: String },
    /// What has become of a matter.
    Decide { matter: String },
    /// May A pass information, admit forces, transfer arms to B?
    May { deed: String, from: String, to: String, class: Option<String>, onward: Option<String> },
    /// What became of expectations.
    Expect { ids: Vec<String>, by: Option<String> },
    /// Where sources disagree.
    Conflicts { ids: Vec<String>, about: Option<String> },
    /// What sources say.
    Claims(ClaimsRequest),
    /// Dated values.
    Measure { measures: Vec<String> },
    /// Acts and events in order.
    Timeline { ids: Vec<String>, from: Option<String>, to: Option<String> },
    /// What changed between two bases.
    Diff {
        from_on: Option<String>,
        to_on: Option<String>,
        from_known: Option<String>,
        to_known: Option<String>,
        /// Packs that count on the earlier side, by comma.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from_using: Option<String>,
        /// Packs that count on the later side.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to_using: Option<String>,
        ids: Vec<String>,
    },
    /// What falls without a source or claim.
    Impact { of: String },
    /// What the dossier holds of what it sets out to hold.
    Coverage {},
    /// One thing as the dossier has it.
    Show {
        id: String,
        /// Only in this table, where several things share an id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        table: Option<String>,
    },
    /// Names and statements.
    Search { words: String },
}

/// Asks.
///
/// # Errors
/// A name, date, word or fact that is not understood, with what was meant.
pub fn ask(dossier: &Dossier, question: &Question, basis: &BasisRequest) -> Result<Envelope, AskError> {
    let (layered, facts) = dossier.supposing(&basis.assume, &basis.suppose, basis)?;
    let d = layered.as_deref().unwrap_or(dossier);
    let mut answer = dispatch(d, question, basis, &facts)?;
    if answer.verdict == Verdict::NotInSources.word() && !basis.using.is_empty() {
        let others = packs_that_answer(d, question, basis, &facts);
        if !others.is_empty() {
            let names = others.join(" or ");
            answer.answer = format!("{} The pack {names} would answer it.", answer.answer);
            answer
                .warnings
                .push(format!("other-pack: with `--using …,{}` there is an answer", others.join(",")));
        }
    }
    if let Some(faults) = &d.faults {
        answer.warnings.push(format!("faulty-dossier: {faults}"));
    }
    Ok(answer)
}

/// Packs left out any one of which would give an answer.
fn packs_that_answer(d: &Dossier, q: &Question, basis: &BasisRequest, facts: &[String]) -> Vec<String> {
    let given: Vec<&str> = basis.using.iter().flat_map(|u| u.split(',')).map(str::trim).collect();
    let mut packs: Vec<&str> = d.world.records.packs.iter().map(|p| p.id.as_str()).collect();
    packs.sort_unstable();
    let left_out = packs.into_iter().filter(|p| !given.contains(p) && *p != crate::suppose::SUPPOSED);
    left_out
        .filter(|p| {
            let mut wider = basis.clone();
            wider.using.push((*p).to_owned());
            dispatch(d, q, &wider, facts).is_ok_and(|a| a.verdict != Verdict::NotInSources.word())
        })
        .map(str::to_owned)
        .collect()
}

fn dispatch(
    d: &Dossier,
    question: &Question,
    basis: &BasisRequest,
    facts: &[String],
) -> Result<Envelope, AskError> {
    let with_facts = |r: &CasusRequest| {
        let mut r = r.clone();
        r.assume.extend(facts.iter().filter(|f| !r.assume.contains(f)).cloned().collect::<Vec<_>>());
        r
    };
    match question {
        Question::Casus(r) => casus::casus(d, &with_facts(r), basis),
        Question::WhyNot { actor, casus } => why_not::why_not(d, actor, &with_facts(casus), basis),
        Question::Status { instrument, party } => status::status(d, instrument, party.as_deref(), basis),
        Question::Ties { a, b } => ties::ties(d, a, b.as_deref(), basis),
        Question::Members { of } => members::members(d, of, basis),
        Question::Decide { matter } => decide::decide(d, matter, basis),
        Question::May { deed, from, to, class, onward } => {
            may::may(d, deed, from, to, class.as_deref(), onward.as_deref(), facts, basis)
        }
        Question::Expect { ids, by } => expect::expect(d, ids, by.as_deref(), facts, basis),
        Question::Conflicts { ids, about } => conflicts::conflicts(d, ids, about.as_deref(), basis),
        Question::Claims(r) => claims::claims(d, r, basis),
        Question::Measure { measures } => measure::measure(d, measures, basis),
        Question::Timeline { ids, from, to } => {
            timeline::timeline(d, ids, from.as_deref(), to.as_deref(), basis)
        }
        Question::Diff { from_on, to_on, from_known, to_known, from_using, to_using, ids } => {
            let days = [from_on, to_on, from_known, to_known, from_using, to_using].map(Option::as_deref);
            diff::diff(d, days, ids, basis)
        }
        Question::Impact { of } => impact::impact(d, of, basis),
        Question::Coverage {} => coverage::coverage(d, basis),
        Question::Show { id, table } => show::show(d, id, table.as_deref(), basis),
        Question::Search { words } => search::search(d, words, basis),
    }
}

/// The citations of a row: `source locator`.
pub(crate) fn cites_of(world: &World, rows: &[EvidenceId]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (s, l) in rows.iter().flat_map(|e| &world.evidence[e.ix()].cites) {
        let id = &world.records.sources[s.ix()].id;
        let text = if l.is_empty() { id.clone() } else { format!("{id} {l}") };
        if !out.contains(&text) {
            out.push(text);
        }
    }
    out
}

/// A claim as plain data.
pub(crate) fn claim_view(view: &View<'_>, id: ClaimId) -> Value {
    let world = view.world;
    let c = &world.records.claims[id.ix()];
    let aside = told::aside(view, id).map(|x| world.records.conflicts[x.ix()].id.clone());
    let likelihood = c.likelihood.as_ref().map(|w| {
        let range = yardstick::range(w, c.yardstick);
        json!({
            "word": w, "yardstick": c.yardstick.word(),
            "per_cent": range.map(|(low, high)| [low, high]),
            "says": yardstick::shown(w, c.yardstick),
        })
    });
    json!({
        "id": c.id,
        "kind": c.kind.word(),
        "mode": c.mode.word(),
        "says": c.says,
        "about": c.about,
        "on": c.on.as_ref().map(|e| e.text().to_owned()),
        "by": c.by,
        "holder": c.holder,
        "likelihood": likelihood,
        "tells": c.tells.iter().map(tells_view).collect::<Vec<_>>(),
        "set_aside_by": aside,
        "confidence": if told::visible(view, id) == foedera_world::time::Tv::Certain { "certain" } else { "possible" },
        "cites": cites_of(world, &[world.claim_evidence(id)]),
    })
}

fn tells_view(t: &Tells) -> Value {
    let mut v = json!({ "what": t.what.word() });
    let mut put = |k: &str, x: Value| {
        if !x.is_null() && x != json!([]) {
            v[k] = x;
        }
    };
    put("who", json!(t.who));
    put("whom", json!(t.whom));
    put("thing", json!(t.thing));
    put("domain", json!(t.domain));
    put("place", json!(t.place));
    put("rank", json!(t.rank.map(Delegate::word)));
    put("value", json!(t.value));
    put("as_of", json!(t.as_of.as_ref().map(|e| e.text().to_owned())));
    put("scope", json!(t.scope));
    put("method", json!(t.method));
    put("act", json!(t.act.map(Act::word)));
    put("degree", json!(t.degree.map(Degree::word)));
    put("on", json!(t.on.as_ref().map(|e| e.text().to_owned())));
    put("list", json!(t.list.word()));
    v
}

/// Evidence as plain data.
pub(crate) fn match_view(view: &View<'_>, m: &Match) -> Value {
    json!({
        "says": m.text,
        "claim": m.claim.map(|c| view.world.records.claims[c.ix()].id.clone()),
        "strength": m.strength.word(),
        "confidence": if m.possible { "possible" } else { "certain" },
        "hangs_on": m.hangs,
        "cites": cites_of(view.world, &m.evidence),
    })
}

/// A moment as plain data: none if nothing is known of it.
pub(crate) fn moment_view(m: foedera_world::time::Moment) -> Value {
    if m == foedera_world::time::Moment::UNKNOWN { Value::Null } else { json!(moment(m)) }
}

//! `casus`: X attacks Y at P on D.

use foedera_reason::mechanism::casus as mechanism;
use foedera_reason::mechanism::casus::{Answer, Asserted, Item, Question, fact_words};
use foedera_world::terms::*;
use foedera_world::view::fact_ref;
use foedera_world::{View, World};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::answer::{Found, proof_view};
use crate::basis::Basis;
use crate::{AskError, BasisRequest, Dossier, Envelope, names};

/// The question in words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CasusRequest {
    /// Who attacks; several by comma.
    pub attacker: Vec<String>,
    /// Who is attacked.
    pub target: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// `yes`, `no`, `unknown`; none = assumed `no`.
    pub provoked: Option<String>,
    /// Kind of attack; none = `armed`.
    pub kind: Option<String>,
    /// Who supports the attacker.
    pub with: Vec<String>,
    /// Scenario facts.
    pub assume: Vec<String>,
    /// Rounds of the cascade; none = 1.
    pub rounds: Option<u32>,
}

/// The most rounds a question may ask for.
pub(super) const MOST_ROUNDS: u32 = 8;

pub(crate) fn word<T: Copy>(
    flag: &str,
    text: &str,
    parse: fn(&str) -> Option<T>,
    words: &[&str],
) -> Result<T, AskError> {
    parse(text).ok_or_else(|| {
        AskError::new("unknown-word", format!("{flag}: `{text}` is not one of {}", words.join(", ")))
    })
}

impl CasusRequest {
    pub(crate) fn resolve(&self, world: &World, basis: &Basis) -> Result<Question, AskError> {
        let attackers = names::actors(world, &self.attacker)?;
        let targets = names::actors(world, &self.target)?;
        if attackers.is_empty() || targets.is_empty() {
            return Err(AskError::new("incomplete-question", "a casus needs an attacker and a target")
                .help("for example: casus --attacker PRK --target JPN --on 2024-07-11"));
        }
        if let Some(both) = attackers.iter().find(|a| targets.contains(a)) {
            let key = world.actor_key(*both);
            return Err(AskError::new(
                "attacker-is-target",
                format!("`{key}` is named as attacker and as target"),
            ));
        }
        let rounds = self.rounds.unwrap_or(1);
        if rounds == 0 || rounds > MOST_ROUNDS {
            return Err(AskError::new(
                "too-many-rounds",
                format!("--rounds {rounds}: expected 1 to {MOST_ROUNDS}"),
            ));
        }
        let provoked = match &self.provoked {
            None => (Provoked::No, false),
            Some(p) => (word("--provoked", p, Provoked::parse, Provoked::WORDS)?, true),
        };
        let kind = match &self.kind {
            None => AttackKind::Armed,
            Some(k) => word("--kind", k, AttackKind::parse, AttackKind::WORDS)?,
        };
        Ok(Question {
            attackers,
            targets,
            place: self.place.as_deref().map(|p| names::place(world, p)).transpose()?,
            provoked,
            kind,
            with: names::actors(world, &self.with)?,
            on: basis.on,
            facts: facts(world, &self.assume)?,
            rounds,
        })
    }
}

impl Dossier {
    /// A fact as `--assume` takes it, as a sentence without its full stop; none if it is no fact of this dossier.
    pub fn fact_sentence(&self, written: &str) -> Option<String> {
        let said = facts(&self.world, &[written.to_owned()]).ok()?.pop()?;
        let mut out = mechanism::fact_sentence(&self.world, &said.fact);
        if !said.holds {
            out = format!("it is not so that {out}");
        }
        if let Some(holder) = said.holder {
            out = format!("{} holds that {out}", self.world.records.actors[holder.ix()].name);
        }
        Some(out)
    }
}

/// Reads `--assume` facts.
pub(crate) fn facts(world: &World, texts: &[String]) -> Result<Vec<Asserted>, AskError> {
    use foedera_world::world::Named;
    let mut out = Vec::new();
    for text in texts {
        let resolve = |name: &str| -> Option<String> {
            let found = world.named(name).iter().find(|n| !matches!(n, Named::Source(_) | Named::Area(_)))?;
            Some(names::key(world, *found).to_owned())
        };
        let bad = |m: String| {
            AskError::new("bad-fact", format!("--assume: {m}"))
                .help("for example: --assume 'requested:ARM', --assume 'not mobilised:DEU'")
        };
        let (holds, fact, holder) = foedera_dossier::parse_fact(text, &resolve).map_err(bad)?;
        let fact = fact_ref(world, &fact)
            .ok_or_else(|| bad(format!("`{text}` names something this dossier does not know")))?;
        let holder = holder.map(|h| names::actor(world, &h)).transpose()?;
        out.push(Asserted { fact, holds, holder });
    }
    Ok(out)
}

/// Answers.
pub(super) fn casus(
    dossier: &Dossier,
    request: &CasusRequest,
    basis: &BasisRequest,
) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let q = request.resolve(world, &basis)?;
    let view = basis.view(dossier);
    let a = mechanism::answer(&view, &q);
    let question = question_view(world, &q, request);
    let items = a.items.iter().map(|i| item_view(&view, i)).collect();
    let mut actors: Vec<_> = a.items.iter().map(|i| i.actor).collect();
    actors.sort_unstable();
    actors.dedup();
    let gates = mechanism::gates(&view, &q, &actors).iter().map(|g| gate_view(world, g)).collect();
    Ok(Envelope::new(world, basis, Found { gates, ..found(question, a, items) }))
}

fn gate_view(world: &World, g: &mechanism::Gate) -> Value {
    json!({
        "actor": world.actor_key(g.actor),
        "instrument": world.instrument_key(g.instrument),
        "article": g.article,
        "state": g.state.word(),
        "opens_with": g.opens_with,
        "says": g.proof.text,
        "proof": proof_view(world, &g.proof),
    })
}

fn found(question: Value, a: Answer, items: Vec<Value>) -> Found {
    Found {
        answer: String::new(),
        gates: Vec::new(),
        question,
        verdict: a.verdict,
        items,
        proof: a.proof,
        assumptions: a.assumptions,
        dissent: a.dissent,
        silence: a.silence,
        warnings: a.warnings.iter().map(|(code, text)| format!("{code}: {text}")).collect(),
        cited: a
            .items
            .iter()
            .flat_map(|i| i.proof.children.iter().flat_map(|c| c.evidence.clone()))
            .collect(),
    }
}

pub(crate) fn question_view(world: &World, q: &Question, r: &CasusRequest) -> Value {
    let keys = |l: &[foedera_world::world::ActorId]| {
        l.iter().map(|a| world.actor_key(*a).to_owned()).collect::<Vec<_>>()
    };
    json!({
        "verb": "casus",
        "attacker": keys(&q.attackers),
        "target": keys(&q.targets),
        "place": q.place.map(|p| world.records.places[p.ix()].id.clone()),
        "provoked": if q.provoked.1 { q.provoked.0.word() } else { "assumed-no" },
        "kind": q.kind.word(),
        "with": keys(&q.with),
        "assume": r.assume,
        "rounds": q.rounds,
    })
}

fn item_view(view: &View<'_>, i: &Item) -> Value {
    let world = view.world;
    json!({
        "actor": world.actor_key(i.actor),
        "role": i.role.word(),
        "toward": world.actor_key(i.toward),
        "act": i.act.map(Act::word),
        "instrument": i.instrument.map(|x| world.instrument_key(x)),
        "article": i.article,
        "modality": i.modality.map(Modality::word),
        "strength": i.strength.map(Strength::word),
        "discretion": i.discretion.map(Discretion::word),
        "confidence": i.confidence.word(),
        "reason": i.reason.map(Reason::word),
        "round": i.round,
        "passed": i.passed,
        "open": i.open.iter().map(|f| fact_words(view, f)).collect::<Vec<_>>(),
        "disputed": i.disputed,
        "says": i.proof.text,
        "proof": proof_view(world, &i.proof),
    })
}

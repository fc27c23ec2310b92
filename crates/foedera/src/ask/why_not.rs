//! `why-not`: why an actor is not bound, and the smallest change that would flip it.

use foedera_reason::mechanism::casus::{change_words, why_not as mechanism};
use foedera_reason::proof::Node;
use foedera_world::terms::Verdict;
use foedera_world::world::ActorId;
use serde_json::json;

use crate::answer::{Found, proof_view};
use crate::ask::casus::question_view;
use crate::basis::Basis;
use crate::{AskError, BasisRequest, CasusRequest, Dossier, Envelope, names};

/// Answers for the three clauses that came nearest.
pub(super) fn why_not(
    dossier: &Dossier,
    actor: &str,
    request: &CasusRequest,
    basis: &BasisRequest,
) -> Result<Envelope, AskError> {
    let basis = Basis::resolve(dossier, basis)?;
    let world = &dossier.world;
    let who = names::actor(world, actor)?;
    let q = request.resolve(world, &basis)?;
    let view = basis.view(dossier);
    let mut list = mechanism(&view, &q, who, 3);
    // An organisation acts by the treaty that constitutes it: what keeps its members keeps it.
    let treaty = view.constituent(who).filter(|_| list.is_empty());
    if let Some(treaty) = treaty {
        let members = view.parties_on(treaty, q.on);
        let side = |a: &ActorId| q.targets.contains(a) || q.attackers.contains(a);
        if let Some((member, _)) = members.iter().find(|(a, _)| !side(a)) {
            list = mechanism(&view, &q, *member, 32);
            list.retain(|w| view.clauses[w.clause as usize].instrument == treaty);
            list.truncate(1);
        }
    }
    let name = &world.records.actors[who.ix()].name;
    let bound =
        foedera_reason::mechanism::casus::decide(&view, &foedera_reason::mechanism::casus::Scene::new(&q))
            .iter()
            .any(|c| {
                c.debtor == who
                    && q.targets.contains(&c.beneficiary)
                    && view.clauses[c.clause as usize].act.fights()
            });
    let mut items = Vec::new();
    let mut proof = Node::new(
        "why-not",
        match (bound, list.is_empty()) {
            (true, _) => format!("{name} is bound by another clause; ask `casus` for it"),
            (false, true) => format!(
                "no clause in the dossier could bind {name} here: it is party to none that promises armed help"
            ),
            (false, false) if treaty.is_some() => {
                format!("{name} is not bound: it acts by its members' treaty, which does not reach this case")
            }
            (false, false) => format!("{name} is not bound; the clause that came nearest is named first"),
        },
    );
    for w in &list {
        let clause = &view.clauses[w.clause as usize];
        let row = view.provision(clause);
        let changes: Vec<_> = w
            .changes
            .iter()
            .map(|c| {
                let (text, option) = change_words(&view, c);
                json!({ "text": text, "option": option })
            })
            .collect();
        let words: Vec<String> = w.changes.iter().map(|c| change_words(&view, c).0).collect();
        let says = format!(
            "{}, {}: {} — would bind if {}{}",
            world.records.instruments[clause.instrument.ix()].name,
            row.article,
            w.failures.iter().map(|f| f.1.word()).collect::<Vec<_>>().join(", "),
            words.join(" and "),
            if w.tried { " (tried: it does)" } else { "" },
        );
        items.push(json!({
            "actor": world.actor_key(who),
            "toward": world.actor_key(w.toward),
            "instrument": world.instrument_key(clause.instrument),
            "article": row.article,
            "act": row.act.word(),
            "reason": w.failures.first().map(|f| f.1.word()),
            "failures": w.failures.iter().map(|f| json!({ "condition": f.0.word(), "reason": f.1.word() })).collect::<Vec<_>>(),
            "changes": changes,
            "tried": w.tried,
            "says": says,
            "proof": proof_view(world, &w.proof),
        }));
        let mut node = w.proof.clone();
        node.text = says;
        proof.children.push(node);
    }
    let mut question = question_view(world, &q, request);
    question["verb"] = json!("why-not");
    question["actor"] = json!(world.actor_key(who));
    let verdict = match (bound, list.is_empty()) {
        (true, _) => Verdict::Yes,
        (false, false) => Verdict::No,
        (false, true) => Verdict::NotInSources,
    };
    let found = Found {
        answer: String::new(),
        gates: Vec::new(),
        question,
        verdict,
        items,
        proof,
        assumptions: Vec::new(),
        dissent: Vec::new(),
        silence: None,
        warnings: Vec::new(),
        cited: Vec::new(),
    };
    Ok(Envelope::new(world, basis, found))
}

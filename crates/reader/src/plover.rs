//! Events in the field's own form: PLOVER types and CAMEO codes.
//!
//! In: a [`Document`]. Out: one [`Coded`] line for each event the field would code. What always holds: by the field's rules what is only
//! announced is an agreement if it is kind and a threat if it is not, and what is told by the way is coded only where nothing else is; an
//! actor whose state or sort is not known keeps the words of the text.

use serde::Serialize;

use crate::document::{Document, EventOut};

/// An event as the field writes it.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Coded {
    /// The claim it comes from.
    pub id: String,
    /// PLOVER type.
    pub event: String,
    /// CAMEO code.
    pub cameo: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Who.
    pub source: Vec<String>,
    /// Toward whom.
    pub target: Vec<String>,
    /// When.
    pub date: Option<String>,
}

/// The PLOVER type of an act that is only announced or possible.
pub fn announced(kind: &str) -> &str {
    match kind {
        "CONSULT" | "SUPPORT" | "COOPERATE" | "AID" | "CONCEDE" | "RETREAT" => "AGREE",
        "SANCTION" | "COERCE" | "ASSAULT" | "PROTEST" => "THREATEN",
        other => other,
    }
}

/// The CAMEO code of an act that is only announced: `03` with the act's own root where CAMEO has it, `13` for harm.
fn announced_code(kind: &str, code: &str) -> String {
    match kind {
        "CONSULT" => "036".to_owned(),
        "SUPPORT" | "COOPERATE" => "031".to_owned(),
        "AID" => "033".to_owned(),
        "CONCEDE" | "RETREAT" => "035".to_owned(),
        "SANCTION" => "131".to_owned(),
        "PROTEST" => "133".to_owned(),
        "COERCE" | "ASSAULT" => "138".to_owned(),
        _ => code.to_owned(),
    }
}

/// The events of a document in the field's form.
pub fn code(doc: &Document) -> Vec<Coded> {
    let main = doc.events.iter().any(|e| e.told == "main");
    let verbs = doc.events.iter().any(|e| e.told != "noun");
    let counts = |e: &&EventOut| if main { e.told == "main" } else { !verbs || e.told != "noun" };
    let mut out: Vec<Coded> = Vec::new();
    for e in doc.events.iter().filter(counts) {
        let future = matches!(
            e.modality,
            "planned" | "intended" | "expected" | "possible" | "conditional" | "obligated"
        );
        let negated = e.polarity == "negated";
        let (event, cameo) = match (future, negated) {
            // What is not done is refused if it is a kindness, and otherwise no event.
            (_, true)
                if matches!(
                    e.kind.as_str(),
                    "AID" | "CONCEDE" | "RETREAT" | "SUPPORT" | "COOPERATE" | "CONSULT" | "AGREE"
                ) =>
            {
                ("REJECT".to_owned(), "120".to_owned())
            }
            (true, _) => (announced(&e.kind).to_owned(), announced_code(&e.kind, &e.cameo)),
            _ => (e.kind.clone(), e.cameo.clone()),
        };
        let coded = Coded {
            id: e.id.clone(),
            event,
            cameo,
            mode: e.mode.clone(),
            source: e.source.iter().map(|a| actor_code(doc, a)).collect(),
            target: e.target.iter().map(|a| actor_code(doc, a)).collect(),
            date: e.date.clone(),
        };
        if !out.iter().any(|o| o.event == coded.event && o.source == coded.source && o.target == coded.target)
        {
            out.push(coded);
        }
    }
    out
}

/// An actor as the field writes it: state, then role. A person acts for the state whose office the text gives, or else for the one the
/// lexicon lists the name under; a body of states begins with `IGO`, people of no named state with `---`.
pub fn actor_code(doc: &Document, actor: &str) -> String {
    if actor.starts_with("PER:") {
        let office =
            doc.offices.iter().find(|o| o.person == actor && !o.of.is_empty()).map(|o| o.of.as_str());
        let state = office.or_else(|| doc.person_states.get(actor).map(String::as_str));
        return match state {
            Some(of) if of.starts_with("ORG:") => actor_code(doc, of),
            Some(of) => format!("{}GOV", of.split('.').next().unwrap_or(of)),
            None => actor.to_owned(),
        };
    }
    if let Some(name) = actor.strip_prefix("ORG:") {
        let sort = doc.mentions.iter().find(|m| m.refers == actor).map_or("", |m| m.sort);
        let kind = match sort {
            "igo" | "bloc" => "IGO",
            "armed_group" => "IMG",
            "company" => "MNC",
            "thinktank" | "organisation" => "NGO",
            "media" => "---MED",
            _ => return actor.to_owned(),
        };
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        return format!("{kind}{}", letters.take(3).collect::<String>().to_ascii_uppercase());
    }
    if let Some((state, organ)) = actor.split_once('.').filter(|(s, _)| s.len() == 3) {
        let role = match organ {
            "MIL" | "SDF" => "MIL",
            "LEG" => "LEG",
            "COP" => "COP",
            "INTEL" => "SPY",
            "PARTY" => "PTY",
            "JUD" => "JUD",
            _ => "GOV",
        };
        return format!("{state}{role}");
    }
    let role = actor.split_whitespace().rev().find_map(role_of);
    role.map_or_else(|| actor.to_owned(), |r| format!("---{r}"))
}

/// The role a noun for people says.
fn role_of(word: &str) -> Option<&'static str> {
    Some(match crate::lexicon::singular(word) {
        "government" | "official" | "minister" | "ministry" | "president" | "premier" | "authority"
        | "cabinet" | "diplomat" | "ambassador" | "envoy" | "governor" | "mayor" => "GOV",
        "soldier" | "troop" | "troops" | "army" | "military" | "navy" | "marine" | "warplane"
        | "commander" => "MIL",
        "police" | "policeman" | "policemen" => "COP",
        "rebel" | "guerrilla" | "insurgent" | "militant" | "gunman" | "gunmen" | "separatist" => "REB",
        "lawmaker" | "parliament" | "senator" | "congress" | "legislator" | "senate" => "LEG",
        "protester" | "demonstrator" | "dissident" | "opposition" | "activist" => "OPP",
        "civilian" | "villager" | "resident" | "farmer" | "worker" | "student" | "refugee" | "people" => {
            "CVL"
        }
        "court" | "judge" | "prosecutor" | "tribunal" => "JUD",
        "journalist" | "newspaper" | "reporter" => "MED",
        _ => return None,
    })
}

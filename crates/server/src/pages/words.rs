//! Our closed words for people: the question as a sentence, reasons, rungs of the ladder.
//!
//! In: words of the envelope. Out: plain English. What always holds: a word without an entry is shown as it is, dashes as
//! spaces; names are the dossier's.

use foedera::BasisView;
use serde_json::Value;

use super::when;
use crate::desk::Desk;
use crate::parts::{spaced, text, texts};

/// The names of one or several ids.
fn names(desk: &Desk, v: &Value) -> String {
    match v {
        Value::String(s) => desk.name(s).to_owned(),
        _ => texts(v).map(|id| desk.name(id).to_owned()).collect::<Vec<_>>().join(" and "),
    }
}

/// The question as a sentence, with what it supposes.
pub(crate) fn sentence(desk: &Desk, q: &Value, b: &BasisView) -> String {
    let plain = question(desk, q, b);
    match scenario(desk, b) {
        supposed if supposed.is_empty() => plain,
        supposed => format!("Supposing {supposed}: {plain}"),
    }
}

fn question(desk: &Desk, q: &Value, b: &BasisView) -> String {
    let n = |k: &str| names(desk, &q[k]);
    let opt = |k: &str, before: &str| {
        let t = n(k);
        if t.is_empty() { t } else { format!("{before}{t}") }
    };
    let when = when(b);
    let deed = |d: &str| match d {
        "inform" => "pass protected information to",
        "admit" => "admit forces of",
        _ => "transfer arms to",
    };
    match text(&q["verb"]) {
        "casus" => format!(
            "If {} {}{}{} {when}: who must act?",
            n("attacker"),
            attack(text(&q["kind"]), &n("target")),
            opt("place", " at "),
            opt("with", ", supported by ")
        ),
        "why-not" => format!(
            "Why is {} not bound if {} {}{} {when}?",
            n("actor"),
            n("attacker"),
            attack(text(&q["kind"]), &n("target")),
            opt("place", " at ")
        ),
        "status" => format!("What has become of {}{} {when}?", n("instrument"), opt("party", " for ")),
        "ties" => format!("What ties {}{} {when}?", n("a"), opt("b", " and ")),
        "members" => format!("Who belongs to {} {when}?", n("of")),
        "decide" => format!("What has become of “{}” {when}?", n("matter")),
        "may" => format!(
            "May {} {} {}{}{} {when}?",
            n("from"),
            deed(text(&q["deed"])),
            n("to"),
            opt("class", ", of class "),
            opt("onward", ", and on to ")
        ),
        "expect" => {
            format!("What became of what was expected{}{} {when}?", opt("ids", ": "), opt("by", " by "))
        }
        "conflicts" => {
            format!("Where do the sources disagree{}{} {when}?", opt("about", " about "), opt("ids", " on "))
        }
        "claims" => format!(
            "What do the sources say{}{}{}{} {when}?",
            opt("about", " about "),
            opt("who", " of "),
            opt("words", " with the words "),
            opt("by", " in ")
        ),
        "measure" => format!("How much is {} {when}?", n("measures")),
        "timeline" => format!(
            "What happened{}{}{}, as known {}?",
            opt("ids", " with "),
            opt("from", " from "),
            opt("to", " to "),
            if b.known == "latest" { "today" } else { &b.known }
        ),
        "diff" => {
            let same_day = q["from_on"] == q["to_on"];
            let about = opt("ids", " about ");
            if same_day {
                format!(
                    "What changed in what is known{about} between {} and {}?",
                    n("from_known"),
                    n("to_known")
                )
            } else {
                format!("What changed{about} between {} and {}?", n("from_on"), n("to_on"))
            }
        }
        "impact" => format!("What falls without {}, {when}?", n("of")),
        "coverage" => format!("What does the dossier hold of what it sets out to hold, {when}?"),
        "show" => n("id"),
        "search" => format!("Search: {}", text(&q["words"])),
        other => spaced(other),
    }
}

/// A scenario fact as `--assume` writes it, in words: `requested:JPN` → *Japan asks for help*. What is no fact of ours stays.
pub(crate) fn fact(desk: &Desk, written: &str) -> String {
    desk.dossier.fact_sentence(written).unwrap_or_else(|| written.to_owned())
}

/// All that a basis supposes, in words.
pub(crate) fn scenario(desk: &Desk, b: &BasisView) -> String {
    b.scenario().iter().map(|f| fact(desk, f)).collect::<Vec<_>>().join("; ")
}

/// A kind of attack on somebody: `attacks Japan with armed force`.
fn attack(kind: &str, target: &str) -> String {
    let words = ATTACKS.iter().find(|(k, _)| *k == kind).map_or("attacks", |(_, w)| w);
    let (verb, means) = words.split_once(' ').unwrap_or((words, ""));
    format!("{verb} {target} {means}").trim_end().to_owned()
}

/// The kinds of attack, as verbs.
pub(crate) const ATTACKS: &[(&str, &str)] = &[
    ("armed", "attacks with armed force"),
    ("nuclear", "attacks with nuclear weapons"),
    ("cyber", "attacks by cyber means"),
    ("hybrid", "attacks by hybrid means"),
    ("coercion", "coerces"),
    ("space", "attacks in or from space"),
];

/// A rung of the ladder of duty: key, name, what it means.
pub(crate) struct Rung {
    /// Key.
    pub(crate) key: &'static str,
    /// Name.
    pub(crate) name: &'static str,
    /// In other words.
    pub(crate) says: &'static str,
}

/// The ladder, strongest first.
pub(crate) const LADDER: &[Rung] = &[
    Rung { key: "must-fight", name: "Must fight automatically", says: "The text leaves no choice." },
    Rung {
        key: "must-assist",
        name: "Must assist; the means are its own choice",
        says: "A duty to help, by the action it deems necessary.",
    },
    Rung {
        key: "must-act",
        name: "Must act, by its own constitutional processes",
        says: "A duty to act that its own law may shape.",
    },
    Rung { key: "must-consult", name: "Must consult only", says: "A duty to talk." },
    Rung { key: "must-abstain", name: "Must stay out", says: "Neutrality or non-aggression." },
    Rung {
        key: "breach",
        name: "Would break its word by what is supposed",
        says: "Its own engagement forbids it.",
    },
    Rung { key: "may", name: "May act: a right, no duty", says: "Entitled, not obliged." },
    Rung {
        key: "political",
        name: "Committed politically, not in law",
        says: "A declaration, a policy, a recommendation.",
    },
];

/// The rung of an item of a casus; none if it is not bound at all.
pub(crate) fn rung(item: &Value) -> Option<&'static str> {
    let strength = text(&item["strength"]);
    Some(match text(&item["role"]) {
        "not-bound" => return None,
        "entitled" => "may",
        "consult" if matches!(strength, "political" | "recommended") => "political",
        "consult" => "must-consult",
        "refrain" => "must-abstain",
        "breach" => "breach",
        _ => match strength {
            "must-fight" => "must-fight",
            "must-assist" => "must-assist",
            "political" | "recommended" => "political",
            "must-consult" => "must-consult",
            "must-abstain" => "must-abstain",
            "may" => "may",
            _ => "must-act",
        },
    })
}

/// A reason not to be bound, in words: near misses in the order in which conditions are tested, then what ties to others, or everybody.
pub(crate) const REASONS: &[(&str, &str)] = &[
    ("NOT_IN_FORCE", "The treaty was not in force that day"),
    ("TERMINATED", "The treaty has ended"),
    ("NOT_IN_FORCE_FOR_PARTY", "Signed or invited, not yet bound"),
    ("SUSPENDED", "Suspended between the two"),
    ("RESERVED", "A reservation excludes it"),
    ("ALLY_IS_ATTACKER", "Its ally is the attacker"),
    ("NOT_THE_TRIGGER", "The clause waits for another occasion"),
    ("INTRA_ALLIANCE", "Both sides are parties: the clause looks outward"),
    ("ADVERSARY_NOT_NAMED", "The clause is against another adversary"),
    ("SUPPORT_MISSING", "The attacker lacks the support the clause requires"),
    ("NUMBER_OF_POWERS", "Fewer attackers than the clause requires"),
    ("KIND_NOT_COVERED", "The clause does not cover this kind of attack"),
    ("PROVOKED_OR_AGGRESSOR", "The one attacked provoked it, or is the aggressor"),
    ("OUT_OF_AREA", "The attack falls outside the clause's area"),
    ("OUT_OF_AREA_TARGET", "What is attacked lies outside the clause's area"),
    ("TERRITORY_NOT_COVERED", "The territory is not covered"),
    ("NO_REQUEST", "Nobody has asked for help"),
    ("CONDITION_UNMET", "A condition of the clause is not met"),
    ("WAR_IN_PROGRESS_EXCLUDED", "A war in progress is excluded"),
    ("CARVED_OUT", "An exception of the clause applies"),
    ("NOT_BINDING", "The text binds nobody in law"),
    ("RIGHT_NOT_DUTY", "A right, not a duty"),
    ("CONSULT_ONLY", "Only consultation is promised"),
    ("NEUTRALITY_ONLY", "Only neutrality is promised"),
    ("NONAGGRESSION_ONLY", "Only non-aggression is promised"),
    ("NOT_PARTY", "Not a party to the treaty"),
    ("BENEFICIARY_NOT_PARTY", "Party, but the one attacked is not"),
    ("NO_TREATY", "No treaty of the day links the two"),
    ("RECOMMENDATION_ONLY", "A recommendation only"),
];

/// A reason in words.
pub(crate) fn reason(code: &str) -> String {
    REASONS.iter().find(|(c, _)| *c == code).map_or_else(|| spaced(code), |(_, w)| (*w).to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_reason_has_its_words() {
        let schema = foedera::answer_schema();
        let all =
            schema["$defs"]["casus_item"]["properties"]["reason"]["enum"].as_array().expect("a list").clone();
        for code in all.iter().filter_map(serde_json::Value::as_str) {
            assert!(super::REASONS.iter().any(|(c, _)| *c == code), "{code} has no words");
        }
    }
}

//! The verbs as data: what each asks, which fields it takes, of which kind, with which closed words.
//!
//! In: nothing; for [`question`], field values in words. Out: [`VERBS`], from which faces make forms, parameters and schemas;
//! a [`Question`]. What always holds: the fields of a verb here are the fields of its [`Question`]; an unknown field is refused
//! with what was probably meant.

use foedera_world::terms::{AttackKind, ClaimKind, Mode, Provoked, Telling};
use serde_json::{Map, Value, json};

use crate::{AskError, Question};

/// What a field holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldKind {
    /// An id or name of such a thing; the word is a kind of [`crate::Entry`], `any` for all of them.
    Name(&'static str),
    /// A date in EDTF.
    Date,
    /// One of these.
    Word(&'static [&'static str]),
    /// A number from 1 to this.
    Count(u32),
    /// A fact.
    Fact,
    /// Free words.
    Text,
}

/// A field of a question.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name, in JSON and in addresses.
    pub name: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether the question is incomplete without it.
    pub needed: bool,
    /// Whether it may be given again (or several by comma).
    pub many: bool,
    /// What it says, in a few words.
    pub says: &'static str,
}

/// A verb.
#[derive(Clone, Copy, Debug)]
pub struct Verb {
    /// Its word.
    pub name: &'static str,
    /// What it asks, in a sentence.
    pub says: &'static str,
    /// Its fields, in order.
    pub fields: &'static [Field],
}

const fn one(name: &'static str, kind: FieldKind, says: &'static str) -> Field {
    Field { name, kind, needed: true, many: false, says }
}

const fn maybe(name: &'static str, kind: FieldKind, says: &'static str) -> Field {
    Field { name, kind, needed: false, many: false, says }
}

const fn many(name: &'static str, kind: FieldKind, needed: bool, says: &'static str) -> Field {
    Field { name, kind, needed, many: true, says }
}

const ACTOR: FieldKind = FieldKind::Name("actor");
const ANY: FieldKind = FieldKind::Name("any");

const SCENARIO: [Field; 7] = [
    many("attacker", ACTOR, true, "who attacks"),
    many("target", ACTOR, true, "who is attacked"),
    maybe(
        "place",
        FieldKind::Name("place"),
        "where the attack falls; without it the target's home, as an assumption",
    ),
    maybe("kind", FieldKind::Word(AttackKind::WORDS), "kind of attack; without it armed"),
    maybe(
        "provoked",
        FieldKind::Word(Provoked::WORDS),
        "whether the target provoked it; without it no, as an assumption",
    ),
    many("with", ACTOR, false, "who supports or joins the attacker"),
    maybe("rounds", FieldKind::Count(8), "rounds of the cascade: who is drawn in by those drawn in before"),
];

/// Every verb, in the order in which help lists them.
pub const VERBS: &[Verb] = &[
    Verb {
        name: "casus",
        says: "X attacks Y at P: who is bound, entitled, consulting, refraining, in breach; who is not, and why not",
        fields: &SCENARIO,
    },
    Verb {
        name: "why-not",
        says: "Why an actor is not bound, and the smallest change that would flip it",
        fields: &{
            let [a, b, c, d, e, f, g] = SCENARIO;
            [one("actor", ACTOR, "whose not being bound is to be explained"), a, b, c, d, e, f, g]
        },
    },
    Verb {
        name: "status",
        says: "What has become of an instrument, of one party under it, or of a facility",
        fields: &[one("instrument", ANY, "the instrument or facility"), maybe("party", ACTOR, "one party")],
    },
    Verb {
        name: "ties",
        says: "All that ties an actor, or two, by layer",
        fields: &[one("a", ACTOR, "whose ties"), maybe("b", ACTOR, "with whom")],
    },
    Verb {
        name: "members",
        says: "Who belongs to an organisation, is party to an instrument or holds an office, with the count",
        fields: &[one("of", ANY, "an organisation, bloc, class, instrument or office")],
    },
    Verb {
        name: "decide",
        says: "What has become of a matter to be decided: approved, pending, blocked, by whom, and who is unknown",
        fields: &[one("matter", FieldKind::Name("matter"), "the matter")],
    },
    Verb {
        name: "may",
        says: "May A pass protected information to B, admit forces of B, transfer arms to B",
        fields: &[
            one("deed", FieldKind::Word(&["inform", "admit", "transfer"]), "what"),
            one("from", ACTOR, "who would do it"),
            one("to", ACTOR, "toward whom"),
            maybe("class", FieldKind::Name("domain"), "which goods or information; without it any"),
            maybe("onward", ACTOR, "passed on to this third party"),
        ],
    },
    Verb {
        name: "expect",
        says: "What became of what was expected, as known",
        fields: &[
            many("ids", FieldKind::Name("claim"), false, "claims that expect something; without any all"),
            maybe("by", FieldKind::Name("source"), "only what this source expects"),
        ],
    },
    Verb {
        name: "conflicts",
        says: "Where sources disagree with each other, with themselves or with the record, and what is held here",
        fields: &[
            many("ids", ANY, false, "ids of disagreements, claims or things; without any all"),
            maybe("about", ANY, "only what concerns this"),
        ],
    },
    Verb {
        name: "claims",
        says: "What sources say, filtered; opinions are told as opinions",
        fields: &[
            maybe("words", FieldKind::Text, "words all of which must stand in the statement"),
            many("about", ANY, false, "only about this"),
            maybe("kind", FieldKind::Word(ClaimKind::WORDS), "only of this kind"),
            maybe("what", FieldKind::Word(Telling::WORDS), "only what tells this"),
            maybe("who", ACTOR, "only what this actor does, is or holds"),
            maybe("by", FieldKind::Name("source"), "only what this source says"),
            maybe("mode", FieldKind::Word(Mode::WORDS), "only what is said so"),
        ],
    },
    Verb {
        name: "measure",
        says: "Dated values as told, with scope and source; of two measures, whether they may be added",
        fields: &[many("measures", ANY, true, "measures, or actors for all that is measured of them")],
    },
    Verb {
        name: "timeline",
        says: "Acts, memberships, offices and events in order, each with its bounds",
        fields: &[
            many("ids", ANY, false, "whose; without any everything"),
            maybe("from", FieldKind::Date, "from this day"),
            maybe("to", FieldKind::Date, "to this day"),
        ],
    },
    Verb {
        name: "diff",
        says: "What changed in the world between two days, and what changed only in what is known",
        fields: &[
            maybe("from_on", FieldKind::Date, "the earlier day"),
            maybe("to_on", FieldKind::Date, "the later day"),
            maybe("from_known", FieldKind::Date, "the earlier state of knowledge"),
            maybe("to_known", FieldKind::Date, "the later state of knowledge"),
            maybe("from_using", FieldKind::Text, "the packs that count on the earlier side, by comma"),
            maybe("to_using", FieldKind::Text, "the packs that count on the later side"),
            many("ids", ANY, false, "only what concerns these"),
        ],
    },
    Verb {
        name: "impact",
        says: "What falls if a source or a claim is withdrawn, what keeps one support less, which conclusions change",
        fields: &[one("of", ANY, "a source or a claim")],
    },
    Verb {
        name: "coverage",
        says: "What the dossier holds of what it sets out to hold, and which paragraphs no claim cites",
        fields: &[],
    },
    Verb {
        name: "show",
        says: "One thing with everything the dossier says of it, and where",
        fields: &[
            one("id", ANY, "the thing"),
            maybe(
                "table",
                FieldKind::Word(crate::names::TABLES),
                "only in this table, where several things share an id",
            ),
        ],
    },
    Verb {
        name: "search",
        says: "Finds names: case, accents and dashes folded, words in any order",
        fields: &[one("words", FieldKind::Text, "what to look for")],
    },
];

/// The verb of that word.
pub fn verb(name: &str) -> Option<&'static Verb> {
    VERBS.iter().find(|v| v.name == name)
}

/// The question a verb and field values make. Empty values are no values; several of one field may come by comma or again.
///
/// # Errors
/// An unknown verb or field, one given twice, a needed one missing, a number that is none.
pub fn question(name: &str, given: &[(String, String)]) -> Result<Question, AskError> {
    let Some(verb) = verb(name) else {
        let all: Vec<&str> = VERBS.iter().map(|v| v.name).collect();
        return Err(AskError::new("unknown-verb", format!("`{}` is no verb", cut(name)))
            .help(format!("expected one of {}", all.join(", "))));
    };
    let mut map = Map::new();
    map.insert("verb".to_owned(), json!(verb.name));
    let mut seen: Vec<&str> = Vec::new();
    for (key, value) in given.iter().filter(|(_, v)| !v.trim().is_empty()) {
        let Some(field) = verb.fields.iter().find(|f| f.name == key) else {
            let names: Vec<&str> = verb.fields.iter().map(|f| f.name).collect();
            let error =
                AskError::new("unknown-parameter", format!("`{}` takes no `{}`", verb.name, cut(key)));
            return Err(error.help(format!("it takes {}", names.join(", "))));
        };
        if seen.contains(&field.name) && !field.many {
            return Err(AskError::new("given-twice", format!("`{}` is given twice", field.name)));
        }
        seen.push(field.name);
        let value = value.trim();
        if field.many {
            let list = map.entry(field.name).or_insert_with(|| json!([]));
            let parts = value.split(',').map(str::trim).filter(|p| !p.is_empty()).map(|p| json!(p));
            if let Value::Array(list) = list {
                list.extend(parts);
            }
        } else if let FieldKind::Count(most) = field.kind {
            let n = value.parse::<u32>().ok().filter(|n| (1..=most).contains(n)).ok_or_else(|| {
                AskError::new("bad-number", format!("{}: `{}` is not 1 to {most}", field.name, cut(value)))
            })?;
            map.insert(field.name.to_owned(), json!(n));
        } else {
            map.insert(field.name.to_owned(), json!(value));
        }
    }
    let missing: Vec<&str> =
        verb.fields.iter().filter(|f| f.needed && !seen.contains(&f.name)).map(|f| f.name).collect();
    if !missing.is_empty() {
        let says: Vec<String> = verb
            .fields
            .iter()
            .filter(|f| missing.contains(&f.name))
            .map(|f| format!("{}: {}", f.name, f.says))
            .collect();
        let error = AskError::new("incomplete-question", format!("`{name}` needs {}", missing.join(" and ")));
        return Err(error.help(says.join("; ")));
    }
    for f in verb.fields.iter().filter(|f| f.many) {
        map.entry(f.name).or_insert_with(|| json!([]));
    }
    if name == "claims" {
        map.entry("words").or_insert_with(|| json!(""));
    }
    if matches!(name, "casus" | "why-not") {
        map.insert("assume".to_owned(), json!([]));
    }
    serde_json::from_value(Value::Object(map))
        .map_err(|e| AskError::new("bad-question", format!("the question cannot be read: {e}")))
}

fn cut(text: &str) -> String {
    text.chars().take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_makes_its_question_from_all_its_fields() {
        for v in VERBS {
            let given: Vec<(String, String)> = v
                .fields
                .iter()
                .map(|f| {
                    let value = match f.kind {
                        FieldKind::Word(w) => w[0],
                        FieldKind::Count(_) => "2",
                        FieldKind::Date => "2023",
                        _ => "x",
                    };
                    (f.name.to_owned(), value.to_owned())
                })
                .collect();
            let q = question(v.name, &given).unwrap_or_else(|e| panic!("{}: {e}", v.name));
            let said = serde_json::to_value(&q).expect("a question serialises");
            assert_eq!(said["verb"], v.name);
            for (k, value) in &given {
                let list = json!([value]);
                let said = &said[k.as_str()];
                let number = said.as_u64().map(|n| n.to_string());
                assert!(
                    *said == *value || *said == list || number.as_deref() == Some(value),
                    "{}.{k}: {said}",
                    v.name
                );
            }
        }
    }

    #[test]
    fn what_is_unknown_missing_or_doubled_is_refused() {
        let p = |k: &str, v: &str| (k.to_owned(), v.to_owned());
        let code = |v: &str, g: &[(String, String)]| question(v, g).expect_err("refused").code;
        assert_eq!(code("casus", &[p("attaker", "PRK")]), "unknown-parameter");
        assert_eq!(code("casus", &[p("attacker", "PRK")]), "incomplete-question");
        assert_eq!(code("ties", &[p("a", "JPN"), p("a", "USA")]), "given-twice");
        assert_eq!(code("nothing", &[]), "unknown-verb");
    }
}

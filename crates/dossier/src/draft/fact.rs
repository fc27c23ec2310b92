//! Scenario facts as written: `KIND:ARGS`, `not KIND:ARGS`, `KIND:ARGS@HOLDER`.
//!
//! In: text. Out: its parts with their places, or what is wrong where. What always holds: the number of arguments is
//! that of the kind; `beneficiary` and `debtor` stand for the sides of a clause and are never looked up.

use foedera_world::terms::{CodedCondition, FactKind};

use crate::grammar::Kind;
use crate::resolve::nearest;

/// Words that stand for a side of the clause.
pub(crate) const SIDES: [&str; 2] = ["beneficiary", "debtor"];

/// A fact in parts: each argument with what it names (nothing, if it is a word of the language) and where it begins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Written<'t> {
    pub(crate) asserted: bool,
    pub(crate) kind: FactKind,
    pub(crate) args: Vec<(Option<Kind>, &'t str, usize)>,
    pub(crate) holder: Option<(&'t str, usize)>,
}

/// What is wrong with a fact, where, and how to mend it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct FactError {
    pub(crate) at: usize,
    pub(crate) len: usize,
    pub(crate) message: String,
    pub(crate) help: String,
}

/// Takes a fact apart.
pub(crate) fn read(text: &str) -> Result<Written<'_>, FactError> {
    let error =
        |at: usize, len: usize, message: String, help: String| Err(FactError { at, len, message, help });
    let trimmed = text.trim_start();
    let (asserted, body) = match trimmed.strip_prefix("not ") {
        Some(rest) => (false, rest.trim_start()),
        None => (true, trimmed),
    };
    let body = body.trim_end();
    let place = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let (claim, holder) = match body.rsplit_once('@') {
        Some((claim, holder)) if !holder.is_empty() => (claim, Some((holder, place(holder)))),
        Some(_) => {
            let help = "name the actor that says so: `requested:ARM@BLR`".to_owned();
            return error(place(body), body.len(), format!("`{body}` names no holder after `@`"), help);
        }
        None => (body, None),
    };
    let (word, rest) = match claim.split_once(':') {
        Some((word, rest)) => (word, Some(rest)),
        None => (claim, None),
    };
    let Some(kind) = FactKind::parse(word) else {
        let help = match nearest(word, FactKind::WORDS.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("the kinds are {}", FactKind::WORDS.join(", ")),
        };
        return error(place(word), word.len(), format!("`{word}` is not a kind of fact"), help);
    };
    let kinds: Vec<Option<Kind>> = kind.shape().split('/').filter(|s| !s.is_empty()).map(named).collect();
    let args: Vec<&str> = rest.map_or(Vec::new(), |r| r.split('/').collect());
    if args.len() != kinds.len() || args.iter().any(|a| a.is_empty()) {
        let expected = if kinds.is_empty() { word.to_owned() } else { format!("{word}:{}", kind.shape()) };
        return error(
            place(claim),
            claim.len(),
            format!("found `{claim}`, expected `{expected}`"),
            String::new(),
        );
    }
    if let Some((_, word)) =
        kinds.iter().zip(&args).find(|(k, a)| k.is_none() && CodedCondition::parse(a).is_none())
    {
        let help = match nearest(word, CodedCondition::WORDS.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("the conditions are {}", CodedCondition::WORDS.join(", ")),
        };
        return error(place(word), word.len(), format!("`{word}` is not a kind of condition"), help);
    }
    let args = kinds.into_iter().zip(args).map(|(k, a)| (k, a, place(a))).collect();
    Ok(Written { asserted, kind, args, holder })
}

/// What an argument names; nothing, if it is one of a closed list of words.
fn named(shape: &str) -> Option<Kind> {
    match shape {
        "INSTRUMENT" => Some(Kind::Instrument),
        "PLACE" => Some(Kind::Place),
        "MATTER" => Some(Kind::Matter),
        "CLAIM" => Some(Kind::Claim),
        "CONDITION" => None,
        _ => Some(Kind::Actor),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_places() {
        let fact = read("not administers:JPN/senkaku@CHN").expect("well formed");
        assert!(!fact.asserted);
        assert_eq!(fact.kind, FactKind::Administers);
        assert_eq!(fact.args, [(Some(Kind::Actor), "JPN", 16), (Some(Kind::Place), "senkaku", 20)]);
        let met = read("met:atop-3240/place").expect("well formed");
        assert_eq!(met.args, [(Some(Kind::Instrument), "atop-3240", 4), (None, "place", 14)]);
        assert_eq!(fact.holder, Some(("CHN", 28)));
        assert!(read("nuclear-used").is_ok_and(|f| f.args.is_empty()));
    }

    #[test]
    fn faults_are_named() {
        assert!(read("requsted:JPN").is_err_and(|e| e.help.contains("`requested`")));
        assert!(read("met:atop-3240/plaec").is_err_and(|e| e.help.contains("`place`") && e.at == 14));
        assert!(read("at-war:RUS").is_err_and(|e| e.message.contains("`at-war:ACTOR/ACTOR`")));
        for text in ["", ":", "@", "not ", "requested:@", "nuclear-used:JPN", "at-war:/", "é@é"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}

//! Numbers, money, percentages.
//!
//! In: a sentence's tokens and its dates. Out: [`Quantity`]s. What always holds: dates, ordinals of things, article numbers and numbers
//! inside names are none; the value is a plain number and the unit a word of a fixed list.

use crate::dates::{DateHit, small_number};
use crate::lexicon::{Class, Vocabulary};
use crate::names::Names;
use crate::tokens::{Kind, Sentence, Token};

/// A number with its unit.
#[derive(Clone, Debug)]
pub(crate) struct Quantity {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) kind: &'static str,
    pub(crate) value: f64,
    pub(crate) unit: String,
    pub(crate) approx: bool,
}

/// Finds the quantities of a sentence.
pub(crate) fn find(
    tokens: &[Token],
    s: &Sentence,
    names: &Names,
    dates: &[DateHit],
    v: &Vocabulary,
) -> Vec<Quantity> {
    let mut out = Vec::new();
    let mut i = s.first;
    while i < s.end {
        let in_date = dates.iter().any(|d| d.first <= i && i < d.end);
        let found = if in_date || names.at[i].is_some() { None } else { at(tokens, i, s, names, v) };
        match found {
            Some(q) => {
                i = q.end.max(i + 1);
                out.push(q);
            }
            None => i += 1,
        }
    }
    out
}

/// A number at token `i`, with a scale word: its value and where it ends.
fn number(tokens: &[Token], i: usize, s: &Sentence, v: &Vocabulary) -> Option<(f64, usize)> {
    let t = &tokens[i];
    let (mut value, mut end) = match t.kind {
        Kind::Number => {
            let digits: String = t.norm.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
            let tail = t.norm.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
            let scale = match tail {
                "" => 1.0,
                "bn" => 1e9,
                "m" | "mn" => 1e6,
                "k" => 1e3,
                "tn" => 1e12,
                _ => return None,
            };
            (digits.parse::<f64>().ok()? * scale, i + 1)
        }
        Kind::Word => {
            let mut value = if matches!(t.norm.as_str(), "hundreds" | "thousands" | "dozens") {
                return None;
            } else {
                f64::from(small_number(&t.norm)?)
            };
            let mut end = i + 1;
            // twenty-five
            if value >= 20.0
                && end + 1 < s.end
                && tokens[end].kind == Kind::Hyphen
                && let Some(unit) = small_number(&tokens[end + 1].norm).filter(|u| *u < 10)
            {
                value += f64::from(unit);
                end += 2;
            }
            (value, end)
        }
        _ => return None,
    };
    while end < s.end {
        let hyphen = usize::from(tokens[end].kind == Kind::Hyphen && end + 1 < s.end);
        let scale =
            (end + hyphen < s.end).then(|| v.measures.scale.get(&tokens[end + hyphen].norm)).flatten();
        match scale {
            Some(scale) if tokens[end + hyphen].norm != "m" || hyphen == 0 => {
                value *= scale;
                end += hyphen + 1;
            }
            _ => break,
        }
    }
    Some((value, end))
}

fn at(tokens: &[Token], i: usize, s: &Sentence, names: &Names, v: &Vocabulary) -> Option<Quantity> {
    let t = &tokens[i];
    let prev = (i > s.first).then(|| tokens[i - 1].norm.as_str());
    let approx = matches!(
        prev,
        Some(
            "about"
                | "over"
                | "nearly"
                | "almost"
                | "around"
                | "approximately"
                | "roughly"
                | "than"
                | "some"
                | "to"
        )
    ) && !(prev == Some("to")
        && !(i >= s.first + 2 && matches!(tokens[i - 2].norm.as_str(), "up" | "close")));
    let symbol =
        |norm: &str| v.measures.currency.get(norm).filter(|_| norm.ends_with('$') || !norm.is_ascii());
    // $12 billion
    if let Some(currency) = symbol(&t.norm) {
        let (value, end) = number(tokens, i + 1, s, v).filter(|_| i + 1 < s.end)?;
        return Some(Quantity { first: i, end, kind: "money", value, unit: currency.clone(), approx });
    }
    // USD 12 billion
    if t.upper
        && let Some(currency) = v.measures.currency.get(&t.norm)
        && i + 1 < s.end
        && tokens[i + 1].kind == Kind::Number
    {
        let (value, end) = number(tokens, i + 1, s, v)?;
        return Some(Quantity { first: i, end, kind: "money", value, unit: currency.clone(), approx });
    }
    if let Some(q) = rank(tokens, i, s, approx) {
        return Some(q);
    }
    let (value, end) = number(tokens, i, s, v)?;
    if i > s.first
        && (matches!(
            prev,
            Some(
                "article"
                    | "articles"
                    | "art."
                    | "chapter"
                    | "no."
                    | "section"
                    | "resolution"
                    | "page"
                    | "level"
                    | "grade"
                    | "track"
                    | "step"
            )
        ) || tokens[i - 1].kind == Kind::Hyphen && t.kind == Kind::Number)
    {
        return None;
    }
    let next = (end < s.end).then(|| &tokens[end])?;
    if next.is("%") || next.is("percent") || (next.is("per") && end + 1 < s.end && tokens[end + 1].is("cent"))
    {
        let mut stop = end + 1 + usize::from(next.is("per"));
        let mut unit = "percent".to_owned();
        if stop + 1 < s.end && tokens[stop].is("of") {
            let the = usize::from(tokens[stop + 1].is("the"));
            if stop + 1 + the < s.end && matches!(tokens[stop + 1 + the].norm.as_str(), "gdp" | "gnp") {
                unit = format!("percent of {}", tokens[stop + 1 + the].norm.to_uppercase());
                stop += 2 + the;
            }
        }
        return Some(Quantity { first: i, end: stop, kind: "percent", value, unit, approx });
    }
    if let Some(currency) =
        v.measures.currency.get(&next.norm).filter(|_| !next.is("pound") && !next.is("won"))
    {
        return Some(Quantity {
            first: i,
            end: end + 1,
            kind: "money",
            value,
            unit: currency.clone(),
            approx,
        });
    }
    if next.kind == Kind::Word
        && v.measures.currency.contains_key(end_word(tokens, end + 1, s))
        && matches!(next.norm.as_str(), "us" | "u.s." | "american" | "canadian" | "australian")
    {
        return Some(Quantity {
            first: i,
            end: end + 2,
            kind: "money",
            value,
            unit: "USD".to_owned(),
            approx,
        });
    }
    counted(tokens, i, end, s, names, v, value, approx)
}

fn end_word<'a>(tokens: &'a [Token], i: usize, s: &Sentence) -> &'a str {
    if i < s.end { &tokens[i].norm } else { "" }
}

/// `ninth-largest`, `75th anniversary`.
fn rank(tokens: &[Token], i: usize, s: &Sentence, approx: bool) -> Option<Quantity> {
    const ORDINALS: &[&str] =
        &["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let t = &tokens[i];
    let digits: &str = t.norm.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let numeric = (t.kind == Kind::Number && matches!(&t.norm[digits.len()..], "st" | "nd" | "rd" | "th"))
        .then(|| digits.parse::<f64>().ok())
        .flatten();
    let worded = ORDINALS.iter().position(|o| *o == t.norm).map(|n| n as f64 + 2.0);
    let value = numeric.or(worded)?;
    let hyphen = usize::from(i + 1 < s.end && tokens[i + 1].kind == Kind::Hyphen);
    let next = end_word(tokens, i + 1 + hyphen, s);
    if matches!(next, "largest" | "biggest" | "highest" | "strongest" | "richest") {
        let end = (i + 2 + hyphen..s.end)
            .take(2)
            .find(|j| tokens[*j].kind == Kind::Word && !tokens[*j].norm.ends_with("ly"))
            .map_or(i + 2 + hyphen, |j| j + 1);
        return Some(Quantity { first: i, end, kind: "rank", value, unit: "rank".to_owned(), approx });
    }
    if next == "anniversary" {
        return Some(Quantity {
            first: i,
            end: i + 2 + hyphen,
            kind: "anniversary",
            value,
            unit: "years".to_owned(),
            approx,
        });
    }
    None
}

/// A count of things, a time, a distance.
#[allow(clippy::too_many_arguments, reason = "a step of `at`, given what that found")]
fn counted(
    tokens: &[Token],
    i: usize,
    end: usize,
    s: &Sentence,
    names: &Names,
    v: &Vocabulary,
    value: f64,
    approx: bool,
) -> Option<Quantity> {
    let units = &v.measures.units;
    let within = |list: &str, word: &str| units.get(list).is_some_and(|l| l.split(' ').any(|u| u == word));
    let mut at = end;
    // A few words may stand between number and noun: `31 NATO member states`, `four new patrol ships`.
    while at < s.end && at < end + 5 {
        let t = &tokens[at];
        if t.kind == Kind::Hyphen {
            // `a six-month extension`
            let unit = end_word(tokens, at + 1, s);
            let plural = format!("{unit}s");
            if at == end && within("time", &plural) {
                return Some(Quantity {
                    first: i,
                    end: at + 2,
                    kind: "duration",
                    value,
                    unit: plural,
                    approx,
                });
            }
            at += 1;
            continue;
        }
        if t.kind != Kind::Word || t.norm == "'s" {
            return None;
        }
        if at == end && within("time", &t.norm) {
            // `two years ago` is a date; `a year and a half` is none.
            let date_like = matches!(end_word(tokens, at + 1, s), "ago")
                || (i > s.first && matches!(tokens[i - 1].norm.as_str(), "these" | "those"));
            let unit = if t.norm.ends_with('s') || t.norm == "century" {
                t.norm.clone()
            } else {
                format!("{}s", t.norm)
            };
            return (!date_like).then_some(Quantity {
                first: i,
                end: at + 1,
                kind: "duration",
                value,
                unit,
                approx,
            });
        }
        if at == end && within("distance", &t.norm) {
            return Some(Quantity {
                first: i,
                end: at + 1,
                kind: "distance",
                value,
                unit: t.norm.clone(),
                approx,
            });
        }
        let function = v.class(&t.norm).is_some_and(|c| !matches!(c, Class::Adjective));
        if function {
            return None;
        }
        let noun = t.norm.as_str();
        // The head is the last noun of the run: `member states`, not `member`.
        let next_too =
            at + 1 < s.end && tokens[at + 1].kind == Kind::Word && within("counted", &tokens[at + 1].norm);
        if within("counted", noun) && names.at[at].is_none() && !next_too {
            // `the two states`, `these three partners`: it points back and counts nothing new.
            let lead = (i > s.first).then(|| tokens[i - 1].norm.as_str());
            let back = matches!(lead, Some("these" | "those" | "both")) || (lead == Some("the") && at == end);
            if value == 1.0 || back {
                return None;
            }
            let mut stop = at + 1;
            let mut unit = noun.to_owned();
            if noun == "heads" && end_word(tokens, at + 1, s) == "of" {
                unit = format!("heads of {}", end_word(tokens, at + 2, s));
                stop = at + 3;
            }
            return Some(Quantity { first: i, end: stop, kind: "count", value, unit, approx });
        }
        at += 1;
    }
    None
}

//! Verb dictionaries: PETRARCH's blocks and TABARI's lines.
//!
//! In: lines. Out: one [`DictionaryVerb`] a pattern, in the form of our own frames. What always holds: the words before and behind the
//! verb are kept in order; of what stands for actors (`$ + % ^`) only an actor to be passed over (`^ +`) is kept, the rest is left to the
//! clause; synonym sets are taken apart.

use super::{Line, bracketed};
use crate::tokens::fold;

/// A pattern and its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DictionaryVerb {
    /// As a frame's pattern: `praise leader of`.
    pub(crate) pattern: String,
    /// What must stand before the verb, in the same form: `death toll` of `DEATH_TOLL *`.
    pub(crate) before: String,
    /// The first actor behind the verb is not the target: `* ^ ABOUT +`.
    pub(crate) passes_over: bool,
    pub(crate) code: String,
    /// Irregular forms of the verb.
    pub(crate) forms: Vec<String>,
    /// The roles are the other way round too: `[032:033]`.
    pub(crate) both: bool,
}

pub(super) fn read(
    lines: &[Line<'_>],
    note: &mut impl FnMut(usize, &'static str, String),
) -> Vec<DictionaryVerb> {
    let mut out: Vec<DictionaryVerb> = Vec::new();
    let mut sets: Vec<(String, Vec<String>)> = Vec::new();
    let mut in_set = false;
    let mut block_code = String::new();
    let mut verbs: Vec<String> = Vec::new();
    for l in lines {
        let text = l.text;
        if text.starts_with('<') {
            in_set = false;
            continue;
        }
        if let Some(name) = text.strip_prefix('&') {
            in_set = true;
            sets.push((name.trim_end_matches('_').trim().to_owned(), Vec::new()));
            continue;
        }
        if in_set && let Some(item) = text.strip_prefix('+') {
            if let Some((_, list)) = sets.last_mut() {
                list.push(plain(item));
            }
            continue;
        }
        if text.starts_with("---") {
            in_set = false;
            verbs.clear();
            block_code = bracketed(text).map(|(_, c)| c.to_owned()).unwrap_or_default();
            continue;
        }
        if let Some(pattern) = text.strip_prefix('-') {
            let Some((words, code)) = bracketed(pattern) else {
                note(l.number, "no-code", format!("the pattern `{}` has no code", pattern.trim()));
                continue;
            };
            let Some((ahead, behind)) = words.split_once('*') else {
                note(
                    l.number,
                    "no-verb",
                    format!("the pattern `{words}` does not say with `*` where the verb goes"),
                );
                continue;
            };
            let passes_over = behind.find('^').is_some_and(|skip| behind[skip..].contains('+'));
            let (ahead, behind) = (expanded(ahead, &sets), expanded(behind, &sets));
            for verb in &verbs {
                let (first, own) = parted(verb);
                let before = format!("{ahead} {first}").trim().to_owned();
                let pattern = format!("{own} {behind}").trim().to_owned();
                push(
                    &mut out,
                    DictionaryVerb { pattern, before, passes_over, ..DictionaryVerb::coded(code) },
                );
            }
            continue;
        }
        // A verb, or a new entry of TABARI's.
        in_set = false;
        let code = bracketed(text).map(|(_, c)| c.to_owned());
        let head = text.split(['[', '{']).next().unwrap_or("").trim();
        let forms: Vec<String> = match (text.find('{'), text.find('}')) {
            (Some(a), Some(b)) if a < b => text[a + 1..b].split_whitespace().map(|w| parted(w).1).collect(),
            _ => Vec::new(),
        };
        if head.is_empty() {
            // Irregular forms on a line of their own belong to the verb before.
            if let Some(last) = out.last_mut() {
                last.forms.extend(forms);
            }
            continue;
        }
        if plain(head).is_empty() {
            note(l.number, "no-phrase", format!("`{text}` names no verb"));
            continue;
        }
        if block_code.is_empty() && code.is_some() {
            verbs.clear();
        }
        verbs.push(head.to_owned());
        let code = code.unwrap_or_else(|| block_code.clone());
        if !code.is_empty() {
            let (before, pattern) = parted(head);
            push(&mut out, DictionaryVerb { pattern, before, forms, ..DictionaryVerb::coded(&code) });
        }
    }
    out
}

impl DictionaryVerb {
    /// An entry that has only its code: `[032:033]` goes both ways.
    fn coded(code: &str) -> DictionaryVerb {
        let code = code.trim();
        DictionaryVerb {
            pattern: String::new(),
            before: String::new(),
            passes_over: false,
            code: code.trim_start_matches(':').split(':').next().unwrap_or("").trim().to_owned(),
            forms: Vec::new(),
            both: code.contains(':') && !code.starts_with(':'),
        }
    }
}

/// Keeps an entry whose code is one; `[---]` is no event.
fn push(out: &mut Vec<DictionaryVerb>, entry: DictionaryVerb) {
    if !entry.code.is_empty() && entry.code.chars().all(|c| c.is_ascii_alphanumeric()) {
        out.push(entry);
    }
}

/// A verb of several words at the one that is inflected: `WIRE_+TAP` is `tap` behind `wire`, `+BEEF_UP` is `beef up`.
fn parted(head: &str) -> (String, String) {
    match head.split_once('+') {
        Some((before, verb)) => (plain(before), plain(verb)),
        None => (String::new(), plain(head)),
    }
}

/// Words without marks: `+BEEF_UP_` to `beef up`.
fn plain(text: &str) -> String {
    let words = text
        .split(['_', ' ', '\t'])
        .map(|w| w.trim_matches(['+', '=', '~', '(', ')', ',']))
        .filter(|w| !w.is_empty());
    fold(&words.collect::<Vec<_>>().join(" "))
}

/// What stands behind the verb, as our patterns write it.
fn expanded(behind: &str, sets: &[(String, Vec<String>)]) -> String {
    let mut out: Vec<String> = Vec::new();
    let spaced = behind.replace('_', " ");
    let mut rest = spaced.as_str();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        // `{ a | b }`
        if let Some(inner) = rest.strip_prefix('{')
            && let Some(end) = inner.find('}')
        {
            let list: Vec<String> = inner[..end].split('|').map(plain).filter(|w| !w.is_empty()).collect();
            if !list.is_empty() {
                out.push(format!("({})", list.join("|")));
            }
            rest = &inner[end + 1..];
            continue;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let word = &rest[..end];
        rest = &rest[end..];
        if let Some(name) = word.strip_prefix('&') {
            let name = name.trim_end_matches('_');
            if let Some((_, list)) = sets.iter().find(|(n, _)| n == name || n.trim_end_matches('_') == name) {
                let list: Vec<&str> = list.iter().map(String::as_str).filter(|w| !w.contains('&')).collect();
                if !list.is_empty() {
                    out.push(format!("({})", list.join("|")));
                }
            }
            continue;
        }
        let w = plain(word);
        if !w.is_empty() && !w.chars().all(|c| matches!(c, '$' | '+' | '%' | '^' | '*' | '|' | '}' | '{')) {
            out.push(w.trim_matches(['$', '+', '%', '^']).to_owned());
        }
    }
    out.retain(|w| !w.is_empty());
    out.join(" ")
}

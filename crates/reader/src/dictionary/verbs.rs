//! Verb dictionaries: PETRARCH's blocks and TABARI's lines.
//!
//! In: lines. Out: one [`DictionaryVerb`] a pattern, in the form of our own frames. What always holds: the words behind the verb are kept
//! in order; what stands for actors (`$ + % ^`) is left to the clause; synonym sets are taken apart.

use super::{Line, bracketed};
use crate::tokens::fold;

/// A pattern and its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DictionaryVerb {
    /// As a frame's pattern: `praise leader of`.
    pub(crate) pattern: String,
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
            let Some((_, behind)) = words.split_once('*') else {
                note(
                    l.number,
                    "no-verb",
                    format!("the pattern `{words}` does not say with `*` where the verb goes"),
                );
                continue;
            };
            let behind = expanded(behind, &sets);
            for verb in &verbs {
                push(&mut out, format!("{verb} {behind}").trim(), code, &[]);
            }
            continue;
        }
        // A verb, or a new entry of TABARI's.
        in_set = false;
        let code = bracketed(text).map(|(_, c)| c.to_owned());
        let head = text.split(['[', '{']).next().unwrap_or("").trim();
        let forms: Vec<String> = match (text.find('{'), text.find('}')) {
            (Some(a), Some(b)) if a < b => {
                text[a + 1..b].split_whitespace().map(|w| fold(w.trim_end_matches('_'))).collect()
            }
            _ => Vec::new(),
        };
        if head.is_empty() {
            // Irregular forms on a line of their own belong to the verb before.
            if let Some(last) = out.last_mut() {
                last.forms.extend(forms);
            }
            continue;
        }
        let verb = plain(head);
        if verb.is_empty() {
            note(l.number, "no-phrase", format!("`{text}` names no verb"));
            continue;
        }
        if block_code.is_empty() && code.is_some() {
            verbs.clear();
        }
        verbs.push(verb.clone());
        let code = code.unwrap_or_else(|| block_code.clone());
        if !code.is_empty() {
            push(&mut out, &verb, &code, &forms);
        }
    }
    out
}

fn push(out: &mut Vec<DictionaryVerb>, pattern: &str, code: &str, forms: &[String]) {
    let code = code.trim();
    let both = code.contains(':') && !code.starts_with(':');
    let first = code.trim_start_matches(':').split(':').next().unwrap_or("").trim();
    if first.is_empty() || !first.chars().all(|c| c.is_ascii_alphanumeric()) {
        return; // `[---]`: no event
    }
    out.push(DictionaryVerb {
        pattern: pattern.to_owned(),
        code: first.to_owned(),
        forms: forms.to_vec(),
        both,
    });
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

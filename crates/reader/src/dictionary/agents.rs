//! Agent dictionaries.
//!
//! In: lines. Out: one [`DictionaryAgent`] a form. What always holds: `~` before the code puts it after the actor's, behind it before;
//! a regular plural is made unless braces say otherwise.

use super::{Line, bracketed, words};

/// A word for people or bodies of an actor, and what it adds to the actor's code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DictionaryAgent {
    pub(crate) words: Vec<String>,
    pub(crate) code: String,
    /// The code goes in front.
    pub(crate) front: bool,
}

pub(super) fn read(
    lines: &[Line<'_>],
    note: &mut impl FnMut(usize, &'static str, String),
) -> Vec<DictionaryAgent> {
    let mut out = Vec::new();
    let mut sets: Vec<(String, Vec<String>)> = Vec::new();
    for l in lines {
        if l.text.starts_with('!') && l.text.contains('=') {
            if let Some((name, list)) = l.text.split_once('=') {
                sets.push((name.trim().to_owned(), list.split(',').map(|w| w.trim().to_owned()).collect()));
            }
            continue;
        }
        let Some((phrase, code)) = bracketed(l.text) else {
            note(l.number, "no-code", format!("`{}` has no code", l.text));
            continue;
        };
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let front = code.ends_with('~');
        if !front && !code.starts_with('~') {
            note(l.number, "no-tilde", format!("the code `{code}` does not say with `~` where it goes"));
            continue;
        }
        let code = code.trim_matches('~').to_ascii_uppercase();
        let (phrase, braces) = match (phrase.find('{'), phrase.find('}')) {
            (Some(a), Some(b)) if a < b => (phrase[..a].trim(), Some(phrase[a + 1..b].trim())),
            (None, None) => (phrase, None),
            _ => {
                note(l.number, "open-brace", format!("`{phrase}` has a brace that is not closed"));
                continue;
            }
        };
        let mut forms = vec![phrase.to_owned()];
        for (name, list) in &sets {
            if phrase.contains(name.as_str()) {
                forms = list.iter().map(|w| phrase.replace(name.as_str(), w)).collect();
            }
        }
        for form in forms {
            let w = words(&form);
            if w.is_empty() {
                continue;
            }
            let plural = match braces {
                None => Some(plural_of(&w)),
                Some("") => None,
                Some(p) => Some(words(p)),
            };
            out.push(DictionaryAgent { words: w, code: code.clone(), front });
            out.extend(plural.map(|words| DictionaryAgent { words, code: code.clone(), front }));
        }
    }
    out
}

fn plural_of(w: &[String]) -> Vec<String> {
    let mut out = w.to_vec();
    if let Some(last) = out.last_mut() {
        *last = if last.ends_with('y') && !last.ends_with("ey") && !last.ends_with("ay") {
            format!("{}ies", &last[..last.len() - 1])
        } else if last.ends_with("ss") {
            format!("{last}es")
        } else {
            format!("{last}s")
        };
    }
    out
}

//! Actor dictionaries.
//!
//! In: lines. Out: one [`DictionaryActor`] a phrase. What always holds: the first interval that covers the day wins, then the code without
//! one; `[---]` and `[###]` are no code.

use super::{Line, bracketed, words};

/// A phrase and its codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DictionaryActor {
    pub(crate) words: Vec<String>,
    codes: Vec<(Option<u32>, Option<u32>, String)>,
}

impl DictionaryActor {
    /// The code on a day; without a day, the code that needs none.
    pub(crate) fn code(&self, day: Option<(i32, u8, u8)>) -> Option<&str> {
        let day = day
            .and_then(|(y, m, d)| Some(u32::try_from(y).ok()? * 10_000 + u32::from(m) * 100 + u32::from(d)));
        let dated = self.codes.iter().filter(|(a, b, _)| a.is_some() || b.is_some());
        let on = |(a, b, _): &&(Option<u32>, Option<u32>, String)| {
            day.is_some_and(|d| a.is_none_or(|a| a <= d) && b.is_none_or(|b| d <= b))
        };
        let found =
            dated.clone().find(on).or_else(|| self.codes.iter().find(|(a, b, _)| a.is_none() && b.is_none()));
        found.map(|(_, _, c)| c.as_str()).filter(|c| !c.contains('-') && !c.contains('#') && !c.is_empty())
    }
}

pub(super) fn read(
    lines: &[Line<'_>],
    note: &mut impl FnMut(usize, &'static str, String),
) -> Vec<DictionaryActor> {
    let mut out: Vec<DictionaryActor> = Vec::new();
    let mut block: Vec<(usize, Vec<String>)> = Vec::new();
    let mut codes: Vec<(Option<u32>, Option<u32>, String)> = Vec::new();
    let mut skipping = false;
    let mut close = |block: &mut Vec<(usize, Vec<String>)>,
                     codes: &mut Vec<(Option<u32>, Option<u32>, String)>,
                     note: &mut dyn FnMut(usize, &'static str, String)| {
        for (line, w) in block.drain(..) {
            if codes.is_empty() {
                note(line, "no-code", format!("`{}` has no code", w.join(" ")));
            } else {
                out.push(DictionaryActor { words: w, codes: codes.clone() });
            }
        }
        codes.clear();
    };
    for l in lines {
        if l.text.starts_with('<') {
            // `<NOUN>` and `<ADJECTIVE>` lists hold words that are no verbs.
            let list = l.text[1..].starts_with(|c: char| c.is_ascii_alphabetic());
            skipping = list;
            continue;
        }
        if skipping {
            continue;
        }
        let only_code = l.indented && l.text.starts_with('[') || l.text.starts_with('[');
        if only_code {
            read_codes(l, &mut codes, note);
            continue;
        }
        let synonym = l.text.starts_with('+');
        if !synonym {
            close(&mut block, &mut codes, note);
        }
        let phrase = bracketed(l.text).map_or(l.text, |(p, _)| p).trim_start_matches('+');
        let w = words(phrase);
        if w.is_empty() {
            note(l.number, "no-phrase", format!("`{}` has no words", l.text));
        } else {
            block.push((l.number, w));
        }
        if l.text.contains('[') {
            read_codes(l, &mut codes, note);
        }
    }
    close(&mut block, &mut codes, note);
    out
}

fn read_codes(
    l: &Line<'_>,
    codes: &mut Vec<(Option<u32>, Option<u32>, String)>,
    note: &mut impl FnMut(usize, &'static str, String),
) {
    let mut rest = l.text;
    while let Some(open) = rest.find('[') {
        let Some(close) = rest[open..].find(']') else {
            note(l.number, "open-bracket", format!("`{}` has a bracket that is not closed", l.text));
            return;
        };
        let inside = rest[open + 1..open + close].trim();
        rest = &rest[open + close + 1..];
        let code: String =
            inside.chars().take_while(|c| !c.is_whitespace() && !matches!(c, '<' | '>')).collect();
        let bounds: String = inside[code.len()..].chars().filter(|c| !c.is_whitespace()).collect();
        let code = code.to_ascii_uppercase().replace("[", "");
        let mut bad = |b: &str| note(l.number, "bad-date", format!("`{b}` is no date (YYMMDD or YYYYMMDD)"));
        let entry = if bounds.is_empty() {
            Some((None, None))
        } else if let Some(b) = bounds.strip_prefix('<') {
            date(b).map(|d| (None, Some(d)))
        } else if let Some(b) = bounds.strip_prefix('>') {
            date(b).map(|d| (Some(d), None))
        } else {
            bounds.split_once('-').and_then(|(a, b)| Some((Some(date(a)?), Some(date(b)?))))
        };
        match entry {
            Some((a, b)) => codes.push((a, b, code)),
            None => bad(&bounds),
        }
    }
}

/// `YYMMDD` or `YYYYMMDD` as one number.
fn date(text: &str) -> Option<u32> {
    let n: u32 = text.parse().ok()?;
    match text.len() {
        8 => Some(n),
        6 => Some(if n >= 300_000 { 19_000_000 + n } else { 20_000_000 + n }),
        _ => None,
    }
}

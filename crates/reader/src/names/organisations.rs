//! Organisations by their words, and the acronyms given with them.
//!
//! In: the tokens of a sentence. Out: mentions of organisations nobody listed, with the acronym that stands for them from then on. What
//! always holds: a run of capitalised words is an organisation only by its head word or by an acronym made of its letters.

use super::words::*;
use super::*;

impl Finder<'_> {
    /// Organisations the lexicon does not list: capitalised words around a head such as *Institute*.
    pub(super) fn organisations(&mut self, s: &Sentence) {
        let mut i = s.first;
        while i < s.end {
            if !self.starts_name(i, s) {
                i += 1;
                continue;
            }
            let (end, head) = self.capitalised_run(i, s.end);
            let long_enough = end - i >= 2;
            if let (Some(head), true) = (head, long_enough) {
                let inner: Vec<&Mention> = (i..end).filter_map(|t| self.out.of(t)).collect();
                let whole = inner.first().is_some_and(|m| m.first == i && m.end >= end);
                let person = inner.iter().any(|m| m.sort == Sort::Person);
                let head_word = self.tokens[head].norm.clone();
                let organ = matches!(
                    head_word.as_str(),
                    "ministry"
                        | "department"
                        | "parliament"
                        | "congress"
                        | "army"
                        | "force"
                        | "forces"
                        | "command"
                        | "guard"
                        | "assembly"
                );
                let covered = inner.iter().any(|m| m.first <= head && head < m.end);
                if !whole && !person && !covered && !organ {
                    self.remove(i, end);
                    let name = self.piece(i, end).split_whitespace().collect::<Vec<_>>().join(" ");
                    let short = self.acronym_after(end, s.end).unwrap_or(name);
                    let sort = match head_word.as_str() {
                        "institute" | "institution" | "center" | "centre" | "foundation" => Sort::ThinkTank,
                        "times" | "post" => Sort::Media,
                        "corporation" | "corp" | "company" | "industries" | "airlines" | "systems"
                        | "airways" => Sort::Company,
                        _ => Sort::Organisation,
                    };
                    self.add(i, end, &format!("ORG:{short}"), sort, Use::Name, "capitalised-run-with-head");
                    if let Some((f, e)) = self.acronym_span(end, s.end) {
                        let refers = format!("ORG:{short}");
                        self.add(f, e, &refers, sort, Use::Name, "acronym-in-brackets");
                    }
                }
            }
            i = end.max(i + 1);
        }
    }

    pub(super) fn starts_name(&self, i: usize, s: &Sentence) -> bool {
        let t = &self.tokens[i];
        if t.kind != Kind::Word || !t.cap {
            return false;
        }
        let function_word = self.v.class(&t.norm).is_some_and(|c| !matches!(c, Class::Adjective));
        let opener = i == s.first && function_word;
        !opener && (!function_word || t.upper) && !MONTHS_AND_DAYS.contains(&t.norm.as_str())
    }

    /// A run of capitalised words, with small linking words inside, and the last head in it.
    pub(super) fn capitalised_run(&self, i: usize, end: usize) -> (usize, Option<usize>) {
        let mut last = i;
        let mut head = None;
        let mut at = i;
        while at < end && at - i < 12 {
            let t = &self.tokens[at];
            let linking = matches!(t.norm.as_str(), "of" | "for" | "and" | "the" | "on" | "&")
                || t.kind == Kind::Hyphen;
            if t.kind == Kind::Word && t.cap {
                // After `and` or `on` a second name may begin: go on only when a head came before.
                if MONTHS_AND_DAYS.contains(&t.norm.as_str()) {
                    break;
                }
                let joined = at == i
                    || !self.tokens[at - 1].is("and")
                    || head.is_some_and(|h| self.tokens[h + 1..at].iter().any(|t| t.is("of") || t.is("for")));
                if !joined {
                    break;
                }
                if ORGANISATION_HEADS.contains(&t.norm.as_str()) {
                    head = Some(at);
                }
                last = at + 1;
            } else if linking && at > i && (t.kind == Kind::Hyphen || head.is_some()) {
                // Only on behind a head: `Institute of …`, not `Japan and the …`.
            } else {
                break;
            }
            at += 1;
        }
        (last.max(i + 1), head)
    }

    pub(super) fn acronym_span(&self, i: usize, end: usize) -> Option<(usize, usize)> {
        let inside =
            i + 2 < end && self.tokens[i].is("(") && self.tokens[i + 1].upper && self.tokens[i + 2].is(")");
        inside.then_some((i + 1, i + 2))
    }

    pub(super) fn acronym_after(&self, i: usize, end: usize) -> Option<String> {
        self.acronym_span(i, end).map(|(f, e)| self.piece(f, e).to_owned())
    }

    pub(super) fn remove(&mut self, first: usize, end: usize) {
        for t in first..end {
            if let Some(id) = self.out.at[t] {
                let m = &mut self.out.mentions[id as usize];
                let (f, e) = (m.first, m.end);
                m.end = m.first; // emptied; settle() drops it
                for at in &mut self.out.at[f..e] {
                    *at = None;
                }
            }
        }
    }
}

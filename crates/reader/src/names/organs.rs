//! Organs of a state: ministries, parliaments, forces, governments.
//!
//! In: words of organs beside the name of a state. Out: mentions of the organ of that state. What always holds: an organ without a state in
//! reach is no mention.

use super::*;

impl Finder<'_> {
    /// `Japanese Self-Defence Forces`, `the Ministry of Defense`: organs of a state.
    pub(super) fn organs(&mut self, s: &Sentence) {
        // Words that are organs only where they are written with a capital.
        const LOOSE: &[&str] = &[
            "forces",
            "troops",
            "soldiers",
            "regime",
            "administration",
            "cabinet",
            "police",
            "marines",
            "diet",
            "treasury",
            "embassy",
            "senate",
            "congress",
            "legislature",
        ];
        let mut i = s.first;
        while i < s.end {
            let Some((mut end, code)) = self.v.organs.longest(self.tokens, i, s.end) else {
                i += 1;
                continue;
            };
            let code = self.v.organ_codes[code as usize].clone();
            let t = &self.tokens[i];
            if LOOSE.contains(&t.norm.as_str()) && !t.cap {
                i = end;
                continue;
            }
            let taken = self.out.of(i).map(|m| (m.first, m.end, m.sort));
            if taken.is_some() {
                i = end;
                continue;
            }
            // A title that a name follows is an office.
            if self.v.titles.longest(self.tokens, i, s.end).is_some_and(|(e, _)| e == end)
                && end < s.end
                && (self.tokens[end].cap || self.tokens[end].is(","))
            {
                i = end;
                continue;
            }
            let mut first = i;
            let mut of = String::new();
            let mut at = i;
            if at > s.first && self.tokens[at - 1].norm == "'s" {
                at -= 1;
            }
            if at > s.first && self.tokens[at - 1].kind == Kind::Word && self.tokens[at - 1].norm == "embassy"
            {
                at -= 1;
            }
            if at > s.first && self.out.of(at - 1).is_some_and(|m| m.rule == "dictionary") {
                i = end;
                continue;
            }
            if at > s.first
                && let Some(m) = self.out.of(at - 1)
                && m.sort == Sort::Country
                && m.usage != Use::Seat
            {
                first = if at == i || self.tokens[i].cap { m.first } else { i };
                of = m.refers.clone();
                if at < i {
                    // `Japan's Self Defense Force`: two mentions in the texts we follow.
                    first = i;
                }
            }
            // `Embassy in Belgium` keeps its place.
            if end + 1 < s.end
                && code == "MOFA"
                && t.norm == "embassy"
                && self.tokens[end].is("in")
                && self.out.of(end + 1).is_some()
            {
                end = self.out.of(end + 1).map_or(end, |m| m.end);
            }
            if of.is_empty() {
                let capital = t.cap && i != s.first;
                if !capital {
                    i = end;
                    continue;
                }
                let before = (s.first.saturating_sub(60)..i).rev().filter_map(|t| self.out.of(t));
                let state = before
                    .into_iter()
                    .find(|m| m.sort == Sort::Country && m.usage != Use::Seat && !m.absorbed);
                of = state.map(|m| m.refers.clone()).unwrap_or_default();
                if of.is_empty() {
                    i = end;
                    continue;
                }
            }
            let military = matches!(code.as_str(), "MIL" | "SDF");
            self.remove(first, end);
            self.add(
                first,
                end,
                &format!("{of}.{code}"),
                if military { Sort::Military } else { Sort::Organ },
                Use::Name,
                "state-and-organ",
            );
            i = end;
        }
        self.government_of(s);
    }

    /// `the government of Kishida`.
    pub(super) fn government_of(&mut self, s: &Sentence) {
        for i in s.first..s.end.saturating_sub(2) {
            if self.tokens[i].norm == "government" && self.tokens[i + 1].is("of") && self.out.at[i].is_none()
            {
                let the = usize::from(self.tokens[i + 2].is("the"));
                let Some(m) = self.tokens.get(i + 2 + the).and_then(|_| self.out.of(i + 2 + the)).cloned()
                else {
                    continue;
                };
                let state = if m.sort == Sort::Person {
                    self.state_of(&m.refers)
                } else if m.sort == Sort::Country {
                    m.refers.clone()
                } else {
                    continue;
                };
                if !state.is_empty() && m.end <= s.end {
                    self.remove(i, m.end);
                    self.add(i, m.end, &format!("{state}.GOV"), Sort::Organ, Use::Name, "government-of-name");
                }
            }
        }
    }
}

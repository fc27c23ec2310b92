//! Modality and polarity of a verb group.
//!
//! In: a group and the chain of groups that govern it. Out: one [`Verdict`]: the word, what gave it, and whether the act is denied. What
//! always holds: the nearest sign wins, and its scope is the clause it stands in.

use crate::clauses::{Clauses, Group, Link, Tense};
use crate::tagging::Tag;

/// What is said of an act's being done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) modality: &'static str,
    pub(crate) words: Vec<usize>,
    pub(crate) negated: bool,
}

/// Verbs and adjectives with an infinitive, and what they make of it.
fn governed(lemma: &str) -> Option<&'static str> {
    Some(match lemma {
        "plan" | "schedule" | "set" | "due" | "arrange" | "prepare" | "decide" | "announce" | "promise"
        | "pledge" | "vow" | "agree" | "commit" | "invite" | "propose" | "offer" | "slate" | "order"
        | "ask" | "tell" | "undertake" => "planned",
        "want" | "hope" | "intend" | "seek" | "aim" | "try" | "wish" | "look" | "attempt" | "desire"
        | "strive" | "consider" | "aspire" | "work" | "push" | "threaten" | "urge" | "prefer" | "mull"
        | "contemplate" => "intended",
        "expect" | "anticipate" | "predict" | "forecast" | "project" | "estimate" => "expected",
        "need" | "have" | "oblige" | "require" | "force" | "compel" => "obligated",
        "enable" | "allow" | "permit" => "possible",
        "continue" | "keep" => "ongoing",
        _ => return None,
    })
}

/// Adjectives after `be`.
fn governed_by_adjective(norm: &str) -> Option<&'static str> {
    Some(match norm {
        "likely" | "unlikely" | "probable" | "able" | "unable" | "possible" | "impossible" => "possible",
        "set" | "due" | "ready" | "about" | "poised" | "scheduled" => "planned",
        "willing" | "keen" | "eager" | "reluctant" | "unwilling" => "intended",
        "bound" | "expected" | "certain" => "expected",
        "obliged" | "obligated" => "obligated",
        _ => return None,
    })
}

impl Clauses<'_> {
    pub(crate) fn verdict(&self, groups: &[Group], n: usize, stative: bool) -> Verdict {
        let g = &groups[n];
        let mut v = self.own(g, stative);
        let mut at = n;
        let mut steps = 0;
        while let Some(h) = groups[at].governor {
            if h == at || steps > 5 {
                break;
            }
            steps += 1;
            let link = groups[at].link;
            let above = &groups[h];
            match link {
                Link::Infinitive => {
                    let adjective = (above.end..groups[at].first)
                        .find_map(|j| governed_by_adjective(&self.tokens[j].norm).map(|m| (m, j)));
                    // `officials are to meet`
                    let is_to = above.lemma == "be" && above.finite && above.end == groups[at].first;
                    let by_verb =
                        governed(&above.lemma).or(is_to.then_some("planned")).map(|m| (m, above.main));
                    let noun = (above.end..groups[at].first).rev().find_map(|j| {
                        match self.tokens[j].norm.as_str() {
                            "plan" | "plans" | "decision" | "agreement" | "intention" | "promise"
                            | "pledge" => Some(("planned", j)),
                            "ability" | "capacity" | "opportunity" | "power" => Some(("possible", j)),
                            "effort" | "efforts" | "attempt" | "desire" | "willingness" => {
                                Some(("intended", j))
                            }
                            _ => None,
                        }
                    });
                    let up = self.own(above, false);
                    v.negated |= up.negated || matches!(above.lemma.as_str(), "refuse" | "fail" | "decline");
                    if let Some((m, word)) = adjective.or(noun).or(by_verb) {
                        let weaker = v.modality == "actual" || v.modality == "ongoing";
                        if weaker {
                            v.modality = m;
                        }
                        v.words.push(word);
                        if m != "ongoing" {
                            break;
                        }
                    }
                    if up.modality != "actual"
                        && up.modality != "ongoing"
                        && matches!(v.modality, "actual" | "ongoing")
                    {
                        v.modality = up.modality;
                        v.words.extend(up.words);
                    }
                }
                Link::Ing => {
                    let up = self.own(above, false);
                    if matches!(above.lemma.as_str(), "continue" | "keep") {
                        v.modality = "ongoing";
                    } else if let Some(m) = governed(&above.lemma).filter(|_| groups[at].first == above.end) {
                        v.modality = m;
                        v.words.push(above.main);
                    } else if up.modality != "actual" && v.modality == "actual" {
                        v.modality = up.modality;
                        v.words.extend(up.words);
                    }
                    if groups[at].first > self.s.first && self.tokens[groups[at].first - 1].is("without") {
                        v.negated = true;
                    }
                }
                Link::Joined => {
                    // `will meet and sign`: the auxiliary is said once.
                    let shared = above.modal.is_some()
                        && groups[at].modal.is_none()
                        && !matches!(self.tags[groups[at].main], Tag::Verb(f) if f.past && !f.base);
                    if shared && matches!(v.modality, "actual" | "ongoing") {
                        let up = self.own(above, false);
                        v.modality = up.modality;
                        v.words.extend(up.words);
                    }
                    if above.link != Link::Infinitive || !groups[at].infinitive {
                        break;
                    }
                }
                Link::None => break,
            }
            at = h;
        }
        if matches!(v.modality, "actual" | "ongoing" | "planned") && self.in_condition(groups, n) {
            v.modality = "conditional";
        }
        v
    }

    /// What the group's own words say.
    fn own(&self, g: &Group, stative: bool) -> Verdict {
        let mut words = Vec::new();
        let modality = match g.modal.map(|m| (m, self.tokens[m].norm.as_str())) {
            Some((m, word)) => {
                words.push(m);
                match word {
                    "will" | "'ll" | "shall" | "wo" => "planned",
                    "would" | "'d" => "conditional",
                    "must" | "should" | "ought" => "obligated",
                    _ => "possible",
                }
            }
            None if g.progressive => "ongoing",
            None if stative && g.finite && !g.passive && g.tense == Tense::Present && !g.perfect => "ongoing",
            None => "actual",
        };
        Verdict { modality, words, negated: g.negated }
    }

    /// Whether the clause begins with `if` or `unless`.
    fn in_condition(&self, groups: &[Group], n: usize) -> bool {
        let from = n.checked_sub(1).map_or(self.s.first, |h| groups[h].end);
        (from..groups[n].first)
            .rev()
            .take_while(|j| !matches!(self.tags[*j], Tag::Stop | Tag::Comma))
            .any(|j| matches!(self.tokens[j].norm.as_str(), "if" | "unless"))
    }
}

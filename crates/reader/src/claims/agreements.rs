//! Agreements: what has become of a treaty, a programme, a membership.
//!
//! In: a [`Scene`], the acronyms the document defines. Out: [`AgreementDraft`]s. What always holds: the name is a run of words that ends in
//! a head noun of agreements (or such a noun's acronym); the stage is that of the verb or noun that governs it, or *existing*.

use std::collections::BTreeSet;

use super::Scene;
use crate::actors::Actor;
use crate::clauses::{Region, Segment, Tense};
use crate::lexicon::{Sort, singular};
use crate::modality::Verdict;
use crate::tagging::Tag;

/// An agreement before merging.
#[derive(Clone, Debug)]
pub(crate) struct AgreementDraft {
    pub(crate) name: String,
    pub(crate) parties: Vec<Actor>,
    pub(crate) stage: String,
    pub(crate) date: Option<(String, &'static str)>,
    pub(crate) verdict: Verdict,
    pub(crate) attribution: String,
    pub(crate) span: Region,
    pub(crate) trigger: Region,
    pub(crate) rule: String,
}

/// How a name of an agreement stands in its clause.
struct Governed {
    group: Option<usize>,
    stage: String,
    trigger: Region,
    /// The group's segments belong to the agreement's clause.
    verdict: Verdict,
}

impl Scene<'_> {
    pub(crate) fn agreements(&self, acronyms: &BTreeSet<String>) -> Vec<AgreementDraft> {
        let mut out = self.memberships();
        let mut i = self.c.s.first;
        while i < self.c.s.end {
            let Some((head_end, weak)) = self.head_at(i, acronyms) else {
                i += 1;
                continue;
            };
            let name = self.full_name(i, head_end);
            if let Some(a) = self.agreement(name, i, head_end, weak) {
                let again =
                    out.iter().any(|o| o.trigger == a.trigger && o.stage == a.stage && o.span.holds(i));
                if !again {
                    out.push(a);
                }
            }
            i = name.end.max(head_end);
        }
        out
    }

    /// A head noun at token `i`: where it ends, and whether it is a weak one.
    fn head_at(&self, i: usize, acronyms: &BTreeSet<String>) -> Option<(usize, bool)> {
        let c = &self.c;
        let words = &c.v.instruments;
        let t = &c.tokens[i];
        if !matches!(c.tags[i], Tag::Noun | Tag::Adjective) || c.names.at[i].is_some() {
            return None;
        }
        let one = singular(&t.norm);
        if t.upper && acronyms.contains(&t.norm) {
            return Some((i + 1, false));
        }
        let mut best: Option<(usize, bool)> = None;
        for h in &words.heads {
            let mut parts = h.split(' ');
            let first = parts.next().unwrap_or("");
            if first != t.norm && first != one {
                continue;
            }
            let rest: Vec<&str> = parts.collect();
            let end = i + 1 + rest.len();
            let fits = end <= c.s.end
                && rest.iter().enumerate().all(|(k, w)| {
                    c.tokens[i + 1 + k].norm == *w || singular(&c.tokens[i + 1 + k].norm) == *w
                });
            if fits && best.is_none_or(|(e, _)| end > e) {
                best = Some((end, words.weak.contains(h)));
            }
        }
        // A head that is itself a modifier (`treaty obligations`, `partnership agreement`) is none.
        let (end, weak) = best?;
        let modifier = end < c.s.end
            && c.tags[end] == Tag::Noun
            && c.names.at[end].is_none()
            && !c.tokens[end].is("signed")
            && c.tokens[end].kind == crate::tokens::Kind::Word;
        (!modifier).then_some((end, weak))
    }

    /// The name around a head: `the Individual Partnership and Cooperation Programme (IPCP)`.
    fn full_name(&self, i: usize, head_end: usize) -> Region {
        let c = &self.c;
        let mut first = i;
        while first > c.s.first {
            let j = first - 1;
            let tag = c.tags[j];
            let inside_group =
                self.groups.iter().any(|g| g.first <= j && j < g.end && !(c.tags[j] == Tag::Adjective));
            let capital_link = matches!(c.tokens[j].norm.as_str(), "and" | "of" | "for" | "on")
                && j > c.s.first
                && c.tokens[j - 1].cap
                && c.tokens[first].cap
                && c.names.at[first].is_none()
                && c.names.at[j - 1].is_none();
            let joined = c.tokens[j].is("and")
                && matches!(c.tags[first], Tag::Adjective)
                && j > c.s.first
                && matches!(c.tags[j - 1], Tag::Adjective);
            let names_joined = c.tokens[j].is("and")
                && c.tags[first] == Tag::Name
                && j > c.s.first
                && c.tags[j - 1] == Tag::Name;
            let quote = c.tags[j] == Tag::Quote;
            if (tag.is_nominal() && tag != Tag::Pronoun && !inside_group)
                || capital_link
                || joined
                || names_joined
                || (quote && first == i)
            {
                first -= 1;
            } else {
                break;
            }
        }
        let mut end = head_end;
        // `Agreement on Security of Information and Material`
        if end + 1 < c.s.end
            && c.tokens[head_end - 1].cap
            && matches!(c.tokens[end].norm.as_str(), "on" | "of" | "for" | "concerning" | "regarding")
        {
            let mut j = end + 1;
            let mut last = end;
            while j < c.s.end
                && (c.tokens[j].cap && c.names.at[j].is_none()
                    || matches!(c.tokens[j].norm.as_str(), "of" | "and" | "the" | "for" | "on" | "in"))
            {
                if c.tokens[j].cap {
                    last = j + 1;
                }
                j += 1;
            }
            if last > end + 1 {
                end = last;
            }
        }
        if end + 2 < c.s.end && c.tokens[end].is("(") && c.tokens[end + 1].upper && c.tokens[end + 2].is(")")
        {
            end += 3;
        }
        Region { first, end }
    }

    fn agreement(&self, name: Region, head: usize, head_end: usize, weak: bool) -> Option<AgreementDraft> {
        let c = &self.c;
        let before = Region { first: name.first, end: head };
        let capital = c.tokens[head].cap
            && (name.first..head).any(|j| c.tokens[j].cap && c.names.at[j].is_none())
            || c.tokens[head].upper;
        let mut parties: Vec<Actor> = Vec::new();
        let add = |list: Vec<Actor>, parties: &mut Vec<Actor>| {
            for a in list {
                if !parties.iter().any(|p| p.refers == a.refers) {
                    parties.push(a);
                }
            }
        };
        let own = c.named(before);
        add(own, &mut parties);
        if (before.first..before.end).any(|j| c.tags[j] == Tag::Possessive) {
            add(c.actors(before, self.before), &mut parties);
        }
        let later: Vec<_> = self.groups.iter().filter(|g| g.first >= name.end).cloned().collect();
        let (segments, close) = c.segments(name.end, &later);
        let with = |segments: &[Segment], words: &[&str]| -> Vec<Actor> {
            (0..segments.len())
                .filter(|k| segments[*k].prep.is_some_and(|p| words.contains(&c.tokens[p].norm.as_str())))
                .flat_map(|k| c.actors(self.phrase(segments, k), self.before))
                .collect()
        };
        add(with(&segments, &["with", "between", "among", "and"]), &mut parties);
        // An office or a mission is between who opens it and where it stands.
        if matches!(singular(&c.tokens[head_end - 1].norm), "office" | "mission" | "facility") {
            add(with(&segments, &["at", "to"]), &mut parties);
            let there = segments
                .iter()
                .filter(|s| s.prep.is_some_and(|p| matches!(c.tokens[p].norm.as_str(), "in" | "at")));
            let seats = there.flat_map(|s| s.region.first..s.region.end).filter_map(|i| c.names.of(i));
            let found = seats.filter(|m| m.usage == crate::lexicon::Use::Seat || m.place_use);
            let states: Vec<Actor> = found
                .map(|m| Actor {
                    refers: m.refers.clone(),
                    at: Some((m.first, m.end)),
                    rule: "seat-of-state",
                    sort: Some(m.sort),
                })
                .collect();
            add(states, &mut parties);
        }
        let governed = self.governing(name, head);
        let mut span = Region { first: name.first, end: close.max(name.end) };
        let mut date_tense = Tense::Past;
        let (stage, trigger, verdict, rule);
        match governed {
            Some(g) => {
                if let Some(n) = g.group {
                    let group = &self.groups[n];
                    date_tense = group.tense;
                    let subject = group
                        .subject
                        .filter(|r| !r.holds(head))
                        .map(|r| c.actors(r, self.before))
                        .unwrap_or_default();
                    if group.passive {
                        add(with(&group.segments, &["by", "with", "between"]), &mut parties);
                    } else {
                        add(subject, &mut parties);
                        add(
                            with(&group.segments, &["with", "to"])
                                .into_iter()
                                .filter(|a| a.at.is_none_or(|(f, _)| f >= name.end))
                                .collect(),
                            &mut parties,
                        );
                    }
                    let whole = self.span_of(n);
                    span = Region { first: whole.first.min(span.first), end: whole.end.max(span.end) };
                } else {
                    span.first = span.first.min(g.trigger.first);
                }
                rule = format!("stage-word/{}", g.stage);
                (stage, trigger, verdict) = (g.stage, g.trigger, g.verdict);
            }
            None => {
                if weak || parties.len() < 2 {
                    return None;
                }
                stage = "existing".to_owned();
                trigger = Region { first: head, end: head_end };
                verdict = Verdict { modality: "actual", words: Vec::new(), negated: false };
                rule = "named-without-stage".to_owned();
            }
        }
        parties.retain(|a| {
            a.is_named()
                || a.refers.ends_with("member states")
                || a.refers.contains("nations")
                || a.refers.contains("countries")
        });
        parties.retain(|a| a.sort != Some(Sort::Media));
        let plain = !capital && (name.first..head).all(|j| matches!(c.tags[j], Tag::Det | Tag::Possessive));
        if parties.is_empty() || (plain && parties.len() < 2) || (weak && !capital && parties.len() < 2) {
            return None;
        }
        let date = self.date(trigger.first, span, &verdict, date_tense);
        let name_words = self.words(self.bare(name));
        Some(AgreementDraft {
            name: name_words,
            parties,
            stage,
            date,
            verdict,
            attribution: self.said.by(head).to_owned(),
            span,
            trigger,
            rule,
        })
    }

    /// The name without the article in front.
    fn bare(&self, r: Region) -> Region {
        let mut first = r.first;
        while first + 1 < r.end
            && matches!(
                self.c.tags[first],
                Tag::Det | Tag::Possessive | Tag::Quote | Tag::Pronoun | Tag::Adverb | Tag::Number
            )
        {
            first += 1;
        }
        Region { first, end: r.end }
    }

    /// The verb or noun that says what becomes of the thing named.
    fn governing(&self, name: Region, head: usize) -> Option<Governed> {
        let c = &self.c;
        // `the treaty signed by`, `the pact was ratified`: the name is the subject.
        let subject_of =
            self.groups.iter().enumerate().find(|(_, g)| {
                g.subject.is_some_and(|r| r.holds(head) && !g.inherited) && g.first >= name.end
            });
        if let Some((n, g)) = subject_of
            && (g.passive
                || matches!(
                    g.lemma.as_str(),
                    "enter" | "come" | "take" | "expire" | "end" | "lapse" | "remain" | "be"
                ))
            && let Some(found) = self.stage_of(n, Some(head))
        {
            return Some(found);
        }
        // The noun right before: `the signing of the treaty`.
        let of = name
            .first
            .checked_sub(1)
            .filter(|j| *j > c.s.first && matches!(c.tokens[*j].norm.as_str(), "of" | "to" | "on" | "for"));
        if let Some(q) = of {
            let noun = &c.tokens[q - 1];
            let hit =
                c.v.instruments
                    .stages
                    .iter()
                    .find(|s| s.nouns.iter().any(|w| *w == noun.norm || *w == singular(&noun.norm)));
            if let Some(s) = hit {
                let first = q - 1;
                return Some(Governed {
                    group: None,
                    stage: s.stage.clone(),
                    trigger: Region { first, end: q },
                    verdict: Verdict { modality: "actual", words: Vec::new(), negated: false },
                });
            }
        }
        // The verb whose object or phrase it is.
        let mut candidates: Vec<usize> = (0..self.groups.len())
            .filter(|n| {
                let g = &self.groups[*n];
                g.end <= name.first + 1 && g.close > head && !g.passive
            })
            .collect();
        candidates.reverse();
        let n = *candidates.first()?;
        let found = self.stage_of(n, None);
        if found.is_some() {
            return found;
        }
        // `been busy negotiating and signing`: the verb joined before it.
        None
    }

    /// The stage a verb group gives.
    fn stage_of(&self, n: usize, subject_head: Option<usize>) -> Option<Governed> {
        let g = &self.groups[n];
        let m = self.verb_match(&self.c.v.stages, n)?;
        let verdict = self.c.verdict(&self.groups, n, false);
        let mut stage = m.frame.id.clone();
        let coming = matches!(verdict.modality, "planned" | "intended" | "conditional" | "possible");
        if coming && matches!(stage.as_str(), "in_force" | "adopted" | "concluded") && subject_head.is_none()
        {
            stage = "proposed".to_owned();
        }
        if verdict.negated && matches!(stage.as_str(), "in_force" | "signed" | "ratified") {
            stage = "refused".to_owned();
        }
        let first = g.main;
        Some(Governed { group: Some(n), stage, trigger: Region { first, end: m.end.max(g.end) }, verdict })
    }

    /// `is not a member of NATO`, `Finland joined NATO`.
    fn memberships(&self) -> Vec<AgreementDraft> {
        let c = &self.c;
        let mut out = Vec::new();
        for n in 0..self.groups.len() {
            let g = &self.groups[n];
            let Some(subject) = g.subject else { continue };
            let (body, trigger_end) = match g.lemma.as_str() {
                "be" | "become" | "remain" => {
                    let stop = g.close.min(g.end + 9);
                    let Some(member) = (g.end..stop).find(|j| matches!(c.tokens[*j].norm.as_str(), "member"))
                    else {
                        continue;
                    };
                    if (g.end..member).any(|j| c.tags[j] == Tag::Prep) {
                        continue;
                    }
                    let inside: Vec<Actor> = c.named(Region { first: g.end, end: member });
                    let after = g
                        .segments
                        .iter()
                        .find(|s| s.prep.is_some_and(|p| c.tokens[p].is("of") && p > member));
                    let of = after.map(|s| c.actors(s.region, self.before)).unwrap_or_default();
                    let body =
                        inside.into_iter().chain(of).find(|a| matches!(a.sort, Some(Sort::Igo | Sort::Bloc)));
                    (
                        body.or_else(|| {
                            self.before.body.clone().filter(|_| {
                                after.is_none()
                                    && (g.end..member)
                                        .any(|j| c.tokens[j].is("full") || c.tokens[j].is("official"))
                            })
                        }),
                        member + 1,
                    )
                }
                "join" | "leave" | "quit" => {
                    let object = g.segments.first().map(|s| c.named(s.region)).unwrap_or_default();
                    (
                        object.into_iter().find(|a| {
                            a.sort == Some(Sort::Igo)
                                && a.at.is_some_and(|(_, e)| e == g.segments[0].region.end)
                        }),
                        g.end,
                    )
                }
                _ => continue,
            };
            let Some(body) = body else { continue };
            let parties: Vec<Actor> = c
                .actors(subject, self.before)
                .into_iter()
                .filter(|a| a.sort == Some(Sort::Country) && a.refers != body.refers)
                .collect();
            if parties.is_empty() {
                continue;
            }
            let verdict = c.verdict(&self.groups, n, false);
            let leaving = matches!(g.lemma.as_str(), "leave" | "quit");
            let intended = matches!(verdict.modality, "intended" | "possible" | "conditional");
            let stage = if leaving {
                "ended"
            } else if verdict.negated {
                "refused"
            } else if intended {
                "proposed"
            } else {
                "in_force"
            };
            let names: Vec<&str> = parties.iter().map(|a| a.refers.as_str()).collect();
            let name =
                format!("{} membership of {}", body.refers.trim_start_matches("ORG:"), names.join(" and "));
            let span = Region { first: self.span_of(n).first, end: g.close.max(trigger_end) };
            let date = self.date(g.main, span, &verdict, g.tense);
            let mut all = parties;
            all.push(body);
            out.push(AgreementDraft {
                name,
                parties: all,
                stage: stage.to_owned(),
                date,
                verdict,
                attribution: self.said.by(g.main).to_owned(),
                span,
                trigger: Region { first: g.main, end: trigger_end },
                rule: "membership".to_owned(),
            });
        }
        out
    }
}

/// Acronyms that the document puts behind a name of an agreement.
pub(crate) fn acronyms(tokens: &[crate::tokens::Token], heads: &[String]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for i in 1..tokens.len().saturating_sub(2) {
        let bracketed = tokens[i].is("(") && tokens[i + 1].upper && tokens[i + 2].is(")");
        if bracketed && heads.iter().any(|h| *h == tokens[i - 1].norm || *h == singular(&tokens[i - 1].norm))
        {
            out.insert(tokens[i + 1].norm.clone());
        }
        // `the IPCP (Individual Partnership and Cooperation Programme)`
        if tokens[i].upper && tokens[i + 1].is("(") {
            let close = (i + 2..tokens.len().min(i + 12)).find(|j| tokens[*j].is(")"));
            if close.is_some_and(|j| heads.iter().any(|h| *h == tokens[j - 1].norm)) {
                out.insert(tokens[i].norm.clone());
            }
        }
    }
    out
}

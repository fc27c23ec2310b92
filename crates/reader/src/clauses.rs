//! Clauses: verb groups, their subjects, objects and prepositional phrases.
//!
//! In: a sentence's tokens, tags and names. Out: [`Group`]s from left to right. What always holds: a region is a run of tokens of the
//! sentence; a group without words of its own for a subject takes that of the group that governs it, and says so.

use crate::lexicon::{Sort, Use, Vocabulary};
use crate::names::Names;
use crate::tagging::Tag;
use crate::tokens::{Sentence, Token};

/// A run of tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Region {
    pub(crate) first: usize,
    pub(crate) end: usize,
}

impl Region {
    pub(crate) fn is_empty(self) -> bool {
        self.first >= self.end
    }

    pub(crate) fn holds(self, i: usize) -> bool {
        self.first <= i && i < self.end
    }
}

/// When a verb group says it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Tense {
    Past,
    Present,
    Future,
}

/// What stands between a group and the one that governs it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Link {
    None,
    Infinitive,
    Ing,
    /// Same subject, joined by `and`, `or`, a comma.
    Joined,
}

/// A part of a clause after its verb: the bare object first, then one for each preposition.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    /// The preposition; nothing for the object.
    pub(crate) prep: Option<usize>,
    pub(crate) region: Region,
}

/// A verb with its auxiliaries and what hangs on it.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) first: usize,
    pub(crate) main: usize,
    pub(crate) end: usize,
    pub(crate) lemma: String,
    pub(crate) finite: bool,
    pub(crate) infinitive: bool,
    pub(crate) ing: bool,
    pub(crate) passive: bool,
    pub(crate) perfect: bool,
    pub(crate) progressive: bool,
    pub(crate) modal: Option<usize>,
    pub(crate) negated: bool,
    pub(crate) tense: Tense,
    /// The subject's words; those of the governor if `inherited`.
    pub(crate) subject: Option<Region>,
    pub(crate) inherited: bool,
    pub(crate) governor: Option<usize>,
    pub(crate) link: Link,
    pub(crate) segments: Vec<Segment>,
    /// Where the clause's words end.
    pub(crate) close: usize,
}

pub(crate) struct Clauses<'a> {
    pub(crate) tokens: &'a [Token],
    pub(crate) tags: &'a [Tag],
    pub(crate) names: &'a Names,
    pub(crate) v: &'a Vocabulary,
    pub(crate) s: Sentence,
}

impl Clauses<'_> {
    pub(crate) fn groups(&self) -> Vec<Group> {
        let mut out: Vec<Group> = Vec::new();
        let mut i = self.s.first;
        while i < self.s.end {
            match self.group_at(i) {
                Some(g) => {
                    i = g.end;
                    out.push(g);
                }
                None => i += 1,
            }
        }
        for n in 0..out.len() {
            let (segments, close) = self.segments(out[n].end, out.get(n + 1..).unwrap_or(&[]));
            out[n].segments = segments;
            out[n].close = close;
            self.attach(&mut out, n);
        }
        out
    }

    fn group_at(&self, i: usize) -> Option<Group> {
        let (tags, end) = (self.tags, self.s.end);
        if !(tags[i].is_verb() || tags[i] == Tag::To) {
            return None;
        }
        let mut g = Group {
            first: i,
            main: i,
            end: i + 1,
            lemma: String::new(),
            finite: true,
            infinitive: tags[i] == Tag::To,
            ing: false,
            passive: false,
            perfect: false,
            progressive: false,
            modal: None,
            negated: false,
            tense: Tense::Present,
            subject: None,
            inherited: false,
            governor: None,
            link: Link::None,
            segments: Vec::new(),
            close: i + 1,
        };
        let mut j = i;
        let mut last: Option<Tag> = None;
        let mut main = None;
        while j < end {
            match tags[j] {
                Tag::To if j == i => last = Some(Tag::To),
                Tag::Modal if main.is_none() && !matches!(last, Some(Tag::Be | Tag::Have)) => {
                    g.modal = Some(j);
                    g.negated |= self.tokens[j].is("cannot");
                    last = Some(Tag::Modal);
                    main = Some(j);
                }
                Tag::Be | Tag::Have | Tag::Do
                    if !matches!(
                        (last, tags[j]),
                        (Some(Tag::Be), Tag::Be | Tag::Have)
                            | (Some(Tag::Have | Tag::Do), Tag::Have | Tag::Do)
                    ) || (last == Some(Tag::Be) && self.tokens[j].is("being")) =>
                {
                    if tags[j] == Tag::Have && last != Some(Tag::Be) {
                        g.perfect = true;
                    }
                    if !matches!(last, Some(Tag::Modal | Tag::To | Tag::Have | Tag::Be)) {
                        g.tense = if matches!(self.tokens[j].norm.as_str(), "was" | "were" | "had" | "did") {
                            Tense::Past
                        } else {
                            Tense::Present
                        };
                    }
                    last = Some(tags[j]);
                    main = Some(j);
                }
                Tag::Adverb => {}
                Tag::Neg => g.negated = true,
                Tag::Adjective if last == Some(Tag::Be) && self.tokens[j].is("busy") => {}
                Tag::Comma if matches!(last, Some(Tag::Have | Tag::Be | Tag::Modal)) => {
                    match self.after_aside(j) {
                        Some(k) => {
                            j = k;
                            continue;
                        }
                        None => break,
                    }
                }
                Tag::Verb(f) => {
                    let fits = match last {
                        None => true,
                        Some(Tag::Be) => f.participle || f.ing,
                        Some(Tag::Have) => f.participle || f.past,
                        Some(Tag::Modal | Tag::To | Tag::Do) => f.base,
                        _ => false,
                    };
                    if fits {
                        g.passive = last == Some(Tag::Be) && f.participle && !f.ing;
                        g.progressive = last == Some(Tag::Be) && f.ing;
                        if last.is_none() {
                            g.ing = f.ing;
                            g.tense = if f.past && !f.third { Tense::Past } else { Tense::Present };
                        }
                        if last == Some(Tag::Have) || (g.perfect && g.tense == Tense::Present) {
                            g.perfect = true;
                        }
                        main = Some(j);
                    }
                    break;
                }
                _ => break,
            }
            j += 1;
        }
        let m = main?;
        g.main = m;
        g.end = m + 1;
        g.lemma = match tags[m] {
            Tag::Be => "be".to_owned(),
            Tag::Have => "have".to_owned(),
            Tag::Do => "do".to_owned(),
            Tag::Modal => "be".to_owned(),
            _ => self.lemma(m),
        };
        if tags[m] == Tag::Have {
            g.perfect = false;
        }
        // `never` right before.
        let lead = (self.s.first..i)
            .rev()
            .take_while(|j| matches!(tags[*j], Tag::Neg | Tag::Adverb))
            .any(|j| tags[j] == Tag::Neg);
        g.negated |= lead;
        // `not` right after a copula.
        let mut k = g.end;
        while k < end && matches!(tags[k], Tag::Neg | Tag::Adverb) && k < g.end + 3 {
            g.negated |= tags[k] == Tag::Neg && matches!(g.lemma.as_str(), "be" | "have");
            k += 1;
        }
        g.finite = !g.infinitive && !g.ing;
        if g.modal.is_some_and(|m| matches!(self.tokens[m].norm.as_str(), "will" | "'ll" | "shall" | "wo")) {
            g.tense = Tense::Future;
        }
        if g.perfect && g.tense == Tense::Present {
            g.tense = Tense::Past;
        }
        if self.reduced_passive(&g) {
            g.passive = true;
            g.finite = false;
        }
        Some(g)
    }

    fn lemma(&self, i: usize) -> String {
        let norm = &self.tokens[i].norm;
        self.v.verb_forms.get(norm).map_or_else(|| norm.clone(), |(l, _)| l.clone())
    }

    /// The token after `, … ,` that interrupts a verb group.
    fn after_aside(&self, comma: usize) -> Option<usize> {
        let close = (comma + 1..self.s.end.min(comma + 9)).find(|j| self.tags[*j] == Tag::Comma)?;
        let next = close + 1;
        (next < self.s.end && matches!(self.tags[next], Tag::Be | Tag::Verb(_) | Tag::Adverb)).then_some(next)
    }

    /// `a treaty signed by …`: a participle without auxiliary behind a thing.
    fn reduced_passive(&self, g: &Group) -> bool {
        let Tag::Verb(f) = self.tags[g.main] else { return false };
        if g.first != g.main || !f.participle || g.main == self.s.first {
            return false;
        }
        let next = (g.end < self.s.end).then(|| &self.tokens[g.end]);
        let before = g.main - 1;
        if !f.past {
            return matches!(self.tags[before], Tag::Noun | Tag::Name | Tag::Comma | Tag::Stop);
        }
        // `the treaty, signed in Lima in 1951`
        let set_off = self.tags[before] == Tag::Comma
            && before > self.s.first
            && matches!(self.tags[before - 1], Tag::Noun)
            && matches!(
                g.lemma.as_str(),
                "sign" | "conclude" | "adopt" | "ratify" | "negotiate" | "establish" | "create"
            )
            && next.is_some_and(|t| matches!(t.norm.as_str(), "in" | "on" | "at" | "between" | "last"));
        if set_off {
            return true;
        }
        if next.is_some_and(|t| t.is("by")) && !matches!(g.lemma.as_str(), "stand" | "abide") {
            return true;
        }
        let prep_next = next.is_some_and(|t| {
            matches!(
                t.norm.as_str(),
                "between"
                    | "in"
                    | "on"
                    | "at"
                    | "under"
                    | "for"
                    | "from"
                    | "to"
                    | "against"
                    | "during"
                    | "into"
            )
        });
        let thing = self.tags[before] == Tag::Noun
            && !self.v.agents.contains_key(&self.tokens[before].norm)
            && !crate::dates::is_time_word(&self.tokens[before].norm);
        let intransitive = matches!(
            g.lemma.as_str(),
            "meet"
                | "agree"
                | "appeal"
                | "protest"
                | "talk"
                | "arrive"
                | "come"
                | "go"
                | "begin"
                | "start"
                | "fall"
                | "rise"
                | "collapse"
                | "happen"
                | "lead"
                | "return"
                | "clash"
                | "erupt"
                | "continue"
                | "end"
                | "call"
                | "result"
                | "run"
                | "refer"
                | "demonstrate"
                | "rally"
                | "march"
                | "fight"
                | "retreat"
                | "resign"
                | "vote"
                | "cooperate"
                | "negotiate"
                | "consult"
                | "travel"
                | "fly"
                | "respond"
                | "react"
                | "insist"
                | "participate"
                | "object"
                | "complain"
                | "apologize"
                | "apologise"
                | "gather"
                | "threaten"
        );
        prep_next && thing && !intransitive
    }

    /// The parts after a verb, and where the clause ends.
    pub(crate) fn segments(&self, from: usize, later: &[Group]) -> (Vec<Segment>, usize) {
        let mut out = vec![Segment { prep: None, region: Region { first: from, end: from } }];
        let mut i = from;
        let mut close = from;
        let mut brackets = 0_i32;
        while i < self.s.end {
            let tag = self.tags[i];
            let norm = self.tokens[i].norm.as_str();
            if norm == "(" || norm == "[" {
                brackets += 1;
            } else if norm == ")" || norm == "]" {
                brackets -= 1;
            } else if brackets == 0 {
                let group = later.iter().find(|g| g.first == i);
                let stop = match tag {
                    // `the roads leading into Peru`: a participle behind its noun goes on with the phrase.
                    Tag::Verb(_)
                        if group.is_some_and(|g| g.ing)
                            && i > from
                            && matches!(self.tags[i - 1], Tag::Noun) =>
                    {
                        false
                    }
                    Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Do | Tag::Modal | Tag::To => group.is_some(),
                    Tag::Subord => {
                        !(norm == "as"
                            || norm == "than"
                            || norm == "since"
                            || norm == "after"
                            || norm == "before"
                            || norm == "until")
                            || later.iter().any(|g| g.first > i && g.first < i + 6 && g.finite)
                    }
                    Tag::Stop => !matches!(norm, "(" | ")" | "[" | "]" | "&" | "/"),
                    Tag::Comma => !self.list_goes_on(i, later),
                    Tag::Conj => !self.between_pair(&out, i) && self.clause_follows(i, later),
                    _ => false,
                };
                if stop {
                    break;
                }
                let prep_like = tag == Tag::Prep
                    || (tag == Tag::Subord && matches!(norm, "as" | "since" | "after" | "before" | "until"));
                if prep_like {
                    out.push(Segment { prep: Some(i), region: Region { first: i + 1, end: i + 1 } });
                    i += 1;
                    close = i;
                    continue;
                }
            }
            i += 1;
            close = i;
            if let Some(last) = out.last_mut() {
                last.region.end = i;
            }
        }
        (out, close)
    }

    /// `between the leaders of Peru and Chile`: the first `and` belongs to the pair.
    fn between_pair(&self, segments: &[Segment], conj: usize) -> bool {
        let Some(k) = segments.iter().rposition(|s| s.prep.is_some_and(|p| !self.tokens[p].is("of"))) else {
            return false;
        };
        let between = segments[k].prep.is_some_and(|p| self.tokens[p].is("between"));
        between && !(segments[k].region.first..conj).any(|j| self.tags[j] == Tag::Conj)
    }

    /// A comma within a list: `Peru, Chile and Bolivia`, or around a short aside.
    fn list_goes_on(&self, comma: usize, later: &[Group]) -> bool {
        let next = comma + 1;
        if next >= self.s.end {
            return false;
        }
        let next_group = later.iter().find(|g| g.first >= comma).map_or(self.s.end, |g| g.first);
        let stop = next_group.min(comma + 14).min(self.s.end);
        if !(self.tags[next].is_nominal() || self.tags[next] == Tag::Conj) {
            return false;
        }
        let conj = (next..stop)
            .find(|j| self.tags[*j] == Tag::Conj && matches!(self.tokens[*j].norm.as_str(), "and" | "or"));
        match conj {
            // What follows the conjunction must not be a new clause.
            Some(c) => {
                !self.clause_follows(c, later)
                    && (next..c).all(|j| {
                        self.tags[j].is_nominal()
                            || self.tags[j] == Tag::Comma
                            || self.tags[j] == Tag::Prep
                            || matches!(self.tags[j], Tag::Verb(_))
                    })
            }
            None => false,
        }
    }

    /// Whether a conjunction joins clauses: a verb comes before the next stop or comma.
    fn clause_follows(&self, conj: usize, later: &[Group]) -> bool {
        let mut j = conj + 1;
        while j < self.s.end && j < conj + 12 {
            if let Some(g) = later.iter().find(|g| g.first == j) {
                return g.finite || g.infinitive || j == conj + 1;
            }
            match self.tags[j] {
                Tag::Comma | Tag::Stop | Tag::Subord | Tag::Conj => return false,
                Tag::Prep if j > conj + 1 => {}
                _ => {}
            }
            j += 1;
        }
        false
    }

    /// Finds the subject of group `n`.
    fn attach(&self, groups: &mut [Group], n: usize) {
        let g = &groups[n];
        let mut p = g.first;
        while p > self.s.first && matches!(self.tags[p - 1], Tag::Adverb | Tag::Neg | Tag::Quote) {
            p -= 1;
        }
        let take = |groups: &mut [Group], from: Option<usize>, link: Link| {
            if let Some(h) = from {
                groups[n].subject = groups[h].subject;
                groups[n].inherited = true;
                groups[n].governor = Some(h);
                groups[n].link = link;
            }
        };
        let before = n.checked_sub(1);
        if g.infinitive {
            let Some(h) = before else {
                groups[n].subject = self.phrase_left(p, groups, n);
                return;
            };
            let between = Region { first: groups[h].end, end: p };
            let clean =
                (between.first..between.end).all(|j| !matches!(self.tags[j], Tag::Stop | Tag::Subord));
            take(groups, Some(h), Link::Infinitive);
            let joined = p > self.s.first && self.tags[p - 1] == Tag::Conj;
            if joined {
                groups[n].link = Link::Joined;
                groups[n].governor = groups[h].governor.or(Some(h));
                return;
            }
            let object = groups[h].segments.first().map(|s| s.region);
            let actor_object = object.is_some_and(|r| self.has_actor(r));
            let control = self.v.object_control.contains_key(&groups[h].lemma);
            if control && !groups[h].passive && clean && actor_object {
                groups[n].subject = object;
                groups[n].inherited = false;
            } else if control && !groups[h].passive && clean && !actor_object {
                // `call on Chad to`: the phrase of the preposition.
                let other = groups[h]
                    .segments
                    .iter()
                    .skip(1)
                    .find(|s| {
                        self.has_actor(s.region)
                            && s.region.end <= p
                            && s.prep.is_some_and(|q| {
                                matches!(self.tokens[q].norm.as_str(), "on" | "upon" | "to" | "with" | "for")
                            })
                    })
                    .map(|s| s.region);
                if let Some(r) = other {
                    groups[n].subject = Some(r);
                    groups[n].inherited = false;
                }
            }
            return;
        }
        if g.ing {
            let prev = (p > self.s.first).then(|| p - 1);
            let direct = prev.filter(|q| matches!(self.tags[*q], Tag::Noun | Tag::Name)).is_some();
            if direct {
                groups[n].subject = self.phrase_left(p, groups, n);
                groups[n].governor = before;
                groups[n].link = Link::Ing;
                return;
            }
            let of = prev.filter(|q| {
                self.tokens[*q].is("of") || self.tokens[*q].is("from") || self.tokens[*q].is("for")
            });
            if let (Some(_), Some(h)) = (of, before) {
                let object = groups[h].segments.first().map(|s| s.region).filter(|r| self.has_actor(*r));
                take(groups, Some(h), Link::Ing);
                if let Some(r) = object.filter(|_| {
                    matches!(
                        groups[h].lemma.as_str(),
                        "accuse"
                            | "suspect"
                            | "prevent"
                            | "stop"
                            | "ban"
                            | "bar"
                            | "blame"
                            | "thank"
                            | "criticize"
                            | "criticise"
                            | "condemn"
                            | "prohibit"
                    )
                }) {
                    groups[n].subject = Some(r);
                    groups[n].inherited = false;
                }
                return;
            }
            if before.is_some() {
                take(groups, before, Link::Ing);
            }
            return; // at the beginning of a sentence: filled in from the group that follows, below
        }
        if p == self.s.first {
            return;
        }
        let prev = p - 1;
        match self.tags[prev] {
            Tag::Subord if matches!(self.tokens[prev].norm.as_str(), "which" | "that" | "who" | "whom") => {
                let mut q = prev;
                while q > self.s.first && matches!(self.tags[q - 1], Tag::Comma | Tag::Prep) {
                    q -= 1;
                }
                groups[n].subject = self.phrase_left(q, groups, n);
            }
            Tag::Conj => {
                let same = (0..n)
                    .rev()
                    .find(|h| groups[*h].finite == groups[n].finite && groups[*h].subject.is_some())
                    .or(before);
                take(groups, same, Link::Joined);
            }
            Tag::Comma => {
                groups[n].subject = self.before_aside(prev, groups, n);
                if groups[n].subject.is_none() {
                    take(groups, before, Link::Joined);
                }
            }
            _ => {
                groups[n].subject = self.phrase_left(p, groups, n);
                if groups[n].subject.is_none() {
                    take(groups, before, Link::Joined);
                }
            }
        }
        // A participle clause at the beginning takes the subject of the first finite verb.
        if groups[n].finite && groups[n].subject.is_some() {
            for h in 0..n {
                if groups[h].ing && groups[h].subject.is_none() {
                    groups[h].subject = groups[n].subject;
                    groups[h].inherited = true;
                    groups[h].governor = Some(n);
                    groups[h].link = Link::Ing;
                }
            }
        }
    }

    /// `Peru, for its part, signed`: the phrase before the aside that ends at this comma.
    fn before_aside(&self, comma: usize, groups: &[Group], n: usize) -> Option<Region> {
        let open = (self.s.first..comma).rev().take(24).find(|j| self.tags[*j] == Tag::Comma)?;
        if open == self.s.first {
            return None;
        }
        let finite_inside = groups[..n].iter().any(|g| {
            g.first > open && g.first < comma && g.finite && !matches!(self.tags[open + 1], Tag::Subord)
        });
        if finite_inside {
            return None;
        }
        let before = self.phrase_left(open, groups, n)?;
        // `Chad's envoy, Ali Moussa, met`: the name in the aside is who is meant.
        let named = self.names.of(open + 1).is_some_and(|m| m.sort == Sort::Person);
        Some(if named { Region { first: before.first, end: comma } } else { before })
    }

    /// The noun phrase that ends before token `p`.
    fn phrase_left(&self, p: usize, groups: &[Group], n: usize) -> Option<Region> {
        // `said on Friday they would`: a pronoun of the subject is all of it.
        let alone = p.checked_sub(1).filter(|j| {
            *j > self.s.first
                && matches!(self.tokens[*j].norm.as_str(), "he" | "she" | "it" | "they" | "we" | "i")
                && self.tags[*j - 1] != Tag::Conj
        });
        if let Some(j) = alone {
            return Some(Region { first: j, end: p });
        }
        let mut i = p;
        let mut brackets = 0_i32;
        let mut last_conj = None;
        let mut hit_verb = false;
        while i > self.s.first {
            let j = i - 1;
            let norm = self.tokens[j].norm.as_str();
            match norm {
                ")" | "]" => brackets += 1,
                "(" | "[" => brackets -= 1,
                _ if brackets > 0 => {}
                _ => {
                    let inside_group = groups[..n].iter().find(|g| g.first <= j && j < g.end);
                    if let Some(g) = inside_group {
                        // A participle inside the phrase (`the leaders gathered in Lima said`, `the doctors working in Chad
                        // said`) does not end it.
                        let reduced = g.ing
                            && g.first > self.s.first
                            && self.tags[g.first - 1] == Tag::Noun
                            && self.v.agents.contains_key(&self.tokens[g.first - 1].norm);
                        if g.finite || !(g.passive || reduced) {
                            hit_verb = true;
                            break;
                        }
                    }
                    match self.tags[j] {
                        Tag::Conj => {
                            if matches!(norm, "but" | "yet") {
                                break;
                            }
                            last_conj.get_or_insert(j);
                        }
                        Tag::Comma if !self.list_left(j, p) => break,
                        Tag::Subord | Tag::Stop | Tag::Quote => break,
                        // `asked for help after Chad shelled`: with a verb behind its noun it opens a clause.
                        Tag::Prep
                            if groups[n].finite
                                && j > self.s.first
                                && matches!(
                                    norm,
                                    "after" | "before" | "since" | "until" | "because" | "while"
                                )
                                && groups[..n].iter().any(|g| g.finite && g.end <= j) =>
                        {
                            break;
                        }
                        _ => {}
                    }
                }
            }
            i = j;
        }
        if hit_verb && let Some(c) = last_conj {
            let h = groups[..n].iter().rev().find(|g| g.end <= i);
            let speaks = h.is_some_and(|h| self.v.speech.contains_key(&h.lemma));
            if !speaks {
                i = c + 1;
            }
        }
        while i < p && matches!(self.tags[i], Tag::Adverb | Tag::Conj | Tag::Comma) {
            i += 1;
        }
        let r = Region { first: i, end: p };
        (!r.is_empty()
            && (r.first..r.end).any(|j| {
                matches!(self.tags[j], Tag::Name | Tag::Noun | Tag::Pronoun | Tag::Number | Tag::Det)
            }))
        .then_some(r)
    }

    /// Whether a comma left of a verb stands in a list of subjects.
    fn list_left(&self, comma: usize, p: usize) -> bool {
        let conj_after = (comma..p).any(|j| self.tags[j] == Tag::Conj);
        let begin = (self.s.first..comma)
            .rev()
            .find(|j| matches!(self.tags[*j], Tag::Comma | Tag::Stop | Tag::Subord))
            .map_or(self.s.first, |j| j + 1);
        let prep_start = matches!(self.tags[begin], Tag::Prep | Tag::Adverb | Tag::Subord);
        let short = comma - begin <= 6;
        let name = (begin..comma).any(|j| matches!(self.tags[j], Tag::Name));
        conj_after && short && name && !prep_start
    }

    /// Whether a region names an actor or somebody who can act.
    pub(crate) fn has_actor(&self, r: Region) -> bool {
        (r.first..r.end.min(self.s.end)).any(|i| {
            self.names.of(i).is_some_and(|m| is_actor(m.usage, m.metonym))
                || (matches!(self.tags[i], Tag::Noun) && self.v.agents.contains_key(&self.tokens[i].norm))
                || (self.tags[i] == Tag::Pronoun
                    && matches!(
                        self.tokens[i].norm.as_str(),
                        "it" | "they" | "them" | "him" | "her" | "he" | "she" | "us"
                    ))
        })
    }
}

/// Whether a mention can act: a capital only where it stands for its government.
pub(crate) fn is_actor(usage: Use, metonym: bool) -> bool {
    usage != Use::Seat || metonym
}

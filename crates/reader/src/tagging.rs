//! Word classes in context.
//!
//! In: tokens, names, vocabulary. Out: one [`Tag`] for each token. What always holds: a word that may be noun or verb (`attack`,
//! `plan`, `support`) is a verb only where its neighbours say so; nothing outside the sentence is looked at.

use crate::lexicon::{Class, Forms, Vocabulary};
use crate::names::Names;
use crate::tokens::{Kind, Sentence, Token};

/// What a token does in its sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Tag {
    Name,
    Noun,
    Verb(Forms),
    Be,
    Have,
    Do,
    Modal,
    Neg,
    To,
    Det,
    Possessive,
    /// `'s`
    Owner,
    Prep,
    Pronoun,
    Conj,
    Subord,
    Adverb,
    Adjective,
    Number,
    Comma,
    Quote,
    Stop,
}

impl Tag {
    pub(crate) fn is_verb(self) -> bool {
        matches!(self, Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Do | Tag::Modal)
    }

    /// A word that can stand inside a noun phrase.
    pub(crate) fn is_nominal(self) -> bool {
        matches!(
            self,
            Tag::Name
                | Tag::Noun
                | Tag::Det
                | Tag::Possessive
                | Tag::Owner
                | Tag::Adjective
                | Tag::Number
                | Tag::Pronoun
        )
    }
}

/// Tags one sentence into `tags`, which has a place for every token of the document.
pub(crate) fn tag(tokens: &[Token], s: &Sentence, names: &Names, v: &Vocabulary, tags: &mut [Tag]) {
    for (i, tag) in tags.iter_mut().enumerate().take(s.end).skip(s.first) {
        *tag = first_guess(tokens, i, s, names, v);
    }
    for i in s.first + 1..s.end {
        // `will soon open`: what is an adjective elsewhere is a verb behind a modal.
        let before = (s.first..i).rev().find(|j| !matches!(tags[*j], Tag::Adverb | Tag::Neg));
        let behind_modal = before.is_some_and(|j| {
            tags[j] == Tag::Modal
                || (tokens[j].is("to")
                    && matches!(tags.get(i + 1), Some(Tag::Det | Tag::Possessive | Tag::Name))
                    && i + 1 < s.end)
        });
        if tags[i] == Tag::Adjective
            && behind_modal
            && let Some((_, f)) = v.verb_forms.get(&tokens[i].norm).filter(|(_, f)| f.base)
        {
            tags[i] = Tag::Verb(*f);
        }
    }
    for i in s.first..s.end {
        // `a Peruvian official praised Chile`: a word for people is an adjective only before a noun.
        let next = tags.get(i + 1).copied().filter(|_| i + 1 < s.end);
        let ends_phrase = match next {
            Some(Tag::Verb(f)) => f.past || f.third,
            Some(Tag::Noun | Tag::Name | Tag::Adjective | Tag::Number | Tag::Conj) => false,
            _ => true,
        };
        let after_copula = i > s.first && matches!(tags[i - 1], Tag::Be | Tag::Adverb);
        if tags[i] == Tag::Adjective && ends_phrase && !after_copula && v.agents.contains_key(&tokens[i].norm)
        {
            tags[i] = Tag::Noun;
        }
    }
    for i in s.first..s.end {
        if let Tag::Verb(forms) = tags[i] {
            tags[i] = in_context(tokens, i, s, tags, v, forms);
        }
    }
    for i in s.first + 1..s.end {
        let Tag::Verb(f) = tags[i] else { continue };
        let (before, next) = (tags[i - 1], tags.get(i + 1).copied().filter(|_| i + 1 < s.end));
        let nominal_next = matches!(next, Some(Tag::Noun | Tag::Name));
        // `restore complete, full ties`: two bare verbs do not stand side by side.
        let bare = |f: Forms| f.base && !f.past && !f.third;
        let described = next == Some(Tag::Comma)
            && matches!(tags.get(i + 2), Some(Tag::Adjective))
            && matches!(before, Tag::Verb(b) if b.base || b.past || b.ing || b.third);
        // `against besieged Peru`: a participle between a preposition and a name.
        let besieged = f.participle && !f.base && !f.ing && before == Tag::Prep && nominal_next;
        if (bare(f) && described) || besieged {
            tags[i] = Tag::Adjective;
        }
        // `wire tapped`: the first of two is what was done it to or with.
        let modifier = bare(f)
            && matches!(before, Tag::Name | Tag::Noun)
            && matches!(next, Some(Tag::Verb(n)) if n.past && !n.base);
        if modifier {
            tags[i] = Tag::Noun;
        }
    }
    // `that` before a noun phrase without a verb is a determiner; `her`, `to` + verb.
    for i in s.first..s.end {
        let next = (i + 1 < s.end).then(|| tags[i + 1]);
        match tokens[i].norm.as_str() {
            "to" => {
                let verb_next =
                    (i + 1..s.end.min(i + 4)).find(|j| !matches!(tags[*j], Tag::Adverb | Tag::Neg));
                let base = verb_next.is_some_and(|j| match tags[j] {
                    Tag::Verb(f) => f.base,
                    Tag::Be => tokens[j].is("be"),
                    Tag::Have => tokens[j].is("have"),
                    Tag::Do => tokens[j].is("do"),
                    _ => false,
                });
                tags[i] = if base { Tag::To } else { Tag::Prep };
            }
            "that" | "this"
                if matches!(next, Some(Tag::Noun))
                    && tags[i] == Tag::Subord
                    && i > s.first
                    && tags[i - 1] == Tag::Prep =>
            {
                tags[i] = Tag::Det;
            }
            _ => {}
        }
    }
}

fn first_guess(tokens: &[Token], i: usize, s: &Sentence, names: &Names, v: &Vocabulary) -> Tag {
    let t = &tokens[i];
    if names.of(i).is_some() {
        return Tag::Name;
    }
    match t.kind {
        Kind::Number => return Tag::Number,
        Kind::Quote => return Tag::Quote,
        Kind::Hyphen => return Tag::Adjective,
        Kind::Punct => {
            return match t.norm.as_str() {
                "," => Tag::Comma,
                "%" | "$" | "€" | "£" | "¥" | "&" => Tag::Number,
                _ => Tag::Stop,
            };
        }
        Kind::Word => {}
    }
    if t.norm == "'s" || t.norm == "'" {
        // `it's`, `that's`: a form of be.
        let after_pronoun = i > s.first
            && matches!(tokens[i - 1].norm.as_str(), "it" | "that" | "he" | "she" | "there" | "what" | "who");
        return if after_pronoun { Tag::Be } else { Tag::Owner };
    }
    // A capitalised word inside a sentence is a name of some kind, unless it is a function word.
    let class = v.class(&t.norm);
    if let Some(c) = class {
        let name_like = t.cap && i > s.first && matches!(c, Class::Adjective | Class::Modal) && !t.is("i");
        if !name_like {
            return match c {
                Class::Det => Tag::Det,
                Class::Prep => Tag::Prep,
                Class::Pronoun => Tag::Pronoun,
                Class::Possessive => Tag::Possessive,
                Class::Conj => Tag::Conj,
                Class::Subord if t.is("given") && (i > s.first && !tokens[i - 1].is(",")) => {
                    Tag::Verb(Forms { participle: true, ..Forms::default() })
                }
                Class::Subord => Tag::Subord,
                Class::Be => Tag::Be,
                Class::Have => Tag::Have,
                Class::Do => Tag::Do,
                Class::Modal => modal(tokens, i, s),
                Class::Neg => Tag::Neg,
                Class::Adverb => Tag::Adverb,
                Class::Adjective => adjective(t, v),
            };
        }
        return Tag::Noun;
    }
    if t.cap && i > s.first && !tokens[i - 1].is("\"") {
        return Tag::Noun;
    }
    if let Some((_, forms)) = v.verb_forms.get(&t.norm) {
        return Tag::Verb(*forms);
    }
    if t.norm.ends_with("ly")
        && t.norm.len() > 4
        && !matches!(t.norm.as_str(), "family" | "ally" | "supply" | "reply" | "assembly" | "anomaly")
    {
        return Tag::Adverb;
    }
    // Verbs no list has, by their endings; -ing stays a noun.
    if t.norm.ends_with("ed")
        && t.norm.len() > 4
        && !matches!(t.norm.as_str(), "hundred" | "indeed" | "embed" | "breed" | "speed" | "agreed")
    {
        return Tag::Verb(Forms { past: true, participle: true, ..Forms::default() });
    }
    const ADJECTIVE_ENDS: &[&str] =
        &["ous", "ful", "ive", "ible", "able", "ical", "less", "ary", "ic", "al", "ish", "ian"];
    const NOUNS_LIKE_ADJECTIVES: &[&str] = &[
        "approval",
        "proposal",
        "withdrawal",
        "arrival",
        "refusal",
        "capital",
        "official",
        "officials",
        "general",
        "admiral",
        "rival",
        "ally",
        "festival",
        "appeal",
        "deal",
        "goal",
        "signal",
        "trial",
        "tribunal",
        "table",
        "missile",
        "military",
        "public",
        "initiative",
        "objective",
        "perspective",
        "representative",
        "executive",
        "secretary",
        "library",
        "anniversary",
        "topic",
        "traffic",
        "music",
        "clinic",
        "republic",
        "critic",
        "academic",
        "animal",
        "terminal",
        "journal",
        "arsenal",
        "renewal",
        "denial",
        "survival",
        "denuclearization",
        "politic",
        "incentive",
        "alternative",
        "directive",
        "offensive",
        "detective",
        "narrative",
        "relative",
        "motive",
        "fabric",
        "arctic",
        "individual",
        "potential",
        "material",
        "territory",
        "manual",
        "principal",
        "removal",
        "disposal",
        "rehearsal",
        "reversal",
        "betrayal",
        "dismissal",
        "portrayal",
        "civilian",
        "guardian",
        "politician",
        "technician",
    ];
    if ADJECTIVE_ENDS.iter().any(|e| t.norm.ends_with(e))
        && t.norm.len() > 4
        && !NOUNS_LIKE_ADJECTIVES.contains(&t.norm.as_str())
    {
        return Tag::Adjective;
    }
    Tag::Noun
}

/// A verb's participle that the lists call an adjective (`united`, `concerned`) stays one; frames read it with `be` before it.
fn adjective(t: &Token, v: &Vocabulary) -> Tag {
    let verb = v.verb_forms.get(&t.norm);
    match verb {
        Some((_, f))
            if !matches!(
                t.norm.as_str(),
                "united"
                    | "limited"
                    | "armed"
                    | "present"
                    | "own"
                    | "open"
                    | "free"
                    | "clear"
                    | "top"
                    | "close"
                    | "last"
                    | "last-minute"
                    | "back"
                    | "secret"
                    | "further"
                    | "lower"
                    | "deeper"
                    | "proposed"
            ) && f.participle =>
        {
            Tag::Verb(*f)
        }
        _ => Tag::Adjective,
    }
}

/// `may` and `can` are modals unless they are a month or a vessel.
fn modal(tokens: &[Token], i: usize, s: &Sentence) -> Tag {
    let t = &tokens[i];
    if t.is("may") && t.cap && (i > s.first || tokens.get(i + 1).is_some_and(|n| n.kind == Kind::Number)) {
        return Tag::Noun;
    }
    if (t.is("will") || t.is("might"))
        && i > s.first
        && (tokens[i - 1].is("the")
            || tokens[i - 1].is("'s")
            || tokens[i - 1].is("political")
            || tokens[i - 1].is("military"))
    {
        return Tag::Noun;
    }
    Tag::Modal
}

/// Noun or verb, by the neighbours.
fn in_context(tokens: &[Token], i: usize, s: &Sentence, tags: &[Tag], v: &Vocabulary, f: Forms) -> Tag {
    let t = &tokens[i];
    let prev = prev_word(i, s, tags);
    let prev_tag = prev.map(|p| tags[p]);
    let next_tag = (i + 1 < s.end).then(|| tags[i + 1]);
    if f.ing && !f.base {
        return ing_in_context(i, s, tags, prev_tag, next_tag, f);
    }
    if !(f.base || f.third) {
        // Past forms: an adjective after a determiner with a noun behind (`the alleged plan`).
        let nominal_next = matches!(next_tag, Some(Tag::Noun | Tag::Name | Tag::Adjective))
            || matches!(next_tag, Some(Tag::Verb(n)) if n.base || n.third || n.ing);
        let modifier_place =
            matches!(prev_tag, Some(Tag::Det | Tag::Possessive | Tag::Owner | Tag::Adjective | Tag::Number))
                || (matches!(prev_tag, Some(Tag::Prep)) && matches!(next_tag, Some(Tag::Noun)));
        let opens = i == s.first
            && matches!(next_tag, Some(Tag::Noun | Tag::Name | Tag::Adjective))
            && !t.is("given");
        if (modifier_place && nominal_next && !t.is("said")) || opens {
            return Tag::Adjective;
        }
        return Tag::Verb(f);
    }
    let nounish = v.nounish.contains_key(&t.norm);
    // `a United Nations appeal`: a bare form does not agree with one.
    if f.base && !f.past && prev_tag == Some(Tag::Name) {
        let before = (s.first..i).rev().find(|j| tags[*j] != Tag::Name);
        if before.is_some_and(|j| tokens[j].is("a") || tokens[j].is("an")) {
            return Tag::Noun;
        }
    }
    match prev_tag {
        Some(Tag::Modal | Tag::Do) => return Tag::Verb(f),
        Some(Tag::Det | Tag::Possessive | Tag::Owner | Tag::Adjective | Tag::Number) => {
            // `the U.S. and others plan`: a determiner right before makes it a noun, save for past forms.
            if f.past
                && matches!(next_tag, Some(Tag::Det | Tag::Possessive | Tag::Name))
                && !matches!(prev_tag, Some(Tag::Det))
            {
                return Tag::Verb(f);
            }
            return Tag::Noun;
        }
        Some(Tag::Prep) => {
            // `to` is still a preposition here: decided by what the word can be and by what precedes it.
            if prev.is_some_and(|p| tokens[p].is("to")) {
                let noun_goal = nounish
                    && !matches!(
                        next_tag,
                        Some(
                            Tag::Det
                                | Tag::Name
                                | Tag::Possessive
                                | Tag::Pronoun
                                | Tag::Prep
                                | Tag::Adjective
                                | Tag::Noun
                                | Tag::Adverb
                                | Tag::Number
                                | Tag::Subord
                                | Tag::Stop
                                | Tag::Comma
                                | Tag::Conj
                                | Tag::Verb(_)
                        )
                    );
                return if f.base && !noun_goal { Tag::Verb(f) } else { Tag::Noun };
            }
            return Tag::Noun;
        }
        Some(Tag::Neg) if f.base => return Tag::Verb(f),
        Some(Tag::Be | Tag::Have) => return if f.participle || f.past { Tag::Verb(f) } else { Tag::Noun },
        Some(Tag::Pronoun | Tag::Subord) if !nounish || next_begins_phrase(next_tag) => return Tag::Verb(f),
        _ => {}
    }
    if f.past && !f.third && !nounish {
        return Tag::Verb(f); // put, cut, set, met with one spelling
    }
    // A name or noun before it: a verb if it agrees and a phrase follows.
    let before_nominal =
        matches!(prev_tag, Some(Tag::Name | Tag::Noun | Tag::Adverb | Tag::Comma | Tag::Conj | Tag::Quote));
    if before_nominal {
        let strong =
            matches!(next_tag, Some(Tag::Det | Tag::Name | Tag::Possessive | Tag::Subord | Tag::Pronoun))
                || matches!(next_tag, Some(Tag::Verb(n)) if n.ing);
        let weak = matches!(
            next_tag,
            Some(Tag::Prep | Tag::Adjective | Tag::Number | Tag::Adverb | Tag::Noun | Tag::Quote)
        );
        // `plans to host`: with an infinitive behind, the verb.
        let infinitive =
            i + 2 < s.end && tokens[i + 1].is("to") && matches!(tags[i + 2], Tag::Verb(w) if w.base);
        let strong = strong
            || (infinitive
                && (f.third || f.base)
                && !matches!(t.norm.as_str(), "help" | "plan" | "threat" | "bid"));
        let plural_before = prev.is_some_and(|p| {
            tokens[p].norm.ends_with('s') && !tokens[p].norm.ends_with("ss") && tags[p] == Tag::Noun
        });
        // The comma that closes an aside: `Chad, like its neighbours, plans to`.
        let aside = prev_tag == Some(Tag::Comma)
            && infinitive
            && f.third
            && prev.is_some_and(|p| (s.first..p).rev().take(14).any(|j| tags[j] == Tag::Comma));
        if aside {
            return Tag::Verb(f);
        }
        let conj_before = matches!(prev_tag, Some(Tag::Conj | Tag::Comma));
        if conj_before {
            // `to build and operate`: like the verb before it.
            let parallel = (s.first..i).rev().take(12).any(|j| matches!(tags[j], Tag::Verb(_)));
            return if parallel && (strong || (!nounish && weak)) { Tag::Verb(f) } else { Tag::Noun };
        }
        let agrees = f.third || plural_before || f.past || (f.base && coordinated_before(tokens, i, s, tags));
        let no_finite_yet = !(s.first..i).any(|j| {
            matches!(tags[j], Tag::Be | Tag::Have | Tag::Do | Tag::Modal)
                || matches!(tags[j], Tag::Verb(w) if w.past && !w.base)
        });
        let name_before = matches!(prev_tag, Some(Tag::Name | Tag::Adverb));
        if agrees
            && (strong || (weak && (!nounish || (no_finite_yet && name_before && !later_finite(i, s, tags)))))
        {
            return Tag::Verb(f);
        }
        let perceived = (s.first..i).rev().take(6).any(|j| {
            matches!(tags[j], Tag::Verb(_))
                && matches!(
                    v.verb_forms.get(&tokens[j].norm).map(|(l, _)| l.as_str()),
                    Some("see" | "watch" | "help" | "let" | "make" | "hear")
                )
        });
        if f.base && name_before && strong && perceived {
            return Tag::Verb(f);
        }
        if f.base && name_before && !nounish && (strong || weak) {
            return Tag::Verb(f); // `seen North Korea launch several missiles`
        }
        return Tag::Noun;
    }
    if prev.is_none() {
        return if strong_imperative(next_tag) && !nounish { Tag::Verb(f) } else { Tag::Noun };
    }
    Tag::Noun
}

fn strong_imperative(next: Option<Tag>) -> bool {
    matches!(next, Some(Tag::Det | Tag::Possessive | Tag::Name))
}

/// A finite verb later in the sentence speaks against this one.
fn later_finite(i: usize, s: &Sentence, tags: &[Tag]) -> bool {
    (i + 1..s.end).any(|j| {
        matches!(tags[j], Tag::Be | Tag::Have | Tag::Do | Tag::Modal)
            || matches!(tags[j], Tag::Verb(w) if w.past && !w.participle)
    })
}

/// `Japan and Italy have`: two subjects take the base form.
fn coordinated_before(tokens: &[Token], i: usize, s: &Sentence, tags: &[Tag]) -> bool {
    (s.first..i).rev().take(12).take_while(|j| !tags[*j].is_verb()).any(|j| tokens[j].is("and"))
}

fn next_begins_phrase(next: Option<Tag>) -> bool {
    matches!(
        next,
        Some(
            Tag::Det
                | Tag::Name
                | Tag::Possessive
                | Tag::Prep
                | Tag::Adjective
                | Tag::Number
                | Tag::Subord
                | Tag::Noun
                | Tag::Pronoun
        )
    )
}

fn ing_in_context(
    i: usize,
    s: &Sentence,
    tags: &[Tag],
    prev: Option<Tag>,
    next: Option<Tag>,
    f: Forms,
) -> Tag {
    let be_before = (s.first..i)
        .rev()
        .take(5)
        .take_while(|j| matches!(tags[*j], Tag::Be | Tag::Adverb | Tag::Neg | Tag::Adjective | Tag::Have))
        .any(|j| tags[j] == Tag::Be);
    if be_before {
        return Tag::Verb(f);
    }
    match prev {
        Some(Tag::Det | Tag::Possessive | Tag::Owner | Tag::Adjective | Tag::Number) => {
            let object = matches!(next, Some(Tag::Det | Tag::Possessive));
            if object { Tag::Verb(f) } else { Tag::Noun }
        }
        Some(Tag::Name) if matches!(next, Some(Tag::Noun)) => Tag::Noun,
        _ => Tag::Verb(f),
    }
}

fn prev_word(i: usize, s: &Sentence, tags: &[Tag]) -> Option<usize> {
    let mut j = i;
    while j > s.first {
        j -= 1;
        if tags[j] == Tag::Adverb && j > s.first && !matches!(tags[j - 1], Tag::Name | Tag::Noun) {
            continue;
        }
        return Some(j);
    }
    None
}

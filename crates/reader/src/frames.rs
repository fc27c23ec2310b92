//! Frames: what words carry an event, kept as data.
//!
//! In: the TOML files of `lexicon/frames`. Out: patterns by their first word. What always holds: a pattern's words come in order,
//! with at most [`GAP`] words between two of them, none of which is a verb or a stop; the longest pattern that fits wins.

use std::collections::HashMap;

use serde::Deserialize;

use crate::dictionary::DictionaryVerb;

/// A file of frames.
#[derive(Deserialize)]
pub(crate) struct RawFrames {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    target: Vec<String>,
    #[serde(default)]
    mutual: bool,
    #[serde(default)]
    swallow: bool,
    #[serde(default)]
    stance: String,
    frames: Vec<RawFrame>,
}

#[derive(Deserialize)]
struct RawFrame {
    id: String,
    #[serde(default)]
    cameo: String,
    #[serde(default)]
    mode: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    target: Option<Vec<String>>,
    mutual: Option<bool>,
    stance: Option<String>,
    #[serde(default)]
    objects_actor: bool,
    #[serde(default)]
    object_thing: bool,
    #[serde(default)]
    object_person: bool,
    #[serde(default)]
    needs_agent: bool,
    #[serde(default)]
    needs: String,
    #[serde(default)]
    reversed: bool,
}

/// One frame: what a pattern means.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) id: String,
    /// PLOVER type, or empty for a frame of positions.
    pub(crate) kind: String,
    pub(crate) cameo: String,
    pub(crate) mode: String,
    pub(crate) target: Vec<String>,
    pub(crate) mutual: bool,
    /// What it governs is part of it and no event of its own.
    pub(crate) swallow: bool,
    pub(crate) stance: String,
    pub(crate) objects_actor: bool,
    pub(crate) object_thing: bool,
    pub(crate) object_person: bool,
    pub(crate) needs_agent: bool,
    pub(crate) needs: String,
    /// The subject is the one it is done to: `faced criticism from`.
    pub(crate) reversed: bool,
    /// From a user's dictionary: its words may stand in the clause it governs, whose subject then is the target.
    pub(crate) by_user: bool,
}

/// The words of a pattern after its first; each a list of alternatives.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    /// Words that must stand before the first, for patterns of a user's dictionary.
    pub(crate) before: Vec<Vec<String>>,
    pub(crate) rest: Vec<Vec<String>>,
    pub(crate) frame: u32,
}

impl Pattern {
    /// How many words it asks for beside its first.
    pub(crate) fn length(&self) -> usize {
        self.before.len() + self.rest.len()
    }
}

/// Most words between two words of a pattern.
pub(crate) const GAP: usize = 7;

/// All frames, looked up by the first word of a pattern.
#[derive(Default)]
pub(crate) struct Frames {
    pub(crate) list: Vec<Frame>,
    verbs: HashMap<String, Vec<Pattern>>,
    nouns: HashMap<String, Vec<Pattern>>,
    firsts: Vec<String>,
}

impl Frames {
    /// How many frames there are.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn add(&mut self, raw: &RawFrames) {
        for f in &raw.frames {
            let n = self.list.len() as u32;
            self.list.push(Frame {
                id: f.id.clone(),
                kind: raw.kind.clone(),
                cameo: f.cameo.clone(),
                mode: f.mode.clone(),
                target: f.target.clone().unwrap_or_else(|| raw.target.clone()),
                mutual: f.mutual.unwrap_or(raw.mutual),
                swallow: raw.swallow,
                stance: f.stance.clone().unwrap_or_else(|| raw.stance.clone()),
                objects_actor: f.objects_actor,
                object_thing: f.object_thing,
                object_person: f.object_person,
                needs_agent: f.needs_agent,
                needs: f.needs.clone(),
                reversed: f.reversed,
                by_user: false,
            });
            for p in &f.verbs {
                for first in self::insert(&mut self.verbs, p, &[], n) {
                    self.firsts.push(first);
                }
            }
            for p in &f.nouns {
                self::insert_noun(&mut self.nouns, p, n);
            }
        }
    }

    /// Adds an entry of a user's dictionary under a pattern that begins with the verb's base; of patterns of one length it is the first.
    pub(crate) fn add_coded(&mut self, entry: &DictionaryVerb, pattern: &str) {
        let code = entry.code.as_str();
        let root = code.get(..2).unwrap_or("");
        let kind = match root {
            "03" => "AGREE",
            "04" => "CONSULT",
            "05" => "SUPPORT",
            "06" => "COOPERATE",
            "07" => "AID",
            "08" => "CONCEDE",
            "10" => "REQUEST",
            "12" => "REJECT",
            "13" => "THREATEN",
            "14" => "PROTEST",
            "15" => "MOBILIZE",
            "16" => "SANCTION",
            "17" => "COERCE",
            "18" | "19" | "20" => "ASSAULT",
            _ => "ACCUSE",
        };
        let mut target = vec![
            "object", "with", "to", "against", "on", "from", "of", "for", "at", "in", "over", "into",
            "between", "toward", "by", "as", "about",
        ];
        if entry.passes_over {
            target = vec!["about", "of", "over", "for", "on", "against", "object"];
        }
        self.add_words(&format!("user/{code}"), &[]);
        let n = self.list.len() - 1;
        let frame = &mut self.list[n];
        frame.kind = kind.to_owned();
        frame.cameo = code.to_owned();
        frame.target = target.into_iter().map(str::to_owned).collect();
        frame.mutual = entry.both;
        frame.by_user = true;
        let before = plain(&entry.before).into_iter().next().unwrap_or_default();
        let firsts = self::insert(&mut self.verbs, pattern, &before, n as u32);
        for first in &firsts {
            // Ahead of ours of the same length.
            if let Some(list) = self.verbs.get_mut(first) {
                list.sort_by_key(|p| (std::cmp::Reverse(p.length()), p.frame != n as u32));
            }
        }
        self.firsts.extend(firsts);
    }

    /// Adds a frame that has only a name and verbs.
    pub(crate) fn add_words(&mut self, id: &str, verbs: &[String]) {
        let n = self.list.len() as u32;
        self.list.push(Frame {
            id: id.to_owned(),
            kind: String::new(),
            cameo: String::new(),
            mode: String::new(),
            target: Vec::new(),
            mutual: false,
            swallow: false,
            stance: String::new(),
            objects_actor: false,
            object_thing: false,
            object_person: false,
            needs_agent: false,
            needs: String::new(),
            reversed: false,
            by_user: false,
        });
        for p in verbs {
            let firsts = self::insert(&mut self.verbs, p, &[], n);
            self.firsts.extend(firsts);
        }
    }

    /// First words of the verb patterns.
    pub(crate) fn verbs(&self) -> impl Iterator<Item = &str> {
        self.firsts.iter().map(String::as_str)
    }

    /// Patterns that begin with a verb, the longest first.
    pub(crate) fn of_verb(&self, lemma: &str) -> &[Pattern] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Patterns whose noun is this one, in the singular, the longest first.
    pub(crate) fn of_noun(&self, noun: &str) -> &[Pattern] {
        self.nouns.get(noun).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn get(&self, p: &Pattern) -> &Frame {
        &self.list[p.frame as usize]
    }
}

/// The plain forms of a pattern. `|` parts alternatives; alternatives of several words stand in brackets: `(send|hand over) (arms|air
/// defence)`. Each list keeps its one-word alternatives together, and each of several words makes a form of its own.
fn plain(pattern: &str) -> Vec<Vec<Vec<String>>> {
    let mut forms: Vec<Vec<Vec<String>>> = vec![Vec::new()];
    for part in parts(pattern) {
        let list: Vec<&str> = part.split('|').map(str::trim).filter(|w| !w.is_empty()).collect();
        let (long, short): (Vec<&str>, Vec<&str>) = list.into_iter().partition(|w| w.contains(' '));
        let mut choices: Vec<Vec<Vec<String>>> = Vec::new();
        if !short.is_empty() {
            choices.push(vec![short.iter().map(|w| (*w).to_owned()).collect()]);
        }
        choices.extend(long.iter().map(|w| w.split_whitespace().map(|x| vec![x.to_owned()]).collect()));
        forms = forms
            .iter()
            .flat_map(|f| choices.iter().map(move |c| f.iter().chain(c).cloned().collect()))
            .collect();
    }
    forms
}

/// The pattern cut at blanks outside brackets.
fn parts(pattern: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut inside = false;
    for c in pattern.chars() {
        match c {
            '(' => inside = true,
            ')' => inside = false,
            c if c.is_whitespace() && !inside => out.push(String::new()),
            c => out.last_mut().expect("starts with one").push(c),
        }
    }
    out.retain(|p| !p.is_empty());
    out
}

fn insert(
    into: &mut HashMap<String, Vec<Pattern>>,
    pattern: &str,
    before: &[Vec<String>],
    frame: u32,
) -> Vec<String> {
    let mut firsts = Vec::new();
    for mut form in plain(pattern) {
        if form.is_empty() {
            continue;
        }
        let first = form.remove(0);
        for word in &first {
            let p = Pattern { before: before.to_vec(), rest: form.clone(), frame };
            by_length(into.entry(word.clone()).or_default(), p);
        }
        firsts.extend(first);
    }
    firsts
}

/// A noun pattern is indexed by its first word in the singular; `military aid to` begins with its modifier.
fn insert_noun(into: &mut HashMap<String, Vec<Pattern>>, pattern: &str, frame: u32) {
    for mut form in plain(pattern) {
        if form.is_empty() {
            continue;
        }
        for first in form.remove(0) {
            let key = crate::lexicon::singular(&first).to_owned();
            let p = Pattern { before: Vec::new(), rest: form.clone(), frame };
            by_length(into.entry(key).or_default(), p);
        }
    }
}

fn by_length(list: &mut Vec<Pattern>, p: Pattern) {
    let at = list.iter().position(|q| q.length() < p.length()).unwrap_or(list.len());
    list.insert(at, p);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_hold_alternatives_of_several_words() {
        let forms = plain("(send|hand over) (arms|air defence)");
        let flat: Vec<String> =
            forms.iter().map(|f| f.iter().map(|w| w.join("|")).collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(flat, ["send arms", "send air defence", "hand over arms", "hand over air defence"]);
    }

    #[test]
    fn the_longest_pattern_stands_first() {
        let raw: RawFrames =
            toml::from_str(r#"frames = [{ id = "a", verbs = ["call", "call for talks", "call on"] }]"#)
                .expect("is TOML");
        let mut f = Frames::default();
        f.add(&raw);
        assert_eq!(f.of_verb("call").iter().map(|p| p.rest.len()).collect::<Vec<_>>(), [2, 1, 0]);
    }
}

//! Offices: a title before or behind a name, whose office it is, since when it is another's.
//!
//! In: titles of the vocabulary. Out: [`Office`]s, and the persons who hold them. What always holds: the state of an office is in the words,
//! or reached by a rule that the office names.

use super::words::MONTHS_AND_DAYS;
use super::*;

impl Finder<'_> {
    /// Titles with names: `outgoing NATO Secretary-General Jens Stoltenberg`.
    pub(super) fn titled(&mut self, s: &Sentence) {
        let mut i = s.first;
        while i < s.end {
            let Some((mut end, _)) = self.v.titles.longest(self.tokens, i, s.end) else {
                if self.v.address.contains_key(&self.tokens[i].norm) && self.tokens[i].cap && i + 1 < s.end {
                    let stop = self.name_run(i + 1, s.end);
                    if stop > i + 1 && self.free(i + 1, stop) {
                        let (refers, rule, flag) = self.resolve(i + 1, stop, "", "");
                        self.meet(&refers, i + 1, stop, "");
                        self.add(i + 1, stop, &refers, Sort::Person, Use::Name, rule);
                        self.out.mentions.last_mut().expect("just added").flag = flag;
                    }
                }
                i += 1;
                continue;
            };
            if self.out.of(i).is_some_and(|m| m.sort != Sort::Organ) {
                i += 1;
                continue;
            }
            let begin = self.widen_title(i, s.first);
            let title_first = begin;
            // `Deputy Prime Minister and Defense Minister`
            while end + 1 < s.end && (self.tokens[end].is("and") || self.tokens[end].is("/")) {
                match self.v.titles.longest(self.tokens, end + 1, s.end) {
                    Some((e, _)) => end = e,
                    None => break,
                }
            }
            self.office(title_first, end, s);
            i = end;
        }
    }

    /// `trade minister`: the word before a bare *minister* belongs to the title.
    pub(super) fn widen_title(&self, i: usize, from: usize) -> usize {
        let generic = matches!(
            self.tokens[i].norm.as_str(),
            "minister" | "ministers" | "secretary" | "chief" | "commissioner"
        );
        if !generic || i == from {
            return i;
        }
        let p = &self.tokens[i - 1];
        let plain = p.kind == Kind::Word && self.out.of(i - 1).is_none() && p.norm != "'s";
        let classed = self.v.class(&p.norm).is_some()
            && !matches!(p.norm.as_str(), "foreign" | "economic" | "financial");
        if plain && !classed && !self.v.pre_title.contains_key(&p.norm) { i - 1 } else { i }
    }

    /// The state or organisation before a title, and what stands between.
    pub(super) fn before_title(&self, title: usize, from: usize) -> (Option<usize>, usize, &'static str) {
        let mut at = title;
        let mut status = "current";
        let mut of = None;
        let mut begin = title;
        while at > from {
            let t = &self.tokens[at - 1];
            if let Some(s) = self.v.pre_title.get(&t.norm) {
                if *s != "current" {
                    status = s;
                }
                at -= 1;
                begin = at;
            } else if matches!(t.norm.as_str(), "'s" | "'")
                && of.is_none()
                && at - 1 > from
                && self.out.of(at - 2).is_some()
            {
                at -= 1;
            } else if let Some(id) = self.out.at[at - 1] {
                let m = &self.out.mentions[id as usize];
                if of.is_some() || m.sort == Sort::Person || m.sort == Sort::Media {
                    break;
                }
                of = Some(id as usize);
                at = m.first;
                begin = at;
            } else if t.kind == Kind::Hyphen
                && at - 1 > from
                && self.v.pre_title.contains_key(&self.tokens[at - 2].norm)
            {
                at -= 1;
            } else {
                break;
            }
        }
        (of, begin, status)
    }

    pub(super) fn office(&mut self, title: usize, end: usize, s: &Sentence) {
        let (of_id, begin, status) = self.before_title(title, s.first);
        // With a user's dictionary the title is an agent word of its actor, and its code says so.
        if of_id.is_some_and(|id| self.out.mentions[id].rule == "dictionary") {
            return;
        }
        let mut at = end;
        let mut of_after = None;
        // `Permanent Representative of Japan`, `President of Ukraine Volodymyr …`
        if at + 1 < s.end
            && (self.tokens[at].is("of")
                || self.tokens[at].is("to")
                || self.tokens[at].is("for")
                || self.tokens[at].is("at"))
        {
            let the = usize::from(self.tokens[at + 1].is("the"));
            if at + 1 + the < s.end
                && let Some(id) = self.out.at[at + 1 + the]
                && self.out.mentions[id as usize].sort != Sort::Person
            {
                of_after = Some(id as usize);
                at = self.out.mentions[id as usize].end;
            }
        }
        let comma = usize::from(at < s.end && self.tokens[at].is(","));
        let mut name = self.name_run(at, s.end);
        let mut from = at;
        if name == at && comma == 1 && (of_id.is_some() || of_after.is_some()) && at + 1 < s.end {
            // `Japan's foreign minister, Taro Yamada, said`: the name must be closed by a comma too.
            let stop = self.name_run(at + 1, s.end);
            if stop > at + 1 && stop < s.end && self.tokens[stop].is(",") {
                from = at + 1;
                name = stop;
            }
        }
        // `Chair Fellow`: a title is nobody's name.
        if name == from + 1 && self.v.titles.longest(self.tokens, from, s.end).is_some() {
            return;
        }
        if name > from {
            let mut stop = name;
            if of_id.is_none()
                && of_after.is_none()
                && stop + 1 < s.end
                && (self.tokens[stop].is("of") || self.tokens[stop].is("from"))
            {
                let the = usize::from(self.tokens[stop + 1].is("the"));
                if stop + 1 + the < s.end
                    && let Some(id) = self.out.at[stop + 1 + the]
                    && matches!(
                        self.out.mentions[id as usize].sort,
                        Sort::Country | Sort::Igo | Sort::Organisation
                    )
                {
                    of_after = Some(id as usize);
                    stop = self.out.mentions[id as usize].end;
                }
            }
            let title_text = crate::tokens::fold(self.piece(title, end));
            let (of, rule) = match (of_id.or(of_after), title_text.as_str()) {
                // Only one state calls its foreign and defence ministers secretaries of State and Defense.
                (None, "secretary of state" | "secretary of defense") => {
                    ("USA".to_owned(), "title-of-one-state")
                }
                (of, _) => self.holder_of(of, from, name, s),
            };
            let (refers, name_rule, flag) = self.resolve(from, name, &of, &title_text);
            let of = if of.is_empty() { self.state_of(&refers) } else { of };
            self.meet(&refers, from, name, &of);
            if let Some(p) = self.people.iter_mut().find(|p| p.refers == refers) {
                p.title = title_text;
            }
            if self.free(from, name) {
                self.add(from, name, &refers, Sort::Person, Use::Name, name_rule);
                self.out.mentions.last_mut().expect("just added").flag = flag;
            }
            for id in [of_id, of_after].into_iter().flatten() {
                self.out.mentions[id].absorbed = true;
            }
            let person = refers.trim_start_matches("PER:").to_owned();
            if !of.is_empty() {
                self.out.offices.push(Office {
                    first: begin,
                    end: stop,
                    person,
                    title: (title, end),
                    of,
                    status,
                    rule,
                });
            }
        } else {
            self.described_by(begin, title, end, at, of_id.or(of_after), status, s);
        }
    }

    pub(super) fn state_of(&self, refers: &str) -> String {
        let listed = self.v.persons.iter().find(|p| p.refers == refers).map(|p| p.state.clone());
        listed
            .or_else(|| self.people.iter().find(|p| p.refers == refers).map(|p| p.of.clone()))
            .unwrap_or_default()
    }

    /// Whose office it is: the name beside the title, else what the document said of the person, else the nearest state before.
    pub(super) fn holder_of(
        &self,
        of: Option<usize>,
        from: usize,
        name: usize,
        s: &Sentence,
    ) -> (String, &'static str) {
        if let Some(id) = of {
            let m = &self.out.mentions[id];
            return (m.refers.split('.').next().unwrap_or(&m.refers).to_owned(), "state-beside-title");
        }
        let words = self.name_words(from, name);
        let last = words.last().cloned().unwrap_or_default();
        if let Some(m) = self.out.of(from)
            && m.sort == Sort::Person
        {
            let of = self.state_of(&m.refers);
            if !of.is_empty() {
                return (of, "state-of-person-elsewhere");
            }
        }
        if let Some(p) = self.people.iter().rev().find(|p| p.full && p.family == last && !p.of.is_empty()) {
            return (p.of.clone(), "state-of-person-elsewhere");
        }
        if words.len() == 1
            && let Some(r) = self.known_family(&last, "")
        {
            return (self.state_of(&r), "state-of-listed-person");
        }
        let before = (s.first..from).rev().filter_map(|t| self.out.of(t));
        let state = before.into_iter().find(|m| m.sort == Sort::Country && m.usage != Use::Seat);
        (state.map(|m| m.refers.clone()).unwrap_or_default(), "nearest-state-before")
    }

    /// `Name, Chile's special envoy,` and `Name is a fellow at X`: an office after its holder.
    #[allow(clippy::too_many_arguments, reason = "one place calls it, with what it has just found")]
    pub(super) fn described_by(
        &mut self,
        begin: usize,
        title: usize,
        end: usize,
        after: usize,
        of: Option<usize>,
        status: &'static str,
        s: &Sentence,
    ) {
        let mut at = begin;
        let mut steps = 0;
        while at > s.first
            && steps < 4
            && matches!(self.tokens[at - 1].norm.as_str(), "a" | "an" | "the" | "as")
        {
            at -= 1;
            steps += 1;
        }
        if at == s.first {
            return;
        }
        let linked = matches!(self.tokens[at - 1].norm.as_str(), "," | "is" | "was" | "became" | "becomes");
        if !linked || at < s.first + 2 {
            return;
        }
        let person_end = at - 1;
        let mut first = person_end;
        while first > s.first && person_end - first < 6 {
            let t = &self.tokens[first - 1];
            let inside = (t.kind == Kind::Word
                && t.cap
                && self.out.of(first - 1).is_none_or(|m| m.sort == Sort::Person))
                || t.kind == Kind::Hyphen;
            if !inside || MONTHS_AND_DAYS.contains(&t.norm.as_str()) {
                break;
            }
            first -= 1;
        }
        let name_end = self.name_run(first, person_end);
        if first == person_end || name_end != person_end || person_end - first < 2 {
            return;
        }
        let Some(of) = of else { return };
        let of_refers = self.out.mentions[of].refers.split('.').next().unwrap_or("").to_owned();
        let title_text = crate::tokens::fold(self.piece(title, end));
        let (refers, rule, flag) = self.resolve(first, person_end, &of_refers, &title_text);
        self.meet(&refers, first, person_end, &of_refers);
        if self.free(first, person_end) {
            self.add(first, person_end, &refers, Sort::Person, Use::Name, rule);
            self.out.mentions.last_mut().expect("just added").flag = flag;
        }
        self.out.mentions[of].absorbed = true;
        let person = refers.trim_start_matches("PER:").to_owned();
        self.out.offices.push(Office {
            first,
            end: after.max(end),
            person,
            title: (title, end),
            of: of_refers,
            status,
            rule: "office-after-name",
        });
    }
}

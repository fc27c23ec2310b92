//! A release of ATOP as a dossier.
//!
//! In: [`Atop`], its raw table, who the numbers mean. Out: the files of a dossier: instruments by era, states the gazetteer lacks, one
//! source that says which days it covers. What always holds: a commitment is one provision for each phase, obligation, and set of members
//! with the same conditions toward the same others; a condition whose content ATOP does not give is `content-unknown`; toward whom
//! a member of an `obvary` alliance owes what is said by the directed dyad-years, and where they are not given it is left unsaid.

use std::collections::{BTreeMap, BTreeSet};

use foedera_bulk::{Day, iso};

use super::stays::{Stay, stays};
use super::{Atop, Becomes, CONDITIONS, OBLIGATIONS, Owed, Spell};
use crate::actors::{Actors, Scheme};
use crate::dossier::{Coverage, frame, list, quoted};
use crate::{DataSet, Imported, Options, Raw, Refusal, Stage};

/// The day of an exit, as text too, and how it is told.
type ExitOn<'a> = (Day, &'a str, &'a str);

impl Atop {
    /// The dossier: instruments by era, actors the gazetteer lacks, the source.
    ///
    /// # Errors
    /// A member whose number no list has.
    pub(crate) fn dossier(
        &self,
        raw: &Raw,
        actors: &Actors,
        options: &Options<'_>,
    ) -> Result<Imported, Box<Refusal>> {
        let source = format!("atop-{}", self.release.replace('.', "-"));
        let published = options.published.as_deref().unwrap_or(self.published);
        let note = format!(
            "What is in force when coverage ends is open here, and nothing is said of later days. Entry is signature. {}.",
            if options.published.is_some() { "Published: as the user says" } else { self.why }
        );
        let covers = Coverage { first: "1815-01-01".to_owned(), last: iso(self.coverage) };
        let mut files = frame(DataSet::Atop, &source, self.release, published, &covers, &note);
        let mut w = Writer {
            atop: self,
            raw,
            actors,
            source: &source,
            text: String::new(),
            used: BTreeSet::new(),
            notes: Vec::new(),
        };
        for (id, rows) in self.alliances() {
            let era = match id {
                ..2000 => "1815-1913",
                2000..3000 => "1914-1944",
                3000..4000 => "1945-1989",
                _ => "1990-2018",
            };
            let name = format!("alliances-{era}.toml");
            if files.last().is_none_or(|(last, _)| *last != name) {
                files.push((name, Vec::new()));
            }
            options.progress.tell(Stage::Making, rows[0].row, self.spells.len());
            w.instrument(id, &rows)?;
            if let Some((_, file)) = files.last_mut() {
                file.extend_from_slice(w.text.as_bytes());
            }
            w.text.clear();
        }
        let who = actors.rows(&w.used);
        if !who.is_empty() {
            files.push((
                "actors.toml".to_owned(),
                format!("# States the gazetteer does not hold.\n\n{who}").into_bytes(),
            ));
        }
        Ok(Imported { files, notes: w.notes, rows: 0 })
    }
}

/// The text of one file being written.
struct Writer<'a> {
    atop: &'a Atop,
    raw: &'a Raw,
    actors: &'a Actors,
    source: &'a str,
    text: String,
    used: BTreeSet<String>,
    notes: Vec<String>,
}

/// What one provision says, beside who owes it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Terms<'a> {
    /// Indices into [`CONDITIONS`].
    conditions: Vec<usize>,
    /// Toward whom; none = all the others.
    to: Option<BTreeSet<&'a str>>,
    /// Whether toward whom is left unsaid.
    unsaid: bool,
    /// Where the directed dyad-years say toward whom.
    shown: Option<String>,
}

impl Writer<'_> {
    fn cite(&self, what: &str) -> String {
        format!("cite = [{}]\n", quoted(&format!("{} {}", self.source, what.trim_end())))
    }

    fn who(&mut self, s: &Spell) -> Result<String, Box<Refusal>> {
        let code = s.member.to_string();
        let found = self.actors.find(Scheme::Cow, &code, s.entry).ok_or_else(|| {
            self.raw.refuse(s.row, "member", "a COW number the gazetteer or data/extinct.tsv has")
        })?;
        if !found.exact {
            self.notes.push(format!(
                "{}:{}: the gazetteer does not date COW {code} to {}; taken for {}, the nearest in time",
                self.raw.file,
                self.raw.line(s.row),
                s.entry_text,
                found.id
            ));
        }
        self.used.insert(found.id.to_owned());
        Ok(found.id.to_owned())
    }

    fn instrument(&mut self, id: u32, rows: &[&Spell]) -> Result<(), Box<Refusal>> {
        let ids = rows.iter().map(|s| self.who(s)).collect::<Result<Vec<_>, _>>()?;
        let stays = stays(rows, &ids);
        let first = stays.values().flatten().map(|s| s.entry).min().unwrap_or(0);
        let cell = |column: &str| self.raw.get(rows[0].row, column).to_owned();
        let kind = if cell("estmode") == "1" { "treaty" } else { "agreement" };
        let originals: Vec<&str> = stays
            .iter()
            .filter(|(_, s)| s.iter().any(|s| s.entry == first))
            .map(|(id, _)| id.as_str())
            .collect();
        // Its numbers elsewhere are those of any row; COW's alliances are cited by number and never read.
        let mut codes = vec![("atop", id.to_string())];
        codes.extend([("cow-alliances-3", cell("cowid")), ("cow-alliances-4.1", cell("cow4id"))]);
        let codes: Vec<String> = codes
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(scheme, value)| format!("{{ scheme = \"{scheme}\", value = \"{value}\" }}"))
            .collect();
        self.text.push_str(&format!(
            "[[instrument]]\nid = \"atop-{id}\"\nname = \"ATOP alliance {id}\"\nkind = \"{kind}\"\ncode = [{}]\nparties = {}\n",
            codes.join(", "),
            list(originals.iter().copied()),
        ));
        if cell("pubsecr") == "2" {
            self.text.push_str("secret = true\n");
        }
        let cite = self.cite(&format!("atopid {id}"));
        self.text.push_str(&cite);
        self.text.push('\n');
        self.actions(id, &stays, first);
        self.provisions(id, rows, &ids);
        Ok(())
    }

    fn act(&mut self, act: &str, on: &str, by: &[&str], what: &str) {
        let by = if by.is_empty() { String::new() } else { format!("by = {}\n", list(by.iter().copied())) };
        let cite = self.cite(what);
        self.text.push_str(&format!("[[instrument.action]]\nact = \"{act}\"\non = \"{on}\"\n{by}{cite}\n"));
    }

    /// What the members did: all by the dates of their spells.
    fn actions(&mut self, id: u32, stays: &BTreeMap<String, Vec<Stay>>, first: Day) {
        let all: Vec<(&str, &Stay)> =
            stays.iter().flat_map(|(who, stays)| stays.iter().map(move |s| (who.as_str(), s))).collect();
        let mut by_day: BTreeMap<(Day, &str), Vec<&str>> = BTreeMap::new();
        for (who, s) in &all {
            by_day.entry((s.entry, &s.entry_text)).or_default().push(who);
        }
        for ((day, on), who) in &by_day {
            // ATOP counts an alliance from its signature: made and applicable at once. Who made it is said, since another release
            // may have others.
            if *day == first {
                self.act("concluded", on, who, &format!("atopid {id} signature"));
            } else {
                self.act("acceded", on, who, &format!("atopid {id} signature of {}", who.join(" ")));
            }
        }
        let last = all.iter().map(|(_, s)| s.exit).max().unwrap_or(first);
        let over = all.iter().all(|(_, s)| !s.open);
        let mut exits: BTreeMap<ExitOn<'_>, Vec<(&str, u8)>> = BTreeMap::new();
        for (who, s) in all.iter().filter(|(_, s)| !s.open) {
            let how = if s.exit == last && over {
                "whole"
            } else if s.mode == 4 {
                // The state ended, or one with it did: it did not withdraw.
                "terminated"
            } else {
                "withdrew"
            };
            exits.entry((s.exit, &s.exit_text, how)).or_default().push((who, s.mode));
        }
        for ((_, on, how), who) in exits {
            let modes: BTreeSet<u8> = who.iter().map(|(_, m)| *m).collect();
            let modes: Vec<String> = modes.iter().map(u8::to_string).collect();
            let what = format!("atopid {id} exit, termmode {}", modes.join(" "));
            let names: Vec<&str> = who.iter().map(|(w, _)| *w).collect();
            match how {
                "whole" => self.act("terminated", on, &[], &what),
                how => self.act(how, on, &names, &what),
            }
        }
    }

    /// One provision for each phase, obligation and set of terms.
    fn provisions(&mut self, id: u32, rows: &[&Spell], ids: &[String]) {
        let phases: BTreeSet<u32> = rows.iter().map(|s| s.phase).collect();
        for phase in &phases {
            let of_phase: Vec<(&Spell, &str)> = rows
                .iter()
                .zip(ids)
                .filter(|(s, _)| s.phase == *phase)
                .map(|(s, who)| (*s, who.as_str()))
                .collect();
            let begin =
                of_phase.iter().min_by_key(|(s, _)| s.entry).map_or("", |(s, _)| s.entry_text.as_str());
            let end = match of_phase.iter().any(|(s, _)| s.open) {
                true => "..",
                false => {
                    of_phase.iter().max_by_key(|(s, _)| s.exit).map_or("", |(s, _)| s.exit_text.as_str())
                }
            };
            let extent = (phases.len() > 1).then(|| format!("{begin}/{end}"));
            let members: BTreeSet<&str> = of_phase.iter().map(|(_, who)| *who).collect();
            for (obligation, (column, word, _)) in OBLIGATIONS.iter().enumerate() {
                let mut groups: BTreeMap<Terms<'_>, BTreeSet<&str>> = BTreeMap::new();
                for (s, who) in of_phase.iter().filter(|(s, _)| s.owes >> obligation & 1 == 1) {
                    for terms in self.terms(s, who, obligation, &of_phase) {
                        groups.entry(terms).or_default().insert(who);
                    }
                }
                for (terms, by) in groups {
                    let what = format!("atopid {id} phase {phase} {column}");
                    self.provision((column, word), &what, &terms, &by, &members, extent.as_deref());
                }
            }
        }
    }

    /// On which terms a member owes an obligation: one set for all the others, or one for those it is known to owe it, one for those
    /// toward whom that cannot be told.
    fn terms<'a>(
        &self,
        s: &Spell,
        who: &str,
        obligation: usize,
        fellows: &[(&'a Spell, &'a str)],
    ) -> Vec<Terms<'a>> {
        let own = s.conditions.iter().copied();
        let conditions: Vec<usize> = own
            .filter(|i| CONDITIONS[*i].1 == obligation || (CONDITIONS[*i].1 == 5 && obligation != 3))
            .collect();
        let terms = |to, unsaid, shown| Terms { conditions: conditions.clone(), to, unsaid, shown };
        if !s.varies {
            return vec![terms(None, false, None)];
        }
        let Some(known) = &self.atop.toward else { return vec![terms(None, true, None)] };
        let toward = |wanted: Owed| -> BTreeSet<&'a str> {
            let others = fellows.iter().filter(|(_, other)| *other != who);
            others
                .filter(|(o, _)| known.owed(s.alliance, s.phase, s.member, o.member, obligation) == wanted)
                .map(|(_, other)| *other)
                .collect()
        };
        let shown = Some(format!("ddyads of statea {}", s.member));
        [(toward(Owed::Yes), false), (toward(Owed::Unknown), true)]
            .into_iter()
            .filter(|(to, _)| !to.is_empty())
            .map(|(to, unsaid)| terms(Some(to), unsaid, shown.clone()))
            .collect()
    }

    fn provision(
        &mut self,
        (column, word): (&str, &str),
        what: &str,
        terms: &Terms<'_>,
        by: &BTreeSet<&str>,
        members: &BTreeSet<&str>,
        extent: Option<&str>,
    ) {
        let mut text = format!("[[instrument.provision]]\narticle = \"{column}\"\nact = \"{word}\"\n");
        if by != members || terms.to.is_some() {
            let to = terms.to.as_ref().unwrap_or(members);
            text.push_str(&format!("by = {}\nto = {}\n", list(by.iter().copied()), list(to.iter().copied())));
        }
        let is = |b: &Becomes| terms.conditions.iter().any(|i| CONDITIONS[*i].2 == *b);
        if is(&Becomes::Unprovoked) {
            text.push_str("trigger = { unprovoked = true }\n");
        }
        if is(&Becomes::OnRequest) {
            text.push_str("requires = [\"requested:beneficiary\"]\n");
        }
        let unknown: Vec<&str> = terms
            .conditions
            .iter()
            .filter_map(|i| if let Becomes::Judged(kind) = CONDITIONS[*i].2 { Some(kind) } else { None })
            .collect();
        if !unknown.is_empty() {
            text.push_str(&format!("content-unknown = {}\n", list(unknown.iter().copied())));
        }
        if terms.unsaid {
            text.push_str("unstated = [\"beneficiary-bound\"]\n");
        }
        if let Some(extent) = extent {
            text.push_str(&format!("in-force = \"{extent}\"\n"));
        }
        let names: Vec<&str> = terms.conditions.iter().map(|i| CONDITIONS[*i].0).collect();
        let shown = terms.shown.as_ref().map_or(String::new(), |s| format!(", {s}"));
        let what = format!("{what} {}", names.join(" "));
        text.push_str(&self.cite(&format!("{}{shown}", what.trim_end())));
        text.push('\n');
        self.text.push_str(&text);
    }
}

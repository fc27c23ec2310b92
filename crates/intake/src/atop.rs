//! ATOP, the member-level file: one row for each alliance, phase and spell of a member.
//!
//! In: a checked raw table. Out: [`Atop`], rows with their dates and obligations; from it a dossier, or a bulk world. What always holds: the
//! date of entry is that of *signature*, and 0 as an exit is *still in force when coverage ends*; a phase that goes on the
//! same day in the next is no exit; a member whose state merely changed its COW number has neither left nor come back.
//!
//! What a commitment becomes: one provision for each phase, obligation, and set of members with the same conditions. ATOP says *that* there
//! is a condition and not *which*: adversary, place, conflict, number, demand and other conditions become scenario facts
//! `determined:atop-condition-…` that nobody asserts, so that an answer is *possible* and names what has to be judged.
//! Non-provocation and consultation on request have words of their own in the language.

use std::collections::{BTreeMap, BTreeSet};

use foedera_bulk::{
    CapabilityRow, ClauseRow, Dates, Day, InstrumentRow, MemberRow, OPEN, PhaseRow, RegionRow, Role,
    StateRow, Tables, day_of, iso,
};

use crate::actors::{Actors, Scheme};
use crate::dossier::{frame, list, quoted};
use crate::{DataSet, Imported, Options, Raw, Refusal};

/// The five obligations, with ATOP's column, the word of the language and the letter of the bulk world.
pub const OBLIGATIONS: [(&str, &str, u8); 5] = [
    ("defense", "defense", b'D'),
    ("offense", "offense", b'O'),
    ("neutral", "neutrality", b'N'),
    ("nonagg", "nonaggression", b'A'),
    ("consul", "consultation", b'C'),
];

/// A condition column: its obligation (an index, 5 = all but nonaggression), and the fact it becomes, if any.
const CONDITIONS: [(&str, usize, Becomes); 23] = [
    ("defcoadv", 0, Becomes::Judged("adversary")),
    ("defcoloc", 0, Becomes::Judged("place")),
    ("defcocon", 0, Becomes::Judged("conflict")),
    ("defconum", 0, Becomes::Judged("number")),
    ("defcodem", 0, Becomes::Judged("demand")),
    ("defconpr", 0, Becomes::Unprovoked),
    ("offcoadv", 1, Becomes::Judged("adversary")),
    ("offcoloc", 1, Becomes::Judged("place")),
    ("offcocon", 1, Becomes::Judged("conflict")),
    ("offconum", 1, Becomes::Judged("number")),
    ("offcodem", 1, Becomes::Judged("demand")),
    ("neucoadv", 2, Becomes::Judged("adversary")),
    ("neucoloc", 2, Becomes::Judged("place")),
    ("neucocon", 2, Becomes::Judged("conflict")),
    ("neuconum", 2, Becomes::Judged("number")),
    ("neucodem", 2, Becomes::Judged("demand")),
    ("neuconpr", 2, Becomes::Unprovoked),
    ("neucoatt", 2, Becomes::IfAttacked),
    ("concoadv", 4, Becomes::Judged("adversary")),
    ("concoloc", 4, Becomes::Judged("place")),
    ("concocon", 4, Becomes::Judged("conflict")),
    ("concoreq", 4, Becomes::OnRequest),
    ("olimob", 5, Becomes::Judged("other")),
];

/// The kinds of condition whose content ATOP does not say, with the name each has in answers.
const JUDGED: [(&str, &str); 7] = [
    ("adversary", "holds only against certain adversaries (ATOP does not say which)"),
    ("place", "holds only in certain places (ATOP does not say which)"),
    ("conflict", "holds only in a certain ongoing conflict (ATOP does not say which)"),
    ("number", "holds only against a number of adversaries (ATOP does not say how many)"),
    ("demand", "holds only if certain demands are unmet (ATOP does not say which)"),
    ("other", "holds only under another condition (ATOP does not say which)"),
    ("coverage", "is still in force after coverage ends (ATOP says nothing of later days)"),
];

/// What a condition column becomes in the language.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Becomes {
    Judged(&'static str),
    Unprovoked,
    OnRequest,
    IfAttacked,
}

/// A release: what its `version` column says, our name, where coverage ends, when it was published, and why we think so.
struct Release {
    versions: &'static [&'static str],
    name: &'static str,
    coverage: (i32, u32, u32),
    published: &'static str,
    why: &'static str,
}

const RELEASES: [Release; 3] = [
    Release {
        versions: &["5.1", "5.0999999"],
        name: "5.1",
        coverage: (2018, 12, 31),
        published: "2022-08-09",
        why: "published: the codebook's date; coverage: the codebook",
    },
    Release {
        versions: &["5", "5.0"],
        name: "5.0",
        coverage: (2018, 12, 31),
        published: "[2019-01-01..2022-08-08]",
        why: "published: after coverage ended and before release 5.1",
    },
    Release {
        versions: &["4", "4.0", "4.01", "4.0100002"],
        name: "4.01",
        coverage: (2016, 12, 31),
        published: "[2017-01-01..2022-08-08]",
        why: "coverage: the last year in which anything begins or ends in the file; published: after that and before 5.1",
    },
];

/// One row: a member's spell in a phase.
#[derive(Clone, Debug)]
pub struct Spell {
    /// The row of the raw table.
    pub row: usize,
    /// The alliance.
    pub alliance: u32,
    /// The phase, 0 if there is one only.
    pub phase: u32,
    /// The member, by COW number.
    pub member: u32,
    /// The day of signature; the first of the month where the day is not known.
    pub entry: Day,
    /// The last day; the last of the month where the day is not known; the end of coverage where it has not ended.
    pub exit: Day,
    /// Whether it is still in force when coverage ends.
    pub open: bool,
    /// Obligations as bits, in the order of [`OBLIGATIONS`].
    pub owes: u8,
    entry_text: String,
    exit_text: String,
    /// How the member left, 0 if it has not.
    mode: u8,
    conditions: Vec<usize>,
}

/// A release of ATOP.
pub struct Atop {
    /// The release: `5.1`.
    pub release: &'static str,
    /// The last day covered.
    pub coverage: Day,
    /// The rows, in the file's order.
    pub spells: Vec<Spell>,
    published: &'static str,
    why: &'static str,
}

/// The day of an exit, as text too, and how it is told.
type ExitOn<'a> = (Day, &'a str, &'a str);

/// A member's time under an alliance, whatever its phases: first day, what ended it.
struct Stay {
    entry: Day,
    entry_text: String,
    exit: Day,
    exit_text: String,
    open: bool,
    mode: u8,
    code: u32,
}

impl Atop {
    /// Reads the rows.
    ///
    /// # Errors
    /// A date that is none, a year after the end of coverage, an exit before the entry, or a column that disagrees with those it sums up.
    pub fn new(raw: &Raw) -> Result<Atop, Box<Refusal>> {
        let version = if raw.rows() > 0 { raw.get(0, "version") } else { "5.1" };
        let release = RELEASES
            .iter()
            .find(|r| r.versions.contains(&version))
            .ok_or_else(|| raw.refuse(0, "version", "a release known here"))?;
        let (y, m, d) = release.coverage;
        let coverage = day_of(y, m, d).expect("the table of releases has dates");
        let mut spells = Vec::with_capacity(raw.rows());
        for row in 0..raw.rows() {
            if !release.versions.contains(&raw.get(row, "version")) {
                return Err(raw.refuse(row, "version", format!("one release in the file, {}", release.name)));
            }
            spells.push(Self::spell(raw, row, coverage)?);
        }
        Ok(Atop { release: release.name, coverage, spells, published: release.published, why: release.why })
    }

    fn spell(raw: &Raw, row: usize, coverage: Day) -> Result<Spell, Box<Refusal>> {
        let number = |column: &str| raw.get(row, column).parse::<u32>().unwrap_or(0);
        let date = |part: &str| -> Result<(Day, Day, String), Box<Refusal>> {
            let (year, month) = (number(&format!("yr{part}")), number(&format!("mo{part}")));
            let column = format!("day{part}");
            let day = raw.get(row, &column);
            let first = day_of(year as i32, month, if day.is_empty() { 1 } else { number(&column) })
                .ok_or_else(|| raw.refuse(row, &column, format!("a day of {year:04}-{month:02}")))?;
            if !day.is_empty() {
                return Ok((first, first, iso(first)));
            }
            let last = (28..=31).rev().find_map(|d| day_of(year as i32, month, d)).unwrap_or(first);
            Ok((first, last, format!("{year:04}-{month:02}")))
        };
        let (entry, _, entry_text) = date("ent")?;
        let open = raw.get(row, "yrexit") == "0";
        if open != (raw.get(row, "ineffect") == "1") {
            return Err(raw.refuse(row, "ineffect", "1 exactly where yrexit is 0"));
        }
        let (exit, exit_text) = if open {
            if (raw.get(row, "moexit"), raw.get(row, "dayexit")) != ("0", "0") {
                return Err(raw.refuse(row, "moexit", "0, and dayexit 0, where yrexit is 0"));
            }
            (coverage, String::new())
        } else {
            let (_, last, text) = date("exit")?;
            (last, text)
        };
        if entry > exit || exit > coverage {
            return Err(raw.refuse(row, "yrexit", "an exit after the entry and within coverage"));
        }
        let mut owes = 0;
        for (bit, (column, ..)) in OBLIGATIONS.iter().enumerate() {
            owes |= u8::from(raw.get(row, column) == "1") << bit;
        }
        let conditions: Vec<usize> =
            (0..CONDITIONS.len()).filter(|i| raw.get(row, CONDITIONS[*i].0) == "1").collect();
        for (obligation, summary) in [(0, "defcon"), (1, "offcon"), (2, "neucon"), (4, "concon")] {
            let any = conditions.iter().any(|i| CONDITIONS[*i].1 == obligation);
            if any != (raw.get(row, summary) == "1") {
                return Err(raw.refuse(row, summary, "1 exactly where one of its conditions is"));
            }
        }
        Ok(Spell {
            row,
            alliance: number("atopid"),
            phase: number("phase"),
            member: number("member"),
            entry,
            exit,
            open,
            owes,
            entry_text,
            exit_text,
            mode: number("termmode") as u8,
            conditions,
        })
    }

    /// Rows of each alliance, in the file's order.
    fn alliances(&self) -> BTreeMap<u32, Vec<&Spell>> {
        let mut out: BTreeMap<u32, Vec<&Spell>> = BTreeMap::new();
        for s in &self.spells {
            out.entry(s.alliance).or_default().push(s);
        }
        out
    }

    /// The dossier: instruments by era, actors the gazetteer lacks, the source.
    ///
    /// # Errors
    /// A member whose number no list has.
    pub(crate) fn dossier(
        &self,
        raw: &Raw,
        actors: &Actors,
        options: &Options,
    ) -> Result<Imported, Box<Refusal>> {
        let source = format!("atop-{}", self.release.replace('.', "-"));
        let published = options.published.as_deref().unwrap_or(self.published);
        let note = format!(
            "Coverage ends on {}: what is in force then is open here, and nothing is said of later days. Entry is signature. {}.",
            iso(self.coverage),
            if options.published.is_some() { "Published: as the user says" } else { self.why }
        );
        let mut files = frame(DataSet::Atop, &source, self.release, published, &note);
        let mut notes = Vec::new();
        let mut used = BTreeSet::new();
        let mut texts: BTreeMap<&str, String> = BTreeMap::new();
        for (id, rows) in self.alliances() {
            let era = match id {
                ..2000 => "1815-1913",
                2000..3000 => "1914-1944",
                3000..4000 => "1945-1989",
                _ => "1990-2018",
            };
            let text = texts.entry(era).or_default();
            self.instrument(raw, actors, &source, id, &rows, text, &mut used, &mut notes)?;
        }
        for (era, text) in texts {
            files.push((format!("alliances-{era}.toml"), text.into_bytes()));
        }
        let mut who = String::from(
            "# States the gazetteer does not hold, and the conditions ATOP codes without saying what they are.\n\n",
        );
        who.push_str(&actors.rows(&used));
        for (kind, name) in JUDGED {
            who.push_str(&format!(
                "[[actor]]\nid = \"atop-condition-{kind}\"\nkind = \"body\"\nname = {}\nnote = \"Stands for whoever judges it.\"\n\n",
                quoted(name)
            ));
        }
        files.push(("actors.toml".to_owned(), who.into_bytes()));
        Ok(Imported { files, notes, rows: 0 })
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one alliance's text needs all that is known while it is written"
    )]
    fn instrument(
        &self,
        raw: &Raw,
        actors: &Actors,
        source: &str,
        id: u32,
        rows: &[&Spell],
        text: &mut String,
        used: &mut BTreeSet<String>,
        notes: &mut Vec<String>,
    ) -> Result<(), Box<Refusal>> {
        let mut who = |s: &Spell| -> Result<String, Box<Refusal>> {
            let code = s.member.to_string();
            let found = actors.find(Scheme::Cow, &code, s.entry).ok_or_else(|| {
                raw.refuse(s.row, "member", "a COW number the gazetteer or data/extinct.tsv has")
            })?;
            if !found.exact {
                notes.push(format!(
                    "{}:{}: the gazetteer does not date COW {code} to {}; taken for {}, the nearest in time",
                    raw.file,
                    raw.line(s.row),
                    s.entry_text,
                    found.id
                ));
            }
            used.insert(found.id.to_owned());
            Ok(found.id.to_owned())
        };
        let mut ids = Vec::with_capacity(rows.len());
        for s in rows {
            ids.push(who(s)?);
        }
        let stays = stays(rows, &ids);
        let first = stays.values().flatten().map(|s| s.entry).min().unwrap_or(0);
        let cite = |what: String| format!("cite = [{}]\n", quoted(&format!("{source} {what}")));
        let cell = |column: &str| raw.get(rows[0].row, column);
        let kind = if cell("estmode") == "1" { "treaty" } else { "agreement" };
        let originals: Vec<&str> = stays
            .iter()
            .filter(|(_, s)| s.iter().any(|s| s.entry == first))
            .map(|(id, _)| id.as_str())
            .collect();
        text.push_str(&format!(
            "[[instrument]]\nid = \"atop-{id}\"\nname = \"ATOP alliance {id}\"\nkind = \"{kind}\"\nparties = {}\nparties-complete = \"{}\"\n",
            list(originals.iter().copied()),
            iso(self.coverage)
        ));
        if cell("pubsecr") == "2" {
            text.push_str("secret = true\n");
        }
        text.push_str(&cite(format!("atopid {id}")));
        text.push('\n');
        self.actions(id, &stays, first, &cite, text);
        self.provisions(raw, id, rows, &ids, &cite, text);
        Ok(())
    }

    /// What the members did: all by the dates of their spells.
    fn actions(
        &self,
        id: u32,
        stays: &BTreeMap<String, Vec<Stay>>,
        first: Day,
        cite: &dyn Fn(String) -> String,
        text: &mut String,
    ) {
        let act = |act: &str, on: &str, by: &[&str], what: String, text: &mut String| {
            let by =
                if by.is_empty() { String::new() } else { format!("by = {}\n", list(by.iter().copied())) };
            text.push_str(&format!(
                "[[instrument.action]]\nact = \"{act}\"\non = \"{on}\"\n{by}{}\n",
                cite(what)
            ));
        };
        let all: Vec<(&str, &Stay)> =
            stays.iter().flat_map(|(who, stays)| stays.iter().map(move |s| (who.as_str(), s))).collect();
        let mut by_day: BTreeMap<(Day, &str), Vec<&str>> = BTreeMap::new();
        for (who, s) in &all {
            by_day.entry((s.entry, &s.entry_text)).or_default().push(who);
        }
        for ((day, on), who) in &by_day {
            // ATOP counts an alliance from its signature: made and applicable at once.
            if *day == first {
                act("concluded", on, &[], format!("atopid {id} signature"), text);
            } else {
                act("acceded", on, who, format!("atopid {id} signature of {}", who.join(" ")), text);
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
            if how == "whole" {
                act("terminated", on, &[], what, text)
            } else {
                act(how, on, &names, what, text)
            }
        }
    }

    /// The alliances as a bulk world: COW numbers become state numbers in ascending order (`abb` keeps them); system membership and
    /// capabilities are taken from elsewhere if given, or every state counts from 1815 on. A clause for each phase and obligation; its
    /// obligors are listed where not all members owe it. Conditions are not in it: their content is not known.
    pub fn tables(&self, spells: &[(u32, Day, Day)], capabilities: &[(u32, i32, u32)]) -> Tables {
        let codes: BTreeSet<u32> =
            self.spells.iter().map(|s| s.member).chain(spells.iter().map(|s| s.0)).collect();
        let sid: BTreeMap<u32, u32> = codes.iter().zip(1..).map(|(code, sid)| (*code, sid)).collect();
        let mut t = Tables { regions: vec![RegionRow { region: 1, parent: 0 }], ..Tables::default() };
        for (code, sid) in &sid {
            t.states.push(StateRow { sid: *sid, abb: code.to_string(), home: 1 });
        }
        if spells.is_empty() {
            let from = day_of(1815, 1, 1).expect("a date");
            t.spells.extend(sid.values().map(|s| (*s, from, OPEN)));
        } else {
            t.spells.extend(spells.iter().map(|(code, from, to)| (sid[code], *from, *to)));
        }
        for (code, year, cap) in capabilities {
            if let Some(sid) = sid.get(code) {
                t.capabilities.push(CapabilityRow { sid: *sid, year: *year, cap: *cap });
            }
        }
        for (alliance, rows) in self.alliances() {
            // The phases of one alliance are instruments of their own: a member's row belongs to one phase.
            let mut phases: BTreeMap<u32, Vec<&Spell>> = BTreeMap::new();
            rows.iter().for_each(|s| phases.entry(s.phase).or_default().push(s));
            for (phase, rows) in phases {
                let instr = alliance * 10 + phase;
                let end = |s: &Spell| if s.open { OPEN } else { s.exit + 1 };
                let begin = rows.iter().map(|s| s.entry).min().unwrap_or(0);
                let last = rows.iter().map(|s| end(s)).max().unwrap_or(OPEN);
                t.instruments.push(InstrumentRow { instr });
                t.phases.push(PhaseRow { phase: instr, instr, dates: Dates::exact(begin, last) });
                for s in &rows {
                    t.members.push(MemberRow {
                        mid: s.row as u32 + 1,
                        instr,
                        sid: sid[&s.member],
                        dates: Dates::exact(s.entry, end(s)),
                        known_from: s.entry,
                        known_to: OPEN,
                    });
                }
                for (bit, (.., letter)) in OBLIGATIONS.iter().enumerate() {
                    let owing: BTreeSet<u32> =
                        rows.iter().filter(|s| s.owes >> bit & 1 == 1).map(|s| sid[&s.member]).collect();
                    if owing.is_empty() {
                        continue;
                    }
                    let clause = t.clauses.len() as u32 + 1;
                    t.clauses.push(ClauseRow {
                        clause,
                        phase: instr,
                        instr,
                        pledge: *letter,
                        any: false,
                        intra: false,
                        known_from: begin,
                        known_to: OPEN,
                    });
                    if rows.iter().any(|s| !owing.contains(&sid[&s.member])) {
                        t.parties.extend(owing.iter().map(|s| (clause, Role::Obligor, *s)));
                    }
                }
            }
        }
        t
    }
}

/// Each member's stays: rows that meet or overlap are one, whatever their phase or COW number.
fn stays(rows: &[&Spell], ids: &[String]) -> BTreeMap<String, Vec<Stay>> {
    let mut sorted: Vec<(&str, &Spell)> = ids.iter().map(String::as_str).zip(rows.iter().copied()).collect();
    sorted.sort_by_key(|(id, s)| (*id, s.entry, s.exit));
    let mut out: BTreeMap<String, Vec<Stay>> = BTreeMap::new();
    for (id, s) in sorted {
        let list = out.entry(id.to_owned()).or_default();
        // A phase ends on the day the next begins, or on the day before.
        match list.last_mut().filter(|l| s.entry <= l.exit + 1 || l.open) {
            Some(last) => {
                if s.open || s.exit >= last.exit {
                    (last.exit, last.open, last.mode, last.code) =
                        (s.exit, s.open || last.open, s.mode, s.member);
                    last.exit_text.clone_from(&s.exit_text);
                }
            }
            None => list.push(Stay {
                entry: s.entry,
                entry_text: s.entry_text.clone(),
                exit: s.exit,
                exit_text: s.exit_text.clone(),
                open: s.open,
                mode: s.mode,
                code: s.member,
            }),
        }
    }
    out
}

/// A provision of one phase: who owes what on which conditions.
struct Duty<'a> {
    alliance: u32,
    phase: u32,
    /// An index into [`OBLIGATIONS`].
    obligation: usize,
    conditions: Vec<usize>,
    by: BTreeSet<&'a str>,
    members: &'a BTreeSet<&'a str>,
    varies: bool,
}

impl Atop {
    /// One provision for each phase, obligation and set of conditions; two where it has not ended when coverage does.
    fn provisions(
        &self,
        raw: &Raw,
        id: u32,
        rows: &[&Spell],
        ids: &[String],
        cite: &dyn Fn(String) -> String,
        text: &mut String,
    ) {
        let phases: BTreeSet<u32> = rows.iter().map(|s| s.phase).collect();
        for phase in &phases {
            let of_phase: Vec<(&&Spell, &String)> =
                rows.iter().zip(ids).filter(|(s, _)| s.phase == *phase).collect();
            let begin =
                of_phase.iter().min_by_key(|(s, _)| s.entry).map_or("", |(s, _)| s.entry_text.as_str());
            let end = of_phase.iter().max_by_key(|(s, _)| s.exit).map_or("", |(s, _)| s.exit_text.as_str());
            let open = of_phase.iter().any(|(s, _)| s.open);
            let members: BTreeSet<&str> = of_phase.iter().map(|(_, who)| who.as_str()).collect();
            for obligation in 0..OBLIGATIONS.len() {
                let mut groups: BTreeMap<Vec<usize>, BTreeSet<&str>> = BTreeMap::new();
                for (s, who) in of_phase.iter().filter(|(s, _)| s.owes >> obligation & 1 == 1) {
                    let own = s.conditions.iter().copied();
                    let own = own.filter(|i| {
                        CONDITIONS[*i].1 == obligation || (CONDITIONS[*i].1 == 5 && obligation != 3)
                    });
                    groups.entry(own.collect()).or_default().insert(who.as_str());
                }
                for (conditions, by) in groups {
                    let duty = Duty {
                        alliance: id,
                        phase: *phase,
                        obligation,
                        conditions,
                        by,
                        members: &members,
                        varies: of_phase.iter().any(|(s, _)| raw.get(s.row, "obvary") == "1"),
                    };
                    if open {
                        duty.write(Some(&format!("{begin}/{}", iso(self.coverage))), None, cite, text);
                        let later = format!("{}/..", iso(self.coverage + 1));
                        duty.write(Some(&later), Some("coverage"), cite, text);
                    } else if phases.len() > 1 {
                        duty.write(Some(&format!("{begin}/{end}")), None, cite, text);
                    } else {
                        duty.write(None, None, cite, text);
                    }
                }
            }
        }
    }
}

impl Duty<'_> {
    /// Writes it, with its own extent if it has one, and with one more thing to be judged if there is.
    fn write(
        &self,
        in_force: Option<&str>,
        judged: Option<&str>,
        cite: &dyn Fn(String) -> String,
        text: &mut String,
    ) {
        let (column, word, _) = OBLIGATIONS[self.obligation];
        text.push_str(&format!("[[instrument.provision]]\narticle = \"{column}\"\nact = \"{word}\"\n"));
        if self.by != *self.members {
            let (by, to) = (list(self.by.iter().copied()), list(self.members.iter().copied()));
            text.push_str(&format!("by = {by}\nto = {to}\n"));
        }
        let of_column = |i: &usize| match CONDITIONS[*i].2 {
            Becomes::Judged(kind) => Some(format!("determined:atop-condition-{kind}")),
            Becomes::OnRequest => Some("requested:beneficiary".to_owned()),
            Becomes::Unprovoked | Becomes::IfAttacked => None,
        };
        let judged = judged.map(|kind| format!("determined:atop-condition-{kind}"));
        let requires: Vec<String> = self.conditions.iter().filter_map(of_column).chain(judged).collect();
        if self.conditions.iter().any(|i| CONDITIONS[*i].2 == Becomes::Unprovoked) {
            text.push_str("trigger = { unprovoked = true }\n");
        }
        if !requires.is_empty() {
            text.push_str(&format!("requires = {}\n", list(requires.iter().map(String::as_str))));
        }
        if let Some(extent) = in_force {
            text.push_str(&format!("in-force = \"{extent}\"\n"));
        }
        if self.varies {
            text.push_str("note = \"obvary: a member owes different things to different members; to whom is not in the member file\"\n");
        }
        let names: Vec<&str> = self.conditions.iter().map(|i| CONDITIONS[*i].0).collect();
        let what = format!("atopid {} phase {} {column} {}", self.alliance, self.phase, names.join(" "));
        text.push_str(&cite(what.trim_end().to_owned()));
        text.push('\n');
    }
}

//! The atlas: every dated tie of every actor, in one plain table, so that a page can redraw for any day without asking again.
//!
//! In: a dossier and a basis. Out: an [`Atlas`]: actors, instruments, and ties between two ends with the spans in which they
//! held. An end is an actor or, for an instrument of several parties, the instrument itself (or the organisation it
//! constitutes). What always holds: folded from the same view as `ties`, so that on any day the ties of an actor here and
//! there rest on the same instruments in the same layers; a span that is only possibly known has wide bounds; citations of sources that do not
//! count at the basis are left out.

use std::collections::BTreeMap;

use foedera_reason::told;
use foedera_world::terms::*;
use foedera_world::time::{Day, Moment, Period, Tv};
use foedera_world::view::{Clause, Lifting, Sides, Spell};
use foedera_world::world::{ActorId, EvidenceId, InstrumentId};
use foedera_world::{View, World};
use serde::Serialize;

use crate::answer::BasisView;
use crate::ask::cites_of;
use crate::basis::Basis;
use crate::{AskError, BasisRequest, Dossier};

/// Everybody's ties over all time, as known.
#[derive(Clone, Debug, Serialize)]
pub struct Atlas {
    /// The basis asked on.
    pub basis: BasisView,
    /// The day asked about: its first and last possible day number.
    pub on: (i32, i32),
    /// The ends of ties: actors, and instruments of several parties.
    pub ends: Vec<AtlasEnd>,
    /// Instruments, by number.
    pub instruments: Vec<AtlasInstrument>,
    /// Ties, sorted by ends, layer and source.
    pub ties: Vec<AtlasTie>,
    /// What happened, in order: dated acts, with the ends concerned.
    pub changes: Vec<AtlasChange>,
}

/// What a tie ends at.
#[derive(Clone, Debug, Serialize)]
pub struct AtlasEnd {
    /// Id of an actor or an instrument.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `state`, `organisation` … or `instrument`.
    pub kind: String,
    /// When it existed: first certain and last day number; none = open.
    pub exists: Span,
    /// The instrument it stands for, if parties hang on it.
    pub hub: Option<usize>,
}

/// An instrument that ties.
#[derive(Clone, Debug, Serialize)]
pub struct AtlasInstrument {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// Whether it binds in law.
    pub binding: bool,
}

/// A half-open span with uncertain ends, in day numbers from 1970-01-01; none = open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Span {
    /// The first day on which it may have begun.
    pub from_earliest: Option<i32>,
    /// The day by which it had begun.
    pub from_latest: Option<i32>,
    /// The first day on which it may have ended.
    pub to_earliest: Option<i32>,
    /// The day by which it had ended.
    pub to_latest: Option<i32>,
    /// Whether it is contested.
    pub disputed: bool,
}

/// How surely something holds on a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Held {
    /// It does not.
    Not,
    /// Its dates leave it open.
    Possible,
    /// It does, but that is contested.
    Disputed,
    /// It does.
    Certain,
}

impl Held {
    /// `certain`, `possible`, `disputed`, `not`.
    pub fn word(self) -> &'static str {
        match self {
            Held::Not => "not",
            Held::Possible => "possible",
            Held::Disputed => "disputed",
            Held::Certain => "certain",
        }
    }
}

impl Span {
    fn of(p: Period, disputed: bool) -> Span {
        let day = |d: Day| (d != Day::MIN && d != Day::MAX).then(|| d.number());
        // A beginning that may never have come, an end that may never come: `latest` is open.
        Span {
            from_earliest: day(p.begin.earliest),
            from_latest: if p.begin.latest == Day::MAX { Some(i32::MAX) } else { day(p.begin.latest) },
            to_earliest: if p.end.earliest == Day::MIN { Some(i32::MIN) } else { day(p.end.earliest) },
            to_latest: day(p.end.latest),
            disputed,
        }
    }

    /// The two as one, where the days on which each certainly holds meet, and both are contested or neither is.
    fn with(&self, other: &Span) -> Option<Span> {
        let begun = |s: &Span| s.from_latest.unwrap_or(i32::MIN);
        let lasts = |s: &Span| s.to_earliest.unwrap_or(i32::MAX);
        let meet = begun(self).max(begun(other)) <= lasts(self).min(lasts(other));
        let first = |x: Option<i32>, y: Option<i32>| Some(x?.min(y?));
        let last = |x: Option<i32>, y: Option<i32>| Some(x?.max(y?));
        (meet && self.disputed == other.disputed).then(|| Span {
            from_earliest: first(self.from_earliest, other.from_earliest),
            from_latest: first(self.from_latest, other.from_latest),
            to_earliest: last(self.to_earliest, other.to_earliest),
            to_latest: last(self.to_latest, other.to_latest),
            disputed: self.disputed,
        })
    }

    /// Whether it holds on a day known to lie between two.
    pub fn held(&self, on: (i32, i32)) -> Held {
        let begun = self.from_latest.is_none_or(|d| d <= on.0);
        let may_have_begun = self.from_earliest.is_none_or(|d| d <= on.1);
        let lasts = self.to_earliest.is_none_or(|d| on.1 < d);
        let may_last = self.to_latest.is_none_or(|d| on.0 < d);
        match (may_have_begun && may_last, self.disputed, begun && lasts) {
            (false, ..) => Held::Not,
            (_, true, _) => Held::Disputed,
            (.., true) => Held::Certain,
            _ => Held::Possible,
        }
    }
}

/// A tie between two ends, in one layer, by one instrument or as one source tells it.
#[derive(Clone, Debug, Serialize)]
pub struct AtlasTie {
    /// One end.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// Which way: `both`, or `out` from the first end, or `in` to it.
    pub way: &'static str,
    /// The layer.
    pub layer: &'static str,
    /// What: acts with strength and article.
    pub acts: Vec<AtlasAct>,
    /// By which instrument.
    pub instrument: Option<usize>,
    /// By which claim.
    pub claim: Option<String>,
    /// In words.
    pub says: String,
    /// When.
    pub spans: Vec<Span>,
    /// Citations: `source locator`; of the phases that hold on the day asked about first.
    pub cites: Vec<String>,
}

impl AtlasTie {
    /// How surely it holds on a day.
    pub fn held(&self, on: (i32, i32)) -> Held {
        self.spans.iter().map(|s| s.held(on)).max().unwrap_or(Held::Not)
    }

    /// The span that holds on a day, the surest first.
    pub fn span(&self, on: (i32, i32)) -> Option<&Span> {
        self.spans.iter().filter(|s| s.held(on) != Held::Not).max_by_key(|s| s.held(on))
    }

    /// What makes it the same tie at another basis.
    pub fn key(&self, atlas: &Atlas) -> String {
        let by = self.instrument.map_or(self.claim.as_deref().unwrap_or(""), |i| &atlas.instruments[i].id);
        format!("{}|{}|{}|{by}", atlas.ends[self.a].id, atlas.ends[self.b].id, self.layer)
    }
}

/// One act of a tie.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct AtlasAct {
    /// How strongly, strongest first.
    pub strength: &'static str,
    /// What.
    pub act: &'static str,
    /// Article.
    pub article: String,
}

/// A dated act.
#[derive(Clone, Debug, Serialize)]
pub struct AtlasChange {
    /// The day by which it had happened.
    pub day: i32,
    /// As written.
    pub on: String,
    /// In words.
    pub says: String,
    /// Id of the instrument or thing.
    pub id: String,
    /// The ends it concerns.
    pub ends: Vec<usize>,
    /// Citations.
    pub cites: Vec<String>,
}

/// Draws the atlas, with what the basis supposes as rows. Facts of one scenario tie nobody and are left out.
///
/// # Errors
/// A date or pack of the basis that is not understood.
pub fn atlas(dossier: &Dossier, request: &BasisRequest) -> Result<Atlas, AskError> {
    let (layered, _) = dossier.supposing(&request.assume, &request.suppose, request)?;
    let dossier = layered.as_deref().unwrap_or(dossier);
    let basis = Basis::resolve(dossier, request)?;
    let view = basis.view(dossier);
    let on = (basis.on.earliest.number(), basis.on.latest.number());
    let mut draft = Draft {
        view: &view,
        on,
        world: &dossier.world,
        ends: Vec::new(),
        of_actor: BTreeMap::new(),
        of_hub: BTreeMap::new(),
    };
    let mut instruments = Vec::new();
    let mut ties = Vec::new();
    for n in 0..dossier.world.records.instruments.len() {
        draft.instrument(InstrumentId(n as u32), &mut instruments, &mut ties);
    }
    draft.told(&mut ties);
    let order = |l: &str| Layer::WORDS.iter().position(|w| *w == l);
    ties.sort_by(|x, y| {
        let key = |t: &AtlasTie| (t.a, t.b, order(t.layer), t.instrument);
        key(x).cmp(&key(y)).then_with(|| x.claim.cmp(&y.claim))
    });
    let changes = draft.changes();
    Ok(Atlas { on, ends: draft.ends, instruments, ties, changes, basis: basis.echo })
}

/// The day numbers between which a written day lies.
///
/// # Errors
/// A date that is not understood.
pub fn day_numbers(text: &str, today: &str) -> Result<(i32, i32), AskError> {
    let m = crate::basis::moment("on", text, today)?;
    Ok((m.earliest.number(), m.latest.number()))
}

/// A day number as a date.
pub fn date_of(day: i32) -> String {
    Day::from_number(day).to_string()
}

/// A day number as year, month, day.
pub fn ymd(day: i32) -> (i32, u8, u8) {
    Day::from_number(day).ymd()
}

/// The day number of a date.
pub fn day_number(year: i32, month: u8, day: u8) -> Option<i32> {
    Day::from_ymd(year, month, day).map(Day::number)
}

struct Draft<'v, 'w> {
    view: &'v View<'w>,
    on: (i32, i32),
    world: &'w World,
    ends: Vec<AtlasEnd>,
    of_actor: BTreeMap<ActorId, usize>,
    of_hub: BTreeMap<InstrumentId, usize>,
}

/// Acts and spans gathered for one line.
#[derive(Default)]
struct Line {
    out: bool,
    back: bool,
    acts: Vec<AtlasAct>,
    spans: Vec<Span>,
    /// With how surely its phase holds on the day asked about.
    evidence: Vec<(EvidenceId, Held)>,
}

impl Line {
    /// Notes what one clause and one spell of it rest on. A row of several phases counts as the surest of them.
    fn rests_on(&mut self, rows: impl IntoIterator<Item = EvidenceId>, held: Held) {
        for row in rows {
            match self.evidence.iter().position(|(e, _)| *e == row) {
                Some(n) if self.evidence[n].1 >= held => continue,
                Some(n) => drop(self.evidence.remove(n)),
                None => {}
            }
            self.evidence.push((row, held));
        }
    }

    /// What it rests on, what holds on the day first.
    fn grounds(&mut self) -> Vec<EvidenceId> {
        self.evidence.sort_by_key(|(_, held)| std::cmp::Reverse(*held));
        self.evidence.iter().map(|(e, _)| *e).collect()
    }

    /// Its spans in order, those that run on without a day between told as one: a treaty amended is not a tie begun.
    fn runs(&mut self) -> Vec<Span> {
        self.spans.sort_by_key(|s| (s.from_earliest, s.from_latest, s.to_earliest));
        let mut out: Vec<Span> = Vec::new();
        for s in std::mem::take(&mut self.spans) {
            match out.last_mut().and_then(|before| before.with(&s)) {
                Some(one) => *out.last_mut().expect("just looked at") = one,
                None => out.push(s),
            }
        }
        out
    }
}

impl Draft<'_, '_> {
    fn actor(&mut self, a: ActorId) -> usize {
        if let Some(n) = self.of_actor.get(&a) {
            return *n;
        }
        let row = &self.world.records.actors[a.ix()];
        self.ends.push(AtlasEnd {
            id: row.id.clone(),
            name: row.name.clone(),
            kind: row.kind.word().to_owned(),
            exists: Span::of(self.view.exists[a.ix()], false),
            hub: None,
        });
        self.of_actor.insert(a, self.ends.len() - 1);
        self.ends.len() - 1
    }

    /// The end on which the parties of an instrument hang: the organisation it constitutes, or itself.
    fn hub(&mut self, i: InstrumentId, number: usize) -> usize {
        if let Some(n) = self.of_hub.get(&i) {
            return *n;
        }
        let row = &self.world.records.instruments[i.ix()];
        let organisation =
            self.world.records.actors.iter().position(|a| a.constituted_by.as_ref() == Some(&row.id));
        let end = match organisation {
            Some(a) => {
                let n = self.actor(ActorId(a as u32));
                self.ends[n].hub = Some(number);
                n
            }
            None => {
                self.ends.push(AtlasEnd {
                    id: row.id.clone(),
                    name: row.name.clone(),
                    kind: "instrument".to_owned(),
                    exists: Span::default(),
                    hub: Some(number),
                });
                self.ends.len() - 1
            }
        };
        self.of_hub.insert(i, end);
        end
    }

    fn instrument(
        &mut self,
        i: InstrumentId,
        instruments: &mut Vec<AtlasInstrument>,
        ties: &mut Vec<AtlasTie>,
    ) {
        let view = self.view;
        let clauses: Vec<&Clause> = view.clauses_of(i).iter().filter(|c| binds(c)).collect();
        if clauses.is_empty() || view.spells_of(i).is_empty() {
            return;
        }
        let number = instruments.len();
        let pair: Option<Vec<ActorId>> =
            (view.linked[i.ix()].len() == 2).then(|| view.linked[i.ix()].clone());
        let mut lines: BTreeMap<(usize, usize, Layer), Line> = BTreeMap::new();
        for clause in clauses {
            let p = view.provision(clause);
            for spell in view.spells_of(i) {
                let x = spell.party;
                let owes = match &clause.by {
                    Sides::These(l) => l.contains(&x),
                    _ => true,
                };
                if !owes {
                    continue;
                }
                let to = match (&clause.to, &pair) {
                    (Sides::These(l), _) if l.len() == 1 => Some(l[0]),
                    (_, Some(two)) => two.iter().find(|o| **o != x).copied(),
                    _ => None,
                };
                if to == Some(x) {
                    continue;
                }
                let spans = spans(view, clause, spell, to, &view.liftings[i.ix()], p.disputed.is_some());
                if spans.is_empty() {
                    continue;
                }
                let a = self.actor(x);
                let b = match to {
                    Some(t) => self.actor(t),
                    None => self.hub(i, number),
                };
                if a == b {
                    continue;
                }
                let line = lines.entry((a.min(b), a.max(b), p.modality.layer())).or_default();
                if a < b {
                    line.out = true;
                } else {
                    line.back = true;
                }
                let act =
                    AtlasAct { strength: p.strength.word(), act: p.act.word(), article: p.article.clone() };
                if !line.acts.contains(&act) {
                    line.acts.push(act);
                }
                let held = spans.iter().map(|s| s.held(self.on)).max().unwrap_or(Held::Not);
                let rows = [Some(clause.evidence), Some(spell.entered), spell.left.map(|l| l.0)];
                line.rests_on(rows.into_iter().flatten(), held);
                for s in spans {
                    if !line.spans.contains(&s) {
                        line.spans.push(s);
                    }
                }
            }
        }
        if lines.is_empty() {
            return;
        }
        let row = &self.world.records.instruments[i.ix()];
        instruments.push(AtlasInstrument {
            id: row.id.clone(),
            name: row.name.clone(),
            kind: row.kind.word().to_owned(),
            binding: row.binding,
        });
        for ((a, b, layer), mut line) in lines {
            // A hub never owes anything: the line says who hangs on it.
            let hub = self.of_hub.get(&i).is_some_and(|h| *h == a || *h == b);
            let strongest = |w: &str| Strength::WORDS.iter().position(|s| *s == w);
            line.acts
                .sort_by(|x, y| strongest(x.strength).cmp(&strongest(y.strength)).then_with(|| x.cmp(y)));
            let (spans, grounds) = (line.runs(), line.grounds());
            ties.push(AtlasTie {
                a,
                b,
                way: way(line.out || hub, line.back || hub),
                layer: layer.word(),
                acts: line.acts,
                instrument: Some(number),
                claim: None,
                says: row.name.clone(),
                spans,
                cites: self.cites(&grounds),
            });
        }
    }

    /// Citations of the sources that count at the basis.
    fn cites(&self, rows: &[EvidenceId]) -> Vec<String> {
        let counts = |c: &String| {
            let source = self.world.source(c.split(' ').next().unwrap_or(c));
            source.is_none_or(|s| self.world.source_visible(s, &self.view.knowledge) != Tv::Not)
        };
        cites_of(self.world, rows).into_iter().filter(counts).collect()
    }

    /// Practice and what is expected, as claims tell it; `ties` tells the same beside the commitments.
    fn told(&mut self, ties: &mut Vec<AtlasTie>) {
        let view = self.view;
        let all: Vec<_> = told::said(view).collect();
        for said in all {
            use Telling::*;
            let practice = matches!(said.tells.what, Seconded | Exercised | Operated | Cooperates | Supplied);
            let foreseen = matches!(said.row.mode, Mode::Planned | Mode::Expected);
            let dropped = matches!(said.row.mode, Mode::Denied | Mode::Judged);
            if !(practice || said.tells.what == Allied) || dropped || told::aside(view, said.claim).is_some()
            {
                continue;
            }
            let list = |keys: &[String]| -> Vec<ActorId> {
                keys.iter().filter_map(|k| self.world.actor(k)).collect()
            };
            let (who, whom) = (list(&said.tells.who), list(&said.tells.whom));
            let layer = if foreseen { Layer::Expectation } else { Layer::Practice };
            let m = said.moment();
            let latest = if said.seen == Tv::Certain { m.earliest } else { Day::MAX };
            let begin = Moment { earliest: m.earliest, latest };
            let Some(period) = Period::new(begin, Moment::OPEN_END) else { continue };
            for (x, y) in pairs(&who, &whom) {
                let (a, b) = (self.actor(x), self.actor(y));
                let act = AtlasAct { strength: "", act: said.tells.what.word(), article: String::new() };
                ties.push(AtlasTie {
                    a: a.min(b),
                    b: a.max(b),
                    way: "both",
                    layer: layer.word(),
                    acts: vec![act],
                    instrument: None,
                    claim: Some(said.row.id.clone()),
                    says: said.row.says.clone(),
                    spans: vec![Span::of(period, false)],
                    cites: self.cites(&[said.evidence]),
                });
            }
        }
        ties.dedup_by(|x, y| x.claim.is_some() && x.claim == y.claim && (x.a, x.b) == (y.a, y.b));
    }

    /// Dated acts of the instruments that tie, and what became of their parties.
    fn changes(&self) -> Vec<AtlasChange> {
        let mut out = Vec::new();
        let entries = foedera_reason::mechanism::timeline::timeline(
            self.view,
            &[],
            Moment::OPEN_START,
            Moment::OPEN_END,
        );
        for e in entries {
            let mut ends: Vec<usize> = Vec::new();
            if let Some(i) = self.world.instrument(&e.id) {
                ends.extend(self.of_hub.get(&i));
                ends.extend(self.view.linked[i.ix()].iter().filter_map(|a| self.of_actor.get(a)));
            } else if let Some(a) = self.world.actor(&e.id) {
                ends.extend(self.of_actor.get(&a));
            }
            if ends.is_empty() || e.on.latest == Day::MAX || e.on.earliest == Day::MIN {
                continue;
            }
            out.push(AtlasChange {
                day: e.on.latest.number(),
                on: e.written.clone().unwrap_or_else(|| foedera_reason::mechanism::casus::moment(e.on)),
                says: e.text.clone(),
                id: e.id.clone(),
                ends,
                cites: self.cites(&[e.evidence]),
            });
        }
        out.sort_by(|x, y| (x.day, &x.id, &x.says).cmp(&(y.day, &y.id, &y.says)));
        out
    }
}

/// Whether a clause ties at all: no definition, nothing merely recommended or forbidden. The same test as in `ties`.
fn binds(c: &Clause) -> bool {
    c.act != Act::Define && !matches!(c.modality, Modality::Recommendation | Modality::Prohibition)
}

fn way(out: bool, back: bool) -> &'static str {
    match (out, back) {
        (true, true) => "both",
        (_, false) => "out",
        _ => "in",
    }
}

/// Who is told to act with whom: each with each across, or among themselves. More than a dozen would be no tie but a crowd.
fn pairs(who: &[ActorId], whom: &[ActorId]) -> Vec<(ActorId, ActorId)> {
    let mut out = Vec::new();
    for (n, x) in who.iter().enumerate() {
        let others = if whom.is_empty() { &who[n + 1..] } else { whom };
        out.extend(others.iter().filter(|y| *y != x).map(|y| (*x, *y)));
    }
    out.truncate(12);
    out
}

/// When one party owes one clause: its spell within the clause's life, less what is lifted.
fn spans(
    view: &View<'_>,
    clause: &Clause,
    spell: &Spell,
    to: Option<ActorId>,
    liftings: &[Lifting],
    disputed: bool,
) -> Vec<Span> {
    let article = &view.provision(clause).article;
    let lifts: Vec<&Lifting> = liftings
        .iter()
        .filter(|l| {
            l.by.contains(&spell.party)
                && l.provision.as_ref().is_none_or(|p| p == article)
                && to.is_none_or(|t| l.toward.is_empty() || l.toward.contains(&t))
                && (to.is_some() || l.toward.is_empty())
        })
        .collect();
    let mut pieces: Vec<(Period, bool)> = Vec::new();
    for life in &clause.periods {
        // As in `ties`: the clause's uncertain ends do not make the tie uncertain, the party's do.
        let s = spell.period;
        let begin = Moment {
            earliest: s.begin.earliest.max(life.begin.earliest),
            latest: s.begin.latest.max(life.begin.earliest),
        };
        let end = Moment {
            earliest: s.end.earliest.min(life.end.latest),
            latest: s.end.latest.min(life.end.latest),
        };
        pieces.extend(Period::new(begin, end).map(|p| (p, disputed)));
    }
    for l in lifts {
        pieces = pieces.into_iter().flat_map(|(p, d)| without(p, d, l)).collect();
    }
    pieces.into_iter().map(|(p, d)| Span::of(p, d)).collect()
}

/// A period less a lifting; where the lifting is contested the time stays, marked.
fn without(p: Period, disputed: bool, l: &Lifting) -> Vec<(Period, bool)> {
    let (from, to) = (l.period.begin.earliest, l.period.end.latest);
    let upto = |m: Moment, d: Day| Moment { earliest: m.earliest.min(d), latest: m.latest.min(d) };
    let since = |m: Moment, d: Day| Moment { earliest: m.earliest.max(d), latest: m.latest.max(d) };
    let before = Period::new(p.begin, upto(p.end, from)).map(|p| (p, disputed));
    let after = Period::new(since(p.begin, to), p.end).map(|p| (p, disputed));
    let during =
        l.disputed.is_some().then(|| Period::new(since(p.begin, from), upto(p.end, to)).map(|p| (p, true)));
    [before, during.flatten(), after].into_iter().flatten().collect()
}

//! The drawing of the atlas: from clauses and spells, and from claims of practice, to lines between two ends.
//!
//! In: a view and a day. Out: ends, instruments, ties and dated changes, as they are found. What always holds: clauses of one layer
//! between two ends under one instrument are one line; of what it rests on, the phase that holds on the day stands first.

use std::collections::BTreeMap;

use foedera_reason::told;
use foedera_world::terms::*;
use foedera_world::time::{Day, Moment, Period, Tv};
use foedera_world::view::{Clause, Sides};
use foedera_world::world::{ActorId, EvidenceId, InstrumentId};
use foedera_world::{View, World};

use super::span::spans;
use super::{AtlasAct, AtlasChange, AtlasEnd, AtlasInstrument, AtlasTie, Held, Span};
use crate::ask::cites_of;

/// What was drawn; numbers refer to places in these lists.
pub(super) struct Drawn {
    pub(super) ends: Vec<AtlasEnd>,
    pub(super) instruments: Vec<AtlasInstrument>,
    pub(super) ties: Vec<AtlasTie>,
    pub(super) changes: Vec<AtlasChange>,
}

/// Draws everything a view knows, for a day known to lie between two day numbers.
pub(super) fn draw(view: &View<'_>, on: (i32, i32)) -> Drawn {
    let world = view.world;
    let mut draft =
        Draft { view, on, world, ends: Vec::new(), of_actor: BTreeMap::new(), of_hub: BTreeMap::new() };
    let mut instruments = Vec::new();
    let mut ties = Vec::new();
    for n in 0..world.records.instruments.len() {
        draft.instrument(InstrumentId(n as u32), &mut instruments, &mut ties);
    }
    draft.told(&mut ties);
    let order = |l: &str| Layer::WORDS.iter().position(|w| *w == l);
    ties.sort_by(|x, y| {
        let key = |t: &AtlasTie| (t.a, t.b, order(t.layer), t.instrument);
        key(x).cmp(&key(y)).then_with(|| x.claim.cmp(&y.claim))
    });
    let changes = draft.changes();
    Drawn { ends: draft.ends, instruments, ties, changes }
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
        // Strongest first: what a line says first is what it cites first.
        let mut clauses: Vec<&Clause> = view.clauses_of(i).iter().filter(|c| binds(c)).collect();
        let strength = |w: &str| Strength::WORDS.iter().position(|s| *s == w);
        clauses.sort_by_key(|c| {
            let p = view.provision(c);
            (strength(p.strength.word()), p.act.word(), &p.article)
        });
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

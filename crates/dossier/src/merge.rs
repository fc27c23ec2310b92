//! Rows of the same id and kind become one row.
//!
//! In: the drafts of all files, in order. Out: one [`Draft`] in which every id stands once. What always holds: lists
//! are appended; of two differing scalars the earlier stays and the later becomes a rival value, with a warning;
//! nothing written is lost.

use std::collections::{BTreeMap, BTreeSet};

use foedera_world::record::*;
use foedera_world::terms::Rank;
use foedera_world::{Finding, Severity};

use crate::draft::{Draft, Marks, Placed};
use crate::source::Shelf;

/// Joins drafts in order and merges rows of the same id.
pub(crate) fn merge(drafts: Vec<Draft>, shelf: &Shelf<'_>) -> (Draft, Vec<Finding>) {
    let mut all = Draft::default();
    for draft in drafts {
        // The dossier asked for is read last; its name and title stand for the whole.
        if !draft.name.is_empty() {
            (all.name, all.title) = (draft.name, draft.title);
        }
        all.packs.extend(draft.packs);
        all.sources.extend(draft.sources);
        all.actors.extend(draft.actors);
        all.memberships.extend(draft.memberships);
        all.offices.extend(draft.offices);
        all.places.extend(draft.places);
        all.areas.extend(draft.areas);
        all.instruments.extend(draft.instruments);
        all.circumstances.extend(draft.circumstances);
        all.things.extend(draft.things);
        all.matters.extend(draft.matters);
        all.claims.extend(draft.claims);
        all.conflicts.extend(draft.conflicts);
        all.checklists.extend(draft.checklists);
        all.rivals.extend(draft.rivals);
    }
    let mut m = Merging { shelf, rivals: Vec::new(), findings: Vec::new() };
    all.packs = m.by_id(all.packs);
    all.sources = m.by_id(all.sources);
    all.actors = m.by_id(all.actors);
    all.offices = m.by_id(all.offices);
    all.places = m.by_id(all.places);
    all.areas = m.by_id(all.areas);
    all.instruments = m.by_id(all.instruments);
    all.things = m.by_id(all.things);
    all.matters = m.by_id(all.matters);
    all.claims = m.by_id(all.claims);
    all.conflicts = m.by_id(all.conflicts);
    all.checklists = m.by_id(all.checklists);
    all.rivals.extend(m.rivals);
    (all, m.findings)
}

/// A row with an id.
trait Named {
    fn id(&self) -> &Key;
    fn row_mut(&mut self) -> &mut Row;
    /// Takes in what another row of the same id says.
    fn take_in(&mut self, two: &mut Two<'_, '_, '_>, other: Self);
}

struct Merging<'s, 'a> {
    shelf: &'s Shelf<'a>,
    rivals: Vec<Placed<Rival>>,
    findings: Vec<Finding>,
}

impl<'s, 'a> Merging<'s, 'a> {
    fn by_id<T: Named>(&mut self, rows: Vec<Placed<T>>) -> Vec<Placed<T>> {
        let mut at: BTreeMap<Key, usize> = BTreeMap::new();
        let mut out: Vec<Placed<T>> = Vec::with_capacity(rows.len());
        for mut placed in rows {
            match at.get(placed.row.id()) {
                None => {
                    at.insert(placed.row.id().clone(), out.len());
                    out.push(placed);
                }
                Some(&i) => {
                    let first = &mut out[i];
                    let id = first.row.id().clone();
                    let other = std::mem::take(placed.row.row_mut());
                    let mut two = Two {
                        m: self,
                        id,
                        told_again: Vec::new(),
                        ours: &mut first.marks,
                        theirs: &placed.marks,
                        row: &other,
                    };
                    first.row.take_in(&mut two, placed.row);
                    let told_again = two.told_again;
                    let own = first.row.row_mut();
                    append(&mut own.cite, other.cite);
                    append(&mut own.supersedes, other.supersedes);
                    own.note = own.note.take().or(other.note);
                    own.recorded = own.recorded.take().or(other.recorded);
                    own.withdrawn = own.withdrawn.take().or(other.withdrawn);
                    for (name, marks) in placed.marks.parts {
                        let again = told_again.iter().find(|(n, _)| *n == name).map_or(&[][..], |(_, at)| at);
                        let mut at = 0..;
                        let marks: Vec<Marks> = marks
                            .into_iter()
                            .filter(|_| at.next().is_some_and(|at| !again.contains(&at)))
                            .collect();
                        match first.marks.parts.iter_mut().find(|(n, _)| *n == name) {
                            Some((_, own)) => own.extend(marks),
                            None => first.marks.parts.push((name, marks)),
                        }
                    }
                }
            }
        }
        out
    }
}

/// Adds what is not yet there, in order.
fn append<T: Ord + Clone>(own: &mut Vec<T>, more: Vec<T>) {
    if more.is_empty() {
        return;
    }
    let mut there: BTreeSet<T> = own.iter().cloned().collect();
    own.extend(more.into_iter().filter(|item| there.insert(item.clone())));
}

/// Adds what is not yet there, of things without an order.
fn append_new<T: PartialEq>(own: &mut Vec<T>, more: Vec<T>) {
    for item in more {
        if !own.contains(&item) {
            own.push(item);
        }
    }
}

/// Two rows being made one.
struct Two<'m, 's, 'a> {
    m: &'m mut Merging<'s, 'a>,
    id: Key,
    /// Parts of the other row that say just what a part here says: their positions, by the part's name.
    told_again: Vec<(&'static str, Vec<usize>)>,
    ours: &'m mut Marks,
    theirs: &'m Marks,
    row: &'m Row,
}

impl Two<'_, '_, '_> {
    /// A scalar: only what was written counts; a difference is kept as a rival.
    fn scalar<T: PartialEq>(
        &mut self,
        field: &'static str,
        own: &mut T,
        other: T,
        show: impl Fn(&T) -> String,
    ) {
        let Some(theirs) = self.theirs.written(field).cloned() else { return };
        let Some(ours) = self.ours.written(field).cloned() else {
            self.ours.fields.push((field, theirs));
            *own = other;
            return;
        };
        if *own == other {
            return;
        }
        let (kept, value) = (show(own), show(&other));
        let file = |marks: &Marks| self.m.shelf.files[marks.file as usize].name;
        let message = format!("`{field}` of `{}` is `{kept}` in one file and `{value}` in another", self.id);
        let finding = Finding::new("rival-values", Severity::Warning, message, file(self.theirs), theirs)
            .also(file(self.ours), ours, "this value is used")
            .help("correct one, or say which is preferred and why in a `[[rival]]`");
        self.m.findings.push(finding);
        let row = Row { origin: self.row.origin.clone(), cite: self.row.cite.clone(), ..Row::default() };
        let rival = Rival {
            of: self.id.clone(),
            field: field.to_owned(),
            value,
            rank: Rank::Normal,
            reason: "two files differ".to_owned(),
            row,
        };
        self.m.rivals.push(Placed { row: rival, marks: Marks { parts: Vec::new(), ..self.theirs.clone() } });
    }

    /// Dated rows. Two dossiers that say the same of one instrument say it once, with the citations of both: a row without a remark, a revision
    /// or a withdrawal of its own, and with citations of its own, is taken in by its like.
    fn rows<T: PartialEq + Clone>(
        &mut self,
        part: &'static str,
        own: &mut Vec<T>,
        more: Vec<T>,
        row: impl Fn(&mut T) -> &mut Row,
    ) {
        let split = |mut item: T| {
            let taken = std::mem::take(row(&mut item));
            (item, taken)
        };
        let plain = |r: &Row| {
            !r.cite.is_empty()
                && (&r.note, &r.recorded, &r.withdrawn) == (&None, &None, &None)
                && r.supersedes.is_empty()
        };
        let mut there: Vec<(T, Row)> = std::mem::take(own).into_iter().map(&split).collect();
        let mut again = Vec::new();
        let before = there.len();
        for (at, item) in more.into_iter().enumerate() {
            let (item, r) = split(item);
            let like = there[..before].iter_mut().find(|(t, own)| plain(own) && plain(&r) && *t == item);
            match like {
                Some((_, own)) => {
                    append(&mut own.cite, r.cite);
                    again.push(at);
                }
                None => there.push((item, r)),
            }
        }
        own.extend(there.into_iter().map(|(mut item, r)| {
            *row(&mut item) = r;
            item
        }));
        self.told_again.push((part, again));
    }

    fn word<T: PartialEq + ToString>(&mut self, field: &'static str, own: &mut T, other: T) {
        self.scalar(field, own, other, T::to_string);
    }

    fn option<T: PartialEq + ToString>(
        &mut self,
        field: &'static str,
        own: &mut Option<T>,
        other: Option<T>,
    ) {
        self.scalar(field, own, other, |v| v.as_ref().map(T::to_string).unwrap_or_default());
    }
}

impl Named for Pack {
    fn id(&self) -> &Key {
        &self.id
    }
    fn row_mut(&mut self) -> &mut Row {
        &mut self.row
    }
    fn take_in(&mut self, two: &mut Two<'_, '_, '_>, other: Pack) {
        two.word("title", &mut self.title, other.title);
    }
}

impl Named for Source {
    fn id(&self) -> &Key {
        &self.id
    }
    fn row_mut(&mut self) -> &mut Row {
        &mut self.row
    }
    fn take_in(&mut self, two: &mut Two<'_, '_, '_>, other: Source) {
        two.word("title", &mut self.title, other.title);
        two.word("kind", &mut self.kind, other.kind);
        two.word("pack", &mut self.pack, other.pack);
        two.word("published", &mut self.published, other.published);
        two.option("publisher", &mut self.publisher, other.publisher);
        two.option("author", &mut self.author, other.author);
        two.option("url", &mut self.url, other.url);
        let grade = |g: &Option<(char, char)>| g.map(|(a, b)| format!("{a}{b}")).unwrap_or_default();
        two.scalar("grade", &mut self.grade, other.grade, grade);
        two.option("grade-why", &mut self.grade_why, other.grade_why);
        two.option("group", &mut self.group, other.group);
        two.option("paragraphs", &mut self.paragraphs, other.paragraphs);
        append(&mut self.uncited, other.uncited);
        append(&mut self.fingerprint, other.fingerprint);
        two.option("covers", &mut self.covers, other.covers);
        // Two files that mark a source differently: the stricter marking holds.
        let strict = self.marking.max(other.marking);
        two.word("marking", &mut self.marking, other.marking);
        self.marking = strict;
    }
}

impl Named for Actor {
    fn id(&self) -> &Key {
        &self.id
    }
    fn row_mut(&mut self) -> &mut Row {
        &mut self.row
    }
    fn take_in(&mut self, two: &mut Two<'_, '_, '_>, other: Actor) {
        two.word("kind", &mut self.kind, other.kind);
        two.word("name", &mut self.name, other.name);
        two.option("exists", &mut self.exists, other.exists);
        two.option("home", &mut self.home, other.home);
        two.option("members-complete", &mut self.members_complete, other.members_complete);
        two.option("constituted-by", &mut self.constituted_by, other.constituted_by);
        append(&mut self.aka, other.aka);
        self.code.extend(other.code);
        self.succeeds.extend(other.succeeds);
    }
}

impl Named for Office {
    fn id(&self) -> &Key {
        &self.id
    }
    fn row_mut(&mut self) -> &mut Row {
        &mut self.row
    }
    fn take_in(&mut self, two: &mut Two<'_, '_, '_>, other: Office) {
        two.word("name", &mut self.name, other.name);
        two.word("of", &mut self.of, other.of);
        self.holder.extend(other.holder);
    }
}

impl Named for foedera_world::record::Place {
    fn id(&self) -> &Key {
        &self.id
    }
    fn row_mut(&mut self) -> &mut Row {
        &mut self.row
    }
    fn take_in(&mut self, two: &mut Two<'_, '_, '_>, other: foedera_world::record::Place) {
        two.word("name", &mut self.name, other.name);
        let at = |at: &Option<(f64, f64)>| at.map(|(lat, lon)| format!("[{lat}, {lon}]")).unwrap_or_default();
        two.scalar("at", &mut self.at, other.at, at);
        append(&mut self.aka, other.aka);
        append(&mut self.within, other.within);
        self.sovereign.extend(other.sovereign);
        self.administered.extend(other.administered);
        self.claimed.extend(other.claimed);
    }
}

impl Named for Area {
    fn id(&self) -> &Key {
        &self.id
    }
    fn row_mut(&mut self) -> &mut Row {
        &mut self.row
    }
    fn take_in(&mut self, two: &mut Two<'_, '_, '_>, other: Area) {
        two.word("name", &mut self.name, other.name);
        let written = two.m.shelf.files[two.theirs.file as usize].text.get(two.theirs.field("is"));
        let written = written.unwrap_or_default().to_owned();
        let own = two.m.shelf.files[two.ours.file as usize]
            .text
            .get(two.ours.field("is"))
            .unwrap_or_default()
            .to_owned();
        let theirs = other.is.clone();
        two.scalar(
            "is",
            &mut self.is,
            other.is,
            |is| if *is == theirs { written.clone() } else { own.clone() },
        );
    }
}

impl Named for Claim {
    fn id(&self) -> &Key {
        &self.id
    }
    fn row_mut(&mut self) -> &mut Row {
        &mut self.row
    }
    fn take_in(&mut self, two: &mut Two<'_, '_, '_>, other: Claim) {
        two.word("kind", &mut self.kind, other.kind);
        two.word("says", &mut self.says, other.says);
        two.option("on", &mut self.on, other.on);
        two.word("mode", &mut self.mode, other.mode);
        two.option("by", &mut self.by, other.by);
        two.option("quote", &mut self.quote, other.quote);
        two.option("likelihood", &mut self.likelihood, other.likelihood);
        two.word("yardstick", &mut self.yardstick, other.yardstick);
        append(&mut self.about, other.about);
        append(&mut self.holder, other.holder);
        self.tells.extend(other.tells);
        self.expects = self.expects.take().or(other.expects);
    }
}

impl Named for Thing {
    fn id(&self) -> &Key {
        &self.id
    }
    fn row_mut(&mut self) -> &mut Row {
        &mut self.row
    }
    fn take_in(&mut self, two: &mut Two<'_, '_, '_>, other: Thing) {
        two.word("name", &mut self.name, other.name);
        two.option("place", &mut self.place, other.place);
        two.option("part-of", &mut self.part_of, other.part_of);
        append(&mut self.aka, other.aka);
        append(&mut self.of, other.of);
        match (&mut self.detail, other.detail) {
            (ThingDetail::Event { kind, on }, ThingDetail::Event { kind: other_kind, on: other_on }) => {
                two.word("kind", kind, other_kind);
                two.option("on", on, other_on);
            }
            (
                ThingDetail::Measure { unit, kind, apart_from },
                ThingDetail::Measure { unit: other_unit, kind: other_kind, apart_from: more },
            ) => {
                two.option("unit", unit, other_unit);
                two.word("kind", kind, other_kind);
                append(apart_from, more);
            }
            _ => {}
        }
    }
}

impl Named for Matter {
    fn id(&self) -> &Key {
        &self.id
    }
    fn row_mut(&mut self) -> &mut Row {
        &mut self.row
    }
    fn take_in(&mut self, two: &mut Two<'_, '_, '_>, other: Matter) {
        two.word("name", &mut self.name, other.name);
        two.option("question", &mut self.question, other.question);
        two.option("body", &mut self.body, other.body);
        two.word("procedure", &mut self.procedure, other.procedure);
        two.option("presumes", &mut self.presumes, other.presumes);
        append(&mut self.aka, other.aka);
        append(&mut self.deciders, other.deciders);
        append(&mut self.about, other.about);
        self.settled.extend(other.settled);
    }
}

impl Named for Conflict {
    fn id(&self) -> &Key {
        &self.id
    }
    fn row_mut(&mut self) -> &mut Row {
        &mut self.row
    }
    fn take_in(&mut self, two: &mut Two<'_, '_, '_>, other: Conflict) {
        two.word("says", &mut self.says, other.says);
        two.word("shows", &mut self.shows, other.shows);
        two.word("compatible", &mut self.compatible, other.compatible);
        append(&mut self.kind, other.kind);
        append(&mut self.about, other.about);
        append(&mut self.claims, other.claims);
        append(&mut self.sets_aside, other.sets_aside);
        self.record = self.record.take().or(other.record);
    }
}

impl Named for Checklist {
    fn id(&self) -> &Key {
        &self.id
    }
    fn row_mut(&mut self) -> &mut Row {
        &mut self.row
    }
    fn take_in(&mut self, two: &mut Two<'_, '_, '_>, other: Checklist) {
        two.word("name", &mut self.name, other.name);
        two.word("of", &mut self.of, other.of);
        append(&mut self.ids, other.ids);
    }
}

impl Named for Instrument {
    fn id(&self) -> &Key {
        &self.id
    }
    fn row_mut(&mut self) -> &mut Row {
        &mut self.row
    }
    fn take_in(&mut self, two: &mut Two<'_, '_, '_>, other: Instrument) {
        two.word("name", &mut self.name, other.name);
        let default_binding = two.theirs.written("kind").is_some() && two.ours.written("kind").is_none();
        two.word("kind", &mut self.kind, other.kind);
        if default_binding && two.ours.written("binding").is_none() {
            self.binding = self.kind.binds();
        }
        two.word("binding", &mut self.binding, other.binding);
        two.option("parties-complete", &mut self.parties_complete, other.parties_complete);
        two.word("secret", &mut self.secret, other.secret);
        two.option("depositary", &mut self.depositary, other.depositary);
        two.scalar("term", &mut self.term, other.term, |t| {
            t.as_ref().map_or_else(String::new, |t| {
                let length = t.length.map_or("indefinite".to_owned(), |l| l.to_string());
                let notice = t.notice.map_or("none".to_owned(), |n| n.to_string());
                format!("{length}, renewal {}, notice {notice}", t.renewal)
            })
        });
        append(&mut self.aka, other.aka);
        append_new(&mut self.code, other.code);
        append(&mut self.parties, other.parties);
        append(&mut self.languages, other.languages);
        self.supersedes.extend(other.supersedes);
        self.version.extend(other.version);
        two.rows("action", &mut self.action, other.action, |a| &mut a.row);
        two.rows("provision", &mut self.provision, other.provision, |p| &mut p.row);
    }
}

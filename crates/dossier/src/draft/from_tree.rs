//! One tree to the rows it holds.
//!
//! In: a tree, its file, all names. Out: the rows in the order of the file, and what was noticed. What always holds:
//! files are read independently of each other; a file whose syntax is not whole gives no rows; a row that cannot be
//! read is lost alone, and its id is remembered as lost.

use toml::de::DeValue;

use super::claims::{checklist, claim, conflict, domain, event, facility, matter, measure};
use super::fields::Fields;
use super::instruments::instrument;
use super::reader::{Reader, Reading, clip, list};
use super::things::{actor, area, circumstance, membership, office, pack, place, rival, source};
use super::{Draft, Placed};
use crate::grammar::{DOSSIER, Kind, TABLES, Table};
use crate::resolve::{Names, nearest};
use crate::source::File;
use crate::tree::{Tree, kind_of, text_of};

/// Reads the rows of a file.
pub(crate) fn from_tree<'a>(
    tree: &'a Tree<'a>,
    file: &'a File<'a>,
    names: &'a Names<'a>,
) -> (Draft, Reading) {
    let mut draft = Draft::default();
    let mut r = Reader { names, file, number: tree.file, left: Reading::default() };
    if !tree.whole {
        for table in TABLES {
            let ids = tree.rows(table.name).iter().filter_map(|row| text_of(row, "id"));
            r.left.lost.extend(ids.map(|(_, span)| span.start));
        }
        return (draft, r.left);
    }
    for (key, value) in tree.root.iter() {
        match TABLES.iter().find(|t| t.name == key.get_ref().as_ref()) {
            None => unknown_table(&mut r, key.get_ref(), key.span(), value.get_ref()),
            Some(table) if table.name == DOSSIER.name => {}
            Some(table) => {
                if !matches!(value.get_ref(), DeValue::Array(_)) {
                    let message =
                        format!("`{}` is {}; expected a list of rows", table.name, kind_of(value.get_ref()));
                    let help = format!("begin each row with `[[{}]]`", table.name);
                    r.error("wrong-type", message, key.span(), help);
                }
            }
        }
    }
    if let Some(value) = tree.root.get(DOSSIER.name)
        && let Some(mut f) = Fields::open(&mut r, &DOSSIER, value, false)
    {
        draft.name = f.text(&mut r, "name").unwrap_or_default();
        draft.title = f.text(&mut r, "title").unwrap_or_default();
        f.texts(&mut r, "includes");
    }
    let all = Rows { tree, volume: file.volume };
    let r = &mut r;
    all.read(r, Kind::Pack, &mut draft.packs, pack);
    all.read(r, Kind::Source, &mut draft.sources, source);
    let places = &mut draft.places;
    all.read(r, Kind::Actor, &mut draft.actors, |r, f| {
        let (actor, home) = actor(r, f);
        places.extend(home);
        actor
    });
    all.read(r, Kind::Office, &mut draft.offices, office);
    all.read(r, Kind::Place, places, place);
    all.read(r, Kind::Area, &mut draft.areas, area);
    all.read(r, Kind::Instrument, &mut draft.instruments, instrument);
    all.read(r, Kind::Event, &mut draft.things, event);
    all.read(r, Kind::Facility, &mut draft.things, facility);
    all.read(r, Kind::Domain, &mut draft.things, domain);
    all.read(r, Kind::Measure, &mut draft.things, measure);
    all.read(r, Kind::Matter, &mut draft.matters, matter);
    all.read(r, Kind::Claim, &mut draft.claims, claim);
    all.read(r, Kind::Conflict, &mut draft.conflicts, conflict);
    all.read(r, Kind::Checklist, &mut draft.checklists, checklist);
    all.read_unnamed(r, "membership", &mut draft.memberships, membership);
    all.read_unnamed(r, "circumstance", &mut draft.circumstances, circumstance);
    all.read_unnamed(r, "rival", &mut draft.rivals, rival);
    (draft, std::mem::take(&mut r.left))
}

struct Rows<'a> {
    tree: &'a Tree<'a>,
    volume: u32,
}

impl<'a> Rows<'a> {
    fn table(name: &str) -> &'static Table {
        TABLES.iter().find(|t| t.name == name).expect("every table read here is in the grammar")
    }

    /// Reads the rows of a kind that has ids.
    fn read<T>(
        &self,
        r: &mut Reader<'_>,
        kind: Kind,
        into: &mut Vec<Placed<T>>,
        mut read: impl FnMut(&mut Reader<'_>, Fields<'a>) -> Option<Placed<T>>,
    ) {
        let def = Self::table(kind.word());
        for value in self.tree.rows(def.name) {
            let id = text_of(value, "id");
            if let Some((_, span)) = &id
                && r.names.ignored.contains(&(self.tree.file, span.start))
            {
                continue;
            }
            let continues = id.as_ref().is_some_and(|(id, _)| r.names.continues(kind, id, self.volume));
            match Fields::open(r, def, value, continues).and_then(|f| read(r, f)) {
                Some(placed) => into.push(placed),
                None => r.left.lost.extend(id.map(|(_, span)| span.start)),
            }
        }
    }

    fn read_unnamed<T>(
        &self,
        r: &mut Reader<'_>,
        name: &str,
        into: &mut Vec<Placed<T>>,
        mut read: impl FnMut(&mut Reader<'_>, Fields<'a>) -> Option<Placed<T>>,
    ) {
        let def = Self::table(name);
        for value in self.tree.rows(name) {
            into.extend(Fields::open(r, def, value, false).and_then(|f| read(r, f)));
        }
    }
}

fn unknown_table(r: &mut Reader<'_>, found: &str, span: std::ops::Range<usize>, value: &DeValue<'_>) {
    let known: Vec<&str> = TABLES.iter().map(|t| t.name).collect();
    let is_table = matches!(value, DeValue::Table(_) | DeValue::Array(_));
    let message = if is_table {
        format!("`{}` is not a table of the language", clip(found))
    } else {
        format!("`{}` stands outside any table", clip(found))
    };
    r.report("unknown-table", message, span, |f| match nearest(found, known.iter().copied()) {
        Some(name) => f.help(format!("did you mean `[[{name}]]`?")),
        None if is_table => f.help(format!("the tables are {}", list(&known))),
        None => f.help("write it under a header such as `[dossier]` or `[[actor]]`"),
    });
}

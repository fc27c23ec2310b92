//! A table under construction: typed columns, cells, and how days and ends are written.
//!
//! In: rows of cells. Out: a [`WorldTable`]. What always holds: a day within bounds is two cells; beside an end stands a word that says which kind of gap
//! it is; a cell of another type than its column is a gap.

use foedera_columns::{Column, Table, Values};
use foedera_world::time::{Day, Moment, Period};

use super::WorldTable;

/// What a column holds, beside text: whole numbers, or days.
#[derive(Clone, Copy)]
pub(super) enum Holds {
    Text,
    Number,
    Day,
}

pub(super) type Spec = (&'static str, Holds, &'static str);

/// A cell.
pub(super) enum Cell {
    Text(String),
    Number(i32),
    Day(Day),
    None,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Cell {
        Cell::Text(text.clone())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<bool> for Cell {
    fn from(flag: bool) -> Cell {
        Cell::Number(i32::from(flag))
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(cell: Option<T>) -> Cell {
        cell.map_or(Cell::None, Into::into)
    }
}

/// A list of ids.
pub(super) fn list(ids: &[String]) -> Cell {
    if ids.is_empty() { Cell::None } else { Cell::Text(ids.join(" ")) }
}

/// A table under construction.
pub(super) struct Sheet {
    columns: Vec<Column>,
}

impl Sheet {
    pub(super) fn new(specs: &[Spec]) -> Sheet {
        let column = |(name, holds, meaning): &Spec| Column {
            name: (*name).to_owned(),
            meaning: (*meaning).to_owned(),
            values: match holds {
                Holds::Text => Values::Text(Vec::new()),
                Holds::Number => Values::Int(Vec::new()),
                Holds::Day => Values::Day(Vec::new()),
            },
        };
        Sheet { columns: specs.iter().map(column).collect() }
    }

    /// Adds a row; a cell of another type than its column is a gap.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        let mut cells = cells.into_iter();
        for c in &mut self.columns {
            match (&mut c.values, cells.next().unwrap_or(Cell::None)) {
                (Values::Text(v), Cell::Text(t)) => v.push(Some(t)),
                (Values::Text(v), _) => v.push(None),
                (Values::Int(v), Cell::Number(n)) => v.push(Some(n)),
                (Values::Int(v), _) => v.push(None),
                (Values::Day(v), Cell::Day(d)) => v.push(Some(d.number())),
                (Values::Day(v), _) => v.push(None),
                (Values::Float(v), _) => v.push(None),
            }
        }
    }

    pub(super) fn named(self, name: &'static str, says: &'static str) -> WorldTable {
        WorldTable { name, says, table: Table { columns: self.columns } }
    }
}

/// A bound of a day; none if it is open.
pub(super) fn bound(day: Day) -> Cell {
    if day == Day::MIN || day == Day::MAX { Cell::None } else { Cell::Day(day) }
}

pub(super) fn bounds(m: Option<Moment>) -> [Cell; 2] {
    m.map_or([Cell::None, Cell::None], |m| [bound(m.earliest), bound(m.latest)])
}

/// Begin and end of a period, with a word for the end.
pub(super) fn extent(p: Period, not_covered: bool) -> [Cell; 5] {
    let [a, b] = bounds(Some(p.begin));
    let [c, d] = bounds(Some(p.end));
    let word = match (p.end, not_covered) {
        (_, true) => "not-covered",
        (Moment::OPEN_END, _) => "still",
        (end, _) if end.is_exact() => "day",
        _ => "bounded",
    };
    [a, b, c, d, word.into()]
}

pub(super) const BEGINS: [Spec; 2] = [
    ("begin_earliest", Holds::Day, "first day on which it may have begun; empty: always was"),
    ("begin_latest", Holds::Day, "last day on which it may have begun"),
];
pub(super) const ENDS: [Spec; 3] = [
    ("end_earliest", Holds::Day, "first day on which it may hold no longer"),
    ("end_latest", Holds::Day, "last day on which it may still have held; empty: see end_is"),
    (
        "end_is",
        Holds::Text,
        "day: known to the day; bounded: between the two; still: no end is told; not-covered: from end_earliest on nothing is known",
    ),
];
pub(super) const CITES: Spec = ("cites", Holds::Text, "sources with locators, set apart by `; `");

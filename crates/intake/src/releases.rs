//! Two releases of one data set, row by row and cell by cell.
//!
//! In: two checked raw tables and the columns that name a row. Out: rows only one has, and cells that differ. What always holds: rows are
//! matched by their key alone; where a key is not unique, its rows are matched in their order; nothing is judged equal that is not
//! the same text.

use std::collections::BTreeMap;

use crate::Raw;

/// What differs between two releases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A row only the older has, by its key.
    Removed(Vec<String>),
    /// A row only the newer has.
    Added(Vec<String>),
    /// A cell that differs: key, column, older, newer.
    Cell {
        /// The row's key.
        key: Vec<String>,
        /// The column.
        column: String,
        /// What the older release has.
        old: String,
        /// What the newer has.
        new: String,
    },
}

/// Compares two releases over the columns both have. Columns only one has, and those in `leave_out`, are passed over.
pub fn compare(old: &Raw, new: &Raw, key: &[&str], leave_out: &[&str]) -> Vec<Change> {
    let rows = |raw: &Raw| {
        let mut out: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for row in 0..raw.rows() {
            out.entry(key.iter().map(|k| raw.get(row, k).to_owned()).collect()).or_default().push(row);
        }
        out
    };
    let (before, mut after) = (rows(old), rows(new));
    let columns: Vec<&String> = old
        .header
        .iter()
        .filter(|c| new.column(c).is_some() && !key.contains(&c.as_str()) && !leave_out.contains(&c.as_str()))
        .collect();
    let mut out = Vec::new();
    for (key, old_rows) in before {
        let new_rows = after.remove(&key).unwrap_or_default();
        for i in 0..old_rows.len().max(new_rows.len()) {
            match (old_rows.get(i), new_rows.get(i)) {
                (Some(a), Some(b)) => {
                    for column in &columns {
                        let (was, is) = (old.get(*a, column), new.get(*b, column));
                        if was != is {
                            out.push(Change::Cell {
                                key: key.clone(),
                                column: (*column).clone(),
                                old: was.to_owned(),
                                new: is.to_owned(),
                            });
                        }
                    }
                }
                (Some(_), None) => out.push(Change::Removed(key.clone())),
                _ => out.push(Change::Added(key.clone())),
            }
        }
    }
    for (key, rows) in after {
        out.extend(rows.iter().map(|_| Change::Added(key.clone())));
    }
    out
}

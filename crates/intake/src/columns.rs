//! What each column of a data set may hold, what becomes of it, and why: read from the tables in `data/`, one line per column.
//!
//! In: such a table (name, values, what becomes of it, why; by tabs) and a raw table. Out: a refusal of the first cell that does not
//! fit, or notes on cells that are allowed but flagged. What always holds: a column that the table does not name stops the
//! import, and so does one that is missing, unless its name ends in `?`.
//!
//! Values are alternatives by spaces: `blank`; a whole number or a range `1..12`; a word; `date` (`1914-07-28`); `number` (decimal);
//! `any`; and `!x` for what is kept and flagged. A line that begins with `key` names the columns that
//! together may occur once.

use std::collections::HashMap;

use crate::{Progress, Raw, Refusal, Stage};

/// One alternative.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Blank,
    Range(i64, i64),
    Word(String),
    Date,
    Number,
    Any,
}

impl Value {
    fn parse(text: &str) -> Value {
        match text {
            "blank" => Value::Blank,
            "date" => Value::Date,
            "number" => Value::Number,
            "any" => Value::Any,
            _ => match text.split_once("..") {
                Some((from, to)) => match (from.parse(), to.parse()) {
                    (Ok(from), Ok(to)) => Value::Range(from, to),
                    _ => Value::Word(text.to_owned()),
                },
                None => Value::Word(text.to_owned()),
            },
        }
    }

    fn admits(&self, cell: &str) -> bool {
        match self {
            Value::Blank => cell.is_empty(),
            Value::Range(from, to) => whole(cell).is_some_and(|n| (*from..=*to).contains(&n)),
            Value::Word(word) => cell == word,
            Value::Date => foedera_bulk::parse_iso(cell.as_bytes()).is_some(),
            Value::Number => !cell.is_empty() && cell.parse::<f64>().is_ok_and(f64::is_finite),
            Value::Any => true,
        }
    }
}

/// A whole number as the files write one: `007` or `+7` is not how they write 7.
fn whole(cell: &str) -> Option<i64> {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let plain = match digits.as_bytes() {
        [] => false,
        [b'0'] => cell == "0",
        [first, ..] => *first != b'0' && digits.bytes().all(|b| b.is_ascii_digit()),
    };
    if plain { cell.parse().ok() } else { None }
}

/// Whether a header has a column; releases of one data set write its name in different cases.
fn has(header: &[String], name: &str) -> bool {
    header.iter().any(|h| h.eq_ignore_ascii_case(name))
}

struct Column {
    name: String,
    optional: bool,
    values: Vec<(Value, bool)>,
    said: String,
}

/// The columns of a form.
pub(crate) struct Columns {
    columns: Vec<Column>,
    key: Vec<String>,
}

impl Columns {
    pub(crate) fn parse(table: &str) -> Columns {
        let mut columns = Columns { columns: Vec::new(), key: Vec::new() };
        for line in table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let mut fields = line.split('\t');
            let (name, values) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
            if let Some(key) = name.strip_prefix("key ") {
                columns.key = key.split(' ').map(str::to_owned).collect();
                continue;
            }
            let values = values
                .split(' ')
                .map(|v| match v.strip_prefix('!') {
                    Some(flagged) => (Value::parse(flagged), true),
                    None => (Value::parse(v), false),
                })
                .collect();
            columns.columns.push(Column {
                name: name.trim_end_matches('?').to_owned(),
                optional: name.ends_with('?'),
                values,
                said: line.split('\t').nth(1).unwrap_or_default().to_owned(),
            });
        }
        columns
    }

    /// How well a header fits this form: columns they share, less those either has alone; `None` if it is surely another table.
    pub(crate) fn fit(&self, header: &[String]) -> Option<i64> {
        let shared = self.columns.iter().filter(|c| has(header, &c.name)).count() as i64;
        let alone =
            self.columns.iter().filter(|c| !c.optional).count() as i64 + header.len() as i64 - 2 * shared;
        (alone < shared).then_some(shared - alone)
    }

    /// Checks that a header has all columns of this form and no other.
    pub(crate) fn check_header(&self, file: &str, header: &[String]) -> Result<(), Box<Refusal>> {
        let refuse = |column: &str, expected: &str| {
            Err(Box::new(Refusal {
                file: file.to_owned(),
                line: 1,
                column: column.to_owned(),
                cell: column.to_owned(),
                expected: expected.to_owned(),
            }))
        };
        if let Some(name) =
            header.iter().find(|name| !self.columns.iter().any(|c| c.name.eq_ignore_ascii_case(name)))
        {
            return refuse(name, "only columns the codebook has; this one is not known here");
        }
        match self.columns.iter().find(|c| !c.optional && !has(header, &c.name)) {
            Some(c) => refuse(&c.name, "this column, which is missing"),
            None => Ok(()),
        }
    }

    /// Checks cells, and notes what is flagged.
    pub(crate) fn check(&self, raw: &mut Raw, progress: Progress<'_>) -> Result<(), Box<Refusal>> {
        let mut flagged = Vec::new();
        for (done, c) in self.columns.iter().enumerate() {
            progress.tell(Stage::Checking, done, self.columns.len());
            // The header has been checked: only an optional column can be absent.
            let Some(at) = raw.column(&c.name) else { continue };
            for row in 0..raw.rows() {
                let cell = raw.cell(row, at);
                match c.values.iter().find(|(v, _)| v.admits(cell)) {
                    Some((_, false)) => {}
                    Some((_, true)) => flagged.push(format!(
                        "{}:{}: column `{}`: `{cell}` is not in the codebook; kept as it is and flagged",
                        raw.file,
                        raw.line(row),
                        c.name
                    )),
                    None => return Err(raw.refuse(row, &c.name, format!("one of: {}", c.said))),
                }
            }
        }
        self.unique(raw)?;
        raw.notes.extend(flagged);
        Ok(())
    }

    fn unique(&self, raw: &Raw) -> Result<(), Box<Refusal>> {
        if self.key.is_empty() {
            return Ok(());
        }
        let mut seen: HashMap<Vec<&str>, usize> = HashMap::new();
        for row in 0..raw.rows() {
            let key: Vec<&str> = self.key.iter().map(|k| raw.get(row, k)).collect();
            if let Some(earlier) = seen.insert(key, row) {
                let expected =
                    format!("each ({}) once; line {} has the same", self.key.join(", "), raw.line(earlier));
                return Err(raw.refuse(row, &self.key[0], expected));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn a_number_is_written_in_one_way() {
        for (cell, n) in [("0", Some(0)), ("7", Some(7)), ("-9", Some(-9)), ("120", Some(120))] {
            assert_eq!(whole(cell), n, "{cell}");
        }
        for cell in ["", "-", "007", "+7", "-0", "-07", " 7", "7.0", "1e3", "99999999999999999999"] {
            assert_eq!(whole(cell), None, "{cell}");
        }
    }
}

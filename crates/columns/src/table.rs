//! A table by columns, typed from its cells.
//!
//! In: CSV without quotes, as panels are written. Out: [`Table`]. What always holds: a column is whole numbers, days or decimals, by the first of
//! these that fits all its cells; a cell that fits none is an error with its line.

use std::collections::BTreeMap;

/// The cells of a column; `None` where the cell is empty.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Whole numbers.
    Int(Vec<Option<i32>>),
    /// Days since 1970-01-01.
    Day(Vec<Option<i32>>),
    /// Decimals.
    Float(Vec<Option<f64>>),
}

impl Values {
    fn len(&self) -> usize {
        match self {
            Values::Int(v) | Values::Day(v) => v.len(),
            Values::Float(v) => v.len(),
        }
    }

    fn pick(&self, rows: &[usize]) -> Values {
        match self {
            Values::Int(v) => Values::Int(rows.iter().map(|r| v[*r]).collect()),
            Values::Day(v) => Values::Day(rows.iter().map(|r| v[*r]).collect()),
            Values::Float(v) => Values::Float(rows.iter().map(|r| v[*r]).collect()),
        }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it means, with its unit.
    pub meaning: String,
    /// Its cells.
    pub values: Values,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its columns, all of one length.
    pub columns: Vec<Column>,
}

/// Days since 1970-01-01 of `YYYY-MM-DD`, by Howard Hinnant's `days_from_civil`.
fn day(text: &str) -> Option<i32> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let (y, m, d): (i64, i64, i64) =
        (text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?);
    if !(1..=12).contains(&m) || !(1..=31).contains(&d) {
        return None;
    }
    let y = y - i64::from(m <= 2);
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
    Some((era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468) as i32)
}

fn typed<T>(cells: &[&str], read: impl Fn(&str) -> Option<T>) -> Option<Vec<Option<T>>> {
    cells.iter().map(|c| if c.is_empty() { Some(None) } else { read(c).map(Some) }).collect()
}

impl Table {
    /// Reads a CSV table; lines that begin with `#` are remarks.
    ///
    /// # Errors
    /// A row of another length than the header, or a column that is neither numbers nor days, in words.
    pub fn from_csv(csv: &str, meanings: &[(&str, &str)]) -> Result<Table, String> {
        let mut lines = csv.lines().enumerate().filter(|(_, l)| !l.starts_with('#'));
        let header: Vec<&str> = lines.next().map_or(Vec::new(), |(_, l)| l.split(',').collect());
        let mut cells: Vec<Vec<&str>> = vec![Vec::new(); header.len()];
        for (at, line) in lines {
            let mut found = 0;
            for (i, cell) in line.split(',').enumerate() {
                found = i + 1;
                if let Some(column) = cells.get_mut(i) {
                    column.push(cell);
                }
            }
            if found != header.len() {
                return Err(format!("line {}: {found} cells, expected {}", at + 1, header.len()));
            }
        }
        let columns = header.iter().zip(cells).map(|(name, cells)| {
            let values = typed(&cells, |c| c.parse().ok())
                .map(Values::Int)
                .or_else(|| typed(&cells, day).map(Values::Day))
                .or_else(|| typed(&cells, |c| c.parse().ok()).map(Values::Float))
                .ok_or_else(|| format!("column `{name}` is neither numbers nor days"))?;
            let meaning = meanings.iter().find(|(n, _)| n == name).map_or("", |(_, m)| m);
            Ok(Column { name: (*name).to_owned(), meaning: meaning.to_owned(), values })
        });
        Ok(Table { columns: columns.collect::<Result<_, String>>()? })
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |c| c.values.len())
    }

    /// A table for each value of a column of whole numbers, without that column, as readers of partitioned folders expect.
    ///
    /// # Errors
    /// No such column, or one that is not whole numbers without gaps.
    pub fn partition(&self, by: &str) -> Result<BTreeMap<i32, Table>, String> {
        let column = self.columns.iter().find(|c| c.name == by).ok_or_else(|| format!("no column `{by}`"))?;
        let Values::Int(values) = &column.values else {
            return Err(format!("column `{by}` is not whole numbers"));
        };
        let mut rows: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
        for (row, value) in values.iter().enumerate() {
            rows.entry(value.ok_or_else(|| format!("column `{by}` has an empty cell"))?)
                .or_default()
                .push(row);
        }
        let part = |rows: &[usize]| Table {
            columns: self
                .columns
                .iter()
                .filter(|c| c.name != by)
                .map(|c| Column { values: c.values.pick(rows), ..c.clone() })
                .collect(),
        };
        Ok(rows.iter().map(|(value, rows)| (*value, part(rows))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_typed_and_gaps_stay_gaps() {
        let t =
            Table::from_csv("# remark\nyear,day,s\n1914,1970-01-02,0.5\n1915,,\n", &[("s", "similarity")])
                .expect("well formed");
        assert_eq!(t.rows(), 2);
        assert_eq!(t.columns[0].values, Values::Int(vec![Some(1914), Some(1915)]));
        assert_eq!(t.columns[1].values, Values::Day(vec![Some(1), None]));
        assert_eq!(t.columns[2].values, Values::Float(vec![Some(0.5), None]));
        assert_eq!(t.columns[2].meaning, "similarity");
        assert_eq!(day("1815-01-01"), Some(-56_613));
        let parts = t.partition("year").expect("well formed");
        assert_eq!(parts[&1915].columns.len(), 2);
        assert_eq!(parts[&1915].columns[0].values, Values::Day(vec![None]));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(Table::from_csv("a,b\n1\n", &[]).is_err_and(|e| e.contains("line 2")));
        assert!(Table::from_csv("a\nx\n", &[]).is_err_and(|e| e.contains("`a`")));
        assert!(Table::from_csv("a\n1\n", &[]).expect("well formed").partition("b").is_err());
    }
}

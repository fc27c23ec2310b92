//! A table by columns, each of one type.
//!
//! In: CSV without quotes, as panels are written, or columns made elsewhere. Out: [`Table`], and CSV again. What always holds: a column is whole
//! numbers, days, decimals or text, by the first of these that fits all its cells; all columns are of one length; in CSV no cell of a
//! spreadsheet can be taken for a formula.

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
    /// Text.
    Text(Vec<Option<String>>),
}

impl Values {
    fn len(&self) -> usize {
        match self {
            Values::Int(v) | Values::Day(v) => v.len(),
            Values::Float(v) => v.len(),
            Values::Text(v) => v.len(),
        }
    }

    /// A cell as CSV has it.
    fn cell(&self, row: usize) -> String {
        match self {
            Values::Int(v) => v[row].map_or(String::new(), |n| n.to_string()),
            Values::Day(v) => v[row].map_or(String::new(), written),
            Values::Float(v) => v[row].map_or(String::new(), |n| n.to_string()),
            Values::Text(v) => v[row].as_deref().map_or(String::new(), quoted),
        }
    }

    fn pick(&self, rows: &[usize]) -> Values {
        match self {
            Values::Int(v) => Values::Int(rows.iter().map(|r| v[*r]).collect()),
            Values::Day(v) => Values::Day(rows.iter().map(|r| v[*r]).collect()),
            Values::Float(v) => Values::Float(rows.iter().map(|r| v[*r]).collect()),
            Values::Text(v) => Values::Text(rows.iter().map(|r| v[*r].clone()).collect()),
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

/// The value of a partition without one, as Hive, DuckDB, Polars and Spark name it.
const NULL: &str = "__HIVE_DEFAULT_PARTITION__";

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

/// A day as `YYYY-MM-DD`, by Howard Hinnant's `civil_from_days`.
fn written(days: i32) -> String {
    let z = i64::from(days) + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let mp = (5 * of_year + 2) / 153;
    let (d, m) = (of_year - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    let y = year_of_era + era * 400 + i64::from(m <= 2);
    format!("{y:04}-{m:02}-{d:02}")
}

/// A text as CSV; one that a spreadsheet would take for a formula is kept from it.
fn quoted(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{guard}{text}")
    }
}

fn typed<T>(cells: &[&str], read: impl Fn(&str) -> Option<T>) -> Option<Vec<Option<T>>> {
    cells.iter().map(|c| if c.is_empty() { Some(None) } else { read(c).map(Some) }).collect()
}

impl Table {
    /// Reads a CSV table; lines that begin with `#` are remarks.
    ///
    /// # Errors
    /// A row of another length than the header, in words.
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
                .or_else(|| typed(&cells, |c| Some(c.to_owned())).map(Values::Text))
                .unwrap_or(Values::Text(Vec::new()));
            let meaning = meanings.iter().find(|(n, _)| n == name).map_or("", |(_, m)| m);
            Ok(Column { name: (*name).to_owned(), meaning: meaning.to_owned(), values })
        });
        Ok(Table { columns: columns.collect::<Result<_, String>>()? })
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |c| c.values.len())
    }

    /// The table as CSV, lines ended by LF.
    pub fn to_csv(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|c| c.name.as_str()).collect();
        let mut out = names.join(",");
        out.push('\n');
        for row in 0..self.rows() {
            for (i, c) in self.columns.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                out.push_str(&c.values.cell(row));
            }
            out.push('\n');
        }
        out
    }

    /// A table for each value of a column, without that column, as readers of partitioned folders expect; rows where it is empty have
    /// the name such readers take for null.
    ///
    /// # Errors
    /// No such column, or one of decimals.
    pub fn partition(&self, by: &str) -> Result<BTreeMap<String, Table>, String> {
        let column = self.columns.iter().find(|c| c.name == by).ok_or_else(|| {
            let names: Vec<&str> = self.columns.iter().map(|c| c.name.as_str()).collect();
            format!("no column `{by}`; there are {}", names.join(", "))
        })?;
        if let Values::Float(_) = &column.values {
            return Err(format!("column `{by}` has decimals, which name no folders"));
        }
        let mut rows: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for row in 0..self.rows() {
            let cell = match &column.values {
                Values::Text(v) => v[row].clone().unwrap_or_default(),
                other => other.cell(row),
            };
            if cell.is_empty() {
                rows.entry(NULL.to_owned()).or_default().push(row);
                continue;
            }
            let plain = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' };
            rows.entry(cell.chars().map(plain).collect()).or_default().push(row);
        }
        let part = |rows: &[usize]| Table {
            columns: self
                .columns
                .iter()
                .filter(|c| c.name != by)
                .map(|c| Column { values: c.values.pick(rows), ..c.clone() })
                .collect(),
        };
        Ok(rows.into_iter().map(|(value, rows)| (value, part(&rows))).collect())
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
        let words = Table::from_csv("a\nx\n\n", &[]).expect("well formed");
        assert_eq!(words.columns[0].values, Values::Text(vec![Some("x".into()), None]));
        assert_eq!(day("1815-01-01"), Some(-56_613));
        let parts = t.partition("year").expect("well formed");
        assert_eq!(parts["1915"].columns.len(), 2);
        assert_eq!(parts["1915"].columns[0].values, Values::Day(vec![None]));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(Table::from_csv("a,b\n1\n", &[]).is_err_and(|e| e.contains("line 2")));
        let t = Table::from_csv("a,b\n1,0.5\n,0.5\n", &[]).expect("well formed");
        for (by, why) in [("c", "a, b"), ("b", "decimals")] {
            assert!(t.partition(by).is_err_and(|e| e.contains(why)), "{by}");
        }
        let parts = t.partition("a").expect("well formed");
        assert_eq!(parts.keys().collect::<Vec<_>>(), ["1", NULL]);
    }

    #[test]
    fn csv_carries_no_formula_and_days_come_back() {
        let days: Vec<Option<i32>> = (-60_000..40_000).step_by(17).map(Some).collect();
        let text = ["=1+1", "a,b", "said \"so\"", "-9", "plain"].map(|t| Some(t.to_owned())).to_vec();
        let column = |name: &str, values| Column { name: name.to_owned(), meaning: String::new(), values };
        let t = Table { columns: vec![column("t", Values::Text(text))] };
        assert_eq!(t.to_csv(), "t\n'=1+1\n\"a,b\"\n\"said \"\"so\"\"\"\n'-9\nplain\n");
        let t = Table { columns: vec![column("day", Values::Day(days))] };
        let back = Table::from_csv(&t.to_csv(), &[("day", "")]).expect("well formed");
        assert_eq!(back, t);
    }
}

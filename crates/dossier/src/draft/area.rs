//! Area expressions.
//!
//! In: a table of docs/language.md, "Places and areas". Out: an [`AreaExpr`] with its names resolved. What always
//! holds: each table has exactly one key that says what it covers; only leaves are dated. Nesting was bounded when
//! the file was taken in, so the recursion is.

use foedera_world::record::*;
use toml::Spanned;
use toml::de::DeValue;

use super::fields::Fields;
use super::reader::{EmptyArea, Reader, list};
use crate::grammar::{EXPRESSION, Kind, OWNERS};

const KEYS: [&str; 7] = ["place", "area", "territory-of", "administered-by", "any", "all", "not"];
const DATED: [&str; 4] = ["from", "to", "end-cite", "cite"];

impl<'t> Fields<'t> {
    /// The area of a field.
    pub(crate) fn area(&mut self, r: &mut Reader<'_>, name: &'static str) -> Option<AreaExpr> {
        let value = self.get(name)?;
        if value.get_ref().as_table().is_none() {
            self.wrong(r, name, value, "an area: a table such as `{ place = \"japan\" }`");
            return None;
        }
        let area = expression(r, value);
        self.broken |= area.is_none();
        area
    }
}

fn expression<'t>(r: &mut Reader<'_>, value: &'t Spanned<DeValue<'t>>) -> Option<AreaExpr> {
    let mut f = Fields::open(r, &EXPRESSION, value, false)?;
    let table = value.get_ref().as_table()?;
    let written: Vec<&str> = KEYS.into_iter().filter(|k| table.contains_key(*k)).collect();
    let [key] = written[..] else {
        let message = match written.len() {
            0 => format!("this area names nothing; expected one of {}", list(&KEYS)),
            _ => format!("this area has {} keys at once; expected one", list(&written)),
        };
        let help = if written.is_empty() { "" } else { "join them with `any` or `all`" };
        if written.is_empty() && !f.broken {
            r.left.empty_areas.push(EmptyArea { file: r.number, span: value.span(), key: "" });
            return None;
        }
        r.error("bad-area", message, value.span(), help);
        return None;
    };
    let leaf = !matches!(key, "any" | "all" | "not");
    if !leaf && let Some(dated) = DATED.into_iter().find(|k| table.contains_key(*k)) {
        let message = format!("`{dated}` stands beside `{key}`; only a leaf of an area is dated or cited");
        r.error("bad-area", message, value.span(), "put it on each leaf");
        return None;
    }
    let area = match key {
        "place" => {
            let place = f.key(r, "place", Kind::Place);
            AreaExpr::Place(place?, dated(&mut f, r))
        }
        "area" => {
            let area = f.key(r, "area", Kind::Area);
            AreaExpr::Named(area?, dated(&mut f, r))
        }
        "territory-of" => {
            let whose = whose(&mut f, r, "territory-of");
            AreaExpr::TerritoryOf(whose?, dated(&mut f, r))
        }
        "administered-by" => {
            let whose = whose(&mut f, r, "administered-by");
            AreaExpr::AdministeredBy(whose?, dated(&mut f, r))
        }
        "any" => AreaExpr::Any(expressions(&mut f, r, "any")?),
        "all" => AreaExpr::All(expressions(&mut f, r, "all")?),
        _ => AreaExpr::Not(Box::new(f.area(r, "not")?)),
    };
    if f.broken { None } else { Some(area) }
}

fn expressions<'t>(f: &mut Fields<'t>, r: &mut Reader<'_>, name: &'static str) -> Option<Vec<AreaExpr>> {
    let items = f.items(r, name, "a list of areas");
    if items.is_empty() && !f.broken {
        let span = f.marks.field(name);
        r.left.empty_areas.push(EmptyArea { file: r.number, span, key: name });
        return None;
    }
    let read: Vec<Option<AreaExpr>> = items.iter().map(|item| expression(r, item)).collect();
    read.into_iter().collect()
}

fn dated(f: &mut Fields<'_>, r: &mut Reader<'_>) -> Box<Dated> {
    let extent = f.extent(r);
    Box::new(Dated { extent, cite: f.cites(r, "cite") })
}

fn whose(f: &mut Fields<'_>, r: &mut Reader<'_>, name: &'static str) -> Option<Whose> {
    let (text, span) = f.raw(r, name)?;
    match text {
        "beneficiary" => Some(Whose::Beneficiary),
        "debtor" => Some(Whose::Debtor),
        "parties" => Some(Whose::Parties),
        _ => {
            debug_assert!(!OWNERS.contains(&text), "every word of the grammar is read above");
            r.key(Kind::Actor, text, span).map(Whose::Actor)
        }
    }
}

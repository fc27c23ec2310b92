//! What was asked of a screen: its fields, the basis, and what is wrong with the address.
//!
//! In: the path, the pairs of the query, the fields the screen takes. Out: [`Asked`], and addresses that keep the basis.
//!
//! What always holds: a parameter nobody takes is a fault and never ignored; every internal link carries the two clocks; the
//! order of parameters in an address is fixed and defaults are left out, so that one question has one address.

use foedera::{AskError, BasisRequest};

use crate::address::address;

/// The parameters of the basis, taken by every screen and verb.
pub(crate) const BASIS: &[&str] = &["on", "known", "using", "clearance", "assume"];

/// A request to a screen.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The path without an ending (`/ask`, `/actor/JPN`).
    pub(crate) path: String,
    /// The fields of the screen, in the order given, none empty.
    pub(crate) fields: Vec<(String, String)>,
    /// The basis asked for.
    pub(crate) basis: BasisRequest,
    /// What is wrong with the address itself.
    pub(crate) fault: Option<AskError>,
}

impl Asked {
    /// Reads the pairs of a query for a screen that takes `fields`.
    pub(crate) fn new(path: &str, pairs: &[(String, String)], fields: &[&str], today: &str) -> Asked {
        let mut basis = BasisRequest { today: today.to_owned(), ..BasisRequest::default() };
        let mut kept = Vec::new();
        let mut fault = None;
        for (key, value) in pairs.iter().filter(|(_, v)| !v.trim().is_empty()) {
            // `from-on` on the command line is `from_on` in JSON; both are understood.
            let key = key.replace('-', "_");
            let value = value.trim().to_owned();
            let twice = |slot: &Option<String>| {
                slot.as_ref().map(|_| wrong("given-twice", format!("`{key}` is given twice"), None))
            };
            match key.as_str() {
                "on" => {
                    fault = fault.or(twice(&basis.on));
                    basis.on = Some(value);
                }
                "known" => {
                    fault = fault.or(twice(&basis.known));
                    // As known today is all that is known.
                    basis.known = Some(if value == "today" { "latest".to_owned() } else { value });
                }
                "clearance" => {
                    fault = fault.or(twice(&basis.clearance));
                    basis.clearance = Some(value);
                }
                "using" => basis.using.push(value),
                "assume" => basis.assume.push(value),
                k if fields.contains(&k) => kept.push((key, value)),
                k => {
                    let shown: String = k.chars().take(64).collect();
                    let all: Vec<&str> = fields.iter().chain(BASIS).copied().collect();
                    let help = format!("it takes {}", all.join(", "));
                    fault = fault.or(Some(wrong(
                        "unknown-parameter",
                        format!("`{path}` takes no `{shown}`"),
                        Some(help),
                    )));
                }
            }
        }
        Asked { path: path.to_owned(), fields: kept, basis, fault }
    }

    /// The one value of a field; empty if not given.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v)
    }

    /// All values of a field, by comma.
    pub(crate) fn all(&self, name: &str) -> String {
        let values: Vec<&str> =
            self.fields.iter().filter(|(k, _)| k == name).map(|(_, v)| v.as_str()).collect();
        values.join(",")
    }

    /// The basis as parameters, defaults left out.
    fn clocks(&self) -> Vec<(&str, &str)> {
        let b = &self.basis;
        let on = b.on.iter().filter(|v| *v != "today").map(|v| ("on", v.as_str()));
        let known = b.known.iter().filter(|v| *v != "latest").map(|v| ("known", v.as_str()));
        let using = b.using.iter().map(|v| ("using", v.as_str()));
        let clearance = b.clearance.iter().map(|v| ("clearance", v.as_str()));
        let assume = b.assume.iter().map(|v| ("assume", v.as_str()));
        on.chain(known).chain(using).chain(clearance).chain(assume).collect()
    }

    /// An address on the same basis.
    pub(crate) fn to(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let all: Vec<(&str, &str)> = fields.iter().copied().chain(self.clocks()).collect();
        address(path, &all)
    }

    /// This address with another ending and path.
    pub(crate) fn same_at(&self, path: &str) -> String {
        let fields: Vec<(&str, &str)> = self.fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        self.to(path, &fields)
    }

    /// This address with one parameter changed (empty = left out), of the screen or of the basis.
    pub(crate) fn with(&self, name: &str, value: &str) -> String {
        let mut other = self.clone();
        let some = (!value.is_empty()).then(|| value.to_owned());
        match name {
            "on" => other.basis.on = some,
            "known" => other.basis.known = some,
            "clearance" => other.basis.clearance = some,
            "using" => other.basis.using = some.into_iter().collect(),
            "assume" => other.basis.assume = some.into_iter().collect(),
            _ => {
                let at = other.fields.iter().position(|(k, _)| k == name).unwrap_or(other.fields.len());
                other.fields.retain(|(k, _)| k != name);
                if let Some(v) = some {
                    other.fields.insert(at.min(other.fields.len()), (name.to_owned(), v));
                }
            }
        }
        other.same_at(&other.path)
    }

    /// This address with both clocks written out, defaults too: it shows the same in a year.
    pub(crate) fn fixed(&self, on: &str, known: &str) -> String {
        let plain = self.with("on", on);
        match &self.basis.known {
            Some(k) if k != "latest" => plain,
            _ => {
                let mark = if plain.contains('?') { '&' } else { '?' };
                format!("{plain}{mark}known={known}")
            }
        }
    }

    /// This address with one assumption more.
    pub(crate) fn assuming(&self, fact: &str) -> String {
        let mut other = self.clone();
        other.basis.assume.push(fact.to_owned());
        other.same_at(&other.path)
    }
}

/// A question that cannot be asked, made by a face.
pub(crate) fn wrong(code: &'static str, message: String, help: Option<String>) -> AskError {
    AskError { code, message, help }
}

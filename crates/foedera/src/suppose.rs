//! What-if: hypothetical rows layered over a dossier, never stored, always labelled.
//!
//! In: a dossier, facts from the command line (`consents:FRA/tokyo-office-decision`), files with hypothetical rows. Out: a
//! dossier of its own with the rows as a last layer. What always holds: the layer is a pack of its own that always counts;
//! every answer over it names what is supposed; the dossier it was made from is unchanged, and keeps the
//! last few such layers.

use std::collections::BTreeMap;
use std::sync::Arc;

use foedera_dossier::{SourceFile, Volume};
use foedera_world::terms::FactKind;
use foedera_world::time::Moment;

use crate::basis::moment;
use crate::{AskError, BasisRequest, Dossier, names};

/// The pack of what is supposed, and its one source.
pub(crate) const SUPPOSED: &str = "supposed";

/// What one hypothetical dossier was made from.
#[derive(PartialEq)]
pub(crate) struct Supposition {
    /// Facts that are rows, as written.
    rows: Vec<String>,
    /// Files: name and text.
    files: Vec<(String, String)>,
    /// The day from which all of it holds and counts.
    day: String,
}

impl Dossier {
    /// The dossier with hypothetical rows over it, and the facts that are not rows but belong to one scenario.
    ///
    /// # Errors
    /// A fact that is no fact, names something unknown, or is denied or held by somebody though it would be a row.
    pub fn supposing(
        &self,
        assume: &[String],
        files: &[(String, String)],
        basis: &BasisRequest,
    ) -> Result<(Option<Arc<Dossier>>, Vec<String>), AskError> {
        let (mut rows, mut rest) = (Vec::new(), Vec::new());
        for text in assume {
            match layered_kind(text) {
                Some(_) => rows.push(text.clone()),
                None if text.trim_start().starts_with("not ")
                    && layered_kind(text.trim_start().trim_start_matches("not ")).is_some() =>
                {
                    return Err(AskError::new("bad-fact", format!("--assume: `{text}` denies a row")).help(
                        "suppose the contrary instead: `objects:X/MATTER` for `not consents:X/MATTER`",
                    ));
                }
                None => rest.push(text.clone()),
            }
        }
        if rows.is_empty() && files.is_empty() {
            return Ok((None, rest));
        }
        let supposition = Supposition { rows, files: files.to_vec(), day: self.supposed_on(basis)? };
        Ok((Some(self.layered.get(supposition, |s| self.with(s))?), rest))
    }

    /// The dossier with one supposition as its last layer.
    fn with(&self, supposition: &Supposition) -> Result<Dossier, AskError> {
        let day = &supposition.day;
        let (mut rows, mut words) = (String::new(), Vec::new());
        let mut joins: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (text, kind) in supposition.rows.iter().filter_map(|t| Some((t, layered_kind(t)?))) {
            self.row(kind, text, day, &mut rows, &mut joins, &mut words)?;
        }
        // One row an instrument, whoever joins it: two rows of one id would be two instruments.
        for (treaty, who) in &joins {
            rows.push_str(&format!(
                "[[instrument]]\nid = \"{treaty}\"\n\n  [[instrument.action]]\n  act = \"acceded\"\n  on = \"{day}\"\n  \
                 by = [{}]\n  cite = [\"{SUPPOSED}\"]\n\n",
                who.iter().map(|w| format!("\"{w}\"")).collect::<Vec<_>>().join(", ")
            ));
        }
        let head = format!(
            "[[pack]]\nid = \"{SUPPOSED}\"\ntitle = \"What the question supposes\"\n\n[[source]]\nid = \"{SUPPOSED}\"\n\
             title = \"Supposed by the question\"\nkind = \"statement\"\npack = \"{SUPPOSED}\"\npublished = \"{day}\"\n\n"
        );
        let mut volume = Volume {
            name: SUPPOSED.to_owned(),
            files: vec![SourceFile {
                name: format!("{SUPPOSED}/question.toml"),
                text: (head + &rows).into_bytes(),
            }],
        };
        for (name, text) in &supposition.files {
            volume
                .files
                .push(SourceFile { name: format!("{SUPPOSED}/{name}"), text: text.clone().into_bytes() });
            words.push(format!("what {name} says"));
        }
        let mut volumes = self.volumes.clone();
        volumes.push(volume);
        let mut dossier = Dossier::from_volumes(self.names.clone(), volumes);
        dossier.supposed = words;
        let ours = |f: &&foedera_world::Finding| {
            f.severity == foedera_world::Severity::Error && f.primary.file.starts_with("supposed/")
        };
        if let Some(f) = dossier.findings.iter().find(ours) {
            let message = format!("{}: {}", f.primary.file.trim_start_matches("supposed/"), f.message);
            return Err(AskError::new("bad-hypothesis", message).help(f.help.clone().unwrap_or_default()));
        }
        Ok(dossier)
    }

    /// The day from which what is supposed holds and counts: the day asked about, or of knowledge if that is earlier.
    fn supposed_on(&self, basis: &BasisRequest) -> Result<String, AskError> {
        let on = moment("--on", basis.on.as_deref().unwrap_or(&basis.today), &basis.today)?;
        let known = match basis.known.as_deref() {
            None | Some("latest") => Moment::OPEN_END,
            Some(text) => moment("--known", text, &basis.today)?,
        };
        Ok(on.earliest.min(known.earliest).to_string())
    }

    fn row(
        &self,
        kind: FactKind,
        text: &str,
        day: &str,
        rows: &mut String,
        joins: &mut BTreeMap<String, Vec<String>>,
        words: &mut Vec<String>,
    ) -> Result<(), AskError> {
        let world = &self.world;
        let bad = |m: String| {
            AskError::new("bad-fact", format!("--assume: {m}")).help(
                "for example: --assume consents:FRA/tokyo-office-decision, --assume party:JPN/north-atlantic-treaty",
            )
        };
        let resolve = |name: &str| -> Option<String> {
            let mut found = world.named(name).iter().map(|n| names::key(world, *n).to_owned());
            found
                .next()
                .or_else(|| names::matter(world, name).ok().map(|m| world.records.matters[m.ix()].id.clone()))
        };
        let (_, fact, holder) = foedera_dossier::parse_fact(text, &resolve).map_err(bad)?;
        if holder.is_some() {
            return Err(bad(format!("`{text}` has a holder; what is supposed as a row has none")));
        }
        let [who, what] = fact.args.as_slice() else { return Err(bad(format!("`{text}` needs two names"))) };
        let who_name = world.name_of(who);
        let what_name = world.name_of(what);
        let n = words.len() + 1;
        match kind {
            FactKind::Consents | FactKind::Objects => {
                let (does, word) = if kind == FactKind::Consents {
                    ("consents to", "consents")
                } else {
                    ("objects to", "objects")
                };
                rows.push_str(&format!(
                    "[[claim]]\nid = \"supposed-{n}\"\nkind = \"position\"\nabout = [\"{who}\", \"{what}\"]\n\
                     says = \"Supposed: {who_name} {does} {what_name}.\"\non = \"{day}\"\nholder = [\"{who}\"]\n\
                     cite = [\"{SUPPOSED}\"]\n\n  [[claim.tells]]\n  what = \"{word}\"\n  who = [\"{who}\"]\n  \
                     thing = \"{what}\"\n\n"
                ));
                words.push(format!("{who_name} {does} “{what_name}”"));
            }
            FactKind::Party => {
                joins.entry(what.clone()).or_default().push(who.clone());
                words.push(format!("{who_name} is a party to {what_name}"));
            }
            _ => {
                let treaty =
                    world.actor(what).and_then(|a| world.records.actors[a.ix()].constituted_by.clone());
                match treaty {
                    Some(treaty) => joins.entry(treaty).or_default().push(who.clone()),
                    None => rows.push_str(&format!(
                        "[[membership]]\nmember = \"{who}\"\nof = \"{what}\"\nfrom = \"{day}\"\ncite = [\"{SUPPOSED}\"]\n\n"
                    )),
                }
                words.push(format!("{who_name} is a member of {what_name}"));
            }
        }
        Ok(())
    }
}

/// The kind of an assumption that is a row of the dossier rather than a fact of one scenario.
pub(crate) fn layered_kind(text: &str) -> Option<FactKind> {
    text.trim().split([':', ' ', '@']).next().and_then(FactKind::parse).filter(|k| k.layered())
}

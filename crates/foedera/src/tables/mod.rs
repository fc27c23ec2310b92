//! The world as tables: what a dossier says and what was folded from it, for programs that read tables.
//!
//! In: a dossier and a basis. Out: [`WorldTable`]s with stable names, meanings and units. What always holds: only rows that count at the basis are there;
//! a day within bounds has two columns, earliest and latest; an end that is not known is never a lone gap: a word beside it says whether the
//! thing still holds as far as the sources tell, or is not covered any more; lists of ids are set apart by spaces.

mod ground;
mod sheet;
mod told;
mod treaties;

use foedera_columns::Table;
use foedera_world::View;
use foedera_world::time::Tv;
use foedera_world::world::EvidenceId;

use crate::basis::Basis;
use crate::{AskError, BasisRequest, Dossier};
use sheet::Cell;

/// One table of the world.
pub struct WorldTable {
    /// Its name, also that of its file.
    pub name: &'static str,
    /// What one of its rows is.
    pub says: &'static str,
    /// Columns and rows.
    pub table: Table,
}

/// All tables of a dossier at a basis.
///
/// # Errors
/// A basis, or a fact supposed, that is not understood.
pub fn tables(dossier: &Dossier, basis: &BasisRequest) -> Result<Vec<WorldTable>, AskError> {
    let (layered, _) = dossier.supposing(&basis.assume, &basis.suppose, basis)?;
    let dossier = layered.as_deref().unwrap_or(dossier);
    let basis = Basis::resolve(dossier, basis)?;
    let view = basis.view(dossier);
    let w = Making { view: &view };
    Ok(vec![
        w.sources(),
        w.actors(),
        w.codes(),
        w.memberships(),
        w.instruments(),
        w.acts(),
        w.parties(),
        w.provisions(),
        w.holds(),
        w.things(),
        w.matters(),
        w.claims(),
        w.tellings(),
    ])
}

/// Makes the tables of a view.
struct Making<'a> {
    view: &'a View<'a>,
}

impl Making<'_> {
    fn seen(&self, row: EvidenceId) -> bool {
        self.view.world.visible(row, &self.view.knowledge) != Tv::Not
    }

    fn cites(&self, row: EvidenceId) -> Cell {
        let world = self.view.world;
        let cites = world.evidence[row.ix()].cites.iter();
        let counted = cites.filter(|(s, _)| world.source_visible(*s, &self.view.knowledge) != Tv::Not);
        let words: Vec<String> = counted
            .map(|(s, l)| format!("{} {l}", world.records.sources[s.ix()].id).trim_end().to_owned())
            .collect();
        if words.is_empty() { Cell::None } else { words.join("; ").into() }
    }
}

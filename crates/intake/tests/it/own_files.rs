//! The makers' own files, where they lie beside the repository; elsewhere these tests say that they checked nothing.
//!
//! What ATOP publishes as state-years and directed dyad-years has 11,923 and 273,296 rows; the counts are stated in the project's brief and
//! are not taken from this program.

use std::collections::BTreeSet;
use std::path::PathBuf;

use foedera_intake::atop::Atop;
use foedera_intake::panel::{Frame, Rule, Unit, panel};
use foedera_intake::{DataSet, Options, read};

use crate::fixture::{bring, open};

/// A file of the shared folder, or a word that it is not there, past the test runner's capture so that it is seen.
#[expect(
    clippy::disallowed_methods,
    reason = "a test on the makers' own files reads them, and says where they are missing"
)]
fn shared(name: &str) -> Option<Vec<u8>> {
    use std::io::Write as _;
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    let found = std::fs::read(&path).ok();
    if found.is_none() {
        let _ = writeln!(std::io::stderr(), "NOT CHECKED: {name} is not beside the repository");
    }
    found
}

#[test]
fn atop_is_read_without_loss_and_its_own_panels_are_reproduced() {
    let Some(bytes) = shared("atop51/atop5_1m.csv") else { return };
    let as_text = String::from_utf8(bytes.clone()).expect("ASCII").replace("\r\n", "\n");
    let (raw, _) = read(DataSet::Atop, "atop5_1m.csv", bytes, &Options::default()).unwrap();
    assert_eq!((raw.rows(), raw.header.len()), (2510, 105));
    assert_eq!(foedera_intake::export(&raw), as_text);
    let atop = Atop::new(&raw).unwrap();
    let frame = Frame { from: 1815, to: 2018, rule: Rule::Atop, system: &[], ids: None };
    let (csv, rows) = panel(&atop, Unit::StateYear, &frame);
    assert_eq!(rows, 11_923);
    let keys: BTreeSet<&str> = csv.lines().skip(1).filter_map(|l| l.split(",1,").next()).collect();
    assert_eq!(keys.len(), 11_923);
    let (_, rows) = panel(&atop, Unit::DirectedDyadYear, &frame);
    assert_eq!(rows, 273_296);
}

#[test]
fn both_releases_of_atop_become_dossiers_without_errors() {
    for (file, alliances) in [("atop51/atop5_1m.csv", 789), ("atop401/atop4_01m.csv", 745)] {
        let Some(bytes) = shared(file) else { return };
        let imported = bring(DataSet::Atop, file, bytes).unwrap();
        let d = open(&imported);
        assert_eq!(d.world.records.instruments.len(), alliances);
    }
}

#[test]
fn the_other_files_become_dossiers_without_errors() {
    for (set, file) in [
        (DataSet::CowStates, "cow/states2016.csv"),
        (DataSet::GwStates, "identity/isard_gw_system.csv"),
        (DataSet::Dcad, "subally/DCAD-v1.0-main.csv"),
        (DataSet::Mid, "cow/MIDA_5.0.csv"),
        (DataSet::Mid, "cow/MIDB_5.0.csv"),
        (DataSet::CowWars, "cow/Inter-StateWarData_v4.0.csv"),
        (DataSet::Icews, "events/icews_events.2018.sample.tab"),
    ] {
        let Some(bytes) = shared(file) else { return };
        open(&bring(set, file, bytes).unwrap());
    }
}

#[test]
fn the_slips_of_the_dyadic_wars_are_refused_where_they_stand() {
    let Some(bytes) = shared("cow/directed_dyadic_war.csv") else { return };
    let said = bring(DataSet::CowWars, "dyads.csv", bytes).map(|_| ()).expect_err("refused").to_string();
    assert!(said.starts_with("dyads.csv:288: column `warstrtmnth`: found `24`"), "{said}");
}

//! Bad input: each trap is refused with file, line and column, and nothing comes out.

use foedera_intake::DataSet;

use crate::fixture::{atop, bring, spell, zip};

fn refusal(set: DataSet, name: &str, bytes: impl Into<Vec<u8>>) -> String {
    bring(set, name, bytes).map(|_| ()).expect_err("refused").to_string()
}

const STATES: &str = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n";

fn two() -> String {
    let day = ["1950", "3", "1"];
    atop(&[
        spell("3990", "0", "220", day, None, &[("defense", "1")]),
        spell("3990", "0", "230", day, None, &[("defense", "1")]),
    ])
}

#[test]
fn an_unknown_column_is_named() {
    let text = two().replacen(",version\n", ",mood,version\n", 1);
    let said = refusal(DataSet::Atop, "m.csv", text);
    assert!(said.starts_with("m.csv:1: column `mood`"), "{said}");
}

#[test]
fn a_missing_column_is_named() {
    let said = refusal(DataSet::Atop, "m.csv", two().replacen("defense,", "", 1));
    assert!(said.starts_with("m.csv:1: column `defense`") && said.contains("missing"), "{said}");
}

#[test]
fn a_row_with_a_cell_too_many_is_named() {
    let said = refusal(DataSet::Atop, "m.csv", two().replacen(",5.1\n", ",5.1,\n", 1));
    assert!(said.starts_with("m.csv:2: ") && said.contains("105 cells in the row, not 106"), "{said}");
}

#[test]
fn a_value_outside_the_codebook_is_named() {
    let day = ["1950", "3", "1"];
    for (column, value) in [
        ("defense", "2"),
        ("moent", "24"),
        ("yrent", "19118"),
        ("natrefal", "5"),
        ("member", "0230"),
        ("version", "6"),
    ] {
        let text = atop(&[spell("3990", "0", "230", day, None, &[(column, value)])]);
        let said = refusal(DataSet::Atop, "m.csv", text);
        assert!(said.starts_with(&format!("m.csv:2: column `{column}`: found `{value}`")), "{said}");
    }
}

#[test]
fn month_24_and_year_19118_of_the_war_files_are_named() {
    let head = "warnum,disno,dyindex,statea,stateb,warstrtmnth,warstrtday,warstrtyr,warendmnth,warenday,warendyr,year,warolea,waroleb,wardyadrolea,wardyadroleb,outcomea,batdtha,batdthb,changes_1,changes_2,batdths,durindx\n";
    let month = format!("{head}9,1,1,220,230,24,10,1918,3,11,1918,1918,1,1,1,1,1,1,1,,,1,1\n");
    assert_eq!(
        refusal(DataSet::CowWars, "w.csv", month),
        "w.csv:2: column `warstrtmnth`: found `24`, expected one of: 1..12"
    );
    let year = format!("{head}9,1,1,220,230,8,11,1916,9,29,19118,1916,1,1,1,1,1,1,1,,,1,1\n");
    assert!(
        refusal(DataSet::CowWars, "w.csv", year).starts_with("w.csv:2: column `warendyr`: found `19118`")
    );
}

#[test]
fn a_day_that_is_none_is_named() {
    let said =
        refusal(DataSet::CowStates, "s.csv", format!("{STATES}FRN,220,France,1900,2,29,2016,12,31,2016\n"));
    assert!(said.starts_with("s.csv:2: column `stday`: found `29`"), "{said}");
}

#[test]
fn a_key_that_occurs_twice_is_named_with_both_lines() {
    let day = ["1950", "3", "1"];
    let one = spell("3990", "0", "230", day, None, &[]);
    let said =
        refusal(DataSet::Atop, "m.csv", atop(&[one.clone(), spell("3990", "0", "220", day, None, &[]), one]));
    assert!(said.starts_with("m.csv:4: column `atopid`") && said.contains("line 2 has the same"), "{said}");
}

#[test]
fn a_file_that_is_cut_off_is_named() {
    let whole = two();
    let cut = &whole[..whole.len() - 40];
    let said = refusal(DataSet::Atop, "m.csv", cut);
    assert!(said.starts_with("m.csv:3: column `") && said.contains("cut off?"), "{said}");
    let packed = zip(&[("m.csv", whole.into_bytes())], true);
    for length in [packed.len() - 5, packed.len() / 2, 40] {
        let said = refusal(DataSet::Atop, "m.zip", &packed[..length]);
        assert!(said.starts_with("m.zip: found `zip") && said.contains("cut off?"), "{length}: {said}");
    }
    let quoted = format!("{STATES}FRN,220,\"France,1816,1,1,2016,12,31,2016\n");
    assert!(refusal(DataSet::CowStates, "s.csv", quoted).starts_with("s.csv:2: found"));
}

#[test]
fn a_zip_whose_contents_were_changed_is_named() {
    let mut packed = zip(&[("m.csv", two().into_bytes())], false);
    let at = packed.windows(4).position(|w| w == b"3990").expect("stored as it is");
    packed[at] = b'4';
    let said = refusal(DataSet::Atop, "m.zip", packed);
    assert!(said.starts_with("m.zip/m.csv") && said.contains("checksum"), "{said}");
}

#[test]
fn a_zip_without_the_table_says_what_it_has_and_one_with_two_does_not_guess() {
    let said = refusal(DataSet::Atop, "m.zip", zip(&[("readme.txt", b"hello\n".to_vec())], true));
    assert!(said.contains("m.zip/readme.txt"), "{said}");
    let both = [("a.csv", two().into_bytes()), ("b.csv", two().into_bytes())];
    let said = refusal(DataSet::Atop, "m.zip", zip(&both, true));
    assert!(said.contains("m.zip/a.csv, m.zip/b.csv") && said.contains("take the one you mean"), "{said}");
}

#[test]
fn line_ends_of_two_kinds_are_named() {
    let said =
        refusal(DataSet::CowStates, "s.csv", format!("{STATES}FRN,220,France,1816,1,1,2016,12,31,2016\r\n"));
    assert!(said.starts_with("s.csv:2: found `line end`"), "{said}");
}

#[test]
fn letters_of_no_known_encoding_are_named() {
    let mut bytes = format!("{STATES}FRN,220,Fran").into_bytes();
    bytes.extend([0x81]);
    bytes.extend(b"ce,1816,1,1,2016,12,31,2016\n");
    let said = refusal(DataSet::CowStates, "s.csv", bytes);
    assert!(said.starts_with("s.csv:2: found `byte 0x81`"), "{said}");
    assert!(refusal(DataSet::CowStates, "s.csv", b"\xff\xfes\0t\0a\0".to_vec()).contains("s.csv"));
}

#[test]
fn columns_that_disagree_are_named() {
    let day = ["1950", "3", "1"];
    for (more, column) in [
        (vec![("ineffect", "0")], "ineffect"),
        (vec![("defcoadv", "1")], "defcon"),
        (vec![("concon", "1")], "concon"),
        (vec![("moexit", "4")], "moexit"),
    ] {
        let said = refusal(DataSet::Atop, "m.csv", atop(&[spell("3990", "0", "230", day, None, &more)]));
        assert!(said.starts_with(&format!("m.csv:2: column `{column}`")), "{said}");
    }
    let backwards = atop(&[spell("3990", "0", "230", day, Some(["1949", "3", "1"]), &[])]);
    assert!(refusal(DataSet::Atop, "m.csv", backwards).starts_with("m.csv:2: column `yrexit`"));
}

#[test]
fn a_number_nobody_has_is_named() {
    let said =
        refusal(DataSet::Atop, "m.csv", atop(&[spell("3990", "0", "989", ["1950", "3", "1"], None, &[])]));
    assert!(said.starts_with("m.csv:2: column `member`: found `989`"), "{said}");
}

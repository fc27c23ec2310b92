//! What is kept, and what comes out: encodings, zips, dates, identities, phases, conditions, panels, releases.

use foedera::{BasisRequest, CasusRequest, Question, ask};
use foedera_intake::atop::Atop;
use foedera_intake::panel::{Frame, Rule, Unit, panel};
use foedera_intake::releases::{Change, compare};
use foedera_intake::{DataSet, Mend, Options, read};

use crate::fixture::{atop, bring, layered, open, row, spell, text, zip};

const STATES: &str = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n";

fn noted(imported: &foedera_intake::Imported, words: &str) -> bool {
    imported.notes.iter().any(|n| n.contains(words))
}

#[test]
fn line_ends_marks_and_letters_are_read_and_said() {
    let plain = format!("{STATES}FRN,220,France,1816,1,1,2016,12,31,2016\n");
    let expected = text(&bring(DataSet::CowStates, "s.csv", plain.as_str()).unwrap(), "system.toml");
    for (bytes, said) in [
        (plain.replace('\n', "\r\n").into_bytes(), "CR LF"),
        (plain.replace('\n', "\r").into_bytes(), "CR alone"),
        ([b"\xef\xbb\xbf", plain.as_bytes()].concat(), "byte order mark"),
        (plain.trim_end().as_bytes().to_vec(), "no line end after the last cell, `2016`"),
    ] {
        let found = bring(DataSet::CowStates, "s.csv", bytes).unwrap();
        assert_eq!(text(&found, "system.toml"), expected, "{said}");
        assert!(noted(&found, said), "{said}: {:?}", found.notes);
    }
    let mut latin = format!("{STATES}CDI,437,C").into_bytes();
    latin.extend([0xf4]);
    latin.extend(b"te d\x92Ivoire,1960,8,7,2016,12,31,2016\n");
    let found = bring(DataSet::CowStates, "s.csv", latin).unwrap();
    assert!(noted(&found, "Windows-1252"));
    assert!(text(&found, "raw/cow-states.csv").contains("Côte d’Ivoire"));
}

#[test]
fn a_table_is_found_in_a_zip_and_in_a_zip_in_a_zip() {
    let file = atop(&[spell("3990", "0", "230", ["1950", "3", "1"], None, &[])]);
    let inner =
        zip(&[("ATOP/m.csv", file.clone().into_bytes()), ("ATOP/codebook.txt", b"words\n".to_vec())], true);
    let outer = zip(&[("__MACOSX/._m.csv", b"x".to_vec()), ("inner.zip", inner.clone())], false);
    for packed in [inner, outer] {
        let found = bring(DataSet::Atop, "m.zip", packed).unwrap();
        assert_eq!(text(&found, "raw/atop.csv"), file);
    }
}

#[test]
fn a_flagged_cell_is_kept_as_it_is() {
    let file = atop(&[spell("3990", "0", "230", ["1950", "3", "1"], None, &[("refothio", "2")])]);
    let found = bring(DataSet::Atop, "m.csv", file.as_str()).unwrap();
    assert!(noted(&found, "m.csv:2: column `refothio`: `2` is not in the codebook"));
    assert_eq!(text(&found, "raw/atop.csv"), file);
    assert!(text(&found, "manifest.json").contains("refothio"));
}

#[test]
fn every_cell_is_written_back() {
    let file = atop(&[
        row(&[
            ("atopid", "3990"),
            ("member", "220"),
            ("yrent", "1950"),
            ("moent", "3"),
            ("dayent", ""),
            ("cowid", "3011"),
            ("statthr1", "255"),
            ("version", "5.0999999"),
        ]),
        spell(
            "3990",
            "0",
            "230",
            ["1950", "3", "1"],
            Some(["1960", "2", ""]),
            &[("version", "5.0999999"), ("seppeace", "2")],
        ),
    ]);
    let quoted = file.replacen(",5.0999999", ",\"5.0999999\"", 1).replace('\n', "\r\n");
    let (raw, _) = read(DataSet::Atop, "m.csv", quoted.into_bytes(), &Options::default()).unwrap();
    assert_eq!(foedera_intake::export(&raw), file);
}

#[test]
fn a_cell_the_user_mends_stands_in_the_manifest() {
    let file = atop(&[spell("3990", "0", "230", ["1950", "24", "1"], None, &[])]);
    let gazetteer = foedera::Dossier::open(&["gazetteer".to_owned()]).unwrap();
    let mend = Mend { line: 2, column: "moent".to_owned(), value: "2".to_owned() };
    let options = Options { mends: vec![mend], ..Options::default() };
    let found = foedera_intake::import(
        DataSet::Atop,
        "m.csv",
        file.into_bytes(),
        &foedera_intake::Actors::of(&gazetteer),
        &options,
    )
    .unwrap();
    assert!(text(&found, "manifest.json").contains("line 2, column `moent`: `2` put in by the user"));
    assert!(text(&found, "alliances-1945-1989.toml").contains("on = \"1950-02-01\""));
}

fn asked(
    d: &foedera::Dossier,
    attacker: &str,
    target: &str,
    on: &str,
    assume: &[&str],
) -> Vec<(String, String, String, String)> {
    let request = CasusRequest {
        attacker: vec![attacker.to_owned()],
        target: vec![target.to_owned()],
        assume: assume.iter().map(|a| (*a).to_owned()).collect(),
        ..CasusRequest::default()
    };
    let basis =
        BasisRequest { on: Some(on.to_owned()), today: "2020-01-01".to_owned(), ..BasisRequest::default() };
    let e = ask(d, &Question::Casus(request), &basis).map_err(|e| e.message).expect("a question");
    let e: serde_json::Value = serde_json::to_value(&e).expect("an envelope serialises");
    let word = |item: &serde_json::Value, key: &str| item[key].as_str().unwrap_or_default().to_owned();
    let items = e["items"].as_array().expect("items");
    items
        .iter()
        .map(|i| (word(i, "actor"), word(i, "role"), word(i, "instrument"), word(i, "confidence")))
        .collect()
}

fn has(
    items: &[(String, String, String, String)],
    actor: &str,
    role: &str,
    instrument: &str,
    confidence: &str,
) -> bool {
    items.iter().any(|i| {
        (i.0.as_str(), i.1.as_str(), i.2.as_str(), i.3.as_str()) == (actor, role, instrument, confidence)
    })
}

#[test]
fn a_condition_whose_content_is_unknown_makes_an_answer_possible() {
    let day = ["1950", "3", "1"];
    let defends = [("defense", "1"), ("defcon", "1"), ("defcoadv", "1"), ("conditio", "1")];
    let found = bring(
        DataSet::Atop,
        "m.csv",
        atop(&[
            spell("3990", "0", "220", day, None, &defends),
            spell("3990", "0", "230", day, None, &[("defense", "1")]),
        ]),
    )
    .unwrap();
    let d = open(&found);
    let on = "1960-01-01";
    assert!(has(&asked(&d, "PRT", "ESP", on, &[]), "FRA", "bound", "atop-3990", "possible"));
    let judged = ["met:atop-3990/adversary"];
    assert!(has(&asked(&d, "PRT", "ESP", on, &judged), "FRA", "bound", "atop-3990", "certain"));
    assert!(has(&asked(&d, "PRT", "FRA", on, &[]), "ESP", "bound", "atop-3990", "certain"));
}

#[test]
fn entry_is_signature_and_an_open_end_is_no_date() {
    let found = bring(
        DataSet::Atop,
        "m.csv",
        atop(&[
            spell("3990", "0", "220", ["1950", "3", ""], None, &[("defense", "1")]),
            spell("3990", "0", "230", ["1950", "3", ""], None, &[("defense", "1")]),
            spell("3990", "0", "235", ["1951", "4", "2"], Some(["1955", "6", "7"]), &[("defense", "1")]),
            spell("3990", "0", "235", ["1958", "1", "9"], None, &[("defense", "1")]),
        ]),
    )
    .unwrap();
    let file = text(&found, "alliances-1945-1989.toml");
    assert!(file.contains("act = \"concluded\"\non = \"1950-03\""), "{file}");
    assert!(!file.contains("entered-into-force"));
    assert!(text(&found, "sources.toml").contains("covers = \"1815-01-01/2018-12-31\""));
    let d = open(&found);
    // What coverage does not reach is not certain.
    assert!(has(&asked(&d, "ITA", "ESP", "2018-12-31", &[]), "FRA", "bound", "atop-3990", "certain"));
    assert!(has(&asked(&d, "ITA", "ESP", "2019-01-01", &[]), "FRA", "bound", "atop-3990", "possible"));
    // A member that left and came back.
    for (on, bound) in [
        ("1951-04-01", false),
        ("1951-04-02", true),
        ("1956-01-01", false),
        ("1958-01-09", true),
        ("2018-12-31", true),
    ] {
        assert_eq!(
            has(&asked(&d, "ITA", "ESP", on, &[]), "PRT", "bound", "atop-3990", "certain"),
            bound,
            "{on}"
        );
    }
}

#[test]
fn a_phase_that_goes_on_is_no_exit_and_phases_may_overlap() {
    let rows = |member: &str| {
        [
            spell(
                "3990",
                "1",
                member,
                ["1950", "3", "1"],
                Some(["1960", "5", "5"]),
                &[("maxphase", "3"), ("defense", "1")],
            ),
            spell(
                "3990",
                "2",
                member,
                ["1960", "5", "5"],
                Some(["1970", "1", "1"]),
                &[("maxphase", "3"), ("consul", "1")],
            ),
            spell(
                "3990",
                "3",
                member,
                ["1965", "1", "1"],
                Some(["1975", "1", "1"]),
                &[("maxphase", "3"), ("nonagg", "1")],
            ),
        ]
    };
    let all: Vec<String> = ["220", "230"].iter().flat_map(|m| rows(m)).collect();
    let found = bring(DataSet::Atop, "m.csv", atop(&all)).unwrap();
    let file = text(&found, "alliances-1945-1989.toml");
    assert_eq!(file.matches("act = \"terminated\"").count(), 1, "{file}");
    assert_eq!(file.matches("act = \"withdrew\"").count(), 0);
    let d = open(&found);
    let roles = |on: &str| -> Vec<String> {
        let of_france =
            asked(&d, "ITA", "ESP", on, &[]).into_iter().filter(|i| i.0 == "FRA" && i.1 != "not-bound");
        of_france.map(|i| i.1).collect()
    };
    assert_eq!(roles("1955-01-01"), ["bound"]);
    assert_eq!(roles("1962-01-01"), ["consult"]);
    let mut both = roles("1968-01-01");
    both.sort();
    assert_eq!(both, ["consult", "refrain"]);
    assert_eq!(roles("1972-01-01"), ["refrain"]);
    assert!(roles("1975-01-01").is_empty());
}

#[test]
fn identity_is_dated() {
    let gazetteer = foedera::Dossier::open(&["gazetteer".to_owned()]).unwrap();
    let actors = foedera_intake::Actors::of(&gazetteer);
    let day = |text: &str| foedera_bulk::parse_iso(text.as_bytes()).expect("a date");
    use foedera_intake::Scheme::{Cow, Gw};
    for (scheme, code, on, id) in [
        (Cow, "255", "1914-07-28", "DEU"),
        (Cow, "260", "1970-01-01", "DEU"),
        (Cow, "255", "1990-10-03", "DEU"),
        (Cow, "265", "1970-01-01", "DDR"),
        (Cow, "345", "1914-07-28", "SRB"),
        (Cow, "345", "1939-01-01", "YUG"),
        (Cow, "345", "2004-01-01", "SCG"),
        (Cow, "345", "2010-01-01", "SRB"),
        (Gw, "340", "1900-01-01", "SRB"),
        (Cow, "365", "1914-07-28", "RUS"),
        (Cow, "365", "1960-01-01", "SUN"),
        (Cow, "365", "2000-01-01", "RUS"),
        (Cow, "640", "1914-07-28", "OTT"),
        (Cow, "640", "1952-01-01", "TUR"),
        (Cow, "678", "1980-01-01", "YEM"),
        (Cow, "679", "2000-01-01", "YEM"),
        (Cow, "680", "1980-01-01", "YMD"),
        (Cow, "315", "1930-01-01", "CSK"),
        (Cow, "316", "2000-01-01", "CZE"),
        (Cow, "317", "2000-01-01", "SVK"),
        (Cow, "730", "1900-01-01", "KRE"),
        (Cow, "732", "2000-01-01", "KOR"),
        (Cow, "300", "1914-07-28", "AUH"),
        (Cow, "8152", "1874-01-01", "ANM"),
    ] {
        assert_eq!(actors.id(scheme, code, day(on)), Some(id), "{code} on {on}");
    }
    assert_eq!(actors.id(Cow, "999", day("2000-01-01")), None);
}

#[test]
fn a_state_that_changes_its_number_neither_leaves_nor_comes_back() {
    let found = bring(
        DataSet::Atop,
        "m.csv",
        atop(&[
            spell("3990", "0", "220", ["1955", "5", "6"], None, &[("defense", "1")]),
            spell(
                "3990",
                "0",
                "260",
                ["1955", "5", "6"],
                Some(["1990", "10", "3"]),
                &[("defense", "1"), ("termmode", "4")],
            ),
            spell("3990", "0", "255", ["1990", "10", "3"], None, &[("defense", "1")]),
        ]),
    )
    .unwrap();
    let file = text(&found, "alliances-1945-1989.toml");
    assert!(
        !file.contains("withdrew") && !file.contains("acceded") && !file.contains("terminated"),
        "{file}"
    );
    assert!(has(
        &asked(&open(&found), "ITA", "FRA", "2000-01-01", &[]),
        "DEU",
        "bound",
        "atop-3990",
        "certain"
    ));
}

#[test]
fn the_last_day_of_a_list_of_states_is_no_end() {
    let found = bring(
        DataSet::CowStates,
        "s.csv",
        format!(
            "{STATES}FRN,220,France,1816,1,1,1942,11,11,2016\nFRN,220,France,1944,8,25,2016,12,31,2016\n"
        ),
    )
    .unwrap();
    open(&found);
    let file = text(&found, "system.toml");
    assert!(
        file.contains("to = \"1942-11-12\"") && !file.contains("to = \"201") && !file.contains("2017"),
        "{file}"
    );
    assert!(file.contains("members-complete = \"2016-12-31\""), "{file}");
}

#[test]
fn the_other_forms_become_dossiers() {
    let midb = "dispnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,sidea,revstate,revtype1,revtype2,fatality,fatalpre,hiact,hostlev,orig,version\n7,FRN,220,-9,7,1902,24,1,1903,1,1,1,-9,0,0,7,3,1,5\n";
    let found = bring(DataSet::Mid, "b.csv", midb).unwrap();
    open(&found);
    assert!(text(&found, "disputes.toml").contains("on = \"1902-07/1903-01-25\""));

    let wars = "WarNum,WarName,WarType,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,EndMonth1,EndDay1,EndYear1,StartMonth2,StartDay2,StartYear2,EndMonth2,EndDay2,EndYear2,TransFrom,WhereFought,Initiator,Outcome,TransTo,BatDeath,Version\r900,Made up,1,220,France,1,4,7,1923,11,13,1923,-8,-8,-8,-8,-8,-8,-8,2,1,1,-8,400,4\r900,Made up,1,230,Spain,2,5,1,1923,12,1,1923,-8,-8,-8,-8,-8,-8,-8,2,2,2,-8,600,4\r";
    let found = bring(DataSet::CowWars, "w.csv", wars).unwrap();
    open(&found);
    assert!(
        text(&found, "wars.toml")
            .contains("fact = \"at-war:ESP/FRA\"\nfrom = \"1923-05-01\"\nto = \"1923-11-14\"")
    );

    let dcad = "ccode1,cowName1,ccode2,cowName2,signDay,signMonth,signYear,EIFDay,EIFMonth,EIFYear,type,category1,category2,category3,span,renewType,renewYears,terminated,durationActual,endYearEstimate,asymmetry,categoryConf,UNTS,fullText,sourceType,source,factivaConf,factivaSign,factivaEIF,DCAid\n220,FRN,230,SPN,,3,1984,4,5,1985,general,DCA,,,-77,-66,-66,-88,,2010,0,high,,Y,treaty,\"A, B\",,,,DCADv1.0-9001\n220,FRN,235,POR,9,3,1984,4,5,1983,general,DCA,,,,,,0,,2010,0,high,,Y,treaty,C,,,,DCADv1.0-9002\n";
    let found = bring(DataSet::Dcad, "d.csv", dcad).unwrap();
    open(&found);
    let file = text(&found, "agreements.toml");
    assert!(
        file.contains("act = \"signed\"\non = \"1984-03\"") && file.contains("on = \"1985-05-04\""),
        "{file}"
    );
    assert!(noted(&found, "DCADv1.0-9002 is in force on 1983-05-04, before it is signed"));
    assert_eq!(text(&found, "raw/dcad.csv"), dcad);

    let icews = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n1\t2018-06-01\tArmy (\"Reds\")\tNA\tJapan\tConsult\t040\t1\tB\tNA\tAtlantis\t5\t2\tP\tNA\tNA\tNA\tNA\t1.5\tNA\n1\t2018-06-02\tA\tNA\tJapan\tConsult\t040\t1\tB\tNA\tFrance\t6\t2\tP\tNA\tNA\tNA\tNA\tNA\tNA\n";
    let found = bring(DataSet::Icews, "e.tab", icews).unwrap();
    open(&found);
    assert!(noted(&found, "the gazetteer has no `Atlantis` (1 times)"));
    assert!(text(&found, "events.toml").contains("about = [\"FRA\", \"JPN\"]"));
}

fn read_atop(rows: &[String]) -> Atop {
    let (raw, _) =
        read(DataSet::Atop, "m.csv", atop(rows).into_bytes(), &Options::default()).expect("well formed");
    Atop::new(&raw).expect("well formed")
}

#[test]
fn panels_follow_both_rules_and_say_what_is_not_covered() {
    let a = read_atop(&[
        spell("3990", "1", "220", ["1950", "3", "1"], Some(["1952", "6", "1"]), &[("defense", "1")]),
        spell("3990", "1", "230", ["1950", "3", "1"], Some(["1952", "6", "1"]), &[]),
        spell("3990", "2", "220", ["1952", "6", "1"], None, &[("consul", "1")]),
        spell("3990", "2", "230", ["1952", "6", "1"], None, &[]),
        // One day together is none by ATOP's rule.
        spell("3991", "0", "220", ["1950", "3", "1"], Some(["1951", "1", "1"]), &[("defense", "1")]),
        spell("3991", "0", "235", ["1951", "1", "1"], None, &[("defense", "1")]),
    ]);
    let frame = |rule, from, to, system| Frame { from, to, rule, system, ids: None };
    let line =
        |csv: &str, start: &str| csv.lines().find(|l| l.starts_with(start)).unwrap_or_default().to_owned();
    let (csv, _) = panel(&a, Unit::DirectedDyadYear, &frame(Rule::Atop, 1950, 1953, &[]));
    // Within the year the later phase counts.
    assert_eq!(line(&csv, "1952,220,230"), "1952,220,230,1,,1952-01-01,1952-12-31,0,0,0,0,1");
    assert_eq!(line(&csv, "1950,220,230"), "1950,220,230,1,,1950-03-01,1950-12-31,1,0,0,0,0");
    assert_eq!(line(&csv, "1950,230,220"), "1950,230,220,1,,1950-03-01,1950-12-31,0,0,0,0,0");
    assert!(!csv.contains(",235,"));
    let (csv, _) = panel(&a, Unit::DirectedDyadYear, &frame(Rule::Day, 1950, 1953, &[]));
    assert_eq!(line(&csv, "1952,220,230"), "1952,220,230,1,,1952-01-01,1952-12-31,1,0,0,0,1");
    assert_eq!(line(&csv, "1951,235,220"), "1951,235,220,1,,1951-01-01,1951-01-01,1,0,0,0,0");
    let (csv, rows) = panel(&a, Unit::DyadYear, &frame(Rule::Atop, 1950, 1950, &[]));
    assert_eq!(
        (rows, line(&csv, "1950,220,230").as_str()),
        (1, "1950,220,230,1,,1950-03-01,1950-12-31,1,0,0,0,0")
    );
    let (csv, _) = panel(&a, Unit::DyadDay, &frame(Rule::Atop, 1950, 2018, &[]));
    assert_eq!(line(&csv, "220,230,1952"), "220,230,1952-06-01,1952-06-01,0,1,0,0,0,1");
    let open_end: Vec<&str> = csv.lines().filter(|l| l.starts_with("220,230,1952-06-02")).collect();
    assert_eq!(open_end, ["220,230,1952-06-02,2018-12-31,1,0,0,0,0,1"]);
    let system =
        [(220, foedera_bulk::day_of(1816, 1, 1).unwrap(), foedera_bulk::OPEN), (230, 0, foedera_bulk::OPEN)];
    let (csv, _) = panel(&a, Unit::DirectedDyadYear, &frame(Rule::Atop, 2018, 2019, &system));
    assert_eq!(line(&csv, "2018,220,230"), "2018,220,230,1,1,2018-01-01,2018-12-31,0,0,0,0,1");
    assert_eq!(line(&csv, "2019,220,230"), "2019,220,230,0,1,,,,,,,");
    for csv in [csv, panel(&a, Unit::StateYear, &frame(Rule::Atop, 2018, 2019, &system)).0] {
        let width = csv.lines().next().unwrap().matches(',').count();
        assert!(csv.lines().all(|l| l.matches(',').count() == width), "{csv}");
    }
}

/// Who owes whom what, in the order of the obligations.
type Owed = (u32, u32, [u8; 5]);

/// Locarno in small: 220 and 255 owe each other nonaggression, 200 owes both defence, 255 has also a pact of its own with 200.
fn guarantee() -> (Vec<String>, Vec<Owed>) {
    let day = ["1950", "3", "1"];
    let end = Some(["1951", "6", "1"]);
    let varies = |owes: &[(&'static str, &'static str)]| {
        owes.iter().copied().chain([("obvary", "1"), ("asymm", "1")]).collect::<Vec<_>>()
    };
    let rows = vec![
        spell("3990", "0", "200", day, end, &varies(&[("defense", "1"), ("consul", "1")])),
        spell("3990", "0", "220", day, end, &varies(&[("nonagg", "1")])),
        spell("3990", "0", "255", day, end, &varies(&[("nonagg", "1")])),
        spell("3991", "0", "200", day, end, &[("consul", "1")]),
        spell("3991", "0", "255", day, end, &[("consul", "1")]),
    ];
    // Who owes whom: defence, offence, neutrality, nonaggression, consultation.
    let owed = vec![
        (200, 220, [1, 0, 0, 0, 0]),
        (200, 255, [1, 0, 0, 0, 1]),
        (220, 200, [0, 0, 0, 0, 0]),
        (220, 255, [0, 0, 0, 1, 0]),
        (255, 200, [0, 0, 0, 0, 1]),
        (255, 220, [0, 0, 0, 1, 0]),
    ];
    (rows, owed)
}

fn dyad_years(owed: &[Owed], version: &str) -> String {
    let mut out = "ddyad,year,atopally,defense,offense,neutral,nonagg,consul,shareob,stateA,stateB,version\n"
        .to_owned();
    for (a, b, o) in owed {
        for year in [1950, 1951] {
            let o: Vec<String> = o.iter().map(u8::to_string).collect();
            out += &format!("{},{year},1,{},,{a},{b},{version}\n", a * 1000 + b, o.join(","));
        }
    }
    out
}

fn with_directed(rows: &[String], directed: String) -> Result<foedera_intake::Imported, String> {
    with_directed_bytes(rows, directed.into_bytes())
}

fn with_directed_bytes(rows: &[String], directed: Vec<u8>) -> Result<foedera_intake::Imported, String> {
    let gazetteer = foedera::Dossier::open(&["gazetteer".to_owned()]).expect("embedded");
    let options = Options { directed: Some(("ddyr.csv".to_owned(), directed)), ..Options::default() };
    let actors = foedera_intake::Actors::of(&gazetteer);
    foedera_intake::import(DataSet::Atop, "m.csv", atop(rows).into_bytes(), &actors, &options)
        .map_err(|e| e.to_string())
}

#[test]
fn toward_whom_is_said_by_the_directed_dyad_years_alone() {
    let (rows, owed) = guarantee();
    let on = "1950-06-01";
    // Without them, what is owed to some only is possible toward everyone.
    let d = open(&bring(DataSet::Atop, "m.csv", atop(&rows)).unwrap());
    for (attacker, target) in [("ITA", "FRA"), ("ITA", "DEU")] {
        assert!(has(&asked(&d, attacker, target, on, &[]), "GBR", "bound", "atop-3990", "possible"));
    }
    let found = with_directed(&rows, dyad_years(&owed, "5.1")).expect("it agrees with the member file");
    let d = open(&found);
    assert!(has(&asked(&d, "ITA", "FRA", on, &[]), "GBR", "bound", "atop-3990", "certain"));
    assert!(has(&asked(&d, "ITA", "DEU", on, &[]), "GBR", "bound", "atop-3990", "certain"));
    // 220 owes 255 nonaggression, and 200 nothing: it breaks nothing by attacking 200.
    assert!(has(&asked(&d, "FRA", "DEU", on, &[]), "FRA", "breach", "atop-3990", "certain"));
    assert!(!asked(&d, "FRA", "GBR", on, &[]).iter().any(|i| i.1 == "breach"));
    // 200 owes 220 no consultation; whether it owes it to 255 by this alliance cannot be told, since another has it too.
    assert!(!asked(&d, "ITA", "FRA", on, &[]).iter().any(|i| i.0 == "GBR" && i.1 == "consult"));
    assert!(has(&asked(&d, "ITA", "DEU", on, &[]), "GBR", "consult", "atop-3990", "possible"));
    assert!(has(&asked(&d, "ITA", "DEU", on, &[]), "GBR", "consult", "atop-3991", "certain"));
    let kept = text(&found, foedera_intake::DIRECTED);
    assert!(
        kept.contains("3990,0,200,220,1,?,?,?,0\n") && kept.contains("3990,0,200,255,1,?,?,?,?\n"),
        "{kept}"
    );
    // The panel has what the file has, and a kept table is read back to the same.
    let mut a = read_atop(&rows);
    let table = foedera_intake::Raw::parse("kept.csv", kept.as_bytes(), b',').expect("a table");
    a.toward = Some(foedera_intake::atop::Toward::from_csv(&table).expect("well formed"));
    assert_eq!(a.toward.as_ref().expect("there").to_csv(), kept);
    for (from, to, o) in owed {
        let d = foedera_intake::panel::directed(&a, Rule::Atop, 1950, 1950);
        let found = d.iter().find(|d| (d.a, d.b) == (from, to)).expect("a row");
        let bits = o.iter().enumerate().fold(0, |bits, (i, o)| bits | o << i);
        assert_eq!(found.owes, bits, "{from} {to}");
    }
}

#[test]
fn directed_dyad_years_of_another_release_are_refused() {
    let (rows, owed) = guarantee();
    let refused = |owed: &[Owed], version: &str| {
        with_directed(&rows, dyad_years(owed, version)).expect_err("it differs")
    };
    assert!(refused(&owed, "4.01").contains("release 5.1"));
    let mut more = owed.clone();
    more.push((2, 20, [0; 5]));
    assert!(refused(&more, "5.1").contains("no 2 with 20 in 1950"));
    assert!(refused(&owed[1..], "5.1").contains("a row for 200 with 220 in 1950"));
    let mut other = owed.clone();
    other[4].2[4] = 0;
    assert!(refused(&other, "5.1").contains("column `consul`"), "{}", refused(&other, "5.1"));
    let mut other = owed;
    other[0].2[1] = 1;
    assert!(refused(&other, "5.1").contains("column `offense`"));
}

#[test]
fn two_releases_are_two_codings_of_one_instrument() {
    let day = ["1950", "3", "1"];
    let v = |version: &'static str| ("version", version);
    let older = bring(
        DataSet::Atop,
        "old.csv",
        atop(&[
            spell("3990", "0", "220", day, None, &[("defense", "1"), v("4.01")]),
            spell("3990", "0", "230", day, None, &[("defense", "1"), v("4.01")]),
            spell("3990", "0", "235", ["1952", "1", "1"], None, &[("defense", "1"), v("4.01")]),
        ]),
    )
    .unwrap();
    let newer = bring(
        DataSet::Atop,
        "new.csv",
        atop(&[
            spell("3990", "0", "220", day, None, &[("defense", "1"), ("consul", "1")]),
            spell("3990", "0", "230", day, None, &[("defense", "1"), ("consul", "1")]),
            spell(
                "3990",
                "0",
                "235",
                ["1952", "1", "1"],
                Some(["1960", "1", "1"]),
                &[("defense", "1"), ("consul", "1")],
            ),
            spell("3990", "0", "325", ["1970", "1", "1"], None, &[("defense", "1"), ("consul", "1")]),
        ]),
    )
    .unwrap();
    let d = layered(&[("older", &older), ("newer", &newer)]);
    // Both have it: certain, once, by both.
    let before = asked(&d, "RUS", "ESP", "1955-01-01", &[]);
    assert!(
        has(&before, "FRA", "bound", "atop-3990", "certain")
            && has(&before, "PRT", "bound", "atop-3990", "certain")
    );
    assert_eq!(before.iter().filter(|i| i.0 == "FRA" && i.1 == "bound").count(), 1);
    // One has it: contested, whichever came later.
    assert!(has(&before, "FRA", "consult", "atop-3990", "disputed"));
    assert!(has(&asked(&d, "RUS", "ESP", "1965-01-01", &[]), "PRT", "bound", "atop-3990", "disputed"));
    assert!(has(&asked(&d, "RUS", "ESP", "1975-01-01", &[]), "ITA", "bound", "atop-3990", "disputed"));
    // Where the older no longer covers, the newer alone speaks; where neither does, nothing is certain.
    assert!(has(&asked(&d, "RUS", "ESP", "2017-06-01", &[]), "FRA", "bound", "atop-3990", "certain"));
    assert!(has(&asked(&d, "RUS", "ESP", "2019-06-01", &[]), "FRA", "bound", "atop-3990", "possible"));
}

#[test]
fn two_releases_are_compared_cell_by_cell() {
    let table = |version: &str, more: &[String]| {
        let mut rows = vec![spell(
            "3990",
            "0",
            "220",
            ["1950", "3", "1"],
            None,
            &[("version", version), ("renounce", if version == "5.1" { "1" } else { "2" })],
        )];
        rows.extend_from_slice(more);
        read(DataSet::Atop, "m.csv", atop(&rows).into_bytes(), &Options::default()).unwrap().0
    };
    let old = table("4.01", &[spell("3991", "0", "230", ["1951", "3", "1"], None, &[("version", "4.01")])]);
    let new = table("5.1", &[]);
    let key = |id: &str, member: &str| vec![id.to_owned(), "0".to_owned(), member.to_owned()];
    assert_eq!(
        compare(&old, &new, &["atopid", "phase", "member"], &["version"]),
        [
            Change::Cell {
                key: key("3990", "220"),
                column: "renounce".into(),
                old: "2".into(),
                new: "1".into()
            },
            Change::Removed(key("3991", "230")),
        ]
    );
}

#[test]
fn atop_becomes_a_bulk_world() {
    let a = read_atop(&[
        spell("3990", "0", "220", ["1950", "3", "1"], None, &[("defense", "1")]),
        spell("3990", "0", "230", ["1950", "3", "1"], Some(["1960", "1", "1"]), &[]),
    ]);
    let w = foedera_bulk::World::build(&a.tables(&[], &[])).unwrap();
    assert_eq!((w.instruments(), w.clauses(), w.memberships()), (1, 1, 2));
    let mut csv = Vec::new();
    let s = foedera_bulk::dyad_years::write(&w, &mut csv);
    // Only the one that owes, in each year they share.
    assert_eq!(s.rows, 11);
    assert!(String::from_utf8(csv).unwrap().contains("1960,1,2,1,0,0,0,0\n"));
}

#[test]
fn a_long_import_is_cut_into_files_the_language_reads() {
    let head = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n";
    let long = "é".repeat(400);
    let mut file = head.to_owned();
    for i in 0..5000 {
        file.push_str(&format!("{i}\t2018-06-01\t{long}\tNA\tJapan\tConsult\t040\t1\tB\tNA\tFrance\t5\t2\tP\tNA\tNA\tNA\tNA\tNA\tNA\n"));
    }
    let found = bring(DataSet::Icews, "e.tab", file).unwrap();
    let parts: Vec<&String> =
        found.files.iter().map(|(n, _)| n).filter(|n| n.starts_with("events-")).collect();
    assert!(parts.len() > 2, "{parts:?}");
    assert!(found.files.iter().all(|(n, b)| !n.ends_with(".toml") || b.len() < 4 << 20));
    assert_eq!(open(&found).world.records.claims.len(), 5000);
}

/// Damaged files are refused or read; nothing panics. The damage is the same every time.
#[test]
fn damage_never_panics() {
    let day = ["1950", "3", "1"];
    let file = atop(&[
        spell("3990", "0", "220", day, None, &[("defense", "1")]),
        spell("3990", "0", "230", day, Some(["1960", "2", "29"]), &[("consul", "1")]),
    ]);
    let packed = zip(&[("m.csv", file.clone().into_bytes())], true);
    let states = format!("{STATES}FRN,220,France,1816,1,1,2016,12,31,2016\n");
    let mut seed = 1815_u64;
    let mut below = |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    // Some damage: a byte changed, cut, put in, taken out.
    let mut damaged = |whole: &[u8]| {
        let mut bytes = whole.to_vec();
        for _ in 0..=below(3) {
            let at = below(bytes.len());
            match below(4) {
                0 => bytes[at] = below(256) as u8,
                1 => bytes.truncate(at + 1),
                2 => bytes.insert(at, b",\n\r\"0"[below(5)]),
                _ => {
                    bytes.remove(at);
                }
            }
        }
        bytes
    };
    let (mut read, mut refused) = (0, 0);
    for (set, whole) in [
        (DataSet::Atop, file.into_bytes()),
        (DataSet::Atop, packed),
        (DataSet::CowStates, states.into_bytes()),
    ] {
        for _ in 0..150 {
            match bring(set, "m", damaged(&whole)) {
                Ok(_) => read += 1,
                Err(_) => refused += 1,
            }
        }
    }
    let (rows, owed) = guarantee();
    let whole = dyad_years(&owed, "5.1").into_bytes();
    for _ in 0..300 {
        match with_directed_bytes(&rows, damaged(&whole)) {
            Ok(_) => read += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(read > 0 && refused > 400, "{read} {refused}");
}

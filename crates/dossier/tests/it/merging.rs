//! Several dossiers: rows of one id merge, differing values become rivals, names resolve, defaults are those of the page.

use foedera_dossier::{compile, includes, parse_fact};
use foedera_world::Severity;
use foedera_world::record::{AreaExpr, DateRule, Side, Victim, Whose};
use foedera_world::terms::*;

use crate::{alone, codes, volume};

const WORLD: &str = r#"
[dossier]
name = "world"
title = "World"

[[pack]]
id = "p"
title = "P"

[[source]]
id = "s"
title = "S"
kind = "record"
pack = "p"
published = "1950"

[[actor]]
id = "JPN"
kind = "state"
name = "Japan"
aka = ["Nippon"]
exists = "1868/.."
home = { id = "japan", name = "Japan" }
cite = ["s p1"]

[[actor]]
id = "SUN"
kind = "state"
name = "Soviet Union"
exists = "1922-12-30/1991-12-25"
home = { id = "russia", name = "Russia" }

[[actor]]
id = "RUS"
kind = "state"
name = "Russia"
exists = "1991-12-26/.."
home = { id = "russia", name = "Russia" }
succeeds = [{ actor = "SUN", on = "1991-12-26", how = "continuation" }]

[[instrument]]
id = "pact"
name = "Pact"
kind = "treaty"
parties = ["Nippon", "RUS"]
cite = ["s"]

  [[instrument.action]]
  act = "signed"
  on = "1992-01-01"

  [[instrument.provision]]
  article = "1"
  act = "consultation"
"#;

#[test]
fn homes_declare_places_under_their_actors() {
    let records = alone(WORLD).records;
    let russia = records.places.iter().find(|p| p.id == "russia").expect("declared by two homes");
    let sovereigns: Vec<_> = russia
        .sovereign
        .iter()
        .map(|h| {
            (h.by.as_str(), h.extent.from.as_ref().map(|e| e.text()), h.extent.to.as_ref().map(|e| e.text()))
        })
        .collect();
    assert_eq!(
        sovereigns,
        [("SUN", Some("1922-12-30"), Some("1991-12-26")), ("RUS", Some("1991-12-26"), None)]
    );
    let japan = records.places.iter().find(|p| p.id == "japan").expect("declared by its home");
    assert_eq!(japan.sovereign[0].row.cite[0].locator, "p1");
    assert_eq!(japan.sovereign[0].extent.from.as_ref().map(|e| e.text()), Some("[1868-01-01..1868-12-31]"));
}

#[test]
fn other_names_become_ids_and_defaults_are_those_of_the_page() {
    let records = alone(WORLD).records;
    let pact = &records.instruments[0];
    assert_eq!(pact.parties, ["JPN", "RUS"]);
    assert!(pact.binding && !pact.secret && pact.parties_complete.is_none() && pact.term.is_none());
    let p = &pact.provision[0];
    assert_eq!((&p.by, &p.to, p.modality), (&Side::Parties, &Side::OtherParties, Modality::Duty));
    assert_eq!(
        (p.trigger.when, &p.trigger.on, p.strength),
        (When::Threat, &Victim::Beneficiary, Strength::MustConsult)
    );
    assert_eq!(p.trigger.kinds, [AttackKind::Armed, AttackKind::Nuclear]);
    assert_eq!((p.discretion, p.trigger.against_parties), (Discretion::None, AgainstParties::NotCovered));
    assert!(matches!(&pact.action[0].on, DateRule::On(e) if e.text() == "1992-01-01"));
    assert_eq!((pact.row.origin.file.as_str(), pact.row.origin.line), ("a.toml", 41));
    assert_eq!(pact.action[0].row.origin.line, 48);
}

#[test]
fn a_second_dossier_adds_and_contradicts() {
    let mine = r#"
[dossier]
name = "mine"
includes = ["world"]

[[actor]]
id = "JPN"
name = "Nihon"
aka = ["Zipangu"]

[[instrument]]
id = "pact"
secret = true

  [[instrument.action]]
  act = "terminated"
  on = { after = "signed", plus = "1 year" }
"#;
    let volumes = [volume("world", &[("world/a.toml", WORLD)]), volume("mine", &[("mine/a.toml", mine)])];
    assert_eq!(includes(&volumes[1]), ["world"]);
    let compiled = compile(&volumes);
    let rival = compiled.findings.iter().find(|f| f.code == "rival-values").expect("the names differ");
    assert_eq!((rival.severity, rival.primary.file.as_str()), (Severity::Warning, "mine/a.toml"));
    assert_eq!(rival.related[0].file, "world/a.toml");
    let records = compiled.records;
    assert_eq!(records.name, "mine");
    let japan = records.actors.iter().find(|a| a.id == "JPN").expect("merged");
    assert_eq!(
        (japan.name.as_str(), japan.kind, &japan.aka[..]),
        ("Japan", ActorKind::State, &["Nippon".to_owned(), "Zipangu".to_owned()][..])
    );
    assert_eq!((records.rivals[0].field.as_str(), records.rivals[0].value.as_str()), ("name", "Nihon"));
    let pact = &records.instruments[0];
    assert_eq!((pact.action.len(), pact.secret, pact.name.as_str()), (2, true, "Pact"));
    assert!(!codes(&compile(&volumes)).contains(&"duplicate-id"));
}

#[test]
fn rows_that_rest_on_lost_rows_are_left_out_quietly() {
    let text = WORLD.replace("published = \"1950\"", "published = \"nineteen-fifty\"");
    let compiled = alone(&text);
    assert_eq!(codes(&compiled), ["bad-date"]);
    // The only source is lost, and with it everything that cites nothing else.
    assert!(compiled.records.sources.is_empty() && compiled.records.instruments.is_empty());
    assert_eq!(compiled.records.actors.len(), 2);
    let date = &compiled.findings[0];
    assert_eq!(&text[date.primary.span.clone()], "nineteen");
}

#[test]
fn an_exception_that_is_lost_does_not_widen_the_duty() {
    let clause = "  trigger = { by = { except = [\"XXX\"] } }\n";
    let compiled = alone(&format!("{WORLD}{clause}"));
    assert_eq!(codes(&compiled), ["unknown-reference"]);
    assert!(compiled.records.instruments[0].provision.is_empty());
}

#[test]
fn areas_and_sides_read_as_written() {
    let clause = "  by = [\"JPN\"]\n  to = \"any\"\n  area = { all = [{ territory-of = \"beneficiary\" }, { not = { place = \"japan\", to = \"1945-09-02\" } }] }\n";
    let records = alone(&format!("{WORLD}{clause}")).records;
    let p = &records.instruments[0].provision[0];
    assert_eq!((&p.by, &p.to), (&Side::These(vec!["JPN".to_owned()]), &Side::AnyActor));
    let Some(AreaExpr::All(parts)) = &p.area else { panic!("an `all`") };
    assert!(matches!(&parts[0], AreaExpr::TerritoryOf(Whose::Beneficiary, _)));
    assert!(
        matches!(&parts[1], AreaExpr::Not(inner) if matches!(&**inner, AreaExpr::Place(p, d) if p == "japan" && d.extent.to.is_some()))
    );
}

#[test]
fn facts_on_the_command_line() {
    let resolve = |name: &str| ["ARM", "BLR"].contains(&name).then(|| name.to_owned());
    let (asserted, fact, holder) = parse_fact("not requested:ARM@BLR", &resolve).expect("well formed");
    assert_eq!(
        (asserted, fact.to_string().as_str(), holder.as_deref()),
        (false, "requested:ARM", Some("BLR"))
    );
    assert!(parse_fact("requested:XXX", &resolve).is_err_and(|e| e.contains("`XXX`")));
    assert!(parse_fact("requested", &resolve).is_err_and(|e| e.contains("`requested:ACTOR`")));
}

#[test]
fn the_same_text_gives_the_same_fingerprint() {
    let (a, b) = (alone(WORLD), alone(WORLD));
    assert_eq!(a, b);
    assert_eq!(a.hash.len(), 32);
    assert_ne!(a.hash, alone(&format!("{WORLD} ")).hash);
    assert_eq!(compile(&[]).hash, "6c62272e07bb014262b821756295c58d");
}

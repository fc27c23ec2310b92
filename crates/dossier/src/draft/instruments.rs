//! Instruments: their texts, what happened to them, and the commitments in their articles.
//!
//! In: an opened `[[instrument]]`. Out: its row. What always holds: a part that cannot be read is left out alone; an
//! instrument whose own fields cannot be read is left out with all its parts.

use foedera_world::record::*;
use foedera_world::terms::*;
use toml::de::DeValue;

use super::Placed;
use super::fields::{Fields, Loss};
use super::reader::{Reader, clip};
use crate::grammar::{ACTION, ADVERSARY, AFTER, CODE, Kind, PROVISION, SUPERSESSION, TERM, TRIGGER, VERSION};
use crate::resolve::nearest;

pub(crate) fn instrument(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Instrument>> {
    let id = f.id(r, Some(false));
    let name = f.text(r, "name").unwrap_or_default();
    let kind = f.word(r, "kind", InstrumentKind::parse).unwrap_or(InstrumentKind::Treaty);
    let binding = f.flag(r, "binding").unwrap_or(kind.binds());
    let aka = f.texts(r, "aka");
    let code = f.many(r, "code", &CODE, super::things::code);
    let parties = f.keys(r, "parties", Kind::Actor, Loss::Bearable);
    let parties_complete = f.date(r, "parties-complete");
    let secret = f.flag(r, "secret").unwrap_or(false);
    let depositary = f.text(r, "depositary");
    let languages = f.texts(r, "languages");
    let term = term(&mut f, r);
    let (supersedes, older_rows) = if f.holds_texts("supersedes") {
        (Vec::new(), f.keys(r, "supersedes", Kind::Thing, Loss::Bearable))
    } else {
        (f.many(r, "supersedes", &SUPERSESSION, supersession), Vec::new())
    };
    let version = f.many(r, "version", &VERSION, version);
    let action = f.many(r, "action", &ACTION, action);
    let own = id.clone().unwrap_or_default();
    let provision = f.many(r, "provision", &PROVISION, |r, f| provision(r, f, &own));
    let row = Row { supersedes: older_rows, ..f.row(r) };
    f.placed(id.map(|id| Instrument {
        id,
        name,
        kind,
        binding,
        aka,
        code,
        parties,
        parties_complete,
        secret,
        depositary,
        languages,
        term,
        supersedes,
        version,
        action,
        provision,
        row,
    }))
}

fn term(f: &mut Fields<'_>, r: &mut Reader<'_>) -> Option<Term> {
    let mut t = f.one(r, "term", &TERM)?;
    let term = Term {
        length: t.length(r, "length"),
        renewal: t.word(r, "renewal", Renewal::parse).unwrap_or(Renewal::None),
        notice: t.length(r, "notice"),
    };
    f.broken |= t.broken;
    Some(term)
}

fn supersession(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Supersession>> {
    let instrument = f.key(r, "instrument", Kind::Instrument);
    let on = f.date(r, "on");
    let row = f.row(r);
    f.placed(instrument.zip(on).map(|(instrument, on)| Supersession { instrument, on, row }))
}

fn version(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<Version>> {
    let id = f.text(r, "id");
    let name = f.text(r, "name");
    let extent = f.extent(r);
    let row = f.row(r);
    f.placed(id.map(|id| Version { id, name, extent, row }))
}

fn action(r: &mut Reader<'_>, mut f: Fields<'_>) -> Option<Placed<ActionRow>> {
    let act = f.word(r, "act", Action::parse);
    let on = date_rule(&mut f, r, "on");
    let effective = date_rule(&mut f, r, "effective");
    let by = f.keys(r, "by", Kind::Actor, Loss::Bearable);
    let toward = f.keys(r, "toward", Kind::Actor, Loss::Bearable);
    let provision = f.text(r, "provision");
    let disputed = f.text(r, "disputed");
    let text = f.text(r, "text");
    let row = f.row(r);
    f.placed(act.zip(on).map(|(act, on)| ActionRow {
        act,
        on,
        effective,
        by,
        toward,
        provision,
        disputed,
        text,
        row,
    }))
}

/// A date, or `{ after = "notice-given", nth = 1, plus = "1 year" }`.
fn date_rule(f: &mut Fields<'_>, r: &mut Reader<'_>, name: &'static str) -> Option<DateRule> {
    let value = f.get(name)?;
    if !matches!(value.get_ref(), DeValue::Table(_)) {
        return f.date(r, name).map(DateRule::On);
    }
    let mut after = Fields::open(r, &AFTER, value, false)?;
    let act = after.word(r, "after", Action::parse);
    let nth = after.count(r, "nth").unwrap_or(1);
    let plus = after.length(r, "plus").unwrap_or_default();
    f.broken |= after.broken;
    act.map(|act| DateRule::After { act, nth, plus })
}

fn provision(r: &mut Reader<'_>, mut f: Fields<'_>, instrument: &str) -> Option<Placed<Provision>> {
    let article = f.text(r, "article").unwrap_or_default();
    let version = versions(&mut f, r, instrument);
    let act = f.word(r, "act", Act::parse).unwrap_or(Act::Define);
    let modality = f.word(r, "modality", Modality::parse).unwrap_or(Modality::Duty);
    let by = match f.side(r, "by") {
        Some(Err(list)) => Side::These(list),
        Some(Ok(_)) | None => Side::Parties,
    };
    let to = match f.side(r, "to") {
        Some(Err(list)) => Side::These(list),
        Some(Ok("any")) => Side::AnyActor,
        Some(Ok(_)) | None => Side::OtherParties,
    };
    let trigger = trigger(&mut f, r, act);
    let area = f.area(r, "area");
    let object_area = f.area(r, "object-area");
    let requires = facts(&mut f, r, "requires", "put the fact, without `not`, in `unless`");
    let unless = facts(&mut f, r, "unless", "put the fact, without `not`, in `requires`");
    let strength = f.word(r, "strength", Strength::parse).unwrap_or(Strength::default_for(act, modality));
    let discretion = f.word(r, "discretion", Discretion::parse).unwrap_or(Discretion::None);
    let in_force = f.extent_text(r, "in-force");
    let secret = f.flag(r, "secret").unwrap_or(false);
    let disputed = f.text(r, "disputed");
    let unstated = f.words(r, "unstated", Condition::parse);
    let content_unknown = f.words(r, "content-unknown", CodedCondition::parse);
    let classes = f.keys(r, "classes", Kind::Domain, Loss::Fatal);
    let onward = f.word(r, "onward", Onward::parse);
    let row = f.row(r);
    f.placed(Some(Provision {
        article,
        version,
        act,
        modality,
        by,
        to,
        trigger,
        area,
        object_area,
        requires,
        unless,
        strength,
        discretion,
        in_force,
        secret,
        disputed,
        unstated,
        content_unknown,
        classes,
        onward,
        row,
    }))
}

fn versions(f: &mut Fields<'_>, r: &mut Reader<'_>, instrument: &str) -> Vec<Key> {
    let mut out = Vec::new();
    for (text, span) in f.raws(r, "version") {
        if r.names.has_version(instrument, text) {
            out.push(text.to_owned());
            continue;
        }
        f.broken = true;
        let message = format!("`{}` is not a version of `{instrument}`", clip(text));
        let names = r.names;
        r.report("unknown-reference", message, span, |found| {
            match nearest(text, names.versions_of(instrument).into_iter()) {
                Some(id) => found.help(format!("did you mean `{id}`?")),
                None => found.help("declare it with `[[instrument.version]]`"),
            }
        });
    }
    out
}

pub(super) fn facts(f: &mut Fields<'_>, r: &mut Reader<'_>, name: &'static str, denied: &str) -> Vec<Fact> {
    let written = f.raws(r, name);
    written.into_iter().filter_map(|(text, span)| f.fact(r, text, span, denied)).collect()
}

fn trigger(f: &mut Fields<'_>, r: &mut Reader<'_>, act: Act) -> Trigger {
    let armed = || vec![AttackKind::Armed, AttackKind::Nuclear];
    let mut trigger = Trigger {
        when: act.default_trigger(),
        on: Victim::Beneficiary,
        by: Adversary::default(),
        kinds: armed(),
        kinds_disputed: Vec::new(),
        unprovoked: false,
        aggressor_rule: None,
        against_parties: AgainstParties::NotCovered,
    };
    let Some(mut t) = f.one(r, "trigger", &TRIGGER) else { return trigger };
    if let Some(when) = t.word(r, "when", When::parse) {
        trigger.when = when;
    }
    trigger.on = match t.side(r, "on") {
        Some(Err(list)) => Victim::These(list),
        Some(Ok("any")) => Victim::Any,
        Some(Ok(_)) | None => Victim::Beneficiary,
    };
    if let Some(mut by) = t.one(r, "by", &ADVERSARY) {
        let mut list = |name| by.keys(r, name, Kind::Actor, Loss::Fatal);
        trigger.by = Adversary {
            only: list("only"),
            except: list("except"),
            member_of: list("member-of"),
            not_member_of: list("not-member-of"),
            supported_by: list("supported-by"),
            collaborating_with: list("collaborating-with"),
            powers: 0,
        };
        trigger.by.powers = by.count(r, "powers").unwrap_or(0);
        t.broken |= by.broken;
    }
    let kinds = t.words(r, "kinds", AttackKind::parse);
    if t.marks.written("kinds").is_some() {
        trigger.kinds = kinds;
    }
    trigger.kinds_disputed = t.words(r, "kinds-disputed", AttackKind::parse);
    trigger.unprovoked = t.flag(r, "unprovoked").unwrap_or(false);
    trigger.aggressor_rule = t.text(r, "aggressor-rule");
    trigger.against_parties =
        t.word(r, "against-parties", AgainstParties::parse).unwrap_or(AgainstParties::NotCovered);
    f.broken |= t.broken;
    // Where the parts of the trigger stand is kept as the trigger's own marks.
    f.marks.parts.push(("trigger", vec![t.marks]));
    trigger
}

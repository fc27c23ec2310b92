//! What sources say: claims in our words, and the same as data.
//!
//! In: a view. Out: a table each. What always holds: a likelihood is the source's own word and never a number.

use foedera_world::time::Edtf;

use super::sheet::{CITES, Holds, Sheet, bounds, list};
use super::{Making, WorldTable};

impl Making<'_> {
    pub(super) fn claims(&self) -> WorldTable {
        let mut out = Sheet::new(&[
            ("claim", Holds::Text, "id"),
            ("kind", Holds::Text, "statement, judgement, expectation, position, event, measure, …"),
            ("mode", Holds::Text, "reported, planned, expected, judged, denied, quoted"),
            ("about", Holds::Text, "what it is about"),
            ("says", Holds::Text, "in our words"),
            ("on", Holds::Text, "the day or extent it speaks of, in EDTF"),
            ("on_earliest", Holds::Day, "first day it may speak of"),
            ("on_latest", Holds::Day, "last day it may speak of"),
            ("by", Holds::Text, "attribution, in words"),
            ("holder", Holds::Text, "whose position, expectation or words; empty: the source's own"),
            ("likelihood", Holds::Text, "the source's own word"),
            ("yardstick", Holds::Text, "what that word is read under; unstated: no number"),
            CITES,
        ]);
        let view = self.view;
        for (id, c, _) in foedera_reason::told::claims(view) {
            let [from, to] = bounds(c.on.as_ref().map(Edtf::moment));
            out.row([
                (&c.id).into(),
                c.kind.word().into(),
                c.mode.word().into(),
                list(&c.about),
                (&c.says).into(),
                c.on.as_ref().map(|e| e.text().to_owned()).into(),
                from,
                to,
                c.by.as_ref().into(),
                list(&c.holder),
                c.likelihood.as_ref().into(),
                c.yardstick.word().into(),
                self.cites(view.world.claim_evidence(id)),
            ]);
        }
        out.named(
            "claims",
            "what a source says; a claim judged, planned, expected or denied shows nothing happened",
        )
    }

    pub(super) fn tellings(&self) -> WorldTable {
        let mut out = Sheet::new(&[
            ("claim", Holds::Text, "id of the claim that tells it"),
            ("what", Holds::Text, "what is told"),
            ("who", Holds::Text, "who did it, is it, holds it"),
            ("whom", Holds::Text, "with, to, against whom"),
            ("thing", Holds::Text, "what about"),
            ("domain", Holds::Text, "in which fields, which goods"),
            ("place", Holds::Text, "where"),
            ("value", Holds::Text, "of measures and names, as written; the unit stands with the measure"),
            ("as_of", Holds::Text, "the day the value speaks of, in EDTF"),
            ("scope", Holds::Text, "what is counted"),
            ("on", Holds::Text, "when, in EDTF; empty: the claim's"),
        ]);
        for (_, c, _) in foedera_reason::told::claims(self.view) {
            for t in &c.tells {
                out.row([
                    (&c.id).into(),
                    t.what.word().into(),
                    list(&t.who),
                    list(&t.whom),
                    t.thing.as_ref().into(),
                    list(&t.domain),
                    t.place.as_ref().into(),
                    t.value.as_ref().into(),
                    t.as_of.as_ref().map(|e| e.text().to_owned()).into(),
                    t.scope.as_ref().into(),
                    t.on.as_ref().map(|e| e.text().to_owned()).into(),
                ]);
            }
        }
        out.named("tellings", "the same as a claim, as data")
    }
}

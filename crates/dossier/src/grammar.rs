//! The tables of the language and their fields: the one list the reader, the JSON Schema and the unknown-field check share.
//!
//! In: nothing. Out: [`TABLES`] (what may stand at the top of a file) and the tables within them. What always holds:
//! a field the reader reads is in its table and a field in its table is read (tested below); the words
//! of a closed vocabulary come from `foedera_world::terms`, never from here.

use foedera_world::terms::*;

/// What an id names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Kind {
    Actor,
    Instrument,
    Place,
    Area,
    Source,
    Office,
    Pack,
    Claim,
    Event,
    Facility,
    Domain,
    Measure,
    Matter,
    Conflict,
    Checklist,
    /// Any of these.
    Thing,
}

impl Kind {
    /// Every kind that is declared by a table of its own.
    pub(crate) const DECLARED: [Kind; 15] = [
        Kind::Actor,
        Kind::Instrument,
        Kind::Place,
        Kind::Area,
        Kind::Source,
        Kind::Office,
        Kind::Pack,
        Kind::Event,
        Kind::Facility,
        Kind::Domain,
        Kind::Measure,
        Kind::Matter,
        Kind::Claim,
        Kind::Conflict,
        Kind::Checklist,
    ];

    /// The table that declares it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Actor => "actor",
            Kind::Instrument => "instrument",
            Kind::Place => "place",
            Kind::Area => "area",
            Kind::Source => "source",
            Kind::Office => "office",
            Kind::Pack => "pack",
            Kind::Claim => "claim",
            Kind::Event => "event",
            Kind::Facility => "facility",
            Kind::Domain => "domain",
            Kind::Measure => "measure",
            Kind::Matter => "matter",
            Kind::Conflict => "conflict",
            Kind::Checklist => "checklist",
            Kind::Thing => "row",
        }
    }

    /// With its article, for messages.
    pub(crate) fn a(self) -> &'static str {
        match self {
            Kind::Actor => "an actor",
            Kind::Instrument => "an instrument",
            Kind::Place => "a place",
            Kind::Area => "a named area",
            Kind::Source => "a source",
            Kind::Office => "an office",
            Kind::Pack => "a pack",
            Kind::Claim => "a claim",
            Kind::Event => "an event",
            Kind::Facility => "a facility",
            Kind::Domain => "a domain",
            Kind::Measure => "a measure",
            Kind::Matter => "a matter",
            Kind::Conflict => "a conflict",
            Kind::Checklist => "a checklist",
            Kind::Thing => "anything with an id",
        }
    }
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// A stable id of this kind, declared here.
    Id,
    /// Free text.
    Text,
    /// A list of texts.
    Texts,
    /// `true` or `false`.
    Flag,
    /// A whole number of at least one.
    Count,
    /// A text, number or truth value, kept as written.
    Scalar,
    /// An EDTF date: one day, however vaguely known.
    Date,
    /// An EDTF extent.
    Extent,
    /// An EDTF date or `{ after, nth, plus }`.
    DateRule,
    /// A length of time.
    Length,
    /// One word of a closed vocabulary.
    Word(&'static [&'static str]),
    /// A list of words of a closed vocabulary.
    Words(&'static [&'static str]),
    /// The id of something.
    Ref(Kind),
    /// A list of ids.
    Refs(Kind),
    /// One id, or a list of them.
    RefOrRefs(Kind),
    /// A list of `SOURCE-ID LOCATOR`.
    Cites,
    /// A scenario fact.
    Fact,
    /// A list of scenario facts.
    Facts,
    /// Latitude and longitude.
    At,
    /// An Admiralty grade.
    Grade,
    /// An area expression.
    Area,
    /// A list of area expressions.
    Areas,
    /// Whose territory: an actor, `beneficiary`, `debtor` or `parties`.
    Whose,
    /// One of these words, or a list of actors.
    Side(&'static [&'static str]),
    /// One table.
    One(&'static Table),
    /// A list of tables.
    Many(&'static Table),
    /// A list of ids, or a list of tables.
    IdsOrMany(Kind, &'static Table),
}

/// A field of a table.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) required: bool,
    pub(crate) doc: &'static str,
}

/// A table: its name in findings, what it says, its fields.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) fields: &'static [Field],
    /// Whether it is a row of its own, with `note`, `recorded`, `withdrawn` and `supersedes`.
    pub(crate) row: bool,
}

impl Table {
    /// Every field, the common ones last.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'static Field> {
        let common: &'static [Field] = if self.row { COMMON } else { &[] };
        let own = |name: &str| self.fields.iter().any(|f| f.name == name);
        self.fields.iter().chain(common.iter().filter(move |f| !own(f.name)))
    }

    /// The field of that name.
    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        let common: &'static [Field] = if self.row { COMMON } else { &[] };
        self.fields.iter().chain(common).find(|f| f.name == name)
    }
}

const fn must(name: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field { name, shape, required: true, doc }
}

const fn may(name: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field { name, shape, required: false, doc }
}

const CITE: Field =
    may("cite", Shape::Cites, "what it rests on: `SOURCE-ID LOCATOR`, the locator may be left out");
const FROM: Field = may("from", Shape::Date, "the day it begins; leave out = always was");
const TO: Field = may("to", Shape::Date, "the day it no longer holds; leave out = still");
const END_CITE: Field = may(
    "end-cite",
    Shape::Cites,
    "what the end rests on, if not `cite`; until that is known, the end is open",
);
const DISPUTED: Field = may("disputed", Shape::Text, "why it is contested");
const ID: Field = must("id", Shape::Id, "stable id, never re-used");
const NAME: Field = must("name", Shape::Text, "usual name");
const AKA: Field = may("aka", Shape::Texts, "other names accepted on input");

/// Fields of every row.
pub(crate) static COMMON: &[Field] = &[
    may("note", Shape::Text, "a remark, never computed with"),
    may("recorded", Shape::One(&RECORDED), "when, by whom and why it was accepted here"),
    may(
        "withdrawn",
        Shape::One(&RECORDED),
        "when, by whom and why it was withdrawn here; it no longer counts",
    ),
    may("supersedes", Shape::Refs(Kind::Thing), "ids of rows this one replaces"),
];

pub(crate) static RECORDED: Table = Table {
    name: "recorded",
    doc: "The editing of a row: the third clock.",
    row: false,
    fields: &[
        may("on", Shape::Date, "when"),
        may("by", Shape::Text, "by whom"),
        may("why", Shape::Text, "why"),
    ],
};

/// Everything that may stand at the top of a file; `dossier` is one table, the others are lists of tables.
pub(crate) static TABLES: &[&Table] = &[
    &DOSSIER,
    &PACK,
    &SOURCE,
    &ACTOR,
    &MEMBERSHIP,
    &OFFICE,
    &PLACE,
    &AREA,
    &INSTRUMENT,
    &CIRCUMSTANCE,
    &EVENT,
    &FACILITY,
    &DOMAIN,
    &MEASURE,
    &MATTER,
    &CLAIM,
    &CONFLICT,
    &RIVAL,
    &CHECKLIST,
];

pub(crate) static DOSSIER: Table = Table {
    name: "dossier",
    doc: "What this dossier is and which others it builds on.",
    row: false,
    fields: &[
        must("name", Shape::Text, "name of the dossier"),
        may("title", Shape::Text, "what it is about"),
        may("includes", Shape::Texts, "other dossiers, by name or relative folder; read first"),
    ],
};

pub(crate) static PACK: Table = Table {
    name: "pack",
    doc: "A layer of sources, chosen with `--using`.",
    row: true,
    fields: &[ID, must("title", Shape::Text, "what the layer holds")],
};

pub(crate) static SOURCE: Table = Table {
    name: "source",
    doc: "A source: what it is and from when it could be known.",
    row: true,
    fields: &[
        ID,
        must("title", Shape::Text, "title"),
        must("kind", Shape::Word(SourceKind::WORDS), "what it is"),
        must("pack", Shape::Ref(Kind::Pack), "the layer it belongs to"),
        must("published", Shape::Date, "when it became public; a window is certainly known from its end"),
        may("publisher", Shape::Text, "publisher"),
        may("author", Shape::Text, "author"),
        may("url", Shape::Text, "address"),
        may("grade", Shape::Grade, "Admiralty grade: A–F reliability, 1–6 credibility; leave out = ungraded"),
        may("grade-why", Shape::Text, "why that grade"),
        may("group", Shape::Text, "independence group: one wire, one confirmation"),
        may("marking", Shape::Word(Marking::WORDS), "TLP 2.0; leave out = TLP:CLEAR"),
        may("paragraphs", Shape::Count, "how many numbered paragraphs the text has"),
        may("uncited", Shape::Texts, "paragraphs left uncited on purpose: headings, credits"),
        may(
            "fingerprint",
            Shape::Texts,
            "per paragraph `LOCATOR HASH SKETCH`, as `verify --write` gives them",
        ),
        may(
            "covers",
            Shape::Extent,
            "of a data set: the days it covers, first to last; what is open on the last is not known afterwards",
        ),
    ],
};

pub(crate) static ACTOR: Table = Table {
    name: "actor",
    doc: "A state, organisation, body, group, person, or a class a clause refers to.",
    row: true,
    fields: &[
        ID,
        must("kind", Shape::Word(ActorKind::WORDS), "what it is"),
        NAME,
        AKA,
        may("exists", Shape::Extent, "when it existed; leave out = throughout"),
        may("home", Shape::One(&HOME), "its home territory, declared as a place under its sovereignty"),
        may("code", Shape::Many(&CODE), "numbers of other coding schemes"),
        may("succeeds", Shape::Many(&SUCCESSION), "whom it follows"),
        may(
            "constituted-by",
            Shape::Ref(Kind::Instrument),
            "of an organisation: the treaty whose parties are its members",
        ),
        may(
            "members-complete",
            Shape::Date,
            "the list of its members is complete as of that day; leave out = open list",
        ),
        CITE,
    ],
};

pub(crate) static HOME: Table = Table {
    name: "home",
    doc: "The home territory of an actor.",
    row: false,
    fields: &[
        must("id", Shape::Id, "id of the place"),
        may("name", Shape::Text, "name of the place; leave out = the actor's"),
        may("within", Shape::Refs(Kind::Place), "wider places it lies in"),
    ],
};

pub(crate) static CODE: Table = Table {
    name: "code",
    doc: "A number of another coding scheme.",
    row: false,
    fields: &[
        must("scheme", Shape::Text, "`cow`, `gw`, …"),
        must("value", Shape::Scalar, "the code as written"),
        FROM,
        TO,
        END_CITE,
        CITE,
        may("note", Shape::Text, "a remark, never computed with"),
    ],
};

pub(crate) static SUCCESSION: Table = Table {
    name: "succeeds",
    doc: "One state following another.",
    row: true,
    fields: &[
        must("actor", Shape::Ref(Kind::Actor), "the predecessor"),
        must("on", Shape::Date, "when"),
        must("how", Shape::Word(SuccessionHow::WORDS), "how"),
        CITE,
    ],
};

pub(crate) static MEMBERSHIP: Table = Table {
    name: "membership",
    doc: "Membership of an organisation, bloc or class. Parties to an instrument are not written here.",
    row: true,
    fields: &[
        must("member", Shape::Ref(Kind::Actor), "who"),
        must("of", Shape::Ref(Kind::Actor), "of what"),
        may("role", Shape::Word(Role::WORDS), "as what; leave out = member"),
        FROM,
        TO,
        END_CITE,
        CITE,
    ],
};

pub(crate) static OFFICE: Table = Table {
    name: "office",
    doc: "An office and who held it.",
    row: true,
    fields: &[
        ID,
        NAME,
        must("of", Shape::Ref(Kind::Actor), "the actor it belongs to"),
        may("holder", Shape::Many(&HOLDER), "who held it"),
        CITE,
    ],
};

pub(crate) static HOLDER: Table = Table {
    name: "holder",
    doc: "A holder of an office.",
    row: true,
    fields: &[must("person", Shape::Ref(Kind::Actor), "the person"), FROM, TO, END_CITE, CITE],
};

pub(crate) static PLACE: Table = Table {
    name: "place",
    doc: "A place in the gazetteer.",
    row: true,
    fields: &[
        ID,
        NAME,
        AKA,
        may("within", Shape::Refs(Kind::Place), "wider places it lies in"),
        may("at", Shape::At, "latitude and longitude in degrees"),
        may(
            "sovereign",
            Shape::Many(&HOLD),
            "sovereignty; leave out = that of the first wider place that has one",
        ),
        may(
            "administered",
            Shape::Many(&HOLD),
            "administration; leave out = that of the first wider place that has one",
        ),
        may("claimed", Shape::Many(&HOLD), "claims"),
        CITE,
    ],
};

pub(crate) static HOLD: Table = Table {
    name: "hold",
    doc: "Somebody's sovereignty over a place, administration of it or claim to it.",
    row: true,
    fields: &[must("by", Shape::Ref(Kind::Actor), "who"), FROM, TO, END_CITE, DISPUTED, CITE],
};

pub(crate) static AREA: Table = Table {
    name: "area",
    doc: "A named area.",
    row: true,
    fields: &[
        ID,
        may("name", Shape::Text, "name; leave out = the id"),
        must("is", Shape::Area, "what it covers"),
        CITE,
    ],
};

pub(crate) static EXPRESSION: Table = Table {
    name: "area expression",
    doc: "An expression over places: exactly one of these keys; a leaf may be dated and cited.",
    row: false,
    fields: &[
        may("place", Shape::Ref(Kind::Place), "that place or within it"),
        may("area", Shape::Ref(Kind::Area), "inside the named area"),
        may("territory-of", Shape::Whose, "under somebody's sovereignty"),
        may("administered-by", Shape::Whose, "administered by somebody"),
        may("any", Shape::Areas, "at least one"),
        may("all", Shape::Areas, "every one"),
        may("not", Shape::Area, "the reverse"),
        FROM,
        TO,
        END_CITE,
        CITE,
    ],
};

pub(crate) static INSTRUMENT: Table = Table {
    name: "instrument",
    doc: "A treaty or other instrument, what happened to it and what it says.",
    row: true,
    fields: &[
        ID,
        NAME,
        must("kind", Shape::Word(InstrumentKind::WORDS), "what it is"),
        may(
            "binding",
            Shape::Flag,
            "binds in law; leave out = true for treaty, convention, agreement, protocol, statute",
        ),
        AKA,
        may("code", Shape::Many(&CODE), "its numbers in data sets; one number twice is one text coded twice"),
        may("parties", Shape::Refs(Kind::Actor), "the original parties; later ones stand in actions only"),
        may(
            "parties-complete",
            Shape::Date,
            "the list of parties is complete as of that day; leave out = open list",
        ),
        may("secret", Shape::Flag, "kept secret when made; leave out = false"),
        may("depositary", Shape::Text, "depositary"),
        may("languages", Shape::Texts, "authentic languages"),
        may("term", Shape::One(&TERM), "how long it runs and how it ends"),
        may("supersedes", Shape::IdsOrMany(Kind::Thing, &SUPERSESSION), "older instruments it replaces"),
        may("version", Shape::Many(&VERSION), "successive texts"),
        may("action", Shape::Many(&ACTION), "what happened to it or to a party under it"),
        may("provision", Shape::Many(&PROVISION), "its articles"),
        CITE,
    ],
};

pub(crate) static TERM: Table = Table {
    name: "term",
    doc: "How long an instrument runs and how it ends.",
    row: false,
    fields: &[
        may("length", Shape::Length, "length; leave out = indefinite"),
        may("renewal", Shape::Word(Renewal::WORDS), "whether it renews itself; leave out = none"),
        may("notice", Shape::Length, "notice needed to leave"),
    ],
};

pub(crate) static SUPERSESSION: Table = Table {
    name: "supersedes",
    doc: "An older instrument this one replaces.",
    row: true,
    fields: &[
        must("instrument", Shape::Ref(Kind::Instrument), "the older one"),
        must("on", Shape::Date, "when"),
        CITE,
    ],
};

pub(crate) static VERSION: Table = Table {
    name: "version",
    doc: "One of an instrument's successive texts.",
    row: true,
    fields: &[
        must("id", Shape::Text, "id within the instrument"),
        may("name", Shape::Text, "name"),
        FROM,
        may("to", Shape::Date, "the day it no longer applies; leave out = until the next version begins"),
        END_CITE,
        CITE,
    ],
};

pub(crate) static ACTION: Table = Table {
    name: "action",
    doc: "Something that happened to an instrument or to a party under it. Status is computed from these.",
    row: true,
    fields: &[
        must("act", Shape::Word(Action::WORDS), "what happened"),
        must("on", Shape::DateRule, "the day it was done"),
        may("effective", Shape::DateRule, "the day it took effect; leave out = `on`"),
        may("by", Shape::Refs(Kind::Actor), "who did it; leave out = all original parties"),
        may("toward", Shape::Refs(Kind::Actor), "toward whom, for directed acts; leave out = all others"),
        may("provision", Shape::Text, "if it touches one article only"),
        DISPUTED,
        may("text", Shape::Text, "content of a reservation or declaration in our words"),
        CITE,
    ],
};

pub(crate) static AFTER: Table = Table {
    name: "relative date",
    doc: "A date counted from another action of the same instrument.",
    row: false,
    fields: &[
        must("after", Shape::Word(Action::WORDS), "the kind of action counted from"),
        may("nth", Shape::Count, "which of them, in order of date; leave out = the first"),
        may("plus", Shape::Length, "how long after; leave out = the same day"),
    ],
};

/// Words `by` of a provision takes beside a list.
pub(crate) const DEBTORS: &[&str] = &["parties"];
/// Words `to` of a provision takes beside a list.
pub(crate) const BENEFICIARIES: &[&str] = &["other-parties", "any"];
/// Words `on` of a trigger takes beside a list.
pub(crate) const VICTIMS: &[&str] = &["beneficiary", "any"];
/// Words that stand for an actor in an area.
pub(crate) const OWNERS: &[&str] = &["beneficiary", "debtor", "parties"];

pub(crate) static PROVISION: Table = Table {
    name: "provision",
    doc: "An article with its directed commitment.",
    row: true,
    fields: &[
        must("article", Shape::Text, "article"),
        may("version", Shape::Texts, "ids of the versions it stands in; leave out = every version"),
        must("act", Shape::Word(Act::WORDS), "what it is about"),
        may("modality", Shape::Word(Modality::WORDS), "its force; leave out = duty"),
        may("by", Shape::Side(DEBTORS), "who owes; leave out = parties"),
        may("to", Shape::Side(BENEFICIARIES), "to whom; leave out = other-parties"),
        may("trigger", Shape::One(&TRIGGER), "when it falls due; the default follows from the act"),
        may("area", Shape::Area, "where the attack must happen"),
        may("object-area", Shape::Area, "where the thing attacked must lie, if different"),
        may("requires", Shape::Facts, "scenario facts that must hold"),
        may("unless", Shape::Facts, "scenario facts that lift the commitment"),
        may(
            "strength",
            Shape::Word(Strength::WORDS),
            "how strongly it obliges; the default follows from act and modality",
        ),
        may("discretion", Shape::Word(Discretion::WORDS), "what it leaves open; leave out = none"),
        may("in-force", Shape::Extent, "its own life, if shorter than its instrument's"),
        may("secret", Shape::Flag, "kept secret when made; leave out = false"),
        DISPUTED,
        may(
            "unstated",
            Shape::Words(Condition::WORDS),
            "conditions the source leaves unsaid; they are not taken for absent",
        ),
        may(
            "content-unknown",
            Shape::Words(CodedCondition::WORDS),
            "conditions the source says there are, without saying which: each is a fact `met:INSTRUMENT/CONDITION` to judge",
        ),
        may("classes", Shape::Refs(Kind::Domain), "the goods or information meant; leave out = all"),
        may(
            "onward",
            Shape::Word(Onward::WORDS),
            "whether what was received may be passed on; leave out = not stated",
        ),
        CITE,
    ],
};

pub(crate) static TRIGGER: Table = Table {
    name: "trigger",
    doc: "What brings a commitment into play.",
    row: false,
    fields: &[
        may("when", Shape::Word(When::WORDS), "the occasion; the default follows from the act"),
        may("on", Shape::Side(VICTIMS), "who must be the one attacked; leave out = beneficiary"),
        may("by", Shape::One(&ADVERSARY), "who may be the adversary; leave out = anyone"),
        may(
            "kinds",
            Shape::Words(AttackKind::WORDS),
            "kinds of attack covered; leave out = armed and nuclear",
        ),
        may("kinds-disputed", Shape::Words(AttackKind::WORDS), "kinds left to judgement"),
        may("unprovoked", Shape::Flag, "only if the party did not provoke it; leave out = false"),
        may("aggressor-rule", Shape::Text, "the article that says who the aggressor is"),
        may(
            "against-parties",
            Shape::Word(AgainstParties::WORDS),
            "attacks by another party; leave out = not-covered",
        ),
    ],
};

pub(crate) static ADVERSARY: Table = Table {
    name: "trigger.by",
    doc: "Who may be the adversary.",
    row: false,
    fields: &[
        may("only", Shape::RefOrRefs(Kind::Actor), "only these"),
        may("except", Shape::RefOrRefs(Kind::Actor), "not these"),
        may("member-of", Shape::RefOrRefs(Kind::Actor), "a member of one of these classes"),
        may("not-member-of", Shape::RefOrRefs(Kind::Actor), "not a member of one of these classes"),
        may("supported-by", Shape::RefOrRefs(Kind::Actor), "one of these supports the attacker"),
        may(
            "collaborating-with",
            Shape::RefOrRefs(Kind::Actor),
            "also whoever collaborates with one of these",
        ),
        may("powers", Shape::Count, "at least so many attackers"),
    ],
};

pub(crate) static CIRCUMSTANCE: Table = Table {
    name: "circumstance",
    doc: "A scenario fact as history had it.",
    row: true,
    fields: &[
        must("fact", Shape::Fact, "the fact: `KIND:ARGS`"),
        FROM,
        TO,
        END_CITE,
        may("held-by", Shape::Ref(Kind::Actor), "according to whom; leave out = undisputed"),
        DISPUTED,
        CITE,
    ],
};

const OF: Field = may("of", Shape::Refs(Kind::Actor), "whose it is");
const PLACE_OF: Field = may("place", Shape::Ref(Kind::Place), "where");

pub(crate) static EVENT: Table = Table {
    name: "event",
    doc: "Something that happens once; who was there and what was said stands in claims.",
    row: true,
    fields: &[
        ID,
        NAME,
        AKA,
        must("kind", Shape::Word(EventKind::WORDS), "what it is"),
        may("on", Shape::Extent, "when; leave out = dated by its claims only"),
        OF,
        PLACE_OF,
        may("part-of", Shape::Ref(Kind::Event), "a wider event"),
        CITE,
    ],
};

pub(crate) static FACILITY: Table = Table {
    name: "facility",
    doc: "An office, mission, centre or base; its life is told by claims.",
    row: true,
    fields: &[
        ID,
        NAME,
        AKA,
        OF,
        PLACE_OF,
        may("within", Shape::Ref(Kind::Facility), "a facility it belongs to"),
        CITE,
    ],
};

pub(crate) static DOMAIN: Table = Table {
    name: "domain",
    doc: "A field of cooperation, a class of goods or of information.",
    row: true,
    fields: &[ID, NAME, AKA, may("part-of", Shape::Ref(Kind::Domain), "the wider domain"), CITE],
};

pub(crate) static MEASURE: Table = Table {
    name: "measure",
    doc: "Something counted; its values stand in claims.",
    row: true,
    fields: &[
        ID,
        NAME,
        AKA,
        may("of", Shape::Ref(Kind::Actor), "whose it is"),
        may("unit", Shape::Text, "unit; leave out for ranks"),
        must("kind", Shape::Word(MeasureKind::WORDS), "how its values behave side by side"),
        may("part-of", Shape::Ref(Kind::Measure), "a measure it is declared to be inside: never added to it"),
        may("apart-from", Shape::Refs(Kind::Measure), "measures declared not to overlap with it"),
        CITE,
    ],
};

pub(crate) static MATTER: Table = Table {
    name: "matter",
    doc: "Something to be decided, by whom and how; positions on it stand in claims.",
    row: true,
    fields: &[
        ID,
        NAME,
        AKA,
        may("question", Shape::Text, "as a question to be answered with yes or no"),
        may("body", Shape::Ref(Kind::Actor), "whose members decide; leave out = those in `deciders` alone"),
        may("deciders", Shape::Refs(Kind::Actor), "these decide; leave out = the members of the body"),
        must("procedure", Shape::Word(Procedure::WORDS), "how it is decided"),
        may("about", Shape::Refs(Kind::Thing), "what it is about"),
        may(
            "presumes",
            Shape::Text,
            "why deciders no source names are taken to have consented; leave out = they are unknown",
        ),
        may("settled", Shape::Many(&PATTERN), "what shows that it was approved and carried out"),
        CITE,
    ],
};

pub(crate) static CLAIM: Table = Table {
    name: "claim",
    doc: "What a source says, in our own words and, where it can be, as data.",
    row: true,
    fields: &[
        ID,
        must("kind", Shape::Word(ClaimKind::WORDS), "what it is"),
        may("about", Shape::Refs(Kind::Thing), "anything it is about"),
        must("says", Shape::Text, "content in our own words"),
        may("on", Shape::Extent, "the date or extent it speaks of"),
        may("mode", Shape::Word(Mode::WORDS), "how it is said; leave out = reported"),
        may("by", Shape::Text, "who says so, in words"),
        may(
            "holder",
            Shape::Refs(Kind::Actor),
            "whose position or expectation it is; leave out = the source's own",
        ),
        may(
            "quote",
            Shape::Text,
            "the source's own words, exactly; `verify` looks for them in the cited place",
        ),
        may("likelihood", Shape::Text, "the source's own word of likelihood"),
        may(
            "yardstick",
            Shape::Word(Yardstick::WORDS),
            "the yardstick that word is read under; leave out = unstated",
        ),
        may("tells", Shape::Many(&TELLS), "the same as data"),
        may("expects", Shape::One(&EXPECTS), "what would show that an expectation came true"),
        CITE,
    ],
};

pub(crate) static TELLS: Table = Table {
    name: "tells",
    doc: "What a claim tells, as data.",
    row: false,
    fields: &[
        must("what", Shape::Word(Telling::WORDS), "what"),
        may("who", Shape::Refs(Kind::Actor), "who did it, is it, holds it"),
        may("whom", Shape::Refs(Kind::Actor), "with whom, to whom, against whom"),
        may("thing", Shape::Ref(Kind::Thing), "what about: anything with an id"),
        may("domain", Shape::Refs(Kind::Domain), "in which fields, which goods"),
        PLACE_OF,
        may("rank", Shape::Word(Delegate::WORDS), "in what rank"),
        may("value", Shape::Scalar, "the value"),
        may("as-of", Shape::Extent, "the day the value speaks of"),
        may("scope", Shape::Text, "what is counted"),
        may("method", Shape::Text, "how it is counted"),
        may("act", Shape::Word(Act::WORDS), "which act of a commitment"),
        may("degree", Shape::Word(Degree::WORDS), "to what degree"),
        may("list", Shape::Word(Listing::WORDS), "whether the list told is open; leave out = open"),
        may("on", Shape::Extent, "when; leave out = the claim's"),
    ],
};

pub(crate) static EXPECTS: Table = Table {
    name: "expects",
    doc: "The content of an expectation: judged anew for every state of knowledge.",
    row: false,
    fields: &[
        may("due", Shape::Extent, "by when; leave out = no due date"),
        may("strength", Shape::Word(Firmness::WORDS), "how firmly it was said; leave out = plain"),
        may("negated", Shape::Flag, "it is expected not to happen; leave out = false"),
        may("each", Shape::Refs(Kind::Actor), "split per member of these before judging"),
        may("also", Shape::Refs(Kind::Claim), "claims judged together with this one"),
        must("part", Shape::Many(&PART), "its parts"),
    ],
};

pub(crate) static PART: Table = Table {
    name: "part",
    doc: "One part of an expectation.",
    row: false,
    fields: &[
        may("name", Shape::Text, "name"),
        may("untestable", Shape::Flag, "nothing that could be observed answers it; leave out = false"),
        may("awaits", Shape::Many(&PATTERN), "any of these fulfils it"),
        may("against", Shape::Many(&PATTERN), "any of these contradicts it"),
        may("fails", Shape::Many(&PATTERN), "any of these shows by the due date that it was not fulfilled"),
        may("related", Shape::Many(&PATTERN), "evidence beside the point: shown, never counted"),
    ],
};

pub(crate) static PATTERN: Table = Table {
    name: "pattern",
    doc: "What later sources must tell for something to count as shown.",
    row: false,
    fields: &[
        may("what", Shape::Word(Telling::WORDS), "a telling"),
        may("acted", Shape::Word(Action::WORDS), "an action of the instrument in `thing`"),
        may("who", Shape::Refs(Kind::Actor), "all of these"),
        may("whom", Shape::Refs(Kind::Actor), "all of these"),
        may("thing", Shape::Ref(Kind::Thing), "that thing"),
        may("domain", Shape::Refs(Kind::Domain), "one of these"),
        PLACE_OF,
        may("rank", Shape::Word(Delegate::WORDS), "in that rank"),
        may("value", Shape::Scalar, "that value"),
        may("at-least", Shape::Scalar, "a value at least this"),
        may("at-most", Shape::Scalar, "a value at most this"),
        may("rises", Shape::Flag, "a later value above an earlier one"),
        may("exactly", Shape::Flag, "nobody else beside `who` and `whom`"),
        may("requires", Shape::Facts, "counts only if these facts are known or assumed"),
        may(
            "strength",
            Shape::Word(Bearing::WORDS),
            "how well it shows what it is taken to show; leave out = direct",
        ),
        may("because", Shape::Text, "why it counts"),
    ],
};

pub(crate) static CONFLICT: Table = Table {
    name: "conflict",
    doc: "A disagreement, error or ambiguity that needs a reader's judgement.",
    row: true,
    fields: &[
        ID,
        must("kind", Shape::Words(ConflictKind::WORDS), "how the claims disagree"),
        may("about", Shape::Refs(Kind::Thing), "what it is about"),
        may("claims", Shape::Refs(Kind::Claim), "the claims concerned"),
        must("says", Shape::Text, "what stands there, in our own words"),
        must("shows", Shape::Text, "what is held here, and why"),
        may("sets-aside", Shape::Refs(Kind::Claim), "claims that do not count as evidence because of it"),
        may("compatible", Shape::Flag, "they only seem to differ; leave out = false"),
        may("record", Shape::One(&ON_RECORD), "what the record has"),
        CITE,
    ],
};

pub(crate) static ON_RECORD: Table = Table {
    name: "record",
    doc: "What the record has on a disagreement: shown when its source counts.",
    row: false,
    fields: &[must("says", Shape::Text, "in our own words"), CITE],
};

pub(crate) static CHECKLIST: Table = Table {
    name: "checklist",
    doc: "What the dossier sets out to hold: `coverage` counts against it.",
    row: true,
    fields: &[
        ID,
        NAME,
        must("of", Shape::Word(ChecklistOf::WORDS), "what it counts"),
        must("ids", Shape::Texts, "ids, and ranges of ids: `as001..as029`"),
    ],
};

pub(crate) static RIVAL: Table = Table {
    name: "rival",
    doc: "Another value for a field; nothing is overwritten.",
    row: true,
    fields: &[
        must("of", Shape::Ref(Kind::Thing), "of which thing"),
        must("field", Shape::Text, "which field"),
        must("value", Shape::Scalar, "the value as written"),
        may("rank", Shape::Word(Rank::WORDS), "its standing; leave out = normal"),
        must("reason", Shape::Text, "why it differs"),
        CITE,
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_table_with_an_id() {
        for kind in Kind::DECLARED {
            let table = TABLES.iter().find(|t| t.name == kind.word()).expect("a table per kind");
            assert!(table.field("id").is_some_and(|f| f.required), "{}", kind.word());
        }
    }

    /// A file in which every field of a table, and of every table within it, holds a clock time, which none can.
    fn all_wrong(table: &Table, path: &str, head: &str, out: &mut String, fields: &mut Vec<&'static str>) {
        out.push_str(head);
        for field in table.all() {
            fields.push(field.name);
            out.push_str(&format!("{} = 07:32:00\n", field.name));
        }
        for field in table.all() {
            let path = format!("{path}.{}", field.name);
            let (inner, inner_head) = match field.shape {
                Shape::One(inner) => (inner, format!("{head}[{path}]\n")),
                Shape::Many(inner) | Shape::IdsOrMany(_, inner) => (inner, format!("{head}[[{path}]]\n")),
                Shape::DateRule => (&AFTER, format!("{head}[{path}]\n")),
                _ => continue,
            };
            all_wrong(inner, &path, &inner_head, out, fields);
        }
    }

    #[test]
    fn every_field_is_read() {
        for table in TABLES {
            let head = if table.name == "dossier" {
                "[dossier]\n".to_owned()
            } else {
                format!("[[{}]]\n", table.name)
            };
            let (mut text, mut fields) = (String::new(), Vec::new());
            all_wrong(table, table.name, &head, &mut text, &mut fields);
            let file = crate::SourceFile { name: "a.toml".to_owned(), text: text.into_bytes() };
            let compiled = crate::compile(&[crate::Volume { name: "v".to_owned(), files: vec![file] }]);
            for field in fields {
                let start = format!("`{field}` is ");
                let told =
                    compiled.findings.iter().any(|f| f.code == "wrong-type" && f.message.starts_with(&start));
                assert!(told, "`{field}` of `{}` is in the grammar but not read", table.name);
            }
        }
    }

    #[test]
    fn docs_are_one_sentence() {
        for field in TABLES.iter().flat_map(|t| t.all()) {
            assert!(!field.doc.is_empty() && !field.doc.ends_with('.'), "{}", field.name);
        }
    }
}

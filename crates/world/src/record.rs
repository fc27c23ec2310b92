//! The rows a dossier compiles to: what was said, by whom, and where it stands in the text.
//!
//! In: nothing. Out: plain data with written keys (`"JPN"`), resolved against each other by the dossier's checks and
//! turned into small numbers by [`World::build`](crate::World::build).
//!
//! What always holds: a row keeps the precision of its source; every dated row carries its citations; an open end,
//! an unknown end and no end are three different values of [`Edtf`].

use crate::terms::*;
use crate::time::{Edtf, Span};

/// A written, stable id (`JPN`, `us-japan-security-1960`).
pub type Key = String;

/// Where a row stands in the dossier: file and line, for proofs and findings.
#[derive(Clone, PartialEq, Eq, Debug, Default, PartialOrd, Ord)]
pub struct Origin {
    /// File, as `dossier/path.toml`.
    pub file: String,
    /// 1-based line of the row's header.
    pub line: u32,
}

/// A citation: a source and a place in it.
#[derive(Clone, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub struct Cite {
    /// The source's id.
    pub source: Key,
    /// Locator in the source (`art. V`, `p7`); may be empty.
    pub locator: String,
}

/// Who accepted a row, when and why; and what it replaces. The third clock.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Recorded {
    /// When it was accepted here.
    pub on: Option<Edtf>,
    /// By whom.
    pub by: Option<String>,
    /// Why.
    pub why: Option<String>,
}

/// What every row has beside its own fields.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Row {
    /// Place in the text.
    pub origin: Origin,
    /// What it rests on.
    pub cite: Vec<Cite>,
    /// A remark, never computed with.
    pub note: Option<String>,
    /// Revision: when, by whom and why it was accepted.
    pub recorded: Option<Recorded>,
    /// Revision: when, by whom and why it was withdrawn here. A withdrawn row does not count.
    pub withdrawn: Option<Recorded>,
    /// Ids of rows this one replaces.
    pub supersedes: Vec<Key>,
}

/// An interval of a dated part: begins, ends, and what its end rests on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Extent {
    /// The day it begins; none = always was.
    pub from: Option<Edtf>,
    /// The day it no longer holds; none = still.
    pub to: Option<Edtf>,
    /// Citations of the end, if they differ from the row's.
    pub end_cite: Vec<Cite>,
}

/// A layer of sources.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pack {
    /// Id used by `--using`.
    pub id: Key,
    /// Title.
    pub title: String,
    /// Place in the text.
    pub row: Row,
}

/// A source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// Id.
    pub id: Key,
    /// Title.
    pub title: String,
    /// What it is.
    pub kind: SourceKind,
    /// Its layer.
    pub pack: Key,
    /// When it became public: a day, a month, a window.
    pub published: Edtf,
    /// Publisher, author, address.
    pub publisher: Option<String>,
    /// Author.
    pub author: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Admiralty grade: a letter A–F and a digit 1–6, two symbols.
    pub grade: Option<(char, char)>,
    /// Why that grade.
    pub grade_why: Option<String>,
    /// Independence group.
    pub group: Option<String>,
    /// Who may see it.
    pub marking: Marking,
    /// How many numbered paragraphs it has, if it is cited by paragraph.
    pub paragraphs: Option<u32>,
    /// Paragraphs left uncited on purpose (`p2`).
    pub uncited: Vec<String>,
    /// Its paragraphs' fingerprints: `LOCATOR HASH SKETCH`.
    pub fingerprint: Vec<String>,
    /// Of a data set: the days it covers. After the last of them it says nothing, and before the first.
    pub covers: Option<Edtf>,
    /// Row.
    pub row: Row,
}

/// A number of another coding scheme, dated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Code {
    /// `cow`, `gw`, `iso-numeric`…
    pub scheme: String,
    /// The code as written.
    pub value: String,
    /// When it applied.
    pub extent: Extent,
}

/// One state following another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Succession {
    /// The predecessor.
    pub actor: Key,
    /// When.
    pub on: Edtf,
    /// How.
    pub how: SuccessionHow,
    /// What it rests on.
    pub row: Row,
}

/// An actor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actor {
    /// Id.
    pub id: Key,
    /// What it is.
    pub kind: ActorKind,
    /// Its usual name.
    pub name: String,
    /// Other names accepted on input.
    pub aka: Vec<String>,
    /// When it existed; none = throughout.
    pub exists: Option<Edtf>,
    /// The place that is its home territory.
    pub home: Option<Key>,
    /// Codes.
    pub code: Vec<Code>,
    /// Whom it follows.
    pub succeeds: Vec<Succession>,
    /// The treaty whose parties are its members.
    pub constituted_by: Option<Key>,
    /// The list of its members is complete as of this day; none = open.
    pub members_complete: Option<Edtf>,
    /// Row.
    pub row: Row,
}

/// Membership of an organisation, bloc or class.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Membership {
    /// Who.
    pub member: Key,
    /// Of what.
    pub of: Key,
    /// As what.
    pub role: Role,
    /// When.
    pub extent: Extent,
    /// Row.
    pub row: Row,
}

/// An office and who held it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Office {
    /// Id.
    pub id: Key,
    /// Name.
    pub name: String,
    /// The actor it belongs to.
    pub of: Key,
    /// Holders.
    pub holder: Vec<Holder>,
    /// Row.
    pub row: Row,
}

/// A holder of an office.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Holder {
    /// The person (an actor).
    pub person: Key,
    /// When.
    pub extent: Extent,
    /// Row.
    pub row: Row,
}

/// Somebody's hold on a place: sovereignty, administration or a claim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hold {
    /// Who.
    pub by: Key,
    /// When.
    pub extent: Extent,
    /// Why it is contested, if it is.
    pub disputed: Option<String>,
    /// Row.
    pub row: Row,
}

/// A place in the gazetteer.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Place {
    /// Id.
    pub id: Key,
    /// Name.
    pub name: String,
    /// Other names.
    pub aka: Vec<String>,
    /// Wider places it lies in.
    pub within: Vec<Key>,
    /// Latitude and longitude in degrees.
    pub at: Option<(f64, f64)>,
    /// Sovereignty.
    pub sovereign: Vec<Hold>,
    /// Administration.
    pub administered: Vec<Hold>,
    /// Claims.
    pub claimed: Vec<Hold>,
    /// Row.
    pub row: Row,
}

/// Whose territory an area expression means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Whose {
    /// A named actor.
    Actor(Key),
    /// The party attacked.
    Beneficiary,
    /// The party that owes.
    Debtor,
    /// Any party.
    Parties,
}

/// An expression over places (docs/language.md, "Places and areas").
#[derive(Clone, PartialEq, Debug)]
pub enum AreaExpr {
    /// That place or within it.
    Place(Key, Box<Dated>),
    /// A named area.
    Named(Key, Box<Dated>),
    /// Under somebody's sovereignty.
    TerritoryOf(Whose, Box<Dated>),
    /// Administered by somebody.
    AdministeredBy(Whose, Box<Dated>),
    /// At least one.
    Any(Vec<AreaExpr>),
    /// Every one.
    All(Vec<AreaExpr>),
    /// The reverse.
    Not(Box<AreaExpr>),
}

/// When a leaf of an area holds, and what that rests on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Dated {
    /// When.
    pub extent: Extent,
    /// What it rests on; empty = the row's.
    pub cite: Vec<Cite>,
}

/// A named area.
#[derive(Clone, PartialEq, Debug)]
pub struct Area {
    /// Id.
    pub id: Key,
    /// Name.
    pub name: String,
    /// Its expression.
    pub is: AreaExpr,
    /// Row.
    pub row: Row,
}

/// A date in an action: written, or relative to another action of the same instrument.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DateRule {
    /// As written.
    On(Edtf),
    /// So long after the n-th action of a kind (1 = the first).
    After {
        /// The kind of action counted from.
        act: Action,
        /// Which of them, in order of date.
        nth: u32,
        /// How long after.
        plus: Span,
    },
}

/// Something that happened to an instrument or to a party under it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActionRow {
    /// What happened.
    pub act: Action,
    /// The day it was done.
    pub on: DateRule,
    /// The day it took effect; none = the day it was done.
    pub effective: Option<DateRule>,
    /// Who did it; empty = all original parties.
    pub by: Vec<Key>,
    /// Toward whom, for directed acts; empty = all others.
    pub toward: Vec<Key>,
    /// One article only.
    pub provision: Option<String>,
    /// Why its effect is contested.
    pub disputed: Option<String>,
    /// A reservation's or declaration's content in our words.
    pub text: Option<String>,
    /// Row.
    pub row: Row,
}

/// One of an instrument's successive texts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    /// Id within the instrument.
    pub id: Key,
    /// Name.
    pub name: Option<String>,
    /// When it applied; without an end it gives way to the next.
    pub extent: Extent,
    /// Row.
    pub row: Row,
}

/// Who owes or to whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Side {
    /// All parties.
    Parties,
    /// All parties but the debtor.
    OtherParties,
    /// Anyone.
    AnyActor,
    /// These.
    These(Vec<Key>),
}

/// Who may be the adversary.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Adversary {
    /// Only these; empty = any.
    pub only: Vec<Key>,
    /// Not these.
    pub except: Vec<Key>,
    /// A member of one of these classes; empty = any.
    pub member_of: Vec<Key>,
    /// Not a member of one of these classes.
    pub not_member_of: Vec<Key>,
    /// One of these must support the attacker.
    pub supported_by: Vec<Key>,
    /// Widens `only`: also whoever collaborates with one of these.
    pub collaborating_with: Vec<Key>,
    /// At least so many attackers; 0 or 1 = no test.
    pub powers: u32,
}

/// Who must be the one attacked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Victim {
    /// The beneficiary itself.
    Beneficiary,
    /// One of these third states.
    These(Vec<Key>),
    /// Anyone.
    Any,
}

/// A scenario fact with its arguments; `beneficiary` and `debtor` stand for the sides of the clause.
#[derive(Clone, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
pub struct Fact {
    /// The kind.
    pub kind: FactKind,
    /// Arguments as written, resolved to ids.
    pub args: Vec<Key>,
}

impl std::fmt::Display for Fact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind.word())?;
        if !self.args.is_empty() {
            write!(f, ":{}", self.args.join("/"))?;
        }
        Ok(())
    }
}

/// What brings a commitment into play.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trigger {
    /// The occasion.
    pub when: When,
    /// Who must be attacked.
    pub on: Victim,
    /// By whom.
    pub by: Adversary,
    /// Kinds of attack covered.
    pub kinds: Vec<AttackKind>,
    /// Kinds left to judgement.
    pub kinds_disputed: Vec<AttackKind>,
    /// Only if the party attacked did not provoke it.
    pub unprovoked: bool,
    /// The article that says who the aggressor is.
    pub aggressor_rule: Option<String>,
    /// Attacks by another party.
    pub against_parties: AgainstParties,
}

/// A provision with its directed commitment.
#[derive(Clone, PartialEq, Debug)]
pub struct Provision {
    /// Article.
    pub article: String,
    /// Versions it stands in; empty = all.
    pub version: Vec<Key>,
    /// What it is about.
    pub act: Act,
    /// Its force.
    pub modality: Modality,
    /// Who owes.
    pub by: Side,
    /// To whom.
    pub to: Side,
    /// When it falls due.
    pub trigger: Trigger,
    /// Where the attack must happen.
    pub area: Option<AreaExpr>,
    /// Where the thing attacked must lie.
    pub object_area: Option<AreaExpr>,
    /// Facts it hangs on.
    pub requires: Vec<Fact>,
    /// Facts that lift it.
    pub unless: Vec<Fact>,
    /// How strongly it obliges.
    pub strength: Strength,
    /// What it leaves open.
    pub discretion: Discretion,
    /// Its own life, if shorter than the instrument's.
    pub in_force: Option<Edtf>,
    /// Kept secret when made.
    pub secret: bool,
    /// Why its reach is contested.
    pub disputed: Option<String>,
    /// Conditions its source leaves unsaid; they are not taken for absent.
    pub unstated: Vec<Condition>,
    /// Conditions its source says there are, without saying which: present, content unknown.
    pub content_unknown: Vec<CodedCondition>,
    /// Of permissions and prohibitions: the goods or information meant; empty = all.
    pub classes: Vec<Key>,
    /// Whether what was received may be passed on; none = not stated.
    pub onward: Option<Onward>,
    /// Row.
    pub row: Row,
}

/// How long it runs and how it ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// Length; none = indefinite.
    pub length: Option<Span>,
    /// Renewal.
    pub renewal: Renewal,
    /// Notice needed to leave.
    pub notice: Option<Span>,
}

/// An instrument another one replaces.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Supersession {
    /// The older one.
    pub instrument: Key,
    /// When.
    pub on: Edtf,
    /// Row.
    pub row: Row,
}

/// An instrument.
#[derive(Clone, PartialEq, Debug)]
pub struct Instrument {
    /// Id.
    pub id: Key,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: InstrumentKind,
    /// Whether it binds in law.
    pub binding: bool,
    /// Other names.
    pub aka: Vec<String>,
    /// Its numbers in data sets; two instruments with one number are two codings of one text.
    pub code: Vec<Code>,
    /// Original parties.
    pub parties: Vec<Key>,
    /// The list of parties is complete as of this day; none = open.
    pub parties_complete: Option<Edtf>,
    /// Kept secret when made.
    pub secret: bool,
    /// Depositary.
    pub depositary: Option<String>,
    /// Authentic languages.
    pub languages: Vec<String>,
    /// Term.
    pub term: Option<Term>,
    /// What it replaces.
    pub supersedes: Vec<Supersession>,
    /// Texts.
    pub version: Vec<Version>,
    /// What happened.
    pub action: Vec<ActionRow>,
    /// Articles.
    pub provision: Vec<Provision>,
    /// Row.
    pub row: Row,
}

/// A scenario fact as told by a source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Circumstance {
    /// The fact.
    pub fact: Fact,
    /// When it held.
    pub extent: Extent,
    /// According to whom; none = undisputed.
    pub held_by: Option<Key>,
    /// Why it is contested.
    pub disputed: Option<String>,
    /// Row.
    pub row: Row,
}

/// What a thing is, and what only things of that kind have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ThingDetail {
    /// Something that happens once.
    Event {
        /// What it is.
        kind: EventKind,
        /// When; none = dated by its claims only.
        on: Option<Edtf>,
    },
    /// An office, mission, centre or base.
    Facility,
    /// A field of cooperation, a class of goods or of information.
    Domain,
    /// Something counted.
    Measure {
        /// Unit; none for ranks.
        unit: Option<String>,
        /// How its values behave side by side.
        kind: MeasureKind,
        /// Measures declared not to overlap with it.
        apart_from: Vec<Key>,
    },
}

impl ThingDetail {
    /// The table that declares it.
    pub fn word(&self) -> &'static str {
        match self {
            ThingDetail::Event { .. } => "event",
            ThingDetail::Facility => "facility",
            ThingDetail::Domain => "domain",
            ThingDetail::Measure { .. } => "measure",
        }
    }
}

/// Something claims are about: an identity, and nothing that happened to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Thing {
    /// Id.
    pub id: Key,
    /// What it is.
    pub detail: ThingDetail,
    /// Name.
    pub name: String,
    /// Other names.
    pub aka: Vec<String>,
    /// Whose it is.
    pub of: Vec<Key>,
    /// Where.
    pub place: Option<Key>,
    /// What it is part of; of a measure, declared to be inside another.
    pub part_of: Option<Key>,
    /// Row.
    pub row: Row,
}

/// What a claim tells, as data.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tells {
    /// What.
    pub what: Telling,
    /// Who did it, is it, holds it.
    pub who: Vec<Key>,
    /// With whom, to whom, against whom.
    pub whom: Vec<Key>,
    /// What about: anything with an id.
    pub thing: Option<Key>,
    /// In which fields, which goods.
    pub domain: Vec<Key>,
    /// Where.
    pub place: Option<Key>,
    /// In what rank.
    pub rank: Option<Delegate>,
    /// The value, as written.
    pub value: Option<String>,
    /// The day the value speaks of.
    pub as_of: Option<Edtf>,
    /// What is counted.
    pub scope: Option<String>,
    /// How.
    pub method: Option<String>,
    /// Which act of a commitment.
    pub act: Option<Act>,
    /// To what degree.
    pub degree: Option<Degree>,
    /// Whether the list told is open.
    pub list: Listing,
    /// When; none = the claim's.
    pub on: Option<Edtf>,
}

/// What later sources must tell for something to count as shown.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Pattern {
    /// A telling.
    pub what: Option<Telling>,
    /// An action of the instrument in `thing`.
    pub acted: Option<Action>,
    /// All of these.
    pub who: Vec<Key>,
    /// All of these.
    pub whom: Vec<Key>,
    /// That thing.
    pub thing: Option<Key>,
    /// One of these.
    pub domain: Vec<Key>,
    /// There.
    pub place: Option<Key>,
    /// In that rank.
    pub rank: Option<Delegate>,
    /// That value.
    pub value: Option<String>,
    /// At least.
    pub at_least: Option<f64>,
    /// At most.
    pub at_most: Option<f64>,
    /// A later value above an earlier one.
    pub rises: bool,
    /// Nobody else beside `who` and `whom`.
    pub exactly: bool,
    /// Counts only if these are known or assumed.
    pub requires: Vec<Fact>,
    /// How well it shows it.
    pub strength: Option<Bearing>,
    /// Why it counts.
    pub because: Option<String>,
}

/// One part of an expectation.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Part {
    /// Name.
    pub name: Option<String>,
    /// Nothing that could be observed answers it.
    pub untestable: bool,
    /// Any of these fulfils it.
    pub awaits: Vec<Pattern>,
    /// Any of these contradicts it.
    pub against: Vec<Pattern>,
    /// Any of these shows, by the due date, that it was not fulfilled.
    pub fails: Vec<Pattern>,
    /// Shown and never counted.
    pub related: Vec<Pattern>,
}

/// An expectation: what would show that it came true, and by when.
#[derive(Clone, PartialEq, Debug)]
pub struct Expects {
    /// By when.
    pub due: Option<Edtf>,
    /// How firmly it was said.
    pub strength: Firmness,
    /// It is expected not to happen.
    pub negated: bool,
    /// Split per member of these.
    pub each: Vec<Key>,
    /// Claims judged together with this one.
    pub also: Vec<Key>,
    /// Parts; at least one.
    pub part: Vec<Part>,
}

/// What a source says, in our own words and, where it can be, as data.
#[derive(Clone, PartialEq, Debug)]
pub struct Claim {
    /// Id.
    pub id: Key,
    /// Kind.
    pub kind: ClaimKind,
    /// Anything it is about.
    pub about: Vec<Key>,
    /// Content in our own words.
    pub says: String,
    /// The date or extent it speaks of.
    pub on: Option<Edtf>,
    /// How it is said.
    pub mode: Mode,
    /// Who says so, in words.
    pub by: Option<String>,
    /// Whose position, expectation or words; empty = the source's own.
    pub holder: Vec<Key>,
    /// The source's own words, exactly.
    pub quote: Option<String>,
    /// The source's own word of likelihood.
    pub likelihood: Option<String>,
    /// The yardstick it is read under.
    pub yardstick: Yardstick,
    /// The same as data.
    pub tells: Vec<Tells>,
    /// An expectation's content.
    pub expects: Option<Expects>,
    /// Row.
    pub row: Row,
}

/// Something to be decided.
#[derive(Clone, PartialEq, Debug)]
pub struct Matter {
    /// Id.
    pub id: Key,
    /// Name.
    pub name: String,
    /// Other names.
    pub aka: Vec<String>,
    /// As a question.
    pub question: Option<String>,
    /// Whose members decide; none = the deciders named alone.
    pub body: Option<Key>,
    /// These decide; empty = the members of the body.
    pub deciders: Vec<Key>,
    /// How.
    pub procedure: Procedure,
    /// What it is about.
    pub about: Vec<Key>,
    /// Why deciders no source names are taken to have consented; none = they are unknown.
    pub presumes: Option<String>,
    /// What shows that it was approved and carried out.
    pub settled: Vec<Pattern>,
    /// Row.
    pub row: Row,
}

/// What the record has on a disagreement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OnRecord {
    /// In our own words.
    pub says: String,
    /// Citations.
    pub cite: Vec<Cite>,
}

/// A disagreement, an error or an ambiguity that needs a reader's judgement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conflict {
    /// Id.
    pub id: Key,
    /// Kinds.
    pub kind: Vec<ConflictKind>,
    /// What it is about.
    pub about: Vec<Key>,
    /// Claims concerned.
    pub claims: Vec<Key>,
    /// What stands there.
    pub says: String,
    /// What is held here, and why.
    pub shows: String,
    /// Claims that do not count as evidence because of it.
    pub sets_aside: Vec<Key>,
    /// They only seem to differ.
    pub compatible: bool,
    /// What the record has.
    pub record: Option<OnRecord>,
    /// Row.
    pub row: Row,
}

/// What the dossier sets out to hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checklist {
    /// Id.
    pub id: Key,
    /// Name.
    pub name: String,
    /// What it counts.
    pub of: ChecklistOf,
    /// Ids and ranges of ids (`as001..as029`).
    pub ids: Vec<String>,
    /// Row.
    pub row: Row,
}

/// Another value for a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rival {
    /// Of which thing.
    pub of: Key,
    /// Which field.
    pub field: String,
    /// The value as written.
    pub value: String,
    /// Standing.
    pub rank: Rank,
    /// Why.
    pub reason: String,
    /// Row.
    pub row: Row,
}

/// All rows of a dossier and what it includes.
#[derive(Clone, PartialEq, Debug, Default)]
#[allow(missing_docs, reason = "one list per table of docs/language.md, named like it")]
pub struct Records {
    pub name: String,
    pub title: String,
    pub packs: Vec<Pack>,
    pub sources: Vec<Source>,
    pub actors: Vec<Actor>,
    pub memberships: Vec<Membership>,
    pub offices: Vec<Office>,
    pub places: Vec<Place>,
    pub areas: Vec<Area>,
    pub instruments: Vec<Instrument>,
    pub circumstances: Vec<Circumstance>,
    pub things: Vec<Thing>,
    pub matters: Vec<Matter>,
    pub claims: Vec<Claim>,
    pub conflicts: Vec<Conflict>,
    pub rivals: Vec<Rival>,
    pub checklists: Vec<Checklist>,
}

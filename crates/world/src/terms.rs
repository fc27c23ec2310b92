//! The closed vocabularies: every word a dossier, a question or an answer may use where a choice is fixed.
//!
//! In: a written word. Out: the term, or the list of what was expected. What always holds: one term, one word, the
//! same in TOML, on the command line, in JSON and in proofs.

macro_rules! terms {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $($(#[$vmeta])* #[doc = concat!("`", $word, "`")] $variant),+ }

        impl $name {
            /// Every term, in the order of this page.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// Every word, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The written word.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// The term a word stands for.
            pub fn parse(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.word()) }
        }
    };
}

terms! {
    /// What an actor is.
    ActorKind {
        State = "state", UnrecognisedState = "unrecognised-state", ArmedGroup = "armed-group",
        Organisation = "organisation", Bloc = "bloc", Body = "body", Person = "person",
        /// A named set of actors that a clause refers to.
        Class = "class",
    }
}

terms! {
    /// How an actor belongs to an organisation, bloc or class.
    Role { Member = "member", Partner = "partner", Invitee = "invitee", Candidate = "candidate", Observer = "observer" }
}

terms! {
    /// How one state follows another (Vienna Convention on Succession of States 1978).
    SuccessionHow {
        Continuation = "continuation", Succession = "succession", Secession = "secession", Merger = "merger",
    }
}

terms! {
    /// What an instrument is.
    InstrumentKind {
        Treaty = "treaty", Convention = "convention", Agreement = "agreement", Protocol = "protocol",
        Memorandum = "memorandum", Declaration = "declaration", Communique = "communique",
        Programme = "programme", Policy = "policy", Strategy = "strategy", Statute = "statute",
    }
}

impl InstrumentKind {
    /// Whether an instrument of this kind binds in law unless its row says otherwise.
    pub fn binds(self) -> bool {
        use InstrumentKind::*;
        matches!(self, Treaty | Convention | Agreement | Protocol | Statute)
    }
}

terms! {
    /// What happened to an instrument, or to one party under it (Vienna Convention on the Law of Treaties, parts II–V).
    Action {
        Proposed = "proposed", Negotiating = "negotiating", Announced = "announced", Signed = "signed",
        /// Made and applicable at once: programmes, declarations.
        Concluded = "concluded",
        Ratified = "ratified", RatificationRevoked = "ratification-revoked", Acceded = "acceded",
        Succeeded = "succeeded", Invited = "invited", ProvisionallyApplied = "provisionally-applied",
        EnteredIntoForce = "entered-into-force", NoticeGiven = "notice-given",
        NoticeWithdrawn = "notice-withdrawn", Withdrew = "withdrew", Terminated = "terminated",
        Expired = "expired", Prolonged = "prolonged", Suspended = "suspended", Resumed = "resumed",
        Reserved = "reserved", ReservationWithdrawn = "reservation-withdrawn", Declared = "declared",
        Objected = "objected",
        /// A source says of these states that they are not bound.
        NotAParty = "not-a-party",
    }
}

terms! {
    /// What a commitment obliges, allows or foresees. The first five are ATOP's.
    Act {
        Defense = "defense", Offense = "offense", Neutrality = "neutrality", Nonaggression = "nonaggression",
        Consultation = "consultation", Assist = "assist", Mobilise = "mobilise", Respect = "respect",
        SeekCouncilAction = "seek-council-action", NoHostileAlliance = "no-hostile-alliance",
        NoSeparatePeace = "no-separate-peace", Compensate = "compensate", Deter = "deter", Inform = "inform",
        ProtectInformation = "protect-information", AdmitForces = "admit-forces",
        UseFacilities = "use-facilities", TransferArms = "transfer-arms", Supply = "supply", Train = "train",
        DevelopJointly = "develop-jointly", Standardise = "standardise", Intervene = "intervene",
        /// A definition or procedure; nobody owes anything.
        Define = "define",
    }
}

impl Act {
    /// Whether the act is armed or material help in a war.
    pub fn fights(self) -> bool {
        matches!(self, Act::Defense | Act::Offense | Act::Assist)
    }

    /// When the act falls due if its trigger does not say.
    pub fn default_trigger(self) -> When {
        match self {
            Act::Defense | Act::Assist | Act::Neutrality | Act::SeekCouncilAction => When::Attack,
            Act::Offense => When::War,
            Act::Consultation => When::Threat,
            Act::Mobilise => When::Mobilisation,
            Act::Intervene => When::Breach,
            Act::Compensate => When::Occupation,
            Act::NoSeparatePeace => When::Peace,
            _ => When::Always,
        }
    }
}

terms! {
    /// The force of a commitment. Never merged: a right is not a duty, a programme is not a permission.
    Modality {
        Duty = "duty", Right = "right", Permission = "permission", Recommendation = "recommendation",
        Policy = "policy", Programme = "programme",
        /// Forbids the act; of a state's own law, a gate before its duties.
        Prohibition = "prohibition",
    }
}

terms! {
    /// What brings a commitment into play.
    When {
        /// The beneficiary is attacked.
        Attack = "attack",
        /// The beneficiary is in a war, whoever began it.
        War = "war",
        Threat = "threat", Mobilisation = "mobilisation", Breach = "breach", Always = "always",
        Occupation = "occupation", Peace = "peace", Request = "request",
    }
}

terms! {
    /// The kind of attack.
    AttackKind {
        Armed = "armed", Nuclear = "nuclear", Cyber = "cyber", Hybrid = "hybrid", Coercion = "coercion",
        Space = "space",
    }
}

terms! {
    /// How strongly the text obliges, strongest first.
    Strength {
        MustFight = "must-fight", MustAssist = "must-assist", MustAct = "must-act",
        MustAbstain = "must-abstain", MustConsult = "must-consult", May = "may", Political = "political",
        Recommended = "recommended",
    }
}

impl Strength {
    /// The strength a text has if its row does not say.
    pub fn default_for(act: Act, modality: Modality) -> Strength {
        match (modality, act) {
            (Modality::Right | Modality::Permission, _) => Strength::May,
            (Modality::Recommendation, _) => Strength::Recommended,
            (Modality::Policy | Modality::Programme, _) => Strength::Political,
            (Modality::Prohibition, _) => Strength::MustAbstain,
            (Modality::Duty, Act::Defense | Act::Offense | Act::Assist | Act::Mobilise) => {
                Strength::MustAssist
            }
            (Modality::Duty, Act::Consultation | Act::SeekCouncilAction) => Strength::MustConsult,
            (Modality::Duty, Act::Neutrality | Act::Nonaggression | Act::Respect) => Strength::MustAbstain,
            (Modality::Duty, Act::NoHostileAlliance | Act::NoSeparatePeace) => Strength::MustAbstain,
            (Modality::Duty, _) => Strength::MustAct,
        }
    }
}

terms! {
    /// What the text leaves to the debtor.
    Discretion {
        None = "none", MeansFree = "means-free", ConstitutionalProcesses = "constitutional-processes",
        FormToBeAgreed = "form-to-be-agreed", NoForceWithoutConsent = "no-force-without-consent",
        BestEfforts = "best-efforts",
    }
}

terms! {
    /// Whether a clause reaches attacks by another party to the same instrument.
    AgainstParties { NotCovered = "not-covered", Covered = "covered", Disputed = "disputed" }
}

terms! {
    /// The six layers, never merged.
    Layer {
        Duty = "duty", Right = "right", Permission = "permission", Programme = "programme",
        Practice = "practice", Expectation = "expectation",
    }
}

impl Modality {
    /// The layer a commitment of this force belongs to.
    pub fn layer(self) -> Layer {
        match self {
            // To be forbidden an act is a duty to abstain from it.
            Modality::Duty | Modality::Prohibition => Layer::Duty,
            Modality::Right => Layer::Right,
            Modality::Permission => Layer::Permission,
            Modality::Recommendation | Modality::Policy | Modality::Programme => Layer::Programme,
        }
    }
}

terms! {
    /// How a source says a thing.
    Mode {
        Reported = "reported", Planned = "planned", Expected = "expected", Judged = "judged",
        Denied = "denied", Quoted = "quoted",
    }
}

terms! {
    /// What a claim is about.
    ClaimKind {
        Statement = "statement", Judgement = "judgement", Expectation = "expectation", Position = "position",
        Event = "event", Measure = "measure", Limit = "limit", Threat = "threat", Dispute = "dispute",
        Cooperation = "cooperation",
    }
}

terms! {
    /// Standing of one of several values for the same field.
    Rank { Preferred = "preferred", Normal = "normal", Deprecated = "deprecated" }
}

terms! {
    /// Traffic Light Protocol 2.0, least restricted first.
    Marking {
        Clear = "TLP:CLEAR", Green = "TLP:GREEN", Amber = "TLP:AMBER", AmberStrict = "TLP:AMBER+STRICT",
        Red = "TLP:RED",
    }
}

terms! {
    /// What a source is.
    SourceKind {
        TreatyText = "treaty-text", Record = "record", DataSet = "data-set", Article = "article",
        Book = "book", Statement = "statement",
    }
}

terms! {
    /// Whether a term renews itself.
    Renewal { Automatic = "automatic", ByAgreement = "by-agreement", None = "none" }
}

terms! {
    /// Scenario facts a clause may hang on.
    FactKind {
        Requested = "requested", Mobilised = "mobilised", AtWar = "at-war", Acts = "acts",
        ConsidersVital = "considers-vital", Breached = "breached", Collaborating = "collaborating",
        Supports = "supports", Determined = "determined", Agreed = "agreed", Administers = "administers",
        NotAdministered = "not-administered", NuclearUsed = "nuclear-used",
        ThreatensSurvival = "threatens-survival", NoOtherMeans = "no-other-means",
        MinimumForce = "minimum-force",
        /// What a claim says is so.
        Holds = "holds",
        Consents = "consents", Objects = "objects", Party = "party", Member = "member",
        /// A condition that is coded without its content is met.
        Met = "met",
    }
}

impl FactKind {
    /// How many arguments the fact takes and what they are, for messages.
    pub fn shape(self) -> &'static str {
        match self {
            FactKind::Requested | FactKind::Mobilised | FactKind::Acts | FactKind::ConsidersVital => "ACTOR",
            FactKind::Agreed | FactKind::ThreatensSurvival => "ACTOR",
            FactKind::NoOtherMeans | FactKind::MinimumForce => "ACTOR",
            FactKind::AtWar | FactKind::Collaborating | FactKind::Supports => "ACTOR/ACTOR",
            FactKind::Member => "ACTOR/ORGANISATION",
            FactKind::Consents | FactKind::Objects => "ACTOR/MATTER",
            FactKind::Party => "ACTOR/INSTRUMENT",
            FactKind::Holds => "CLAIM",
            FactKind::Breached => "INSTRUMENT",
            FactKind::Determined => "BODY",
            FactKind::Administers | FactKind::NotAdministered => "ACTOR/PLACE",
            FactKind::Met => "INSTRUMENT/CONDITION",
            FactKind::NuclearUsed => "",
        }
    }

    /// Whether assuming it adds hypothetical rows to the dossier, rather than a fact to one scenario.
    pub fn layered(self) -> bool {
        matches!(self, FactKind::Consents | FactKind::Objects | FactKind::Party | FactKind::Member)
    }
}

terms! {
    /// A kind of condition that a data set codes without its content (ATOP's columns `defcoadv` to `olimob`).
    CodedCondition {
        /// Only against certain adversaries.
        Adversary = "adversary",
        /// Only in certain places.
        Place = "place",
        /// Only in a certain conflict that goes on.
        Conflict = "conflict",
        /// Only against a certain number of adversaries.
        Number = "number",
        /// Only if certain demands are not met.
        Demand = "demand",
        /// Under any other condition.
        Other = "other",
    }
}

terms! {
    /// What an actor's part in a casus is.
    CasusRole {
        Bound = "bound", Entitled = "entitled", Consult = "consult", Refrain = "refrain", Breach = "breach",
        NotBound = "not-bound",
    }
}

terms! {
    /// How sure an item is.
    Confidence { Certain = "certain", Possible = "possible", Disputed = "disputed" }
}

terms! {
    /// Why an actor is not bound: the first condition that fails, in the order of [`Condition`].
    Reason {
        /// No instrument made by that day links the two.
        NoTreaty = "NO_TREATY", NotInForce = "NOT_IN_FORCE", Terminated = "TERMINATED",
        NotParty = "NOT_PARTY", NotInForceForParty = "NOT_IN_FORCE_FOR_PARTY",
        BeneficiaryNotParty = "BENEFICIARY_NOT_PARTY", Suspended = "SUSPENDED", Reserved = "RESERVED",
        AllyIsAttacker = "ALLY_IS_ATTACKER", NotTheTrigger = "NOT_THE_TRIGGER",
        IntraAlliance = "INTRA_ALLIANCE", AdversaryNotNamed = "ADVERSARY_NOT_NAMED",
        SupportMissing = "SUPPORT_MISSING", NumberOfPowers = "NUMBER_OF_POWERS",
        KindNotCovered = "KIND_NOT_COVERED", ProvokedOrAggressor = "PROVOKED_OR_AGGRESSOR",
        OutOfArea = "OUT_OF_AREA", OutOfAreaTarget = "OUT_OF_AREA_TARGET",
        TerritoryNotCovered = "TERRITORY_NOT_COVERED", NoRequest = "NO_REQUEST",
        ConditionUnmet = "CONDITION_UNMET", WarInProgressExcluded = "WAR_IN_PROGRESS_EXCLUDED",
        CarvedOut = "CARVED_OUT", NotBinding = "NOT_BINDING", RightNotDuty = "RIGHT_NOT_DUTY",
        RecommendationOnly = "RECOMMENDATION_ONLY", ConsultOnly = "CONSULT_ONLY",
        NeutralityOnly = "NEUTRALITY_ONLY", NonaggressionOnly = "NONAGGRESSION_ONLY",
    }
}

impl Reason {
    /// Whether something of the two's own ties them and yet does not bind: a near miss, told before what ties them to others or everybody.
    pub fn is_near_miss(self) -> bool {
        use Reason::*;
        !matches!(self, NoTreaty | NotParty | BeneficiaryNotParty | RecommendationOnly)
    }
}

terms! {
    /// The conditions of a casus foederis, in the order they are tested.
    Condition {
        InstrumentInForce = "instrument-in-force", ClauseApplies = "clause-applies",
        DebtorBound = "debtor-bound", BeneficiaryBound = "beneficiary-bound", NotLifted = "not-lifted",
        Occasion = "occasion", OutsideAlliance = "outside-alliance", Adversary = "adversary",
        Support = "support", Powers = "number-of-powers", Kind = "kind-of-attack", Unprovoked = "unprovoked",
        Area = "area", ObjectArea = "object-area", Requires = "requires", Unless = "unless",
        Binding = "legally-binding", Uncontested = "uncontested",
    }
}

terms! {
    /// Whether the party attacked provoked it.
    Provoked { Yes = "yes", No = "no", Unknown = "unknown" }
}

terms! {
    /// The verdict of an answer. Silence never gives `no`.
    Verdict { Yes = "yes", No = "no", Possible = "possible", Disputed = "disputed", NotInSources = "not-in-sources" }
}

terms! {
    /// The four kinds of silence.
    Silence {
        NoneInForce = "none-in-force", OutsideCoverage = "outside-our-coverage",
        NotYetKnown = "not-yet-known", NotLooked = "we-have-not-looked",
    }
}

terms! {
    /// What has become of an instrument, or of one party under it.
    Stage {
        None = "none", Proposed = "proposed", Negotiating = "negotiating", Announced = "announced",
        Invited = "invited", Signed = "signed", Ratified = "ratified", Provisional = "provisional",
        InForce = "in-force", Suspended = "suspended", UnderNotice = "under-notice", Ended = "ended",
        Superseded = "superseded",
    }
}

terms! {
    /// Whether what was received may be passed on.
    Onward { Forbidden = "forbidden", WithConsent = "with-consent", Free = "free" }
}

terms! {
    /// What an event is.
    EventKind {
        Summit = "summit", Meeting = "meeting", Visit = "visit", Speech = "speech", Signing = "signing",
        Exercise = "exercise", Operation = "operation", Launch = "launch", Incident = "incident",
        Election = "election", War = "war", Relief = "relief", Announcement = "announcement",
        Report = "report", Transfer = "transfer",
    }
}

terms! {
    /// How a measure behaves when values are put side by side.
    MeasureKind {
        /// A running total: a later value contains an earlier one.
        Total = "total",
        Amount = "amount", Count = "count", Rank = "rank", Share = "share",
    }
}

terms! {
    /// How a body decides.
    Procedure {
        /// Each decider must consent.
        ConsentOfAll = "consent-of-all",
        /// No vote: whoever does not object lets it pass.
        Consensus = "consensus",
        /// A draft stands unless somebody objects in time.
        Silence = "silence",
        /// All parties of a government.
        Coalition = "coalition",
        Majority = "majority",
    }
}

terms! {
    /// What a claim tells.
    Telling {
        TookPlace = "took-place", Attended = "attended", Met = "met", Visited = "visited", Hosted = "hosted",
        Exercised = "exercised", Operated = "operated", Launched = "launched", Announced = "announced",
        Published = "published", Spoke = "spoke", Ordered = "ordered", Protested = "protested",
        Supplied = "supplied", Sanctioned = "sanctioned", Seconded = "seconded", MovedCloser = "moved-closer",
        Invaded = "invaded", Incident = "incident", Elected = "elected",
        Proposed = "proposed", Decided = "decided", Opened = "opened", Closed = "closed",
        Established = "established",
        Consents = "consents", PromisesConsent = "promises-consent", WithholdsConsent = "withholds-consent",
        Objects = "objects", Favours = "favours", Doubts = "doubts", Undecided = "undecided",
        Measures = "measures",
        Member = "member", NotAMember = "not-a-member", Allied = "allied", Cooperates = "cooperates",
        Covers = "covers", Threatens = "threatens", Disputes = "disputes", Cannot = "cannot",
        Sponsors = "sponsors", Chairs = "chairs", Named = "named", Limits = "limits",
    }
}

impl Telling {
    /// Whether it is a position on a matter.
    pub fn is_position(self) -> bool {
        use Telling::*;
        matches!(self, Consents | PromisesConsent | WithholdsConsent | Objects | Favours | Doubts | Undecided)
    }

    /// Whether it is the life of a facility, a body or a matter.
    pub fn is_life(self) -> bool {
        use Telling::*;
        matches!(self, Proposed | Decided | Opened | Closed | Established)
    }

    /// Whether it happened on a day, rather than standing until something else is told.
    pub fn is_event(self) -> bool {
        use Telling::*;
        matches!(
            self,
            TookPlace
                | Attended
                | Met
                | Visited
                | Hosted
                | Exercised
                | Operated
                | Launched
                | Announced
                | Published
                | Spoke
                | Ordered
                | Protested
                | Supplied
                | Sanctioned
                | Seconded
                | MovedCloser
                | Invaded
                | Incident
                | Elected
        ) || self.is_life()
    }
}

terms! {
    /// In what rank somebody stood for a state or an organisation.
    Delegate {
        HeadOfState = "head-of-state", HeadOfGovernment = "head-of-government", Deputy = "deputy",
        Minister = "minister", Official = "official", HeadOfOrganisation = "head-of-organisation",
    }
}

terms! {
    /// To what degree.
    Degree { Full = "full", Lesser = "lesser" }
}

terms! {
    /// Whether a list leaves nobody and nothing out.
    Listing { Open = "open", Closed = "closed" }
}

terms! {
    /// How firmly an expectation was uttered.
    Firmness { Hedged = "hedged", Plain = "plain", Certain = "certain" }
}

terms! {
    /// How well something shows what it is taken to show.
    Bearing { Direct = "direct", Indirect = "indirect", Weak = "weak" }
}

terms! {
    /// What became of an expectation, for one state of knowledge.
    Fate {
        NotYetUttered = "not-yet-uttered", Open = "open",
        DuePassed = "due-passed-without-evidence", Fulfilled = "fulfilled", Partly = "partly",
        NotFulfilled = "not-fulfilled", Contradicted = "contradicted", Untestable = "untestable",
    }
}

terms! {
    /// How claims disagree.
    ConflictKind {
        /// Two sources differ.
        Between = "between",
        /// One source differs from itself.
        Own = "self",
        /// A source differs from the record.
        Record = "record",
        /// The same thing at another time or under another name.
        Drift = "drift",
        /// A defect of the text.
        Form = "form",
        /// The text does not decide it.
        Vague = "vague",
        /// A source says nothing of what others speak of.
        Silence = "silence",
        /// Two data sets, or a data set and the texts, code one instrument differently.
        Coding = "coding",
    }
}

terms! {
    /// What a checklist counts.
    ChecklistOf { Claim = "claim", Conflict = "conflict", Expectation = "expectation", System = "system" }
}

terms! {
    /// The yardstick a word of likelihood is read under.
    Yardstick {
        /// The source names none: its word is kept and never turned into a number.
        Unstated = "unstated",
        /// Intelligence Community Directive 203 (United States, 2015).
        Icd203 = "icd-203",
        /// Professional Head of Intelligence Assessment (United Kingdom).
        Phia = "phia",
        /// Intergovernmental Panel on Climate Change.
        Ipcc = "ipcc",
    }
}

terms! {
    /// What has become of a matter to be decided.
    DecisionOutcome {
        Approved = "approved", Pending = "pending", Blocked = "blocked", Refused = "refused",
        Undecided = "undecided",
    }
}

terms! {
    /// What has become of a facility.
    FacilityStage { None = "none", Proposed = "proposed", Decided = "decided", Open = "open", Closed = "closed" }
}

//! The grammar of the command line.
//!
//! In: nothing. Out: [`Args`]. What always holds: global options may stand before or after the verb; every option says in its
//! help what it takes and what happens without it.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Who is bound to whom in international security: for any day, as known on any day, with the proof.
#[derive(Parser, Debug)]
#[command(
    name = "foedera",
    version,
    propagate_version = true,
    arg_required_else_help = false,
    max_term_width = 110
)]
pub(crate) struct Args {
    /// What to do; without a verb, one casus is answered with its proof.
    #[command(subcommand)]
    pub(crate) verb: Option<Verb>,

    /// An embedded dossier (world, history) or a folder of your own; may be given again, later ones add to earlier ones.
    #[arg(long, global = true, value_name = "NAME|DIR")]
    pub(crate) dossier: Vec<String>,

    /// The day asked about, in EDTF: 2024-07-11, 2023, [2023-05-10..2023-05-13]. Without it: today.
    #[arg(long, global = true, value_name = "EDTF")]
    pub(crate) on: Option<String>,

    /// Only sources published by then count. Without it: latest.
    #[arg(long, global = true, value_name = "EDTF")]
    pub(crate) known: Option<String>,

    /// Which packs of sources count, by comma. Without it: all.
    #[arg(long, global = true, value_name = "PACK,…")]
    pub(crate) using: Vec<String>,

    /// The most restricted marking the reader may see: CLEAR, GREEN, AMBER, AMBER+STRICT, RED. Without it: RED.
    #[arg(long, global = true, value_name = "TLP")]
    pub(crate) clearance: Option<String>,

    /// A fact taken as given, labelled in the answer and never stored. Of a scenario: requested:ARM, 'not mobilised:DEU',
    /// requested:ARM@BLR (according to BLR). As a row: consents:FRA/tokyo-office-decision, party:JPN/north-atlantic-treaty.
    #[arg(long, global = true, value_name = "FACT")]
    pub(crate) assume: Vec<String>,

    /// How to print.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// Colour: on terminals only, unless said otherwise.
    #[arg(long, global = true, value_enum, default_value_t = When::Auto)]
    pub(crate) color: When,

    /// Exit with 1 unless the verdict is this one.
    #[arg(long, global = true, value_name = "VERDICT")]
    pub(crate) assert: Option<String>,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Format {
    Text,
    Json,
    Csv,
    Md,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum When {
    Auto,
    Always,
    Never,
}

/// X attacks Y at P.
#[derive(ClapArgs, Debug)]
pub(crate) struct Scenario {
    /// Who attacks; several by comma.
    #[arg(long, required = true, value_name = "ACTOR")]
    pub(crate) attacker: Vec<String>,
    /// Who is attacked.
    #[arg(long, required = true, value_name = "ACTOR")]
    pub(crate) target: Vec<String>,
    /// Where the attack falls. Without it: the target's home territory, as a named assumption.
    #[arg(long, value_name = "PLACE")]
    pub(crate) place: Option<String>,
    /// Whether the target provoked it: yes, no, unknown. Without it: no, as a named assumption.
    #[arg(long, value_name = "WORD")]
    pub(crate) provoked: Option<String>,
    /// Kind of attack: armed, nuclear, cyber, hybrid, coercion, space. Without it: armed.
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// Who supports or joins the attacker.
    #[arg(long, value_name = "ACTOR")]
    pub(crate) with: Vec<String>,
    /// Rounds of the cascade, 1 to 8: who is drawn in by those drawn in before.
    #[arg(long, value_name = "N")]
    pub(crate) rounds: Option<u32>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Verb {
    /// X attacks Y at P on D: who is bound, entitled, consulting, refraining, in breach; who is not, and why not.
    ///
    /// Example: foedera casus --attacker PRK --target JPN --place okinawa --on 2024-07-11
    Casus(Scenario),
    /// Why an actor is not bound, and the smallest change that would flip it.
    ///
    /// Example: foedera why-not GBR --attacker PRK --target USA --place guam --on 2024-07-11
    WhyNot {
        /// Whose not being bound is to be explained.
        actor: String,
        #[command(flatten)]
        scenario: Scenario,
    },
    /// What has become of an instrument, of one party under it, or of a facility.
    ///
    /// Example: foedera status north-atlantic-treaty FIN --on 2023-04-03
    Status {
        /// The instrument or facility: an id, a name or another name.
        instrument: String,
        /// One party.
        party: Option<String>,
    },
    /// All that ties an actor, or two, by layer: duty, right, permission, programme, practice, expectation.
    ///
    /// Example: foedera ties JPN USA --on 2024-07-11
    Ties {
        /// Whose ties.
        a: String,
        /// With whom.
        b: Option<String>,
    },
    /// Who belongs to an organisation, is party to an instrument or holds an office, with the count.
    ///
    /// Example: foedera members nato --on 2023-07-12
    Members {
        /// An organisation, bloc, class, instrument or office.
        of: String,
    },
    /// What has become of a matter to be decided: approved, pending, blocked, by whom, and who is unknown.
    ///
    /// Example: foedera decide sweden-nato-accession --on 2023-05-13 --known 2023-05-31 --using articles
    Decide {
        /// The matter: an id, a name or enough words of one.
        #[arg(required = true)]
        matter: Vec<String>,
    },
    /// May A pass protected information to B, admit forces of B, transfer arms to B: base, conditions, onward release.
    ///
    /// Example: foedera may inform --from JPN --to nato --on 2012-01-01
    May {
        /// What.
        #[arg(value_enum)]
        deed: Deed,
        /// Who would do it.
        #[arg(long, value_name = "ACTOR")]
        from: String,
        /// Toward whom.
        #[arg(long, value_name = "ACTOR")]
        to: String,
        /// Which goods or information. Without it: any.
        #[arg(long, value_name = "DOMAIN")]
        class: Option<String>,
        /// Passed on to this third party.
        #[arg(long, value_name = "ACTOR")]
        onward: Option<String>,
    },
    /// What became of what was expected, as known: the ledger, or single entries with their evidence.
    ///
    /// Example: foedera expect ex007 --known 2023-07-10 --using articles
    Expect {
        /// Claims that expect something. Without any: all, with a score for each source.
        ids: Vec<String>,
        /// Only what this source expects.
        #[arg(long, value_name = "SOURCE")]
        by: Option<String>,
    },
    /// Where sources disagree with each other, with themselves or with the record, and what is held here.
    ///
    /// Example: foedera conflicts --about nato-office-tokyo
    Conflicts {
        /// Ids of disagreements, claims or things. Without any: all.
        ids: Vec<String>,
        /// Only what concerns this.
        #[arg(long, value_name = "ID")]
        about: Option<String>,
    },
    /// What sources say, filtered; opinions are told as opinions.
    ///
    /// Example: foedera claims --about JPN --kind limit
    Claims {
        /// Words all of which must stand in the statement.
        words: Vec<String>,
        /// Only about this; may be given again.
        #[arg(long, value_name = "ID")]
        about: Vec<String>,
        /// Only of this kind: statement, judgement, expectation, position, event, measure, limit, threat, dispute, cooperation.
        #[arg(long, value_name = "KIND")]
        kind: Option<String>,
        /// Only what tells this: attended, objects, supplied …
        #[arg(long, value_name = "TELLING")]
        what: Option<String>,
        /// Only what this actor does, is or holds.
        #[arg(long, value_name = "ACTOR")]
        who: Option<String>,
        /// Only what this source says.
        #[arg(long, value_name = "SOURCE")]
        by: Option<String>,
        /// Only what is said so: reported, planned, expected, judged, denied, quoted.
        #[arg(long, value_name = "MODE")]
        mode: Option<String>,
    },
    /// Dated values as told, with scope and source; of two measures, whether they may be added.
    ///
    /// Example: foedera measure japan-aid-to-ukraine japan-nato-trust-fund-ukraine
    Measure {
        /// Measures, or actors for all that is measured of them.
        #[arg(required = true)]
        measures: Vec<String>,
    },
    /// Acts, memberships, offices and events in order, each with its bounds.
    ///
    /// Example: foedera timeline sweden-nato-accession SWE --from 2022
    Timeline {
        /// Whose; without any: everything.
        ids: Vec<String>,
        /// From this day.
        #[arg(long, value_name = "EDTF")]
        from: Option<String>,
        /// To this day.
        #[arg(long, value_name = "EDTF")]
        to: Option<String>,
    },
    /// What changed in the world between two days, and what changed only in what is known.
    ///
    /// Example: foedera diff --from-on 2023-06-01 --to-on 2023-08-01 nato
    Diff {
        /// Only what concerns these.
        ids: Vec<String>,
        /// The earlier day.
        #[arg(long, value_name = "EDTF")]
        from_on: Option<String>,
        /// The later day.
        #[arg(long, value_name = "EDTF")]
        to_on: Option<String>,
        /// The earlier state of knowledge.
        #[arg(long, value_name = "EDTF")]
        from_known: Option<String>,
        /// The later state of knowledge.
        #[arg(long, value_name = "EDTF")]
        to_known: Option<String>,
        /// The packs that count on the earlier side, by comma: what a release changed.
        #[arg(long, value_name = "PACK,…")]
        from_using: Option<String>,
        /// The packs that count on the later side.
        #[arg(long, value_name = "PACK,…")]
        to_using: Option<String>,
    },
    /// What falls if a source or a claim is withdrawn, what keeps one support less, which conclusions change.
    ///
    /// Example: foedera impact s4
    Impact {
        /// A source or a claim.
        of: String,
    },
    /// Asks a question over hypothetical rows in a file; labelled, never stored. --assume does it for single facts.
    ///
    /// Example: foedera what-if accession.toml -- casus --attacker RUS --target JPN
    WhatIf {
        /// A dossier file with the hypothetical rows.
        file: PathBuf,
        /// The question, after `--`.
        #[arg(last = true, required = true)]
        question: Vec<String>,
    },
    /// The whole proof of an answer, down to citations and assumptions.
    ///
    /// With --not, what it is not and why: what fails, what is open, what it waits for, what would change it. `foedera why-not decide …`
    /// is the same as `foedera why --not decide …`.
    ///
    /// Examples: foedera why decide tokyo-office --on 2023-07-10 · foedera why answer.json 3
    Why {
        /// Only what fails or is open, and what would change it.
        #[arg(long)]
        not: bool,
        /// A question as it would be asked, or a JSON answer and the number of one of its items.
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        question: Vec<String>,
    },
    /// What the dossier holds of what it sets out to hold, and which paragraphs of its sources no claim cites.
    Coverage,
    /// Finds each cited paragraph again in your own copies of the texts: found, moved, altered, missing. Exits with 1 if
    /// anything is not as it was.
    Verify {
        /// Folder with the texts, under any names.
        #[arg(long, value_name = "DIR")]
        texts: PathBuf,
        /// Print the fingerprints of each text's paragraphs, to be put into a `[[source]]`.
        #[arg(long)]
        write: bool,
    },
    /// One thing with everything the dossier says of it, and where.
    Show {
        /// An actor, instrument, place, area or source.
        id: String,
    },
    /// Shows the dossier in a browser, on this machine only: pages, figures, an HTTP API. Nothing leaves the machine.
    ///
    /// Example: foedera serve --port 7700 --texts my-articles
    Serve {
        /// The port on 127.0.0.1; 0 = any free one.
        #[arg(long, value_name = "N", default_value_t = 7700)]
        port: u16,
        /// Folder with your own copies of the texts, shown beside what is said of them.
        #[arg(long, value_name = "DIR")]
        texts: Option<PathBuf>,
        /// A dossier folder whose proposals may be decided on under /review; nothing else is ever written.
        #[arg(long, value_name = "DIR")]
        review: Option<PathBuf>,
        /// Who judges there, kept with each decision.
        #[arg(long, value_name = "NAME", requires = "review")]
        by: Option<String>,
    },
    /// Finds names: case, accents and dashes folded, words in any order.
    Search {
        /// What to look for.
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Checks a dossier and prints what was found. Exits with 1 if any finding is an error.
    Check {
        /// Embedded names or folders; without one, what --dossier says.
        dossiers: Vec<String>,
    },
    /// Gives dossier files the one layout, comments kept. Writes atomically.
    Fmt {
        /// Files or folders.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Write nothing; exit with 1 if a file would change.
        #[arg(long)]
        check: bool,
    },
    /// The JSON Schema of answers, of dossier files, of what `read` and `score` print, or of a proposals file.
    Schema {
        /// Which.
        #[arg(value_enum)]
        of: SchemaOf,
    },
    /// Imports a data set from the user's own download: atop, cow-states, gw-states, dcad, mid, cow-wars, icews.
    ///
    /// Example: foedera import atop atop_5_1.zip --into atop
    Import(crate::data::Import),
    /// Writes an imported table back as its makers' file had it, cell for cell.
    ///
    /// Example: foedera export atop atop
    Export(crate::data::Export),
    /// What a release of a data set changed: rows and cells, by their key.
    ///
    /// Example: foedera releases atop atop-4 atop-5 --only 3180
    Releases(crate::data::Releases),
    /// States, pairs or directed pairs by year or day, from ATOP, as CSV with a manifest and a citation.
    ///
    /// Example: foedera panel directed-dyad-year atop --system states2016.csv --into dyads.csv
    Panel(crate::data::Panel),
    /// How alike portfolios of alliances are: S, pi, kappa, tau-b for all pairs, with every choice stated.
    ///
    /// Example: foedera similarity atop --year 2010 --system states2016.csv
    Similarity(crate::data::Similarity),
    /// Everything a dossier says and what follows from it, as tables: CSV, Parquet or Arrow, with a manifest.
    ///
    /// Example: foedera tables --dossier world --into world-tables --as parquet
    Tables(crate::data::Tables),
    /// Puts the workloads W1 to W10 (docs/bench.md) to a bulk world: answers, CPU time, latencies, memory.
    ///
    /// Example: foedera bench data/x1 --expect expected.json --key x1
    Bench(crate::bench::Bench),
    /// A new dossier in a new folder, with a small example to change.
    New {
        /// The folder to make.
        dir: PathBuf,
    },
    /// Reads articles, communiqués, treaties: proposes claims, each tied to the words it came from. Nothing enters an answer by it.
    ///
    /// Example: foedera read article.txt --date 2024-07-08
    Read {
        /// Text, Markdown, HTML or PDF files; `-` reads text from standard input.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// When the document was published, in EDTF. Without it: its own stamp or byline; without that, relative dates stay open.
        #[arg(long, value_name = "EDTF")]
        date: Option<String>,
        /// A dossier folder: writes its proposals there, for `review`.
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
        /// A dictionary in the form of PETRARCH or TABARI: actors, agents or verbs; may be given again.
        #[arg(long, value_name = "FILE")]
        dictionary: Vec<PathBuf>,
        /// Print the events in the field's form: PLOVER type, CAMEO code, source, target, date.
        #[arg(long)]
        coded: bool,
        /// Ask a language model for claims too: an OpenAI-compatible server on this machine or network, `http://HOST:PORT/v1`. The text is
        /// sent there; what does not stand in the text is dropped. Without it nothing is sent anywhere.
        #[arg(long, value_name = "URL")]
        model_endpoint: Option<String>,
        /// Which model to ask for.
        #[arg(long, value_name = "NAME", default_value = "default", requires = "model_endpoint")]
        model: String,
        /// How long to wait for its whole answer.
        #[arg(long, value_name = "SECONDS", default_value_t = 120, requires = "model_endpoint")]
        model_timeout: u64,
    },
    /// Scores read output against annotated documents of the same names: located and correct, by kind.
    ///
    /// Example: foedera score gold/ out/
    Score {
        /// A folder of annotated documents (JSON), or one of them.
        gold: PathBuf,
        /// A folder of documents as `read --format json` writes them, or one of them.
        system: PathBuf,
        /// Compare spans in bytes instead of code points.
        #[arg(long)]
        bytes: bool,
    },
    /// Decides on what was read: accepted proposals become claims of the dossier, with their citation.
    ///
    /// Example: foedera review my-dossier
    Review {
        /// A dossier folder with proposals from `read --into`.
        dir: PathBuf,
        /// Accept these without asking: ids by comma, or `all`.
        #[arg(long, value_name = "ID,…", value_delimiter = ',')]
        accept: Vec<String>,
        /// Reject these without asking: ids by comma, or `all`.
        #[arg(long, value_name = "ID,…", value_delimiter = ',')]
        reject: Vec<String>,
        /// Who judges, kept with each decision.
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Reads a file's text, for `read`, in a process of its own.
    #[command(hide = true)]
    Extract {
        /// The file.
        file: PathBuf,
    },
    /// Asks the question of an earlier JSON answer again on the same basis and compares. Exits with 1 if they differ.
    Replay {
        /// The answer, as written by --format json.
        answer: PathBuf,
    },
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Deed {
    /// Pass protected information.
    Inform,
    /// Admit forces.
    Admit,
    /// Transfer arms.
    Transfer,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum SchemaOf {
    Answer,
    Dossier,
    Read,
    Score,
    Proposals,
}

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
    /// A fact of the scenario: requested:ARM, mobilised:DEU, 'not requested:ARM', requested:ARM@BLR (according to BLR).
    #[arg(long, value_name = "FACT")]
    pub(crate) assume: Vec<String>,
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
    /// What has become of an instrument, or of one party under it.
    ///
    /// Example: foedera status north-atlantic-treaty FIN --on 2023-04-03
    Status {
        /// The instrument: an id, a name or another name.
        instrument: String,
        /// One party.
        party: Option<String>,
    },
    /// All that binds an actor, or two, by layer: duty, right, permission, programme.
    ///
    /// Example: foedera ties JPN USA --on 2024-07-11
    Ties {
        /// Whose ties.
        a: String,
        /// With whom.
        b: Option<String>,
    },
    /// Who belongs to an organisation or is party to an instrument, with the count.
    ///
    /// Example: foedera members nato --on 2023-07-12
    Members {
        /// An organisation, bloc, class or instrument.
        of: String,
    },
    /// One thing with everything the dossier says of it, and where.
    Show {
        /// An actor, instrument, place, area or source.
        id: String,
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
    /// The JSON Schema of answers or of dossier files.
    Schema {
        /// Which.
        #[arg(value_enum)]
        of: SchemaOf,
    },
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
pub(crate) enum SchemaOf {
    Answer,
    Dossier,
}

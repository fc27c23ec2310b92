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
    /// Puts the workloads W1 to W10 (docs/bench.md) to a bulk world: answers, CPU time, latencies, memory.
    ///
    /// Example: foedera bench data/x1 --expect expected.json --key x1
    Bench(crate::bench::Bench),
    /// A new dossier in a new folder, with a small example to change.
    New {
        /// The folder to make.
        dir: PathBuf,
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

//! Runs a verb: opens the dossier, asks the façade, prints, and says how it went.
//!
//! In: [`Args`]. Out: the exit code. What always holds: errors say what was found, what was expected and how to mend it.

use std::io::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

use foedera::{AskError, BasisRequest, CasusRequest, Dossier, Envelope, ask, render};

use crate::args::{Args, Format, Scenario, SchemaOf, Verb};
use crate::{check, files, read, review};

/// Done; done and the news is bad; could not be done.
const DONE: u8 = 0;
const BAD_NEWS: u8 = 1;
const COULD_NOT: u8 = 2;

pub(crate) fn run(args: Args) -> u8 {
    match verb(&args) {
        Ok(code) => code,
        Err(message) => {
            let _ = writeln!(anstream::stderr(), "{message}");
            COULD_NOT
        }
    }
}

/// Prints to standard output, colour only where it is wanted; a closed pipe ends the program in silence.
pub(crate) fn print(text: &str) -> Result<(), String> {
    if text.contains('\u{1b}') {
        write_all(text, anstream::stdout().lock())
    } else {
        write_all(text, std::io::stdout().lock())
    }
}

fn write_all(text: &str, mut out: impl std::io::Write) -> Result<(), String> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        Err(e) => Err(format!("error: cannot write the answer: {e}")),
    }
}

pub(crate) fn told(e: &AskError) -> String {
    let help = e.help.as_ref().map_or(String::new(), |h| format!("\n  help: {h}"));
    format!("error[{}]: {}{help}", e.code, e.message)
}

fn verb(args: &Args) -> Result<u8, String> {
    let basis = BasisRequest {
        on: args.on.clone(),
        known: args.known.clone(),
        using: args.using.clone(),
        clearance: args.clearance.clone(),
        today: today(),
    };
    let dossiers =
        if args.dossier.is_empty() { vec![foedera::EMBEDDED[0].to_owned()] } else { args.dossier.clone() };
    // The process ends with the answer: nothing is gained by taking the world apart again first.
    let open = || {
        let opened = Dossier::open(&dossiers).map_err(|e| format!("error[dossier]: {e}"));
        opened.map(|d| &*Box::leak(Box::new(d)))
    };
    let answer = |r: Result<Envelope, AskError>| r.map_err(|e| told(&e));
    let envelope = match &args.verb {
        None => return welcome(open()?, &basis, args),
        Some(Verb::Schema { of }) => {
            let text = match of {
                SchemaOf::Answer => pretty(&foedera::answer_schema())?,
                SchemaOf::Dossier => foedera::dossier_schema(),
            };
            print(&format!("{}\n", text.trim_end()))?;
            return Ok(DONE);
        }
        Some(Verb::Check { dossiers: names }) => {
            let names = if names.is_empty() { &dossiers } else { names };
            let d = Dossier::open(names).map_err(|e| format!("error[dossier]: {e}"))?;
            let text = if args.format == Format::Json { check::json(&d)? } else { check::text(&d, names) };
            print(&text)?;
            return Ok(if d.has_errors() { BAD_NEWS } else { DONE });
        }
        Some(Verb::Fmt { paths, check }) => return files::fmt(paths, *check),
        Some(Verb::New { dir }) => return files::new(dir),
        Some(Verb::Replay { answer: path }) => return replay(path, args),
        Some(Verb::Read { files, date, into, dictionary, coded }) => {
            let how = read::How {
                date: date.as_deref(),
                into: into.as_deref(),
                dictionary,
                coded: *coded,
                format: args.format,
            };
            return read::read(open()?, files, &how);
        }
        Some(Verb::Score { gold, system, bytes }) => return read::score(gold, system, *bytes, args.format),
        Some(Verb::Review { dir, accept, reject }) => return review::review(dir, accept, reject),
        Some(Verb::Extract { file }) => return read::extract(file),
        Some(Verb::Casus(s)) => answer(ask::casus::casus(open()?, &request(s), &basis))?,
        Some(Verb::WhyNot { actor, scenario }) => {
            answer(ask::why_not::why_not(open()?, actor, &request(scenario), &basis))?
        }
        Some(Verb::Status { instrument, party }) => {
            answer(ask::status::status(open()?, instrument, party.as_deref(), &basis))?
        }
        Some(Verb::Ties { a, b }) => answer(ask::ties::ties(open()?, a, b.as_deref(), &basis))?,
        Some(Verb::Members { of }) => answer(ask::members::members(open()?, of, &basis))?,
        Some(Verb::Show { id }) => answer(ask::show::show(open()?, id, &basis))?,
        Some(Verb::Search { words }) => answer(ask::search::search(open()?, &words.join(" "), &basis))?,
    };
    shown(&envelope, args)
}

fn shown(e: &Envelope, args: &Args) -> Result<u8, String> {
    let text = match args.format {
        Format::Text => render::text(e),
        Format::Json => format!("{}\n", pretty(e)?),
        Format::Csv => render::csv(e),
        Format::Md => render::markdown(e),
    };
    print(&text)?;
    match &args.assert {
        Some(v) if *v != e.verdict => {
            let _ =
                writeln!(anstream::stderr(), "assertion not met: the verdict is `{}`, not `{v}`", e.verdict);
            Ok(BAD_NEWS)
        }
        _ => Ok(DONE),
    }
}

fn pretty(value: &impl foedera::Serialize) -> Result<String, String> {
    serde_json::to_string_pretty(value).map_err(|e| format!("error: cannot write JSON: {e}"))
}

fn request(s: &Scenario) -> CasusRequest {
    CasusRequest {
        attacker: s.attacker.clone(),
        target: s.target.clone(),
        place: s.place.clone(),
        provoked: s.provoked.clone(),
        kind: s.kind.clone(),
        with: s.with.clone(),
        assume: s.assume.clone(),
        rounds: s.rounds,
    }
}

/// Without a verb: one casus with its proof, and what else can be asked.
fn welcome(d: &Dossier, basis: &BasisRequest, args: &Args) -> Result<u8, String> {
    let request =
        CasusRequest { attacker: vec!["PRK".into()], target: vec!["JPN".into()], ..CasusRequest::default() };
    let e = ask::casus::casus(d, &request, basis).map_err(|e| told(&e))?;
    if args.format != Format::Text {
        return shown(&e, args);
    }
    print(&format!(
        "$ foedera casus --attacker PRK --target JPN --on {}\n\n{}",
        e.basis.on,
        render::text(&e)
    ))?;
    print(
        "\nask next\n  \
         foedera why-not GBR --attacker PRK --target JPN      why Britain is not bound, and what would change it\n  \
         foedera casus --attacker PRK --target USA --place guam\n  \
         foedera ties JPN USA                                 all that binds the two, by layer\n  \
         foedera status north-atlantic-treaty FIN --on 2023-04-03\n  \
         foedera members north-atlantic-treaty --on 2023-07-12\n  \
         foedera casus --dossier history --attacker DEU --target POL --on 1939-09-01\n  \
         foedera new my-dossier                               a dossier of your own\n  \
         foedera --help\n",
    )?;
    Ok(DONE)
}

fn replay(path: &std::path::Path, args: &Args) -> Result<u8, String> {
    let text = files::read_bounded(path)?;
    let earlier: Envelope = serde_json::from_str(&text).map_err(|e| {
        format!("error[bad-answer-file]: `{}` is not an answer of foedera: {e}", path.display())
    })?;
    let names: Vec<String> = if args.dossier.is_empty() {
        earlier.basis.dossier.split(',').map(str::to_owned).collect()
    } else {
        args.dossier.clone()
    };
    let d = Dossier::open(&names).map_err(|e| format!("error[dossier]: {e}"))?;
    let (again, differs) = ask::replay::replay(&d, &earlier).map_err(|e| told(&e))?;
    if differs.is_empty() {
        print("the same answer, byte for byte\n")?;
        return Ok(DONE);
    }
    print(&format!("the answer differs in: {}\n", differs.join(", ")))?;
    if earlier.basis.dossier_hash != again.basis.dossier_hash {
        print(&format!("  dossier {} then, {} now\n", earlier.basis.dossier_hash, again.basis.dossier_hash))?;
    }
    if earlier.verdict != again.verdict {
        print(&format!("  verdict {} then, {} now\n", earlier.verdict, again.verdict))?;
    }
    Ok(BAD_NEWS)
}

/// Today in UTC, read once.
fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    foedera::day_of(seconds / 86_400)
}

//! Runs a verb: opens the dossier, asks the façade, prints, and says how it went.
//!
//! In: [`Args`]. Out: the exit code. What always holds: errors say what was found, what was expected and how to mend it.

use std::io::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

use foedera::{
    AskError, BasisRequest, CasusRequest, ClaimsRequest, Dossier, Envelope, Question, ask, render,
};

use crate::args::{Args, Deed, Format, Scenario, SchemaOf, Verb};
use crate::endpoint::Endpoint;
use crate::{bench, check, data, files, read, review, serve};

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
    let dossiers =
        if args.dossier.is_empty() { vec![foedera::EMBEDDED[0].to_owned()] } else { args.dossier.clone() };
    // The process ends with the answer: nothing is gained by taking the world apart again first.
    let quietly = || {
        let opened = Dossier::open(&dossiers).map_err(|e| format!("error[dossier]: {e}"));
        opened.map(|d| &*Box::leak(Box::new(d)))
    };
    // An answer says itself what its dossier lacks; whatever is no answer is told here.
    let open = || quietly().inspect(|d| faults(d));
    let Some(verb) = &args.verb else { return welcome(quietly()?, &basis(args), args) };
    if let Some(q) = question(verb) {
        let e = ask(quietly()?, &q, &basis(args)).map_err(|e| told(&e))?;
        return shown(&e, args);
    }
    match verb {
        Verb::Schema { of } => {
            let text = match of {
                SchemaOf::Answer => pretty(&foedera::answer_schema())?,
                SchemaOf::Dossier => foedera::dossier_schema(),
                SchemaOf::Read => pretty(&foedera::read::read_schema())?,
                SchemaOf::Score => pretty(&foedera::read::score_schema())?,
                SchemaOf::Proposals => pretty(&foedera::read::proposals_schema())?,
            };
            print(&format!("{}\n", text.trim_end()))?;
            Ok(DONE)
        }
        Verb::Check { dossiers: names } => {
            let names = if names.is_empty() { &dossiers } else { names };
            let d = Dossier::open(names).map_err(|e| format!("error[dossier]: {e}"))?;
            let text = if args.format == Format::Json { check::json(&d)? } else { check::text(&d, names) };
            print(&text)?;
            Ok(if d.has_errors() { BAD_NEWS } else { DONE })
        }
        Verb::Fmt { paths, check } => files::fmt(paths, *check),
        Verb::New { dir } => files::new(dir),
        Verb::Import(a) => data::import(a),
        Verb::Export(a) => data::export(a),
        Verb::Releases(a) => data::releases(a),
        Verb::Panel(a) => data::panel(a),
        Verb::Similarity(a) => data::similarity(a, args.format),
        Verb::Tables(a) => data::tables(a, open()?, &basis(args)),
        Verb::Bench(b) => bench::run(b, args.format),
        Verb::Read { files, date, into, dictionary, coded, model_endpoint, model, model_timeout } => {
            let patience = std::time::Duration::from_secs(*model_timeout);
            let endpoint = model_endpoint.as_deref().map(|url| Endpoint::parse(url, patience)).transpose()?;
            let how = read::How {
                date: date.as_deref(),
                into: into.as_deref(),
                dictionary,
                coded: *coded,
                model: endpoint.as_ref().map(|e| (e, model.as_str())),
                format: args.format,
            };
            read::read(open()?, files, &how)
        }
        Verb::Score { gold, system, bytes } => read::score(gold, system, *bytes, args.format),
        Verb::Review { dir, accept, reject, by } => {
            review::review(dir, &review::How { accept, reject, by: by.as_deref(), today: &today() })
        }
        Verb::Extract { file } => read::extract(file),
        Verb::Replay { answer: path } => replay(path, args),
        Verb::WhatIf { file, question } => what_if(quietly()?, file, question, args),
        Verb::Why { not, question } => why(quietly()?, *not, question, args),
        Verb::Serve { port, texts, review, by } => {
            // What is reviewed is what is served, unless another dossier is asked for.
            let names = match review {
                Some(dir) if args.dossier.is_empty() => vec![dir.to_string_lossy().into_owned()],
                _ => dossiers.clone(),
            };
            let d = Dossier::open(&names).map_err(|e| format!("error[dossier]: {e}"))?;
            faults(&d);
            let (texts, review) = (texts.as_deref(), review.as_deref());
            serve::serve(d, serve::How { port: *port, texts, review, by: by.clone() })
        }
        Verb::Verify { texts, write } => verify(open()?, texts, *write, args),
        _ => unreachable!("every other verb is a question"),
    }
}

/// Says on standard error what is wrong with a dossier.
fn faults(d: &Dossier) {
    if let Some(faults) = &d.faults {
        anstream::eprintln!("warning[faulty-dossier]: {faults}");
    }
}

/// The basis the options give.
fn basis(args: &Args) -> BasisRequest {
    BasisRequest {
        on: args.on.clone(),
        known: args.known.clone(),
        using: args.using.clone(),
        clearance: args.clearance.clone(),
        today: today(),
        assume: args.assume.clone(),
        suppose: Vec::new(),
    }
}

/// The question a verb asks, if it asks one.
fn question(verb: &Verb) -> Option<Question> {
    Some(match verb {
        Verb::Casus(s) => Question::Casus(request(s)),
        Verb::WhyNot { actor, scenario } => {
            Question::WhyNot { actor: actor.clone(), casus: request(scenario) }
        }
        Verb::Status { instrument, party } => {
            Question::Status { instrument: instrument.clone(), party: party.clone() }
        }
        Verb::Ties { a, b } => Question::Ties { a: a.clone(), b: b.clone() },
        Verb::Members { of } => Question::Members { of: of.clone() },
        Verb::Decide { matter } => Question::Decide { matter: matter.join(" ") },
        Verb::May { deed, from, to, class, onward } => Question::May {
            deed: match deed {
                Deed::Inform => "inform",
                Deed::Admit => "admit",
                Deed::Transfer => "transfer",
            }
            .to_owned(),
            from: from.clone(),
            to: to.clone(),
            class: class.clone(),
            onward: onward.clone(),
        },
        Verb::Expect { ids, by } => Question::Expect { ids: ids.clone(), by: by.clone() },
        Verb::Conflicts { ids, about } => Question::Conflicts { ids: ids.clone(), about: about.clone() },
        Verb::Claims { words, about, kind, what, who, by, mode } => Question::Claims(ClaimsRequest {
            words: words.join(" "),
            about: about.clone(),
            kind: kind.clone(),
            what: what.clone(),
            who: who.clone(),
            by: by.clone(),
            mode: mode.clone(),
        }),
        Verb::Measure { measures } => Question::Measure { measures: measures.clone() },
        Verb::Timeline { ids, from, to } => {
            Question::Timeline { ids: ids.clone(), from: from.clone(), to: to.clone() }
        }
        Verb::Diff { ids, from_on, to_on, from_known, to_known, from_using, to_using } => Question::Diff {
            from_on: from_on.clone(),
            to_on: to_on.clone(),
            from_known: from_known.clone(),
            to_known: to_known.clone(),
            from_using: from_using.clone(),
            to_using: to_using.clone(),
            ids: ids.clone(),
        },
        Verb::Impact { of } => Question::Impact { of: of.clone() },
        Verb::Coverage => Question::Coverage {},
        Verb::Show { id } => Question::Show { id: id.clone(), table: None },
        Verb::Search { words } => Question::Search { words: words.join(" ") },
        _ => return None,
    })
}

/// A question within another command: its words as they would stand on a command line of their own.
fn inner(words: &[String], outer: &Args) -> Result<(Question, Args), String> {
    let line = std::iter::once("foedera".to_owned()).chain(words.iter().cloned());
    let mut args = <Args as clap::Parser>::try_parse_from(line)
        .map_err(|e| format!("error[bad-question]: the question cannot be read\n{e}"))?;
    let asked = args.verb.as_ref().and_then(question).ok_or_else(|| {
        "error[bad-question]: expected a question, as in `casus --attacker PRK --target JPN`".to_owned()
    })?;
    // What the inner line leaves unsaid is the outer one's.
    args.on = args.on.or(outer.on.clone());
    args.known = args.known.or(outer.known.clone());
    args.clearance = args.clearance.or(outer.clearance.clone());
    if args.using.is_empty() {
        args.using.clone_from(&outer.using);
    }
    args.assume.extend(outer.assume.iter().filter(|a| !args.assume.contains(a)).cloned().collect::<Vec<_>>());
    if args.format == Format::Text {
        args.format = outer.format;
    }
    args.assert = args.assert.or(outer.assert.clone());
    Ok((asked, args))
}

/// Asks over hypothetical rows.
fn what_if(d: &Dossier, file: &std::path::Path, words: &[String], outer: &Args) -> Result<u8, String> {
    let text = files::read_bounded(file)?;
    let name =
        file.file_name().map_or_else(|| "hypothesis.toml".to_owned(), |n| n.to_string_lossy().into_owned());
    let (asked, args) = inner(words, outer)?;
    let mut basis = basis(&args);
    basis.suppose = vec![(name, text)];
    let e = ask(d, &asked, &basis).map_err(|e| told(&e))?;
    shown(&e, &args)
}

/// The whole proof of an answer, or of one of its items.
fn why(d: &Dossier, not: bool, words: &[String], outer: &Args) -> Result<u8, String> {
    let file = words.first().filter(|w| w.ends_with(".json"));
    let (e, args, item) = match file {
        Some(path) => {
            let text = files::read_bounded(std::path::Path::new(path))?;
            let e: Envelope = serde_json::from_str(&text)
                .map_err(|e| format!("error[bad-answer-file]: `{path}` is not an answer of foedera: {e}"))?;
            let item = match words.get(1) {
                None => None,
                Some(n) => Some(
                    n.parse::<usize>().ok().filter(|n| (1..=e.items.len()).contains(n)).ok_or_else(|| {
                        format!(
                            "error[bad-item]: `{n}` is not the number of an item; the answer has 1 to {}",
                            e.items.len()
                        )
                    })?,
                ),
            };
            (e, None, item)
        }
        None => {
            let (asked, args) = inner(words, outer)?;
            (ask(d, &asked, &basis(&args)).map_err(|e| told(&e))?, Some(args), None)
        }
    };
    let args = args.as_ref().unwrap_or(outer);
    if args.format != Format::Text {
        return shown(&e, args);
    }
    print(&if not { render::why_not(&e) } else { render::why(&e, item) })?;
    Ok(DONE)
}

/// Finds citations again in the reader's own texts.
fn verify(d: &Dossier, dir: &std::path::Path, write: bool, args: &Args) -> Result<u8, String> {
    let texts = files::texts(dir)?;
    if write {
        let mut out = String::new();
        for (name, text) in &texts {
            let prints = foedera::verify::fingerprints(text);
            let lines: Vec<String> = prints.iter().map(|p| format!("  \"{p}\",\n")).collect();
            out.push_str(&format!(
                "# {name}\nparagraphs = {}\nfingerprint = [\n{}]\n\n",
                prints.len(),
                lines.concat()
            ));
        }
        print(&out)?;
        return Ok(DONE);
    }
    let report = foedera::verify::verify(d, &texts);
    let text = if args.format == Format::Json {
        format!("{}\n", pretty(&report)?)
    } else {
        render::verified(&report)
    };
    print(&text)?;
    Ok(if report.whole() { DONE } else { BAD_NEWS })
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
        assume: Vec::new(),
        rounds: s.rounds,
    }
}

/// Without a verb: one casus with its proof, and what else can be asked.
fn welcome(d: &Dossier, basis: &BasisRequest, args: &Args) -> Result<u8, String> {
    let request =
        CasusRequest { attacker: vec!["PRK".into()], target: vec!["JPN".into()], ..CasusRequest::default() };
    let e = ask(d, &Question::Casus(request), basis).map_err(|e| told(&e))?;
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
         foedera ties JPN USA                                 all that ties the two, by layer\n  \
         foedera decide tokyo-office --on 2023-07-10          who blocks it, and who is unknown\n  \
         foedera may inform --from JPN --to nato              may protected information be passed\n  \
         foedera expect                                       what became of what was expected\n  \
         foedera conflicts                                    where the sources disagree\n  \
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
    let (again, differs) = foedera::replay(&d, &earlier).map_err(|e| told(&e))?;
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

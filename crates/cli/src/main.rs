//! The binary `foedera`: commands, terminal, exit codes. It translates the façade and computes nothing.
//!
//! In: arguments. Out: an answer on standard output, everything else on standard error. What always holds: exit 0 done,
//! 1 done and the news is bad, 2 could not be done; a closed pipe is silent success; today is read once, here.

mod args;
mod bench;
mod check;
mod data;
mod endpoint;
mod files;
mod read;
mod review;
mod run;
mod serve;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

/// `why-not decide …` asks of a question what `why-not GBR --attacker …` asks of an actor.
fn why_not_of_a_question(mut words: Vec<OsString>) -> Vec<OsString> {
    let asks =
        |w: &OsString| args::Args::command().get_subcommands().any(|c| w == c.get_name() && w != "why-not");
    if words.get(1).is_some_and(|w| w == "why-not") && words.get(2).is_some_and(asks) {
        words.splice(1..2, ["why".into(), "--not".into()]);
    }
    words
}

fn main() -> ExitCode {
    let args = args::Args::parse_from(why_not_of_a_question(std::env::args_os().collect()));
    let choice = match args.color {
        args::When::Always => anstream::ColorChoice::Always,
        args::When::Never => anstream::ColorChoice::Never,
        args::When::Auto => anstream::ColorChoice::Auto,
    };
    choice.write_global();
    ExitCode::from(run::run(args))
}

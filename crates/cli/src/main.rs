//! The binary `foedera`: commands, terminal, exit codes. It translates the façade and computes nothing.
//!
//! In: arguments. Out: an answer on standard output, everything else on standard error. What always holds: exit 0 done,
//! 1 done and the news is bad, 2 could not be done; a closed pipe is silent success; today is read once, here.

mod args;
mod check;
mod files;
mod run;
mod serve;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let choice = match args.color {
        args::When::Always => anstream::ColorChoice::Always,
        args::When::Never => anstream::ColorChoice::Never,
        args::When::Auto => anstream::ColorChoice::Auto,
    };
    choice.write_global();
    ExitCode::from(run::run(args))
}

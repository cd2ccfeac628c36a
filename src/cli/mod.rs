//! The command line: arguments in, exit code out. One file per subcommand; no logic of the language here.

mod args;
mod build;
mod check;
mod explain;
mod files;
mod fmt;
mod init;
mod output;
mod term;
mod test;
mod why;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};

/// What a command came to. The numbers are part of the interface: scripts rely on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Nothing is wrong.
    Fine = 0,
    /// There are findings, or something is not as it should be (stale outputs, unformatted files).
    Findings = 1,
    /// The command could not do its work: wrong use, or something that cannot be read or written.
    Trouble = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    // Clap prints its own messages and exits: 2 for wrong use, 0 for help and version.
    let args = Args::parse();
    let term = term::Term::new(args.color, args.quiet);
    let exit = match args.command {
        Command::Check(args) => check::run(&args, &term),
        Command::Build(args) => build::run(&args, &term),
        Command::Test(args) => test::run(&args, &term),
        Command::Why(args) => why::run(&args, &term),
        Command::Fmt(args) => fmt::run(&args, &term),
        Command::Explain(args) => explain::run(&args, &term),
        Command::Init(args) => init::run(&args, &term),
    };
    exit.into()
}

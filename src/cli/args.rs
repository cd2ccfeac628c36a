//! The arguments, as clap reads them and as `--help` shows them.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::config::Target;
use crate::model::Date;
use crate::worktime::{Instant, TimeZone, civil};

const EXAMPLES: &str = "\
Examples:
  clausal init my-agreement     make a first agreement to look at and change
  clausal check                 find what is ambiguous, contradictory or missing
  clausal build                 write documents, CRM rules and dashboard queries
  clausal test                  run the examples that the agreement itself gives
  clausal why first_touch --record lead.json
                                read what was counted for one record, and why
  clausal explain bare-days     read why a rule says what it says

Exit codes:
  0  nothing is wrong
  1  there are findings, or outputs or files are not up to date
  2  wrong use, or something could not be read or written

Colours are used on terminals only; NO_COLOR and --color turn them off.";

/// Agreements between teams as code: check them, then build the documents, CRM rules and dashboard queries from one
/// source.
#[derive(Debug, Parser)]
#[command(name = "clausal", version, about, after_help = EXAMPLES, disable_help_subcommand = true, max_term_width = 100)]
pub(super) struct Args {
    #[command(subcommand)]
    pub command: Command,
    /// Say nothing but findings and errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    /// On terminals
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find what is ambiguous, contradictory or missing
    #[command(visible_alias = "lint", after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Write the documents, CRM rules and queries
    #[command(after_help = BUILD_EXAMPLES)]
    Build(BuildArgs),
    /// Run the scenarios: the agreements' own examples
    #[command(after_help = TEST_EXAMPLES)]
    Test(TestArgs),
    /// Trace one record: why a commitment says what it says of it
    #[command(after_help = WHY_EXAMPLES)]
    Why(WhyArgs),
    /// Put agreement files into their canonical form
    #[command(visible_alias = "format", after_help = FMT_EXAMPLES)]
    Fmt(FmtArgs),
    /// Explain a rule, or list them all
    Explain(ExplainArgs),
    /// Make a small working agreement to start from
    Init(InitArgs),
}

const CHECK_EXAMPLES: &str = "\
Examples:
  clausal check                              the agreements in this folder and below
  clausal check agreements/handoff.clause    one agreement, with the files it uses
  clausal check --format json > findings.json
  clausal check --today 2026-03-31           as of another day";

#[derive(Debug, Parser)]
pub(super) struct CheckArgs {
    /// Agreement files, or folders to look for them in
    #[arg(value_name = "PATHS", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// How to show findings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// Fail on warnings too
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub today: Today,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people: excerpts, reasons, what to do
    Human,
    /// For programs: one JSON document
    Json,
}

#[derive(Debug, Parser)]
pub(super) struct Today {
    /// The day to take for today, for results that can be repeated
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub today: Option<Date>,
}

impl Today {
    /// The day asked for, else the day the system's clock shows in UTC.
    pub(super) fn get(&self) -> Date {
        self.today.unwrap_or_else(system_date)
    }
}

fn parse_date(text: &str) -> Result<Date, String> {
    civil::parse_date(text).ok_or_else(|| "a date is written year, month, day: 2026-03-31".to_owned())
}

/// What the system's clock shows.
#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
pub(super) fn system_now() -> Instant {
    use std::time::{SystemTime, UNIX_EPOCH};
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    Instant::from_epoch(i64::try_from(seconds).unwrap_or(i64::MAX)).unwrap_or(Instant::MAX)
}

fn system_date() -> Date {
    TimeZone::UTC.date(system_now())
}

const BUILD_EXAMPLES: &str = "\
Examples:
  clausal build                         everything that clausal.yaml asks for, into its `out` folder
  clausal build --target docs,sql       some of it
  clausal build --out public            into another folder
  clausal build --check                 write nothing; fail if the outputs are not up to date

Only files that clausal wrote are ever changed or removed; one that was edited by hand stops the build.";

#[derive(Debug, Parser)]
pub(super) struct BuildArgs {
    /// Agreement files, or folders to look for them in
    #[arg(value_name = "PATHS", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// What to make, instead of what clausal.yaml says
    #[arg(long, value_name = "TARGETS", value_delimiter = ',')]
    pub target: Vec<TargetArg>,
    /// Where to write, instead of where clausal.yaml says
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write nothing; fail if the outputs are not up to date
    #[arg(long)]
    pub check: bool,
    /// Show, clause by clause, what an output cannot enforce; each output lists it too
    #[arg(long)]
    pub remarks: bool,
    #[command(flatten)]
    pub today: Today,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TargetArg {
    /// Documents: Markdown and HTML
    Docs,
    /// Salesforce DX source
    Salesforce,
    /// Queries and calendar tables
    Sql,
}

impl From<TargetArg> for Target {
    fn from(arg: TargetArg) -> Target {
        match arg {
            TargetArg::Docs => Target::Docs,
            TargetArg::Salesforce => Target::Salesforce,
            TargetArg::Sql => Target::Sql,
        }
    }
}

const TEST_EXAMPLES: &str = "\
Examples:
  clausal test                              the scenarios of the agreements in this folder and below
  clausal test --only Friday                those with this in their title
  clausal test --format junit > report.xml  for the test report of a CI

Exits with 1 if an expectation fails. `clausal check` runs them too.";

#[derive(Debug, Parser)]
pub(super) struct TestArgs {
    /// Agreement files, or folders to look for them in
    #[arg(value_name = "PATHS", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// How to show the results
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: TestFormat,
    /// Only scenarios with this text in their title
    #[arg(long, value_name = "TEXT")]
    pub only: Option<String>,
    #[command(flatten)]
    pub today: Today,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TestFormat {
    /// For people: what passed, what failed and why
    Human,
    /// For programs: one JSON document
    Json,
    /// For the test report of a CI, as XML
    Junit,
}

const WHY_EXAMPLES: &str = "\
Examples:
  clausal why first_touch --record lead.json
  clausal why first_touch --record lead.json --at '2026-03-09 13:00'
  clausal why pipeline_review --at '2026-03-06 12:00'
  echo '{ \"score\": 80, \"mql_at\": \"2026-03-06 16:30\" }' | clausal why first_touch --record -

The record is a JSON object with a value for each field that is filled. Moments are read on the
wall clock of the agreement's zone unless they have an offset.";

#[derive(Debug, Parser)]
pub(super) struct WhyArgs {
    /// The commitment
    #[arg(value_name = "COMMITMENT")]
    pub commitment: String,
    /// Agreement files, or folders to look for them in
    #[arg(value_name = "PATHS", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// A JSON file with the record, or `-` for standard input; a duty that recurs needs none
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// The moment to judge it at, instead of now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    #[command(flatten)]
    pub today: Today,
}

const FMT_EXAMPLES: &str = "\
Examples:
  clausal fmt                    every agreement file in this folder and below
  clausal fmt --check            change nothing; fail if a file is not in its canonical form
  clausal fmt - < in > out       from standard input to standard output";

#[derive(Debug, Parser)]
pub(super) struct FmtArgs {
    /// Agreement files, folders to look for them in, or `-` for standard input
    #[arg(value_name = "PATHS", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Change nothing; fail if a file is not in its canonical form
    #[arg(long)]
    pub check: bool,
}

#[derive(Debug, Parser)]
pub(super) struct ExplainArgs {
    /// The rule, such as `bare-days`; without one, all rules are listed
    #[arg(value_name = "RULE")]
    pub rule: Option<String>,
}

#[derive(Debug, Parser)]
pub(super) struct InitArgs {
    /// The folder to make it in
    #[arg(value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
}

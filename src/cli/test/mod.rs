//! `clausal test`: runs the scenarios of agreements and reports them, for people, programs and CI.

mod human;
mod json;
mod junit;

use super::Exit;
use super::args::{TestArgs, TestFormat};
use super::check::{errors_in_what_is_agreed, exit, extent, is_judgement};
use super::files::Disk;
use super::term::Term;
use crate::check;
use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::Evaluator;
use crate::project;
use crate::scenario::{self, Failure};
use crate::source::{SourceMap, Span};
use crate::worktime::Instant;

/// The scenarios of one agreement.
struct Suite {
    /// The agreement's name.
    agreement: String,
    path: String,
    cases: Vec<Case>,
}

/// One scenario that was run.
struct Case {
    title: String,
    span: Span,
    expectations: usize,
    failures: Vec<Failure>,
}

impl Case {
    fn passed(&self) -> bool {
        self.failures.is_empty()
    }
}

pub(super) fn run(args: &TestArgs, term: &Term) -> Exit {
    let workspace = project::load(&Disk, &args.paths);
    let (checked, found) = check::check(&workspace, args.today.get());
    // What an agreement says may be wrong in itself: that is what scenarios show.
    let (judged, errors): (Vec<Diagnostic>, Vec<Diagnostic>) =
        found.into_iter().filter(|d| d.severity == Severity::Error).partition(|d| is_judgement(d.rule));
    let sources = &workspace.sources;
    if !errors.is_empty() {
        term.complain(&term.findings(&errors, sources));
        let summary = Term::summary(&errors, &extent(&workspace, &checked));
        term.complain(&format!("{} No scenario was run.\n", summary.trim_end()));
        return exit(&errors, Severity::Error);
    }
    let agreements = checked.iter().flat_map(|c| &c.agreements);
    let suites: Vec<Suite> = agreements
        .map(|(file, model)| {
            let wanted = |s: &&crate::model::Scenario| {
                args.only.as_ref().is_none_or(|text| s.title.contains(text.as_str()))
            };
            let evaluator = Evaluator::new(model, Instant::MIN);
            let case = |s: &crate::model::Scenario| Case {
                title: s.title.clone(),
                span: s.span,
                expectations: scenario::expectations(s),
                failures: scenario::run(&evaluator, s),
            };
            Suite {
                agreement: model.agreement.head.name.text.clone(),
                path: sources.file(*file).display_path(),
                cases: model.scenarios.values().filter(wanted).map(case).collect(),
            }
        })
        .collect();
    let text = match args.format {
        TestFormat::Human => Ok(human::render(&suites, sources)),
        TestFormat::Json => json::render(&suites, sources).map_err(|e| e.to_string()),
        TestFormat::Junit => junit::render(&suites, sources).map_err(|e| e.to_string()),
    };
    match text {
        Ok(text) if args.format == TestFormat::Human => term.say(&text),
        Ok(text) => term.print(&text),
        Err(error) => {
            term.complain(&format!("the results cannot be written: {error}\n"));
            return Exit::Trouble;
        }
    }
    let judged = judged.iter().filter(|d| d.rule != SAME).count();
    if judged > 0 {
        term.complain(&errors_in_what_is_agreed(judged));
    }
    let (count, failed) = totals(&suites);
    if count == 0
        && let Some(text) = &args.only
    {
        term.complain(&format!("no scenario has `{text}` in its title\n"));
        return Exit::Trouble;
    }
    if failed > 0 { Exit::Findings } else { Exit::Fine }
}

/// The lint rule that runs the same scenarios.
const SAME: &str = "scenario-fails";

/// How many scenarios there are, and how many of them fail.
fn totals(suites: &[Suite]) -> (usize, usize) {
    let cases = || suites.iter().flat_map(|s| &s.cases);
    (cases().count(), cases().filter(|c| !c.passed()).count())
}

/// Where an expectation or a scenario stands: path, line, column.
fn place(span: Span, sources: &SourceMap) -> (String, usize, usize) {
    let position = sources.position(span);
    (sources.file(span.file).display_path(), position.line, position.column)
}

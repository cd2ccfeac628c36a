//! Results for programs: one JSON document with a version of its own.

use serde::Serialize;

use super::{Case, Suite, place, totals};
use crate::scenario::{Failure, FailureKind};
use crate::source::SourceMap;

/// Rises when a field changes its meaning or goes away; new fields do not raise it.
const FORMAT_VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    agreements: Vec<Agreement<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Agreement<'a> {
    name: &'a str,
    path: &'a str,
    scenarios: Vec<Scenario<'a>>,
}

#[derive(Serialize)]
struct Scenario<'a> {
    title: &'a str,
    path: String,
    line: usize,
    passed: bool,
    expectations: usize,
    failures: Vec<Failed<'a>>,
}

#[derive(Serialize)]
struct Failed<'a> {
    path: String,
    line: usize,
    column: usize,
    message: &'a str,
    because: Option<&'a str>,
    /// False where the agreement leaves the answer open.
    answered: bool,
}

#[derive(Serialize)]
struct Summary {
    scenarios: usize,
    passed: usize,
    failed: usize,
}

pub(super) fn render(suites: &[Suite], sources: &SourceMap) -> serde_json::Result<String> {
    let (count, failed) = totals(suites);
    let document = Document {
        version: FORMAT_VERSION,
        agreements: suites.iter().map(|s| agreement(s, sources)).collect(),
        summary: Summary { scenarios: count, passed: count - failed, failed },
    };
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}

fn agreement<'a>(suite: &'a Suite, sources: &SourceMap) -> Agreement<'a> {
    let scenarios = suite.cases.iter().map(|c| scenario(c, sources)).collect();
    Agreement { name: &suite.agreement, path: &suite.path, scenarios }
}

fn scenario<'a>(case: &'a Case, sources: &SourceMap) -> Scenario<'a> {
    let (path, line, _) = place(case.span, sources);
    Scenario {
        title: &case.title,
        path,
        line,
        passed: case.passed(),
        expectations: case.expectations,
        failures: case.failures.iter().map(|f| failed(f, sources)).collect(),
    }
}

fn failed<'a>(failure: &'a Failure, sources: &SourceMap) -> Failed<'a> {
    let (path, line, column) = place(failure.span, sources);
    let answered = failure.kind == FailureKind::Contradicted;
    Failed { path, line, column, message: &failure.message, because: failure.because.as_deref(), answered }
}

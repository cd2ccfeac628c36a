//! `duplicate-title`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::model::Scenario;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "duplicate-title",
    summary: "two scenarios with one title",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("duplicate_title.md"),
};

fn again(first: &Scenario, second: &Scenario) -> Diagnostic {
    Diagnostic::warning(RULE.name, format!("two scenarios are called `{}`", second.title.trim()))
        .at(word(second), "again here")
        .also(word(first), "first here")
        .note("When one of them fails, nobody can tell from the report which one.")
        .help("Say in the title what is special about each of them.")
}

/// The word that begins a scenario: the whole block is too long to be shown.
fn word(scenario: &Scenario) -> Span {
    let start = scenario.span;
    Span { end: start.end.min(start.start + u32::try_from("scenario".len()).unwrap_or(0)), ..start }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, &Scenario> = BTreeMap::new();
    for scenario in context.model.scenarios.values().filter(|s| !s.title.trim().is_empty()) {
        let first = *seen.entry(scenario.title.trim()).or_insert(scenario);
        if first.span != scenario.span {
            out.push(again(first, scenario));
        }
    }
}

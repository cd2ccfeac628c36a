//! `scenario-fails`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::scenario::{self, Failure};

/// The rule.
pub static RULE: Rule = Rule {
    name: "scenario-fails",
    summary: "an example whose expected result is not what the agreement says",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("scenario_fails.md"),
};

fn fails(failure: &Failure, title: &str) -> Diagnostic {
    let out = Diagnostic::error(RULE.name, failure.message.clone()).at(failure.span, "expected here").note(
        format!("The agreement and its example \"{title}\" say different things; one of them is wrong."),
    );
    match &failure.because {
        Some(because) => out.help(because.clone()),
        None => out,
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for example in context.model.scenarios.values() {
        let failures = scenario::run(context.evaluator, example);
        out.extend(failures.iter().map(|failure| fails(failure, &example.title)));
    }
}

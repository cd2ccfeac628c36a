//! `scenario-fails`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage, Wholeness};
use crate::scenario::{self, Failure, FailureKind};

/// The rule.
pub static RULE: Rule = Rule {
    name: "scenario-fails",
    summary: "an example whose expected result is not what the agreement says",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("scenario_fails.md"),
};

fn fails(failure: &Failure, title: &str) -> Diagnostic {
    let out = Diagnostic::error(RULE.name, failure.message.clone())
        .at(failure.span, "expected here")
        .note(format!("The agreement and its example \"{title}\" say different things."));
    let out = match &failure.because {
        Some(because) => out.note(because.clone()),
        None => out,
    };
    out.help("Correct the example if the agreement says what was meant, else correct the agreement.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    // With something unreadable or unresolved in it, what the agreement says may not be what was written.
    if context.references.is_none() || context.whole == Wholeness::Partial {
        return;
    }
    for example in context.model.scenarios.values() {
        let failures = scenario::run(context.evaluator, example);
        let contradicted = failures.iter().filter(|f| f.kind == FailureKind::Contradicted);
        out.extend(contradicted.map(|failure| fails(failure, &example.title)));
    }
}

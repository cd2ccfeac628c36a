//! `stage-limit-below-step`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::stages::lifecycles;
use crate::lint::{Context, Rule, Stage};
use crate::model::lifecycle::{StageTerms, Transition};
use crate::model::{Duration, Lifecycle, Slot};

/// The rule.
pub static RULE: Rule = Rule {
    name: "stage-limit-below-step",
    summary: "a step that may come later than its stage may last",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("stage_limit_below_step.md"),
};

fn too_long(
    lifecycle: &Lifecycle,
    terms: &StageTerms,
    limit: Duration,
    steps: &[(&Transition, Duration)],
) -> Option<Diagnostic> {
    let (_, first) = steps.first()?;
    let stage = &lifecycle.stages[terms.stage];
    let message = format!("`{stage}` may last {limit}, and a step out of it may take {first}");
    let labels = steps.iter().map(|(step, within)| (step.span, format!("within {within}")));
    let out = Diagnostic::warning(RULE.name, message).at(terms.span, format!("at most {limit}"));
    let out = labels.fold(out, |out, (span, text)| out.also(span, text));
    Some(
        out.note("An item can be within the time of the step and over the time of its stage. Each side will quote the number that suits it.")
            .help(format!("Allow the step {limit} or less, or the stage more.")),
    )
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for lifecycle in lifecycles(context.model) {
        for terms in &lifecycle.terms {
            let Some(Slot::Set(limit)) = terms.at_most else { continue };
            let longer = lifecycle.transitions.iter().filter_map(|step| {
                let within = *step.within.as_ref()?.get()?;
                // Times of different units may be the same.
                let longer = within.unit == limit.unit && limit.amount < within.amount;
                (longer && lifecycle.sources(step).contains(&terms.stage)).then_some((step, within))
            });
            out.extend(too_long(lifecycle, terms, limit, &longer.collect::<Vec<_>>()));
        }
    }
}

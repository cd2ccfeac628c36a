//! `reminder-before-start`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::moments::{Moments, Question, act_words, timeline};
use crate::lint::{Context, Rule, Stage};
use crate::model::contingency::{Anchor, Step};
use crate::model::{Duration, Slot};

/// The rule.
pub static RULE: Rule = Rule {
    name: "reminder-before-start",
    summary: "a step counted back from the deadline to before the clock starts",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("reminder_before_start.md"),
};

fn too_early(act: &str, step: &Step, by: Duration, limit: Option<Duration>) -> Diagnostic {
    let out = Diagnostic::error(RULE.name, format!("`{act}` can be due before there is anything to do"))
        .at(step.span, format!("{by} before the deadline"))
        .note("The moment has passed when the item arrives: the notice is sent at once, or never.");
    match limit {
        Some(limit) if limit.unit == by.unit => {
            out.help(format!("Act less than {limit} before the deadline, or allow more time."))
        }
        Some(limit) => out.help(format!(
            "Count both in one unit: the time allowed is {limit}, and the step comes {by} before its end."
        )),
        None => out,
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut moments = Moments::new(context);
    let contingencies = context.model.contingencies.values();
    for (contingency, id) in contingencies.flat_map(|c| c.commitments().map(move |id| (c, id))) {
        for step in &contingency.steps {
            let Anchor::BeforeDeadline(Slot::Set(by)) = step.anchor else { continue };
            let Some(found) = moments.ask(id, Question::BeforeStart(step)) else { continue };
            let act = act_words(context.model, id, step);
            let said =
                too_early(&act, step, by, Some(found.course.limit)).also(found.tier.span, "the time allowed");
            let said = found.said_when().into_iter().fold(said, Diagnostic::note);
            out.push(match timeline(context, id, &found, &[step]) {
                Some(witness) => said.witness(witness),
                None => said,
            });
        }
    }
}

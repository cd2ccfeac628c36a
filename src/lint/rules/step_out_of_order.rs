//! `step-out-of-order`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::moments::{Moments, Question, act_words, anchor_words, timeline};
use crate::lint::{Context, Rule, Stage};
use crate::model::contingency::Step;

/// The rule.
pub static RULE: Rule = Rule {
    name: "step-out-of-order",
    summary: "a step that can fire before the one written above it",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("step_out_of_order.md"),
};

fn out_of_order(context: &Context<'_>, first: &Step, second: &Step) -> Diagnostic {
    let (above, below) = (act_words(context.model, first), act_words(context.model, second));
    Diagnostic::error(RULE.name, format!("`{below}` can come before `{above}`"))
        .at(second.span, anchor_words(second))
        .also(first.span, anchor_words(first))
        .note("Steps are read as a ladder. Whoever is reached too early has not been given the chance that stands above.")
        .help("Swap the two, or count both in one unit.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut moments = Moments::new(context);
    for contingency in context.model.contingencies.values() {
        let Some(id) = contingency.of.as_ref().and_then(|slot| slot.get().copied()) else { continue };
        for pair in contingency.steps.windows(2) {
            let [first, second] = pair else { continue };
            if let Some(found) = moments.ask(id, Question::Inverted(first, second)) {
                let said = out_of_order(context, first, second);
                let steps = [first, second];
                out.push(match timeline(context, id, found, &steps) {
                    Some(witness) => said.witness(witness),
                    None => said,
                });
            }
        }
    }
}

//! `step-out-of-order`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::moments::{Moments, Question, act_words, anchor_words, timeline};
use crate::lint::{Context, Rule, Stage};
use crate::model::contingency::{Anchor, Step};
use crate::model::{Commitment, Id};

/// The rule.
pub static RULE: Rule = Rule {
    name: "step-out-of-order",
    summary: "a step that can fire before the one written above it",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("step_out_of_order.md"),
};

fn out_of_order(context: &Context<'_>, of: Id<Commitment>, first: &Step, second: &Step) -> Diagnostic {
    let (above, below) = (act_words(context.model, of, first), act_words(context.model, of, second));
    let message = if above == below {
        "this step can come before the one above it".to_owned()
    } else {
        format!("`{below}` can come before `{above}`")
    };
    Diagnostic::error(RULE.name, message)
        .at(second.span, anchor_words(second))
        .also(first.span, anchor_words(first))
        .note("Steps are read as a ladder. Whoever is reached too early has not been given the chance that stands above.")
        .help("Swap the two, or count both in one unit.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut moments = Moments::new(context);
    let contingencies = context.model.contingencies.values();
    for (contingency, id) in contingencies.flat_map(|c| c.commitments().map(move |id| (c, id))) {
        // A step whose time is open says nothing about those around it.
        let steps: Vec<&Step> = contingency.steps.iter().filter(|s| is_timed(&s.anchor)).collect();
        for pair in steps.windows(2) {
            let [first, second] = *pair else { continue };
            if let Some(found) = moments.ask(id, Question::Inverted(first, second)) {
                let said = out_of_order(context, id, first, second);
                let said = found.said_when().into_iter().fold(said, Diagnostic::note);
                let steps = [first, second];
                out.push(match timeline(context, id, &found, &steps) {
                    Some(witness) => said.witness(witness),
                    None => said,
                });
            }
        }
    }
}

fn is_timed(anchor: &Anchor) -> bool {
    match anchor {
        Anchor::BeforeDeadline(by) | Anchor::AfterStart(by) | Anchor::AfterDeadline(Some(by)) => by.is_set(),
        Anchor::Elapsed(percent) => percent.is_set(),
        Anchor::AfterDeadline(None) => true,
    }
}

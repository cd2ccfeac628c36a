//! `escalation-before-breach`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::moments::{Moments, Question, act_words, anchor_words, timeline};
use crate::lint::{Context, Rule, Stage};
use crate::model::Slot;
use crate::model::contingency::{Act, Anchor, Step};

/// The rule.
pub static RULE: Rule = Rule {
    name: "escalation-before-breach",
    summary: "an item that is escalated or taken away while there is still time for it",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("escalation_before_breach.md"),
};

fn too_soon(act: &str, step: &Step) -> Diagnostic {
    Diagnostic::warning(RULE.name, format!("`{act}` can come while there is still time"))
        .at(step.span, anchor_words(step))
        .note("Nothing has been missed yet: who was to act loses the item, or is reported, before the time that was promised is over.")
        .help("Count from the deadline: `after deadline by ..`. To warn in time, write `remind` or `notify`.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut moments = Moments::new(context);
    let contingencies = context.model.contingencies.values();
    for (contingency, id) in contingencies.flat_map(|c| c.commitments().map(move |id| (c, id))) {
        for step in contingency.steps.iter().filter(|step| is_consequence(step)) {
            let Some(found) = moments.ask(id, Question::BeforeDeadline(step)) else { continue };
            let act = act_words(context.model, id, step);
            let said = too_soon(&act, step).also(found.tier.span, "the time allowed");
            let said = found.said_when().into_iter().fold(said, Diagnostic::note);
            out.push(match timeline(context, id, &found, &[step]) {
                Some(witness) => said.witness(witness),
                None => said,
            });
        }
    }
}

/// A step that is meant for a miss, counted from the start.
fn is_consequence(step: &Step) -> bool {
    let timed = matches!(step.anchor, Anchor::AfterStart(Slot::Set(_)));
    timed && matches!(step.act, Act::Escalate(_) | Act::Reassign(_) | Act::Return(_))
}

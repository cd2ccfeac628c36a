//! `reminder-after-deadline`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::moments::{Found, Moments, Question, act_words, anchor_words, timeline};
use crate::lint::when::Often;
use crate::lint::{Context, Rule, Stage};
use crate::model::contingency::{Act, Anchor, Step};
use crate::model::{Commitment, Id, Slot};

/// The rule.
pub static RULE: Rule = Rule {
    name: "reminder-after-deadline",
    summary: "a reminder counted from the start that comes after the deadline",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("reminder_after_deadline.md"),
};

fn too_late(context: &Context<'_>, id: Id<Commitment>, step: &Step, found: &Found<'_>) -> Diagnostic {
    let act = act_words(context.model, id, step);
    let limit = found.course.limit;
    let said = Diagnostic::warning(RULE.name, format!("`{act}` can come after the deadline"))
        .at(step.span, anchor_words(step))
        .also(found.tier.span, format!("{limit} allowed"))
        .note("Whoever is reminded then has missed it already: the reminder prevents nothing.");
    let often = match &found.when {
        // Of several limits it is this one.
        Some(Often::Always) if found.tier.when.is_some() => {
            Some("It happens to every item that has this limit.".to_owned())
        }
        _ => found.said_when(),
    };
    let said = often.into_iter().fold(said, Diagnostic::note).help(
        "Remind in time for every item, such as `when 75% elapsed`; for what is late, count from the deadline: \
         `after deadline by ..`.",
    );
    match timeline(context, id, found, &[step]) {
        Some(witness) => said.witness(witness),
        None => said,
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut moments = Moments::new(context);
    for contingency in context.model.contingencies.values() {
        for (place, step) in contingency.steps.iter().enumerate() {
            let (before, rest) = contingency.steps.split_at(place);
            if !is_from_start(step) || before.iter().any(is_in_place) || rest[1..].iter().any(is_in_time) {
                continue;
            }
            for id in contingency.commitments() {
                if let Some(found) = moments.ask(id, Question::AfterDeadline(step)) {
                    out.push(too_late(context, id, step, &found));
                }
            }
        }
    }
}

fn is_reminder(step: &Step) -> bool {
    matches!(step.act, Act::Remind(_))
}

fn is_from_start(step: &Step) -> bool {
    is_reminder(step) && matches!(step.anchor, Anchor::AfterStart(Slot::Set(_)))
}

/// What stands before a reminder that is meant to come again, or for what is late.
fn is_in_place(step: &Step) -> bool {
    is_reminder(step) || matches!(step.anchor, Anchor::AfterDeadline(_))
}

/// A reminder that comes in time whatever the limit is.
fn is_in_time(step: &Step) -> bool {
    is_reminder(step) && matches!(step.anchor, Anchor::BeforeDeadline(_) | Anchor::Elapsed(_))
}

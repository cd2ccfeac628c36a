//! `reject-without-reason`.

use crate::diagnostic::{Applicability, Diagnostic, Severity, names};
use crate::lint::stages::lifecycles;
use crate::lint::{Context, Rule, Stage};
use crate::model::lifecycle::Transition;
use crate::model::{Field, FieldType, Form, Id, Lifecycle, Model, Record};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "reject-without-reason",
    summary: "a rejection that nobody has to give a reason for",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("reject_without_reason.md"),
};

/// Stages whose names say that somebody did not want the record.
const REJECTIONS: [&str; 13] = [
    "bad_data",
    "closed_lost",
    "declined",
    "discarded",
    "disqualified",
    "dropped",
    "ineligible",
    "lost",
    "recycle",
    "recycled",
    "rejected",
    "returned",
    "unqualified",
];

fn no_reason(
    model: &Model,
    lifecycle: &Lifecycle,
    record: &Record,
    transition: &Transition,
    other: Option<Span>,
) -> Diagnostic {
    let stage = &lifecycle.stages[transition.to].text;
    let by: Vec<&str> =
        transition.by.iter().filter_map(|role| role.get()).map(|r| name_of(model, *r)).collect();
    let out = Diagnostic::warning(
        RULE.name,
        format!("{} may make a record `{stage}` without saying why", names(&by, "or")),
    )
    .at(transition.span, "requires no reason");
    let out = match other {
        Some(other) => out.also(other, "this way a reason is needed"),
        None => out,
    };
    let out = out.note(
        "Whoever sent the record cannot do better next time, and a month later nobody can tell a bad lead from a \
         neglected one.",
    );
    let reasons: Vec<&str> = record
        .fields
        .iter()
        .filter(|(id, _)| is_reason(record, *id))
        .map(|(_, f)| f.name.text.as_str())
        .collect();
    match reasons.as_slice() {
        [] => out.help(
            "Declare a field such as `reason choice of no_budget, no_need, bad_data`, and require it here.",
        ),
        [reason] if transition.requires.is_empty() => out.help(format!("Add `requires {reason}`.")).fix(
            format!("add `requires {reason}`"),
            Applicability::Suggested,
            transition.span.end_point(),
            format!(" requires {reason}"),
        ),
        some => out.help(format!("Require {}.", names(some, "or"))),
    }
}

fn name_of(model: &Model, role: Id<crate::model::Role>) -> &str {
    &model.roles[role].head.name.text
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    for lifecycle in lifecycles(model) {
        let Some(record) = lifecycle.record.get() else { continue };
        if forbids_without(model, *record, lifecycle) {
            continue;
        }
        let record = &model.records[*record];
        for transition in lifecycle.transitions.iter().filter(|t| !t.by.is_empty() && !asks(record, t)) {
            let other =
                lifecycle.transitions.iter().find(|t| t.to == transition.to && asks_reason(record, t));
            let stage = lifecycle.stages[transition.to].text.to_lowercase().replace([' ', '-'], "_");
            if other.is_some() || REJECTIONS.contains(&stage.as_str()) {
                out.push(no_reason(model, lifecycle, record, transition, other.map(|t| t.span)));
            }
        }
    }
}

/// Whether a transition asks for something that can be a reason, whatever it is called.
fn asks(record: &Record, transition: &Transition) -> bool {
    let can_say_why = |field: &Id<Field>| {
        matches!(record.fields[*field].ty, FieldType::Choice(_) | FieldType::Choices(_) | FieldType::Text)
    };
    transition.reasons.is_some() || transition.requires.iter().any(|f| f.get().is_none_or(can_say_why))
}

/// Whether a transition asks for a reason that is called so.
fn asks_reason(record: &Record, transition: &Transition) -> bool {
    transition.reasons.is_some()
        || transition.requires.iter().filter_map(|f| f.get()).any(|field| is_reason(record, *field))
}

fn is_reason(record: &Record, field: Id<Field>) -> bool {
    let field = &record.fields[field];
    field.name.text.split('_').any(|word| word == "reason")
        && matches!(field.ty, FieldType::Choice(_) | FieldType::Choices(_) | FieldType::Text)
}

/// Whether a commitment forbids to set the stage without some field.
fn forbids_without(model: &Model, record: Id<Record>, lifecycle: &Lifecycle) -> bool {
    let forbids = |c: &crate::model::Commitment| match &c.form {
        Form::Prohibition(prohibition) => {
            let of_record = c.subject().and_then(|subject| model.record_of(subject)) == Some(record);
            let reads =
                |field: &Id<Field>| prohibition.when.as_ref().is_some_and(|w| w.fields().contains(field));
            of_record && !prohibition.without.is_empty() && lifecycle.field.get().is_some_and(reads)
        }
        _ => false,
    };
    model.commitments.values().any(forbids)
}

//! `unmeasurable-commitment`. Promises without a limit or a start are found by `resolve`; those without evidence, here.

use crate::diagnostic::{Applicability, Diagnostic, Severity, names};
use crate::lint::{Context, Rule, Stage, Wholeness};
use crate::model::commitment::{Permission, Prohibition};
use crate::model::record::Presence;
use crate::model::{Commitment, Field, FieldType, Form, Record, Strength};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unmeasurable-commitment",
    summary: "a promise whose keeping nothing in the data shows",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("unmeasurable_commitment.md"),
};

const WHY: &str = "What cannot be seen in the data cannot be reported, and will be argued about.";

fn no_moment(commitment: &Commitment, clause: &str, record: &Record, moments: &[&str]) -> Diagnostic {
    let message = match clause {
        "met at" => format!("nothing shows when `{}` was kept", commitment.head.name),
        _ => format!("nothing shows when somebody did {} an item", commitment.verb),
    };
    let out = Diagnostic::error(RULE.name, message)
        .at(
            commitment.sentence,
            if clause == "met at" { "kept at what moment?" } else { "done at what moment?" },
        )
        .note(WHY);
    let help = match moments {
        [] => format!(
            "Declare a field of type `datetime` in record `{}`, such as `done_at datetime optional`, and add \
             `{clause} done_at`.",
            record.head.name
        ),
        some => format!("Add `{clause}` with the field that holds the moment: {}.", names(some, "or")),
    };
    match &commitment.met_when {
        Some(condition) => out.also(condition.span, "this says that it was done, but not when").help(
            format!("{help} Both may stand together: then the moment counts once the condition holds."),
        ),
        None => out.help(help),
    }
}

fn no_use(commitment: &Commitment) -> Diagnostic {
    Diagnostic::error(RULE.name, format!("nothing shows whether `{}` was used", commitment.head.name))
        .at(commitment.sentence, "seen by what?")
        .note(WHY)
        .help("Add `done at` with the field that holds the moment, or `done when` with a condition.")
}

fn no_condition(commitment: &Commitment) -> Diagnostic {
    Diagnostic::error(RULE.name, format!("nothing shows which items count for `{}`", commitment.head.name))
        .at(commitment.sentence, "a share of them that is what?")
        .note(WHY)
        .help("Add `met when` with a condition, such as `met when status in [working, qualified]`.")
}

fn no_act(commitment: &Commitment, stage: Option<(&str, String)>) -> Diagnostic {
    let out =
        Diagnostic::error(RULE.name, format!("nothing shows whether `{}` was broken", commitment.head.name))
            .at(commitment.sentence, "what does an item look like once it was done?")
            .note(WHY);
    match stage {
        Some((field, value)) => out.help(format!("Add a condition, perhaps `when {field} = {value}`.")).fix(
            format!("add `when {field} = {value}`"),
            Applicability::Suggested,
            commitment.sentence.end_point(),
            format!(" when {field} = {value}"),
        ),
        None => out.help("Add a condition to the sentence, such as `when status = rejected`."),
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    if context.whole == Wholeness::Partial {
        return;
    }
    let model = context.model;
    for commitment in model.commitments.values() {
        let Some(record) = commitment.subject().and_then(|s| model.record_of(s)) else { continue };
        let record = &model.records[record];
        match &commitment.form {
            Form::Turnaround(_) | Form::LeadTime(_) if commitment.met_at.is_empty() => {
                let moments = moments(record, commitment);
                out.push(no_moment(commitment, "met at", record, &moments));
            }
            Form::NotBefore(_) | Form::Permission(Permission { limit: Some(_), .. })
                if commitment.met_at.is_empty() =>
            {
                let moments = moments(record, commitment);
                out.push(no_moment(commitment, "done at", record, &moments));
            }
            Form::Permission(_) if commitment.met_at.is_empty() && commitment.met_when.is_none() => {
                out.push(no_use(commitment));
            }
            Form::Share(_) if commitment.met_when.is_none() => out.push(no_condition(commitment)),
            Form::Prohibition(Prohibition { when: None, .. }) if commitment.strength == Strength::MustNot => {
                out.push(no_act(commitment, stage_of_verb(record, &commitment.verb)));
            }
            Form::Turnaround(_)
            | Form::Attempts(_)
            | Form::Recurring(_)
            | Form::LeadTime(_)
            | Form::NotBefore(_)
            | Form::Share(_)
            | Form::Level(_)
            | Form::Prohibition(_)
            | Form::Permission(_)
            | Form::Quota(_) => {}
        }
    }
}

/// The fields that could hold the moment: every `datetime` but the start.
fn moments<'a>(record: &'a Record, commitment: &Commitment) -> Vec<&'a str> {
    let start = commitment.counts_from().and_then(|from| from.get().copied());
    let fits = |(id, field): &(crate::model::Id<Field>, &Field)| {
        field.ty == FieldType::DateTime && Some(*id) != start
    };
    // A moment that is always known was so when the record came: it is no evidence of what was done later.
    let later = |(_, field): &(crate::model::Id<Field>, &Field)| field.presence == Presence::Optional;
    record.fields.iter().filter(fits).filter(later).map(|(_, f)| f.name.text.as_str()).collect()
}

/// A value of a choice that looks like the verb once it was done: `disqualify` and `disqualified`.
fn stage_of_verb<'a>(record: &'a Record, verb: &str) -> Option<(&'a str, String)> {
    let done = [format!("{verb}d"), format!("{verb}ed"), verb.trim_end_matches('y').to_owned() + "ied"];
    record.fields.values().find_map(|field| {
        let values = field.ty.values()?;
        let value = values.names.iter().find(|v| done.contains(&v.text))?;
        // A value of several words stands in quotes.
        let bare = value.text.chars().all(|c| c.is_alphanumeric() || c == '_');
        let written = if bare { value.text.clone() } else { format!("\"{}\"", value.text) };
        Some((field.name.text.as_str(), written))
    })
}

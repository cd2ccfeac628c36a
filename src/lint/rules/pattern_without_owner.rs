//! `pattern-without-owner`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::model::contingency::{MissedBy, Pattern, PatternKind};
use crate::model::{Commitment, FieldType, Form, Record};

/// The rule.
pub static RULE: Rule = Rule {
    name: "pattern-without-owner",
    summary: "misses `by the same owner` of records that have no owner",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("pattern_without_owner.md"),
};

fn nobodys(pattern: &Pattern, promise: &Commitment, record: Option<&Record>) -> Diagnostic {
    let what = match record {
        Some(record) => format!("a {} has no owner", record.head.name.text),
        None => format!("`{}` is about no record", promise.head.name),
    };
    let out = Diagnostic::warning(RULE.name, format!("this can never happen: {what}"))
        .at(pattern.span, "whose misses are counted together?");
    let several = record.map_or(0, |r| r.fields.values().filter(|f| f.ty == FieldType::User).count());
    let out = match record {
        Some(record) if several > 1 => {
            out.also(record.head.name.span, "several fields are of type `user`, and none is called `owner`")
        }
        Some(record) => out.also(record.head.name.span, "no field is of type `user`"),
        None => out.also(promise.sentence, "the promise"),
    };
    let out = out.note("What nobody owns is nobody's miss, so that what should follow never follows.");
    match record {
        Some(_) => {
            out.help("Add a field such as `owner user` to the record, or count the misses of all together.")
        }
        None => out.help("Leave out `by the same owner`."),
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    for pattern in model.contingencies.values().flat_map(|contingency| &contingency.patterns) {
        let PatternKind::Missed { by: MissedBy::SameOwner, .. } = pattern.kind else { continue };
        let Some(promise) = pattern.commitment.get().map(|id| &model.commitments[*id]) else { continue };
        let record = promise.subject().and_then(|subject| model.record_of(subject));
        match record.map(|record| &model.records[record]) {
            Some(record) if record.owner().is_none() => out.push(nobodys(pattern, promise, Some(record))),
            None if matches!(promise.form, Form::Recurring(_)) => out.push(nobodys(pattern, promise, None)),
            _ => {}
        }
    }
}

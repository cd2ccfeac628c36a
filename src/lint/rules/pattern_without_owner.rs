//! `pattern-without-owner`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::prove::a;
use crate::lint::{Context, Rule, Stage};
use crate::model::contingency::{MissedBy, Pattern, PatternKind};
use crate::model::{FieldType, Form, Record};

/// The rule.
pub static RULE: Rule = Rule {
    name: "pattern-without-owner",
    summary: "misses `by the same owner` of records that have no owner",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("pattern_without_owner.md"),
};

fn nobodys(pattern: &Pattern, record: &Record) -> Diagnostic {
    let users = record.fields.values().filter(|field| field.ty == FieldType::User).count();
    let why = if users > 1 {
        "several fields are of type `user`, and none is called `owner`"
    } else {
        "no field is of type `user`"
    };
    Diagnostic::warning(RULE.name, format!("this can never happen: {} has no owner", a(&record.head.name)))
        .at(pattern.span, "whose misses are counted together?")
        .also(record.head.name.span, why)
        .note("What nobody owns is nobody's miss, so that what should follow never follows.")
        .help("Add a field such as `owner user` to the record, or count the misses of all together.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    for pattern in model.contingencies.values().flat_map(|contingency| &contingency.patterns) {
        let PatternKind::Missed { by: MissedBy::SameOwner, .. } = pattern.kind else { continue };
        let Some(promise) = pattern.commitment.get().map(|id| &model.commitments[*id]) else { continue };
        // What is promised of no single record has no owner either: that is told by `impossible-trigger`.
        if matches!(promise.form, Form::Quota(_) | Form::Share(_) | Form::Level(_) | Form::Recurring(_)) {
            continue;
        }
        let record = promise.subject().and_then(|subject| model.record_of(subject));
        let record = record.map(|record| &model.records[record]);
        if let Some(record) = record.filter(|record| record.owner().is_none()) {
            out.push(nobodys(pattern, record));
        }
    }
}

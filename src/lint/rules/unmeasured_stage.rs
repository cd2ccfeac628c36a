//! `unmeasured-stage`.

use crate::diagnostic::{Diagnostic, Severity, names};
use crate::lint::{Context, Rule, Stage};
use crate::model::lifecycle::StageTerms;
use crate::model::{FieldType, Lifecycle, Model};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unmeasured-stage",
    summary: "a time limit of a stage that does not say since when it runs",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("unmeasured_stage.md"),
};

fn since_when(model: &Model, lifecycle: &Lifecycle, terms: &StageTerms) -> Option<Diagnostic> {
    let stage = &lifecycle.stages.get(terms.stage)?.text;
    let record = &model.records[*lifecycle.record.get()?];
    let moments = record.fields.values().filter(|f| f.ty == FieldType::DateTime);
    let moments: Vec<&str> = moments.map(|f| f.name.text.as_str()).collect();
    let help = match moments.as_slice() {
        [] => format!(
            "Declare a field of type `datetime` in record `{}`, and name it: `since entered_at`.",
            record.head.name
        ),
        some => format!("Add `since` with the moment a record enters the stage: {}.", names(some, "or")),
    };
    Some(
        Diagnostic::warning(RULE.name, format!("nobody can tell how long a record has been `{stage}`"))
            .at(terms.span, "since when?")
            .note("What cannot be seen in the data cannot be reported, and will be argued about.")
            .help(help),
    )
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for lifecycle in context.model.lifecycles.values() {
        for terms in lifecycle.terms.iter().filter(|t| t.at_most.is_some() && t.since.is_none()) {
            out.extend(since_when(context.model, lifecycle, terms));
        }
    }
}

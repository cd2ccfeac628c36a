//! Whether a change of stage is allowed.

use super::{Evaluator, Item};
use crate::model::lifecycle::{StageId, Transition};
use crate::model::{Lifecycle, Record};

/// Why a change of stage is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A new record does not begin at a start stage.
    NotAStart {
        /// The stage it has.
        stage: String,
    },
    /// The lifecycle knows no such step.
    NotDeclared {
        /// From where; `None` for a record that had no stage.
        from: Option<String>,
        /// To where; `None` when the stage was emptied.
        to: Option<String>,
    },
    /// The condition of the transition does not hold.
    Guard,
    /// A field that the transition requires is blank.
    Missing {
        /// Its name.
        field: String,
    },
    /// A reason that the transition does not allow.
    Reason {
        /// The field's name.
        field: String,
    },
}

/// Why the step from one state of a record to the next is refused. Empty: it is allowed.
///
/// A record whose stage does not change is not asked; neither is a new one without a stage. Where several transitions
/// lead from one stage to another, one of them must allow it; the refusals of the first are reported.
pub fn refusals(
    evaluator: &Evaluator<'_>,
    lifecycle: &Lifecycle,
    before: Option<&Item>,
    after: &Item,
) -> Vec<Refusal> {
    let (Some(record), Some(field)) = (lifecycle.record.get(), lifecycle.field.get()) else {
        return Vec::new();
    };
    let record = &evaluator.model().records[*record];
    let old = before.and_then(|item| item.get(*field).text()).map(str::to_owned);
    let new = after.get(*field).text().map(str::to_owned);
    if before.is_some() && old == new {
        return Vec::new();
    }
    let stage = |name: &String| lifecycle.stages.iter().position(|s| s.text == *name);
    let (Some(old), Some(new)) = (old.clone(), new.clone()) else {
        return match (old, new) {
            (None, Some(new)) if stage(&new).is_some_and(|s| lifecycle.start.contains(&s)) => Vec::new(),
            (None, Some(new)) if before.is_none() => vec![Refusal::NotAStart { stage: new }],
            (None, None) => Vec::new(),
            (from, to) => vec![Refusal::NotDeclared { from, to }],
        };
    };
    let not_declared = || vec![Refusal::NotDeclared { from: Some(old.clone()), to: Some(new.clone()) }];
    let (Some(from), Some(to)) = (stage(&old), stage(&new)) else { return not_declared() };
    step(evaluator, lifecycle, record, (from, to), after).unwrap_or_else(not_declared)
}

/// `None`: no transition leads there.
fn step(
    evaluator: &Evaluator<'_>,
    lifecycle: &Lifecycle,
    record: &Record,
    (from, to): (StageId, StageId),
    after: &Item,
) -> Option<Vec<Refusal>> {
    let mut first = None;
    for transition in lifecycle.between(from, to) {
        let refused = conditions(evaluator, record, transition, after);
        if refused.is_empty() {
            return Some(refused);
        }
        first.get_or_insert(refused);
    }
    first
}

fn conditions(
    evaluator: &Evaluator<'_>,
    record: &Record,
    transition: &Transition,
    after: &Item,
) -> Vec<Refusal> {
    let mut out = Vec::new();
    if transition.when.as_ref().is_some_and(|guard| !evaluator.holds(guard, record, after)) {
        out.push(Refusal::Guard);
    }
    for field in transition.requires.iter().filter_map(|f| f.get()) {
        if after.get(*field).is_blank() {
            out.push(Refusal::Missing { field: record.fields[*field].name.text.clone() });
        }
    }
    if let Some(reasons) = &transition.reasons
        && let Some(field) = reasons.field.get()
    {
        let given = after.get(*field).text();
        if !given.is_some_and(|given| reasons.values.iter().any(|v| v == given)) {
            out.push(Refusal::Reason { field: record.fields[*field].name.text.clone() });
        }
    }
    out
}

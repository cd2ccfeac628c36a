//! Whether two promises can be about one item.

use crate::model::{Definition, Id, Model, Predicate, PredicateKind, Subject};

/// The items that a limit is for: those of a subject, and of them those for which a condition holds.
pub(super) type Items<'a> = (Subject, Option<&'a Predicate>);

/// True if some item is surely among both. Where the text does not show it, it is not claimed.
///
/// It shows it where both are about the same definition or record, or one is about a part of the other by reference
/// (`means lead where mql and ..`). A condition beside that is taken to hold for some item of its own subject, and for no
/// other.
pub(super) fn may_overlap(model: &Model, (a, when_a): Items<'_>, (b, when_b): Items<'_>) -> bool {
    if a == b {
        return when_a.is_none() || when_b.is_none();
    }
    when_a.is_none() && when_b.is_none() && (is_part_of(model, a, b) || is_part_of(model, b, a))
}

/// True if every item of one subject is one of the other, as the text itself says.
pub(super) fn is_part_of(model: &Model, a: Subject, b: Subject) -> bool {
    match (a, b) {
        (Subject::Definition(a), Subject::Definition(b)) => implies(model, a, b),
        (Subject::Definition(_), Subject::Record(record)) => model.record_of(a) == Some(record),
        (Subject::Record(_), _) => a == b,
    }
}

fn implies(model: &Model, a: Id<Definition>, b: Id<Definition>) -> bool {
    a == b || demands(model, &model.definitions[a].condition, b)
}

/// True if a condition holds only for items of a definition. Definitions stand on one another in no circle.
fn demands(model: &Model, condition: &Predicate, definition: Id<Definition>) -> bool {
    match &condition.kind {
        PredicateKind::And(all) => all.iter().any(|part| demands(model, part, definition)),
        PredicateKind::Is(other) => implies(model, *other, definition),
        _ => false,
    }
}

//! Whether two promises can be about one item.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Commitment, Model, Predicate, PredicateKind, Subject};

/// Promises that were looked at, to find those that a later one may have items in common with, without trying all.
#[derive(Debug, Default)]
pub(super) struct Seen<'a> {
    by_subject: BTreeMap<Subject, Vec<usize>>,
    /// By what their subjects are part of.
    by_whole: BTreeMap<Subject, Vec<usize>>,
    by_verb: BTreeMap<&'a str, Vec<usize>>,
    count: usize,
}

impl<'a> Seen<'a> {
    /// The places, in the order in which they were added, of those whose subjects the text relates to that of a promise, and
    /// of those that say the same of what they are about.
    pub(super) fn beside(&self, model: &Model, promise: &Commitment) -> BTreeSet<usize> {
        let Some(subject) = promise.subject() else { return BTreeSet::new() };
        let wholes = wholes(model, subject);
        let of_subjects = wholes.iter().chain([&subject]).filter_map(|subject| self.by_subject.get(subject));
        let of_parts = self.by_whole.get(&subject);
        let of_verb = self.by_verb.get(promise.verb.as_str());
        of_subjects.chain(of_parts).chain(of_verb).flatten().copied().collect()
    }

    /// Adds the next one.
    pub(super) fn add(&mut self, model: &Model, promise: &'a Commitment) {
        if let Some(subject) = promise.subject() {
            self.by_subject.entry(subject).or_default().push(self.count);
            for whole in wholes(model, subject) {
                self.by_whole.entry(whole).or_default().push(self.count);
            }
        }
        self.by_verb.entry(&promise.verb).or_default().push(self.count);
        self.count += 1;
    }
}

/// All that the items of a subject are besides, as the text itself says.
fn wholes(model: &Model, subject: Subject) -> BTreeSet<Subject> {
    fn collect(model: &Model, condition: &Predicate, out: &mut BTreeSet<Subject>) {
        match &condition.kind {
            PredicateKind::And(all) => all.iter().for_each(|part| collect(model, part, out)),
            PredicateKind::Is(other) if out.insert(Subject::Definition(*other)) => {
                collect(model, &model.definitions[*other].condition, out);
            }
            _ => {}
        }
    }
    let mut out = BTreeSet::new();
    if let Subject::Definition(definition) = subject {
        collect(model, &model.definitions[definition].condition, &mut out);
        out.extend(model.record_of(subject).map(Subject::Record));
    }
    out
}

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
    a == b || wholes(model, a).contains(&b)
}

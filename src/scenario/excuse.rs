//! Why an item is excused, or why nothing excuses it, for an example that expected otherwise.

use super::Run;
use crate::evaluate::{Outcome, Verdict};
use crate::model::{Commitment, Id, Predicate, Record, Waiver};

impl Run<'_> {
    /// What excuses the item, or that nothing does. `None`: the example is not about that.
    pub(super) fn excuse(&self, id: Id<Commitment>, outcome: &Outcome, expected: &str) -> Option<String> {
        let excused = outcome.verdict == Verdict::Excused;
        if !excused && expected != Verdict::Excused.word() {
            return None;
        }
        let commitment = &self.model.commitments[id];
        let record = &self.model.records[self.model.record_of(commitment.subject()?)?];
        let mut parts = Vec::new();
        if let Some(when) = &commitment.excused_when {
            let holds = self.at_present().holds(when, record, &self.item);
            if holds == excused {
                let word = if holds { "holds" } else { "does not hold" };
                parts.push(format!("`excused when` {word}{}", self.found(when, record)));
            }
        }
        parts.extend(self.exceptions(id, record, outcome));
        if excused {
            return Some(format!("It is so because {}.", crate::diagnostic::join(&parts, "and")));
        }
        let why = match parts.as_slice() {
            [] => "there is neither `excused when` nor an exception for it".to_owned(),
            parts => crate::diagnostic::join(parts, "and"),
        };
        Some(format!("Nothing excuses it: {why}."))
    }

    /// The exception that excuses the item; else why each one does not.
    fn exceptions(&self, id: Id<Commitment>, record: &Record, outcome: &Outcome) -> Vec<String> {
        let evaluator = self.at_present();
        let title = |waiver: &Waiver| format!("the exception \"{}\"", waiver.head.label());
        let start = outcome.start.or(outcome.anchor);
        let given = start.and_then(|start| evaluator.waiver_for(id, record, &self.item, start));
        if let Some(waiver) = given {
            return vec![format!("{} is for it", title(&self.model.waivers[waiver]))];
        }
        if outcome.verdict == Verdict::Excused {
            return Vec::new();
        }
        let why_not = |waiver: &Waiver| match &waiver.when {
            Some(when) if !evaluator.holds(when, record, &self.item) => {
                format!("{} is for other items{}", title(waiver), self.found(when, record))
            }
            _ => format!("{} is for other days", title(waiver)),
        };
        self.model.waivers_of(id).map(|(_, waiver)| why_not(waiver)).collect()
    }

    /// What the item says of a condition, in brackets: ` (reason is blank)`.
    fn found(&self, condition: &Predicate, record: &Record) -> String {
        let evaluator = self.at_present();
        let mut fields = condition.fields();
        fields.sort();
        fields.dedup();
        let fields = fields.into_iter().map(|field| {
            let value = self.item.get(field).words(self.evaluator.zone());
            format!("{} is {value}", record.fields[field].name)
        });
        let definitions = condition.definitions().into_iter().map(|definition| {
            let not = if evaluator.is(definition, &self.item) { "" } else { "not " };
            format!("it is {not}`{}`", self.model.definitions[definition].head.name)
        });
        let said: Vec<String> = fields.chain(definitions).collect();
        if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) }
    }
}

//! Exceptions: which commitments they excuse, for which items, for how long.

use super::Resolver;
use super::clauses::Once;
use super::condition::TYPE;
use super::names::Entry;
use crate::diagnostic::Diagnostic;
use crate::model::waiver::UseLimit;
use crate::model::{Commitment, Form, Id, Record, Slot, Waiver};
use crate::source::Span;
use crate::syntax::ast::{ExceptionClause, OrTbd, Reference};

impl Resolver<'_> {
    pub(super) fn waivers(&mut self) {
        for entry in self.blocks.exceptions.clone() {
            let waiver = self.waiver(entry);
            self.waivers.push(waiver);
        }
    }

    fn waiver(&mut self, entry: Entry<'_, ExceptionClause>) -> Waiver {
        let (mut excuses, mut approved) = (Once::new("excuses"), Once::new("approved by"));
        let (mut at_most, mut window) = (Once::new("at most"), Once::new("from"));
        for clause in &entry.block.clauses {
            let span = clause.span;
            match &clause.node {
                ExceptionClause::Excuses(names, condition) => {
                    let (slots, record) = self.excused_commitments(names);
                    let when = condition.as_ref().map(|when| self.condition_of(record, when));
                    excuses.set(self, span, (slots, when));
                }
                ExceptionClause::Approved(role) => {
                    let slot = self.find_slot(role);
                    approved.set(self, span, slot);
                }
                ExceptionClause::AtMost(number, per) => {
                    let amount = self.slot(number, Self::whole);
                    at_most.set(self, span, UseLimit { amount, per: per.node, span });
                }
                ExceptionClause::Window(from, until) => {
                    let from = from.as_ref().map(|date| self.date_slot(date));
                    let until = until.as_ref().map(|date| self.date_slot(date));
                    let ends = from.as_ref().and_then(Slot::get).zip(until.as_ref().and_then(Slot::get));
                    let until = match ends {
                        Some((first, last)) if self.ordered(*first, *last, span).is_none() => {
                            Some(Slot::Broken)
                        }
                        _ => until,
                    };
                    window.set(self, span, (from, until));
                }
                ExceptionClause::Note(_) => {}
            }
        }
        if !excuses.is_set() {
            self.missing(
                entry.state,
                entry.block.name.span,
                format!("exception `{}` does not say what it excuses", entry.block.name.node),
                "Add `excuses` with commitments, such as `excuses first_touch when source = event`.",
            );
        }
        let (excuses, when) = excuses.get().unwrap_or_default();
        let (from, until) = window.get().unwrap_or_default();
        Waiver {
            head: self.head(entry, |c| match c {
                ExceptionClause::Note(prose) => Some(prose),
                _ => None,
            }),
            excuses,
            when,
            approved_by: approved.get(),
            at_most: at_most.get(),
            from,
            until,
        }
    }

    /// The commitments that are excused, which must be about one record, and that record.
    fn excused_commitments(
        &mut self,
        names: &[Reference],
    ) -> (Vec<Slot<Id<Commitment>>>, Option<Id<Record>>) {
        let mut slots: Vec<Slot<Id<Commitment>>> = Vec::new();
        let mut first: Option<(Id<Record>, Span)> = None;
        for name in names {
            let mut slot = self.find_slot::<Commitment>(name);
            if let (Slot::Set(id), OrTbd::Known(word)) = (&slot, name) {
                let record = self.record_of_items(*id);
                match (record, first) {
                    (Some(own), Some((other, place))) if own != other => {
                        self.two_records((own, word.span), (other, place));
                        slot = Slot::Broken;
                    }
                    (Some(own), None) => first = Some((own, word.span)),
                    _ => {}
                }
            }
            if let (Slot::Set(id), OrTbd::Known(word)) = (&slot, name)
                && !self.can_be_excused(*id, word.span)
            {
                slot = Slot::Broken;
            }
            slots.push(slot);
        }
        (slots, first.map(|(record, _)| record))
    }

    fn two_records(&mut self, (own, place): (Id<Record>, Span), (other, first): (Id<Record>, Span)) {
        let (own, other) = (&self.records[own].head.name, &self.records[other].head.name);
        let out = Diagnostic::error(
            TYPE,
            format!("one exception is about one record, not a `{other}` and a `{own}`"),
        )
        .at(place, format!("about a `{own}`"))
        .also(first, format!("about a `{other}`"))
        .help("Make two exceptions of it.");
        self.diagnostics.push(out);
    }

    /// An item is excused by the moment it starts, which acts have not.
    fn can_be_excused(&mut self, id: Id<Commitment>, place: Span) -> bool {
        let commitment = &self.commitments[id];
        let (what, help) = match commitment.form {
            Form::Turnaround(_)
            | Form::Attempts(_)
            | Form::LeadTime(_)
            | Form::NotBefore(_)
            | Form::Quota(_)
            | Form::Share(_) => {
                return true;
            }
            Form::Prohibition(_) => (
                "forbids something",
                "Write `excused when ..` in the prohibition, or allow it: `may ..` with `priority over`.",
            ),
            Form::Level(_) => ("measures time", "Write `excused when ..` in that commitment."),
            Form::Permission(_) => ("allows something", "A right needs no excuse."),
            Form::Recurring(_) => (
                "recurs, and is about no record",
                "Close the days in its calendar, or say from when it holds: `.. from 2026-01-05`.",
            ),
        };
        let name = commitment.head.name.clone();
        self.diagnostics.push(
            Diagnostic::error(TYPE, format!("`{name}` has no items that start"))
                .at(place, "excused from what?")
                .also(name.span, what)
                .help(help),
        );
        false
    }
}

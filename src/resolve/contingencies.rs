//! Contingencies: steps around a deadline, patterns and what follows them.

use super::Resolver;
use super::clauses::Once;
use super::condition::constant_slot;
use super::names::Entry;
use super::values::DurationUse;
use crate::diagnostic::Diagnostic;
use crate::model::contingency::{Act, Anchor, FollowUp, MissedBy, Pattern, PatternKind, Step};
use crate::model::{Commitment, Contingency, Form, Id, Record, Slot};
use crate::source::Span;
use crate::syntax::ast::{self, ContingencyClause, Spanned, StepAnchor};

impl Resolver<'_> {
    pub(super) fn contingencies(&mut self) {
        for entry in self.blocks.contingencies.clone() {
            let contingency = self.contingency(entry);
            self.contingencies.push(contingency);
        }
    }

    fn contingency(&mut self, entry: Entry<'_, ContingencyClause>) -> Contingency {
        let mut of = Once::new("for");
        for clause in &entry.block.clauses {
            if let ContingencyClause::For(names) = &clause.node {
                let slots = self.find_slots::<Commitment>(names);
                of.set(self, clause.span, slots);
            }
        }
        let of: Vec<Slot<Id<Commitment>>> = of.get().unwrap_or_default();
        let record = self.common_record(&of, &entry.block.clauses);
        let (mut steps, mut patterns, mut follow_ups) = (Vec::new(), Vec::new(), Vec::new());
        for clause in &entry.block.clauses {
            let span = clause.span;
            match &clause.node {
                ContingencyClause::For(_) | ContingencyClause::Note(_) => {}
                ContingencyClause::Step(anchor, act, via) => {
                    let anchor = self.anchor(anchor);
                    let act = self.act(act, record);
                    let via = via.as_ref().map(|name| self.find_slot(name));
                    steps.push(Step { anchor, act, via, span });
                }
                ContingencyClause::Below { commitment, percent, count, consecutive: _, period } => {
                    let commitment = self.find(commitment).map_or(Slot::Broken, Slot::Set);
                    let percent = self.share_slot(percent);
                    let Some(count) = self.count(count) else { continue };
                    let kind = PatternKind::Below { percent, count, period: period.node };
                    patterns.push(Pattern { commitment, kind, span });
                }
                ContingencyClause::Missed { commitment, times, period, same_owner } => {
                    let commitment = self.find(commitment).map_or(Slot::Broken, Slot::Set);
                    let times = self.count_slot(times);
                    let by = if same_owner.is_present() { MissedBy::SameOwner } else { MissedBy::Anyone };
                    let kind = PatternKind::Missed { times, period: period.node, by };
                    patterns.push(Pattern { commitment, kind, span });
                }
                ContingencyClause::FollowUp { actor, strength, verb, object, within, via } => {
                    self.act_in_words(entry.block.name.span, verb, object.as_ref());
                    follow_ups.push(FollowUp {
                        actor: self.find(actor).map_or(Slot::Broken, Slot::Set),
                        strength: *strength,
                        verb: verb.node.text.clone(),
                        object: object.as_ref().map(|o| o.node.clone()).unwrap_or_default(),
                        within: self.duration_slot(within, DurationUse::Duty),
                        via: via.as_ref().map(|name| self.find_slot(name)),
                        span,
                    });
                }
            }
        }
        self.needs_deadline(&of, &steps, entry);
        self.needs_pattern(&patterns, &follow_ups, entry.state);
        Contingency {
            head: self.head(entry, |c| match c {
                ContingencyClause::Note(prose) => Some(prose),
                _ => None,
            }),
            of,
            steps,
            patterns,
            follow_ups,
        }
    }

    /// Steps hang on the deadline of a turnaround.
    fn needs_deadline(
        &mut self,
        of: &[Slot<Id<Commitment>>],
        steps: &[Step],
        entry: Entry<'_, ContingencyClause>,
    ) {
        let Some(first) = steps.first() else { return };
        if of.is_empty() {
            self.missing_at(
                entry.state,
                (first.span, "for which promise?"),
                "these steps do not say whose deadline they are about".into(),
                "Add `for` with the name of a commitment, such as `for first_touch`.",
            );
        }
        for id in of.iter().filter_map(|slot| slot.get().copied()) {
            if self.lacks_deadline(id) {
                let out = self.no_deadline(id, first.span, "before or after which deadline?");
                self.diagnostics.push(out.help(
                    "Watch it over periods: `when .. below 85% for 2 consecutive months`, then `then ..`.",
                ));
            } else {
                self.needs_start(id, steps);
            }
        }
    }

    /// The record whose fields a step may set. Promises about several records have none in common.
    fn common_record(
        &mut self,
        of: &[Slot<Id<Commitment>>],
        clauses: &[Spanned<ContingencyClause>],
    ) -> Option<Id<Record>> {
        let known = of.iter().filter_map(|slot| slot.get().copied());
        let records: Vec<_> = known.filter_map(|id| self.record_of_items(id)).collect();
        let first = *records.first()?;
        let Some(other) = records.iter().find(|r| **r != first) else { return Some(first) };
        let names = [first, *other].map(|id| self.records[id].head.name.clone());
        for clause in clauses {
            if let ContingencyClause::Step(_, ast::Act::Set(field, _), _) = &clause.node {
                let [first, other] = &names;
                self.diagnostics.push(
                    Diagnostic::error(
                        super::condition::TYPE,
                        format!("`{}` is a field of one record", field.node),
                    )
                    .at(field.span, format!("of `{first}` or of `{other}`?"))
                    .help("Write a contingency of its own for the promises about each record."),
                );
            }
        }
        None
    }

    /// A lead time is counted back, so nothing can be counted from its start.
    fn needs_start(&mut self, id: Id<Commitment>, steps: &[Step]) {
        if !matches!(self.commitments[id].form, Form::LeadTime(_)) {
            return;
        }
        let name = self.commitments[id].head.name.clone();
        for step in steps.iter().filter(|s| matches!(s.anchor, Anchor::AfterStart(_) | Anchor::Elapsed(_))) {
            self.diagnostics.push(
                Diagnostic::error(super::condition::TYPE, format!("`{name}` has no start"))
                    .at(step.span, "after which start?")
                    .also(name.span, "a lead time is counted back from what it leads up to")
                    .help("Count from the deadline: `before deadline by ..` or `after deadline by ..`."),
            );
        }
    }

    /// True for a promise that was understood and has no deadline for each item.
    pub(super) fn lacks_deadline(&self, id: Id<Commitment>) -> bool {
        let commitment = &self.commitments[id];
        !matches!(commitment.form, Form::Turnaround(_) | Form::Attempts(_) | Form::LeadTime(_))
            && commitment.actor != Slot::Broken
    }

    /// True for a promise that was understood and gives no verdict on an item.
    pub(super) fn judges_no_item(&self, id: Id<Commitment>) -> bool {
        let commitment = &self.commitments[id];
        let judges = !matches!(
            commitment.form,
            Form::Quota(_) | Form::Share(_) | Form::Level(_) | Form::Prohibition(_) | Form::Recurring(_)
        );
        !judges && commitment.actor != Slot::Broken
    }

    pub(super) fn no_deadline(&self, id: Id<Commitment>, span: Span, label: &str) -> Diagnostic {
        let commitment = &self.commitments[id];
        let name = &commitment.head.name;
        let what = match commitment.form {
            Form::Prohibition(_) | Form::NotBefore(_) => "forbids something",
            Form::Permission(_) => "allows something",
            Form::Recurring(_) => "recurs, and is about no record",
            Form::Level(_) => "promises so much time per period",
            _ => "promises an amount per period",
        };
        Diagnostic::error(super::condition::TYPE, format!("`{name}` has no deadline for each item"))
            .at(span, label)
            .also(name.span, what)
    }

    /// `when` and `then` need each other.
    fn needs_pattern(&mut self, patterns: &[Pattern], follow_ups: &[FollowUp], state: ast::State) {
        match (patterns, follow_ups) {
            ([pattern, ..], []) => self.missing_at(
                state,
                (pattern.span, "and then?"),
                "nothing follows when this shows".into(),
                "Add `then` with a duty, such as `then sdr_manager must present \"a recovery plan\" within 5 business days`.",
            ),
            ([], [follow_up, ..]) => self.missing_at(
                state,
                (follow_up.span, "after what?"),
                "this does not say what sets it off".into(),
                "Add `when` with a pattern, such as `when first_touch below 85% for 2 consecutive months`.",
            ),
            _ => {}
        }
    }

    fn anchor(&mut self, anchor: &StepAnchor) -> Anchor {
        match anchor {
            StepAnchor::BeforeDeadline(by) => {
                Anchor::BeforeDeadline(self.duration_slot(by, DurationUse::Duty))
            }
            StepAnchor::AfterStart(by) => Anchor::AfterStart(self.duration_slot(by, DurationUse::Duty)),
            StepAnchor::AfterDeadline(by) => {
                Anchor::AfterDeadline(by.as_ref().map(|by| self.duration_slot(by, DurationUse::Duty)))
            }
            StepAnchor::Elapsed(percent) => Anchor::Elapsed(self.share_slot(percent)),
        }
    }

    fn act(&mut self, act: &ast::Act, record: Option<Id<Record>>) -> Act {
        match act {
            ast::Act::Remind(names) => Act::Remind(self.find_slots(names)),
            ast::Act::Notify(names) => Act::Notify(self.find_slots(names)),
            ast::Act::Escalate(name) => Act::Escalate(self.find_slot(name)),
            ast::Act::Reassign(name) => Act::Reassign(self.find_slot(name)),
            ast::Act::Return(name) => Act::Return(self.find_slot(name)),
            ast::Act::Set(field, value) => {
                let field = record.and_then(|r| self.find_field(r, field)).map_or(Slot::Broken, Slot::Set);
                let value = constant_slot(self, record, &field, value);
                Act::Set(field, value)
            }
        }
    }
}

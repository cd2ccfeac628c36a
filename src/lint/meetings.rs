//! Whether one item may have two limits: as the text itself shows, or as an example does.

use std::collections::BTreeMap;

use super::Context;
use super::promises::{Timed, can_surely_meet};
use super::prove::{Prover, Shown, a, capital};
use crate::evaluate::{Evaluator, Item, Verdict};
use crate::logic::Formula;
use crate::model::agreement::Member;
use crate::model::{Calendar, ClockRule, Commitment, Id, Model, Record};

/// Why one item may have two limits.
#[derive(Debug, Clone)]
pub(super) enum Meeting {
    /// The text shows it: both are about the same items, or one is about some of the other's.
    ByText,
    /// This item has both.
    Shown(Box<Shown>),
}

impl Meeting {
    /// What is to be said of the item, if that is not plain.
    pub(super) fn note(&self, context: &Context<'_>) -> Option<String> {
        let Meeting::Shown(shown) = self else { return None };
        let record = &context.model.records[shown.record].head.name;
        let said = shown.said(context);
        Some(match said.as_str() {
            "" => format!("Every {record} is under both."),
            said => format!("{} with {said} is under both.", capital(&a(&record.text))),
        })
    }
}

/// A commitment, a row of its limits, and a calendar by which its time may run.
type LimitOnClock = (Id<Commitment>, usize, Option<Id<Calendar>>);

/// Asks which limits one item may have.
#[derive(Debug)]
pub(super) struct Meetings<'a> {
    context: &'a Context<'a>,
    /// What its formulas belong to.
    pub(super) prover: Prover<'a>,
    /// By commitment, row and clock: the items that have the limit.
    known: BTreeMap<LimitOnClock, Option<Formula>>,
}

impl<'a> Meetings<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Meetings<'a> {
        Meetings { context, prover: Prover::new(context), known: BTreeMap::new() }
    }

    /// That one item may have both limits, as the text itself shows.
    pub(super) fn by_text(&self, first: &Timed<'_>, second: &Timed<'_>) -> Option<Meeting> {
        can_surely_meet(self.context.model, first, second).then_some(Meeting::ByText)
    }

    /// Why one item may have both limits; `None`: none may, or it is not known.
    pub(super) fn of(&mut self, first: &Timed<'_>, second: &Timed<'_>) -> Option<Meeting> {
        if let Some(meeting) = self.by_text(first, second) {
            return Some(meeting);
        }
        let record = record_of(self.context, first)?;
        if record_of(self.context, second) != Some(record) {
            return None;
        }
        let both = [self.items(record, first)?, self.items(record, second)?];
        // Most have nothing in common at a glance: that is no question worth counting.
        if self.prover.space(record).never_meet(&both) {
            return None;
        }
        let shown = self.prover.find(record, &both, |evaluator, item| {
            has(evaluator, first, item) && has(evaluator, second, item)
        });
        let given =
            [first, second].map(|limit| limit.commitment.counts_from().and_then(|from| from.get().copied()));
        let shown = shown?.without(&given.into_iter().flatten().collect::<Vec<_>>());
        Some(Meeting::Shown(Box::new(shown)))
    }

    /// The items that have a limit: of the subject, started, not excused, left by the limits above, and on its clock.
    pub(super) fn items(&mut self, record: Id<Record>, limit: &Timed<'_>) -> Option<Formula> {
        let key = (limit.id, limit.row, limit.clock.0);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let formula = self.formula(record, limit);
        self.known.insert(key, formula);
        formula
    }

    fn formula(&mut self, record: Id<Record>, limit: &Timed<'_>) -> Option<Formula> {
        let commitment = limit.commitment;
        let (subject, from) = (commitment.subject()?, *commitment.counts_from()?.get()?);
        let space = self.prover.space(record);
        let mut all = vec![space.subject(subject), space.filled(from)];
        all.push(space.condition_or_always(commitment.starts_when.as_ref()));
        for above in &commitment.tiers()[..limit.row] {
            let taken = space.condition_or_always(above.when.as_ref());
            all.push(space.not(taken));
        }
        all.push(space.condition_or_always(limit.tier.when.as_ref()));
        if let Some(excused) = &commitment.excused_when {
            let excused = space.condition(excused);
            all.push(space.not(excused));
        }
        let on_clock = self.on_clock(record, commitment, limit.clock.0);
        let space = self.prover.space(record);
        Some(space.all(all.into_iter().chain([on_clock])))
    }

    /// The items whose time runs by a calendar.
    fn on_clock(
        &mut self,
        record: Id<Record>,
        commitment: &Commitment,
        calendar: Option<Id<Calendar>>,
    ) -> Formula {
        let model = self.context.model;
        let space = self.prover.space(record);
        // In the order in which they are looked at: for whom each is, if no other was before.
        let mut rows: Vec<(Formula, Option<Id<Calendar>>)> = Vec::new();
        match &commitment.clock {
            ClockRule::Role | ClockRule::Calendar(_) => return Formula::TRUE,
            ClockRule::Table(table) => {
                for row in table {
                    rows.push((space.condition_or_always(row.when.as_ref()), row.calendar.get().copied()));
                }
            }
            ClockRule::Member(field) => {
                let Some(field) = field.get() else { return Formula::TRUE };
                for member in members(model, commitment) {
                    let is_theirs = space.one_of_texts(*field, [member.name.as_str()]);
                    rows.push((is_theirs, member.works.get().copied()));
                }
            }
        }
        let of_role = model.hours_of_actor(commitment).and_then(|slot| slot.get().copied());
        rows.push((Formula::TRUE, of_role));
        let (mut left, mut on) = (Formula::TRUE, Vec::new());
        for (fits, by) in rows {
            if by == calendar {
                on.push(space.all([left, fits]));
            }
            let not = space.not(fits);
            left = space.all([left, not]);
        }
        space.any(on)
    }
}

fn members<'m>(model: &'m Model, commitment: &Commitment) -> &'m [Member] {
    commitment.actor.get().map_or(&[], |role| &model.roles[*role].members)
}

/// Whether the evaluator finds that an item has a limit.
pub(super) fn has(evaluator: &Evaluator<'_>, limit: &Timed<'_>, item: &Item) -> bool {
    let outcome = evaluator.outcome(limit.id, item).ok().flatten();
    outcome.is_some_and(|outcome| {
        let binds = ![Verdict::Excused, Verdict::NotStarted, Verdict::NotCovered].contains(&outcome.verdict);
        binds && outcome.tier == Some(limit.row) && outcome.calendar == limit.clock.0
    })
}

fn record_of(context: &Context<'_>, limit: &Timed<'_>) -> Option<Id<Record>> {
    context.model.record_of(limit.commitment.subject()?)
}

//! Whether one item may have two limits: as the text itself shows, or as an example does.

use std::collections::BTreeMap;

use super::Context;
use super::promises::{Timed, can_surely_meet};
use super::prove::{Prover, Shown, a, capital};
use crate::evaluate::{Evaluator, Item, Verdict};
use crate::logic::Formula;
use crate::model::agreement::Member;
use crate::model::{Calendar, ClockRule, Commitment, Date, Effective, Id, Model, Record, Slot, Waiver};

/// Why one item may have two limits, or more.
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
            said => format!("{} with {said} is under both.", capital(&a(record))),
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

    /// Why one item may have both limits, which are about the same items by their text; `None`: none may, or it is not
    /// known.
    pub(super) fn by_text(&mut self, first: &Timed<'_>, second: &Timed<'_>) -> Option<Meeting> {
        can_surely_meet(self.context.model, first, second).then(|| self.of(first, second)).flatten()
    }

    /// Why one item may have both limits; `None`: none may, or it is not known.
    pub(super) fn of(&mut self, first: &Timed<'_>, second: &Timed<'_>) -> Option<Meeting> {
        let both = [*first, *second];
        if self.bind_all(&both) && can_surely_meet(self.context.model, first, second) {
            return Some(Meeting::ByText);
        }
        self.shown(&both)
    }

    /// Whether one item may have all of some limits, of which every two are about the same items by their text.
    pub(super) fn together(&mut self, all: &[Timed<'_>]) -> bool {
        self.bind_all(all) || self.shown(all).is_some()
    }

    /// Whether limits bind every item of their subjects.
    fn bind_all(&self, all: &[Timed<'_>]) -> bool {
        all.iter().all(|limit| !is_narrowed(self.context.model, limit.id))
    }

    fn shown(&mut self, all: &[Timed<'_>]) -> Option<Meeting> {
        let record = record_of(self.context, all.first()?)?;
        if all.iter().any(|limit| record_of(self.context, limit) != Some(record)) {
            return None;
        }
        let items: Vec<Formula> = all.iter().map(|limit| self.items(record, limit)).collect::<Option<_>>()?;
        // Most have nothing in common at a glance: that is no question worth counting.
        if self.prover.space(record).never_meet(&items) {
            return None;
        }
        let shown = self
            .prover
            .find(record, &items, |evaluator, item| all.iter().all(|limit| has(evaluator, limit, item)));
        let given = all.iter().filter_map(|limit| limit.commitment.counts_from()?.get().copied());
        Some(Meeting::Shown(Box::new(shown?.without(&given.collect::<Vec<_>>()))))
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
        commitment.counts_from()?.get()?;
        let mut all = bound(self.context.model, &mut self.prover, record, limit.id)?;
        let space = self.prover.space(record);
        for above in &commitment.tiers()[..limit.row] {
            let taken = space.condition_or_always(above.when.as_ref());
            all.push(space.not(taken));
        }
        all.push(space.condition_or_always(limit.tier.when.as_ref()));
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

/// What must hold of an item for a promise to bind it: it is of the subject, its time has begun, and nothing excuses it.
pub(super) fn bound(
    model: &Model,
    prover: &mut Prover<'_>,
    record: Id<Record>,
    id: Id<Commitment>,
) -> Option<Vec<Formula>> {
    let commitment = &model.commitments[id];
    let space = prover.space(record);
    let mut all = vec![space.subject(commitment.subject()?)];
    if let Some(from) = commitment.counts_from().and_then(Slot::get) {
        all.push(space.filled(*from));
    }
    all.push(space.condition_or_always(commitment.starts_when.as_ref()));
    if let Some(excused) = &commitment.excused_when {
        let excused = space.condition(excused);
        all.push(space.not(excused));
    }
    for waiver in telling_waivers(model, id) {
        let excused = space.condition_or_always(waiver.when.as_ref());
        all.push(space.not(excused));
    }
    Some(all)
}

/// Whether a promise leaves out some items of its subject.
fn is_narrowed(model: &Model, id: Id<Commitment>) -> bool {
    let commitment = &model.commitments[id];
    commitment.starts_when.is_some()
        || commitment.excused_when.is_some()
        || telling_waivers(model, id).next().is_some()
}

/// The exceptions that tell some items of a promise from others, or last as long as the agreement. While another one lasts
/// the promise is not what it says, and before and after it is.
fn telling_waivers(model: &Model, id: Id<Commitment>) -> impl Iterator<Item = &Waiver> {
    let waivers = model.waivers_of(id).map(|(_, waiver)| waiver);
    waivers.filter(|waiver| waiver.when.is_some() || lasts(model, waiver))
}

fn lasts(model: &Model, waiver: &Waiver) -> bool {
    let term = model.agreement.effective.as_ref().and_then(Effective::term);
    let begins_before = |from: &Date| term.is_some_and(|(start, _)| *from <= start);
    let ends_after = |until: &Date| term.and_then(|(_, end)| end).is_some_and(|end| end <= *until);
    waiver.from.as_ref().is_none_or(|from| from.get().is_some_and(begins_before))
        && waiver.until.as_ref().is_none_or(|until| until.get().is_some_and(ends_after))
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

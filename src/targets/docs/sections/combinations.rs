//! Which limit an item may have on which clock: what cannot be together has no worked example.

use super::super::book::Book;
use crate::logic::{Formula, Space};
use crate::model::{Calendar, ClockRule, Commitment, Duration, Id, Predicate};

/// The limits and the clocks of a promise whose clock goes by conditions.
pub struct Combinations<'m> {
    space: Space<'m>,
    /// What an item is like that has this limit.
    limits: Vec<(Option<Duration>, Formula)>,
    /// What an item is like that has this clock.
    clocks: Vec<(Option<Id<Calendar>>, Formula)>,
}

impl<'m> Combinations<'m> {
    /// Those of a promise. `None`: no condition tells its clocks apart.
    pub fn of(book: &Book<'m>, commitment: &Commitment) -> Option<Combinations<'m>> {
        let ClockRule::Table(rows) = &commitment.clock else { return None };
        let subject = commitment.subject()?;
        let record = book.model.record_of(subject)?;
        let mut space = Space::new(book.model, record, book.evaluator.now());
        let about = space.subject(subject);
        let tiers = commitment.tiers();
        let of_tiers = firsts(&mut space, about, tiers.iter().map(|tier| tier.when.as_ref()));
        let limits = tiers.iter().map(|tier| tier.limit.get().copied()).zip(of_tiers).collect();
        let of_rows = firsts(&mut space, about, rows.iter().map(|row| row.when.as_ref()).chain([None]));
        let of_role = book.model.hours_of_actor(commitment).and_then(|slot| slot.get().copied());
        let calendars = rows.iter().map(|row| row.calendar.get().copied()).chain([of_role]);
        Some(Combinations { space, limits, clocks: calendars.zip(of_rows).collect() })
    }

    /// Whether an item may have both, for all that is known.
    pub fn may_be(&mut self, limit: Duration, calendar: Option<Id<Calendar>>) -> bool {
        // A promise without rows of limits has one for every item.
        let mut with_limit: Vec<Formula> =
            self.limits.iter().filter(|(of, _)| *of == Some(limit)).map(|(_, items)| *items).collect();
        if self.limits.is_empty() {
            with_limit.push(Formula::TRUE);
        }
        let on_clock = self.clocks.iter().filter(|(of, _)| *of == calendar).map(|(_, items)| *items);
        let on_clock: Vec<Formula> = on_clock.collect();
        let space = &mut self.space;
        let mut never = |all: &[Formula]| space.decide(all).is_impossible() && space.confirm_impossible(all);
        with_limit.iter().any(|limit| on_clock.iter().any(|clock| !never(&[*limit, *clock])))
    }
}

/// For each of some conditions: the items for which it is the first that holds.
fn firsts<'p>(
    space: &mut Space<'_>,
    of: Formula,
    conditions: impl Iterator<Item = Option<&'p Predicate>>,
) -> Vec<Formula> {
    let mut left = of;
    conditions
        .map(|condition| {
            let holds = space.condition_or_always(condition);
            let first = space.all([left, holds]);
            let others = space.not(holds);
            left = space.all([left, others]);
            first
        })
        .collect()
}

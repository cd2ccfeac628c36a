//! When the clock of an item stands still: by moments of the item, or by child records, one for each wait.

use super::{Evaluator, Item};
use crate::model::commitment::Pause;
use crate::model::{Commitment, Field, Id, Slot};
use crate::worktime::{Instant, Interval, Pauses};

/// One wait of an item, as its records tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// Since when.
    pub from: Instant,
    /// Until when: its end, else when the item was done, or now. Not after `from`: it is no pause.
    pub to: Instant,
    /// How its end is known.
    pub end: WaitEnd,
}

/// How the end of a wait is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitEnd {
    /// It is recorded.
    Recorded,
    /// It is blank: the wait goes on.
    Blank,
    /// What is recorded lies before the start: the item waits again, and this is the end of an earlier wait.
    OfEarlier(Instant),
}

impl Evaluator<'_> {
    /// The waits of an item, in the order of the clauses and of its child records; of several that overlap, each.
    pub fn waits(&self, commitment: &Commitment, item: &Item, done: Option<Instant>) -> Vec<Wait> {
        let open_until = done.unwrap_or(self.now);
        commitment.pauses.iter().flat_map(|pause| self.waits_of(pause, item, open_until)).collect()
    }

    fn waits_of(&self, pause: &Pause, item: &Item, open_until: Instant) -> Vec<Wait> {
        let (Slot::Set(start), Slot::Set(end)) = (&pause.from, &pause.to) else { return Vec::new() };
        match &pause.of {
            None => {
                wait(item, *start, *end, open_until).map(|wait| again(wait, open_until)).into_iter().collect()
            }
            Some(Slot::Set(rows)) => {
                let rows = self.children(rows, item).into_iter();
                rows.filter_map(|row| wait(row, *start, *end, open_until)).collect()
            }
            Some(Slot::Tbd(_) | Slot::Broken) => Vec::new(),
        }
    }

    /// When the clock of an item stands still.
    pub(super) fn pauses(&self, commitment: &Commitment, item: &Item, done: Option<Instant>) -> Pauses {
        let waits = self.waits(commitment, item, done).into_iter();
        Pauses::new(waits.map(|wait| Interval { from: wait.from, to: wait.to }))
    }
}

/// The wait that two moments of a record tell.
fn wait(record: &Item, start: Id<Field>, end: Id<Field>, open_until: Instant) -> Option<Wait> {
    let from = record.get(start).moment()?;
    Some(match record.get(end).moment() {
        Some(to) => Wait { from, to, end: WaitEnd::Recorded },
        None => Wait { from, to: open_until, end: WaitEnd::Blank },
    })
}

/// Two fields of an item hold its last start and its last end: an end before the start is that of an earlier wait.
fn again(wait: Wait, open_until: Instant) -> Wait {
    if wait.to >= wait.from || wait.end == WaitEnd::Blank {
        return wait;
    }
    Wait { to: open_until, end: WaitEnd::OfEarlier(wait.to), ..wait }
}

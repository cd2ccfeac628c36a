//! The reference semantics: what a condition, a verdict and a period's result *are*. Small and plain on purpose; every
//! target is tested against it, record by record.
//!
//! Two rules decide most questions. A comparison with a blank field is false, and `not` of it is true. And an item is
//! late once open time has passed after its deadline.

mod act;
mod attempts;
mod children;
mod clocks;
mod course;
mod credit;
pub mod funnel;
mod gap;
mod item;
mod judge;
mod level;
mod lifecycle;
mod links;
mod pattern;
mod pauses;
mod period;
mod predicate;
mod ratio;
mod ready;
mod recurring;
mod routing;
mod score;
mod stage;
mod steps;
mod verdict;
mod waivers;

pub use attempts::Attempt;
pub use clocks::CalendarClock;
pub use course::Course;
pub use credit::CreditResult;
pub use gap::Gap;
pub use item::{Item, Value};
pub use level::LevelResult;
pub use lifecycle::{Refusal, refusals};
pub use pattern::Misses;
pub use pauses::{Wait, WaitEnd};
pub use period::{Outlook, Progress, ShareResult, Tally, percentile};
pub use ratio::Ratio;
pub use recurring::Held;
pub use routing::{Answer, Routed};
pub use score::RowPoints;
pub use stage::{Standing, Stay};
pub use steps::{StepMoment, is_reminder, moment as step_moment};
pub use verdict::{Outcome, Verdict};

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::model::{Arena, Calendar, Contingency, Id, Model};
use crate::worktime::{Instant, OpenHours, TimeZone};

/// Answers questions about items of one agreement at one moment.
#[derive(Debug, Clone)]
pub struct Evaluator<'m> {
    model: &'m Model,
    /// The zone of the agreement.
    zone: Option<TimeZone>,
    /// By calendar: its hours, where they are known. Shared, so that the same questions can be asked at many moments.
    hours: Arc<[Option<OpenHours>]>,
    /// By commitment: its contingencies, in the order written.
    ladders: Arc<[Vec<Id<Contingency>>]>,
    /// The first and the first-no-longer moment of the agreement's term.
    term: (Option<Instant>, Option<Instant>),
    now: Instant,
}

impl<'m> Evaluator<'m> {
    /// An evaluator for a moment.
    pub fn new(model: &'m Model, now: Instant) -> Self {
        let zone = model.agreement.zone.as_ref().and_then(|z| TimeZone::of(z).ok());
        let hours = hours(&model.calendars);
        let ladders = ladders(model);
        let mut evaluator = Evaluator { model, zone, hours, ladders, term: (None, None), now };
        evaluator.term = evaluator.term_moments();
        evaluator
    }

    /// The model it answers about.
    pub fn model(&self) -> &'m Model {
        self.model
    }

    /// The present moment.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// The same for another moment.
    #[must_use]
    pub fn at(&self, now: Instant) -> Self {
        Evaluator { now, ..self.clone() }
    }

    /// The zone of the agreement, in which its days and periods are.
    pub fn zone(&self) -> Option<&TimeZone> {
        self.zone.as_ref()
    }

    /// Whether a moment lies in the agreement's term. Without a known term every moment does.
    pub fn is_in_term(&self, moment: Instant) -> bool {
        let (from, to) = self.term;
        from.is_none_or(|from| from <= moment) && to.is_none_or(|to| moment < to)
    }

    /// The first and the first-no-longer moment of the agreement's term, where they are known.
    pub fn term(&self) -> (Option<Instant>, Option<Instant>) {
        self.term
    }

    fn term_moments(&self) -> (Option<Instant>, Option<Instant>) {
        // One end may still be open; the other one holds all the same.
        let (Some(effective), Some(zone)) = (&self.model.agreement.effective, &self.zone) else {
            return (None, None);
        };
        let first = effective.from.get().copied();
        let last = effective.to.as_ref().and_then(|to| to.get().copied());
        let start = first.and_then(|day| zone.start_of(crate::worktime::Day::of(day)).ok());
        let end = last.and_then(|day| zone.end_of(crate::worktime::Day::of(day)).ok());
        (start, end)
    }
}

fn hours(calendars: &Arena<Calendar>) -> Arc<[Option<OpenHours>]> {
    calendars.values().map(|c| OpenHours::of(c).ok()).collect()
}

fn ladders(model: &Model) -> Arc<[Vec<Id<Contingency>>]> {
    let mut out = vec![Vec::new(); model.commitments.len()];
    for (id, contingency) in model.contingencies.iter() {
        for commitment in contingency.commitments() {
            if let Some(ladder) = out.get_mut(commitment.index()) {
                ladder.push(id);
            }
        }
    }
    out.into()
}

/// Whether a part is at least (or at most) so much of a whole, without division.
fn reaches(part: u64, whole: u64, percent: Decimal) -> std::cmp::Ordering {
    let left = Decimal::from(part) * Decimal::ONE_HUNDRED;
    let right = percent * Decimal::from(whole);
    left.cmp(&right)
}

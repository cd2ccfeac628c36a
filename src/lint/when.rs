//! Moments at which something happens, for a message: an example that is easy to follow, and when it comes back.

use rust_decimal::Decimal;

use super::Context;
use crate::model::words::percent;
use crate::worktime::compare::{Moments, Pattern};
use crate::worktime::{Instant, Interval, TimeZone};

/// How often something happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Often {
    /// At every moment.
    Always,
    /// At some, in words to stand after a verb: `every Friday from 17:00 to Sunday 09:00; in all 23.8% of the time`.
    At(String),
}

/// The moments of a term at which something happens.
pub(super) struct When {
    moments: Moments,
    whole: Interval,
    pattern: Pattern,
}

/// One part in so many of the time is none.
const HARDLY_ANY: i64 = 10_000;

impl When {
    /// Some moments of a term, in the words of a zone. `None` if there are none.
    pub(super) fn of(moments: Moments, whole: Interval, zone: &TimeZone) -> Option<When> {
        if moments.is_empty() {
            return None;
        }
        let pattern = Pattern::of(&moments, whole, zone);
        Some(When { moments, whole, pattern })
    }

    /// True if it happens in an ordinary week, and not on special dates alone.
    pub(super) fn is_regular(&self) -> bool {
        self.pattern.always || !self.pattern.regular.is_empty()
    }

    /// The moment to show: of an ordinary week rather than a holiday, at one of the preferred moments if it happens there,
    /// and at a time of day that is easily read.
    pub(super) fn example(&self, preferred: &Moments, zone: &TimeZone) -> Option<Instant> {
        let regular = &self.pattern.regular;
        let sets =
            [regular.and(preferred), self.moments.and(preferred), regular.clone(), self.moments.clone()];
        // What had begun before the term has no beginning that could be shown.
        let whole = |set: &Moments| set.intervals().iter().find(|at| self.whole.from < at.from).copied();
        let first = sets.iter().find_map(whole).or_else(|| self.moments.intervals().first().copied())?;
        Some(round(first, zone))
    }

    /// How often it happens, in the words of a zone, which is told where it is not the agreement's.
    pub(super) fn often(&self, context: &Context<'_>, zone: &TimeZone) -> Often {
        // A second a week, at the turn of a day, is for nobody to plan with.
        let missing = self.whole.seconds() - self.moments.seconds();
        if self.pattern.always || missing * HARDLY_ANY < self.whole.seconds() {
            return Often::Always;
        }
        let share = share(&self.moments, self.whole);
        let own = context.evaluator.zone().is_none_or(|own| own.name() == zone.name());
        let by = if own { String::new() } else { format!(" ({})", zone.name()) };
        Often::At(format!("{}{by}; in all {share} of the time", self.pattern.words(zone)))
    }
}

/// The part that some moments are of a longer time: `23.8%`.
fn share(moments: &Moments, whole: Interval) -> String {
    let thousandths = Decimal::from(moments.seconds() * 1000) / Decimal::from(whole.seconds().max(1));
    let percents = (thousandths.round() / Decimal::TEN).min(Decimal::ONE_HUNDRED);
    if percents.is_zero() { String::from("less than 0.1%") } else { percent(percents) }
}

/// A moment of an interval that is easily read: the first half hour in it, else a quarter, five minutes, a minute.
fn round(interval: Interval, zone: &TimeZone) -> Instant {
    let offset = zone.offset(interval.from);
    let shown = interval.from.epoch() + offset;
    // The very first moment only if nothing else is as round: an edge looks like a quibble.
    let steps = [(1800, 1), (900, 1), (300, 1), (1800, 0), (300, 0), (60, 1), (60, 0)];
    let at = |(step, after): (i64, i64)| {
        let rounded = (shown + after + step - 1).div_euclid(step) * step;
        let at = Instant::from_epoch(rounded - offset).ok()?;
        interval.contains(at).then_some(at)
    };
    steps.into_iter().find_map(at).unwrap_or(interval.from)
}

//! How soon so many attempts can be made, where only some of them count in a day, a week or a month.

use super::Context;
use crate::evaluate::CalendarClock;
use crate::model::Period;
use crate::model::commitment::Attempts;
use crate::worktime::compare::{Line, Moments};
use crate::worktime::{Instant, Interval};

/// So many attempts, of which so many count in a period.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cadence {
    pub(super) times: u32,
    pub(super) most: u32,
    pub(super) period: Period,
}

/// More periods than these are not looked at: whoever runs out of time runs out of it before.
const MOST_PERIODS: u32 = 400;

impl Cadence {
    /// The cadence of a promise; `None` if all attempts may be made at once, or it is open.
    pub(super) fn of(attempts: &Attempts) -> Option<Cadence> {
        let spacing = attempts.counting.get()?.spacing.as_ref()?;
        let (times, most) = (*attempts.times.get()?, (*spacing.times.get()?).max(1));
        (times > most).then_some(Cadence { times, most, period: spacing.period })
    }

    /// `6 attempts, at most one per day,`
    pub(super) fn words(self) -> String {
        let most = if self.most == 1 { "one".to_owned() } else { self.most.to_string() };
        format!("{} attempts, at most {most} per {},", self.times, self.period)
    }

    /// In which period after the first an attempt can be made.
    fn periods_before(self, number: u32) -> usize {
        (number.saturating_sub(1) / self.most).min(MOST_PERIODS) as usize
    }

    /// Days that surely hold all periods, closed ones among them.
    fn days(self) -> i64 {
        let periods = i64::try_from(self.periods_before(self.times)).unwrap_or(0) + 2;
        match self.period {
            Period::Day => periods * 2 + 14,
            Period::Week => periods * 8,
            Period::Month => periods * 31,
            Period::Quarter => periods * 92,
            Period::Year => periods * 366,
        }
    }
}

/// The periods in which attempts can be made.
#[derive(Debug)]
pub(super) struct Pace {
    from: Instant,
    /// Of each period with an open moment the first such moment, and the end of the last.
    periods: Vec<Interval>,
}

impl Pace {
    /// The periods from a time on, as the agreement's zone has them: those in which somebody is at work, or all.
    pub(super) fn new(
        context: &Context<'_>,
        cadence: Cadence,
        hours: Option<&[CalendarClock<'_>]>,
        starts: Interval,
    ) -> Option<Pace> {
        let zone = context.evaluator.zone()?;
        let reach = Interval { from: starts.from, to: starts.to.plus(cadence.days() * DAY).ok()? };
        let open = match hours {
            None => Moments::new([reach]),
            Some(hours) => {
                let of = |clock: &CalendarClock<'_>| context.lines.open(*clock, reach);
                hours.iter().map(of).fold(Moments::default(), |all, open| all.or(&open))
            }
        };
        let kind = context.evaluator.periods(cadence.period);
        let mut open = open.intervals();
        let mut periods = Vec::new();
        for period in kind.between(zone.date(reach.from), zone.date(reach.to)).ok()? {
            let whole = period.interval(zone).ok()?;
            open = &open[open.partition_point(|open| open.to <= whole.from)..];
            let inside = &open[..open.partition_point(|open| open.from < whole.to)];
            if let (Some(first), Some(last)) = (inside.first(), inside.last()) {
                periods.push(Interval { from: first.from.max(whole.from), to: last.to.min(whole.to) });
            }
        }
        Some(Pace { from: reach.from, periods })
    }

    /// The earliest moment of the last attempt, as a function of the start.
    pub(super) fn line(&self, cadence: Cadence) -> Option<Line> {
        let later = cadence.periods_before(cadence.times);
        let starts = [self.from].into_iter().chain(self.periods.iter().map(|period| period.to));
        let ends = self.periods.iter().skip(later).map(|period| period.from);
        let steps: Vec<_> = starts.zip(ends).collect();
        let end = self.periods.get(steps.len().checked_sub(1)?)?.to;
        Line::standing(steps, end)
    }

    /// The earliest moment of an attempt.
    pub(super) fn attempt(&self, start: Instant, number: u32, cadence: Cadence) -> Option<Instant> {
        let first = self.periods.partition_point(|period| period.to <= start);
        let period = self.periods.get(first + cadence.periods_before(number))?;
        Some(period.from.max(start))
    }

    /// How many attempts can be made until a moment.
    pub(super) fn until(&self, start: Instant, end: Instant, cadence: Cadence) -> u32 {
        let first = self.periods.partition_point(|period| period.to <= start);
        let fit = self.periods.iter().skip(first).take_while(|period| period.from <= end).count();
        u32::try_from(fit).unwrap_or(u32::MAX).saturating_mul(cadence.most).min(cadence.times)
    }
}

const DAY: i64 = crate::worktime::civil::DAY_SECONDS;

//! Attempts: child records of an item that count towards a number.

use std::collections::BTreeMap;

use super::gap::known;
use super::{Evaluator, Gap, Item};
use crate::model::Date;
use crate::model::commitment::{Attempts, Counting};
use crate::worktime::Instant;

/// A child record that is an attempt, with its moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt<'i> {
    /// The child.
    pub child: &'i Item,
    /// When it happened.
    pub at: Instant,
    /// Which one it is, from 1; `None` where its period has as many as count already.
    pub number: Option<u32>,
}

impl Evaluator<'_> {
    /// The attempts at an item from a moment on, in order of time. What happens at the same moment counts in the order
    /// given.
    pub fn attempts<'i>(&self, counting: &Counting, item: &'i Item, start: Instant) -> Vec<Attempt<'i>> {
        let children = self.children(&counting.of, item).into_iter();
        let mut found: Vec<(Instant, &Item)> = children
            .filter_map(|child| Some((child.get(counting.at).moment()?, child)))
            .filter(|(at, _)| *at >= start)
            .collect();
        found.sort_by_key(|(at, _)| *at);
        let mut in_period: BTreeMap<Date, u32> = BTreeMap::new();
        let mut counted = 0;
        let attempt = |(at, child): (Instant, &'i Item)| {
            let counts = match self.spaced(counting, at) {
                Some((period, most)) => {
                    let before = in_period.entry(period).or_default();
                    *before += 1;
                    *before <= most
                }
                None => true,
            };
            counted += u32::from(counts);
            Attempt { child, at, number: counts.then_some(counted) }
        };
        found.into_iter().map(attempt).collect()
    }

    /// The first day of the period of a moment, and how many attempts count in it. `None`: all of them.
    fn spaced(&self, counting: &Counting, at: Instant) -> Option<(Date, u32)> {
        let spacing = counting.spacing.as_ref()?;
        let date = self.zone.as_ref()?.date(at);
        let period = self.periods(spacing.period).containing(date).ok()?;
        Some((period.first, *spacing.times.get()?))
    }

    /// The moment at which there were as many attempts as are asked for.
    pub(super) fn last_attempt(&self, attempts: &Attempts, item: &Item, start: Instant) -> Option<Instant> {
        let (counting, times) = (attempts.counting.get()?, *attempts.times.get()?);
        let all = self.attempts(counting, item, start);
        all.into_iter().find(|attempt| attempt.number == Some(times)).map(|attempt| attempt.at)
    }

    /// What is missing before attempts can be counted.
    pub(super) fn attempts_known(&self, attempts: &Attempts) -> Result<(), Gap> {
        known(&attempts.times, "how many attempts there must be")?;
        let counting = known(&attempts.counting, "what an attempt is")?;
        if let Some(gap) = self.children_gap(&counting.of) {
            return Err(gap);
        }
        let Some(spacing) = &counting.spacing else { return Ok(()) };
        known(&spacing.times, "how many attempts count in a period")?;
        if self.zone.is_none() {
            return Err(Gap::new("the time zone is not known"));
        }
        Ok(())
    }
}

//! Sets of moments.

use crate::worktime::{Instant, Interval};

/// A set of moments: intervals in order, none empty, none that touch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moments(Vec<Interval>);

impl Moments {
    /// The moments of some intervals, which come in order of their starts.
    pub fn new(intervals: impl IntoIterator<Item = Interval>) -> Moments {
        let mut out = Moments::default();
        intervals.into_iter().for_each(|interval| out.push(interval));
        out
    }

    /// Adds an interval that does not start before the last one.
    pub(super) fn push(&mut self, interval: Interval) {
        if interval.to <= interval.from {
            return;
        }
        match self.0.last_mut() {
            Some(last) if interval.from <= last.to => last.to = last.to.max(interval.to),
            Some(_) | None => self.0.push(interval),
        }
    }

    /// The intervals, in order, each as long as it can be.
    pub fn intervals(&self) -> &[Interval] {
        &self.0
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True if a moment is among them.
    pub fn contains(&self, moment: Instant) -> bool {
        let next = self.0.partition_point(|interval| interval.from <= moment);
        next.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|interval| interval.contains(moment))
    }

    /// How many seconds they last.
    pub fn seconds(&self) -> i64 {
        self.0.iter().copied().map(Interval::seconds).sum()
    }

    /// Those that lie in an interval.
    #[must_use]
    pub fn within(&self, limits: Interval) -> Moments {
        self.and(&Moments::new([limits]))
    }

    /// Those that are in both sets.
    #[must_use]
    pub fn and(&self, other: &Moments) -> Moments {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut out = Moments::default();
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            out.push(Interval { from: x.from.max(y.from), to: x.to.min(y.to) });
            if x.to <= y.to {
                a.next()
            } else {
                b.next()
            };
        }
        out
    }

    /// Those that are in one and not in the other.
    #[must_use]
    pub fn without(&self, other: &Moments) -> Moments {
        let mut out = Moments::default();
        let mut gaps = other.0.iter().peekable();
        for interval in &self.0 {
            let mut from = interval.from;
            while let Some(gap) = gaps.peek().filter(|gap| gap.from < interval.to) {
                out.push(Interval { from, to: gap.from });
                from = from.max(gap.to);
                // What goes beyond this interval may take away from the next one, too.
                if gap.to > interval.to {
                    break;
                }
                gaps.next();
            }
            out.push(Interval { from, to: interval.to });
        }
        out
    }

    /// Those that are in one of both.
    #[must_use]
    pub fn or(&self, other: &Moments) -> Moments {
        let mut all: Vec<Interval> = self.0.iter().chain(&other.0).copied().collect();
        all.sort_unstable();
        Moments::new(all)
    }
}

//! One line less another.

use std::cmp::Ordering;

use super::{Line, Moments};
use crate::worktime::{Instant, Interval};

/// `a - b` over an interval, exactly: pieces on which it stands still, or grows or shrinks by one every second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pieces: Vec<Part>,
}

/// A part of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    from: i64,
    /// The first second after it.
    to: i64,
    /// At `from`.
    value: i64,
    /// -1, 0 or 1 a second.
    slope: i64,
}

impl Part {
    fn last(self) -> i64 {
        self.value + self.slope * (self.to - 1 - self.from)
    }

    /// The seconds at which it is less than a limit: one stretch, for it never turns.
    fn below(self, limit: i64) -> (i64, i64) {
        let left = limit - self.value;
        match self.slope {
            1 => (self.from, self.from.saturating_add(left.max(0)).min(self.to)),
            -1 if left <= 0 => (self.from.saturating_add(1 - left).min(self.to), self.to),
            _ if left > 0 => (self.from, self.to),
            _ => (self.to, self.to),
        }
    }

    /// The seconds at which it is more than a limit.
    fn above(self, limit: i64) -> (i64, i64) {
        Part { value: -self.value, slope: -self.slope, ..self }.below(-limit)
    }
}

impl Difference {
    /// The difference of two lines at the moments of an interval for which both have a value.
    pub fn of(a: &Line, b: &Line, within: Interval) -> Difference {
        let (start, end) = (within.from.epoch(), within.to.epoch());
        let pieces = a.beside(b).filter_map(|(a, b, to)| {
            let (from, to) = (a.from.max(start), to.min(end));
            let slope = i64::from(a.runs) - i64::from(b.runs);
            (from < to).then(|| Part { from, to, value: a.at(from) - b.at(from), slope })
        });
        Difference { pieces: pieces.collect() }
    }

    /// The moments at which it is less than so many seconds.
    pub fn below(&self, limit: i64) -> Moments {
        self.stretches(|piece| piece.below(limit))
    }

    /// The moments at which it is more than so many seconds.
    pub fn above(&self, limit: i64) -> Moments {
        self.stretches(|piece| piece.above(limit))
    }

    /// Where it is largest, and how large: the first such moment. `None` for no moments at all.
    pub fn worst(&self) -> Option<(Instant, i64)> {
        let peak = |part: &Part| {
            if part.slope > 0 { (part.last(), part.to - 1) } else { (part.value, part.from) }
        };
        let better = |best: (i64, i64), next: (i64, i64)| if next.0 > best.0 { next } else { best };
        let (most, at) = self.pieces.iter().map(peak).reduce(better)?;
        Some((Instant::clamped(at), most))
    }

    /// Its sign from the first moment on: every moment from which it is another one.
    pub fn signs(&self) -> Vec<(Instant, Ordering)> {
        let mut out: Vec<(Instant, Ordering)> = Vec::new();
        for piece in &self.pieces {
            let zero = match piece.slope {
                0 => None,
                slope => Some(piece.from.saturating_sub(piece.value * slope)),
            };
            let turns = zero.into_iter().flat_map(|zero| [zero, zero.saturating_add(1)]);
            let inside = turns.filter(|at| piece.from < *at && *at < piece.to);
            for at in [piece.from].into_iter().chain(inside) {
                let sign = (piece.value + piece.slope * (at - piece.from)).cmp(&0);
                if out.last().is_none_or(|(_, last)| *last != sign) {
                    out.push((Instant::clamped(at), sign));
                }
            }
        }
        out
    }

    fn stretches(&self, which: impl Fn(Part) -> (i64, i64)) -> Moments {
        let stretches = self.pieces.iter().map(|piece| which(*piece));
        let instants =
            stretches.map(|(from, to)| Interval { from: Instant::clamped(from), to: Instant::clamped(to) });
        Moments::new(instants)
    }
}

//! Functions of a moment that stand still or run with the clock.

use super::Moments;
use crate::worktime::{Instant, Interval};

/// A function from moments to whole numbers, for the most part to moments: piece by piece it stands still or grows by one
/// with every second. It may jump between its pieces.
///
/// What time allows is such a function of the start, and never decreases: who starts later is never due earlier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// In order of `from`, without gaps; not empty.
    pieces: Vec<Piece>,
    /// The first moment after the last piece.
    end: i64,
}

/// A part of a line, up to the next part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// First second.
    pub(super) from: i64,
    /// The value there.
    pub(super) value: i64,
    /// Whether it grows with the clock.
    pub(super) runs: bool,
}

impl Piece {
    /// The value at a second of the piece.
    pub(super) fn at(self, second: i64) -> i64 {
        if self.runs { self.value + (second - self.from) } else { self.value }
    }
}

/// Puts pieces one after another.
#[derive(Debug, Default)]
pub(super) struct Builder(Vec<Piece>);

impl Builder {
    /// Adds a piece after the others. One that only carries on the last one adds nothing.
    pub(super) fn push(&mut self, from: i64, value: i64, runs: bool) {
        let goes_on = |last: &Piece| last.runs == runs && last.at(from) == value;
        if !self.0.last().is_some_and(goes_on) {
            self.0.push(Piece { from, value, runs });
        }
    }

    /// True if it has no piece yet.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The line up to a second, which is not in it; `None` if nothing is left.
    pub(super) fn line(mut self, end: i64) -> Option<Line> {
        while self.0.last().is_some_and(|last| last.from >= end) {
            self.0.pop();
        }
        (!self.0.is_empty()).then_some(Line { pieces: self.0, end })
    }
}

impl Line {
    /// The moment so many seconds later, for every moment of a span that is not empty.
    pub fn later(span: Interval, seconds: i64) -> Line {
        let from = span.from.epoch();
        let piece = Piece { from, value: from.saturating_add(seconds), runs: true };
        Line { pieces: vec![piece], end: span.to.epoch() }
    }

    /// A line that stands still: from each of some moments on, which come in order, at a value; up to the last moment, which
    /// is not in it. `None` if nothing is left.
    pub fn standing(steps: impl IntoIterator<Item = (Instant, Instant)>, end: Instant) -> Option<Line> {
        let mut out = Builder::default();
        steps.into_iter().for_each(|(from, value)| out.push(from.epoch(), value.epoch(), false));
        out.line(end.epoch())
    }

    /// The moments for which it has a value.
    pub fn span(&self) -> Interval {
        let from = self.pieces.first().map_or(self.end, |first| first.from);
        Interval { from: Instant::clamped(from), to: Instant::clamped(self.end) }
    }

    /// True if it has a value for every moment of an interval.
    pub fn covers(&self, interval: Interval) -> bool {
        let span = self.span();
        span.from <= interval.from && interval.to <= span.to
    }

    /// Its value at a moment; `None` outside of its span.
    pub fn at(&self, moment: Instant) -> Option<i64> {
        self.value(moment.epoch())
    }

    /// Its value at a moment, as a moment.
    pub fn moment(&self, moment: Instant) -> Option<Instant> {
        Instant::from_epoch(self.at(moment)?).ok()
    }

    /// The first second of every piece.
    pub fn breaks(&self) -> impl Iterator<Item = Instant> {
        self.pieces.iter().map(|piece| Instant::clamped(piece.from))
    }

    /// The moments at which it grows.
    pub fn running(&self) -> Moments {
        let ends = self.pieces.iter().skip(1).map(|next| next.from).chain([self.end]);
        let pieces = self.pieces.iter().zip(ends).filter(|(piece, _)| piece.runs);
        Moments::new(
            pieces.map(|(piece, end)| Interval {
                from: Instant::clamped(piece.from),
                to: Instant::clamped(end),
            }),
        )
    }

    /// The part of it that belongs to an interval; `None` if there is none.
    pub fn within(&self, at: Interval) -> Option<Line> {
        let mut out = Builder::default();
        for (piece, _) in self.pieces_from(at.from.epoch()) {
            out.push(piece.from, piece.value, piece.runs);
        }
        out.line(self.end.min(at.to.epoch()))
    }

    fn value(&self, second: i64) -> Option<i64> {
        let piece = self.pieces.get(self.index(second)?)?;
        (second < self.end).then(|| piece.at(second))
    }

    /// The piece in which a second lies, if none before.
    fn index(&self, second: i64) -> Option<usize> {
        self.pieces.partition_point(|piece| piece.from <= second).checked_sub(1)
    }

    /// The pieces from a second on, each with its first second from there on and the end.
    pub(super) fn pieces_from(&self, second: i64) -> impl Iterator<Item = (Piece, i64)> {
        let first = self.index(second).unwrap_or(0);
        let ends = self.pieces.iter().skip(first + 1).map(|next| next.from).chain([self.end]);
        self.pieces.iter().skip(first).copied().zip(ends).map(move |(piece, end)| {
            let from = piece.from.max(second);
            (Piece { from, value: piece.at(from), runs: piece.runs }, end)
        })
    }

    /// The other line at the values of this one: what follows this. `None` if it has no value there.
    ///
    /// Where the other line has no value, neither has this: of a line that never decreases, what lies between is left.
    pub fn then(&self, next: &Line) -> Option<Line> {
        let mut out = Builder::default();
        for (piece, end) in self.pieces_from(i64::MIN) {
            let mut at = piece.from;
            while at < end {
                let value = piece.at(at);
                let Some(found) = next.index(value).filter(|_| value < next.end) else {
                    // Before the first value of the other one. A value that runs gets there.
                    let first = next.pieces.first().map_or(next.end, |first| first.from);
                    let left = first - value;
                    if !out.is_empty() || left <= 0 {
                        return out.line(at);
                    }
                    at = if piece.runs { at.saturating_add(left) } else { end };
                    continue;
                };
                let other = next.pieces.get(found)?;
                out.push(at, other.at(value), piece.runs && other.runs);
                if !piece.runs {
                    break;
                }
                let other_end = next.pieces.get(found + 1).map_or(next.end, |after| after.from);
                at += other_end - value;
            }
        }
        out.line(self.end)
    }

    /// The larger of two values at each moment; `None` if they have no moment in common.
    pub fn max(&self, other: &Line) -> Option<Line> {
        self.either(other, |a, b| a >= b)
    }

    /// The smaller of two values at each moment; `None` if they have no moment in common.
    pub fn min(&self, other: &Line) -> Option<Line> {
        self.either(other, |a, b| a <= b)
    }

    fn either(&self, other: &Line, first_wins: impl Fn(i64, i64) -> bool) -> Option<Line> {
        let mut out = Builder::default();
        let mut last = i64::MIN;
        for (a, b, end) in self.beside(other) {
            let mut put = |from: i64| {
                let (x, y) = (a.at(from), b.at(from));
                let (value, runs) = if first_wins(x, y) { (x, a.runs) } else { (y, b.runs) };
                out.push(from, value, runs);
            };
            put(a.from);
            // Where one stands still and the other runs, the other one may win from some second on.
            if a.runs != b.runs {
                let apart = (a.value - b.value).abs();
                let meet = a.from.saturating_add(apart);
                [meet, meet + 1].into_iter().filter(|at| a.from < *at && *at < end).for_each(put);
            }
            last = end;
        }
        out.line(last)
    }

    /// The pieces of both, cut where one of either begins, and the end of each pair.
    pub(super) fn beside<'l>(&'l self, other: &'l Line) -> impl Iterator<Item = (Piece, Piece, i64)> + 'l {
        let start = self.span().from.max(other.span().from).epoch();
        let limit = self.end.min(other.end);
        let (mut left, mut right) = (self.pieces_from(start), other.pieces_from(start));
        let (mut a, mut b) = (left.next(), right.next());
        let mut at = start;
        std::iter::from_fn(move || {
            let ((first, first_end), (second, second_end)) = (a?, b?);
            if at >= limit {
                return None;
            }
            let cut = |piece: Piece| Piece { from: at, value: piece.at(at), runs: piece.runs };
            let end = first_end.min(second_end);
            let out = (cut(first), cut(second), end);
            if first_end == end {
                a = left.next();
            }
            if second_end == end {
                b = right.next();
            }
            at = end;
            Some(out)
        })
    }
}

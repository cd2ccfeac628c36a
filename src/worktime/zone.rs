//! Time zones: from moments to wall clocks and back.
//!
//! Two ideas carry this file. A wall time names **the first moment at which the clock shows it or a later time**: the
//! earlier of the two when clocks go back over it, the moment of the change when they jump over it. And a **local day**
//! runs from the first moment that has its date to the first moment that has a later date, so days follow one another
//! without gap or overlap even where clocks go back across midnight.

use super::civil::{DAY_SECONDS, Day, split};
use super::tzdb::{CALM_SECONDS, EDITION, ZoneData};
use super::{Instant, TimeError};
use crate::model::{Date, LocalDateTime, Zone};

/// A zone of the IANA database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeZone(ZoneData);

/// A time in which the offset of a zone does not change: half-open, as all intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OffsetPiece {
    /// First moment.
    pub from: Instant,
    /// First moment after it.
    pub to: Instant,
    /// Seconds by which the wall clock is ahead of UTC.
    pub offset: i64,
}

impl OffsetPiece {
    /// The dates its wall clock shows, in order.
    pub(super) fn days(self) -> impl DoubleEndedIterator<Item = Day> {
        let (first, _) = split(self.from.epoch() + self.offset);
        let (last, _) = split(self.to.epoch() - 1 + self.offset);
        Day::range(first, last)
    }
}

impl TimeZone {
    /// Coordinated universal time.
    pub const UTC: TimeZone = TimeZone(ZoneData::UTC);

    /// The zone with exactly this IANA name, such as `America/New_York`.
    pub fn find(name: &str) -> Option<TimeZone> {
        ZoneData::find(name).map(TimeZone)
    }

    /// The zone of the model.
    pub fn of(zone: &Zone) -> Result<TimeZone, TimeError> {
        TimeZone::find(&zone.0).ok_or(TimeError::NoZone)
    }

    /// Every name that [`TimeZone::find`] knows, for suggestions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ZoneData::names()
    }

    /// The edition of the IANA database that is built in, such as `2025b`.
    pub fn edition() -> &'static str {
        EDITION.unwrap_or("unknown")
    }

    /// Its IANA name.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// Seconds by which the wall clock is ahead of UTC.
    pub fn offset(&self, instant: Instant) -> i64 {
        self.0.offset_at(instant.epoch())
    }

    /// The abbreviation in use, such as `EST`; `None` where people use no letters.
    pub fn abbreviation(&self, instant: Instant) -> Option<String> {
        self.0.abbreviation_at(instant.epoch())
    }

    /// What the wall clock shows.
    pub fn local(&self, instant: Instant) -> LocalDateTime {
        let (day, seconds) = split(instant.epoch() + self.offset(instant));
        LocalDateTime { date: day.date(), seconds }
    }

    /// The first moment at which the wall clock shows a time or a later one.
    ///
    /// So a time that occurs twice is the earlier moment, and a time that clocks jump over is the moment of the change.
    pub fn instant(&self, local: LocalDateTime) -> Result<Instant, TimeError> {
        let seconds = i64::from(local.seconds).min(DAY_SECONDS);
        Instant::from_epoch(self.first_showing(Day::of(local.date).midnight() + seconds))
    }

    /// The local day a moment lies in. It is the date on the wall, save that a day which has begun does not end when
    /// clocks go back across midnight for an hour.
    pub fn day(&self, instant: Instant) -> Day {
        let (shown, _) = split(instant.epoch() + self.offset(instant));
        match shown.plus(1) {
            Ok(next) if self.first_showing(next.midnight()) <= instant.epoch() => next,
            Ok(_) | Err(_) => shown,
        }
    }

    /// The date of the local day a moment lies in: to which day, and so to which period, a start or any other event
    /// belongs.
    pub fn date(&self, instant: Instant) -> Date {
        self.day(instant).date()
    }

    /// The day in which a time that is allowed up to a moment ends: a deadline of 31 January 24:00 belongs to January.
    pub fn last_day(&self, deadline: Instant) -> Day {
        self.day(deadline.just_before())
    }

    /// The date of a deadline: that of its [`TimeZone::last_day`].
    pub fn due_date(&self, deadline: Instant) -> Date {
        self.last_day(deadline).date()
    }

    /// The first moment of a local day: 00:00, or the first time after it if clocks jump over midnight. A day that the
    /// zone skips altogether starts and ends where the next one starts.
    pub fn start_of(&self, day: Day) -> Result<Instant, TimeError> {
        Instant::from_epoch(self.first_showing(day.midnight()))
    }

    /// The end of a local day, 24:00: the first moment of the next.
    pub fn end_of(&self, day: Day) -> Result<Instant, TimeError> {
        Instant::from_epoch(self.first_showing(day.midnight() + DAY_SECONDS))
    }

    /// The times of constant offset between two moments, in order, without gaps; cut where the zone truly changes.
    pub fn offsets(&self, from: Instant, to: Instant) -> Vec<OffsetPiece> {
        let mut pieces: Vec<OffsetPiece> = Vec::new();
        for piece in self.pieces(from, to) {
            match pieces.last_mut() {
                Some(last) if last.offset == piece.offset => last.to = piece.to,
                Some(_) | None => pieces.push(piece),
            }
        }
        pieces
    }

    /// As [`TimeZone::offsets`], lazily, in pieces of a few days.
    pub(super) fn pieces(&self, from: Instant, to: Instant) -> impl Iterator<Item = OffsetPiece> {
        let mut at = from;
        std::iter::from_fn(move || {
            let piece = (at < to).then(|| self.piece_from(at, to))?;
            at = piece.to;
            Some(piece)
        })
    }

    /// As [`TimeZone::pieces`], the last one first.
    pub(super) fn pieces_back(&self, from: Instant, to: Instant) -> impl Iterator<Item = OffsetPiece> {
        let mut at = to;
        std::iter::from_fn(move || {
            let piece = (from < at).then(|| self.piece_until(from, at))?;
            at = piece.from;
            Some(piece)
        })
    }

    /// A piece that starts at `from` and ends at `limit` at the latest.
    fn piece_from(&self, from: Instant, limit: Instant) -> OffsetPiece {
        let offset = self.offset(from);
        let to = limit.min(Instant::clamped(from.epoch() + CALM_SECONDS));
        let calm = self.offset(to.just_before()) == offset;
        let to = if calm { to } else { Instant::clamped(self.change(from.epoch(), to.epoch() - 1)) };
        OffsetPiece { from, to, offset }
    }

    /// A piece that ends at `to` and starts at `limit` at the earliest.
    fn piece_until(&self, limit: Instant, to: Instant) -> OffsetPiece {
        let offset = self.offset(to.just_before());
        let from = limit.max(Instant::clamped(to.epoch() - CALM_SECONDS));
        let calm = self.offset(from) == offset;
        let from = if calm { from } else { Instant::clamped(self.change(from.epoch(), to.epoch() - 1)) };
        OffsetPiece { from, to, offset }
    }

    /// The first second at which the wall clock shows `wall` (seconds since 1970-01-01 00:00 on it) or more.
    pub(super) fn first_showing(&self, wall: i64) -> i64 {
        // Offsets are less than a day, so the clock has not shown `wall` yet a day before UTC does.
        let before = wall - DAY_SECONDS;
        let offset = self.0.offset_at(before);
        let at = wall - offset;
        if self.0.offset_at(at) == offset {
            return at;
        }
        // The clock was changed before it could show `wall`: it shows it after the change, or jumped over it.
        let change = self.change(before, at);
        change.max(wall - self.0.offset_at(change))
    }

    /// The first second after `from` with another offset than at `from`. There is exactly one change up to `to`.
    fn change(&self, from: i64, to: i64) -> i64 {
        let offset = self.0.offset_at(from);
        let (mut same, mut changed) = (from, to);
        while changed - same > 1 {
            let middle = i64::midpoint(same, changed);
            if self.0.offset_at(middle) == offset { same = middle } else { changed = middle }
        }
        changed
    }
}

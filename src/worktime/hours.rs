//! Opening hours on real days.
//!
//! A moment is open if and only if the wall clock of the calendar's zone then shows a time within the hours of the date
//! it shows. That is all: where clocks go back inside opening hours there is more open time that day, where they go
//! forward there is less, and nobody has to be told.

use std::collections::BTreeMap;

use super::civil::{DAY_SECONDS, Day, split};
use super::zone::OffsetPiece;
use super::{Instant, Interval, TimeError, TimeZone};
use crate::model::{Calendar, Closure, Date, Exception, Hours};

/// A calendar that can be asked about moments: its hours with its zone.
///
/// Cheap to make (it copies the few windows of the calendar) and immutable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenHours {
    zone: TimeZone,
    /// By weekday, Monday first.
    weekly: [Vec<Window>; 7],
    /// Times of the year with a week of their own; sorted, disjoint.
    seasons: Vec<Season>,
    /// First and last closed day; sorted, disjoint.
    closures: Vec<(Day, Day)>,
    /// Days with hours of their own; sorted, each day once.
    exceptions: Vec<(Day, Vec<Window>)>,
    /// Seconds since midnight; what comes later counts as the next open day.
    cutoff: Option<i64>,
}

/// A time of the year with hours of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Season {
    first: Day,
    last: Day,
    /// By weekday, Monday first.
    weekly: [Vec<Window>; 7],
}

/// Opening hours in seconds since midnight, half-open and not empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Window {
    open: i64,
    close: i64,
}

impl Window {
    /// The moments of `piece` at which the clock shows this window of `day`.
    fn within(self, day: Day, piece: OffsetPiece) -> Option<Interval> {
        let midnight = day.midnight() - piece.offset;
        let from = piece.from.max(Instant::clamped(midnight + self.open));
        let to = piece.to.min(Instant::clamped(midnight + self.close));
        (from < to).then_some(Interval { from, to })
    }
}

/// A local day with at least one open second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenDay {
    /// The day.
    pub day: Day,
    /// Its first open moment.
    pub opening: Instant,
    /// Its last closing.
    pub closing: Instant,
}

impl OpenHours {
    /// The hours of a calendar; [`TimeError::NoZone`] if its zone is left open or unknown.
    ///
    /// Hours, closures and exceptions may come in any order. Several exceptions for one day add up.
    pub fn of(calendar: &Calendar) -> Result<OpenHours, TimeError> {
        let zone = calendar.zone.get().ok_or(TimeError::NoZone)?;
        Ok(OpenHours {
            zone: TimeZone::of(zone)?,
            weekly: calendar.weekly.each_ref().map(|hours| windows(hours.as_slice())),
            seasons: seasons(&calendar.seasons),
            closures: closed_ranges(&calendar.closures),
            exceptions: exceptional_days(&calendar.exceptions),
            cutoff: calendar.cutoff.map(|time| i64::from(time.minutes) * 60),
        })
    }

    /// The zone its hours are written in.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// True if the calendar is open at a moment.
    pub fn is_open(&self, instant: Instant) -> bool {
        let (day, second) = split(instant.epoch() + self.zone.offset(instant));
        let second = i64::from(second);
        self.windows(day).iter().any(|window| window.open <= second && second < window.close)
    }

    /// Open seconds from one moment to another; negative if `to` is the earlier one.
    pub fn open_seconds(&self, from: Instant, to: Instant) -> i64 {
        if to < from {
            return -self.open_seconds(to, from);
        }
        self.openings(from, to).map(Interval::seconds).sum()
    }

    /// The earliest moment from `from` on at which so many open seconds have passed since; `from` itself for none.
    ///
    /// Time that is used up exactly at closing is used up at that closing, not at the next opening.
    pub fn after(&self, from: Instant, seconds: i64) -> Result<Instant, TimeError> {
        let mut left = seconds;
        if left <= 0 {
            return Ok(from);
        }
        for open in self.openings(from, Instant::MAX) {
            if left <= open.seconds() {
                return open.from.plus(left);
            }
            left -= open.seconds();
        }
        Err(self.exhausted())
    }

    /// The latest moment up to `to` from which so many open seconds pass until then; `to` itself for none.
    ///
    /// It is the one nearest to `to`: time that reaches back exactly to an opening starts at that opening, not at the
    /// closing before it.
    pub fn before(&self, to: Instant, seconds: i64) -> Result<Instant, TimeError> {
        let mut left = seconds;
        if left <= 0 {
            return Ok(to);
        }
        for open in self.openings_back(Instant::MIN, to) {
            if left <= open.seconds() {
                return open.to.minus(left);
            }
            left -= open.seconds();
        }
        Err(self.exhausted())
    }

    /// The first open moment from `from` on.
    pub fn next_open(&self, from: Instant) -> Result<Instant, TimeError> {
        self.openings(from, Instant::MAX).next().map(|open| open.from).ok_or_else(|| self.exhausted())
    }

    /// The open times between two moments, in order, each as long as it can be.
    pub fn open_intervals(&self, from: Instant, to: Instant) -> Vec<Interval> {
        joined(self.openings(from, to))
    }

    /// The open times of one date, in order: the moments at which the clock shows that date and it is open.
    pub fn open_on(&self, date: Date) -> Vec<Interval> {
        joined(self.openings_on(Day::of(date)))
    }

    /// The day with its first opening and last closing; `None` if it has no open second.
    pub fn open_day(&self, day: Day) -> Option<OpenDay> {
        let mut openings = self.openings_on(day);
        let first = openings.next()?;
        let last = openings.last().unwrap_or(first);
        Some(OpenDay { day, opening: first.from, closing: last.to })
    }

    /// The open days after a day, in order.
    pub fn open_days_after(&self, day: Day) -> impl Iterator<Item = OpenDay> {
        // An empty range if `day` is the last of all.
        let first = day.plus(1).unwrap_or(Day::LAST);
        Day::range(first, self.last_day())
            .filter(move |next| *next > day)
            .filter_map(|day| self.open_day(day))
    }

    /// The open days before a day, the nearest first.
    pub fn open_days_before(&self, day: Day) -> impl Iterator<Item = OpenDay> {
        let last = day.plus(-1).unwrap_or(Day::FIRST);
        let days = Day::range(self.first_day(), last).rev();
        days.filter(move |earlier| *earlier < day).filter_map(|day| self.open_day(day))
    }

    /// The day an event counts as, for business days: day 0.
    ///
    /// Without a cut-off it is the local day of the event, open or not. With one it is the first open day, from that of
    /// the event on, whose cut-off time has not passed. So an event on a closed day counts as the next open day, and a
    /// later event never counts as an earlier day.
    pub fn counting_day(&self, event: Instant) -> Result<Day, TimeError> {
        let today = self.zone.day(event);
        let Some(cut) = self.cut_off(today) else { return Ok(today) };
        if event < cut && self.open_day(today).is_some() {
            return Ok(today);
        }
        self.open_days_after(today).map(|next| next.day).next().ok_or_else(|| self.exhausted())
    }

    /// The first moment that counts as after a day's cut-off: the clock shows a later time. `None` without a cut-off.
    pub fn cut_off(&self, day: Day) -> Option<Instant> {
        let seconds = self.cutoff? + 1;
        Some(Instant::clamped(self.zone.first_showing(day.midnight() + seconds)))
    }

    /// True if events after some time of day count as the next open day.
    pub fn has_cut_off(&self) -> bool {
        self.cutoff.is_some()
    }

    /// Why a walk through the open time came to no end: the calendar has none left, or the supported years are over.
    pub(super) fn exhausted(&self) -> TimeError {
        if self.opens_weekly() || self.last_day() == Day::LAST {
            TimeError::OutOfRange
        } else {
            TimeError::NeverOpen
        }
    }

    fn opens_weekly(&self) -> bool {
        self.weekly.iter().any(|windows| !windows.is_empty())
    }

    /// The hours of a date: its exception's, else none in a closure, else those of its weekday in its season.
    fn windows(&self, day: Day) -> &[Window] {
        if let Ok(at) = self.exceptions.binary_search_by_key(&day, |(date, _)| *date) {
            return self.exceptions.get(at).map_or(&[], |(_, windows)| windows);
        }
        let next = self.closures.partition_point(|(first, _)| *first <= day);
        let closed = next.checked_sub(1).and_then(|at| self.closures.get(at));
        if closed.is_some_and(|(_, last)| day <= *last) {
            return &[];
        }
        let next = self.seasons.partition_point(|season| season.first <= day);
        let season =
            next.checked_sub(1).and_then(|at| self.seasons.get(at)).filter(|season| day <= season.last);
        let weekly = season.map_or(&self.weekly, |season| &season.weekly);
        weekly.get(day.weekday().index()).map_or(&[], Vec::as_slice)
    }

    /// The open times between two moments, in order; touching ones may come apart.
    pub(super) fn openings(&self, from: Instant, to: Instant) -> impl Iterator<Item = Interval> {
        let (_, last) = self.reach();
        self.zone.pieces(from, to.min(last)).flat_map(|piece| self.openings_in(piece))
    }

    /// As [`OpenHours::openings`], the last one first.
    fn openings_back(&self, from: Instant, to: Instant) -> impl Iterator<Item = Interval> {
        let (first, _) = self.reach();
        self.zone.pieces_back(from.max(first), to).flat_map(|piece| self.openings_in(piece).rev())
    }

    /// The open times while the offset stays the same: day by day, window by window.
    fn openings_in(&self, piece: OffsetPiece) -> impl DoubleEndedIterator<Item = Interval> {
        piece
            .days()
            .flat_map(move |day| self.windows(day).iter().filter_map(move |window| window.within(day, piece)))
    }

    /// The open times of one date, in order; touching ones may come apart.
    fn openings_on(&self, day: Day) -> impl Iterator<Item = Interval> {
        let windows = self.windows(day);
        let (from, to) = around(day, day);
        // Most closed days are seen to be closed without asking the zone.
        let to = if windows.is_empty() { from } else { to };
        let pieces = self.zone.pieces(from, to);
        pieces.flat_map(move |piece| windows.iter().filter_map(move |window| window.within(day, piece)))
    }

    /// The first day that may be open.
    fn first_day(&self) -> Day {
        let exception = self.exceptions.first().map_or(Day::LAST, |(day, _)| *day);
        let season = self.seasons.first().map_or(Day::LAST, |season| season.first);
        if self.opens_weekly() { Day::FIRST } else { exception.min(season) }
    }

    /// The last day that may be open.
    fn last_day(&self) -> Day {
        let exception = self.exceptions.last().map_or(Day::FIRST, |(day, _)| *day);
        let season = self.seasons.last().map_or(Day::FIRST, |season| season.last);
        if self.opens_weekly() { Day::LAST } else { exception.max(season) }
    }

    /// Moments before and after which it is never open, so that walks through the time of a calendar without weekly
    /// hours end soon.
    fn reach(&self) -> (Instant, Instant) {
        around(self.first_day(), self.last_day())
    }
}

/// Moments that surely enclose the days from `first` to `last` in every zone.
fn around(first: Day, last: Day) -> (Instant, Instant) {
    (Instant::clamped(first.midnight() - DAY_SECONDS), Instant::clamped(last.midnight() + 2 * DAY_SECONDS))
}

/// Joins intervals that touch.
fn joined(intervals: impl Iterator<Item = Interval>) -> Vec<Interval> {
    let mut out: Vec<Interval> = Vec::new();
    for interval in intervals {
        match out.last_mut() {
            Some(last) if last.to == interval.from => last.to = interval.to,
            Some(_) | None => out.push(interval),
        }
    }
    out
}

fn windows(hours: &[Hours]) -> Vec<Window> {
    let seconds = |time: crate::model::TimeOfDay| i64::from(time.minutes.min(1440)) * 60;
    let mut all: Vec<Window> =
        hours.iter().map(|h| Window { open: seconds(h.open), close: seconds(h.close) }).collect();
    all.retain(|window| window.open < window.close);
    all.sort_unstable();
    let mut out: Vec<Window> = Vec::with_capacity(all.len());
    for window in all {
        match out.last_mut() {
            Some(last) if window.open <= last.close => last.close = last.close.max(window.close),
            Some(_) | None => out.push(window),
        }
    }
    out
}

/// Where two overlap, which the language refuses, the later one holds from its first day on.
fn seasons(seasons: &[crate::model::calendar::Season]) -> Vec<Season> {
    let of = |season: &crate::model::calendar::Season| Season {
        first: Day::of(season.from),
        last: season.to.map_or(Day::LAST, Day::of),
        weekly: season.weekly.each_ref().map(|hours| windows(hours.as_slice())),
    };
    let mut out: Vec<Season> = seasons.iter().map(of).filter(|season| season.first <= season.last).collect();
    out.sort_by_key(|season| (season.first, season.last));
    for at in 1..out.len() {
        let next = out[at].first;
        if out[at - 1].last >= next {
            out[at - 1].last = next.plus(-1).unwrap_or(Day::FIRST);
        }
    }
    out
}

fn closed_ranges(closures: &[Closure]) -> Vec<(Day, Day)> {
    let mut all: Vec<(Day, Day)> =
        closures.iter().filter(|c| c.from <= c.to).map(|c| (Day::of(c.from), Day::of(c.to))).collect();
    all.sort_unstable();
    let mut out: Vec<(Day, Day)> = Vec::with_capacity(all.len());
    for (first, last) in all {
        match out.last_mut() {
            Some((_, end)) if first <= *end => *end = last.max(*end),
            Some(_) | None => out.push((first, last)),
        }
    }
    out
}

fn exceptional_days(exceptions: &[Exception]) -> Vec<(Day, Vec<Window>)> {
    let mut days: BTreeMap<Day, Vec<Hours>> = BTreeMap::new();
    for exception in exceptions {
        days.entry(Day::of(exception.date)).or_default().extend(&exception.hours);
    }
    days.into_iter().map(|(day, hours)| (day, windows(&hours))).collect()
}

//! Clauses of `calendar`, and the hours in them.

use super::{Prose, Word, WordValue};
use crate::model::Weekday;

/// Clauses of `calendar`.
#[derive(Debug, Clone, PartialEq)]
pub enum CalendarClause {
    /// `zone America/New_York`.
    Zone(WordValue),
    /// `open mon-fri 09:00-17:30`; no days mean every day.
    /// On which days of the year, if not on all: the first one, and the last one unless it has no end.
    Open(Vec<WeekdayRange>, OpenTimes, Option<(Word, Option<Word>)>),
    /// `closed 2026-12-24 to 2026-12-26 "Christmas"`.
    Closed(Word, Option<Word>, Option<Word>),
    /// `closed from "holidays.ics"`.
    ClosedFrom(Word),
    /// `except 2026-12-24 09:00-12:00 "Christmas Eve"`.
    Except(Word, Vec<TimeRange>, Option<Word>),
    /// `cutoff 16:00`.
    Cutoff(Word),
    /// `covers 2026 to 2027`.
    Covers(Word, Option<Word>),
    /// `note "..."`.
    Note(Prose),
}

/// `mon-fri`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekdayRange {
    /// First day.
    pub from: Weekday,
    /// Last day.
    pub to: Weekday,
}

/// The times of an `open` clause.
#[derive(Debug, Clone, PartialEq)]
pub enum OpenTimes {
    /// `all day`.
    AllDay,
    /// `09:00-12:00, 13:00-17:30`.
    Hours(Vec<TimeRange>),
}

/// `09:00-12:00`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeRange {
    /// When it opens, as written.
    pub from: Word,
    /// When it closes.
    pub to: Word,
}

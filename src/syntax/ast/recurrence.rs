//! What happens again and again.

use super::{Cadence, DurationValue, Mark, Spanned, Word};
use crate::model::Weekday;

/// `every month by the 2nd business day at 17:00 or the next business day`.
#[derive(Debug, Clone, PartialEq)]
pub struct Recurrence {
    /// How often.
    pub every: Spanned<Cadence>,
    /// `every business day`.
    pub business: Mark,
    /// On which day, or until when; the whole period if none is written.
    pub occasion: Option<Spanned<Occasion>>,
    /// `at 10:00`.
    pub at: Option<Word>,
    /// `or the next business day`.
    pub or_next: Mark,
    /// `from 2026-01-05`.
    pub from: Option<Word>,
}

/// When in its period something is due.
#[derive(Debug, Clone, PartialEq)]
pub enum Occasion {
    /// `on monday`.
    On(DayOf),
    /// `by the 2nd business day`.
    By(DayOf),
    /// `within 10 business days of its end`.
    AfterEnd(DurationValue),
}

/// A day of a period.
#[derive(Debug, Clone, PartialEq)]
pub enum DayOf {
    /// `monday`.
    Weekday(Weekday),
    /// `day 15`.
    Number(Word),
    /// `the 2nd business day`; `None` is the last one.
    The(Option<Word>, DayKind),
}

/// Which days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// Every one.
    Any,
    /// Those on which the calendar is open.
    Business,
    /// One of each week.
    Weekday(Weekday),
}

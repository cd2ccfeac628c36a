//! What an item can be, and the moments behind it.

use crate::model::{Calendar, Id};
use crate::worktime::{Instant, Pauses};

/// What an item of a promise with a time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// `excused when` holds.
    Excused,
    /// The start is blank.
    NotStarted,
    /// The clock started before the agreement took effect, or after it ended.
    OutsideTerm,
    /// No limit is for items like this one, or another commitment has priority.
    NotCovered,
    /// Done in time.
    Met,
    /// Done too late.
    Late,
    /// Not done, and too late by now.
    Overdue,
    /// Not done, in time, but a reminder is due.
    AtRisk,
    /// Not done, in time.
    Open,
    /// Done before the start: the data are wrong.
    DataError,
    /// Done, although the time to wait was not used up.
    TooEarly,
    /// Done as a permission allows.
    Used,
    /// Done otherwise than a permission allows.
    Exceeded,
    /// Not done, and no longer allowed.
    Lapsed,
}

impl Verdict {
    /// The verdicts that an item of a turnaround can have.
    pub const OF_TURNAROUNDS: [Verdict; 10] = [
        Verdict::Met,
        Verdict::Late,
        Verdict::Overdue,
        Verdict::AtRisk,
        Verdict::Open,
        Verdict::NotStarted,
        Verdict::Excused,
        Verdict::OutsideTerm,
        Verdict::NotCovered,
        Verdict::DataError,
    ];

    /// Every verdict.
    pub const ALL: [Verdict; 14] = [
        Verdict::Met,
        Verdict::Late,
        Verdict::Overdue,
        Verdict::TooEarly,
        Verdict::AtRisk,
        Verdict::Open,
        Verdict::NotStarted,
        Verdict::Excused,
        Verdict::OutsideTerm,
        Verdict::NotCovered,
        Verdict::DataError,
        Verdict::Used,
        Verdict::Exceeded,
        Verdict::Lapsed,
    ];

    /// The word that documents, queries and scenarios use.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Excused => "excused",
            Verdict::NotStarted => "not started",
            Verdict::OutsideTerm => "outside term",
            Verdict::NotCovered => "not covered",
            Verdict::Met => "met",
            Verdict::Late => "late",
            Verdict::Overdue => "overdue",
            Verdict::AtRisk => "at risk",
            Verdict::Open => "open",
            Verdict::DataError => "data error",
            Verdict::TooEarly => "too early",
            Verdict::Used => "used",
            Verdict::Exceeded => "exceeded",
            Verdict::Lapsed => "lapsed",
        }
    }

    /// Whether it counts in attainment: met / (met + late + overdue + too early).
    pub fn is_decided(self) -> bool {
        matches!(self, Verdict::Met | Verdict::Late | Verdict::Overdue | Verdict::TooEarly)
    }
}

/// A verdict with the moments behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// Which limit applied.
    pub tier: Option<usize>,
    /// The calendar of the clock. `None`: it is a zone alone.
    pub calendar: Option<Id<Calendar>>,
    /// When the clock started. A lead time has no start.
    pub start: Option<Instant>,
    /// What a lead time leads up to.
    pub anchor: Option<Instant>,
    /// When the allowed time is used up, or the time to wait.
    pub deadline: Option<Instant>,
    /// When it was done.
    pub done: Option<Instant>,
    /// Seconds from the start until it was done, or until now; open seconds where the limit is in business time.
    pub taken: Option<i64>,
    /// Seconds by which it missed the deadline, by the same measure; 0 if it did not.
    pub late_by: i64,
    /// Seconds of the time to wait that were left when it was done, by the same measure.
    pub early_by: i64,
    /// When the clock stood still.
    pub pauses: Pauses,
}

impl Outcome {
    /// A verdict without any moment.
    pub(super) fn bare(verdict: Verdict) -> Outcome {
        Outcome {
            verdict,
            tier: None,
            calendar: None,
            start: None,
            anchor: None,
            deadline: None,
            done: None,
            taken: None,
            late_by: 0,
            early_by: 0,
            pauses: Pauses::default(),
        }
    }
}

//! Levels of time: for how much of a period something is so, and how that is measured.

use rust_decimal::Decimal;

use super::{Bound, Duration, Field, Id, Period, Predicate, Slot};
use crate::source::Span;

/// `keep "the service available" at least 99.9% of each month`.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// What is kept so, in the author's words.
    pub what: String,
    /// At least or at most.
    pub bound: Bound,
    /// For how long.
    pub limit: LevelLimit,
    /// The period, whole: days of the agreement's zone, with the hours that the change of clocks takes or adds.
    pub per: Period,
    /// How it is measured. `None`: nothing says it, which has been reported.
    pub evidence: Option<Evidence>,
}

/// For how long something is kept so.
#[derive(Debug, Clone, PartialEq)]
pub enum LevelLimit {
    /// `99.9% of each month`: so much of all the time of the period.
    Share(Slot<Decimal>),
    /// `4 hours per week`, in minutes or hours of the wall clock.
    Time(Slot<Duration>),
}

/// How a level is measured: by rows, the items of the commitment.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Whether the rows show time in which it is so, or in which it is not.
    pub counts: Counts,
    /// Which time a row stands for.
    pub time: EvidenceTime,
    /// Which rows count. `None`: all.
    pub condition: Option<Predicate>,
    /// The clause.
    pub span: Span,
}

/// Which side of a level rows show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Counts {
    /// `counted`: time in which it is so.
    Kept,
    /// `down`: time in which it is not so; the rest of the period counts.
    Missing,
}

impl Counts {
    /// The word in the language.
    pub fn word(self) -> &'static str {
        match self {
            Counts::Kept => "counted",
            Counts::Missing => "down",
        }
    }
}

/// Which time a row stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum EvidenceTime {
    /// `from started_at to ended_at`: cut at the borders of the period; what several rows say of one moment counts once. A
    /// row without an end goes on.
    Between {
        /// Since when.
        from: Slot<Id<Field>>,
        /// Until when.
        to: Slot<Id<Field>>,
    },
    /// `for 1 minute from began_at`: the same, of fixed length.
    Lasting {
        /// How long.
        time: Slot<Duration>,
        /// Since when.
        from: Slot<Id<Field>>,
    },
    /// `for downtime minutes .. dated ends_on`: what somebody reports of a period. Times of several rows add up; only one
    /// row can say a share.
    Reported {
        /// The field with the amount.
        amount: Slot<Id<Field>>,
        /// In which unit.
        unit: AmountUnit,
        /// The date, or moment, that lies in the period.
        on: Slot<Id<Field>>,
    },
}

impl EvidenceTime {
    /// The fields of a row that it reads.
    pub fn fields(&self) -> Vec<&Slot<Id<Field>>> {
        match self {
            EvidenceTime::Between { from, to } => vec![from, to],
            EvidenceTime::Lasting { from, .. } => vec![from],
            EvidenceTime::Reported { amount, on, .. } => vec![amount, on],
        }
    }
}

/// The unit of a reported amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum AmountUnit {
    Seconds,
    Minutes,
    Hours,
    Percent,
}

impl AmountUnit {
    /// The word in the language.
    pub fn word(self) -> &'static str {
        match self {
            AmountUnit::Seconds => "seconds",
            AmountUnit::Minutes => "minutes",
            AmountUnit::Hours => "hours",
            AmountUnit::Percent => "percent",
        }
    }

    /// Seconds in one; a share has none.
    pub fn seconds(self) -> Option<u32> {
        match self {
            AmountUnit::Seconds => Some(1),
            AmountUnit::Minutes => Some(60),
            AmountUnit::Hours => Some(3600),
            AmountUnit::Percent => None,
        }
    }
}

//! Scores: points for a record, by condition, by child record, by elapsed time.

use rust_decimal::Decimal;

use super::predicate::Concept;
use super::{Children, Duration, Field, Head, Id, Period, Predicate, Record, Slot};
use crate::source::Span;

/// A `score` block: the sum of its rows, within bounds. It is a number and never blank.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Name, title, place, notes.
    pub head: Head,
    /// The record it is about.
    pub record: Slot<Id<Record>>,
    /// What is added up; the order does not matter.
    pub rows: Vec<Row>,
    /// `total at least 0`, `total at most 100`.
    pub total: Bounds,
}

/// One line that gives or takes points.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it gives.
    pub kind: RowKind,
    /// The clause.
    pub span: Span,
}

/// What a row gives.
#[derive(Debug, Clone, PartialEq)]
pub enum RowKind {
    /// `+20 when employees >= 200`.
    When {
        /// How many points.
        points: Slot<Decimal>,
        /// Only when this holds.
        when: Predicate,
    },
    /// `+10 for each activity where kind = email at most once per day`.
    EachChild {
        /// Points for each.
        points: Slot<Decimal>,
        /// Which child records.
        of: Children,
        /// Of those in one period at most so many count.
        per_period: Option<PerPeriod>,
        /// At most so many count in all, after that.
        at_most: Option<Slot<u32>>,
    },
    /// `-10 for each 30 calendar days since last_active_at at most 6 times`: for every whole time that is used up by now,
    /// as `older than` has it: as often as the field is older than the time, than twice the time, and so on. Never if
    /// the field is blank.
    EachTime {
        /// Points for each.
        points: Slot<Decimal>,
        /// How long.
        every: Slot<Duration>,
        /// From when: a date or a moment.
        since: Slot<Id<Field>>,
        /// At most so often.
        at_most: Option<Slot<u32>>,
    },
    /// `add at most 70 from fit`: another score, or a number of the record (0 if it is blank), within bounds of its own.
    Add {
        /// What is added.
        of: Addend,
        /// Within which bounds.
        bounds: Bounds,
    },
    /// Could not be resolved. An error has been reported.
    Unknown,
}

/// Something that a score adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addend {
    /// Another score of the same record.
    Score(Id<Score>),
    /// A number field.
    Field(Id<Field>),
}

/// `at most once per day`: by calendar periods of the agreement's zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerPeriod {
    /// How many count in one.
    pub times: Slot<u32>,
    /// Which periods.
    pub period: Period,
    /// The field of the child that puts it into one, a date or a moment. A child without it lies in no period, and does
    /// not count.
    pub at: Id<Field>,
}

/// A smallest and a largest number, both included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bounds {
    /// Smallest.
    pub at_least: Option<Slot<Decimal>>,
    /// Largest.
    pub at_most: Option<Slot<Decimal>>,
}

impl Bounds {
    /// The number, or the bound that it lies beyond. Bounds that are still open do not bound.
    pub fn hold(&self, number: Decimal) -> Decimal {
        let known = |bound: &Option<Slot<Decimal>>| bound.as_ref().and_then(|b| b.get().copied());
        let number = known(&self.at_least).map_or(number, |least| number.max(least));
        known(&self.at_most).map_or(number, |most| number.min(most))
    }

    /// True if there are none.
    pub fn is_open(&self) -> bool {
        self.at_least.is_none() && self.at_most.is_none()
    }
}

impl Score {
    /// Whether it asks how much time has passed, or in which period something happened.
    pub fn counts_time(&self) -> bool {
        self.rows.iter().any(|row| match &row.kind {
            RowKind::When { when, .. } => when.counts_time(),
            RowKind::EachChild { of, per_period, .. } => of.counts_time() || per_period.is_some(),
            RowKind::EachTime { .. } => true,
            RowKind::Add { .. } | RowKind::Unknown => false,
        })
    }

    /// How many conditions it is made of; a row counts as one at the least.
    pub fn size(&self) -> usize {
        let of_row = |row: &Row| match &row.kind {
            RowKind::When { when, .. } => when.size(),
            RowKind::EachChild { of, .. } => of.size() + 1,
            RowKind::EachTime { .. } | RowKind::Add { .. } | RowKind::Unknown => 1,
        };
        self.rows.iter().map(of_row).sum()
    }

    /// Everything its rows stand on, with repetitions.
    pub fn stands_on(&self) -> Vec<Concept> {
        let of_row = |row: &Row| match &row.kind {
            RowKind::When { when, .. } => when.stands_on(),
            RowKind::EachChild { of, .. } => of.stands_on(),
            RowKind::Add { of: Addend::Score(score), .. } => vec![Concept::Score(*score)],
            RowKind::Add { of: Addend::Field(_), .. } | RowKind::EachTime { .. } | RowKind::Unknown => {
                Vec::new()
            }
        };
        self.rows.iter().flat_map(of_row).collect()
    }
}

//! Scenarios: examples with expected results, the agreement's own tests.

use rust_decimal::Decimal;

use super::credit::{Credit, Payment};
use super::{
    Commitment, Constant, Definition, Duration, Field, Id, LocalDateTime, Record, Role, Routing, Score, Slot,
};
use crate::source::Span;

/// A `scenario` block.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// What it shows, in words.
    pub title: String,
    /// The record it is about. `None`: about none, but about what recurs.
    pub record: Option<Slot<Id<Record>>>,
    /// What happens and what is expected, in order.
    pub steps: Vec<ScenarioStep>,
    /// `note` clauses, in order.
    pub notes: Vec<String>,
    /// The whole block.
    pub span: Span,
}

impl Scenario {
    /// True if it fills a moment on the wall clock: without a zone nothing can be made of it.
    pub fn tells_moments(&self) -> bool {
        let moment =
            |(_, value): &(Id<Field>, Option<Constant>)| matches!(value, Some(Constant::DateTime(_)));
        self.steps.iter().any(|step| match step {
            ScenarioStep::Fill(values) | ScenarioStep::Child(_, values) => values.iter().any(moment),
            _ => false,
        })
    }
}

/// One line of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub enum ScenarioStep {
    /// `given lead { .. }` and `when field: value`: fields take values.
    Fill(Vec<(Id<Field>, Option<Constant>)>),
    /// `with activity { .. }`: one more child record.
    Child(Id<Record>, Vec<(Id<Field>, Option<Constant>)>),
    /// `now 2026-03-09 13:00`: the moment at which the verdicts below are given.
    Now(LocalDateTime, Span),
    /// `expect mql`, `expect not mql`.
    Holds {
        /// The definition.
        definition: Id<Definition>,
        /// Whether it should hold.
        expected: bool,
        /// The clause.
        span: Span,
    },
    /// `expect lead_score = 75`.
    Score {
        /// The score.
        score: Id<Score>,
        /// What it comes to.
        expected: Decimal,
        /// The clause.
        span: Span,
    },
    /// `expect first_touch due 2026-03-09 12:00`.
    Due {
        /// The commitment.
        commitment: Id<Commitment>,
        /// The deadline, on the wall clock of the agreement's zone.
        expected: LocalDateTime,
        /// The clause.
        span: Span,
    },
    /// `expect pipeline_review due 2026-03-09 10:00`: the next time it is due.
    NextDue {
        /// The commitment, which recurs.
        commitment: Id<Commitment>,
        /// When, on the wall clock of the agreement's zone.
        expected: LocalDateTime,
        /// The clause.
        span: Span,
    },
    /// `expect lead_routing to sdr`.
    Route {
        /// The routing.
        routing: Id<Routing>,
        /// Who should get the item.
        expected: ExpectedRoute,
        /// The clause.
        span: Span,
    },
    /// `expect uptime 99.8981% in 2026-06`.
    Level {
        /// The commitment.
        commitment: Id<Commitment>,
        /// How much of the period is kept.
        expected: ExpectedLevel,
        /// The period, as reports call it; `None` is that of the record.
        period: Option<String>,
        /// The clause.
        span: Span,
    },
    /// `expect uptime missed in 2026-06`: a level at the end of its period.
    Kept {
        /// The commitment.
        commitment: Id<Commitment>,
        /// Whether it should be met.
        met: bool,
        /// The period, as reports call it; `None` is that of the record.
        period: Option<String>,
        /// The clause.
        span: Span,
    },
    /// `expect service_credits pays 5% of "the monthly fee"`.
    Pays {
        /// The credit.
        credit: Id<Credit>,
        /// What is paid; `None` is nothing.
        expected: Option<Payment>,
        /// The period, as reports call it; `None` is that of the record.
        period: Option<String>,
        /// The clause.
        span: Span,
    },
    /// `expect first_touch late by 1 business hour`.
    Verdict {
        /// The commitment.
        commitment: Id<Commitment>,
        /// The verdict, as one of the words the agreement's reports use.
        expected: String,
        /// By how much, for `late`.
        by: Option<Duration>,
        /// The clause.
        span: Span,
    },
}

/// How much of a period a scenario expects to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpectedLevel {
    /// Per cent, rounded to as many places as are written.
    Percent {
        /// The number.
        value: Decimal,
        /// The places behind its point.
        places: u32,
    },
    /// A length of time.
    Time(Duration),
}

/// What a scenario expects of a routing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpectedRoute {
    /// The role gets it.
    To(Id<Role>),
    /// Several rows match where one may.
    Ambiguous,
    /// No row matches.
    Nobody,
}

//! Levels of time and service credits.

use super::{Duration, DurationValue, Expr, OrTbd, Prose, Reference, Spanned, Word, WordValue};
use crate::model::Period;
use crate::model::level::{AmountUnit, Counts};

/// For how long something is kept so.
#[derive(Debug, Clone, PartialEq)]
pub enum KeptLevel {
    /// `99.9% of each month`.
    Share(WordValue),
    /// `4 hours per week`.
    Time(DurationValue),
}

/// `down from started_at to ended_at of each outage where planned = false`.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Whether it is time in which it is so, or in which it is not.
    pub counts: Counts,
    /// Which time.
    pub time: EvidenceTime,
    /// The rows, a definition or a record.
    pub of: Word,
    /// Which of them.
    pub condition: Option<Expr>,
}

/// Which time a row stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum EvidenceTime {
    /// `for 1 minute from began_at`.
    Lasting(DurationValue, Reference),
    /// `for downtime minutes .. dated ends_on`.
    Reported(Reference, Spanned<AmountUnit>, Reference),
    /// `from started_at to ended_at`.
    Between(Reference, Reference),
}

/// `5% of "the monthly fee"`, `$500`.
#[derive(Debug, Clone, PartialEq)]
pub enum Payment {
    /// A part of something.
    Percent(WordValue, Word),
    /// An amount.
    Money(WordValue),
}

/// Clauses of `credit`.
#[derive(Debug, Clone, PartialEq)]
pub enum CreditClause {
    /// `below 99.9% pays 5% of "the monthly fee"`.
    Below(WordValue, Payment),
    /// `at most 30% of "the monthly fee" per quarter`.
    Cap(Payment, Spanned<Period>),
    /// `claimed within 30 calendar days`.
    Claimed(Box<Claim>),
    /// `settled "Taken off the next invoice."`.
    Settled(OrTbd<Prose>),
    /// `sole remedy`.
    SoleRemedy,
    /// `only for covered_subscription`.
    OnlyFor(Word),
    /// `note "..."`.
    Note(Prose),
}

/// `claimed by customer within 30 calendar days of the end of the month via support_request stating "when"`.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// By whom.
    pub by: Option<Reference>,
    /// Within which time.
    pub within: DurationValue,
    /// The period at whose end the time begins, if written.
    pub end_of: Option<Spanned<Period>>,
    /// By which channel.
    pub via: Option<Reference>,
    /// What it must say.
    pub stating: Vec<Word>,
}

/// What a scenario expects a period to come to.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpectedLevel {
    /// `99.8981%`.
    Percent(Word),
    /// `3 hours`.
    Time(Spanned<Duration>),
}

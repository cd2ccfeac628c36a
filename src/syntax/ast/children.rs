//! Questions about child records.

use super::{DurationValue, Expr, Spanned, Word};

/// `count of activity where kind = call in the last 30 calendar days`.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// What is asked.
    pub asks: Asks,
    /// Of which children.
    pub children: Children,
}

/// What is asked of child records.
#[derive(Debug, Clone, PartialEq)]
pub enum Asks {
    /// `any activity`.
    Any,
    /// `no activity`.
    No,
    /// `count of activity`.
    Count,
    /// `sum of activity.minutes`.
    Sum(Word),
    /// `latest activity.done_at`.
    Latest(Word),
    /// `earliest activity.done_at`.
    Earliest(Word),
}

/// `activity where kind = call in the last 30 calendar days`.
#[derive(Debug, Clone, PartialEq)]
pub struct Children {
    /// The child record.
    pub record: Word,
    /// Which of them.
    pub condition: Option<Expr>,
    /// When they happened.
    pub window: Option<Spanned<Window>>,
}

/// When a child happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Window {
    /// `in the last 30 calendar days`.
    Last(DurationValue),
    /// `after mql_at`.
    After(Word),
    /// `before mql_at`.
    Before(Word),
    /// `within 2 hours of mql_at`.
    Within(DurationValue, Word),
}

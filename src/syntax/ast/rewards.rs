//! Goals, and what is earned for reaching them.

use super::{Cadence, Literal, Mark, OrTbd, Prose, Spanned, Word, WordValue};
use crate::model::{Bound, Period};

/// Clauses of `goal`.
#[derive(Debug, Clone, PartialEq)]
pub enum GoalClause {
    /// `marketing, sales share at least $1M per quarter`.
    Shared {
        /// Who.
        parties: Vec<Word>,
        /// At least or at most.
        bound: Bound,
        /// How much.
        amount: OrTbd<Spanned<Literal>>,
        /// Of what, for a number.
        of: Option<Word>,
        /// In which period.
        per: Spanned<Period>,
    },
    /// `funnel mql -> 60% sql -> 25% won worth $25k`.
    Funnel {
        /// The first stage.
        first: Word,
        /// How much of each stage reaches the next one.
        steps: Vec<(WordValue, Word)>,
        /// What one of the last stage is worth.
        worth: Option<WordValue>,
    },
    /// `note "..."`.
    Note(Prose),
}

/// Clauses of `incentive`.
#[derive(Debug, Clone, PartialEq)]
pub enum IncentiveClause {
    /// `earns 10 points for first_touch met`.
    Earns(WordValue, Word),
    /// `badge "Fast responder" when first_touch at least 98% for 3 consecutive months`.
    Badge(Word, RewardWhen),
    /// `pays $500 per quarter when acceptance met`.
    Pays(WordValue, Spanned<Period>, RewardWhen),
    /// `leaderboard every month`.
    Leaderboard(OrTbd<Cadence>),
    /// `note "..."`.
    Note(Prose),
}

/// `when first_touch at least 98% for 3 consecutive months`.
#[derive(Debug, Clone, PartialEq)]
pub struct RewardWhen {
    /// The commitment.
    pub commitment: Word,
    /// The share of it that is met; `None` is `met`.
    pub at_least: Option<WordValue>,
    /// In how many periods in a row.
    pub in_a_row: Option<InARow>,
}

/// `for 3 consecutive months`.
#[derive(Debug, Clone, PartialEq)]
pub struct InARow {
    /// How many.
    pub count: Word,
    /// `consecutive` was written.
    pub consecutive: Mark,
    /// Which periods.
    pub period: Spanned<Period>,
}

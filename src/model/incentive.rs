//! Incentives: what is earned by keeping a promise.

use rust_decimal::Decimal;

use super::record::Currency;
use super::{Cadence, Commitment, Head, Id, Period, Slot};
use crate::source::Span;

/// An `incentive` block.
#[derive(Debug, Clone, PartialEq)]
pub struct Incentive {
    /// Name, title, place, notes.
    pub head: Head,
    /// What may be earned, in the order written.
    pub rewards: Vec<Reward>,
    /// How often the standings are shown.
    pub leaderboard: Option<Slot<Cadence>>,
}

/// Something that is earned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reward {
    /// What.
    pub kind: RewardKind,
    /// The promise that is kept.
    pub commitment: Slot<Id<Commitment>>,
    /// How well.
    pub when: RewardWhen,
    /// The clause.
    pub span: Span,
}

/// What is earned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RewardKind {
    /// `earns 10 points`, each time.
    Points(Slot<u32>),
    /// `badge "Fast responder"`.
    Badge(String),
    /// `pays $500 per quarter`.
    Pay {
        /// How much.
        amount: Slot<(Decimal, Currency)>,
        /// For each such period.
        per: Period,
    },
}

/// How well a promise must be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RewardWhen {
    /// `met`.
    Met,
    /// `at least 98% for 3 consecutive months`.
    AtLeast {
        /// The share that is met, in per cent.
        percent: Slot<Decimal>,
        /// In how many periods in a row.
        in_a_row: Option<(u32, Period)>,
    },
}

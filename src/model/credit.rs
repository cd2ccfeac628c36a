//! Service credits: what is paid when a promise was kept too little.

use rust_decimal::Decimal;

use super::record::Currency;
use super::{Channel, Commitment, Duration, Head, Id, Period, Role, Slot, Subject};
use crate::source::Span;

/// A `credit` block.
#[derive(Debug, Clone, PartialEq)]
pub struct Credit {
    /// Name, title, place, notes.
    pub head: Head,
    /// The promise whose attainment it goes by.
    pub of: Slot<Id<Commitment>>,
    /// What is paid; the bounds fall, the payments grow. The last row whose bound attainment lies below applies.
    pub rows: Vec<CreditRow>,
    /// The most that is paid for the periods that end in a longer one.
    pub cap: Option<CreditCap>,
    /// Who must claim it, and by when. `None`: it is paid without a claim.
    pub claim: Option<Claim>,
    /// How it is settled.
    pub settled: Option<Slot<String>>,
    /// `sole remedy`: nothing else is owed.
    pub sole_remedy: Option<Span>,
    /// To whom it is limited: a customer, a subscription.
    pub only_for: Option<Slot<Subject>>,
}

/// `below 99.9% pays 5% of "the monthly fee"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditRow {
    /// Per cent that attainment must lie below.
    pub below: Slot<Decimal>,
    /// What is paid.
    pub pays: Payment,
    /// The clause.
    pub span: Span,
}

/// An amount that is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payment {
    /// `5% of "the monthly fee"`.
    Percent {
        /// How much of it.
        percent: Slot<Decimal>,
        /// Of what.
        of: String,
    },
    /// `$500`.
    Money(Slot<(Decimal, Currency)>),
}

/// `at most 30% of "the monthly fee" per quarter`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditCap {
    /// How much.
    pub most: Payment,
    /// In which period.
    pub per: Period,
    /// The clause.
    pub span: Span,
}

/// `claimed by customer within 30 calendar days via support_request stating "when"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// By whom.
    pub by: Option<Slot<Id<Role>>>,
    /// By when, from the end of the period. Days count from its last day.
    pub within: Slot<Duration>,
    /// By which channel.
    pub via: Option<Slot<Id<Channel>>>,
    /// What it must say.
    pub stating: Vec<String>,
    /// The clause.
    pub span: Span,
}

impl Payment {
    /// The number, and of what it is one: a share of something or a currency.
    pub fn amount(&self) -> Option<(Decimal, &str)> {
        match self {
            Payment::Percent { percent, of } => Some((*percent.get()?, of)),
            Payment::Money(money) => money.get().map(|(amount, currency)| (*amount, currency.0.as_str())),
        }
    }
}

//! Goals: an outcome that the parties share, and the funnel that ties volumes to it.

use rust_decimal::Decimal;

use super::record::Currency;
use super::{Bound, Definition, Head, Id, Party, Period, Slot};
use crate::source::Span;

/// A `goal` block.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// Name, title, place, notes.
    pub head: Head,
    /// Who shares it.
    pub parties: Vec<Slot<Id<Party>>>,
    /// At least or at most.
    pub bound: Bound,
    /// How much.
    pub amount: Slot<GoalAmount>,
    /// In which period.
    pub per: Period,
    /// How volumes lead to it.
    pub funnel: Option<Funnel>,
    /// The clause that says how much.
    pub span: Span,
}

/// What a goal counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoalAmount {
    /// Money.
    Money(Decimal, Currency),
    /// A number of things, by their name: the last stage of the funnel, or a definition.
    Count(u64, String),
}

/// `mql -> 60% sql -> 25% won worth $25k`.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// The stages, in order; at least two.
    pub stages: Vec<FunnelStage>,
    /// What one of the last stage is worth.
    pub worth: Option<Slot<(Decimal, Currency)>>,
    /// The clause.
    pub span: Span,
}

/// One stage of a funnel.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelStage {
    /// Its name.
    pub name: String,
    /// The definition of that name, if there is one.
    pub definition: Option<Id<Definition>>,
    /// The part of the stage before that reaches it, in per cent; `None` for the first.
    pub rate: Option<Slot<Decimal>>,
    /// Where it stands.
    pub span: Span,
}

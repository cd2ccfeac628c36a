//! Exceptions: items that are excused for a time, by somebody's leave.

use super::{Commitment, Date, Head, Id, Period, Predicate, Role, Slot};
use crate::source::Span;

/// An `exception` block.
///
/// Its name in here is that of the thing: a promise is waived. (`Exception` is a day of a calendar with hours of its own.)
#[derive(Debug, Clone, PartialEq)]
pub struct Waiver {
    /// Name, title, place, notes.
    pub head: Head,
    /// The commitments whose items it excuses.
    pub excuses: Vec<Slot<Id<Commitment>>>,
    /// The items that are excused; `None` is every one.
    pub when: Option<Predicate>,
    /// Who has agreed to it.
    pub approved_by: Option<Slot<Id<Role>>>,
    /// How often it may be used. The limit is watched; it takes no excuse back.
    pub at_most: Option<UseLimit>,
    /// The first day, in the agreement's zone, on which an item may start.
    pub from: Option<Slot<Date>>,
    /// The last such day.
    pub until: Option<Slot<Date>>,
}

/// `at most 3 per quarter`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UseLimit {
    /// How many items.
    pub amount: Slot<u64>,
    /// In which period.
    pub per: Period,
    /// The clause.
    pub span: Span,
}

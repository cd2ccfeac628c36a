//! Definitions: what the words mean.

use super::{Field, Head, Id, Predicate, Record, Slot};

/// A named condition over one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Name, title, place, notes.
    pub head: Head,
    /// The record it is about.
    pub record: Slot<Id<Record>>,
    /// When a record is one.
    pub condition: Predicate,
    /// The field that says when it became one.
    pub since: Option<Slot<Id<Field>>>,
    /// Definitions that may never hold together with it.
    pub excludes: Vec<Id<Definition>>,
    /// The group of definitions of which a record is exactly one.
    pub one_of: Option<String>,
}

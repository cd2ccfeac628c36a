//! Routing: who gets which item.

use super::{Completeness, Duration, Field, Head, Id, Predicate, Role, Slot, Subject};
use crate::source::Span;

/// A `routing` block.
#[derive(Debug, Clone, PartialEq)]
pub struct Routing {
    /// Name, title, place, notes.
    pub head: Head,
    /// What is given out.
    pub subject: Slot<Subject>,
    /// What several rows that match come to. `Broken`: it is not said.
    pub matching: Slot<Matching>,
    /// The rows, in the order written.
    pub routes: Vec<Route>,
    /// Who keeps what is like an earlier one.
    pub sticky: Option<Sticky>,
    /// Whether every clause could be read.
    pub completeness: Completeness,
}

/// What several rows that match come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matching {
    /// `first match`: the first of them decides.
    First,
    /// `exactly one`: nobody can say; it is a fault of the table.
    ExactlyOne,
}

impl Matching {
    /// How it is written.
    pub fn words(self) -> &'static str {
        match self {
            Matching::First => "first match",
            Matching::ExactlyOne => "exactly one",
        }
    }
}

/// `to field_sales in turn when country in [US, CA]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Who gets it.
    pub to: Slot<Id<Role>>,
    /// Whether the people of the role take turns.
    pub turn: Turn,
    /// When; `None` is `otherwise`.
    pub when: Option<Predicate>,
    /// The clause.
    pub span: Span,
}

/// Whether the people of a role take turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// `in turn`.
    InTurn,
    /// Nothing is said.
    Unsaid,
}

/// `sticky by company for 4 months`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sticky {
    /// What must be equal.
    pub by: Slot<Id<Field>>,
    /// For how long.
    pub time: Slot<Duration>,
    /// The clause.
    pub span: Span,
}

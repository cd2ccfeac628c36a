//! The way of a record: from stage to stage, and to whom.

use super::{DurationValue, Expr, Literal, Prose, Reference, Spanned, Word, WordValue};
use crate::model::routing::{Matching, Turn};

/// Clauses of `lifecycle`.
#[derive(Debug, Clone, PartialEq)]
pub enum LifecycleClause {
    /// `start new`.
    Start(Vec<Spanned<Literal>>),
    /// `end qualified, disqualified`.
    End(Vec<Spanned<Literal>>),
    /// `never a -> b`.
    Never(Spanned<Literal>, Spanned<Literal>),
    /// `working -> qualified by sdr`.
    Transition(Transition),
    /// `working owned by sdr since working_at at most 5 business days`.
    Stage(Spanned<Literal>, Vec<Spanned<StagePart>>),
    /// `reason timing -> return to demand_gen after 6 months`.
    Reason {
        /// The choice field.
        field: Word,
        /// Its values.
        values: Vec<Spanned<Literal>>,
        /// What follows.
        effect: ReasonEffect,
    },
    /// `note "..."`.
    Note(Prose),
}

/// What is said of a stage.
#[derive(Debug, Clone, PartialEq)]
pub enum StagePart {
    /// `owned by sdr`.
    OwnedBy(Reference),
    /// `since working_at`.
    Since(Reference),
    /// `at most 5 business days`.
    AtMost(DurationValue),
}

/// What follows from a reason.
#[derive(Debug, Clone, PartialEq)]
pub enum ReasonEffect {
    /// `return to demand_gen after 6 months`.
    ReturnTo(Reference, Option<DurationValue>),
    /// `end`.
    End,
}

/// A transition with what stands behind it, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// From where.
    pub from: Spanned<Literal>,
    /// To where.
    pub to: Spanned<Literal>,
    /// Its conditions.
    pub parts: Vec<Spanned<TransitionPart>>,
}

/// What stands behind a transition.
#[derive(Debug, Clone, PartialEq)]
pub enum TransitionPart {
    /// `when P`.
    When(Expr),
    /// `by sdr`.
    By(Vec<Reference>),
    /// `requires reason`.
    Requires(Vec<Reference>),
    /// `reason in [..]`.
    Reasons(Word, Vec<Spanned<Literal>>),
    /// `at most 2 times`.
    AtMost(WordValue),
    /// `within 2 business days`.
    Within(DurationValue),
    /// `sets mql_at`.
    Sets(Vec<Reference>),
}

/// Clauses of `routing`.
#[derive(Debug, Clone, PartialEq)]
pub enum RoutingClause {
    /// `first match`, `exactly one`.
    Matching(Matching),
    /// `to field_sales in turn when country in [US, CA]`; no condition is `otherwise`.
    Route {
        /// Who gets it.
        to: Reference,
        /// Whether the people of the role take turns.
        turn: Turn,
        /// When.
        when: Option<Expr>,
    },
    /// `sticky by company for 4 months`.
    Sticky(Reference, DurationValue),
    /// `note "..."`.
    Note(Prose),
}

//! What follows when a promise is at risk or not kept: steps, exceptions, disputes.

use super::{DurationValue, Expr, Literal, Mark, OrTbd, Prose, Reference, Spanned, Word, WordValue};
use crate::model::{Period, Strength};

/// Clauses of `contingency`.
#[derive(Debug, Clone, PartialEq)]
pub enum ContingencyClause {
    /// `for first_touch`.
    For(Vec<Reference>),
    /// `before deadline by 1 business hour remind sdr via crm_task`.
    Step(StepAnchor, Act, Option<Reference>),
    /// `when first_touch below 85% for 2 consecutive months`.
    Below {
        /// The commitment.
        commitment: Word,
        /// Per cent.
        percent: WordValue,
        /// How many periods.
        count: Word,
        /// `consecutive` was written.
        consecutive: Mark,
        /// Which period.
        period: Spanned<Period>,
    },
    /// `when first_touch missed 3 times in a week by the same owner`.
    Missed {
        /// The commitment.
        commitment: Word,
        /// How often.
        times: WordValue,
        /// Within which period.
        period: Spanned<Period>,
        /// `by the same owner` was written.
        same_owner: Mark,
    },
    /// `then sdr_manager must present "a plan" within 5 business days via exec_mail`.
    FollowUp {
        /// Who.
        actor: Word,
        /// How strongly.
        strength: Strength,
        /// What is done.
        verb: Spanned<Literal>,
        /// To what.
        object: Option<Word>,
        /// By when.
        within: DurationValue,
        /// By which channel.
        via: Option<Reference>,
    },
    /// `note "..."`.
    Note(Prose),
}

/// When a step fires.
#[derive(Debug, Clone, PartialEq)]
pub enum StepAnchor {
    /// `before deadline by 1 hour`.
    BeforeDeadline(DurationValue),
    /// `after start by 1 hour`.
    AfterStart(DurationValue),
    /// `after deadline`, `after deadline by 1 hour`.
    AfterDeadline(Option<DurationValue>),
    /// `when 75% elapsed`.
    Elapsed(WordValue),
}

/// What a step does.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// `remind sdr`.
    Remind(Vec<Reference>),
    /// `notify sdr`.
    Notify(Vec<Reference>),
    /// `escalate to vp`.
    Escalate(Reference),
    /// `reassign to vp`.
    Reassign(Reference),
    /// `return to marketing`.
    Return(Reference),
    /// `set status to recycled`.
    Set(Word, OrTbd<Spanned<Literal>>),
}

/// Clauses of `exception`.
#[derive(Debug, Clone, PartialEq)]
pub enum ExceptionClause {
    /// `excuses first_touch when source = event`.
    Excuses(Vec<Reference>, Option<Expr>),
    /// `approved by revops`.
    Approved(Reference),
    /// `at most 3 per quarter`.
    AtMost(WordValue, Spanned<Period>),
    /// `from 2026-03-01 until 2026-06-30`.
    Window(Option<WordValue>, Option<WordValue>),
    /// `note "..."`.
    Note(Prose),
}

/// Clauses of `dispute`.
#[derive(Debug, Clone, PartialEq)]
pub enum DisputeClause {
    /// `about acceptance, first_touch`.
    About(Vec<Reference>),
    /// `raised by sdr, demand_gen within 5 business days`.
    Raised(Vec<Reference>, Option<DurationValue>),
    /// `decided by revops within 3 business days via exec_mail`.
    Decided(Reference, Option<DurationValue>, Option<Reference>),
    /// `note "..."`.
    Note(Prose),
}

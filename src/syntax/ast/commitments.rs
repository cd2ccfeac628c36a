//! Clauses of `commitment`, and the sentence that is the promise.

use super::{
    Cap, Children, DurationValue, Evidence, Expr, KeptLevel, Literal, OrTbd, Prose, Recurrence, Reference,
    SpanIgnored, Spanned, Word, WordValue,
};
use crate::model::commitment::CountedBy;
use crate::model::{Bound, Period, Strength};

/// Clauses of `commitment`.
#[derive(Debug, Clone, PartialEq)]
pub enum CommitmentClause {
    /// The promise itself.
    Sentence(Box<Sentence>),
    /// `within 15 business minutes when source = web`; no condition is `otherwise`.
    Tier(Limit, Option<Expr>),
    /// `met at touched_at or called_at`.
    MetAt(Vec<Reference>),
    /// `met when status = working`.
    MetWhen(Expr),
    /// `done at rejected_at`.
    DoneAt(Vec<Reference>),
    /// `done when status = rejected`.
    DoneWhen(Expr),
    /// `counting activity where kind in [call, email] at most once per day`.
    Counting(Children, Option<Spanned<Cap>>),
    /// `recorded in meeting at held_on where kind = review`.
    Recorded {
        /// The record of which each row is an occurrence.
        record: Word,
        /// The field that says when.
        at: Reference,
        /// Which rows.
        condition: Option<Expr>,
    },
    /// `clock us_office`, `clock us_office when region = us`.
    Clock(Reference, ClockCase),
    /// `clock of owner`.
    ClockOf(Word),
    /// `starts when status = assigned`.
    StartsWhen(Expr),
    /// `paused from blocked_at to unblocked_at`, `paused from asked_at to answered_at of each wait`.
    Paused {
        /// Since when.
        from: Reference,
        /// Until when.
        to: Reference,
        /// The child records whose moments these are.
        of: Option<Children>,
    },
    /// `provided mql_volume is met`.
    ProvidedMet(Reference),
    /// `provided at most 300 mql per month`.
    ProvidedAmount {
        /// At least or at most.
        bound: Bound,
        /// How many.
        amount: WordValue,
        /// Of what.
        subject: Word,
        /// In which period.
        per: Spanned<Period>,
    },
    /// `priority over first_touch`.
    Priority(Vec<Reference>),
    /// `excused when ..`.
    Excused(Expr),
    /// `target 95% per month`.
    Target(Target, Spanned<Period>),
    /// `counted by due date`.
    Counted(CountedBy),
    /// `down from started_at to ended_at of each outage where planned = false`.
    Evidence(Box<Evidence>),
    /// `instead 350 from 2026-04-01 to 2026-06-30`.
    Instead {
        /// How much.
        amount: WordValue,
        /// The first day.
        from: Word,
        /// The last day; without it, from then on.
        to: Option<Word>,
    },
    /// `rationale "..."`.
    Rationale(OrTbd<Prose>),
    /// `note "..."`.
    Note(Prose),
}

/// For which items a clock is.
#[derive(Debug, Clone, PartialEq)]
pub enum ClockCase {
    /// Every one.
    Always,
    /// `when region = us`.
    When(Expr),
    /// `otherwise`.
    Otherwise,
}

/// `sdr must contact each mql within 4 business hours of mql_at`.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Who.
    pub actor: Word,
    /// How strongly.
    pub strength: Strength,
    /// What is done.
    pub verb: Spanned<Literal>,
    /// To what, by when or how much.
    pub deal: Deal,
}

/// What a sentence promises.
#[derive(Debug, Clone, PartialEq)]
pub enum Deal {
    /// `each mql within 4 business hours of mql_at`, `a lead without reason when P`.
    Item {
        /// `each`, `a`, as written.
        article: String,
        /// The items.
        subject: Word,
        /// At least so many times; `once` as written.
        often: Option<WordValue>,
        /// The time allowed.
        limit: Option<Limit>,
        /// Fields that must be filled, of what is forbidden.
        without: Vec<Reference>,
        /// Fields that must be filled, of what is allowed.
        with: Vec<Reference>,
        /// The condition.
        when: Option<Expr>,
    },
    /// `at least 200 mql per month`.
    Quota {
        /// At least or at most.
        bound: Bound,
        /// How many.
        amount: WordValue,
        /// Of what.
        subject: Word,
        /// In which period.
        per: Spanned<Period>,
    },
    /// `mql worth at least $2M in amount per quarter`.
    Worth {
        /// `each`, if written.
        article: Option<String>,
        /// The items.
        subject: Word,
        /// At least or at most.
        bound: Bound,
        /// How much.
        amount: WordValue,
        /// The field that is summed.
        field: Option<Word>,
        /// In which period.
        per: Spanned<Period>,
    },
    /// `at least 60% of mql per month`.
    Share {
        /// At least or at most.
        bound: Bound,
        /// Per cent.
        percent: WordValue,
        /// `all`, if written.
        article: Option<String>,
        /// Of what.
        subject: Word,
        /// In which period.
        per: Spanned<Period>,
    },
    /// `"pipeline review" every week on monday at 10:00 via weekly_sync`.
    Recurring {
        /// What is held, sent or made.
        object: Option<Word>,
        /// When.
        recurrence: OrTbd<Box<Recurrence>>,
        /// Where.
        via: Option<Reference>,
    },
    /// `"the service available" at least 99.9% of each month`.
    Kept {
        /// What is kept so.
        what: Word,
        /// At least or at most.
        bound: Bound,
        /// For how long.
        level: KeptLevel,
        /// In which period.
        per: Spanned<Period>,
    },
}

/// `within 4 business hours of mql_at`, `at least 45 business days before starts_on`.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// On which side of the moment the time lies.
    pub kind: LimitKind,
    /// The time.
    pub duration: DurationValue,
    /// From when, or before what.
    pub of: Option<Word>,
    /// The words.
    pub span: SpanIgnored,
}

/// On which side of a moment a time lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitKind {
    /// `within D of X`.
    Within,
    /// `at least D before X`.
    Ahead,
    /// `sooner than D after X`.
    Sooner,
}

impl LimitKind {
    /// The words around the time, in front of it and before the moment.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            LimitKind::Within => ("within", "of"),
            LimitKind::Ahead => ("at least", "before"),
            LimitKind::Sooner => ("sooner than", "after"),
        }
    }
}

/// What a `target` clause aims at.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// `95%`.
    Attainment(WordValue),
    /// `median under 1 hour`, `p90 under 4 business hours`; the word as written.
    Statistic(Word, DurationValue),
}

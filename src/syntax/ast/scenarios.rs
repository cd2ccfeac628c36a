//! Clauses of `scenario`.

use super::{Duration, ExpectedLevel, Literal, Payment, Prose, Spanned, Word};

/// Clauses of `scenario`.
#[derive(Debug, Clone, PartialEq)]
pub enum ScenarioClause {
    /// `given lead { .. }`.
    Given(Word, Vec<Assignment>),
    /// `with activity { .. }`.
    With(Word, Vec<Assignment>),
    /// `when touched_at: ..`.
    When(Vec<Assignment>),
    /// `now 2026-03-09 13:00`.
    Now(Word),
    /// `expect mql`.
    Expect(Word),
    /// `expect not mql`.
    ExpectNot(Word),
    /// `expect lead_score = 75`.
    ExpectScore(Word, Word),
    /// `expect first_touch due 2026-03-09 12:00`.
    ExpectDue(Word, Word),
    /// `expect lead_routing to sdr`, `expect lead_routing ambiguous`.
    ExpectRoute(Word, ExpectedRoute),
    /// `expect first_touch late by 1 business hour`, `expect uptime missed in 2026-06`.
    ExpectVerdict(Word, Word, Option<Spanned<Duration>>, Option<Word>),
    /// `expect uptime 99.8981% in 2026-06`.
    ExpectLevel(Word, ExpectedLevel, Option<Word>),
    /// `expect service_credits pays 5% of "the monthly fee"`; nothing is `pays nothing`.
    ExpectPays(Word, Option<Payment>, Option<Word>),
    /// `note "..."`.
    Note(Prose),
}

/// What a scenario expects of a routing.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpectedRoute {
    /// `to sdr`.
    To(Word),
    /// `ambiguous`.
    Ambiguous,
    /// `nobody`.
    Nobody,
}

/// `country: US`; `None` is `blank`.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The field.
    pub field: Word,
    /// Its value.
    pub value: Option<Spanned<Literal>>,
}

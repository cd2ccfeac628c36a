//! Clauses of `score`.

use super::{Children, DurationValue, Expr, Prose, Reference, Spanned, Word, WordValue};

/// Clauses of `score`. Points are written with their sign: `+20`.
#[derive(Debug, Clone, PartialEq)]
pub enum ScoreClause {
    /// `+20 when employees >= 200`.
    When(WordValue, Expr),
    /// `+10 for each activity where kind = email at most once per day`.
    EachChild(WordValue, Children, Vec<Spanned<Cap>>),
    /// `-10 for each 30 calendar days since last_active_at at most 6 times`.
    EachTime(WordValue, DurationValue, Reference, Vec<Spanned<Cap>>),
    /// `add at least 0 at most 70 from fit`.
    Add {
        /// The lower bound.
        least: Option<WordValue>,
        /// The upper bound.
        most: Option<WordValue>,
        /// A score or a field.
        of: Word,
    },
    /// `total at least 0 at most 100`; one of the two at the least.
    Total {
        /// The lower bound.
        least: Option<WordValue>,
        /// The upper bound.
        most: Option<WordValue>,
    },
    /// `note "..."`.
    Note(Prose),
}

/// `at most once per day`, `at most 6 times`.
#[derive(Debug, Clone, PartialEq)]
pub struct Cap {
    /// How often; `once` as written.
    pub times: WordValue,
    /// In which period; `None`: in all.
    pub per: Option<Spanned<crate::model::Period>>,
}

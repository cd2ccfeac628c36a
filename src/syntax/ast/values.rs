//! What clauses of every kind share: names, texts, amounts, times, and what is still open.

use super::{Spanned, Word};
use crate::model::Period;
use crate::source::Span;

/// `lead.status`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPath {
    /// The record.
    pub record: Word,
    /// The field.
    pub field: Word,
}

/// `tbd "what is missing"`.
#[derive(Debug, Clone)]
pub struct Tbd {
    /// What is missing, if the author said.
    pub what: Option<String>,
    /// The place.
    pub span: Span,
}

impl PartialEq for Tbd {
    fn eq(&self, other: &Self) -> bool {
        self.what == other.what
    }
}

/// A value, or the mark that it is still open.
#[derive(Debug, Clone, PartialEq)]
pub enum OrTbd<T> {
    /// It is known.
    Known(T),
    /// It is not.
    Tbd(Tbd),
}

/// A name, or `tbd`.
pub type Reference = OrTbd<Word>;

/// Prose in quotes or as `|` lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prose {
    /// `"..."`.
    Quoted(Word),
    /// Lines that begin with `|`, each without the bar and one blank.
    Lines(Spanned<Vec<Word>>),
}

impl Prose {
    /// The text; lines are joined by line breaks.
    pub fn text(&self) -> String {
        match self {
            Prose::Quoted(word) => word.node.clone(),
            Prose::Lines(lines) => {
                lines.node.iter().map(|line| line.node.as_str()).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

/// A number, a date or the like, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// What it is.
    pub kind: LiteralKind,
    /// The spelling; for a text, what stands between the quotes.
    pub text: String,
}

/// The kinds of literals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LiteralKind {
    /// `1_000`, `10k`, `-5`.
    Number,
    /// `95%`.
    Percent,
    /// `$4M`.
    Money,
    /// `2026-03-31`.
    Date,
    /// `2026-03-06 17:55`.
    DateTime,
    /// `"Closed Won"`.
    Text,
    /// `true`, `false`.
    Boolean,
    /// `US`: a bare word.
    Word,
}

/// `4 business hours`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duration {
    /// How many, as written.
    pub amount: Word,
    /// Of which unit.
    pub unit: Spanned<UnitWords>,
}

impl Duration {
    /// The words of it: `4 business hours`.
    pub fn words(&self) -> String {
        let UnitWords { of, base } = self.unit.node;
        let of = match of {
            UnitKind::Plain => "",
            UnitKind::Business => "business ",
            UnitKind::Calendar => "calendar ",
        };
        let base = match base {
            TimeWord::Minutes => "minute",
            TimeWord::Hours => "hour",
            TimeWord::Days => "day",
            TimeWord::Weeks => "week",
            TimeWord::Months => "month",
        };
        let s = if self.amount.node == "1" { "" } else { "s" };
        format!("{} {of}{base}{s}", self.amount.node)
    }
}

/// The words of a unit: an optional `business` or `calendar`, and the unit itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitWords {
    /// The word in front.
    pub of: UnitKind,
    /// The unit.
    pub base: TimeWord,
}

/// The word in front of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// None.
    Plain,
    /// `business`.
    Business,
    /// `calendar`.
    Calendar,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum TimeWord {
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
}

/// `every 2 weeks`.
#[derive(Debug, Clone, PartialEq)]
pub struct Cadence {
    /// How many periods, as written.
    pub count: Option<Word>,
    /// Which period.
    pub period: Spanned<Period>,
}

/// A duration or `tbd`, with its place.
pub type DurationValue = OrTbd<Spanned<Duration>>;
/// A number, a percentage or a date as written, or `tbd`.
pub type WordValue = OrTbd<Word>;

/// Whether a modifier was written, and where.
#[derive(Debug, Clone, Copy)]
pub enum Mark {
    /// It was.
    Present(Span),
    /// It was not.
    Absent,
}

impl Mark {
    /// True if it was written.
    pub fn is_present(self) -> bool {
        matches!(self, Mark::Present(_))
    }
}

impl PartialEq for Mark {
    fn eq(&self, other: &Self) -> bool {
        self.is_present() == other.is_present()
    }
}

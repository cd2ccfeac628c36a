//! Commitments: who owes what to whom, by when, and how it is measured.

use rust_decimal::Decimal;

use super::record::Currency;
use super::{Calendar, Definition, Duration, Field, Head, Id, Period, Predicate, Record, Role, Slot};
use crate::source::Span;

/// A `commitment` block.
#[derive(Debug, Clone, PartialEq)]
pub struct Commitment {
    /// Name, title, place, notes.
    pub head: Head,
    /// The role that owes it.
    pub actor: Slot<Id<Role>>,
    /// How strongly.
    pub strength: Strength,
    /// What is to be done, as written: `contact`, `follow up with`.
    pub verb: String,
    /// What kind of promise it is.
    pub form: Form,
    /// The items it is about.
    pub subject: Slot<Subject>,
    /// `met at A or B`: the moments that stop the clock; the earliest counts.
    pub met_at: Vec<Slot<Id<Field>>>,
    /// `met when P`.
    pub met_when: Option<Predicate>,
    /// `clock CALENDAR`, when it is not the role's own.
    pub clock: Option<Slot<Id<Calendar>>>,
    /// `excused when P`.
    pub excused_when: Option<Predicate>,
    /// What is aimed at over a period.
    pub target: Option<Target>,
    /// Which moment puts an item into a period.
    pub counted_by: CountedBy,
    /// Why the parties agreed on it.
    pub rationale: Option<String>,
    /// The sentence itself.
    pub sentence: Span,
}

/// `must`, `should`, `must not`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Strength {
    /// Owed; a failure is a breach.
    Must,
    /// Aimed at; a failure is a missed target.
    Should,
    /// Forbidden.
    MustNot,
}

impl Strength {
    /// The word in the language.
    pub fn word(self) -> &'static str {
        match self {
            Strength::Must => "must",
            Strength::Should => "should",
            Strength::MustNot => "must not",
        }
    }
}

/// The items a commitment is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Records for which a definition holds.
    Definition(Id<Definition>),
    /// Every record of a kind.
    Record(Id<Record>),
}

/// The kind of a promise.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// Something is done to each item within a time.
    Turnaround(Turnaround),
    /// So many items, or so much money, per period.
    Quota(Quota),
    /// So large a part of the items, per period.
    Share(Share),
    /// Something is not done.
    Prohibition(Prohibition),
}

/// `contact each mql within 4 business hours of mql_at`.
#[derive(Debug, Clone, PartialEq)]
pub struct Turnaround {
    /// The moment the clock starts.
    pub start: Slot<Id<Field>>,
    /// The limits: the first whose condition holds applies. One without a condition for a plain turnaround.
    pub tiers: Vec<Tier>,
}

/// One limit of a turnaround.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// The time allowed.
    pub limit: Slot<Duration>,
    /// The items it applies to; `None` is every item (`otherwise`).
    pub when: Option<Predicate>,
    /// The words.
    pub span: Span,
}

/// `deliver at least 200 mql per month`.
#[derive(Debug, Clone, PartialEq)]
pub struct Quota {
    /// At least or at most.
    pub bound: Bound,
    /// How much.
    pub amount: Slot<QuotaAmount>,
    /// The moment that puts an item into a period: the definition's `since`.
    pub at: Slot<Id<Field>>,
    /// The period.
    pub per: Period,
}

/// What a quota counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuotaAmount {
    /// A number of items.
    Count(u64),
    /// The sum of a money field over the items.
    Worth {
        /// How much.
        amount: Decimal,
        /// In which currency, that of the field.
        currency: Currency,
        /// The field that is summed.
        field: Id<Field>,
    },
}

/// `accept at least 60% of mql per month`.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// At least or at most.
    pub bound: Bound,
    /// Per cent, 0 to 100.
    pub percent: Slot<Decimal>,
    /// The moment that puts an item into a period: the definition's `since`.
    pub at: Slot<Id<Field>>,
    /// The period.
    pub per: Period,
}

/// `must not disqualify a lead without reason when status = disqualified`.
///
/// An item breaks it when the condition holds and one of the `without` fields is blank (or, without such fields, when
/// the condition holds).
#[derive(Debug, Clone, PartialEq)]
pub struct Prohibition {
    /// Fields that must not be blank.
    pub without: Vec<Slot<Id<Field>>>,
    /// What an item looks like once the act was done.
    pub when: Option<Predicate>,
}

/// `at least` or `at most`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Bound {
    AtLeast,
    AtMost,
}

impl Bound {
    /// The words in the language.
    pub fn words(self) -> &'static str {
        match self {
            Bound::AtLeast => "at least",
            Bound::AtMost => "at most",
        }
    }
}

/// `target 95% per month`.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// What is aimed at.
    pub aim: Slot<Aim>,
    /// Over which period.
    pub per: Period,
    /// The clause.
    pub span: Span,
}

/// What a target aims at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// This much of the items met, in per cent.
    Attainment(Decimal),
    /// The time taken by this per cent of the items (nearest rank) is less than the duration. The median is 50.
    Percentile {
        /// 1 to 99.
        percent: u8,
        /// The time that may not be reached.
        under: Duration,
    },
}

/// `counted by due date|start date`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CountedBy {
    /// The day on which the allowed time ends.
    DueDate,
    /// The day on which the clock started.
    StartDate,
}

impl Commitment {
    /// The single duration kind is mixed when tiers use different clocks.
    pub fn tiers(&self) -> &[Tier] {
        match &self.form {
            Form::Turnaround(turnaround) => &turnaround.tiers,
            Form::Quota(_) | Form::Share(_) | Form::Prohibition(_) => &[],
        }
    }
}

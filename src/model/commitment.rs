//! Commitments: who owes what to whom, by when, and how it is measured.

use rust_decimal::Decimal;

use super::level::Level;
use super::record::Currency;
use super::{
    Calendar, Children, Date, Definition, Duration, Field, Head, Id, Period, Predicate, Record, Recurring,
    Role, Slot,
};
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
    /// The items it is about. `None`: it is about no record at all, and recurs ([`Form::Recurring`]).
    pub subject: Option<Slot<Subject>>,
    /// `met at A or B`: the moments that stop the clock; the earliest counts. `done at` for acts that are forbidden or
    /// allowed.
    pub met_at: Vec<Slot<Id<Field>>>,
    /// `met when P`, or `done when P` for acts that are allowed.
    pub met_when: Option<Predicate>,
    /// By which calendar its time runs.
    pub clock: ClockRule,
    /// `starts when P`: while it does not hold, the clock has not started.
    pub starts_when: Option<Predicate>,
    /// `paused from A to B`: the allowed time does not run in between.
    pub pauses: Vec<Pause>,
    /// `provided ..`: what must be so for a period to count.
    pub provided: Vec<Provided>,
    /// `priority over X`: commitments that give way where this one applies.
    pub priority_over: Vec<Slot<Id<Commitment>>>,
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

/// By which calendar the time of a commitment runs.
#[derive(Debug, Clone, PartialEq)]
pub enum ClockRule {
    /// That of the role: nothing is stated.
    Role,
    /// `clock us_office`.
    Calendar(Slot<Id<Calendar>>),
    /// `clock us_office when region = us`: the first row whose condition holds; that of the role if none does.
    Table(Vec<ClockRow>),
    /// `clock of owner`: that of the member of the role whom the field names; that of the role for everybody else.
    Member(Slot<Id<Field>>),
}

impl ClockRule {
    /// The calendars that it names.
    pub fn calendars(&self) -> Vec<&Slot<Id<Calendar>>> {
        match self {
            ClockRule::Role | ClockRule::Member(_) => Vec::new(),
            ClockRule::Calendar(calendar) => vec![calendar],
            ClockRule::Table(rows) => rows.iter().map(|row| &row.calendar).collect(),
        }
    }
}

/// A row of a table of clocks.
#[derive(Debug, Clone, PartialEq)]
pub struct ClockRow {
    /// The calendar.
    pub calendar: Slot<Id<Calendar>>,
    /// The items it is for; `None` is every item (`otherwise`).
    pub when: Option<Predicate>,
    /// The clause.
    pub span: Span,
}

/// `paused from blocked_at to unblocked_at`, `paused from asked_at to answered_at of each wait`: a pause without an end
/// goes on.
#[derive(Debug, Clone, PartialEq)]
pub struct Pause {
    /// The child records that are one pause each. `None`: the moments are of the item itself.
    pub of: Option<Slot<Children>>,
    /// Since when.
    pub from: Slot<Id<Field>>,
    /// Until when.
    pub to: Slot<Id<Field>>,
    /// The clause.
    pub span: Span,
}

/// What must be so for a period to count.
#[derive(Debug, Clone, PartialEq)]
pub struct Provided {
    /// What.
    pub what: Condition,
    /// The clause.
    pub span: Span,
}

/// What a `provided` clause asks of a period.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// `provided mql_volume is met`.
    Met(Slot<Id<Commitment>>),
    /// `provided at most 300 mql per month`.
    Amount {
        /// The items.
        subject: Slot<Subject>,
        /// How many there may or must be.
        quota: Quota,
    },
}

/// `must`, `should`, `must not`, `may`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Strength {
    /// Owed; a failure is a breach.
    Must,
    /// Aimed at; a failure is a missed target.
    Should,
    /// Forbidden.
    MustNot,
    /// Allowed.
    May,
}

impl Strength {
    /// Something is to be done: strictly, or as an aim.
    pub fn is_duty(self) -> bool {
        matches!(self, Strength::Must | Strength::Should)
    }

    /// The word in the language.
    pub fn word(self) -> &'static str {
        match self {
            Strength::Must => "must",
            Strength::Should => "should",
            Strength::MustNot => "must not",
            Strength::May => "may",
        }
    }
}

/// The items a commitment is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
    /// Something is done so long before a moment.
    LeadTime(LeadTime),
    /// Something is tried so many times with each item within a time.
    Attempts(Attempts),
    /// Something is done again and again, on certain days.
    Recurring(Recurring),
    /// Something is not done until so long after a moment.
    NotBefore(NotBefore),
    /// So many items, or so much money, per period.
    Quota(Quota),
    /// So large a part of the items, per period.
    Share(Share),
    /// Something is so for so much of each period.
    Level(Level),
    /// Something is not done.
    Prohibition(Prohibition),
    /// Something may be done, within a time and with some fields filled.
    Permission(Permission),
}

/// `contact each mql within 4 business hours of mql_at`.
#[derive(Debug, Clone, PartialEq)]
pub struct Turnaround {
    /// The moment the clock starts.
    pub start: Slot<Id<Field>>,
    /// The limits: the first whose condition holds applies. One without a condition for a plain turnaround.
    pub tiers: Vec<Tier>,
}

/// `request each event at least 45 business days before starts_on`.
///
/// The deadline is counted back from the moment ([`crate::worktime::ahead`]); there is no start.
#[derive(Debug, Clone, PartialEq)]
pub struct LeadTime {
    /// What it leads up to: a moment, or a day, which begins at 00:00.
    pub anchor: Slot<Id<Field>>,
    /// The lead times: the first whose condition holds applies.
    pub tiers: Vec<Tier>,
}

/// `attempt each mql at least 6 times within 10 business days of mql_at`: met at the moment of the last attempt that is
/// asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempts {
    /// How many.
    pub times: Slot<u32>,
    /// The moment the clock starts. What happened before it counts for nothing.
    pub start: Slot<Id<Field>>,
    /// The limits: the first whose condition holds applies.
    pub tiers: Vec<Tier>,
    /// What is an attempt.
    pub counting: Slot<Counting>,
}

/// `counting activity where kind in [call, email] at most once per day`.
#[derive(Debug, Clone, PartialEq)]
pub struct Counting {
    /// The child records that are attempts.
    pub of: Children,
    /// The moment of each: the `happens at` of the child.
    pub at: Id<Field>,
    /// How many of them count in one period, the earliest first.
    pub spacing: Option<Spacing>,
}

/// `at most once per day`, by calendar periods of the agreement's zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spacing {
    /// How many count in one.
    pub times: Slot<u32>,
    /// Which periods.
    pub period: Period,
}

/// `must not disqualify each mql sooner than 5 business days after mql_at`.
///
/// Done before that time is used up, it is broken.
#[derive(Debug, Clone, PartialEq)]
pub struct NotBefore {
    /// The moment the clock starts.
    pub start: Slot<Id<Field>>,
    /// The times to wait: the first whose condition holds applies.
    pub tiers: Vec<Tier>,
}

/// One limit of a promise about each item.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// The time allowed, or to wait.
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
    /// How much, where no other amount is given.
    pub amount: Slot<QuotaAmount>,
    /// Other amounts of some periods: by their days, which do not overlap.
    pub changes: Vec<Change>,
    /// The moment that puts an item into a period: the definition's `since`.
    pub at: Slot<Id<Field>>,
    /// The period.
    pub per: Period,
}

/// `instead 350 from 2026-04-01 to 2026-06-30`: another amount, for whole periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// How much.
    pub amount: Slot<QuotaAmount>,
    /// First day.
    pub from: Date,
    /// Last day; `None`: from then on.
    pub to: Option<Date>,
    /// The clause.
    pub span: Span,
}

impl Quota {
    /// The amount of the period in which a day lies.
    pub fn amount_on(&self, day: Date) -> &Slot<QuotaAmount> {
        let holds = |change: &&Change| change.from <= day && change.to.is_none_or(|to| day <= to);
        self.changes.iter().find(holds).map_or(&self.amount, |change| &change.amount)
    }

    /// Every amount that is given.
    pub fn amounts(&self) -> impl Iterator<Item = &Slot<QuotaAmount>> {
        std::iter::once(&self.amount).chain(self.changes.iter().map(|change| &change.amount))
    }
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

impl QuotaAmount {
    /// The number of items; `None` for money.
    pub fn count(&self) -> Option<u64> {
        match self {
            QuotaAmount::Count(count) => Some(*count),
            QuotaAmount::Worth { .. } => None,
        }
    }
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

/// `may reject a mql within 1 business day of mql_at with reason`.
///
/// The act is covered when it is done in time, with every field filled, on an item for which the condition holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Permission {
    /// Until when, if there is a limit.
    pub limit: Option<PermissionLimit>,
    /// Fields that must not be blank once it was done.
    pub with: Vec<Slot<Id<Field>>>,
    /// The items it is granted for; `None` is every one.
    pub when: Option<Predicate>,
}

/// `within 1 business day of mql_at`.
#[derive(Debug, Clone, PartialEq)]
pub struct PermissionLimit {
    /// The moment the clock starts.
    pub start: Slot<Id<Field>>,
    /// The time.
    pub time: Slot<Duration>,
    /// The words.
    pub span: Span,
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
    /// The limits of a promise about each item, in order.
    pub fn tiers(&self) -> &[Tier] {
        match &self.form {
            Form::Turnaround(turnaround) => &turnaround.tiers,
            Form::Attempts(attempts) => &attempts.tiers,
            Form::LeadTime(lead) => &lead.tiers,
            Form::NotBefore(wait) => &wait.tiers,
            Form::Quota(_)
            | Form::Share(_)
            | Form::Level(_)
            | Form::Prohibition(_)
            | Form::Permission(_)
            | Form::Recurring(_) => &[],
        }
    }

    /// The field of the moment from which the limits count, or back from which they count.
    pub fn counts_from(&self) -> Option<&Slot<Id<Field>>> {
        match &self.form {
            Form::Turnaround(turnaround) => Some(&turnaround.start),
            Form::Attempts(attempts) => Some(&attempts.start),
            Form::LeadTime(lead) => Some(&lead.anchor),
            Form::NotBefore(wait) => Some(&wait.start),
            Form::Permission(permission) => permission.limit.as_ref().map(|limit| &limit.start),
            Form::Quota(_) | Form::Share(_) | Form::Level(_) | Form::Prohibition(_) | Form::Recurring(_) => {
                None
            }
        }
    }

    /// The items it is about, where there are such and they are known.
    pub fn subject(&self) -> Option<Subject> {
        self.subject.as_ref()?.get().copied()
    }
}

//! Questions about child records: which of them are meant, and what is asked of them.

use super::predicate::Concept;
use super::{Duration, Field, Id, Predicate, Record};

/// Child records of one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Children {
    /// The child record; its parent is the record of the condition.
    pub record: Id<Record>,
    /// Which of them, by their own fields. `None`: all.
    pub condition: Option<Box<Predicate>>,
    /// Which of them, by when they happened. `None`: whenever, and even if nobody knows.
    pub window: Option<Window>,
}

/// When a child happened. One whose moment is blank happened at no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The field of the child that says when: a date or a moment.
    pub at: Id<Field>,
    /// Between which moments.
    pub span: WindowSpan,
}

/// Between which moments a child happened. Fields are those of the parent, of the type of [`Window::at`]; where one is
/// blank, no child is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowSpan {
    /// `in the last 30 calendar days`: the time is not used up ([`PredicateKind::OlderThan`] does not hold), and the
    /// moment is not in the future.
    ///
    /// [`PredicateKind::OlderThan`]: super::PredicateKind::OlderThan
    Last(Duration),
    /// `after mql_at`: later than it.
    After(Id<Field>),
    /// `before mql_at`: earlier than it.
    Before(Id<Field>),
    /// `within 2 hours of mql_at`: not before it, and not after the time is used up.
    Within(Duration, Id<Field>),
}

/// A value made of child records.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// Of which.
    pub of: Children,
    /// Which value.
    pub kind: AggregateKind,
}

/// Which value is made of child records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AggregateKind {
    /// How many there are.
    Count,
    /// The sum of a field, a number or money; blanks count as 0, and so does having none.
    Sum(Id<Field>),
    /// The latest value of a field, a date or a moment; blank if none is filled.
    Latest(Id<Field>),
    /// The earliest value of a field, a date or a moment; blank if none is filled.
    Earliest(Id<Field>),
}

impl AggregateKind {
    /// The field of the child that it is made of.
    pub fn field(self) -> Option<Id<Field>> {
        match self {
            AggregateKind::Count => None,
            AggregateKind::Sum(field) | AggregateKind::Latest(field) | AggregateKind::Earliest(field) => {
                Some(field)
            }
        }
    }
}

/// What is asked of the latest or earliest moment among child records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MomentTest {
    /// `is blank`.
    Blank,
    /// `is set`.
    Set,
    /// `older than 14 calendar days`: the time is used up.
    OlderThan(Duration),
    /// `within 2 hours of mql_at`: not before the field of the parent, and not after the time is used up.
    Within(Duration, Id<Field>),
}

impl Children {
    /// The fields of the parent that it reads.
    pub fn parent_fields(&self) -> Option<Id<Field>> {
        match self.window?.span {
            WindowSpan::After(field) | WindowSpan::Before(field) | WindowSpan::Within(_, field) => {
                Some(field)
            }
            WindowSpan::Last(_) => None,
        }
    }

    /// Whether it asks how much time has passed.
    pub fn counts_time(&self) -> bool {
        let by_window = |window: &Window| matches!(window.span, WindowSpan::Last(_) | WindowSpan::Within(..));
        self.window.as_ref().is_some_and(by_window)
            || self.condition.as_ref().is_some_and(|c| c.counts_time())
    }

    /// How many conditions it is made of.
    pub fn size(&self) -> usize {
        self.condition.as_ref().map_or(0, |condition| condition.size())
    }

    /// The definitions and scores that its condition stands on, with repetitions.
    pub fn stands_on(&self) -> Vec<Concept> {
        self.condition.iter().flat_map(|c| c.stands_on()).collect()
    }

    /// The fields of the child that it reads itself; what definitions in its condition read is theirs.
    pub fn child_fields(&self) -> Vec<Id<Field>> {
        let own = self.condition.iter().flat_map(|c| c.fields());
        own.chain(self.window.map(|window| window.at)).collect()
    }
}

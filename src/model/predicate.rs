//! Conditions over one record. What they mean is `evaluate`'s: two-valued, and a comparison with a blank field is false.

use rust_decimal::Decimal;

use super::record::Currency;
use super::{Date, Definition, Duration, Field, Id, LocalDateTime};
use crate::source::Span;

/// A condition with its place. Every field in it is of the same record.
#[derive(Debug, Clone, PartialEq)]
pub struct Predicate {
    /// What it asks.
    pub kind: PredicateKind,
    /// Where it stands.
    pub span: Span,
}

/// What a condition asks.
#[derive(Debug, Clone, PartialEq)]
pub enum PredicateKind {
    /// True for every record.
    Always,
    /// All hold.
    And(Vec<Predicate>),
    /// At least one holds.
    Or(Vec<Predicate>),
    /// It does not hold.
    Not(Box<Predicate>),
    /// Two values compared; both are of one type.
    Compare {
        /// Left side.
        left: Term,
        /// The operator.
        op: Comparison,
        /// Right side.
        right: Term,
    },
    /// `between low and high`, both ends included.
    Between {
        /// The value.
        term: Term,
        /// Lower end.
        low: Term,
        /// Upper end.
        high: Term,
    },
    /// `in [..]`.
    In {
        /// The value.
        term: Term,
        /// What it may equal; not empty.
        values: Vec<Constant>,
    },
    /// `is blank`.
    Blank(Id<Field>),
    /// `is set`.
    Set(Id<Field>),
    /// `starts with "..."`; the text is not empty.
    StartsWith(Id<Field>, String),
    /// `contains "..."` on a text; the text is not empty.
    Contains(Id<Field>, String),
    /// `contains value` on a field of several choices.
    Has(Id<Field>, String),
    /// A boolean field is true.
    Flag(Id<Field>),
    /// Another definition, of the same record, holds.
    Is(Id<Definition>),
    /// `at least 2 of (p, q, r)`.
    AtLeast(u32, Vec<Predicate>),
    /// `created_at older than 30 calendar days`: the time is used up.
    OlderThan(Id<Field>, Duration),
    /// `touched_at within 2 hours of mql_at`: not before it, and not after the time is used up.
    Within {
        /// The later moment.
        field: Id<Field>,
        /// The time allowed.
        duration: Duration,
        /// The earlier moment.
        of: Id<Field>,
    },
    /// Left open with `tbd "..."`, or could not be resolved (then with an error reported).
    Unknown,
}

/// `= != < <= > >=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// The sign in the language.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Equal => "=",
            Comparison::NotEqual => "!=",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
        }
    }

    /// True if an ordering satisfies it.
    pub fn accepts(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Comparison::Equal => ordering.is_eq(),
            Comparison::NotEqual => ordering.is_ne(),
            Comparison::Less => ordering.is_lt(),
            Comparison::LessOrEqual => ordering.is_le(),
            Comparison::Greater => ordering.is_gt(),
            Comparison::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

/// A value in a condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// A field of the record.
    Field(Id<Field>),
    /// A constant.
    Constant(Constant),
    /// The present moment (with `datetime` fields).
    Now,
    /// The present day in the agreement's zone (with `date` fields).
    Today,
    /// Arithmetic on numbers, or on money of one currency.
    Arithmetic(Box<Term>, Arithmetic, Box<Term>),
}

/// `+ - *`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
}

impl Arithmetic {
    /// The sign in the language.
    pub fn sign(self) -> &'static str {
        match self {
            Arithmetic::Add => "+",
            Arithmetic::Subtract => "-",
            Arithmetic::Multiply => "*",
        }
    }
}

/// A value written in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constant {
    /// A number, for integer and number fields. At most six decimal places.
    Number(Decimal),
    /// A percentage: `95%` is 95.
    Percent(Decimal),
    /// An amount of money.
    Money(Decimal, Currency),
    /// Text, for text, key, user and reference fields.
    Text(String),
    /// A value of a choice.
    Choice(String),
    /// `true` or `false`.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// A moment on the wall clock of the agreement's zone.
    DateTime(LocalDateTime),
}

impl Predicate {
    /// The condition that always holds.
    pub fn always(span: Span) -> Predicate {
        Predicate { kind: PredicateKind::Always, span }
    }

    /// The conditions directly inside this one.
    pub fn children(&self) -> &[Predicate] {
        match &self.kind {
            PredicateKind::And(parts) | PredicateKind::Or(parts) | PredicateKind::AtLeast(_, parts) => parts,
            PredicateKind::Not(inner) => std::slice::from_ref(inner),
            _ => &[],
        }
    }

    /// Calls `visit` on this condition and on every one inside it, outermost first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Predicate)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }

    /// True if nothing in it is left open or broken. Does not look into the definitions it names.
    pub fn is_complete(&self) -> bool {
        let mut complete = true;
        self.walk(&mut |p| complete &= p.kind != PredicateKind::Unknown);
        complete
    }

    /// Every field it reads directly, in order, with repetitions.
    pub fn fields(&self) -> Vec<Id<Field>> {
        let mut out = Vec::new();
        self.walk(&mut |p| match &p.kind {
            PredicateKind::Compare { left, right, .. } => {
                left.fields(&mut out);
                right.fields(&mut out);
            }
            PredicateKind::Between { term, low, high } => {
                term.fields(&mut out);
                low.fields(&mut out);
                high.fields(&mut out);
            }
            PredicateKind::In { term, .. } => term.fields(&mut out),
            PredicateKind::Blank(field)
            | PredicateKind::Set(field)
            | PredicateKind::StartsWith(field, _)
            | PredicateKind::Contains(field, _)
            | PredicateKind::Has(field, _)
            | PredicateKind::Flag(field)
            | PredicateKind::OlderThan(field, _) => out.push(*field),
            PredicateKind::Within { field, of, .. } => out.extend([*field, *of]),
            PredicateKind::Always
            | PredicateKind::And(_)
            | PredicateKind::Or(_)
            | PredicateKind::Not(_)
            | PredicateKind::Is(_)
            | PredicateKind::AtLeast(..)
            | PredicateKind::Unknown => {}
        });
        out
    }

    /// Every definition it names directly, in order, with repetitions.
    pub fn definitions(&self) -> Vec<Id<Definition>> {
        let mut out = Vec::new();
        self.walk(&mut |p| {
            if let PredicateKind::Is(definition) = &p.kind {
                out.push(*definition);
            }
        });
        out
    }
}

impl Term {
    fn fields(&self, out: &mut Vec<Id<Field>>) {
        match self {
            Term::Field(field) => out.push(*field),
            Term::Arithmetic(left, _, right) => {
                left.fields(out);
                right.fields(out);
            }
            Term::Constant(_) | Term::Now | Term::Today => {}
        }
    }
}

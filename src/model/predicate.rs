//! Conditions over one record. What they mean is `evaluate`'s: two-valued, and a comparison with a blank field is false.

use rust_decimal::Decimal;

use super::children::MomentTest;
use super::record::Currency;
use super::{Aggregate, Children, Date, Definition, Duration, Field, Id, LocalDateTime, Score};
use crate::source::Span;

/// A condition with its place. Every field in it is of the same record. Two are equal if they ask the same, wherever they
/// stand.
#[derive(Debug, Clone)]
pub struct Predicate {
    /// What it asks.
    pub kind: PredicateKind,
    /// Where it stands.
    pub span: Span,
}

impl PartialEq for Predicate {
    fn eq(&self, other: &Predicate) -> bool {
        self.kind == other.kind
    }
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
    /// `any activity where kind = call`: there is one at the least. `no activity` is its opposite, in a `Not`.
    Exists(Children),
    /// `latest activity.done_at older than 14 calendar days`: a question about the latest or earliest moment.
    Moment(Box<Aggregate>, MomentTest),
    /// Left open with `tbd "..."`, or could not be resolved (then with an error reported).
    Unknown,
}

/// Something with a meaning of its own that conditions name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concept {
    /// A definition.
    Definition(Id<Definition>),
    /// A score.
    Score(Id<Score>),
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
    /// A score of the record: a number, never blank.
    Score(Id<Score>),
    /// `count of activity`, `latest activity.done_at`: a value made of child records.
    Aggregate(Box<Aggregate>),
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
        complete && self.child_records().iter().all(|c| c.condition.as_ref().is_none_or(|c| c.is_complete()))
    }

    /// The child records it asks about directly, in order, with repetitions.
    pub fn child_records(&self) -> Vec<&Children> {
        let mut out = Vec::new();
        self.walk(&mut |p| match &p.kind {
            PredicateKind::Exists(children) => out.push(children),
            PredicateKind::Moment(aggregate, _) => out.push(&aggregate.of),
            _ => out.extend(p.terms().into_iter().flat_map(Term::aggregates).map(|aggregate| &aggregate.of)),
        });
        out
    }

    /// The values that this condition, without those inside it, compares.
    pub fn terms(&self) -> Vec<&Term> {
        match &self.kind {
            PredicateKind::Compare { left, right, .. } => vec![left, right],
            PredicateKind::Between { term, low, high } => vec![term, low, high],
            PredicateKind::In { term, .. } => vec![term],
            _ => Vec::new(),
        }
    }

    /// Every field of its own record that it reads directly, in order, with repetitions. What it reads of child records
    /// is in [`Predicate::child_records`].
    pub fn fields(&self) -> Vec<Id<Field>> {
        let mut out = Vec::new();
        self.walk(&mut |p| match &p.kind {
            PredicateKind::Compare { .. } | PredicateKind::Between { .. } | PredicateKind::In { .. } => {
                p.terms().into_iter().for_each(|term| term.fields(&mut out));
            }
            PredicateKind::Exists(children) => out.extend(children.parent_fields()),
            PredicateKind::Moment(aggregate, test) => {
                out.extend(aggregate.of.parent_fields());
                if let MomentTest::Within(_, field) = test {
                    out.push(*field);
                }
            }
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

    /// Every score it names directly, in order, with repetitions.
    pub fn scores(&self) -> Vec<Id<Score>> {
        let mut out = Vec::new();
        self.walk(&mut |p| {
            out.extend(p.terms().into_iter().flat_map(Term::parts).filter_map(|part| match part {
                Term::Score(score) => Some(*score),
                _ => None,
            }));
        });
        out
    }

    /// Whether it asks directly how much time has passed, and so where a day begins.
    pub fn counts_time(&self) -> bool {
        let mut found = false;
        self.walk(&mut |part| {
            found |= matches!(
                part.kind,
                PredicateKind::OlderThan(..)
                    | PredicateKind::Within { .. }
                    | PredicateKind::Moment(_, MomentTest::OlderThan(_) | MomentTest::Within(..))
            );
        });
        found || self.child_records().into_iter().any(Children::counts_time)
    }

    /// How many conditions it is made of, itself and those about child records included.
    pub fn size(&self) -> usize {
        let mut own = 0;
        self.walk(&mut |_| own += 1);
        own + self.child_records().into_iter().map(Children::size).sum::<usize>()
    }

    /// Everything it stands on, with repetitions: the definitions and scores that it names, and those that the conditions
    /// about child records in it name.
    pub fn stands_on(&self) -> Vec<Concept> {
        let definitions = self.definitions().into_iter().map(Concept::Definition);
        let scores = self.scores().into_iter().map(Concept::Score);
        let of_children = self.child_records().into_iter().flat_map(Children::stands_on);
        definitions.chain(scores).chain(of_children).collect()
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
    /// This value, or those that it is calculated from.
    pub fn parts(&self) -> Vec<&Term> {
        match self {
            Term::Arithmetic(left, _, right) => [left.parts(), right.parts()].concat(),
            _ => vec![self],
        }
    }

    /// The values of child records in it.
    pub fn aggregates(&self) -> impl Iterator<Item = &Aggregate> {
        self.parts().into_iter().filter_map(|part| match part {
            Term::Aggregate(aggregate) => Some(&**aggregate),
            _ => None,
        })
    }

    fn fields(&self, out: &mut Vec<Id<Field>>) {
        out.extend(self.parts().into_iter().filter_map(|part| match part {
            Term::Field(field) => Some(*field),
            Term::Aggregate(aggregate) => aggregate.of.parent_fields(),
            Term::Score(_) | Term::Constant(_) | Term::Now | Term::Today | Term::Arithmetic(..) => None,
        }));
    }
}

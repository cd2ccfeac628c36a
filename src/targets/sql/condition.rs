//! Conditions: two-valued, as `evaluate` reads them. Every comparison asks first whether its fields are filled, so that
//! the database's third truth value never arises.

use rust_decimal::Decimal;

use super::binding::Binding;
use super::record::Shape;
use super::tree::{Expr, Op, Primitive, all, any, col, flag, int, text};
use crate::evaluate::{Evaluator, Value};
use crate::model::predicate::{Arithmetic, Comparison};
use crate::model::record::Case;
use crate::model::{Constant, Duration, Field, FieldType, Id, Predicate, PredicateKind, Term, Unit};

/// The short name of the view with the present moment.
pub(super) const N: &str = "n";
/// One, in millionths.
const MILLION: i128 = 1_000_000;
/// Factors with decimals that may be multiplied with one another before whole numbers of a database end.
const MOST_FACTORS: u32 = 3;

/// Conditions over one record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Conditions<'a> {
    pub(super) evaluator: &'a Evaluator<'a>,
    pub(super) binding: &'a Binding<'a>,
    pub(super) shape: &'a Shape,
    /// The short name of the record's view.
    pub(super) alias: &'a str,
}

/// A value in a condition.
struct Operand {
    value: Expr,
    /// A number is this often multiplied by a million.
    degree: u32,
    /// The columns it is blank without.
    needs: Vec<Expr>,
}

impl Conditions<'_> {
    fn column(&self, field: Id<Field>) -> Expr {
        col(self.alias, self.shape.column(field))
    }

    fn field(&self, field: Id<Field>) -> &Field {
        &self.shape.record(self.evaluator.model()).fields[field]
    }

    /// A condition.
    pub(super) fn holds(&self, condition: &Predicate) -> Expr {
        let many = |parts: &[Predicate]| parts.iter().map(|p| self.holds(p)).collect::<Vec<_>>();
        match &condition.kind {
            PredicateKind::Always => Expr::All(Vec::new()),
            PredicateKind::Unknown => never(),
            PredicateKind::And(parts) => Expr::All(many(parts)),
            PredicateKind::Or(parts) => Expr::Any(many(parts)),
            PredicateKind::Not(inner) => self.holds(inner).negated(),
            PredicateKind::AtLeast(n, parts) => {
                let sum = many(parts).into_iter().map(flag).reduce(Expr::plus).unwrap_or(int(0));
                sum.at_least(int(*n))
            }
            PredicateKind::Is(definition) => match self.shape.definition(*definition) {
                Some(column) => col(self.alias, column).is(int(1)),
                None => never(),
            },
            PredicateKind::Flag(field) => given(vec![self.column(*field)], self.column(*field).is(int(1))),
            PredicateKind::Blank(field) => self.column(*field).blank(),
            PredicateKind::Set(field) => self.column(*field).filled(),
            PredicateKind::Compare { left, op, right } => self.compare(left, *op, right),
            PredicateKind::Between { term, low, high } => all([
                self.compare(term, Comparison::GreaterOrEqual, low),
                self.compare(term, Comparison::LessOrEqual, high),
            ]),
            PredicateKind::In { term, values } => self.one_of(term, values),
            PredicateKind::StartsWith(field, prefix) => {
                let (column, prefix) = self.folded(*field, prefix);
                let length = i128::try_from(prefix.chars().count()).unwrap_or(i128::MAX);
                let left = Expr::Primitive(Primitive::Left, vec![column, Expr::Int(length)]);
                given(vec![self.column(*field)], left.is(text(prefix)))
            }
            PredicateKind::Contains(field, part) => {
                let (column, part) = self.folded(*field, part);
                let contains = Expr::Primitive(Primitive::Contains, vec![column, text(part)]);
                given(vec![self.column(*field)], contains)
            }
            PredicateKind::Has(field, value) => {
                let column = self.column(*field);
                given(vec![column.clone()], self.binding.has(*field, column, value))
            }
            PredicateKind::OlderThan(field, duration) => self.older(*field, *duration),
            PredicateKind::Within { field, duration, of } => self.within(*field, *duration, *of),
        }
    }

    fn compare(&self, left: &Term, op: Comparison, right: &Term) -> Expr {
        let op = match op {
            Comparison::Equal => Op::Equal,
            Comparison::NotEqual => Op::NotEqual,
            Comparison::Less => Op::Less,
            Comparison::LessOrEqual => Op::LessOrEqual,
            Comparison::Greater => Op::Greater,
            Comparison::GreaterOrEqual => Op::GreaterOrEqual,
        };
        let (Some(l), Some(r)) = (self.operand(left), self.operand(right)) else { return never() };
        let degree = l.degree.max(r.degree);
        let needs = l.needs.iter().chain(&r.needs).cloned().collect();
        let lower = self.ignores_case(left) || self.ignores_case(right);
        let (l, r) = (comparable(l, degree, lower), comparable(r, degree, lower));
        given(needs, l.compare(op, r))
    }

    fn one_of(&self, term: &Term, values: &[Constant]) -> Expr {
        let Some(operand) = self.operand(term) else { return never() };
        let values: Vec<Operand> = values.iter().filter_map(|v| self.constant(v)).collect();
        let degree = values.iter().map(|v| v.degree).chain([operand.degree]).max().unwrap_or(0);
        let lower = self.ignores_case(term);
        let values: Vec<Expr> = values.into_iter().map(|v| comparable(v, degree, lower)).collect();
        if values.is_empty() {
            return never();
        }
        let needs = operand.needs.clone();
        given(needs, comparable(operand, degree, lower).among(values))
    }

    /// A value; `None` if it is blank for every item.
    fn operand(&self, term: &Term) -> Option<Operand> {
        match term {
            Term::Field(field) => {
                let column = self.column(*field);
                let degree = match self.field(*field).ty {
                    FieldType::Number | FieldType::Percent | FieldType::Money(_) => 1,
                    _ => 0,
                };
                Some(Operand { value: column.clone(), degree, needs: vec![column] })
            }
            Term::Now => Some(Operand { value: col(N, "now_s"), degree: 0, needs: Vec::new() }),
            Term::Today => Some(Operand { value: col(N, "today"), degree: 0, needs: Vec::new() }),
            Term::Constant(constant) => self.constant(constant),
            Term::Arithmetic(left, op, right) => {
                let (l, r) = (self.operand(left)?, self.operand(right)?);
                let needs = l.needs.into_iter().chain(r.needs).collect();
                if *op == Arithmetic::Multiply {
                    return Some(Operand {
                        value: l.value.times(r.value),
                        degree: l.degree + r.degree,
                        needs,
                    });
                }
                let degree = l.degree.max(r.degree);
                let (a, b) = (scaled(l.value, degree - l.degree), scaled(r.value, degree - r.degree));
                let value = if *op == Arithmetic::Add { a.plus(b) } else { a.minus(b) };
                Some(Operand { value, degree, needs })
            }
        }
    }

    fn constant(&self, constant: &Constant) -> Option<Operand> {
        let whole = |value| Some(Operand { value, degree: 0, needs: Vec::new() });
        match self.evaluator.constant(constant) {
            Value::Number(number) => {
                let (value, degree) = number_constant(number);
                Some(Operand { value, degree, needs: Vec::new() })
            }
            Value::Text(t) | Value::Choice(t) if !t.is_empty() => whole(text(t)),
            Value::Boolean(value) => whole(int(i64::from(value))),
            Value::Date(date) => whole(int(crate::worktime::Day::of(date).number())),
            Value::Moment(moment) => whole(int(moment.epoch())),
            Value::Blank | Value::Text(_) | Value::Choice(_) | Value::Choices(_) => None,
        }
    }

    fn ignores_case(&self, term: &Term) -> bool {
        matches!(term, Term::Field(field) if self.field(*field).case == Case::Ignored)
    }

    /// A text column and a constant as the field compares them.
    fn folded(&self, field: Id<Field>, constant: &str) -> (Expr, String) {
        match self.field(field).case {
            Case::Ignored => (self.column(field).as_(Primitive::Lower), constant.to_ascii_lowercase()),
            Case::Sensitive => (self.column(field), constant.to_owned()),
        }
    }

    fn older(&self, field: Id<Field>, duration: Duration) -> Expr {
        let column = self.column(field);
        let end = match (&self.field(field).ty, duration.unit) {
            (FieldType::DateTime, Unit::Minutes | Unit::Hours) => match duration.seconds() {
                Some(seconds) => col(N, "now_s").minus(int(seconds)),
                None => return never(),
            },
            (FieldType::Date, Unit::Minutes | Unit::Hours) => return never(),
            (ty, _) => col(N, &edge_name(duration, ty)),
        };
        given(vec![column.clone(), end.clone()], column.less_than(end))
    }

    fn within(&self, field: Id<Field>, duration: Duration, of: Id<Field>) -> Expr {
        let (to, from) = (self.column(field), self.column(of));
        let end = match (&self.field(of).ty, duration.unit) {
            (FieldType::DateTime, Unit::Minutes | Unit::Hours) => match duration.seconds() {
                Some(seconds) => from.clone().plus(int(seconds)),
                None => return never(),
            },
            (FieldType::Date, Unit::Minutes | Unit::Hours) => return never(),
            (FieldType::Date, Unit::CalendarDays) => from.clone().plus(int(duration.count())),
            (FieldType::Date, Unit::Weeks) => from.clone().plus(int(duration.count().saturating_mul(7))),
            _ => match self.shape.end_of(of, duration) {
                Some(column) => col(self.alias, column),
                None => return never(),
            },
        };
        let needs = if end == from {
            vec![from.clone(), to.clone()]
        } else {
            vec![from.clone(), to.clone(), end.clone()]
        };
        // A sum of a column needs nothing but the column.
        let needs = needs.into_iter().filter(|need| matches!(need, Expr::Column(..))).collect();
        given(needs, all([from.at_most(to.clone()), to.at_most(end)]))
    }
}

/// A comparison that is false where something it needs is blank.
fn given(needs: Vec<Expr>, comparison: Expr) -> Expr {
    let mut parts: Vec<Expr> = Vec::new();
    for need in needs {
        let set = need.filled();
        if !parts.contains(&set) {
            parts.push(set);
        }
    }
    parts.push(comparison);
    Expr::All(parts)
}

/// An operand as it is compared: numbers to six places, text without capitals where they do not count.
fn comparable(operand: Operand, degree: u32, lower: bool) -> Expr {
    if lower {
        return match operand.value {
            Expr::Text(t) => text(t.to_ascii_lowercase()),
            value => value.as_(Primitive::Lower),
        };
    }
    // Up to millionths there is nothing to be rounded.
    if degree <= 1 {
        return scaled(operand.value, degree - operand.degree);
    }
    if operand.degree <= 1 {
        return scaled(operand.value, 1 - operand.degree);
    }
    let by = Expr::Int(MILLION.saturating_pow(operand.degree - 1));
    Expr::Primitive(Primitive::RoundEven, vec![operand.value, by])
}

/// The column of the clock that says which moments (or days) are older than a duration.
pub(super) fn edge_name(duration: Duration, ty: &FieldType) -> String {
    let words: String =
        duration.to_string().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    match ty {
        FieldType::Date => format!("{words}_ago_day"),
        _ => format!("{words}_ago_s"),
    }
}

/// A number as a whole number, and how often it is multiplied by a million.
pub(super) fn number_constant(number: Decimal) -> (Expr, u32) {
    let number = number.normalize();
    if number.scale() == 0 { (Expr::Int(number.mantissa()), 0) } else { (millionths(number), 1) }
}

/// A number in millionths.
pub(super) fn millionths(number: Decimal) -> Expr {
    let mut rounded = number.round_dp(6);
    rounded.rescale(6);
    // Too large to be rescaled: still the right size.
    let missing = 6_u32.saturating_sub(rounded.scale());
    Expr::Int(rounded.mantissa().saturating_mul(10_i128.saturating_pow(missing)))
}

fn scaled(value: Expr, degrees: u32) -> Expr {
    value.times(Expr::Int(MILLION.saturating_pow(degrees)))
}

fn never() -> Expr {
    any([])
}

/// What keeps a condition from being a query, although `evaluate` can decide it.
pub(super) fn limit(condition: &Predicate, record: &crate::model::Record) -> Option<&'static str> {
    let mut most = 0;
    condition.walk(&mut |p| match &p.kind {
        PredicateKind::Compare { left, right, .. } => {
            most = most.max(degree(left, record)).max(degree(right, record));
        }
        PredicateKind::Between { term, low, high } => {
            most = most.max(degree(term, record)).max(degree(low, record)).max(degree(high, record));
        }
        PredicateKind::In { term, .. } => most = most.max(degree(term, record)),
        _ => {}
    });
    (most > MOST_FACTORS).then_some("a condition multiplies more than three numbers with decimals")
}

fn degree(term: &Term, record: &crate::model::Record) -> u32 {
    match term {
        Term::Field(field) => match record.fields[*field].ty {
            FieldType::Number | FieldType::Percent | FieldType::Money(_) => 1,
            _ => 0,
        },
        Term::Constant(Constant::Number(n) | Constant::Percent(n) | Constant::Money(n, _)) => {
            u32::from(n.normalize().scale() > 0)
        }
        Term::Constant(_) | Term::Now | Term::Today => 0,
        Term::Arithmetic(left, Arithmetic::Multiply, right) => {
            degree(left, record).saturating_add(degree(right, record))
        }
        Term::Arithmetic(left, _, right) => degree(left, record).max(degree(right, record)),
    }
}

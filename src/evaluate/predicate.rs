//! Conditions.

use std::cmp::Ordering;

use super::{Evaluator, Gap, Item, Value};
use crate::model::children::{MomentTest, Window, WindowSpan};
use crate::model::predicate::Arithmetic;
use crate::model::record::Case;
use crate::model::{
    Arena, Children, Constant, Definition, Field, Id, Predicate, PredicateKind, Record, Subject, Term,
};
use crate::worktime::{self, Clock, civil};

/// Numbers are compared to six decimal places, which every database and the CRM hold exactly.
const PLACES: u32 = 6;

impl Evaluator<'_> {
    /// Whether a condition over a record holds for an item of it.
    ///
    /// A part that is still open ([`PredicateKind::Unknown`]) does not hold; ask [`Evaluator::condition_gap`] first.
    pub fn holds(&self, condition: &Predicate, record: &Record, item: &Item) -> bool {
        let fields = &record.fields;
        let text = |field: &Id<Field>| item.get(*field).text().map(|t| folded(t, fields, *field));
        match &condition.kind {
            PredicateKind::Always => true,
            PredicateKind::And(parts) => parts.iter().all(|p| self.holds(p, record, item)),
            PredicateKind::Or(parts) => parts.iter().any(|p| self.holds(p, record, item)),
            PredicateKind::Not(inner) => !self.holds(inner, record, item),
            PredicateKind::AtLeast(n, parts) => {
                parts.iter().filter(|p| self.holds(p, record, item)).count() >= *n as usize
            }
            PredicateKind::Is(definition) => self.is(*definition, item),
            PredicateKind::Flag(field) => *item.get(*field) == Value::Boolean(true),
            PredicateKind::Blank(field) => item.get(*field).is_blank(),
            PredicateKind::Set(field) => !item.get(*field).is_blank(),
            PredicateKind::Compare { left, op, right } => {
                self.compare(left, right, fields, item).is_some_and(|ordering| op.accepts(ordering))
            }
            PredicateKind::Between { term, low, high } => {
                self.compare(term, low, fields, item).is_some_and(Ordering::is_ge)
                    && self.compare(term, high, fields, item).is_some_and(Ordering::is_le)
            }
            PredicateKind::In { term, values } => values.iter().any(|value| {
                let value = Term::Constant(value.clone());
                self.compare(term, &value, fields, item).is_some_and(Ordering::is_eq)
            }),
            PredicateKind::StartsWith(field, prefix) => {
                text(field).is_some_and(|t| t.starts_with(&folded(prefix, fields, *field)))
            }
            PredicateKind::Contains(field, part) => {
                text(field).is_some_and(|t| t.contains(&folded(part, fields, *field)))
            }
            PredicateKind::Has(field, value) => match item.get(*field) {
                Value::Choices(values) => values.contains(value),
                _ => false,
            },
            PredicateKind::OlderThan(field, duration) => self.is_older(item.get(*field), *duration),
            PredicateKind::Within { field, duration, of } => {
                self.is_within(item.get(*of), *duration, item.get(*field))
            }
            PredicateKind::Exists(children) => !self.children(children, item).is_empty(),
            PredicateKind::Moment(aggregate, test) => self.moment_holds(aggregate, *test, item),
            PredicateKind::Unknown => false,
        }
    }

    /// Whether a time that began at a date or moment is used up by now; not if it is blank.
    pub(super) fn is_older(&self, from: &Value, duration: crate::model::Duration) -> bool {
        match from {
            Value::Moment(from) => self.used_up(*from, duration).is_some_and(|end| self.now > end),
            Value::Date(from) => {
                let today = self.zone.as_ref().map(|z| z.date(self.now));
                later(*from, duration).zip(today).is_some_and(|(end, today)| today > end)
            }
            _ => false,
        }
    }

    /// Whether a date or moment is not before another, and not after a time that began at that one is used up.
    pub(super) fn is_within(&self, from: &Value, duration: crate::model::Duration, to: &Value) -> bool {
        match (from, to) {
            (Value::Moment(from), Value::Moment(to)) => {
                from <= to && self.used_up(*from, duration).is_some_and(|end| *to <= end)
            }
            (Value::Date(from), Value::Date(to)) => {
                from <= to && later(*from, duration).is_some_and(|end| *to <= end)
            }
            _ => false,
        }
    }

    /// Whether an item is one of a definition.
    pub fn is(&self, definition: Id<Definition>, item: &Item) -> bool {
        let definition = &self.model.definitions[definition];
        match definition.record.get() {
            Some(record) => self.holds(&definition.condition, &self.model.records[*record], item),
            None => false,
        }
    }

    /// Whether an item is one of a subject.
    pub fn is_of(&self, subject: Subject, item: &Item) -> bool {
        match subject {
            Subject::Record(_) => true,
            Subject::Definition(definition) => self.is(definition, item),
        }
    }

    /// What keeps a condition from being decided: an open point in it, in a definition it names, or a zone that it
    /// needs and that is not known.
    pub fn condition_gap(&self, condition: &Predicate) -> Option<Gap> {
        let mut gap = None;
        condition.walk(&mut |part| {
            if gap.is_some() {
                return;
            }
            gap = match &part.kind {
                PredicateKind::Unknown => Some(Gap::new("a condition is still open")),
                PredicateKind::Is(definition) => self.definition_gap(*definition),
                PredicateKind::OlderThan(..) | PredicateKind::Within { .. } if self.zone.is_none() => {
                    Some(no_zone())
                }
                PredicateKind::In { term, values } => {
                    let constants = values.iter().find_map(|v| self.constant_gap(v));
                    constants.or_else(|| self.term_gap(term))
                }
                PredicateKind::Exists(children) => self.children_gap(children),
                PredicateKind::Moment(aggregate, test) => self.children_gap(&aggregate.of).or_else(|| {
                    let timed = matches!(test, MomentTest::OlderThan(_) | MomentTest::Within(..));
                    (timed && self.zone.is_none()).then(no_zone)
                }),
                _ => part.terms().into_iter().find_map(|term| self.term_gap(term)),
            };
        });
        gap
    }

    /// The same for a definition.
    pub fn definition_gap(&self, definition: Id<Definition>) -> Option<Gap> {
        let definition = &self.model.definitions[definition];
        if !definition.record.is_set() {
            return Some(Gap::new(format!("`{}` is not defined", definition.head.name)));
        }
        self.condition_gap(&definition.condition)
            .map(|gap| Gap::new(format!("in the definition of `{}` {gap}", definition.head.name)))
    }

    fn term_gap(&self, term: &Term) -> Option<Gap> {
        match term {
            Term::Constant(constant) => self.constant_gap(constant),
            Term::Today if self.zone.is_none() => Some(no_zone()),
            Term::Score(score) => self.score_gap(*score),
            Term::Aggregate(aggregate) => self.children_gap(&aggregate.of),
            Term::Arithmetic(left, _, right) => self.term_gap(left).or_else(|| self.term_gap(right)),
            Term::Field(_) | Term::Now | Term::Today => None,
        }
    }

    pub(super) fn children_gap(&self, children: &Children) -> Option<Gap> {
        let timed = |window: &Window| matches!(window.span, WindowSpan::Last(_) | WindowSpan::Within(..));
        let no_zone = || (children.window.as_ref().is_some_and(timed) && self.zone.is_none()).then(no_zone);
        children.condition.as_ref().and_then(|c| self.condition_gap(c)).or_else(no_zone)
    }

    fn constant_gap(&self, constant: &Constant) -> Option<Gap> {
        (matches!(constant, Constant::DateTime(_)) && self.zone.is_none()).then(no_zone)
    }

    /// The order of two values; `None` if one is blank, and so every comparison of them false.
    fn compare(&self, left: &Term, right: &Term, fields: &Arena<Field>, item: &Item) -> Option<Ordering> {
        let (l, r) = (self.value(left, item), self.value(right, item));
        match (&l, &r) {
            (Value::Number(a), Value::Number(b)) => Some(a.round_dp(PLACES).cmp(&b.round_dp(PLACES))),
            (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
            (Value::Moment(a), Value::Moment(b)) => Some(a.cmp(b)),
            (Value::Boolean(a), Value::Boolean(b)) => Some(a.cmp(b)),
            (Value::Choice(a), Value::Choice(b)) if !a.is_empty() && !b.is_empty() => Some(a.cmp(b)),
            (Value::Text(a), Value::Text(b)) if !a.is_empty() && !b.is_empty() => {
                if ignores_case(left, fields) || ignores_case(right, fields) {
                    Some(a.to_ascii_lowercase().cmp(&b.to_ascii_lowercase()))
                } else {
                    Some(a.cmp(b))
                }
            }
            _ => None,
        }
    }

    fn value(&self, term: &Term, item: &Item) -> Value {
        match term {
            Term::Field(field) => item.get(*field).clone(),
            Term::Now => Value::Moment(self.now),
            Term::Today => self.zone.as_ref().map_or(Value::Blank, |z| Value::Date(z.date(self.now))),
            Term::Constant(constant) => self.constant(constant),
            Term::Score(score) => Value::Number(self.score(*score, item)),
            Term::Aggregate(aggregate) => self.aggregate(aggregate, item),
            Term::Arithmetic(left, op, right) => {
                let (Value::Number(l), Value::Number(r)) = (self.value(left, item), self.value(right, item))
                else {
                    return Value::Blank;
                };
                let result = match op {
                    Arithmetic::Add => l.checked_add(r),
                    Arithmetic::Subtract => l.checked_sub(r),
                    Arithmetic::Multiply => l.checked_mul(r),
                };
                result.map_or(Value::Blank, Value::Number)
            }
        }
    }

    /// The value of a constant; a wall-clock time is taken in the agreement's zone.
    pub fn constant(&self, constant: &Constant) -> Value {
        match constant {
            Constant::Number(n) | Constant::Percent(n) | Constant::Money(n, _) => Value::Number(*n),
            Constant::Text(text) => Value::Text(text.clone()),
            Constant::Choice(value) => Value::Choice(value.clone()),
            Constant::Boolean(value) => Value::Boolean(*value),
            Constant::Date(date) => Value::Date(*date),
            Constant::DateTime(local) => {
                let moment = self.zone.as_ref().and_then(|z| z.instant(*local).ok());
                moment.map_or(Value::Blank, Value::Moment)
            }
        }
    }

    /// The moment at which a time that began at another is used up. In conditions only wall-clock and calendar units
    /// occur.
    fn used_up(
        &self,
        from: worktime::Instant,
        duration: crate::model::Duration,
    ) -> Option<worktime::Instant> {
        worktime::due(from, duration, Clock::Wall(self.zone.as_ref()?)).ok()
    }
}

fn no_zone() -> Gap {
    Gap::new("the agreement's time zone is not known")
}

/// The day that lies so much later; only days, weeks and months occur with dates.
fn later(from: crate::model::Date, duration: crate::model::Duration) -> Option<crate::model::Date> {
    use crate::model::Unit;
    match duration.unit {
        Unit::CalendarDays => civil::add_days(from, duration.count()).ok(),
        Unit::Weeks => civil::add_days(from, duration.count().checked_mul(7)?).ok(),
        Unit::Months => civil::add_months(from, duration.count()).ok(),
        Unit::Minutes | Unit::Hours | Unit::BusinessMinutes | Unit::BusinessHours | Unit::BusinessDays => {
            None
        }
    }
}

fn ignores_case(term: &Term, fields: &Arena<Field>) -> bool {
    matches!(term, Term::Field(field) if fields[*field].case == Case::Ignored)
}

/// A text as a field compares it.
fn folded(text: &str, fields: &Arena<Field>, field: Id<Field>) -> String {
    match fields[field].case {
        Case::Ignored => text.to_ascii_lowercase(),
        Case::Sensitive => text.to_owned(),
    }
}

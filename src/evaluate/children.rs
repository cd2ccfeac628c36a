//! Questions about child records.

use super::{Evaluator, Item, Value};
use crate::model::children::{MomentTest, Window, WindowSpan};
use crate::model::{Aggregate, AggregateKind, Children};
use rust_decimal::Decimal;

impl Evaluator<'_> {
    /// The children of an item that are meant, in the order in which they were given.
    pub fn children<'i>(&self, which: &Children, parent: &'i Item) -> Vec<&'i Item> {
        let record = &self.model.records[which.record];
        let meant = |child: &&Item| {
            which.condition.as_ref().is_none_or(|condition| self.holds(condition, record, child))
                && which.window.is_none_or(|window| self.happened(window, parent, child))
        };
        parent.children(which.record).iter().filter(meant).collect()
    }

    fn happened(&self, window: Window, parent: &Item, child: &Item) -> bool {
        let at = child.get(window.at);
        match window.span {
            WindowSpan::Last(duration) => {
                !at.is_blank() && !self.is_after_now(at) && !self.is_older(at, duration)
            }
            WindowSpan::After(field) => later(at, parent.get(field)),
            WindowSpan::Before(field) => later(parent.get(field), at),
            WindowSpan::Within(duration, field) => self.is_within(parent.get(field), duration, at),
        }
    }

    fn is_after_now(&self, value: &Value) -> bool {
        match value {
            Value::Moment(at) => *at > self.now,
            Value::Date(day) => self.zone.as_ref().is_some_and(|zone| *day > zone.date(self.now)),
            _ => false,
        }
    }

    /// The value that is made of an item's children.
    pub fn aggregate(&self, aggregate: &Aggregate, parent: &Item) -> Value {
        let children = self.children(&aggregate.of, parent);
        match aggregate.kind {
            AggregateKind::Count => Value::Number(Decimal::from(children.len())),
            AggregateKind::Sum(field) => {
                let amounts = children.iter().filter_map(|child| child.get(field).number());
                Value::Number(amounts.fold(Decimal::ZERO, Decimal::saturating_add))
            }
            AggregateKind::Latest(field) => {
                let values = children.iter().map(|child| child.get(field));
                values.fold(Value::Blank, |best, value| pick(best, value, later))
            }
            AggregateKind::Earliest(field) => {
                let values = children.iter().map(|child| child.get(field));
                values.fold(Value::Blank, |best, value| pick(best, value, |a, b| later(b, a)))
            }
        }
    }

    pub(super) fn moment_holds(&self, aggregate: &Aggregate, test: MomentTest, parent: &Item) -> bool {
        let value = self.aggregate(aggregate, parent);
        match test {
            MomentTest::Blank => value.is_blank(),
            MomentTest::Set => !value.is_blank(),
            MomentTest::OlderThan(duration) => self.is_older(&value, duration),
            MomentTest::Within(duration, of) => self.is_within(parent.get(of), duration, &value),
        }
    }
}

/// The one of two values that is ahead of the other; a blank never is.
fn pick(best: Value, value: &Value, ahead: impl Fn(&Value, &Value) -> bool) -> Value {
    if !value.is_blank() && (best.is_blank() || ahead(value, &best)) { value.clone() } else { best }
}

/// Whether both are filled and the first lies behind the second.
fn later(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Moment(a), Value::Moment(b)) => a > b,
        (Value::Date(a), Value::Date(b)) => a > b,
        _ => false,
    }
}

//! Values made of child records as variables. What the children are like is not looked into: two questions about them
//! have to do with each other only as far as is said here. So "possible" may be wrong, which its replay shows, and
//! "impossible" is not.

use super::Space;
use super::formula::Formula;
use super::values::Values;
use super::variables::{BEYOND, MANY, UNIT, Variable, What, days, millionths, moments};
use crate::model::predicate::Term;
use crate::model::{Aggregate, AggregateKind, Children, FieldType, Predicate, PredicateKind};
use crate::source::Span;

/// No sum of child records is larger.
const MANY_SUMMED: i128 = BEYOND / 1_000;

impl Space<'_> {
    /// There is such a child.
    pub fn exists(&mut self, children: &Children) -> Formula {
        let count = self.count(children);
        let none = self.within(count, &Values::number(0, UNIT));
        self.not(none)
    }

    /// How many such children there are.
    pub(super) fn count(&mut self, children: &Children) -> Variable {
        self.aggregate(&Aggregate { of: children.clone(), kind: AggregateKind::Count })
    }

    /// Whether a value of children is a day, and not a moment.
    pub(super) fn is_child_day(&self, aggregate: &Aggregate) -> bool {
        let fields = &self.model.records[aggregate.of.record].fields;
        aggregate.kind.field().is_some_and(|field| fields[field].ty == FieldType::Date)
    }

    /// The variable of a value made of children.
    pub(super) fn aggregate(&mut self, aggregate: &Aggregate) -> Variable {
        let aggregate = unplaced_aggregate(aggregate);
        if let Some(place) = self.aggregates.iter().position(|known| *known == aggregate)
            && let Some(known) = self.variables.get(&What::Aggregate(place))
        {
            return known;
        }
        let what = What::Aggregate(self.aggregates.len());
        self.aggregates.push(aggregate.clone());
        let record = &self.model.records[aggregate.of.record];
        let variable = match aggregate.kind {
            AggregateKind::Count => self.number(what, 0, MANY * UNIT, UNIT),
            AggregateKind::Sum(field) => {
                let never_negative = record.fields[field].range.min.is_some_and(|min| millionths(min) >= 0);
                let step = if record.fields[field].ty == FieldType::Integer { UNIT } else { 1 };
                self.number(what, if never_negative { 0 } else { -MANY_SUMMED }, MANY_SUMMED, step)
            }
            AggregateKind::Latest(field) | AggregateKind::Earliest(field) => {
                let day = record.fields[field].ty == FieldType::Date;
                let full = if day { days() } else { moments() };
                self.variables.add(what, full.or_blank(), 1)
            }
        };
        let doubt = format!("it asks about records of `{}`", record.head.name);
        self.variables.info_mut(variable).doubt = Some(doubt);
        self.join_with_count(variable, &aggregate);
        variable
    }

    /// A sum of nothing is 0, nothing has no latest moment, and some are no more than all.
    fn join_with_count(&mut self, variable: Variable, aggregate: &Aggregate) {
        let Children { record, condition, window } = &aggregate.of;
        if aggregate.kind != AggregateKind::Count {
            let some = self.exists(&aggregate.of);
            let nothing = match aggregate.kind {
                AggregateKind::Sum(_) => Values::number(0, self.variables.step(variable)),
                _ => Values::only_blank(),
            };
            let nothing = self.within(variable, &nothing);
            let fact = self.any([nothing, some]);
            self.fact(variable, fact);
        } else if condition.is_some() || window.is_some() {
            let all = self.count(&Children { record: *record, condition: None, window: None });
            let fact = self.at_most(vec![(variable, 1), (all, -1)], 0);
            self.fact(variable, fact);
        }
    }
}

/// The same question without its places, so that it is known again where it is asked a second time.
fn unplaced_aggregate(aggregate: &Aggregate) -> Aggregate {
    Aggregate { of: unplaced_children(&aggregate.of), kind: aggregate.kind }
}

fn unplaced_children(children: &Children) -> Children {
    let condition = children.condition.as_ref().map(|condition| Box::new(unplaced(condition)));
    Children { record: children.record, condition, window: children.window }
}

fn unplaced(predicate: &Predicate) -> Predicate {
    let all = |parts: &[Predicate]| parts.iter().map(unplaced).collect::<Vec<_>>();
    let kind = match &predicate.kind {
        PredicateKind::And(parts) => PredicateKind::And(all(parts)),
        PredicateKind::Or(parts) => PredicateKind::Or(all(parts)),
        PredicateKind::AtLeast(count, parts) => PredicateKind::AtLeast(*count, all(parts)),
        PredicateKind::Not(inner) => PredicateKind::Not(Box::new(unplaced(inner))),
        PredicateKind::Exists(children) => PredicateKind::Exists(unplaced_children(children)),
        PredicateKind::Moment(aggregate, test) => {
            PredicateKind::Moment(Box::new(unplaced_aggregate(aggregate)), *test)
        }
        PredicateKind::Compare { left, op, right } => {
            PredicateKind::Compare { left: unplaced_term(left), op: *op, right: unplaced_term(right) }
        }
        PredicateKind::Between { term, low, high } => PredicateKind::Between {
            term: unplaced_term(term),
            low: unplaced_term(low),
            high: unplaced_term(high),
        },
        PredicateKind::In { term, values } => {
            PredicateKind::In { term: unplaced_term(term), values: values.clone() }
        }
        other => other.clone(),
    };
    Predicate { kind, span: Span::default() }
}

fn unplaced_term(term: &Term) -> Term {
    match term {
        Term::Aggregate(aggregate) => Term::Aggregate(Box::new(unplaced_aggregate(aggregate))),
        Term::Arithmetic(left, op, right) => {
            Term::Arithmetic(Box::new(unplaced_term(left)), *op, Box::new(unplaced_term(right)))
        }
        other => other.clone(),
    }
}

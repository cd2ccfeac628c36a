//! Values made of child records as variables. What they have to do with each other, and with the children, is said for
//! each question anew: see `family`.

use super::Space;
use super::formula::Formula;
use super::values::{Point, Values};
use super::variables::{BEYOND, MANY, Scope, UNIT, Variable, What, days, millionths, moments};
use crate::model::children::{Window, WindowSpan};
use crate::model::{Aggregate, AggregateKind, Children, Field, FieldType};

/// No sum of child records is larger.
const MANY_SUMMED: i128 = BEYOND / 1_000;
/// Numbers of children that examples should rather have, best first.
const FEW: [i128; 4] = [0, 1, 2, 3];

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
        let known = self.aggregates.iter().position(|known| known == aggregate);
        let place = known.unwrap_or_else(|| {
            self.aggregates.push(aggregate.clone());
            self.aggregates.len() - 1
        });
        let what = What::Aggregate(place);
        if let Some(known) = self.variables.get(&what) {
            return known;
        }
        let record = &self.model.records[aggregate.of.record];
        let variable = match aggregate.kind {
            AggregateKind::Count => self.how_many(what, MANY),
            AggregateKind::Sum(field) => self.summed(what, &record.fields[field]),
            AggregateKind::Latest(field) | AggregateKind::Earliest(field) => {
                let day = record.fields[field].ty == FieldType::Date;
                let full = if day { days() } else { moments() };
                self.variables.add(what, full.or_blank(), 1)
            }
        };
        // Said where the children that are found do not show it.
        let doubt = format!("it asks about records of `{}`", record.head.name);
        self.variables.info_mut(variable).doubt = Some(doubt);
        variable
    }

    /// The variable of how many there are, at most so many; few rather than many.
    pub(super) fn how_many(&mut self, what: What, most: i128) -> Variable {
        let variable = self.number(what, 0, most * UNIT, UNIT);
        self.variables.info_mut(variable).usual = FEW.map(|few| Point::Number(few * UNIT)).to_vec();
        variable
    }

    /// The variable of a sum of values of a field.
    pub(super) fn summed(&mut self, what: What, field: &Field) -> Variable {
        let never_negative = field.range.min.is_some_and(|min| millionths(min) >= 0);
        let step = if field.ty == FieldType::Integer { UNIT } else { 1 };
        self.number(what, if never_negative { 0 } else { -MANY_SUMMED }, MANY_SUMMED, step)
    }
    /// A child is one of those that a question means.
    pub(super) fn meant(&mut self, parent: Scope, child: Scope, question: &Children) -> Formula {
        let condition = question.condition.as_deref();
        let condition = self.inside(child, |space| space.condition_or_always(condition));
        let Some(window) = question.window else { return condition };
        let happened = self.happened(parent, child, window);
        self.all([condition, happened])
    }

    fn happened(&mut self, parent: Scope, child: Scope, window: Window) -> Formula {
        let (at, day) =
            self.inside(child, |space| (space.field_variable(window.at), space.is_day(window.at)));
        let mut of = |field| self.inside(parent, |space| space.field_variable(field));
        match window.span {
            WindowSpan::Last(duration) => {
                let older = self.older(at, day, duration);
                let young = self.not(older);
                let present = self.present(day);
                let past = self.at_most(vec![(at, 1), (present, -1)], 0);
                self.all([past, young])
            }
            WindowSpan::After(field) => {
                let from = of(field);
                self.at_most(vec![(from, 1), (at, -1)], -1)
            }
            WindowSpan::Before(field) => {
                let to = of(field);
                self.at_most(vec![(at, 1), (to, -1)], -1)
            }
            WindowSpan::Within(duration, field) => {
                let from = of(field);
                self.soon(from, at, day, duration)
            }
        }
    }
}

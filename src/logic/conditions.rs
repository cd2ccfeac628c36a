//! Conditions as formulas. Two-valued, as `evaluate` has it: a comparison with a blank is false, and `not` of it true.

use super::formula::Formula;
use super::values::{Point, Values};
use super::variables::{What, folded};
use super::{Space, comparison};
use crate::model::children::MomentTest;
use crate::model::predicate::Comparison;
use crate::model::{Constant, Field, Id, Predicate, PredicateKind, Term};

impl Space<'_> {
    /// A condition over the record holds.
    pub fn condition(&mut self, condition: &Predicate) -> Formula {
        match &condition.kind {
            PredicateKind::Always => Formula::TRUE,
            PredicateKind::And(parts) => {
                let parts = self.conditions(parts);
                self.all(parts)
            }
            PredicateKind::Or(parts) => {
                let parts = self.conditions(parts);
                self.any(parts)
            }
            PredicateKind::Not(inner) => {
                let inner = self.condition(inner);
                self.not(inner)
            }
            PredicateKind::AtLeast(count, parts) => {
                let parts = self.conditions(parts);
                if *count as usize > parts.len() {
                    return Formula::FALSE;
                }
                self.at_least(*count as usize, &parts)
            }
            PredicateKind::Is(definition) => self.definition(*definition),
            PredicateKind::Flag(field) => {
                let variable = self.field_variable(*field);
                self.is_true(variable)
            }
            PredicateKind::Blank(field) => self.blank(*field),
            PredicateKind::Set(field) => self.filled(*field),
            PredicateKind::Compare { left, op, right } => self.compare(left, *op, right),
            PredicateKind::Between { term, low, high } => {
                let low = self.compare(term, Comparison::GreaterOrEqual, low);
                let high = self.compare(term, Comparison::LessOrEqual, high);
                self.all([low, high])
            }
            PredicateKind::In { term, values } => self.one_of(term, values),
            PredicateKind::StartsWith(field, prefix) => {
                let folded = folded(prefix, self.field(*field).case);
                let variable = self.field_variable(*field);
                self.variables.info_mut(variable).named.insert(Point::text(&folded), prefix.clone());
                self.within(variable, &Values::starting_with(&folded))
            }
            PredicateKind::Contains(field, part) => self.contains(*field, part),
            PredicateKind::Has(field, value) => {
                self.held_values(*field);
                let variable = self.truth(What::Has(*field, value.clone()));
                self.is_true(variable)
            }
            PredicateKind::OlderThan(field, duration) => {
                let variable = self.field_variable(*field);
                self.older(variable, self.is_day(*field), *duration)
            }
            PredicateKind::Within { field, duration, of } => {
                let (to, from) = (self.field_variable(*field), self.field_variable(*of));
                self.soon(from, to, self.is_day(*field), *duration)
            }
            PredicateKind::Exists(children) => self.exists(children),
            PredicateKind::Moment(aggregate, test) => {
                let variable = self.aggregate(aggregate);
                let day = self.is_child_day(aggregate);
                match test {
                    MomentTest::Blank => self.within(variable, &Values::only_blank()),
                    MomentTest::Set => self.is_filled(variable),
                    MomentTest::OlderThan(duration) => self.older(variable, day, *duration),
                    MomentTest::Within(duration, of) => {
                        let from = self.field_variable(*of);
                        self.soon(from, variable, day, *duration)
                    }
                }
            }
            PredicateKind::Unknown => self.open("a condition is still open".into()),
        }
    }

    fn conditions(&mut self, parts: &[Predicate]) -> Vec<Formula> {
        parts.iter().map(|part| self.condition(part)).collect()
    }

    fn one_of(&mut self, term: &Term, values: &[Constant]) -> Formula {
        let each: Vec<Formula> = values
            .iter()
            .map(|value| self.compare(term, Comparison::Equal, &Term::Constant(value.clone())))
            .collect();
        self.any(each)
    }

    /// A text contains another one: a truth of its own, which what else is said of the text bears on (see `texts`).
    fn contains(&mut self, field: Id<Field>, part: &str) -> Formula {
        let part = folded(part, self.field(field).case);
        let text = self.field_variable(field);
        let what = What::Contains(field, part);
        let known = self.variables.get(&what).is_some();
        let variable = self.truth(what);
        let contains = self.is_true(variable);
        if !known {
            let (filled, not) = (self.is_filled(text), self.not(contains));
            let fact = self.any([not, filled]);
            self.fact(variable, fact);
        }
        contains
    }

    fn compare(&mut self, left: &Term, op: Comparison, right: &Term) -> Formula {
        comparison::compare(self, left, op, right)
    }
}

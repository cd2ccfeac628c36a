//! The parts of a condition that all must hold, each with its place: what a contradiction is told with.

use super::Space;
use super::example::Content;
use super::formula::Formula;
use super::values::{Point, Values};
use super::variables::{folded, millionths};
use crate::model::{Constant, Definition, Field, Id, Predicate, PredicateKind};
use crate::source::Span;
use crate::worktime::Day;

/// One of several conditions that all must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conjunct {
    /// What it says.
    pub formula: Formula,
    /// Where it stands.
    pub span: Span,
    /// The definition that it is, if it is one alone.
    pub is: Option<Id<Definition>>,
}

impl Space<'_> {
    /// The conditions that a condition is made of by `and`, outermost first in the order written.
    pub fn conjuncts(&mut self, condition: &Predicate) -> Vec<Conjunct> {
        let mut out = Vec::new();
        self.take_apart(condition, true, &mut out);
        out
    }

    /// `holds`: whether it must hold, or must not.
    fn take_apart(&mut self, condition: &Predicate, holds: bool, out: &mut Vec<Conjunct>) {
        match (&condition.kind, holds) {
            (PredicateKind::And(parts), true) | (PredicateKind::Or(parts), false) => {
                for part in parts {
                    self.take_apart(part, holds, out);
                }
            }
            (PredicateKind::Not(inner), _) => self.take_apart(inner, !holds, out),
            _ => {
                let formula = self.condition(condition);
                let formula = if holds { formula } else { self.not(formula) };
                let is = match condition.kind {
                    PredicateKind::Is(definition) if holds => Some(definition),
                    _ => None,
                };
                out.push(Conjunct { formula, span: condition.span, is });
            }
        }
    }

    /// A field holds just this. Of several choices, whether it is blank or not is all that is looked at.
    pub fn holds(&mut self, field: Id<Field>, content: &Content) -> Formula {
        let values = match content {
            Content::Blank => return self.blank(field),
            Content::Choices(values) if values.is_empty() => return self.blank(field),
            Content::Choices(_) => return self.filled(field),
            Content::Moment(moment) => Values::number(moment.epoch().into(), 1),
            Content::Value(constant) => self.values_of(field, constant),
        };
        let variable = self.field_variable(field);
        self.within(variable, &values)
    }

    pub(super) fn values_of(&mut self, field: Id<Field>, constant: &Constant) -> Values {
        let variable = self.field_variable(field);
        let step = self.variables.step(variable);
        match constant {
            Constant::Number(n) | Constant::Percent(n) | Constant::Money(n, _) => {
                Values::number(millionths(*n), step)
            }
            Constant::Text(text) | Constant::Choice(text) => {
                Values::text(&folded(text, self.field(field).case))
            }
            Constant::Boolean(value) => Values::number((*value).into(), 1),
            Constant::Date(date) => Values::number(Day::of(*date).number().into(), 1),
            // Moments of examples are not on a wall clock.
            Constant::DateTime(_) => Values::default(),
        }
    }

    /// Of some formulas the pairs that cannot be told apart at a glance; the others surely have nothing in common. In
    /// the order of the formulas.
    pub fn pairs_that_may_meet(&mut self, formulas: &[Formula]) -> Vec<(usize, usize)> {
        let hulls: Vec<_> = formulas.iter().map(|formula| self.hull(*formula)).collect();
        let mut variables: Vec<_> = hulls.iter().flat_map(|hull| hull.keys().copied()).collect();
        variables.sort_unstable();
        variables.dedup();
        let sweeps = variables.into_iter().map(|variable| {
            let ranges = hulls.iter().enumerate().map(|(place, hull)| {
                let values = hull.get(&variable);
                let values = values.map_or_else(|| self.variables.full(variable).clone(), Clone::clone);
                (place, values)
            });
            ranges.collect::<Vec<_>>()
        });
        // The variable by which the fewest pairs are left decides which are looked at more closely.
        let best = sweeps.min_by_key(|ranges| sweep(ranges, &mut |_, _| {}));
        let mut pairs = Vec::new();
        match best {
            Some(ranges) => {
                sweep(&ranges, &mut |a, b| pairs.push((a.min(b), a.max(b))));
            }
            None => pairs = (0..formulas.len()).flat_map(|b| (0..b).map(move |a| (a, b))).collect(),
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs.retain(|(a, b)| !self.never_meet(&[formulas[*a], formulas[*b]]));
        pairs
    }
}

/// Calls `found` for every two whose values meet (perhaps more than once), and counts the calls.
fn sweep(all: &[(usize, Values)], found: &mut dyn FnMut(usize, usize)) -> usize {
    let mut starts: Vec<(&Point, &Point, usize)> = Vec::new();
    for (place, values) in all {
        starts.extend(values.stretches().iter().map(|(first, end)| (first, end, *place)));
    }
    starts.sort();
    let mut count = 0;
    let mut open: Vec<(&Point, usize)> = Vec::new();
    for (first, end, place) in starts {
        open.retain(|(end, _)| *end > first);
        for (_, other) in open.iter().filter(|(_, other)| *other != place) {
            found(*other, place);
            count += 1;
        }
        open.push((end, place));
    }
    let blank: Vec<usize> = all.iter().filter(|(_, values)| values.blank).map(|(place, _)| *place).collect();
    for (i, a) in blank.iter().enumerate() {
        for b in &blank[..i] {
            found(*b, *a);
            count += 1;
        }
    }
    count
}

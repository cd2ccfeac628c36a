//! Scores by bands: rows that give points for parts of the values of one field.

use rust_decimal::Decimal;

use crate::model::predicate::Comparison;
use crate::model::score::RowKind;
use crate::model::{Constant, Field, Id, Predicate, PredicateKind, Score, Term};
use crate::source::Span;

/// An end of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    pub(super) value: Decimal,
    /// Whether the value itself is in the band.
    pub(super) included: bool,
}

/// A row that gives points where a number lies between two ends.
#[derive(Debug, Clone)]
pub(super) struct Band<'m> {
    /// Where it begins; `None`: at any number, however small.
    pub(super) low: Option<End>,
    /// Where it ends; `None`: it does not.
    pub(super) high: Option<End>,
    pub(super) points: Decimal,
    pub(super) span: Span,
    /// The value as it is compared: tells the unit.
    pub(super) sample: &'m Constant,
}

/// The bands of a score, by field in the order of their first row, each from low to high.
pub(super) fn bands(score: &Score) -> Vec<(Id<Field>, Vec<Band<'_>>)> {
    let mut out: Vec<(Id<Field>, Vec<Band<'_>>)> = Vec::new();
    for row in &score.rows {
        let RowKind::When { points, when } = &row.kind else { continue };
        let (Some(points), Some((field, low, high, sample))) = (points.get(), limits(when)) else { continue };
        let band = Band { low, high, points: *points, span: row.span, sample };
        match out.iter_mut().find(|(of, _)| *of == field) {
            Some((_, bands)) => bands.push(band),
            None => out.push((field, vec![band])),
        }
    }
    for (_, bands) in &mut out {
        bands.sort_by_key(|band| (band.low.map(|end| end.value), band.high.map(|end| end.value)));
    }
    out
}

type Limits<'m> = (Id<Field>, Option<End>, Option<End>, &'m Constant);

/// The ends of a condition that is about one number only.
fn limits(when: &Predicate) -> Option<Limits<'_>> {
    match &when.kind {
        PredicateKind::Between {
            term: Term::Field(field),
            low: Term::Constant(low),
            high: Term::Constant(high),
        } => {
            let end = |constant| Some(End { value: number(constant)?, included: true });
            Some((*field, Some(end(low)?), Some(end(high)?), low))
        }
        PredicateKind::Compare { left: Term::Field(field), op, right: Term::Constant(constant) } => {
            let end = |included| Some(End { value: number(constant)?, included });
            match op {
                Comparison::Less => Some((*field, None, end(false), constant)),
                Comparison::LessOrEqual => Some((*field, None, end(true), constant)),
                Comparison::Greater => Some((*field, end(false), None, constant)),
                Comparison::GreaterOrEqual => Some((*field, end(true), None, constant)),
                Comparison::Equal | Comparison::NotEqual => None,
            }
            .filter(|_| number(constant).is_some())
        }
        PredicateKind::And(parts) => match parts.as_slice() {
            [one, other] => {
                let (first, second) = (limits(one)?, limits(other)?);
                let two_ends = first.0 == second.0
                    && first.1.is_some() != second.1.is_some()
                    && first.2.is_some() != second.2.is_some();
                two_ends.then(|| (first.0, first.1.or(second.1), first.2.or(second.2), first.3))
            }
            _ => None,
        },
        _ => None,
    }
}

fn number(constant: &Constant) -> Option<Decimal> {
    match constant {
        Constant::Number(value) | Constant::Percent(value) | Constant::Money(value, _) => Some(*value),
        _ => None,
    }
}

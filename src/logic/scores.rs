//! Scores as formulas: the points of each row are a variable, and the score their sum within its bounds. Rows about one
//! variable are taken together: of the bands of a number, or of the values of a choice, one record can have one alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Space;
use super::comparison::NO_ZONE;
use super::formula::{Formula, Node, Sum};
use super::values::Values;
use super::variables::{BEYOND, MANY, UNIT, Variable, What, gcd, millionths};
use crate::model::score::{Addend, Bounds, Row, RowKind};
use crate::model::{Duration, Field, FieldType, Id, Score, Slot};
use rust_decimal::Decimal;

const OPEN: &str = "a score in it is still open";

/// So many points, whatever a score adds up.
const MANY_POINTS: i128 = BEYOND / 1_000;

impl Space<'_> {
    /// The variable of a score.
    pub(super) fn score(&mut self, id: Id<Score>) -> Variable {
        let what = What::Score(id);
        if let Some(known) = self.variables.get(&what) {
            return known;
        }
        let score = &self.model.scores[id];
        let rows = self.rows(id, score);
        let (least, greatest) = bounds(&score.total);
        let known = rows.is_some() && are_known(&score.total);
        let steps: Sum = rows.into_iter().flatten().map(|row| (row, 1)).collect();
        let step = self.variables.common_step(&steps);
        // Bounds may lie between the steps of the rows.
        let step = if least % step == 0 && greatest % step == 0 { step } else { 1 };
        let (lowest, highest) = if known { self.range(&steps) } else { (least, greatest) };
        let total = self.number(what, lowest.clamp(least, greatest), highest.clamp(least, greatest), step);
        let fact =
            if known { self.held(total, &steps, (least, greatest)) } else { self.open(self.why_open()) };
        self.fact(total, fact);
        total
    }

    /// An item has fewer points by one score than by another one of the same record.
    pub fn has_fewer_points(&mut self, by: Id<Score>, than_by: Id<Score>) -> Formula {
        let sum = vec![(self.score(by), 1), (self.score(than_by), -1)];
        self.at_most(sum, -1)
    }

    fn why_open(&self) -> String {
        if self.zone.is_none() { NO_ZONE.into() } else { OPEN.into() }
    }

    /// Variables whose sum are the points of all rows. `None`: a row is still open.
    fn rows(&mut self, id: Id<Score>, score: &Score) -> Option<Vec<Variable>> {
        let (mut out, mut scales, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for (place, row) in score.rows.iter().enumerate() {
            let RowKind::When { points, when } = &row.kind else {
                out.push(self.row(id, place, row)?);
                continue;
            };
            let points = millionths(*points.get()?);
            let when = self.condition(when);
            match self.formulas.node(when) {
                _ if points == 0 => {}
                Node::False => {}
                Node::In(variable, values) => add_to(&mut scales, *variable, (values.clone(), points)),
                _ => add_to(&mut others, when, points),
            }
        }
        out.extend(scales.into_iter().map(|(of, rows)| self.scale(id, of, &rows)));
        out.extend(others.into_iter().map(|(when, points)| self.given(id, when, points.iter().sum())));
        Some(out)
    }

    /// The points of all rows about one variable: what they come to for each of its values.
    fn scale(&mut self, id: Id<Score>, of: Variable, rows: &[(Arc<Values>, i128)]) -> Variable {
        let mut sums = BTreeMap::from([(0_i128, self.variables.full(of).clone())]);
        for (values, points) in rows {
            let mut next: BTreeMap<i128, Values> = BTreeMap::new();
            for (sum, of_sum) in sums {
                for (sum, part) in [(sum + points, of_sum.and(values)), (sum, of_sum.without(values))] {
                    if !part.is_empty() {
                        let known = next.entry(sum).or_default();
                        *known = known.or(&part);
                    }
                }
            }
            sums = next;
        }
        let step = sums.keys().fold(0, |step, sum| gcd(step, sum.abs())).max(1);
        let all = sums.keys().map(|sum| Values::number(*sum, step));
        let all = all.fold(Values::default(), |all, one| all.or(&one));
        let given = self.variables.add(What::Scale(id, of), all, step);
        let mut below = Values::default();
        for (sum, values) in sums {
            // So many points or more has who is none of those that have less, and nobody else.
            let more = self.within(given, &Values::between(sum, BEYOND));
            let is_below = self.within(of, &below);
            self.is_either(given, more, is_below);
            below = below.or(&values);
        }
        given
    }

    /// The points of rows with one condition.
    fn given(&mut self, id: Id<Score>, when: Formula, points: i128) -> Variable {
        let step = points.abs().max(1);
        let all = Values::number(points, step).or(&Values::number(0, step));
        let all = if when == Formula::TRUE { Values::number(points, step) } else { all };
        let given = self.variables.add(What::Given(id, when), all, step);
        let nothing = self.within(given, &Values::number(0, step));
        if points != 0 && when != Formula::TRUE {
            self.is_either(given, when, nothing);
        }
        given
    }

    /// One of two things holds of a variable, and not the other.
    fn is_either(&mut self, of: Variable, one: Formula, other: Formula) {
        let (not_one, not_other) = (self.not(one), self.not(other));
        for both in [[one, other], [not_one, not_other]] {
            let fact = self.any(both);
            self.fact(of, fact);
        }
    }

    /// Between which numbers a sum lies.
    fn range(&self, sum: &Sum) -> (i128, i128) {
        let mut out = (0_i128, 0_i128);
        for (variable, times) in sum {
            let (values, step) = (self.variables.full(*variable), self.variables.step(*variable));
            let ends = [values.least(), values.greatest(step)].map(|end| end.unwrap_or_default() * times);
            out = (out.0 + ends[0].min(ends[1]), out.1 + ends[0].max(ends[1]));
        }
        out
    }

    /// The points that a row gives that counts something. `None`: it is still open.
    fn row(&mut self, score: Id<Score>, place: usize, row: &Row) -> Option<Variable> {
        let what = What::Row(score, place);
        match &row.kind {
            RowKind::EachChild { points, of, per_period, at_most } => {
                let (points, most) = (millionths(*points.get()?), cap(at_most.as_ref())?);
                let count = self.count(of);
                let times = self.number(What::Times(score, place), 0, most * UNIT, UNIT);
                let fact = match per_period {
                    None => self.held(times, &vec![(count, 1)], (0, most * UNIT)),
                    Some(per_period) => {
                        per_period.times.get()?;
                        let doubt = "how many child records count depends on their days";
                        self.variables.info_mut(times).doubt = Some(doubt.into());
                        self.at_most(vec![(times, 1), (count, -1)], 0)
                    }
                };
                self.fact(times, fact);
                Some(self.each(what, points, times, most))
            }
            RowKind::EachTime { points, every, since, at_most } => {
                let (points, most) = (millionths(*points.get()?), cap(at_most.as_ref())?);
                let times = self.number(What::Times(score, place), 0, most * UNIT, UNIT);
                self.times_passed(times, *since.get()?, *every.get()?, most)?;
                Some(self.each(what, points, times, most))
            }
            RowKind::Add { of, bounds: within } => {
                if !are_known(within) {
                    return None;
                }
                let within = bounds(within);
                let (sum, field) = match of {
                    Addend::Score(score) => (self.score(*score), None),
                    Addend::Field(field) => (self.field_variable(*field), Some(*field)),
                };
                let sum = vec![(sum, 1)];
                let (least, greatest) = self.range(&sum);
                let (least, greatest) =
                    if field.is_some() { (least.min(0), greatest.max(0)) } else { (least, greatest) };
                let row =
                    self.number(what, least.clamp(within.0, within.1), greatest.clamp(within.0, within.1), 1);
                let fact = match field {
                    None => self.held(row, &sum, within),
                    Some(field) => self.held_field(row, field, within),
                };
                self.fact(row, fact);
                Some(row)
            }
            RowKind::When { .. } | RowKind::Unknown => None,
        }
    }

    /// The variable of a row that gives so many points up to so often.
    fn points(&mut self, what: What, points: i128, most: i128) -> Variable {
        let ends = [0, points.saturating_mul(most)];
        let step = if points == 0 { 1 } else { points.abs() };
        self.number(what, ends[0].min(ends[1]), ends[0].max(ends[1]), step)
    }

    /// So many points for each time.
    fn each(&mut self, what: What, points: i128, times: Variable, most: i128) -> Variable {
        let row = self.points(what, points, most);
        // Both are in millionths.
        let low = self.at_most(vec![(row, UNIT), (times, -points)], 0);
        let high = self.at_most(vec![(row, -UNIT), (times, points)], 0);
        self.fact(row, low);
        self.fact(row, high);
        row
    }

    /// A variable is a sum, within bounds.
    fn held(&mut self, variable: Variable, sum: &Sum, (least, greatest): (i128, i128)) -> Formula {
        let step = self.variables.step(variable);
        let negative = sum.iter().map(|(of, times)| (*of, -times));
        let not_more = self.at_most(negative.chain([(variable, 1)]).collect(), 0);
        let not_less = self.at_most(sum.iter().copied().chain([(variable, -1)]).collect(), 0);
        // It is more than the sum only if it is held up, and less only if it is held down.
        let held_up = self.within(variable, &Values::number(least, step));
        let held_down = self.within(variable, &Values::number(greatest, step));
        let parts = [self.any([not_more, held_up]), self.any([not_less, held_down])];
        self.all(parts)
    }

    /// The number of a field within bounds; 0 if it is blank.
    fn held_field(&mut self, row: Variable, field: Id<Field>, within: (i128, i128)) -> Formula {
        let number = self.field_variable(field);
        let blank = self.within(number, &Values::only_blank());
        let nothing = self.within(row, &Values::number(0_i128.clamp(within.0, within.1), 1));
        let without = self.all([blank, nothing]);
        let with = self.held(row, &vec![(number, 1)], within);
        self.any([without, with])
    }

    /// How often a whole time has passed since a field.
    fn times_passed(&mut self, times: Variable, since: Id<Field>, every: Duration, most: i128) -> Option<()> {
        let day = self.field(since).ty == FieldType::Date;
        let (early, late) = self.bounds_of_time(day, every)?;
        if early <= 0 {
            let doubt = "how often a time has passed";
            self.variables.info_mut(times).doubt = Some(doubt.into());
            return Some(());
        }
        let (from, present) = (self.field_variable(since), self.present(day));
        if early != late {
            let doubt = "how often a time on the calendar has passed depends on the calendar";
            self.variables.info_mut(times).doubt = Some(doubt.into());
        }
        let none = self.within(times, &Values::number(0, UNIT));
        let blank = self.within(from, &Values::only_blank());
        let not_yet = self.at_most(vec![(present, 1), (from, -1)], late);
        let not_yet = self.any([blank, not_yet]);
        let never = self.all([none, not_yet]);
        // More than `times` whole times have passed, and, below the cap, no more than one time more.
        let passed = self.at_most(vec![(times, early), (from, UNIT), (present, -UNIT)], -UNIT);
        let no_more = self.at_most(vec![(present, UNIT), (from, -UNIT), (times, -late)], late * UNIT);
        let capped = self.within(times, &Values::number(most * UNIT, UNIT));
        let no_more = self.any([no_more, capped]);
        let some = self.not(none);
        let often = self.all([some, passed, no_more]);
        let fact = self.any([never, often]);
        self.fact(times, fact);
        Some(())
    }
}

/// Adds something to the list of a key; keys stay in the order in which they come.
fn add_to<K: PartialEq, T>(all: &mut Vec<(K, Vec<T>)>, key: K, one: T) {
    match all.iter_mut().find(|(known, _)| *known == key) {
        Some((_, list)) => list.push(one),
        None => all.push((key, vec![one])),
    }
}

/// At most so often; `None` if that is still open.
fn cap(most: Option<&Slot<u32>>) -> Option<i128> {
    most.map_or(Some(MANY), |most| most.get().map(|most| i128::from(*most).min(MANY)))
}

fn bounds(bounds: &Bounds) -> (i128, i128) {
    let known = |bound: &Option<Slot<Decimal>>| bound.as_ref().and_then(|b| b.get().copied()).map(millionths);
    (known(&bounds.at_least).unwrap_or(-MANY_POINTS), known(&bounds.at_most).unwrap_or(MANY_POINTS))
}

fn are_known(bounds: &Bounds) -> bool {
    [&bounds.at_least, &bounds.at_most].into_iter().flatten().all(Slot::is_set)
}

//! Scores as formulas: each row is a variable, and the score their sum within its bounds.

use super::Space;
use super::formula::{Formula, Sum};
use super::values::Values;
use super::variables::{BEYOND, MANY, UNIT, Variable, What, millionths};
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
        let rows: Vec<Option<Variable>> =
            score.rows.iter().enumerate().map(|(place, row)| self.row(id, place, row)).collect();
        let (least, greatest) = bounds(&score.total);
        let known = rows.iter().all(Option::is_some) && are_known(&score.total);
        let rows: Vec<Variable> = rows.into_iter().flatten().collect();
        let steps: Sum = rows.iter().map(|row| (*row, 1)).collect();
        let step = self.variables.common_step(&steps);
        // Bounds may lie between the steps of the rows.
        let step = if least % step == 0 && greatest % step == 0 { step } else { 1 };
        let total = self.number(what, least, greatest, step);
        let fact = if known { self.held(total, &steps, (least, greatest)) } else { self.open(OPEN.into()) };
        self.fact(total, fact);
        total
    }

    /// An item has fewer points by one score than by another one of the same record.
    pub fn has_fewer_points(&mut self, by: Id<Score>, than_by: Id<Score>) -> Formula {
        let sum = vec![(self.score(by), 1), (self.score(than_by), -1)];
        self.at_most(sum, -1)
    }

    /// The points that a row gives. `None`: it is still open.
    fn row(&mut self, score: Id<Score>, place: usize, row: &Row) -> Option<Variable> {
        let what = What::Row(score, place);
        match &row.kind {
            RowKind::When { points, when } => {
                let points = millionths(*points.get()?);
                let when = self.condition(when);
                let row = self.points(what, points, 1);
                let not = self.not(when);
                let step = self.variables.step(row);
                let given = self.within(row, &Values::number(points, step));
                let nothing = self.within(row, &Values::number(0, step));
                let (yes, no) = (self.all([when, given]), self.all([not, nothing]));
                // A row of no points is one value alone, whatever holds.
                let fact = self.any([yes, no]);
                self.fact(row, fact);
                Some(row)
            }
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
                let (least, greatest) = bounds(within);
                let row = self.number(what, least, greatest, 1);
                let fact = match of {
                    Addend::Score(score) => {
                        let added = self.score(*score);
                        self.held(row, &vec![(added, 1)], (least, greatest))
                    }
                    Addend::Field(field) => self.held_field(row, *field, (least, greatest)),
                };
                self.fact(row, fact);
                Some(row)
            }
            RowKind::Unknown => None,
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
        let negative: Sum = sum.iter().map(|(of, times)| (*of, -times)).collect();
        let below = self.at_most(sum.clone(), least);
        let above = self.at_most(negative.clone(), -greatest);
        let step = self.variables.step(variable);
        let (at_least, at_most) = (
            self.within(variable, &Values::number(least, step)),
            self.within(variable, &Values::number(greatest, step)),
        );
        let not_more = self.at_most([negative, vec![(variable, 1)]].concat(), 0);
        let not_less = self.at_most([sum.clone(), vec![(variable, -1)]].concat(), 0);
        let parts = [self.all([not_more, not_less]), self.all([below, at_least]), self.all([above, at_most])];
        self.any(parts)
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

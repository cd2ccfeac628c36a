//! Scores.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::gap::known;
use super::{Evaluator, Gap, Item, Value};
use crate::model::score::{Addend, Bounds, PerPeriod, Row, RowKind};
use crate::model::{Duration, Id, Record, Score, Slot};

/// What a row of a score gives an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowPoints {
    /// How often it applies: 0 or 1, or how many were counted.
    pub times: u64,
    /// The points of all of them.
    pub points: Decimal,
}

impl Evaluator<'_> {
    /// What a score of its record comes to for an item. What is still open gives no points; ask
    /// [`Evaluator::score_gap`] first.
    pub fn score(&self, id: Id<Score>, item: &Item) -> Decimal {
        let sum = self.score_rows(id, item).into_iter().map(|row| row.points);
        self.model.scores[id].total.hold(sum.fold(Decimal::ZERO, Decimal::saturating_add))
    }

    /// What each row of a score gives, in order, before the bounds of the whole.
    pub fn score_rows(&self, id: Id<Score>, item: &Item) -> Vec<RowPoints> {
        let score = &self.model.scores[id];
        let Some(record) = score.record.get() else { return Vec::new() };
        let record = &self.model.records[*record];
        score.rows.iter().map(|row| self.row(row, record, item)).collect()
    }

    fn row(&self, row: &Row, record: &Record, item: &Item) -> RowPoints {
        let (each, times) = match &row.kind {
            RowKind::When { points, when } => (points, u64::from(self.holds(when, record, item))),
            RowKind::EachChild { points, of, per_period, at_most } => {
                let children = self.children(of, item);
                let counted = match per_period {
                    Some(per_period) => self.in_periods(per_period, &children),
                    None => children.len() as u64,
                };
                (points, capped(counted, at_most.as_ref()))
            }
            RowKind::EachTime { points, every, since, at_most } => {
                let passed = every.get().zip(since.get());
                let passed = passed.map_or(0, |(every, since)| self.times_passed(item.get(*since), *every));
                (points, capped(passed, at_most.as_ref()))
            }
            RowKind::Add { of, bounds } => {
                let number = match of {
                    Addend::Score(score) => self.score(*score, item),
                    Addend::Field(field) => item.get(*field).number().unwrap_or_default(),
                };
                return RowPoints { times: 1, points: bounds.hold(number) };
            }
            RowKind::Unknown => return RowPoints { times: 0, points: Decimal::ZERO },
        };
        let points = each.get().copied().unwrap_or_default().saturating_mul(Decimal::from(times));
        RowPoints { times, points }
    }

    /// How many children count, if only so many count in each period. Those that happened at no time lie in none.
    fn in_periods(&self, per_period: &PerPeriod, children: &[&Item]) -> u64 {
        let Some(zone) = &self.zone else { return 0 };
        let mut counts: BTreeMap<crate::model::Date, u64> = BTreeMap::new();
        for child in children {
            let day = match child.get(per_period.at) {
                Value::Moment(at) => zone.date(*at),
                Value::Date(day) => *day,
                _ => continue,
            };
            if let Ok(period) = self.periods(per_period.period).containing(day) {
                *counts.entry(period.first).or_default() += 1;
            }
        }
        counts.into_values().map(|count| capped(count, Some(&per_period.times))).sum()
    }

    /// How many whole times have been used up since a date or moment: the largest `n` such that it is older than `n`
    /// times as long. Whoever is older than `n` times is older than any fewer, so it is found by halving.
    fn times_passed(&self, since: &Value, every: Duration) -> u64 {
        let older = |n: u64| {
            let amount = every.amount.checked_mul(Decimal::from(n));
            amount.is_some_and(|amount| self.is_older(since, Duration { amount, ..every }))
        };
        let mut beyond: u64 = 1;
        while older(beyond) {
            beyond = beyond.saturating_mul(2);
        }
        let mut passed = beyond / 2;
        while passed + 1 < beyond {
            let middle = passed + (beyond - passed) / 2;
            if older(middle) { passed = middle } else { beyond = middle }
        }
        passed
    }

    /// What keeps a score from being computed: an open point in it, or a zone that it needs and that is not known.
    pub fn score_gap(&self, id: Id<Score>) -> Option<Gap> {
        let score = &self.model.scores[id];
        let name = &score.head.name;
        if !score.record.is_set() {
            return Some(Gap::new(format!("`{name}` is not defined")));
        }
        let gap = score.rows.iter().find_map(|row| self.row_gap(row)).or_else(|| bounds_gap(&score.total));
        gap.map(|gap| Gap::new(format!("in the score `{name}` {gap}")))
    }

    fn row_gap(&self, row: &Row) -> Option<Gap> {
        let points = |slot: &Slot<Decimal>| known(slot, "a number of points").err();
        let often = |slot: Option<&Slot<u32>>| known(slot?, "how often a row counts").err();
        let no_zone = || self.zone.is_none().then(|| Gap::new("the agreement's time zone is not known"));
        match &row.kind {
            RowKind::Unknown => Some(Gap::new("a row is not known")),
            RowKind::When { points: p, when } => points(p).or_else(|| self.condition_gap(when)),
            RowKind::EachChild { points: p, of, per_period, at_most } => points(p)
                .or_else(|| self.children_gap(of))
                .or_else(|| often(at_most.as_ref()))
                .or_else(|| often(per_period.as_ref().map(|p| &p.times)))
                .or_else(|| per_period.as_ref().and_then(|_| no_zone())),
            RowKind::EachTime { points: p, every, since, at_most } => points(p)
                .or_else(|| known(every, "the time a row counts by").err())
                .or_else(|| known(since, "the moment a row counts from").err())
                .or_else(|| often(at_most.as_ref()))
                .or_else(no_zone),
            RowKind::Add { of, bounds } => match of {
                Addend::Score(score) => self.score_gap(*score),
                Addend::Field(_) => None,
            }
            .or_else(|| bounds_gap(bounds)),
        }
    }
}

/// At most so many; without a bound, or with one that is still open, all of them.
fn capped(count: u64, most: Option<&Slot<u32>>) -> u64 {
    most.and_then(|most| most.get().copied()).map_or(count, |most| count.min(u64::from(most)))
}

fn bounds_gap(bounds: &Bounds) -> Option<Gap> {
    let open = [&bounds.at_least, &bounds.at_most].into_iter().flatten();
    open.into_iter().find_map(|bound| known(bound, "a bound").err())
}

//! Values that people like to see in an example: a boundary that the agreement names, else a round number or an ordinary
//! word, else the first that will do.

use super::Space;
use super::values::{Point, Stretch, Values};
use super::variables::{UNIT, Variable, What};
use crate::model::{AggregateKind, Field, FieldType, Id};

/// So many stretches are looked at.
const LOOKED_AT: usize = 8;
/// Words for a text of which only is known what it is not.
const WORDS: [&str; 3] = ["other", "another", "something else"];
const HOUR: i128 = 3_600;

impl Space<'_> {
    /// Some of the values of a variable, best first.
    pub(super) fn best(&self, variable: Variable, values: &Values) -> Vec<Point> {
        let info = self.variables.info(variable);
        let fits = |point: &Point| {
            values.holds(point) && point.number().is_none_or(|number| number.rem_euclid(info.step) == 0)
        };
        let mut out: Vec<Point> = info.usual.iter().filter(|point| fits(point)).cloned().collect();
        for (first, end) in values.stretches().iter().take(LOOKED_AT) {
            let named = info.named.range(first.clone()..end.clone()).map(|(point, _)| point);
            out.extend(named.take(LOOKED_AT).filter(|point| fits(point)).cloned());
        }
        let round =
            values.stretches().iter().take(LOOKED_AT).filter_map(|stretch| match self.time_of(variable) {
                Some((now, unit)) => near(stretch, now, unit),
                // As few child records as will do.
                None if self.counts_children(&info.what) => stretch.0.number(),
                None => roundest(stretch, info.step),
            });
        out.extend(round.map(Point::Number).filter(|point| fits(point)));
        out.extend(WORDS.iter().map(|word| Point::text(word)).filter(|point| fits(point)));
        out.extend(
            values.stretches().iter().take(LOOKED_AT).filter_map(|stretch| some_text(stretch, values)),
        );
        out
    }

    fn counts_children(&self, what: &What) -> bool {
        match what {
            What::Copies => true,
            What::Aggregate(place) => self.aggregates[*place].kind == AggregateKind::Count,
            _ => false,
        }
    }

    /// The present as a value of a variable, if it is a day or a moment, and what is counted in: days or full hours.
    fn time_of(&self, variable: Variable) -> Option<(i128, i128)> {
        let info = self.variables.info(variable);
        let day = match &info.what {
            What::Now => false,
            What::Today => true,
            What::Field(field) => is_day(&self.field_of(info.scope, *field).ty)?,
            What::Aggregate(place) => {
                let aggregate = &self.aggregates[*place];
                let field: Id<Field> = aggregate.kind.field()?;
                is_day(&self.model.records[aggregate.of.record].fields[field].ty)?
            }
            _ => return None,
        };
        let now = i128::from(self.now.epoch());
        let today = self.zone.as_ref().map_or(now / 86_400, |zone| zone.day(self.now).number().into());
        Some(if day { (today, 1) } else { (now, HOUR) })
    }
}

fn is_day(ty: &FieldType) -> Option<bool> {
    match ty {
        FieldType::Date => Some(true),
        FieldType::DateTime => Some(false),
        _ => None,
    }
}

/// The number of a stretch that ends in the most noughts: a whole one if there is one, else one with as few decimal places
/// as will do.
fn roundest((first, end): &Stretch, step: i128) -> Option<i128> {
    let (first, end) = (first.number()?, end.number()?);
    if first <= 0 && 0 < end {
        return Some(0);
    }
    if first < 0 {
        // As round on the other side of 0.
        return round_up(step - end, step - first, step).map(|number| -number);
    }
    round_up(first, end, step)
}

fn round_up(first: i128, end: i128, step: i128) -> Option<i128> {
    let up = |unit: i128| (first.div_euclid(unit) + i128::from(first.rem_euclid(unit) != 0)) * unit;
    let finer = std::iter::successors(Some(UNIT), |unit| (unit % 10 == 0).then_some(unit / 10));
    let whole = finer.filter(|unit| unit % step == 0).find(|unit| up(*unit) < end).unwrap_or(step.max(1));
    // Not rounder than it is large: above 61 comes 70, and not a million.
    let units = std::iter::successors(Some(whole), |unit| unit.checked_mul(10));
    let rounder = units.skip(1).take_while(|unit| *unit <= first && up(*unit) < end);
    Some(rounder.map(up).last().unwrap_or_else(|| up(whole))).filter(|number| *number < end)
}

/// The day, or the full hour, of a stretch that is nearest to the present; a unit is one of these.
fn near((first, end): &Stretch, now: i128, unit: i128) -> Option<i128> {
    let (first, end) = (first.number()?, end.number()?);
    let nearest = now.clamp(first, end - 1);
    if nearest == now {
        return Some(now);
    }
    let down = nearest.div_euclid(unit) * unit;
    let full = if now < first && down < first { down + unit } else { down };
    Some(if (first..end).contains(&full) { full } else { nearest })
}

/// A text of a stretch that can be written.
fn some_text((first, _): &Stretch, values: &Values) -> Option<Point> {
    let Point::Text(bytes) = first else { return None };
    let bytes: Vec<u8> = bytes.iter().copied().take_while(|byte| *byte != 0).collect();
    let beginning = String::from_utf8(bytes).ok()?;
    let longer = ('a'..='z').chain('0'..='9').map(|letter| format!("{beginning}{letter}"));
    let mut texts = std::iter::once(beginning.clone()).filter(|text| !text.is_empty()).chain(longer);
    texts.find(|text| values.holds(&Point::text(text))).map(|text| Point::text(&text))
}

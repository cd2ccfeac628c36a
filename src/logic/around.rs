//! What is around an example: fields that may as well hold anything, and how far a number may move.

use std::collections::BTreeSet;

use super::Space;
use super::example::{Content, Example};
use super::formula::Formula;
use super::query::Query;
use super::values::{Point, Values};
use super::variables::{What, decimal};
use crate::model::record::Presence;
use crate::model::{Constant, Field, FieldType, Id};
use crate::worktime::Day;

/// Between which values a field may lie, as far as the field itself allows. `None`: it has no end there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Between {
    /// Where it begins.
    pub from: Option<End>,
    /// Where it ends.
    pub to: Option<End>,
}

/// An end of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The value.
    pub value: Content,
    /// Whether the value itself is inside.
    pub included: bool,
}

impl Space<'_> {
    /// An example without the fields that do not matter after all: their points add up to enough, or to too little,
    /// whatever they are.
    pub(super) fn shortened(&mut self, all: &[Formula], mut example: Example) -> Example {
        if example.doubt.is_some() {
            return example;
        }
        let together = self.all(all.iter().copied());
        let against = self.not(together);
        let present = self.present_in(&example);
        let mut fields: Vec<(Id<Field>, Content, Formula)> = Vec::new();
        for (field, content) in &example.fields {
            let holds = self.holds_exactly(*field, content);
            fields.push((*field, content.clone(), holds));
        }
        let mut place = fields.len();
        while place > 0 {
            place -= 1;
            let others = fields.iter().enumerate().filter(|(other, _)| *other != place);
            let others = others.map(|(_, (_, _, holds))| *holds);
            let question: Vec<Formula> = others.chain([against]).chain(present.iter().copied()).collect();
            if self.are_soon_impossible(&question) {
                let (field, content, _) = fields.remove(place);
                if self.field(field).presence == Presence::Required {
                    example.others.push((field, content));
                }
            }
        }
        example.fields = fields.into_iter().map(|(field, content, _)| (field, content)).collect();
        example
    }

    /// The widest box around an example in which all of these hold of every item: by field, between which values it may
    /// lie. Fields that are not there hold what they hold in the example. `None`: nothing can be moved, or not so that
    /// it could be told.
    pub fn box_around(&mut self, all: &[Formula], example: &Example) -> Option<Vec<(Id<Field>, Between)>> {
        let plain = |(id, content): &(Id<Field>, Content)| {
            let is_text = matches!(self.field(*id).ty, FieldType::Text | FieldType::Key | FieldType::User);
            !is_text && !matches!(content, Content::Moment(_))
        };
        if example.doubt.is_some() || example.timed || !example.fields.iter().all(plain) {
            return None;
        }
        let query = Query::new(self, all);
        let cuts = query.cuts();
        let together = self.all(all.iter().copied());
        let against = self.not(together);
        let mut holds: Vec<Formula> = vec![against];
        for (field, content) in &example.fields {
            let formula = self.holds_exactly(*field, content);
            holds.push(formula);
        }
        let mut out = Vec::new();
        for (place, (field, content)) in example.fields.iter().enumerate() {
            let variable = self.field_variable(*field);
            let (Some(at), Some(of_query)) = (
                self.number_in(*field, content),
                query.variables.iter().position(|known| *known == variable),
            ) else {
                continue;
            };
            let cuts: Vec<i128> = cuts[&of_query].iter().filter_map(Point::number).collect();
            let Some((first, end)) = self.widest(&mut holds, place + 1, *field, &cuts, at) else { continue };
            let full = self.variables.full(variable);
            let step = self.variables.step(variable);
            let (lowest, highest) = (full.least()?, full.greatest(step)?);
            let between = Between {
                from: if first <= lowest {
                    None
                } else {
                    Some(self.end_of_range(*field, first, first - step)?)
                },
                to: if end > highest { None } else { Some(self.end_of_range(*field, end - step, end)?) },
            };
            out.push((*field, between));
        }
        (!out.is_empty()).then_some(out)
    }

    /// How far a field can move with everything else as it is; the place of what it holds is then of all of that.
    fn widest(
        &mut self,
        holds: &mut [Formula],
        place: usize,
        field: Id<Field>,
        cuts: &[i128],
        at: i128,
    ) -> Option<(i128, i128)> {
        let variable = self.field_variable(field);
        let mut high = cuts.partition_point(|cut| *cut <= at);
        let mut low = high.checked_sub(1)?;
        let exactly = holds[place];
        let mut found = None;
        let mut fits = |low: usize, high: usize| {
            let (Some(first), Some(end)) = (cuts.get(low), cuts.get(high)) else { return false };
            let before = holds[place];
            holds[place] = self.within(variable, &Values::between(*first, *end));
            let yes = self.are_soon_impossible(holds);
            if yes {
                found = Some((*first, *end));
            } else {
                holds[place] = before;
            }
            yes
        };
        if !fits(low, high) {
            holds[place] = exactly;
            return None;
        }
        while low > 0 && fits(low - 1, high) {
            low -= 1;
        }
        while fits(low, high + 1) {
            high += 1;
        }
        found
    }

    /// The number that a field holds in an example, as its variable has it.
    fn number_in(&mut self, field: Id<Field>, content: &Content) -> Option<i128> {
        let counts = matches!(
            self.field(field).ty,
            FieldType::Integer
                | FieldType::Number
                | FieldType::Percent
                | FieldType::Money(_)
                | FieldType::Date
        );
        let Content::Value(constant) = content else { return None };
        if counts { self.values_of(field, constant).least() } else { None }
    }

    /// An end of a range: the last number inside, or the first outside, whichever is rounder.
    fn end_of_range(&self, field: Id<Field>, inside: i128, outside: i128) -> Option<End> {
        let noughts = |number: i128| (0..30).find(|n| number % 10_i128.pow(n + 1) != 0).unwrap_or(30);
        let days = self.field(field).ty == FieldType::Date;
        let included = days || noughts(inside) >= noughts(outside);
        let number = if included { inside } else { outside };
        let value = Content::Value(match &self.field(field).ty {
            FieldType::Percent => Constant::Percent(decimal(number)),
            FieldType::Money(currency) => Constant::Money(decimal(number), currency.clone()),
            FieldType::Date => Constant::Date(Day::from_number(i64::try_from(number).ok()?).ok()?.date()),
            _ => Constant::Number(decimal(number)),
        });
        Some(End { value, included })
    }

    /// A field holds just this; of several choices, just these.
    fn holds_exactly(&mut self, field: Id<Field>, content: &Content) -> Formula {
        let Content::Choices(held) = content else { return self.holds(field, content) };
        let listed: BTreeSet<String> = self
            .field(field)
            .ty
            .values()
            .into_iter()
            .flat_map(|v| &v.names)
            .map(|n| n.text.clone())
            .collect();
        let each: Vec<Formula> = self
            .held_values(field)
            .into_iter()
            .map(|variable| {
                let holds = match &self.variables.info(variable).what {
                    What::Has(_, value) => held.contains(value),
                    _ => held.iter().any(|value| !listed.contains(value)),
                };
                let yes = self.is_true(variable);
                if holds { yes } else { self.not(yes) }
            })
            .collect();
        self.all(each)
    }

    /// That the present is that of an example, as far as it matters.
    fn present_in(&mut self, example: &Example) -> Vec<Formula> {
        if !example.timed {
            return Vec::new();
        }
        let now = i128::from(example.now.epoch());
        let day = self.zone.as_ref().map(|zone| i128::from(zone.day(example.now).number()));
        let moment = self.present(false);
        let mut out = vec![self.within(moment, &Values::number(now, 1))];
        if let Some(day) = day {
            let today = self.present(true);
            out.push(self.within(today, &Values::number(day, 1)));
        }
        out
    }
}

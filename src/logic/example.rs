//! An example: what the fields of one item hold, as far as it matters.

use std::collections::{BTreeMap, BTreeSet};

use super::Space;
use super::alike::Alike;
use super::domains::Domains;
use super::query::Query;
use super::tableau::Tableau;
use super::values::{Point, Values};
use super::variables::{Scope, Variable, What, decimal, of_field};
use crate::model::record::Presence;
use crate::model::{Constant, Field, FieldType, Id, Record};
use crate::worktime::{Day, Instant};

/// What a field of an example holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    Blank,
    /// A value.
    Value(Constant),
    /// A moment.
    Moment(Instant),
    /// Several values of a choice.
    Choices(BTreeSet<String>),
}

/// An item for which a formula holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The fields that matter, in the order of the record. Whatever the others hold, the formula holds.
    pub fields: Vec<(Id<Field>, Content)>,
    /// Something in every other field that must be filled, so that the item is one as the record promises it.
    pub others: Vec<(Id<Field>, Content)>,
    /// The present moment.
    pub now: Instant,
    /// Whether the present moment matters.
    pub timed: bool,
    /// Its child records, as far as it has to have any.
    pub children: Vec<Alike>,
    /// The child records of which it has none, where that matters.
    pub without: Vec<Id<Record>>,
    /// Why the formula may not hold for it after all: something that it stands on is not calculated.
    pub doubt: Option<String>,
}

/// What fields hold, in the order of the record.
pub(super) type Fields = Vec<(Id<Field>, Content)>;

/// The values of variables that matter, by the item of which they are.
pub(super) type Mattering = BTreeMap<Scope, Vec<(Variable, Values)>>;

impl Space<'_> {
    /// The example of a model.
    pub(super) fn example(&self, query: &Query, domains: &Domains) -> Example {
        let usual = |variable: usize, values: &Values| self.best(query.variables[variable], values);
        let mut tableau = Tableau::new(query, &usual, 0);
        for variable in 0..query.variables.len() {
            tableau.domains.replace(variable, self.one_value(query, variable, domains.get(variable)));
        }
        let known = tableau.all_hold();
        let mut free = BTreeSet::new();
        if known {
            for variable in (0..query.variables.len()).rev() {
                let mark = tableau.domains.mark();
                tableau.domains.replace(variable, query.full[variable].clone());
                if tableau.all_hold() {
                    free.insert(variable);
                } else {
                    tableau.domains.undo(mark);
                }
            }
        }
        let mattering = (0..query.variables.len()).filter(|variable| !free.contains(variable));
        self.told(query, mattering.map(|variable| (variable, tableau.domains.get(variable).clone())))
    }

    /// One of several values, the best there is.
    fn one_value(&self, query: &Query, variable: usize, values: &Values) -> Values {
        let step = query.steps[variable];
        match self.best(query.variables[variable], values).into_iter().next() {
            Some(Point::Number(number)) => Values::number(number, step),
            Some(Point::Text(text)) => Values::text(&String::from_utf8_lossy(&text)),
            None => match values.least() {
                Some(number) => Values::number(number, step),
                None if values.stretches().is_empty() => Values::only_blank(),
                None => values.filled(),
            },
        }
    }

    fn told(&self, query: &Query, mattering: impl Iterator<Item = (usize, Values)>) -> Example {
        let mut out = Example {
            fields: Vec::new(),
            others: Vec::new(),
            now: self.now,
            timed: false,
            children: Vec::new(),
            without: Vec::new(),
            doubt: None,
        };
        let mut all = Mattering::new();
        let mut today = None;
        for (variable, values) in mattering {
            let variable = query.variables[variable];
            let info = self.variables.info(variable);
            if let (Some(doubt), None) = (&info.doubt, &out.doubt) {
                out.doubt = Some(doubt.clone());
            }
            let now = match info.what {
                What::Now => values.least().and_then(instant),
                What::Today => self.during(&values),
                _ => None,
            };
            if info.what == What::Today {
                today = values.least();
            }
            out.timed |= matches!(info.what, What::Now | What::Today);
            out.now = now.unwrap_or(out.now);
            all.entry(info.scope).or_default().push((variable, values));
        }
        // The day and the moment are bound to each other by no more than what every zone keeps to.
        let day_of_now = self.zone.as_ref().map(|zone| i128::from(zone.day(out.now).number()));
        if today.is_some() && today != day_of_now {
            out.doubt.get_or_insert_with(|| "which day it is depends on the time zone".into());
        }
        let own = Scope::default();
        (out.fields, out.others) = self.contents(own, &all);
        out.children = self.children_of(own, &all);
        out.without = self.none_of(&out.children, &all);
        out
    }

    /// What the fields of an item hold: those that matter, and the others that must be filled.
    pub(super) fn contents(&self, scope: Scope, all: &Mattering) -> (Fields, Fields) {
        let mut fields: BTreeMap<Id<Field>, Content> = BTreeMap::new();
        let mut contained: Vec<(Id<Field>, String, bool)> = Vec::new();
        for (variable, values) in all.get(&scope).into_iter().flatten() {
            let info = self.variables.info(*variable);
            let yes = values.least() == Some(1);
            match &info.what {
                What::Field(field) => {
                    fields.insert(*field, content(self.field_of(scope, *field), &info.named, values));
                }
                What::Has(field, value) => {
                    let entry = fields.entry(*field).or_insert_with(|| Content::Choices(BTreeSet::new()));
                    if let (Content::Choices(held), true) = (entry, yes) {
                        held.insert(value.clone());
                    }
                }
                What::HasOther(field) => {
                    let entry = fields.entry(*field).or_insert_with(|| Content::Choices(BTreeSet::new()));
                    if let (Content::Choices(held), true) = (entry, yes) {
                        held.insert("other".into());
                    }
                }
                What::Contains(field, part) => contained.push((*field, part.clone(), yes)),
                What::Now
                | What::Today
                | What::Score(_)
                | What::Row(..)
                | What::Scale(..)
                | What::Given(..)
                | What::Times(..)
                | What::Aggregate(_)
                | What::Copies
                | What::Meant(_)
                | What::Added(_)
                | What::Guess(_)
                | What::Open(_) => {}
            }
        }
        self.fill_in_parts(scope, &mut fields, &contained);
        let record = &self.model.records[self.record_of(scope)].fields;
        let unsaid = record
            .iter()
            .filter(|(id, field)| field.presence == Presence::Required && !fields.contains_key(id));
        let others = unsaid.map(|(id, field)| (id, self.anything(field))).collect();
        (fields.into_iter().collect(), others)
    }

    /// Something that a field may hold.
    fn anything(&self, field: &Field) -> Content {
        match &field.ty {
            FieldType::DateTime => return Content::Moment(self.now),
            FieldType::Choices(values) => {
                return Content::Choices(values.names.iter().take(1).map(|name| name.text.clone()).collect());
            }
            _ => {}
        }
        let (full, step) = of_field(field);
        let values = match (full.least(), full.greatest(step)) {
            (Some(least), Some(greatest)) => Values::number(0.clamp(least, greatest), step),
            _ if full.holds(&Point::text("other")) => Values::text("other"),
            _ => full,
        };
        content(field, &BTreeMap::new(), &values)
    }

    /// A moment on a day: the usual present one if it will do, else noon.
    fn during(&self, day: &Values) -> Option<Instant> {
        let zone = self.zone.as_ref()?;
        let number = i64::try_from(day.least()?).ok()?;
        if zone.day(self.now).number() == number {
            return None;
        }
        zone.start_of(Day::from_number(number).ok()?).ok()?.plus(12 * 3600).ok()
    }

    /// Adds what texts must contain.
    fn fill_in_parts(
        &self,
        scope: Scope,
        fields: &mut BTreeMap<Id<Field>, Content>,
        contained: &[(Id<Field>, String, bool)],
    ) {
        for (id, _, _) in contained.iter().filter(|(_, _, yes)| *yes) {
            let field = self.field_of(scope, *id);
            let parts: Vec<&str> = contained
                .iter()
                .filter(|(of, _, yes)| of == id && *yes)
                .map(|(_, part, _)| part.as_str())
                .collect();
            let text = match fields.get(id) {
                Some(Content::Value(Constant::Text(text) | Constant::Choice(text))) => text.clone(),
                _ => String::new(),
            };
            let compared = super::variables::folded(&text, field.case);
            let missing: Vec<&str> = parts.iter().copied().filter(|part| !compared.contains(part)).collect();
            if missing.is_empty() {
                continue;
            }
            let beginning = if text == "other" || text.is_empty() { Vec::new() } else { vec![text.as_str()] };
            let text = [beginning, missing].concat().join(" ");
            let value = match field.ty {
                FieldType::Choice(_) => Constant::Choice(text),
                _ => Constant::Text(text),
            };
            fields.insert(*id, Content::Value(value));
        }
    }
}

fn instant(seconds: i128) -> Option<Instant> {
    Instant::from_epoch(i64::try_from(seconds).ok()?).ok()
}

/// A text as the agreement writes it.
fn spelled(field: &Field, named: &BTreeMap<Point, String>, point: &Point) -> String {
    let Point::Text(bytes) = point else { return String::new() };
    let listed = field.ty.values().into_iter().flat_map(|values| &values.names);
    let mut listed =
        listed.filter(|name| Point::text(&super::variables::folded(&name.text, field.case)) == *point);
    match (listed.next(), named.get(point)) {
        (Some(name), _) => name.text.clone(),
        (None, Some(written)) => written.clone(),
        (None, None) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// What a field holds.
pub(super) fn content(field: &Field, named: &BTreeMap<Point, String>, values: &Values) -> Content {
    let Some((point, _)) = values.stretches().first() else { return Content::Blank };
    let number = || point.number().unwrap_or_default();
    match &field.ty {
        FieldType::Integer | FieldType::Number => Content::Value(Constant::Number(decimal(number()))),
        FieldType::Percent => Content::Value(Constant::Percent(decimal(number()))),
        FieldType::Money(currency) => Content::Value(Constant::Money(decimal(number()), currency.clone())),
        FieldType::Boolean => Content::Value(Constant::Boolean(number() == 1)),
        FieldType::Date => {
            let day = i64::try_from(number()).ok().and_then(|number| Day::from_number(number).ok());
            day.map_or(Content::Blank, |day| Content::Value(Constant::Date(day.date())))
        }
        FieldType::DateTime => instant(number()).map_or(Content::Blank, Content::Moment),
        FieldType::Choice(_) => Content::Value(Constant::Choice(spelled(field, named, point))),
        FieldType::Text
        | FieldType::Key
        | FieldType::User
        | FieldType::Reference(_)
        | FieldType::Choices(_) => Content::Value(Constant::Text(spelled(field, named, point))),
    }
}

//! The view of a record: its data in the form that everything else works with, and which definitions hold.
//!
//! Moments are seconds since 1970, days are days since 1970, numbers with decimals are in millionths, an empty text is a
//! blank, yes is 1 and no is 0, and choices have the agreement's values.

use std::collections::BTreeMap;

use super::binding::{Binding, T};
use super::calendar::{Clocks, ZoneNo};
use super::condition::{Conditions, N};
use super::layers::{Direction, Layer, Layers, P};
use super::names::{Columns, Names};
use super::tree::{Join, Query, Select, Source, col, flag};
use crate::evaluate::Evaluator;
use crate::model::{
    Definition, Duration, Field, FieldType, Id, Model, Predicate, PredicateKind, Record, Unit,
};

/// What the columns of a record's view are called.
#[derive(Debug)]
pub(super) struct Shape {
    record: Id<Record>,
    /// By field.
    fields: Vec<String>,
    /// Definitions in an order in which each comes after those it names, with the number of the step that decides it.
    definitions: Vec<(Id<Definition>, usize, String)>,
    /// Ends of a time that begins at a field, for `within`.
    ends: Vec<(Id<Field>, Duration, String)>,
}

impl Shape {
    /// The shape for some definitions and further conditions of a record.
    pub(super) fn new(
        model: &Model,
        record: Id<Record>,
        definitions: &[Id<Definition>],
        conditions: &[&Predicate],
    ) -> Shape {
        let mut columns = Columns::default();
        let fields: Vec<String> =
            model.records[record].fields.values().map(|field| columns.take(&field_column(field))).collect();
        let mut levels = BTreeMap::new();
        for id in definitions {
            level(model, *id, &mut levels);
        }
        let mut sorted: Vec<(Id<Definition>, usize, String)> = Vec::new();
        for id in definitions {
            let name = columns.take(&format!("is_{}", model.definitions[*id].head.name));
            sorted.push((*id, levels.get(id).copied().unwrap_or(0), name));
        }
        sorted.sort_by_key(|(id, level, _)| (*level, *id));
        let mut ends: Vec<(Id<Field>, Duration, String)> = Vec::new();
        let of_definitions = definitions.iter().map(|id| &model.definitions[*id].condition);
        for condition in of_definitions.chain(conditions.iter().copied()) {
            condition.walk(&mut |part| {
                let PredicateKind::Within { duration, of, .. } = &part.kind else { return };
                let field = &model.records[record].fields[*of];
                if needs_end(field, *duration) && !ends.iter().any(|(f, d, _)| (f, d) == (of, duration)) {
                    let words = duration.to_string().replace([' ', '.'], "_");
                    ends.push((*of, *duration, columns.take(&format!("{words}_after_{}", field.name))));
                }
            });
        }
        Shape { record, fields, definitions: sorted, ends }
    }

    pub(super) fn record<'m>(&self, model: &'m Model) -> &'m Record {
        &model.records[self.record]
    }

    pub(super) fn column(&self, field: Id<Field>) -> &str {
        self.fields.get(field.index()).map_or("", String::as_str)
    }

    pub(super) fn definition(&self, definition: Id<Definition>) -> Option<&str> {
        self.definitions.iter().find(|(id, ..)| *id == definition).map(|(.., name)| name.as_str())
    }

    pub(super) fn end_of(&self, field: Id<Field>, duration: Duration) -> Option<&str> {
        self.ends.iter().find(|(f, d, _)| (*f, *d) == (field, duration)).map(|(.., name)| name.as_str())
    }

    /// The columns in their order.
    fn columns(&self) -> impl Iterator<Item = &str> {
        let definitions = self.definitions.iter().map(|(.., name)| name.as_str());
        let ends = self.ends.iter().map(|(.., name)| name.as_str());
        self.fields.iter().map(String::as_str).chain(definitions).chain(ends)
    }
}

/// The column of a field: its name, with a unit where one would not guess it.
fn field_column(field: &Field) -> String {
    match field.ty {
        FieldType::DateTime => format!("{}_s", field.name),
        FieldType::Date => format!("{}_day", field.name),
        FieldType::Number | FieldType::Percent | FieldType::Money(_) => format!("{}_millionths", field.name),
        _ => field.name.text.clone(),
    }
}

/// Whether the end of a time needs the tables.
fn needs_end(field: &Field, duration: Duration) -> bool {
    match duration.unit {
        Unit::CalendarDays | Unit::Weeks => field.ty == FieldType::DateTime,
        Unit::Months => matches!(field.ty, FieldType::DateTime | FieldType::Date),
        _ => false,
    }
}

/// How many definitions stand one upon the other below one.
fn level(model: &Model, id: Id<Definition>, known: &mut BTreeMap<Id<Definition>, usize>) -> usize {
    if let Some(level) = known.get(&id) {
        return *level;
    }
    let below = model.definitions[id].condition.definitions();
    let own = below.into_iter().map(|below| level(model, below, known) + 1).max().unwrap_or(0);
    known.insert(id, own);
    own
}

/// The view of a record.
pub(super) fn view(
    evaluator: &Evaluator<'_>,
    binding: &Binding<'_>,
    shape: &Shape,
    clocks: &Clocks<'_>,
    names: &Names,
) -> Query {
    let model = evaluator.model();
    let record = shape.record(model);
    let zone = binding.zone().map(|zone| clocks.zone(&zone));
    let mut first = Select::from(binding.source());
    let mut later = Vec::new();
    for (id, field) in record.fields.iter() {
        let name = shape.column(id);
        if waits(field, zone) || binding.value_of(id, &col(T, "")).is_some() {
            let stored = format!("stored_{}", id.index());
            first = first.column(&stored, binding.raw(id));
            later.push((id, stored));
        } else {
            first = first.column(name, binding.raw(id));
        }
    }
    let mut layers = Layers::new("the data, column by column", first);
    let mut layer = Layer::new(names);
    for (id, stored) in later {
        let stored = col(P, &stored);
        let value = match zone.filter(|_| record.fields[id].ty == FieldType::DateTime) {
            Some(zone) => layer.wall(zone, &stored),
            None => binding.value_of(id, &stored).unwrap_or(stored),
        };
        layer.column(shape.column(id), value);
    }
    layers.add("moments from wall clocks, and values as the agreement calls them", layer);
    ends(evaluator, shape, clocks, names, &mut layers);
    definitions(evaluator, binding, shape, names, &mut layers);
    let columns: Vec<&str> = shape.columns().collect();
    let rows = layers.read().columns_of(P, &columns);
    layers.finish(rows)
}

/// Whether a field's value is only known after a look into the tables.
fn waits(field: &Field, zone: Option<ZoneNo>) -> bool {
    zone.is_some() && field.ty == FieldType::DateTime
}

/// The ends of times in conditions.
fn ends(evaluator: &Evaluator<'_>, shape: &Shape, clocks: &Clocks<'_>, names: &Names, layers: &mut Layers) {
    let Some(zone) = evaluator.zone().map(|zone| clocks.zone(zone)) else { return };
    let record = shape.record(evaluator.model());
    let (mut days, mut ends) = (Layer::new(names), Layer::new(names));
    for (i, (field, duration, name)) in shape.ends.iter().enumerate() {
        let from = col(P, shape.column(*field));
        let amount = super::tree::int(duration.count());
        if record.fields[*field].ty == FieldType::Date {
            let day = ends.moved_day(&from, duration.unit, amount, Direction::Forward);
            ends.column(name, day);
        } else {
            let begun = format!("day_{i}");
            let day = days.local_day(zone, from);
            days.column(&begun, day);
            let day = ends.moved_day(&col(P, &begun), duration.unit, amount, Direction::Forward);
            let end = ends.end_of(zone, day);
            ends.column(name, end);
        }
    }
    layers.add("the local days from which conditions count", days);
    layers.add("the ends of the times they allow", ends);
}

/// The definitions, each after those it names.
fn definitions(
    evaluator: &Evaluator<'_>,
    binding: &Binding<'_>,
    shape: &Shape,
    names: &Names,
    layers: &mut Layers,
) {
    let conditions = Conditions { evaluator, binding, shape, alias: P };
    let last = shape.definitions.iter().map(|(_, level, _)| *level).max();
    for level in last.map(|last| 0..=last).into_iter().flatten() {
        let mut layer = Layer::new(names);
        layer.join(Join::Cross(Source::of(&names.object("clock"), N)));
        let here = shape.definitions.iter().filter(|(_, at, _)| *at == level);
        for (id, _, name) in here {
            let condition = &evaluator.model().definitions[*id].condition;
            layer.column(name, flag(conditions.holds(condition)));
        }
        layers.add("which definitions hold", layer);
    }
}

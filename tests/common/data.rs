//! Data for the tests: CSV files read as the items of a record.

use std::path::Path;

use clausal::evaluate::{Item, Value};
use clausal::model::{Field, FieldType, Id, Model, Record};
use clausal::worktime::{Day, Instant, civil};

/// The shipped leads.
pub const LEADS: &str = "examples/lead-handoff/data/leads.csv";
/// The moment at which their page looks at them: 11:00 in New York.
pub const LEADS_NOW: &str = "2026-12-01 16:00:00";

/// The shipped leads as items of the record `lead` of `examples/lead-handoff`.
pub fn leads(model: &Model) -> Vec<Item> {
    items(record(model, "lead"), LEADS)
}

/// A record by its name.
pub fn record<'m>(model: &'m Model, name: &str) -> &'m Record {
    model.records.values().find(|r| r.head.name.text == name).unwrap_or_else(|| panic!("no record {name}"))
}

/// The rows of a CSV file of this repository as items of a record. Every column is named after a field, in any order;
/// what is empty is blank; moments are in UTC.
pub fn items(record: &Record, path: &str) -> Vec<Item> {
    let mut reader = csv::Reader::from_path(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let columns: Vec<Id<Field>> = reader
        .headers()
        .unwrap()
        .iter()
        .map(|name| record.field(name).unwrap_or_else(|| panic!("{path}: no field {name}")))
        .collect();
    let item = |row: csv::StringRecord| {
        let line = row.position().map_or(0, csv::Position::line);
        columns.iter().zip(&row).fold(Item::blank(record), |item, (id, text)| {
            let field = &record.fields[*id];
            let value = value(field, text)
                .unwrap_or_else(|| panic!("{path}:{line}: `{text}` is no value of `{}`", field.name));
            item.with(*id, value)
        })
    };
    reader.records().map(|row| item(row.unwrap())).collect()
}

/// The value that a text stands for in a field. `None`: none.
pub fn value(field: &Field, text: &str) -> Option<Value> {
    if text.is_empty() {
        return Some(Value::Blank);
    }
    Some(match &field.ty {
        FieldType::Key | FieldType::Text | FieldType::User | FieldType::Reference(_) => {
            Value::Text(text.to_owned())
        }
        FieldType::Integer | FieldType::Number | FieldType::Percent | FieldType::Money(_) => {
            Value::Number(text.parse().ok()?)
        }
        FieldType::Boolean => Value::Boolean(text.parse().ok()?),
        FieldType::Date => Value::Date(civil::parse_date(text)?),
        FieldType::DateTime => Value::Moment(utc(text)?),
        FieldType::Choice(_) => Value::Choice(text.to_owned()),
        FieldType::Choices(_) => Value::Choices(text.split(';').map(str::to_owned).collect()),
    })
}

/// `2026-03-06 21:30:00` in UTC.
pub fn utc(text: &str) -> Option<Instant> {
    let local = civil::parse_local(text)?;
    let midnight = Day::of(local.date).number() * civil::DAY_SECONDS;
    Instant::from_epoch(midnight + i64::from(local.seconds)).ok()
}

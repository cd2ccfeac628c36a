//! One record from JSON: an object with a value for some of the fields.

use rust_decimal::Decimal;
use serde_json::Value as Json;

use crate::diagnostic::nearest;
use crate::evaluate::{Item, Value};
use crate::model::record::Openness;
use crate::model::{Field, FieldType, Id, Model, Record};
use crate::worktime::{TimeZone, civil, parse_moment};

/// The record that a JSON object describes. Child records stand in a list under their name: `"activity": [{ .. }]`. Fields that it does not name, and those that are `null`, are blank.
///
/// Moments are written `2026-03-06 16:30` on the wall clock of `zone`, or with an offset: `2026-03-06T21:30:00Z`.
///
/// # Errors
/// Everything that is wrong, a sentence each.
pub fn read(
    model: &Model,
    id: Id<Record>,
    zone: Option<&TimeZone>,
    json: &Json,
) -> Result<Item, Vec<String>> {
    let record = &model.records[id];
    let name = &record.head.name.text;
    let Json::Object(values) = json else {
        return Err(vec![format!("one {name} is needed, as a JSON object: {{ \"field\": value, .. }}")]);
    };
    // `{ "lead": { .. } }` says which record it is.
    if let (1, Some(Json::Object(_))) = (values.len(), values.get(name)) {
        return read(model, id, zone, &values[name]);
    }
    let mut item = Item::blank(record);
    let mut wrong = Vec::new();
    for (key, json) in values {
        if let Some((child, rows)) = children(model, id, key, json) {
            for row in rows {
                match read(model, child, zone, row) {
                    Ok(row) => item.add_child(child, row),
                    Err(said) => wrong.extend(said),
                }
            }
            continue;
        }
        let Some(id) = record.field(key) else {
            let children = model.records.values().filter(|r| r.parent() == Some(id)).map(|r| &r.head.name);
            let names = record.fields.values().map(|f| &f.name).chain(children).map(|n| n.text.as_str());
            let hint = match nearest(key, names.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its fields are {}", names.collect::<Vec<_>>().join(", ")),
            };
            wrong.push(format!("a {name} has no field `{key}`: {hint}"));
            continue;
        };
        match value(&record.fields[id], zone, json) {
            Ok(value) => item.set(id, value),
            Err(wanted) => wrong.push(format!("`{key}` cannot be {json}: {wanted}")),
        }
    }
    if wrong.is_empty() { Ok(item) } else { Err(wrong) }
}

/// The child records under a key: those of that name, as a list of objects.
fn children<'j>(
    model: &Model,
    parent: Id<Record>,
    key: &str,
    json: &'j Json,
) -> Option<(Id<Record>, &'j [Json])> {
    let Json::Array(rows) = json else { return None };
    if !rows.iter().all(Json::is_object) {
        return None;
    }
    let mut records = model.records.iter();
    let (child, _) = records.find(|(_, r)| r.parent() == Some(parent) && r.head.name.text == key)?;
    Some((child, rows))
}

/// The value of a field, or what is needed.
fn value(field: &Field, zone: Option<&TimeZone>, json: &Json) -> Result<Value, String> {
    let text = match json {
        Json::Null => return Ok(Value::Blank),
        Json::String(text) if text.is_empty() => return Ok(Value::Blank),
        Json::String(text) => Some(text.as_str()),
        _ => None,
    };
    let needed = |what: &str| format!("{what} is needed");
    Ok(match &field.ty {
        FieldType::Key | FieldType::Text | FieldType::User | FieldType::Reference(_) => match json {
            Json::Number(number) => Value::Text(number.to_string()),
            _ => Value::Text(text.ok_or_else(|| needed("a text"))?.to_owned()),
        },
        FieldType::Integer | FieldType::Number | FieldType::Percent | FieldType::Money(_) => {
            let written = match json {
                Json::Number(number) => number.to_string(),
                _ => text.unwrap_or_default().to_owned(),
            };
            let number = written.parse::<Decimal>().or_else(|_| Decimal::from_scientific(&written));
            let number = number.map_err(|_| needed("a number"))?;
            if field.ty == FieldType::Integer && !number.is_integer() {
                return Err(needed("a whole number"));
            }
            Value::Number(number)
        }
        FieldType::Boolean => Value::Boolean(json.as_bool().ok_or_else(|| needed("true or false"))?),
        FieldType::Date => {
            let date = text.and_then(civil::parse_date);
            Value::Date(date.ok_or_else(|| needed("a date such as \"2026-03-06\""))?)
        }
        FieldType::DateTime => {
            let moment = text.and_then(|text| parse_moment(text, zone));
            Value::Moment(
                moment.ok_or_else(|| {
                    needed("a moment such as \"2026-03-06 16:30\" or \"2026-03-06T21:30:00Z\"")
                })?,
            )
        }
        FieldType::Choice(values) => {
            let text = text.ok_or_else(|| needed("one of its values"))?;
            listed(values, text)?;
            Value::Choice(text.to_owned())
        }
        FieldType::Choices(values) => {
            let list = match json {
                Json::Array(list) => list.iter().map(|v| v.as_str()).collect::<Option<Vec<_>>>(),
                _ => text.map(|text| vec![text]),
            };
            let list = list.ok_or_else(|| needed("a list of its values"))?;
            list.iter().try_for_each(|text| listed(values, text))?;
            Value::Choices(list.into_iter().map(str::to_owned).collect())
        }
    })
}

fn listed(values: &crate::model::record::Values, text: &str) -> Result<(), String> {
    if values.openness == Openness::Open || values.lists(text) {
        return Ok(());
    }
    let names: Vec<&str> = values.names.iter().map(|n| n.text.as_str()).collect();
    Err(format!("its values are {}", names.join(", ")))
}

//! Agreements, items and moments in a few characters.

use clausal::evaluate::{Evaluator, Item, Value};
use clausal::model::{Commitment, FieldType, Id, Model, Record};
use clausal::worktime::{Instant, TimeZone, civil};

use crate::common::data;
use crate::common::{Compiled, compile_text};

/// What every agreement here begins with: 2026 in New York, offices on weekdays from 9:00 to 17:00.
pub const FRAME: &str = r"
agreement test {
  parties    left, right
  effective  2026-01-01 to 2026-12-31
  zone       America/New_York
}
party left {}
party right {}
role team { party left  works office }
calendar office {
  zone  America/New_York
  open  mon-fri 09:00-17:00
}
channel mail { by email  reaches team }
";

/// Compiles what follows the usual beginning.
pub fn agreement(rest: &str) -> Compiled {
    let compiled = compile_text(&format!("{FRAME}{rest}"));
    compiled.model();
    compiled
}

/// The moment at which clocks in New York show a time, or in UTC with a `Z` at its end.
pub fn at(text: &str) -> Instant {
    match text.strip_suffix('Z') {
        Some(utc) => data::utc(utc).unwrap_or_else(|| panic!("no moment {text}")),
        None => {
            let local = civil::parse_local(text).unwrap_or_else(|| panic!("no moment {text}"));
            TimeZone::find("America/New_York").unwrap().instant(local).unwrap()
        }
    }
}

/// `opened: 2026-03-06 16:30; kind: bug`: an item with some fields filled.
pub fn item(record: &Record, fields: &str) -> Item {
    let parts = fields.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts.fold(Item::blank(record), |item, part| {
        let (name, text) = part.split_once(':').unwrap_or_else(|| panic!("no colon in `{part}`"));
        let (name, text) = (name.trim(), text.trim());
        let id = record.field(name).unwrap_or_else(|| panic!("no field `{name}`"));
        let value = match (&record.fields[id].ty, text) {
            (FieldType::Text, "''") => Value::Text(String::new()),
            (FieldType::Choice(_), "''") => Value::Choice(String::new()),
            (FieldType::Choices(_), _) => Value::Choices(text.split('+').map(str::to_owned).collect()),
            (FieldType::DateTime, _) => Value::Moment(at(text)),
            (_, _) => data::value(&record.fields[id], text).unwrap_or_else(|| panic!("no value `{part}`")),
        };
        item.with(id, value)
    })
}

pub fn record<'m>(model: &'m Model, name: &str) -> &'m Record {
    data::record(model, name)
}

pub fn commitment(model: &Model, name: &str) -> Id<Commitment> {
    let found = model.commitments.iter().find(|(_, c)| c.head.name.text == name);
    found.unwrap_or_else(|| panic!("no commitment {name}")).0
}

/// The rows of a table: lines whose cells are divided by `|`; empty lines and lines with `#` in front are left out.
pub fn rows<const N: usize>(table: &str) -> Vec<[&str; N]> {
    let lines = table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            cells.try_into().unwrap_or_else(|_| panic!("not {N} cells: {line}"))
        })
        .collect()
}

/// The verdict on an item of a commitment, in its word, with its deadline on the clocks of New York; `not an item`.
pub fn verdict(model: &Model, name: &str, fields: &str, now: &str) -> (String, String) {
    let evaluator = Evaluator::new(model, at(now));
    let id = commitment(model, name);
    let subject = model.commitments[id].subject().unwrap();
    let record = &model.records[model.record_of(subject).unwrap()];
    match evaluator.outcome(id, &item(record, fields)).unwrap() {
        None => ("not an item".into(), "-".into()),
        Some(outcome) => {
            let zone = evaluator.zone().unwrap();
            let due = outcome.deadline.map_or("-".into(), |due| zone.local(due).to_string());
            (outcome.verdict.word().into(), due)
        }
    }
}

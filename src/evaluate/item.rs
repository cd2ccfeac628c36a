//! One record of data.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::model::{Date, Field, Id, Record};
use crate::worktime::{Instant, TimeZone, words};

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    /// Nothing. An empty text is nothing too.
    #[default]
    Blank,
    /// Text, a key, a user or a reference.
    Text(String),
    /// An integer, a number, a percentage (95% is 95) or an amount of money in the field's currency.
    Number(Decimal),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// A moment.
    Moment(Instant),
    /// A value of a choice.
    Choice(String),
    /// Values of a field with several choices.
    Choices(BTreeSet<String>),
}

impl Value {
    /// True if there is nothing.
    pub fn is_blank(&self) -> bool {
        match self {
            Value::Blank => true,
            Value::Text(text) | Value::Choice(text) => text.is_empty(),
            Value::Choices(values) => values.is_empty(),
            Value::Number(_) | Value::Boolean(_) | Value::Date(_) | Value::Moment(_) => false,
        }
    }

    /// What it holds, for a reader; moments by a zone.
    pub fn words(&self, zone: Option<&TimeZone>) -> String {
        match self {
            value if value.is_blank() => "blank".to_owned(),
            Value::Blank => "blank".to_owned(),
            Value::Text(text) | Value::Choice(text) => text.clone(),
            Value::Number(number) => number.normalize().to_string(),
            Value::Boolean(value) => value.to_string(),
            Value::Date(date) => words::date(*date),
            Value::Moment(moment) => match zone {
                Some(zone) => words::moment(*moment, zone),
                None => words::moment(*moment, &TimeZone::UTC) + " UTC",
            },
            Value::Choices(values) => values.iter().cloned().collect::<Vec<_>>().join(", "),
        }
    }

    /// The moment, if it is one.
    pub fn moment(&self) -> Option<Instant> {
        match self {
            Value::Moment(moment) => Some(*moment),
            _ => None,
        }
    }

    /// The text of a text or a choice, if it is filled.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Choice(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// A record of data: a value for every field of its record type, and its child records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    values: Vec<Value>,
    /// By child record.
    children: BTreeMap<Id<Record>, Vec<Item>>,
}

impl Item {
    /// An item with every field blank.
    pub fn blank(record: &Record) -> Item {
        Item { values: vec![Value::Blank; record.fields.len()], children: BTreeMap::new() }
    }

    /// No record: an item without fields, for what is about none.
    pub fn none() -> Item {
        Item { values: Vec::new(), children: BTreeMap::new() }
    }

    /// What a field holds.
    pub fn get(&self, field: Id<Field>) -> &Value {
        self.values.get(field.index()).unwrap_or(&Value::Blank)
    }

    /// Its children of a kind, in the order in which they were added.
    pub fn children(&self, record: Id<Record>) -> &[Item] {
        self.children.get(&record).map_or(&[], Vec::as_slice)
    }

    /// Adds a child.
    pub fn add_child(&mut self, record: Id<Record>, child: Item) {
        self.children.entry(record).or_default().push(child);
    }

    /// The same item with one more child.
    #[must_use]
    pub fn with_child(mut self, record: Id<Record>, child: Item) -> Item {
        self.add_child(record, child);
        self
    }

    /// The latest moment among its fields and those of its children.
    pub fn latest_moment(&self) -> Option<Instant> {
        let own = self.values.iter().filter_map(Value::moment);
        own.chain(self.children.values().flatten().filter_map(Item::latest_moment)).max()
    }

    /// Fills a field. A field that the record does not have is left out.
    pub fn set(&mut self, field: Id<Field>, value: Value) {
        if let Some(place) = self.values.get_mut(field.index()) {
            *place = value;
        }
    }

    /// The same item with a field filled.
    #[must_use]
    pub fn with(mut self, field: Id<Field>, value: Value) -> Item {
        self.set(field, value);
        self
    }
}

//! One record of data.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::model::{Date, Field, Id, Record};
use crate::worktime::Instant;

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

/// A record of data: a value for every field of its record type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    values: Vec<Value>,
}

impl Item {
    /// An item with every field blank.
    pub fn blank(record: &Record) -> Item {
        Item { values: vec![Value::Blank; record.fields.len()] }
    }

    /// What a field holds.
    pub fn get(&self, field: Id<Field>) -> &Value {
        self.values.get(field.index()).unwrap_or(&Value::Blank)
    }

    /// The latest moment among its fields.
    pub fn latest_moment(&self) -> Option<Instant> {
        self.values.iter().filter_map(Value::moment).max()
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

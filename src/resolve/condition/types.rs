//! The types of values in conditions.

use crate::model::record::Currency;
use crate::model::{Field, FieldType, Id, Term};

/// The type of a value in a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Type {
    Number,
    Percent,
    Money(Currency),
    Text,
    /// A choice: the values are those of this field.
    Choice(Id<Field>),
    Choices(Id<Field>),
    Boolean,
    Date,
    Moment,
}

impl Type {
    pub(super) fn words(&self) -> String {
        match self {
            Type::Number => "a number".into(),
            Type::Percent => "a percentage".into(),
            Type::Money(currency) => format!("an amount in {currency}"),
            Type::Text => "a text".into(),
            Type::Choice(_) => "a choice".into(),
            Type::Choices(_) => "several choices".into(),
            Type::Boolean => "a yes/no value".into(),
            Type::Date => "a date".into(),
            Type::Moment => "a date and time".into(),
        }
    }

    pub(super) fn is_ordered(&self) -> bool {
        match self {
            Type::Number | Type::Percent | Type::Money(_) | Type::Date | Type::Moment => true,
            Type::Text | Type::Choice(_) | Type::Choices(_) | Type::Boolean => false,
        }
    }
}

pub(super) fn field_type(field: Id<Field>, ty: &FieldType) -> Type {
    match ty {
        FieldType::Key | FieldType::Text | FieldType::User | FieldType::Reference(_) => Type::Text,
        FieldType::Integer | FieldType::Number => Type::Number,
        FieldType::Percent => Type::Percent,
        FieldType::Money(currency) => Type::Money(currency.clone()),
        FieldType::Boolean => Type::Boolean,
        FieldType::Date => Type::Date,
        FieldType::DateTime => Type::Moment,
        FieldType::Choice(_) => Type::Choice(field),
        FieldType::Choices(_) => Type::Choices(field),
    }
}

/// A value with its type.
pub(super) struct Typed {
    pub term: Term,
    pub ty: Type,
}

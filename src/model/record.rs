//! Records: the contract between the agreement and the data.

use rust_decimal::Decimal;

use super::{Arena, Head, Id, Name, Slot};

/// A CRM object and its typed fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Name, title, place, notes.
    pub head: Head,
    /// Its fields.
    pub fields: Arena<Field>,
    /// `record activity of lead`: the record of which it is a child, many to one.
    pub parent: Option<Slot<Id<Record>>>,
    /// `happens at done_at`: the field, a date or a moment, that says when it happened.
    pub happens_at: Option<Slot<Id<Field>>>,
}

impl Record {
    /// The record of which it is a child, if that is known.
    pub fn parent(&self) -> Option<Id<Record>> {
        self.parent.as_ref()?.get().copied()
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<Id<Field>> {
        self.fields.iter().find(|(_, f)| f.name.text == name).map(|(id, _)| id)
    }

    /// The field that tells one record from another: the first of type `key`.
    pub fn key(&self) -> Option<Id<Field>> {
        self.fields.iter().find(|(_, f)| f.ty == FieldType::Key).map(|(id, _)| id)
    }

    /// The field that says whose the record is: `owner` if it is a user, else the only field of type `user`.
    pub fn owner(&self) -> Option<Id<Field>> {
        let mut users = self.fields.iter().filter(|(_, f)| f.ty == FieldType::User);
        let first = users.next();
        let only = if users.next().is_some() { None } else { first };
        self.fields
            .iter()
            .find(|(_, f)| f.ty == FieldType::User && f.name.text == "owner")
            .or(only)
            .map(|(id, _)| id)
    }
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its identity.
    pub name: Name,
    /// A label in quotes, if one was given.
    pub title: Option<String>,
    /// Its type.
    pub ty: FieldType,
    /// May it be blank?
    pub presence: Presence,
    /// Smallest and largest number, both included.
    pub range: Range,
    /// How its text is compared.
    pub case: Case,
}

impl Field {
    /// The title, or the name in words.
    pub fn label(&self) -> String {
        self.title.clone().unwrap_or_else(|| super::humanise(&self.name.text))
    }
}

/// Whether a field may be blank. The evaluator treats a blank alike in both cases; this is what the parties promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The agreement says it is filled.
    Required,
    /// `optional`: may be blank.
    Optional,
}

/// How text is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// `US` is not `us`.
    Sensitive,
    /// `ignoring case`: the letters A to Z and a to z are the same. Other letters are compared exactly, so that every
    /// database and the CRM agree.
    Ignored,
}

/// Bounds of a number field, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Range {
    /// Smallest.
    pub min: Option<Decimal>,
    /// Largest.
    pub max: Option<Decimal>,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldType {
    /// An identifier, unique per record.
    Key,
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A percentage; `95%` is the number 95.
    Percent,
    /// An amount in one currency.
    Money(Currency),
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
    /// A moment, to the second.
    DateTime,
    /// One value of a list.
    Choice(Values),
    /// Several values of a list at once.
    Choices(Values),
    /// A person in the CRM.
    User,
    /// Another record, by its name.
    Reference(Id<Record>),
}

impl FieldType {
    /// The type in the language's own words, without its values: `choice`, `money(USD)`.
    pub fn words(&self) -> String {
        match self {
            FieldType::Key => "key".into(),
            FieldType::Text => "text".into(),
            FieldType::Integer => "integer".into(),
            FieldType::Number => "number".into(),
            FieldType::Percent => "percent".into(),
            FieldType::Money(currency) => format!("money({currency})"),
            FieldType::Boolean => "boolean".into(),
            FieldType::Date => "date".into(),
            FieldType::DateTime => "datetime".into(),
            FieldType::Choice(_) => "choice".into(),
            FieldType::Choices(_) => "choices".into(),
            FieldType::User => "user".into(),
            FieldType::Reference(_) => "reference".into(),
        }
    }

    /// The values of a choice.
    pub fn values(&self) -> Option<&Values> {
        match self {
            FieldType::Choice(values) | FieldType::Choices(values) => Some(values),
            _ => None,
        }
    }
}

/// The values of a `choice`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Values {
    /// The values, as written, in order.
    pub names: Vec<Name>,
    /// Whether others may occur.
    pub openness: Openness,
}

impl Values {
    /// True if the value is listed.
    pub fn lists(&self, value: &str) -> bool {
        self.names.iter().any(|n| n.text == value)
    }
}

/// Whether a choice may hold values that are not listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Openness {
    /// Only the listed ones.
    Closed,
    /// `choice of a, b, ...`: others too.
    Open,
}

/// An ISO 4217 code, in capitals.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(pub String);

impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

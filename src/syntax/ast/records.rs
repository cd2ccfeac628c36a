//! Records and their fields.

use super::{Literal, Mark, Prose, Reference, Spanned, Word};
use crate::model::record::Openness;

/// Clauses of `record`.
#[derive(Debug, Clone, PartialEq)]
pub enum RecordClause {
    /// `happens at done_at`.
    HappensAt(Reference),
    /// `email "E-mail" text optional`.
    Field(Field),
    /// `note "..."`.
    Note(Prose),
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Word,
    /// Its label.
    pub title: Option<Word>,
    /// Its type.
    pub ty: Spanned<FieldType>,
    /// `0..100`, as written.
    pub range: Option<Word>,
    /// `optional`.
    pub optional: Mark,
    /// `ignoring case`.
    pub ignoring_case: Mark,
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the language")]
pub enum FieldType {
    Key,
    Text,
    Integer,
    Number,
    Percent,
    Money(Word),
    Boolean,
    Date,
    DateTime,
    Choice(ChoiceValues),
    Choices(ChoiceValues),
    User,
    Reference(Word),
}

/// The values of a choice; `open` when `...` stands at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceValues {
    /// The values.
    pub values: Vec<Spanned<Literal>>,
    /// Whether others may occur.
    pub openness: Openness,
}

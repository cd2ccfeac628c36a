//! Clauses of `record` and `definition`.

use super::{Kind, Row, condition, key, prose, references, text};
use crate::model::record::Openness;
use crate::syntax::ast::{ChoiceValues, DefinitionClause, Field, FieldType, RecordClause};
use crate::syntax::format::words::{Doc, literals, quoted, value};

pub(super) fn record(clause: &RecordClause) -> Row<'_> {
    match clause {
        RecordClause::Field(field) => self::field(field),
        RecordClause::HappensAt(field) => Row::new(Kind::Alone).column("happens at").cell(text(value(field))),
        RecordClause::Note(note) => prose(Kind::Alone, "note", note),
    }
}

fn field(field: &Field) -> Row<'_> {
    let title = field.title.as_ref().map(|t| quoted(&t.node)).unwrap_or_default();
    let mut ty = field_type(&field.ty.node);
    if let Some(range) = &field.range {
        ty = ty.append(format!(" {}", range.node));
    }
    let row = Row::new(Kind::Field).column(field.name.node.as_str()).column(title).cell(ty);
    match (field.optional.is_present(), field.ignoring_case.is_present()) {
        (false, false) => row,
        (true, false) => row.cell(text("optional")),
        (false, true) => row.cell(text("ignoring case")),
        (true, true) => row.cell(text("optional ignoring case")),
    }
}

fn field_type(ty: &FieldType) -> Doc<'_> {
    text(match ty {
        FieldType::Key => "key",
        FieldType::Text => "text",
        FieldType::Integer => "integer",
        FieldType::Number => "number",
        FieldType::Percent => "percent",
        FieldType::Boolean => "boolean",
        FieldType::Date => "date",
        FieldType::DateTime => "datetime",
        FieldType::User => "user",
        FieldType::Money(currency) => return text(format!("money({})", currency.node)),
        FieldType::Choice(values) => return choice("choice of ", values),
        FieldType::Choices(values) => return choice("choices of ", values),
        FieldType::Reference(record) => return text(format!("reference to {}", record.node)),
    })
}

fn choice<'a>(word: &'a str, choice: &ChoiceValues) -> Doc<'a> {
    let values = text(word).append(literals(&choice.values));
    match choice.openness {
        Openness::Closed => values,
        Openness::Open => values.append(",").append(Doc::softline()).append("..."),
    }
}

pub(super) fn definition(clause: &DefinitionClause) -> Row<'_> {
    match clause {
        DefinitionClause::Means(record, None) => key("means", text(record.node.as_str())),
        DefinitionClause::Means(record, Some(expr)) => {
            key("means", text(format!("{} where ", record.node)).append(condition(expr)))
        }
        DefinitionClause::Since(field) => key("since", text(value(field))),
        DefinitionClause::Excludes(others) => key("excludes", references(others)),
        DefinitionClause::OneOf(group) => key("one of", text(group.node.as_str())),
        DefinitionClause::Note(note) => prose(Kind::Key { least: 0 }, "note", note),
    }
}

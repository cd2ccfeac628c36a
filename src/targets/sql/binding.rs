//! Where the data of a record are: its table, its columns and what is stored for each value.

use std::collections::BTreeMap;

use super::tree::{Expr, Primitive, Reading, Source, Stored, col, text, when};
use crate::config::{Config, Dialect, SqlRecord, Times};
use crate::diagnostic::Diagnostic;
use crate::model::{Field, FieldType, Id, Record};
use crate::worktime::TimeZone;
use crate::yaml::CONFIG;

/// The short name of a table with data.
pub(super) const T: &str = "t";
/// What stands between the values of a field of several choices.
const SEPARATOR: &str = ";";

/// A record in the database.
#[derive(Debug, Clone)]
pub(super) struct Binding<'m> {
    record: &'m Record,
    sql: SqlRecord,
}

impl<'m> Binding<'m> {
    pub(super) fn new(record: &'m Record, config: &Config) -> Binding<'m> {
        let bound = config.records.get(&record.head.name.text);
        Binding { record, sql: bound.map(|b| b.value.sql.clone()).unwrap_or_default() }
    }

    /// The table, part by part.
    pub(super) fn table(&self) -> Vec<String> {
        let name = self.sql.table.as_ref().map_or(&self.record.head.name.text, |t| &t.value);
        name.split('.').map(str::to_owned).collect()
    }

    /// The table, to be read.
    pub(super) fn source(&self) -> Source {
        Source { name: self.table(), alias: T.to_owned() }
    }

    /// The column of a field.
    pub(super) fn column_name(&self, field: Id<Field>) -> &str {
        let name = &self.record.fields[field].name.text;
        self.sql.columns.get(name).map_or(name, |bound| &bound.to.value)
    }

    /// A column as it is stored.
    pub(super) fn column(&self, field: Id<Field>) -> Expr {
        col(T, self.column_name(field))
    }

    /// The zone of moments that are stored without one and not in UTC.
    pub(super) fn zone(&self) -> Option<TimeZone> {
        match &self.sql.times {
            Times::Zone(zone) => TimeZone::find(&zone.value),
            Times::Instant | Times::Utc => None,
        }
    }

    fn stored(&self) -> Stored {
        match self.sql.times {
            Times::Instant => Stored::Zoned,
            Times::Utc | Times::Zone(_) => Stored::Plain,
        }
    }

    /// How moments are stored, in words.
    pub(super) fn times_words(&self) -> String {
        match &self.sql.times {
            Times::Instant => "moments with a zone or an offset of their own".to_owned(),
            Times::Utc => "moments without a zone, in UTC".to_owned(),
            Times::Zone(zone) => format!("moments on the wall clock of {}", zone.value),
        }
    }

    /// The value of a column in the form that queries work with. Moments of a zone are still wall times, choices still what
    /// is stored.
    pub(super) fn raw(&self, field: Id<Field>) -> Expr {
        let primitive = match &self.record.fields[field].ty {
            FieldType::Key
            | FieldType::Text
            | FieldType::User
            | FieldType::Reference(_)
            | FieldType::Choice(_)
            | FieldType::Choices(_) => Primitive::Text,
            FieldType::Integer => Primitive::Whole,
            FieldType::Number | FieldType::Percent | FieldType::Money(_) => Primitive::Millionths,
            FieldType::Boolean => Primitive::Flag,
            FieldType::Date => Primitive::Day,
            FieldType::DateTime => Primitive::Moment(self.stored()),
        };
        self.column(field).as_(primitive)
    }

    /// Whether something in a column cannot be read, for databases whose columns have no types.
    pub(super) fn unreadable(&self, field: Id<Field>, dialect: Dialect) -> Option<Expr> {
        let reading = match &self.record.fields[field].ty {
            FieldType::Boolean => Reading::Flag,
            FieldType::Integer | FieldType::Number | FieldType::Percent | FieldType::Money(_) => {
                Reading::Number
            }
            FieldType::Date => Reading::Day,
            FieldType::DateTime => Reading::Moment(self.stored()),
            _ => return None,
        };
        match dialect {
            Dialect::Sqlite => Some(self.column(field).as_(Primitive::Unreadable(reading))),
            Dialect::Postgres | Dialect::Duckdb => None,
        }
    }

    /// What is stored for a value of a choice.
    pub(super) fn stored_value<'v>(&'v self, field: Id<Field>, value: &'v str) -> &'v str {
        let values = self.sql.values.get(&self.record.fields[field].name.text);
        values.and_then(|v| v.value.get(value)).map_or(value, |bound| &bound.to.value)
    }

    /// The agreement's values of a choice, each with what is stored for it.
    pub(super) fn values(&self, field: Id<Field>) -> Vec<(&str, &str)> {
        let names = self.record.fields[field].ty.values().map(|v| v.names.as_slice()).unwrap_or_default();
        names.iter().map(|n| (n.text.as_str(), self.stored_value(field, &n.text))).collect()
    }

    /// From what is stored for a choice to the agreement's value; `None` if that is the same. Several choices at once stay as
    /// they are stored.
    pub(super) fn value_of(&self, field: Id<Field>, stored: &Expr) -> Option<Expr> {
        if !matches!(self.record.fields[field].ty, FieldType::Choice(_)) {
            return None;
        }
        let values = self.values(field);
        let renamed = values.iter().filter(|(name, stored)| name != stored);
        let mut cases: Vec<(Expr, Expr)> =
            renamed.map(|(name, value)| (stored.clone().is(text(*value)), text(*name))).collect();
        if cases.is_empty() {
            return None;
        }
        // A name for which something else is stored does not mean its value when it turns up in the data.
        let displaced = values.iter().filter(|(name, _)| !values.iter().any(|(_, stored)| stored == name));
        let displaced: Vec<Expr> = displaced.map(|(name, _)| text(*name)).collect();
        if !displaced.is_empty() {
            let marked = Expr::Primitive(Primitive::Joined, vec![text("unknown: "), stored.clone()]);
            cases.push((stored.clone().among(displaced), marked));
        }
        Some(when(cases, stored.clone()))
    }

    /// Whether a field of several choices holds a value. Blank if it holds none.
    pub(super) fn has(&self, field: Id<Field>, column: Expr, value: &str) -> Expr {
        let around =
            |inner: Expr| Expr::Primitive(Primitive::Joined, vec![text(SEPARATOR), inner, text(SEPARATOR)]);
        let part = format!("{SEPARATOR}{}{SEPARATOR}", self.stored_value(field, value));
        Expr::Primitive(Primitive::Contains, vec![around(column), text(part)])
    }

    /// What in `clausal.yaml` cannot be used.
    pub(super) fn faults(&self) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        if let Times::Zone(zone) = &self.sql.times
            && TimeZone::find(&zone.value).is_none()
        {
            out.push(
                Diagnostic::error(CONFIG, format!("there is no time zone `{}`", zone.value))
                    .at(zone.span, "`utc`, `instant` or an IANA name such as `Europe/Berlin`"),
            );
        }
        let texts = self.sql.table.iter().chain(self.sql.columns.values().map(|b| &b.to));
        let texts = texts.chain(self.sql.values.values().flat_map(|v| v.value.values()).map(|b| &b.to));
        for placed in texts {
            if placed.value.contains('\0') || placed.value.is_empty() {
                out.push(
                    Diagnostic::error(CONFIG, "no database can hold this name or value")
                        .at(placed.span, "empty, or with a NUL character in it"),
                );
            }
        }
        if let Some(table) = &self.sql.table
            && table.value.split('.').any(str::is_empty)
        {
            out.push(
                Diagnostic::error(CONFIG, format!("`{}` is not the name of a table", table.value))
                    .at(table.span, "`table` or `schema.table`"),
            );
        }
        for (id, field) in self.record.fields.iter() {
            let mut by_stored = BTreeMap::new();
            for (name, stored) in self.values(id) {
                if let Some(other) = by_stored.insert(stored, name)
                    && let Some(values) = self.sql.values.get(&field.name.text)
                {
                    out.push(
                        Diagnostic::error(
                            CONFIG,
                            format!(
                                "`{other}` and `{name}` of `{}` are both stored as `{stored}`",
                                field.name
                            ),
                        )
                        .at(values.span, "the queries could not tell them apart"),
                    );
                }
            }
        }
        out
    }
}

/// Whether a stored text is none of a field's values; `None` if it may be anything.
pub(super) fn is_unknown_choice(binding: &Binding<'_>, field: Id<Field>) -> Option<Expr> {
    let FieldType::Choice(values) = &binding.record.fields[field].ty else { return None };
    if values.openness == crate::model::record::Openness::Open {
        return None;
    }
    let stored = binding.raw(field);
    let known = binding.values(field).into_iter().map(|(_, stored)| text(stored));
    Some(super::tree::all([stored.clone().filled(), stored.among(known).negated()]))
}

//! A database with the generated queries and some rows in it.

use std::fmt::Write as _;

use clausal::config::{Config, Dialect, Times};
use clausal::evaluate::{Item, Value};
use clausal::model::{Field, FieldType, Model, Record};
use clausal::targets::sql;
use clausal::worktime::{Instant, TimeZone};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// The files of one database, in the order in which they run.
pub fn files(model: &Model, config: &Config, dialect: Dialect) -> Vec<(String, String)> {
    let mut config = config.clone();
    config.sql.dialects = vec![dialect];
    let output = sql::generate(model, &config);
    let problems: Vec<String> = output.diagnostics.iter().map(|d| d.message.clone()).collect();
    let errors = output.diagnostics.iter().any(|d| d.severity == clausal::diagnostic::Severity::Error);
    assert!(!errors, "{problems:?}");
    let folder = format!("{}/", dialect.name());
    let of_dialect = output.artifacts.into_iter().filter(|a| a.path.starts_with(&folder));
    of_dialect.map(|a| (a.path, String::from_utf8(a.bytes).expect("UTF-8"))).collect()
}

/// The queries of one database as one text.
pub fn script(model: &Model, config: &Config, dialect: Dialect) -> String {
    let files = files(model, config, dialect);
    files.into_iter().filter(|(path, _)| !path.contains("README")).map(|(_, text)| text).collect()
}

/// The statement that stops the clock.
pub fn stop_clock(model: &Model, dialect: Dialect, now: Instant) -> String {
    let view = quoted(&format!("{}__now", model.agreement.head.name));
    let (again, ty) = match dialect {
        Dialect::Sqlite => (format!("DROP VIEW {view}; CREATE"), "INTEGER"),
        Dialect::Postgres | Dialect::Duckdb => ("CREATE OR REPLACE".to_owned(), "BIGINT"),
    };
    format!("{again} VIEW {view} AS SELECT CAST({} AS {ty}) AS \"now_s\";\n", now.epoch())
}

pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The table of a record with some rows, for any of the databases.
pub fn table(record: &Record, config: &Config, dialect: Dialect, items: &[Item]) -> String {
    let binding = config.records.get(&record.head.name.text).map(|b| b.value.sql.clone()).unwrap_or_default();
    let name = binding.table.as_ref().map_or(record.head.name.text.as_str(), |t| t.value.as_str());
    let mut parts: Vec<&str> = name.split('.').collect();
    if dialect == Dialect::Sqlite {
        parts.drain(..parts.len() - 1);
    }
    let table = parts.iter().map(|p| quoted(p)).collect::<Vec<_>>().join(".");
    let column = |field: &Field| {
        let name = binding.columns.get(&field.name.text).map_or(&field.name.text, |b| &b.to.value);
        format!("{} {}", quoted(name), column_type(field, dialect, &binding.times))
    };
    let columns: Vec<String> = record.fields.values().map(column).collect();
    let mut out = format!("CREATE TABLE {table} ({});\n", columns.join(", "));
    if let [schema, _] = parts.as_slice() {
        out.insert_str(0, &format!("CREATE SCHEMA {};\n", quoted(schema)));
    }
    for chunk in items.chunks(500) {
        let rows = chunk.iter().map(|item| {
            let cells = record.fields.iter().map(|(id, field)| {
                let values = binding.values.get(&field.name.text);
                let stored = |value: &str| {
                    values.and_then(|v| v.value.get(value)).map_or(value.to_owned(), |b| b.to.value.clone())
                };
                cell(item.get(id), &binding.times, &stored)
            });
            format!("({})", cells.collect::<Vec<_>>().join(", "))
        });
        let _ = writeln!(out, "INSERT INTO {table} VALUES\n{};", rows.collect::<Vec<_>>().join(",\n"));
    }
    out
}

fn column_type(field: &Field, dialect: Dialect, times: &Times) -> &'static str {
    match (&field.ty, dialect) {
        (FieldType::Integer, _) => "BIGINT",
        (FieldType::Number | FieldType::Percent | FieldType::Money(_), Dialect::Sqlite) => "REAL",
        (FieldType::Number | FieldType::Percent | FieldType::Money(_), _) => "DECIMAL(18, 6)",
        (FieldType::Boolean, _) => "BOOLEAN",
        (FieldType::Date, _) => "DATE",
        (FieldType::DateTime, Dialect::Postgres | Dialect::Duckdb) if *times == Times::Instant => {
            "TIMESTAMPTZ"
        }
        (FieldType::DateTime, _) => "TIMESTAMP",
        _ => "TEXT",
    }
}

fn cell(value: &Value, times: &Times, stored: &dyn Fn(&str) -> String) -> String {
    match value {
        Value::Blank => "NULL".to_owned(),
        Value::Text(text) => literal(text),
        Value::Choice(text) => literal(&stored(text)),
        Value::Choices(values) => literal(&values.iter().map(|v| stored(v)).collect::<Vec<_>>().join(";")),
        Value::Number(number) => number.to_string(),
        Value::Boolean(value) => value.to_string(),
        Value::Date(date) => literal(&date.to_string()),
        Value::Moment(moment) => literal(&stamp(*moment, times)),
    }
}

/// A moment as a table stores it.
pub fn stamp(moment: Instant, times: &Times) -> String {
    let zone = match times {
        Times::Zone(zone) => TimeZone::find(&zone.value).expect("a zone"),
        Times::Utc | Times::Instant => TimeZone::UTC,
    };
    let local = zone.local(moment);
    let (h, m, s) = (local.seconds / 3600, local.seconds / 60 % 60, local.seconds % 60);
    let offset = if *times == Times::Instant { "+00:00" } else { "" };
    format!("{} {h:02}:{m:02}:{s:02}{offset}", local.date)
}

/// An embedded database.
pub struct Database(Connection);

impl Database {
    pub fn new() -> Database {
        Database(Connection::open_in_memory().unwrap())
    }

    /// With some rows and the queries of an agreement, its clock stopped.
    pub fn of(model: &Model, config: &Config, data: &[(&Record, &[Item])], now: Instant) -> Database {
        let database = Database::new();
        for (record, items) in data {
            database.run(&table(record, config, Dialect::Sqlite, items));
        }
        database.run(&script(model, config, Dialect::Sqlite));
        database.run(&stop_clock(model, Dialect::Sqlite, now));
        database
    }

    pub fn run(&self, sql: &str) {
        if let Err(error) = self.0.execute_batch(sql) {
            panic!("{error}");
        }
    }

    /// Rows as lines: values divided by `|`, blanks empty.
    pub fn lines(&self, query: &str) -> Vec<String> {
        let mut statement = self.0.prepare(query).unwrap_or_else(|e| panic!("{e} in {query}"));
        let count = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        let mut out = Vec::new();
        while let Some(row) = rows.next().unwrap_or_else(|e| panic!("{e} in {query}")) {
            let cells = (0..count).map(|i| match row.get_ref(i).unwrap() {
                ValueRef::Null => String::new(),
                ValueRef::Integer(n) => n.to_string(),
                ValueRef::Real(x) => x.to_string(),
                ValueRef::Text(t) => String::from_utf8_lossy(t).into_owned(),
                ValueRef::Blob(_) => "?".to_owned(),
            });
            out.push(cells.collect::<Vec<_>>().join("|"));
        }
        out
    }
}

//! What is made of a small agreement, reviewed line by line.

use clausal::config::Dialect;

use crate::common::{Memory, compile};
use crate::support::files;

const YAML: &str = "records:\n  lead:\n    sql:\n      table: crm.leads\n      times: utc\n      columns: { reason: \"select\" }\n      values: { status: { working: \"In Progress\" } }\n";

fn file(dialect: Dialect, name: &str) -> String {
    let compiled =
        compile(&Memory::new([("clausal.yaml", YAML), ("small.clause", include_str!("small.clause"))]));
    let mut files = files(compiled.model.as_ref().unwrap(), &compiled.config, dialect).into_iter();
    files.find(|(path, _)| path.ends_with(name)).unwrap().1
}

#[test]
fn the_views() {
    insta::assert_snapshot!("postgres_views", file(Dialect::Postgres, "3_views.sql"));
}

#[test]
fn the_page() {
    insta::assert_snapshot!("duckdb_readme", file(Dialect::Duckdb, "README.md"));
}

#[test]
fn the_present_moment() {
    insta::assert_snapshot!("sqlite_now", file(Dialect::Sqlite, "2_now.sql"));
}

/// What is special about SQLite: the view of the record.
#[test]
fn the_record_on_sqlite() {
    let views = file(Dialect::Sqlite, "3_views.sql");
    let from = views.find("-- From the record").unwrap();
    let to = views.find("-- From the commitment").unwrap();
    insta::assert_snapshot!("sqlite_record", &views[from..to]);
}

/// The tables of time, but only the first rows of each.
#[test]
fn the_tables() {
    let text = file(Dialect::Postgres, "1_time.sql");
    let mut rows = 0;
    let mut out = String::new();
    for line in text.lines() {
        rows = if line.starts_with('(') { rows + 1 } else { 0 };
        if rows <= 3 {
            out.push_str(line);
            out.push('\n');
        }
    }
    insta::assert_snapshot!("postgres_tables", out);
}

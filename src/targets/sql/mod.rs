//! Queries for the warehouse: the agreement's time as tables, and views that say how every item and every period came out.
//!
//! What the views say is what `evaluate` says, verdict by verdict; no database function for time zones, calendars, dates or
//! percentiles is used. A view is a small tree ([`tree`]) of steps ([`layers`]), printed ([`print`]) with what each
//! database spells in its own way ([`dialect`]).
//!
//! | file | holds |
//! |---|---|
//! | `calendar`, `tables` | the tables of time and how far they reach |
//! | `binding`, `record`, `condition` | the data, and which definitions hold |
//! | `clock` | the present moment |
//! | `turnaround`, `reminder`, `promise` | one view for each commitment |
//! | `report`, `pattern`, `quality` | views over all of them |
//! | `readme`, `words` | what people read |

mod binding;
mod calendar;
mod clock;
mod condition;
mod dialect;
mod layers;
mod names;
mod pattern;
mod plan;
mod print;
mod promise;
mod quality;
mod readme;
mod record;
mod reminder;
mod report;
mod tables;
mod tree;
mod turnaround;
mod words;

use std::fmt::Write as _;

use super::{Artifact, Output};
use crate::config::{Config, Dialect};
use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::Evaluator;
use crate::model::Model;
use crate::worktime::Instant;
use plan::{Plan, View};
use print::{Printer, comment, name};
use tables::Rows;

/// Rule: something that a target leaves out.
const NOT_ENFORCED: &str = "not-enforced";

/// Makes the queries of an agreement, for every database of the settings.
pub fn generate(model: &Model, config: &Config) -> Output {
    let evaluator = Evaluator::new(model, Instant::MIN);
    let plan = Plan::new(&evaluator, config);
    let mut diagnostics = plan.faults();
    diagnostics.extend(left_out(&plan));
    let tables = plan.tables();
    let mut artifacts = Vec::new();
    let mut dialects = config.sql.dialects.clone();
    dialects.sort_unstable();
    dialects.dedup();
    for dialect in dialects {
        let views = plan.views(dialect);
        let objects: Vec<String> =
            tables.iter().map(|t| t.name.clone()).chain(views.iter().map(|v| v.name.clone())).collect();
        if artifacts.is_empty() {
            diagnostics.extend(names::conflicts(model, &objects, &plan.source_tables()));
        }
        let folder = format!("{}/{}", dialect.name(), model.agreement.head.name);
        let mut file =
            |file: &str, text: String| artifacts.push(Artifact::text(format!("{folder}/{file}"), text));
        if !plan.measured.is_empty() {
            file("1_time.sql", time_file(&plan, dialect, &tables, &views));
            file("2_now.sql", now_file(&plan, dialect));
            file("3_views.sql", views_file(&plan, dialect, &views));
        }
        file("README.md", readme::page(&plan, dialect, &views));
    }
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    Output { artifacts, diagnostics }
}

/// Commitments that the queries do not measure.
fn left_out(plan: &Plan<'_>) -> Vec<Diagnostic> {
    let of = |(id, why): &(_, String)| {
        let name = &plan.model().commitments[*id].head.name;
        Diagnostic::new(NOT_ENFORCED, Severity::Info, format!("the queries do not measure `{name}`: {why}"))
            .at(name.span, "in no view")
            .help("Add what is missing, and it is in the next build.")
    };
    plan.unmeasured.iter().map(of).collect()
}

fn header(plan: &Plan<'_>, title: &str) -> String {
    let agreement = words::clause("agreement", &plan.model().agreement.head);
    format!(
        "-- {title}\n-- Made by Clausal from the {}. Do not edit: change the agreement and build again.\n\n",
        comment(&agreement)
    )
}

/// Removes views, those that read others first.
fn drop_views(names: impl DoubleEndedIterator<Item = String>) -> String {
    dialect::lines(names.rev(), |view| format!("DROP VIEW IF EXISTS {};", name(&view)))
}

fn time_file(plan: &Plan<'_>, dialect: Dialect, tables: &[Rows], views: &[View]) -> String {
    let mut out = header(plan, "Opening hours, time zones and periods as tables.");
    let (from, to) = plan.clocks.span;
    let _ = write!(
        out,
        "-- Opening hours and periods from {from} to {to}, wall clocks from {} to {}. Moments are seconds since 1970-01-01\n\
         -- 00:00 UTC, days are days since 1970-01-01, what ends at a moment does not include it.\n\nBEGIN TRANSACTION;\n",
        calendar::FIRST_YEAR,
        calendar::LAST_YEAR
    );
    let all = std::iter::once(plan.names.object("now")).chain(views.iter().map(|v| v.name.clone()));
    out.push_str(&drop_views(all.collect::<Vec<_>>().into_iter()));
    out.push_str(&dialect::lines(tables, |table| format!("DROP TABLE IF EXISTS {};", name(&table.name))));
    for table in tables {
        out.push('\n');
        out.push_str(&table.print(dialect));
    }
    out.push_str("COMMIT;\n");
    out.push_str(&dialect::analyze(dialect, &tables.iter().map(|t| t.name.clone()).collect::<Vec<_>>()));
    out
}

fn now_file(plan: &Plan<'_>, dialect: Dialect) -> String {
    let view = plan.names.object("now");
    let mut out = header(plan, "The present moment, in the one place where every view looks for it.");
    out.push_str(
        "-- As it stands, the database's clock. For a report that comes out the same tomorrow, put a number of seconds since\n\
         -- 1970-01-01 00:00 UTC in its place, such as 1772800200 for 2026-03-06 12:30:00 UTC, and run this file again.\n\n",
    );
    let select = Printer(dialect).query(&clock::now());
    let create = dialect::create_view(&view, &select);
    if dialect == Dialect::Sqlite {
        out.push_str(&drop_views(std::iter::once(view)));
        out.push_str(&create);
    } else {
        // Other views look at it: it may be replaced, but not removed.
        out.push_str(&create.replacen("CREATE VIEW", "CREATE OR REPLACE VIEW", 1));
    }
    out
}

fn views_file(plan: &Plan<'_>, dialect: Dialect, views: &[View]) -> String {
    let mut out = header(plan, "The views. README.md says what each of them answers.");
    out.push_str("BEGIN TRANSACTION;\n");
    out.push_str(&drop_views(views.iter().map(|v| v.name.clone())));
    for view in views {
        out.push('\n');
        out.push_str(&dialect::lines(&view.comment, |line| format!("-- {}", comment(line))));
        out.push_str(&dialect::create_view(&view.name, &Printer(dialect).query(&view.query)));
        out.push_str(&dialect::describe(dialect, &view.name, &view.comment.join(" ")));
    }
    out.push_str("COMMIT;\n");
    out
}

//! The page beside the queries: what to run, what each view answers, what is not measured.

use std::fmt::Write as _;

use super::plan::{Audience, Plan, View};
use super::words;
use crate::config::Dialect;
use crate::model::{FieldType, Head};
use crate::targets::docs::escape::{Markdown, escaped};

/// The page.
pub(super) fn page(plan: &Plan<'_>, dialect: Dialect, views: &[View]) -> String {
    let model = plan.model();
    let mut out =
        format!("# {}: queries for {}\n\n", markdown(&model.agreement.head.label()), product(dialect));
    if plan.measured.is_empty() {
        out.push_str("Nothing in this agreement can be measured yet, so there are no queries.\n");
        left_out(plan, &mut out);
        return out;
    }
    order(plan, dialect, &mut out);
    out.push_str("\n## What each view answers\n\n");
    for view in views.iter().filter(|v| v.audience == Audience::People) {
        let _ = writeln!(out, "- `{}`: {}", view.name, view.comment.join(" "));
    }
    out.push_str(
        "\nThe other views (`…__clock`, `…__record_…`, `…__commitment_…`) are steps to these. Moments that end in `_s` are seconds\n\
         since 1970-01-01 00:00 UTC, those that end in `_utc` are the same for people. `taken_s` and `late_s` count open seconds\n\
         where `counted_as` says `business seconds`.\n\n\
         Verdicts: `met`, `late`, `overdue`; `open`, `at risk` (a reminder is due); `excused`, `not started`, `outside term`,\n\
         `not covered`; `data error` (done before the clock started); `outside calendar` (a moment lies where no opening hours\n\
         are laid out). Attainment is met / (met + late + overdue).\n",
    );
    now(plan, dialect, &mut out);
    data(plan, dialect, &mut out);
    left_out(plan, &mut out);
    out
}

fn product(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "PostgreSQL (13 or later)",
        Dialect::Duckdb => "DuckDB",
        Dialect::Sqlite => "SQLite (3.35 or later)",
    }
}

fn order(plan: &Plan<'_>, dialect: Dialect, out: &mut String) {
    let run = match dialect {
        Dialect::Postgres => "psql -v ON_ERROR_STOP=1 -f 1_time.sql -f 2_now.sql -f 3_views.sql",
        Dialect::Duckdb => "cat 1_time.sql 2_now.sql 3_views.sql | duckdb -bail warehouse.duckdb",
        Dialect::Sqlite => "cat 1_time.sql 2_now.sql 3_views.sql | sqlite3 -bail crm.db",
    };
    let (from, to) = plan.clocks.span;
    let term = plan.model().agreement.effective.as_ref().and_then(crate::model::Effective::term);
    let reach = match term {
        Some((_, Some(_))) => "the term of the agreement",
        // `calendar::span` says the same.
        Some((_, None)) | None => "what its calendars cover, else ten years",
    };
    let _ = write!(
        out,
        "Run the files in their order, in the schema in which the views shall be; again after every build:\n\n\
         ```console\n{run}\n```\n\n\
         `1_time.sql` makes tables of opening hours and periods from {from} to {to}: {reach}, a month\n\
         before, and a year after its last deadline. `2_now.sql` says what time it is. `3_views.sql` makes the views. Nothing of yours is\n\
         written to; everything made here begins with `{}`.\n",
        plan.names.object("")
    );
}

fn now(plan: &Plan<'_>, dialect: Dialect, out: &mut String) {
    let create = match dialect {
        Dialect::Sqlite => format!("DROP VIEW {0};\nCREATE VIEW {0}", quoted(&plan.names.object("now"))),
        Dialect::Postgres | Dialect::Duckdb => {
            format!("CREATE OR REPLACE VIEW {}", quoted(&plan.names.object("now")))
        }
    };
    let ty = super::print::Printer(dialect).ty(super::tree::Type::Integer);
    let _ = write!(
        out,
        "\n## The present moment\n\n\
         What is open or overdue depends on it. It is the database's clock, unless you put a moment in its place, for a report\n\
         that comes out the same tomorrow (1772800200 is 2026-03-06 12:30:00 UTC):\n\n\
         ```sql\n{create} AS SELECT CAST(1772800200 AS {ty}) AS \"now_s\";\n```\n\n\
         `2_now.sql` brings the clock back.\n"
    );
}

fn quoted(name: &str) -> String {
    super::print::name(name)
}

/// Where the data are expected.
fn data(plan: &Plan<'_>, dialect: Dialect, out: &mut String) {
    out.push_str("\n## The data\n\nBlank is `NULL` or an empty text. `clausal.yaml` says which table and which columns are read.\n\n");
    for (record, binding) in plan.bindings() {
        let table = super::print::table_name(dialect, &binding.table()).join(".");
        let _ = writeln!(
            out,
            "- {} is read from {}; {}.",
            code(&record.head.name.text),
            code(&table),
            binding.times_words()
        );
        let columns = record.fields.iter().map(|(id, field)| {
            let column = binding.column_name(id);
            let list = if matches!(field.ty, FieldType::Choices(_)) {
                " (values with `;` between them)"
            } else {
                ""
            };
            format!("{}{list}", code(column))
        });
        let _ = writeln!(out, "  Columns: {}.", columns.collect::<Vec<_>>().join(", "));
    }
    if dialect == Dialect::Sqlite {
        out.push_str(
            "\nSQLite has no types for moments: text such as `2026-03-06 21:30:00` (with a blank or a `T`, parts of a second are cut)\n\
             or whole seconds since 1970. Yes and no may be 1 and 0 or `true` and `false`. Amounts in `REAL` columns are as exact as\n\
             these: 15 digits.\n",
        );
    }
}

fn markdown(text: &str) -> String {
    escaped(text, Markdown)
}

fn code(text: &str) -> String {
    let text: String = text.chars().map(|c| if c == '`' || c.is_control() { '\'' } else { c }).collect();
    format!("`{text}`")
}

/// What the queries leave out.
fn left_out(plan: &Plan<'_>, out: &mut String) {
    let model = plan.model();
    let mut lines = Vec::new();
    for (id, why) in &plan.unmeasured {
        let clause = words::clause("commitment", &model.commitments[*id].head);
        lines.push(format!("{}: {}", markdown(&clause), markdown(why)));
    }
    for score in model.scores.values() {
        lines
            .push(format!("{}: no view computes its points", markdown(&words::clause("score", &score.head))));
    }
    for lifecycle in model.lifecycles.values() {
        lines.push(format!(
            "{}: a table holds the stage of today, not the way to it",
            markdown(&words::clause("lifecycle", &lifecycle.head))
        ));
    }
    let heads = |word: &'static str, heads: Vec<&Head>, why: &'static str| {
        let line = move |head: &&Head| format!("{}: {why}", markdown(&words::clause(word, head)));
        heads.iter().map(line).collect::<Vec<_>>()
    };
    lines.extend(heads(
        "goal",
        model.goals.values().map(|g| &g.head).collect(),
        "the views count what is promised; the documents show what the goal needs",
    ));
    lines.extend(heads(
        "routing",
        model.routings.values().map(|r| &r.head).collect(),
        "a table shows who owns an item, not who should have got it",
    ));
    lines.extend(heads(
        "dispute",
        model.disputes.values().map(|d| &d.head).collect(),
        "disputes are not in the data",
    ));
    lines.extend(heads(
        "credit",
        model.credits.values().map(|c| &c.head).collect(),
        "no view says what is paid",
    ));
    lines.extend(heads(
        "incentive",
        model.incentives.values().map(|i| &i.head).collect(),
        "the views show what was met, not what was earned",
    ));
    if model.contingencies.values().any(|c| !c.steps.is_empty()) {
        lines.push("contingencies: the views show what is due; they tell nobody".to_owned());
    }
    if model.contingencies.values().any(|c| !c.patterns.is_empty()) {
        let why = "patterns of contingencies: no view says when one shows; the results by period are there to count";
        lines.push(why.to_owned());
    }
    if !lines.is_empty() {
        out.push_str("\n## Not enforced here\n\n");
        for line in lines {
            let _ = writeln!(out, "- {line}.");
        }
    }
}

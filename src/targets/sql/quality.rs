//! The view of what in the data, or in the time tables, makes answers wrong: one row for each problem.

use super::binding::{Binding, is_unknown_choice};
use super::calendar::Clocks;
use super::names::Names;
use super::promise::Promise;
use super::record::Shape;
use super::tree::{Aggregate, Expr, Primitive, Query, Select, Source, Type, any, col, int, text};
use super::turnaround::{OUTSIDE_CALENDAR, R};
use crate::config::Dialect;
use crate::evaluate::{Evaluator, Verdict};
use crate::model::record::Presence;
use crate::model::{FieldType, Model};
use crate::worktime::Day;

/// The short names of the clock and of items.
const N: &str = "n";
const I: &str = "i";

/// The rows about one record's own data.
pub(super) fn of_record(
    model: &Model,
    binding: &Binding<'_>,
    shape: &Shape,
    names: &Names,
    dialect: Dialect,
) -> Vec<Select> {
    let record = shape.record(model);
    let name = record.head.name.text.as_str();
    let mut out = Vec::new();
    let view = || Select::from(Source::of(&names.record(&record.head.name), R));
    let item = |id: Option<_>| id.map_or(Expr::Null(Type::Text), |id| col(R, shape.column(id)));
    let raw_item = record.key().map_or(Expr::Null(Type::Text), |id| binding.raw(id));
    for (id, field) in record.fields.iter() {
        let column = binding.column_name(id).to_owned();
        let required = field.presence == Presence::Required || field.ty == FieldType::Key;
        if required {
            let blank = col(R, shape.column(id)).blank();
            out.push(problem(
                view().only(blank),
                name,
                item(record.key()),
                "required field is blank",
                text(column.as_str()),
            ));
        }
        let data = || Select::from(binding.source());
        let found = |what: &str| {
            let value = binding.column(id).as_(Primitive::Text);
            let parts = vec![text(format!("{column}: {what}")), value];
            Expr::Primitive(Primitive::Joined, parts)
        };
        if let Some(unknown) = is_unknown_choice(binding, id) {
            out.push(problem(
                data().only(unknown),
                name,
                raw_item.clone(),
                "value that the agreement does not know",
                found(""),
            ));
        }
        if let Some(unreadable) = binding.unreadable(id, dialect) {
            let problem_words = format!("no {}", field.ty.words());
            out.push(problem(data().only(unreadable), name, raw_item.clone(), &problem_words, found("")));
        }
    }
    if let Some(key) = record.key() {
        let key = col(R, shape.column(key));
        let mut twice = problem(
            view().only(key.clone().filled()),
            name,
            key.clone(),
            "key occurs more than once",
            Expr::Null(Type::Text),
        );
        twice.group = vec![key];
        twice.having = Some(Expr::CountRows.more_than(int(1)));
        out.push(twice);
    }
    out
}

/// One row for each item of some rows.
fn problem(rows: Select, record: &str, item: Expr, words: &str, detail: Expr) -> Select {
    rows.column("about", text(record))
        .column("item", item)
        .column("problem", text(words))
        .column("detail", detail)
}

/// The rows about items of turnarounds.
pub(super) fn of_items(names: &Names) -> Vec<Select> {
    let about = |verdict: &str, words: &str| {
        Select::from(Source::of(&names.object("items"), I))
            .column("about", col(I, "commitment"))
            .column("item", col(I, "item"))
            .column("problem", text(words))
            .column("detail", Expr::Null(Type::Text))
            .only(col(I, "verdict").is(text(verdict)))
    };
    vec![
        about(Verdict::DataError.word(), "done before the clock started"),
        about(
            OUTSIDE_CALENDAR,
            "a moment lies outside the opening hours that are laid out: build the queries again",
        ),
    ]
}

/// The rows about the present moment: it may lie where the tables do not reach.
pub(super) fn of_now(evaluator: &Evaluator<'_>, clocks: &Clocks<'_>, names: &Names) -> Vec<Select> {
    let now = || Select::from(Source::of(&names.object("clock"), N));
    let row = |rows: Select, words: &str, detail: &str| {
        rows.column("about", text("now"))
            .column("item", Expr::Null(Type::Text))
            .column("problem", text(words))
            .column("detail", text(detail))
    };
    let mut out = Vec::new();
    for (_, calendar, from, to) in clocks.spans() {
        let outside =
            any([col(N, "now_s").less_than(int(from.epoch())), col(N, "now_s").at_least(int(to.epoch()))]);
        let words =
            "the opening hours that are laid out do not reach to the present moment: build the queries again";
        out.push(row(now().only(outside), words, calendar));
    }
    if evaluator.zone().is_some() {
        let (first, last) = (Day::of(clocks.span.0).number(), Day::of(clocks.span.1).number());
        let outside = any([col(N, "today").less_than(int(first)), col(N, "today").more_than(int(last))]);
        let words = "the periods that are laid out do not reach to the present day: build the queries again";
        out.push(row(now().only(outside), words, "periods"));
    }
    out
}

/// The rows about items of a quota or a share that no period takes.
pub(super) fn of_promise(promise: &Promise<'_>) -> Vec<Select> {
    let (Some((at, kind)), record) = (promise.at(), promise.record()) else { return Vec::new() };
    let clocks = promise.clocks;
    let Some(zone) = promise.evaluator.zone() else { return Vec::new() };
    let (Ok(from), Ok(to)) = (zone.start_of(Day::of(clocks.span.0)), zone.end_of(Day::of(clocks.span.1)))
    else {
        return Vec::new();
    };
    let at = col(R, promise.shape.column(at));
    let outside = any([at.clone().less_than(int(from.epoch())), at.at_least(int(to.epoch()))]);
    let item = record.key().map_or(Expr::Null(Type::Text), |id| col(R, promise.shape.column(id)));
    let rows = promise.in_term().only(outside);
    let name = promise.evaluator.model().commitments[promise.id].head.name.text.as_str();
    vec![problem(
        rows,
        name,
        item,
        &format!("lies in no {kind} that is laid out: build the queries again"),
        Expr::Null(Type::Text),
    )]
}

/// The whole view.
pub(super) fn view(rows: Vec<Select>) -> Query {
    Query { steps: Vec::new(), rows }
}

/// How many problems of each kind there are.
pub(super) fn summary(names: &Names) -> Query {
    let rows = Select::from(Source::of(&names.object("data_quality"), I))
        .columns_of(I, &["about", "problem"])
        .column("rows", Expr::CountRows)
        .column("for_example", col(I, "item").over_group(Aggregate::Min))
        .grouped([col(I, "about"), col(I, "problem")]);
    Query { steps: Vec::new(), rows: vec![rows] }
}

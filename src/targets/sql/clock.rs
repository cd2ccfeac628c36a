//! The present moment, in one place, and what follows from it alone.

use super::calendar::Clocks;
use super::condition::edge_name;
use super::layers::{Layer, Layers, P};
use super::names::Names;
use super::tree::{Aggregate, Expr, Primitive, Query, Select, Source, Type, col, int};
use crate::evaluate::Evaluator;
use crate::model::{Duration, FieldType, Predicate, PredicateKind, Record, Unit};

/// The view that says what time it is: by the database's clock, until somebody replaces it.
pub(super) fn now() -> Query {
    let row = Select::default().column("now_s", Expr::Primitive(Primitive::Now, Vec::new()));
    Query { steps: Vec::new(), rows: vec![row] }
}

/// The view of what follows from the present moment: the day, and the edges of `older than`.
pub(super) fn view(
    evaluator: &Evaluator<'_>,
    clocks: &Clocks<'_>,
    names: &Names,
    conditions: &[(&Predicate, &Record)],
) -> Query {
    let mut layers = Layers::new(
        "the present moment",
        Select::from(Source::of(&names.object("now"), "now")).columns_of("now", &["now_s"]),
    );
    let Some(zone) = evaluator.zone().map(|zone| clocks.zone(zone)) else {
        let rows = layers.read().all_of(P).column("today", Expr::Null(Type::Integer));
        return layers.finish(rows);
    };
    let mut today = Layer::new(names);
    let day = today.local_day(zone, col(P, "now_s"));
    today.column("today", day);
    // A time that ends at a midnight is used up only after it.
    let day = today.local_day(zone, col(P, "now_s").minus(int(1)));
    today.column("last_day", day);
    layers.add("the local day", today);

    let mut names_of_columns = vec!["now_s".to_owned(), "today".to_owned()];
    let (mut days, mut edges) = (Layer::new(names), Layer::new(names));
    for (i, (duration, ty)) in ages(conditions).into_iter().enumerate() {
        // The last day from which the time has been used up ends before this one.
        let is_date = ty == FieldType::Date;
        let now = if is_date { col(P, "today") } else { col(P, "last_day") };
        let edge = match duration.unit {
            Unit::CalendarDays => now.minus(int(duration.count())),
            Unit::Weeks => now.minus(int(duration.count().saturating_mul(7))),
            _ => days.last_day_before_months(&now.minus(int(1)), duration.count()).plus(int(1)),
        };
        let name = edge_name(duration, &ty);
        names_of_columns.push(name.clone());
        if is_date {
            days.column(&name, edge);
        } else {
            let day = format!("edge_{i}");
            days.column(&day, edge);
            let edge = edges.start_of(zone, col(P, &day));
            edges.column(&name, edge);
        }
    }
    layers.add("days that are older than a time", days);
    layers.add("moments that are older than a time", edges);
    // The greatest of one row is that row, but it also tells the database that there is one.
    let rows = names_of_columns
        .iter()
        .fold(layers.read(), |rows, name| rows.column(name, col(P, name).over_group(Aggregate::Max)));
    layers.finish(rows)
}

/// The times after which something is old, in days or more; each once for moments and once for dates.
fn ages(conditions: &[(&Predicate, &Record)]) -> Vec<(Duration, FieldType)> {
    let mut out = Vec::new();
    for (condition, record) in conditions {
        condition.walk(&mut |part| {
            if let PredicateKind::OlderThan(field, duration) = &part.kind
                && matches!(duration.unit, Unit::CalendarDays | Unit::Weeks | Unit::Months)
            {
                let age = (*duration, record.fields[*field].ty.clone());
                if !out.contains(&age) {
                    out.push(age);
                }
            }
        });
    }
    out
}

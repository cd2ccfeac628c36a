//! Queries in steps: each takes every row of the one before and adds columns, found in the tables of time.
//!
//! The functions of [`Layer`] are those of `worktime`, as joins.

use super::calendar::{CalendarNo, ZoneNo};
use super::names::Names;
use super::tables::{DAY_ORIGIN, MONTH_BUCKET_DAYS};
use super::tree::{Expr, Join, Primitive, Query, Select, Source, Step, all, col, first_of, int, when};
use crate::model::Unit;
use crate::worktime::table::{BUCKET_ORIGIN, BUCKET_SECONDS, ZONE_BUCKET_SECONDS};

/// The short name of the step before.
pub(super) const P: &str = "p";
const DAY: i64 = 86_400;

/// A query that grows step by step.
#[derive(Debug)]
pub(super) struct Layers {
    steps: Vec<Step>,
}

impl Layers {
    /// Begins with some rows.
    pub(super) fn new(comment: &str, rows: Select) -> Layers {
        let step = Step { comment: comment.to_owned(), name: "step_1".to_owned(), rows: vec![rows] };
        Layers { steps: vec![step] }
    }

    fn last(&self) -> &str {
        self.steps.last().map_or("step_1", |step| step.name.as_str())
    }

    /// The rows so far, to be read.
    pub(super) fn read(&self) -> Select {
        Select::from(Source::of(self.last(), P))
    }

    /// Adds the columns of a layer to every row. A layer without columns adds no step.
    pub(super) fn add(&mut self, comment: &str, layer: Layer<'_>) {
        if layer.columns.is_empty() {
            return;
        }
        let select = Select { columns: layer.columns, joins: layer.joins, ..self.read().all_of(P) };
        self.push(comment, select);
    }

    fn push(&mut self, comment: &str, select: Select) {
        let name = format!("step_{}", self.steps.len() + 1);
        self.steps.push(Step { comment: comment.to_owned(), name, rows: vec![select] });
    }

    /// The whole query, with these rows at its end.
    pub(super) fn finish(self, rows: Select) -> Query {
        Query { steps: self.steps, rows: vec![rows] }
    }
}

/// Columns to be added to the rows so far, with the joins that find them.
#[derive(Debug)]
pub(super) struct Layer<'n> {
    names: &'n Names,
    columns: Vec<(Expr, String)>,
    joins: Vec<Join>,
}

/// A moment within opening hours.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    /// Open seconds from the start of the table.
    pub(super) cum: Expr,
    /// The number of the open day that it counts as.
    pub(super) bday: Expr,
}

/// A direction in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Forward,
    Backward,
}

impl<'n> Layer<'n> {
    pub(super) fn new(names: &'n Names) -> Layer<'n> {
        Layer { names, columns: Vec::new(), joins: Vec::new() }
    }

    /// Adds a column.
    pub(super) fn column(&mut self, name: &str, value: Expr) {
        self.columns.push((value, name.to_owned()));
    }

    /// Joins a table.
    pub(super) fn join(&mut self, join: Join) {
        self.joins.push(join);
    }

    /// Joins the row of one of our tables that fits, if there is one.
    fn find(&mut self, table: &str, on: impl FnOnce(&dyn Fn(&str) -> Expr) -> Vec<Expr>) -> String {
        let alias = format!("j{}", self.joins.len() + 1);
        let on = all(on(&|column| col(&alias, column)));
        self.joins.push(Join::Left(Source::of(&self.names.object(table), &alias), on));
        alias
    }

    /// The number of the local day of a moment.
    pub(super) fn local_day(&mut self, zone: ZoneNo, t: Expr) -> Expr {
        let z = self.find("zone_days", |c| {
            vec![
                c("zone_no").is(int(zone.0)),
                c("bucket").is(bucket(t.clone(), ZONE_BUCKET_SECONDS)),
                c("from_s").at_most(t.clone()),
                t.clone().less_than(c("to_s")),
            ]
        });
        // Outside the table by UTC: a blank would drop out without a word.
        utc_day(t.plus(first_of([col(&z, "day_offset_s"), int(0)])))
    }

    /// The moment of a wall time (in seconds as if it were UTC).
    pub(super) fn wall(&mut self, zone: ZoneNo, w: &Expr) -> Expr {
        let z = self.find("zone_walls", |c| {
            vec![
                c("zone_no").is(int(zone.0)),
                c("bucket").is(bucket(w.clone(), ZONE_BUCKET_SECONDS)),
                c("wall_from_s").at_most(w.clone()),
                w.clone().less_than(c("wall_to_s")),
            ]
        });
        let found = col(&z, "utc_s").plus(col(&z, "runs").times(w.clone().minus(col(&z, "wall_from_s"))));
        first_of([found, w.clone()])
    }

    /// The start of a local day.
    pub(super) fn start_of(&mut self, zone: ZoneNo, day: Expr) -> Expr {
        self.wall(zone, &day.times(int(DAY)))
    }

    /// The end of a local day: the start of the next.
    pub(super) fn end_of(&mut self, zone: ZoneNo, day: Expr) -> Expr {
        self.start_of(zone, day.plus(int(1)))
    }

    /// The day so many months later; month ends clamp.
    pub(super) fn add_months(&mut self, day: &Expr, months: Expr) -> Expr {
        let (here, there) = self.month_and_other(day, months);
        let of_month = day.clone().minus(col(&here, "first_day"));
        let last = col(&there, "days").minus(int(1));
        col(&there, "first_day").plus(when([(of_month.clone().less_than(last.clone()), of_month)], last))
    }

    /// The last day from which so many months later is not after a day.
    pub(super) fn last_day_before_months(&mut self, day: &Expr, months: i64) -> Expr {
        let (here, there) = self.month_and_other(day, int(-months));
        let of_month = day.clone().minus(col(&here, "first_day"));
        let (last_here, last_there) = (col(&here, "days").minus(int(1)), col(&there, "days").minus(int(1)));
        let whole =
            super::tree::any([of_month.clone().is(last_here), of_month.clone().at_least(last_there.clone())]);
        col(&there, "first_day").plus(when([(whole, last_there)], of_month))
    }

    fn month_and_other(&mut self, day: &Expr, months: Expr) -> (String, String) {
        let here = self.find("months", |c| {
            vec![
                c("bucket").is(day.clone().plus(int(DAY_ORIGIN)).quotient(MONTH_BUCKET_DAYS.into())),
                c("from_day").at_most(day.clone()),
                day.clone().less_than(c("to_day")),
            ]
        });
        let there = self.find("months", |c| {
            vec![c("month_no").is(col(&here, "month_no").plus(months)), c("is_first").is(int(1))]
        });
        (here, there)
    }

    /// A moment within opening hours. Blank outside the table.
    pub(super) fn counted(&mut self, calendar: CalendarNo, t: &Expr) -> Counted {
        let s = self.find("segments", |c| {
            vec![
                c("calendar_no").is(int(calendar.0)),
                c("utc_day").is(utc_day(t.clone())),
                c("from_s").at_most(t.clone()),
                t.clone().less_than(c("to_s")),
            ]
        });
        let open = col(&s, "is_open").times(t.clone().minus(col(&s, "from_s")));
        Counted { cum: col(&s, "cum_s").plus(open), bday: col(&s, "bday_base") }
    }

    /// The earliest moment at which so many open seconds (since the start of the table) have passed.
    pub(super) fn after_open(&mut self, calendar: CalendarNo, target: &Expr) -> Expr {
        let w = self.find("work", |c| {
            vec![
                c("calendar_no").is(int(calendar.0)),
                c("cum_bucket").is(target.clone().minus(int(1)).quotient(BUCKET_SECONDS.into())),
                c("cum_from").less_than(target.clone()),
                target.clone().at_most(c("cum_to")),
            ]
        });
        col(&w, "from_s").plus(target.clone().minus(col(&w, "cum_from")))
    }

    /// The latest moment at which no more than so many open seconds have passed.
    pub(super) fn until_open(&mut self, calendar: CalendarNo, target: &Expr) -> Expr {
        let w = self.find("work", |c| {
            vec![
                c("calendar_no").is(int(calendar.0)),
                c("cum_bucket").is(target.clone().quotient(BUCKET_SECONDS.into())),
                c("cum_from").at_most(target.clone()),
                target.clone().less_than(c("cum_to")),
            ]
        });
        col(&w, "from_s").plus(target.clone().minus(col(&w, "cum_from")))
    }

    /// First opening or last closing of the open day with a number.
    pub(super) fn open_day(&mut self, calendar: CalendarNo, number: Expr, column: &str) -> Expr {
        let d =
            self.find("open_days", |c| vec![c("calendar_no").is(int(calendar.0)), c("bday_no").is(number)]);
        col(&d, column)
    }

    /// How many open days lie before a local day.
    pub(super) fn open_days_before(&mut self, calendar: CalendarNo, day: Expr) -> Expr {
        let d =
            self.find("local_days", |c| vec![c("calendar_no").is(int(calendar.0)), c("local_day").is(day)]);
        col(&d, "bdays_before")
    }

    /// The local day a number of calendar days, weeks or months away. `amount` counts in `unit`.
    pub(super) fn moved_day(&mut self, day: &Expr, unit: Unit, amount: Expr, direction: Direction) -> Expr {
        let amount = if unit == Unit::Weeks { amount.times(int(7)) } else { amount };
        match (unit, direction) {
            (Unit::Months, Direction::Forward) => self.add_months(day, amount),
            (Unit::Months, Direction::Backward) => self.add_months(day, int(0).minus(amount)),
            (_, Direction::Forward) => day.clone().plus(amount),
            (_, Direction::Backward) => day.clone().minus(amount),
        }
    }
}

/// The bucket of a moment, from 0: rounded down also before 1970.
fn bucket(t: Expr, seconds: i64) -> Expr {
    t.plus(int(BUCKET_ORIGIN)).quotient(seconds.into())
}

/// Whole days since 1970, rounded down.
pub(super) fn utc_day(t: Expr) -> Expr {
    t.plus(int(BUCKET_ORIGIN)).quotient(DAY.into()).minus(int(BUCKET_ORIGIN / DAY))
}

/// The smallest of some values of which some may be blank; blank if all are.
pub(super) fn earliest(values: &[Expr]) -> Expr {
    let [rest @ .., last] = values else { return Expr::Null(super::tree::Type::Integer) };
    let mut cases = Vec::new();
    for (i, value) in rest.iter().enumerate() {
        let later = values
            .iter()
            .skip(i + 1)
            .map(|other| super::tree::any([other.clone().blank(), value.clone().at_most(other.clone())]));
        cases.push((all([value.clone().filled()].into_iter().chain(later)), value.clone()));
    }
    if cases.is_empty() { last.clone() } else { when(cases, last.clone()) }
}

/// Seconds of which only those above 0 count.
pub(super) fn positive(seconds: Expr) -> Expr {
    when([(seconds.clone().more_than(int(0)), seconds)], int(0))
}

/// A moment as a timestamp that people read.
pub(super) fn timestamp(t: Expr) -> Expr {
    t.as_(Primitive::Timestamp)
}

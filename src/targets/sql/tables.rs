//! The tables of time, row by row.

use std::fmt::Write as _;

use super::calendar::{CalendarNo, Clocks, FIRST_YEAR, LAST_YEAR};
use super::names::Names;
use super::print::{Printer, name, text};
use super::tree::Type;
use crate::config::Dialect;
use crate::model::{Date, Period};
use crate::worktime::civil::DAY_SECONDS;
use crate::worktime::table::{BUCKET_ORIGIN, ZONE_BUCKET_SECONDS, ZoneTable};
use crate::worktime::{Clock, Day, OpenHours, Periods, Table, TimeZone, civil};

/// Rows of one `INSERT`.
const ROWS: usize = 500;

/// A table of ours, ready to be printed.
pub(super) struct Rows {
    /// What it is called.
    pub(super) name: String,
    comment: &'static str,
    columns: Vec<(&'static str, Type)>,
    /// How many of the first columns tell one row from another.
    key: usize,
    cells: Vec<Vec<Cell>>,
}

enum Cell {
    Int(i64),
    Text(String),
}

impl From<i64> for Cell {
    fn from(n: i64) -> Cell {
        Cell::Int(n)
    }
}

impl From<&str> for Cell {
    fn from(t: &str) -> Cell {
        Cell::Text(t.to_owned())
    }
}

macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$(Cell::from($cell)),*] };
}

const INT: Type = Type::Integer;
const TEXT: Type = Type::Text;

impl Clocks<'_> {
    /// Every table, with its rows.
    pub(super) fn tables(&self, names: &Names) -> Vec<Rows> {
        let mut tables =
            vec![self.zone_days(names), self.zone_walls(names), months(names), self.periods(names)];
        tables.extend(self.hours(names));
        tables
    }

    fn zone_tables(&self) -> impl Iterator<Item = (i64, &TimeZone, ZoneTable)> {
        let from = Date { year: FIRST_YEAR, month: 1, day: 1 };
        let to = Date { year: LAST_YEAR, month: 12, day: 31 };
        let tables = self.zones.iter().filter_map(move |z| Some((z, ZoneTable::new(z, from, to).ok()?)));
        (1..).zip(tables).map(|(no, (zone, table))| (no, zone, table))
    }

    fn zone_days(&self, names: &Names) -> Rows {
        let rows = self.zone_tables().flat_map(|(no, zone, table)| {
            let rows: Vec<_> = table
                .days()
                .iter()
                .map(|p| row![no, bucket(p.from_s), p.from_s, p.to_s, p.day_offset_s, zone.name()])
                .collect();
            rows
        });
        Rows {
            name: names.object("zone_days"),
            comment: "From moments to local days: day = (moment + day_offset_s) / 86400, rounded down.",
            columns: vec![
                ("zone_no", INT),
                ("bucket", INT),
                ("from_s", INT),
                ("to_s", INT),
                ("day_offset_s", INT),
                ("zone", TEXT),
            ],
            key: 3,
            cells: rows.collect(),
        }
    }

    fn zone_walls(&self, names: &Names) -> Rows {
        let rows = self.zone_tables().flat_map(|(no, _, table)| {
            let rows: Vec<_> = table
                .wall()
                .iter()
                .map(|p| row![no, bucket(p.wall_from_s), p.wall_from_s, p.wall_to_s, p.utc_s, p.runs])
                .collect();
            rows
        });
        Rows {
            name: names.object("zone_walls"),
            comment: "From wall clocks to moments: moment = utc_s + runs * (wall - wall_from_s).",
            columns: vec![
                ("zone_no", INT),
                ("bucket", INT),
                ("wall_from_s", INT),
                ("wall_to_s", INT),
                ("utc_s", INT),
                ("runs", INT),
            ],
            key: 3,
            cells: rows.collect(),
        }
    }

    fn periods(&self, names: &Names) -> Rows {
        let mut rows = Vec::new();
        if let Some(zone) = &self.agreement_zone {
            for kind in [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year] {
                let periods = Periods::new(kind, self.fiscal_year_starts);
                let spans = periods.between(self.span.0, self.span.1).unwrap_or_default();
                for (no, span) in (1_i64..).zip(spans) {
                    let Ok(interval) = span.interval(zone) else { continue };
                    rows.push(row![
                        kind.to_string().as_str(),
                        Day::of(span.first).number(),
                        Day::of(span.last).number(),
                        no,
                        span.label.as_str(),
                        span.first.to_string().as_str(),
                        span.last.to_string().as_str(),
                        interval.from.epoch(),
                        interval.to.epoch(),
                    ]);
                }
            }
        }
        Rows {
            name: names.object("periods"),
            comment: "Days, ISO weeks, months, quarters and years in the agreement's time zone; quarters and years follow its fiscal year.",
            columns: vec![
                ("kind", TEXT),
                ("first_day", INT),
                ("last_day", INT),
                ("period_no", INT),
                ("period", TEXT),
                ("first_date", TEXT),
                ("last_date", TEXT),
                ("start_s", INT),
                ("end_s", INT),
            ],
            key: 2,
            cells: rows,
        }
    }

    /// The opening hours of every calendar.
    fn hours(&self, names: &Names) -> Vec<Rows> {
        let (mut segments, mut work) = (Vec::new(), Vec::new());
        let (mut open_days, mut days) = (Vec::new(), Vec::new());
        for (id, calendar) in &self.calendars {
            let CalendarNo(no) = self.calendar(*id);
            let Ok(hours) = OpenHours::of(calendar) else { continue };
            let Ok(table) = Table::new(Clock::Business(&hours), self.span.0, self.span.1) else { continue };
            segments.extend(
                table.segments().iter().map(|s| {
                    row![no, s.utc_day, s.from_s, s.to_s, i64::from(s.is_open), s.cum_s, s.bday_base]
                }),
            );
            work.extend(table.work().iter().map(|w| row![no, w.cum_bucket, w.cum_from, w.cum_to, w.from_s]));
            open_days.extend(
                table.open_days().iter().map(|d| row![no, d.bday_no, d.local_day, d.open_s, d.close_s]),
            );
            days.extend(table.local_days().iter().map(|d| row![no, d.local_day, d.bdays_before]));
        }
        vec![
            Rows {
                name: names.object("segments"),
                comment: "Opening hours, cut wherever something changes: open seconds up to t = cum_s + is_open * (t - from_s).",
                columns: vec![
                    ("calendar_no", INT),
                    ("utc_day", INT),
                    ("from_s", INT),
                    ("to_s", INT),
                    ("is_open", INT),
                    ("cum_s", INT),
                    ("bday_base", INT),
                ],
                key: 3,
                cells: segments,
            },
            Rows {
                name: names.object("work"),
                comment: "The other way round: the moment at which c open seconds are used up = from_s + (c - cum_from).",
                columns: vec![
                    ("calendar_no", INT),
                    ("cum_bucket", INT),
                    ("cum_from", INT),
                    ("cum_to", INT),
                    ("from_s", INT),
                ],
                key: 3,
                cells: work,
            },
            Rows {
                name: names.object("open_days"),
                comment: "Days on which a calendar opens, numbered, with first opening and last closing.",
                columns: vec![
                    ("calendar_no", INT),
                    ("bday_no", INT),
                    ("local_day", INT),
                    ("open_s", INT),
                    ("close_s", INT),
                ],
                key: 2,
                cells: open_days,
            },
            Rows {
                name: names.object("local_days"),
                comment: "How many open days lie before a day.",
                columns: vec![("calendar_no", INT), ("local_day", INT), ("bdays_before", INT)],
                key: 2,
                cells: days,
            },
        ]
    }
}

fn bucket(second: i64) -> i64 {
    (second + BUCKET_ORIGIN).div_euclid(ZONE_BUCKET_SECONDS)
}

/// Days of one bucket of months.
pub(super) const MONTH_BUCKET_DAYS: i64 = ZONE_BUCKET_SECONDS / DAY_SECONDS;
/// Added before dividing, so that every supported day is positive.
pub(super) const DAY_ORIGIN: i64 = BUCKET_ORIGIN / DAY_SECONDS;

fn months(names: &Names) -> Rows {
    let years = FIRST_YEAR..=LAST_YEAR;
    let months = years.flat_map(|year| (1..=12).map(move |month| Date { year, month, day: 1 }));
    let mut rows = Vec::new();
    for first in months {
        let days = i64::from(civil::last_of_month(first).day);
        let (start, no) = (Day::of(first).number(), i64::from(first.year) * 12 + i64::from(first.month) - 1);
        // Cut at the edges of buckets, so that a database can find a day by an equality first.
        let mut from = start;
        while from < start + days {
            let bucket = (from + DAY_ORIGIN).div_euclid(MONTH_BUCKET_DAYS);
            let to = ((bucket + 1) * MONTH_BUCKET_DAYS - DAY_ORIGIN).min(start + days);
            rows.push(row![bucket, from, to, no, start, days, i64::from(from == start)]);
            from = to;
        }
    }
    Rows {
        name: names.object("months"),
        comment: "The calendar months: days from_day up to to_day lie in the month that starts with first_day and has so many days.",
        columns: vec![
            ("bucket", INT),
            ("from_day", INT),
            ("to_day", INT),
            ("month_no", INT),
            ("first_day", INT),
            ("days", INT),
            ("is_first", INT),
        ],
        key: 2,
        cells: rows,
    }
}

impl Rows {
    /// The table and its rows.
    pub(super) fn print(&self, dialect: Dialect) -> String {
        let printer = Printer(dialect);
        let columns: Vec<String> = self
            .columns
            .iter()
            .map(|(column, ty)| format!("{} {} NOT NULL", name(column), printer.ty(*ty)))
            .collect();
        let key: Vec<String> = self.columns.iter().take(self.key).map(|(column, _)| name(column)).collect();
        let table = name(&self.name);
        let mut out = format!(
            "-- {}\nCREATE TABLE {table} (\n  {},\n  PRIMARY KEY ({})\n);\n",
            self.comment,
            columns.join(",\n  "),
            key.join(", ")
        );
        for rows in self.cells.chunks(ROWS) {
            let rows: Vec<String> = rows.iter().map(|cells| tuple(cells)).collect();
            let _ = writeln!(out, "INSERT INTO {table} VALUES\n{};", rows.join(",\n"));
        }
        out
    }
}

fn tuple(cells: &[Cell]) -> String {
    let cells = cells.iter().map(|cell| match cell {
        Cell::Int(n) => n.to_string(),
        Cell::Text(t) => text(t),
    });
    format!("({})", cells.collect::<Vec<_>>().join(","))
}

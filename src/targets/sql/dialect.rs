//! What each database spells in its own way: all there is of it.

use super::print::{Printer, name, text};
use super::tree::{Expr, Primitive, Reading, Stored};
use crate::config::Dialect;

const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const YES: &str = "'true', 't', 'yes', 'y', 'on', '1', '1.0'";
const NO: &str = "'false', 'f', 'no', 'n', 'off', '0', '0.0'";

/// A primitive as one database spells it. The result holds together as it stands.
pub(super) fn primitive(printer: Printer, primitive: &Primitive, arguments: &[Expr]) -> String {
    let argument = |i: usize| arguments.get(i).map_or_else(String::new, |a| printer.expr(a));
    let tight = |i: usize| arguments.get(i).map_or_else(String::new, |a| printer.atom(a));
    let (dialect, first, second) = (printer.0, argument(0), argument(1));
    match primitive {
        Primitive::Now => now(dialect).to_owned(),
        Primitive::Text => match dialect {
            // Compared byte by byte, whatever the database's or the column's collation.
            Dialect::Postgres => format!("(NULLIF(CAST({first} AS TEXT), '') COLLATE \"C\")"),
            Dialect::Duckdb => format!("NULLIF(CAST({first} AS VARCHAR), '')"),
            Dialect::Sqlite => format!("NULLIF(CAST({first} AS TEXT), '')"),
        },
        Primitive::Flag => {
            let ty = if dialect == Dialect::Duckdb { "VARCHAR" } else { "TEXT" };
            let value = format!("LOWER(CAST({first} AS {ty}))");
            format!("CASE WHEN {value} IN ({YES}) THEN 1 WHEN {value} IN ({NO}) THEN 0 END")
        }
        Primitive::Whole => match dialect {
            Dialect::Postgres => format!("ROUND(CAST({first} AS NUMERIC))"),
            Dialect::Duckdb => format!("CAST({first} AS HUGEINT)"),
            Dialect::Sqlite => sqlite_number(&first, &format!("CAST(ROUND({first}) AS INTEGER)"), &first),
        },
        Primitive::Millionths => match dialect {
            Dialect::Postgres => format!("ROUND(CAST({first} AS NUMERIC) * 1000000)"),
            Dialect::Duckdb => {
                format!("CAST(CAST({first} AS DECIMAL(38, 6)) * CAST(1000000 AS HUGEINT) AS HUGEINT)")
            }
            Dialect::Sqlite => sqlite_number(
                &first,
                &format!("CAST(ROUND({first} * 1000000) AS INTEGER)"),
                &format!("{first} * 1000000"),
            ),
        },
        Primitive::Day => match dialect {
            Dialect::Postgres => format!("CAST(CAST({first} AS DATE) - DATE '1970-01-01' AS BIGINT)"),
            Dialect::Duckdb => format!("CAST(CAST({first} AS DATE) - DATE '1970-01-01' AS BIGINT)"),
            Dialect::Sqlite => {
                format!("CAST(ROUND(julianday(SUBSTR({first}, 1, 10)) - 2440587.5) AS INTEGER)")
            }
        },
        Primitive::Moment(stored) => moment(dialect, *stored, &first),
        Primitive::Quotient => match dialect {
            Dialect::Postgres | Dialect::Sqlite => format!("({} / {})", tight(0), tight(1)),
            Dialect::Duckdb => format!("({} // {})", tight(0), tight(1)),
        },
        Primitive::Percent => match dialect {
            Dialect::Postgres => format!("ROUND({} * 100.0 / NULLIF({second}, 0), 2)", tight(0)),
            Dialect::Duckdb => format!("ROUND({} * 100.0 / NULLIF({second}, 0), 2)", tight(0)),
            Dialect::Sqlite => format!("ROUND({} * 100.0 / NULLIF({second}, 0), 2)", tight(0)),
        },
        Primitive::Amount => match dialect {
            Dialect::Postgres => format!("TRIM_SCALE(ROUND({} / 1000000.0, 6))", tight(0)),
            Dialect::Duckdb => format!("(CAST({first} AS DOUBLE) / 1000000)"),
            Dialect::Sqlite => format!("({} / 1000000.0)", tight(0)),
        },
        Primitive::Timestamp => match dialect {
            Dialect::Postgres => format!("(TO_TIMESTAMP({first}) AT TIME ZONE 'UTC')"),
            Dialect::Duckdb => format!("make_timestamp({} * 1000000)", tight(0)),
            Dialect::Sqlite => format!("datetime({first}, 'unixepoch')"),
        },
        Primitive::RoundEven => round_even(dialect, &tight(0), &second),
        Primitive::Lower => match dialect {
            Dialect::Postgres | Dialect::Duckdb => format!("TRANSLATE({first}, '{UPPER}', '{LOWER}')"),
            // SQLite's own knows these letters only.
            Dialect::Sqlite => format!("LOWER({first})"),
        },
        Primitive::Left => format!("SUBSTR({first}, 1, {second})"),
        Primitive::Contains => match dialect {
            Dialect::Postgres | Dialect::Duckdb => format!("(STRPOS({first}, {second}) > 0)"),
            Dialect::Sqlite => format!("(INSTR({first}, {second}) > 0)"),
        },
        Primitive::Joined => {
            let parts: Vec<String> = arguments.iter().map(|a| printer.atom(a)).collect();
            format!("({})", parts.join(" || "))
        }
        Primitive::Trimmed => format!("RTRIM({first})"),
        Primitive::Unreadable(reading) => unreadable(*reading, &first),
    }
}

fn now(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "CAST(FLOOR(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP)) AS BIGINT)",
        Dialect::Duckdb => "CAST(FLOOR(epoch(get_current_timestamp())) AS BIGINT)",
        Dialect::Sqlite => "CAST(strftime('%s', 'now') AS INTEGER)",
    }
}

/// A moment in seconds; parts of a second are cut.
fn moment(dialect: Dialect, stored: Stored, value: &str) -> String {
    match (dialect, stored) {
        (Dialect::Postgres, Stored::Plain) => format!("CAST(FLOOR(EXTRACT(EPOCH FROM {value})) AS BIGINT)"),
        // By way of text, so that text with an offset is as good as a `timestamptz`.
        (Dialect::Postgres, Stored::Zoned) => format!(
            "CAST(FLOOR(EXTRACT(EPOCH FROM CAST(NULLIF(CAST({value} AS TEXT), '') AS TIMESTAMPTZ))) AS BIGINT)"
        ),
        (Dialect::Duckdb, Stored::Plain) => format!("CAST(FLOOR(epoch({value})) AS BIGINT)"),
        (Dialect::Duckdb, Stored::Zoned) => {
            format!("CAST(FLOOR(epoch(CAST({value} AS TIMESTAMPTZ))) AS BIGINT)")
        }
        (Dialect::Sqlite, _) => sqlite_moment(value, stored),
    }
}

/// SQLite has no type for moments. Numbers are seconds since 1970. Text is a day and a time, with a blank or a `T`
/// between them, perhaps with parts of a second, which are cut, and for moments with a zone of their own an offset as
/// `Z`, `+02:00`, `+0200` or `+02`.
fn sqlite_moment(value: &str, stored: Stored) -> String {
    let zoned = match stored {
        Stored::Plain => String::new(),
        Stored::Zoned => format!(
            " || CASE WHEN {value} GLOB '*[+-][0-9][0-9]:[0-9][0-9]' THEN SUBSTR({value}, -6) \
             WHEN {value} GLOB '*:*[+-][0-9][0-9][0-9][0-9]' THEN SUBSTR({value}, -5, 3) || ':' || SUBSTR({value}, -2) \
             WHEN {value} GLOB '*:*[+-][0-9][0-9]' THEN SUBSTR({value}, -3) || ':00' ELSE '' END"
        ),
    };
    // Without seconds an offset or a `Z` stands where the seconds would be.
    let clock = format!(
        "CASE WHEN SUBSTR({value}, 17, 1) = ':' THEN SUBSTR({value}, 1, 19) ELSE SUBSTR({value}, 1, 16) END"
    );
    format!(
        "CASE WHEN TYPEOF({value}) IN ('integer', 'real') THEN CAST({value} AS INTEGER) \
         ELSE CAST(strftime('%s', ({clock}){zoned}) AS INTEGER) END"
    )
}

/// A number of SQLite, which may have been loaded as text. What is no number is blank.
fn sqlite_number(value: &str, real: &str, integer: &str) -> String {
    format!(
        "CASE WHEN TYPEOF({value}) = 'integer' THEN {integer} \
         WHEN TYPEOF({value}) = 'real' OR {} THEN {real} END",
        sqlite_looks_like_a_number(value)
    )
}

fn sqlite_looks_like_a_number(value: &str) -> String {
    format!("({value} GLOB '*[0-9]*' AND {value} NOT GLOB '*[^-+.0-9eE]*')")
}

/// Whether something in a column of SQLite is neither blank nor what it should be.
fn unreadable(reading: Reading, value: &str) -> String {
    let read = match reading {
        Reading::Flag => format!("LOWER(CAST({value} AS TEXT)) IN ({YES}, {NO})"),
        Reading::Number => {
            format!("(TYPEOF({value}) IN ('integer', 'real') OR {})", sqlite_looks_like_a_number(value))
        }
        Reading::Day => format!("julianday(SUBSTR({value}, 1, 10)) IS NOT NULL"),
        Reading::Moment(stored) => {
            let offset = match stored {
                // An offset would be cut off without a word.
                Stored::Plain => format!("{value} NOT GLOB '*:*[+-][0-9][0-9]*' AND "),
                Stored::Zoned => String::new(),
            };
            format!("({offset}{} IS NOT NULL)", sqlite_moment(value, stored))
        }
    };
    format!("({value} IS NOT NULL AND {value} <> '' AND NOT COALESCE({read}, 0))")
}

/// The quotient of a whole number and a positive one, rounded as `evaluate` rounds: to the even one from the middle.
fn round_even(dialect: Dialect, value: &str, by: &str) -> String {
    let whole = |left: String, right: &str| match dialect {
        Dialect::Duckdb => format!("({left} // {right})"),
        Dialect::Postgres => format!("DIV({left}, {right})"),
        Dialect::Sqlite => format!("({left} / {right})"),
    };
    let (rest, quotient) = (format!("({value} % {by})"), whole(value.to_owned(), by));
    let away = format!(
        "CASE WHEN ABS({rest}) * 2 > {by} OR (ABS({rest}) * 2 = {by} AND {quotient} % 2 <> 0) \
         THEN CASE WHEN {value} < 0 THEN -1 ELSE 1 END ELSE 0 END"
    );
    let exact = format!("({quotient} + {away})");
    match dialect {
        Dialect::Postgres | Dialect::Duckdb => exact,
        // A product beyond 64 bits is no whole number any more.
        Dialect::Sqlite => {
            format!("CASE WHEN TYPEOF({value}) = 'integer' THEN {exact} ELSE {value} / {by}.0 END")
        }
    }
}

/// `DROP` and `CREATE` of a view.
pub(super) fn create_view(view: &str, query: &str) -> String {
    format!("CREATE VIEW {} AS\n{query};\n", name(view))
}

/// Tells the planner what the tables hold, where it does not find out by itself.
pub(super) fn analyze(dialect: Dialect, tables: &[String]) -> String {
    match dialect {
        Dialect::Postgres => lines(tables, |table| format!("ANALYZE {};", name(table))),
        Dialect::Duckdb | Dialect::Sqlite => String::new(),
    }
}

/// One line for each of some things.
pub(super) fn lines<T>(things: impl IntoIterator<Item = T>, line: impl Fn(T) -> String) -> String {
    let mut out = String::new();
    for thing in things {
        out.push_str(&line(thing));
        out.push('\n');
    }
    out
}

/// A note on a view that the database keeps and shows.
pub(super) fn describe(dialect: Dialect, view: &str, words: &str) -> String {
    match dialect {
        Dialect::Postgres | Dialect::Duckdb => {
            format!("COMMENT ON VIEW {} IS {};\n", name(view), text(words))
        }
        Dialect::Sqlite => String::new(),
    }
}

//! Queries as text.

use std::fmt::Write as _;

use super::dialect;
use super::tree::{Aggregate, Expr, Join, Op, Query, Select, Source, Step, Type};
use crate::config::Dialect;

/// Parts joined by one `AND` or `OR` before brackets divide them: databases limit how deeply expressions nest.
const PARTS: usize = 50;

/// How strongly an expression holds together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Atom,
}

/// Prints for one database.
#[derive(Debug, Clone, Copy)]
pub(super) struct Printer(pub(super) Dialect);

impl Printer {
    /// A whole query, ready to stand behind `CREATE VIEW … AS`.
    pub(super) fn query(self, query: &Query) -> String {
        let mut out = String::new();
        for (i, step) in query.steps.iter().enumerate() {
            out.push_str(if i == 0 { "WITH " } else { ",\n" });
            out.push_str(&self.step(step));
        }
        if !query.steps.is_empty() {
            out.push('\n');
        }
        out.push_str(&self.rows(&query.rows, ""));
        out
    }

    fn step(self, step: &Step) -> String {
        // Worked out once: otherwise some databases write every step into every place that uses it.
        format!(
            "{} AS MATERIALIZED (  -- {}\n{}\n)",
            name(&step.name),
            comment(&step.comment),
            self.rows(&step.rows, "  ")
        )
    }

    fn rows(self, rows: &[Select], indent: &str) -> String {
        let rows: Vec<String> = rows.iter().map(|select| self.select(select, indent)).collect();
        rows.join(&format!("\n{indent}UNION ALL\n"))
    }

    fn select(self, select: &Select, indent: &str) -> String {
        let everything = select.all_of.as_ref().map(|table| format!("{}.*", name(table)));
        let columns = select.columns.iter().map(|(value, alias)| {
            let value = self.indented(value, &format!("{indent}       "));
            format!("{value} AS {}", name(alias))
        });
        let columns: Vec<String> = everything.into_iter().chain(columns).collect();
        let mut out = format!("{indent}SELECT {}", columns.join(&format!(",\n{indent}       ")));
        if let Some(from) = &select.from {
            let _ = write!(out, "\n{indent}FROM {}", self.source(from));
        }
        for join in &select.joins {
            let _ = match join {
                Join::Cross(table) => write!(out, "\n{indent}CROSS JOIN {}", self.source(table)),
                Join::Inner(table, on) => {
                    write!(out, "\n{indent}INNER JOIN {} ON {}", self.source(table), self.expr(on))
                }
                Join::Left(table, on) => {
                    write!(out, "\n{indent}LEFT JOIN {} ON {}", self.source(table), self.expr(on))
                }
            };
        }
        if let Some(filter) = &select.filter {
            let _ = write!(out, "\n{indent}WHERE {}", self.expr(filter));
        }
        if !select.group.is_empty() {
            let _ = write!(out, "\n{indent}GROUP BY {}", self.list(&select.group));
        }
        if let Some(having) = &select.having {
            let _ = write!(out, "\n{indent}HAVING {}", self.expr(having));
        }
        out
    }

    /// An expression that may take several lines.
    fn indented(self, value: &Expr, indent: &str) -> String {
        match value {
            Expr::Case(cases, otherwise) if cases.len() > 1 => {
                let mut out = "CASE".to_owned();
                for (condition, value) in cases {
                    let _ =
                        write!(out, "\n{indent}  WHEN {} THEN {}", self.expr(condition), self.expr(value));
                }
                let _ = write!(out, "\n{indent}  ELSE {}\n{indent}END", self.expr(otherwise));
                out
            }
            _ => self.expr(value),
        }
    }

    pub(super) fn expr(self, value: &Expr) -> String {
        self.at(value, Strength::Or)
    }

    /// An expression as part of another that holds together so strongly.
    fn at(self, value: &Expr, around: Strength) -> String {
        let (printed, strength) = self.printed(value);
        if strength < around { format!("({printed})") } else { printed }
    }

    /// An expression that nothing around it can tear apart.
    pub(super) fn atom(self, value: &Expr) -> String {
        self.at(value, Strength::Atom)
    }

    fn list(self, values: &[Expr]) -> String {
        values.iter().map(|v| self.expr(v)).collect::<Vec<_>>().join(", ")
    }

    fn printed(self, value: &Expr) -> (String, Strength) {
        match value {
            Expr::Column(table, column) => (format!("{}.{}", name(table), name(column)), Strength::Atom),
            Expr::Int(n) if *n < 0 => (format!("({n})"), Strength::Atom),
            Expr::Int(n) => (n.to_string(), Strength::Atom),
            Expr::Text(t) => (text(t), Strength::Atom),
            Expr::Null(ty) => (format!("CAST(NULL AS {})", self.ty(*ty)), Strength::Atom),
            Expr::Binary(left, op, right) => {
                let (sign, strength, next) = match op {
                    Op::Plus => ("+", Strength::Sum, Strength::Product),
                    Op::Minus => ("-", Strength::Sum, Strength::Product),
                    Op::Times => ("*", Strength::Product, Strength::Atom),
                    Op::Equal => ("=", Strength::Comparison, Strength::Sum),
                    Op::NotEqual => ("<>", Strength::Comparison, Strength::Sum),
                    Op::Less => ("<", Strength::Comparison, Strength::Sum),
                    Op::LessOrEqual => ("<=", Strength::Comparison, Strength::Sum),
                    Op::Greater => (">", Strength::Comparison, Strength::Sum),
                    Op::GreaterOrEqual => (">=", Strength::Comparison, Strength::Sum),
                };
                // Comparisons do not chain, sums and products do from the left.
                let left_strength = if strength == Strength::Comparison { Strength::Sum } else { strength };
                (format!("{} {sign} {}", self.at(left, left_strength), self.at(right, next)), strength)
            }
            Expr::All(parts) => self.joined(parts, " AND ", "1 = 1", Strength::And),
            Expr::Any(parts) => self.joined(parts, " OR ", "1 = 0", Strength::Or),
            Expr::Not(inner) => (format!("NOT {}", self.atom(inner)), Strength::Not),
            Expr::IsNull(inner) => (format!("{} IS NULL", self.atom(inner)), Strength::Comparison),
            Expr::IsNotNull(inner) => (format!("{} IS NOT NULL", self.atom(inner)), Strength::Comparison),
            Expr::In(inner, values) => {
                (format!("{} IN ({})", self.atom(inner), self.list(values)), Strength::Comparison)
            }
            Expr::Case(cases, otherwise) => {
                let mut out = "CASE".to_owned();
                for (condition, value) in cases {
                    let _ = write!(out, " WHEN {} THEN {}", self.expr(condition), self.expr(value));
                }
                let _ = write!(out, " ELSE {} END", self.expr(otherwise));
                (out, Strength::Atom)
            }
            Expr::Coalesce(parts) => (format!("COALESCE({})", self.list(parts)), Strength::Atom),
            Expr::Aggregate(aggregate, inner) => {
                let function = match aggregate {
                    Aggregate::Sum => "SUM",
                    Aggregate::Min => "MIN",
                    Aggregate::Max => "MAX",
                };
                (format!("{function}({})", self.expr(inner)), Strength::Atom)
            }
            Expr::CountRows => ("COUNT(*)".to_owned(), Strength::Atom),
            Expr::RowNumber { by, order } => (
                format!("ROW_NUMBER() OVER (PARTITION BY {} ORDER BY {})", self.list(by), self.list(order)),
                Strength::Atom,
            ),
            Expr::CountOver(by) => {
                (format!("COUNT(*) OVER (PARTITION BY {})", self.list(by)), Strength::Atom)
            }
            Expr::Primitive(primitive, arguments) => {
                (dialect::primitive(self, primitive, arguments), Strength::Atom)
            }
        }
    }

    fn joined(self, parts: &[Expr], word: &str, none: &str, strength: Strength) -> (String, Strength) {
        match parts {
            [] => (none.to_owned(), Strength::Comparison),
            [one] => self.printed(one),
            _ if parts.len() > PARTS => {
                let group = parts.len().div_ceil(PARTS);
                let groups: Vec<String> = parts
                    .chunks(group)
                    .map(|chunk| format!("({})", self.joined(chunk, word, none, strength).0))
                    .collect();
                (groups.join(word), strength)
            }
            _ => {
                // `AND` within `OR` needs no brackets, but people do.
                let printed: Vec<String> = parts.iter().map(|p| self.at(p, Strength::Not)).collect();
                (printed.join(word), strength)
            }
        }
    }

    fn source(self, source: &Source) -> String {
        let parts: Vec<String> = table_name(self.0, &source.name).iter().map(|part| name(part)).collect();
        format!("{} AS {}", parts.join("."), name(&source.alias))
    }

    pub(super) fn ty(self, ty: Type) -> &'static str {
        match (ty, self.0) {
            (Type::Integer, Dialect::Sqlite) => "INTEGER",
            (Type::Integer, Dialect::Postgres | Dialect::Duckdb) => "BIGINT",
            (Type::Text, Dialect::Duckdb) => "VARCHAR",
            (Type::Text, Dialect::Postgres | Dialect::Sqlite) => "TEXT",
        }
    }
}

/// The parts of a table's name that a database knows. SQLite has no schemas, and its views see no other database.
pub(super) fn table_name(dialect: Dialect, parts: &[String]) -> &[String] {
    match (dialect, parts) {
        (Dialect::Sqlite, [.., _]) => parts.last().map_or(parts, std::slice::from_ref),
        _ => parts,
    }
}

/// A name, always in quotes: it may be a word of SQL.
pub(super) fn name(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A text. Within single quotes only the quote itself has a meaning (PostgreSQL: `standard_conforming_strings`, on
/// since version 9.1).
pub(super) fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Words that may stand in a comment to the end of the line.
pub(super) fn comment(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect()
}

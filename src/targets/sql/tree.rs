//! Queries as a small tree: only what the views need, and only what every database understands alike.
//!
//! There are no truth values among the columns (flags are 0 and 1), every column has a name, and whatever a database
//! spells in its own way is a [`Primitive`].

/// The kind of a value, where a database must be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    /// A whole number of 64 bits.
    Integer,
    /// Text.
    Text,
}

/// A value, or a condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    /// A column of a table with a short name.
    Column(String, String),
    /// A whole number.
    Int(i128),
    /// A text.
    Text(String),
    /// Nothing, of a kind.
    Null(Type),
    /// Two values joined.
    Binary(Box<Expr>, Op, Box<Expr>),
    /// All hold. None: true.
    All(Vec<Expr>),
    /// At least one holds. None: false.
    Any(Vec<Expr>),
    /// It does not hold.
    Not(Box<Expr>),
    /// It is blank.
    IsNull(Box<Expr>),
    /// It is not blank.
    IsNotNull(Box<Expr>),
    /// It is one of some.
    In(Box<Expr>, Vec<Expr>),
    /// The value behind the first condition that holds, else the last one.
    Case(Vec<(Expr, Expr)>, Box<Expr>),
    /// The first that is not blank.
    Coalesce(Vec<Expr>),
    /// An aggregate over the rows of a group.
    Aggregate(Aggregate, Box<Expr>),
    /// The number of rows of a group.
    CountRows,
    /// The number of a row among those with the same `by`, in an order.
    RowNumber {
        /// The rows that are numbered together.
        by: Vec<Expr>,
        /// Their order.
        order: Vec<Expr>,
    },
    /// The number of rows with the same values.
    CountOver(Vec<Expr>),
    /// What each database spells in its own way.
    Primitive(Primitive, Vec<Expr>),
}

/// What joins two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    Plus,
    Minus,
    Times,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// What is made of the rows of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aggregate {
    Sum,
    Min,
    Max,
}

/// What each database spells in its own way; see `dialect`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Primitive {
    /// Seconds since 1970 of the present moment.
    Now,
    /// A column's text; an empty one is blank.
    Text,
    /// A column's yes or no as 1 or 0.
    Flag,
    /// A column's whole number.
    Whole,
    /// A column's number in millionths, a whole number.
    Millionths,
    /// A column's day as days since 1970.
    Day,
    /// A column's moment (UTC, or with its own offset) as seconds since 1970.
    Moment(Stored),
    /// Whole quotient of a number that is not negative and a positive one.
    Quotient,
    /// Per cent to two places, of a part and a whole.
    Percent,
    /// A number in millionths as people read it.
    Amount,
    /// Seconds since 1970 as a timestamp in UTC.
    Timestamp,
    /// Whole quotient, rounded to the nearest and from the middle to the even one.
    RoundEven,
    /// Letters A to Z as a to z.
    Lower,
    /// So many characters from the left.
    Left,
    /// Whether the first text contains the second.
    Contains,
    /// Texts, one behind the other.
    Joined,
    /// Without blanks at the end.
    Trimmed,
    /// Whether something in the column cannot be read as what it should be. Only asked where columns have no types.
    Unreadable(Reading),
}

/// How a moment is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stored {
    /// Without a zone: as if it were UTC.
    Plain,
    /// With an offset or a zone of its own.
    Zoned,
}

/// As what a column is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Flag,
    Number,
    Day,
    Moment(Stored),
}

/// A table or a view with the short name it has in a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Source {
    /// Its name, part by part.
    pub(super) name: Vec<String>,
    /// The short name.
    pub(super) alias: String,
}

/// How a table is joined.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Join {
    /// Every row with every row.
    Cross(Source),
    /// Rows that fit.
    Inner(Source, Expr),
    /// Rows that fit, or blanks.
    Left(Source, Expr),
}

/// One `SELECT`.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Select {
    /// Every column of this table first.
    pub(super) all_of: Option<String>,
    /// Further columns with their names.
    pub(super) columns: Vec<(Expr, String)>,
    /// Where from. `None`: one row.
    pub(super) from: Option<Source>,
    /// What is joined.
    pub(super) joins: Vec<Join>,
    /// Which rows.
    pub(super) filter: Option<Expr>,
    /// What rows are put together by.
    pub(super) group: Vec<Expr>,
    /// Which groups.
    pub(super) having: Option<Expr>,
}

/// A named step of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    /// What it is for.
    pub(super) comment: String,
    /// Its name.
    pub(super) name: String,
    /// Its rows: of all of these, one behind the other.
    pub(super) rows: Vec<Select>,
}

/// A whole query.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Query {
    /// The steps before.
    pub(super) steps: Vec<Step>,
    /// The rows: of all of these, one behind the other.
    pub(super) rows: Vec<Select>,
}

/// A column.
pub(super) fn col(table: &str, name: &str) -> Expr {
    Expr::Column(table.to_owned(), name.to_owned())
}

/// A whole number.
pub(super) fn int(n: impl Into<i128>) -> Expr {
    Expr::Int(n.into())
}

/// A text.
pub(super) fn text(t: impl Into<String>) -> Expr {
    Expr::Text(t.into())
}

/// 1 if a condition holds, else 0.
pub(super) fn flag(condition: Expr) -> Expr {
    when([(condition, int(1))], int(0))
}

/// The value behind the first condition that holds.
pub(super) fn when(cases: impl IntoIterator<Item = (Expr, Expr)>, otherwise: Expr) -> Expr {
    let mut possible = Vec::new();
    for (condition, value) in cases {
        if condition == Expr::Any(Vec::new()) {
            continue;
        }
        if condition == Expr::All(Vec::new()) {
            return if possible.is_empty() { value } else { Expr::Case(possible, Box::new(value)) };
        }
        possible.push((condition, value));
    }
    if possible.is_empty() { otherwise } else { Expr::Case(possible, Box::new(otherwise)) }
}

/// All hold.
pub(super) fn all(parts: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::All(parts.into_iter().collect())
}

/// At least one holds.
pub(super) fn any(parts: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::Any(parts.into_iter().collect())
}

/// The first that is not blank.
pub(super) fn first_of(parts: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::Coalesce(parts.into_iter().collect())
}

/// The sum over a group of 1 for each row for which a condition holds.
pub(super) fn count_where(condition: Expr) -> Expr {
    first_of([Expr::Aggregate(Aggregate::Sum, Box::new(flag(condition))), int(0)])
}

impl Expr {
    fn binary(self, op: Op, other: Expr) -> Expr {
        Expr::Binary(Box::new(self), op, Box::new(other))
    }

    pub(super) fn compare(self, op: Op, other: Expr) -> Expr {
        self.binary(op, other)
    }

    pub(super) fn plus(self, other: Expr) -> Expr {
        match (self, other) {
            (Expr::Int(a), Expr::Int(b)) => Expr::Int(a.saturating_add(b)),
            (a, Expr::Int(0)) => a,
            (a, Expr::Int(n)) if n < 0 => a.binary(Op::Minus, Expr::Int(n.saturating_neg())),
            (a, b) => a.binary(Op::Plus, b),
        }
    }

    pub(super) fn minus(self, other: Expr) -> Expr {
        match (self, other) {
            (a, Expr::Int(n)) => a.plus(Expr::Int(n.saturating_neg())),
            (a, b) => a.binary(Op::Minus, b),
        }
    }

    pub(super) fn times(self, other: Expr) -> Expr {
        match (self, other) {
            (Expr::Int(a), Expr::Int(b)) => Expr::Int(a.saturating_mul(b)),
            (a, Expr::Int(1)) => a,
            (a, b) => a.binary(Op::Times, b),
        }
    }

    pub(super) fn is(self, other: Expr) -> Expr {
        self.binary(Op::Equal, other)
    }

    pub(super) fn at_most(self, other: Expr) -> Expr {
        self.binary(Op::LessOrEqual, other)
    }

    pub(super) fn at_least(self, other: Expr) -> Expr {
        self.binary(Op::GreaterOrEqual, other)
    }

    pub(super) fn less_than(self, other: Expr) -> Expr {
        self.binary(Op::Less, other)
    }

    pub(super) fn more_than(self, other: Expr) -> Expr {
        self.binary(Op::Greater, other)
    }

    pub(super) fn blank(self) -> Expr {
        Expr::IsNull(Box::new(self))
    }

    pub(super) fn filled(self) -> Expr {
        Expr::IsNotNull(Box::new(self))
    }

    pub(super) fn negated(self) -> Expr {
        Expr::Not(Box::new(self))
    }

    pub(super) fn among(self, values: impl IntoIterator<Item = Expr>) -> Expr {
        Expr::In(Box::new(self), values.into_iter().collect())
    }

    /// The sum, least or greatest over a group.
    pub(super) fn over_group(self, aggregate: Aggregate) -> Expr {
        Expr::Aggregate(aggregate, Box::new(self))
    }

    /// This value as one of the primitives makes it.
    pub(super) fn as_(self, primitive: Primitive) -> Expr {
        Expr::Primitive(primitive, vec![self])
    }

    /// Whole quotient by a positive number; this must not be negative.
    pub(super) fn quotient(self, by: i128) -> Expr {
        Expr::Primitive(Primitive::Quotient, vec![self, Expr::Int(by)])
    }
}

impl Source {
    /// A table or a view of ours, or a step of the query.
    pub(super) fn of(name: &str, alias: &str) -> Source {
        Source { name: vec![name.to_owned()], alias: alias.to_owned() }
    }
}

impl Select {
    /// Rows of a table.
    pub(super) fn from(source: Source) -> Select {
        Select { from: Some(source), ..Select::default() }
    }

    /// With every column of a table.
    pub(super) fn all_of(mut self, alias: &str) -> Select {
        self.all_of = Some(alias.to_owned());
        self
    }

    /// With a column.
    pub(super) fn column(mut self, name: &str, value: Expr) -> Select {
        self.columns.push((value, name.to_owned()));
        self
    }

    /// With columns of a table, under their own names.
    pub(super) fn columns_of(mut self, alias: &str, names: &[&str]) -> Select {
        self.columns.extend(names.iter().map(|name| (col(alias, name), (*name).to_owned())));
        self
    }

    /// With a table joined.
    pub(super) fn join(mut self, join: Join) -> Select {
        self.joins.push(join);
        self
    }

    /// Only rows for which a condition holds too.
    pub(super) fn only(mut self, condition: Expr) -> Select {
        self.filter = Some(match self.filter {
            Some(Expr::All(mut parts)) => {
                parts.push(condition);
                Expr::All(parts)
            }
            Some(before) => all([before, condition]),
            None => condition,
        });
        self
    }

    /// One row for each combination of some values.
    pub(super) fn grouped(mut self, by: impl IntoIterator<Item = Expr>) -> Select {
        self.group = by.into_iter().collect();
        self
    }
}

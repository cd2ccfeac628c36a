//! Definitions, and the conditions they are made of.

use super::{Aggregate, DurationValue, Literal, LiteralKind, Prose, Reference, Spanned, Tbd, Word};
use crate::model::predicate::{Arithmetic, Comparison};
use crate::source::Span;

/// Clauses of `definition`.
#[derive(Debug, Clone, PartialEq)]
pub enum DefinitionClause {
    /// `means lead where icp and score >= 65`.
    Means(Word, Option<Expr>),
    /// `since mql_at`.
    Since(Reference),
    /// `excludes other`.
    Excludes(Vec<Reference>),
    /// `one of tiers`.
    OneOf(Word),
    /// `note "..."`.
    Note(Prose),
}

/// A condition or a value in one.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where.
    pub span: Span,
}

impl Expr {
    /// True if this can be nothing but a value: names of fields and definitions have small letters.
    pub fn is_plain_value(&self) -> bool {
        match &self.kind {
            ExprKind::Name(name) => name.starts_with(char::is_uppercase),
            ExprKind::Literal(literal) => literal.kind != LiteralKind::Boolean,
            _ => false,
        }
    }
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// The kinds of expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A field, a definition or a value.
    Name(String),
    /// A constant.
    Literal(Literal),
    /// `now`.
    Now,
    /// `today`.
    Today,
    /// `tbd "..."`.
    Tbd(Tbd),
    /// `( .. )`: kept, because the author put them there.
    Paren(Box<Expr>),
    /// `not p`.
    Not(Box<Expr>),
    /// `-5`.
    Negative(Box<Expr>),
    /// `a and b`, `a < b`, `a + b`.
    Binary(Box<Expr>, Spanned<BinaryOp>, Box<Expr>),
    /// `is blank`.
    IsBlank(Box<Expr>),
    /// `is set`.
    IsSet(Box<Expr>),
    /// `in [..]`.
    In(Box<Expr>, Vec<Spanned<Literal>>),
    /// `not in [..]`.
    NotIn(Box<Expr>, Vec<Spanned<Literal>>),
    /// `between a and b`.
    Between(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `older than 30 calendar days`.
    OlderThan(Box<Expr>, Box<DurationValue>),
    /// `within 2 hours of mql_at`.
    Within(Box<Expr>, Box<DurationValue>, Word),
    /// `starts with "..."`.
    StartsWith(Box<Expr>, Word),
    /// `contains "..."`.
    Contains(Box<Expr>, Spanned<Literal>),
    /// `at least 2 of (p, q, r)`.
    AtLeast(Word, Vec<Expr>),
    /// `count of activity where kind = call`, `no activity`.
    Children(Box<Aggregate>),
}

/// Operators between two expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOp {
    /// `or`.
    Or,
    /// `and`.
    And,
    /// `=` and its kind.
    Compare(Comparison),
    /// `+ - *`.
    Arithmetic(Arithmetic),
}

//! Conditions: what every word in them stands for, and whether the two sides of a comparison go together.
//!
//! A bare word is a field of the record, a definition, or a value, in this order of thought: on its own it is a yes/no
//! field or a definition; beside a choice field it is one of its values; beside a text field it is that text, unless a
//! field is called so.

mod children;
mod comparisons;
mod constants;
mod lists;
mod times;
mod types;
mod values;
mod words;

use super::Resolver;
use crate::diagnostic::Diagnostic;
use crate::model::children::MomentTest;
use crate::model::predicate::Comparison;
use crate::model::{Children, Constant, Field, Id, Predicate, PredicateKind, Record, Slot};
use crate::source::Span;
use crate::syntax::ast::{self, BinaryOp, Expr, ExprKind, LiteralKind, OrTbd};
use types::{Type, Typed, field_type};

/// Rule: values of different types in one place.
pub(super) const TYPE: &str = "type-mismatch";
/// Rule: a value that a choice does not have.
pub(super) const VALUE: &str = "unknown-value";

impl Resolver<'_> {
    /// A condition over a record.
    pub(super) fn condition(&mut self, record: Id<Record>, expr: &Expr) -> Predicate {
        let kind = Conditions::new(self, record).predicate(expr).unwrap_or(PredicateKind::Unknown);
        Predicate { kind, span: expr.span }
    }

    /// The same where the record may be unknown: then every word in it would be a guess.
    pub(super) fn condition_of(&mut self, record: Option<Id<Record>>, expr: &Expr) -> Predicate {
        match record {
            Some(record) => self.condition(record, expr),
            None => Predicate { kind: PredicateKind::Unknown, span: expr.span },
        }
    }

    /// Which child records of a record are meant.
    pub(super) fn child_rows(&mut self, record: Id<Record>, asked: &ast::Children) -> Option<Children> {
        Conditions::new(self, record).children(asked)
    }

    /// A constant for a field, as in `set status to recycled` or `country: US`.
    pub(super) fn constant_for(
        &mut self,
        record: Id<Record>,
        field: Id<Field>,
        literal: &ast::Spanned<ast::Literal>,
    ) -> Option<Constant> {
        let mut conditions = Conditions::new(self, record);
        let ty = conditions.type_of(field);
        let ty = match ty {
            Type::Choices(field) => Type::Choice(field),
            other => other,
        };
        conditions.constant(&literal.node, literal.span, &ty, field_span(conditions.resolver, record, field))
    }
}

fn field_span(resolver: &Resolver<'_>, record: Id<Record>, field: Id<Field>) -> Span {
    resolver.records[record].fields[field].name.span
}

/// The reading of one condition.
struct Conditions<'r, 'a> {
    resolver: &'r mut Resolver<'a>,
    record: Id<Record>,
    /// The questions about child records so far: the child, and where the condition about it stands.
    questions: Vec<(Id<Record>, Span)>,
    /// The part of a row of `and`s or `or`s that is being read, and where the part before it ends.
    part: Option<(Span, u32)>,
}

impl<'r, 'a> Conditions<'r, 'a> {
    fn new(resolver: &'r mut Resolver<'a>, record: Id<Record>) -> Self {
        Conditions { resolver, record, questions: Vec::new(), part: None }
    }
}

impl Conditions<'_, '_> {
    fn say(&mut self, diagnostic: Diagnostic) {
        self.resolver.diagnostics.push(diagnostic);
    }

    fn field(&mut self, name: &str, used: Span) -> Option<Id<Field>> {
        let record = &self.resolver.records[self.record];
        let field = record.field(name)?;
        let declared = record.fields[field].name.span;
        self.resolver.refer(declared, used);
        Some(field)
    }

    fn type_of(&self, field: Id<Field>) -> Type {
        field_type(field, &self.resolver.records[self.record].fields[field].ty)
    }

    fn nested(&mut self, expr: &Expr) -> Predicate {
        let kind = self.predicate(expr).unwrap_or(PredicateKind::Unknown);
        Predicate { kind, span: expr.span }
    }

    /// What a condition asks. `None`: it has been reported.
    fn predicate(&mut self, expr: &Expr) -> Option<PredicateKind> {
        match &expr.kind {
            ExprKind::Paren(inner) => self.predicate(inner),
            ExprKind::Not(inner) => Some(PredicateKind::Not(Box::new(self.nested(inner)))),
            ExprKind::Binary(left, op, right) => match op.node {
                BinaryOp::And => Some(PredicateKind::And(self.chain(expr, BinaryOp::And))),
                BinaryOp::Or => Some(PredicateKind::Or(self.chain(expr, BinaryOp::Or))),
                BinaryOp::Compare(comparison) => self.compare(left, comparison, right),
                BinaryOp::Arithmetic(_) => self.not_a_condition(expr, "a calculation"),
            },
            ExprKind::Name(name) => self.yes_or_no(name, expr.span),
            ExprKind::Literal(literal) if literal.kind == LiteralKind::Boolean => {
                let always = Predicate::always(expr.span);
                Some(if literal.text == "true" {
                    PredicateKind::Always
                } else {
                    PredicateKind::Not(Box::new(always))
                })
            }
            ExprKind::Tbd(tbd) => {
                self.resolver.open_point(tbd);
                Some(PredicateKind::Unknown)
            }
            ExprKind::Children(asked) => self.child_condition(expr, asked),
            ExprKind::IsBlank(of) => match self.moment_of_children(of, |_, _| Some(MomentTest::Blank)) {
                Some(kind) => kind,
                None => self.any_field(of).map(PredicateKind::Blank),
            },
            ExprKind::IsSet(of) => match self.moment_of_children(of, |_, _| Some(MomentTest::Set)) {
                Some(kind) => kind,
                None => self.any_field(of).map(PredicateKind::Set),
            },
            ExprKind::In(of, values) => self.in_list(of, values),
            ExprKind::NotIn(of, values) => {
                let kind = self.in_list(of, values)?;
                Some(PredicateKind::Not(Box::new(Predicate { kind, span: expr.span })))
            }
            ExprKind::Between(of, low, high) => self.between(of, low, high),
            ExprKind::OlderThan(of, duration) => self.older_than(of, duration),
            ExprKind::Within(of, duration, anchor) => self.within(of, duration, anchor),
            ExprKind::StartsWith(of, text) => {
                let field = self.text_field(of)?;
                self.not_empty(&text.node, text.span)?;
                Some(PredicateKind::StartsWith(field, text.node.clone()))
            }
            ExprKind::Contains(of, value) => self.contains(of, value),
            ExprKind::AtLeast(count, parts) => self.at_least(count, parts),
            ExprKind::Literal(_) | ExprKind::Negative(_) | ExprKind::Now | ExprKind::Today => {
                self.not_a_condition(expr, "a value")
            }
        }
    }

    /// `a and b and c` as one list.
    fn chain(&mut self, expr: &Expr, wanted: BinaryOp) -> Vec<Predicate> {
        let mut parts = Vec::new();
        let mut at = expr;
        while let ExprKind::Binary(left, op, right) = &at.kind
            && op.node == wanted
        {
            parts.push((&**right, Some(left.span.end)));
            at = left;
        }
        parts.push((at, None));
        // `country = US or CA`: reported as text that cannot be read.
        let mut after_equal = false;
        let mut read = |(part, before): (&Expr, Option<u32>)| {
            let is_stray = wanted == BinaryOp::Or && after_equal && part.is_plain_value();
            let is_equal = matches!(&part.kind, ExprKind::Binary(_, op, _)
                if op.node == BinaryOp::Compare(Comparison::Equal));
            after_equal = is_equal || is_stray;
            if is_stray {
                return Predicate { kind: PredicateKind::Unknown, span: part.span };
            }
            self.part = before.map(|end| (part.span, end));
            self.nested(part)
        };
        parts.into_iter().rev().map(&mut read).collect()
    }

    fn not_a_condition(&mut self, expr: &Expr, what: &str) -> Option<PredicateKind> {
        self.say(
            Diagnostic::error(TYPE, format!("this is {what}, not a condition"))
                .at(expr.span, "neither true nor false")
                .help("Compare it with something, such as `score >= 65`."),
        );
        None
    }
}

impl Resolver<'_> {
    /// The record that a commitment's items are, if it has items and it is known.
    pub(super) fn record_of_items(&self, id: Id<crate::model::Commitment>) -> Option<Id<Record>> {
        record_of(self, self.commitments[id].subject.as_ref()?)
    }
}

/// The record of a subject, if both are known.
pub(super) fn record_of(
    resolver: &Resolver<'_>,
    subject: &Slot<crate::model::Subject>,
) -> Option<Id<Record>> {
    match subject.get()? {
        crate::model::Subject::Record(record) => Some(*record),
        crate::model::Subject::Definition(definition) => {
            resolver.definitions[*definition].record.get().copied()
        }
    }
}

/// A value that may be `tbd`.
pub(super) fn constant_slot(
    resolver: &mut Resolver<'_>,
    record: Option<Id<Record>>,
    field: &Slot<Id<Field>>,
    value: &OrTbd<ast::Spanned<ast::Literal>>,
) -> Slot<Constant> {
    let (record, field) = (record, field.get().copied());
    resolver.slot(value, |this, literal| this.constant_for(record?, field?, literal))
}

//! Values in conditions: fields, constants, calculations; and whether two of them go together.

use rust_decimal::Decimal;

use super::{Conditions, TYPE, Type, Typed, field_span};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::predicate::Arithmetic;
use crate::model::record::Values;
use crate::model::{Constant, Field, Id, Term};
use crate::resolve::parties::word_at;
use crate::resolve::values::UNIT;
use crate::source::Span;
use crate::syntax::ast::{self, BinaryOp, Expr, ExprKind, LiteralKind};

impl Conditions<'_, '_> {
    /// A word that is no field, or a quoted text: its type is that of what it is compared with.
    pub(super) fn is_bare_value(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Name(name) => {
                self.resolver.records[self.record].field(name).is_none()
                    && self.resolver.known_score(name, expr.span.file).is_none()
            }
            ExprKind::Literal(literal) => literal.kind == LiteralKind::Text,
            ExprKind::Paren(inner) => self.is_bare_value(inner),
            _ => false,
        }
    }

    /// A value. `expected` is the type of what it is compared with, if known.
    pub(super) fn value(&mut self, expr: &Expr, expected: Option<&Type>) -> Option<Typed> {
        match &expr.kind {
            ExprKind::Paren(inner) => self.value(inner, expected),
            ExprKind::Name(name) => self.named_value(name, expr.span, expected),
            ExprKind::Literal(literal) => self.literal_value(literal, expr.span, expected),
            ExprKind::Now => Some(Typed { term: Term::Now, ty: Type::Moment }),
            ExprKind::Today => Some(Typed { term: Term::Today, ty: Type::Date }),
            ExprKind::Negative(inner) => self.negative(inner, expected),
            ExprKind::Binary(left, op, right) if matches!(op.node, BinaryOp::Arithmetic(_)) => {
                let BinaryOp::Arithmetic(op) = op.node else { return None };
                self.arithmetic(left, op, right)
            }
            ExprKind::Children(asked) => self.child_value(expr, asked),
            ExprKind::Tbd(tbd) => {
                self.resolver.open_point(tbd);
                None
            }
            _ => {
                self.say(
                    Diagnostic::error(TYPE, "this is a condition, but a value is needed here")
                        .at(expr.span, "true or false")
                        .help("Join conditions with `and` and `or`."),
                );
                None
            }
        }
    }

    pub(super) fn named_value(&mut self, name: &str, span: Span, expected: Option<&Type>) -> Option<Typed> {
        if let Some(Type::Choice(of)) = expected {
            let values = self.resolver.records[self.record].fields[*of].ty.values();
            if values.is_some_and(|v| v.lists(name)) {
                return Some(Typed {
                    term: Term::Constant(Constant::Choice(name.into())),
                    ty: Type::Choice(*of),
                });
            }
        }
        if let Some(field) = self.field(name, span) {
            return Some(Typed { term: Term::Field(field), ty: self.type_of(field) });
        }
        if let Some(score) = self.resolver.known_score(name, span.file) {
            self.resolver.find::<crate::model::Score>(&word_at(name, span))?;
            let score = self.resolver.score_of(self.record, score, span)?;
            return Some(Typed { term: Term::Score(score), ty: Type::Number });
        }
        let is_yes_no = matches!(name, "yes" | "no" | "y" | "n");
        let takes_word = |ty: &&Type| match ty {
            Type::Choice(_) | Type::Text => true,
            Type::Boolean => is_yes_no,
            _ => false,
        };
        if let Some(ty) = expected.filter(takes_word) {
            let literal = ast::Literal { kind: LiteralKind::Word, text: name.to_owned() };
            let declared = match ty {
                Type::Choice(of) => field_span(self.resolver, self.record, *of),
                _ => span,
            };
            let constant = self.constant(&literal, span, ty, declared)?;
            Some(Typed { term: Term::Constant(constant), ty: ty.clone() })
        } else {
            self.no_field(name, span);
            None
        }
    }

    fn literal_value(
        &mut self,
        literal: &ast::Literal,
        span: Span,
        expected: Option<&Type>,
    ) -> Option<Typed> {
        let own = match literal.kind {
            LiteralKind::Number => Type::Number,
            LiteralKind::Percent => Type::Percent,
            LiteralKind::Money => {
                let (amount, currency) = self.resolver.money(&literal.text, span)?;
                let ty = Type::Money(currency.clone());
                return Some(Typed { term: Term::Constant(Constant::Money(amount, currency)), ty });
            }
            LiteralKind::Date => Type::Date,
            LiteralKind::DateTime => Type::Moment,
            LiteralKind::Boolean => Type::Boolean,
            LiteralKind::Text | LiteralKind::Word => match expected {
                Some(Type::Choice(of)) => Type::Choice(*of),
                _ => Type::Text,
            },
        };
        let constant = self.constant(literal, span, &own, span)?;
        Some(Typed { term: Term::Constant(constant), ty: own })
    }

    fn negative(&mut self, inner: &Expr, expected: Option<&Type>) -> Option<Typed> {
        let value = self.value(inner, expected)?;
        let zero = match &value.ty {
            Type::Number => Constant::Number(Decimal::ZERO),
            Type::Money(currency) => Constant::Money(Decimal::ZERO, currency.clone()),
            _ => {
                self.no_arithmetic(&value.ty, inner.span);
                return None;
            }
        };
        let term = match value.term {
            Term::Constant(Constant::Number(n)) => Term::Constant(Constant::Number(-n)),
            Term::Constant(Constant::Money(n, currency)) => Term::Constant(Constant::Money(-n, currency)),
            term => Term::Arithmetic(Box::new(Term::Constant(zero)), Arithmetic::Subtract, Box::new(term)),
        };
        Some(Typed { term, ty: value.ty })
    }

    fn arithmetic(&mut self, left: &Expr, op: Arithmetic, right: &Expr) -> Option<Typed> {
        let (l, r) = (self.value(left, None), self.value(right, None));
        let (l, r) = (l?, r?);
        for (value, span) in [(&l, left.span), (&r, right.span)] {
            if !matches!(value.ty, Type::Number | Type::Money(_)) {
                self.no_arithmetic(&value.ty, span);
                return None;
            }
        }
        let ty = match (op, &l.ty, &r.ty) {
            (Arithmetic::Multiply, Type::Money(_), Type::Money(_)) => {
                self.say(
                    Diagnostic::error(UNIT, "money cannot be multiplied with money")
                        .at(left.span, "an amount")
                        .also(right.span, "another amount")
                        .help("Multiply an amount with a number."),
                );
                return None;
            }
            (Arithmetic::Multiply, Type::Money(_), _) => l.ty.clone(),
            (Arithmetic::Multiply, _, _) => r.ty.clone(),
            (Arithmetic::Add | Arithmetic::Subtract, _, _) => {
                self.agree(&l, left.span, &r, right.span)?;
                l.ty.clone()
            }
        };
        Some(Typed { term: Term::Arithmetic(Box::new(l.term), op, Box::new(r.term)), ty })
    }

    fn no_arithmetic(&mut self, ty: &Type, span: Span) {
        self.say(
            Diagnostic::error(TYPE, format!("{} cannot be calculated with", ty.words()))
                .at(span, "not a number")
                .help("For a distance in time write `.. older than 30 calendar days` or `.. within 2 hours of ..`."),
        );
    }

    /// The two sides are of one type.
    pub(super) fn agree(
        &mut self,
        left: &Typed,
        left_span: Span,
        right: &Typed,
        right_span: Span,
    ) -> Option<()> {
        let same = match (&left.ty, &right.ty) {
            (Type::Choice(a), Type::Choice(b)) => {
                let values = |f: &Id<Field>| self.resolver.records[self.record].fields[*f].ty.values();
                let share = |a: &Values, b: &Values| a.names.iter().any(|name| b.lists(&name.text));
                a == b || values(a).zip(values(b)).is_some_and(|(a, b)| share(a, b))
            }
            (a, b) => a == b,
        };
        if same {
            return Some(());
        }
        let money = matches!((&left.ty, &right.ty), (Type::Money(_), Type::Money(_)));
        let out = Diagnostic::error(
            if money { UNIT } else { TYPE },
            format!("{} and {} cannot be compared", left.ty.words(), right.ty.words()),
        )
        .at(right_span, right.ty.words())
        .also(left_span, left.ty.words());
        let out = mismatch_help(out, left, right, right_span);
        self.say(out);
        None
    }
}

const OF_ONE_TYPE: &str = "Both sides must be of one type: write another value, or name another field.";

/// What to do about two types that do not go together.
fn mismatch_help(out: Diagnostic, left: &Typed, right: &Typed, span: Span) -> Diagnostic {
    let Term::Constant(constant) = &right.term else {
        return match (&left.ty, &right.term) {
            (Type::Moment, Term::Today) => out.help("Beside a field with a time write `now`.").fix(
                "write `now`",
                Applicability::Suggested,
                span,
                "now",
            ),
            (Type::Date, Term::Now) => out.help("Beside a field without a time write `today`.").fix(
                "write `today`",
                Applicability::Suggested,
                span,
                "today",
            ),
            (Type::Money(a), _) if matches!(right.ty, Type::Money(_)) => {
                out.help(format!("Clausal knows no rates of exchange: keep a field in {a}."))
            }
            _ => out.help(OF_ONE_TYPE),
        };
    };
    match (&left.ty, constant) {
        (Type::Percent, Constant::Number(n)) => {
            out.fix(format!("write `{n}%`"), Applicability::Suggested, span, format!("{n}%"))
        }
        (Type::Money(currency), Constant::Number(n)) => out.fix(
            format!("write `{currency} {n}`"),
            Applicability::Suggested,
            span,
            format!("{currency} {n}"),
        ),
        (Type::Money(currency), Constant::Money(..)) => {
            out.help(format!("Write the amount in {currency}; Clausal knows no rates of exchange."))
        }
        (Type::Moment, Constant::Date(date)) => out
            .help(format!("Say at what time of that day, such as `{date} 00:00`."))
            .fix(format!("write `{date} 00:00`"), Applicability::Suggested, span, format!("{date} 00:00")),
        (Type::Date, Constant::DateTime(moment)) => out.fix(
            format!("write `{}`", moment.date),
            Applicability::Suggested,
            span,
            moment.date.to_string(),
        ),
        (Type::Number, Constant::Text(text)) if text.parse::<Decimal>().is_ok() => {
            out.fix(format!("write `{text}`"), Applicability::Suggested, span, text.clone())
        }
        _ => out.help(OF_ONE_TYPE),
    }
}

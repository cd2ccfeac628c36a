//! Two sides beside a sign, and what lies between two bounds.

use super::{Conditions, TYPE, Type};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::PredicateKind;
use crate::model::predicate::Comparison;
use crate::source::Span;
use crate::syntax::ast::{BinaryOp, Expr, ExprKind};

impl Conditions<'_, '_> {
    pub(super) fn between(&mut self, of: &Expr, low: &Expr, high: &Expr) -> Option<PredicateKind> {
        let left = self.value(of, None)?;
        if !left.ty.is_ordered() {
            self.unordered(&left.ty, of.span);
            return None;
        }
        let low_value = self.value(low, Some(&left.ty));
        let high_value = self.value(high, Some(&left.ty));
        let (low_value, high_value) = (low_value?, high_value?);
        self.agree(&left, of.span, &low_value, low.span)?;
        self.agree(&left, of.span, &high_value, high.span)?;
        Some(PredicateKind::Between { term: left.term, low: low_value.term, high: high_value.term })
    }

    fn unordered(&mut self, ty: &Type, span: Span) {
        self.say(
            Diagnostic::error(TYPE, format!("{} has no order", ty.words()))
                .at(span, "neither less nor more")
                .help("Use `=`, `!=` or `in [..]`."),
        );
    }

    pub(super) fn compare(&mut self, left: &Expr, op: Comparison, right: &Expr) -> Option<PredicateKind> {
        // `a < b < c` and `a = blank`: reported as text that cannot be read.
        let is_chained = matches!(&left.kind, ExprKind::Binary(_, inner, _)
            if matches!(inner.node, BinaryOp::Compare(_)));
        let is_blank =
            matches!(&right.kind, ExprKind::Name(word) if matches!(word.as_str(), "blank" | "null"));
        if is_chained || is_blank {
            return None;
        }
        if self.compares_with_blank(left, op, right) || self.compares_with_blank(right, op, left) {
            return None;
        }
        for side in [left, right] {
            if let ExprKind::Name(name) = &side.kind
                && let Some(field) = self.resolver.records[self.record].field(name)
                && let Type::Choices(field) = self.type_of(field)
            {
                self.use_contains(field, side.span);
                return None;
            }
        }
        // Whichever side is a field tells what a bare word on the other side stands for.
        let (left_value, right_value) = if self.is_bare_value(left) && !self.is_bare_value(right) {
            let right_value = self.value(right, None)?;
            (self.value(left, Some(&right_value.ty))?, right_value)
        } else {
            let left_value = self.value(left, None)?;
            let right_value = self.value(right, Some(&left_value.ty))?;
            (left_value, right_value)
        };
        self.agree(&left_value, left.span, &right_value, right.span)?;
        if !left_value.ty.is_ordered() && !matches!(op, Comparison::Equal | Comparison::NotEqual) {
            self.unordered(&left_value.ty, left.span);
            return None;
        }
        Some(PredicateKind::Compare { left: left_value.term, op, right: right_value.term })
    }

    /// `reason = blank`: a habit from other languages.
    fn compares_with_blank(&mut self, word: &Expr, op: Comparison, other: &Expr) -> bool {
        let ExprKind::Name(name) = &word.kind else { return false };
        if !matches!(name.as_str(), "blank" | "null" | "empty" | "none" | "missing" | "unknown") {
            return false;
        }
        let ExprKind::Name(field) = &other.kind else { return false };
        let record = &self.resolver.records[self.record];
        let Some(id) = record.field(field) else { return false };
        let listed = record.fields[id].ty.values().is_some_and(|v| v.lists(name));
        if listed || record.field(name).is_some() {
            return false;
        }
        let ask = if op == Comparison::NotEqual { "is set" } else { "is blank" };
        let span = word.span.to(other.span);
        self.say(
            Diagnostic::error(TYPE, format!("`{name}` is not a value that `{field}` could have"))
                .at(word.span, "nothing equals a blank")
                .help(format!("To ask whether it is filled write `{field} {ask}`."))
                .fix(
                    format!("write `{field} {ask}`"),
                    Applicability::Suggested,
                    span,
                    format!("{field} {ask}"),
                ),
        );
        true
    }
}

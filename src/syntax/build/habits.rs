//! Conditions that can be read, but not as their author meant them.

use super::Builder;
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::predicate::Comparison;
use crate::source::Span;
use crate::syntax::ast::{BinaryOp, Expr, ExprKind};
use crate::syntax::parse::SYNTAX;

impl Builder<'_> {
    /// `email != blank`, `50 < employees < 200`.
    pub(super) fn check_comparison(&mut self, left: &Expr, op: Comparison, right: &Expr) {
        let place = left.span.to(right.span);
        if let ExprKind::Name(word) = &right.kind
            && matches!(word.as_str(), "blank" | "null")
        {
            let out = Diagnostic::error(SYNTAX, format!("`{} {word}` compares with nothing", op.sign()))
                .at(right.span, format!("`{word}` is not a value"));
            let right_form = match op {
                Comparison::Equal => "is blank",
                Comparison::NotEqual => "is set",
                Comparison::Less
                | Comparison::LessOrEqual
                | Comparison::Greater
                | Comparison::GreaterOrEqual => {
                    self.diagnostics.push(out.help("Write `is blank` or `is set`."));
                    return;
                }
            };
            let operator = Span::new(place.file, left.span.end as usize, right.span.end as usize);
            self.diagnostics.push(out.fix(
                format!("write `{right_form}`"),
                Applicability::Suggested,
                operator,
                format!(" {right_form}"),
            ));
            return;
        }
        if let ExprKind::Binary(_, first, middle) = &left.kind
            && matches!(first.node, BinaryOp::Compare(_))
        {
            let again = self.slice(middle.span);
            self.diagnostics.push(
                Diagnostic::error(SYNTAX, "comparisons cannot be chained")
                    .at(place, "two comparisons in a row")
                    .help("Join two comparisons by `and`, or write `between .. and ..` (both ends are included).")
                    .fix(
                        format!("write `and {again}`"),
                        Applicability::Suggested,
                        middle.span.end_point(),
                        format!(" and {again}"),
                    ),
            );
        }
    }

    /// `country = US or CA or GB`: values where conditions must stand.
    pub(super) fn check_values(&mut self, expr: &Expr) {
        let mut operands = Vec::new();
        let mut rest = expr;
        while let ExprKind::Binary(left, op, right) = &rest.kind
            && op.node == BinaryOp::Or
        {
            operands.push(right.as_ref());
            rest = left;
        }
        operands.push(rest);
        operands.reverse();
        for pair in 0..operands.len() {
            let Some((first, others)) = operands.get(pair..).and_then(<[_]>::split_first) else { return };
            let values: Vec<&Expr> = others.iter().copied().take_while(|o| o.is_plain_value()).collect();
            if let ExprKind::Binary(field, op, value) = &first.kind
                && op.node == BinaryOp::Compare(Comparison::Equal)
                && let Some(last) = values.last()
            {
                let place = first.span.to(last.span);
                let all = std::iter::once(value.as_ref()).chain(values.iter().copied());
                let list: Vec<&str> = all.map(|v| self.slice(v.span)).collect();
                let right = format!("{} in [{}]", self.slice(field.span), list.join(", "));
                let alone = values.first().map_or(place, |v| v.span);
                let said = self.slice(alone);
                self.diagnostics.push(
                    Diagnostic::error(SYNTAX, format!("`{said}` is not a condition by itself"))
                        .at(alone, "a value")
                        .help(format!("The values that a field may have stand in a list: write `{right}`."))
                        .fix(format!("write `{right}`"), Applicability::Suggested, place, right),
                );
                return;
            }
        }
    }
}

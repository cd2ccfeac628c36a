//! Questions about child records.

use pest::iterators::Pair;

use super::{Builder, child};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::syntax::ast::{Aggregate, Asks, BinaryOp, Children, Expr, ExprKind, Spanned, Window};
use crate::syntax::grammar::Rule;
use crate::syntax::parse::SYNTAX;

impl Builder<'_> {
    pub(super) fn aggregate(&mut self, pair: &Pair<'_, Rule>) -> Option<Aggregate> {
        let (record, field) = match child(pair, Rule::field_path) {
            Some(path) => {
                let path = self.field_path(&path)?;
                (path.record, Some(path.field))
            }
            None => (self.name(&child(pair, Rule::name)?), None),
        };
        let asks = match (pair.as_rule(), field) {
            (Rule::any_child, None) => Asks::Any,
            (Rule::no_child, None) => Asks::No,
            (Rule::count_of, None) => Asks::Count,
            (Rule::sum_of, Some(field)) => Asks::Sum(field),
            (Rule::extreme, Some(field)) if child(pair, Rule::kw_latest).is_some() => Asks::Latest(field),
            (Rule::extreme, Some(field)) => Asks::Earliest(field),
            _ => return None,
        };
        Some(Aggregate { asks, children: self.which(record, pair)? })
    }

    /// Which child records are meant: the `where` and the window directly inside a pair.
    pub(super) fn which(
        &mut self,
        record: crate::syntax::ast::Word,
        pair: &Pair<'_, Rule>,
    ) -> Option<Children> {
        let condition = match child(pair, Rule::child_where) {
            Some(condition) => {
                let test = self.ordered(&child(&condition, Rule::child_test)?)?;
                self.check_values(&test);
                Some(test)
            }
            None => None,
        };
        let window = pair.clone().into_inner().find_map(|p| Some((self.span(&p), self.window(&p)?)));
        Some(Children { record, condition, window: window.map(|(span, window)| Spanned::new(window, span)) })
    }

    fn window(&mut self, pair: &Pair<'_, Rule>) -> Option<Window> {
        Some(match pair.as_rule() {
            Rule::in_last => Window::Last(self.duration_value(pair)?),
            Rule::after_field => Window::After(self.name(&child(pair, Rule::name)?)),
            Rule::before_field => Window::Before(self.name(&child(pair, Rule::name)?)),
            Rule::within_of => {
                Window::Within(self.duration_value(pair)?, self.name(&child(pair, Rule::name)?))
            }
            _ => return None,
        })
    }

    /// `count of activity where kind = call and minutes >= 5 >= 3`: without brackets the `and` would end the question.
    /// Reports it, and gives the condition as it was meant, so that nothing else is said about it.
    pub(super) fn unbracketed(&mut self, left: &Expr, op: &Pair<'_, Rule>, right: &Expr) -> Option<Expr> {
        // In a row, what stands before the question is joined already.
        if let ExprKind::Binary(before, first, question) = &left.kind
            && matches!(first.node, BinaryOp::And | BinaryOp::Or)
        {
            let mended = self.unbracketed(question, op, right)?;
            let span = before.span.to(mended.span);
            let kind = ExprKind::Binary(before.clone(), *first, Box::new(mended));
            return Some(Expr { kind, span });
        }
        let joint = if op.as_rule() == Rule::and { BinaryOp::And } else { BinaryOp::Or };
        let ExprKind::Children(aggregate) = &left.kind else { return None };
        let test = aggregate.children.condition.as_ref().filter(|_| aggregate.children.window.is_none())?;
        if !matches!(aggregate.asks, Asks::Count | Asks::Sum(_)) || matches!(test.kind, ExprKind::Paren(_)) {
            return None;
        }
        let ExprKind::Binary(second, compare, bound) = &right.kind else { return None };
        let chained = matches!(&second.kind, ExprKind::Binary(_, inner, _) if is_comparison(inner.node));
        if !chained || !is_comparison(compare.node) {
            return None;
        }
        // The two comparisons in a row have been reported; this says why there are two.
        self.diagnostics.retain(|d| d.primary.as_ref().is_none_or(|label| label.span != right.span));
        let op = self.span(op);
        let record = &aggregate.children.record.node;
        let both = test.span.to(second.span);
        let edit = |span, text: &str| Edit { span, text: text.to_owned() };
        let written = self.slice(both);
        self.diagnostics.push(Diagnostic {
            fixes: vec![Fix {
                title: format!("write `where ({written})`"),
                applicability: Applicability::Suggested,
                edits: vec![edit(test.span.start_point(), "("), edit(second.span.end_point(), ")")],
            }],
            ..Diagnostic::error(SYNTAX, "a condition of several parts about child records stands in brackets")
                .at(op, format!("the condition about each `{record}` ends before this"))
        });
        let test = Expr {
            kind: ExprKind::Binary(
                Box::new(test.clone()),
                Spanned::new(joint, op),
                Box::new(Expr::clone(second)),
            ),
            span: both,
        };
        let test = Expr { kind: ExprKind::Paren(Box::new(test)), span: both };
        let children = Children { condition: Some(test), ..aggregate.children.clone() };
        let count = Aggregate { asks: aggregate.asks.clone(), children };
        let count = Expr { kind: ExprKind::Children(Box::new(count)), span: left.span.to(second.span) };
        let span = left.span.to(right.span);
        Some(Expr { kind: ExprKind::Binary(Box::new(count), *compare, bound.clone()), span })
    }
}

fn is_comparison(op: BinaryOp) -> bool {
    matches!(op, BinaryOp::Compare(_))
}

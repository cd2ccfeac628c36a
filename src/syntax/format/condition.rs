//! Conditions. A long one breaks in front of every `and` or `or` of its outermost level; what is inside brackets, or
//! binds tighter, breaks only if it is too long for a line of its own.

use pretty::RcDoc;

use super::words::{self, Doc, text};
use crate::syntax::ast::{Aggregate, Asks, BinaryOp, Children, Expr, ExprKind, Window};

/// A condition. The caller says how far its further lines are indented.
pub(super) fn condition(expr: &Expr) -> Doc<'_> {
    match &expr.kind {
        ExprKind::Binary(_, op, _) => match op.node {
            BinaryOp::And | BinaryOp::Or => joined(expr, op.node),
            BinaryOp::Compare(_) | BinaryOp::Arithmetic(_) => operand(expr),
        },
        _ => operand(expr),
    }
}

/// `p and q and r`, which the tree holds as `((p and q) and r)`, as one row of equals.
fn joined(expr: &Expr, op: BinaryOp) -> Doc<'_> {
    let mut parts = Vec::new();
    let mut left = expr;
    while let ExprKind::Binary(before, own, part) = &left.kind
        && own.node == op
    {
        parts.push(part.as_ref());
        left = before;
    }
    parts.push(left);
    let mut parts = parts.into_iter().rev();
    let first = parts.next().map_or_else(RcDoc::nil, inner);
    parts
        .fold(first, |doc, part| doc.append(RcDoc::line()).append(sign(op)).append(" ").append(inner(part)))
        .group()
}

/// A condition inside another one: its further lines are indented more.
pub(super) fn inner(expr: &Expr) -> Doc<'_> {
    condition(expr).nest(2)
}

fn sign(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Or => "or",
        BinaryOp::And => "and",
        BinaryOp::Compare(comparison) => comparison.sign(),
        BinaryOp::Arithmetic(arithmetic) => arithmetic.sign(),
    }
}

/// Anything but a row of `and`s or `or`s.
fn operand(expr: &Expr) -> Doc<'_> {
    match &expr.kind {
        ExprKind::Name(name) => text(name.as_str()),
        ExprKind::Literal(literal) => text(words::literal(literal)),
        ExprKind::Now => text("now"),
        ExprKind::Today => text("today"),
        ExprKind::Tbd(tbd) => text(words::tbd(tbd)),
        ExprKind::Paren(expr) => text("(").append(inner(expr)).append(")"),
        ExprKind::Not(expr) => text("not ").append(inner(expr)),
        ExprKind::Negative(expr) => text("-").append(inner(expr)),
        ExprKind::Binary(left, op, right) => {
            inner(left).append(" ").append(sign(op.node)).append(" ").append(inner(right))
        }
        ExprKind::IsBlank(expr) => inner(expr).append(" is blank"),
        ExprKind::IsSet(expr) => inner(expr).append(" is set"),
        ExprKind::In(expr, values) => inner(expr).append(" in ").append(words::value_list(values)),
        ExprKind::NotIn(expr, values) => inner(expr).append(" not in ").append(words::value_list(values)),
        ExprKind::Between(expr, low, high) => {
            inner(expr).append(" between ").append(inner(low)).append(" and ").append(inner(high))
        }
        ExprKind::OlderThan(expr, duration) => {
            inner(expr).append(" older than ").append(words::duration_value(duration))
        }
        ExprKind::Within(expr, duration, of) => {
            inner(expr).append(format!(" within {} of {}", words::duration_value(duration), of.node))
        }
        ExprKind::StartsWith(expr, start) => {
            inner(expr).append(format!(" starts with {}", words::quoted(&start.node)))
        }
        ExprKind::Contains(expr, value) => {
            inner(expr).append(format!(" contains {}", words::literal(&value.node)))
        }
        ExprKind::AtLeast(count, parts) => {
            let parts = RcDoc::intersperse(parts.iter().map(inner), text(",").append(RcDoc::line()));
            let parts = RcDoc::line_().append(parts).nest(2).group();
            text(format!("at least {} of (", count.node)).append(parts).append(")")
        }
        ExprKind::Children(aggregate) => self::aggregate(aggregate),
    }
}

fn aggregate(aggregate: &Aggregate) -> Doc<'_> {
    let record = &aggregate.children.record.node;
    let head = match &aggregate.asks {
        Asks::Any => format!("any {record}"),
        Asks::No => format!("no {record}"),
        Asks::Count => format!("count of {record}"),
        Asks::Sum(field) => format!("sum of {record}.{}", field.node),
        Asks::Latest(field) => format!("latest {record}.{}", field.node),
        Asks::Earliest(field) => format!("earliest {record}.{}", field.node),
    };
    which(text(head), &aggregate.children)
}

/// Which child records are meant, behind the words that name them.
pub(super) fn which<'a>(head: Doc<'a>, children: &'a Children) -> Doc<'a> {
    let doc = match &children.condition {
        Some(condition) => head.append(" where ").append(inner(condition)),
        None => head,
    };
    match &children.window {
        Some(window) => doc.append(" ").append(self::window(&window.node)),
        None => doc,
    }
}

fn window(window: &Window) -> String {
    match window {
        Window::Last(duration) => format!("in the last {}", words::duration_value(duration)),
        Window::After(field) => format!("after {}", field.node),
        Window::Before(field) => format!("before {}", field.node),
        Window::Within(duration, of) => format!("within {} of {}", words::duration_value(duration), of.node),
    }
}

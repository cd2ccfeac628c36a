//! Conditions: pest gives a flat list, the Pratt parser puts it in order.

use std::sync::LazyLock;

use pest::iterators::Pair;
use pest::pratt_parser::{Assoc, Op, PrattParser};

use super::{Builder, child};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::predicate::{Arithmetic, Comparison};
use crate::source::Span;
use crate::syntax::ast::{BinaryOp, Expr, ExprKind, OrTbd, Spanned};
use crate::syntax::grammar::Rule;
use crate::syntax::parse::SYNTAX;

/// Operators one condition may have. Bounds the depth of the tree, and so the stack of everybody who walks it; the values
/// of an `in [..]` do not count.
const MAX_OPERATORS: usize = 500;

static PRATT: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    use Rule as R;
    PrattParser::new()
        .op(Op::infix(R::or, Assoc::Left))
        .op(Op::infix(R::and, Assoc::Left))
        .op(Op::prefix(R::not))
        .op(Op::infix(R::equal, Assoc::Left)
            | Op::infix(R::double_equal, Assoc::Left)
            | Op::infix(R::not_equal, Assoc::Left)
            | Op::infix(R::less, Assoc::Left)
            | Op::infix(R::less_equal, Assoc::Left)
            | Op::infix(R::greater, Assoc::Left)
            | Op::infix(R::greater_equal, Assoc::Left)
            | Op::postfix(R::is_blank)
            | Op::postfix(R::is_set)
            | Op::postfix(R::in_list)
            | Op::postfix(R::not_in)
            | Op::postfix(R::between)
            | Op::postfix(R::older)
            | Op::postfix(R::distance)
            | Op::postfix(R::starts)
            | Op::postfix(R::contains))
        .op(Op::infix(R::plus, Assoc::Left) | Op::infix(R::minus, Assoc::Left))
        .op(Op::infix(R::times, Assoc::Left))
        .op(Op::prefix(R::negative))
});

/// Whether a rule makes the tree of a condition deeper.
fn is_operator(rule: Rule) -> bool {
    use Rule::*;
    matches!(
        rule,
        or | and
            | equal
            | double_equal
            | not_equal
            | less_equal
            | greater_equal
            | less
            | greater
            | plus
            | minus
            | times
            | not
            | negative
            | paren
            | arithmetic_paren
            | at_least_of
            | is_blank
            | is_set
            | in_list
            | not_in
            | between
            | older
            | distance
            | starts
            | contains
    )
}

impl Builder<'_> {
    /// A condition, from its outermost pair.
    pub(super) fn condition(&mut self, pair: &Pair<'_, Rule>) -> Option<Expr> {
        let operators = pair.clone().into_inner().flatten().filter(|p| is_operator(p.as_rule()));
        if operators.take(MAX_OPERATORS + 1).count() > MAX_OPERATORS {
            let span = self.span(pair);
            self.diagnostics.push(
                Diagnostic::error(SYNTAX, format!("this condition has more than {MAX_OPERATORS} operators"))
                    .at(Span::new(span.file, span.start as usize, span.start as usize + 1), "begins here")
                    .help("Write lists as `in [..]`, and give parts of it names of their own with `definition`."),
            );
            let tbd = crate::syntax::ast::Tbd { what: None, span };
            return Some(Expr { kind: ExprKind::Tbd(tbd), span });
        }
        self.checked(pair)
    }

    /// A condition, here or inside brackets, with a look at how it was meant.
    fn checked(&mut self, pair: &Pair<'_, Rule>) -> Option<Expr> {
        let expr = self.ordered(pair)?;
        self.check_values(&expr);
        Some(expr)
    }

    /// A flat list of operands and operators, put in order. Also used for the ends of `between`.
    fn ordered(&mut self, pair: &Pair<'_, Rule>) -> Option<Expr> {
        // The closures below share what they need through `this`; the Pratt parser calls one at a time.
        let this = std::cell::RefCell::new(self);
        PRATT
            .map_primary(|p| this.borrow_mut().primary(&p))
            .map_prefix(|op, right| {
                let right = right?;
                let span = this.borrow().span(&op).to(right.span);
                let right = Box::new(right);
                let kind = match op.as_rule() {
                    Rule::not => ExprKind::Not(right),
                    _ => ExprKind::Negative(right),
                };
                Some(Expr { kind, span })
            })
            .map_postfix(|left, op| this.borrow_mut().postfix(left?, &op))
            .map_infix(|left, op, right| this.borrow_mut().infix(left?, &op, right?))
            .parse(pair.clone().into_inner())
    }

    fn primary(&mut self, pair: &Pair<'_, Rule>) -> Option<Expr> {
        let span = self.span(pair);
        let kind = match pair.as_rule() {
            Rule::operand => ExprKind::Name(pair.as_str().to_owned()),
            Rule::literal | Rule::true_false => ExprKind::Literal(self.literal(pair)?.node),
            Rule::present if pair.as_str() == "now" => ExprKind::Now,
            Rule::present => ExprKind::Today,
            Rule::tbd => ExprKind::Tbd(self.tbd(pair)),
            Rule::paren => ExprKind::Paren(Box::new(self.checked(&child(pair, Rule::condition)?)?)),
            Rule::arithmetic_paren => {
                ExprKind::Paren(Box::new(self.ordered(&child(pair, Rule::arithmetic)?)?))
            }
            Rule::at_least_of => {
                let count = self.word(&child(pair, Rule::number)?);
                let parts = pair.clone().into_inner().filter(|p| p.as_rule() == Rule::condition);
                let parts: Option<Vec<Expr>> = parts.map(|p| self.checked(&p)).collect();
                ExprKind::AtLeast(count, parts?)
            }
            _ => return None,
        };
        Some(Expr { kind, span })
    }

    fn postfix(&mut self, left: Expr, pair: &Pair<'_, Rule>) -> Option<Expr> {
        let span = left.span.to(self.span(pair));
        let left = Box::new(left);
        let kind = match pair.as_rule() {
            Rule::is_blank => ExprKind::IsBlank(left),
            Rule::is_set => ExprKind::IsSet(left),
            Rule::in_list => ExprKind::In(left, self.literals(&child(pair, Rule::value_list)?)),
            Rule::not_in => ExprKind::NotIn(left, self.literals(&child(pair, Rule::value_list)?)),
            Rule::between => {
                let mut ends = pair.clone().into_inner().filter(|p| p.as_rule() == Rule::arithmetic);
                let (low, high) = (ends.next()?, ends.next()?);
                ExprKind::Between(left, Box::new(self.ordered(&low)?), Box::new(self.ordered(&high)?))
            }
            Rule::older => ExprKind::OlderThan(left, Box::new(self.duration_value(pair)?)),
            Rule::distance => {
                let of = self.name(&child(pair, Rule::name)?);
                ExprKind::Within(left, Box::new(self.duration_value(pair)?), of)
            }
            Rule::starts => ExprKind::StartsWith(left, self.string(&child(pair, Rule::string)?)),
            Rule::contains => {
                let value = child(pair, Rule::string).or_else(|| child(pair, Rule::bare_value))?;
                ExprKind::Contains(left, self.literal(&value)?)
            }
            _ => return None,
        };
        Some(Expr { kind, span })
    }

    fn infix(&mut self, left: Expr, pair: &Pair<'_, Rule>, right: Expr) -> Option<Expr> {
        use Comparison as C;
        let span = left.span.to(right.span);
        let op = match pair.as_rule() {
            Rule::or => BinaryOp::Or,
            Rule::and => BinaryOp::And,
            Rule::equal => BinaryOp::Compare(C::Equal),
            Rule::double_equal => {
                let place = self.span(pair);
                let said = Diagnostic::error(SYNTAX, "`==` is written `=`").at(place, "one sign is enough");
                self.diagnostics.push(said.fix("write `=`", Applicability::Safe, place, "="));
                BinaryOp::Compare(C::Equal)
            }
            Rule::not_equal => BinaryOp::Compare(C::NotEqual),
            Rule::less => BinaryOp::Compare(C::Less),
            Rule::less_equal => BinaryOp::Compare(C::LessOrEqual),
            Rule::greater => BinaryOp::Compare(C::Greater),
            Rule::greater_equal => BinaryOp::Compare(C::GreaterOrEqual),
            Rule::plus => BinaryOp::Arithmetic(Arithmetic::Add),
            Rule::minus => BinaryOp::Arithmetic(Arithmetic::Subtract),
            Rule::times => BinaryOp::Arithmetic(Arithmetic::Multiply),
            _ => return None,
        };
        let op = Spanned::new(op, self.span(pair));
        if let BinaryOp::Compare(comparison) = op.node {
            self.check_comparison(&left, comparison, &right);
        }
        Some(Expr { kind: ExprKind::Binary(Box::new(left), op, Box::new(right)), span })
    }

    /// The condition of a `when` part, if the pair has one.
    pub(super) fn when(&mut self, pair: &Pair<'_, Rule>) -> Option<Option<Expr>> {
        match child(pair, Rule::when) {
            Some(when) => Some(Some(self.condition(&child(&when, Rule::condition)?)?)),
            None => Some(None),
        }
    }

    /// A constant or `tbd` directly inside a pair.
    pub(super) fn constant(
        &mut self,
        pair: &Pair<'_, Rule>,
    ) -> Option<OrTbd<Spanned<crate::syntax::ast::Literal>>> {
        match child(pair, Rule::tbd) {
            Some(tbd) => Some(OrTbd::Tbd(self.tbd(&tbd))),
            None => self.literals(pair).into_iter().next().map(OrTbd::Known),
        }
    }
}

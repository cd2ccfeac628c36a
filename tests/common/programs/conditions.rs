//! Conditions with every operator.

use proptest::prelude::*;

use super::pieces::*;
use super::values::*;
use super::{Kind, S, Token};

/// A condition with every operator.
pub fn condition() -> S {
    let leaf =
        any_of(vec![name(), name(), name(), literal(), pick(&["now", "today", "true", "false"]), tbd()]);
    leaf.prop_recursive(4, 24, 4, |inner| {
        let both = |op: S| seq(vec![inner.clone(), op, inner.clone()]);
        let amount = || any_of(vec![name(), literal()]);
        any_of(vec![
            both(w("and")),
            seq(vec![inner.clone(), w("or"), inner.clone().prop_map(no_bare_value).boxed()]),
            // Comparisons do not chain.
            seq(vec![operand(), comparison_sign(), operand()]),
            seq(vec![amount(), pick(&["+", "-", "*"]), amount()]),
            seq(vec![w("not"), inner.clone()]),
            seq(vec![w("-"), name()]),
            seq(vec![sign("("), inner.clone(), sign(")")]),
            seq(vec![name(), w("is"), pick(&["blank", "set"])]),
            seq(vec![name(), opt(w("not")), w("in"), value_list()]),
            seq(vec![name(), w("between"), amount(), w("and"), amount()]),
            seq(vec![name(), w("older"), w("than"), condition_duration()]),
            seq(vec![name(), w("within"), condition_duration(), w("of"), name()]),
            seq(vec![name(), w("starts"), w("with"), title()]),
            seq(vec![name(), w("contains"), any_of(vec![title(), name()])]),
            child_question(inner.clone()),
            seq(vec![value_of_children(inner.clone()), comparison_sign(), operand()]),
            seq(vec![value_of_children(inner.clone()), w("older"), w("than"), condition_duration()]),
            seq(vec![
                w("at"),
                w("least"),
                w("2"),
                w("of"),
                sign("("),
                inner.clone(),
                sign(","),
                inner.clone(),
                sign(")"),
            ]),
        ])
    })
    .boxed()
}

/// `status = a or b` is a mistake that is explained: what is joined to a comparison is no value by itself.
fn no_bare_value(mut tokens: Vec<Token>) -> Vec<Token> {
    let alone = tokens.len() == 1 || tokens.get(1).is_some_and(|second| second.canonical == "or");
    if alone {
        let bracket = |text: &str| Token { written: text.into(), canonical: text.into(), kind: Kind::Sign };
        tokens.insert(0, bracket("("));
        tokens.push(bracket(")"));
    }
    tokens
}

pub(super) fn operand() -> S {
    any_of(vec![
        name(),
        name(),
        literal(),
        w("today"),
        tbd(),
        seq(vec![sign("("), name(), w("+"), w("1"), sign(")")]),
    ])
}

fn comparison_sign() -> S {
    any_of(vec![sign("="), sign("!="), signed("<>", "!="), sign("<="), sign(">="), sign("<"), sign(">")])
}

/// `any activity where kind = call`.
fn child_question(inner: S) -> S {
    seq(vec![pick(&["any", "no"]), name(), which(inner)])
}

/// `count of activity`, `latest activity.done_at`.
fn value_of_children(inner: S) -> S {
    let path = || seq(vec![name(), sign("."), name()]);
    any_of(vec![
        seq(vec![w("count"), w("of"), name(), which(inner.clone())]),
        seq(vec![w("sum"), w("of"), path(), which(inner.clone())]),
        seq(vec![pick(&["latest", "earliest"]), path(), child_where(inner)]),
    ])
}

pub(super) fn child_where(inner: S) -> S {
    let test = any_of(vec![
        seq(vec![sign("("), inner, sign(")")]),
        seq(vec![name(), comparison_sign(), any_of(vec![name(), literal()])]),
        seq(vec![name(), opt(w("not")), w("in"), value_list()]),
        seq(vec![w("not"), name()]),
        seq(vec![name(), w("is"), pick(&["blank", "set"])]),
    ]);
    opt(seq(vec![w("where"), test]))
}

/// What stands behind the name of a child record.
pub(super) fn which(inner: S) -> S {
    let window = any_of(vec![
        seq(vec![w("in"), w("the"), w("last"), condition_duration()]),
        seq(vec![pick(&["after", "before"]), name()]),
        seq(vec![w("within"), condition_duration(), w("of"), name()]),
    ]);
    seq(vec![child_where(inner), opt(window)])
}

pub(super) fn when() -> S {
    seq(vec![w("when"), condition()])
}

pub(super) fn literal() -> S {
    any_of(vec![money(), percent(), datetime(), date(), number(), title()])
}

pub(super) fn value_list() -> S {
    let value = any_of(vec![constant(), value()]);
    seq(vec![sign("["), list(value), sign("]")])
}

pub(super) fn constant() -> S {
    let negative = any_of(vec![number(), percent(), money()]);
    any_of(vec![literal(), name(), pick(&["true", "false"]), seq(vec![sign("-"), negative])])
}

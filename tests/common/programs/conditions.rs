//! Conditions with every operator.

use proptest::prelude::*;

use super::S;
use super::pieces::*;
use super::values::*;

/// A condition with every operator.
pub fn condition() -> S {
    let leaf =
        any_of(vec![name(), name(), name(), literal(), pick(&["now", "today", "true", "false"]), tbd()]);
    leaf.prop_recursive(4, 24, 4, |inner| {
        let both = |op: S| seq(vec![inner.clone(), op, inner.clone()]);
        let comparison = any_of(vec![
            sign("="),
            sign("!="),
            signed("<>", "!="),
            sign("<="),
            sign(">="),
            sign("<"),
            sign(">"),
        ]);
        let amount = || any_of(vec![name(), literal()]);
        any_of(vec![
            both(w("and")),
            both(w("or")),
            // Comparisons do not chain.
            seq(vec![operand(), comparison, operand()]),
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

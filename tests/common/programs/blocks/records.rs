//! Records, and what is made of them: scores, definitions, lifecycles, routings.

use proptest::strategy::Strategy as _;

use super::super::S;
use super::super::conditions::{condition, value_list, when, which};
use super::super::pieces::*;
use super::super::values::*;

pub(super) fn record_clause() -> S {
    let values = || seq(vec![list(value()), opt(seq(vec![sign(","), w("...")]))]);
    let ty = any_of(vec![
        pick(&["key", "text", "integer", "number", "percent", "boolean", "date", "datetime", "user"]),
        seq(vec![w("money"), sign("("), pick(&["USD", "EUR"]), sign(")")]),
        seq(vec![w("choice"), w("of"), values()]),
        seq(vec![w("choices"), w("of"), values()]),
        seq(vec![w("reference"), w("to"), name()]),
    ]);
    any_of(vec![
        note(),
        seq(vec![w("happens"), w("at"), name_or_tbd()]),
        seq(vec![
            name(),
            opt(title()),
            ty,
            opt(pick(&["1..", "..5", "0..100", "-5..5", "0.5..1.5", "1_000..10k"])),
            opt(w("optional")),
            opt(seq(vec![w("ignoring"), w("case")])),
        ]),
    ])
}

pub(super) fn score_clause() -> S {
    let points = || any_of(vec![points(), tbd()]);
    let level = || any_of(vec![pick(&["0", "100", "-12.5", "1k"]), tbd()]);
    let least = || seq(vec![w("at"), w("least"), level()]);
    let most = || seq(vec![w("at"), w("most"), level()]);
    let bounds = any_of(vec![least(), most(), seq(vec![least(), most()])]);
    let cap = || {
        let often = any_of(vec![
            w("once"),
            seq(vec![w("1"), any_of(vec![w("time"), spelled("times", "time")])]),
            seq(vec![pick(&["0", "2", "1_000"]), w("times")]),
            seq(vec![tbd(), w("times")]),
        ]);
        seq(vec![w("at"), w("most"), often, opt(per())])
    };
    let each = || seq(vec![points(), w("for"), w("each")]);
    any_of(vec![
        seq(vec![points(), when()]),
        seq(vec![each(), name(), which(condition()), many(cap(), 0, 2)]),
        seq(vec![
            each(),
            any_of(vec![condition_duration(), seq(vec![w("tbd"), title()])]),
            w("since"),
            name_or_tbd(),
            many(cap(), 0, 2),
        ]),
        seq(vec![w("add"), opt(seq(vec![bounds, w("from")])), name()]),
        seq(vec![w("total"), any_of(vec![least(), most()])]),
        note(),
    ])
}

pub(super) fn definition_clause() -> S {
    any_of(vec![
        seq(vec![w("means"), name(), opt(seq(vec![w("where"), condition()]))]),
        seq(vec![w("since"), name_or_tbd()]),
        seq(vec![w("excludes"), names()]),
        seq(vec![w("one"), w("of"), name()]),
        note(),
    ])
}

fn stage_part() -> S {
    any_of(vec![seq(vec![w("since"), name_or_tbd()]), seq(vec![w("at"), w("most"), duration_or_tbd()])])
}

pub(super) fn lifecycle_clause() -> S {
    let arrow = || any_of(vec![w("->"), spelled("→", "->")]);
    let part = || {
        any_of(vec![
            seq(vec![pick(&["by", "requires", "sets"]), names()]),
            seq(vec![name(), w("in"), value_list()]),
            seq(vec![w("at"), w("most"), w("1"), spelled("times", "time")]),
            seq(vec![w("at"), w("most"), any_of(vec![w("2"), tbd()]), w("times")]),
            within(),
        ])
    };
    let parts = || seq(vec![many(part(), 0, 2), opt(when()), many(part(), 0, 1)]);
    let clause = any_of(vec![
        seq(vec![w("start"), list(value())]),
        seq(vec![w("end"), list(value())]),
        seq(vec![w("never"), value(), arrow(), value()]),
        seq(vec![value(), arrow(), value(), parts()]),
        seq(vec![value(), w("owned"), w("by"), name_or_tbd(), many(stage_part(), 0, 2)]),
        seq(vec![value(), many(stage_part(), 1, 2)]),
        seq(vec![name(), list(value()), arrow(), w("end")]),
        seq(vec![
            name(),
            list(value()),
            arrow(),
            w("return"),
            w("to"),
            name_or_tbd(),
            opt(seq(vec![w("after"), duration_or_tbd()])),
        ]),
        note(),
    ]);
    // The next clause may begin with a stage in quotes, which a bare `tbd` would take for its text.
    clause
        .prop_map(|mut tokens| {
            if tokens.last().is_some_and(|t| t.canonical == "tbd") {
                tokens.push(word("\"who\"", "\"who\""));
            }
            tokens
        })
        .boxed()
}

pub(super) fn routing_clause() -> S {
    let to = || seq(vec![w("to"), name_or_tbd(), opt(seq(vec![w("in"), w("turn")]))]);
    any_of(vec![
        seq(vec![w("first"), w("match")]),
        seq(vec![w("exactly"), w("one")]),
        seq(vec![to(), when()]),
        seq(vec![w("otherwise"), to()]),
        seq(vec![w("sticky"), w("by"), name_or_tbd(), w("for"), duration_or_tbd()]),
        note(),
    ])
}

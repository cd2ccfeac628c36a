//! What follows when a promise is at risk or not kept.

use super::super::S;
use super::super::conditions::{constant, when};
use super::super::pieces::*;
use super::super::values::*;

pub(super) fn contingency_clause() -> S {
    let by = || seq(vec![w("by"), duration_or_tbd()]);
    let anchor = any_of(vec![
        seq(vec![w("before"), w("deadline"), by()]),
        seq(vec![w("after"), w("start"), by()]),
        seq(vec![w("after"), w("deadline"), opt(by())]),
        seq(vec![w("when"), any_of(vec![percent(), tbd()]), w("elapsed")]),
    ]);
    let act = any_of(vec![
        seq(vec![pick(&["remind", "notify"]), names()]),
        seq(vec![pick(&["escalate", "reassign", "return"]), w("to"), name_or_tbd()]),
        seq(vec![w("set"), name(), w("to"), any_of(vec![constant(), tbd()])]),
    ]);
    let via = || opt(seq(vec![w("via"), name_or_tbd()]));
    any_of(vec![
        seq(vec![w("for"), names()]),
        seq(vec![anchor, act, via()]),
        below(),
        seq(vec![
            w("when"),
            name(),
            w("missed"),
            any_of(vec![
                seq(vec![w("1"), spelled("times", "time")]),
                seq(vec![w("3"), w("times")]),
                seq(vec![tbd(), w("times")]),
            ]),
            w("in"),
            spelled_any(&["a", "each", "any"], "a"),
            pick(&["day", "week", "month", "quarter", "year"]),
            opt(seq(vec![w("by"), w("the"), w("same"), w("owner")])),
        ]),
        seq(vec![w("then"), name(), duty(), verb(), opt(title()), within(), via()]),
        note(),
    ])
}

fn below() -> S {
    let count = any_of(vec![
        seq(vec![w("1"), opt(w("consecutive")), spelled_any(&["months", "month"], "month")]),
        seq(vec![w("2"), opt(w("consecutive")), spelled_any(&["weeks", "week"], "weeks")]),
    ]);
    seq(vec![w("when"), name(), w("below"), any_of(vec![percent(), tbd()]), w("for"), count])
}

pub(super) fn exception_clause() -> S {
    let until = || seq(vec![w("until"), date_or_tbd()]);
    any_of(vec![
        seq(vec![w("excuses"), names(), opt(when())]),
        seq(vec![w("approved"), w("by"), name_or_tbd()]),
        seq(vec![w("at"), w("most"), number_or_tbd(), per()]),
        seq(vec![w("from"), date_or_tbd(), opt(until())]),
        until(),
        note(),
    ])
}

pub(super) fn dispute_clause() -> S {
    let via = opt(seq(vec![w("via"), name_or_tbd()]));
    any_of(vec![
        seq(vec![w("about"), names()]),
        seq(vec![w("raised"), w("by"), names(), opt(within())]),
        seq(vec![w("decided"), w("by"), name_or_tbd(), opt(within()), via]),
        note(),
    ])
}

fn payment() -> S {
    any_of(vec![seq(vec![any_of(vec![percent(), tbd()]), w("of"), title()]), money()])
}

pub(super) fn credit_clause() -> S {
    let end = seq(vec![
        w("of"),
        w("the"),
        w("end"),
        w("of"),
        w("the"),
        pick(&["day", "week", "month", "quarter", "year"]),
    ]);
    any_of(vec![
        seq(vec![w("below"), any_of(vec![percent(), tbd()]), w("pays"), any_of(vec![payment(), tbd()])]),
        seq(vec![w("at"), w("most"), payment(), per()]),
        seq(vec![
            w("claimed"),
            opt(seq(vec![w("by"), name_or_tbd()])),
            within(),
            opt(end),
            opt(seq(vec![w("via"), name_or_tbd()])),
            opt(seq(vec![w("stating"), list(title())])),
        ]),
        seq(vec![w("settled"), any_of(vec![title(), prose(), tbd()])]),
        seq(vec![w("sole"), w("remedy")]),
        seq(vec![w("only"), w("for"), name()]),
        note(),
    ])
}

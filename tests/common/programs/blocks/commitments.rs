//! Commitments: the promise, when it is due, how it is measured.

use super::super::S;
use super::super::conditions::{child_where, condition, when};
use super::super::pieces::*;
use super::super::values::*;

pub(super) fn commitment_clause() -> S {
    let all = || pick(&["each", "every", "any", "an", "a", "all"]);
    let opening = || seq(vec![name(), modal(), verb()]);
    let bound = || seq(vec![w("at"), pick(&["least", "most"])]);
    let limit = || {
        any_of(vec![
            seq(vec![within(), opt(seq(vec![w("of"), name()]))]),
            seq(vec![w("at"), w("least"), duration_or_tbd(), w("before"), name()]),
            seq(vec![w("sooner"), w("than"), duration_or_tbd(), w("after"), name()]),
        ])
    };
    let filled = || seq(vec![pick(&["without", "with"]), names()]);
    let deal = any_of(vec![
        seq(vec![all(), name(), opt(limit()), opt(filled())]),
        // With a condition behind it, a limit would be a tier.
        seq(vec![all(), name(), opt(filled()), when()]),
        seq(vec![all(), name(), limit(), filled(), when()]),
        seq(vec![bound(), number_or_tbd(), name(), per()]),
        seq(vec![bound(), any_of(vec![percent(), tbd()]), w("of"), opt(all()), name(), per()]),
        seq(vec![
            opt(all()),
            name(),
            w("worth"),
            bound(),
            any_of(vec![money(), tbd()]),
            opt(seq(vec![w("in"), name()])),
            per(),
        ]),
        seq(vec![all(), name(), w("at"), w("least"), how_often(), opt(limit())]),
        seq(vec![opt(title()), any_of(vec![recurrence(), tbd()]), opt(seq(vec![w("via"), name_or_tbd()]))]),
    ]);
    any_of(vec![
        seq(vec![opening(), deal]),
        seq(vec![w("counting"), name(), child_where(condition()), opt(spaced())]),
        seq(vec![
            w("recorded"),
            w("in"),
            name(),
            w("at"),
            name_or_tbd(),
            opt(seq(vec![w("where"), condition()])),
        ]),
        seq(vec![
            opening(),
            title(),
            bound(),
            any_of(vec![
                seq(vec![any_of(vec![duration(), tbd()]), per()]),
                seq(vec![
                    any_of(vec![percent(), tbd()]),
                    w("of"),
                    w("each"),
                    pick(&["day", "week", "month", "quarter", "year"]),
                ]),
            ]),
        ]),
        evidence(),
        seq(vec![limit(), any_of(vec![when(), w("otherwise")])]),
        seq(vec![pick(&["met", "done"]), w("at"), name_or_tbd(), opt(seq(vec![w("or"), name_or_tbd()]))]),
        seq(vec![pick(&["met", "done"]), when()]),
        seq(vec![w("clock"), name_or_tbd(), opt(any_of(vec![when(), w("otherwise")]))]),
        seq(vec![w("clock"), w("of"), name()]),
        seq(vec![w("starts"), when()]),
        seq(vec![w("paused"), w("from"), name_or_tbd(), w("to"), name_or_tbd(), opt(waits())]),
        seq(vec![w("provided"), name_or_tbd(), w("is"), w("met")]),
        seq(vec![w("provided"), bound(), number_or_tbd(), name(), per()]),
        seq(vec![w("priority"), w("over"), names()]),
        seq(vec![w("excused"), when()]),
        seq(vec![
            w("instead"),
            any_of(vec![number(), money(), tbd()]),
            w("from"),
            date(),
            opt(seq(vec![w("to"), date()])),
        ]),
        seq(vec![w("target"), any_of(vec![percent(), tbd()]), per()]),
        seq(vec![w("target"), pick(&["median", "p90"]), w("under"), duration_or_tbd(), per()]),
        seq(vec![w("counted"), w("by"), pick(&["due", "start"]), w("date")]),
        seq(vec![w("rationale"), any_of(vec![title(), prose(), tbd()])]),
        note(),
    ])
}

/// `once`, `6 times`.
fn how_often() -> S {
    any_of(vec![
        w("once"),
        seq(vec![w("1"), spelled("times", "time")]),
        seq(vec![w("6"), w("times")]),
        seq(vec![tbd(), w("times")]),
    ])
}

fn spaced() -> S {
    seq(vec![w("at"), w("most"), how_often(), per()])
}

/// The child records that are one pause each.
fn waits() -> S {
    seq(vec![w("of"), w("each"), name(), child_where(condition())])
}

/// How a level of time is measured.
fn evidence() -> S {
    let each = || seq(vec![w("of"), w("each"), name()]);
    let time = any_of(vec![
        seq(vec![w("for"), duration_or_tbd(), w("from"), name_or_tbd(), each()]),
        seq(vec![w("from"), name_or_tbd(), w("to"), name_or_tbd(), each()]),
        seq(vec![
            w("for"),
            name_or_tbd(),
            pick(&["seconds", "minutes", "hours", "percent"]),
            each(),
            w("dated"),
            name_or_tbd(),
        ]),
    ]);
    seq(vec![pick(&["down", "counted"]), time, opt(seq(vec![w("where"), condition()]))])
}

/// `every month by the 2nd business day at 17:00`.
fn recurrence() -> S {
    let every = any_of(vec![cadence(), seq(vec![w("every"), w("business"), w("day")])]);
    let which = any_of(vec![w("last"), pick(&["1st", "2nd", "3rd", "11th", "22nd"]), spelled("2th", "2nd")]);
    let weekday = || {
        any_of(vec![
            spelled_any(&["mon", "Monday", "monday"], "monday"),
            spelled_any(&["fri", "FRIDAY"], "friday"),
        ])
    };
    let kind = any_of(vec![seq(vec![w("business"), w("day")]), w("day"), weekday()]);
    let day = any_of(vec![weekday(), seq(vec![w("day"), number()]), seq(vec![w("the"), which, kind])]);
    let occasion =
        any_of(vec![seq(vec![pick(&["on", "by"]), day]), seq(vec![within(), w("of"), w("its"), w("end")])]);
    seq(vec![
        every,
        opt(occasion),
        opt(seq(vec![w("at"), time()])),
        opt(seq(vec![w("or"), w("the"), w("next"), w("business"), w("day")])),
        opt(seq(vec![w("from"), date()])),
    ])
}

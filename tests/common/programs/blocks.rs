//! Blocks and their clauses.

use proptest::strategy::Strategy as _;

use super::S;
use super::conditions::{child_where, condition, constant, value_list, when, which};
use super::pieces::*;
use super::values::*;

/// The tokens of one block of any kind.
pub fn block() -> S {
    any_of(vec![
        seq(vec![w("use"), title()]),
        named("agreement", agreement_clause()),
        named("party", party_clause()),
        named("role", role_clause()),
        named("calendar", calendar_clause()),
        named("channel", channel_clause()),
        seq(vec![
            w("record"),
            name(),
            opt(title()),
            opt(seq(vec![w("of"), name()])),
            braces(record_clause()),
        ]),
        seq(vec![w("score"), name(), opt(title()), w("of"), name(), braces(score_clause())]),
        named("definition", definition_clause()),
        named("commitment", commitment_clause()),
        named("contingency", contingency_clause()),
        named("exception", exception_clause()),
        seq(vec![
            w("lifecycle"),
            name(),
            opt(title()),
            w("of"),
            name(),
            sign("."),
            name(),
            braces(lifecycle_clause()),
        ]),
        seq(vec![w("scenario"), title(), braces(scenario_clause())]),
        named("goal", goal_clause()),
        named("dispute", dispute_clause()),
        named("incentive", incentive_clause()),
        seq(vec![w("credit"), name(), opt(title()), w("for"), name(), braces(credit_clause())]),
        seq(vec![w("routing"), name(), opt(title()), w("of"), name(), braces(routing_clause())]),
    ])
}

fn named(word: &'static str, clause: S) -> S {
    seq(vec![w(word), name(), opt(title()), braces(clause)])
}

fn braces(clause: S) -> S {
    seq(vec![sign("{"), many(clause, 0, 5), sign("}")])
}

// ------------------------------------------------------------------------------------------------------------- clauses

fn agreement_clause() -> S {
    any_of(vec![
        seq(vec![w("parties"), names()]),
        seq(vec![
            w("effective"),
            opt(dropped("from")),
            date_or_tbd(),
            opt(seq(vec![w("to"), date_or_tbd()])),
        ]),
        seq(vec![w("purpose"), any_of(vec![title(), prose(), tbd()])]),
        seq(vec![
            w("review"),
            any_of(vec![cadence(), tbd()]),
            opt(seq(vec![w("led"), w("by"), name_or_tbd()])),
            opt(seq(vec![w("next"), date_or_tbd()])),
        ]),
        seq(vec![w("settled"), w("by"), name_or_tbd(), opt(within())]),
        seq(vec![w("version"), pick(&["1.2", "2026-03", "v1", "\"1.2 beta\"", "\"1.2\""])]),
        zone(),
        seq(vec![w("fiscal"), w("year"), w("starts"), month()]),
        note(),
    ])
}

fn goal_clause() -> S {
    let amount = any_of(vec![money(), seq(vec![number(), name()]), tbd()]);
    let step = seq(vec![any_of(vec![w("->"), spelled("→", "->")]), any_of(vec![percent(), tbd()]), name()]);
    let worth = seq(vec![w("worth"), any_of(vec![money(), tbd()])]);
    let bound = || seq(vec![w("at"), pick(&["least", "most"])]);
    any_of(vec![
        seq(vec![list(name()), w("share"), bound(), amount, per()]),
        seq(vec![w("funnel"), name(), many(step, 1, 3), opt(worth)]),
        note(),
    ])
}

fn dispute_clause() -> S {
    let via = opt(seq(vec![w("via"), name_or_tbd()]));
    any_of(vec![
        seq(vec![w("about"), names()]),
        seq(vec![w("raised"), w("by"), names(), opt(within())]),
        seq(vec![w("decided"), w("by"), name_or_tbd(), opt(within()), via]),
        note(),
    ])
}

fn incentive_clause() -> S {
    let points = any_of(vec![
        seq(vec![w("1"), spelled_any(&["points", "point"], "point")]),
        seq(vec![any_of(vec![w("10"), tbd()]), spelled_any(&["points", "point"], "points")]),
    ]);
    let in_a_row = any_of(vec![
        seq(vec![w("1"), opt(w("consecutive")), spelled_any(&["months", "month"], "month")]),
        seq(vec![w("3"), opt(w("consecutive")), spelled_any(&["weeks", "week"], "weeks")]),
    ]);
    let share =
        seq(vec![w("at"), w("least"), any_of(vec![percent(), tbd()]), opt(seq(vec![w("for"), in_a_row]))]);
    let kept = seq(vec![w("when"), name(), any_of(vec![w("met"), share])]);
    any_of(vec![
        seq(vec![w("earns"), points, w("for"), name(), w("met")]),
        seq(vec![w("badge"), title(), kept.clone()]),
        seq(vec![w("pays"), any_of(vec![money(), tbd()]), per(), kept]),
        seq(vec![w("leaderboard"), any_of(vec![cadence(), tbd()])]),
        note(),
    ])
}

fn payment() -> S {
    any_of(vec![seq(vec![any_of(vec![percent(), tbd()]), w("of"), title()]), money()])
}

fn credit_clause() -> S {
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

fn routing_clause() -> S {
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

fn party_clause() -> S {
    any_of(vec![
        seq(vec![w("signatory"), any_of(vec![title(), tbd()])]),
        seq(vec![w("contact"), title()]),
        note(),
    ])
}

fn role_clause() -> S {
    any_of(vec![
        seq(vec![w("party"), name_or_tbd()]),
        seq(vec![w("works"), name_or_tbd()]),
        seq(vec![w("member"), title(), w("works"), name_or_tbd()]),
        seq(vec![w("reports"), w("to"), name_or_tbd()]),
        seq(vec![w("headcount"), number_or_tbd()]),
        seq(vec![w("handles"), number_or_tbd(), name_or_tbd(), per()]),
        seq(vec![w("on"), w("call"), name_or_tbd()]),
        seq(vec![w("contact"), title()]),
        note(),
    ])
}

fn calendar_clause() -> S {
    let days = || list(seq(vec![weekday(), opt(seq(vec![dash(), weekday_after()]))]));
    any_of(vec![
        zone(),
        seq(vec![w("open"), days(), hours()]),
        seq(vec![w("open"), days(), w("all"), w("day")]),
        seq(vec![w("open"), w("all"), w("day")]),
        seq(vec![w("closed"), w("from"), title()]),
        seq(vec![w("closed"), date(), opt(seq(vec![w("to"), date()])), opt(title())]),
        seq(vec![w("except"), date(), hours(), opt(title())]),
        seq(vec![any_of(vec![w("cutoff"), spelled("cut-off", "cutoff")]), time()]),
        seq(vec![
            w("covers"),
            any_of(vec![w("2026"), date()]),
            opt(seq(vec![w("to"), any_of(vec![w("2027"), date()])])),
        ]),
        note(),
    ])
}

fn channel_clause() -> S {
    any_of(vec![
        seq(vec![w("by"), pick(&["slack", "email", "task", "meeting", "pigeon"]), opt(title())]),
        seq(vec![w("by"), w("tbd"), title(), opt(title())]),
        seq(vec![w("reaches"), names()]),
        seq(vec![w("answered"), within()]),
        seq(vec![w("meets"), cadence(), opt(seq(vec![w("on"), weekday()]))]),
        seq(vec![w("meets"), cadence(), w("on"), weekday(), any_of(vec![w("at"), added("at")]), time()]),
        note(),
    ])
}

fn record_clause() -> S {
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

fn score_clause() -> S {
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

fn definition_clause() -> S {
    any_of(vec![
        seq(vec![w("means"), name(), opt(seq(vec![w("where"), condition()]))]),
        seq(vec![w("since"), name_or_tbd()]),
        seq(vec![w("excludes"), names()]),
        seq(vec![w("one"), w("of"), name()]),
        note(),
    ])
}

fn commitment_clause() -> S {
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
        seq(vec![w("paused"), w("from"), name_or_tbd(), w("to"), name_or_tbd()]),
        seq(vec![w("provided"), name_or_tbd(), w("is"), w("met")]),
        seq(vec![w("provided"), bound(), number_or_tbd(), name(), per()]),
        seq(vec![w("priority"), w("over"), names()]),
        seq(vec![w("excused"), when()]),
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

fn contingency_clause() -> S {
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

fn exception_clause() -> S {
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

fn stage_part() -> S {
    any_of(vec![seq(vec![w("since"), name_or_tbd()]), seq(vec![w("at"), w("most"), duration_or_tbd()])])
}

fn lifecycle_clause() -> S {
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

fn scenario_clause() -> S {
    let assigned = || seq(vec![name(), sign(":"), any_of(vec![w("blank"), constant()])]);
    let in_period = || opt(seq(vec![w("in"), pick(&["2026-06", "2026-W10", "FY2027-Q1", "2026"])]));
    let paid = any_of(vec![seq(vec![percent(), w("of"), title()]), money()]);
    let verdicts = any_of(vec![
        pick(&["met", "missed", "late", "overdue", "open", "excused", "used", "exceeded", "lapsed"]),
        spelled("too  early", "too early"),
        spelled("at  risk", "at risk"),
        w("not started"),
        w("outside term"),
        w("not covered"),
        w("data error"),
    ]);
    any_of(vec![
        seq(vec![w("given"), name(), sign("{"), sign("}")]),
        seq(vec![w("given"), name(), sign("{"), list(assigned()), sign("}")]),
        seq(vec![w("with"), name(), sign("{"), opt(list(assigned())), sign("}")]),
        seq(vec![w("when"), list(assigned())]),
        seq(vec![w("now"), datetime()]),
        seq(vec![w("expect"), opt(w("not")), name()]),
        seq(vec![w("expect"), name(), w("due"), datetime()]),
        seq(vec![w("expect"), name(), sign("="), pick(&["75", "-2.5"])]),
        seq(vec![w("expect"), name(), w("to"), name()]),
        seq(vec![w("expect"), name(), pick(&["ambiguous", "nobody"])]),
        seq(vec![w("expect"), name(), verdicts, opt(seq(vec![w("by"), duration()])), in_period()]),
        seq(vec![w("expect"), name(), any_of(vec![percent(), duration()]), in_period()]),
        seq(vec![w("expect"), name(), w("pays"), any_of(vec![paid, w("nothing")]), in_period()]),
        note(),
    ])
}

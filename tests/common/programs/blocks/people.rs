//! The agreement, its parties, their roles, calendars and channels.

use super::super::S;
use super::super::pieces::*;
use super::super::values::*;

pub(super) fn agreement_clause() -> S {
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

pub(super) fn party_clause() -> S {
    any_of(vec![
        seq(vec![w("signatory"), any_of(vec![title(), tbd()])]),
        seq(vec![w("contact"), title()]),
        note(),
    ])
}

pub(super) fn role_clause() -> S {
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

pub(super) fn calendar_clause() -> S {
    let days = || list(seq(vec![weekday(), opt(seq(vec![dash(), weekday_after()]))]));
    any_of(vec![
        zone(),
        seq(vec![w("open"), days(), hours(), opt(season())]),
        seq(vec![w("open"), days(), w("all"), w("day"), opt(season())]),
        seq(vec![w("open"), w("all"), w("day"), opt(season())]),
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

pub(super) fn channel_clause() -> S {
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

/// The days on which hours are others.
fn season() -> S {
    seq(vec![w("from"), date(), opt(seq(vec![w("to"), date()]))])
}

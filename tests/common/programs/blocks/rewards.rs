//! Goals, and what is earned for reaching them.

use super::super::S;
use super::super::pieces::*;
use super::super::values::*;

pub(super) fn goal_clause() -> S {
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

pub(super) fn incentive_clause() -> S {
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

//! Scenarios and what they expect.

use super::super::S;
use super::super::conditions::constant;
use super::super::pieces::*;
use super::super::values::*;

pub(super) fn scenario_clause() -> S {
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

//! Blocks and their clauses.

mod commitments;
mod followups;
mod people;
mod records;
mod rewards;
mod scenarios;

use super::S;
use super::pieces::*;
use super::values::*;
use commitments::commitment_clause;
use followups::{contingency_clause, credit_clause, dispute_clause, exception_clause};
use people::{agreement_clause, calendar_clause, channel_clause, party_clause, role_clause};
use records::{definition_clause, lifecycle_clause, record_clause, routing_clause, score_clause};
use rewards::{goal_clause, incentive_clause};
use scenarios::scenario_clause;

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

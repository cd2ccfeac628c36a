//! `ambiguous-route`.

use super::unreachable_route::conditions;
use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::{Evaluator, Item};
use crate::lint::prove::{Prover, Shown, a, capital};
use crate::lint::{Context, Rule, Stage};
use crate::model::routing::{Matching, Route};
use crate::model::{Completeness, Model, Predicate, Routing, Slot};

/// The rule.
pub static RULE: Rule = Rule {
    name: "ambiguous-route",
    summary: "a routing by `exactly one`, and an item that two rows are for",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("ambiguous_route.md"),
};

/// So many pairs of one routing say enough.
const MOST: usize = 20;

/// So many others are not counted.
const MANY: usize = MOST - 1;

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut prover = Prover::new(context);
    let exact =
        |r: &&Routing| r.completeness == Completeness::Whole && r.matching == Slot::Set(Matching::ExactlyOne);
    for routing in context.model.routings.values().filter(exact) {
        let pairs = pairs(context, &mut prover, routing);
        // One table, one finding: who mends the first pair looks at the others.
        let Some(((first, second), shown)) = pairs.first() else { continue };
        let said = two_rows(context, shown, context.model, (first, second));
        out.push(match pairs.len() - 1 {
            0 => said,
            1 => said.note("One more pair of rows meets in the same way."),
            MANY.. => said.note("So do many other pairs of its rows."),
            more => said.note(format!("So do {more} other pairs of its rows.")),
        });
    }
}

/// The pairs of rows that one item is for, each with that item.
fn pairs<'a>(
    context: &Context<'_>,
    prover: &mut Prover<'_>,
    routing: &'a Routing,
) -> Vec<((&'a Route, &'a Route), Shown)> {
    let model = context.model;
    let Some(subject) = routing.subject.get().copied() else { return Vec::new() };
    let Some(record) = model.record_of(subject) else { return Vec::new() };
    let rows = conditions(prover, record, routing);
    let space = prover.space(record);
    let about = space.subject(subject);
    let formulas: Vec<_> = rows.iter().map(|(_, when)| *when).collect();
    let mut out = Vec::new();
    for (a, b) in space.pairs_that_may_meet(&formulas) {
        let (first, second) = (rows[a].0, rows[b].0);
        let is_both = |evaluator: &Evaluator<'_>, item: &Item| {
            let holds = |when: &Option<Predicate>| {
                when.as_ref().is_some_and(|when| evaluator.holds(when, &model.records[record], item))
            };
            evaluator.is_of(subject, item) && holds(&first.when) && holds(&second.when)
        };
        let shown = prover.find(record, &[about, formulas[a], formulas[b]], is_both);
        out.extend(shown.map(|shown| ((first, second), shown)));
        if out.len() == MOST {
            break;
        }
    }
    out
}

fn two_rows(
    context: &Context<'_>,
    shown: &Shown,
    model: &Model,
    (first, second): (&Route, &Route),
) -> Diagnostic {
    let record = &model.records[shown.record].head.name;
    let example = match shown.said(context).as_str() {
        "" => format!("Both are for every {record}."),
        said => format!("{} with {said} fits both.", capital(&a(record))),
    };
    let out = Diagnostic::error(RULE.name, format!("two rows are for one {record}, but exactly one may be"))
        .at(second.span, "this row")
        .also(first.span, "and this one")
        .note(example)
        .note("Nobody can say who gets it: whoever is asked first keeps it, or two teams work on it.")
        .help("Narrow one of the rows, or write `first match` and put the rows in order.");
    match shown.witness(context, format!("{} for both rows", a(record))) {
        Some(witness) => out.witness(witness),
        None => out,
    }
}

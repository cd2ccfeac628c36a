//! `route-to-nobody`.

use super::unreachable_route::conditions;
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::evaluate::Answer;
use crate::lint::prove::{Prover, Shown, a, capital};
use crate::lint::{Context, Rule, Stage};
use crate::model::routing::Matching;
use crate::model::{Completeness, Id, Routing, Slot};

/// The rule.
pub static RULE: Rule = Rule {
    name: "route-to-nobody",
    summary: "a routing that leaves items without an owner",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("route_to_nobody.md"),
};

fn no_otherwise(context: &Context<'_>, routing: &Routing, shown: Option<&Shown>) -> Option<Diagnostic> {
    let last = routing.routes.last()?;
    let name = &routing.head.name;
    let mut out = Diagnostic::warning(RULE.name, format!("what no row of `{name}` is for goes to nobody"))
        .at(name.span, "has no `otherwise`")
        .also(last.span, "the last row");
    if let Some(shown) = shown {
        let record = a(&context.model.records[shown.record].head.name);
        out = match shown.said(context).as_str() {
            "" => out,
            said => out.note(format!("{} with {said} fits no row.", capital(&record))),
        };
        if let Some(witness) = shown.witness(context, format!("{record} for nobody")) {
            out = out.witness(witness);
        }
    }
    let help = match routing.matching {
        Slot::Set(Matching::ExactlyOne) => {
            "Widen a row, or add `otherwise to` with the role that gets the rest."
        }
        _ => "Add `otherwise to` with the role that gets the rest.",
    };
    Some(out.note("Teams see what they get. Nobody sees what nobody gets.").help(help).fix(
        "add `otherwise`",
        Applicability::Suggested,
        last.span.end_point(),
        "\n  otherwise to tbd \"who gets the rest\"",
    ))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut prover = Prover::new(context);
    for (id, routing) in context.model.routings.iter() {
        let whole = routing.completeness == Completeness::Whole;
        if whole && !routing.routes.is_empty() && routing.routes.iter().all(|r| r.when.is_some()) {
            out.extend(gap(context, &mut prover, id));
        }
    }
}

/// What no row is for. Rows of which exactly one must fit claim to be for everything: there only an item shows that it is
/// not so.
fn gap(context: &Context<'_>, prover: &mut Prover<'_>, id: Id<Routing>) -> Option<Diagnostic> {
    let model = context.model;
    let routing = &model.routings[id];
    let (subject, matching) = (*routing.subject.get()?, *routing.matching.get()?);
    let record = model.record_of(subject)?;
    let rows = conditions(prover, record, routing);
    let space = prover.space(record);
    let mut none = vec![space.subject(subject)];
    none.extend(rows.iter().map(|(_, when)| space.not(*when)));
    let shown = prover.find(record, &none, |evaluator, item| {
        let routed = evaluator.route(id, item).ok().flatten();
        routed.is_some_and(|routed| routed.answer == Answer::Nobody)
    });
    match matching {
        Matching::ExactlyOne => no_otherwise(context, routing, Some(&shown?)),
        // Its last row may be for all that is left.
        Matching::First if shown.is_none() && prover.never(record, &none) => None,
        Matching::First => no_otherwise(context, routing, shown.as_ref()),
    }
}

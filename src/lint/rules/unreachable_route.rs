//! `unreachable-route`. Rows below `otherwise` are found by `resolve`, where routings are read; rows that earlier ones leave
//! nothing for are proved here.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::prove::Prover;
use crate::lint::{Context, Rule, Stage};
use crate::logic::Formula;
use crate::model::routing::{Matching, Route};
use crate::model::{Completeness, Id, Record, Routing, Slot};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "unreachable-route",
    summary: "a row of a routing that no item ever gets to",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("unreachable_route.md"),
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut prover = Prover::new(context);
    for routing in context.model.routings.values().filter(|r| r.completeness == Completeness::Whole) {
        rows(context, &mut prover, routing, out);
    }
}

/// The rows with conditions, up to `otherwise`, each with its formula.
pub(super) fn conditions<'r>(
    prover: &mut Prover<'_>,
    record: Id<Record>,
    routing: &'r Routing,
) -> Vec<(&'r Route, Formula)> {
    let space = prover.space(record);
    let until_otherwise = routing.routes.iter().map_while(|route| Some((route, route.when.as_ref()?)));
    until_otherwise.map(|(route, when)| (route, space.condition(when))).collect()
}

fn rows(context: &Context<'_>, prover: &mut Prover<'_>, routing: &Routing, out: &mut Vec<Diagnostic>) {
    let Some(subject) = routing.subject.get() else { return };
    let Some(record) = context.model.record_of(*subject) else { return };
    let about = prover.space(record).subject(*subject);
    let item = &context.model.subject_head(*subject).name.text;
    let rows = conditions(prover, record, routing);
    // What no earlier row takes.
    let mut left = vec![about];
    for (place, (route, when)) in rows.iter().enumerate() {
        if prover.never(record, &[about, *when]) {
            out.push(for_nothing(item, route.span));
        } else if routing.matching == Slot::Set(Matching::First) {
            let all = [left.as_slice(), &[*when]].concat();
            if prover.never(record, &all) {
                let core = prover.conflict(record, &all);
                // The first of all is the subject, the last the row itself.
                let takers = core.into_iter().filter_map(|part| rows[..place].get(part.checked_sub(1)?));
                out.push(nothing_left(
                    item,
                    route.span,
                    &takers.map(|(taker, _)| taker.span).collect::<Vec<_>>(),
                ));
            }
        }
        let not = prover.space(record).not(*when);
        left.push(not);
    }
}

fn for_nothing(item: &str, row: Span) -> Diagnostic {
    Diagnostic::error(RULE.name, format!("no `{item}` is ever like this row asks"))
        .at(row, "for nothing")
        .note("Whoever reads this row will wait for items that do not exist.")
        .help("Mend the condition, or delete the row.")
}

fn nothing_left(item: &str, row: Span, takers: &[Span]) -> Diagnostic {
    let mut out =
        Diagnostic::error(RULE.name, format!("no `{item}` gets to this row: earlier rows take them all"))
            .at(row, "never reached");
    for taker in takers {
        let text = if takers.len() == 1 { "takes every one of them" } else { "takes some of them" };
        out = out.also(*taker, text);
    }
    out.note("Whoever reads this row will wait for items that somebody else gets.")
        .help("Move the row up, narrow an earlier one, or delete it.")
}

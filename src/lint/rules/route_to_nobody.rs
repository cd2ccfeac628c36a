//! `route-to-nobody`.

use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::model::routing::Matching;
use crate::model::{Completeness, Routing, Slot};

/// The rule.
pub static RULE: Rule = Rule {
    name: "route-to-nobody",
    summary: "a routing that leaves items without an owner",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("route_to_nobody.md"),
};

fn no_otherwise(routing: &Routing) -> Option<Diagnostic> {
    let last = routing.routes.last()?;
    let name = &routing.head.name;
    Some(
        Diagnostic::warning(RULE.name, format!("what no row of `{name}` is for goes to nobody"))
            .at(name.span, "has no `otherwise`")
            .also(last.span, "the last row")
            .note("Teams see what they get. Nobody sees what nobody gets.")
            .help("Add `otherwise to` with the role that gets the rest.")
            .fix(
                "add `otherwise`",
                Applicability::Suggested,
                last.span.end_point(),
                "\n  otherwise to tbd \"who gets the rest\"",
            ),
    )
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let read =
        |r: &&Routing| r.completeness == Completeness::Whole && r.matching == Slot::Set(Matching::First);
    for routing in context.model.routings.values().filter(read) {
        if routing.routes.iter().all(|r| r.when.is_some()) {
            out.extend(no_otherwise(routing));
        }
    }
}

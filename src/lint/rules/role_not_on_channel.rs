//! `role-not-on-channel`.

use crate::diagnostic::{Applicability, Diagnostic, Severity, names};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Channel, Model, Role, Slot};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "role-not-on-channel",
    summary: "a notice to somebody whom its channel does not reach",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("role_not_on_channel.md"),
};

fn not_reached(
    context: &Context<'_>,
    channel: &Channel,
    missing: &[&Role],
    place: Span,
) -> Option<Diagnostic> {
    let name = &channel.head.name;
    let roles: Vec<&str> = missing.iter().map(|role| role.head.name.text.as_str()).collect();
    let first = missing.first()?;
    let last = channel.reaches.iter().rev().find_map(|slot| slot.get());
    let reaches = last.map(|role| context.mention(&context.model.roles[*role].head.name, channel.head.span));
    let mut out = Diagnostic::error(RULE.name, format!("`{name}` does not reach {}", names(&roles, "or")))
        .at(context.mention(&first.head.name, place), format!("is told by `{name}`"));
    // Without the place of the last role, the channel as a whole is known by its name.
    match reaches.filter(|reaches| *reaches != channel.head.span) {
        Some(reaches) => {
            out = out.also(reaches, "reaches nobody beyond this").fix(
                format!("add {} to `{name}`", names(&roles, "and")),
                Applicability::Suggested,
                reaches.end_point(),
                format!(", {}", roles.join(", ")),
            );
        }
        None => out = out.also(name.span, "the channel"),
    }
    out = out.note("The notice goes out, the report says so, and whom it was for never sees it.");
    let others = fitting(context.model, missing);
    Some(match others.as_slice() {
        [] => out.help(format!(
            "Add {} to `reaches`, or declare a channel that reaches them.",
            names(&roles, "and")
        )),
        some => out.help(format!(
            "Add {} to `reaches`, or send it via {}.",
            names(&roles, "and"),
            names(some, "or")
        )),
    })
}

/// Channels that reach all of some roles.
fn fitting<'m>(model: &'m Model, roles: &[&Role]) -> Vec<&'m str> {
    let reaches = |channel: &&Channel| {
        let reached: Vec<_> = channel.reaches.iter().filter_map(|slot| slot.get()).collect();
        roles.iter().all(|role| reached.iter().any(|id| model.roles[**id].head.name == role.head.name))
    };
    model.channels.values().filter(reaches).map(|c| c.head.name.text.as_str()).collect()
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    for step in model.contingencies.values().flat_map(|c| &c.steps) {
        let Some(channel) = step.via.as_ref().and_then(Slot::get).map(|channel| &model.channels[*channel])
        else {
            continue;
        };
        // Where nobody is named, or not everybody yet, it is not known whom it reaches.
        if channel.reaches.is_empty() || !channel.reaches.iter().all(Slot::is_set) {
            continue;
        }
        let missing = step.act.roles().iter().filter(|role| role.is_set() && !channel.reaches.contains(role));
        let missing: Vec<&Role> = missing.filter_map(Slot::get).map(|role| &model.roles[*role]).collect();
        out.extend(not_reached(context, channel, &missing, step.span));
    }
}

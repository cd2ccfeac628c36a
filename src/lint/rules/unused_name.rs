//! `unused-name`.

use std::collections::BTreeSet;

use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Severity};
use crate::lint::{Context, Rule, Stage, Wholeness};
use crate::model::agreement::Member;
use crate::model::commitment::Tier;
use crate::model::{ClockRule, Form, Head, Model, Role};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unused-name",
    summary: "something that is declared and that nothing refers to",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("unused_name.md"),
};

fn unused(kind: &str, head: &Head) -> Diagnostic {
    let name = &head.name;
    let why = match kind {
        "definition" => {
            "A word that is defined and never used often means that a promise is missing, or uses another word."
        }
        "score" => {
            "Nobody is counted, sorted or refused by these points: a condition that uses them may be missing."
        }
        "role" => {
            "Nobody in this role owes, decides or hears anything: a duty may be missing, or in the wrong hands."
        }
        "calendar" => "No deadline runs by these hours; a role may be working by the wrong ones.",
        "channel" => "Nothing is ever sent this way.",
        "party" => "This party neither signs nor has a role.",
        _ => "Nothing in the agreement is about it.",
    };
    let out = Diagnostic::warning(RULE.name, format!("nothing uses the {kind} `{name}`"))
        .at(name.span, "declared, but not used")
        .note(why)
        .help("Use it, or delete it.");
    let edits = vec![Edit { span: head.span, text: String::new() }];
    Diagnostic {
        fixes: vec![Fix {
            title: format!("delete `{name}`"),
            applicability: Applicability::Suggested,
            edits,
        }],
        ..out
    }
}

fn unused_hours(role: &Role, members: &[&Member]) -> Option<Diagnostic> {
    let (first, rest) = members.split_first()?;
    let name = &role.head.name;
    let mut out =
        Diagnostic::warning(RULE.name, format!("no clock runs by the hours of the members of `{name}`"))
            .at(first.span, format!("`{}` has hours of their own", first.name));
    for member in rest.iter().take(MOST_MEMBERS) {
        out = out.also(member.span, format!("and so has `{}`", member.name));
    }
    Some(
        out.note(format!(
            "Every promise of `{name}` runs by what the role works, whoever the item belongs to."
        ))
        .help(format!(
            "Add a clause such as `clock of owner` to the commitments of `{name}`, or delete these lines."
        )),
    )
}

/// So many members are shown besides the first.
const MOST_MEMBERS: usize = 7;

/// Whether some promise of a role runs by the hours of whoever has the item, or may do so; or runs day and night, where the
/// hours of the members say when somebody is at work.
fn uses_hours_of_members(model: &Model, role: &Role) -> bool {
    model.commitments.values().any(|c| {
        let owes = c.actor.get().is_none_or(|actor| model.roles[*actor].head.name == role.head.name);
        let by_the_wall = |tier: &Tier| tier.limit.get().is_none_or(|limit| !limit.unit.is_business());
        owes && (matches!(c.clock, ClockRule::Member(_))
            || matches!(c.form, Form::Turnaround(_)) && c.tiers().iter().any(by_the_wall))
    })
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(references) = context.references else { return };
    // In a part that could not be read, the name may be used.
    if context.whole == Wholeness::Partial {
        return;
    }
    let model = context.model;
    let used: BTreeSet<_> = references.iter().map(|r| r.declared).collect();
    // What another file declares may be used by another agreement.
    let own = model.agreement.head.name.span.file;
    let mut ask = |kind: &str, head: &Head| {
        if head.name.span.file == own && !used.contains(&head.name.span) {
            out.push(unused(kind, head));
        }
    };
    model.parties.values().for_each(|x| ask("party", &x.head));
    model.roles.values().for_each(|x| ask("role", &x.head));
    model.calendars.values().for_each(|x| ask("calendar", &x.head));
    // A meeting takes place whether or not a notice is sent to it.
    model.channels.values().filter(|c| c.meets.is_none()).for_each(|x| ask("channel", &x.head));
    model.records.values().for_each(|x| ask("record", &x.head));
    model.scores.values().for_each(|x| ask("score", &x.head));
    // The members of a group divide the records among them; each is needed for that.
    model.definitions.values().filter(|d| d.one_of.is_none()).for_each(|x| ask("definition", &x.head));
    for role in model.roles.values().filter(|r| r.head.name.span.file == own && !r.members.is_empty()) {
        if !uses_hours_of_members(model, role) {
            out.extend(unused_hours(role, &role.members.iter().collect::<Vec<_>>()));
        }
    }
}

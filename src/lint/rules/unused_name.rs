//! `unused-name`.

use std::collections::BTreeSet;

use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Severity};
use crate::lint::{Context, Rule, Stage, Wholeness};
use crate::model::Head;

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
    // The members of a group divide the records among them; each is needed for that.
    model.definitions.values().filter(|d| d.one_of.is_none()).for_each(|x| ask("definition", &x.head));
}

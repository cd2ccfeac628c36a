//! `placeholder-left`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::model::Tbd;

/// The rule.
pub static RULE: Rule = Rule {
    name: "placeholder-left",
    summary: "a `tbd` that is still open; an error once the agreement is in force",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("placeholder_left.md"),
};

fn still_open(tbd: &Tbd) -> Diagnostic {
    let what = if tbd.what.is_empty() { String::new() } else { format!(": {}", tbd.what) };
    Diagnostic::warning(RULE.name, format!("this is still to be decided{what}"))
        .at(tbd.span, "open")
        .help("Put the value here before the agreement takes effect.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let term = context.model.agreement.effective.as_ref().and_then(crate::model::Effective::term);
    let in_force =
        term.is_some_and(|(from, to)| from <= context.today && to.is_none_or(|to| context.today <= to));
    for tbd in &context.model.open_points {
        let said = still_open(tbd);
        out.push(if in_force {
            Diagnostic { severity: Severity::Error, ..said }.note(
                "The agreement is in force, and the parties are bound by something that nobody has said.",
            )
        } else {
            said
        });
    }
}

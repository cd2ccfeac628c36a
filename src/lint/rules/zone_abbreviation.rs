//! `zone-abbreviation`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::words::{Hit, one_per_sentence};
use crate::lint::{Context, Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "zone-abbreviation",
    summary: "`EST`, `IST` and the like: an hour off in summer, or several zones",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("zone_abbreviation.md"),
};

fn which_time(hit: &Hit<'_>) -> Diagnostic {
    let (fault, why) = hit.entry.why.split_once('|').unwrap_or_default();
    Diagnostic::warning(RULE.name, format!("`{}` {fault}", hit.words()))
        .at(hit.span(), "the clocks of which place?")
        .note(why)
        .help(format!("Write `{}`, if what the clocks show there is meant.", hit.entry.instead))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    out.extend(one_per_sentence(context.words.of(RULE.name)).map(|hit| which_time(&hit)));
}

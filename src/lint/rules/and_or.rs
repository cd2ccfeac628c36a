//! `and-or`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::words::{Hit, one_per_sentence};
use crate::lint::{Context, Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "and-or",
    summary: "`and/or`, which has three readings",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("and_or.md"),
};

fn three_readings(hit: &Hit<'_>) -> Diagnostic {
    Diagnostic::warning(RULE.name, format!("`{}` has three readings", hit.words()))
        .at(hit.span(), "the one, the other, or both?")
        .note("Who owes it picks the reading that is less work, and who waits for it the one that is more.")
        .help("Write `A and B`, `A or B`, or `A or B, or both`.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    out.extend(one_per_sentence(context.words.of(RULE.name)).map(|hit| three_readings(&hit)));
}

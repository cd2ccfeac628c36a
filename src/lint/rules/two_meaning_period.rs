//! `two-meaning-period`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::words::{Block, Hit, one_per_sentence};
use crate::lint::{Context, Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "two-meaning-period",
    summary: "`biweekly` and its like, which mean twice in a period or every second one",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("two_meaning_period.md"),
};

fn two_meanings(hit: &Hit<'_>) -> Diagnostic {
    let readings: Vec<&str> = hit.entry.instead.split('|').collect();
    Diagnostic::warning(RULE.name, format!("`{}` means {}", hit.words(), readings.join(" or ")))
        .at(hit.span(), "which of them?")
        .note(hit.entry.why)
        .help(format!("Write `{}`.", readings.join("` or `")))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    // Where a meeting says how often it is held, its text only repeats it.
    let open = |hit: &Hit<'_>| hit.block != Block::Meeting;
    out.extend(one_per_sentence(context.words.of(RULE.name).filter(open)).map(|hit| two_meanings(&hit)));
}

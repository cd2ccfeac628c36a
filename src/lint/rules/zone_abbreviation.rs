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
    let hits = context.words.of(RULE.name).filter(is_of_time);
    out.extend(one_per_sentence(hits).map(|hit| which_time(&hit)));
}

/// Whether the letters stand beside a time: they may also be those of a team.
fn is_of_time(hit: &Hit<'_>) -> bool {
    const BEFORE: [&str; 10] =
        ["am", "pm", "a.m.", "p.m.", "noon", "midnight", "midday", "zone", "time", "clock"];
    const AFTER: [&str; 9] =
        ["time", "zone", "hours", "business", "office", "working", "timezone", "clock", "clocks"];
    let word =
        |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').to_ascii_lowercase();
    let before = hit.before().split_whitespace().next_back().map(word).unwrap_or_default();
    let after = hit.after().split_whitespace().next().map(word).unwrap_or_default();
    let said = hit.sentence().to_ascii_lowercase();
    let of_time = said.split_whitespace().map(word).any(|word| {
        word.starts_with(|c: char| c.is_ascii_digit()) || BEFORE.contains(&word.as_str()) || word == "hours"
    });
    before.starts_with(|c: char| c.is_ascii_digit())
        || BEFORE.contains(&before.as_str())
        || AFTER.contains(&after.trim_end_matches('.'))
        || before == "in" && of_time
}

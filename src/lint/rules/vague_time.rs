//! `vague-time`.

use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::lint::words::{Hit, is_past, one_per_sentence};
use crate::lint::{Context, Rule, Stage};
use crate::model::commitment::Tier;
use crate::model::{Duration, Model};

/// The rule.
pub static RULE: Rule = Rule {
    name: "vague-time",
    summary: "words for a time that each side reads its own way, such as `promptly` or `EOD`",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("vague_time.md"),
};

fn no_time(hit: &Hit<'_>, limit: Option<(&Tier, Duration)>) -> Diagnostic {
    let (words, why, instead) = (hit.words(), hit.entry.why, hit.entry.instead);
    let asked = if is_cadence(hit) { "how often?" } else { "by when?" };
    let out = Diagnostic::warning(RULE.name, format!("`{words}` is no time that both sides read alike"))
        .at(hit.span(), asked);
    let Some((tier, limit)) = limit else {
        return out
            .note(why)
            .help(format!("Say what a clock can tell, such as `{instead}`, or leave the words out."));
    };
    let out = out
        .also(tier.span, "the clause has a time")
        .note(format!("The clause says {limit}; `{words}` beside it is a second promise. {why}"))
        .help(format!("Say `within {limit}`, or leave the words out: the clause says it."));
    // Only the words that stand for all of `within ..` give way to it.
    if !instead.starts_with("within") {
        return out;
    }
    let text = format!("within {limit}");
    out.fix(format!("write `{text}`"), Applicability::Suggested, hit.span(), text)
}

/// Whether the words say how often, rather than by when.
fn is_cadence(hit: &Hit<'_>) -> bool {
    hit.entry.instead.starts_with("every")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let hits = context.words.of(RULE.name).filter(|hit| hit.promises() && !is_past(hit.sentence()));
    out.extend(one_per_sentence(hits).map(|hit| no_time(&hit, limit(context.model, &hit))));
}

/// The one time that the clause beside it allows.
fn limit<'m>(model: &'m Model, hit: &Hit<'_>) -> Option<(&'m Tier, Duration)> {
    let tier = hit.limit(model).filter(|_| !is_cadence(hit))?;
    Some((tier, *tier.limit.get()?))
}

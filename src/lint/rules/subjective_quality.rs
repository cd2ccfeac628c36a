//! `subjective-quality`.

use crate::diagnostic::{Diagnostic, Severity, names};
use crate::lint::words::{Hit, one_per_sentence};
use crate::lint::{Context, Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "subjective-quality",
    summary: "`good leads` and the like, in a text that no definition stands behind",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("subjective_quality.md"),
};

fn whose_opinion(hit: &Hit<'_>, defined: &[&str]) -> Diagnostic {
    let help = match defined {
        [] => "Write a `definition` with the test that decides, and use its name.".to_owned(),
        _ => format!("Use the name of a definition, such as {}, or write one.", names(defined, "or")),
    };
    Diagnostic::warning(RULE.name, format!("`{}` is a matter of opinion", hit.words()))
        .at(hit.span(), "by which test?")
        .note(hit.entry.why)
        .help(help)
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let defined: Vec<&str> =
        context.model.definitions.values().map(|d| d.head.name.text.as_str()).take(3).collect();
    let hits = one_per_sentence(context.words.of(RULE.name).filter(Hit::promises));
    out.extend(hits.map(|hit| whose_opinion(&hit, &defined)));
}

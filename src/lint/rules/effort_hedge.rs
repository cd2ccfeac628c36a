//! `effort-hedge`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::words::{Hit, is_past, one_per_sentence};
use crate::lint::{Context, Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "effort-hedge",
    summary: "words that make a promise an effort or an option, such as `where possible`",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("effort_hedge.md"),
};

fn way_out(hit: &Hit<'_>, context: &Context<'_>) -> Diagnostic {
    let words = hit.words();
    let out = Diagnostic::warning(RULE.name, format!("`{words}` leaves a way out of the promise"))
        .at(hit.span(), "what is owed?")
        .note(hit.entry.why);
    let out = match hit.limit(context.model) {
        Some(tier) => out.also(tier.span, "the clause promises it without reserve"),
        None => out,
    };
    match hit.entry.instead {
        "must" => out.help(
            "Say what is done, and leave the words out; how much may be missed is what `target` is for.",
        ),
        example => {
            out.help(format!("Say when it holds and when not, such as `{example}`, or leave the words out."))
        }
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let hits = one_per_sentence(
        context.words.of(RULE.name).filter(|hit| hit.promises() && !is_past(hit.sentence())),
    );
    out.extend(hits.map(|hit| way_out(&hit, context)));
}

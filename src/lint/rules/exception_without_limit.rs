//! `exception-without-limit`.

use super::exception_swallows_rule;
use crate::diagnostic::{Diagnostic, Label, Severity, names};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Model, Slot, Waiver};

/// The rule.
pub static RULE: Rule = Rule {
    name: "exception-without-limit",
    summary: "an exception without a last day and without a number",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("exception_without_limit.md"),
};

fn for_good(context: &Context<'_>, waiver: &Waiver) -> Diagnostic {
    let model = context.model;
    let excused =
        waiver.excuses.iter().filter_map(|slot| slot.get()).map(|c| &model.commitments[*c].head.name);
    let excused: Vec<_> = excused.collect();
    let words: Vec<&str> = excused.iter().map(|name| name.text.as_str()).collect();
    let name = &waiver.head.name;
    let mut out = Diagnostic::warning(
        RULE.name,
        format!("the exception `{name}` never ends, and may be used any number of times"),
    )
    .at(name.span, "no `until`, and no `at most`");
    for excused in excused.iter().take(MOST_SHOWN) {
        out = out.also(context.mention(excused, waiver.head.span), "excused from now on");
    }
    let out = out.note(match &waiver.approved_by {
        Some(_) => "What is excused for good is not promised. It should be seen in the promise itself.",
        None => "What is excused for good, by nobody's leave, is not promised. It should be seen in the promise itself.",
    });
    out.help(format!(
        "Add `until` with a last day, or `at most 3 per quarter`. If it is for good, write `excused when ..` in {}.",
        names(&words, "and")
    ))
}

/// So many promises are shown.
const MOST_SHOWN: usize = 7;

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let is_whole = |waiver: &&Waiver| !waiver.excuses.is_empty() && waiver.excuses.iter().all(Slot::is_set);
    let waivers: Vec<_> =
        waivers(context.model).filter(is_whole).filter(|waiver| !is_told(out, waiver)).collect();
    out.extend(waivers.into_iter().map(|waiver| for_good(context, waiver)));
}

/// True if the exception is already found to leave nothing of a promise: that is the same quarrel, and the worse half.
fn is_told(out: &[Diagnostic], waiver: &Waiver) -> bool {
    let block = waiver.head.span;
    let inside =
        |label: &Label| label.span.file == block.file && block.range().contains(&label.span.range().start);
    let mut told = out.iter().filter(|d| d.rule == exception_swallows_rule::RULE.name);
    told.any(|d| d.primary.iter().chain(&d.secondary).any(inside))
}

/// The exceptions without any limit.
fn waivers(model: &Model) -> impl Iterator<Item = &Waiver> {
    model.waivers.values().filter(|waiver| waiver.until.is_none() && waiver.at_most.is_none())
}

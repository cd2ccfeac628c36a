//! `exception-without-limit`.

use crate::diagnostic::{Diagnostic, Severity, names};
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
    let waivers = waivers(context.model).filter(is_whole);
    out.extend(waivers.map(|waiver| for_good(context, waiver)));
}

/// The exceptions without any limit.
fn waivers(model: &Model) -> impl Iterator<Item = &Waiver> {
    model.waivers.values().filter(|waiver| waiver.until.is_none() && waiver.at_most.is_none())
}

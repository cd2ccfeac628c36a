//! `missing-actor`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::words::{Block, Hit, one_per_sentence};
use crate::lint::{Context, Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "missing-actor",
    summary: "a duty in a text that does not say whose it is: `will be reviewed`",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("missing_actor.md"),
};

/// What somebody has to do; other participles mostly say how things are.
const DUTIES: [&str; 28] = [
    "agreed",
    "answered",
    "approved",
    "assigned",
    "called",
    "checked",
    "contacted",
    "corrected",
    "decided",
    "documented",
    "escalated",
    "followed",
    "handled",
    "informed",
    "investigated",
    "measured",
    "monitored",
    "notified",
    "presented",
    "provided",
    "reassigned",
    "recorded",
    "reported",
    "resolved",
    "reviewed",
    "sent",
    "told",
    "updated",
];

fn whose(hit: &Hit<'_>, role: Option<&str>) -> Diagnostic {
    let words = hit.words();
    let done = words.rsplit(' ').next().unwrap_or_default();
    let help = format!("Say who does it, such as `by {}`, or make it a clause.", role.unwrap_or("revops"));
    Diagnostic::warning(RULE.name, format!("`{words}` does not say by whom"))
        .at(hit.span(), format!("{done} by whom?"))
        .note("What nobody is named for, each side leaves to the other.")
        .help(help)
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    // A neutral role makes the better example.
    let roles = context.model.roles.values();
    let role = roles.min_by_key(|role| role.party.is_some()).map(|role| role.head.name.text.as_str());
    // Beside a promise and its steps, the clause says who.
    let open =
        |hit: &Hit<'_>| hit.promises() && !matches!(hit.block, Block::Commitment(_) | Block::Contingency(_));
    let hits = context.words.of(RULE.name).filter(open).filter_map(|hit| duty(&hit));
    out.extend(one_per_sentence(hits).map(|hit| whose(&hit, role)));
}

/// The words with the act behind them, if nobody is named.
fn duty<'a>(hit: &Hit<'a>) -> Option<Hit<'a>> {
    let after = hit.after();
    let start = after.len() - after.trim_start().len();
    let act = after[start..].split(|c: char| !c.is_alphabetic()).next()?;
    let names_somebody = after.split_whitespace().any(|word| word.eq_ignore_ascii_case("by"));
    (start > 0 && DUTIES.contains(&act) && !names_somebody).then(|| hit.longer(start + act.len()))
}

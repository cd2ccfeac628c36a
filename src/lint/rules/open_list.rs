//! `open-list`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::words::{Block, Hit, is_past, one_per_sentence};
use crate::lint::{Context, Rule, Stage};
use crate::model::PassageKind;

/// The rule.
pub static RULE: Rule = Rule {
    name: "open-list",
    summary: "a list that does not end, such as `etc.`",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("open_list.md"),
};

fn no_end(hit: &Hit<'_>) -> Diagnostic {
    let note = match hit.block {
        Block::Meaning => {
            "The clause is exact, and its text says that there is more: the tools follow the clause."
        }
        _ => hit.entry.why,
    };
    Diagnostic::warning(RULE.name, format!("`{}` leaves the list open", hit.words()))
        .at(hit.span(), "what else?")
        .note(note)
        .help("List every item, or say by what test another one belongs to them.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    // A purpose, a reason and what has been bind nobody.
    let binds = |hit: &Hit<'_>| {
        !matches!(hit.passage.kind, PassageKind::Purpose | PassageKind::Rationale) && !is_past(hit.sentence())
    };
    out.extend(one_per_sentence(context.words.of(RULE.name).filter(binds)).map(|hit| no_end(&hit)));
}

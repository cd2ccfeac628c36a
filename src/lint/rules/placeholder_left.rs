//! `placeholder-left`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::words::{Hit, one_per_sentence};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Date, Effective, Tbd};

/// The rule.
pub static RULE: Rule = Rule {
    name: "placeholder-left",
    summary: "a `tbd` or a gap in a text; an error once the agreement is in force",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("placeholder_left.md"),
};

/// How an agreement stands to the present day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Force {
    Before,
    During,
    After,
}

fn still_open(tbd: &Tbd, force: Force) -> Diagnostic {
    let what = if tbd.what.is_empty() { String::new() } else { format!(": {}", tbd.what) };
    let message = format!("this is still to be decided{what}");
    dated(Diagnostic::warning(RULE.name, message).at(tbd.span, "open"), force)
}

fn still_written(hit: &Hit<'_>, force: Force) -> Diagnostic {
    let message = format!("the text still has a gap: `{}`", hit.words());
    let said = dated(Diagnostic::warning(RULE.name, message).at(hit.span(), "open"), force);
    // `XXX` is a mark; `to be agreed` may be what was agreed.
    let is_mark = hit.entry.phrase.starts_with('[') || !hit.entry.phrase.contains(' ');
    if is_mark { said } else { Diagnostic { severity: Severity::Warning, ..said } }
}

fn dated(said: Diagnostic, force: Force) -> Diagnostic {
    match force {
        Force::Before => said.help("Put the value here before the agreement takes effect."),
        Force::During => Diagnostic { severity: Severity::Error, ..said }
            .note("The agreement is in force, and the parties are bound by something that nobody has said.")
            .help("Decide it now, and put the value here."),
        Force::After => said.help("Decide it before the agreement is renewed, and put the value here."),
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let force = force(context.model.agreement.effective.as_ref(), context.today);
    out.extend(context.model.open_points.iter().map(|tbd| still_open(tbd, force)));
    let hits = context.words.of(RULE.name).map(|hit| whole_gap(&hit));
    out.extend(one_per_sentence(hits).map(|hit| still_written(&hit, force)));
}

/// `[insert the date]` to its closing bracket.
fn whole_gap<'a>(hit: &Hit<'a>) -> Hit<'a> {
    let opens = hit.entry.phrase.starts_with('[') && !hit.entry.phrase.ends_with(']');
    match hit.after().find(']') {
        Some(end) if opens => hit.longer(end + 1),
        _ => *hit,
    }
}

/// A last day that is open does not keep an agreement from being in force; a first day that is open does.
fn force(effective: Option<&Effective>, today: Date) -> Force {
    let Some(effective) = effective else { return Force::Before };
    let last = effective.to.as_ref().and_then(|to| to.get());
    match effective.from.get() {
        _ if last.is_some_and(|last| *last < today) => Force::After,
        Some(first) if *first <= today => Force::During,
        _ => Force::Before,
    }
}

//! `credit-for-kept-promise`.

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::model::commitment::Aim;
use crate::model::credit::{Credit, CreditRow};
use crate::model::words::percent;
use crate::model::{Bound, Commitment, Form, LevelLimit};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-for-kept-promise",
    summary: "a credit that is paid although the promise was kept",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("credit_for_kept_promise.md"),
};

fn paid_although_kept(
    promise: &Commitment,
    (credit, row, below): (&Credit, &CreditRow, Decimal),
    (aim, place): (Decimal, Span),
) -> Diagnostic {
    let (name, of) = (&credit.head.name, &promise.head.name);
    Diagnostic::warning(RULE.name, format!("`{name}` pays although `{of}` is kept"))
        .at(row.span, format!("paid below {}", percent(below)))
        .also(place, format!("kept from {} on", percent(aim)))
        .note(format!(
            "A period with {} keeps the promise and costs a credit all the same.",
            percent((aim + below) / Decimal::TWO)
        ))
        .help(format!("Pay below {}, or promise {}.", percent(aim), percent(below)))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    for credit in model.credits.values() {
        let Some(promise) = credit.of.get().map(|id| &model.commitments[*id]) else { continue };
        let Some((aim, place)) = aim(promise) else { continue };
        // The bounds fall: the first is the highest.
        let first = credit.rows.iter().find_map(|row| Some((row, *row.below.get()?)));
        if let Some((row, below)) = first.filter(|(_, below)| *below > aim) {
            out.push(paid_although_kept(promise, (credit, row, below), (aim, place)));
        }
    }
}

/// From which share on a promise is kept in a period, and where that is said.
fn aim(promise: &Commitment) -> Option<(Decimal, Span)> {
    match (&promise.form, &promise.target) {
        (Form::Level(level), _) if level.bound == Bound::AtLeast => match &level.limit {
            LevelLimit::Share(share) => Some((*share.get()?, promise.sentence)),
            LevelLimit::Time(_) => None,
        },
        (Form::Share(share), _) if share.bound == Bound::AtLeast => {
            Some((*share.percent.get()?, promise.sentence))
        }
        (_, Some(target)) => match target.aim.get()? {
            Aim::Attainment(share) => Some((*share, target.span)),
            Aim::Percentile { .. } => None,
        },
        _ => None,
    }
}

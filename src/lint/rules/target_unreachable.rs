//! `target-unreachable`.

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::closed::{Closed, OutOfHours};
use crate::lint::when::{Often, When};
use crate::lint::{Context, Rule, Stage};
use crate::model::commitment::{Aim, Target, Tier};
use crate::model::{Commitment, Slot, words::percent};

/// The rule.
pub static RULE: Rule = Rule {
    name: "target-unreachable",
    summary: "a target that cannot be reached, as too many come while nobody is at work",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("target_unreachable.md"),
};

fn out_of_reach(
    context: &Context<'_>,
    commitment: &Commitment,
    target: (&Target, Decimal),
    best: &OutOfHours<'_>,
    when: &When,
) -> Diagnostic {
    let roles = &context.model.roles;
    let role = commitment.actor.get().map_or("", |role| roles[*role].head.name.text.as_str());
    let (clause, share) = target;
    let reachable = reachable(best);
    let message = format!("{} cannot be reached, at best {} can", percent(share), percent(reachable));
    let said = Diagnostic::warning(RULE.name, message)
        .at(clause.span, format!("at least {} in time", percent(share)))
        .also(best.tier.span, format!("{} can be over before `{role}` is at work", best.limit));
    let often = match when.often(context, best.clock.1.zone()) {
        Often::Always => "Nobody can be in time for any item.".to_owned(),
        Often::At(when) => format!("Nobody can be in time for what arrives {when}."),
    };
    said.note(often)
        .note("This supposes that items arrive evenly, by day and by night. If most of them come during working hours, it may be reached.")
        .help(format!("Allow business hours, name hours `on call`, or aim at {} or less.", percent(reachable.floor())))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut closed = Closed::new(context);
    for (id, commitment) in context.model.commitments.iter() {
        let Some(target) = &commitment.target else { continue };
        let Slot::Set(Aim::Attainment(share)) = target.aim else { continue };
        if share >= Decimal::ONE_HUNDRED {
            continue;
        }
        // Every item may be of the kind that is missed least.
        let outside = |tier: &Tier| tier.limit.get().is_some_and(|limit| !limit.unit.is_business());
        if !commitment.tiers().iter().all(outside) {
            continue;
        }
        let Some(best) = closed.missed(id).into_iter().min_by_key(|missed| missed.missed.seconds()) else {
            continue;
        };
        if best_share(&best) * Decimal::ONE_HUNDRED >= share {
            continue;
        }
        let Some(when) = When::of(best.missed.clone(), best.whole, best.clock.1.zone()) else { continue };
        out.push(out_of_reach(context, commitment, (target, share), &best, &when));
    }
}

/// The part of the starts from which somebody can be in time.
fn best_share(missed: &OutOfHours<'_>) -> Decimal {
    let (bad, all) = (missed.missed.seconds(), missed.arrivals.seconds().max(1));
    Decimal::ONE - Decimal::from(bad) / Decimal::from(all)
}

/// The same in per cent, rounded down to one decimal place.
fn reachable(missed: &OutOfHours<'_>) -> Decimal {
    (best_share(missed) * Decimal::ONE_THOUSAND).floor() / Decimal::TEN
}

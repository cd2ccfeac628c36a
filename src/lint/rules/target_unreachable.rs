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

/// A limit that most of its items miss, beside others that may hide it.
fn hidden(
    context: &Context<'_>,
    commitment: &Commitment,
    target: (&Target, Decimal),
    worst: &OutOfHours<'_>,
    when: &When,
) -> Diagnostic {
    let roles = &context.model.roles;
    let role = commitment.actor.get().map_or("", |role| roles[*role].head.name.text.as_str());
    let (clause, share) = target;
    let (limit, reachable) = (worst.limit, percent(reachable(worst)));
    let message = format!(
        "{limit} can be kept for {reachable} of its items at best, and the target of {} hides it",
        percent(share)
    );
    let said = Diagnostic::warning(RULE.name, message)
        .at(worst.tier.span, format!("can be over before `{role}` is at work"))
        .also(clause.span, "counted over all limits together");
    let often = match when.often(context, worst.clock.1.zone()) {
        Often::Always => "Nobody can be in time for any of them.".to_owned(),
        Often::At(when) => format!("Nobody can be in time for what arrives {when}."),
    };
    said.note(often)
        .note("The target can be reached as long as few items have this limit: nobody will see that most of those are late. This supposes that they arrive evenly, by day and by night.")
        .help("Allow business hours there, or name hours `on call`.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut closed = Closed::new(context);
    for (id, commitment) in context.model.commitments.iter() {
        let Some(target) = &commitment.target else { continue };
        let Slot::Set(Aim::Attainment(share)) = target.aim else { continue };
        if share >= Decimal::ONE_HUNDRED {
            continue;
        }
        let missed = closed.missed(id);
        let when = |of: &OutOfHours<'_>| When::of(of.missed.clone(), of.whole, of.clock.1.zone());
        let target = (target, share);
        // Every item may be of the kind that is missed least.
        let outside = |tier: &Tier| tier.limit.get().is_some_and(|limit| !limit.unit.is_business());
        let best = missed.iter().min_by_key(|missed| missed.missed.seconds());
        let best = best.filter(|best| {
            commitment.tiers().iter().all(outside) && best_share(best) * Decimal::ONE_HUNDRED < share
        });
        if let Some(best) = best {
            out.extend(when(best).map(|when| out_of_reach(context, commitment, target, best, &when)));
            continue;
        }
        for tier in commitment.tiers() {
            let of_tier = missed.iter().filter(|missed| missed.tier.span == tier.span);
            // On whichever clock it is missed least.
            let Some(best) = of_tier.min_by_key(|missed| missed.missed.seconds()) else { continue };
            if best_share(best) < MOST_ARE_LATE.min(share / Decimal::ONE_HUNDRED) {
                out.extend(when(best).map(|when| hidden(context, commitment, target, best, &when)));
            }
        }
    }
}

/// Under this part, more items of a limit are late than in time, whatever anybody does.
const MOST_ARE_LATE: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// The part of the starts from which somebody can be in time.
fn best_share(missed: &OutOfHours<'_>) -> Decimal {
    let (bad, all) = (missed.missed.seconds(), missed.arrivals.seconds().max(1));
    Decimal::ONE - Decimal::from(bad) / Decimal::from(all)
}

/// The same in per cent, rounded down to one decimal place.
fn reachable(missed: &OutOfHours<'_>) -> Decimal {
    (best_share(missed) * Decimal::ONE_THOUSAND).floor() / Decimal::TEN
}

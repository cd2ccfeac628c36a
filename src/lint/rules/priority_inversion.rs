//! `priority-inversion`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::lint::ranks::{Ranking, rank};
use crate::lint::{Context, Rule, Stage};
use crate::model::predicate::Comparison;
use crate::model::{
    ClockRule, Commitment, Constant, Duration, Field, Form, Id, Model, Predicate, PredicateKind, Subject,
    Term,
};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "priority-inversion",
    summary: "what is more urgent is promised later than what is less",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("priority_inversion.md"),
};

fn later_than_less(urgent: &Limit<'_>, other: &Limit<'_>, verb: &str) -> Diagnostic {
    Diagnostic::warning(
        RULE.name,
        format!(
            "`{}` is more urgent than `{}`, but has {} where that has {}",
            urgent.value, other.value, urgent.time, other.time
        ),
    )
    .at(urgent.span, format!("`{}`: {}", urgent.value, urgent.time))
    .also(other.span, format!("`{}`: {}", other.value, other.time))
    .witness(Witness {
        title: format!("two items of one moment, to {verb}"),
        rows: vec![
            (format!("`{}`", other.value), format!("due after {}", other.time)),
            (format!("`{}`", urgent.value), format!("due after {}", urgent.time)),
        ],
    })
    .note("Whoever works by due date does the less urgent one first, and keeps the agreement by it.")
    .help("Swap the two times, or use names that do not say which is more urgent.")
}

/// The time allowed for the items with one value of a field.
struct Limit<'m> {
    value: &'m str,
    time: Duration,
    span: Span,
}

/// What can be compared: the same act on the same record by the same clock from the same moment, by the same scale.
type Group<'m> = (&'m str, Id<Field>, Id<Field>, Ranking, crate::model::Unit, Option<&'m str>);

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    // Of several promises for one value the strictest counts.
    let mut groups: BTreeMap<_, BTreeMap<u32, Limit<'_>>> = BTreeMap::new();
    for commitment in model.commitments.values() {
        for (group, place, limit) in limits(model, commitment) {
            let record = commitment.subject().and_then(|subject| model.record_of(subject));
            let scale = groups.entry((record, group)).or_default();
            if scale.get(&place).is_none_or(|known| limit.time.amount < known.time.amount) {
                scale.insert(place, limit);
            }
        }
    }
    for ((_, group), scale) in &groups {
        let limits: Vec<&Limit<'_>> = scale.values().collect();
        for pair in limits.windows(2) {
            if pair[0].time.amount > pair[1].time.amount {
                out.push(later_than_less(pair[0], pair[1], group.0));
            }
        }
    }
}

/// The limits of a commitment that are for one value of a scale.
fn limits<'m>(model: &'m Model, commitment: &'m Commitment) -> Vec<(Group<'m>, u32, Limit<'m>)> {
    let Form::Turnaround(turnaround) = &commitment.form else { return Vec::new() };
    let clock = match &commitment.clock {
        ClockRule::Role => Some(model.hours_of_actor(commitment)),
        ClockRule::Calendar(calendar) => Some(Some(calendar)),
        // Times by different hours are not compared.
        ClockRule::Table(_) | ClockRule::Member(_) => None,
    };
    let (Some(clock), Some(start)) = (clock, turnaround.start.get()) else { return Vec::new() };
    let calendar = clock.and_then(|slot| slot.get()).map(|id| model.calendars[*id].head.name.text.as_str());
    let by_definition = match commitment.subject() {
        Some(Subject::Definition(definition)) => value_of(model, &model.definitions[definition].condition),
        _ => None,
    };
    let of_tier = |tier: &'m crate::model::commitment::Tier| {
        let (field, value) = match (&tier.when, by_definition) {
            (Some(when), None) => value_of(model, when)?,
            (None, Some(value)) if turnaround.tiers.len() == 1 => value,
            _ => return None,
        };
        let (ranking, place) = rank(value)?;
        // Letters are grades, and say nothing of urgency.
        let time = *tier.limit.get().filter(|_| ranking != Ranking::Letters)?;
        let unit = time.unit;
        let calendar = calendar.filter(|_| unit.is_business());
        let group = (commitment.verb.as_str(), field, *start, ranking, unit, calendar);
        let span = if by_definition.is_some() { commitment.sentence } else { tier.span };
        Some((group, place, Limit { value, time, span }))
    };
    turnaround.tiers.iter().filter_map(of_tier).collect()
}

/// The field and the value of `priority = p1`, also by the name of a definition that says no more than that.
fn value_of<'m>(model: &'m Model, when: &'m Predicate) -> Option<(Id<Field>, &'m str)> {
    match &when.kind {
        PredicateKind::Compare {
            left: Term::Field(field),
            op: Comparison::Equal,
            right: Term::Constant(Constant::Choice(value)),
        } => Some((*field, value)),
        PredicateKind::Is(definition) => value_of(model, &model.definitions[*definition].condition),
        _ => None,
    }
}

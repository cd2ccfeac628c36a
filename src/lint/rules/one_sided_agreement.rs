//! `one-sided-agreement`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity, names};
use crate::lint::{Context, Rule, Stage, Wholeness};
use crate::model::{Id, Model, Party, Role, Slot, Strength};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "one-sided-agreement",
    summary: "an agreement in which one party owes everything and another nothing",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("one_sided_agreement.md"),
};

/// So many duties of one party are a pattern: fewer are a beginning.
const MANY: usize = 6;

fn one_sided(
    model: &Model,
    parties: &[Id<Party>],
    by_party: &BTreeMap<Id<Party>, Vec<Span>>,
) -> Option<Diagnostic> {
    let idle: Vec<Id<Party>> =
        parties.iter().copied().filter(|party| !by_party.contains_key(party)).collect();
    let (owes, duties) = by_party.iter().next()?;
    let name = |party: &Id<Party>| model.parties[*party].head.name.text.as_str();
    let idle: Vec<&str> = idle.iter().map(name).collect();
    let head = &model.agreement.head;
    let mut out = Diagnostic::warning(
        RULE.name,
        format!(
            "`{}` owes all {} duties of this agreement, {} none",
            name(owes),
            duties.len(),
            names(&idle, "and")
        ),
    )
    .at(head.name.span, "a promise of one side");
    for duty in duties.iter().take(MOST_SHOWN) {
        out = out.also(*duty, format!("owed by `{}`", name(owes)));
    }
    let first = idle.first()?;
    Some(
        out.note(
            "Promises hold as long as both sides need them. What the other side must deliver, decide or answer for them \
             to be kept is left to goodwill.",
        )
        .help(format!("Say what `{first}` owes, such as what it must deliver first, and by when it answers.")),
    )
}

/// So many duties are shown.
const MOST_SHOWN: usize = 3;

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let parties: Option<Vec<Id<Party>>> = model.agreement.parties.iter().map(|p| p.get().copied()).collect();
    let Some(parties) = parties.filter(|p| p.len() > 1 && context.whole == Wholeness::Whole) else { return };
    let mut by_party: BTreeMap<Id<Party>, Vec<Span>> = BTreeMap::new();
    for (role, place) in duties(model) {
        // As long as somebody is not known, it may be the other side.
        let Some(role) = role.get() else { return };
        match &model.roles[*role].party {
            Some(Slot::Set(party)) => by_party.entry(*party).or_default().push(place),
            Some(Slot::Tbd(_) | Slot::Broken) => return,
            None => {}
        }
    }
    if by_party.len() == 1 && by_party.values().all(|duties| duties.len() >= MANY) {
        out.extend(one_sided(model, &parties, &by_party));
    }
}

/// Everything that some role must do, with its place.
fn duties(model: &Model) -> impl Iterator<Item = (&Slot<Id<Role>>, Span)> {
    let owed = Strength::is_duty;
    let promises =
        model.commitments.values().filter(move |c| owed(c.strength)).map(|c| (&c.actor, c.sentence));
    let follow_ups = model.contingencies.values().flat_map(|c| &c.follow_ups).map(|f| (&f.actor, f.span));
    let stages = model.lifecycles.values().flat_map(|l| &l.terms).filter(|t| t.at_most.is_some());
    let stages = stages.filter_map(|t| t.owner.as_ref().map(|owner| (owner, t.span)));
    let steps = model.lifecycles.values().flat_map(|l| &l.transitions).filter(|t| t.within.is_some());
    let steps = steps.flat_map(|t| t.by.iter().map(|role| (role, t.span)));
    let decisions = model.disputes.values().filter_map(|d| d.decided.as_ref()).map(|d| (&d.by, d.span));
    promises.chain(follow_ups).chain(stages).chain(steps).chain(decisions)
}

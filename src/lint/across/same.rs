//! What two agreements declare alike: one thing for whoever compares their promises.

use std::collections::{BTreeMap, BTreeSet};

use super::{Common, pairs};
use crate::evaluate::Evaluator;
use crate::lint::Lines;
use crate::logic::Space;
use crate::model::{Calendar, ClockRule, Definition, Id, Model, Predicate, PredicateKind, Slot, Subject};
use crate::source::FileId;
use crate::worktime::compare::Moments;
use crate::worktime::{Clock, Day, Instant, Interval, TimeZone};

type Same<T> = BTreeMap<Id<T>, Id<T>>;

/// Makes two agreements that were read as one agreement one, in the time and the zone that they have in common; and one
/// definition, and one calendar, of two with the same name and the same meaning: the promises of the second agreement are
/// then about those of the first one.
pub fn unite(model: &mut Model, own: &[BTreeSet<FileId>; 2], common: Common) {
    model.agreement.effective = common.effective;
    model.agreement.zone = common.zone;
    let calendars: Same<Calendar> = pairs(own, &model.calendars, |calendar| &calendar.head)
        .into_iter()
        .filter(|(a, b)| alike(&model.calendars[*a], &model.calendars[*b]))
        .map(|(a, b)| (b, a))
        .collect();
    let definitions = same_definitions(model, own);
    for id in model.roles.ids().collect::<Vec<_>>() {
        let role = &mut model.roles[id];
        role.works.iter_mut().for_each(|works| replace(works, &calendars));
        role.members.iter_mut().for_each(|member| replace(&mut member.works, &calendars));
    }
    for id in model.commitments.ids().collect::<Vec<_>>() {
        let commitment = &mut model.commitments[id];
        match &mut commitment.clock {
            ClockRule::Calendar(calendar) => replace(calendar, &calendars),
            ClockRule::Table(rows) => rows.iter_mut().for_each(|row| replace(&mut row.calendar, &calendars)),
            ClockRule::Role | ClockRule::Member(_) => {}
        }
        if let Some(Slot::Set(Subject::Definition(definition))) = &mut commitment.subject
            && let Some(first) = definitions.get(definition)
        {
            *definition = *first;
        }
    }
    for id in model.definitions.ids().collect::<Vec<_>>() {
        rename(&mut model.definitions[id].condition, &definitions);
    }
}

fn replace<T>(slot: &mut Slot<Id<T>>, same: &Same<T>) {
    if let Slot::Set(id) = slot
        && let Some(first) = same.get(id)
    {
        *id = *first;
    }
}

/// A definition of parts of another one names the one that stands for both.
fn rename(condition: &mut Predicate, same: &Same<Definition>) {
    match &mut condition.kind {
        PredicateKind::And(all) => all.iter_mut().for_each(|part| rename(part, same)),
        PredicateKind::Is(definition) => {
            if let Some(first) = same.get(definition) {
                *definition = *first;
            }
        }
        _ => {}
    }
}

/// The definitions of one record and one moment that are the same condition, whatever stands behind its words.
fn same_definitions(model: &Model, own: &[BTreeSet<FileId>; 2]) -> Same<Definition> {
    let mut out = Same::new();
    for (a, b) in pairs(own, &model.definitions, |definition| &definition.head) {
        let (first, second) = (&model.definitions[a], &model.definitions[b]);
        let Some(record) = first.record.get().filter(|record| second.record.get() == Some(record)) else {
            continue;
        };
        // The present moment is the same for both.
        let mut space = Space::new(model, *record, Instant::MIN);
        if first.since == second.since && space.definition(a) == space.definition(b) {
            out.insert(b, a);
        }
    }
    out
}

/// Whether two calendars are written alike, whatever they call their days.
pub(in crate::lint) fn alike(a: &Calendar, b: &Calendar) -> bool {
    let closures = |calendar: &Calendar| -> BTreeSet<_> {
        calendar.closures.iter().map(|closure| (closure.from, closure.to)).collect()
    };
    let exceptions = |calendar: &Calendar| -> BTreeMap<_, _> {
        calendar.exceptions.iter().map(|special| (special.date, special.hours.clone())).collect()
    };
    let seasons = |calendar: &Calendar| -> Vec<_> {
        calendar.seasons.iter().map(|season| (season.from, season.to, season.weekly.clone())).collect()
    };
    a.zone.is_set()
        && a.zone == b.zone
        && a.weekly == b.weekly
        && seasons(a) == seasons(b)
        && a.cutoff == b.cutoff
        && closures(a) == closures(b)
        && exceptions(a) == exceptions(b)
}

/// The moments at which each of two calendars is open, in the part of the term for which both know their closures, and that
/// time in the zone of the second one.
pub(in crate::lint) fn open_moments<'a>(
    evaluator: &'a Evaluator<'_>,
    lines: &Lines<'_>,
    calendars: [Id<Calendar>; 2],
) -> Option<([Moments; 2], Interval, &'a TimeZone)> {
    let zone = evaluator.hours(calendars[1])?;
    let zone = Clock::Business(zone).zone();
    let mut whole = lines.whole(zone)?;
    for covers in calendars.iter().filter_map(|id| evaluator.model().calendars[*id].covers.as_ref()) {
        whole.from = whole.from.max(zone.start_of(Day::of(covers.from)).ok()?);
        whole.to = whole.to.min(zone.end_of(Day::of(covers.to)).ok()?);
    }
    if whole.to <= whole.from {
        return None;
    }
    let open = |id: Id<Calendar>| {
        let clock = (Some(id), Clock::Business(evaluator.hours(id)?));
        Some(lines.opened(clock, whole)?.running().within(whole))
    };
    Some(([open(calendars[0])?, open(calendars[1])?], whole, zone))
}

//! Reminders, escalations, and what follows when a pattern shows.

use super::super::book::{Book, zone_in_words};
use super::super::condition::constant;
use super::super::document::{Block, Mark, Moment, Say, Text, listed};
use super::super::example::{Search, Worked, period_in_words};
use super::super::words;
use super::dated::{Case, cases, limits_of};
use super::{clause, lead};
use crate::evaluate::Course;
use crate::model::contingency::{Act, Anchor, FollowUp, MissedBy, Pattern, PatternKind, Step};
use crate::model::{Commitment, Contingency, Duration, Form, Id, Record, Slot};
use crate::worktime::{self, Clock, NO_PAUSES, words as time};

/// The section.
pub fn blocks(book: &Book<'_>) -> Vec<Block> {
    book.model
        .contingencies
        .iter()
        .map(|(id, contingency)| clause(book, id, &contingency.head, contingency_blocks(book, contingency)))
        .collect()
}

fn contingency_blocks(book: &Book<'_>, contingency: &Contingency) -> Vec<Block> {
    let mut out = Vec::new();
    if !contingency.steps.is_empty() {
        let of = contingency.of.iter().map(|slot| vec![book.commitment_slot(slot)]).collect();
        out.push(
            Say::new("For each item of ")
                .text(listed(of, "or"))
                .words(" that is neither done nor excused, these steps are taken:")
                .paragraph(),
        );
        out.extend(ladder(book, contingency));
    }
    if !contingency.patterns.is_empty() {
        let several = contingency.patterns.len() > 1;
        out.push(Block::words(if several {
            "When one of these patterns shows:"
        } else {
            "When this pattern shows:"
        }));
        let patterns = contingency.patterns.iter();
        out.push(Block::List(patterns.map(|p| vec![Block::Paragraph(pattern(book, p))]).collect()));
    }
    if !contingency.follow_ups.is_empty() {
        let lead = if contingency.patterns.is_empty() { "This is owed:" } else { "Then this is owed:" };
        out.push(Block::words(lead));
        let follow_ups = contingency.follow_ups.iter();
        out.push(Block::List(follow_ups.map(|f| vec![Block::Paragraph(follow_up(book, f))]).collect()));
        out.extend(follow_up_example(book, contingency));
    }
    if out.is_empty() {
        out.push(Block::words("No step is written here."));
    }
    out
}

// ------------------------------------------------------------------------------------------------ around the deadline

/// The steps on a timeline, with the moments of a worked example.
fn ladder(book: &Book<'_>, contingency: &Contingency) -> Vec<Block> {
    // Of several, the first is the example.
    let watched = contingency.commitments().next();
    let worked = watched.and_then(|id| Some((id, worked(book, id)?)));
    let record = watched.and_then(|id| book.record_of(&book.model.commitments[id]));
    let at = |moment: Option<worktime::Instant>| match (&worked, moment) {
        (Some((_, found)), Some(moment)) => {
            Some(time::labelled_deadline(moment, found.case.clock.zone(), book.zone()))
        }
        _ => None,
    };
    let event = worked
        .as_ref()
        .map(|(_, found)| time::labelled_moment(found.worked.start, found.case.clock.zone(), book.zone()));
    let is_lead = watched.is_some_and(|id| matches!(book.model.commitments[id].form, Form::LeadTime(_)));
    let mut from = Some(Moment {
        when: Say::new(if is_lead { "Event" } else { "Start" }).end(),
        what: Say::new(if is_lead { "what it leads up to" } else { "the clock starts" }).end(),
        example: event,
        mark: Mark::Start,
    });
    let mut rows: Vec<Moment> = from.take_if(|_| !is_lead).into_iter().collect();
    let mut deadline = Some(Moment {
        when: Say::new("Deadline").end(),
        what: Say::new("the allowed time is used up").end(),
        example: at(worked.as_ref().map(|(_, found)| found.worked.deadline)),
        mark: Mark::Deadline,
    });
    for step in &contingency.steps {
        let after = matches!(step.anchor, Anchor::AfterDeadline(_));
        if after {
            rows.extend(deadline.take());
        }
        let moment = worked.as_ref().and_then(|(id, found)| moment_of(book, *id, found, step));
        rows.push(Moment {
            when: when(step),
            what: act(book, record, step),
            example: at(moment),
            mark: if after { Mark::After } else { Mark::Before },
        });
    }
    rows.extend(deadline.take());
    rows.extend(from.take());
    let mut out = vec![Block::Timeline(rows)];
    if let Some((id, found)) = &worked {
        let which = if found.case.which.is_empty() { "example" } else { "first example" };
        let lead = Say::new(format!("The dates are those of the {which} under ")).and(book.commitment(*id));
        let zone = found.case.clock.zone();
        let lead = match book.zone() {
            Some(own) if own.name() != zone.name() => {
                lead.words(format!(", in {}", zone_in_words(zone.name())))
            }
            _ => lead,
        };
        out.push(Block::Remark(
            lead.words(". Once the item is done, the steps that are left are not taken.").end(),
        ));
    }
    out
}

/// The example of a commitment that is watched.
struct Found<'b> {
    case: Case<'b>,
    worked: Worked,
}

/// The first example of the commitment that is watched.
fn worked<'b>(book: &'b Book<'_>, id: Id<Commitment>) -> Option<Found<'b>> {
    if book.evaluator.gap(id).is_some() {
        return None;
    }
    let commitment = &book.model.commitments[id];
    let case = cases(book, id, &limits_of(commitment), "").into_iter().next()?;
    let worked = match commitment.form {
        Form::LeadTime(_) => lead::best(book, id, case.limit, case.clock)?,
        _ => Search::by(book, case.clock, case.limit)?.best()?,
    };
    Some(Found { case, worked })
}

fn moment_of(
    book: &Book<'_>,
    id: Id<Commitment>,
    found: &Found<'_>,
    step: &Step,
) -> Option<worktime::Instant> {
    let Found { case: Case { limit, clock, .. }, worked } = found;
    let start = (worked.start < worked.deadline).then_some(worked.start);
    let pauses = &NO_PAUSES;
    let course = Course { start, deadline: worked.deadline, limit: *limit, clock: *clock, pauses };
    let moments = book.evaluator.step_moments(id, &course);
    moments.into_iter().find(|m| std::ptr::eq(m.step, step)).and_then(|m| m.moment)
}

fn when(step: &Step) -> Text {
    let duration = |slot: &Slot<Duration>| words::slot(slot, |d| words::duration(*d));
    match &step.anchor {
        Anchor::BeforeDeadline(by) => Say::default().text(duration(by)).words(" before the deadline").end(),
        Anchor::AfterStart(by) => Say::default().text(duration(by)).words(" after the start").end(),
        Anchor::AfterDeadline(None) => Say::new("At the deadline").end(),
        Anchor::AfterDeadline(Some(by)) => {
            Say::default().text(duration(by)).words(" after the deadline").end()
        }
        Anchor::Elapsed(share) => {
            let share = words::slot(share, |p| words::percent(*p));
            Say::new("When ").text(share).words(" of the time is used up").end()
        }
    }
}

fn act(book: &Book<'_>, record: Option<Id<Record>>, step: &Step) -> Text {
    let say = match &step.act {
        Act::Remind(roles) => Say::new("remind ").text(book.roles(roles, "and")),
        Act::Notify(roles) => Say::new("notify ").text(book.roles(roles, "and")),
        Act::Escalate(role) => Say::new("escalate to ").and(book.role_slot(role)),
        Act::Reassign(role) => Say::new("the item gets a new owner: ").and(book.role_slot(role)),
        Act::Return(role) => Say::new("the item goes back to ").and(book.role_slot(role)),
        Act::Set(field, value) => {
            let value = value.get().map_or_else(|| words::open(value), constant);
            Say::new("set ").and(book.field_slot(record, field)).words(" to ").and(value)
        }
    };
    via(book, say, step.via.as_ref())
}

fn via(book: &Book<'_>, say: Say, channel: Option<&Slot<Id<crate::model::Channel>>>) -> Text {
    match channel {
        Some(channel) => say.words(" via ").and(book.channel_slot(channel)).end(),
        None => say.end(),
    }
}

// ------------------------------------------------------------------------------------------------------------ patterns

fn pattern(book: &Book<'_>, pattern: &Pattern) -> Text {
    let say = Say::default().and(book.commitment_slot(&pattern.commitment));
    match &pattern.kind {
        PatternKind::Below { percent, count, period } => {
            let percent = words::slot(percent, |p| words::percent(*p));
            let say = say.words(" is below ").text(percent);
            let say = match count {
                1 => say.words(format!(" in a {period}")),
                n => say.words(format!(" in {} in a row", words::periods(*n, *period))),
            };
            say.words(format!("; judged at the end of each {period}.")).end()
        }
        PatternKind::Missed { times, period, by } => {
            let times = words::slot(times, |n| words::count(*n as usize, "time"));
            let by = match by {
                MissedBy::Anyone => "",
                MissedBy::SameOwner => " by the same owner",
            };
            let own = pattern.commitment.get().and_then(|id| match &book.model.commitments[*id].form {
                Form::Quota(quota) => Some(quota.per),
                Form::Share(share) => Some(share.per),
                Form::Level(level) => Some(level.per),
                _ => None,
            });
            let counted = match own {
                Some(own) if own != *period => format!("; each {own} that ends in it counts once"),
                _ => String::new(),
            };
            say.words(" is missed ").text(times).words(format!(" in a {period}{by}{counted}.")).end()
        }
    }
}

fn follow_up(book: &Book<'_>, follow_up: &FollowUp) -> Text {
    let strength = follow_up.strength.word();
    let object = if follow_up.object.is_empty() { String::new() } else { format!(" {}", follow_up.object) };
    let say = Say::default()
        .and(book.role_slot(&follow_up.actor))
        .words(" ")
        .strong(strength)
        .words(format!(" {}{object}", follow_up.verb));
    Say::default()
        .text(via(book, say, follow_up.via.as_ref()))
        .words(if follow_up.via.is_some() { ", within " } else { " within " })
        .text(words::slot(&follow_up.within, |d| words::duration(*d)))
        .words(" of the moment the pattern shows.")
        .end()
}

/// When a follow-up is due, for a pattern that shows at the end of a period.
fn follow_up_example(book: &Book<'_>, contingency: &Contingency) -> Option<Block> {
    let (count, kind) = contingency.patterns.iter().find_map(|p| match &p.kind {
        PatternKind::Below { count, period, .. } => Some((*count, *period)),
        PatternKind::Missed { .. } => None,
    })?;
    let follow_up = contingency.follow_ups.first()?;
    let (actor, within) = (*follow_up.actor.get()?, *follow_up.within.get()?);
    let (from, to) = book.model.agreement.effective.as_ref()?.term()?;
    let periods = book.evaluator.periods(kind);
    let mut period = periods.containing(from).ok()?;
    let first = period_in_words(&period, kind);
    for _ in 1..count.min(100) {
        period = periods.next(&period).ok()?;
    }
    let zone = book.zone()?;
    let shows = period.end(zone).ok()?;
    let clock = book.hours_of(actor).map_or(Clock::Wall(zone), Clock::Business);
    let due = worktime::due(shows, within, clock).ok()?;
    if to.is_some_and(|to| zone.due_date(due) > to) {
        return None;
    }
    let both = if count == 1 { first } else { format!("{first} to {}", period_in_words(&period, kind)) };
    let title = Say::new(format!("A pattern over {both} shows on {}. ", time::deadline(shows, zone)))
        .words("What follows is due ")
        .strong(time::labelled_deadline(due, clock.zone(), book.zone()))
        .words(".");
    Some(Block::Example(title.end(), Vec::new()))
}

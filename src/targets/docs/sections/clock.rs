//! The clock of a promise: what its units mean, and by which working hours they run.

use super::super::book::{Book, zone_in_words};
use super::super::document::{Block, Inline, Say};
use super::super::words;
use super::commitments::condition;
use crate::model::commitment::ClockRow;
use crate::model::{Calendar, ClockOf, ClockRule, Commitment, Field, Id, Slot, TimeOfDay, Unit};

/// What the units mean, with the cut-off of the commitment's calendar.
pub fn unit_rules_of(book: &Book<'_>, commitment: &Commitment, units: &[Unit]) -> Vec<Block> {
    let calendars = match book.model.clock(commitment) {
        ClockOf::EveryItem(calendar) => vec![calendar],
        ClockOf::ByItem(calendars) => calendars,
    };
    let known = calendars.into_iter().flatten().filter_map(|slot| slot.get().copied());
    let cut_offs: Vec<Option<TimeOfDay>> =
        known.map(|calendar| book.model.calendars[calendar].cutoff).collect();
    let cut_off = match cut_offs.as_slice() {
        [] => None,
        [first, others @ ..] if others.iter().all(|other| other == first) => {
            first.map(|at| format!("What starts after {at}"))
        }
        _ if cut_offs.iter().all(Option::is_none) => None,
        _ => Some("Where the calendar has a cut-off, what starts after it".to_owned()),
    };
    let rules = unit_rules(units, cut_off.as_deref());
    rules.into_iter().map(|rule| Block::Remark(Say::new(rule).end())).collect()
}

/// What the units mean, each said once.
fn unit_rules(units: &[Unit], cut_off: Option<&str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for unit in units {
        let rule = match unit {
            Unit::Minutes | Unit::Hours => "Minutes and hours run on the wall clock, day and night.".to_owned(),
            Unit::BusinessMinutes | Unit::BusinessHours => {
                "Business minutes and hours run only while the calendar is open. The deadline is the earliest moment \
                 at which they are used up."
                    .to_owned()
            }
            Unit::BusinessDays => {
                let cut_off = cut_off.map(|at| {
                    format!(" {at}, or on a closed day, counts as starting on the next open day.")
                });
                format!(
                    "Business days: the day of the start is day 0. The deadline is the closing time of the last of the \
                     open days that follow.{}",
                    cut_off.unwrap_or_default()
                )
            }
            Unit::CalendarDays | Unit::Weeks => {
                "Calendar days and weeks: the day of the start is day 0. They end at 24:00 of the last day, in the zone \
                 given below. Closed days count as well."
                    .to_owned()
            }
            Unit::Months => {
                "Months end at 24:00 of the same day of a later month, or of its last day if that month is shorter."
                    .to_owned()
            }
        };
        if !out.contains(&rule) {
            out.push(rule);
        }
    }
    out
}

/// The working hours that count.
pub fn calendar(book: &Book<'_>, commitment: &Commitment, units: &[Unit]) -> Vec<Block> {
    let of_role = || book.model.hours_of_actor(commitment);
    match &commitment.clock {
        ClockRule::Role => vec![one(book, of_role(), units)],
        ClockRule::Calendar(calendar) => vec![one(book, Some(calendar), units)],
        ClockRule::Table(rows) => table(book, commitment, rows, units),
        ClockRule::Member(field) => by_person(book, commitment, field, units),
    }
}

fn one(book: &Book<'_>, calendar: Option<&Slot<Id<Calendar>>>, units: &[Unit]) -> Block {
    match calendar {
        Some(Slot::Set(calendar)) => {
            Say::default().text(book.calendar_in_words(*calendar)).words(".").paragraph()
        }
        Some(other) => Say::default().and(words::open(other)).paragraph(),
        None if units.iter().any(|u| u.is_business()) => Say::default().and(Inline::Unknown).paragraph(),
        None => match book.zone() {
            Some(zone) => {
                let zone = zone_in_words(zone.name());
                Say::new(format!("None: days begin and end in {zone}.")).paragraph()
            }
            None => Say::default().and(Inline::Unknown).paragraph(),
        },
    }
}

fn name(book: &Book<'_>, calendar: &Slot<Id<Calendar>>) -> Inline {
    calendar.get().map_or_else(|| words::open(calendar), |calendar| book.calendar(*calendar))
}

fn table(book: &Book<'_>, commitment: &Commitment, rows: &[ClockRow], units: &[Unit]) -> Vec<Block> {
    let record = book.record_of(commitment);
    let row = |row: &ClockRow| {
        let say = Say::default().and(name(book, &row.calendar));
        match &row.when {
            Some(when) => condition(book, record, when, say.words(" when")),
            None => vec![say.words(" in every other case.").paragraph()],
        }
    };
    let mut items: Vec<Vec<Block>> = rows.iter().map(row).collect();
    if rows.iter().all(|row| row.when.is_some()) {
        let role = match book.model.hours_of_actor(commitment) {
            Some(calendar) => Say::new("In every other case the hours of the role: ")
                .and(name(book, calendar))
                .words(".")
                .paragraph(),
            None => one(book, None, units),
        };
        items.push(vec![role]);
    }
    vec![Block::words("The first of these that applies:"), Block::Numbered(items)]
}

fn by_person(
    book: &Book<'_>,
    commitment: &Commitment,
    field: &Slot<Id<Field>>,
    units: &[Unit],
) -> Vec<Block> {
    let field = book.field_slot(book.record_of(commitment), field);
    let lead = Say::new("That of the person in ").and(field).words(", as the CRM calls them:").paragraph();
    let members = commitment.actor.get().map(|role| book.model.roles[*role].members.as_slice());
    let member = |member: &crate::model::agreement::Member| {
        let say = Say::default().strong(member.name.clone()).words(": ");
        vec![say.and(name(book, &member.works)).words(".").paragraph()]
    };
    let mut items: Vec<Vec<Block>> = members.unwrap_or_default().iter().map(member).collect();
    items.push(vec![match book.model.hours_of_actor(commitment) {
        Some(calendar) => Say::new("Everybody else, and nobody: the hours of the role, ")
            .and(name(book, calendar))
            .words(".")
            .paragraph(),
        None => one(book, None, units),
    }]);
    vec![lead, Block::List(items)]
}

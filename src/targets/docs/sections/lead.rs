//! Something is done so long before a moment.

use super::super::book::{Book, zone_in_words};
use super::super::document::{Block, Fact, Inline, Say, Text};
use super::super::example::{Piece, Worked, closed_piece, collapsed, term};
use super::super::words;
use super::clock::calendar;
use super::commitments::excused;
use super::dated::{Case, cases, counted, judged, judged_late, limits_of, pieces};
use super::turnaround::{counts_in, done, late, limit, limits, target};
use crate::model::commitment::LeadTime;
use crate::model::{Commitment, Duration, Field, FieldType, Id, Unit};
use crate::worktime::{self, Clock, Day, Instant, OpenHours, words as time};

/// `request each Event at least 45 business days before Starts on.`
pub fn sentence(book: &Book<'_>, commitment: &Commitment, form: &LeadTime, say: Say) -> Text {
    let say = say.words("each ").and(book.subject_of(commitment));
    let say = match form.tiers.as_slice() {
        [] => say.words(" at least ").and(Inline::Unknown),
        [only] if only.when.is_none() => say.words(" at least ").text(limit(only)),
        _ => say.words(" at least as long as is stated for it"),
    };
    say.words(" before ").and(book.field_slot(book.record_of(commitment), &form.anchor)).words(".").end()
}

/// The exact meaning.
pub fn facts(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment, form: &LeadTime) -> Vec<Fact> {
    let units: Vec<Unit> = form.tiers.iter().filter_map(|t| t.limit.get()).map(|d| d.unit).collect();
    let mut times = limits(book, commitment, &form.tiers);
    times.extend(unit_rules(&units).into_iter().map(|rule| Block::Remark(Say::new(rule).end())));
    let mut out = vec![
        Fact { label: "Leads up to", blocks: vec![leads_up_to(book, commitment, form)] },
        Fact { label: "Done", blocks: done(book, commitment) },
        Fact { label: "Lead time", blocks: times },
        Fact { label: "Calendar", blocks: calendar(book, commitment, &units) },
        Fact { label: "Late", blocks: late(commitment, &units) },
        Fact { label: "Counts in", blocks: vec![counts_in(book, id, commitment)] },
        excused(book, id, commitment),
        Fact { label: "Target", blocks: target(commitment) },
    ];
    out.retain(|fact| !fact.blocks.is_empty());
    out
}

fn leads_up_to(book: &Book<'_>, commitment: &Commitment, form: &LeadTime) -> Block {
    let record = book.record_of(commitment);
    let say = Say::default().and(book.field_slot(record, &form.anchor));
    let day = anchor_field(book, commitment, form).is_some_and(|field| field.ty == FieldType::Date);
    let say = if day { say.words(", which begins at 00:00 of that day") } else { say };
    say.words(". While that is empty, the item has not started and does not count.").paragraph()
}

fn anchor_field<'b>(book: &Book<'b>, commitment: &Commitment, form: &LeadTime) -> Option<&'b Field> {
    Some(&book.model.records[book.record_of(commitment)?].fields[*form.anchor.get()?])
}

/// What the units mean when they are counted back, each said once.
fn unit_rules(units: &[Unit]) -> Vec<&'static str> {
    let mut out = Vec::new();
    for unit in units {
        let rule = match unit {
            Unit::Minutes | Unit::Hours => {
                "Minutes and hours are counted back on the wall clock, day and night."
            }
            Unit::BusinessMinutes | Unit::BusinessHours => {
                "Business minutes and hours are counted back while the calendar is open. The deadline is the latest \
                 moment from which they still fit."
            }
            Unit::BusinessDays => {
                "Business days are counted back: the day of the event is day 0. The deadline is the opening time of \
                 the last of the open days before it, so that so many whole open days lie between."
            }
            Unit::CalendarDays | Unit::Weeks => {
                "Calendar days and weeks are counted back: the day of the event is day 0. The deadline is 00:00 of the \
                 day so much earlier, so that so many whole days lie between. Closed days count as well."
            }
            Unit::Months => {
                "Months are counted back to 00:00 of the same day of an earlier month, or of its last day if that month \
                 is shorter."
            }
        };
        if !out.contains(&rule) {
            out.push(rule);
        }
    }
    out
}

// ---------------------------------------------------------------------------------------------------------- in dates

/// A worked example for every lead time, on every clock.
pub fn examples(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment, form: &LeadTime) -> Vec<Block> {
    let example = |case: Case<'_>| example(book, id, commitment, form, &case);
    cases(book, id, &limits_of(commitment), "At least").into_iter().flat_map(example).collect()
}

fn example(
    book: &Book<'_>,
    id: Id<Commitment>,
    commitment: &Commitment,
    form: &LeadTime,
    case: &Case<'_>,
) -> Vec<Block> {
    let (limit, clock, which) = (case.limit, case.clock, &case.which);
    let Some(worked) = best(book, id, limit, clock) else {
        let none = format!("No event in the term has a deadline of {} in it.", words::duration(limit));
        return vec![Block::Remark(Say::new(none).end())];
    };
    let zone = clock.zone();
    let label = commitment.subject().map(|s| book.subject_label(s)).unwrap_or_default();
    let article = words::capital(words::article(&label));
    let day = anchor_field(book, commitment, form).is_some_and(|field| field.ty == FieldType::Date);
    let event = if day { time::day(zone.date(worked.start)) } else { time::moment(worked.start, zone) };
    let anchor = anchor_field(book, commitment, form).map(Field::label).unwrap_or_default();
    let title = Say::new(format!("{which}{article} {label} whose “{anchor}” is {event} is due "))
        .strong(time::moment(worked.deadline, zone))
        .words(".")
        .end();
    let mut blocks = vec![pieces(&worked.pieces)];
    blocks.retain(|b| !matches!(b, Block::Table(table) if table.rows.is_empty()));
    blocks.push(Block::List(outcomes(book, id, commitment, case, &worked)));
    if book.zone().is_some_and(|own| own.name() != zone.name()) {
        let zone = zone_in_words(zone.name());
        blocks.push(Block::Remark(Say::new(format!("Times in this example are in {zone}.")).end()));
    }
    vec![Block::Example(title, blocks)]
}

fn outcomes(
    book: &Book<'_>,
    id: Id<Commitment>,
    commitment: &Commitment,
    case: &Case<'_>,
    worked: &Worked,
) -> Vec<Vec<Block>> {
    let by = time::moment(worked.deadline, case.clock.zone());
    let mut out = vec![judged(format!("Done by {by}: "), "met", ".")];
    out.extend(judged_late(case, worked));
    out.extend(counted(book, id, commitment, (worked.deadline, worked.deadline)));
    out
}

/// The most instructive event of the term: from the event (`start`) back to the deadline.
pub fn best(book: &Book<'_>, id: Id<Commitment>, limit: Duration, clock: Clock<'_>) -> Option<Worked> {
    let (first, last) = term(book);
    let from = clock.zone().start_of(Day::of(first)).ok()?;
    let days = Day::of(first).number()..=Day::of(last).number();
    let events = days.filter_map(|number| {
        let day = Day::from_number(number).ok()?;
        // A day on which somebody works, and a moment at which they do: events on closed days look odd.
        let event = match clock.hours() {
            Ok(hours) => hours.open_day(day)?.opening,
            Err(_) => clock.zone().start_of(day).ok()?.plus(9 * 3600).ok()?,
        };
        let event = if anchored_by_day(book, id) { clock.zone().start_of(day).ok()? } else { event };
        let deadline = worktime::ahead(event, limit, clock).ok()?;
        (from <= deadline && deadline < event).then_some((event, deadline))
    });
    let closed = |event: Instant, deadline: Instant| {
        let Ok(hours) = clock.hours() else { return 0 };
        let (first, last) = (clock.zone().day(deadline), clock.zone().day(event));
        let between = first.number()..last.number();
        between.filter(|n| Day::from_number(*n).is_ok_and(|day| hours.open_day(day).is_none())).count()
    };
    let mut best: Option<(usize, Instant, Instant)> = None;
    for (event, deadline) in events {
        let score = closed(event, deadline);
        if best.is_none_or(|(most, ..)| score > most) {
            best = Some((score, event, deadline));
        }
    }
    let (_, event, deadline) = best?;
    let pieces = match (limit.unit, clock) {
        (Unit::BusinessDays, Clock::Business(hours)) => day_pieces(hours, event, deadline),
        _ => Vec::new(),
    };
    Some(Worked { start: event, deadline, pieces: collapsed(pieces), change: None })
}

fn anchored_by_day(book: &Book<'_>, id: Id<Commitment>) -> bool {
    let commitment = &book.model.commitments[id];
    match &commitment.form {
        crate::model::Form::LeadTime(form) => {
            anchor_field(book, commitment, form).is_some_and(|field| field.ty == FieldType::Date)
        }
        _ => false,
    }
}

/// Day by day, from the deadline to the event, which days count.
fn day_pieces(hours: &OpenHours, event: Instant, deadline: Instant) -> Vec<Piece> {
    let zone = hours.zone();
    let (zero, last) = (zone.day(event), zone.day(deadline));
    let mut out = vec![Piece {
        days: time::day(zero.date()),
        hours: "the day of the event".to_owned(),
        counts: "day 0".to_owned(),
    }];
    let mut after = zero;
    for (n, open) in hours.open_days_before(zero).take_while(|open| open.day >= last).enumerate() {
        out.extend(closed_piece(open.day, after));
        let opening = time::time(zone.local(open.opening).seconds);
        out.push(Piece {
            days: time::day(open.day.date()),
            hours: format!("opens at {opening}"),
            counts: format!("day {}", n + 1),
        });
        after = open.day;
    }
    out
}

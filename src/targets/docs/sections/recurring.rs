//! Something is done again and again, on certain days.

use super::super::book::{Book, zone_in_words};
use super::super::condition::phrase;
use super::super::document::{Block, Fact, Inline, Say, Text, listed};
use super::super::words;
use super::clock::calendar;
use super::commitments::failure;
use super::turnaround::target;
use crate::model::recurrence::{DayKind, Evidence, Occasion};
use crate::model::{Commitment, Date, Id, Period, Recurrence, Recurring, Slot, Unit};
use crate::worktime::{Day, Occurrence, words as time};

/// So many dates are read one by one.
const SHOWN: usize = 5;

/// `hold “pipeline review” every week on Monday at 10:00 via Weekly sync.`
pub fn sentence(book: &Book<'_>, form: &Recurring, say: Say) -> Text {
    let say = match &form.object {
        Some(object) => say.words(format!("“{object}” ")),
        None => say,
    };
    let say = say.text(when(form));
    match &form.via {
        Some(via) => say.words(" via ").and(book.channel_slot(via)).words(".").end(),
        None => say.words(".").end(),
    }
}

/// `every week on Monday at 10:00`.
pub fn when(form: &Recurring) -> Text {
    match &form.recurrence {
        Slot::Set(rule) => Say::default().strong(rule.to_string()).end(),
        other => vec![words::open(other)],
    }
}

/// The exact meaning.
pub fn facts(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment, form: &Recurring) -> Vec<Fact> {
    let rule = form.recurrence.get();
    let units = if rule.is_some_and(Recurrence::needs_calendar) { vec![Unit::BusinessDays] } else { vec![] };
    let mut out = vec![
        Fact { label: "Due", blocks: rule.map(due).unwrap_or_default() },
        Fact { label: "Dates", blocks: dates(book, id) },
        Fact { label: "Calendar", blocks: calendar(book, commitment, &units) },
        Fact { label: "Shown by", blocks: shown_by(book, form.evidence.as_ref()) },
    ];
    if form.evidence.is_some() {
        out.push(Fact { label: "Late", blocks: vec![late(commitment)] });
        out.push(Fact { label: "Counts in", blocks: vec![counts_in(book, id)] });
        out.push(Fact { label: "Target", blocks: target(commitment) });
    }
    out.retain(|fact| !fact.blocks.is_empty());
    out
}

/// The rule in words.
fn due(rule: &Recurrence) -> Vec<Block> {
    let period = rule.period();
    let at = rule.at.map(|at| format!(" at {at}"));
    let what = match rule.occasion {
        Occasion::Whole if period == Period::Day => match at {
            Some(at) => format!("Each such day{at}. Done at any time of that day, it is in time."),
            None => "By the end of each such day.".to_owned(),
        },
        Occasion::Whole => format!("By the end of each {period}, at any time in it."),
        Occasion::On(_) => match at {
            Some(at) => format!("On that day{at}. Done at any time of that day, it is in time."),
            None => "At any time of that day.".to_owned(),
        },
        Occasion::By(_) => match at {
            Some(at) => format!("From the start of the {period} until that day{at}."),
            None => format!(
                "From the start of the {period} until that day closes; until 24:00 if it is no working day."
            ),
        },
        Occasion::AfterEnd(time) => format!(
            "From the end of the {period} until {} are used up; its last day is day 0.",
            words::duration(time)
        ),
    };
    let mut out = vec![Block::words(what)];
    let may_lack = match rule.occasion {
        Occasion::On(day) | Occasion::By(day) => day.nth.is_some_and(|nth| match day.of {
            // Every month has 28 days, and four of each weekday.
            DayKind::Any => nth > 28,
            DayKind::Weekday(_) => nth > 4,
            DayKind::Business => nth > 1,
        }),
        Occasion::Whole | Occasion::AfterEnd(_) => false,
    };
    if may_lack && period != Period::Week {
        out.push(Block::Remark(
            Say::new(format!("A {period} with fewer such days has it on the last of them.")).end(),
        ));
    }
    out
}

/// The first dates of the term, how many more there are, and which of them are closed.
fn dates(book: &Book<'_>, id: Id<Commitment>) -> Vec<Block> {
    let Ok(schedule) = book.evaluator.schedule(id) else { return Vec::new() };
    let (first, last) = super::super::example::term(book);
    let all: Vec<Occurrence> = schedule.between(first, last).collect();
    let zone = schedule.clock().zone();
    let Some(end) = all.last() else {
        return vec![Block::words("Nothing is due in the term of the agreement.")];
    };
    let rule = schedule.rule();
    let all_day = rule.at.is_none() && matches!(rule.occasion, Occasion::On(_) | Occasion::Whole);
    let said = |occurrence: &Occurrence| {
        let words = if all_day { time::day(occurrence.day) } else { time::deadline(occurrence.due, zone) };
        vec![Inline::Plain(words)]
    };
    let shown: Vec<Text> = all.iter().take(SHOWN).map(said).collect();
    let more = all.len().saturating_sub(SHOWN);
    let say = Say::default().text(listed(shown, "and"));
    let say = match more {
        0 => say.words("."),
        1 => say.words(", and once more ").text(said(end)).words("."),
        _ => say.words(format!(", and {more} more, the last ")).text(said(end)).words("."),
    };
    let mut out = vec![say.paragraph()];
    out.extend(closed(book, id, &all));
    if book.zone().is_some_and(|own| own.name() != zone.name()) {
        out.push(Block::Remark(
            Say::new(format!("Days and times are in {}.", zone_in_words(zone.name()))).end(),
        ));
    }
    out
}

/// The days on which it is due although nobody works.
fn closed(book: &Book<'_>, id: Id<Commitment>, all: &[Occurrence]) -> Option<Block> {
    let schedule = book.evaluator.schedule(id).ok()?;
    if !matches!(schedule.rule().occasion, Occasion::On(_) | Occasion::By(_)) {
        return None;
    }
    let hours = schedule.clock().hours().ok()?;
    let is_closed = |day: &Date| hours.open_day(Day::of(*day)).is_none();
    let closed: Vec<Date> = all.iter().map(|occurrence| occurrence.day).filter(is_closed).collect();
    let shown: Vec<Text> =
        closed.iter().take(2 * SHOWN).map(|day| vec![Inline::Plain(time::date(*day))]).collect();
    let more = closed.len().saturating_sub(2 * SHOWN);
    if shown.is_empty() {
        return None;
    }
    let say = Say::new("The calendar is closed on ").text(listed(shown, "and"));
    let say = if more > 0 { say.words(format!(" and {more} more of these days")) } else { say };
    Some(say.words(": it is due all the same.").paragraph())
}

/// Where it shows that it was done.
fn shown_by(book: &Book<'_>, evidence: Option<&Evidence>) -> Vec<Block> {
    let Some(evidence) = evidence else {
        return vec![Block::words("No record shows whether it was done, so nobody counts it.")];
    };
    let Some(record) = evidence.record.get().copied() else {
        return vec![Say::default().and(Inline::Unknown).paragraph()];
    };
    let say = Say::new("One ").and(book.record(record)).words(" for each time, with the moment in ");
    let say = say.and(book.field_slot(Some(record), &evidence.at));
    match &evidence.condition {
        None => vec![say.words(".").paragraph()],
        Some(condition) => phrase(book, record, condition).blocks(say.words(", where")),
    }
}

fn late(commitment: &Commitment) -> Block {
    Say::new(format!(
        "Done after that, but before the next one begins, it is late; not done at all, it is overdue. Each is {}.",
        failure(commitment.strength)
    ))
    .paragraph()
}

fn counts_in(book: &Book<'_>, id: Id<Commitment>) -> Block {
    let kind = book.evaluator.reporting_period(id);
    Say::new(format!("The {kind} in which it is due. Only what is due in the term of the agreement counts."))
        .paragraph()
}

//! Worked examples: a promise with a time in dates.

use super::super::book::{Book, zone_in_words};
use super::super::document::{Block, Row, Say, Table};
use super::super::example::{Change, Piece, Search, Worked, change_in_words, period_in_words, period_of};
use super::super::words;
use super::combinations::Combinations;
use crate::model::{Commitment, Duration, Id, Unit};
use crate::worktime::{Clock, Instant, TimeZone, words as time};

/// A limit on a clock: what an example is made for.
pub struct Case<'b> {
    /// The limit.
    pub limit: Duration,
    /// What it runs on.
    pub clock: Clock<'b>,
    /// What tells it from other cases: `Within 1 business day, by EMEA office: `. Empty for the only one.
    pub which: String,
}

/// Every limit on every clock that an item may have with it, each once. `word` stands in front of the limit.
pub fn cases<'b>(book: &'b Book<'_>, id: Id<Commitment>, limits: &[Duration], word: &str) -> Vec<Case<'b>> {
    let Ok(clocks) = book.evaluator.clocks(id) else { return Vec::new() };
    let mut distinct: Vec<Duration> = Vec::new();
    for limit in limits {
        if !distinct.contains(limit) {
            distinct.push(*limit);
        }
    }
    let mut together = Combinations::of(book, &book.model.commitments[id]);
    let mut out = Vec::new();
    for limit in &distinct {
        for (calendar, clock) in &clocks {
            if together.as_mut().is_some_and(|together| !together.may_be(*limit, *calendar)) {
                continue;
            }
            let by = calendar.filter(|_| clocks.len() > 1).map(|c| book.model.calendars[c].head.label());
            let which = match (limits.len() > 1, by) {
                (false, None) => String::new(),
                (true, None) => format!("{word} {}: ", words::duration(*limit)),
                (false, Some(by)) => format!("By {by}: "),
                (true, Some(by)) => format!("{word} {}, by {by}: ", words::duration(*limit)),
            };
            out.push(Case { limit: *limit, clock: *clock, which });
        }
    }
    out
}

/// The limits of a promise about each item that are known, in order.
pub fn limits_of(commitment: &Commitment) -> Vec<Duration> {
    commitment.tiers().iter().filter_map(|tier| tier.limit.get().copied()).collect()
}

/// `Done Monday 9 March 2026 13:00: late by 1 business hour.`
pub fn judged(lead: String, verdict: &str, rest: impl Into<String>) -> Vec<Block> {
    vec![Say::new(lead).strong(verdict).words(rest).paragraph()]
}

/// The first round time after the deadline at which an item is late.
pub fn judged_late(case: &Case<'_>, worked: &Worked) -> Option<Vec<Block>> {
    let (limit, clock) = (case.limit, case.clock);
    let measure = clock.measure(limit.unit).ok()?;
    let late = measure.after(worked.deadline, lateness(limit)).ok()?;
    let by = time::length(measure.lateness(worked.deadline, late), time::Seconds::of(limit.unit));
    Some(judged(format!("Done {}: ", time::moment(late, clock.zone())), "late", format!(" by {by}.")))
}

/// What an example of a promise with a time tells, beside its dates.
pub struct Told<'t> {
    /// Between the item and the end of its time.
    pub due: &'t str,
    /// What is what by then.
    pub outcomes: &'t dyn Fn(&Worked) -> Vec<Vec<Block>>,
    /// Whether an item on the border of two periods is shown.
    pub across: bool,
}

/// An item in dates: from its start to the end of its time.
pub fn worked_example(
    book: &Book<'_>,
    id: Id<Commitment>,
    commitment: &Commitment,
    case: &Case<'_>,
    told: &Told<'_>,
) -> Vec<Block> {
    let Case { limit, clock, which } = case;
    let (limit, clock) = (*limit, *clock);
    let Some(search) = Search::by(book, clock, limit) else { return Vec::new() };
    let Some(worked) = search.best() else {
        let none = format!(
            "No item that starts in the term reaches a deadline of {} in it.",
            words::duration(limit)
        );
        return vec![Block::Remark(Say::new(none).end())];
    };
    let zone = clock.zone();
    let label = commitment.subject().map(|s| book.subject_label(s)).unwrap_or_default();
    let article = words::capital(words::article(&label));
    let lead = |worked: &Worked| {
        Say::new(format!("{which}{article} {label} of {} {}", time::moment(worked.start, zone), told.due))
            .strong(time::deadline(worked.deadline, zone))
    };
    let title = lead(&worked).words(".").end();
    let mut blocks = vec![pieces(&worked.pieces)];
    blocks.retain(|b| !matches!(b, Block::Table(table) if table.rows.is_empty()));
    blocks.extend(worked.change.and_then(|change| changed(change, limit, clock)));
    blocks.push(Block::List((told.outcomes)(&worked)));
    if let Some(later) = search.after_cut_off(&worked) {
        blocks.push(lead(&later).words(": it arrived after the cut-off.").paragraph());
    }
    if told.across {
        blocks.extend(across(book, id, commitment, &search, zone));
    }
    if book.zone().is_some_and(|own| own.name() != zone.name()) {
        let zone = zone_in_words(zone.name());
        blocks.push(Block::Remark(Say::new(format!("Times in this example are in {zone}.")).end()));
    }
    vec![Block::Example(title, blocks)]
}

/// What a time is made of, day by day.
pub fn pieces(pieces: &[Piece]) -> Block {
    let row = |piece: &Piece| {
        let cell = |words: &String| Say::new(words.clone()).end();
        Row::new(vec![cell(&piece.days), cell(&piece.hours), cell(&piece.counts)])
    };
    Block::Table(Table::new(
        "What the time is made of",
        vec!["Day", "Open", "Counts"],
        pieces.iter().map(row).collect(),
    ))
}

/// What a change of the clocks does to the time allowed.
fn changed(change: Change, limit: Duration, clock: Clock<'_>) -> Option<Block> {
    let zone = clock.zone();
    let day = time::day(zone.date(change.at));
    let how = change_in_words(change);
    let effect = match limit.unit {
        Unit::Minutes | Unit::Hours => {
            "Time runs on without regard to it, so the clock on the wall shows another time of day at the deadline"
        }
        Unit::BusinessMinutes | Unit::BusinessHours => {
            let hours = clock.hours().ok()?;
            if hours.is_open(change.at) || hours.is_open(change.at.just_before()) {
                "That happens while the calendar is open, and changes how long it is open on that day"
            } else {
                "That happens while the calendar is closed, so it neither adds nor takes time"
            }
        }
        Unit::BusinessDays | Unit::CalendarDays | Unit::Weeks | Unit::Months => {
            "Days are counted by the calendar on the wall, so it neither adds nor takes time"
        }
    };
    Some(Block::words(format!("On {day} the clocks {how}. {effect}.")))
}

/// `Counts in March 2026.`
pub fn counted(
    book: &Book<'_>,
    id: Id<Commitment>,
    commitment: &Commitment,
    moments: (Instant, Instant),
) -> Option<Vec<Block>> {
    let kind = book.evaluator.reporting_period(id);
    let period = period_of(commitment.counted_by, book.evaluator.periods(kind), book.zone()?, moments)?;
    Some(vec![Say::new(format!("Counts in {}.", period_in_words(&period, kind))).paragraph()])
}

/// A lateness that fits the limit.
pub fn lateness(limit: Duration) -> i64 {
    match limit.seconds() {
        Some(seconds) if seconds <= 3600 => (seconds / 4).max(60) / 60 * 60,
        Some(_) | None => 3600,
    }
}

/// An item on the border of two periods.
fn across(
    book: &Book<'_>,
    id: Id<Commitment>,
    commitment: &Commitment,
    search: &Search<'_>,
    zone: &TimeZone,
) -> Option<Block> {
    let kind = book.evaluator.reporting_period(id);
    let periods = book.evaluator.periods(kind);
    let (start, deadline, _) = search.across(periods, book.zone()?)?;
    let period = period_of(commitment.counted_by, periods, book.zone()?, (start, deadline))?;
    Some(Block::words(format!(
        "At the turn of the {kind}: what starts on {} and is due {} counts in {}.",
        time::moment(start, zone),
        time::deadline(deadline, zone),
        period_in_words(&period, kind)
    )))
}

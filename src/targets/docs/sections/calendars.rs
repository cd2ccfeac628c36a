//! Working hours: weekly hours, closed days, days with hours of their own, and the year in one picture.

use super::super::book::{Book, zone_in_words};
use super::super::diagram::year;
use super::super::document::{Block, Fact, Row, Say, Table, Text};
use super::super::example::{Change, change_in_words};
use super::super::words;
use super::clause;
use crate::model::calendar::Season;
use crate::model::{Calendar, Hours, Id, Slot, Weekday};
use crate::worktime::{Day, words as time};

/// The section.
pub fn blocks(book: &Book<'_>) -> Vec<Block> {
    book.model
        .calendars
        .iter()
        .map(|(id, calendar)| clause(book, id, &calendar.head, calendar_blocks(book, id, calendar)))
        .collect()
}

fn calendar_blocks(book: &Book<'_>, id: Id<Calendar>, calendar: &Calendar) -> Vec<Block> {
    let zone = match &calendar.zone {
        Slot::Set(zone) => Say::new(zone_in_words(&zone.0)).words(".").end(),
        other => vec![words::open(other)],
    };
    let mut facts =
        vec![Fact::new("Zone", zone), Fact { label: "Open", blocks: vec![week(&calendar.weekly)] }];
    if !calendar.seasons.is_empty() {
        facts.push(Fact { label: "Seasons", blocks: seasons(calendar) });
    }
    let changes = changes(book, id);
    if !changes.is_empty() {
        facts.push(Fact::new("Clocks", Say::new(changes).end()));
    }
    facts.push(Fact::new("Cut-off", cut_off(calendar)));
    if let Some(covers) = &calendar.covers {
        let covers = format!("Closed days are known for {}.", time::dates(covers.from, covers.to));
        facts.push(Fact::new("Covers", Say::new(covers).end()));
    }
    let mut out = vec![Block::Facts(facts)];
    let days = special_days(calendar);
    if days.is_empty() {
        out.push(Block::words("No day is closed or has hours of its own beyond the weekly ones."));
    } else {
        out.push(Block::Table(Table::new(
            "Days that differ from the week",
            vec!["Day", "Open", "Why"],
            days,
        )));
    }
    out.extend(year::figure(book, id).map(Block::Figure));
    out
}

fn week(weekly: &[Vec<Hours>; 7]) -> Block {
    Block::words(week_in_words(weekly))
}

fn week_in_words(weekly: &[Vec<Hours>; 7]) -> String {
    let closed: Vec<Weekday> =
        Weekday::ALL.into_iter().filter(|day| weekly[day.index()].is_empty()).collect();
    let hours = words::capital(&words::en_dashes(&time::weekly(weekly)));
    match closed.len() {
        0 | 7 => format!("{hours}."),
        _ => format!("{hours}. Closed on {}.", time::weekdays(&closed)),
    }
}

/// The times of the year with hours of their own, in a table.
fn seasons(calendar: &Calendar) -> Vec<Block> {
    let row = |season: &Season| {
        let days = match season.to {
            Some(to) => words::days(season.from, to),
            None => format!("from {} on", time::day(season.from)),
        };
        Row::new(vec![Say::new(days).end(), Say::new(week_in_words(&season.weekly)).end()])
    };
    let rows = calendar.seasons.iter().map(row).collect();
    vec![
        Block::words("On these days, instead of the hours above:"),
        Block::Table(Table::new("Hours by season", vec!["When", "Open"], rows)),
    ]
}

fn cut_off(calendar: &Calendar) -> Text {
    match calendar.cutoff {
        Some(at) => Say::new(format!(
            "{at}. For limits in business days, what arrives later, or on a closed day, counts as arriving on the next open day."
        ))
        .end(),
        None => Say::new("None: for limits in business days, the day of the event is day 0, open or not.").end(),
    }
}

/// When the clocks change in the term.
fn changes(book: &Book<'_>, id: Id<Calendar>) -> String {
    let Some(hours) = book.evaluator.hours(id) else { return String::new() };
    let Some((from, to)) = book.model.agreement.effective.as_ref().and_then(crate::model::Effective::term)
    else {
        return String::new();
    };
    let zone = hours.zone();
    let to = to.unwrap_or_else(|| Day::of(from).plus(366).map_or(from, Day::date));
    let (Ok(from), Ok(to)) = (zone.start_of(Day::of(from)), zone.end_of(Day::of(to))) else {
        return String::new();
    };
    let pieces = zone.offsets(from, to);
    let change = |pair: &[crate::worktime::OffsetPiece]| match pair {
        [before, after] => {
            let change = Change { at: after.from, by: after.offset - before.offset };
            Some(format!("{} on {}", change_in_words(change), time::day(zone.date(change.at))))
        }
        _ => None,
    };
    let changes: Vec<String> = pieces.windows(2).filter_map(change).take(6).collect();
    if changes.is_empty() { String::new() } else { format!("They {}.", changes.join(", and ")) }
}

/// Closures and exceptions, by date.
fn special_days(calendar: &Calendar) -> Vec<Row> {
    let why = |title: &Option<String>| title.as_ref().map_or_else(words::dash, |t| Say::new(t.clone()).end());
    let cells = |first, last, open: String, title: &Option<String>| {
        let day = if first == last { time::day(first) } else { words::days(first, last) };
        (first, Row::new(vec![Say::new(day).end(), Say::new(open).end(), why(title)]))
    };
    let closures = calendar.closures.iter().map(|c| cells(c.from, c.to, "closed".to_owned(), &c.title));
    let exceptions = calendar
        .exceptions
        .iter()
        .map(|e| cells(e.date, e.date, words::en_dashes(&time::windows(&e.hours)), &e.title));
    let mut rows: Vec<_> = closures.chain(exceptions).collect();
    rows.sort_by_key(|(first, _)| *first);
    rows.into_iter().map(|(_, row)| row).collect()
}

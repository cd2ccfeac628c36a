//! Scores as tables: what gives how many points, how often, and what one of the examples comes to.

use rust_decimal::Decimal;

use super::super::book::{Book, Place};
use super::super::condition::{Speaker, phrase};
use super::super::document::{Block, Inline, Row as Line, Say, Table, Text};
use super::super::words;
use super::clause;
use super::scenarios::{State, example_of};
use crate::model::score::{Addend, Bounds, PerPeriod, Row, RowKind};
use crate::model::{Id, Period, Record, Scenario, Score, Slot, Subject};

/// A clause for each score.
pub fn blocks(book: &Book<'_>) -> Vec<Block> {
    book.model.scores.iter().map(|(id, s)| clause(book, id, &s.head, score(book, id, s))).collect()
}

fn score(book: &Book<'_>, id: Id<Score>, score: &Score) -> Vec<Block> {
    let label = score.head.label();
    let Some(record) = score.record.get().copied() else {
        let lead = Say::default().strong(label).words(": ").and(words::open(&score.record));
        return vec![lead.paragraph()];
    };
    let lead = Say::default()
        .strong(label.clone())
        .words(format!(
            " is the number of points that {} ",
            words::article(&book.model.records[record].head.label())
        ))
        .and(book.record(record))
        .words(" has. Every line of the table is looked at alone, and what they give is added up");
    let lead = match bounds(&score.total) {
        Some(bounds) => lead.words("; the sum counts as ").text(bounds).words("."),
        None => lead.words("."),
    };
    let example = example_of(book, id);
    let mut columns = vec!["Points", "What for", "How often"];
    if example.is_some() {
        columns.push("In the example");
    }
    let given = example.as_ref().map(|(_, state)| state.evaluator.score_rows(id, &state.item));
    let mut lines: Vec<Line> = score
        .rows
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let mut cells = self::row(book, record, row);
            if let Some(given) = given.as_ref().and_then(|given| given.get(i)) {
                cells.push(Say::new(signed(given.points)).end());
            }
            Line { id: None, cells }
        })
        .collect();
    if let Some((_, state)) = &example {
        let sum = state.evaluator.score(id, &state.item);
        let total = vec![
            Say::new("in all").end(),
            Text::new(),
            Text::new(),
            Say::default().strong(words::number(sum)).end(),
        ];
        lines.push(Line { id: None, cells: total });
    }
    let table = Block::Table(Table::new(format!("Points of {label}"), columns, lines));
    let mut out = vec![lead.paragraph(), table];
    out.extend(example.map(|(scenario, state)| the_example(book, scenario, &state)));
    out
}

fn the_example(book: &Book<'_>, id: Id<Scenario>, state: &State<'_, '_>) -> Block {
    let (place, title) = (Place::Scenario(id.index()), &book.model.scenarios[id].title);
    let number = book.number_of(place);
    let link =
        Inline::Link(book.anchor(place), vec![Inline::Plain(format!("{number} {title}").trim().to_owned())]);
    let say = Say::new("The example is ").and(link);
    let at = book.zone().map(|zone| crate::worktime::words::moment(state.evaluator.now(), zone));
    match at.filter(|_| state.evaluator.now() > crate::worktime::Instant::MIN) {
        Some(at) => say.words(format!(", as it is on {at}.")).paragraph(),
        None => say.words(".").paragraph(),
    }
}

/// `at least 0 and at most 100`.
fn bounds(bounds: &Bounds) -> Option<Text> {
    let bound = |words: &str, bound: &Option<Slot<Decimal>>| {
        bound.as_ref().map(|bound| {
            Say::new(format!("{words} ")).text(words::slot(bound, |number| words::number(*number)))
        })
    };
    match (bound("at least", &bounds.at_least), bound("at most", &bounds.at_most)) {
        (Some(least), Some(most)) => Some(least.words(" and ").text(most.end()).end()),
        (Some(one), None) | (None, Some(one)) => Some(one.end()),
        (None, None) => None,
    }
}

fn row(book: &Book<'_>, record: Id<Record>, row: &Row) -> Vec<Text> {
    let speaker = Speaker { book, record };
    let once = || Say::new("once").end();
    match &row.kind {
        RowKind::When { points, when } => {
            let phrase = phrase(book, record, when).inline();
            vec![self::points(points), Say::new("when ").text(phrase).end(), once()]
        }
        RowKind::EachChild { points, of, per_period, at_most } => {
            let each = Say::new("for each of its ").and(book.subjects(Subject::Record(of.record)));
            let each = each.text(speaker.which(of)).end();
            vec![self::points(points), each, often(book, of.record, per_period.as_ref(), at_most.as_ref())]
        }
        RowKind::EachTime { points, every, since, at_most } => {
            let every = Say::new("for each whole ")
                .text(words::slot(every, |d| words::duration(*d)))
                .words(" that have passed since ")
                .and(book.field_slot(Some(record), since))
                .words(" (none while that is empty)");
            vec![self::points(points), every.end(), often(book, record, None, at_most.as_ref())]
        }
        RowKind::Add { of, bounds } => {
            let say = match of {
                Addend::Score(score) => Say::default().and(book.score(*score)),
                Addend::Field(field) => {
                    Say::default().and(book.field(record, *field)).words(" (0 if that is empty)")
                }
            };
            let say = match self::bounds(bounds) {
                Some(bounds) => say.words(", counted as ").text(bounds),
                None => say,
            };
            vec![Say::new("as many as").end(), say.end(), once()]
        }
        RowKind::Unknown => vec![Say::default().and(Inline::Unknown).end(), Text::new(), Text::new()],
    }
}

fn points(points: &Slot<Decimal>) -> Text {
    words::slot(points, |points| signed(*points))
}

/// `+20`, `−50`, `0`.
fn signed(points: Decimal) -> String {
    let number = words::number(points.abs());
    match points.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Less => format!("−{number}"),
        std::cmp::Ordering::Equal => number,
        std::cmp::Ordering::Greater => format!("+{number}"),
    }
}

/// `at most once per day (by Done at); at most 20 times in all`.
fn often(
    book: &Book<'_>,
    record: Id<Record>,
    per_period: Option<&PerPeriod>,
    at_most: Option<&Slot<u32>>,
) -> Text {
    let times = |times: &u32| match times {
        1 => "once".to_owned(),
        n => format!("{n} times"),
    };
    let in_period = per_period.map(|per| {
        let period = match per.period {
            Period::Day => "calendar day",
            Period::Week => "calendar week (from Monday)",
            Period::Month => "calendar month",
            Period::Quarter => "quarter",
            Period::Year => "year",
        };
        Say::new("at most ")
            .text(words::slot(&per.times, times))
            .words(format!(" per {period}, by "))
            .and(book.field(record, per.at))
            .words(" (one without it does not count)")
    });
    let in_all = at_most.map(|most| Say::new("at most ").text(words::slot(most, times)));
    match (in_period, in_all) {
        (None, None) => Say::new("as often as it happens").end(),
        (Some(one), None) | (None, Some(one)) => one.end(),
        (Some(period), Some(all)) => period.words("; ").text(all.end()).words(" in all").end(),
    }
}

//! How all of it is measured: which data are read, what an item is called, which rules hold everywhere.

use super::super::book::Book;
use super::super::document::{Block, Inline, Row, Say, Table, Text, listed};
use super::super::words;
use super::glossary::{commitment_fields, other_fields};
use crate::evaluate::Verdict;
use crate::model::{Commitment, Form, Id, Recurring};

/// The section.
pub fn blocks(book: &Book<'_>) -> Vec<Block> {
    if book.model.commitments.is_empty() {
        return Vec::new();
    }
    let mut out = vec![
        Block::words("The result of every commitment follows from these data, and from nothing else:"),
        Block::Table(Table::new(
            "Data of each commitment",
            vec!["Commitment", "Record", "Fields", "Judged over"],
            book.model.commitments.iter().map(|(id, c)| row(book, id, c)).collect(),
        )),
    ];
    if book.model.commitments.values().any(|c| c.counts_from().is_some()) {
        out.push(Block::words("An item with a deadline is one of these at any moment:"));
        out.push(verdicts(book));
        let waits = book.model.commitments.values().any(|c| matches!(c.form, Form::NotBefore(_)));
        let early = if waits { " + too early" } else { "" };
        out.push(Block::words(format!(
            "Attainment of a period is met ÷ (met + late + overdue{early}), over the items that count in it.",
        )));
    }
    out.push(Block::words("Everywhere:"));
    out.push(Block::List(rules(book).into_iter().map(|rule| vec![Block::words(rule)]).collect()));
    out
}

fn row(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment) -> Row {
    let of_items = book.record_of(commitment);
    let mut fields: Vec<Text> = Vec::new();
    if of_items.is_some() {
        let subject = commitment.subject().and_then(|s| match s {
            crate::model::Subject::Definition(d) => Some(book.definition(d)),
            crate::model::Subject::Record(_) => None,
        });
        fields.extend(subject.map(|d| Say::new("those of ").and(d).end()));
    }
    let own = of_items
        .into_iter()
        .flat_map(|record| commitment_fields(commitment).into_iter().map(move |field| (record, field)));
    for (record, field) in own.chain(other_fields(commitment)) {
        let field = vec![book.field(record, field)];
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    let record = match &commitment.form {
        Form::Recurring(Recurring { evidence, .. }) => match evidence {
            Some(evidence) => evidence.record.get().map_or(vec![Inline::Unknown], |r| vec![book.record(*r)]),
            None => words::dash(),
        },
        _ => of_items.map_or_else(|| vec![Inline::Unknown], |record| vec![book.record(record)]),
    };
    let over = match &commitment.form {
        Form::Turnaround(_) | Form::Attempts(_) | Form::LeadTime(_) | Form::NotBefore(_) => {
            format!("each item, and each {}", book.evaluator.reporting_period(id))
        }
        Form::Recurring(recurring) if recurring.evidence.is_none() => "not counted".to_owned(),
        Form::Recurring(_) => {
            format!("each time it is due, and each {}", book.evaluator.reporting_period(id))
        }
        Form::Quota(quota) => format!("each {}", quota.per),
        Form::Share(share) => format!("each {}", share.per),
        Form::Level(level) => format!("each {}", level.per),
        Form::Prohibition(_) | Form::Permission(_) => "each item".to_owned(),
    };
    Row::new(vec![
        vec![book.commitment(id)],
        record,
        if fields.is_empty() { words::dash() } else { listed(fields, "and") },
        Say::new(over).end(),
    ])
}

/// The verdicts that some commitment can give.
fn verdicts(book: &Book<'_>) -> Block {
    let has = |form: fn(&Form) -> bool| book.model.commitments.values().any(|c| form(&c.form));
    let permits = has(|f| matches!(f, Form::Permission(_)));
    let waits = has(|f| matches!(f, Form::NotBefore(_)));
    let occurs = |verdict: &Verdict| match verdict {
        Verdict::Used | Verdict::Exceeded | Verdict::Lapsed => permits,
        Verdict::TooEarly => waits,
        _ => true,
    };

    let meaning = |verdict: Verdict| match verdict {
        Verdict::Met if waits => "done in time, or not done before the time to wait was used up",
        Verdict::Met => "done in time",
        Verdict::Late => "done too late",
        Verdict::Overdue => "not done, and too late by now",
        Verdict::AtRisk => "not done and in time, but a reminder is due",
        Verdict::Open => "not done, and in time",
        Verdict::NotStarted => "the field that starts the clock is empty",
        Verdict::Excused => "the clause excuses it",
        Verdict::OutsideTerm => "its clock started before the agreement took effect or after it ended",
        Verdict::NotCovered => "none of the time limits applies to it",
        Verdict::DataError => "done before it started: the data are wrong, which is reported",
        Verdict::TooEarly => "done before the time to wait was used up",
        Verdict::Used => "done as a permission allows",
        Verdict::Exceeded => "done otherwise than a permission allows",
        Verdict::Lapsed => "not done, and no longer allowed",
    };
    let row = |verdict: Verdict| {
        let counts = if verdict.is_decided() { "yes" } else { "no" };
        Row::new(vec![
            Say::default().strong(verdict.word()).end(),
            Say::new(meaning(verdict)).end(),
            Say::new(counts).end(),
        ])
    };
    Block::Table(Table::new(
        "What an item can be",
        vec!["Verdict", "Meaning", "Counts in attainment"],
        Verdict::ALL.into_iter().filter(occurs).map(row).collect(),
    ))
}

/// The rules that every clause relies on.
fn rules(book: &Book<'_>) -> Vec<String> {
    let mut out = vec![
        "A comparison with an empty field does not hold; its opposite, with “not”, does.".to_owned(),
        "Moments count to the second. A calendar is open from its opening time, and closed from its closing time on."
            .to_owned(),
        "When the clocks change, open time is what the clock on the wall shows: a change while the calendar is closed \
         neither adds nor takes time."
            .to_owned(),
        "Weeks run from Monday to Sunday and are numbered by ISO 8601. Months, quarters and years are calendar periods.".to_owned(),
    ];
    if book.model.agreement.fiscal_year_starts != 1 {
        let month = crate::worktime::words::month(book.model.agreement.fiscal_year_starts);
        out.push(format!("Quarters and years follow the fiscal year, which starts on 1 {month}."));
    }
    if let Some(zone) = book.zone() {
        out.push(format!(
            "Days and periods begin and end in {}, unless a calendar says otherwise.",
            super::super::book::zone_in_words(zone.name())
        ));
    }
    out
}

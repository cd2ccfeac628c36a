//! Something is not done until so long after a moment.

use super::super::book::Book;
use super::super::document::{Block, Fact, Inline, Say, Text};
use super::super::example::Worked;
use super::clock::calendar;
use super::commitments::{excused, failure};
use super::dated::{Case, Told, cases, counted, judged, lateness, limits_of, worked_example};
use super::turnaround::{allowed, counts_in, done, limit, starts, target};
use crate::model::commitment::NotBefore;
use crate::model::{Commitment, Id, Unit};
use crate::worktime::words as time;

/// `disqualify any MQL sooner than 5 business days after MQL at.`
pub fn sentence(book: &Book<'_>, commitment: &Commitment, form: &NotBefore, say: Say) -> Text {
    let say = say.words("any ").and(book.subject_of(commitment));
    let start = book.field_slot(book.record_of(commitment), &form.start);
    let time = match form.tiers.as_slice() {
        [] => vec![Inline::Unknown],
        [only] if only.when.is_none() => limit(only),
        _ => return say.words(" sooner after ").and(start).words(" than is stated for it.").end(),
    };
    say.words(" sooner than ").text(time).words(" after ").and(start).words(".").end()
}

/// The exact meaning.
pub fn facts(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment, form: &NotBefore) -> Vec<Fact> {
    let units: Vec<Unit> = form.tiers.iter().filter_map(|t| t.limit.get()).map(|d| d.unit).collect();
    let mut out = vec![
        Fact { label: "Clock starts", blocks: starts(book, commitment, &form.start) },
        Fact { label: "Time to wait", blocks: allowed(book, commitment, &form.tiers, &units) },
        Fact { label: "Done", blocks: done(book, commitment) },
        Fact { label: "Calendar", blocks: calendar(book, commitment, &units) },
        Fact { label: "Broken", blocks: vec![broken(commitment)] },
        Fact { label: "Counts in", blocks: vec![counts_in(book, id, commitment)] },
        excused(book, id, commitment),
        Fact { label: "Target", blocks: target(commitment) },
    ];
    out.retain(|fact| !fact.blocks.is_empty());
    out
}

fn broken(commitment: &Commitment) -> Block {
    Say::new(format!(
        "Done before the time to wait is used up, it is too early, which is {}. Done at that moment or later, or not done \
         by then, it is met.",
        failure(commitment.strength)
    ))
    .paragraph()
}

/// A worked example for every time, on every clock.
pub fn examples(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment) -> Vec<Block> {
    let example = |case: Case<'_>| {
        let outcomes = |worked: &Worked| outcomes(book, id, commitment, &case, worked);
        let told = Told { due: "has to wait until ", outcomes: &outcomes, across: false };
        worked_example(book, id, commitment, &case, &told)
    };
    cases(book, id, &limits_of(commitment), "After").into_iter().flat_map(example).collect()
}

fn outcomes(
    book: &Book<'_>,
    id: Id<Commitment>,
    commitment: &Commitment,
    case: &Case<'_>,
    worked: &Worked,
) -> Vec<Vec<Block>> {
    let (limit, clock) = (case.limit, case.clock);
    let Ok(measure) = clock.measure(limit.unit) else { return Vec::new() };
    let zone = clock.zone();
    let mut out = Vec::new();
    if let Ok(early) = measure.before(worked.deadline, lateness(limit))
        && early >= worked.start
    {
        let by = time::length(measure.elapsed(early, worked.deadline), time::Seconds::of(limit.unit));
        out.push(judged(format!("Done {}: ", time::moment(early, zone)), "too early", format!(" by {by}.")));
    }
    let until = time::deadline(worked.deadline, zone);
    out.push(judged(format!("Done {until} or later, or not done by then: "), "met", "."));
    out.extend(counted(book, id, commitment, (worked.start, worked.deadline)));
    out
}

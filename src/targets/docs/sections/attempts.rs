//! Something is tried so many times with each item within a time.

use super::super::book::Book;
use super::super::condition::Speaker;
use super::super::document::{Block, Fact, Inline, Say, Text};
use super::super::words;
use super::clock::calendar;
use super::commitments::excused;
use super::turnaround::{allowed, counts_in, late, paused, starts, target, within};
use crate::model::commitment::{Attempts, Counting};
use crate::model::{Commitment, Id, Record, Slot, Unit};

/// `attempt each MQL at least 6 times within 10 business days of its becoming one.`
pub fn sentence(book: &Book<'_>, commitment: &Commitment, form: &Attempts, say: Say) -> Text {
    let say = say.words("each ").and(book.subject_of(commitment)).words(" at least ").text(times(form));
    within(book, commitment, (&form.start, &form.tiers), say)
}

/// `6 times`.
pub fn times(form: &Attempts) -> Text {
    match &form.times {
        Slot::Set(1) => Say::default().strong("once").end(),
        Slot::Set(times) => Say::default().strong(format!("{times} times")).end(),
        other => Say::default().and(words::open(other)).words(" times").end(),
    }
}

/// The exact meaning.
pub fn facts(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment, form: &Attempts) -> Vec<Fact> {
    let units: Vec<Unit> = form.tiers.iter().filter_map(|t| t.limit.get()).map(|d| d.unit).collect();
    let mut out = vec![
        Fact { label: "Clock starts", blocks: starts(book, commitment, &form.start) },
        Fact { label: "Attempts", blocks: counted(book, commitment, form) },
        Fact { label: "Clock stops", blocks: vec![stops(form)] },
        Fact { label: "Time allowed", blocks: allowed(book, commitment, &form.tiers, &units) },
        Fact { label: "Paused", blocks: paused(book, commitment, &units) },
        Fact { label: "Calendar", blocks: calendar(book, commitment, &units) },
        Fact { label: "Late", blocks: late(commitment, &units) },
        Fact { label: "Counts in", blocks: vec![counts_in(book, id, commitment)] },
        excused(book, id, commitment),
        Fact { label: "Target", blocks: target(commitment) },
    ];
    out.retain(|fact| !fact.blocks.is_empty());
    out
}

/// What an attempt is.
fn counted(book: &Book<'_>, commitment: &Commitment, form: &Attempts) -> Vec<Block> {
    let Some((counting, record)) = form.counting.get().zip(book.record_of(commitment)) else {
        return vec![Say::default().and(Inline::Unknown).paragraph()];
    };
    let say = Say::new("Each ").and(book.record(counting.of.record)).text(which(book, record, counting));
    let say = say.words(" with a moment in ").and(book.field(counting.of.record, counting.at));
    let mut out = vec![say.words(" that is not before the clock starts.").paragraph()];
    if let Some(spacing) = &counting.spacing {
        let say = match &spacing.times {
            Slot::Set(1) => Say::new("Only the first"),
            Slot::Set(times) => Say::new(format!("Only the first {times}")),
            other => Say::new("Only the first ").and(words::open(other)),
        };
        let zone = book.zone().map(|z| format!(", {}", super::super::book::zone_in_words(z.name())));
        let of = format!(" of each {} counts{}.", spacing.period, zone.unwrap_or_default());
        let of = if matches!(spacing.times, Slot::Set(1)) { of } else { of.replace(" counts", " count") };
        out.push(say.words(of).paragraph());
    }
    out
}

/// Which child records, in brackets; empty for all.
fn which(book: &Book<'_>, record: Id<Record>, counting: &Counting) -> Text {
    Speaker { book, record }.which(&counting.of)
}

fn stops(form: &Attempts) -> Block {
    let say = match &form.times {
        Slot::Set(1) => Say::new("At the moment of the first attempt."),
        Slot::Set(times) => {
            let nth = u16::try_from(*times).map_or(format!("{times}th"), crate::model::words::ordinal);
            Say::new(format!("At the moment of the {nth} attempt."))
        }
        other => Say::new("At the moment of the last attempt that is asked for: ").and(words::open(other)),
    };
    say.paragraph()
}

//! Levels of time: for how much of a period something is so.

use rust_decimal::Decimal;

use super::super::book::{Book, zone_in_words};
use super::super::document::{Block, Fact, Say, Text};
use super::super::example::period_in_words;
use super::super::words;
use super::commitments::{condition, excused, failure};
use super::quota::first_period;
use crate::evaluate::Ratio;
use crate::model::level::{AmountUnit, Counts, Evidence, EvidenceTime};
use crate::model::{Bound, Commitment, Id, Level, LevelLimit, Period};

/// `keep “the service available” at least 99.9% of each month.`
pub fn sentence(level: &Level, say: Say) -> Text {
    say.words(format!("“{}” ", level.what)).text(limit(level)).words(".").end()
}

/// `at least 99.9% of each month`, `at most 4 hours per week`.
pub fn limit(level: &Level) -> Text {
    let say = Say::new(format!("{} ", level.bound.words()));
    let strong = |text: Text| Say::default().and(super::super::document::Inline::Strong(text)).end();
    match &level.limit {
        LevelLimit::Share(percent) => {
            let percent = words::slot(percent, |p| words::percent(*p));
            say.text(strong(percent)).words(format!(" of each {}", level.per)).end()
        }
        LevelLimit::Time(time) => {
            let time = words::slot(time, |t| words::duration(*t));
            say.text(strong(time)).words(format!(" per {}", level.per)).end()
        }
    }
}

/// The exact meaning.
pub fn facts(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment, level: &Level) -> Vec<Fact> {
    let measured = match &level.evidence {
        Some(evidence) => measured(book, commitment, level, evidence),
        None => vec![Block::words("Nothing says how it is measured.")],
    };
    vec![
        Fact { label: "Measured", blocks: measured },
        Fact { label: "Period", blocks: vec![period(book, level.per)] },
        Fact { label: "Judged", blocks: vec![Block::words(judged(commitment, level))] },
        excused(book, id, commitment),
    ]
}

fn measured(book: &Book<'_>, commitment: &Commitment, level: &Level, evidence: &Evidence) -> Vec<Block> {
    let record = book.record_of(commitment);
    let field = |slot| book.field_slot(record, slot);
    let row = book.subject_of(commitment);
    let down = match evidence.counts {
        Counts::Missing => "Time down",
        Counts::Kept => "Time that counts",
    };
    let per = level.per;
    let cut = format!(
        " What lies outside the {per} is cut off, and time that belongs to several of them counts once."
    );
    let (say, rest) = match &evidence.time {
        EvidenceTime::Between { from, to } => (
            Say::new(format!("{down} is the time from "))
                .and(field(from))
                .words(" to ")
                .and(field(to))
                .words(" of each ")
                .and(row),
            Say::new(format!("{cut} One without ")).and(field(to)).words(" has not ended yet.").end(),
        ),
        EvidenceTime::Lasting { time, from } => (
            Say::new(format!("{down} is "))
                .text(words::slot(time, |t| words::duration(*t)))
                .words(" from ")
                .and(field(from))
                .words(" of each ")
                .and(row),
            Say::new(cut).end(),
        ),
        EvidenceTime::Reported { amount, unit, on } => (
            Say::new(format!("{down} is "))
                .and(field(amount))
                .words(format!(", in {}, of each ", unit_in_words(*unit)))
                .and(row)
                .words(" whose ")
                .and(field(on))
                .words(format!(" lies in the {per}")),
            Say::new(reported(*unit, per)).end(),
        ),
    };
    let mut out = match &evidence.condition {
        Some(predicate) => condition(book, record, predicate, say.words(", when")),
        None => vec![say.words(".").paragraph()],
    };
    // Behind the condition, whose words may be long.
    out.push(Block::Paragraph(trimmed(rest)));
    out
}

fn unit_in_words(unit: AmountUnit) -> &'static str {
    match unit {
        AmountUnit::Percent => "per cent of the period",
        other => other.word(),
    }
}

fn reported(unit: AmountUnit, per: Period) -> String {
    match unit {
        AmountUnit::Percent => {
            format!(" A {per} without such a record, or with several, is neither met nor missed.")
        }
        _ => format!(" What several of them report adds up. A {per} without any is neither met nor missed."),
    }
}

/// Without the blank in front.
fn trimmed(mut text: Text) -> Text {
    if let Some(super::super::document::Inline::Plain(words)) = text.first_mut() {
        *words = words.trim_start().to_owned();
    }
    text
}

fn period(book: &Book<'_>, per: Period) -> Block {
    let zone = book.zone().map(|zone| format!(" in {}", zone_in_words(zone.name()))).unwrap_or_default();
    let days = match per {
        Period::Day => "from 00:00 to 24:00".to_owned(),
        _ => "from 00:00 of its first day to 24:00 of its last".to_owned(),
    };
    Block::words(format!(
        "Each {per} is whole, {days}{zone}, with the hour that a change of the clocks takes or adds."
    ))
}

fn judged(commitment: &Commitment, level: &Level) -> String {
    let (per, failure) = (level.per, failure(commitment.strength));
    let counts = level.evidence.as_ref().map_or(Counts::Kept, |evidence| evidence.counts);
    let kept = match counts {
        Counts::Missing => format!("the time of the {per} that is not down"),
        Counts::Kept => "the time that counts".to_owned(),
    };
    let what = match level.limit {
        LevelLimit::Share(_) => format!(
            "The result is {kept} ÷ all the time of the {per}. It is compared exactly, and rounded only where it is shown (a \
             half goes up). "
        ),
        LevelLimit::Time(_) => format!("The result is {kept}. "),
    };
    let is_report = level.evidence.as_ref().is_some_and(|evidence| {
        matches!(evidence.time, EvidenceTime::Reported { unit: AmountUnit::Percent, .. })
    });
    let early = match (level.bound, counts) {
        _ if is_report => "if it is not reached",
        (Bound::AtLeast, Counts::Missing) => "as soon as it can no longer be reached",
        (Bound::AtMost, Counts::Kept) => "as soon as it is exceeded",
        _ => "if it is not reached",
    };
    format!("{what}Judged at the end of the {per}; missed {early}, which is {failure}.")
}

/// Where the border lies, in minutes.
pub fn example(book: &Book<'_>, level: &Level) -> Vec<Block> {
    let LevelLimit::Share(percent) = &level.limit else { return Vec::new() };
    let (Some(percent), Some(evidence)) = (percent.get(), &level.evidence) else { return Vec::new() };
    let Some(period) = first_period(book, level.per) else { return Vec::new() };
    let Some(interval) = book.zone().and_then(|zone| period.interval(zone).ok()) else { return Vec::new() };
    let minutes = Decimal::from(interval.seconds() / 60);
    let kept = minutes * *percent / Decimal::ONE_HUNDRED;
    let border = match (evidence.counts, level.bound) {
        (Counts::Missing, _) => (minutes - kept).floor(),
        (Counts::Kept, Bound::AtLeast) => kept.ceil(),
        (Counts::Kept, Bound::AtMost) => kept.floor(),
    };
    // The first minute beyond the border.
    let beyond = match (evidence.counts, level.bound) {
        (Counts::Kept, Bound::AtLeast) => border - Decimal::ONE,
        _ => border + Decimal::ONE,
    };
    if beyond < Decimal::ZERO || beyond > minutes {
        return Vec::new();
    }
    let result = |counted: Decimal| {
        let part = match evidence.counts {
            Counts::Missing => minutes - counted,
            Counts::Kept => counted,
        };
        Ratio::new(part, minutes).map_or(String::new(), |ratio| words::percent(ratio.percent(PLACES)))
    };
    let down = match evidence.counts {
        Counts::Missing => "minutes down",
        Counts::Kept => "minutes that count",
    };
    let lead = format!(
        "{} has {} minutes.",
        words::capital(&period_in_words(&period, level.per)),
        words::number(minutes)
    );
    let keep = format!(
        "{} {down} come to {} and keep the promise; {} come to {} and break it.",
        words::number(border),
        result(border),
        words::number(beyond),
        result(beyond)
    );
    vec![Block::Example(Say::new(lead).end(), vec![Block::words(keep)])]
}

/// So exactly are results shown.
const PLACES: u32 = 4;

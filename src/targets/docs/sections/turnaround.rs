//! Something is done to each item within a time.

use rust_decimal::Decimal;

use super::super::book::Book;
use super::super::condition::Speaker;
use super::super::document::{Block, Fact, Inline, Say, Text, listed};
use super::super::example::Worked;
use super::super::words;
use super::clock::{calendar, unit_rules_of};
use super::commitments::{condition, excused, failure, fields};
use super::dated::{Case, Told, cases, counted, judged, judged_late, limits_of, worked_example};
use crate::model::commitment::{Aim, CountedBy, Pause, Tier, Turnaround};
use crate::model::{Commitment, Field, Form, Id, PredicateKind, Record, Slot, Subject, Unit};
use crate::worktime::{Interval, Pauses, words as time};

/// `contact each MQL within 4 business hours of its becoming one.`
pub fn sentence(book: &Book<'_>, commitment: &Commitment, form: &Turnaround, say: Say) -> Text {
    let say = say.words("each ").and(book.subject_of(commitment));
    within(book, commitment, (&form.start, &form.tiers), say)
}

/// The end of a sentence: ` within 4 business hours of its becoming one.`
pub fn within(
    book: &Book<'_>,
    commitment: &Commitment,
    (start, tiers): (&Slot<Id<Field>>, &[Tier]),
    say: Say,
) -> Text {
    let say = say.words(" within ");
    let (say, lead) = match tiers {
        [] => (say.and(Inline::Unknown), " of "),
        [only] if only.when.is_none() => (say.text(limit(only)), " of "),
        _ => (say.words("the time allowed for it, counted from "), ""),
    };
    let say = match starts_as_subject(book, commitment, start) {
        Some(_) => say.words(lead).words("its becoming one"),
        None => say.words(lead).and(book.field_slot(book.record_of(commitment), start)),
    };
    say.words(".").end()
}

/// The definition whose own moment starts the clock.
pub fn starts_as_subject(
    book: &Book<'_>,
    commitment: &Commitment,
    start: &Slot<Id<Field>>,
) -> Option<Subject> {
    let subject = commitment.subject()?;
    let Subject::Definition(definition) = subject else { return None };
    let since = book.model.definitions[definition].since.as_ref()?.get()?;
    (Some(since) == start.get()).then_some(subject)
}

/// The time of a limit.
pub fn limit(tier: &Tier) -> Text {
    match &tier.limit {
        Slot::Set(duration) => Say::default().strong(words::duration(*duration)).end(),
        other => vec![words::open(other)],
    }
}

/// The exact meaning.
pub fn facts(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment, form: &Turnaround) -> Vec<Fact> {
    let units: Vec<Unit> = form.tiers.iter().filter_map(|t| t.limit.get()).map(|d| d.unit).collect();
    let mut out = vec![
        Fact { label: "Clock starts", blocks: starts(book, commitment, &form.start) },
        Fact { label: "Clock stops", blocks: done(book, commitment) },
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

/// From when the clock runs.
pub fn starts(book: &Book<'_>, commitment: &Commitment, start: &Slot<Id<Field>>) -> Vec<Block> {
    let record = book.record_of(commitment);
    let say = Say::new("At the moment in ").and(book.field_slot(record, start));
    let say = match starts_as_subject(book, commitment, start) {
        Some(subject) => {
            let label = book.subject_label(subject);
            say.words(format!(", when the item became {} ", words::article(&label)))
                .and(book.subject(subject))
        }
        None => say,
    };
    let mut out = vec![
        say.words(". While that field is empty, the clock has not started and the item does not count.")
            .paragraph(),
    ];
    if let Some(when) = &commitment.starts_when {
        out.extend(condition(book, record, when, Say::new("It counts as started only when")));
    }
    out
}

/// When it is done.
pub fn done(book: &Book<'_>, commitment: &Commitment) -> Vec<Block> {
    let record = book.record_of(commitment);
    let say = match commitment.met_at.as_slice() {
        [] => return vec![Say::new("Nothing says when it is done.").paragraph()],
        [one] => Say::new("At the moment in ").and(book.field_slot(record, one)),
        several => Say::new("At the earliest moment in ").text(fields(book, record, several, "and")),
    };
    match &commitment.met_when {
        None => vec![say.words(".").paragraph()],
        Some(predicate) => condition(book, record, predicate, say.words(", but only when")),
    }
}

/// The limits, and what their units mean.
pub fn allowed(book: &Book<'_>, commitment: &Commitment, tiers: &[Tier], units: &[Unit]) -> Vec<Block> {
    let mut out = limits(book, commitment, tiers);
    out.extend(unit_rules_of(book, commitment, units));
    out
}

/// The limits: one, or the first that fits.
pub fn limits(book: &Book<'_>, commitment: &Commitment, tiers: &[Tier]) -> Vec<Block> {
    let record = book.record_of(commitment);
    let mut out = Vec::new();
    match tiers {
        [only] if only.when.is_none() => out.push(Say::default().text(limit(only)).words(".").paragraph()),
        tiers => {
            out.push(Block::words("The first of these that applies:"));
            let item = |tier: &Tier| match &tier.when {
                Some(when) => condition(book, record, when, Say::default().text(limit(tier)).words(" when")),
                None => vec![Say::default().text(limit(tier)).words(" in every other case.").paragraph()],
            };
            out.push(Block::Numbered(tiers.iter().map(item).collect()));
            let all = tiers.iter().any(|t| t.when.as_ref().is_none_or(|w| w.kind == PredicateKind::Always));
            if !all && !tiers.is_empty() {
                out.push(Block::words(
                    "An item to which none of them applies is not covered, and does not count.",
                ));
            }
        }
    }
    out
}

/// When the clock stands still.
pub fn paused(book: &Book<'_>, commitment: &Commitment, units: &[Unit]) -> Vec<Block> {
    let record = book.record_of(commitment);
    let pauses: Vec<Text> = commitment.pauses.iter().map(|pause| stretch(book, record, pause)).collect();
    if pauses.is_empty() {
        return Vec::new();
    }
    let say = Say::new("The clock stands still ").text(listed(pauses, "and"));
    let mut out = vec![
        say.words(
            ". Time allowed and time taken do not run then. A pause whose end is still empty goes on until the item is \
             done: meanwhile it cannot become overdue.",
        )
        .paragraph(),
    ];
    if commitment.pauses.iter().any(|pause| pause.of.is_none()) {
        let rule = "The two fields hold the last pause only. Where its end lies before its start, it is the end of an earlier \
                    pause, and the clock stands still again. The time of earlier pauses counts.";
        out.push(Block::Remark(Say::new(rule).end()));
    }
    if commitment.pauses.iter().any(|pause| pause.of.is_some()) {
        let rule = "Time that several of these records cover is left out once; one that ends before it begins is no pause.";
        out.push(Block::Remark(Say::new(rule).end()));
    }
    let counted =
        |unit: &Unit| matches!(unit, Unit::BusinessDays | Unit::CalendarDays | Unit::Weeks | Unit::Months);
    if units.iter().any(counted) {
        let rule = "Days are counted whole: a day counts unless the clock stands still when it ends, at its closing for \
                    business days and at 24:00 for calendar days.";
        out.push(Block::Remark(Say::new(rule).end()));
    }
    out
}

/// `from Asked to Answered of each Wait (where Kind is customer)`.
fn stretch(book: &Book<'_>, record: Option<Id<Record>>, pause: &Pause) -> Text {
    let rows = pause.of.as_ref().map(|rows| rows.get());
    let whose = match rows {
        Some(rows) => rows.map(|rows| rows.record),
        None => record,
    };
    let say = Say::new("from ").and(book.field_slot(whose, &pause.from));
    let say = say.words(" to ").and(book.field_slot(whose, &pause.to));
    match rows.flatten().zip(record) {
        Some((rows, record)) => {
            let say = say.words(" of each ").and(book.record(rows.record));
            say.text(Speaker { book, record }.which(rows)).end()
        }
        None => say.end(),
    }
}

/// When an item is late.
pub fn late(commitment: &Commitment, units: &[Unit]) -> Vec<Block> {
    if units.is_empty() {
        return vec![Block::words("This follows from the time allowed, which is still open.")];
    }
    let business = units.iter().any(|u| u.is_business());
    let plain = units.iter().any(|u| !u.is_business());
    let failure = failure(commitment.strength);
    let rule = match (business, plain) {
        (true, false) => {
            "An item is late once the calendar has been open after its deadline: what is due at closing time can still \
             be met until the calendar opens again."
        }
        (true, true) => {
            "With business time, an item is late once the calendar has been open after its deadline; otherwise once \
             its deadline has passed."
        }
        (false, _) => "An item is late once its deadline has passed.",
    };
    vec![
        Say::new(rule)
            .words(format!(
                " An item that is late and still not done is overdue. Each late or overdue item is {failure}."
            ))
            .paragraph(),
    ]
}

/// The period an item counts in.
pub fn counts_in(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment) -> Block {
    let kind = book.evaluator.reporting_period(id);
    let waits = matches!(commitment.form, Form::NotBefore(_));
    let by = match commitment.counted_by {
        CountedBy::DueDate if waits => "its time to wait ends",
        CountedBy::DueDate => "its deadline falls",
        CountedBy::StartDate => "its clock started",
    };
    let zone = book.zone().map(|z| format!(", {}", super::super::book::zone_in_words(z.name())));
    let term = match &book.model.agreement.effective {
        // A lead time has no start.
        Some(_) if matches!(commitment.form, Form::LeadTime(_)) => {
            " Only items whose deadline lies in the time in which the agreement is in force count."
        }
        Some(_) => " Only items whose clock started while the agreement was in force count.",
        None => "",
    };
    Say::new(format!("The {kind} in which {by}{}.{term}", zone.unwrap_or_default())).paragraph()
}

/// What is aimed at.
pub fn target(commitment: &Commitment) -> Vec<Block> {
    let Some(target) = &commitment.target else {
        return vec![Block::words("Every item: no other target is stated.")];
    };
    let Some(aim) = target.aim.get() else {
        return vec![
            Say::default().and(words::open(&target.aim)).words(format!(" per {}", target.per)).paragraph(),
        ];
    };
    let rule = match aim {
        Aim::Attainment(share) => {
            let least = if *share == Decimal::ONE_HUNDRED { "" } else { "at least " };
            format!("{least}{} of the decided items: met ÷ (met + late + overdue)", words::percent(*share))
        }
        Aim::Percentile { percent: 50, under } => {
            format!("at least half of the decided items take less than {}", words::duration(*under))
        }
        Aim::Percentile { percent, under } => {
            format!("at least {percent}% of the decided items take less than {}", words::duration(*under))
        }
    };
    let still = match aim {
        Aim::Attainment(_) => "",
        Aim::Percentile { .. } => " An overdue item counts with the time it has taken so far.",
    };
    vec![
        Say::default()
            .strong(format!("{} per {}", words::aim(aim), target.per))
            .words(format!(": {rule}.{still}"))
            .paragraph(),
    ]
}

// ---------------------------------------------------------------------------------------------------------- in dates

/// A worked example for every limit, on every clock.
pub fn examples(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment) -> Vec<Block> {
    let example = |case: Case<'_>| {
        let outcomes = |worked: &Worked| outcomes(book, id, commitment, &case, worked);
        let told = Told { due: "is due ", outcomes: &outcomes, across: true };
        worked_example(book, id, commitment, &case, &told)
    };
    cases(book, id, &limits_of(commitment), "Within").into_iter().flat_map(example).collect()
}

/// What is met, what is late, and where it counts.
fn outcomes(
    book: &Book<'_>,
    id: Id<Commitment>,
    commitment: &Commitment,
    case: &Case<'_>,
    worked: &Worked,
) -> Vec<Vec<Block>> {
    let (limit, clock) = (case.limit, case.clock);
    let zone = clock.zone();
    let by = time::deadline(worked.deadline, zone);
    let mut out = vec![judged(format!("Done by {by}: "), "met", ".")];
    if limit.unit.is_business()
        && let Ok(hours) = clock.hours()
        && let Ok(opens) = hours.next_open(worked.deadline)
        && opens > worked.deadline
    {
        let until = format!("Done later, before the calendar opens on {}: still ", time::moment(opens, zone));
        out.push(judged(until, "met", "."));
    }
    out.extend(judged_late(case, worked));
    out.extend(after_pause(commitment, case, worked));
    out.extend(counted(book, id, commitment, (worked.start, worked.deadline)));
    out
}

/// The same item with a pause of three days in its midst.
fn after_pause(commitment: &Commitment, case: &Case<'_>, worked: &Worked) -> Option<Vec<Block>> {
    const LENGTH: i64 = 3 * 86_400;
    if commitment.pauses.is_empty() {
        return None;
    }
    let (limit, clock) = (case.limit, case.clock);
    let half = rust_decimal::Decimal::from(50);
    let from = clock.measure(limit.unit).ok()?.share(worked.start, worked.deadline, half).ok()?;
    let to = from.plus(LENGTH).ok()?;
    let due = Pauses::new([Interval { from, to }]).due(worked.start, limit, clock).ok()?;
    let zone = clock.zone();
    let lead = format!("Paused from {} to {}, it is due ", time::moment(from, zone), time::moment(to, zone));
    Some(vec![Say::new(lead).strong(time::deadline(due, zone)).words(".").paragraph()])
}

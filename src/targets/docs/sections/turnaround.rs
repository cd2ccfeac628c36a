//! Something is done to each item within a time.

use rust_decimal::Decimal;

use super::super::book::Book;
use super::super::document::{Block, Fact, Inline, Row, Say, Table, Text};
use super::super::example::{Change, Piece, Search, Worked, change_in_words, period_in_words, period_of};
use super::super::words;
use super::commitments::{condition, excused, failure, fields};
use crate::model::commitment::{Aim, CountedBy, Tier, Turnaround};
use crate::model::{Commitment, Duration, Field, Form, Id, PredicateKind, Slot, Subject, Unit};
use crate::worktime::{Instant, TimeZone, words as time};

/// `contact each MQL within 4 business hours of its becoming one.`
pub fn sentence(book: &Book<'_>, commitment: &Commitment, form: &Turnaround, say: Say) -> Text {
    let say = say.words("each ").and(book.subject_slot(&commitment.subject)).words(" within ");
    let say = match form.tiers.as_slice() {
        [] => say.and(Inline::Unknown),
        [only] if only.when.is_none() => say.text(limit(only)),
        _ => say.words("the time allowed for it, counted from "),
    };
    let lead = if is_tiered(form) { "" } else { " of " };
    let say = match starts_as_subject(book, commitment, &form.start) {
        Some(_) => say.words(lead).words("its becoming one"),
        None => say.words(lead).and(book.field_slot(book.record_of(commitment), &form.start)),
    };
    say.words(".").end()
}

/// True if the time allowed depends on the item.
fn is_tiered(form: &Turnaround) -> bool {
    !matches!(form.tiers.as_slice(), [] | [Tier { when: None, .. }])
}

/// The definition whose own moment starts the clock.
fn starts_as_subject(book: &Book<'_>, commitment: &Commitment, start: &Slot<Id<Field>>) -> Option<Subject> {
    let subject = *commitment.subject.get()?;
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
        Fact { label: "Calendar", blocks: vec![calendar(book, commitment, &units)] },
        Fact { label: "Late", blocks: late(commitment, &units) },
        Fact { label: "Counts in", blocks: vec![counts_in(book, id, commitment)] },
        excused(book, commitment),
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
    vec![
        say.words(". While that field is empty, the clock has not started and the item does not count.")
            .paragraph(),
    ]
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

/// What the units mean, with the cut-off of the commitment's calendar.
pub fn unit_rules_of(book: &Book<'_>, commitment: &Commitment, units: &[Unit]) -> Vec<Block> {
    let cut_off = calendar_of(book, commitment).and_then(|c| book.model.calendars[c].cutoff);
    unit_rules(units, cut_off).into_iter().map(|rule| Block::Remark(Say::new(rule).end())).collect()
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

fn calendar_of(book: &Book<'_>, commitment: &Commitment) -> Option<Id<crate::model::Calendar>> {
    book.model.clock(commitment)?.get().copied()
}

/// What the units mean, each said once.
fn unit_rules(units: &[Unit], cut_off: Option<crate::model::TimeOfDay>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for unit in units {
        let rule = match unit {
            Unit::Minutes | Unit::Hours => "Minutes and hours run on the wall clock, day and night.".to_owned(),
            Unit::BusinessMinutes | Unit::BusinessHours => {
                "Business minutes and hours run only while the calendar is open. The deadline is the earliest moment \
                 at which they are used up."
                    .to_owned()
            }
            Unit::BusinessDays => {
                let cut_off = cut_off.map(|at| {
                    format!(" What starts after {at}, or on a closed day, counts as starting on the next open day.")
                });
                format!(
                    "Business days: the day of the start is day 0. The deadline is the closing time of the last of the \
                     open days that follow.{}",
                    cut_off.unwrap_or_default()
                )
            }
            Unit::CalendarDays | Unit::Weeks => {
                "Calendar days and weeks: the day of the start is day 0. They end at 24:00 of the last day, in the zone \
                 given below. Closed days count as well."
                    .to_owned()
            }
            Unit::Months => {
                "Months end at 24:00 of the same day of a later month, or of its last day if that month is shorter."
                    .to_owned()
            }
        };
        if !out.contains(&rule) {
            out.push(rule);
        }
    }
    out
}

/// The working hours that count.
pub fn calendar(book: &Book<'_>, commitment: &Commitment, units: &[Unit]) -> Block {
    match book.model.clock(commitment) {
        Some(Slot::Set(calendar)) => {
            Say::default().text(book.calendar_in_words(*calendar)).words(".").paragraph()
        }
        Some(other) => Say::default().and(words::open(other)).paragraph(),
        None if units.iter().any(|u| u.is_business()) => Say::default().and(Inline::Unknown).paragraph(),
        None => match book.zone() {
            Some(zone) => {
                let zone = super::super::book::zone_in_words(zone.name());
                Say::new(format!("None: days begin and end in {zone}.")).paragraph()
            }
            None => Say::default().and(Inline::Unknown).paragraph(),
        },
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

/// A worked example for every limit.
pub fn examples(
    book: &Book<'_>,
    id: Id<Commitment>,
    commitment: &Commitment,
    form: &Turnaround,
) -> Vec<Block> {
    let mut out = Vec::new();
    let mut shown: Vec<Duration> = Vec::new();
    for duration in form.tiers.iter().filter_map(|tier| tier.limit.get().copied()) {
        if !shown.contains(&duration) {
            shown.push(duration);
            out.extend(example(book, id, commitment, duration));
        }
    }
    out
}

fn example(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment, limit: Duration) -> Vec<Block> {
    let told = Told {
        limit: "Within",
        due: "is due ",
        outcomes: &|worked| outcomes(book, id, commitment, limit, worked),
        across: true,
    };
    worked_example(book, id, commitment, limit, &told)
}

/// What an example of a promise with a time tells, beside its dates.
pub struct Told<'t> {
    /// In front of the limit, where there are several.
    pub limit: &'t str,
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
    limit: Duration,
    told: &Told<'_>,
) -> Vec<Block> {
    let Some(search) = Search::new(book, id, limit) else { return Vec::new() };
    let Some(worked) = search.best() else {
        let none = format!(
            "No item that starts in the term reaches a deadline of {} in it.",
            words::duration(limit)
        );
        return vec![Block::Remark(Say::new(none).end())];
    };
    let Ok(clock) = book.evaluator.clock(id) else { return Vec::new() };
    let zone = clock.zone();
    let label = commitment.subject.get().map(|s| book.subject_label(*s)).unwrap_or_default();
    let article = words::capital(words::article(&label));
    let several = commitment.tiers().len() > 1;
    let which = if several { format!("{} {}: ", told.limit, words::duration(limit)) } else { String::new() };
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
        let zone = super::super::book::zone_in_words(zone.name());
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
fn changed(change: Change, limit: Duration, clock: crate::worktime::Clock<'_>) -> Option<Block> {
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

/// What is met, what is late, and where it counts.
fn outcomes(
    book: &Book<'_>,
    id: Id<Commitment>,
    commitment: &Commitment,
    limit: Duration,
    worked: &Worked,
) -> Vec<Vec<Block>> {
    let Ok(clock) = book.evaluator.clock(id) else { return Vec::new() };
    let Ok(measure) = clock.measure(limit.unit) else { return Vec::new() };
    let zone = clock.zone();
    let mut out = vec![vec![
        Say::new(format!("Done by {}: ", time::deadline(worked.deadline, zone)))
            .strong("met")
            .words(".")
            .paragraph(),
    ]];
    if limit.unit.is_business()
        && let Ok(hours) = clock.hours()
        && let Ok(opens) = hours.next_open(worked.deadline)
        && opens > worked.deadline
    {
        let until = format!("Done later, before the calendar opens on {}: still ", time::moment(opens, zone));
        out.push(vec![Say::new(until).strong("met").words(".").paragraph()]);
    }
    if let Ok(late) = measure.after(worked.deadline, lateness(limit)) {
        let by = time::length(measure.lateness(worked.deadline, late), time::Seconds::of(limit.unit));
        out.push(vec![
            Say::new(format!("Done {}: ", time::moment(late, zone)))
                .strong("late")
                .words(format!(" by {by}."))
                .paragraph(),
        ]);
    }
    out.extend(counted(book, id, commitment, (worked.start, worked.deadline)));
    out
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

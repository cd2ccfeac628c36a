//! `end-to-end-too-short`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::lint::meetings::Meetings;
use crate::lint::overlap::may_overlap;
use crate::lint::promises::{Timed, limits};
use crate::lint::when::{Often, When};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Duration, Field, Form, Id, Model, Record, Strength, Unit};
use crate::worktime::compare::{Difference, Line};
use crate::worktime::words::{self, Seconds};
use crate::worktime::{Instant, Interval};

/// The rule.
pub static RULE: Rule = Rule {
    name: "end-to-end-too-short",
    summary: "a promise for the whole that is broken while every part of it is kept",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("end_to_end_too_short.md"),
};

/// Parts of the longest chain that is followed.
const LONGEST: usize = 6;
/// Chains that are followed for one promise.
const MOST: usize = 64;
/// The most of a unit that is tried as a safe time.
const SAFE: i64 = 5_000;

/// A promise about every item of its subject, with one time and one clock: from one moment to another.
#[derive(Clone, Copy)]
struct Part<'a> {
    limit: Timed<'a>,
    from: Id<Field>,
    to: Id<Field>,
}

/// A promise, and a chain of others that can take longer.
struct Slow<'a> {
    whole: Part<'a>,
    parts: Vec<Part<'a>>,
    start: Instant,
    /// How much too late it can be, in seconds.
    over: i64,
    often: Often,
    safe: Option<Duration>,
}

fn too_short(context: &Context<'_>, slow: &Slow<'_>) -> Diagnostic {
    let whole = slow.whole.limit;
    let name = &whole.commitment.head.name;
    let steps: Vec<String> =
        slow.parts.iter().map(|part| part.limit.commitment.head.name.text.clone()).collect();
    let chain = crate::diagnostic::names(&steps, "and then");
    let mut out = Diagnostic::warning(RULE.name, format!("{chain} can take longer than `{name}` allows"))
        .at(whole.tier.span, format!("{} for the whole", whole.limit));
    for part in &slow.parts {
        out = out.also(part.limit.tier.span, format!("up to {}", part.limit.limit));
    }
    if let Some(witness) = timeline(context, slow) {
        out = out.witness(witness);
    }
    let over = words::length(whole_minutes(slow.over), Seconds::Plain);
    let often = match &slow.often {
        Often::Always => "It can happen to every item.".to_owned(),
        Often::At(when) => format!("It can happen to what arrives {when}."),
    };
    let help = match slow.safe {
        Some(safe) => format!("Allow at least {safe} for the whole, or less for its parts."),
        None => "Allow more for the whole, or less for its parts.".to_owned(),
    };
    out.note(format!(
        "Everybody is in time, and the whole is up to {over} late. Nobody is to blame, so nobody will fix it."
    ))
    .note(often)
    .help(help)
}

fn timeline(context: &Context<'_>, slow: &Slow<'_>) -> Option<Witness> {
    let whole = slow.whole.limit;
    let zone = whole.clock.1.zone();
    let subject = whole.commitment.subject()?;
    let title =
        format!("{}, {}", context.model.subject_head(subject).label(), context.moment(slow.start, zone));
    let mut rows = Vec::new();
    let mut at = slow.start;
    for part in &slow.parts {
        let Timed { commitment, limit, clock, .. } = part.limit;
        at = crate::worktime::due(at, limit, clock.1).ok()?;
        rows.push((at, format!("`{}` is kept at the last moment ({limit})", commitment.head.name)));
    }
    let due = crate::worktime::due(slow.start, whole.limit, whole.clock.1).ok()?;
    rows.push((due, format!("deadline of `{}` ({})", whole.commitment.head.name, whole.limit)));
    rows.sort();
    let start = (context.moment(slow.start, zone), "the clock starts".to_owned());
    let rest = rows.into_iter().map(|(at, text)| (context.deadline(at, zone), text));
    Some(Witness { title, rows: [start].into_iter().chain(rest).collect() })
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut all = Vec::new();
    let mut next = Next::new();
    for (record, part) in parts(context) {
        all.push((record, part));
        next.entry((record, part.from)).or_default().entry(part.to).or_default().push(part);
    }
    let mut meetings = Meetings::new(context);
    for (record, whole) in all {
        let mut chains = Chains { model: context.model, record, whole, next: &next, found: Vec::new() };
        chains.follow(&mut Vec::new(), whole.from);
        let slow = chains.found.into_iter().filter_map(|chain| {
            let limits: Vec<Timed<'_>> = [whole].iter().chain(&chain).map(|part| part.limit).collect();
            meetings.together(&limits).then(|| slow(context, whole, chain)).flatten()
        });
        // The worst one says what the whole must allow.
        let worst = slow.reduce(|a, b| if b.over > a.over { b } else { a });
        let Some(mut worst) = worst else { continue };
        worst.safe = safe(context, &worst);
        out.push(too_short(context, &worst));
    }
}

/// The parts that begin at a moment of a record, by the moment at which they end.
type Next<'a> = BTreeMap<(Id<Record>, Id<Field>), BTreeMap<Id<Field>, Vec<Part<'a>>>>;

/// The promises that go from one moment to another, for every item alike.
fn parts<'a>(context: &'a Context<'a>) -> Vec<(Id<Record>, Part<'a>)> {
    let part = |id| {
        let commitment = &context.model.commitments[id];
        let [tier] = commitment.tiers() else { return None };
        let [met_at] = commitment.met_at.as_slice() else { return None };
        let owed = commitment.strength.is_duty();
        if !owed || !matches!(commitment.form, Form::Turnaround(_)) || tier.when.is_some() {
            return None;
        }
        let [limit] = limits(context, id)[..] else { return None };
        let (from, to) = (*commitment.counts_from()?.get()?, *met_at.get()?);
        Some((context.model.record_of(commitment.subject()?)?, Part { limit, from, to }))
    };
    context.model.commitments.ids().filter_map(part).collect()
}

/// The chains of promises that lead where another one leads.
struct Chains<'a, 'c> {
    model: &'a Model,
    record: Id<Record>,
    whole: Part<'a>,
    next: &'c Next<'a>,
    found: Vec<Vec<Part<'a>>>,
}

impl<'a> Chains<'a, '_> {
    fn follow(&mut self, chain: &mut Vec<Part<'a>>, at: Id<Field>) {
        if chain.len() >= LONGEST || self.found.len() >= MOST {
            return;
        }
        for (to, parts) in self.next.get(&(self.record, at)).into_iter().flatten() {
            // A chain of one is the same promise, or another one of the same work.
            let alone = *to == self.whole.to && chain.is_empty();
            let seen = *to == self.whole.from || chain.iter().any(|before| before.to == *to);
            if alone || seen {
                continue;
            }
            for part in parts {
                if !self.is_for_same(chain, *part) {
                    continue;
                }
                chain.push(*part);
                if *to == self.whole.to {
                    self.found.push(chain.clone());
                } else {
                    self.follow(chain, *to);
                }
                chain.pop();
            }
        }
    }

    /// True if the part binds, and may be about an item of the whole and of every part before it.
    fn is_for_same(&self, chain: &[Part<'a>], part: Part<'a>) -> bool {
        let subject = |part: &Part<'a>| part.limit.commitment.subject();
        let meets = |other: &Part<'a>| {
            subject(&part)
                .zip(subject(other))
                .is_some_and(|(a, b)| may_overlap(self.model, (a, None), (b, None)))
        };
        part.limit.commitment.strength == Strength::Must && meets(&self.whole) && chain.iter().all(meets)
    }
}

fn slow<'a>(context: &'a Context<'a>, whole: Part<'a>, parts: Vec<Part<'a>>) -> Option<Slow<'a>> {
    let zone = whole.limit.clock.1.zone();
    let term = context.lines.whole(zone)?;
    context.questions.borrow_mut().compared();
    let (end, due) = (end_of(context, &parts, term)?, whole.limit.line(context)?);
    let over = Difference::of(&end, &due, term);
    let when = When::of(over.above(0), term, zone)?;
    let (_, most) = over.worst()?;
    let start = when.example(&context.lines.open(whole.limit.clock, term), zone)?;
    Some(Slow { whole, parts, start, over: most, often: when.often(context, zone), safe: None })
}

/// When a chain ends whose every part takes all of its time.
fn end_of(context: &Context<'_>, parts: &[Part<'_>], term: Interval) -> Option<Line> {
    parts.iter().try_fold(Line::later(term, 0), |line, part| {
        context.lines.after(&line, part.limit.clock, part.limit.limit)
    })
}

/// The least time in the unit of the whole that a chain never exceeds.
fn safe(context: &Context<'_>, slow: &Slow<'_>) -> Option<Duration> {
    let limit = slow.whole.limit;
    let term = context.lines.whole(limit.clock.1.zone())?;
    let end = end_of(context, &slow.parts, term)?;
    let unit = limit.limit.unit;
    // Months reach far; nobody promises a thousand of them.
    let most = if unit == Unit::Months { SAFE / 100 } else { SAFE };
    let enough = |count: i64| {
        let line = context.lines.due(limit.clock, Duration { amount: count.into(), unit });
        line.is_some_and(|due| Difference::of(&end, &due, term).above(0).is_empty())
    };
    let (mut low, mut high) = (limit.limit.count(), limit.limit.count().max(1));
    while !enough(high) {
        (low, high) = (high, high.saturating_mul(2));
        if high > most {
            return None;
        }
    }
    while low + 1 < high {
        let middle = i64::midpoint(low, high);
        if enough(middle) { high = middle } else { low = middle }
    }
    Some(Duration { amount: high.into(), unit })
}

/// Rounded up: what is late by a second less than an hour is late by an hour, for who reads it.
fn whole_minutes(seconds: i64) -> i64 {
    (seconds + 59) / 60 * 60
}

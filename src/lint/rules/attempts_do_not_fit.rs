//! `attempts-do-not-fit`.

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::evaluate::CalendarClock;
use crate::lint::cadence::{Cadence, Pace};
use crate::lint::closed::{Closed, leaves_room, staffed};
use crate::lint::when::{Often, When};
use crate::lint::{Context, Rule, Stage};
use crate::model::commitment::Tier;
use crate::model::{Commitment, Duration, Form, Id, Strength};
use crate::worktime::compare::{Difference, Line, Moments};
use crate::worktime::{Instant, Interval};

/// The rule.
pub static RULE: Rule = Rule {
    name: "attempts-do-not-fit",
    summary: "so many attempts that the time allowed is over before all of them can be made",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("attempts_do_not_fit.md"),
};

/// A limit that is over too soon, on one clock.
struct TooShort<'a> {
    tier: &'a Tier,
    limit: Duration,
    clock: CalendarClock<'a>,
    whole: Interval,
    deadline: Line,
    /// The starts that can be.
    arrivals: Moments,
    /// Those from which not all attempts fit.
    missed: Moments,
    /// Those from which they would not fit for somebody who is always at work.
    certain: Moments,
}

fn too_many(
    context: &Context<'_>,
    id: Id<Commitment>,
    cadence: Cadence,
    pace: &Pace,
    short: &TooShort<'_>,
) -> Option<Diagnostic> {
    let commitment = &context.model.commitments[id];
    let zone = short.clock.1.zone();
    let when = When::of(short.missed.clone(), short.whole, zone)?;
    let often = when.often(context, zone);
    if leaves_room(commitment) && often != Often::Always {
        return None;
    }
    let start = when.example(&short.arrivals, zone)?;
    let deadline = short.deadline.moment(start)?;
    let fit = pace.until(start, deadline, cadence);
    let words = cadence.words();
    let message = format!("{words} do not fit into {}", short.limit);
    let certain = When::of(short.certain.clone(), short.whole, zone);
    let severity = severity(context, id, certain.is_some_and(|when| when.is_regular()));
    let nobody = if short.certain.is_empty() { "Within their hours nobody" } else { "Nobody" };
    let said = match often {
        Often::Always => format!("{nobody} can keep it for any item."),
        Often::At(when) => format!("{nobody} can keep it for what arrives {when}."),
    };
    let most = match fit {
        1 => "one attempt".to_owned(),
        some => format!("{some} attempts"),
    };
    Some(
        Diagnostic::new(RULE.name, severity, message)
            .at(short.tier.span, format!("leaves time for {most}"))
            .also(commitment.sentence, format!("asks for {}", cadence.times))
            .witness(timeline(context, commitment, cadence, pace, short, start)?)
            .note(said)
            .help(format!(
                "Allow more time, ask for fewer attempts, or let more of them count in one {}.",
                cadence.period
            )),
    )
}

/// What cannot be kept is an error; a warning if only closures or the hours of those who owe it bring it about.
fn severity(context: &Context<'_>, id: Id<Commitment>, certain: bool) -> Severity {
    let commitment = &context.model.commitments[id];
    let strict = commitment.strength == Strength::Must
        && commitment.excused_when.is_none()
        && context.model.waivers_of(id).next().is_none();
    if strict && certain { Severity::Error } else { Severity::Warning }
}

/// The deadline between the last attempt that fits and the first that does not.
fn timeline(
    context: &Context<'_>,
    commitment: &Commitment,
    cadence: Cadence,
    pace: &Pace,
    short: &TooShort<'_>,
    start: Instant,
) -> Option<Witness> {
    let zone = short.clock.1.zone();
    let deadline = short.deadline.moment(start)?;
    let fit = pace.until(start, deadline, cadence);
    let mut shown = vec![fit, fit + 1, cadence.times];
    shown.dedup();
    let mut rows: Vec<(Instant, u32, String)> = shown
        .into_iter()
        .filter_map(|number| Some((pace.attempt(start, number, cadence)?, number, String::new())))
        .map(|(at, number, _)| (at, number, format!("attempt {number}, at the earliest")))
        .collect();
    let after = rows.iter().position(|(at, ..)| deadline < *at)?;
    rows.insert(after, (deadline, 0, format!("deadline ({})", short.limit)));
    let row = |(at, number, text): (Instant, u32, String)| {
        let shown = if number == 0 { context.deadline(at, zone) } else { context.moment(at, zone) };
        (shown, text)
    };
    let first = (context.moment(start, zone), "the clock starts".to_owned());
    let item = commitment.subject().map(|s| context.model.subject_head(s).label()).unwrap_or_default();
    Some(Witness {
        title: format!("{item}, {}", context.moment(start, zone)),
        rows: [first].into_iter().chain(rows.into_iter().map(row)).collect(),
    })
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let closed = Closed::new(context);
    for (id, commitment) in context.model.commitments.iter() {
        let Form::Attempts(attempts) = &commitment.form else { continue };
        let owed = commitment.strength.is_duty();
        let Some(cadence) = Cadence::of(attempts).filter(|_| owed) else { continue };
        out.extend(worst(context, &closed, id, cadence));
    }
}

/// Of several limits and clocks the one that is too short most often says it all.
fn worst(
    context: &Context<'_>,
    closed: &Closed<'_>,
    id: Id<Commitment>,
    cadence: Cadence,
) -> Option<Diagnostic> {
    let commitment = &context.model.commitments[id];
    let hours = commitment.actor.get().and_then(|role| {
        let role = &context.model.roles[*role];
        staffed(context, commitment, role)
    });
    let mut all = Vec::new();
    for clock in context.evaluator.clocks(id).unwrap_or_default() {
        for tier in commitment.tiers() {
            let found = too_short(context, closed, commitment, cadence, (clock, tier), hours.as_deref());
            all.extend(found);
        }
    }
    let (short, pace) = all.into_iter().rev().max_by_key(|(short, _)| short.missed.seconds())?;
    too_many(context, id, cadence, &pace, &short)
}

fn too_short<'a>(
    context: &'a Context<'a>,
    closed: &Closed<'_>,
    commitment: &Commitment,
    cadence: Cadence,
    (clock, tier): (CalendarClock<'a>, &'a Tier),
    hours: Option<&[CalendarClock<'_>]>,
) -> Option<(TooShort<'a>, Pace)> {
    let limit = *tier.limit.get()?;
    let whole = context.lines.whole(clock.1.zone())?;
    context.questions.borrow_mut().compared();
    let deadline = context.lines.due(clock, limit)?;
    let until = deadline.moment(whole.to.just_before())?;
    let pace = |hours| Pace::new(context, cadence, hours, Interval { from: whole.from, to: until });
    let arrivals = closed.arrivals(commitment, whole);
    let late = |pace: &Pace| {
        let last = pace.line(cadence)?;
        Some(Difference::of(&last, &deadline, whole).above(0).and(&arrivals))
    };
    let paced = pace(hours)?;
    let missed = late(&paced)?;
    if missed.is_empty() {
        return None;
    }
    let certain = late(&pace(None)?)?;
    Some((TooShort { tier, limit, clock, whole, deadline, arrivals, missed, certain }, paced))
}

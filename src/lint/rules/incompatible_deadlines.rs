//! `incompatible-deadlines`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::lint::meetings::{Meeting, Meetings};
use crate::lint::overlap::Seen;
use crate::lint::promises::{Timed, Work, limits, may_give_way, same_when_done, works};
use crate::lint::when::When;
use crate::lint::{Context, Rule, Stage};
use crate::model::{Commitment, FieldType, Form, Id, Model};
use crate::worktime::compare::{Difference, Moments};
use crate::worktime::words::{self, Seconds};
use crate::worktime::{Instant, Interval, TimeZone};

/// The rule.
pub static RULE: Rule = Rule {
    name: "incompatible-deadlines",
    summary: "two promises of the same work, from the same moment, with different times",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("incompatible_deadlines.md"),
};

/// Two limits and an item for which they differ.
struct Conflict<'a> {
    first: Timed<'a>,
    second: Timed<'a>,
    start: Instant,
    /// The deadlines of that item.
    ends: (Instant, Instant),
    /// How far apart they are at most.
    apart: i64,
    /// Why one item has both.
    meeting: Meeting,
}

fn differ(context: &Context<'_>, conflict: &Conflict<'_>) -> Diagnostic {
    let model = context.model;
    let (first, second) = (conflict.first, conflict.second);
    let (a, b) = (&first.commitment.head, &second.commitment.head);
    let (one, other) = (context.called(a), context.called(b));
    let apart = apart(conflict.apart);
    let mut out =
        Diagnostic::warning(RULE.name, format!("{one} and {other} give different times for the same work"));
    out.notes.extend(conflict.meeting.note(context));
    out.notes.extend(context.assumption([first.commitment, second.commitment]));
    out.at(second.tier.span, second.words(model, first))
        .also(first.tier.span, first.words(model, second))
        .witness(timeline(context, conflict))
        .note(format!(
            "Both bind, and they are up to {apart} apart. Each side will read the one that suits it."
        ))
        .help(match context.across {
            Some(_) => "Keep one of the two, in a file that both agreements `use`.".to_owned(),
            None => {
                let (a, b) = (&a.name, &b.name);
                format!("Keep one of the two, or write `priority over {a}` in `{b}`, or the other way round.")
            }
        })
}

/// How far two deadlines are apart. Days of many are not all of 24 hours, which nobody wants to know here.
fn apart(seconds: i64) -> String {
    match (seconds + DAY / 2) / DAY {
        days @ DAYS.. => format!("{days} days"),
        _ => words::length(seconds, Seconds::Plain),
    }
}

const DAY: i64 = 24 * 3600;
/// From so many days on hours are not counted.
const DAYS: i64 = 7;

fn timeline(context: &Context<'_>, conflict: &Conflict<'_>) -> Witness {
    let model = context.model;
    let (first, second) = (conflict.first, conflict.second);
    let zone = first.clock.1.zone();
    let lead = matches!(first.commitment.form, Form::LeadTime(_));
    let from = if lead { "the moment that it leads up to" } else { "the clock starts" };
    let row = |limit: Timed<'_>, beside| {
        format!("deadline of {} ({})", context.called(&limit.commitment.head), limit.words(model, beside))
    };
    let mut ends = [(conflict.ends.0, row(first, second)), (conflict.ends.1, row(second, first))];
    ends.sort();
    let at = if counts_from_day(model, first) {
        words::day(zone.date(conflict.start))
    } else {
        context.moment(conflict.start, zone)
    };
    let start = (at.clone(), from.to_owned());
    let mut rows: Vec<_> = ends.into_iter().map(|(at, text)| (context.deadline(at, zone), text)).collect();
    rows.insert(if lead { rows.len() } else { 0 }, start);
    let item = second.commitment.subject().map(|s| model.subject_head(s).label()).unwrap_or_default();
    Witness { title: format!("{item}, {at}"), rows }
}

/// Whether a limit counts from a day, which has no time.
fn counts_from_day(model: &Model, limit: Timed<'_>) -> bool {
    let field = || {
        let record = model.record_of(limit.commitment.subject()?)?;
        Some(&model.records[record].fields[*limit.commitment.counts_from()?.get()?].ty)
    };
    field() == Some(&FieldType::Date)
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<Work<'_>, (Vec<Promise<'_>>, Seen<'_>)> = BTreeMap::new();
    let mut meetings = Meetings::new(context);
    for (id, commitment) in context.model.commitments.iter() {
        if !matches!(commitment.form, Form::Turnaround(_) | Form::LeadTime(_)) {
            continue;
        }
        let promise = Promise { id, limits: limits(context, id) };
        for work in works(context.model, commitment) {
            let (same, seen) = known.entry(work).or_default();
            let mut others = seen.beside(context.model, commitment).into_iter();
            // With one of those before it is enough: the rest follows.
            let conflict = others.find_map(|at| conflict(context, &mut meetings, same.get(at)?, &promise));
            out.extend(conflict.map(|conflict| differ(context, &conflict)));
            same.push(promise.clone());
            seen.add(context.model, commitment);
        }
    }
}

#[derive(Clone)]
struct Promise<'a> {
    id: Id<Commitment>,
    limits: Vec<Timed<'a>>,
}

fn conflict<'a>(
    context: &'a Context<'a>,
    meetings: &mut Meetings<'_>,
    a: &Promise<'a>,
    b: &Promise<'a>,
) -> Option<Conflict<'a>> {
    let model = context.model;
    // What should be done sooner than it must is an aim beside a promise.
    let (first, second) = (&model.commitments[a.id], &model.commitments[b.id]);
    if !context.compares(&first.head, &second.head) || first.strength != second.strength {
        return None;
    }
    if may_give_way(model, a.id, b.id) || !same_when_done(model, a.id, b.id) {
        return None;
    }
    // Where only an example shows that one item has both, it must be one work in words too: two that are recorded in one
    // field are not yet the same.
    let one_work = first.verb == second.verb;
    let mut meet = |x: &Timed<'_>, y: &Timed<'_>| {
        if one_work { meetings.of(x, y) } else { meetings.by_text(x, y) }
    };
    // That one name of a calendar stands for two is a finding of its own.
    let same = |x: &Timed<'_>, y: &Timed<'_>| x.limit == y.limit && x.has_hours_called_like(model, y);
    a.limits.iter().find_map(|x| {
        b.limits.iter().filter(|y| !same(x, y)).find_map(|y| compare(context, *x, *y, meet(x, y)?))
    })
}

fn compare<'a>(
    context: &'a Context<'a>,
    first: Timed<'a>,
    second: Timed<'a>,
    meeting: Meeting,
) -> Option<Conflict<'a>> {
    let zone: &TimeZone = first.clock.1.zone();
    let whole = context.lines.whole(zone)?;
    context.questions.borrow_mut().compared();
    let (a, b) = (first.line(context)?, second.line(context)?);
    let (less, more) = (Difference::of(&a, &b, whole), Difference::of(&b, &a, whole));
    let when = When::of(less.below(0).or(&less.above(0)), whole, zone)?;
    let open = context.lines.open(first.clock, whole);
    let mut start = when.example(&open, zone)?;
    // What leads up to a moment early in the term is due before the term.
    let earliest = a.moment(start)?.min(b.moment(start)?);
    if earliest < whole.from {
        let by = whole.from.epoch() - earliest.epoch() + DAY;
        let later = start.plus(by).ok().filter(|later| *later < whole.to);
        let later = later.map(|from| open.and(&Moments::new([Interval { from, to: whole.to }])));
        start = later.and_then(|later| when.example(&later, zone)).unwrap_or(start);
    }
    let apart = [less.worst()?.1, more.worst()?.1].into_iter().max()?;
    Some(Conflict { first, second, start, ends: (a.moment(start)?, b.moment(start)?), apart, meeting })
}

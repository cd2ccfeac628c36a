//! Whether the moments around a deadline can come in another order than the one written.
//!
//! Most questions are answered by arithmetic: "1 business hour before" a deadline of "4 business hours" is 3 business hours
//! after the start, whenever that is. Where units differ (calendar days here, business hours there) the answer depends on
//! the start, and starts around every opening, closing and change of day of the term are tried. A finding always names a
//! start at which it happens; that there is none among those tried is no proof.

use std::collections::BTreeMap;

use super::Context;
use crate::diagnostic::Witness;
use crate::evaluate::{self, Course};
use crate::model::commitment::Tier;
use crate::model::contingency::{Act, Anchor, Step};
use crate::model::{Commitment, Date, Duration, Form, Id, Model, Slot};
use crate::worktime::{Clock, Day, Instant, TimeZone, civil, words};

/// How far into the term starts are tried, in days: a year has every closure and both changes of the clock.
const HORIZON: i64 = 400;

/// What is asked about one item.
#[derive(Debug, Clone, Copy)]
pub(super) enum Question<'a> {
    /// Does the second step fire before the first?
    Inverted(&'a Step, &'a Step),
    /// Does the step fire before the clock starts?
    BeforeStart(&'a Step),
}

/// An item for which the answer is yes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'a> {
    /// The moment its limit counts from, or back from.
    pub(super) from: Instant,
    pub(super) course: Course<'a>,
    pub(super) tier: &'a Tier,
}

/// Answers questions about the steps of one agreement.
pub(super) struct Moments<'a> {
    context: &'a Context<'a>,
    /// Answers that were searched for, by what they depend on.
    known: BTreeMap<String, Option<Instant>>,
    /// Starts to try, by clock.
    starts: BTreeMap<String, Vec<Instant>>,
}

impl<'a> Moments<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        Moments { context, known: BTreeMap::new(), starts: BTreeMap::new() }
    }

    /// The first item, over every limit of a turnaround, for which the answer is yes.
    pub(super) fn ask(&mut self, id: Id<Commitment>, question: Question<'_>) -> Option<Found<'a>> {
        let model: &'a Model = self.context.model;
        let commitment = &model.commitments[id];
        for (calendar, clock) in self.context.evaluator.clocks(id).ok()? {
            let name = calendar.map_or("", |calendar| &model.calendars[calendar].head.name.text);
            for tier in commitment.tiers() {
                let Slot::Set(limit) = tier.limit else { continue };
                if let Some(from) = self.ask_limit(id, (name, clock), limit, question) {
                    let course = Course::of(&commitment.form, from, limit, clock).ok()?;
                    return Some(Found { from, course, tier });
                }
            }
        }
        None
    }

    /// An item of a commitment that is due at one moment by its limit, and at another by some other one.
    pub(super) fn two_deadlines(
        &mut self,
        id: Id<Commitment>,
        limit: Duration,
        other: Duration,
    ) -> Option<Witness> {
        let (context, commitment) = (self.context, &self.context.model.commitments[id]);
        let (calendar, clock) = context.evaluator.clocks(id).ok()?.into_iter().next()?;
        let name = calendar.map_or("", |calendar| &context.model.calendars[calendar].head.name.text);
        let due =
            |from: Instant, limit| Course::of(&commitment.form, from, limit, clock).ok().map(|c| c.deadline);
        let dues = |from: Instant| Some((from, due(from, limit)?, due(from, other)?));
        let starts = self.starts.entry(name.to_owned()).or_insert_with(|| starts(context, clock));
        let mut found = starts.iter().copied().filter_map(dues);
        let (from, by_clause, by_text) = found.find(|(_, clause, text)| clause != text)?;
        let zone = clock.zone();
        let item =
            commitment.subject.get().map(|s| context.model.subject_head(*s).label()).unwrap_or_default();
        let row = |at: Instant, limit: Duration, by: &str| (at, format!("due, by {by} ({limit})"));
        let mut rows = [row(by_clause, limit, "the clause"), row(by_text, other, "the text")];
        rows.sort_by_key(|(at, _)| *at);
        Some(Witness {
            title: format!("{item}, {}", words::moment(from, zone)),
            rows: rows.into_iter().map(|(at, due)| (words::deadline(at, zone), due)).collect(),
        })
    }

    fn ask_limit(
        &mut self,
        id: Id<Commitment>,
        (clock_name, clock): (&str, Clock<'_>),
        limit: Duration,
        question: Question<'_>,
    ) -> Option<Instant> {
        let lead = matches!(self.context.model.commitments[id].form, Form::LeadTime(_));
        if by_arithmetic(question, limit) == Answer::Never {
            return None;
        }
        let key = format!("{clock_name} {limit} {lead} {}", describe(question));
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let context = self.context;
        let starts = self.starts.entry(clock_name.to_owned()).or_insert_with(|| starts(context, clock));
        let form = &context.model.commitments[id].form;
        let asked =
            |from: Instant| Course::of(form, from, limit, clock).is_ok_and(|course| holds(question, &course));
        let found = starts.iter().copied().find(|from| asked(*from));
        self.known.insert(key, found);
        found
    }
}

/// What arithmetic alone says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// It cannot happen.
    Never,
    /// It can, or it depends on the start.
    Perhaps,
}

/// Which clock a length of seconds runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Runs {
    OnTheWall,
    WhileOpen,
}

fn by_arithmetic(question: Question<'_>, limit: Duration) -> Answer {
    match question {
        Question::BeforeStart(step) => match offset(&step.anchor, limit) {
            Some(offset) if offset >= 0 => Answer::Never,
            _ => Answer::Perhaps,
        },
        Question::Inverted(first, second) => {
            let (a, b) = (&first.anchor, &second.anchor);
            if let (Some(x), Some(y)) = (offset(a, limit), offset(b, limit)) {
                // Counting back gives the latest moment, counting forward the earliest: at the same point they may lie
                // a night apart.
                let apart = matches!(a, Anchor::BeforeDeadline(_)) && !matches!(b, Anchor::BeforeDeadline(_));
                return if x < y || (x == y && !apart) { Answer::Never } else { Answer::Perhaps };
            }
            in_order(a, b)
        }
    }
}

/// Orders that hold whatever the units are.
fn in_order(a: &Anchor, b: &Anchor) -> Answer {
    let ordered = match (a, b) {
        (
            Anchor::BeforeDeadline(_) | Anchor::Elapsed(_) | Anchor::AfterDeadline(None),
            Anchor::AfterDeadline(_),
        ) => true,
        (Anchor::AfterDeadline(Some(Slot::Set(x))), Anchor::AfterDeadline(Some(Slot::Set(y))))
        | (Anchor::AfterStart(Slot::Set(x)), Anchor::AfterStart(Slot::Set(y)))
        | (Anchor::BeforeDeadline(Slot::Set(y)), Anchor::BeforeDeadline(Slot::Set(x))) => {
            x.unit == y.unit && x.amount <= y.amount
        }
        _ => false,
    };
    if ordered { Answer::Never } else { Answer::Perhaps }
}

/// Seconds from the start to a step, where limit and step run on one clock.
fn offset(anchor: &Anchor, limit: Duration) -> Option<i64> {
    let allowed = limit.seconds()?;
    let on = runs(limit)?;
    let same = |by: &Slot<Duration>| by.get().filter(|by| runs(**by) == Some(on)).and_then(|by| by.seconds());
    match anchor {
        Anchor::BeforeDeadline(by) => Some(allowed - same(by)?),
        Anchor::AfterStart(by) => same(by),
        Anchor::AfterDeadline(None) => Some(allowed),
        Anchor::AfterDeadline(Some(by)) => Some(allowed + same(by)?),
        Anchor::Elapsed(_) => None,
    }
}

fn runs(duration: Duration) -> Option<Runs> {
    duration.seconds()?;
    Some(if duration.unit.is_business() { Runs::WhileOpen } else { Runs::OnTheWall })
}

fn holds(question: Question<'_>, course: &Course<'_>) -> bool {
    let moment = |step| evaluate::step_moment(step, course);
    match question {
        Question::BeforeStart(step) => moment(step).zip(course.start).is_some_and(|(at, start)| at < start),
        Question::Inverted(first, second) => moment(first).zip(moment(second)).is_some_and(|(a, b)| b < a),
    }
}

/// What an answer depends on, beside clock and limit.
fn describe(question: Question<'_>) -> String {
    match question {
        Question::Inverted(first, second) => format!("{:?} {:?}", anchor_words(first), anchor_words(second)),
        Question::BeforeStart(step) => anchor_words(step),
    }
}

/// A step's moment in the words of the language.
pub(super) fn anchor_words(step: &Step) -> String {
    let by = |slot: &Slot<Duration>| slot.get().map(ToString::to_string).unwrap_or_default();
    match &step.anchor {
        Anchor::BeforeDeadline(d) => format!("{} before the deadline", by(d)),
        Anchor::AfterStart(d) => format!("{} after the start", by(d)),
        Anchor::AfterDeadline(None) => "at the deadline".into(),
        Anchor::AfterDeadline(Some(d)) => format!("{} after the deadline", by(d)),
        Anchor::Elapsed(p) => {
            format!("when {}% of the time is used up", p.get().map(ToString::to_string).unwrap_or_default())
        }
    }
}

/// Starts worth trying, those in working hours first: around every opening and closing, and at noon of every day.
fn starts(context: &Context<'_>, clock: Clock<'_>) -> Vec<Instant> {
    let (from, to) = window(context);
    let zone = clock.zone();
    let noon = |date: Date| {
        let local = crate::model::LocalDateTime { date, seconds: 12 * 3600 };
        zone.instant(local).ok()
    };
    let mut out = Vec::new();
    let mut day = from;
    while day <= to {
        out.extend(noon(day));
        out.extend(zone.start_of(Day::of(day)).ok());
        if let Ok(hours) = clock.hours() {
            for open in hours.open_on(day) {
                let middle = open.from.plus(open.seconds() / 2 / 60 * 60).ok();
                out.extend(
                    [Some(open.from), middle, open.to.minus(300).ok(), open.to.minus(1).ok(), Some(open.to)]
                        .into_iter()
                        .flatten(),
                );
                out.extend(open.to.plus(3600).ok());
            }
        }
        let Ok(next) = civil::add_days(day, 1) else { break };
        day = next;
    }
    // An item that comes during working hours makes the better example.
    let is_open = |start: &Instant| clock.hours().is_ok_and(|hours| hours.is_open(*start));
    out.sort_by_key(|start| (!is_open(start), *start));
    out.dedup();
    out
}

/// The days whose starts are tried: the term, or the time from today on.
fn window(context: &Context<'_>) -> (Date, Date) {
    let term = context.model.agreement.effective.as_ref().and_then(crate::model::Effective::term);
    let from = term.map_or(context.today, |(from, _)| from);
    let last = civil::add_days(from, HORIZON).unwrap_or(from);
    let to = term.and_then(|(_, to)| to).map_or(last, |to| to.min(last));
    (from, to)
}

/// A found item as a timeline: its start, its deadline and every step of the ladder.
pub(super) fn timeline(
    context: &Context<'_>,
    id: Id<Commitment>,
    found: Found<'_>,
    steps: &[&Step],
) -> Option<Witness> {
    let model = context.model;
    let commitment = &model.commitments[id];
    let Course { start, deadline, limit, clock, .. } = found.course;
    let from = if start.is_some() { "the clock starts" } else { "the moment that it leads up to" };
    let mut rows = vec![(found.from, 0, from.to_owned()), (deadline, 2, format!("deadline ({limit})"))];
    for step in steps {
        let at = evaluate::step_moment(step, &found.course)?;
        rows.push((at, 1, format!("{} ({})", act_words(model, id, step), anchor_words(step))));
    }
    rows.sort();
    let zone = clock.zone();
    let item = commitment.subject.get().map(|s| model.subject_head(*s).label()).unwrap_or_default();
    Some(Witness {
        title: format!("{item}, {}", words::moment(found.from, zone)),
        rows: rows.into_iter().map(|(at, kind, text)| (shown(at, kind, zone), text)).collect(),
    })
}

/// Where a day ends it is 24:00 of that day, except for an item that comes in that very moment.
fn shown(at: Instant, kind: i32, zone: &TimeZone) -> String {
    if kind == 0 { words::moment(at, zone) } else { words::deadline(at, zone) }
}

/// What a step does, in the words of the language.
pub(super) fn act_words(model: &Model, of: Id<Commitment>, step: &Step) -> String {
    let names = |roles: &[Slot<Id<crate::model::Role>>]| {
        let names = roles
            .iter()
            .map(|r| r.get().map_or("tbd".to_owned(), |r| model.roles[*r].head.name.text.clone()));
        names.collect::<Vec<_>>().join(", ")
    };
    let roles = names(step.act.roles());
    match &step.act {
        Act::Remind(_) => format!("remind {roles}"),
        Act::Notify(_) => format!("notify {roles}"),
        Act::Escalate(_) => format!("escalate to {roles}"),
        Act::Reassign(_) => format!("reassign to {roles}"),
        Act::Return(_) => format!("return to {roles}"),
        Act::Set(Slot::Set(field), _) => {
            let subject = model.commitments[of].subject.get();
            let record = subject.and_then(|s| model.record_of(*s));
            let name = record.map_or("", |record| model.records[record].fields[*field].name.text.as_str());
            format!("set {name}")
        }
        Act::Set(..) => "set a field".into(),
    }
}

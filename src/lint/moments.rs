//! Whether the moments around a deadline can come in another order than the one written.
//!
//! Most questions are answered by arithmetic: "1 business hour before" a deadline of "4 business hours" is 3 business hours
//! after the start, whenever that is. Where units differ (calendar days here, business hours there) the answer depends on
//! the start, and both moments are compared for every start of the term ([`Lines`]). A step at a part of the time of whole
//! days is no line: there the starts at which anything changes are tried, and what is less than a second apart may escape.
//!
//! [`Lines`]: super::Lines

use std::collections::BTreeMap;

use super::Context;
use super::when::{Often, When};
use crate::diagnostic::Witness;
use crate::evaluate::{self, CalendarClock, Course};
use crate::model::commitment::Tier;
use crate::model::contingency::{Act, Anchor, Step};
use crate::model::{Channel, Commitment, Duration, Form, Id, Model, Slot};
use crate::worktime::compare::{Difference, Line, Moments as Set};
use crate::worktime::{self, Instant, Interval, TimeZone};

/// What is asked about one item.
#[derive(Debug, Clone, Copy)]
pub(super) enum Question<'a> {
    /// Does the second step fire before the first?
    Inverted(&'a Step, &'a Step),
    /// Does the step fire before the clock starts?
    BeforeStart(&'a Step),
    /// Does the step fire before the deadline?
    BeforeDeadline(&'a Step),
    /// Does the step fire after the deadline?
    AfterDeadline(&'a Step),
    /// Does the answer to the step come after the deadline, if it takes so long on a clock? Without one, on that of the item.
    AnsweredLate(&'a Step, Option<CalendarClock<'a>>, Duration),
    /// Does what it waits for come after the deadline, as a line gives it for every moment? The channel says which.
    ToldLate(&'a Step, Id<Channel>, &'a Line),
}

/// An item for which the answer is yes.
#[derive(Debug, Clone)]
pub(super) struct Found<'a> {
    /// The moment its limit counts from, or back from.
    pub(super) from: Instant,
    pub(super) course: Course<'a>,
    pub(super) tier: &'a Tier,
    /// How often it happens; unknown where starts were tried.
    pub(super) when: Option<Often>,
}

impl Found<'_> {
    /// When it happens, as a sentence.
    pub(super) fn said_when(&self) -> Option<String> {
        let what = if self.course.start.is_some() { "what arrives" } else { "what lies" };
        let when = self.when.as_ref()?;
        Some(match when {
            Often::Always => "It happens to every item.".to_owned(),
            Often::At(when) => format!("It happens to {what} {when}."),
        })
    }
}

/// A start for which the answer is yes, and when there are such.
type Known = Option<(Instant, Option<Often>)>;

/// Answers questions about the steps of one agreement.
pub(super) struct Moments<'a> {
    context: &'a Context<'a>,
    /// Answers that were searched for, by what they depend on.
    known: BTreeMap<String, Known>,
}

impl<'a> Moments<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        Moments { context, known: BTreeMap::new() }
    }

    /// The first item, over every limit of a turnaround, for which the answer is yes.
    pub(super) fn ask(&mut self, id: Id<Commitment>, question: Question<'_>) -> Option<Found<'a>> {
        let model: &'a Model = self.context.model;
        let commitment = &model.commitments[id];
        for clock in self.context.evaluator.clocks(id).ok()? {
            for tier in commitment.tiers() {
                let Slot::Set(limit) = tier.limit else { continue };
                if let Some((from, when)) = self.ask_limit(&commitment.form, clock, limit, question) {
                    let course = Course::of(&commitment.form, from, limit, clock.1).ok()?;
                    return Some(Found { from, course, tier, when });
                }
            }
        }
        None
    }

    fn ask_limit(
        &mut self,
        form: &Form,
        clock: CalendarClock<'_>,
        limit: Duration,
        question: Question<'_>,
    ) -> Known {
        if by_arithmetic(question, limit) == Answer::Never {
            return None;
        }
        let lead = matches!(form, Form::LeadTime(_));
        let key = format!("{:?} {limit} {lead} {}", clock.0, describe(question));
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let found = self.search(form, clock, limit, question);
        self.context.questions.borrow_mut().compared();
        self.known.insert(key, found.clone());
        found
    }

    fn search(
        &self,
        form: &Form,
        clock: CalendarClock<'_>,
        limit: Duration,
        question: Question<'_>,
    ) -> Known {
        let zone = clock.1.zone();
        let whole = self.context.lines.whole(zone)?;
        let ladder = Ladder {
            context: self.context,
            form,
            clock,
            deadline: self.context.lines.deadline(form, clock, limit)?,
        };
        let open = self.context.lines.open(clock, whole);
        let Some((early, late)) = ladder.sides(question, whole) else {
            let asked = |from: Instant| {
                Course::of(form, from, limit, clock.1).is_ok_and(|course| holds(question, &course))
            };
            let (first, rest): (Vec<_>, Vec<_>) =
                ladder.starts(question, whole).into_iter().partition(|start| open.contains(*start));
            return first.into_iter().chain(rest).find(|start| asked(*start)).map(|start| (start, None));
        };
        let when = When::of(Difference::of(&early, &late, whole).below(0), whole, zone)?;
        // An item that comes during working hours makes the better example.
        Some((when.example(&open, zone)?, Some(when.often(self.context, zone))))
    }
}

/// The moments around the deadlines of one limit, as functions of the start.
struct Ladder<'a> {
    context: &'a Context<'a>,
    form: &'a Form,
    clock: CalendarClock<'a>,
    deadline: Line,
}

impl Ladder<'_> {
    /// What must not come first, and what must: lines, if the steps are.
    fn sides(&self, question: Question<'_>, whole: Interval) -> Option<(Line, Line)> {
        match question {
            Question::Inverted(first, second) => Some((self.step(second)?, self.step(first)?)),
            Question::BeforeStart(step) => Some((self.step(step)?, Line::later(whole, 0))),
            Question::BeforeDeadline(step) => Some((self.step(step)?, self.deadline.clone())),
            Question::AfterDeadline(step) => Some((self.deadline.clone(), self.step(step)?)),
            Question::AnsweredLate(step, clock, time) => {
                let clock = clock.unwrap_or(self.clock);
                let answer = self.context.lines.after(&self.step(step)?, clock, time)?;
                Some((self.deadline.clone(), answer))
            }
            Question::ToldLate(step, _, told) => Some((self.deadline.clone(), self.step(step)?.then(told)?)),
        }
    }

    fn step(&self, step: &Step) -> Option<Line> {
        let lines = self.context.lines;
        match &step.anchor {
            Anchor::BeforeDeadline(by) => lines.before(&self.deadline, self.clock, *by.get()?),
            Anchor::AfterStart(_) if matches!(self.form, Form::LeadTime(_)) => None,
            Anchor::AfterStart(by) => lines.due(self.clock, *by.get()?),
            Anchor::AfterDeadline(None) => Some(self.deadline.clone()),
            Anchor::AfterDeadline(Some(by)) => lines.after(&self.deadline, self.clock, *by.get()?),
            Anchor::Elapsed(_) => None,
        }
    }

    /// The starts around which anything changes, for steps that are no lines.
    fn starts(&self, question: Question<'_>, whole: Interval) -> Vec<Instant> {
        let steps = match question {
            Question::Inverted(first, second) => vec![first, second],
            Question::BeforeStart(step)
            | Question::BeforeDeadline(step)
            | Question::AfterDeadline(step)
            | Question::AnsweredLate(step, ..)
            | Question::ToldLate(step, ..) => vec![step],
        };
        let lines = steps.into_iter().filter_map(|step| self.step(step)).chain([self.deadline.clone()]);
        let mut breaks: Vec<Instant> = lines.flat_map(|line| line.breaks().collect::<Vec<_>>()).collect();
        let open: Set = self.context.lines.open(self.clock, whole);
        breaks.extend(open.intervals().iter().flat_map(|open| [open.from, open.to]));
        let beside = breaks.iter().flat_map(|at| [at.just_before(), *at]);
        let mut out: Vec<Instant> = beside.filter(|at| whole.contains(*at)).collect();
        out.sort_unstable();
        out.dedup();
        out
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
        Question::BeforeDeadline(step) => match (offset(&step.anchor, limit), limit.seconds()) {
            (Some(offset), Some(limit)) if offset >= limit => Answer::Never,
            _ => Answer::Perhaps,
        },
        Question::AfterDeadline(step) => match (offset(&step.anchor, limit), limit.seconds()) {
            (Some(offset), Some(limit)) if offset <= limit => Answer::Never,
            _ => Answer::Perhaps,
        },
        Question::AnsweredLate(..) | Question::ToldLate(..) => Answer::Perhaps,
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
        Question::BeforeDeadline(step) => moment(step).is_some_and(|at| at < course.deadline),
        Question::AfterDeadline(step) => moment(step).is_some_and(|at| course.deadline < at),
        Question::AnsweredLate(step, clock, time) => {
            let clock = clock.map_or(course.clock, |(_, clock)| clock);
            let answer = moment(step).and_then(|at| worktime::due(at, time, clock).ok());
            answer.is_some_and(|at| course.deadline < at)
        }
        Question::ToldLate(step, _, told) => {
            moment(step).and_then(|at| told.moment(at)).is_some_and(|at| course.deadline < at)
        }
        Question::Inverted(first, second) => moment(first).zip(moment(second)).is_some_and(|(a, b)| b < a),
    }
}

/// What an answer depends on, beside clock and limit.
fn describe(question: Question<'_>) -> String {
    match question {
        Question::Inverted(first, second) => format!("{:?} {:?}", anchor_words(first), anchor_words(second)),
        Question::BeforeStart(step) => anchor_words(step),
        Question::BeforeDeadline(step) => format!("{} deadline", anchor_words(step)),
        Question::AfterDeadline(step) => format!("{} over", anchor_words(step)),
        Question::AnsweredLate(step, clock, time) => {
            format!("{} answered {:?} {time}", anchor_words(step), clock.map(|(calendar, _)| calendar))
        }
        Question::ToldLate(step, channel, _) => format!("{} told {channel:?}", anchor_words(step)),
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

/// A found item as a timeline: its start, its deadline and every step of the ladder.
pub(super) fn timeline(
    context: &Context<'_>,
    id: Id<Commitment>,
    found: &Found<'_>,
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
    let item = commitment.subject().map(|s| model.subject_head(s).label()).unwrap_or_default();
    Some(Witness {
        title: format!("{item}, {}", context.moment(found.from, zone)),
        rows: rows.into_iter().map(|(at, kind, text)| (shown(context, (at, kind), zone), text)).collect(),
    })
}

/// Where a day ends it is 24:00 of that day, except for an item that comes in that very moment.
fn shown(context: &Context<'_>, (at, kind): (Instant, i32), zone: &TimeZone) -> String {
    if kind == 0 { context.moment(at, zone) } else { context.deadline(at, zone) }
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
            let subject = model.commitments[of].subject();
            let record = subject.and_then(|s| model.record_of(s));
            let name = record.map_or("", |record| model.records[record].fields[*field].name.text.as_str());
            format!("set {name}")
        }
        Act::Set(..) => "set a field".into(),
    }
}

//! The trace of one record through one commitment: is it about this record, which condition decides, when did the clock
//! run, when is it due, what is the verdict, which steps follow.
//!
//! Nothing is decided here: `evaluate` and `worktime` are asked, and their answers are put beside the words of the
//! agreement. Plain data; the command line prints it.

mod children;
mod record;

pub use record::read;

use crate::evaluate::{Course, Evaluator, Gap, Item, Outcome, Wait};
use crate::model::{
    Commitment, Definition, Duration, Field, Form, Id, Model, Predicate, PredicateKind, Record, Slot,
    Subject, Unit,
};
use crate::source::{SourceMap, Span};
use crate::worktime::{Clock, Instant, OpenHours, Pauses, TimeZone, words};

/// Why a commitment says what it says of a record.
#[derive(Debug)]
pub struct Trace<'m> {
    /// The commitment.
    pub commitment: &'m Commitment,
    /// The present moment.
    pub now: Instant,
    /// The zone of the clock; of the agreement where there is no clock.
    pub zone: Option<TimeZone>,
    /// Whether the commitment is about the record: the conditions of its definition.
    pub about: Option<Condition>,
    /// What it says.
    pub answer: Answer,
}

/// What a commitment says of a record.
#[derive(Debug)]
pub enum Answer {
    /// Nothing: it is about others.
    NotAbout,
    /// Nothing yet: something is missing.
    Open(Gap),
    /// A verdict, mostly with a deadline behind it.
    Verdict(Box<Timed>),
    /// Whether it breaks what is forbidden; `None`: it is not concerned.
    Prohibition(Option<bool>, Vec<Condition>),
    /// Whether it counts, and in which period: for amounts and shares.
    PerPeriod {
        /// Its label; `None`: in none.
        period: Option<String>,
        /// `met when`, for shares.
        counts: Option<Condition>,
    },
}

/// The trace of a promise about each item.
#[derive(Debug)]
pub struct Timed {
    /// The verdict and its moments.
    pub outcome: Outcome,
    /// The limits, in order; those with a condition with its trace.
    pub limits: Vec<(String, Option<Condition>)>,
    /// `met when` and `excused when`, each with its words.
    pub conditions: Vec<(&'static str, Condition)>,
    /// What the clock counted, from the start to the deadline.
    pub clock: Vec<Stretch>,
    /// When the clock stood still, as the records tell it.
    pub waits: Vec<Wait>,
    /// By how much it is late or too early, in words; `None`: it is not.
    pub missed_by: Option<String>,
    /// Fields that are blank and must be filled when a permission is used.
    pub empty: Vec<String>,
    /// The name of the commitment that has priority over it for this record.
    pub gives_way_to: Option<String>,
    /// The name of the exception that excuses this record.
    pub waived_by: Option<String>,
    /// The child records that are attempts, with what came of each.
    pub attempts: Vec<Condition>,
    /// The period it counts in.
    pub period: Option<String>,
    /// The steps around the deadline, in the order of their moments; `None`: beyond the supported years.
    pub steps: Vec<(Option<Instant>, String)>,
}

/// A stretch of time that the clock counted or skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// From when.
    pub from: Instant,
    /// Until when.
    pub to: Instant,
    /// What was counted, in words; `None`: nothing, the calendar was closed.
    pub counted: Option<String>,
}

/// A condition with its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The words of the agreement.
    pub text: String,
    /// Whether it holds.
    pub holds: bool,
    /// What the record says: `country is US`.
    pub found: Option<String>,
    /// The conditions it is made of.
    pub parts: Vec<Condition>,
}

/// Traces a record. The evaluator says of which agreement, and at which moment.
pub fn trace<'m>(
    evaluator: &Evaluator<'m>,
    sources: &SourceMap,
    id: Id<Commitment>,
    item: &Item,
) -> Trace<'m> {
    let model = evaluator.model();
    let commitment = &model.commitments[id];
    let record = record_of(model, id);
    let clock = record.and_then(|record| evaluator.clock_for(id, &model.records[record], item).ok());
    let zone = clock.map(Clock::zone).or_else(|| evaluator.zone()).cloned();
    let tracer = Tracer { evaluator, sources, zone: zone.as_ref(), item };
    let (about, answer) = match (evaluator.gap_for(id, item), commitment.subject(), record) {
        (Some(gap), ..) => (None, Answer::Open(gap)),
        (None, Some(subject), Some(record)) => {
            let about = match subject {
                Subject::Definition(definition) => Some(tracer.definition(definition)),
                Subject::Record(_) => None,
            };
            let answer = if evaluator.is_of(subject, item) {
                tracer.answer(id, &model.records[record])
            } else {
                Answer::NotAbout
            };
            (about, answer)
        }
        // A commitment without a gap has a subject.
        (None, ..) => (None, Answer::NotAbout),
    };
    Trace { commitment, now: evaluator.now(), zone, about, answer }
}

/// The record that a commitment is about.
pub fn record_of(model: &Model, commitment: Id<Commitment>) -> Option<Id<Record>> {
    let subject = model.commitments[commitment].subject()?;
    model.record_of(subject)
}

struct Tracer<'t, 'm> {
    evaluator: &'t Evaluator<'m>,
    sources: &'t SourceMap,
    zone: Option<&'t TimeZone>,
    item: &'t Item,
}

impl Tracer<'_, '_> {
    fn answer(&self, id: Id<Commitment>, record: &Record) -> Answer {
        let commitment = &self.evaluator.model().commitments[id];
        let condition = |p: &Predicate| self.condition(p, record);
        match &commitment.form {
            // It is about no record, so none is asked about it.
            Form::Recurring(_) => Answer::NotAbout,
            Form::Turnaround(_)
            | Form::Attempts(_)
            | Form::LeadTime(_)
            | Form::NotBefore(_)
            | Form::Permission(_) => match self.evaluator.outcome(id, self.item) {
                Ok(Some(outcome)) => Answer::Verdict(Box::new(self.timed(id, record, outcome))),
                Ok(None) => Answer::NotAbout,
                Err(gap) => Answer::Open(gap),
            },
            Form::Prohibition(prohibition) => match self.evaluator.breaks(id, self.item) {
                Ok(broken) => {
                    let conditions = prohibition.when.iter().chain(&commitment.excused_when);
                    Answer::Prohibition(broken, conditions.map(condition).collect())
                }
                Err(gap) => Answer::Open(gap),
            },
            Form::Quota(quota) => {
                Answer::PerPeriod { period: self.period(quota.at.get(), quota.per), counts: None }
            }
            Form::Level(level) => {
                let counts = level.evidence.as_ref().and_then(|e| e.condition.as_ref());
                let counts = counts.is_none_or(|p| self.evaluator.holds(p, record, self.item));
                let period = self.evaluator.period_of_row(id, self.item).filter(|_| counts);
                Answer::PerPeriod { period: period.map(|period| period.label), counts: None }
            }
            Form::Share(share) => Answer::PerPeriod {
                period: self.period(share.at.get(), share.per),
                counts: commitment.met_when.as_ref().map(condition),
            },
        }
    }

    fn period(&self, at: Option<&Id<crate::model::Field>>, per: crate::model::Period) -> Option<String> {
        let moment = self.item.get(*at?).moment().filter(|m| self.evaluator.is_in_term(*m))?;
        let date = self.evaluator.zone()?.date(moment);
        self.evaluator.periods(per).containing(date).ok().map(|period| period.label)
    }

    fn timed(&self, id: Id<Commitment>, record: &Record, outcome: Outcome) -> Timed {
        let commitment = &self.evaluator.model().commitments[id];
        let condition = |p: &Predicate| self.condition(p, record);
        let tiers = commitment.tiers();
        let limits = tiers.iter().filter_map(|tier| {
            let limit = tier.limit.get()?;
            Some((limit.to_string(), tier.when.as_ref().map(condition)))
        });
        let permission = match &commitment.form {
            Form::Permission(permission) => Some(permission),
            _ => None,
        };
        let is_act = matches!(commitment.form, Form::NotBefore(_) | Form::Permission(_));
        let words = [
            ("granted when", permission.and_then(|p| p.when.as_ref())),
            (if is_act { "done when" } else { "met when" }, commitment.met_when.as_ref()),
            ("starts when", commitment.starts_when.as_ref()),
            ("excused when", commitment.excused_when.as_ref()),
        ];
        let conditions = words.into_iter().filter_map(|(words, p)| Some((words, condition(p?))));
        let limit = match permission {
            Some(permission) => permission.limit.as_ref().and_then(|limit| limit.time.get().copied()),
            None => outcome.tier.and_then(|tier| tiers.get(tier)).and_then(|tier| tier.limit.get().copied()),
        };
        let missed_by = outcome.late_by.max(outcome.early_by);
        let missed_by = limit
            .filter(|_| missed_by > 0)
            .map(|limit| words::length(missed_by, words::Seconds::of(limit.unit)));
        let period = self
            .evaluator
            .period_of(id, &outcome, self.evaluator.reporting_period(id))
            .map(|period| period.label);
        Timed {
            limits: limits.collect(),
            conditions: conditions.collect(),
            clock: limit.map(|limit| self.clock(&outcome, limit)).unwrap_or_default(),
            waits: self.evaluator.waits(commitment, self.item, outcome.done),
            missed_by,
            waived_by: outcome
                .start
                .or(outcome.anchor)
                .and_then(|start| self.evaluator.waiver_for(id, record, self.item, start))
                .map(|waiver| self.evaluator.model().waivers[waiver].head.name.text.clone()),
            gives_way_to: self
                .evaluator
                .gives_way_to(id, self.item)
                .map(|other| self.evaluator.model().commitments[other].head.name.text.clone()),
            empty: permission.map(|p| self.empty(&p.with, record)).unwrap_or_default(),
            attempts: self.attempts(commitment, &outcome),
            period,
            steps: limit.map(|limit| self.steps(id, &outcome, limit)).unwrap_or_default(),
            outcome,
        }
    }

    /// The names of the fields that are blank.
    fn empty(&self, fields: &[Slot<Id<Field>>], record: &Record) -> Vec<String> {
        let blank = fields.iter().filter_map(|f| f.get()).filter(|f| self.item.get(**f).is_blank());
        blank.map(|field| record.fields[*field].name.text.clone()).collect()
    }

    /// What the clock counted. Empty where there is no deadline, and for units that count the days of the wall calendar.
    fn clock(&self, outcome: &Outcome, limit: Duration) -> Vec<Stretch> {
        // A lead time is counted back: from its deadline to what it leads up to.
        let lead = outcome.anchor.zip(outcome.deadline).map(|(anchor, deadline)| (deadline, anchor));
        let Some((start, deadline)) = outcome.start.zip(outcome.deadline).or(lead) else { return Vec::new() };
        let Ok(clock) = self.evaluator.clock_by(outcome) else { return Vec::new() };
        match limit.unit {
            Unit::BusinessDays if lead.is_some() => {
                clock.hours().map(|hours| open_days_back(hours, deadline, limit.count())).unwrap_or_default()
            }
            Unit::BusinessMinutes | Unit::BusinessHours => clock
                .hours()
                .map(|hours| {
                    outside(&outcome.pauses, start, deadline, |from, to| running_time(hours, from, to))
                })
                .unwrap_or_default(),
            Unit::BusinessDays => clock
                .hours()
                .map(|hours| open_days(hours, start, limit.count(), &outcome.pauses))
                .unwrap_or_default(),
            Unit::Minutes | Unit::Hours => {
                let running = |from: Instant, to: Instant| {
                    let counted = Some(words::length(to.since(from), words::Seconds::Plain));
                    (from < to).then_some(Stretch { from, to, counted }).into_iter().collect()
                };
                outside(&outcome.pauses, start, deadline, running)
            }
            Unit::CalendarDays | Unit::Weeks | Unit::Months => Vec::new(),
        }
    }

    fn steps(
        &self,
        id: Id<Commitment>,
        outcome: &Outcome,
        limit: Duration,
    ) -> Vec<(Option<Instant>, String)> {
        let Some(deadline) = outcome.deadline else { return Vec::new() };
        let Ok(clock) = self.evaluator.clock_by(outcome) else { return Vec::new() };
        let course = Course { start: outcome.start, deadline, limit, clock, pauses: &outcome.pauses };
        let steps = self.evaluator.step_moments(id, &course);
        let mut out: Vec<_> = steps.iter().map(|step| (step.moment, self.text(step.step.span))).collect();
        out.sort_by_key(|(moment, _)| *moment);
        out
    }

    fn definition(&self, id: Id<Definition>) -> Condition {
        let model = self.evaluator.model();
        let definition = &model.definitions[id];
        let parts = match definition.record.get() {
            Some(record) => match &definition.condition.kind {
                PredicateKind::Always => Vec::new(),
                // "All of these" goes without saying.
                PredicateKind::And(parts) => {
                    parts.iter().map(|p| self.condition(p, &model.records[*record])).collect()
                }
                _ => vec![self.condition(&definition.condition, &model.records[*record])],
            },
            None => Vec::new(),
        };
        let head = &definition.head;
        let text = match &head.title {
            Some(title) => format!("{} ({title})", head.name),
            None => head.name.text.clone(),
        };
        Condition { text, holds: self.evaluator.is(id, self.item), found: None, parts }
    }

    fn condition(&self, predicate: &Predicate, record: &Record) -> Condition {
        let text = self.text(predicate.span);
        let holds = self.evaluator.holds(predicate, record, self.item);
        // `no activity` and `not in` are one question in the words of the agreement.
        let asked = match &predicate.kind {
            PredicateKind::Not(inner) if inner.span == predicate.span => inner,
            _ => predicate,
        };
        let parts: Vec<Condition> = match &asked.kind {
            PredicateKind::Is(definition) => return Condition { text, ..self.definition(*definition) },
            _ if asked.children().is_empty() => self.rows(asked),
            _ => asked.children().iter().map(|p| self.condition(p, record)).collect(),
        };
        let found = if asked.children().is_empty() { self.found(asked, record) } else { None };
        Condition { text, holds, found, parts }
    }

    /// What the record says of the fields of a condition.
    fn found(&self, predicate: &Predicate, record: &Record) -> Option<String> {
        let mut fields = predicate.fields();
        fields.sort();
        fields.dedup();
        let fields = fields.into_iter().map(|field| {
            format!("{} is {}", record.fields[field].name, self.item.get(field).words(self.zone))
        });
        let mut said: Vec<String> = self.asked_of_children(predicate);
        said.extend(fields);
        (!said.is_empty()).then(|| said.join(", "))
    }

    /// The words of the agreement, on one line.
    fn text(&self, span: Span) -> String {
        let text = self.sources.file(span.file).text().get(span.range()).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// What runs from a start to a deadline: the stretches in which the clock stands still are left out.
fn outside(
    pauses: &Pauses,
    start: Instant,
    deadline: Instant,
    running: impl Fn(Instant, Instant) -> Vec<Stretch>,
) -> Vec<Stretch> {
    let mut out = Vec::new();
    let mut at = start;
    for pause in pauses.stretches().iter().filter(|pause| start < pause.to && pause.from < deadline) {
        out.extend(running(at, pause.from.max(at)));
        at = pause.to.max(at);
    }
    out.extend(running(at, deadline.max(at)));
    out
}

/// Open and closed stretches, in turn.
fn running_time(hours: &OpenHours, start: Instant, end: Instant) -> Vec<Stretch> {
    let mut out = Vec::new();
    let mut at = start;
    for open in hours.open_intervals(start, end) {
        if at < open.from {
            out.push(Stretch { from: at, to: open.from, counted: None });
        }
        let counted = words::length(open.seconds(), words::Seconds::Plain);
        out.push(Stretch { from: open.from, to: open.to, counted: Some(counted) });
        at = open.to;
    }
    out
}

/// The open days that are counted, each from its opening to its closing.
fn open_days(hours: &OpenHours, start: Instant, count: i64, pauses: &Pauses) -> Vec<Stretch> {
    let Ok(day) = hours.counting_day(start) else { return Vec::new() };
    let wanted = usize::try_from(count).unwrap_or(usize::MAX);
    let days = hours.open_days_after(day).filter(|open| !pauses.stand_still(open.closing));
    days.take(wanted)
        .zip(1_usize..)
        .map(|(open, n)| Stretch {
            from: open.opening,
            to: open.closing,
            counted: Some(format!("business day {n} of {count}")),
        })
        .collect()
}

/// The open days before a moment that are counted back, in order.
fn open_days_back(hours: &OpenHours, event: Instant, count: i64) -> Vec<Stretch> {
    let wanted = usize::try_from(count).unwrap_or(usize::MAX);
    let days = hours.open_days_before(hours.zone().day(event)).take(wanted).zip(1_usize..);
    let mut out: Vec<Stretch> = days
        .map(|(open, n)| Stretch {
            from: open.opening,
            to: open.closing,
            counted: Some(format!("business day {n} of {count}, counted back")),
        })
        .collect();
    out.reverse();
    out
}

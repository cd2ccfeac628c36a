//! `channel-too-slow`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::{self, CalendarClock};
use crate::lint::moments::{Found, Moments, Question, act_words, anchor_words, timeline};
use crate::lint::{Context, Rule, Stage};
use crate::model::channel::Meeting;
use crate::model::contingency::{Act, Anchor, Step};
use crate::model::recurrence::{DayKind, DayOfPeriod, Occasion};
use crate::model::{Channel, ClockRule, Commitment, Duration, Id, Period, Recurrence, Slot};
use crate::worktime::compare::Line;
use crate::worktime::{Clock, Instant, Occurrences, civil, due};

/// The rule.
pub static RULE: Rule = Rule {
    name: "channel-too-slow",
    summary: "a reminder by a channel that is answered, or meets, after the deadline",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("channel_too_slow.md"),
};

/// How long the answer to a step may take.
struct Answer<'a> {
    channel: &'a Channel,
    within: Duration,
    /// The hours of those who answer; `None` for those by which the item runs.
    clock: Option<CalendarClock<'a>>,
}

fn too_slow(
    context: &Context<'_>,
    id: Id<Commitment>,
    step: &Step,
    answer: &Answer<'_>,
    found: &Found<'_>,
) -> Diagnostic {
    let (name, within) = (&answer.channel.head.name, answer.within);
    let act = act_words(context.model, id, step);
    let mut said = Diagnostic::warning(
        RULE.name,
        format!("`{act}` comes too late for `{name}`, which is answered within {within}"),
    )
    .at(step.span, anchor_words(step))
    .also(name.span, format!("answered within {within}"))
    .also(found.tier.span, "the time allowed");
    let clock = answer.clock.map_or(found.course.clock, |(_, clock)| clock);
    let answered = evaluate::step_moment(step, &found.course).and_then(|at| due(at, within, clock).ok());
    if let (Some(mut witness), Some(answered)) = (timeline(context, id, found, &[step]), answered) {
        let zone = found.course.clock.zone();
        witness.rows.push((context.deadline(answered, zone), format!("answered at the latest ({within})")));
        said = said.witness(witness);
    }
    let said = said.note(
        "Whoever answers as fast as the channel promises is still late. The reminder was meant to prevent that.",
    );
    let said = found.said_when().into_iter().fold(said, Diagnostic::note);
    said.help("Remind earlier, or by a channel that is answered sooner.")
}

fn told_late(
    context: &Context<'_>,
    id: Id<Commitment>,
    step: &Step,
    (channel, meetings): (Id<Channel>, &Line),
    found: &Found<'_>,
) -> Diagnostic {
    let channel = &context.model.channels[channel];
    let (name, act) = (&channel.head.name, act_words(context.model, id, step));
    let meets = channel.meets.as_ref().map(Meeting::to_string).unwrap_or_default();
    let mut said =
        Diagnostic::warning(RULE.name, format!("`{act}` comes too late for `{name}`, which meets {meets}"))
            .at(step.span, anchor_words(step))
            .also(name.span, format!("meets {meets}"))
            .also(found.tier.span, "the time allowed");
    let told = evaluate::step_moment(step, &found.course).and_then(|at| meetings.moment(at));
    if let (Some(mut witness), Some(told)) = (timeline(context, id, found, &[step]), told) {
        let told = context.moment(told, found.course.clock.zone());
        witness.rows.push((told, format!("`{name}` meets for the first time after that")));
        said = said.witness(witness);
    }
    let said = said.note(
        "What is said in a meeting waits for it. The reminder was meant to prevent that somebody is late.",
    );
    let said = found.said_when().into_iter().fold(said, Diagnostic::note);
    said.help("Remind by a channel that reaches people at once, or before the last meeting in time.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut moments = Moments::new(context);
    let contingencies = context.model.contingencies.values();
    for (contingency, id) in contingencies.flat_map(|c| c.commitments().map(move |id| (c, id))) {
        for step in contingency.steps.iter().filter(|step| is_in_time(step)) {
            if let Some(answer) = answer(context, id, step) {
                let question = Question::AnsweredLate(step, answer.clock, answer.within);
                if let Some(found) = moments.ask(id, question) {
                    out.push(too_slow(context, id, step, &answer, &found));
                }
            } else if let Some((channel, meetings)) = meetings(context, step) {
                let found = moments.ask(id, Question::ToldLate(step, channel, &meetings));
                out.extend(found.map(|found| told_late(context, id, step, (channel, &meetings), &found)));
            }
        }
    }
}

/// A step that is meant to come before the deadline.
fn is_in_time(step: &Step) -> bool {
    match step.anchor {
        Anchor::BeforeDeadline(_) | Anchor::Elapsed(_) => true,
        Anchor::AfterStart(_) => matches!(step.act, Act::Remind(_)),
        Anchor::AfterDeadline(_) => false,
    }
}

/// How long the answer to a step may take, by the hours of those who get it. `None` where nothing says so.
fn answer<'a>(context: &'a Context<'a>, id: Id<Commitment>, step: &Step) -> Option<Answer<'a>> {
    let model = context.model;
    let channel = &model.channels[*step.via.as_ref()?.get()?];
    let within = *channel.answered.as_ref()?.get()?;
    // What lands with nobody is not answered: a status that is set, say.
    let roles = step.act.roles().iter().map(|role| role.get().map(|role| &model.roles[*role]));
    let roles: Vec<_> = roles.collect::<Option<_>>()?;
    let (first, of) = (*roles.first()?, &model.commitments[id]);
    let has_own_hours = !first.members.is_empty();
    let is_owner = matches!(of.clock, ClockRule::Member(_)) && step.act.roles().first() == Some(&of.actor);
    if has_own_hours && is_owner {
        return Some(Answer { channel, within, clock: None });
    }
    // Whose hours count is not known where members of the role have their own.
    if has_own_hours {
        return None;
    }
    let works = first.works.as_ref().and_then(Slot::get).copied();
    let clock = match works {
        Some(calendar) => (Some(calendar), Clock::Business(context.evaluator.hours(calendar)?)),
        None => (None, Clock::Wall(context.evaluator.zone()?)),
    };
    Some(Answer { channel, within, clock: Some(clock) })
}

/// For every moment the first meeting from there on, of a channel that meets once in each period.
fn meetings(context: &Context<'_>, step: &Step) -> Option<(Id<Channel>, Line)> {
    let id = *step.via.as_ref()?.get()?;
    let channel = &context.model.channels[id];
    // How soon it is answered says more.
    let meeting = channel.meets.as_ref().filter(|_| channel.answered.is_none())?;
    // In which of several weeks it meets is not said.
    let weekly = meeting.every.count == 1 && meeting.every.period == Period::Week;
    let (day, at) = (meeting.on.filter(|_| weekly)?, meeting.at?);
    let day = DayOfPeriod { nth: None, of: DayKind::Weekday(day) };
    let rule = Recurrence {
        every: meeting.every,
        business: false,
        occasion: Occasion::On(day),
        at: Some(at),
        or_next: false,
        from: None,
        span: step.span,
    };
    let zone = context.evaluator.zone()?;
    let held = Occurrences::new(rule, context.model.agreement.fiscal_year_starts, Clock::Wall(zone)).ok()?;
    let (first, last) = context.lines.days();
    let dates = held.between(civil::add_days(first, -BESIDE).ok()?, civil::add_days(last, BESIDE).ok()?);
    let dates: Vec<Instant> = dates.map(|date| date.due).collect();
    let end = *dates.last()?;
    // What comes at the very moment of a meeting is said there.
    let steps = dates.windows(2).filter_map(|pair| Some((pair[0].plus(1).ok()?, pair[1])));
    Some((id, Line::standing(steps, end)?))
}

/// Days beside the term in which reminders may lie.
const BESIDE: i64 = 400;

//! `stages-outlast-promise`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::promises::{Timed, limits};
use crate::lint::stages::{lifecycles, owner};
use crate::lint::{Context, Rule, Stage};
use crate::model::lifecycle::{StageId, Transition};
use crate::model::{Calendar, Commitment, Duration, Field, Form, Id, Lifecycle, Model, Role, Slot, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    name: "stages-outlast-promise",
    summary: "steps of a lifecycle that may take longer than the promise for the same way",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("stages_outlast_promise.md"),
};

/// Steps of the longest way that is followed.
const LONGEST: usize = 8;
/// Ways that are followed for one promise.
const MOST: usize = 256;

/// A promise about every record, from its start to one moment.
struct Promise<'a> {
    limit: Timed<'a>,
    from: Id<Field>,
    to: Id<Field>,
}

/// A way through the stages, and the time that its steps allow.
#[derive(Clone)]
struct Way<'a> {
    steps: Vec<(StageId, &'a Transition, Duration)>,
    time: Duration,
}

fn slower(
    context: &Context<'_>,
    lifecycle: &Lifecycle,
    promise: &Promise<'_>,
    way: &Way<'_>,
) -> Option<Diagnostic> {
    let (name, limit) = (context.called(&promise.limit.commitment.head), promise.limit.limit);
    let (first, ..) = way.steps.first()?;
    let stages = [*first].into_iter().chain(way.steps.iter().map(|(_, step, _)| step.to));
    let stages: Vec<&str> = stages.map(|stage| lifecycle.stages[stage].text.as_str()).collect();
    let message = format!("`{}` may take {}, and {name} allows {limit}", stages.join(" -> "), way.time);
    let out = Diagnostic::warning(RULE.name, message).at(promise.limit.tier.span, format!("within {limit}"));
    let out = way.steps.iter().fold(out, |out, (_, step, time)| out.also(step.span, format!("up to {time}")));
    let (note, help) = if way.steps.len() == 1 {
        (
            "Both say by when the same thing is done. What is in time for the step is late for the promise.",
            format!("Allow the step {limit} or less, or the promise {}.", way.time),
        )
    } else {
        (
            "Every step can be in time, and the whole is late. Nobody is to blame, so nobody will fix it.",
            format!("Allow at least {} for the whole, or less for its steps.", way.time),
        )
    };
    Some(out.note(note).help(help))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for lifecycle in lifecycles(context.model) {
        for promise in context.model.commitments.ids().filter_map(|id| promise(context, lifecycle, id)) {
            let mut ways =
                Ways { model: context.model, lifecycle, promise: &promise, followed: 0, worst: None };
            let starts = lifecycle
                .terms
                .iter()
                .filter(|terms| terms.since.as_ref().and_then(Slot::get) == Some(&promise.from));
            for terms in starts {
                ways.follow(&mut Vec::new(), terms.stage);
            }
            let slow = ways.worst.filter(|way| promise.limit.limit.amount < way.time.amount);
            out.extend(slow.and_then(|way| slower(context, lifecycle, &promise, &way)));
        }
    }
}

/// A promise about every record of a lifecycle alike. What is promised for some of them may well be stricter.
fn promise<'a>(context: &'a Context<'a>, lifecycle: &Lifecycle, id: Id<Commitment>) -> Option<Promise<'a>> {
    let commitment = &context.model.commitments[id];
    let ([tier], [met_at]) = (commitment.tiers(), commitment.met_at.as_slice()) else { return None };
    let owed = commitment.strength.is_duty();
    let plain = tier.when.is_none()
        && commitment.starts_when.is_none()
        && commitment.met_when.is_none()
        && commitment.pauses.is_empty();
    let all = commitment.subject()? == Subject::Record(*lifecycle.record.get()?);
    if !owed || !plain || !all || !matches!(commitment.form, Form::Turnaround(_)) {
        return None;
    }
    let [limit] = limits(context, id)[..] else { return None };
    Some(Promise { limit, from: *commitment.counts_from()?.get()?, to: *met_at.get()? })
}

/// The ways from the start of a promise to the moment that it is met at.
struct Ways<'a, 'c> {
    model: &'a Model,
    lifecycle: &'a Lifecycle,
    promise: &'c Promise<'a>,
    followed: usize,
    worst: Option<Way<'a>>,
}

impl<'a> Ways<'a, '_> {
    fn follow(&mut self, steps: &mut Vec<(StageId, &'a Transition, Duration)>, at: StageId) {
        let lifecycle = self.lifecycle;
        for step in lifecycle.transitions.iter().filter(|step| lifecycle.sources(step).contains(&at)) {
            let seen = step.to == at || steps.iter().any(|(stage, ..)| *stage == step.to);
            self.followed += 1;
            if seen || steps.len() >= LONGEST || self.followed > MOST {
                continue;
            }
            let Some(time) = self.time(at, step) else { continue };
            steps.push((at, step, time));
            if step.fills(self.promise.to) {
                self.arrive(steps);
            } else {
                self.follow(steps, step.to);
            }
            steps.pop();
        }
    }

    /// The time that a step allows, in the unit and the hours of the promise.
    fn time(&self, at: StageId, step: &Transition) -> Option<Duration> {
        let Timed { limit, clock, .. } = self.promise.limit;
        let time = *step.within.as_ref()?.get()?;
        let works = |role: &Id<Role>| self.model.roles[*role].works.as_ref()?.get().copied();
        let hours: Option<Vec<Option<Id<Calendar>>>> =
            step.by.iter().map(|role| Some(works(role.get()?))).collect();
        let hours = match hours?.as_slice() {
            [] => vec![owner(self.lifecycle, at).and_then(|role| works(&role))],
            some => some.to_vec(),
        };
        let same_hours = !limit.unit.is_business() || hours.iter().all(|hours| *hours == clock.0);
        (time.unit == limit.unit && same_hours).then_some(time)
    }

    fn arrive(&mut self, steps: &[(StageId, &'a Transition, Duration)]) {
        let unit = self.promise.limit.limit.unit;
        let amount = steps.iter().map(|(_, _, time)| time.amount).sum();
        if self.worst.as_ref().is_none_or(|worst| worst.time.amount < amount) {
            self.worst = Some(Way { steps: steps.to_vec(), time: Duration { amount, unit } });
        }
    }
}

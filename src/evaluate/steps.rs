//! The moments at which the steps of a contingency fire, for one item.

use super::{Course, Evaluator};
use crate::model::contingency::{Act, Anchor, Step};
use crate::model::{Commitment, Id, Slot};
use crate::worktime::{Instant, TimeError};

/// When a step fires for an item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepMoment<'m> {
    /// The step.
    pub step: &'m Step,
    /// The moment; `None` while its time is still open, or beyond the supported years.
    pub moment: Option<Instant>,
}

impl Evaluator<'_> {
    /// When each step of the contingencies for a commitment fires, for an item on its course; in the order written.
    pub fn step_moments(&self, id: Id<Commitment>, course: &Course<'_>) -> Vec<StepMoment<'_>> {
        self.steps(id).map(|step| StepMoment { step, moment: moment(step, course) }).collect()
    }

    /// The steps of every contingency for a commitment, in the order written.
    pub fn steps(&self, id: Id<Commitment>) -> impl Iterator<Item = &Step> + use<'_> {
        let contingencies = self.ladders.get(id.index()).into_iter().flatten();
        contingencies.flat_map(|contingency| &self.model.contingencies[*contingency].steps)
    }

    /// Whether a reminder is due by now.
    pub(super) fn reminder_due(&self, id: Id<Commitment>, course: &Course<'_>) -> bool {
        self.steps(id)
            .filter(|step| is_reminder(step))
            .filter_map(|step| moment(step, course))
            .any(|moment| moment <= self.now)
    }
}

/// A reminder fires before the deadline: counted back from it, at a part of the time, or after the start to remind.
pub fn is_reminder(step: &Step) -> bool {
    match &step.anchor {
        Anchor::BeforeDeadline(_) | Anchor::Elapsed(_) => true,
        Anchor::AfterStart(_) => matches!(step.act, Act::Remind(_)),
        Anchor::AfterDeadline(_) => false,
    }
}

/// The moment of one step.
pub fn moment(step: &Step, course: &Course<'_>) -> Option<Instant> {
    let Course { start, deadline, limit, clock, pauses } = *course;
    let computed: Result<Instant, TimeError> = match &step.anchor {
        Anchor::BeforeDeadline(Slot::Set(by)) => pauses.before(deadline, *by, clock),
        Anchor::AfterStart(Slot::Set(by)) => pauses.due(start?, *by, clock),
        Anchor::AfterDeadline(None) => Ok(deadline),
        Anchor::AfterDeadline(Some(Slot::Set(by))) => pauses.due(deadline, *by, clock),
        Anchor::Elapsed(Slot::Set(percent)) => {
            let start = start?;
            clock.measure(limit.unit).and_then(|measure| pauses.share(measure, (start, deadline), *percent))
        }
        Anchor::BeforeDeadline(_)
        | Anchor::AfterStart(_)
        | Anchor::AfterDeadline(Some(_))
        | Anchor::Elapsed(_) => {
            return None;
        }
    };
    computed.ok()
}

//! The moments at which the steps of a contingency fire, for one item.

use super::{Evaluator, Gap};
use crate::model::contingency::{Act, Anchor, Step};
use crate::model::{Commitment, Duration, Id, Slot};
use crate::worktime::{self, Clock, Instant, TimeError};

/// When a step fires for an item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepMoment<'m> {
    /// The step.
    pub step: &'m Step,
    /// The moment; `None` while its time is still open, or beyond the supported years.
    pub moment: Option<Instant>,
}

impl Evaluator<'_> {
    /// When each step of the contingencies for a turnaround fires, for an item that started at a moment and has a limit;
    /// in the order written.
    ///
    /// # Errors
    /// What is missing, for a commitment that is not complete.
    pub fn step_moments(
        &self,
        id: Id<Commitment>,
        start: Instant,
        limit: Duration,
    ) -> Result<Vec<StepMoment<'_>>, Gap> {
        let clock = self.clock(id)?;
        let deadline = worktime::due(start, limit, clock).map_err(|e| Gap::new(e.to_string()))?;
        Ok(self
            .steps(id)
            .map(|step| StepMoment { step, moment: moment(step, start, deadline, limit, clock) })
            .collect())
    }

    /// The steps of every contingency for a commitment, in the order written.
    pub fn steps(&self, id: Id<Commitment>) -> impl Iterator<Item = &Step> + use<'_> {
        let contingencies = self.ladders.get(id.index()).into_iter().flatten();
        contingencies.flat_map(|contingency| &self.model.contingencies[*contingency].steps)
    }

    /// Whether a reminder is due by now.
    pub(super) fn reminder_due(
        &self,
        id: Id<Commitment>,
        start: Instant,
        deadline: Instant,
        limit: Duration,
        clock: Clock<'_>,
    ) -> bool {
        self.steps(id)
            .filter(|step| is_reminder(step))
            .filter_map(|step| moment(step, start, deadline, limit, clock))
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
pub fn moment(
    step: &Step,
    start: Instant,
    deadline: Instant,
    limit: Duration,
    clock: Clock<'_>,
) -> Option<Instant> {
    let computed: Result<Instant, TimeError> = match &step.anchor {
        Anchor::BeforeDeadline(Slot::Set(by)) => worktime::before(deadline, *by, clock),
        Anchor::AfterStart(Slot::Set(by)) => worktime::due(start, *by, clock),
        Anchor::AfterDeadline(None) => Ok(deadline),
        Anchor::AfterDeadline(Some(Slot::Set(by))) => worktime::due(deadline, *by, clock),
        Anchor::Elapsed(Slot::Set(percent)) => {
            clock.measure(limit.unit).and_then(|measure| measure.share(start, deadline, *percent))
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

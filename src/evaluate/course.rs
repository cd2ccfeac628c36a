//! The course of one item: from the moment its limit counts from to its deadline.

use crate::model::{Duration, Form};
use crate::worktime::{self, Clock, Instant, NO_PAUSES, Pauses, TimeError};

/// From when to when the clock of an item runs, by which limit, on which clock.
#[derive(Debug, Clone, Copy)]
pub struct Course<'a> {
    /// When the clock starts. A lead time has no start.
    pub start: Option<Instant>,
    /// When the time is used up.
    pub deadline: Instant,
    /// The time.
    pub limit: Duration,
    /// What it runs on.
    pub clock: Clock<'a>,
    /// When it stands still.
    pub pauses: &'a Pauses,
}

impl<'a> Course<'a> {
    /// The course of an item of a form: `from` is its start, or the moment that a lead time leads up to.
    ///
    /// # Errors
    /// What cannot be computed: business time without a calendar, or a moment beyond the supported years.
    pub fn of(
        form: &Form,
        from: Instant,
        limit: Duration,
        clock: Clock<'a>,
    ) -> Result<Course<'a>, TimeError> {
        Course::paused(form, from, limit, clock, &NO_PAUSES)
    }

    /// The same for an item whose clock stands still for a time.
    ///
    /// # Errors
    /// As [`Course::of`].
    pub fn paused(
        form: &Form,
        from: Instant,
        limit: Duration,
        clock: Clock<'a>,
        pauses: &'a Pauses,
    ) -> Result<Course<'a>, TimeError> {
        if let Form::LeadTime(_) = form {
            let deadline = worktime::ahead(from, limit, clock)?;
            return Ok(Course { start: None, deadline, limit, clock, pauses });
        }
        let deadline = pauses.due(from, limit, clock)?;
        Ok(Course { start: Some(from), deadline, limit, clock, pauses })
    }
}

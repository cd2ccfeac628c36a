//! How long a record has been in its stage, against the time it may stay there.

use super::gap::known;
use super::{Evaluator, Gap, Item};
use crate::model::lifecycle::{StageId, StageTerms};
use crate::model::{Duration, Field, Id, Lifecycle};
use crate::worktime::{self, Clock, Instant};

/// A record in a stage with a time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// The stage.
    pub stage: StageId,
    /// How it stands.
    pub standing: Standing,
    /// When the record entered the stage.
    pub since: Option<Instant>,
    /// When the time is used up.
    pub deadline: Option<Instant>,
    /// Seconds by which it is over; open seconds where the limit is in business time. 0 if it is not.
    pub over_by: i64,
}

/// How a stay stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The moment it entered the stage is blank.
    NotStarted,
    /// The time is not used up.
    InTime,
    /// It has been there for too long.
    Over,
}

/// A time limit with nothing missing.
struct Limit<'e> {
    since: Id<Field>,
    at_most: Duration,
    clock: Clock<'e>,
}

impl Evaluator<'_> {
    /// What is missing before the time limit of a stage can be measured. `None`: nothing, or there is no limit.
    pub fn stage_gap(&self, terms: &StageTerms) -> Option<Gap> {
        self.stage_limit(terms).err()
    }

    /// How a record stands against the time limit of its stage, at the present moment. `None`: its stage has none.
    ///
    /// Time runs by the hours of the owner of the stage, else by the zone of the agreement. Like an item of a
    /// commitment, a record is over once open time has passed after the deadline.
    ///
    /// # Errors
    /// What is missing, when the limit cannot be measured.
    pub fn stay(&self, id: Id<Lifecycle>, item: &Item) -> Result<Option<Stay>, Gap> {
        let lifecycle = &self.model().lifecycles[id];
        let field = *known(&lifecycle.field, "the field of the stages")?;
        let stage =
            item.get(field).text().and_then(|now| lifecycle.stages.iter().position(|s| s.text == now));
        let terms = stage.and_then(|stage| lifecycle.terms_of(stage));
        let Some(terms) = terms else { return Ok(None) };
        let Some(limit) = self.stage_limit(terms)? else { return Ok(None) };
        let out = Stay {
            stage: terms.stage,
            standing: Standing::NotStarted,
            since: None,
            deadline: None,
            over_by: 0,
        };
        let Some(since) = item.get(limit.since).moment() else { return Ok(Some(out)) };
        let beyond = |error: worktime::TimeError| Gap::new(error.to_string());
        let deadline = worktime::due(since, limit.at_most, limit.clock).map_err(beyond)?;
        let measure = limit.clock.measure(limit.at_most.unit).map_err(beyond)?;
        let over_by = measure.lateness(deadline, self.now());
        let standing = if over_by > 0 { Standing::Over } else { Standing::InTime };
        Ok(Some(Stay { standing, since: Some(since), deadline: Some(deadline), over_by, ..out }))
    }

    /// `Ok(None)`: the stage has no time limit.
    fn stage_limit(&self, terms: &StageTerms) -> Result<Option<Limit<'_>>, Gap> {
        let Some(at_most) = &terms.at_most else { return Ok(None) };
        let at_most = *known(at_most, "the time limit")?;
        let since = terms.since.as_ref().ok_or_else(|| Gap::new("nothing says since when (`since`)"))?;
        let since = *known(since, "the moment it entered the stage")?;
        Ok(Some(Limit { since, at_most, clock: self.clock_of_owner(terms, at_most)? }))
    }

    fn clock_of_owner(&self, terms: &StageTerms, at_most: Duration) -> Result<Clock<'_>, Gap> {
        let works = match &terms.owner {
            Some(owner) if at_most.unit.is_business() => {
                self.model().roles[*known(owner, "the owner of the stage")?].works.as_ref()
            }
            Some(owner) => owner.get().and_then(|role| self.model().roles[*role].works.as_ref()),
            None => None,
        };
        let hours = works.and_then(|calendar| calendar.get()).and_then(|calendar| self.hours(*calendar));
        match (hours, self.zone()) {
            (Some(hours), _) => Ok(Clock::Business(hours)),
            (None, Some(zone)) if !at_most.unit.is_business() => Ok(Clock::Wall(zone)),
            (None, None) => Err(Gap::new("the time zone is not known")),
            (None, Some(_)) => Err(Gap::new("business time needs the calendar of an owner")),
        }
    }
}

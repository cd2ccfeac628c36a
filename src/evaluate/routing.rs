//! Who gets an item.

use super::gap::known;
use super::{Evaluator, Gap, Item};
use crate::model::routing::Matching;
use crate::model::{Completeness, Id, Routing, Subject};

/// What a routing says of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routed {
    /// The rows whose conditions hold, in the order written; `otherwise` only if none does.
    pub rows: Vec<usize>,
    /// What they come to.
    pub answer: Answer,
}

/// Who gets an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The role of this row.
    Row(usize),
    /// No row is for it.
    Nobody,
    /// Several rows are for it, and exactly one may be.
    Ambiguous,
}

impl Evaluator<'_> {
    /// What is missing before a routing can be followed. `None`: nothing.
    pub fn routing_gap(&self, id: Id<Routing>) -> Option<Gap> {
        let routing = &self.model().routings[id];
        let subject = match known(&routing.subject, "what it gives out") {
            Ok(subject) => *subject,
            Err(gap) => return Some(gap),
        };
        if let Subject::Definition(definition) = subject
            && let Some(gap) = self.definition_gap(definition)
        {
            return Some(gap);
        }
        if routing.completeness == Completeness::Holed {
            return Some(Gap::new("not all of its rows could be read"));
        }
        let open = routing.routes.iter().filter_map(|r| r.when.as_ref());
        known(&routing.matching, "what several rows come to")
            .err()
            .or_else(|| open.into_iter().find_map(|when| self.condition_gap(when)))
    }

    /// Who gets an item. `None`: the routing is not about it.
    ///
    /// The rows are read from the top; what stands below `otherwise` is never reached. What keeps an owner because of an
    /// earlier item (`sticky`) is not known here: it depends on other items.
    ///
    /// # Errors
    /// What is missing, for a routing that is not complete (see [`Evaluator::routing_gap`]).
    pub fn route(&self, id: Id<Routing>, item: &Item) -> Result<Option<Routed>, Gap> {
        if let Some(gap) = self.routing_gap(id) {
            return Err(gap);
        }
        let routing = &self.model().routings[id];
        let subject = *known(&routing.subject, "what it gives out")?;
        let matching = *known(&routing.matching, "what several rows come to")?;
        let record = self.model().record_of(subject).ok_or_else(|| Gap::new("the record is not known"))?;
        if !self.is_of(subject, item) {
            return Ok(None);
        }
        let record = &self.model().records[record];
        let mut rows = Vec::new();
        for (i, route) in routing.routes.iter().enumerate() {
            match &route.when {
                Some(when) if self.holds(when, record, item) => rows.push(i),
                Some(_) => {}
                None => {
                    if rows.is_empty() {
                        rows.push(i);
                    }
                    break;
                }
            }
        }
        let answer = match (rows.as_slice(), matching) {
            ([], _) => Answer::Nobody,
            ([only], _) => Answer::Row(*only),
            ([first, ..], Matching::First) => Answer::Row(*first),
            (_, Matching::ExactlyOne) => Answer::Ambiguous,
        };
        Ok(Some(Routed { rows, answer }))
    }
}

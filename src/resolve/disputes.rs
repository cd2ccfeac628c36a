//! Disputes.

use super::Resolver;
use super::clauses::Once;
use super::names::Entry;
use super::values::DurationUse;
use crate::model::Dispute;
use crate::model::dispute::{Decided, Raised};
use crate::syntax::ast::{DisputeClause, DurationValue};

impl Resolver<'_> {
    pub(super) fn disputes(&mut self) {
        for entry in self.blocks.disputes.clone() {
            let dispute = self.dispute(entry);
            self.disputes.push(dispute);
        }
    }

    fn dispute(&mut self, entry: Entry<'_, DisputeClause>) -> Dispute {
        let (mut about, mut raised) = (Once::new("about"), Once::new("raised by"));
        let mut decided = Once::new("decided by");
        for clause in &entry.block.clauses {
            let span = clause.span;
            match &clause.node {
                DisputeClause::About(commitments) => {
                    let slots = self.find_slots(commitments);
                    about.set(self, span, slots);
                }
                DisputeClause::Raised(roles, within) => {
                    let by = self.find_slots(roles);
                    let within = self.duty_time(within.as_ref());
                    raised.set(self, span, Raised { by, within, span });
                }
                DisputeClause::Decided(role, within, via) => {
                    let by = self.find_slot(role);
                    let within = self.duty_time(within.as_ref());
                    let via = via.as_ref().map(|name| self.find_slot(name));
                    decided.set(self, span, Decided { by, within, via, span });
                }
                DisputeClause::Note(_) => {}
            }
        }
        let name = &entry.block.name;
        if !about.is_set() {
            self.missing(
                entry.state,
                name.span,
                format!("dispute `{}` does not say what it is about", name.node),
                "Add `about` with the names of commitments, such as `about acceptance`.",
            );
        }
        if !decided.is_set() {
            self.missing(
                entry.state,
                name.span,
                format!("dispute `{}` does not say who decides", name.node),
                "Add a clause such as `decided by revops within 3 business days`.",
            );
        }
        let head = self.head(entry, |c| match c {
            DisputeClause::Note(prose) => Some(prose),
            _ => None,
        });
        Dispute { head, about: about.get().unwrap_or_default(), raised: raised.get(), decided: decided.get() }
    }

    fn duty_time(
        &mut self,
        time: Option<&DurationValue>,
    ) -> Option<crate::model::Slot<crate::model::Duration>> {
        time.map(|time| self.duration_slot(time, DurationUse::Duty))
    }
}

//! Routing: rows in order, each with a condition and a role.

use super::Resolver;
use super::clauses::Once;
use super::condition::{TYPE, record_of};
use super::names::Entry;
use super::values::{DurationUse, UNIT};
use crate::diagnostic::Diagnostic;
use crate::model::routing::{Matching, Route, Sticky};
use crate::model::{Completeness, Duration, Field, FieldType, Id, Record, Routing, Slot};
use crate::source::Span;
use crate::syntax::ast::{self, DurationValue, RoutingClause, Spanned, Word};

/// Rule: a row that no item ever gets to.
const UNREACHABLE: &str = "unreachable-route";

impl Resolver<'_> {
    pub(super) fn routings(&mut self) {
        for (subject, entry) in self.blocks.routings.clone() {
            let routing = self.routing(subject, entry);
            self.routings.push(routing);
        }
    }

    fn routing(&mut self, subject: &Word, entry: Entry<'_, RoutingClause>) -> Routing {
        let subject = self.find_subject(subject);
        let record = record_of(self, &subject);
        let (mut matching, mut sticky) = (Once::new("first match"), Once::new("sticky"));
        let mut routes = Vec::new();
        for clause in &entry.block.clauses {
            match &clause.node {
                RoutingClause::Matching(value) => matching.set(self, clause.span, *value),
                RoutingClause::Route { to, turn, when } => {
                    let to = self.find_slot(to);
                    let when = when.as_ref().map(|when| self.condition_of(record, when));
                    routes.push(Route { to, turn: *turn, when, span: clause.span });
                }
                RoutingClause::Sticky(field, time) => {
                    let by = self.equal_field(record, field);
                    let time = self.kept_for(time);
                    sticky.set(self, clause.span, Sticky { by, time, span: clause.span });
                }
                RoutingClause::Note(_) => {}
            }
        }
        self.routing_is_whole(entry, matching.is_set(), &routes);
        self.never_reached(&entry.block.clauses);
        let head = self.head(entry, |c| match c {
            RoutingClause::Note(prose) => Some(prose),
            _ => None,
        });
        let completeness = match entry.state {
            ast::State::Complete => Completeness::Whole,
            ast::State::Incomplete => Completeness::Holed,
        };
        let matching: Option<Matching> = matching.get();
        let matching = matching.map_or(Slot::Broken, Slot::Set);
        Routing { head, subject, matching, routes, sticky: sticky.get(), completeness }
    }

    fn routing_is_whole(&mut self, entry: Entry<'_, RoutingClause>, says_which: bool, routes: &[Route]) {
        let name = &entry.block.name;
        if routes.is_empty() {
            self.missing(
                entry.state,
                name.span,
                format!("routing `{}` gives nothing to anybody", name.node),
                "Add a row such as `to field_sales when country in [US, CA]`.",
            );
        } else if !says_which {
            self.missing(
                entry.state,
                name.span,
                format!("routing `{}` does not say what holds when several rows match", name.node),
                "Add `first match` (the first of them decides) or `exactly one` (only one may).",
            );
        }
    }

    /// What is compared with an earlier item must be something that two items can have in common.
    fn equal_field(&mut self, record: Option<Id<Record>>, field: &ast::Reference) -> Slot<Id<Field>> {
        let slot = self.field_slot(record, field);
        let (Some(record), Some(id), ast::OrTbd::Known(word)) = (record, slot.get(), field) else {
            return slot;
        };
        let declared = &self.records[record].fields[*id];
        if matches!(declared.ty, FieldType::Text | FieldType::Choice(_) | FieldType::Reference(_)) {
            return slot;
        }
        let out =
            Diagnostic::error(TYPE, format!("`{}` is declared as `{}`", word.node, declared.ty.words()))
                .at(word.span, "two items that have this in common?")
                .also(declared.name.span, "declared here")
                .help("Name a text, a choice or a reference, such as the company.");
        self.diagnostics.push(out);
        Slot::Broken
    }

    /// An owner is kept for calendar time: several people may own the items in question, each with other hours.
    fn kept_for(&mut self, time: &DurationValue) -> Slot<Duration> {
        let slot = self.duration_slot(time, DurationUse::Duty);
        let business = slot.get().is_some_and(|d| d.unit.is_business());
        match time {
            ast::OrTbd::Known(written) if business => {
                let out = Diagnostic::error(UNIT, "an owner is kept by the calendar, not by working hours")
                    .at(written.span, "whose working hours?")
                    .help("Write `calendar days`, `weeks` or `months`.");
                self.diagnostics.push(out);
                Slot::Broken
            }
            _ => slot,
        }
    }

    /// Rows below `otherwise`. Those that earlier rows leave nothing for are found by the check of that name.
    fn never_reached(&mut self, clauses: &[Spanned<RoutingClause>]) {
        let mut otherwise: Option<Span> = None;
        for clause in clauses {
            let RoutingClause::Route { when, .. } = &clause.node else { continue };
            if let Some(first) = otherwise {
                let out = Diagnostic::error(UNREACHABLE, "nothing gets to a row below `otherwise`")
                    .at(clause.span, "never reached")
                    .also(first, "takes everything that is left")
                    .note("Whoever reads this row will wait for items that somebody else gets.")
                    .help("Move `otherwise` to the end.");
                self.diagnostics.push(out);
            } else if when.is_none() {
                otherwise = Some(clause.span);
            }
        }
    }
}

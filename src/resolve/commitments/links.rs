//! Commitments that refer to others: what they may refer to, and no circles.

use super::limits::Anchored;
use crate::diagnostic::Diagnostic;
use crate::model::commitment::{Condition, Quota, QuotaAmount};
use crate::model::{Bound, Commitment, Form, Id, Period, Record, Slot};
use crate::resolve::Resolver;
use crate::resolve::condition::{TYPE, record_of};
use crate::resolve::values::INVALID;
use crate::source::Span;
use crate::syntax::ast::{Word, WordValue};

/// Rule: commitments that depend on one another in a circle.
const CIRCLE: &str = "commitment-circle";

/// How one commitment refers to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Provided,
    Priority,
}

impl Link {
    fn words(self) -> &'static str {
        match self {
            Link::Provided => "depends on",
            Link::Priority => "has priority over",
        }
    }
}

impl Resolver<'_> {
    /// `provided at most 300 mql per month`.
    pub(super) fn provided_amount(
        &mut self,
        bound: Bound,
        amount: &WordValue,
        subject: &Word,
        per: Period,
    ) -> Condition {
        let place = subject.span;
        let subject = self.find_subject(subject);
        let amount = self.slot(amount, Self::whole).map(QuotaAmount::Count);
        let at = self.since(&subject, place, Anchored::ByTheDefinition);
        Condition::Amount { subject, quota: Quota { bound, amount, changes: Vec::new(), at, per } }
    }

    /// Checks what commitments say of one another, once all of them are known.
    pub(super) fn commitment_links(&mut self) {
        for id in self.commitments.ids() {
            self.check_provided(id);
            self.check_priority(id);
        }
        self.circles(Link::Provided);
        self.circles(Link::Priority);
    }

    fn check_provided(&mut self, id: Id<Commitment>) {
        for i in 0..self.commitments[id].provided.len() {
            let provided = self.commitments[id].provided[i].clone();
            let (subject, per) = match &provided.what {
                Condition::Met(Slot::Set(other)) => {
                    let commitment = &self.commitments[*other];
                    let what = match commitment.form {
                        Form::Prohibition(_) | Form::Permission(_) => Some("forbids or allows something"),
                        Form::Recurring(_) => Some("recurs, and is about no record"),
                        _ => None,
                    };
                    if let Some(what) = what {
                        let name = commitment.head.name.clone();
                        self.no_period(&name, what, provided.span);
                        self.commitments[id].provided[i].what = Condition::Met(Slot::Broken);
                        continue;
                    }
                    (self.record_of_items(*other), period_of(commitment))
                }
                Condition::Met(_) => continue,
                Condition::Amount { subject, quota } => (record_of(self, subject), Some(quota.per)),
            };
            self.one_record(id, subject, provided.span, "the condition");
            self.one_period(id, per, provided.span);
        }
    }

    fn no_period(&mut self, name: &crate::model::Name, what: &str, span: Span) {
        self.diagnostics.push(
            Diagnostic::error(TYPE, format!("`{name}` is not met over a period"))
                .at(span, "in which month was it met?")
                .also(name.span, what)
                .help("Name a commitment with a time limit, an amount or a share."),
        );
    }

    /// A promise over periods can only depend on the same periods: otherwise it is not clear which one decides.
    fn one_period(&mut self, id: Id<Commitment>, per: Option<Period>, span: Span) {
        let commitment = &self.commitments[id];
        let own = match &commitment.form {
            Form::Quota(quota) => quota.per,
            Form::Share(share) => share.per,
            Form::Level(level) => level.per,
            _ => return,
        };
        let Some(per) = per.filter(|per| *per != own) else { return };
        let place = commitment.sentence;
        self.diagnostics.push(
            Diagnostic::error(INVALID, format!("this counts by {own}, its condition by {per}"))
                .at(span, format!("by {per}"))
                .also(place, format!("by {own}"))
                .help("Let both count by the same period, so that it is clear which one decides."),
        );
    }

    fn check_priority(&mut self, id: Id<Commitment>) {
        for below in self.commitments[id].priority_over.clone() {
            let Some(below) = below.get().copied() else { continue };
            let place = self.priority_place(id);
            let other = &self.commitments[below];
            let what = match other.form {
                Form::Recurring(_) => Some("recurs, and is about no record"),
                Form::Quota(_) | Form::Share(_) | Form::Level(_) => {
                    Some("promises an amount or a share per period")
                }
                _ => None,
            };
            if let Some(what) = what.filter(|_| other.actor != Slot::Broken) {
                let name = other.head.name.clone();
                self.diagnostics.push(
                    Diagnostic::error(TYPE, format!("`{name}` is not about each item"))
                        .at(place, "over what, for one item?")
                        .also(name.span, what)
                        .help("Only promises about each item can give way, item by item."),
                );
                continue;
            }
            let record = self.record_of_items(below);
            self.one_record(id, record, place, "the other commitment");
        }
    }

    fn priority_place(&self, id: Id<Commitment>) -> Span {
        let clauses = &self.blocks.commitments[id.index()].block.clauses;
        let is_priority = |c: &&crate::syntax::ast::Spanned<crate::syntax::ast::CommitmentClause>| {
            matches!(c.node, crate::syntax::ast::CommitmentClause::Priority(_))
        };
        clauses.iter().find(is_priority).map_or(self.commitments[id].sentence, |clause| clause.span)
    }

    /// Both must be about one kind of record: else no item is ever concerned by both.
    fn one_record(&mut self, id: Id<Commitment>, other: Option<Id<Record>>, span: Span, what: &str) {
        let own = self.record_of_items(id);
        let (Some(own), Some(other)) = (own, other) else { return };
        if own == other {
            return;
        }
        let (own, other) = (self.records[own].head.name.clone(), self.records[other].head.name.clone());
        self.diagnostics.push(
            Diagnostic::error(TYPE, format!("this is about a `{own}`, but {what} is about a `{other}`"))
                .at(span, format!("about a `{other}`"))
                .help("Only commitments about the same record can be judged together."),
        );
    }

    fn linked(&self, id: Id<Commitment>, link: Link) -> Vec<Id<Commitment>> {
        let commitment = &self.commitments[id];
        let slots: Vec<&Slot<Id<Commitment>>> = match link {
            Link::Provided => commitment
                .provided
                .iter()
                .filter_map(|provided| match &provided.what {
                    Condition::Met(other) => Some(other),
                    Condition::Amount { .. } => None,
                })
                .collect(),
            Link::Priority => commitment.priority_over.iter().collect(),
        };
        slots.into_iter().filter_map(|slot| slot.get().copied()).collect()
    }

    /// Reports every commitment that leads back to itself, one circle at a time, and cuts it.
    fn circles(&mut self, link: Link) {
        for start in self.commitments.ids() {
            while let Some(circle) = self.circle(start, link) {
                self.report_link_circle(&circle, link);
                self.cut_link(start, circle.get(1).copied().unwrap_or(start), link);
            }
        }
    }

    /// The shortest way from a commitment back to itself.
    fn circle(&self, start: Id<Commitment>, link: Link) -> Option<Vec<Id<Commitment>>> {
        let mut came_from: Vec<Option<Id<Commitment>>> = vec![None; self.commitments.len()];
        let mut waiting = std::collections::VecDeque::from([start]);
        while let Some(at) = waiting.pop_front() {
            for next in self.linked(at, link) {
                if next == start {
                    let mut way = vec![at];
                    while let Some(before) =
                        way.last().filter(|id| **id != start).and_then(|id| came_from[id.index()])
                    {
                        way.push(before);
                    }
                    way.reverse();
                    return Some(way);
                }
                if came_from[next.index()].is_none() {
                    came_from[next.index()] = Some(at);
                    waiting.push_back(next);
                }
            }
        }
        None
    }

    fn report_link_circle(&mut self, circle: &[Id<Commitment>], link: Link) {
        let name = |id: &Id<Commitment>| self.commitments[*id].head.name.clone();
        let Some(first) = circle.first() else { return };
        let mut words: Vec<String> = circle.iter().map(|id| format!("`{}`", name(id))).collect();
        let all = crate::diagnostic::join(&words, "and");
        words.push(format!("`{}`", name(first)));
        let message = match (circle.len(), link) {
            (1, Link::Provided) => format!("{all} depends on itself"),
            (1, Link::Priority) => format!("{all} has priority over itself"),
            (_, Link::Provided) => format!("{all} depend on one another in a circle"),
            (_, Link::Priority) => format!("{all} have priority over one another in a circle"),
        };
        let steps = words.iter().skip(1).map(|word| format!("{} {word}", link.words()));
        let way = format!("{} {}", words[0], steps.collect::<Vec<_>>().join(", which "));
        let (note, help) = match link {
            Link::Priority if circle.len() == 1 => {
                ("A promise cannot give way to itself.", "Name the other promise, or remove `priority over`.")
            }
            Link::Provided => {
                ("Whether one of them counts cannot be told before the other.", "Remove one `provided`.")
            }
            Link::Priority => {
                ("Where both apply, each gives way to the other.", "Remove one `priority over`.")
            }
        };
        let mut out = Diagnostic::error(CIRCLE, message).at(name(first).span, way).note(note).help(help);
        for id in circle.iter().skip(1) {
            out = out.also(name(id).span, "part of the circle");
        }
        self.diagnostics.push(out);
    }

    /// Takes one link out, so that whoever follows them comes to an end.
    fn cut_link(&mut self, from: Id<Commitment>, to: Id<Commitment>, link: Link) {
        let commitment = &mut self.commitments[from];
        let slots: Vec<&mut Slot<Id<Commitment>>> = match link {
            Link::Provided => commitment
                .provided
                .iter_mut()
                .filter_map(|provided| match &mut provided.what {
                    Condition::Met(other) => Some(other),
                    Condition::Amount { .. } => None,
                })
                .collect(),
            Link::Priority => commitment.priority_over.iter_mut().collect(),
        };
        for slot in slots.into_iter().filter(|slot| slot.get() == Some(&to)) {
            *slot = Slot::Broken;
        }
    }
}

/// The period in which a commitment is met or not: its own, that of its target, else a month.
pub(in crate::resolve) fn period_of(commitment: &Commitment) -> Option<Period> {
    match &commitment.form {
        Form::Quota(quota) => Some(quota.per),
        Form::Share(share) => Some(share.per),
        Form::Level(level) => Some(level.per),
        Form::Turnaround(_)
        | Form::Attempts(_)
        | Form::LeadTime(_)
        | Form::NotBefore(_)
        | Form::Recurring(_) => Some(commitment.target.as_ref().map_or(Period::Month, |target| target.per)),
        Form::Prohibition(_) | Form::Permission(_) => None,
    }
}

//! Limits of time: which there are, on which side of which moment.

use super::clauses::Counted;
use super::{Promise, UNMEASURABLE};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::commitment::{
    Attempts, Counting, LeadTime, NotBefore, Permission, PermissionLimit, Spacing, Tier, Turnaround,
};
use crate::model::{Field, Form, Id, Slot, Subject};
use crate::resolve::Resolver;
use crate::resolve::clauses::DUPLICATE_CLAUSE;
use crate::resolve::values::{DurationUse, INVALID};
use crate::source::Span;
use crate::syntax::ast::{self, Expr, Limit, LimitKind, OrTbd, Word, WordValue};

/// A limit with its condition.
pub(super) type Limited<'b> = (&'b Limit, Option<&'b Expr>);

impl Resolver<'_> {
    pub(super) fn turnaround(&mut self, promise: &Promise<'_>, limits: &[Limited<'_>]) -> Form {
        self.has_limit(promise, limits);
        let start = self.start(promise, limits);
        Form::Turnaround(Turnaround { start, tiers: self.tiers(promise, limits) })
    }

    pub(super) fn attempts(
        &mut self,
        promise: &Promise<'_>,
        limits: &[Limited<'_>],
        often: &WordValue,
        counted: Option<Counted<'_>>,
    ) -> Form {
        self.has_limit(promise, limits);
        let start = self.start(promise, limits);
        let times = self.how_many(often);
        let counting = counted.map(|counted| self.counting(promise, counted));
        if counting.is_none() {
            self.diagnostics.push(
                Diagnostic::error(UNMEASURABLE, "this promise does not say what an attempt is")
                    .at(promise.place, "what is counted?")
                    .note("Without it nobody can tell how often it was tried.")
                    .help("Add the child records that count, such as `counting activity where kind in [call, email]`."),
            );
        }
        let counting = counting.flatten().map_or(Slot::Broken, Slot::Set);
        Form::Attempts(Attempts { times, start, tiers: self.tiers(promise, limits), counting })
    }

    /// `once`, `6`.
    pub(in crate::resolve) fn how_many(&mut self, often: &WordValue) -> Slot<u32> {
        self.slot(often, |this, word| if word.node == "once" { Some(1) } else { this.count(word) })
    }

    fn counting(&mut self, promise: &Promise<'_>, counted: Counted<'_>) -> Option<Counting> {
        let of = self.child_rows(promise.record?, counted.which);
        let spacing = counted.spacing.and_then(|cap| {
            Some(Spacing { times: self.how_many(&cap.node.times), period: cap.node.per?.node })
        });
        let of = of?;
        let at = self.moment_of_attempts(of.record, counted.which.record.span)?;
        Some(Counting { of, at, spacing })
    }

    fn has_limit(&mut self, promise: &Promise<'_>, limits: &[Limited<'_>]) {
        if !limits.is_empty() {
            return;
        }
        self.diagnostics.push(
            Diagnostic::error(UNMEASURABLE, "this promise does not say by when")
                .at(promise.place, "no time limit")
                .note("Without a limit it can never be late, so it cannot be kept or broken.")
                .help("Add one, such as `within 4 business hours of created_at`, or limits with conditions on lines of their own."),
        );
    }

    pub(super) fn lead_time(&mut self, promise: &Promise<'_>, limits: &[Limited<'_>]) -> Form {
        let anchor = self.start(promise, limits);
        Form::LeadTime(LeadTime { anchor, tiers: self.tiers(promise, limits) })
    }

    pub(super) fn not_before(&mut self, promise: &Promise<'_>, limits: &[Limited<'_>]) -> Form {
        let start = self.start(promise, limits);
        Form::NotBefore(NotBefore { start, tiers: self.tiers(promise, limits) })
    }

    pub(super) fn permission(
        &mut self,
        promise: &Promise<'_>,
        limits: &[Limited<'_>],
        (with, when): (&[ast::Reference], Option<&Expr>),
    ) -> Form {
        if let [_, (second, _), ..] = limits {
            self.diagnostics.push(
                Diagnostic::error(INVALID, "a permission has one time limit")
                    .at(second.span.0, "a second one")
                    .also(promise.place, "this is what is allowed")
                    .help("Make a commitment of each, so that a report can say which one was used."),
            );
        }
        let limit = limits.first().copied();
        let start = limit.map(|limit| self.start(promise, &[limit]));
        let limit_when = limit.and_then(|(_, when)| when);
        Form::Permission(Permission {
            limit: limit.zip(start).map(|((limit, _), start)| PermissionLimit {
                start,
                time: self.duration_slot(&limit.duration, DurationUse::Duty),
                span: limit.span.0,
            }),
            with: self.field_slots(promise.record, with),
            when: when.or(limit_when).map(|w| self.condition_of(promise.record, w)),
        })
    }

    /// The limits of a promise about each item: that of the sentence, else those on lines of their own. `None`: they are
    /// of a kind that does not go with the sentence, which has been said.
    pub(super) fn limits<'b>(
        &mut self,
        of_sentence: Option<Limited<'b>>,
        tiers: &[Limited<'b>],
    ) -> Vec<Limited<'b>> {
        let Some((limit, when)) = of_sentence else {
            self.tier_order(tiers);
            return tiers.to_vec();
        };
        if let Some((tier, _)) = tiers.first() {
            self.diagnostics.push(
                Diagnostic::error(DUPLICATE_CLAUSE, "this promise has a time limit already")
                    .at(tier.span.0, "a second one")
                    .also(limit.span.0, "the first one holds for every item")
                    .help("Take the limit out of the sentence, and give each of the limits below its condition."),
            );
        }
        vec![(limit, when)]
    }

    /// Reports a limit on the wrong side of its moment for the sentence it is in.
    pub(super) fn one_kind(&mut self, limits: &[Limited<'_>], wanted: LimitKind, of: &str) -> bool {
        let Some((odd, _)) = limits.iter().find(|(limit, _)| limit.kind != wanted) else { return true };
        let (said, _) = odd.kind.words();
        let (before, behind) = wanted.words();
        let out = Diagnostic::error(INVALID, format!("`{said} ..` has no meaning in {of}"));
        let moment = odd.of.as_ref().map(|of| of.node.clone());
        let time = match &odd.duration {
            OrTbd::Known(duration) => Some(&duration.node),
            OrTbd::Tbd(_) => None,
        };
        let out = out.at(odd.span.0, format!("{of} says `{before} .. {behind} ..`"));
        self.diagnostics.push(match (time, moment) {
            (Some(time), Some(moment)) => {
                let right = format!("{before} {} {behind} {moment}", time.words());
                out.fix(format!("write `{right}`"), Applicability::Suggested, odd.span.0, right)
            }
            _ => out,
        });
        false
    }

    fn tiers(&mut self, promise: &Promise<'_>, limits: &[Limited<'_>]) -> Vec<Tier> {
        let tier = |(limit, when): &Limited<'_>| Tier {
            limit: self.duration_slot(&limit.duration, DurationUse::Duty),
            when: when.map(|w| self.condition_of(promise.record, w)),
            span: limit.span.0,
        };
        limits.iter().map(tier).collect()
    }

    /// Limits are asked in order, so nothing may follow `otherwise`.
    fn tier_order(&mut self, limits: &[(&Limit, Option<&ast::Expr>)]) {
        let Some(catch_all) = limits.iter().position(|(_, when)| when.is_none()) else { return };
        if let Some((after, _)) = limits.get(catch_all + 1) {
            self.diagnostics.push(
                Diagnostic::error(INVALID, "this limit is never reached")
                    .at(after.span.0, "stands after `otherwise`")
                    .also(limits[catch_all].0.span.0, "every other item has this limit")
                    .help("The first limit whose condition holds applies: put `otherwise` last."),
            );
        }
    }

    /// The moment the limits count from: what they name, else the definition's `since`.
    fn start(&mut self, promise: &Promise<'_>, limits: &[Limited<'_>]) -> Slot<Id<Field>> {
        let mut named: Vec<&Word> = limits.iter().filter_map(|(limit, _)| limit.of.as_ref()).collect();
        named.dedup_by(|a, b| a.node == b.node);
        let ahead = limits.iter().any(|(limit, _)| limit.kind == LimitKind::Ahead);
        match named[..] {
            [] if limits.is_empty() => Slot::Broken,
            [] => self.since_of(promise, Anchored::ByTheSentence),
            [one] if ahead => self.day_or_moment_slot(promise.record, one),
            [one] => self.moment_slot(promise.record, &OrTbd::Known(one.clone())),
            [first, second, ..] => {
                let what = if ahead { "leads up to one moment" } else { "has one start" };
                self.diagnostics.push(
                    Diagnostic::error(INVALID, format!("one promise {what}"))
                        .at(second.span, if ahead { "this one" } else { "starts here" })
                        .also(first.span, if ahead { "and this one" } else { "and starts here" })
                        .help("Make two commitments of it."),
                );
                Slot::Broken
            }
        }
    }

    /// The `since` of what a promise is about.
    pub(super) fn since_of(&mut self, promise: &Promise<'_>, anchor: Anchored) -> Slot<Id<Field>> {
        match &promise.subject {
            Some(subject) => self.since(subject, promise.place, anchor),
            None => Slot::Broken,
        }
    }

    /// The `since` of the subject's definition.
    pub(super) fn since(
        &mut self,
        subject: &Slot<Subject>,
        place: Span,
        anchor: Anchored,
    ) -> Slot<Id<Field>> {
        let (name, span) = match subject.get() {
            Some(Subject::Definition(id)) => {
                let definition = &self.definitions[*id];
                if let Some(since) = &definition.since {
                    return since.clone();
                }
                if self.blocks.definitions[id.index()].state == ast::State::Incomplete {
                    return Slot::Broken;
                }
                (definition.head.name.text.clone(), definition.head.name.span)
            }
            Some(Subject::Record(id)) => {
                let record = &self.records[*id];
                (record.head.name.text.clone(), record.head.name.span)
            }
            None => return Slot::Broken,
        };
        let (message, define) = if matches!(subject.get(), Some(Subject::Record(_))) {
            let define = format!("define the items: `definition .. {{ means {name}  since created_at }}`");
            (format!("nothing says from when a `{name}` counts"), define)
        } else {
            let define = format!("add `since` with a field of type `datetime` to definition `{name}`");
            (format!("nothing says when a record became `{name}`"), define)
        };
        let help = match anchor {
            Anchored::ByTheSentence => {
                format!("Name the moment, such as `within .. of created_at`, or {define}.")
            }
            Anchored::ByTheDefinition => format!("To say when, {define}."),
        };
        self.diagnostics.push(
            Diagnostic::error(UNMEASURABLE, message)
                .at(place, "from when does it count?")
                .also(span, "no moment is known")
                .help(help),
        );
        Slot::Broken
    }
}

/// What may name the moment from which an item counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchored {
    /// `within .. of FIELD`, or the definition.
    ByTheSentence,
    /// Only the `since` of the definition.
    ByTheDefinition,
}

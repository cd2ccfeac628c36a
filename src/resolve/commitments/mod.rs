//! Commitments: the sentence, how it is measured, what is aimed at.

mod amounts;
mod changes;
mod clauses;
mod clocks;
mod levels;
mod limits;
pub(super) mod links;
mod recurring;

use rust_decimal::Decimal;

use self::clauses::{Counted, Rest};
use self::limits::{Anchored, Limited};
use super::Resolver;
use super::clauses::Once;
use super::condition::record_of;
use super::names::{Entry, head};
use crate::diagnostic::Diagnostic;
use crate::model::commitment::{CountedBy, Prohibition, Quota, QuotaAmount, Share};
use crate::model::{Bound, ClockRule, Commitment, Form, Id, Period, Record, Slot, Strength, Subject};
use crate::source::Span;
use crate::syntax::ast::{
    CommitmentClause, Deal, Expr, LimitKind, OrTbd, Reference, Sentence, Word, WordValue,
};

/// Rule: a promise whose keeping nothing in the data shows.
pub(super) const UNMEASURABLE: &str = "unmeasurable-commitment";

/// The sentence of a promise, and what it is about.
struct Promise<'b> {
    sentence: &'b Sentence,
    place: Span,
    /// `None`: it is about no record.
    subject: Option<Slot<Subject>>,
    record: Option<Id<Record>>,
}

impl Resolver<'_> {
    pub(super) fn commitments(&mut self) {
        for entry in self.blocks.commitments.clone() {
            let commitment = self.commitment(entry);
            self.commitments.push(commitment);
        }
        self.commitment_links();
    }

    fn commitment(&mut self, entry: Entry<'_, CommitmentClause>) -> Commitment {
        let mut sentence = Once::new("the promise");
        for clause in &entry.block.clauses {
            if let CommitmentClause::Sentence(s) = &clause.node {
                sentence.set(self, clause.span, s);
            }
        }
        let Some((sentence, place)) = sentence.with_span() else {
            self.missing(
                entry.state,
                entry.block.name.span,
                format!("commitment `{}` does not say who must do what", entry.block.name.node),
                "Add a sentence such as `sdr must contact each mql within 4 business hours of mql_at`.",
            );
            return broken(entry);
        };
        let subject = match (&sentence.deal, subject_of(&sentence.deal)) {
            (_, Some(subject)) => Some(self.find_subject(subject)),
            (Deal::Kept { .. }, None) => Some(self.measured_subject(entry, place)),
            (_, None) => None,
        };
        let record = subject.as_ref().and_then(|subject| record_of(self, subject));
        let promise = Promise { sentence, place, subject, record };
        let rest = self.clauses(entry, record);
        let form = self.form(&promise, &rest);
        self.clauses_fit(&form, &rest);
        self.act_in_words(entry.block.name.span, &sentence.verb, None);
        let actor = self.find(&sentence.actor).map_or(Slot::Broken, Slot::Set);
        self.members_known(&actor, &rest.clock, entry);
        Commitment {
            head: self.head(entry, |c| match c {
                CommitmentClause::Note(prose) => Some(prose),
                _ => None,
            }),
            actor,
            strength: sentence.strength,
            verb: sentence.verb.node.text.clone(),
            form,
            subject: promise.subject,
            met_at: rest.met_at,
            met_when: rest.met_when,
            clock: rest.clock,
            starts_when: rest.starts_when,
            pauses: rest.pauses,
            provided: rest.provided,
            priority_over: rest.priority_over,
            excused_when: rest.excused_when,
            target: rest.target,
            counted_by: rest.counted_by,
            rationale: rest.rationale,
            sentence: place,
        }
    }

    fn form(&mut self, promise: &Promise<'_>, rest: &Rest<'_>) -> Form {
        let sentence = promise.sentence;
        match &sentence.deal {
            Deal::Recurring { object, recurrence, via } => {
                if let Some((limit, _)) = rest.tiers.first() {
                    self.misplaced(limit.span.0, "a time limit", "a duty that recurs");
                }
                let what = (object.as_ref(), recurrence, via.as_ref());
                self.recurring(promise, what, rest.recorded.clone(), &rest.clock)
            }
            Deal::Item { often, limit, without, with, when, .. } => {
                let of_sentence: Option<Limited<'_>> = limit.as_ref().map(|limit| (limit, when.as_ref()));
                let limits = self.limits(of_sentence, &rest.tiers);
                let filled = Filled { without, with };
                let when = when.as_ref().filter(|_| limit.is_none());
                match often {
                    Some(often) => self.several_times(promise, &limits, often, (filled, when), rest.counting),
                    None => self.about_each_item(promise, &limits, filled, when),
                }
            }
            Deal::Quota { bound, amount, per, .. } => {
                self.amount_per_period(promise, *bound, rest);
                let amount = self.slot(amount, |this, word| {
                    let amount = this.whole(word)?;
                    this.always_kept(word, *bound == Bound::AtLeast && amount == 0);
                    Some(QuotaAmount::Count(amount))
                });
                let changes = self.changes(&rest.changes, |this, word| this.changed_count(word, *bound));
                let at = self.since_of(promise, Anchored::ByTheDefinition);
                Form::Quota(Quota { bound: *bound, amount, changes, at, per: per.node })
            }
            Deal::Worth { bound, amount, field, per, .. } => {
                self.amount_per_period(promise, *bound, rest);
                let field = self.worth_field(field.as_ref(), promise.record, promise.place);
                let worth = |this: &mut Self, word: &Word| this.worth(word, field.as_ref(), promise.record);
                let amount = self.slot(amount, worth);
                let changes = self.changes(&rest.changes, worth);
                let at = self.since_of(promise, Anchored::ByTheDefinition);
                Form::Quota(Quota { bound: *bound, amount, changes, at, per: per.node })
            }
            Deal::Kept { what, bound, level, per } => {
                self.amount_per_period(promise, *bound, rest);
                Form::Level(self.level_of_time((what, *bound, per.node), level, rest.evidence.clone()))
            }
            Deal::Share { bound, percent, per, .. } => {
                self.amount_per_period(promise, *bound, rest);
                let percent = self.slot(percent, |this, word| {
                    let percent = this.share(word)?;
                    let all = if *bound == Bound::AtLeast { Decimal::ZERO } else { Decimal::ONE_HUNDRED };
                    this.always_kept(word, percent == all);
                    Some(percent)
                });
                let at = self.since_of(promise, Anchored::ByTheDefinition);
                Form::Share(Share { bound: *bound, percent, at, per: per.node })
            }
        }
    }

    /// `attempt each mql at least 6 times within 10 business days of mql_at`.
    fn several_times(
        &mut self,
        promise: &Promise<'_>,
        limits: &[Limited<'_>],
        often: &WordValue,
        (filled, when): (Filled<'_>, Option<&Expr>),
        counting: Option<Counted<'_>>,
    ) -> Form {
        let sentence = promise.sentence;
        let what = match sentence.strength {
            Strength::MustNot => Some("a prohibition"),
            Strength::May => Some("a permission"),
            Strength::Must | Strength::Should => None,
        };
        if let Some(what) = what {
            let place = sentence.actor.span.to(sentence.verb.span);
            let help =
                format!("What is owed says `{} must {} ..`.", sentence.actor.node, sentence.verb.node.text);
            let text = format!("`at least .. times` has no meaning in {what}");
            self.invalid(place, text, "nothing is owed here", Some(help));
        }
        self.filled_fits(filled.without, "without", "a duty", None);
        self.filled_fits(filled.with, "with", "a duty", None);
        self.condition_alone(when);
        self.one_kind(limits, LimitKind::Within, "a duty");
        self.attempts(promise, limits, often, counting)
    }

    /// `when` is the condition of a sentence without a limit.
    fn about_each_item(
        &mut self,
        promise: &Promise<'_>,
        limits: &[Limited<'_>],
        filled: Filled<'_>,
        when: Option<&Expr>,
    ) -> Form {
        let has = |kind| limits.iter().any(|(limit, _)| limit.kind == kind);
        match promise.sentence.strength {
            Strength::MustNot => {
                self.filled_fits(filled.with, "with", "a prohibition", Some("without"));
                if has(LimitKind::Sooner) {
                    self.filled_fits(filled.without, "without", "a prohibition for a time", None);
                    self.condition_alone(when);
                    self.one_kind(limits, LimitKind::Sooner, "a prohibition for a time");
                    return self.not_before(promise, limits);
                }
                if !limits.is_empty() {
                    self.one_kind(limits, LimitKind::Sooner, "a prohibition for a time");
                }
                let without = self.field_slots(promise.record, filled.without);
                let when = when.map(|w| self.condition_of(promise.record, w));
                Form::Prohibition(Prohibition { without, when })
            }
            Strength::May => {
                self.filled_fits(filled.without, "without", "a permission", Some("with"));
                self.one_kind(limits, LimitKind::Within, "a permission");
                self.permission(promise, limits, (filled.with, when))
            }
            Strength::Must | Strength::Should => {
                self.filled_fits(filled.without, "without", "a duty", None);
                self.filled_fits(filled.with, "with", "a duty", None);
                self.condition_alone(when);
                if has(LimitKind::Ahead) {
                    self.one_kind(limits, LimitKind::Ahead, "a lead time");
                    return self.lead_time(promise, limits);
                }
                self.one_kind(limits, LimitKind::Within, "a duty");
                self.turnaround(promise, limits)
            }
        }
    }

    fn condition_alone(&mut self, when: Option<&Expr>) {
        if let Some(when) = when {
            self.misplaced(when.span, "a condition without a time limit", "this place");
        }
    }

    /// Fields that must be filled belong to what is forbidden (`without`) or allowed (`with`).
    fn filled_fits(&mut self, fields: &[Reference], word: &str, of: &str, right: Option<&str>) {
        let Some(OrTbd::Known(first)) = fields.first() else { return };
        let help = right.map(|right| format!("Write `{right} {}`.", first.node));
        self.invalid(first.span, format!("`{word}` has no meaning in {of}"), "does not belong here", help);
    }

    /// What an amount or a share per period cannot have.
    fn amount_per_period(&mut self, promise: &Promise<'_>, bound: Bound, rest: &Rest<'_>) {
        if let Some((limit, _)) = rest.tiers.first() {
            self.misplaced(limit.span.0, "a time limit", "an amount per period");
        }
        self.no_must_not(promise.sentence, bound);
        if promise.sentence.strength == Strength::May {
            let sentence = promise.sentence;
            self.diagnostics.push(
                Diagnostic::error(
                    super::values::INVALID,
                    "a permission is about each item, not about an amount",
                )
                .at(sentence.actor.span.to(sentence.verb.span), "allowed, or a limit?")
                .help(format!(
                    "For a limit write `{} must {} at most ..`.",
                    sentence.actor.node, sentence.verb.node.text
                )),
            );
        }
    }
}

/// The fields that a sentence wants filled.
#[derive(Clone, Copy)]
struct Filled<'b> {
    without: &'b [Reference],
    with: &'b [Reference],
}

/// What the sentence names. A level is about time, its rows are named by its evidence; what recurs is about no record.
fn subject_of(deal: &Deal) -> Option<&Word> {
    match deal {
        Deal::Item { subject, .. }
        | Deal::Quota { subject, .. }
        | Deal::Worth { subject, .. }
        | Deal::Share { subject, .. } => Some(subject),
        Deal::Kept { .. } | Deal::Recurring { .. } => None,
    }
}

/// A commitment whose sentence could not be read: it has its name, and nobody looks further.
fn broken(entry: Entry<'_, CommitmentClause>) -> Commitment {
    let quota = Quota {
        bound: Bound::AtLeast,
        amount: Slot::Broken,
        changes: Vec::new(),
        at: Slot::Broken,
        per: Period::Month,
    };
    Commitment {
        head: head(entry, |c| match c {
            CommitmentClause::Note(prose) => Some(prose),
            _ => None,
        }),
        actor: Slot::Broken,
        strength: Strength::Must,
        verb: String::new(),
        form: Form::Quota(quota),
        subject: Some(Slot::Broken),
        met_at: Vec::new(),
        met_when: None,
        clock: ClockRule::Role,
        starts_when: None,
        pauses: Vec::new(),
        provided: Vec::new(),
        priority_over: Vec::new(),
        excused_when: None,
        target: None,
        counted_by: CountedBy::DueDate,
        rationale: None,
        sentence: entry.block.name.span,
    }
}

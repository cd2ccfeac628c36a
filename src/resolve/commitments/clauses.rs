//! What stands beside the sentence, and whether it goes with it.

use super::limits::Limited;
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::commitment::{Condition, CountedBy, Pause, Provided, Target};
use crate::model::level::{Counts, Evidence};
use crate::model::{ClockRule, Commitment, Field, Form, Id, PassageKind, Predicate, Record, Slot};
use crate::resolve::Resolver;
use crate::resolve::clauses::Once;
use crate::resolve::names::Entry;
use crate::resolve::values::INVALID;
use crate::source::Span;
use crate::syntax::ast::{self, CommitmentClause};

/// What the clauses beside the sentence say.
pub(super) struct Rest<'b> {
    /// Every clause that only some forms have, with its place.
    written: Vec<(Clause, Span)>,
    pub(super) met_at: Vec<Slot<Id<Field>>>,
    pub(super) met_when: Option<Predicate>,
    pub(super) clock: ClockRule,
    pub(super) starts_when: Option<Predicate>,
    pub(super) pauses: Vec<Pause>,
    pub(super) provided: Vec<Provided>,
    pub(super) priority_over: Vec<Slot<Id<Commitment>>>,
    pub(super) excused_when: Option<Predicate>,
    pub(super) target: Option<Target>,
    pub(super) counted_by: CountedBy,
    pub(super) rationale: Option<String>,
    pub(super) evidence: Option<Evidence>,
    pub(super) tiers: Vec<Limited<'b>>,
    pub(super) counting: Option<Counted<'b>>,
    pub(super) changes: Vec<Changed<'b>>,
    pub(super) recorded: Option<crate::model::recurrence::Evidence>,
}

/// `counting activity where kind = call at most once per day`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted<'b> {
    pub(super) which: &'b ast::Children,
    pub(super) spacing: Option<&'b ast::Spanned<ast::Cap>>,
}

/// `instead 350 from 2026-04-01 to 2026-06-30`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Changed<'b> {
    pub(super) amount: &'b ast::WordValue,
    pub(super) from: &'b ast::Word,
    pub(super) to: Option<&'b ast::Word>,
    pub(super) span: Span,
}

/// A clause that only some forms have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clause {
    MetAt,
    MetWhen,
    DoneAt,
    DoneWhen,
    Counting,
    Recorded,
    Clock,
    StartsWhen,
    Paused,
    Excused,
    Provided,
    Priority,
    Target,
    Counted,
    Down,
    CountedTime,
    Instead,
}

impl Clause {
    fn words(self) -> &'static str {
        match self {
            Clause::MetAt => "met at",
            Clause::MetWhen => "met when",
            Clause::DoneAt => "done at",
            Clause::DoneWhen => "done when",
            Clause::Counting => "counting",
            Clause::Recorded => "recorded in",
            Clause::Clock => "clock",
            Clause::StartsWhen => "starts when",
            Clause::Paused => "paused from",
            Clause::Provided => "provided",
            Clause::Priority => "priority over",
            Clause::Excused => "excused when",
            Clause::Target => "target",
            Clause::Counted => "counted by",
            Clause::Down => "down",
            Clause::CountedTime => "counted",
            Clause::Instead => "instead",
        }
    }

    /// The other of the words for a duty that is met and for an act that is done.
    fn twin(self) -> Option<Clause> {
        match self {
            Clause::MetAt => Some(Clause::DoneAt),
            Clause::MetWhen => Some(Clause::DoneWhen),
            Clause::DoneAt => Some(Clause::MetAt),
            Clause::DoneWhen => Some(Clause::MetWhen),
            Clause::Counting
            | Clause::Recorded
            | Clause::Clock
            | Clause::StartsWhen
            | Clause::Paused
            | Clause::Excused
            | Clause::Provided
            | Clause::Priority
            | Clause::Target
            | Clause::Counted
            | Clause::Down
            | Clause::CountedTime
            | Clause::Instead => None,
        }
    }
}

/// The clauses that a form can have, and what it is called.
fn clauses_of(form: &Form) -> (&'static [Clause], &'static str) {
    use Clause::*;
    match form {
        Form::Turnaround(_) => (
            &[MetAt, MetWhen, Clock, StartsWhen, Paused, Excused, Provided, Priority, Target, Counted],
            "a duty with a time limit",
        ),
        Form::Attempts(_) => (
            &[Counting, Clock, StartsWhen, Paused, Excused, Provided, Priority, Target, Counted],
            "a duty to try several times",
        ),
        Form::Recurring(_) => (&[Recorded, Clock, Target], "a duty that recurs"),
        // It has no start by which it could be counted.
        Form::LeadTime(_) => (&[MetAt, MetWhen, Clock, Excused, Provided, Priority, Target], "a lead time"),
        Form::NotBefore(_) => (
            &[DoneAt, DoneWhen, Clock, StartsWhen, Excused, Provided, Priority, Target, Counted],
            "a prohibition for a time",
        ),
        Form::Quota(_) => (&[MetWhen, Excused, Provided, Instead], "an amount per period"),
        Form::Share(_) => (&[MetWhen, Excused, Provided], "a share per period"),
        Form::Level(_) => (&[Down, CountedTime, Excused, Provided], "a level of time"),
        Form::Prohibition(_) => (&[Excused, Priority], "a prohibition"),
        Form::Permission(permission) if permission.limit.is_some() => {
            (&[DoneAt, DoneWhen, Clock, Priority], "a permission")
        }
        Form::Permission(_) => (&[DoneAt, DoneWhen, Priority], "a permission without a time limit"),
    }
}

impl Resolver<'_> {
    /// Everything but the sentence.
    pub(super) fn clauses<'b>(
        &mut self,
        entry: Entry<'b, CommitmentClause>,
        record: Option<Id<Record>>,
    ) -> Rest<'b> {
        let (mut met_at, mut met_when) = (Once::new("met at"), Once::new("met when"));
        let (mut done_at, mut done_when) = (Once::new("done at"), Once::new("done when"));
        let (mut excused, mut target) = (Once::new("excused when"), Once::new("target"));
        let (mut starts_when, mut priority) = (Once::new("starts when"), Once::new("priority over"));
        let (mut pauses, mut provided, mut clocks) = (Vec::new(), Vec::new(), Vec::new());
        let (mut counted, mut rationale) = (Once::new("counted by"), Once::new("rationale"));
        let (mut counting, mut recorded) = (Once::new("counting"), Once::new("recorded in"));
        let mut evidence = Once::new("the evidence");
        let (mut tiers, mut written, mut changes) = (Vec::new(), Vec::new(), Vec::new());
        for clause in &entry.block.clauses {
            let span = clause.span;
            let mut write = |kind| written.push((kind, span));
            match &clause.node {
                CommitmentClause::Sentence(_) | CommitmentClause::Note(_) => {}
                CommitmentClause::Tier(limit, when) => tiers.push((limit, when.as_ref())),
                CommitmentClause::MetAt(fields) => {
                    write(Clause::MetAt);
                    let slots = fields.iter().map(|f| self.moment_slot(record, f)).collect();
                    met_at.set(self, span, slots);
                }
                CommitmentClause::DoneAt(fields) => {
                    write(Clause::DoneAt);
                    let slots = fields.iter().map(|f| self.moment_slot(record, f)).collect();
                    done_at.set(self, span, slots);
                }
                CommitmentClause::MetWhen(condition) => {
                    write(Clause::MetWhen);
                    let condition = self.condition_of(record, condition);
                    met_when.set(self, span, condition);
                }
                CommitmentClause::DoneWhen(condition) => {
                    write(Clause::DoneWhen);
                    let condition = self.condition_of(record, condition);
                    done_when.set(self, span, condition);
                }
                CommitmentClause::Counting(which, spacing) => {
                    write(Clause::Counting);
                    counting.set(self, span, self::Counted { which, spacing: spacing.as_ref() });
                }
                CommitmentClause::Recorded { record, at, condition } => {
                    write(Clause::Recorded);
                    let rows = self.recorded(record, at, condition.as_ref(), span);
                    recorded.set(self, span, rows);
                }
                CommitmentClause::Clock(..) | CommitmentClause::ClockOf(_) => {
                    write(Clause::Clock);
                    clocks.push(clause);
                }
                CommitmentClause::StartsWhen(condition) => {
                    write(Clause::StartsWhen);
                    let condition = self.condition_of(record, condition);
                    starts_when.set(self, span, condition);
                }
                CommitmentClause::Paused { from, to, of } => {
                    write(Clause::Paused);
                    pauses.push(self.pause(record, (from, to), of.as_ref(), span));
                }
                CommitmentClause::ProvidedMet(other) => {
                    write(Clause::Provided);
                    provided.push(Provided { what: Condition::Met(self.find_slot(other)), span });
                }
                CommitmentClause::ProvidedAmount { bound, amount, subject, per } => {
                    write(Clause::Provided);
                    let what = self.provided_amount(*bound, amount, subject, per.node);
                    provided.push(Provided { what, span });
                }
                CommitmentClause::Priority(others) => {
                    write(Clause::Priority);
                    let slots = self.find_slots(others);
                    priority.set(self, span, slots);
                }
                CommitmentClause::Excused(condition) => {
                    write(Clause::Excused);
                    let condition = self.condition_of(record, condition);
                    excused.set(self, span, condition);
                }
                CommitmentClause::Target(aim, per) => {
                    write(Clause::Target);
                    let aim = self.aim(aim);
                    target.set(self, span, Target { aim, per: per.node, span });
                }
                CommitmentClause::Counted(by) => {
                    write(Clause::Counted);
                    counted.set(self, span, *by);
                }
                CommitmentClause::Evidence(rows) => {
                    write(match rows.counts {
                        Counts::Missing => Clause::Down,
                        Counts::Kept => Clause::CountedTime,
                    });
                    let rows = self.evidence(record, rows, span);
                    evidence.set(self, span, rows);
                }
                CommitmentClause::Instead { amount, from, to } => {
                    write(Clause::Instead);
                    changes.push(Changed { amount, from, to: to.as_ref(), span });
                }
                CommitmentClause::Rationale(prose) => {
                    let slot = self.prose_slot(PassageKind::Rationale, entry.block.name.span, prose);
                    rationale.set(self, span, slot);
                }
            }
        }
        Rest {
            written,
            met_at: met_at.get().or(done_at.get()).unwrap_or_default(),
            met_when: met_when.get().or(done_when.get()),
            clock: self.clock_rule(record, &clocks),
            starts_when: starts_when.get(),
            pauses,
            provided,
            priority_over: priority.get().unwrap_or_default(),
            excused_when: excused.get(),
            target: target.get(),
            counted_by: counted.get().unwrap_or(CountedBy::DueDate),
            rationale: rationale.get().and_then(|slot| slot.get().cloned()),
            evidence: evidence.get(),
            tiers,
            counting: counting.get(),
            changes,
            recorded: recorded.get(),
        }
    }

    /// `paused from asked_at to answered_at`, and whose moments these are.
    fn pause(
        &mut self,
        record: Option<Id<Record>>,
        (from, to): (&ast::Reference, &ast::Reference),
        of: Option<&ast::Children>,
        span: Span,
    ) -> Pause {
        let rows = of.map(|of| record.and_then(|record| self.child_rows(record, of)));
        let whose = match &rows {
            Some(rows) => rows.as_ref().map(|children| children.record),
            None => record,
        };
        let (from, to) = (self.moment_slot(whose, from), self.moment_slot(whose, to));
        if from.is_set() && from == to {
            self.invalid(span, "this pause ends when it begins".into(), "one moment", None);
        }
        Pause { of: rows.map(|rows| rows.map_or(Slot::Broken, Slot::Set)), from, to, span }
    }

    /// A clause that would have no effect says something the author believes and the agreement does not.
    pub(super) fn clauses_fit(&mut self, form: &Form, rest: &Rest<'_>) {
        let (known, of) = clauses_of(form);
        for (clause, span) in rest.written.iter().filter(|(clause, _)| !known.contains(clause)) {
            match clause.twin().filter(|twin| known.contains(twin)) {
                Some(twin) => self.other_word(*clause, twin, *span, of),
                None if *clause == Clause::Counting && matches!(form, Form::Turnaround(_)) => {
                    self.how_often(*span);
                }
                None => self.misplaced(*span, &format!("`{}`", clause.words()), of),
            }
        }
    }

    /// `met at` where an act is forbidden or allowed, `done at` where something is owed.
    fn other_word(&mut self, clause: Clause, right: Clause, span: Span, of: &str) {
        let (wrong, right) = (clause.words(), right.words());
        let word = |words: &'static str| words.split(' ').next().unwrap_or(words);
        let start = span.start as usize;
        let first = Span::new(span.file, start, start + word(wrong).len());
        let out = Diagnostic::error(INVALID, format!("`{wrong}` is written `{right}` in {of}"))
            .at(span, format!("write `{right}`"))
            .note("A duty is met; an act that is forbidden or allowed is done.");
        let title = format!("write `{right}`");
        self.diagnostics.push(out.fix(title, Applicability::Suggested, first, word(right)));
    }

    /// `counting activity` where the sentence names no number.
    fn how_often(&mut self, span: Span) {
        let help = "Say it in the sentence: `sdr must attempt each mql at least 6 times within ..`.";
        self.invalid(
            span,
            "this does not say how many of them".into(),
            "at least how many?",
            Some(help.into()),
        );
    }

    pub(super) fn misplaced(&mut self, span: Span, what: &str, of: &str) {
        self.invalid(
            span,
            format!("{what} has no meaning in {of}"),
            "does not belong here",
            Some("Remove it; what it says may need a promise of its own.".into()),
        );
    }
}

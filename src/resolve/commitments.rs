//! Commitments: the sentence, how it is measured, what is aimed at.

use rust_decimal::Decimal;

use super::Resolver;
use super::clauses::Once;
use super::condition::{TYPE, record_of};
use super::names::{Entry, head};
use super::values::{DurationUse, INVALID};
use crate::diagnostic::Diagnostic;
use crate::model::commitment::{
    Aim, CountedBy, Prohibition, Quota, QuotaAmount, Share, Target, Tier, Turnaround,
};
use crate::model::{
    Bound, Commitment, Field, FieldType, Form, Id, Period, Predicate, Record, Slot, Strength, Subject,
};
use crate::source::Span;
use crate::syntax::ast::{self, CommitmentClause, Deal, Limit, OrTbd, Sentence, Word, WordValue};

/// Rule: a promise whose keeping nothing in the data shows.
pub(super) const UNMEASURABLE: &str = "unmeasurable-commitment";

impl Resolver<'_> {
    pub(super) fn commitments(&mut self) {
        for entry in self.blocks.commitments.clone() {
            let commitment = self.commitment(entry);
            self.commitments.push(commitment);
        }
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
        let (article_limit, subject) = parts(&sentence.deal);
        let subject = self.find_subject(subject);
        let record = record_of(self, &subject);
        let rest = self.clauses(entry, record);
        let form = self.form(sentence, place, article_limit, &subject, record, &rest.tiers);
        self.clauses_fit(&form, &rest);
        Commitment {
            head: head(entry, |c| match c {
                CommitmentClause::Note(prose) => Some(prose),
                _ => None,
            }),
            actor: self.find(&sentence.actor).map_or(Slot::Broken, Slot::Set),
            strength: sentence.strength,
            verb: sentence.verb.node.text.clone(),
            form,
            subject,
            met_at: rest.met_at,
            met_when: rest.met_when,
            clock: rest.clock,
            excused_when: rest.excused_when,
            target: rest.target,
            counted_by: rest.counted_by,
            rationale: rest.rationale,
            sentence: place,
        }
    }

    /// Everything but the sentence.
    fn clauses<'b>(&mut self, entry: Entry<'b, CommitmentClause>, record: Option<Id<Record>>) -> Rest<'b> {
        let (mut met_at, mut met_when) = (Once::new("met at"), Once::new("met when"));
        let (mut clock, mut excused, mut target) =
            (Once::new("clock"), Once::new("excused when"), Once::new("target"));
        let (mut counted, mut rationale) = (Once::new("counted by"), Once::new("rationale"));
        let mut tiers = Vec::new();
        for clause in &entry.block.clauses {
            let span = clause.span;
            match &clause.node {
                CommitmentClause::Sentence(_) | CommitmentClause::Note(_) => {}
                CommitmentClause::Tier(limit, when) => tiers.push((limit, when.as_ref())),
                CommitmentClause::MetAt(fields) => {
                    let slots = fields.iter().map(|f| self.moment_slot(record, f)).collect();
                    met_at.set(self, span, slots);
                }
                CommitmentClause::MetWhen(condition) => {
                    let condition = self.condition_of(record, condition);
                    met_when.set(self, span, condition);
                }
                CommitmentClause::Clock(calendar) => {
                    let slot = self.find_slot(calendar);
                    clock.set(self, span, slot);
                }
                CommitmentClause::Excused(condition) => {
                    let condition = self.condition_of(record, condition);
                    excused.set(self, span, condition);
                }
                CommitmentClause::Target(aim, per) => {
                    let aim = self.aim(aim);
                    target.set(self, span, Target { aim, per: per.node, span });
                }
                CommitmentClause::Counted(by) => counted.set(self, span, *by),
                CommitmentClause::Rationale(prose) => {
                    let slot = self.prose_slot(prose);
                    rationale.set(self, span, slot);
                }
            }
        }
        let span_of = |once: Option<Span>, words: &'static str| once.map(|span| (words, span));
        let of_deadlines = [
            span_of(met_at.span(), "`met at`"),
            span_of(clock.span(), "`clock`"),
            span_of(target.span(), "`target`"),
            span_of(counted.span(), "`counted by`"),
        ];
        Rest {
            of_deadlines: of_deadlines.into_iter().flatten().collect(),
            of_counts: span_of(met_when.span(), "`met when`"),
            met_at: met_at.get().unwrap_or_default(),
            met_when: met_when.get(),
            clock: clock.get(),
            excused_when: excused.get(),
            target: target.get(),
            counted_by: counted.get().unwrap_or(CountedBy::DueDate),
            rationale: rationale.get().and_then(|slot| slot.get().cloned()),
            tiers,
        }
    }

    fn aim(&mut self, target: &ast::Target) -> Slot<Aim> {
        match target {
            ast::Target::Attainment(percent) => self.slot(percent, |this, word| {
                let percent = this.share(word)?;
                this.always_kept(word, percent.is_zero());
                Some(Aim::Attainment(percent))
            }),
            ast::Target::Statistic(word, under) => {
                let percent = match word.node.strip_prefix('p') {
                    Some(digits) => digits.parse().ok(),
                    None => Some(50),
                };
                let under = self.slot(under, Self::fixed_length);
                match percent {
                    Some(percent) if percent > 0 => under.map(|under| Aim::Percentile { percent, under }),
                    _ => {
                        let text = format!("there is no percentile `{}`", word.node);
                        self.invalid(
                            word.span,
                            text,
                            "from p1 to p99",
                            Some("Write `median`, or such as `p90`.".into()),
                        );
                        Slot::Broken
                    }
                }
            }
        }
    }

    /// A time that another one can be under: minutes and hours. A day has no fixed length.
    pub(super) fn fixed_length(
        &mut self,
        under: &ast::Spanned<ast::Duration>,
    ) -> Option<crate::model::Duration> {
        let duration = self.duration(under, DurationUse::Duty)?;
        if duration.seconds().is_some() {
            return Some(duration);
        }
        self.diagnostics.push(
            Diagnostic::error(
                super::values::UNIT,
                format!("`{duration}` is not always the same length of time"),
            )
            .at(under.span, "minutes or hours are needed here")
            .note("One business day may be three hours long or eight.")
            .help("Use minutes or hours of either kind, such as `median under 4 business hours`."),
        );
        None
    }

    fn form(
        &mut self,
        sentence: &Sentence,
        place: Span,
        limit: Option<&Limit>,
        subject: &Slot<Subject>,
        record: Option<Id<Record>>,
        tiers: &[(&Limit, Option<&ast::Expr>)],
    ) -> Form {
        if !tiers.is_empty() && !matches!(sentence.deal, Deal::Item { .. }) {
            self.misplaced(tiers[0].0.span.0, "a time limit", "an amount per period");
        }
        match &sentence.deal {
            Deal::Item { without, when, .. } if sentence.strength == Strength::MustNot => {
                if let Some(limit) = limit.or(tiers.first().map(|t| t.0)) {
                    self.misplaced(limit.span.0, "a time limit", "a prohibition");
                }
                let without = self.field_slots(record, without);
                let when = when.as_ref().map(|w| self.condition_of(record, w));
                Form::Prohibition(Prohibition { without, when })
            }
            Deal::Item { without, when, .. } => {
                if let Some(OrTbd::Known(field)) = without.first() {
                    self.misplaced(field.span, "`without`", "a duty");
                }
                self.turnaround(place, limit, when.as_ref(), subject, record, tiers)
            }
            Deal::Quota { bound, amount, per, .. } => {
                self.no_must_not(sentence, *bound);
                let amount = self.slot(amount, |this, word| {
                    let amount = this.whole(word)?;
                    this.always_kept(word, *bound == Bound::AtLeast && amount == 0);
                    Some(QuotaAmount::Count(amount))
                });
                Form::Quota(Quota {
                    bound: *bound,
                    amount,
                    at: self.since(subject, place, Anchored::ByTheDefinition),
                    per: per.node,
                })
            }
            Deal::Worth { bound, amount, field, per, .. } => {
                self.no_must_not(sentence, *bound);
                let amount = self.worth(amount, field.as_ref(), record, place);
                Form::Quota(Quota {
                    bound: *bound,
                    amount,
                    at: self.since(subject, place, Anchored::ByTheDefinition),
                    per: per.node,
                })
            }
            Deal::Share { bound, percent, per, .. } => {
                self.no_must_not(sentence, *bound);
                let percent = self.slot(percent, |this, word| {
                    let percent = this.share(word)?;
                    let all = if *bound == Bound::AtLeast { Decimal::ZERO } else { Decimal::ONE_HUNDRED };
                    this.always_kept(word, percent == all);
                    Some(percent)
                });
                Form::Share(Share {
                    bound: *bound,
                    percent,
                    at: self.since(subject, place, Anchored::ByTheDefinition),
                    per: per.node,
                })
            }
        }
    }

    /// A clause that would have no effect says something the author believes and the agreement does not.
    fn clauses_fit(&mut self, form: &Form, rest: &Rest<'_>) {
        let of = match form {
            Form::Turnaround(_) => return,
            Form::Quota(_) => "an amount per period",
            Form::Share(_) => "a share per period",
            Form::Prohibition(_) => "a prohibition",
        };
        for (words, span) in &rest.of_deadlines {
            self.misplaced(*span, words, of);
        }
        if let (Form::Prohibition(_), Some((words, span))) = (form, rest.of_counts) {
            self.misplaced(span, words, of);
        }
    }

    fn misplaced(&mut self, span: Span, what: &str, of: &str) {
        self.invalid(
            span,
            format!("{what} has no meaning in {of}"),
            "does not belong here",
            Some("Remove it; what it says may need a promise of its own.".into()),
        );
    }

    /// A promise that nobody can break is none.
    fn always_kept(&mut self, word: &Word, always: bool) {
        if always {
            self.invalid(
                word.span,
                "this is always kept".into(),
                "whatever happens",
                Some("Write the amount that was agreed, or `tbd` if it is still open.".into()),
            );
        }
    }

    /// `must not deliver at least 5` can be read in two ways.
    fn no_must_not(&mut self, sentence: &Sentence, bound: Bound) {
        if sentence.strength != Strength::MustNot {
            return;
        }
        let (write, bound) = match bound {
            Bound::AtLeast => ("at most", "at least"),
            Bound::AtMost => ("at least", "at most"),
        };
        let verb = &sentence.verb;
        self.diagnostics.push(
            Diagnostic::error(
                INVALID,
                format!("`must not {} {bound} ..` can be read in two ways", verb.node.text),
            )
            .at(sentence.actor.span.to(verb.span), "forbidden, or a limit?")
            .help(format!(
                "Say what is allowed: `{} must {} {write} ..`.",
                sentence.actor.node, verb.node.text
            )),
        );
    }

    fn turnaround(
        &mut self,
        place: Span,
        limit: Option<&Limit>,
        when: Option<&ast::Expr>,
        subject: &Slot<Subject>,
        record: Option<Id<Record>>,
        tiers: &[(&Limit, Option<&ast::Expr>)],
    ) -> Form {
        let mut limits: Vec<(&Limit, Option<&ast::Expr>)> = Vec::new();
        if let Some(limit) = limit {
            if let Some((tier, _)) = tiers.first() {
                self.diagnostics.push(
                    Diagnostic::error(super::clauses::DUPLICATE_CLAUSE, "this promise has a time limit already")
                        .at(tier.span.0, "a second one")
                        .also(limit.span.0, "the first one holds for every item")
                        .help("Take the limit out of the sentence, and give each of the limits below its condition."),
                );
            }
            limits.push((limit, when));
        } else {
            if let Some(when) = when {
                self.misplaced(when.span, "a condition without a time limit", "this place");
            }
            limits.extend(tiers.iter().copied());
        }
        if limits.is_empty() {
            self.diagnostics.push(
                Diagnostic::error(UNMEASURABLE, "this promise does not say by when")
                    .at(place, "no time limit")
                    .note("Without a limit it can never be late, so it cannot be kept or broken.")
                    .help("Add one, such as `within 4 business hours of created_at`, or limits with conditions on lines of their own."),
            );
        }
        self.tier_order(&limits);
        let start = self.start(place, &limits, subject, record);
        let tiers = limits
            .into_iter()
            .map(|(limit, when)| Tier {
                limit: self.duration_slot(&limit.duration, DurationUse::Duty),
                when: when.map(|w| self.condition_of(record, w)),
                span: limit.span.0,
            })
            .collect();
        Form::Turnaround(Turnaround { start, tiers })
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

    /// The moment the clock starts: what the limits name, else the definition's `since`.
    fn start(
        &mut self,
        place: Span,
        limits: &[(&Limit, Option<&ast::Expr>)],
        subject: &Slot<Subject>,
        record: Option<Id<Record>>,
    ) -> Slot<Id<Field>> {
        let mut named: Vec<&Word> = limits.iter().filter_map(|(limit, _)| limit.of.as_ref()).collect();
        named.dedup_by(|a, b| a.node == b.node);
        match named[..] {
            [] if limits.is_empty() => Slot::Broken,
            [] => self.since(subject, place, Anchored::ByTheSentence),
            [one] => self.moment_slot(record, &OrTbd::Known(one.clone())),
            [first, second, ..] => {
                self.diagnostics.push(
                    Diagnostic::error(INVALID, "one promise has one start")
                        .at(second.span, "starts here")
                        .also(first.span, "and starts here")
                        .help("Make two commitments of it."),
                );
                Slot::Broken
            }
        }
    }

    /// The `since` of the subject's definition.
    fn since(&mut self, subject: &Slot<Subject>, place: Span, anchor: Anchored) -> Slot<Id<Field>> {
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

    fn worth(
        &mut self,
        amount: &WordValue,
        field: Option<&Word>,
        record: Option<Id<Record>>,
        place: Span,
    ) -> Slot<QuotaAmount> {
        let field = self.worth_field(field, record, place);
        self.slot(amount, |this, word| {
            let (amount, currency) = this.money(&word.node, word.span)?;
            let (field, own) = field?;
            if own == currency {
                return Some(QuotaAmount::Worth { amount, currency, field });
            }
            let name = this.records[record?].fields[field].name.clone();
            this.diagnostics.push(
                Diagnostic::error(
                    super::values::UNIT,
                    format!("`{name}` is in {own}, but the amount is in {currency}"),
                )
                .at(word.span, format!("in {currency}"))
                .also(name.span, format!("in {own}"))
                .help(format!("Write the amount in {own}; Clausal knows no rates of exchange.")),
            );
            None
        })
    }

    /// The money field that is summed: the one named, else the only one there is.
    fn worth_field(
        &mut self,
        named: Option<&Word>,
        record: Option<Id<Record>>,
        place: Span,
    ) -> Option<(Id<Field>, crate::model::record::Currency)> {
        let record = record?;
        if let Some(word) = named {
            let field = self.find_field(record, word)?;
            let declared = &self.records[record].fields[field];
            if let FieldType::Money(currency) = &declared.ty {
                return Some((field, currency.clone()));
            }
            let out = Diagnostic::error(TYPE, format!("`{}` is not an amount of money", word.node))
                .at(word.span, "money is summed here")
                .also(declared.name.span, format!("declared as `{}`", declared.ty.words()))
                .help("Name a field of type `money`.");
            self.diagnostics.push(out);
            return None;
        }
        let of_money = |(id, field): (Id<Field>, &Field)| match &field.ty {
            FieldType::Money(currency) => Some((id, currency.clone())),
            _ => None,
        };
        let mut fields = self.records[record].fields.iter().filter_map(of_money);
        match (fields.next(), fields.next()) {
            (Some(field), None) => Some(field),
            (first, _) => {
                let name = self.records[record].head.name.clone();
                let what = if first.is_some() { "has several" } else { "has no" };
                self.diagnostics.push(
                    Diagnostic::error(UNMEASURABLE, "this promise does not say which amount is summed")
                        .at(place, "worth in which field?")
                        .also(name.span, format!("`{name}` {what} fields of type `money`"))
                        .help("Name the field: `worth at least $2M in amount per quarter`."),
                );
                None
            }
        }
    }
}

/// What may name the moment from which an item counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Anchored {
    /// `within .. of FIELD`, or the definition.
    ByTheSentence,
    /// Only the `since` of the definition.
    ByTheDefinition,
}

/// What the clauses beside the sentence say.
struct Rest<'b> {
    /// Clauses that only a promise with a deadline for each item can have.
    of_deadlines: Vec<(&'static str, Span)>,
    /// The clause that a prohibition cannot have.
    of_counts: Option<(&'static str, Span)>,
    met_at: Vec<Slot<Id<Field>>>,
    met_when: Option<Predicate>,
    clock: Option<Slot<Id<crate::model::Calendar>>>,
    excused_when: Option<Predicate>,
    target: Option<Target>,
    counted_by: CountedBy,
    rationale: Option<String>,
    tiers: Vec<(&'b Limit, Option<&'b ast::Expr>)>,
}

fn parts(deal: &Deal) -> (Option<&Limit>, &Word) {
    match deal {
        Deal::Item { limit, subject, .. } => (limit.as_ref(), subject),
        Deal::Quota { subject, .. } | Deal::Worth { subject, .. } | Deal::Share { subject, .. } => {
            (None, subject)
        }
    }
}

/// A commitment whose sentence could not be read: it has its name, and nobody looks further.
fn broken(entry: Entry<'_, CommitmentClause>) -> Commitment {
    let quota = Quota { bound: Bound::AtLeast, amount: Slot::Broken, at: Slot::Broken, per: Period::Month };
    Commitment {
        head: head(entry, |c| match c {
            CommitmentClause::Note(prose) => Some(prose),
            _ => None,
        }),
        actor: Slot::Broken,
        strength: Strength::Must,
        verb: String::new(),
        form: Form::Quota(quota),
        subject: Slot::Broken,
        met_at: Vec::new(),
        met_when: None,
        clock: None,
        excused_when: None,
        target: None,
        counted_by: CountedBy::DueDate,
        rationale: None,
        sentence: entry.block.name.span,
    }
}

//! Service credits.

use rust_decimal::Decimal;

use super::Resolver;
use super::clauses::Once;
use super::commitments::links::period_of;
use super::condition::TYPE;
use super::names::Entry;
use super::values::{DurationUse, INVALID, UNIT};
use crate::diagnostic::Diagnostic;
use crate::model::credit::{Claim, CreditCap, CreditRow, Payment};
use crate::model::{Bound, Commitment, Credit, Form, Id, LevelLimit, PassageKind, Slot};
use crate::source::Span;
use crate::syntax::ast::{self, CreditClause, Word};

impl Resolver<'_> {
    pub(super) fn credits(&mut self) {
        for (promise, entry) in self.blocks.credits.clone() {
            let credit = self.credit(promise, entry);
            self.credits.push(credit);
        }
    }

    fn credit(&mut self, promise: &Word, entry: Entry<'_, CreditClause>) -> Credit {
        let found = self.find::<Commitment>(promise).filter(|id| self.goes_by(*id, promise));
        let (mut cap, mut claim) = (Once::new("at most"), Once::new("claimed"));
        let (mut settled, mut sole) = (Once::new("settled"), Once::new("sole remedy"));
        let mut only_for = Once::new("only for");
        let mut rows = Vec::new();
        for clause in &entry.block.clauses {
            let span = clause.span;
            match &clause.node {
                CreditClause::Below(bound, pays) => {
                    let below = self.slot(bound, Self::bound);
                    let pays = self.payment(pays);
                    rows.push(CreditRow { below, pays, span });
                }
                CreditClause::Cap(most, per) => {
                    let most = self.payment(most);
                    cap.set(self, span, CreditCap { most, per: per.node, span });
                }
                CreditClause::Claimed(written) => {
                    let written = self.claim(written, found, span);
                    claim.set(self, span, written);
                }
                CreditClause::Settled(how) => {
                    let how = self.prose_slot(PassageKind::Note, entry.block.name.span, how);
                    settled.set(self, span, how);
                }
                CreditClause::SoleRemedy => sole.set(self, span, span),
                CreditClause::OnlyFor(subject) => {
                    let subject = self.find_subject(subject);
                    only_for.set(self, span, subject);
                }
                CreditClause::Note(_) => {}
            }
        }
        let cap = cap.get();
        self.one_measure(&rows, cap.as_ref());
        self.steps_down(&rows);
        if rows.is_empty() {
            self.missing(
                entry.state,
                entry.block.name.span,
                format!("credit `{}` pays nothing", entry.block.name.node),
                "Add what is paid, such as `below 99.9% pays 5% of \"the monthly fee\"`.",
            );
        }
        Credit {
            head: self.head(entry, |c| match c {
                CreditClause::Note(prose) => Some(prose),
                _ => None,
            }),
            of: found.map_or(Slot::Broken, Slot::Set),
            rows,
            cap,
            claim: claim.get(),
            settled: settled.get(),
            sole_remedy: sole.get(),
            only_for: only_for.get(),
        }
    }

    /// Whether a promise has an attainment of which more is better; otherwise it is reported.
    pub(super) fn has_attainment(&self, id: Id<Commitment>) -> Result<(), &'static str> {
        match &self.commitments[id].form {
            Form::Turnaround(_) | Form::Attempts(_) | Form::LeadTime(_) | Form::NotBefore(_) => Ok(()),
            Form::Share(share) if share.bound == Bound::AtLeast => Ok(()),
            Form::Level(level) => match (&level.limit, level.bound) {
                (LevelLimit::Share(_), Bound::AtLeast) => Ok(()),
                (LevelLimit::Share(_), Bound::AtMost) => Err("limits a share: less of it is better"),
                (LevelLimit::Time(_), _) => Err("promises an amount of time per period"),
            },
            Form::Share(_) => Err("limits a share: less of it is better"),
            Form::Quota(_) => Err("promises an amount per period"),
            Form::Prohibition(_) => Err("forbids something"),
            Form::Permission(_) => Err("allows something"),
            Form::Recurring(_) => Err("recurs, and is about no record"),
        }
    }

    fn goes_by(&mut self, id: Id<Commitment>, word: &Word) -> bool {
        let commitment = &self.commitments[id];
        // A promise that could not be read has been spoken of.
        if commitment.actor == Slot::Broken {
            return true;
        }
        let Err(what) = self.has_attainment(id) else { return true };
        let out = Diagnostic::error(TYPE, format!("no share of `{}` can be missed", word.node))
            .at(word.span, "below so many per cent of what?")
            .also(commitment.head.name.span, what)
            .help("Name a promise about each item, or of at least so large a share.");
        self.diagnostics.push(out);
        false
    }

    /// Per cent that attainment can lie below.
    fn bound(&mut self, word: &Word) -> Option<Decimal> {
        let percent = self.share(word)?;
        if percent.is_zero() {
            let help = "Write the share below which something is paid.";
            self.invalid(word.span, "nothing lies below 0%".into(), "never paid", Some(help.into()));
            return None;
        }
        Some(percent)
    }

    pub(super) fn payment(&mut self, payment: &ast::Payment) -> Payment {
        match payment {
            ast::Payment::Percent(percent, of) => {
                let percent = self.slot(percent, |this, word| {
                    let percent = this.share(word)?;
                    if percent.is_zero() {
                        let help = "Write what is paid, or remove the row.";
                        this.invalid(word.span, "this pays nothing".into(), "nothing", Some(help.into()));
                        return None;
                    }
                    Some(percent)
                });
                Payment::Percent { percent, of: of.node.clone() }
            }
            ast::Payment::Money(amount) => Payment::Money(self.slot(amount, Self::positive_money)),
        }
    }

    fn claim(&mut self, claim: &ast::Claim, of: Option<Id<Commitment>>, span: Span) -> Claim {
        if let Some(end_of) = &claim.end_of
            && let Some(id) = of
            && let Some(per) = period_of(&self.commitments[id])
            && per != end_of.node
            && self.commitments[id].actor != Slot::Broken
        {
            let commitment = &self.commitments[id];
            let out = Diagnostic::error(INVALID, format!("`{}` is measured by {per}", commitment.head.name))
                .at(end_of.span, format!("not by {}", end_of.node))
                .also(commitment.sentence, format!("each {per}"))
                .help(format!("Write `of the end of the {per}`."));
            self.diagnostics.push(out);
        }
        Claim {
            by: claim.by.as_ref().map(|by| self.find_slot(by)),
            within: self.duration_slot(&claim.within, DurationUse::Duty),
            via: claim.via.as_ref().map(|via| self.find_slot(via)),
            stating: claim.stating.iter().map(|what| what.node.clone()).collect(),
            span,
        }
    }

    /// What is paid must be of one kind, or nobody can say which of two payments is the larger one.
    fn one_measure(&mut self, rows: &[CreditRow], cap: Option<&CreditCap>) {
        let payments = rows.iter().map(|row| (&row.pays, row.span));
        let mut payments = payments.chain(cap.map(|cap| (&cap.most, cap.span)));
        let Some((first, place)) = payments.next() else { return };
        let Some(first) = measure(first) else { return };
        let odd = payments.find_map(|(pays, span)| Some((measure(pays)?, span)).filter(|(m, _)| *m != first));
        if let Some((odd, span)) = odd {
            self.diagnostics.push(
                Diagnostic::error(UNIT, "these payments cannot be compared")
                    .at(span, format!("in {odd}"))
                    .also(place, format!("in {first}"))
                    .help("Pay shares of one thing, in the same words, or amounts in one currency."),
            );
        }
    }

    /// From row to row the bound falls and the payment grows.
    fn steps_down(&mut self, rows: &[CreditRow]) {
        for (above, below) in rows.iter().zip(rows.iter().skip(1)) {
            if let (Slot::Set(high), Slot::Set(low)) = (&above.below, &below.below)
                && low >= high
            {
                let (high, low) = (high.normalize(), low.normalize());
                let text = if low == high { "two rows have one bound" } else { "the bounds do not fall" };
                self.diagnostics.push(
                    Diagnostic::error(INVALID, text)
                        .at(below.span, format!("below {low}%"))
                        .also(above.span, format!("stands below {high}%"))
                        .note("The last row whose bound the result lies below applies.")
                        .help("Begin with the highest bound and end with the lowest."),
                );
                return;
            }
            let amounts = above.pays.amount().zip(below.pays.amount());
            if let Some(((less, of), (more, same))) = amounts
                && of == same
                && more <= less
            {
                self.diagnostics.push(
                    Diagnostic::error(INVALID, "less time kept does not pay more here")
                        .at(below.span, "for the lower bound")
                        .also(above.span, "pays as much or more for the higher bound")
                        .note("Whoever has failed already would gain by failing further.")
                        .help("Let the payments grow as the bounds fall."),
                );
                return;
            }
        }
    }
}

/// In what a payment is made.
fn measure(payment: &Payment) -> Option<String> {
    match payment {
        Payment::Percent { of, .. } => Some(format!("per cent of “{of}”")),
        Payment::Money(money) => money.get().map(|(_, currency)| currency.to_string()),
    }
}

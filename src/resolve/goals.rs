//! Goals: what the parties want to reach together, and the funnel that leads there.

use rust_decimal::Decimal;

use super::Resolver;
use super::clauses::Once;
use super::names::Entry;
use super::values::UNIT;
use crate::diagnostic::Diagnostic;
use crate::model::goal::FunnelStage;
use crate::model::record::Currency;
use crate::model::{Bound, Definition, Funnel, Goal, GoalAmount, Slot};
use crate::source::Span;
use crate::syntax::ast::{self, GoalClause, LiteralKind, OrTbd, Spanned, Word, WordValue};

impl Resolver<'_> {
    pub(super) fn goals(&mut self) {
        for entry in self.blocks.goals.clone() {
            if let Some(goal) = self.goal(entry) {
                self.goals.push(goal);
            }
        }
    }

    fn goal(&mut self, entry: Entry<'_, GoalClause>) -> Option<Goal> {
        let (mut shared, mut funnel) = (Once::new("share"), Once::new("funnel"));
        for clause in &entry.block.clauses {
            match &clause.node {
                GoalClause::Shared { parties, bound, amount, of, per } => {
                    let parties: Vec<_> =
                        parties.iter().map(|p| self.find(p).map_or(Slot::Broken, Slot::Set)).collect();
                    let amount = self.goal_amount(amount, of.as_ref());
                    shared.set(self, clause.span, (parties, *bound, amount, per.node));
                }
                GoalClause::Funnel { first, steps, worth } => {
                    let value = self.funnel(first, steps, worth.as_ref(), clause.span);
                    funnel.set(self, clause.span, value);
                }
                GoalClause::Note(_) => {}
            }
        }
        let Some(((parties, bound, amount, per), span)) = shared.with_span() else {
            self.missing(
                entry.state,
                entry.block.name.span,
                format!("goal `{}` does not say who wants to reach what", entry.block.name.node),
                "Add a sentence such as `marketing, sales share at least $1M per quarter`.",
            );
            return None;
        };
        let head = self.head(entry, |c| match c {
            GoalClause::Note(prose) => Some(prose),
            _ => None,
        });
        let goal = Goal { head, parties, bound, amount, per, funnel: funnel.get(), span };
        self.funnel_fits(&goal);
        Some(goal)
    }

    fn goal_amount(&mut self, amount: &OrTbd<Spanned<ast::Literal>>, of: Option<&Word>) -> Slot<GoalAmount> {
        self.slot(amount, |this, literal| {
            if literal.node.kind == LiteralKind::Money {
                let (amount, currency) = this.money(&literal.node.text, literal.span)?;
                return Some(GoalAmount::Money(amount, currency));
            }
            let word = Spanned::new(literal.node.text.clone(), literal.span);
            Some(GoalAmount::Count(this.whole(&word)?, of?.node.clone()))
        })
    }

    fn funnel(
        &mut self,
        first: &Word,
        steps: &[(WordValue, Word)],
        worth: Option<&WordValue>,
        span: Span,
    ) -> Funnel {
        let mut stages: Vec<FunnelStage> = vec![self.funnel_stage(first, None)];
        for (rate, name) in steps {
            let rate = self.share_slot(rate);
            let is_zero = rate.get().is_some_and(Decimal::is_zero);
            if is_zero {
                let text = format!("nothing would ever reach `{}`", name.node);
                self.invalid(name.span, text, "0% of the stage before", None);
            }
            if let Some(twice) = stages.iter().find(|s| s.name == name.node) {
                let out = Diagnostic::error(
                    super::values::INVALID,
                    format!("the funnel passes `{}` twice", name.node),
                )
                .at(name.span, "again here")
                .also(twice.span, "first here")
                .help("Each stage stands once, in the order in which it is reached.");
                self.diagnostics.push(out);
            }
            let rate = if is_zero { Slot::Broken } else { rate };
            let stage = self.funnel_stage(name, Some(rate));
            stages.push(stage);
        }
        let worth = worth.map(|worth| self.slot(worth, Self::positive_money));
        Funnel { stages, worth, span }
    }

    fn funnel_stage(&mut self, name: &Word, rate: Option<Slot<Decimal>>) -> FunnelStage {
        let definition =
            self.known_definition(&name.node, name.span.file).and_then(|_| self.find::<Definition>(name));
        FunnelStage { name: name.node.clone(), definition, rate, span: name.span }
    }

    pub(super) fn positive_money(&mut self, word: &Word) -> Option<(Decimal, Currency)> {
        let (amount, currency) = self.money(&word.node, word.span)?;
        if amount > Decimal::ZERO {
            return Some((amount, currency));
        }
        self.invalid(word.span, "this must be more than nothing".into(), "worth nothing", None);
        None
    }

    /// What the goal counts and what the funnel ends with must go together.
    fn funnel_fits(&mut self, goal: &Goal) {
        let Some(funnel) = &goal.funnel else { return };
        let Some(last) = funnel.stages.last() else { return };
        let said = match (goal.amount.get(), &funnel.worth) {
            (Some(GoalAmount::Money(_, currency)), Some(Slot::Set((_, own)))) if currency != own => {
                Diagnostic::error(UNIT, format!("the goal is in {currency}, its funnel in {own}"))
                    .at(funnel.span, format!("in {own}"))
                    .also(goal.span, format!("in {currency}"))
                    .help(format!("Write both in {currency}; Clausal knows no rates of exchange."))
            }
            (Some(GoalAmount::Money(..)), None) => Diagnostic::error(
                super::clauses::MISSING_CLAUSE,
                format!("the funnel does not say what one `{}` is worth", last.name),
            )
            .at(funnel.span, "ends with a number, the goal is money")
            .help("Add it at the end, such as `worth $25k`."),
            (Some(GoalAmount::Count(_, of)), _) if *of != last.name => Diagnostic::error(
                UNIT,
                format!("the goal counts `{of}`, but its funnel ends with `{}`", last.name),
            )
            .at(funnel.span, format!("ends with `{}`", last.name))
            .also(goal.span, format!("counts `{of}`"))
            .help("Let the funnel end with what the goal counts."),
            (Some(GoalAmount::Count(..)), Some(_)) => {
                Diagnostic::error(UNIT, "the goal is a number, so nothing is said by what one is worth")
                    .at(funnel.span, "has no effect")
                    .also(goal.span, "counts, and does not sum up money")
                    .help("Take `worth ..` out, or write the goal as an amount of money.")
            }
            _ if goal.bound == Bound::AtMost => {
                Diagnostic::error(UNIT, "a funnel leads to at least so much, not to at most so much")
                    .at(funnel.span, "has no effect")
                    .also(goal.span, "an upper limit")
            }
            _ => return,
        };
        self.diagnostics.push(said);
    }
}

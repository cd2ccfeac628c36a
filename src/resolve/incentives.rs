//! Incentives.

use super::Resolver;
use super::clauses::Once;
use super::condition::TYPE;
use super::names::Entry;
use crate::diagnostic::Diagnostic;
use crate::model::incentive::{Reward, RewardKind, RewardWhen};
use crate::model::{Commitment, Form, Id, Incentive, LevelLimit, Slot};
use crate::source::Span;
use crate::syntax::ast::{self, IncentiveClause};

impl Resolver<'_> {
    pub(super) fn incentives(&mut self) {
        for entry in self.blocks.incentives.clone() {
            let incentive = self.incentive(entry);
            self.incentives.push(incentive);
        }
    }

    fn incentive(&mut self, entry: Entry<'_, IncentiveClause>) -> Incentive {
        let mut leaderboard = Once::new("leaderboard");
        let mut rewards = Vec::new();
        for clause in &entry.block.clauses {
            let span = clause.span;
            match &clause.node {
                IncentiveClause::Earns(points, commitment) => {
                    let kind = RewardKind::Points(self.count_slot(points));
                    let commitment = self.find(commitment).map_or(Slot::Broken, Slot::Set);
                    rewards.push(Reward { kind, commitment, when: RewardWhen::Met, span });
                }
                IncentiveClause::Badge(title, when) => {
                    rewards.push(self.reward(RewardKind::Badge(title.node.clone()), when, span));
                }
                IncentiveClause::Pays(amount, per, when) => {
                    let amount = self.slot(amount, Self::positive_money);
                    let kind = RewardKind::Pay { amount, per: per.node };
                    rewards.push(self.reward(kind, when, span));
                }
                IncentiveClause::Leaderboard(every) => {
                    let every = self.slot(every, Self::cadence);
                    leaderboard.set(self, span, every);
                }
                IncentiveClause::Note(_) => {}
            }
        }
        if rewards.is_empty() {
            self.missing(
                entry.state,
                entry.block.name.span,
                format!("incentive `{}` rewards nothing", entry.block.name.node),
                "Add what is earned, such as `earns 10 points for first_touch met`.",
            );
        }
        let head = self.head(entry, |c| match c {
            IncentiveClause::Note(prose) => Some(prose),
            _ => None,
        });
        Incentive { head, rewards, leaderboard: leaderboard.get() }
    }

    fn reward(&mut self, kind: RewardKind, when: &ast::RewardWhen, span: Span) -> Reward {
        let found = self.find::<Commitment>(&when.commitment);
        let when_kept = match &when.at_least {
            None => RewardWhen::Met,
            Some(share) => {
                if let Some(id) = found {
                    self.has_share(id, when);
                }
                let percent = self.share_slot(share);
                let in_a_row = when.in_a_row.as_ref();
                let in_a_row = in_a_row.and_then(|row| Some((self.count(&row.count)?, row.period.node)));
                RewardWhen::AtLeast { percent, in_a_row }
            }
        };
        Reward { kind, commitment: found.map_or(Slot::Broken, Slot::Set), when: when_kept, span }
    }

    /// A promised amount is reached or not: no share of it is met.
    fn has_share(&mut self, id: Id<Commitment>, when: &ast::RewardWhen) {
        let word = &when.commitment;
        let commitment = &self.commitments[id];
        let is_amount = match &commitment.form {
            Form::Quota(_) => true,
            Form::Level(level) => matches!(level.limit, LevelLimit::Time(_)),
            _ => false,
        };
        if !is_amount || commitment.actor == Slot::Broken {
            return;
        }
        let out = Diagnostic::error(TYPE, format!("no share of `{}` can be met", word.node))
            .at(word.span, "at least so many per cent of what?")
            .also(commitment.head.name.span, "promises an amount per period")
            .help(match when.in_a_row {
                None => format!("Write `when {} met`.", word.node),
                Some(_) => format!(
                    "Write `when {} met`, for any one period; several in a row go with a promise about single items.",
                    word.node
                ),
            });
        self.diagnostics.push(out);
    }
}

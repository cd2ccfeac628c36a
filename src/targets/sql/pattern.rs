//! The view of patterns that set off a contingency.

use super::condition::millionths;
use super::report::{I, P, PER, Reports, Scope, is_one_of, step};
use super::tree::{Expr, Join, Op, Query, Select, Source, Step, Type, all, col, int, text};
use crate::evaluate::Verdict;
use crate::model::contingency::{MissedBy, PatternKind};
use crate::model::{Period, Slot};

impl Reports<'_> {
    /// The view of patterns that show; `None` if no contingency has one.
    pub(super) fn patterns(&self) -> Option<Query> {
        let mut query = Query::default();
        let mut at = 0;
        for contingency in self.model().contingencies.values() {
            for pattern in &contingency.patterns {
                let Some(id) = pattern.commitment.get().filter(|id| self.turnarounds.contains(id)) else {
                    continue;
                };
                let name = self.model().commitments[*id].head.name.text.as_str();
                at += 1;
                let head = |alias: &str, select: Select, words: String| {
                    select
                        .column("contingency", text(contingency.head.name.text.as_str()))
                        .column("commitment", text(name))
                        .column("pattern", text(words))
                        .columns_of(alias, &["period_kind", "period", "first_date", "last_date"])
                };
                match &pattern.kind {
                    PatternKind::Below { percent: Slot::Set(percent), count, period } => {
                        let steps = self.below(at, name, *percent, *period);
                        let last = steps.last().map_or_else(String::new, |s| s.name.clone());
                        query.steps.extend(steps);
                        let words =
                            format!("below {}% for {count} consecutive {period}s", percent.normalize());
                        query.rows.push(
                            head(P, Select::from(Source::of(&last, P)), words)
                                .column("owner", Expr::Null(Type::Text))
                                .column("count", col(P, "in_a_row"))
                                .only(col(P, "in_a_row").at_least(int(*count))),
                        );
                    }
                    PatternKind::Missed { times: Slot::Set(times), period, by } => {
                        query.rows.push(self.missed(
                            at,
                            name,
                            (*times, *period, *by),
                            &mut query.steps,
                            &head,
                        ));
                    }
                    PatternKind::Below { .. } | PatternKind::Missed { .. } => {}
                }
            }
        }
        (!query.rows.is_empty()).then_some(query)
    }

    /// Ended periods below a share, with how many of them lie in a row up to each.
    fn below(
        &self,
        no: usize,
        commitment: &str,
        percent: rust_decimal::Decimal,
        period: Period,
    ) -> Vec<Step> {
        let (low, rows) = (format!("low_{no}"), format!("rows_{no}"));
        let reached = col(I, "met")
            .times(int(100_000_000))
            .compare(Op::Less, millionths(percent).times(col(I, "decided")));
        let columns = ["period_kind", "period", "first_date", "last_date", "period_no"];
        let below = Select::from(self.object(Scope::Commitment.view(), I))
            .columns_of(I, &columns)
            .column(
                "number_among_low",
                Expr::RowNumber { by: vec![col(I, "commitment")], order: vec![col(I, "period_no")] },
            )
            .only(all([
                col(I, "commitment").is(text(commitment)),
                col(I, "period_kind").is(text(period.to_string())),
                col(I, "decided").more_than(int(0)),
                reached,
                col(I, "has_ended").is(text("yes")),
                col(I, "period_no").filled(),
            ]));
        // Of neighbours the difference of both numbers is the same.
        let runs = Select::from(Source::of(&low, P))
            .all_of(P)
            .column("run", col(P, "period_no").minus(col(P, "number_among_low")));
        let counted = Select::from(Source::of(&format!("{low}_runs"), P)).all_of(P).column(
            "in_a_row",
            Expr::RowNumber { by: vec![col(P, "run")], order: vec![col(P, "period_no")] },
        );
        vec![
            step(&low, "ended periods below the share", vec![below]),
            step(&format!("{low}_runs"), "which of them lie in a row", vec![runs]),
            step(&rows, "how many in a row up to each", vec![counted]),
        ]
    }

    /// Periods in which a commitment was missed so often.
    fn missed(
        &self,
        no: usize,
        commitment: &str,
        (times, period, by): (u32, Period, MissedBy),
        steps: &mut Vec<Step>,
        head: &dyn Fn(&str, Select, String) -> Select,
    ) -> Select {
        let by_owner = by == MissedBy::SameOwner;
        let owner = if by_owner { col(I, "owner") } else { Expr::Null(Type::Text) };
        let in_period = all([
            col(PER, "kind").is(text(period.to_string())),
            col(PER, "first_day").at_most(col(I, "counted_day")),
            col(I, "counted_day").at_most(col(PER, "last_day")),
        ]);
        let mut missed = Select::from(self.object("items", I))
            .join(Join::Inner(self.object("periods", PER), in_period))
            .column("owner", owner)
            .column("period_kind", col(PER, "kind"))
            .columns_of(PER, &["period", "first_date", "last_date"])
            .only(col(I, "commitment").is(text(commitment)))
            .only(is_one_of(col(I, "verdict"), &[Verdict::Late, Verdict::Overdue]));
        if by_owner {
            missed = missed.only(col(I, "owner").filled());
        }
        let (name, counts) = (format!("missed_{no}"), format!("missed_{no}_counts"));
        steps.push(step(&name, "items that were missed", vec![missed]));
        let keys = ["owner", "period_kind", "period", "first_date", "last_date"];
        let counted = Select::from(Source::of(&name, P))
            .columns_of(P, &keys)
            .column("misses", Expr::CountRows)
            .grouped(keys.iter().map(|k| col(P, k)));
        steps.push(step(&counts, "how often in each period", vec![counted]));
        let whose = if by_owner { " by the same owner" } else { "" };
        let often = if times == 1 { "once".to_owned() } else { format!("{times} times") };
        head(P, Select::from(Source::of(&counts, P)), format!("missed {often} in a {period}{whose}"))
            .columns_of(P, &["owner"])
            .column("count", col(P, "misses"))
            .only(col(P, "misses").at_least(int(times)))
    }
}

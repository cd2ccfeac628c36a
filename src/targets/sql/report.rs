//! The views over all turnarounds: attainment, response times, breaches, what is open.

use super::condition::millionths;
use super::names::Names;
use super::tree::{
    Aggregate, Expr, Join, Primitive, Query, Select, Source, Step, Type, all, any, col, count_where,
    first_of, flag, int, text, when,
};
use super::turnaround::OUTSIDE_CALENDAR;
use crate::evaluate::{Evaluator, Verdict};
use crate::model::commitment::Aim;
use crate::model::contingency::PatternKind;
use crate::model::{Commitment, Id, Model, Period, Slot};

/// The short names: items, what is wanted, periods, a step before.
pub(super) const I: &str = "i";
const W: &str = "w";
pub(super) const PER: &str = "per";
pub(super) const P: &str = "p";

const DECIDED: [Verdict; 3] = [Verdict::Met, Verdict::Late, Verdict::Overdue];

pub(super) fn is_one_of(verdict: Expr, verdicts: &[Verdict]) -> Expr {
    verdict.among(verdicts.iter().map(|v| text(v.word())))
}

pub(super) fn step(name: &str, comment: &str, rows: Vec<Select>) -> Step {
    Step { name: name.to_owned(), comment: comment.to_owned(), rows }
}

/// Over which rows a report puts items together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// One commitment.
    Commitment,
    /// One commitment and one owner.
    Owner,
    /// Everything a role owes.
    Role,
    /// The whole agreement.
    Agreement,
}

impl Scope {
    /// The name of its view.
    pub(super) fn view(self) -> &'static str {
        match self {
            Scope::Commitment => "attainment",
            Scope::Owner => "attainment_by_owner",
            Scope::Role => "attainment_by_role",
            Scope::Agreement => "attainment_overall",
        }
    }

    fn keys(self) -> &'static [&'static str] {
        match self {
            Scope::Commitment => &["commitment", "role", "strength"],
            Scope::Owner => &["commitment", "role", "strength", "owner"],
            Scope::Role => &["role"],
            Scope::Agreement => &[],
        }
    }

    /// Whether the rows are about one commitment, which may have a target.
    fn has_target(self) -> bool {
        matches!(self, Scope::Commitment | Scope::Owner)
    }
}

/// Everything the reports are made from.
pub(super) struct Reports<'a> {
    pub(super) evaluator: &'a Evaluator<'a>,
    pub(super) names: &'a Names,
    /// The turnarounds that are measured.
    pub(super) turnarounds: &'a [Id<Commitment>],
}

impl Reports<'_> {
    pub(super) fn model(&self) -> &Model {
        self.evaluator.model()
    }

    pub(super) fn object(&self, what: &str, alias: &str) -> Source {
        Source::of(&self.names.object(what), alias)
    }

    /// The periods over which a turnaround is reported: its own, and those that patterns look at.
    fn kinds(&self, id: Id<Commitment>) -> Vec<Period> {
        let mut out = vec![self.evaluator.reporting_period(id)];
        let patterns = self.model().contingencies.values().flat_map(|c| &c.patterns);
        for pattern in patterns.filter(|p| p.commitment == Slot::Set(id)) {
            if let PatternKind::Below { period, .. } = pattern.kind
                && !out.contains(&period)
            {
                out.push(period);
            }
        }
        out
    }

    /// What is wanted of each commitment, by kind of period.
    fn wanted(&self, scope: Scope) -> Vec<Select> {
        let mut out = Vec::new();
        for id in self.turnarounds {
            let kinds = if scope.has_target() { self.kinds(*id) } else { vec![Period::Month] };
            let commitment = &self.model().commitments[*id];
            let aim = commitment.target.as_ref().and_then(|t| t.aim.get());
            let nothing = || Expr::Null(Type::Integer);
            let (words, share, percent, limit) = match aim {
                Some(Aim::Attainment(share)) => {
                    (text(format!("{}%", share.normalize())), millionths(*share), nothing(), nothing())
                }
                Some(Aim::Percentile { percent, under }) => {
                    let which = if *percent == 50 { "median".to_owned() } else { format!("p{percent}") };
                    let limit = under.seconds().map_or_else(nothing, int);
                    (text(format!("{which} under {under}")), nothing(), int(i64::from(*percent)), limit)
                }
                None => (Expr::Null(Type::Text), nothing(), nothing(), nothing()),
            };
            for kind in kinds {
                out.push(
                    Select::default()
                        .column("commitment", text(commitment.head.name.text.as_str()))
                        .column("kind", text(kind.to_string()))
                        .column("target", words.clone())
                        .column("target_millionths", share.clone())
                        .column("target_percentile", percent.clone())
                        .column("target_limit_s", limit.clone()),
                );
            }
        }
        out
    }

    /// Items with the period they count in.
    fn counted(&self, scope: Scope) -> Vec<Step> {
        let period = |name: &str| col(PER, name);
        let in_period = all([
            period("kind").is(col(W, "kind")),
            period("first_day").at_most(col(I, "counted_day")),
            col(I, "counted_day").at_most(period("last_day")),
        ]);
        let counted = Select::from(self.object("items", I))
            .join(Join::Inner(Source::of("wanted", W), col(W, "commitment").is(col(I, "commitment"))))
            .join(Join::Left(self.object("periods", PER), in_period))
            .columns_of(
                I,
                &[
                    "commitment",
                    "role",
                    "strength",
                    "owner",
                    "item",
                    "verdict",
                    "taken_s",
                    "target_taken_s",
                    "now_s",
                ],
            )
            .column("is_decided", flag(is_one_of(col(I, "verdict"), &DECIDED)))
            .column("period_kind", col(W, "kind"))
            .columns_of(W, &["target", "target_millionths", "target_percentile", "target_limit_s"])
            .columns_of(PER, &["period_no", "first_date", "last_date", "first_day", "end_s"])
            // Periods end somewhere; what counts later must not drop out.
            .column("period", first_of([period("period"), text(OUTSIDE_CALENDAR)]))
            .only(col(I, "counted_day").filled());
        vec![
            step("wanted", "what is reported, and over which periods", self.wanted(scope)),
            step("counted", "items with the period they count in", vec![counted]),
        ]
    }

    /// What rows are told apart by.
    fn keys(scope: Scope) -> Vec<Expr> {
        let keys = scope.keys().iter().chain(&["period_kind", "period"]);
        keys.map(|name| col(P, name)).collect()
    }

    /// Adds the rank of each item by a length of time, among the decided ones of its row.
    fn ranked(scope: Scope, by: &str) -> Step {
        let group: Vec<Expr> = Self::keys(scope).into_iter().chain([col(P, "is_decided")]).collect();
        let rows = Select::from(Source::of("counted", P))
            .all_of(P)
            .column("rank_no", Expr::RowNumber { by: group.clone(), order: vec![col(P, by), col(P, "item")] })
            .column("ranked", Expr::CountOver(group));
        step("ranked", "by how long it took, nearest rank", vec![rows])
    }

    /// The time that so many per cent of the decided items did not exceed.
    fn percentile(percent: Expr, of: &str) -> Expr {
        let reached = col(P, "rank_no").times(int(100)).at_least(percent.times(col(P, "ranked")));
        let counts = all([col(P, "is_decided").is(int(1)), reached]);
        when([(counts, col(P, of))], Expr::Null(Type::Integer)).over_group(Aggregate::Min)
    }

    /// The view of attainment.
    pub(super) fn attainment(&self, scope: Scope) -> Query {
        let mut steps = self.counted(scope);
        steps.push(Self::ranked(scope, "target_taken_s"));
        let count = |verdict: Verdict| count_where(col(P, "verdict").is(text(verdict.word())));
        let mut group = Self::keys(scope);
        let more = ["period_no", "first_date", "last_date", "first_day", "end_s", "now_s"];
        group.extend(more.iter().map(|name| col(P, name)));
        let mut totals = Select::from(Source::of("ranked", P));
        for key in scope.keys().iter().chain(&["period_kind", "period"]).chain(&more) {
            totals = totals.column(key, col(P, key));
        }
        for verdict in Verdict::OF_TURNAROUNDS {
            let shown = !matches!(verdict, Verdict::NotStarted | Verdict::OutsideTerm | Verdict::NotCovered);
            if shown {
                totals = totals.column(&verdict.word().replace(' ', "_"), count(verdict));
            }
        }
        totals = totals
            .column("outside_calendar", count_where(col(P, "verdict").is(text(OUTSIDE_CALENDAR))))
            .column("decided", count_where(col(P, "is_decided").is(int(1))));
        let targets = ["target", "target_millionths", "target_percentile", "target_limit_s"];
        if scope.has_target() {
            group.extend(targets.iter().map(|name| col(P, name)));
            totals = totals
                .columns_of(P, &targets)
                .column("target_value_s", Self::percentile(col(P, "target_percentile"), "target_taken_s"));
        }
        steps.push(step("totals", "how many came out how", vec![totals.grouped(group)]));
        Query { steps, rows: vec![Self::attainment_rows(scope)] }
    }

    fn attainment_rows(scope: Scope) -> Select {
        let percent = Expr::Primitive(Primitive::Percent, vec![col(P, "met"), col(P, "decided")]);
        let mut rows = Select::from(Source::of("totals", P));
        for key in scope.keys().iter().chain(&["period_kind", "period", "first_date", "last_date"]) {
            rows = rows.column(key, col(P, key));
        }
        rows = rows.columns_of(P, &["met", "late", "overdue"]).column("attainment_pct", percent);
        if scope.has_target() {
            let is_share = col(P, "target_millionths").filled();
            let reached = col(P, "met")
                .times(int(100_000_000))
                .at_least(col(P, "target_millionths").times(col(P, "decided")));
            let under = col(P, "target_value_s").less_than(col(P, "target_limit_s"));
            let unknown = any([
                col(P, "decided").is(int(0)),
                all([
                    col(P, "target_millionths").blank(),
                    any([col(P, "target_limit_s").blank(), col(P, "target_value_s").blank()]),
                ]),
            ]);
            let on_target = when(
                [
                    (unknown, Expr::Null(Type::Text)),
                    (all([is_share.clone(), reached]), text("yes")),
                    (all([is_share.negated(), under]), text("yes")),
                ],
                text("no"),
            );
            rows = rows.column("target", col(P, "target")).column("on_target", on_target);
        }
        let ended = when([(col(P, "end_s").at_most(col(P, "now_s")), text("yes"))], text("no"));
        rows.columns_of(P, &["open", "at_risk", "excused", "data_error", "outside_calendar", "decided"])
            .column("has_ended", ended)
            .columns_of(P, &["period_no"])
    }

    /// The view of how long it takes.
    pub(super) fn response_times(&self) -> Query {
        let scope = Scope::Commitment;
        let mut steps = self.counted(scope);
        steps.push(Self::ranked(scope, "taken_s"));
        let mut group = Self::keys(scope);
        group.extend(["first_date", "last_date", "period_no"].iter().map(|name| col(P, name)));
        let mut rows = Select::from(Source::of("ranked", P))
            .columns_of(P, &["commitment", "role", "period_kind", "period", "first_date", "last_date"]);
        rows = rows.column("decided", Expr::CountRows);
        for percent in [50, 75, 90, 95] {
            let name = format!("p{percent}_s");
            rows = rows.column(&name, Self::percentile(int(percent), "taken_s"));
        }
        let rows = rows
            .column("slowest_s", col(P, "taken_s").over_group(Aggregate::Max))
            .columns_of(P, &["period_no"])
            .only(col(P, "is_decided").is(int(1)))
            .grouped(group);
        Query { steps, rows: vec![rows] }
    }

    /// The view of what went wrong; `prohibitions` if there are any.
    pub(super) fn breaches(&self, prohibitions: bool) -> Query {
        let mut rows = Vec::new();
        if !self.turnarounds.is_empty() {
            rows.push(
                Select::from(self.object("items", I))
                    .columns_of(I, &["commitment", "role", "strength", "item", "owner"])
                    .column("what", col(I, "verdict"))
                    .columns_of(I, &["deadline_utc", "done_utc", "late_s", "counted_as"])
                    .column("missing", Expr::Null(Type::Text))
                    .only(is_one_of(col(I, "verdict"), &[Verdict::Late, Verdict::Overdue])),
            );
        }
        if prohibitions {
            let no_moment = || Expr::Null(Type::Integer).as_(Primitive::Timestamp);
            rows.push(
                Select::from(self.object("prohibitions", I))
                    .columns_of(I, &["commitment", "role", "strength", "item", "owner"])
                    .column("what", text("forbidden"))
                    .column("deadline_utc", no_moment())
                    .column("done_utc", no_moment())
                    .column("late_s", Expr::Null(Type::Integer))
                    .column("counted_as", Expr::Null(Type::Text))
                    .columns_of(I, &["missing"])
                    .only(col(I, "is_broken").is(int(1))),
            );
        }
        Query { steps: Vec::new(), rows }
    }

    /// The view of what is open.
    pub(super) fn open_items(&self) -> Query {
        let rows = Select::from(self.object("items", I))
            .columns_of(
                I,
                &[
                    "commitment",
                    "role",
                    "strength",
                    "item",
                    "owner",
                    "verdict",
                    "start_utc",
                    "deadline_utc",
                    "reminder_utc",
                    "allowed",
                ],
            )
            .column("seconds_left", col(I, "deadline_s").minus(col(I, "now_s")))
            .columns_of(I, &["deadline_s", "reminder_s"])
            .only(is_one_of(col(I, "verdict"), &[Verdict::Open, Verdict::AtRisk]));
        Query { steps: Vec::new(), rows: vec![rows] }
    }
}

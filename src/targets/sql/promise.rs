//! The views of promises over a period (quotas and shares) and of prohibitions.

use rust_decimal::Decimal;

use super::binding::Binding;
use super::calendar::Clocks;
use super::condition::{Conditions, N, millionths};
use super::layers::{Layer, Layers, P};
use super::names::Names;
use super::record::Shape;
use super::tree::{
    Aggregate, Expr, Join, Primitive, Query, Select, Source, Step, Type, all, any, col, count_where,
    first_of, flag, int, text, when,
};
use super::turnaround::R;
use crate::evaluate::{Evaluator, Outlook};
use crate::model::commitment::{Change, Prohibition, Quota, QuotaAmount};
use crate::model::{Bound, Commitment, Field, Form, Id, Period, Record, Slot, Subject};
use crate::worktime::Day;

/// The short names of the steps of a promise over a period.
const PERIOD: &str = "per";
const COUNTED: &str = "c";
const TOTAL: &str = "x";

/// The columns that say which period a row is about.
const PERIOD_COLUMNS: [&str; 6] = ["period_no", "period", "first_date", "last_date", "first_day", "end_s"];

/// What everything about one promise needs.
pub(super) struct Promise<'a> {
    pub(super) evaluator: &'a Evaluator<'a>,
    pub(super) id: Id<Commitment>,
    pub(super) binding: &'a Binding<'a>,
    pub(super) shape: &'a Shape,
    pub(super) clocks: &'a Clocks<'a>,
    pub(super) names: &'a Names,
}

impl Promise<'_> {
    fn commitment(&self) -> &Commitment {
        &self.evaluator.model().commitments[self.id]
    }

    fn conditions(&self) -> Conditions<'_> {
        Conditions { evaluator: self.evaluator, binding: self.binding, shape: self.shape, alias: R }
    }

    fn column(&self, field: Id<Field>) -> Expr {
        col(R, self.shape.column(field))
    }

    fn role(&self) -> Expr {
        let role = self.commitment().actor.get();
        role.map_or(Expr::Null(Type::Text), |r| {
            text(self.evaluator.model().roles[*r].head.name.text.as_str())
        })
    }

    /// The items of the subject that are not excused.
    fn items(&self) -> Select {
        let mut select = Select::from(Source::of(&self.names.record(&self.record().head.name), R))
            .join(Join::Cross(Source::of(&self.names.object("clock"), N)));
        if let Some(Subject::Definition(id)) = self.commitment().subject() {
            let holds = self.shape.definition(id).map_or(Expr::Any(Vec::new()), |c| col(R, c).is(int(1)));
            select = select.only(holds);
        }
        if let Some(excused) = &self.commitment().excused_when {
            select = select.only(self.conditions().holds(excused).negated());
        }
        select
    }

    /// The moment that puts an item into a period, and the period.
    pub(super) fn at(&self) -> Option<(Id<Field>, Period)> {
        match &self.commitment().form {
            Form::Quota(quota) => Some((*quota.at.get()?, quota.per)),
            Form::Share(share) => Some((*share.at.get()?, share.per)),
            Form::Turnaround(_)
            | Form::Attempts(_)
            | Form::Recurring(_)
            | Form::LeadTime(_)
            | Form::NotBefore(_)
            | Form::Level(_)
            | Form::Prohibition(_)
            | Form::Permission(_) => None,
        }
    }

    pub(super) fn record(&self) -> &Record {
        self.shape.record(self.evaluator.model())
    }

    /// The items of a quota or a share that count by now.
    pub(super) fn in_term(&self) -> Select {
        let Some((at, _)) = self.at() else { return self.items() };
        let at = self.column(at);
        let (from, to) = self.evaluator.term();
        let mut select = self.items().only(at.clone().filled());
        if let Some(from) = from {
            select = select.only(at.clone().at_least(int(from.epoch())));
        }
        if let Some(to) = to {
            select = select.only(at.clone().less_than(int(to.epoch())));
        }
        select.only(at.at_most(col(N, "now_s")))
    }

    /// The items that count by now, each with the day that puts it into a period.
    fn counted(&self, more: impl FnOnce(Select) -> Select) -> Option<Layers> {
        let (at, _) = self.at()?;
        let select = more(self.in_term().column("at_s", self.column(at)));
        let mut layers = Layers::new("the items that count by now", select);
        let mut layer = Layer::new(self.names);
        let zone = self.clocks.zone(self.evaluator.zone()?);
        let day = layer.local_day(zone, col(P, "at_s"));
        layer.column("at_day", day);
        layers.add("the day that puts each into a period", layer);
        Some(layers)
    }

    /// The periods that have begun, each with what counts in it. `total` adds columns over the items `c` of a period.
    fn by_period(
        &self,
        counted: Layers,
        total: impl FnOnce(Select) -> Select,
        rows: impl FnOnce(Select) -> Select,
    ) -> Query {
        let kind = self.at().map_or(Period::Month, |(_, kind)| kind);
        let effective = self.evaluator.model().agreement.effective.as_ref();
        let term = effective.and_then(crate::model::Effective::term);
        let mut begun = Select::from(Source::of(&self.names.object("periods"), PERIOD))
            .columns_of(PERIOD, &PERIOD_COLUMNS)
            .join(Join::Cross(Source::of(&self.names.object("clock"), N)))
            .columns_of(N, &["now_s"])
            .only(col(PERIOD, "kind").is(text(kind.to_string())))
            .only(col(PERIOD, "first_day").at_most(col(N, "today")));
        match term {
            Some((from, to)) => {
                let from = int(Day::of(from).number());
                begun = begun.only(col(N, "today").at_least(from.clone()));
                begun = begun.only(col(PERIOD, "last_day").at_least(from));
                if let Some(to) = to {
                    begun = begun.only(col(PERIOD, "first_day").at_most(int(Day::of(to).number())));
                }
            }
            // Without a term, from the first item on.
            None => {
                begun = begun
                    .join(Join::Cross(Source::of("earliest", "e")))
                    .only(col(PERIOD, "last_day").at_least(col("e", "first_day")));
            }
        }
        let begun = begun.column("last_day", col(PERIOD, "last_day"));
        let mut query = counted.finish(Select::default());
        let counted = query.steps.last().map_or_else(String::new, |s| s.name.clone());
        let step = |name: &str, comment: &str, rows: Select| Step {
            comment: comment.to_owned(),
            name: name.to_owned(),
            rows: vec![rows],
        };
        if term.is_none() {
            let first = Select::from(Source::of(&counted, COUNTED))
                .column("first_day", col(COUNTED, "at_day").over_group(Aggregate::Min));
            query.steps.push(step("earliest", "the day of the first item", first));
        }
        query.steps.push(step("begun", "the periods that have begun", begun));
        let within = all([
            col(PERIOD, "first_day").at_most(col(COUNTED, "at_day")),
            col(COUNTED, "at_day").at_most(col(PERIOD, "last_day")),
        ]);
        let keys = PERIOD_COLUMNS.iter().chain(&["now_s"]);
        let totals = Select::from(Source::of("begun", PERIOD))
            .columns_of(PERIOD, &PERIOD_COLUMNS)
            .columns_of(PERIOD, &["now_s"])
            .join(Join::Left(Source::of(&counted, COUNTED), within))
            .grouped(keys.map(|name| col(PERIOD, name)));
        query.steps.push(step("totals", "what counts in each", total(totals)));
        let commitment = self.commitment();
        let head = Select::from(Source::of("totals", TOTAL))
            .column("commitment", text(commitment.head.name.text.as_str()))
            .column("role", self.role())
            .column("strength", text(commitment.strength.word()))
            .column("period_kind", text(kind.to_string()))
            .columns_of(TOTAL, &PERIOD_COLUMNS);
        query.rows = vec![rows(head)];
        query
    }

    /// The view of a quota.
    pub(super) fn quota(&self) -> Option<Query> {
        let Form::Quota(quota) = &self.commitment().form else { return None };
        let (field, unit) = match quota.amount.get()? {
            QuotaAmount::Count(_) => (None, "items".to_owned()),
            QuotaAmount::Worth { currency, field, .. } => (Some(*field), currency.to_string()),
        };
        let required = required(quota)?;
        let counted = self.counted(|select| {
            let select = match &self.commitment().met_when {
                Some(met) => select.only(self.conditions().holds(met)),
                None => select,
            };
            let amount = field.map_or(int(1_000_000), |f| first_of([self.column(f), int(0)]));
            select.column("amount_millionths", amount)
        })?;
        let amount = || col(TOTAL, "amount_millionths");
        let required = || required.clone();
        let ended = col(TOTAL, "end_s").at_most(col(TOTAL, "now_s"));
        let word = |outlook: Outlook| text(outlook.word());
        let cases = match quota.bound {
            Bound::AtLeast => {
                [(amount().at_least(required()), word(Outlook::Met)), (ended, word(Outlook::Missed))]
            }
            Bound::AtMost => {
                [(amount().more_than(required()), word(Outlook::Missed)), (ended, word(Outlook::Met))]
            }
        };
        let total = |select: Select| {
            let sum = col(COUNTED, "amount_millionths").over_group(Aggregate::Sum);
            select.column("amount_millionths", first_of([sum, int(0)]))
        };
        Some(self.by_period(counted, total, |rows| {
            rows.column("bound", text(quota.bound.words()))
                .column("required", required().as_(Primitive::Amount))
                .column("amount", amount().as_(Primitive::Amount))
                .column("unit", text(unit))
                .column("outlook", when(cases, word(Outlook::Open)))
                .column("amount_millionths", amount())
        }))
    }

    /// The view of a share.
    pub(super) fn share(&self) -> Option<Query> {
        let Form::Share(share) = &self.commitment().form else { return None };
        let percent = *share.percent.get()?;
        let met = self.commitment().met_when.as_ref()?;
        let counted = self.counted(|select| select.column("is_hit", flag(self.conditions().holds(met))))?;
        let (items, hits) = (|| col(TOTAL, "items"), || col(TOTAL, "hits"));
        let word = |outlook: Outlook| text(outlook.word());
        let (part, whole) = (hits().times(int(100_000_000)), items().times(millionths(percent)));
        let kept = match share.bound {
            Bound::AtLeast => part.at_least(whole),
            Bound::AtMost => part.at_most(whole),
        };
        let outlook = when(
            [
                (col(TOTAL, "end_s").more_than(col(TOTAL, "now_s")), word(Outlook::Open)),
                (items().is(int(0)), word(Outlook::NoItems)),
                (kept, word(Outlook::Met)),
            ],
            word(Outlook::Missed),
        );
        let total = |select: Select| {
            select
                .column("items", count_where(col(COUNTED, "at_day").filled()))
                .column("hits", count_where(col(COUNTED, "is_hit").is(int(1))))
        };
        Some(self.by_period(counted, total, |rows| {
            rows.column("bound", text(share.bound.words()))
                .column("required_pct", millionths(percent).as_(Primitive::Amount))
                .columns_of(TOTAL, &["items", "hits"])
                .column("share_pct", Expr::Primitive(Primitive::Percent, vec![hits(), items()]))
                .column("outlook", outlook)
        }))
    }

    /// The view of a prohibition: every item it is about, and whether the item breaks it.
    pub(super) fn prohibition(&self) -> Option<Query> {
        let Form::Prohibition(Prohibition { without, when: done }) = &self.commitment().form else {
            return None;
        };
        let record = self.record();
        let done = done.as_ref().map_or(Expr::All(Vec::new()), |d| self.conditions().holds(d));
        let optional = |field: Option<Id<Field>>| field.map_or(Expr::Null(Type::Text), |f| self.column(f));
        let commitment = self.commitment();
        let blank: Vec<(Id<Field>, Expr)> =
            without.iter().filter_map(|f| f.get()).map(|f| (*f, self.column(*f).blank())).collect();
        let missing = blank.iter().map(|(field, is_blank)| {
            when([(is_blank.clone(), text(format!("{} ", record.fields[*field].name)))], text(""))
        });
        let missing: Vec<Expr> = missing.collect();
        let missing = if missing.is_empty() {
            Expr::Null(Type::Text)
        } else {
            Expr::Primitive(Primitive::Joined, missing).as_(Primitive::Trimmed)
        };
        let (broken, items) = if without.is_empty() {
            (done, self.items())
        } else {
            (any(blank.into_iter().map(|(_, is_blank)| is_blank)), self.items().only(done))
        };
        let rows = items
            .column("commitment", text(commitment.head.name.text.as_str()))
            .column("role", self.role())
            .column("strength", text(commitment.strength.word()))
            .column("item", optional(record.key()))
            .column("owner", optional(record.owner()))
            .column("is_broken", flag(broken))
            .column("missing", missing);
        Some(Query { steps: Vec::new(), rows: vec![rows] })
    }
}

/// What a quota asks of a period, in millionths; other amounts by the first day of the period.
fn required(quota: &Quota) -> Option<Expr> {
    let amount = |slot: &Slot<QuotaAmount>| {
        Some(millionths(match slot.get()? {
            QuotaAmount::Count(n) => Decimal::from(*n),
            QuotaAmount::Worth { amount, .. } => *amount,
        }))
    };
    let usual = amount(&quota.amount)?;
    if quota.changes.is_empty() {
        return Some(usual);
    }
    let first_day = || col(TOTAL, "first_day");
    let case = |change: &Change| {
        let from = first_day().at_least(int(Day::of(change.from).number()));
        let to = change.to.map(|to| first_day().at_most(int(Day::of(to).number())));
        Some((all(std::iter::once(from).chain(to)), amount(&change.amount)?))
    };
    let cases: Option<Vec<_>> = quota.changes.iter().map(case).collect();
    Some(when(cases?, usual))
}

//! What `evaluate` says, as the lines that the queries must give; and those queries. They are the same for every database.

use clausal::evaluate::{Evaluator, Item, Outcome, Outlook, Verdict};
use clausal::model::contingency::PatternKind;
use clausal::model::{Commitment, Form, Id, Model, Period, Record, Slot};
use clausal::worktime::{Instant, PeriodSpan};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A question: a query, and the lines it must give.
pub struct Question {
    pub name: &'static str,
    pub query: String,
    pub lines: Vec<String>,
}

/// The items of the record that a commitment is about.
pub type Data<'d> = &'d dyn Fn(Id<Record>) -> &'d [Item];

pub fn questions<'a>(model: &'a Model, now: Instant, data: Data<'a>) -> Vec<Question> {
    let answers = Answers { evaluator: Evaluator::new(model, now), data };
    let view = |name: &str| format!("\"{}__{name}\"", model.agreement.head.name);
    let measured: Vec<Id<Commitment>> = model
        .commitments
        .iter()
        .map(|(id, _)| id)
        .filter(|id| answers.evaluator.gap(*id).is_none())
        .collect();
    let of = |form: fn(&Form) -> bool| -> Vec<Id<Commitment>> {
        measured.iter().copied().filter(|id| form(&model.commitments[*id].form)).collect()
    };
    let mut out = Vec::new();
    let mut ask = |name, query: String, mut lines: Vec<String>| {
        lines.sort();
        out.push(Question { name, query, lines });
    };
    let turnarounds = of(|f| matches!(f, Form::Turnaround(_)));
    if !turnarounds.is_empty() {
        ask(
            "items",
            format!(
                "SELECT commitment, item, verdict, tier, start_s, deadline_s, done_s, taken_s, late_s, target_taken_s FROM {}",
                view("items")
            ),
            turnarounds.iter().flat_map(|id| answers.items(*id)).collect(),
        );
        ask(
            "attainment",
            format!(
                "SELECT commitment, period_kind, period, met, late, overdue, \"open\", at_risk, excused, data_error, decided, on_target FROM {} WHERE outside_calendar = 0",
                view("attainment")
            ),
            turnarounds.iter().flat_map(|id| answers.attainment(*id)).collect(),
        );
        ask(
            "times",
            format!(
                "SELECT commitment, period, p50_s, p75_s, p90_s, p95_s FROM {} WHERE period_kind = 'month'",
                view("response_times")
            ),
            turnarounds.iter().flat_map(|id| answers.times(*id)).collect(),
        );
        let patterns = answers.patterns(&turnarounds);
        if let Some(lines) = patterns {
            ask(
                "patterns",
                format!("SELECT contingency, commitment, period, owner, \"count\" FROM {}", view("patterns")),
                lines,
            );
        }
    }
    let quotas = of(|f| matches!(f, Form::Quota(_)));
    if !quotas.is_empty() {
        ask(
            "quotas",
            format!("SELECT commitment, period, amount_millionths, outlook FROM {}", view("quotas")),
            quotas.iter().flat_map(|id| answers.quota(*id)).collect(),
        );
    }
    let shares = of(|f| matches!(f, Form::Share(_)));
    if !shares.is_empty() {
        ask(
            "shares",
            format!("SELECT commitment, period, items, hits, outlook FROM {}", view("shares")),
            shares.iter().flat_map(|id| answers.share(*id)).collect(),
        );
    }
    let prohibitions = of(|f| matches!(f, Form::Prohibition(_)));
    if !prohibitions.is_empty() {
        ask(
            "prohibitions",
            format!("SELECT commitment, item, is_broken FROM {}", view("prohibitions")),
            prohibitions.iter().flat_map(|id| answers.breaks(*id)).collect(),
        );
    }
    out
}

struct Answers<'d> {
    evaluator: Evaluator<'d>,
    data: Data<'d>,
}

fn number(value: Option<i64>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

impl Answers<'_> {
    fn model(&self) -> &Model {
        self.evaluator.model()
    }

    fn name(&self, id: Id<Commitment>) -> &str {
        &self.model().commitments[id].head.name.text
    }

    fn record(&self, id: Id<Commitment>) -> Id<Record> {
        let subject = self.model().commitments[id].subject().unwrap();
        self.model().record_of(subject).unwrap()
    }

    fn rows(&self, id: Id<Commitment>) -> &[Item] {
        (self.data)(self.record(id))
    }

    fn text(&self, id: Id<Commitment>, item: &Item, owner: bool) -> String {
        let record = &self.model().records[self.record(id)];
        let field = if owner { record.owner() } else { record.key() };
        field.and_then(|f| item.get(f).text()).unwrap_or_default().to_owned()
    }

    fn outcomes(&self, id: Id<Commitment>) -> Vec<(Outcome, &Item)> {
        let outcome = |item| Some((self.evaluator.outcome(id, item).unwrap()?, item));
        self.rows(id).iter().filter_map(outcome).collect()
    }

    fn items(&self, id: Id<Commitment>) -> Vec<String> {
        use clausal::model::commitment::Aim;
        let aim = self.model().commitments[id].target.as_ref().and_then(|t| t.aim.get().copied());
        let line = |(outcome, item): (Outcome, &Item)| {
            let target = match aim {
                Some(Aim::Percentile { under, .. }) if outcome.taken.is_some() => {
                    let measure = self.evaluator.clock(id).ok().and_then(|c| c.measure(under.unit).ok());
                    measure.and_then(|m| self.evaluator.taken_by(&outcome, m))
                }
                _ => None,
            };
            format!(
                "{}|{}|{}|{}|{}|{}|{}|{}|{}|{}",
                self.name(id),
                self.text(id, item, false),
                outcome.verdict.word(),
                outcome.tier.map(|t| (t + 1).to_string()).unwrap_or_default(),
                number(outcome.start.map(Instant::epoch)),
                number(outcome.deadline.map(Instant::epoch)),
                number(outcome.done.map(Instant::epoch)),
                number(outcome.taken),
                outcome.late_by,
                number(target),
            )
        };
        self.outcomes(id).into_iter().map(line).collect()
    }

    fn kinds(&self, id: Id<Commitment>) -> Vec<Period> {
        let mut kinds = vec![self.evaluator.reporting_period(id)];
        for pattern in self.model().contingencies.values().flat_map(|c| &c.patterns) {
            if let (Slot::Set(of), PatternKind::Below { period, .. }) = (&pattern.commitment, &pattern.kind)
                && *of == id
                && !kinds.contains(period)
            {
                kinds.push(*period);
            }
        }
        kinds
    }

    fn attainment(&self, id: Id<Commitment>) -> Vec<String> {
        let mut out = Vec::new();
        for kind in self.kinds(id) {
            for tally in self.evaluator.attainment(id, self.rows(id), kind).unwrap() {
                let counts: Vec<String> = [
                    Verdict::Met,
                    Verdict::Late,
                    Verdict::Overdue,
                    Verdict::Open,
                    Verdict::AtRisk,
                    Verdict::Excused,
                    Verdict::DataError,
                ]
                .iter()
                .map(|v| tally.count(*v).to_string())
                .collect();
                let on_target = match tally.on_target {
                    Some(true) => "yes",
                    Some(false) => "no",
                    None => "",
                };
                out.push(format!(
                    "{}|{kind}|{}|{}|{}|{on_target}",
                    self.name(id),
                    tally.period.label,
                    counts.join("|"),
                    tally.decided()
                ));
            }
        }
        out
    }

    fn times(&self, id: Id<Commitment>) -> Vec<String> {
        if !self.kinds(id).contains(&Period::Month) {
            return Vec::new();
        }
        let mut periods: std::collections::BTreeMap<PeriodSpan, Vec<i64>> = std::collections::BTreeMap::new();
        for (outcome, _) in self.outcomes(id) {
            if let Some(period) = self.evaluator.period_of(id, &outcome, Period::Month)
                && outcome.verdict.is_decided()
            {
                periods.entry(period).or_default().extend(outcome.taken);
            }
        }
        let line = |(period, mut taken): (PeriodSpan, Vec<i64>)| {
            taken.sort_unstable();
            let at = |percent: usize| taken[(taken.len() * percent).div_ceil(100) - 1].to_string();
            format!("{}|{}|{}", self.name(id), period.label, [50, 75, 90, 95].map(at).join("|"))
        };
        periods.into_iter().map(line).collect()
    }

    fn patterns(&self, turnarounds: &[Id<Commitment>]) -> Option<Vec<String>> {
        let mut out = Vec::new();
        let mut any = false;
        for contingency in self.model().contingencies.values() {
            for pattern in &contingency.patterns {
                let Some(id) = pattern.commitment.get().filter(|id| turnarounds.contains(id)) else {
                    continue;
                };
                let head = format!("{}|{}", contingency.head.name, self.name(*id));
                match &pattern.kind {
                    PatternKind::Below { percent: Slot::Set(percent), count, period } => {
                        any = true;
                        let tallies = self.evaluator.attainment(*id, self.rows(*id), *period).unwrap();
                        let shown = self.evaluator.below(&tallies, *percent, *count, *period);
                        // How many in a row: the longest run that `below` still sees.
                        for span in shown {
                            let longest = (*count..=u32::try_from(tallies.len()).unwrap())
                                .take_while(|n| {
                                    self.evaluator.below(&tallies, *percent, *n, *period).contains(&span)
                                })
                                .last()
                                .unwrap();
                            out.push(format!("{head}|{}||{longest}", span.label));
                        }
                    }
                    PatternKind::Missed { times: Slot::Set(times), period, by } => {
                        any = true;
                        let misses =
                            self.evaluator.missed(*id, self.rows(*id), (*times, *period, *by)).unwrap();
                        out.extend(misses.into_iter().map(|m| {
                            let owner = m.owner.unwrap_or_default();
                            format!("{head}|{}|{owner}|{}", m.period.label, m.count)
                        }));
                    }
                    PatternKind::Below { .. } | PatternKind::Missed { .. } => {}
                }
            }
        }
        any.then_some(out)
    }

    fn quota(&self, id: Id<Commitment>) -> Vec<String> {
        let line = |p: clausal::evaluate::Progress| {
            let millionths = (p.amount * Decimal::from(1_000_000)).to_i128().unwrap();
            format!("{}|{}|{millionths}|{}", self.name(id), p.period.label, Outlook::word(p.outlook))
        };
        self.evaluator.quota(id, self.rows(id)).unwrap().into_iter().map(line).collect()
    }

    fn share(&self, id: Id<Commitment>) -> Vec<String> {
        let shares = self.evaluator.share(id, self.rows(id)).unwrap().into_iter();
        shares
            .map(|s| {
                format!("{}|{}|{}|{}|{}", self.name(id), s.period.label, s.items, s.hits, s.outlook.word())
            })
            .collect()
    }

    fn breaks(&self, id: Id<Commitment>) -> Vec<String> {
        let line = |item: &Item| {
            let broken = self.evaluator.breaks(id, item).unwrap()?;
            Some(format!("{}|{}|{}", self.name(id), self.text(id, item, false), i32::from(broken)))
        };
        self.rows(id).iter().filter_map(line).collect()
    }
}

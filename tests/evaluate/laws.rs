//! Laws that hold for every condition, item and moment.

use std::fmt::Write as _;

use clausal::evaluate::{Evaluator, Item, Outlook, Value, Verdict, percentile};
use clausal::model::{Definition, Id, Model, Period, Record};
use clausal::worktime::Instant;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;

use crate::common::Compiled;
use crate::support::{agreement, at, commitment, item, record};

// ---------------------------------------------------------------------------------------------------------- conditions

const THING: &str = r"
record thing {
  id     key
  whole  integer                optional
  ratio  number                 optional
  word   text                   optional
  loose  text                   optional  ignoring case
  stage  choice of open, won    optional
  tags   choices of red, green  optional
  flag   boolean                optional
  day    date                   optional
  start  datetime               optional
  done   datetime               optional
}
";

fn atom() -> impl Strategy<Value = String> {
    let sign = || select(vec!["=", "!=", "<", "<=", ">", ">="]);
    prop_oneof![
        (sign(), -2..3).prop_map(|(sign, n)| format!("whole {sign} {n}")),
        (sign(), -2..3).prop_map(|(sign, n)| format!("whole + ratio {sign} {n}")),
        // A text has no order.
        (select(vec!["=", "!="]), select(vec!["a", "A", "b"]))
            .prop_map(|(sign, t)| format!("word {sign} \"{t}\"")),
        select(vec!["loose = word", "loose != word"]).prop_map(str::to_owned),
        (-1..2, 0..3).prop_map(|(low, high)| format!("whole between {low} and {high}")),
        select(vec!["stage = won", "stage != won", "stage in [open]", "stage not in [open, won]"])
            .prop_map(str::to_owned),
        select(vec![
            "flag",
            "flag = false",
            "tags contains red",
            "word starts with \"a\"",
            "loose contains \"A\""
        ])
        .prop_map(str::to_owned),
        select(vec!["whole is blank", "word is set", "tags is set", "start is blank"])
            .prop_map(str::to_owned),
        select(vec![
            "day < today",
            "day older than 1 month",
            "start <= now",
            "done within 1 calendar day of start"
        ])
        .prop_map(str::to_owned),
        (1..4).prop_map(|n| format!("start older than {n} hours")),
    ]
}

fn condition() -> impl Strategy<Value = String> {
    atom().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(p, q)| format!("({p} and {q})")),
            (inner.clone(), inner.clone()).prop_map(|(p, q)| format!("({p} or {q})")),
            inner.clone().prop_map(|p| format!("not ({p})")),
            (1..4, inner.clone(), inner.clone(), inner)
                .prop_map(|(n, p, q, r)| format!("at least {n} of ({p}, {q}, {r})")),
        ]
    })
}

/// Fields of a thing, each blank half of the time.
fn thing() -> impl Strategy<Value = String> {
    let field = |name: &'static str, values: Vec<&'static str>| {
        proptest::option::of(select(values))
            .prop_map(move |v| v.map_or(String::new(), |v| format!("{name}: {v}; ")))
    };
    let moments =
        || vec!["2026-03-08 01:30", "2026-03-08 07:00:00Z", "2026-03-31 12:00", "2026-11-01 06:30:00Z"];
    let fields = vec![
        field("whole", vec!["-1", "0", "1", "2"]).boxed(),
        field("ratio", vec!["0.5", "1", "-1.0000001"]).boxed(),
        field("word", vec!["a", "A", "b", "''"]).boxed(),
        field("loose", vec!["a", "A", "ab", "''"]).boxed(),
        field("stage", vec!["open", "won", "unheard of", "''"]).boxed(),
        field("tags", vec!["red", "green", "red+green"]).boxed(),
        field("flag", vec!["true", "false"]).boxed(),
        field("day", vec!["2026-01-31", "2026-03-08"]).boxed(),
        field("start", moments()).boxed(),
        field("done", moments()).boxed(),
    ];
    fields.prop_map(|fields| fields.concat())
}

/// Conditions as definitions of one agreement, in order.
struct Probes {
    compiled: Compiled,
}

impl Probes {
    fn new(conditions: &[String]) -> Probes {
        let mut text = String::from(THING);
        for (i, condition) in conditions.iter().enumerate() {
            let _ = writeln!(text, "definition probe_{i} {{ means thing where {condition} }}");
        }
        Probes { compiled: agreement(&text) }
    }

    fn model(&self) -> &Model {
        self.compiled.model()
    }

    fn record(&self) -> &Record {
        record(self.model(), "thing")
    }

    fn at(&self, now: Instant) -> Evaluator<'_> {
        Evaluator::new(self.model(), now)
    }
}

/// Which definitions hold, in order.
fn hold(evaluator: &Evaluator<'_>, item: &Item) -> Vec<bool> {
    let ids: Vec<Id<Definition>> = evaluator.model().definitions.ids().collect();
    ids.into_iter().map(|id| evaluator.is(id, item)).collect()
}

/// The same thing said in two ways.
#[test]
fn ways_to_say_the_same() {
    let pairs = [
        ("whole between 0 and 1", "whole >= 0 and whole <= 1"),
        ("whole in [0, 2]", "whole = 0 or whole = 2"),
        ("whole not in [0, 2]", "not whole in [0, 2]"),
        ("whole != 1", "whole is set and not whole = 1"),
        ("whole <= 1", "whole < 1 or whole = 1"),
        ("whole - 1 >= ratio", "ratio <= whole - 1"),
        ("word != loose", "word is set and loose is set and not word = loose"),
        ("stage != won", "stage is set and not stage = won"),
        ("flag", "flag = true"),
        ("flag is set", "flag = true or flag = false"),
        ("word is blank", "not word is set"),
        ("word = word", "word is set"),
        ("day older than 1 month", "day is set and not (day >= 2026-05-10)"),
        ("tags is set", "tags contains red or tags contains green"),
    ];
    let conditions: Vec<String> =
        pairs.iter().flat_map(|(a, b)| [(*a).to_owned(), (*b).to_owned()]).collect();
    let probes = Probes::new(&conditions);
    let evaluator = probes.at(at("2026-06-10 12:00"));
    let outcome =
        TestRunner::new(ProptestConfig { cases: 512, ..ProptestConfig::default() }).run(&thing(), |thing| {
            let holds = hold(&evaluator, &item(probes.record(), &thing));
            for (pair, holds) in pairs.iter().zip(holds.chunks(2)) {
                prop_assert_eq!(holds[0], holds[1], "{:?} with {}", pair, thing);
            }
            Ok(())
        });
    outcome.unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn conditions_are_two_valued(p in condition(), q in condition(), things in prop::collection::vec(thing(), 8)) {
        let probes = Probes::new(&[
            p.clone(),
            q.clone(),
            format!("not ({p})"),
            format!("not (({p}) and ({q}))"),
            format!("not ({p}) or not ({q})"),
            format!("not (({p}) or ({q}))"),
            format!("not ({p}) and not ({q})"),
            format!("at least 1 of ({p}, {q})"),
            format!("at least 2 of ({p}, {q})"),
        ]);
        let evaluator = probes.at(at("2026-06-10 12:00"));
        for thing in things {
            let holds = hold(&evaluator, &item(probes.record(), &thing));
            let (p, q) = (holds[0], holds[1]);
            prop_assert_eq!(holds[2], !p, "the complement, with {}", thing);
            prop_assert_eq!(&holds[3..5], &[!(p && q); 2]);
            prop_assert_eq!(&holds[5..7], &[!(p || q); 2]);
            prop_assert_eq!(&holds[7..9], &[p || q, p && q]);
        }
    }

    #[test]
    fn what_is_older_stays_older(
        field in select(vec!["start", "day"]), n in 1..40, unit in select(vec!["calendar days", "weeks", "months"]),
        thing in thing(), now in moment(), later in 0..10_000_000_i64,
    ) {
        let probes = Probes::new(&[format!("{field} older than {n} {unit}")]);
        let item = item(probes.record(), &thing);
        let before = hold(&probes.at(now), &item);
        let after = hold(&probes.at(now.plus(later).unwrap()), &item);
        prop_assert!(before <= after);
    }
}

// ------------------------------------------------------------------------------------------------------------ verdicts

/// Moments around the year 2026, half of them on a full hour.
fn moment() -> impl Strategy<Value = Instant> {
    let from = at("2025-12-20 00:00").epoch();
    (0..33_000_000_i64, any::<bool>()).prop_map(move |(s, full)| {
        Instant::from_epoch(from + if full { s / 3600 * 3600 } else { s }).unwrap()
    })
}

/// A limit as it is written, with a reminder some time before it.
fn limit() -> impl Strategy<Value = String> {
    let units = [
        "minutes",
        "hours",
        "business minutes",
        "business hours",
        "business days",
        "calendar days",
        "weeks",
        "months",
    ];
    (1..12, select(units.to_vec())).prop_map(|(n, unit)| format!("{n} {unit}"))
}

fn case(limit: &str) -> Compiled {
    agreement(&format!(
        "{THING}definition item {{ means thing where not flag  since start }}
commitment answer {{ team must answer each item within {limit} of start  met at done  excused when whole = 0 }}
commitment volume {{ team must deliver at least 3 item per week }}
commitment cap {{ team must deliver at most 3 item per week }}
contingency late {{ for answer  when 75% elapsed remind team via mail }}
"
    ))
}

fn fill(record: &Record, start: Option<Instant>, done: Option<Instant>) -> Item {
    let value = |moment: Option<Instant>| moment.map_or(Value::Blank, Value::Moment);
    let field = |name| record.field(name).unwrap();
    Item::blank(record).with(field("start"), value(start)).with(field("done"), value(done))
}

/// How far an item has come that is not done: later moments never lead back.
fn stage(verdict: Verdict) -> usize {
    match verdict {
        Verdict::Open => 0,
        Verdict::AtRisk => 1,
        Verdict::Overdue => 2,
        other => panic!("{}", other.word()),
    }
}

fn in_term(moment: Instant) -> bool {
    at("2026-01-01 00:00") <= moment && moment < at("2027-01-01 00:00")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn time_leads_one_way(limit in limit(), start in moment(), done in moment(), now in moment(), later in moment()) {
        prop_assume!(in_term(start));
        let compiled = case(&limit);
        let model = compiled.model();
        let (id, record) = (commitment(model, "answer"), record(model, "thing"));
        let judge = |now: Instant, done: Option<Instant>| {
            Evaluator::new(model, now).outcome(id, &fill(record, Some(start), done)).unwrap().unwrap()
        };
        let (now, later) = (now.min(later), now.max(later));
        let (before, after) = (judge(now, None), judge(later, None));
        prop_assert!(stage(before.verdict) <= stage(after.verdict));
        prop_assert!(before.late_by <= after.late_by);
        prop_assert_eq!(before.deadline, after.deadline);
        // Done is done, whenever one looks.
        prop_assert_eq!(judge(now, Some(done)), judge(later, Some(done)));
        // Who is done later is never better off; and overdue is what would be late if it were done now.
        if now >= start {
            let (soon, late) = (judge(later, Some(now)).verdict, judge(later, Some(later)).verdict);
            prop_assert!(soon <= late, "{} then {}", soon.word(), late.word());
            prop_assert_eq!(soon == Verdict::Late, before.verdict == Verdict::Overdue);
        }
        prop_assert_eq!(judge(later, Some(done)).verdict == Verdict::DataError, done < start);
    }

    #[test]
    fn verdicts_follow_from_the_deadline(limit in limit(), start in moment(), done in moment()) {
        prop_assume!(in_term(start) && start <= done);
        let compiled = case(&limit);
        let model = compiled.model();
        let (id, record) = (commitment(model, "answer"), record(model, "thing"));
        let evaluator = Evaluator::new(model, done);
        let outcome = evaluator.outcome(id, &fill(record, Some(start), Some(done))).unwrap().unwrap();
        let deadline = outcome.deadline.unwrap();
        let open_between = evaluator.clock(id).unwrap().hours().unwrap().open_seconds(deadline, done);
        let late = done > deadline && (!limit.contains("business") || open_between > 0);
        prop_assert_eq!(outcome.verdict, if late { Verdict::Late } else { Verdict::Met });
        prop_assert_eq!(outcome.late_by > 0, late);
        prop_assert!(deadline > start);
    }

    #[test]
    fn every_item_of_the_definition_is_in_one_place(
        limit in limit(), now in moment(),
        moments in prop::collection::vec((proptest::option::of(moment()), proptest::option::of(moment()), 0..3_i32, any::<bool>()), 0..12),
    ) {
        let compiled = case(&limit);
        let model = compiled.model();
        let record = record(model, "thing");
        let field = |name| record.field(name).unwrap();
        let items: Vec<Item> = moments
            .iter()
            .map(|(start, done, whole, flag)| {
                fill(record, *start, *done)
                    .with(field("whole"), Value::Number((*whole).into()))
                    .with(field("flag"), Value::Boolean(*flag))
            })
            .collect();
        let evaluator = Evaluator::new(model, now);
        let id = commitment(model, "answer");
        let outcomes: Vec<_> = items.iter().filter_map(|item| evaluator.outcome(id, item).unwrap()).collect();
        prop_assert_eq!(outcomes.len(), moments.iter().filter(|(.., flag)| !flag).count());
        for kind in [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year] {
            let tallies = evaluator.attainment(id, &items, kind).unwrap();
            prop_assert!(tallies.is_sorted_by(|a, b| a.period < b.period));
            let counted: u64 = tallies.iter().flat_map(|t| t.counts.values()).sum();
            let left = |v: Verdict| matches!(v, Verdict::NotStarted | Verdict::OutsideTerm | Verdict::NotCovered);
            // What is excused before it started has no period either.
            let out = outcomes.iter().filter(|o| left(o.verdict) || o.deadline.is_none()).count();
            prop_assert_eq!(usize::try_from(counted).unwrap() + out, outcomes.len());
            let decided: u64 = tallies.iter().map(clausal::evaluate::Tally::decided).sum();
            prop_assert_eq!(usize::try_from(decided).unwrap(), outcomes.iter().filter(|o| o.verdict.is_decided()).count());
        }
    }

    #[test]
    fn a_percentile_is_the_smallest_value_that_enough_do_not_exceed(
        values in prop::collection::vec(-5..20_i64, 1..40), percent in 1..100_u8,
    ) {
        let enough = |limit: i64| {
            let within = values.iter().filter(|v| **v <= limit).count();
            within * 100 >= usize::from(percent) * values.len()
        };
        let smallest = (-5..20).find(|value| enough(*value));
        prop_assert_eq!(percentile(values.clone(), percent), smallest);
    }
}

#[test]
fn a_quota_once_decided_stays_decided() {
    let compiled = case("1 hour");
    let model = compiled.model();
    let record = record(model, "thing");
    let input = (prop::collection::vec(moment(), 0..12), moment(), moment());
    let law = |(starts, now, later): (Vec<Instant>, Instant, Instant)| {
        let items: Vec<Item> = starts.iter().map(|start| fill(record, Some(*start), None)).collect();
        let (now, later) = (now.min(later), now.max(later));
        for name in ["volume", "cap"] {
            let quota = |now| Evaluator::new(model, now).quota(commitment(model, name), &items).unwrap();
            let (before, after) = (quota(now), quota(later));
            prop_assert!(before.len() <= after.len());
            for (before, after) in before.iter().zip(&after) {
                prop_assert_eq!(&before.period, &after.period);
                prop_assert!(before.amount <= after.amount);
                prop_assert!(before.outlook == Outlook::Open || before.outlook == after.outlook);
            }
            let counted = starts.iter().filter(|start| in_term(**start) && **start <= later).count();
            let sum: rust_decimal::Decimal = after.iter().map(|p| p.amount).sum();
            prop_assert_eq!(sum, counted.into());
        }
        Ok(())
    };
    TestRunner::new(ProptestConfig { cases: 64, ..ProptestConfig::default() }).run(&input, law).unwrap();
}

//! The shipped leads, seen from the moment their page names: every verdict, and the numbers of every month.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clausal::evaluate::{Evaluator, Item, Outcome, Verdict, percentile};
use clausal::model::contingency::PatternKind;
use clausal::model::{Commitment, Field, Id, Model, Period};
use clausal::worktime::{Instant, TimeZone, words};

use crate::common::data::{LEADS_NOW, leads, record, utc};
use crate::common::{Memory, compile};

const PAGE: &str = include_str!("../../examples/lead-handoff/data/README.md");

/// The example with its leads, at the moment that their page names.
fn with_example<T>(look: impl FnOnce(&Evaluator<'_>, &[Item]) -> T) -> T {
    let compiled = compile(&Memory::folder("examples/lead-handoff"));
    let model = compiled.model();
    let evaluator = Evaluator::new(model, utc(LEADS_NOW).unwrap());
    look(&evaluator, &leads(model))
}

fn commitment(model: &Model, name: &str) -> Id<Commitment> {
    model.commitments.iter().find(|(_, c)| c.head.name.text == name).map(|(id, _)| id).unwrap()
}

fn field(model: &Model, name: &str) -> Id<Field> {
    record(model, "lead").field(name).unwrap()
}

/// The special leads as their page lists them: id, why, verdict.
fn special() -> Vec<(&'static str, &'static str, &'static str)> {
    let cells = |line: &'static str| -> Option<(&str, &str, &str)> {
        let mut cells = line.strip_prefix("| S-")?.trim_end_matches(" |").split(" | ");
        Some((cells.next()?, cells.next()?, cells.next()?))
    };
    PAGE.lines().filter_map(cells).collect()
}

#[test]
fn the_page_tells_the_truth_about_file_and_moment() {
    with_example(|evaluator, leads| {
        assert!(PAGE.contains(&format!("holds {} leads", leads.len())));
        assert!(PAGE.contains(&format!("`{LEADS_NOW}`")));
        let zone = evaluator.zone().unwrap();
        assert_eq!(words::moment(evaluator.now(), zone), "Tuesday 1 December 2026 11:00");
    });
}

#[test]
fn every_lead_has_a_key_of_its_own() {
    with_example(|evaluator, leads| {
        let id = field(evaluator.model(), "id");
        let mut keys: Vec<&str> = leads.iter().map(|lead| lead.get(id).text().unwrap()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), leads.len());
    });
}

#[test]
fn verdicts() {
    with_example(|evaluator, leads| {
        let id = commitment(evaluator.model(), "first_touch");
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for lead in leads {
            let outcome = evaluator.outcome(id, lead).unwrap();
            *counts.entry(outcome.map_or("no MQL", |o| o.verdict.word())).or_default() += 1;
        }
        // The agreement excuses nobody, and its only limit is for everybody.
        let never = [Verdict::Excused, Verdict::NotCovered];
        for verdict in Verdict::OF_TURNAROUNDS {
            assert_eq!(counts.contains_key(verdict.word()), !never.contains(&verdict), "{}", verdict.word());
        }
        let lines: Vec<String> = counts.iter().map(|(word, count)| format!("{word:<13}{count:>4}")).collect();
        insta::assert_snapshot!("verdicts", lines.join("\n"));
    });
}

#[test]
fn special_leads() {
    with_example(|evaluator, leads| {
        let model = evaluator.model();
        let (key, touch) = (field(model, "id"), commitment(model, "first_touch"));
        let zone = evaluator.zone().unwrap();
        let mut table = String::new();
        let special = special();
        for (id, why, stated) in &special {
            let is_it = |lead: &&Item| lead.get(key).text() == Some(&format!("S-{id}"));
            let lead = leads.iter().find(is_it).unwrap_or_else(|| panic!("no lead S-{id}"));
            let outcome = evaluator.outcome(touch, lead).unwrap();
            assert_eq!(outcome.as_ref().map_or("no MQL", |o| o.verdict.word()), *stated, "S-{id}: {why}");
            let _ =
                writeln!(table, "S-{id} {why}\n     {}", outcome.map_or("no MQL".into(), |o| line(&o, zone)));
        }
        let in_file = leads.iter().filter(|lead| lead.get(key).text().is_some_and(|id| id.starts_with("S-")));
        assert_eq!(in_file.count(), special.len());
        insta::assert_snapshot!("special_leads", table);
    });
}

/// `Fri 2026-03-06 18:10:00 EST → Mon 2026-03-09 13:00:00 EDT; done ...: met`
fn line(outcome: &Outcome, zone: &TimeZone) -> String {
    let at = |moment: Instant| {
        let day = &words::day(zone.date(moment))[..3];
        let local = zone.local(moment);
        let (hour, minute, second) = (local.seconds / 3600, local.seconds / 60 % 60, local.seconds % 60);
        let name = words::zone(moment, zone);
        format!("{day} {} {hour:02}:{minute:02}:{second:02} {name}", local.date)
    };
    let or_dash = |moment: Option<Instant>| moment.map_or("-".into(), at);
    let mut out = format!("{} → {}", or_dash(outcome.start), or_dash(outcome.deadline));
    let _ = write!(out, "; done {}: {}", or_dash(outcome.done), outcome.verdict.word());
    if outcome.late_by > 0 {
        let _ = write!(out, " by {} s", outcome.late_by);
    }
    out
}

#[test]
fn first_touch_by_month() {
    with_example(|evaluator, leads| {
        let id = commitment(evaluator.model(), "first_touch");
        let mut taken: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for outcome in leads.iter().filter_map(|lead| evaluator.outcome(id, lead).unwrap()) {
            if let Some(period) = evaluator.period_of(id, &outcome, Period::Month)
                && outcome.verdict.is_decided()
            {
                taken.entry(period.label).or_default().push(outcome.taken.unwrap());
            }
        }
        let mut table = String::from(
            "month    met late overdue risk open error  attainment  target  median s    p90 s\n",
        );
        for tally in evaluator.attainment(id, leads, Period::Month).unwrap() {
            let label = &tally.period.label;
            let count = |verdict| tally.count(verdict);
            let percentile_of = |p| taken.get(label).and_then(|t| percentile(t.clone(), p));
            let _ = writeln!(
                table,
                "{label}{:>5}{:>5}{:>8}{:>5}{:>5}{:>6}{:>11}%  {:>6}{:>10}{:>9}",
                count(Verdict::Met),
                count(Verdict::Late),
                count(Verdict::Overdue),
                count(Verdict::AtRisk),
                count(Verdict::Open),
                count(Verdict::DataError),
                tally.attainment().map_or("-".into(), |share| share.round_dp(2).to_string()),
                tally.on_target.map_or("-", |on| if on { "yes" } else { "no" }),
                percentile_of(50).map_or("-".into(), |s| s.to_string()),
                percentile_of(90).map_or("-".into(), |s| s.to_string()),
            );
        }
        insta::assert_snapshot!("first_touch_by_month", table);
    });
}

#[test]
fn volume_and_acceptance_by_month() {
    with_example(|evaluator, leads| {
        let model = evaluator.model();
        let quota = evaluator.quota(commitment(model, "mql_volume"), leads).unwrap();
        let share = evaluator.share(commitment(model, "acceptance"), leads).unwrap();
        let mut table = String::from("month    MQLs  volume  accepted  acceptance\n");
        assert_eq!(quota.len(), share.len());
        for (volume, acceptance) in quota.iter().zip(&share) {
            assert_eq!(volume.period, acceptance.period);
            assert_eq!(volume.amount, acceptance.items.into());
            let _ = writeln!(
                table,
                "{}{:>6}  {:>6}{:>10}  {:>10}",
                volume.period.label,
                volume.amount,
                volume.outlook.word(),
                acceptance.hits,
                acceptance.outlook.word(),
            );
        }
        insta::assert_snapshot!("volume_and_acceptance_by_month", table);
    });
}

#[test]
fn the_slump_shows_in_june_alone() {
    with_example(|evaluator, leads| {
        let model = evaluator.model();
        let slump = model.contingencies.values().find(|c| c.head.name.text == "slump").unwrap();
        let [pattern] = slump.patterns.as_slice() else { panic!("one pattern") };
        let PatternKind::Below { percent, count, period } = &pattern.kind else { panic!("below") };
        let tallies = evaluator.attainment(*pattern.commitment.get().unwrap(), leads, *period).unwrap();
        let slumps = evaluator.below(&tallies, *percent.get().unwrap(), *count, *period);
        let labels: Vec<&str> = slumps.iter().map(|p| p.label.as_str()).collect();
        assert_eq!(labels, ["2026-06"]);
    });
}

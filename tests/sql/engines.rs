//! The same queries, rows and answers as files, for databases that run outside of the tests (`.ci/sql-engines/run`).

use std::fmt::Write as _;
use std::path::Path;

use clausal::config::{Config, Dialect, Times};
use clausal::evaluate::Item;
use clausal::model::{Id, Model, Record};
use clausal::worktime::Instant;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::agreements::source;
use crate::answers::questions;
use crate::cases::{TORTURE, TORTURE_YAML};
use crate::common::{Memory, compile, data};
use crate::laws::compiled;
use crate::rows::{Chance, rows};
use crate::support::{Database, script, stop_clock, table};

/// 2026-03-17 16:30 UTC, within opening hours of the example.
const NOW: i64 = 1_773_765_000;
/// How many random agreements other databases are asked about.
const AGREEMENTS: u64 = 8;

/// Writes everything that a database needs to be compared.
fn write_case(folder: &Path, model: &Model, config: &Config, data: &[(Id<Record>, Vec<Item>)], now: Instant) {
    #[expect(clippy::disallowed_methods, reason = "files for another program")]
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    for dialect in [Dialect::Postgres, Dialect::Duckdb] {
        let mut text = String::new();
        for (id, items) in data {
            text.push_str(&table(&model.records[*id], config, dialect, items));
        }
        text.push_str(&script(model, config, dialect));
        // A second time, as after a change.
        text.push_str(&script(model, config, dialect));
        text.push_str(&stop_clock(model, dialect, now));
        write(&format!("{}.sql", dialect.name()), &text);
    }
    let items = |id: Id<Record>| -> &[Item] {
        data.iter().find(|(record, _)| *record == id).map_or(&[], |(_, items)| items.as_slice())
    };
    for question in questions(model, now, &items) {
        write(&format!("questions/{}.sql", question.name), &question.query);
        let lines = question.lines.iter().fold(String::new(), |mut out, line| {
            let _ = writeln!(out, "{line}");
            out
        });
        write(&format!("questions/{}.expected", question.name), &lines);
    }
}

/// The example, and rows for it.
fn example() -> (crate::common::Compiled, Instant) {
    let compiled = compile(&Memory::folder("examples/lead-handoff"));
    compiled.model();
    (compiled, Instant::from_epoch(NOW).unwrap())
}

fn random_leads(count: usize) -> Vec<Item> {
    let (compiled, now) = example();
    let (model, config) = (compiled.model(), &compiled.config);
    let record = model.records.values().next().unwrap();
    rows(model, config, record, now, &mut Chance::new(1), count)
}

fn agree(model: &Model, config: &Config, items: &[Item], now: Instant) {
    let record = model.records.values().next().unwrap();
    let database = Database::of(model, config, &[(record, items)], now);
    for question in questions(model, now, &|_| items) {
        let mut found = database.lines(&question.query);
        found.sort();
        assert_eq!(found.len(), question.lines.len(), "{}", question.name);
        for (found, expected) in found.iter().zip(&question.lines) {
            assert_eq!(found, expected, "{}", question.name);
        }
    }
}

#[test]
fn ten_thousand_leads_come_out_as_the_evaluator_says() {
    let (compiled, now) = example();
    let items = random_leads(10_000);
    agree(compiled.model(), &compiled.config, &items, now);
}

#[test]
fn the_leads_of_the_example_come_out_as_the_evaluator_says() {
    let (compiled, _) = example();
    let (items, now) = (data::leads(compiled.model()), data::utc(data::LEADS_NOW).unwrap());
    agree(compiled.model(), &compiled.config, &items, now);
}

/// Writes the cases for other databases into the folder that `CLAUSAL_SQL_CASES` names.
#[test]
#[ignore = "run by .ci/sql-engines/run"]
fn write_the_cases_for_other_databases() {
    #[expect(clippy::disallowed_methods, reason = "the script says where")]
    let folder = std::env::var("CLAUSAL_SQL_CASES").expect("CLAUSAL_SQL_CASES names a folder");
    let folder = Path::new(&folder);
    let (example, now) = example();
    let model = example.model();
    let record = model.records.iter().next().unwrap().0;
    let (shipped, their_now) = (data::leads(model), data::utc(data::LEADS_NOW).unwrap());
    write_case(&folder.join("example"), model, &example.config, &[(record, shipped)], their_now);
    write_case(&folder.join("many"), model, &example.config, &[(record, random_leads(10_000))], now);

    let torture = compile(&Memory::new([("clausal.yaml", TORTURE_YAML), ("a.clause", TORTURE)]));
    let model = torture.model();
    let (id, record) = model.records.iter().next().unwrap();
    let items = rows(model, &torture.config, record, now, &mut Chance::new(7), 300);
    write_case(&folder.join("torture"), model, &torture.config, &[(id, items)], now);

    let mut runner = TestRunner::deterministic();
    for no in 0..AGREEMENTS {
        let compiled = compiled(&source().new_tree(&mut runner).unwrap().current());
        let (model, mut config) = (compiled.model(), compiled.config.clone());
        let binding = &mut config.records.get_mut("deal").unwrap().value.sql;
        // Each way to store moments, whatever chance says.
        if no < 2 {
            binding.times = [Times::Utc, Times::Instant][usize::try_from(no).unwrap()].clone();
        }
        let (id, record) = model.records.iter().next().unwrap();
        let now = Instant::from_epoch(
            [1_772_800_200, 1_774_742_400, 1_776_700_000][usize::try_from(no % 3).unwrap()],
        )
        .unwrap();
        let items = rows(model, &config, record, now, &mut Chance::new(no), 300);
        write_case(&folder.join(format!("random_{no}")), model, &config, &[(id, items)], now);
    }
}

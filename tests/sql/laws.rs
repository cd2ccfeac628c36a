//! Verdict by verdict and period by period, the queries say what `evaluate` says.

use clausal::config::Dialect;
use clausal::model::{Id, Record};
use clausal::worktime::Instant;
use proptest::prelude::*;

use crate::agreements::{Source, source};
use crate::answers::questions;
use crate::common::{Compiled, Memory, compile};
use crate::programs::program;
use crate::rows::{Chance, rows};
use crate::support::{Database, script};

/// Present moments: in the term, at a midnight, near both ends of it, long after it.
const NOWS: [i64; 6] =
    [1_772_800_200, 1_774_915_200, 1_774_742_400, 1_770_700_000, 1_776_700_000, 1_800_000_000];

pub fn compiled(source: &Source) -> Compiled {
    let compiled = compile(&Memory::new([
        ("clausal.yaml", source.yaml.as_str()),
        ("deals.clause", source.clause.as_str()),
    ]));
    compiled.model();
    compiled
}

fn check(source: &Source, seed: u64, now: i64) {
    let compiled = compiled(source);
    let (model, config) = (compiled.model(), &compiled.config);
    let now = Instant::from_epoch(now).unwrap();
    let record: &Record = model.records.values().next().unwrap();
    let items = rows(model, config, record, now, &mut Chance::new(seed), 60);
    let database = Database::of(model, config, &[(record, &items)], now);
    for question in questions(model, now, &|_: Id<Record>| &items) {
        let mut found = database.lines(&question.query);
        found.sort();
        let wrong: Vec<&String> = found.iter().filter(|line| !question.lines.contains(line)).collect();
        let missing: Vec<&String> = question.lines.iter().filter(|line| !found.contains(line)).collect();
        assert!(
            wrong.is_empty() && missing.is_empty() && found.len() == question.lines.len(),
            "{}: found {wrong:#?} instead of {missing:#?}",
            question.name
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_queries_say_what_the_evaluator_says(source in source(), seed: u64, now in prop::sample::select(NOWS.to_vec())) {
        check(&source, seed, now);
    }

    #[test]
    fn whatever_resolves_becomes_queries_that_a_database_takes(program in program()) {
        let text = format!("{}\n{}", program.text(), FRAME);
        let compiled = compile(&Memory::new([("test.clause", text.as_str())]));
        if let Some(model) = &compiled.model {
            Database::new().run(&script(model, &compiled.config, Dialect::Sqlite));
        }
    }
}

/// An agreement around random blocks, so that some of them can be measured.
const FRAME: &str = "agreement frame { effective 2026-01-01 zone Europe/Berlin }\n\
    record things { id key  at datetime }\n\
    role people { }\n\
    commitment answer { people must answer each things within 2 hours of at  met at at }\n";

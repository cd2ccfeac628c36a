//! Random rows near everything where verdicts change: deadlines, openings, changes of the clock, ends of periods, blanks.

use clausal::config::{Config, Times};
use clausal::evaluate::{Evaluator, Item, Value};
use clausal::model::{Field, FieldType, Form, Id, Model, Record};
use clausal::worktime::{Day, Instant, TimeZone, civil};
use rust_decimal::Decimal;

/// A small, good enough source of chance that is the same everywhere.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(2).wrapping_add(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(n.max(1)).unwrap()).unwrap()
    }

    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    pub fn number(&mut self, of: &[i64]) -> i64 {
        of[self.below(of.len())]
    }
}

const DAYS: [&str; 14] = [
    "2026-02-09",
    "2026-02-10",
    "2026-02-28",
    "2026-03-01",
    "2026-03-05",
    "2026-03-06",
    "2026-03-08",
    "2026-03-09",
    "2026-03-28",
    "2026-03-29",
    "2026-03-31",
    "2026-04-05",
    "2026-04-20",
    "2026-04-21",
];
const SECONDS: [i64; 14] =
    [0, 1, 7200, 9000, 32_399, 32_400, 43_200, 46_800, 54_000, 54_001, 61_200, 63_000, 79_200, 86_399];
const TEXTS: [&str; 14] =
    ["A", "Ärger", "ärger", "it's", "100%", "_", "abc", "ABC", "Abc", "äb", "ÄB", "", "--; DROP", "x\\y\"z"];

/// A moment near the interesting ones of a zone.
fn moment(chance: &mut Chance, zone: &TimeZone) -> Instant {
    let day = Day::of(civil::parse_date(chance.pick(&DAYS)).unwrap());
    let start = zone.start_of(day).unwrap();
    start.plus(chance.number(&SECONDS) + chance.number(&[0, 0, 0, 86_400, 7 * 86_400])).unwrap()
}

/// A moment that a wall clock can store: not the second time that a clock shows it.
fn storable(moment: Instant, times: &Times) -> Instant {
    let Times::Zone(zone) = times else { return moment };
    let zone = TimeZone::find(&zone.value).unwrap();
    zone.instant(zone.local(moment)).unwrap()
}

/// Rows of a record.
pub fn rows(
    model: &Model,
    config: &Config,
    record: &Record,
    now: Instant,
    chance: &mut Chance,
    count: usize,
) -> Vec<Item> {
    let binding = config.records.get(&record.head.name.text).map(|b| b.value.sql.clone()).unwrap_or_default();
    let evaluator = Evaluator::new(model, now);
    let zone = evaluator.zone().cloned().unwrap_or(TimeZone::UTC);
    let mut out = Vec::new();
    for no in 0..count {
        let mut item = Item::blank(record);
        for (id, field) in record.fields.iter() {
            if field.ty == FieldType::Key {
                item.set(id, Value::Text(format!("i{no:05}")));
            } else if chance.below(7) != 0 {
                item.set(id, value(chance, field, &zone, &binding.times));
            }
        }
        near_a_deadline(&evaluator, record, &mut item, chance, &binding.times);
        out.push(item);
    }
    out
}

fn value(chance: &mut Chance, field: &Field, zone: &TimeZone, times: &Times) -> Value {
    match &field.ty {
        FieldType::Key | FieldType::Text | FieldType::Reference(_) => match field.name.text.as_str() {
            "country" => Value::Text(chance.pick(&["US", "CA", "GB", "US", "DE", "us"]).to_owned()),
            _ => Value::Text(chance.pick(&TEXTS).to_owned()),
        },
        FieldType::User => Value::Text(chance.pick(&["ann", "bob", "Cy O'Neill"]).to_owned()),
        FieldType::Integer => {
            Value::Number(chance.number(&[0, 1, 10, 49, 50, 64, 65, 66, 80, 80, 120, 200]).into())
        }
        FieldType::Number | FieldType::Percent | FieldType::Money(_) => {
            let cents =
                [-500_000, 0, 1, 500, 707, 1_000, 1_224, 12_500_000, 100_500_000, 100_500_001, 1_500_000];
            Value::Number(Decimal::new(chance.number(&cents), 6))
        }
        FieldType::Boolean => Value::Boolean(chance.below(2) == 0),
        FieldType::Date => Value::Date(civil::parse_date(chance.pick(&DAYS)).unwrap()),
        FieldType::DateTime => Value::Moment(storable(moment(chance, zone), times)),
        FieldType::Choice(values) => {
            let mut names: Vec<&str> = values.names.iter().map(|n| n.text.as_str()).collect();
            // Values that the agreement does not know turn up in real data.
            names.push("something else");
            Value::Choice(chance.pick(&names).to_owned())
        }
        FieldType::Choices(values) => {
            let names = values.names.iter().map(|n| n.text.clone());
            Value::Choices(names.filter(|_| chance.below(2) == 0).collect())
        }
    }
}

/// Half of the rows are done within seconds of a deadline, or of the opening after it.
fn near_a_deadline(
    evaluator: &Evaluator<'_>,
    record: &Record,
    item: &mut Item,
    chance: &mut Chance,
    times: &Times,
) {
    if chance.below(2) == 0 {
        return;
    }
    let turnarounds: Vec<_> = evaluator
        .model()
        .commitments
        .iter()
        .filter(|(id, c)| matches!(c.form, Form::Turnaround(_)) && evaluator.gap(*id).is_none())
        .collect();
    let Some((id, commitment)) = turnarounds.get(chance.below(turnarounds.len())) else { return };
    let Ok(Some(outcome)) = evaluator.outcome(*id, item) else { return };
    let (Some(deadline), Some(Some(done))) = (outcome.deadline, commitment.met_at.first().map(|f| f.get()))
    else {
        return;
    };
    let near = deadline.plus(chance.number(&[-1, 0, 1, 2, 3600, 54_000, -86_400])).unwrap();
    let done: Id<Field> = *done;
    debug_assert!(record.fields[done].ty == FieldType::DateTime);
    item.set(done, Value::Moment(storable(near, times)));
}

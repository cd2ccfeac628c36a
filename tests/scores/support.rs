//! Items of a small agreement, built from words.

use clausal::evaluate::{Evaluator, Item};
use clausal::model::Model;
use clausal::worktime::{Instant, TimeZone, parse_moment};

use crate::common::{Compiled, compile_text};

/// The records of every test here, in New York.
const RECORDS: &str = r#"
agreement test_deal { parties p  zone America/New_York }
party p { }
record lead "Lead" {
  id          key
  employees   integer  optional
  mql_at      datetime  optional
  active_at   datetime  optional
  signed_on   date  optional
  competitor  boolean
  base        number  optional
}
record activity "Activity" of lead {
  kind      choice of call, email, meeting  optional
  answered  boolean  optional
  minutes   number  optional
  cost      money(USD)  optional
  done_at   datetime  optional
  happens at done_at
}
record visit "Visit" of lead {
  page  text
  day   date  optional
  happens at day
}
record reply of activity { text text  sent_at datetime optional  happens at sent_at }
"#;

pub fn compile(more: &str) -> Compiled {
    compile_text(&format!("{RECORDS}{more}"))
}

/// The agreement with `it` meaning a condition over leads.
pub fn it(condition: &str) -> Compiled {
    compile(&format!("definition it {{ means lead where {condition} }}\n"))
}

pub fn zone() -> TimeZone {
    TimeZone::of(&clausal::model::Zone("America/New_York".to_owned())).expect("a zone")
}

pub fn at(text: &str) -> Instant {
    parse_moment(text, Some(&zone())).unwrap_or_else(|| panic!("{text} is no moment"))
}

/// A lead from JSON.
pub fn lead(model: &Model, json: &str) -> Item {
    let id = model.records.iter().find(|(_, r)| r.head.name.text == "lead").expect("the record").0;
    let json = serde_json::from_str(json).expect("JSON");
    clausal::why::read(model, id, Some(&zone()), &json).unwrap_or_else(|wrong| panic!("{wrong:?}"))
}

/// Whether a lead is `it` at a moment.
pub fn holds(condition: &str, json: &str, now: &str) -> bool {
    let compiled = it(condition);
    let model = compiled.model();
    let (id, _) = model.definitions.iter().find(|(_, d)| d.head.name.text == "it").expect("it");
    let evaluator = Evaluator::new(model, at(now));
    assert_eq!(evaluator.definition_gap(id), None);
    evaluator.is(id, &lead(model, json))
}

//! Which items break what is forbidden.

use clausal::evaluate::Evaluator;
use clausal::worktime::Instant;

use crate::support::{agreement, commitment, item, record, rows};

const RULES: &str = r"
record lead {
  id      key
  stage   choice of open, closed  optional
  reason  text                    optional
  note    text                    optional
  spam    boolean                 optional
}
definition real { means lead where not spam }
commitment reason_given {
  team must not close a real without reason, note when stage = closed
}
commitment never_reopened {
  team must not touch any real when stage = open and reason is set
  excused when note is set
}
commitment vague { team must not close a lead without reason }
";

#[test]
fn breaches() {
    let compiled = agreement(RULES);
    let model = compiled.model();
    let (evaluator, record) = (Evaluator::new(model, Instant::MIN), record(model, "lead"));
    let table = "
        # Everything that must be given is given, or not.
        reason_given | stage: closed; reason: x; note: y | kept
        reason_given | stage: closed; reason: x          | broken
        reason_given | stage: closed; note: x            | broken
        reason_given | stage: closed                     | broken
        reason_given | stage: closed; reason: ''; note: y | broken
        # Where the act was not done there is nothing to break, and nothing to keep.
        reason_given | stage: open                       | -
        reason_given |                                   | -
        reason_given | stage: closed; spam: true         | -
        never_reopened | stage: open; reason: x          | broken
        never_reopened | stage: open                     | kept
        never_reopened |                                 | kept
        never_reopened | stage: open; reason: x; note: y | -
        never_reopened | spam: true                      | -";
    for [name, fields, expected] in rows::<3>(table) {
        let broken = evaluator.breaks(commitment(model, name), &item(record, fields)).unwrap();
        let said = broken.map_or("-", |broken| if broken { "broken" } else { "kept" });
        assert_eq!(said, expected, "{name}: `{fields}`");
    }
}

#[test]
fn what_nobody_can_tell_is_a_gap() {
    let compiled = agreement(RULES);
    let model = compiled.model();
    let evaluator = Evaluator::new(model, Instant::MIN);
    let gap = evaluator.breaks(commitment(model, "vague"), &item(record(model, "lead"), "")).unwrap_err();
    assert_eq!(gap.to_string(), "nothing says what an item looks like once it was done");
}

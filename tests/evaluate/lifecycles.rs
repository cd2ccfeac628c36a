//! Which changes of stage are refused, and why.

use clausal::evaluate::{Evaluator, Refusal, refusals};
use clausal::worktime::Instant;

use crate::support::{agreement, item, record, rows};

const DEAL: &str = r"
record deal {
  id      key
  stage   choice of new, open, won, lost, frozen  optional
  reason  choice of price, timing, other          optional
  amount  number                                  optional
  owner   user                                    optional
}
definition large { means deal where amount >= 100 }
lifecycle stages of deal.stage {
  start new, open
  new  -> open    when large
  new  -> open    by team  requires owner, reason
  open -> won     requires amount
  open -> lost    requires owner  reason in [price, timing]
  lost -> open
  never won -> lost
  any  -> frozen
  end  won, frozen
}
";

fn words(refusals: &[Refusal]) -> String {
    let one = |refusal: &Refusal| match refusal {
        Refusal::NotAStart { stage } => format!("{stage} is no start"),
        Refusal::NotDeclared { from, to } => {
            let or_blank = |stage: &Option<String>| stage.clone().unwrap_or_else(|| "blank".into());
            format!("no step {} to {}", or_blank(from), or_blank(to))
        }
        Refusal::Guard => "guard".into(),
        Refusal::Missing { field } => format!("{field} missing"),
        Refusal::Reason { field } => format!("{field} not allowed"),
    };
    if refusals.is_empty() { "fine".into() } else { refusals.iter().map(one).collect::<Vec<_>>().join(", ") }
}

#[test]
fn changes_of_stage() {
    let compiled = agreement(DEAL);
    let model = compiled.model();
    let (evaluator, record) = (Evaluator::new(model, Instant::MIN), record(model, "deal"));
    let lifecycle = model.lifecycles.values().next().unwrap();
    // before (`-`: a new record) | after | what is said
    let table = "
        -           | stage: new                | fine
        -           | stage: open               | fine
        -           |                           | fine
        -           | stage: won                | won is no start
        -           | stage: nonsense           | nonsense is no start
                    |                           | fine
                    | stage: new                | fine
                    | stage: won                | no step blank to won
        stage: new  |                           | no step new to blank
        stage: new  | stage: ''                 | no step new to blank
        # No change is no step, whatever the fields.
        stage: won  | stage: won                | fine
        stage: lost | stage: lost               | fine
        # One of two ways must be open; the first says why not.
        stage: new  | stage: open; amount: 100  | fine
        stage: new  | stage: open; amount: 99   | guard
        stage: new  | stage: open; owner: Ana; reason: other | fine
        stage: new  | stage: open; owner: Ana   | guard
        stage: new  | stage: won; amount: 100   | no step new to won
        stage: open | stage: won; amount: 0     | fine
        stage: open | stage: won                | amount missing
        stage: open | stage: lost; owner: Ana; reason: price | fine
        stage: open | stage: lost; owner: Ana; reason: other | reason not allowed
        stage: open | stage: lost; owner: Ana   | reason not allowed
        stage: open | stage: lost               | owner missing, reason not allowed
        stage: open | stage: lost; reason: price | owner missing
        stage: lost | stage: open               | fine
        stage: lost | stage: won; amount: 1     | no step lost to won
        stage: won  | stage: lost; owner: Ana; reason: price | no step won to lost
        # `any` is every stage that is not an end.
        stage: new  | stage: frozen             | fine
        stage: lost | stage: frozen             | fine
        stage: won  | stage: frozen             | no step won to frozen
        stage: frozen | stage: open             | no step frozen to open
        stage: nonsense | stage: open           | no step nonsense to open
        stage: open | stage: nonsense           | no step open to nonsense";
    for [before, after, expected] in rows::<3>(table) {
        let old = (before != "-").then(|| item(record, before));
        let said = words(&refusals(&evaluator, lifecycle, old.as_ref(), &item(record, after)));
        assert_eq!(said, expected, "from `{before}` to `{after}`");
    }
}

//! `clausal explain`.

use std::fmt::Write as _;

use super::Exit;
use super::args::ExplainArgs;
use super::term::Term;
use crate::diagnostic::nearest;
use crate::lint;

pub(super) fn run(args: &ExplainArgs, term: &Term) -> Exit {
    let Some(name) = &args.rule else {
        term.print(&list());
        return Exit::Fine;
    };
    // People paste what a finding shows: `error[bare-days]`.
    let name = name.rsplit_once('[').map_or(name.as_str(), |(_, rest)| rest.trim_end_matches(']'));
    if let Some(rule) = lint::rule(name) {
        term.print(rule.page);
        return Exit::Fine;
    }
    let near = nearest(name, lint::ALL.iter().map(|r| r.name));
    let hint =
        near.map_or("`clausal explain` lists them all.".into(), |near| format!("Did you mean `{near}`?"));
    term.complain(&format!("there is no rule `{name}`. {hint}\n"));
    Exit::Trouble
}

fn list() -> String {
    let widest = lint::ALL.iter().map(|r| r.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in lint::ALL {
        let _ = writeln!(out, "{:widest$}  {:7}  {}", rule.name, rule.severity.word(), rule.summary);
    }
    out
}

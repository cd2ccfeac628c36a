//! `clausal explain`.

use std::fmt::Write as _;

use super::Exit;
use super::args::ExplainArgs;
use super::term::{self, Term};
use crate::diagnostic::nearest;
use crate::lint;

pub(super) fn run(args: &ExplainArgs, term: &Term) -> Exit {
    let Some(name) = &args.rule else {
        term.print(&list(term::columns().unwrap_or(usize::MAX)));
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

/// A line for every rule; in a narrow terminal, what it finds stands under its name.
fn list(width: usize) -> String {
    let widest = lint::ALL.iter().map(|r| r.name.len()).max().unwrap_or(0);
    let line =
        |rule: &lint::Rule| format!("{:widest$}  {:7}  {}", rule.name, rule.severity.word(), rule.summary);
    let narrow = lint::ALL.iter().any(|rule| line(rule).chars().count() > width);
    let mut out = String::new();
    for rule in lint::ALL {
        if narrow {
            let options = textwrap::Options::new(width).initial_indent("    ").subsequent_indent("    ");
            let summary = textwrap::fill(rule.summary, options);
            let _ = writeln!(out, "{} ({})\n{summary}", rule.name, rule.severity.word());
        } else {
            let _ = writeln!(out, "{}", line(rule));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_fits_its_terminal() {
        assert_eq!(list(usize::MAX).lines().count(), lint::ALL.len());
        for width in [40, 60, 100] {
            let list = list(width);
            assert!(list.lines().all(|line| line.chars().count() <= width), "{list}");
            for rule in lint::ALL {
                assert!(list.contains(rule.name), "{}", rule.name);
            }
        }
    }
}

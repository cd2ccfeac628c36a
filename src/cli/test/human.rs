//! Results for people.

use std::fmt::Write as _;

use super::super::term::plural;
use super::{Suite, place, totals};
use crate::source::SourceMap;

pub(super) fn render(suites: &[Suite], sources: &SourceMap) -> String {
    let mut out = String::new();
    for suite in suites.iter().filter(|s| !s.cases.is_empty()) {
        let _ = writeln!(out, "{} ({})", suite.agreement, suite.path);
        for case in &suite.cases {
            let mark = if case.passed() { "ok  " } else { "FAIL" };
            let _ = writeln!(out, "  {mark}  {}", case.title);
            if case.passed() && case.expectations == 0 {
                let _ = writeln!(out, "        expects nothing, so it shows nothing");
            }
            for failure in &case.failures {
                let (path, line, _) = place(failure.span, sources);
                let _ = writeln!(out, "        {path}:{line}: {}", failure.message);
                if let Some(because) = &failure.because {
                    let _ = writeln!(out, "        {because}");
                }
            }
        }
        out.push('\n');
    }
    let (count, failed) = totals(suites);
    let _ = match (count, failed) {
        (0, _) => {
            writeln!(out, "No scenarios. A `scenario` block gives an example with its expected result.")
        }
        (n, 0) => writeln!(out, "{}: all as expected.", plural(n, "scenario")),
        (n, f) => writeln!(out, "{}: {} as expected, {f} not.", plural(n, "scenario"), n - f),
    };
    out
}

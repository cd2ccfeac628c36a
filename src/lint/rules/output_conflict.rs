//! `output-conflict`. Found where outputs are written.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "output-conflict",
    summary: "a file in the way of an output, or an output edited by hand",
    severity: Severity::Error,
    stage: Stage::Building,
    page: include_str!("output_conflict.md"),
};

//! `invalid-value`. Found by `resolve`, where values are read.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "invalid-value",
    summary: "a value that cannot be, such as 30 February",
    severity: Severity::Error,
    stage: Stage::Resolving,
    page: include_str!("invalid_value.md"),
};

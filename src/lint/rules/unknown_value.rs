//! `unknown-value`. Found by `resolve`, in conditions.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unknown-value",
    summary: "a value that a choice does not have",
    severity: Severity::Error,
    stage: Stage::Resolving,
    page: include_str!("unknown_value.md"),
};

//! `invalid-allow`. Found by `allow`.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "invalid-allow",
    summary: "a remark to Clausal that it cannot follow",
    severity: Severity::Error,
    stage: Stage::Remarks,
    page: include_str!("invalid_allow.md"),
};

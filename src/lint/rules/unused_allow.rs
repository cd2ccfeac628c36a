//! `unused-allow`. Found by `allow`.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unused-allow",
    summary: "a remark that allows a finding that is no longer there",
    severity: Severity::Warning,
    stage: Stage::Remarks,
    page: include_str!("unused_allow.md"),
};

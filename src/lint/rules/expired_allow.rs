//! `expired-allow`. Found by `allow`.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "expired-allow",
    summary: "a remark that allowed a finding for a time that is over",
    severity: Severity::Warning,
    stage: Stage::Remarks,
    page: include_str!("expired_allow.md"),
};

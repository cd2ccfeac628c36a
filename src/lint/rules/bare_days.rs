//! `bare-days`. Found by `resolve`, where durations are read.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "bare-days",
    summary: "`days` without saying business or calendar days",
    severity: Severity::Error,
    stage: Stage::Resolving,
    page: include_str!("bare_days.md"),
};

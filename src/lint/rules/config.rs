//! `config`. Found by `config`.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "config",
    summary: "a setting in `clausal.yaml` that is unknown or impossible",
    severity: Severity::Error,
    stage: Stage::Reading,
    page: include_str!("config.md"),
};

//! `unknown-stage`. Found by `resolve`, where lifecycles are read.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unknown-stage",
    summary: "a transition from or to a stage that the field does not have",
    severity: Severity::Error,
    stage: Stage::Resolving,
    page: include_str!("unknown_stage.md"),
};

//! `commitment-circle`. Found by `resolve`, once every commitment is known.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "commitment-circle",
    summary: "commitments that depend on, or give way to, one another in a circle",
    severity: Severity::Error,
    stage: Stage::Resolving,
    page: include_str!("commitment_circle.md"),
};

//! `reporting-circle`. Found by `resolve`, once every role is known.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "reporting-circle",
    summary: "roles that report to one another in a circle",
    severity: Severity::Error,
    stage: Stage::Resolving,
    page: include_str!("reporting_circle.md"),
};

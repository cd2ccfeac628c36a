//! `unreachable-route`. Found by `resolve`, where routings are read.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unreachable-route",
    summary: "a row of a routing that no item ever gets to",
    severity: Severity::Error,
    stage: Stage::Resolving,
    page: include_str!("unreachable_route.md"),
};

//! `definition-cycle`. Found by `resolve`, once every definition is known.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "definition-cycle",
    summary: "definitions or scores that are defined by one another",
    severity: Severity::Error,
    stage: Stage::Resolving,
    page: include_str!("definition_cycle.md"),
};

//! `duplicate-name`. Found by `resolve`, where names are declared.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "duplicate-name",
    summary: "a name given to two things",
    severity: Severity::Error,
    stage: Stage::Resolving,
    page: include_str!("duplicate_name.md"),
};

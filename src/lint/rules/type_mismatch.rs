//! `type-mismatch`. Found by `resolve`, in conditions and wherever a field is named.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "type-mismatch",
    summary: "values of different types in one place",
    severity: Severity::Error,
    stage: Stage::Resolving,
    page: include_str!("type_mismatch.md"),
};

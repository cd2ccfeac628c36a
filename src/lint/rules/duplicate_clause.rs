//! `duplicate-clause`. Found by `resolve`, block by block.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "duplicate-clause",
    summary: "two answers to one question",
    severity: Severity::Error,
    stage: Stage::Resolving,
    page: include_str!("duplicate_clause.md"),
};

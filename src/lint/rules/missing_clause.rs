//! `missing-clause`. Found by `resolve`, block by block.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "missing-clause",
    summary: "a block without a clause that it needs",
    severity: Severity::Error,
    stage: Stage::Resolving,
    page: include_str!("missing_clause.md"),
};

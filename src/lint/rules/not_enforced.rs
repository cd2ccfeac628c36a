//! `not-enforced`. Found by `targets`.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "not-enforced",
    summary: "a clause that a target cannot express",
    severity: Severity::Info,
    stage: Stage::Building,
    page: include_str!("not_enforced.md"),
};

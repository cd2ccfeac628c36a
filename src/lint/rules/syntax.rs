//! `syntax`. Found by `syntax`.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "syntax",
    summary: "text that cannot be read as an agreement",
    severity: Severity::Error,
    stage: Stage::Reading,
    page: include_str!("syntax.md"),
};

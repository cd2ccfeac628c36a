//! `undefined-name`. Found by `resolve`, where the name is looked up.

use crate::diagnostic::Severity;
use crate::lint::{Rule, Stage};

/// The rule.
pub static RULE: Rule = Rule {
    name: "undefined-name",
    summary: "a name that nothing declares",
    severity: Severity::Error,
    stage: Stage::Resolving,
    page: include_str!("undefined_name.md"),
};

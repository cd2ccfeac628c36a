//! Formulas: conditions as a tree of tests, printed within the limits of Salesforce.
//!
//! A formula that is too long is split where that changes nothing: a rule refuses a record when its formula is true, so
//! "refuse if A or B" is two rules.

mod condition;
mod print;
mod split;

pub use condition::{Conditions, Unsupported};
pub use print::print;
pub use split::{Split, split};

/// Longest formula in characters (UTF-16 units).
pub const CHARACTERS: usize = 3_900;
/// Longest formula in bytes.
pub const BYTES: usize = 4_000;

/// A condition on a record in Salesforce. It is always true or false: no test in it is unknown on a blank field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// True or false whatever the record holds.
    Constant(bool),
    /// All hold.
    All(Vec<Formula>),
    /// At least one holds.
    Any(Vec<Formula>),
    /// It does not hold.
    Not(Box<Formula>),
    /// At least so many hold.
    AtLeast(u32, Vec<Formula>),
    /// A test in the language of formulas.
    Test(String),
}

impl Formula {
    /// A test.
    pub fn test(text: impl Into<String>) -> Formula {
        Formula::Test(text.into())
    }

    /// All hold. What is certain is left out.
    pub fn all(parts: impl IntoIterator<Item = Formula>) -> Formula {
        let mut out = Vec::new();
        for part in parts {
            match part {
                Formula::Constant(true) => {}
                Formula::Constant(false) => return Formula::Constant(false),
                Formula::All(inner) => inner.into_iter().for_each(|p| add(&mut out, p)),
                other => add(&mut out, other),
            }
        }
        match out.len() {
            0 => Formula::Constant(true),
            1 => out.swap_remove(0),
            _ => Formula::All(out),
        }
    }

    /// At least one holds.
    pub fn any(parts: impl IntoIterator<Item = Formula>) -> Formula {
        let mut out = Vec::new();
        for part in parts {
            match part {
                Formula::Constant(false) => {}
                Formula::Constant(true) => return Formula::Constant(true),
                Formula::Any(inner) => inner.into_iter().for_each(|p| add(&mut out, p)),
                other => add(&mut out, other),
            }
        }
        match out.len() {
            0 => Formula::Constant(false),
            1 => out.swap_remove(0),
            _ => Formula::Any(out),
        }
    }

    /// At least so many hold.
    pub fn at_least(count: u32, parts: Vec<Formula>) -> Formula {
        let sure = parts.iter().filter(|p| **p == Formula::Constant(true)).count();
        let open: Vec<Formula> = parts.into_iter().filter(|p| !matches!(p, Formula::Constant(_))).collect();
        let needed = (count as usize).saturating_sub(sure);
        match needed {
            0 => Formula::Constant(true),
            1 => Formula::any(open),
            n if n > open.len() => Formula::Constant(false),
            n if n == open.len() => Formula::all(open),
            _ => Formula::AtLeast(u32::try_from(needed).unwrap_or(u32::MAX), open),
        }
    }

    /// It does not hold.
    #[must_use]
    pub fn negated(self) -> Formula {
        match self {
            Formula::Constant(value) => Formula::Constant(!value),
            Formula::Not(inner) => *inner,
            other => Formula::Not(Box::new(other)),
        }
    }
}

/// What is said twice is said once.
fn add(parts: &mut Vec<Formula>, part: Formula) {
    if !parts.contains(&part) {
        parts.push(part);
    }
}

/// A text in a formula, with its quotes.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

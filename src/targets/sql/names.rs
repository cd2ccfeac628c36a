//! What tables and views are called.
//!
//! Everything begins with the agreement's name and two underscores, so that the agreements of a project can share a
//! schema. A name depends on the agreement and on what it stands for alone: unrelated changes never rename.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use crate::diagnostic::Diagnostic;
use crate::model::{Model, Name};

/// Bytes that every database keeps of a name.
const LONGEST: usize = 63;
/// Rule: something in the way of an output.
const CONFLICT: &str = "output-conflict";

/// The names of one agreement's tables and views.
#[derive(Debug, Clone)]
pub(super) struct Names {
    prefix: String,
}

impl Names {
    pub(super) fn new(agreement: &str) -> Names {
        // Where a plain prefix could be read in two ways, or differs from another one by its capitals alone.
        let plain = !agreement.contains("__")
            && !agreement.ends_with('_')
            && !agreement.chars().any(char::is_uppercase);
        let prefix = if plain { agreement.to_owned() } else { format!("{agreement}_{}", mark(agreement)) };
        Names { prefix }
    }

    /// The name of a table or a view.
    pub(super) fn object(&self, what: &str) -> String {
        shortened(&format!("{}__{what}", self.prefix))
    }

    /// The view of a record.
    pub(super) fn record(&self, record: &Name) -> String {
        self.object(&format!("record_{record}"))
    }
}

/// A name that every database keeps whole.
pub(super) fn shortened(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let mark = mark(name);
    let mut end = LONGEST - mark.len() - 1;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}_{mark}", name.get(..end).unwrap_or_default())
}

/// Eight characters that stand for a text.
fn mark(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let start = digest.iter().take(4).fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte));
    format!("{start:08x}")
}

/// Column names of one view, each once even where capitals do not count.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns(BTreeSet<String>);

impl Columns {
    /// The wanted name, or one made from it if it is taken.
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let mut name = shortened(wanted);
        while !self.0.insert(name.to_lowercase()) {
            name = shortened(&format!("{wanted}_{}", mark(&name)));
        }
        name
    }
}

/// Reports objects that would be one, and objects that would take the place of a table with data.
pub(super) fn conflicts(model: &Model, objects: &[String], tables: &[Vec<String>]) -> Vec<Diagnostic> {
    let place = model.agreement.head.name.span;
    let mut seen = BTreeMap::new();
    let mut out = Vec::new();
    let mut conflict = |name: &str, why: &str| {
        out.push(
            Diagnostic::error(CONFLICT, format!("two tables or views would be called `{name}`"))
                .at(place, why)
                .note("Databases do not tell small letters and capitals apart.")
                .help("Rename one of the records, or the agreement."),
        );
    };
    for table in tables {
        seen.insert(
            table.last().map(|t| t.to_lowercase()).unwrap_or_default(),
            "one is a table of `clausal.yaml`",
        );
    }
    for object in objects {
        if let Some(why) = seen.insert(object.to_lowercase(), "both are made of this agreement") {
            conflict(object, why);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_stable_and_told_apart() {
        let names = Names::new("lead_handoff");
        assert_eq!(names.object("items"), "lead_handoff__items");
        let long = Names::new(&"ä".repeat(40)).object("items");
        assert!(long.len() <= LONGEST && long != Names::new(&"ä".repeat(41)).object("items"), "{long}");
        assert_ne!(Names::new("a__record_x").object("now"), Names::new("a").object("record_x__now"));
        assert_ne!(Names::new("A").object("now").to_lowercase(), Names::new("a").object("now"));
    }

    #[test]
    fn columns_are_taken_once() {
        let mut columns = Columns::default();
        assert_eq!(columns.take("is_mql"), "is_mql");
        let other = columns.take("Is_MQL");
        assert!(other.starts_with("Is_MQL_"), "{other}");
    }
}

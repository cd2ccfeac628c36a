//! What Clausal makes of an agreement: one folder per family of outputs, each a function from the model to files.
//!
//! A target reads the model and the settings, nothing else, and writes nothing: the caller does, with a manifest. The same
//! input gives the same bytes. What a target cannot express it lists in its own output, and says so in a diagnostic.

pub mod docs;
pub mod salesforce;
pub mod sql;

use crate::config::{Config, Target};
use crate::diagnostic::Diagnostic;
use crate::model::Model;

/// Rule: something that a target leaves out, or only partly covers.
const NOT_ENFORCED: &str = "not-enforced";

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// The path below the target's folder, with forward slashes.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Artifact {
    /// A text file.
    pub fn text(path: impl Into<String>, text: impl Into<String>) -> Self {
        Artifact { path: path.into(), bytes: text.into().into_bytes() }
    }
}

/// What a target made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Output {
    /// The files, sorted by path.
    pub artifacts: Vec<Artifact>,
    /// What is wrong or cannot be expressed. With an error among them nothing is written.
    pub diagnostics: Vec<Diagnostic>,
}

/// Makes the files of one target.
pub fn generate(target: Target, model: &Model, config: &Config) -> Output {
    match target {
        Target::Docs => docs::generate(model, config),
        Target::Salesforce => salesforce::generate(model, config),
        Target::Sql => sql::generate(model, config),
    }
}

/// What is wrong with the outputs of several agreements together: things outside that they share, and make in different
/// ways.
pub fn clashes(target: Target, made: &[(&Model, &Output)]) -> Vec<Diagnostic> {
    match target {
        Target::Salesforce => salesforce::clashes(made),
        Target::Docs | Target::Sql => Vec::new(),
    }
}

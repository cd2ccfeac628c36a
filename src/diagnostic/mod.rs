//! What Clausal tells its users: one neutral [`Diagnostic`], and one file per way to show it.
//!
//! House style. The message says what is wrong, in lower case, without a final period, with the author's own words in
//! backticks. The note says why it matters, the help says what to do, both as sentences. Words of the reader, never of a
//! compiler.

pub mod human;
pub mod json;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::source::{FileId, SourceMap, Span};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Must be mended: the agreement is ambiguous, contradictory, or cannot be read. `check` exits with 1.
    Error,
    /// Should be looked at.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

/// A place with a remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there; may be empty.
    pub text: String,
}

/// How sure a fix is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applicability {
    /// Certain to be what the author meant; changes no meaning that was there.
    Safe,
    /// Likely what the author meant; to be looked at before it is applied.
    Suggested,
}

/// A change of text that removes the finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a command: "write `business days`".
    pub title: String,
    /// How sure it is.
    pub applicability: Applicability,
    /// The changes; they do not overlap.
    pub edits: Vec<Edit>,
}

/// Replaces the text under a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// A concrete example that shows the fault: a small table or a dated timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// What is shown: "an MQL of Friday 6 March 2026 16:30".
    pub title: String,
    /// Rows of two cells: a moment or a field, and what happens there.
    pub rows: Vec<(String, String)>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name, such as `undefined-name`; `explain` has a page for each.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where it is wrong. `None` for a finding about a file as a whole, or about none.
    pub primary: Option<Label>,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// The file, for findings without a place in a text.
    pub path: Option<PathBuf>,
    /// An example that shows it.
    pub witness: Option<Witness>,
    /// Why it matters.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// Changes that remove it, best first.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A finding without a place yet.
    pub fn new(rule: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        Diagnostic {
            rule,
            severity,
            message: message.into(),
            primary: None,
            secondary: Vec::new(),
            path: None,
            witness: None,
            notes: Vec::new(),
            help: None,
            fixes: Vec::new(),
        }
    }

    /// An error.
    pub fn error(rule: &'static str, message: impl Into<String>) -> Self {
        Diagnostic::new(rule, Severity::Error, message)
    }

    /// A warning.
    pub fn warning(rule: &'static str, message: impl Into<String>) -> Self {
        Diagnostic::new(rule, Severity::Warning, message)
    }

    /// Says where it is wrong.
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.primary = Some(Label { span, text: text.into() });
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Names the file as a whole.
    #[must_use]
    pub fn in_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Says why it matters.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Shows an example.
    #[must_use]
    pub fn witness(mut self, witness: Witness) -> Self {
        self.witness = Some(witness);
        self
    }

    /// Adds a change that removes it.
    #[must_use]
    pub fn fix(
        mut self,
        title: impl Into<String>,
        applicability: Applicability,
        span: Span,
        text: impl Into<String>,
    ) -> Self {
        let edits = vec![Edit { span, text: text.into() }];
        self.fixes.push(Fix { title: title.into(), applicability, edits });
        self
    }
}

/// Sorts findings by file, place, severity and rule, and drops exact repetitions, so that the same input always gives
/// the same list.
pub fn sort(diagnostics: &mut Vec<Diagnostic>, sources: &SourceMap) {
    let paths: BTreeMap<FileId, String> =
        sources.iter().map(|(file, source)| (file, source.display_path())).collect();
    diagnostics.sort_by(|a, b| key(a, &paths).cmp(&key(b, &paths)));
    diagnostics.dedup();
}

/// What findings are sorted by. Borrowed, for there may be very many of them.
fn key<'a>(diagnostic: &'a Diagnostic, paths: &'a BTreeMap<FileId, String>) -> impl Ord + use<'a> {
    let place = diagnostic.primary.as_ref().map(|l| l.span);
    let path: Cow<'a, str> = match place {
        Some(span) => paths.get(&span.file).map_or("", String::as_str).into(),
        None => diagnostic.path.as_ref().map(|p| p.to_string_lossy()).unwrap_or_default(),
    };
    let place = place.map(|s| (s.start, s.end));
    (path, place, diagnostic.severity, diagnostic.rule, diagnostic.message.as_str())
}

/// Characters of the longest word that counts as misspelled; comparing longer ones takes time and helps nobody.
const LONGEST_WORD: usize = 100;

/// The nearest of several names to a misspelled one, if any is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let length = lower.chars().count();
    if length > LONGEST_WORD {
        return None;
    }
    let limit = match length {
        0..=4 => 1,
        5..=7 => 2,
        _ => 3,
    };
    candidates
        .into_iter()
        .filter(|c| *c != word && c.chars().count().abs_diff(length) <= limit)
        .map(|c| (strsim::damerau_levenshtein(&lower, &c.to_lowercase()), c))
        // A name that shares no letter with the word is no correction of it.
        .filter(|(distance, c)| *distance <= limit && *distance < length.max(c.chars().count()))
        .min()
        .map(|(_, c)| c)
}

/// Joins words as a sentence does: `a`, `a and b`, `a, b and c` (with the given last joint).
pub fn join(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., end] => format!("{} {last} {end}", init.join(", ")),
    }
}

/// So many names a sentence can hold.
const MANY_NAMES: usize = 12;

/// Joins names as [`join`] does, each in backticks; of very many only the first.
pub fn names<N: AsRef<str>>(names: &[N], last: &str) -> String {
    let shown = if names.len() > MANY_NAMES { MANY_NAMES - 1 } else { names.len() };
    let mut words: Vec<String> = names[..shown].iter().map(|n| format!("`{}`", n.as_ref())).collect();
    if shown < names.len() {
        words.push(format!("{} more", names.len() - shown));
        return join(&words, "and");
    }
    join(&words, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_name_is_offered_and_a_far_one_is_not() {
        assert_eq!(nearest("sdr_manger", ["sdr", "sdr_manager", "vp_sales"]), Some("sdr_manager"));
        assert_eq!(nearest("qualifed", ["new", "qualified"]), Some("qualified"));
        assert_eq!(nearest("ab", ["xy"]), None);
        assert_eq!(nearest("marketing", ["sales"]), None);
        assert_eq!(nearest("", ["a"]), None);
    }

    #[test]
    fn words_are_joined_like_a_sentence() {
        let words = |n: usize| (0..n).map(|i| format!("w{i}")).collect::<Vec<_>>();
        assert_eq!(join(&words(0), "or"), "");
        assert_eq!(join(&words(1), "or"), "w0");
        assert_eq!(join(&words(3), "or"), "w0, w1 or w2");
    }

    #[test]
    fn of_very_many_names_the_first_are_listed() {
        let all: Vec<String> = (1..=20).map(|n| format!("n{n}")).collect();
        assert_eq!(names(&all[..2], "or"), "`n1` or `n2`");
        assert!(names(&all[..12], "or").ends_with("`n11` or `n12`"));
        assert!(names(&all[..13], "or").ends_with("`n11` and 2 more"));
        assert!(names(&all, "or").ends_with("`n11` and 9 more"));
    }
}

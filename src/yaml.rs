//! The one module that reads YAML, so that another library could take its place.

use serde::de::DeserializeOwned;
use serde_yaml::Error;

use crate::diagnostic::{Applicability, Diagnostic, nearest};
use crate::source::{FileId, Span};

/// The rule name of everything wrong with `clausal.yaml`.
pub const CONFIG: &str = "config";

/// A value with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A value as serde reads it, with what is needed to place it.
pub(crate) type Raw<T> = serde_yaml::Spanned<T>;

/// Gives a value its place in a file.
pub(crate) fn place<T>(file: FileId, raw: Raw<T>) -> Placed<T> {
    let span = span_of(file, raw.referenced);
    Placed { value: raw.value, span }
}

/// Reads a document into a type.
///
/// # Errors
/// The first thing that does not fit, at its place; an unknown key with the nearest known one.
pub(crate) fn read<T: DeserializeOwned>(file: FileId, text: &str) -> Result<T, Box<Diagnostic>> {
    serde_yaml::from_str(text).map_err(|error| Box::new(explain(file, text, &error)))
}

fn span_of(file: FileId, location: serde_yaml::Location) -> Span {
    let span = location.span();
    let (start, len) = match (span.byte_offset(), span.byte_len()) {
        (Some(start), Some(len)) => (start, len),
        _ => (span.offset(), span.len()),
    };
    let start = usize::try_from(start).unwrap_or(0);
    Span::new(file, start, start + usize::try_from(len).unwrap_or(0))
}

fn explain(file: FileId, text: &str, error: &Error) -> Diagnostic {
    let error = error.without_snippet();
    let span = error.location().map_or(Span { file, ..Span::default() }, |l| span_of(file, l));
    let span = if span.end as usize > text.len() { Span { end: span.start, ..span } } else { span };
    match error {
        Error::SerdeUnknownField { field, expected, .. } => {
            unknown(format!("there is no setting `{field}`"), field, expected, span)
        }
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            unknown(format!("`{variant}` cannot be chosen here"), variant, expected, span)
        }
        Error::DuplicateMappingKey { .. } => Diagnostic::error(CONFIG, "this setting is given twice")
            .at(span, "again here")
            .help("Keep one of them."),
        other => {
            let message = other.to_string();
            let message = message.split(" at line ").next().unwrap_or("").to_owned();
            Diagnostic::error(CONFIG, friendly(&message)).at(span, "here")
        }
    }
}

fn unknown(message: String, word: &str, expected: &[&'static str], span: Span) -> Diagnostic {
    let out = Diagnostic::error(CONFIG, message);
    if let Some(near) = nearest(word, expected.iter().copied()) {
        out.at(span, format!("did you mean `{near}`?")).fix(
            format!("write `{near}`"),
            Applicability::Suggested,
            span,
            near,
        )
    } else {
        let expected: Vec<String> = expected.iter().map(|e| format!("`{e}`")).collect();
        out.at(span, "not known")
            .help(format!("Possible here: {}.", crate::diagnostic::join(&expected, "and")))
    }
}

/// The parser's words in the reader's.
fn friendly(message: &str) -> String {
    let known = [
        ("expected string scalar", "a single text is needed here"),
        ("expected mapping start", "settings are needed here, each as `name: value`"),
        ("expected sequence start", "a list is needed here, such as `[docs, sql]`"),
    ];
    for (theirs, ours) in known {
        if message.starts_with(theirs) {
            return ours.to_owned();
        }
    }
    format!("this is not valid YAML: {message}")
}

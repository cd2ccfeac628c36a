//! The one layout of a file.
//!
//! Meaning, comments and the order of everything stay as they are; blanks, line breaks and a few spellings (see
//! [`canonical`]) become the same for everybody. Laying out twice changes nothing.
//!
//! The steps: `canonical` changes the tree, `comments` says which comment belongs to what, `clauses` turns clauses into
//! rows of cells, `row` lines rows up and breaks long ones, `layout` puts blocks and files together.

mod canonical;
mod clauses;
mod comments;
mod condition;
mod layout;
mod row;
mod words;

use std::fmt;

use super::ast::{File, Item, ItemKind, Word};
use super::parse;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{FileId, strip_bom};

/// Why a text could not be formatted.
#[derive(Debug, Clone, PartialEq)]
pub enum FormatError {
    /// It cannot be read: what is wrong with it. Places are those of the text without its byte-order mark.
    Syntax(Vec<Diagnostic>),
    /// The formatted text would not say the same. A fault of the formatter: nothing may be written.
    Changed(Change),
}

/// The first difference between a text and its formatted form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The formatted text cannot be read.
    Unreadable {
        /// What the parser says of it.
        message: String,
    },
    /// A block reads differently.
    Block {
        /// Which one, counted from 1.
        number: usize,
        /// How it begins: `role sdr`.
        opening: String,
    },
    /// Blocks were lost or added.
    Blocks {
        /// How many there were.
        before: usize,
        /// How many there are.
        after: usize,
    },
    /// A comment was lost, added, changed or moved past another one.
    Comment {
        /// Which one, counted from 1.
        number: usize,
    },
    /// Formatting again gives something else.
    Unstable,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::Unreadable { message } => write!(f, "the formatted text cannot be read: {message}"),
            Change::Block { number, opening } => {
                write!(f, "block {number} (`{opening}`) reads differently when formatted")
            }
            Change::Blocks { before, after } => {
                write!(f, "the text has {before} blocks, its formatted form {after}")
            }
            Change::Comment { number } => write!(f, "comment {number} is not where it was"),
            Change::Unstable => f.write_str("formatting a second time gives another text"),
        }
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FormatError::Syntax(diagnostics) => match diagnostics.first() {
                Some(first) => write!(f, "the text cannot be read: {}", first.message),
                None => f.write_str("the text cannot be read"),
            },
            FormatError::Changed(change) => write!(f, "the formatter would change the text: {change}"),
        }
    }
}

impl std::error::Error for FormatError {}

/// Lays out a file that was read without errors: `file` is the tree of `text`, which has no byte-order mark.
///
/// What could not be read is not in the tree and so not in the result; [`format_checked`] refuses such texts.
pub fn format(file: &File, text: &str) -> String {
    layout::file(&canonical::canonical(file), text)
}

/// Formats a text, or says why not. The result is proved to say the same: it is read again and compared, block by block
/// and comment by comment.
pub fn format_checked(id: FileId, text: &str) -> Result<String, FormatError> {
    let text = strip_bom(text);
    let before = {
        let (file, diagnostics) = parse(id, text);
        if diagnostics.iter().any(|d| d.severity == Severity::Error) {
            return Err(FormatError::Syntax(diagnostics));
        }
        canonical::canonical(&file)
    };
    let out = layout::file(&before, text);
    let (after, faults) = parse(id, &out);
    match change(&before, &after, &faults) {
        Some(change) => Err(FormatError::Changed(change)),
        None if layout::file(&after, &out) != out => Err(FormatError::Changed(Change::Unstable)),
        None => Ok(out),
    }
}

/// The first difference between two trees.
fn change(before: &File, after: &File, faults: &[Diagnostic]) -> Option<Change> {
    if let Some(fault) = faults.iter().find(|d| d.severity == Severity::Error) {
        return Some(Change::Unreadable { message: fault.message.clone() });
    }
    let items = before.items.iter().zip(&after.items).enumerate();
    for (i, (before, after)) in items {
        if before != after {
            return Some(Change::Block { number: i + 1, opening: opening(before) });
        }
    }
    if before.items.len() != after.items.len() {
        return Some(Change::Blocks { before: before.items.len(), after: after.items.len() });
    }
    let number = before.comments.iter().zip(&after.comments).position(|(before, after)| before != after);
    let shorter = before.comments.len().min(after.comments.len());
    match number {
        Some(number) => Some(Change::Comment { number: number + 1 }),
        None if before.comments.len() != after.comments.len() => {
            Some(Change::Comment { number: shorter + 1 })
        }
        None => None,
    }
}

/// The words a block begins with.
fn opening(item: &Item) -> String {
    let named = |word: &str, name: &Word| format!("{word} {}", name.node);
    match &item.kind {
        ItemKind::Use(path) => format!("use \"{}\"", path.node),
        ItemKind::Agreement(block) => named("agreement", &block.name),
        ItemKind::Party(block) => named("party", &block.name),
        ItemKind::Role(block) => named("role", &block.name),
        ItemKind::Calendar(block) => named("calendar", &block.name),
        ItemKind::Channel(block) => named("channel", &block.name),
        ItemKind::Record(_, block) => named("record", &block.name),
        ItemKind::Score(_, block) => named("score", &block.name),
        ItemKind::Definition(block) => named("definition", &block.name),
        ItemKind::Commitment(block) => named("commitment", &block.name),
        ItemKind::Contingency(block) => named("contingency", &block.name),
        ItemKind::Exception(block) => named("exception", &block.name),
        ItemKind::Lifecycle(_, block) => named("lifecycle", &block.name),
        ItemKind::Goal(block) => named("goal", &block.name),
        ItemKind::Dispute(block) => named("dispute", &block.name),
        ItemKind::Incentive(block) => named("incentive", &block.name),
        ItemKind::Credit(_, block) => named("credit", &block.name),
        ItemKind::Routing(_, block) => named("routing", &block.name),
        ItemKind::Scenario(title, _) => format!("scenario \"{}\"", title.node),
    }
}

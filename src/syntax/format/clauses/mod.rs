//! Clauses as rows: which words stand in which column. One file per group of blocks.

mod commitment;
mod contingency;
mod credit;
mod exception;
mod goal;
mod lifecycle;
mod parties;
mod record;
mod reward;
mod routing;
mod scenario;
mod score;

use super::condition::condition;
use super::row::{Kind, Row};
use super::words::{self, Doc, quoted, references, text};
use crate::source::Span;
use crate::syntax::ast::{ItemKind, OrTbd, Prose, Spanned, Word};

/// A block ready to be laid out.
pub(super) struct Block<'a> {
    /// The keyword with the name, and the title: what lines up between blocks on one line.
    pub(super) head: Vec<String>,
    /// What stands between those and the brace.
    pub(super) of: Option<String>,
    /// Its clauses with their places.
    pub(super) clauses: Vec<(Span, Row<'a>)>,
}

/// What the printer asks the source: how the author quoted a word.
#[derive(Clone, Copy)]
pub(super) struct Source<'a>(pub(super) &'a str);

impl Source<'_> {
    /// A word in quotes if the author wrote it so.
    fn as_quoted(self, word: &Word) -> String {
        let in_quotes = self.0.get(word.span.range()).is_some_and(|t| t.starts_with('"'));
        if in_quotes { quoted(&word.node) } else { word.node.clone() }
    }
}

/// The rows of a block; `Err` has the path of a `use`.
pub(super) fn block<'a>(kind: &'a ItemKind, source: Source<'a>) -> Result<Block<'a>, &'a str> {
    let named = |word: &str, name: &Word, title: Option<&Word>| {
        let title = title.map(|t| quoted(&t.node)).unwrap_or_default();
        vec![format!("{word} {}", name.node), title]
    };
    macro_rules! rows {
        ($word:literal, $block:expr, $clause:expr) => {
            Block {
                head: named($word, &$block.name, $block.title.as_ref()),
                of: None,
                clauses: rows(&$block.clauses, $clause),
            }
        };
    }
    Ok(match kind {
        ItemKind::Use(path) => return Err(&path.node),
        ItemKind::Agreement(block) => rows!("agreement", block, |c| parties::agreement(c, source)),
        ItemKind::Party(block) => rows!("party", block, parties::party),
        ItemKind::Role(block) => rows!("role", block, parties::role),
        ItemKind::Calendar(block) => rows!("calendar", block, |c| parties::calendar(c, source)),
        ItemKind::Channel(block) => rows!("channel", block, parties::channel),
        ItemKind::Record(parent, block) => Block {
            of: parent.as_ref().map(|parent| format!("of {}", parent.node)),
            ..rows!("record", block, record::record)
        },
        ItemKind::Score(record, block) => {
            Block { of: Some(format!("of {}", record.node)), ..rows!("score", block, score::score) }
        }
        ItemKind::Definition(block) => rows!("definition", block, record::definition),
        ItemKind::Commitment(block) => rows!("commitment", block, commitment::commitment),
        ItemKind::Contingency(block) => rows!("contingency", block, contingency::contingency),
        ItemKind::Exception(block) => rows!("exception", block, exception::exception),
        ItemKind::Lifecycle(path, block) => Block {
            of: Some(format!("of {}.{}", path.record.node, path.field.node)),
            ..rows!("lifecycle", block, lifecycle::lifecycle)
        },
        ItemKind::Credit(promise, block) => {
            Block { of: Some(format!("for {}", promise.node)), ..rows!("credit", block, credit::credit) }
        }
        ItemKind::Goal(block) => rows!("goal", block, goal::goal),
        ItemKind::Dispute(block) => rows!("dispute", block, reward::dispute),
        ItemKind::Incentive(block) => rows!("incentive", block, reward::incentive),
        ItemKind::Routing(subject, block) => {
            Block { of: Some(format!("of {}", subject.node)), ..rows!("routing", block, routing::routing) }
        }
        ItemKind::Scenario(title, clauses) => Block {
            head: vec![format!("scenario {}", quoted(&title.node))],
            of: None,
            clauses: rows(clauses, scenario::scenario),
        },
    })
}

fn rows<'a, C>(clauses: &'a [Spanned<C>], row: impl Fn(&'a C) -> Row<'a>) -> Vec<(Span, Row<'a>)> {
    clauses.iter().map(|c| (c.span, row(&c.node))).collect()
}

/// `word  value`.
fn key<'a>(word: &str, value: Doc<'a>) -> Row<'a> {
    Row::new(Kind::Key { least: 0 }).column(word).cell(value)
}

/// A clause whose value is prose: in quotes behind its word, or as `|` lines below it.
fn prose<'a>(kind: Kind, word: &str, prose: &'a Prose) -> Row<'a> {
    match prose {
        Prose::Quoted(said) => Row::new(kind).column(word).cell(text(quoted(&said.node))),
        // No value stands behind the word, so it lines up with nothing.
        Prose::Lines(lines) => {
            Row::alone(text(word.to_owned())).prose(lines.node.iter().map(|l| l.node.as_str()))
        }
    }
}

/// The same for a clause that may be left open.
fn prose_or_tbd<'a>(kind: Kind, word: &str, value: &'a OrTbd<Prose>) -> Row<'a> {
    match value {
        OrTbd::Known(said) => prose(kind, word, said),
        OrTbd::Tbd(tbd) => Row::new(kind).column(word).cell(text(words::tbd(tbd))),
    }
}

/// What follows in a sentence: on the same line, or on one of its own.
fn then(part: Doc<'_>) -> Doc<'_> {
    Doc::line().append(part.nest(2))
}

/// `when P`.
fn when(expr: &crate::syntax::ast::Expr) -> Doc<'_> {
    text("when ").append(condition(expr))
}

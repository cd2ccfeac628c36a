//! The document as one HTML page: no script, nothing from the network.

use std::fmt::Write as _;

use askama::Template;
use askama::filters::Safe;

use super::document::{Block, Document, Inline, Table};
use super::escape::{Html, css_string, escaped, runs_right_to_left};

/// The style sheet, with the words of the running header in place of `HEADER`.
const STYLE: &str = include_str!("templates/style.css");

/// How much of the title stands in the running header of a printed page.
const HEADER: usize = 70;

/// How many characters of a word stand together at least.
const LONG_WORD: usize = 24;

#[derive(Template)]
#[template(path = "document.html")]
struct Page<'a> {
    document: &'a Document,
    style: String,
}

#[derive(Template)]
#[template(path = "block.html")]
struct Piece<'a> {
    block: &'a Block,
}

/// The page.
pub fn print(document: &Document) -> String {
    let mut header: String = document.title.chars().take(HEADER).collect();
    if document.title.chars().count() > HEADER {
        header.push('…');
    }
    let style = STYLE.replace("\"HEADER\"", &css_string(&header));
    // A template fails only where a value in it does, and texts do not.
    Page { document, style }.render().unwrap_or_default()
}

/// Blocks, one after the other.
fn blocks(blocks: &[Block]) -> Safe<String> {
    let mut out = String::new();
    for block in blocks {
        out.push_str(&Piece { block }.render().unwrap_or_default());
    }
    Safe(out)
}

/// Blocks of a list item or a cell: a single paragraph needs no tags of its own.
fn item(blocks: &[Block]) -> Safe<String> {
    match blocks {
        [Block::Paragraph(text)] => inline(text),
        [Block::Paragraph(text), rest @ ..] => {
            let Safe(first) = inline(text);
            let Safe(rest) = self::blocks(rest);
            Safe(first + "\n" + &rest)
        }
        other => self::blocks(other),
    }
}

/// The heading of a column.
fn head(table: &Table, column: &usize) -> &'static str {
    table.heads.get(*column).copied().unwrap_or_default()
}

/// True for a cell that only says that nothing is stated.
fn is_nothing(cell: &[Inline]) -> bool {
    cell == super::words::dash()
}

/// Running text.
fn inline(text: &[Inline]) -> Safe<String> {
    let mut out = String::new();
    for piece in text {
        push(&mut out, piece);
    }
    Safe(out)
}

/// Words of an author: kept from turning the text around them, and with places to break where a word is too long for a
/// narrow column.
fn words(text: &str) -> Safe<String> {
    if runs_right_to_left(text) {
        return Safe(format!("<bdi>{}</bdi>", escaped(text, Html)));
    }
    Safe(breakable(text).iter().map(|part| escaped(part, Html)).collect::<Vec<_>>().join("<wbr/>"))
}

/// The text in parts, between which a line may break. Most texts are one part.
fn breakable(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut run, mut before) = (Vec::new(), 0, 0, ' ');
    for (at, c) in text.char_indices() {
        let in_word = before.is_alphanumeric() && c.is_alphanumeric();
        run = if c.is_whitespace() { 0 } else { run + 1 };
        if run > LONG_WORD && in_word {
            parts.push(text.get(start..at).unwrap_or_default());
            (start, run) = (at, 1);
        }
        before = c;
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

fn push(out: &mut String, piece: &Inline) {
    let wrap = |out: &mut String, tag: &str, inner: &[Inline]| {
        let Safe(inner) = inline(inner);
        // Writing to a string does not fail, here and below.
        let _ = write!(out, "<{tag}>{inner}</{tag}>");
    };
    match piece {
        Inline::Plain(text) => out.push_str(&words(text).0),
        Inline::Strong(inner) => wrap(out, "strong", inner),
        Inline::Emphasis(inner) => wrap(out, "em", inner),
        Inline::Code(code) => {
            // A long name may break behind its underscores.
            let _ = write!(out, "<code>{}</code>", words(code).0.replace('_', "_<wbr/>"));
        }
        Inline::Link(anchor, inner) => {
            let _ = write!(out, "<a href=\"#{}\">{}</a>", escaped(anchor, Html), inline(inner).0);
        }
        Inline::Url(href, inner) => {
            let _ = write!(
                out,
                "<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>",
                escaped(href, Html),
                inline(inner).0
            );
        }
        Inline::Open(what) if what.is_empty() => out.push_str("<mark>To be decided</mark>"),
        Inline::Open(what) => {
            let _ = write!(out, "<mark>To be decided: {}</mark>", words(what).0);
        }
        Inline::Marked(remark) => {
            let _ = write!(out, "<mark>{}</mark>", words(remark).0);
        }
        Inline::Unknown => out.push_str("<mark>Not understood: see the findings of the check</mark>"),
        Inline::Break => out.push_str("<br/>"),
    }
}

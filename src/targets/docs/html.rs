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

/// Words of an author, kept from turning the text around them.
fn words(text: &str) -> Safe<String> {
    let shown = escaped(text, Html);
    Safe(if runs_right_to_left(text) { format!("<bdi>{shown}</bdi>") } else { shown })
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

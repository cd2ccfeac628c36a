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

/// A table with fewer rows is not cut by the end of a page.
const SHORT: usize = 7;

/// The longest words of all columns together, and the longest cell, of a table that fits a telephone.
const NARROW: usize = 36;
const CELL: usize = 90;

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

/// The classes of a table: `short` stays on one printed page, `narrow` stays a table on a telephone.
fn classes(table: &Table) -> &'static str {
    match (table.rows.len() < SHORT, is_narrow(table)) {
        (true, true) => "short narrow",
        (true, false) => "short",
        (false, true) => "narrow",
        (false, false) => "",
    }
}

/// True if all columns fit side by side into a hand's width.
fn is_narrow(table: &Table) -> bool {
    let column = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| plain(cell));
        let words = cells.clone().map(|cell| cell.split_whitespace().map(columns).max().unwrap_or(0)).max();
        let whole = cells.map(|cell| columns(&cell)).max();
        (words.unwrap_or(0), whole.unwrap_or(0))
    };
    let sizes: Vec<(usize, usize)> = (0..table.heads.len()).map(column).collect();
    let words: usize = sizes.iter().map(|(word, _)| word).sum();
    sizes.len() <= 3 && words <= NARROW && sizes.iter().all(|(_, whole)| *whole <= CELL)
}

fn columns(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// Running text without its marks.
fn plain(text: &[Inline]) -> String {
    let piece = |piece: &Inline| match piece {
        Inline::Plain(words) | Inline::Code(words) | Inline::Marked(words) => words.clone(),
        Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link(_, inner) | Inline::Url(_, inner) => {
            plain(inner)
        }
        Inline::Open(what) => format!("To be decided: {what}"),
        Inline::Unknown => "Not understood: see the findings of the check".to_owned(),
        Inline::Break => " ".to_owned(),
    };
    text.iter().map(piece).collect()
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
            let long = code.chars().count() > LONG_WORD;
            let behind_underscores = if long { "_<wbr/>" } else { "_" };
            let _ = write!(out, "<code>{}</code>", words(code).0.replace('_', behind_underscores));
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

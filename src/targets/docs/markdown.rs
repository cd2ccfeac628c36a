//! The document as GitHub-flavoured Markdown.

use std::fmt::Write as _;

use super::document::{Block, Clause, Document, Figure, Inline, Moment, Row, Signature, Table};
use super::escape::{self, escaped, runs_right_to_left};

use askama::Template;
use askama::filters::Safe;

#[derive(Template)]
#[template(path = "document.md")]
struct Page<'a> {
    document: &'a Document,
}

/// The text.
pub fn print(document: &Document) -> String {
    // A template fails only where a value in it does, and texts do not.
    let text = Page { document }.render().unwrap_or_default();
    tidy(&text)
}

/// Blocks alone, for pages that are not documents.
pub fn text(blocks: &[Block]) -> String {
    tidy(&self::blocks(blocks).0)
}

/// At most one empty line in a row, none at the end of a line or of the file.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines() {
        let line = line.trim_end();
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// Blocks with empty lines between them, each line after an indent.
fn blocks(blocks: &[Block]) -> Safe<String> {
    let printed: Vec<String> = blocks.iter().map(block).collect();
    Safe(printed.join("\n\n"))
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(text) => escape::line_start(inline(text).0.trim_start()),
        Block::Sentence(text) => quoted(inline(text).0.trim_start()),
        Block::Remark(text) => format!("<sub>{}</sub>", inline(text).0),
        Block::List(items) => list(items, |_| "- ".to_owned()),
        Block::Numbered(items) => list(items, |i| format!("{}. ", i + 1)),
        Block::Code(code) => fenced("", code),
        Block::Note(inner) => quoted(&blocks(inner).0),
        Block::Open(inner) => quoted(&format!("[!WARNING]\n{}", blocks(inner).0)),
        Block::Example(title, inner) => {
            let mut parts = vec![format!("**Example.** {}", inline(title).0)];
            parts.extend(inner.iter().map(self::block));
            parts.join("\n\n")
        }
        Block::Facts(facts) => {
            let items = facts.iter().map(|fact| {
                let mut inner = fact.blocks.iter();
                let first = match inner.as_slice() {
                    [Block::Paragraph(text), ..] => {
                        inner.next();
                        format!(" {}", inline(text).0)
                    }
                    _ => String::new(),
                };
                let rest: Vec<String> = inner.map(self::block).collect();
                let mut item = format!("**{}:**{first}", escaped(fact.label, escape::Markdown));
                for part in rest {
                    item.push_str("\n\n");
                    item.push_str(&part);
                }
                // Not the mark of other lists, or the two would run together.
                hanging("* ", &item)
            });
            items.collect::<Vec<_>>().join("\n")
        }
        Block::Table(table) => self::table(table),
        Block::Clause(clause) => self::clause(clause),
        Block::Timeline(moments) => timeline(moments),
        Block::Figure(figure) => self::figure(figure),
        Block::Signatures(signatures) => self::signatures(signatures),
    }
}

fn clause(clause: &Clause) -> String {
    let name = if clause.name.is_empty() { String::new() } else { format!(" {}", code(&clause.name)) };
    let title = words(&clause.title).0;
    format!("{}\n\n### {} {title}{name}\n\n{}", anchor(&clause.id), clause.number, blocks(&clause.blocks).0)
}

fn anchor(id: &str) -> String {
    format!("<a id=\"{}\"></a>", escaped(id, escape::Html))
}

fn list(items: &[Vec<Block>], mark: impl Fn(usize) -> String) -> String {
    let items = items.iter().enumerate().map(|(i, item)| {
        let parts: Vec<String> = item.iter().map(block).collect();
        // A list right below its sentence stays with it.
        hanging(&mark(i), &parts.join("\n\n"))
    });
    items.collect::<Vec<_>>().join("\n")
}

/// A list item: its lines after the first are indented below its text.
fn hanging(mark: &str, text: &str) -> String {
    let indent = " ".repeat(mark.len());
    let mut out = String::new();
    for (i, line) in text.lines().enumerate() {
        match i {
            0 => out.push_str(mark),
            _ if line.is_empty() => {}
            _ => out.push_str(&indent),
        }
        out.push_str(line);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    if out.is_empty() { mark.trim_end().to_owned() } else { out }
}

fn quoted(text: &str) -> String {
    let line = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Code between fences that are longer than any in it.
fn fenced(language: &str, code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    // Control characters have no place in a text file.
    let shown: String = code.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    format!("{fence}{language}\n{}\n{fence}", shown.trim_end_matches('\n'))
}

fn table(table: &Table) -> String {
    let heads: Vec<String> = table.heads.iter().map(|head| escaped(head, escape::Markdown)).collect();
    let mut out = format!(
        "**{}**\n\n| {} |\n|{}\n",
        words(&table.caption).0,
        heads.join(" | "),
        " --- |".repeat(heads.len())
    );
    for row in &table.rows {
        out.push_str(&self::row(row));
        out.push('\n');
    }
    out
}

fn row(row: &Row) -> String {
    let mut cells: Vec<String> = row.cells.iter().map(|cell| inline(cell).0).collect();
    if let (Some(id), Some(first)) = (&row.id, cells.first_mut()) {
        *first = format!("{}{first}", anchor(id));
    }
    format!("| {} |", cells.join(" | "))
}

fn timeline(moments: &[Moment]) -> String {
    let dated = moments.iter().any(|m| m.example.is_some());
    let mut out = String::from(if dated {
        "| When | What | Example |\n| --- | --- | --- |\n"
    } else {
        "| When | What |\n| --- | --- |\n"
    });
    for moment in moments {
        let (when, what) = (inline(&moment.when).0, inline(&moment.what).0);
        let date = moment.example.clone().unwrap_or_default();
        let _ = if dated {
            writeln!(out, "| {when} | {what} | {date} |")
        } else {
            writeln!(out, "| {when} | {what} |")
        };
    }
    out
}

fn figure(figure: &Figure) -> String {
    match &figure.mermaid {
        Some(mermaid) => {
            let caption = words(&figure.caption).0;
            format!("{}\n\n{caption}. The numbers are those of the table.", fenced("mermaid", mermaid))
        }
        // A table says the same.
        None => format!("{}.", words(&figure.caption).0),
    }
}

fn signatures(signatures: &[Signature]) -> String {
    let mut out = String::from(
        "| For | Office | Name | Signature | Place and date |\n| --- | --- | --- | --- | --- |\n",
    );
    for signature in signatures {
        let office = inline(&signature.signatory).0;
        let _ = writeln!(out, "| **{}** | {office} | | | |", words(&signature.party).0);
    }
    out
}

/// Running text, on one line.
fn inline(text: &[Inline]) -> Safe<String> {
    let mut out = String::new();
    for piece in text {
        push(&mut out, piece);
    }
    Safe(out)
}

/// Words of an author. Where they run from right to left they are isolated from the text around them.
fn words(text: &str) -> Safe<String> {
    let shown = escaped(text, escape::Markdown);
    Safe(if runs_right_to_left(text) { format!("\u{2068}{shown}\u{2069}") } else { shown })
}

/// A name or a value. Back-ticks do for names; anything else is escaped inside tags.
fn code(text: &str) -> String {
    let plain = !text.is_empty()
        && text.chars().all(|c| c.is_alphanumeric() || " _.-=<>()[],:/+".contains(c))
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && !runs_right_to_left(text);
    if plain { format!("`{text}`") } else { format!("<code>{}</code>", words(text).0) }
}

fn push(out: &mut String, piece: &Inline) {
    // Writing to a string does not fail.
    let _ = match piece {
        Inline::Plain(text) => write!(out, "{}", words(text).0),
        Inline::Strong(inner) => write!(out, "{}", around("**", &inline(inner).0)),
        Inline::Emphasis(inner) => write!(out, "{}", around("*", &inline(inner).0)),
        Inline::Code(text) => write!(out, "{}", code(text)),
        Inline::Link(anchor, inner) => write!(out, "[{}](#{})", inline(inner).0, destination(anchor)),
        Inline::Url(href, inner) => write!(out, "[{}](<{}>)", inline(inner).0, destination(href)),
        Inline::Open(what) if what.is_empty() => write!(out, "⚠️ **To be decided**"),
        Inline::Open(what) => write!(out, "⚠️ **To be decided: {}**", words(what.trim()).0),
        Inline::Marked(remark) => write!(out, "⚠️ **{}**", words(remark.trim()).0),
        Inline::Unknown => write!(out, "⚠️ **Not understood: see the findings of the check**"),
        Inline::Break => write!(out, "<br>"),
    };
}

/// Emphasis marks stand right beside their words; blanks go outside.
fn around(mark: &str, inner: &str) -> String {
    let words = inner.trim();
    if words.is_empty() {
        return inner.to_owned();
    }
    let (before, after) =
        (&inner[..inner.len() - inner.trim_start().len()], &inner[inner.trim_end().len()..]);
    format!("{before}{mark}{words}{mark}{after}")
}

/// A link's destination: what could end it early is written by its number.
fn destination(href: &str) -> String {
    let mut out = String::new();
    for c in href.chars() {
        match c {
            '<' | '>' | '(' | ')' | '\\' | '"' | '|' | '`' | ' ' | '{' | '}' => {
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

//! Blocks and files: what stands on which line, and where blank lines and comments go.

use std::mem::{Discriminant, discriminant};

use unicode_width::UnicodeWidthStr;

use super::clauses::{self, Source};
use super::comments::{self, Around, Attached, Gap, Own};
use super::row::{self, INDENT, Kind, Row, WIDTH};
use super::words::{quoted, text};
use crate::syntax::ast::{File, Item, ItemKind, Layout, Word};

/// The text of a file in canonical spelling.
pub(super) fn file(file: &File, source: &str) -> String {
    let spans: Vec<_> = file.items.iter().map(|i| i.span).collect();
    let Attached { around, below, opening: _ } = comments::attach(source, 0, &spans, &file.comments);
    let mut blocks: Vec<Laid<'_>> = Vec::with_capacity(file.items.len());
    for (item, mut around) in file.items.iter().zip(around) {
        let shape = shape(item, &mut around, source);
        blocks.push(Laid { around, kind: discriminant(&item.kind), shape });
    }
    let mut out = stack(separated(lines(&blocks)), below, 0).join("\n");
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// A block with what stands around it.
struct Laid<'a> {
    around: Around<'a>,
    kind: Discriminant<ItemKind>,
    shape: Shape<'a>,
}

impl<'a> Laid<'a> {
    /// Its row, if it stands on one line and is of the same kind as another block.
    fn row_like(&self, other: &Laid<'_>) -> Option<&Row<'a>> {
        match &self.shape {
            Shape::Line(row) if self.kind == other.kind => Some(row),
            Shape::Line(_) | Shape::Lines(_) => None,
        }
    }
}

enum Shape<'a> {
    /// On one line: it lines up with its neighbours.
    Line(Row<'a>),
    Lines(Vec<String>),
}

/// Something with lines of its own, and the comments around it.
struct Entry<'a> {
    above: Vec<Own<'a>>,
    gap: Gap,
    lines: Vec<String>,
    behind: Option<&'a str>,
}

impl<'a> Entry<'a> {
    fn new(around: Around<'a>, lines: Vec<String>) -> Self {
        Entry { above: around.above, gap: around.gap, lines, behind: around.behind }
    }

    /// The gap above everything that belongs to it.
    fn first_gap(&mut self) -> &mut Gap {
        match self.above.first_mut() {
            Some(comment) => &mut comment.gap,
            None => &mut self.gap,
        }
    }
}

// -------------------------------------------------------------------------------------------------------------- blocks

fn shape<'a>(item: &'a Item, around: &mut Around<'a>, source: &'a str) -> Shape<'a> {
    match clauses::block(&item.kind, Source(source)) {
        Err(path) => {
            move_up(around);
            Shape::Line(Row::alone(text(format!("use {}", quoted(path)))))
        }
        Ok(block) => self::block(item, block, around.inside, source),
    }
}

fn block<'a>(item: &'a Item, block: clauses::Block<'a>, comments: &'a [Word], source: &'a str) -> Shape<'a> {
    let clauses::Block { head, of, clauses } = block;
    let of = of.map(|of| format!("{of} ")).unwrap_or_default();
    let mut line = Row::new(Kind::Head);
    for cell in head {
        line = line.column(cell);
    }
    if clauses.is_empty() && comments.is_empty() {
        return Shape::Line(line.cell(text(format!("{of}{{}}"))));
    }
    let prose = clauses.iter().any(|(_, row)| row.has_prose());
    if item.layout == Layout::OneLine && comments.is_empty() && !prose {
        let body = clauses.iter().map(|(_, row)| row.flat()).collect::<Vec<_>>().join("  ");
        let whole = line.clone().cell(text(format!("{of}{{ {body} }}")));
        if whole.flat().width() <= WIDTH {
            return Shape::Line(whole);
        }
    }
    let head = line.cell(text(format!("{of}{{"))).flat();
    Shape::Lines(lines_of_block(item, head, &clauses, comments, source))
}

/// A block with a clause a line.
fn lines_of_block<'a>(
    item: &Item,
    mut head: String,
    clauses: &[(crate::source::Span, Row<'a>)],
    comments: &'a [Word],
    source: &str,
) -> Vec<String> {
    let start = comments::brace(source, item.span).map_or(item.span.range().start, |brace| brace + 1);
    let (in_head, in_body) = comments::split(comments, u32::try_from(start).unwrap_or(u32::MAX));
    let spans: Vec<_> = clauses.iter().map(|(span, _)| *span).collect();
    let Attached { mut around, opening, mut below } = comments::attach(source, start, &spans, in_body);
    // What was said before and behind the brace: one comment stays behind it, more go below it.
    let mut openings = in_head.iter().map(|c| c.node.as_str()).chain(opening);
    if let Some(comment) = openings.next() {
        head = format!("{head}  {comment}");
    }
    let openings = openings.map(|text| Own { gap: Gap::None, text });
    match around.first_mut() {
        Some(first) => drop(first.above.splice(0..0, openings)),
        None => drop(below.splice(0..0, openings)),
    }
    around.iter_mut().for_each(move_up);

    let rows: Vec<&Row<'_>> = clauses.iter().map(|(_, row)| row).collect();
    let mut entries = Vec::with_capacity(rows.len());
    let mut from = 0;
    while from < rows.len() {
        let to = run(&around, from, |_| true);
        let lines = row::table(rows.get(from..to).unwrap_or_default(), INDENT);
        let around = around.iter().skip(from).cloned();
        entries.extend(around.zip(lines).map(|(around, lines)| Entry::new(around, lines)));
        from = to;
    }
    let mut out = vec![head];
    out.extend(stack(entries, below, INDENT));
    out.push("}".to_owned());
    out
}

/// Comments inside something that may change its line breaks move above it.
fn move_up(around: &mut Around<'_>) {
    for comment in around.inside {
        let gap = std::mem::replace(&mut around.gap, Gap::None);
        around.above.push(Own { gap, text: &comment.node });
    }
    around.inside = &[];
}

/// The end of the run of things that stand together, without a blank line between them.
fn run(around: &[Around<'_>], from: usize, alike: impl Fn(usize) -> bool) -> usize {
    let mut to = from + 1;
    while around.get(to).is_some_and(|a| is_close(a) && alike(to)) {
        to += 1;
    }
    to
}

fn is_close(around: &Around<'_>) -> bool {
    around.gap == Gap::None && around.above.iter().all(|c| c.gap == Gap::None)
}

// --------------------------------------------------------------------------------------------------------------- files

/// Lines up neighbouring blocks of one kind that stand on one line each.
fn lines<'a>(blocks: &[Laid<'a>]) -> Vec<Entry<'a>> {
    let around: Vec<Around<'_>> = blocks.iter().map(|b| b.around.clone()).collect();
    let mut entries = Vec::with_capacity(blocks.len());
    while let Some(first) = blocks.get(entries.len()) {
        let from = entries.len();
        let lines = match &first.shape {
            Shape::Lines(lines) => vec![lines.clone()],
            Shape::Line(_) => {
                let to = run(&around, from, |i| blocks.get(i).is_some_and(|b| b.row_like(first).is_some()));
                let rows: Vec<_> =
                    blocks.iter().take(to).skip(from).filter_map(|b| b.row_like(first)).collect();
                heads(&rows)
            }
        };
        let around = around.iter().skip(from).cloned();
        entries.extend(around.zip(lines).map(|(around, lines)| Entry::new(around, lines)));
    }
    entries
}

/// Blocks on one line each: lined up, unless that makes one of them too long.
fn heads(rows: &[&Row<'_>]) -> Vec<Vec<String>> {
    let lined_up = row::table(rows, 0);
    if lined_up.iter().all(|lines| lines.len() == 1 && lines.iter().all(|l| l.width() <= WIDTH)) {
        return lined_up;
    }
    rows.iter().map(|row| vec![row.flat()]).collect()
}

/// A block of several lines has a blank line above and below.
fn separated(mut entries: Vec<Entry<'_>>) -> Vec<Entry<'_>> {
    let mut tall_before = false;
    for (i, entry) in entries.iter_mut().enumerate() {
        let tall = entry.lines.len() > 1;
        if i > 0 && (tall || tall_before) {
            *entry.first_gap() = Gap::BlankLine;
        }
        tall_before = tall;
    }
    entries
}

// --------------------------------------------------------------------------------------------------------------- lines

/// Puts entries below one another, with their comments and blank lines; none at the top and none at the bottom.
fn stack(mut entries: Vec<Entry<'_>>, below: Vec<Own<'_>>, indent: usize) -> Vec<String> {
    put_comments_behind(&mut entries);
    let mut out: Vec<String> = Vec::new();
    let gap = |gap: Gap, out: &mut Vec<String>| {
        if gap == Gap::BlankLine && !out.is_empty() {
            out.push(String::new());
        }
    };
    let own = |comment: Own<'_>, out: &mut Vec<String>| {
        gap(comment.gap, out);
        out.push(format!("{}{}", " ".repeat(indent), comment.text));
    };
    for entry in entries {
        for comment in entry.above {
            own(comment, &mut out);
        }
        gap(entry.gap, &mut out);
        out.extend(entry.lines);
    }
    for comment in below {
        own(comment, &mut out);
    }
    out
}

/// Writes comments behind the last line of what they belong to; those on neighbouring lines line up.
fn put_comments_behind(entries: &mut [Entry<'_>]) {
    let mut neighbours: Vec<(&mut String, &str)> = Vec::new();
    for entry in entries {
        let close = entry.above.is_empty() && entry.gap == Gap::None && entry.lines.len() == 1;
        if !close || entry.behind.is_none() {
            row::comment_column(&mut neighbours);
            neighbours.clear();
        }
        if let (Some(comment), Some(line)) = (entry.behind, entry.lines.last_mut()) {
            neighbours.push((line, comment));
        }
    }
    row::comment_column(&mut neighbours);
}

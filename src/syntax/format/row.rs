//! A clause as a row of cells, and rows as a table.
//!
//! Rows of one kind that stand together line up their columns. A column is as wide as its widest cell, but no cell is
//! padded by more than [`MOST_PADDING`]: far longer ones just stick out. Where the source put its blanks plays no part, so
//! laying out twice changes nothing.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use super::words::{Doc, text};

/// Lines are at most this wide, unless a text or a name alone is longer.
pub(super) const WIDTH: usize = 100;
/// Clauses are indented by this much, their further lines by [`CONTINUATION`] more.
pub(super) const INDENT: usize = 2;
const CONTINUATION: isize = 4;
/// No cell is padded by more than this.
const MOST_PADDING: usize = 24;
/// Wider than any line, narrow enough for the printer's arithmetic.
const ENDLESS: usize = 1 << 30;

/// Which rows line up with which, and how far apart their columns stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A sentence: no columns.
    Alone,
    /// `party  sales`: a word or two, then a value.
    Key {
        /// Where the value begins at the least.
        least: usize,
    },
    /// `email  "E-mail"  text  optional`.
    Field,
    /// `after  deadline by 1 hour  notify sdr`.
    Step,
    /// `within 1 hour when source = web`.
    Tier,
    /// `working -> recycled by sdr  requires reason`.
    Transition,
    /// `+20 when employees >= 200`.
    Points,
    /// `expect mql`.
    Scenario,
    /// A block on one line: `party sales "Sales" { .. }`.
    Head,
}

impl Kind {
    /// Blanks between a cell and the next.
    fn gap(self, column: usize, cell: &str) -> usize {
        match self {
            // `reports to` reads on, `works` does not.
            Kind::Key { .. } if column == 0 && cell.contains(' ') => 1,
            Kind::Key { .. } | Kind::Field => 2,
            Kind::Step | Kind::Transition if column < self.leading() => 1,
            Kind::Step | Kind::Transition => 2,
            Kind::Alone | Kind::Tier | Kind::Points | Kind::Scenario | Kind::Head => 1,
        }
    }

    /// Columns whose gap to the next is narrow.
    fn leading(self) -> usize {
        match self {
            Kind::Step => 1,
            Kind::Transition => 2,
            Kind::Alone
            | Kind::Key { .. }
            | Kind::Field
            | Kind::Tier
            | Kind::Points
            | Kind::Scenario
            | Kind::Head => 0,
        }
    }

    fn least(self) -> usize {
        match self {
            Kind::Key { least } => least,
            Kind::Alone
            | Kind::Field
            | Kind::Step
            | Kind::Tier
            | Kind::Transition
            | Kind::Points
            | Kind::Scenario
            | Kind::Head => 0,
        }
    }
}

/// One clause, or one block on a line.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    kind: Kind,
    /// Cells that stand in their columns whatever follows; an empty one leaves its column free.
    columns: Vec<String>,
    /// Cells that stand in columns if the row fits on a line, and run on if it does not.
    rest: Vec<Doc<'a>>,
    /// `|` lines below.
    prose: Vec<&'a str>,
}

impl<'a> Row<'a> {
    pub(super) fn new(kind: Kind) -> Self {
        Row { kind, columns: Vec::new(), rest: Vec::new(), prose: Vec::new() }
    }

    /// A row without columns.
    pub(super) fn alone(doc: Doc<'a>) -> Self {
        Row::new(Kind::Alone).cell(doc)
    }

    /// Adds a cell that never breaks.
    #[must_use]
    pub(super) fn column(mut self, cell: impl Into<String>) -> Self {
        self.columns.push(cell.into());
        self
    }

    /// Adds a cell that may break over lines.
    #[must_use]
    pub(super) fn cell(mut self, doc: Doc<'a>) -> Self {
        self.rest.push(doc);
        self
    }

    /// Adds `|` lines below.
    #[must_use]
    pub(super) fn prose(mut self, lines: impl IntoIterator<Item = &'a str>) -> Self {
        self.prose.extend(lines);
        self
    }

    pub(super) fn has_prose(&self) -> bool {
        !self.prose.is_empty()
    }

    /// The whole row on one line, without columns.
    pub(super) fn flat(&self) -> String {
        let columns = self.columns.iter().filter(|c| !c.is_empty()).cloned();
        columns.chain(self.rest.iter().map(flat)).collect::<Vec<_>>().join(" ")
    }

    fn cells(&self) -> Vec<String> {
        self.columns.iter().cloned().chain(self.rest.iter().map(flat)).collect()
    }

    /// On lines of its own: the columns in place, the rest where it may.
    fn broken(&self, widths: &[usize], indent: usize) -> Vec<String> {
        let line = in_columns(self.kind, &self.columns, widths, indent);
        let joint = match self.kind {
            // The type of a field and what stands behind it read on.
            Kind::Field => Doc::softline(),
            Kind::Alone
            | Kind::Key { .. }
            | Kind::Step
            | Kind::Tier
            | Kind::Transition
            | Kind::Points
            | Kind::Scenario
            | Kind::Head => Doc::line(),
        };
        let rest = Doc::intersperse(self.rest.iter().map(|cell| cell.clone().group()), joint);
        let depth = isize::try_from(indent).unwrap_or(0) + CONTINUATION;
        let doc = text(line).append(rest).group().nest(depth);
        let printed = doc.pretty(WIDTH).to_string();
        printed.lines().map(|l| l.trim_end_matches(' ').to_owned()).collect()
    }
}

/// The lines of each row. Rows of one kind in `rows` line up.
pub(super) fn table(rows: &[&Row<'_>], indent: usize) -> Vec<Vec<String>> {
    let cells: Vec<Vec<String>> = rows.iter().map(|r| r.cells()).collect();
    let mut kinds: Vec<Kind> = Vec::new();
    for row in rows {
        if !kinds.contains(&row.kind) {
            kinds.push(row.kind);
        }
    }
    let widths: Vec<Vec<usize>> = kinds.iter().map(|kind| widths(*kind, rows, &cells, indent)).collect();
    let widths_of = |kind| kinds.iter().position(|k| *k == kind).and_then(|i| widths.get(i));
    let lines = rows.iter().zip(&cells).map(|(row, cells)| {
        let widths = widths_of(row.kind).map(Vec::as_slice).unwrap_or_default();
        let line = in_columns(row.kind, cells, widths, indent).trim_end_matches(' ').to_owned();
        let mut lines = if line.width() <= WIDTH { vec![line] } else { row.broken(widths, indent) };
        lines.extend(row.prose.iter().map(|text| {
            let line = format!("{}| {text}", " ".repeat(indent + INDENT));
            line.trim_end_matches(' ').to_owned()
        }));
        lines
    });
    lines.collect()
}

/// The widths of the columns of one kind of rows, gaps included.
fn widths(kind: Kind, rows: &[&Row<'_>], cells: &[Vec<String>], indent: usize) -> Vec<usize> {
    let mut columns: Vec<Column<'_>> = Vec::new();
    for (row, cells) in rows.iter().zip(cells).filter(|(row, _)| row.kind == kind) {
        // A row that will not fit on its line lends no width to the columns that it leaves.
        let length: usize = cells.iter().map(|c| c.width() + 1).sum::<usize>() + indent;
        let counted = if length > WIDTH + 1 { row.columns.len() } else { cells.len().saturating_sub(1) };
        for (i, cell) in cells.iter().take(counted.min(cells.len().saturating_sub(1))).enumerate() {
            if columns.len() <= i {
                columns.push(Column::default());
            }
            if let Some(column) = columns.get_mut(i)
                && !cell.is_empty()
            {
                column.needs.push(cell.width() + kind.gap(i, cell));
                column.words.insert(cell.split(' ').next().unwrap_or(""));
            }
        }
    }
    let widths = columns.iter().enumerate().map(|(i, column)| match i {
        0 => column_width(&column.needs).max(kind.least()),
        // What stands behind a transition lines up only if it says the same: `by` below `by`.
        2.. if kind == Kind::Transition && column.words.len() > 1 => 0,
        _ => column_width(&column.needs),
    });
    widths.collect()
}

/// What the cells of a column ask for.
#[derive(Default)]
struct Column<'a> {
    /// How wide they are, gaps included.
    needs: Vec<usize>,
    /// The words they begin with.
    words: BTreeSet<&'a str>,
}

/// As wide as the widest cell that does not make the narrowest one look lost.
fn column_width(needs: &[usize]) -> usize {
    let most = needs.iter().min().map_or(0, |least| least + MOST_PADDING);
    needs.iter().copied().filter(|n| *n <= most).max().unwrap_or(0)
}

/// Cells in their columns, on one line, with the gap to the next column. What follows a cell that sticks out moves along
/// with it, back to its column as soon as there is room.
fn in_columns(kind: Kind, cells: &[String], widths: &[usize], indent: usize) -> String {
    let mut line = " ".repeat(indent);
    let mut next = indent;
    for (i, cell) in cells.iter().enumerate() {
        line.push_str(cell);
        next += widths.get(i).copied().unwrap_or(0);
        let gap = if cell.is_empty() { 0 } else { kind.gap(i, cell) };
        line.push_str(&" ".repeat(gap.max(next.saturating_sub(line.width()))));
    }
    line
}

/// Puts comments behind lines that stand directly below one another, in a column of their own.
pub(super) fn comment_column(lines: &mut [(&mut String, &str)]) {
    let needs: Vec<usize> = lines.iter().map(|(line, _)| line.width() + 2).collect();
    let width = column_width(&needs);
    for (line, comment) in lines {
        let used = line.width();
        line.push_str(&" ".repeat(2.max(width.saturating_sub(used))));
        line.push_str(comment);
    }
}

fn flat(doc: &Doc<'_>) -> String {
    doc.clone().group().pretty(ENDLESS).to_string()
}

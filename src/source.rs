//! Source files, spans and line numbers.
//!
//! A [`Span`] is a pair of byte offsets into one file of a [`SourceMap`]. Lines and columns are computed late, when a
//! diagnostic is shown. This room knows nothing of the language.

use std::path::{Path, PathBuf};

/// A file in a [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u32);

/// A half-open range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The file the range lies in.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` to `end` (bytes) in `file`. Offsets beyond 4 GiB cannot occur: files are bounded when read.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { file, start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The smallest span that holds both. Spans of different files give `self`.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        if self.file != other.file {
            return self;
        }
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The empty span at the end of this one.
    #[must_use]
    pub fn end_point(self) -> Span {
        Span { start: self.end, ..self }
    }

    /// The empty span at the start of this one.
    #[must_use]
    pub fn start_point(self) -> Span {
        Span { end: self.start, ..self }
    }

    /// The bytes as a range to slice the file's text with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A line and a column, both counted from 1; the column counts Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// One file: its path as the user should see it, its text, and where its lines begin.
#[derive(Debug, Clone)]
pub struct SourceFile {
    path: PathBuf,
    text: String,
    line_starts: Vec<u32>,
}

impl SourceFile {
    /// Wraps a text. A byte-order mark must have been removed (see [`strip_bom`]).
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        let text = text.into();
        let starts = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        let line_starts =
            std::iter::once(0).chain(starts).map(|i| u32::try_from(i).unwrap_or(u32::MAX)).collect();
        SourceFile { path: path.into(), text, line_starts }
    }

    /// The path, as given or found, relative to where the program runs.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path with forward slashes on every system, for output that must be the same everywhere.
    pub fn display_path(&self) -> String {
        self.path.to_string_lossy().replace('\\', "/")
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Number of lines (an empty file has one).
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The byte at which a line begins. Lines count from 1; one that does not exist begins at the end.
    pub fn line_start(&self, line: usize) -> usize {
        self.line_starts.get(line.saturating_sub(1)).map_or(self.text.len(), |s| *s as usize)
    }

    /// The text of a line without its line break. Lines count from 1.
    pub fn line(&self, line: usize) -> &str {
        let (start, end) = (self.line_start(line), self.line_start(line + 1));
        self.text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }

    /// Where a byte offset lies.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line_starts.partition_point(|s| *s <= offset).max(1) - 1;
        let start = self.line_starts[line] as usize;
        let end = (offset as usize).min(self.text.len());
        let column = self.text.get(start..end).map_or(0, |t| t.chars().count()) + 1;
        Position { line: line + 1, column }
    }
}

/// All files of a run.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// An empty map.
    pub fn new() -> Self {
        SourceMap::default()
    }

    /// Adds a file and returns its handle.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(file);
        id
    }

    /// The file behind a handle of this map.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// All files with their handles, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, f)| (FileId(u32::try_from(i).unwrap_or(u32::MAX)), f))
    }

    /// The text under a span.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text().get(span.range()).unwrap_or("")
    }

    /// Where a span begins.
    pub fn position(&self, span: Span) -> Position {
        self.file(span.file).position(span.start)
    }
}

/// The text without a leading UTF-8 byte-order mark.
pub fn strip_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_not_bytes() {
        let file = SourceFile::new("a.clause", "añb\r\nc\n");
        assert_eq!(file.position(0), Position { line: 1, column: 1 });
        assert_eq!(file.position(3), Position { line: 1, column: 3 });
        assert_eq!(file.position(6), Position { line: 2, column: 1 });
        assert_eq!(file.position(8), Position { line: 3, column: 1 });
        assert_eq!(file.line_count(), 3);
    }

    #[test]
    fn spans_join_within_a_file_only() {
        let (a, b) = (FileId(0), FileId(1));
        assert_eq!(Span::new(a, 3, 5).to(Span::new(a, 8, 9)), Span::new(a, 3, 9));
        assert_eq!(Span::new(a, 3, 5).to(Span::new(b, 8, 9)), Span::new(a, 3, 5));
    }
}

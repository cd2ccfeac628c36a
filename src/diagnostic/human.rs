//! Findings for people: an excerpt with marks, why it matters, what to do. Drawn by miette.

use std::fmt::Write as _;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, Severity as Level,
    SourceCode, SourceSpan, SpanContents,
};

use super::{Applicability, Diagnostic, Label, Severity};
use crate::source::{SourceFile, SourceMap};

/// How findings are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    /// Colours or none.
    pub colour: Colour,
    /// Line-drawing characters or plain ones.
    pub characters: Characters,
}

/// Whether colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Colour {
    Always,
    Never,
}

/// Which characters frames are drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Characters {
    Unicode,
    Ascii,
}

/// A line longer than this is not shown as an excerpt: nobody could find the mark under it.
const LONGEST_LINE: usize = 400;
/// Narrower than this nothing can be read.
const NARROWEST: usize = 40;

/// Draws findings, each followed by an empty line.
pub fn render(diagnostics: &[Diagnostic], sources: &SourceMap, style: Style) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        render_one(&mut out, diagnostic, sources, style);
        out.push('\n');
    }
    out
}

fn render_one(out: &mut String, diagnostic: &Diagnostic, sources: &SourceMap, style: Style) {
    let theme = match (style.characters, style.colour) {
        (Characters::Unicode, Colour::Always) => GraphicalTheme::unicode(),
        (Characters::Unicode, Colour::Never) => GraphicalTheme::unicode_nocolor(),
        (Characters::Ascii, Colour::Always) => {
            GraphicalTheme { characters: miette::ThemeCharacters::ascii(), ..GraphicalTheme::unicode() }
        }
        (Characters::Ascii, Colour::Never) => GraphicalTheme::none(),
    };
    let width = style.width.max(NARROWEST);
    let handler = GraphicalReportHandler::new_themed(theme).with_width(width).with_links(false);
    let report = Report::new(diagnostic, sources);
    if handler.render_report(out, &report).is_err() {
        let _ = writeln!(out, "{}: {}", diagnostic.severity.word(), diagnostic.message);
    }
    for label in &report.elsewhere {
        let position = sources.position(label.span);
        let path = sources.file(label.span.file).display_path();
        let place = format!("{path}:{}:{}", position.line, position.column);
        paragraph(out, width, "  also: ", &format!("{place} {}", label.text));
    }
    if let Some(witness) = &diagnostic.witness {
        paragraph(out, width, "  shown by: ", &witness.title);
        let widest = witness.rows.iter().map(|(left, _)| left.chars().count()).max().unwrap_or(0);
        for (left, right) in &witness.rows {
            let gap = " ".repeat(widest - left.chars().count());
            let _ = writeln!(out, "    {left}{gap}  {right}");
        }
    }
    for note in &diagnostic.notes {
        paragraph(out, width, "  why: ", note);
    }
    if let Some(help) = &diagnostic.help {
        paragraph(out, width, "  help: ", help);
    }
    let safe = diagnostic.fixes.iter().filter(|f| f.applicability == Applicability::Safe);
    if diagnostic.help.is_none() {
        let all: Vec<&str> = diagnostic.fixes.iter().map(|f| f.title.as_str()).collect();
        if let [one] = all[..] {
            paragraph(out, width, "  help: ", &format!("{}.", capital(one)));
        }
    } else {
        for fix in safe {
            paragraph(out, width, "  fix: ", &format!("{}.", capital(&fix.title)));
        }
    }
}

/// A wrapped paragraph behind a label.
fn paragraph(out: &mut String, width: usize, label: &str, text: &str) {
    let indent = " ".repeat(label.len());
    let options =
        textwrap::Options::new(width.saturating_sub(1)).initial_indent(label).subsequent_indent(&indent);
    let _ = writeln!(out, "{}", textwrap::fill(text, options));
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

/// A finding as miette wants it.
#[derive(Debug)]
struct Report<'a> {
    diagnostic: &'a Diagnostic,
    /// The file the excerpt is from, if it can be shown.
    excerpt: Option<Excerpt<'a>>,
    /// Places in other files.
    elsewhere: Vec<&'a Label>,
    /// `path:line:column`, or the path alone.
    place: Option<String>,
}

impl<'a> Report<'a> {
    fn new(diagnostic: &'a Diagnostic, sources: &'a SourceMap) -> Self {
        let file = diagnostic.primary.as_ref().map(|l| l.span.file);
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            diagnostic.secondary.iter().partition(|l| Some(l.span.file) == file);
        let (mut excerpt, mut place) = (None, None);
        match (&diagnostic.primary, &diagnostic.path) {
            (Some(primary), _) => {
                let position = sources.position(primary.span);
                let path = sources.file(primary.span.file).display_path();
                place = Some(format!("{path}:{}:{}", position.line, position.column));
                let source = Excerpt(sources.file(primary.span.file));
                if here.iter().copied().chain([primary]).all(|l| source.is_readable(l)) {
                    excerpt = Some(source);
                }
            }
            (None, Some(path)) => place = Some(path.to_string_lossy().replace('\\', "/")),
            (None, None) => {}
        }
        Report { diagnostic, excerpt, elsewhere, place }
    }
}

impl std::fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.diagnostic.message)
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn std::fmt::Display + 'b>> {
        // The place stands here too: an excerpt may begin with another one, and editors open what they find in a line.
        let place = self.place.as_ref().map(|p| format!(" at {p}")).unwrap_or_default();
        Some(Box::new(format!("{}[{}]{place}", self.diagnostic.severity.word(), self.diagnostic.rule)))
    }

    fn severity(&self) -> Option<Level> {
        Some(match self.diagnostic.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Info => Level::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|e| e as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.excerpt.as_ref()?;
        let primary = self.diagnostic.primary.as_ref()?;
        let file = primary.span.file;
        let label = |l: &Label| {
            let text = (!l.text.is_empty()).then(|| l.text.clone());
            (text, l.span.start as usize, (l.span.end - l.span.start) as usize)
        };
        let (text, start, len) = label(primary);
        let first = LabeledSpan::new_primary_with_span(text, (start, len));
        let rest = self.diagnostic.secondary.iter().filter(move |l| l.span.file == file).map(move |l| {
            let (text, start, len) = label(l);
            LabeledSpan::new(text, start, len)
        });
        Some(Box::new(std::iter::once(first).chain(rest)))
    }
}

/// A file for miette. Finds lines by the index that the file has already, so that a thousand findings in one large file
/// do not read it a thousand times.
#[derive(Debug, Clone, Copy)]
struct Excerpt<'a>(&'a SourceFile);

impl Excerpt<'_> {
    fn is_readable(&self, label: &Label) -> bool {
        let line = self.0.position(label.span.start).line;
        self.0.line(line).len() <= LONGEST_LINE
    }
}

impl SourceCode for Excerpt<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let position = |n: usize| self.0.position(u32::try_from(n).unwrap_or(u32::MAX));
        let from = position(span.offset());
        let first = from.line.saturating_sub(before).max(1);
        let last = (position(span.offset() + span.len()).line + after).min(self.0.line_count());
        // Asked for the span alone, miette wants to know where it begins.
        let (start, column) =
            if before == 0 { (span.offset(), from.column - 1) } else { (self.0.line_start(first), 0) };
        let end = self.0.line_start(last) + self.0.line(last).len();
        let data = self.0.text().get(start..end.max(start)).ok_or(MietteError::OutOfBounds)?;
        Ok(Box::new(MietteSpanContents::new_named(
            self.0.display_path(),
            data.as_bytes(),
            (start, data.len()).into(),
            first - 1,
            column,
            last - first + 1,
        )))
    }
}

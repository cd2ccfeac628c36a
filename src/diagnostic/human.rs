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

/// A line that would go over more lines of the terminal than this is not shown as an excerpt: nobody could find the mark
/// under it.
const MOST_LINES: usize = 4;
/// What the labels of paragraphs are shown in, and back.
const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";
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
    let style = Style { width: style.width.max(NARROWEST), ..style };
    let width = style.width;
    let handler = GraphicalReportHandler::new_themed(theme).with_width(width).with_links(false);
    let report = Report::new(diagnostic, sources, width * MOST_LINES);
    if handler.render_report(out, &report).is_err() {
        let _ = writeln!(out, "{}: {}", diagnostic.severity.word(), diagnostic.message);
    }
    for label in &report.elsewhere {
        let position = sources.position(label.span);
        let path = sources.file(label.span.file).display_path();
        let place = format!("{path}:{}:{}", position.line, position.column);
        paragraph(out, style, "  also: ", &format!("{place} {}", label.text));
    }
    if let Some(witness) = &diagnostic.witness {
        paragraph(out, style, "  shown by: ", &witness.title);
        rows(out, style, &witness.rows);
    }
    for note in &diagnostic.notes {
        paragraph(out, style, "  why: ", note);
    }
    if let Some(help) = &diagnostic.help {
        paragraph(out, style, "  help: ", help);
    }
    let safe = diagnostic.fixes.iter().filter(|f| f.applicability == Applicability::Safe);
    if diagnostic.help.is_none() {
        let all: Vec<&str> = diagnostic.fixes.iter().map(|f| f.title.as_str()).collect();
        if let [one] = all[..] {
            paragraph(out, style, "  help: ", &format!("{}.", capital(one)));
        }
    } else {
        for fix in safe {
            paragraph(out, style, "  fix: ", &format!("{}.", capital(&fix.title)));
        }
    }
}

/// A wrapped paragraph behind a label.
fn paragraph(out: &mut String, style: Style, label: &str, text: &str) {
    let indent = " ".repeat(label.len());
    let options = textwrap::Options::new(style.width.saturating_sub(1))
        .initial_indent(&indent)
        .subsequent_indent(&indent);
    let filled = textwrap::fill(text, options);
    let rest = filled.strip_prefix(&indent).unwrap_or(&filled);
    let label = match style.colour {
        Colour::Always if !label.trim().is_empty() => format!("{BOLD}{label}{PLAIN}"),
        _ => label.to_owned(),
    };
    let _ = writeln!(out, "{label}{rest}");
}

/// Two columns; where the terminal is too narrow for both, the second stands under the first.
fn rows(out: &mut String, style: Style, rows: &[(String, String)]) {
    const INDENT: &str = "    ";
    let columns = textwrap::core::display_width;
    let widest = rows.iter().map(|(left, _)| columns(left)).max().unwrap_or(0);
    let right = INDENT.len() + widest + 2;
    let fits = rows.iter().all(|(_, text)| right + columns(text) < style.width);
    for (left, text) in rows {
        if fits {
            let gap = " ".repeat(widest - columns(left));
            let _ = writeln!(out, "{INDENT}{left}{gap}  {text}");
        } else {
            paragraph(out, style, INDENT, left);
            paragraph(out, style, &format!("{INDENT}  "), text);
        }
    }
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
    fn new(diagnostic: &'a Diagnostic, sources: &'a SourceMap, longest: usize) -> Self {
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
                if here.iter().copied().chain([primary]).all(|l| source.is_readable(l, longest)) {
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
    fn is_readable(&self, label: &Label, longest: usize) -> bool {
        let line = self.0.position(label.span.start).line;
        self.0.line(line).len() <= longest
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

#[cfg(test)]
mod tests {
    use super::super::Witness;
    use super::*;
    use crate::source::Span;

    /// A finding on the word `tbd` of a text, drawn without colours.
    fn drawn(text: &str, width: usize) -> String {
        let mut sources = SourceMap::new();
        let file = sources.add(SourceFile::new("a.clause", text));
        let start = text.find("tbd").expect("the word");
        let witness = Witness {
            title: "an MQL".into(),
            rows: vec![
                ("Wednesday 31 December 2025 09:00".into(), "remind sdr (1 business day before)".into()),
                ("見込み客".into(), "the clock starts".into()),
            ],
        };
        let finding = Diagnostic::error("a-rule", "something is open")
            .at(Span::new(file, start, start + 3), "here")
            .witness(witness);
        let style = Style { width, colour: Colour::Never, characters: Characters::Unicode };
        render(&[finding], &sources, style)
    }

    #[test]
    fn what_shows_it_stands_in_columns_if_they_fit() {
        let wide = drawn("target tbd", 100);
        assert!(
            wide.contains("    Wednesday 31 December 2025 09:00  remind sdr (1 business day before)\n"),
            "{wide}"
        );
        assert!(wide.contains("    見込み客                          the clock starts\n"), "{wide}");
        let narrow = drawn("target tbd", 60);
        let under =
            "    Wednesday 31 December 2025 09:00\n      remind sdr (1 business day before)\n    見込み客\n";
        assert!(narrow.contains(under), "{narrow}");
        for width in [40, 50, 60, 80, 100] {
            let text = drawn("target tbd", width);
            let widest = text.lines().map(textwrap::core::display_width).max();
            assert!(widest <= Some(width), "{text}");
        }
    }

    #[test]
    fn a_line_that_goes_over_many_lines_of_the_terminal_is_not_shown() {
        let text = format!("note \"{}\" target tbd", "x".repeat(300));
        assert!(drawn(&text, 100).contains("╰── here"));
        let narrow = drawn(&text, 60);
        assert!(!narrow.contains("xxx") && narrow.contains("a.clause:1:316"), "{narrow}");
    }
}

//! What must hold for every text whatsoever.

use clausal::diagnostic::Diagnostic;
use clausal::source::{FileId, Span};
use clausal::syntax::ast::{File, State};
use clausal::syntax::{FormatError, format_checked, parse};

pub const FILE: FileId = FileId(0);

/// Reads a text and checks what must hold for every one.
pub fn read(text: &str) -> (File, Vec<Diagnostic>) {
    let (file, diagnostics) = parse(FILE, text);
    for diagnostic in &diagnostics {
        let labels = diagnostic.primary.iter().chain(&diagnostic.secondary);
        labels.for_each(|label| inside(text, label.span, diagnostic));
        for fix in &diagnostic.fixes {
            fix.edits.iter().for_each(|edit| inside(text, edit.span, diagnostic));
        }
        assert!(diagnostic.primary.is_some(), "a place: {diagnostic:#?}");
        assert!(!diagnostic.message.is_empty());
    }
    for item in &file.items {
        assert!(text.get(item.span.range()).is_some(), "{:?} in {text:?}", item.span);
        assert!(item.state == State::Complete || !diagnostics.is_empty(), "a silent hole in {text:?}");
    }
    assert!(file.lost_names.is_empty() || !diagnostics.is_empty(), "a silent loss in {text:?}");
    for comment in &file.comments {
        let written = text.get(comment.span.range()).map(str::trim_end);
        assert_eq!(written, Some(comment.node.as_str()), "in {text:?}");
    }
    match format_checked(FILE, text) {
        Ok(_) => assert!(diagnostics.is_empty(), "formatted in spite of {diagnostics:#?}\n{text}"),
        Err(FormatError::Syntax(_)) => assert!(!diagnostics.is_empty()),
        Err(error @ FormatError::Changed(_)) => panic!("{error}\n{text}"),
    }
    (file, diagnostics)
}

fn inside(text: &str, span: Span, diagnostic: &Diagnostic) {
    assert!(text.get(span.range()).is_some(), "{span:?} is no place of {text:?}: {diagnostic:#?}");
}

/// A text without comments and white space.
pub fn bare(text: &str) -> String {
    uncommented(text).chars().filter(|c| !c.is_whitespace()).collect()
}

/// A text without comments.
pub fn uncommented(text: &str) -> String {
    let (file, _) = parse(FILE, text);
    let mut out = String::new();
    let mut from = 0;
    for comment in &file.comments {
        out.push_str(&text[from..comment.span.range().start]);
        from = comment.span.range().end;
    }
    out.push_str(&text[from..]);
    out
}

/// The files of a folder of test data, by name.
pub fn files(folder: &str) -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/syntax").join(folder);
    let paths = folder.read_dir().expect("a folder of test data").map(|e| e.expect("an entry").path());
    let mut files: Vec<_> = paths
        .filter(|p| p.extension().is_some_and(|e| e == "clause"))
        .map(|path| {
            #[expect(clippy::disallowed_methods, reason = "test data")]
            let text = std::fs::read_to_string(&path).expect("a readable file");
            (path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default(), text)
        })
        .collect();
    files.sort();
    files
}

//! An example of a page, and what it is when it stands in a file.

use std::path::{Path, PathBuf};

use clausal::check;
use clausal::diagnostic::Diagnostic;
use clausal::model::Date;
use clausal::project;
use clausal::syntax::keywords::BlockWord;

use crate::common::complete::completed;
use crate::common::fences::{Fence, fences};
use crate::common::{Memory, message};

/// The agreement of the examples: the term that the reference names.
pub const AGREEMENT: &str = "\
agreement handoff {
  parties    marketing, sales
  effective  2026-01-01 to 2026-12-31
  review     every quarter
  zone       America/New_York
}
";
pub const PARTS: &str = include_str!("parts.clause");

/// Before the agreement begins, so that open points are no errors yet.
const TODAY: Date = Date { year: 2025, month: 12, day: 15 };

/// What an example consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Blocks,
    Clauses(BlockWord),
    Conditions,
}

#[derive(Debug, Clone, Copy)]
pub struct Example<'p> {
    pub page: &'p str,
    pub fence: Fence<'p>,
    pub kind: Kind,
    /// The rule that finds fault with it.
    pub error: Option<&'p str>,
    /// Whether it is only read.
    pub parse: bool,
}

impl<'p> Example<'p> {
    fn of(page: &'p str, fence: Fence<'p>) -> Example<'p> {
        let mut out = Example { page, fence, kind: Kind::Blocks, error: None, parse: false };
        for mark in fence.info.split_whitespace().skip(1) {
            if let Some(rule) = mark.strip_prefix("error=") {
                out.error = Some(rule);
            } else if mark == "parse" {
                out.parse = true;
            } else if mark == "condition" {
                out.kind = Kind::Conditions;
            } else {
                let block = BlockWord::ALL.into_iter().find(|b| b.word() == mark);
                out.kind = Kind::Clauses(block.unwrap_or_else(|| panic!("{out}: what is `{mark}`?")));
            }
        }
        out
    }

    /// The text of a file with this example in it.
    pub fn in_file(&self) -> String {
        match self.kind {
            Kind::Blocks => self.fence.text.to_owned(),
            Kind::Clauses(block) => wrapped(block, self.fence.text.lines()),
            Kind::Conditions => self.conditions().concat(),
        }
    }

    /// A definition for each condition.
    pub fn conditions(&self) -> Vec<String> {
        let definition = |(n, line): (usize, &str)| {
            wrapped_as(&format!("definition example_{n}"), [format!("means  lead where {line}").as_str()])
        };
        self.fence.text.lines().enumerate().map(definition).collect()
    }

    /// What is said of it, completed.
    pub fn findings(&self) -> Found {
        check_text(&completed(&self.in_file(), AGREEMENT, PARTS))
    }
}

impl std::fmt::Display for Example<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "docs/{}:{}", self.page, self.fence.line)
    }
}

/// What is said of a text.
pub struct Found {
    pub diagnostics: Vec<Diagnostic>,
    /// Each with its place.
    pub messages: Vec<String>,
}

/// Checks a file.
pub fn check_text(text: &str) -> Found {
    let files = Memory::new([("example.clause", text)]);
    let workspace = project::load(&files, &[PathBuf::from(".")]);
    let (_, diagnostics) = check::check(&workspace, TODAY);
    let messages = diagnostics.iter().map(|d| message(d, &workspace)).collect();
    Found { diagnostics, messages }
}

/// Clauses in a block of their kind, on lines of their own.
fn wrapped<'a>(block: BlockWord, lines: impl IntoIterator<Item = &'a str>) -> String {
    let head = match block {
        BlockWord::Lifecycle => "lifecycle example of lead.status".to_owned(),
        BlockWord::Score => "score example of lead".to_owned(),
        BlockWord::Credit => "credit example for uptime".to_owned(),
        BlockWord::Scenario => "scenario \"Example\"".to_owned(),
        other => format!("{} example", other.word()),
    };
    wrapped_as(&head, lines)
}

fn wrapped_as<'a>(head: &str, lines: impl IntoIterator<Item = &'a str>) -> String {
    let indented = lines.into_iter().map(|l| if l.is_empty() { "\n".to_owned() } else { format!("  {l}\n") });
    format!("{head} {{\n{}}}\n", indented.collect::<String>())
}

/// The pages: the name of each and its text.
pub fn pages() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let mut out: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    out.sort();
    assert!(out.iter().any(|(name, _)| name == "language.md"));
    out
}

/// The examples of some pages.
pub fn examples(pages: &[(String, String)]) -> Vec<Example<'_>> {
    let mut out = Vec::new();
    for (name, text) in pages {
        let own = fences(text).into_iter().filter(|f| f.info.split_whitespace().next() == Some("clausal"));
        out.extend(own.map(|fence| Example::of(name, fence)));
    }
    out
}

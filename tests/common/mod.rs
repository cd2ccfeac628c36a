//! What the integration tests share.

#![allow(dead_code, missing_docs, reason = "each test binary uses a part of it")]

pub mod complete;
pub mod data;
pub mod fences;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use clausal::config::Config;
use clausal::diagnostic::{self, Diagnostic};
use clausal::model::Model;
use clausal::project::{self, Files, Kind, Workspace};

/// Files in memory.
#[derive(Debug, Clone, Default)]
pub struct Memory(pub BTreeMap<PathBuf, Vec<u8>>);

impl Memory {
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Memory {
        Memory(files.into_iter().map(|(path, text)| (path.into(), text.as_bytes().to_vec())).collect())
    }

    /// Every agreement file and the settings of a folder of this repository, under their paths below it.
    pub fn folder(folder: &str) -> Memory {
        fn collect(root: &Path, at: &Path, out: &mut BTreeMap<PathBuf, Vec<u8>>) {
            for entry in std::fs::read_dir(at).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    collect(root, &path, out);
                } else if path.extension().is_some_and(|e| e == "clause" || e == "yaml" || e == "ics") {
                    #[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
                    let bytes = std::fs::read(&path).unwrap();
                    out.insert(path.strip_prefix(root).unwrap().to_owned(), bytes);
                }
            }
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut out = BTreeMap::new();
        collect(&root, &root, &mut out);
        Memory(out)
    }
}

impl Files for Memory {
    fn kind(&self, path: &Path) -> Kind {
        if self.0.contains_key(path) {
            Kind::File
        } else if path == Path::new(".") || self.0.keys().any(|p| p.starts_with(path)) {
            Kind::Folder
        } else {
            Kind::Missing
        }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.0.get(path).cloned().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn agreement_files(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let below = |p: &&PathBuf| folder == Path::new(".") || p.starts_with(folder);
        Ok(self
            .0
            .keys()
            .filter(below)
            .filter(|p| p.extension().is_some_and(|e| e == "clause"))
            .cloned()
            .collect())
    }

    fn above(&self) -> Vec<PathBuf> {
        Vec::new()
    }
}

/// A compiled agreement with its settings and everything that was found.
#[derive(Debug)]
pub struct Compiled {
    pub workspace: Workspace,
    pub model: Option<Model>,
    pub config: Config,
    pub diagnostics: Vec<Diagnostic>,
}

impl Compiled {
    /// The model of an agreement that must be free of errors.
    pub fn model(&self) -> &Model {
        assert!(self.diagnostics.is_empty(), "{}", self.messages().join("\n"));
        self.model.as_ref().expect("an agreement")
    }

    /// Findings as `path:line:col rule: message`.
    pub fn messages(&self) -> Vec<String> {
        self.diagnostics.iter().map(|d| message(d, &self.workspace)).collect()
    }
}

pub fn message(d: &Diagnostic, workspace: &Workspace) -> String {
    let place = d.primary.as_ref().map(|label| {
        let position = workspace.sources.position(label.span);
        let path = workspace.sources.file(label.span.file).display_path();
        format!("{path}:{}:{}", position.line, position.column)
    });
    let path = d.path.as_ref().map(|p| p.display().to_string());
    format!("{} {}: {}", place.or(path).unwrap_or_default(), d.rule, d.message)
}

/// Compiles the first agreement of some files (syntax and names; no lint rules).
pub fn compile(files: &Memory) -> Compiled {
    let workspace = project::load(files, &[PathBuf::from(".")]);
    let mut diagnostics = workspace.diagnostics.clone();
    let mut model = None;
    let mut config = Config::default();
    if let Some(project) = workspace.projects.first() {
        config = project.config.clone();
        for entry in &project.entries {
            let resolution = project.resolve(*entry);
            diagnostics.extend(resolution.diagnostics);
            if model.is_none() {
                model = resolution.model;
            }
        }
    }
    diagnostic::sort(&mut diagnostics, &workspace.sources);
    Compiled { workspace, model, config, diagnostics }
}

/// Compiles one file.
pub fn compile_text(text: &str) -> Compiled {
    compile(&Memory::new([("test.clause", text)]))
}

/// A section of the Markdown document, by its heading.
pub fn section(compiled: &Compiled, heading: &str) -> String {
    let output = clausal::targets::docs::generate(compiled.model(), &compiled.config);
    let path = format!("{}.md", compiled.model().agreement.head.name.text);
    let markdown = output.artifacts.iter().find(|a| a.path == path).unwrap();
    let markdown = String::from_utf8(markdown.bytes.clone()).unwrap();
    let mut sections = markdown.split("\n## ");
    sections.find(|s| s.lines().next().unwrap().contains(heading)).unwrap_or_default().to_owned()
}

//! Reading projects: which files there are, and where their `use` lines lead.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use super::paths::{config_path, is_inside, parent, tidy};
use super::{EXTENSION, Files, Kind, Project, UNREADABLE, USE, Workspace, text};
use crate::config::{self, Config};
use crate::diagnostic::{Applicability, Diagnostic, nearest};
use crate::ics;
use crate::source::{FileId, SourceFile, SourceMap, Span, strip_bom};
use crate::syntax::{self, ast};

/// From so many findings on, no more files are suggested: each time the whole folder is searched.
const MANY: usize = 100;

/// Reads the projects that the given paths (files or folders) lie in.
pub fn load(files: &dyn Files, paths: &[PathBuf]) -> Workspace {
    let mut loader = Loader { files, sources: SourceMap::new(), diagnostics: Vec::new() };
    let mut roots: BTreeMap<PathBuf, BTreeSet<PathBuf>> = BTreeMap::new();
    for path in paths {
        for (root, file) in loader.discover(path) {
            roots.entry(root).or_default().insert(file);
        }
    }
    let projects = roots.into_iter().map(|(root, files)| loader.project(root, &files)).collect();
    Workspace { sources: loader.sources, projects, diagnostics: loader.diagnostics }
}

struct Loader<'a> {
    files: &'a dyn Files,
    sources: SourceMap,
    diagnostics: Vec<Diagnostic>,
}

impl Loader<'_> {
    /// The agreement files behind a path, each with the root of its project.
    fn discover(&mut self, path: &Path) -> Vec<(PathBuf, PathBuf)> {
        let path = &tidy(path);
        match self.files.kind(path) {
            Kind::Missing => {
                self.diagnostics.push(
                    Diagnostic::error(UNREADABLE, "there is no such file or folder")
                        .in_file(path)
                        .help("Name a `.clause` file, or a folder with some in it."),
                );
                Vec::new()
            }
            Kind::File if path.file_name().is_some_and(|n| n == config::FILE_NAME) => {
                self.discover(&parent(path))
            }
            Kind::File if path.extension().is_none_or(|e| e != EXTENSION) => {
                self.diagnostics.push(
                    Diagnostic::error(UNREADABLE, "this is not an agreement file")
                        .in_file(path)
                        .help(format!("Agreement files end in `.{EXTENSION}`.")),
                );
                Vec::new()
            }
            Kind::File => {
                let root = self.root(&parent(path)).unwrap_or_else(|| parent(path));
                vec![(root, path.clone())]
            }
            Kind::Folder => self.discover_folder(path),
        }
    }

    fn discover_folder(&mut self, folder: &Path) -> Vec<(PathBuf, PathBuf)> {
        match self.files.agreement_files(folder) {
            Ok(found) if found.is_empty() => {
                self.diagnostics.push(
                    Diagnostic::error(UNREADABLE, "there is no agreement in this folder")
                        .in_file(folder)
                        .help(format!(
                            "Agreements are files that end in `.{EXTENSION}`. `clausal init` makes a first one."
                        )),
                );
                Vec::new()
            }
            Ok(found) => found
                .into_iter()
                .map(|file| {
                    let file = tidy(&file);
                    (self.root(&parent(&file)).unwrap_or_else(|| folder.to_owned()), file)
                })
                .collect(),
            Err(error) => {
                self.unreadable(folder, &error);
                Vec::new()
            }
        }
    }

    /// The nearest folder at or above one that has a `clausal.yaml`.
    fn root(&self, folder: &Path) -> Option<PathBuf> {
        let has_config = |folder: &Path| self.files.kind(&config_path(folder)) == Kind::File;
        if let Some(root) = folder.ancestors().map(tidy).find(|f| has_config(f)) {
            return Some(root);
        }
        if folder.is_absolute() {
            return None;
        }
        self.files.above().into_iter().find(|f| has_config(f))
    }

    fn unreadable(&mut self, path: &Path, error: &io::Error) {
        let why = match error.kind() {
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            io::ErrorKind::NotFound => "there is no such file".to_owned(),
            _ => error.to_string(),
        };
        self.diagnostics.push(Diagnostic::error(UNREADABLE, format!("cannot be read: {why}")).in_file(path));
    }

    /// The text of a file, without a byte-order mark.
    fn text(&mut self, path: &Path) -> Option<String> {
        let text = match self.files.read(path) {
            Ok(bytes) => text(path, bytes),
            Err(error) => {
                self.unreadable(path, &error);
                return None;
            }
        };
        match text {
            Ok(text) => Some(strip_bom(&text).to_owned()),
            Err(diagnostic) => {
                self.diagnostics.push(*diagnostic);
                None
            }
        }
    }

    fn project(&mut self, root: PathBuf, files: &BTreeSet<PathBuf>) -> Project {
        let config = self.config(&root);
        let mut project = Project {
            root,
            config,
            entries: Vec::new(),
            trees: BTreeMap::new(),
            events: BTreeMap::new(),
            uses: BTreeMap::new(),
            broken: BTreeSet::new(),
            astray: BTreeSet::new(),
        };
        let mut known = BTreeMap::new();
        let asked: Vec<FileId> =
            files.iter().filter_map(|path| self.file(&mut project, &mut known, path)).collect();
        self.link(&mut project, &known);
        let is_agreement = |file: &FileId| project.trees.get(file).is_some_and(declares_agreement);
        let (agreements, libraries): (Vec<_>, Vec<_>) = asked.into_iter().partition(is_agreement);
        let reached: BTreeSet<FileId> = agreements.iter().flat_map(|file| project.reach(*file)).collect();
        project.entries = agreements;
        project.entries.extend(libraries.into_iter().filter(|file| !reached.contains(file)));
        project
    }

    fn config(&mut self, root: &Path) -> Config {
        let path = config_path(root);
        if self.files.kind(&path) != Kind::File {
            return Config::default();
        }
        let Some(text) = self.text(&path) else { return Config::default() };
        let file = self.sources.add(SourceFile::new(&path, text.clone()));
        let (config, diagnostics) = config::read(file, &text);
        self.diagnostics.extend(diagnostics);
        config
    }

    /// Reads a file and everything it uses, each once. Not recursive: the files decide how long a chain is.
    fn file(
        &mut self,
        project: &mut Project,
        known: &mut BTreeMap<PathBuf, Option<FileId>>,
        path: &Path,
    ) -> Option<FileId> {
        let mut waiting = vec![path.to_owned()];
        while let Some(path) = waiting.pop() {
            if known.contains_key(&path) {
                continue;
            }
            let id = self.one_file(project, &path);
            known.insert(path.clone(), id);
            let Some(id) = id else { continue };
            self.calendar_files(project, id, &path);
            let Some(tree) = project.trees.get(&id) else { continue };
            let uses: Vec<(String, Span)> = tree
                .items
                .iter()
                .filter_map(|item| match &item.kind {
                    ast::ItemKind::Use(word) => Some((word.node.clone(), word.span)),
                    _ => None,
                })
                .collect();
            for (target, span) in uses {
                match self.used(&project.root, &path, &target, span) {
                    Ok(used) => waiting.push(used),
                    Err(diagnostic) => {
                        project.broken.insert(id);
                        project.astray.insert(id);
                        self.diagnostics.push(*diagnostic);
                    }
                }
            }
        }
        known.get(path).copied().flatten()
    }

    fn one_file(&mut self, project: &mut Project, path: &Path) -> Option<FileId> {
        let text = self.text(path)?;
        let id = self.sources.add(SourceFile::new(path, text.clone()));
        let (tree, diagnostics) = syntax::parse(id, &text);
        if !diagnostics.is_empty() {
            project.broken.insert(id);
        }
        self.diagnostics.extend(diagnostics);
        project.trees.insert(id, tree);
        Some(id)
    }

    /// Reads the calendar files that a file names.
    fn calendar_files(&mut self, project: &mut Project, id: FileId, path: &Path) {
        let Some(tree) = project.trees.get(&id) else { return };
        let mut events = BTreeMap::new();
        for word in calendar_paths(tree) {
            match self.used(&project.root, path, &word.node, word.span) {
                Ok(used) => {
                    let read = self.text(&used).map(|text| ics::read(&text, word.span));
                    let (found, diagnostics) = read.unwrap_or_default();
                    self.diagnostics.extend(diagnostics);
                    events.insert(word.node.clone(), found);
                }
                Err(diagnostic) => {
                    project.broken.insert(id);
                    self.diagnostics.push(*diagnostic);
                }
            }
        }
        project.events.insert(id, events);
    }

    /// The file a `use` line leads to, if there is one inside the project.
    fn used(&self, root: &Path, from: &Path, target: &str, span: Span) -> Result<PathBuf, Box<Diagnostic>> {
        let said = |out: Diagnostic| Err(Box::new(out));
        if target.contains('\\') {
            let forward = target.replace('\\', "/");
            return said(
                Diagnostic::error(USE, "paths are written with `/`")
                    .at(span, "here")
                    .help(format!("Write `{forward}`: it works on every system.")),
            );
        }
        let path = tidy(&parent(from).join(target));
        if Path::new(target).is_absolute() || !is_inside(&path, root) {
            return said(
                Diagnostic::error(USE, "this file lies outside the project")
                    .at(span, "only files of the project can be used")
                    .note("An agreement must read the same on every machine that checks it out.")
                    .help("Move the file into the project, next to or below `clausal.yaml`."),
            );
        }
        match self.files.kind(&path) {
            Kind::File => Ok(path),
            Kind::Folder => said(
                Diagnostic::error(USE, format!("`{target}` is a folder"))
                    .at(span, "name one of its files")
                    .help("Each file is used by a line of its own."),
            ),
            Kind::Missing => {
                let out = Diagnostic::error(USE, format!("there is no file `{target}`"));
                said(match self.near_file(root, from, target) {
                    Some(near) => out.at(span, format!("did you mean `{near}`?")).fix(
                        format!("write `{near}`"),
                        Applicability::Suggested,
                        span,
                        format!("\"{near}\""),
                    ),
                    None => out.at(span, "not found").help(format!(
                        "It was looked for at `{}`.",
                        path.to_string_lossy().replace('\\', "/")
                    )),
                })
            }
        }
    }

    /// The path, relative to a file, of another file of the project that may have been meant.
    fn near_file(&self, root: &Path, from: &Path, target: &str) -> Option<String> {
        if self.diagnostics.len() >= MANY {
            return None;
        }
        let folder = parent(from);
        let files = self.files.agreement_files(root).ok()?;
        let relative: Vec<String> = files
            .iter()
            .filter_map(|f| {
                let f = tidy(f);
                // The folder that the program runs in is the beginning of no path.
                let below = if folder == Path::new(".") { Ok(f.as_path()) } else { f.strip_prefix(&folder) };
                below.ok().map(|p| p.to_string_lossy().replace('\\', "/"))
            })
            .collect();
        nearest(target, relative.iter().map(String::as_str)).map(str::to_owned)
    }

    /// Turns the `use` lines of every file into links between files.
    fn link(&self, project: &mut Project, known: &BTreeMap<PathBuf, Option<FileId>>) {
        let mut uses = BTreeMap::new();
        for (id, tree) in &project.trees {
            let from = parent(self.sources.file(*id).path());
            let mut links = Vec::new();
            for item in &tree.items {
                if let ast::ItemKind::Use(word) = &item.kind {
                    links.extend(known.get(&tidy(&from.join(&word.node))).copied().flatten());
                }
            }
            uses.insert(*id, links);
        }
        project.uses = uses;
    }
}

/// The paths behind `closed from`.
fn calendar_paths(tree: &ast::File) -> Vec<&ast::Word> {
    let calendars = tree.items.iter().filter_map(|item| match &item.kind {
        ast::ItemKind::Calendar(block) => Some(&block.clauses),
        _ => None,
    });
    calendars
        .flatten()
        .filter_map(|clause| match &clause.node {
            ast::CalendarClause::ClosedFrom(path) => Some(path),
            _ => None,
        })
        .collect()
}

fn declares_agreement(tree: &ast::File) -> bool {
    tree.items.iter().any(|item| matches!(item.kind, ast::ItemKind::Agreement(_)))
}

//! Projects: which files belong together.
//!
//! A project is a folder with `clausal.yaml` (or, without one, the folder or the folder of the file that was named). Every
//! file with an `agreement` block in it is an agreement, read together with what its `use` lines reach; paths in them are
//! relative to the file and may not leave the project. This room reads through [`Files`], so that an editor's unsaved
//! text or a test's can stand in for the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::config::{self, Config};
use crate::diagnostic::{Applicability, Diagnostic, nearest};
use crate::ics;
use crate::model::Completeness;
use crate::resolve::{self, Resolution, Unit};
use crate::source::{FileId, SourceFile, SourceMap, Span, strip_bom};
use crate::syntax::{self, ast};

/// Rule: a file or folder that cannot be read.
pub const UNREADABLE: &str = "unreadable-file";
/// Rule: a `use` line that leads nowhere, or out of the project.
pub const USE: &str = "use-not-found";

/// The largest file that is read, in bytes. A long agreement has a few hundred kilobytes; whatever stands in a file of this
/// size is answered in seconds.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// From so many findings on, no more files are suggested: each time the whole folder is searched.
const MANY: usize = 100;

/// The ending of agreement files.
pub const EXTENSION: &str = "clause";

/// Where files come from.
pub trait Files {
    /// What a path leads to.
    fn kind(&self, path: &Path) -> Kind;
    /// The content of a file.
    ///
    /// # Errors
    /// Whatever the system says.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// Every agreement file in a folder and below it, sorted. Leaves out what version control ignores and hidden files.
    ///
    /// # Errors
    /// Whatever the system says.
    fn agreement_files(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;
    /// The folders above the one the program runs in, nearest first, for relative paths.
    fn above(&self) -> Vec<PathBuf>;
}

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// Nothing.
    Missing,
}

/// Everything that was read in a run.
#[derive(Debug)]
pub struct Workspace {
    /// Every file.
    pub sources: SourceMap,
    /// The projects, by root.
    pub projects: Vec<Project>,
    /// What was wrong while reading.
    pub diagnostics: Vec<Diagnostic>,
}

/// A project.
#[derive(Debug)]
pub struct Project {
    /// Its folder.
    pub root: PathBuf,
    /// Its settings.
    pub config: Config,
    /// Its files that were asked for: agreements first, then libraries that no agreement reaches.
    pub entries: Vec<FileId>,
    trees: BTreeMap<FileId, ast::File>,
    /// By file and path as written: the events of the calendar files that it names.
    events: BTreeMap<FileId, BTreeMap<String, Vec<ics::Event>>>,
    uses: BTreeMap<FileId, Vec<FileId>>,
    /// Files that could not be read in whole: what they declare is not known.
    broken: BTreeSet<FileId>,
    /// Files with a `use` line that leads nowhere.
    astray: BTreeSet<FileId>,
}

impl Project {
    /// The tree of a file of this project.
    pub fn tree(&self, file: FileId) -> Option<&ast::File> {
        self.trees.get(&file)
    }

    /// The trees of all its files.
    pub fn trees(&self) -> impl Iterator<Item = (FileId, &ast::File)> {
        self.trees.iter().map(|(file, tree)| (*file, tree))
    }

    /// Resolves one of the entries with everything it uses.
    pub fn resolve(&self, entry: FileId) -> Resolution {
        let order = self.reach(entry);
        let unit = |file: &FileId| {
            let sees: BTreeSet<FileId> = self.reach(*file).into_iter().collect();
            let uses = if sees.is_disjoint(&self.astray) { Completeness::Whole } else { Completeness::Holed };
            let events = self.events.get(file).cloned().unwrap_or_default();
            self.trees.get(file).map(|tree| Unit { file: *file, tree, sees, uses, events })
        };
        let units: Vec<Unit<'_>> = order.iter().filter_map(unit).collect();
        resolve::resolve(&units)
    }

    /// Whether every file that an entry reaches could be read in whole.
    pub fn is_complete(&self, entry: FileId) -> bool {
        self.reach(entry).iter().all(|file| !self.broken.contains(file))
    }

    /// A file and everything its `use` lines reach, itself first.
    fn reach(&self, file: FileId) -> Vec<FileId> {
        let mut order = vec![file];
        let mut seen = BTreeSet::from([file]);
        let mut next = 0;
        while let Some(at) = order.get(next).copied() {
            for used in self.uses.get(&at).into_iter().flatten() {
                if seen.insert(*used) {
                    order.push(*used);
                }
            }
            next += 1;
        }
        order
    }
}

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

/// The text that the content of a file is, or why it is none.
pub(crate) fn text(path: &Path, bytes: Vec<u8>) -> Result<String, Box<Diagnostic>> {
    if bytes.len() > MAX_BYTES {
        let size = bytes.len() / (1024 * 1024);
        let most = MAX_BYTES / (1024 * 1024);
        return Err(Box::new(
            Diagnostic::error(UNREADABLE, format!("this file is too large ({size} MiB)"))
                .in_file(path)
                .help(format!("At most {most} MiB are read. Split it, and join the parts with `use`.")),
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1;
        Box::new(
            Diagnostic::error(UNREADABLE, format!("line {line} is not UTF-8 text"))
                .in_file(path)
                .help("Save the file as UTF-8 (in Excel or Notepad: \"Unicode (UTF-8)\")."),
        )
    })
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

/// Where the settings of a project are.
fn config_path(root: &Path) -> PathBuf {
    tidy(&root.join(config::FILE_NAME))
}

fn parent(path: &Path) -> PathBuf {
    let parent = path.parent().unwrap_or(Path::new(""));
    if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent.to_owned() }
}

/// A path without `.` and with each `..` taken back as far as it goes, so that one file has one path.
fn tidy(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    if out.as_os_str().is_empty() { PathBuf::from(".") } else { out }
}

fn is_inside(path: &Path, root: &Path) -> bool {
    if root == Path::new(".") {
        return path.is_relative() && !path.starts_with("..");
    }
    path.starts_with(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_has_one_path() {
        let tidied = |p: &str| tidy(Path::new(p)).to_string_lossy().into_owned();
        assert_eq!(tidied("./a/./b.clause"), "a/b.clause");
        assert_eq!(tidied("a/../b.clause"), "b.clause");
        assert_eq!(tidied("../a/../b"), "../b");
        assert_eq!(tidied("a/.."), ".");
        assert!(is_inside(Path::new("a/b"), Path::new("a")));
        assert!(!is_inside(Path::new("ab/b"), Path::new("a")));
        assert!(!is_inside(Path::new("../b"), Path::new(".")));
    }
}

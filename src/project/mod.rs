//! Projects: which files belong together.
//!
//! A project is a folder with `clausal.yaml` (or, without one, the folder or the folder of the file that was named). Every
//! file with an `agreement` block in it is an agreement, read together with what its `use` lines reach; paths in them are
//! relative to the file and may not leave the project. This room reads through [`Files`], so that an editor's unsaved
//! text or a test's can stand in for the disk.

mod join;
mod load;
mod paths;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::ics;
use crate::model::Completeness;
use crate::resolve::{self, Resolution, Unit};
use crate::source::{FileId, SourceMap};
use crate::syntax::ast;

pub use join::Joined;
pub use load::load;

/// Rule: a file or folder that cannot be read.
pub const UNREADABLE: &str = "unreadable-file";
/// Rule: a `use` line that leads nowhere, or out of the project.
pub const USE: &str = "use-not-found";

/// The largest file that is read, in bytes. A long agreement has a few hundred kilobytes; whatever stands in a file of this
/// size is answered in seconds.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

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
        let units: Vec<Unit<'_>> =
            self.reach(entry).into_iter().filter_map(|file| self.unit(file, None)).collect();
        resolve::resolve(&units)
    }

    /// A file with what it sees; its tree may be replaced by another one.
    fn unit<'a>(&'a self, file: FileId, tree: Option<&'a ast::File>) -> Option<Unit<'a>> {
        let tree = tree.or_else(|| self.trees.get(&file))?;
        let sees: BTreeSet<FileId> = self.reach(file).into_iter().collect();
        let uses = if sees.is_disjoint(&self.astray) { Completeness::Whole } else { Completeness::Holed };
        let events = self.events.get(&file).cloned().unwrap_or_default();
        Some(Unit { file, tree, sees, uses, events })
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

//! Writing outputs: all of them or none, and never a file that is not ours.
//!
//! A manifest in the output folder lists the files we wrote, with the hash of each. Before anything is touched every
//! file is looked at ([`plan`]): one that is in the way, or one of ours that somebody edited, stops the whole build.
//! Then each file is written beside its place and renamed into it ([`Plan::carry_out`]), so that a reader never sees half
//! of one. The manifest is written first with the old and the new hashes: a run that is cut off leaves nothing that the
//! next run would take for somebody else's.

mod manifest;
pub(super) mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::Target;
use crate::diagnostic::Diagnostic;
use crate::targets::Artifact;
use manifest::{Hash, Manifest, Record};

/// Rule: a file in the way, or an output that was edited by hand.
const CONFLICT: &str = "output-conflict";

/// A change to the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// A file that is not there yet.
    Create(String),
    /// A file of ours with other content.
    Update(String),
    /// A file of ours that is no longer made.
    Remove(String),
}

impl Change {
    /// What it does, in a word, and the path below the output folder.
    pub(super) fn words(&self) -> (&'static str, &str) {
        match self {
            Change::Create(path) => ("wrote", path),
            Change::Update(path) => ("updated", path),
            Change::Remove(path) => ("removed", path),
        }
    }
}

/// What has to be done to bring the output folder up to date.
#[derive(Debug)]
pub(super) struct Plan {
    folder: PathBuf,
    before: Manifest,
    after: Manifest,
    contents: BTreeMap<String, Vec<u8>>,
    /// The changes, by path.
    pub changes: Vec<Change>,
    /// Why it cannot be done; then nothing may be.
    pub conflicts: Vec<Diagnostic>,
}

/// The outputs of a run: for each target that was made, its files under their paths below the output folder.
pub(super) type Outputs = Vec<(Target, Vec<Artifact>)>;

/// Looks at the output folder.
///
/// # Errors
/// A folder or manifest that cannot be read.
pub(super) fn plan(folder: &Path, outputs: &Outputs) -> Result<Plan, Box<Diagnostic>> {
    let before = Manifest::read(folder)?;
    let mut plan = Plan {
        folder: folder.to_owned(),
        after: Manifest::default(),
        contents: BTreeMap::new(),
        changes: Vec::new(),
        conflicts: Vec::new(),
        before,
    };
    let made: BTreeSet<&'static str> = outputs.iter().map(|(target, _)| target.name()).collect();
    for (target, artifacts) in outputs {
        for artifact in artifacts {
            let path = format!("{}/{}", target.name(), artifact.path);
            plan.add(path, target.name(), &artifact.bytes)?;
        }
    }
    plan.case_collisions();
    for (path, record) in plan.before.files.clone() {
        if plan.after.files.contains_key(&path) {
            continue;
        }
        // What a target made that was not asked for this time stays.
        if made.contains(record.target.as_str()) {
            plan.drop_file(&path, &record)?;
        } else {
            plan.after.files.insert(path, record);
        }
    }
    plan.changes.sort_by(|a, b| a.words().1.cmp(b.words().1));
    Ok(plan)
}

/// What lies at a path.
enum There {
    Nothing,
    File(Vec<u8>),
    /// A folder, a link or a device.
    Other,
}

fn look(path: &Path) -> Result<There, Box<Diagnostic>> {
    match fs::symlink_metadata(path) {
        Ok(data) if data.is_file() => {
            #[expect(clippy::disallowed_methods, reason = "outputs are compared where they are written")]
            let bytes = fs::read(path).map_err(|e| unreadable(path, &e))?;
            Ok(There::File(bytes))
        }
        Ok(_) => Ok(There::Other),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(There::Nothing),
        // A file where a folder should be.
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(There::Other),
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(crate::project::UNREADABLE, format!("cannot be read: {error}")).in_file(path))
}

impl Plan {
    fn add(&mut self, path: String, target: &'static str, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
        let hash = Hash::of(bytes);
        let on_disk = self.folder.join(&path);
        match look(&on_disk)? {
            There::Nothing => self.changes.push(Change::Create(path.clone())),
            // Whoever wrote it, it says what we would say.
            There::File(old) if old == bytes => {}
            There::File(old) => match self.before.files.get(&path) {
                Some(record) if record.is(&Hash::of(&old)) => self.changes.push(Change::Update(path.clone())),
                Some(_) => self.conflicts.push(edited(&on_disk)),
                None => self.conflicts.push(foreign(&on_disk)),
            },
            There::Other => self.conflicts.push(foreign(&on_disk)),
        }
        self.contents.insert(path.clone(), bytes.to_vec());
        self.after.files.insert(path, Record::new(hash, target));
        Ok(())
    }

    fn drop_file(&mut self, path: &str, record: &Record) -> Result<(), Box<Diagnostic>> {
        let on_disk = self.folder.join(path);
        match look(&on_disk)? {
            There::Nothing => {}
            There::File(old) if record.is(&Hash::of(&old)) => {
                self.changes.push(Change::Remove(path.to_owned()));
            }
            There::File(_) | There::Other => self.conflicts.push(edited(&on_disk)),
        }
        Ok(())
    }

    /// Two outputs that some systems take for one file.
    fn case_collisions(&mut self) {
        let mut seen: BTreeMap<String, &String> = BTreeMap::new();
        for path in self.contents.keys() {
            if let Some(first) = seen.insert(path.to_lowercase(), path) {
                self.conflicts.push(
                    Diagnostic::error(
                        CONFLICT,
                        format!("`{path}` and `{first}` are one file on some systems"),
                    )
                    .in_file(self.folder.join(path))
                    .help("Rename one of the two things they are named after."),
                );
            }
        }
    }

    /// Does it.
    ///
    /// # Errors
    /// What could not be written. Files that were written by then are complete, and the manifest knows them.
    pub(super) fn carry_out(&self) -> Result<(), Box<Diagnostic>> {
        if self.changes.is_empty() && self.before == self.after {
            return Ok(());
        }
        write::folder(&self.folder)?;
        self.before.joined(&self.after).write(&self.folder)?;
        for change in &self.changes {
            match change {
                Change::Create(path) | Change::Update(path) => {
                    let bytes = self.contents.get(path).map_or(&[][..], Vec::as_slice);
                    write::replace(&self.folder.join(path), bytes)?;
                }
                Change::Remove(path) => write::remove(&self.folder, path)?,
            }
        }
        self.after.write(&self.folder)
    }
}

fn edited(path: &Path) -> Diagnostic {
    Diagnostic::error(CONFLICT, "this output was changed by hand")
        .in_file(path)
        .note("Writing over it would lose the change, and keeping it would let the outputs disagree.")
        .help("Move the change into the agreement; then delete this file (or restore it) and build again.")
}

fn foreign(path: &Path) -> Diagnostic {
    Diagnostic::error(CONFLICT, "something else stands where an output goes")
        .in_file(path)
        .note("Clausal only writes over files that it wrote.")
        .help("Move it away, or build into another folder with `--out`.")
}

#[cfg(test)]
mod tests;

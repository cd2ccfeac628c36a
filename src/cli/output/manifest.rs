//! The manifest: which files of the output folder are ours.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{There, look, write as files};
use crate::diagnostic::Diagnostic;

/// The manifest's file name.
pub(super) const FILE_NAME: &str = ".clausal-manifest.json";

/// Rises when an older program could misread the file.
const VERSION: u32 = 1;

/// SHA-256 of a file's bytes, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Hash(String);

impl Hash {
    pub(super) fn of(bytes: &[u8]) -> Hash {
        let mut hex = String::new();
        for byte in Sha256::digest(bytes) {
            let _ = write!(hex, "{byte:02x}");
        }
        Hash(hex)
    }
}

/// One file of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    sha256: Hash,
    /// What the file is becoming, while a run is under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<Hash>,
    /// The target that makes it.
    pub(super) target: String,
}

impl Record {
    pub(super) fn new(sha256: Hash, target: &str) -> Record {
        Record { sha256, next: None, target: target.to_owned() }
    }

    /// Whether we wrote content with this hash.
    pub(super) fn is(&self, hash: &Hash) -> bool {
        self.sha256 == *hash || self.next.as_ref() == Some(hash)
    }
}

/// Every file of ours.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Manifest {
    pub(super) files: BTreeMap<String, Record>,
}

#[derive(Serialize, Deserialize)]
struct Format {
    comment: String,
    version: u32,
    files: BTreeMap<String, Record>,
}

impl Manifest {
    /// The manifest of a folder; an empty one where there is none.
    pub(super) fn read(folder: &Path) -> Result<Manifest, Box<Diagnostic>> {
        let path = folder.join(FILE_NAME);
        let bytes = match look(&path)? {
            There::Nothing => return Ok(Manifest::default()),
            There::File(bytes) => bytes,
            There::Other => return Err(Box::new(damaged(&path, "it is not a file"))),
        };
        let format: Format =
            serde_json::from_slice(&bytes).map_err(|e| Box::new(damaged(&path, &e.to_string())))?;
        if format.version != VERSION {
            return Err(Box::new(damaged(&path, "it was written by another version of clausal")));
        }
        // A path that leads out of the folder is not one we wrote.
        let inside =
            |path: &str| Path::new(path).components().all(|c| matches!(c, std::path::Component::Normal(_)));
        if let Some(bad) = format.files.keys().find(|p| !inside(p)) {
            return Err(Box::new(damaged(&path, &format!("`{bad}` does not lie in its folder"))));
        }
        Ok(Manifest { files: format.files })
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), Box<Diagnostic>> {
        let format = Format {
            comment:
                "Files written by clausal. It changes and removes no others. Keep this file beside them."
                    .into(),
            version: VERSION,
            files: self.files.clone(),
        };
        let path = folder.join(FILE_NAME);
        let mut text =
            serde_json::to_string_pretty(&format).map_err(|e| Box::new(damaged(&path, &e.to_string())))?;
        text.push('\n');
        files::replace(&path, text.as_bytes())
    }

    /// Both: what is there, and what it is becoming.
    pub(super) fn joined(&self, after: &Manifest) -> Manifest {
        let mut files = self.files.clone();
        for (path, record) in &after.files {
            match files.get_mut(path) {
                Some(old) if old.sha256 != record.sha256 => old.next = Some(record.sha256.clone()),
                Some(_) => {}
                None => {
                    files.insert(path.clone(), record.clone());
                }
            }
        }
        Manifest { files }
    }
}

fn damaged(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::error(super::CONFLICT, format!("the list of files we wrote cannot be used: {why}"))
        .in_file(path)
        .note("Without it there is no telling which files are ours, so none is touched.")
        .help("Restore it from version control, or delete it together with the files beside it, and build again.")
}

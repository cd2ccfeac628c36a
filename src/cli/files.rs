//! The disk as the rest of the program sees it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::project::{EXTENSION, Files, Kind};

/// The real file system.
#[derive(Debug, Clone, Copy)]
pub struct Disk;

impl Files for Disk {
    fn kind(&self, path: &Path) -> Kind {
        match fs::metadata(path) {
            Ok(data) if data.is_dir() => Kind::Folder,
            Ok(_) => Kind::File,
            Err(_) => Kind::Missing,
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the place where files are read")]
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn agreement_files(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut out = Vec::new();
        for entry in ignore::WalkBuilder::new(folder).require_git(false).build() {
            let entry = entry.map_err(io::Error::other)?;
            let is_file = entry.file_type().is_some_and(|t| t.is_file());
            if is_file && entry.path().extension().is_some_and(|e| e == EXTENSION) {
                let path = entry.into_path();
                out.push(path.strip_prefix(".").map_or(path.clone(), Path::to_owned));
            }
        }
        out.sort();
        Ok(out)
    }

    fn above(&self) -> Vec<PathBuf> {
        let here = std::env::current_dir().unwrap_or_default();
        here.ancestors().skip(1).map(Path::to_owned).collect()
    }
}

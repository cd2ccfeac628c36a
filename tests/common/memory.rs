//! A project without a disk.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use clausal::project::{Files, Kind};

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

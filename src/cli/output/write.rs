//! Single files: written beside their place and renamed into it.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use crate::diagnostic::Diagnostic;

/// Makes a folder and those above it.
pub(super) fn folder(path: &Path) -> Result<(), Box<Diagnostic>> {
    fs::create_dir_all(path).map_err(|e| failed(path, &e))
}

/// Puts content at a path, all at once. A file that is there keeps its permissions; a link keeps pointing where it does.
pub(in crate::cli) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let parent = match real.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    folder(parent)?;
    let write = || -> io::Result<()> {
        let mut file = builder().tempfile_in(parent)?;
        file.write_all(bytes)?;
        if let Ok(data) = fs::metadata(&real) {
            file.as_file().set_permissions(data.permissions())?;
        }
        file.persist(&real).map_err(|e| e.error)?;
        Ok(())
    };
    write().map_err(|e| failed(path, &e))
}

/// Temporary files with the permissions that any new file gets.
#[cfg(unix)]
fn builder() -> tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".clausal-").permissions(fs::Permissions::from_mode(0o666));
    builder
}

#[cfg(not(unix))]
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".clausal-");
    builder
}

/// Removes a file, and the folders above it that this leaves empty.
pub(super) fn remove(root: &Path, path: &str) -> Result<(), Box<Diagnostic>> {
    let full = root.join(path);
    fs::remove_file(&full).map_err(|e| failed(&full, &e))?;
    let folders = Path::new(path).ancestors().skip(1).filter(|p| !p.as_os_str().is_empty());
    for folder in folders {
        // It fails where something else is left in it, which is as it should be.
        if fs::remove_dir(root.join(folder)).is_err() {
            break;
        }
    }
    Ok(())
}

fn failed(path: &Path, error: &io::Error) -> Box<Diagnostic> {
    let why = match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "permission denied".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    };
    Box::new(
        Diagnostic::error(crate::project::UNREADABLE, format!("cannot be written: {why}"))
            .in_file(path)
            .help("Name another folder with `--out`, or change the permissions of this one."),
    )
}

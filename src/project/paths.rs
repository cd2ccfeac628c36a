//! Paths: one file has one, and none leaves the project.

use std::path::{Component, Path, PathBuf};

use crate::config;

/// Where the settings of a project are.
pub(super) fn config_path(root: &Path) -> PathBuf {
    tidy(&root.join(config::FILE_NAME))
}

pub(super) fn parent(path: &Path) -> PathBuf {
    let parent = path.parent().unwrap_or(Path::new(""));
    if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent.to_owned() }
}

/// A path without `.` and with each `..` taken back as far as it goes, so that one file has one path.
pub(super) fn tidy(path: &Path) -> PathBuf {
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

pub(super) fn is_inside(path: &Path, root: &Path) -> bool {
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

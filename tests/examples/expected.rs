//! What is built of the example, file by file, against the reviewed copy that the README links to.
//!
//! After a change that is meant: `CLAUSAL_UPDATE=1 cargo test --test examples`, and read the difference before it is
//! committed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const EXAMPLE: &str = "examples/lead-handoff";
const EXPECTED: &str = "examples/lead-handoff/expected";
const HOW: &str =
    "if the change is meant, run `CLAUSAL_UPDATE=1 cargo test --test examples` and review the difference";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, by its path in it. Two are left out: the manifest of `build`, which has a hash of each, and
/// the rows of time, of which there are too many to review (the queries' tests hold them against the evaluator).
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn collect(root: &Path, at: &Path, out: &mut BTreeMap<PathBuf, Vec<u8>>) {
        let Ok(entries) = fs::read_dir(at) else { return };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                collect(root, &path, out);
            } else if !path.ends_with(".clausal-manifest.json") && !path.ends_with("1_time.sql") {
                #[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
                let bytes = fs::read(&path).unwrap();
                out.insert(path.strip_prefix(root).unwrap().to_owned(), bytes);
            }
        }
    }
    let mut out = BTreeMap::new();
    collect(folder, folder, &mut out);
    out
}

/// What the program makes of the example.
fn built() -> BTreeMap<PathBuf, Vec<u8>> {
    let out = tempfile::tempdir().unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_clausal"))
        .args(["build", EXAMPLE, "--today", "2026-06-01", "--out"])
        .arg(out.path())
        .current_dir(root())
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    files(out.path())
}

/// A file without the edition of the time zone database, such as `2026a`: a new one may change no other byte.
fn without_edition(bytes: &[u8]) -> Vec<u8> {
    let is_word = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
    let mut out = bytes.to_vec();
    for at in 0..out.len().saturating_sub(4) {
        let (year, letter) = (&out[at..at + 4], out[at + 4]);
        let edition =
            year.starts_with(b"20") && year.iter().all(u8::is_ascii_digit) && letter.is_ascii_lowercase();
        let alone =
            !is_word(at.checked_sub(1).and_then(|before| out.get(before))) && !is_word(out.get(at + 5));
        if edition && alone {
            out[at..at + 5].copy_from_slice(b"?????");
        }
    }
    out
}

/// The first line in which two files differ, as each has it.
fn first_difference(expected: &[u8], built: &[u8]) -> String {
    let (expected, built) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(built));
    let at = expected.lines().zip(built.lines()).take_while(|(e, b)| e == b).count();
    let line = |text: &str| text.lines().nth(at).map_or("(the file ends)".to_owned(), str::to_owned);
    format!("line {}\n  expected: {}\n  built:    {}", at + 1, line(&expected), line(&built))
}

#[test]
fn the_example_builds_what_was_reviewed() {
    let (expected, built) = (files(&root().join(EXPECTED)), built());
    if std::env::var_os("CLAUSAL_UPDATE").is_some() {
        return update(&expected, &built);
    }
    let mut faults = Vec::new();
    for path in expected.keys().chain(built.keys()).collect::<BTreeSet<_>>() {
        let name = path.display();
        match (expected.get(path), built.get(path)) {
            (Some(_), None) => faults.push(format!("{name}: expected, but no longer built")),
            (None, _) => faults.push(format!("{name}: built, but not expected yet")),
            (Some(expected), Some(built)) => {
                let (expected, built) = (without_edition(expected), without_edition(built));
                if expected != built {
                    faults.push(format!("{name}: {}", first_difference(&expected, &built)));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{EXPECTED}:\n{}\n\n{HOW}", faults.join("\n"));
}

fn update(expected: &BTreeMap<PathBuf, Vec<u8>>, built: &BTreeMap<PathBuf, Vec<u8>>) {
    let folder = root().join(EXPECTED);
    for path in expected.keys().filter(|path| !built.contains_key(*path)) {
        fs::remove_file(folder.join(path)).unwrap();
    }
    for (path, bytes) in built {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        #[expect(clippy::disallowed_methods, reason = "a person asked for it")]
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn an_edition_is_told_from_other_words() {
    let same = |text: &str| without_edition(text.as_bytes()) == text.as_bytes();
    assert_eq!(without_edition(b"edition 2026a, 2025b"), b"edition ?????, ?????");
    assert!(same("2026-03-06, x2026a, 2026ab, 1999a, 2026A"));
}

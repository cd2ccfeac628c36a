//! `output-conflict`, the one rule about the disk: the program is run in a copy of the case.
//!
//! `bad*` and `good*` are project folders with what stands in the way already in them.

#![expect(clippy::disallowed_methods, reason = "tests read and write their own files")]

use std::fs;
use std::path::Path;
use std::process::Command;

/// What `clausal build` says in a folder.
fn build(folder: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausal"));
    command.args(["build", "--today", "2026-03-02", "--color", "never"]).current_dir(folder);
    let output = command.env_remove("CLICOLOR_FORCE").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    text(output.stderr) + &text(output.stdout)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|e| e.unwrap().path()) {
        let target = to.join(entry.file_name().unwrap());
        if entry.is_dir() { copy(&entry, &target) } else { fs::copy(&entry, &target).map(|_| ()).unwrap() }
    }
}

fn case(name: &str) -> tempfile::TempDir {
    let sandbox = tempfile::tempdir().unwrap();
    copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint/output-conflict").join(name),
        sandbox.path(),
    );
    sandbox
}

fn shown(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "output-conflict", prepend_module_to_snapshot => false, omit_expression => true
    }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn a_file_in_the_way_is_not_written_over() {
    let sandbox = case("bad");
    shown("bad", &build(sandbox.path()));
    let text = fs::read_to_string(sandbox.path().join("build/docs/handoff.md")).unwrap();
    assert_eq!(text, "Notes of the kick-off meeting.\n");
    assert!(!sandbox.path().join("build/docs/handoff.html").exists(), "nothing is written at all");
}

#[test]
fn an_output_that_was_edited_is_not_written_over() {
    let sandbox = case("good");
    build(sandbox.path());
    let document = sandbox.path().join("build/docs/handoff.md");
    let edited = fs::read_to_string(&document).unwrap() + "P.S. Except on Fridays.\n";
    fs::write(&document, &edited).unwrap();
    // The agreement changes too, so that there would be something to write.
    let agreement = sandbox.path().join("handoff.clause");
    let text = fs::read_to_string(&agreement).unwrap().replace("every quarter", "every month");
    fs::write(&agreement, text).unwrap();
    shown("bad_edited", &build(sandbox.path()));
    assert_eq!(fs::read_to_string(&document).unwrap(), edited);
}

#[test]
fn what_is_not_in_the_way_is_left_alone() {
    let sandbox = case("good");
    let said = build(sandbox.path());
    assert!(!said.contains("output-conflict"), "{said}");
    assert_eq!(fs::read_to_string(sandbox.path().join("build/docs/notes.md")).unwrap(), "Notes.\n");
    assert!(sandbox.path().join("build/docs/handoff.md").exists());
}

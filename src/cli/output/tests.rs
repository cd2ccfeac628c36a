#![expect(clippy::disallowed_methods, reason = "tests look at the files that were written")]

use super::*;

fn docs(files: &[(&str, &str)]) -> Outputs {
    vec![(Target::Docs, files.iter().map(|(path, text)| Artifact::text(*path, *text)).collect())]
}

fn build(folder: &Path, outputs: &Outputs) -> Vec<Change> {
    let plan = plan(folder, outputs).unwrap();
    assert_eq!(plan.conflicts, vec![]);
    plan.carry_out().unwrap();
    plan.changes
}

fn text(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap()
}

#[test]
fn a_second_run_writes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let outputs = docs(&[("a.md", "one"), ("deep/b.md", "two")]);
    assert_eq!(build(dir.path(), &outputs).len(), 2);
    let stamp = |p: &str| fs::metadata(dir.path().join(p)).unwrap().modified().unwrap();
    let before = (stamp("docs/a.md"), stamp(manifest::FILE_NAME));
    assert_eq!(build(dir.path(), &outputs), vec![]);
    assert_eq!((stamp("docs/a.md"), stamp(manifest::FILE_NAME)), before);
}

#[test]
fn files_that_are_no_longer_made_go_and_others_stay() {
    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), &docs(&[("a.md", "one"), ("deep/b.md", "two")]));
    fs::write(dir.path().join("docs/mine.txt"), "mine").unwrap();
    let changes = build(dir.path(), &docs(&[("a.md", "new")]));
    assert_eq!(changes, [Change::Update("docs/a.md".into()), Change::Remove("docs/deep/b.md".into())]);
    assert!(!dir.path().join("docs/deep").exists());
    assert_eq!(text(dir.path(), "docs/mine.txt"), "mine");
    assert_eq!(text(dir.path(), "docs/a.md"), "new");
}

#[test]
fn a_target_that_was_not_asked_for_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), &docs(&[("a.md", "one")]));
    let sql: Outputs = vec![(Target::Sql, vec![Artifact::text("q.sql", "select")])];
    assert_eq!(build(dir.path(), &sql), [Change::Create("sql/q.sql".into())]);
    assert_eq!(text(dir.path(), "docs/a.md"), "one");
    // And it is still known as ours.
    assert_eq!(build(dir.path(), &docs(&[("a.md", "two")])), [Change::Update("docs/a.md".into())]);
}

#[test]
fn an_output_edited_by_hand_stops_everything() {
    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), &docs(&[("a.md", "one"), ("b.md", "one")]));
    fs::write(dir.path().join("docs/a.md"), "edited").unwrap();
    let plan = plan(dir.path(), &docs(&[("a.md", "two"), ("b.md", "two")])).unwrap();
    assert_eq!(plan.conflicts.len(), 1);
    assert_eq!(text(dir.path(), "docs/b.md"), "one");
    // An edited file is not removed either.
    let gone = super::plan(dir.path(), &docs(&[("b.md", "one")])).unwrap();
    assert_eq!(gone.conflicts.len(), 1);
}

#[test]
fn a_foreign_file_is_never_written_over() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("docs/b.md")).unwrap();
    fs::write(dir.path().join("docs/a.md"), "mine").unwrap();
    let plan = plan(dir.path(), &docs(&[("a.md", "ours"), ("b.md", "ours")])).unwrap();
    assert_eq!(plan.conflicts.len(), 2);
    // The same content is no conflict, whoever wrote it.
    let same = super::plan(dir.path(), &docs(&[("a.md", "mine")])).unwrap();
    assert!(same.changes.is_empty() && same.conflicts.is_empty());
}

#[cfg(unix)]
#[test]
fn a_link_is_foreign() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("docs")).unwrap();
    fs::write(dir.path().join("target"), "mine").unwrap();
    std::os::unix::fs::symlink(dir.path().join("target"), dir.path().join("docs/a.md")).unwrap();
    let plan = plan(dir.path(), &docs(&[("a.md", "ours")])).unwrap();
    assert_eq!(plan.conflicts.len(), 1);
}

#[test]
fn a_run_that_was_cut_off_is_taken_up_again() {
    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), &docs(&[("a.md", "one"), ("b.md", "one")]));
    // As after a crash between the first rename and the last manifest.
    let cut = plan(dir.path(), &docs(&[("a.md", "two"), ("b.md", "two")])).unwrap();
    cut.before.joined(&cut.after).write(dir.path()).unwrap();
    fs::write(dir.path().join("docs/a.md"), "two").unwrap();
    // Meanwhile the agreement changed once more.
    let changes = build(dir.path(), &docs(&[("a.md", "three"), ("b.md", "three")]));
    assert_eq!(changes.len(), 2);
    assert_eq!(text(dir.path(), "docs/a.md"), "three");
}

#[test]
fn paths_that_differ_in_case_only_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let plan = plan(dir.path(), &docs(&[("a.md", "x"), ("A.md", "y")])).unwrap();
    assert_eq!(plan.conflicts.len(), 1);
}

#[test]
fn a_damaged_manifest_touches_nothing() {
    let dir = tempfile::tempdir().unwrap();
    for bad in ["", "{", "{\"comment\":\"\",\"version\":99,\"files\":{}}"] {
        fs::write(dir.path().join(manifest::FILE_NAME), bad).unwrap();
        assert!(plan(dir.path(), &docs(&[("a.md", "x")])).is_err(), "{bad}");
    }
    let outside = r#"{"comment":"","version":1,"files":{"../x":{"sha256":"","target":"docs"}}}"#;
    fs::write(dir.path().join(manifest::FILE_NAME), outside).unwrap();
    assert!(plan(dir.path(), &docs(&[("a.md", "x")])).is_err());
}

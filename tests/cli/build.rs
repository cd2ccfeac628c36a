use std::fs;

use super::{Ran, SMALL, Sandbox};

fn build(sandbox: &Sandbox, more: &[&str]) -> Ran {
    let mut args = vec!["build", "--today", "2026-03-02"];
    args.extend(more);
    sandbox.run(&args)
}

#[test]
fn the_example_builds_and_a_second_run_writes_nothing() {
    let sandbox = Sandbox::example("lead-handoff");
    let first = build(&sandbox, &[]);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(first.out.contains("wrote build/docs/lead_handoff.html\n"), "{}", first.out);
    let stamps = || {
        let mut all: Vec<_> = fs::read_dir(sandbox.at("build/docs"))
            .unwrap()
            .map(|e| e.unwrap())
            .map(|e| (e.path(), e.metadata().unwrap().modified().unwrap()))
            .collect();
        all.sort();
        all
    };
    let before = stamps();
    assert_eq!(build(&sandbox, &[]).out, "Nothing to do: the outputs are up to date.\n");
    assert_eq!(stamps(), before);
    assert_eq!(build(&sandbox, &["--check"]).code, 0);
}

#[test]
fn a_changed_agreement_makes_its_outputs_stale() {
    let sandbox = Sandbox::with(&[("a.clause", SMALL)]);
    let missing = build(&sandbox, &["--check", "--target", "docs"]);
    assert_eq!(missing.code, 1);
    assert!(missing.out.contains("missing: build/docs/small.html\n"), "{}", missing.out);
    assert!(!sandbox.at("build").exists());
    assert_eq!(build(&sandbox, &["--target", "docs"]).code, 0);
    sandbox.edit("a.clause", "4 business hours", "3 business hours");
    let stale = build(&sandbox, &["--check", "--target", "docs"]);
    assert_eq!(stale.code, 1);
    assert!(stale.out.contains("out of date: build/docs/small.md\n"), "{}", stale.out);
    assert!(build(&sandbox, &["--target", "docs"]).out.contains("updated build/docs/small.md\n"));
    // Another name makes other files, and the old ones go.
    sandbox.edit("a.clause", "agreement small", "agreement smaller");
    let renamed = build(&sandbox, &["--target", "docs"]);
    assert!(renamed.out.contains("removed build/docs/small.md\n"), "{}", renamed.out);
    assert!(!sandbox.at("build/docs/small.md").exists());
}

#[test]
fn nothing_is_written_while_there_is_an_error() {
    let sandbox = Sandbox::with(&[("a.clause", &SMALL.replace("4 business hours", "4 days"))]);
    let ran = build(&sandbox, &[]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("[bare-days]"), "{}", ran.err);
    assert!(ran.err.ends_with("Nothing was written.\n"), "{}", ran.err);
    assert!(!sandbox.at("build").exists());
}

#[test]
fn work_of_others_is_never_lost() {
    let sandbox = Sandbox::with(&[("a.clause", SMALL), ("build/docs/small.md", "mine")]);
    let foreign = build(&sandbox, &["--target", "docs"]);
    assert_eq!(foreign.code, 1);
    assert!(foreign.err.contains("error[output-conflict] at build/docs/small.md"), "{}", foreign.err);
    assert_eq!(sandbox.read("build/docs/small.md"), "mine");
    assert!(!sandbox.at("build/docs/small.html").exists());
    fs::remove_file(sandbox.at("build/docs/small.md")).unwrap();
    assert_eq!(build(&sandbox, &["--target", "docs"]).code, 0);
    sandbox.write("build/docs/small.md", "edited");
    let edited = build(&sandbox, &["--target", "docs"]);
    assert_eq!(edited.code, 1);
    assert!(edited.err.contains("this output was changed by hand"), "{}", edited.err);
    assert_eq!(sandbox.read("build/docs/small.md"), "edited");
}

#[test]
fn the_output_folder_may_be_named_and_may_be_impossible() {
    let sandbox = Sandbox::with(&[("a.clause", SMALL), ("file", "x")]);
    assert_eq!(build(&sandbox, &["--target", "docs", "--out", "else/where"]).code, 0);
    assert!(sandbox.at("else/where/docs/small.html").exists());
    let impossible = build(&sandbox, &["--target", "docs", "--out", "file/below"]);
    assert_ne!(impossible.code, 0);
    assert!(!impossible.err.is_empty());
    assert_eq!(sandbox.read("file"), "x");
}

#[test]
fn settings_say_where_and_what() {
    let sandbox = Sandbox::with(&[("a.clause", SMALL), ("clausal.yaml", "out: public\ntargets: [docs]\n")]);
    assert_eq!(build(&sandbox, &[]).code, 0);
    assert!(sandbox.at("public/docs/small.html").exists());
    assert!(!sandbox.at("public/sql").exists());
    // A target that is not asked for this time keeps its files.
    assert_eq!(build(&sandbox, &["--target", "sql"]).code, 0);
    assert!(sandbox.at("public/docs/small.html").exists());
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let one = Sandbox::example("lead-handoff");
    let two = Sandbox::example("lead-handoff");
    build(&one, &[]);
    build(&two, &[]);
    let manifest = |s: &Sandbox| s.read("build/.clausal-manifest.json");
    assert_eq!(manifest(&one), manifest(&two));
}

#[test]
fn settings_cannot_fill_a_hole() {
    let text = SMALL.replace("4 business hours", "4 days");
    let sandbox = Sandbox::with(&[("a.clause", &text), ("clausal.yaml", "rules:\n  bare-days: off\n")]);
    assert_eq!(sandbox.run(&["check", "--today", "2026-03-02"]).code, 0);
    let ran = sandbox.run(&["build", "--today", "2026-03-02"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("bare-days") && ran.err.contains("Nothing was written."), "{}", ran.err);
    assert!(!sandbox.at("build").exists());
}

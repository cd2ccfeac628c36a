use super::Sandbox;

#[test]
fn a_first_agreement_is_clean_formatted_and_builds() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.run(&["init", "first"]).code, 0);
    let check = sandbox.run(&["check", "--strict", "--today", "2026-03-02", "first"]);
    assert!(
        check.out.starts_with("No findings in 2 files (1 agreement).\nNo conflict found: "),
        "{}",
        check.out
    );
    let fmt = sandbox.run(&["fmt", "--check", "first"]);
    assert_eq!(fmt.code, 0, "{}{}", fmt.out, fmt.err);
    assert_eq!(sandbox.run(&["build", "--today", "2026-03-02", "first"]).code, 0);
    assert!(sandbox.at("first/build/docs/lead_handoff.html").exists());
}

#[test]
fn a_first_agreement_never_writes_over_a_file() {
    let sandbox = Sandbox::with(&[("clausal.yaml", "mine")]);
    let ran = sandbox.run(&["init"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("clausal.yaml is there already"), "{}", ran.err);
    assert_eq!(sandbox.read("clausal.yaml"), "mine");
    assert!(!sandbox.at("agreement.clause").exists());
}

#[test]
fn rules_are_explained() {
    let sandbox = Sandbox::new();
    let page = sandbox.run(&["explain", "bare-days"]);
    assert_eq!(page.code, 0);
    assert!(page.out.starts_with("# bare-days\n"));
    assert_eq!(sandbox.run(&["explain", "error[bare-days]"]).out, page.out);
    let list = sandbox.run(&["explain"]);
    assert!(list.out.lines().count() > 30);
    let wrong = sandbox.run(&["explain", "bare-dais"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("Did you mean `bare-days`?"), "{}", wrong.err);
}

#[test]
fn wrong_use_says_what_is_right() {
    let sandbox = Sandbox::new();
    for args in [&["chek"][..], &["check", "--fromat", "json"], &["build", "--target", "pdf"], &[]] {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert_eq!(ran.out, "");
        assert!(!ran.err.is_empty());
    }
}

/// The help is part of the interface: a change of it shows in review.
#[test]
fn help() {
    let sandbox = Sandbox::new();
    for command in ["", "check", "build", "test", "why", "fmt", "explain", "init"] {
        let args: Vec<&str> = [command, "--help"].into_iter().filter(|a| !a.is_empty()).collect();
        let ran = sandbox.run(&args);
        assert_eq!(ran.code, 0);
        let name = if command.is_empty() { "clausal" } else { command };
        insta::assert_snapshot!(format!("help_{name}"), ran.out);
    }
}

#[test]
fn a_closed_pipe_is_no_trouble() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_clausal"))
        .arg("explain")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

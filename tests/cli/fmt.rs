use super::{SMALL, Sandbox};

#[test]
fn formatting_changes_layout_only_and_once() {
    let messy = SMALL.replace("  parties    left, right\n", "\tparties left,right # who\r\n");
    let sandbox = Sandbox::with(&[("a.clause", &messy), ("deep/b.clause", SMALL)]);
    let check = sandbox.run(&["fmt", "--check"]);
    assert_eq!((check.code, check.out.as_str()), (1, "would change a.clause\n"));
    assert_eq!(sandbox.read("a.clause"), messy);
    let run = sandbox.run(&["fmt"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("formatted a.clause\n"), "{}", run.out);
    assert!(sandbox.read("a.clause").contains("  parties    left, right  # who\n"));
    assert_eq!(sandbox.run(&["fmt", "--check"]).code, 0);
}

#[test]
fn a_file_with_mistakes_is_left_alone() {
    let broken = "agreement a {\n  partis x\n}\n";
    let sandbox = Sandbox::with(&[("a.clause", broken), ("b.clause", "party   x { }\n")]);
    let ran = sandbox.run(&["fmt"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("did you mean `parties`?"), "{}", ran.err);
    assert_eq!(sandbox.read("a.clause"), broken);
    assert_eq!(sandbox.read("b.clause"), "party x {}\n");
}

#[test]
fn a_pipe_works() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run_with(&["fmt", "-"], "party   x { }\n", &[]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "party x {}\n"));
    assert_eq!(sandbox.run_with(&["fmt", "--check", "-"], "party   x { }\n", &[]).code, 1);
    assert_eq!(sandbox.run_with(&["fmt", "--check", "-"], "party x {}\n", &[]).code, 0);
    let broken = sandbox.run_with(&["fmt", "-"], "prty x { }\n", &[]);
    assert_eq!((broken.code, broken.out.as_str()), (1, ""));
    assert!(broken.err.contains("standard input:1:1"), "{}", broken.err);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = Sandbox::with(&[("real.txt", "party   x { }\n")]);
    std::fs::set_permissions(sandbox.at("real.txt"), std::fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("real.txt", sandbox.at("a.clause")).unwrap();
    assert_eq!(sandbox.run(&["fmt", "a.clause"]).code, 0);
    assert!(std::fs::symlink_metadata(sandbox.at("a.clause")).unwrap().is_symlink());
    assert_eq!(sandbox.read("real.txt"), "party x {}\n");
    let mode = std::fs::metadata(sandbox.at("real.txt")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

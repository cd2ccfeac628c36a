//! One folder for each rule, named like it. `bad*` cases must give its finding and are shown in a snapshot as their author
//! would see them; `good*` cases are near misses: nothing at all may be said of them.
//!
//! A case is a file, which may use `../parts.clause` and `../duties.clause`, or a folder that is a project of its own. A
//! comment `# today 2026-05-31` in it names the day on which it is checked.

use std::path::Path;
use std::sync::OnceLock;

use clausal::lint::{self, Stage};

use crate::common::Memory;
use crate::support::{Checked, TODAY, check, remarks};

/// One case.
#[derive(Debug, Clone)]
pub struct Case {
    pub rule: String,
    pub name: String,
    pub files: Memory,
    /// What is checked.
    pub path: String,
    pub today: String,
}

impl Case {
    /// What is said of it: by the check, or while outputs are made, wherever its rule belongs.
    pub fn run(&self) -> Checked {
        self.run_with(&self.files)
    }

    /// The same for its files after a change.
    pub fn run_with(&self, files: &Memory) -> Checked {
        let rule = lint::rule(&self.rule).unwrap();
        let run = if matches!(rule.stage, Stage::Building) { remarks } else { check };
        run(files, &self.path, &self.today)
    }

    pub fn is_bad(&self) -> bool {
        self.name.starts_with("bad")
    }
}

/// The folders of the rules, by name.
pub fn rule_folders() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint");
    let entries = std::fs::read_dir(root).unwrap().map(|e| e.unwrap());
    let folders = entries.filter(|e| e.path().is_dir());
    let mut names: Vec<String> = folders.map(|e| e.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Every case of every rule that is found in texts, sorted, with what is said of it.
pub fn cases() -> &'static [(Case, Checked)] {
    static CASES: OnceLock<Vec<(Case, Checked)>> = OnceLock::new();
    CASES.get_or_init(|| {
        let run = |case: Case| {
            let checked = case.run();
            (case, checked)
        };
        read_cases().into_iter().map(run).collect()
    })
}

fn read_cases() -> Vec<Case> {
    let all = Memory::folder("tests/lint");
    let shared = |path: &&Path| path.components().count() == 1;
    let mut out = Vec::new();
    for rule in rule_folders().into_iter().filter(|rule| rule != "output-conflict") {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint").join(&rule);
        for entry in std::fs::read_dir(root).unwrap().map(|e| e.unwrap().path()) {
            let name = entry.file_stem().unwrap().to_str().unwrap().to_owned();
            let case = |files, path| {
                let today = today(&files).unwrap_or(TODAY.to_owned());
                Case { rule: rule.clone(), name: name.clone(), files, path, today }
            };
            if entry.is_dir() {
                let files = Memory::folder(&format!("tests/lint/{rule}/{name}"));
                out.push(case(files, ".".to_owned()));
            } else if entry.extension().is_some_and(|e| e == "clause") {
                let path = format!("{rule}/{name}.clause");
                let of_case = |p: &Path| p == Path::new(&path) || shared(&p);
                let files = all.0.iter().filter(|(p, _)| of_case(p.as_path()));
                out.push(case(Memory(files.map(|(p, b)| (p.clone(), b.clone())).collect()), path));
            }
        }
    }
    out.sort_by(|a, b| (&a.rule, &a.name).cmp(&(&b.rule, &b.name)));
    out
}

/// The day that a comment in one of the files names.
fn today(files: &Memory) -> Option<String> {
    let mut texts = files.0.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let line = |text: String| text.lines().find_map(|l| l.strip_prefix("# today ")).map(str::to_owned);
    texts.find_map(line)
}

#[test]
fn bad_cases_are_found_and_explained() {
    for (case, checked) in cases().iter().filter(|(c, _)| c.is_bad()) {
        assert!(
            checked.rules().contains(&case.rule.as_str()),
            "{} {}: {}",
            case.rule,
            case.name,
            checked.shown()
        );
        insta::with_settings!({
            snapshot_path => case.rule.as_str(), prepend_module_to_snapshot => false, omit_expression => true
        }, {
            insta::assert_snapshot!(case.name.as_str(), checked.shown());
        });
    }
}

#[test]
fn nothing_is_said_of_good_cases() {
    for (case, checked) in cases().iter().filter(|(c, _)| !c.is_bad()) {
        assert!(case.name.starts_with("good"), "{} {} is neither bad nor good", case.rule, case.name);
        assert!(checked.found.is_empty(), "{} {}\n{}", case.rule, case.name, checked.shown());
    }
}

/// How a file was saved must not matter.
#[test]
fn line_ends_and_marks_change_nothing() {
    for (case, checked) in cases() {
        if case.files.0.values().any(|bytes| std::str::from_utf8(bytes).is_err()) {
            continue;
        }
        let mut saved = case.files.clone();
        for bytes in saved.0.values_mut() {
            let text = String::from_utf8(bytes.clone()).unwrap();
            *bytes = format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes();
        }
        assert_eq!(case.run_with(&saved).shown(), checked.shown(), "{} {}", case.rule, case.name);
    }
}

#[test]
fn the_same_files_give_the_same_findings() {
    for (case, checked) in cases() {
        assert_eq!(case.run().found, checked.found, "{} {}", case.rule, case.name);
    }
}
